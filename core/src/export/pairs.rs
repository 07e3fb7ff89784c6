//! The connection rules in numpy, for targets that do not have them: source and target of every synapse.

use alloc::{format, string::String, vec::Vec};

use super::{
    layout::{number, quoted, wrapped},
    python::Python,
};
use crate::{
    rule::{self, Edge, Needs},
    space::Layout,
    spec::{Distribution, NetworkSpec, ProjectionSpec},
};

/// A rule in numpy.
struct Written {
    name: &'static str,
    /// A function of the numbers of sources and targets, the rule's parameters, and the two options.
    code: &'static str,
    /// Names of the rules that it uses.
    uses: &'static [&'static str],
}

const WRITTEN: &[Written] = &[
    Written {
        name: "fixed_indegree",
        code: r#"

def fixed_indegree(n_source, n_target, indegree, autapses=True, multapses=True):
    """Source and target of each synapse; every target draws its sources."""
    others = n_source - (not autapses)
    post = np.repeat(np.arange(n_target), indegree)
    if multapses:
        pre = rng.integers(others, size=len(post))
    else:
        draws = [rng.choice(others, indegree, replace=False) for _ in range(n_target)]
        pre = np.concatenate([np.zeros(0, int), *draws])
    return pre + (0 if autapses else pre >= post), post
"#,
        uses: &[],
    },
    Written {
        name: "fixed_outdegree",
        code: r#"

def fixed_outdegree(n_source, n_target, outdegree, autapses=True, multapses=True):
    """Source and target of each synapse; every source draws its targets."""
    post, pre = fixed_indegree(n_target, n_source, outdegree, autapses, multapses)
    return pre, post
"#,
        uses: &["fixed_indegree"],
    },
    Written {
        name: "fixed_total_number",
        code: r#"

def fixed_total_number(n_source, n_target, N, autapses=True, multapses=True):
    """Source and target of N synapses, drawn from all pairs."""
    others = n_source - (not autapses)
    draw = rng.integers(others * n_target, size=N) if multapses else rng.choice(others * n_target, N, replace=False)
    pre, post = draw % others, draw // others
    return pre + (0 if autapses else pre >= post), post
"#,
        uses: &[],
    },
    Written {
        name: "pairwise_bernoulli",
        code: r#"

def pairwise_bernoulli(n_source, n_target, p, autapses=True, multapses=True):
    """Source and target of each synapse; every pair is connected with probability p."""
    pairs = (n_source - (not autapses)) * n_target
    return fixed_total_number(n_source, n_target, rng.binomial(pairs, p), autapses, multapses=False)
"#,
        uses: &["fixed_total_number"],
    },
    Written {
        name: "symmetric_pairwise_bernoulli",
        code: r#"

def symmetric_pairwise_bernoulli(n_source, n_target, p, autapses=False, multapses=True):
    """Source and target of each synapse; who chooses another with probability p is connected both ways."""
    one, other = pairwise_bernoulli(n_source, n_target, p, autapses=False)
    return np.concatenate([one, other]), np.concatenate([other, one])
"#,
        uses: &["pairwise_bernoulli"],
    },
    Written {
        name: "all_to_all",
        code: r#"

def all_to_all(n_source, n_target, autapses=True, multapses=True):
    """Source and target of each synapse: every pair."""
    others = n_source - (not autapses)
    pre, post = np.tile(np.arange(others), n_target), np.repeat(np.arange(n_target), others)
    return pre + (0 if autapses else pre >= post), post
"#,
        uses: &[],
    },
    Written {
        name: "one_to_one",
        code: r#"

def one_to_one(n_source, n_target, autapses=True, multapses=True):
    """Source and target of each synapse: neurons with the same number."""
    return np.arange(n_source), np.arange(n_target)
"#,
        uses: &[],
    },
    Written {
        name: "small_world",
        code: r#"

def small_world(n_source, n_target, k, p, autapses=True, multapses=True):
    """Source and target of each synapse: the k nearest on a ring, or with probability p somebody beyond them."""
    step = np.arange(k) // 2 + 1
    near = np.where(np.arange(k) % 2, step, -step)
    pre = []
    for target in range(n_target):
        kept = near[rng.random(k) > p]
        beyond = k // 2 + 1 + rng.choice(n_source - 1 - k, k - len(kept), replace=False)
        pre.append((target + np.concatenate([kept, beyond])) % n_source)
    return np.concatenate(pre), np.repeat(np.arange(n_target), k)
"#,
        uses: &[],
    },
    Written {
        name: "spatial",
        code: r#"

def spatial(source, target, probability, wrap=None, autapses=True):
    """Source and target of each synapse; the probability depends on the distance in mm. Edges meet at `wrap`."""
    pre, post = [], []
    for j, place in enumerate(target):
        way = np.abs(source - place)
        distance = np.hypot(*(way if wrap is None else np.minimum(way, np.abs(wrap - way))).T)
        chosen = np.flatnonzero(rng.random(len(source)) < probability(distance))
        chosen = chosen if autapses else chosen[chosen != j]
        pre.append(chosen)
        post.append(np.full(len(chosen), j))
    return np.concatenate(pre), np.concatenate(post)
"#,
        uses: &[],
    },
];

/// An expression for source and target of every synapse of a projection between populations.
pub(super) fn pairs(py: &mut Python, spec: &NetworkSpec, p: &ProjectionSpec) -> Option<String> {
    let rule = rule::find(&p.rule)?;
    let spares = p.source == p.target && !p.allow_autapses;
    let numbered = |name: &str| spec.populations.iter().find(|q| q.name == name);
    match rule.needs {
        Needs::Edges => {
            // A test of core's keeps autapses out of no list, so an option that forbids them is obeyed here.
            let kept = p.edges.iter().filter(|e| !(spares && e.source == e.target));
            let items = kept.map(|e| format!("[{}, {}]", e.source, e.target));
            Some(wrapped("np.array([", items, "], int).reshape(-1, 2).T"))
        }
        Needs::Positions(_) => {
            require(py, "spatial");
            let value = |name: &str| p.params.iter().find(|(n, _)| n == name).map_or(0.0, |(_, v)| *v);
            let at_distance = match rule.name {
                "spatial_gaussian" => format!("np.exp(-d**2 / (2.0 * {:?}**2))", value("std")),
                "spatial_exponential" => format!("np.exp(-d / {:?})", value("beta")),
                _ => format!("(d <= {:?})", value("radius")),
            };
            let wrap = numbered(&p.source).and_then(|q| q.positions).filter(|layout| layout.edge_wrap);
            let wrap = wrap.map_or("None".into(), |layout| format!("np.array({:?})", layout.extent));
            let ends = [&p.source, &p.target].map(|name| format!("positions[{}]", quoted(name)));
            let options = if spares { ", autapses=False" } else { "" };
            Some(format!(
                "spatial({}, {}, lambda d: {:?} * {at_distance}, {wrap}{options})",
                ends[0],
                ends[1],
                value("p")
            ))
        }
        Needs::Nothing => {
            require(py, rule.name);
            let mut arguments: Vec<String> =
                [&p.source, &p.target].map(|name| format!("sizes[{}]", quoted(name))).into();
            let is_count =
                |name: &str| rule.params.iter().any(|q| q.name == name && q.unit == crate::units::Unit::Count);
            let value = |(name, v): &(String, f64)| if is_count(name) { super::layout::count(*v) } else { number(*v) };
            arguments.extend(p.params.iter().map(value));
            arguments.extend(spares.then(|| "autapses=False".into()));
            arguments.extend((!p.allow_multapses).then(|| "multapses=False".into()));
            Some(format!("{}({})", rule.name, arguments.join(", ")))
        }
    }
}

/// The function of a rule, behind those it uses.
fn require(py: &mut Python, name: &str) {
    if let Some(written) = WRITTEN.iter().find(|w| w.name == name) {
        written.uses.iter().for_each(|used| require(py, used));
        py.needs(written.code);
    }
}

/// Where the neurons of a population stand, in mm.
pub(super) fn places(layout: &Layout, size: u64) -> String {
    let [width, height] = layout.extent;
    match layout.grid {
        Some([columns, rows]) => format!(
            "np.stack(np.meshgrid((np.arange({columns}) + 0.5) / {columns} - 0.5, 0.5 - (np.arange({rows}) + 0.5) / {rows}, \
             indexing=\"ij\"), -1).reshape(-1, 2) * [{width:?}, {height:?}]"
        ),
        None => format!(
            "rng.uniform([{:?}, {:?}], [{:?}, {:?}], ({size}, 2))",
            -width / 2.0,
            -height / 2.0,
            width / 2.0,
            height / 2.0
        ),
    }
}

/// Weight or delay of every synapse of `pairs`: as the projection has it, but for edges that have their own.
pub(super) fn own_or_drawn(
    py: &mut Python,
    p: &ProjectionSpec,
    own: fn(&Edge) -> Option<f64>,
    shared: Distribution,
) -> String {
    let drawn = py.drawn(shared, "len(pairs[0])");
    let spares = p.source == p.target && !p.allow_autapses;
    let kept = || p.edges.iter().filter(move |e| !(spares && e.source == e.target));
    if kept().all(|edge| own(edge).is_none()) {
        return drawn;
    }
    if let Some(shared) = shared.constant() {
        return wrapped("np.array([", kept().map(|edge| number(own(edge).unwrap_or(shared))), "])");
    }
    let items = kept().map(|edge| own(edge).map_or("np.nan".into(), number));
    format!("(lambda own: np.where(np.isnan(own), {drawn}, own))({})", wrapped("np.array([", items, "])"))
}
