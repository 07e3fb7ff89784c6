//! Tests that run in a dedicated worker, as the engine does.
#![cfg(target_arch = "wasm32")]

#[path = "../gpu/conformance.rs"]
mod conformance;
mod golden;

use std::rc::Rc;

use spikeground_core::gallery;
use spikeground_worker::{
    gpu::Gpu,
    protocol::{FromWorker, ToWorker},
    session::Session,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::DedicatedWorkerGlobalScope;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().dyn_into().expect("these tests run in a dedicated worker")
}

#[wasm_bindgen_test]
fn both_engines_give_the_golden_digests_in_a_worker() {
    golden::check("lanes");
    golden::check("scalar");
}

#[wasm_bindgen_test]
fn a_session_runs_by_the_browsers_clock() {
    let clock = || scope().performance().expect("a worker has a clock").now();
    let mut session = Session::new(1e9, Rc::new(|| ()));
    session.handle(ToWorker::Load { json: gallery::GALLERY[0].spec().to_json(), id: 1, restart: true }, clock());
    session.handle(ToWorker::Play, clock());
    let (mut frames, mut last) = (0, 0.0);
    let end_ms = clock() + 500.0;
    while clock() < end_ms {
        session.work(&clock);
        for message in session.take_messages() {
            if let FromWorker::Frame(frame) = message {
                (frames, last) = (frames + 1, frame.step * frame.dt_ms);
                session.handle(ToWorker::Drawn, clock());
            }
        }
    }
    // Real time, less the wiring; a busy machine may fall behind, but never run ahead.
    assert!(frames > 5 && last > 50.0 && last <= 501.0, "{frames} frames, {last} ms");
}

/// Back to the browser's event loop, which calls back for the device.
struct Turn;

impl conformance::Later for Turn {
    async fn pass(&self) {
        let turn = js_sys::Promise::new(&mut |resolve, _| {
            scope().set_timeout_with_callback(&resolve).expect("a worker has timers");
        });
        JsFuture::from(turn).await.expect("a timer does not fail");
    }
}

#[wasm_bindgen_test]
async fn webgpu_agrees_with_the_reference() {
    let gpu = Gpu::open(Rc::new(|| ())).await.expect("WebGPU; the tests' browser has it on SwiftShader");
    conformance::all(&gpu, &Turn).await;
}
