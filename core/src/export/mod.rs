//! Export: a network as a program that another simulator runs.
//!
//! What a target has no words for is told twice: as a [`Remark`], for whoever asked for the program, and in the program
//! itself, which holds everything else and stops at that place with the same words. Adding a target costs one file beside
//! this one and its line in [`TARGETS`].

use alloc::{format, string::String, vec::Vec};

use crate::{
    spec::NetworkSpec,
    text::{Lang, Text, text},
};

mod brainpy;
mod brian2;
mod brian2_models;
mod layout;
mod nest;
mod pairs;
mod pynn;
mod python;
mod rust;

/// Every target, in the order menus show them.
pub static TARGETS: &[&Target] = &[&nest::TARGET, &brian2::TARGET, &pynn::TARGET, &brainpy::TARGET, &rust::TARGET];

/// The target called `id`.
pub fn find(id: &str) -> Option<&'static Target> {
    TARGETS.iter().copied().find(|target| target.id == id)
}

/// A simulator, or a language, that a network can be taken to.
pub struct Target {
    /// Its name on the command line.
    pub id: &'static str,
    /// Its name for people, which is the same in every language.
    pub title: &'static str,
    /// What its files end in, without the dot.
    pub extension: &'static str,
    /// The MIME type of its files.
    pub mime: &'static str,
    /// Writes the program.
    pub write: fn(&NetworkSpec) -> Script,
}

/// A program, and what it lacks.
pub struct Script {
    /// The program.
    pub text: String,
    /// What is missing in it, or otherwise than here.
    pub remarks: Vec<Remark>,
}

/// One thing that is missing in a program, or otherwise than here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Path of it in the specification, such as `populations[0].model`.
    pub at: String,
    /// Whether the program stops there until somebody writes it.
    pub stops: bool,
    en: String,
    zh: String,
}

impl Remark {
    /// The message in `lang`, without the place.
    pub fn message(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }

    /// That `target` has nothing of a kind that goes by this name.
    fn missing(at: String, target: &str, what: Text, name: &str) -> Remark {
        let en = format!("{target} has no {} “{name}”. Write it there, or take it out.", what.en);
        let zh = format!("{target} 没有{}“{name}”。请在该处自行编写，或将其去掉。", what.zh);
        Remark { at, stops: true, en, zh }
    }
}

const MODEL: Text = text("neuron model", "神经元模型");
const STIMULUS: Text = text("stimulus", "刺激");
const SYNAPSE: Text = text("synapse model", "突触模型");
const RULE: Text = text("connection rule", "连接规则");
const LESIONS: Text = text("way to destroy neurons of", "损毁部分神经元的写法，群体");
const SOURCE: Text = text("population or stimulus", "群体或刺激");
