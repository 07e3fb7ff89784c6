//! The parameter sweep: a network is run once at every point of a grid over one or two of its numbers, and one measure of
//! each run is kept.
//!
//! Points are runs of their own from t = 0 with the same seed, so that a point is what anybody gets who sets the same
//! numbers. They need no other wiring, so the network of the last point is used again.

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use crate::{
    engine::{ENGINES, Simulation},
    error::SpecError,
    network::{OutOfMemory, Wiring},
    spec::NetworkSpec,
    text::{Text, text},
    units::{Unit, steps_from_ms},
};

/// Most points of a grid: 32 by 32, which is finer than anybody waits for.
pub const MOST_POINTS: usize = 1024;
/// Synapses that are drawn in one go while a point is wired: a few milliseconds.
const WIRING_CHUNK: usize = 1 << 17;

/// Numbers of the network that are set together, and to what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    /// Their paths: see [`crate::spec::path`].
    pub paths: Vec<String>,
    /// The values.
    pub values: Vec<f64>,
}

/// What is to be run and measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// One or two axes; the first is the one that runs fastest.
    pub axes: Vec<Axis>,
    /// Name of the measure.
    pub measure: String,
    /// Index of the population that is measured.
    pub population: usize,
    /// Time that is let pass before anything counts, ms.
    pub settle_ms: f64,
    /// Time that counts, ms.
    pub count_ms: f64,
}

/// A measure of a population over a stretch of time.
pub struct Measure {
    /// Its name in a plan.
    pub name: &'static str,
    /// Its name for people.
    pub title: Text,
    /// Its unit.
    pub unit: Unit,
    /// Its value; `None` where too little has happened to tell.
    pub of: fn(&Simulation, usize) -> Option<f64>,
}

/// Every measure, in the order menus show them.
pub static MEASURES: &[Measure] = &[
    Measure {
        name: "rate",
        title: text("rate", "发放率"),
        unit: Unit::Hertz,
        of: |run, population| run.recorder().rates_hz(run.steps()).get(population).copied(),
    },
    Measure {
        name: "cv",
        title: text("CV of the intervals", "间隔的 CV"),
        unit: Unit::One,
        of: |run, population| run.recorder().mean_cv(population).map(|cv| cv.cv),
    },
    Measure {
        name: "cv2",
        title: text("CV2 of the intervals", "间隔的 CV2"),
        unit: Unit::One,
        of: |run, population| run.recorder().mean_cv2(population),
    },
    Measure {
        name: "fano",
        title: text("Fano factor", "Fano 因子"),
        unit: Unit::One,
        of: |run, population| run.recorder().fano(population).mean(),
    },
    Measure {
        name: "correlation",
        title: text("pairwise correlation", "成对相关"),
        unit: Unit::One,
        of: |run, population| run.recorder().correlation(population).mean(),
    },
];

/// The measure called `name`.
pub fn find(name: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.name == name)
}

/// What a point has come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Point {
    /// The measure.
    Value(f64),
    /// Too little happened to measure it.
    Silent,
    /// The network is not possible with these numbers; what is wrong first.
    Impossible(SpecError),
    /// A number was lost on the way.
    Halted,
}

/// A sweep in motion.
pub struct Scan {
    spec: NetworkSpec,
    plan: Plan,
    measure: &'static Measure,
    memory_limit: f64,
    points: Vec<Point>,
    stage: Stage,
}

/// How far the present point is.
enum Stage {
    /// There may be a network of the last point to use again.
    Begin(Option<Simulation>),
    Wire(Wiring),
    Run(Simulation),
}

impl Plan {
    /// Number of points of the grid.
    pub fn points(&self) -> usize {
        self.axes.iter().map(|axis| axis.values.len()).product()
    }

    /// The network at a point, or `None` if a path leads nowhere.
    pub fn at(&self, spec: &NetworkSpec, mut point: usize) -> Option<NetworkSpec> {
        let mut spec = spec.clone();
        for Axis { paths, values } in &self.axes {
            let value = values[point % values.len()];
            point /= values.len();
            if !paths.iter().all(|path| spec.set(path, value)) {
                return None;
            }
        }
        Some(spec)
    }

    /// Whether there is anything to do, and not too much, and every name and path is known.
    pub fn is_good(&self, spec: &NetworkSpec) -> bool {
        let n = self.points();
        (1..=2).contains(&self.axes.len())
            && (1..=MOST_POINTS).contains(&n)
            && find(&self.measure).is_some()
            && self.population < spec.populations.len()
            && self.settle_ms >= 0.0
            && self.count_ms > 0.0
            && (self.settle_ms + self.count_ms).is_finite()
            && self.at(spec, 0).is_some()
    }
}

impl Scan {
    /// A sweep of `spec`, each run of which may take `memory_limit` bytes; `None` if the plan is not [good](Plan::is_good).
    pub fn new(spec: NetworkSpec, plan: Plan, memory_limit: f64) -> Option<Scan> {
        let measure = find(&plan.measure).filter(|_| plan.is_good(&spec))?;
        Some(Scan { spec, plan, measure, memory_limit, points: Vec::new(), stage: Stage::Begin(None) })
    }

    /// What has come out so far, the first axis running fastest.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Whether every point is done.
    pub fn is_done(&self) -> bool {
        self.points.len() == self.plan.points()
    }

    /// The part that is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        let of_point = match &self.stage {
            Stage::Run(run) => run.steps() as f64 / self.steps(run, self.plan.settle_ms + self.plan.count_ms) as f64,
            _ => 0.0,
        };
        (self.points.len() as f64 + of_point) / self.plan.points() as f64
    }

    fn steps(&self, run: &Simulation, ms: f64) -> u64 {
        steps_from_ms(ms, run.network().dt_ms()).max(1)
    }

    /// Works on: makes at most `steps` steps of a run, or wires a part of its network.
    ///
    /// # Errors
    /// That the machine has no memory to go on.
    pub fn advance(&mut self, steps: u64) -> Result<(), OutOfMemory> {
        if self.is_done() {
            return Ok(());
        }
        self.stage = match core::mem::replace(&mut self.stage, Stage::Begin(None)) {
            Stage::Begin(last) => self.begin(last)?,
            Stage::Wire(mut wiring) => match wiring.advance(WIRING_CHUNK) {
                Ok(false) => Stage::Wire(wiring),
                Ok(true) => Stage::Run(Simulation::new(wiring.finish(), ENGINES[0])?),
                Err(errors) => self.impossible(errors, None),
            },
            Stage::Run(run) => self.run(run, steps),
        };
        Ok(())
    }

    fn begin(&mut self, last: Option<Simulation>) -> Result<Stage, OutOfMemory> {
        let spec = self.plan.at(&self.spec, self.points.len()).expect("the plan is good");
        if let Some(mut run) = last {
            return Ok(match run.apply(spec) {
                Ok(()) => {
                    run.reset()?;
                    Stage::Run(run)
                }
                Err(errors) => self.impossible(errors, Some(run)),
            });
        }
        Ok(match Wiring::new(spec, self.memory_limit) {
            Ok(wiring) => Stage::Wire(wiring),
            Err(errors) => self.impossible(errors, None),
        })
    }

    fn impossible(&mut self, errors: Vec<SpecError>, last: Option<Simulation>) -> Stage {
        self.points.extend(errors.into_iter().next().map(Point::Impossible));
        Stage::Begin(last)
    }

    fn run(&mut self, mut run: Simulation, steps: u64) -> Stage {
        let settled = self.steps(&run, self.plan.settle_ms);
        let end = self.steps(&run, self.plan.settle_ms + self.plan.count_ms);
        let until = if run.steps() < settled { settled } else { end };
        let made = run.advance(steps.min(until - run.steps()));
        // Nobody looks at single spikes, rates or traces.
        run.recorder_mut().take_spikes();
        run.recorder_mut().take_rates();
        if made.is_err() {
            self.points.push(Point::Halted);
            return Stage::Begin(Some(run));
        }
        if run.steps() == settled {
            run.recorder_mut().restart_statistics(settled);
        }
        if run.steps() < end {
            return Stage::Run(run);
        }
        let value = (self.measure.of)(&run, self.plan.population).filter(|value| value.is_finite());
        self.points.push(value.map_or(Point::Silent, Point::Value));
        Stage::Begin(Some(run))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{error::Mistake, gallery::GALLERY};

    fn all(spec: &NetworkSpec, plan: &Plan, steps: u64) -> Vec<Point> {
        let mut scan = Scan::new(spec.clone(), plan.clone(), 1e9).expect("a good plan");
        let mut before = 0.0;
        while !scan.is_done() {
            scan.advance(steps).expect("memory");
            assert!(scan.progress() >= before, "it goes forward");
            before = scan.progress();
        }
        scan.points().to_vec()
    }

    fn axis(path: &str, values: &[f64]) -> Axis {
        Axis { paths: [path.into()].into(), values: values.to_vec() }
    }

    fn plan(axes: &[Axis], measure: &str) -> Plan {
        Plan { axes: axes.to_vec(), measure: measure.into(), population: 0, settle_ms: 50.0, count_ms: 100.0 }
    }

    /// A point is what a run of its own gives, whatever came before it and however the work is cut.
    #[test]
    fn a_point_is_a_run_of_its_own() {
        let spec = GALLERY[0].spec().scaled(200);
        let weight = axis("projections[0].weight", &[0.0, 16.2, 40.0]);
        let delay = axis("projections[1].delay_ms", &[1.5, 0.1]);
        for measure in MEASURES {
            let plan = plan(&[weight.clone(), delay.clone()], measure.name);
            let points = all(&spec, &plan, 333);
            assert_eq!(points, all(&spec, &plan, u64::MAX), "{}", measure.name);
            for (i, point) in points.iter().enumerate() {
                let network = crate::network::Network::new(plan.at(&spec, i).expect("good paths"), 1e9);
                let mut run = Simulation::new(network.expect("a good network"), ENGINES[0]).expect("memory");
                run.advance(500).expect("finite");
                run.recorder_mut().restart_statistics(500);
                run.advance(1000).expect("finite");
                let alone = (measure.of)(&run, 0).map_or(Point::Silent, Point::Value);
                assert_eq!(*point, alone, "{} at {i}", measure.name);
            }
            if measure.name == "rate" {
                assert!(points.windows(2).any(|pair| pair[0] != pair[1]), "a weight makes a difference");
            }
        }
    }

    #[test]
    fn what_is_not_possible_is_told_and_passed_over() {
        let spec = GALLERY[0].spec().scaled(200);
        let points = all(&spec, &plan(&[axis("populations[0].params.C_m", &[-1.0, 200.0, f64::NAN])], "rate"), 999);
        assert!(matches!(&points[0], Point::Impossible(error) if error.at == "populations[0].params.C_m"));
        assert!(matches!(points[1], Point::Value(_)));
        let Point::Impossible(SpecError { mistake: Mistake::NotFinite { .. }, .. }) = &points[2] else {
            panic!("{:?}", points[2]);
        };
    }

    #[test]
    fn what_is_no_plan_is_refused() {
        let spec = GALLERY[0].spec().scaled(200);
        let good = plan(&[axis("projections[0].weight", &[0.1])], "rate");
        assert!(Scan::new(spec.clone(), good.clone(), 1e9).is_some());
        let many = axis("projections[0].weight", &[0.1; 33]);
        let wrong = [
            Plan { axes: Vec::new(), ..good.clone() },
            Plan { axes: [axis("projections[0].weight", &[])].into(), ..good.clone() },
            Plan { axes: [axis("dt", &[0.1])].into(), ..good.clone() },
            Plan { axes: [many.clone(), many].into(), ..good.clone() },
            Plan { measure: "beauty".into(), ..good.clone() },
            Plan { population: 2, ..good.clone() },
            Plan { settle_ms: -1.0, ..good.clone() },
            Plan { count_ms: 0.0, ..good.clone() },
            Plan { count_ms: f64::INFINITY, ..good },
        ];
        for plan in wrong {
            assert!(Scan::new(spec.clone(), plan.clone(), 1e9).is_none(), "{plan:?}");
        }
    }
}
