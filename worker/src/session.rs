//! `Session`: the worker's side. It answers messages, and works in short slices so that a message never waits long.
//!
//! It knows no browser: messages come in by [`Session::handle`], go out by [`Session::take_messages`], and the clock is
//! an argument.

use spikeground_core::{
    engine::{Halt, Pulse, Simulation},
    error::{Mistake, SpecError},
    network::{OutOfMemory, Wiring},
    spec::NetworkSpec,
    sweep::{Sweep, Swept},
    units::steps_from_ms,
};

use crate::{
    decoding::Decoding,
    elsewhere::Arrival,
    engines::Engines,
    frame::{self, StaticWeights},
    gpu::Wake,
    pace::Pace,
    protocol::{FromWorker, Rejection, Reported, Size, ToWorker, VERSION, Weighable},
    reporting::Reporting,
    scanning::Scanning,
};

/// Longest time in ms to work before messages are looked at again: half a frame at 60 Hz.
const SLICE_MS: f64 = 8.0;
/// Steps between looks at the clock, at first; then as many as take about a millisecond.
const FIRST_CHUNK: u64 = 8;
/// Synapses drawn between looks at the clock while wiring: a few milliseconds.
const WIRING_CHUNK: usize = 1 << 17;
/// Time in ms between two messages about wiring.
const WIRING_REPORT_MS: f64 = 50.0;
/// Time in ms after which a GPU that has not called back is looked at.
const LOOK_MS: f64 = 4.0;
/// Time in ms between two frames with measures: as often as an eye can read a number.
const MEASURES_MS: f64 = 250.0;
/// Longest time in ms for a sweep between two slices of the network: it gets a quarter of the worker.
const SWEEP_SLICE_MS: f64 = 3.0;
/// Steps of a sweep between looks at the clock.
const SWEEP_CHUNK: u64 = 16;
/// Time in ms between two messages about a sweep.
const SWEEP_REPORT_MS: f64 = 100.0;

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

impl Next {
    /// This, or the other where that comes first.
    fn or_sooner(self, other: Next) -> Next {
        match (self, other) {
            (Next::In(a), Next::In(b)) => Next::In(a.min(b)),
            (Next::Now, _) | (_, Next::Now) => Next::Now,
            (Next::Idle, next) | (next, Next::Idle) => next,
        }
    }
}

/// The worker's side of the protocol.
pub struct Session {
    memory_limit: f64,
    engines: Engines,
    simulation: Option<Simulation>,
    size: Size,
    wiring: Option<(u32, Wiring)>,
    /// The population whose neurons are swept, and when its last news were told.
    sweep: Option<(usize, Sweep, f64)>,
    scanning: Option<Scanning>,
    reporting: Option<Reporting>,
    decoding: Decoding,
    /// What is asked of the weights.
    weighed: Option<Weighable>,
    pace: Pace,
    loaded: u32,
    run: u32,
    chunk: u64,
    /// Messages that wait for the state to come home.
    waiting: Vec<ToWorker>,
    /// Single steps that are to be made elsewhere.
    singles: u64,
    frame_wanted: bool,
    changed: bool,
    reported_ms: f64,
    measured_ms: f64,
    static_weights: StaticWeights,
    messages: Vec<FromWorker>,
}

impl Session {
    /// A session that may use `memory_limit` bytes for networks. Its first message says that it is ready. `wake` is called
    /// when there is work because a GPU has something to tell.
    pub fn new(memory_limit: f64, wake: Wake) -> Session {
        Session {
            memory_limit,
            engines: Engines::new(wake),
            simulation: None,
            size: Size::default(),
            wiring: None,
            sweep: None,
            scanning: None,
            reporting: None,
            decoding: Decoding::new(),
            weighed: None,
            pace: Pace::new(0.1),
            loaded: 0,
            run: 0,
            chunk: FIRST_CHUNK,
            waiting: Vec::new(),
            singles: 0,
            frame_wanted: true,
            changed: false,
            reported_ms: f64::NEG_INFINITY,
            measured_ms: f64::NEG_INFINITY,
            static_weights: None,
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

    /// Follows a message that came at `now_ms`, or keeps it until the state that it changes is here.
    pub fn handle(&mut self, message: ToWorker, now_ms: f64) {
        let changes_state = match &message {
            ToWorker::Load { .. } => self.wiring.is_none(),
            ToWorker::Reset | ToWorker::Engine { .. } | ToWorker::Probe { .. } | ToWorker::Poke { .. } => true,
            _ => false,
        };
        if changes_state && self.engines.is_there() {
            self.waiting.push(message);
        } else {
            self.follow(message, now_ms);
        }
    }

    fn follow(&mut self, message: ToWorker, now_ms: f64) {
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
                if self.engines.is_there() {
                    self.singles += 1;
                } else {
                    self.advance(1);
                }
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
            ToWorker::Engine { name } => {
                if !self.engines.choose(&name) {
                    self.reject(Rejection::NoEngine { name });
                }
            }
            ToWorker::Probe { neuron, variables, field } => {
                if let Some(s) = &mut self.simulation
                    && (neuron as usize) < s.network().neurons()
                {
                    let population = s.network().population_of(neuron);
                    let known = s.network().populations[population].model.state.len();
                    let variables: Vec<usize> = variables.into_iter().filter(|&variable| variable < known).collect();
                    s.recorder_mut().probe(neuron, &variables, step);
                    let field = field.then_some(population);
                    if s.recorder().watched_field() != field {
                        s.recorder_mut().watch_field(field);
                    }
                }
            }
            ToWorker::Weigh { what } => (self.weighed, self.measured_ms) = (what, f64::NEG_INFINITY),
            ToWorker::Sweep { population } => {
                if let Some(s) = self.simulation.as_ref().filter(|s| population < s.spec().populations.len()) {
                    match Sweep::new(s.spec(), population) {
                        Ok(sweep) => self.sweep = Some((population, sweep, now_ms)),
                        Err(OutOfMemory { .. }) => self.refuse_memory(self.loaded, self.size),
                    }
                }
            }
            ToWorker::Feed { stimulus, values } => self.simulation.iter_mut().for_each(|s| s.feed(stimulus, &values)),
            ToWorker::Decode(message) => self.decoding.handle(message, now_ms),
            ToWorker::Scan { json, plan } => match Scanning::new(&json, plan, self.memory_limit, now_ms) {
                Ok(scanning) => self.scanning = Some(scanning),
                Err(refusal) => self.messages.push(FromWorker::Scanned(refusal)),
            },
            ToWorker::Report { json, order } => match Reporting::new(&json, &order, self.memory_limit, now_ms) {
                Ok(reporting) => self.reporting = Some(reporting),
                Err(why) => self.messages.push(FromWorker::Reported(Reported::Failed(why))),
            },
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
        let next = if self.wiring.is_some() {
            self.wire(clock)
        } else {
            self.settle(clock());
            if self.engines.is_there() { self.simulate_there(clock()) } else { self.simulate(clock) }
        };
        let is_busy = self.sweep_on(clock) | self.scan_on(clock) | self.report_on(clock);
        let decoding = self.decoding.work(clock, &mut self.frame_wanted);
        self.messages.extend(self.decoding.take_messages());
        let next = if is_busy { Next::Now } else { next.or_sooner(decoding) };
        if let Some(simulation) = &self.simulation
            && let Some(report) = self.engines.report(simulation.network().neurons())
        {
            self.messages.push(FromWorker::Engine(Box::new(report)));
        }
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
            self.static_weights = None;
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
                    self.engines.begin();
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

    /// Gets the simulation to where it should be, and follows what has waited for it to be here.
    fn settle(&mut self, now_ms: f64) {
        if let Some(simulation) = &mut self.simulation {
            self.engines.settle(simulation, now_ms);
        }
        if !self.engines.is_there() {
            for message in std::mem::take(&mut self.waiting) {
                self.follow(message, now_ms);
            }
        }
    }

    /// Goes on with a sweep for a while, and tells whether there is more to do.
    fn sweep_on(&mut self, clock: &dyn Fn() -> f64) -> bool {
        let Some((population, sweep, told_ms)) = &mut self.sweep else { return false };
        let (population, end_ms) = (*population, clock() + SWEEP_SLICE_MS);
        loop {
            match sweep.advance(SWEEP_CHUNK) {
                Ok(Swept::Going(_)) if clock() < end_ms => {}
                Ok(news) => {
                    let goes_on = matches!(news, Swept::Going(_));
                    if !goes_on || clock() >= *told_ms + SWEEP_REPORT_MS {
                        *told_ms = clock();
                        self.messages.push(FromWorker::Swept { population, news });
                    }
                    if !goes_on {
                        self.sweep = None;
                    }
                    return goes_on;
                }
                Err(OutOfMemory { .. }) => {
                    self.sweep = None;
                    self.refuse_memory(self.loaded, self.size);
                    return false;
                }
            }
        }
    }

    /// Goes on with a parameter sweep for a while, and tells whether there is more to do.
    fn scan_on(&mut self, clock: &dyn Fn() -> f64) -> bool {
        let Some(scanning) = &mut self.scanning else { return false };
        let (news, goes_on) = scanning.work(clock);
        self.messages.extend(news);
        if !goes_on {
            self.scanning = None;
        }
        goes_on
    }

    /// Goes on with reports for a while, and tells whether there is more to do.
    fn report_on(&mut self, clock: &dyn Fn() -> f64) -> bool {
        let Some(reporting) = &mut self.reporting else { return false };
        let goes_on = reporting.work(clock, &mut self.messages);
        if !goes_on {
            self.reporting = None;
        }
        goes_on
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
        let probed = self.simulation.as_ref().and_then(|s| s.recorder().probed()).map_or(0, |probe| probe.neuron);
        let network = wiring.finish();
        let size = Size { synapses: network.synapses() as f64, ..estimate };
        match Simulation::new(network, self.engines.here()) {
            Ok(mut simulation) => {
                let last = simulation.network().neurons() as u32 - 1;
                simulation.recorder_mut().probe(probed.min(last), &[0], 0);
                self.sweep = None;
                self.pace.restart(simulation.network().dt_ms(), now_ms);
                self.simulation = Some(simulation);
                self.engines.begin();
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
        self.static_weights = None;
    }

    fn advance(&mut self, steps: u64) -> bool {
        let Some(simulation) = &mut self.simulation else { return false };
        match simulation.advance(steps) {
            Ok(()) => true,
            Err(halt) => {
                self.halt(halt);
                false
            }
        }
    }

    fn halt(&mut self, halt: Halt) {
        self.pace.pause();
        self.messages.push(FromWorker::Halted(halt));
    }

    /// Takes in what a GPU has sent, and sends it more to do. While something is under way there, nothing else can be.
    fn simulate_there(&mut self, now_ms: f64) -> Next {
        let (Some(simulation), Some(there)) = (&mut self.simulation, self.engines.there()) else { return Next::Idle };
        match there.receive(simulation, now_ms) {
            Arrival::Nothing | Arrival::Home => {}
            Arrival::Steps => {
                self.changed = true;
                self.pace.made(now_ms, simulation.steps());
            }
            Arrival::Halted(halt) => {
                self.halt(halt);
                return Next::Now;
            }
            Arrival::Lost(reason) => {
                self.engines.lose(reason);
                return Next::Now;
            }
        }
        if !there.is_idle() {
            return Next::In(LOOK_MS);
        }
        let leaves = self.engines.is_to_come_home(simulation.network().neurons());
        let Some(there) = self.engines.there() else { return Next::Idle };
        let is_wanted = leaves || !self.waiting.is_empty();
        if simulation.behind() > 0 && (is_wanted || there.is_homesick(simulation, now_ms)) {
            there.fetch(now_ms);
            return Next::In(LOOK_MS);
        }
        if is_wanted {
            return self.change_at_home(leaves, now_ms);
        }
        let step = simulation.steps();
        let due = self.pace.due(now_ms, step).max(self.singles);
        if due == 0 || simulation.is_halted() {
            self.pace.made(now_ms, step);
            return if self.pace.playing() { Next::In(self.pace.wait_ms(now_ms, step)) } else { Next::Idle };
        }
        let made = there.send(simulation, due, now_ms);
        self.singles = self.singles.saturating_sub(made);
        Next::In(LOOK_MS)
    }

    /// Follows the messages that have waited for the state, which is at home now, and sends it back unless it `leaves`
    /// the GPU.
    fn change_at_home(&mut self, leaves: bool, now_ms: f64) -> Next {
        for message in std::mem::take(&mut self.waiting) {
            self.follow(message, now_ms);
        }
        let (Some(simulation), Some(there)) = (&self.simulation, self.engines.there()) else { return Next::Now };
        if leaves || !there.refresh(simulation) {
            self.engines.come_home();
        }
        Next::Now
    }

    fn simulate(&mut self, clock: &dyn Fn() -> f64) -> Next {
        let begin_ms = clock();
        let mut now_ms = begin_ms;
        loop {
            let Some(simulation) = &self.simulation else { return Next::Idle };
            let step = simulation.steps();
            // Steps that a lost GPU has made but not sent home are made once more, unseen.
            let behind = simulation.behind();
            let due = if behind > 0 { behind } else { self.pace.due(now_ms, step) };
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
            self.pace.made(now_ms, self.simulation.as_ref().map_or(step, Simulation::steps));
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
        let measures_due = measures_due.then_some(&mut self.static_weights);
        let mut frame = frame::take(simulation, self.engines.name(), &self.pace, self.run, measures_due);
        if let (Some(measures), Some(what)) = (&mut frame.measures, self.weighed) {
            measures.weighed = frame::weigh(simulation, what);
        }
        if let (Some(measures), Some(there)) = (&mut frame.measures, self.engines.there()) {
            measures.gpu = there.times(simulation.network());
        }
        self.messages.push(FromWorker::Frame(Box::new(frame)));
        (self.frame_wanted, self.changed) = (false, false);
    }
}

// On wasm32 the browser tests drive a session.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
