//! Every source to every target.

use super::Rule;
use crate::text::text;

pub(super) static RULE: Rule = Rule {
    name: "all_to_all",
    title: text("all to all", "全连接"),
    doc: text(
        "Every neuron of the source is connected to every neuron of the target.",
        "每个源神经元连接到每个目标神经元。",
    ),
    params: &[],
    synapses: |n_sources, n_targets, _| n_sources as f64 * n_targets as f64,
    sources: |pairing, _, sources| sources.extend(0..pairing.n_sources),
};
