//! What a visitor's keys, microphone or camera say, as values for the stimuli of a network that are fed. Nothing of it is
//! kept, and nothing leaves the page.

use std::rc::Rc;

use leptos::prelude::*;
use spikeground_core::stimulus::{self, StimulusModel};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AnalyserNode, AudioContext, HtmlVideoElement, MediaStream, MediaStreamConstraints, MediaStreamTrack};

use super::player::Player;
use crate::plot::Camera;

/// The keys that are channels, by their place on the keyboard (the row above the middle one).
pub const KEYS: [&str; 10] = ["Q", "W", "E", "R", "T", "Y", "U", "I", "O", "P"];
/// Bands of the microphone, from the lowest to the highest frequency, Hz: those of speech.
const BANDS: usize = 32;
const BANDS_HZ: [f64; 2] = [80.0, 8000.0];
/// Samples of a spectrum: 21 ms at 48 kHz.
const FFT_SIZE: u32 = 1024;

/// The stimulus that is fed.
pub const FED: &str = "live_input";

/// Where values come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// Keys, on the keyboard or on the page.
    Keys,
    /// The sound that the microphone hears, by its frequencies.
    Microphone,
    /// The picture that the camera sees.
    Camera,
}

/// A handle to copy to components.
#[derive(Clone, Copy)]
pub struct Live {
    player: Player,
    /// What is listened to.
    pub sense: RwSignal<Option<Sense>>,
    /// The values of now, from 0 to 1.
    pub values: RwSignal<Vec<f32>>,
    /// What the browser said when it was asked and refused.
    pub refused: RwSignal<Option<String>>,
    device: StoredValue<Option<Device>, LocalStorage>,
}

/// A device that is open; it is closed when it is dropped.
struct Device {
    stream: MediaStream,
    kind: Kind,
}

enum Kind {
    Microphone { context: AudioContext, analyser: AnalyserNode },
    Camera { video: HtmlVideoElement, camera: Rc<Camera> },
}

impl Drop for Device {
    fn drop(&mut self) {
        for track in self.stream.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        if let Kind::Microphone { context, .. } = &self.kind {
            // The promise settles by itself.
            let _ = context.close();
        }
    }
}

impl Live {
    /// Nothing is listened to. Whatever is opened is closed with the present owner.
    pub fn new(player: Player) -> Live {
        let live = Live {
            player,
            sense: RwSignal::new(None),
            values: RwSignal::default(),
            refused: RwSignal::new(None),
            device: StoredValue::new_local(None),
        };
        on_cleanup(move || live.feed(&[]));
        live
    }

    /// Listens to something else, or to nothing; the browser asks the visitor.
    pub fn listen(self, sense: Option<Sense>) {
        self.device.set_value(None);
        self.refused.set(None);
        self.sense.set(sense);
        self.tell(match sense {
            Some(Sense::Keys) => vec![0.0; KEYS.len()],
            _ => Vec::new(),
        });
        if let Some(sense @ (Sense::Microphone | Sense::Camera)) = sense {
            spawn_local(async move {
                match open(sense).await {
                    // Meanwhile the visitor may have chosen otherwise, or gone.
                    Ok(device) if self.sense.try_get_untracked() == Some(Some(sense)) => {
                        self.device.set_value(Some(device));
                        self.look();
                    }
                    Ok(_) => {}
                    Err(error) => {
                        let reason = js_sys::Reflect::get(&error, &"message".into()).ok().and_then(|m| m.as_string());
                        self.refused.try_set(Some(reason.unwrap_or_else(|| format!("{error:?}"))));
                        self.sense.try_set(None);
                    }
                }
            });
        }
    }

    /// A key goes down or up.
    pub fn press(self, key: usize, is_down: bool) {
        if self.sense.get_untracked() == Some(Sense::Keys) {
            let mut values = self.values.get_untracked();
            if let Some(value) = values.get_mut(key) {
                *value = f32::from(u8::from(is_down));
            }
            self.tell(values);
        }
    }

    /// Once per animation frame while a device is open.
    fn look(self) {
        request_animation_frame(move || {
            let values = self.device.try_with_value(|device| device.as_ref().map(Device::values)).flatten();
            if let Some(values) = values {
                self.tell(values);
                self.look();
            }
        });
    }

    fn tell(self, values: Vec<f32>) {
        self.feed(&values);
        self.values.set(values);
    }

    fn feed(self, values: &[f32]) {
        let is_fed = |model: &str| stimulus::find(model).is_some_and(is_fed);
        let fed: Vec<usize> = self.player.spec.with_untracked(|spec| {
            spec.stimuli.iter().enumerate().filter(|(_, s)| is_fed(&s.model)).map(|(i, _)| i).collect()
        });
        fed.into_iter().for_each(|stimulus| self.player.feed(stimulus, values.to_vec()));
    }
}

/// Whether a stimulus takes values from outside.
pub fn is_fed(model: &StimulusModel) -> bool {
    model.name == FED
}

impl Device {
    fn values(&self) -> Vec<f32> {
        match &self.kind {
            Kind::Camera { video, camera } => camera.brightness(video),
            Kind::Microphone { context, analyser } => {
                let mut spectrum = vec![0; analyser.frequency_bin_count() as usize];
                analyser.get_byte_frequency_data(&mut spectrum);
                bands(&spectrum, f64::from(context.sample_rate()) / f64::from(FFT_SIZE))
            }
        }
    }
}

/// The loudest of a spectrum in each band, from 0 to 1; `bin_hz` is the width of its bins.
fn bands(spectrum: &[u8], bin_hz: f64) -> Vec<f32> {
    let [lowest, highest] = BANDS_HZ;
    let edge = |i: usize| {
        let hz = lowest * (highest / lowest).powf(i as f64 / BANDS as f64);
        ((hz / bin_hz).round() as usize).min(spectrum.len())
    };
    // A band narrower than a bin is heard in the bin that it lies in.
    let loudest =
        |i: usize| spectrum.get(edge(i)..edge(i + 1).max(edge(i) + 1).min(spectrum.len()))?.iter().max().copied();
    (0..BANDS).map(|i| f32::from(loudest(i).unwrap_or(0)) / 255.0).collect()
}

async fn open(sense: Sense) -> Result<Device, JsValue> {
    let wanted = MediaStreamConstraints::new();
    match sense {
        Sense::Camera => wanted.set_video(&true.into()),
        _ => wanted.set_audio(&true.into()),
    }
    let asked = window().navigator().media_devices()?.get_user_media_with_constraints(&wanted)?;
    let stream: MediaStream = JsFuture::from(asked).await?.unchecked_into();
    let kind = if sense == Sense::Camera {
        let video: HtmlVideoElement = document().create_element("video")?.unchecked_into();
        video.set_muted(true);
        video.set_src_object(Some(&stream));
        // Plays as soon as there are pictures.
        let _ = video.play()?;
        Kind::Camera { video, camera: Rc::new(Camera::new().ok_or("no canvas")?) }
    } else {
        let context = AudioContext::new()?;
        let analyser = context.create_analyser()?;
        analyser.set_fft_size(FFT_SIZE);
        context.create_media_stream_source(&stream)?.connect_with_audio_node(&analyser)?;
        Kind::Microphone { context, analyser }
    };
    Ok(Device { stream, kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_heard_in_its_band() {
        let bin_hz = 48_000.0 / f64::from(FFT_SIZE);
        let mut spectrum = vec![0; 512];
        assert_eq!(bands(&spectrum, bin_hz), [0.0; BANDS]);
        spectrum[(1000.0 / bin_hz) as usize] = 255;
        let heard = bands(&spectrum, bin_hz);
        let band = (BANDS as f64 * (1000.0_f64 / 80.0).ln() / 100.0_f64.ln()) as usize;
        assert!(heard[band] == 1.0 && heard.iter().sum::<f32>() <= 2.0, "{heard:?}");
        assert_eq!(bands(&[], bin_hz).len(), BANDS);
    }
}
