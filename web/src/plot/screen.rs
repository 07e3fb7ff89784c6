//! One canvas and its pixels: size in device px, scale, colours. Owns the observer that reports its size.

use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::JsValue;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::js_sys::{Array, Reflect};
use leptos::web_sys::{
    Blob, CanvasRenderingContext2d, HtmlCanvasElement, ResizeObserver, ResizeObserverBoxOptions, ResizeObserverEntry,
    ResizeObserverOptions, ResizeObserverSize, window,
};

use super::frame::Frame;
use super::ink::{CanvasInk, Ink, Pixels};
use super::palette::Palette;
use super::pen::{Pen, TEXT_PX};
use super::svg::SvgInk;

/// Size of a canvas on the page and in memory.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// In css px.
    pub css: (f64, f64),
    /// In device px.
    pub device: (u32, u32),
}

/// A canvas that can be drawn upon.
#[derive(Debug)]
pub struct Screen {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    observer: Option<ResizeObserver>,
    _on_resize: Closure<dyn FnMut(Array)>,
    size: Size,
    palette: Option<Palette>,
}

impl Screen {
    /// Takes a canvas and calls `on_resize` with its size, now and whenever it changes.
    pub fn new(canvas: HtmlCanvasElement, mut on_resize: impl FnMut(Size) + 'static) -> Option<Self> {
        let context = canvas.get_context("2d").ok().flatten()?.dyn_into::<CanvasRenderingContext2d>().ok()?;
        let on_resize = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            if let Some(size) = entries.pop().dyn_ref::<ResizeObserverEntry>().and_then(size_from_entry) {
                on_resize(size);
            }
        });
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            let options = ResizeObserverOptions::new();
            if tells_device_px() {
                options.set_box(ResizeObserverBoxOptions::DevicePixelContentBox);
            }
            observer.observe_with_options(&canvas, &options);
        }
        Some(Self { canvas, context, observer, _on_resize: on_resize, size: Size::default(), palette: None })
    }

    /// Takes over a new size. This empties the canvas, so draw at once.
    pub fn set_size(&mut self, size: Size) {
        self.size = size;
        let (width, height) = size.device;
        if (self.canvas.width(), self.canvas.height()) != (width, height) {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
    }

    /// Reads the colours anew before the next drawing.
    pub fn forget_palette(&mut self) {
        self.palette = None;
    }

    /// Where the data lies.
    pub fn frame(&self) -> Frame {
        Frame::of(self.size.css.0, self.size.css.1)
    }

    /// The canvas itself.
    pub fn canvas(&self) -> &HtmlCanvasElement {
        &self.canvas
    }

    /// Draws, unless the canvas has no size (it is hidden).
    pub fn draw(&mut self, now_ms: f64, paint: impl FnOnce(&Pen)) {
        let (width, height) = self.size.css;
        if width < 1.0 || height < 1.0 {
            return;
        }
        let palette = self.palette.get_or_insert_with(|| Palette::read(&self.canvas, &self.context));
        let dpr = f64::from(self.size.device.0) / width;
        // Numbers are finite, so the call cannot fail.
        let _ = self.context.set_transform(dpr, 0.0, 0.0, dpr, 0.0, 0.0);
        self.context.set_font(&format!("{TEXT_PX}px {}", palette.font));
        self.context.set_text_baseline("middle");
        self.context.set_line_join("round");
        let ink = CanvasInk { context: &self.context };
        let pen = Pen { ink: &ink, palette, width, height, dpr, now_ms };
        pen.start();
        paint(&pen);
    }

    /// What is drawn, as a PNG file.
    pub fn png(&self, take: Box<dyn FnOnce(Blob)>) {
        let take = Closure::once_into_js(move |blob: Option<Blob>| {
            if let Some(blob) = blob {
                take(blob);
            }
        });
        // It fails only for what another origin has drawn.
        let _ = self.canvas.to_blob(take.unchecked_ref());
    }

    /// The same as SVG; none of a canvas that has not been drawn yet.
    pub fn svg(&self, now_ms: f64, paint: impl FnOnce(&Pen)) -> Option<String> {
        let (palette, (width, height)) = (self.palette.as_ref()?, self.size.css);
        let dpr = f64::from(self.size.device.0) / width;
        let measured = CanvasInk { context: &self.context };
        let measure = |text: &str| measured.text_width(text);
        let ink = SvgInk::new((width, height), dpr, &palette.font, &measure, &address);
        let pen = Pen { ink: &ink, palette, width, height, dpr, now_ms };
        pen.start();
        paint(&pen);
        Some(ink.finish())
    }
}

/// Pixels as an image that is its own address.
fn address(pixels: Pixels) -> Option<String> {
    let canvas = window()?.document()?.create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
    canvas.set_width(pixels.width);
    canvas.set_height((pixels.bytes.len() / 4) as u32 / pixels.width.max(1));
    let context = canvas.get_context("2d").ok().flatten()?.dyn_into::<CanvasRenderingContext2d>().ok()?;
    CanvasInk { context: &context }.image(pixels, 0.0, 0.0);
    canvas.to_data_url().ok()
}

impl Drop for Screen {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// Whether the browser reports sizes in device px (Safari does not, and would throw when asked to).
fn tells_device_px() -> bool {
    let get = |object: &JsValue, key: &str| Reflect::get(object, &JsValue::from_str(key)).ok();
    window()
        .and_then(|window| get(&window, "ResizeObserverEntry"))
        .and_then(|class| get(&class, "prototype"))
        .and_then(|prototype| Reflect::has(&prototype, &JsValue::from_str("devicePixelContentBoxSize")).ok())
        .unwrap_or(false)
}

fn size_from_entry(entry: &ResizeObserverEntry) -> Option<Size> {
    let first = |sizes: Array| sizes.get(0).dyn_into::<ResizeObserverSize>().ok();
    let css = first(entry.content_box_size())?;
    let css = (css.inline_size(), css.block_size());
    let told = tells_device_px().then(|| first(entry.device_pixel_content_box_size())).flatten();
    let told = told.map(|told| (told.inline_size(), told.block_size()));
    let dpr = window().map_or(1.0, |window| window.device_pixel_ratio());
    let (width, height) = device_px(css, told, dpr);
    Some(Size { css, device: (width as u32, height as u32) })
}

/// Size in device px: as the browser tells it, since only it knows how it rounds, unless that contradicts its own pixel
/// ratio, as under emulation of another screen.
fn device_px(css: (f64, f64), told: Option<(f64, f64)>, dpr: f64) -> (f64, f64) {
    let computed = (css.0 * dpr, css.1 * dpr);
    let agrees = |told: &(f64, f64)| (told.0 - computed.0).abs() < 2.0 && (told.1 - computed.1).abs() < 2.0;
    told.filter(agrees).unwrap_or((computed.0.round(), computed.1.round()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_is_believed_unless_it_contradicts_itself() {
        assert_eq!(device_px((100.3, 50.0), Some((151.0, 75.0)), 1.5), (151.0, 75.0));
        assert_eq!(device_px((100.3, 50.0), None, 1.5), (150.0, 75.0));
        assert_eq!(device_px((100.0, 50.0), Some((100.0, 50.0)), 2.0), (200.0, 100.0));
    }
}
