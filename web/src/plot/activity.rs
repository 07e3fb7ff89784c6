//! The activity of all channels over the last seconds: counts of spikes as a raster, signals as lines one above the other.

use std::sync::Arc;

use leptos::prelude::*;

use super::axes;
use super::format;
use super::frame::Frame;
use super::ink::Pixels;
use super::pen::{Align, Pen};
use super::scale::Scale;
use super::surface::Surface;
use super::table::Table;
use super::thin::thin;
use crate::state::tape::{Reel, Tape};

/// Most signals that are drawn; of more, every so many.
const MOST_LINES: usize = 24;
/// Height of a standard deviation of a signal, as a part of its row.
const DEVIATION: f64 = 0.22;
/// Counts of spikes that are told apart, and how dark each is.
const SHADES: [f64; 4] = [0.0, 0.45, 0.75, 1.0];

/// What is shown of a tape.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// The tape.
    pub tape: Arc<Tape>,
    /// The stretch of it.
    pub reel: Arc<Reel>,
}

impl Strip {
    /// The axis of time, ms, over a frame.
    pub fn x(&self, frame: &Frame) -> Scale {
        let (first, last) = self.reel.shown();
        let ms = |bin: usize| bin as f64 * self.tape.told.bin_ms;
        Scale::linear((ms(first), ms(last)), (frame.left, frame.right))
    }

    /// Where segments end that are shown, as bins.
    pub fn ends(&self) -> impl Iterator<Item = usize> + '_ {
        let (first, last) = self.reel.shown();
        self.tape.told.ends.iter().copied().filter(move |end| (first + 1..last).contains(end))
    }

    /// Hairlines where segments end.
    pub fn draw_ends(&self, pen: &Pen, frame: &Frame, x: &Scale) {
        for end in self.ends() {
            let px = x.px_from_data(end as f64 * self.tape.told.bin_ms);
            pen.dashed_down(px, frame.top, frame.bottom, &pen.palette.muted.css_alpha(0.6));
        }
    }

    /// Times of the bins, ms.
    pub fn times(&self) -> Vec<f64> {
        (0..self.reel.bins()).map(|i| (self.reel.from + i) as f64 * self.tape.told.bin_ms).collect()
    }
}

/// The plot.
#[component]
pub fn ActivityView(
    /// What is shown.
    #[prop(into)]
    strip: Signal<Option<Strip>>,
    /// What it shows, in a sentence, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let pointer = RwSignal::new(None);
    let mut pixels = Vec::new();
    let scene = move || (strip.get(), pointer.get());
    let paint = move |pen: &Pen, (strip, pointer): &(Option<Strip>, Option<(f64, f64)>)| {
        if let Some(strip) = strip {
            draw(pen, strip, *pointer, &mut pixels);
        }
    };
    let data = |(strip, _): &(Option<Strip>, Option<(f64, f64)>)| strip.as_ref().map(table).unwrap_or_default();
    view! { <Surface label scene paint data pointer /> }
}

fn table(strip: &Strip) -> Table {
    let channel = |k: usize| (0..strip.reel.bins()).map(|i| f64::from(strip.reel.bin(i)[k])).collect();
    let channels = (0..strip.tape.told.channels).map(|k| (format!("channel_{}", k + 1), channel(k)));
    Table::new([("time_ms".to_owned(), strip.times())].into_iter().chain(channels))
}

fn draw(pen: &Pen, strip: &Strip, pointer: Option<(f64, f64)>, pixels: &mut Vec<u8>) {
    let frame = Frame::of(pen.width, pen.height);
    let x = strip.x(&frame);
    let channels = strip.tape.told.channels;
    if strip.tape.is_spikes() {
        raster(pen, &frame, &strip.reel, channels, pixels);
    } else {
        lines(pen, &frame, &x, strip);
    }
    strip.draw_ends(pen, &frame, &x);
    let muted = pen.palette.muted.css();
    let first_y = frame.top + 0.5 * (frame.height() / channels as f64).min(12.0);
    axes::y_label(pen, &frame, first_y.max(frame.top + 5.0), "1");
    if channels > 1 {
        axes::y_label(pen, &frame, frame.bottom - 5.0, &channels.to_string());
    }
    pen.horizontal(frame.bottom, frame.left, frame.right, &pen.grid_css());
    let reading = pointer.filter(|at| frame.contains(at.0, at.1)).and_then(|(px, py)| {
        let bin = (x.data_from_px(px) / strip.tape.told.bin_ms) as usize;
        let i = bin.checked_sub(strip.reel.from).filter(|i| *i < strip.reel.bins())?;
        let channel = ((py - frame.top) / frame.height() * channels as f64) as usize;
        let value = strip.reel.bin(i).get(channel)?;
        axes::cursor(pen, &frame, px);
        let time = format::with_unit(&format::fixed(bin as f64 * strip.tape.told.bin_ms, 0), "ms");
        Some((px, format!("{time}, {}: {}", channel + 1, format::significant(f64::from(*value), 3))))
    });
    axes::time(pen, &frame, &x, reading.as_ref());
    if !strip.tape.is_spikes() && channels > MOST_LINES {
        let text = format!("1 : {}", channels.div_ceil(MOST_LINES));
        pen.text(&text, frame.right, frame.top + 4.0, Align::End, &muted);
    }
}

/// A raster of counts, darker for more.
fn raster(pen: &Pen, frame: &Frame, reel: &Reel, channels: usize, pixels: &mut Vec<u8>) {
    let shades = SHADES.map(|share| pen.palette.panel.mix(pen.palette.ink, share));
    let shade = |count: f32| shades[(count.max(0.0).ceil() as usize).min(SHADES.len() - 1)];
    let (first, last) = reel.shown();
    if pen.ink.is_vector() {
        let (w, h) = (frame.width() / (last - first) as f64, frame.height() / channels as f64);
        for i in 0..reel.bins() {
            for (k, &count) in reel.bin(i).iter().enumerate().filter(|(_, count)| **count > 0.0) {
                pen.fill(frame.left + i as f64 * w, frame.top + k as f64 * h, w, h, &shade(count).css());
            }
        }
        return;
    }
    let [left, right, top, bottom] =
        [frame.left, frame.right, frame.top, frame.bottom].map(|at| (at * pen.dpr).round());
    let (width, height) = ((right - left) as usize, (bottom - top) as usize);
    if width == 0 || height == 0 {
        return;
    }
    let [r, g, b] = pen.palette.panel.0;
    pixels.clear();
    pixels.resize(width * height * 4, 255);
    pixels.chunks_exact_mut(4).for_each(|pixel| pixel[..3].copy_from_slice(&[r, g, b]));
    let column = |bin: usize| bin * width / (last - first);
    // Rows far enough apart are parted by a gap.
    let gap = usize::from(height / channels >= 4);
    for i in 0..reel.bins() {
        let (x0, x1) = (column(i), column(i + 1).max(column(i) + 1).min(width));
        for (k, &count) in reel.bin(i).iter().enumerate().filter(|(_, count)| **count > 0.0) {
            let (y0, y1) = (k * height / channels, (k + 1) * height / channels);
            let [r, g, b] = shade(count).0;
            for y in y0..(y1 - gap.min(y1 - y0)).max(y0 + 1).min(height) {
                for pixel in pixels[(y * width + x0) * 4..(y * width + x1) * 4].chunks_exact_mut(4) {
                    pixel[..3].copy_from_slice(&[r, g, b]);
                }
            }
        }
    }
    pen.image(Pixels { bytes: pixels, width: width as u32 }, left, top);
}

/// A line for each channel, about its mean, by its standard deviation.
fn lines(pen: &Pen, frame: &Frame, x: &Scale, strip: &Strip) {
    let Strip { tape, reel } = strip;
    let channels = tape.told.channels;
    let every = channels.div_ceil(MOST_LINES);
    let row = frame.height() / channels as f64;
    let css = pen.palette.ink.css();
    let mut points = Vec::new();
    pen.clipped(frame.left, frame.top, frame.right, frame.bottom, || {
        for channel in (0..channels).step_by(every) {
            let (mean, deviation) = tape.moments(channel);
            let middle = frame.top + (channel as f64 + 0.5) * row;
            let scale = row * every as f64 * DEVIATION / f64::from(deviation.max(f32::MIN_POSITIVE));
            let place = |i: usize| {
                let px = x.px_from_data((reel.from + i) as f64 * tape.told.bin_ms);
                (px, middle - f64::from(reel.bin(i)[channel] - mean) * scale)
            };
            points.clear();
            thin((0..reel.bins()).map(place), 1.0 / pen.dpr, &mut points);
            pen.polyline(&points, 1.0, &css);
        }
    });
}
