//! Each step of a lesson is done by its solution, and not by waiting; what lessons name is there.

use spikeground_core::{
    engine::{self, Pulse, Simulation},
    network::Network,
    text::text,
};
use spikeground_web::{
    components::views::VIEWS,
    lessons::{Act, LESSONS, Lesson, Seen, Step},
    state::{
        history::{History, Interval, Limits, Poke},
        view,
    },
};
use spikeground_worker::{frame, pace::Pace, protocol::ProjectionWeights};

/// How long a step that nobody works at is looked at, ms.
const IDLE_MS: f64 = 6_000.0;
/// How long a solution may take, ms.
const LONGEST_MS: f64 = 20_000.0;
/// From one look to the next, ms.
const LOOK_MS: f64 = 50.0;

/// A run as the page sees it.
struct Run {
    simulation: Simulation,
    history: History,
    weights: Vec<ProjectionWeights>,
    picked: u32,
    began_ms: f64,
    changed_ms: f64,
}

impl Run {
    fn new(lesson: &Lesson) -> Run {
        let network = Network::new(lesson.spec(), 1e9).unwrap_or_else(|e| panic!("{}: {}", lesson.id, e[0]));
        let mut history = History::new(Limits::default());
        history.clear(network.dt_ms(), network.populations.len(), 5.0);
        let simulation = Simulation::new(network, engine::find("lanes").expect("an engine")).expect("memory");
        let picked = lesson.picked;
        Run { simulation, history, weights: Vec::new(), picked, began_ms: 0.0, changed_ms: 0.0 }
    }

    fn seen(&self) -> Seen<'_> {
        Seen {
            spec: self.simulation.spec(),
            history: &self.history,
            weights: &self.weights,
            began_ms: self.began_ms,
            changed_ms: self.changed_ms,
        }
    }

    /// Runs until the step is done, and tells whether it is within `ms`.
    fn is_done_within(&mut self, step: &Step, ms: f64) -> bool {
        let end_ms = self.simulation.time_ms() + ms;
        while self.simulation.time_ms() < end_ms {
            let dt_ms = self.simulation.network().dt_ms();
            self.simulation.advance((LOOK_MS / dt_ms) as u64).expect("a lesson is stable");
            let frame = frame::take(&mut self.simulation, "lanes", &Pace::new(dt_ms), 1, Some(&mut None));
            let (pairs, _) = frame.spikes.0.as_chunks::<2>();
            self.history.push_spikes(pairs.iter().map(|&[step, neuron]| (u64::from(step), neuron)));
            self.history.advance(self.simulation.time_ms());
            self.weights = frame.measures.map(|m| m.weights).unwrap_or_default();
            if (step.done)(&self.seen()) {
                return true;
            }
        }
        false
    }

    fn act(&mut self, act: Act) {
        let now_ms = self.simulation.time_ms();
        match act {
            Act::Set(control, value) => {
                let mut spec = self.simulation.spec().clone();
                let found = spec.controls.iter().find(|c| c.name == control);
                let paths = found.unwrap_or_else(|| panic!("{control} is no control")).paths.clone();
                assert!(paths.iter().all(|path| spec.set(path, value)));
                self.simulation.apply(spec).expect("a good number");
                self.changed_ms = now_ms;
            }
            Act::Poke => {
                let spec = self.simulation.spec();
                let (population, number) = view::place(spec, self.picked).expect("a neuron");
                let amplitude_pa = view::poke(view::model(spec, self.picked).expect("a model"));
                let (from, to) = view::neighbours(spec.populations[population].size, number);
                self.simulation.poke(Pulse { population, from, to, amplitude_pa, duration_ms: 5.0 });
                let when = Interval { t0_ms: now_ms, t1_ms: now_ms + 5.0 };
                self.history.push_poke(Poke { when, first: self.picked, count: 1 });
            }
        }
    }
}

/// Nothing is done by waiting, and everything by what its solution says.
#[test]
fn every_step_is_done_by_its_solution_and_not_by_itself() {
    for lesson in LESSONS {
        let mut run = Run::new(lesson);
        for (i, step) in lesson.steps.iter().enumerate() {
            run.began_ms = run.simulation.time_ms();
            assert!(!run.is_done_within(step, IDLE_MS), "{} {i} is done by itself", lesson.id);
            step.solution.iter().for_each(|act| run.act(*act));
            let gauge = |run: &Run| step.gauge.as_ref().and_then(|gauge| (gauge.value)(&run.seen()));
            assert!(run.is_done_within(step, LONGEST_MS), "{} {i} is not done: {:?}", lesson.id, gauge(&run));
            assert!(step.gauge.is_none() || gauge(&run).is_some(), "{} {i} has a gauge that tells nothing", lesson.id);
        }
    }
}

#[test]
fn every_lesson_names_what_there_is_and_says_everything_twice() {
    for lesson in LESSONS {
        let spec = lesson.spec();
        let is_view = |name: &str| VIEWS.iter().any(|view| view.name == name);
        let control = |name: &str| spec.controls.iter().find(|control| control.name == name);
        assert!(lesson.views.iter().all(|name| is_view(name)), "{}", lesson.id);
        assert!((3..=5).contains(&lesson.steps.len()), "{}", lesson.id);
        for step in lesson.steps {
            for name in step.lit {
                assert!(lesson.views.contains(name) || control(name).is_some(), "{}: {name}", lesson.id);
            }
            for act in step.solution {
                if let Act::Set(name, value) = act {
                    let control = control(name).unwrap_or_else(|| panic!("{}: {name}", lesson.id));
                    assert!((control.min..=control.max).contains(value), "{}: {name} = {value}", lesson.id);
                }
            }
            let no_name = text("", "");
            let name = step.gauge.as_ref().map_or(no_name, |gauge| gauge.name);
            for words in [step.task, step.hint, step.told, name] {
                let marks = |text: &str, mark| text.matches(mark).count();
                assert!(words == no_name || words.en != words.zh, "{}", words.en);
                for mark in ['*', '`'] {
                    assert_eq!(marks(words.en, mark) % 2, 0, "{}", words.en);
                    assert_eq!(marks(words.zh, mark) % 2, 0, "{}", words.zh);
                }
            }
        }
    }
}
