//! Heat and scale: the closed forms, and what they say of the claims.

use spikeground_core::chip::{
    presets,
    quantity::{Evidence, Interval, Quantity},
    thermal::{CLAIM, COOLING_OF_OVERHEAD, PUE_AVERAGE, Plant, junction, saving, scale},
};

#[track_caller]
fn near(ours: f64, wanted: f64) {
    assert!((ours - wanted).abs() < 5e-4 * wanted.abs(), "{ours}, not {wanted}");
}

#[test]
fn forty_per_cent_cannot_come_from_cooling_an_average_hall() {
    let of = |before, after| saving(CLAIM, before, after, COOLING_OF_OVERHEAD);
    near(of(PUE_AVERAGE, 1.0).ceiling, 0.3671);
    near(of(PUE_AVERAGE, 1.0).of_all, 0.3671);
    near(of(PUE_AVERAGE, 1.0).pue_needed, 1.6667);
    near(of(PUE_AVERAGE, 1.1).pue_needed, 1.8333);
    near(of(PUE_AVERAGE, 1.1).of_all, 0.3038);
    near(of(PUE_AVERAGE, 1.1).of_cooling, 0.1028);
    near(of(1.0, 1.0).of_all + 1.0, 1.0);
}

#[test]
fn a_passive_plant_saves_the_chillers() {
    let plant = Plant::default();
    near(plant.pue_active(), 1.0 + 0.10 + 1.0 / 3.0);
    near(plant.pue_passive(), 1.10);
    assert!(Plant { cop: 10.0, ..plant }.pue_active() < plant.pue_active());
}

#[test]
fn passive_cooling_suffices_for_a_wafer_of_100_w_and_not_for_one_of_23_kw() {
    let (lyra, cs2) =
        (presets::find("lyra-x").expect("lyra-x").preset(), presets::find("cs-2").expect("cs-2").preset());
    let at = |preset, power_w| junction(preset, Interval::exactly(power_w), 298.15);
    let cool = at(&lyra, 100.0).expect("known");
    near(cool.junction_k.middle(), 308.15);
    assert_eq!(cool.is_feasible, Some(true));
    assert_eq!(at(&lyra, 23_000.0).expect("known").is_feasible, Some(false));
    assert_eq!(at(&cs2, 23_000.0), None, "its resistance is not known");
    let unsure = Interval { lo: 100.0, v: None, hi: 1000.0 };
    assert_eq!(junction(&lyra, unsure, 298.15).expect("known").is_feasible, None);
}

#[test]
fn from_a_network_to_a_brain() {
    let lyra = presets::find("lyra-x").expect("lyra-x").preset();
    let big = scale(&lyra, 86e6, Interval { lo: 1e-3, v: Some(2e-3), hi: 4e-3 }).expect("a scale");
    near(big.factor, 1000.0);
    near(big.power_w.middle(), 2.0);
    near(big.over_brain.middle(), 0.1);
    near(big.over_digital.hi, 4.0 / 8e6);
    // 86e9 neurons over the 200.5 million of 340 chips.
    assert_eq!(big.chips, Some(429.0));
    assert_eq!(scale(&lyra, 0.0, Interval::ZERO), None);
    assert_eq!(scale(&presets::find("northpole").expect("northpole").preset(), 1e6, Interval::ZERO), None);
    let own = presets::find("my-bpu").expect("my-bpu").preset();
    assert_eq!(scale(&own, 1e6, Interval::ZERO).expect("a scale").chips, None);
}

#[test]
fn an_unknown_number_has_no_middle_but_its_limits() {
    let q = |lo, v, hi, ev| Quantity { v, lo, hi, ev, ..Quantity::default() };
    assert_eq!(Quantity::default().interval(), None);
    assert_eq!(q(Some(1.0), None, None, Evidence::Unknown).interval(), None);
    let limits = q(Some(1.0), None, Some(4.0), Evidence::Unknown).interval().expect("limits");
    assert_eq!((limits.v, limits.middle()), (None, 2.0));
    let known = q(None, Some(3.0), Some(5.0), Evidence::Measured).interval().expect("a value");
    let sum = known + limits;
    assert_eq!(sum, Interval { lo: 4.0, v: None, hi: 9.0 });
    assert_eq!(known + known, known.times(2.0));
    assert_eq!(known.by(limits), Interval { lo: 3.0, v: None, hi: 20.0 });
    assert_eq!(known.less(4.0), Interval { lo: 0.0, v: Some(0.0), hi: 1.0 });
}
