//! The menu of exports: what a visitor takes along is what core writes, and what a target lacks stands on the page.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use spikeground_core::{
    export::{TARGETS, Target},
    gallery,
    text::Lang,
};

use crate::{
    harness::{Browser, PATIENCE, Visitor},
    product::open,
};

/// Keeps what is handed over as files, which a browser without a window lets nobody read.
const KEEP: &str = "(() => {
    window.taken = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = blob => { blob.text().then(text => window.taken.push(text)); return make.call(URL, blob); };
    HTMLAnchorElement.prototype.click = function () { window.named = this.download; };
})()";

/// Presses a target, and returns the script and the name of its file.
async fn take(browser: &Browser, target: &Target) -> Result<(String, String)> {
    browser.eval("window.taken.length = 0").await?;
    browser.click(&format!("#export-menu [data-target={}]", target.id)).await?;
    browser.wait_until("window.taken.length === 1", PATIENCE).await?;
    let text = |value: serde_json::Value| value.as_str().map(str::to_owned).context("a text");
    Ok((text(browser.eval("window.taken[0]").await?)?, text(browser.eval("window.named").await?)?))
}

#[tokio::test]
async fn every_target_gives_cores_script_of_cuba() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.eval(KEEP).await?;
    browser.click("#export").await?;
    let spec = gallery::GALLERY[0].spec();
    for target in TARGETS {
        let (script, name) = take(&browser, target).await?;
        ensure!(script == (target.write)(&spec).text, "{} is not given core's script", target.id);
        assert_eq!(name, format!("cuba_{}.{}", target.id, target.extension));
        assert_eq!(browser.eval("document.querySelectorAll('#export-menu .remarks li').length").await?, json!(0));
    }
    browser.assert_console_clean().await
}

#[tokio::test]
async fn what_a_target_lacks_stands_on_the_page() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.eval(KEEP).await?;
    browser.eval("document.querySelectorAll('.gallery details').forEach(theme => theme.open = true)").await?;
    browser.click(".gallery [data-network=bump]").await?;
    browser.wait_until("document.querySelector('.gallery [data-network=bump][aria-current=true]')", PATIENCE).await?;
    browser.click("#export").await?;
    let spec = gallery::find("bump").context("an entry")?.spec();
    for target in TARGETS {
        let (script, _) = take(&browser, target).await?;
        let remarks = (target.write)(&spec).remarks;
        let lines: Vec<String> = remarks.iter().map(|r| format!("{} {}", r.at, r.message(Lang::En))).collect();
        let shown = "[...document.querySelectorAll('#export-menu .remarks li')].map(line => line.textContent)";
        browser
            .wait_until(&format!("JSON.stringify({shown}) === {}", json!(json!(lines).to_string())), PATIENCE)
            .await?;
        ensure!(script.matches("raise NotImplementedError").count() == remarks.iter().filter(|r| r.stops).count());
        ensure!((target.id == "rust") == remarks.is_empty(), "{} lacks {} things", target.id, remarks.len());
    }
    browser.assert_console_clean().await
}
