//! A weight that stays what it is.

use super::{Kind, SynapseModel};
use crate::text::text;

pub(super) static MODEL: SynapseModel = SynapseModel {
    name: "static_synapse",
    title: text("static", "静态突触"),
    doc: text(
        "Every spike arrives with the full weight, which never changes.",
        "每个脉冲都以完整的权重到达，权重不变。",
    ),
    source: "NEST 3.10, static_synapse",
    equations: &[],
    params: &[],
    kind: Kind::Static,
};
