//! UEA's `.ts`: header lines with `@`, then a trial a line: channels apart by `:`, samples by `,`, the class at the end.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use super::{Fault, FileError};

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
}

/// Reads a file. Trials may differ in length; channels of a trial may not. Memory taken is in proportion to the text:
/// what the header says of sizes is not believed.
pub fn read(text: &str) -> Result<Trials, FileError> {
    let mut lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim()));
    let fault = |line, fault| FileError { line, fault };
    let mut names: Vec<String> = Vec::new();
    loop {
        let Some((_, line)) = lines.next() else { return Err(fault(0, Fault::NoHeader { wanted: "@data" })) };
        let mut words = line.split_whitespace();
        match words.next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "@classlabel" => names = words.skip(1).map(ToString::to_string).collect(),
            "@data" => break,
            _ => {}
        }
    }
    if names.is_empty() {
        return Err(fault(0, Fault::NoHeader { wanted: "@classLabel true …" }));
    }
    let mut found = Trials { channels: 0, names, trials: Vec::new(), classes: Vec::new() };
    for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let (samples, class) = line.rsplit_once(':').unwrap_or(("", line));
        let channels = samples.split(':').map(|channel| channel.split(',').map(str::trim).map(number_in).collect());
        let channels: Result<Vec<Vec<f32>>, Fault> = channels.collect();
        let channels = channels.map_err(|f| fault(number, f))?;
        if found.trials.is_empty() {
            found.channels = channels.len();
        }
        let ragged = |what, found, wanted| Err(fault(number, Fault::Ragged { what, found, wanted }));
        if channels.len() != found.channels {
            return ragged("channels", channels.len(), found.channels);
        }
        let length = channels[0].len();
        if let Some(other) = channels.iter().find(|channel| channel.len() != length) {
            return ragged("samples", other.len(), length);
        }
        let class = class.trim();
        let Some(class) = found.names.iter().position(|name| name == class) else {
            return Err(fault(number, Fault::UnknownClass { text: short(class), known: found.names.join(", ") }));
        };
        found.trials.push((0..length).flat_map(|i| channels.iter().map(move |channel| channel[i])).collect());
        found.classes.push(class);
    }
    if found.trials.is_empty() { Err(fault(0, Fault::Empty)) } else { Ok(found) }
}

fn number_in(text: &str) -> Result<f32, Fault> {
    text.parse().ok().filter(|x: &f32| x.is_finite()).ok_or_else(|| Fault::NotANumber { text: short(text) })
}

/// As much of a text as a message can hold.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
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
            (HEAD, "1,2:up\n1,2:3,4:up", 6, Fault::Ragged { what: "channels", found: 2, wanted: 1 }),
            (HEAD, "1,2:3:up", 5, Fault::Ragged { what: "samples", found: 1, wanted: 2 }),
            (HEAD, "1,2:3,4", 5, unknown("3,4")),
            (HEAD, "1,2:left", 5, unknown("left")),
            (HEAD, "up", 5, not("")),
        ];
        for (head, body, line, fault) in cases {
            let error = read_after(head, body).expect_err(body);
            assert_eq!(error, FileError { line, fault }, "{body}");
            use crate::text::Lang;
            let messages = [Lang::En, Lang::Zh].map(|lang| error.message(lang));
            assert!(messages[0].contains(';') && messages[1].contains('；') && messages[0] != messages[1]);
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
