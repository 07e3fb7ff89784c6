//! The decoders: against numpy and scikit-learn, on the generated recordings, and that nothing leaks from test to training.

use serde_json::Value;
use spikeground_core::{
    bci::{self, Activity, Origin, Recording, Segment, Split, Target},
    decode::{self, DECODERS, Decoder, Decodes, Score},
    rng::{Purpose, Stream},
};

fn reference() -> Value {
    serde_json::from_str(include_str!("../../tests/reference/decoders.json")).expect("the reference is JSON")
}

fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(list) => list.iter().flat_map(numbers).collect(),
        number => vec![number.as_f64().expect("a number")],
    }
}

fn singles(value: &Value) -> Vec<f32> {
    numbers(value).into_iter().map(|x| x as f32).collect()
}

fn segment(bins: std::ops::Range<usize>, train: bool) -> Segment {
    Segment { bins, split: if train { Split::Train } else { Split::Test } }
}

/// The recording of the reference whose target is numbers, or classes.
fn recording(reference: &Value, values: bool) -> Recording {
    let whole = |key: &str| reference[key].as_u64().expect(key) as usize;
    let channels = whole("channels");
    let samples = singles(&reference[if values { "counts" } else { "signal" }]);
    let (length, learned) = (whole("length"), whole("train_trials"));
    let bins = samples.len() / channels;
    let (target, segments) = if values {
        let middle = whole("train_bins");
        let names = vec!["x".into(), "y".into()];
        let values = singles(&reference["velocity"]);
        (Target::Values { names, values }, vec![segment(0..middle, true), segment(middle..bins, false)])
    } else {
        let classes: Vec<usize> = numbers(&reference["labels"]).into_iter().map(|x| x as usize).collect();
        let trials = (0..classes.len()).map(|i| segment(i * length..(i + 1) * length, i < learned)).collect();
        (Target::Classes { names: vec!["0".into(), "1".into()], classes }, trials)
    };
    let activity = if values { Activity::Spikes } else { Activity::Signal };
    let bin_ms = reference["bin_ms"].as_f64().expect("bin_ms");
    Recording {
        name: "reference".into(),
        origin: Origin::Unknown,
        activity,
        channels,
        bin_ms,
        samples,
        target,
        segments,
    }
}

/// What a decoder says on the test side: the numbers of every bin, or how much more the second class scores at the end.
fn decoded(decoder: &Decoder, recording: &Recording, values: &[f64]) -> Vec<f64> {
    let mut trained = decode::train(decoder, recording, values, 1);
    let mut said = Vec::new();
    for segment in recording.segments.iter().filter(|s| s.split == Split::Test) {
        trained.reset();
        for bin in segment.bins.clone() {
            trained.push(recording.bin(bin));
            if matches!(recording.target, Target::Values { .. }) {
                said.extend(trained.output());
            }
        }
        if matches!(recording.target, Target::Classes { .. }) {
            let scores = trained.output();
            said.push(scores[1] - scores[0]);
        }
    }
    said
}

#[test]
fn decoders_agree_with_numpy_and_scikit_learn() {
    let reference = reference();
    let cases: [(&str, &[f64]); 5] = [
        ("wiener", &[100.0, 10.0]),
        ("kalman", &[40.0]),
        ("population_vector", &[100.0]),
        ("lda", &[4.0, 5.0]),
        ("csp_lda", &[4.0, 15.0, 100.0, 2.0]),
    ];
    for (name, values) in cases {
        let decoder = decode::find(name).expect(name);
        let recording = recording(&reference, decoder.decodes == Decodes::Values);
        let (ours, theirs) = (decoded(decoder, &recording, values), numbers(&reference["decoded"][name]));
        assert_eq!(ours.len(), theirs.len(), "{name}");
        let worst = ours.iter().zip(&theirs).map(|(x, y)| (x - y).abs() / y.abs().max(1.0)).fold(0.0, f64::max);
        assert!(worst < 1e-6, "{name}: {worst:e}");
    }
}

/// A recording that the decoder is made for, small enough to learn from in a moment.
fn small(decoder: &Decoder, seed: u32) -> Recording {
    let (name, values): (&str, &[f64]) = match (decoder.decodes, decoder.name) {
        (Decodes::Values | Decodes::Both, _) => ("m1_reaching", &[24.0, 60.0, 15.0, 0.35, 0.15]),
        (_, "csp_lda") => ("motor_imagery", &[120.0, 1.5]),
        _ => ("mandarin_tones", &[16.0, 16.0]),
    };
    (bci::find(name).expect(name).make)(values, seed)
}

#[test]
fn test_rows_never_influence_training() {
    for decoder in DECODERS {
        let clean = small(decoder, 3);
        let mut poisoned = clean.clone();
        for i in clean.on(Split::Test) {
            let bins = clean.segments[i].bins.clone();
            poisoned.samples[bins.start * clean.channels..bins.end * clean.channels].fill(1e6);
            match &mut poisoned.target {
                Target::Values { names, values } => values[bins.start * names.len()..bins.end * names.len()].fill(-1e6),
                Target::Classes { names, classes } => classes[i] = (classes[i] + 1) % names.len(),
            }
        }
        let chosen = decode::choose(decoder, &clean, &decoder.defaults(), 1);
        assert_eq!(chosen, decode::choose(decoder, &poisoned, &decoder.defaults(), 1), "{}", decoder.name);
        let mut trained = [&clean, &poisoned].map(|recording| decode::train(decoder, recording, &chosen, 1));
        let heard = clean.only(&clean.on(Split::Test));
        let scores = trained.each_mut().map(|trained| decode::score(&mut **trained, &heard));
        assert_eq!(scores[0], scores[1], "{}", decoder.name);
        assert!(scores[0].headline() > scores[0].chance(), "{}: {:?}", decoder.name, scores[0]);
    }
}

/// The same recording with the targets of its segments exchanged, those of both sides among themselves.
fn shuffled(mut recording: Recording, seed: u32) -> Recording {
    let word = |i: usize| Stream::new(seed, Purpose::Sample, 0).words(i as u32, 0)[0];
    match &mut recording.target {
        Target::Classes { classes, .. } => {
            let mut order: Vec<usize> = (0..classes.len()).collect();
            order.sort_by_key(|&i| word(i));
            *classes = order.iter().map(|&i| classes[i]).collect();
        }
        // The movement of somewhere else in the session: a rotation by several reaches.
        Target::Values { names, values } => values.rotate_left(names.len() * (700 + word(0) as usize % 1000)),
    }
    recording
}

#[test]
fn shuffled_targets_score_at_chance() {
    for decoder in DECODERS {
        let scores: Vec<Score> = (0..4)
            .map(|seed| {
                let recording = shuffled(small(decoder, seed), seed);
                let mut trained = decode::train(decoder, &recording, &decoder.defaults(), seed);
                decode::score(&mut *trained, &recording.only(&recording.on(Split::Test)))
            })
            .collect();
        let mean = scores.iter().map(Score::headline).sum::<f64>() / 4.0;
        match scores[0] {
            Score::R2(_) => assert!(mean < 0.03, "{}: R2 {mean}", decoder.name),
            // About 200 trials: a standard error of 3 %.
            Score::Confusion(ref counts) => {
                assert!((mean - 1.0 / counts.len() as f64).abs() < 0.1, "{}: accuracy {mean}", decoder.name)
            }
        }
    }
}

/// The score on the test side, with what cross-validation chooses inside the training side.
fn best(name: &str, recording: &Recording) -> f64 {
    let decoder = decode::find(name).expect(name);
    let values = decode::choose(decoder, recording, &decoder.defaults(), 1);
    let mut trained = decode::train(decoder, recording, &values, 1);
    let score = decode::score(&mut *trained, &recording.only(&recording.on(Split::Test)));
    println!("{name} {values:?} on {}: {:.3} (chance {:.3})", recording.name, score.headline(), score.chance());
    score.headline()
}

#[test]
fn generated_recordings_are_as_hard_as_real_ones() {
    for generator in bci::GENERATORS {
        let made = generator.example(1);
        assert_eq!(made, generator.example(1), "{}", generator.name);
        assert_ne!(made.samples, generator.example(2).samples, "{}", generator.name);
        assert!(matches!(made.origin, Origin::Synthetic(_)));
        assert!(made.samples.iter().all(|x| x.is_finite()));
    }
    let reaching = bci::find("m1_reaching").expect("reaching").example(1);
    // Real sessions give 0.46 to 0.83.
    let [wiener, kalman, vector] = ["wiener", "kalman", "population_vector"].map(|name| best(name, &reaching));
    assert!(
        (0.6..0.95).contains(&wiener) && kalman > 0.5 && vector > 0.3 && vector < wiener,
        "{wiener} {kalman} {vector}"
    );
    let imagery = bci::find("motor_imagery").expect("imagery").example(1);
    assert!((0.65..0.85).contains(&best("csp_lda", &imagery)), "the usual range of people");
    let tones = bci::find("mandarin_tones").expect("tones").example(1);
    assert!((0.8..1.0).contains(&best("lda", &tones)));
    assert!(best("spiking", &tones) >= 0.9);
}
