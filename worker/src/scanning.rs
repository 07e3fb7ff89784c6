//! `Scanning`: a parameter sweep of the worker, in slices, and its news.

use spikeground_core::{
    network::OutOfMemory,
    scan::{Plan, Scan},
    spec::NetworkSpec,
};

use crate::protocol::{FromWorker, Scanned};

/// Longest time in ms to work before messages are looked at again: half a frame at 60 Hz.
const SLICE_MS: f64 = 8.0;
/// Steps between looks at the clock: of the largest networks that are swept, some milliseconds.
const CHUNK: u64 = 16;
/// Time in ms between two messages about how far it is.
const REPORT_MS: f64 = 100.0;

/// A sweep that is being made.
pub struct Scanning {
    scan: Scan,
    told_ms: f64,
    told: usize,
}

impl Scanning {
    /// A sweep of the network in `json`, or what stands against it.
    pub fn new(json: &str, plan: Plan, memory_limit: f64, now_ms: f64) -> Result<Scanning, Scanned> {
        let spec = NetworkSpec::from_json(json).map_err(Scanned::Refused)?;
        let scan = Scan::new(spec, plan, memory_limit).ok_or(Scanned::NoPlan)?;
        Ok(Scanning { scan, told_ms: now_ms, told: 0 })
    }

    /// Works for a slice; returns the news, if it is time for some, and whether there is more to do.
    pub fn work(&mut self, clock: &dyn Fn() -> f64) -> (Option<FromWorker>, bool) {
        let end_ms = clock() + SLICE_MS;
        while !self.scan.is_done() && clock() < end_ms {
            if let Err(OutOfMemory { .. }) = self.scan.advance(CHUNK) {
                return (Some(FromWorker::Scanned(Scanned::NoMemory)), false);
            }
        }
        let (goes_on, points) = (!self.scan.is_done(), self.scan.points());
        if goes_on && clock() < self.told_ms + REPORT_MS {
            return (None, true);
        }
        let news = Scanned::Points { points: points[self.told..].to_vec(), progress: self.scan.progress() };
        (self.told_ms, self.told) = (clock(), points.len());
        (Some(FromWorker::Scanned(news)), goes_on)
    }
}
