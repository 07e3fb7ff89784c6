//! Numbers as people read them: thin-space groups, a true minus sign, SI prefixes, few digits.

/// Stands between groups of three digits, and between a number and its unit.
pub const THIN_SPACE: char = '\u{2009}';
/// The minus sign, as wide as a plus.
pub const MINUS: char = '\u{2212}';

/// A number with a fixed count of decimals: `1 234.5`, `−60`. What is not finite becomes a dash.
pub fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "\u{2013}".into();
    }
    let plain = format!("{:.*}", decimals, value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::with_capacity(plain.len() + 8);
    if value < 0.0 && plain.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        text.push(MINUS);
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(THIN_SPACE);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// A number with at most `digits` significant digits and no zeros behind: 0.01230 to three is `0.0123`, 5.20 to two is
/// `5.2`.
pub fn significant(value: f64, digits: usize) -> String {
    if value == 0.0 || !value.is_finite() {
        return fixed(value, 0);
    }
    // Formatting in exponent form rounds 9.999 up to 1e1 before the decimals are counted.
    let rounded: f64 = format!("{:.*e}", digits.max(1) - 1, value).parse().unwrap_or(value);
    let exponent = rounded.abs().log10().floor() as i32;
    let decimals = (digits.max(1) as i32 - 1 - exponent).max(0) as usize;
    let text = fixed(rounded, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text }
}

/// A power of ten as short as it can be: `0.1`, `100`, `10⁻⁴`. What is none is a number with two digits.
pub fn power_of_ten(value: f64) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let exponent = value.log10().round();
    if (1e-2..=1e3).contains(&value) || (value.log10() - exponent).abs() > 1e-9 {
        return significant(value, 2);
    }
    let raised = |c: char| c.to_digit(10).map_or('⁻', |digit| RAISED[digit as usize]);
    format!("10{}", format!("{exponent:.0}").chars().map(raised).collect::<String>())
}

/// A quantity with an SI prefix and at most four significant digits: `320 k`, `1.5 MHz`, `61 MB`.
pub fn si(value: f64, unit: &str) -> String {
    const PREFIXES: [(f64, &str); 9] = [
        (1e12, "T"),
        (1e9, "G"),
        (1e6, "M"),
        (1e3, "k"),
        (1.0, ""),
        (1e-3, "m"),
        (1e-6, "\u{b5}"),
        (1e-9, "n"),
        (1e-12, "p"),
    ];
    // Half a unit in the fourth digit: 999.96 becomes 1 k, not 1 000.
    let size = value.abs() * (1.0 + 5e-5);
    let (factor, prefix) = match PREFIXES.into_iter().find(|(factor, _)| size >= *factor) {
        Some(found) => found,
        None if value == 0.0 || !value.is_finite() => (1.0, ""),
        None => (1e-12, "p"),
    };
    with_unit(&significant(value / factor, 4), &format!("{prefix}{unit}"))
}

/// A number and its unit with a thin space between; no space when there is no unit.
pub fn with_unit(number: &str, unit: &str) -> String {
    if unit.is_empty() { number.into() } else { format!("{number}{THIN_SPACE}{unit}") }
}

/// How many decimals, at most six, tell multiples of `step` apart.
pub fn decimals_for(step: f64) -> usize {
    if step.is_finite() && step > 0.0 { (-(step * (1.0 + 1e-9)).log10().floor()).clamp(0.0, 6.0) as usize } else { 0 }
}

/// A time, with the decimals that one pixel can tell apart but at least one: `1 234.5 ms`.
pub fn time(t_ms: f64, ms_per_px: f64) -> String {
    with_unit(&fixed(t_ms, decimals_for(ms_per_px).clamp(1, 3)), "ms")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes thin spaces as `_` and the minus as `-`, so that expectations can be read.
    fn check(text: String, expected: &str) {
        assert_eq!(text.replace(THIN_SPACE, "_").replace(MINUS, "-"), expected);
    }

    #[test]
    fn powers_of_ten_are_short() {
        for (value, text) in
            [(0.1, "0.1"), (1000.0, "1\u{2009}000"), (1e-4, "10⁻⁴"), (1e-13, "10⁻¹³"), (1e5, "10⁵"), (0.005, "0.005")]
        {
            assert_eq!(power_of_ten(value), text);
        }
    }

    #[test]
    fn fixed_groups_and_signs() {
        check(fixed(1234.5, 1), "1_234.5");
        check(fixed(999.0, 0), "999");
        check(fixed(-1234567.0, 0), "-1_234_567");
        check(fixed(-0.04, 1), "0.0");
        check(fixed(-60.0, 0), "-60");
        check(fixed(f64::NAN, 1), "\u{2013}");
    }

    #[test]
    fn significant_drops_zeros_behind() {
        check(significant(5.2000001, 2), "5.2");
        check(significant(5.0, 4), "5");
        check(significant(0.0123456, 3), "0.0123");
        check(significant(9.999, 2), "10");
        check(significant(-1234.5678, 4), "-1_235");
        check(significant(123456.0, 2), "120_000");
        check(significant(0.0, 4), "0");
    }

    #[test]
    fn si_takes_the_fitting_prefix() {
        check(si(320_000.0, ""), "320_k");
        check(si(1.5e6, "Hz"), "1.5_MHz");
        check(si(999.96, "Hz"), "1_kHz");
        check(si(0.0042, "V"), "4.2_mV");
        check(si(-2.5e-6, "A"), "-2.5_\u{b5}A");
        check(si(0.0, "Hz"), "0_Hz");
        check(si(4.0, ""), "4");
        check(si(1e-15, "F"), "0.001_pF");
    }

    #[test]
    fn decimals_follow_the_step() {
        for (step, decimals) in [(100.0, 0), (1.0, 0), (0.5, 1), (0.1, 1), (0.02, 2), (0.0, 0), (1e-9, 6)] {
            assert_eq!(decimals_for(step), decimals, "step {step}");
        }
    }

    #[test]
    fn time_has_at_least_one_decimal() {
        check(time(1234.5, 0.36), "1_234.5_ms");
        check(time(1234.0, 20.0), "1_234.0_ms");
        check(time(0.1234, 0.007), "0.123_ms");
    }
}
