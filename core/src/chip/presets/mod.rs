//! The presets: hardware whose numbers were published, guessed or left open, each a JSON file beside this one.
//!
//! Adding one costs its file and its line in [`PRESETS`].

use super::preset::Preset;

/// A preset by its name in links, as JSON.
pub struct Entry {
    /// Its name in links and on the command line.
    pub id: &'static str,
    /// Its file.
    pub json: &'static str,
}

/// An entry for each file that is named.
macro_rules! files {
    ($($id:literal,)+) => { &[$(Entry { id: $id, json: include_str!(concat!($id, ".json")) }),+] };
}

/// Every preset, in the order menus show them: chips that spike, then what they are compared with.
pub static PRESETS: &[Entry] = files![
    "lyra",
    "lyra-x",
    "loihi1",
    "loihi2",
    "hala-point",
    "truenorth",
    "spinnaker1",
    "spinnaker2",
    "brainscales2",
    "tianjic",
    "tianjicx",
    "darwin3",
    "darwinwafer",
    "speck",
    "odin",
    "reckon",
    "northpole",
    "c-dnn",
    "stellar",
    "deepsouth",
    "akida",
    "xylo",
    "innatera",
    "my-bpu",
    "h100",
    "h200",
    "a100",
    "v100",
    "rtx2080ti",
    "rtx4090",
    "jetson-orin",
    "apple-m2",
    "intel-iris-xe",
    "tpu-v4",
    "tpu-v5e",
    "npu",
    "cs-2",
    "condor-galaxy-1",
    "laptop-cpu",
    "brain",
];

impl Entry {
    /// Its numbers.
    pub fn preset(&self) -> Preset {
        Preset::from_json(self.json).expect("a test reads every preset")
    }
}

/// The entry called `id`.
pub fn find(id: &str) -> Option<&'static Entry> {
    PRESETS.iter().find(|entry| entry.id == id)
}
