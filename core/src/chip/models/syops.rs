//! Arithmetic alone, as most papers on networks made with SpikingJelly report it by syops-counter: an addition for each event
//! and one for each update of a neuron, at 45 nm.

use alloc::{vec, vec::Vec};

use super::{Model, Part, Traffic, part};
use crate::{chip::counts::Counts, text::text};

pub(super) static MODEL: Model = Model {
    id: "syops",
    title: text("Arithmetic alone (syops)", "仅算术（syops）"),
    about: text(
        "0.9 pJ for each addition of 32-bit floats. No memory, no wires, no leakage: by far too little for any real chip.",
        "每次 32 位浮点加法 0.9 pJ。不含存储、连线与漏电，远低于任何真实芯片。",
    ),
    source: "Chen et al. (2023), syops-counter 0.0.5; Horowitz (2014), doi:10.1109/ISSCC.2014.6757323",
    counts_traffic: false,
    parts,
};

/// An addition of 32-bit floats at 45 nm, J.
pub const AC_J: f64 = 0.9e-12;
/// A multiplication of 32-bit floats with an addition, at 45 nm, J.
pub const MAC_J: f64 = 4.6e-12;

fn parts(counts: &Counts, _: Option<&Traffic>) -> Vec<Part> {
    vec![
        part(text("Synapses", "突触"), counts.events() * AC_J),
        part(text("Neurons", "神经元"), counts.updates() * AC_J),
    ]
}
