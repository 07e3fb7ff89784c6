//! What is decoded: the recordings that can be made, with their parameters, and the visitor's own files.

use leptos::{ev, prelude::*};
use spikeground_core::{
    bci::{GENERATORS, Generator},
    format::FORMATS,
    text::Lang,
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};

use super::{Badge, quantity};
use crate::{
    components::{
        icon::{Glyph, Icon, IconButton},
        slider::SliderRow,
    },
    i18n::{fill, lang, t, words},
    plot::format,
    state::lab::{Lab, Source, Trouble},
};

/// What the visitor has set of a recording that is made.
#[derive(Clone, Copy)]
pub struct Made {
    generator: RwSignal<&'static Generator>,
    values: RwSignal<Vec<f64>>,
    seed: RwSignal<u32>,
}

impl Made {
    /// The first recording that can be made.
    pub fn new() -> Made {
        let made =
            Made { generator: RwSignal::new(GENERATORS[0]), values: RwSignal::default(), seed: RwSignal::new(1) };
        made.choose(GENERATORS[0]);
        made
    }

    fn choose(self, generator: &'static Generator) {
        self.values.set(generator.params.iter().map(|param| param.default).collect());
        self.generator.set(generator);
    }

    /// Makes it.
    pub fn open(self, lab: Lab) {
        let name = self.generator.get_untracked().name.to_owned();
        lab.open(Source::Generator { name, values: self.values.get_untracked(), seed: self.seed.get_untracked() });
    }
}

impl Default for Made {
    fn default() -> Self {
        Self::new()
    }
}

/// The choice.
#[component]
pub fn RecordingChoice() -> impl IntoView {
    let lab: Lab = expect_context();
    let made: Made = expect_context();
    let own = move || match lab.source.get() {
        Some(Source::File { name, .. }) => Some(name),
        _ => None,
    };
    let card = move |generator: &'static Generator| {
        let is_chosen = move || own().is_none() && made.generator.get().name == generator.name;
        let choose = move |_| {
            made.choose(generator);
            made.open(lab);
        };
        view! {
            <li>
                <button type="button" class="decode-card" id=format!("recording-{}", generator.name) aria-pressed=move || is_chosen().to_string() on:click=choose>
                    <strong>{move || generator.title.get(lang())}</strong>
                    <span class="badge">{move || t().bci_synthetic}</span>
                    <span class="doc">{move || generator.doc.get(lang())}</span>
                </button>
            </li>
        }
    };
    let own_card = move || {
        own().map(|name| {
            view! {
                <li>
                    <button type="button" class="decode-card" id="recording-own" aria-pressed="true">
                        <strong>{name}</strong>
                        <Badge />
                    </button>
                </li>
            }
        })
    };
    let sliders = move || {
        own().is_none().then(|| {
            let generator = made.generator.get();
            let rows = generator.params.iter().enumerate().map(|(i, param)| {
                let value = Signal::derive(move || made.values.with(|all| all.get(i).copied().unwrap_or(param.default)));
                let on_change = move |new: f64| {
                    made.values.update(|all| all[i] = new.clamp(param.range.lo, param.range.hi));
                    made.open(lab);
                };
                view! { <SliderRow quantity=quantity(param) value on_change late=true id=format!("made-{}", param.name) /> }
            });
            view! {
                <details class="formats made">
                <summary>{t().parameters}</summary>
                {rows.collect_view()}
                <div class="seed-row">
                    <IconButton icon=Icon::Dice label=Signal::derive(|| t().bci_again) id="another" on_press=move || {
                        made.seed.update(|seed| *seed += 1);
                        made.open(lab);
                    } />
                    <span class="hint-line">{move || fill(t().bci_seed, &[&made.seed.get().to_string()])}</span>
                </div>
                <p class="cite">{generator.source}</p>
                </details>
            }
        })
    };
    let facts = move || {
        lab.tape.get().map(|tape| {
            let told = &tape.told;
            let width = format::with_unit(&format::significant(told.bin_ms, 3), "ms");
            let kind = if tape.is_spikes() { t().bci_units } else { t().bci_channels };
            let [train, test] = told.segments.map(|n| n.to_string());
            fill(t().bci_facts, &[&told.channels.to_string(), kind, &width, &train, &test])
        })
    };
    view! {
        <section class="decode-part" aria-label=move || t().bci_recording>
            <h2>{move || t().bci_recording}</h2>
            <ul>{GENERATORS.iter().copied().map(card).collect_view()}{own_card}</ul>
            <OpenFile />
            <p class="fault" role="alert" id="recording-trouble">{move || lab.trouble.get().map(|trouble| told(&trouble))}</p>
            <p class="facts" id="recording-facts" aria-live="polite">
                {move || if lab.is_opening.get() { Some(t().bci_opening.to_owned()) } else { facts() }}
            </p>
            {sliders}
        </section>
    }
}

/// What is wrong, and what is done about it. Tracked.
fn told(trouble: &Trouble) -> String {
    let message = trouble.message(lang());
    match trouble {
        Trouble::Refused(name, _) => fill(t().bci_refused, &[name, message]),
        Trouble::Lost(_) => fill(t().bci_lost, &[message]),
    }
}

/// Lets the visitor choose a file, and says which can be read.
#[component]
fn OpenFile() -> impl IntoView {
    let lab: Lab = expect_context();
    let input: NodeRef<leptos::html::Input> = NodeRef::new();
    let endings: Vec<String> = FORMATS.iter().flat_map(|f| f.endings).map(|ending| format!(".{ending}")).collect();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            open_file(lab, file);
        }
        // The same file can be chosen again.
        HtmlInputElement::set_value(&input, "");
    };
    let format = |format: &'static spikeground_core::format::Format| {
        view! { <dt>{format.title}</dt><dd>{move || format.doc.get(lang())}</dd> }
    };
    view! {
        <button type="button" class="text-button" id="open-recording" on:click=move |_| {
            if let Some(input) = input.get_untracked() {
                input.click();
            }
        }>
            <Glyph icon=Icon::Open />
            {move || t().bci_open}
        </button>
        <input node_ref=input type="file" id="recording-file" accept=endings.join(",") class="off-screen" tabindex="-1" aria-hidden="true" on:change=chosen />
        <details class="formats">
            <summary>{move || t().bci_formats}</summary>
            <p>{move || t().bci_stays}</p>
            <dl>{FORMATS.iter().copied().map(format).collect_view()}</dl>
        </details>
    }
}

/// Takes a file of the visitor's; it is read here and goes nowhere.
fn open_file(lab: Lab, file: File) {
    wasm_bindgen_futures::spawn_local(async move {
        let name = file.name();
        match JsFuture::from(file.array_buffer()).await {
            Ok(buffer) => lab.open_bytes(name, js_sys::Uint8Array::new(&buffer).to_vec()),
            Err(_) => {
                let said = [Lang::En, Lang::Zh].map(|lang| words(lang).bci_unread.to_owned());
                lab.trouble.set(Some(Trouble::Refused(name, said)));
            }
        }
    });
}

/// Takes what is dropped.
pub fn dropped(lab: Lab, event: &ev::DragEvent) {
    let files = event.data_transfer().and_then(|data| data.files());
    if let Some(file) = files.and_then(|files| files.get(0)) {
        open_file(lab, file);
    }
}
