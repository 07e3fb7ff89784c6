//! Files that are handed to the visitor.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Hands over a file of this content and media type.
pub fn download(name: &str, media: &str, content: &[u8]) {
    let options = BlobPropertyBag::new();
    options.set_type(media);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(content).into());
    // This cannot fail with bytes.
    if let Ok(blob) = Blob::new_with_buffer_source_sequence_and_options(&parts, &options) {
        download_blob(name, &blob);
    }
}

/// Hands over a file that the browser made.
pub fn download_blob(name: &str, blob: &Blob) {
    // None of these can fail with an element of the page's own document.
    let Ok(url) = Url::create_object_url_with_blob(blob) else { return };
    let Ok(anchor) = document().create_element("a").map(JsCast::unchecked_into::<HtmlAnchorElement>) else { return };
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    let _ = Url::revoke_object_url(&url);
}
