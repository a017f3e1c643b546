//! Sequences of numbers that carry a name: Fibonacci, Lucas, Bernoulli, Catalan, Euler, Bell, Stirling, partitions, primes.

use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::number::{self, Integer, Rational};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::{too_large, value_error};
use crate::runtime::iterate::Iterator;
use crate::runtime::operate;
use crate::runtime::truth;
use crate::runtime::value::{Parent, Value, classes};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &fibonacci::RECORD,
    &lucas_number1::RECORD,
    &lucas_number2::RECORD,
    &bernoulli::RECORD,
    &catalan_number::RECORD,
    &euler_number::RECORD,
    &bell_number::RECORD,
    &stirling_number1::RECORD,
    &stirling_number2::RECORD,
    &number_of_partitions::RECORD,
    &primes::RECORD,
];

/// Members whose number is beyond this would have more digits than can be printed in reasonable time.
const MAX_FIBONACCI: i64 = 40_000_000;
/// Bernoulli, Euler, Bell and Stirling numbers beyond this take quadratically long.
const MAX_RECURRENCE: usize = 2000;
/// Partition numbers beyond this take too long.
const MAX_PARTITION: usize = 20_000;

/// The integer that a value is, as `ZZ(value)` takes it.
fn whole(value: &Spanned<Value>) -> Result<Integer, Fault> {
    let integer = operate::convert(Parent::Integers, &value.value).map_err(|fault| fault.or_at(value.span))?;
    Ok(integer.to_integer().unwrap_or_default())
}

/// A natural number up to a bound.
fn natural(value: &Spanned<Value>, most: usize) -> Result<usize, Fault> {
    let n = whole(value)?;
    if n.is_negative() {
        return Err(value_error(format!("n (={n}) must be a nonnegative integer")).or_at(value.span));
    }
    n.to_usize().filter(|n| *n <= most).ok_or_else(|| too_large("the number").or_at(value.span))
}

builtin! {
    /// The Fibonacci number: 0, 1, 1, 2, 3, 5, ...
    ///
    /// ```calc
    /// fibonacci(10)           # => 55
    /// fibonacci(-5)           # => 5
    /// ```
    only function;
    fn fibonacci(call, n: Spanned<Value>) -> Integer {
        let small = whole(&n)?.to_i64().filter(|n| n.abs() <= MAX_FIBONACCI);
        let small = small.ok_or_else(|| too_large("the number").or_at(n.span))?;
        call.budget().reserve(small.unsigned_abs() as usize / 4)?;
        Ok(number::fibonacci(small))
    }
}

/// The member `n` of the sequence `a, b, p*b - q*a, ...`.
fn recurrence(
    n: usize,
    start: (Integer, Integer),
    p: &Integer,
    q: &Integer,
    call: &Call<'_>,
) -> Result<Integer, Fault> {
    let (mut a, mut b) = start;
    for _ in 0..n {
        call.budget().check()?;
        let next = p * &b - q * &a;
        (a, b) = (b, next);
    }
    Ok(a)
}

builtin! {
    /// Lucas' sequence of the first kind: 0, 1, then `p` times the last member less `q` times the one before.
    ///
    /// ```calc
    /// lucas_number1(6, 1, -1)     # => 8
    /// ```
    only function;
    fn lucas_number1(call, n: Spanned<Value>, p: Integer, q: Integer) -> Integer {
        recurrence(natural(&n, MAX_PARTITION)?, (Integer::ZERO, Integer::ONE), &p, &q, call)
    }
}

builtin! {
    /// Lucas' sequence of the second kind: 2, `p`, then `p` times the last member less `q` times the one before.
    ///
    /// ```calc
    /// lucas_number2(6, 1, -1)     # => 18
    /// ```
    only function;
    fn lucas_number2(call, n: Spanned<Value>, p: Integer, q: Integer) -> Integer {
        recurrence(natural(&n, MAX_PARTITION)?, (Integer::new(2), p.clone()), &p, &q, call)
    }
}

builtin! {
    /// The Bernoulli number.
    ///
    /// ```calc
    /// [bernoulli(k) for k in range(5)]    # => [1, -1/2, 1/6, 0, -1/30]
    /// ```
    only function;
    fn bernoulli(call, n: Spanned<Value>) -> Rational {
        Ok(number::bernoulli(natural(&n, MAX_RECURRENCE)?))
    }
}

builtin! {
    /// The Catalan number: 1, 1, 2, 5, 14, ...
    ///
    /// ```calc
    /// catalan_number(5)           # => 42
    /// ```
    only function;
    fn catalan_number(call, n: Spanned<Value>) -> Integer {
        let n = natural(&n, MAX_PARTITION)? as u64;
        Ok(number::binomial(&Integer::from(2 * n), n).div_exact(&Integer::from(n + 1)))
    }
}

builtin! {
    /// The Euler number: 1, 0, -1, 0, 5, 0, -61, ...
    ///
    /// ```calc
    /// euler_number(6)             # => -61
    /// ```
    only function;
    fn euler_number(call, n: Spanned<Value>) -> Integer {
        let n = natural(&n, MAX_RECURRENCE)?;
        if n % 2 == 1 {
            return Ok(Integer::ZERO);
        }
        // The secant numbers by the recurrence of Brent and Harvey (2011, algorithm 4).
        let count = n / 2 + 1;
        let mut secant = vec![Integer::ONE];
        for k in 1..count {
            let next = &secant[k - 1] * &Integer::from(k);
            secant.push(next);
        }
        for k in 1..count {
            for j in k + 1..count {
                call.budget().check()?;
                secant[j] = &secant[j - 1] * &Integer::from(j - k) + &secant[j] * &Integer::from(j - k + 1);
            }
        }
        let size = secant.swap_remove(count - 1);
        Ok(if count % 2 == 0 { -size } else { size })
    }
}

builtin! {
    /// The Bell number: in how many ways a set of `n` members falls into parts.
    ///
    /// ```calc
    /// bell_number(5)              # => 52
    /// ```
    only function;
    fn bell_number(call, n: Spanned<Value>) -> Integer {
        let mut row = vec![Integer::ONE];
        for _ in 0..natural(&n, MAX_RECURRENCE)? {
            // The next row of the Bell triangle begins with the last member of this one.
            let mut next = vec![row.last().cloned().unwrap_or_default()];
            for (at, above) in row.iter().enumerate() {
                call.budget().check()?;
                next.push(&next[at] + above);
            }
            row = next;
        }
        Ok(row.swap_remove(0))
    }
}

/// The row `n` of a triangle that begins with 1: each member is the one above to the left and `weight(row, column)`
/// times the one above.
fn triangle(n: usize, weight: impl Fn(usize, usize) -> usize, call: &Call<'_>) -> Result<Vec<Integer>, Fault> {
    let mut row = vec![Integer::ONE];
    for index in 0..n {
        row.push(Integer::ZERO);
        for column in (0..row.len()).rev() {
            call.budget().check()?;
            let left = if column > 0 { row[column - 1].clone() } else { Integer::ZERO };
            row[column] = left + &row[column] * &Integer::from(weight(index, column));
        }
    }
    Ok(row)
}

builtin! {
    /// The Stirling number of the first kind: how many permutations of `n` things have `k` cycles.
    ///
    /// ```calc
    /// stirling_number1(5, 2)      # => 50
    /// ```
    only function;
    fn stirling_number1(call, n: Spanned<Value>, k: Spanned<Value>) -> Integer {
        let (n, k) = (natural(&n, MAX_RECURRENCE)?, natural(&k, usize::MAX)?);
        Ok(triangle(n, |row, _| row, call)?.get(k).cloned().unwrap_or_default())
    }
}

builtin! {
    /// The Stirling number of the second kind: in how many ways a set of `n` members falls into `k` parts.
    ///
    /// ```calc
    /// stirling_number2(5, 2)      # => 15
    /// ```
    only function;
    fn stirling_number2(call, n: Spanned<Value>, k: Spanned<Value>) -> Integer {
        let (n, k) = (natural(&n, MAX_RECURRENCE)?, natural(&k, usize::MAX)?);
        Ok(triangle(n, |_, column| column, call)?.get(k).cloned().unwrap_or_default())
    }
}

builtin! {
    /// In how many ways `n` is a sum of natural numbers, in whatever order.
    ///
    /// ```calc
    /// number_of_partitions(10)    # => 42
    /// ```
    only function;
    fn number_of_partitions(call, n: Spanned<Value>) -> Integer {
        let n = natural(&n, MAX_PARTITION)?;
        truth::reserve_values(n)?;
        let mut counts = vec![Integer::ONE];
        for total in 1..=n {
            // Euler's pentagonal numbers: p(n) = p(n-1) + p(n-2) - p(n-5) - p(n-7) + ...
            let mut sum = Integer::ZERO;
            for k in 1.. {
                call.budget().check()?;
                let pentagonal = k * (3 * k - 1) / 2;
                if pentagonal > total {
                    break;
                }
                let mut both = counts[total - pentagonal].clone();
                if pentagonal + k <= total {
                    both += &counts[total - pentagonal - k];
                }
                sum = if k % 2 == 1 { sum + both } else { sum - both };
            }
            counts.push(sum);
        }
        Ok(counts.swap_remove(n))
    }
}

builtin! {
    /// The prime numbers from `start` (or 2) up to, not including, `stop`, one after the other.
    ///
    /// ```calc
    /// list(primes(10, 20))        # => [11, 13, 17, 19]
    /// ```
    ///
    /// See also: `prime_range`.
    only function;
    fn primes(call, start: Integer, stop: Option<Integer>) -> Value {
        let (start, stop) = match stop {
            Some(stop) => (start, stop),
            None => (Integer::new(2), start),
        };
        let mut last = start - Integer::ONE;
        Ok(Iterator::stepping(&classes::GENERATOR, move |machine| {
            last = number::next_prime(&last, machine.budget())?;
            Ok((last < stop).then(|| Value::Integer(last.clone())))
        }))
    }
}
