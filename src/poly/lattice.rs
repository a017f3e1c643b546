//! Reduction of integer lattices with entries of machine size: the L2 algorithm of Nguyen and Stehle ("An LLL algorithm
//! with quadratic complexity", 2009): exact Gram matrix, orthogonalisation in floating point, lazy size reduction.
#![allow(clippy::indexing_slicing, reason = "indices run over the dimensions of square arrays made here")]

use crate::budget::{Budget, Stopped};

/// Lovasz' constant.
const DELTA: f64 = 0.99;
/// Coefficients are reduced below this.
const ETA: f64 = 0.51;
/// Rounds of size reduction of one vector.
const ROUNDS: usize = 200;

/// A basis being reduced.
struct Reduction {
    basis: Vec<Vec<i64>>,
    gram: Vec<Vec<i128>>,
    /// The scalar products with the orthogonalised vectors.
    r: Vec<Vec<f64>>,
    mu: Vec<Vec<f64>>,
}

/// A reduced basis and the squared norms of the orthogonal parts of its rows.
pub(super) type Reduced = (Vec<Vec<i64>>, Vec<f64>);

/// Reduces the rows and gives them with the squared norms of their orthogonal parts; `None` when entries outgrow the
/// machine words. The rows must be linearly independent and their entries below `2^56`.
pub(super) fn reduce(basis: Vec<Vec<i64>>, budget: &Budget) -> Result<Option<Reduced>, Stopped> {
    let n = basis.len();
    let gram = basis.iter().map(|a| basis.iter().map(|b| dot(a, b)).collect()).collect();
    let mut state = Reduction { basis, gram, r: vec![vec![0.0; n]; n], mu: vec![vec![0.0; n]; n] };
    let mut k = 0;
    while k < n {
        budget.check()?;
        let Some(norms) = state.reduce_size(k) else { return Ok(None) };
        // norms[j] is what is left of the vector orthogonal to the first j.
        let mut place = k;
        while place > 0 && DELTA * state.r[place - 1][place - 1] > norms[place - 1] {
            place -= 1;
        }
        if place < k {
            state.insert(k, place);
        }
        state.r[place][place] = norms[place];
        k = place + 1;
    }
    let norms = (0..n).map(|i| state.r[i][i]).collect();
    Ok(Some((state.basis, norms)))
}

/// Integers, not all zero, whose combination of the points is short beside their size: a guess at an integer relation
/// between numbers, each given by its scaled real and imaginary part below `2^55`. `None` when nothing is found.
///
/// # Errors
/// When the budget runs out.
pub fn integer_relation(points: &[[i64; 2]], budget: &Budget) -> Result<Option<Vec<i64>>, Stopped> {
    let row = |(place, point): (usize, &[i64; 2])| {
        let own = (0..points.len()).map(|k| i64::from(k == place));
        own.chain(point.iter().copied()).collect()
    };
    let reduced = reduce(points.iter().enumerate().map(row).collect(), budget)?;
    Ok(reduced.and_then(|(basis, _)| basis.into_iter().next()).map(|mut first| {
        first.truncate(points.len());
        first
    }))
}

fn dot(a: &[i64], b: &[i64]) -> i128 {
    a.iter().zip(b).map(|(&x, &y)| i128::from(x) * i128::from(y)).sum()
}

impl Reduction {
    /// Reduces row `k` by the rows before it; gives the squared norms of its parts orthogonal to the first 0, 1, ... of
    /// them.
    fn reduce_size(&mut self, k: usize) -> Option<Vec<f64>> {
        for _ in 0..ROUNDS {
            self.orthogonalise(k);
            if !self.subtract_rounded(k)? {
                let mut norm = self.gram[k][k] as f64;
                let mut norms = vec![norm];
                for j in 0..k {
                    norm -= self.mu[k][j] * self.r[k][j];
                    norms.push(norm);
                }
                return Some(norms);
            }
        }
        None
    }

    fn orthogonalise(&mut self, k: usize) {
        for j in 0..k {
            let mut value = self.gram[k][j] as f64;
            for i in 0..j {
                value -= self.mu[j][i] * self.r[k][i];
            }
            self.r[k][j] = value;
            self.mu[k][j] = value / self.r[j][j];
        }
    }

    /// Takes off the nearest integer combination of the rows before; tells whether there was one.
    fn subtract_rounded(&mut self, k: usize) -> Option<bool> {
        let mut changed = false;
        let mut row: Vec<i128> = self.basis[k].iter().map(|&x| i128::from(x)).collect();
        for j in (0..k).rev() {
            let coefficient = self.mu[k][j];
            if coefficient.abs() <= ETA {
                continue;
            }
            let factor = coefficient.round();
            if factor.is_nan() || factor.abs() >= 4.6e18 {
                return None;
            }
            for i in 0..j {
                self.mu[k][i] -= factor * self.mu[j][i];
            }
            let factor = factor as i128;
            for (x, &y) in row.iter_mut().zip(&self.basis[j]) {
                *x = x.checked_sub(factor.checked_mul(i128::from(y))?)?;
            }
            changed = true;
        }
        if changed {
            let fits = |&x: &i128| i64::try_from(x).ok().filter(|x| x.unsigned_abs() < 1 << 58);
            self.basis[k] = row.iter().map(fits).collect::<Option<_>>()?;
            self.refresh_gram(k);
        }
        Some(changed)
    }

    fn refresh_gram(&mut self, k: usize) {
        for i in 0..self.basis.len() {
            let value = dot(&self.basis[k], &self.basis[i]);
            self.gram[k][i] = value;
            self.gram[i][k] = value;
        }
    }

    /// Moves row `from` up to `place`.
    fn insert(&mut self, from: usize, place: usize) {
        self.basis[place..=from].rotate_right(1);
        self.gram[place..=from].rotate_right(1);
        self.gram.iter_mut().for_each(|row| row[place..=from].rotate_right(1));
        self.r[place..=from].rotate_right(1);
        self.mu[place..=from].rotate_right(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_short_vector_is_found() {
        // 12345*a + 67890*b + 13579*c = 0 has small solutions.
        let weights = [12_345, 67_890, 13_579, 24_680];
        let rows = (0..4).map(|i| {
            (0..5)
                .map(|j| {
                    if j == i {
                        1
                    } else if j == 4 {
                        weights[i] << 20
                    } else {
                        0
                    }
                })
                .collect()
        });
        let (basis, norms) = reduce(rows.collect(), &Budget::unlimited()).unwrap().unwrap();
        for row in &basis[..3] {
            assert_eq!(row[4], 0);
            assert_eq!((0..4).map(|i| row[i] * weights[i]).sum::<i64>(), 0);
            assert!(dot(row, row) < 1_000_000);
        }
        assert!(norms[3] > 1e10);
        // The product of the norms is the squared determinant of the lattice.
        let determinant = weights.iter().map(|w| ((w << 20) as f64).powi(2)).sum::<f64>() + 1.0;
        assert!((norms.iter().product::<f64>() / determinant - 1.0).abs() < 1e-9);
    }
}
