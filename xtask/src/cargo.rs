//! How cargo is called: always the cargo that runs us, always from the root, its progress always visible.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::tree;

/// The target that a browser runs.
pub const WASM: &str = "wasm32-unknown-unknown";

/// A cargo command with these arguments, in the repository's root.
pub fn cargo<'a>(args: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(tree::root());
    command
}

/// What cargo knows of the workspace.
pub struct Workspace {
    /// The folder that cargo builds into.
    pub target_dir: PathBuf,
    /// The edition of Rust that the members share.
    pub edition: String,
}

/// Asks cargo about the workspace.
pub fn workspace() -> Result<Workspace> {
    let mut command = cargo(["metadata", "--format-version", "1", "--no-deps"]);
    let output = command.stderr(Stdio::inherit()).output().context("cargo cannot be run")?;
    if !output.status.success() {
        bail!("`cargo metadata` failed; see its message above");
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).context("`cargo metadata` did not answer in JSON")?;
    let target_dir = metadata["target_directory"].as_str().context("`cargo metadata` names no target_directory")?;
    let edition = metadata["packages"][0]["edition"].as_str().context("`cargo metadata` names no edition")?;
    Ok(Workspace { target_dir: PathBuf::from(target_dir), edition: edition.to_string() })
}

/// One program that cargo built.
#[derive(Clone, Debug)]
pub struct Program {
    /// The name of the bin target.
    pub name: String,
    /// The file to run, or the `.wasm` to load.
    pub file: PathBuf,
}

/// Runs `cargo build` with these arguments and returns the programs it made, those that were fresh included.
pub fn build_programs<'a>(args: impl IntoIterator<Item = &'a str>) -> Result<Vec<Program>> {
    let mut command = cargo(["build", "--message-format=json-render-diagnostics"]);
    let output = command.args(args).stderr(Stdio::inherit()).output().context("cargo cannot be run")?;
    if !output.status.success() {
        bail!("`cargo build` failed; see its messages above");
    }
    let messages = String::from_utf8(output.stdout).context("cargo's messages are not UTF-8")?;
    Ok(messages.lines().filter_map(|line| program(&serde_json::from_str(line).ok()?)).collect())
}

fn program(message: &Value) -> Option<Program> {
    let target = &message["target"];
    if message["reason"] != "compiler-artifact" || !target["kind"].as_array()?.iter().any(|kind| kind == "bin") {
        return None;
    }
    let file = message["executable"].as_str().map(Path::new)?;
    Some(Program { name: target["name"].as_str()?.to_string(), file: file.to_path_buf() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_a_built_program_is_read_from_cargos_messages() {
        let bin = json!({ "reason": "compiler-artifact", "executable": "/t/a.wasm", "target": { "kind": ["bin"], "name": "a" } });
        let program_of_bin = program(&bin).expect("a bin is a program");
        assert_eq!((program_of_bin.name.as_str(), program_of_bin.file.as_path()), ("a", Path::new("/t/a.wasm")));

        let library =
            json!({ "reason": "compiler-artifact", "executable": null, "target": { "kind": ["lib"], "name": "a" } });
        let end = json!({ "reason": "build-finished", "success": true });
        assert!(program(&library).is_none() && program(&end).is_none());
    }
}
