//! The name of a population or a stimulus, which every reference to it follows.

use leptos::prelude::*;
use spikeground_core::{
    error::SpecError,
    spec::{NetworkSpec, Node},
};

use super::rows::{Faults, Refused, TextRow};
use crate::{i18n::t, state::player::Player};

/// The heading of a node, and its name.
#[component]
pub fn NameRow(
    /// What it is.
    kind: &'static str,
    /// The node.
    node: Node,
) -> impl IntoView {
    let player: Player = expect_context();
    let refused = Refused::new(Vec::new());
    let path = match node {
        Node::Population(i) => format!("populations[{i}].name"),
        Node::Stimulus(i) => format!("stimuli[{i}].name"),
    };
    let name = Memo::new(move |_| player.spec.with(|spec| spec.node_name(node).unwrap_or_default().to_owned()));
    let place = StoredValue::new(path.clone());
    let rename = move |to: String| {
        let from = name.get_untracked();
        let trial = player.spec.with_untracked(NetworkSpec::clone).rename(&from, &to);
        match trial {
            Ok(()) => {
                refused.set(Vec::new());
                if from != to {
                    player.edit(|spec| _ = spec.rename(&from, &to));
                }
                true
            }
            Err(mistake) => {
                refused.set([SpecError::new(place.get_value(), mistake)].into());
                false
            }
        }
    };
    view! {
        <h2><span class="kind">{kind}</span> <span>{name}</span></h2>
        <TextRow label=t().name id="name" value=name on_change=rename />
        <Faults path refused />
    }
}
