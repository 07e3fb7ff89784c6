//! Each source to the target of the same number.

use super::{By, Needs, Rule};
use crate::{error::Mistake, text::text};

pub(super) static RULE: Rule = Rule {
    name: "one_to_one",
    title: text("one to one", "一对一"),
    doc: text(
        "The first neuron of the source is connected to the first of the target, the second to the second, and so on.",
        "源的第一个神经元连接目标的第一个神经元，第二个连接第二个，依此类推。",
    ),
    params: &[],
    needs: Needs::Nothing,
    by: By::Target,
    refuses: |pairing| {
        let (sources, targets) = (pairing.n_sources, pairing.n_targets);
        let mistake = || Mistake::UnequalSizes { rule: RULE.name.into(), sources, targets };
        (sources != targets).then(|| ("rule".into(), mistake()))
    },
    synapses: |pairing| pairing.n_targets as f64,
    pairs: |_, target, pairs| pairs.push((target, target)),
};
