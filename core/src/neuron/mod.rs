//! The neuron models, and the one loop that updates a block of neurons of any model.
//!
//! Adding a model costs one file beside this one and its line in [`MODELS`].

use alloc::vec::Vec;
use core::ops::Range;
use wide::{f32x8, i32x8, u32x8};

use crate::{
    param::{self, Param, index_of},
    real::{Real, WordText},
    rng::{Stream, inside_f32, inside_lanes},
    text::{Text, text},
    units::Unit,
};

mod adex;
mod aeif_cond_exp;
mod aeif_psc_exp;
mod alif;
mod common;
mod eif;
mod fitzhugh_nagumo;
mod gif_psc_exp;
mod hh_cond_exp_traub;
mod hh_psc_alpha;
mod iaf_cond_alpha;
mod iaf_cond_exp;
mod iaf_psc_alpha;
mod iaf_psc_delta;
mod iaf_psc_exp;
mod iaf_psc_exp_multisynapse;
mod izhikevich;
mod loihi_lif;
mod morris_lecar;
mod nir;
mod nir_cuba;
mod nir_cubali;
mod nir_cubalif;
mod nir_i;
mod nir_if;
mod nir_li;
mod nir_lif;
mod nir_threshold;
mod parrot_neuron;
mod plane;
mod qif;
mod upstroke;

pub use plane::{Params, Plane};

/// Every neuron model, in the order menus show them.
pub static MODELS: &[&NeuronModel] = &[
    &iaf_psc_delta::MODEL,
    &iaf_psc_exp::MODEL,
    &iaf_psc_exp_multisynapse::MODEL,
    &iaf_psc_alpha::MODEL,
    &iaf_cond_exp::MODEL,
    &iaf_cond_alpha::MODEL,
    &alif::MODEL,
    &qif::MODEL,
    &eif::MODEL,
    &aeif_psc_exp::MODEL,
    &aeif_cond_exp::MODEL,
    &gif_psc_exp::MODEL,
    &izhikevich::MODEL,
    &fitzhugh_nagumo::MODEL,
    &morris_lecar::MODEL,
    &hh_psc_alpha::MODEL,
    &hh_cond_exp_traub::MODEL,
    &loihi_lif::MODEL,
    &nir_lif::MODEL,
    &nir_cubalif::MODEL,
    &nir_if::MODEL,
    &nir_li::MODEL,
    &nir_cubali::MODEL,
    &nir_i::MODEL,
    &nir_threshold::MODEL,
    &parrot_neuron::MODEL,
];

/// The model called `name`.
pub fn find(name: &str) -> Option<&'static NeuronModel> {
    MODELS.iter().copied().find(|m| m.name == name)
}

/// Neurons that are updated side by side; state and input arrays come in blocks of this many.
pub const LANES: usize = 8;

/// Everything the product knows of a neuron model.
pub struct NeuronModel {
    /// Name as in NEST, and as it stands in a saved file.
    pub name: &'static str,
    /// Name for people.
    pub title: Text,
    /// What it is, and which steps are safe.
    pub doc: Text,
    /// By what method it is integrated.
    pub method: Method,
    /// The largest step, ms, at which it can be trusted with these parameters; infinite where no step is too large.
    pub largest_dt: fn(params: &[f64]) -> f64,
    /// How far it may be from its reference with a step of 0.1 ms.
    pub accuracy: Accuracy,
    /// Where the equations come from.
    pub source: &'static str,
    /// The equations, a line each; symbols are the parameters' names.
    pub equations: &'static [&'static str],
    /// What a user may set.
    pub params: &'static [Param],
    /// Pairs of parameters of which the first must be below the second.
    pub orders: &'static [(&'static str, &'static str)],
    /// What a neuron remembers; the first is its membrane potential, or what stands for it.
    pub state: &'static [StateVar],
    /// Its phase plane, if two of its variables tell what it does.
    pub plane: Option<Plane>,
    /// Unit of a synaptic weight onto this model. A positive weight excites, a negative one inhibits, as in NEST.
    pub weight_unit: Unit,
    /// Where a spike may arrive, if a projection may choose: as many as the body has sums of input, else none. Where it does
    /// not choose, a positive weight arrives at the first and a negative one at the second.
    pub receptors: &'static [Receptor],
    /// The constants of the update from the parameters (in the order of `params`) and the step in ms.
    pub derive: fn(params: &[f64], dt_ms: f64) -> Vec<f32>,
    /// The update of one neuron after another.
    pub update_scalar: fn(Block),
    /// The update of eight neurons at a time, equal to the bit.
    pub update_lanes: fn(Block),
    /// The update as text, for a compiler of another machine.
    pub body: BodyText,
}

impl NeuronModel {
    /// The index of the state variable called `name`.
    pub fn state_index(&self, name: &str) -> Option<usize> {
        self.state.iter().position(|s| s.name == name)
    }

    /// The value of parameter `name` among `params`, which are in the order of [`NeuronModel::params`].
    pub fn value<T: Copy>(&self, params: &[T], name: &str) -> Option<T> {
        index_of(self.params, name).map(|i| params[i])
    }
}

/// A place of a neuron at which spikes arrive, with a time course of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Receptor {
    /// Its name, as it ends the names of its parameters and variables.
    pub name: &'static str,
    /// The weights that it takes.
    pub weights: param::Range,
    /// What it is.
    pub doc: Text,
}

/// How a model is integrated between spikes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Method {
    /// Its name, with its order.
    pub name: Text,
    /// How its error shrinks with the step.
    pub order: Order,
}

/// How the error of a method shrinks with the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// There is none but that of rounding.
    Exact,
    /// With this power of it.
    Power(i32),
    /// The model itself goes by steps, so that another step is another model.
    Discrete,
}

impl Method {
    /// The exact solution.
    pub const EXACT: Method = Method { name: text("exact", "精确积分"), order: Order::Exact };
    /// The classical method of Runge and Kutta.
    pub const RUNGE_KUTTA: Method =
        Method { name: text("Runge-Kutta, order 4", "四阶龙格-库塔法"), order: Order::Power(4) };
    /// Membrane and gates take turns.
    pub const SPLITTING: Method =
        Method { name: text("splitting, order 2", "二阶分裂法"), order: Order::Power(2) };
}

/// How far a model may be from its reference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accuracy {
    /// Membrane potential, in its unit; around a spike that is early or late it does not count.
    pub membrane: f64,
    /// Spike times, steps.
    pub steps: u64,
}

impl Accuracy {
    /// What single-precision numbers allow: every spike in its step.
    pub const SINGLE: Accuracy = Accuracy { membrane: 1e-3, steps: 0 };
}

/// One state variable of a model.
pub struct StateVar {
    /// Name as NEST prints it.
    pub name: &'static str,
    /// Unit of its value.
    pub unit: Unit,
    /// Value at the start unless the specification says otherwise.
    pub start: Start,
    /// Values the specification may start it at.
    pub range: param::Range,
    /// What it is.
    pub doc: Text,
}

/// Where a state variable starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Start {
    /// At a number.
    At(f32),
    /// At the value of the parameter with this name.
    AtParam(&'static str),
}

/// A model's [`Body`] as it is written: names and statements in the words that Rust and WGSL share.
#[derive(Clone, Copy, Debug)]
pub struct BodyText {
    /// Names of the state variables, in the order of [`NeuronModel::state`].
    pub state: &'static [&'static str],
    /// Names of the constants, in the order of [`NeuronModel::derive`].
    pub constants: &'static [&'static str],
    /// Names of the sums of the weights that arrive: at each receptor, or else of the positive and of the negative ones.
    pub sums: &'static [&'static str],
    /// Name of the injected current.
    pub current: &'static str,
    /// Name of a uniform random number in (0, 1), another one for every neuron and step, if the body takes one.
    pub chance: Option<&'static str>,
    /// Functions of the constants and of their arguments, for statements and conditions, each after those that it uses.
    pub functions: &'static [WordText],
    /// How often statements are run that take the state through a part of the step, and these statements.
    pub repeat: (u32, &'static str),
    /// Statements that take the state to t + dt.
    pub update: &'static str,
    /// Condition under which the neuron fires.
    pub threshold: &'static str,
    /// Statements that a spike runs.
    pub reset: &'static str,
}

/// The neurons of one population for one step, as an update sees them.
///
/// `state` holds, for each block of [`LANES`] neurons, one vector per state variable. Input is a fixed-point sum: its
/// value is the integer times its unit. An update reads it and leaves zero.
pub struct Block<'a> {
    /// State: blocks × variables.
    pub state: &'a mut [f32x8],
    /// Constants from [`NeuronModel::derive`] that all neurons share.
    pub constants: &'a [f32],
    /// Constants of each neuron where they differ: blocks × constants; else empty.
    pub own_constants: &'a [f32x8],
    /// Sums of the weights that arrive in this step at all neurons of the network: for each sum a row of one vector a block.
    pub sums: &'a mut [i32x8],
    /// Where those of this population stand in each row.
    pub blocks: Range<usize>,
    /// Vectors in a row.
    pub row: usize,
    /// For each sum the exponent of its unit, 2^-exponent.
    pub exponents: &'a [i32],
    /// Injected current in pA, one vector a block; empty when there is none.
    pub current: &'a [f32x8],
    /// Injected current in pA that every neuron gets besides.
    pub shared_current: f32,
    /// The random numbers of bodies that take one.
    pub stream: Stream,
    /// Number of the step, its lower 32 bits.
    pub step: u32,
    /// Number of neurons; the lanes behind the last one are not neurons.
    pub n: usize,
    /// Number of the first neuron in the network.
    pub first: u32,
    /// Receives the numbers of the neurons that fire, rising.
    pub spikes: &'a mut Vec<u32>,
}

/// What arrives at a neuron in a step.
pub struct Input<R, const S: usize> {
    /// The sums of the weights.
    pub sums: [R; S],
    /// Injected current, pA.
    pub current: R,
    /// A uniform random number in (0, 1), or zero for a body that takes none.
    pub chance: R,
}

/// A model's step in the vocabulary of [`crate::real`]: `N` state variables, `K` constants, `S` sums of input. Made by
/// [`neuron_body!`].
pub trait Body<const N: usize, const K: usize, const S: usize> {
    /// Whether it takes a random number.
    const TAKES_CHANCE: bool;
    /// Moves the state from t to t + dt and tells which lanes reach their threshold.
    fn update<R: Real>(state: &mut [R; N], constants: &[R; K], input: Input<R, S>) -> R::Mask;
    /// The state after a spike, from the state at the threshold.
    fn reset<R: Real>(state: &mut [R; N], constants: &[R; K]);
}

/// Writes a [`Body`] from the names of its state, constants and inputs (sums of weights, a current, maybe a random number),
/// functions of these constants, statements to be repeated within the step, the update, which ends it, the condition under
/// which the neuron fires, and what a spike changes.
macro_rules! neuron_body {
    (
        state($($state:ident),+), constants($($constant:ident),*),
        input([$($sum:ident),+], $current:ident $(, $chance:ident)?),
        $(functions { $(fn $function:ident($($argument:ident),+) = $value:expr;)+ })?
        $(repeat $times:literal { $($repeat:tt)* })?
        update { $($update:tt)* }
        threshold { $threshold:expr }
        reset { $($reset:tt)* }
    ) => {
        struct Update;
        const CHANCES: &[&str] = &[$(stringify!($chance))?];
        const CHANCE: Option<&str> = CHANCES.first().copied();
        pub(super) const BODY: $crate::neuron::BodyText = $crate::neuron::BodyText {
            state: &[$(stringify!($state)),+],
            constants: &[$(stringify!($constant)),*],
            sums: &[$(stringify!($sum)),+],
            current: stringify!($current),
            chance: CHANCE,
            functions: &[$($($crate::real::WordText {
                name: stringify!($function),
                arguments: &[$(stringify!($argument)),+],
                statements: "",
                value: stringify!($value),
            }),+)?],
            repeat: (0 $(+ $times)?, stringify!($($($repeat)*)?)),
            update: stringify!($($update)*),
            threshold: stringify!($threshold),
            reset: stringify!($($reset)*),
        };
        const N_STATE: usize = BODY.state.len();
        const N_CONSTANTS: usize = BODY.constants.len();
        const N_SUMS: usize = BODY.sums.len();

        #[allow(unused_imports, unused_variables, unused_mut, unused_assignments, reason = "a part of a body uses the words it needs")]
        impl $crate::neuron::Body<N_STATE, N_CONSTANTS, N_SUMS> for Update {
            const TAKES_CHANCE: bool = CHANCE.is_some();

            #[inline(always)]
            fn update<R: $crate::real::Real>(
                state: &mut [R; N_STATE],
                constants: &[R; N_CONSTANTS],
                input: $crate::neuron::Input<R, N_SUMS>,
            ) -> R::Mask {
                use $crate::real::{exp, exprel, ge, gt, inverse, max, min, real, round, select};
                let [$(mut $state),+] = *state;
                let [$($constant),*] = *constants;
                let $crate::neuron::Input { sums: [$($sum),+], current: $current, .. } = input;
                $(let $chance = input.chance;)?
                $($(let $function = |$($argument: R),+| -> R { $value };)+)?
                $(for _ in 0..$times {
                    $($repeat)*
                })?
                {
                    $($update)*
                }
                *state = [$($state),+];
                $threshold
            }

            #[inline(always)]
            fn reset<R: $crate::real::Real>(state: &mut [R; N_STATE], constants: &[R; N_CONSTANTS]) {
                use $crate::real::{exp, exprel, ge, gt, inverse, max, min, real, round, select};
                let [$(mut $state),+] = *state;
                let [$($constant),*] = *constants;
                $($reset)*
                *state = [$($state),+];
            }
        }

        pub(super) fn update_scalar(block: $crate::neuron::Block) {
            $crate::neuron::update_scalar::<Update, N_STATE, N_CONSTANTS, N_SUMS>(block);
        }

        pub(super) fn update_lanes(block: $crate::neuron::Block) {
            $crate::neuron::update_lanes::<Update, N_STATE, N_CONSTANTS, N_SUMS>(block);
        }
    };
}
use neuron_body;

/// The reference: each neuron is taken out of its block, updated, and put back.
fn update_scalar<B: Body<N, K, S>, const N: usize, const K: usize, const S: usize>(block: Block) {
    let shared = constants_of::<K>(block.constants);
    let units = units_of::<S>(block.exponents);
    let mut sums = sums_of::<S>(block.sums, block.row, block.blocks);
    for i in 0..block.n {
        let (b, lane) = (i / LANES, i % LANES);
        let constants = if block.own_constants.is_empty() {
            shared
        } else {
            own_constants::<K>(block.own_constants, b).map(|c| c.as_array()[lane])
        };
        let mut state: [f32; N] = core::array::from_fn(|var| block.state[b * N + var].as_array()[lane]);
        let input = Input {
            sums: core::array::from_fn(|i| core::mem::take(&mut sums[i][b].as_mut_array()[lane]) as f32 * units[i]),
            current: block.current.get(b).map_or(0.0, |c| c.as_array()[lane]) + block.shared_current,
            chance: if B::TAKES_CHANCE { inside_f32(block.stream.words(i as u32, block.step)[0]) } else { 0.0 },
        };
        if B::update(&mut state, &constants, input) {
            B::reset(&mut state, &constants);
            block.spikes.push(block.first + i as u32);
        }
        for (var, &value) in state.iter().enumerate() {
            block.state[b * N + var].as_mut_array()[lane] = value;
        }
    }
}

/// The same update on eight neurons at a time, compiled once for constants that all neurons share and once for their own.
fn update_lanes<B: Body<N, K, S>, const N: usize, const K: usize, const S: usize>(block: Block) {
    let (shared, own) = (block.constants, block.own_constants);
    if own.is_empty() {
        let constants = constants_of::<K>(shared).map(f32x8::splat);
        update_blocks::<B, N, K, S>(block, |_| constants, |_| constants_of::<K>(shared).map(f32x8::splat));
    } else {
        update_blocks::<B, N, K, S>(block, |b| own_constants(own, b), |b| own_constants(own, b));
    }
}

/// [`update_lanes`] with the constants of a block as its loop takes them, and as a spike does.
#[inline(always)]
fn update_blocks<B: Body<N, K, S>, const N: usize, const K: usize, const S: usize>(
    block: Block,
    constants: impl Fn(usize) -> [f32x8; K],
    constants_of_spike: impl Fn(usize) -> [f32x8; K],
) {
    let units = units_of::<S>(block.exponents).map(f32x8::splat);
    let mut sums = sums_of::<S>(block.sums, block.row, block.blocks);
    let (states, _) = block.state.as_chunks_mut::<N>();
    let mut update = |b: usize, state: &mut [f32x8; N], current: f32x8| {
        let arriving = Input {
            sums: core::array::from_fn(|i| core::mem::take(&mut sums[i][b]).round_float() * units[i]),
            current,
            chance: if B::TAKES_CHANCE {
                inside_lanes(block.stream.word_lanes(lanes_of(b), block.step))
            } else {
                f32x8::ZERO
            },
        };
        let fired = B::update(state, &constants(b), arriving);
        if fired.any() {
            reset_lanes::<B, N, K, S>(state, || constants_of_spike(b), fired);
            push_spikes(b * LANES, fired.to_bitmask(), block.n, block.first, block.spikes);
        }
    };
    let shared = f32x8::splat(block.shared_current);
    if block.current.is_empty() {
        for (b, state) in states.iter_mut().enumerate() {
            update(b, state, shared);
        }
    } else {
        for (b, (state, &current)) in states.iter_mut().zip(block.current).enumerate() {
            update(b, state, current + shared);
        }
    }
}

/// Spikes are rare, so what they do stays out of the loop that the processor keeps at hand. Constants are spread over the
/// lanes once more, since those of the loop could not stay in registers if they were lent out.
#[cold]
#[inline(never)]
fn reset_lanes<B: Body<N, K, S>, const N: usize, const K: usize, const S: usize>(
    state: &mut [f32x8; N],
    constants: impl Fn() -> [f32x8; K],
    fired: f32x8,
) {
    let mut reset = *state;
    B::reset(&mut reset, &constants());
    for (variable, reset) in state.iter_mut().zip(reset) {
        *variable = fired.bitselect(reset, *variable);
    }
}

#[cold]
#[inline(never)]
fn push_spikes(base: usize, mut fired: u32, n: usize, first: u32, spikes: &mut Vec<u32>) {
    while fired != 0 {
        let i = base + fired.trailing_zeros() as usize;
        if i < n {
            spikes.push(first + i as u32);
        }
        fired &= fired - 1;
    }
}

/// The numbers of the neurons of block `b`.
fn lanes_of(b: usize) -> u32x8 {
    u32x8::new([0, 1, 2, 3, 4, 5, 6, 7]) + u32x8::splat((b * LANES) as u32)
}

/// The rows of the sums, each cut to the population.
fn sums_of<const S: usize>(sums: &mut [i32x8], row: usize, blocks: Range<usize>) -> [&mut [i32x8]; S] {
    let mut rows = sums.chunks_exact_mut(row);
    core::array::from_fn(|_| &mut rows.next().expect("a row for each sum of a body")[blocks.clone()])
}

/// The units of the sums.
fn units_of<const S: usize>(exponents: &[i32]) -> [f32; S] {
    core::array::from_fn(|i| libm::scalbnf(1.0, -exponents[i]))
}

/// The constants of the neurons of block `b`.
#[inline(always)]
fn own_constants<const K: usize>(own: &[f32x8], b: usize) -> [f32x8; K] {
    own[b * K..(b + 1) * K].try_into().expect("the slice has this length")
}

fn constants_of<const K: usize>(constants: &[f32]) -> [f32; K] {
    constants.try_into().expect("derive() returns as many constants as the body names")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever a model's file says of itself holds together.
    #[test]
    fn descriptors_are_whole() {
        for model in MODELS {
            let defaults: Vec<f64> = model.params.iter().map(|p| p.default).collect();
            for p in model.params {
                assert!(p.range.contains(p.default), "{} {}", model.name, p.name);
                assert!(p.range.contains(p.slider.min) && p.range.contains(p.slider.max), "{} {}", model.name, p.name);
                assert!(p.slider.min < p.slider.max && (!p.slider.log || p.slider.min > 0.0), "{}", p.name);
            }
            for (below, above) in model.orders {
                assert!(model.value(&defaults, below).unwrap() < model.value(&defaults, above).unwrap());
            }
            // A potential, or a plain number in a model without units.
            assert!(matches!(model.state[0].unit, Unit::Millivolt | Unit::One), "{}", model.name);
            assert!((model.largest_dt)(&defaults) >= 0.1, "{}: the usual step is too large", model.name);
            assert!((model.derive)(&defaults, 0.1).iter().all(|c| c.is_finite()));
            assert_eq!(model.body.state.len(), model.state.len());
            assert_eq!(model.body.constants.len(), (model.derive)(&defaults, 0.1).len());
            // Without a name, two receptors are chosen by sign.
            assert!(model.body.sums.len() >= 2 && [0, model.body.sums.len()].contains(&model.receptors.len()));
            assert!(!model.doc.zh.is_empty() && !model.source.is_empty() && !model.equations.is_empty());
        }
    }
}
