//! The decoders on real recordings, where `cargo xtask recordings` has put them.

use std::{fs, path::Path};

use spikeground_core::{
    bci::{Origin, Recording, Split},
    decode, format,
    text::Lang,
};

/// A real recording; without it, why nothing is tested.
fn recording(name: &str) -> Option<Recording> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../target/recordings/{name}.npz"));
    let Ok(bytes) = fs::read(&path) else {
        println!("{name} is not tested: it is not in target/recordings; `cargo xtask recordings` puts it there");
        return None;
    };
    let read = format::read(name, &bytes).unwrap_or_else(|error| panic!("{name}: {}", error.message(Lang::En)));
    assert!(matches!(read.origin, Origin::Real(_)), "{name} does not say where it is from");
    Some(read)
}

/// Each with what cross-validation inside its training side chose; the share of right answers that it must reach on the test
/// side is a little below what it does, so that rounding on another machine does no harm.
#[test]
fn real_recordings_are_decoded() {
    type Case = (&'static str, [usize; 2], &'static str, &'static [f64], f64);
    let cases: [Case; 4] = [
        ("SelfRegulationSCP1", [268, 293], "lda", &[20.0, 0.0], 0.845),
        ("HandMovementDirection", [160, 74], "lda", &[12.0, 0.0], 0.649),
        ("HandMovementDirection", [160, 74], "liquid_state", &[100.0, 20.0, 10.0, 100.0], 0.6),
        ("Blink", [500, 450], "lda", &[10.0, 0.0], 0.955),
    ];
    for (name, trials, decoder, values, least) in cases {
        let Some(recording) = recording(name) else { continue };
        assert_eq!([Split::Train, Split::Test].map(|side| recording.on(side).len()), trials, "{name}");
        let decoder = decode::find(decoder).expect(decoder);
        let mut trained = decode::train(decoder, &recording, values, 1);
        let score = decode::score(&mut *trained, &recording.only(&recording.on(Split::Test)));
        println!("{} on {name}: {:.3} (chance {:.3})", decoder.name, score.headline(), score.chance());
        assert!(score.headline() >= least && least > score.chance(), "{} on {name}: {score:?}", decoder.name);
    }
}

#[test]
fn a_sound_is_read_from_real_spikes() {
    let Some(recording) = recording("grasshopper") else { return };
    let wiener = decode::find("wiener").expect("the Wiener filter");
    let mut trained = decode::train(wiener, &recording, &[150.0, 10.0], 1);
    let score = decode::score(&mut *trained, &recording.only(&recording.on(Split::Test))).headline();
    assert!((0.12..0.3).contains(&score), "R2 {score}");
}
