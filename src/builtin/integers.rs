//! Number theory of a first course: divisors, primes, factors.

use crate::number::sorting;
use std::any::Any;
use std::rc::Rc;

use crate::algebra;
use crate::builtin;
use crate::diagnostic::{Fault, Span, Spanned};
use crate::expr::{Expr, assume};
use crate::number::{self, Integer, Number, Rational, modular};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::{BAD_ARGUMENTS, BAD_VALUE, value_error};
use crate::runtime::parameter::{Parameter, Rest, expected};
use crate::runtime::value::{Class, Object, Value, as_expr};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &is_integer::RECORD,
    &gcd::RECORD,
    &lcm::RECORD,
    &divisors::RECORD,
    &number_of_divisors::RECORD,
    &is_prime::RECORD,
    &next_prime::RECORD,
    &previous_prime::RECORD,
    &prime_range::RECORD,
    &primes_first_n::RECORD,
    &nth_prime::RECORD,
    &prime_factors::RECORD,
    &prime_divisors::RECORD,
    &euler_phi::RECORD,
    &is_square::RECORD,
    &is_even::RECORD,
    &is_odd::RECORD,
    &power_mod::RECORD,
    &inverse_mod::RECORD,
    &isqrt::RECORD,
];

/// The class of factored integers.
static FACTORIZATION: Class =
    Class { name: "sage.structure.factorization_integer.IntegerFactorization", known_as: None, base: None };

/// A rational number other than zero as a unit and powers of primes: prints as `2^2 * 3`.
#[derive(Debug)]
pub struct Factorization {
    /// 1 or -1.
    unit: i64,
    /// Primes, ascending, with their exponents.
    factors: Vec<(Integer, i64)>,
}

impl Factorization {
    /// The factors of a rational number.
    ///
    /// # Errors
    /// Zero, and a computation that was stopped.
    pub fn of(number: &Rational, call: &Call<'_>) -> Result<Factorization, Fault> {
        if number.is_zero() {
            let fault = Fault::new(&BAD_VALUE, Span::default(), "factorization of 0 is not defined");
            return Err(fault.class_is("ArithmeticError"));
        }
        let mut factors = Vec::new();
        for (part, sign) in [(number.numerator(), 1), (number.denominator(), -1)] {
            let found = number::factor(&part, call.budget())?;
            factors.extend(found.into_iter().map(|(prime, exponent)| (prime, sign * i64::from(exponent))));
        }
        sorting::sort(&mut factors);
        Ok(Factorization { unit: if number.is_negative() { -1 } else { 1 }, factors })
    }

    fn joined(&self, times: &str, power: impl Fn(&Integer, i64) -> String) -> String {
        let unit = (self.unit < 0).then(|| "-1".to_string());
        let parts = self.factors.iter().map(|(prime, exponent)| match exponent {
            1 => prime.to_string(),
            _ => power(prime, *exponent),
        });
        let parts: Vec<String> = unit.into_iter().chain(parts).collect();
        if parts.is_empty() { "1".to_string() } else { parts.join(times) }
    }

    fn value(&self) -> Rational {
        self.factors.iter().fold(Rational::from(self.unit), |product, (prime, exponent)| {
            &product * &Rational::from(prime.clone()).pow(*exponent).unwrap_or(Rational::ONE)
        })
    }
}

impl Object for Factorization {
    fn class(&self) -> &'static Class {
        &FACTORIZATION
    }

    fn text(&self) -> String {
        self.joined(" * ", |prime, exponent| format!("{prime}^{exponent}"))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn latex(&self) -> Option<String> {
        Some(self.joined(r" \cdot ", |prime, exponent| format!("{prime}^{{{exponent}}}")))
    }

    fn same(&self, other: &Value) -> bool {
        match other.downcast::<Factorization>() {
            Some(other) => self.unit == other.unit && self.factors == other.factors,
            None => as_expr(other).is_some_and(|other| other.as_rational() == Some(&self.value())),
        }
    }

    fn items(&self) -> Option<Vec<Value>> {
        let pair = |(prime, exponent): &(Integer, i64)| {
            Value::tuple(vec![Value::Integer(prime.clone()), Value::int(*exponent)])
        };
        Some(self.factors.iter().map(pair).collect())
    }

    fn index(&self, index: &Value) -> Option<Result<Value, Fault>> {
        let items = self.items()?;
        let at = index.to_integer()?;
        let at = if at.is_negative() { at + Integer::from(items.len()) } else { at };
        let item = at.to_usize().and_then(|at| items.get(at).cloned());
        Some(
            item.ok_or_else(|| {
                Fault::new(&crate::runtime::fault::BAD_INDEX, Span::default(), "list index out of range")
            }),
        )
    }

    fn methods(&self) -> &'static [&'static str] {
        &["unit", "value", "prod", "expand", "radical_value"]
    }

    fn method(
        &self,
        _call: &mut Call<'_>,
        name: &str,
        _arguments: crate::runtime::call::Arguments,
    ) -> Result<Value, Fault> {
        let whole = |number: Rational| match number.to_integer() {
            Some(integer) => Value::Integer(integer),
            None => Value::rational(number),
        };
        Ok(match name {
            "unit" => Value::integer(self.unit),
            "radical_value" => {
                Value::Integer(self.factors.iter().fold(Integer::ONE, |product, (prime, _)| product * prime))
            }
            _ => whole(self.value()),
        })
    }
}

/// Several arguments, or the items of one list.
fn listed(call: &mut Call<'_>, name: &str, values: Vec<Spanned<Value>>) -> Result<Vec<Spanned<Value>>, Fault> {
    Ok(match values.as_slice() {
        [] => {
            let message = format!("{name}() missing 1 required positional argument: 'a'");
            return Err(call.fault(&BAD_ARGUMENTS, message));
        }
        [Spanned { value: Value::List(_) | Value::Tuple(_) | Value::Iterator(_) | Value::Range(_), .. }] => {
            let (items, span) = (&values[0].value, values[0].span);
            call.items(items)?.into_iter().map(|item| Spanned::new(item, span)).collect()
        }
        _ => values,
    })
}

/// The expressions among which a common divisor or multiple is asked for, when not all are numbers.
fn symbolic(values: &[Spanned<Value>]) -> Option<Vec<Expr>> {
    let all: Option<Vec<Expr>> = values.iter().map(|value| as_expr(&value.value)).collect();
    all.filter(|all| all.iter().any(|expr| expr.as_number().is_none()))
}

fn rationals(call: &mut Call<'_>, values: &[Spanned<Value>]) -> Result<Vec<Rational>, Fault> {
    values.iter().map(|value| Rational::take(value, call)).collect()
}

/// A rational number as an integer where it is one.
fn plain(number: Rational) -> Value {
    match number.to_integer() {
        Some(integer) => Value::Integer(integer),
        None => Value::rational(number),
    }
}

/// The greatest rational number that goes into both a whole number of times.
fn rational_gcd(a: &Rational, b: &Rational) -> Rational {
    let denominator = a.denominator().lcm(&b.denominator());
    let scale = Rational::from(denominator.clone());
    let whole = |number: &Rational| (number * &scale).numerator();
    Rational::ratio(&whole(a).gcd(&whole(b)), &denominator).unwrap_or(Rational::ZERO)
}

builtin! {
    /// Is the value an integer? Of an expression: is it known to be one?
    ///
    /// ```calc
    /// (0.5).is_integer()             # => False
    /// (6/3).is_integer()             # => True
    /// ```
    only method;
    fn is_integer(call, x: Expr) -> bool {
        Ok(match x.as_number() {
            Some(Number::Real(real)) => real.is_integer(),
            _ => assume::is_integer(&x).is_yes(),
        })
    }
}

builtin! {
    /// The greatest common divisor of numbers, or of expressions as polynomials.
    ///
    /// ```calc
    /// gcd(x^2 - 1, x^2 - 2*x + 1)    # => x - 1
    /// gcd(12, 18)         # => 6
    /// gcd([12, 18, 27])   # => 3
    /// ```
    ///
    /// See also: `lcm`.
    also "GCD";
    fn gcd(call, numbers: Rest<Spanned<Value>>) -> Value {
        let values = listed(call, "gcd", numbers.0)?;
        if let Some(all) = symbolic(&values) {
            let common = all.iter().try_fold(Expr::zero(), |common, next| algebra::gcd(&common, next, call.budget()))?;
            return Ok(Value::Expr(common));
        }
        let numbers = rationals(call, &values)?;
        Ok(plain(numbers.iter().fold(Rational::ZERO, |common, number| rational_gcd(&common, number))))
    }
}

builtin! {
    /// The least common multiple of numbers, or of expressions as polynomials.
    ///
    /// ```calc
    /// lcm(4, 6)           # => 12
    /// lcm([2, 3, 5])      # => 30
    /// ```
    ///
    /// See also: `gcd`.
    also "LCM";
    fn lcm(call, numbers: Rest<Spanned<Value>>) -> Value {
        let values = listed(call, "lcm", numbers.0)?;
        if let Some(all) = symbolic(&values) {
            let common = all.iter().try_fold(Expr::one(), |common, next| algebra::lcm(&common, next, call.budget()))?;
            return Ok(Value::Expr(common));
        }
        let numbers = rationals(call, &values)?;
        let mut level = numbers;
        // Pairs first, so that numbers of like size meet.
        while level.len() > 1 {
            let next: Result<Vec<_>, Fault> = level
                .chunks(2)
                .map(|pair| {
                    call.budget().check()?;
                    let [a, b] = pair else { return Ok(pair.first().cloned().unwrap_or_default()) };
                    let product = (a * b).abs();
                    Ok(product.checked_div(&rational_gcd(a, b)).unwrap_or(product))
                })
                .collect();
            level = next?;
        }
        Ok(plain(level.pop().map_or(Rational::ONE, |only| only.abs())))
    }
}

builtin! {
    /// All positive divisors of an integer, ascending.
    ///
    /// ```calc
    /// divisors(12)        # => [1, 2, 3, 4, 6, 12]
    /// ```
    fn divisors(call, n: Spanned<Integer>) -> Vec<Integer> {
        if n.value.is_zero() {
            return Err(value_error("n must be nonzero").or_at(n.span));
        }
        Ok(number::divisors(&n.value, call.budget())?)
    }
}

builtin! {
    /// How many positive divisors an integer has.
    ///
    /// ```calc
    /// number_of_divisors(12)      # => 6
    /// ```
    fn number_of_divisors(call, n: Spanned<Integer>) -> Integer {
        if n.value.is_zero() {
            return Err(value_error("input must be nonzero").or_at(n.span));
        }
        let factors = number::factor(&n.value, call.budget())?;
        Ok(factors.iter().fold(Integer::ONE, |count, (_, exponent)| count * Integer::from(exponent + 1)))
    }
}

builtin! {
    /// Whether an integer is a prime number.
    ///
    /// ```calc
    /// is_prime(7)         # => True
    /// is_prime(2^67 - 1)  # => False
    /// ```
    also "is_pseudoprime", "is_irreducible";
    fn is_prime(call, n: Integer) -> bool {
        Ok(number::is_prime(&n, call.budget())?)
    }
}

builtin! {
    /// The least prime number above a number.
    ///
    /// ```calc
    /// next_prime(7)       # => 11
    /// ```
    fn next_prime(call, n: Integer) -> Integer {
        Ok(number::next_prime(&n, call.budget())?)
    }
}

builtin! {
    /// The greatest prime number below a number.
    ///
    /// ```calc
    /// previous_prime(7)   # => 5
    /// ```
    fn previous_prime(call, n: Spanned<Integer>) -> Integer {
        if let Some(prime) = number::previous_prime(&n.value, call.budget())? {
            return Ok(prime);
        }
        Err(value_error("no previous prime").or_at(n.span))
    }
}

builtin! {
    /// The prime numbers from `start` (or 2) up to, not including, `stop`.
    ///
    /// ```calc
    /// prime_range(10)         # => [2, 3, 5, 7]
    /// prime_range(10, 20)     # => [11, 13, 17, 19]
    /// ```
    only function;
    fn prime_range(call, start: Integer, stop: Option<Integer>) -> Vec<Integer> {
        let (mut candidate, stop) = match stop {
            Some(stop) => (start - Integer::ONE, stop),
            None => (Integer::ONE, start),
        };
        let mut found = Vec::new();
        loop {
            candidate = number::next_prime(&candidate, call.budget())?;
            if candidate >= stop {
                return Ok(found);
            }
            found.push(candidate.clone());
        }
    }
}

/// The first so many prime numbers.
fn first_primes(call: &Call<'_>, count: usize) -> Result<Vec<Integer>, Fault> {
    let mut found = Vec::new();
    let mut last = Integer::ONE;
    for _ in 0..count {
        last = number::next_prime(&last, call.budget())?;
        found.push(last.clone());
    }
    Ok(found)
}

builtin! {
    /// The first `n` prime numbers.
    ///
    /// ```calc
    /// primes_first_n(5)       # => [2, 3, 5, 7, 11]
    /// ```
    only function;
    fn primes_first_n(call, n: usize) -> Vec<Integer> {
        first_primes(call, n)
    }
}

builtin! {
    /// The prime number of that number, counted from 1.
    ///
    /// ```calc
    /// nth_prime(10)           # => 29
    /// nth_prime(0)            # error: bad-value
    /// ```
    only function;
    fn nth_prime(call, n: usize) -> Integer {
        let first = first_primes(call, n)?;
        first.into_iter().next_back().ok_or_else(|| value_error("nth prime meaningless for nonpositive n (=0)"))
    }
}

fn primes_of(call: &Call<'_>, n: &Spanned<Integer>) -> Result<Vec<Integer>, Fault> {
    if n.value.is_zero() {
        return Err(value_error("prime factors of 0 are not defined").class_is("ArithmeticError").or_at(n.span));
    }
    Ok(number::factor(&n.value, call.budget())?.into_iter().map(|(prime, _)| prime).collect())
}

builtin! {
    /// The different prime factors of an integer, ascending.
    ///
    /// ```calc
    /// prime_factors(60)       # => [2, 3, 5]
    /// ```
    also "support";
    fn prime_factors(call, n: Spanned<Integer>) -> Vec<Integer> {
        primes_of(call, &n)
    }
}

builtin! {
    /// The different prime divisors of an integer, ascending.
    ///
    /// ```calc
    /// prime_divisors(60)      # => [2, 3, 5]
    /// ```
    fn prime_divisors(call, n: Spanned<Integer>) -> Vec<Integer> {
        primes_of(call, &n)
    }
}

builtin! {
    /// How many of the numbers from 1 to `n` have no divisor in common with it.
    ///
    /// ```calc
    /// euler_phi(12)           # => 4
    /// ```
    fn euler_phi(call, n: Integer) -> Integer {
        if n <= Integer::ZERO {
            return Ok(Integer::ZERO);
        }
        Ok(number::euler_phi(&n, call.budget())?)
    }
}

builtin! {
    /// Whether a rational number is the square of one.
    ///
    /// ```calc
    /// is_square(16/9)         # => True
    /// ```
    fn is_square(call, n: Rational) -> bool {
        Ok(n.numerator().exact_root(2).is_some() && n.denominator().exact_root(2).is_some())
    }
}

builtin! {
    /// Whether an integer is even.
    ///
    /// ```calc
    /// is_even(4)              # => True
    /// ```
    fn is_even(call, n: Integer) -> bool {
        Ok(!n.is_odd())
    }
}

builtin! {
    /// Whether an integer is odd.
    ///
    /// ```calc
    /// is_odd(4)               # => False
    /// ```
    fn is_odd(call, n: Integer) -> bool {
        Ok(n.is_odd())
    }
}

builtin! {
    /// A power's remainder, without making the power itself.
    ///
    /// ```calc
    /// power_mod(3, 1000000, 7)    # => 4
    /// ```
    only function;
    fn power_mod(call, a: Integer, n: Integer, m: Spanned<Integer>) -> Integer {
        if m.value.is_zero() {
            return Err(crate::runtime::fault::zero_division("modulus must be nonzero.").or_at(m.span));
        }
        let base = if n.is_negative() { inverse(&a, &m.value)? } else { a };
        Ok(modular::power(&base, &n.abs(), &m.value))
    }
}

fn inverse(a: &Integer, m: &Integer) -> Result<Integer, Fault> {
    modular::inverse(a, m)
        .ok_or_else(|| crate::runtime::fault::zero_division(format!("inverse of Mod({a}, {m}) does not exist")))
}

builtin! {
    /// The number whose product with `a` leaves the remainder 1.
    ///
    /// ```calc
    /// inverse_mod(3, 7)       # => 5
    /// inverse_mod(2, 4)       # error: division-by-zero
    /// ```
    faults "division-by-zero";
    fn inverse_mod(call, a: Integer, m: Integer) -> Integer {
        inverse(&a, &m)
    }
}

builtin! {
    /// The integer part of the square root.
    ///
    /// ```calc
    /// isqrt(10)               # => 3
    /// ```
    fn isqrt(call, n: Spanned<Integer>) -> Integer {
        if n.value.is_negative() {
            return Err(value_error("square root of negative integer not defined.").or_at(n.span));
        }
        Ok(n.value.root_floor(2))
    }
}

/// The factored form of a plain number, for `factor`.
///
/// # Errors
/// A value that is no rational number, zero, and a computation that was stopped.
pub fn factored(value: &Spanned<Value>, call: &Call<'_>) -> Result<Value, Fault> {
    let rational = as_expr(&value.value).and_then(|expr| expr.as_rational().cloned());
    let rational = rational.ok_or_else(|| expected("a rational number", value))?;
    let factorization = Factorization::of(&rational, call).map_err(|fault| fault.or_at(value.span))?;
    Ok(Value::Object(Rc::new(factorization)))
}
