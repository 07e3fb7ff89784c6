//! Decoding on the page comes to what core comes to, and gets worse as the channels do.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use spikeground_core::{
    bci::{self, Split},
    decode,
};

use crate::{
    harness::{Browser, PATIENCE, Visitor},
    product::{Site, number, open},
};

const LIVE: &str = "Number(document.querySelector('#live-score')?.dataset.score || NaN)";
const SCORED: &str = "Number(document.querySelector('#live-score')?.dataset.scored || 0)";
const STILL: &str = "document.querySelector('#decode-run').title === 'Play'";

/// The Decode page with the recording of tones, made with the page's own seed.
async fn with_tones() -> Result<Site> {
    let browser = open(Visitor::at_desk()).await?;
    browser.click("[data-page=decode]").await?;
    browser.click("#recording-mandarin_tones").await?;
    browser.wait_until("document.querySelector('#decoder-lda')", PATIENCE).await?;
    Ok(browser)
}

async fn score(browser: &Browser, row: usize) -> Result<f64> {
    let score = browser.wait_until(&format!("document.querySelector('#score-{row}')?.dataset.score"), PATIENCE).await?;
    score.as_str().and_then(|text| text.parse().ok()).context("a score is a number")
}

/// What core's own functions score on the same recording.
fn expected(decoder: &str) -> Result<(f64, usize)> {
    let recording = bci::find("mandarin_tones").context("tones")?.example(1);
    let decoder = decode::find(decoder).context("a decoder")?;
    let mut trained = decode::train(decoder, &recording, &decoder.defaults(), 1);
    let test = recording.only(&recording.on(Split::Test));
    Ok((decode::score(&mut *trained, &test).headline(), test.segments.len()))
}

/// Plays all of it, as fast as it can, and returns the score.
async fn played(browser: &Browser, segments: usize) -> Result<f64> {
    browser.wait_until(STILL, PATIENCE).await?;
    browser.click("#decode-rewind").await?;
    browser.wait_until(&format!("{SCORED} === 0"), PATIENCE).await?;
    browser.click("#decode-run").await?;
    browser.wait_until(&format!("{SCORED} === {segments} && {STILL}"), PATIENCE).await?;
    number(browser, LIVE).await
}

#[tokio::test]
async fn tones_are_decoded_as_core_decodes_them_and_worse_without_units() -> Result<()> {
    let browser = with_tones().await?;
    // The linear baseline comes first.
    browser.click("#decoder-csp_lda").await?;
    browser.click("#train").await?;
    let (baseline, segments) = expected("lda")?;
    assert_eq!((score(&browser, 0).await?, score(&browser, 1).await?), (baseline, expected("csp_lda")?.0));
    ensure!(baseline > 0.8, "{baseline}");
    let synthetic = "[...document.querySelectorAll('.decode-panel, .decode-results h2')].every(part => part.querySelector('.badge')?.textContent !== 'real')
        && document.querySelectorAll('.decode-panel').length === 4
        && [...document.querySelectorAll('.decode-panel')].every(panel => panel.querySelector('.badge').textContent === 'synthetic')";
    ensure!(browser.eval(synthetic).await? == true, "every view says that it is synthetic");
    // It plays by itself, in real time: a bin is drawn soon after it ends.
    browser.wait_until(&format!("{SCORED} > 3"), PATIENCE).await?;
    let latency = "Number(document.querySelector('#latency').textContent.split(' ')[0])";
    browser.wait_until(&format!("{latency} > 0 && {latency} < 1000"), PATIENCE).await?;
    browser.click("#score-0").await?;
    browser.set_input("#decode-speed", "5").await?;
    assert_eq!(played(&browser, segments).await?, baseline);
    let counted = "[...document.querySelectorAll('.confusion tbody td')].reduce((sum, cell) => sum + Number(cell.textContent), 0)";
    browser.wait_until(&format!("{counted} === {segments}"), PATIENCE).await?;
    browser.set_input(".slider-row:has(#spoil-lost) input[type=text]", "100").await?;
    let without = played(&browser, segments).await?;
    ensure!(without <= 0.3, "{without} without units");
    browser.set_input(".slider-row:has(#spoil-lost) input[type=text]", "0").await?;
    assert_eq!(played(&browser, segments).await?, baseline);
    browser.assert_console_clean().await
}

/// Gives the page a file of this name and content.
async fn give(browser: &Browser, name: &str, content: &str) -> Result<()> {
    let js = format!(
        "(input => {{
            if (!input) return false;
            const given = new DataTransfer();
            given.items.add(new File([{}], {}));
            input.files = given.files;
            input.dispatchEvent(new Event('change', {{ bubbles: true }}));
            return true;
        }})(document.querySelector('#recording-file'))",
        json!(content),
        json!(name)
    );
    browser.wait_until(&js, PATIENCE).await.map(drop)
}

#[tokio::test]
async fn a_file_is_read_here_and_a_bad_one_says_what_is_wrong_and_loses_nothing() -> Result<()> {
    let browser = with_tones().await?;
    browser.click("#decoder-lda").await?;
    browser.click("#train").await?;
    let before = score(&browser, 0).await?;
    let bad = "@classLabel true up down\n@data\n1,2,x:up\n";
    give(&browser, "bad.ts", bad).await?;
    let told = browser.wait_until("document.querySelector('#recording-trouble').textContent", PATIENCE).await?;
    let error = spikeground_core::format::read("bad.ts", bad.as_bytes()).err().context("it is bad")?;
    let message = error.message(spikeground_core::text::Lang::En);
    ensure!(
        told.as_str().is_some_and(|told| told.contains("bad.ts") && told.contains(&message)),
        "{told} for {message}"
    );
    assert_eq!(score(&browser, 0).await?, before);
    // Two classes that differ in their only channel, ten trials.
    let trial = |i: usize| format!("{0},{1},{0},{1}:{2}\n", i % 2 * 5, i % 2 * 5 + i % 3, ["up", "down"][i % 2]);
    let good = format!("@classLabel true up down\n@data\n{}", (0..10).map(trial).collect::<String>());
    give(&browser, "good.ts", &good).await?;
    browser.wait_until("document.querySelector('#recording-own')?.textContent.includes('good.ts')", PATIENCE).await?;
    ensure!(browser.eval("document.querySelector('#recording-trouble').textContent").await? == "", "the fault is gone");
    browser.click("#train").await?;
    assert_eq!(score(&browser, 0).await?, 1.0);
    browser.assert_console_clean().await
}

#[tokio::test]
async fn training_is_given_up() -> Result<()> {
    let browser = with_tones().await?;
    browser.click("#decoder-spiking").await?;
    browser.set_input(".slider-row:has(#decoder-param-epochs) input[type=text]", "500").await?;
    browser.click("#train").await?;
    browser.wait_until("document.querySelector('#score-0')", PATIENCE).await?;
    browser.click("#train-cancel").await?;
    browser.wait_until("document.querySelector('#train')", PATIENCE).await?;
    assert_eq!(number(&browser, "document.querySelectorAll('#scores button').length").await?, 1.0);
    browser.assert_console_clean().await
}
