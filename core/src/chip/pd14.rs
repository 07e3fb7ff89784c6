//! The cortical microcircuit of Potjans & Diesmann (2014) as it was run on many machines: times and energies that estimates
//! are checked against.
//!
//! Times and energies per synaptic event are from Senk et al. (2026), doi:10.1088/2634-4386/ae379a, whose data file is
//! `performance_data_raw.yaml` of INM-6/microcircuit-PD14-model, commit fd40046.

/// Neurons of the network.
pub const NEURONS: f64 = 77_169.0;
/// Its step, s.
pub const DT_S: f64 = 1e-4;
/// Synaptic events between its neurons in a second of its time: synapses times rates, summed over populations.
pub const EVENTS_PER_S: f64 = 9.667e8;
/// Synaptic events in a step.
pub const EVENTS_PER_STEP: f64 = EVENTS_PER_S * DT_S;

/// The network on a machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The machine and its program.
    pub platform: &'static str,
    /// Who ran it.
    pub study: &'static str,
    /// Id of the preset, if there is one, and how many of it.
    pub preset: Option<(&'static str, f64)>,
    /// Time that it took over the time of the model.
    pub rtf: f64,
    /// Energy of a synaptic event, J, everything included; none if it was not published.
    pub event_j: Option<f64>,
}

const fn row(
    platform: &'static str,
    study: &'static str,
    preset: Option<(&'static str, f64)>,
    rtf: f64,
    uj: Option<f64>,
) -> Row {
    let event_j = match uj {
        Some(uj) => Some(uj * 1e-6),
        None => None,
    };
    Row { platform, study, preset, rtf, event_j }
}

/// Every run, as published.
#[rustfmt::skip]
pub static ROWS: &[Row] = &[
    row("NEST, 12 nodes 2x Xeon E5-2680v3", "van Albada 2018", None, 2.465, Some(9.941)),
    row("NEST, 3 nodes 2x Xeon E5-2680v3", "van Albada 2018", None, 4.584, Some(5.816)),
    row("SpiNNaker, 6 boards", "van Albada 2018", Some(("spinnaker1", 6.0)), 20.0, Some(4.4)),
    row("SpiNNaker, 12 boards, DC", "Rhodes 2020", Some(("spinnaker1", 12.0)), 1.0, Some(0.601)),
    row("SpiNNaker, 12 boards, Poisson", "Rhodes 2020", Some(("spinnaker1", 12.0)), 1.0, Some(0.628)),
    row("GeNN, Tesla V100", "Knight & Nowotny 2018", Some(("v100", 1.0)), 1.838, Some(0.47)),
    row("GeNN, Titan RTX", "Knight 2021", None, 0.70, None),
    row("GeNN, RTX 4090", "Senk 2026", Some(("rtx4090", 1.0)), 0.2719, Some(0.074)),
    row("NEST GPU, RTX 2080 Ti", "Golosio 2021", Some(("rtx2080ti", 1.0)), 1.055, Some(0.25)),
    row("NEST GPU, RTX 4090", "Golosio 2023", Some(("rtx4090", 1.0)), 0.386, Some(0.104)),
    row("NEST, 1 node EPYC 7702", "Kurth 2022", None, 0.67, Some(0.33)),
    row("NEST, 2 nodes EPYC 7702", "Kurth 2022", None, 0.53, Some(0.48)),
    row("CsNN, INC-3000, 345 nodes", "Heittmann 2022", None, 0.25, Some(0.284)),
    row("neuroAIx, 35 NetFPGA SUME", "Kauth 2023", None, 0.05, Some(0.0476)),
];

impl Row {
    /// Power that follows from time and energy, W.
    pub fn power_w(&self) -> Option<f64> {
        Some(self.event_j? * EVENTS_PER_S / self.rtf)
    }

    /// The runs on a preset.
    pub fn on(id: &str) -> impl Iterator<Item = &'static Row> {
        ROWS.iter().filter(move |row| row.preset.is_some_and(|(preset, _)| preset == id))
    }
}
