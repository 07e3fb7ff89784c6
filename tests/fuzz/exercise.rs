//! What every text must survive: it is read, written, checked, wired and run, and either works or is refused with
//! messages. Shared by `core/tests/mutations.rs`, which tries texts like good ones, and by the fuzz target, which tries
//! anything.

use spikeground_core::{
    engine::{self, Simulation},
    error::{MOST_ERRORS, SpecError},
    network::Wiring,
    spec::NetworkSpec,
    text::Lang,
};

/// How far a text came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It is not the text of a network.
    Unreadable,
    /// It is, but its values make none.
    Refused,
    /// It was wired and ran.
    Ran,
}

/// Takes a text as far as it goes, in `memory` bytes.
pub fn exercise(json: &str, memory: f64) -> End {
    let spec = match NetworkSpec::from_json(json) {
        Ok(spec) => spec,
        Err(errors) => return refused(&errors, End::Unreadable),
    };
    assert_eq!(NetworkSpec::from_json(&spec.to_json()), Ok(spec.clone()), "what is written is read again");
    let mut wiring = match Wiring::new(spec, memory) {
        Ok(wiring) => wiring,
        Err(errors) => return refused(&errors, End::Refused),
    };
    while !wiring.advance(10_000).expect("what is estimated is there") {}
    let mut run = Simulation::new(wiring.finish(), engine::ENGINES[0]).expect("what is estimated is there");
    let digests: Vec<u64> = engine::ENGINES
        .iter()
        .map(|engine| {
            run.set_engine(engine);
            run.reset().expect("it was there before");
            run.advance(20).expect("a run looks for NaN less often than that");
            run.digest()
        })
        .collect();
    assert!(digests.iter().all(|&digest| digest == digests[0]), "engines differ: {digests:?}");
    End::Ran
}

/// A refusal says why, in both languages.
pub fn refused(errors: &[SpecError], end: End) -> End {
    assert!((1..=MOST_ERRORS).contains(&errors.len()));
    for error in errors {
        assert!(!error.message(Lang::En).is_empty() && !error.message(Lang::Zh).is_empty());
    }
    end
}
