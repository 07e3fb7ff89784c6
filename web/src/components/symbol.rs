//! Symbols as the field writes them: `tau_syn_ex` becomes τ with a subscript.

use leptos::prelude::*;

/// Names of letters, and the letters.
const GREEK: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("Delta", "Δ"),
    ("epsilon", "ε"),
    ("eta", "η"),
    ("theta", "θ"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("phi", "φ"),
    ("omega", "ω"),
];
/// Letters that stand before words without an underscore, as NEST writes them: `Wmax`, `Aplus`.
const JOINED: &[&str] = &["max", "min", "plus", "minus"];

/// The letter of a name and its subscript.
pub fn parts(name: &str) -> (String, String) {
    let (base, sub) = name.split_once('_').unwrap_or((name, ""));
    let greek = GREEK.iter().find(|(word, _)| *word == base).map(|(_, letter)| (*letter).to_owned());
    let joined = || {
        let after = base.get(1..).filter(|rest| JOINED.contains(rest))?;
        Some((base[..1].to_owned(), format!("{after} {}", sub.replace('_', " ")).trim().to_owned()))
    };
    match greek {
        Some(letter) => (letter, subscript(sub)),
        None => joined().map_or_else(|| (base.to_owned(), subscript(sub)), |(letter, sub)| (letter, subscript(&sub))),
    }
}

/// Plus and minus as signs, and gaps between words.
fn subscript(sub: &str) -> String {
    let signs = sub.split(['_', ' ']).map(|word| match word {
        "plus" => "+",
        "minus" => "−",
        word => word,
    });
    signs.collect::<Vec<_>>().join(" ")
}

/// Whether a name is written as a letter, with a subscript or without.
pub fn is_symbol(name: &str) -> bool {
    !name.contains(' ') && parts(name).0.chars().count() == 1
}

/// A name as a symbol.
#[component]
pub fn Symbol(
    /// The name, such as `V_th`; one that is no symbol is shown as it is.
    name: String,
) -> impl IntoView {
    if !is_symbol(&name) {
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
        for (name, letter, sub) in [
            ("tau_syn_ex", "τ", "syn ex"),
            ("V_th", "V", "th"),
            ("lambda", "λ", ""),
            ("mu_plus", "μ", "+"),
            ("Delta_T", "Δ", "T"),
            ("Wmax", "W", "max"),
            ("Aplus_triplet", "A", "+ triplet"),
        ] {
            assert_eq!(parts(name), (letter.to_owned(), sub.to_owned()));
            assert!(is_symbol(name), "{name}");
        }
        for word in ["rate", "levels", "a word", "threshold"] {
            assert!(!is_symbol(word), "{word}");
        }
    }
}
