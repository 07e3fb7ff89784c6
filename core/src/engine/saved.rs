//! A run as bytes: its specification and everything that changes, so that it goes on elsewhere to the bit.
//!
//! The bytes are [`MAGIC`], the specification's JSON behind its length, the state as [`State::visit`] walks it, and the
//! digest of all that. What is recorded is not saved. Numbers are little-endian, as on every machine that this runs on.

use alloc::{string::String, vec::Vec};
use bytemuck::Pod;

use super::{
    Engine, Simulation,
    state::State,
    synaptic::{History, PlasticState, Synaptic},
};
use crate::{
    digest::Digest,
    error::SpecError,
    network::Network,
    spec::NetworkSpec,
    text::{Text, text},
};

/// How a saved run begins; the last letter is the version.
const MAGIC: &[u8] = b"spikeground run 1\n";

/// Why bytes are no saved run.
#[derive(Clone, Debug, PartialEq)]
pub enum LoadError {
    /// They are no saved run at all, one of another version, or not whole.
    Bytes(Text),
    /// Its specification has mistakes.
    Spec(Vec<SpecError>),
}

const FOREIGN: LoadError = LoadError::Bytes(text(
    "this is no saved run, or one of another version. Open a file that this program has saved.",
    "这不是已保存的运行，或版本不同。请打开由本程序保存的文件。",
));
const DAMAGED: LoadError = LoadError::Bytes(text(
    "the saved run is damaged or cut short. Save it again, or use another copy.",
    "已保存的运行文件损坏或不完整。请重新保存，或换一份副本。",
));

impl Simulation {
    /// The run as bytes.
    pub fn save(&mut self) -> Vec<u8> {
        let json = self.network.spec.to_json();
        let mut tape = Tape::Write(MAGIC.to_vec());
        tape.list(&mut json.into_bytes());
        self.state.visit(&mut tape, &mut self.network);
        let Tape::Write(mut bytes) = tape else { unreachable!("a tape stays what it is") };
        let digest = digest(&bytes);
        bytes.extend(digest.to_le_bytes());
        bytes
    }

    /// The run that was saved as `bytes`, with nothing recorded.
    ///
    /// # Errors
    /// That they are no saved run, or need more than `memory_limit` bytes.
    pub fn load(bytes: &[u8], engine: &'static Engine, memory_limit: f64) -> Result<Simulation, LoadError> {
        let Some(rest) = bytes.strip_prefix(MAGIC) else { return Err(FOREIGN) };
        let Some((rest, sum)) = rest.split_last_chunk::<8>() else { return Err(DAMAGED) };
        if digest(&bytes[..bytes.len() - 8]).to_le_bytes() != *sum {
            return Err(DAMAGED);
        }
        let (mut tape, mut json) = (Tape::Read { rest, failed: false }, Vec::new());
        tape.list(&mut json);
        let json = String::from_utf8(json).map_err(|_| DAMAGED)?;
        let spec = NetworkSpec::from_json(&json).map_err(LoadError::Spec)?;
        let network = Network::new(spec, memory_limit).map_err(LoadError::Spec)?;
        let mut run = Simulation::new(network, engine).map_err(|_| DAMAGED)?;
        run.state.visit(&mut tape, &mut run.network);
        if !matches!(tape, Tape::Read { rest: [], failed: false }) || !run.state.fits(&run.network) {
            return Err(DAMAGED);
        }
        run.recorded = run.state.step;
        run.recorder.reset(run.recorded);
        Ok(run)
    }
}

fn digest(bytes: &[u8]) -> u64 {
    let mut digest = Digest::default();
    for chunk in bytes.chunks(4) {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        digest.add(u32::from_le_bytes(word));
    }
    digest.value()
}

/// Bytes that are written, or read in the same order.
pub(super) enum Tape<'a> {
    Write(Vec<u8>),
    Read { rest: &'a [u8], failed: bool },
}

impl Tape<'_> {
    fn bytes(&mut self, bytes: &mut [u8]) {
        match self {
            Tape::Write(written) => written.extend_from_slice(bytes),
            Tape::Read { rest, failed } => match rest.split_at_checked(bytes.len()) {
                Some((now, later)) => {
                    bytes.copy_from_slice(now);
                    *rest = later;
                }
                None => *failed = true,
            },
        }
    }

    /// A number.
    pub(super) fn number(&mut self, number: &mut impl Pod) {
        self.bytes(bytemuck::bytes_of_mut(number));
    }

    /// As many numbers as there are.
    pub(super) fn numbers<T: Pod>(&mut self, numbers: &mut [T]) {
        self.bytes(bytemuck::cast_slice_mut(numbers));
    }

    /// Numbers, and how many there are.
    pub(super) fn list<T: Pod>(&mut self, list: &mut Vec<T>) {
        let mut length = list.len() as u64;
        self.number(&mut length);
        if let Tape::Read { rest, failed } = self {
            let most = rest.len() / size_of::<T>().max(1);
            *failed |= length > most as u64;
            list.resize((length as usize).min(most), T::zeroed());
        }
        self.numbers(list);
    }
}

impl State {
    /// Walks through everything that changes.
    fn visit(&mut self, tape: &mut Tape, network: &mut Network) {
        tape.number(&mut self.step);
        self.variables.iter_mut().for_each(|variables| tape.numbers(variables));
        self.noise.iter_mut().for_each(|noise| tape.numbers(noise));
        tape.list(&mut self.ring);
        network.populations.iter_mut().for_each(|p| tape.numbers(&mut p.exponents));
        let mut pulses: Vec<[f64; 6]> = self.pulses.iter().map(|(pulse, last)| pulse.numbers(*last)).collect();
        tape.list(&mut pulses);
        self.synaptic.iter_mut().for_each(|synaptic| synaptic.visit(tape));
        self.history.visit(tape);
        if matches!(tape, Tape::Read { .. }) {
            self.take_over(network, &pulses);
        }
    }
}

impl Synaptic {
    fn visit(&mut self, tape: &mut Tape) {
        tape.numbers(&mut self.weights);
        for release in &mut self.releases {
            tape.numbers(&mut release.state);
            tape.number(&mut release.last);
        }
        if let Some(PlasticState { pre, post, eligibility, concentration, growth, integral, .. }) = &mut self.plastic {
            [pre, post, eligibility].into_iter().for_each(|pairs| tape.numbers(pairs));
            [concentration, growth, integral].into_iter().for_each(|number| tape.number(number));
        }
    }
}

impl History {
    fn visit(&mut self, tape: &mut Tape) {
        let mut steps: Vec<Vec<u32>> = core::mem::take(&mut self.steps).into();
        let mut length = steps.len() as u64;
        tape.number(&mut length);
        // A length that is not true fails at the first list that is not there.
        while matches!(tape, Tape::Read { failed: false, .. }) && (steps.len() as u64) < length {
            let mut spikes = Vec::new();
            tape.list(&mut spikes);
            steps.push(spikes);
        }
        if let Tape::Write(_) = tape {
            steps.iter_mut().for_each(|spikes| tape.list(spikes));
        }
        self.steps = steps.into();
    }
}
