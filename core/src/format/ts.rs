//! UEA's `.ts`: header lines with `@`, then a trial a line: channels apart by `:`, samples by `,`, the class at the end.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use super::{
    Format,
    error::{Fault, FileError, Place},
    layout::{Array, Arrays, Values, short},
};
use crate::text::{Text, text};

/// `.ts`
pub static FORMAT: Format = Format {
    title: ".ts (UEA, aeon)",
    endings: &["ts"],
    doc: text(
        "A trial a line, as in the UEA archive. It has no rate: a sample counts as 1 ms, unless a line says otherwise, such as “#bin_ms 3.90625”.",
        "每行一个试次，与 UEA 数据集相同。文件不含采样率：每个样本按 1 ms 计，除非有一行注明，例如 “#bin_ms 3.90625”。",
    ),
    begins: |_| false,
    // Remarks in the archive's own files are in Latin-1: of a byte that is not UTF-8 only the trial is lost that it stands in.
    read: |bytes| Ok(read(&String::from_utf8_lossy(bytes))?.arrays()),
};

const CHANNELS: Text = text("channels", "通道");
const SAMPLES: Text = text("samples", "样本");

/// Trials with a class each.
#[derive(Clone, Debug, PartialEq)]
pub struct Trials {
    /// Number of channels.
    pub channels: usize,
    /// What the classes are, as `@classLabel` names them.
    pub names: Vec<String>,
    /// The samples of each trial, all channels of a sample together.
    pub trials: Vec<Vec<f32>>,
    /// The class of each trial.
    pub classes: Vec<usize>,
    /// Interval of samples, ms.
    pub bin_ms: f64,
}

impl Trials {
    /// The same in the layout of all files.
    pub fn arrays(&self) -> Arrays {
        let lengths = self.trials.iter().map(|trial| trial.len() / self.channels);
        let segments = lengths.enumerate().flat_map(|(i, length)| core::iter::repeat_n(i as f64, length));
        let samples = self.trials.iter().flatten().map(|&x| f64::from(x)).collect();
        let classes = self.classes.iter().map(|&class| self.names[class].clone()).collect();
        let width = Array { shape: Vec::new(), values: Values::Numbers([self.bin_ms].to_vec()) };
        [
            ("signal", Array::rows(samples, self.channels)),
            ("bin_ms", width),
            ("segment", Array::rows(segments.collect(), 1)),
            ("target", Array::words(classes)),
        ]
        .map(|(name, array)| (name.to_string(), array))
        .into()
    }
}

/// Reads a file. Trials may differ in length; channels of a trial may not. Memory taken is in proportion to the text:
/// what the header says of sizes is not believed.
pub fn read(text: &str) -> Result<Trials, FileError> {
    let mut lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim()));
    let fault = |line, fault| Place::Line(line).fault(fault);
    let (mut names, mut bin_ms): (Vec<String>, f64) = (Vec::new(), 1.0);
    loop {
        let Some((number, line)) = lines.next() else {
            return Err(Place::File.fault(Fault::NoHeader { wanted: "@data" }));
        };
        let mut words = line.split_whitespace();
        match words.next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "@classlabel" => names = words.skip(1).map(ToString::to_string).collect(),
            "#bin_ms" => bin_ms = number_in(words.next().unwrap_or_default()).map_err(|f| fault(number, f))?,
            "@data" => break,
            _ => {}
        }
    }
    if names.is_empty() {
        return Err(Place::File.fault(Fault::NoHeader { wanted: "@classLabel true …" }));
    }
    let mut found = Trials { channels: 0, names, trials: Vec::new(), classes: Vec::new(), bin_ms };
    for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let (samples, class) = line.rsplit_once(':').unwrap_or(("", line));
        let channels = samples.split(':').map(|channel| channel.split(',').map(str::trim).map(sample).collect());
        let channels: Result<Vec<Vec<f32>>, Fault> = channels.collect();
        let channels = channels.map_err(|f| fault(number, f))?;
        if found.trials.is_empty() {
            found.channels = channels.len();
        }
        let ragged = |what, found, wanted| Err(fault(number, Fault::Ragged { what, found, wanted }));
        if channels.len() != found.channels {
            return ragged(CHANNELS, channels.len(), found.channels);
        }
        let length = channels[0].len();
        if let Some(other) = channels.iter().find(|channel| channel.len() != length) {
            return ragged(SAMPLES, other.len(), length);
        }
        let class = class.trim();
        let Some(class) = found.names.iter().position(|name| name == class) else {
            return Err(fault(number, Fault::UnknownClass { text: short(class), known: found.names.join(", ") }));
        };
        found.trials.push((0..length).flat_map(|i| channels.iter().map(move |channel| channel[i])).collect());
        found.classes.push(class);
    }
    if found.trials.is_empty() { Err(Place::File.fault(Fault::Empty)) } else { Ok(found) }
}

fn sample(text: &str) -> Result<f32, Fault> {
    number_in(text).map(|x| x as f32)
}

fn number_in(text: &str) -> Result<f64, Fault> {
    let number = text.parse().ok().filter(|x: &f64| (*x as f32).is_finite());
    number.ok_or_else(|| Fault::NotANumber { text: short(text) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "#from somewhere\n@problemName Two\n@classLabel true up down\n@data\n";

    fn read_after(head: &str, body: &str) -> Result<Trials, FileError> {
        read(&[head, body].concat())
    }

    #[test]
    fn trials_are_read() {
        let read = read_after(HEAD, "1,2,3:4,5,6:down\n\n7,8.5:9,-1e2:up\n").expect("a good file");
        assert_eq!((read.channels, read.classes), (2, alloc::vec![1, 0]));
        assert_eq!(read.trials, [alloc::vec![1.0, 4.0, 2.0, 5.0, 3.0, 6.0], alloc::vec![7.0, 9.0, 8.5, -100.0]]);
    }

    #[test]
    fn bad_files_get_one_clear_error() {
        let not = |text: &str| Fault::NotANumber { text: text.into() };
        let unknown = |text: &str| Fault::UnknownClass { text: text.into(), known: "up, down".into() };
        let cases = [
            (HEAD, "", 0, Fault::Empty),
            ("", "", 0, Fault::NoHeader { wanted: "@data" }),
            ("\u{93}NUMPY", "1,2:up", 0, Fault::NoHeader { wanted: "@data" }),
            ("@data\n", "1,2:up", 0, Fault::NoHeader { wanted: "@classLabel true …" }),
            (HEAD, "1,NaN:2,3:up", 5, not("NaN")),
            (HEAD, "1,1e99:2,3:up", 5, not("1e99")),
            (HEAD, "1,?:2,3:up", 5, not("?")),
            (HEAD, "1,2:up\n1,2:3,4:up", 6, Fault::Ragged { what: CHANNELS, found: 2, wanted: 1 }),
            (HEAD, "1,2:3:up", 5, Fault::Ragged { what: SAMPLES, found: 1, wanted: 2 }),
            (HEAD, "1,2:3,4", 5, unknown("3,4")),
            (HEAD, "1,2:left", 5, unknown("left")),
            (HEAD, "up", 5, not("")),
        ];
        for (head, body, line, fault) in cases {
            let error = read_after(head, body).expect_err(body);
            let place = if line == 0 { Place::File } else { Place::Line(line) };
            assert_eq!(error, FileError { place, fault }, "{body}");
        }
    }

    /// Cut anywhere, a file is read or refused, and what is read is whole trials.
    #[test]
    fn a_file_cut_anywhere_does_no_harm() {
        let whole = [HEAD, "1,2,3:4,5,6:down\n7,8.5:9,-1e2:up\n"].concat();
        for end in 0..whole.len() {
            if let Ok(trials) = read(&whole[..end]) {
                assert!(trials.trials.iter().all(|trial| trial.len() % trials.channels == 0));
            }
        }
    }
}
