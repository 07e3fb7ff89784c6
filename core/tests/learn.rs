//! Gradients of the spiking network against snnTorch's, and that training is the same every time and can be left.

use serde_json::Value;
use spikeground_core::learn::{self, Example, Goal, Learner, Settings, Shape};

fn numbers(value: &Value) -> Vec<f32> {
    value.as_array().expect("a list").iter().map(|x| x.as_f64().expect("a number") as f32).collect()
}

#[test]
fn gradients_agree_with_snntorch() {
    let made: Value = serde_json::from_str(include_str!("../../tests/reference/gradients.json")).expect("JSON");
    let alpha = numbers(&made["alpha"]);
    let beta = vec![0.0; alpha.len()];
    let kappa = made["kappa"].as_f64().expect("kappa") as f32;
    let shape = Shape { inputs: 4, outputs: 3, alpha, beta, rho: 0.0, kappa, reset: 1.0 };
    let w = numbers(&made["weights"]);
    assert_eq!(w.len(), shape.starts()[5]);
    for name in ["fast_sigmoid", "atan"] {
        let surrogate = learn::surrogate::find(name).expect(name);
        for (kind, goal) in [("values", Goal::Values(numbers(&made["goal"]))), ("class", Goal::Class(1))] {
            let theirs = &made[format!("{name} {kind}")];
            let example = Example { x: numbers(&made["x"]), goal };
            let mut gradient = vec![0.0; w.len()];
            let loss = learn::loss(&shape, &w, &example, surrogate, Some(&mut gradient));
            let wanted = theirs["loss"].as_f64().expect("loss");
            assert!((f64::from(loss) - wanted).abs() < 1e-4 * wanted, "{name} {kind}: {loss} against {wanted}");
            let wanted = numbers(&theirs["gradient"]);
            // Relative to the largest gradient of the same kind of weight, so that small kinds count too.
            for range in shape.starts().windows(2).map(|ends| ends[0]..ends[1]) {
                let largest = wanted[range.clone()].iter().fold(0.0f32, |m, g| m.max(g.abs()));
                for i in range {
                    let off = (gradient[i] - wanted[i]).abs() / largest;
                    assert!(off < 1e-4, "{name} {kind}, weight {i}: {} against {}", gradient[i], wanted[i]);
                }
            }
        }
    }
}

/// A network that shall tell which of its two inputs is the stronger.
fn learner(seed: u32) -> Learner {
    let n = 8;
    let shape =
        Shape { inputs: 2, outputs: 2, alpha: vec![0.9; n], beta: vec![0.1; n], rho: 0.95, kappa: 0.8, reset: 1.0 };
    let mut weights = learn::normal_weights(1, 0, shape.starts()[5], 1, 3.0);
    weights.iter_mut().for_each(|w| *w = w.clamp(-0.5, 0.5));
    let example = |i: usize| {
        let class = i % 2;
        let x = (0..40).map(|k| if k % 2 == class { 0.5 } else { 0.2 } + 0.1 * ((i * 7 + k * 3) % 5) as f32 / 5.0);
        Example { x: x.collect(), goal: Goal::Class(class) }
    };
    let settings = Settings { epochs: 30, rate: 0.02, seed, ..Settings::default() };
    Learner::new(shape, weights, (0..40).map(example).collect(), (40..50).map(example).collect(), settings)
}

/// The cross-entropy of a few examples under the best weights so far.
fn trained(seed: u32, slices: usize) -> Vec<f32> {
    let mut learner = learner(seed);
    let mut done = 0.0;
    for _ in 0..slices {
        let next = learner.advance();
        assert!((done..=1.0).contains(&next), "progress went from {done} to {next}");
        done = next;
        if done >= 1.0 {
            break;
        }
    }
    learner.weights().to_vec()
}

#[test]
fn training_learns_and_is_the_same_every_time() {
    let whole = trained(5, usize::MAX);
    assert_eq!(whole, trained(5, usize::MAX));
    assert_ne!(whole, trained(6, usize::MAX));
    let learner = learner(5);
    let example = |class: usize| {
        let x = (0..40).map(|k| if k % 2 == class { 0.55 } else { 0.25 }).collect();
        Example { x, goal: Goal::Class(class) }
    };
    let surrogate = Settings::default().surrogate;
    let loss = |w: &[f32]| (0..2).map(|c| learn::loss(&learner.shape, w, &example(c), surrogate, None)).sum::<f32>();
    assert!(loss(&whole) < 0.3 * loss(learner.weights()), "{} after {}", loss(&whole), loss(learner.weights()));
    // Left in the middle, it has what it learned so far.
    assert!(loss(&trained(5, 30)) < loss(learner.weights()));
}
