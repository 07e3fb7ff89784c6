//! A parameter sweep comes to what core's own comes to, while the network on the page goes on.

use anyhow::{Result, ensure};
use spikeground_core::{
    gallery,
    scan::{Axis, Plan, Point, Scan},
};

use crate::{
    harness::{Browser, PATIENCE, Visitor},
    product::{TIME, number, open},
    take_away::{TAKE, rows, take},
    views::toggle,
};

/// Values on an axis, and what is let pass and counted at each point, ms.
const COUNT: usize = 5;
const SETTLE_MS: f64 = 20.0;
const COUNT_MS: f64 = 50.0;
const POINTS: &str = "Number(document.querySelector('#scan-result').dataset.points)";

/// A page with the panel, set to short runs, and the menu of the second number.
async fn with_panel(second: &str) -> Result<crate::product::Site> {
    let browser = open(Visitor::at_desk()).await?;
    browser.eval(TAKE).await?;
    toggle(&browser, "scan").await?;
    for (field, value) in [("settle", SETTLE_MS), ("time", COUNT_MS), ("count", COUNT as f64)] {
        browser.set_input(&format!("#scan-{field}"), &value.to_string()).await?;
    }
    browser.set_input("#scan-1", second).await?;
    Ok(browser)
}

/// What core makes of the first controls of CUBA.
fn expected(axes: usize) -> Result<Vec<f64>> {
    let spec = gallery::GALLERY[0].spec();
    let axis = |control: &spikeground_core::spec::ControlSpec| {
        let share = |i: usize| i as f64 / (COUNT - 1) as f64;
        let values = (0..COUNT).map(|i| control.min + (control.max - control.min) * share(i)).collect();
        Axis { paths: control.paths.clone(), values }
    };
    let axes = spec.controls.iter().take(axes).map(axis).collect();
    let plan = Plan { axes, measure: "rate".into(), population: 0, settle_ms: SETTLE_MS, count_ms: COUNT_MS };
    let Some(mut scan) = Scan::new(spec, plan, f64::INFINITY) else { anyhow::bail!("a good plan") };
    while !scan.is_done() {
        scan.advance(1000).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    }
    let value = |point: &Point| if let Point::Value(value) = point { *value } else { f64::NAN };
    Ok(scan.points().iter().map(value).collect())
}

/// Sweeps, and gives the last column of what comes out; the network goes on meanwhile.
async fn swept(browser: &Browser, points: usize) -> Result<Vec<f64>> {
    let before = number(browser, TIME).await?;
    browser.click("#scan-start").await?;
    browser.wait_until(&format!("{POINTS} === {points} && document.querySelector('#scan-start')"), PATIENCE).await?;
    browser.wait_until(&format!("{TIME} > {before}"), PATIENCE).await?;
    Ok(rows(&take(browser, "scan", "csv").await?)?.iter().map(|row| row[if points == COUNT { 1 } else { 2 }]).collect())
}

#[tokio::test]
async fn a_sweep_over_one_number_is_that_of_core() -> Result<()> {
    let browser = with_panel("").await?;
    let rates = expected(1)?;
    ensure!(rates[COUNT - 1] > rates[0], "excitation excites: {rates:?}");
    assert_eq!(swept(&browser, COUNT).await?, rates);
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_map_over_two_numbers_is_that_of_core() -> Result<()> {
    let browser = with_panel("w_I").await?;
    let rates = expected(2)?;
    assert_eq!(swept(&browser, COUNT * COUNT).await?, rates);
    // A cell is a place to go to.
    browser.click_at(".panel-scan canvas", 0.5, 0.5).await?;
    browser.wait_until("document.querySelector('#undo').disabled === false", PATIENCE).await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_sweep_is_given_up_and_the_network_goes_on() -> Result<()> {
    let browser = with_panel("w_I").await?;
    browser.set_input("#scan-time", "20000").await?;
    browser.click("#scan-start").await?;
    browser.click("#scan-cancel").await?;
    browser.wait_until("document.querySelector('#scan-start')", PATIENCE).await?;
    let points = number(&browser, POINTS).await?;
    ensure!(points < (COUNT * COUNT) as f64, "{points} points");
    let then = number(&browser, TIME).await?;
    browser.wait_until(&format!("{TIME} > {then} + 500"), PATIENCE).await?;
    assert_eq!(number(&browser, POINTS).await?, points);
    browser.assert_console_clean().await
}
