//! What programs in Python have in common: the header, the command line, random numbers, and what is printed in the end.

use alloc::{format, string::String, vec, vec::Vec};

use super::{
    LESIONS, Remark, Script, Target,
    layout::{count, number, quoted},
};
use crate::{
    param::Range,
    record::LEAST_INTERVALS,
    spec::{Distribution, NetworkSpec, PopulationSpec},
    text::Text,
};

/// A program on its way.
pub(super) struct Python {
    target: &'static Target,
    remarks: Vec<Remark>,
    helpers: Vec<&'static str>,
    body: String,
}

/// The parts of a program that differ from target to target only.
pub(super) struct Frame<'a> {
    /// What has to be installed.
    pub install: &'a str,
    /// The modules of the target.
    pub imports: &'a str,
    /// What comes before the first population; without a line break at its end, as the others.
    pub setup: &'a str,
    /// Runs `args.ms` and leaves in `spikes` who fired, from 0, and when, in ms, for each population.
    pub run: &'a str,
}

impl Python {
    pub(super) fn new(target: &'static Target) -> Python {
        Python { target, remarks: Vec::new(), helpers: Vec::new(), body: String::new() }
    }

    /// Another line, or several.
    pub(super) fn line(&mut self, line: &str) {
        self.body += line;
        self.body.push('\n');
    }

    /// A heading, in the words of a comment.
    pub(super) fn heading(&mut self, words: &str) {
        self.line(&format!("\n# {words}"));
    }

    /// A helper that the program needs, once.
    pub(super) fn needs(&mut self, helper: &'static str) {
        if !self.helpers.contains(&helper) {
            self.helpers.push(helper);
        }
    }

    /// Something the target does not have: the program stops here.
    pub(super) fn missing(&mut self, at: &str, what: Text, name: &str) {
        let remark = Remark::missing(at.into(), self.target.title, what, name);
        self.line(&format!("raise NotImplementedError({})", quoted(&format!("{at}: {}", remark.en))));
        self.remarks.push(remark);
    }

    /// Neurons that are destroyed, which no target knows.
    pub(super) fn lesions(&mut self, at: &str, p: &PopulationSpec) {
        if !p.lesions.is_empty() {
            self.missing(&format!("{at}.lesions"), LESIONS, &p.name);
        }
    }

    /// Something that is otherwise in the target.
    pub(super) fn differs(&mut self, at: &str, what: Text) {
        let remark = Remark { at: at.into(), stops: false, en: what.en.into(), zh: what.zh.into() };
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// `n` numbers of a distribution, in numpy; one number where all have the same.
    pub(super) fn drawn(&mut self, distribution: Distribution, n: &str) -> String {
        let mut within = |limits: Range, draw: String| {
            if limits == Range::ANY {
                return draw.replace("{n}", n);
            }
            self.needs(WITHIN);
            let [lo, hi] = [limits.lo, limits.hi].map(limit);
            format!("within({lo}, {hi}, lambda n: {}, {n})", draw.replace("{n}", "n"))
        };
        match distribution {
            Distribution::Constant(value) => number(value),
            Distribution::Uniform { lo, hi } => format!("rng.uniform({lo:?}, {hi:?}, {n})"),
            Distribution::Normal { mean, std, limits } => {
                within(limits, format!("rng.normal({mean:?}, {std:?}, {{n}})"))
            }
            Distribution::Lognormal { median, sigma, limits } => {
                within(limits, format!("{median:?}*rng.lognormal(0.0, {sigma:?}, {{n}})"))
            }
        }
    }

    /// The program as a whole.
    pub(super) fn finish(self, spec: &NetworkSpec, frame: &Frame) -> Script {
        let title = if spec.name.trim().is_empty() { "Network" } else { spec.name.trim() };
        // What ends a documentation string must not stand in it.
        let title = title.replace('\\', "/").replace("\"\"\"", "'''");
        let remarks: Vec<String> = self.remarks.iter().map(|r| format!("\n- {}: {}", r.at, r.en)).collect();
        let remarks = match &remarks[..] {
            [] => String::new(),
            remarks => format!("\nNot as in Spikeground:\n{}\n", remarks.concat().replace("\"\"\"", "'''")),
        };
        let mut parts = vec![format!(
            "\"\"\"{title}: a network of {} neurons, for {}. Written by Spikeground.\n\n    {}\n    python network.py --ms 1000 --seed {} \
             --plot\n\nPrints the mean rate in Hz and the mean CV of the inter-spike intervals of each population, as JSON.\n{remarks}\"\"\"",
            spec.neurons(),
            self.target.title,
            frame.install,
            spec.seed,
        )];
        parts.push(format!("\nimport argparse\nimport json\nimport sys\n\n{}", frame.imports));
        parts.push(COMMAND_LINE.replace("{seed}", &format!("{}", spec.seed)).replace("{dt}", &number(spec.dt_ms)));
        parts.push(frame.setup.into());
        parts.extend(self.helpers.iter().map(|helper| (*helper).into()));
        parts.push(self.body);
        parts.push(frame.run.into());
        parts.push(REPORT.replace("{least}", &count(f64::from(LEAST_INTERVALS))));
        Script { text: parts.join("\n"), remarks: self.remarks }
    }
}

/// An end of a range, in numpy.
pub(super) fn limit(end: f64) -> String {
    if end.abs() < Range::LARGEST {
        return number(end);
    }
    if end < 0.0 { "-np.inf".into() } else { "np.inf".into() }
}

const COMMAND_LINE: &str = r#"
parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--ms", type=float, default=1000.0, help="simulated time (%(default)s)")
parser.add_argument("--seed", type=int, default={seed}, help="seed of all randomness (%(default)s)")
parser.add_argument("--plot", action="store_true", help="show a raster, if matplotlib is installed")
args = parser.parse_args()

DT_MS = {dt}
rng = np.random.default_rng(args.seed)
sizes, neurons = {}, {}"#;

const WITHIN: &str = r#"

def within(lo, hi, draw, n):
    """n numbers; those outside the limits are drawn again."""
    numbers = draw(n)
    while (outside := (numbers < lo) | (numbers > hi)).any():
        numbers[outside] = draw(outside.sum())
    return numbers
"#;

const REPORT: &str = r#"

def mean_cv(who, times):
    """The mean CV of the inter-spike intervals of the neurons with at least {least} of them."""
    order = np.lexsort((times, who))
    trains = np.split(times[order], np.flatnonzero(np.diff(who[order])) + 1)
    intervals = [np.diff(train) for train in trains if len(train) > {least}]
    return float(np.mean([isi.std() / isi.mean() for isi in intervals])) if intervals else None


if args.plot:
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        print("There is no raster without matplotlib: pip install matplotlib", file=sys.stderr)
    else:
        first = 0
        for name, (who, times) in spikes.items():
            plt.plot(times, first + who, ".", markersize=1, label=name)
            first += sizes[name]
        plt.xlabel("time (ms)")
        plt.ylabel("neuron")
        plt.legend(loc="upper right")
        plt.show()

print(json.dumps({
    name: {"rate_hz": len(times) / sizes[name] / args.ms * 1000.0, "mean_cv": mean_cv(who, times)}
    for name, (who, times) in spikes.items()
}))
"#;
