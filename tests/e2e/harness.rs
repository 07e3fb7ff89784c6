//! A browser for a test: opened for a given visitor, driven by WebDriver, closed when the test ends, however it ends.
//!
//! Every helper waits for what it needs, within [`PATIENCE`], so that a test says what happens and not when; an error
//! names what was looked for and what was seen instead.

mod console;
mod driver;
mod visitor;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction, TouchActions};
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use driver::{Driver, Post};
pub use visitor::Visitor;

/// How long a helper waits for the page before it gives up: long for a person, short for a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// How often a condition is looked at again.
const PERIOD: Duration = Duration::from_millis(50);

/// The folder of the built page, which `cargo xtask test e2e` makes and names.
pub fn dist() -> Result<PathBuf> {
    let folder = std::env::var_os("SPIKEGROUND_DIST");
    folder.map(PathBuf::from).context("SPIKEGROUND_DIST names no folder; run these tests with: cargo xtask test e2e")
}

/// An open browser with one page.
pub struct Browser {
    client: Client,
    console: RefCell<Vec<console::Entry>>,
    touch: bool,
    // Last, because fields are dropped in this order: the driver closes the browser when it stops.
    driver: Driver,
}

impl Browser {
    /// Opens an empty page for a visitor.
    pub async fn open(visitor: Visitor) -> Result<Browser> {
        let browser = xtask::setup::browser()?;
        let mut driver = Driver::start(&browser.chromedriver)?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(visitor.capabilities(&browser.chromium)?)
            .connect(&driver.url())
            .await
            .context("chromedriver cannot open Chromium; are they of the same version?")?;
        driver.browser = client.capabilities().and_then(|told| told.get("goog:processID")?.as_u64());
        let opened = Browser { client, console: RefCell::default(), touch: visitor.touch, driver };
        for (command, params) in visitor.emulation() {
            opened.cdp(command, params).await?;
        }
        Ok(opened)
    }

    /// Loads a page.
    pub async fn goto(&self, url: &str) -> Result<()> {
        self.client.goto(url).await.with_context(|| format!("{url} cannot be loaded"))
    }

    /// The value of a JavaScript expression in the page; a promise is waited for.
    pub async fn eval(&self, js: &str) -> Result<Value> {
        let script = format!("return (\n{js}\n);");
        self.client.execute(&script, Vec::new()).await.with_context(|| format!("in the page: {js}"))
    }

    /// Waits until a JavaScript expression is truthy, and returns its value. The error tells the value last seen.
    pub async fn wait_until(&self, js: &str, timeout: Duration) -> Result<Value> {
        let start = Instant::now();
        // The value is truthy or not by JavaScript's rules, which are not those of JSON.
        let watched = format!("Promise.resolve({js}).then(value => [Boolean(value), value ?? null])");
        loop {
            let seen = self.eval(&watched).await.with_context(|| format!("waiting for: {js}"))?;
            if seen[0] == true {
                return Ok(seen[1].clone());
            }
            if start.elapsed() > timeout {
                let told = console::listed(&self.console().await?);
                bail!("waited {timeout:?} for: {js}\nlast seen: {}\nthe console: {told}", seen[1]);
            }
            tokio::time::sleep(PERIOD).await;
        }
    }

    /// Clicks (on a phone: taps) an element in its middle, as soon as it is there and nothing covers it.
    pub async fn click(&self, css: &str) -> Result<()> {
        let start = Instant::now();
        loop {
            let clicked = async { self.client.find(Locator::Css(css)).await?.click().await }.await;
            match clicked {
                Err(error) if may_pass(&error) && start.elapsed() < PATIENCE => tokio::time::sleep(PERIOD).await,
                clicked => return clicked.with_context(|| format!("`{css}` cannot be clicked")),
            }
        }
    }

    /// Clicks (on a phone: taps) an element at a point given in parts of its width and height, from its top left.
    pub async fn click_at(&self, css: &str, fx: f64, fy: f64) -> Result<()> {
        let point = format!(
            "(element => {{
                if (!element) return null;
                element.scrollIntoView({{ block: 'nearest', inline: 'nearest' }});
                const box = element.getBoundingClientRect();
                return [box.left + box.width * {fx}, box.top + box.height * {fy}];
            }})({})",
            element(css)
        );
        let point = self.wait_until(&point, PATIENCE).await?;
        let (x, y) = point[0].as_f64().zip(point[1].as_f64()).context("a point has two coordinates")?;
        let steps = [
            PointerAction::MoveTo { duration: None, x, y },
            PointerAction::Down { button: MOUSE_BUTTON_LEFT },
            PointerAction::Up { button: MOUSE_BUTTON_LEFT },
        ];
        let done = if self.touch {
            let finger = steps.into_iter().fold(TouchActions::new("finger".into()), TouchActions::then);
            self.client.perform_actions(finger).await
        } else {
            let mouse = steps.into_iter().fold(MouseActions::new("mouse".into()), MouseActions::then);
            self.client.perform_actions(mouse).await
        };
        done.with_context(|| format!("`{css}` cannot be clicked at ({x}, {y})"))
    }

    /// Drags the mouse from the middle of an element to the middle of another.
    pub async fn drag(&self, from: &str, to: &str) -> Result<()> {
        let mut mouse = MouseActions::new("mouse".into());
        for (css, then) in [(from, Some(PointerAction::Down { button: MOUSE_BUTTON_LEFT })), (to, None)] {
            let middle = format!(
                "(box => box && [box.left + box.width / 2, box.top + box.height / 2])({}?.getBoundingClientRect())",
                element(css)
            );
            let point = self.wait_until(&middle, PATIENCE).await?;
            let (x, y) = point[0].as_f64().zip(point[1].as_f64()).context("a point has two coordinates")?;
            mouse = mouse.then(PointerAction::MoveTo { duration: Some(PERIOD), x, y });
            mouse = then.into_iter().fold(mouse, MouseActions::then);
        }
        let mouse = mouse.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.client.perform_actions(mouse).await.with_context(|| format!("`{from}` cannot be dragged to `{to}`"))
    }

    /// Presses keys, one after the other, in whatever has the focus. Special keys are those of `fantoccini::key::Key`; a
    /// modifier stays down until the end.
    pub async fn keys(&self, text: &str) -> Result<()> {
        let focused = self.client.active_element().await.context("nothing has the focus")?;
        focused.send_keys(text).await.with_context(|| format!("{text:?} cannot be typed"))
    }

    /// Gives a form field (text, number, slider, menu) a value, and tells the page of it as a person's change would.
    pub async fn set_input(&self, css: &str, value: &str) -> Result<()> {
        let js = format!(
            "((element, value) => {{
                if (!element) return false;
                Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value').set.call(element, value);
                element.dispatchEvent(new Event('input', {{ bubbles: true }}));
                element.dispatchEvent(new Event('change', {{ bubbles: true }}));
                return true;
            }})({}, {})",
            element(css),
            json!(value)
        );
        self.wait_until(&js, PATIENCE).await.map(drop)
    }

    /// Writes what the visitor sees as a PNG file.
    pub async fn screenshot(&self, path: &Path) -> Result<()> {
        let png = self.client.screenshot().await.context("the page cannot be pictured")?;
        std::fs::write(path, png).with_context(|| format!("{} cannot be written", path.display()))
    }

    /// Sets CSS media features, such as `("prefers-color-scheme", "dark")`; those set before are forgotten.
    pub async fn emulate_media(&self, features: &[(&str, &str)]) -> Result<()> {
        self.cdp("Emulation.setEmulatedMedia", visitor::media(features)).await.map(drop)
    }

    /// Has a script run in every page loaded from now on, before the page's own.
    pub async fn before_load(&self, js: &str) -> Result<()> {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": js })).await.map(drop)
    }

    /// Fails if the console got an error or a warning since the browser was opened, and says which.
    pub async fn assert_console_clean(&self) -> Result<()> {
        let entries = self.console().await?;
        let bad: Vec<_> = entries.into_iter().filter(console::Entry::is_bad).collect();
        if !bad.is_empty() {
            bail!("the browser's console has errors or warnings: {}", console::listed(&bad));
        }
        Ok(())
    }

    /// The processes of chromedriver and of the browser itself.
    pub fn processes(&self) -> Result<[u64; 2]> {
        let browser = self.driver.browser.context("chromedriver does not tell the browser's process")?;
        Ok([self.driver.process_id().into(), browser])
    }

    /// Everything that the console got since the browser was opened.
    async fn console(&self) -> Result<Vec<console::Entry>> {
        let new = self.client.issue_cmd(Post { path: "se/log", body: json!({ "type": "browser" }) }).await;
        let new = console::entries(&new.context("the browser's console cannot be read")?);
        let mut all = self.console.borrow_mut();
        all.extend(new);
        Ok(all.clone())
    }

    /// A command of the Chrome DevTools protocol.
    async fn cdp(&self, command: &str, params: Value) -> Result<Value> {
        let post = Post { path: "goog/cdp/execute", body: json!({ "cmd": command, "params": params }) };
        self.client.issue_cmd(post).await.with_context(|| format!("{command} failed"))
    }

    /// What the page holds in memory, after what nobody needs was swept away: nodes and listeners of every document.
    pub async fn dom_counters(&self) -> Result<Value> {
        self.cdp("HeapProfiler.collectGarbage", json!({})).await?;
        self.cdp("Memory.getDOMCounters", json!({})).await
    }
}

/// JavaScript for the first element that a selector finds, or null; ` >>> ` leads into a shadow tree.
pub fn element(css: &str) -> String {
    let mut steps = css.split(" >>> ");
    let first = format!("document.querySelector({})", json!(steps.next().unwrap_or_default()));
    steps.fold(first, |found, css| format!("{found}?.shadowRoot.querySelector({})", json!(css)))
}

/// Whether an element that cannot be clicked now may be so soon.
fn may_pass(error: &CmdError) -> bool {
    let covered = matches!(error, CmdError::Standard(told) if told.error() == "element click intercepted");
    covered || error.is_no_such_element() || error.is_stale_element_reference() || error.is_element_not_interactable()
}
