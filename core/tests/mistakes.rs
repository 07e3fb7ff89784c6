//! What a user can get wrong in a specification: for each mistake its place, its kind, and a message in both languages
//! that names what is wrong and what to do.
//!
//! A case is CUBA with edits. `/pointer = JSON` sets a value, with `/-` as a new entry of a list; `/pointer` alone takes
//! one away. What is told is a list of place, kind, and words that the English message holds.

use std::collections::HashMap;

use serde_json::Value;
use spikeground_core::{
    error::{MOST_ERRORS, Mistake, SpecError},
    gallery,
    network::{Network, Wiring},
    spec::{Distribution, NetworkSpec, StimulusSpec},
    stimulus::MOST_ENTRIES,
    text::Lang,
};

/// What the network may take, bytes.
const MEMORY: f64 = 1e9;

/// A specification.
enum Given {
    /// CUBA with these edits.
    Cuba(&'static [&'static str]),
    /// This text.
    Text(&'static str),
    /// A text that takes a rule to write.
    Made(fn() -> String),
    /// CUBA changed through the Rust API, for what JSON cannot say.
    Spec(fn(&mut NetworkSpec)),
}
use Given::{Cuba, Made, Spec, Text};

/// Place, kind, and words of the English message.
type Told = (&'static str, &'static str, &'static str);

const POISSON: &str = r#"/stimuli = [{"name": "S", "model": "poisson_generator"}]"#;
const LISTED: &str = r#"/stimuli = [{"name": "S", "model": "spike_generator", "spike_times": [1, 1, 2]}]"#;
const STEPS: &str = r#"/stimuli = [{"name": "S", "model": "step_current_generator", "amplitude_times": [5, 7], "amplitude_values": [100, 0]}]"#;
const RATES: &str = r#"/stimuli = [{"name": "S", "model": "inhomogeneous_poisson_generator", "rate_times": [0, 7], "rate_values": [100, 0]}]"#;
const PACKETS: &str =
    r#"/stimuli = [{"name": "S", "model": "pulsepacket_generator", "params": {"activity": 5}, "pulse_times": [7]}]"#;
const IMAGE: &str = r#"/stimuli = [{"name": "S", "model": "rate_encoder", "values": [0, 0.5, 1]}]"#;
const CODE: &str = r#"/stimuli = [{"name": "S", "model": "population_encoder", "values": [0.5]}]"#;
const FROM_S: &str =
    r#"/projections/- = {"source": "S", "target": "E", "rule": "all_to_all", "weight": 1, "delay_ms": 1}"#;
const STDP: &str = r#"/projections/0 = {"source": "E", "target": "E", "rule": "all_to_all", "weight": 50, "delay_ms": 1,
    "synapse": "stdp_synapse", "synapse_params": {"alpha": 1.1}}"#;
/// Excitatory neurons of another model.
const DELTA: [&str; 3] = [r#"/populations/0/model = "iaf_psc_delta""#, "/populations/0/params = {}", "/controls"];
const CONDUCTANCES: [&str; 2] = [r#"/populations/0/model = "iaf_cond_exp""#, "/populations/0/params = {}"];
const EDGES_TO_E: &str = r#"/projections/0 = {"source": "E", "target": "E", "rule": "edges", "edges": [[0, 0], [3199, 799]],
    "receptor": "in", "weight": -1, "delay_ms": 1}"#;
const BERNOULLI: &str = r#"/projections/0 =
    {"source": "E", "target": "E", "rule": "pairwise_bernoulli", "p": 0.1, "weight": 1, "delay_ms": 1}"#;
const EDGES: &str = r#"/projections/0 =
    {"source": "E", "target": "I", "rule": "edges", "edges": [[0, 0], [3199, 799]], "weight": 1, "delay_ms": 1}"#;
const SMALL_WORLD: &str = r#"/projections/3 =
    {"source": "I", "target": "I", "rule": "small_world", "k": 399, "p": 1, "weight": 1, "delay_ms": 1}"#;
const GRID: &str = r#"/populations/0/positions = {"grid": [80, 40], "extent": [2, 1]}"#;
const FREE: &str = r#"/populations/1/positions = {"free": "uniform", "extent": [1, 2]}"#;
const SPATIAL: &str = r#"/projections/0 =
    {"source": "E", "target": "E", "rule": "spatial_gaussian", "p": 0.5, "std": 0.1, "weight": 1, "delay_ms": 1}"#;
const SYMMETRIC: &str = r#"/projections/0 =
    {"source": "E", "target": "E", "rule": "symmetric_pairwise_bernoulli", "p": 0.1, "weight": 1, "delay_ms": 1}"#;

#[rustfmt::skip]
const CASES: &[(&str, Given, &[Told])] = &[
    // Not the text of a network.
    ("empty text", Text(""), &[("", "Syntax", "line 1, column 0 (EOF while parsing a value)")]),
    ("white space", Text(" \n\n "), &[("", "Syntax", "line 3, column 1")]),
    ("prose", Text("two populations, please"), &[("", "Syntax", "line 1, column 2 (expected ident). Correct")]),
    ("half a file", Made(|| cuba()[..700].into()), &[("", "Syntax", "EOF while parsing")]),
    ("a comma too many", Made(|| cuba().replace("\"seed\": 1,", "\"seed\": 1,,")), &[("", "Syntax", "line 4, column 13")]),
    ("two networks", Made(|| cuba() + &cuba()), &[("", "Syntax", "trailing characters")]),
    ("NaN in JSON", Made(|| cuba().replace("16.2", "NaN")), &[("", "Syntax", "expected value")]),
    ("1e400 in JSON", Made(|| cuba().replace("16.2", "1e400")), &[("", "Syntax", "number out of range")]),
    ("half a surrogate pair", Made(|| cuba().replace("CUBA", "\\ud800")), &[("", "Syntax", "line 3")]),
    ("deep lists", Made(|| "[".repeat(100_000)), &[("", "Syntax", "recursion limit exceeded")]),
    ("deep objects", Made(|| format!("{{\"version\": 1, \"populations\": {}", "{\"a\":".repeat(100_000))), &[("", "Syntax", "recursion limit exceeded")]),
    ("33 MiB", Made(|| " ".repeat(33 << 20)), &[("", "LongText", "34603008 bytes. Shorten it to 33554432")]),
    ("a list", Text("[]"), &[("", "WrongType", "expected an object { … }, found []. Write")]),
    ("null", Text("null"), &[("", "WrongType", "found null")]),
    ("a number", Text("42"), &[("", "WrongType", "found 42")]),

    // Version.
    ("version 2", Cuba(&["/version = 2", "/unheard_of = 1"]), &[("version", "WrongVersion", "version 2 cannot be read; this program reads version 1. Set")]),
    ("version 1.5", Cuba(&["/version = 1.5"]), &[("version", "WrongVersion", "version 1.5 cannot")]),
    ("version in quotes", Cuba(&["/version = \"1\""]), &[("version", "WrongVersion", "version \"1\" cannot")]),
    ("version null", Cuba(&["/version = null"]), &[("version", "WrongVersion", "version null cannot")]),
    ("version that fills pages", Made(|| format!("{{\"version\": \"{}\"}}", "9".repeat(30_000))), &[("version", "WrongVersion", "9…")]),
    ("no version", Cuba(&["/version"]), &[("", "MissingKey", "“version” is missing")]),

    // Seed and step.
    ("seed -1", Cuba(&["/seed = -1"]), &[("seed", "OutOfRange", "-1 is out of range. Give a value from 0 to 4294967295.")]),
    ("seed 2^32", Cuba(&["/seed = 4294967296"]), &[("seed", "OutOfRange", "4294967296 is out of range")]),
    ("seed 0.5", Cuba(&["/seed = 0.5"]), &[("seed", "NotWhole", "0.5 is not a whole number. Round it to 1.")]),
    ("seed text", Cuba(&["/seed = \"7\""]), &[("seed", "WrongType", "expected a number, found \"7\"")]),
    ("dt 0", Cuba(&["/dt_ms = 0"]), &[("dt_ms", "OutOfRange", "0 ms is out of range. Give a value from 0.001 to 10 ms.")]),
    ("dt negative", Cuba(&["/dt_ms = -0.1"]), &[("dt_ms", "OutOfRange", "-0.1 ms is out of range")]),
    ("dt huge", Cuba(&["/dt_ms = 1e300"]), &[("dt_ms", "OutOfRange", "1e300 ms is out of range")]),
    ("dt tiny", Cuba(&["/dt_ms = 1e-300"]), &[("dt_ms", "OutOfRange", "1e-300 ms is out of range")]),
    ("dt null", Cuba(&["/dt_ms = null"]), &[("dt_ms", "WrongType", "expected a number, found null")]),
    ("dt infinite", Spec(|s| s.dt_ms = f64::INFINITY), &[("dt_ms", "NotFinite", "inf is not a finite number. Give")]),
    ("dt NaN", Spec(|s| s.dt_ms = f64::NAN), &[("dt_ms", "NotFinite", "NaN is not a finite number. Give")]),

    // Keys.
    ("unknown key", Cuba(&["/dt = 0.1"]), &[("dt", "UnknownKey", "“dt” is not known here. Use one of: version, name, seed, dt_ms")]),
    ("nearly a key", Cuba(&["/population = []"]), &[("population", "UnknownKey", "Did you mean “populations”?")]),
    ("unknown key of a population", Cuba(&["/populations/1/n = 800"]), &[("populations[1].n", "UnknownKey", "“n” is not known here. Use one of: name, size")]),
    ("unknown key of a stimulus", Cuba(&[POISSON, "/stimuli/0/rate = 5"]), &[("stimuli[0].rate", "UnknownKey", "“rate” is not known here. Use one of: name, model, params.")]),
    ("unknown key of a projection", Cuba(&["/projections/1/p = 0.1"]), &[("projections[1].p", "UnknownKey", "“p” is not known here")]),
    ("nearly a key of a projection", Cuba(&["/projections/1/delay = 1"]), &[("projections[1].delay", "UnknownKey", "“delay” is not known here. Use one of: source, target, rule, receptor, weight, delay_ms, synapse, synapse_params, modulator, allow_autapses, allow_multapses, indegree.")]),
    ("unknown key of a control", Cuba(&["/controls/0/Log = true"]), &[("controls[0].Log", "UnknownKey", "Did you mean “log”?")]),
    ("key that fills a page", Made(|| format!("{{\"version\": 1, \"populations\": [], \"{}\": 0}}", "k".repeat(3000))), &[("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…", "UnknownKey", "kkk…” is not known here")]),
    ("population without name", Cuba(&["/populations/- = {\"size\": 1, \"model\": \"iaf_psc_exp\"}"]), &[("populations[2]", "MissingKey", "“name” is missing. Add it.")]),
    ("population without size", Cuba(&["/populations/1/size"]), &[("populations[1]", "MissingKey", "“size” is missing")]),
    ("population without model", Cuba(&["/populations/1/model"]), &[("populations[1]", "MissingKey", "“model” is missing")]),
    ("stimulus without name", Cuba(&[POISSON, "/stimuli/0/name"]), &[("stimuli[0]", "MissingKey", "“name”")]),
    ("stimulus without model", Cuba(&[POISSON, "/stimuli/0/model"]), &[("stimuli[0]", "MissingKey", "“model”")]),
    ("projection without source", Cuba(&["/projections/0/source"]), &[("projections[0]", "MissingKey", "“source”")]),
    ("projection without target", Cuba(&["/projections/0/target"]), &[("projections[0]", "MissingKey", "“target”")]),
    ("projection without weight", Cuba(&["/projections/0/weight"]), &[("projections[0]", "MissingKey", "“weight”")]),
    ("projection without delay", Cuba(&["/projections/0/delay_ms"]), &[("projections[0]", "MissingKey", "“delay_ms”")]),
    ("projection without in-degree", Cuba(&["/projections/0/indegree"]), &[("projections[0]", "MissingKey", "“indegree”")]),
    ("projection without rule", Cuba(&["/projections/3/rule", "/projections/3/indegree"]), &[("projections[3]", "MissingKey", "“rule”")]),
    ("projection without p", Cuba(&[BERNOULLI, "/projections/0/p"]), &[("projections[0]", "MissingKey", "“p”")]),
    ("control without name", Cuba(&["/controls/0/name"]), &[("controls[0]", "MissingKey", "“name”")]),
    ("control without ends", Cuba(&["/controls/0/min", "/controls/0/max"]), &[("controls[0]", "MissingKey", "“min”"), ("controls[0]", "MissingKey", "“max”")]),

    // Types.
    ("title a number", Cuba(&["/name = 5"]), &[("name", "WrongType", "expected a text in quotes, found 5. Write a text in quotes here.")]),
    ("populations an object", Cuba(&["/populations = {\"E\": 1}"]), &[("populations", "WrongType", "expected a list [ … ], found {\"E\":1}")]),
    ("population null", Cuba(&["/populations/- = null"]), &[("populations[2]", "WrongType", "expected an object { … }, found null")]),
    ("size in quotes", Cuba(&["/populations/0/size = \"3200\""]), &[("populations[0].size", "WrongType", "found \"3200\"")]),
    ("size true", Cuba(&["/populations/0/size = true"]), &[("populations[0].size", "WrongType", "found true")]),
    ("model null", Cuba(&["/populations/0/model = null"]), &[("populations[0].model", "WrongType", "expected a text in quotes, found null")]),
    ("parameters a list", Cuba(&["/populations/0/params = [1, 2]"]), &[("populations[0].params", "WrongType", "expected an object { … }, found [1,2]")]),
    ("parameter a text", Cuba(&["/populations/0/params/I_e = \"110 pA\""]), &[("populations[0].params.I_e", "WrongType", "found \"110 pA\"")]),
    ("initial state a number", Cuba(&["/populations/0/init = -60"]), &[("populations[0].init", "WrongType", "found -60")]),
    ("initial value a text", Cuba(&["/populations/0/init/V_m = \"rest\""]), &[("populations[0].init.V_m", "WrongType", "expected a number, {\"uniform\": [low, high]}, {\"normal\": [mean, std]} or {\"lognormal\": [median, sigma]}, found \"rest\"")]),
    ("initial range of three", Cuba(&["/populations/0/init/V_m/uniform/- = 1"]), &[("populations[0].init.V_m", "WrongType", "found {\"uniform\":[-60.0,-50.0,1]}")]),
    ("initial range with null", Cuba(&["/populations/0/init/V_m/uniform/1 = null"]), &[("populations[0].init.V_m.uniform[1]", "WrongType", "found null")]),
    ("another distribution", Cuba(&["/populations/0/init/V_m = {\"gamma\": [0, 1]}"]), &[("populations[0].init.V_m", "WrongType", "found {\"gamma\":[0,1]}")]),
    ("uniform with limits", Cuba(&["/projections/0/weight = {\"uniform\": [0, 1], \"min\": 0}"]), &[("projections[0].weight.min", "UnknownKey", "“min” is not known here. Use one of: uniform.")]),
    ("limit a text", Cuba(&["/projections/0/weight = {\"normal\": [0, 1], \"min\": \"0\"}"]), &[("projections[0].weight.min", "WrongType", "expected a number, found \"0\"")]),
    ("synapse a number", Cuba(&["/projections/0/synapse = 1"]), &[("projections[0].synapse", "WrongType", "found 1")]),
    ("modulator a number", Cuba(&["/projections/0/modulator = 1"]), &[("projections[0].modulator", "WrongType", "found 1")]),
    ("synapse parameters a list", Cuba(&["/projections/0/synapse_params = []"]), &[("projections[0].synapse_params", "WrongType", "found []")]),
    ("lesion of one number", Cuba(&["/populations/0/lesions = [7]"]), &[("populations[0].lesions[0]", "WrongType", "expected two numbers of neurons [first, last], found 7")]),
    ("lesion of no neuron", Cuba(&["/populations/1/lesions = [[0, 5], [790, 800]]"]), &[("populations[1].lesions[1][1]", "OutOfRange", "800 is out of range. Give a value from 0 to 799")]),
    ("lesion of half a neuron", Cuba(&["/populations/0/lesions = [[0.5, 5]]"]), &[("populations[0].lesions[0][0]", "NotWhole", "0.5")]),
    ("lesion backwards", Cuba(&["/populations/0/lesions = [[9, 5]]"]), &[("populations[0].lesions[0]", "ReversedRange", "from 9 down to 5. Swap the two numbers.")]),
    ("positions a text", Cuba(&["/populations/0/positions = \"anywhere\""]), &[("populations[0].positions", "WrongType", "expected an object { … }, found \"anywhere\"")]),
    ("positions nowhere", Cuba(&["/populations/0/positions = {}"]), &[("populations[0].positions", "MissingKey", "“free” is missing"), ("populations[0].positions", "MissingKey", "“extent” is missing")]),
    ("positions of another kind", Cuba(&["/populations/0/positions = {\"free\": \"normal\", \"extent\": [1, 1]}"]), &[("populations[0].positions.free", "UnknownName", "there is no way to place neurons freely called “normal”. Use one of: uniform.")]),
    ("positions of two kinds", Cuba(&[GRID, "/populations/0/positions/free = \"uniform\""]), &[("populations[0].positions.free", "UnknownKey", "“free” is not known here. Use one of: grid, extent, edge_wrap.")]),
    ("grid a number", Cuba(&[GRID, "/populations/0/positions/grid = 3200"]), &[("populations[0].positions.grid", "WrongType", "expected two numbers [columns, rows], found 3200. Write")]),
    ("extent in three dimensions", Cuba(&[GRID, "/populations/0/positions/extent = [1, 1, 1]"]), &[("populations[0].positions.extent", "WrongType", "expected two lengths [width, height], found [1,1,1]")]),

    // Distributions and synapses.
    ("deviation negative", Cuba(&["/projections/0/weight = {\"normal\": [1, -1]}"]), &[("projections[0].weight.normal[1]", "OutOfRange", "-1 is out of range")]),
    ("limits the wrong way", Cuba(&["/projections/0/weight = {\"normal\": [1, 1], \"min\": 3, \"max\": 2}"]), &[("projections[0].weight", "ReversedRange", "from 3 down to 2")]),
    ("delays down to nothing", Cuba(&["/projections/0/delay_ms = {\"normal\": [1, 1]}"]), &[("projections[0].delay_ms.min", "DelayBelowStep", "is shorter than the step. Give at least dt_ms = 0.1")]),
    ("delays without end", Cuba(&["/projections/0/delay_ms = {\"lognormal\": [100, 2], \"min\": 1}"]), &[("projections[0].delay_ms.max", "DelayTooLong", "is too long")]),
    ("uniform delays too short", Cuba(&["/projections/0/delay_ms = {\"uniform\": [0.02, 1]}"]), &[("projections[0].delay_ms", "DelayBelowStep", "a delay of 0.02 ms is shorter")]),
    ("unknown synapse", Cuba(&["/projections/0/synapse = \"stdp_synapses\""]), &[("projections[0].synapse", "UnknownName", "there is no synapse model called “stdp_synapses”. Did you mean “stdp_synapse”?")]),
    ("unknown parameter of a synapse", Cuba(&[STDP, "/projections/0/synapse_params/tau = 1"]), &[("projections[0].synapse_params.tau", "UnknownName", "there is no parameter called “tau”")]),
    ("parameter of a synapse out of range", Cuba(&[STDP, "/projections/0/synapse_params/lambda = 2"]), &[("projections[0].synapse_params.lambda", "OutOfRange", "2 is out of range")]),
    ("weight above Wmax", Cuba(&[STDP, "/projections/0/weight = 101"]), &[("projections[0].weight", "OutOfRange", "101 is out of range. Give a value from 0 to 100.")]),
    ("weight on the other side of Wmax", Cuba(&[STDP, "/projections/0/weight = -1"]), &[("projections[0].weight", "OutOfRange", "-1 is out of range")]),
    ("Wmax of zero", Cuba(&[STDP, "/projections/0/synapse_params/Wmax = 0"]), &[("projections[0].synapse_params", "ReversedRange", "0")]),
    ("delays of a plastic synapse", Cuba(&[STDP, "/projections/0/delay_ms = {\"uniform\": [1, 2]}"]), &[("projections[0].delay_ms", "DelaysOfPlastic", "synapses of stdp_synapse share one delay. Give a number")]),
    ("parameter of three", Cuba(&["/populations/0/params/V_th = {\"uniform\": [-50, -49, -48]}"]), &[("populations[0].params.V_th", "WrongType", "expected a number, {\"uniform\": [low, high]}")]),
    ("parameter that leaves its range", Cuba(&["/populations/0/params/tau_m = {\"normal\": [20, 5]}"]), &[("populations[0].params.tau_m.min", "OutOfRange", " ms is out of range. Give a value from 0.000001")]),
    ("parameters reversed", Cuba(&["/populations/0/params/tau_m = {\"uniform\": [30, 10]}"]), &[("populations[0].params.tau_m.uniform", "ReversedRange", "from 30 down to 10. Swap")]),
    ("parameters in disorder at their ends", Cuba(&["/populations/0/params/V_th = {\"uniform\": [-61, -50]}"]), &[("populations[0].params", "NotOrdered", "V_reset = -60 must be below V_th = -61")]),
    ("whole parameter drawn", Cuba(&["/populations/0/model = \"loihi_lif\"", "/populations/0/init", "/populations/0/params = {\"vth\": {\"uniform\": [90, 110]}}", "/controls"]), &[("populations[0].params.vth", "DistributionOfCount", "all neurons share a parameter that is a whole number. Give a number")]),
    ("parameter of a stimulus drawn", Cuba(&[POISSON, "/stimuli/0/params = {\"rate\": {\"uniform\": [1, 2]}}"]), &[("stimuli[0].params.rate", "WrongType", "expected a number, found {\"uniform\":[1,2]}")]),
    ("weights of a stimulus", Cuba(&[POISSON, FROM_S, "/projections/4/weight = {\"uniform\": [1, 2]}"]), &[("projections[4].weight", "DistributionForStimulus", "Give a number")]),
    ("synapse of a stimulus", Cuba(&[POISSON, FROM_S, "/projections/4/synapse = \"stdp_synapse\""]), &[("projections[4].synapse", "SynapseForStimulus", "a stimulus cannot send through stdp_synapse")]),
    ("no modulator", Cuba(&["/projections/0/synapse = \"stdp_dopamine_synapse\""]), &[("projections[0]", "NoModulator", "Add \"modulator\"")]),
    ("modulator of a static synapse", Cuba(&["/projections/0/modulator = \"I\""]), &[("projections[0].modulator", "ModulatorNotTaken", "static_synapse has no modulator")]),
    ("unknown modulator", Cuba(&["/projections/0/synapse = \"stdp_dopamine_synapse\"", "/projections/0/modulator = \"DA\""]), &[("projections[0].modulator", "UnknownName", "there is no population called “DA”")]),
    ("receptor a number", Cuba(&["/projections/0/receptor = 1"]), &[("projections[0].receptor", "WrongType", "expected a text in quotes, found 1")]),
    ("unknown receptor", Cuba(&["/projections/0/receptor = \"NMDA\""]), &[("projections[0].receptor", "UnknownName", "there is no receptor called “NMDA”. Use one of: ex, in.")]),
    ("receptor of a model that has none", Cuba(&[DELTA[0], DELTA[1], DELTA[2], "/projections/0/receptor = \"ex\""]), &[("projections[0].receptor", "UnknownName", "there is no receptor called “ex”. Remove it.")]),
    ("receptor of a current", Cuba(&[STEPS, FROM_S, "/projections/4/receptor = \"ex\""]), &[("projections[4].receptor", "ReceptorOfCurrent", "“S” sends a current, which goes past the receptors. Remove “receptor”.")]),
    ("negative weight onto an excitatory conductance", Cuba(&[CONDUCTANCES[0], CONDUCTANCES[1], "/projections/0/receptor = \"ex\"", "/projections/0/weight = -1"]), &[("projections[0].weight", "OutOfRange", "-1 nS is out of range. Give a value from 0")]),
    ("positive edge onto an inhibitory conductance", Cuba(&[CONDUCTANCES[0], CONDUCTANCES[1], EDGES_TO_E, "/projections/0/edges/1 = [3, 1, 2]"]), &[("projections[0].edges[1][2]", "OutOfRange", "2 nS is out of range. Give a value from -1000000000 to 0 nS.")]),
    ("plasticity beyond a receptor", Cuba(&[CONDUCTANCES[0], CONDUCTANCES[1], STDP, "/projections/0/receptor = \"in\"", "/projections/0/weight = 0"]), &[("projections[0].synapse_params", "OutOfRange", "100 nS is out of range")]),
    ("stimuli a text", Cuba(&["/stimuli = \"none\""]), &[("stimuli", "WrongType", "expected a list [ … ], found \"none\"")]),
    ("spike times a number", Cuba(&[LISTED, "/stimuli/0/spike_times = 5"]), &[("stimuli[0].spike_times", "WrongType", "expected a list [ … ], found 5")]),
    ("spike time null", Cuba(&[LISTED, "/stimuli/0/spike_times/1 = null"]), &[("stimuli[0].spike_times[1]", "WrongType", "expected a number, found null")]),
    ("projection a list", Cuba(&["/projections/2 = [\"E\", \"I\"]"]), &[("projections[2]", "WrongType", "found [\"E\",\"I\"]")]),
    ("source a number", Cuba(&["/projections/2/source = 0"]), &[("projections[2].source", "WrongType", "found 0")]),
    ("rule an object", Cuba(&["/projections/3/rule = {}", "/projections/3/indegree"]), &[("projections[3].rule", "WrongType", "expected a text in quotes, found {}")]),
    ("weight a list", Cuba(&["/projections/2/weight = [1]"]), &[("projections[2].weight", "WrongType", "found [1]")]),
    ("delay null", Cuba(&["/projections/2/delay_ms = null"]), &[("projections[2].delay_ms", "WrongType", "found null")]),
    ("option a number", Cuba(&["/projections/2/allow_autapses = 0"]), &[("projections[2].allow_autapses", "WrongType", "expected true or false, found 0")]),
    ("no edges", Cuba(&[EDGES, "/projections/0/edges"]), &[("projections[0]", "MissingKey", "“edges” is missing")]),
    ("edges a text", Cuba(&[EDGES, "/projections/0/edges = \"all\""]), &[("projections[0].edges", "WrongType", "expected a list [ … ], found \"all\"")]),
    ("edge a number", Cuba(&[EDGES, "/projections/0/edges/1 = 3"]), &[("projections[0].edges[1]", "WrongType", "expected [source, target], with a weight and a delay_ms behind if it has its own, found 3. Write")]),
    ("edge of five", Cuba(&[EDGES, "/projections/0/edges/1 = [3, 1, 1, 1, 1]"]), &[("projections[0].edges[1]", "WrongType", "own, found [3,1,1,1,1]")]),
    ("weight of an edge a text", Cuba(&[EDGES, "/projections/0/edges/1 = [3, 1, \"strong\"]"]), &[("projections[0].edges[1][2]", "WrongType", "expected a number, found \"strong\"")]),
    ("edge of one", Cuba(&[EDGES, "/projections/0/edges/1 = [3]"]), &[("projections[0].edges[1]", "WrongType", "own, found [3]")]),
    ("edge from a text", Cuba(&[EDGES, "/projections/0/edges/1/0 = \"E\""]), &[("projections[0].edges[1][0]", "WrongType", "expected a number, found \"E\"")]),
    ("edges of another rule", Cuba(&["/projections/0/edges = []"]), &[("projections[0].edges", "UnknownKey", "“edges” is not known here")]),
    ("300,001 edges", Made(|| edited(&[EDGES]).replace("[[0,0],[3199,799]]", &format!("[{}0]", "0,".repeat(300_000)))), &[("projections[0].edges", "TooLong", "300001 entries. Shorten it to 300000")]),
    ("control a number", Cuba(&["/controls/1 = 3"]), &[("controls[1]", "WrongType", "found 3")]),
    ("paths a text", Cuba(&["/controls/1/paths = \"projections[0].weight\""]), &[("controls[1].paths", "WrongType", "found \"projections[0].weight\"")]),
    ("path a number", Cuba(&["/controls/1/paths/0 = 2"]), &[("controls[1].paths[0]", "WrongType", "expected a text in quotes, found 2")]),
    ("log a number", Cuba(&["/controls/1/log = 1"]), &[("controls[1].log", "WrongType", "expected true or false, found 1. Write true or false here.")]),

    // Names.
    ("unknown model", Cuba(&["/populations/0/model = \"iaf_psc_exq\""]), &[("populations[0].model", "UnknownName", "there is no neuron model called “iaf_psc_exq”. Did you mean “iaf_psc_exp”?")]),
    ("no model at all", Cuba(&["/populations/0/model = \"resnet\""]), &[("populations[0].model", "UnknownName", "“resnet”. Use one of: iaf_psc_delta, ")]),
    ("unknown parameter", Cuba(&["/populations/1/params/tau = 5"]), &[("populations[1].params.tau", "UnknownName", "there is no parameter called “tau”. Use one of: C_m, tau_m, ")]),
    ("nearly a parameter", Cuba(&["/populations/1/params/tau_M = 5"]), &[("populations[1].params.tau_M", "UnknownName", "Did you mean “tau_m”?")]),
    ("parameter of another model", Cuba(&["/populations/1/params/g_L = 5"]), &[("populations[1].params.g_L", "UnknownName", "“g_L”")]),
    ("unknown state variable", Cuba(&["/populations/0/init/V = -60"]), &[("populations[0].init.V", "UnknownName", "there is no state variable called “V”. Use one of: V_m, ")]),
    ("nearly a state variable", Cuba(&["/populations/0/init/I_syn_x = 0"]), &[("populations[0].init.I_syn_x", "UnknownName", "Did you mean “I_syn_ex”?")]),
    ("unknown rule", Cuba(&["/projections/2/rule = \"by_lot\""]), &[("projections[2].rule", "UnknownName", "there is no connection rule called “by_lot”. Use one of: fixed_indegree, ")]),
    ("nearly a rule", Cuba(&["/projections/2/rule = \"fixed_indegre\""]), &[("projections[2].rule", "UnknownName", "Did you mean “fixed_indegree”?")]),
    ("unknown stimulus", Cuba(&[POISSON, "/stimuli/0/model = \"poison_generator\""]), &[("stimuli[0].model", "UnknownName", "there is no stimulus model called “poison_generator”. Did you mean “poisson_generator”?")]),
    ("neuron as a stimulus", Cuba(&[POISSON, "/stimuli/0/model = \"iaf_psc_exp\""]), &[("stimuli[0].model", "UnknownName", "Use one of: poisson_generator, inhomogeneous_poisson_generator, ")]),
    ("unknown stimulus parameter", Cuba(&[POISSON, "/stimuli/0/params = {\"Rate\": 5}"]), &[("stimuli[0].params.Rate", "UnknownName", "Did you mean “rate”?")]),
    ("parameter where there is none", Cuba(&[LISTED, "/stimuli/0/params = {\"hz\": 5}"]), &[("stimuli[0].params.hz", "UnknownName", "“hz”. Remove it.")]),
    ("dangling source", Cuba(&["/projections/0/source = \"X\""]), &[("projections[0].source", "UnknownName", "there is no population or stimulus called “X”. Use one of: E, I.")]),
    ("dangling target", Cuba(&["/projections/0/target = \"e\""]), &[("projections[0].target", "UnknownName", "there is no population called “e”. Did you mean “E”?")]),
    ("two populations of one name", Cuba(&["/populations/1/name = \"E\"", "/projections", "/controls"]), &[("populations[1].name", "DuplicateName", "the name “E” is taken by populations[0]. Give it another one.")]),
    ("population and stimulus of one name", Cuba(&[POISSON, "/stimuli/0/name = \"I\""]), &[("stimuli[0].name", "DuplicateName", "the name “I” is taken by populations[1]")]),
    ("empty name", Cuba(&["/populations/- = {\"name\": \"\", \"size\": 1, \"model\": \"iaf_psc_exp\"}"]), &[("populations[2].name", "EmptyName", "the name is empty. Give it a name.")]),
    ("blank name", Cuba(&[POISSON, "/stimuli/0/name = \" \\t\""]), &[("stimuli[0].name", "EmptyName", "the name is empty")]),
    ("over-long name", Cuba(&[POISSON, "/stimuli/0/name = \"over sixty-four characters, which is more than any plot can label :\""]), &[("stimuli[0].name", "LongName", "the name has 67 characters. Shorten it to 64")]),
    ("control without words", Cuba(&["/controls/0/name = \"\""]), &[("controls[0].name", "EmptyName", "the name is empty")]),
    ("over-long control", Cuba(&["/controls/2/name = \"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十\""]), &[("controls[2].name", "LongName", "70 characters")]),
    ("no population", Cuba(&["/populations = []", "/projections", "/controls"]), &[("populations", "NoPopulation", "there is no population. Add at least one.")]),

    // Sizes.
    ("size 0", Cuba(&["/populations/0/size = 0"]), &[("populations[0].size", "OutOfRange", "0 is out of range. Give a value from 1 to")]),
    ("size negative", Cuba(&["/populations/0/size = -5"]), &[("populations[0].size", "OutOfRange", "-5 is out of range")]),
    ("size fractional", Cuba(&["/populations/0/size = 3200.5"]), &[("populations[0].size", "NotWhole", "3200.5 is not a whole number. Round it to")]),
    ("size below one", Cuba(&["/populations/0/size = 0.4"]), &[("populations[0].size", "OutOfRange", "0.4 is out of range. Give a value from 1 to")]),
    ("size beyond whole numbers", Cuba(&["/populations/0/size = 1e300"]), &[("populations[0].size", "OutOfRange", "1e300 is out of range")]),
    ("size 0 by the API", Spec(|s| s.populations[1].size = 0), &[("populations[1].size", "OutOfRange", "0 is out of range")]),
    ("size 2^64 - 1 by the API", Spec(|s| s.populations[1].size = u64::MAX), &[("populations[1].size", "OutOfRange", "1.8446744073709552e19 is out of range")]),
    ("10^12 neurons", Cuba(&["/populations/0/size = 1000000000000"]), &[("populations", "TooManyNeurons", "1000000000800 neurons are too many to number. Give at most 2000000000 in all.")]),
    ("10^12 synapses", Cuba(&["/populations/0/size = 1000000", "/projections/0/rule = \"all_to_all\"", "/projections/0/indegree"]), &[("", "TooMuchMemory", "the network needs about 4.0 TB for 1000016064000 synapses, and 1.0 GB are available. Make")]),
    ("more than the limit", Cuba(&["/populations/0/size = 20000000"]), &[("", "TooMuchMemory", "8.0 GB for 1600064000 synapses")]),
    ("long delays", Cuba(&["/populations/0/size = 20000", "/projections/2/delay_ms = 1000"]), &[("", "TooMuchMemory", "1.7 GB")]),
    ("1001 populations", Made(|| format!("{{\"version\": 1, \"populations\": [{}0]}}", "0,".repeat(1000))), &[("populations", "TooLong", "the list has 1001 entries. Shorten it to 1000 or fewer.")]),
    ("20,000 projections", Made(|| format!("{{\"version\": 1, \"populations\": [], \"projections\": [{}0]}}", "0,".repeat(19_999))), &[("projections", "TooLong", "20000 entries. Shorten it to 10000")]),
    ("a million and one spike times", Made(|| edited(&[LISTED]).replace("[1,1,2]", &format!("[{}1]", "1,".repeat(MOST_ENTRIES)))), &[("stimuli[0].spike_times", "TooLong", "1000001 entries. Shorten it to 1000000")]),

    // Values.
    ("tau negative", Cuba(&["/populations/0/params/tau_m = -20"]), &[("populations[0].params.tau_m", "OutOfRange", "-20 ms is out of range. Give a value from 0.000001 to 1000000000 ms.")]),
    ("tau zero", Cuba(&["/populations/0/params/tau_m = 0"]), &[("populations[0].params.tau_m", "OutOfRange", "0 ms is out of range. Give a value from 0.000001")]),
    ("tau infinite", Spec(|s| assert!(s.set("populations[0].params.tau_m", f64::INFINITY))), &[("populations[0].params.tau_m", "NotFinite", "inf is not a finite number")]),
    ("drive NaN", Spec(|s| assert!(s.set("populations[0].params.I_e", f64::NAN))), &[("populations[0].params.I_e", "NotFinite", "NaN is not a finite number. Give a number.")]),
    ("drive huge", Cuba(&["/populations/0/params/I_e = 1e12"]), &[("populations[0].params.I_e", "OutOfRange", "1000000000000 pA is out of range. Give a value from -1000000000 to")]),
    ("refractory time negative", Cuba(&["/populations/0/params/t_ref = -1"]), &[("populations[0].params.t_ref", "OutOfRange", "-1 ms is out of range. Give a value from 0 to 1000 ms.")]),
    ("reset above threshold", Cuba(&["/populations/0/params/V_reset = -40"]), &[("populations[0].params", "NotOrdered", "V_reset = -40 must be below V_th = -50. Lower V_reset or raise V_th.")]),
    ("reset at threshold", Cuba(&["/populations/1/params/V_reset = -50"]), &[("populations[1].params", "NotOrdered", "V_reset = -50 must be below V_th = -50")]),
    ("threshold below the default reset", Cuba(&["/populations/1/params/V_reset", "/populations/1/params/V_th = -80"]), &[("populations[1].params", "NotOrdered", "V_reset = -70 must be below V_th = -80")]),
    ("initial range reversed", Cuba(&["/populations/0/init/V_m/uniform = [-50, -60]"]), &[("populations[0].init.V_m.uniform", "ReversedRange", "the range runs from -50 down to -60. Swap")]),
    ("initial value out of range", Cuba(&["/populations/0/init/V_m = 1e10"]), &[("populations[0].init.V_m", "OutOfRange", "10000000000 mV is out of range")]),
    ("initial range out of range", Cuba(&["/populations/0/init/refractory = {\"uniform\": [-1, 2e6]}"]), &[("populations[0].init.refractory.uniform[0]", "OutOfRange", "-1 steps is out of range"), ("populations[0].init.refractory.uniform[1]", "OutOfRange", "2000000 steps is out of range")]),
    ("initial value infinite", Spec(|s| s.populations[0].init[0].1 = Distribution::Uniform { lo: f64::NEG_INFINITY, hi: 0.0 }), &[("populations[0].init.V_m.uniform[0]", "NotFinite", "-inf is not a finite number")]),
    ("p above 1", Cuba(&[BERNOULLI, "/projections/0/p = 1.5"]), &[("projections[0].p", "OutOfRange", "1.5 is out of range. Give a value from 0 to 1.")]),
    ("in-degree negative", Cuba(&["/projections/0/indegree = -64"]), &[("projections[0].indegree", "OutOfRange", "-64 is out of range. Give a value from 0 to 1000000.")]),
    ("in-degree fractional", Cuba(&["/projections/0/indegree = 6.4"]), &[("projections[0].indegree", "NotWhole", "6.4 is not a whole number. Round it to 6.")]),
    ("weight NaN", Spec(|s| s.projections[0].weight = f64::NAN.into()), &[("projections[0].weight", "NotFinite", "NaN is not")]),
    ("weight huge", Cuba(&["/projections/0/weight = -1e300"]), &[("projections[0].weight", "OutOfRange", "-1e300 is out of range")]),
    ("delay below the step", Cuba(&["/projections/0/delay_ms = 0.05"]), &[("projections[0].delay_ms", "DelayBelowStep", "a delay of 0.05 ms is shorter than the step. Give at least dt_ms = 0.1 ms.")]),
    ("delay 0", Cuba(&["/projections/0/delay_ms = 0"]), &[("projections[0].delay_ms", "DelayBelowStep", "a delay of 0 ms")]),
    ("delay negative", Cuba(&["/projections/0/delay_ms = -1e-300"]), &[("projections[0].delay_ms", "DelayBelowStep", "a delay of -1e-300 ms")]),
    ("delay too long", Cuba(&["/projections/0/delay_ms = 1001"]), &[("projections[0].delay_ms", "DelayTooLong", "a delay of 1001 ms is too long. Give at most 1000 ms, or a longer dt_ms.")]),
    ("delay endless", Spec(|s| s.projections[0].delay_ms = f64::INFINITY.into()), &[("projections[0].delay_ms", "NotFinite", "inf is not")]),
    ("stimulus as target", Cuba(&[POISSON, FROM_S, "/projections/4/target = \"S\""]), &[("projections[4].target", "StimulusAsTarget", "“S” is a stimulus and cannot receive spikes. Name a population.")]),
    ("wrong rule for a stimulus", Cuba(&[POISSON, "/projections/0/source = \"S\""]), &[("projections[0].rule", "RuleForStimulus", "the rule fixed_indegree cannot connect a stimulus. Use all_to_all: each")]),
    ("in-degree of more than there are", Cuba(&["/projections/0/allow_multapses = false", "/projections/0/indegree = 4000"]), &[("projections[0].indegree", "TooFewPartners", "indegree = 4000 is more than the 3200 there are to choose from. Give at most 3200, or allow")]),
    ("in-degree of all but itself", Cuba(&["/projections/0/allow_multapses = false", "/projections/0/allow_autapses = false", "/projections/0/indegree = 3200"]), &[("projections[0].indegree", "TooFewPartners", "Give at most 3199, or allow")]),
    ("out-degree of more than there are", Cuba(&["/projections/0 = {\"source\": \"E\", \"target\": \"I\", \"rule\": \"fixed_outdegree\", \"outdegree\": 801, \"allow_multapses\": false, \"weight\": 1, \"delay_ms\": 1}"]), &[("projections[0].outdegree", "TooFewPartners", "outdegree = 801 is more than the 800")]),
    ("a neuron alone", Cuba(&["/populations/1/size = 1", "/projections/3 = {\"source\": \"I\", \"target\": \"I\", \"rule\": \"fixed_total_number\", \"N\": 2, \"allow_autapses\": false, \"weight\": 1, \"delay_ms\": 1}"]), &[("projections[3].N", "TooFewPartners", "N = 2 is more than the 0")]),
    ("a total without multapses", Cuba(&["/projections/0 = {\"source\": \"E\", \"target\": \"I\", \"rule\": \"fixed_total_number\", \"N\": 801, \"allow_multapses\": false, \"weight\": 1, \"delay_ms\": 1}"]), &[("projections[0].allow_multapses", "OptionNeeded", "the rule fixed_total_number needs “allow_multapses” to be true. Set \"allow_multapses\": true")]),
    ("symmetric autapses", Cuba(&[SYMMETRIC]), &[("projections[0].allow_autapses", "OptionNeeded", "the rule symmetric_pairwise_bernoulli needs “allow_autapses” to be false")]),
    ("symmetric between two", Cuba(&[SYMMETRIC, "/projections/0/allow_autapses = false", "/projections/0/target = \"I\""]), &[("projections[0].target", "TwoPopulations", "symmetric_pairwise_bernoulli connects a population with itself. Name")]),
    ("one to another number", Cuba(&["/projections/0/rule = \"one_to_one\"", "/projections/0/indegree", "/projections/0/target = \"I\""]), &[("projections[0].rule", "UnequalSizes", "one_to_one cannot connect 3200 neurons with 800. Give")]),
    ("small world of two", Cuba(&[SMALL_WORLD, "/projections/3/target = \"E\""]), &[("projections[3].target", "TwoPopulations", "small_world connects a population with itself. Name")]),
    ("more neighbours than others", Cuba(&[SMALL_WORLD, "/projections/3/k = 400"]), &[("projections[3].k", "OutOfRange", "400 is out of range. Give a value from 0 to 399.")]),
    ("grid of another size", Cuba(&[GRID, "/populations/0/positions/grid = [80, 41]"]), &[("populations[0].positions.grid", "GridSize", "a grid of 80 by 41 does not hold 3200 neurons. Change")]),
    ("grid of no rows", Cuba(&[GRID, "/populations/0/positions/grid/1 = 0"]), &[("populations[0].positions.grid[1]", "OutOfRange", "0 is out of range. Give a value from 1")]),
    ("no width", Cuba(&[GRID, "/populations/0/positions/extent = [0, 1]"]), &[("populations[0].positions.extent[0]", "OutOfRange", "0 mm is out of range")]),
    ("distance to nowhere", Cuba(&[GRID, SPATIAL, "/projections/0/target = \"I\""]), &[("projections[0].target", "NoPositions", "the neurons of this population stand nowhere. Give it “positions”, or use")]),
    ("distance from nowhere", Cuba(&[SPATIAL]), &[("projections[0].source", "NoPositions", "stand nowhere")]),
    ("edges that meet on one side", Cuba(&[GRID, FREE, SPATIAL, "/projections/0/target = \"I\"", "/populations/0/positions/edge_wrap = true"]), &[("projections[0].target", "TwoSurfaces", "edges meet in one population and not in the other")]),
    ("edge between neurons", Cuba(&[EDGES, "/projections/0/edges/0/1 = 0.5"]), &[("projections[0].edges[0][1]", "NotWhole", "0.5 is not a whole number")]),
    ("weight of an edge huge", Cuba(&[EDGES, "/projections/0/edges/1 = [3, 1, 1e10]"]), &[("projections[0].edges[1][2]", "OutOfRange", "10000000000 is out of range")]),
    ("delay of an edge too short", Cuba(&[EDGES, "/projections/0/edges/1 = [3, 1, null, 0.01]"]), &[("projections[0].edges[1][3]", "DelayBelowStep", "a delay of 0.01 ms is shorter")]),
    ("delay of an edge of a plastic synapse", Cuba(&[EDGES, "/projections/0/edges/1 = [3, 1, 1, 2]", "/projections/0/synapse = \"stdp_synapse\""]), &[("projections[0].edges[1][3]", "DelaysOfPlastic", "synapses of stdp_synapse share one delay")]),
    ("edge from before the first", Cuba(&[EDGES, "/projections/0/edges/0/0 = -1"]), &[("projections[0].edges[0][0]", "OutOfRange", "-1 is out of range. Give a value from 0")]),
    ("edge from after the last", Cuba(&[EDGES, "/projections/0/edges/0/0 = 3200"]), &[("projections[0].edges[0][0]", "OutOfRange", "3200 is out of range. Give a value from 0 to 3199.")]),
    ("edge to after the last", Cuba(&[EDGES, "/projections/0/edges/1/1 = 800"]), &[("projections[0].edges[1][1]", "OutOfRange", "800 is out of range. Give a value from 0 to 799.")]),
    ("rate negative", Cuba(&[POISSON, "/stimuli/0/params = {\"rate\": -5}"]), &[("stimuli[0].params.rate", "OutOfRange", "-5 Hz is out of range. Give a value from 0 to")]),
    ("rate too high for the step", Cuba(&[POISSON, "/stimuli/0/params = {\"rate\": 1000000}"]), &[("stimuli[0].params.rate", "TooManyEvents", "1000000 Hz is more than the step can carry. Give at most 640000 Hz and a larger weight, or a shorter dt_ms.")]),
    ("rate too high for any step", Cuba(&[POISSON, "/stimuli/0/params = {\"rate\": 1e12}"]), &[("stimuli[0].params.rate", "OutOfRange", "1000000000000 Hz is out of range")]),
    ("spike times unsorted", Cuba(&[LISTED, "/stimuli/0/spike_times = [3, 2.5]"]), &[("stimuli[0].spike_times[1]", "TimesNotRising", "2.5 ms follows 3 ms. Sort the times.")]),
    ("spike at 0", Cuba(&[LISTED, "/stimuli/0/spike_times/0 = 0"]), &[("stimuli[0].spike_times[0]", "TimeTooEarly", "a spike at 0 ms lies before the first step. Give times from 0.1 ms on.")]),
    ("spike before 0", Cuba(&[LISTED, "/stimuli/0/spike_times/0 = -1"]), &[("stimuli[0].spike_times[0]", "OutOfRange", "-1 ms is out of range")]),
    ("spike in 30,000 years", Cuba(&[LISTED, "/stimuli/0/spike_times/2 = 1e15"]), &[("stimuli[0].spike_times[2]", "OutOfRange", "1000000000000000 ms is out of range")]),
    ("spike times of a Poisson generator", Cuba(&[POISSON, "/stimuli/0/spike_times = [1]"]), &[("stimuli[0].spike_times", "UnknownKey", "“spike_times” is not known here. Use one of: name, model, params.")]),
    ("spike times of a Poisson generator by the API", Spec(|s| s.stimuli.push(stimulus("poisson_generator", &[("spike_times", &[1.0])]))), &[("stimuli[0].spike_times", "UnknownName", "there is no list called “spike_times”. Remove it.")]),
    ("a list of another stimulus by the API", Spec(|s| s.stimuli.push(stimulus("spike_generator", &[("spiketimes", &[1.0])]))), &[("stimuli[0].spiketimes", "UnknownName", "there is no list called “spiketimes”. Did you mean “spike_times”?")]),
    ("list with NaN", Spec(|s| s.stimuli.push(stimulus("spike_generator", &[("spike_times", &[1.0, f64::NAN])]))), &[("stimuli[0].spike_times[1]", "NotFinite", "NaN is not a finite number")]),
    ("more times than currents", Cuba(&[STEPS, "/stimuli/0/amplitude_times/- = 9"]), &[("stimuli[0].amplitude_values", "UnequalLists", "the list has 2 entries, and amplitude_times has 3. Give one for each of those.")]),
    ("currents without times", Cuba(&[STEPS, "/stimuli/0/amplitude_times"]), &[("stimuli[0].amplitude_values", "UnequalLists", "the list has 2 entries, and amplitude_times has 0")]),
    ("times of currents unsorted", Cuba(&[STEPS, "/stimuli/0/amplitude_times = [5, 4.5]"]), &[("stimuli[0].amplitude_times[1]", "TimesNotRising", "4.5 ms follows 5 ms. Sort the times.")]),
    ("current before the beginning", Cuba(&[STEPS, "/stimuli/0/amplitude_times/0 = -5"]), &[("stimuli[0].amplitude_times[0]", "OutOfRange", "-5 ms is out of range")]),
    ("current huge", Cuba(&[STEPS, "/stimuli/0/amplitude_values/1 = 1e12"]), &[("stimuli[0].amplitude_values[1]", "OutOfRange", "1000000000000 pA is out of range")]),
    ("listed rate negative", Cuba(&[RATES, "/stimuli/0/rate_values/1 = -1"]), &[("stimuli[0].rate_values[1]", "OutOfRange", "-1 Hz is out of range")]),
    ("listed rate too high for the step", Cuba(&[RATES, "/stimuli/0/rate_values/1 = 700000"]), &[("stimuli[0].rate_values[1]", "TooManyEvents", "700000 Hz is more than the step can carry. Give at most 640000 Hz")]),
    ("two and a half spikes in a packet", Cuba(&[PACKETS, "/stimuli/0/params/activity = 2.5"]), &[("stimuli[0].params.activity", "NotWhole", "2.5 is not a whole number")]),
    ("a thousand and one packets", Made(|| edited(&[PACKETS]).replace("[7]", &format!("[{}1]", "1,".repeat(1000)))), &[("stimuli[0].pulse_times", "TooLong", "1001 entries. Shorten it to 1000")]),
    ("copied more than always", Cuba(&[POISSON, "/stimuli/0/model = \"mip_generator\"", "/stimuli/0/params = {\"p_copy\": 1.1}"]), &[("stimuli[0].params.p_copy", "OutOfRange", "1.1 is out of range. Give a value from 0 to 1.")]),
    ("half an image", Cuba(&[IMAGE, FROM_S]), &[("stimuli[0].values", "NotRows", "the list has 3 entries for the 3200 neurons of “E”. Give a value for each neuron, or several such rows.")]),
    ("no image", Cuba(&[IMAGE, FROM_S, "/stimuli/0/values = []"]), &[("stimuli[0].values", "NotRows", "the list has 0 entries for the 3200 neurons")]),
    ("pixel above one", Cuba(&[IMAGE, "/stimuli/0/values/2 = 255"]), &[("stimuli[0].values[2]", "OutOfRange", "255 is out of range. Give a value from 0 to 1.")]),
    ("one code for two sizes", Cuba(&[CODE, FROM_S, "/projections/- = {\"source\": \"S\", \"target\": \"I\", \"rule\": \"all_to_all\", \"weight\": 1, \"delay_ms\": 1}"]), &[("projections[5].target", "TargetsDiffer", "“S” gives each neuron its own spikes, for 3200 neurons, and these are 800. Use another stimulus here.")]),
    ("a code too large", Made(|| edited(&[CODE, FROM_S]).replace("[0.5]", &format!("[{}1]", "1,".repeat(99_999)))), &[("", "TooMuchMemory", "1.3 GB")]),

    // Controls.
    ("path to nowhere", Cuba(&["/controls/0/paths/1 = \"projections[9].weight\""]), &[("controls[0].paths[1]", "NoSuchPlace", "“projections[9].weight” leads to no number that can be set. Write a path such as projections[0].weight")]),
    ("path to what is fixed", Cuba(&["/controls/0/paths/1 = \"populations[0].size\""]), &[("controls[0].paths[1]", "NoSuchPlace", "“populations[0].size” leads")]),
    ("path that is none", Cuba(&["/controls/0/paths/1 = \"weight\""]), &[("controls[0].paths[1]", "NoSuchPlace", "“weight” leads")]),
    ("control of nothing", Cuba(&["/controls/0/paths = []"]), &[("controls[0]", "ControlWithoutTarget", "the control moves nothing. Add the path of a value")]),
    ("control without paths", Cuba(&["/controls/1/paths"]), &[("controls[1]", "ControlWithoutTarget", "the control moves nothing. Add")]),
    ("control reversed", Cuba(&["/controls/0/min = 60"]), &[("controls[0]", "ReversedRange", "the range runs from 60 down to 50. Swap the two numbers.")]),
    ("control of no width", Cuba(&["/controls/0/min = 50"]), &[("controls[0]", "ReversedRange", "the range begins and ends at 50. Give two different numbers.")]),
    ("logarithm of zero", Cuba(&["/controls/0/log = true"]), &[("controls[0].min", "OutOfRange", "0 is out of range. Give a value from 0.000001")]),
    ("control to infinity", Spec(|s| s.controls[0].max = f64::INFINITY), &[("controls[0].max", "NotFinite", "inf is not")]),

    // Several at once: all are told.
    ("four of form", Cuba(&["/seed = 1.25", "/populations/1/size = \"many\"", "/projections/3/weight", "/controls/2/log = \"no\""]), &[
        ("seed", "NotWhole", "1.25"),
        ("populations[1].size", "WrongType", "\"many\""),
        ("projections[3]", "MissingKey", "“weight”"),
        ("controls[2].log", "WrongType", "\"no\""),
    ]),
    ("six of value", Cuba(&["/dt_ms = 20", "/populations/0/params/C_m = -200", "/populations/1/model = \"lif\"", "/projections/1/target = \"Y\"", "/projections/3/delay_ms = 0.01", "/controls/1/max = -400"]), &[
        ("dt_ms", "OutOfRange", "20 ms"),
        ("populations[0].params.C_m", "OutOfRange", "-200 pF"),
        ("populations[1].model", "UnknownName", "“lif”"),
        ("projections[1].target", "UnknownName", "“Y”"),
        ("projections[3].delay_ms", "DelayBelowStep", "0.01 ms"),
        ("controls[1]", "ReversedRange", "from -300 down to -400"),
    ]),
    ("three in one projection", Cuba(&["/projections/2/source = \"P\"", "/projections/2/target = \"Q\"", "/projections/2/rule = \"R\""]), &[
        ("projections[2].source", "UnknownName", "“P”"),
        ("projections[2].target", "UnknownName", "“Q”"),
        ("projections[2].rule", "UnknownName", "“R”"),
    ]),
    ("two in one population", Cuba(&["/populations/1/params/V_th = -1e10"]), &[
        ("populations[1].params.V_th", "OutOfRange", "-10000000000 mV"),
        ("populations[1].params", "NotOrdered", "V_reset = -60 must be below V_th = -10000000000"),
    ]),
];

/// Edits after which CUBA is still a good network: the limits themselves are inside.
const GOOD: &[&[&str]] = &[
    &[],
    &["/version = 1.0"],
    &["/projections/0/receptor = \"in\""],
    &[CONDUCTANCES[0], CONDUCTANCES[1], EDGES_TO_E],
    &["/seed = 0"],
    &["/seed = 4294967295"],
    &["/seed"],
    &["/name"],
    &["/dt_ms"],
    &["/projections", "/controls"],
    &["/controls"],
    &["/populations/0/params"],
    &["/populations/0/init"],
    &["/populations/0/init/V_m = -55"],
    &["/populations/0/init/V_m/uniform = [-55, -55]"],
    &["/populations/0/params/V_th = {\"uniform\": [-59.9, -50]}"],
    &["/populations/0/params/tau_m = {\"normal\": [20, 5], \"min\": 5}"],
    &["/populations/0/size = 1"],
    &["/populations/0/size = 3200.0"],
    &["/populations/0/params/V_reset = -50.000001"],
    &["/populations/0/params/t_ref = 0"],
    &["/projections/0/delay_ms = 1000"],
    &["/projections/0/delay_ms = 0.14"],
    &["/projections/0/weight = 0"],
    &["/projections/0/indegree = 0"],
    &[BERNOULLI, "/projections/0/p = 0"],
    &[BERNOULLI, "/projections/0/p = 1"],
    &[
        "/projections/0/allow_autapses = false",
        "/projections/0/allow_multapses = false",
        "/projections/0/indegree = 3199",
    ],
    &["/projections/1/allow_multapses = false", "/projections/1/indegree = 3200"],
    &[SYMMETRIC, "/projections/0/allow_autapses = false"],
    &[SMALL_WORLD],
    &[GRID, SPATIAL],
    &[GRID, FREE, SPATIAL, "/projections/0/target = \"I\""],
    &[EDGES],
    &[EDGES, "/projections/0/edges = []"],
    &[POISSON],
    &[POISSON, FROM_S, "/stimuli/0/params = {\"rate\": 0}"],
    &[POISSON, FROM_S, "/stimuli/0/params = {\"rate\": 640000}"],
    &[LISTED, FROM_S],
    &[LISTED, FROM_S, "/stimuli/0/spike_times = []"],
    &[LISTED, FROM_S, "/stimuli/0/spike_times = [0.1, 429496729.5]"],
    &[STEPS, FROM_S],
    &[STEPS, FROM_S, "/stimuli/0/amplitude_times = [5, 5]"],
    &[RATES, FROM_S, "/stimuli/0/rate_values = [640000, 0]"],
    &[PACKETS, FROM_S, "/stimuli/0/params = {\"activity\": 10000, \"sdev\": 0}"],
    &[CODE, FROM_S, "/stimuli/0/values = [0, 1]"],
    &["/controls/0/min = 1e-6", "/controls/0/log = true"],
];

/// A stimulus with lists, by the API.
fn stimulus(model: &str, lists: &[(&str, &[f64])]) -> StimulusSpec {
    let lists = lists.iter().map(|&(name, numbers)| (name.to_owned(), numbers.to_vec())).collect();
    StimulusSpec { name: "S".into(), model: model.into(), params: Vec::new(), lists }
}

fn cuba() -> String {
    gallery::find("cuba").expect("the gallery has CUBA").json.into()
}

/// CUBA with edits.
fn edited(edits: &[&str]) -> String {
    let mut value: Value = serde_json::from_str(&cuba()).expect("JSON");
    for edit in edits {
        let (pointer, new) = edit.split_once('=').map_or((*edit, None), |(p, v)| (p.trim(), Some(v)));
        let new = new.map(|v| serde_json::from_str(v).unwrap_or_else(|e| panic!("{edit}: {e}")));
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer begins with /");
        match (value.pointer_mut(parent).unwrap_or_else(|| panic!("{edit}: no such place")), new) {
            (Value::Object(map), Some(new)) => _ = map.insert(key.into(), new),
            (Value::Object(map), None) => _ = map.remove(key).unwrap_or_else(|| panic!("{edit}: nothing there")),
            (Value::Array(list), Some(new)) if key == "-" => list.push(new),
            (Value::Array(list), Some(new)) => list[key.parse::<usize>().expect("an index")] = new,
            _ => panic!("{edit}: neither an object nor a list"),
        }
    }
    value.to_string()
}

/// All that is told of a text: its form, or else its values.
fn told_of(json: &str) -> Vec<SpecError> {
    NetworkSpec::from_json(json).and_then(|spec| Wiring::new(spec, MEMORY)).err().unwrap_or_default()
}

fn told(given: &Given) -> Vec<SpecError> {
    match given {
        Cuba(edits) => told_of(&edited(edits)),
        Text(text) => told_of(text),
        Made(make) => told_of(&make()),
        Spec(change) => {
            let mut spec = NetworkSpec::from_json(&cuba()).expect("CUBA is good");
            change(&mut spec);
            Wiring::new(spec, MEMORY).err().unwrap_or_default()
        }
    }
}

/// Lists the variants of `Mistake`; the compiler refuses a list that lacks one.
macro_rules! kinds {
    ($($kind:ident),+ $(,)?) => {
        const KINDS: &[&str] = &[$(stringify!($kind)),+];

        fn kind(mistake: &Mistake) -> &'static str {
            match mistake {
                $(Mistake::$kind { .. } => stringify!($kind),)+
            }
        }
    };
}

kinds! {
    Syntax, WrongType, MissingKey, UnknownKey, WrongVersion, NotFinite, OutOfRange, NotWhole, EmptyName, LongName,
    DuplicateName, NoPopulation, UnknownName, StimulusAsTarget, RuleForStimulus, OptionNeeded, TooFewPartners,
    UnequalSizes, TwoPopulations, NoPositions, TwoSurfaces, GridSize, NotOrdered, ReversedRange, DelayBelowStep,
    DelayTooLong, TooManyEvents, DelaysOfPlastic, DistributionForStimulus, DistributionOfCount, SynapseForStimulus, NoModulator,
    ModulatorNotTaken, ReceptorOfCurrent, TimesNotRising, TimeTooEarly, UnequalLists, NotRows, TargetsDiffer, TooLong, LongText, BrokenLink,
    ControlWithoutTarget, NoSuchPlace, TooManyNeurons, TooMuchMemory,
}

#[test]
fn each_mistake_is_told_at_its_place() {
    let mut wrong = Vec::new();
    for (name, given, want) in CASES {
        let errors = told(given);
        let as_wanted = |(error, (at, kind, words)): (&SpecError, &Told)| {
            error.at == *at && self::kind(&error.mistake) == *kind && error.message(Lang::En).contains(words)
        };
        if errors.len() != want.len() || !errors.iter().zip(*want).all(as_wanted) {
            let told: Vec<String> = errors.iter().map(|e| format!("\n    {} {e}", kind(&e.mistake))).collect();
            wrong.push(format!("{name}: wanted {want:?}, told{}", told.concat()));
        }
    }
    assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
}

/// A mistake in no specification: the page tells it of links, and its tests make it.
const ELSEWHERE: &str = "BrokenLink";

#[test]
fn a_user_can_make_every_kind_of_mistake() {
    let told: Vec<&str> = CASES.iter().flat_map(|(_, _, told)| told.iter().map(|(_, kind, _)| *kind)).collect();
    for kind in KINDS.iter().filter(|kind| **kind != ELSEWHERE) {
        assert!(told.contains(kind), "no case is told {kind}");
    }
}

#[test]
fn every_message_says_what_is_wrong_and_what_to_do_in_both_languages() {
    for (name, given, _) in CASES {
        for error in told(given) {
            let (en, zh) = (error.message(Lang::En), error.message(Lang::Zh));
            assert!(en.ends_with(['.', '?']), "{name}: “{en}” ends without a full stop");
            assert!(zh.ends_with(['。', '？']), "{name}: “{zh}” ends without a full stop");
            assert!(en.contains(". "), "{name}: “{en}” has no remedy");
            assert!(zh.matches(['。', '？']).count() > 1, "{name}: “{zh}” has no remedy");
            assert!(zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{name}: “{zh}” is not Chinese");
            assert!(en.chars().count() < 400 && error.at.chars().count() < 200, "{name}: “{en}” fits no line");
            for fact in facts(&en) {
                assert!(zh.contains(fact), "{name}: “{zh}” lacks “{fact}”");
            }
            let place = if error.at.is_empty() { "specification" } else { &error.at };
            assert_eq!(error.to_string(), format!("{place}: {en}"), "{name}");
        }
    }
}

/// What a message says in any language: words with a digit in them, and what stands in quotes.
fn facts(message: &str) -> Vec<&str> {
    let numbers = message.split([' ', '“', '”']).map(|word| word.trim_matches(['.', ',', '(', ')', '?', '"', ':']));
    let numbers = numbers.filter(|word| word.contains(|c: char| c.is_ascii_digit()));
    let quoted = message.split('“').skip(1).filter_map(|rest| rest.split('”').next());
    numbers.chain(quoted).collect()
}

#[test]
fn no_two_mistakes_are_told_in_the_same_words() {
    let mut seen = HashMap::new();
    for (name, given, _) in CASES {
        for error in told(given) {
            if let Some(other) = seen.insert(error.to_string(), name) {
                panic!("“{name}” and “{other}” are both told “{error}”");
            }
        }
    }
}

#[test]
fn limits_themselves_are_good() {
    for edits in GOOD {
        assert_eq!(told_of(&edited(edits)), [], "{edits:?}");
    }
}

/// A text with a mistake in every line is answered by the first of them, soon and in little memory.
#[test]
fn mistakes_without_number_are_told_up_to_a_hundred() {
    let many = |n: usize, entry: fn(usize) -> String| (0..n).map(entry).collect::<Vec<_>>().join(",");
    let named = |names: String, wires: String| {
        format!("{{\"version\": 1, \"populations\": [{names}], \"projections\": [{wires}]}}")
    };
    let population = |i: usize| format!("{{\"name\": \"{i:064}\", \"size\": 1, \"model\": \"iaf_psc_exp\"}}");
    let nowhere =
        |_: usize| r#"{"source": "?", "target": "?", "rule": "all_to_all", "weight": 1, "delay_ms": 1}"#.to_owned();
    let entry = |i: usize| format!("\"key {i}\": 0");
    let params = "{\"name\": \"E\", \"size\": 1, \"model\": \"iaf_psc_exp\", \"params\": {";
    for text in [
        named(many(1000, population), many(10_000, nowhere)),
        named(String::new(), format!("{{\"rule\": \"all_to_all\", {}}}", many(100_000, entry))),
        named(String::new(), format!("{{\"rule\": 0, {}}}", many(100_000, entry))),
        named(format!("{params}{}}}}}", many(100_000, entry)), String::new()),
        named(many(1000, |_| "0".into()), String::new()),
    ] {
        let errors = told_of(&text);
        assert_eq!(errors.len(), MOST_ERRORS);
        assert!(errors.iter().all(|e| e.message(Lang::En).len() < 4000));
    }
    // The keys beside an unknown rule are not judged.
    let text = named(String::new(), format!("{{\"rule\": \"?\", {}}}", many(100_000, entry)));
    assert_eq!(told_of(&text).len(), 4, "source, target, weight and delay are missing");
}

/// A delay costs memory, so that a network in motion is held to its limit too.
#[test]
fn a_longer_delay_may_not_take_more_memory_than_there_is() {
    let spec = NetworkSpec::from_json(&cuba()).expect("CUBA is good");
    let mut network = Network::new(spec.clone(), 1e8).expect("CUBA is small");
    let mut longer = spec.clone();
    assert!(longer.set("projections[0].delay_ms", 1000.0));
    let errors = network.apply(longer).expect_err("320 MB are more than 100");
    assert_eq!(errors.iter().map(|e| kind(&e.mistake)).collect::<Vec<_>>(), ["TooMuchMemory"]);
    assert_eq!(network.spec, spec);
}
