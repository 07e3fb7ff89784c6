//! What decodes: the decoders that fit the recording, their parameters, and training.

use leptos::prelude::*;
use spikeground_core::decode::{DECODERS, Decoder, Decodes};

use super::quantity;
use crate::{
    components::slider::SliderRow,
    i18n::{fill, lang, t},
    state::lab::Lab,
};

/// Seed of what is left to chance in training.
const SEED: u32 = 1;

/// The decoders that can decode classes, or numbers.
fn fitting(classes: bool) -> impl Iterator<Item = &'static Decoder> {
    let other = if classes { Decodes::Values } else { Decodes::Classes };
    DECODERS.iter().copied().filter(move |decoder| decoder.decodes != other)
}

/// The title of a decoder by its name. Tracked.
pub fn title(name: &str) -> &'static str {
    DECODERS.iter().find(|decoder| decoder.name == name).map_or("", |decoder| decoder.title.get(lang()))
}

/// The choice, and training.
#[component]
pub fn DecoderChoice() -> impl IntoView {
    let lab: Lab = expect_context();
    let of_classes = Memo::new(move |_| lab.tape.with(|tape| tape.as_ref().map(|tape| tape.is_of_classes())));
    let chosen = RwSignal::new(DECODERS[0]);
    let values = RwSignal::new(Vec::<f64>::new());
    let choose = move |decoder: &'static Decoder| {
        values.set(decoder.defaults());
        chosen.set(decoder);
    };
    // What is chosen stays as long as it fits.
    Effect::new(move |_| {
        let Some(classes) = of_classes.get() else { return };
        let now = chosen.get_untracked().name;
        if values.with_untracked(Vec::is_empty) || !fitting(classes).any(|decoder| decoder.name == now) {
            fitting(classes).next().into_iter().for_each(choose);
        }
    });
    let card = move |decoder: &'static Decoder| {
        view! {
            <li>
                <button
                    type="button"
                    class="decode-card"
                    id=format!("decoder-{}", decoder.name)
                    aria-pressed=move || (chosen.get().name == decoder.name).to_string()
                    on:click=move |_| choose(decoder)
                >
                    <strong>{move || decoder.title.get(lang())}</strong>
                </button>
            </li>
        }
    };
    let cards = move || of_classes.get().map(|classes| fitting(classes).map(card).collect_view());
    let sliders = move || {
        let decoder = chosen.get();
        let rows = decoder.params.iter().enumerate().map(|(i, param)| {
            let value = Signal::derive(move || values.with(|all| all.get(i).copied().unwrap_or(param.default)));
            let on_change = move |new: f64| {
                values.update(|all| {
                    all.get_mut(i).into_iter().for_each(|value| *value = new.clamp(param.range.lo, param.range.hi));
                });
            };
            view! { <SliderRow quantity=quantity(param) value on_change id=format!("decoder-param-{}", param.name) /> }
        });
        view! {
            <p class="doc">{decoder.doc.get(lang())}</p>
            <details class="formats made" open=!super::is_narrow()>
                <summary>{t().parameters}</summary>
                {rows.collect_view()}
                <p class="cite">{decoder.source}</p>
            </details>
        }
    };
    let is_learning = move || lab.learning.with(Option::is_some);
    let learning = move || {
        lab.learning.get().map(|(name, done)| {
            let words = if done < 1.0 { t().bci_learning } else { t().bci_scoring };
            fill(words, &[title(&name)])
        })
    };
    // A decoder that learns all at once tells nothing of how far it is.
    let done =
        move || lab.learning.with(|learning| learning.as_ref().map(|(_, done)| *done).filter(|done| *done > 0.0));
    let cannot = move || lab.is_opening.get() || of_classes.get().is_none();
    view! {
        <section class="decode-part" aria-label=move || t().bci_decoder>
            <h2>{move || t().bci_decoder}</h2>
            <ul class="short">{cards}</ul>
            <div class="decode-train" aria-live="polite">
                <Show
                    when=is_learning
                    fallback=move || view! {
                        <button type="button" class="text-button ready" id="train" disabled=cannot on:click=move |_| {
                            lab.train(chosen.get_untracked().name, values.get_untracked(), SEED);
                        }>{move || t().bci_train}</button>
                    }
                >
                    <span id="learning">{learning}</span>
                    <progress max="1" value=move || done().map(|done| done.to_string()) aria-label=move || t().bci_train></progress>
                    <button type="button" class="text-button" id="train-cancel" on:click=move |_| lab.cancel()>{move || t().cancel}</button>
                </Show>
            </div>
            {sliders}
        </section>
    }
}
