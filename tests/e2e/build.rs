//! The Build page: a network made from nothing by hand is the one that was meant, runs, and gives core's spikes.

use anyhow::{Context, Result, ensure};
use fantoccini::key::Key;
use serde_json::json;
use spikeground_core::{
    engine::{ENGINES, Simulation},
    gallery,
    network::Network,
    spec::{NetworkSpec, Node},
};
use spikeground_web::plot::format;

use crate::{
    harness::{Browser, PATIENCE, Visitor, element},
    inspector,
    product::{Site, TIME, open},
};

/// Neurons of each population when it is added; they are four to one already, as in CUBA.
const NEURONS: &str = "4000";
/// What CUBA's neurons have.
const PARAMS: &[(&str, f64)] = &[
    ("C_m", 200.0),
    ("tau_m", 20.0),
    ("E_L", -60.0),
    ("I_e", 110.0),
    ("V_th", -50.0),
    ("V_reset", -60.0),
    ("t_ref", 5.0),
    ("tau_syn_ex", 5.0),
    ("tau_syn_in", 10.0),
];
/// Its projections: source, target, indegree, weight in pA.
const PROJECTIONS: &[(&str, &str, f64, f64)] =
    &[("E", "E", 64.0, 16.2), ("E", "I", 64.0, 16.2), ("I", "E", 16.0, -90.0), ("I", "I", 16.0, -90.0)];
/// A weak drive besides: rate in Hz and weight in pA.
const DRIVE: (f64, f64) = (800.0, 5.0);
/// Delay of all, ms.
const DELAY_MS: f64 = 0.1;

/// CUBA with the drive, as a person builds it: every neuron starts where its model says, and there are no controls.
fn wanted() -> Result<NetworkSpec> {
    let cuba = gallery::find("cuba").context("CUBA is in the gallery")?.spec();
    let mut spec = NetworkSpec { name: String::new(), controls: Vec::new(), ..cuba };
    spec.populations.iter_mut().for_each(|population| population.init.clear());
    let noise = spec.add_stimulus("poisson_generator");
    ensure!(spec.node("noise") == Some(Node::Stimulus(noise)));
    spec.stimuli[noise].params = vec![("rate".into(), DRIVE.0)];
    for target in ["E", "I"] {
        let index = spec.connect("noise", target).context("both are there")?;
        (spec.projections[index].weight, spec.projections[index].delay_ms) = (DRIVE.1.into(), DELAY_MS.into());
    }
    Ok(spec)
}

/// Types a number into the row of the inspector whose label begins with a name.
async fn enter(browser: &Browser, name: &str, value: f64) -> Result<()> {
    browser.set_input(&format!(".inspector input[type=text][aria-label^='{name} ']"), &value.to_string()).await
}

async fn opened() -> Result<Site> {
    let browser = open(Visitor::at_desk()).await?;
    browser.click("[data-page=build]").await?;
    browser.click("#new-network").await?;
    browser.wait_until("document.querySelector('#graph-start')", PATIENCE).await?;
    Ok(browser)
}

fn name_of(node: &str) -> String {
    format!("[data-node={node}] .name")
}

/// Waits until the inspector shows the part with this name.
async fn shows(browser: &Browser, name: &str) -> Result<()> {
    let heading = json!(name);
    let js = format!("document.querySelector('.inspector h2')?.textContent.endsWith({heading})");
    browser.wait_until(&js, PATIENCE).await.map(drop)
}

/// The network as it is saved, read again.
async fn saved(browser: &Browser) -> Result<NetworkSpec> {
    browser.eval(inspector::CATCH).await?;
    let text = inspector::saved(browser).await?.to_string();
    NetworkSpec::from_json(&text).map_err(|errors| anyhow::anyhow!("{errors:?}"))
}

/// What was built is what was wanted, and half a second of it gives the rates that core gives.
async fn is_as_wanted(browser: &Browser) -> Result<()> {
    let wanted = wanted()?;
    assert_eq!(saved(browser).await?.to_json(), wanted.to_json());

    browser.eval("document.activeElement.blur()").await?;
    browser.click(".record [data-view=measures]").await?;
    browser.keys("r").await?;
    browser.set_input("#time", "500").await?;
    browser.wait_until(&format!("{TIME} === 500"), PATIENCE).await?;
    let steps = (500.0 / wanted.dt_ms).round() as u64;
    let network = Network::new(wanted, f64::INFINITY).map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
    let mut run = Simulation::new(network, ENGINES[0]).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    run.advance(steps).map_err(|halt| anyhow::anyhow!("{halt:?}"))?;
    let rates = run.recorder().rates_hz(steps);
    ensure!(rates[0] > 1.0, "it must live: {rates:?}");
    let want = json!([["E", format::fixed(rates[0], 1)], ["I", format::fixed(rates[1], 1)]]);
    let rows = "[...document.querySelectorAll('.measures tbody tr')].map(row => [row.children[0].textContent, row.children[1].textContent])";
    browser.wait_until(&format!("JSON.stringify({rows}) === {}", json!(want.to_string())), PATIENCE).await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn cuba_is_built_with_the_mouse_alone() -> Result<()> {
    let browser = opened().await?;
    browser.click("[data-ware=iaf_psc_exp]").await?;
    browser.click(".sign:has(#inhibitory)").await?;
    browser.click("[data-ware=iaf_psc_exp]").await?;
    browser.click("[data-ware=poisson_generator]").await?;
    shows(&browser, "noise").await?;
    enter(&browser, "rate", DRIVE.0).await?;
    for node in ["E", "I"] {
        browser.click(&name_of(node)).await?;
        shows(&browser, node).await?;
        for (name, value) in PARAMS {
            enter(&browser, name, *value).await?;
        }
    }
    browser.click("#lay-out").await?;
    // The size of the whole is set before it is connected, so that in-degrees are those of the sizes.
    browser.click(".inspector .back").await?;
    browser.set_input(".slider-row:has(#size) input[type=text]", NEURONS).await?;
    browser
        .wait_until("document.querySelector('[data-node=E]').textContent.includes('3\u{2009}200')", PATIENCE)
        .await?;
    let all = PROJECTIONS.iter().copied().chain(["E", "I"].map(|target| ("noise", target, f64::NAN, DRIVE.1)));
    for (source, target, indegree, weight) in all {
        browser.click(&name_of(source)).await?;
        browser.drag(&format!("[data-node={source}] .handle path"), &name_of(target)).await?;
        shows(&browser, &format!("{source} → {target}")).await?;
        enter(&browser, "synaptic weight", weight).await?;
        enter(&browser, "delay", DELAY_MS).await?;
        if indegree.is_finite() {
            enter(&browser, "indegree", indegree).await?;
        }
    }
    is_as_wanted(&browser).await
}

#[tokio::test]
async fn cuba_is_built_with_the_keyboard_alone() -> Result<()> {
    let browser = opened().await?;
    let focus = |css: String| {
        let js = format!("({0} && ({0}.focus(), document.activeElement === {0}))", element(&css));
        let browser = &browser;
        async move { browser.wait_until(&js, PATIENCE).await }
    };
    focus("#graph".into()).await?;
    browser.keys("e").await?;
    focus("[data-node=E]".into()).await?;
    browser.keys("i").await?;
    focus("[data-node=I]".into()).await?;
    browser.keys("d").await?;
    focus("[data-node=noise]".into()).await?;
    shows(&browser, "noise").await?;
    enter(&browser, "rate", DRIVE.0).await?;
    for node in ["E", "I"] {
        focus(format!("[data-node={node}]")).await?;
        browser.keys(&String::from(char::from(Key::Enter))).await?;
        shows(&browser, node).await?;
        for (name, value) in PARAMS {
            enter(&browser, name, *value).await?;
        }
    }
    focus("#graph".into()).await?;
    browser.keys(&String::from(char::from(Key::Escape))).await?;
    browser.set_input(".slider-row:has(#size) input[type=text]", NEURONS).await?;
    let all = PROJECTIONS.iter().copied().chain(["E", "I"].map(|target| ("noise", target, f64::NAN, DRIVE.1)));
    for (source, target, indegree, weight) in all {
        focus(format!("[data-node={source}]")).await?;
        browser.keys("c").await?;
        focus(format!("[data-node={target}]")).await?;
        browser.keys(&String::from(char::from(Key::Enter))).await?;
        shows(&browser, &format!("{source} → {target}")).await?;
        enter(&browser, "synaptic weight", weight).await?;
        enter(&browser, "delay", DELAY_MS).await?;
        if indegree.is_finite() {
            enter(&browser, "indegree", indegree).await?;
        }
    }
    is_as_wanted(&browser).await
}

/// A mistake stays where it was made, is marked and told, and what ran goes on.
#[tokio::test]
async fn an_impossible_connection_stays_and_is_marked_until_it_is_mended() -> Result<()> {
    let browser = opened().await?;
    browser.click("[data-ware=iaf_psc_exp]").await?;
    browser.click("[data-ware=poisson_generator]").await?;
    browser.drag("[data-node=noise] .handle path", &name_of("E")).await?;
    browser.wait_until(&format!("{TIME} > 100"), PATIENCE).await?;
    browser.drag("[data-node=E] .handle path", &name_of("E")).await?;
    shows(&browser, "E → E").await?;
    let is_wrong = "document.querySelector('[data-edge=\"1\"]').classList.contains('wrong')";
    // A delay of no time at all.
    enter(&browser, "delay", 0.0).await?;
    browser.wait_until(&format!("{is_wrong} && document.querySelector('#problems')"), PATIENCE).await?;
    let then = browser.eval(TIME).await?;
    browser.wait_until(&format!("{TIME} > {then}"), PATIENCE).await?;
    enter(&browser, "delay", 1.0).await?;
    browser.wait_until(&format!("!{is_wrong} && !document.querySelector('#problems')"), PATIENCE).await?;
    // Without populations nothing runs, and the page says what to do.
    browser.eval("document.querySelector('#graph').focus()").await?;
    browser.keys(&format!("{}a", char::from(Key::Control))).await?;
    browser.keys(&String::from(char::from(Key::Delete))).await?;
    browser.wait_until(&format!("document.querySelector('#graph-start') && {TIME} === 0"), PATIENCE).await?;
    browser.assert_console_clean().await
}
