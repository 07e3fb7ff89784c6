//! How the weights of a projection are spread, where plasticity moves them, and how they lie between its neurons.

use leptos::prelude::*;
use spikeground_core::spec::NetworkSpec;

use super::{
    diagram::{Selected, Selection},
    panel::{Empty, Panel},
};
use crate::{
    i18n::{Word, fill, t},
    plot::{Bins, Course, CourseView, HistogramView, Matrix, MatrixView, MatrixWords, format},
    state::{
        player::{Player, ProjectionWeights, Weighable, Weighed},
        view::{self, weight_unit},
    },
};

/// The weights of the projection that is selected, or else of the first that learns, or else of the first that has
/// weights of its own.
fn shown(weights: &[ProjectionWeights], selected: Selected, spec: &NetworkSpec) -> Option<ProjectionWeights> {
    let is_selected = |w: &&ProjectionWeights| selected == Selected::Projection(w.projection);
    let learns = |w: &&ProjectionWeights| spec.projections.get(w.projection).is_some_and(view::learns);
    weights.iter().find(is_selected).or_else(|| weights.iter().find(learns)).or(weights.first()).cloned()
}

fn name(spec: &NetworkSpec, projection: usize) -> String {
    spec.projections.get(projection).map_or_else(String::new, |p| format!("{} → {}", p.source, p.target))
}

/// What is shown of the weights.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Histogram,
    Course,
    Matrix,
}

const MODES: [(Mode, Word); 3] = [
    (Mode::Histogram, |t| t.weights_histogram),
    (Mode::Course, |t| t.weights_course),
    (Mode::Matrix, |t| t.weights_matrix),
];

/// Weights of a projection: a histogram, their course over the run, or a matrix.
#[component]
pub fn WeightsPanel() -> impl IntoView {
    let player: Player = expect_context();
    let selection: Option<Selection> = use_context();
    let mode = RwSignal::new(Mode::Histogram);
    let selected = move || selection.map_or(Selected::Network, |Selection(selected)| selected.get());
    let histogram = Memo::new(move |_| {
        player.measures.with(|m| player.spec.with_untracked(|spec| shown(&m.weights, selected(), spec)))
    });
    // Of a matrix any projection will do, also one whose synapses share a weight.
    let projection = Memo::new(move |_| match (selected(), histogram.with(|w| w.as_ref().map(|w| w.projection))) {
        (Selected::Projection(i), _) if mode.get() == Mode::Matrix => Some(i),
        (_, Some(i)) => Some(i),
        _ => player.spec.with(first_between_neurons),
    });
    Effect::new(move |_| {
        player.loaded.track();
        player.weigh(projection.get().and_then(|i| match mode.get() {
            Mode::Histogram => None,
            Mode::Course => Some(Weighable::Course(i)),
            Mode::Matrix => Some(Weighable::Matrix(i)),
        }));
    });
    on_cleanup(move || player.weigh(None));
    let course = Memo::new(move |_| player.measures.with(|m| m.weighed.as_ref().and_then(course)));
    let matrix = Memo::new(move |_| player.measures.with(|m| m.weighed.as_ref().and_then(matrix)));
    let unit = Signal::derive(move || {
        player.spec.with(|spec| {
            let projection = projection.get().and_then(|i| spec.projections.get(i));
            projection.map_or("", |projection| weight_unit(spec, projection)).to_owned()
        })
    });
    let bins = Signal::derive(move || {
        histogram.with(|weights| match weights {
            Some(w) => Bins::even(w.from, (w.to - w.from) / w.counts.len().max(1) as f64, w.counts.clone()),
            None => Bins::even(0.0, 1.0, Vec::new()),
        })
    });
    let of = move || projection.get().map(|i| player.spec.with(|spec| name(spec, i))).unwrap_or_default();
    let mean = move || {
        let mean = histogram.with(|w| w.as_ref().map(|w| w.mean));
        mean.map(|mean| format::with_unit(&format::significant(mean, 3), &unit.get()))
    };
    let mean_words = move || mean().unwrap_or_else(|| "–".to_owned());
    let label = Signal::derive(move || fill(t().weights_label, &[&of(), &mean_words()]));
    let course_label = Signal::derive(move || {
        let followed = course.with(|course| course.as_ref().map_or(0, |course| course.followed.len()));
        fill(t().course_label, &[&of(), &mean_words(), &followed.to_string()])
    });
    let matrix_label = Signal::derive(move || {
        let [sources, targets] = matrix.with(|matrix| matrix.as_ref().map_or([0, 0], |matrix| matrix.neurons));
        fill(t().matrix_label, &[&of(), &sources.to_string(), &targets.to_string()])
    });
    let words = Signal::derive(|| MatrixWords {
        source: t().source_word,
        target: t().target_word,
        synapses: t().synapses_word,
    });
    let choose = move |event| {
        if let Some((chosen, _)) = event_target_value(&event).parse().ok().and_then(|i: usize| MODES.get(i)) {
            mode.set(*chosen);
        }
    };
    let option = move |(i, &(own, title)): (usize, &(Mode, Word))| {
        view! { <option value=i.to_string() prop:selected=move || mode.get() == own>{move || title(t())}</option> }
    };
    let aside = view! {
        <select id="weights-mode" aria-label=move || t().weights_mode title=move || t().weights_mode on:change=choose>
            {MODES.iter().enumerate().map(option).collect_view()}
        </select>
        <span id="mean-weight">{move || mean().map(|mean| view! { {t().mean} " " <strong>{mean}</strong> })}</span>
        <span class="hint">{of}</span>
    };
    let has_moments = move || course.with(|course| course.as_ref().is_some_and(|course| !course.times_ms.is_empty()));
    let course_none =
        Signal::derive(move || if course.with(Option::is_some) { t().course_wait } else { t().course_none }.to_owned());
    let none = Signal::derive(|| t().weights_none.to_owned());
    let empty = move |text: Signal<String>| move || view! { <Empty text /> };
    let content = move || {
        match mode.get() {
        Mode::Histogram => view! {
            <Show when=move || histogram.with(Option::is_some) fallback=empty(none)>
                <HistogramView bins unit label />
            </Show>
        }
        .into_any(),
        Mode::Course => view! {
            <Show when=has_moments fallback=empty(course_none)>
                <CourseView course=Signal::derive(move || course.get().unwrap_or_default()) unit label=course_label />
            </Show>
        }
        .into_any(),
        Mode::Matrix => view! {
            <Show when=move || matrix.with(Option::is_some) fallback=empty(none)>
                <MatrixView matrix=Signal::derive(move || matrix.get().unwrap_or_default()) unit label=matrix_label words />
            </Show>
        }
        .into_any(),
    }
    };
    view! {
        <Panel name="weights" title=Signal::derive(|| t().weights) help=Signal::derive(|| t().weights_help) aside>
            {content}
        </Panel>
    }
}

/// The first projection that does not come from a stimulus.
fn first_between_neurons(spec: &NetworkSpec) -> Option<usize> {
    spec.projections.iter().position(|p| spec.populations.iter().any(|population| population.name == p.source))
}

fn course(weighed: &Weighed) -> Option<Course> {
    let Weighed::Course { times_ms, followed, lines, .. } = weighed else { return None };
    let lines = lines.as_f32().chunks(times_ms.len().max(1)).map(<[f32]>::to_vec).collect();
    Some(Course { times_ms: times_ms.clone(), lines, followed: followed.clone() })
}

fn matrix(weighed: &Weighed) -> Option<Matrix> {
    let Weighed::Matrix { neurons, bins, counts, means, .. } = weighed else { return None };
    Some(Matrix { neurons: *neurons, bins: *bins, counts: counts.0.clone(), means: means.as_f32().to_vec() })
}
