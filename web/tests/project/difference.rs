//! Differences in words.

use spikeground_core::{gallery, spec::ProjectionSpec};
use spikeground_web::{
    i18n::Lang,
    state::{difference::difference, document::Document, sketch::Note},
};

use crate::dice::Dice;

type Edit = fn(&mut Document);

const EDITS: &[(Edit, &str, &str)] = &[
    (|d| d.spec.name = "Mine".into(), "name: CUBA → Mine", "名称：CUBA → Mine"),
    (
        |d| d.spec.seed = 4_000_000_001,
        "seed: 1 → 4\u{2009}000\u{2009}000\u{2009}001",
        "随机种子：1 → 4\u{2009}000\u{2009}000\u{2009}001",
    ),
    (
        |d| assert!(d.spec.set("projections[0].weight", 20.0)),
        "weight of E → E: 16.2 → 20\u{2009}pA",
        "E → E 的权重：16.2 → 20\u{2009}pA",
    ),
    (
        |d| assert!(d.spec.set("projections[0].delay_ms", 1.5)),
        "delay of E → E: 0.1 → 1.5\u{2009}ms",
        "E → E 的延迟：0.1 → 1.5\u{2009}ms",
    ),
    (
        |d| assert!(d.spec.set("populations[1].params.tau_m", 20.00001)),
        "tau_m of I: 20 → 20.00001\u{2009}ms",
        "tau_m（I）：20 → 20.00001\u{2009}ms",
    ),
    (
        |d| d.spec.populations[0].size = 12_000,
        "size of E: 3\u{2009}200 → 12\u{2009}000",
        "E 的神经元数：3\u{2009}200 → 12\u{2009}000",
    ),
    (|d| d.spec.populations[0].model = "alif".into(), "model of E: iaf_psc_exp → alif", "E 的模型：iaf_psc_exp → alif"),
    (
        |d| d.spec.projections[1].rule = "all_to_all".into(),
        "connection rule of E → I: fixed_indegree → all_to_all",
        "E → I 的连接规则：fixed_indegree → all_to_all",
    ),
    (|d| d.spec.projections[1].params[0].1 = 32.0, "indegree of E → I: 64 → 32", "indegree（E → I）：64 → 32"),
    (|d| d.spec.projections[3].allow_autapses = false, "autapses of I → I: ✓ → ✗", "I → I 的自连接：✓ → ✗"),
    (|d| drop(d.spec.projections.remove(2)), "projection I → E removed", "删除 投射 I → E"),
    (
        |d| d.spec.projections.push(ProjectionSpec::all_to_all("I", "E", 1.0, 1.0)),
        "projection I → E (2) added",
        "添加 投射 I → E (2)",
    ),
    (|d| d.spec.controls[0].max = 99.0, "control w_E changed", "修改 控件 w_E"),
    (|d| d.sketch.places.push(("E".into(), [1.0, 2.0])), "place of E changed", "修改 E 的位置"),
    (
        |d| d.sketch.notes.push(Note { text: "Look!\nHere".into(), place: [0.0; 2] }),
        "note “Look!” added",
        "添加 注释“Look!”",
    ),
    (|d| d.spec.populations.reverse(), "order changed", "修改 顺序"),
];

#[test]
fn every_change_is_one_line_in_both_languages() {
    let before = Document::of(gallery::find("cuba").expect("CUBA is in the gallery"));
    for (edit, english, chinese) in EDITS {
        let mut after = before.clone();
        edit(&mut after);
        let changes = difference(&before, &after);
        let lines: Vec<_> =
            changes.iter().map(|change| [Lang::En, Lang::Zh].map(|lang| change.message(lang))).collect();
        assert_eq!(lines, [[english.to_string(), chinese.to_string()]]);
    }
}

/// A new name is one change, though everything that is connected to it says so.
#[test]
fn a_new_name_is_one_change() {
    let before = Document::of(gallery::find("cuba").expect("CUBA is in the gallery"));
    let mut after = before.clone();
    let spec = &mut after.spec;
    let ends = spec.projections.iter_mut().flat_map(|p| [&mut p.source, &mut p.target]);
    for name in ends.chain(spec.populations.iter_mut().map(|p| &mut p.name)).filter(|name| *name == "E") {
        *name = "Exc".into();
    }
    let lines: Vec<_> = difference(&before, &after).iter().map(|change| change.message(Lang::En)).collect();
    assert_eq!(lines, ["population E: E → Exc"]);
}

#[test]
fn there_is_none_only_between_equals() {
    for seed in 0..200 {
        let mut dice = Dice::new(seed);
        let before = dice.project();
        assert!(difference(&before, &before).is_empty());
        let mut after = before.clone();
        dice.change(&mut after);
        let is_same = (&before.spec, &before.sketch) == (&after.spec, &after.sketch);
        assert_eq!(difference(&before, &after).is_empty(), is_same, "seed {seed}");
    }
}
