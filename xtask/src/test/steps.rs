//! The steps of `cargo xtask test`: what each one needs on the machine and which commands it runs.

use anyhow::{Context, Result};

use super::tally::{Tally, check, tests};
use crate::cargo::{self, WASM, cargo};
use crate::{bundle, fmt as format, setup, tree};

/// A microcontroller's target: it has no operating system, so only a true `no_std` crate builds for it.
const BARE_METAL: &str = "thumbv7em-none-eabi";
/// How long one binary of browser tests may take; the runner's own limit is too short for a busy machine.
const WASM_TESTS_SECONDS: &str = "300";
/// Browsers that the end-to-end tests open at once: two cores drive two.
const E2E_THREADS: &str = "--test-threads=2";

pub fn fmt() -> Result<Tally> {
    Ok(if format::check()? { Tally::PASSED } else { Tally::FAILED })
}

/// The browser tests are named, because Cargo.toml keeps them out of the targets that are tested by default.
pub fn clippy() -> Result<Tally> {
    setup::component("clippy")?;
    setup::target(WASM)?;
    let native = ["clippy", "--workspace", "--all-targets", "--test", "e2e", "--", "-D", "warnings"];
    let packages = ["spikeground-core", "spikeground-worker", "spikeground-web", "spikeground-tests"];
    let wasm = ["clippy", "--target", WASM].into_iter().chain(packages.iter().flat_map(|name| ["--package", name]));
    let wasm = wasm.chain(["--all-targets", "--test", "wasm_page", "--test", "wasm_worker", "--", "-D", "warnings"]);
    Ok([check(&mut cargo(native))?, check(&mut cargo(wasm))?].into_iter().sum())
}

pub fn native() -> Result<Tally> {
    setup::vulkan()?;
    tests(&mut cargo(["test", "--workspace", "--no-fail-fast"]))
}

pub fn digest() -> Result<Tally> {
    tests(&mut cargo(["test", "--release", "--package", "spikeground-core", "--test", "digest"]))
}

pub fn no_std() -> Result<Tally> {
    setup::target(BARE_METAL)?;
    check(&mut cargo(["build", "--package", "spikeground-core", "--target", BARE_METAL]))
}

pub fn wasm() -> Result<Tally> {
    setup::target(WASM)?;
    let browser = setup::browser()?;
    let programs = cargo::build_programs(["--package", "spikeground-tests", "--bin", "wasm-test-runner"])?;
    let runner = programs.first().context("cargo built no bin `wasm-test-runner`; tests/Cargo.toml must have it")?;
    let mut command = cargo(["test", "--no-fail-fast", "--package", "spikeground-tests", "--target", WASM]);
    command.args(["--test", "wasm_page", "--test", "wasm_worker"]);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &runner.file);
    command.env("CHROMEDRIVER", browser.chromedriver);
    command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", tree::root().join("tests/webdriver.json"));
    command.env("WASM_BINDGEN_TEST_TIMEOUT", WASM_TESTS_SECONDS);
    command.env_remove("NO_HEADLESS");
    tests(&mut command)
}

pub fn e2e() -> Result<Tally> {
    setup::browser()?;
    let dist = cargo::workspace()?.target_dir.join("e2e-dist");
    bundle::bundle(&bundle::TEST, &dist)?;
    let mut command = cargo(["test", "--package", "spikeground-tests", "--test", "e2e", "--", E2E_THREADS]);
    // The stack of a future is all executor: a failure shows its message and context instead.
    tests(command.env("SPIKEGROUND_DIST", dist).env("RUST_LIB_BACKTRACE", "0"))
}
