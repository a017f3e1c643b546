//! Primes: tests, the next prime, factorisation, and what follows from a factorisation.

mod big;
mod word;

use super::Integer;
use super::sorting;
use crate::budget::{Budget, Pace, Stopped};
use big::find_factor;

/// Primes up to this bound are tried by division before anything cleverer.
const TRIAL_BOUND: u64 = 1 << 12;

/// Is the integer a prime number? Proved below 2^64 (deterministic Miller-Rabin bases); beyond, the Baillie-PSW test,
/// of which no wrong answer is known.
///
/// # Errors
/// When the budget ends the test.
pub fn is_prime(n: &Integer, budget: &Budget) -> Result<bool, Stopped> {
    if n.is_negative() {
        return Ok(false);
    }
    match word(n) {
        Some(small) => Ok(word::is_prime(small)),
        None => big::is_probable_prime(n, budget),
    }
}

/// The value as a machine word, if it is not negative and fits.
fn word(n: &Integer) -> Option<u64> {
    if n.is_negative() || n.bit_length() > 64 { None } else { u64::try_from(n.to_big()).ok() }
}

/// The least prime above `n`.
///
/// # Errors
/// When the budget ends the search.
pub fn next_prime(n: &Integer, budget: &Budget) -> Result<Integer, Stopped> {
    if *n < Integer::new(2) {
        return Ok(Integer::new(2));
    }
    let mut candidate = if n.is_odd() { n + Integer::new(2) } else { n + Integer::ONE };
    while !is_prime(&candidate, budget)? {
        budget.check()?;
        candidate += Integer::new(2);
    }
    Ok(candidate)
}

/// The greatest prime below `n`, if there is one.
///
/// # Errors
/// When the budget ends the search.
pub fn previous_prime(n: &Integer, budget: &Budget) -> Result<Option<Integer>, Stopped> {
    if *n <= Integer::new(2) {
        return Ok(None);
    }
    let mut candidate = n - Integer::ONE;
    while !is_prime(&candidate, budget)? {
        budget.check()?;
        candidate = &candidate - Integer::ONE;
    }
    Ok(Some(candidate))
}

/// The primes that divide `|n|` in increasing order, each with its exponent. Empty for 1, -1 and 0.
///
/// Trial division, then Pollard's p-1 and rho in Brent's form: a factor of `d` digits takes about `10^(d/4)` steps.
///
/// # Errors
/// When the budget ends the search.
pub fn factor(n: &Integer, budget: &Budget) -> Result<Vec<(Integer, u32)>, Stopped> {
    let mut rest = n.abs();
    let mut factors = Vec::new();
    if rest.is_zero() {
        return Ok(factors);
    }
    for prime in small_primes() {
        let divisor = Integer::from(prime);
        if &divisor * &divisor > rest {
            break;
        }
        let mut exponent = 0;
        while let Some((quotient, remainder)) = rest.div_rem_trunc(&divisor)
            && remainder.is_zero()
        {
            rest = quotient;
            exponent += 1;
        }
        if exponent > 0 {
            factors.push((divisor, exponent));
        }
    }
    let mut waiting = vec![(rest, 1)];
    while let Some((part, multiplicity)) = waiting.pop() {
        budget.check()?;
        if part.is_one() {
            continue;
        }
        if is_prime(&part, budget)? {
            factors.push((part, multiplicity));
        } else if let Some((root, exponent)) = perfect_power(&part, budget)? {
            waiting.push((root, multiplicity * exponent));
        } else {
            let divisor = find_factor(&part, budget)?;
            waiting.push((part.div_exact(&divisor), multiplicity));
            waiting.push((divisor, multiplicity));
        }
    }
    Ok(collect(factors))
}

/// Equal primes together, in order.
fn collect(mut factors: Vec<(Integer, u32)>) -> Vec<(Integer, u32)> {
    sorting::sort(&mut factors);
    let mut collected: Vec<(Integer, u32)> = Vec::with_capacity(factors.len());
    for (prime, exponent) in factors {
        match collected.last_mut() {
            Some((last, total)) if *last == prime => *total += exponent,
            _ => collected.push((prime, exponent)),
        }
    }
    collected
}

/// `(r, k)` with `n = r^k` and the least prime `k`, if `n` is such a power.
///
/// # Errors
/// When the budget ends the search.
pub fn perfect_power(n: &Integer, budget: &Budget) -> Result<Option<(Integer, u32)>, Stopped> {
    let bits = n.bit_length() as u64;
    for k in small_primes().take_while(|k| *k <= bits) {
        budget.check()?;
        if let Some(root) = n.exact_root(k as usize) {
            return Ok(Some((root, k as u32)));
        }
    }
    Ok(None)
}

/// The primes below the bound of trial division, by an odd sieve of Eratosthenes.
fn small_primes() -> impl Iterator<Item = u64> {
    let size = TRIAL_BOUND as usize;
    let mut composite = vec![false; size];
    let mut candidate = 2;
    while candidate * candidate < size {
        if !composite[candidate] {
            for multiple in (candidate * candidate..size).step_by(candidate) {
                composite[multiple] = true;
            }
        }
        candidate += 1;
    }
    (2..TRIAL_BOUND).filter(move |n| !composite[*n as usize])
}

/// All positive divisors of `n`, in increasing order; none for zero. The caller bounds their number first.
///
/// # Errors
/// When the budget ends the factorisation.
pub fn divisors(n: &Integer, budget: &Budget) -> Result<Vec<Integer>, Stopped> {
    if n.is_zero() {
        return Ok(Vec::new());
    }
    let mut all = vec![Integer::ONE];
    for (prime, exponent) in factor(n, budget)? {
        let mut power = Integer::ONE;
        let before = all.len();
        for _ in 0..exponent {
            power *= &prime;
            for index in 0..before {
                budget.check()?;
                all.push(&all[index] * &power);
            }
        }
    }
    let pace = Pace::default();
    sorting::sort_by(&mut all, |a, b| {
        pace.step();
        a.cmp(b)
    });
    Ok(all)
}

/// Euler's totient: how many of `1 ..= n` are coprime to `n`; 0 for arguments below 1.
///
/// # Errors
/// When the budget ends the factorisation.
pub fn euler_phi(n: &Integer, budget: &Budget) -> Result<Integer, Stopped> {
    if n.signum() <= 0 {
        return Ok(Integer::ZERO);
    }
    let mut result = n.clone();
    for (prime, _) in factor(n, budget)? {
        result = result.div_exact(&prime) * (prime - Integer::ONE);
    }
    Ok(result)
}

/// The Moebius function: 0 when a square divides `n`, else 1 or -1 as the number of primes is even or odd.
///
/// # Errors
/// When the budget ends the factorisation.
pub fn moebius(n: &Integer, budget: &Budget) -> Result<i32, Stopped> {
    if n.is_zero() {
        return Ok(0);
    }
    let factors = factor(n, budget)?;
    if factors.iter().any(|(_, exponent)| *exponent > 1) {
        return Ok(0);
    }
    Ok(if factors.len() % 2 == 0 { 1 } else { -1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let factors = factor(&Integer::parse(text, 10).unwrap(), &Budget::unlimited()).unwrap();
        let parts: Vec<String> =
            factors.iter().map(|(p, e)| if *e == 1 { p.to_string() } else { format!("{p}^{e}") }).collect();
        parts.join(" * ")
    }

    #[test]
    fn small_numbers_against_a_sieve() {
        let (mut count, budget) = (0, Budget::unlimited());
        for n in 0..10_000 {
            let prime = (2..n).take_while(|d| d * d <= n).all(|d| n % d != 0) && n > 1;
            assert_eq!(is_prime(&Integer::new(n), &budget), Ok(prime), "{n}");
            count += i32::from(prime);
        }
        assert_eq!(count, 1229);
    }

    #[test]
    fn large_primes_and_pseudoprimes() {
        let number = |text: &str| Integer::parse(text, 10).unwrap();
        let budget = Budget::unlimited();
        for prime in
            ["18446744073709551557", "170141183460469231731687303715884105727", "1000000000000000000000000000057"]
        {
            assert_eq!(is_prime(&number(prime), &budget), Ok(true), "{prime}");
        }
        for composite in [
            "3215031751",
            "3825123056546413051",
            "318665857834031151167461",
            "3317044064679887385961981",
            "18446744073709551617",
        ] {
            assert_eq!(is_prime(&number(composite), &budget), Ok(false), "{composite}");
        }
        assert_eq!(next_prime(&number("1000000000000000000"), &budget).unwrap().to_string(), "1000000000000000003");
        assert_eq!(previous_prime(&Integer::new(100), &budget).unwrap(), Some(Integer::new(97)));
    }

    #[test]
    fn factorisations() {
        for (number, factors) in [
            ("360", "2^3 * 3^2 * 5"),
            ("1", ""),
            ("-12", "2^2 * 3"),
            ("18446744073709551617", "274177 * 67280421310721"),
            ("1000000016000000063", "1000000007 * 1000000009"),
            ("1000000014000000049", "1000000007^2"),
            ("2432902008176640000", "2^18 * 3^8 * 5^4 * 7^2 * 11 * 13 * 17 * 19"),
            ("1000000000000000000000000000057", "1000000000000000000000000000057"),
        ] {
            assert_eq!(show(number), factors);
        }
        let big = "340282366920938463463374607431768211457"; // 2^128 + 1
        let found = factor(
            &(Integer::new(1_000_003) * Integer::parse("18446744073709551557", 10).unwrap()),
            &Budget::unlimited(),
        );
        assert_eq!(found.unwrap().len(), 2);
        let stopped = Budget::unlimited();
        stopped.interrupt_flag().store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(factor(&Integer::parse(big, 10).unwrap(), &stopped).is_err());
    }

    #[test]
    fn arithmetic_functions() {
        let budget = Budget::unlimited();
        let divisors: Vec<i64> =
            divisors(&Integer::new(-12), &budget).unwrap().iter().filter_map(Integer::to_i64).collect();
        assert_eq!(divisors, [1, 2, 3, 4, 6, 12]);
        assert_eq!(euler_phi(&Integer::new(360), &budget).unwrap(), Integer::new(96));
        assert_eq!([1, 6, 12, 30].map(|n| moebius(&Integer::new(n), &budget).unwrap()), [1, 1, 0, -1]);
        assert_eq!(
            perfect_power(&Integer::new(3).pow(35), &Budget::unlimited()),
            Ok(Some((Integer::new(3).pow(7), 5)))
        );
    }
}
