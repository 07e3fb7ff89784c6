//! Tests that run in a browser's page.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_global_scope_is_a_window() {
    assert!(js_sys::global().is_instance_of::<web_sys::Window>());
}
