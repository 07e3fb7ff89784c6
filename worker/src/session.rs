//! `Session`: the worker's side. It answers messages, and works in short slices so that a message never waits long.
//!
//! It knows no browser: messages come in by [`Session::handle`], go out by [`Session::take_messages`], and the clock is
//! an argument.

use spikeground_core::{
    engine::{self, Engine, Pulse, Simulation},
    error::{Mistake, SpecError},
    network::{OutOfMemory, Wiring},
    spec::NetworkSpec,
    units::steps_from_ms,
};

use crate::{
    frame,
    pace::Pace,
    protocol::{FromWorker, Rejection, Size, ToWorker, VERSION},
};

/// Longest time in ms to work before messages are looked at again: half a frame at 60 Hz.
const SLICE_MS: f64 = 8.0;
/// Steps between looks at the clock, at first; then as many as take about a millisecond.
const FIRST_CHUNK: u64 = 8;
/// Synapses drawn between looks at the clock while wiring: a few milliseconds.
const WIRING_CHUNK: usize = 1 << 17;
/// Time in ms between two messages about wiring.
const WIRING_REPORT_MS: f64 = 50.0;
/// Time in ms between two frames with measures: as often as an eye can read a number.
const MEASURES_MS: f64 = 250.0;

/// When the session wants to work again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next {
    /// At once, after messages that have come.
    Now,
    /// In so many ms, unless a message comes before.
    In(f64),
    /// When a message comes.
    Idle,
}

/// The worker's side of the protocol.
pub struct Session {
    memory_limit: f64,
    engine: &'static Engine,
    simulation: Option<Simulation>,
    size: Size,
    wiring: Option<(u32, Wiring)>,
    pace: Pace,
    loaded: u32,
    run: u32,
    chunk: u64,
    frame_wanted: bool,
    changed: bool,
    reported_ms: f64,
    measured_ms: f64,
    messages: Vec<FromWorker>,
}

impl Session {
    /// A session that may use `memory_limit` bytes for networks. Its first message says that it is ready.
    pub fn new(memory_limit: f64) -> Session {
        Session {
            memory_limit,
            engine: engine::ENGINES[0],
            simulation: None,
            size: Size::default(),
            wiring: None,
            pace: Pace::new(0.1),
            loaded: 0,
            run: 0,
            chunk: FIRST_CHUNK,
            frame_wanted: true,
            changed: false,
            reported_ms: f64::NEG_INFINITY,
            measured_ms: f64::NEG_INFINITY,
            messages: vec![FromWorker::Ready { version: VERSION }],
        }
    }

    /// The messages to send, oldest first.
    pub fn take_messages(&mut self) -> Vec<FromWorker> {
        std::mem::take(&mut self.messages)
    }

    /// Notes a message that could not be read.
    pub fn reject(&mut self, rejection: Rejection) {
        self.messages.push(FromWorker::Rejected(rejection));
    }

    /// Follows a message that came at `now_ms`.
    pub fn handle(&mut self, message: ToWorker, now_ms: f64) {
        let step = self.simulation.as_ref().map_or(0, Simulation::steps);
        self.changed |= !matches!(message, ToWorker::Drawn | ToWorker::Ping);
        match message {
            ToWorker::Hello { version } if version != VERSION => {
                self.reject(Rejection::Version { page: version, worker: VERSION });
            }
            ToWorker::Hello { .. } => {}
            ToWorker::Ping => self.messages.push(FromWorker::Alive),
            ToWorker::Drawn => self.frame_wanted = true,
            ToWorker::Load { json, id, restart } => self.load(&json, id, restart, now_ms),
            ToWorker::Cancel => {
                if let Some((id, _)) = self.wiring.take() {
                    self.messages.push(FromWorker::Cancelled { id });
                }
            }
            ToWorker::Play => self.pace.play(None, now_ms, step),
            ToWorker::Pause => self.pace.pause(),
            ToWorker::Step => {
                self.pace.pause();
                self.advance(1);
            }
            ToWorker::RunTo { time_ms } if time_ms.is_finite() => {
                let dt_ms = self.simulation.as_ref().map_or(0.1, |s| s.network().dt_ms());
                self.pace.play(Some(steps_from_ms(time_ms.max(0.0), dt_ms)), now_ms, step);
            }
            ToWorker::RunTo { time_ms } => self.reject(Rejection::BadNumber { value: time_ms }),
            ToWorker::Reset => self.reset(now_ms),
            ToWorker::Speed { factor: Some(value) } if !(value > 0.0 && value.is_finite()) => {
                self.reject(Rejection::BadNumber { value });
            }
            ToWorker::Speed { factor } => self.pace.set_speed(factor, now_ms, step),
            ToWorker::Engine { name } => match engine::find(&name) {
                Some(engine) => {
                    self.engine = engine;
                    if let Some(simulation) = &mut self.simulation {
                        simulation.set_engine(engine);
                    }
                }
                None => self.reject(Rejection::NoEngine { name }),
            },
            ToWorker::Probe { neuron } => {
                if let Some(s) = &mut self.simulation
                    && (neuron as usize) < s.network().neurons()
                {
                    s.recorder_mut().probe(neuron, 0, step);
                }
            }
            ToWorker::Poke { population, from, to, amplitude_pa, duration_ms } => {
                match [amplitude_pa, duration_ms].into_iter().find(|x| !x.is_finite()) {
                    Some(value) => self.reject(Rejection::BadNumber { value }),
                    None => {
                        let pulse = Pulse { population, from, to, amplitude_pa, duration_ms };
                        self.simulation.iter_mut().for_each(|s| s.poke(pulse));
                    }
                }
            }
        }
    }

    /// Works for a slice and says when to work again. `clock` tells the time in ms.
    pub fn work(&mut self, clock: &dyn Fn() -> f64) -> Next {
        let next = if self.wiring.is_some() { self.wire(clock) } else { self.simulate(clock) };
        self.send_frame(clock());
        next
    }

    fn load(&mut self, json: &str, id: u32, restart: bool, now_ms: f64) {
        let spec = match NetworkSpec::from_json(json) {
            Ok(spec) => spec,
            Err(errors) => return self.messages.push(FromWorker::Refused { id, errors }),
        };
        if let (Some(simulation), None, false) = (&mut self.simulation, &self.wiring, restart)
            && simulation.spec().same_wiring(&spec)
        {
            return self.messages.push(match simulation.apply(spec) {
                Ok(()) => FromWorker::Loaded { id, live: true, size: self.size },
                Err(errors) => FromWorker::Refused { id, errors },
            });
        }
        match Wiring::new(spec, self.memory_limit) {
            Ok(wiring) => {
                let size = Size::from(wiring.memory());
                if size.bytes + self.size.bytes > self.memory_limit {
                    self.simulation = None;
                }
                self.messages.push(FromWorker::Wiring { id, progress: 0.0, size });
                self.reported_ms = now_ms;
                if let Some((id, _)) = self.wiring.replace((id, wiring)) {
                    self.messages.push(FromWorker::Cancelled { id });
                }
            }
            Err(errors) => self.messages.push(FromWorker::Refused { id, errors }),
        }
    }

    fn wire(&mut self, clock: &dyn Fn() -> f64) -> Next {
        let Some((id, wiring)) = &mut self.wiring else { return Next::Idle };
        let id = *id;
        let size = Size::from(wiring.memory());
        let end_ms = clock() + SLICE_MS;
        loop {
            match wiring.advance(WIRING_CHUNK) {
                Ok(true) => break,
                Ok(false) if clock() < end_ms => {}
                Ok(false) => {
                    let progress = wiring.progress();
                    if clock() >= self.reported_ms + WIRING_REPORT_MS {
                        self.reported_ms = clock();
                        self.messages.push(FromWorker::Wiring { id, progress, size });
                    }
                    return Next::Now;
                }
                Err(errors) => {
                    self.wiring = None;
                    self.messages.push(FromWorker::Refused { id, errors });
                    return Next::Now;
                }
            }
        }
        if let Some((id, wiring)) = self.wiring.take() {
            self.start(id, wiring, size, clock());
        }
        Next::Now
    }

    /// Replaces the network that runs by one that is wired.
    fn start(&mut self, id: u32, wiring: Wiring, estimate: Size, now_ms: f64) {
        let probed = self.simulation.as_ref().and_then(|s| s.recorder().probed()).map_or(0, |(neuron, _)| neuron);
        let network = wiring.finish();
        let size = Size { synapses: network.synapses() as f64, ..estimate };
        match Simulation::new(network, self.engine) {
            Ok(mut simulation) => {
                let last = simulation.network().neurons() as u32 - 1;
                simulation.recorder_mut().probe(probed.min(last), 0, 0);
                self.pace.restart(simulation.network().dt_ms(), now_ms);
                self.simulation = Some(simulation);
                (self.size, self.loaded) = (size, id);
                self.begin_run();
                self.messages.push(FromWorker::Loaded { id, live: false, size });
            }
            Err(OutOfMemory { .. }) => self.refuse_memory(id, size),
        }
    }

    fn refuse_memory(&mut self, id: u32, size: Size) {
        let mistake = Mistake::TooMuchMemory { synapses: size.synapses, bytes: size.bytes, limit: self.memory_limit };
        self.messages.push(FromWorker::Refused { id, errors: vec![SpecError::new("", mistake)] });
    }

    fn reset(&mut self, now_ms: f64) {
        let Some(simulation) = &mut self.simulation else { return };
        if simulation.reset().is_err() {
            return self.refuse_memory(self.loaded, self.size);
        }
        self.pace.restart(simulation.network().dt_ms(), now_ms);
        self.begin_run();
    }

    fn begin_run(&mut self) {
        self.run += 1;
        self.chunk = FIRST_CHUNK;
        self.measured_ms = f64::NEG_INFINITY;
    }

    fn advance(&mut self, steps: u64) -> bool {
        let Some(simulation) = &mut self.simulation else { return false };
        match simulation.advance(steps) {
            Ok(()) => true,
            Err(halt) => {
                self.pace.pause();
                self.messages.push(FromWorker::Halted(halt));
                false
            }
        }
    }

    fn simulate(&mut self, clock: &dyn Fn() -> f64) -> Next {
        let begin_ms = clock();
        let mut now_ms = begin_ms;
        loop {
            let Some(simulation) = &self.simulation else { return Next::Idle };
            let step = simulation.steps();
            let due = self.pace.due(now_ms, step);
            if due == 0 {
                self.pace.made(now_ms, step);
                return if self.pace.playing() { Next::In(self.pace.wait_ms(now_ms, step)) } else { Next::Idle };
            }
            if now_ms - begin_ms >= SLICE_MS {
                return Next::Now;
            }
            let steps = due.min(self.chunk);
            self.changed = true;
            if !self.advance(steps) {
                return Next::Idle;
            }
            let then_ms = clock();
            // A chunk of about a millisecond: twice as long when it took less, half when it took more.
            match then_ms - now_ms {
                took if took < 0.5 && steps == self.chunk => self.chunk = (self.chunk * 2).min(4096),
                took if took > 2.0 => self.chunk = (self.chunk / 2).max(1),
                _ => {}
            }
            now_ms = then_ms;
            self.pace.made(now_ms, step + steps);
        }
    }

    fn send_frame(&mut self, now_ms: f64) {
        let Some(simulation) = &mut self.simulation else { return };
        if !(self.frame_wanted && self.changed) {
            return;
        }
        let measures_due = now_ms - self.measured_ms >= MEASURES_MS || !self.pace.playing();
        if measures_due {
            self.measured_ms = now_ms;
        }
        let frame = frame::take(simulation, &self.pace, self.run, measures_due);
        self.messages.push(FromWorker::Frame(Box::new(frame)));
        (self.frame_wanted, self.changed) = (false, false);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use spikeground_core::gallery;

    use super::*;

    /// A session with a clock that moves on by itself a little whenever it is read.
    struct Bench {
        session: Session,
        clock: Cell<f64>,
    }

    impl Bench {
        fn new(memory_limit: f64) -> Bench {
            Bench { session: Session::new(memory_limit), clock: Cell::new(0.0) }
        }

        fn now(&self) -> f64 {
            self.clock.set(self.clock.get() + 0.01);
            self.clock.get()
        }

        fn say(&mut self, message: ToWorker) {
            let now = self.now();
            self.session.handle(message, now);
        }

        fn load(&mut self, spec: &NetworkSpec, id: u32) {
            self.say(ToWorker::Load { json: spec.to_json(), id, restart: false });
        }

        /// Works until `ms` have passed, drawing every frame, and returns what was said.
        fn run(&mut self, ms: f64) -> Vec<FromWorker> {
            let (end, mut said) = (self.clock.get() + ms, Vec::new());
            while self.clock.get() < end {
                let clock = &self.clock;
                let next = self.session.work(&|| {
                    clock.set(clock.get() + 0.01);
                    clock.get()
                });
                let messages = self.session.take_messages();
                if messages.iter().any(|m| matches!(m, FromWorker::Frame(_))) {
                    self.say(ToWorker::Drawn);
                }
                said.extend(messages);
                match next {
                    Next::Now => {}
                    Next::In(wait) => self.clock.set(self.clock.get() + wait.max(0.1)),
                    Next::Idle => self.clock.set(end),
                }
            }
            said
        }
    }

    fn frames(said: &[FromWorker]) -> Vec<&crate::protocol::Frame> {
        said.iter().filter_map(|m| if let FromWorker::Frame(frame) = m { Some(&**frame) } else { None }).collect()
    }

    fn cuba() -> NetworkSpec {
        gallery::GALLERY[0].spec().scaled(400)
    }

    #[test]
    fn a_network_is_wired_and_runs_in_real_time() {
        let mut bench = Bench::new(1e9);
        bench.say(ToWorker::Hello { version: VERSION });
        bench.load(&cuba(), 7);
        bench.say(ToWorker::Play);
        let said = bench.run(1000.0);
        assert_eq!(said[0], FromWorker::Ready { version: VERSION });
        assert!(matches!(said[1], FromWorker::Wiring { id: 7, size, .. } if size.bytes > 0.0));
        assert!(said.iter().any(|m| matches!(m, FromWorker::Loaded { id: 7, live: false, .. })));
        let frames = frames(&said);
        let last = frames.last().expect("frames");
        assert!((9_000.0..=10_100.0).contains(&last.step), "{}", last.step);
        assert!((last.speed - 1.0).abs() < 0.05, "{}", last.speed);
        assert!(frames.iter().any(|f| !f.spikes.0.is_empty() && !f.rates.hz[0].is_empty()));
        assert!(frames.iter().any(|f| f.measures.is_some()));
        // Trace samples follow each other without a gap.
        let mut next = 1.0;
        for frame in &frames {
            assert_eq!(frame.trace.from, next);
            next += frame.trace.samples.0.len() as f64;
        }
        assert_eq!(next, last.step + 1.0);
    }

    #[test]
    fn new_numbers_go_on_and_new_wiring_starts_anew() {
        let mut bench = Bench::new(1e9);
        bench.load(&cuba(), 1);
        bench.say(ToWorker::Play);
        bench.run(200.0);
        let mut spec = cuba();
        spec.set("projections[0].weight", 20.0);
        bench.load(&spec, 2);
        let said = bench.run(50.0);
        assert!(said.iter().any(|m| matches!(m, FromWorker::Loaded { id: 2, live: true, .. })));
        let before = frames(&said).last().expect("frames").run;
        bench.load(&spec.scaled(500), 3);
        let said = bench.run(50.0);
        let last = *frames(&said).last().expect("frames");
        assert!(last.run > before && last.step < 1000.0);
        spec.set("projections[0].weight", f64::NAN);
        spec.populations[0].size = 400;
        bench.say(ToWorker::Load { json: spec.to_json(), id: 4, restart: false });
        let said = bench.run(50.0);
        assert!(said.iter().any(|m| matches!(m, FromWorker::Refused { id: 4, .. })));
        assert!(frames(&said).last().expect("the old network goes on").step > last.step);
    }

    #[test]
    fn pause_step_run_to_and_reset() {
        let mut bench = Bench::new(1e9);
        bench.load(&cuba(), 1);
        bench.run(20.0);
        bench.say(ToWorker::Step);
        bench.say(ToWorker::Step);
        assert_eq!(frames(&bench.run(5.0)).last().expect("a frame").step, 2.0);
        bench.say(ToWorker::RunTo { time_ms: 30.0 });
        let said = bench.run(200.0);
        let last = *frames(&said).last().expect("frames");
        assert_eq!((last.step, last.playing), (300.0, false));
        bench.say(ToWorker::Reset);
        assert_eq!(frames(&bench.run(5.0)).last().expect("a frame").step, 0.0);
        for message in [
            ToWorker::RunTo { time_ms: f64::NAN },
            ToWorker::Speed { factor: Some(0.0) },
            ToWorker::Engine { name: "warp".into() },
            ToWorker::Hello { version: 99 },
        ] {
            bench.say(message);
            assert!(bench.run(5.0).iter().any(|m| matches!(m, FromWorker::Rejected(_))));
        }
    }

    #[test]
    fn an_undrawn_frame_holds_back_the_next() {
        let mut bench = Bench::new(1e9);
        bench.load(&cuba(), 1);
        bench.run(20.0);
        bench.say(ToWorker::Play);
        let mut count = 0;
        for _ in 0..50 {
            let clock = &bench.clock;
            bench.session.work(&|| {
                clock.set(clock.get() + 0.2);
                clock.get()
            });
            count += frames(&bench.session.take_messages()).len();
        }
        assert_eq!(count, 1);
    }

    #[test]
    fn too_much_memory_is_refused_with_the_estimate() {
        let mut bench = Bench::new(30e6);
        bench.load(&cuba().scaled(1_000_000), 1);
        let said = bench.run(5.0);
        assert!(said.iter().any(|m| matches!(m, FromWorker::Refused { errors, .. }
            if matches!(errors[0].mistake, Mistake::TooMuchMemory { bytes, .. } if bytes > 3e8))));
    }

    #[test]
    fn wiring_can_be_given_up() {
        let mut bench = Bench::new(1e9);
        bench.load(&cuba(), 1);
        bench.run(20.0);
        bench.load(&cuba().scaled(60_000), 2);
        let clock = Cell::new(1000.0);
        // A clock that makes every slice one chunk long.
        bench.session.work(&|| {
            clock.set(clock.get() + 60.0);
            clock.get()
        });
        let said = bench.session.take_messages();
        assert!(
            said.iter()
                .any(|m| matches!(m, FromWorker::Wiring { id: 2, progress, .. } if *progress > 0.0 && *progress < 1.0))
        );
        bench.say(ToWorker::Drawn);
        bench.say(ToWorker::Cancel);
        bench.say(ToWorker::Play);
        let said = bench.run(50.0);
        assert!(said.contains(&FromWorker::Cancelled { id: 2 }));
        assert!(frames(&said).last().expect("the old network goes on").step > 0.0);
    }
}
