//! Times the CUBA network in the published worker, in Chromium. `cargo xtask bench cuba` builds the page and calls it.
//!
//!     bench-wasm ENGINE NEURONS DISCARD_MS MODEL_MS      # one JSON line on stdout; the loop alone is timed

// Cargo builds a package's programs also for the target that its tests are built for; there is nothing to run there.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]

use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use spikeground_core::gallery;
use xtask::serve::{Options, Server};

#[path = "../e2e"]
mod e2e {
    //! The browser of the end-to-end tests.
    #[allow(dead_code, reason = "a benchmark clicks nothing")]
    pub mod harness;
}

use e2e::harness::{Browser, Visitor, dist};

/// What the page does.
const SCRIPT: &str = include_str!("wasm.js");
/// How long the page may take: far more than the largest network needs.
const LIMIT: Duration = Duration::from_secs(600);
/// A file of the bundle that a browser can show and that simulates nothing.
const BLANK: &str = "css/tokens.css";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [engine, neurons, discard_ms, model_ms] = &args[..] else {
        bail!("Usage: bench-wasm ENGINE NEURONS DISCARD_MS MODEL_MS")
    };
    let outcome = measure(engine, neurons.parse()?, discard_ms.parse()?, model_ms.parse()?).await?;
    println!("{outcome}");
    Ok(())
}

async fn measure(engine: &str, neurons: u64, discard_ms: u32, model_ms: u32) -> Result<Value> {
    let cuba = gallery::find("cuba").context("the gallery has no CUBA network")?;
    let network = cuba.spec().scaled(neurons).to_json();
    let server = Server::start(&dist()?, Options { isolated: true, ..Options::default() })?;
    let browser = Browser::open(Visitor::at_desk()).await?;
    browser.goto(&(server.url() + BLANK)).await?;

    let args = json!([server.url() + "worker.js", network, engine, discard_ms, model_ms]);
    let start = format!(
        "void ({SCRIPT})(...{args}).then(value => window.outcome = {{ value }}, error => window.outcome = {{ error: String(error) }})"
    );
    browser.eval(&start).await?;
    let mut outcome = browser.wait_until("window.outcome", LIMIT).await?;
    match outcome["error"].as_str() {
        Some(error) => bail!("in the page: {error}"),
        None => Ok(outcome["value"].take()),
    }
}
