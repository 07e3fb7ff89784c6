//! Brian2 2.9: every model with its equations and units written out.

use alloc::{format, string::String, vec, vec::Vec};

use super::{
    MODEL, RULE, SOURCE, STIMULUS, SYNAPSE, Script, Target,
    brian2_models::{MODELS, Model, SYNAPSES, Synapse},
    layout::{list, number, quoted, wrapped},
    pairs,
    python::{Frame, Python},
};
use crate::{
    neuron::{self, NeuronModel, Start},
    param::{Param, values},
    spec::{Distribution, NetworkSpec, PopulationSpec, ProjectionSpec, StimulusSpec},
    stimulus::{self, Sends},
    synapse,
    text::text,
    units::Unit,
};

pub(super) static TARGET: Target =
    Target { id: "brian2", title: "Brian2", extension: "py", mime: "text/x-python", write };

/// Parameters of synapse models in the unit of the weight, which depends on the target.
const OF_WEIGHT: &[&str] = &["Wmax", "Wmin", "eta"];

const FRAME: Frame = Frame {
    install: "pip install brian2==2.9.0 \"numpy<2.3\"",
    imports: "import numpy as np\nfrom brian2 import *",
    setup: "\
positions, others = {}, []
defaultclock.dt = DT_MS * ms
seed(args.seed)


def project(source, target, pairs, weight, delay, hears, model, on_pre=\"\", on_post=\"\", namespace={}, start={}):
    \"\"\"Synapses between pairs of neurons; a weight or a delay is one number, or one for each synapse.

    A spike of the source acts on the synapse at once and reaches the target after the delay; a spike of the target
    reaches the synapse after the delay, as in NEST.
    \"\"\"
    synapses = Synapses(
        source, target, model, namespace=target.namespace | namespace,
        on_pre=({\"learn\": on_pre} if on_pre else {}) | {\"deliver\": hears},
        on_post={\"learn_post\": on_post} if on_post else None,
    )
    synapses.connect(i=pairs[0], j=pairs[1])
    synapses.weight = weight
    # As synapses come before thresholds, a spike reaches them a step late.
    delay = delay - DT_MS * ms
    synapses.deliver.delay = delay
    if on_post:
        synapses.learn_post.delay = delay
    for name, value in start.items():
        setattr(synapses, name, value)
    others.append(synapses)
",
    run: r#"
# Run; what arrives in a step reaches the membrane before the threshold is tested, as in NEST.
monitors = {name: SpikeMonitor(group) for name, group in neurons.items()}
network = Network(*neurons.values(), *others, *monitors.values())
network.schedule = ["start", "groups", "synapses", "thresholds", "resets", "end"]
network.run(args.ms * ms)
spikes = {name: (np.array(monitor.i), np.array(monitor.t / ms) + DT_MS) for name, monitor in monitors.items()}"#,
};

const STEPS: &str = r#"

def steps(times, values, delay):
    """A function of time that takes a new value at each of the times (ms), and is zero before the first."""
    now = np.arange(0.0, args.ms + DT_MS, DT_MS) + DT_MS / 2
    return TimedArray(np.append(0.0, values)[np.searchsorted(np.array(times) + delay, now)], dt=DT_MS * ms)
"#;

const GENERATOR: &str = r#"

def generator(times):
    """Sends spikes at these times (ms); those of one step come from different cells."""
    step = np.round(np.sort(times) / DT_MS).astype(int) - 1
    cell = np.arange(len(step)) - np.searchsorted(step, step)
    others.append(SpikeGeneratorGroup(cell.max(initial=0) + 1, cell, step * DT_MS * ms))
    return others[-1]
"#;

/// The unit of a number in Brian2, and its dimension.
fn unit(unit: Unit) -> [&'static str; 2] {
    match unit {
        Unit::Millivolt => ["mV", "volt"],
        Unit::Millisecond => ["ms", "second"],
        Unit::Picoampere => ["pA", "amp"],
        Unit::Picofarad => ["pF", "farad"],
        Unit::Nanosiemens => ["nS", "siemens"],
        Unit::Gigaohm => ["Gohm", "ohm"],
        Unit::Hertz => ["Hz", "Hz"],
        Unit::Millimetre => ["mm", "meter"],
        Unit::Degree | Unit::Step | Unit::One | Unit::Count => ["1", "1"],
    }
}

/// `value` with a unit behind it, where it has one.
fn with_unit(value: &str, of: Unit) -> String {
    match unit(of)[0] {
        "1" => value.into(),
        name => format!("{value}*{name}"),
    }
}

/// A model by both of its descriptions.
fn find(name: &str) -> Option<(&'static NeuronModel, &'static Model)> {
    neuron::find(name).zip(MODELS.iter().find(|m| m.name == name))
}

/// The currents that reach a population: number of the projection, weight, delay, and the stimulus.
fn currents<'a>(spec: &'a NetworkSpec, p: &PopulationSpec) -> Vec<(usize, &'a ProjectionSpec, &'a StimulusSpec)> {
    let onto = spec.projections.iter().enumerate().filter(|(_, c)| c.target == p.name);
    let from = |c: &ProjectionSpec| spec.stimuli.iter().find(|s| s.name == c.source);
    let all = onto.filter_map(|(i, c)| Some((i, c, from(c)?)));
    all.filter(|(_, _, s)| stimulus::find(&s.model).is_some_and(|m| m.sends.is_current())).collect()
}

fn write(spec: &NetworkSpec) -> Script {
    let mut py = Python::new(&TARGET);
    let mut written: Vec<(&str, bool)> = Vec::new();
    for p in &spec.populations {
        let key = (p.model.as_str(), !currents(spec, p).is_empty());
        if let (Some((_, model)), false) = (find(&p.model), written.contains(&key)) {
            written.push(key);
            py.line(&model_text(model, key.1));
        }
    }
    py.heading("Populations");
    for (i, p) in spec.populations.iter().enumerate() {
        population(&mut py, &format!("populations[{i}]"), spec, p);
    }
    py.heading("Synapses and stimuli");
    for (i, p) in spec.projections.iter().enumerate() {
        projection(&mut py, i, spec, p);
    }
    py.finish(spec, &FRAME)
}

/// Name of the dictionary that holds a model.
fn variable(model: &Model, is_driven: bool) -> String {
    model.name.to_uppercase() + if is_driven { "_DRIVEN" } else { "" }
}

fn model_text(model: &Model, is_driven: bool) -> String {
    let current = if is_driven { "(I_e + I_stim)" } else { "I_e" };
    let equations = model.equations.replace("I_e", current).replace('\n', "\n        ");
    let mut text = format!(
        "\n{} = dict(\n    model=\"\"\"\n        {equations}\n    \"\"\",\n    threshold={}, reset={}, method={},\n",
        variable(model, is_driven),
        quoted(model.threshold),
        quoted(model.reset),
        quoted(model.method),
    );
    let refractory = if model.refractory == "False" { "False".into() } else { quoted(model.refractory) };
    text += &format!("    refractory={refractory},\n)");
    text
}

fn population(py: &mut Python, at: &str, spec: &NetworkSpec, p: &PopulationSpec) {
    let name = quoted(&p.name);
    py.line(&format!("sizes[{name}] = {}", p.size));
    if let Some(layout) = &p.positions {
        py.line(&format!("positions[{name}] = {}", pairs::places(layout, p.size)));
    }
    let Some((model, words)) = find(&p.model) else {
        return py.missing(&format!("{at}.model"), MODEL, &p.model);
    };
    let driven = currents(spec, p);
    let given: Vec<(&Param, Distribution)> = model.params.iter().zip(values(model.params, &p.params)).collect();
    // What each neuron has of its own is a variable of the group.
    let mut extra: Vec<String> = Vec::new();
    for (q, value) in &given {
        extra.extend(value.constant().is_none().then(|| format!("{} : {} (constant)", q.name, unit(q.unit)[1])));
    }
    if !driven.is_empty() {
        let of = current_unit(model);
        extra.push(format!("I_stim : {}", unit(of)[1]));
        let noisy = driven.iter().filter(|(_, _, s)| is_noise(s));
        extra.extend(noisy.map(|(i, _, _)| format!("I_{i} : {}", unit(of)[1])));
    }
    let dictionary = variable(words, !driven.is_empty());
    let whole = if extra.is_empty() {
        format!("**{dictionary}")
    } else {
        let extra = quoted(&format!("\n{}", extra.join("\n")));
        format!("**({dictionary} | {{\"model\": {dictionary}[\"model\"] + {extra}}})")
    };
    let constants = given.iter().filter_map(|(q, value)| {
        let value = number(value.constant()?);
        Some(format!("{}: {}", quoted(q.name), with_unit(&value, q.unit)))
    });
    let namespace = wrapped("namespace={", constants, "}");
    py.line(&format!("neurons[{name}] = NeuronGroup({}, {whole}, {namespace})", p.size));
    let size = format!("{}", p.size);
    for (q, value) in given.iter().filter(|(_, value)| value.constant().is_none()) {
        let drawn = py.drawn(*value, &size);
        py.line(&format!("neurons[{name}].{} = {}", q.name, with_unit(&drawn, q.unit)));
    }
    for variable in model.state {
        let at = format!("{at}.init.{}", variable.name);
        let given = p.init.iter().find(|(key, _)| key == variable.name).map(|(_, value)| *value);
        // Brian2 counts refractory steps itself, and what is cleared in each step starts nowhere.
        let has = words.equations.contains(&format!("d{}/dt", variable.name));
        let value = match (given, variable.start) {
            (Some(_), _) if !has => {
                py.differs(&at, text("Brian2 keeps no such variable.", "Brian2 没有这个变量。"));
                continue;
            }
            _ if !has => continue,
            (Some(value), _) => with_unit(&py.drawn(value, &size), variable.unit),
            (None, Start::AtParam(from)) => quoted(from),
            (None, Start::At(value)) if value != 0.0 => with_unit(&format!("{value:?}"), variable.unit),
            (None, Start::At(_)) => continue,
        };
        py.line(&format!("neurons[{name}].{} = {value}", variable.name));
    }
    if !words.first.is_empty() {
        py.line(&format!("neurons[{name}].run_regularly({}, when=\"start\")", quoted(words.first)));
    }
    if !driven.is_empty() {
        drive(py, at, model, &name, &driven);
    }
    py.lesions(at, p);
}

/// The unit of an injected current.
fn current_unit(model: &NeuronModel) -> Unit {
    model.params.iter().find(|p| p.name == "I_e").map_or(Unit::Picoampere, |p| p.unit)
}

fn is_noise(s: &StimulusSpec) -> bool {
    stimulus::find(&s.model).is_some_and(|m| m.sends == Sends::Noise)
}

/// Sets the injected current in each step.
fn drive(
    py: &mut Python,
    at: &str,
    model: &NeuronModel,
    name: &str,
    driven: &[(usize, &ProjectionSpec, &StimulusSpec)],
) {
    if !model.params.iter().any(|p| p.name == "I_e") {
        return py.missing(&format!("{at}.model"), STIMULUS, &driven[0].2.model);
    }
    let of = unit(current_unit(model))[0];
    let mut sum = Vec::new();
    for (i, p, s) in driven {
        let Some(stimulus) = stimulus::find(&s.model) else { continue };
        let given = values(stimulus.params, &s.params);
        let value = |key: &str| stimulus.params.iter().position(|q| q.name == key).map_or(0.0, |k| given[k]);
        let delay = p.delay_ms.middle();
        let weight = p.weight.middle();
        let swing =
            format!("sin(2*pi*{:?}*Hz*(t - {delay:?}*ms) + {:?})", value("frequency"), value("phase").to_radians());
        let open = window(s, delay);
        let amount = match s.model.as_str() {
            "dc_generator" => number(value("amplitude")),
            "ac_generator" => format!("({:?} + {:?}*{swing})", value("offset"), value("amplitude")),
            "step_current_generator" => {
                py.needs(STEPS);
                let listed = |key: &str| s.lists.iter().find(|(n, _)| n == key).map_or("[]".into(), |(_, l)| list(l));
                let [times, values] = ["amplitude_times", "amplitude_values"].map(listed);
                py.line(&format!("neurons[{name}].namespace[\"stimulus_{i}\"] = steps({times}, {values}, {delay:?})"));
                format!("stimulus_{i}(t)")
            }
            "noise_generator" => {
                let spread = match value("std_mod") {
                    0.0 => number(value("std")),
                    std_mod => format!("sqrt({:?}**2 + {std_mod:?}**2*{swing})", value("std")),
                };
                let draw = format!("I_{i} = ({:?} + {spread}*randn())*{of}", value("mean"));
                py.line(&format!(
                    "neurons[{name}].run_regularly({}, dt={:?}*ms, when=\"before_start\")",
                    quoted(&draw),
                    value("dt")
                ));
                sum.push(format!("{weight:?}*I_{i}{open}"));
                continue;
            }
            "ou_current" => {
                let [mean, std, tau] = ["mean", "std", "tau"].map(value);
                let draw = format!(
                    "I_{i} = {mean:?}*{of} + (I_{i} - {mean:?}*{of})*exp(-dt/({tau:?}*ms)) \
                     + {std:?}*{of}*sqrt(1 - exp(-2*dt/({tau:?}*ms)))*randn()"
                );
                py.line(&format!("neurons[{name}].I_{i} = \"({mean:?} + {std:?}*randn())*{of}\""));
                py.line(&format!("neurons[{name}].run_regularly({}, when=\"before_start\")", quoted(&draw)));
                sum.push(format!("{weight:?}*I_{i}{open}"));
                continue;
            }
            other => return py.missing(&format!("{at}.model"), STIMULUS, other),
        };
        sum.push(format!("{weight:?}*{amount}*{of}{open}"));
    }
    let statement = format!("I_stim = {}", sum.join(" + "));
    py.line(&format!("neurons[{name}].run_regularly({}, when=\"start\")", quoted(&statement)));
}

/// A factor that is one while a stimulus sends, and nothing if it always does.
fn window(s: &StimulusSpec, delay_ms: f64) -> String {
    let given = |key: &str| s.params.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value + delay_ms);
    let start = given("start").map(|start| format!("t >= {start:?}*ms"));
    let stop = given("stop").map(|stop| format!("t < {stop:?}*ms"));
    match (start, stop) {
        (None, None) => String::new(),
        (Some(one), None) | (None, Some(one)) => format!("*int({one})"),
        (Some(start), Some(stop)) => format!("*int({start})*int({stop})"),
    }
}

fn projection(py: &mut Python, i: usize, spec: &NetworkSpec, p: &ProjectionSpec) {
    let at = format!("projections[{i}]");
    let onto = spec.populations.iter().find(|q| q.name == p.target).and_then(|q| find(&q.model));
    // A target that is not there was told where it stands.
    let Some((model, words)) = onto else { return };
    let target = format!("neurons[{}]", quoted(&p.target));
    if let Some(s) = spec.stimuli.iter().find(|s| s.name == p.source) {
        return drive_by_spikes(py, &at, model, words, p, s);
    }
    if !spec.populations.iter().any(|q| q.name == p.source) {
        return py.missing(&format!("{at}.source"), SOURCE, &p.source);
    }
    let known = SYNAPSES.iter().find(|s| s.name == p.synapse).zip(synapse::find(&p.synapse));
    let Some((learning, descriptor)) = known else {
        return py.missing(&format!("{at}.synapse"), SYNAPSE, &p.synapse);
    };
    let Some(found) = pairs::pairs(py, spec, p) else { return py.missing(&format!("{at}.rule"), RULE, &p.rule) };
    py.line(&format!("pairs = {found}"));
    let weight = pairs::own_or_drawn(py, p, |edge| edge.weight, p.weight);
    let delay = pairs::own_or_drawn(py, p, |edge| edge.delay_ms, p.delay_ms);
    let edges = p.edges.iter().filter_map(|edge| edge.weight);
    let (lo, hi) = edges.fold(p.weight.bounds(), |(lo, hi), w| (lo.min(w), hi.max(w)));
    let arguments = [
        format!("project(neurons[{}], {target}, pairs", quoted(&p.source)),
        with_unit(&weight, model.weight_unit),
        format!("{delay}*ms"),
        quoted(&hears(words, learning.passes, [lo, hi])),
        quoted(format!("weight : {}\n{}", unit(model.weight_unit)[1], learning.equations).trim_end()),
    ];
    py.line(&(arguments.join(", ") + &learns(learning, descriptor.params, p, model.weight_unit) + ")"));
}

/// What a weight does: to what excitation goes, or inhibition, or to each its part.
fn hears(words: &Model, weight: &str, [lo, hi]: [f64; 2]) -> String {
    let [excites, inhibits] = words.hears;
    if excites == inhibits || lo >= 0.0 {
        excites.replace("{w}", weight)
    } else if hi <= 0.0 {
        inhibits.replace("{w}", weight)
    } else {
        let part = |sign: &str| format!("({weight} {sign} abs({weight}))/2");
        excites.replace("{w}", &part("+")) + "\n" + &inhibits.replace("{w}", &format!("({})", part("-")))
    }
}

/// The arguments of synapses that change.
fn learns(synapse: &Synapse, params: &[Param], p: &ProjectionSpec, weight: Unit) -> String {
    if synapse.equations.is_empty() {
        return String::new();
    }
    let given: Vec<f64> = values(params, &p.synapse_params);
    let namespace = params.iter().zip(given).map(|(q, value)| {
        // A word of Python's own.
        let name = if q.name == "lambda" { "lambda_" } else { q.name };
        let of = if OF_WEIGHT.contains(&q.name) { weight } else { q.unit };
        format!("{}: {}", quoted(name), with_unit(&number(value), of))
    });
    let mut arguments = vec![String::new()];
    for (name, statements) in ["on_pre", "on_post"].iter().zip(synapse.on) {
        arguments.extend((!statements.is_empty()).then(|| format!("{name}={}", quoted(statements))));
    }
    arguments.push(wrapped("namespace={", namespace, "}"));
    if synapse.equations.contains("last") {
        arguments.push("start={\"x\": 1, \"u\": \"U\", \"last\": -1*second}".into());
    }
    arguments.join(", ")
}

/// A stimulus that sends spikes: a Poisson number in each step, or a list.
fn drive_by_spikes(
    py: &mut Python,
    at: &str,
    model: &NeuronModel,
    words: &Model,
    p: &ProjectionSpec,
    s: &StimulusSpec,
) {
    let Some(stimulus) = stimulus::find(&s.model) else {
        return py.missing(&format!("{at}.source"), STIMULUS, &s.model);
    };
    if stimulus.sends.is_current() {
        // Written with its population.
        return;
    }
    let target = format!("neurons[{}]", quoted(&p.target));
    let given = values(stimulus.params, &s.params);
    let value = |key: &str| stimulus.params.iter().position(|q| q.name == key).map_or(0.0, |k| given[k]);
    let listed = |key: &str| s.lists.iter().find(|(n, _)| n == key).map_or("[]".into(), |(_, l)| list(l));
    let (weight, delay) = (p.weight.middle(), p.delay_ms.middle());
    let amount = with_unit(&number(weight), model.weight_unit);
    let rate = match s.model.as_str() {
        "poisson_generator" => number(value("rate")),
        "sinusoidal_poisson_generator" => format!(
            "clip({:?} + {:?}*sin(2*pi*{:?}*Hz*(t - {delay:?}*ms) + {:?}), 0, inf)",
            value("rate"),
            value("amplitude"),
            value("frequency"),
            value("phase").to_radians()
        ),
        "inhomogeneous_poisson_generator" => {
            py.needs(STEPS);
            let name = at.replace(['[', ']'], "");
            let [times, values] = ["rate_times", "rate_values"].map(listed);
            py.line(&format!("{target}.namespace[\"{name}\"] = steps({times}, {values}, {delay:?})"));
            format!("{name}(t)")
        }
        "spike_generator" => {
            py.needs(GENERATOR);
            py.line(&format!("source = generator({})", listed("spike_times")));
            py.line(&format!("pairs = np.indices((len(source), len({target}))).reshape(2, -1)"));
            return py.line(&format!(
                "project(source, {target}, pairs, {amount}, {delay:?}*ms, {}, {})",
                quoted(&hears(words, "weight", [weight; 2])),
                quoted(&format!("weight : {}", unit(model.weight_unit)[1])),
            ));
        }
        other => return py.missing(at, STIMULUS, other),
    };
    // The first spikes arrive after the delay.
    let begins = if s.params.iter().any(|(name, _)| name == "start") {
        String::new()
    } else {
        format!("*int(t >= {delay:?}*ms)")
    };
    let sum = format!("{amount}*poisson({rate}*Hz*dt){begins}{}", window(s, delay));
    let statement = hears(words, &sum, [weight; 2]);
    py.line(&format!("{target}.run_regularly({}, when=\"synapses\")", quoted(&statement)));
}
