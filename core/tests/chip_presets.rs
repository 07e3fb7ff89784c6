//! Every preset: it is read, it says of each number what stands behind it, it is written and read again to the same; and what
//! is wrong with one that a user has edited is told, with its place and a remedy, in both languages.

use serde_json::{Value, json};
use spikeground_core::{
    chip::{
        mistake::PresetMistake,
        preset::{Mode, Preset, Scope},
        presets::{self, PRESETS},
        quantity::{Evidence, Quantity},
    },
    text::Lang,
};

/// Every quantity of a preset that says anything, with its path.
fn quantities(at: &str, value: &Value, found: &mut Vec<(String, Quantity)>) {
    match value {
        Value::Object(map) if map.contains_key("ev") => {
            found.push((at.into(), serde_json::from_value(value.clone()).expect("a quantity")));
        }
        Value::Object(map) => map.iter().for_each(|(key, value)| quantities(&format!("{at}.{key}"), value, found)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, value)| quantities(&format!("{at}[{i}]"), value, found))
        }
        _ => {}
    }
}

#[test]
fn every_preset_is_read_and_every_number_has_its_evidence() {
    assert!(PRESETS.len() >= 40);
    let mut numbers = 0;
    for entry in PRESETS {
        let preset = Preset::from_json(entry.json).unwrap_or_else(|errors| {
            panic!("{}: {}", entry.id, errors.iter().map(|e| format!("\n{e}")).collect::<String>())
        });
        assert_eq!(preset.id, entry.id);
        assert!(!preset.name.zh.is_empty() && preset.about.zh.chars().any(|c| c as u32 > 0x4e00), "{}", entry.id);
        let mut found = Vec::new();
        quantities("", &serde_json::from_str(entry.json).expect("JSON"), &mut found);
        for (at, q) in &found {
            let says = match q.ev {
                Evidence::Unknown => q.v.is_none(),
                Evidence::Assumed => q.v.is_some() && !q.why.is_empty(),
                _ => q.v.is_some() && preset.sources.contains_key(&q.src),
            };
            assert!(says, "{}{at}: {q:?}", entry.id);
            if let Some(interval) = q.interval() {
                assert!(interval.lo <= interval.middle() && interval.middle() <= interval.hi, "{}{at}", entry.id);
            }
        }
        numbers += found.len();
        assert_eq!(Preset::from_json(&preset.to_json()).as_ref(), Ok(&preset), "{} written and read", entry.id);
        let used: Vec<&str> = found
            .iter()
            .map(|(_, q)| q.src.as_str())
            .chain(preset.calibration.iter().map(|m| m.src.as_str()))
            .collect();
        for key in preset.sources.keys() {
            assert!(used.contains(&key.as_str()), "{}: source {key} is used", entry.id);
        }
    }
    assert!(numbers > 400, "{numbers} numbers");
}

#[test]
fn what_is_not_known_stays_unknown() {
    let preset = |id| presets::find(id).expect(id).preset();
    assert_eq!(preset("my-bpu").profile().synop_j.interval(), None);
    assert_eq!(preset("deepsouth").profile().synop_j.interval(), None);
    assert_eq!(preset("tpu-v5e").profile().op_j.interval(), None);
    assert_eq!(preset("lyra-x").power.static_w.interval(), None);
    let at_rest = preset("loihi2").power.static_w.interval().expect("limits");
    assert_eq!((at_rest.lo, at_rest.v, at_rest.hi), (0.0, None, 0.39));
    assert!(!preset("northpole").computes(Mode::Spiking));
    assert_eq!(preset("truenorth").profile().scope, Scope::AllIn);
}

/// `json` with one of its values replaced; a path of keys and numbers.
fn with(json: &str, path: &[&str], value: Value) -> Value {
    let mut root: Value = serde_json::from_str(json).expect("JSON");
    let mut at = &mut root;
    for key in path {
        at = match key.parse::<usize>() {
            Ok(i) => &mut at[i],
            Err(_) => &mut at[*key],
        };
    }
    *at = value;
    root
}

#[test]
fn every_mistake_has_its_place_and_a_remedy_in_both_languages() {
    let json = presets::find("loihi1").expect("loihi1").json;
    let number = |v: Value| json!({"v": v, "ev": "measured", "src": "onm"});
    #[rustfmt::skip]
    let cases: &[(&[&str], Value, &str)] = &[
        (&["id"], json!(""), "id"),
        (&["id"], json!(7), "id"),
        (&["kind"], json!("quantum"), "kind"),
        (&["modes"], json!([]), "modes"),
        (&["modes", "0"], json!("sparse"), "modes[0]"),
        (&["nonsense"], json!(1), "nonsense"),
        (&["core", "neurons"], json!(1), "core.neurons"),
        (&["core", "neurons_max"], json!(1024), "core.neurons_max"),
        (&["core", "neurons_max"], number(json!(-1)), "core.neurons_max.v"),
        (&["core", "neurons_max"], number(json!("many")), "core.neurons_max.v"),
        (&["core", "neurons_max"], number(json!(10.5)), "core.neurons_max"),
        (&["core", "neurons_max"], number(json!(0)), "core.neurons_max"),
        (&["core", "neurons_max"], number(Value::Null), "core.neurons_max"),
        (&["core", "neurons_max"], json!({"v": 5}), "core.neurons_max"),
        (&["core", "neurons_max"], json!({"ev": "unknown"}), "core.neurons_max"),
        (&["core", "neurons_max"], json!({"v": 5, "ev": "unknown"}), "core.neurons_max"),
        (&["core", "neurons_max"], json!({"v": null, "ev": "unknown", "lo": 3}), "core.neurons_max"),
        (&["core", "neurons_max"], json!({"v": 5, "ev": "assumed"}), "core.neurons_max"),
        (&["core", "neurons_max"], json!({"v": 5, "ev": "measured"}), "core.neurons_max"),
        (&["core", "neurons_max"], json!({"v": 5, "ev": "measured", "src": "nobody"}), "core.neurons_max"),
        (&["core", "neurons_max"], json!({"v": 5, "ev": "guessed", "why": "so"}), "core.neurons_max.ev"),
        (&["core", "neurons_max"], json!({"v": 5, "lo": 6, "ev": "assumed", "why": "so"}), "core.neurons_max"),
        (&["core", "neurons_max"], json!({"v": 5, "hi": 4, "ev": "assumed", "why": "so"}), "core.neurons_max"),
        (&["core", "neurons_max"], json!({"v": 5, "ev": "assumed", "why": "so", "who": "me"}), "core.neurons_max.who"),
        (&["core", "neuron_models"], json!(["perceptron"]), "core.neuron_models[0]"),
        (&["core", "plasticity"], json!("stdp"), "core.plasticity"),
        (&["energy"], json!([]), "energy"),
        (&["energy", "0", "default"], json!(false), "energy"),
        (&["energy", "1", "default"], json!(true), "energy"),
        (&["energy", "0", "scope"], json!("all_in"), "energy[0].neuron_update_j"),
        (&["energy", "0", "synop_j", "v"], json!(-1e-12), "energy[0].synop_j.v"),
        (&["power", "static_w"], json!({"v": 99, "ev": "assumed", "why": "so"}), "power"),
        (&["thermal", "pue"], json!({"v": 0.9, "ev": "assumed", "why": "so"}), "thermal.pue"),
        (&["time", "mode"], json!("accelerated"), "time"),
        (&["energy", "0", "default"], Value::Null, "energy[0].default"),
        (&["noc", "topology"], json!("star"), "noc.topology"),
        (&["noc", "dims"], json!([8, -4]), "noc.dims[1]"),
        (&["hierarchy"], json!([]), "hierarchy"),
        (&["hierarchy", "1", "per_parent"], json!({"v": 1e9, "ev": "assumed", "why": "so"}), "hierarchy"),
        (&["calibration"], json!([{"workload": "w", "metric": "J", "v": 1, "src": "nobody"}]), "calibration[0].src"),
        (&["name"], json!({"en": "x"}), "name"),
    ];
    for (path, value, at) in cases {
        let errors = Preset::from_json(&with(json, path, value.clone()).to_string()).expect_err("a mistake");
        let error = errors.iter().find(|e| e.at == *at).unwrap_or_else(|| panic!("{path:?} = {value}: {errors:?}"));
        let (en, zh) = (error.message(Lang::En), error.message(Lang::Zh));
        assert!(en.matches(". ").count() >= 1 && en.ends_with('.'), "{en}");
        assert!(zh.ends_with('。') && zh != en, "{zh}");
    }
    for text in ["", "{", "[]", "NaN", r#"{"id": 1e999}"#, &"[".repeat(200_000)] {
        assert!(!Preset::from_json(text).expect_err("no preset").is_empty());
    }
}

#[test]
fn what_a_user_has_edited_is_checked_like_a_file() {
    let mut preset = presets::find("loihi2").expect("loihi2").preset();
    assert!(preset.mistakes().is_empty());
    preset.core.neurons_max.v = Some(f64::NAN);
    preset.thermal.r_th_k_per_w =
        Quantity { v: Some(-1.0), ev: Evidence::Assumed, why: "so".into(), ..Quantity::default() };
    let mistakes = preset.mistakes();
    assert!(matches!(mistakes[0].mistake, PresetMistake::NoValue { .. }), "{mistakes:?}");
    assert_eq!(mistakes[1].at, "thermal.r_th_k_per_w.v");
    preset.energy.clear();
    assert!(!preset.mistakes().is_empty());
}

/// `json` with the value at a path of [`quantities`] replaced.
fn put(json: &str, at: &str, value: Value) -> String {
    let path: Vec<String> =
        at.trim_start_matches('.').replace(['[', '.'], "/").replace(']', "").split('/').map(Into::into).collect();
    with(json, &path.iter().map(String::as_str).collect::<Vec<_>>(), value).to_string()
}

#[test]
fn no_number_of_any_preset_can_be_spoiled_in_silence() {
    for entry in PRESETS {
        let mut found = Vec::new();
        quantities("", &serde_json::from_str(entry.json).expect("JSON"), &mut found);
        for (at, _) in &found {
            let place = at.trim_start_matches('.');
            for bad in [json!(-1.0), json!("1"), json!(true), json!([]), json!({})] {
                let errors =
                    Preset::from_json(&put(entry.json, &format!("{at}.v"), bad.clone())).expect_err("a mistake");
                assert!(errors.iter().any(|e| e.at.starts_with(place)), "{}{at} = {bad}: {errors:?}", entry.id);
            }
            for bad in [json!(null), json!(3), json!([]), json!("none")] {
                let errors = Preset::from_json(&put(entry.json, at, bad.clone())).expect_err("a mistake");
                assert!(errors.iter().any(|e| e.at.starts_with(place)), "{}{at} = {bad}: {errors:?}", entry.id);
            }
        }
    }
}
