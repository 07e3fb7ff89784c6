//! How messages cross `postMessage`: as plain objects, with bulk data as buffers that are handed over, not copied.

use js_sys::{Array, Reflect, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};

/// A message as a JavaScript value.
///
/// # Errors
/// That the message cannot be written; the text says why.
pub fn to_js<T: Serialize>(message: &T) -> Result<JsValue, String> {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true);
    message.serialize(&serializer).map_err(|e| e.to_string())
}

/// A message from a JavaScript value.
///
/// # Errors
/// That it is no such message; the text says why.
pub fn from_js<T: DeserializeOwned>(value: JsValue) -> Result<T, String> {
    serde_wasm_bindgen::from_value(value).map_err(|e| e.to_string())
}

/// The buffers in a message that [`to_js`] made, to be handed over with it: every byte array in it.
pub fn buffers(message: &JsValue) -> Array {
    let found = Array::new();
    collect(message, &found);
    found
}

fn collect(value: &JsValue, found: &Array) {
    if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
        found.push(&bytes.buffer());
    } else if value.is_object() && !Array::is_array(value) {
        let keys = Reflect::own_keys(value).unwrap_or_default();
        for key in keys.iter() {
            collect(&Reflect::get(value, &key).unwrap_or(JsValue::NULL), found);
        }
    }
}
