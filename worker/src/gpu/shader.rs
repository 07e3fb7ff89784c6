//! The WGSL texts: `deliver.wgsl` as it is, and `update.wgsl` filled in from a model's body.

use std::fmt::Write;

use spikeground_core::{
    neuron::{LANES, NeuronModel},
    real::{WORDS, WordText},
    record::MOST_VARIABLES,
};

use super::layout::{
    BASES, Batch, COUNTS, Chunk, DELIVER_WORKGROUP, Drive, HALTED, LISTED, MOST_STEPS, Model, NO_CURRENT, Population,
    Route, SAMPLES, Shared, Step, UPDATE_WORKGROUP, VARIED,
};

/// The text of the kernel that delivers spikes.
pub fn deliver() -> String {
    [prelude(DELIVER_WORKGROUP), Chunk::wgsl(), Route::wgsl(), include_str!("deliver.wgsl").to_owned()].concat()
}

/// The text of the kernel that updates the neurons of `model`.
pub fn update(model: &NeuronModel) -> String {
    let body = &model.body;
    let mut load = String::new();
    let mut store = String::new();
    // Writing to a string does not fail.
    for (i, name) in body.state.iter().enumerate() {
        let _ = writeln!(load, "    var {name} = variables[at + {i}u * LANES];");
        let _ = writeln!(store, "    variables[at + {i}u * LANES] = {name};");
    }
    let lost = body.state.iter().map(|name| format!("lost({name})")).collect::<Vec<_>>().join(" || ");
    let _ = writeln!(store, "    if {lost} {{\n        atomicMin(&marks[HALTED], step.index);\n    }}");
    let _ = writeln!(store, "    if slot == batch.sample_slot {{");
    for k in 0..MOST_VARIABLES {
        let mark = format!("SAMPLES + {k}u * MOST_STEPS + step.index");
        let sample = format!("variables[at + batch.sample_variable_{k} * LANES]");
        let _ = writeln!(store, "        atomicStore(&marks[{mark}], bitcast<u32>({sample}));");
    }
    let _ = writeln!(store, "    }}");

    let mut constants = String::new();
    for (i, name) in body.constants.iter().enumerate() {
        let _ = writeln!(constants, "    {name} = bitcast<f32>(numbers[population.constants + {i}u]);");
    }
    let mut sums = String::new();
    for (i, name) in body.sums.iter().enumerate() {
        let _ = writeln!(sums, "    let {name} = take(population, slot, {i}u);");
    }
    let chance = body.chance.map(|name| format!("    let {name} = chance(population, neuron);\n")).unwrap_or_default();
    let filled = include_str!("update.wgsl")
        .replace("TAKE_SUMS\n", &sums)
        .replace("INPUT_CURRENT", body.current)
        .replace("TAKE_CHANCE\n", &chance)
        .replace("LOAD_CONSTANTS\n", &constants)
        .replace("LOAD_STATE\n", &load)
        .replace("STORE_STATE\n", &store)
        .replace("TIMES", &format!("{}u", body.repeat.0))
        .replace("REPEAT", body.repeat.1)
        .replace("UPDATE", body.update)
        .replace("THRESHOLD", body.threshold)
        .replace("RESET", body.reset);
    let state = format!("const N_STATE = {}u;\n", body.state.len());
    // Functions see the constants, so these stand outside of the kernel.
    let privates: String = body.constants.iter().map(|name| format!("var<private> {name}: f32;\n")).collect();
    let own = functions(body.functions);
    [
        prelude(UPDATE_WORKGROUP),
        functions(WORDS),
        Model::wgsl(),
        Population::wgsl(),
        Drive::wgsl(),
        state,
        privates,
        own,
        filled,
    ]
    .concat()
}

/// Functions of bodies.
fn functions(words: &[WordText]) -> String {
    let word = |word: &WordText| {
        let WordText { name, arguments, statements, value } = word;
        let arguments = arguments.iter().map(|name| format!("{name}: f32")).collect::<Vec<_>>().join(", ");
        format!("fn {name}({arguments}) -> f32 {{\n{statements}\nreturn {value};\n}}\n")
    };
    words.iter().map(word).collect()
}

/// What both kernels know.
fn prelude(workgroup: u32) -> String {
    let constants = [
        ("WORKGROUP", workgroup),
        ("LANES", LANES as u32),
        ("HALTED", HALTED),
        ("COUNTS", COUNTS),
        ("BASES", BASES),
        ("SAMPLES", SAMPLES),
        ("MOST_STEPS", MOST_STEPS),
        ("LISTED", LISTED),
        ("VARIED", VARIED),
        ("NO_CURRENT", NO_CURRENT),
    ];
    let constants: String = constants.iter().map(|(name, value)| format!("const {name} = {value}u;\n")).collect();
    [constants, Step::wgsl(), Batch::wgsl()].concat()
}

#[cfg(test)]
mod tests {
    use naga::{
        Module, TypeInner,
        valid::{Capabilities, ValidationFlags, Validator},
    };
    use spikeground_core::neuron::{BodyText, MODELS, NeuronModel};

    use super::*;

    /// The module of a text, or what is wrong with it, beginning with `name`.
    fn checked(name: &str, text: &str) -> Result<Module, String> {
        let module = naga::front::wgsl::parse_str(text).map_err(|e| format!("{name}: {}", e.emit_to_string(text)))?;
        let mut validator = Validator::new(ValidationFlags::all(), Capabilities::empty());
        validator.validate(&module).map_err(|e| format!("{name}: {}", e.emit_to_string(text)))?;
        Ok(module)
    }

    fn fits<T: Shared>(module: &Module) {
        let found = module.types.iter().find(|(_, t)| t.name.as_deref() == Some(T::NAME));
        let Some((_, naga::Type { inner: TypeInner::Struct { members, span }, .. })) = found else {
            panic!("no struct {} in the shader", T::NAME)
        };
        assert_eq!(*span as usize, size_of::<T>(), "size of {}", T::NAME);
        let there: Vec<_> =
            members.iter().map(|m| (m.name.as_deref().unwrap_or_default(), m.offset as usize)).collect();
        let here: Vec<_> = T::FIELDS.iter().map(|&(name, _, offset)| (name, offset)).collect();
        assert_eq!(there, here, "{}", T::NAME);
    }

    #[test]
    fn every_kernel_is_valid_and_sees_the_structs_of_the_host() {
        for model in MODELS {
            let module = checked(model.name, &update(model)).unwrap_or_else(|e| panic!("{e}"));
            fits::<Step>(&module);
            fits::<Batch>(&module);
            fits::<Model>(&module);
            fits::<Population>(&module);
            fits::<Drive>(&module);
        }
        let module = checked("deliver", &deliver()).unwrap_or_else(|e| panic!("{e}"));
        fits::<Step>(&module);
        fits::<Batch>(&module);
        fits::<Chunk>(&module);
        fits::<Route>(&module);
    }

    /// What Rust accepts and WGSL does not is caught here, and the model is named.
    #[test]
    fn a_wrong_body_is_told_with_the_name_of_its_model() {
        let wrong = |body: BodyText| NeuronModel { name: "my_model", body, ..*MODELS[0] };
        let good = MODELS[0].body;
        for body in [
            BodyText { update: "v = v.sqrt();", ..good },
            BodyText { update: "let final = v; v = final;", ..good },
            BodyText { threshold: "v", ..good },
            BodyText { reset: "v = v_rest;", ..good },
        ] {
            let told = checked("my_model", &update(&wrong(body))).expect_err("a wrong body");
            assert!(told.starts_with("my_model: "), "{told}");
        }
    }
}
