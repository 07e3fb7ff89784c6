//! Populations as the plots show them: a band of neurons with a name, a kind and hence a colour.

use super::colour::Rgb;
use super::palette::Palette;

/// What the neurons of a band do to others; decides colour and mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Warm, a triangle.
    Excitatory,
    /// Cool, a circle.
    Inhibitory,
    /// A colour of the categories, a square.
    Other,
}

/// A run of neurons with consecutive indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Short name, as shown: `E`, `L2/3 I`.
    pub name: String,
    /// Global index of its first neuron.
    pub first: u32,
    /// How many neurons.
    pub count: u32,
    /// What they do.
    pub kind: Kind,
}

/// How many neurons the bands reach up to: one more than the highest index.
pub fn n_neurons(bands: &[Band]) -> u32 {
    bands.iter().map(|band| band.first.saturating_add(band.count)).max().unwrap_or(0)
}

/// The band a neuron belongs to.
pub fn band_of(bands: &[Band], neuron: u32) -> Option<&Band> {
    bands.iter().find(|band| neuron >= band.first && neuron - band.first < band.count)
}

/// The share of ink in the colour of each band: further bands of the same kind get some, which keeps the hue and adds
/// contrast.
fn ink_shares(bands: &[Band]) -> Vec<f64> {
    const SHARES: [f64; 4] = [0.0, 0.4, 0.2, 0.6];
    let nth_of_kind = |i: usize| bands[..i].iter().filter(|band| band.kind == bands[i].kind).count();
    let share = |i: usize| match bands[i].kind {
        Kind::Other => 0.0,
        Kind::Excitatory | Kind::Inhibitory => SHARES[nth_of_kind(i) % SHARES.len()],
    };
    (0..bands.len()).map(share).collect()
}

/// Which of the ten categories each band is coloured as, if it is of another kind than excitatory or inhibitory.
fn categories(bands: &[Band]) -> Vec<Option<usize>> {
    // Green, purple, cyan ...: categories 0 and 1 are a blue and an orange that would pass for the other kinds.
    const ORDER: [usize; 8] = [2, 4, 9, 5, 6, 8, 7, 3];
    let mut n_other = 0;
    let mut category = |band: &Band| {
        (band.kind == Kind::Other).then(|| {
            n_other += 1;
            ORDER[(n_other - 1) % ORDER.len()]
        })
    };
    bands.iter().map(&mut category).collect()
}

/// One colour a band.
pub fn colours(bands: &[Band], palette: &Palette) -> Vec<Rgb> {
    let base = |band: &Band, category: Option<usize>| match (band.kind, category) {
        (Kind::Other, Some(i)) => palette.cat[i],
        (Kind::Inhibitory, _) => palette.inh,
        _ => palette.exc,
    };
    let bases = bands.iter().zip(categories(bands)).map(|(band, category)| base(band, category));
    bases.zip(ink_shares(bands)).map(|(base, share)| base.mix(palette.ink, share)).collect()
}

/// The same colours as CSS, which follows the theme by itself.
pub fn css_colours(bands: &[Band]) -> Vec<String> {
    let base = |band: &Band, category: Option<usize>| match (band.kind, category) {
        (Kind::Other, Some(i)) => format!("var(--cat-{i})"),
        (Kind::Inhibitory, _) => "var(--inh)".into(),
        _ => "var(--exc)".into(),
    };
    let bases = bands.iter().zip(categories(bands)).map(|(band, category)| base(band, category));
    let mix = |(base, share): (String, f64)| {
        if share == 0.0 { base } else { format!("color-mix(in srgb, {base} {}%, var(--ink))", 100.0 * (1.0 - share)) }
    };
    bases.zip(ink_shares(bands)).map(mix).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bands() -> Vec<Band> {
        let band = |name: &str, first, count, kind| Band { name: name.into(), first, count, kind };
        vec![
            band("E", 0, 3_200, Kind::Excitatory),
            band("I", 3_200, 800, Kind::Inhibitory),
            band("E2", 4_000, 10, Kind::Excitatory),
            band("in", 4_010, 5, Kind::Other),
        ]
    }

    #[test]
    fn neurons_find_their_band() {
        let bands = bands();
        assert_eq!(n_neurons(&bands), 4_015);
        assert_eq!(band_of(&bands, 3_199).map(|b| b.name.as_str()), Some("E"));
        assert_eq!(band_of(&bands, 3_200).map(|b| b.name.as_str()), Some("I"));
        assert_eq!(band_of(&bands, 4_015), None);
        assert_eq!(n_neurons(&[]), 0);
    }

    #[test]
    fn kinds_have_their_colours_and_equals_differ() {
        let palette = Palette::default();
        let colours = colours(&bands(), &palette);
        assert_eq!(colours[0], palette.exc);
        assert_eq!(colours[1], palette.inh);
        assert_ne!(colours[2], palette.exc);
        assert_eq!(colours[3], palette.cat[2]);
        let css = css_colours(&bands());
        assert_eq!((css[0].as_str(), css[3].as_str()), ("var(--exc)", "var(--cat-2)"));
        assert_eq!(css[2], "color-mix(in srgb, var(--exc) 60%, var(--ink))");
    }
}
