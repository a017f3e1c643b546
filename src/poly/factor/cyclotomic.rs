//! Cyclotomic polynomials and the cyclotomic factors of a polynomial.
//!
//! They split into many factors modulo every prime, so they are taken out before modular factorisation starts.

use crate::number::Integer;

use super::super::dense::IntegerPolynomial;

/// The `n`-th cyclotomic polynomial, `n >= 1`: the product of `(x^(n/d) - 1)^mu(d)` over the divisors of `n`.
pub fn cyclotomic(n: usize) -> IntegerPolynomial {
    let primes = prime_divisors(n);
    // The radical carries all the work: phi_n(x) = phi_r(x^(n/r)).
    let radical: usize = primes.iter().product();
    let degree: usize = primes.iter().map(|p| p - 1).product();
    let half = degree / 2;
    let mut row = vec![Integer::ZERO; half + 1];
    if let Some(first) = row.first_mut() {
        *first = Integer::ONE;
    }
    if radical == 1 {
        return IntegerPolynomial::from_i64(&[-1, 1]).inflate(n);
    }
    // As power series, (1 - x^k)^mu, to half the degree; the rest is the mirror image.
    for subset in 0..1usize << primes.len() {
        let chosen = primes.iter().enumerate().filter(|(i, _)| subset >> i & 1 == 1);
        let step = radical / chosen.map(|(_, p)| p).product::<usize>();
        let times = subset.count_ones() % 2 == 0;
        multiply_by_binomial(&mut row, step, times);
    }
    let mut mirrored = row.clone();
    mirrored.extend(row.into_iter().rev().skip(usize::from(degree.is_multiple_of(2))));
    IntegerPolynomial::new(mirrored).inflate(n / radical)
}

/// Multiplies (or divides) a power series by `1 - x^step`.
fn multiply_by_binomial(row: &mut [Integer], step: usize, times: bool) {
    let places: Vec<usize> = if times { (step..row.len()).rev().collect() } else { (step..row.len()).collect() };
    for i in places {
        let (low, high) = row.split_at_mut(i);
        if let (Some(below), Some(here)) = (low.get(i - step), high.first_mut()) {
            if times {
                *here -= below;
            } else {
                *here += below;
            }
        }
    }
}

fn prime_divisors(mut n: usize) -> Vec<usize> {
    let mut primes = Vec::new();
    let mut p = 2;
    while p * p <= n {
        if n.is_multiple_of(p) {
            primes.push(p);
            while n.is_multiple_of(p) {
                n /= p;
            }
        }
        p += 1;
    }
    if n > 1 {
        primes.push(n);
    }
    primes
}

/// All factors of `x^n - 1` or `x^n + 1`, if the polynomial is one of them.
pub(super) fn factor_unit_binomial(p: &IntegerPolynomial) -> Option<Vec<IntegerPolynomial>> {
    let n = p.degree()?;
    let [constant, middle @ .., lead] = p.coefficients() else { return None };
    if !lead.is_one() || !constant.abs().is_one() || middle.iter().any(|c| !c.is_zero()) {
        return None;
    }
    let divides_sum = |d: &usize| (2 * n) % d == 0 && n % d != 0;
    let orders: Vec<usize> = match constant.is_negative() {
        true => (1..=n).filter(|d| n % d == 0).collect(),
        false => (1..=2 * n).filter(divides_sum).collect(),
    };
    Some(orders.into_iter().map(cyclotomic).collect())
}

/// Divides the cyclotomic factors out of a square-free primitive polynomial; gives them and the rest.
///
/// A root of unity is proposed where the value in floating point could be zero; the factor is proved by division.
pub(super) fn split_cyclotomic(p: &IntegerPolynomial) -> (Vec<IntegerPolynomial>, IntegerPolynomial) {
    let mut factors = Vec::new();
    let mut rest = p.clone();
    let Some(degree) = p.degree() else { return (factors, rest) };
    let terms: Vec<(usize, f64)> =
        p.coefficients().iter().map(Integer::to_f64).enumerate().filter(|(_, c)| *c != 0.0).rev().collect();
    let size: f64 = terms.iter().map(|(_, c)| c.abs()).sum();
    if !size.is_finite() {
        return (factors, rest);
    }
    for order in orders_with_totient_up_to(degree) {
        if value_at_root_of_unity(&terms, order) > size * 1e-9 {
            continue;
        }
        let candidate = cyclotomic(order);
        if let Some(quotient) = rest.div_exact(&candidate) {
            rest = quotient;
            factors.push(candidate);
        }
    }
    (factors, rest)
}

/// The `n` whose totient is at most `bound`, all below `4*bound*log2(log2 n) + 7`.
fn orders_with_totient_up_to(bound: usize) -> Vec<usize> {
    let log = f64::from(usize::BITS - bound.leading_zeros()).max(2.0);
    let largest = (4.0 * bound as f64 * f64::from(usize::BITS - (log as usize).leading_zeros())) as usize + 7;
    let mut totients: Vec<usize> = (0..=largest).collect();
    for p in 2..=largest {
        if totients.get(p) == Some(&p) {
            for value in totients.iter_mut().step_by(p) {
                *value -= *value / p;
            }
        }
    }
    (1..=largest).filter(|&n| totients.get(n).is_some_and(|&value| value <= bound)).collect()
}

/// The distance from zero at `exp(2 pi i / order)`, by Horner's scheme in floating point over the terms from the
/// highest exponent down.
fn value_at_root_of_unity(terms: &[(usize, f64)], order: usize) -> f64 {
    let unit = |exponent: usize| {
        let (sine, cosine) = pxfm::f_sincospi(2.0 * (exponent % order) as f64 / order as f64);
        (cosine, sine)
    };
    let times = |a: (f64, f64), b: (f64, f64)| (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0);
    let step = unit(1);
    let mut sum = (0.0, 0.0);
    let mut place = terms.first().map_or(0, |term| term.0);
    for &(exponent, coefficient) in terms {
        let gap = place - exponent;
        if gap > 0 {
            sum = times(sum, if gap == 1 { step } else { unit(gap) });
        }
        sum.0 += coefficient;
        place = exponent;
    }
    f64::max(f64::abs(sum.0), f64::abs(sum.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Euler's totient of `n >= 1`.
    fn totient(n: usize) -> usize {
        prime_divisors(n).iter().fold(n, |value, p| value / p * (p - 1))
    }

    #[test]
    fn cyclotomic_polynomials_multiply_to_binomials() {
        for n in 1..130 {
            let divisors = (1..=n).filter(|d| n % d == 0);
            let product = divisors.fold(IntegerPolynomial::one(), |product, d| &product * &cyclotomic(d));
            assert_eq!(product, &IntegerPolynomial::x().pow(n) - &IntegerPolynomial::one());
            assert_eq!(cyclotomic(n).degree(), Some(totient(n)));
        }
        assert_eq!(cyclotomic(105).coefficient(7), &Integer::new(-2));
    }

    #[test]
    fn every_order_of_small_totient_is_listed() {
        for bound in 1..200 {
            let listed = orders_with_totient_up_to(bound);
            let all: Vec<usize> = (1..20 * bound + 50).filter(|&n| totient(n) <= bound).collect();
            assert_eq!(listed, all);
        }
    }
}
