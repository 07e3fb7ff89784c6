//! The list of edges of a projection, as text: an edge a line, its source, its target, and its weight and delay if they are its
//! own.

use leptos::prelude::*;
use spikeground_core::rule::Edge;

use super::{
    list::{TextList, read},
    rows::{Faults, Refused, attempt},
};
use crate::{
    i18n::{fill, t},
    state::player::Player,
};

/// Edges that a field of text still carries; more are read from a file.
const MOST: usize = 5_000;

/// The edges.
#[component]
pub fn Edges(
    /// Index of the projection.
    index: usize,
) -> impl IntoView {
    let player: Player = expect_context();
    let refused = Refused::new(Vec::new());
    let edges = Memo::new(move |_| {
        player.spec.with(|spec| spec.projections.get(index).map_or(Vec::new(), |p| p.edges.clone()))
    });
    let text = Signal::derive(move || edges.with(|edges| ((edges.len() <= MOST).then(|| written(edges)), edges.len())));
    let on_text = move |text: &str| {
        let edges = parse(text)?;
        // A mistake of the list is told below; the text stays.
        attempt(player, refused, |spec| spec.projections[index].edges = edges).then_some(()).ok_or_else(String::new)
    };
    view! {
        <TextList label=t().edges.to_owned() doc=t().edges_help text on_text id="edges".to_owned() />
        <Faults path=format!("projections[{index}].edges") refused />
    }
}

fn written(edges: &[Edge]) -> String {
    let line = |edge: &Edge| {
        let Edge { source, target, weight, delay_ms } = edge;
        let own = match (weight, delay_ms) {
            (None, None) => String::new(),
            (Some(weight), None) => format!(" {weight}"),
            (weight, Some(delay)) => {
                format!(" {} {delay}", weight.map_or(NONE.to_owned(), |weight| weight.to_string()))
            }
        };
        format!("{source} {target}{own}")
    };
    edges.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Stands for the weight of the projection where only a delay is an edge's own.
const NONE: &str = "-";

/// The edges of a text, or what is wrong with it.
fn parse(text: &str) -> Result<Vec<Edge>, String> {
    let mut edges = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let wrong = |of: &str| fill(t().edge_unread, &[&(i + 1).to_string(), of]);
        // A dash alone is no number, and only a weight may be one.
        let words: Vec<&str> =
            line.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter(|w| !w.is_empty()).collect();
        let no_weight = words.get(2) == Some(&NONE);
        let numbers: Vec<&str> =
            words.iter().enumerate().filter(|(i, _)| !(no_weight && *i == 2)).map(|(_, w)| *w).collect();
        let rows = read(&numbers.join(" ")).map_err(|unreadable| wrong(&unreadable.text))?;
        let numbers = rows.into_iter().next().map_or(Vec::new(), |(_, numbers)| numbers);
        let (ends, own) = match numbers.split_at_checked(2) {
            _ if words.is_empty() => continue,
            Some(split) if words.len() <= 4 => split,
            _ => return Err(wrong(line.trim())),
        };
        let whole = |x: f64| (x >= 0.0 && x <= f64::from(u32::MAX) && x == x.floor()).then_some(x as u32);
        let [Some(source), Some(target)] = [ends[0], ends[1]].map(whole) else { return Err(wrong(line.trim())) };
        let (weight, delay_ms) = if no_weight { (None, own.first()) } else { (own.first(), own.get(1)) };
        edges.push(Edge { source, target, weight: weight.copied(), delay_ms: delay_ms.copied() });
    }
    Ok(edges)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_read_as_they_are_written() {
        let edges = [
            Edge::new(0, 5),
            Edge { weight: Some(-0.7), ..Edge::new(3, 1) },
            Edge { weight: Some(2.0), delay_ms: Some(1.5), ..Edge::new(4, 4) },
            Edge { delay_ms: Some(2.0), ..Edge::new(7, 8) },
        ];
        let text = written(&edges);
        assert_eq!(text, "0 5\n3 1 -0.7\n4 4 2 1.5\n7 8 - 2");
        assert_eq!(parse(&text).as_deref(), Ok(&edges[..]));
        assert_eq!(parse("0,5;\n\n 3\t1\t-0.7").map(|edges| edges.len()), Ok(2));
    }
}
