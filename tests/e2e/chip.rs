//! The page “BPU & energy”: its numbers are those of core's report of the same run, and a remedy is one press.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use spikeground_core::{
    chip::report::{Job, Order, Report},
    gallery,
    spec::NetworkSpec,
};

use crate::{
    harness::{Browser, PATIENCE, Visitor},
    product::open,
    take_away::TAKE,
};

/// Model time of each estimate here, ms.
const MS: f64 = 100.0;
const DONE: &str = "document.querySelector('#chip-start') && document.querySelector('#chip-json')";
const REFUSED: &str = "document.querySelectorAll('.advices > li').length";

/// What core makes of it.
fn expected(spec: NetworkSpec, presets: &[&str]) -> Result<Vec<Report>> {
    let order = Order { presets: presets.iter().map(|id| (*id).to_owned()).collect(), ms: MS };
    let mut job = Job::new(spec, &order, 1e9).map_err(|why| anyhow::anyhow!("{why:?}"))?;
    while !job.is_done() {
        job.advance().map_err(|why| anyhow::anyhow!("{why:?}"))?;
    }
    Ok(job.reports().to_vec())
}

/// The page with only this hardware chosen, estimated.
async fn estimate(browser: &Browser, presets: &[&str]) -> Result<()> {
    browser.click("[data-page=chip]").await?;
    browser.eval("document.querySelectorAll('[data-chosen]').forEach(chosen => chosen.click())").await?;
    browser.wait_until("document.querySelector('#chip-start').disabled", PATIENCE).await?;
    browser.click("#chip-add").await?;
    for id in presets {
        browser.set_input("#chip-search", id).await?;
        browser.click(&format!("[data-device={id}]")).await?;
    }
    browser.set_input("#chip-ms", &MS.to_string()).await?;
    browser.click("#chip-start").await?;
    browser.wait_until(DONE, PATIENCE).await?;
    Ok(())
}

/// The reports as the visitor takes them along.
async fn taken(browser: &Browser) -> Result<Vec<Report>> {
    browser.click("#chip-json").await?;
    browser.wait_until("window.taken.json", PATIENCE).await?;
    let bytes: Vec<u8> = serde_json::from_value(browser.eval("window.taken.json").await?)?;
    Ok(serde_json::from_slice(&bytes)?)
}

#[tokio::test]
async fn cuba_on_three_chips_is_cores_report() -> Result<()> {
    let chips = ["loihi1", "lyra", "h100"];
    let browser = open(Visitor::at_desk()).await?;
    browser.eval(TAKE).await?;
    estimate(&browser, &chips).await?;
    let reports = expected(gallery::GALLERY[0].spec(), &chips)?;
    ensure!(taken(&browser).await? == reports, "the page's reports are not core's");
    for report in &reports {
        let total = report.price().and_then(|price| price.total).context("a total")?.middle();
        let shown =
            browser.eval(&format!("document.querySelector('[data-chip={}]').dataset.joules", report.id)).await?;
        assert_eq!(shown, json!(total.to_string()), "{}", report.id);
    }
    // The terms of the second, and its cores by keys.
    browser.click("[data-chip=lyra] .name").await?;
    browser.wait_until("document.querySelector('[data-report=lyra] .chip-terms')", PATIENCE).await?;
    let cores = reports[1].mapped.as_ref().context("a map")?.cores.len();
    let facts =
        browser.eval("document.querySelector('[data-report=lyra] .chip-map + p + .facts dd').textContent").await?;
    assert_eq!(facts, json!(cores.to_string()));
    let core = "document.querySelector('.chip-core').textContent";
    let before = browser.eval(core).await?;
    browser.eval("document.querySelector('.chip-map canvas').focus()").await?;
    browser.keys("\u{E014}").await?;
    browser.wait_until(&format!("{core} !== {before}"), PATIENCE).await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_remedy_changes_the_network_at_a_press_and_can_be_undone() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.eval(TAKE).await?;
    browser.eval("document.querySelectorAll('.gallery details').forEach(theme => theme.open = true)").await?;
    browser.click(".gallery [data-network=izhikevich]").await?;
    browser
        .wait_until("document.querySelector('.gallery [data-network=izhikevich][aria-current=true]')", PATIENCE)
        .await?;
    estimate(&browser, &["loihi1"]).await?;
    let spec = gallery::find("izhikevich").context("an entry")?.spec();
    let walls = expected(spec, &["loihi1"])?[0].fit.walls.len();
    ensure!(walls > 0, "Loihi has no such neurons");
    assert_eq!(browser.eval(REFUSED).await?, json!(walls));
    browser.click("[data-apply=loihi1]").await?;
    browser.wait_until(&format!("{DONE} && {REFUSED} < {walls}"), PATIENCE).await?;
    let fewer = taken(&browser).await?[0].fit.walls.len();
    assert_eq!(browser.eval(REFUSED).await?, json!(fewer));
    browser.keys("\u{E009}z").await?;
    // What stands there is no longer of this network.
    browser.wait_until("document.querySelector('.chip-start [role=status]').textContent.length > 0", PATIENCE).await?;
    browser.click("#chip-start").await?;
    browser.wait_until(&format!("{DONE} && {REFUSED} === {walls}"), PATIENCE).await?;
    browser.assert_console_clean().await
}
