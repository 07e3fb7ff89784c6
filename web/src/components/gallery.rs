//! The gallery: networks by theme, each with a picture of a run, and what to look at in the open one; and a search.

use leptos::prelude::*;
use spikeground_core::{
    gallery::{Entry, GALLERY, Theme},
    neuron, rule, stimulus, synapse,
    text::Text,
};

use super::{
    recent::Continue,
    sheet::{OpenSheet, Sheet},
};
use crate::{
    i18n::{fill, lang, t},
    state::player::Player,
};

/// The list. Of the themes, that of the open network is unfolded; while something is searched for, all that have it are.
#[component]
pub fn Gallery() -> impl IntoView {
    let player: Player = expect_context();
    let sheet: OpenSheet = expect_context();
    let sought = RwSignal::new(String::new());
    let words = GALLERY.iter().map(|entry| words_of(entry)).collect::<Vec<_>>();
    let found = Memo::new(move |_| {
        let sought = sought.get().to_lowercase();
        let has_all = |words: &String| sought.split_whitespace().all(|word| words.contains(word));
        words.iter().map(has_all).collect::<Vec<_>>()
    });
    let count = move || found.with(|found| found.iter().filter(|is_found| **is_found).count());
    let is_searching = move || !sought.with(|sought| sought.trim().is_empty());
    let open_theme = Memo::new(move |_| player.entry.get().map(|entry| entry.theme));
    let themes = GALLERY.chunk_by(|a, b| a.theme == b.theme).scan(0, move |next, entries| {
        let first = *next;
        *next += entries.len();
        let is_found = move |i: usize| found.with(|found| found[first + i]);
        let any = Memo::new(move |_| (0..entries.len()).any(is_found));
        let unfolded = Signal::derive(move || is_searching() || open_theme.get() == Some(entries[0].theme));
        let item = move |(i, entry): (usize, &&'static Entry)| {
            let hidden = Signal::derive(move || !is_found(i));
            view! { <Item entry hidden /> }
        };
        let items = entries.iter().enumerate().map(item).collect_view();
        Some(view! { <Group theme=entries[0].theme unfolded hidden=Signal::derive(move || !any.get())>{items}</Group> })
    });
    let told = move || match count() {
        _ if !is_searching() => String::new(),
        0 => t().gallery_none.to_owned(),
        1 => t().gallery_found_one.to_owned(),
        n => fill(t().gallery_found, &[&n.to_string()]),
    };
    view! {
        <nav class="gallery side" class:open=move || sheet.is(Sheet::Gallery) aria-label=move || t().gallery>
            <Continue />
            <h2>{move || t().gallery}</h2>
            <input
                type="search"
                id="gallery-search"
                placeholder=move || t().gallery_search
                aria-label=move || t().gallery_search_help
                title=move || t().gallery_search_help
                prop:value=sought
                on:input=move |event| sought.set(event_target_value(&event))
            />
            <p class="found" role="status" class:off-screen=move || count() != 0>{told}</p>
            {themes.collect_view()}
            {move || {
                player.entry.get().map(|entry| view! {
                    <section class="about">
                        <h3>{move || t().about}</h3>
                        <p>{move || entry.about.get(lang())}</p>
                        <p class="cite">{move || t().source} ": " {entry.source}</p>
                    </section>
                })
            }}
        </nav>
    }
}

/// The networks of a theme.
#[component]
fn Group(
    /// The theme.
    theme: Theme,
    /// Whether it unfolds by itself.
    unfolded: Signal<bool>,
    /// Whether nothing of it is found.
    hidden: Signal<bool>,
    /// Its networks.
    children: Children,
) -> impl IntoView {
    view! {
        <details prop:open=unfolded hidden=hidden>
            <summary>{move || theme.title().get(lang())}</summary>
            <ul>{children()}</ul>
        </details>
    }
}

/// A network.
#[component]
fn Item(
    /// Its entry.
    entry: &'static Entry,
    /// Whether it is not what is searched for.
    hidden: Signal<bool>,
) -> impl IntoView {
    let player: Player = expect_context();
    let sheet: OpenSheet = expect_context();
    let is_open = move || player.entry.get().is_some_and(|e| e.id == entry.id);
    view! {
        <li hidden=hidden>
            <button
                type="button"
                class="entry"
                data-network=entry.id
                aria-current=move || is_open().then_some("true")
                on:click=move |_| {
                    player.open_entry(entry);
                    sheet.0.set(None);
                }
            >
                <strong>{move || entry.title.get(lang())}</strong>
                <span>{move || entry.hint.get(lang())}</span>
                <svg class="thumbnail" viewBox="0 0 180 32" aria-hidden="true">
                    <use href=format!("./gallery/{}.svg#raster", entry.id)></use>
                </svg>
            </button>
        </li>
    }
}

/// Everything that an entry can be found by, in both languages and small letters: its names and words, where it comes from,
/// and its models and rules by name and title.
fn words_of(entry: &Entry) -> String {
    let spec = entry.spec();
    let both = |text: Text| [text.en.to_owned(), text.zh.to_owned()];
    let own = [entry.title, entry.hint, entry.about, entry.theme.title()].into_iter().flat_map(both);
    let neurons = spec.populations.iter().map(|p| (&p.model, neuron::find(&p.model).map(|m| m.title)));
    let stimuli = spec.stimuli.iter().map(|s| (&s.model, stimulus::find(&s.model).map(|m| m.title)));
    let rules = spec.projections.iter().map(|p| (&p.rule, rule::find(&p.rule).map(|r| r.title)));
    let synapses = spec.projections.iter().map(|p| (&p.synapse, synapse::find(&p.synapse).map(|m| m.title)));
    let models = neurons.chain(stimuli).chain(rules).chain(synapses);
    let models = models.flat_map(|(name, title)| [vec![name.clone()], title.map(both).into_iter().flatten().collect()]);
    let source = [entry.id, entry.source].map(str::to_owned);
    own.chain(models.flatten()).chain(source).collect::<Vec<_>>().join("\n").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_found_by_topic_model_rule_and_author_in_both_languages() {
        let ids = |sought: &str| -> Vec<&str> {
            GALLERY.iter().filter(|entry| words_of(entry).contains(sought)).map(|entry| entry.id).collect()
        };
        for (sought, id) in [
            ("half-centre", "half-centre"),
            ("半中心", "half-centre"),
            ("aeif_cond_exp", "half-centre"),
            ("brown", "half-centre"),
            ("stdp_synapse", "stdp"),
            ("pairwise_bernoulli", "inhibitory-plasticity"),
            ("song, miller", "stdp"),
            ("可塑性", "stdp"),
        ] {
            assert!(ids(sought).contains(&id), "{sought}: {:?}", ids(sought));
            assert!(ids(sought).len() < GALLERY.len(), "{sought} finds all");
        }
        assert!(ids("no such network").is_empty());
    }
}
