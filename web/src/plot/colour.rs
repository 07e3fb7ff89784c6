//! A colour as three bytes: read from what a canvas prints, mixed, and written for CSS.

/// Red, green, blue, 0 to 255 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// Reads `#rgb`, `#rrggbb`, `rgb(1, 2, 3)` or `rgba(1, 2, 3, 0.5)`, the forms a canvas prints. Opacity is dropped.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(hex) = text.strip_prefix('#') {
            let value = u32::from_str_radix(hex, 16).ok()?;
            return match hex.len() {
                3 => Some(Self([8, 4, 0].map(|shift| ((value >> shift) & 15) as u8 * 17))),
                6 => Some(Self([16, 8, 0].map(|shift| (value >> shift) as u8))),
                _ => None,
            };
        }
        let inside = text.strip_prefix("rgb")?.trim_start_matches('a').strip_prefix('(')?.strip_suffix(')')?;
        let mut parts = inside.split([',', ' ', '/']).filter(|part| !part.is_empty());
        let mut channel = || parts.next()?.parse::<f64>().ok().map(|value| value.round().clamp(0.0, 255.0) as u8);
        Some(Self([channel()?, channel()?, channel()?]))
    }

    /// As CSS writes it.
    pub fn css(self) -> String {
        let [r, g, b] = self.0;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// As CSS writes it, with an opacity from 0 to 1.
    pub fn css_alpha(self, opacity: f64) -> String {
        let [r, g, b] = self.0;
        format!("rgba({r},{g},{b},{opacity})")
    }

    /// This colour at 0, the other at 1.
    pub fn mix(self, other: Self, share: f64) -> Self {
        let blend = |i: usize| {
            let (a, b) = (f64::from(self.0[i]), f64::from(other.0[i]));
            (a + (b - a) * share).round() as u8
        };
        Self([blend(0), blend(1), blend(2)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_canvas_prints() {
        assert_eq!(Rgb::parse(" #d95f02 "), Some(Rgb([217, 95, 2])));
        assert_eq!(Rgb::parse("#fa0"), Some(Rgb([255, 170, 0])));
        assert_eq!(Rgb::parse("rgb(1, 2, 3)"), Some(Rgb([1, 2, 3])));
        assert_eq!(Rgb::parse("rgba(1, 2, 3, 0.5)"), Some(Rgb([1, 2, 3])));
        for bad in ["", "#12", "red", "rgb(1, 2)", "#gggggg"] {
            assert_eq!(Rgb::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn css_and_mix() {
        let orange = Rgb([217, 95, 2]);
        assert_eq!(Rgb::parse(&orange.css()), Some(orange));
        assert_eq!(Rgb::parse(&orange.css_alpha(0.25)), Some(orange));
        assert_eq!(orange.mix(Rgb([0, 0, 0]), 1.0), Rgb([0, 0, 0]));
        assert_eq!(Rgb([0, 100, 200]).mix(Rgb([100, 100, 100]), 0.5), Rgb([50, 100, 150]));
    }
}
