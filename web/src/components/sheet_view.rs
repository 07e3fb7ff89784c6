//! The neurons of a network in their places, lit by their spikes.

use std::sync::Arc;

use leptos::prelude::*;
use spikeground_core::{gallery, spec::NetworkSpec};

use super::{
    brush::{ToolChoice, Tools},
    panel::{Empty, Panel},
};
use crate::{
    i18n::{fill, lang, t},
    plot::{FADE_MS, Places, SheetView, format},
    state::{player::Player, view},
};

/// The network of the gallery whose neurons stand on a sheet.
const EXAMPLE: &str = "waves";

/// Where the neurons of a network stand; nothing if none does.
fn places(spec: &NetworkSpec) -> Option<Places> {
    let mut extent = [0.0f64; 2];
    let mut neurons = Vec::new();
    for (i, band) in view::bands(spec).iter().enumerate() {
        if let Some(placed) = spec.placed(i) {
            extent = [0, 1].map(|axis| extent[axis].max(placed.layout.extent[axis]));
            neurons.extend((0..band.count).map(|number| (band.first + number, placed.at(number))));
        }
    }
    let is_sheet = !neurons.is_empty() && extent.iter().all(|length| *length > 0.0);
    is_sheet.then(|| Places { neurons: Arc::new(neurons), extent })
}

/// The sheet, or the way to a network that has one.
#[component]
pub fn SheetPanel() -> impl IntoView {
    let player: Player = expect_context();
    let axis = player.axis;
    // Places depend on the populations alone, which are others only when a network is loaded.
    let shown = Memo::new(move |_| {
        player.bands.track();
        player.spec.with_untracked(places)
    });
    let neurons = move || shown.with(|places| places.as_ref().map_or(0, |places| places.neurons.len()));
    let lit = move || {
        let now_ms = player.clock.with(|clock| clock.time_ms);
        let spikes =
            player.source.read(|history| history.spikes(now_ms - FADE_MS, now_ms).map(|spike| spike.1).collect());
        let mut lit: Vec<u32> = spikes.unwrap_or_default();
        lit.sort_unstable();
        lit.dedup();
        lit.len()
    };
    let label = Signal::derive(move || {
        fill(t().sheet_label, &[&format::fixed(neurons() as f64, 0), &format::fixed(lit() as f64, 0)])
    });
    let on_pick = Callback::new(move |neuron| {
        player.pick(neuron);
        player.poke(neuron);
    });
    let none = Signal::derive(|| t().sheet_none.to_owned());
    let elsewhere = move || {
        let entry = gallery::find(EXAMPLE)?;
        let text = fill(t().sheet_open, &[entry.title.get(lang())]);
        let open = move |_| player.open_entry(entry);
        Some(view! { <button type="button" class="text-button" on:click=open>{text}</button> })
    };
    let places = Signal::derive(move || shown.get().unwrap_or_default());
    let neuron_word = Signal::derive(|| t().neuron.to_owned());
    let picked = Signal::derive(move || Some(player.picked.get()));
    let tools = Tools::new(player);
    let lesions = Memo::new(move |_| player.spec.with(view::lesions));
    let is_sheet = move || shown.with(Option::is_some);
    let aside = view! { <Show when=is_sheet><ToolChoice tools view="sheet" /></Show> };
    view! {
        <Panel name="sheet" title=Signal::derive(|| t().sheet) help=Signal::derive(|| t().sheet_help) aside>
            <Show when=is_sheet fallback=move || view! { <Empty text=none>{elsewhere}</Empty> }>
                <SheetView
                    source=player.source axis places bands=player.bands label neuron_word picked lesions on_pick
                    brush=tools.brush()
                    on_key=tools.keys()
                />
            </Show>
        </Panel>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gallery_has_a_sheet() {
        let spec = gallery::find(EXAMPLE).expect("there are waves").spec();
        let places = places(&spec).expect("they run over a sheet");
        assert_eq!(places.neurons.len() as u64, spec.neurons());
        assert!(places.neurons.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(super::places(&gallery::find("cuba").expect("CUBA is there").spec()), None);
    }
}
