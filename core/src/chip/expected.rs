//! Networks too large for a list of their synapses, from the counts of neurons, synapses and spikes alone.
//!
//! The approximation: neurons of a population are alike, and each is a target of a source neuron with the same probability,
//! synapses over pairs, whatever the other targets are. Then the links of a multicast tree have an exact expectation: a link
//! is used unless all cores behind it are missed. For rules that draw targets at random that is right but for the number of
//! targets, which these rules fix or let repeat; for rules that follow places or lists it is not, and they are refused.

use alloc::{vec, vec::Vec};

use super::{
    anneal::Cooling,
    coarsen::Dice,
    limits::{Grid, Limits, RESOURCES, Size, Unmappable, add},
    partition::needed,
    place,
};
use crate::{network::rule_of, rule::Needs, spec::NetworkSpec};

/// Rules that choose every target alike.
const ALIKE: &[&str] = &[
    "all_to_all",
    "fixed_indegree",
    "fixed_outdegree",
    "fixed_total_number",
    "pairwise_bernoulli",
    "symmetric_pairwise_bernoulli",
];

/// Populations and the chances that their neurons are connected.
#[derive(Clone, Debug)]
pub struct Expected {
    /// Neurons of each population.
    pub neurons: Vec<u64>,
    /// Spikes of each population in a run.
    pub spikes: Vec<f64>,
    /// Synapses onto each neuron of a population, rounded up.
    pub indegree: Vec<u64>,
    /// The probability that a neuron of a population, first index, has a target in a neuron of another, second index.
    pub chance: Vec<Vec<f64>>,
}

/// How many neurons of each population a core has.
type Core = Vec<(usize, f64)>;

impl Expected {
    /// Of a specification whose populations fired so often; nothing is wired.
    ///
    /// # Errors
    /// That a projection's targets are not alike.
    pub fn of(spec: &NetworkSpec, spikes: &[u64]) -> Result<Expected, Unmappable> {
        let n = spec.populations.len();
        let neurons: Vec<u64> = spec.populations.iter().map(|p| p.size).collect();
        let (mut chance, mut synapses) = (vec![vec![0.0; n]; n], vec![0.0; n]);
        for (projection, p) in spec.projections.iter().enumerate() {
            let Some((rule, pairing)) = rule_of(spec, projection) else { continue };
            if !ALIKE.contains(&rule.name) || !matches!(rule.needs, Needs::Nothing) {
                return Err(Unmappable::NotStatistical { projection, rule: rule.name.into() });
            }
            let index = |name: &str| spec.populations.iter().position(|p| p.name == name);
            let (Some(source), Some(target)) = (index(&p.source), index(&p.target)) else { continue };
            let count = (rule.synapses)(&pairing);
            synapses[target] += count;
            let of_this = (count / (pairing.n_sources as f64 * pairing.n_targets as f64)).min(1.0);
            chance[source][target] = 1.0 - (1.0 - chance[source][target]) * (1.0 - of_this);
        }
        let each = |(count, &n): (&f64, &u64)| libm::ceil(count / n.max(1) as f64) as u64;
        let indegree = synapses.iter().zip(&neurons).map(each).collect();
        Ok(Expected { neurons, spikes: spikes.iter().map(|&s| s as f64).collect(), indegree, chance })
    }

    /// Cores filled one after the other, as [`super::partition`] does.
    fn filled(&self, grid: Grid, limits: &Limits) -> Result<Vec<Core>, Unmappable> {
        let room = limits.room();
        let (mut cores, mut load): (Vec<Core>, Size) = (vec![Vec::new()], [0; 3]);
        let (mut first, mut total) = (0, [0; 3]);
        for (population, &n) in self.neurons.iter().enumerate() {
            let size = limits.size(self.indegree[population]);
            if let Some(i) = (0..3).find(|&i| size[i] > room[i]) {
                let (neuron, resource) = (first, RESOURCES[i]);
                return Err(Unmappable::NeuronTooLarge { neuron, resource, takes: size[i], limit: room[i] });
            }
            let mut left = n;
            while left > 0 {
                let more = (0..3).map(|i| (room[i] - load[i]).checked_div(size[i]).unwrap_or(u64::MAX)).min();
                let here = more.unwrap_or(0).min(left);
                if here == 0 {
                    cores.push(Vec::new());
                    load = [0; 3];
                    continue;
                }
                let taken = size.map(|one| one * here);
                add(&mut load, &taken);
                add(&mut total, &taken);
                cores.last_mut().expect("there is a core").push((population, here as f64));
                left -= here;
            }
            first += n as u32;
        }
        if cores.len() as u64 > grid.cores() {
            let resource = needed(&total, &room).1;
            return Err(Unmappable::TooFewCores { cores: grid.cores(), needed: cores.len() as u64, resource });
        }
        Ok(cores)
    }
}

/// Expected traffic of a division on a grid.
struct Field {
    grid: Grid,
    /// The probability that a spike of a population, first index, misses a core, second index.
    miss: Vec<Vec<f64>>,
    /// Spikes that each core sends of each population.
    sent: Vec<Vec<(usize, f64)>>,
}

impl Field {
    fn new(network: &Expected, grid: Grid, cores: &[Core]) -> Field {
        let missed =
            |chance: &Vec<f64>, core: &Core| core.iter().map(|&(q, m)| libm::pow(1.0 - chance[q], m)).product();
        let miss = network.chance.iter().map(|chance| cores.iter().map(|core| missed(chance, core)).collect());
        let rate = |population: usize| network.spikes[population] / network.neurons[population].max(1) as f64;
        let sent = cores.iter().map(|core| core.iter().map(|&(q, m)| (q, m * rate(q))).collect());
        Field { grid, miss: miss.collect(), sent: sent.collect() }
    }

    /// Spikes times the cores they reach beside their own.
    fn deliveries(&self) -> f64 {
        let hit: Vec<f64> = self.miss.iter().map(|miss| miss.iter().map(|miss| 1.0 - miss).sum()).collect();
        let of = |(core, sent): (usize, &Vec<(usize, f64)>)| -> f64 {
            sent.iter().map(|&(q, spikes)| spikes * (hit[q] - (1.0 - self.miss[q][core]))).sum()
        };
        self.sent.iter().enumerate().map(of).sum()
    }

    /// Spikes times links. The links in columns depend only on the row of the source, and those in its row on its column, so
    /// that all sources of a population are told at once.
    fn hops(&self, core_at: &[u32]) -> f64 {
        let (width, height) = (self.grid.width as usize, self.grid.height as usize);
        let mut hops = 0.0;
        for (population, miss) in self.miss.iter().enumerate() {
            let missed = |x: usize, y: usize| miss.get(core_at[y * width + x] as usize).copied().unwrap_or(1.0);
            let (mut rows, mut column) = (vec![0.0; height], vec![1.0; width]);
            for (x, column) in column.iter_mut().enumerate() {
                *column = beyond(height, |y| missed(x, y), &mut rows);
            }
            let mut columns = vec![0.0; width];
            beyond(width, |x| column[x], &mut columns);
            for y in 0..height {
                for (x, along) in columns.iter().enumerate() {
                    let sent = self.sent.get(core_at[y * width + x] as usize).map_or(&[][..], |sent| sent);
                    let spikes = sent.iter().filter(|(q, _)| *q == population).map(|(_, spikes)| spikes);
                    hops += spikes.sum::<f64>() * (rows[y] + along);
                }
            }
        }
        hops
    }
}

/// Adds to each place of a line the expected links that a spike takes from it, both ways, where place i is missed with the
/// probability `miss(i)`; returns the probability that all are.
fn beyond(n: usize, miss: impl Fn(usize) -> f64, links: &mut [f64]) -> f64 {
    for is_back in [false, true] {
        let (mut all, mut sum) = (1.0, 0.0);
        for i in 0..n {
            let i = if is_back { n - 1 - i } else { i };
            links[i] += sum;
            all *= miss(i);
            sum += 1.0 - all;
        }
        if is_back {
            return all;
        }
    }
    1.0
}

/// Expected traffic; `deliveries` is the lower bound of `hops`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExpectedTraffic {
    /// Spikes times the links of their multicast trees.
    pub hops: f64,
    /// Spikes times the distinct cores, beside their own, that they reach.
    pub deliveries: f64,
}

/// What the work leads to.
#[derive(Clone, Debug)]
pub struct ExpectedOutcome {
    /// Neurons of each population in each core of ours.
    pub cores: Vec<Vec<(usize, f64)>>,
    /// Where each of these is on the grid.
    pub place: Vec<u32>,
    /// The best that was found.
    pub ours: ExpectedTraffic,
    /// Core after core filled in the order of the neurons, cores in their order too.
    pub sequential: ExpectedTraffic,
    /// The same division, its cores in random places of the corner that they fill.
    pub shuffled: ExpectedTraffic,
    /// Each core a fair mixture of all populations.
    pub random: ExpectedTraffic,
}

/// The work of placing cores by expected traffic, which can be done in slices; to cancel it is to drop it.
pub struct ExpectedMapper {
    grid: Grid,
    corner: Grid,
    cores: Vec<Core>,
    field: Field,
    mixed: Field,
    core_at: Vec<u32>,
    hops: f64,
    cooling: Cooling,
    dice: Dice,
    seed: u32,
}

/// Swaps that are tried for each core.
const SWAPS: f64 = 1_000.0;

impl ExpectedMapper {
    /// Checks that the network fits and prepares to place it. `effort` scales the time it takes; 1 is meant.
    ///
    /// # Errors
    /// Why it cannot be mapped.
    pub fn new(
        network: &Expected,
        grid: Grid,
        limits: &Limits,
        seed: u32,
        effort: f64,
    ) -> Result<ExpectedMapper, Unmappable> {
        if grid.cores() == 0 {
            return Err(Unmappable::NoCores);
        }
        let cores = network.filled(grid, limits)?;
        let corner = grid.corner(cores.len() as u64);
        let field = Field::new(network, corner, &cores);
        let part = 1.0 / cores.len() as f64;
        let mixture: Core = network.neurons.iter().enumerate().map(|(q, &n)| (q, n as f64 * part)).collect();
        let mixed = Field::new(network, corner, &vec![mixture; cores.len()]);
        let cells = 0..corner.cores() as u32;
        let columns = cells.clone().map(|i| place::column_by_column(corner, i)).collect();
        let starts = [cells.collect(), columns, place::hilbert(corner)];
        let at = |cells: Vec<u32>| {
            let mut core_at = vec![u32::MAX; corner.cores() as usize];
            (0..cores.len()).for_each(|core| core_at[cells[core] as usize] = core as u32);
            core_at
        };
        let better = |a: Vec<u32>, b: Vec<u32>| if field.hops(&b) < field.hops(&a) { b } else { a };
        let core_at = starts.map(at).into_iter().reduce(better).expect("there are three starts");
        let hops = field.hops(&core_at);
        let swaps = (SWAPS * effort * cores.len() as f64) as i64;
        let cooling = Cooling::new(swaps, cores.len());
        let dice = Dice::new(seed, 7_000);
        Ok(ExpectedMapper { grid, corner, cores, field, mixed, core_at, hops, cooling, dice, seed })
    }

    /// The part of the work that is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        self.cooling.progress()
    }

    /// Tries up to so many swaps and tells whether all is done.
    pub fn advance(&mut self, swaps: u64) -> bool {
        for _ in 0..swaps {
            if self.cooling.is_over() || self.core_at.len() < 2 {
                return true;
            }
            self.cooling.work(1);
            let (a, b) = (self.dice.below(self.core_at.len()), self.dice.below(self.core_at.len()));
            self.core_at.swap(a, b);
            let hops = self.field.hops(&self.core_at);
            if self.cooling.accepts(hops - self.hops, &mut self.dice) {
                self.hops = hops;
            } else {
                self.core_at.swap(a, b);
            }
        }
        false
    }

    /// What was found so far.
    pub fn finish(self) -> ExpectedOutcome {
        let all = self.corner.cores() as usize;
        let row: Vec<u32> = (0..all as u32).collect();
        let of = |field: &Field, at: &[u32]| ExpectedTraffic { hops: field.hops(at), deliveries: field.deliveries() };
        let random_places = Dice::new(self.seed, 1).order(all);
        let sequential = of(&self.field, &row);
        let shuffled = of(&self.field, &random_places);
        let random = of(&self.mixed, &random_places);
        let (found, core_at) = (of(&self.field, &self.core_at), self.core_at);
        let (ours, core_at) = if found.hops <= sequential.hops { (found, core_at) } else { (sequential, row) };
        let mut place = vec![0; self.cores.len()];
        for (cell, &core) in core_at.iter().enumerate() {
            if let Some(place) = place.get_mut(core as usize) {
                *place = self.grid.of_corner(self.corner, cell as u32);
            }
        }
        ExpectedOutcome { cores: self.cores, place, ours, sequential, shuffled, random }
    }
}
