//! The widget in somebody else's page: it shows the network, keeps to itself, obeys, and leaves nothing behind.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use spikeground_core::gallery;
use spikeground_web::state::look::PARTS;
use tempfile::TempDir;
use xtask::bundle;
use xtask::serve::{Options, Server};

use crate::harness::{Browser, PATIENCE, Visitor, dist, element};
use crate::raster::densest_stripe;

const README: &str = include_str!("../../README.md");
const HOSTILE: &str = include_str!("pages/hostile.css");
/// Where the README's example of another origin has Spikeground.
const EXAMPLE: &str = "https://spikeground.example";

/// Counts the workers that a page starts and ends, the frames that it asks for and the messages of its errors.
const WATCH: &str = "
    window.started = 0; window.ended = 0; window.frames = 0; window.workers = [];
    window.Worker = class extends Worker {
        constructor(...all) { super(...all); started += 1; workers.push(this); }
        terminate() { if (!this.gone) ended += 1; this.gone = true; super.terminate(); }
    };
    window.requestAnimationFrame = (ask => callback => { frames += 1; return ask.call(window, callback); })(requestAnimationFrame);";

/// What a browser computes for the parts of a widget, as text.
const LOOK: &str = "(host => [...host.shadowRoot.querySelectorAll('.widget, .widget *:not(defs *, option)')].map(part => {
    const look = getComputedStyle(part);
    const names = ['display', 'color', 'backgroundColor', 'fontFamily', 'fontSize', 'fontStyle', 'lineHeight', 'letterSpacing',
        'wordSpacing', 'textTransform', 'textAlign', 'textIndent', 'whiteSpace', 'direction', 'userSelect', 'cursor',
        'paddingLeft', 'marginTop', 'borderTopWidth', 'borderTopStyle', 'visibility', 'opacity', 'stroke'];
    return [part.tagName, part.className.baseVal ?? part.className, ...names.map(name => look[name])].join('|');
}))";

/// A network to open by its address and as text.
fn one_neuron() -> &'static str {
    gallery::find("one-neuron").expect("a network of the gallery").json
}

/// How the host's page is served.
#[derive(Default)]
struct Setting {
    /// Its style sheet.
    css: &'static str,
    /// Whether Spikeground lies on another origin than the page.
    foreign: bool,
    isolated: bool,
}

/// A host's page in a browser, and what it needs.
struct Site {
    browser: Browser,
    // Last, because fields are dropped in this order: the page goes before its servers.
    _servers: Vec<Server>,
    _folder: TempDir,
}

impl std::ops::Deref for Site {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

/// The policies that the README promises to be enough: for Spikeground on the same origin, and on another.
fn policies() -> [&'static str; 2] {
    let mut lines =
        README.lines().map(str::trim).filter(|line| line.starts_with("script-src ") && line.contains("worker-src"));
    [(); 2].map(|()| lines.next().expect("the README has a policy for either case"))
}

/// Opens a page with `body`. Its policy allows what the README asks for and the page's own style sheet, and no more.
async fn open(visitor: Visitor, setting: Setting, body: &str) -> Result<Site> {
    let folder = TempDir::new()?;
    let mut servers = Vec::new();
    let (embed, policy) = if setting.foreign {
        servers.push(Server::start(&dist()?, Options { isolated: setting.isolated, ..Options::default() })?);
        let origin = servers[0].url();
        (origin.clone(), policies()[1].replace(EXAMPLE, origin.trim_end_matches('/')))
    } else {
        bundle::copy(&dist()?, &folder.path().join("spikeground"))?;
        ("spikeground/".to_owned(), policies()[0].to_owned())
    };
    let page = format!(
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Host</title><link rel='icon' href='icon.svg'>
        <link rel='stylesheet' href='host.css'><script type='module' src='{embed}embed.js'></script></head><body>{body}</body></html>"
    );
    fs::write(folder.path().join("index.html"), page)?;
    fs::write(folder.path().join("host.css"), setting.css)?;
    fs::copy(dist()?.join("icon.svg"), folder.path().join("icon.svg"))?;
    fs::write(folder.path().join("network.json"), one_neuron())?;
    let policy =
        format!("default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; {policy}");
    let server = Server::start(folder.path(), Options { isolated: setting.isolated, policy, ..Options::default() })?;
    let browser = Browser::open(visitor).await?;
    browser.before_load(WATCH).await?;
    browser.goto(&server.url()).await?;
    servers.push(server);
    Ok(Site { browser, _servers: servers, _folder: folder })
}

async fn open_at_desk(body: &str) -> Result<Site> {
    open(Visitor::at_desk(), Setting::default(), body).await
}

/// JavaScript for the model time, in ms, that a widget shows.
fn time(widget: &str) -> String {
    format!("Number(({}?.value || 'none').replace(/\\u2009/g, ''))", element(&format!("{widget} >>> #time")))
}

async fn number(browser: &Browser, js: &str) -> Result<f64> {
    browser.eval(js).await?.as_f64().with_context(|| format!("{js} is no number"))
}

async fn wait_for_time(browser: &Browser, widget: &str, ms: f64) -> Result<()> {
    browser.wait_until(&format!("{} > {ms}", time(widget)), PATIENCE).await.map(drop)
}

async fn rest(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}

/// Whether a widget's time stands still.
async fn stands_still(browser: &Browser, widget: &str) -> Result<bool> {
    let before = number(browser, &time(widget)).await?;
    rest(400).await;
    Ok(number(browser, &time(widget)).await? == before)
}

const TWO_AND_A_FRAME: &str = "<main>
    <article><spikeground-network id='a' project='cuba'></spikeground-network></article>
    <article id='scaled'><spikeground-network id='b' project='coba' views='raster trace' theme='dark' language='zh'></spikeground-network></article>
    <iframe src='spikeground/embed.html?project=one-neuron&views=trace+raster&lang=zh' title='one neuron'></iframe></main>";

#[tokio::test]
async fn two_widgets_and_an_iframe_run_on_a_hostile_page_as_on_a_friendly_one() -> Result<()> {
    let mut looks = Vec::new();
    for (css, isolated) in
        [("article { width: 600px } iframe { width: 600px; height: 400px; border: 0 }", false), (HOSTILE, true)]
    {
        let site = open(Visitor::at_desk(), Setting { css, isolated, foreign: false }, TWO_AND_A_FRAME).await?;
        assert_eq!(site.eval("crossOriginIsolated").await?, isolated);
        for widget in ["#a", "#b"] {
            site.eval(&format!("{}.scrollIntoView()", element(widget))).await?;
            wait_for_time(&site, widget, 500.0).await?;
            let spikes = densest_stripe(&format!("{widget} >>> .panel-raster canvas"), 0.1, 0.9);
            site.wait_until(&format!("{spikes} > 0"), PATIENCE).await?;
        }
        site.eval("document.querySelector('iframe').scrollIntoView()").await?;
        let framed = "document.querySelector('iframe').contentDocument.querySelector('spikeground-network').shadowRoot";
        site.wait_until(
            &format!("Number({framed}.querySelector('#time').value.replace(/\\u2009/g, '')) > 300"),
            PATIENCE,
        )
        .await?;
        let label = site.eval(&format!("{framed}.querySelector('.panel-trace h2').textContent")).await?;
        assert_eq!(label, "膜电位");
        let seen = site.eval("[...document.querySelectorAll('spikeground-network')].map(host => host.pause())").await?;
        assert_eq!(seen.as_array().map(Vec::len), Some(2));
        for widget in ["#a", "#b"] {
            site.wait_until(&format!("{} === '▶'", run_button(widget)), PATIENCE).await?;
            looks.push(site.eval(&format!("{LOOK}({})", element(widget))).await?);
        }
        // The widget lives in its own element alone.
        assert_eq!(
            site.eval(
                "document.querySelectorAll('style, link[rel=stylesheet]').length + document.adoptedStyleSheets.length"
            )
            .await?,
            1
        );
        assert_eq!(site.eval("document.body.querySelectorAll('*').length").await?, 6);
        assert_eq!(
            site.eval("[document.title, document.documentElement.lang, localStorage.length]").await?,
            json!(["Host", "en", 0])
        );
        site.assert_console_clean().await?;
    }
    for (friendly, hostile) in [(0, 2), (1, 3)] {
        let (friendly, hostile) =
            (looks[friendly].as_array().context("a list")?, looks[hostile].as_array().context("a list")?);
        for (expected, seen) in friendly.iter().zip(hostile) {
            assert_eq!(seen, expected, "the host's styles reach inside");
        }
        ensure!(friendly.len() == hostile.len() && friendly.len() > 40, "{} parts", friendly.len());
    }
    Ok(())
}

/// JavaScript for what the button that runs and pauses would do: ▶ or ❚❚.
fn run_button(widget: &str) -> String {
    let path = element(&format!("{widget} >>> #run path"));
    format!("({path}?.getAttribute('d').startsWith('M7 4.5') ? '▶' : '❚❚')")
}

#[tokio::test]
async fn a_click_in_a_scaled_or_turned_container_hits_the_neuron_under_the_pointer() -> Result<()> {
    let css = "article { width: 600px; margin: 40px; transform-origin: 20px 0 }
        #scaled { transform: scale(0.6) } #turned { transform: scale(0.8) rotate(3deg) }";
    let article = |id: &str| {
        format!(
            "<article id='{id}'><spikeground-network autoplay='off' views='raster trace'></spikeground-network></article>"
        )
    };
    let body = ["upright", "scaled", "turned"].map(article).concat();
    let site = open(Visitor::at_desk(), Setting { css, ..Setting::default() }, &body).await?;
    let mut picked = Vec::new();
    for id in ["upright", "scaled", "turned"] {
        let widget = format!("#{id} > *");
        site.eval(&format!("{}.scrollIntoView()", element(&widget))).await?;
        site.wait_until(&element(&format!("{widget} >>> #start")), PATIENCE).await?;
        for (fx, fy) in [(0.25, 0.3), (0.8, 0.6)] {
            // Before the first spike, a click is on a neuron and on nothing else.
            site.click_at(&format!("{widget} >>> .panel-raster canvas"), fx, fy).await?;
            let name = element(&format!("{widget} >>> #picked"));
            let number = format!("Number({name}.textContent.replace(/\\u2009/g, '').match(/neuron (\\d+)/)[1])");
            let number = site.wait_until(&number, PATIENCE).await?;
            picked.push(number.as_f64().context("a neuron has a number")?);
        }
    }
    // A pixel is some forty neurons. Turned by 3°, a point at a part of the box around it is some pixels off.
    for (i, tolerance) in [(2, 80.0), (3, 80.0), (4, 450.0), (5, 450.0)] {
        ensure!((picked[i] - picked[i % 2]).abs() < tolerance, "{picked:?}");
        ensure!(picked[i - i % 2] > picked[i - i % 2 + 1] + 500.0, "{picked:?}");
    }
    site.assert_console_clean().await
}

const LOADED: &str = "performance.getEntriesByType('resource').map(entry => entry.name).filter(name => /wasm|css\\/(tokens|page|widget)|worker|pkg/.test(name))";

#[tokio::test]
async fn nothing_is_loaded_until_it_is_near_and_out_of_sight_it_pauses() -> Result<()> {
    let css = "body { margin: 0 } p { height: 3000px; margin: 0 } spikeground-network { width: 600px }";
    let body = "<p>above</p><spikeground-network id='a'></spikeground-network><p>below</p>";
    let site = open(Visitor::at_desk(), Setting { css, ..Setting::default() }, body).await?;
    site.eval("document.querySelector('#a').poke(3).then(() => window.poked = true), 0").await?;
    rest(800).await;
    assert_eq!(site.eval(LOADED).await?, json!([]));
    site.eval("document.querySelector('#a').scrollIntoView({ block: 'center' })").await?;
    wait_for_time(&site, "#a", 100.0).await?;
    ensure!(site.eval(LOADED).await?.as_array().is_some_and(|loaded| loaded.len() >= 5), "now it is loaded");
    site.wait_until("window.poked", PATIENCE).await?;
    for _ in 0..2 {
        site.eval("scrollTo(0, 0)").await?;
        rest(300).await;
        ensure!(stands_still(&site, "#a").await?, "out of sight it stands still");
        let then = number(&site, &time("#a")).await?;
        site.eval("document.querySelector('#a').scrollIntoView({ block: 'center' })").await?;
        wait_for_time(&site, "#a", then + 50.0).await?;
    }
    // What was paused stays so; what is asked to run out of sight runs when it is seen.
    site.click_at("#a >>> #run", 0.5, 0.5).await?;
    site.wait_until(&format!("{} === '▶'", run_button("#a")), PATIENCE).await?;
    for (ask, runs) in
        [("0", false), ("document.querySelector('#a').play()", true), ("document.querySelector('#a').pause()", false)]
    {
        site.eval("scrollTo(0, 0)").await?;
        rest(300).await;
        site.eval(ask).await?;
        rest(100).await;
        ensure!(stands_still(&site, "#a").await?, "out of sight it stands still after {ask}");
        site.eval("document.querySelector('#a').scrollIntoView({ block: 'center' })").await?;
        rest(400).await;
        assert_eq!(!stands_still(&site, "#a").await?, runs, "after {ask}");
    }
    site.assert_console_clean().await
}

#[tokio::test]
async fn with_reduced_motion_it_waits_for_the_visitor() -> Result<()> {
    let site = open_at_desk("<p></p>").await?;
    site.emulate_media(&[("prefers-reduced-motion", "reduce")]).await?;
    site.eval("document.body.innerHTML = `<spikeground-network id='a' autoplay></spikeground-network>`, 0").await?;
    site.wait_until(&element("#a >>> #start"), PATIENCE).await?;
    assert_eq!(number(&site, &time("#a")).await?, 0.0);
    ensure!(stands_still(&site, "#a").await?, "it does not run by itself");
    site.click_at("#a >>> #start", 0.5, 0.5).await?;
    wait_for_time(&site, "#a", 100.0).await?;
    ensure!(site.eval(&element("#a >>> #start")).await?.is_null(), "the button is gone");
    site.assert_console_clean().await
}

#[tokio::test]
async fn a_script_of_the_host_commands_it_and_hears_of_it() -> Result<()> {
    let site =
        open_at_desk("<spikeground-network id='a' autoplay='off' views='raster trace rate'></spikeground-network>")
            .await?;
    // Asked before it is ready, and done in this order.
    let early = "(host => {
        window.heard = { ready: [], frame: [], error: [] };
        for (const name in heard) host.addEventListener(name, event => heard[name].push(event.detail));
        window.done = [];
        host.step().then(() => done.push('step'));
        host.step().then(() => done.push('step'));
        host.set('w_I', -45).then(() => done.push('set'));
    })(document.querySelector('#a'))";
    site.eval(early).await?;
    site.wait_until("done.join() === 'step,step,set'", PATIENCE).await?;
    site.wait_until(&format!("Math.abs({} - 0.2) < 0.01", time("#a")), PATIENCE).await?;
    let ready = site.wait_until("heard.ready[0]", PATIENCE).await?;
    assert_eq!((&ready["neurons"], &ready["populations"]), (&json!(4000), &json!(["E", "I"])));
    assert_eq!(ready["controls"], json!(["w_E", "w_I", "I_e"]));
    let slider = element("#a >>> #control-w_I");
    site.wait_until(&format!("{slider}.getAttribute('aria-valuetext').includes('45')"), PATIENCE).await?;

    site.eval("document.querySelector('#a').play()").await?;
    site.wait_until("heard.frame.at(-1).time_ms > 400 && heard.frame.at(-1).rates_hz.E > 0", PATIENCE).await?;
    let frame = site.eval("heard.frame.at(-1)").await?;
    ensure!(
        frame["playing"] == true && frame["spikes"].as_f64() > Some(1000.0) && frame["rates_hz"]["I"].is_number(),
        "{frame}"
    );
    site.eval("document.querySelector('#a').pause()").await?;
    site.wait_until("heard.frame.at(-1).playing === false", PATIENCE).await?;
    site.eval("document.querySelector('#a').poke(1600)").await?;
    site.wait_until(&format!("{}.textContent.includes('1\\u2009600')", element("#a >>> #picked")), PATIENCE).await?;
    site.eval("document.querySelector('#a').reset()").await?;
    site.wait_until("heard.frame.at(-1).time_ms === 0 && heard.frame.at(-1).spikes === 0", PATIENCE).await?;
    site.eval("document.querySelector('#a').set('populations[0].params.I_e', 900)").await?;

    assert_eq!(site.eval("heard.error").await?, json!([]));
    for (call, parts) in [
        ("set('w_X', 1)", ["“w_X”", "w_E, w_I"]),
        ("set('w_E', 'much')", ["“NaN”", "16.2"]),
        ("poke(4000)", ["“4000”", "3\u{2009}999"]),
    ] {
        let told = site
            .eval(&format!("document.querySelector('#a').{call}.then(() => 'done', error => error.message)"))
            .await?;
        let last = site.wait_until("heard.error.at(-1)", PATIENCE).await?;
        ensure!(told == last["message"] && last["fatal"] == false, "{told} {last}");
        ensure!(parts.iter().all(|part| told.as_str().is_some_and(|told| told.contains(part))), "{call}: {told}");
    }
    site.assert_console_clean().await
}

#[tokio::test]
async fn attributes_can_change_and_wrong_ones_say_what_would_be_right() -> Result<()> {
    let site = open_at_desk("<p></p>").await?;
    let make = "(host => {
        window.errors = [];
        host.id = 'a';
        host.addEventListener('error', event => errors.push(event.detail.message));
        for (const [name, value] of [['views', 'rastr rate'], ['hide', 'everything'], ['height', 'lots']]) host.setAttribute(name, value);
        document.body.append(host);
    })(document.createElement('spikeground-network'))";
    site.eval(make).await?;
    wait_for_time(&site, "#a", 20.0).await?;
    let told = site.eval("errors.join('\\n')").await?.to_string();
    for part in [
        "views: “rastr”",
        "network, trace, plane, raster, sheet, rate",
        "hide: “everything”",
        "title, link",
        "height: “lots”",
        "60vh",
    ] {
        ensure!(told.contains(part), "{part} is not in {told}");
    }
    let panels = "[...document.querySelector('#a').shadowRoot.querySelectorAll('.panel')].map(panel => panel.className.match(/panel-(\\w+)/)[1]).join()";
    assert_eq!(site.eval(panels).await?, "rate");
    site.eval(
        "errors.length = 0, document.querySelector('#a').setAttribute('views', 'interval network trace raster'), 0",
    )
    .await?;
    site.wait_until(&format!("{panels} === 'interval,network,trace,raster'"), PATIENCE).await?;
    for (attribute, value, part) in [
        ("theme", "pink", "auto, light, dark"),
        ("language", "fr", "auto, en, zh"),
        ("engine", "warp", "lanes"),
        ("hide", "x", "sliders"),
        ("views", "y", "raster"),
    ] {
        site.eval(&format!(
            "errors.length = 0, document.querySelector('#a').setAttribute('{attribute}', '{value}'), 0"
        ))
        .await?;
        let told = site.wait_until("errors[0]", PATIENCE).await?.to_string();
        ensure!(told.contains(&format!("{attribute}: “{value}”")) && told.contains(part), "{told}");
        let shown = element("#a >>> #notice");
        ensure!(
            site.eval(&format!("{shown}.textContent")).await?.to_string().contains(part),
            "it is told in the widget too"
        );
        site.eval(&format!("document.querySelector('#a').removeAttribute('{attribute}')")).await?;
        site.wait_until(&format!("!{shown}"), PATIENCE).await?;
    }
    let look = "(root => [root.lang, root.dataset.theme, root.querySelector('h2').textContent])(document.querySelector('#a').shadowRoot.querySelector('.widget'))";
    assert_eq!(site.eval(look).await?, json!(["en", "light", "CUBA"]));
    site.eval("(host => { host.setAttribute('language', 'zh'); host.setAttribute('theme', 'dark'); })(document.querySelector('#a'))").await?;
    site.wait_until(&format!("{look}.join() === 'zh-Hans,dark,CUBA 平衡网络'"), PATIENCE).await?;
    // The author's choice comes before the system's, and without one the system's is followed.
    site.emulate_media(&[("prefers-color-scheme", "dark")]).await?;
    site.eval("document.querySelector('#a').removeAttribute('theme')").await?;
    site.wait_until(&format!("{look}[1] === 'dark'"), PATIENCE).await?;
    site.emulate_media(&[("prefers-color-scheme", "light")]).await?;
    site.wait_until(&format!("{look}[1] === 'light'"), PATIENCE).await?;
    for part in PARTS {
        let selector = match *part {
            "title" => ".widget-top h2",
            "link" => ".widget-top a",
            "sliders" => ".widget-sliders",
            "speed" => ".speed",
            "transport" => ".transport",
            "enlarge" => ".widget:not(.plain)",
            part => &format!("#{part}"),
        };
        let shown = element(&format!("#a >>> {selector}"));
        site.wait_until(&shown, PATIENCE).await?;
        site.eval(&format!("document.querySelector('#a').setAttribute('hide', '{part}')")).await?;
        site.wait_until(&format!("!{shown}"), PATIENCE).await?;
        site.eval("document.querySelector('#a').removeAttribute('hide')").await?;
    }
    site.assert_console_clean().await
}

#[tokio::test]
async fn a_project_comes_by_id_address_or_text_and_a_wrong_one_is_told() -> Result<()> {
    let site = open_at_desk("<p></p>").await?;
    let make = |project: &str| {
        format!(
            "(() => {{
                document.querySelector('#a')?.remove();
                window.heard = [];
                const host = document.createElement('spikeground-network');
                host.id = 'a';
                host.setAttribute('language', 'zh');
                host.setAttribute('project', {});
                for (const name of ['ready', 'error']) host.addEventListener(name, event => heard.push([name, event.detail]));
                document.body.append(host);
                window.asked = host.play().then(() => 'played', error => error.message);
            }})()",
            json!(project)
        )
    };
    for project in ["network.json", "./network.json", one_neuron()] {
        site.eval(&make(project)).await?;
        site.wait_until("heard[0]?.[0] === 'ready' && heard[0][1].neurons === 1", PATIENCE).await?;
        assert_eq!(site.eval("asked").await?, "played");
        wait_for_time(&site, "#a", 20.0).await?;
    }
    site.assert_console_clean().await?;
    for (project, parts) in [
        ("cubus", vec!["project", "“cubus”", "cuba, coba"]),
        ("{\"version\": 1, \"popul", vec!["JSON"]),
        ("icon.svg", vec!["JSON"]),
        (
            "{\"version\":1,\"name\":\"x\",\"populations\":[{\"name\":\"A\",\"size\":10,\"model\":\"iaf_psc_exq\"}]}",
            vec!["populations[0].model", "iaf_psc_exp", "神经元模型"],
        ),
        ("missing.json", vec!["missing.json", "404"]),
    ] {
        site.eval(&make(project)).await?;
        let told = site.wait_until("heard.find(([name]) => name === 'error')?.[1]", PATIENCE).await?;
        let message = told["message"].as_str().unwrap_or_default();
        ensure!(told["fatal"] == true && parts.iter().all(|part| message.contains(part)), "{project}: {told}");
        assert_eq!(site.eval("asked").await?, told["message"], "what was asked before fails with the same words");
        let shown = site.eval(&format!("{}.textContent", element("#a >>> .messages"))).await?.to_string();
        ensure!(parts.iter().all(|part| shown.contains(part) || *part == "project"), "{shown}");
    }
    // Mended, it runs.
    site.eval("heard.length = 0, document.querySelector('#a').setAttribute('project', 'one-neuron'), 0").await?;
    wait_for_time(&site, "#a", 20.0).await?;
    assert_eq!(
        site.eval("document.querySelector('#a').pause().then(() => heard.map(([name]) => name))").await?,
        json!(["ready"])
    );
    Ok(())
}

#[tokio::test]
async fn widgets_share_workers_and_a_lost_worker_is_replaced_for_all() -> Result<()> {
    let site = open_at_desk("<p></p>").await?;
    site.eval("Object.defineProperty(navigator, 'hardwareConcurrency', { value: 1 }), 0").await?;
    site.eval("document.body.innerHTML = ['a', 'b', 'c'].map(id => `<spikeground-network id=${id} height=200 project=one-neuron views=raster></spikeground-network>`).join(''), 0").await?;
    for widget in ["#a", "#b", "#c"] {
        wait_for_time(&site, widget, 100.0).await?;
    }
    assert_eq!(site.eval("[started, ended]").await?, json!([1, 0]));
    // Each has a session of its own.
    site.eval("document.querySelector('#b').pause()").await?;
    let then = number(&site, &time("#a")).await?;
    wait_for_time(&site, "#a", then + 100.0).await?;
    ensure!(stands_still(&site, "#b").await?, "b alone stands still");
    site.eval("document.querySelector('#b').play()").await?;
    // Ended without the client's doing, it answers nobody; one worker takes its place for all.
    site.eval("Worker.prototype.terminate.call(workers[0]), ended = 0").await?;
    for widget in ["#a", "#b", "#c"] {
        site.wait_until(&element(&format!("{widget} >>> #notice")), PATIENCE).await?;
        site.wait_until(&format!("{} < 3000", time(widget)), PATIENCE).await?;
        wait_for_time(&site, widget, 50.0).await?;
    }
    assert_eq!(site.eval("started").await?, 2);
    // The last one to go ends the worker.
    site.eval("document.querySelector('#a').remove(), document.querySelector('#b').remove()").await?;
    rest(300).await;
    assert_eq!(site.eval("workers[1].gone ?? false").await?, false);
    let then = number(&site, &time("#c")).await?;
    wait_for_time(&site, "#c", then + 100.0).await?;
    site.eval("document.querySelector('#c').remove()").await?;
    site.wait_until("workers[1].gone", PATIENCE).await?;
    site.assert_console_clean().await
}

#[tokio::test]
async fn what_is_removed_leaves_nothing_behind() -> Result<()> {
    let site = open_at_desk("<p></p>").await?;
    let memory = "import('./spikeground/pkg/spikeground_web.js').then(pkg => pkg.default()).then(({ memory }) => memory.buffer.byteLength)";
    let (mut bytes, mut counters) = (Vec::new(), Vec::new());
    for round in 0..12 {
        site.eval("document.body.innerHTML = `<spikeground-network id=a views='network trace raster rate interval' height=900></spikeground-network><spikeground-network id=b project=coba></spikeground-network>`, 0").await?;
        for widget in ["#a", "#b"] {
            site.eval(&format!("{}.scrollIntoView()", element(widget))).await?;
            wait_for_time(&site, widget, if round == 0 { 600.0 } else { 150.0 }).await?;
        }
        site.eval("document.body.innerHTML = '', 0").await?;
        // At once, not when the browser happens to sweep.
        site.wait_until("started === ended", Duration::from_secs(2)).await?;
        rest(200).await;
        if round > 1 {
            bytes.push(number(&site, memory).await?);
            counters.push(site.dom_counters().await?);
        }
    }
    let frames = number(&site, "frames").await?;
    rest(300).await;
    assert_eq!(number(&site, "frames").await?, frames, "no frame is asked for any more");
    ensure!(bytes.iter().all(|b| *b == bytes[0]), "wasm memory grows: {bytes:?}");
    let count = |name: &str| counters.iter().map(|c| c[name].as_i64().unwrap_or(-1)).collect::<Vec<_>>();
    for name in ["jsEventListeners", "nodes", "documents"] {
        let counts = count(name);
        ensure!(counts[9] <= counts[0] && counts[9] >= 0, "{name} grow: {counts:?}");
    }
    site.assert_console_clean().await
}

#[tokio::test]
async fn moved_within_the_page_it_goes_on_and_removed_at_any_moment_it_is_gone() -> Result<()> {
    let site = open_at_desk("<main></main><aside></aside><spikeground-network id='a'></spikeground-network>").await?;
    wait_for_time(&site, "#a", 300.0).await?;
    site.eval("document.querySelector('aside').append(document.querySelector('#a'))").await?;
    rest(200).await;
    wait_for_time(&site, "#a", 400.0).await?;
    assert_eq!(site.eval("[started, ended]").await?, json!([1, 0]));
    site.eval("document.querySelector('#a').addEventListener('frame', event => event.target.remove())").await?;
    site.wait_until("ended === 1", PATIENCE).await?;
    for wait in [0, 20, 60, 150, 400] {
        site.eval("document.querySelector('main').innerHTML = '<spikeground-network></spikeground-network>', 0")
            .await?;
        rest(wait).await;
        site.eval("document.querySelector('main').innerHTML = '', 0").await?;
    }
    site.wait_until("started === ended", PATIENCE).await?;
    site.assert_console_clean().await
}

#[tokio::test]
async fn it_comes_from_another_origin_under_a_strict_policy_isolated_or_not() -> Result<()> {
    for isolated in [false, true] {
        let setting = Setting { foreign: true, isolated, ..Setting::default() };
        let site = open(Visitor::at_desk(), setting, "<spikeground-network id='a'></spikeground-network>").await?;
        assert_eq!(site.eval("crossOriginIsolated").await?, isolated);
        wait_for_time(&site, "#a", 300.0).await?;
        site.assert_console_clean().await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_loaded_is_said_in_the_box_with_a_way_on() -> Result<()> {
    let site = open_at_desk("<p></p>").await?;
    site.eval("window.fetch = (fetch => (...all) => window.broken ? Promise.reject(new Error('no line')) : fetch(...all))(fetch), window.broken = true, 0").await?;
    site.eval("document.body.innerHTML = '<spikeground-network id=a language=zh></spikeground-network>', 0").await?;
    site.wait_until(&format!("{}?.textContent.includes('no line')", element("#a >>> .said")), PATIENCE).await?;
    ensure!(
        site.eval(&format!("{}.textContent", element("#a >>> .said"))).await?.to_string().contains("无法加载"),
        "in its language"
    );
    site.eval("window.broken = false").await?;
    site.click_at("#a >>> .said button", 0.5, 0.5).await?;
    wait_for_time(&site, "#a", 50.0).await?;
    // Where no worker can be started, the program itself says so.
    let no_workers = "(host => {
        window.Worker = class { constructor() { throw new Error('no workers here'); } };
        host.id = 'b';
        host.addEventListener('error', event => window.told = event.detail);
        document.querySelector('#a').replaceWith(host);
    })(document.createElement('spikeground-network'))";
    site.eval(no_workers).await?;
    let told = site.wait_until("window.told", PATIENCE).await?;
    ensure!(told["fatal"] == true && told["message"].to_string().contains("no workers here"), "{told}");
    let shown = site.eval(&format!("{}.textContent", element("#b >>> #notice"))).await?;
    assert_eq!(shown, told["message"]);
    assert_eq!(site.eval(&run_button("#b")).await?, "▶");
    site.assert_console_clean().await
}

#[tokio::test]
async fn keys_are_its_own_only_while_the_focus_is_inside() -> Result<()> {
    let site =
        open_at_desk("<button id='outside'>outside</button><spikeground-network id='a'></spikeground-network>").await?;
    site.eval("window.keys = [], document.addEventListener('keydown', event => keys.push(event.key)), 0").await?;
    wait_for_time(&site, "#a", 100.0).await?;
    site.click("#outside").await?;
    site.keys(".r").await?;
    assert_eq!(site.eval("keys").await?, json!([".", "r"]));
    ensure!(!stands_still(&site, "#a").await?, "a key outside means nothing to it");
    site.eval(&format!("{}.focus()", element("#a >>> .panel-raster canvas"))).await?;
    site.keys(" ").await?;
    site.wait_until(&format!("{} === '▶'", run_button("#a")), PATIENCE).await?;
    site.keys("rx").await?;
    site.wait_until(&format!("{} === 0", time("#a")), PATIENCE).await?;
    assert_eq!(site.eval("keys").await?, json!([".", "r", "x"]), "the host hears only what the widget has no use for");
    site.assert_console_clean().await
}

#[tokio::test]
async fn a_phone_has_it_within_its_width() -> Result<()> {
    let body = "<meta name='viewport' content='width=device-width, initial-scale=1'><spikeground-network id='a'></spikeground-network>";
    let site = open(Visitor { width: 320, ..Visitor::on_phone() }, Setting::default(), body).await?;
    wait_for_time(&site, "#a", 100.0).await?;
    let fits = "(root => [...root.querySelectorAll('#run, #reset, #step, #time, #speed, .widget-top a, .slider-value, .panel canvas')].map(part => {
        const box = part.getBoundingClientRect(), frame = root.querySelector('.widget').getBoundingClientRect();
        return box.width > 20 && box.left >= frame.left && box.right <= frame.right + 0.5 && box.bottom <= frame.bottom + 0.5 && box.height > 8;
    }))(document.querySelector('#a').shadowRoot)";
    let fits: Value = site.eval(fits).await?;
    ensure!(fits.as_array().is_some_and(|all| all.len() >= 9 && all.iter().all(|fits| *fits == true)), "{fits}");
    site.assert_console_clean().await
}

#[tokio::test]
async fn the_example_page_shows_what_it_tells_of() -> Result<()> {
    let server = Server::start(&dist()?, Options { isolated: true, ..Options::default() })?;
    let site =
        Site { browser: Browser::open(Visitor::at_desk()).await?, _servers: vec![server], _folder: TempDir::new()? };
    site.goto(&(site._servers[0].url() + "example.html")).await?;
    site.eval("document.querySelector('#balance').scrollIntoView()").await?;
    let rate = "Number(document.querySelector('#heard').textContent.match(/([0-9.]+) Hz/)?.[1] ?? 0)";
    site.wait_until(&format!("{rate} > 2 && {rate} < 9"), PATIENCE).await?;
    site.click("[data-w='-15']").await?;
    site.wait_until(&format!("{rate} > 15"), PATIENCE).await?;
    site.click("#jolt").await?;
    site.wait_until(&format!("/321/.test({}.textContent)", element("#balance >>> .off-screen")), PATIENCE).await?;
    site.eval("document.querySelector('iframe').scrollIntoView()").await?;
    let framed = "document.querySelector('iframe').contentDocument?.querySelector('spikeground-network')?.shadowRoot.querySelector('#time')";
    site.wait_until(&format!("Number(({framed}?.value ?? '').replace(/\\u2009/g, '')) > 100"), PATIENCE).await?;
    let snippet = site.eval("document.querySelector('#snippet').textContent").await?;
    ensure!(
        snippet.as_str().is_some_and(|text| text.contains("/embed.js") && text.contains("project=\"cuba\"")),
        "{snippet}"
    );
    site.assert_console_clean().await
}
