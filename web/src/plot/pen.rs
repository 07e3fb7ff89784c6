//! Drawing in css px on one canvas: crisp hairlines, labels, lines, and the marks that all views share.

use leptos::web_sys::CanvasRenderingContext2d;

use super::band::Kind;
use super::colour::Rgb;
use super::palette::Palette;

/// Size of all text on a plot, in css px.
const TEXT_PX: f64 = 11.0;
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

/// One canvas, ready to be drawn upon.
#[derive(Debug)]
pub struct Pen<'a> {
    /// The context, in css px, for what the methods do not cover.
    pub context: &'a CanvasRenderingContext2d,
    /// Colours and font.
    pub palette: &'a Palette,
    /// Size of the canvas, in css px.
    pub width: f64,
    /// Size of the canvas, in css px.
    pub height: f64,
    /// Device px to a css px.
    pub dpr: f64,
    /// Wall time, in ms.
    pub now_ms: f64,
}

impl Pen<'_> {
    /// Colours everything and sets the state that the other methods rely on.
    pub fn start(&self) {
        self.set_scale();
        self.fill(0.0, 0.0, self.width, self.height, &self.palette.panel.css());
        self.context.set_font(&format!("{TEXT_PX}px {}", self.palette.font));
        self.context.set_text_baseline("middle");
        self.context.set_line_join("round");
    }

    /// Measures in css px again, as after putting an image.
    pub fn set_scale(&self) {
        // Numbers are finite, so the call cannot fail.
        let _ = self.context.set_transform(self.dpr, 0.0, 0.0, self.dpr, 0.0, 0.0);
    }

    /// Fills a rectangle.
    pub fn fill(&self, x: f64, y: f64, width: f64, height: f64, css: &str) {
        self.context.set_fill_style_str(css);
        self.context.fill_rect(x, y, width, height);
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
        self.context.set_text_align(match align {
            Align::Start => "left",
            Align::Middle => "center",
            Align::End => "right",
        });
        self.context.set_fill_style_str(css);
        // It fails only when memory is exhausted.
        let _ = self.context.fill_text(text, x, y);
    }

    /// Width of a text, in css px.
    pub fn text_width(&self, text: &str) -> f64 {
        self.context.measure_text(text).map_or(0.0, |metrics| metrics.width())
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
        self.context.begin_path();
        let mut is_down = false;
        for &(x, y) in points {
            if y.is_nan() {
                is_down = false;
            } else if is_down {
                self.context.line_to(x, y);
            } else {
                self.context.move_to(x, y);
                is_down = true;
            }
        }
        self.context.set_line_width(width);
        self.context.set_stroke_style_str(css);
        self.context.stroke();
    }

    /// A filled disc.
    pub fn disc(&self, x: f64, y: f64, radius: f64, css: &str) {
        self.context.begin_path();
        // It fails only for a negative radius.
        let _ = self.context.arc(x, y, radius, 0.0, std::f64::consts::TAU);
        self.context.set_fill_style_str(css);
        self.context.fill();
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
        self.context.begin_path();
        let _ = self.context.arc(x, y, radius, 0.0, std::f64::consts::TAU);
        self.context.set_line_width(1.25);
        self.context.set_stroke_style_str(css);
        self.context.stroke();
    }

    /// A filled polygon.
    pub fn polygon(&self, corners: &[(f64, f64)], css: &str) {
        self.context.begin_path();
        for (i, &(x, y)) in corners.iter().enumerate() {
            if i == 0 { self.context.move_to(x, y) } else { self.context.line_to(x, y) }
        }
        self.context.close_path();
        self.context.set_fill_style_str(css);
        self.context.fill();
    }

    /// Hatches the stretches of `xs` between `top` and `bottom`: data that is missing. `anchor` is an x that moves with
    /// the data.
    pub fn hatch(&self, xs: &[(f64, f64)], top: f64, bottom: f64, anchor: f64) {
        let (Some(first), Some(last)) = (xs.first(), xs.last()) else {
            return;
        };
        self.context.save();
        self.context.begin_path();
        for &(x0, x1) in xs {
            self.context.rect(x0, top, (x1 - x0).max(1.0), bottom - top);
        }
        self.context.clip();
        self.context.begin_path();
        let rise = bottom - top;
        let mut x = first.0 - rise + (anchor - first.0 + rise).rem_euclid(HATCH_PX);
        while x < last.1.max(first.1) + 1.0 {
            self.context.move_to(x, bottom);
            self.context.line_to(x + rise, top);
            x += HATCH_PX;
        }
        self.context.set_line_width(1.0);
        self.context.set_stroke_style_str(&self.palette.muted.css_alpha(0.45));
        self.context.stroke();
        self.context.restore();
    }

    /// Draws with everything outside a rectangle masked.
    pub fn clipped(&self, x0: f64, y0: f64, x1: f64, y1: f64, draw: impl FnOnce()) {
        self.context.save();
        self.context.begin_path();
        self.context.rect(x0, y0, x1 - x0, y1 - y0);
        self.context.clip();
        draw();
        self.context.restore();
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
