//! A recurrent layer of leaky integrate-and-fire neurons, some of which adapt, read by leaky integrators; and its gradients.
//!
//! With x the input, s the spikes: v[t] = α·v[t-1] + W_in·x[t] + W_rec·s[t-1] + b - θ·s[t-1]; a[t] = ρ·a[t-1] + s[t-1];
//! s[t] = 1 where v[t] > θ + β·a[t]; y[t] = κ·y[t-1] + W_out·s[t] + b_out, with θ = 1. Gradients go back through time by
//! a surrogate for the spike, and not through the reset, as in snnTorch (Eshraghian et al. 2023, doi:10.1109/JPROC.2023.3308088).

use alloc::{vec, vec::Vec};

use super::surrogate::Surrogate;

/// What of a network is not learned.
#[derive(Clone)]
pub struct Shape {
    /// Number of inputs.
    pub inputs: usize,
    /// Number of readouts.
    pub outputs: usize,
    /// Decay α of each neuron's potential in a step.
    pub alpha: Vec<f32>,
    /// Strength β of each neuron's adaptation; 0 for one that does not adapt.
    pub beta: Vec<f32>,
    /// Decay ρ of adaptation.
    pub rho: f32,
    /// Decay κ of the readouts.
    pub kappa: f32,
    /// What a spike takes from the potential: the threshold.
    pub reset: f32,
}

impl Shape {
    /// Where each kind of weight begins among the parameters, and their number: W_in (input × neuron), W_rec (source × target),
    /// b, W_out (neuron × readout), b_out.
    pub fn starts(&self) -> [usize; 6] {
        let n = self.alpha.len();
        let sizes = [self.inputs * n, n * n, n, n * self.outputs, self.outputs];
        let mut starts = [0; 6];
        (0..5).for_each(|k| starts[k + 1] = starts[k] + sizes[k]);
        starts
    }
}

/// A threshold of 1: potentials have no unit here.
const THRESHOLD: f32 = 1.0;

/// The state of a network between steps.
#[derive(Clone)]
pub struct State {
    /// Potentials.
    pub v: Vec<f32>,
    /// Adaptation.
    pub a: Vec<f32>,
    /// Spikes of the last step.
    pub s: Vec<f32>,
    /// Readouts.
    pub y: Vec<f32>,
}

impl State {
    /// At rest.
    pub fn rest(shape: &Shape) -> State {
        let zeros = || vec![0.0; shape.alpha.len()];
        State { v: zeros(), a: zeros(), s: zeros(), y: vec![0.0; shape.outputs] }
    }

    /// One step with input `x` through the weights `w`.
    pub fn step(&mut self, shape: &Shape, w: &[f32], x: &[f32], surrogate: &Surrogate) {
        let (at, n) = (shape.starts(), shape.alpha.len());
        for (i, a) in self.a.iter_mut().enumerate() {
            self.v[i] = shape.alpha[i] * self.v[i] + w[at[2] + i] - shape.reset * self.s[i];
            *a = shape.rho * *a + self.s[i];
        }
        for (rows, start) in [(x, at[0]), (&self.s, at[1])] {
            for (k, &size) in rows.iter().enumerate().filter(|(_, size)| **size != 0.0) {
                add(&mut self.v, size, &w[start + k * n..][..n]);
            }
        }
        let bias = &w[at[4]..at[5]];
        self.y.iter_mut().zip(bias).for_each(|(y, b)| *y = shape.kappa * *y + b);
        for i in 0..n {
            self.s[i] = (surrogate.fire)(self.v[i] - THRESHOLD - shape.beta[i] * self.a[i]);
            if self.s[i] != 0.0 {
                add(&mut self.y, self.s[i], &w[at[3] + i * shape.outputs..][..shape.outputs]);
            }
        }
    }
}

/// What of a run the way back needs.
pub struct Run {
    states: Vec<State>,
}

impl Run {
    /// Runs the network from rest over `x`, step after step.
    pub fn new(shape: &Shape, w: &[f32], x: &[f32], surrogate: &Surrogate) -> Run {
        let mut state = State::rest(shape);
        let states = x.chunks(shape.inputs).map(|x| {
            state.step(shape, w, x, surrogate);
            state.clone()
        });
        Run { states: states.collect() }
    }

    /// The readouts at a step.
    pub fn output(&self, step: usize) -> &[f32] {
        &self.states[step].y
    }

    /// Spikes of all neurons in all steps.
    pub fn spikes(&self) -> f32 {
        self.states.iter().flat_map(|state| &state.s).sum()
    }

    /// Adds to `gradient` that of a loss whose derivative by the readouts is `by_output`, step after step.
    pub fn back(
        &self,
        shape: &Shape,
        w: &[f32],
        x: &[f32],
        by_output: &[f32],
        surrogate: &Surrogate,
        gradient: &mut [f32],
    ) {
        let (at, n, m) = (shape.starts(), shape.alpha.len(), shape.outputs);
        let (mut gv, mut ga, mut gy) = (vec![0.0; n], vec![0.0; n], vec![0.0; m]);
        let rest = State::rest(shape);
        for t in (0..self.states.len()).rev() {
            let state = &self.states[t];
            let before = if t > 0 { &self.states[t - 1].s } else { &rest.s };
            gy.iter_mut().zip(&by_output[t * m..]).for_each(|(g, by)| *g = shape.kappa * *g + by);
            add(&mut gradient[at[4]..at[5]], 1.0, &gy);
            let later = gv.clone();
            for i in 0..n {
                let out = at[3] + i * m;
                if state.s[i] != 0.0 {
                    add(&mut gradient[out..out + m], state.s[i], &gy);
                }
                // By the spike: through the readouts, the neurons that it reaches, and adaptation.
                let gs = dot(&w[out..out + m], &gy) + dot(&w[at[1] + i * n..][..n], &later) + ga[i];
                let above = (surrogate.slope)(state.v[i] - THRESHOLD - shape.beta[i] * state.a[i]) * gs;
                gv[i] = above + shape.alpha[i] * later[i];
                ga[i] = shape.rho * ga[i] - shape.beta[i] * above;
            }
            add(&mut gradient[at[2]..at[3]], 1.0, &gv);
            for (rows, start) in [(&x[t * shape.inputs..][..shape.inputs], at[0]), (before, at[1])] {
                for (k, &size) in rows.iter().enumerate().filter(|(_, size)| **size != 0.0) {
                    add(&mut gradient[start + k * n..][..n], size, &gv);
                }
            }
        }
    }
}

/// `sum` += `factor` · `other`.
fn add(sum: &mut [f32], factor: f32, other: &[f32]) {
    sum.iter_mut().zip(other).for_each(|(s, x)| *s += factor * x);
}

/// The scalar product, in eight sums side by side, so that it is fast and the same everywhere.
fn dot(left: &[f32], right: &[f32]) -> f32 {
    let (l, r) = (left.chunks_exact(8), right.chunks_exact(8));
    let rest: f32 = l.remainder().iter().zip(r.remainder()).map(|(x, y)| x * y).sum();
    let mut sums = [0.0f32; 8];
    for (l, r) in l.zip(r) {
        (0..8).for_each(|k| sums[k] += l[k] * r[k]);
    }
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A network whose spikes are smooth, of which the surrogate is the true derivative; without a reset, through which
    /// gradients do not go.
    #[test]
    fn gradients_are_finite_differences_where_spikes_are_smooth() {
        let smooth = Surrogate {
            name: "",
            formula: crate::text::text("", ""),
            fire: |u| u / libm::sqrtf(1.0 + u * u),
            slope: |u| 1.0 / ((1.0 + u * u) * libm::sqrtf(1.0 + u * u)),
        };
        let shape = Shape {
            inputs: 3,
            outputs: 2,
            alpha: vec![0.8, 0.9, 0.7, 0.85, 0.6],
            beta: vec![0.0, 0.2, 0.0, 0.1, 0.3],
            rho: 0.9,
            kappa: 0.7,
            reset: 0.0,
        };
        let wave = |i: usize, k: f32| libm::sinf(i as f32 * k + k);
        let mut w: Vec<f32> = (0..shape.starts()[5]).map(|i| 0.4 * wave(i, 1.7)).collect();
        let x: Vec<f32> = (0..3 * 12).map(|i| wave(i, 0.9)).collect();
        // Half the square of every readout, whose derivative is the readout.
        let loss = |w: &[f32]| {
            let run = Run::new(&shape, w, &x, &smooth);
            (0..12).flat_map(|t| run.output(t)).map(|&y| f64::from(y) * f64::from(y) / 2.0).sum::<f64>()
        };
        let run = Run::new(&shape, &w, &x, &smooth);
        let by: Vec<f32> = (0..12).flat_map(|t| run.output(t)).copied().collect();
        let mut gradient = vec![0.0; w.len()];
        run.back(&shape, &w, &x, &by, &smooth, &mut gradient);
        let largest = gradient.iter().fold(0.0f32, |m, g| m.max(g.abs()));
        for i in 0..w.len() {
            const STEP: f32 = 0.01;
            let middle = w[i];
            let [up, down] = [middle + STEP, middle - STEP].map(|x| {
                w[i] = x;
                loss(&w)
            });
            w[i] = middle;
            let slope = ((up - down) / f64::from(2.0 * STEP)) as f32;
            assert!((slope - gradient[i]).abs() < 1e-3 * largest, "weight {i}: {slope} against {}", gradient[i]);
        }
    }
}
