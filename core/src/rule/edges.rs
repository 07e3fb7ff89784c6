//! The synapses of a list, as they stand there.

use alloc::{format, string::String};

use super::{By, CHUNK, Needs, Rule, needed};
use crate::{error::Mistake, text::text};

pub(super) static RULE: Rule = Rule {
    name: "edges",
    title: text("explicit list", "显式列表"),
    doc: text(
        "A synapse for each pair of a source and a target neuron in a list, numbered from zero in their populations.",
        "列表中的每一对源神经元和目标神经元之间有一个突触；神经元在各自群体中从零编号。",
    ),
    params: &[],
    needs: Needs::Edges,
    by: By::Chunk,
    refuses: |pairing| {
        let ends = pairing
            .edges
            .iter()
            .enumerate()
            .flat_map(|(i, edge)| [(i, 0, edge.source, pairing.n_sources), (i, 1, edge.target, pairing.n_targets)]);
        let mut outside = ends.filter(|&(_, _, neuron, size)| u64::from(neuron) >= size);
        needed(&RULE, "allow_multapses", pairing.allow_multapses, true).or_else(|| {
            let (i, end, neuron, size) = outside.next()?;
            let (value, hi) = (f64::from(neuron), size as f64 - 1.0);
            Some((format!("edges[{i}][{end}]"), Mistake::OutOfRange { value, lo: 0.0, hi, unit: String::new() }))
        })
    },
    synapses: |pairing| pairing.edges.len() as f64,
    pairs: |pairing, chunk, pairs| {
        let listed = pairing.edges.chunks(CHUNK as usize).nth(chunk as usize).unwrap_or_default();
        pairs.extend(listed.iter().map(|edge| (edge.source, edge.target)));
    },
};
