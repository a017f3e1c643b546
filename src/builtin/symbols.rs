//! Residues of squares and parts of integers: the symbols of Legendre, Jacobi and Kronecker, odd parts, orders.

use crate::builtin;
use crate::diagnostic::Spanned;
use crate::number::{self, Integer, Rational, modular};
use crate::runtime::builtin::Builtin;
use crate::runtime::fault::{value_error, zero_division};
use crate::runtime::value::Value;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &kronecker_symbol::RECORD,
    &legendre_symbol::RECORD,
    &powermod::RECORD,
    &odd_part::RECORD,
    &trailing_zero_bits::RECORD,
    &val_unit::RECORD,
    &ordinal_str::RECORD,
    &test_bit::RECORD,
    &height::RECORD,
    &random_prime::RECORD,
];

/// The Kronecker symbol `(a/n)` (Cohen, "A Course in Computational Algebraic Number Theory", algorithm 1.4.10).
fn kronecker(a: &Integer, n: &Integer) -> i64 {
    if n.is_zero() {
        return i64::from(a.abs().is_one());
    }
    if !a.is_odd() && !n.is_odd() {
        return 0;
    }
    let residue = |value: &Integer, modulus: i64| {
        value.div_rem_floor(&Integer::new(modulus)).and_then(|(_, rest)| rest.to_i64()).unwrap_or(0)
    };
    let odd_sign = |twos: usize, odd: &Integer| if twos % 2 == 1 && matches!(residue(odd, 8), 3 | 5) { -1 } else { 1 };
    let twos = n.trailing_zeros().unwrap_or(0);
    let mut sign = odd_sign(twos, a);
    let mut n = n >> twos;
    if n.is_negative() {
        n = -n;
        sign = if a.is_negative() { -sign } else { sign };
    }
    let mut a = a.div_rem_floor(&n).map_or(Integer::ZERO, |(_, rest)| rest);
    while !a.is_zero() {
        let twos = a.trailing_zeros().unwrap_or(0);
        sign *= odd_sign(twos, &n);
        a = &a >> twos;
        if residue(&a, 4) == 3 && residue(&n, 4) == 3 {
            sign = -sign;
        }
        let rest = n.div_rem_floor(&a).map_or(Integer::ZERO, |(_, rest)| rest);
        (n, a) = (a, rest);
    }
    if n.is_one() { sign } else { 0 }
}

builtin! {
    /// The symbol of Kronecker, which is Jacobi's for odd `n` and Legendre's for odd primes.
    ///
    /// ```calc
    /// kronecker_symbol(2, 7)      # => 1
    /// kronecker_symbol(3, 8)      # => -1
    /// ```
    ///
    /// See also: `legendre_symbol`.
    also "kronecker", "jacobi_symbol", "jacobi";
    fn kronecker_symbol(call, a: Integer, n: Integer) -> Value {
        Ok(Value::integer(kronecker(&a, &n)))
    }
}

builtin! {
    /// Whether `a` is a square modulo an odd prime: 1 if so, -1 if not, 0 when the prime divides it.
    ///
    /// ```calc
    /// legendre_symbol(2, 5)       # => -1
    /// legendre_symbol(2, 15)      # error: bad-value
    /// ```
    ///
    /// See also: `kronecker_symbol`.
    faults "bad-value";
    only function;
    fn legendre_symbol(call, a: Integer, p: Spanned<Integer>) -> Value {
        if !p.value.is_odd() || !number::is_prime(&p.value, call.budget())? {
            return Err(value_error("p must be a prime").or_at(p.span));
        }
        Ok(Value::integer(kronecker(&a, &p.value)))
    }
}

builtin! {
    /// A power's remainder, without making the power itself.
    ///
    /// ```calc
    /// 3.powermod(10, 7)           # => 4
    /// ```
    ///
    /// See also: `power_mod`.
    only method;
    fn powermod(call, a: Integer, exponent: Integer, modulus: Spanned<Integer>) -> Integer {
        if modulus.value.is_zero() {
            return Err(zero_division("cannot raise to a power modulo 0").or_at(modulus.span));
        }
        let no_inverse = || zero_division(format!("inverse of Mod({a}, {}) does not exist", modulus.value));
        let base =
            if exponent.is_negative() { modular::inverse(&a, &modulus.value).ok_or_else(no_inverse)? } else { a.clone() };
        Ok(modular::power(&base, &exponent.abs(), &modulus.value))
    }
}

builtin! {
    /// The greatest odd divisor.
    ///
    /// ```calc
    /// 40.odd_part()               # => 5
    /// ```
    only method;
    fn odd_part(call, n: Integer) -> Integer {
        Ok(n.trailing_zeros().map_or(Integer::ONE, |zeros| &n >> zeros))
    }
}

builtin! {
    /// How many zeros the binary digits end in.
    ///
    /// ```calc
    /// 40.trailing_zero_bits()     # => 3
    /// ```
    only method;
    fn trailing_zero_bits(call, n: Integer) -> usize {
        Ok(n.trailing_zeros().unwrap_or(0))
    }
}

builtin! {
    /// The valuation at a prime, and what is left of the number without it.
    ///
    /// ```calc
    /// 24.val_unit(2)              # => (3, 3)
    /// (5/4).val_unit(2)           # => (-2, 5)
    /// 24.val_unit(1)              # error: bad-value
    /// ```
    faults "bad-value";
    only method;
    fn val_unit(call, n: Rational, p: Spanned<Integer>) -> Value {
        if p.value < Integer::new(2) || n.is_zero() {
            return Err(value_error("p must be at least 2, and the number not zero").or_at(p.span));
        }
        let strip = |value: Integer| {
            let (mut rest, mut count) = (value, 0_i64);
            while let Some((quotient, remainder)) = rest.div_rem_trunc(&p.value)
                && remainder.is_zero()
            {
                (rest, count) = (quotient, count + 1);
            }
            (rest, count)
        };
        let ((above, up), (below, down)) = (strip(n.numerator()), strip(n.denominator()));
        let unit = Rational::ratio(&above, &below).unwrap_or_default();
        let unit = unit.to_integer().map_or_else(|| Value::rational(unit.clone()), Value::Integer);
        Ok(Value::tuple(vec![Value::integer(up - down), unit]))
    }
}

builtin! {
    /// The number as an English ordinal.
    ///
    /// ```calc
    /// [k.ordinal_str() for k in [1, 2, 3, 11, 23]]    # => ['1st', '2nd', '3rd', '11th', '23rd']
    /// ```
    only method;
    fn ordinal_str(call, n: Integer) -> String {
        let last = |modulus: i64| {
            n.abs().div_rem_trunc(&Integer::new(modulus)).and_then(|(_, rest)| rest.to_i64()).unwrap_or(0)
        };
        let ending = match (last(100), last(10)) {
            (11..=13, _) => "th",
            (_, 1) => "st",
            (_, 2) => "nd",
            (_, 3) => "rd",
            _ => "th",
        };
        Ok(format!("{n}{ending}"))
    }
}

builtin! {
    /// The binary digit at a place, counted from 0.
    ///
    /// ```calc
    /// [6.test_bit(k) for k in range(4)]    # => [0, 1, 1, 0]
    /// ```
    only method;
    fn test_bit(call, n: Integer, place: usize) -> Value {
        Ok(Value::int(i64::from((&n.abs() >> place).is_odd())))
    }
}

builtin! {
    /// The greater of numerator and denominator, regardless of the sign.
    ///
    /// ```calc
    /// (-3/4).height()             # => 4
    /// ```
    only method;
    fn height(call, q: Rational) -> Integer {
        Ok(q.numerator().abs().max(q.denominator()))
    }
}

builtin! {
    /// A pseudo-random prime up to a bound.
    ///
    /// ```calc
    /// is_prime(random_prime(100))     # => True
    /// random_prime(1)                 # error: bad-value
    /// ```
    ///
    /// See also: `next_prime`, `set_random_seed`.
    faults "bad-value";
    only function;
    fn random_prime(call, n: Spanned<Integer>, lbound: Option<Integer>) -> Integer {
        let least = lbound.unwrap_or(Integer::new(2)).max(Integer::new(2));
        let first = number::next_prime(&(&least - Integer::ONE), call.budget())?;
        if first > n.value {
            return Err(value_error("there are no primes between the bounds").or_at(n.span));
        }
        loop {
            call.budget().check()?;
            let candidate = crate::builtin::random::between(call, &least, &n.value)?;
            if number::is_prime(&candidate, call.budget())? {
                return Ok(candidate);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_symbol_of_a_prime_tells_the_squares() {
        for p in [3, 5, 7, 11, 13, 101] {
            for a in -p..p {
                let is_square = (1..p).any(|t| (t * t - a) % p == 0);
                let expected = if a % p == 0 {
                    0
                } else if is_square {
                    1
                } else {
                    -1
                };
                assert_eq!(kronecker(&Integer::new(a), &Integer::new(p)), expected, "({a}/{p})");
            }
        }
        assert_eq!(kronecker(&Integer::new(3), &Integer::new(8)), -1);
        assert_eq!(kronecker(&Integer::new(-1), &Integer::new(-1)), -1);
    }
}
