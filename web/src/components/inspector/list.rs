//! Lists that are written as text, such as the times of spikes or the edges of a projection: typed, or pasted from a spreadsheet.
//! What cannot be read stays in its field until it can.

use leptos::prelude::*;
use spikeground_core::{spec::NetworkSpec, stimulus::List};

use super::{place::given, rows::Faults};
use crate::{
    components::slider,
    i18n::{fill, lang, t},
    plot::format,
    state::player::Player,
};

/// Numbers that a field of text still carries; more are read from a file.
const MOST: usize = 20_000;

/// What cannot be read of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Unreadable {
    /// Its line, from one.
    pub line: usize,
    /// Which of all entries it is, from one.
    pub entry: usize,
    /// What stands there.
    pub text: String,
}

/// The rows of a text, of the words in each with what tells their place.
fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '，' | '；' | '、');
    let words = move |line| str::split(line, is_between).filter(|word| !word.is_empty()).collect::<Vec<_>>();
    text.lines().enumerate().map(move |(i, line)| (i + 1, words(line))).filter(|(_, words)| !words.is_empty())
}

/// The numbers of a text, row by row.
///
/// # Errors
/// The first word that is no number.
pub fn read(text: &str) -> Result<Vec<(usize, Vec<f64>)>, Unreadable> {
    let mut entry = 0;
    let mut number = |line: usize, word: &str| {
        entry += 1;
        let number = slider::number(word).filter(|number| number.is_finite());
        number.ok_or_else(|| Unreadable { line, entry, text: word.chars().take(40).collect() })
    };
    rows(text)
        .map(|(line, words)| Ok((line, words.into_iter().map(|w| number(line, w)).collect::<Result<_, _>>()?)))
        .collect()
}

/// A field for a list.
#[component]
pub fn TextList(
    /// What it is.
    label: String,
    /// A few words on it.
    doc: &'static str,
    /// The list as text, and how many entries it has; no text where it is too long for a field. Tracked.
    text: Signal<(Option<String>, usize)>,
    /// Takes what was typed; returns a message if it cannot.
    on_text: impl Fn(&str) -> Result<(), String> + 'static,
    /// A name for tests.
    id: String,
) -> impl IntoView {
    let (draft, fault) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let typed = move |event: leptos::ev::Event| {
        let typed = event_target_value(&event);
        let read = on_text(&typed);
        draft.set(read.is_err().then_some(typed));
        fault.set(read.err());
    };
    let count = move || format::fixed(text.with(|(_, count)| *count) as f64, 0);
    let is_long = Memo::new(move |_| text.with(|(text, _)| text.is_none()));
    let shown = move || draft.get().unwrap_or_else(|| text.get().0.unwrap_or_default());
    let typed = StoredValue::new_local(typed);
    let name = StoredValue::new((label.clone(), id));
    let field = move || {
        if is_long.get() && draft.with(Option::is_none) {
            return view! { <p class="hint-line">{t().list_long}</p> }.into_any();
        }
        view! {
            <textarea
                id=name.with_value(|(_, id)| id.clone())
                rows="3"
                spellcheck="false"
                aria-label=name.with_value(|(label, _)| format!("{label}, {doc}"))
                aria-invalid=move || fault.with(Option::is_some).to_string()
                prop:value=shown
                on:change=move |event| typed.with_value(|typed| typed(event))
            ></textarea>
        }
        .into_any()
    };
    view! {
        <div class="list-row">
            <p class="list-name"><span class="word">{label}</span> <span class="slider-doc">{doc}</span> <span class="count">{count}</span></p>
            {field}
            <p class="fault" role="alert">{fault}</p>
        </div>
    }
}

/// A list of a stimulus.
#[component]
pub fn ListRow(
    /// Index of the stimulus.
    index: usize,
    /// The list.
    list: &'static List,
) -> impl IntoView {
    let player: Player = expect_context();
    let numbers = move |spec: &NetworkSpec| {
        let lists = spec.stimuli.get(index).map(|s| &s.lists[..]).unwrap_or_default();
        given(lists, list.name).cloned().unwrap_or_default()
    };
    let numbers = Memo::new(move |_| player.spec.with(numbers));
    let text = Signal::derive(move || {
        numbers.with(|numbers| {
            let text =
                (numbers.len() <= MOST).then(|| numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(" "));
            (text, numbers.len())
        })
    });
    let on_text = move |text: &str| {
        let rows = read(text).map_err(|unreadable| {
            let Unreadable { line, entry, text } = unreadable;
            fill(t().list_unread, &[&entry.to_string(), &line.to_string(), &text])
        })?;
        let new: Vec<f64> = rows.into_iter().flat_map(|(_, numbers)| numbers).collect();
        if new != numbers.get_untracked() {
            player.edit(|spec| {
                let lists = &mut spec.stimuli[index].lists;
                lists.retain(|(name, _)| name != list.name);
                if !new.is_empty() {
                    lists.push((list.name.to_owned(), new));
                }
            });
        }
        Ok(())
    };
    let label = match list.unit.symbol() {
        "" => list.name.to_owned(),
        unit => format!("{} ({unit})", list.name),
    };
    view! {
        <TextList label doc=list.doc.get(lang()) text on_text id=format!("list-{}", list.name) />
        <Faults path=format!("stimuli[{index}].{}", list.name) />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_with_any_separator() {
        let read = read("1, 2;3\t\u{2212}4.5\n\n5e1，6、7").expect("numbers");
        assert_eq!(read, [(1, vec![1.0, 2.0, 3.0, -4.5]), (3, vec![50.0, 6.0, 7.0])]);
    }

    #[test]
    fn what_is_no_number_is_named() {
        let unreadable = Unreadable { line: 2, entry: 4, text: "abc".into() };
        assert_eq!(read("1 2 3\nabc 5"), Err(unreadable));
        assert!(read("1 inf").is_err() && read("NaN").is_err());
    }
}
