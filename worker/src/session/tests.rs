//! A session with a clock of its own: what is said to it, and what it says.

use std::{cell::Cell, sync::Arc};

use spikeground_core::{
    chip::report::{Failure, Job, Order},
    gallery,
    scan::{Axis, Plan, Point, Scan},
};

use super::*;
use crate::protocol::{AUTO, EngineReason, GPU, GpuProblem, Reported, Scanned};

/// A session with a clock that moves on by itself a little whenever it is read.
struct Bench {
    session: Session,
    clock: Cell<f64>,
}

impl Bench {
    fn new(memory_limit: f64) -> Bench {
        Bench { session: Session::new(memory_limit, Arc::new(|| ())), clock: Cell::new(0.0) }
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
                Next::In(wait) => {
                    // A GPU works in time that this clock does not know.
                    if let Some(gpu) = self.session.engines.device() {
                        gpu.wait();
                    }
                    self.clock.set(self.clock.get() + wait.max(0.1));
                }
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

/// Weights that no step changes are counted once, and again when they are changed.
#[test]
fn weights_follow_what_changes_them() {
    let mut bench = Bench::new(1e9);
    let mut spec = gallery::find("stdp").expect("a network of the gallery").spec();
    // A second projection with weights of its own, which does not learn.
    let mut still = spec.projections[2].clone();
    (still.synapse, still.synapse_params) = ("static_synapse".into(), Vec::new());
    spec.projections.push(still);
    bench.load(&spec, 1);
    bench.say(ToWorker::Play);
    let means = |said: Vec<FromWorker>| {
        let measures = frames(&said).iter().rev().find_map(|f| f.measures.clone()).expect("measures");
        measures.weights.iter().map(|w| (w.projection, w.mean)).collect::<Vec<_>>()
    };
    let first = means(bench.run(300.0));
    let then = means(bench.run(1000.0));
    let ([(2, a), (3, b)], [(2, c), (3, d)]) = (&first[..], &then[..]) else { panic!("{first:?}, then {then:?}") };
    assert!(a != c && b == d, "{first:?}, then {then:?}");
    assert!(spec.set("projections[3].weight", 0.15));
    bench.load(&spec, 2);
    let changed = means(bench.run(600.0));
    assert!((changed[1].1 - 2.0 * b).abs() < 1e-3 * b, "{changed:?} after {then:?}");
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

fn engine_of(said: &[FromWorker]) -> Option<&crate::protocol::EngineReport> {
    said.iter().rev().find_map(|m| if let FromWorker::Engine(report) = m { Some(&**report) } else { None })
}

/// To the GPU and back during a run: time, spikes and trace go on without a gap, and what is changed on the way acts.
#[test]
fn a_run_moves_to_the_gpu_and_back() {
    let mut bench = Bench::new(1e9);
    bench.load(&cuba(), 1);
    bench.say(ToWorker::Play);
    let mut said = bench.run(100.0);
    let report = engine_of(&said).expect("a report");
    assert_eq!((report.choice.as_str(), report.engine.as_str()), (AUTO, "lanes"));
    assert!(matches!(report.reason, EngineReason::Small { neurons: 400.0, .. }));

    bench.say(ToWorker::Engine { name: GPU.into() });
    said.extend(bench.run(100.0));
    let report = engine_of(&said).expect("a report");
    assert_eq!((report.engine.as_str(), &report.reason), (GPU, &EngineReason::Chosen));
    assert!(report.gpu_bytes.is_some_and(|bytes| bytes > 1e5) && report.adapter.is_some());

    let mut spec = cuba();
    spec.set("projections[0].weight", 33.0);
    spec.set("projections[2].delay_ms", 1.4);
    bench.load(&spec, 2);
    bench.say(ToWorker::Poke { population: 0, from: 0, to: 100, amplitude_pa: 2000.0, duration_ms: 5.0 });
    let poked = bench.run(100.0);
    assert!(poked.iter().any(|m| matches!(m, FromWorker::Loaded { id: 2, live: true, .. })));
    let fired = |said: &[FromWorker]| frames(said).iter().map(|f| f.spikes.0.len() / 2).sum::<usize>();
    assert!(fired(&poked) > 100, "a hundred poked neurons fire: {} did", fired(&poked));
    said.extend(poked);
    assert_eq!(frames(&said).last().expect("frames").engine, GPU);

    bench.say(ToWorker::Engine { name: "scalar".into() });
    said.extend(bench.run(100.0));
    assert_eq!(frames(&said).last().expect("frames").engine, "scalar");
    let mut next = 1.0;
    for frame in frames(&said) {
        assert_eq!(frame.trace.from, next);
        next += frame.trace.samples.0.len() as f64;
    }
    let last = frames(&said).last().expect("frames").step;
    assert!(next == last + 1.0 && last > 3000.0, "{next} {last}");

    bench.say(ToWorker::Engine { name: GPU.into() });
    bench.say(ToWorker::Pause);
    bench.run(20.0);
    bench.say(ToWorker::Reset);
    bench.say(ToWorker::Step);
    bench.say(ToWorker::Step);
    let said = bench.run(50.0);
    let last = frames(&said).last().copied().expect("a frame");
    assert_eq!((last.step, last.engine.as_str()), (2.0, GPU));
}

/// What the GPU had not sent home is made again here, unseen, and the run goes on from where it was.
#[test]
fn a_lost_gpu_is_replaced_by_lanes() {
    let mut bench = Bench::new(1e9);
    bench.load(&cuba(), 1);
    bench.say(ToWorker::Engine { name: GPU.into() });
    bench.say(ToWorker::Play);
    let said = bench.run(200.0);
    let before = frames(&said).last().copied().expect("frames").clone();
    assert_eq!(before.engine, GPU);
    bench.session.engines.device().expect("a device").destroy();
    let said = bench.run(200.0);
    let report = engine_of(&said).expect("a report");
    assert!(matches!(&report.reason, EngineReason::Problem(GpuProblem::Lost { .. })), "{report:?}");
    let frames = frames(&said);
    assert!(frames.iter().all(|frame| frame.step >= before.step));
    let last = frames.last().expect("frames");
    assert!(last.engine == "lanes" && last.step > before.step + 500.0, "{} {}", last.engine, last.step);
}

/// Another network begins here and goes to the GPU by itself; one that is refused leaves the old one where it is.
#[test]
fn another_network_follows_to_the_gpu() {
    let mut bench = Bench::new(1e9);
    bench.load(&cuba(), 1);
    bench.say(ToWorker::Engine { name: GPU.into() });
    bench.say(ToWorker::Play);
    bench.run(100.0);
    bench.load(&cuba().scaled(700), 2);
    let said = bench.run(200.0);
    assert!(said.iter().any(|m| matches!(m, FromWorker::Loaded { id: 2, live: false, .. })));
    let last = frames(&said).last().copied().expect("frames").clone();
    assert!(last.engine == GPU && last.step < 2100.0, "{} {}", last.engine, last.step);

    let mut wrong = cuba().scaled(700);
    wrong.populations[0].model = "resnet".into();
    bench.load(&wrong, 3);
    bench.load(&cuba().scaled(100_000_000_000), 4);
    let said = bench.run(100.0);
    for id in [3, 4] {
        assert!(said.iter().any(|m| matches!(m, FromWorker::Refused { id: refused, .. } if *refused == id)), "{id}");
    }
    let now = frames(&said).last().copied().expect("the old network goes on").clone();
    assert!(now.engine == GPU && now.run == last.run && now.step > last.step);

    // A delay longer than any before needs other buffers, and the run goes on.
    let mut spec = cuba().scaled(700);
    spec.set("projections[1].delay_ms", 7.0);
    bench.load(&spec, 5);
    let said = bench.run(100.0);
    assert!(said.iter().any(|m| matches!(m, FromWorker::Loaded { id: 5, live: true, .. })));
    let longer = frames(&said).last().copied().expect("frames").clone();
    assert!(longer.engine == GPU && longer.run == last.run && longer.step > now.step);
}

#[test]
fn what_the_gpu_does_not_carry_stays_here_and_says_so() {
    let mut bench = Bench::new(1e9);
    let mut spec = cuba().scaled(700);
    let projection = &mut spec.projections[0];
    (projection.synapse, projection.synapse_params) = ("stdp_synapse".into(), vec![("Wmax".into(), 50.0)]);
    bench.load(&spec, 1);
    bench.say(ToWorker::Engine { name: GPU.into() });
    bench.say(ToWorker::Play);
    let said = bench.run(100.0);
    let mut reports = said.iter().filter_map(|m| if let FromWorker::Engine(report) = m { Some(report) } else { None });
    let last = reports.next_back().expect("a report");
    let problem = GpuProblem::NotCarried { name: "stdp_synapse".into() };
    assert!(last.engine == "lanes" && last.reason == EngineReason::Problem(problem), "{last:?}");
    assert!(frames(&said).last().expect("frames").step > 0.0);
}

#[test]
fn any_variables_and_the_field_of_the_population_are_recorded() {
    let mut bench = Bench::new(1e9);
    bench.load(&cuba(), 1);
    bench.run(100.0);
    // One of the variables does not exist and is passed over.
    bench.say(ToWorker::Probe { neuron: 330, variables: vec![0, 2, 99], field: true });
    bench.say(ToWorker::RunTo { time_ms: 50.0 });
    let said = bench.run(200.0);
    let frames = frames(&said);
    let all = |variable| frames.iter().flat_map(|f| f.trace.of(variable).to_vec()).collect::<Vec<_>>();
    assert!(frames.iter().all(|f| f.trace.neuron == 330 && f.trace.variables == [0, 2]));
    assert_eq!((all(0).len(), all(2).len(), all(1).len()), (500, 500, 0));
    assert!(all(0).iter().all(|mv| (-100.0..0.0).contains(mv)) && all(2).iter().all(|pa| *pa <= 0.0));
    let field: Vec<_> = frames.iter().filter_map(|f| f.field.as_ref()).filter(|f| !f.samples.0.is_empty()).collect();
    assert!(field.iter().all(|f| (f.population, f.every) == (1, 10.0)) && field[0].from == 10.0);
    assert_eq!(field.iter().map(|f| f.samples.0.len()).sum::<usize>(), 50);
    bench.say(ToWorker::Probe { neuron: 330, variables: vec![0], field: false });
    bench.say(ToWorker::RunTo { time_ms: 60.0 });
    assert!(self::frames(&bench.run(200.0)).iter().all(|f| f.field.is_none()));
}

#[test]
fn a_sweep_gives_the_curve_of_core_while_the_network_goes_on() {
    let mut bench = Bench::new(1e9);
    bench.load(&cuba(), 1);
    bench.say(ToWorker::Play);
    bench.run(100.0);
    bench.say(ToWorker::Sweep { population: 99 });
    bench.say(ToWorker::Sweep { population: 1 });
    let said = bench.run(2000.0);
    let news: Vec<_> = said
        .iter()
        .filter_map(|m| if let FromWorker::Swept { population: 1, news } = m { Some(news) } else { None })
        .collect();
    let mut sweep = Sweep::new(&cuba(), 1).expect("there is memory");
    let want = loop {
        match sweep.advance(100).expect("there is memory") {
            Swept::Going(_) => {}
            done => break done,
        }
    };
    let (last, before) = news.split_last().expect("there are news");
    assert_eq!(**last, want);
    assert!(before.iter().all(|news| matches!(news, Swept::Going(done) if (0.0..1.0).contains(done))));
    let last_step = frames(&said).last().map_or(0.0, |frame| frame.step);
    assert!((last_step - 21_000.0).abs() < 300.0, "{last_step}");
}

#[test]
fn a_parameter_sweep_gives_the_points_of_core() {
    let spec = cuba().scaled(200);
    let axis = |path: &str, values: &[f64]| Axis { paths: vec![path.into()], values: values.to_vec() };
    let axes = vec![axis("projections[0].weight", &[0.0, 16.2]), axis("populations[0].params.C_m", &[200.0, -1.0])];
    let plan = Plan { axes, measure: "rate".into(), population: 0, settle_ms: 5.0, count_ms: 20.0 };
    let mut scan = Scan::new(spec.clone(), plan.clone(), 1e9).expect("a good plan");
    while !scan.is_done() {
        scan.advance(100).expect("there is memory");
    }
    // A session needs no network of its own for it.
    let mut bench = Bench::new(1e9);
    bench.say(ToWorker::Scan { json: spec.to_json(), plan: plan.clone() });
    let (mut points, mut done) = (Vec::new(), 0.0);
    for message in bench.run(2000.0) {
        if let FromWorker::Scanned(Scanned::Points { points: new, progress }) = message {
            assert!(progress >= done, "it goes forward");
            points.extend(new);
            done = progress;
        }
    }
    assert_eq!((&points[..], done), (scan.points(), 1.0));
    assert!(matches!(points[3], Point::Impossible(_)));
    let mut answer = |json: String, plan| {
        bench.say(ToWorker::Scan { json, plan });
        bench.run(10.0)
    };
    let refused = FromWorker::Scanned(Scanned::NoPlan);
    assert!(answer(spec.to_json(), Plan { axes: vec![], ..plan.clone() }).contains(&refused));
    assert!(matches!(&answer("{".into(), plan)[..], [FromWorker::Scanned(Scanned::Refused(_)), ..]));
}

#[test]
fn reports_are_those_of_core() {
    let spec = cuba().scaled(200);
    let order = Order { presets: vec!["loihi1".into(), "h100".into()], ms: 20.0 };
    let mut job = Job::new(spec.clone(), &order, 1e9).expect("a good order");
    while !job.is_done() {
        job.advance().expect("it runs");
    }
    let mut bench = Bench::new(1e9);
    bench.say(ToWorker::Report { json: spec.to_json(), order: order.clone() });
    let (mut reports, mut is_done) = (Vec::new(), false);
    for message in bench.run(4000.0) {
        match message {
            FromWorker::Reported(Reported::Report(report)) => reports.push(*report),
            FromWorker::Reported(Reported::Done) => is_done = true,
            FromWorker::Reported(news) => assert!(matches!(news, Reported::Going { progress, .. } if progress <= 1.0)),
            _ => {}
        }
    }
    assert_eq!((&reports[..], is_done), (job.reports(), true));
    let mut failure = |json: String, order: Order| {
        bench.say(ToWorker::Report { json, order });
        bench.run(10.0).into_iter().find_map(|message| match message {
            FromWorker::Reported(Reported::Failed(why)) => Some(why),
            _ => None,
        })
    };
    assert!(matches!(failure("{".into(), order.clone()), Some(Failure::Refused(_))));
    assert_eq!(failure(spec.to_json(), Order { ms: -1.0, ..order }), Some(Failure::NoTime(-1.0)));
}
