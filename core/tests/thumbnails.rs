//! The pictures of the gallery are rasters of its own networks: there is one for each, drawn from a run, and it can be drawn
//! again to the byte. After a change that is meant to change results, or for a new network,
//! `BLESS=1 cargo test -p spikeground-core --test thumbnails` draws them.

use std::{fmt::Write, fs, path::PathBuf};

use spikeground_core::{
    engine::{self, Simulation},
    gallery::{Entry, GALLERY},
    network::Network,
    spec::NetworkSpec,
};

/// Width and height of a picture, in pixels of the gallery's column.
const SIZE: (f64, f64) = (180.0, 32.0);
/// Most lines: as many as can be told apart in that height. Each is of one neuron.
const MOST_LINES: usize = 16;
/// Highest line: a few neurons do not fill the picture.
const HIGHEST: f64 = 8.0;
/// Larger networks are scaled down to so many neurons, so that all are drawn within seconds.
const NEURONS: u64 = 4000;
/// When pictures begin, ms: what a network starts with has gone.
const FROM_MS: f64 = 300.0;
/// How long they last, ms: the longest in which there are not too many marks. The first is for a few neurons only.
const LENGTHS_MS: [f64; 6] = [3000.0, 500.0, 250.0, 150.0, 75.0, 40.0];
/// Most marks: more would be a grey surface, and a large file.
const MOST_MARKS: usize = 270;
/// Most bytes of a picture.
const MOST_BYTES: usize = 4096;

fn place(id: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../static/gallery").join(format!("{id}.svg"))
}

/// The colour of a population, as the page has it: by the signs of the weights that leave it.
fn colour(spec: &NetworkSpec, population: usize) -> &'static str {
    let name = &spec.populations[population].name;
    let weights = || spec.projections.iter().filter(|p| &p.source == name).map(|p| p.weight.middle());
    match (weights().any(|w| w > 0.0), weights().any(|w| w < 0.0)) {
        (true, false) => "--exc",
        (false, true) => "--inh",
        _ => "--ink",
    }
}

/// The neurons that have a line, with their colours: some of each population, evenly spaced.
fn lines(spec: &NetworkSpec) -> Vec<(u32, &'static str)> {
    let n_lines = MOST_LINES.min(spec.neurons() as usize).max(spec.populations.len());
    let mut lines = Vec::new();
    let mut first = 0;
    for (i, population) in spec.populations.iter().enumerate() {
        let share = population.size as f64 / spec.neurons() as f64;
        let n = ((share * n_lines as f64).round() as u64).clamp(1, population.size);
        lines.extend((0..n).map(|k| (first + (population.size * k / n) as u32, colour(spec, i))));
        first += population.size as u32;
    }
    lines
}

/// The picture of a network, as SVG in the colours of the page around it.
fn picture(entry: &Entry) -> String {
    let spec = entry.spec();
    let spec = spec.scaled(NEURONS.min(spec.neurons()));
    let lines = lines(&spec);
    let network = Network::new(spec, 1e10).expect("a good specification");
    let dt_ms = network.dt_ms();
    let mut run = Simulation::new(network, engine::find("lanes").expect("an engine")).expect("memory");
    let lengths_ms = if lines.len() < MOST_LINES { &LENGTHS_MS[..] } else { &LENGTHS_MS[1..] };
    run.advance(((FROM_MS + lengths_ms[0]) / dt_ms) as u64).expect("the gallery is stable");
    let height = (SIZE.1 / lines.len() as f64).min(HIGHEST);
    let top = (SIZE.1 - height * lines.len() as f64) / 2.0;
    let spikes = run.recorder_mut().take_spikes().spikes;
    let marks = |length_ms: f64| {
        let mut marks: Vec<(usize, u32)> = Vec::new();
        for &(step, neuron) in &spikes {
            let x = (f64::from(step) * dt_ms - FROM_MS) / length_ms * SIZE.0;
            let line = lines.iter().position(|(with_line, _)| *with_line == neuron);
            if let Some(line) = line.filter(|_| (0.0..SIZE.0).contains(&x)) {
                marks.push((line, x as u32));
            }
        }
        marks.sort_unstable();
        marks.dedup();
        marks
    };
    let few = lengths_ms.iter().map(|ms| marks(*ms)).find(|marks| marks.len() <= MOST_MARKS);
    let marks = few.unwrap_or_else(|| panic!("{} fires too much for a picture", entry.id));
    let path = |colour: &str| {
        let mut d = String::new();
        for &(line, x) in marks.iter().filter(|(line, _)| lines[*line].1 == colour) {
            let y = top + (line as f64 + 0.1) * height;
            // Writing to a string cannot fail.
            let _ = write!(d, "M{x}.5 {}v{}", short(y), short(0.8 * height));
        }
        if d.is_empty() { d } else { format!("<path stroke=\"var({colour},currentColor)\" d=\"{d}\"/>\n") }
    };
    let paths: String = ["--exc", "--inh", "--ink"].into_iter().map(path).collect();
    let (width, height) = SIZE;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\">\n<g id=\"raster\">\n{paths}</g>\n</svg>\n"
    )
}

/// A number with one decimal at most.
fn short(x: f64) -> String {
    let text = format!("{x:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[test]
fn every_network_has_its_picture_and_makes_it_again() {
    for entry in GALLERY {
        let (now, place) = (picture(entry), place(entry.id));
        assert!(now.len() <= MOST_BYTES && now.matches('M').count() >= 5, "{}: {} bytes", entry.id, now.len());
        if std::env::var_os("BLESS").is_some() {
            fs::write(&place, &now).expect("a picture can be written");
        }
        let kept = fs::read_to_string(&place).unwrap_or_else(|e| panic!("{}: {e}; run with BLESS=1", place.display()));
        assert!(kept == now, "{} is of another run; look at it, and run with BLESS=1", place.display());
    }
}

#[test]
fn no_picture_is_of_a_network_that_is_gone() {
    for file in fs::read_dir(place("").parent().expect("a folder")).expect("the folder is there") {
        let name = file.expect("a file").file_name();
        let id = name.to_str().and_then(|name| name.strip_suffix(".svg")).expect("a picture");
        assert!(GALLERY.iter().any(|entry| entry.id == id), "{id}");
    }
}
