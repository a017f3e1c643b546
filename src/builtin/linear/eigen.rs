//! Characteristic polynomials, eigenvalues and eigenvectors, all exact.

use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Symbol};
use crate::solve::{PolynomialRoots, polynomial_roots};

use super::elimination::{Rows, determinant, reduced};

/// The matrix less a multiple of the identity.
fn shifted(rows: &Rows, by: &Expr) -> Rows {
    let mut rows = rows.clone();
    for (at, row) in rows.iter_mut().enumerate() {
        row[at] = &row[at] - by;
    }
    rows
}

/// The characteristic polynomial, with leading coefficient 1.
///
/// # Errors
/// When the budget runs out.
pub fn characteristic(rows: &Rows, variable: Symbol, budget: &Budget) -> Result<Expr, Reason> {
    let found = algebra::expand(&determinant(&shifted(rows, &Expr::symbol(variable)), budget)?, budget)?;
    Ok(if rows.len().is_multiple_of(2) { found } else { algebra::expand(&-found, budget)? })
}

/// The eigenvalues with multiplicities.
///
/// # Errors
/// A characteristic polynomial without roots by radicals; when the budget runs out.
pub fn eigenvalues(rows: &Rows, budget: &Budget) -> Result<Vec<(Expr, usize)>, Reason> {
    let variable = Symbol::new("_eigenvalue");
    let polynomial = characteristic(rows, variable, budget)?;
    let mut coefficients = vec![Expr::zero(); rows.len() + 1];
    for (coefficient, exponent) in algebra::coefficients(&polynomial, &Expr::symbol(variable), budget)? {
        let place = exponent.to_i64().and_then(|at| coefficients.get_mut(at as usize));
        *place.ok_or(Reason::Unsupported("the characteristic polynomial is none"))? = coefficient;
    }
    let PolynomialRoots { roots, open } = polynomial_roots(&coefficients, budget)?;
    if !open.is_empty() {
        return Err(Reason::Unsupported("the eigenvalues can't be written by radicals"));
    }
    roots.into_iter().map(|(root, times)| Ok((algebra::simplify(&root, budget)?, times))).collect()
}

/// A basis of the vectors that a matrix takes to zero, each with a 1 as its first entry where it can be.
///
/// # Errors
/// A pivot that can't be told from zero; when the budget runs out.
pub fn kernel(rows: &Rows, columns: usize, budget: &Budget) -> Result<Rows, Reason> {
    let (echelon, pivots) = reduced(rows, columns, budget)?;
    let mut basis = Rows::new();
    for free in (0..columns).filter(|column| !pivots.contains(column)) {
        let mut vector = vec![Expr::zero(); columns];
        vector[free] = Expr::one();
        for (row, pivot) in echelon.iter().zip(&pivots) {
            vector[*pivot] = -&row[free];
        }
        basis.push(vector);
    }
    // The reduced basis of the same space.
    Ok(reduced(&basis, columns, budget)?.0)
}

/// The eigenvectors of an eigenvalue, their entries in simplest form.
///
/// # Errors
/// As [`kernel`].
pub fn eigenvectors(rows: &Rows, value: &Expr, budget: &Budget) -> Result<Rows, Reason> {
    let mut basis = kernel(&shifted(rows, value), rows.len(), budget)?;
    for entry in basis.iter_mut().flatten() {
        *entry = algebra::simplify_full(entry, budget)?;
    }
    Ok(basis)
}
