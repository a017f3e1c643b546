//! Exact division of sparse polynomials, and pseudo-division in one variable.
//!
//! Where the box of exponents is small, the dividend is spread out over it (Kronecker substitution; the degrees of the
//! quotient are known, so nothing is lost). If the divisor fills its part of the box, one division of dense polynomials
//! does; otherwise multiples of its terms are taken off from the highest place down. Elsewhere a search tree stands for
//! the box.

use std::collections::BTreeMap;

use crate::number::Integer;

use super::super::dense::IntegerPolynomial;
use super::SparsePolynomial;
use super::key::{Key, Layout};
use super::multiply::{box_size, from_box, from_keys, keys, places};

/// A box is made up to this many places a term.
const PLACES_PER_TERM: u64 = 12;
/// The dense way is taken for a divisor with at least one term in this many places.
const PLACES_OF_DENSE: u64 = 3;

impl SparsePolynomial {
    /// The quotient if `divisor` divides the polynomial over the integers; `None` otherwise and for divisor 0.
    pub fn div_exact(&self, divisor: &SparsePolynomial) -> Option<SparsePolynomial> {
        let variables = self.variables.max(divisor.variables);
        if self.variables != divisor.variables {
            return self.with_variables(variables).div_exact(&divisor.with_variables(variables));
        }
        let (lead, lead_coefficient) = divisor.leading()?;
        if self.is_zero() {
            return Some(self.clone());
        }
        let degrees = self.degrees();
        let quotient_degrees: Vec<u64> =
            degrees.iter().zip(divisor.degrees()).map(|(a, b)| a.checked_sub(b)).collect::<Option<_>>()?;
        if divisor.len() == 1 {
            let divides = self.terms().all(|(exponents, c)| {
                exponents.iter().zip(lead).all(|(a, b)| a >= b) && c.is_divisible_by(lead_coefficient)
            });
            return divides.then(|| self.divide_by_monomial(lead).scale_down(lead_coefficient));
        }
        let limit = PLACES_PER_TERM.saturating_mul(self.len() as u64 + divisor.len() as u64);
        if let Some(size) = box_size(&degrees, limit) {
            let filled = box_size(&divisor.degrees(), limit).unwrap_or(limit);
            let dense = filled <= PLACES_OF_DENSE * divisor.len() as u64;
            let room = Room { degrees: &degrees, quotient_degrees: &quotient_degrees, size: size as usize };
            return if dense { room.divide_dense(self, divisor) } else { room.divide(self, divisor) };
        }
        let layout = Layout::for_degrees(&degrees);
        match layout.bits() {
            0..=64 => divide_sparse::<u64>(self, divisor, &layout, &quotient_degrees),
            65..=128 => divide_sparse::<u128>(self, divisor, &layout, &quotient_degrees),
            _ => divide_sparse::<Vec<u64>>(self, divisor, &layout, &quotient_degrees),
        }
    }

    /// Does `divisor` divide the polynomial over the integers?
    pub fn is_divisible_by(&self, divisor: &SparsePolynomial) -> bool {
        if divisor.is_zero() { self.is_zero() } else { self.div_exact(divisor).is_some() }
    }

    /// `(q, r, k)` with `lead^k * self = q * divisor + r` and `r` of lower degree in the variable, `lead` being the
    /// leading coefficient of `divisor` in it; `None` for divisor 0.
    pub fn pseudo_div_rem(
        &self,
        divisor: &SparsePolynomial,
        variable: usize,
    ) -> Option<(SparsePolynomial, SparsePolynomial, usize)> {
        if divisor.is_zero() {
            return None;
        }
        let degree = divisor.degree(variable);
        let lead = divisor.leading_in(variable);
        let mut rest = self.clone();
        let mut quotient = SparsePolynomial::zero(self.variables);
        let mut steps = 0;
        while !rest.is_zero() && rest.degree(variable) >= degree {
            let shift: Vec<u64> =
                (0..self.variables).map(|i| if i == variable { rest.degree(variable) - degree } else { 0 }).collect();
            let factor = rest.leading_in(variable).multiply_by_monomial(&shift);
            quotient = &(&quotient * &lead) + &factor;
            rest = &(&rest * &lead) - &(&factor * divisor);
            steps += 1;
        }
        Some((quotient, rest, steps))
    }
}

/// The box of exponents of a division.
struct Room<'a> {
    degrees: &'a [u64],
    quotient_degrees: &'a [u64],
    size: usize,
}

impl Room<'_> {
    /// The coefficients at their places in the box.
    fn spread(&self, p: &SparsePolynomial) -> Vec<Integer> {
        let mut row = vec![Integer::ZERO; self.size];
        for (place, c) in places(p, self.degrees).into_iter().zip(&p.coefficients) {
            if let Some(slot) = row.get_mut(place) {
                *slot = c.clone();
            }
        }
        row
    }

    fn divide_dense(&self, a: &SparsePolynomial, b: &SparsePolynomial) -> Option<SparsePolynomial> {
        let dense = |p| IntegerPolynomial::new(self.spread(p));
        let quotient = dense(a).div_exact(&dense(b))?;
        let candidate = from_box(self.degrees, quotient.into_coefficients().into_iter().enumerate());
        // Within these degrees the substitution is one-to-one for the product, so the product is right.
        let fits = candidate.degrees().iter().zip(self.quotient_degrees).all(|(d, bound)| d <= bound);
        fits.then_some(candidate)
    }

    fn divide(&self, a: &SparsePolynomial, b: &SparsePolynomial) -> Option<SparsePolynomial> {
        let mut rest = self.spread(a);
        let at_b = places(b, self.degrees);
        let (lead_place, lead) = (*at_b.first()?, b.coefficients.first()?);
        let mut quotient: Vec<(usize, Integer)> = Vec::new();
        for place in (0..self.size).rev() {
            let Some(c) = rest.get(place).filter(|c| !c.is_zero()) else { continue };
            let (factor, remainder) = c.div_rem_trunc(lead)?;
            let start = place.checked_sub(lead_place).filter(|&start| remainder.is_zero() && self.allows(start))?;
            let window = rest.get_mut(start..)?;
            for (&step, c) in at_b.iter().zip(&b.coefficients) {
                if let Some(slot) = window.get_mut(step) {
                    slot.sub_product(&factor, c);
                }
            }
            quotient.push((start, factor));
        }
        Some(from_box(self.degrees, quotient.into_iter().rev()))
    }

    /// May the quotient have a term at this place?
    fn allows(&self, place: usize) -> bool {
        let mut left = place as u64;
        self.degrees.iter().zip(self.quotient_degrees).rev().all(|(degree, bound)| {
            let exponent = left % (degree + 1);
            left /= degree + 1;
            exponent <= *bound
        })
    }
}

fn divide_sparse<K: Key>(
    a: &SparsePolynomial,
    b: &SparsePolynomial,
    layout: &Layout,
    quotient_degrees: &[u64],
) -> Option<SparsePolynomial> {
    let mut rest: BTreeMap<K, Integer> = BTreeMap::new();
    rest.extend(keys::<K>(a, layout).into_iter().zip(a.coefficients.iter().cloned()));
    let keys_b = keys::<K>(b, layout);
    let (lead, lead_coefficient) = b.leading()?;
    let mut quotient: Vec<(K, Integer)> = Vec::new();
    while let Some((top, c)) = rest.pop_last() {
        if c.is_zero() {
            continue;
        }
        let mut exponents = Vec::new();
        top.unpack(layout, &mut exponents);
        for ((e, lead), bound) in exponents.iter_mut().zip(lead).zip(quotient_degrees) {
            *e = e.checked_sub(*lead).filter(|e| e <= bound)?;
        }
        let (factor, remainder) = c.div_rem_trunc(lead_coefficient)?;
        if !remainder.is_zero() {
            return None;
        }
        let key = K::pack(&exponents, layout);
        for (key_b, c_b) in keys_b.iter().zip(&b.coefficients).skip(1) {
            *rest.entry(key.times(key_b)).or_default() -= &factor * c_b;
        }
        quotient.push((key, factor));
    }
    Some(from_keys(a.variables, layout, quotient))
}
