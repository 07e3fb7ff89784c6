//! The engine: what computes the run, why, and what there is to choose from.

use leptos::prelude::*;
use spikeground_core::error::size;

use super::icon::{Icon, IconButton};
use crate::{
    i18n::{fill, lang, t},
    plot::format,
    state::player::{EngineReason, Player, engines},
};

/// A chip that names the engine in use and opens what is known of it.
#[component]
pub fn Engine() -> impl IntoView {
    let player: Player = expect_context();
    let report = player.engine;
    let panel: NodeRef<leptos::html::Div> = NodeRef::new();
    let choices = engines()
        .map(|(name, doc)| {
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name="engine"
                        value=name
                        prop:checked=move || report.with(|r| r.choice == name)
                        on:change=move |_| player.set_engine(name.to_owned())
                    />
                    <span>
                        <strong>{name}</strong>
                        <small>{move || doc.get(lang())}</small>
                    </span>
                </label>
            }
        })
        .collect_view();
    let adapter = move || {
        report.with(|r| r.adapter.clone()).map(|adapter| {
            let kind = if adapter.software { t().gpu_software } else { t().gpu_hardware };
            view! {
                <dt>"GPU"</dt>
                <dd id="adapter">{adapter.name} " (" {adapter.backend} ", " {kind} ")"</dd>
                <dt>{t().gpu_limit}</dt>
                <dd>{size(adapter.binding_bytes)}</dd>
            }
        })
    };
    let memory = move || {
        report.with(|r| r.gpu_bytes).map(|bytes| {
            view! {
                <dt>{t().gpu_memory}</dt>
                <dd id="gpu-memory">{size(bytes)}</dd>
            }
        })
    };
    let times = move || {
        let gpu = player.measures.with(|measures| measures.gpu)?;
        let number = |us: f64| format::significant(us, 3);
        Some(view! {
            <dt>{t().gpu_step}</dt>
            <dd id="gpu-times">{fill(t().gpu_times, &[&number(gpu.step_us), &number(gpu.update_us), &number(gpu.delivery_us)])}</dd>
        })
    };
    let failed = move || report.with(|r| matches!(r.reason, EngineReason::Problem(_)));
    let close = move || {
        if let Some(panel) = panel.get_untracked() {
            // It is open, or the button that calls this could not be pressed.
            let _ = panel.hide_popover();
        }
    };
    view! {
        <button type="button" class="chip" id="engine" popovertarget="engine-panel" title=move || t().engine>
            <span class="off-screen">{move || t().engine} " "</span>
            <strong>{move || report.with(|r| r.engine.clone())}</strong>
        </button>
        <div node_ref=panel class="popover engine-panel" id="engine-panel" popover="auto" role="dialog" aria-label=move || t().engine>
            <header>
                <h2>{move || t().engine}</h2>
                <IconButton icon=Icon::Close label=Signal::derive(|| t().close) on_press=close />
            </header>
            <fieldset>
                <legend class="off-screen">{move || t().engine}</legend>
                {choices}
            </fieldset>
            <p id="engine-reason">
                <strong>{move || report.with(|r| r.engine.clone())}</strong>
                ": "
                {move || report.with(|r| r.reason.message(lang()))}
            </p>
            <Show when=failed>
                <button type="button" class="text-button" id="gpu-again" on:click=move |_| player.set_engine(report.with_untracked(|r| r.choice.clone()))>
                    {move || t().gpu_again}
                </button>
            </Show>
            <dl>{adapter} {memory} {times}</dl>
        </div>
    }
}
