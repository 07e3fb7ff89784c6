//! Neurons destroyed and healed by hand: a specification keeps stretches of them in order and apart.

use alloc::vec::Vec;

use super::{NetworkSpec, PopulationSpec};

impl PopulationSpec {
    /// Destroys the neurons from the first to the last number of a stretch.
    pub fn destroy(&mut self, stretch: [u64; 2]) {
        self.lesions.push(stretch);
        self.lesions.sort_unstable();
        // Stretches that overlap or touch become one.
        self.lesions.dedup_by(|next, before| {
            let joins = next[0] <= before[1].saturating_add(1);
            if joins {
                before[1] = before[1].max(next[1]);
            }
            joins
        });
    }

    /// Heals the neurons from the first to the last number of a stretch.
    pub fn heal(&mut self, [first, last]: [u64; 2]) {
        let outside = |[a, b]: [u64; 2]| {
            let below = (a < first).then(|| [a, b.min(first - 1)]);
            let above = (b > last).then(|| [a.max(last + 1), b]);
            below.into_iter().chain(above)
        };
        self.lesions = self.lesions.iter().copied().flat_map(outside).collect();
    }
}

impl NetworkSpec {
    /// Destroys the neurons of a stretch, or heals them. Neurons are numbered throughout the network.
    pub fn set_destroyed(&mut self, [first, last]: [u64; 2], destroyed: bool) {
        let mut offset = 0;
        for population in &mut self.populations {
            let end = offset + population.size;
            if first < end && offset <= last {
                let own = [first.max(offset) - offset, last.min(end - 1) - offset];
                if destroyed { population.destroy(own) } else { population.heal(own) }
            }
            offset = end;
        }
    }

    /// The stretches of neurons that are destroyed, numbered throughout the network.
    pub fn destroyed(&self) -> Vec<[u64; 2]> {
        let mut offset = 0;
        let stretches = self.populations.iter().flat_map(|population| {
            let from = offset;
            offset += population.size;
            population.lesions.iter().map(move |lesion| lesion.map(|neuron| from + neuron))
        });
        stretches.collect()
    }
}
