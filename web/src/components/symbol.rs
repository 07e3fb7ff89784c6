//! Symbols as the field writes them: `tau_syn_ex` becomes τ with a subscript.

use leptos::prelude::*;

/// The letter of a name and its subscript.
pub fn parts(name: &str) -> (String, String) {
    let (base, sub) = name.split_once('_').unwrap_or((name, ""));
    let base = if base == "tau" { "τ" } else { base };
    (base.to_owned(), sub.replace('_', " "))
}

/// A name as a symbol.
#[component]
pub fn Symbol(
    /// The name, such as `V_th`; one that is no symbol is shown as it is.
    name: String,
) -> impl IntoView {
    let is_symbol = name.split(['_', ' ']).next().is_some_and(|base| base == "tau" || base.chars().count() == 1);
    if !is_symbol {
        return view! { <span class="word">{name}</span> }.into_any();
    }
    let (base, sub) = parts(&name);
    view! {
        <span class="symbol" aria-label=name>
            <i>{base}</i>
            <sub>{sub}</sub>
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_symbols() {
        assert_eq!(parts("tau_syn_ex"), ("τ".into(), "syn ex".into()));
        assert_eq!(parts("V_th"), ("V".into(), "th".into()));
        assert_eq!(parts("rate"), ("rate".into(), String::new()));
    }
}
