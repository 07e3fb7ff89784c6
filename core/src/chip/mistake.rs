//! `PresetError`: one mistake in a preset, as facts, with its message in both languages, each with the remedy.

use alloc::{format, string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use crate::text::Lang;

/// One mistake and where it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PresetError {
    /// Path of the value in the preset, such as `core.neurons_max.v`; empty for the whole of it.
    pub at: String,
    /// What is wrong there.
    pub mistake: PresetMistake,
}

/// What can be wrong with a preset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each variant is explained by its message below, and its fields by their names")]
pub enum PresetMistake {
    Syntax { line: usize, column: usize, reason: String },
    TooLong { length: usize, limit: usize },
    WrongType { expected: Form, found: String },
    Missing { key: String },
    Unknown { key: String, known: Vec<String> },
    NoSuchName { name: String, known: Vec<String> },
    Empty,
    NotFinite,
    Negative { value: f64 },
    NotAbove { value: f64, limit: f64 },
    NotWhole { value: f64 },
    OutOfOrder { lo: f64, v: f64, hi: f64 },
    HalfInterval,
    ValueOfUnknown { value: f64 },
    NoValue { evidence: String },
    NoReason,
    NoSource,
    NoSuchSource { key: String, known: Vec<String> },
    Defaults { count: usize },
    TooMany { value: f64, limit: f64 },
    MixedProfile { term: String },
    StaticAbovePeak { static_w: f64, peak_w: f64 },
}

/// What a value should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the variants are the words")]
pub enum Form {
    Object,
    List,
    Number,
    Text,
    Boolean,
}

impl Form {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Form::Object => ("an object { … }", "对象 { … }"),
            Form::List => ("a list [ … ]", "列表 [ … ]"),
            Form::Number => ("a number", "数字"),
            Form::Text => ("a text in quotes", "带引号的文字"),
            Form::Boolean => ("true or false", "true 或 false"),
        }
    }
}

impl PresetError {
    /// The mistake at `at`.
    pub fn new(at: impl Into<String>, mistake: PresetMistake) -> PresetError {
        PresetError { at: at.into(), mistake }
    }

    /// The message in `lang`, without the place.
    pub fn message(&self, lang: Lang) -> String {
        let (english, chinese) = self.mistake.words();
        match lang {
            Lang::En => english,
            Lang::Zh => chinese,
        }
    }
}

impl core::fmt::Display for PresetError {
    fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
        let place = if self.at.is_empty() { "preset" } else { &self.at };
        write!(f, "{place}: {}", self.message(Lang::En))
    }
}

impl core::error::Error for PresetError {}

impl PresetMistake {
    /// The message in English and in Chinese.
    fn words(&self) -> (String, String) {
        use PresetMistake::*;
        match self {
            Syntax { line, column, reason } => (
                format!("not valid JSON at line {line}, column {column} ({reason}). Correct the text there."),
                format!("第 {line} 行第 {column} 列不是有效的 JSON（{reason}）。请修正该处。"),
            ),
            TooLong { length, limit } => (
                format!("this has {length} parts or bytes. Shorten it to {limit} or fewer."),
                format!("共有 {length} 项或字节，请缩减到不超过 {limit}。"),
            ),
            WrongType { expected, found } => {
                let (en, zh) = expected.words();
                (
                    format!("expected {en}, found {found}. Write {en} here."),
                    format!("这里应为{zh}，实为 {found}。请改为{zh}。"),
                )
            }
            Missing { key } => (format!("“{key}” is missing. Add it."), format!("缺少“{key}”。请补上。")),
            Unknown { key, known } => (
                format!("“{key}” is not known here. Use one of: {}.", known.join(", ")),
                format!("不认识“{key}”。可用：{}。", known.join("、")),
            ),
            NoSuchName { name, known } => (
                format!("there is no “{name}” here. Use one of: {}.", known.join(", ")),
                format!("这里没有“{name}”。可用：{}。", known.join("、")),
            ),
            Empty => ("this is empty. Fill it in.".into(), "这里是空的。请填写。".into()),
            NotFinite => (
                "this is not a finite number. Give one, or null with \"ev\": \"unknown\".".into(),
                "这不是有限的数。请给出数值，或写 null 并注明 \"ev\": \"unknown\"。".into(),
            ),
            Negative { value } => {
                (format!("{value} is negative. Give zero or more."), format!("{value} 是负数。请给出零或更大的数。"))
            }
            NotAbove { value, limit } => (
                format!("{value} must be at least {limit}. Give a larger number."),
                format!("{value} 至少应为 {limit}。请给出更大的数。"),
            ),
            NotWhole { value } => {
                (format!("{value} is not a whole number. Round it."), format!("{value} 不是整数。请取整。"))
            }
            OutOfOrder { lo, v, hi } => (
                format!("lo = {lo}, v = {v}, hi = {hi} are out of order. Give lo ≤ v ≤ hi."),
                format!("lo = {lo}、v = {v}、hi = {hi} 次序不对。请使 lo ≤ v ≤ hi。"),
            ),
            HalfInterval => (
                "an unknown number has one limit only. Give both lo and hi, or neither.".into(),
                "未知的数只有一个界限。请同时给出 lo 和 hi，或都不给。".into(),
            ),
            ValueOfUnknown { value } => (
                format!(
                    "the evidence is “unknown”, yet there is a value, {value}. Say what stands behind it, or write null."
                ),
                format!("依据为“unknown”，却有数值 {value}。请注明依据，或写 null。"),
            ),
            NoValue { evidence } => (
                format!("the evidence is “{evidence}”, yet there is no value. Give one, or write \"ev\": \"unknown\"."),
                format!("依据为“{evidence}”，却没有数值。请给出数值，或写 \"ev\": \"unknown\"。"),
            ),
            NoReason => {
                ("an assumed number needs a reason. Add \"why\".".into(), "假设的数需要理由。请补上 \"why\"。".into())
            }
            NoSource => (
                "this number needs a source. Add \"src\", a key of “sources”, or say that it is assumed.".into(),
                "这个数需要出处。请补上 \"src\"（“sources”中的键），或注明是假设。".into(),
            ),
            NoSuchSource { key, known } => (
                format!("there is no source “{key}”. Add it to “sources”, or use one of: {}.", known.join(", ")),
                format!("没有出处“{key}”。请补入“sources”，或用：{}。", known.join("、")),
            ),
            Defaults { count } => (
                format!("{count} profiles say \"default\": true. Exactly one must."),
                format!("有 {count} 组价格写了 \"default\": true。应恰好一组。"),
            ),
            TooMany { value, limit } => (
                format!("{value:e} cores are more than can be mapped. Give at most {limit:e} in all."),
                format!("{value:e} 个核无法映射。总数请不超过 {limit:e}。"),
            ),
            MixedProfile { term } => (
                format!("an all-in price already holds “{term}”. Remove it, or make the profile \"per_term\"."),
                format!("全包价格已含“{term}”。请删去，或把该组改为 \"per_term\"。"),
            ),
            StaticAbovePeak { static_w, peak_w } => (
                format!(
                    "the power at rest, {static_w} W, is above the most it takes, {peak_w} W. Correct one of them."
                ),
                format!("静态功率 {static_w} W 高于最大功率 {peak_w} W。请改正其一。"),
            ),
        }
    }
}
