//! PyNN 0.13 on its backend NEST; another one takes a changed import. Units are nA, nF and µS there.

use alloc::{borrow::ToOwned, format, string::String, vec, vec::Vec};

use super::{
    MODEL, RULE, SOURCE, STIMULUS, SYNAPSE, Script, Target,
    layout::{count, list, number, quoted, wrapped},
    pairs,
    python::{Frame, Python, limit},
};
use crate::{
    neuron::{self, NeuronModel, Start},
    param::{Range, values},
    spec::{Distribution, NetworkSpec, PopulationSpec, ProjectionSpec, StimulusSpec},
    stimulus, synapse,
    text::text,
};

pub(super) static TARGET: Target = Target { id: "pynn", title: "PyNN", extension: "py", mime: "text/x-python", write };

/// A thousandth: nA of pA, nF of pF, µS of nS.
const KILO: f64 = 1000.0;

/// A neuron model in PyNN.
struct Cell {
    /// Its name in core, and in PyNN.
    names: [&'static str; 2],
    /// Its parameters beside those of [`LEAKY`]: PyNN's name, core's, and by what the value is divided.
    params: &'static [(&'static str, &'static str, f64)],
    /// Its variables that can be set: PyNN's name, and core's. The backend NEST takes them in NEST's units.
    state: &'static [(&'static str, &'static str)],
    /// By what a weight is divided.
    weight: f64,
    /// Whether weights are conductances, which are positive for inhibition too.
    is_conductance: bool,
}

/// What all of these cells have, where the model has it.
const LEAKY: &[(&str, &str, f64)] = &[
    ("cm", "C_m", KILO),
    ("tau_m", "tau_m", 1.0),
    ("v_rest", "E_L", 1.0),
    ("v_reset", "V_reset", 1.0),
    ("v_thresh", "V_th", 1.0),
    ("tau_refrac", "t_ref", 1.0),
    ("i_offset", "I_e", KILO),
    ("tau_syn_E", "tau_syn_ex", 1.0),
    ("tau_syn_I", "tau_syn_in", 1.0),
    ("e_rev_E", "E_ex", 1.0),
    ("e_rev_I", "E_in", 1.0),
];
const ADAPTIVE: &[(&str, &str, f64)] = &[
    ("v_spike", "V_peak", 1.0),
    ("delta_T", "Delta_T", 1.0),
    ("a", "a", 1.0),
    ("b", "b", KILO),
    ("tau_w", "tau_w", 1.0),
];
const V: (&str, &str) = ("v", "V_m");
const CONDUCTANCES: &[(&str, &str)] = &[V, ("gsyn_exc", "g_ex"), ("gsyn_inh", "g_in")];

const CELL: Cell = Cell { names: ["", ""], params: &[], state: &[V], weight: KILO, is_conductance: false };

const CELLS: &[Cell] = &[
    Cell { names: ["iaf_psc_delta", "IF_curr_delta"], weight: 1.0, ..CELL },
    Cell { names: ["iaf_psc_exp", "IF_curr_exp"], ..CELL },
    Cell { names: ["iaf_psc_alpha", "IF_curr_alpha"], ..CELL },
    Cell { names: ["iaf_cond_exp", "IF_cond_exp"], state: CONDUCTANCES, is_conductance: true, ..CELL },
    Cell { names: ["iaf_cond_alpha", "IF_cond_alpha"], is_conductance: true, ..CELL },
    Cell {
        names: ["aeif_cond_exp", "EIF_cond_exp_isfa_ista"],
        params: ADAPTIVE,
        state: &[V, ("w", "w"), ("gsyn_exc", "g_ex"), ("gsyn_inh", "g_in")],
        is_conductance: true,
        ..CELL
    },
];

/// The rules that PyNN has, and its name for the parameter.
const CONNECTORS: &[(&str, &str, &str)] = &[
    ("fixed_indegree", "FixedNumberPreConnector", "n"),
    ("fixed_outdegree", "FixedNumberPostConnector", "n"),
    ("fixed_total_number", "FixedTotalNumberConnector", "n"),
    ("pairwise_bernoulli", "FixedProbabilityConnector", "p_connect"),
    ("all_to_all", "AllToAllConnector", ""),
    ("one_to_one", "OneToOneConnector", ""),
];

const FRAME: Frame = Frame {
    install: "pip install PyNN==0.13.0 nest-simulator==3.10.0 numpy",
    imports: "import numpy as np\nimport pyNN.nest as sim  # or another backend\n\
              from pyNN.random import NumpyRNG, RandomDistribution",
    setup: "\
positions = {}
sim.setup(timestep=DT_MS, min_delay=DT_MS, spike_precision=\"on_grid\", rng_seed=max(args.seed, 1))
random = NumpyRNG(seed=args.seed)
",
    run: r#"
# Run
for population in neurons.values():
    population.record("spikes")
sim.run(args.ms)
spikes = {}
for name, population in neurons.items():
    trains = [np.array(train) for train in population.get_data("spikes").segments[0].spiketrains]
    spikes[name] = (np.repeat(np.arange(len(trains)), [len(train) for train in trains]), np.concatenate(trains))"#,
};

const BEGIN: &str = r#"

def begin(population, v):
    """Lets membranes start at v (mV), which pyNN.nest 0.13 forgets of this cell."""
    population.initialize(v=v)
    if sim.__name__ == "pyNN.nest":
        population.node_collection.V_m = np.broadcast_to(v, population.size).tolist()
"#;

const CONNECT_PAIRS: &str = r#"

def connect_pairs(source, target, pairs, weight, delay, receptor_type):
    """Connects cells by their numbers, with one weight and delay, or one for each pair."""
    rows = np.broadcast_arrays(*pairs, weight, delay)
    connector = sim.FromListConnector(np.array(rows, float).T, column_names=["weight", "delay"])
    sim.Projection(source, target, connector, sim.StaticSynapse(), receptor_type=receptor_type)
"#;

const POISSON: &str = r#"

def poisson(target, rate, weight, delay, receptor_type, **window):
    """Poisson spikes of its own for every cell."""
    source = sim.Population(target.size, sim.SpikeSourcePoisson(rate=rate, **window))
    cells = np.arange(target.size)
    connect_pairs(source, target, (cells, cells), weight, delay, receptor_type)
"#;

const GENERATOR: &str = r#"

def generator(times, target, weight, delay, receptor_type):
    """Spikes at these times (ms) for every cell; those of one time come from different sources."""
    times = np.maximum(np.sort(times), 2 * DT_MS)
    source = np.arange(len(times)) - np.searchsorted(times, times)
    trains = [times[source == number] for number in range(source.max(initial=-1) + 1)]
    if trains:
        sources = sim.Population(len(trains), sim.SpikeSourceArray(spike_times=trains))
        pairs = np.indices((len(trains), target.size)).reshape(2, -1)
        connect_pairs(sources, target, pairs, weight, delay, receptor_type)
"#;

fn write(spec: &NetworkSpec) -> Script {
    let mut py = Python::new(&TARGET);
    py.heading(
        "Populations; units are mV, ms, nA, nF, uS; with pyNN.nest, conductances and adaptation start in nS and pA.",
    );
    for (i, p) in spec.populations.iter().enumerate() {
        population(&mut py, &format!("populations[{i}]"), p);
    }
    py.heading("Synapses and stimuli");
    for (i, p) in spec.projections.iter().enumerate() {
        projection(&mut py, i, spec, p);
    }
    py.finish(spec, &FRAME)
}

fn find(name: &str) -> Option<(&'static NeuronModel, &'static Cell)> {
    neuron::find(name).zip(CELLS.iter().find(|cell| cell.names[0] == name))
}

/// Every number divided.
fn divided(distribution: Distribution, by: f64) -> Distribution {
    let end = |x: f64| if x.abs() >= Range::LARGEST { x * by.signum() } else { x / by };
    let ends = |Range { lo, hi }: Range| Range::between(end(lo).min(end(hi)), end(lo).max(end(hi)));
    match distribution {
        Distribution::Constant(value) => Distribution::Constant(value / by),
        Distribution::Uniform { lo, hi } => {
            let Range { lo, hi } = ends(Range { lo, hi });
            Distribution::Uniform { lo, hi }
        }
        Distribution::Normal { mean, std, limits } => {
            Distribution::Normal { mean: mean / by, std: std / by.abs(), limits: ends(limits) }
        }
        Distribution::Lognormal { median, sigma, limits } => {
            Distribution::Lognormal { median: median / by, sigma, limits: ends(limits) }
        }
    }
}

/// A number, or PyNN's distribution, if it has it.
fn drawn(distribution: Distribution) -> Option<String> {
    let named =
        |name: &str, arguments: String| Some(format!("RandomDistribution(\"{name}\", {arguments}, rng=random)"));
    match distribution {
        Distribution::Constant(value) => Some(number(value)),
        Distribution::Uniform { lo, hi } => named("uniform", format!("low={lo:?}, high={hi:?}")),
        Distribution::Normal { mean, std, limits: Range::ANY } => {
            named("normal", format!("mu={mean:?}, sigma={std:?}"))
        }
        Distribution::Normal { mean, std, limits } => {
            let [lo, hi] = [limits.lo, limits.hi].map(limit);
            named("normal_clipped", format!("mu={mean:?}, sigma={std:?}, low={lo}, high={hi}"))
        }
        Distribution::Lognormal { median, sigma, limits: Range::ANY } if median > 0.0 => {
            named("lognormal", format!("mu=np.log({median:?}), sigma={sigma:?}"))
        }
        Distribution::Lognormal { .. } => None,
    }
}

fn population(py: &mut Python, at: &str, p: &PopulationSpec) {
    let name = quoted(&p.name);
    let size = format!("{}", p.size);
    py.line(&format!("sizes[{name}] = {size}"));
    if let Some(layout) = &p.positions {
        py.line(&format!("positions[{name}] = {}", pairs::places(layout, p.size)));
    }
    let Some((model, cell)) = find(&p.model) else {
        return py.missing(&format!("{at}.model"), MODEL, &p.model);
    };
    let given: Vec<Distribution> = values(model.params, &p.params);
    let mut params = Vec::new();
    for (theirs, ours, by) in LEAKY.iter().chain(cell.params) {
        if let Some(value) = model.value(&given, ours) {
            params.push(format!("{theirs}={}", py.drawn(divided(value, *by), &size)));
        }
    }
    // Where the leak is a conductance here, it is a time constant there.
    if let (Some(g_l), Some(c_m)) = (model.value(&given, "g_L"), model.value(&given, "C_m")) {
        let (Some(g_l), Some(c_m)) = (g_l.constant(), c_m.constant()) else {
            return py.missing(&format!("{at}.params.g_L"), text("parameter", "参数"), "g_L");
        };
        params.push(format!("tau_m={}", number(c_m / g_l)));
    }
    let cell_type = wrapped(&format!("sim.{}(", cell.names[1]), params, ")");
    let mut init = Vec::new();
    for variable in model.state {
        let value = p.init.iter().find(|(key, _)| key == variable.name).map(|(_, value)| *value);
        let start = || match variable.start {
            Start::AtParam(from) => model.value(&given, from),
            Start::At(_) => None,
        };
        match (cell.state.iter().find(|(_, ours)| *ours == variable.name), value) {
            (Some((theirs, _)), _) => {
                let value = value.or_else(start);
                init.extend(value.map(|value| format!("{theirs}={}", py.drawn(value, &size))));
            }
            (None, Some(_)) => py.differs(
                &format!("{at}.init.{}", variable.name),
                text(
                    "PyNN starts this variable at zero. A network that needs it to begin may stay silent there.",
                    "PyNN 中该变量从零开始；靠它启动的网络可能保持静默。",
                ),
            ),
            (None, None) => {}
        }
    }
    py.line(&format!("neurons[{name}] = sim.Population({size}, {cell_type})"));
    if cell.names[1] == "IF_curr_delta" {
        py.needs(BEGIN);
        py.line(&wrapped(&format!("begin(neurons[{name}], "), init, ")"));
    } else {
        py.line(&wrapped(&format!("neurons[{name}].initialize("), init, ")"));
    }
    py.lesions(at, p);
}

fn projection(py: &mut Python, i: usize, spec: &NetworkSpec, p: &ProjectionSpec) {
    let at = format!("projections[{i}]");
    let onto = spec.populations.iter().find(|q| q.name == p.target).and_then(|q| find(&q.model));
    // A target that is not there was told where it stands.
    let Some((model, cell)) = onto else { return };
    let target = format!("neurons[{}]", quoted(&p.target));
    let edges = p.edges.iter().filter_map(|edge| edge.weight);
    let (lo, hi) = edges.fold(p.weight.bounds(), |(lo, hi), w| (lo.min(w), hi.max(w)));
    let receptor = if lo >= 0.0 { "excitatory" } else { "inhibitory" };
    let by = if cell.is_conductance && lo < 0.0 { -cell.weight } else { cell.weight };
    if let Some(s) = spec.stimuli.iter().find(|s| s.name == p.source) {
        return drive(py, &at, &target, receptor, by, p, s);
    }
    if !spec.populations.iter().any(|q| q.name == p.source) {
        return py.missing(&format!("{at}.source"), SOURCE, &p.source);
    }
    if p.synapse != synapse::DEFAULT {
        return py.missing(&format!("{at}.synapse"), SYNAPSE, &p.synapse);
    }
    if lo < 0.0 && hi > 0.0 && model.value(model.params, "tau_syn_ex").is_some() {
        let both = text("receptor for weights of either sign", "兼收正负权重的受体");
        return py.missing(&format!("{at}.weight"), both, &p.target);
    }
    let source = format!("neurons[{}]", quoted(&p.source));
    let [weight, delay] = [divided(p.weight, by), p.delay_ms];
    if let (Some((_, connector, param)), Some(weight), Some(delay)) =
        (CONNECTORS.iter().find(|(rule, ..)| *rule == p.rule), drawn(weight), drawn(delay))
    {
        let mut arguments = Vec::new();
        if let (false, Some((name, value))) = (param.is_empty(), p.params.first()) {
            let value = if name == "p" { number(*value) } else { count(*value) };
            arguments.push(format!("{param}={value}"));
        }
        let is_drawn = !param.is_empty();
        if p.rule != "one_to_one" && p.rule != "fixed_total_number" {
            let spares = p.source == p.target && !p.allow_autapses;
            arguments.push(format!("allow_self_connections={}", if spares { "False" } else { "True" }));
        }
        if is_drawn && p.rule != "pairwise_bernoulli" {
            arguments.push(format!("with_replacement={}", if p.allow_multapses { "True" } else { "False" }));
        }
        arguments.extend(is_drawn.then(|| "rng=random".to_owned()));
        // PyNN draws pairs in all from all of them.
        if p.rule != "fixed_total_number" || p.allow_autapses {
            let synapse = format!("sim.StaticSynapse(weight={weight}, delay={delay})");
            let connector = format!("sim.{connector}({})", arguments.join(", "));
            let arguments = vec![source, target, connector, synapse, format!("receptor_type=\"{receptor}\"")];
            return py.line(&wrapped("sim.Projection(", arguments, ")"));
        }
    }
    let Some(found) = pairs::pairs(py, spec, p) else { return py.missing(&format!("{at}.rule"), RULE, &p.rule) };
    py.needs(CONNECT_PAIRS);
    py.line(&format!("pairs = {found}"));
    let weight = pairs::own_or_drawn(py, p, |edge| edge.weight, p.weight);
    let delay = pairs::own_or_drawn(py, p, |edge| edge.delay_ms, p.delay_ms);
    let weight = if by == 1.0 { weight } else { format!("{weight} / {by:?}") };
    py.line(&format!("connect_pairs({source}, {target}, pairs, {weight}, {delay}, \"{receptor}\")"));
}

/// What drives a population from outside.
fn drive(py: &mut Python, at: &str, target: &str, receptor: &str, by: f64, p: &ProjectionSpec, s: &StimulusSpec) {
    let Some(stimulus) = stimulus::find(&s.model) else {
        return py.missing(&format!("{at}.source"), STIMULUS, &s.model);
    };
    let given = values(stimulus.params, &s.params);
    let value = |key: &str| stimulus.params.iter().position(|q| q.name == key).map_or(0.0, |k| given[k]);
    let listed = |key: &str| s.lists.iter().find(|(n, _)| n == key).map_or(&[][..], |(_, l)| &l[..]);
    let set = |key: &str| s.params.iter().any(|(name, _)| name == key);
    let (weight, delay) = (p.weight.middle(), p.delay_ms.middle());
    let current = |x: f64| x * weight / KILO;
    let source = match s.model.as_str() {
        "poisson_generator" => {
            py.needs(CONNECT_PAIRS);
            py.needs(POISSON);
            let mut window = String::new();
            if set("start") || set("stop") {
                let (start, stop) = (value("start"), value("stop"));
                window = format!(", start={:?}, duration={:?}", start + delay, stop - start);
            }
            let rate = number(value("rate"));
            return py
                .line(&format!("poisson({target}, {rate}, {:?}, {delay:?}, \"{receptor}\"{window})", weight / by));
        }
        "spike_generator" => {
            py.needs(CONNECT_PAIRS);
            py.needs(GENERATOR);
            let times = list(listed("spike_times"));
            return py.line(&format!("generator({times}, {target}, {:?}, {delay:?}, \"{receptor}\")", weight / by));
        }
        "dc_generator" => format!("DCSource(amplitude={:?}", current(value("amplitude"))),
        "ac_generator" => format!(
            "ACSource(amplitude={:?}, offset={:?}, frequency={:?}, phase={:?}",
            current(value("amplitude")),
            current(value("offset")),
            value("frequency"),
            value("phase")
        ),
        "step_current_generator" => {
            let times: Vec<f64> = listed("amplitude_times").iter().map(|t| t + delay).collect();
            let amplitudes: Vec<f64> = listed("amplitude_values").iter().map(|&x| current(x)).collect();
            format!("StepCurrentSource(times={}, amplitudes={}", list(&times), list(&amplitudes))
        }
        other => return py.missing(at, STIMULUS, other),
    };
    let mut window = String::new();
    for key in ["start", "stop"].into_iter().filter(|key| set(key)) {
        window += &format!(", {key}={:?}", value(key) + delay);
    }
    py.line(&format!("sim.{source}{window}).inject_into({target})"));
}
