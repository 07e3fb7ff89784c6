//! Files: bytes or text in, a checked recording or one clear error out.

use alloc::{format, string::String};

use crate::text::Lang;

pub mod ts;

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// Line of the file, from 1; 0 for the whole of it.
    pub line: usize,
    /// What is wrong there.
    pub fault: Fault,
}

/// What can be wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is explained by its message below, and its fields by their names")]
pub enum Fault {
    NoHeader { wanted: &'static str },
    NotANumber { text: String },
    Ragged { what: &'static str, found: usize, wanted: usize },
    UnknownClass { text: String, known: String },
    Empty,
}

impl FileError {
    /// The message in `lang`: place, value, remedy.
    pub fn message(&self, lang: Lang) -> String {
        let line = self.line;
        let place = match lang {
            _ if line == 0 => String::new(),
            Lang::En => format!("line {line}: "),
            Lang::Zh => format!("第 {line} 行："),
        };
        let said = match (&self.fault, lang) {
            (Fault::NoHeader { wanted }, Lang::En) => format!("there is no line {wanted}; a .ts file has one"),
            (Fault::NoHeader { wanted }, Lang::Zh) => format!("缺少 {wanted} 行；.ts 文件应有此行"),
            (Fault::NotANumber { text }, Lang::En) => {
                format!("“{text}” is not a finite number; write one, or leave the trial out")
            }
            (Fault::NotANumber { text }, Lang::Zh) => format!("“{text}” 不是有限的数；请改成数字，或删去该试次"),
            (Fault::Ragged { what, found, wanted }, Lang::En) => {
                format!("there are {found} {what}, but {wanted} before; make them equal")
            }
            (Fault::Ragged { what, found, wanted }, Lang::Zh) => {
                format!("{what}：这里有 {found} 个，前面有 {wanted} 个；请使其一致")
            }
            (Fault::UnknownClass { text, known }, Lang::En) => {
                format!("the class “{text}” is not among {known}; name it in @classLabel")
            }
            (Fault::UnknownClass { text, known }, Lang::Zh) => {
                format!("类别 “{text}” 不在 {known} 之中；请在 @classLabel 中列出")
            }
            (Fault::Empty, Lang::En) => "there is no trial; put at least one behind @data".into(),
            (Fault::Empty, Lang::Zh) => "没有试次；请在 @data 之后至少写一个".into(),
        };
        place + &said
    }
}
