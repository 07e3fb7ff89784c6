//! `Editor`: what is chosen on the graph, how one looks at it, and what is on its way. What is done is in `deeds`.

use leptos::prelude::*;
use spikeground_core::{
    spec::{NetworkSpec, Node},
    text::Lang,
};

use super::layout::{Camera, Places, bounds, free_place, layered};
use crate::{
    components::diagram::{Selected, Selection},
    i18n::{Language, fill, words},
    state::{
        player::Player,
        sketch::{Place, Sketch},
    },
};

/// A part of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A population or a stimulus, by its name.
    Node(String),
    /// A projection, by its index.
    Projection(usize),
    /// A note, by its index.
    Note(usize),
    /// A group, by its index.
    Group(usize),
}

/// What a new node is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ware {
    /// A population of this model, inhibitory or not.
    Population(&'static str, bool),
    /// A stimulus of this model.
    Stimulus(&'static str),
}

/// The editor; provided as a context by the page.
#[derive(Clone, Copy)]
pub struct Editor {
    /// The network and its sketch.
    pub player: Player,
    /// What is chosen.
    pub chosen: RwSignal<Vec<Item>>,
    /// How one looks at the graph.
    pub camera: RwSignal<Camera>,
    /// Size of the canvas, px.
    pub size: RwSignal<Place>,
    /// How far the chosen nodes and notes are being moved.
    pub moving: RwSignal<Place>,
    /// Where the connection that is being made starts.
    pub source: RwSignal<Option<String>>,
    /// Where it ends for now, or where a new note begins.
    pub loose_end: RwSignal<Option<Place>>,
    /// What is being written.
    pub typing: RwSignal<Option<Item>>,
    /// What a new node is carried over the page, and where.
    pub carried: RwSignal<Option<(Ware, Place)>>,
    /// What a screen reader is told.
    pub said: RwSignal<String>,
    /// Where each node stands.
    pub places: Memo<Places>,
    selection: Selection,
    pub(super) language: Language,
    pub(super) copied: StoredValue<(NetworkSpec, Vec<(String, Place)>)>,
}

impl Editor {
    /// The editor of the page's network. What is selected elsewhere is chosen here, and the other way round.
    pub fn of_page() -> Editor {
        let (player, selection): (Player, Selection) = (expect_context(), expect_context());
        // Only names and ends matter to where nodes stand.
        let shape = Memo::new(move |_| {
            player.spec.with(|spec| {
                let mut shape = NetworkSpec::empty();
                shape.populations.clone_from(&spec.populations);
                shape.populations.iter_mut().for_each(|p| (p.size, p.params, p.init) = (1, Vec::new(), Vec::new()));
                shape.stimuli.clone_from(&spec.stimuli);
                shape.stimuli.iter_mut().for_each(|s| (s.params, s.lists) = (Vec::new(), Vec::new()));
                let ends = spec.projections.iter().map(|p| (p.source.clone(), p.target.clone()));
                (shape, ends.collect::<Vec<_>>())
            })
        });
        let places = Memo::new(move |_| {
            shape.track();
            player.sketch.with(|sketch| player.spec.with_untracked(|spec| placed(spec, sketch)))
        });
        let editor = Editor {
            player,
            chosen: RwSignal::default(),
            camera: RwSignal::new(Camera { shift: [0.0; 2], zoom: 1.0 }),
            size: RwSignal::new([0.0; 2]),
            moving: RwSignal::new([0.0; 2]),
            source: RwSignal::new(None),
            loose_end: RwSignal::new(None),
            typing: RwSignal::new(None),
            carried: RwSignal::new(None),
            said: RwSignal::default(),
            places,
            selection,
            language: expect_context(),
            copied: StoredValue::new((NetworkSpec::empty(), Vec::new())),
        };
        Effect::new(move |_| {
            let now = selection.0.get();
            if now != untrack(|| editor.selected()) {
                editor.chosen.set(editor.item_of(now).into_iter().collect());
            }
        });
        editor
    }

    /// What the inspector shows of what is chosen.
    fn selected(self) -> Selected {
        self.chosen.with(|chosen| match chosen.as_slice() {
            [Item::Node(name)] => match self.player.spec.with_untracked(|spec| spec.node(name)) {
                Some(Node::Population(i)) => Selected::Population(i),
                Some(Node::Stimulus(i)) => Selected::Stimulus(i),
                None => Selected::Network,
            },
            [Item::Projection(i)] => Selected::Projection(*i),
            _ => Selected::Network,
        })
    }

    fn item_of(self, selected: Selected) -> Option<Item> {
        let name =
            |node| self.player.spec.with_untracked(|spec| spec.node_name(node).map(|name| Item::Node(name.into())));
        match selected {
            Selected::Network => None,
            Selected::Population(i) => name(Node::Population(i)),
            Selected::Stimulus(i) => name(Node::Stimulus(i)),
            Selected::Projection(i) => Some(Item::Projection(i)),
        }
    }

    /// Chooses these parts and no others.
    pub fn choose(self, items: Vec<Item>) {
        self.chosen.set(items);
        let selected = untrack(|| self.selected());
        if self.selection.0.get_untracked() != selected {
            self.selection.0.set(selected);
        }
    }

    /// Chooses a part too, or no longer.
    pub fn toggle(self, item: Item) {
        let mut chosen = self.chosen.get_untracked();
        match chosen.iter().position(|other| *other == item) {
            Some(at) => drop(chosen.remove(at)),
            None => chosen.push(item),
        }
        self.choose(chosen);
    }

    /// Chooses every node.
    pub fn choose_all(self) {
        let names = self.player.spec.with_untracked(|spec| spec.node_names().map(|n| Item::Node(n.into())).collect());
        self.choose(names);
    }

    /// Whether a part is chosen. Tracked.
    pub fn is_chosen(self, item: &Item) -> bool {
        self.chosen.with(|chosen| chosen.contains(item))
    }

    /// The names of the chosen nodes. Tracked.
    pub fn chosen_nodes(self) -> Vec<String> {
        let name = |item: &Item| if let Item::Node(name) = item { Some(name.clone()) } else { None };
        self.chosen.with(|chosen| chosen.iter().filter_map(name).collect())
    }

    pub(super) fn tell(self, words_of: fn(&crate::i18n::Words) -> &'static str, values: &[&str]) {
        let lang: Lang = self.language.0.get_untracked();
        self.said.set(fill(words_of(words(lang)), values));
    }

    /// The point of the graph in the middle of the canvas.
    pub fn middle(self) -> Place {
        let [width, height] = self.size.get_untracked();
        self.camera.get_untracked().world([width / 2.0, height / 2.0])
    }

    /// Looks at everything.
    pub fn fit(self) {
        let notes = self.player.sketch.with_untracked(|s| s.notes.iter().map(|n| n.place).collect::<Vec<_>>());
        let all = self.places.with_untracked(|places| bounds(places.values().copied().chain(notes)));
        let rect = all.unwrap_or([-200.0, -150.0, 200.0, 150.0]);
        self.camera.set(Camera::fit(rect, self.size.get_untracked()));
    }

    /// Looks nearer by `factor` at what is in the middle.
    pub fn zoom(self, factor: f64) {
        let [width, height] = self.size.get_untracked();
        self.camera.update(|camera| *camera = camera.zoomed(factor, [width / 2.0, height / 2.0]));
    }
}

/// Where nodes stand: as the sketch says, and the others where they hide none.
fn placed(spec: &NetworkSpec, sketch: &Sketch) -> Places {
    let mut automatic = layered(spec);
    let known = sketch.places.iter().filter(|(name, _)| automatic.contains_key(name));
    let mut places: Places = known.cloned().collect();
    if places.is_empty() {
        return automatic;
    }
    for name in spec.node_names() {
        if !places.contains_key(name)
            && let Some(place) = automatic.remove(name)
        {
            let free = free_place(&places, place);
            places.insert(name.to_owned(), free);
        }
    }
    places
}
