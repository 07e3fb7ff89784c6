//! Reports of a run on hardware: parts against the whole, every preset; where cores stand; what is refused, in words; and
//! the work that leads to them, against each step of it by hand.

use spikeground_core::{
    chip::{
        baseline::{Gpu, WITHIN},
        counts::Counts,
        energy::{self, Boundary, Load, Term},
        limits::{Grid, Limits},
        models::{self, break_even},
        preset::{Kind, Mode},
        presets::{self, PRESETS},
        quantity::Interval,
        report::{Doing, FRAME_S, Failure, Floor, Job, Order, Report, csv},
    },
    engine::{self, Simulation},
    gallery,
    network::Network,
    spec::NetworkSpec,
};

const MS: f64 = 100.0;

fn cuba(neurons: u64) -> NetworkSpec {
    gallery::find("cuba").expect("cuba").spec().scaled(neurons)
}

fn order(presets: &[&str], ms: f64) -> Order {
    Order { presets: presets.iter().map(|id| (*id).to_owned()).collect(), ms }
}

fn reports(spec: &NetworkSpec, presets: &[&str]) -> Vec<Report> {
    let mut job = Job::new(spec.clone(), &order(presets, MS), 1e9).unwrap_or_else(|why| panic!("{why:?}"));
    let mut before = (job.progress(), job.doing());
    while !job.is_done() {
        job.advance().unwrap_or_else(|why| panic!("{why:?}"));
        assert!(job.progress() >= before.0 - 1e-9, "{before:?} to {}", job.progress());
        before = (job.progress(), job.doing());
    }
    assert_eq!(before, (1.0, Doing::Nothing));
    job.reports().to_vec()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs()
}

#[test]
fn on_every_preset_the_parts_are_the_whole() {
    let spec = cuba(400);
    let ids: Vec<&str> = PRESETS.iter().map(|entry| entry.id).collect();
    let all = reports(&spec, &ids);
    let (mut totals, mut refused, mut mapped) = (0, 0, 0);
    for (report, entry) in all.iter().zip(PRESETS) {
        let (id, preset) = (entry.id, entry.preset());
        assert_eq!((&report.id, report.counts.neurons()), (&preset.id, 400.0));
        for priced in &report.prices {
            let known: Interval = priced.items.iter().map(|item| item.joules).sum();
            assert_eq!(known, priced.known, "{id}");
            assert_eq!(priced.total.is_some(), priced.missing.is_empty(), "{id}");
            assert!(priced.total.is_none_or(|total| total == known), "{id}");
            for item in &priced.items {
                assert!(item.source.is_empty() != (preset.sources.contains_key(&item.price.src) || item.at.is_empty()));
                let is_said = !item.source.is_empty() || !item.price.why.is_empty();
                assert!(is_said || item.joules.hi == 0.0, "{id}: {item:?} comes from somewhere");
            }
            totals += usize::from(priced.total.is_some());
            refused += usize::from(priced.total.is_none());
        }
        assert_eq!(report.mapped.is_none(), report.unmapped.is_some(), "{id}");
        if let Some(m) = &report.mapped {
            mapped += 1;
            let neurons: u32 = m.cores.iter().flat_map(|core| &core.neurons).map(|share| share.count).sum();
            assert_eq!(neurons, 400, "{id}: every neuron has a core");
            let limits = Limits::of(&preset.core);
            let known = limits.neurons.is_some() || limits.synapses.is_some();
            assert!(m.cores.iter().all(|core| core.fullness.is_some_and(|full| full <= 1.0) == known), "{id}");
            let others = [m.sequential, m.shuffled, m.random];
            assert!(m.lower_bound <= m.hops && others.iter().all(|other| m.hops <= *other), "{id}: {m:?}");
            let links: f64 = m.links.iter().map(|link| link.spikes).sum();
            assert!(if m.is_multicast { close(links, m.hops) } else { links <= m.hops }, "{id}");
            assert!(m.offchip_hops <= m.hops && close(m.hops_along.iter().sum(), m.hops), "{id}");
            let events: f64 = m.cores.iter().map(|core| core.events).sum();
            assert!(close(events * report.counts.steps, report.counts.events()), "{id}");
        }
        let json = serde_json::to_string(report).expect("JSON");
        assert_eq!(&serde_json::from_str::<Report>(&json).expect("a report"), report, "{id}");
    }
    assert!(totals > 20 && refused > 8 && mapped > 8, "{totals} totals, {refused} refused, {mapped} mapped");
    let table = csv(&all);
    assert!(ids.iter().all(|id| table.lines().any(|line| line.starts_with(&format!("{id},")))));
    assert!(!table.contains("NaN") && !table.contains("inf"));
}

#[test]
fn a_report_is_each_step_by_hand() {
    let spec = cuba(1200);
    let found = reports(&spec, &["loihi1", "h100", "northpole", "my-bpu"]);
    let network = Network::new(spec, 1e9).unwrap_or_else(|e| panic!("{}", e[0]));
    let mut run = Simulation::new(network, engine::find("lanes").expect("an engine")).expect("memory");
    run.advance(1000).expect("no NaN");
    let counts = Counts::of(&run);
    assert!(counts.spikes() > 0.0);
    let frames = MS * 1e-3 / FRAME_S;
    for report in &found {
        let preset = presets::find(&report.id).expect("a preset").preset();
        assert_eq!(report.counts, counts);
        assert!(close(report.frames, frames));
        assert_eq!(report.break_even[1], break_even::with_memory(&counts, report.frames));
        let traffic = report.mapped.as_ref().map(spikeground_core::chip::report::Mapped::traffic);
        for estimate in &report.models {
            let model = models::find(&estimate.id).expect("a model");
            assert_eq!(estimate.joules, model.joules(&counts, traffic.as_ref()));
            assert!(close(estimate.parts.iter().map(|part| part.1).sum(), estimate.joules));
        }
        let first = report.price();
        match preset.kind {
            Kind::Gpu => {
                let cost = Gpu::calibrated().cost(&preset, &counts).expect("its numbers are known");
                let total = first.and_then(|priced| priced.total).expect("a total");
                assert!(close(total.middle(), cost.joules) && close(total.hi, cost.joules * WITHIN));
                let factor = report.pace.real_time_factor.expect("a time").middle();
                assert!(close(factor, cost.wall_s / counts.model_s));
            }
            _ if !preset.computes(Mode::Spiking) => {
                let bill = energy::dense_bill(&preset, &counts, report.frames).expect("a bill");
                assert_eq!(first.and_then(|priced| priced.total), bill.total().ok());
            }
            _ => {
                let (hops, offchip_hops) =
                    report.mapped.as_ref().map(|m| (m.hops - m.offchip_hops, m.offchip_hops)).unzip();
                let load = Load { counts: counts.clone(), hops, offchip_hops, ..Load::default() };
                let bill = energy::bill(&preset, "", &load, Boundary::Chip).expect("a bill");
                let priced = first.expect("prices");
                assert_eq!((priced.total, priced.known), (bill.total().ok(), bill.known()));
                assert_eq!(priced.missing.len(), bill.missing.len());
            }
        }
    }
    let [loihi, .., own] = &found[..] else { panic!("four were asked for") };
    let heat = loihi.heat.as_ref().expect("a total");
    let total = loihi.price().and_then(|priced| priced.total).expect("a total");
    assert!(close(heat.power_w.hi * counts.model_s, total.hi), "it waits for the time of the model");
    assert!(loihi.pace.real_time_factor.is_some_and(|factor| factor.lo < factor.hi && factor.hi < 1.0));
    let missing = &own.price().expect("prices").missing;
    assert!(missing.iter().any(|m| (m.term, m.at.as_str()) == (Term::SynapticEvents, "energy[0].synop_j")));
    assert_eq!(own.pace.lacking(), "time.neuron_update_s, time.synop_s");
    assert!(own.unmapped.is_some() && own.heat.is_none());
    assert!(loihi.citations().iter().any(|source| source.contains("Davies et al. (2018)")));
}

#[test]
fn cores_stand_where_their_routers_are() {
    let floor = |id: &str| Floor::of(&presets::find(id).expect(id).preset());
    let mesh = |width, height| Grid { width, height };
    let loihi = floor("loihi1").expect("a mesh");
    assert_eq!((loihi.cores, loihi.routers, loihi.block), (mesh(16, 8), mesh(8, 4), mesh(2, 2)));
    assert_eq!([0, 1, 2, 16, 17, 32].map(|core| loihi.router_of(core)), [0, 0, 1, 0, 0, 8]);
    let wafer = floor("lyra-x").expect("a mesh");
    assert_eq!((wafer.chip, wafer.block), (mesh(6, 6), mesh(4, 4)));
    assert!(wafer.cores.cores() >= 340 * 36 * 16, "{wafer:?}");
    // The sixth router of a row is the last of its chip.
    let leaves = |router| [0, 1, 2, 3].map(|direction| wafer.leaves_chip(router, direction));
    assert_eq!(leaves(5), [false, true, true, false]);
    assert_eq!(leaves(wafer.routers.width + 6), [true, false, false, false]);
    for entry in PRESETS {
        let preset = entry.preset();
        if let Some(floor) = Floor::of(&preset) {
            assert!(floor.cores.cores() as f64 >= preset.cores().expect("known"), "{}", entry.id);
        }
    }
    assert!(["brain", "my-bpu", "h100", "speck"].iter().all(|id| floor(id).is_none()));
}

#[test]
fn what_does_not_fit_is_said_in_both_languages_with_ways_out() {
    let spec = gallery::find("izhikevich").expect("izhikevich").spec();
    let found = reports(&spec, &["loihi1", "odin"]);
    for report in &found {
        let wall = report.fit.walls.first().expect("a wall");
        for words in wall.ways.iter().map(|way| &way.message).chain([&wall.message]) {
            assert!(!words.en.is_empty() && !words.zh.is_empty() && words.en != words.zh, "{words:?}");
        }
    }
    let network = |way: &spikeground_core::chip::report::Way| way.remedy.is_of_network();
    assert!(found[0].fit.walls.iter().any(|wall| wall.ways.iter().any(network)));
    let why = found[1].unmapped.as_ref().expect("a thousand neurons on 256");
    assert!(!why.en.is_empty() && !why.zh.is_empty());
}

#[test]
fn what_cannot_be_done_is_told() {
    let failure = |spec: NetworkSpec, order: Order| Job::new(spec, &order, 1e9).err().expect("a failure");
    assert_eq!(failure(cuba(100), order(&["loihi9"], MS)), Failure::NoPreset("loihi9".into()));
    assert_eq!(failure(cuba(100), order(&["loihi1"], 0.0)), Failure::NoTime(0.0));
    let mut wrong = cuba(100);
    wrong.dt_ms = -1.0;
    let Failure::Refused(errors) = failure(wrong, order(&["loihi1"], MS)) else { panic!("it is refused") };
    assert!(errors.iter().any(|error| error.at == "dt_ms"));
    assert!(matches!(Job::new(cuba(4000), &order(&["loihi1"], MS), 1e3), Err(Failure::Refused(_))), "no memory");
    assert!(Job::new(cuba(100), &order(&[], MS), 1e9).expect("nothing to do").is_done());
}
