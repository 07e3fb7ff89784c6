//! The inspector: everything of a network can be changed in it, what is saved says so, and the run goes on.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::{
    harness::{Browser, PATIENCE, Visitor},
    product::{TIME, number, open},
};

/// Has what is saved land in the page instead of a file.
pub const CATCH: &str = "(() => {
    URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text; }); return 'blob:caught'; };
    HTMLAnchorElement.prototype.click = () => {};
})()";

/// The project as it is saved now, when saving was caught before.
pub async fn saved(browser: &Browser) -> Result<Value> {
    browser.eval("window.saved = null").await?;
    browser.eval("document.querySelector('#save').click()").await?;
    let text = browser.wait_until("window.saved", PATIENCE).await?;
    Ok(serde_json::from_str(text.as_str().unwrap_or_default())?)
}

/// Chooses a part of the diagram.
async fn choose(browser: &Browser, css: &str) -> Result<()> {
    let js = format!("!!document.querySelector('{css}')?.dispatchEvent(new MouseEvent('click', {{ bubbles: true }}))");
    browser.wait_until(&js, PATIENCE).await.map(drop)
}

/// Waits until the network, wired anew perhaps, has run on.
async fn runs_on(browser: &Browser) -> Result<()> {
    browser.wait_until("!document.querySelector('#wiring') && !document.querySelector('#problems')", PATIENCE).await?;
    let then = number(browser, TIME).await?;
    browser.wait_until(&format!("{TIME} !== {then}"), PATIENCE).await?;
    browser.wait_until(&format!("{TIME} > 20"), PATIENCE).await.map(drop)
}

/// The selector of the field of a number.
fn field(name: &str) -> String {
    format!(".inspector .value-row input[type=text][aria-label^=\"{name} \"]")
}

/// Opens what more can be done to a number.
async fn more(browser: &Browser, name: &str) -> Result<()> {
    let js = format!(
        "(button => button ? (button.getAttribute('aria-expanded') === 'true' || button.click(), true) : false)(
            document.querySelector('{}')?.closest('.value-row').querySelector('.more-button'))",
        field(name)
    );
    browser.wait_until(&js, PATIENCE).await.map(drop)
}

#[tokio::test]
async fn a_population_gets_another_model_name_and_distribution() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.eval(CATCH).await?;
    choose(&browser, ".diagram .node.exc").await?;
    browser.set_input("#name", "Exc").await?;
    browser.set_input("#model", "iaf_psc_alpha").await?;
    browser.wait_until("document.querySelector('.equations').textContent.includes('exp(')", PATIENCE).await?;
    browser.set_input(&field("V_th"), "-51").await?;
    more(&browser, "C_m").await?;
    browser.set_input("#spread-C_m", "normal").await?;
    browser
        .wait_until(
            "document.querySelector('#spread-C_m').closest('.more').querySelectorAll('.number-row').length === 4",
            PATIENCE,
        )
        .await?;
    runs_on(&browser).await?;
    let network = saved(&browser).await?;
    let population = &network["populations"][0];
    assert_eq!((&population["name"], &population["model"]), (&json!("Exc"), &json!("iaf_psc_alpha")));
    assert_eq!(population["params"]["V_th"], -51.0);
    ensure!(population["params"]["C_m"]["normal"].is_array(), "{population}");
    let ends: Vec<_> = network["projections"].as_array().into_iter().flatten().map(|p| &p["source"]).collect();
    ensure!(ends.contains(&&json!("Exc")) && !ends.contains(&&json!("E")), "{ends:?}");
    // A name that is taken is told about, and stays to be mended.
    browser.set_input("#name", "I").await?;
    browser
        .wait_until(
            "[...document.querySelectorAll('.inspector .fault')].some(fault => fault.textContent.includes('taken'))",
            PATIENCE,
        )
        .await?;
    assert_eq!(browser.eval("document.querySelector('#name').value").await?, "I");
    assert_eq!(saved(&browser).await?["populations"][0]["name"], "Exc");
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_projection_gets_another_rule_and_synapse_model() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.eval(CATCH).await?;
    choose(&browser, ".diagram .edge.exc:not(:has(~ .edge.exc))").await?;
    browser.wait_until("document.querySelector('#rule')", PATIENCE).await?;
    let index =
        "[...document.querySelectorAll('.diagram .edge')].findIndex(edge => edge.classList.contains('selected'))";
    let index = number(&browser, index).await? as usize;
    browser.set_input("#rule", "pairwise_bernoulli").await?;
    runs_on(&browser).await?;
    browser.set_input(&field("p"), "0.05").await?;
    browser.set_input("#synapse", "tsodyks2_synapse").await?;
    browser
        .wait_until("document.querySelector('.equations .symbol[aria-label=tau_rec] i').textContent === 'τ'", PATIENCE)
        .await?;
    runs_on(&browser).await?;
    let projection = &saved(&browser).await?["projections"][index];
    assert_eq!(
        [&projection["rule"], &projection["p"], &projection["synapse"]],
        [&json!("pairwise_bernoulli"), &json!(0.05), &json!("tsodyks2_synapse")]
    );
    // One to one does not fit populations of different sizes: told at the menu, which goes back.
    if projection["source"] != projection["target"] {
        browser.set_input("#rule", "one_to_one").await?;
        browser
            .wait_until("[...document.querySelectorAll('.inspector .fault')].some(fault => fault.textContent.includes('one_to_one'))", PATIENCE)
            .await?;
        browser.wait_until("document.querySelector('#rule').value === 'pairwise_bernoulli'", PATIENCE).await?;
    }
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_list_is_typed_and_a_wrong_entry_loses_nothing() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.eval(CATCH).await?;
    let entry = "document.querySelector(\".gallery [data-network='one-neuron']\")";
    browser.eval(&format!("{entry}.closest('details').open = true")).await?;
    browser.eval(&format!("{entry}.click()")).await?;
    choose(&browser, ".diagram .node.stim").await?;
    browser.set_input("#model", "step_current_generator").await?;
    browser.set_input("#list-amplitude_times", "10, 50\n200").await?;
    browser.set_input("#list-amplitude_values", "400 abc 100").await?;
    let fault = "[...document.querySelectorAll('.inspector .fault')].map(fault => fault.textContent).join(' ')";
    browser.wait_until(&format!("/Entry 2.*abc/.test({fault})"), PATIENCE).await?;
    assert_eq!(browser.eval("document.querySelector('#list-amplitude_values').value").await?, "400 abc 100");
    browser.set_input("#list-amplitude_values", "400; 0; 300").await?;
    browser.wait_until(&format!("{fault}.trim() === ''"), PATIENCE).await?;
    runs_on(&browser).await?;
    let stimulus = &saved(&browser).await?["stimuli"][0];
    assert_eq!(stimulus["amplitude_times"], json!([10.0, 50.0, 200.0]));
    assert_eq!(stimulus["amplitude_values"], json!([400.0, 0.0, 300.0]));
    // A time before the one in front of it is a mistake of the network, told at the list.
    browser.set_input("#list-amplitude_times", "10 50 20").await?;
    browser.wait_until(&format!("{fault}.includes('[2]')"), PATIENCE).await?;
    assert_eq!(browser.eval("document.querySelector('#list-amplitude_times').value").await?, "10 50 20");
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_parameter_is_put_in_front_of_the_reader_and_its_slider_changed() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.eval(CATCH).await?;
    let before = saved(&browser).await?["controls"].as_array().map_or(0, Vec::len);
    choose(&browser, ".diagram .node.inh").await?;
    browser.wait_until(&format!("!!document.querySelector('{}')", field("V_th")), PATIENCE).await?;
    more(&browser, "V_th").await?;
    browser.click("#front-V_th").await?;
    browser.click(".inspector .back").await?;
    let last = format!(".inspector .value-row:nth-of-type({}) .more-button", before + 1);
    browser.click(&last).await?;
    browser.set_input(&format!("#control-name-{before}"), "threshold of I").await?;
    browser.wait_until("!!document.querySelector('#control-threshold-of-I')", PATIENCE).await?;
    browser.set_input("#control-threshold-of-I", "1000").await?;
    let network = saved(&browser).await?;
    let control = &network["controls"][before];
    assert_eq!(control["name"], "threshold of I");
    assert_eq!(network["populations"][1]["params"]["V_th"], control["max"]);
    runs_on(&browser).await?;
    browser.click(".inspector .more .text-button").await?;
    browser.wait_until("!document.querySelector('#control-threshold-of-I')", PATIENCE).await?;
    assert_eq!(saved(&browser).await?["controls"].as_array().map_or(0, Vec::len), before);
    browser.assert_console_clean().await
}
