//! The vocabulary that a neuron's update is written in: the words that Rust, SIMD lanes and WGSL share.
//!
//! A body uses `+ - * /`, `let`, and the functions of this file. `f32` and [`f32x8`] implement them with the same
//! roundings, so that an update gives the same bits on one lane or on eight. None of them fuses a multiply with an add.

use core::ops::{Add, Div, Mul, Neg, Sub};
use wide::f32x8;

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
