//! The engine on a GPU in the page: chosen, shown, changed during a run, lost, and missing.

use std::fs;

use anyhow::{Context, Result, ensure};
use xtask::serve::{Options, Server};

use crate::harness::{Browser, PATIENCE, Visitor, dist};
use crate::product::{RATE, Site, TIME, number};

/// Makes the worker's device known, and destroys it when the page says so.
const DESTROYER: &str = "
const open = GPUAdapter.prototype.requestDevice;
let device;
GPUAdapter.prototype.requestDevice = async function (...args) { return (device = await open.apply(this, args)); };
new BroadcastChannel('test').onmessage = () => device.destroy();
";
/// Gives the worker an adapter whose arrays are smaller than the state of CUBA.
const SMALL: &str =
    "Object.defineProperty(GPUSupportedLimits.prototype, 'maxStorageBufferBindingSize', { get: () => 32768 });";
/// Gives the worker a device that is out of memory whenever it is asked.
const FULL: &str = "
const scopes = [];
const [push, pop] = [GPUDevice.prototype.pushErrorScope, GPUDevice.prototype.popErrorScope];
GPUDevice.prototype.pushErrorScope = function (kind) { scopes.push(kind); return push.call(this, kind); };
GPUDevice.prototype.popErrorScope = async function () {
    const kind = scopes.pop();
    const error = await pop.call(this);
    return kind === 'out-of-memory' ? new GPUOutOfMemoryError('full') : error;
};
";
/// Takes WebGPU away from the worker.
const NO_WEBGPU: &str = "Object.defineProperty(WorkerNavigator.prototype, 'gpu', { get: () => undefined });";

/// The page with a worker whose script begins with `before`, running.
async fn open(before: &str) -> Result<Site> {
    let copy = tempfile::tempdir()?;
    xtask::bundle::copy(&dist()?, copy.path())?;
    let script = copy.path().join("worker.js");
    let text = fs::read_to_string(&script)?;
    fs::write(&script, format!("{before}\n{text}"))?;
    let server = Server::start(copy.path(), Options { port: 0, isolated: true, ..Options::default() })?;
    let browser = Browser::open(Visitor::at_desk()).await?;
    browser.goto(&server.url()).await?;
    browser.wait_until(&format!("document.querySelector('#time') && {TIME} > 20"), PATIENCE).await?;
    Ok(Site { browser, _server: server, _folder: Some(copy) })
}

async fn choose(browser: &Browser, engine: &str) -> Result<()> {
    let choice = format!("document.querySelector('#engine-panel input[value=\"{engine}\"]').click()");
    browser.eval(&choice).await.map(drop)
}

async fn uses(browser: &Browser, engine: &str) -> Result<()> {
    let shown = format!("document.querySelector('#engine strong').textContent === '{engine}'");
    browser.wait_until(&shown, PATIENCE).await.map(drop)
}

/// Waits until the run has gone on by `ms`, never back.
async fn goes_on(browser: &Browser, ms: f64) -> Result<()> {
    let then = number(browser, TIME).await?;
    browser.wait_until(&format!("{TIME} > {then} + {ms}"), PATIENCE).await.map(drop)
}

#[tokio::test]
async fn the_engine_is_changed_while_it_runs() -> Result<()> {
    let browser = open("").await?;
    browser.click("#engine").await?;
    browser.wait_until("document.querySelector('#engine-panel').matches(':popover-open')", PATIENCE).await?;
    let reason = "document.querySelector('#engine-reason').textContent";
    ensure!(browser.eval(reason).await?.as_str().is_some_and(|told| told.contains("4,000 neurons")));
    for engine in ["gpu", "scalar", "gpu", "lanes"] {
        choose(&browser, engine).await?;
        uses(&browser, engine).await?;
        goes_on(&browser, 60.0).await?;
        if engine == "gpu" {
            let adapter = browser.eval("document.querySelector('#adapter').textContent").await?;
            let adapter = adapter.as_str().context("an adapter")?.to_lowercase();
            ensure!(adapter.contains("swiftshader") && adapter.contains("software"), "{adapter}");
            browser
                .wait_until("/[0-9] [kM]B/.test(document.querySelector('#gpu-memory').textContent)", PATIENCE)
                .await?;
        }
    }
    let rate = number(&browser, RATE).await?;
    ensure!((2.0..9.0).contains(&rate), "CUBA fires at about 5 Hz, not {rate}");
    browser.assert_console_clean().await
}

#[tokio::test]
async fn what_is_changed_on_the_gpu_acts_at_once() -> Result<()> {
    let browser = open("").await?;
    choose(&browser, "gpu").await?;
    uses(&browser, "gpu").await?;
    browser.keys("p").await?;
    goes_on(&browser, 30.0).await?;
    browser.keys("r").await?;
    browser.wait_until(&format!("{TIME} < 25"), PATIENCE).await?;
    browser.keys(" ").await?;
    browser.wait_until("document.querySelector('#run').getAttribute('aria-label') === 'Run'", PATIENCE).await?;
    browser
        .wait_until(
            &format!("(time => new Promise(done => setTimeout(() => done(time === {TIME}), 300)))({TIME})"),
            PATIENCE,
        )
        .await?;
    let then = number(&browser, TIME).await?;
    browser.keys(".").await?;
    browser.wait_until(&format!("Math.abs({TIME} - {then} - 0.1) < 1e-6"), PATIENCE).await?;
    uses(&browser, "gpu").await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_destroyed_device_is_told_and_lanes_go_on() -> Result<()> {
    let browser = open(DESTROYER).await?;
    choose(&browser, "gpu").await?;
    uses(&browser, "gpu").await?;
    goes_on(&browser, 60.0).await?;
    let then = number(&browser, TIME).await?;
    browser.eval("new BroadcastChannel('test').postMessage('destroy')").await?;
    uses(&browser, "lanes").await?;
    browser.wait_until("document.querySelector('#notice')?.textContent.includes('The GPU was lost')", PATIENCE).await?;
    ensure!(number(&browser, TIME).await? >= then, "time went back");
    goes_on(&browser, 60.0).await?;
    browser.click("#engine").await?;
    browser.click("#gpu-again").await?;
    uses(&browser, "gpu").await?;
    goes_on(&browser, 60.0).await
}

#[tokio::test]
async fn what_the_gpu_has_no_room_for_stays_on_lanes() -> Result<()> {
    for (before, told) in
        [(SMALL, "needs an array of 64 kB; this GPU allows 33 kB"), (FULL, "has no memory for 2.0 MB")]
    {
        let browser = open(before).await?;
        choose(&browser, "gpu").await?;
        let notice = format!("document.querySelector('#notice')?.textContent.includes('{told}')");
        browser.wait_until(&notice, PATIENCE).await?;
        uses(&browser, "lanes").await?;
        goes_on(&browser, 60.0).await?;
        browser.assert_console_clean().await?;
    }
    Ok(())
}

#[tokio::test]
async fn without_webgpu_the_page_says_so_and_lanes_go_on() -> Result<()> {
    let browser = open(NO_WEBGPU).await?;
    choose(&browser, "gpu").await?;
    browser.wait_until("document.querySelector('#notice')?.textContent.includes('no GPU')", PATIENCE).await?;
    uses(&browser, "lanes").await?;
    goes_on(&browser, 60.0).await?;
    browser.assert_console_clean().await
}
