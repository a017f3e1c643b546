//! Gauss and Jordan's elimination over expressions, and determinants by minors.

use std::collections::HashMap;

use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Reason};
use crate::number::Rational;

/// The rows of a matrix.
pub type Rows = Vec<Vec<Expr>>;

/// Larger symbolic determinants are not expanded by minors.
const MOST_BY_MINORS: usize = 12;

/// The determinant by minors along the first rows, each computed once (Laplace); eliminating when that is too long.
///
/// # Errors
/// A pivot that can't be told from zero; when the budget runs out.
pub fn determinant(rows: &Rows, budget: &Budget) -> Result<Expr, Reason> {
    let n = rows.len();
    if n > MOST_BY_MINORS {
        return by_elimination(rows, budget);
    }
    // The minors of the first k rows by their columns, a set of bits.
    let mut minors: HashMap<u32, Expr> = HashMap::from([(0, Expr::one())]);
    for row in rows {
        let mut next: HashMap<u32, Vec<Expr>> = HashMap::new();
        for (columns, minor) in &minors {
            budget.check()?;
            for (column, entry) in row.iter().enumerate().filter(|(column, _)| columns >> column & 1 == 0) {
                let behind = (columns >> column).count_ones();
                let term = if behind % 2 == 0 { entry * minor } else { -(entry * minor) };
                next.entry(columns | 1 << column).or_default().push(term);
            }
        }
        minors = next.into_iter().map(|(columns, terms)| (columns, Expr::sum(terms))).collect();
    }
    Ok(minors.into_values().next().unwrap_or_else(Expr::one))
}

fn by_elimination(rows: &Rows, budget: &Budget) -> Result<Expr, Reason> {
    let mut rows = rows.clone();
    let mut result = Expr::one();
    for step in 0..rows.len() {
        let Some(pivot) = pivot_row(&rows, step, step, budget)? else { return Ok(Expr::zero()) };
        if pivot != step {
            rows.swap(pivot, step);
            result = -result;
        }
        result = result * rows[step][step].clone();
        clear_column(&mut rows, step, step, step + 1, budget)?;
    }
    algebra::simplify_rational(&result, budget)
}

/// The reduced echelon form and the columns of its pivots.
///
/// # Errors
/// A pivot that can't be told from zero; when the budget runs out.
pub fn reduced(rows: &Rows, columns: usize, budget: &Budget) -> Result<(Rows, Vec<usize>), Reason> {
    let mut rows = rows.clone();
    let mut pivots = Vec::new();
    for column in 0..columns {
        let step = pivots.len();
        let Some(pivot) = pivot_row(&rows, step, column, budget)? else { continue };
        rows.swap(pivot, step);
        let inverse = rows[step][column].recip();
        for entry in &mut rows[step] {
            *entry = algebra::simplify_rational(&(&*entry * &inverse), budget)?;
        }
        clear_column(&mut rows, step, column, 0, budget)?;
        pivots.push(column);
    }
    Ok((rows, pivots))
}

/// Hermite's normal form of a matrix of integers: only whole multiples of rows are added, pivots are positive, and what
/// stands above a pivot is smaller than it.
pub fn hermite(rows: &Rows, columns: usize) -> Rows {
    let mut rows = rows.clone();
    let mut step = 0;
    for column in 0..columns {
        let whole = |rows: &Rows, row: usize| {
            rows[row][column].as_rational().and_then(Rational::to_integer).unwrap_or_default()
        };
        // Euclid's algorithm among the rows that are left.
        loop {
            let pivot = (step..rows.len())
                .filter(|row| !whole(&rows, *row).is_zero())
                .min_by(|a, b| whole(&rows, *a).abs().cmp(&whole(&rows, *b).abs()));
            let Some(pivot) = pivot else { break };
            rows.swap(step, pivot);
            if whole(&rows, step).is_negative() {
                rows[step] = rows[step].iter().map(|entry| -entry).collect();
            }
            let size = whole(&rows, step);
            let others: Vec<usize> = (0..rows.len()).filter(|row| *row != step).collect();
            for row in others {
                let Some((times, _)) = whole(&rows, row).div_rem_floor(&size) else { continue };
                let times = Expr::number(times);
                rows[row] = rows[row].iter().zip(&rows[step]).map(|(entry, above)| entry - &(&times * above)).collect();
            }
            if (step + 1..rows.len()).all(|row| rows[row][column].is_zero()) {
                step += 1;
                break;
            }
        }
    }
    rows
}

/// The first row from `start` on whose entry in a column is not zero.
fn pivot_row(rows: &Rows, start: usize, column: usize, budget: &Budget) -> Result<Option<usize>, Reason> {
    for (index, row) in rows.iter().enumerate().skip(start) {
        let Some(entry) = row.get(column) else { continue };
        match algebra::is_zero(entry, budget)? {
            truth if truth.is_no() => return Ok(Some(index)),
            truth if truth.is_yes() => {}
            _ => return Err(Reason::Unsupported("it is not known whether an entry is zero")),
        }
    }
    Ok(None)
}

/// Subtracts multiples of row `step` from the rows `from` on, so that their entries in a column vanish.
fn clear_column(rows: &mut Rows, step: usize, column: usize, from: usize, budget: &Budget) -> Result<(), Reason> {
    let pivot = rows[step].clone();
    for (index, row) in rows.iter_mut().enumerate().skip(from) {
        if index == step || row[column].is_zero() {
            continue;
        }
        let factor = &row[column] / &pivot[column];
        for (entry, above) in row.iter_mut().zip(&pivot) {
            *entry = algebra::simplify_rational(&(&*entry - &factor * above), budget)?;
        }
    }
    Ok(())
}
