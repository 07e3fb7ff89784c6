//! The bundle: the page and the worker compiled to wasm, their JavaScript made by wasm-bindgen at Cargo.lock's version,
//! and `static/` beside them. A folder that any web server can serve as it is.
//!
//! A bundle replaces the one before as a whole: what is being served is never half old and half new.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::cargo::{self, Program};
use crate::{setup, tree};

/// The command's arguments.
pub const USAGE: &str = "";
/// What the command does, in a line.
pub const DOC: &str = "builds the page in release into dist/, ready to be put on any web server";

/// The bins that become `pkg/NAME.js` and `pkg/NAME_bg.wasm`, with `-` as `_`.
const BINS: [&str; 2] = ["spikeground-web", "spikeground-worker"];

/// How a bundle is built.
pub struct Profile {
    /// The profile in Cargo.toml.
    name: &'static str,
    /// Whether functions keep their names, for readable backtraces, at the price of a larger download.
    names: bool,
}

/// What is published.
pub const RELEASE: Profile = Profile { name: "release", names: false };
/// What the end-to-end tests load: sooner built, and its backtraces can be read.
pub const TEST: Profile = Profile { name: "web-test", names: true };

/// `cargo xtask build`
pub fn command(mut args: lexopt::Parser) -> Result<ExitCode> {
    if let Some(arg) = args.next()? {
        return Err(arg.unexpected().into());
    }
    bundle(&RELEASE, &dist())?;
    Ok(ExitCode::SUCCESS)
}

/// The folder that `build` and `serve` write.
pub fn dist() -> PathBuf {
    tree::root().join("dist")
}

/// Builds the bundle and puts it at `out` in place of what was there.
pub fn bundle(profile: &Profile, out: &Path) -> Result<()> {
    let start = Instant::now();
    setup::target(cargo::WASM)?;
    let programs = compile(profile.name)?;
    let aside = beside(out, "new");
    remove(&aside)?;
    let folder = aside.join("pkg");
    for program in &programs {
        generate(program, profile, &folder)?;
    }
    copy(&tree::root().join("static"), &aside)?;
    swap(&aside, out)?;
    print_sizes(out)?;
    eprintln!("{} is ready ({:.1} s)", out.display(), start.elapsed().as_secs_f64());
    Ok(())
}

fn compile(profile: &str) -> Result<Vec<Program>> {
    let packages = BINS.iter().flat_map(|name| ["--package", name, "--bin", name]);
    let programs = cargo::build_programs(["--profile", profile, "--target", cargo::WASM].into_iter().chain(packages))?;
    let program = |name: &&str| {
        let found = programs.iter().find(|program| program.name == **name);
        found.cloned().with_context(|| format!("cargo built no bin `{name}`; its Cargo.toml must have one"))
    };
    BINS.iter().map(program).collect()
}

fn generate(program: &Program, profile: &Profile, folder: &Path) -> Result<()> {
    let mut generator = Bindgen::new();
    generator.web(true)?.typescript(false).omit_default_module_path(false);
    generator.remove_producers_section(true).remove_name_section(!profile.names);
    generator.input_path(&program.file).out_name(&program.name.replace('-', "_"));
    generator.generate(folder).with_context(|| format!("wasm-bindgen cannot read {}", program.file.display()))
}

/// Copies a folder's contents; `to` is made if need be.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let told = || format!("{} cannot be copied to {}", from.display(), to.display());
    fs::create_dir_all(to).with_context(told)?;
    for entry in fs::read_dir(from).with_context(told)? {
        let entry = entry.with_context(told)?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy(&source, &target)?;
        } else {
            fs::copy(&source, &target).with_context(|| format!("{} cannot be copied", source.display()))?;
        }
    }
    Ok(())
}

/// Puts the folder `new` where `out` is, in two renames.
fn swap(new: &Path, out: &Path) -> Result<()> {
    let old = beside(out, "old");
    remove(&old)?;
    if out.exists() {
        fs::rename(out, &old).with_context(|| format!("{} cannot be moved aside", out.display()))?;
    }
    fs::rename(new, out).with_context(|| format!("{} cannot be renamed to {}", new.display(), out.display()))?;
    remove(&old)
}

/// `dist.new` for `dist` and `new`: on the same disk, so that a rename moves it.
fn beside(out: &Path, word: &str) -> PathBuf {
    out.with_added_extension(word)
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", folder.display()))
        }
        _ => Ok(()),
    }
}

fn print_sizes(out: &Path) -> Result<()> {
    let mut files: Vec<_> = fs::read_dir(out.join("pkg"))?.collect::<io::Result<_>>()?;
    files.sort_by_key(|file| file.file_name());
    for file in files.iter().filter(|file| file.path().is_file()) {
        eprintln!("{:>9.1} kB  pkg/{}", file.metadata()?.len() as f64 / 1000.0, file.file_name().display());
    }
    Ok(())
}
