//! `Reporting`: reports of a network on hardware, made by the worker in slices, and their news.

use spikeground_core::{
    chip::report::{Failure, Job, Order},
    spec::NetworkSpec,
};

use crate::protocol::{FromWorker, Reported};

/// Longest time in ms to work before messages are looked at again: half a frame at 60 Hz.
const SLICE_MS: f64 = 8.0;
/// Time in ms between two messages about how far it is.
const TELL_MS: f64 = 100.0;

/// Reports that are being made.
pub struct Reporting {
    job: Job,
    told_ms: f64,
    told: usize,
}

impl Reporting {
    /// Reports of the network in `json`, or what stands against them.
    pub fn new(json: &str, order: &Order, memory_limit: f64, now_ms: f64) -> Result<Reporting, Failure> {
        let spec = NetworkSpec::from_json(json).map_err(Failure::Refused)?;
        Ok(Reporting { job: Job::new(spec, order, memory_limit)?, told_ms: now_ms, told: 0 })
    }

    /// Works for a slice, tells the news, and returns whether there is more to do.
    pub fn work(&mut self, clock: &dyn Fn() -> f64, news: &mut Vec<FromWorker>) -> bool {
        let end_ms = clock() + SLICE_MS;
        while !self.job.is_done() && clock() < end_ms {
            if let Err(why) = self.job.advance() {
                news.push(FromWorker::Reported(Reported::Failed(why)));
                return false;
            }
        }
        let ready = &self.job.reports()[self.told..];
        news.extend(ready.iter().map(|report| FromWorker::Reported(Reported::Report(Box::new(report.clone())))));
        self.told += ready.len();
        if self.job.is_done() {
            news.push(FromWorker::Reported(Reported::Done));
            return false;
        }
        if clock() >= self.told_ms + TELL_MS {
            self.told_ms = clock();
            let (progress, doing) = (self.job.progress(), self.job.doing());
            news.push(FromWorker::Reported(Reported::Going { progress, doing }));
        }
        true
    }
}
