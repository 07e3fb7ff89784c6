//! Ink that writes SVG: the same picture as on the canvas, of shapes and text.

use std::cell::{Cell, RefCell};
use std::fmt::Write;

use super::ink::{Ink, Pixels};
use super::pen::{Align, RING_PX, TEXT_PX};

/// A picture that is being written.
pub struct SvgInk<'a> {
    width: f64,
    height: f64,
    font: &'a str,
    dpr: f64,
    /// Width of a text, in css px.
    measure: &'a dyn Fn(&str) -> f64,
    /// Pixels as the address of an image, `data:…`.
    address: &'a dyn Fn(Pixels) -> Option<String>,
    body: RefCell<String>,
    n_clips: Cell<usize>,
}

impl<'a> SvgInk<'a> {
    /// An empty picture of this size in css px; images have `dpr` pixels to one of them.
    pub fn new(
        (width, height): (f64, f64),
        dpr: f64,
        font: &'a str,
        measure: &'a dyn Fn(&str) -> f64,
        address: &'a dyn Fn(Pixels) -> Option<String>,
    ) -> Self {
        Self { width, height, font, dpr, measure, address, body: RefCell::default(), n_clips: Cell::new(0) }
    }

    /// The whole picture.
    pub fn finish(self) -> String {
        let (w, h) = (Px(self.width), Px(self.height));
        let mut out = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" ");
        let font = escaped(self.font);
        let _ = write!(out, "viewBox=\"0 0 {w} {h}\" font-family=\"{font}\" font-size=\"{TEXT_PX}\">");
        out + &self.body.into_inner() + "</svg>\n"
    }

    fn write(&self, element: std::fmt::Arguments) {
        // Writing to a string cannot fail.
        let _ = self.body.borrow_mut().write_fmt(element);
    }
}

/// A length to a hundredth of a px, as short as it can be.
struct Px(f64);

impl std::fmt::Display for Px {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{}", (self.0 * 100.0).round() / 100.0)
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A colour as attributes: many readers of SVG know no `rgba(…)`.
fn paint(attribute: &str, css: &str) -> String {
    let parts =
        css.strip_prefix("rgba(").and_then(|rest| rest.strip_suffix(')')).and_then(|rest| rest.rsplit_once(','));
    match parts {
        Some((rgb, opacity)) => format!("{attribute}=\"rgb({rgb})\" {attribute}-opacity=\"{opacity}\""),
        None => format!("{attribute}=\"{css}\""),
    }
}

impl Ink for SvgInk<'_> {
    fn fill(&self, x: f64, y: f64, width: f64, height: f64, css: &str) {
        // Canvas fills to the other side of a negative extent, SVG not at all.
        let (x, y) = (x.min(x + width), y.min(y + height));
        let (x, y, w, h, fill) = (Px(x), Px(y), Px(width.abs()), Px(height.abs()), paint("fill", css));
        self.write(format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" {fill}/>"));
    }

    fn polyline(&self, points: &[(f64, f64)], width: f64, css: &str) {
        let mut path = String::new();
        let mut is_down = false;
        for &(x, y) in points {
            if !y.is_nan() {
                let _ = write!(path, "{}{} {}", if is_down { 'L' } else { 'M' }, Px(x), Px(y));
            }
            is_down = !y.is_nan();
        }
        let stroke = paint("stroke", css);
        self.write(format_args!(
            "<path d=\"{path}\" fill=\"none\" stroke-width=\"{width}\" stroke-linejoin=\"round\" {stroke}/>"
        ));
    }

    fn polygon(&self, corners: &[(f64, f64)], css: &str) {
        let points: Vec<String> = corners.iter().map(|&(x, y)| format!("{},{}", Px(x), Px(y))).collect();
        self.write(format_args!("<polygon points=\"{}\" {}/>", points.join(" "), paint("fill", css)));
    }

    fn disc(&self, x: f64, y: f64, radius: f64, css: &str) {
        let (x, y, r, fill) = (Px(x), Px(y), Px(radius), paint("fill", css));
        self.write(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" {fill}/>"));
    }

    fn ring(&self, x: f64, y: f64, radius: f64, css: &str) {
        let (x, y, r, stroke) = (Px(x), Px(y), Px(radius), paint("stroke", css));
        self.write(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"none\" stroke-width=\"{RING_PX}\" {stroke}/>"
        ));
    }

    fn text(&self, text: &str, x: f64, y: f64, align: Align, css: &str) {
        let anchor = match align {
            Align::Start => "start",
            Align::Middle => "middle",
            Align::End => "end",
        };
        let (x, y, fill, text) = (Px(x), Px(y), paint("fill", css), escaped(text));
        self.write(format_args!(
            "<text x=\"{x}\" y=\"{y}\" dy=\"0.36em\" text-anchor=\"{anchor}\" {fill}>{text}</text>"
        ));
    }

    fn text_width(&self, text: &str) -> f64 {
        (self.measure)(text)
    }

    fn clip(&self, rects: &[[f64; 4]]) {
        let n = self.n_clips.get();
        self.n_clips.set(n + 1);
        self.write(format_args!("<clipPath id=\"c{n}\">"));
        for &[x, y, width, height] in rects {
            self.fill(x, y, width, height, "#000");
        }
        self.write(format_args!("</clipPath><g clip-path=\"url(#c{n})\">"));
    }

    fn unclip(&self) {
        self.write(format_args!("</g>"));
    }

    fn image(&self, pixels: Pixels, left: f64, top: f64) {
        let Some(address) = (self.address)(pixels) else { return };
        let px = |device: f64| Px(device / self.dpr);
        let rows = pixels.bytes.len() / 4 / pixels.width.max(1) as usize;
        let (x, y, w, h) = (px(left), px(top), px(f64::from(pixels.width)), px(rows as f64));
        self.write(format_args!("<image x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" href=\"{address}\"/>"));
    }

    fn is_vector(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_become_elements() {
        let (measure, address) = (|text: &str| text.len() as f64, |_: Pixels| Some("data:x".to_owned()));
        let ink = SvgInk::new((100.0, 50.0), 2.0, "\"A\", serif", &measure, &address);
        ink.fill(10.0, 20.0, -4.0, 2.0, "rgba(1,2,3,0.5)");
        ink.clip(&[[0.0, 0.0, 10.0, 10.0]]);
        ink.polyline(&[(0.0, 0.0), (1.004, 2.0), (2.0, f64::NAN), (3.0, 1.0), (4.0, 1.0)], 1.5, "#112233");
        ink.unclip();
        ink.text("a < b & c", 5.0, 6.0, Align::End, "#000");
        ink.image(Pixels { bytes: &[0; 24], width: 2 }, 4.0, 6.0);
        let svg = ink.finish();
        for part in [
            "viewBox=\"0 0 100 50\" font-family=\"&quot;A&quot;, serif\"",
            "<rect x=\"6\" y=\"20\" width=\"4\" height=\"2\" fill=\"rgb(1,2,3)\" fill-opacity=\"0.5\"/>",
            "<g clip-path=\"url(#c0)\"><path d=\"M0 0L1 2M3 1L4 1\"",
            "text-anchor=\"end\" fill=\"#000\">a &lt; b &amp; c</text>",
            "<image x=\"2\" y=\"3\" width=\"1\" height=\"1.5\" href=\"data:x\"/>",
        ] {
            assert!(svg.contains(part), "{part} is not in {svg}");
        }
    }
}
