//! A picture of many small dots, drawn into memory: positions to an eighth of a pixel, edges smooth.
//!
//! Canvas calls cost too much for 100,000 spikes a second. Here a dot costs one `or` per pixel row: first coverage is
//! gathered, one byte a pixel, then a table turns coverage into colour. `or` lies between the larger of two coverages
//! and their sum, so dots that touch look right, and the order of the dots does not matter. Each colour has rows of its
//! own with a margin, so that dots reach over the edge of their band without changing colour.

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

/// Where a layer lies in the memory of coverages.
#[derive(Clone, Copy, Debug)]
struct Block {
    colour: Rgb,
    /// Row of the picture that its first row lies on.
    top: isize,
    n_rows: usize,
    start: usize,
    /// What leads from a y in eighths of a px to the uppermost row that a dot touches, and the first that is too low.
    origin_y: f64,
    end_y: u32,
}

/// The picture: opaque pixels.
#[derive(Debug, Default)]
pub struct DotImage {
    width: usize,
    height: usize,
    stamp: Stamp,
    blocks: Vec<Block>,
    /// Columns of coverage before the first and after the last that is seen.
    margin: usize,
    /// The same from an x to the leftmost column.
    origin_x: f64,
    end_x: u32,
    /// 0 to 255 a pixel, block by block, row by row.
    coverage: Vec<u8>,
    pixels: Vec<[u8; 4]>,
}

impl DotImage {
    /// Starts a picture of `width` by `height` device px without any dots.
    pub fn start(&mut self, width: usize, height: usize, dot: DotSize, layers: impl Iterator<Item = Layer>) {
        if self.stamp.n_rows == 0 || self.stamp.dot != dot {
            self.stamp = Stamp::new(dot);
        }
        let (n_rows_dot, n_columns_dot) = (self.stamp.n_rows, 8 * self.stamp.n_words);
        (self.width, self.height, self.margin) = (width, height, n_columns_dot);
        let stride = self.stride();
        let eighths = PHASES as f64;
        self.origin_x = (n_columns_dot as f64 - 0.5 * f64::from(dot.width)) * eighths;
        self.end_x = ((stride - n_columns_dot) * PHASES) as u32;
        let reach = n_rows_dot as f64;
        let mut start = 0;
        self.blocks.clear();
        for Layer { y, colour } in layers {
            let (top, bottom) = ((y.0 - reach).floor(), (y.1 + reach).ceil());
            let n_rows = (bottom - top).clamp(reach, height as f64 + 4.0 * reach) as usize;
            let origin_y = (-top - 0.5 * f64::from(dot.height)) * eighths;
            let end_y = ((n_rows - n_rows_dot) * PHASES) as u32;
            self.blocks.push(Block { colour, top: top as isize, n_rows, start, origin_y, end_y });
            start += n_rows * stride;
        }
        self.coverage.clear();
        self.coverage.resize(start, 0);
    }

    /// Adds a dot to a layer with its middle at (`x`, `y`), in px from the top left corner of the picture. What is
    /// out of reach of the picture or the layer is not seen.
    #[inline]
    pub fn dot(&mut self, layer: usize, x: f64, y: f64) {
        let Some(block) = self.blocks.get(layer) else {
            return;
        };
        // Conversion sends what is negative or not a number to 0, which is in the margin.
        let left = (x * PHASES as f64 + self.origin_x) as u32;
        let top = (y * PHASES as f64 + block.origin_y) as u32;
        if left >= self.end_x || top >= block.end_y {
            return;
        }
        let (left, top, stride) = (left as usize, top as usize, self.width + 2 * self.margin);
        let words = self.stamp.words(left % PHASES, top % PHASES);
        let cells = &mut self.coverage[block.start + top / PHASES * stride + left / PHASES..];
        // The sizes that most dots have are spelled out, which is nearly twice as fast.
        match (words.len(), self.stamp.n_words) {
            (3, 1) => cover_rows::<3>(cells, stride, words),
            (4, 1) => cover_rows::<4>(cells, stride, words),
            (5, 1) => cover_rows::<5>(cells, stride, words),
            (_, n_words) => {
                for (i, &word) in words.iter().enumerate() {
                    cover(cells, i / n_words * stride + i % n_words * 8, word);
                }
            }
        }
    }

    /// Colours the picture.
    pub fn finish(&mut self, ground: &Ground) {
        self.pixels.resize(self.width * self.height, [0; 4]);
        let tables = |colour: Rgb| [ground.colour, ground.line].map(|below| table(below, colour));
        let tables: Vec<[Table; 2]> = self.blocks.iter().map(|block| tables(block.colour)).collect();
        let stride = self.stride();
        for (y, pixels) in self.pixels.chunks_exact_mut(self.width.max(1)).enumerate() {
            let is_line = ground.lines.contains(&y);
            let below = opaque(if is_line { ground.line } else { ground.colour });
            let mut is_first = true;
            for (block, tables) in self.blocks.iter().zip(&tables) {
                let row = y as isize - block.top;
                if row < 0 || row >= block.n_rows as isize {
                    continue;
                }
                let at = block.start + row as usize * stride + self.margin;
                let coverage = &self.coverage[at..at + pixels.len()];
                if is_first {
                    colour_row(pixels, coverage, &tables[usize::from(is_line)], below);
                } else {
                    blend_row(pixels, coverage, block.colour);
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

    fn stride(&self) -> usize {
        self.width + 2 * self.margin
    }
}

/// The colour for each coverage.
type Table = [[u8; 4]; 256];

fn table(below: Rgb, above: Rgb) -> Table {
    std::array::from_fn(|coverage| opaque(below.mix(above, coverage as f64 / 255.0)))
}

#[inline]
fn cover_rows<const N: usize>(cells: &mut [u8], stride: usize, words: &[u64]) {
    let Some(words) = words.first_chunk::<N>() else {
        return;
    };
    for (i, &word) in words.iter().enumerate() {
        cover(cells, i * stride, word);
    }
}

#[inline]
fn cover(cells: &mut [u8], at: usize, word: u64) {
    if let Some(cells) = cells.get_mut(at..).and_then(|cells| cells.first_chunk_mut::<8>()) {
        *cells = (u64::from_le_bytes(*cells) | word).to_le_bytes();
    }
}

/// Eight pixels at a time, since most of them are empty.
fn colour_row(pixels: &mut [[u8; 4]], coverage: &[u8], table: &Table, below: [u8; 4]) {
    let (pixels, last_pixels) = pixels.as_chunks_mut::<8>();
    let (coverage, last_coverage) = coverage.as_chunks::<8>();
    for (pixels, coverage) in pixels.iter_mut().zip(coverage) {
        if u64::from_le_bytes(*coverage) == 0 {
            *pixels = [below; 8];
        } else {
            *pixels = coverage.map(|share| table[usize::from(share)]);
        }
    }
    for (pixel, &share) in last_pixels.iter_mut().zip(last_coverage) {
        *pixel = table[usize::from(share)];
    }
}

/// For the few rows that two layers share.
fn blend_row(pixels: &mut [[u8; 4]], coverage: &[u8], colour: Rgb) {
    for (pixel, &share) in pixels.iter_mut().zip(coverage).filter(|(_, share)| **share > 0) {
        let [r, g, b, _] = *pixel;
        *pixel = opaque(Rgb([r, g, b]).mix(colour, f64::from(share) / 255.0));
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

    fn image(dot: f64) -> DotImage {
        let mut image = DotImage::default();
        image.start(
            40,
            30,
            DotSize { width: dot as f32, height: dot as f32 },
            [Layer { y: (0.0, 30.0), colour: BLACK }].into_iter(),
        );
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
                let expected = std::f64::consts::PI * size * size / 4.0;
                assert!((area - expected).abs() < 0.1 * expected, "{size}: {area} for {expected}");
                assert!((at_x - x).abs() < 0.125 && (at_y - y).abs() < 0.125, "{size} at {x},{y}");
            }
        }
    }

    #[test]
    fn edges_and_nonsense_are_safe() {
        for size in [1.0, 3.0, 9.0] {
            let mut image = image(size);
            for x in [-100.0, -3.0, 0.0, 39.9, 40.0, 43.0, 1e9, f64::NAN] {
                for y in [-100.0, -3.0, 0.0, 29.9, 33.0, 1e9, f64::INFINITY] {
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
        let places: Vec<(f64, f64)> = (0..50).map(|i| (f64::from(i * 7 % 40) + 0.3, f64::from(i * 11 % 30))).collect();
        let picture = |places: &mut dyn Iterator<Item = &(f64, f64)>| {
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
