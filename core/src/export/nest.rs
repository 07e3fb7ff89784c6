//! NEST 3.10 in Python. Names and units are NEST's already, so that few words differ.

use alloc::{format, string::String, vec, vec::Vec};

use super::{
    MODEL, RULE, SOURCE, STIMULUS, SYNAPSE, Script, Target,
    layout::{count, entry, list, number, quoted, wrapped},
    pairs,
    python::{Frame, Python, limit},
};
use crate::{
    neuron::{self, NeuronModel, Start},
    param::{Range, values},
    rule::{self, Needs},
    spec::{Distribution, NetworkSpec, PopulationSpec, ProjectionSpec, StimulusSpec},
    stimulus, synapse,
    text::text,
    units::Unit,
};

pub(super) static TARGET: Target = Target { id: "nest", title: "NEST", extension: "py", mime: "text/x-python", write };

/// Models, stimuli and synapse models that NEST does not have; the others go by their names there.
const ABSENT: &[&str] = &[
    "alif",
    "qif",
    "eif",
    "fitzhugh_nagumo",
    "morris_lecar",
    "loihi_lif",
    "nir_lif",
    "nir_cubalif",
    "nir_if",
    "nir_li",
    "nir_cubali",
    "nir_i",
    "nir_threshold",
    "rate_encoder",
    "latency_encoder",
    "population_encoder",
    "delta_encoder",
    "ou_current",
    "stdp_sign_synapse",
];

/// State variables that NEST lets nobody set, of any model, or of one.
const UNSET: &[(&str, &str)] = &[
    ("", "I_syn_ex"),
    ("", "I_syn_in"),
    ("", "dI_syn_ex"),
    ("", "dI_syn_in"),
    ("", "refractory"),
    ("", "spiked"),
    ("", "crest"),
    ("", "heard"),
    ("hh_cond_exp_traub", "g_ex"),
    ("hh_cond_exp_traub", "g_in"),
    ("gif_psc_exp", "stc_1"),
    ("gif_psc_exp", "stc_2"),
    ("gif_psc_exp", "sfa_1"),
    ("gif_psc_exp", "sfa_2"),
];

/// Parameters of a synapse model that NEST keeps with the target neuron.
const OF_TARGET: &[&str] = &["tau_minus", "tau_minus_triplet"];

/// The synapse model whose parameters all synapses of a copy share.
const DOPAMINE: &str = "stdp_dopamine_synapse";

const FRAME: Frame = Frame {
    install: "pip install nest-simulator==3.10.0 numpy",
    imports: "import nest\nimport numpy as np",
    setup: r#"
nest.verbosity = nest.VerbosityLevel.ERROR
nest.ResetKernel()
nest.set(resolution=DT_MS, rng_seed=max(args.seed, 1))
"#,
    run: r#"
# Run
recorders = {}
for name, population in neurons.items():
    recorders[name] = nest.Create("spike_recorder")
    nest.Connect(population, recorders[name])
nest.Simulate(args.ms)
spikes = {
    name: (recorder.events["senders"] - neurons[name][0].global_id, recorder.events["times"])
    for name, recorder in recorders.items()
}"#,
};

const CONNECT_PAIRS: &str = r#"

def connect_pairs(source, target, pairs, synapse):
    """Connects neurons by their numbers, with one weight and delay, or one for each pair."""
    ends = [np.array(population.tolist())[numbers] for population, numbers in zip((source, target), pairs)]
    each = {key: np.broadcast_to(synapse[key], len(ends[0])).astype(float) for key in ("weight", "delay")}
    nest.Connect(*ends, "one_to_one", synapse | each)
"#;

fn write(spec: &NetworkSpec) -> Script {
    let mut py = Python::new(&TARGET);
    py.heading("Populations; units are mV, ms, pA, pF, nS, Hz.");
    for (i, p) in spec.populations.iter().enumerate() {
        population(&mut py, &format!("populations[{i}]"), p);
    }
    if !spec.stimuli.is_empty() {
        py.heading("Stimuli");
        py.line("stimuli = {}");
    }
    for (i, s) in spec.stimuli.iter().enumerate() {
        stimulus(&mut py, &format!("stimuli[{i}]"), s, spec.dt_ms);
    }
    py.heading("Synapses");
    for (i, p) in spec.projections.iter().enumerate() {
        projection(&mut py, i, spec, p);
    }
    py.finish(spec, &FRAME)
}

/// A number, or NEST's distribution.
fn drawn(distribution: Distribution) -> String {
    let redrawn = |limits: Range, draw: String| {
        if limits == Range::ANY {
            return draw;
        }
        format!("nest.math.redraw({draw}, {}, {})", limit(limits.lo), limit(limits.hi))
    };
    match distribution {
        Distribution::Constant(value) => number(value),
        Distribution::Uniform { lo, hi } => format!("nest.random.uniform({lo:?}, {hi:?})"),
        Distribution::Normal { mean, std, limits } => redrawn(limits, format!("nest.random.normal({mean:?}, {std:?})")),
        Distribution::Lognormal { median, sigma, limits } => {
            let draw = format!("{:?} * nest.random.lognormal(0.0, {sigma:?})", median);
            redrawn(limits, draw)
        }
    }
}

fn population(py: &mut Python, at: &str, p: &PopulationSpec) {
    let name = quoted(&p.name);
    py.line(&format!("sizes[{name}] = {}", p.size));
    let Some(model) = neuron::find(&p.model).filter(|model| !ABSENT.contains(&model.name)) else {
        return py.missing(&format!("{at}.model"), MODEL, &p.model);
    };
    let mut params = parameters(model, p);
    for (key, value) in &p.init {
        if UNSET.contains(&("", key)) || UNSET.contains(&(model.name, key)) {
            py.differs(
                &format!("{at}.init.{key}"),
                text(
                    "NEST starts this variable at zero. A network that needs it to begin may stay silent there.",
                    "NEST 中该变量从零开始；靠它启动的网络可能保持静默。",
                ),
            );
        } else {
            params.push(entry(key, &drawn(*value)));
        }
    }
    let place = match &p.positions {
        None => format!("{}", p.size),
        Some(layout) => {
            let wrap = if layout.edge_wrap { ", edge_wrap=True" } else { "" };
            let extent = format!("extent={:?}{wrap}", layout.extent);
            match layout.grid {
                Some(counts) => format!("positions=nest.spatial.grid({counts:?}, {extent})"),
                None => format!("positions=nest.spatial.free(({}).tolist(), {extent})", pairs::places(layout, p.size)),
            }
        }
    };
    let open = format!("neurons[{name}] = nest.Create({}, {place}, params={{", quoted(model.name));
    py.line(&wrapped(&open, params, "})"));
    py.lesions(at, p);
}

/// Every parameter, as NEST's own defaults may be others, and where the membrane starts.
fn parameters(model: &NeuronModel, p: &PopulationSpec) -> Vec<String> {
    let given: Vec<Distribution> = values(model.params, &p.params);
    let mut params = Vec::new();
    for (param, value) in model.params.iter().zip(&given) {
        let value = drawn(*value);
        // The filters of gif_psc_exp are numbered here, and lists there.
        match (model.name, param.name.strip_suffix("_1"), param.name.strip_suffix("_2")) {
            ("gif_psc_exp", Some(listed), _) => {
                let second = format!("{listed}_2");
                let second = model.value(&given, &second).map(drawn).unwrap_or_default();
                params.push(entry(listed, &format!("[{value}, {second}]")));
            }
            ("gif_psc_exp", _, Some(_)) => {}
            _ => params.push(entry(param.name, &value)),
        }
    }
    let membrane = &model.state[0];
    if let (Start::AtParam(from), false) = (membrane.start, p.init.iter().any(|(key, _)| key == membrane.name)) {
        let start = model.value(&given, from).and_then(Distribution::constant);
        params.extend(start.map(|start| entry(membrane.name, &number(start))));
    }
    params
}

fn stimulus(py: &mut Python, at: &str, s: &StimulusSpec, dt_ms: f64) {
    let Some(model) = stimulus::find(&s.model).filter(|model| !ABSENT.contains(&model.name)) else {
        return py.missing(&format!("{at}.model"), STIMULUS, &s.model);
    };
    let given: Vec<f64> = values(model.params, &s.params);
    let set = model
        .params
        .iter()
        .zip(&given)
        .filter(|(p, value)| !matches!(p.name, "start" | "stop") || p.default != **value);
    let value = |unit: Unit, x: f64| if unit == Unit::Count { count(x) } else { number(x) };
    let mut params: Vec<String> = set.map(|(p, x)| entry(p.name, &value(p.unit, *x))).collect();
    for (name, numbers) in &s.lists {
        // In NEST nothing happens before the end of the first step.
        let is_time = model.lists.iter().any(|l| l.name == name && l.unit == Unit::Millisecond);
        let numbers: Vec<f64> = numbers.iter().map(|&x| if is_time { x.max(dt_ms) } else { x }).collect();
        params.push(entry(name, &list(&numbers)));
    }
    let open = format!("stimuli[{}] = nest.Create({}, params={{", quoted(&s.name), quoted(model.name));
    py.line(&wrapped(&open, params, "})"));
}

fn projection(py: &mut Python, i: usize, spec: &NetworkSpec, p: &ProjectionSpec) {
    let at = format!("projections[{i}]");
    let is_stimulus = spec.stimuli.iter().any(|s| s.name == p.source);
    if !is_stimulus && !spec.populations.iter().any(|q| q.name == p.source) {
        return py.missing(&format!("{at}.source"), SOURCE, &p.source);
    }
    let Some(rule) = rule::find(&p.rule) else { return py.missing(&format!("{at}.rule"), RULE, &p.rule) };
    let Some(model) = synapse::find(&p.synapse).filter(|model| !ABSENT.contains(&model.name)) else {
        return py.missing(&format!("{at}.synapse"), SYNAPSE, &p.synapse);
    };
    let from = format!("{}[{}]", if is_stimulus { "stimuli" } else { "neurons" }, quoted(&p.source));
    let onto = format!("neurons[{}]", quoted(&p.target));

    let given: Vec<f64> = values(model.params, &p.synapse_params);
    let value = |name: &str| model.params.iter().position(|q| q.name == name).map(|k| given[k]);
    let of_target: Vec<String> =
        OF_TARGET.iter().filter_map(|key| value(key).map(|x| format!("{key}={}", number(x)))).collect();
    if !of_target.is_empty() {
        py.line(&format!("{onto}.set({})", of_target.join(", ")));
    }
    let own = model.params.iter().zip(&given).filter(|(q, _)| !OF_TARGET.contains(&q.name));
    let mut params: Vec<String> = own.map(|(q, x)| entry(q.name, &number(*x))).collect();
    // Where the release stands after a long silence; NEST starts it at 0.5 whatever U.
    params.extend(value("U").map(|u| entry("u", &number(u))));
    let mut name = model.name.into();
    if model.name == DOPAMINE {
        name = format!("{DOPAMINE} {i}");
        let modulator = quoted(p.modulator.as_deref().unwrap_or_default());
        py.line("transmitter = nest.Create(\"volume_transmitter\")");
        py.line(&format!(
            "nest.Connect(neurons[{modulator}], transmitter, syn_spec={{{}}})",
            entry("delay", &drawn(p.delay_ms))
        ));
        params.insert(0, entry("volume_transmitter", "transmitter"));
        py.line(&wrapped(&format!("nest.CopyModel(\"{DOPAMINE}\", {}, {{", quoted(&name)), params, "})"));
        params = Vec::new();
    }
    if model.name != synapse::DEFAULT {
        params.insert(0, entry("synapse_model", &quoted(&name)));
    }

    if matches!(rule.needs, Needs::Edges) || rule.name == "small_world" {
        py.needs(CONNECT_PAIRS);
        let Some(found) = pairs::pairs(py, spec, p) else { return };
        py.line(&format!("pairs = {found}"));
        params.push(entry("weight", &pairs::own_or_drawn(py, p, |edge| edge.weight, p.weight)));
        params.push(entry("delay", &pairs::own_or_drawn(py, p, |edge| edge.delay_ms, p.delay_ms)));
        return py.line(&wrapped(&format!("connect_pairs({from}, {onto}, pairs, {{"), params, "})"));
    }
    params.push(entry("weight", &drawn(p.weight)));
    params.push(entry("delay", &drawn(p.delay_ms)));
    let mut conn = conn_spec(rule.name, p);
    conn.extend((!p.allow_autapses).then(|| entry("allow_autapses", "False")));
    conn.extend((!p.allow_multapses).then(|| entry("allow_multapses", "False")));
    let conn = wrapped("{", conn, "}");
    py.line(&wrapped(&format!("nest.Connect({from}, {onto}, {conn}, {{"), params, "})"));
}

/// NEST's words for a rule and its parameters.
fn conn_spec(rule: &str, p: &ProjectionSpec) -> Vec<String> {
    let value = |name: &str| p.params.iter().find(|(n, _)| n == name).map_or(0.0, |(_, v)| *v);
    let named = |name: &str| entry("rule", &quoted(name));
    let at_distance = |form: &str, width: &str| {
        let [p_0, width] = [value("p"), value(width)].map(number);
        format!("{p_0} * nest.spatial_distributions.{form}(nest.spatial.distance, {width})")
    };
    match rule {
        "spatial_gaussian" => {
            let p_0 = at_distance("gaussian", "std").replace("distance, ", "distance, mean=0.0, std=");
            vec![named("pairwise_bernoulli"), entry("p", &p_0)]
        }
        "spatial_exponential" => {
            let p_0 = at_distance("exponential", "beta").replace("distance, ", "distance, beta=");
            vec![named("pairwise_bernoulli"), entry("p", &p_0)]
        }
        "spatial_disc" => {
            let mask = format!("{{\"circular\": {{\"radius\": {:?}}}}}", value("radius"));
            vec![named("pairwise_bernoulli"), entry("p", &number(value("p"))), entry("mask", &mask)]
        }
        "symmetric_pairwise_bernoulli" => {
            vec![named(rule), entry("p", &number(value("p"))), entry("make_symmetric", "True")]
        }
        _ => {
            let params = rule::find(rule).map_or(&[][..], |rule| rule.params);
            let written = params.iter().map(|q| {
                let x = value(q.name);
                entry(q.name, &if q.unit == Unit::Count { count(x) } else { number(x) })
            });
            [named(rule)].into_iter().chain(written).collect()
        }
    }
}
