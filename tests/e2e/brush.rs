//! The brush: neurons are destroyed under it, healed, and driven, while the network runs.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::{
    harness::{Browser, PATIENCE, Visitor},
    product::{TIME, number, open},
    take_away::{TAKE, rows, take},
};

const CANVAS: &str = ".panel-raster canvas";

/// The lesions of the first population, as the project is saved.
async fn lesions(browser: &Browser) -> Result<Value> {
    browser.eval("window.taken = {}").await?;
    browser.eval("document.querySelector('#save').click()").await?;
    browser.wait_until("window.taken.json", PATIENCE).await?;
    let bytes: Vec<u8> = serde_json::from_value(browser.eval("window.taken.json").await?)?;
    let project: Value = serde_json::from_slice(&bytes)?;
    Ok(project["populations"][0]["lesions"].clone())
}

/// Spikes of a stretch of neurons and of the others in the last 300 ms, a second from now: a busy page hears late of what was done.
async fn spikes(browser: &Browser, [first, last]: [f64; 2]) -> Result<[usize; 2]> {
    let then = number(browser, TIME).await?;
    browser.wait_until(&format!("{TIME} > {then} + 1000"), PATIENCE).await?;
    let spikes = rows(&take(browser, "raster", "csv").await?)?;
    let end = spikes.iter().map(|row| row[0]).fold(0.0, f64::max);
    let recent: Vec<_> = spikes.iter().filter(|row| row[0] > end - 300.0).collect();
    let own = recent.iter().filter(|row| (first..=last).contains(&row[1])).count();
    Ok([own, recent.len() - own])
}

#[tokio::test]
async fn what_the_brush_destroys_is_silent_until_it_is_undone() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.eval(TAKE).await?;
    assert_eq!(lesions(&browser).await?, Value::Null);
    browser.set_input("#tool-raster", "destroy").await?;
    browser.click_at(CANVAS, 0.5, 0.6).await?;
    browser.wait_until("document.querySelector('.lesions')", PATIENCE).await?;
    let saved = lesions(&browser).await?;
    ensure!(saved.as_array().is_some_and(|all| all.len() == 1), "{saved}");
    let stretch = [0, 1].map(|end| saved[0][end].as_f64().unwrap_or(f64::NAN));
    let told = browser.eval("document.querySelector('.lesions span').textContent").await?;
    let count = format!("{} of", stretch[1] - stretch[0] + 1.0);
    ensure!(told.as_str().context("a text")?.starts_with(&count), "{told} but {saved}");
    let [own, others] = spikes(&browser, stretch).await?;
    ensure!(own == 0 && others > 100, "{own} and {others} spikes");

    browser.click("#undo").await?;
    browser.wait_until("!document.querySelector('.lesions')", PATIENCE).await?;
    assert_eq!(lesions(&browser).await?, Value::Null);
    let [own, _] = spikes(&browser, stretch).await?;
    ensure!(own > 0, "they live again");
    browser.click("#redo").await?;
    browser.click("#heal-all").await?;
    browser.wait_until("!document.querySelector('.lesions')", PATIENCE).await?;
    browser.assert_console_clean().await
}

/// A stroke is one step of the history; with the heal tool it goes over a part of what was destroyed.
#[tokio::test]
async fn keys_destroy_around_the_picked_neuron_and_a_finger_heals() -> Result<()> {
    let browser = open(Visitor::on_phone()).await?;
    browser.eval(TAKE).await?;
    browser.set_input("#tool-raster", "destroy").await?;
    browser.eval(&format!("document.querySelector('{CANVAS}').focus()")).await?;
    browser.keys("\u{e013}\u{e007}").await?;
    browser.wait_until("document.querySelector('.lesions')", PATIENCE).await?;
    // A twentieth of 3,200 neurons to either side of number 1, as far as there are any.
    assert_eq!(lesions(&browser).await?, json!([[0, 161]]));
    browser.set_input("#tool-raster", "heal").await?;
    browser.click_at(CANVAS, 0.5, 0.9).await?;
    browser.wait_until("!document.querySelector('.lesions')?.textContent.startsWith('162')", PATIENCE).await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_current_flows_as_long_as_the_brush_is_held() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.eval(TAKE).await?;
    browser.set_input("#tool-raster", "current").await?;
    let press = |kind: &str| {
        format!(
            "(canvas => {{
                const box = canvas.getBoundingClientRect();
                const at = {{ clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 }};
                canvas.setPointerCapture = () => {{}};
                canvas.dispatchEvent(new PointerEvent('{kind}', {{ ...at, pointerId: 7, bubbles: true }}));
            }})(document.querySelector('{CANVAS}'))"
        )
    };
    // The middle of the picture: about neuron 2,000 of 4,000.
    let middle = [1950.0, 2050.0];
    let [before, _] = spikes(&browser, middle).await?;
    browser.eval(&press("pointerdown")).await?;
    let [held, _] = spikes(&browser, middle).await?;
    browser.eval(&press("pointerup")).await?;
    let [after, _] = spikes(&browser, middle).await?;
    ensure!(held > 2 * before && held > 2 * after, "{before}, {held}, {after} spikes");
    browser.assert_console_clean().await
}
