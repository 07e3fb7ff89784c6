//! `Engines`: which engine a session uses, and why. It opens the GPU when one is wanted, moves a simulation there, and
//! keeps to the processor when that cannot be.

use spikeground_core::engine::{self, Engine, Simulation};

use crate::{
    elsewhere::Elsewhere,
    gpu::{Gpu, GpuRun, Pending, Wake},
    protocol::{AUTO, EngineReason, EngineReport, GPU, GpuProblem},
};

/// Neurons from which a GPU is worth its while: below, the processor makes a step in less time than it takes to start
/// two kernels, some 20 µs.
const LEAST_NEURONS: usize = 20_000;

/// The engines of a session.
pub struct Engines {
    wake: Wake,
    choice: Choice,
    device: Device,
    place: Place,
    /// Why the present network cannot be on the GPU.
    problem: Option<GpuProblem>,
    reported: Option<EngineReport>,
}

/// The device goes with the session: other sessions of the worker have their own.
impl Drop for Engines {
    fn drop(&mut self) {
        if let Device::Open(gpu) = &self.device {
            gpu.destroy();
        }
    }
}

#[derive(Clone, Copy)]
enum Choice {
    Auto,
    Here(&'static Engine),
    Gpu,
}

enum Device {
    Unasked,
    Asked(Pending<Result<Gpu, GpuProblem>>),
    Open(Gpu),
    Refused(GpuProblem),
}

enum Place {
    Here,
    Moving { run: Box<GpuRun>, checked: Pending<Result<(), GpuProblem>> },
    There(Box<Elsewhere>),
}

impl Engines {
    /// Chooses by itself; `wake` is called when a GPU has something to tell.
    pub fn new(wake: Wake) -> Engines {
        let (device, place) = (Device::Unasked, Place::Here);
        Engines { wake, choice: Choice::Auto, device, place, problem: None, reported: None }
    }

    /// Chooses the engine called `name`; false if there is none.
    pub fn choose(&mut self, name: &str) -> bool {
        self.choice = match name {
            AUTO => Choice::Auto,
            GPU => Choice::Gpu,
            name => match engine::find(name) {
                Some(engine) => Choice::Here(engine),
                None => return false,
            },
        };
        self.problem = None;
        // Who asks again wants the GPU to be tried again.
        if let Device::Refused(_) = &self.device {
            self.device = Device::Unasked;
        }
        true
    }

    /// The engine for steps that are made here.
    pub fn here(&self) -> &'static Engine {
        match self.choice {
            Choice::Here(engine) => engine,
            _ => engine::ENGINES[0],
        }
    }

    /// The name of the engine in use.
    pub fn name(&self) -> &'static str {
        if self.is_there() { GPU } else { self.here().name }
    }

    /// The simulation's other place, if it is there.
    pub fn there(&mut self) -> Option<&mut Elsewhere> {
        match &mut self.place {
            Place::There(elsewhere) => Some(elsewhere),
            _ => None,
        }
    }

    /// Whether the simulation is not here.
    pub fn is_there(&self) -> bool {
        matches!(self.place, Place::There(_))
    }

    /// Whether a simulation of so many neurons should not stay where it is.
    pub fn is_to_come_home(&self, neurons: usize) -> bool {
        self.is_there() && !self.wants_gpu(neurons)
    }

    /// The simulation is here from now on.
    pub fn come_home(&mut self) {
        self.place = Place::Here;
    }

    /// Another simulation begins, here.
    pub fn begin(&mut self) {
        self.come_home();
        self.problem = None;
    }

    /// The device was lost.
    pub fn lose(&mut self, reason: String) {
        self.come_home();
        self.device = Device::Refused(GpuProblem::Lost { reason });
    }

    /// The device, if one is open.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub fn device(&self) -> Option<&Gpu> {
        if let Device::Open(gpu) = &self.device { Some(gpu) } else { None }
    }

    /// Does what can be done now to get a simulation to where it should be.
    pub fn settle(&mut self, simulation: &mut Simulation, now_ms: f64) {
        simulation.set_engine(self.here());
        if !self.wants_gpu(simulation.network().neurons()) {
            if let Place::Moving { .. } = self.place {
                self.place = Place::Here;
            }
            return;
        }
        match &self.device {
            Device::Unasked => {
                self.device = Device::Asked(Pending::of(Gpu::open(self.wake.clone()), self.wake.clone()));
                self.settle(simulation, now_ms);
            }
            Device::Asked(pending) => {
                if let Some(opened) = pending.take() {
                    self.device = opened.map_or_else(Device::Refused, Device::Open);
                    self.settle(simulation, now_ms);
                }
            }
            Device::Open(gpu) => {
                if let Some(reason) = gpu.lost() {
                    self.lose(reason);
                } else {
                    self.move_there(simulation, now_ms);
                }
            }
            Device::Refused(_) => {}
        }
    }

    fn wants_gpu(&self, neurons: usize) -> bool {
        match (self.choice, &self.device) {
            (Choice::Here(_), _) => false,
            (Choice::Gpu, _) => true,
            (Choice::Auto, Device::Open(gpu)) => neurons >= LEAST_NEURONS && !gpu.adapter.software,
            (Choice::Auto, _) => neurons >= LEAST_NEURONS,
        }
    }

    fn move_there(&mut self, simulation: &Simulation, now_ms: f64) {
        let Device::Open(gpu) = &self.device else { return };
        let not_carried = simulation.network().beyond_plain();
        if not_carried.is_none() && matches!(self.problem, Some(GpuProblem::NotCarried { .. })) {
            // What it could not carry is gone.
            self.problem = None;
        }
        // A state that is behind the record is first brought up to it.
        if self.problem.is_some() || simulation.behind() > 0 {
            return;
        }
        if let Some(name) = not_carried {
            self.problem = Some(GpuProblem::NotCarried { name: name.to_owned() });
            return;
        }
        if let Place::Here = self.place {
            match GpuRun::new(gpu, simulation) {
                Ok((run, checked)) => {
                    let checked = Pending::of(checked, self.wake.clone());
                    self.place = Place::Moving { run: Box::new(run), checked };
                }
                Err(problem) => self.problem = Some(problem),
            }
        }
        let Place::Moving { run, checked } = &mut self.place else { return };
        match checked.take() {
            None => {}
            Some(Err(problem)) => {
                self.problem = Some(problem);
                self.place = Place::Here;
            }
            // Delays that have grown meanwhile need other buffers: once more.
            Some(Ok(())) if !run.fits(simulation) => self.place = Place::Here,
            Some(Ok(())) => {
                run.upload(simulation);
                if let Place::Moving { run, .. } = std::mem::replace(&mut self.place, Place::Here) {
                    self.place = Place::There(Box::new(Elsewhere::new(*run, now_ms)));
                }
            }
        }
    }

    /// What has changed since the last report, for a network of so many neurons.
    pub fn report(&mut self, neurons: usize) -> Option<EngineReport> {
        let choice = match self.choice {
            Choice::Auto => AUTO,
            Choice::Gpu => GPU,
            Choice::Here(engine) => engine.name,
        };
        let adapter = match &self.device {
            Device::Open(gpu) => Some(gpu.adapter.clone()),
            _ => None,
        };
        let gpu_bytes = match &self.place {
            Place::There(elsewhere) => Some(elsewhere.bytes() as f64),
            _ => None,
        };
        let (reason, engine) = (self.reason(neurons), self.name().to_owned());
        let report = EngineReport { choice: choice.to_owned(), engine, reason, adapter, gpu_bytes };
        if self.reported.as_ref() == Some(&report) {
            return None;
        }
        self.reported = Some(report.clone());
        Some(report)
    }

    fn reason(&self, neurons: usize) -> EngineReason {
        let counts = (neurons as f64, LEAST_NEURONS as f64);
        match (self.choice, &self.device, &self.place) {
            (Choice::Here(_), ..) | (Choice::Gpu, _, Place::There(_)) => EngineReason::Chosen,
            (Choice::Auto, _, Place::There(_)) => EngineReason::Large { neurons: counts.0, least: counts.1 },
            (Choice::Auto, ..) if neurons < LEAST_NEURONS => EngineReason::Small { neurons: counts.0, least: counts.1 },
            (_, Device::Refused(problem), _) => EngineReason::Problem(problem.clone()),
            (Choice::Auto, Device::Open(gpu), _) if gpu.adapter.software => EngineReason::Software,
            _ => self.problem.clone().map_or(EngineReason::Opening, EngineReason::Problem),
        }
    }
}
