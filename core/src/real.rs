//! The vocabulary that a neuron's update is written in: the words that Rust, SIMD lanes and WGSL share.
//!
//! A body uses `+ - * /`, `let`, and the functions of this file. `f32` and [`f32x8`] implement them with the same
//! roundings, so that an update gives the same bits on one lane or on eight. None of them fuses a multiply with an add.
//!
//! Functions that need more than one operation are written in the same words, once, and kept as text too: see [`WORDS`].

use core::ops::{Add, Div, Mul, Neg, Sub};
use wide::{f32x8, i32x8};

/// 1.5 · 2^23: what is added to it is rounded to a whole number, which then stands in its lowest bits.
const ROUNDER: f32 = 12_582_912.0;
const MANTISSA_BITS: u32 = 23;

/// A real number: one `f32`, or eight side by side.
pub trait Real:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Neg<Output = Self>
{
    /// The result of a comparison.
    type Mask: Copy;
    /// The same number on every lane.
    fn splat(x: f32) -> Self;
    /// a > b
    fn gt(self, other: Self) -> Self::Mask;
    /// a ≥ b
    fn ge(self, other: Self) -> Self::Mask;
    /// `other` where it is larger, `self` elsewhere.
    fn or_larger(self, other: Self) -> Self;
    /// The nearest whole number, halves to the even one, for magnitudes below 2^22.
    fn rounded(self) -> Self;
    /// 2^self for whole numbers from -126 to 127.
    fn pow2(self) -> Self;
    /// `if_true` where the mask holds, `self` elsewhere.
    fn or_if(self, if_true: Self, mask: Self::Mask) -> Self;
}

impl Real for f32 {
    type Mask = bool;
    #[inline(always)]
    fn splat(x: f32) -> f32 {
        x
    }
    #[inline(always)]
    fn gt(self, other: f32) -> bool {
        self > other
    }
    #[inline(always)]
    fn ge(self, other: f32) -> bool {
        self >= other
    }
    #[inline(always)]
    fn or_larger(self, other: f32) -> f32 {
        if self < other { other } else { self }
    }
    #[inline(always)]
    fn rounded(self) -> f32 {
        (self + ROUNDER) - ROUNDER
    }
    #[inline(always)]
    fn pow2(self) -> f32 {
        f32::from_bits(((self + ROUNDER).to_bits() << MANTISSA_BITS).wrapping_add(1.0f32.to_bits()))
    }
    #[inline(always)]
    fn or_if(self, if_true: f32, mask: bool) -> f32 {
        if mask { if_true } else { self }
    }
}

impl Real for f32x8 {
    type Mask = f32x8;
    #[inline(always)]
    fn splat(x: f32) -> f32x8 {
        f32x8::splat(x)
    }
    #[inline(always)]
    fn gt(self, other: f32x8) -> f32x8 {
        self.simd_gt(other)
    }
    #[inline(always)]
    fn ge(self, other: f32x8) -> f32x8 {
        self.simd_ge(other)
    }
    #[inline(always)]
    fn or_larger(self, other: f32x8) -> f32x8 {
        // One instruction each. SSE and AVX return the second operand where neither is larger, WebAssembly the first.
        if cfg!(target_feature = "sse") { other.fast_max(self) } else { self.fast_max(other) }
    }
    #[inline(always)]
    fn rounded(self) -> f32x8 {
        (self + f32x8::splat(ROUNDER)) - f32x8::splat(ROUNDER)
    }
    #[inline(always)]
    fn pow2(self) -> f32x8 {
        let whole: i32x8 = bytemuck::cast(self + f32x8::splat(ROUNDER));
        bytemuck::cast((whole << MANTISSA_BITS as i32) + i32x8::splat(1.0f32.to_bits() as i32))
    }
    #[inline(always)]
    fn or_if(self, if_true: f32x8, mask: f32x8) -> f32x8 {
        mask.bitselect(if_true, self)
    }
}

/// A literal.
#[inline(always)]
pub fn real<R: Real>(x: f32) -> R {
    R::splat(x)
}

/// a > b
#[inline(always)]
pub fn gt<R: Real>(a: R, b: R) -> R::Mask {
    a.gt(b)
}

/// a ≥ b
#[inline(always)]
pub fn ge<R: Real>(a: R, b: R) -> R::Mask {
    a.ge(b)
}

/// The larger of two; `a` where neither is, as WGSL's `max`.
#[inline(always)]
pub fn max<R: Real>(a: R, b: R) -> R {
    a.or_larger(b)
}

/// `if_true` where the mask holds, `if_false` elsewhere; the order of WGSL's `select`.
#[inline(always)]
pub fn select<R: Real>(if_false: R, if_true: R, mask: R::Mask) -> R {
    if_false.or_if(if_true, mask)
}

/// The smaller of two; `a` where neither is.
#[inline(always)]
pub fn min<R: Real>(a: R, b: R) -> R {
    -max(-a, -b)
}

/// 1 / x
#[inline(always)]
pub fn inverse<R: Real>(x: R) -> R {
    R::splat(1.0) / x
}

/// The nearest whole number, halves to the even one, for magnitudes below 2^22.
#[inline(always)]
pub fn round<R: Real>(x: R) -> R {
    x.rounded()
}

/// 2^x for whole numbers from -126 to 127.
#[inline(always)]
pub fn pow2<R: Real>(x: R) -> R {
    x.pow2()
}

/// A function as text, in the words that Rust and WGSL share.
#[derive(Clone, Copy, Debug)]
pub struct WordText {
    /// Its name.
    pub name: &'static str,
    /// Names of its arguments.
    pub arguments: &'static [&'static str],
    /// Statements before its value.
    pub statements: &'static str,
    /// Its value.
    pub value: &'static str,
}

macro_rules! words {
    ($($(#[$doc:meta])* fn $name:ident($($argument:ident),+) { $($statement:tt)* } = $value:expr;)+) => {
        $(
            $(#[$doc])*
            #[allow(clippy::approx_constant, reason = "WGSL reads the text too, and knows no constant of Rust")]
            #[inline(always)]
            pub fn $name<R: Real>($($argument: R),+) -> R {
                $($statement)*
                $value
            }
        )+

        /// The functions that are made of other words, each after those that it uses.
        pub static WORDS: &[WordText] = &[$(WordText {
            name: stringify!($name),
            arguments: &[$(stringify!($argument)),+],
            statements: stringify!($($statement)*),
            value: stringify!($value),
        }),+];
    };
}

words! {
    /// e^x, to 2e-7 of itself for -87 ≤ x ≤ 88; beyond, its value at that end. The polynomial on ±ln 2 / 2 is that of
    /// Cephes' expf (Moshier 1992).
    fn exp(x) {
        let c = max(min(x, real(88.0)), real(-87.0));
        let k = round(c * real(1.442695));
        let r = (c - k * real(0.6933594)) + k * real(0.00021219444);
        let p = ((((r * real(0.0001987569) + real(0.0013981999)) * r + real(0.008333452)) * r + real(0.041665796)) * r
            + real(0.16666665)) * r + real(0.5);
    } = ((p * r) * r + r + real(1.0)) * pow2(k);

    /// (e^x - 1) / x, and 1 at 0, to 2e-6 of itself for -87 ≤ x ≤ 88: what rate constants of ion channels are made of.
    fn exprel(x) {
        let near = x * (x * (x * (x * real(0.008333334) + real(0.041666668)) + real(0.16666667)) + real(0.5)) + real(1.0);
        let far = (exp(x) - real(1.0)) / select(x, real(1.0), gt(real(0.2), max(x, -x)));
    } = select(far, near, gt(real(0.2), max(x, -x)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lanes(f: fn(f32x8) -> f32x8, x: f32) -> [u32; 8] {
        f(f32x8::splat(x)).to_array().map(f32::to_bits)
    }

    /// Against f64, and the same bits on every lane.
    #[test]
    fn exponentials_are_as_exact_as_they_say() {
        let (mut worst_exp, mut worst_rel): (f64, f64) = (0.0, 0.0);
        for i in -87_000..=88_000 {
            let x = i as f32 / 1000.0;
            let (e, r) = (exp(x), exprel(x));
            let exact = libm::exp(f64::from(x));
            let exact_rel = if i == 0 { 1.0 } else { libm::expm1(f64::from(x)) / f64::from(x) };
            worst_exp = worst_exp.max((f64::from(e) / exact - 1.0).abs());
            worst_rel = worst_rel.max((f64::from(r) / exact_rel - 1.0).abs());
            if i % 97 == 0 {
                assert_eq!(lanes(exp, x), [e.to_bits(); 8], "{x}");
                assert_eq!(lanes(exprel, x), [r.to_bits(); 8], "{x}");
            }
        }
        assert!(worst_exp < 2e-7, "{worst_exp:e}");
        assert!(worst_rel < 2e-6, "{worst_rel:e}");
        assert_eq!(exp(-1e30), exp(-87.0));
        assert_eq!(exp(1e30), exp(88.0));
        assert_eq!(
            [exp(0.0), exprel(0.0), round(2.5), round(-1.4), pow2(-126.0)],
            [1.0, 1.0, 2.0, -1.0, f32::MIN_POSITIVE]
        );
    }
}
