//! Another model, rule, synapse or distribution, chosen in every network of the gallery: a good network stays good, and what had
//! to go is told.

use spikeground_core::{
    error::Mistake,
    gallery,
    network::mistakes,
    neuron,
    param::Range,
    rule,
    space::Layout,
    spec::{Distribution, NetworkSpec, Shape},
    stimulus, synapse,
};

fn cuba() -> NetworkSpec {
    gallery::GALLERY[0].spec()
}

/// Applies `choose` to each part of each network of the gallery, and gives what is wrong then to `judge`.
fn everywhere(
    parts: fn(&NetworkSpec) -> usize,
    choose: impl Fn(&mut NetworkSpec, usize),
    judge: impl Fn(&Mistake) -> bool,
) {
    for entry in gallery::GALLERY {
        let spec = entry.spec();
        for i in 0..parts(&spec).min(3) {
            let mut chosen = spec.clone();
            choose(&mut chosen, i);
            let wrong: Vec<_> = mistakes(&chosen).into_iter().filter(|e| !judge(&e.mistake)).collect();
            assert!(wrong.is_empty(), "{} {i}: {wrong:?}", entry.id);
            assert_eq!(NetworkSpec::from_json(&chosen.to_json()).as_ref(), Ok(&chosen), "{} {i}", entry.id);
        }
    }
}

#[test]
fn any_neuron_model_fits_any_population() {
    for model in neuron::MODELS {
        everywhere(|spec| spec.populations.len(), |spec, i| _ = spec.choose_model(i, model.name), |_| false);
    }
}

#[test]
fn any_rule_fits_any_projection_or_is_refused_for_what_the_populations_are() {
    for rule in rule::RULES {
        let choose = |spec: &mut NetworkSpec, i| _ = spec.choose_rule(i, rule.name);
        everywhere(
            |spec| spec.projections.len(),
            choose,
            |mistake| {
                matches!(
                    mistake,
                    Mistake::RuleForStimulus { .. }
                        | Mistake::TooFewPartners { .. }
                        | Mistake::UnequalSizes { .. }
                        | Mistake::TwoPopulations { .. }
                        | Mistake::NoPositions
                )
            },
        );
    }
}

#[test]
fn any_synapse_model_fits_any_projection_between_populations() {
    for model in synapse::SYNAPSES {
        let choose = |spec: &mut NetworkSpec, i| _ = spec.choose_synapse(i, model.name);
        everywhere(
            |spec| spec.projections.len(),
            choose,
            |mistake| matches!(mistake, Mistake::SynapseForStimulus { .. }),
        );
    }
}

#[test]
fn what_both_models_have_stays_and_the_rest_is_told() {
    let mut spec = cuba();
    let params = &mut spec.populations[0].params;
    *params = [("C_m", 150.0), ("tau_syn_ex", 4.0), ("tau_m", 15.0)].map(|(n, v)| (n.to_owned(), v.into())).into();
    spec.controls[0].paths = vec!["populations[0].params.tau_m".into()];
    let control = spec.controls[0].name.clone();
    let dropped = spec.choose_model(0, "iaf_cond_exp");
    let kept: Vec<_> = spec.populations[0].params.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(kept, ["C_m", "tau_syn_ex"]);
    assert_eq!(dropped, ["tau_m".to_owned(), control]);
    assert!(spec.populations[0].init.iter().any(|(name, _)| name == "V_m"), "V_m is in mV in both");
}

#[test]
fn a_stimulus_keeps_lists_of_the_same_name() {
    let mut spec = cuba();
    spec.stimuli.push(spikeground_core::spec::StimulusSpec {
        name: "s".into(),
        model: "step_current_generator".into(),
        params: vec![("start".into(), 5.0)],
        lists: vec![("amplitude_times".into(), vec![1.0]), ("amplitude_values".into(), vec![2.0])],
    });
    let last = spec.stimuli.len() - 1;
    let dropped = spec.choose_stimulus(last, "dc_generator");
    assert_eq!(dropped, ["amplitude_times", "amplitude_values"]);
    assert_eq!(spec.stimuli[last].params, [("start".to_owned(), 5.0)]);
    for model in stimulus::STIMULI {
        spec.choose_stimulus(last, model.name);
        assert_eq!(mistakes(&spec), [], "{}", model.name);
    }
}

#[test]
fn a_rule_keeps_its_number_and_sets_the_options_that_it_needs() {
    let mut spec = cuba();
    spec.projections[0].target = spec.projections[0].source.clone();
    spec.choose_rule(0, "pairwise_bernoulli");
    spec.projections[0].params[0].1 = 0.07;
    spec.choose_rule(0, "symmetric_pairwise_bernoulli");
    assert_eq!(spec.projections[0].params, [("p".to_owned(), 0.07)]);
    assert!(!spec.projections[0].allow_autapses);
    spec.projections[0].edges.clear();
    assert_eq!(spec.choose_rule(0, "edges"), ["p"]);
    spec.projections[0].edges.push(rule::Edge::new(0, 1));
    assert_eq!(spec.choose_rule(0, "fixed_indegree"), ["edges"]);
}

#[test]
fn a_plastic_synapse_has_room_on_either_side_of_zero() {
    for (weight, synapse) in
        [(700.0, "stdp_synapse"), (-700.0, "vogels_sprekeler_synapse"), (-700.0, "stdp_dopamine_synapse")]
    {
        let mut spec = cuba();
        spec.projections[0].weight = weight.into();
        spec.choose_synapse(0, synapse);
        assert_eq!(mistakes(&spec), [], "{synapse}");
        assert_eq!(spec.projections[0].weight, weight.into());
    }
}

#[test]
fn every_form_keeps_the_middle_and_the_range() {
    for (middle, range) in [(16.2, Range::ANY), (-50.0, Range::ANY), (0.0, Range::ANY), (0.1, Range::between(0.1, 1e9))]
    {
        let mut distribution = Distribution::Constant(middle);
        for shape in Shape::ALL.into_iter().chain([Shape::Constant]) {
            distribution = distribution.shaped(shape, range);
            assert_eq!(distribution.shape(), shape);
            let (lo, hi) = distribution.bounds();
            assert!(range.contains(lo) && range.contains(hi) && lo <= hi, "{distribution:?}");
            assert!((distribution.middle() - middle).abs() <= 0.06 * middle.abs(), "{distribution:?}");
        }
    }
}

#[test]
fn a_grid_and_the_number_of_neurons_agree() {
    let mut population = cuba().populations[0].clone();
    assert_eq!(population.squarest_grid(), [64, 50]);
    population.place(Some(Layout { grid: Some([64, 50]), extent: [1.0, 1.0], edge_wrap: false }));
    population.resize(1000);
    assert_eq!((population.size, population.positions.and_then(|l| l.grid)), (1024, Some([64, 16])));
    population.place(None);
    population.resize(1000);
    assert_eq!(population.size, 1000);
}

#[test]
fn any_node_can_be_the_source() {
    for entry in gallery::GALLERY {
        let spec = entry.spec();
        for (i, name) in (0..spec.projections.len().min(4)).flat_map(|i| spec.node_names().map(move |name| (i, name))) {
            let mut chosen = spec.clone();
            chosen.choose_source(i, name);
            let unequal = |m: &Mistake| matches!(m, Mistake::UnequalSizes { .. } | Mistake::TwoPopulations { .. });
            let places = |m: &Mistake| matches!(m, Mistake::NoPositions | Mistake::OutOfRange { .. });
            // A code and a control of the weight are of one source.
            let own = |m: &Mistake| {
                matches!(m, Mistake::TargetsDiffer { .. } | Mistake::NotRows { .. } | Mistake::TooFewPartners { .. })
            };
            let wrong: Vec<_> = mistakes(&chosen)
                .into_iter()
                .filter(|e| !unequal(&e.mistake) && !places(&e.mistake) && !own(&e.mistake))
                .collect();
            assert!(wrong.is_empty(), "{} {i} {name}: {wrong:?}", entry.id);
        }
    }
}

/// Of each projection in the gallery, any receptor of its target, and then any model for the target and any other target.
#[test]
fn any_receptor_can_be_chosen_and_goes_with_what_has_it() {
    for entry in gallery::GALLERY {
        let spec = entry.spec();
        for i in 0..spec.projections.len() {
            for receptor in spec.receptors(i) {
                let mut chosen = spec.clone();
                chosen.choose_receptor(i, Some(receptor.name));
                let refused = |m: &Mistake| {
                    matches!(m, Mistake::OutOfRange { .. }) && spec.projections[i].synapse != synapse::DEFAULT
                };
                let wrong: Vec<_> = mistakes(&chosen).into_iter().filter(|e| !refused(&e.mistake)).collect();
                assert!(wrong.is_empty(), "{} {i} {}: {wrong:?}", entry.id, receptor.name);
                if mistakes(&chosen).is_empty() && spec.projections[i].synapse == synapse::DEFAULT {
                    receptors_go(&chosen, i);
                }
            }
        }
    }
}

fn receptors_go(spec: &NetworkSpec, i: usize) {
    let target = spec.populations.iter().position(|p| p.name == spec.projections[i].target).expect("a target");
    for model in neuron::MODELS {
        let mut chosen = spec.clone();
        let dropped = chosen.choose_model(target, model.name);
        let is_lost = chosen.projections[i].receptor.is_none();
        assert_eq!(dropped.iter().any(|name| name == "receptor"), is_lost, "{}", model.name);
        assert_eq!(mistakes(&chosen), [], "{}", model.name);
    }
    let mut chosen = spec.clone();
    chosen.choose_model(target, "nir_if");
    chosen.populations.push(spec.populations[target].clone());
    let last = chosen.populations.len() - 1;
    chosen.populations[last].name = "another".into();
    chosen.choose_target(i, "another");
    chosen.choose_receptor(i, spec.projections[i].receptor.as_deref());
    assert!(chosen.projections[i].receptor.is_some());
    let name = chosen.populations[target].name.clone();
    assert_eq!(chosen.choose_target(i, &name), ["receptor"]);
    assert_eq!(chosen.projections[i].receptor, None);
}

#[test]
fn a_receptor_turns_the_weight_to_its_sign_and_a_current_goes_past_it() {
    let mut spec = gallery::find("coba").expect("COBA is in the gallery").spec();
    let weight = spec.projections[0].weight.middle();
    assert!(weight > 0.0);
    spec.choose_receptor(0, Some("in"));
    assert_eq!((spec.projections[0].weight.middle(), mistakes(&spec)), (-weight, Vec::new()));
    let drive = spec.add_stimulus("dc_generator");
    let name = spec.stimuli[drive].name.clone();
    assert!(spec.choose_source(0, &name).contains(&"receptor".to_owned()));
    assert!(spec.receptors(0).is_empty());
}

#[test]
fn populations_connected_by_distance_share_a_surface_whose_edges_meet() {
    let mut spec = cuba();
    for population in &mut spec.populations {
        population.place(Some(Layout { grid: None, extent: [1.0, 1.0], edge_wrap: false }));
    }
    spec.choose_rule(0, "spatial_gaussian");
    let between = spec.projections.iter().position(|p| p.source != p.target).expect("E to I");
    spec.choose_rule(between, "spatial_gaussian");
    assert_eq!(mistakes(&spec), []);
    let extents =
        |spec: &NetworkSpec| [0, 1].map(|i| spec.populations[i].positions.map(|l| (l.extent[0], l.edge_wrap)));
    spec.choose_surface(1, [3.0, 1.0], false);
    assert_eq!(extents(&spec), [Some((1.0, false)), Some((3.0, false))]);
    spec.choose_surface(1, [2.0, 2.0], true);
    assert_eq!(extents(&spec), [Some((2.0, true)), Some((2.0, true))]);
    assert_eq!(mistakes(&spec), []);
}
