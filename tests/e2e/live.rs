//! Live input: keys make the neurons fire that they stand for; nothing is listened to before it is asked for.

use anyhow::{Result, ensure};

use crate::{
    harness::{Browser, PATIENCE, Visitor},
    product::{TIME, number, open},
    take_away::{TAKE, rows, take},
    views::toggle,
};

/// Neurons of E that the first of ten keys drives.
const TENTH: f64 = 320.0;

/// The rates in the last 300 ms shown, Hz, of the first tenth of E and of the rest of it: a second from now, because a busy
/// page hears late of a key.
async fn rates(browser: &Browser) -> Result<[f64; 2]> {
    let then = number(browser, TIME).await?;
    browser.wait_until(&format!("{TIME} > {then} + 1000"), PATIENCE).await?;
    let spikes = rows(&take(browser, "raster", "csv").await?)?;
    let end = spikes.iter().map(|row| row[0]).fold(0.0, f64::max);
    let recent = spikes.iter().filter(|row| row[0] > end - 300.0);
    let [mut first, mut rest] = [0.0; 2];
    for row in recent.filter(|row| row[1] < 10.0 * TENTH) {
        *if row[1] < TENTH { &mut first } else { &mut rest } += 1.0;
    }
    Ok([first / TENTH / 0.3, rest / (9.0 * TENTH) / 0.3])
}

/// A key on the keyboard, with the focus on the keys, where taking the numbers has led it away.
async fn key(browser: &Browser, kind: &str) -> Result<()> {
    let event = format!("new KeyboardEvent('{kind}', {{ code: 'KeyQ', key: 'q', bubbles: true, cancelable: true }})");
    let js = format!(
        "(keys => {{ keys.focus(); document.activeElement.dispatchEvent({event}); }})(document.querySelector('.live-keys'))"
    );
    browser.eval(&js).await.map(drop)
}

#[tokio::test]
async fn a_key_makes_its_neurons_fire_while_it_is_held() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.eval(TAKE).await?;
    toggle(&browser, "live").await?;
    browser.click("#add-live").await?;
    let off = "document.querySelector('[data-sense=off]')?.getAttribute('aria-pressed') === 'true'";
    browser.wait_until(off, PATIENCE).await?;
    browser.click("[data-sense=keys]").await?;
    browser.wait_until("document.activeElement.classList.contains('live-keys')", PATIENCE).await?;
    let [first, rest] = rates(&browser).await?;
    ensure!(first < 3.0 * rest, "before: {first} and {rest} Hz");
    key(&browser, "keydown").await?;
    let [first, rest] = rates(&browser).await?;
    ensure!(first > 5.0 * rest && first > 20.0, "held: {first} and {rest} Hz");
    key(&browser, "keyup").await?;
    let [first, rest] = rates(&browser).await?;
    ensure!(first < 3.0 * rest, "released: {first} and {rest} Hz");
    browser.assert_console_clean().await
}
