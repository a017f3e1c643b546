//! Factorials, binomial coefficients, Fibonacci and Bernoulli numbers.

use std::cell::RefCell;

use dashu_int::{IBig, UBig};

use super::dyadic::Dyadic;
use super::{Ball, Integer, Rational, large};
use crate::budget;

/// The product of `first ..= last`, by halves, so that factors of like size meet.
fn product(first: u64, last: u64) -> UBig {
    match last.checked_sub(first) {
        None => UBig::ONE,
        Some(length) if length < 8 => (first..=last).fold(UBig::ONE, |result, factor| result * factor),
        Some(length) => large::multiply(&product(first, first + length / 2), &product(first + length / 2 + 1, last)),
    }
}

/// `n!`. The caller bounds `n` first.
pub fn factorial(n: u64) -> Integer {
    Integer::from(product(1, n))
}

/// `n (n-1) ... (n-k+1) / k!` for any integer `n`. The caller bounds the size first.
pub fn binomial(n: &Integer, k: u64) -> Integer {
    if let (Some(small), true) = (n.to_i64().and_then(|n| u64::try_from(n).ok()), !n.is_negative()) {
        if k > small {
            return Integer::ZERO;
        }
        let k = k.min(small - k);
        return Integer::from(large::divide(&product(small - k + 1, small), &product(1, k)).0);
    }
    let mut numerator = Integer::ONE;
    for index in 0..k {
        numerator *= &(n - Integer::from(index));
    }
    numerator.div_exact(&factorial(k))
}

/// The `n`-th Fibonacci number, by doubling; `F(-n) = (-1)^(n+1) F(n)`. The caller bounds `n` first.
pub fn fibonacci(n: i64) -> Integer {
    let magnitude = n.unsigned_abs();
    let (mut a, mut b) = (Integer::ZERO, Integer::ONE);
    for index in (0..64 - magnitude.leading_zeros()).rev() {
        // F(2k) = F(k) (2 F(k+1) - F(k)), F(2k+1) = F(k)^2 + F(k+1)^2
        let doubled = &a * (&b + &b - &a);
        let next = &a * &a + &b * &b;
        (a, b) = if magnitude >> index & 1 == 1 { (next.clone(), doubled + next) } else { (doubled, next) };
    }
    if n < 0 && magnitude.is_multiple_of(2) { -a } else { a }
}

thread_local! {
    /// The tangent numbers `T(1), T(2), ...` found so far: a table like that of pi.
    static TANGENT: RefCell<Vec<IBig>> = const { RefCell::new(Vec::new()) };
}

/// The tangent numbers `T(1) ..= T(count)`, by the recurrence of Brent and Harvey ("Fast computation of Bernoulli,
/// tangent and secant numbers", 2011, algorithm 2), in place with quadratically many small products.
fn tangent_numbers(count: usize) -> Vec<IBig> {
    let mut numbers = Vec::with_capacity(count);
    let mut factorial = IBig::ONE;
    for index in 0..count {
        if index > 0 {
            factorial *= index;
        }
        numbers.push(factorial.clone());
    }
    for k in 1..count {
        budget::pulse();
        for j in k..count {
            let next = &numbers[j - 1] * (j - k) + &numbers[j] * (j - k + 2);
            numbers[j] = next;
        }
    }
    numbers
}

/// The Bernoulli number `B(n)`, with `B(1) = -1/2`.
pub fn bernoulli(n: usize) -> Rational {
    match n {
        0 => Rational::ONE,
        1 => -Rational::HALF,
        odd if odd % 2 == 1 => Rational::ZERO,
        even => {
            // B(2k) = (-1)^(k-1) 2k T(k) / (4^k (4^k - 1))
            let k = even / 2;
            let power = IBig::ONE << (2 * k);
            let numerator = with_tangent(k, |tangent| tangent * even);
            let numerator = if k % 2 == 0 { -numerator } else { numerator };
            let denominator = &power * (&power - IBig::ONE);
            Rational::ratio(&Integer::from(numerator), &Integer::from(denominator)).unwrap_or(Rational::ZERO)
        }
    }
}

/// `B(2k)` as a ball, without bringing the fraction to lowest terms.
pub(crate) fn bernoulli_ball(k: usize, precision: u32) -> Ball {
    if k == 0 {
        return Ball::one();
    }
    let exact = |value: IBig| Ball::exact(Dyadic::new(value, 0));
    let tangent = exact(with_tangent(k, IBig::clone)).rounded(precision + 8);
    let bits = 2 * k as i64;
    let less_one = Ball::exact(Dyadic::power_of_two(bits)).sub(&Ball::one(), precision + 8);
    let value = tangent.mul_small(if k.is_multiple_of(2) { -bits } else { bits }, precision + 8).scale(-bits);
    value.div(&less_one, precision)
}

fn with_tangent<T>(k: usize, read: impl Fn(&IBig) -> T) -> T {
    TANGENT.with_borrow_mut(|table| {
        if table.len() < k {
            *table = tangent_numbers((k + k / 4).max(32));
        }
        read(&table[k - 1])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert_eq!(factorial(0), Integer::ONE);
        assert_eq!(factorial(20).to_string(), "2432902008176640000");
        assert_eq!(factorial(30).to_string(), "265252859812191058636308480000000");
        assert_eq!(binomial(&Integer::new(50), 25).to_string(), "126410606437752");
        assert_eq!(binomial(&Integer::new(-3), 4).to_string(), "15");
        assert_eq!(binomial(&Integer::new(3), 4), Integer::ZERO);
        assert_eq!(fibonacci(100).to_string(), "354224848179261915075");
        assert_eq!((fibonacci(-8).to_string(), fibonacci(-7).to_string()), ("-21".to_owned(), "13".to_owned()));
        let recorded = [
            (0, "1"),
            (1, "-1/2"),
            (2, "1/6"),
            (4, "-1/30"),
            (12, "-691/2730"),
            (30, "8615841276005/14322"),
            (31, "0"),
        ];
        for (n, value) in recorded {
            assert_eq!(bernoulli(n).to_string(), value);
            assert!(n % 2 == 1 || bernoulli_ball(n / 2, 60).contains_rational(&bernoulli(n)));
        }
    }
}
