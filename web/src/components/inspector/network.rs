//! The network as a whole: its name, size, step, seed, and the sliders in front of the reader.

use leptos::prelude::*;
use spikeground_core::{error::size, param, rng, spec::NetworkSpec};

use super::{
    controls::Controls,
    lesions::Lesions,
    place::Original,
    rows::{Faults, Refused, TextRow, attempt},
};
use crate::{
    components::{
        icon::{Icon, IconButton},
        slider::{NoNumber, NumberField, Quantity, SliderRow, Unread},
    },
    i18n::t,
    state::player::Player,
};

/// The network.
#[component]
pub fn Network() -> impl IntoView {
    let player: Player = expect_context();
    let name = Memo::new(move |_| player.spec.with(|spec| spec.name.clone()));
    let rename = move |name: String| {
        player.edit(|spec| spec.name = name);
        true
    };
    view! {
        <h2>{t().controls}</h2>
        <Controls />
        <Show when=move || player.spec.with(NetworkSpec::is_scalable)>
            <SizeRow />
        </Show>
        <Lesions />
        <SeedRow />
        <details class="part" id="network-more">
            <summary>{t().name_and_step}</summary>
            <TextRow label=t().name id="network-name" value=name on_change=rename />
            <StepRow />
        </details>
    }
}

/// Number of neurons, with the memory that it would take.
#[component]
fn SizeRow() -> impl IntoView {
    let player: Player = expect_context();
    let original: Original = expect_context();
    let default = original.0.with_untracked(|original| {
        original.as_ref().map_or_else(|| player.spec.with_untracked(NetworkSpec::neurons), NetworkSpec::neurons)
    });
    let quantity = Quantity {
        name: t().size.into(),
        doc: t().size_help.into(),
        unit: "",
        default: default as f64,
        slider: param::log(100.0, 100_000.0),
        whole: true,
    };
    let preview = RwSignal::new(None::<f64>);
    let value = Signal::derive(move || player.spec.with(NetworkSpec::neurons) as f64);
    let neurons = move || preview.get().unwrap_or_else(|| value.get()).max(1.0);
    let refused = Refused::new(Vec::new());
    let on_change = move |new: f64| {
        attempt(player, refused, |spec| *spec = player.scaled(spec, new.max(1.0) as u64));
    };
    view! {
        <SliderRow quantity value on_change late=true preview id="size".to_owned() />
        <Faults path="populations".to_owned() alone=true refused />
        <p class="estimate" id="estimate">{move || t().memory} " ≈ " {move || size(player.estimate_bytes(neurons() as u64))}</p>
    }
}

/// The step of time.
#[component]
fn StepRow() -> impl IntoView {
    /// The step of most published networks, and of NEST.
    const DEFAULT_MS: f64 = 0.1;
    let player: Player = expect_context();
    let quantity = Quantity {
        name: "dt".into(),
        doc: t().dt_help.into(),
        unit: "ms",
        default: DEFAULT_MS,
        slider: param::log(0.01, 1.0),
        whole: false,
    };
    let refused = Refused::new(Vec::new());
    let value = Signal::derive(move || player.spec.with(|spec| spec.dt_ms));
    let on_change = move |new: f64| {
        attempt(player, refused, |spec| spec.dt_ms = new);
    };
    view! {
        <SliderRow quantity value on_change late=true id="dt".to_owned() />
        <Faults path="dt_ms".to_owned() refused />
    }
}

/// The seed, shown and settable.
#[component]
fn SeedRow() -> impl IntoView {
    let player: Player = expect_context();
    let set = move |seed: u32| player.edit(|spec| spec.seed = seed);
    let unread = Unread::new(None);
    let typed = move |number: Option<f64>| {
        if let Some(number) = number {
            set(number.round().clamp(0.0, f64::from(u32::MAX)) as u32);
        }
    };
    // The next seed is a function of this one, so that pressing the dice is reproducible too.
    let next = move || {
        unread.set(None);
        let seed = player.spec.with_untracked(|s| s.seed);
        set(rng::Stream::new(seed, rng::Purpose::Init, 0).words(seed, 1)[0] % 1_000_000);
    };
    let shown = Signal::derive(move || player.spec.with(|s| s.seed.to_string()));
    view! {
        <div class="seed-row">
            <label>
                <span>{move || t().seed}</span>
                <NumberField label=t().seed.to_owned() shown unread on_number=typed id="seed".to_owned() />
            </label>
            <IconButton icon=Icon::Dice label=Signal::derive(|| t().new_seed) id="new-seed" on_press=next />
        </div>
        <NoNumber unread />
    }
}
