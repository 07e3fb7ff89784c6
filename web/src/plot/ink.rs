//! What a pen draws with: the few primitives of a picture, on a canvas here and as SVG in `svg`.

use leptos::wasm_bindgen::Clamped;
use leptos::web_sys::{CanvasRenderingContext2d, ImageData};

use super::pen::Align;

/// Opaque pixels.
#[derive(Clone, Copy, Debug)]
pub struct Pixels<'a> {
    /// Red, green, blue and opacity of each, row by row.
    pub bytes: &'a [u8],
    /// Pixels in a row.
    pub width: u32,
}

/// A surface for a pen. Lengths are in css px; colours as CSS writes them.
pub trait Ink {
    /// Fills a rectangle.
    fn fill(&self, x: f64, y: f64, width: f64, height: f64, css: &str);
    /// A line through points, broken where y is not a number.
    fn polyline(&self, points: &[(f64, f64)], width: f64, css: &str);
    /// A filled polygon.
    fn polygon(&self, corners: &[(f64, f64)], css: &str);
    /// A filled disc.
    fn disc(&self, x: f64, y: f64, radius: f64, css: &str);
    /// A circle.
    fn ring(&self, x: f64, y: f64, radius: f64, css: &str);
    /// A text with its middle at height `y`.
    fn text(&self, text: &str, x: f64, y: f64, align: Align, css: &str);
    /// Width of a text.
    fn text_width(&self, text: &str) -> f64;
    /// Masks everything outside of these rectangles (x, y, width, height), until [`Ink::unclip`].
    fn clip(&self, rects: &[[f64; 4]]);
    /// Takes the last mask away.
    fn unclip(&self);
    /// Puts device pixels, the upper left one at (`left`, `top`) in device px.
    fn image(&self, pixels: Pixels, left: f64, top: f64);
    /// Whether shapes stay shapes, however often they are enlarged.
    fn is_vector(&self) -> bool;
}

/// A canvas, set to measure in css px.
pub struct CanvasInk<'a> {
    /// Its context.
    pub context: &'a CanvasRenderingContext2d,
}

impl CanvasInk<'_> {
    fn rects(&self, rects: &[[f64; 4]]) {
        self.context.begin_path();
        for &[x, y, width, height] in rects {
            self.context.rect(x, y, width, height);
        }
    }

    fn arc(&self, x: f64, y: f64, radius: f64) {
        self.context.begin_path();
        // It fails only for a negative radius.
        let _ = self.context.arc(x, y, radius, 0.0, std::f64::consts::TAU);
    }
}

impl Ink for CanvasInk<'_> {
    fn fill(&self, x: f64, y: f64, width: f64, height: f64, css: &str) {
        self.context.set_fill_style_str(css);
        self.context.fill_rect(x, y, width, height);
    }

    fn polyline(&self, points: &[(f64, f64)], width: f64, css: &str) {
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

    fn polygon(&self, corners: &[(f64, f64)], css: &str) {
        self.context.begin_path();
        for (i, &(x, y)) in corners.iter().enumerate() {
            if i == 0 { self.context.move_to(x, y) } else { self.context.line_to(x, y) }
        }
        self.context.close_path();
        self.context.set_fill_style_str(css);
        self.context.fill();
    }

    fn disc(&self, x: f64, y: f64, radius: f64, css: &str) {
        self.arc(x, y, radius);
        self.context.set_fill_style_str(css);
        self.context.fill();
    }

    fn ring(&self, x: f64, y: f64, radius: f64, css: &str) {
        self.arc(x, y, radius);
        self.context.set_line_width(super::pen::RING_PX);
        self.context.set_stroke_style_str(css);
        self.context.stroke();
    }

    fn text(&self, text: &str, x: f64, y: f64, align: Align, css: &str) {
        self.context.set_text_align(match align {
            Align::Start => "left",
            Align::Middle => "center",
            Align::End => "right",
        });
        self.context.set_fill_style_str(css);
        // It fails only when memory is exhausted.
        let _ = self.context.fill_text(text, x, y);
    }

    fn text_width(&self, text: &str) -> f64 {
        self.context.measure_text(text).map_or(0.0, |metrics| metrics.width())
    }

    fn clip(&self, rects: &[[f64; 4]]) {
        self.context.save();
        self.rects(rects);
        self.context.clip();
    }

    fn unclip(&self) {
        self.context.restore();
    }

    fn image(&self, pixels: Pixels, left: f64, top: f64) {
        if let Ok(image) = ImageData::new_with_u8_clamped_array(Clamped(pixels.bytes), pixels.width) {
            // It fails only for positions that are not finite.
            let _ = self.context.put_image_data(&image, left, top);
        }
    }

    fn is_vector(&self) -> bool {
        false
    }
}
