//! The harness itself: what it sets a visitor sees, what it does the page notices, and what goes wrong it reports.

use std::fs;
use std::time::Duration;

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use serde_json::json;
use tempfile::TempDir;
use xtask::serve::{Options, Server};

use crate::harness::{Browser, PATIENCE, Visitor};

/// A page that writes down what happens to it. Its icon is empty, or the browser would ask for one and log the answer.
const PAGE: &str = r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>harness</title><link rel="icon" href="data:,"><style>
body { margin: 0 } #board { width: 200px; height: 100px; margin-top: 2000px; background: #123456 }
</style></head><body>
<input id="text"><input id="slider" type="range" max="10"><button id="button">0</button><div id="board"></div>
<script>
window.seen = [];
text.onkeydown = event => seen.push('key ' + event.key);
slider.oninput = () => seen.push('input ' + slider.value);
slider.onchange = () => seen.push('change ' + slider.value);
button.onclick = () => button.textContent = Number(button.textContent) + 1;
board.onclick = event => seen.push(`board ${event.offsetX} ${event.offsetY} ${event.pointerType}`);
</script></body></html>"#;

/// A served folder with the page in it; removed again when dropped.
struct Site {
    server: Server,
    folder: TempDir,
}

impl Site {
    fn new() -> Result<Site> {
        let folder = TempDir::new()?;
        fs::write(folder.path().join("index.html"), PAGE)?;
        fs::write(folder.path().join("empty.wasm"), b"\0asm\x01\0\0\0")?;
        fs::write(folder.path().join("worker.js"), "console.error('from the worker');")?;
        let options = Options { port: 0, isolated: true, prefix: "/some/where/".into(), ..Options::default() };
        Ok(Site { server: Server::start(folder.path(), options)?, folder })
    }
}

async fn open(site: &Site, visitor: Visitor) -> Result<Browser> {
    let browser = Browser::open(visitor).await?;
    browser.goto(&site.server.url()).await?;
    Ok(browser)
}

#[tokio::test]
async fn a_served_page_is_isolated_below_its_prefix_and_its_console_is_clean() -> Result<()> {
    let site = Site::new()?;
    let browser = open(&site, Visitor::at_desk()).await?;
    assert_eq!(browser.eval("crossOriginIsolated").await?, true);
    assert_eq!(browser.eval("location.pathname").await?, "/some/where/");
    let wasm = "WebAssembly.compileStreaming(fetch('empty.wasm')).then(module => module instanceof WebAssembly.Module)";
    assert_eq!(browser.eval(wasm).await?, true, "a wrong MIME type would refuse the stream");
    let mime = "fetch('empty.wasm').then(response => response.headers.get('content-type'))";
    assert_eq!(browser.eval(mime).await?, "application/wasm");
    browser.assert_console_clean().await
}

#[tokio::test]
async fn errors_in_the_console_are_caught_wherever_they_come_from() -> Result<()> {
    let site = Site::new()?;
    let browser = open(&site, Visitor::at_desk()).await?;
    browser.assert_console_clean().await?;
    browser.eval("console.log('fine')").await?;
    browser.assert_console_clean().await?;
    for (js, part) in [
        ("console.error('first bad thing')", "first bad thing"),
        ("console.warn('second bad thing')", "second bad thing"),
        ("setTimeout(() => { throw new Error('third bad thing') }) && 0", "third bad thing"),
        ("Promise.reject(new Error('fourth bad thing')) && 0", "fourth bad thing"),
        ("fetch('not-there').then(() => 0)", "not-there"),
        ("new Worker('worker.js') && 0", "from the worker"),
    ] {
        browser.eval(js).await?;
        // What happens later than the script is in the console soon after.
        let mut told = String::new();
        for _ in 0..100 {
            told = browser.assert_console_clean().await.err().map(|error| error.to_string()).unwrap_or_default();
            if told.contains(part) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        ensure!(told.contains(part), "{part:?} is not in: {told}");
    }
    Ok(())
}

#[tokio::test]
async fn clicks_keys_and_values_reach_the_page() -> Result<()> {
    let site = Site::new()?;
    let browser = open(&site, Visitor::at_desk()).await?;
    browser.click("#button").await?;
    browser.wait_until("button.textContent === '1'", PATIENCE).await?;
    browser.click("#text").await?;
    browser.keys(&format!("a{}", Key::Enter)).await?;
    browser.set_input("#slider", "7").await?;
    browser.click_at("#board", 0.25, 0.5).await?;
    browser.wait_until("seen.length >= 5", PATIENCE).await?;
    let expected = json!(["key a", "key Enter", "input 7", "change 7", "board 50 50 mouse"]);
    assert_eq!(browser.eval("seen").await?, expected);

    let error = browser.wait_until("button.textContent === '2' && 'two'", Duration::from_millis(100)).await;
    let error = error.expect_err("nobody clicked again").to_string();
    ensure!(error.contains("button.textContent === '2'") && error.contains("last seen: false"), "{error}");
    let error = browser.eval("noSuchThing.at.all").await.expect_err("there is no such thing");
    ensure!(format!("{error:#}").contains("noSuchThing is not defined"), "{error:#}");
    Ok(())
}

#[tokio::test]
async fn a_visitor_at_a_desk_sees_what_was_asked_for() -> Result<()> {
    let site = Site::new()?;
    let visitor = Visitor { scale: 2.0, languages: "zh-CN,zh", dark: true, ..Visitor::at_desk() };
    let browser = Browser::open(visitor).await?;
    browser.before_load("window.early = document.readyState").await?;
    browser.goto(&site.server.url()).await?;
    assert_eq!(browser.eval("[innerWidth, innerHeight, devicePixelRatio]").await?, json!([1280, 800, 2]));
    assert_eq!(browser.eval("navigator.languages").await?, json!(["zh-CN", "zh"]));
    assert_eq!(browser.eval("early").await?, "loading");
    let scheme = "matchMedia('(prefers-color-scheme: dark)').matches";
    assert_eq!(browser.eval(scheme).await?, true);
    browser.emulate_media(&[("prefers-color-scheme", "light"), ("prefers-reduced-motion", "reduce")]).await?;
    assert_eq!(browser.eval(scheme).await?, false);
    assert_eq!(browser.eval("matchMedia('(prefers-reduced-motion: reduce)').matches").await?, true);

    let picture = site.folder.path().join("page.png");
    browser.screenshot(&picture).await?;
    let png = fs::read(&picture)?;
    ensure!(png.starts_with(b"\x89PNG"), "a screenshot is a PNG");
    let size = |at: usize| png.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    assert_eq!((size(16), size(20)), (Some(2560), Some(1600)), "width and height stand in a PNG's first chunk");
    Ok(())
}

#[tokio::test]
async fn a_visitor_on_a_phone_taps() -> Result<()> {
    let site = Site::new()?;
    let browser = open(&site, Visitor::on_phone()).await?;
    assert_eq!(browser.eval("[innerWidth, innerHeight, devicePixelRatio]").await?, json!([390, 844, 3]));
    assert_eq!(browser.eval("navigator.languages").await?, json!(["en-US", "en"]));
    assert_eq!(browser.eval("matchMedia('(pointer: coarse)').matches").await?, true);
    assert_eq!(browser.eval("matchMedia('(prefers-color-scheme: dark)').matches").await?, false);
    browser.click("#button").await?;
    browser.wait_until("button.textContent === '1'", PATIENCE).await?;
    browser.click_at("#board", 0.5, 0.25).await?;
    browser.wait_until("seen.length > 0", PATIENCE).await?;
    assert_eq!(browser.eval("seen").await?, json!(["board 100 25 touch"]));
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_browser_gives_up_on_what_hangs() -> Result<()> {
    let browser = Browser::open(Visitor::at_desk()).await?;
    let error = browser.eval("new Promise(() => {})").await.expect_err("nobody keeps this promise");
    ensure!(format!("{error:#}").contains("script timeout"), "{error:#}");
    Ok(())
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn no_process_is_left_behind_even_by_a_killed_chromedriver() -> Result<()> {
    for killed in [false, true] {
        let browser = Browser::open(Visitor::at_desk()).await?;
        let processes = browser.processes()?;
        ensure!(processes.iter().all(runs), "{processes:?} do not run");
        if killed {
            let status = std::process::Command::new("kill").args(["-KILL", &processes[0].to_string()]).status()?;
            ensure!(status.success(), "chromedriver cannot be killed");
        }
        drop(browser);
        let gone = (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            !processes.iter().any(runs)
        });
        ensure!(gone, "of {processes:?} one still runs (chromedriver was killed: {killed})");
    }
    Ok(())
}

/// Whether a process is there and no zombie, which only waits to be counted.
#[cfg(target_os = "linux")]
fn runs(process: &u64) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    status.contains("\nState:") && !status.contains("\nState:\tZ")
}
