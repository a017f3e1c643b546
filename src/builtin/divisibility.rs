//! Divisibility: division with remainder, valuations, common divisors with cofactors, powers and roots of integers.

use crate::builtin;
use crate::diagnostic::{Fault, Span, Spanned};
use crate::expr::{Expr, Infinity};
use crate::number::{self, Integer, Rational};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::{BAD_VALUE, type_error, value_error, zero_division};
use crate::runtime::value::Value;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &sigma::RECORD,
    &moebius::RECORD,
    &valuation::RECORD,
    &ord::RECORD,
    &xgcd::RECORD,
    &crt::RECORD,
    &quo_rem::RECORD,
    &remainder::RECORD,
    &divides::RECORD,
    &radical::RECORD,
    &is_squarefree::RECORD,
    &squarefree_part::RECORD,
    &is_prime_power::RECORD,
    &is_power_of::RECORD,
    &is_perfect_power::RECORD,
    &perfect_power::RECORD,
    &nth_root::RECORD,
    &sqrtrem::RECORD,
    &prime_pi::RECORD,
    &numer::RECORD,
    &denom::RECORD,
    &is_integral::RECORD,
    &is_one::RECORD,
    &is_unit::RECORD,
];

/// The fault of a question about the prime factors of zero.
fn of_zero(message: &str, span: Span) -> Fault {
    Fault::new(&BAD_VALUE, span, message).class_is("ArithmeticError")
}

/// The prime factors of an integer other than zero.
fn factors(n: &Spanned<Integer>, message: &str, call: &Call<'_>) -> Result<Vec<(Integer, u32)>, Fault> {
    if n.value.is_zero() {
        return Err(of_zero(message, n.span));
    }
    Ok(number::factor(&n.value.abs(), call.budget())?)
}

fn pair(first: Integer, second: Integer) -> Value {
    Value::tuple(vec![Value::Integer(first), Value::Integer(second)])
}

builtin! {
    /// The sum of the positive divisors of an integer, each to the power `k` (1 when left out).
    ///
    /// ```calc
    /// sigma(12)               # => 28
    /// sigma(12, 2)            # => 210
    /// ```
    ///
    /// See also: `divisors`.
    only function;
    fn sigma(call, n: Spanned<Integer>, k: Option<u32>) -> Integer {
        let k = k.unwrap_or(1) as usize;
        let factors = factors(&n, "factorization of 0 is not defined", call)?;
        let bits = n.value.bit_length().saturating_mul(k);
        call.budget().reserve(bits / 4)?;
        let geometric = |prime: &Integer, exponent: u32| {
            let ratio = prime.pow(k);
            (0..exponent).fold(Integer::ONE, |sum, _| sum * ratio.clone() + Integer::ONE)
        };
        Ok(factors.iter().fold(Integer::ONE, |product, (prime, exponent)| product * geometric(prime, *exponent)))
    }
}

builtin! {
    /// Moebius' function: 0 when a square divides the integer, else 1 or -1 as it has evenly or oddly many prime factors.
    ///
    /// ```calc
    /// moebius(30)             # => -1
    /// moebius(12)             # => 0
    /// ```
    only function;
    fn moebius(call, n: Integer) -> Value {
        if n.is_zero() {
            return Ok(Value::integer(0));
        }
        Ok(Value::integer(i64::from(number::moebius(&n.abs(), call.budget())?)))
    }
}

/// How often `p` divides an integer other than zero.
fn multiplicity(n: &Integer, p: &Integer, call: &Call<'_>) -> Result<i64, Fault> {
    let mut rest = n.clone();
    let mut count = 0;
    while let Some((quotient, remainder)) = rest.div_rem_floor(p) {
        call.budget().check()?;
        if !remainder.is_zero() {
            break;
        }
        rest = quotient;
        count += 1;
    }
    Ok(count)
}

builtin! {
    /// How often `p` divides a rational number; negative when it divides the denominator.
    ///
    /// ```calc
    /// valuation(48, 2)        # => 4
    /// (3/8).valuation(2)      # => -3
    /// valuation(8, 1)         # error: bad-value
    /// ```
    faults "bad-value";
    fn valuation(call, n: Rational, p: Spanned<Integer>) -> Value {
        valuation_at(&n, &p, call)
    }
}

fn valuation_at(n: &Rational, p: &Spanned<Integer>, call: &Call<'_>) -> Result<Value, Fault> {
    if p.value < Integer::new(2) {
        let message = "You can only compute the valuation with respect to a integer larger than 1.";
        return Err(value_error(message).or_at(p.span));
    }
    if n.is_zero() {
        return Ok(Value::Expr(Expr::infinity(Infinity::Positive)));
    }
    let count = multiplicity(&n.numerator(), &p.value, call)? - multiplicity(&n.denominator(), &p.value, call)?;
    Ok(Value::integer(count))
}

builtin! {
    /// How often `p` divides a rational number: its valuation.
    ///
    /// ```calc
    /// 48.ord(2)               # => 4
    /// ```
    only method;
    fn ord(call, n: Rational, p: Spanned<Integer>) -> Value {
        valuation_at(&n, &p, call)
    }
}

/// Euclid's algorithm with cofactors: `g = s*a + t*b` with the least cofactors.
fn extended_gcd(a: &Integer, b: &Integer) -> (Integer, Integer, Integer) {
    let (mut r0, mut r1) = (a.abs(), b.abs());
    let (mut s0, mut s1) = (Integer::ONE, Integer::ZERO);
    let (mut t0, mut t1) = (Integer::ZERO, Integer::ONE);
    while let Some((quotient, remainder)) = r0.div_rem_floor(&r1).filter(|_| !r1.is_zero()) {
        (r0, r1) = (r1, remainder);
        (s0, s1) = (s1.clone(), s0 - &quotient * &s1);
        (t0, t1) = (t1.clone(), t0 - &quotient * &t1);
    }
    if r0.is_zero() {
        s0 = Integer::ZERO;
    }
    let signed = |cofactor: Integer, of: &Integer| if of.is_negative() { -cofactor } else { cofactor };
    (r0, signed(s0, a), signed(t0, b))
}

builtin! {
    /// The greatest common divisor `g` of two integers with cofactors: `(g, s, t)` where `g = s*a + t*b`.
    ///
    /// ```calc
    /// xgcd(12, 18)            # => (6, -1, 1)
    /// ```
    ///
    /// See also: `gcd`, `inverse_mod`.
    fn xgcd(call, a: Integer, b: Integer) -> Value {
        let (g, s, t) = extended_gcd(&a, &b);
        Ok(Value::tuple([g, s, t].into_iter().map(Value::Integer).collect()))
    }
}

/// The number that leaves the remainders `a` and `b` when divided by `m` and `n`, and their least common multiple.
fn combined(a: &Integer, b: &Integer, m: &Integer, n: &Integer) -> Result<(Integer, Integer), Fault> {
    let (g, s, _) = extended_gcd(m, n);
    let difference = b - a;
    let lcm = m.lcm(n);
    if g.is_zero() || !difference.is_divisible_by(&g) {
        let message = format!("No solution to crt problem since gcd({m},{n}) does not divide {a}-{b}");
        return Err(value_error(message));
    }
    let solution = a + &(&(difference.div_exact(&g) * s) * m);
    let reduced = solution.div_rem_floor(&lcm).map_or(solution, |(_, remainder)| remainder);
    Ok((reduced, lcm))
}

/// The integers of a list.
fn integers(call: &mut Call<'_>, list: &Spanned<Value>) -> Result<Vec<Integer>, Fault> {
    let items = call.items(&list.value).map_err(|fault| fault.or_at(list.span))?;
    let whole =
        |item: &Value| item.to_integer().ok_or_else(|| type_error("expected a list of integers").or_at(list.span));
    items.iter().map(whole).collect()
}

builtin! {
    /// The number that leaves given remainders (the Chinese remainder theorem): `crt(a, b, m, n)`, or two lists.
    ///
    /// ```calc
    /// crt(2, 3, 5, 7)             # => 17
    /// crt([2, 3, 2], [3, 5, 7])   # => 23
    /// crt(1, 2, 4, 6)             # error: bad-value
    /// ```
    also "CRT";
    faults "bad-value";
    only function;
    fn crt(call, a: Spanned<Value>, b: Spanned<Value>, m: Option<Integer>, n: Option<Integer>) -> Integer {
        if let (Some(m), Some(n), Some(a), Some(b)) = (&m, &n, a.value.to_integer(), b.value.to_integer()) {
            return Ok(combined(&a, &b, m, n)?.0);
        }
        let (remainders, moduli) = (integers(call, &a)?, integers(call, &b)?);
        if remainders.len() != moduli.len() {
            return Err(value_error("arguments to CRT should be lists of the same length").or_at(b.span));
        }
        let start = (Integer::ZERO, Integer::ONE);
        let solved = remainders.iter().zip(&moduli).try_fold(start, |(x, m), (a, n)| combined(&x, a, &m, n));
        solved.map(|(solution, _)| solution)
    }
}

/// Quotient rounded down and remainder.
fn divided(n: &Integer, by: &Spanned<Integer>) -> Result<(Integer, Integer), Fault> {
    n.div_rem_floor(&by.value).ok_or_else(|| zero_division("Integer division by zero").or_at(by.span))
}

builtin! {
    /// Quotient rounded down and remainder of two integers.
    ///
    /// ```calc
    /// 100.quo_rem(7)          # => (14, 2)
    /// ```
    ///
    /// See also: `divmod`.
    only method;
    fn quo_rem(call, n: Integer, other: Spanned<Integer>) -> Value {
        divided(&n, &other).map(|(quotient, remainder)| pair(quotient, remainder))
    }
}

builtin! {
    /// The remainder of an integer.
    ///
    /// ```calc
    /// 100.mod(7)              # => 2
    /// ```
    named "mod";
    only method;
    fn remainder(call, n: Integer, modulus: Spanned<Integer>) -> Integer {
        divided(&n, &modulus).map(|(_, remainder)| remainder)
    }
}

builtin! {
    /// Whether an integer divides another one.
    ///
    /// ```calc
    /// 3.divides(12)           # => True
    /// ```
    only method;
    fn divides(call, n: Integer, other: Integer) -> bool {
        Ok(if n.is_zero() { other.is_zero() } else { other.is_divisible_by(&n) })
    }
}

builtin! {
    /// The product of the different prime factors of an integer.
    ///
    /// ```calc
    /// radical(12)             # => 6
    /// ```
    fn radical(call, n: Spanned<Integer>) -> Integer {
        let factors = factors(&n, "Radical of 0 not defined.", call)?;
        Ok(factors.into_iter().fold(Integer::ONE, |product, (prime, _)| product * prime))
    }
}

builtin! {
    /// Whether no square but 1 divides the integer.
    ///
    /// ```calc
    /// is_squarefree(30)       # => True
    /// is_squarefree(12)       # => False
    /// ```
    fn is_squarefree(call, n: Spanned<Integer>) -> bool {
        Ok(!n.value.is_zero() && factors(&n, "", call)?.iter().all(|(_, exponent)| *exponent == 1))
    }
}

builtin! {
    /// What is left of an integer when its greatest square divisor is taken out.
    ///
    /// ```calc
    /// squarefree_part(18)     # => 2
    /// ```
    fn squarefree_part(call, n: Spanned<Integer>) -> Integer {
        if n.value.is_zero() {
            return Ok(Integer::ZERO);
        }
        let factors = factors(&n, "", call)?;
        let odd = factors.into_iter().filter(|(_, exponent)| exponent % 2 == 1);
        let part = odd.fold(Integer::ONE, |product, (prime, _)| product * prime);
        Ok(if n.value.is_negative() { -part } else { part })
    }
}

builtin! {
    /// Whether an integer is a power of a prime.
    ///
    /// ```calc
    /// is_prime_power(9)       # => True
    /// ```
    fn is_prime_power(call, n: Spanned<Integer>) -> bool {
        Ok(n.value > Integer::ONE && factors(&n, "", call)?.len() == 1)
    }
}

builtin! {
    /// Whether an integer is a power of another one, with a natural exponent.
    ///
    /// ```calc
    /// 16.is_power_of(4)       # => True
    /// 8.is_power_of(4)        # => False
    /// ```
    only method;
    fn is_power_of(call, n: Integer, base: Integer) -> bool {
        if n.is_one() {
            return Ok(true);
        }
        if n.is_zero() || base.abs() <= Integer::ONE {
            return Ok(n == base);
        }
        let mut power = base.clone();
        while power.abs() < n.abs() {
            call.budget().check()?;
            power = &power * &base;
        }
        Ok(power == n)
    }
}

/// An integer as the highest power that it is.
fn as_power(n: &Integer, call: &Call<'_>) -> Result<(Integer, u32), Fault> {
    if n.abs() <= Integer::ONE {
        return Ok((n.clone(), 1));
    }
    let (mut base, mut exponent) = (n.abs(), 1);
    while let Some((root, degree)) = number::perfect_power(&base, call.budget())? {
        (base, exponent) = (root, exponent * degree);
    }
    if !n.is_negative() {
        return Ok((base, exponent));
    }
    let odd = exponent >> exponent.trailing_zeros();
    Ok((-base.pow((exponent / odd) as usize), odd))
}

builtin! {
    /// Whether an integer is a power with an exponent above 1.
    ///
    /// ```calc
    /// 64.is_perfect_power()   # => True
    /// 12.is_perfect_power()   # => False
    /// ```
    only method;
    fn is_perfect_power(call, n: Integer) -> bool {
        Ok(n.abs() <= Integer::ONE || as_power(&n, call)?.1 > 1)
    }
}

builtin! {
    /// An integer as the highest power that it is: base and exponent.
    ///
    /// ```calc
    /// 64.perfect_power()      # => (2, 6)
    /// ```
    only method;
    fn perfect_power(call, n: Integer) -> Value {
        let (base, exponent) = as_power(&n, call)?;
        Ok(Value::tuple(vec![Value::Integer(base), Value::int(exponent)]))
    }
}

/// `1st`, `2nd`, `3rd`, `4th`.
fn ordinal(n: u32) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// The root of an integer, rounded towards zero.
fn rounded_root(n: &Integer, degree: u32) -> Integer {
    let root = n.abs().root_floor(degree as usize);
    if n.is_negative() { -root } else { root }
}

builtin! {
    /// The exact root of a rational number; with `truncate_mode` the rounded one, and whether it is exact.
    ///
    /// ```calc
    /// 27.nth_root(3)                      # => 3
    /// (8/27).nth_root(3)                  # => 2/3
    /// 28.nth_root(3, truncate_mode=1)     # => (3, False)
    /// 28.nth_root(3)                      # error: bad-value
    /// ```
    faults "bad-value";
    only method;
    fn nth_root(call, n: Spanned<Rational>, degree: Spanned<i64>, truncate_mode: Option<bool>) -> Value {
        let Some(d) = u32::try_from(degree.value).ok().filter(|degree| *degree > 0) else {
            return Err(value_error(format!("n (={}) must be positive", degree.value)).or_at(degree.span));
        };
        if n.value.is_negative() && d % 2 == 0 {
            return Err(value_error("cannot take even root of negative number").or_at(n.span));
        }
        let (numerator, denominator) = (n.value.numerator(), n.value.denominator());
        let (top, bottom) = (rounded_root(&numerator, d), rounded_root(&denominator, d));
        let exact = top.pow(d as usize) == numerator && bottom.pow(d as usize) == denominator;
        if truncate_mode == Some(true) && n.value.is_integer() {
            return Ok(Value::tuple(vec![Value::Integer(top), Value::Bool(exact)]));
        }
        match Rational::ratio(&top, &bottom).filter(|_| exact) {
            Some(root) if n.value.is_integer() => Ok(Value::Integer(root.numerator())),
            Some(root) => Ok(Value::rational(root)),
            None => Err(value_error(format!("{} is not a {} power", n.value, ordinal(d))).or_at(n.span)),
        }
    }
}

builtin! {
    /// The integer part of the square root, and what is left of the number beyond its square.
    ///
    /// ```calc
    /// 12.sqrtrem()            # => (3, 3)
    /// ```
    ///
    /// See also: `isqrt`.
    only method;
    fn sqrtrem(call, n: Spanned<Integer>) -> Value {
        if n.value.is_negative() {
            return Err(value_error("square root of negative integer not defined.").or_at(n.span));
        }
        let root = n.value.root_floor(2);
        let rest = &n.value - &(&root * &root);
        Ok(pair(root, rest))
    }
}

builtin! {
    /// How many prime numbers there are up to a number.
    ///
    /// ```calc
    /// prime_pi(100)           # => 25
    /// ```
    only function;
    fn prime_pi(call, limit: Spanned<Value>) -> Value {
        let floor = crate::runtime::operate::to_real(&limit.value, 53).map_err(|fault| fault.or_at(limit.span))?.floor();
        let limit = floor.ok_or_else(|| value_error("the number is not finite").or_at(limit.span))?;
        let (mut count, mut prime) = (0, Integer::new(2));
        while prime <= limit {
            count += 1;
            prime = number::next_prime(&prime, call.budget())?;
        }
        Ok(Value::integer(count))
    }
}

builtin! {
    /// The numerator of a rational number in lowest terms.
    ///
    /// ```calc
    /// (6/4).numer()           # => 3
    /// ```
    ///
    /// See also: `numerator`.
    only method;
    fn numer(call, n: Rational) -> Value {
        Ok(Value::Integer(n.numerator()))
    }
}

builtin! {
    /// The denominator of a rational number in lowest terms.
    ///
    /// ```calc
    /// (6/4).denom()           # => 2
    /// ```
    ///
    /// See also: `denominator`.
    only method;
    fn denom(call, n: Rational) -> Value {
        Ok(Value::Integer(n.denominator()))
    }
}

builtin! {
    /// Whether a rational number is a whole one.
    ///
    /// ```calc
    /// (6/3).is_integral()     # => True
    /// (2/3).is_integral()     # => False
    /// ```
    only method;
    fn is_integral(call, n: Rational) -> bool {
        Ok(n.is_integer())
    }
}

builtin! {
    /// Whether a number or expression is 1.
    ///
    /// ```calc
    /// (3/3).is_one()          # => True
    /// ```
    only method;
    fn is_one(call, value: Expr) -> bool {
        Ok(value.as_rational().is_some_and(Rational::is_one))
    }
}

builtin! {
    /// Whether a number has a reciprocal of its own kind.
    ///
    /// ```calc
    /// 5.is_unit()             # => False
    /// (1/5).is_unit()         # => True
    /// ```
    only method;
    fn is_unit(call, value: Value) -> bool {
        Ok(match value.to_integer() {
            Some(integer) if matches!(value, Value::Integer(_) | Value::Int(_)) => integer.abs().is_one(),
            Some(integer) => !integer.is_zero(),
            None => crate::runtime::truth::holds(&value)?,
        })
    }
}
