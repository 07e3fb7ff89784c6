//! How the weights of a projection that learns change over a run: mean, quantiles, and some synapses one by one.

use alloc::vec::Vec;

/// From one moment to the next at first, ms: four in a second, finer than learning goes.
pub const COURSE_MS: f64 = 250.0;
/// Most moments. When there are as many, every second one goes, and from then on they are twice as far apart.
pub const COURSE_MOMENTS: usize = 512;
/// Most synapses that are followed one by one: as many as can be told from a cloud. They are evenly chosen.
pub const FOLLOWED: usize = 50;
/// The shares of the weights that lie below what is told as quantiles.
pub const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];
/// Most synapses that the quantiles are of, evenly chosen: each is right to about one hundredth of the share below it.
const RANKED: usize = 2000;

/// The course of the weights of one projection, in bounded memory.
#[derive(Clone, Debug)]
pub struct WeightCourse {
    /// Steps from one moment to the next at first, and now.
    first_every: u64,
    every: u64,
    /// The steps of the moments, rising.
    steps: Vec<u64>,
    /// For each moment: the mean, the quantiles, and the weights of the synapses that are followed.
    values: Vec<f32>,
    /// Numbers of the synapses that are followed.
    followed: Vec<u32>,
}

impl WeightCourse {
    /// Bytes that it takes at most.
    pub const BYTES: usize = (COURSE_MOMENTS + 1) * (8 + 4 * (1 + QUANTILES.len() + FOLLOWED)) + 4 * FOLLOWED;

    /// Of a projection with so many synapses; the first moments are `every` steps apart.
    pub fn new(synapses: usize, every: u64) -> WeightCourse {
        let followed = evenly(synapses, FOLLOWED).map(|synapse| synapse as u32).collect();
        WeightCourse { first_every: every, every, steps: Vec::new(), values: Vec::new(), followed }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.every = self.first_every;
        self.steps.clear();
        self.values.clear();
    }

    /// Whether the weights after `step` are wanted.
    pub fn is_due(&self, step: u64) -> bool {
        step.is_multiple_of(self.every)
    }

    /// Notes the weights after `step`.
    pub fn note(&mut self, step: u64, weights: &[f32]) {
        if weights.is_empty() {
            return;
        }
        if self.steps.len() == COURSE_MOMENTS {
            self.thin();
            if !self.is_due(step) {
                return;
            }
        }
        let sum: f64 = weights.iter().map(|&weight| f64::from(weight)).sum();
        let mut ranked: Vec<f32> = evenly(weights.len(), RANKED).map(|i| weights[i]).collect();
        ranked.sort_unstable_by(f32::total_cmp);
        let quantile = |share: f64| ranked[libm::round(share * (ranked.len() - 1) as f64) as usize];
        self.steps.push(step);
        self.values.push((sum / weights.len() as f64) as f32);
        self.values.extend(QUANTILES.map(quantile));
        self.values.extend(self.followed.iter().map(|&synapse| weights[synapse as usize]));
    }

    /// Keeps the moments that are twice as far apart.
    fn thin(&mut self) {
        self.every *= 2;
        let width = self.width();
        let kept: Vec<usize> = (0..self.steps.len()).filter(|&i| self.steps[i].is_multiple_of(self.every)).collect();
        self.values = kept.iter().flat_map(|&i| self.values[i * width..(i + 1) * width].iter().copied()).collect();
        self.steps = kept.iter().map(|&i| self.steps[i]).collect();
    }

    fn width(&self) -> usize {
        1 + QUANTILES.len() + self.followed.len()
    }

    /// The steps of the moments.
    pub fn steps(&self) -> &[u64] {
        &self.steps
    }

    /// Numbers of the synapses that are followed, by source.
    pub fn followed(&self) -> &[u32] {
        &self.followed
    }

    /// A line for the mean, one for each of [`QUANTILES`] and one for each synapse that is followed: its values at the
    /// moments, in the unit of the weight.
    pub fn lines(&self) -> Vec<Vec<f32>> {
        (0..self.width()).map(|i| self.values.iter().skip(i).step_by(self.width()).copied().collect()).collect()
    }
}

/// At most `most` of `n` numbers, evenly spread.
fn evenly(n: usize, most: usize) -> impl Iterator<Item = usize> {
    let count = n.min(most);
    (0..count).map(move |i| (2 * i + 1) * n / (2 * count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_quantiles_and_synapses_are_those_of_the_weights() {
        let weights: Vec<f32> = (0..=1000).map(|i| i as f32).collect();
        let mut course = WeightCourse::new(weights.len(), 10);
        course.note(10, &weights);
        let now: Vec<f32> = course.lines().iter().map(|line| line[0]).collect();
        assert_eq!(now[..6], [500.0, 50.0, 250.0, 500.0, 750.0, 950.0]);
        assert_eq!(course.followed().len(), FOLLOWED);
        assert!(now[6..].iter().zip(course.followed()).all(|(value, &synapse)| *value == synapse as f32));
        assert_eq!(evenly(3, 50).collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn a_long_run_is_kept_whole_and_coarser() {
        let mut course = WeightCourse::new(1, 5);
        let mut step = 0;
        while step < 5 * 5 * COURSE_MOMENTS as u64 {
            step += 1;
            if course.is_due(step) {
                course.note(step, &[step as f32]);
            }
        }
        assert!((COURSE_MOMENTS / 2..=COURSE_MOMENTS).contains(&course.steps().len()));
        assert!(course.steps().windows(2).all(|pair| pair[1] - pair[0] == 40));
        assert_eq!((course.steps()[0], course.lines()[0][0]), (40, 40.0));
        course.clear();
        assert!(course.is_due(5) && course.steps().is_empty());
    }
}
