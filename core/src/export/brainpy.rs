//! BrainPy 2.8: models as the functions that it integrates. Their equations are those that Brian2 is given.

use alloc::{format, string::String, vec::Vec};

use super::{
    MODEL, RULE, SOURCE, STIMULUS, SYNAPSE, Script, Target,
    brian2_models::{FREE, HELD, MODELS, Model},
    layout::{list, number, quoted, wrapped},
    pairs,
    python::{Frame, Python},
};
use crate::{
    neuron::{self, NeuronModel, Start},
    param::{Param, values},
    spec::{Distribution, NetworkSpec, PopulationSpec, ProjectionSpec, StimulusSpec},
    stimulus, synapse,
    text::{Text, text},
};

pub(super) static TARGET: Target =
    Target { id: "brainpy", title: "BrainPy", extension: "py", mime: "text/x-python", write };

const DELAYS: Text =
    text("way to give synapses of one projection delays of their own, on", "逐突触设置延迟的写法，投射目标");
const SIGNS: Text = text("receptor for weights of either sign", "兼收正负权重的受体");

const FRAME: Frame = Frame {
    install: "pip install brainpy==2.8.2 numba \"numpy<2.3\"",
    imports: "import brainpy as bp\nimport brainpy.math as bm\nimport numpy as np",
    setup: r#"
bm.enable_x64()
bm.random.seed(args.seed)
positions, others = {}, []
# Units are mV, ms, pA, pF, nS.
mV = ms = pA = 1.0
volt = 1000.0


class Neurons(bp.DynamicalSystem):
    """Neurons of a model. In a step they move, hear what arrives, and fire, in this order, as in NEST."""

    def __init__(self, size, model, params, start):
        super().__init__()
        self.num, self.model = size, model
        self.params = {name: bm.asarray(value) for name, value in params.items()}
        self.x = {name: bm.Variable(bm.zeros(size) + start.get(name, 0.0)) for name in model["variables"]}
        self.currents = []
        # Steps of the refractory time that are left, and of the longest delay.
        self.rest, self.longest = bm.Variable(bm.zeros(size, int)), 0
        self.integral = bp.odeint(model["slope"], method=model["method"])

    def begin(self):
        """Makes room for what is sent."""
        self.sent = bm.Variable(bm.zeros((self.longest + 1, self.num), bool))

    def move(self, i):
        params = self.params
        if self.currents:
            params = params | {"I_e": params["I_e"] + sum(current(i) for current in self.currents)}
        now = [self.x[name].value for name in self.model["variables"]]
        then = self.integral(*now, i * DT_MS, **params, dt=DT_MS)
        for name, old, new in zip(self.model["variables"], now, then if len(now) > 1 else [then]):
            self.x[name].value = bm.where(self.rest.value > 0, old, new) if name in self.model["held"] else new

    def hear(self, variable, amount):
        is_lost = (self.rest.value > 0) & (variable in self.model["deaf"])
        self.x[variable].value += bm.where(is_lost, 0.0, amount)

    def fire(self, i):
        known = self.params | {name: x.value for name, x in self.x.items()}
        fires = self.model["threshold"](**known) & (self.rest.value <= 0)
        for name, value in self.model["reset"](**known).items():
            self.x[name].value = bm.where(fires, value, known[name])
        held = np.round(self.params["t_ref"] / DT_MS).astype(int) if self.model["held"] else 0
        self.rest.value = bm.where(fires, held, bm.maximum(self.rest.value - 1, 0))
        self.sent[i % len(self.sent)] = fires
        return fires


class Projection(bp.Projection):
    """Synapses between pairs of neurons, with one weight, or one for each, and one delay (ms)."""

    def __init__(self, source, target, pairs, weight, delay, variable):
        super().__init__()
        order = np.argsort(pairs[0], kind="stable")
        first = np.searchsorted(pairs[0][order], np.arange(source.num + 1))
        ends = bp.conn.CSRConn(pairs[1][order], first)(source.num, target.num)
        self.comm = bp.dnn.EventCSRLinear(ends, np.broadcast_to(weight, len(order))[order].astype(float))
        self.source, self.target, self.variable = source, target, variable
        self.steps = max(round(delay / DT_MS), 1)
        source.longest = max(source.longest, self.steps)

    def update(self, i):
        self.target.hear(self.variable, self.comm(self.source.sent[(i - self.steps) % len(self.source.sent)]))


def project(source, target, pairs, *how):
    if len(pairs[0]):
        others.append(Projection(source, target, np.asarray(pairs), *how))
"#,
    run: r#"
# Run
def step(i):
    for population in neurons.values():
        population.move(i)
    for other in others:
        other(i)
    return {name: population.fire(i) for name, population in neurons.items()}


for population in neurons.values():
    population.begin()
fired = bm.for_loop(step, np.arange(round(args.ms / DT_MS)))
spikes = {}
for name, trains in fired.items():
    when, who = np.nonzero(np.asarray(trains))
    spikes[name] = (who, (when + 1) * DT_MS)"#,
};

const POISSON: &str = r#"

class Poisson(bp.DynamicalSystem):
    """Poisson spikes of its own for every neuron, from `start` to `stop` (ms)."""

    def __init__(self, target, rate, weight, variable, start, stop):
        super().__init__()
        self.target, self.mean, self.weight, self.variable = target, rate * DT_MS / 1000.0, weight, variable
        self.start, self.stop = start / DT_MS, stop / DT_MS

    def update(self, i):
        is_on = (i >= self.start) & (i < self.stop)
        self.target.hear(self.variable, self.weight * is_on * bm.random.poisson(self.mean, self.target.num))
"#;

const GENERATOR: &str = r#"

class Generator(bp.DynamicalSystem):
    """Spikes that arrive at these times (ms)."""

    def __init__(self, target, times, weight, variable):
        super().__init__()
        self.target, self.weight, self.variable = target, weight, variable
        self.steps = np.round(np.array(times) / DT_MS).astype(int) - 1

    def update(self, i):
        self.target.hear(self.variable, self.weight * bm.sum(bm.asarray(self.steps) == i))
"#;

const NOISE: &str = r#"

class Noise:
    """A normal number for every neuron, which is drawn anew every `dt` (ms)."""

    def __init__(self, target, mean, std, dt):
        self.mean, self.std, self.steps = mean, std, max(round(dt / DT_MS), 1)
        self.now = bm.Variable(bm.zeros(target.num))

    def __call__(self, i):
        fresh = self.mean + self.std * bm.random.normal(0.0, 1.0, self.now.shape)
        self.now.value = bm.where(i % self.steps == 0, fresh, self.now.value)
        return self.now.value
"#;

const STEPS: &str = r#"

def steps(times, values):
    """A function of the step that takes a new value at each of the times (ms), and is zero before the first."""
    return lambda i: bm.asarray(np.append(0.0, values))[bm.searchsorted(bm.asarray(times), (i + 0.5) * DT_MS)]
"#;

/// The equations of a model, one a line.
fn equations(model: &Model) -> Vec<String> {
    model.equations.replace("\n    ", " ").lines().map(Into::into).collect()
}

/// A model by both of its descriptions, if it is made of differential equations only, and what it hears of sums.
fn find(name: &str) -> Option<(&'static NeuronModel, &'static Model)> {
    let (model, words) = neuron::find(name).zip(MODELS.iter().find(|m| m.name == name))?;
    let is_plain = equations(words).iter().all(|line| line.contains("/dt ="))
        && matches!(words.refractory, HELD | FREE)
        && words.first.is_empty()
        && !words.threshold.contains("rand")
        && words.hears.iter().all(|hears| heard(hears).is_some());
    is_plain.then_some((model, words))
}

/// The variable that a weight changes, and its sign.
fn heard(hears: &str) -> Option<(&str, f64)> {
    let sum = hears.strip_suffix("*int(not_refractory)").unwrap_or(hears).strip_suffix("{w}")?;
    let up = sum.strip_suffix(" += ").map(|variable| (variable, 1.0));
    up.or_else(|| sum.strip_suffix(" -= ").map(|variable| (variable, -1.0)))
}

fn write(spec: &NetworkSpec) -> Script {
    let mut py = Python::new(&TARGET);
    let mut written: Vec<&str> = Vec::new();
    for p in &spec.populations {
        if let (Some((model, words)), false) = (find(&p.model), written.contains(&p.model.as_str())) {
            written.push(&p.model);
            py.line(&model_text(model, words));
        }
    }
    py.heading("Populations");
    for (i, p) in spec.populations.iter().enumerate() {
        population(&mut py, &format!("populations[{i}]"), p);
    }
    py.heading("Synapses and stimuli");
    for (i, p) in spec.projections.iter().enumerate() {
        projection(&mut py, i, spec, p);
    }
    py.finish(spec, &FRAME)
}

/// An expression of Brian2 in BrainPy.
fn expression(text: &str) -> String {
    text.replace("exp(", "bm.exp(").replace("clip(", "bm.clip(")
}

/// The names of `all` in `text`.
fn used<'a>(all: &[&'a str], text: &str) -> Vec<&'a str> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    all.iter().copied().filter(|name| words.contains(name)).collect()
}

fn model_text(model: &NeuronModel, words: &Model) -> String {
    let lines = equations(words);
    let variables: Vec<&str> =
        lines.iter().filter_map(|line| line.strip_prefix('d')?.split_once("/dt =")).map(|(name, _)| name).collect();
    let params: Vec<&str> = model.params.iter().map(|q| q.name).collect();
    let mut text = wrapped(
        &format!("\n\ndef {}_slope(", words.name),
        variables.iter().chain(&["t"]).chain(&params).map(|name| (*name).into()),
        "):",
    );
    for (name, line) in variables.iter().zip(&lines) {
        let sum = line.split_once(" = ").map_or("", |(_, sum)| sum);
        let sum = sum.rsplit_once(" : ").map_or(sum, |(sum, _)| sum);
        // Not `d…`, as a variable may go by that name.
        text += &format!("\n    {name}_slope = {}", expression(sum));
    }
    let slopes: Vec<String> = variables.iter().map(|name| format!("{name}_slope")).collect();
    text += &format!("\n    return {}\n", slopes.join(", "));
    let all = [&variables[..], &params].concat();
    let function = |text: &str| {
        let arguments: String = used(&all, text).iter().map(|name| format!("{name}, ")).collect();
        format!("lambda {arguments}**_: {text}")
    };
    let reset = words.reset.split("; ").filter_map(|one| {
        let (name, value) =
            one.split_once(" = ").or_else(|| one.split_once(" += ")).or_else(|| one.split_once(" -= "))?;
        let value = match one.as_bytes()[name.len() + 1] {
            b'=' => value.into(),
            sign => format!("{name} {} ({value})", char::from(sign)),
        };
        Some(format!("{name}={value}"))
    });
    let reset = format!("dict({})", reset.collect::<Vec<_>>().join(", "));
    let named = |names: Vec<&str>| wrapped("[", names.into_iter().map(quoted), "]");
    let held = variables.iter().zip(&lines).filter(|(_, line)| line.contains("(unless refractory)"));
    let deaf = words.hears[0].contains("not_refractory").then(|| heard(words.hears[0])).flatten();
    // Euler's method belongs to a model; what is exact in Brian2 is so to about 1e-9 by Runge and Kutta's.
    let method = if words.method == "euler" { "euler" } else { "rk4" };
    text += &format!(
        "\n\n{} = dict(\n    slope={}_slope, method={},\n    variables={}, held={}, deaf={},\n    threshold={},\n    reset={},\n)",
        words.name.to_uppercase(),
        words.name,
        quoted(method),
        named(variables.clone()),
        named(held.map(|(name, _)| *name).collect()),
        named(deaf.map(|(name, _)| name).into_iter().collect()),
        function(&expression(words.threshold)),
        function(&reset),
    );
    text
}

fn population(py: &mut Python, at: &str, p: &PopulationSpec) {
    let name = quoted(&p.name);
    py.line(&format!("sizes[{name}] = {}", p.size));
    if let Some(layout) = &p.positions {
        py.line(&format!("positions[{name}] = {}", pairs::places(layout, p.size)));
    }
    let Some((model, words)) = find(&p.model) else {
        return py.missing(&format!("{at}.model"), MODEL, &p.model);
    };
    let size = format!("{}", p.size);
    let given: Vec<(&Param, Distribution)> = model.params.iter().zip(values(model.params, &p.params)).collect();
    let params: Vec<String> =
        given.iter().map(|(q, value)| format!("{}={}", q.name, py.drawn(*value, &size))).collect();
    py.line(&wrapped("params = dict(", params, ")"));
    let mut start = Vec::new();
    for variable in model.state {
        let value = p.init.iter().find(|(key, _)| key == variable.name).map(|(_, value)| *value);
        if !words.equations.contains(&format!("d{}/dt", variable.name)) {
            if value.is_some() {
                let none = text("This script keeps no such variable.", "该脚本没有这个变量。");
                py.differs(&format!("{at}.init.{}", variable.name), none);
            }
            continue;
        }
        let value = match (value, variable.start) {
            (Some(value), _) => py.drawn(value, &size),
            (None, Start::AtParam(from)) => format!("params[{}]", quoted(from)),
            (None, Start::At(value)) if value != 0.0 => number(value.into()),
            (None, Start::At(_)) => continue,
        };
        start.push(format!("{}={value}", variable.name));
    }
    let start = wrapped("dict(", start, ")");
    py.line(&format!("neurons[{name}] = Neurons({size}, {}, params, {start})", words.name.to_uppercase()));
    py.lesions(at, p);
}

fn projection(py: &mut Python, i: usize, spec: &NetworkSpec, p: &ProjectionSpec) {
    let at = format!("projections[{i}]");
    let onto = spec.populations.iter().find(|q| q.name == p.target).and_then(|q| find(&q.model));
    // A target that is not there was told where it stands.
    let Some((model, words)) = onto else { return };
    let target = format!("neurons[{}]", quoted(&p.target));
    let edges = p.edges.iter().filter_map(|edge| edge.weight);
    let (lo, hi) = edges.fold(p.weight.bounds(), |(lo, hi), w| (lo.min(w), hi.max(w)));
    let Some((variable, sign)) = heard(words.hears[usize::from(lo < 0.0)]) else { return };
    if let Some(s) = spec.stimuli.iter().find(|s| s.name == p.source) {
        return drive(py, &at, model, (&target, variable, sign), p, s);
    }
    if !spec.populations.iter().any(|q| q.name == p.source) {
        return py.missing(&format!("{at}.source"), SOURCE, &p.source);
    }
    if p.synapse != synapse::DEFAULT {
        return py.missing(&format!("{at}.synapse"), SYNAPSE, &p.synapse);
    }
    if lo < 0.0 && hi > 0.0 && words.hears[0] != words.hears[1] {
        return py.missing(&format!("{at}.weight"), SIGNS, &p.target);
    }
    let (Some(delay), false) = (p.delay_ms.constant(), p.edges.iter().any(|edge| edge.delay_ms.is_some())) else {
        return py.missing(&format!("{at}.delay_ms"), DELAYS, &p.target);
    };
    let Some(found) = pairs::pairs(py, spec, p) else { return py.missing(&format!("{at}.rule"), RULE, &p.rule) };
    py.line(&format!("pairs = {found}"));
    let weight = pairs::own_or_drawn(py, p, |edge| edge.weight, p.weight);
    let weight = if sign < 0.0 { format!("-{weight}") } else { weight };
    let source = format!("neurons[{}]", quoted(&p.source));
    let arguments = [source, target, "pairs".into(), weight, number(delay), quoted(variable)];
    py.line(&wrapped("project(", arguments, ")"));
}

/// What drives a population from outside.
fn drive(
    py: &mut Python,
    at: &str,
    model: &NeuronModel,
    (target, variable, sign): (&str, &str, f64),
    p: &ProjectionSpec,
    s: &StimulusSpec,
) {
    let Some(stimulus) = stimulus::find(&s.model) else {
        return py.missing(&format!("{at}.source"), STIMULUS, &s.model);
    };
    let given = values(stimulus.params, &s.params);
    let value = |key: &str| stimulus.params.iter().position(|q| q.name == key).map_or(0.0, |k| given[k]);
    let set = |key: &str| s.params.iter().any(|(name, _)| name == key);
    let (weight, delay) = (p.weight.middle(), p.delay_ms.middle());
    let listed = |key: &str, plus: f64| {
        let numbers = s.lists.iter().find(|(n, _)| n == key).map_or(&[][..], |(_, l)| &l[..]);
        list(&numbers.iter().map(|x| x + plus).collect::<Vec<_>>())
    };
    let heard = format!("{:?}, {}", weight * sign, quoted(variable));
    let is_current = stimulus.sends.is_current();
    if is_current && (!model.params.iter().any(|q| q.name == "I_e") || set("start") || set("stop")) {
        return py.missing(&format!("{at}.source"), STIMULUS, &s.model);
    }
    let current = match s.model.as_str() {
        "poisson_generator" => {
            py.needs(POISSON);
            let stop = if set("stop") { number(value("stop") + delay) } else { "np.inf".into() };
            let window = format!("{:?}, {stop}", value("start") + delay);
            return py.line(&format!("others.append(Poisson({target}, {:?}, {heard}, {window}))", value("rate")));
        }
        "spike_generator" => {
            py.needs(GENERATOR);
            let times = listed("spike_times", delay);
            return py.line(&format!("others.append(Generator({target}, {times}, {heard}))"));
        }
        "dc_generator" => format!("lambda i: {:?}", weight * value("amplitude")),
        "ac_generator" => format!(
            "lambda i: {weight:?} * ({:?} + {:?}*bm.sin({:?} * (i*DT_MS - {delay:?}) + {:?}))",
            value("offset"),
            value("amplitude"),
            // From Hz to radians in a millisecond.
            value("frequency") * core::f64::consts::TAU / 1000.0,
            value("phase").to_radians()
        ),
        "step_current_generator" => {
            py.needs(STEPS);
            format!(
                "steps({}, {weight:?} * np.array({}))",
                listed("amplitude_times", delay),
                listed("amplitude_values", 0.0)
            )
        }
        "noise_generator" if value("std_mod") == 0.0 => {
            py.needs(NOISE);
            let [mean, std] = ["mean", "std"].map(|key| number(weight * value(key)));
            format!("Noise({target}, {mean}, {std}, {:?})", value("dt"))
        }
        other => return py.missing(&format!("{at}.source"), STIMULUS, other),
    };
    py.line(&format!("{target}.currents.append({current})"));
}
