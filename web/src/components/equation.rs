//! The equations of a model, with its parameters as symbols and the one changed last lit.

use leptos::prelude::*;
use spikeground_core::neuron::NeuronModel;

use super::symbol::Symbol;

/// A piece of an equation.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Name(&'static str),
    Text(String),
}

/// The equations of a model.
#[component]
pub fn Equations(
    /// The model.
    model: &'static NeuronModel,
    /// Name of the parameter to light.
    #[prop(into)]
    lit: Signal<Option<String>>,
) -> impl IntoView {
    let line = move |equation: &'static str| {
        let pieces = split(equation, model).into_iter().map(|piece| match piece {
            Piece::Name(name) => {
                let is_lit = move || lit.get().as_deref() == Some(name);
                view! { <span class:lit=is_lit><Symbol name=name.to_owned() /></span> }.into_any()
            }
            Piece::Text(text) => text.into_any(),
        });
        view! { <div class="equation">{pieces.collect_view()}</div> }
    };
    view! { <div class="equations">{model.equations.iter().copied().map(line).collect_view()}</div> }
}

/// Cuts an equation at the names of the model's parameters and state variables, the longest name first.
fn split(equation: &'static str, model: &'static NeuronModel) -> Vec<Piece> {
    let names = model.params.iter().map(|p| p.name).chain(model.state.iter().map(|s| s.name));
    let mut names: Vec<&'static str> = names.collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let (mut pieces, mut text, mut rest) = (Vec::new(), String::new(), equation);
    while let Some(next) = rest.chars().next() {
        if let Some(name) = names.iter().find(|name| rest.starts_with(**name)) {
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            pieces.push(Piece::Name(name));
            rest = &rest[name.len()..];
        } else {
            text.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use spikeground_core::neuron;

    use super::*;

    #[test]
    fn equations_are_cut_at_names() {
        let model = neuron::find("iaf_psc_exp").expect("a model");
        let pieces = split("dI_syn_ex/dt = −I_syn_ex/tau_syn_ex", model);
        let names: Vec<_> =
            pieces.iter().filter_map(|p| if let Piece::Name(n) = p { Some(*n) } else { None }).collect();
        assert_eq!(names, ["I_syn_ex", "I_syn_ex", "tau_syn_ex"]);
        assert_eq!(pieces[0], Piece::Text("d".into()));
    }
}
