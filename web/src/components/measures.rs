//! The measures of every population in one table, with what a Poisson process has.

use leptos::prelude::*;

use super::panel::{Empty, Panel};
use crate::{
    i18n::{fill, t},
    plot::format,
    state::player::{Player, PopulationMeasures},
};

/// What stands in the table behind the rate: its heading, what it is, what a Poisson process has, its decimals and value.
type Column = (fn() -> &'static str, fn() -> &'static str, &'static str, usize, fn(&PopulationMeasures) -> Option<f64>);

const COLUMNS: &[Column] = &[
    (|| t().cv, || t().cv_short_help, "1", 2, |m| m.cv),
    (|| "CV2", || t().cv2_help, "1", 2, |m| m.cv2),
    (|| t().fano, || t().fano_help, "1", 2, |m| m.fano),
    (|| t().correlation, || t().correlation_help, "0", 3, |m| m.correlation),
];

/// Since when is measured, in words.
pub fn since(player: Player) -> String {
    let ms = player.measures.with(|m| m.since_ms);
    fill(t().since, &[&format::with_unit(&format::fixed(ms, 0), "ms")])
}

/// The table.
#[component]
pub fn MeasuresPanel() -> impl IntoView {
    let player: Player = expect_context();
    let aside = view! { <span class="hint">{move || since(player)}</span> };
    let none = move || player.measures.with(|m| m.populations.is_empty());
    let number = |value: Option<f64>, decimals| value.map_or_else(|| "–".to_owned(), |x| format::fixed(x, decimals));
    let row = move |(i, name): (usize, String)| {
        let rate =
            move || player.measures.with(|m| m.rates_hz.get(i).map_or("–".to_owned(), |hz| format::fixed(*hz, 1)));
        let cells = COLUMNS.iter().map(|&(_, _, _, decimals, value)| {
            view! { <td>{move || number(player.measures.with(|m| m.populations.get(i).and_then(value)), decimals)}</td> }
        });
        view! { <tr><th scope="row">{name}</th><td>{rate}</td>{cells.collect_view()}</tr> }
    };
    let rows = move || player.bands.get().into_iter().map(|band| band.name).enumerate().map(row).collect_view();
    view! {
        <Panel name="measures" title=Signal::derive(|| t().measures) aside>
            <Show when=move || !none() fallback=|| view! { <Empty text=Signal::derive(|| t().cv_none.to_owned()) /> }>
                <div class="measures">
                    <table>
                        <thead>
                            <tr>
                                <td></td>
                                <th scope="col" title=move || t().rate_help>"Hz"</th>
                                {COLUMNS.iter().map(|&(name, help, ..)| view! { <th scope="col" title=help>{name}</th> }).collect_view()}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                        <tfoot>
                            <tr>
                                <th scope="row">{move || t().poisson}</th>
                                <td></td>
                                {COLUMNS.iter().map(|&(_, _, poisson, ..)| view! { <td>{poisson}</td> }).collect_view()}
                            </tr>
                        </tfoot>
                    </table>
                </div>
            </Show>
        </Panel>
    }
}
