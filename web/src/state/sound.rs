//! Spikes that can be heard: a click a spike, at its moment within the frame.
//!
//! Of a large network only some neurons are heard, or it would be a hiss: the picked one, loud, and about two dozen more.

use web_sys::{AudioBuffer, AudioContext};

/// Length of a click, s: short enough to stay a click, long enough to have a pitch.
const CLICK_S: f64 = 0.008;
/// Decay time of a click, s.
const DECAY_S: f64 = 0.0015;
/// Pitch of the picked neuron's click and of the others', Hz: an octave apart.
const PITCHES_HZ: [f64; 2] = [1760.0, 880.0];
/// Loudness of the picked neuron and of the others, of 1.
const LOUDNESS: [f32; 2] = [0.5, 0.12];
/// Neurons that are heard besides the picked one.
const LISTENED: u32 = 24;
/// Most clicks in a frame: more would only be noise.
const MOST_CLICKS: usize = 40;

/// The loudspeaker.
pub struct Sound {
    context: AudioContext,
    clicks: [AudioBuffer; 2],
}

impl Sound {
    /// Opens the loudspeaker; `None` where the browser has none to give.
    pub fn open() -> Option<Sound> {
        let context = AudioContext::new().ok()?;
        let rate = context.sample_rate();
        let click = |pitch_hz: f64, loudness: f32| {
            let samples: Vec<f32> = (0..(CLICK_S * f64::from(rate)) as usize)
                .map(|i| i as f64 / f64::from(rate))
                .map(|t| ((std::f64::consts::TAU * pitch_hz * t).sin() * (-t / DECAY_S).exp()) as f32 * loudness)
                .collect();
            let buffer = context.create_buffer(1, samples.len() as u32, rate).ok()?;
            buffer.copy_to_channel(&samples, 0).ok()?;
            Some(buffer)
        };
        let clicks = [click(PITCHES_HZ[0], LOUDNESS[0])?, click(PITCHES_HZ[1], LOUDNESS[1])?];
        // A context that opens before the first touch starts suspended; the promise settles by itself.
        let _ = context.resume();
        Some(Sound { context, clicks })
    }

    /// Sounds the spikes of a frame: steps and neurons by turns. `seconds_per_step` is how long a step lasts now.
    pub fn play(&self, words: &[u32], picked: u32, neurons: u32, seconds_per_step: f64) {
        let (pairs, _) = words.as_chunks::<2>();
        let Some(&[first, _]) = pairs.first() else { return };
        let stride = (neurons / LISTENED).max(1);
        let heard = pairs.iter().filter(|[_, neuron]| neuron % stride == picked % stride);
        for [step, neuron] in heard.take(MOST_CLICKS) {
            let click = &self.clicks[usize::from(*neuron != picked)];
            let at = self.context.current_time() + f64::from(step - first) * seconds_per_step;
            // A click that cannot be made is not heard; there is nothing to tell.
            let _ = self.click(click, at);
        }
    }

    fn click(&self, buffer: &AudioBuffer, at_s: f64) -> Result<(), wasm_bindgen::JsValue> {
        let source = self.context.create_buffer_source()?;
        source.set_buffer(Some(buffer));
        source.connect_with_audio_node(&self.context.destination())?;
        source.start_with_when(at_s)
    }
}

impl Drop for Sound {
    fn drop(&mut self) {
        // The promise of a closing context settles by itself.
        let _ = self.context.close();
    }
}
