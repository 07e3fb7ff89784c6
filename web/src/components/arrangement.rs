//! Where the views stand on the stage: in rows, each as high and in it each as wide as its share.

use super::views::{Row, VIEWS, View};

/// Columns of the stage's grid, which the widths of a row share.
pub const COLUMNS: u32 = 120;
/// Least width of a view, in columns, and least height of a row, in hundredths.
const LEAST: u32 = 12;
/// Most views of a row, as many as can have the least width side by side with room to spare.
const MOST_IN_ROW: usize = 6;
/// Most views of a row of measures that nobody has arranged.
const MOST_MEASURES_IN_ROW: usize = 3;

/// A view's name and its width in columns.
pub type Cell = (&'static str, u32);

/// Views side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// Its share of the height; the shares of all are compared.
    pub height: u32,
    /// The views, from the left; their widths come to [`COLUMNS`].
    pub cells: Vec<Cell>,
}

/// The rows, from above.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement(pub Vec<Shelf>);

/// A border between views that can be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Border {
    /// Below a row.
    Below(usize),
    /// To the right of a view: row and place in it.
    After(usize, usize),
}

impl Arrangement {
    /// The views with these names, as the page arranges them by itself.
    pub fn of(names: &[&str]) -> Arrangement {
        let shown = |row| VIEWS.iter().filter(move |view| view.row == row && names.contains(&view.name));
        let shelf = |row: Row, views: &[&View]| {
            let widths: &[u32] = match (row, views.len()) {
                // What has the finer detail, or more to say above it, is the wider.
                (Row::Middle, 2) => &[66, 54],
                (_, 2) => &[50, 70],
                (Row::Top, 3) => &[30, 50, 40],
                _ => &[],
            };
            let width = |i: usize| widths.get(i).copied().unwrap_or(COLUMNS / views.len() as u32);
            let cells = views.iter().enumerate().map(|(i, view)| (view.name, width(i))).collect();
            let height = match row {
                Row::Top => 24,
                Row::Middle => 52,
                Row::Bottom => 22,
            };
            Shelf { height, cells: filled(cells) }
        };
        let mut shelves = Vec::new();
        for (row, most) in [(Row::Top, MOST_IN_ROW), (Row::Middle, MOST_IN_ROW), (Row::Bottom, MOST_MEASURES_IN_ROW)] {
            let views: Vec<&View> = shown(row).collect();
            let mut rest = views.as_slice();
            while !rest.is_empty() {
                let now;
                (now, rest) = rest.split_at(rest.len().div_ceil(rest.len().div_ceil(most)));
                shelves.push(shelf(row, now));
            }
        }
        Arrangement(shelves)
    }

    /// The names of the views, row by row.
    pub fn names(&self) -> Vec<&'static str> {
        self.0.iter().flat_map(|shelf| shelf.cells.iter().map(|cell| cell.0)).collect()
    }

    /// As a line of text: rows divided by `/`, each its height and then its views with their widths, such as
    /// `24 network.50 trace.70/52 raster.120`.
    pub fn to_text(&self) -> String {
        let shelf = |shelf: &Shelf| {
            let cells = shelf.cells.iter().map(|(name, width)| format!(" {name}.{width}"));
            format!("{}{}", shelf.height, cells.collect::<String>())
        };
        self.0.iter().map(shelf).collect::<Vec<_>>().join("/")
    }

    /// Reads what [`Arrangement::to_text`] wrote, or only names, which the page then arranges. What it does not know, or
    /// knows already, is left out.
    pub fn from_text(text: &str) -> Arrangement {
        if !text.contains(|c: char| c.is_ascii_digit()) {
            return Arrangement::of(&text.split_whitespace().collect::<Vec<_>>());
        }
        let mut known = Vec::new();
        let mut shelf = |text: &str| {
            let height = text.split_whitespace().find_map(|word| word.parse().ok()).unwrap_or(LEAST);
            let cell = |word: &str| {
                let (name, width) = word.split_once('.').unwrap_or((word, ""));
                let name = VIEWS.iter().find(|view| view.name == name)?.name;
                if known.contains(&name) {
                    return None;
                }
                known.push(name);
                Some((name, width.parse().unwrap_or(COLUMNS / 2)))
            };
            let cells: Vec<Cell> = text.split_whitespace().filter_map(cell).take(MOST_IN_ROW).collect();
            Shelf { height: height.clamp(LEAST, 100), cells: filled(cells) }
        };
        let shelves: Vec<Shelf> = text.split('/').map(&mut shelf).collect();
        Arrangement(shelves.into_iter().filter(|shelf| !shelf.cells.is_empty()).collect())
    }

    /// Shows a view, or hides it.
    pub fn set(&mut self, name: &str, is_shown: bool) {
        let mut names = self.names();
        let (Some(view), true) = (VIEWS.iter().find(|v| v.name == name), names.contains(&name) != is_shown) else {
            return;
        };
        if *self == Arrangement::of(&names) {
            // Nobody has arranged anything.
            names.retain(|other| *other != name);
            names.extend(is_shown.then_some(view.name));
            *self = Arrangement::of(&names);
        } else if is_shown {
            let has_room = |shelf: &&mut Shelf| shelf.cells.len() < MOST_MEASURES_IN_ROW && shelf.is(view.row);
            if let Some(shelf) = self.0.iter_mut().rev().find(has_room) {
                shelf.cells.push((view.name, COLUMNS / (shelf.cells.len() as u32 + 1)));
                shelf.cells = filled(std::mem::take(&mut shelf.cells));
            } else {
                self.0.extend(Arrangement::of(&[name]).0);
            }
        } else {
            for shelf in &mut self.0 {
                let cells = shelf.cells.iter().copied().filter(|cell| cell.0 != name).collect();
                shelf.cells = filled(cells);
            }
            self.0.retain(|shelf| !shelf.cells.is_empty());
        }
    }

    /// Lets two views change places; the places keep their sizes.
    pub fn swap(&mut self, a: &str, b: &str) {
        let known = |name: &str| VIEWS.iter().find(|view| view.name == name).map(|view| view.name);
        let (Some(a), Some(b)) = (known(a), known(b)) else { return };
        for (name, _) in self.0.iter_mut().flat_map(|shelf| &mut shelf.cells) {
            *name = match *name {
                name if name == a => b,
                name if name == b => a,
                name => name,
            };
        }
    }

    /// The view before or behind another one, row by row.
    pub fn neighbour(&self, name: &str, by: isize) -> Option<&'static str> {
        let names = self.names();
        let at = names.iter().position(|other| *other == name)?;
        names.get(at.checked_add_signed(by)?).copied()
    }

    /// The heights of all rows together.
    pub fn height(&self) -> u32 {
        self.0.iter().map(|shelf| shelf.height).sum()
    }

    /// Every border that can be moved.
    pub fn borders(&self) -> Vec<Border> {
        let below = (1..self.0.len()).map(|row| Border::Below(row - 1));
        let after = |(row, shelf): (usize, &Shelf)| (1..shelf.cells.len()).map(move |i| Border::After(row, i - 1));
        below.chain(self.0.iter().enumerate().flat_map(after)).collect()
    }

    /// The shares to both sides of a border: above and below, or to the left and the right.
    pub fn sides(&self, border: Border) -> Option<(u32, u32)> {
        match border {
            Border::Below(row) => Some((self.0.get(row)?.height, self.0.get(row + 1)?.height)),
            Border::After(row, i) => {
                let cells = &self.0.get(row)?.cells;
                Some((cells.get(i)?.1, cells.get(i + 1)?.1))
            }
        }
    }

    /// Gives the first side of a border a share of `first`, as far as both sides keep the least.
    pub fn set_border(&mut self, border: Border, first: f64) {
        let Some((a, b)) = self.sides(border) else { return };
        let most = (a + b).saturating_sub(LEAST).max(LEAST);
        let first = (first.round() as u32).clamp(LEAST.min(a), most.max(a.min(most)));
        let second = a + b - first;
        match border {
            Border::Below(row) => (self.0[row].height, self.0[row + 1].height) = (first, second),
            Border::After(row, i) => {
                let cells = &mut self.0[row].cells;
                (cells[i].1, cells[i + 1].1) = (first, second);
            }
        }
    }

    /// Where a view stands on the grid, as CSS says it.
    pub fn area(&self, name: &str) -> String {
        for (row, shelf) in self.0.iter().enumerate() {
            let mut column = 1;
            for &(other, width) in &shelf.cells {
                if other == name {
                    return format!("{} / {column} / {} / {}", row + 1, row + 2, column + width);
                }
                column += width;
            }
        }
        "auto".to_owned()
    }

    /// Where the line of a border stands on the grid, as CSS says it: at the end of this area.
    pub fn border_area(&self, border: Border) -> String {
        match border {
            Border::Below(row) => format!("{} / 1 / {} / -1", row + 1, row + 2),
            Border::After(row, i) => {
                self.0.get(row).and_then(|shelf| shelf.cells.get(i)).map_or_else(String::new, |cell| self.area(cell.0))
            }
        }
    }

    /// The heights of the rows, as CSS says it; none is too low to be read.
    pub fn rows(&self) -> String {
        let row = |shelf: &Shelf| format!("minmax(120px, {}fr)", shelf.height);
        self.0.iter().map(row).collect::<Vec<_>>().join(" ")
    }
}

impl Shelf {
    /// Whether it holds views of this part of the page.
    fn is(&self, row: Row) -> bool {
        self.cells.iter().any(|cell| VIEWS.iter().any(|view| view.name == cell.0 && view.row == row))
    }
}

/// The same cells with widths in the same proportion that come to [`COLUMNS`].
fn filled(mut cells: Vec<Cell>) -> Vec<Cell> {
    let total: u32 = cells.iter().map(|cell| cell.1.clamp(1, COLUMNS)).sum();
    let mut rest = COLUMNS;
    let n = cells.len() as u32;
    for (i, cell) in cells.iter_mut().enumerate() {
        let behind = n - 1 - i as u32;
        let share = cell.1.clamp(1, COLUMNS) * COLUMNS / total.max(1);
        cell.1 = if behind == 0 { rest } else { share.clamp(LEAST, rest - behind * LEAST) };
        rest -= cell.1;
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_whole(arrangement: &Arrangement) -> bool {
        let full = |shelf: &Shelf| shelf.cells.iter().map(|cell| cell.1).sum::<u32>() == COLUMNS;
        arrangement.0.iter().all(full) && arrangement.0.iter().flat_map(|s| &s.cells).all(|cell| cell.1 >= LEAST)
    }

    #[test]
    fn every_choice_fills_its_rows_and_is_read_as_it_was_written() {
        for choice in 0..1u32 << VIEWS.len() {
            let chosen = VIEWS.iter().enumerate().filter(|(i, _)| choice >> i & 1 == 1);
            let names: Vec<&str> = chosen.map(|(_, view)| view.name).collect();
            let arrangement = Arrangement::of(&names);
            assert!(is_whole(&arrangement), "{arrangement:?}");
            assert_eq!(arrangement.names(), names);
            assert_eq!(Arrangement::from_text(&arrangement.to_text()), arrangement);
            assert_eq!(Arrangement::from_text(&names.join(" ")), arrangement);
        }
    }

    #[test]
    fn measures_share_their_rows() {
        let lengths = |names: &[&str]| Arrangement::of(names).0.iter().map(|s| s.cells.len()).collect::<Vec<_>>();
        assert_eq!(lengths(&["raster", "rate", "interval", "measures", "spectrum"]), [1, 2, 2]);
    }

    #[test]
    fn what_is_arranged_stays_when_a_view_comes_or_goes() {
        let mut stage = Arrangement::of(&["network", "trace", "raster", "rate", "interval"]);
        stage.swap("raster", "rate");
        stage.set_border(Border::After(0, 0), 90.0);
        stage.set("spectrum", true);
        assert_eq!(stage.names(), ["network", "trace", "rate", "raster", "interval", "spectrum"]);
        stage.set("trace", false);
        stage.set("rate", false);
        assert_eq!(stage.names(), ["network", "raster", "interval", "spectrum"]);
        assert!(is_whole(&stage));
        assert_eq!(stage.neighbour("interval", -1), Some("raster"));
        assert_eq!(stage.neighbour("network", -1), None);
    }

    #[test]
    fn a_border_keeps_the_least_on_both_sides() {
        let mut stage = Arrangement::of(&["network", "trace", "raster"]);
        for (to, sides) in [(64.4, (64, 56)), (-5.0, (12, 108)), (1e9, (108, 12))] {
            stage.set_border(Border::After(0, 0), to);
            assert_eq!(stage.sides(Border::After(0, 0)), Some(sides));
        }
        assert_eq!(stage.borders(), [Border::Below(0), Border::After(0, 0)]);
        assert_eq!(stage.area("trace"), "1 / 109 / 2 / 121");
        assert_eq!(stage.border_area(Border::Below(0)), "1 / 1 / 2 / -1");
    }

    #[test]
    fn a_text_of_strangers_is_made_whole() {
        let stage = Arrangement::from_text("9999 raster.0 raster.5 nonsense.7 rate.999999/x/0 trace");
        assert_eq!(stage.names(), ["raster", "rate", "trace"]);
        assert!(is_whole(&stage) && stage.0.iter().all(|shelf| (LEAST..=100).contains(&shelf.height)));
        assert_eq!(Arrangement::from_text(""), Arrangement::default());
    }
}
