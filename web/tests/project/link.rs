//! Links: a whole project in an address, and a hundred that are none.

use miniz_oxide::deflate::compress_to_vec;
use spikeground_core::{
    gallery::{self, GALLERY},
    spec::{ControlSpec, Distribution, NetworkSpec, PopulationSpec, ProjectionSpec, StimulusSpec},
    text::Lang,
};
use spikeground_web::state::{
    document::Document,
    link::Link,
    look::{Look, PARTS},
    prefs::Theme,
    sketch::{Note, Sketch},
};

use crate::dice::Dice;

const PAGES: &[&str] = &["simulate", "build"];

/// A link that was copied once; it opens for ever.
const OLD: &str = include_str!("../../../tests/golden/projects/link-v1.txt");

fn read(hash: &str) -> Link {
    Link::read(hash, PAGES).unwrap_or_else(|errors| panic!("{hash}: {errors:?}")).expect("it is a link")
}

#[test]
fn any_project_comes_through_a_link_as_it_was() {
    for seed in 0..80 {
        let document = Dice::new(seed).project();
        let link = read(&format!("#{}", Link::write(&document, Some("build"))));
        assert_eq!(link.page, Some("build"));
        assert_eq!(link.look, document.look);
        let project = link.project.expect("it has a project");
        assert_eq!(Document { look: document.look.clone(), ..project }, document, "seed {seed}");
    }
}

#[test]
fn a_network_of_the_gallery_is_named_as_long_as_it_is_untouched() {
    for entry in GALLERY {
        let mut document = Document::of(entry);
        assert_eq!(Link::write(&document, None), format!("network={}", entry.id));
        assert_eq!(read(&Link::write(&document, None)).project.as_ref(), Some(&document));
        document.spec.seed += 1;
        assert!(Link::write(&document, None).starts_with("project="));
    }
}

#[test]
fn a_link_says_how_it_wants_to_be_shown() {
    let mut document = Document::of(GALLERY[0]);
    let hide = vec![PARTS[1], "gallery"];
    let views = Some(vec!["raster".into(), "rate".into()]);
    document.look = Look { views, language: Some(Lang::Zh), theme: Some(Theme::Dark), hide };
    let hash = Link::write(&document, Some("build"));
    assert_eq!(hash, "network=cuba&views=raster+rate&language=zh&theme=dark&page=build&link_hide&gallery_hide");
    let link = read(&hash);
    assert_eq!((link.look, link.page), (document.look, Some("build")));
    assert_eq!(read("#step_hide=true&run_hide").look.hide, ["step", "run"]);
    assert_eq!(read("#page=build").project, None);
    assert_eq!(Link::read("#stage", PAGES), Ok(None));
    assert_eq!(Link::read("", PAGES), Ok(None));
}

#[test]
fn a_link_that_was_copied_once_opens() {
    let project = read(OLD.trim()).project.expect("it has a project");
    assert_eq!(project.spec.populations.len(), 20);
    assert_eq!(project.sketch.places.len(), 20);
    assert_eq!(project, twenty_populations());
}

/// Two hemispheres of five areas with E and I each: parameters that differ, a hundred projections, a sketch.
fn twenty_populations() -> Document {
    let mut spec = NetworkSpec { name: "Two hemispheres".into(), seed: 42, ..NetworkSpec::empty() };
    let mut sketch = Sketch::default();
    let areas = ["V1", "V4", "MT", "LIP", "FEF"];
    let name =
        |side: usize, area: usize, kind: usize| format!("{} {} {}", ["L", "R"][side], areas[area], ["E", "I"][kind]);
    for (side, area, kind) in (0..20).map(|i| (i / 10, i / 2 % 5, i % 2)) {
        let own = name(side, area, kind);
        let params = [
            ("C_m", 250.0),
            ("tau_m", 10.0 + area as f64),
            ("E_L", -65.0),
            ("I_e", 120.0 + 7.5 * area as f64),
            ("t_ref", 2.0),
        ];
        spec.populations.push(PopulationSpec {
            name: own.clone(),
            size: [400, 100][kind] + 20 * area as u64,
            model: "iaf_psc_exp".into(),
            params: params.map(|(name, value)| (name.to_owned(), Distribution::Constant(value))).to_vec(),
            init: vec![("V_m".into(), Distribution::Uniform { lo: -65.0, hi: -50.0 })],
            positions: None,
            lesions: Vec::new(),
        });
        sketch.places.push((own.clone(), [120.0 * area as f64 + 13.0 * kind as f64, 90.0 + 200.0 * side as f64]));
        let weight = [18.5, -92.0][kind];
        let mut connect = |target: String, share: f64, delay_ms: f64| {
            let mut projection = ProjectionSpec::all_to_all(&own, &target, weight * share, delay_ms);
            projection.rule = "fixed_indegree".into();
            projection.params = vec![("indegree".into(), (40.0 * share).round())];
            spec.projections.push(projection);
        };
        connect(name(side, area, 0), 1.0, 1.5);
        connect(name(side, area, 1), 1.0, 1.5);
        if kind == 0 {
            // To the next area, back, and to the other side.
            connect(name(side, (area + 1) % 5, 0), 0.6, 3.0 + area as f64);
            connect(name(side, (area + 4) % 5, 1), 0.4, 4.5);
            connect(name(1 - side, area, 0), 0.25, 8.0);
        }
    }
    let params = vec![("rate".to_owned(), 2500.0)];
    spec.stimuli.push(StimulusSpec {
        name: "eye".into(),
        model: "poisson_generator".into(),
        params,
        lists: Vec::new(),
    });
    spec.projections.push(ProjectionSpec::all_to_all("eye", "L V1 E", 25.0, 1.0));
    let paths = vec!["stimuli[0].params.rate".to_owned()];
    spec.controls.push(ControlSpec { name: "light".into(), paths, min: 0.0, max: 10_000.0, log: false });
    sketch.notes.push(Note { text: "Turn the light and watch it spread.".into(), place: [40.0, 20.0] });
    Document { spec, sketch, gallery: None, look: Look::default() }
}

#[test]
fn a_project_of_twenty_populations_fits_an_address() {
    let hash = Link::write(&twenty_populations(), None);
    assert!(hash.len() < 2000, "{} characters", hash.len());
}

#[test]
fn a_hundred_wrong_links_say_what_is_wrong_and_open_nothing() {
    let wrong = wrong_links();
    assert!(wrong.len() >= 100, "only {}", wrong.len());
    for (what, hash) in wrong {
        let errors = match Link::read(&hash, PAGES) {
            Err(errors) => errors,
            Ok(link) => panic!("{what} is taken for {link:?}"),
        };
        assert!(!errors.is_empty(), "{what}");
        for error in errors {
            assert!(
                !error.at.is_empty() || what.contains("JSON") || what.contains("cut") || what.contains("nested"),
                "{what}: {error:?}"
            );
            for lang in [Lang::En, Lang::Zh] {
                let message = error.message(lang);
                assert!((10..600).contains(&message.chars().count()), "{what}: {message}");
            }
        }
    }
}

fn packed(text: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bytes = compress_to_vec(text, 9);
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |i| byte >> i & 1)).collect();
    let digit = |six: &[u8]| {
        let value = (0..6).fold(0, |value, i| value << 1 | six.get(i).copied().unwrap_or(0));
        char::from(DIGITS[usize::from(value)])
    };
    format!("#project={}", bits.chunks(6).map(digit).collect::<String>())
}

/// Links that are wrong, each in its own way, with what is wrong with them.
fn wrong_links() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut add = |what: &str, hash: String| all.push((what.to_owned(), hash));
    let good = format!("#{}", Link::write(&twenty_populations(), None));
    assert!(Link::read(&good, PAGES).is_ok());
    for share in 0..20 {
        let end = "#project=".len() + (good.len() - "#project=".len()) * share / 20;
        add(&format!("a link cut after {share} of 20 parts"), good[..end].to_owned());
    }
    for (what, letter) in
        [("a space", ' '), ("a plus", '+'), ("padding", '='), ("a letter of no alphabet", 'é'), ("a null", '\0')]
    {
        let mut broken = good.clone();
        broken.replace_range(60..61, &letter.to_string());
        add(&format!("{what} within"), broken);
    }
    add("bytes that are no deflate", "#project=_____w".into());
    let json = gallery::find("cuba").expect("CUBA").json;
    for share in 1..20 {
        add(&format!("JSON cut after {share} of 20 parts"), packed(&json.as_bytes()[..json.len() * share / 20]));
    }
    add("no JSON at all", packed(b"hello"));
    add("JSON of invalid UTF-8", packed(b"{\"version\":1,\"name\":\"\xff\xfe\"}"));
    add("JSON with a lone surrogate", packed(br#"{"version":1,"name":"\ud800"}"#));
    add("JSON with a control character", packed(b"{\"version\":1,\"name\":\"a\x01b\"}"));
    add("JSON that is nested deeply", packed("[".repeat(100_000).as_bytes()));
    let nested =
        |open: &str, close: &str| format!("{{\"version\":1,\"page\":{}1{}}}", open.repeat(200), close.repeat(200));
    add("nested objects in the page", packed(nested("{\"a\":", "}").as_bytes()));
    add("nested lists in the page", packed(nested("[", "]").as_bytes()));
    add("a bomb of blanks", packed(&vec![b' '; 16 << 20]));
    add("a bomb of one name", packed(format!("{{\"version\":1,\"name\":\"{}\"}}", "x".repeat(8 << 20)).as_bytes()));
    for json in [
        "null",
        "true",
        "7",
        "\"text\"",
        "[]",
        "{}",
        "{\"version\":2}",
        "{\"version\":0}",
        "{\"version\":\"1\"}",
        "{\"version\":1.5}",
        "{\"version\":null}",
        "{\"version\":1,\"seed\":-1}",
        "{\"version\":1,\"seed\":1e99}",
        "{\"version\":1,\"seed\":1.5}",
        "{\"version\":1,\"seed\":NaN}",
        "{\"version\":1,\"dt_ms\":1e999}",
        "{\"version\":1,\"dt_ms\":-1e999}",
        "{\"version\":1,\"dt_ms\":Infinity}",
        "{\"version\":1,\"dt_ms\":\"0.1\"}",
        "{\"version\":1,\"dt_ms\":null}",
        "{\"version\":1,\"name\":7}",
        "{\"version\":1,\"name\":null}",
        "{\"version\":1,\"script\":\"alert(1)\"}",
        "{\"version\":1,\"__proto__\":{}}",
        "{\"version\":1,\"populations\":{}}",
        "{\"version\":1,\"populations\":[7]}",
        "{\"version\":1,\"populations\":[{}]}",
        "{\"version\":1,\"populations\":[{\"name\":\"E\",\"size\":0,\"model\":\"a\"}]}",
        "{\"version\":1,\"populations\":[{\"name\":\"E\",\"size\":1e300,\"model\":\"a\"}]}",
        "{\"version\":1,\"populations\":[{\"name\":\"E\",\"size\":1,\"model\":\"a\",\"onload\":1}]}",
        "{\"version\":1,\"populations\":[{\"name\":\"E\",\"size\":1,\"model\":\"a\",\"params\":[]}]}",
        "{\"version\":1,\"populations\":[{\"name\":\"E\",\"size\":1,\"model\":\"a\",\"params\":{\"V\":\"<b>\"}}]}",
        "{\"version\":1,\"populations\":[{\"name\":\"E\",\"size\":1,\"model\":\"a\",\"params\":{\"V\":{\"uniform\":[1]}}}]}",
        "{\"version\":1,\"populations\":[{\"name\":\"E\",\"size\":1,\"model\":\"a\",\"positions\":[]}]}",
        "{\"version\":1,\"stimuli\":[{\"name\":[]}]}",
        "{\"version\":1,\"projections\":[{}]}",
        "{\"version\":1,\"projections\":\"all\"}",
        "{\"version\":1,\"projections\":[{\"source\":\"E\",\"target\":\"E\",\"rule\":7,\"weight\":1,\"delay_ms\":1}]}",
        "{\"version\":1,\"controls\":[{\"name\":\"a\",\"paths\":7,\"min\":0,\"max\":1}]}",
        "{\"version\":1,\"page\":7}",
        "{\"version\":1,\"page\":{\"onclick\":\"x\"}}",
        "{\"version\":1,\"page\":{\"places\":7}}",
        "{\"version\":1,\"page\":{\"notes\":{}}}",
        "{\"version\":1,\"page\":{\"notes\":[null]}}",
        "{\"version\":1,\"page\":{\"groups\":[[]]}}",
        "{\"version\":1,\"page\":{\"views\":[7]}}",
        "{\"version\":1,\"page\":{\"language\":\"xx\"}}",
        "{\"version\":1,\"page\":{\"theme\":\"<script>\"}}",
        "{\"version\":1,\"page\":{\"hide\":[\"everything\"]}}",
        "{\"version\":1,\"page\":{\"gallery\":7}}",
    ] {
        add(&format!("the JSON {json}"), packed(json.as_bytes()));
    }
    let many = |key: &str, item: &str, n: usize| format!("{{\"version\":1,\"{key}\":[{}]}}", vec![item; n].join(","));
    add("too many populations", packed(many("populations", "{}", 2000).as_bytes()));
    add("too many projections", packed(many("projections", "{}", 20_000).as_bytes()));
    for hash in [
        "#network=",
        "#network=nowhere",
        "#network=<script>",
        "#network=cuba&network=nowhere",
        "#network=cuba&page=gone",
        "#page=",
        "#language=fr",
        "#theme=blue",
        "#theme",
        "#all_hide",
        "#_hide",
        "#<b>_hide",
        "#foo=1",
        "#network=cuba&foo",
        "#project",
        "#__proto__=1",
        "#network=cuba&project=",
        "#javascript:alert(1)=",
    ] {
        // A word alone is a place on the page.
        if hash.contains(['=', '&']) || hash.ends_with("_hide") {
            add(hash, hash.to_owned());
        }
    }
    all
}
