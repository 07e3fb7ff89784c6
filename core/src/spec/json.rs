//! The JSON form of a network, version 1: reading with every mistake at once, and writing.

use alloc::{
    borrow::ToOwned,
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};
use serde_json::{Map, Value, json};

use super::{
    ControlSpec, Distribution, NetworkSpec, PopulationSpec, ProjectionSpec, StimulusSpec, VERSION,
    reader::{Object, Reader, describe},
};
use crate::{
    error::{Kind, Mistake, Named, SpecError, clipped},
    param::Range,
    rule::{self, Edge, Needs, Rule},
    space::Layout,
    stimulus::{self, List},
    synapse,
};

/// Longest text that is read, in bytes: a hundred times what the largest sensible network takes.
const LONGEST_TEXT: usize = 32 << 20;
/// Most populations and most stimuli: what a person can still name.
const MOST_NAMED: usize = 1000;
/// Most projections, controls, and paths of a control: enough to connect a hundred populations with each other.
const MOST_ENTRIES: usize = 10_000;
/// Most edges of a projection: so many, indented and with all their digits, are still read again.
const MOST_EDGES: usize = 300_000;

/// 2^53: the largest whole number that JSON programs agree on.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;
/// The member of a project that is the page's.
pub const PAGE: &str = "page";
/// The only places of neurons that are on no grid.
const UNIFORM: &str = "uniform";

impl NetworkSpec {
    /// Reads a network. The names of models and the values are not judged here, only the form.
    ///
    /// # Errors
    /// Every mistake of form in the text, each with its path; of more than [`crate::error::MOST_ERRORS`], the first.
    pub fn from_json(text: &str) -> Result<NetworkSpec, Vec<SpecError>> {
        let mut reader = Reader::default();
        let spec = NetworkSpec::read(&mut reader, &parse(text)?);
        reader.result(spec)
    }

    /// Reads the network of a project. What the page keeps beside it, under `page`, is left to the page.
    pub fn read(reader: &mut Reader, value: &Value) -> Option<NetworkSpec> {
        read_network(reader, value)
    }

    /// Writes the network as indented JSON that [`NetworkSpec::from_json`] reads back to the same.
    pub fn to_json(&self) -> String {
        indented(&self.to_value())
    }

    /// The network as a JSON object.
    pub fn to_value(&self) -> Value {
        let mut root = Map::new();
        root.insert("version".into(), json!(VERSION));
        root.insert("name".into(), json!(self.name));
        root.insert("seed".into(), json!(self.seed));
        root.insert("dt_ms".into(), json!(self.dt_ms));
        root.insert("populations".into(), self.populations.iter().map(write_population).collect());
        let mut lists: Vec<(&str, Value)> = vec![
            ("stimuli", self.stimuli.iter().map(write_stimulus).collect()),
            ("projections", self.projections.iter().map(write_projection).collect()),
            ("controls", self.controls.iter().map(write_control).collect()),
        ];
        lists.retain(|(_, list)| list.as_array().is_some_and(|l| !l.is_empty()));
        root.extend(lists.into_iter().map(|(key, list)| (key.to_owned(), list)));
        Value::Object(root)
    }
}

/// The JSON value of a text.
///
/// # Errors
/// The text is too long, or not JSON.
pub fn parse(text: &str) -> Result<Value, Vec<SpecError>> {
    if text.len() > LONGEST_TEXT {
        return Err(vec![SpecError::new("", Mistake::LongText { bytes: text.len(), limit: LONGEST_TEXT })]);
    }
    serde_json::from_str(text).map_err(|e| vec![SpecError::new("", syntax(&e))])
}

/// A value as indented JSON, with the end of a line behind it.
pub fn indented(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("a JSON value can be written");
    text.push('\n');
    text
}

fn syntax(error: &serde_json::Error) -> Mistake {
    let whole = error.to_string();
    let reason = whole.split(" at line ").next().unwrap_or_default().to_owned();
    Mistake::Syntax { line: error.line(), column: error.column(), reason }
}

fn read_network(r: &mut Reader, value: &Value) -> Option<NetworkSpec> {
    const KEYS: &[&str] =
        &["version", "name", "seed", "dt_ms", "populations", "stimuli", "projections", "controls", PAGE];
    // A file of another version may have other keys, so its version is judged first and alone.
    if let Some(version) = value.get("version").filter(|v| v.as_f64() != Some(f64::from(VERSION))) {
        r.fail("version", Mistake::WrongVersion { found: describe(version), supported: VERSION });
        return None;
    }
    let root = r.object(String::new(), value, KEYS)?;
    if let Some(page) = root.get(PAGE) {
        r.any_object(root.place(PAGE), page);
    }
    r.whole(&root, "version", None, f64::from(VERSION), f64::from(VERSION));
    let seed = r.whole(&root, "seed", Some(1.0), 0.0, f64::from(u32::MAX)) as u32;
    Some(NetworkSpec {
        name: r.text(&root, "name", Some("")),
        seed,
        dt_ms: r.number(&root, "dt_ms", Some(0.1)),
        populations: read_list(r, &root, "populations", MOST_NAMED, read_population),
        stimuli: read_list(r, &root, "stimuli", MOST_NAMED, read_stimulus),
        projections: read_list(r, &root, "projections", MOST_ENTRIES, read_projection),
        controls: read_list(r, &root, "controls", MOST_ENTRIES, read_control),
    })
}

fn read_list<T>(
    r: &mut Reader,
    object: &Object,
    key: &str,
    most: usize,
    read: impl Fn(&mut Reader, String, &Value) -> Option<T>,
) -> Vec<T> {
    r.list(object, key, most).into_iter().filter_map(|(at, value)| read(r, at, value)).collect()
}

fn read_population(r: &mut Reader, at: String, value: &Value) -> Option<PopulationSpec> {
    let object = r.object(at, value, &["name", "size", "model", "params", "init", "positions", "lesions"])?;
    Some(PopulationSpec {
        name: r.text(&object, "name", None),
        size: r.whole(&object, "size", None, 1.0, LARGEST_WHOLE),
        model: r.text(&object, "model", None),
        params: read_distributions(r, &object, "params"),
        init: read_distributions(r, &object, "init"),
        positions: object.get("positions").and_then(|value| read_positions(r, object.place("positions"), value)),
        lesions: read_list(r, &object, "lesions", MOST_ENTRIES, read_lesion),
    })
}

fn read_lesion(r: &mut Reader, at: String, value: &Value) -> Option<[u64; 2]> {
    let ends = r.as_pair(&at, value, Kind::Stretch)?;
    Some(ends.map(|(at, value)| r.as_whole(&at, value, 0.0, LARGEST_WHOLE)))
}

/// The layouts of NEST's `nest.spatial.grid` and, with uniform places, `nest.spatial.free`.
fn read_positions(r: &mut Reader, at: String, value: &Value) -> Option<Layout> {
    let is_grid = value.get("grid").is_some();
    let object = r.object(at, value, &[if is_grid { "grid" } else { "free" }, "extent", "edge_wrap"])?;
    let grid = if is_grid {
        let counts = r.pair(&object, "grid", Kind::Grid)?;
        Some(counts.map(|(at, value)| r.as_whole(&at, value, 1.0, LARGEST_WHOLE)))
    } else {
        let free = r.text(&object, "free", None);
        if free != UNIFORM && object.get("free").is_some() {
            let known = vec![UNIFORM.into()];
            r.fail(object.place("free"), Mistake::UnknownName { what: Named::Placement, name: clipped(&free), known });
        }
        None
    };
    let extent = r.pair(&object, "extent", Kind::Extent)?.map(|(at, value)| r.as_number(&at, value));
    Some(Layout { grid, extent, edge_wrap: r.boolean(&object, "edge_wrap", false) })
}

fn read_params(r: &mut Reader, object: &Object, key: &str) -> Vec<(String, f64)> {
    let entries = r.entries(object, key);
    entries.into_iter().map(|(at, name, value)| (name.to_owned(), r.as_number(&at, value))).collect()
}

fn read_distributions(r: &mut Reader, object: &Object, key: &str) -> Vec<(String, Distribution)> {
    let entries = r.entries(object, key);
    entries.into_iter().filter_map(|(at, name, value)| Some((name.to_owned(), r.distribution(&at, value)?))).collect()
}

/// The lists of a model stand beside its name, as in NEST's dictionaries.
fn read_stimulus(r: &mut Reader, at: String, value: &Value) -> Option<StimulusSpec> {
    let name = value.get("model").and_then(Value::as_str);
    let model = name.and_then(stimulus::find);
    let lists = model.map_or(&[][..], |model| model.lists);
    // An unknown model is one mistake; the keys beside it are then not judged.
    let object = if name.is_some() && model.is_none() {
        r.any_object(at, value)?
    } else {
        let known: Vec<&str> = ["name", "model", "params"].into_iter().chain(lists.iter().map(|l| l.name)).collect();
        r.object(at, value, &known)?
    };
    let list = |r: &mut Reader, list: &List| {
        let entries = r.list(&object, list.name, list.most);
        (list.name.to_owned(), entries.into_iter().map(|(at, value)| r.as_number(&at, value)).collect())
    };
    let mut lists: Vec<(String, Vec<f64>)> = lists.iter().map(|l| list(r, l)).collect();
    lists.retain(|(_, numbers)| !numbers.is_empty());
    Some(StimulusSpec {
        name: r.text(&object, "name", None),
        model: r.text(&object, "model", None),
        params: read_params(r, &object, "params"),
        lists,
    })
}

/// The parameters of a rule stand beside its name, as in NEST's connection dictionaries.
fn read_projection(r: &mut Reader, at: String, value: &Value) -> Option<ProjectionSpec> {
    const KEYS: [&str; 11] = [
        "source",
        "target",
        "rule",
        "receptor",
        "weight",
        "delay_ms",
        "synapse",
        "synapse_params",
        "modulator",
        "allow_autapses",
        "allow_multapses",
    ];
    let name = value.get("rule").and_then(Value::as_str);
    let rule = name.and_then(rule::find);
    let params = rule.map_or(&[][..], |rule| rule.params);
    // An unknown rule is one mistake; the keys beside it are then not judged.
    let object = if name.is_some() && rule.is_none() {
        r.any_object(at, value)?
    } else {
        let edges = takes_edges(rule).then_some("edges");
        let known: Vec<&str> = KEYS.into_iter().chain(edges).chain(params.iter().map(|p| p.name)).collect();
        r.object(at, value, &known)?
    };
    let mut name = |key| value.get(key).map(|_| r.text(&object, key, None));
    let (receptor, modulator) = (name("receptor"), name("modulator"));
    Some(ProjectionSpec {
        source: r.text(&object, "source", None),
        target: r.text(&object, "target", None),
        rule: r.text(&object, "rule", None),
        params: params.iter().map(|p| (p.name.to_owned(), r.number(&object, p.name, None))).collect(),
        edges: if takes_edges(rule) { read_edges(r, &object) } else { Vec::new() },
        allow_autapses: r.boolean(&object, "allow_autapses", true),
        allow_multapses: r.boolean(&object, "allow_multapses", true),
        receptor,
        weight: r.distribution_of(&object, "weight"),
        delay_ms: r.distribution_of(&object, "delay_ms"),
        synapse: r.text(&object, "synapse", Some(synapse::DEFAULT)),
        synapse_params: read_params(r, &object, "synapse_params"),
        modulator,
    })
}

fn takes_edges(rule: Option<&Rule>) -> bool {
    rule.is_some_and(|rule| matches!(rule.needs, Needs::Edges))
}

fn read_edges(r: &mut Reader, object: &Object) -> Vec<Edge> {
    if r.required(object, "edges").is_none() {
        return Vec::new();
    }
    let edges = r.list(object, "edges", MOST_EDGES);
    edges.into_iter().filter_map(|(at, value)| read_edge(r, &at, value)).collect()
}

fn read_edge(r: &mut Reader, at: &str, value: &Value) -> Option<Edge> {
    let Some([source, target, own @ ..]) = value.as_array().map(Vec::as_slice).filter(|edge| edge.len() <= 4) else {
        r.wrong_type(at, Kind::Edge, value);
        return None;
    };
    let mut end = |i, value| r.as_whole(&format!("{at}[{i}]"), value, 0.0, f64::from(u32::MAX)) as u32;
    let mut edge = Edge::new(end(0, source), end(1, target));
    let mut number = |i: usize| {
        let given = own.get(i).filter(|value| !value.is_null())?;
        Some(r.as_number(&format!("{at}[{}]", i + 2), given))
    };
    (edge.weight, edge.delay_ms) = (number(0), number(1));
    Some(edge)
}

fn read_control(r: &mut Reader, at: String, value: &Value) -> Option<ControlSpec> {
    let object = r.object(at, value, &["name", "paths", "min", "max", "log"])?;
    let paths = r.list(&object, "paths", MOST_ENTRIES);
    Some(ControlSpec {
        name: r.text(&object, "name", None),
        paths: paths.into_iter().map(|(at, value)| r.as_text(&at, value)).collect(),
        min: r.number(&object, "min", None),
        max: r.number(&object, "max", None),
        log: r.boolean(&object, "log", false),
    })
}

fn write_params(params: &[(String, f64)]) -> Value {
    params.iter().map(|(name, value)| (name.clone(), json!(value))).collect::<Map<_, _>>().into()
}

fn write_distributions(given: &[(String, Distribution)]) -> Value {
    given.iter().map(|(name, value)| (name.clone(), write_distribution(*value))).collect::<Map<_, _>>().into()
}

fn write_population(p: &PopulationSpec) -> Value {
    let mut object = Map::new();
    object.insert("name".into(), json!(p.name));
    object.insert("size".into(), json!(p.size));
    object.insert("model".into(), json!(p.model));
    if !p.params.is_empty() {
        object.insert("params".into(), write_distributions(&p.params));
    }
    if !p.init.is_empty() {
        object.insert("init".into(), write_distributions(&p.init));
    }
    if let Some(layout) = &p.positions {
        object.insert("positions".into(), write_positions(layout));
    }
    if !p.lesions.is_empty() {
        object.insert("lesions".into(), json!(p.lesions));
    }
    object.into()
}

fn write_positions(layout: &Layout) -> Value {
    let mut object = Map::new();
    match layout.grid {
        Some(counts) => object.insert("grid".into(), json!(counts)),
        None => object.insert("free".into(), json!(UNIFORM)),
    };
    object.insert("extent".into(), json!(layout.extent));
    if layout.edge_wrap {
        object.insert("edge_wrap".into(), json!(true));
    }
    object.into()
}

fn write_distribution(distribution: Distribution) -> Value {
    let limited = |mut value: Value, limits: Range| {
        if limits.lo != -Range::LARGEST {
            value["min"] = json!(limits.lo);
        }
        if limits.hi != Range::LARGEST {
            value["max"] = json!(limits.hi);
        }
        value
    };
    match distribution {
        Distribution::Constant(value) => json!(value),
        Distribution::Uniform { lo, hi } => json!({ "uniform": [lo, hi] }),
        Distribution::Normal { mean, std, limits } => limited(json!({ "normal": [mean, std] }), limits),
        Distribution::Lognormal { median, sigma, limits } => limited(json!({ "lognormal": [median, sigma] }), limits),
    }
}

fn write_stimulus(s: &StimulusSpec) -> Value {
    let mut object = Map::new();
    object.insert("name".into(), json!(s.name));
    object.insert("model".into(), json!(s.model));
    if !s.params.is_empty() {
        object.insert("params".into(), write_params(&s.params));
    }
    object.extend(s.lists.iter().map(|(name, numbers)| (name.clone(), json!(numbers))));
    object.into()
}

fn write_projection(p: &ProjectionSpec) -> Value {
    let mut object = Map::new();
    object.insert("source".into(), json!(p.source));
    object.insert("target".into(), json!(p.target));
    object.insert("rule".into(), json!(p.rule));
    object.extend(p.params.iter().map(|(name, value)| (name.clone(), json!(value))));
    if takes_edges(rule::find(&p.rule)) {
        let edges = p.edges.iter().map(|edge| match (edge.weight, edge.delay_ms) {
            (None, None) => json!([edge.source, edge.target]),
            (weight, None) => json!([edge.source, edge.target, weight]),
            (weight, delay_ms) => json!([edge.source, edge.target, weight, delay_ms]),
        });
        object.insert("edges".into(), edges.collect());
    }
    for (option, is_allowed) in [("allow_autapses", p.allow_autapses), ("allow_multapses", p.allow_multapses)] {
        if !is_allowed {
            object.insert(option.into(), json!(false));
        }
    }
    if let Some(receptor) = &p.receptor {
        object.insert("receptor".into(), json!(receptor));
    }
    object.insert("weight".into(), write_distribution(p.weight));
    object.insert("delay_ms".into(), write_distribution(p.delay_ms));
    if p.synapse != synapse::DEFAULT {
        object.insert("synapse".into(), json!(p.synapse));
    }
    if !p.synapse_params.is_empty() {
        object.insert("synapse_params".into(), write_params(&p.synapse_params));
    }
    if let Some(modulator) = &p.modulator {
        object.insert("modulator".into(), json!(modulator));
    }
    object.into()
}

fn write_control(c: &ControlSpec) -> Value {
    let mut object = Map::new();
    object.insert("name".into(), json!(c.name));
    object.insert("paths".into(), json!(c.paths));
    object.insert("min".into(), json!(c.min));
    object.insert("max".into(), json!(c.max));
    if c.log {
        object.insert("log".into(), json!(true));
    }
    object.into()
}
