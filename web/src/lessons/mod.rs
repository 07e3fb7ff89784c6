//! The lessons: short tours in which the reader does something and the page sees it.
//!
//! Adding one costs its network and its file beside this one, and its line in [`LESSONS`]. A test does what each step asks
//! for and sees that the step is done then, and not before.

mod balance;
mod first_spike;
mod learning;
mod refractoriness;
mod rhythm;
mod seen;
mod synapse;

pub use seen::Seen;
use spikeground_core::{spec::NetworkSpec, text::Text};

/// Every lesson, in the order in which they build on each other.
pub static LESSONS: &[&Lesson] = &[
    &first_spike::LESSON,
    &refractoriness::LESSON,
    &synapse::LESSON,
    &balance::LESSON,
    &rhythm::LESSON,
    &learning::LESSON,
];

/// A lesson.
pub struct Lesson {
    /// Its name in what is remembered.
    pub id: &'static str,
    /// Its name for people.
    pub title: Text,
    /// What the reader can do after it.
    pub goal: Text,
    /// Its network; the controls of the network are those of the lesson.
    pub json: &'static str,
    /// Names of the views it needs.
    pub views: &'static [&'static str],
    /// Model time per time to begin with: slow enough that the eye can follow.
    pub speed: f64,
    /// The neuron whose membrane potential is shown.
    pub picked: u32,
    /// Its steps.
    pub steps: &'static [Step],
}

/// A step: something to do. In its texts, `*…*` is a term of the field where it is explained, `` `…` `` a symbol.
pub struct Step {
    /// What to do.
    pub task: Text,
    /// How, for those who do not see it.
    pub hint: Text,
    /// What it means, once it is done.
    pub told: Text,
    /// Names of the views and controls that it is about.
    pub lit: &'static [&'static str],
    /// A number that says how far the reader is.
    pub gauge: Option<Gauge>,
    /// Whether it is done.
    pub done: fn(&Seen) -> bool,
    /// One way to do it.
    pub solution: &'static [Act],
}

/// A measured number.
pub struct Gauge {
    /// What it is.
    pub name: Text,
    /// Its unit.
    pub unit: &'static str,
    /// Digits behind the point.
    pub decimals: usize,
    /// Its value, if there is one yet.
    pub value: fn(&Seen) -> Option<f64>,
}

/// Something that a reader does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    /// Sets a control.
    Set(&'static str, f64),
    /// Pokes the picked neuron.
    Poke,
}

impl Lesson {
    /// Its network.
    pub fn spec(&self) -> NetworkSpec {
        NetworkSpec::from_json(self.json).expect("a test reads the network of every lesson")
    }
}

#[cfg(test)]
mod tests {
    use spikeground_core::{
        engine::{self, Pulse, Simulation},
        network::Network,
        text::text,
    };
    use spikeground_worker::{frame, pace::Pace, protocol::ProjectionWeights};

    use super::*;
    use crate::{
        components::views::VIEWS,
        state::{
            history::{History, Interval, Limits, Poke},
            view,
        },
    };

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
                assert!(
                    step.gauge.is_none() || gauge(&run).is_some(),
                    "{} {i} has a gauge that tells nothing",
                    lesson.id
                );
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
}
