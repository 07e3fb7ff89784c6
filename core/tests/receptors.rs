//! Receptors that projections name: what arrives where, whatever its sign, on both engines.

mod reference;

use reference::start;
use spikeground_core::{
    engine::Simulation,
    gallery,
    spec::{Distribution, NetworkSpec},
};

fn cuba() -> NetworkSpec {
    gallery::find("cuba").expect("a network of the gallery").spec().scaled(500)
}

fn after(spec: &NetworkSpec, engine: &str) -> Simulation {
    let mut run = start(spec.clone(), engine);
    run.advance(1500).expect("no NaN");
    run
}

/// Excitation onto "ex" and inhibition onto "in" is what their signs say.
#[test]
fn a_name_is_what_the_sign_says() {
    let mut named = cuba();
    for projection in &mut named.projections {
        projection.receptor = Some(if projection.weight.middle() < 0.0 { "in" } else { "ex" }.into());
    }
    assert_eq!(NetworkSpec::from_json(&named.to_json()), Ok(named.clone()));
    assert!(!named.same_wiring(&cuba()), "another receptor is another network");
    assert_eq!(after(&named, "lanes").digest(), after(&cuba(), "lanes").digest());
}

/// The largest |I_syn| of each sign at both receptors, over the whole network.
fn currents(run: &Simulation) -> [[f32; 2]; 2] {
    let mut largest = [[0.0_f32; 2]; 2];
    for p in &run.network().populations {
        for (receptor, name) in ["I_syn_ex", "I_syn_in"].into_iter().enumerate() {
            let variable = p.model.state_index(name).expect("a synaptic current");
            for current in (0..p.n).map(|neuron| run.state().value(p, neuron, variable)) {
                let sign = usize::from(current < 0.0);
                largest[receptor][sign] = largest[receptor][sign].max(current.abs());
            }
        }
    }
    largest
}

/// A named receptor takes both signs, those that are drawn and those that are set on the way, and nothing goes elsewhere.
#[test]
fn a_named_receptor_takes_weights_of_either_sign() {
    let mut spec = cuba();
    for projection in &mut spec.projections {
        projection.receptor = Some("in".into());
        projection.weight = Distribution::Uniform { lo: -20.0, hi: 20.0 };
    }
    let mut all = Vec::new();
    for engine in ["scalar", "lanes"] {
        let mut run = after(&spec, engine);
        let [ex, inh] = currents(&run);
        assert_eq!(ex, [0.0; 2], "nothing arrives at “ex”");
        assert!(inh[0] > 1.0 && inh[1] > 1.0, "both signs arrive at “in”: {inh:?}");
        all.push(run.digest());
        let mut constant = spec.clone();
        for (projection, weight) in constant.projections.iter_mut().zip([9.0, 9.0, -9.0, -9.0]) {
            projection.weight = weight.into();
        }
        let mut run_on = after(&constant, engine);
        constant.projections[0].weight = (-9.0).into();
        run_on.apply(constant).expect("good numbers");
        run_on.advance(500).expect("no NaN");
        assert_eq!(currents(&run_on)[0], [0.0; 2], "a weight that changes its sign stays at its receptor");
        all.push(run_on.digest());
        // What is saved goes on at the same receptors.
        let saved = run.save();
        let again = Simulation::load(&saved, run.engine(), 1e9).expect("what was saved");
        assert_eq!(again.digest(), run.digest());
    }
    assert_eq!(all[..2], all[2..], "lanes are scalar to the bit");
}
