//! Every page in every dress is looked at by axe-core, the accessibility checker, which must find no serious fault.
//!
//! `axe/axe.min.js` is axe-core 4.12.1 by Deque Systems, under the Mozilla Public License 2.0, as published.

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::{
    harness::{PATIENCE, Visitor},
    product::open_with_script,
};

const AXE: &str = include_str!("axe/axe.min.js");

/// The serious faults of what is shown, each with its rule and the elements.
const FAULTS: &str = "axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations
    .filter(fault => ['serious', 'critical'].includes(fault.impact))
    .map(fault => [fault.id, fault.help, ...fault.nodes.map(node => `${node.target.join(' ')}: ${node.failureSummary}`)]))";

async fn look_at_every_page(visitor: Visitor, dress: &str) -> Result<()> {
    let browser = open_with_script(visitor, AXE).await?;
    let pages = browser.eval("[...document.querySelectorAll('[data-page]')].map(page => page.dataset.page)").await?;
    let pages: Vec<&str> = pages.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    ensure!(pages.len() > 1, "there is a page to go to: {pages:?}");
    let mut faults = Vec::new();
    for page in &pages {
        browser.eval(&format!("document.querySelector('[data-page={page}]').click()")).await?;
        browser.wait_until("document.querySelector('main')", PATIENCE).await?;
        let found = browser.eval(FAULTS).await?;
        faults.extend(found.as_array().into_iter().flatten().map(|fault| format!("{page}, {dress}: {fault:#}")));
    }
    browser.eval("document.querySelector('#help').click()").await?;
    browser.wait_until("document.querySelector('dialog[open]')", PATIENCE).await?;
    let found = browser.eval(FAULTS).await?;
    faults.extend(found.as_array().into_iter().flatten().map(|fault| format!("help, {dress}: {fault:#}")));
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

#[tokio::test]
async fn no_page_has_a_serious_fault_at_a_desk() -> Result<()> {
    look_at_every_page(Visitor::at_desk(), "light, English").await?;
    look_at_every_page(Visitor { dark: true, languages: "zh-CN,zh", ..Visitor::at_desk() }, "dark, Chinese").await
}

#[tokio::test]
async fn no_page_has_a_serious_fault_on_a_phone() -> Result<()> {
    look_at_every_page(Visitor::on_phone(), "phone, light, English").await?;
    look_at_every_page(Visitor { dark: true, languages: "zh-CN,zh", ..Visitor::on_phone() }, "phone, dark, Chinese")
        .await
}
