//! Every rule that changes a synapse, in its network of the gallery: what the page shows of it is what core computes.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use spikeground_core::{
    engine::{ENGINES, Simulation},
    gallery::{Entry, GALLERY},
    network::Network,
    synapse::{Kind, SYNAPSES},
};
use spikeground_web::{
    plot::format,
    state::view::{learns, weight_unit},
};

use crate::{
    harness::{PATIENCE, Visitor},
    product::{TIME, open},
};

/// How long each network runs, ms of model time: every weight has moved by then.
const RUN_MS: f64 = 400.0;

/// One network for each synapse model that is not static.
fn networks() -> Result<Vec<&'static Entry>> {
    let mut networks: Vec<&Entry> = Vec::new();
    for model in SYNAPSES.iter().filter(|model| !matches!(model.kind, Kind::Static)) {
        let has = |entry: &&&Entry| entry.spec().projections.iter().any(|p| p.synapse == model.name);
        let found = GALLERY.iter().find(has).with_context(|| format!("{} has a network", model.name))?;
        if !networks.iter().any(|entry| entry.id == found.id) {
            networks.push(found);
        }
    }
    Ok(networks)
}

#[tokio::test]
async fn every_rule_computes_in_the_page_what_it_computes_in_core() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.keys("r").await?;
    for entry in networks()? {
        let spec = entry.spec();
        let steps = (RUN_MS / spec.dt_ms).round() as u64;
        let network = Network::new(spec.clone(), f64::INFINITY).map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
        let mut run = Simulation::new(network, ENGINES[0]).map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let weights = |run: &Simulation| {
            let own = |i: usize| run.weight_histogram(i).map(|histogram| (i, histogram));
            let all = || 0..spec.projections.len();
            all().filter(|&i| learns(&spec.projections[i])).find_map(|i| own(i)).or_else(|| all().find_map(|i| own(i)))
        };
        let before = weights(&run);
        run.advance(steps).map_err(|halt| anyhow::anyhow!("{halt:?}"))?;

        // The network is there when the time has gone back.
        browser.set_input("#time", &RUN_MS.to_string()).await?;
        browser.wait_until(&format!("{TIME} === {RUN_MS}"), 3 * PATIENCE).await?;
        let watch =
            format!("window.fell = false, window.watch = setInterval(() => {{ fell ||= {TIME} < {RUN_MS}; }}, 5), 0");
        browser.eval(&watch).await?;
        browser.eval(&format!("location.hash = 'network={}&views=raster+measures+weights'", entry.id)).await?;
        let title = "document.querySelector('.project')?.textContent";
        browser.wait_until(&format!("{title} === {}", json!(entry.title.en)), PATIENCE).await?;
        browser.wait_until("fell && (clearInterval(watch), true)", 3 * PATIENCE).await?;
        browser.eval("document.activeElement.blur()").await?;
        browser.keys("r").await?;
        browser.set_input("#time", &RUN_MS.to_string()).await?;
        browser.wait_until(&format!("{TIME} === {RUN_MS}"), 3 * PATIENCE).await?;

        let names = spec.populations.iter().map(|population| &population.name);
        let rates = run.recorder().rates_hz(steps);
        ensure!(rates.iter().any(|&hz| hz > 0.0), "{}: nothing fires", entry.id);
        let want = names.zip(rates).map(|(name, hz)| json!([name, format::fixed(hz, 1)])).collect::<Vec<_>>();
        let rows = "[...document.querySelectorAll('.measures tbody tr')].map(row => [row.children[0].textContent, row.children[1].textContent])";
        let same = format!("JSON.stringify({rows}) === {}", json!(json!(want).to_string()));
        browser.wait_until(&same, PATIENCE).await.with_context(|| format!("rates of {}: {want:?}", entry.id))?;

        if let Some((i, histogram)) = weights(&run) {
            let is_plastic = run.network().projections[i].synapse.plastic().is_some();
            ensure!(
                !is_plastic || before.is_some_and(|(_, b)| b.mean != histogram.mean),
                "{}: no weight moves",
                entry.id
            );
            let mean = format::significant(histogram.mean, 3);
            let mean = format::with_unit(&mean, weight_unit(&spec, &spec.projections[i]));
            let shown = format!("document.querySelector('#mean-weight strong')?.textContent === {}", json!(mean));
            browser.wait_until(&shown, PATIENCE).await.with_context(|| format!("weights of {}: {mean}", entry.id))?;
        }
    }
    browser.assert_console_clean().await
}
