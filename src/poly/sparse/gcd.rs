//! Greatest common divisors of sparse polynomials.
//!
//! What can be seen from exponents comes first: monomials, variables that occur on one side only, common powers of a
//! variable. Then the heuristic gcd of values at powers of two, for small operands, and Brown's modular algorithm
//! (`modular_gcd`) for the others. Every answer of positive degree is proved by division.

use crate::budget::Budget;
use crate::number::Integer;
use crate::number::sorting;

use super::super::unfinished::Unfinished;
use super::modular_gcd::modular_gcd;
use super::multiply::{box_size, from_box, places};
use super::{LARGEST_DENSE_DEGREE, SparsePolynomial};

/// Up to this many bits of the packed operands the heuristic gcd goes first.
const HEURISTIC_BITS: u64 = 12_000;

impl SparsePolynomial {
    /// The greatest common divisor over the integers, leading coefficient positive; zero for two zeros.
    /// `None` when the degrees are too high to find out.
    pub fn gcd(&self, other: &SparsePolynomial) -> Option<SparsePolynomial> {
        self.gcd_within(other, &Budget::unlimited()).ok()
    }

    /// As [`SparsePolynomial::gcd`], within a budget.
    ///
    /// # Errors
    /// If the budget is spent or the degrees are too high.
    pub fn gcd_within(&self, other: &SparsePolynomial, budget: &Budget) -> Result<SparsePolynomial, Unfinished> {
        let variables = self.variables.max(other.variables);
        if self.variables != other.variables {
            return self.with_variables(variables).gcd_within(&other.with_variables(variables), budget);
        }
        if self.is_zero() || other.is_zero() {
            let sum = if self.is_zero() { other } else { self };
            return Ok(if sum.content().is_negative() { -sum } else { sum.clone() });
        }
        let ((content_a, a), (content_b, b)) = (self.split_content(), other.split_content());
        let (low_a, low_b) = (a.monomial_content(), b.monomial_content());
        let low: Vec<u64> = low_a.iter().zip(&low_b).map(|(x, y)| *x.min(y)).collect();
        let common = primitive_gcd(a.divide_by_monomial(&low_a), b.divide_by_monomial(&low_b), budget)?;
        Ok(common.multiply_by_monomial(&low).scale(&content_a.gcd(&content_b)))
    }

    /// The gcd of the coefficients in one variable; `None` as for [`SparsePolynomial::gcd`].
    pub fn content_in(&self, variable: usize) -> Option<SparsePolynomial> {
        self.content_in_within(variable, &Budget::unlimited()).ok()
    }

    /// As [`SparsePolynomial::content_in`], within a budget.
    pub(super) fn content_in_within(&self, variable: usize, budget: &Budget) -> Result<SparsePolynomial, Unfinished> {
        let mut rows: Vec<SparsePolynomial> = self.coefficients_in(variable).into_iter().map(|(_, c)| c).collect();
        sorting::sort_by_key(&mut rows, SparsePolynomial::len);
        let mut content = SparsePolynomial::zero(self.variables);
        for row in rows {
            content = content.gcd_within(&row, budget)?;
            if content.is_one() {
                break;
            }
        }
        Ok(content)
    }

    /// The quotient by the content in one variable, leading coefficient positive; `None` as for
    /// [`SparsePolynomial::gcd`].
    pub fn primitive_part_in(&self, variable: usize) -> Option<SparsePolynomial> {
        self.primitive_part_in_within(variable, &Budget::unlimited()).ok()
    }

    /// As [`SparsePolynomial::primitive_part_in`], within a budget.
    pub(super) fn primitive_part_in_within(
        &self,
        variable: usize,
        budget: &Budget,
    ) -> Result<SparsePolynomial, Unfinished> {
        if self.is_zero() {
            return Ok(self.clone());
        }
        let primitive = self.div_exact(&self.content_in_within(variable, budget)?).ok_or(Unfinished::TooLarge)?;
        Ok(if primitive.content().is_negative() { -&primitive } else { primitive })
    }
}

/// The gcd of non-zero polynomials without integer or monomial content.
fn primitive_gcd(
    mut a: SparsePolynomial,
    mut b: SparsePolynomial,
    budget: &Budget,
) -> Result<SparsePolynomial, Unfinished> {
    loop {
        budget.check()?;
        if a.is_constant() || b.is_constant() {
            return Ok(SparsePolynomial::one(a.variables));
        }
        let (support_a, support_b) = (a.support(), b.support());
        // A variable on one side only cannot occur in the gcd: it is the gcd of all coefficients in that variable.
        if let Some(&variable) = support_a.iter().find(|v| !support_b.contains(v)) {
            a = a.content_in_within(variable, budget)?;
        } else if let Some(&variable) = support_b.iter().find(|v| !support_a.contains(v)) {
            b = b.content_in_within(variable, budget)?;
        } else {
            return same_support_gcd(&a, &b, &support_a, budget);
        }
    }
}

fn same_support_gcd(
    a: &SparsePolynomial,
    b: &SparsePolynomial,
    support: &[usize],
    budget: &Budget,
) -> Result<SparsePolynomial, Unfinished> {
    if a == b {
        return Ok(a.clone());
    }
    let steps: Vec<u64> = support.iter().map(|&v| common_step(a, common_step(b, 0, v), v)).collect();
    if steps.iter().any(|&step| step > 1) {
        let divide = |p: &SparsePolynomial| change_steps(p, support, &steps, |e, step| e / step);
        let common = same_support_gcd(&divide(a), &divide(b), support, budget)?;
        return Ok(change_steps(&common, support, &steps, |e, step| e * step));
    }
    if let [variable] = support[..] {
        let dense = |p: &SparsePolynomial| p.to_univariate(variable).ok_or(Unfinished::TooLarge);
        let common = dense(a)?.gcd(&dense(b)?);
        return Ok(SparsePolynomial::from_univariate(a.variables, variable, &common));
    }
    if let Some(common) = heuristic_gcd(a, b) {
        return Ok(common);
    }
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if large.is_divisible_by(small) {
        return Ok(small.clone());
    }
    let reachable = support.iter().all(|&v| a.degree(v).max(b.degree(v)) <= LARGEST_DENSE_DEGREE);
    if reachable { modular_gcd(a, b, support, budget) } else { Err(Unfinished::TooLarge) }
}

/// The gcd of a number and all exponents of a variable.
fn common_step(p: &SparsePolynomial, start: u64, variable: usize) -> u64 {
    let gcd = |mut a: u64, mut b: u64| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    p.terms().filter_map(|(exponents, _)| exponents.get(variable)).fold(start, |step, &e| gcd(step, e))
}

fn change_steps(
    p: &SparsePolynomial,
    support: &[usize],
    steps: &[u64],
    change: impl Fn(u64, u64) -> u64,
) -> SparsePolynomial {
    p.map_exponents(|row| {
        for (&variable, &step) in support.iter().zip(steps) {
            row.iter_mut().skip(variable).take(1).for_each(|e| *e = change(*e, step));
        }
    })
}

/// The gcd read off the gcd of values at powers of two; `None` when that fails or would not pay.
///
/// A candidate that divides both is the gcd: a further common factor `k` would have a value that divides the content
/// removed, which is at most half the base; but by the Kronecker substitution `k` becomes a factor, of positive degree,
/// of a polynomial in one variable whose roots are below `height + 1`, so its value is more than half the base.
fn heuristic_gcd(a: &SparsePolynomial, b: &SparsePolynomial) -> Option<SparsePolynomial> {
    let bits = a.height_bits().max(b.height_bits()) + 8;
    let degrees: Vec<u64> = a.degrees().iter().zip(b.degrees()).map(|(x, y)| *x.max(&y)).collect();
    let size = box_size(&degrees, HEURISTIC_BITS / bits as u64)? as usize;
    let value = |p: &SparsePolynomial| {
        let mut row = vec![Integer::ZERO; size];
        for (place, c) in places(p, &degrees).into_iter().zip(&p.coefficients) {
            if let Some(slot) = row.get_mut(place) {
                *slot = c.clone();
            }
        }
        Integer::pack(&row, bits)
    };
    let digits = value(a).gcd(&value(b)).unpack(bits, size + 1);
    if digits.last().is_some_and(|last| !last.is_zero()) {
        return None;
    }
    let candidate = from_box(&degrees, digits.into_iter().take(size).enumerate()).split_content().1;
    let proved = a.is_divisible_by(&candidate) && b.is_divisible_by(&candidate);
    proved.then_some(candidate)
}
