//! The picked neuron in its phase plane.

use leptos::prelude::*;
use spikeground_core::{gallery, neuron, spec::NetworkSpec};

use super::panel::{Empty, Panel};
use crate::{
    i18n::{fill, lang, t},
    plot::{PlaneScene, PlaneView},
    state::{player::Player, view},
};

/// The network of the gallery whose phase planes are worth a look: noise drives its neurons round and round.
const EXAMPLE: &str = "zoo";

/// The population of the first neuron that has a phase plane, and the neuron.
fn first_with_plane(spec: &NetworkSpec) -> Option<(usize, u32)> {
    let has = |model: &str| neuron::find(model).is_some_and(|model| model.plane.is_some());
    let population = spec.populations.iter().position(|p| has(&p.model))?;
    Some((population, view::bands(spec)[population].first))
}

/// The plane, or the way to a neuron that has one.
#[component]
pub fn PlanePanel() -> impl IntoView {
    let player: Player = expect_context();
    player.set_in_plane(true);
    on_cleanup(move || player.set_in_plane(false));
    let plane = Signal::derive_local(move || {
        let (population, model) = player.picked_model()?;
        let plane = model.plane.as_ref()?;
        let path = |name: &str| format!("populations[{population}].params.{name}");
        let value = |spec: &NetworkSpec, name| spec.get(&path(name)).unwrap_or(f64::NAN);
        let params = player.spec.with(|spec| model.params.iter().map(|p| (p.name, value(spec, p.name))).collect());
        let unit = |name| model.state_index(name).map_or("", |i| model.state[i].unit.symbol());
        Some(PlaneScene { plane, params, units: plane.variables.map(unit) })
    });
    let variables = move || plane.with(|plane| plane.as_ref().map(|scene| scene.plane.variables));
    let nullclines = move || {
        variables().map(|[x, y]| {
            view! {
                <span class="nullcline-x">{format!("d{x}/dt = 0")}</span>
                <span class="nullcline-y">{format!("d{y}/dt = 0")}</span>
            }
        })
    };
    let label = Signal::derive(move || {
        variables().map_or_else(String::new, |[x, y]| fill(t().plane_label, &[x, y, &player.picked.get().to_string()]))
    });
    let elsewhere = move || {
        if let Some((population, neuron)) = player.spec.with(first_with_plane) {
            let name = player.spec.with(|spec| spec.populations[population].name.clone());
            let text = fill(t().plane_pick, &[&name]);
            return Some(view! { <button type="button" class="text-button" on:click=move |_| player.pick(neuron)>{text}</button> }.into_any());
        }
        let entry = gallery::find(EXAMPLE)?;
        let text = fill(t().plane_open, &[entry.title.get(lang())]);
        let open = move |_| {
            player.open_entry(entry);
            if let Some((_, neuron)) = first_with_plane(&entry.spec()) {
                player.pick(neuron);
            }
        };
        Some(view! { <button type="button" class="text-button" on:click=open>{text}</button> }.into_any())
    };
    let none = Signal::derive(|| t().plane_none.to_owned());
    view! {
        <Panel name="plane" title=Signal::derive(|| t().plane) help=Signal::derive(|| t().plane_help) aside=nullclines>
            <Show when=move || variables().is_some() fallback=move || view! { <Empty text=none>{elsewhere}</Empty> }>
                <PlaneView source=player.source plane label />
            </Show>
        </Panel>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gallery_has_a_neuron_with_a_phase_plane() {
        let zoo = gallery::find("zoo").expect("there is a zoo").spec();
        let (population, neuron) = first_with_plane(&zoo).expect("an AdEx neuron lives there");
        assert_eq!(view::place(&zoo, neuron), Some((population, 0)));
        assert_eq!(first_with_plane(&gallery::find("cuba").expect("CUBA is there").spec()), None);
    }
}
