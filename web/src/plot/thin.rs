//! Fewer points for the same picture: at most four a pixel column, keeping every peak.

/// Appends `points`, given as (x in px, y), ascending in x, to `out`: of those in one column `px_step` wide the
/// first, the lowest, the highest and the last, in order. A y that is NaN breaks the line and is passed on.
pub fn thin(points: impl Iterator<Item = (f64, f64)>, px_step: f64, out: &mut Vec<(f64, f64)>) {
    let mut column: Option<Column> = None;
    for (x, y) in points {
        let index = (x / px_step).floor();
        match &mut column {
            Some(open) if open.index == index && !y.is_nan() => open.add(x, y),
            _ => {
                if let Some(done) = column.take() {
                    done.flush(out);
                }
                if y.is_nan() {
                    out.push((x, y));
                } else {
                    column = Some(Column { index, first: (x, y), low: (x, y), high: (x, y), last: (x, y) });
                }
            }
        }
    }
    if let Some(done) = column {
        done.flush(out);
    }
}

struct Column {
    index: f64,
    first: (f64, f64),
    low: (f64, f64),
    high: (f64, f64),
    last: (f64, f64),
}

impl Column {
    fn add(&mut self, x: f64, y: f64) {
        if y < self.low.1 {
            self.low = (x, y);
        }
        if y > self.high.1 {
            self.high = (x, y);
        }
        self.last = (x, y);
    }

    fn flush(self, out: &mut Vec<(f64, f64)>) {
        let (early, late) = if self.low.0 <= self.high.0 { (self.low, self.high) } else { (self.high, self.low) };
        for point in [self.first, early, late, self.last] {
            if out.last() != Some(&point) {
                out.push(point);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thinned(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let mut out = Vec::new();
        thin(points.iter().copied(), 1.0, &mut out);
        out
    }

    #[test]
    fn sparse_points_pass_unchanged() {
        let points = [(0.0, 1.0), (2.0, 5.0), (4.5, -1.0)];
        assert_eq!(thinned(&points), points);
    }

    #[test]
    fn peaks_survive_and_order_holds() {
        let dense: Vec<(f64, f64)> =
            (0..10_000).map(|i| (f64::from(i) * 1e-3, if i == 4_321 { 99.0 } else { f64::from(i % 7) })).collect();
        let out = thinned(&dense);
        assert!(out.len() <= 40, "{}", out.len());
        assert!(out.contains(&(4.321, 99.0)));
        assert!(out.windows(2).all(|pair| pair[0].0 <= pair[1].0));
        assert_eq!((out.first(), out.last()), (dense.first(), dense.last()));
    }

    #[test]
    fn breaks_are_kept() {
        let out = thinned(&[(0.0, 1.0), (0.1, f64::NAN), (0.2, 2.0)]);
        assert_eq!(out.len(), 3);
        assert!(out[1].1.is_nan());
    }
}
