//! The rules, one a line, each with its reason. Paths are from the root, with `/`.

/// Endings of the files in which white space is checked; of these, `rs` is checked for all else.
pub const TEXTS: &[&str] = &["rs", "js", "css", "html", "md", "toml"];

/// Words that code below a folder does not hold (comments and strings may).
pub struct Words {
    /// The folder; empty for the whole tree.
    pub within: &'static str,
    /// The part of it that may.
    pub except: Option<&'static str>,
    pub words: &'static [&'static str],
    pub reason: &'static str,
}

#[rustfmt::skip]
pub const WORDS: &[Words] = &[
    Words { within: "core", except: None, words: &["spikeground_worker", "spikeground_web"], reason: "core imports no other crate of the workspace: it is the one that all others stand on" },
    Words { within: "core", except: None, words: &["wasm_bindgen", "web_sys", "js_sys", "wgpu", "leptos"], reason: "core knows no browser: it runs on a server and on a microcontroller too" },
    Words { within: "worker", except: None, words: &["spikeground_web"], reason: "worker imports core only: it serves any page, not ours alone" },
    Words { within: "web/src", except: Some("web/src/plot"), words: &["CanvasRenderingContext2d", "HtmlCanvasElement"], reason: "only plot touches a raw canvas: what draws is in one place" },
    Words { within: "web/src/components", except: None, words: &["spikeground_worker"], reason: "components never see the worker: they show state and call its methods" },
    Words { within: "", except: None, words: &["#[ignore", ", ignore)]"], reason: "no test is ignored: it passes, or it says what is known to fail, or it goes" },
];

/// The only modules of a crate that code below a folder may name.
pub struct Doors {
    pub within: &'static str,
    pub of: &'static str,
    pub doors: &'static [&'static str],
    pub reason: &'static str,
}

#[rustfmt::skip]
pub const DOORS: &[Doors] = &[
    Doors { within: "web/src", of: "spikeground_worker", doors: &["protocol", "client"], reason: "of worker the page imports only protocol and client: the rest runs on the other side" },
];

/// What a file must hold, as code.
pub struct Must {
    pub file: &'static str,
    pub holds: &'static str,
    pub reason: &'static str,
}

#[rustfmt::skip]
pub const MUSTS: &[Must] = &[
    Must { file: "core/src/lib.rs", holds: "#![no_std]", reason: "core must say #![no_std]: it needs no operating system" },
    Must { file: "core/src/lib.rs", holds: "#![forbid(unsafe_code)]", reason: "core must say #![forbid(unsafe_code)]" },
];

/// Modules of the core that stand on the layers before theirs.
pub struct Layer {
    pub modules: &'static [&'static str],
    /// Whether they may also stand on each other.
    pub mutual: bool,
}

/// The core from the bottom up. Models of different families know nothing of each other, so that any can be added or
/// taken away alone.
#[rustfmt::skip]
pub const LAYERS: &[Layer] = &[
    Layer { mutual: true, modules: &["units", "param", "text", "real", "rng", "error", "space"] },
    Layer { mutual: false, modules: &["neuron", "synapse", "stimulus", "rule"] },
    Layer { mutual: true, modules: &["spec"] },
    Layer { mutual: true, modules: &["network"] },
    Layer { mutual: true, modules: &["engine", "record", "stats", "digest"] },
    Layer { mutual: false, modules: &["scan", "sweep", "export"] },
    Layer { mutual: true, modules: &["chip"] },
    Layer { mutual: true, modules: &["gallery"] },
    Layer { mutual: false, modules: &["bci", "learn"] },
    Layer { mutual: false, modules: &["format", "decode"] },
];
