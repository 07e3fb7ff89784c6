//! What a raster shows, read from its pixels.

use crate::harness::element;

/// JavaScript for the share of pixels, in the part of a raster between two heights (of 1, from the top), that show a
/// spike of an excitatory neuron, in the stripe of four columns where that share is largest.
pub fn densest_stripe(canvas: &str, top: f64, bottom: f64) -> String {
    let canvas = element(canvas);
    format!(
        "(canvas => {{
            if (!canvas?.height) return 0;
            const y0 = Math.round(canvas.height * {top}), height = Math.round(canvas.height * ({bottom} - {top}));
            const x0 = Math.round(canvas.width * 0.1), width = Math.round(canvas.width * 0.88);
            // A copy, because a canvas that is read becomes a slow one.
            const copy = new OffscreenCanvas(width, height).getContext('2d', {{ willReadFrequently: true }});
            copy.drawImage(canvas, x0, y0, width, height, 0, 0, width, height);
            const {{ data }} = copy.getImageData(0, 0, width, height);
            const columns = Array.from({{ length: width }}, (_, x) => {{
                let spikes = 0;
                for (let y = 0; y < height; y++) {{
                    const i = 4 * (y * width + x);
                    spikes += data[i] - data[i + 2] > 60;
                }}
                return spikes / height;
            }});
            return Math.max(...columns.map((_, x) => columns.slice(x, x + 4).reduce((sum, c) => sum + c, 0) / 4));
        }})({canvas})"
    )
}
