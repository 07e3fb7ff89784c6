//! `Decoding`: a recording, the decoders that learn from it, and its test side played to one of them, all in slices.

use std::collections::VecDeque;

use spikeground_core::{
    bci::{self, Recording, Split, Target},
    decode::{self, DECODERS, Decoder, Trained},
    param::Param,
    text::{Lang, Text, text},
};

use crate::{
    pace::Pace,
    protocol::{Decode, Decoded, Disturbance, FromWorker, Played, Recorded, Source, Truth, Words},
    session::Next,
};

mod job;
mod run;
mod spoil;
mod tally;

use job::{Job, Slice};
use run::{MOST_BINS, Run, Unsent};
use spoil::Spoiler;
use tally::Tally;

/// Longest time in ms to work before messages are looked at again: half a frame at 60 Hz.
const SLICE_MS: f64 = 8.0;
/// Time in ms between two messages about how far it is.
const REPORT_MS: f64 = 100.0;

const ONE_SIDED: Text = text(
    "there is nothing to train on, or nothing to test on; give a recording with at least two trials or blocks",
    "没有可用于训练或测试的部分；请提供至少含两个试次或区段的记录",
);

/// What goes on.
pub struct Decoding {
    open: Option<Open>,
    speed: Option<f64>,
    disturbance: Disturbance,
    messages: Vec<FromWorker>,
}

/// A recording and what has learned from it.
struct Open {
    training: Recording,
    test: Recording,
    spoiler: Spoiler,
    jobs: VecDeque<Job>,
    told_ms: f64,
    learned: Vec<Box<dyn Trained>>,
    playing: Option<Playing>,
    pace: Pace,
}

/// The test side while it is played.
struct Playing {
    index: usize,
    run: Run,
    unsent: Unsent,
    changed: bool,
}

impl Decoding {
    /// Nothing yet.
    pub fn new() -> Decoding {
        Decoding { open: None, speed: Some(1.0), disturbance: Disturbance::default(), messages: Vec::new() }
    }

    /// Follows a message that came at `now_ms`. What makes no sense now is passed over.
    pub fn handle(&mut self, message: Decode, now_ms: f64) {
        match (message, &mut self.open) {
            (Decode::Open(source), _) => match record(source).and_then(|recording| Open::new(&recording)) {
                Ok((mut open, recorded)) => {
                    open.pace.set_speed(self.speed, now_ms, 0);
                    open.spoiler.set(self.disturbance);
                    self.open = Some(open);
                    self.say(Decoded::Recorded(Box::new(recorded)));
                }
                Err([en, zh]) => self.say(Decoded::Refused { en, zh }),
            },
            (Decode::Speed { factor }, open) => {
                self.speed = factor.filter(|factor| *factor > 0.0 && factor.is_finite());
                open.iter_mut().for_each(|open| open.pace.set_speed(self.speed, now_ms, open.at()));
            }
            (Decode::Disturb(disturbance), open) => {
                self.disturbance = disturbance;
                open.iter_mut().for_each(|open| open.disturb(disturbance));
            }
            (Decode::Train { decoder, values, seed }, Some(open)) => open.train(&decoder, &values, seed),
            (Decode::Cancel, Some(open)) => open.jobs.clear(),
            (Decode::Watch { index }, Some(open)) => open.watch(index, now_ms),
            (Decode::Play, Some(open)) => open.play(now_ms),
            (Decode::Pause, Some(open)) => open.pause(),
            (Decode::Rewind, Some(open)) => {
                if let Some(index) = open.playing.as_ref().map(|playing| playing.index) {
                    open.watch(index, now_ms);
                }
            }
            (_, None) => {}
        }
    }

    /// Works for a slice and says when to work again; sends what was played if `frame_wanted`, which is then done.
    pub fn work(&mut self, clock: &dyn Fn() -> f64, frame_wanted: &mut bool) -> Next {
        let Some(open) = &mut self.open else { return Next::Idle };
        let is_busy = open.learn(clock, &mut self.messages);
        let next = open.go_on(clock);
        if *frame_wanted && let Some(played) = open.take() {
            self.messages.push(FromWorker::Decoded(Decoded::Played(Box::new(played))));
            *frame_wanted = false;
        }
        if is_busy { Next::Now } else { next }
    }

    /// The messages to send, oldest first.
    pub fn take_messages(&mut self) -> Vec<FromWorker> {
        std::mem::take(&mut self.messages)
    }

    fn say(&mut self, news: Decoded) {
        self.messages.push(FromWorker::Decoded(news));
    }
}

/// Makes or reads a recording; or says why there is none, in both languages.
fn record(source: Source) -> Result<Recording, [String; 2]> {
    match source {
        Source::Generator { name, values, seed } => {
            let generator = bci::find(&name).unwrap_or(bci::GENERATORS[0]);
            Ok((generator.make)(&allowed(generator.params, &values), seed))
        }
        Source::File { name, bytes } => spikeground_core::format::read(&name, &bytes.0)
            .map_err(|error| [Lang::En, Lang::Zh].map(|lang| error.message(lang))),
    }
}

/// The values of parameters, within what is allowed; the default where there is none.
fn allowed(params: &[Param], values: &[f64]) -> Vec<f64> {
    let value = |(i, p): (usize, &Param)| {
        values.get(i).filter(|x| x.is_finite()).map_or(p.default, |x| x.clamp(p.range.lo, p.range.hi))
    };
    params.iter().enumerate().map(value).collect()
}

/// The linear baseline of a recording: the first decoder of the registry that fits, which begins with the linear ones.
fn baseline(recording: &Recording) -> Option<&'static Decoder> {
    DECODERS.iter().copied().find(|decoder| decoder.fits(recording))
}

impl Open {
    fn new(recording: &Recording) -> Result<(Open, Recorded), [String; 2]> {
        let [training, test] = [Split::Train, Split::Test].map(|side| {
            let segments = recording.on(side).into_iter().filter(|&i| !recording.segments[i].bins.is_empty());
            recording.only(&segments.collect::<Vec<_>>())
        });
        if training.segments.is_empty() || test.bins() == 0 {
            return Err([Lang::En, Lang::Zh].map(|lang| ONE_SIDED.get(lang).to_owned()));
        }
        let (mean, spread) = moments(&training);
        let recorded = Recorded {
            name: recording.name.clone(),
            origin: recording.origin.clone(),
            activity: recording.activity,
            channels: recording.channels,
            bin_ms: recording.bin_ms,
            segments: [&training, &test].map(|side| side.segments.len()),
            bins: [&training, &test].map(Recording::bins),
            names: match &recording.target {
                Target::Values { names, .. } | Target::Classes { names, .. } => names.clone(),
            },
            truth: match &test.target {
                Target::Values { values, .. } => Truth::Values(Words::from_f32(values)),
                Target::Classes { classes, .. } => Truth::Classes(classes.clone()),
            },
            ends: test.segments.iter().map(|segment| segment.bins.end).collect(),
            moments: Words::from_f32(&[mean, spread.clone()].concat()),
            preview: Words::from_f32(&test.samples[..test.samples.len().min(MOST_BINS * test.channels)]),
        };
        let open = Open {
            spoiler: Spoiler::new(recording.activity, spread),
            jobs: VecDeque::new(),
            told_ms: f64::NEG_INFINITY,
            learned: Vec::new(),
            playing: None,
            pace: Pace::new(recording.bin_ms),
            training,
            test,
        };
        Ok((open, recorded))
    }

    fn at(&self) -> u64 {
        self.playing.as_ref().map_or(0, |playing| playing.run.at as u64)
    }

    fn train(&mut self, decoder: &str, values: &[f64], seed: u32) {
        let Some(decoder) = decode::find(decoder).filter(|decoder| decoder.fits(&self.training)) else { return };
        let values = allowed(decoder.params, values);
        let is_first = self.learned.is_empty() && self.jobs.is_empty();
        let first = baseline(&self.training).filter(|_| is_first);
        let is_baseline = first.is_some_and(|first| first.name == decoder.name && values == first.defaults());
        let other = first.filter(|_| !is_baseline).map(|first| Job::new(first, first.defaults(), seed, true));
        self.jobs.extend(other);
        self.jobs.push_back(Job::new(decoder, values, seed, is_baseline));
    }

    /// Goes on with training for a slice, and tells whether there is more to do.
    fn learn(&mut self, clock: &dyn Fn() -> f64, messages: &mut Vec<FromWorker>) -> bool {
        let Some(job) = self.jobs.pop_front() else { return false };
        match job.work(&self.training, &self.test, clock, clock() + SLICE_MS) {
            Slice::Goes(job, progress) => {
                if progress == 0.0 || clock() >= self.told_ms + REPORT_MS {
                    self.told_ms = clock();
                    let decoder = job.decoder.name.to_owned();
                    messages.push(FromWorker::Decoded(Decoded::Learning { decoder, progress }));
                }
                self.jobs.push_front(job);
            }
            Slice::Done(trained, learned) => {
                self.learned.push(trained);
                let is_last = self.jobs.is_empty();
                messages.push(FromWorker::Decoded(Decoded::Learned { learned, is_last }));
            }
        }
        !self.jobs.is_empty()
    }

    fn watch(&mut self, index: usize, now_ms: f64) {
        if index < self.learned.len() {
            let was_playing = self.pace.playing();
            self.pace.restart(self.test.bin_ms, now_ms);
            self.playing = Some(Playing::new(index, &self.test));
            if was_playing {
                self.play(now_ms);
            }
        }
    }

    fn play(&mut self, now_ms: f64) {
        let Some(playing) = &mut self.playing else { return };
        if playing.run.at == self.test.bins() {
            *playing = Playing::new(playing.index, &self.test);
        }
        playing.changed = true;
        self.pace.play(Some(self.test.bins() as u64), now_ms, playing.run.at as u64);
    }

    fn pause(&mut self) {
        self.pace.pause();
        self.playing.iter_mut().for_each(|playing| playing.changed = true);
    }

    fn disturb(&mut self, disturbance: Disturbance) {
        self.spoiler.set(disturbance);
        if let Some(playing) = &mut self.playing {
            playing.run.tally = Tally::new(&self.test);
            playing.changed = true;
        }
    }

    /// Plays what is due, for a slice.
    fn go_on(&mut self, clock: &dyn Fn() -> f64) -> Next {
        let Some(playing) = &mut self.playing else { return Next::Idle };
        let trained = &mut self.learned[playing.index];
        let begin_ms = clock();
        let mut now_ms = begin_ms;
        loop {
            let bin = playing.run.at;
            if self.pace.due(now_ms, bin as u64) == 0 {
                self.pace.made(now_ms, bin as u64);
                let wait_ms = self.pace.wait_ms(now_ms, bin as u64);
                return if self.pace.playing() { Next::In(wait_ms) } else { Next::Idle };
            }
            if now_ms - begin_ms >= SLICE_MS {
                return Next::Now;
            }
            let samples = self.spoiler.spoil(bin, self.test.bin(bin));
            let before_ms = clock();
            let decoded = playing.run.hear(&self.test, &mut **trained, &samples);
            now_ms = clock();
            playing.unsent.keep(&samples, &decoded, now_ms - before_ms);
            playing.changed = true;
            self.pace.made(now_ms, playing.run.at as u64);
        }
    }

    /// What was played since this was asked last, if anything has changed.
    fn take(&mut self) -> Option<Played> {
        let playing = self.playing.as_mut().filter(|playing| playing.changed)?;
        playing.changed = false;
        let (sent, samples, decoded, decode_us) = playing.unsent.take();
        let at = playing.run.at;
        Some(Played {
            from: at - sent,
            samples,
            decoded,
            decode_us,
            end_ms: self.pace.end_ms(at as u64),
            reached: self.pace.reached(),
            is_playing: self.pace.playing(),
            score: playing.run.tally.score(),
            scored: playing.run.tally.count(),
        })
    }
}

impl Playing {
    fn new(index: usize, test: &Recording) -> Playing {
        Playing { index, run: Run::new(test), unsent: Unsent::default(), changed: true }
    }
}

/// Mean and standard deviation of each channel.
fn moments(recording: &Recording) -> (Vec<f32>, Vec<f32>) {
    let n = recording.bins().max(1) as f64;
    let of = |channel: usize| recording.samples.iter().skip(channel).step_by(recording.channels).map(|&x| f64::from(x));
    let moments = |channel: usize| {
        let mean = of(channel).sum::<f64>() / n;
        let variance = of(channel).map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
        (mean as f32, variance.sqrt() as f32)
    };
    (0..recording.channels).map(moments).unzip()
}

// On wasm32 the browser tests drive a session.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
