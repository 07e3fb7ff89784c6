//! The dots of a raster, as a picture in memory, and which spike lies under the pointer. No browser.

use super::band::{Band, n_neurons};
use super::colour::Rgb;
use super::dots::{DotImage, Ground, Layer};
use super::stamp::DotSize;
use crate::state::history::History;

/// Smallest and largest diameter of a dot, in css px.
const DOT_MIN_PX: f64 = 1.2;
const DOT_MAX_PX: f64 = 3.2;
/// Where rows are this high, in css px, spikes become upright bars.
const BAR_FROM_ROW_PX: f64 = 9.0;
const BAR_WIDTH_PX: f64 = 1.8;
const BAR_MAX_PX: f64 = 14.0;
/// How near to the pointer, in css px, a spike has to be to be read.
const REACH_PX: f64 = 7.0;

/// Where times and neurons lie; everything in one unit of px, from the top left corner of the data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RasterMap {
    /// First and last time shown, in ms.
    pub range_ms: (f64, f64),
    /// How many neurons there are; neuron 0 is at the bottom.
    pub n_neurons: u32,
    /// Extent of the data, in px.
    pub width: f64,
    /// Extent of the data, in px.
    pub height: f64,
}

impl RasterMap {
    /// Horizontal px in a ms.
    pub fn px_per_ms(&self) -> f64 {
        self.width / (self.range_ms.1 - self.range_ms.0)
    }

    /// Height of a neuron's row, in px.
    pub fn row_px(&self) -> f64 {
        self.height / f64::from(self.n_neurons.max(1))
    }

    /// Where a time lies, in px.
    pub fn x_px(&self, t_ms: f64) -> f64 {
        (t_ms - self.range_ms.0) * self.px_per_ms()
    }

    /// Where the middle of a neuron's row lies, in px.
    pub fn y_px(&self, neuron: f64) -> f64 {
        self.height - (neuron + 0.5) * self.row_px()
    }

    /// The time at a place, in ms.
    pub fn ms_from_px(&self, x: f64) -> f64 {
        self.range_ms.0 + x / self.px_per_ms()
    }

    /// The neuron whose row is at a place.
    pub fn neuron_from_px(&self, y: f64) -> Option<u32> {
        let row = ((self.height - y) / self.row_px()).floor();
        (self.n_neurons > 0).then(|| row.clamp(0.0, f64::from(self.n_neurons - 1)) as u32)
    }
}

/// The size of a dot, in css px, that suits this many spikes on a map in css px: large where there are few, small where
/// they crowd.
pub fn dot_css_px(map: &RasterMap, n_spikes: usize) -> (f64, f64) {
    let row_px = map.row_px();
    if row_px >= BAR_FROM_ROW_PX {
        return (BAR_WIDTH_PX, (0.7 * row_px).min(BAR_MAX_PX));
    }
    let room_px = (map.width * map.height / n_spikes.max(1) as f64).sqrt();
    // Where rows can be told apart a dot should not hide its neighbours; where they cannot, it need not be large.
    let fitting_px = if row_px > 1.5 { (1.2 * row_px).max(1.8) } else { 2.2 };
    let side = (0.25 * room_px).min(fitting_px).clamp(DOT_MIN_PX, DOT_MAX_PX);
    // Steps of a fifth of a px, so that the size does not flutter with the count.
    let side = (side * 5.0).round() / 5.0;
    (side, side)
}

/// What a picture was made from; the same key gives the same picture.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    map: RasterMap,
    dot: DotSize,
    ground: Ground,
    bands: Vec<Band>,
    colours: Vec<Rgb>,
    n_spikes: usize,
    kept_from_ms: f64,
}

/// The picture, made anew only when it would differ.
#[derive(Debug, Default)]
pub struct RasterImage {
    image: DotImage,
    key: Option<Key>,
    dot_css: (f64, f64),
    /// Per neuron the index of its band; `NO_BAND` for none.
    band_of: Vec<u16>,
}

const NO_BAND: u16 = u16::MAX;

impl RasterImage {
    /// The picture for a map in device px, `dpr` of which make a css px; `colours` are those of the bands.
    pub fn render(
        &mut self,
        history: &History,
        bands: &[Band],
        colours: Vec<Rgb>,
        ground: Ground,
        map: RasterMap,
        dpr: f64,
    ) -> &DotImage {
        let (t0_ms, t1_ms) = map.range_ms;
        let n_spikes = history.spike_count(t0_ms, t1_ms);
        let css = RasterMap { width: map.width / dpr, height: map.height / dpr, ..map };
        let wanted = dot_css_px(&css, n_spikes);
        // A step back and forth would flicker: a disc changes only when the count calls for two steps.
        let is_disc = |size: (f64, f64)| size.0 == size.1;
        if !is_disc(wanted) || !is_disc(self.dot_css) || (wanted.0 - self.dot_css.0).abs() > 0.3 {
            self.dot_css = wanted;
        }
        let dot = DotSize { width: (self.dot_css.0 * dpr) as f32, height: (self.dot_css.1 * dpr) as f32 };
        let kept_from_ms = history.kept_from_ms().min(t1_ms);
        let key = Key { map, dot, ground, bands: bands.to_vec(), colours, n_spikes, kept_from_ms };
        if self.key.as_ref() != Some(&key) {
            if self.key.as_ref().is_none_or(|old| old.bands != key.bands) {
                self.index_bands(bands);
            }
            self.draw(history, &key);
            self.key = Some(key);
        }
        &self.image
    }

    fn draw(&mut self, history: &History, key: &Key) {
        let Key { map, dot, ground, bands, colours, .. } = key;
        let (px_per_ms, row_px, t0_ms) = (map.px_per_ms(), map.row_px(), map.range_ms.0);
        let layers = bands.iter().zip(colours).map(|(band, &colour)| {
            let lower = map.y_px(f64::from(band.first));
            Layer { y: (lower - f64::from(band.count.saturating_sub(1)) * row_px, lower), colour }
        });
        self.image.start(map.width.round() as usize, map.height.round() as usize, *dot, layers);
        let lowest = map.y_px(0.0);
        let reach_ms = f64::from(dot.width) / px_per_ms;
        let (image, band_of) = (&mut self.image, &self.band_of);
        history.spikes(t0_ms - reach_ms, map.range_ms.1 + reach_ms).for_each(|(t_ms, neuron)| {
            let band = band_of.get(neuron as usize).copied().unwrap_or(NO_BAND);
            image.dot(usize::from(band), (t_ms - t0_ms) * px_per_ms, lowest - f64::from(neuron) * row_px);
        });
        self.image.finish(ground);
    }

    fn index_bands(&mut self, bands: &[Band]) {
        self.band_of.clear();
        self.band_of.resize(n_neurons(bands) as usize, NO_BAND);
        for (i, band) in bands.iter().enumerate() {
            let first = band.first as usize;
            self.band_of[first..first + band.count as usize].fill(u16::try_from(i).unwrap_or(NO_BAND));
        }
    }
}

/// The spike nearest to a place on a map in css px, within reach, as (time in ms, neuron).
pub fn spike_near(history: &History, map: &RasterMap, x: f64, y: f64) -> Option<(f64, u32)> {
    let t_ms = map.ms_from_px(x);
    let reach_ms = REACH_PX / map.px_per_ms();
    let distance = |&(t, neuron): &(f64, u32)| (map.x_px(t) - x).hypot(map.y_px(f64::from(neuron)) - y);
    history
        .spikes(t_ms - reach_ms, t_ms + reach_ms)
        .filter(|spike| distance(spike) <= REACH_PX)
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

#[cfg(test)]
mod tests {
    use super::super::band::Kind;
    use super::*;

    fn map() -> RasterMap {
        RasterMap { range_ms: (100.0, 200.0), n_neurons: 100, width: 1_000.0, height: 200.0 }
    }

    fn setting() -> (History, Vec<Band>) {
        let mut history = History::default();
        history.push_spikes((0..3_000).map(|step| (step, (step % 100) as u32)));
        let bands = vec![
            Band { name: "E".into(), first: 0, count: 80, kind: Kind::Excitatory },
            Band { name: "I".into(), first: 80, count: 20, kind: Kind::Inhibitory },
        ];
        (history, bands)
    }

    fn render<'a>(raster: &'a mut RasterImage, history: &History, bands: &[Band]) -> &'a DotImage {
        let ground = Ground { colour: Rgb([255; 3]), line: Rgb([200; 3]), lines: vec![] };
        raster.render(history, bands, vec![Rgb([255, 0, 0]), Rgb([0, 0, 255])], ground, map(), 1.0)
    }

    #[test]
    fn neuron_zero_is_at_the_bottom_and_rows_are_inverse() {
        let map = map();
        assert_eq!(map.y_px(0.0), 199.0);
        for neuron in [0, 1, 50, 99] {
            assert_eq!(map.neuron_from_px(map.y_px(f64::from(neuron))), Some(neuron));
        }
        assert_eq!(map.neuron_from_px(-10.0), Some(99));
        assert_eq!(map.ms_from_px(map.x_px(123.4)), 123.4);
    }

    #[test]
    fn dots_grow_where_there_is_room() {
        let wide = RasterMap { n_neurons: 4_000, height: 400.0, ..map() };
        let (few, many) = (dot_css_px(&wide, 1_000).0, dot_css_px(&wide, 250_000).0);
        assert!(few > many && (DOT_MIN_PX..=DOT_MAX_PX).contains(&many), "{few} {many}");
        let rows = RasterMap { n_neurons: 10, ..map() };
        let (width, height) = dot_css_px(&rows, 100);
        assert!(height > 3.0 * width);
    }

    #[test]
    fn bands_have_their_colours() {
        let (history, bands) = setting();
        let mut raster = RasterImage::default();
        let image = render(&mut raster, &history, &bands);
        let mut reds_and_blues = [0, 0];
        for (i, pixel) in image.bytes().chunks(4).enumerate() {
            let row = i / image.width();
            if pixel[0] > pixel[2] {
                assert!(row > 37, "red at {row}");
                reds_and_blues[0] += 1;
            } else if pixel[2] > pixel[0] {
                assert!(row < 43, "blue at {row}");
                reds_and_blues[1] += 1;
            }
        }
        assert!(reds_and_blues[0] > 2 * reds_and_blues[1] && reds_and_blues[1] > 100, "{reds_and_blues:?}");
    }

    #[test]
    fn nothing_is_drawn_twice_and_news_is_drawn() {
        let (mut history, bands) = setting();
        let mut raster = RasterImage::default();
        render(&mut raster, &history, &bands);
        let touched = |raster: &mut RasterImage| {
            raster.image.dot(0, 500.0, 190.0);
            raster.image.finish(&Ground { colour: Rgb([0, 255, 0]), line: Rgb([0; 3]), lines: vec![] });
            raster.image.bytes().to_vec()
        };
        let marked = touched(&mut raster);
        assert!(render(&mut raster, &history, &bands).bytes() == marked, "an equal key keeps the picture");
        history.push_spikes([(1_500, 7)]);
        assert!(render(&mut raster, &history, &bands).bytes() != marked);
    }

    #[test]
    fn the_nearest_spike_is_read() {
        let (history, _) = setting();
        let map = map();
        let (x, y) = (map.x_px(120.0) + 2.0, map.y_px(0.0));
        assert_eq!(spike_near(&history, &map, x, y), Some((120.0, 0)));
        assert_eq!(spike_near(&History::default(), &map, x, y), None);
    }
}
