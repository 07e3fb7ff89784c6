//! The tool of a view of neurons: the pointer picks one, or is a brush that injects current, destroys or heals.

use leptos::prelude::*;

use super::icon::{Icon, IconButton};
use crate::{
    i18n::{Word, t},
    plot::Brush,
    state::player::{POKE_MS, Player},
};

/// What a pointer does to neurons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tool {
    Pick,
    Current,
    Destroy,
    Heal,
}

impl Tool {
    const ALL: [Tool; 4] = [Tool::Pick, Tool::Current, Tool::Destroy, Tool::Heal];

    /// Its name in files and tests, its name for people, what a pointer does with it, and what its button does.
    fn words(self) -> (&'static str, Word, Word, Word) {
        match self {
            Tool::Pick => ("pick", |t| t.tool_pick, |t| t.spikes_hint, |t| t.poke),
            Tool::Current => ("current", |t| t.tool_current, |t| t.current_hint, |t| t.poke),
            Tool::Destroy => ("destroy", |t| t.tool_destroy, |t| t.destroy_hint, |t| t.destroy_picked),
            Tool::Heal => ("heal", |t| t.tool_heal, |t| t.heal_hint, |t| t.heal_picked),
        }
    }

    fn icon(self) -> Icon {
        match self {
            Tool::Pick | Tool::Current => Icon::Poke,
            Tool::Destroy => Icon::Destroy,
            Tool::Heal => Icon::Heal,
        }
    }

    /// Does it to stretches of neurons.
    fn apply(self, player: Player, stretches: &[[u32; 2]]) {
        match self {
            Tool::Pick | Tool::Current => player.inject(stretches),
            Tool::Destroy | Tool::Heal => player.set_destroyed(stretches, self == Tool::Destroy),
        }
    }
}

/// The tool that a view's pointer holds; a handle to copy.
#[derive(Clone, Copy)]
pub struct Tools {
    player: Player,
    tool: RwSignal<Tool>,
}

impl Tools {
    /// A pointer that picks.
    pub fn new(player: Player) -> Tools {
        Tools { player, tool: RwSignal::new(Tool::Pick) }
    }

    /// The brush that it is.
    pub fn brush(self) -> Brush<Vec<[u32; 2]>> {
        let Tools { player, tool } = self;
        // What was touched since the last frame drawn, what is touched now, and when that had its last current, ms.
        let new = StoredValue::new(Vec::new());
        let held = StoredValue::new(None::<Vec<[u32; 2]>>);
        let given_ms = StoredValue::new(0.0);
        let flush = move || {
            if let Some(stretches) = new.try_update_value(std::mem::take).filter(|new| !new.is_empty()) {
                given_ms.set_value(player.clock.with_untracked(|clock| clock.time_ms));
                tool.get_untracked().apply(player, &stretches);
            }
        };
        let on_touch = Callback::new(move |touched: Option<Vec<[u32; 2]>>| {
            if let Some(touched) = touched.clone() {
                // Once per frame, however fast the pointer is, and after the page has heard of the press.
                if new.with_value(Vec::is_empty) {
                    request_animation_frame(flush);
                }
                new.update_value(|new| new.extend(touched));
            }
            held.set_value(touched);
        });
        // A current lasts as long as the pointer is held.
        Effect::new(move |_| {
            let now_ms = player.clock.with(|clock| clock.time_ms);
            let is_over = now_ms < given_ms.get_value() || now_ms >= given_ms.get_value() + POKE_MS;
            if let Some(held) = held.get_value().filter(|_| is_over && tool.get_untracked() == Tool::Current) {
                given_ms.set_value(now_ms);
                player.inject(&held);
            }
        });
        Brush { is_held: Signal::derive(move || tool.get() != Tool::Pick), on_touch }
    }

    /// Does it to the picked neuron and its neighbours.
    fn apply_to_picked(self) {
        if let Some(stretch) = self.player.around(self.player.picked.get_untracked()) {
            self.tool.get_untracked().apply(self.player, &[stretch]);
        }
    }

    /// What keys do: they pick the next neuron or the one before, and use the tool.
    pub fn keys(self) -> Callback<String, bool> {
        let Tools { player, .. } = self;
        let pick = move |by: i64| {
            let last =
                player.bands.with_untracked(|bands| bands.iter().map(|band| i64::from(band.count)).sum::<i64>()) - 1;
            let next = (i64::from(player.picked.get_untracked()) + by).min(last).max(0);
            player.pick(next as u32);
        };
        Callback::new(move |key: String| {
            match key.as_str() {
                "ArrowUp" => pick(1),
                "ArrowDown" => pick(-1),
                "PageUp" => pick(PAGE),
                "PageDown" => pick(-PAGE),
                "Enter" => self.apply_to_picked(),
                _ => return false,
            }
            true
        })
    }
}

/// Neurons that a page of keys goes over.
const PAGE: i64 = 100;

/// The choice of a tool, and the button that uses it without a pointer.
#[component]
pub fn ToolChoice(
    /// The tool.
    tools: Tools,
    /// The view's name.
    view: &'static str,
) -> impl IntoView {
    let Tools { tool, .. } = tools;
    let chosen = move |event| {
        let name = event_target_value(&event);
        tool.set(Tool::ALL.into_iter().find(|tool| tool.words().0 == name).unwrap_or(Tool::Pick));
    };
    let option = move |own: Tool| {
        let (name, title, ..) = own.words();
        view! { <option value=name prop:selected=move || tool.get() == own>{move || title(t())}</option> }
    };
    let hint = move || tool.get().words().2(t());
    let label = Signal::derive(move || tool.get().words().3(t()));
    let icon = Signal::derive(move || tool.get().icon());
    view! {
        <select id=format!("tool-{view}") aria-label=move || t().tool title=move || t().tool_help on:change=chosen>
            {Tool::ALL.map(option).collect_view()}
        </select>
        <IconButton icon label on_press=move || tools.apply_to_picked() class="use-tool" />
        <span class="hint">{hint}</span>
    }
}
