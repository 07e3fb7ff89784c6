//! `Link`: a whole project in the part of an address behind `#`, which no browser sends to a server.
//!
//! `#network=ID` is a network of the gallery as it is; `#project=TEXT` any other, where TEXT is the project's JSON without
//! white space, deflated (RFC 1951), in base64url. Behind either, or alone: `&views=a+b`, `&language=en`, `&theme=dark`,
//! `&page=NAME`, and `&PART_hide` for every part that is hidden.

use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};
use serde_json::{Value, json};
use spikeground_core::{
    error::{Mistake, Named, SpecError, clipped},
    gallery::{self, GALLERY},
};

use super::{
    base64,
    document::Document,
    look::{self, LANGUAGES, Look, THEMES},
    sketch::Sketch,
};

/// Longest JSON that a link may unfold to, bytes: a hundred times what fits an address.
const LONGEST_TEXT: usize = 4 << 20;
/// The thorough end of miniz_oxide's levels; a project is packed in a few ms all the same.
const LEVEL: u8 = 10;
/// How the name of a flag that hides a part ends.
const HIDE: &str = "_hide";
/// What a link may say.
const KEYS: [&str; 7] = ["project", "network", "views", "language", "theme", "page", "…_hide"];

/// What a link says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// The project, without how it wants to be shown.
    pub project: Option<Document>,
    /// How it wants to be shown.
    pub look: Look,
    /// The page that it opens.
    pub page: Option<&'static str>,
}

impl Link {
    /// Reads what stands behind the `#` of an address; `None` if that is no link but, say, a place on the page. `pages` are
    /// the names of the pages that there are.
    ///
    /// # Errors
    /// Every mistake, each with its place.
    pub fn read(hash: &str, pages: &[&'static str]) -> Result<Option<Link>, Vec<SpecError>> {
        let parts: Vec<&str> = hash.trim_start_matches('#').split('&').filter(|part| !part.is_empty()).collect();
        if !parts.iter().any(|part| part.contains('=') || part.ends_with(HIDE)) {
            return Ok(None);
        }
        let (mut link, mut errors) = (Link::default(), Vec::new());
        for part in parts {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            if let Err(mut mistakes) = link.follow(key, value, pages) {
                errors.append(&mut mistakes);
            }
        }
        if errors.is_empty() { Ok(Some(link)) } else { Err(errors) }
    }

    fn follow(&mut self, key: &str, value: &str, pages: &[&'static str]) -> Result<(), Vec<SpecError>> {
        let mistaken = |mistake: Mistake| vec![SpecError::new(clipped(key), mistake)];
        match key {
            "project" => {
                let mut project = unpack(value)?;
                let own = std::mem::take(&mut project.look);
                self.look.views = self.look.views.take().or(own.views);
                self.look.language = self.look.language.or(own.language);
                self.look.theme = self.look.theme.or(own.theme);
                self.look.hide.extend(own.hide);
                self.project = Some(project);
            }
            "network" => {
                let ids = GALLERY.iter().map(|entry| entry.id);
                let entry = gallery::find(value).ok_or_else(|| look::unknown(Named::Network, value, ids));
                self.project = Some(Document::of(entry.map_err(mistaken)?));
            }
            "views" => {
                let names = value.split(['+', ',']).flat_map(|names| names.split("%20"));
                self.look.views = Some(names.filter(|name| !name.is_empty()).map(str::to_owned).collect());
            }
            "language" => {
                self.look.language = Some(look::choice(value, Named::Language, LANGUAGES).map_err(mistaken)?);
            }
            "theme" => self.look.theme = Some(look::choice(value, Named::Theme, THEMES).map_err(mistaken)?),
            "page" => {
                let page = pages.iter().find(|page| **page == value).copied();
                let known = pages.iter().copied();
                self.page = Some(page.ok_or_else(|| mistaken(look::unknown(Named::Page, value, known)))?);
            }
            _ => match key.strip_suffix(HIDE) {
                Some(part) => self.look.hide.push(look::part(part).map_err(mistaken)?),
                None => {
                    let known = KEYS.map(str::to_owned).to_vec();
                    return Err(mistaken(Mistake::UnknownKey { key: clipped(key), known }));
                }
            },
        }
        Ok(())
    }

    /// What stands behind the `#` of the address of a project, open at a page; the first page need not be named.
    pub fn write(document: &Document, page: Option<&str>) -> String {
        let Document { gallery, look, .. } = document;
        let entry = gallery.and_then(gallery::find).filter(|entry| is_untouched(document, entry));
        let mut parts = vec![match entry {
            Some(entry) => format!("network={}", entry.id),
            None => format!("project={}", pack(document)),
        }];
        parts.extend(look.views.as_ref().map(|views| format!("views={}", views.join("+"))));
        parts.extend(look.language.map(|language| format!("language={}", look::name_of(language, LANGUAGES))));
        parts.extend(look.theme.map(|theme| format!("theme={}", look::name_of(theme, THEMES))));
        parts.extend(page.map(|page| format!("page={page}")));
        parts.extend(look.hide.iter().map(|part| format!("{part}{HIDE}")));
        parts.join("&")
    }
}

/// Whether a project is a network of the gallery as it is there.
pub fn is_untouched(document: &Document, entry: &gallery::Entry) -> bool {
    document.sketch == Sketch::default() && document.spec == entry.spec()
}

fn pack(document: &Document) -> String {
    let plain = Document { look: Look::default(), ..document.clone() };
    base64::encode(&compress_to_vec(shortened(plain.to_value()).to_string().as_bytes(), LEVEL))
}

fn unpack(text: &str) -> Result<Document, Vec<SpecError>> {
    let fail = |mistake| vec![SpecError::new("project", mistake)];
    let broken = || fail(Mistake::BrokenLink { length: text.chars().count() });
    let packed = base64::decode(text).ok_or_else(broken)?;
    let bytes = decompress_to_vec_with_limit(&packed, LONGEST_TEXT).map_err(|error| match error.status {
        miniz_oxide::inflate::TINFLStatus::HasMoreOutput => {
            fail(Mistake::LongText { bytes: error.output.len(), limit: LONGEST_TEXT })
        }
        _ => broken(),
    })?;
    Document::from_json(&String::from_utf8(bytes).map_err(|_| broken())?)
}

/// Whole numbers without a point and a zero behind it; every reader takes both for the same.
fn shortened(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            // Up to 2^53 a whole number is exact; a zero keeps its sign.
            Some(x) if x.fract() == 0.0 && x.abs() < 9e15 && !(x == 0.0 && x.is_sign_negative()) => json!(x as i64),
            _ => Value::Number(number),
        },
        Value::Array(list) => list.into_iter().map(shortened).collect(),
        Value::Object(map) => map.into_iter().map(|(key, value)| (key, shortened(value))).collect(),
        other => other,
    }
}
