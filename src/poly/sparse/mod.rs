//! Sparse polynomials in several variables over the integers.
//!
//! Variables go by index; the expression room maps its kernels to them. Terms are kept in descending lexicographic
//! order of their exponents, variable 0 first, none twice, no coefficient zero: equal polynomials have equal rows.
//! Rational coefficients are brought to a common denominator on the way in ([`SparsePolynomial::from_rational_terms`]).

mod bivariate;
mod divide;
mod factor;
mod gcd;
mod key;
mod modular_gcd;
mod multiply;
mod power;
mod squarefree;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Neg, Sub};

use crate::budget;
use crate::number::{Integer, Rational};

use super::dense::IntegerPolynomial;
use super::multiply::common_denominator;
use crate::number::sorting;

pub use squarefree::SparseFactorization;

/// The greatest degree for which a dense row is made.
pub(super) const LARGEST_DENSE_DEGREE: u64 = 1 << 20;

/// A polynomial in several variables with integer coefficients.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SparsePolynomial {
    variables: usize,
    /// The exponents of all terms, `variables` of them a term.
    exponents: Vec<u64>,
    coefficients: Vec<Integer>,
}

impl SparsePolynomial {
    /// Zero.
    pub fn zero(variables: usize) -> SparsePolynomial {
        SparsePolynomial { variables, exponents: Vec::new(), coefficients: Vec::new() }
    }

    /// A constant.
    pub fn constant(variables: usize, value: Integer) -> SparsePolynomial {
        SparsePolynomial::monomial(vec![0; variables], value)
    }

    /// One.
    pub fn one(variables: usize) -> SparsePolynomial {
        SparsePolynomial::constant(variables, Integer::ONE)
    }

    /// One of the variables.
    pub fn variable(variables: usize, index: usize) -> SparsePolynomial {
        let exponents = (0..variables).map(|i| u64::from(i == index)).collect();
        SparsePolynomial::monomial(exponents, Integer::ONE)
    }

    /// One term.
    pub fn monomial(exponents: Vec<u64>, coefficient: Integer) -> SparsePolynomial {
        if coefficient.is_zero() {
            return SparsePolynomial::zero(exponents.len());
        }
        SparsePolynomial { variables: exponents.len(), exponents, coefficients: vec![coefficient] }
    }

    /// The sum of terms, given in any order; exponents may repeat. Missing exponents are 0, superfluous ones dropped.
    pub fn from_terms(variables: usize, terms: impl IntoIterator<Item = (Vec<u64>, Integer)>) -> SparsePolynomial {
        let mut rows: Vec<(Vec<u64>, Integer)> = terms.into_iter().collect();
        rows.iter_mut().for_each(|(exponents, _)| exponents.resize(variables, 0));
        rows.sort_unstable_by(|a, b| b.0.cmp(&a.0));
        let mut sum = SparsePolynomial::zero(variables);
        let mut rows = rows.into_iter().peekable();
        while let Some((exponents, mut coefficient)) = rows.next() {
            while let Some((_, more)) = rows.next_if(|(other, _)| *other == exponents) {
                coefficient += more;
            }
            sum.push(&exponents, coefficient);
        }
        sum
    }

    /// The sum of terms with rational coefficients as an integer polynomial over a positive denominator.
    pub fn from_rational_terms(
        variables: usize,
        terms: impl IntoIterator<Item = (Vec<u64>, Rational)>,
    ) -> (SparsePolynomial, Integer) {
        let (exponents, coefficients): (Vec<_>, Vec<_>) = terms.into_iter().filter(|(_, c)| !c.is_zero()).unzip();
        let (numerators, denominator) = common_denominator(&coefficients);
        (SparsePolynomial::from_terms(variables, exponents.into_iter().zip(numerators)), denominator)
    }

    /// Appends a term that comes after all others; a zero is left out.
    fn push(&mut self, exponents: &[u64], coefficient: Integer) {
        if !coefficient.is_zero() {
            self.exponents.extend_from_slice(exponents);
            self.coefficients.push(coefficient);
        }
    }

    /// The number of variables it may speak of.
    pub fn variables(&self) -> usize {
        self.variables
    }

    /// The number of terms.
    pub fn len(&self) -> usize {
        self.coefficients.len()
    }

    /// Has it no terms, as zero has?
    pub fn is_empty(&self) -> bool {
        self.is_zero()
    }

    /// Is it zero?
    pub fn is_zero(&self) -> bool {
        self.coefficients.is_empty()
    }

    /// Is it one?
    pub fn is_one(&self) -> bool {
        self.to_constant().is_some_and(|value| value.is_one())
    }

    /// Its value if no variable occurs.
    pub fn to_constant(&self) -> Option<Integer> {
        match &self.coefficients[..] {
            [] => Some(Integer::ZERO),
            [value] if self.exponents.iter().all(|&e| e == 0) => Some(value.clone()),
            _ => None,
        }
    }

    /// Does no variable occur?
    pub fn is_constant(&self) -> bool {
        self.to_constant().is_some()
    }

    /// The terms in descending lexicographic order.
    pub fn terms(&self) -> impl DoubleEndedIterator<Item = (&[u64], &Integer)> {
        (0..self.len()).filter_map(|i| Some((self.exponents_of(i), self.coefficients.get(i)?)))
    }

    fn exponents_of(&self, term: usize) -> &[u64] {
        self.exponents.get(term * self.variables..(term + 1) * self.variables).unwrap_or(&[])
    }

    /// The first term in lexicographic order; `None` for zero.
    pub fn leading(&self) -> Option<(&[u64], &Integer)> {
        self.coefficients.first().map(|coefficient| (self.exponents_of(0), coefficient))
    }

    /// The coefficients in the order of the terms.
    pub fn coefficients(&self) -> &[Integer] {
        &self.coefficients
    }

    /// The greatest exponent of each variable; all 0 for zero.
    pub fn degrees(&self) -> Vec<u64> {
        let mut degrees = vec![0; self.variables];
        for (exponents, _) in self.terms() {
            for (degree, &e) in degrees.iter_mut().zip(exponents) {
                *degree = e.max(*degree);
            }
        }
        degrees
    }

    /// The degree in one variable; 0 for zero.
    pub fn degree(&self, variable: usize) -> u64 {
        self.terms().filter_map(|(exponents, _)| exponents.get(variable).copied()).max().unwrap_or(0)
    }

    /// The greatest sum of the exponents of a term; 0 for zero.
    pub fn total_degree(&self) -> u64 {
        self.terms().map(|(exponents, _)| exponents.iter().sum()).max().unwrap_or(0)
    }

    /// The variables that occur.
    pub fn support(&self) -> Vec<usize> {
        self.degrees().iter().enumerate().filter(|(_, degree)| **degree > 0).map(|(i, _)| i).collect()
    }

    /// The number of bits of the largest coefficient.
    pub fn height_bits(&self) -> usize {
        self.coefficients.iter().map(Integer::bit_length).max().unwrap_or(0)
    }

    /// The same polynomial seen among more variables (or fewer, if the last ones don't occur).
    pub fn with_variables(&self, variables: usize) -> SparsePolynomial {
        if variables == self.variables {
            return self.clone();
        }
        let rows = self.terms().map(|(exponents, c)| (exponents.to_vec(), c.clone()));
        SparsePolynomial::from_terms(variables, rows)
    }

    /// Applies a function to every coefficient.
    fn map(&self, work: impl Fn(&Integer) -> Integer) -> SparsePolynomial {
        let mut result = SparsePolynomial::zero(self.variables);
        for (exponents, c) in budget::paced(self.terms()) {
            result.push(exponents, work(c));
        }
        result
    }

    /// The product with a constant.
    pub fn scale(&self, factor: &Integer) -> SparsePolynomial {
        self.map(|c| c * factor)
    }

    /// The quotient by a constant that divides every coefficient.
    pub fn scale_down(&self, divisor: &Integer) -> SparsePolynomial {
        if divisor.is_one() { self.clone() } else { self.map(|c| c.div_exact(divisor)) }
    }

    /// The gcd of the coefficients with the sign of the leading one; 0 for zero.
    pub fn content(&self) -> Integer {
        let mut content = Integer::ZERO;
        for coefficient in &self.coefficients {
            content = content.gcd(coefficient);
            if content.is_one() {
                break;
            }
        }
        if self.coefficients.first().is_some_and(Integer::is_negative) { -content } else { content }
    }

    /// Content and the quotient by it, with positive leading coefficient.
    pub fn split_content(&self) -> (Integer, SparsePolynomial) {
        let content = self.content();
        let primitive = if self.is_zero() { self.clone() } else { self.scale_down(&content) };
        (content, primitive)
    }

    /// The exponents of the greatest monomial that divides every term; all 0 for zero.
    pub fn monomial_content(&self) -> Vec<u64> {
        let mut least: Option<Vec<u64>> = None;
        for (exponents, _) in self.terms() {
            match &mut least {
                None => least = Some(exponents.to_vec()),
                Some(least) => least.iter_mut().zip(exponents).for_each(|(a, &b)| *a = b.min(*a)),
            }
        }
        least.unwrap_or_else(|| vec![0; self.variables])
    }

    /// The quotient by a monomial that divides every term.
    pub fn divide_by_monomial(&self, exponents: &[u64]) -> SparsePolynomial {
        self.map_exponents(|row| row.iter_mut().zip(exponents).for_each(|(a, b)| *a = a.saturating_sub(*b)))
    }

    /// The product with a monomial.
    pub fn multiply_by_monomial(&self, exponents: &[u64]) -> SparsePolynomial {
        self.map_exponents(|row| row.iter_mut().zip(exponents).for_each(|(a, b)| *a += b))
    }

    /// Changes every row of exponents by a map that keeps their order.
    fn map_exponents(&self, change: impl Fn(&mut [u64])) -> SparsePolynomial {
        let mut result = self.clone();
        if self.variables > 0 {
            result.exponents.chunks_mut(self.variables).for_each(change);
        }
        result
    }

    /// The derivative by one variable.
    pub fn derivative(&self, variable: usize) -> SparsePolynomial {
        let mut result = SparsePolynomial::zero(self.variables);
        for (exponents, c) in self.terms() {
            let exponent = exponents.get(variable).copied().unwrap_or(0);
            if exponent > 0 {
                let mut row = exponents.to_vec();
                row.iter_mut().skip(variable).take(1).for_each(|e| *e -= 1);
                result.push(&row, c * Integer::from(exponent));
            }
        }
        result
    }

    /// The coefficients as a polynomial in one variable, highest power first, none zero.
    pub fn coefficients_in(&self, variable: usize) -> Vec<(u64, SparsePolynomial)> {
        let mut order: Vec<usize> = (0..self.len()).collect();
        let power = |term: &usize| self.exponents_of(*term).get(variable).copied().unwrap_or(0);
        sorting::sort_by_key(&mut order, |term| std::cmp::Reverse(power(term)));
        let mut rows: Vec<(u64, SparsePolynomial)> = Vec::new();
        for term in order {
            let exponent = power(&term);
            if rows.last().is_none_or(|(last, _)| *last != exponent) {
                rows.push((exponent, SparsePolynomial::zero(self.variables)));
            }
            let mut row = self.exponents_of(term).to_vec();
            row.iter_mut().skip(variable).take(1).for_each(|e| *e = 0);
            if let (Some((_, coefficient)), Some(value)) = (rows.last_mut(), self.coefficients.get(term)) {
                coefficient.push(&row, value.clone());
            }
        }
        rows
    }

    /// Undoes [`SparsePolynomial::coefficients_in`].
    pub fn from_coefficients_in(
        variables: usize,
        variable: usize,
        rows: &[(u64, SparsePolynomial)],
    ) -> SparsePolynomial {
        let terms = rows.iter().flat_map(|(power, coefficient)| {
            coefficient.terms().map(move |(exponents, c)| {
                let mut row = exponents.to_vec();
                row.resize(variables, 0);
                row.iter_mut().skip(variable).take(1).for_each(|e| *e += power);
                (row, c.clone())
            })
        });
        SparsePolynomial::from_terms(variables, terms)
    }

    /// The coefficient of the highest power of a variable; zero for zero.
    pub fn leading_in(&self, variable: usize) -> SparsePolynomial {
        let rows = self.coefficients_in(variable).into_iter();
        rows.map(|(_, coefficient)| coefficient).next().unwrap_or_else(|| SparsePolynomial::zero(self.variables))
    }

    /// The polynomial with a number put for a variable.
    pub fn evaluate(&self, variable: usize, at: &Integer) -> SparsePolynomial {
        let rows = self.coefficients_in(variable);
        let mut sum = SparsePolynomial::zero(self.variables);
        for (place, (power, coefficient)) in rows.iter().enumerate() {
            let next = rows.get(place + 1).map_or(0, |(next, _)| *next);
            sum = (&sum + coefficient).scale(&at.pow((power - next) as usize));
        }
        sum
    }

    /// The polynomial with another polynomial put for a variable.
    pub fn substitute(&self, variable: usize, inner: &SparsePolynomial) -> SparsePolynomial {
        let rows = self.coefficients_in(variable);
        let mut sum = SparsePolynomial::zero(self.variables);
        for (place, (power, coefficient)) in rows.iter().enumerate() {
            let next = rows.get(place + 1).map_or(0, |(next, _)| *next);
            sum = &(&sum + coefficient) * &inner.pow((power - next) as usize);
        }
        sum
    }

    /// The value at rational numbers, one a variable; missing ones count as 0.
    pub fn evaluate_all(&self, at: &[Rational]) -> Rational {
        let mut sum = Rational::ZERO;
        for (exponents, c) in self.terms() {
            let mut term = Rational::from(c.clone());
            for (i, &e) in exponents.iter().enumerate().filter(|(_, e)| **e > 0) {
                let base = at.get(i).cloned().unwrap_or(Rational::ZERO);
                term = term * base.pow(e as i64).unwrap_or(Rational::ZERO);
            }
            sum += &term;
        }
        sum
    }

    /// The dense polynomial in `variable`, if no other occurs and the degree is within reason.
    pub fn to_univariate(&self, variable: usize) -> Option<IntegerPolynomial> {
        let degree = self.degree(variable);
        if degree > LARGEST_DENSE_DEGREE {
            return None;
        }
        let mut row = vec![Integer::ZERO; degree as usize + 1];
        for (exponents, c) in self.terms() {
            let others = exponents.iter().enumerate().any(|(i, &e)| i != variable && e > 0);
            let power = exponents.get(variable).copied().unwrap_or(0) as usize;
            if others {
                return None;
            }
            *row.get_mut(power)? = c.clone();
        }
        Some(IntegerPolynomial::new(row))
    }

    /// A dense polynomial as one in `variable`.
    pub fn from_univariate(variables: usize, variable: usize, p: &IntegerPolynomial) -> SparsePolynomial {
        let mut result = SparsePolynomial::zero(variables);
        for (power, c) in p.coefficients().iter().enumerate().rev() {
            let row: Vec<u64> = (0..variables).map(|i| if i == variable { power as u64 } else { 0 }).collect();
            result.push(&row, c.clone());
        }
        result
    }
}

/// Merges two rows of terms, the second changed by `change`.
fn merge(a: &SparsePolynomial, b: &SparsePolynomial, change: impl Fn(&Integer) -> Integer) -> SparsePolynomial {
    let variables = a.variables.max(b.variables);
    if a.variables != b.variables {
        return merge(&a.with_variables(variables), &b.with_variables(variables), change);
    }
    let mut sum = SparsePolynomial::zero(variables);
    sum.exponents.reserve(a.exponents.len() + b.exponents.len());
    sum.coefficients.reserve(a.len() + b.len());
    let (mut left, mut right) = (a.terms().peekable(), b.terms().peekable());
    loop {
        let order = match (left.peek(), right.peek()) {
            (Some((x, _)), Some((y, _))) => x.cmp(y),
            (Some(_), None) => Ordering::Greater,
            (None, Some(_)) => Ordering::Less,
            (None, None) => return sum,
        };
        let x = if order.is_ge() { left.next() } else { None };
        let y = if order.is_le() { right.next() } else { None };
        match (x, y) {
            (Some((row, x)), Some((_, y))) => sum.push(row, x + change(y)),
            (Some((row, x)), None) => sum.push(row, x.clone()),
            (None, Some((row, y))) => sum.push(row, change(y)),
            (None, None) => return sum,
        }
    }
}

impl Add for &SparsePolynomial {
    type Output = SparsePolynomial;

    fn add(self, other: &SparsePolynomial) -> SparsePolynomial {
        merge(self, other, Integer::clone)
    }
}

impl Sub for &SparsePolynomial {
    type Output = SparsePolynomial;

    fn sub(self, other: &SparsePolynomial) -> SparsePolynomial {
        merge(self, other, |c| -c)
    }
}

impl Neg for &SparsePolynomial {
    type Output = SparsePolynomial;

    fn neg(self) -> SparsePolynomial {
        self.map(|c| -c)
    }
}

/// Variables show as `x0`, `x1`, ...
impl fmt::Display for SparsePolynomial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_zero() {
            return write!(f, "0");
        }
        for (place, (exponents, c)) in self.terms().enumerate() {
            if place > 0 {
                write!(f, " + ")?;
            }
            write!(f, "{c}")?;
            for (i, e) in exponents.iter().enumerate().filter(|(_, e)| **e > 0) {
                match e {
                    1 => write!(f, "*x{i}")?,
                    _ => write!(f, "*x{i}^{e}")?,
                }
            }
        }
        Ok(())
    }
}

impl fmt::Debug for SparsePolynomial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
