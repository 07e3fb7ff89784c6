//! Who looks at the page, and on what: a screen, fingers or a mouse, languages, a colour scheme.

use std::path::Path;

use anyhow::{Context, Result};
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

/// Chromium's flags for tests; the wasm tests' runner reads the same file.
const WEBDRIVER: &str = include_str!("../../webdriver.json");

/// How long a page may take to load, and a script to answer: what takes longer hangs, and the test should say so.
const TIMEOUTS_MS: (u32, u32) = (60_000, 30_000);

/// A visitor of the page.
#[derive(Clone, Copy, Debug)]
pub struct Visitor {
    /// The page's width in CSS pixels.
    pub width: u32,
    /// The page's height in CSS pixels.
    pub height: u32,
    /// Device pixels for one CSS pixel.
    pub scale: f64,
    /// A phone: fingers, and a phone's way to lay out pages.
    pub touch: bool,
    /// Preferred languages, best first, with commas between.
    pub languages: &'static str,
    /// Prefers dark pages.
    pub dark: bool,
}

impl Visitor {
    /// A laptop's window, English, light.
    pub fn at_desk() -> Visitor {
        Visitor { width: 1280, height: 800, scale: 1.0, touch: false, languages: "en-US,en", dark: false }
    }

    /// A common phone held upright, English, light.
    pub fn on_phone() -> Visitor {
        Visitor { width: 390, height: 844, scale: 3.0, touch: true, ..Visitor::at_desk() }
    }

    /// What a new WebDriver session asks for.
    pub fn capabilities(&self, chromium: &Path) -> Result<Capabilities> {
        let mut all: Capabilities =
            serde_json::from_str(WEBDRIVER).context("tests/webdriver.json is no JSON object")?;
        let (first, _) = self.languages.split_once(',').unwrap_or((self.languages, ""));
        let chrome = all.get_mut("goog:chromeOptions").context("tests/webdriver.json has no goog:chromeOptions")?;
        let args = chrome["args"].as_array_mut().context("tests/webdriver.json has no list of args")?;
        args.push(json!(format!("--lang={first}")));
        args.push(json!(format!("--window-size={},{}", self.width, self.height)));
        chrome["binary"] = json!(chromium);
        chrome["prefs"] = json!({ "intl.accept_languages": self.languages });
        if self.touch {
            let (width, height) = (self.width, self.height);
            let metrics = json!({ "width": width, "height": height, "pixelRatio": self.scale, "touch": true });
            chrome["mobileEmulation"] = json!({ "deviceMetrics": metrics });
        }
        all.insert("goog:loggingPrefs".into(), json!({ "browser": "ALL" }));
        let (load, script) = TIMEOUTS_MS;
        all.insert("timeouts".into(), json!({ "pageLoad": load, "script": script }));
        Ok(all)
    }

    /// DevTools commands that make the rest so, once the browser is open.
    pub fn emulation(&self) -> Vec<(&'static str, Value)> {
        let scheme = if self.dark { "dark" } else { "light" };
        let mut commands = vec![("Emulation.setEmulatedMedia", media(&[("prefers-color-scheme", scheme)]))];
        if !self.touch {
            // A window's size counts its frame; this is the page's.
            let (width, height, scale) = (self.width, self.height, self.scale);
            let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": false });
            commands.push(("Emulation.setDeviceMetricsOverride", metrics));
        }
        commands
    }
}

/// The parameters of `Emulation.setEmulatedMedia`.
pub fn media(features: &[(&str, &str)]) -> Value {
    let features: Vec<_> = features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    json!({ "features": features })
}
