//! The golden digests, which the native tests in `core/tests/digest.rs` pin.

use spikeground_core::{engine, gallery, network::Network};

/// Runs every network of the gallery on an engine and compares its state with the golden one.
pub fn check(engine: &str) {
    let golden: serde_json::Value =
        serde_json::from_str(include_str!("../golden/digests.json")).expect("the golden file is JSON");
    for entry in gallery::GALLERY {
        let golden = &golden[entry.id];
        let number = |key: &str| golden[key].as_u64().expect("a number");
        let spec = entry.spec().scaled(number("neurons"));
        let network = Network::new(spec, 1e9).expect("the gallery is good");
        let engine = engine::find(engine).expect("an engine of that name");
        let mut run = engine::Simulation::new(network, engine).expect("memory");
        run.advance(number("steps")).expect("no NaN");
        assert_eq!(golden["digest"], format!("{:016x}", run.digest()), "{}", entry.id);
    }
}
