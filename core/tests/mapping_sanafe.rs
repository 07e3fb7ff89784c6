//! Packets, hops, energy and the time of a step against SANA-FE (Boyle et al. 2025) on the same mesh, mapping and spikes:
//! `tests/reference/make_sanafe.py`.

use serde_json::Value;
use spikeground_core::chip::{
    hypergraph::Hypergraph,
    limits::{Grid, Limits},
    route::traffic,
    timing::{CoreWork, Times, core_work, step_time},
};

const REFERENCE: &str = include_str!("../../tests/reference/sanafe.json");

fn numbers(value: &Value) -> Vec<u32> {
    value.as_array().expect("a list").iter().map(|n| n.as_u64().expect("a whole number") as u32).collect()
}

#[test]
fn three_networks_cost_what_sana_fe_says() {
    let reference: Value = serde_json::from_str(REFERENCE).expect("the reference is JSON");
    let cost = |name: &str| reference["costs"][name].as_f64().expect("a cost is a number");
    let times = Times {
        neuron_update_s: cost("access_s"),
        spike_s: cost("update_s") + cost("spike_s"),
        packet_out_s: cost("message_out_s"),
        packet_in_s: cost("message_in_s"),
        synapse_s: cost("synapse_s"),
        link_s: 0.0,
        barrier_s: cost("barrier_s"),
    };
    let networks = reference["networks"].as_array().expect("a list of networks");
    assert_eq!(networks.len(), 3);
    for network in networks {
        let side = |name: &str| network[name].as_u64().expect("a side") as u32;
        let grid = Grid { width: side("width"), height: side("height") };
        let cores = numbers(&network["cores"]);
        for (step, fired) in network["fired"].as_array().expect("a list of steps").iter().enumerate() {
            let mut spikes = vec![0; cores.len()];
            numbers(fired).into_iter().for_each(|neuron| spikes[neuron as usize] = 1);
            let graph = Hypergraph::new(&spikes, &Limits::default(), |neuron, list| {
                list.extend(numbers(&network["targets"][neuron as usize]));
            });
            let way = traffic(&graph, grid, &cores);
            // It sends each core a packet of its own.
            let work = core_work(&graph, grid, &cores, 1, false);
            let sum = |of: fn(&CoreWork) -> f64| work.iter().map(of).sum::<f64>();
            let packets = sum(|core| core.packets_out);
            let energy = sum(|core| core.neurons) * cost("access_J")
                + sum(|core| core.spikes) * (cost("update_J") + cost("spike_J"))
                + packets * (cost("message_out_J") + cost("message_in_J"))
                + sum(|core| core.synapses) * cost("synapse_J")
                + way.unicast_hops[0] * cost("east_west_hop_J")
                + way.unicast_hops[1] * cost("north_south_hop_J");
            let theirs = |name: &str| network[name][step].as_f64().expect("a number for each step");
            let place = format!("{} in step {step}", network["name"]);
            assert_eq!(packets, theirs("packets"), "{place}");
            assert_eq!(way.unicast_hops.iter().sum::<f64>(), theirs("hops"), "{place}");
            // Rounding alone: the two models are the same.
            let close = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-9;
            assert!(close(energy, theirs("energy_J")), "{place}: {energy} {}", theirs("energy_J"));
            let seconds = step_time(&work, &[], &times).seconds;
            assert!(close(seconds, theirs("step_s")), "{place}: {seconds} {}", theirs("step_s"));
        }
    }
}
