//! What a view gives away is what it shows, in files that other programs read.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::{
    harness::{Browser, PATIENCE, Visitor},
    product::open,
};

/// Keeps what would be saved: `window.taken`, by the end of its name, as numbers of bytes.
pub const TAKE: &str = "(() => {
    const make = URL.createObjectURL.bind(URL);
    let last;
    window.taken = {};
    URL.createObjectURL = blob => { last = blob; return make(blob); };
    HTMLAnchorElement.prototype.click = function () {
        const ending = this.download.split('.').pop();
        last.arrayBuffer().then(bytes => window.taken[ending] = [...new Uint8Array(bytes)]);
    };
})()";

/// The bytes of a view in a format, by its menu.
pub async fn take(browser: &Browser, view: &str, format: &str) -> Result<Vec<u8>> {
    browser.eval("window.taken = {}").await?;
    browser.click(&format!(".panel-{view} .menu-button")).await?;
    browser.click(&format!("#menu-{view} [data-item={format}]")).await?;
    browser.wait_until(&format!("window.taken.{format}"), PATIENCE).await?;
    Ok(serde_json::from_value(browser.eval(&format!("window.taken.{format}")).await?)?)
}

/// A page that stands still at 500 ms.
async fn still() -> Result<crate::product::Site> {
    let browser = open(Visitor::at_desk()).await?;
    browser.eval(TAKE).await?;
    browser.keys("r").await?;
    browser.set_input("#time", "500").await?;
    browser.wait_until("document.querySelector('#time').value.replace(/\\s/g, '') === '500.0'", PATIENCE).await?;
    Ok(browser)
}

pub fn rows(csv: &[u8]) -> Result<Vec<Vec<f64>>> {
    let text = std::str::from_utf8(csv)?;
    // What is no number is left empty.
    let number =
        |cell: &str| if cell.is_empty() { Ok(f64::NAN) } else { cell.parse::<f64>().with_context(|| cell.to_owned()) };
    text.lines().skip(1).map(|line| line.split(',').map(number).collect()).collect()
}

/// An entry of a ZIP archive that is stored as it is: APPNOTE 6.3, section 4.3.7.
fn entry<'a>(archive: &'a [u8], name: &str) -> Result<&'a [u8]> {
    let mut rest = archive;
    while rest.starts_with(b"PK\x03\x04") {
        let word = |at: usize| usize::from(u16::from_le_bytes([rest[at], rest[at + 1]]));
        let long = |at: usize| word(at) | word(at + 2) << 16;
        let (size, names, extra) = (long(18), word(26), word(28));
        ensure!(word(8) == 0 && size == long(22), "it is stored");
        let data = 30 + names + extra;
        if &rest[30..30 + names] == name.as_bytes() {
            return Ok(&rest[data..data + size]);
        }
        rest = &rest[data + size..];
    }
    anyhow::bail!("no {name} in the archive")
}

#[tokio::test]
async fn a_png_has_the_size_of_the_canvas() -> Result<()> {
    let browser = still().await?;
    let png = take(&browser, "raster", "png").await?;
    ensure!(png.starts_with(b"\x89PNG\r\n\x1a\n"), "{:?}", &png[..8]);
    let word = |at: usize| u32::from_be_bytes([png[at], png[at + 1], png[at + 2], png[at + 3]]);
    let size = browser.eval("(c => [c.width, c.height])(document.querySelector('.panel-raster canvas'))").await?;
    assert_eq!(json!([word(16), word(20)]), size);
    browser.assert_console_clean().await
}

/// The browser itself reads the SVG; a spike is a shape, and there are as many as in the numbers.
#[tokio::test]
async fn an_svg_has_a_shape_for_each_spike() -> Result<()> {
    let browser = still().await?;
    let spikes = rows(&take(&browser, "raster", "csv").await?)?;
    ensure!(spikes.len() > 100, "{} spikes", spikes.len());
    let svg = String::from_utf8(take(&browser, "raster", "svg").await?)?;
    let parsed = browser
        .eval(&format!(
            "(svg => [svg.documentElement.tagName, svg.querySelectorAll('circle').length, svg.querySelectorAll('image').length])
             (new DOMParser().parseFromString({}, 'image/svg+xml'))",
            json!(svg)
        ))
        .await?;
    assert_eq!(parsed, json!(["svg", spikes.len(), 0]));
    browser.assert_console_clean().await
}

#[tokio::test]
async fn csv_and_npz_hold_the_numbers_of_the_view() -> Result<()> {
    let browser = still().await?;
    let histogram = rows(&take(&browser, "interval", "csv").await?)?;
    let edges: Vec<_> = histogram.iter().map(|row| (row[0], row[1])).collect();
    ensure!(edges.windows(2).all(|pair| pair[0].1 == pair[1].0) && edges[0] == (0.0, 5.0), "{edges:?}");

    let rates = rows(&take(&browser, "rate", "csv").await?)?;
    let spikes = rows(&take(&browser, "raster", "csv").await?)?;
    // Bins of 5 ms of 3,200 excitatory neurons: as many spikes as the raster has there.
    let mean = |rows: &[Vec<f64>]| rows.iter().map(|row| row[1]).sum::<f64>() / rows.len() as f64;
    let of_e = spikes.iter().filter(|row| row[1] < 3200.0).count() as f64;
    let (t0, t1) = (rates[0][0] - 2.5, rates[rates.len() - 1][0] + 2.5);
    let counted = of_e / 3200.0 / ((t1 - t0) / 1000.0);
    ensure!((mean(&rates) - counted).abs() < 0.05 * counted, "{} and {counted} Hz", mean(&rates));

    let archive = take(&browser, "raster", "npz").await?;
    let mut columns = Vec::new();
    for name in ["time_ms.npy", "neuron.npy"] {
        let npy = entry(&archive, name)?;
        ensure!(npy.starts_with(b"\x93NUMPY\x01\x00"), "{name} is no array");
        let head = 10 + usize::from(u16::from_le_bytes([npy[8], npy[9]]));
        let values = npy[head..].as_chunks().0.iter().map(|bytes| f64::from_le_bytes(*bytes));
        columns.push(values.collect::<Vec<f64>>());
    }
    let column = |i: usize| spikes.iter().map(|row| row[i]).collect::<Vec<_>>();
    assert_eq!(columns, [column(0), column(1)]);
    browser.assert_console_clean().await
}

/// A view can stand still while the others go on, and views can be moved, resized and remembered.
#[tokio::test]
async fn views_stand_still_and_are_arranged() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    let item = |view: &str, item: &str| format!("#menu-{view} [data-item={item}]");
    let picture = |view: &str| format!("document.querySelector('.panel-{view} canvas').toDataURL()");
    browser.click(".panel-raster .menu-button").await?;
    browser.click(&item("raster", "pause")).await?;
    let [raster, rate] = [browser.eval(&picture("raster")).await?, browser.eval(&picture("rate")).await?];
    browser.wait_until(&format!("{} !== {rate}", picture("rate")), PATIENCE).await?;
    assert_eq!(browser.eval(&picture("raster")).await?, raster);
    browser.click(".panel-raster .paused").await?;
    browser.wait_until(&format!("{} !== {raster}", picture("raster")), PATIENCE).await?;

    let order = "[...document.querySelectorAll('.stage .panel')].map(panel => panel.dataset.view).join()";
    browser.click(".panel-rate .menu-button").await?;
    browser.click(&item("rate", "on")).await?;
    browser.wait_until(&format!("{order} === 'network,trace,raster,interval,rate'"), PATIENCE).await?;
    let width = "document.querySelector('.panel-network').offsetWidth";
    let before = browser.eval(width).await?.as_f64().context("a width")?;
    browser.eval("document.querySelector('.border.after').focus()").await?;
    browser.keys("\u{e014}").await?;
    browser.wait_until(&format!("{width} > {before}"), PATIENCE).await?;
    let after = browser.eval(width).await?;
    browser.eval("location.reload()").await?;
    let again = format!(
        "document.querySelector('.panel-rate') && {order} === 'network,trace,raster,interval,rate' && {width} === {after}"
    );
    browser.wait_until(&again, PATIENCE).await?;
    browser.click("#views").await?;
    browser.click("#views-reset").await?;
    browser
        .wait_until(&format!("{order} === 'network,trace,raster,rate,interval' && {width} === {before}"), PATIENCE)
        .await?;
    browser.assert_console_clean().await
}
