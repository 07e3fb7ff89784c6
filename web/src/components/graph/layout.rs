//! Where nodes stand and how one looks at them: plain arithmetic on places.

use std::collections::HashMap;

use spikeground_core::spec::NetworkSpec;

use crate::state::sketch::Place;

/// Distance of columns and of rows that the layout makes.
pub const COLUMN: f64 = 170.0;
const ROW: f64 = 140.0;
/// Room around the nodes for their captions and loops.
const MARGIN: f64 = 80.0;
/// Nearest and farthest look.
pub const ZOOMS: [f64; 2] = [0.1, 4.0];
/// Most that a look at everything enlarges.
const FIT_ZOOM: f64 = 1.25;

/// Where each node stands, by its name.
pub type Places = HashMap<String, Place>;

/// How one looks at the graph: `screen = world × zoom + shift`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Where the world's origin stands on the screen, px.
    pub shift: Place,
    /// px per unit of the world.
    pub zoom: f64,
}

impl Camera {
    /// The point of the world under a point of the screen.
    pub fn world(self, [x, y]: Place) -> Place {
        [(x - self.shift[0]) / self.zoom, (y - self.shift[1]) / self.zoom]
    }

    /// The point of the screen over a point of the world.
    pub fn screen(self, [x, y]: Place) -> Place {
        [x * self.zoom + self.shift[0], y * self.zoom + self.shift[1]]
    }

    /// Nearer by `factor`, while what is at `at` on the screen stays there.
    pub fn zoomed(self, factor: f64, at: Place) -> Camera {
        let zoom = (self.zoom * factor).clamp(ZOOMS[0], ZOOMS[1]);
        let [x, y] = self.world(at);
        Camera { shift: [at[0] - x * zoom, at[1] - y * zoom], zoom }
    }

    /// So that a rectangle of the world fills a screen of this size, without being enlarged much.
    pub fn fit([x0, y0, x1, y1]: [f64; 4], [width, height]: Place) -> Camera {
        let zoom = (width / (x1 - x0).max(1.0)).min(height / (y1 - y0).max(1.0)).clamp(ZOOMS[0], FIT_ZOOM);
        let shift = [(width - (x0 + x1) * zoom) / 2.0, (height - (y0 + y1) * zoom) / 2.0];
        Camera { shift, zoom }
    }
}

/// The rectangle around some places, with room for captions; `None` around nothing.
pub fn bounds(places: impl IntoIterator<Item = Place>) -> Option<[f64; 4]> {
    let around = |[x, y]: Place| [x - MARGIN, y - MARGIN, x + MARGIN, y + MARGIN];
    places.into_iter().map(around).reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}

/// Layers from left to right: stimuli, what they drive, what that drives. A layer with many nodes takes several columns.
pub fn layered(spec: &NetworkSpec) -> Places {
    let depths = depths(spec);
    let deepest = depths.iter().copied().max().unwrap_or(0);
    let n_stimuli = spec.stimuli.len();
    let names: Vec<&str> =
        spec.stimuli.iter().map(|s| s.name.as_str()).chain(spec.populations.iter().map(|p| p.name.as_str())).collect();
    let most = ((names.len() as f64).sqrt().ceil() as usize).max(4);
    let mut places = Places::new();
    let mut column = 0;
    for depth in 0..=deepest {
        let mut layer: Vec<usize> = (0..names.len())
            .filter(|&i| if i < n_stimuli { depth == 0 } else { depths[i - n_stimuli] == depth })
            .collect();
        if layer.is_empty() {
            continue;
        }
        // Near to what drives them, so that arrows cross less.
        let height = |i: &usize| {
            let sources = spec.projections.iter().filter(|p| p.target == names[*i]);
            let heights: Vec<f64> = sources.filter_map(|p| places.get(&p.source)).map(|place| place[1]).collect();
            heights.iter().sum::<f64>() / heights.len().max(1) as f64
        };
        let mut heights: Vec<(f64, usize)> = layer.iter().map(|i| (height(i), *i)).collect();
        heights.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        layer = heights.into_iter().map(|(_, i)| i).collect();
        let rows = layer.len().div_ceil(layer.len().div_ceil(most));
        for (nth, i) in layer.iter().enumerate() {
            let in_column = rows.min(layer.len() - nth / rows * rows);
            let y = ((nth % rows) as f64 - (in_column as f64 - 1.0) / 2.0) * ROW;
            places.insert(names[*i].to_owned(), [(column + nth / rows) as f64 * COLUMN, y]);
        }
        column += layer.len().div_ceil(rows);
    }
    places
}

/// The fewest projections from a stimulus to each population; 1 where there is no way.
fn depths(spec: &NetworkSpec) -> Vec<usize> {
    let mut depths: HashMap<&str, usize> = spec.stimuli.iter().map(|s| (s.name.as_str(), 0)).collect();
    let mut depth = 0;
    loop {
        let reached: Vec<&str> = spec
            .projections
            .iter()
            .filter(|p| depths.get(p.source.as_str()) == Some(&depth) && !depths.contains_key(p.target.as_str()))
            .map(|p| p.target.as_str())
            .collect();
        if reached.is_empty() {
            break;
        }
        depth += 1;
        depths.extend(reached.into_iter().map(|name| (name, depth)));
    }
    spec.populations.iter().map(|p| depths.get(p.name.as_str()).copied().unwrap_or(1)).collect()
}

/// The free place that is nearest to `near`; to the right of it, if there is a choice.
pub fn free_place(places: &Places, near: Place) -> Place {
    let is_free =
        |[x, y]: Place| places.values().all(|p| (p[0] - x).abs() >= 0.7 * COLUMN || (p[1] - y).abs() >= 0.9 * ROW);
    let at = |i: i32, j: i32| [near[0] + f64::from(i) * COLUMN, near[1] + f64::from(j) * ROW];
    // Rings of places around it, each from the right.
    let ring = |n: i32| {
        let mut ring: Vec<(i32, i32)> = (-n..=n).flat_map(|i| (-n..=n).map(move |j| (i, j))).collect();
        ring.retain(|(i, j)| i.abs().max(j.abs()) == n);
        ring.sort_by_key(|(i, j)| (i * i + j * j, -i, -j));
        ring
    };
    (0..).flat_map(ring).map(|(i, j)| at(i, j)).find(|place| is_free(*place)).unwrap_or(near)
}

/// How nodes are lined up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Their left edges.
    Left,
    /// Their middles, above each other.
    Centre,
    /// Their upper edges.
    Top,
    /// Side by side with equal distances.
    Across,
    /// Above each other with equal distances.
    Down,
}

/// Lines up nodes.
pub fn lined_up(places: &[(String, Place)], line: Line) -> Vec<(String, Place)> {
    let mut places = places.to_vec();
    let least = |axis: usize| places.iter().map(|(_, p)| p[axis]).fold(f64::INFINITY, f64::min);
    let most = |axis: usize| places.iter().map(|(_, p)| p[axis]).fold(f64::NEG_INFINITY, f64::max);
    match line {
        Line::Left | Line::Centre => {
            let x = if line == Line::Left { least(0) } else { f64::midpoint(least(0), most(0)) };
            places.iter_mut().for_each(|(_, p)| p[0] = x);
        }
        Line::Top => {
            let y = least(1);
            places.iter_mut().for_each(|(_, p)| p[1] = y);
        }
        Line::Across | Line::Down => {
            let axis = usize::from(line == Line::Down);
            let (first, last) = (least(axis), most(axis));
            let step = (last - first) / places.len().saturating_sub(1).max(1) as f64;
            places.sort_by(|(_, a), (_, b)| a[axis].total_cmp(&b[axis]));
            places.iter_mut().enumerate().for_each(|(i, (_, p))| p[axis] = first + i as f64 * step);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use spikeground_core::gallery::GALLERY;

    use super::*;

    #[test]
    fn every_network_of_the_gallery_has_its_nodes_apart() {
        for entry in GALLERY {
            let spec = entry.spec();
            let places = layered(&spec);
            assert_eq!(places.len(), spec.populations.len() + spec.stimuli.len(), "{}", entry.id);
            let all: Vec<_> = places.values().collect();
            for (i, a) in all.iter().enumerate() {
                assert!(all[..i].iter().all(|b| (a[0] - b[0]).hypot(a[1] - b[1]) >= ROW), "{}", entry.id);
            }
        }
    }

    #[test]
    fn a_look_at_everything_shows_it() {
        let rect = [-300.0, -100.0, 900.0, 500.0];
        let camera = Camera::fit(rect, [640.0, 480.0]);
        let ([x0, y0], [x1, y1]) = (camera.screen([rect[0], rect[1]]), camera.screen([rect[2], rect[3]]));
        assert!(x0 >= -1e-9 && y0 >= -1e-9 && x1 <= 640.0 + 1e-9 && y1 <= 480.0 + 1e-9);
        let near = camera.zoomed(2.0, [100.0, 50.0]);
        assert!((near.world([100.0, 50.0])[0] - camera.world([100.0, 50.0])[0]).abs() < 1e-9);
    }

    #[test]
    fn a_new_node_hides_none() {
        let mut places = Places::new();
        for i in 0..30 {
            let place = free_place(&places, [0.0, 0.0]);
            assert!(places.values().all(|p| (p[0] - place[0]).hypot(p[1] - place[1]) > 100.0));
            places.insert(i.to_string(), place);
        }
    }

    #[test]
    fn nodes_are_lined_up() {
        let places: Vec<_> = [[0.0, 5.0], [10.0, 0.0], [90.0, 50.0]].iter().map(|p| (format!("{p:?}"), *p)).collect();
        let xs = |line| lined_up(&places, line).iter().map(|(_, p)| p[0]).collect::<Vec<_>>();
        assert_eq!(xs(Line::Left), [0.0; 3]);
        assert_eq!(xs(Line::Centre), [45.0; 3]);
        assert_eq!(xs(Line::Across), [0.0, 45.0, 90.0]);
        assert!(lined_up(&places, Line::Top).iter().all(|(_, p)| p[1] == 0.0));
    }
}
