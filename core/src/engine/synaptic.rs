//! `Synaptic`: everything of a projection that changes from step to step.

use alloc::{collections::VecDeque, vec::Vec};

use crate::{
    digest::Digest,
    network::{Network, OutOfMemory, Projection, filled},
    neuron::LANES,
    rng::{Purpose, Stream},
    synapse::{Kind, Learning, Modulation, Plastic, RELEASE_STATE, Synapses, Traces, settle},
    units::ms_from_steps,
};

/// The changing part of a projection. Of what its synapse model does not need, there is nothing.
#[derive(Default)]
pub struct Synaptic {
    /// Weight of each synapse.
    pub weights: Vec<f32>,
    /// What each source neuron has left to release.
    pub releases: Vec<Release>,
    /// What a plastic rule keeps.
    pub(super) plastic: Option<PlasticState>,
}

/// Short-term state of a source neuron.
#[derive(Clone, Copy)]
pub struct Release {
    pub(super) state: [f64; RELEASE_STATE],
    /// Step of its last spike.
    pub(super) last: u64,
}

/// What a plastic rule keeps beside the weights.
pub(super) struct PlasticState {
    /// Traces of the sources and of the targets, two each.
    pub(super) pre: Vec<[f32; 2]>,
    pub(super) post: Vec<[f32; 2]>,
    pub(super) eligibility: Vec<[f32; 2]>,
    /// Concentration of the modulator.
    pub(super) concentration: f64,
    pub(super) growth: f64,
    pub(super) integral: f64,
    numbers: Numbers,
    fired: Vec<u32>,
    arrived: Vec<u32>,
}

/// What follows from the parameters of a plastic projection and the step.
struct Numbers {
    constants: Vec<f32>,
    bounds: (f32, f32),
    /// What is left of a trace after a step.
    decay: Traces<f32>,
    modulation: Option<ModulationStep>,
}

/// What a step does to a modulator: with n before it, the integral grows by (n · `by_concentration` − `by_baseline`) / `growth`.
struct ModulationStep {
    tau_n: f64,
    /// What is left of the concentration.
    decay: f64,
    /// Factor of the scale of eligibilities.
    growth: f64,
    by_concentration: f64,
    by_baseline: f64,
}

/// Steps after which the weights of all modulated synapses are brought up to date, so that the page shows them as they
/// are, and the scale of eligibilities begins anew; sooner if it grows above [`LARGEST_GROWTH`].
const STEPS_BETWEEN_SWEEPS: u64 = 64;
/// Above it, scaled eligibilities would lose digits beside the integral.
const LARGEST_GROWTH: f64 = 1e3;
/// A trace below it is nothing: it would linger as a subnormal number, where processors are slow.
const LEAST_TRACE: f32 = 1e-30;

impl Synaptic {
    /// Of a projection at t = 0.
    pub(super) fn new(network: &Network, index: usize) -> Result<Synaptic, OutOfMemory> {
        let projection = &network.projections[index];
        let mut synaptic = Synaptic::default();
        let n_sources = projection.synapses.offsets.len().saturating_sub(1);
        synaptic.draw_weights(network, index)?;
        match &projection.synapse.kind {
            Kind::Static => {}
            Kind::ShortTerm(short) => {
                let release = Release { state: (short.start)(&projection.params), last: 0 };
                synaptic.releases = filled(n_sources, release)?;
            }
            Kind::Plastic(plastic) => {
                let n_synapses = if plastic.modulation.is_some() { projection.synapses.targets.len() } else { 0 };
                synaptic.plastic = Some(PlasticState {
                    pre: filled(n_sources, [0.0; 2])?,
                    post: filled(network.populations[projection.target].n, [0.0; 2])?,
                    eligibility: filled(n_synapses, [0.0; 2])?,
                    concentration: 0.0,
                    growth: 1.0,
                    integral: 0.0,
                    numbers: Numbers::new(plastic, projection, network.dt_ms()),
                    fired: Vec::new(),
                    arrived: Vec::new(),
                });
            }
        }
        Ok(synaptic)
    }

    /// Draws the weights that the specification gives.
    pub(super) fn draw_weights(&mut self, network: &Network, index: usize) -> Result<(), OutOfMemory> {
        let projection = &network.projections[index];
        if projection.has_weights() {
            let stream = Stream::new(network.spec.seed, Purpose::Weight, index);
            self.weights = filled(projection.synapses.targets.len(), 0.0)?;
            for (synapse, weight) in self.weights.iter_mut().enumerate() {
                let listed = projection.listed.weights.get(synapse).copied().flatten();
                *weight = listed.map_or_else(|| projection.weight.draw(stream, synapse as u32, 0), |own| own as f32);
            }
        }
        Ok(())
    }

    /// Follows new numbers of its synapse model.
    pub(super) fn adapt(&mut self, projection: &Projection, dt_ms: f64) {
        if let (Some(state), Some(plastic)) = (&mut self.plastic, projection.synapse.plastic()) {
            state.numbers = Numbers::new(plastic, projection, dt_ms);
            let (least, largest) = state.numbers.bounds;
            self.weights.iter_mut().for_each(|weight| *weight = weight.max(least).min(largest));
        }
    }

    /// Lets the spikes of a step change the weights, if the projection is plastic; `fired` are those of its source.
    pub(super) fn learn(&mut self, network: &Network, p: &Projection, history: &History, fired: &[u32], step: u64) {
        let (Some(state), Some(plastic)) = (&mut self.plastic, p.synapse.plastic()) else { return };
        let target = &network.populations[p.target];
        let then = history.before(p.delay.longest());
        let first_source = network.populations[p.source()].first;
        state.fired.clear();
        state.fired.extend(fired.iter().map(|spike| spike - first_source));
        state.arrived.clear();
        state.arrived.extend(target.own(then).iter().map(|spike| spike - target.first));

        if let Some(modulation) = &state.numbers.modulation {
            let modulators = p.modulator.map_or(0, |m| network.populations[m].own(then).len());
            let flow = state.concentration * modulation.by_concentration - modulation.by_baseline;
            state.integral += flow / state.growth;
            state.growth *= modulation.growth;
            state.concentration = state.concentration * modulation.decay + modulators as f64 / modulation.tau_n;
        }
        let Traces { pre, post } = state.numbers.decay;
        decay(&mut state.pre, pre);
        decay(&mut state.post, post);
        (plastic.learn)(Learning {
            constants: &state.numbers.constants,
            bounds: state.numbers.bounds,
            weights: &mut self.weights,
            eligibility: &mut state.eligibility,
            growth: state.growth as f32,
            integral: state.integral as f32,
            pre: &state.pre,
            post: &state.post,
            synapses: Synapses {
                offsets: &p.synapses.offsets,
                targets: &p.synapses.targets,
                first_slot: (target.first_block * LANES) as u32,
                incoming_offsets: &p.incoming.offsets,
                incoming: &p.incoming.synapses,
            },
            fired: &state.fired,
            arrived: &state.arrived,
        });
        leave(&mut state.pre, &state.fired, plastic.nearest);
        leave(&mut state.post, &state.arrived, plastic.nearest);
        if state.growth > LARGEST_GROWTH || step.is_multiple_of(STEPS_BETWEEN_SWEEPS) {
            state.sweep(&mut self.weights);
        }
    }

    /// Whether nothing of it comes after `step`.
    pub(super) fn is_before(&self, step: u64) -> bool {
        self.releases.iter().all(|release| release.last <= step)
    }

    /// Feeds everything to `digest`.
    pub(super) fn digest(&self, digest: &mut Digest) {
        let mut add = |x: f64| {
            digest.add(x.to_bits() as u32);
            digest.add((x.to_bits() >> 32) as u32);
        };
        for release in &self.releases {
            release.state.into_iter().for_each(&mut add);
            add(release.last as f64);
        }
        if let Some(state) = &self.plastic {
            [state.concentration, state.growth, state.integral].into_iter().for_each(&mut add);
            let pairs = [&state.pre, &state.post, &state.eligibility];
            pairs.into_iter().flatten().flatten().for_each(|x| digest.add(x.to_bits()));
        }
        self.weights.iter().for_each(|weight| digest.add(weight.to_bits()));
    }
}

impl Release {
    /// The part of the weight that a spike in `step` passes on.
    pub(super) fn spike(&mut self, projection: &Projection, step: u64, dt_ms: f64) -> f64 {
        let Kind::ShortTerm(short) = &projection.synapse.kind else { return 1.0 };
        let elapsed_ms = ms_from_steps(step - self.last, dt_ms);
        self.last = step;
        (short.release)(&projection.params, &mut self.state, elapsed_ms)
    }
}

impl PlasticState {
    /// Brings every weight up to date, and begins the integral and the scale anew.
    fn sweep(&mut self, weights: &mut [f32]) {
        let (integral, growth) = (self.integral as f32, self.growth as f32);
        for (weight, eligibility) in weights.iter_mut().zip(&mut self.eligibility) {
            settle(weight, eligibility, integral, self.numbers.bounds);
            let rest = eligibility[0] / growth;
            *eligibility = [if rest.abs() < LEAST_TRACE { 0.0 } else { rest }, 0.0];
        }
        (self.integral, self.growth) = (0.0, 1.0);
    }
}

impl Numbers {
    fn new(plastic: &Plastic, projection: &Projection, dt_ms: f64) -> Numbers {
        let left = |tau: f64| if tau > 0.0 { libm::exp(-dt_ms / tau) as f32 } else { 0.0 };
        let Traces { pre, post } = (plastic.traces)(&projection.params);
        let (least, largest) = (plastic.bounds)(&projection.params);
        Numbers {
            constants: (plastic.constants)(&projection.params),
            bounds: (least as f32, largest as f32),
            decay: Traces { pre: pre.map(left), post: post.map(left) },
            modulation: plastic.modulation.map(|modulation| ModulationStep::new(modulation(&projection.params), dt_ms)),
        }
    }
}

impl ModulationStep {
    /// The integral over a step of exp(−s/tau_c) (n exp(−s/tau_n) − b), exactly.
    fn new(modulation: Modulation, dt_ms: f64) -> ModulationStep {
        let Modulation { tau_c, tau_n, baseline } = modulation;
        let tau = tau_c * tau_n / (tau_c + tau_n);
        ModulationStep {
            tau_n,
            decay: libm::exp(-dt_ms / tau_n),
            // A step of many time constants forgets the eligibility all the same.
            growth: libm::exp((dt_ms / tau_c).min(60.0)),
            by_concentration: -tau * libm::expm1(-dt_ms / tau),
            by_baseline: -baseline * tau_c * libm::expm1(-dt_ms / tau_c),
        }
    }
}

fn decay(traces: &mut [[f32; 2]], by: [f32; 2]) {
    for trace in traces {
        for (x, by) in trace.iter_mut().zip(by) {
            let rest = *x * by;
            *x = if rest < LEAST_TRACE { 0.0 } else { rest };
        }
    }
}

/// What spikes leave behind.
fn leave(traces: &mut [[f32; 2]], spikes: &[u32], nearest: bool) {
    for &neuron in spikes {
        for x in &mut traces[neuron as usize] {
            *x = if nearest { 1.0 } else { *x + 1.0 };
        }
    }
}

/// The spikes of the last steps, the present one first, as far back as the synapses at work look.
#[derive(Default)]
pub struct History {
    pub(super) steps: VecDeque<Vec<u32>>,
    /// How many steps before the present one are kept; nothing is kept at all where it is zero.
    reach: usize,
}

impl History {
    /// Reaches as far back as the delays of the plastic projections of a network.
    pub(super) fn reach(&mut self, network: &Network) {
        let plastic = network.projections.iter().filter(|p| p.synapse.plastic().is_some());
        self.reach = plastic.map(|p| p.delay.longest()).max().unwrap_or(0);
    }

    /// Notes the spikes of the present step.
    pub(super) fn push(&mut self, spikes: &[u32]) {
        if self.reach > 0 {
            let mut oldest =
                if self.steps.len() > self.reach { self.steps.pop_back() } else { None }.unwrap_or_default();
            oldest.clear();
            oldest.extend(spikes);
            self.steps.push_front(oldest);
        }
    }

    /// Whether all spikes are of so many neurons, and rising.
    pub(super) fn is_of(&self, neurons: usize) -> bool {
        self.steps
            .iter()
            .all(|spikes| spikes.is_sorted() && spikes.last().is_none_or(|&last| (last as usize) < neurons))
    }

    /// The spikes `steps` before the present step.
    fn before(&self, steps: usize) -> &[u32] {
        self.steps.get(steps).map_or(&[], Vec::as_slice)
    }

    pub(super) fn digest(&self, digest: &mut Digest) {
        self.steps.iter().take(self.reach).flatten().for_each(|&spike| digest.add(spike));
    }
}
