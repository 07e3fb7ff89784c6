//! Tests that run in a browser's page: the engine's results are those of any other machine, and messages cross as told.
#![cfg(target_arch = "wasm32")]

mod golden;

use js_sys::Uint8Array;
use spikeground_worker::{
    codec,
    protocol::{Frame, FromWorker, ToWorker, TraceSamples, Words},
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_engine_gives_the_golden_digests_in_a_page() {
    assert!(js_sys::global().is_instance_of::<web_sys::Window>());
    golden::check("lanes");
}

#[wasm_bindgen_test]
fn every_bulk_of_a_frame_is_handed_over_as_a_buffer() {
    let frame = Frame {
        spikes: Words(vec![1, 2, 3, u32::MAX]),
        trace: TraceSamples { neuron: 7, variables: vec![0], from: 1.0, samples: Words::from_f32(&[-60.5, f32::NAN]) },
        lost: None,
        ..Frame::default()
    };
    let message = FromWorker::Frame(Box::new(frame));
    let value = codec::to_js(&message).expect("a frame can be written");
    let lengths: Vec<u32> = codec::buffers(&value).iter().map(|b| Uint8Array::new(&b).length()).collect();
    assert_eq!(lengths, [16, 8]);
    let back: FromWorker = codec::from_js(value).expect("a frame can be read");
    // NaN is not equal to itself, so the bits are compared.
    assert_eq!(format!("{back:?}"), format!("{message:?}"));
}

#[wasm_bindgen_test]
fn messages_to_the_worker_come_back_the_same_and_nonsense_does_not() {
    for message in [
        ToWorker::Play,
        ToWorker::Speed { factor: None },
        ToWorker::Speed { factor: Some(0.001) },
        ToWorker::Load { json: "{}".into(), id: 3, restart: true },
        ToWorker::Poke { population: 0, from: 1, to: 9, amplitude_pa: 1e3, duration_ms: 5.0 },
    ] {
        let value = codec::to_js(&message).expect("a message can be written");
        assert_eq!(codec::buffers(&value).length(), 0);
        assert_eq!(codec::from_js::<ToWorker>(value).as_ref(), Ok(&message));
    }
    assert!(codec::from_js::<ToWorker>("Fly".into()).is_err());
    assert!(codec::from_js::<ToWorker>(js_sys::Object::new().into()).is_err());
}
