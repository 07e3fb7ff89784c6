//! EDF and BDF: signals in records of equal length, and annotations or triggers that say when a trial begins.
//!
//! Kemp et al. (1992), doi:10.1016/0013-4694(92)90009-7; EDF+ by Kemp & Olivan (2003), doi:10.1016/S1388-2457(03)00123-8.
//! The class of a trial is its annotation's text. It lasts as long as that says, or up to the next. Texts that come once only,
//! such as remarks, begin no trial. What lies outside of trials is left out, as are channels of another rate than most.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use super::{
    Format,
    error::{Fault, FileError, Place},
    layout::{Array, Arrays, Values},
};
use crate::text::{Text, text};

/// `.edf` and `.bdf`
pub static FORMAT: Format = Format {
    title: "EDF, BDF",
    endings: &["edf", "bdf"],
    doc: text(
        "Signals with annotations (EDF+, BDF+) or triggers (BioSemi): each annotation that comes more than once begins a trial, and its text is the class.",
        "带标注（EDF+、BDF+）或触发信号（BioSemi）的信号：出现不止一次的标注各开始一个试次，标注文字即类别。",
    ),
    begins: |bytes| bytes.starts_with(b"0       ") || bytes.starts_with(b"\xffBIOSEMI"),
    read,
};

const HEAD: Text = text("the header", "文件头");
const RECORDS: Text = text("the records", "数据记录");
/// Bytes of the header, and again of each signal's part of it.
const HEAD_SIZE: usize = 256;
/// Widths of the fields of a signal in the header: label, transducer, unit, physical and digital range, filter, samples,
/// reserved.
const FIELDS: [usize; 10] = [16, 80, 8, 8, 8, 8, 8, 80, 8, 32];

/// A signal's samples in a record, and signals, are fewer: the header has no room for more than eight digits.
const MOST: f64 = 1e8;

/// A signal, as the header tells.
struct Signal {
    label: String,
    /// Samples in a record.
    samples: usize,
    /// Where they begin in a record, bytes.
    start: usize,
    /// Physical from digital: gain and offset.
    scale: [f64; 2],
}

/// A text at a time, in seconds, for so long, where that is known.
struct Annotation {
    onset: f64,
    duration: Option<f64>,
    text: String,
}

/// A stretch of samples with a class.
struct Trial {
    start: usize,
    end: usize,
    class: String,
}

fn read(bytes: &[u8]) -> Result<Arrays, FileError> {
    // BDF has 24 bits to a sample, EDF 16.
    let width = if bytes.first() == Some(&0xff) { 3 } else { 2 };
    let head = |at: usize, size: usize| {
        let field = bytes.get(at..at + size).ok_or(Place::File.fault(Fault::Cut { what: HEAD }))?;
        Ok(String::from_utf8_lossy(field).trim_matches(['\0', ' ']).to_string())
    };
    let number = |at: usize, size: usize| -> Result<f64, FileError> {
        let parsed = head(at, size)?.parse().ok().filter(|x: &f64| x.is_finite());
        parsed.ok_or(Place::File.fault(Fault::Damaged { what: HEAD }))
    };
    let (seconds, count) = (number(244, 8)?, number(252, 4)?);
    let whole = |x: f64| match x {
        1.0..MOST => Ok(x as usize),
        _ => Err(Place::File.fault(Fault::Damaged { what: HEAD })),
    };
    let (count, mut signals, mut start) = (whole(count)?, Vec::new(), 0);
    if count >= bytes.len() / HEAD_SIZE {
        return Err(Place::File.fault(Fault::Cut { what: HEAD }));
    }
    for signal in 0..count {
        let field = |k: usize| HEAD_SIZE + count * FIELDS[..k].iter().sum::<usize>() + signal * FIELDS[k];
        let [low, high, least, most] = [3, 4, 5, 6].map(|k| number(field(k), FIELDS[k]));
        let (low, high, least, most) = (low?, high?, least?, most?);
        let gain = if most > least { (high - low) / (most - least) } else { 1.0 };
        let samples = whole(number(field(8), FIELDS[8])?)?;
        signals.push(Signal { label: head(field(0), FIELDS[0])?, samples, start, scale: [gain, low - gain * least] });
        start += width * samples;
        if start > bytes.len() {
            return Err(Place::File.fault(Fault::Cut { what: RECORDS }));
        }
    }
    let records = bytes.get(HEAD_SIZE * (count + 1)..).unwrap_or_default().chunks_exact(start);
    // The number of records may be unknown (-1), and a copy that was cut off has fewer.
    if records.len() == 0 || (records.len() as f64) < number(236, 8)? {
        return Err(Place::File.fault(Fault::Cut { what: RECORDS }));
    }
    let noted = |signal: &Signal| signal.label.ends_with("DF Annotations");
    let measured: Vec<&Signal> = signals.iter().filter(|signal| !noted(signal) && signal.label != "Status").collect();
    let like = |signal: &&Signal| measured.iter().filter(|other| other.samples == signal.samples).count();
    let Some(samples) = measured.iter().max_by_key(|signal| like(signal)).map(|signal| signal.samples) else {
        return Err(Place::File.fault(Fault::Empty));
    };
    if seconds <= 0.0 {
        return Err(Place::File.fault(Fault::Damaged { what: HEAD }));
    }
    let mut notes = Vec::new();
    // What lies between records that do not follow each other (EDF+D) is not there: annotations are moved up to where
    // their record stands.
    for (i, record) in records.clone().enumerate() {
        let mut shift = None;
        for signal in signals.iter().filter(|signal| noted(signal)) {
            texts(&record[signal.start..][..width * signal.samples], i as f64 * seconds, &mut shift, &mut notes);
        }
    }
    for signal in signals.iter().filter(|signal| signal.label == "Status") {
        let codes = records.clone().flat_map(|r| r[signal.start..][..width * signal.samples].chunks_exact(width));
        triggers(codes, seconds / signal.samples as f64, &mut notes);
    }
    let step = seconds / samples as f64;
    let trials = trials(notes, step, records.len() * samples);
    if trials.is_empty() {
        let what = "annotations";
        return Err(Place::File.fault(Fault::Missing { what, found: String::new() }));
    }
    let channels: Vec<&&Signal> = measured.iter().filter(|signal| signal.samples == samples).collect();
    let records: Vec<&[u8]> = records.collect();
    let (mut numbers, mut segments) = (Vec::new(), Vec::new());
    for (i, trial) in trials.iter().enumerate() {
        for at in trial.start..trial.end {
            let record = records[at / samples];
            segments.push(i as f64);
            numbers.extend(channels.iter().map(|signal| {
                let from = signal.start + width * (at % samples);
                signal.scale[0] * digital(&record[from..from + width]) + signal.scale[1]
            }));
        }
    }
    let bin = Array { shape: Vec::new(), values: Values::Numbers([1000.0 * step].to_vec()) };
    Ok([
        ("signal", Array::rows(numbers, channels.len())),
        ("bin_ms", bin),
        ("segment", Array::rows(segments, 1)),
        ("target", Array::words(trials.into_iter().map(|trial| trial.class).collect())),
    ]
    .map(|(name, array)| (name.to_string(), array))
    .into())
}

/// A sample: little-endian, with a sign.
fn digital(bytes: &[u8]) -> f64 {
    let unsigned = bytes.iter().rev().fold(0u32, |x, &byte| x << 8 | u32::from(byte));
    let shift = 32 - 8 * bytes.len() as u32;
    f64::from((unsigned << shift) as i32 >> shift)
}

/// The annotations of a record that begins at `at` seconds: lists of onset, perhaps 0x15 and duration, 0x14, then texts each
/// with 0x14 behind, and 0. The first of a record's has no text: it tells the time of the record.
fn texts(bytes: &[u8], at: f64, shift: &mut Option<f64>, notes: &mut Vec<Annotation>) {
    for list in bytes.split(|&byte| byte == 0) {
        let mut parts = list.split(|&byte| byte == 0x14).map(String::from_utf8_lossy);
        let times = parts.next().unwrap_or_default();
        let (onset, duration) = times.split_once('\u{15}').unwrap_or((&times, ""));
        let number = |text: &str| text.parse::<f64>().ok().filter(|x| x.is_finite());
        let Some(onset) = number(onset) else { continue };
        let shift = *shift.get_or_insert(at - onset);
        let texts = parts.map(|text| text.trim().to_string()).filter(|text| !text.is_empty());
        notes.extend(texts.map(|text| Annotation {
            onset: onset + shift,
            duration: number(duration).filter(|&x| x > 0.0),
            text,
        }));
    }
}

/// Where the lower 16 bits of BioSemi's status change to another number than 0, a trial with that number begins.
fn triggers<'a>(codes: impl Iterator<Item = &'a [u8]>, step: f64, notes: &mut Vec<Annotation>) {
    let mut before = None;
    for (i, code) in codes.enumerate() {
        let code = u16::from_le_bytes([code[0], code[1]]);
        if before.is_some_and(|before| before != code) && code != 0 {
            notes.push(Annotation { onset: i as f64 * step, duration: None, text: code.to_string() });
        }
        before = Some(code);
    }
}

/// The trials of at most `length` samples, in order and without overlap.
fn trials(mut notes: Vec<Annotation>, step: f64, length: usize) -> Vec<Trial> {
    notes.sort_by(|one, other| one.onset.total_cmp(&other.onset));
    let mut texts: Vec<String> = notes.iter().map(|note| note.text.clone()).collect();
    texts.sort();
    let often =
        |text: &String| texts.partition_point(|other| other <= text) - texts.partition_point(|other| other < text) > 1;
    notes.retain(|note| often(&note.text));
    let sample = |time: f64| (libm::round(time / step).max(0.0) as usize).min(length);
    let next = |i: usize| notes.get(i + 1).map_or(length, |note| sample(note.onset));
    let trials = notes.iter().enumerate().map(|(i, note)| Trial {
        start: sample(note.onset),
        end: note.duration.map_or(length, |duration| sample(note.onset + duration)).min(next(i)),
        class: note.text.clone(),
    });
    trials.filter(|trial| trial.start < trial.end).collect()
}
