//! A recording is opened, learned from and played, with a clock of the test's own.

use std::cell::Cell;

use spikeground_core::decode::Score;

use super::*;
use crate::protocol::{Bytes, Learned};

/// A `Decoding` with a clock that moves on by itself a little whenever it is read.
struct Bench {
    decoding: Decoding,
    clock: Cell<f64>,
}

impl Bench {
    fn new() -> Bench {
        Bench { decoding: Decoding::new(), clock: Cell::new(0.0) }
    }

    fn say(&mut self, message: Decode) {
        self.decoding.handle(message, self.clock.get());
    }

    /// Works until there is nothing more to do, drawing every frame, and returns what was said.
    fn run(&mut self) -> Vec<Decoded> {
        let mut said = Vec::new();
        loop {
            let clock = &self.clock;
            let tick = || {
                clock.set(clock.get() + 0.01);
                clock.get()
            };
            let next = self.decoding.work(&tick, &mut true);
            let messages = self.decoding.take_messages();
            said.extend(
                messages.into_iter().filter_map(|m| if let FromWorker::Decoded(news) = m { Some(news) } else { None }),
            );
            match next {
                Next::Now => {}
                Next::In(wait) => self.clock.set(self.clock.get() + wait.max(0.01)),
                Next::Idle => return said,
            }
        }
    }
}

fn learned(said: &[Decoded]) -> Vec<&Learned> {
    said.iter().filter_map(|m| if let Decoded::Learned { learned, .. } = m { Some(learned) } else { None }).collect()
}

fn last(said: &[Decoded]) -> &Played {
    let played = said.iter().rev().find_map(|m| if let Decoded::Played(played) = m { Some(played) } else { None });
    played.expect("something is played")
}

const TONES: [f64; 2] = [16.0, 12.0];
const REACHES: [f64; 5] = [24.0, 60.0, 15.0, 0.35, 0.15];

fn open(name: &str, values: &[f64]) -> (Bench, Recorded) {
    let mut bench = Bench::new();
    bench.say(Decode::Open(Source::Generator { name: name.into(), values: values.to_vec(), seed: 2 }));
    let Some(Decoded::Recorded(recorded)) = bench.run().into_iter().next() else { panic!("{name} is opened") };
    (bench, *recorded)
}

fn train(bench: &mut Bench, decoder: &str) -> Vec<Decoded> {
    let values = decode::find(decoder).expect(decoder).defaults();
    bench.say(Decode::Train { decoder: decoder.into(), values, seed: 1 });
    bench.run()
}

/// What core's own functions score.
fn expected(name: &str, values: &[f64], decoder: &str) -> Score {
    let recording = (bci::find(name).expect(name).make)(values, 2);
    let decoder = decode::find(decoder).expect(decoder);
    let mut trained = decode::train(decoder, &recording, &decoder.defaults(), 1);
    decode::score(&mut *trained, &recording.only(&recording.on(Split::Test)))
}

#[track_caller]
fn assert_close(a: &Score, b: &Score) {
    match (a, b) {
        (Score::R2(a), Score::R2(b)) => {
            assert!(a.len() == b.len() && a.iter().zip(b).all(|(x, y)| (x - y).abs() < 1e-9))
        }
        _ => assert_eq!(a, b),
    }
}

#[test]
fn scores_are_those_of_core_with_the_baseline_beside_them() {
    for (name, values, decoder, baseline) in
        [("mandarin_tones", &TONES[..], "csp_lda", "lda"), ("m1_reaching", &REACHES[..], "kalman", "wiener")]
    {
        let (mut bench, recorded) = open(name, values);
        assert!(matches!(recorded.origin, bci::Origin::Synthetic(_)) && recorded.segments.iter().all(|n| *n > 0));
        let said = train(&mut bench, decoder);
        let [first, second] = learned(&said)[..] else { panic!("{said:?}") };
        assert_eq!((first.decoder.as_str(), first.is_baseline, second.is_baseline), (baseline, true, false));
        assert_close(&first.score, &expected(name, values, baseline));
        assert_close(&second.score, &expected(name, values, decoder));
        // Played undisturbed to the end, it comes to the same.
        bench.say(Decode::Watch { index: 1 });
        bench.say(Decode::Play);
        let said = bench.run();
        let end = last(&said);
        assert!(!end.is_playing && end.scored > 0);
        assert_close(&end.score, &second.score);
        // Every bin is sent once, and in real time.
        let mut next = 0;
        for played in said.iter().filter_map(|m| if let Decoded::Played(played) = m { Some(played) } else { None }) {
            assert_eq!((played.from, played.decoded.0.len() % recorded.names.len()), (next, 0));
            next += played.samples.0.len() / recorded.channels;
        }
        assert_eq!(next, recorded.bins[1]);
        assert!((bench.clock.get() / (recorded.bins[1] as f64 * recorded.bin_ms) - 1.0).abs() < 0.2);
        // The baseline is not trained again.
        assert_eq!(learned(&train(&mut bench, decoder)).len(), 1);
    }
}

#[test]
fn without_units_nothing_is_decoded() {
    let (mut bench, _) = open("mandarin_tones", &TONES);
    let said = train(&mut bench, "lda");
    assert!(learned(&said)[0].is_baseline);
    bench.say(Decode::Speed { factor: None });
    bench.say(Decode::Watch { index: 0 });
    let mut accuracy = |lost| {
        bench.say(Decode::Disturb(Disturbance { lost, ..Disturbance::default() }));
        bench.say(Decode::Play);
        last(&bench.run()).score.headline()
    };
    let (whole, half, none) = (accuracy(0.0), accuracy(0.5), accuracy(1.0));
    assert!(whole > 0.8 && half < whole && none < 0.3, "{whole} {half} {none}");
}

#[test]
fn training_is_given_up() {
    let (mut bench, _) = open("mandarin_tones", &TONES);
    let values = decode::find("spiking").expect("spiking").defaults();
    bench.say(Decode::Train { decoder: "spiking".into(), values, seed: 1 });
    let clock = bench.clock.clone();
    for _ in 0..4 {
        bench.decoding.work(
            &|| {
                clock.set(clock.get() + 1.0);
                clock.get()
            },
            &mut true,
        );
    }
    bench.say(Decode::Cancel);
    let said = bench.run();
    assert!(learned(&said).iter().all(|learned| learned.is_baseline), "{said:?}");
}

#[test]
fn a_bad_file_is_refused_in_both_languages_and_the_recording_stays() {
    let (mut bench, _) = open("mandarin_tones", &TONES);
    bench.say(Decode::Open(Source::File { name: "a.ts".into(), bytes: Bytes(b"@data\n".to_vec()) }));
    let said = bench.run();
    assert!(matches!(&said[0], Decoded::Refused { en, zh } if en != zh && !en.is_empty()), "{said:?}");
    assert_eq!(learned(&train(&mut bench, "lda")).len(), 1);
}
