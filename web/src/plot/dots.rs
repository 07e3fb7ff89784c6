//! A picture of many small dots, drawn into memory: positions to an eighth of a pixel, edges smooth.
//!
//! Canvas calls cost too much for 100,000 spikes a second. Here a dot costs one `or` per pixel row: first coverage is
//! gathered, one byte a pixel, then a table turns coverage into colour. `or` lies between the larger of two coverages
//! and their sum, so dots that touch look right, and the order of the dots does not matter. Each colour has rows of its own
//! with a margin, so that dots reach over the edge of their band without changing colour. Coverage is kept in strips eight
//! pixels wide, since spikes come in order of x: those of the same time share a strip, which the cache holds.

use super::colour::Rgb;
use super::stamp::{DotSize, PHASES, Stamp};

/// Rows of dots of one colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layer {
    /// Where the middles of its dots lie: upper and lower end, in px.
    pub y: (f64, f64),
    /// The colour of its dots.
    pub colour: Rgb,
}

/// What lies below the dots.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// The colour of the ground.
    pub colour: Rgb,
    /// The colour of horizontal lines.
    pub line: Rgb,
    /// The rows that are lines.
    pub lines: Vec<usize>,
}

/// Where a layer lies in the memory of coverages: `start + strip * n_rows + row`.
#[derive(Clone, Copy, Debug)]
struct Block {
    colour: Rgb,
    /// Row of the picture that its first row lies on.
    top: isize,
    n_rows: usize,
    start: usize,
    /// What leads from a y in eighths of a px to the uppermost row that a dot touches, and where that row must end.
    origin_y: f32,
    end_y: u32,
}

/// The picture: opaque pixels.
#[derive(Debug, Default)]
pub struct DotImage {
    width: usize,
    height: usize,
    stamp: Stamp,
    blocks: Vec<Block>,
    /// Strips before the first and after the last that is seen.
    n_spare: usize,
    n_strips: usize,
    /// What leads from an x in eighths of a px to the leftmost column that a dot touches, and where that column must end.
    origin_x: f32,
    end_x: u32,
    /// Eight coverages a word, lowest byte leftmost.
    coverage: Vec<u64>,
    pixels: Vec<[u8; 4]>,
}

impl DotImage {
    /// Starts a picture of `width` by `height` device px without any dots.
    pub fn start(&mut self, width: usize, height: usize, dot: DotSize, layers: impl Iterator<Item = Layer>) {
        if self.stamp.n_rows == 0 || self.stamp.dot != dot {
            self.stamp = Stamp::new(dot);
        }
        (self.width, self.height) = (width, height);
        self.n_spare = self.stamp.n_words;
        self.n_strips = width.div_ceil(8) + 2 * self.n_spare;
        let eighths = PHASES as f32;
        self.origin_x = (8 * self.n_spare) as f32 * eighths - 0.5 * eighths * dot.width;
        // A dot may spill into the strip after its words.
        self.end_x = ((self.n_strips - self.stamp.n_words) * 8 * PHASES) as u32;
        let reach = self.stamp.n_rows as f64;
        let mut start = 0;
        self.blocks.clear();
        for Layer { y, colour } in layers {
            let (top, bottom) = ((y.0 - reach).floor(), (y.1 + reach).ceil());
            let n_rows = (bottom - top).clamp(0.0, height as f64 + 4.0 * reach) as usize;
            // An odd number of cache lines to a strip: with an even one, neighbouring strips would compete for places.
            let n_rows = (n_rows.div_ceil(8) | 1) * 8;
            let origin_y = -0.5 * eighths * dot.height - top as f32 * eighths;
            let end_y = ((n_rows - self.stamp.n_rows) * PHASES) as u32;
            self.blocks.push(Block { colour, top: top as isize, n_rows, start, origin_y, end_y });
            start += n_rows * self.n_strips;
        }
        self.coverage.clear();
        self.coverage.resize(start, 0);
    }

    /// Adds a dot to a layer with its middle at (`x`, `y`), in px from the top left corner of the picture. What is out of reach
    /// of the picture or the layer is left out.
    #[inline]
    pub fn dot(&mut self, layer: usize, x: f32, y: f32) {
        let Some(block) = self.blocks.get(layer) else {
            return;
        };
        // Conversion sends what is negative or not a number to 0, which is in the margin.
        let left = (x * PHASES as f32 + self.origin_x) as u32;
        let top = (y * PHASES as f32 + block.origin_y) as u32;
        if left >= self.end_x || top >= block.end_y {
            return;
        }
        let (left, top) = (left as usize, top as usize);
        let (strip, shift) = (left / (8 * PHASES), left / PHASES % 8);
        let (n_rows, n_words) = (self.stamp.n_rows, self.stamp.n_words);
        let words = self.stamp.words(left % PHASES, top % PHASES);
        let does_spill = shift + self.stamp.n_columns > 8 * n_words;
        let mut at = block.start + strip * block.n_rows + top / PHASES;
        for (i, words) in words.chunks_exact(n_rows).enumerate() {
            cover(&mut self.coverage[at..at + n_rows], words, |word| word << (8 * shift));
            at += block.n_rows;
            if shift > 0 && (does_spill || i + 1 < n_words) {
                cover(&mut self.coverage[at..at + n_rows], words, |word| word >> (64 - 8 * shift));
            }
        }
    }

    /// Colours the picture.
    pub fn finish(&mut self, ground: &Ground) {
        self.pixels.resize(self.width * self.height, [0; 4]);
        let tables = |colour: Rgb| [ground.colour, ground.line].map(|below| table(below, colour));
        let tables: Vec<[Table; 2]> = self.blocks.iter().map(|block| tables(block.colour)).collect();
        for (y, pixels) in self.pixels.chunks_exact_mut(self.width.max(1)).enumerate() {
            let is_line = ground.lines.contains(&y);
            let below = opaque(if is_line { ground.line } else { ground.colour });
            let mut is_first = true;
            for (block, tables) in self.blocks.iter().zip(&tables) {
                let row = y as isize - block.top;
                if row < 0 || row >= block.n_rows as isize {
                    continue;
                }
                let first = block.start + self.n_spare * block.n_rows + row as usize;
                let words = self.coverage[first..].iter().step_by(block.n_rows);
                if is_first {
                    colour_row(pixels, words, &tables[usize::from(is_line)], below);
                } else {
                    blend_row(pixels, words, block.colour);
                }
                is_first = false;
            }
            if is_first {
                pixels.fill(below);
            }
        }
    }

    /// The bytes, red green blue opacity, row by row.
    pub fn bytes(&self) -> &[u8] {
        self.pixels.as_flattened()
    }

    /// Width of the picture, in px.
    pub fn width(&self) -> usize {
        self.width
    }
}

/// The colour for each coverage.
type Table = [[u8; 4]; 256];

fn table(below: Rgb, above: Rgb) -> Table {
    std::array::from_fn(|coverage| opaque(below.mix(above, coverage as f64 / 255.0)))
}

/// Adds words to cells one by one; the sizes that most dots have are spelled out, which is twice as fast.
#[inline]
fn cover(cells: &mut [u64], words: &[u64], place: impl Fn(u64) -> u64) {
    #[inline]
    fn exactly<const N: usize>(cells: &mut [u64], words: &[u64], place: impl Fn(u64) -> u64) {
        if let (Some(cells), Some(words)) = (cells.first_chunk_mut::<N>(), words.first_chunk::<N>()) {
            for i in 0..N {
                cells[i] |= place(words[i]);
            }
        }
    }
    match words.len() {
        3 => exactly::<3>(cells, words, place),
        4 => exactly::<4>(cells, words, place),
        5 => exactly::<5>(cells, words, place),
        _ => cells.iter_mut().zip(words).for_each(|(cell, &word)| *cell |= place(word)),
    }
}

/// Eight pixels at a time, since most of them are empty.
fn colour_row<'a>(pixels: &mut [[u8; 4]], words: impl Iterator<Item = &'a u64>, table: &Table, below: [u8; 4]) {
    for (pixels, word) in pixels.chunks_mut(8).zip(words) {
        if *word == 0 {
            pixels.fill(below);
        } else {
            for (pixel, share) in pixels.iter_mut().zip(word.to_le_bytes()) {
                *pixel = table[usize::from(share)];
            }
        }
    }
}

/// For the few rows that two layers share.
fn blend_row<'a>(pixels: &mut [[u8; 4]], words: impl Iterator<Item = &'a u64>, colour: Rgb) {
    for (pixels, word) in pixels.chunks_mut(8).zip(words).filter(|(_, word)| **word > 0) {
        for (pixel, share) in pixels.iter_mut().zip(word.to_le_bytes()) {
            let [r, g, b, _] = *pixel;
            *pixel = opaque(Rgb([r, g, b]).mix(colour, f64::from(share) / 255.0));
        }
    }
}

fn opaque(Rgb([r, g, b]): Rgb) -> [u8; 4] {
    [r, g, b, 255]
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHITE: Rgb = Rgb([255; 3]);
    const BLACK: Rgb = Rgb([0; 3]);
    const RED: Rgb = Rgb([255, 0, 0]);
    const BLUE: Rgb = Rgb([0, 0, 255]);

    fn ground() -> Ground {
        Ground { colour: WHITE, line: Rgb([200; 3]), lines: vec![] }
    }

    fn image(dot: f32) -> DotImage {
        let mut image = DotImage::default();
        image.start(40, 30, DotSize { width: dot, height: dot }, [Layer { y: (0.0, 30.0), colour: BLACK }].into_iter());
        image
    }

    /// Sum over the picture of how dark it is, in full pixels, and its centre.
    fn ink(image: &mut DotImage) -> (f64, f64, f64) {
        image.finish(&ground());
        let (mut sum, mut x, mut y) = (0.0, 0.0, 0.0);
        for (i, pixel) in image.pixels.iter().enumerate() {
            let dark = f64::from(255 - pixel[0]) / 255.0;
            sum += dark;
            x += dark * ((i % image.width) as f64 + 0.5);
            y += dark * ((i / image.width) as f64 + 0.5);
        }
        (sum, x / sum, y / sum)
    }

    #[test]
    fn a_dot_has_its_area_and_its_place_to_an_eighth_of_a_pixel() {
        for size in [1.6, 2.4, 3.2, 4.8, 6.0, 9.6] {
            for (x, y) in [(10.0, 10.0), (10.3, 12.7), (20.99, 15.01)] {
                let mut image = image(size);
                image.dot(0, x, y);
                let (area, at_x, at_y) = ink(&mut image);
                let expected = std::f64::consts::PI * f64::from(size * size) / 4.0;
                assert!((area - expected).abs() < 0.1 * expected, "{size}: {area} for {expected}");
                assert!((at_x - f64::from(x)).abs() < 0.125 && (at_y - f64::from(y)).abs() < 0.125, "{size} at {x},{y}");
            }
        }
    }

    #[test]
    fn edges_and_nonsense_are_safe() {
        for size in [1.0, 3.0, 9.0] {
            let mut image = image(size);
            for x in [-100.0, -3.0, 0.0, 39.9, 40.0, 43.0, 1e9, f32::NAN] {
                for y in [-100.0, -3.0, 0.0, 29.9, 33.0, 1e9, f32::INFINITY] {
                    image.dot(0, x, y);
                    image.dot(7, x, y);
                }
            }
            image.finish(&ground());
            assert_eq!(image.bytes().len(), 4 * 40 * 30);
        }
    }

    #[test]
    fn half_a_dot_is_seen_at_each_edge() {
        for (x, y) in [(0.0, 15.0), (40.0, 15.0), (20.0, 0.0), (20.0, 30.0)] {
            let mut image = image(4.0);
            image.dot(0, x, y);
            let (area, _, _) = ink(&mut image);
            assert!((area - 2.0 * std::f64::consts::PI).abs() < 0.9, "{area} at {x},{y}");
        }
    }

    #[test]
    fn the_order_of_dots_does_not_matter() {
        let places: Vec<(f32, f32)> = (0..50).map(|i| ((i * 7 % 40) as f32 + 0.3, (i * 11 % 30) as f32)).collect();
        let picture = |places: &mut dyn Iterator<Item = &(f32, f32)>| {
            let mut image = image(3.2);
            places.for_each(|&(x, y)| image.dot(0, x, y));
            image.finish(&ground());
            image.bytes().to_vec()
        };
        assert_eq!(picture(&mut places.iter()), picture(&mut places.iter().rev()));
    }

    #[test]
    fn dots_keep_their_colour_beyond_their_band() {
        let mut image = DotImage::default();
        let layers = [Layer { y: (15.0, 30.0), colour: RED }, Layer { y: (0.0, 15.0), colour: BLUE }];
        image.start(40, 30, DotSize { width: 5.0, height: 5.0 }, layers.into_iter());
        image.dot(0, 10.0, 15.0);
        image.dot(1, 30.0, 15.0);
        image.finish(&ground());
        for y in [13, 16] {
            assert_eq!(image.pixels[y * 40 + 10], [255, 0, 0, 255]);
            assert_eq!(image.pixels[y * 40 + 30], [0, 0, 255, 255]);
        }
        assert!(image.pixels.iter().all(|pixel| pixel[3] == 255));
    }

    #[test]
    fn lines_lie_below_dots() {
        let mut image = image(6.0);
        image.dot(0, 20.0, 15.0);
        image.finish(&Ground { lines: vec![15], ..ground() });
        assert_eq!(image.pixels[15 * 40 + 20], [0, 0, 0, 255]);
        assert_eq!(image.pixels[15 * 40 + 2], [200, 200, 200, 255]);
        assert_eq!(image.pixels[14 * 40 + 2], [255, 255, 255, 255]);
    }

    #[test]
    fn without_layers_there_is_ground() {
        let mut image = DotImage::default();
        image.start(4, 3, DotSize { width: 2.0, height: 2.0 }, std::iter::empty());
        image.finish(&ground());
        assert!(image.pixels.iter().all(|&pixel| pixel == [255; 4]));
    }
}
