//! KerasSpiking's two prices for a device: one for a synaptic operation, one for the update of a neuron. Its authors warn:
//! rough, without overhead and movement of data.

use alloc::{vec, vec::Vec};

use super::{Model, Part, Traffic, part};
use crate::{
    chip::counts::Counts,
    text::{Text, text},
};

/// A device of KerasSpiking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Device {
    /// Its name there.
    pub name: &'static str,
    /// Whether it computes events; otherwise it computes every synapse once, as a dense network.
    pub is_spiking: bool,
    /// A synaptic operation, J.
    pub synop_j: f64,
    /// The update of a neuron, J.
    pub neuron_j: f64,
}

const fn device(name: &'static str, is_spiking: bool, synop_j: f64, neuron_j: f64) -> Device {
    Device { name, is_spiking, synop_j, neuron_j }
}

/// Its devices, as `model_energy.py` of version 0.3.0 has them.
pub static DEVICES: [Device; 6] = [
    device("cpu", false, 8.6e-9, 8.6e-9),
    device("gpu", false, 0.3e-9, 0.3e-9),
    device("arm", false, 0.9e-9, 0.9e-9),
    device("loihi", true, (23.6 + 3.5) * 1e-12, 81e-12),
    device("spinnaker", true, 13.3e-9, 26e-9),
    device("spinnaker2", true, 450e-12, 2.19e-9),
];

impl Device {
    /// What synapses and neurons cost in a run, J; on a device that does not spike, in one pass.
    pub fn joules(&self, counts: &Counts) -> [f64; 2] {
        let (synops, updates) =
            if self.is_spiking { (counts.events(), counts.updates()) } else { (counts.synapses(), counts.neurons()) };
        [synops * self.synop_j, updates * self.neuron_j]
    }
}

const SOURCE: &str = "KerasSpiking 0.3.0, model_energy.py";

const fn model(id: &'static str, title: Text, about: Text, parts: fn(&Counts, Option<&Traffic>) -> Vec<Part>) -> Model {
    Model { id, title, about, source: SOURCE, counts_traffic: false, parts }
}

pub(super) static LOIHI: Model = model(
    "keras_spiking_loihi",
    text("KerasSpiking, Loihi", "KerasSpiking（Loihi）"),
    text("An event with one hop, and an update. Nothing else.", "每次事件含一跳，另加神经元更新，别无其他。"),
    |counts, _| parts(counts, &DEVICES[3]),
);

pub(super) static SPINNAKER: Model = model(
    "keras_spiking_spinnaker",
    text("KerasSpiking, SpiNNaker", "KerasSpiking（SpiNNaker）"),
    text("Höppner et al. (2019). No power at rest.", "据 Höppner 等（2019），不含静态功耗。"),
    |counts, _| parts(counts, &DEVICES[4]),
);

pub(super) static SPINNAKER2: Model = model(
    "keras_spiking_spinnaker2",
    text("KerasSpiking, SpiNNaker 2", "KerasSpiking（SpiNNaker 2）"),
    text("Höppner et al. (2019), a prototype. No power at rest.", "据 Höppner 等（2019）的原型，不含静态功耗。"),
    |counts, _| parts(counts, &DEVICES[5]),
);

fn parts(counts: &Counts, device: &Device) -> Vec<Part> {
    let [synapses, neurons] = device.joules(counts);
    vec![part(text("Synaptic operations", "突触操作"), synapses), part(text("Neuron updates", "神经元更新"), neurons)]
}
