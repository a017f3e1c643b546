//! Hensel lifting of factors in one variable to factors whose coefficients are power series in a second variable,
//! modulo a word prime. The second variable stands for all others, packed by Kronecker substitution.

use crate::budget::Budget;
use crate::number::Integer;

use super::super::dense::IntegerPolynomial;
use super::super::modular::Modulus;
use super::super::unfinished::Unfinished;
use super::SparsePolynomial;

/// A polynomial in the main variable with power series as coefficients: the coefficient of each power of the packed
/// variable, a dense polynomial modulo the prime.
pub(super) type Series = Vec<Vec<u64>>;

/// What the lifting works with.
pub(super) struct Lifting {
    pub field: Modulus,
    pub main: usize,
    /// The other variables and the sizes of their digits in the packed exponent.
    pub others: Vec<usize>,
    pub sizes: Vec<u64>,
    /// The first power of the packed variable that is dropped.
    pub precision: usize,
}

impl Lifting {
    /// Lifts the factors of the image to monic factors of `p / lead` as series.
    pub(super) fn lift(
        &self,
        p: &SparsePolynomial,
        lead: &SparsePolynomial,
        factors: &[IntegerPolynomial],
        budget: &Budget,
    ) -> Result<Vec<Series>, Unfinished> {
        let field = &self.field;
        let mut rest = self.divide_by_lead(self.series(p), &self.series(lead), budget)?;
        let mut monic: Vec<Vec<u64>> = factors.iter().map(|factor| field.monic(&field.image(factor))).collect();
        let mut lifted = Vec::with_capacity(monic.len());
        while let Some(first) = monic.pop() {
            if monic.is_empty() {
                lifted.push(rest);
                break;
            }
            let others = monic.iter().fold(vec![1], |product, factor| field.product(&product, factor));
            let (left, right) = self.lift_pair(&rest, first, others, budget)?;
            lifted.push(left);
            rest = right;
        }
        Ok(lifted)
    }

    /// The packed image modulo the prime.
    fn series(&self, p: &SparsePolynomial) -> Series {
        let mut series = vec![Vec::new(); self.precision];
        for (exponents, c) in p.terms() {
            let at = |v: usize| exponents.get(v).copied().unwrap_or(0);
            let packed =
                self.others.iter().zip(&self.sizes).fold(0, |packed, (&v, size)| packed * size + at(v)) as usize;
            let power = at(self.main) as usize;
            if let Some(row) = series.get_mut(packed) {
                row.resize(row.len().max(power + 1), 0);
                if let Some(slot) = row.get_mut(power) {
                    *slot = self.field.reduce_integer(c);
                }
            }
        }
        series.iter_mut().for_each(super::super::modular::trim);
        series
    }

    /// `p / lead` as power series, where the constant term of `lead` is not zero modulo the prime.
    fn divide_by_lead(&self, p: Series, lead: &Series, budget: &Budget) -> Result<Series, Unfinished> {
        let field = &self.field;
        let constant = lead.first().and_then(|row| row.first()).copied().unwrap_or(1);
        let inverse = field.inverse(constant);
        let steps: Vec<(usize, u64)> =
            lead.iter().enumerate().skip(1).filter_map(|(j, row)| row.first().map(|&c| (j, c))).collect();
        let mut quotient: Series = Vec::with_capacity(self.precision);
        for (power, row) in p.into_iter().enumerate() {
            budget.check()?;
            let mut value = row;
            for &(step, c) in steps.iter().take_while(|(step, _)| *step <= power) {
                if let Some(known) = quotient.get(power - step) {
                    value = field.difference(&value, &field.scaled(known, c));
                }
            }
            quotient.push(field.scaled(&value, inverse));
        }
        Ok(quotient)
    }

    /// Lifts `p = left * right`, both monic, one power of the packed variable after the other.
    fn lift_pair(
        &self,
        p: &Series,
        left: Vec<u64>,
        right: Vec<u64>,
        budget: &Budget,
    ) -> Result<(Series, Series), Unfinished> {
        let field = &self.field;
        let (_, s, t) = field.extended_gcd(&left, &right);
        let (mut lefts, mut rights) = (vec![left.clone()], vec![right.clone()]);
        for power in 1..self.precision {
            budget.check()?;
            let mut error = p.get(power).cloned().unwrap_or_default();
            for (a, b) in lefts.iter().skip(1).zip(rights.iter().skip(1).rev()) {
                if !a.is_empty() && !b.is_empty() {
                    error = field.difference(&error, &field.product(a, b));
                }
            }
            // left * dr + right * dl = error
            lefts.push(field.remainder(field.product(&t, &error), &left));
            rights.push(field.remainder(field.product(&s, &error), &right));
        }
        Ok((lefts, rights))
    }

    /// `lead` times the product of some lifted factors, read back as a polynomial over the integers.
    pub(super) fn product<'a>(
        &self,
        lead: &SparsePolynomial,
        factors: impl Iterator<Item = &'a Series>,
        variables: usize,
    ) -> SparsePolynomial {
        let product = factors.fold(self.series(lead), |product, factor| self.multiply(&product, factor));
        let terms = product.iter().enumerate().flat_map(|(packed, row)| {
            let kept = row.iter().enumerate().filter(|(_, c)| **c != 0);
            kept.map(move |(power, &c)| {
                (self.unpack(packed as u64, power, variables), Integer::new(self.field.symmetric(c)))
            })
        });
        SparsePolynomial::from_terms(variables, terms)
    }

    fn multiply(&self, a: &Series, b: &Series) -> Series {
        let mut product: Series = vec![Vec::new(); self.precision];
        for (i, x) in a.iter().enumerate().filter(|(_, x)| !x.is_empty()) {
            for (slot, y) in product.iter_mut().skip(i).zip(b) {
                if !y.is_empty() {
                    *slot = self.field.sum(slot, &self.field.product(x, y));
                }
            }
        }
        product
    }

    /// The exponents that a packed exponent and a power of the main variable stand for.
    fn unpack(&self, mut packed: u64, power: usize, variables: usize) -> Vec<u64> {
        let mut exponents = vec![0; variables];
        let mut set = |variable: usize, value: u64| {
            if let Some(slot) = exponents.get_mut(variable) {
                *slot = value;
            }
        };
        set(self.main, power as u64);
        for (&variable, size) in self.others.iter().zip(&self.sizes).rev() {
            set(variable, packed % size);
            packed /= size;
        }
        exponents
    }
}
