//! The project as a visitor keeps it: undone, redone, shared by a link, kept in the browser.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use spikeground_core::gallery;

use crate::harness::{Browser, PATIENCE, Visitor};
use crate::product::{Site, TIME, choose, open};

/// The keys Control and Shift, as WebDriver names them.
const CONTROL: char = '\u{e009}';
const SHIFT: char = '\u{e008}';

const SEED: &str = "document.querySelector('#seed').value";
const HISTORY: &str = "[...document.querySelectorAll('.history li')].map(line => line.textContent)";
const NOTICE: &str = "document.querySelector('#notice')?.textContent ?? ''";
const RUNS: &str = "document.querySelector('#seed') && document.querySelector('#time')";

async fn seed_is(browser: &Browser, seed: &str) -> Result<()> {
    browser.wait_until(&format!("{SEED} === '{seed}'"), PATIENCE).await.map(drop)
}

/// The address that the page offers to share.
async fn link(browser: &Browser) -> Result<String> {
    browser.click("#share").await?;
    let link = browser.wait_until("document.querySelector('#share-link')?.value", PATIENCE).await?;
    browser.wait_until("document.querySelector('.qr path')", PATIENCE).await?;
    browser.click("#modal header button").await?;
    link.as_str().map(str::to_owned).context("the link is a text")
}

fn hash(link: &str) -> &str {
    link.split_once('#').map_or("", |(_, hash)| hash)
}

/// Lets the page handle what was set before the next thing is touched.
async fn set(browser: &Browser, css: &str, value: &str) -> Result<()> {
    browser.set_input(css, value).await?;
    // A pause, as a person makes one, ends the step.
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    Ok(())
}

#[tokio::test]
async fn changes_are_undone_and_redone_and_the_history_says_what_they_were() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    set(&browser, "#seed", "7").await?;
    set(&browser, "#control-w_E", "500").await?;
    browser.click(".gallery [data-network='coba']").await?;
    browser.wait_until("document.querySelector('.project').textContent === 'COBA'", PATIENCE).await?;
    browser.click("#project").await?;
    let lines = browser.eval(HISTORY).await?;
    let weight = "weight of E → E: 16.2 → 25\u{2009}pA and 1 more";
    assert_eq!(lines, json!(["COBA opened", weight, "seed: 1 → 7", "As it was opened"]));
    // A press on a line goes there, and the lines above can be had again.
    browser.click(".history li:nth-of-type(3) button").await?;
    seed_is(&browser, "7").await?;
    assert_eq!(browser.eval("document.querySelector('.project').textContent").await?, "CUBA");
    browser.click("#project").await?;
    browser.keys(&format!("{CONTROL}z")).await?;
    seed_is(&browser, "1").await?;
    browser.keys(&format!("{CONTROL}y")).await?;
    seed_is(&browser, "7").await?;
    browser.keys(&format!("{CONTROL}{SHIFT}z")).await?;
    browser.click("#redo").await?;
    browser.wait_until("document.querySelector('.project').textContent === 'COBA'", PATIENCE).await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_link_opens_the_same_project_elsewhere_and_a_wrong_one_changes_nothing() -> Result<()> {
    let author = open(Visitor::at_desk()).await?;
    assert_eq!(hash(&link(&author).await?), "network=cuba&language=en&theme=light");
    set(&author, "#seed", "4242").await?;
    set(&author, "#control-w_E", "500").await?;
    let shared = link(&author).await?;
    ensure!(hash(&shared).starts_with("project=") && shared.len() < 2000, "{shared}");

    let reader = Browser::open(Visitor { languages: "zh-CN,zh", dark: true, ..Visitor::at_desk() }).await?;
    reader.goto(&format!("{shared}&reset_hide")).await?;
    reader.wait_until(RUNS, PATIENCE).await?;
    seed_is(&reader, "4242").await?;
    let hidden = "getComputedStyle(document.querySelector('#reset')).display === 'none'";
    reader.wait_until(&format!("{TIME} > 20 && {hidden}"), PATIENCE).await?;
    assert_eq!(reader.eval("document.documentElement.lang").await?, "en");
    assert_eq!(link(&reader).await?.replace("&reset_hide", ""), shared);

    let cut = &hash(&shared)[..300];
    for (wrong, part) in
        [("network=nowhere", "nowhere"), (cut, "292"), ("network=coba&page=gone", "gone"), ("nothing=1", "nothing")]
    {
        reader.eval(&format!("location.hash = {}", json!(wrong))).await?;
        reader.wait_until(&format!("({NOTICE}).includes({})", json!(part)), PATIENCE).await?;
        seed_is(&reader, "4242").await?;
    }
    // A right one opens, takes the message away, and can be undone.
    reader.eval("location.hash = 'network=coba'").await?;
    reader
        .wait_until(&format!("!({NOTICE}) && document.querySelector('.project').textContent === 'COBA'"), PATIENCE)
        .await?;
    reader.click("#undo").await?;
    seed_is(&reader, "4242").await?;
    reader.assert_console_clean().await
}

#[tokio::test]
async fn markup_in_names_is_text() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    let hurt = "<img src=x onerror=\"window.hurt=1\"><script>window.hurt=1</script>";
    let mut project: Value = serde_json::from_str(gallery::find("one-neuron").context("it is there")?.json)?;
    let name = "<img onerror=hurt=1 src=x>";
    project["name"] = json!(hurt);
    project["populations"][0]["name"] = json!(name);
    for projection in project["projections"].as_array_mut().into_iter().flatten() {
        projection["target"] = json!(name);
    }
    project["page"] = json!({ "notes": [{ "text": hurt, "place": [0, 0] }], "places": { (hurt): [1, 2] } });
    choose(&browser, "<b>.json", &project.to_string()).await?;
    browser.wait_until("document.querySelector('.project').textContent.includes('onerror')", PATIENCE).await?;
    set(&browser, "#seed", "3").await?;
    browser.click("#project").await?;
    browser.click("#recent").await?;
    browser.wait_until("document.querySelector('.recent .entry')?.textContent.includes('onerror')", PATIENCE).await?;
    browser.click(".recent .text-button").await?;
    browser.wait_until("document.querySelector('#modal h2').textContent.includes('onerror')", PATIENCE).await?;
    browser.click("#modal header button").await?;
    link(&browser).await?;
    assert_eq!(
        browser.eval("[window.hurt ?? null, document.querySelectorAll('img, script:not([src])').length]").await?,
        json!([null, 0])
    );
    browser.assert_console_clean().await
}

#[tokio::test]
async fn what_was_changed_is_there_again_and_two_tabs_keep_their_own() -> Result<()> {
    let Site { browser, _server, .. } = open(Visitor::at_desk()).await?;
    set(&browser, "#seed", "11").await?;
    let address = browser.eval("location.href").await?;
    let address = address.as_str().context("an address")?;
    // The same tab goes on; another one begins anew, one press away from it.
    browser.eval("location.reload()").await?;
    browser.wait_until(&format!("{RUNS} && {SEED} === '11'"), PATIENCE).await?;
    browser.eval("window.other = open(location.href)").await?;
    let there = |js: &str| js.replace("document.", "other.document.");
    browser
        .wait_until(&format!("other.document.querySelector('#continue') && {} === '1'", there(SEED)), PATIENCE)
        .await?;
    let set_there = "(field => { field.value = '22'; for (const kind of ['input', 'change']) field.dispatchEvent(new other.Event(kind, { bubbles: true })); })(other.document.querySelector('#seed'))";
    browser.eval(set_there).await?;
    set(&browser, "#seed", "12").await?;
    let kept = "Object.keys(localStorage).filter(key => key.startsWith('spikeground.project.')).map(key => JSON.parse(localStorage[key].split('\\n').slice(2).join('\\n')).seed).sort().join()";
    browser.wait_until(&format!("{kept} === '12,22'"), PATIENCE).await?;
    // A tab that crashed has left no word; its work is on the shelf.
    browser.eval("[other.close(), sessionStorage.clear()]").await?;
    browser.goto("about:blank").await?;
    browser.goto(address).await?;
    browser.wait_until(RUNS, PATIENCE).await?;
    browser.click("#project").await?;
    browser.click("#recent").await?;
    browser.wait_until("document.querySelectorAll('.recent li').length === 2", PATIENCE).await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_project_is_renamed_where_its_name_stands() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    let is = |name: &str| format!("document.querySelector('.project').textContent === {}", json!(name));
    browser.click(".project").await?;
    browser.set_input("#project-name", "Mine").await?;
    browser.keys("\u{e007}").await?;
    browser.wait_until(&is("Mine"), PATIENCE).await?;
    // Escape leaves it as it is.
    browser.click(".project").await?;
    browser.keys("x\u{e00c}").await?;
    browser.wait_until(&is("Mine"), PATIENCE).await?;
    browser.click("#undo").await?;
    browser.wait_until(&is("CUBA"), PATIENCE).await?;
    browser.assert_console_clean().await
}
