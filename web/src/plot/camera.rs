//! What a camera sees, as brightness on a coarse grid.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement};

/// Columns and rows of the grid: a neuron a cell, as many as can still be told apart in a raster.
pub const GRID: [u32; 2] = [16, 12];

/// A small canvas that nobody sees.
pub struct Camera {
    context: CanvasRenderingContext2d,
}

impl Camera {
    /// None in a browser that gives no canvas.
    pub fn new() -> Option<Camera> {
        let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
        canvas.set_width(GRID[0]);
        canvas.set_height(GRID[1]);
        Some(Camera { context: canvas.get_context("2d").ok()??.dyn_into().ok()? })
    }

    /// The brightness of each cell of the picture that `video` shows, from 0 to 1: row by row from above, mirrored, so that
    /// one sees oneself as in a mirror. Empty while there is no picture.
    pub fn brightness(&self, video: &HtmlVideoElement) -> Vec<f32> {
        let [columns, rows] = GRID.map(f64::from);
        let drawn = self.context.draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, columns, rows);
        let picture = drawn.and_then(|()| self.context.get_image_data(0.0, 0.0, columns, rows));
        let Ok(picture) = picture else { return Vec::new() };
        let bytes = picture.data();
        let (pixels, _) = bytes.as_chunks::<4>();
        let rows = pixels.chunks(GRID[0] as usize);
        rows.flat_map(|row| row.iter().rev()).map(|&[r, g, b, _]| luma([r, g, b])).collect()
    }
}

/// Brightness of a colour, from 0 to 1: the luma of ITU-R BT.601.
fn luma([r, g, b]: [u8; 3]) -> f32 {
    (0.299 * f32::from(r) + 0.587 * f32::from(g) + 0.114 * f32::from(b)) / 255.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_is_one_and_green_is_brighter_than_blue() {
        assert!((luma([255; 3]) - 1.0).abs() < 1e-6 && luma([0; 3]) == 0.0);
        assert!(luma([0, 255, 0]) > luma([255, 0, 0]) && luma([255, 0, 0]) > luma([0, 0, 255]));
    }
}
