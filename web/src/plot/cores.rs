//! The cores of a chip in their places, coloured by how full they are, and the spikes on the links between their routers.

use leptos::prelude::*;

use super::frame::Frame;
use super::pen::{Align, Pen};
use super::surface::{Surface, Tap};
use super::table::Table;

/// Room for the colour scale below, its width and height, in css px.
const LEGEND_PX: f64 = 26.0;
const SCALE_PX: [f64; 2] = [96.0, 8.0];
/// Pieces that the colour scale is drawn in.
const SCALE_PIECES: usize = 32;
/// Largest side of a core, in css px.
const MOST_PX: f64 = 44.0;
/// Width of the line of the busiest link, in css px.
const LINK_PX: f64 = 4.0;
/// A mesh of more columns or rows than this is shown only where it is used.
const WHOLE: u32 = 32;

/// The cores.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cores {
    /// Cores in a row and in a column.
    pub mesh: [u32; 2],
    /// Columns and rows of cores that share a router.
    pub at_router: [u32; 2],
    /// Number and fullness, from 0 to 1, of the cores that are used; cores are numbered row by row.
    pub used: Vec<(u32, f64)>,
    /// Router, direction (columns before and behind, rows before and behind) and spikes of the links.
    pub links: Vec<(u32, u32, f64)>,
}

impl Cores {
    fn place(&self, core: u32) -> [u32; 2] {
        [core % self.mesh[0].max(1), core / self.mesh[0].max(1)]
    }

    /// Columns and rows that are shown, from the first core on.
    fn shown(&self) -> [u32; 2] {
        if self.mesh.iter().all(|side| *side <= WHOLE) {
            return self.mesh;
        }
        [0, 1].map(|axis| {
            let last = self.used.iter().map(|(core, _)| self.place(*core)[axis]).max().unwrap_or(0);
            // With a router more, that one sees that it goes on.
            let router = self.at_router[axis].max(1);
            ((last / router + 2) * router).min(self.mesh[axis])
        })
    }

    /// The core that a key leads to from another.
    fn beside(&self, from: Option<u32>, key: &str) -> Option<u32> {
        let at = |core: u32| self.place(core).map(i64::from);
        let Some([x, y]) = from.map(at) else { return self.used.first().map(|(core, _)| *core) };
        let others = self.used.iter().map(|(core, _)| *core).filter(|core| Some(*core) != from);
        let ahead = others.filter_map(|core| {
            let [dx, dy] = [at(core)[0] - x, at(core)[1] - y];
            let (along, aside) = match key {
                "ArrowLeft" => (-dx, dy),
                "ArrowRight" => (dx, dy),
                "ArrowUp" => (-dy, dx),
                _ => (dy, dx),
            };
            (along > 0).then_some((along + 4 * aside.abs(), core))
        });
        ahead.min().map(|(_, core)| core)
    }
}

/// Where cores lie on a canvas.
struct Map {
    left: f64,
    top: f64,
    side: f64,
    shown: [u32; 2],
}

impl Map {
    fn new(cores: &Cores, frame: &Frame) -> Map {
        let shown = cores.shown();
        // The labels that other plots have to the left are not needed here.
        let [width, height] = [frame.right - 2.0, frame.bottom - LEGEND_PX + 16.0];
        let [columns, rows] = shown.map(|n| f64::from(n.max(1)));
        Map { left: 2.0, top: 2.0, side: (width / columns).min(height / rows).clamp(0.0, MOST_PX), shown }
    }

    fn corner(&self, [x, y]: [u32; 2]) -> (f64, f64) {
        (self.left + f64::from(x) * self.side, self.top + f64::from(y) * self.side)
    }

    fn core_at(&self, cores: &Cores, (x, y): (f64, f64)) -> Option<u32> {
        let place = [(x - self.left) / self.side, (y - self.top) / self.side].map(f64::floor);
        let is_in = place.iter().zip(self.shown).all(|(at, n)| (0.0..f64::from(n)).contains(at));
        let core = place[1] as u32 * cores.mesh[0] + place[0] as u32;
        (is_in && cores.used.iter().any(|(used, _)| *used == core)).then_some(core)
    }
}

/// The chip.
#[component]
pub fn CoresView(
    /// The cores.
    #[prop(into)]
    cores: Signal<Cores>,
    /// The core that is looked at; pointer, finger and arrow keys choose it.
    picked: RwSignal<Option<u32>>,
    /// What it shows, in a sentence, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let pointer = RwSignal::new(None);
    let frame_seen = StoredValue::new(None::<Frame>);
    let scene = move || (cores.get(), picked.get());
    let paint = move |pen: &Pen, (cores, picked): &(Cores, Option<u32>)| {
        let frame = Frame::of(pen.width, pen.height);
        frame_seen.try_set_value(Some(frame));
        draw(pen, cores, *picked, &frame);
    };
    let pick_at = move |frame: Frame, at: (f64, f64)| {
        if let Some(core) = cores.with_untracked(|cores| Map::new(cores, &frame).core_at(cores, at)) {
            picked.set(Some(core));
        }
    };
    Effect::new(move |_| {
        if let (Some(at), Some(frame)) = (pointer.get(), frame_seen.get_value()) {
            pick_at(frame, at);
        }
    });
    let on_tap = Callback::new(move |Tap { at, frame }| pick_at(frame, at));
    let on_key = Callback::new(move |key: String| {
        let is_arrow = key.starts_with("Arrow");
        if is_arrow && let Some(next) = cores.with_untracked(|cores| cores.beside(picked.get_untracked(), &key)) {
            picked.set(Some(next));
        }
        is_arrow
    });
    let data = |(cores, _): &(Cores, Option<u32>)| {
        Table::of_rows(["core", "fullness"], cores.used.iter().map(|(core, full)| [f64::from(*core), *full]))
    };
    view! { <Surface label scene paint data pointer on_tap on_key /> }
}

fn draw(pen: &Pen, cores: &Cores, picked: Option<u32>, frame: &Frame) {
    let map = Map::new(cores, frame);
    let side = map.side;
    let gap = if side > 6.0 { 1.0 } else { 0.0 };
    let empty = pen.palette.line.css_alpha(0.6);
    for y in 0..map.shown[1] {
        for x in 0..map.shown[0] {
            let (left, top) = map.corner([x, y]);
            pen.fill(left + gap, top + gap, side - 2.0 * gap, side - 2.0 * gap, &empty);
        }
    }
    for &(core, full) in &cores.used {
        let (left, top) = map.corner(cores.place(core));
        let colour = pen.palette.sequential(full).css();
        pen.fill(left + gap, top + gap, side - 2.0 * gap, side - 2.0 * gap, &colour);
    }
    let [block_x, block_y] = cores.at_router.map(|n| f64::from(n.max(1)) * side);
    if block_x > side || block_y > side {
        let muted = pen.palette.muted.css_alpha(0.7);
        let [width, height] = map.shown.map(|n| f64::from(n) * side);
        let lines = |each: f64, all: f64| (0..=(all / each).round() as usize).map(move |i| i as f64 * each);
        lines(block_x, width).for_each(|x| pen.vertical(map.left + x, map.top, map.top + height, &muted));
        lines(block_y, height).for_each(|y| pen.horizontal(map.top + y, map.left, map.left + width, &muted));
    }
    draw_links(pen, cores, &map, [block_x, block_y]);
    if let Some(core) = picked {
        let (x, y) = map.corner(cores.place(core));
        let ink = pen.palette.ink.css();
        let ring = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)];
        pen.polyline(&ring, 2.0, &ink);
    }
    draw_legend(pen, map.top + f64::from(map.shown[1]) * side + 12.0);
}

fn draw_links(pen: &Pen, cores: &Cores, map: &Map, [block_x, block_y]: [f64; 2]) {
    let most = cores.links.iter().map(|(.., spikes)| *spikes).fold(0.0, f64::max);
    let routers = cores.mesh[0] / cores.at_router[0].max(1);
    let centre = |x: f64, y: f64| (map.left + (x + 0.5) * block_x, map.top + (y + 0.5) * block_y);
    let accent = pen.palette.accent.css_alpha(0.85);
    for &(router, direction, spikes) in &cores.links {
        let [x, y] = [router % routers.max(1), router / routers.max(1)].map(f64::from);
        let (dx, dy) = [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)][direction as usize % 4];
        // Both directions side by side.
        let beside = 0.06 * block_x.min(block_y);
        let shift = |(px, py): (f64, f64)| (px - dy * beside, py + dx * beside);
        let line = [shift(centre(x, y)), shift(centre(x + dx, y + dy))];
        pen.polyline(&line, (LINK_PX * spikes / most).max(0.5), &accent);
    }
}

fn draw_legend(pen: &Pen, top: f64) {
    let muted = pen.palette.muted.css();
    let piece = SCALE_PX[0] / SCALE_PIECES as f64;
    pen.text("0", 2.0, top + 4.0, Align::Start, &muted);
    for i in 0..SCALE_PIECES {
        let colour = pen.palette.sequential((i as f64 + 0.5) / SCALE_PIECES as f64).css();
        pen.fill(14.0 + i as f64 * piece, top, piece + 0.5, SCALE_PX[1], &colour);
    }
    pen.text("100 %", 20.0 + SCALE_PX[0], top + 4.0, Align::Start, &muted);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chip() -> Cores {
        Cores { mesh: [4, 3], at_router: [2, 1], used: vec![(0, 0.5), (1, 1.0), (5, 0.2), (8, 0.1)], links: Vec::new() }
    }

    #[test]
    fn a_pointer_finds_the_core_below_it_if_it_is_used() {
        let (cores, frame) = (chip(), Frame { left: 50.0, right: 90.0, top: 0.0, bottom: 70.0 });
        let map = Map::new(&cores, &frame);
        assert_eq!((map.side, map.shown), (20.0, [4, 3]));
        assert_eq!(
            [(3.0, 3.0), (23.0, 3.0), (23.0, 23.0)].map(|at| map.core_at(&cores, at)),
            [Some(0), Some(1), Some(5)]
        );
        assert_eq!([(43.0, 3.0), (1.0, 3.0), (3.0, 63.0)].map(|at| map.core_at(&cores, at)), [None; 3]);
    }

    #[test]
    fn arrow_keys_lead_to_the_next_core_that_is_used() {
        let cores = chip();
        let to = |from, key| cores.beside(from, key);
        assert_eq!(to(None, "ArrowLeft"), Some(0));
        assert_eq!(
            [to(Some(0), "ArrowRight"), to(Some(1), "ArrowDown"), to(Some(5), "ArrowUp")],
            [Some(1), Some(5), Some(1)]
        );
        assert_eq!(to(Some(0), "ArrowLeft"), None);
    }

    #[test]
    fn a_large_mesh_is_shown_where_it_is_used() {
        let cores = Cores { mesh: [400, 400], at_router: [4, 4], used: vec![(0, 1.0), (805, 1.0)], links: Vec::new() };
        assert_eq!(cores.shown(), [12, 8]);
    }
}
