//! A brush: a pointer that touches neurons instead of moving the picture.

use leptos::prelude::*;

use super::frame::Frame;

/// Half the width of a brush, css px: a finger's, and a few rows of a raster.
pub const BRUSH_PX: f64 = 8.0;

/// A brush.
#[derive(Clone, Copy)]
pub struct Brush<T: 'static> {
    /// Whether the pointer holds it.
    pub is_held: Signal<bool>,
    /// Told of what it touches, and of nothing once it is lifted.
    pub on_touch: Callback<Option<T>>,
}

impl<T: 'static> Brush<T> {
    /// The same brush where other things are touched.
    pub fn map<U: 'static>(self, touched: impl Fn(U) -> T + Send + Sync + 'static) -> Brush<U> {
        let Brush { is_held, on_touch } = self;
        Brush { is_held, on_touch: Callback::new(move |stroke: Option<U>| on_touch.run(stroke.map(&touched))) }
    }
}

/// A movement of a brush over a canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Where it began, css px.
    pub from: (f64, f64),
    /// Where it is now.
    pub to: (f64, f64),
    /// Where the data lies on that canvas.
    pub frame: Frame,
}

impl Stroke {
    /// How far a point is from it, css px.
    pub fn distance(&self, (x, y): (f64, f64)) -> f64 {
        let (dx, dy) = (self.to.0 - self.from.0, self.to.1 - self.from.1);
        let length = dx * dx + dy * dy;
        let along = if length > 0.0 { ((x - self.from.0) * dx + (y - self.from.1) * dy) / length } else { 0.0 };
        let along = along.clamp(0.0, 1.0);
        (x - self.from.0 - along * dx).hypot(y - self.from.1 - along * dy)
    }
}

/// Numbers in order as stretches of those that follow each other.
pub fn stretches(numbers: impl Iterator<Item = u32>) -> Vec<[u32; 2]> {
    let mut stretches: Vec<[u32; 2]> = Vec::new();
    for number in numbers {
        match stretches.last_mut() {
            Some([_, last]) if *last + 1 == number => *last = number,
            _ => stretches.push([number; 2]),
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stroke_touches_what_is_near_its_way() {
        let stroke = Stroke { from: (10.0, 10.0), to: (30.0, 10.0), frame: Frame::of(100.0, 100.0) };
        assert_eq!(stroke.distance((20.0, 14.0)), 4.0);
        assert_eq!(stroke.distance((33.0, 14.0)), 5.0);
        assert_eq!(Stroke { to: (10.0, 10.0), ..stroke }.distance((10.0, 7.0)), 3.0);
    }

    #[test]
    fn numbers_that_follow_each_other_are_a_stretch() {
        assert_eq!(stretches([3, 4, 5, 9, 11, 12].into_iter()), [[3, 5], [9, 9], [11, 12]]);
        assert_eq!(stretches(std::iter::empty()), [[0; 2]; 0]);
    }
}
