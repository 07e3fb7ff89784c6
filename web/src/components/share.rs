//! The link of the project: copied, to be seen, and as a QR code.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

use super::nav::OpenPage;
use crate::{
    i18n::{fill, t},
    state::desk::Desk,
};

/// Modules of white around a QR code: the standard asks for four.
const MARGIN: i32 = 4;

/// The content of the dialog.
#[component]
pub fn Share() -> impl IntoView {
    let desk: Desk = expect_context();
    let OpenPage(page) = expect_context();
    let page = page.get_untracked().name;
    let link = desk.address(page);
    let is_copied = RwSignal::new(false);
    let copy = {
        let link = link.clone();
        move || {
            let written = window().navigator().clipboard().write_text(&link);
            leptos::task::spawn_local(async move {
                // A browser that does not let a page copy leaves the link to be copied by hand.
                is_copied.try_set(JsFuture::from(written).await.is_ok());
            });
        }
    };
    copy();
    let code = QrCode::encode_text(&link, QrCodeEcc::Low).ok();
    let too_long = {
        let length = link.len().to_string();
        move || fill(t().share_long, &[&length])
    };
    view! {
        <p class="hint-line">{move || t().share_help}</p>
        <div class="share-row">
            <input type="text" id="share-link" readonly aria-label=move || t().share_link prop:value=link on:focus=select />
            <button type="button" class="text-button" on:click=move |_| copy()>
                {move || t().share_copy}
            </button>
        </div>
        <p role="status" class="hint-line">{move || is_copied.get().then(|| t().share_copied)}</p>
        {match code {
            Some(code) => picture(&code).into_any(),
            None => view! { <p>{too_long}</p> }.into_any(),
        }}
    }
}

fn select(event: leptos::ev::FocusEvent) {
    event_target::<HtmlInputElement>(&event).select();
}

/// The code as a picture: dark on light in either theme, as readers expect it.
fn picture(code: &QrCode) -> impl IntoView + use<> {
    let size = code.size();
    let dark = (0..size).flat_map(|y| (0..size).map(move |x| (x, y))).filter(|&(x, y)| code.get_module(x, y));
    let path: String = dark.map(|(x, y)| format!("M{x} {y}h1v1h-1z")).collect();
    let sides = size + 2 * MARGIN;
    view! {
        <svg class="qr" role="img" aria-label=move || t().share_qr viewBox=format!("-{MARGIN} -{MARGIN} {sides} {sides}") shape-rendering="crispEdges">
            <path d=path />
        </svg>
    }
}
