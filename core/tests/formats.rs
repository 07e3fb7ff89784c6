//! Files: what is read of good ones, one clear error for each bad one, and that no bytes whatever do harm.

use spikeground_core::{
    bci::{Activity, Origin, Recording, Segment, Split, Target},
    format::{
        self, FORMATS, Fault, FileError, Place,
        layout::{Array, Arrays, Values},
        npz,
    },
    rng::{Purpose, Stream},
    text::{Lang, Text},
};

const BINS: usize = 12;

/// What `make_files.py` puts into every file.
fn expected(activity: Activity, bin_ms: f64, target: Target) -> Recording {
    let splits = [Split::Train, Split::Train, Split::Test, Split::Train];
    Recording {
        name: String::new(),
        origin: Origin::Unknown,
        activity,
        channels: 3,
        bin_ms,
        samples: (0..BINS * 3).map(|i| (i * 7 % 11) as f32).collect(),
        target,
        segments: (0..4).map(|i| Segment { bins: 3 * i..3 * i + 3, split: splits[i] }).collect(),
    }
}

fn values() -> Target {
    let values = (0..BINS).flat_map(|bin| [bin as f32 / 4.0 - 1.0, -(bin as f32) / 8.0]).collect();
    Target::Values { names: vec!["target 1".into(), "target 2".into()], values }
}

fn classes() -> Target {
    Target::Classes { names: vec!["down".into(), "up".into()], classes: vec![1, 0, 1, 0] }
}

/// Reads a good file.
fn read(name: &str, bytes: &[u8]) -> Recording {
    let mut read = format::read(name, bytes).unwrap_or_else(|error| panic!("{name}: {}", error.message(Lang::En)));
    assert_eq!(read.name, name);
    read.name.clear();
    read
}

fn csv() -> String {
    let mut file = "time_ms,spikes_a,spikes_b,spikes_c,target_x,target_y,segment,split\n".to_string();
    for bin in 0..BINS {
        let count = |k: usize| (3 * bin + k) * 7 % 11;
        let (x, y) = (bin as f64 / 4.0 - 1.0, -(bin as f64) / 8.0);
        let side = if bin / 3 == 2 { "test" } else { "train" };
        let cells = format!("{},{},{},{},{x},{y},s{},{side}", 20 * bin, count(0), count(1), count(2), bin / 3);
        file += &(cells + "\n");
    }
    file
}

const VALUES_NPZ: &[u8] = include_bytes!("../../tests/reference/files/values.npz");
const CLASSES_NPZ: &[u8] = include_bytes!("../../tests/reference/files/classes.npz");

#[test]
fn files_of_numpy_are_read() {
    assert_eq!(read("values.npz", VALUES_NPZ), expected(Activity::Spikes, 20.0, values()));
    assert_eq!(read("classes.npz", CLASSES_NPZ), expected(Activity::Signal, 1000.0 / 256.0, classes()));
    // The bytes tell, not the name.
    assert_eq!(read("values.csv", VALUES_NPZ), expected(Activity::Spikes, 20.0, values()));
}

const VALUES_MAT: &[u8] = include_bytes!("../../tests/reference/files/values.mat");
const CLASSES_MAT: &[u8] = include_bytes!("../../tests/reference/files/classes.mat");

#[test]
fn files_of_matlab_are_read() {
    assert_eq!(read("values.mat", VALUES_MAT), expected(Activity::Spikes, 20.0, values()));
    assert_eq!(read("classes.mat", CLASSES_MAT), expected(Activity::Signal, 1000.0 / 256.0, classes()));
}

#[test]
fn each_wrong_file_of_matlab_is_told() {
    let spoil = |from: &[u8], to: &[u8]| {
        let at = CLASSES_MAT.windows(from.len()).position(|w| w == from).expect("it is there");
        error("a.mat", &[&CLASSES_MAT[..at], to, &CLASSES_MAT[at + from.len()..]].concat())
    };
    assert!(matches!(spoil(b"target", b"tarred").fault, Fault::Missing { what: "target", .. }));
    assert!(matches!(spoil(b"MATLAB 5.0", b"MATLAB 7.3").fault, Fault::NotRead { .. }));
    assert!(matches!(spoil(b"IM", b"XY").fault, Fault::Damaged { .. }));
    assert!(matches!(error("a.mat", b"\x89HDF\r\n\x1a\n").fault, Fault::NotRead { .. }));
    assert!(matches!(error("a.mat", &CLASSES_MAT[..300]).fault, Fault::Cut { .. }));
    let mut damaged = VALUES_MAT.to_vec();
    damaged[150] ^= 0x55;
    assert!(matches!(error("a.mat", &damaged).fault, Fault::Damaged { .. }));
    // A struct where an array is wanted, and sizes that are not those of the data.
    let structure = spoil(b"notes\0\0\0", b"split\0\0\0");
    assert!(matches!(structure.fault, Fault::NotRead { .. } | Fault::Damaged { .. }), "{structure:?}");
    let sizes = spoil(&[12, 0, 0, 0, 3, 0, 0, 0], &[255, 255, 255, 127, 255, 255, 255, 127]);
    assert!(sizes.place == Place::Part("signal".into()) && matches!(sizes.fault, Fault::Damaged { .. }), "{sizes:?}");
}

#[test]
fn what_is_written_is_read() {
    let source = "somebody's, under some terms — 来源";
    let mut arrays = arrays();
    arrays.push(("source".into(), Array::words(vec![source.into()])));
    let mut wanted = expected(Activity::Spikes, 20.0, values());
    wanted.origin = Origin::Real(source.into());
    assert_eq!(read("own.npz", &npz::write(&arrays)), wanted);
}

#[test]
fn tables_are_read() {
    let wanted = expected(Activity::Spikes, 20.0, values());
    assert_eq!(read("a.csv", csv().as_bytes()), wanted);
    assert_eq!(read("a.TSV", csv().replace(',', "\t").as_bytes()), wanted);
    let excel = format!("\u{feff}{}", csv().replace(',', ";").replace('\n', "\r\n").replace("s0", "\"s0\""));
    assert_eq!(read("a.csv", excel.as_bytes()), wanted);
    let mut lines = vec!["time_ms,signal,class,segment".to_string()];
    lines.extend((0..BINS).map(|i| format!("{},{i},{},{}", 5 * i, ["up", "down"][i / 3 % 2], i / 3)));
    let read = read("b.csv", lines.join("\n").as_bytes());
    assert_eq!((read.target, read.bin_ms, read.channels), (classes(), 5.0, 1));
    // Without a split, the last fifth is for testing.
    assert_eq!(read.segments.iter().map(|s| s.split == Split::Test).collect::<Vec<_>>(), [false, false, false, true]);
}

/// An EDF+ (two bytes to a sample) or BDF+ file of two signals of 8 Hz and one of 2 Hz, with four records of a second. The
/// trials of 6 samples begin half a second after each record; a remark comes once.
fn edf(width: usize) -> Vec<u8> {
    let label = if width == 2 { "EDF Annotations" } else { "BDF Annotations" };
    let mut file = if width == 2 { b"0       ".to_vec() } else { b"\xffBIOSEMI".to_vec() };
    let field = |file: &mut Vec<u8>, text: &str, size: usize| file.extend(format!("{text:size$}").bytes());
    for (text, size) in [("", 160), ("", 16), ("1280", 8), ("EDF+C", 44), ("4", 8), ("1", 8), ("4", 4)] {
        field(&mut file, text, size);
    }
    let fields: [(usize, [&str; 4]); 10] = [
        (16, ["C3", "Temp", "C4", label]),
        (80, [""; 4]),
        (8, [""; 4]),
        (8, ["-100", "0", "-50", "-1"]),
        (8, ["100", "1", "50", "1"]),
        (8, ["-1000", "0", "-1000", "-32768"]),
        (8, ["1000", "1", "1000", "32767"]),
        (80, [""; 4]),
        (8, ["8", "2", "8", "30"]),
        (32, [""; 4]),
    ];
    for (size, texts) in fields {
        texts.iter().for_each(|text| field(&mut file, text, size));
    }
    for record in 0..4 {
        let mut sample = |x: i32| file.extend(&x.to_le_bytes()[..width]);
        (0..8).for_each(|i| sample(8 * record + i));
        (0..2).for_each(|_| sample(1));
        (0..8).for_each(|i| sample(-(8 * record + i)));
        let text = ["T1", "T2"][record as usize % 2];
        let remark = if record == 2 { "+2.1\x14cough\x14\0" } else { "" };
        let mut notes = format!("+{record}\x14\x14\0+{record}.25\x15{}\x14{text}\x14\0{remark}", 0.75).into_bytes();
        notes.resize(30 * width, 0);
        file.extend(notes);
    }
    file
}

#[test]
fn edf_and_bdf_are_read() {
    for (name, width) in [("a.edf", 2), ("a.bdf", 3)] {
        let read = read(name, &edf(width));
        assert_eq!((read.bin_ms, read.channels, read.activity), (125.0, 2, Activity::Signal));
        let splits = [Split::Train, Split::Train, Split::Train, Split::Test];
        let segments: Vec<Segment> = (0..4).map(|i| Segment { bins: 6 * i..6 * i + 6, split: splits[i] }).collect();
        assert_eq!(read.segments, segments);
        // A tenth and a twentieth of what was written, from the third sample of each record on.
        let wanted = (0..24).flat_map(|i| [0.1, -0.05].map(|gain| (gain * f64::from(8 * (i / 6) + 2 + i % 6)) as f32));
        let off = read.samples.iter().zip(wanted).map(|(x, y): (&f32, f32)| (x - y).abs()).fold(0.0, f32::max);
        assert!(off < 1e-5, "{off}");
        assert_eq!(read.target, Target::Classes { names: vec!["T1".into(), "T2".into()], classes: vec![0, 1, 0, 1] });
    }
}

#[test]
fn triggers_of_biosemi_are_read() {
    let mut file = edf(3);
    // The second signal becomes the status: 5 and 6 by turns in the first half of a record, above them bits of the device.
    file[256 + 16..][..16].copy_from_slice(b"Status          ");
    for record in 0..4 {
        let start = 256 * 5 + record * 48 * 3 + 8 * 3;
        file[start..start + 6].copy_from_slice(&[0, 0, 0x10, 5 + record as u8 % 2, 0, 0x10]);
    }
    // Without annotations.
    file[256 + 48..][..16].copy_from_slice(b"C5              ");
    file[256 + 4 * 216 + 24..][..8].copy_from_slice(b"30      ");
    let read = read("b.bdf", &file);
    assert_eq!(read.target, Target::Classes { names: vec!["5".into(), "6".into()], classes: vec![0, 1, 0, 1] });
    // From the middle of each record to that of the next.
    assert_eq!(read.segments.iter().map(|s| s.bins.len()).collect::<Vec<_>>(), [8, 8, 8, 4]);
}

#[test]
fn each_wrong_edf_is_told() {
    let good = edf(2);
    let spoil = |at: usize, text: &str| {
        let mut file = good.clone();
        file[at..at + text.len()].copy_from_slice(text.as_bytes());
        error("a.edf", &file).fault
    };
    let damaged = |fault: Fault| matches!(fault, Fault::Damaged { .. });
    let cut = |fault: Fault| matches!(fault, Fault::Cut { .. });
    assert!(damaged(spoil(252, "many")) && damaged(spoil(252, "9e99")) && damaged(spoil(252, "-1  ")));
    assert!(damaged(spoil(244, "0   ")) && damaged(spoil(256 + 4 * 216, "NaN     ")));
    assert!(cut(spoil(236, "5   ")) && cut(spoil(252, "9999")) && cut(spoil(256 + 4 * 216, "99999999")));
    assert!(cut(error("a.edf", &good[..200]).fault) && cut(error("a.edf", &good[..1500]).fault));
    // Every annotation comes once, or there is none.
    let mut once = good.clone();
    for (i, at) in (0..once.len() - 1).filter(|&i| [b"T1", b"T2"].contains(&&[good[i], good[i + 1]])).enumerate() {
        once[at] = b'A' + i as u8;
    }
    assert!(matches!(error("a.edf", &once).fault, Fault::Missing { what: "annotations", .. }));
    assert!(matches!(spoil(256 + 48, "EMG Annotations "), Fault::Missing { what: "annotations", .. }));
}

#[test]
fn trials_of_uea_are_read() {
    let file = "#bin_ms 4\n@classLabel true up down\n@data\n1,2:3,4:up\n5,6,7:8,9,10:down\n";
    let read = read("a.ts", file.as_bytes());
    assert_eq!((read.bin_ms, read.channels, read.activity), (4.0, 2, Activity::Signal));
    assert_eq!(read.samples, [1.0, 3.0, 2.0, 4.0, 5.0, 8.0, 6.0, 9.0, 7.0, 10.0]);
    assert_eq!(read.target, Target::Classes { names: vec!["down".into(), "up".into()], classes: vec![1, 0] });
}

/// The arrays of a good recording.
fn arrays() -> Arrays {
    let Recording { samples, .. } = expected(Activity::Spikes, 20.0, values());
    let Target::Values { values, .. } = values() else { unreachable!("values are numbers") };
    let wide = |numbers: Vec<f32>| numbers.into_iter().map(f64::from).collect();
    let words = |words: &[&str]| Array::words(words.iter().map(ToString::to_string).collect());
    [
        ("spikes", Array::rows(wide(samples), 3)),
        ("target", Array::rows(wide(values), 2)),
        ("bin_ms", Array { shape: vec![], values: Values::Numbers(vec![20.0]) }),
        ("segment", Array::rows((0..BINS).map(|bin| (bin / 3) as f64).collect(), 1)),
        ("split", words(&["train", "train", "test", "train"])),
    ]
    .map(|(name, array)| (name.to_string(), array))
    .into()
}

/// The error of a bad file, whose message has place, value and remedy in both languages.
fn error(name: &str, bytes: &[u8]) -> FileError {
    let error = format::read(name, bytes).expect_err(name);
    let [english, chinese] = [Lang::En, Lang::Zh].map(|lang| error.message(lang));
    assert!(english.contains(';') && chinese.contains('；') && !english.contains('；'), "{english}\n{chinese}");
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c));
    assert!(han(&chinese) && !han(&english), "{english}\n{chinese}");
    error
}

#[test]
fn each_wrong_layout_is_told() {
    let numbers = |numbers: Vec<f64>, columns| Array::rows(numbers, columns);
    let words = |words: &[&str]| Array::words(words.iter().map(ToString::to_string).collect());
    let part = |name: &str| Place::Part(name.into());
    let ragged = |found: usize, wanted: usize| move |fault: &Fault| matches!(fault, Fault::Ragged { found: f, wanted: w, .. } if *f == found && *w == wanted);
    type Case<'a> = (&'a str, Option<Array>, Place, Box<dyn Fn(&Fault) -> bool>);
    let mut spoiled: Vec<f64> = vec![0.0; BINS * 3];
    spoiled[7] = f64::NAN;
    let is = |wanted: Fault| Box::new(move |fault: &Fault| *fault == wanted) as Box<dyn Fn(&Fault) -> bool>;
    let cases: Vec<Case> = vec![
        ("spikes", None, Place::File, Box::new(|f| matches!(f, Fault::Missing { what: "signal", .. }))),
        ("spikes", Some(numbers(spoiled, 3)), part("spikes[2, 1]"), is(Fault::NotANumber { text: "NaN".into() })),
        (
            "spikes",
            Some(numbers(vec![1e39; BINS * 3], 3)),
            part("spikes[0, 0]"),
            Box::new(|f| matches!(f, Fault::NotANumber { .. })),
        ),
        ("spikes", Some(numbers(vec![], 3)), part("spikes"), is(Fault::Empty)),
        ("spikes", Some(words(&["many"])), part("spikes[0]"), is(Fault::NotANumber { text: "many".into() })),
        (
            "spikes",
            Some(Array { shape: vec![2, 2, 3], values: Values::Numbers(vec![0.0; 12]) }),
            part("spikes"),
            Box::new(|f| matches!(f, Fault::NotRead { .. })),
        ),
        ("target", None, Place::File, Box::new(|f| matches!(f, Fault::Missing { what: "target", .. }))),
        ("target", Some(numbers(vec![0.0; 7], 1)), part("target"), Box::new(ragged(7, 4))),
        (
            "target",
            Some(numbers(vec![f64::INFINITY; BINS], 1)),
            part("target[0, 0]"),
            is(Fault::NotANumber { text: "inf".into() }),
        ),
        ("target", Some(words(&["up"; 4])), part("target"), is(Fault::OneClass { name: "up".into() })),
        (
            "target",
            Some(words(&["up", "up", "up", "up", "down", "up", "up", "up", "up", "up", "up", "up"])),
            part("target[4]"),
            is(Fault::MixedClasses { first: "up".into(), other: "down".into() }),
        ),
        ("bin_ms", None, Place::File, Box::new(|f| matches!(f, Fault::Missing { what: "bin_ms", .. }))),
        ("bin_ms", Some(numbers(vec![0.0], 1)), part("bin_ms"), is(Fault::NotPositive { value: "0".into() })),
        (
            "bin_ms",
            Some(numbers(vec![20.0, 20.0], 1)),
            part("bin_ms"),
            is(Fault::NotPositive { value: "20, 20".into() }),
        ),
        ("segment", Some(numbers(vec![0.0; 5], 1)), part("segment"), Box::new(ragged(5, BINS))),
        ("split", Some(words(&["train"; 4])), Place::File, is(Fault::OneSide)),
        ("split", Some(words(&["train", "test"])), part("split"), Box::new(ragged(2, 4))),
        (
            "split",
            Some(words(&["train", "test", "rest", "train"])),
            part("split[2]"),
            is(Fault::UnknownClass { text: "rest".into(), known: "train, test".into() }),
        ),
    ];
    for (name, array, place, fault) in cases {
        let mut arrays = arrays();
        let at = arrays.iter().position(|(own, _)| own == name).expect(name);
        match array {
            Some(array) => arrays[at].1 = array,
            None => drop(arrays.remove(at)),
        }
        let error = error("a.npz", &npz::write(&arrays));
        assert!(error.place == place && fault(&error.fault), "{name}: {error:?}");
    }
    let mut many = arrays();
    many.retain(|(name, _)| name == "bin_ms");
    let list = |n: usize| numbers((0..n).map(|i| i as f64).collect(), 1);
    let names: Vec<String> = (0..300).map(|i| format!("{i}")).collect();
    many.extend([
        ("spikes".into(), list(600)),
        ("segment".into(), list(600)),
        ("target".into(), Array::words([names.clone(), names].concat())),
    ]);
    assert_eq!(error("a.npz", &npz::write(&many)).fault, Fault::TooManyClasses { found: 300, limit: 256 });
}

#[test]
fn each_wrong_table_is_told() {
    let line = |line: usize, fault: Fault| FileError { place: Place::Line(line), fault };
    let known = "time_ms, spikes…, signal…, target…, class, segment, split";
    let good = csv();
    let spoil = |from: &str, to: &str| good.replacen(from, to, 1);
    let number = |text: &str| Fault::NotANumber { text: text.into() };
    let cells = Text { en: "cells", zh: "单元格" };
    let cases = [
        (String::new(), FileError { place: Place::File, fault: Fault::Empty }),
        ("velocity\n1\n".into(), line(1, Fault::UnknownColumn { text: "velocity".into(), known })),
        (spoil("\n20,10,", "\n20,ten,"), line(3, number("ten"))),
        (spoil("\n20,10,", "\n20,nan,"), line(3, number("nan"))),
        (spoil("\n20,10,", "\n20,,"), line(3, number(""))),
        (spoil("\n20,10,", "\n20,"), line(3, Fault::Ragged { what: cells, found: 7, wanted: 8 })),
        (spoil("\n40,", "\n50,"), line(4, Fault::Irregular { found: "30.0000".into(), wanted: "20.0000".into() })),
        (
            spoil("time_ms", "signal"),
            line(
                1,
                Fault::Missing {
                    what: "time_ms",
                    found: "signal, spikes_a, spikes_b, spikes_c, target_x, target_y, segment, split".into(),
                },
            ),
        ),
    ];
    for (file, wanted) in cases {
        assert_eq!(error("a.csv", file.as_bytes()), wanted, "{file}");
    }
    let latin = error("a.csv", b"time_ms,signal\n0,1\n1,\xe9\n");
    assert!(latin.place == Place::Line(3) && matches!(latin.fault, Fault::NotRead { .. }), "{latin:?}");
}

#[test]
fn each_wrong_archive_is_told() {
    let known = |f: &Fault| matches!(f, Fault::UnknownFormat { known } if known.contains(".npz"));
    assert!(known(&error("a.xyz", b"anything").fault) && known(&error("", b"").fault));
    assert!(matches!(error("a.npz", b"no archive").fault, Fault::Cut { .. }));
    assert!(matches!(error("a.npy", b"\x93NUMPY\x01\x00").fault, Fault::NotRead { .. }));
    assert!(matches!(error("a.npz", &VALUES_NPZ[..VALUES_NPZ.len() / 2]).fault, Fault::Cut { .. }));
    let mut flipped = VALUES_NPZ.to_vec();
    flipped[60] ^= 0x55;
    let damaged = error("a.npz", &flipped);
    assert!(
        damaged.place == Place::Part("spikes.npy".into()) && matches!(damaged.fault, Fault::Damaged { .. }),
        "{damaged:?}"
    );
    // A head that promises more than there is.
    let at = |needle: &[u8], bytes: &[u8]| bytes.windows(needle.len()).position(|w| w == needle).expect("it is there");
    let file = npz::write(&arrays());
    let (start, end) = (at(b"\x93NUMPY", &file), at(b"target.npy", &file));
    let promise = |from: &str, to: &str| {
        let mut spikes = file[start..end].to_vec();
        let at = at(from.as_bytes(), &spikes);
        spikes.splice(at..at + from.len(), to.bytes());
        npz::npy("spikes", &spikes).expect_err(to).fault
    };
    assert!(matches!(promise("(12, 3,)", "(99, 9,)"), Fault::Cut { .. }));
    assert!(matches!(promise("(12, 3,)", "(4000000000, 4000000000,)"), Fault::Damaged { .. }));
    assert!(matches!(promise("(12, 3,)", "(-1, 3,)"), Fault::Damaged { .. }));
    assert!(matches!(promise("'<f4'", "'|O8'"), Fault::NotRead { .. }));
    assert!(matches!(promise("'<f4'", "'<U0'"), Fault::NotRead { .. }));
}

/// Good files of every format.
fn good() -> Vec<(&'static str, Vec<u8>)> {
    let ts = "@classLabel true up down\n@data\n1,2,3:4,5,6:down\n7,8.5:9,-1e2:up\n";
    vec![
        ("a.npz", VALUES_NPZ.to_vec()),
        ("b.npz", CLASSES_NPZ.to_vec()),
        ("a.csv", csv().into_bytes()),
        ("a.edf", edf(2)),
        ("a.bdf", edf(3)),
        ("a.mat", VALUES_MAT.to_vec()),
        ("b.mat", CLASSES_MAT.to_vec()),
        ("a.ts", ts.into()),
    ]
}

/// Cut short, with bytes changed, or both, a file is read or refused; what is read is whole.
#[test]
fn no_bytes_do_harm() {
    let (files, mut refused, mut whole) = (good(), 0, 0);
    for format in FORMATS {
        assert!(
            files.iter().any(|(name, _)| format.endings.contains(&&name[2..])),
            "{} has no good file",
            format.title
        );
    }
    for (which, (name, bytes)) in files.iter().enumerate() {
        for round in 0..3000 {
            let stream = Stream::new(1, Purpose::Sample, which);
            let word = |i: u32| stream.words(round, i)[0] as usize;
            let mut spoiled = bytes.clone();
            if round % 3 > 0 {
                for i in 0..1 + word(0) % 8 {
                    let at = word(1 + 2 * i as u32) % spoiled.len();
                    spoiled[at] = [word(2 + 2 * i as u32) as u8, 0, 0xff, b'9'][word(20 + i as u32) % 4];
                }
            }
            if round % 3 < 2 {
                spoiled.truncate(word(30) % (spoiled.len() + 1));
            }
            match format::read(name, &spoiled) {
                Ok(read) => {
                    assert_eq!(read.samples.len(), read.bins() * read.channels);
                    assert_eq!(read.segments.last().map(|s| s.bins.end), Some(read.bins()), "{name}, round {round}");
                    whole += 1;
                }
                Err(error) => {
                    assert!(error.message(Lang::En).len() < 2000);
                    refused += 1;
                }
            }
        }
    }
    assert!(refused > 1000 && whole > 100, "{refused} refused, {whole} read");
}
