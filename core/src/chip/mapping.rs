//! The whole way from a hypergraph to the core of each neuron, in slices, and the baselines it is measured against.
//!
//! Ours is multilevel: vertices that share traffic are merged until few are left, these are divided among the cores, and each
//! level on the way back refines the division by the packets that leave cores. The cores are then placed by the links that
//! multicast trees take, and last the neurons themselves are annealed by the same measure.

use alloc::{vec, vec::Vec};

use super::{
    anneal::Annealer,
    coarsen::{Dice, coarsen, merged},
    cut::Cut,
    hypergraph::Hypergraph,
    limits::{Grid, Limits, Size, Unmappable},
    partition::{self, Parts},
    place::{self, Placer},
    refine::{Cost, Refiner},
    route::{Traffic, traffic},
};

/// Vertices for each core at which coarsening stops: enough for cores to be filled evenly.
const COARSEST: usize = 12;
/// The division of a coarse level takes up to this part of the cores more than the neurons fill, since groups pack badly.
const SLACK_PART: usize = 16;
/// More vertices than this are not divided at once, which takes the square of them.
const MOST_GROWN: usize = 8_000;
/// Looks at a count for each pair of source and target that annealing may take, and its bounds: it then takes seconds.
const LOOKS_PER_PAIR: f64 = 300.0;
const LEAST_LOOKS: f64 = 5e7;
const MOST_LOOKS: f64 = 8e8;
/// The placement of cores gets this part of them.
const PLACING_PART: f64 = 0.25;

/// The core of each neuron, and what its spikes cost there.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The core of each neuron, numbered row by row.
    pub core_of: Vec<u32>,
    /// What the run costs so.
    pub traffic: Traffic,
}

impl Mapping {
    /// Of neurons in these cores.
    pub fn new(graph: &Hypergraph, grid: Grid, core_of: Vec<u32>) -> Mapping {
        let traffic = traffic(graph, grid, &core_of);
        Mapping { core_of, traffic }
    }
}

/// What the work leads to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The best that was found.
    pub ours: Mapping,
    /// Core after core filled in the order of the neurons, cores in their order too.
    pub sequential: Mapping,
    /// The same division, its cores in random places of the corner that they fill.
    pub shuffled: Mapping,
    /// Random neurons in each core.
    pub random: Mapping,
}

enum Stage {
    Coarsen,
    Refine(usize, Cut, Refiner),
    FromSequential(Cut, Refiner),
    Place(Hypergraph, Placer),
    Anneal(Annealer),
    Done,
}

/// The work of mapping, which can be done in slices; to cancel it is to drop it.
pub struct Mapper {
    grid: Grid,
    corner: Grid,
    room: Size,
    fewest: u64,
    seed: u32,
    /// The network and its coarser levels, and the group of each vertex of a level in the next.
    levels: Vec<Hypergraph>,
    groups: Vec<Vec<u32>>,
    sequential: Parts,
    random: Parts,
    /// The best division so far.
    best: Option<Vec<u32>>,
    cell_of: Vec<u32>,
    looks: f64,
    stage: Stage,
    done: f64,
}

impl Mapper {
    /// Checks that the network fits and prepares to map it. `effort` scales the time that annealing takes; 1 is meant.
    ///
    /// # Errors
    /// Why it cannot be mapped.
    pub fn new(graph: Hypergraph, grid: Grid, limits: &Limits, seed: u32, effort: f64) -> Result<Mapper, Unmappable> {
        partition::check(&graph, grid, limits)?;
        let sequential = partition::sequential(&graph, grid, limits)?;
        let random = partition::random(&graph, grid, limits, &mut Dice::new(seed, 0))?;
        let corner = grid.corner(sequential.1.max(random.1) as u64);
        let looks = (graph.pairs() as f64 * LOOKS_PER_PAIR).clamp(LEAST_LOOKS, MOST_LOOKS) * effort;
        Ok(Mapper {
            grid,
            corner,
            room: limits.room(),
            fewest: limits.fewest_neurons,
            seed,
            levels: vec![graph],
            groups: Vec::new(),
            sequential,
            random,
            best: None,
            cell_of: Vec::new(),
            looks,
            stage: Stage::Coarsen,
            done: 0.0,
        })
    }

    /// The part of the work that is done, from 0 to 1, as far as it can be told.
    pub fn progress(&self) -> f64 {
        // How much of the time the stages before take, as measured on networks of thousands of neurons.
        match &self.stage {
            Stage::Coarsen => 0.0,
            Stage::Refine(level, ..) => 0.1 + 0.2 / (*level as f64 + 1.0),
            Stage::FromSequential(..) => 0.3,
            Stage::Place(..) => 0.4 + 0.15 * (self.done / (self.looks * PLACING_PART)).min(1.0),
            Stage::Anneal(_) => 0.55 + 0.45 * (self.done / self.looks).min(1.0),
            Stage::Done => 1.0,
        }
    }

    /// Goes on for about `work` looks at a count, of which a machine does some hundred million a second, and tells whether
    /// all is done.
    pub fn advance(&mut self, work: u64) -> bool {
        let work = work.min(i64::MAX as u64) as i64;
        self.done += work as f64;
        self.stage = match core::mem::replace(&mut self.stage, Stage::Done) {
            Stage::Coarsen => self.coarsened(),
            Stage::Refine(level, mut cut, mut refiner) => {
                if refiner.advance(&self.levels[level], &mut cut, &self.room, 0, work) {
                    self.refined(level, cut)
                } else {
                    Stage::Refine(level, cut, refiner)
                }
            }
            Stage::FromSequential(mut cut, mut refiner) => {
                if refiner.advance(&self.levels[0], &mut cut, &self.room, self.fewest, work) {
                    self.divided(cut)
                } else {
                    Stage::FromSequential(cut, refiner)
                }
            }
            Stage::Place(graph, mut placer) => {
                if placer.advance(&graph, work) {
                    self.placed(&placer.cell_of)
                } else {
                    Stage::Place(graph, placer)
                }
            }
            Stage::Anneal(mut annealer) => {
                if annealer.advance(&self.levels[0], &self.room, self.fewest, work) {
                    let cell_of = core::mem::take(&mut annealer.cut.part);
                    let hops = |cell_of: &[u32]| traffic(&self.levels[0], self.corner, cell_of).hops;
                    if hops(&cell_of) < hops(&self.cell_of) {
                        self.cell_of = cell_of;
                    }
                    Stage::Done
                } else {
                    Stage::Anneal(annealer)
                }
            }
            Stage::Done => Stage::Done,
        };
        matches!(self.stage, Stage::Done)
    }

    /// What was found; [`Mapper::advance`] must have returned `true`.
    ///
    /// # Panics
    /// If it has not.
    pub fn finish(self) -> Outcome {
        assert!(matches!(self.stage, Stage::Done), "finish() comes after the last advance()");
        let (graph, grid, corner) = (&self.levels[0], self.grid, self.corner);
        let on_grid = |cells: Vec<u32>| {
            Mapping::new(graph, grid, cells.into_iter().map(|cell| grid.of_corner(corner, cell)).collect())
        };
        let places = Dice::new(self.seed, 1).order(corner.cores() as usize);
        let shuffle = |part: &[u32]| part.iter().map(|&part| places[part as usize]).collect();
        let sequential = on_grid(self.sequential.0.clone());
        let shuffled = on_grid(shuffle(&self.sequential.0));
        let random = on_grid(shuffle(&self.random.0));
        let found = [on_grid(self.cell_of.clone()), sequential.clone(), shuffled.clone(), random.clone()];
        let ours = found.into_iter().reduce(|a, b| if b.traffic.hops < a.traffic.hops { b } else { a });
        Outcome { ours: ours.expect("there are four"), sequential, shuffled, random }
    }

    fn coarsened(&mut self) -> Stage {
        let cores = self.sequential.1;
        let graph = self.levels.last().expect("the network itself is a level");
        if self.fewest == 0 && graph.vertices() > COARSEST * cores {
            let mut dice = Dice::new(self.seed, 2 + self.levels.len());
            if let Some((coarser, group)) = coarsen(graph, &self.room, &mut dice) {
                self.levels.push(coarser);
                self.groups.push(group);
                return Stage::Coarsen;
            }
        }
        let most = (cores + cores / SLACK_PART + 1).min(self.corner.cores() as usize);
        for level in (0..self.levels.len()).rev() {
            let graph = &self.levels[level];
            if self.fewest > 0 || graph.vertices() > MOST_GROWN {
                break;
            }
            let mut dice = Dice::new(self.seed, 1_000 + level);
            if let Some(part) = partition::grown(graph, most, &self.room, &mut dice) {
                return self.refine(level, part);
            }
        }
        self.refine_sequential()
    }

    fn refine(&self, level: usize, part: Vec<u32>) -> Stage {
        let cut = Cut::new(&self.levels[level], part, self.corner.cores() as usize);
        let refiner = Refiner::new(&cut, Cost::Multicast, Dice::new(self.seed, 2_000 + level));
        Stage::Refine(level, cut, refiner)
    }

    fn refined(&mut self, level: usize, cut: Cut) -> Stage {
        if level == 0 {
            self.best = Some(cut.part);
            return self.refine_sequential();
        }
        let part = self.groups[level - 1].iter().map(|&group| cut.part[group as usize]).collect();
        self.refine(level - 1, part)
    }

    fn refine_sequential(&self) -> Stage {
        let cut = Cut::new(&self.levels[0], self.sequential.0.clone(), self.corner.cores() as usize);
        let refiner = Refiner::new(&cut, Cost::Multicast, Dice::new(self.seed, 3_000));
        Stage::FromSequential(cut, refiner)
    }

    fn divided(&mut self, cut: Cut) -> Stage {
        let graph = &self.levels[0];
        let better =
            |part: &Vec<u32>| Cut::new(graph, part.clone(), cut.parts()).deliveries(graph) < cut.deliveries(graph);
        let part = self.best.take().filter(better).unwrap_or(cut.part);
        let cores = merged(graph, &part, self.corner.cores() as usize);
        let start = place::start(&cores, self.corner, &mut Dice::new(self.seed, 4_000));
        let work = (self.looks * PLACING_PART) as i64;
        let placer = Placer::new(&cores, self.corner, start, work, Dice::new(self.seed, 4_001));
        (self.best, self.done) = (Some(part), 0.0);
        Stage::Place(cores, placer)
    }

    fn placed(&mut self, place: &[u32]) -> Stage {
        let part = self.best.take().expect("the network was divided before it is placed");
        self.cell_of = part.iter().map(|&part| place[part as usize]).collect();
        self.done = 0.0;
        let dice = Dice::new(self.seed, 5_000);
        Stage::Anneal(Annealer::new(&self.levels[0], self.corner, self.cell_of.clone(), self.looks as i64, dice))
    }
}

/// The baseline that counts synapses rather than packets: random neurons in each core, exchanged as Kernighan & Lin (1970)
/// do to save spikes times synapses between cores, then cores placed to save spikes times distance for each two of them. `effort`
/// scales the time of the placement; 1 is meant.
///
/// # Errors
/// Why the network cannot be mapped.
pub fn kernighan_lin(
    graph: &Hypergraph,
    grid: Grid,
    limits: &Limits,
    seed: u32,
    effort: f64,
) -> Result<Mapping, Unmappable> {
    partition::check(graph, grid, limits)?;
    let (part, parts) = partition::random(graph, grid, limits, &mut Dice::new(seed, 0))?;
    let corner = grid.corner(parts as u64);
    let mut cut = Cut::new(graph, part, corner.cores() as usize);
    let mut refiner = Refiner::new(&cut, Cost::Edges, Dice::new(seed, 6_000));
    refiner.advance(graph, &mut cut, &limits.room(), limits.fewest_neurons, i64::MAX);
    let pairs = merged(graph, &cut.part, cut.parts()).in_pairs();
    let start = (0..cut.parts() as u32).collect();
    let mut placer = Placer::new(&pairs, corner, start, (LEAST_LOOKS * effort) as i64, Dice::new(seed, 6_001));
    placer.advance(&pairs, i64::MAX);
    let core_of = cut.part.iter().map(|&part| grid.of_corner(corner, placer.cell_of[part as usize])).collect();
    Ok(Mapping::new(graph, grid, core_of))
}
