//! `Matrix`: as much linear algebra as the decoders need. Cholesky's factor for systems, Jacobi's rotations for eigenvectors.

use alloc::{vec, vec::Vec};
use core::ops::{Index, IndexMut};

/// A dense matrix, row after row.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub cols: usize,
    /// The entries, row after row.
    pub data: Vec<f64>,
}

impl Index<(usize, usize)> for Matrix {
    type Output = f64;
    fn index(&self, (row, col): (usize, usize)) -> &f64 {
        &self.data[row * self.cols + col]
    }
}

impl IndexMut<(usize, usize)> for Matrix {
    fn index_mut(&mut self, (row, col): (usize, usize)) -> &mut f64 {
        &mut self.data[row * self.cols + col]
    }
}

impl Matrix {
    /// All zeros.
    pub fn zeros(rows: usize, cols: usize) -> Matrix {
        Matrix { rows, cols, data: vec![0.0; rows * cols] }
    }

    /// The entry at (row, col) from a function.
    pub fn from_fn(rows: usize, cols: usize, entry: impl Fn(usize, usize) -> f64) -> Matrix {
        let data = (0..rows * cols).map(|i| entry(i / cols, i % cols)).collect();
        Matrix { rows, cols, data }
    }

    /// A row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.data[row * self.cols..][..self.cols]
    }

    /// A row, to change.
    pub fn row_mut(&mut self, row: usize) -> &mut [f64] {
        &mut self.data[row * self.cols..][..self.cols]
    }

    /// The transpose.
    pub fn transposed(&self) -> Matrix {
        Matrix::from_fn(self.cols, self.rows, |r, c| self[(c, r)])
    }

    /// The product with `other`.
    pub fn times(&self, other: &Matrix) -> Matrix {
        let mut product = Matrix::zeros(self.rows, other.cols);
        for r in 0..self.rows {
            for (k, &x) in self.row(r).iter().enumerate() {
                add_scaled(product.row_mut(r), x, other.row(k));
            }
        }
        product
    }

    /// The product with a column.
    pub fn times_column(&self, column: &[f64]) -> Vec<f64> {
        (0..self.rows).map(|r| dot(self.row(r), column)).collect()
    }

    /// `self` + `factor` · `other`.
    pub fn plus(mut self, factor: f64, other: &Matrix) -> Matrix {
        add_scaled(&mut self.data, factor, &other.data);
        self
    }

    /// Adds `left` ⊗ `right`.
    pub fn add_outer(&mut self, left: &[f64], right: &[f64]) {
        for (r, &x) in left.iter().enumerate() {
            if x != 0.0 {
                add_scaled(self.row_mut(r), x, right);
            }
        }
    }

    /// Adds `amount` to the diagonal.
    pub fn add_to_diagonal(&mut self, amount: f64) {
        (0..self.rows).for_each(|i| self[(i, i)] += amount);
    }

    /// The sum of the diagonal.
    pub fn trace(&self) -> f64 {
        (0..self.rows).map(|i| self[(i, i)]).sum()
    }

    /// The lower triangular L with `self` = L·Lᵀ; `None` where `self` is not positive definite.
    pub fn cholesky(&self) -> Option<Matrix> {
        let mut factor = Matrix::zeros(self.rows, self.rows);
        for r in 0..self.rows {
            for c in 0..=r {
                let rest = self[(r, c)] - dot(&factor.row(r)[..c], &factor.row(c)[..c]);
                if r != c {
                    factor[(r, c)] = rest / factor[(c, c)];
                } else if rest > 0.0 && rest.is_finite() {
                    factor[(r, r)] = libm::sqrt(rest);
                } else {
                    return None;
                }
            }
        }
        Some(factor)
    }

    /// X with `self`·X = `right`, for a symmetric `self`. Where it is not positive definite, as with a dead channel, the
    /// diagonal is raised, from 1e-10 of its mean on, until it is.
    pub fn solve_symmetric(&self, right: &Matrix) -> Matrix {
        let factor = self.factor();
        let mut found = factor.forward(right);
        for r in (0..found.rows).rev() {
            for k in r + 1..found.rows {
                let below = found.row(k).to_vec();
                add_scaled(found.row_mut(r), -factor[(k, r)], &below);
            }
            found.row_mut(r).iter_mut().for_each(|x| *x /= factor[(r, r)]);
        }
        found
    }

    /// Cholesky's factor, of a raised diagonal where need be.
    fn factor(&self) -> Matrix {
        let mean = (self.trace() / self.rows.max(1) as f64).abs().max(f64::MIN_POSITIVE);
        let raised = |amount: &f64| {
            let mut matrix = self.clone();
            matrix.add_to_diagonal(amount * mean);
            matrix.cholesky()
        };
        let mut amounts = core::iter::successors(Some(1e-10), |a| Some(a * 100.0)).take(8);
        let unit = || Matrix::from_fn(self.rows, self.rows, |r, c| f64::from(u8::from(r == c)));
        self.cholesky().or_else(|| amounts.find_map(|a| raised(&a))).unwrap_or_else(unit)
    }

    /// X with `self`·X = `right`, for a lower triangular `self`.
    fn forward(&self, right: &Matrix) -> Matrix {
        let mut found = right.clone();
        for r in 0..found.rows {
            for k in 0..r {
                let above = found.row(k).to_vec();
                add_scaled(found.row_mut(r), -self[(r, k)], &above);
            }
            found.row_mut(r).iter_mut().for_each(|x| *x /= self[(r, r)]);
        }
        found
    }

    /// Eigenvalues, falling, and the unit eigenvectors as rows, of a symmetric matrix, by cyclic Jacobi rotations
    /// (Golub & Van Loan, Matrix Computations, 8.5).
    pub fn eigen(&self) -> (Vec<f64>, Matrix) {
        let n = self.rows;
        let mut a = self.clone();
        let mut vectors = Matrix::from_fn(n, n, |r, c| f64::from(u8::from(r == c)));
        let size = dot(&a.data, &a.data);
        for _sweep in 0..60 {
            let off: f64 = (0..n).flat_map(|r| (0..r).map(move |c| (r, c))).map(|i| a[i] * a[i]).sum();
            if off <= 1e-30 * size {
                break;
            }
            for p in 0..n {
                for q in p + 1..n {
                    rotate(&mut a, &mut vectors, p, q);
                }
            }
        }
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&i, &j| a[(j, j)].total_cmp(&a[(i, i)]));
        let values = order.iter().map(|&i| a[(i, i)]).collect();
        (values, Matrix::from_fn(n, n, |r, c| vectors[(order[r], c)]))
    }

    /// Eigenvalues, falling, and vectors w as rows, of `self`·w = λ·`metric`·w, with w·`metric`·w = 1; both symmetric, and
    /// `metric` positive.
    pub fn eigen_in(&self, metric: &Matrix) -> (Vec<f64>, Matrix) {
        let factor = metric.factor();
        let half = factor.forward(self).transposed();
        let (values, vectors) = factor.forward(&half).eigen();
        // w = L⁻ᵀ·u, so the rows of U·L⁻¹.
        let inverse = factor.forward(&Matrix::from_fn(self.rows, self.rows, |r, c| f64::from(u8::from(r == c))));
        (values, vectors.times(&inverse))
    }
}

/// One Jacobi rotation that makes `a[p, q]` zero; the rows of `vectors` turn with it.
fn rotate(a: &mut Matrix, vectors: &mut Matrix, p: usize, q: usize) {
    if a[(p, q)] == 0.0 {
        return;
    }
    let tau = (a[(q, q)] - a[(p, p)]) / (2.0 * a[(p, q)]);
    let t = libm::copysign(1.0, tau) / (tau.abs() + libm::sqrt(1.0 + tau * tau));
    let c = 1.0 / libm::sqrt(1.0 + t * t);
    let s = t * c;
    for k in 0..a.rows {
        let (x, y) = (a[(k, p)], a[(k, q)]);
        (a[(k, p)], a[(k, q)]) = (c * x - s * y, s * x + c * y);
    }
    for matrix in [a, vectors] {
        for k in 0..matrix.cols {
            let (x, y) = (matrix[(p, k)], matrix[(q, k)]);
            (matrix[(p, k)], matrix[(q, k)]) = (c * x - s * y, s * x + c * y);
        }
    }
}

/// The scalar product.
pub fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(x, y)| x * y).sum()
}

/// `sum` += `factor` · `other`.
pub fn add_scaled(sum: &mut [f64], factor: f64, other: &[f64]) {
    sum.iter_mut().zip(other).for_each(|(s, x)| *s += factor * x);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Matrix {
        let root = Matrix::from_fn(5, 5, |r, c| libm::sin((3 * r + 7 * c) as f64) + f64::from(u8::from(r == c)));
        root.times(&root.transposed())
    }

    fn close(left: &Matrix, right: &Matrix) {
        let worst = left.data.iter().zip(&right.data).map(|(x, y)| (x - y).abs()).fold(0.0, f64::max);
        assert!(worst < 1e-9 && left.data.len() == right.data.len(), "{left:?} {right:?}");
    }

    #[test]
    fn a_system_is_solved() {
        let right = Matrix::from_fn(5, 2, |r, c| (r + c) as f64);
        close(&example().times(&example().solve_symmetric(&right)), &right);
    }

    #[test]
    fn a_matrix_is_the_sum_of_its_eigenvectors() {
        let (values, vectors) = example().eigen();
        assert!(values.windows(2).all(|pair| pair[0] >= pair[1]));
        let scaled = Matrix::from_fn(5, 5, |r, c| values[r] * vectors[(r, c)]);
        close(&vectors.transposed().times(&scaled), &example());
    }

    #[test]
    fn eigenvectors_in_a_metric_make_both_matrices_diagonal() {
        let other = Matrix::from_fn(5, 5, |r, c| 1.0 / (1.0 + (r + c) as f64) + f64::from(u8::from(r == c)));
        let (values, w) = other.eigen_in(&example());
        close(&w.times(&example()).times(&w.transposed()), &Matrix::from_fn(5, 5, |r, c| f64::from(u8::from(r == c))));
        let diagonal = Matrix::from_fn(5, 5, |r, c| if r == c { values[r] } else { 0.0 });
        close(&w.times(&other).times(&w.transposed()), &diagonal);
    }

    #[test]
    fn a_dead_channel_does_not_break_a_system() {
        let dead = Matrix::from_fn(2, 2, |r, c| f64::from(u8::from(r + c == 0)));
        let found = dead.solve_symmetric(&Matrix::from_fn(2, 1, |r, _| if r == 0 { 2.0 } else { 0.0 }));
        assert!((found.data[0] - 2.0).abs() < 1e-6 && found.data[1].abs() < 1e-6);
    }
}
