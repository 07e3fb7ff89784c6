//! The coverage of one small dot on the pixels around it, prepared for every position within a pixel.

/// Positions within a pixel that have a coverage of their own, per axis.
pub const PHASES: usize = 8;
/// Samples per pixel and axis when a coverage is prepared.
const SAMPLES: usize = 8;

/// Size of a dot in device px. Equal sides make a disc, unequal ones a bar with round ends.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DotSize {
    /// Extent in x.
    pub width: f32,
    /// Extent in y.
    pub height: f32,
}

/// Coverages of a dot: 0 to 255 a pixel, eight pixels of a row to a word, lowest byte leftmost.
#[derive(Debug, Default)]
pub struct Stamp {
    /// The dot.
    pub dot: DotSize,
    /// Rows that a dot can touch.
    pub n_rows: usize,
    /// Words that hold a row of it.
    pub n_words: usize,
    words: Vec<u64>,
}

impl Stamp {
    /// Prepares a dot.
    pub fn new(dot: DotSize) -> Self {
        let (n_columns, n_rows) = (dot.width.ceil() as usize + 1, dot.height.ceil() as usize + 1);
        let n_words = n_columns.div_ceil(8);
        let mut words = Vec::with_capacity(PHASES * PHASES * n_rows * n_words);
        for phase in 0..PHASES * PHASES {
            let middle = |phase: usize, extent: f32| (phase as f32 + 0.5) / PHASES as f32 + 0.5 * extent;
            let (cx, cy) = (middle(phase % PHASES, dot.width), middle(phase / PHASES, dot.height));
            for word in 0..n_rows * n_words {
                let (row, first) = (word / n_words, word % n_words * 8);
                let bytes = std::array::from_fn(|i| coverage(dot, (first + i) as f32 - cx, row as f32 - cy));
                words.push(u64::from_le_bytes(bytes));
            }
        }
        Self { dot, n_rows, n_words, words }
    }

    /// The words of a dot whose upper left corner lies this many eighths of a pixel into a pixel, row by row.
    #[inline]
    pub fn words(&self, phase_x: usize, phase_y: usize) -> &[u64] {
        let n = self.n_rows * self.n_words;
        let at = (phase_y * PHASES + phase_x) * n;
        &self.words[at..at + n]
    }
}

/// Share, of 255, of the pixel with its corner at (`x`, `y`) from the middle of the dot that the dot covers.
fn coverage(dot: DotSize, x: f32, y: f32) -> u8 {
    let radius = 0.5 * dot.width.min(dot.height);
    let (flat_x, flat_y) = (0.5 * dot.width - radius, 0.5 * dot.height - radius);
    let sample = |i: usize| (i as f32 + 0.5) / SAMPLES as f32;
    let n_inside = (0..SAMPLES * SAMPLES)
        .filter(|i| {
            let dx = ((x + sample(i % SAMPLES)).abs() - flat_x).max(0.0);
            let dy = ((y + sample(i / SAMPLES)).abs() - flat_y).max(0.0);
            dx * dx + dy * dy <= radius * radius
        })
        .count();
    (n_inside * 255 / (SAMPLES * SAMPLES)) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phase_covers_the_area_of_the_dot() {
        for (width, height) in [(1.2, 1.2), (2.4, 2.4), (3.2, 3.2), (9.6, 9.6), (2.0, 10.0)] {
            let stamp = Stamp::new(DotSize { width, height });
            let (short, long) = (f64::from(width.min(height)), f64::from(width.max(height)));
            let expected = std::f64::consts::PI * short * short / 4.0 + short * (long - short);
            for phase in 0..PHASES * PHASES {
                let bytes = stamp.words(phase % PHASES, phase / PHASES).iter().flat_map(|word| word.to_le_bytes());
                let area = bytes.map(f64::from).sum::<f64>() / 255.0;
                assert!((area - expected).abs() < 0.1 * expected, "{width} x {height}: {area} for {expected}");
            }
        }
    }

    #[test]
    fn wide_dots_take_more_words() {
        assert_eq!(Stamp::new(DotSize { width: 7.0, height: 2.0 }).n_words, 1);
        assert_eq!(Stamp::new(DotSize { width: 7.1, height: 2.0 }).n_words, 2);
    }
}
