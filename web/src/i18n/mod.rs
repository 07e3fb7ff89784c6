//! The words of the page in its two languages. A word is a field of [`Words`], so that a missing one does not compile.
//!
//! What describes a model, a network or a mistake stands beside it in core, in both languages too.

mod en;
mod zh;

use leptos::prelude::*;
pub use spikeground_core::text::Lang;

/// The language that the page is in; provided as a context by the app.
#[derive(Clone, Copy)]
pub struct Language(pub RwSignal<Lang>);

/// The present language. Tracked.
pub fn lang() -> Lang {
    expect_context::<Language>().0.get()
}

/// The words in the present language. Tracked.
pub fn t() -> &'static Words {
    words(lang())
}

/// The words in a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &en::WORDS,
        Lang::Zh => &zh::WORDS,
    }
}

/// Puts `values` in place of `{}` in `template`, in order.
pub fn fill(template: &str, values: &[&str]) -> String {
    let mut parts = template.split("{}");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (part, value) in parts.zip(values) {
        text.push_str(value);
        text.push_str(part);
    }
    text
}

/// The word for so many neurons. Tracked.
pub fn neurons(count: f64) -> &'static str {
    if count == 1.0 { t().neuron } else { t().neurons }
}

/// Picks a word: for tables of what has a name.
pub type Word = fn(&Words) -> &'static str;

/// Every word of the page. `{}` is where a value goes.
#[allow(missing_docs, reason = "the words say what they are")]
pub struct Words {
    pub language: &'static str,
    pub other_language: &'static str,
    pub title: &'static str,
    pub skip: &'static str,
    pub pages: &'static str,
    pub simulate: &'static str,
    pub gallery: &'static str,
    pub open: &'static str,
    pub save: &'static str,
    pub theme: &'static str,
    pub help: &'static str,
    pub close: &'static str,
    pub parameters: &'static str,
    pub network: &'static str,
    pub network_hint: &'static str,
    pub trace: &'static str,
    pub neuron: &'static str,
    pub spikes: &'static str,
    pub spikes_hint: &'static str,
    pub rates: &'static str,
    pub intervals: &'static str,
    pub cv: &'static str,
    pub cv_help: &'static str,
    pub cv_none: &'static str,
    pub since: &'static str,
    pub enlarge: &'static str,
    pub shrink: &'static str,
    pub to_now: &'static str,
    pub run: &'static str,
    pub pause: &'static str,
    pub step: &'static str,
    pub reset: &'static str,
    pub sound: &'static str,
    pub poke: &'static str,
    pub time: &'static str,
    pub run_to: &'static str,
    pub speed: &'static str,
    pub fastest: &'static str,
    pub reached_word: &'static str,
    pub reached: &'static str,
    pub engine: &'static str,
    pub gpu_again: &'static str,
    pub gpu_memory: &'static str,
    pub gpu_limit: &'static str,
    pub gpu_step: &'static str,
    pub gpu_times: &'static str,
    pub gpu_software: &'static str,
    pub gpu_hardware: &'static str,
    pub neurons: &'static str,
    pub synapses: &'static str,
    pub memory: &'static str,
    pub memory_help: &'static str,
    pub size: &'static str,
    pub size_help: &'static str,
    pub seed: &'static str,
    pub new_seed: &'static str,
    pub controls: &'static str,
    pub about: &'static str,
    pub how: &'static str,
    pub source: &'static str,
    pub weight: &'static str,
    pub weight_help: &'static str,
    pub delay: &'static str,
    pub delay_help: &'static str,
    pub autapses: &'static str,
    pub autapses_help: &'static str,
    pub multapses: &'static str,
    pub multapses_help: &'static str,
    pub on_grid: &'static str,
    pub at_random: &'static str,
    pub edges_meet: &'static str,
    pub drawn_uniform: &'static str,
    pub drawn_normal: &'static str,
    pub drawn_lognormal: &'static str,
    pub to_default: &'static str,
    pub range: &'static str,
    pub population: &'static str,
    pub projection: &'static str,
    pub stimulus: &'static str,
    pub whole_network: &'static str,
    pub wiring: &'static str,
    pub cancel: &'static str,
    pub loading: &'static str,
    pub problems_one: &'static str,
    pub problems_many: &'static str,
    pub problems_kept: &'static str,
    pub halted: &'static str,
    pub lost: &'static str,
    pub unavailable: &'static str,
    pub not_text: &'static str,
    pub unreachable: &'static str,
    pub unknown: &'static str,
    pub projects: &'static str,
    pub open_page: &'static str,
    pub drop_here: &'static str,
    pub keys: &'static str,
    pub key_run: &'static str,
    pub key_step: &'static str,
    pub key_reset: &'static str,
    pub key_poke: &'static str,
    pub key_sound: &'static str,
    pub key_speed: &'static str,
    pub key_now: &'static str,
    pub key_theme: &'static str,
    pub key_language: &'static str,
    pub key_help: &'static str,
    pub mouse: &'static str,
    pub mouse_click: &'static str,
    pub mouse_wheel: &'static str,
    pub mouse_drag: &'static str,
    pub mouse_double: &'static str,
    pub said_running: &'static str,
    pub said_paused: &'static str,
    pub said_poked: &'static str,
    pub said_opened: &'static str,
    pub raster_label: &'static str,
    pub rate_label: &'static str,
    pub trace_label: &'static str,
    pub interval_label: &'static str,
    pub network_label: &'static str,
    pub views: &'static str,
    pub traced: &'static str,
    pub field: &'static str,
    pub field_on_gpu: &'static str,
    pub measures: &'static str,
    pub rate_help: &'static str,
    pub cv_short_help: &'static str,
    pub cv2_help: &'static str,
    pub fano: &'static str,
    pub fano_help: &'static str,
    pub correlation: &'static str,
    pub correlation_help: &'static str,
    pub poisson: &'static str,
    pub weights: &'static str,
    pub weights_help: &'static str,
    pub weights_label: &'static str,
    pub weights_none: &'static str,
    pub mean: &'static str,
    pub own_weights: &'static str,
    pub own_delays: &'static str,
    pub synapse: &'static str,
    pub modulated_by: &'static str,
    pub spectrum: &'static str,
    pub spectrum_help: &'static str,
    pub spectrum_label: &'static str,
    pub spectrum_wait: &'static str,
    pub peak: &'static str,
    pub logarithmic: &'static str,
    pub linear: &'static str,
    pub scale_help: &'static str,
    pub correlogram: &'static str,
    pub correlogram_help: &'static str,
    pub psth: &'static str,
    pub psth_help: &'static str,
    pub psth_none: &'static str,
    pub plane: &'static str,
    pub plane_help: &'static str,
    pub plane_label: &'static str,
    pub plane_none: &'static str,
    pub plane_pick: &'static str,
    pub plane_open: &'static str,
    pub curve: &'static str,
    pub curve_help: &'static str,
    pub curve_label: &'static str,
    pub curve_now: &'static str,
    pub curve_words: &'static str,
    pub curve_none: &'static str,
    pub curve_running: &'static str,
    pub curve_measure: &'static str,
    pub curve_silent: &'static str,
    // Live input.
    pub live: &'static str,
    pub live_help: &'static str,
    pub live_off: &'static str,
    pub live_keys: &'static str,
    pub live_microphone: &'static str,
    pub live_camera: &'static str,
    pub live_none: &'static str,
    pub live_keys_help: &'static str,
    pub live_label: &'static str,
    pub live_missing: &'static str,
    pub live_add: &'static str,
    pub live_refused: &'static str,
    // Parameter sweeps.
    pub scan: &'static str,
    pub scan_help: &'static str,
    pub scan_x: &'static str,
    pub scan_y: &'static str,
    pub scan_no_second: &'static str,
    pub scan_from: &'static str,
    pub scan_to: &'static str,
    pub scan_count: &'static str,
    pub scan_measure: &'static str,
    pub scan_settle: &'static str,
    pub scan_time: &'static str,
    pub scan_start: &'static str,
    pub scan_none: &'static str,
    pub scan_label: &'static str,
    pub scan_no_memory: &'static str,
    pub scan_lost: &'static str,
    pub scan_gaps: &'static str,
    // What can be done with a view, and the views of weights and of space.
    pub border: &'static str,
    pub border_help: &'static str,
    pub arrange_reset: &'static str,
    pub view_menu: &'static str,
    pub view_pause: &'static str,
    pub view_paused: &'static str,
    pub view_go_on: &'static str,
    pub full_screen: &'static str,
    pub take_png: &'static str,
    pub take_svg: &'static str,
    pub take_csv: &'static str,
    pub take_npz: &'static str,
    pub move_back: &'static str,
    pub move_on: &'static str,
    pub hide_view: &'static str,
    pub weights_histogram: &'static str,
    pub weights_course: &'static str,
    pub weights_matrix: &'static str,
    pub weights_mode: &'static str,
    pub course_label: &'static str,
    pub matrix_label: &'static str,
    pub course_wait: &'static str,
    pub course_none: &'static str,
    pub sheet: &'static str,
    pub sheet_help: &'static str,
    pub sheet_label: &'static str,
    pub sheet_none: &'static str,
    pub sheet_open: &'static str,
    pub source_word: &'static str,
    pub target_word: &'static str,
    pub synapses_word: &'static str,
    // Lessons and the search of the gallery
    pub learn: &'static str,
    pub learn_intro: &'static str,
    pub lessons: &'static str,
    pub lesson_number: &'static str,
    pub lesson_progress: &'static str,
    pub lesson_done: &'static str,
    pub lesson_step: &'static str,
    pub lesson_hint: &'static str,
    pub lesson_back: &'static str,
    pub lesson_next: &'static str,
    pub lesson_skip: &'static str,
    pub lesson_restart: &'static str,
    pub lesson_next_lesson: &'static str,
    pub lesson_end: &'static str,
    pub lesson_stage: &'static str,
    pub gallery_search: &'static str,
    pub gallery_search_help: &'static str,
    pub gallery_none: &'static str,
    pub gallery_found_one: &'static str,
    pub gallery_found: &'static str,
    // Export.
    pub export: &'static str,
    pub export_help: &'static str,
    pub export_whole: &'static str,
    pub export_lacks: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_where_the_braces_are() {
        assert_eq!(fill("{} of {}", &["1", "2"]), "1 of 2");
        assert_eq!(fill("none", &["1"]), "none");
        assert_eq!(fill("{} and {}", &["1"]), "1 and ");
    }
}
