//! The lessons, worked through by the page's own controls: each step is seen to be done, and remembered.

use anyhow::{Result, ensure};
use serde_json::json;
use spikeground_web::lessons::{Act, LESSONS};

use crate::{
    harness::{Browser, PATIENCE, Visitor},
    product::open,
};

/// Does what a reader would do, by hand.
async fn act(browser: &Browser, act: Act) -> Result<()> {
    match act {
        Act::Poke => browser.click(".panel-raster .use-tool").await,
        Act::Set(control, value) => {
            let id = format!("#control-{}", control.replace(' ', "-"));
            browser.set_input(&format!(".slider-row:has({id}) input[type=text]"), &value.to_string()).await
        }
    }
}

#[tokio::test]
async fn every_lesson_can_be_gone_through_and_is_remembered() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.click("[data-page=learn]").await?;
    browser.click(&format!("[data-lesson={}]", LESSONS[0].id)).await?;
    for lesson in LESSONS {
        let title = format!("document.querySelector('.lesson-words h2')?.textContent === {}", json!(lesson.title.en));
        browser.wait_until(&title, PATIENCE).await?;
        // What a step asks for is counted in model time: five times as fast as the clock.
        browser.set_input("#speed", "11").await?;
        for (i, step) in lesson.steps.iter().enumerate() {
            let here =
                format!("document.querySelectorAll('.lesson-words .step-dots i')[{i}].classList.contains('here')");
            browser.wait_until(&here, PATIENCE).await?;
            let told = "document.querySelector('.told p')?.textContent";
            ensure!(browser.eval(told).await?.is_null(), "{} {i} is done before it began", lesson.id);
            for what in step.solution {
                act(&browser, *what).await?;
            }
            browser.wait_until(told, PATIENCE).await?;
            browser.click("#lesson-next").await?;
        }
    }
    // After the last one comes the list, in which all are done; also after a reload.
    let done = format!("document.querySelectorAll('.lesson-card .glyph').length === {}", LESSONS.len());
    browser.wait_until(&done, PATIENCE).await?;
    browser.eval("location.reload()").await?;
    browser.click("[data-page=learn]").await?;
    browser.wait_until(&done, PATIENCE).await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_lesson_leaves_the_visitors_network_alone_and_a_step_can_be_skipped() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.set_input(".slider-row:has(#control-I_e) input[type=text]", "123").await?;
    browser.click("[data-page=learn]").await?;
    browser.click(&format!("[data-lesson={}]", LESSONS[0].id)).await?;
    browser.click("#lesson-next").await?;
    let done = "document.querySelectorAll('.lesson-words .step-dots i.done').length";
    browser
        .wait_until("document.querySelectorAll('.lesson-words .step-dots i')[1].classList.contains('here')", PATIENCE)
        .await?;
    ensure!(browser.eval(done).await? == 0, "a step that was skipped is not done");
    browser.click("[data-page=simulate]").await?;
    let own = "document.querySelector('.slider-row:has(#control-I_e) input[type=text]')?.value === '123'";
    browser.wait_until(own, PATIENCE).await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn the_gallery_is_searched_in_both_languages_and_shows_pictures() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    let shown = "[...document.querySelectorAll('.gallery .entry')].filter(entry => entry.checkVisibility()).map(entry => entry.dataset.network)";
    for (sought, id) in [("aeif half", "half-centre"), ("半中心", "half-centre"), ("Song Miller", "stdp")] {
        browser.set_input("#gallery-search", sought).await?;
        browser.wait_until(&format!("({shown}).includes({}) && ({shown}).length < 5", json!(id)), PATIENCE).await?;
    }
    browser.set_input("#gallery-search", "nothing is called so").await?;
    browser
        .wait_until(
            &format!("({shown}).length === 0 && document.querySelector('.gallery .found').checkVisibility()"),
            PATIENCE,
        )
        .await?;
    browser.set_input("#gallery-search", "").await?;
    let drawn = "[...document.querySelectorAll('.gallery details[open] .thumbnail use')].every(use => use.getBBox().width > 50)";
    browser.wait_until(drawn, PATIENCE).await?;
    browser.assert_console_clean().await
}
