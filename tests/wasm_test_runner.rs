//! The program that cargo gives a wasm test binary to: wasm-bindgen's own runner, at Cargo.lock's version. It loads the
//! binary into a headless browser and prints what libtest would print.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}

/// Cargo builds a package's programs for the target that its tests are built for; there is nothing to run there.
#[cfg(target_arch = "wasm32")]
fn main() {}
