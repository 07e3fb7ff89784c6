//! Every source to every target.

use super::{By, Needs, Rule, refuses_nothing};
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    name: "all_to_all",
    title: text("all to all", "全连接"),
    doc: text(
        "Every neuron of the source is connected to every neuron of the target.",
        "每个源神经元连接到每个目标神经元。",
    ),
    params: &[],
    needs: Needs::Nothing,
    by: By::Target,
    refuses: refuses_nothing,
    synapses: |pairing| pairing.n_sources as f64 * pairing.n_targets as f64,
    pairs: |pairing, target, pairs| pairs.extend((0..pairing.n_sources as u32).map(|source| (source, target))),
};
