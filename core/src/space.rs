//! Where the neurons of a population stand in the plane, and how far apart. Lengths are in mm; the origin is the middle.

use crate::rng::{Stream, unit_f32};

/// How a population fills a rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// Columns and rows of a grid; `None` where every neuron stands at random, uniformly.
    pub grid: Option<[u64; 2]>,
    /// Width and height of the rectangle, mm.
    pub extent: [f64; 2],
    /// Whether its edges meet, so that nobody stands at the border.
    pub edge_wrap: bool,
}

/// A layout and the randomness of what stands at random in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The layout.
    pub layout: Layout,
    /// Randomness of the population; the element is the neuron.
    pub stream: Stream,
}

impl Placed {
    /// Where a neuron stands, mm to the right and upward. A grid is filled as in NEST: column by column from the left,
    /// each from its top.
    pub fn at(&self, neuron: u32) -> [f32; 2] {
        let [width, height] = self.layout.extent;
        let parts = match self.layout.grid {
            Some([columns, rows]) => {
                let (column, row) = (u64::from(neuron) / rows, u64::from(neuron) % rows);
                [(column as f64 + 0.5) / columns as f64, 1.0 - (row as f64 + 0.5) / rows as f64]
            }
            None => self.stream.words(neuron, 0).map(|word| f64::from(unit_f32(word))),
        };
        [((parts[0] - 0.5) * width) as f32, ((parts[1] - 0.5) * height) as f32]
    }
}

/// The distance between two places in mm; where edges meet, the shortest.
pub fn distance(a: [f32; 2], b: [f32; 2], wrap: Option<[f64; 2]>) -> f64 {
    let along = |axis: usize| {
        let way = libm::fabs(f64::from(a[axis]) - f64::from(b[axis]));
        wrap.map_or(way, |extent| way.min(libm::fabs(extent[axis] - way)))
    };
    let (x, y) = (along(0), along(1));
    libm::sqrt(x * x + y * y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;

    fn placed(grid: Option<[u64; 2]>) -> Placed {
        let layout = Layout { grid, extent: [3.0, 2.0], edge_wrap: true };
        Placed { layout, stream: Stream::new(1, Purpose::Place, 0) }
    }

    /// The places that NEST 3.10 gives to `nest.spatial.grid([3, 2], extent=[3.0, 2.0])`.
    #[test]
    fn a_grid_is_filled_in_the_order_of_nest() {
        let places: [[f32; 2]; 6] = core::array::from_fn(|neuron| placed(Some([3, 2])).at(neuron as u32));
        assert_eq!(places, [[-1.0, 0.5], [-1.0, -0.5], [0.0, 0.5], [0.0, -0.5], [1.0, 0.5], [1.0, -0.5]]);
    }

    #[test]
    fn at_random_the_rectangle_is_filled_evenly() {
        let n = 10_000;
        let mut quadrants = [0; 4];
        for neuron in 0..n {
            let [x, y] = placed(None).at(neuron);
            assert!(x.abs() <= 1.5 && y.abs() <= 1.0);
            quadrants[usize::from(x > 0.0) + 2 * usize::from(y > 0.0)] += 1;
        }
        // Five standard deviations of a binomial count.
        assert!(quadrants.iter().all(|&q| (f64::from(q) - 2500.0).abs() < 5.0 * 43.4), "{quadrants:?}");
    }

    #[test]
    fn the_shortest_way_may_lead_over_the_edge() {
        let (a, b) = ([-1.4, 0.5], [1.4, -0.5]);
        let close = |x: f64, y: f64| (x - y).abs() < 1e-6;
        assert!(close(distance(a, b, None), libm::sqrt(2.8 * 2.8 + 1.0)));
        assert!(close(distance(a, b, Some([3.0, 2.0])), libm::sqrt(0.2 * 0.2 + 1.0)));
        assert!(close(distance(b, b, Some([3.0, 2.0])), 0.0));
    }
}
