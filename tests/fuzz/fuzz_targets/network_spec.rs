//! Any bytes as the text of a network: refused with messages, or wired and run, without a panic.
#![no_main]

#[path = "../exercise.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        // What is kept of any run takes 10 MB; the rest leaves room for a million synapses, so that no input is slow.
        exercise::exercise(text, 1.5e7);
    }
});
