//! Division of integer polynomials: exact, with pseudo-remainder, and by monic divisors.
#![allow(clippy::indexing_slicing, reason = "indices run over lengths computed here")]

use crate::number::Integer;

use super::dense::IntegerPolynomial;
use super::gcd::Residues;
use super::modular::large_primes;

/// Up to this many products of coefficients, division goes place by place.
const SCHOOLBOOK_PRODUCTS: usize = 600;
/// From this many products of coefficients on, images modulo primes may be quicker than integers.
const MODULAR_PRODUCTS: usize = 4000;
/// They are for quotients whose coefficients have no more bits than a few primes.
const MODULAR_BITS: usize = 300;
/// A reconstruction is tried once this many bits of the modulus are unused.
const SPARE_BITS: usize = 20;

impl IntegerPolynomial {
    /// The quotient if `divisor` divides the polynomial over the integers; `None` otherwise and for divisor 0.
    pub fn div_exact(&self, divisor: &IntegerPolynomial) -> Option<IntegerPolynomial> {
        if divisor.is_zero() {
            return None;
        }
        if self.is_zero() {
            return Some(IntegerPolynomial::zero());
        }
        let quotient_length = (self.len() + 1).checked_sub(divisor.len())?;
        if quotient_length == 0 || !self.leading().is_divisible_by(divisor.leading()) {
            return None;
        }
        let (low, divisor_low) = (self.valuation(), divisor.valuation());
        if divisor_low > low || !self.coefficient(low).is_divisible_by(divisor.coefficient(divisor_low)) {
            return None;
        }
        if quotient_length * divisor.len() <= SCHOOLBOOK_PRODUCTS || quotient_length < 3 || divisor.len() < 3 {
            return self.div_exact_schoolbook(divisor);
        }
        let quotient_bits = (self.height_bits() + 2).saturating_sub(divisor.height_bits());
        let large = quotient_length * divisor.len() >= MODULAR_PRODUCTS && divisor.height_bits() > 64;
        if large && quotient_bits <= MODULAR_BITS {
            return self.div_exact_modular(divisor, quotient_length);
        }
        self.div_exact_kronecker(divisor, quotient_length)
    }

    /// Does `divisor` divide the polynomial over the integers?
    pub fn is_divisible_by(&self, divisor: &IntegerPolynomial) -> bool {
        if divisor.is_zero() { self.is_zero() } else { self.div_exact(divisor).is_some() }
    }

    fn div_exact_schoolbook(&self, divisor: &IntegerPolynomial) -> Option<IntegerPolynomial> {
        let (quotient, remainder) = self.div_rem(divisor)?;
        remainder.is_zero().then_some(quotient)
    }

    /// Exact division by images modulo primes, few of which are needed for a quotient of small coefficients; one product
    /// proves it. A remainder modulo a prime that keeps the divisor's degree disproves divisibility.
    fn div_exact_modular(&self, divisor: &IntegerPolynomial, length: usize) -> Option<IntegerPolynomial> {
        // Mignotte: a factor of degree d has coefficients below 2^d times the 2-norm.
        let largest = self.height_bits() + length + self.len().ilog2() as usize + 2;
        let mut joined = Residues::default();
        for field in large_primes() {
            if joined.modulus_bits() > largest + 1 {
                break;
            }
            let image = field.image(divisor);
            if image.len() < divisor.len() {
                continue;
            }
            let (quotient, rest) = field.div_rem(&field.image(self), &image);
            if !rest.is_empty() {
                return None;
            }
            joined.join(&field, &quotient);
            if joined.height_bits() + SPARE_BITS <= joined.modulus_bits() {
                let candidate = IntegerPolynomial::new(joined.row().to_vec());
                if &candidate * divisor == *self {
                    return Some(candidate);
                }
            }
        }
        None
    }

    /// Exact division as one division of the values at a power of two.
    ///
    /// If the divisor divides, its value divides. The other way round, the digits of the quotient of the values are
    /// the quotient as soon as no coefficient of `divisor * digits` can reach the base. The base grows until that
    /// bound holds or exceeds the size of any true quotient.
    fn div_exact_kronecker(&self, divisor: &IntegerPolynomial, length: usize) -> Option<IntegerPolynomial> {
        let (height, divisor_height) = (self.height_bits(), divisor.height_bits());
        let terms = length.min(divisor.len());
        let carry = (usize::BITS - terms.leading_zeros()) as usize;
        // Mignotte: a factor of degree d has coefficients below 2^d times the 2-norm.
        let largest = height + length + self.len().ilog2() as usize + 2;
        let mut quotient_bits = (height + 2).saturating_sub(divisor_height).max(8);
        loop {
            let bits = (quotient_bits + divisor_height + carry + 2).max(height + 2);
            let value = Integer::pack(self.coefficients(), bits);
            let (quotient, remainder) = value.div_rem_trunc(&Integer::pack(divisor.coefficients(), bits))?;
            if !remainder.is_zero() {
                return None;
            }
            let digits = quotient.unpack(bits, length);
            if digits.iter().all(|digit| digit.bit_length() <= quotient_bits) {
                // The quotient may have more digits than it should; then the digits do not give it back.
                let candidate = IntegerPolynomial::new(digits);
                return (Integer::pack(candidate.coefficients(), bits) == quotient).then_some(candidate);
            }
            if quotient_bits >= largest {
                return None;
            }
            quotient_bits = (2 * quotient_bits).min(largest);
        }
    }

    /// Quotient and remainder over the integers; `None` when a leading coefficient does not divide or for divisor 0.
    /// Always possible for a monic divisor.
    pub fn div_rem(&self, divisor: &IntegerPolynomial) -> Option<(IntegerPolynomial, IntegerPolynomial)> {
        let lead = divisor.leading();
        let degree = divisor.degree()?;
        let Some(steps) = self.len().checked_sub(degree).filter(|&steps| steps > 0) else {
            return Some((IntegerPolynomial::zero(), self.clone()));
        };
        let mut rest = self.coefficients().to_vec();
        let mut quotient = vec![Integer::ZERO; steps];
        for place in (0..steps).rev() {
            let (factor, remainder) = match lead.is_one() {
                true => (rest[place + degree].clone(), Integer::ZERO),
                false => rest[place + degree].div_rem_trunc(lead)?,
            };
            if !remainder.is_zero() {
                return None;
            }
            subtract_multiple(&mut rest[place..place + degree], &divisor.coefficients()[..degree], &factor);
            quotient[place] = factor;
        }
        rest.truncate(degree);
        Some((IntegerPolynomial::new(quotient), IntegerPolynomial::new(rest)))
    }

    /// `(q, r)` with `lead(divisor)^(deg self - deg divisor + 1) * self = q * divisor + r`; `None` for divisor 0.
    pub fn pseudo_div_rem(&self, divisor: &IntegerPolynomial) -> Option<(IntegerPolynomial, IntegerPolynomial)> {
        let degree = divisor.degree()?;
        let Some(steps) = self.len().checked_sub(degree).filter(|&steps| steps > 0) else {
            return Some((IntegerPolynomial::zero(), self.clone()));
        };
        let lead = divisor.leading();
        if lead.is_one() {
            return self.div_rem(divisor);
        }
        if degree == 0 {
            return Some((self.scale(&lead.pow(steps - 1)), IntegerPolynomial::zero()));
        }
        let mut rest = self.coefficients().to_vec();
        let mut quotient = vec![Integer::ZERO; steps];
        for place in (0..steps).rev() {
            let factor = rest[place + degree].clone();
            for value in rest[..place + degree].iter_mut().chain(&mut quotient[place + 1..]) {
                *value *= lead;
            }
            subtract_multiple(&mut rest[place..place + degree], &divisor.coefficients()[..degree], &factor);
            quotient[place] = factor;
        }
        rest.truncate(degree);
        Some((IntegerPolynomial::new(quotient), IntegerPolynomial::new(rest)))
    }
}

/// `row -= factor * other`, place by place.
fn subtract_multiple(row: &mut [Integer], other: &[Integer], factor: &Integer) {
    if factor.is_zero() {
        return;
    }
    for (value, other) in row.iter_mut().zip(other) {
        value.sub_product(factor, other);
    }
}
