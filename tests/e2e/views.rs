//! The views that a visitor adds to the page: they show what core itself measures.

use anyhow::{Result, ensure};
use serde_json::json;
use spikeground_core::{
    engine::{ENGINES, Simulation},
    gallery,
    network::Network,
    sweep::{Curve, Sweep, Swept},
};
use spikeground_web::plot::format;

use crate::{
    harness::{Browser, PATIENCE, Visitor},
    product::{TIME, number, open},
};

/// Shows a view, or hides it, by the menu.
pub async fn toggle(browser: &Browser, view: &str) -> Result<()> {
    browser.click("#views").await?;
    browser.click(&format!("#views-menu input[name={view}]")).await?;
    browser.click("#views-menu .icon-button").await
}

/// What the canvas of a panel says to those who do not see it.
fn label(panel: &str) -> String {
    format!("document.querySelector('.panel-{panel} canvas')?.getAttribute('aria-label')")
}

/// JavaScript for the number of pixels of a panel's canvas that have the colour of a token.
fn pixels(panel: &str, token: &str) -> String {
    format!(
        "(canvas => {{
            if (!canvas?.height) return 0;
            const probe = document.body.appendChild(document.createElement('i'));
            probe.style.color = 'var({token})';
            const [r, g, b] = getComputedStyle(probe).color.match(/[0-9.]+/g).map(Number);
            probe.remove();
            const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', {{ willReadFrequently: true }});
            copy.drawImage(canvas, 0, 0);
            const {{ data }} = copy.getImageData(0, 0, canvas.width, canvas.height);
            let n = 0;
            for (let i = 0; i < data.length; i += 4) {{
                n += Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 60;
            }}
            return n;
        }})(document.querySelector('.panel-{panel} canvas'))"
    )
}

/// CUBA, run here.
fn cuba(ms: f64) -> Result<Simulation> {
    let spec = gallery::GALLERY[0].spec();
    let steps = (ms / spec.dt_ms).round() as u64;
    let network = Network::new(spec, f64::INFINITY).map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
    let mut run = Simulation::new(network, ENGINES[0]).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    run.advance(steps).map_err(|halt| anyhow::anyhow!("{halt:?}"))?;
    Ok(run)
}

#[tokio::test]
async fn the_menu_adds_views_and_they_are_remembered() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    let panels =
        "[...document.querySelectorAll('.stage .panel')].map(panel => panel.className.match(/panel-(\\w+)/)[1]).join()";
    assert_eq!(browser.eval(panels).await?, json!("network,trace,raster,rate,interval"));
    toggle(&browser, "measures").await?;
    toggle(&browser, "rate").await?;
    browser.wait_until(&format!("{panels} === 'network,trace,raster,interval,measures'"), PATIENCE).await?;
    browser.eval("location.reload()").await?;
    let shows = format!("document.querySelector('#time') && {panels} === 'network,trace,raster,interval,measures'");
    browser.wait_until(&shows, PATIENCE).await?;
    browser.assert_console_clean().await
}

/// The run is the same here and there, so after 3 s the same is measured.
#[tokio::test]
async fn measures_and_spectrum_are_those_of_core() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    for view in ["measures", "spectrum", "correlation"] {
        toggle(&browser, view).await?;
    }
    browser.keys("r").await?;
    browser.set_input("#time", "3000").await?;
    browser.wait_until(&format!("{TIME} === 3000"), PATIENCE).await?;

    let run = cuba(3000.0)?;
    let (recorder, spectrum) = (run.recorder(), run.recorder().spectrum());
    let powers = [0, 1].map(|p| spectrum.power(p));
    let points = powers.iter().enumerate().flat_map(|(p, power)| power.iter().enumerate().skip(2).map(move |x| (p, x)));
    let highest = points.max_by(|(_, a), (_, b)| a.1.total_cmp(b.1));
    let Some((p, (i, _))) = highest else { anyhow::bail!("core measures no spectrum") };
    let hz = format::fixed(i as f64 * spectrum.step_hz(), 1);
    let peak = format!("peak {hz}\u{2009}Hz ({})", ["E", "I"][p]);
    browser.wait_until(&format!("document.querySelector('#peak').textContent === {}", json!(peak)), PATIENCE).await?;
    ensure!((10.0..60.0).contains(&(i as f64 * spectrum.step_hz())), "CUBA has a rhythm at about 20 Hz, not {hz} Hz");
    ensure!(number(&browser, &pixels("spectrum", "--exc")).await? > 100.0, "the spectrum is not drawn");
    ensure!(number(&browser, &pixels("correlation", "--exc")).await? > 100.0, "the correlogram is not drawn");

    let told = |x: Option<f64>, decimals| x.map_or("–".to_owned(), |x| format::fixed(x, decimals));
    for (p, name) in ["E", "I"].into_iter().enumerate() {
        let want = json!([
            name,
            format::fixed(recorder.rates_hz(run.steps())[p], 1),
            told(recorder.mean_cv(p).map(|cv| cv.cv), 2),
            told(recorder.mean_cv2(p), 2),
            told(recorder.fano(p).mean(), 2),
            told(recorder.correlation(p).mean(), 3),
        ]);
        let row =
            format!("[...document.querySelectorAll('.measures tbody tr')[{p}].children].map(cell => cell.textContent)");
        assert_eq!(browser.eval(&row).await?, want);
    }
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_click_measures_an_f_i_curve_which_follows_its_parameters() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    browser.click(".diagram .node.exc").await?;
    browser.click("#open-curve").await?;
    let curve = |i_e: f64, v_th: f64| -> Result<Curve> {
        let mut spec = gallery::GALLERY[0].spec();
        ensure!(spec.set("populations[0].params.I_e", i_e) && spec.set("populations[0].params.V_th", v_th));
        let mut sweep = Sweep::new(&spec, 0).map_err(|error| anyhow::anyhow!("{error:?}"))?;
        loop {
            match sweep.advance(1000).map_err(|error| anyhow::anyhow!("{error:?}"))? {
                Swept::Going(_) => {}
                Swept::Curve(curve) => return Ok(curve),
                Swept::Silent(_) => anyhow::bail!("CUBA's neurons fire"),
            }
        }
    };
    let words = |curve: &Curve| {
        let n = curve.rates_hz.len() - 1;
        let onset = curve.rates_hz.iter().position(|hz| *hz > 0.0).unwrap_or(n);
        let [from, to] = [onset, n].map(|i| format::with_unit(&format::significant(curve.currents_pa[i], 4), "pA"));
        let rate = format::with_unit(&format::fixed(curve.rates_hz[n], 1), "Hz");
        format!("f–I curve of E: fires from {from} on, with {rate} at {to}; now ")
    };
    let own = gallery::GALLERY[0].spec().get("populations[0].params.I_e").unwrap_or(f64::NAN);
    let before = words(&curve(own, -50.0)?);
    browser.wait_until(&format!("{}?.startsWith({})", label("curve"), json!(before)), PATIENCE).await?;
    ensure!(number(&browser, &pixels("curve", "--exc")).await? > 100.0, "the curve is not drawn");
    // A higher threshold needs more current; the network goes on meanwhile.
    let row = "[...document.querySelectorAll('.slider-row')].find(row => row.textContent.includes('threshold'))";
    browser.eval(&format!("(input => {{ input.value = '-45'; input.dispatchEvent(new Event('change', {{ bubbles: true }})); }})(({row}).querySelector('input[type=text]'))")).await?;
    let after = words(&curve(own, -45.0)?);
    ensure!(before != after, "the threshold matters");
    browser.wait_until(&format!("{}?.startsWith({})", label("curve"), json!(after)), PATIENCE).await?;
    let then = number(&browser, TIME).await?;
    browser.wait_until(&format!("{TIME} > {then} + 50"), PATIENCE).await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn a_phase_plane_shows_nullclines_and_the_picked_neuron() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    toggle(&browser, "plane").await?;
    // CUBA's neurons have none; a button leads to one that has.
    browser.click(".panel-plane .nothing button").await?;
    browser.wait_until(&format!("{}?.startsWith('Phase plane of V_m and ')", label("plane")), PATIENCE).await?;
    browser
        .wait_until(&format!("{} > 100 && {} > 50", pixels("plane", "--accent"), pixels("plane", "--cat-4")), PATIENCE)
        .await?;
    let picture = "document.querySelector('.panel-plane canvas').toDataURL()";
    browser.eval(&format!("window.before = {picture}, 0")).await?;
    browser.wait_until(&format!("{picture} !== before && {} > 20", pixels("plane", "--ink")), PATIENCE).await?;
    browser.assert_console_clean().await
}

#[tokio::test]
async fn any_state_variable_and_the_field_can_be_traced_in_both_languages() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    let is = |text: &str| format!("{} === {}", label("trace"), json!(text));
    browser.wait_until(&is("membrane potential, neuron 0 (E)"), PATIENCE).await?;
    for (value, says) in [
        ("I_syn_in", "inhibitory synaptic current, neuron 0 (E)"),
        ("(field)", "local field: mean |synaptic current|, E"),
    ] {
        browser.set_input("#traced", value).await?;
        browser.wait_until(&is(says), PATIENCE).await?;
        browser.wait_until(&format!("{} > 100", pixels("trace", "--ink")), PATIENCE).await?;
    }
    browser.click("#language").await?;
    browser.wait_until(&is("局部场电位近似：突触电流绝对值的均值，E"), PATIENCE).await?;
    // Another network, whose model has other variables.
    browser.set_input("#traced", "I_syn_in").await?;
    browser.click(".gallery li:nth-child(2) button").await?;
    browser.wait_until(&is("膜电位，神经元 0 (E)"), PATIENCE).await?;
    browser.set_input("#traced", "g_ex").await?;
    browser.wait_until(&is("兴奋性突触电导，神经元 0 (E)"), PATIENCE).await?;
    browser.assert_console_clean().await
}

/// A network that learns brings its weights into view, and its synapse into the inspector, where it can be turned.
#[tokio::test]
async fn a_network_that_learns_shows_its_weights() -> Result<()> {
    let browser = open(Visitor::at_desk()).await?;
    let entry = "document.querySelector(\".gallery [data-network='stdp']\")";
    browser.eval(&format!("{entry}.closest('details').open = true")).await?;
    browser.click(".gallery [data-network='stdp']").await?;
    let mean = "parseFloat(document.querySelector('#mean-weight strong')?.textContent)";
    browser.wait_until(&format!("{mean} > 0 && {}?.includes('inputs → neuron')", label("weights")), PATIENCE).await?;
    // Weights that start evenly between nothing and the largest have half of it as their mean, and most of them fall.
    browser.wait_until(&format!("{mean} < 0.074"), PATIENCE).await?;

    browser.eval("[...document.querySelectorAll('.diagram .edge')].at(-1).dispatchEvent(new MouseEvent('click', { bubbles: true }))").await?;
    // A learning rate of nothing stops the weights at once, and the network goes on.
    let input = "document.querySelector('.inspector .slider-row input[type=text][aria-label^=\"lambda \"]')";
    browser.wait_until(&format!("!!{input}"), PATIENCE).await?;
    let set = format!(
        "(input => {{ input.value = '0'; input.dispatchEvent(new Event('change', {{ bubbles: true }})); }})({input})"
    );
    browser.eval(&set).await?;
    let spread = label("weights");
    browser.eval("new Promise(done => setTimeout(done, 1500))").await?;
    let before = browser.eval(&spread).await?;
    let then = number(&browser, TIME).await?;
    browser.wait_until(&format!("{TIME} > {then} + 1500"), PATIENCE).await?;
    assert_eq!(browser.eval(&spread).await?, before);
    browser.assert_console_clean().await
}
