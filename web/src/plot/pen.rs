//! Drawing in css px: crisp hairlines, labels, lines, and the marks that all views share.

use super::band::Kind;
use super::colour::Rgb;
use super::ink::{Ink, Pixels};
use super::palette::Palette;

/// Size of all text on a plot, in css px.
pub const TEXT_PX: f64 = 11.0;
/// Width of the line of a ring, in css px.
pub const RING_PX: f64 = 1.25;
/// Distance between the lines of a hatching, in css px.
const HATCH_PX: f64 = 7.0;

/// Which point of a text is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// A picture, ready to be drawn.
pub struct Pen<'a> {
    /// What it draws with.
    pub ink: &'a dyn Ink,
    /// Colours and font.
    pub palette: &'a Palette,
    /// Size of the picture, in css px.
    pub width: f64,
    /// Size of the picture, in css px.
    pub height: f64,
    /// Device px to a css px.
    pub dpr: f64,
    /// Wall time, in ms.
    pub now_ms: f64,
}

impl Pen<'_> {
    /// Colours everything.
    pub fn start(&self) {
        self.fill(0.0, 0.0, self.width, self.height, &self.palette.panel.css());
    }

    /// Fills a rectangle.
    pub fn fill(&self, x: f64, y: f64, width: f64, height: f64, css: &str) {
        self.ink.fill(x, y, width, height, css);
    }

    /// Puts device pixels, the upper left one at (`left`, `top`) in device px.
    pub fn image(&self, pixels: Pixels, left: f64, top: f64) {
        self.ink.image(pixels, left, top);
    }

    /// A hairline from `x0` to `x1`, on whole device px.
    pub fn horizontal(&self, y: f64, x0: f64, x1: f64, css: &str) {
        let (y, thickness) = self.hair(y);
        self.fill(x0, y, x1 - x0, thickness, css);
    }

    /// A hairline from `y0` to `y1`, on whole device px.
    pub fn vertical(&self, x: f64, y0: f64, y1: f64, css: &str) {
        let (x, thickness) = self.hair(x);
        self.fill(x, y0, thickness, y1 - y0, css);
    }

    /// A dashed hairline.
    pub fn dashed(&self, y: f64, x0: f64, x1: f64, css: &str) {
        let (dash, gap) = (4.0, 3.0);
        let mut x = x0;
        while x < x1 {
            self.horizontal(y, x, (x + dash).min(x1), css);
            x += dash + gap;
        }
    }

    /// A dashed vertical hairline.
    pub fn dashed_down(&self, x: f64, y0: f64, y1: f64, css: &str) {
        let (dash, gap) = (4.0, 3.0);
        let mut y = y0;
        while y < y1 {
            self.vertical(x, y, (y + dash).min(y1), css);
            y += dash + gap;
        }
    }

    /// A text with its middle at height `y`.
    pub fn text(&self, text: &str, x: f64, y: f64, align: Align, css: &str) {
        self.ink.text(text, x, y, align, css);
    }

    /// Width of a text, in css px.
    pub fn text_width(&self, text: &str) -> f64 {
        self.ink.text_width(text)
    }

    /// A text, or as much of its beginning as has room in `width` css px, with an ellipsis.
    pub fn shortened(&self, text: &str, width: f64) -> String {
        if self.text_width(text) <= width {
            return text.to_owned();
        }
        let ends = text.char_indices().map(|(end, _)| format!("{}…", text[..end].trim_end()));
        let fitting = ends.rev().find(|short| self.text_width(short) <= width);
        fitting.unwrap_or_default()
    }

    /// From where to where, in px, a chip with this text reaches: about `x`, but within `x0..x1`.
    pub fn chip_span(&self, text: &str, x: f64, (x0, x1): (f64, f64)) -> (f64, f64) {
        let width = self.text_width(text) + 10.0;
        let left = (x - 0.5 * width).min(x1 - width).max(x0);
        (left, left + width)
    }

    /// A text on a ground of its own, at height `y`.
    pub fn chip(&self, text: &str, (x0, x1): (f64, f64), y: f64) {
        let (top, height) = (y - 9.0, 18.0);
        let (_, edge) = self.hair(0.0);
        self.fill(x0, top, x1 - x0, height, &self.palette.muted.mix(self.palette.panel, 0.5).css());
        self.fill(x0 + edge, top + edge, x1 - x0 - 2.0 * edge, height - 2.0 * edge, &self.palette.panel.css());
        self.text(text, x0 + 5.0, y + 0.5, Align::Start, &self.palette.ink.css());
    }

    /// A line through points, broken where y is not a number.
    pub fn polyline(&self, points: &[(f64, f64)], width: f64, css: &str) {
        self.ink.polyline(points, width, css);
    }

    /// A filled disc.
    pub fn disc(&self, x: f64, y: f64, radius: f64, css: &str) {
        self.ink.disc(x, y, radius, css);
    }

    /// The mark of a kind of population, 8 px across.
    pub fn mark(&self, kind: Kind, x: f64, y: f64, css: &str) {
        match kind {
            Kind::Excitatory => self.polygon(&[(x, y - 4.0), (x + 4.5, y + 4.0), (x - 4.5, y + 4.0)], css),
            Kind::Inhibitory => self.disc(x, y, 4.0, css),
            Kind::Other => self.fill(x - 3.5, y - 3.5, 7.0, 7.0, css),
        }
    }

    /// A circle.
    pub fn ring(&self, x: f64, y: f64, radius: f64, css: &str) {
        self.ink.ring(x, y, radius, css);
    }

    /// A filled polygon.
    pub fn polygon(&self, corners: &[(f64, f64)], css: &str) {
        self.ink.polygon(corners, css);
    }

    /// Hatches the stretches of `xs` between `top` and `bottom`: data that is missing. `anchor` is an x that moves with
    /// the data.
    pub fn hatch(&self, xs: &[(f64, f64)], top: f64, bottom: f64, anchor: f64) {
        let (Some(first), Some(last)) = (xs.first(), xs.last()) else {
            return;
        };
        let rects: Vec<_> = xs.iter().map(|&(x0, x1)| [x0, top, (x1 - x0).max(1.0), bottom - top]).collect();
        let rise = bottom - top;
        let mut x = first.0 - rise + (anchor - first.0 + rise).rem_euclid(HATCH_PX);
        let mut lines = Vec::new();
        while x < last.1.max(first.1) + 1.0 {
            lines.extend([(x, f64::NAN), (x, bottom), (x + rise, top)]);
            x += HATCH_PX;
        }
        self.ink.clip(&rects);
        self.polyline(&lines, 1.0, &self.palette.muted.css_alpha(0.45));
        self.ink.unclip();
    }

    /// Draws with everything outside a rectangle masked.
    pub fn clipped(&self, x0: f64, y0: f64, x1: f64, y1: f64, draw: impl FnOnce()) {
        self.ink.clip(&[[x0, y0, x1 - x0, y1 - y0]]);
        draw();
        self.ink.unclip();
    }

    /// A colour of the hairlines of the grid.
    pub fn grid_css(&self) -> String {
        self.palette.line.css()
    }

    /// The upper or left edge, and the thickness, in css px, of a hairline through `at`.
    fn hair(&self, at: f64) -> (f64, f64) {
        let thickness = self.dpr.floor().max(1.0);
        (((at * self.dpr - 0.5 * thickness).round()) / self.dpr, thickness / self.dpr)
    }
}

/// The opacity of a label that would otherwise appear or vanish at once at the end of an axis: 0 outside, 1 from
/// `fade` px inside.
pub fn fade(x: f64, (x0, x1): (f64, f64), fade: f64) -> f64 {
    ((x - x0).min(x1 - x) / fade).clamp(0.0, 1.0)
}

/// A colour of a text that is fading.
pub fn faded(colour: Rgb, opacity: f64) -> String {
    if opacity >= 1.0 { colour.css() } else { colour.css_alpha(opacity) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_fade_at_both_ends() {
        assert_eq!(fade(0.0, (0.0, 100.0), 10.0), 0.0);
        assert_eq!(fade(5.0, (0.0, 100.0), 10.0), 0.5);
        assert_eq!(fade(50.0, (0.0, 100.0), 10.0), 1.0);
        assert_eq!(fade(120.0, (0.0, 100.0), 10.0), 0.0);
    }
}
