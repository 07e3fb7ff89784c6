//! The parameter sweep: what is turned and measured, and the curve or the map that comes out.

use leptos::prelude::*;
use spikeground_core::{
    param::Slider,
    scan::{Axis as Swept, MEASURES, Plan, Point, find},
    spec::NetworkSpec,
};

use super::panel::{Empty, Panel};
use crate::{
    i18n::{fill, lang, t},
    plot::{Axis, Curves, CurvesView, Heat, HeatView},
    state::{
        numbers::{Number, numbers},
        player::Player,
        scan::{Failure, Scanner},
    },
};

/// Values on an axis that can be chosen.
const COUNTS: [usize; 4] = [5, 9, 15, 25];
/// Time that is let pass at each point, and time that counts, ms, at first.
const SETTLE_MS: f64 = 200.0;
const COUNT_MS: f64 = 500.0;
/// Longest of either, ms: ten model minutes.
const LONGEST_MS: f64 = 600_000.0;

/// An axis as it is being chosen: the number, where it begins and ends.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    number: Number,
    ends: [f64; 2],
}

impl Choice {
    fn of(number: Number) -> Choice {
        let Slider { min, max, .. } = number.slider;
        Choice { number, ends: [min, max] }
    }

    /// The values, evenly spread as the number's slider is.
    fn axis(&self, count: usize) -> Swept {
        let [from, to] = self.ends;
        let share = |i: usize| i as f64 / (count - 1) as f64;
        let value = |i: usize| match self.number.slider.log && from > 0.0 && to > 0.0 {
            true => from * (to / from).powf(share(i)),
            false => from + (to - from) * share(i),
        };
        Swept { paths: self.number.paths.clone(), values: (0..count).map(value).collect() }
    }
}

/// The numbers of a network as a menu.
fn options(spec: &NetworkSpec, chosen: Option<&Number>) -> Vec<AnyView> {
    let numbers = numbers(spec, t());
    let groups = numbers.chunk_by(|a, b| a.part == b.part).map(|group| {
        let label = if group[0].part.is_empty() { t().controls.to_owned() } else { group[0].part.clone() };
        let option = |number: &Number| {
            let is_chosen = chosen == Some(number);
            view! { <option value=number.key().to_owned() selected=is_chosen>{number.name.clone()}</option> }
        };
        view! { <optgroup label=label>{group.iter().map(option).collect_view()}</optgroup> }.into_any()
    });
    groups.collect()
}

/// The panel.
#[component]
pub fn ScanPanel() -> impl IntoView {
    let player: Player = expect_context();
    let scanner = Scanner::new();
    let count = RwSignal::new(COUNTS[1]);
    let measure = RwSignal::new(MEASURES[0].name);
    let population = RwSignal::new(0_usize);
    let times = [RwSignal::new(SETTLE_MS), RwSignal::new(COUNT_MS)];
    let choices = [RwSignal::new(None::<Choice>), RwSignal::new(None::<Choice>)];
    // What was swept: its axes, by name and unit, and the measure's unit.
    let swept = RwSignal::new(Vec::<Choice>::new());

    // Another network has other numbers.
    let shape = Memo::new(move |_| {
        player.spec.with(|spec| numbers(spec, t()).iter().map(|n| n.key().to_owned()).collect::<Vec<_>>())
    });
    Effect::new(move |_| {
        shape.track();
        let first = player.spec.with_untracked(|spec| numbers(spec, t()).into_iter().next());
        choices[0].set(first.map(Choice::of));
        choices[1].set(None);
        population.set(0);
        scanner.cancel();
        scanner.plan.set(None);
    });

    let start = move || {
        let chosen: Vec<Choice> = choices.iter().filter_map(|choice| choice.get_untracked()).collect();
        let plan = Plan {
            axes: chosen.iter().map(|choice| choice.axis(count.get_untracked())).collect(),
            measure: measure.get_untracked().into(),
            population: population.get_untracked(),
            settle_ms: times[0].get_untracked(),
            count_ms: times[1].get_untracked(),
        };
        if player.spec.with_untracked(|spec| plan.is_good(spec)) {
            swept.set(chosen);
            scanner.start(player, plan);
        }
    };
    let is_running = move || scanner.progress.get().is_some();

    let controls = move || {
        // Made anew for another network or another language.
        shape.track();
        lang();
        let axis = move |i: usize, name: &'static str| {
            let chosen = choices[i];
            let on_choose = move |event| {
                let key = event_target_value(&event);
                let number = player.spec.with_untracked(|spec| numbers(spec, t()).into_iter().find(|n| n.key() == key));
                chosen.set(number.map(Choice::of));
            };
            let first = chosen.with_untracked(|choice| choice.as_ref().map(|choice| choice.number.clone()));
            let menu = player.spec.with_untracked(|spec| options(spec, first.as_ref()));
            let end = move |which: usize, id: String, label: &'static str| {
                let value = move || {
                    chosen.with(|choice| choice.as_ref().map_or(String::new(), |choice| choice.ends[which].to_string()))
                };
                let on_change = move |event| {
                    if let Ok(number) = event_target_value(&event).trim().parse::<f64>()
                        && number.is_finite()
                    {
                        chosen.update(|choice| choice.iter_mut().for_each(|choice| choice.ends[which] = number));
                    } else {
                        chosen.notify();
                    }
                };
                view! {
                    <input type="text" inputmode="decimal" id=id aria-label=format!("{name}: {label}") title=label prop:value=value on:change=on_change />
                }
            };
            let unit = move || chosen.with(|choice| choice.as_ref().map_or("", |choice| choice.number.unit));
            view! {
                <div class="scan-axis">
                    <label for=format!("scan-{i}")>{name}</label>
                    <select id=format!("scan-{i}") on:change=on_choose>
                        {(i == 1).then(|| view! { <option value="" selected=first.is_none()>{t().scan_no_second}</option> })}
                        {menu}
                    </select>
                    <Show when=move || chosen.with(Option::is_some)>
                        <span class="scan-ends">{end(0, format!("scan-{i}-from"), t().scan_from)} "–" {end(1, format!("scan-{i}-to"), t().scan_to)} {unit}</span>
                    </Show>
                </div>
            }
        };
        let count_option =
            |n: usize| view! { <option value=n.to_string() selected=n == count.get_untracked()>{n}</option> };
        let measure_option = |m: &'static spikeground_core::scan::Measure| {
            view! { <option value=m.name selected=m.name == measure.get_untracked()>{m.title.get(lang())}</option> }
        };
        let names =
            player.spec.with_untracked(|spec| spec.populations.iter().map(|p| p.name.clone()).collect::<Vec<_>>());
        let population_option = |(i, name): (usize, String)| {
            view! { <option value=i.to_string() selected=i == population.get_untracked()>{name}</option> }
        };
        let time = move |i: usize, id: &'static str, label: &'static str| {
            let time = times[i];
            let least = if i == 0 { 0.0 } else { 1.0 };
            let on_change = move |event| {
                if let Ok(ms) = event_target_value(&event).trim().parse::<f64>()
                    && ms.is_finite()
                {
                    time.set(ms.clamp(least, LONGEST_MS));
                }
                time.notify();
            };
            view! {
                <label for=id>{label}</label>
                <span class="scan-ends"><input type="text" inputmode="decimal" id=id prop:value=move || time.get().to_string() on:change=on_change /> "ms"</span>
            }
        };
        view! {
            {axis(0, t().scan_x)}
            {axis(1, t().scan_y)}
            <div class="scan-axis">
                <label for="scan-count">{t().scan_count}</label>
                <select id="scan-count" on:change=move |event| count.set(event_target_value(&event).parse().unwrap_or(COUNTS[1]))>
                    {COUNTS.map(count_option).collect_view()}
                </select>
                <label for="scan-measure">{t().scan_measure}</label>
                <select id="scan-measure" on:change=move |event| {
                    if let Some(chosen) = find(&event_target_value(&event)) {
                        measure.set(chosen.name);
                    }
                }>{MEASURES.iter().map(measure_option).collect_view()}</select>
                <select id="scan-population" aria-label=t().population on:change=move |event| population.set(event_target_value(&event).parse().unwrap_or(0))>
                    {names.into_iter().enumerate().map(population_option).collect_view()}
                </select>
            </div>
            <div class="scan-axis">
                {time(0, "scan-settle", t().scan_settle)}
                {time(1, "scan-time", t().scan_time)}
            </div>
        }
    };

    let results = Memo::new(move |_| {
        let plan = scanner.plan.get()?;
        let measure = find(&plan.measure)?;
        let chosen = swept.get_untracked();
        let value = |point: &Point| if let Point::Value(value) = point { Some(*value) } else { None };
        let cells: Vec<_> = scanner.points.with(|points| points.iter().map(value).collect());
        let mut axes = plan.axes.into_iter().zip(&chosen).map(|(axis, choice)| (axis.values, choice.number.unit));
        let x = axes.next()?;
        Some((x, axes.next(), cells, measure.unit.symbol(), plan.population))
    });
    let go_to = move |cell: [usize; 2]| {
        let Some(plan) = scanner.plan.get_untracked() else { return };
        player.edit(|spec| {
            for (axis, i) in plan.axes.iter().zip(cell) {
                axis.paths.iter().for_each(|path| {
                    spec.set(path, axis.values[i]);
                });
            }
        });
    };
    let heat = Signal::derive(move || match results.get() {
        Some((x, Some(y), cells, unit, _)) => Heat { axes: [x, y], cells, unit },
        _ => Heat::default(),
    });
    let curves = Signal::derive(move || match results.get() {
        Some(((xs, _), None, cells, _, of)) => {
            let bands = player.bands.get();
            let mut lines = vec![Vec::new(); bands.len().max(of + 1)];
            lines[of] = xs.into_iter().zip(cells).filter_map(|(x, y)| Some((x, y?))).collect();
            Curves { bands, lines, mark: None }
        }
        _ => Curves::default(),
    });
    let units = Signal::derive(move || match results.get() {
        Some(((_, x), _, _, unit, _)) => [Axis::linear(x), Axis::linear(unit)],
        None => [Axis::linear(""), Axis::linear("")],
    });
    let is_map = move || results.with(|r| r.as_ref().is_some_and(|r| r.1.is_some()));
    let what = move || {
        let names = swept.with(|chosen| chosen.iter().map(|c| c.number.full_name()).collect::<Vec<_>>().join(" × "));
        let plan = scanner.plan.get();
        let measure = plan.as_ref().and_then(|plan| find(&plan.measure)).map_or("", |m| m.title.get(lang()));
        let name =
            plan.and_then(|plan| player.spec.with(|spec| Some(spec.populations.get(plan.population)?.name.clone())));
        fill(t().scan_label, &[measure, &name.unwrap_or_default(), &names])
    };
    let label = Signal::derive(what);
    let trouble = move || {
        if let Some(failure) = scanner.failure.get() {
            return Some(match failure {
                Failure::Refused(error) => format!("{}: {}", error.at, error.message(lang())),
                Failure::NoMemory => t().scan_no_memory.to_owned(),
                Failure::Lost(reason) => fill(t().scan_lost, &[&reason]),
            });
        }
        scanner.points.with(|points| {
            let impossible =
                points.iter().find_map(|p| if let Point::Impossible(error) = p { Some(error) } else { None });
            let count = points.iter().filter(|point| !matches!(point, Point::Value(_))).count();
            let reason = impossible.map(|error| format!("{}: {}", error.at, error.message(lang())));
            (count > 0).then(|| fill(t().scan_gaps, &[&count.to_string(), &reason.unwrap_or_default()]))
        })
    };
    let is_swept = move || results.with(Option::is_some);
    let aside = view! {
        <Show when=is_running>
            <progress max="1" value=move || scanner.progress.get().unwrap_or(1.0).to_string() aria-label=move || t().scan></progress>
        </Show>
        <Show
            when=is_running
            fallback=move || view! {
                <button type="button" class="text-button" id="scan-start" disabled=move || choices[0].with(Option::is_none) on:click=move |_| start()>{move || t().scan_start}</button>
            }
        >
            <button type="button" class="text-button" id="scan-cancel" on:click=move |_| scanner.cancel()>{move || t().cancel}</button>
        </Show>
    };
    let aside = view! {
        {aside}
        <span class="hint">{move || is_swept().then(what)}</span>
    };
    let none = Signal::derive(|| t().scan_none.to_owned());
    view! {
        <Panel name="scan" title=Signal::derive(|| t().scan) help=Signal::derive(|| t().scan_help) aside>
            <div class="scan">
                <div class="scan-controls">{controls}</div>
                <div class="scan-result" id="scan-result" data-points=move || scanner.points.with(Vec::len).to_string()>
                    <Show when=is_swept fallback=move || view! { <Empty text=none /> }>
                        <Show when=is_map fallback=move || view! { <CurvesView curves axes=units label /> }>
                            <HeatView heat label on_pick=Callback::new(go_to) />
                        </Show>
                    </Show>
                </div>
                <p class="scan-trouble" role="status">{trouble}</p>
            </div>
        </Panel>
    }
}
