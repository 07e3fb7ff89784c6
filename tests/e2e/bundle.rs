//! The bundle that the other tests load is whole.

use anyhow::{Result, ensure};

use crate::harness;

#[test]
fn the_bundle_holds_the_page_and_the_worker() -> Result<()> {
    let dist = harness::dist()?;
    for name in ["spikeground_web", "spikeground_worker"] {
        let wasm = std::fs::read(dist.join(format!("pkg/{name}_bg.wasm")))?;
        ensure!(wasm.starts_with(b"\0asm"), "pkg/{name}_bg.wasm is no wasm module");
        ensure!(dist.join(format!("pkg/{name}.js")).is_file(), "pkg/{name}.js is missing");
    }
    ensure!(dist.join("index.html").is_file(), "index.html is missing: static/ is not in the bundle");
    Ok(())
}
