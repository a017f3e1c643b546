//! Fractions with denominators free of radicals and roots of unity.
//!
//! A denominator is multiplied by its conjugates: `a + b*g` by `a - b*g` for a square root `g`, polynomials in cube
//! roots by the product of the other two conjugates, roots of unity of order 4, 8, ... by their negatives and those of
//! order 3 and 6 by their inverses (Cohen, "A Course in Computational Algebraic Number Theory", 4.3).

use super::generators::Relation;
use super::{Generators, RationalForm};
use crate::budget::Budget;
use crate::expr::Reason;
use crate::number::Integer;
use crate::poly::SparsePolynomial;

/// More factors are not multiplied on.
const MOST_FACTORS: usize = 16;
/// Fractions with more terms are left.
const LARGEST: usize = 3000;

impl RationalForm {
    /// The form with a denominator without algebraic generators; `None` when it is free of them, or they are of other
    /// kinds.
    ///
    /// # Errors
    /// When the budget runs out, or the denominator has a conjugate that is zero.
    pub(in crate::algebra) fn without_roots_below(self, budget: &Budget) -> Result<Option<RationalForm>, Reason> {
        let RationalForm { generators, mut fraction } = self;
        let mut changed = false;
        for _ in 0..MOST_FACTORS {
            budget.check()?;
            let last = (0..generators.len())
                .rev()
                .find(|index| fraction.denominator.degree(*index) > 0 && generators.list()[*index].is_algebraic());
            let Some(position) = last else {
                return Ok(changed.then(|| RationalForm::from_parts(generators, fraction)));
            };
            let Some(factor) = generators.other_conjugates(&fraction.denominator, position) else { return Ok(None) };
            fraction.numerator = &fraction.numerator * &factor;
            fraction.denominator = &fraction.denominator * &factor;
            if fraction.numerator.len() + fraction.denominator.len() > LARGEST {
                return Ok(None);
            }
            fraction = generators.reduce(fraction, budget)?;
            changed = true;
        }
        Ok(None)
    }
}

impl Generators {
    /// A polynomial whose product with the given one has a lesser degree over the generator's conjugates.
    fn other_conjugates(&self, polynomial: &SparsePolynomial, position: usize) -> Option<SparsePolynomial> {
        let rows = polynomial.coefficients_in(position);
        let (order, cube) = match self.list().get(position)?.relation()? {
            Relation::Power { index, value } => (*index, Some(value)),
            Relation::Cyclotomic { order } => (*order as u64, None),
        };
        let stride = rows.iter().fold(order, |gcd, (power, _)| common(gcd, *power));
        let row = |multiple: u64| {
            let own = rows.iter().find(|(power, _)| *power == multiple * stride);
            own.map_or_else(|| SparsePolynomial::zero(polynomial.variables()), |(_, row)| row.clone())
        };
        let steps = order / stride;
        let written = match (steps, cube) {
            (3, Some(value)) => {
                let (p, q) = (&value.numerator, &value.denominator);
                let (a, b, c) = (row(0), row(1), row(2));
                let first = &(&(&a * &a) * q) - &(&(&b * &c) * p);
                let second = &(&(&c * &c) * p) - &(&(&a * &b) * q);
                vec![first, second, &(&(&b * &b) - &(&a * &c)) * q]
            }
            (3, None) => vec![&row(0) - &row(1), -&row(1)],
            (6, None) => vec![&row(0) + &row(1), -&row(1)],
            (steps, _) if steps % 2 == 0 && (cube.is_some() || steps % 4 == 0) => {
                (0..steps).map(|k| if k % 2 == 0 { row(k) } else { -&row(k) }).collect()
            }
            _ => return None,
        };
        let powers: Vec<(u64, SparsePolynomial)> =
            written.into_iter().enumerate().map(|(k, row)| (k as u64 * stride, row)).collect();
        Some(SparsePolynomial::from_coefficients_in(polynomial.variables(), position, &powers))
    }
}

fn common(a: u64, b: u64) -> u64 {
    Integer::from(a).gcd(&Integer::from(b)).to_i64().map_or(1, i64::unsigned_abs)
}
