//! Where a plot lies on its canvas. The margins are the same in every view, so that views stacked upon each other
//! agree about time.

/// Room above the plot, in css px.
const TOP: f64 = 8.0;
/// Room below it, for the labels of the x axis, in css px.
const BOTTOM: f64 = 24.0;
/// Room to the right, in css px.
const RIGHT: f64 = 14.0;
/// Room to the left, for the labels of the y axis, in css px.
const LEFT: f64 = 58.0;
/// The same on a canvas narrower than `NARROW`.
const LEFT_NARROW: f64 = 54.0;
const NARROW: f64 = 520.0;

/// The rectangle of the data on a canvas, in css px from its top left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Left edge of the data.
    pub left: f64,
    /// Right edge.
    pub right: f64,
    /// Upper edge.
    pub top: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Frame {
    /// The frame on a canvas of this size, in css px. A canvas too small for margins has a frame of no extent.
    pub fn of(width: f64, height: f64) -> Self {
        let left = if width < NARROW { LEFT_NARROW } else { LEFT }.min(width);
        let top = TOP.min(height);
        Self { left, right: (width - RIGHT).max(left), top, bottom: (height - BOTTOM).max(top) }
    }

    /// Width of the data, in css px.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Height of the data, in css px.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// How far a position lies from the left edge (0) to the right edge (1), held to that range.
    pub fn fraction_from_px(&self, x_px: f64) -> f64 {
        ((x_px - self.left) / self.width().max(1.0)).clamp(0.0, 1.0)
    }

    /// Whether a position lies on the data.
    pub fn contains(&self, x_px: f64, y_px: f64) -> bool {
        (self.left..=self.right).contains(&x_px) && (self.top..=self.bottom).contains(&y_px)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_and_fractions() {
        let frame = Frame::of(1_400.0, 500.0);
        assert_eq!((frame.left, frame.right, frame.top, frame.bottom), (58.0, 1_386.0, 8.0, 476.0));
        assert_eq!(frame.fraction_from_px(58.0), 0.0);
        assert_eq!(frame.fraction_from_px(722.0), 0.5);
        assert_eq!(frame.fraction_from_px(9_999.0), 1.0);
        assert!(frame.contains(58.0, 8.0) && !frame.contains(57.0, 8.0));
    }

    #[test]
    fn a_hidden_canvas_has_an_empty_frame() {
        let frame = Frame::of(0.0, 0.0);
        assert_eq!((frame.width(), frame.height()), (0.0, 0.0));
        assert_eq!(frame.fraction_from_px(10.0), 1.0);
    }
}
