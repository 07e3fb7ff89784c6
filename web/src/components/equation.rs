//! The equations of a model, with its parameters as symbols and the one changed last lit.

use leptos::prelude::*;

use super::symbol::{Symbol, is_symbol};

/// A piece of an equation.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    /// A parameter or a state variable.
    Name(&'static str),
    /// The same as an exponent.
    Power(&'static str),
    Text(&'static str),
}

/// Equations, a line each.
#[component]
pub fn Equations(
    /// The lines.
    lines: &'static [&'static str],
    /// Names of parameters and state variables in them.
    names: Vec<&'static str>,
    /// Name of the parameter to light.
    #[prop(into)]
    lit: Signal<Option<String>>,
) -> impl IntoView {
    let line = |line: &'static str| {
        let symbol = |name: &'static str| {
            let is_lit = move || lit.get().as_deref() == Some(name);
            view! { <span class:lit=is_lit><Symbol name=name.to_owned() /></span> }
        };
        let pieces = split(line, &names).into_iter().map(|piece| match piece {
            Piece::Name(name) => symbol(name).into_any(),
            Piece::Power(name) => view! { <sup>{symbol(name)}</sup> }.into_any(),
            Piece::Text(text) => text.into_any(),
        });
        view! { <div class="equation">{pieces.collect_view()}</div> }
    };
    view! { <div class="equations">{lines.iter().copied().map(line).collect_view()}</div> }
}

/// Cuts an equation at whole words that are names, also behind the d of a differential, or that are symbols by themselves.
fn split(equation: &'static str, names: &[&str]) -> Vec<Piece> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_name = |word: &str| names.contains(&word) || (word.len() > 1 && is_symbol(word) && !word.ends_with('_'));
    let (mut pieces, mut text_from, mut at) = (Vec::new(), 0, 0);
    while let Some(first) = equation[at..].chars().next() {
        if !is_letter(first) {
            at += first.len_utf8();
            continue;
        }
        let word_end = equation[at..].find(|c| !is_letter(c)).map_or(equation.len(), |length| at + length);
        let word = &equation[at..word_end];
        let start =
            if is_name(word) { Some(at) } else { word.strip_prefix('d').filter(|w| is_name(w)).map(|_| at + 1) };
        if let Some(start) = start {
            let text = &equation[text_from..start];
            let base = text.strip_suffix('^');
            pieces.extend(Some(base.unwrap_or(text)).filter(|text| !text.is_empty()).map(Piece::Text));
            let name = &equation[start..word_end];
            pieces.push(if base.is_some() { Piece::Power(name) } else { Piece::Name(name) });
            text_from = word_end;
        }
        at = word_end;
    }
    if text_from < equation.len() {
        pieces.push(Piece::Text(&equation[text_from..]));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use spikeground_core::{neuron, synapse};

    use super::*;

    fn names(equation: &'static str, known: &[&str]) -> Vec<&'static str> {
        split(equation, known).into_iter().filter_map(|p| if let Piece::Name(n) = p { Some(n) } else { None }).collect()
    }

    #[test]
    fn equations_are_cut_at_whole_names() {
        let known = ["I_syn_ex", "tau_syn_ex", "w", "a"];
        let equation = "dI_syn_ex/dt = −I_syn_ex/tau_syn_ex";
        assert_eq!(names(equation, &known), ["I_syn_ex", "I_syn_ex", "tau_syn_ex"]);
        assert_eq!(split(equation, &known)[0], Piece::Text("d"));
        assert_eq!(names("target fires → w = w + lambda Wmax", &known), ["w", "w", "lambda", "Wmax"]);
        assert_eq!(names("tau dw/dt = v + a", &known), ["tau", "w", "a"]);
    }

    /// Whatever a model's equations say is a parameter of it can be lit.
    #[test]
    fn pieces_are_the_equation() {
        let neurons = neuron::MODELS.iter().map(|m| (m.params, m.equations));
        for (params, equations) in neurons.chain(synapse::SYNAPSES.iter().map(|m| (m.params, m.equations))) {
            let known: Vec<_> = params.iter().map(|p| p.name).collect();
            for equation in equations {
                let written = |piece: Piece| match piece {
                    Piece::Name(text) | Piece::Text(text) => text.to_owned(),
                    Piece::Power(name) => format!("^{name}"),
                };
                let text: String = split(equation, &known).into_iter().map(written).collect();
                assert_eq!(text, *equation);
            }
        }
    }
}
