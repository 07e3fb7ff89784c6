//! `Document`: a project as it is saved, shared and kept: the network, the sketch of its graph and how the page shows it.
//!
//! Its JSON form is that of a network, version 1, with one member more, `page`, which every other reader of networks
//! passes over.

use serde_json::{Map, Value, json};
use spikeground_core::{
    error::{Kind, Mistake, Named, SpecError},
    gallery::{self, Entry},
    spec::{NetworkSpec, Object, PAGE, Reader, indented, parse},
};

use super::{
    look::{self, LANGUAGES, Look, THEMES},
    sketch::{Group, Note, Place, Sketch},
};
use crate::i18n::{Lang, words};

/// Most places, notes, groups, members and views: what a person can still see.
const MOST: usize = 1000;

/// A project.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The network.
    pub spec: NetworkSpec,
    /// The layout of its graph.
    pub sketch: Sketch,
    /// Id of the network of the gallery that it was made from.
    pub gallery: Option<&'static str>,
    /// How the page shows it.
    pub look: Look,
}

impl Document {
    /// A network of the gallery.
    pub fn of(entry: &Entry) -> Document {
        Document { spec: entry.spec(), sketch: Sketch::default(), gallery: Some(entry.id), look: Look::default() }
    }

    /// Reads a project. The names of models and the values are not judged here, only the form.
    ///
    /// # Errors
    /// Every mistake of form in the text, each with its path.
    pub fn from_json(text: &str) -> Result<Document, Vec<SpecError>> {
        let value = parse(text)?;
        let mut reader = Reader::default();
        let spec = NetworkSpec::read(&mut reader, &value);
        let (sketch, gallery, look) = value.get(PAGE).map(|page| read_page(&mut reader, page)).unwrap_or_default();
        reader.result(spec.map(|spec| Document { spec, sketch, gallery, look }))
    }

    /// Writes the project as indented JSON that [`Document::from_json`] reads back to the same.
    pub fn to_json(&self) -> String {
        indented(&self.to_value())
    }

    /// The project as a JSON object; what says nothing is left out.
    pub fn to_value(&self) -> Value {
        let mut root = self.spec.to_value();
        let page = write_page(self);
        if !page.is_empty() {
            root[PAGE] = page.into();
        }
        root
    }
}

/// What people call a project: its name, or the gallery's title in `lang` as long as it has the name that it came with.
pub fn title(name: &str, gallery: Option<&'static Entry>, lang: Lang) -> String {
    match gallery {
        Some(entry) if entry.spec().name == name => entry.title.get(lang).to_owned(),
        _ if name.trim().is_empty() => words(lang).recent_untitled.to_owned(),
        _ => name.to_owned(),
    }
}

/// What [`read_page`] reads.
type Page = (Sketch, Option<&'static str>, Look);

fn read_page(r: &mut Reader, value: &Value) -> Page {
    const KEYS: &[&str] = &["gallery", "places", "notes", "groups", "views", "language", "theme", "hide"];
    // That it is an object was judged with the network.
    let Some(page) = value.as_object().and_then(|_| r.object(PAGE.to_owned(), value, KEYS)) else {
        return Page::default();
    };
    let places = r.entries(&page, "places").into_iter();
    let places = places.filter_map(|(at, name, value)| Some((name.to_owned(), read_place(r, &at, value)?))).collect();
    let sketch = Sketch { places, notes: read_notes(r, &page), groups: read_groups(r, &page) };
    // A gallery changes; a project stays one without its entry.
    let gallery = page.get("gallery").map(|_| r.text(&page, "gallery", None));
    let gallery = gallery.and_then(|id| gallery::find(&id)).map(|entry| entry.id);
    let look = Look {
        views: page.get("views").map(|_| read_names(r, &page, "views")),
        language: read_choice(r, &page, "language", Named::Language, LANGUAGES),
        theme: read_choice(r, &page, "theme", Named::Theme, THEMES),
        hide: read_parts(r, &page),
    };
    (sketch, gallery, look)
}

fn read_place(r: &mut Reader, at: &str, value: &Value) -> Option<Place> {
    Some(r.as_pair(at, value, Kind::Place)?.map(|(at, value)| r.as_number(&at, value)))
}

fn read_notes(r: &mut Reader, page: &Object) -> Vec<Note> {
    let note = |r: &mut Reader, at, value| {
        let object = r.object(at, value, &["text", "place"])?;
        let (text, place) = (r.text(&object, "text", None), r.required(&object, "place")?);
        Some(Note { text, place: read_place(r, &object.place("place"), place)? })
    };
    r.list(page, "notes", MOST).into_iter().filter_map(|(at, value)| note(r, at, value)).collect()
}

fn read_groups(r: &mut Reader, page: &Object) -> Vec<Group> {
    let group = |r: &mut Reader, at, value| {
        let object = r.object(at, value, &["title", "members"])?;
        Some(Group { title: r.text(&object, "title", None), members: read_names(r, &object, "members") })
    };
    r.list(page, "groups", MOST).into_iter().filter_map(|(at, value)| group(r, at, value)).collect()
}

fn read_names(r: &mut Reader, object: &Object, key: &str) -> Vec<String> {
    let names = r.list(object, key, MOST);
    names.into_iter().map(|(at, value)| r.as_text(&at, value)).collect()
}

fn read_choice<T: Copy>(
    r: &mut Reader,
    page: &Object,
    key: &str,
    what: Named,
    choices: &[(&'static str, T)],
) -> Option<T> {
    let value = page.get(key)?;
    let name = r.text(page, key, None);
    let choice = look::choice(&name, what, choices);
    choice.map_err(|mistake| fail_of_text(r, page.place(key), value, mistake)).ok()
}

fn read_parts(r: &mut Reader, page: &Object) -> Vec<&'static str> {
    let part = |r: &mut Reader, at: String, value| {
        let name = r.as_text(&at, value);
        look::part(&name).map_err(|mistake| fail_of_text(r, at, value, mistake)).ok()
    };
    r.list(page, "hide", MOST).into_iter().filter_map(|(at, value)| part(r, at, value)).collect()
}

/// Notes a mistake in a text; of what is no text that was noted before.
fn fail_of_text(r: &mut Reader, at: String, value: &Value, mistake: Mistake) {
    if value.is_string() {
        r.fail(at, mistake);
    }
}

fn write_page(document: &Document) -> Map<String, Value> {
    let Document { sketch, look, .. } = document;
    let mut page = Map::new();
    let mut put = |key: &str, value: Value| page.insert(key.to_owned(), value);
    if let Some(id) = document.gallery {
        put("gallery", json!(id));
    }
    if !sketch.places.is_empty() {
        put("places", sketch.places.iter().map(|(name, place)| (name.clone(), json!(place))).collect());
    }
    if !sketch.notes.is_empty() {
        put("notes", sketch.notes.iter().map(|n| json!({ "text": n.text, "place": n.place })).collect());
    }
    if !sketch.groups.is_empty() {
        put("groups", sketch.groups.iter().map(|g| json!({ "title": g.title, "members": g.members })).collect());
    }
    if let Some(views) = &look.views {
        put("views", json!(views));
    }
    if let Some(language) = look.language {
        put("language", json!(look::name_of(language, LANGUAGES)));
    }
    if let Some(theme) = look.theme {
        put("theme", json!(look::name_of(theme, THEMES)));
    }
    if !look.hide.is_empty() {
        put("hide", json!(look.hide));
    }
    page
}
