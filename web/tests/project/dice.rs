//! Random projects and random changes of them, from a seed.

use spikeground_core::{
    gallery::GALLERY,
    param::Range,
    rng::{Purpose, Stream, below, unit_open},
    spec::{ControlSpec, Distribution, ProjectionSpec, StimulusSpec},
    text::Lang,
};
use spikeground_web::state::{
    document::Document,
    look::{Look, PAGE_PARTS, PARTS},
    prefs::Theme,
    sketch::{Group, Note},
};

/// Dice that fall the same for the same seed.
pub struct Dice {
    stream: Stream,
    thrown: u32,
}

impl Dice {
    pub fn new(seed: u32) -> Dice {
        Dice { stream: Stream::new(seed, Purpose::Sample, 0), thrown: 0 }
    }

    fn word(&mut self) -> u32 {
        self.thrown += 1;
        self.stream.words(0, self.thrown)[0]
    }

    pub fn below(&mut self, n: usize) -> usize {
        below(self.word(), n as u32) as usize
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// A number of any size and sign, whole or not.
    pub fn number(&mut self) -> f64 {
        let x = (unit_open(self.word()) - 0.5) * 10_f64.powi(self.below(12) as i32 - 4);
        match self.below(6) {
            0 => x.round(),
            1 => -0.0,
            2 => f64::MAX * x.signum(),
            _ => x,
        }
    }

    /// A name, also one that could hurt where it is shown or written.
    pub fn name(&mut self) -> String {
        const NAMES: &[&str] = &[
            "E",
            "I",
            "兴奋",
            "<img src=x onerror=alert(1)>",
            "\"quoted\"\\",
            "🧠",
            "a\tb\nc",
            "",
            "\u{0}",
            "Ünïcode",
        ];
        let name = *self.pick(NAMES);
        format!("{name}{}", self.below(40))
    }

    fn distribution(&mut self) -> Distribution {
        let (a, b) = (self.number(), self.number());
        let limits = Range::between(self.number(), Range::LARGEST);
        match self.below(4) {
            0 => Distribution::Uniform { lo: a, hi: b },
            1 => Distribution::Normal { mean: a, std: b, limits },
            2 => Distribution::Lognormal { median: a, sigma: b, limits },
            _ => Distribution::Constant(a),
        }
    }

    /// Changes a project as a visitor might, sensibly or not.
    pub fn change(&mut self, document: &mut Document) {
        let (name, number, at) = (self.name(), self.number(), self.below(1000));
        let distribution = self.distribution();
        let spec = &mut document.spec;
        match self.below(20) {
            0 => spec.name = name,
            1 => spec.seed = at as u32,
            2 => spec.dt_ms = number,
            3 if !spec.populations.is_empty() => {
                let i = at % spec.populations.len();
                spec.populations[i].size = 1 + at as u64;
                spec.populations[i].params.push((name, distribution));
            }
            4 if !spec.populations.is_empty() => drop(spec.populations.remove(at % spec.populations.len())),
            5 if !spec.populations.is_empty() => {
                let mut copy = spec.populations[at % spec.populations.len()].clone();
                copy.name = name;
                spec.populations.insert(at % spec.populations.len(), copy);
            }
            6 => spec.projections.push(ProjectionSpec::all_to_all("E", &name, number, 1.5)),
            7 if !spec.projections.is_empty() => drop(spec.projections.remove(at % spec.projections.len())),
            8 | 9 if !spec.projections.is_empty() => {
                let i = at % spec.projections.len();
                spec.projections[i].weight = distribution;
                spec.projections[i].allow_autapses ^= true;
            }
            10 => {
                let lists = Vec::new();
                spec.stimuli.push(StimulusSpec { name, model: "poisson_generator".into(), params: Vec::new(), lists });
            }
            11 => drop(spec.stimuli.pop()),
            12 => {
                spec.controls.push(ControlSpec { name, paths: vec!["x".into()], min: number, max: 1.0, log: at > 500 })
            }
            13 | 14 => {
                document.sketch.places.retain(|(known, _)| *known != name);
                document.sketch.places.push((name, [number, at as f64]));
            }
            15 => document.sketch.notes.push(Note { text: name, place: [number, 0.5] }),
            16 => drop(document.sketch.notes.pop()),
            17 => document.sketch.groups.push(Group { title: name, members: vec!["E".into(), "I".into()] }),
            18 => spec.populations.reverse(),
            _ => document.gallery = None,
        }
    }

    /// A network of the gallery, changed a few times, that wants to be shown somehow.
    pub fn project(&mut self) -> Document {
        let mut document = Document::of(GALLERY[self.below(GALLERY.len())]);
        for _ in 0..self.below(12) {
            self.change(&mut document);
        }
        document.look = Look {
            views: (self.below(2) == 0).then(|| vec!["raster".into(), "rate".into()]),
            language: *self.pick(&[None, Some(Lang::En), Some(Lang::Zh)]),
            theme: *self.pick(&[None, Some(Theme::Light), Some(Theme::Dark)]),
            hide: PARTS.iter().chain(PAGE_PARTS).copied().take(self.below(5)).collect(),
        };
        document
    }
}
