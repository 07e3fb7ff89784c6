//! `FileError`: what is wrong with a file, as facts, with its message in both languages.

use alloc::{format, string::String};

use crate::text::{Lang, Text};

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// Where.
    pub place: Place,
    /// What is wrong there.
    pub fault: Fault,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The whole of it.
    File,
    /// A line of text, from 1.
    Line(usize),
    /// A part by its name, such as an array or an element of one.
    Part(String),
}

/// What can be wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is explained by its message below, and its fields by their names")]
pub enum Fault {
    UnknownFormat { known: String },
    NoHeader { wanted: &'static str },
    Missing { what: &'static str, found: String },
    UnknownColumn { text: String, known: &'static str },
    Cut { what: Text },
    Damaged { what: Text },
    NotRead { what: String, remedy: Text },
    NotANumber { text: String },
    NotPositive { value: String },
    Ragged { what: Text, found: usize, wanted: usize },
    Irregular { found: String, wanted: String },
    UnknownClass { text: String, known: String },
    MixedClasses { first: String, other: String },
    TooManyClasses { found: usize, limit: usize },
    OneClass { name: String },
    OneSide,
    Empty,
}

impl Place {
    /// This place with a fault.
    pub(super) fn fault(self, fault: Fault) -> FileError {
        FileError { place: self, fault }
    }
}

impl FileError {
    /// The message in `lang`: place, value, remedy.
    pub fn message(&self, lang: Lang) -> String {
        let place = match (&self.place, lang) {
            (Place::File, _) => String::new(),
            (Place::Line(line), Lang::En) => format!("line {line}: "),
            (Place::Line(line), Lang::Zh) => format!("第 {line} 行："),
            (Place::Part(part), Lang::En) => format!("{part}: "),
            (Place::Part(part), Lang::Zh) => format!("{part}："),
        };
        let said = match lang {
            Lang::En => self.fault.english(),
            Lang::Zh => self.fault.chinese(),
        };
        place + &said
    }
}

impl Fault {
    fn english(&self) -> String {
        match self {
            Fault::UnknownFormat { known } => format!("this is no file that is read here; open one of: {known}"),
            Fault::NoHeader { wanted } => format!("there is no line {wanted}; a .ts file has one"),
            Fault::Missing { what, found } if found.is_empty() => format!("there is no `{what}`; add it to the file"),
            Fault::Missing { what, found } => {
                format!("there is no `{what}`, only {found}; add it, or rename what stands for it")
            }
            Fault::UnknownColumn { text, known } => {
                format!("nothing is known of a column “{text}”; rename it to one of {known}, or leave it out")
            }
            Fault::Cut { what } => format!("the file ends within {}; it was cut off: copy or save it again", what.en),
            Fault::Damaged { what } => {
                format!("{} cannot be right; the file is damaged: copy or save it again", what.en)
            }
            Fault::NotRead { what, remedy } => format!("{what} is not read here; {}", remedy.en),
            Fault::NotANumber { text } => {
                format!("“{text}” is not a finite number; write one, or leave the trial out")
            }
            Fault::NotPositive { value } => format!("{value} is not above zero; give the width of a bin in ms"),
            Fault::Ragged { what, found, wanted } => {
                format!("there are {found} {}, not {wanted}; make them equal", what.en)
            }
            Fault::Irregular { found, wanted } => {
                format!("the step is {found} ms, but {wanted} ms before; resample, or begin another segment here")
            }
            Fault::UnknownClass { text, known } => {
                format!("“{text}” is not among {known}; write one of these, or add it to them")
            }
            Fault::MixedClasses { first, other } => {
                format!("“{other}” in a segment that began with “{first}”; begin a segment where the class changes")
            }
            Fault::TooManyClasses { found, limit } => {
                format!("there are {found} classes, more than {limit}; give numbers for every bin instead")
            }
            Fault::OneClass { name } => format!("every trial has the class “{name}”; put in trials of another"),
            Fault::OneSide => {
                "there are not both training and test segments; mark some of each in `split`, or give at least two"
                    .into()
            }
            Fault::Empty => "there is no activity; put in at least one trial or bin".into(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Fault::UnknownFormat { known } => format!("无法读取这种文件；请打开以下格式之一：{known}"),
            Fault::NoHeader { wanted } => format!("缺少 {wanted} 行；.ts 文件应有此行"),
            Fault::Missing { what, found } if found.is_empty() => format!("缺少 `{what}`；请在文件中加入"),
            Fault::Missing { what, found } => format!("缺少 `{what}`，只有 {found}；请加入，或把对应的项改成此名"),
            Fault::UnknownColumn { text, known } => {
                format!("不认识列 “{text}”；请改名为 {known} 之一，或删去该列")
            }
            Fault::Cut { what } => format!("文件在{}处中断，未保存完整；请重新复制或保存", what.zh),
            Fault::Damaged { what } => format!("{}有误，文件已损坏；请重新复制或保存", what.zh),
            Fault::NotRead { what, remedy } => format!("无法读取 {what}；{}", remedy.zh),
            Fault::NotANumber { text } => format!("“{text}” 不是有限的数；请改成数字，或删去该试次"),
            Fault::NotPositive { value } => format!("{value} 不大于零；请以毫秒给出时间仓宽度"),
            Fault::Ragged { what, found, wanted } => {
                format!("{}有 {found} 个，应为 {wanted} 个；请使其一致", what.zh)
            }
            Fault::Irregular { found, wanted } => {
                format!("此处步长为 {found} ms，之前为 {wanted} ms；请重采样，或从此处另起一段")
            }
            Fault::UnknownClass { text, known } => format!("“{text}” 不在 {known} 之中；请改成其中之一，或将其列入"),
            Fault::MixedClasses { first, other } => {
                format!("该段开头的类别是 “{first}”，这里却是 “{other}”；请在类别变化处另起一段")
            }
            Fault::TooManyClasses { found, limit } => {
                format!("共有 {found} 个类别，超过 {limit} 个；请改为给出每个时间仓的数值")
            }
            Fault::OneClass { name } => format!("所有试次都属于类别 “{name}”；请加入其他类别的试次"),
            Fault::OneSide => "训练段和测试段没有同时存在；请在 `split` 中各标出一些，或至少给出两段".into(),
            Fault::Empty => "没有任何活动数据；请至少放入一个试次或时间仓".into(),
        }
    }
}
