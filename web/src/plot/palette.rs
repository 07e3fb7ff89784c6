//! The colours of the theme, read from the CSS custom properties that `static/css/tokens.css` sets.

use leptos::web_sys::{CanvasRenderingContext2d, CssStyleDeclaration, HtmlCanvasElement};

use super::colour::Rgb;

/// What the plots draw with. The default is the light theme, used where a property is missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// `--panel`: behind the plot.
    pub panel: Rgb,
    /// `--line`: hairlines.
    pub line: Rgb,
    /// `--ink`: text and traces.
    pub ink: Rgb,
    /// `--muted`: labels of axes.
    pub muted: Rgb,
    /// `--accent`: what is picked or poked.
    pub accent: Rgb,
    /// `--exc`: excitatory.
    pub exc: Rgb,
    /// `--inh`: inhibitory.
    pub inh: Rgb,
    /// `--cat-0` to `--cat-9`: categories.
    pub cat: [Rgb; 10],
    /// `--seq-0` to `--seq-4`: from low to high.
    pub seq: [Rgb; 5],
    /// The font family of the canvas, as CSS lists it.
    pub font: String,
}

impl Default for Palette {
    fn default() -> Self {
        Self {
            panel: Rgb([0xff, 0xff, 0xff]),
            line: Rgb([0xe5, 0xe5, 0xe1]),
            ink: Rgb([0x1c, 0x1f, 0x22]),
            muted: Rgb([0x6a, 0x70, 0x78]),
            accent: Rgb([0x2f, 0x5f, 0xd0]),
            exc: Rgb([0xd9, 0x5f, 0x02]),
            inh: Rgb([0x1f, 0x78, 0xb4]),
            // d3's category10.
            cat: [
                Rgb([0x1f, 0x77, 0xb4]),
                Rgb([0xff, 0x7f, 0x0e]),
                Rgb([0x2c, 0xa0, 0x2c]),
                Rgb([0xd6, 0x27, 0x28]),
                Rgb([0x94, 0x67, 0xbd]),
                Rgb([0x8c, 0x56, 0x4b]),
                Rgb([0xe3, 0x77, 0xc2]),
                Rgb([0x7f, 0x7f, 0x7f]),
                Rgb([0xbc, 0xbd, 0x22]),
                Rgb([0x17, 0xbe, 0xcf]),
            ],
            // matplotlib's viridis.
            seq: [
                Rgb([0x44, 0x01, 0x54]),
                Rgb([0x3b, 0x52, 0x8b]),
                Rgb([0x21, 0x91, 0x8c]),
                Rgb([0x5e, 0xc9, 0x62]),
                Rgb([0xfd, 0xe7, 0x25]),
            ],
            font: "system-ui, sans-serif".into(),
        }
    }
}

impl Palette {
    /// Reads the palette that applies to a canvas.
    pub fn read(canvas: &HtmlCanvasElement, context: &CanvasRenderingContext2d) -> Self {
        let defaults = Self::default();
        let style = leptos::web_sys::window().and_then(|window| window.get_computed_style(canvas).ok().flatten());
        let Some(style) = style else {
            return defaults;
        };
        let colour = |name: &str, default: Rgb| read_colour(&style, context, name).unwrap_or(default);
        let font = style.get_property_value("font-family").ok().filter(|font| !font.is_empty());
        Self {
            panel: colour("--panel", defaults.panel),
            line: colour("--line", defaults.line),
            ink: colour("--ink", defaults.ink),
            muted: colour("--muted", defaults.muted),
            accent: colour("--accent", defaults.accent),
            exc: colour("--exc", defaults.exc),
            inh: colour("--inh", defaults.inh),
            cat: std::array::from_fn(|i| colour(&format!("--cat-{i}"), defaults.cat[i])),
            seq: std::array::from_fn(|i| colour(&format!("--seq-{i}"), defaults.seq[i])),
            font: font.unwrap_or(defaults.font),
        }
    }

    /// The colour of a share from 0, low, to 1, high.
    pub fn sequential(&self, share: f64) -> Rgb {
        let place = share.clamp(0.0, 1.0) * (self.seq.len() - 1) as f64;
        let i = (place as usize).min(self.seq.len() - 2);
        self.seq[i].mix(self.seq[i + 1], place - i as f64)
    }
}

/// A custom property as a colour. The canvas normalises whatever notation CSS uses.
fn read_colour(style: &CssStyleDeclaration, context: &CanvasRenderingContext2d, name: &str) -> Option<Rgb> {
    let text = style.get_property_value(name).ok()?;
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if let Some(colour) = Rgb::parse(text) {
        return Some(colour);
    }
    context.set_fill_style_str(text);
    #[allow(deprecated, reason = "the only way to read the normalised colour back")]
    Rgb::parse(&context.fill_style().as_string()?)
}
