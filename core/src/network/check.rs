//! Finds every mistake in the values of a specification; its form was checked when it was read.

use alloc::{borrow::ToOwned, format, string::String, vec::Vec};

use super::{Memory, numbers, rule_of, too_much, values as param_values};
use crate::{
    error::{LONGEST_NAME, MOST_ERRORS, Mistake, Named, SpecError, clipped},
    neuron,
    param::{Param, Range},
    rng::{CountTable, MAX_STREAMS},
    rule,
    space::Layout,
    spec::{Distribution, NetworkSpec, ProjectionSpec, StimulusSpec},
    stimulus::{self, Entries, List, Sends, StimulusModel},
    synapse,
    units::{Unit, steps_from_ms},
};

mod receptor;

/// Steps of dt that are allowed, ms: below, a second would take a million steps; above, no neuron model holds.
const DT_MS: Range = Range::between(0.001, 10.0);
/// Longest delay in steps: each step of it costs four bytes for each sum of a neuron, and a synapse keeps its own in 16 bits.
const LONGEST_DELAY: u64 = 10_000;
/// Most neurons in all: their numbers and slots must fit 32 bits.
const MOST_NEURONS: f64 = 2_000_000_000.0;

/// Checks everything, memory too.
pub(super) fn all(spec: &NetworkSpec, memory_limit: f64) -> Result<Memory, Vec<SpecError>> {
    values(spec)?;
    let memory = Memory::of(spec);
    if memory.neurons > MOST_NEURONS {
        let mistake = Mistake::TooManyNeurons { neurons: memory.neurons, limit: MOST_NEURONS };
        return Err([SpecError::new("populations", mistake)].into());
    }
    if memory.bytes() > memory_limit {
        return Err([too_much(memory.synapses, memory.bytes(), memory_limit)].into());
    }
    Ok(memory)
}

/// Checks everything but memory; tells at most [`MOST_ERRORS`] mistakes.
fn values(spec: &NetworkSpec) -> Result<(), Vec<SpecError>> {
    let mut check = Check { spec, errors: Vec::new() };
    let dt_is_good = check.number("dt_ms", spec.dt_ms, DT_MS, Unit::Millisecond);
    // A delay or a rate is judged against the step, so a wrong step is replaced to judge them at all.
    let dt_ms = if dt_is_good { spec.dt_ms } else { 0.1 };
    check.names();
    check.populations();
    check.stimuli(dt_ms);
    check.projections(dt_ms);
    check.controls();
    if check.errors.is_empty() { Ok(()) } else { Err(check.errors) }
}

/// The highest rate of which a step can carry the spikes.
fn most_hz(dt_ms: f64) -> f64 {
    CountTable::LARGEST_MEAN * 1000.0 / dt_ms
}

struct Check<'a> {
    spec: &'a NetworkSpec,
    errors: Vec<SpecError>,
}

impl Check<'_> {
    fn fail(&mut self, at: impl Into<String>, mistake: Mistake) {
        if !self.is_full() {
            self.errors.push(SpecError::new(at, mistake));
        }
    }

    fn is_full(&self) -> bool {
        self.errors.len() >= MOST_ERRORS
    }

    fn number(&mut self, at: &str, value: f64, range: Range, unit: Unit) -> bool {
        if !value.is_finite() {
            self.fail(at, Mistake::NotFinite { value: format!("{value}") });
        } else if !range.contains(value) {
            let Range { lo, hi } = range;
            self.fail(at, Mistake::OutOfRange { value, lo, hi, unit: unit.symbol().into() });
        } else if unit == Unit::Count && value != libm::floor(value) {
            self.fail(at, Mistake::NotWhole { value });
        } else {
            return true;
        }
        false
    }

    fn unknown<'n>(&mut self, at: String, what: Named, name: &str, known: impl IntoIterator<Item = &'n str>) {
        if !self.is_full() {
            let known = known.into_iter().map(ToOwned::to_owned).collect();
            self.fail(at, Mistake::UnknownName { what, name: clipped(name), known });
        }
    }

    fn names(&mut self) {
        let spec = self.spec;
        if spec.populations.is_empty() {
            self.fail("populations", Mistake::NoPopulation);
        }
        let populations = spec.populations.iter().enumerate().map(|(i, p)| (format!("populations[{i}]"), &p.name));
        let stimuli = spec.stimuli.iter().enumerate().map(|(i, s)| (format!("stimuli[{i}]"), &s.name));
        let mut seen: Vec<(&String, String)> = Vec::new();
        for (at, name) in populations.chain(stimuli) {
            let length = name.chars().count();
            if name.trim().is_empty() {
                self.fail(format!("{at}.name"), Mistake::EmptyName);
            } else if length > LONGEST_NAME {
                self.fail(format!("{at}.name"), Mistake::LongName { length, limit: LONGEST_NAME });
            }
            match seen.binary_search_by_key(&name, |(n, _)| n) {
                Ok(i) => {
                    let first = seen[i].1.clone();
                    self.fail(format!("{at}.name"), Mistake::DuplicateName { name: clipped(name), first });
                }
                Err(i) => seen.insert(i, (name, at)),
            }
        }
        for (what, length) in [("populations", spec.populations.len()), ("projections", spec.projections.len())] {
            if length > MAX_STREAMS {
                self.fail(what, Mistake::TooLong { length, limit: MAX_STREAMS });
            }
        }
    }

    fn params<T: Copy + Into<Distribution>>(&mut self, at: &str, known: &[Param], given: &[(String, T)]) {
        for (name, value) in given {
            let value: Distribution = (*value).into();
            let at = format!("{at}.{}", clipped(name));
            match known.iter().find(|p| p.name == name) {
                Some(param) if param.unit == Unit::Count && value.constant().is_none() => {
                    self.fail(at, Mistake::DistributionOfCount);
                }
                Some(param) => {
                    self.distribution(&at, value, param.range, param.unit);
                }
                None => self.unknown(at, Named::Parameter, name, known.iter().map(|p| p.name)),
            }
        }
    }

    fn populations(&mut self) {
        let spec = self.spec;
        for (i, p) in spec.populations.iter().enumerate() {
            let at = format!("populations[{i}]");
            self.number(
                &format!("{at}.size"),
                p.size as f64,
                Range::between(1.0, 9_007_199_254_740_992.0),
                Unit::Count,
            );
            if let Some(layout) = &p.positions {
                self.layout(&format!("{at}.positions"), layout, p.size);
            }
            let last_neuron = Range::between(0.0, p.size.saturating_sub(1) as f64);
            for (j, lesion) in p.lesions.iter().enumerate() {
                let at = format!("{at}.lesions[{j}]");
                let [first, last] = lesion.map(|neuron| neuron as f64);
                let good = self.number(&format!("{at}[0]"), first, last_neuron, Unit::Count)
                    & self.number(&format!("{at}[1]"), last, last_neuron, Unit::Count);
                if good && first > last {
                    self.fail(at, Mistake::ReversedRange { lo: first, hi: last });
                }
            }
            let Some(model) = neuron::find(&p.model) else {
                let known = neuron::MODELS.iter().map(|m| m.name);
                self.unknown(format!("{at}.model"), Named::NeuronModel, &p.model, known);
                continue;
            };
            self.params(&format!("{at}.params"), model.params, &p.params);
            let params = param_values(model.params, &p.params);
            for &(below, above) in model.orders {
                let bounds =
                    |name| model.value(&params, name).expect("an order names parameters of its model").bounds();
                // Any two that are drawn must be in order.
                let ((_, below_value), (above_value, _)) = (bounds(below), bounds(above));
                if below_value >= above_value {
                    let (below, above) = (below.to_owned(), above.to_owned());
                    let mistake = Mistake::NotOrdered { below, below_value, above, above_value };
                    self.fail(format!("{at}.params"), mistake);
                }
            }
            for (name, init) in &p.init {
                let at = format!("{at}.init.{}", clipped(name));
                let Some(index) = model.state_index(name) else {
                    self.unknown(at, Named::StateVariable, name, model.state.iter().map(|s| s.name));
                    continue;
                };
                let variable = &model.state[index];
                self.distribution(&at, *init, variable.range, variable.unit);
            }
        }
    }

    /// Whether every number of a distribution is good, and whatever is drawn lies in `range`.
    fn distribution(&mut self, at: &str, given: Distribution, range: Range, unit: Unit) -> bool {
        match given {
            Distribution::Constant(value) => self.number(at, value, range, unit),
            Distribution::Uniform { lo, hi } => {
                let good = self.number(&format!("{at}.uniform[0]"), lo, range, unit)
                    & self.number(&format!("{at}.uniform[1]"), hi, range, unit);
                if good && lo > hi {
                    self.fail(format!("{at}.uniform"), Mistake::ReversedRange { lo, hi });
                }
                good
            }
            Distribution::Normal { mean, std, limits } => {
                self.clipped(at, "normal", given, (mean, std), limits, range, unit)
            }
            Distribution::Lognormal { median, sigma, limits } => {
                self.clipped(at, "lognormal", given, (median, sigma), limits, range, unit)
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of two variants of a distribution")]
    fn clipped(
        &mut self,
        at: &str,
        kind: &str,
        given: Distribution,
        (middle, spread): (f64, f64),
        limits: Range,
        range: Range,
        unit: Unit,
    ) -> bool {
        let numbers = self.number(&format!("{at}.{kind}[0]"), middle, Range::ANY, unit)
            & self.number(&format!("{at}.{kind}[1]"), spread, Range::NON_NEGATIVE, unit)
            & self.number(&format!("{at}.min"), limits.lo, Range::ANY, unit)
            & self.number(&format!("{at}.max"), limits.hi, Range::ANY, unit);
        if numbers && limits.lo > limits.hi {
            self.fail(at, Mistake::ReversedRange { lo: limits.lo, hi: limits.hi });
            return false;
        }
        let (lo, hi) = given.bounds();
        numbers
            && self.number(&format!("{at}.min"), lo, range, unit) & self.number(&format!("{at}.max"), hi, range, unit)
    }

    fn layout(&mut self, at: &str, layout: &Layout, size: u64) {
        for (i, length) in layout.extent.into_iter().enumerate() {
            self.number(&format!("{at}.extent[{i}]"), length, Range::POSITIVE, Unit::Millimetre);
        }
        if let Some([columns, rows]) = layout.grid.filter(|[columns, rows]| columns.checked_mul(*rows) != Some(size)) {
            self.fail(format!("{at}.grid"), Mistake::GridSize { columns, rows, size });
        }
    }

    fn stimuli(&mut self, dt_ms: f64) {
        let spec = self.spec;
        for (i, s) in spec.stimuli.iter().enumerate() {
            let at = format!("stimuli[{i}]");
            let Some(model) = stimulus::find(&s.model) else {
                let known = stimulus::STIMULI.iter().map(|m| m.name);
                self.unknown(format!("{at}.model"), Named::Stimulus, &s.model, known);
                continue;
            };
            self.params(&format!("{at}.params"), model.params, &s.params);
            let limit_hz = most_hz(dt_ms);
            for (name, rate_hz) in s.params.iter().filter(|(_, v)| *v > limit_hz) {
                let carries = |p: &Param| p.name == name && p.unit == Unit::Hertz && p.range.contains(*rate_hz);
                if model.params.iter().any(carries) {
                    self.fail(format!("{at}.params.{name}"), Mistake::TooManyEvents { rate_hz: *rate_hz, limit_hz });
                }
            }
            self.lists(&at, model, s, dt_ms);
        }
    }

    fn lists(&mut self, at: &str, model: &StimulusModel, stimulus: &StimulusSpec, dt_ms: f64) {
        for (name, entries) in &stimulus.lists {
            let at = format!("{at}.{}", clipped(name));
            match model.lists.iter().find(|list| list.name == name) {
                Some(list) => self.list(&at, list, entries, dt_ms),
                None => self.unknown(at, Named::List, name, model.lists.iter().map(|list| list.name)),
            }
        }
        for list in model.lists {
            let length = numbers(list.name, &stimulus.lists).len();
            match list.entries {
                Entries::PerTime(other) => {
                    let wanted = numbers(other, &stimulus.lists).len();
                    if length != wanted {
                        let mistake = Mistake::UnequalLists { length, other: other.into(), wanted };
                        self.fail(format!("{at}.{}", list.name), mistake);
                    }
                }
                Entries::Rows => {
                    let name = &stimulus.name;
                    let reached = self.spec.projections.iter().find(|p| p.source == *name).map(|p| &p.target);
                    let Some(p) = self.spec.populations.iter().find(|p| Some(&p.name) == reached) else { continue };
                    if length == 0 || !(length as u64).is_multiple_of(p.size.max(1)) {
                        let mistake = Mistake::NotRows { length, name: clipped(&p.name), neurons: p.size };
                        self.fail(format!("{at}.{}", list.name), mistake);
                    }
                }
                Entries::Times | Entries::SpikeTimes | Entries::Any => {}
            }
        }
    }

    fn list(&mut self, at: &str, list: &List, entries: &[f64], dt_ms: f64) {
        if entries.len() > list.most {
            return self.fail(at, Mistake::TooLong { length: entries.len(), limit: list.most });
        }
        let is_times = matches!(list.entries, Entries::Times | Entries::SpikeTimes);
        let range = if is_times { Range::between(0.0, f64::from(u32::MAX) * dt_ms) } else { list.range };
        for (j, &entry) in entries.iter().enumerate() {
            let at = format!("{at}[{j}]");
            if !self.number(&at, entry, range, list.unit) {
                continue;
            }
            let limit_hz = most_hz(dt_ms);
            if list.unit == Unit::Hertz && entry > limit_hz {
                self.fail(&*at, Mistake::TooManyEvents { rate_hz: entry, limit_hz });
            }
            if list.entries == Entries::SpikeTimes && steps_from_ms(entry, dt_ms) == 0 {
                self.fail(&*at, Mistake::TimeTooEarly { time_ms: entry, dt_ms });
            }
            if is_times && j > 0 && entries[j - 1] > entry {
                self.fail(&*at, Mistake::TimesNotRising { before_ms: entries[j - 1], after_ms: entry });
            }
        }
    }

    /// A stimulus whose spikes depend on the target's number reaches populations of one size only.
    fn targets_of_code(&mut self, at: &str, projection: &ProjectionSpec) {
        let spec = self.spec;
        let model = spec.stimuli.iter().find(|s| s.name == projection.source).and_then(|s| stimulus::find(&s.model));
        if model.is_none_or(|model| model.sends != Sends::Code) {
            return;
        }
        let size = |name: &str| spec.populations.iter().find(|p| p.name == name).map(|p| p.size);
        let first = spec.projections.iter().find(|p| p.source == projection.source);
        let sizes = (first.and_then(|p| size(&p.target)), size(&projection.target));
        if let (Some(wanted), Some(neurons)) = sizes
            && wanted != neurons
        {
            self.fail(at, Mistake::TargetsDiffer { name: clipped(&projection.source), neurons, wanted });
        }
    }

    fn projections(&mut self, dt_ms: f64) {
        let spec = self.spec;
        let populations: Vec<&str> = spec.populations.iter().map(|p| p.name.as_str()).collect();
        let stimuli: Vec<&str> = spec.stimuli.iter().map(|s| s.name.as_str()).collect();
        for (i, p) in spec.projections.iter().enumerate() {
            let at = format!("projections[{i}]");
            let is_in = |names: &[&str], name: &String| names.contains(&name.as_str());
            // A name that is taken twice is the population's, so that only the second bearer of it is wrong.
            let from_population = is_in(&populations, &p.source);
            let from_stimulus = !from_population && is_in(&stimuli, &p.source);
            if !from_population && !from_stimulus {
                let known = populations.iter().chain(&stimuli).copied();
                self.unknown(format!("{at}.source"), Named::Source, &p.source, known);
            }
            if !is_in(&populations, &p.target) {
                let at = format!("{at}.target");
                if is_in(&stimuli, &p.target) {
                    self.fail(at, Mistake::StimulusAsTarget { name: clipped(&p.target) });
                } else {
                    self.unknown(at, Named::Population, &p.target, populations.iter().copied());
                }
            }
            match rule::find(&p.rule) {
                None => {
                    let known = rule::RULES.iter().map(|r| r.name);
                    self.unknown(format!("{at}.rule"), Named::Rule, &p.rule, known);
                }
                Some(rule) => {
                    let errors = self.errors.len();
                    self.params(&at, rule.params, &p.params);
                    if from_stimulus {
                        self.targets_of_code(&format!("{at}.target"), p);
                    }
                    if from_stimulus && rule.name != rule::FOR_STIMULI {
                        let (rule, wanted) = (rule.name.into(), rule::FOR_STIMULI.into());
                        self.fail(format!("{at}.rule"), Mistake::RuleForStimulus { rule, wanted });
                    }
                    let good = if self.errors.len() == errors { rule_of(spec, i) } else { None };
                    if let Some((key, mistake)) = good.and_then(|(rule, pairing)| (rule.refuses)(&pairing)) {
                        self.fail(format!("{at}.{key}"), mistake);
                    }
                }
            }
            let taken = self.receptor(&at, p, from_stimulus);
            if self.distribution(&format!("{at}.weight"), p.weight, taken.0, taken.1)
                & self.delay(&format!("{at}.delay_ms"), p.delay_ms, dt_ms)
            {
                self.synapse(&at, p, from_stimulus, taken);
                self.edges(&at, p, dt_ms, taken);
            }
        }
    }

    fn delay(&mut self, at: &str, delay: Distribution, dt_ms: f64) -> bool {
        if !self.distribution(at, delay, Range::ANY, Unit::Millisecond) {
            return false;
        }
        let ((shortest, longest), limit_ms) = (delay.bounds(), LONGEST_DELAY as f64 * dt_ms);
        let mistake = if shortest < dt_ms * (1.0 - 1e-9) {
            Mistake::DelayBelowStep { delay_ms: shortest, dt_ms }
        } else if longest / dt_ms > LONGEST_DELAY as f64 + 0.5 {
            Mistake::DelayTooLong { delay_ms: longest, limit_ms }
        } else {
            return true;
        };
        let end = if matches!(mistake, Mistake::DelayTooLong { .. }) { "max" } else { "min" };
        let is_clipped = matches!(delay, Distribution::Normal { .. } | Distribution::Lognormal { .. });
        self.fail(if is_clipped { format!("{at}.{end}") } else { at.to_owned() }, mistake);
        false
    }

    /// The weights and delays of the edges of a projection whose own are good.
    fn edges(&mut self, at: &str, p: &ProjectionSpec, dt_ms: f64, (taken, unit): (Range, Unit)) {
        let plastic = synapse::find(&p.synapse).filter(|model| model.plastic().is_some());
        let bounds =
            plastic.and_then(|model| Some((model.plastic()?.bounds)(&param_values(model.params, &p.synapse_params))));
        let range = bounds.map_or(taken, |(lo, hi)| Range::between(lo, hi));
        for (i, edge) in p.edges.iter().enumerate() {
            if let Some(weight) = edge.weight {
                self.number(&format!("{at}.edges[{i}][2]"), weight, range, unit);
            }
            if let Some(delay_ms) = edge.delay_ms {
                let at = format!("{at}.edges[{i}][3]");
                if self.delay(&at, delay_ms.into(), dt_ms)
                    && let Some(model) = plastic
                {
                    self.fail(at, Mistake::DelaysOfPlastic { synapse: model.name.into() });
                }
            }
        }
    }

    /// The synapse model of a projection whose weight and delay are good.
    fn synapse(&mut self, at: &str, p: &ProjectionSpec, from_stimulus: bool, taken: (Range, Unit)) {
        let Some(model) = synapse::find(&p.synapse) else {
            let known = synapse::SYNAPSES.iter().map(|s| s.name);
            return self.unknown(format!("{at}.synapse"), Named::Synapse, &p.synapse, known);
        };
        let before = self.errors.len();
        self.params(&format!("{at}.synapse_params"), model.params, &p.synapse_params);
        if self.errors.len() > before {
            return;
        }
        if from_stimulus {
            for (key, value) in [("weight", p.weight), ("delay_ms", p.delay_ms)] {
                if value.constant().is_none() {
                    self.fail(format!("{at}.{key}"), Mistake::DistributionForStimulus);
                }
            }
            if !matches!(model.kind, synapse::Kind::Static) {
                self.fail(format!("{at}.synapse"), Mistake::SynapseForStimulus { synapse: model.name.into() });
            }
        }
        let plastic = model.plastic();
        if let Some(plastic) = plastic {
            let (lo, hi) = (plastic.bounds)(&param_values(model.params, &p.synapse_params));
            if lo >= hi {
                return self.fail(format!("{at}.synapse_params"), Mistake::ReversedRange { lo, hi });
            }
            if self.learned(at, (lo, hi), taken) {
                self.distribution(&format!("{at}.weight"), p.weight, Range::between(lo, hi), Unit::One);
            }
            if p.delay_ms.constant().is_none() {
                self.fail(format!("{at}.delay_ms"), Mistake::DelaysOfPlastic { synapse: model.name.into() });
            }
        }
        match (&p.modulator, plastic.is_some_and(|p| p.modulation.is_some())) {
            (None, true) => self.fail(at, Mistake::NoModulator { synapse: model.name.into() }),
            (Some(_), false) => {
                self.fail(format!("{at}.modulator"), Mistake::ModulatorNotTaken { synapse: model.name.into() });
            }
            (Some(name), true) if !self.spec.populations.iter().any(|p| &p.name == name) => {
                let known = self.spec.populations.iter().map(|p| p.name.as_str());
                self.unknown(format!("{at}.modulator"), Named::Population, name, known);
            }
            _ => {}
        }
    }

    /// Whether `path` leads to a parameter of a model that is unknown, which is mistake enough.
    fn is_of_unknown_model(&self, path: &str) -> bool {
        self.errors.iter().any(|error| {
            matches!(error.mistake, Mistake::UnknownName { what: Named::NeuronModel | Named::Stimulus, .. })
                && error.at.strip_suffix("model").is_some_and(|owner| path.starts_with(owner))
        })
    }

    fn controls(&mut self) {
        let spec = self.spec;
        for (i, c) in spec.controls.iter().enumerate() {
            let at = format!("controls[{i}]");
            if c.name.trim().is_empty() {
                self.fail(format!("{at}.name"), Mistake::EmptyName);
            } else if c.name.chars().count() > LONGEST_NAME {
                let mistake = Mistake::LongName { length: c.name.chars().count(), limit: LONGEST_NAME };
                self.fail(format!("{at}.name"), mistake);
            }
            if c.paths.is_empty() {
                self.fail(&*at, Mistake::ControlWithoutTarget);
            }
            for (j, path) in c.paths.iter().enumerate() {
                if spec.get(path).is_none() && !self.is_of_unknown_model(path) {
                    self.fail(format!("{at}.paths[{j}]"), Mistake::NoSuchPlace { path: clipped(path) });
                }
            }
            let range = if c.log { Range::POSITIVE } else { Range::ANY };
            let good = self.number(&format!("{at}.min"), c.min, range, Unit::One)
                & self.number(&format!("{at}.max"), c.max, range, Unit::One);
            if good && c.min >= c.max {
                self.fail(&*at, Mistake::ReversedRange { lo: c.min, hi: c.max });
            }
        }
    }
}
