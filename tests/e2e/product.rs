//! The page as a visitor meets it: it runs, it obeys, it speaks two languages, and it recovers.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::serve::{Options, Server};

use crate::harness::{Browser, PATIENCE, Visitor, dist};
use crate::raster::densest_stripe;

/// Model time in ms as the transport shows it, without its thin space.
pub const TIME: &str = "Number(document.querySelector('#time').value.replace(/\\u2009/g, ''))";
/// Measured rate of the first population, Hz.
pub const RATE: &str = "Number(document.querySelector('#rates').textContent.match(/([0-9.]+)\\s*Hz/)?.[1] ?? NaN)";

/// The canvas of the raster.
const RASTER: &str = ".panel-raster canvas";

/// The page in a browser, and its server.
pub struct Site {
    pub browser: Browser,
    // Last, because fields are dropped in this order: the page goes before its server.
    pub _server: Server,
    /// What it serves, if that is this test's own.
    pub _folder: Option<tempfile::TempDir>,
}

impl std::ops::Deref for Site {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

async fn open_with(visitor: Visitor, options: Options, before: &str) -> Result<Site> {
    let server = Server::start(&dist()?, options)?;
    let browser = Browser::open(visitor).await?;
    browser.before_load(before).await?;
    browser.goto(&server.url()).await?;
    browser.wait_until(&format!("document.querySelector('#time') && {TIME} > 20"), PATIENCE).await?;
    Ok(Site { browser, _server: server, _folder: None })
}

pub async fn open(visitor: Visitor) -> Result<Site> {
    open_with(visitor, Options { port: 0, isolated: true, ..Options::default() }, "").await
}

pub async fn number(browser: &Browser, js: &str) -> Result<f64> {
    Ok(browser.eval(js).await?.as_f64().unwrap_or(f64::NAN))
}

async fn rest(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}

#[tokio::test]
async fn it_opens_running_with_spikes_and_a_clean_console() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    assert_eq!(browser.eval("crossOriginIsolated").await?, true);
    browser.wait_until(&format!("{TIME} > 500"), PATIENCE).await?;
    ensure!(number(&browser, &densest_stripe(RASTER, 0.1, 0.9)).await? > 0.0, "the raster has no spikes");
    let rate = number(&browser, RATE).await?;
    ensure!((2.0..9.0).contains(&rate), "CUBA fires at about 5 Hz, not {rate}");
    browser.wait_until("/CV\\s*0\\.[5-9]/.test(document.querySelector('#cv').textContent)", PATIENCE).await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn it_needs_no_isolation_and_works_below_any_path() -> Result<()> {
    let options = Options { port: 0, isolated: false, prefix: "/course/week-3/".into(), ..Options::default() };
    let site = open_with(Visitor::at_desk(), options, "").await?;
    assert_eq!(site.browser.eval("crossOriginIsolated").await?, false);
    site.browser.wait_until(&format!("{TIME} > 200"), PATIENCE).await?;
    site.browser.assert_console_clean().await
}

#[tokio::test]
async fn pause_stops_time_a_step_is_one_step_and_run_goes_on() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.click("#run").await?;
    rest(300).await;
    let paused = number(&browser, TIME).await?;
    rest(300).await;
    assert_eq!(number(&browser, TIME).await?, paused);
    browser.click("#step").await?;
    browser.wait_until(&format!("Math.abs({TIME} - {paused} - 0.1) < 0.01"), PATIENCE).await?;
    // The keyboard does the same.
    browser.eval("document.activeElement.blur()").await?;
    browser.keys(".").await?;
    browser.wait_until(&format!("Math.abs({TIME} - {paused} - 0.2) < 0.01"), PATIENCE).await?;
    browser.keys(" ").await?;
    browser.wait_until(&format!("{TIME} > {paused} + 100"), PATIENCE).await?;
    let goal = (number(&browser, TIME).await? + 3000.0).round();
    browser.set_input("#time", &goal.to_string()).await?;
    browser.wait_until(&format!("{TIME} === {goal}"), PATIENCE).await?;
    rest(300).await;
    assert_eq!(number(&browser, TIME).await?, goal);
    browser.keys("r").await?;
    browser.wait_until(&format!("{TIME} === 0"), PATIENCE).await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_slider_changes_the_measured_rate_without_a_restart() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.wait_until(&format!("{TIME} > 600"), PATIENCE).await?;
    let before = number(&browser, RATE).await?;
    // Inhibition at a fifth of its strength: the balance breaks.
    browser.set_input("#control-w_I", "940").await?;
    browser.wait_until(&format!("{RATE} > {} * 3", before), PATIENCE).await?;
    ensure!(number(&browser, TIME).await? > 600.0, "the run went on");
    // A double click brings the network's own value back.
    browser.eval("document.querySelector('#control-w_I').closest('.slider-row').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))").await?;
    browser.wait_until(&format!("{RATE} < {} * 2", before), PATIENCE).await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_poke_is_seen_in_the_raster_and_picks_the_neuron() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.wait_until(&format!("{TIME} > 600"), PATIENCE).await?;
    // The poke reaches a twentieth of the 3,200 neurons on either side of the middle of the raster.
    let around = densest_stripe(RASTER, 0.46, 0.52);
    let before = number(&browser, &around).await?;
    browser.click_at(".panel-raster canvas", 0.5, 0.49).await?;
    browser.wait_until(&format!("{around} > {}", 2.0 * before.max(0.2)), PATIENCE).await?;
    let picked = browser.eval("document.querySelector('#picked').textContent").await?;
    ensure!(picked != json!("neuron 0 (E)"), "a click picks another neuron than {picked}");
    browser.assert_console_clean().await
}

#[tokio::test]
async fn language_and_theme_switch_and_are_remembered() -> Result<()> {
    let browser = open(Visitor { languages: "zh-CN,zh", dark: true, ..Visitor::at_desk() }).await?;
    let shown = "[document.documentElement.lang, document.documentElement.dataset.theme, document.querySelector('.panel-raster h2').textContent]";
    assert_eq!(browser.eval(shown).await?, json!(["zh-Hans", "dark", "脉冲栅格图"]));
    browser.click("#language").await?;
    browser.click("#theme").await?;
    browser.wait_until(&format!("{shown}.join() === 'en,light,Spikes'"), PATIENCE).await?;
    browser.eval("location.reload()").await?;
    browser
        .wait_until(
            &format!("document.querySelector('#time') && {TIME} > 20 && {shown}.join() === 'en,light,Spikes'"),
            PATIENCE,
        )
        .await?;
    browser.assert_console_clean().await
}

/// Opens a file as a visitor would choose it.
pub async fn choose(browser: &Browser, name: &str, text: &str) -> Result<()> {
    let js = format!(
        "(() => {{
            const input = document.querySelector('#open-file'), files = new DataTransfer();
            files.items.add(new File([{}], {}, {{ type: 'application/json' }}));
            input.files = files.files;
            input.dispatchEvent(new Event('change', {{ bubbles: true }}));
        }})()",
        json!(text),
        json!(name)
    );
    browser.eval(&js).await.map(drop)
}

#[tokio::test]
async fn a_wrong_file_says_every_mistake_in_both_languages_and_changes_nothing() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    let wrong = r#"{"version":1,"name":"<img src=x onerror=alert(1)>","populations":[{"name":"A","size":10,"model":"iaf_psc_exq"}],
        "projections":[{"source":"A","target":"B","rule":"all_to_all","weight":1,"delay_ms":0.01}]}"#;
    choose(&browser, "wrong.json", wrong).await?;
    let problems = "[...document.querySelectorAll('#problems li')].map(li => li.textContent)";
    let seen = browser.wait_until(&format!("({problems}).length === 3 && {problems}"), PATIENCE).await?;
    let text = seen.to_string();
    for part in ["populations[0].model", "iaf_psc_exp", "projections[0].target", "projections[0].delay_ms", "0.01 ms"] {
        ensure!(text.contains(part), "{part} is not in {text}");
    }
    browser.click("#language").await?;
    browser.wait_until(&format!("({problems})[0].includes('神经元模型')"), PATIENCE).await?;
    let before = number(&browser, TIME).await?;
    browser.wait_until(&format!("{TIME} > {before} + 100"), PATIENCE).await?;
    assert_eq!(browser.eval("document.querySelector('.project').textContent").await?, json!("CUBA 平衡网络"));
    choose(&browser, "cut.json", "{\"version\": 1, \"popul").await?;
    browser.wait_until(&format!("({problems}).length === 1 && ({problems})[0].includes('JSON')"), PATIENCE).await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn what_is_saved_opens_as_the_same_network() -> Result<()> {
    let catch = "URL.createObjectURL = (make => blob => { blob.text().then(text => window.saved = text); return make(blob); })(URL.createObjectURL.bind(URL));
        HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download; };";
    let options = Options { port: 0, isolated: true, ..Options::default() };
    let site = open_with(Visitor::at_desk(), options, catch).await?;
    let browser = &site.browser;
    browser.set_input("#seed", "77").await?;
    browser.set_input("#control-w_E", "500").await?;
    browser.click("#project").await?;
    browser.click("#save").await?;
    let saved = browser.wait_until("window.saved", PATIENCE).await?;
    let saved = saved.as_str().unwrap_or_default().to_owned();
    assert_eq!(browser.eval("window.savedAs").await?, json!("CUBA.json"));
    let spec: Value = serde_json::from_str(&saved)?;
    assert_eq!((&spec["seed"], &spec["projections"][0]["weight"]), (&json!(77), &json!(25.0)));
    browser.click(".gallery details:last-of-type summary").await?;
    browser.click(".gallery [data-network='one-neuron']").await?;
    browser.wait_until("document.querySelector('#picked').textContent.includes('(N)')", PATIENCE).await?;
    choose(browser, "CUBA.json", &saved).await?;
    browser.wait_until("document.querySelector('#seed').value === '77'", PATIENCE).await?;
    browser
        .wait_until(
            &format!("{TIME} > 100 && document.querySelector('.transport').textContent.includes('320')"),
            PATIENCE,
        )
        .await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_killed_worker_is_replaced_and_the_network_kept() -> Result<()> {
    let catch = "window.workers = []; Worker = class extends Worker { constructor(...all) { super(...all); workers.push(this); } };";
    let options = Options { port: 0, isolated: true, ..Options::default() };
    let site = open_with(Visitor::at_desk(), options, catch).await?;
    let browser = &site.browser;
    browser.set_input("#seed", "5").await?;
    browser.wait_until(&format!("{TIME} > 300"), PATIENCE).await?;
    browser.eval("workers[0].terminate()").await?;
    browser.wait_until("document.querySelector('#notice') && workers.length === 2", PATIENCE).await?;
    browser.wait_until(&format!("{TIME} > 20 && {TIME} < 3000"), PATIENCE).await?;
    let then = number(browser, TIME).await?;
    browser.wait_until(&format!("{TIME} > {then} + 100"), PATIENCE).await?;
    assert_eq!(browser.eval("document.querySelector('#seed').value").await?, json!("5"));
    browser.assert_console_clean().await
}

#[tokio::test]
async fn another_size_is_wired_with_progress_and_too_large_a_one_is_refused() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.set_input("#size", "1000").await?;
    browser.wait_until("document.querySelector('.transport').textContent.includes('100\u{2009}000')", PATIENCE).await?;
    browser.wait_until(&format!("{TIME} > 20"), PATIENCE).await?;
    let memory = browser.eval("document.querySelector('#estimate').textContent").await?;
    ensure!(memory.as_str().is_some_and(|m| m.contains("MB")), "{memory}");
    // Two hundred million neurons, typed: told how much that would be; what was typed stays, and what ran goes on.
    let field = ".slider-row:has(#size) input[type=text]";
    browser.set_input(field, "200000000").await?;
    browser.wait_until("/(GB|TB).*GB/s.test(document.querySelector('#problems')?.textContent)", PATIENCE).await?;
    assert_eq!(browser.eval(&format!("document.querySelector('{field}').value")).await?, "200\u{2009}000\u{2009}000");
    ensure!(browser.eval("document.querySelector('.transport').textContent.includes('100\u{2009}000')").await? == true);
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_part_of_the_network_opens_its_parameters_and_a_wrong_one_is_marked() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.click(".diagram .node.exc").await?;
    browser.wait_until("document.querySelector('.inspector .equation')", PATIENCE).await?;
    let row = "[...document.querySelectorAll('.slider-row')].find(row => row.textContent.includes('reset'))";
    browser
        .eval(&format!("(input => {{ input.value = '-40'; input.dispatchEvent(new Event('change', {{ bubbles: true }})); }})(({row}).querySelector('input[type=text]'))"))
        .await?;
    browser
        .wait_until(&format!("({row}).classList.contains('wrong') && document.querySelector('#problems')"), PATIENCE)
        .await?;
    let then = number(&browser, TIME).await?;
    browser.wait_until(&format!("{TIME} > {then} + 50"), PATIENCE).await?;
    browser.eval(&format!("({row}).dispatchEvent(new MouseEvent('dblclick', {{ bubbles: true }}))")).await?;
    browser
        .wait_until(&format!("!({row}).classList.contains('wrong') && !document.querySelector('#problems')"), PATIENCE)
        .await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_phone_shows_it_all_within_its_width() -> Result<()> {
    let browser = open(Visitor::on_phone()).await?;
    let fits = "document.documentElement.scrollWidth <= innerWidth && ['#run', '#reset', '#step', '#speed', '#open-inspector', '#language', '#help']
        .every(css => { const box = document.querySelector(css).getBoundingClientRect(); return box.width > 0 && box.left >= 0 && box.right <= innerWidth + 0.5 && box.bottom <= innerHeight + 0.5; })";
    assert_eq!(browser.eval(fits).await?, true);
    browser.click("#open-inspector").await?;
    browser
        .wait_until("document.querySelector('.inspector').getBoundingClientRect().top < innerHeight * 0.75", PATIENCE)
        .await?;
    browser.set_input("#control-I_e", "800").await?;
    browser.wait_until(&format!("{RATE} > 8"), PATIENCE).await?;
    // Above the sheet.
    browser.click_at(".scrim", 0.5, 0.1).await?;
    let then = number(&browser, TIME).await?;
    browser.click_at(".panel-raster canvas", 0.5, 0.5).await?;
    browser.wait_until("document.querySelector('#picked').textContent !== 'neuron 0 (E)'", PATIENCE).await?;
    browser.wait_until(&format!("{TIME} > {then}"), PATIENCE).await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn help_opens_by_key_and_sound_by_button() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.keys("?").await?;
    browser.wait_until("document.querySelector('dialog.help').open", PATIENCE).await?;
    browser.click("dialog.help .icon-button").await?;
    browser.wait_until("!document.querySelector('dialog.help').open", PATIENCE).await?;
    browser.click("#sound").await?;
    browser.wait_until("document.querySelector('#sound').ariaPressed === 'true'", PATIENCE).await?;
    rest(300).await;
    browser.click("#sound").await?;
    browser.wait_until("document.querySelector('#sound').ariaPressed === 'false'", PATIENCE).await?;
    browser.assert_console_clean().await
}
