//! Networks of the gallery and of every connection rule, broken at random: whatever comes out is refused or runs, and
//! nothing panics or hangs. The dice are seeded, so a failure comes again; it names the text.

#[path = "../../tests/fuzz/exercise.rs"]
mod exercise;

use exercise::{End, exercise, refused};
use serde_json::{Value, json};
use spikeground_core::{
    engine::{self, Simulation},
    gallery::GALLERY,
    network::Network,
    rng::{Purpose, Stream},
    rule::{Edge, Needs, RULES},
    space::Layout,
    spec::{Distribution, NetworkSpec, ProjectionSpec},
};

/// What a network may take, bytes.
const MEMORY: f64 = 2e7;
/// Neurons of a network before it is broken: few, so that thousands of them can run.
const NEURONS: u64 = 30;
/// Broken texts.
const TEXTS: u32 = 20_000;
/// Edits of each running network.
const EDITS: u32 = 1500;
/// Edits after which a network starts again from its good numbers.
const EDITS_IN_A_ROW: u32 = 20;

/// Numbers that are likely to go wrong somewhere.
const NUMBERS: &[f64] = &[
    0.0,
    -0.0,
    1.0,
    -1.0,
    2.0,
    0.1,
    0.05,
    0.5,
    -55.0,
    1e-3,
    1e-9,
    1e-40,
    1e-300,
    5e-324,
    7.0,
    100.0,
    1000.0,
    1e6,
    16_777_217.0,
    2_147_483_648.0,
    4_294_967_295.0,
    4_294_967_296.0,
    9_007_199_254_740_993.0,
    1e9,
    -1e9,
    1e12,
    1e19,
    1e40,
    1e300,
    -1e300,
    f64::MAX,
    f64::MIN_POSITIVE,
];

/// Pieces of text that mean something, or nearly.
const TOKENS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "null",
    "true",
    "1",
    "-",
    ".",
    "e9",
    "E",
    "NaN",
    "\\",
    "\\u0000",
    "\u{feff}",
    "神经",
    "1e400",
    "-0",
    "\"E\"",
    "\"params\":{}",
    "\"p\":1,",
    "\"uniform\":[0,1]",
    "{\"normal\":[1,9],\"min\":0}",
    "{\"lognormal\":[-1,0.5]}",
    "\"params\":{\"V_th\":{\"normal\":[-50,0.5]}},",
    "\"synapse\":\"stdp_synapse\",",
    "\"receptor\":\"in\",",
    "\"synapse\":\"stdp_dopamine_synapse\",\"modulator\":\"E\",",
    "all_to_all",
    "weight",
    "00",
    " ",
    "\n",
];

/// Names that mean something, perhaps elsewhere.
const WORDS: &[&str] = &[
    "",
    "E",
    "I",
    "N",
    "p",
    "indegree",
    "rate",
    "log",
    "init",
    "spike_times",
    "amplitude_times",
    "amplitude_values",
    "rate_values",
    "values",
    "all_to_all",
    "fixed_indegree",
    "pairwise_bernoulli",
    "fixed_outdegree",
    "fixed_total_number",
    "one_to_one",
    "symmetric_pairwise_bernoulli",
    "edges",
    "positions",
    "grid",
    "free",
    "uniform",
    "extent",
    "edge_wrap",
    "spatial_gaussian",
    "small_world",
    "k",
    "allow_autapses",
    "allow_multapses",
    "poisson_generator",
    "mip_generator",
    "step_current_generator",
    "noise_generator",
    "ou_current",
    "rate_encoder",
    "latency_encoder",
    "spike_generator",
    "iaf_psc_exp",
    "iaf_cond_exp",
    "stdp_synapse",
    "tsodyks_synapse",
    "vogels_sprekeler_synapse",
    "static_synapse",
    "projections[0].weight",
    "populations[0].params.tau_m",
];

/// Seeded random choices.
struct Dice {
    stream: Stream,
    thrown: u32,
}

impl Dice {
    fn new(seed: u32) -> Dice {
        Dice { stream: Stream::new(seed, Purpose::Drive, 0), thrown: 0 }
    }

    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        self.thrown += 1;
        self.stream.words(self.thrown, 0)[0] as usize % n
    }

    fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }

    /// A number that is likely to go wrong, or one with all its digits.
    fn number(&mut self) -> f64 {
        if self.below(4) == 0 {
            (self.below(1 << 32) as f64 / 3e9) * self.below(100) as f64
        } else {
            NUMBERS[self.below(NUMBERS.len())]
        }
    }
}

/// The gallery with few neurons, and a network of every connection rule.
fn small_networks() -> Vec<NetworkSpec> {
    let mut of_rules = GALLERY[0].spec().scaled(NEURONS);
    of_rules.populations[0].positions = Some(Layout { grid: Some([6, 4]), extent: [1.0, 0.5], edge_wrap: true });
    let own = |lo, hi| Distribution::Uniform { lo, hi };
    of_rules.populations[0].params = vec![("V_th".into(), own(-52.0, -48.0)), ("tau_m".into(), own(15.0, 25.0))];
    let projection = of_rules.projections[0].clone();
    of_rules.projections.extend(RULES.iter().map(|rule| ProjectionSpec {
        rule: rule.name.into(),
        params: rule.params.iter().map(|p| (p.name.into(), p.default)).collect(),
        allow_autapses: false,
        edges: if matches!(rule.needs, Needs::Edges) {
            vec![Edge { weight: Some(2.0), ..Edge::new(0, 1) }; 3]
        } else {
            Vec::new()
        },
        ..projection.clone()
    }));
    GALLERY.iter().map(|entry| entry.spec().scaled(NEURONS)).chain([of_rules]).collect()
}

/// Pointers to all values below `at`.
fn places(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, v)| places(v, format!("{at}/{key}"), found)),
        Value::Array(list) => list.iter().enumerate().for_each(|(i, v)| places(v, format!("{at}/{i}"), found)),
        _ => {}
    }
    found.push(at);
}

/// Changes one value, or what holds it.
fn change(root: &mut Value, dice: &mut Dice) {
    let mut all = Vec::new();
    places(root, String::new(), &mut all);
    let at = all[dice.below(all.len())].clone();
    let other = root.pointer(&all[dice.below(all.len())]).cloned().unwrap_or_default();
    let Some((parent, key)) = at.rsplit_once('/') else { return };
    let value = root.pointer(&at).expect("a place that was found").clone();
    let new = match dice.below(16) {
        0..4 => json!(dice.number()),
        4..9 => match (&value, dice.below(4)) {
            (Value::Number(_), 0) => json!(value.as_f64().map(|x| -x)),
            (Value::Number(_), 1) => json!(value.as_f64().map(|x| x * 10.0)),
            (Value::Number(_), 2) => json!(value.as_f64().map(|x| x * 0.01)),
            (Value::Number(_), _) => json!(dice.number()),
            _ => json!(dice.of(WORDS)),
        },
        9..11 => json!(dice.of(WORDS)),
        11 => other,
        12 => [json!(null), json!(true), json!([]), json!({}), json!([[[]]]), json!("\u{0}")][dice.below(6)].clone(),
        13 => Value::Array(vec![value; dice.below(4)]),
        _ => {
            return match root.pointer_mut(parent) {
                Some(Value::Array(list)) if dice.below(2) == 0 => list.push(value),
                Some(Value::Array(list)) => _ = list.remove(key.parse().expect("an index")),
                Some(Value::Object(map)) => {
                    map.remove(key);
                    if dice.below(2) == 0 {
                        map.insert(dice.of(WORDS).into(), value);
                    }
                }
                _ => {}
            };
        }
    };
    *root.pointer_mut(&at).expect("a place that was found") = new;
}

/// Changes some bytes.
fn scramble(text: &str, dice: &mut Dice) -> String {
    let mut bytes = text.as_bytes().to_vec();
    if bytes.is_empty() {
        return dice.of(TOKENS).into();
    }
    let from = dice.below(bytes.len());
    let to = (from + dice.below(40)).min(bytes.len());
    match dice.below(6) {
        0 => bytes[from] = dice.below(256) as u8,
        1 => _ = bytes.drain(from..to),
        2 => bytes.truncate(from),
        3 => {
            let piece = bytes[from..to].to_vec();
            let at = dice.below(bytes.len());
            bytes.splice(at..at, piece);
        }
        _ => _ = bytes.splice(from..from, dice.of(TOKENS).bytes()),
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_broken_text_is_refused_or_runs() {
    let gallery: Vec<Value> = small_networks()
        .iter()
        .map(|spec| serde_json::from_str(&spec.to_json()).expect("what is written is JSON"))
        .collect();
    let mut ends = [0, 0, 0];
    for i in 0..TEXTS {
        let mut dice = Dice::new(i);
        let mut value = gallery[dice.below(gallery.len())].clone();
        (0..dice.below(4)).for_each(|_| change(&mut value, &mut dice));
        let mut text = value.to_string();
        if dice.below(5) == 0 {
            (0..=dice.below(2)).for_each(|_| text = scramble(&text, &mut dice));
        }
        let end = std::panic::catch_unwind(|| exercise(&text, MEMORY));
        ends[end.unwrap_or_else(|_| panic!("text {i}: {text}")) as usize] += 1;
    }
    println!("unreadable, refused, ran: {ends:?}");
    for (end, count) in [End::Unreadable, End::Refused, End::Ran].iter().zip(ends) {
        assert!(count > TEXTS / 20, "the mutations are one-sided: {count} were {end:?}");
    }
}

/// A path that may lead somewhere.
fn path(spec: &NetworkSpec, dice: &mut Dice) -> String {
    let wires = ["weight", "delay_ms", "indegree", "params.weight"];
    let names =
        ["C_m", "tau_m", "g_L", "E_L", "E_ex", "I_e", "V_th", "V_reset", "t_ref", "tau_syn_ex", "tau_syn_in", "p"];
    match dice.below(8) {
        0..3 => format!("projections[{}].{}", dice.below(spec.projections.len() + 1), dice.of(&wires)),
        3..6 => format!("populations[{}].params.{}", dice.below(spec.populations.len() + 1), dice.of(&names)),
        6 => format!("stimuli[{}].params.rate", dice.below(3)),
        _ => dice.of(&["", "[", "[].", "projections[-1].weight", "projections[99999999999999999999].weight"]).into(),
    }
}

fn start(spec: &NetworkSpec) -> Simulation {
    let network = Network::new(spec.clone(), MEMORY).expect("a good specification");
    Simulation::new(network, engine::ENGINES[0]).expect("memory")
}

#[test]
fn a_live_edit_is_refused_or_followed() {
    for (n, spec) in small_networks().into_iter().enumerate() {
        let mut dice = Dice::new(n as u32);
        let mut runs: Vec<Simulation> = engine::ENGINES.iter().map(|_| start(&spec)).collect();
        for (run, engine) in runs.iter_mut().zip(engine::ENGINES) {
            run.set_engine(engine);
        }
        let mut taken = 0;
        for i in 0..EDITS {
            let mut edited = runs[0].spec().clone();
            for _ in 0..=dice.below(2) {
                let path = path(&edited, &mut dice);
                let value = match dice.below(8) {
                    0 => f64::NAN,
                    1 => f64::INFINITY,
                    2..5 => dice.number(),
                    _ => edited.get(&path).unwrap_or(1.0) * (0.5 + dice.below(100) as f64 / 66.0),
                };
                assert_eq!(edited.set(&path, value), edited.get(&path).is_some(), "{path}");
            }
            let before = runs[0].digest();
            let answers: Vec<_> = runs.iter_mut().map(|run| run.apply(edited.clone())).collect();
            assert!(answers.iter().all(|answer| *answer == answers[0]));
            match &answers[0] {
                Ok(()) => {
                    taken += 1;
                    assert_eq!(NetworkSpec::from_json(&edited.to_json()), Ok(edited), "every digit is saved");
                }
                Err(errors) => {
                    refused(errors, End::Refused);
                    assert_eq!(runs[0].digest(), before, "a refused edit changes nothing");
                    assert_ne!(*runs[0].spec(), edited);
                }
            }
            let halts = runs.iter_mut().map(|run| run.advance(5).is_err()).collect::<Vec<_>>();
            assert!(halts.iter().all(|halt| *halt == halts[0]));
            let digests: Vec<u64> = runs.iter().map(Simulation::digest).collect();
            assert!(digests.iter().all(|digest| *digest == digests[0]), "edit {i}: {:?}", runs[0].spec());
            if halts[0] || i % EDITS_IN_A_ROW == 0 {
                let mut fresh = start(runs[0].spec());
                fresh.advance(30).expect("30 steps");
                for run in &mut runs {
                    run.reset().expect("memory");
                    run.advance(30).expect("30 steps");
                    assert_eq!(run.digest(), fresh.digest(), "a reset run is a new one: {:?}", run.spec());
                    run.apply(spec.clone()).expect("good");
                    run.reset().expect("memory");
                }
            }
        }
        assert!(taken > EDITS / 10 && taken < EDITS * 9 / 10, "{taken} edits were taken");
    }
}
