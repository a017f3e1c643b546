//! Primality beyond machine words, and the search for a factor.

use dashu_base::{BitTest, Gcd};
use dashu_int::UBig;
use dashu_int::fast_div::ConstDivisor;

use super::word::Montgomery;
use crate::budget::{Budget, Stopped};
use crate::number::Integer;

/// The Baillie-PSW test: a strong Fermat test to base 2 and a strong Lucas test with Selfridge's parameters.
pub(super) fn is_probable_prime(n: &Integer, budget: &Budget) -> Result<bool, Stopped> {
    if !n.is_odd() || super::small_primes().any(|prime| n.is_divisible_by(&Integer::from(prime))) {
        return Ok(false);
    }
    let modulus = n.to_unsigned();
    Ok(passes_fermat(&modulus, budget)? && n.exact_root(2).is_none() && passes_lucas(n, &modulus, budget)?)
}

fn passes_fermat(n: &UBig, budget: &Budget) -> Result<bool, Stopped> {
    let ring = ConstDivisor::new(n.clone());
    let less_one = n - UBig::ONE;
    let twos = less_one.trailing_zeros().unwrap_or(0);
    let (one, minus_one) = (ring.reduce(1u8), ring.reduce(less_one.clone()));
    let exponent = &less_one >> twos;
    let mut power = one.clone();
    for bit in (0..exponent.bit_len()).rev() {
        budget.check()?;
        power = power.sqr();
        if exponent.bit(bit) {
            power = &power + &power;
        }
    }
    if power == one || power == minus_one {
        return Ok(true);
    }
    for _ in 1..twos {
        budget.check()?;
        power = power.sqr();
        if power == minus_one {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The Jacobi symbol of `a` over an odd positive `n`.
fn jacobi(a: i64, n: &Integer) -> i32 {
    let (mut a, mut n) = (Integer::new(a).div_rem_floor(n).map_or(Integer::ZERO, |(_, rest)| rest), n.clone());
    let mut sign = 1;
    let low_bits = |value: &Integer, mask: i64| {
        value.div_rem_floor(&Integer::new(mask + 1)).and_then(|(_, rest)| rest.to_i64()).unwrap_or(0)
    };
    while !a.is_zero() {
        let twos = a.trailing_zeros().unwrap_or(0);
        a = &a >> twos;
        if twos % 2 == 1 && matches!(low_bits(&n, 7), 3 | 5) {
            sign = -sign;
        }
        if low_bits(&a, 3) == 3 && low_bits(&n, 3) == 3 {
            sign = -sign;
        }
        let rest = n.div_rem_floor(&a).map_or(Integer::ZERO, |(_, rest)| rest);
        (a, n) = (rest, a);
    }
    if n.is_one() { sign } else { 0 }
}

/// The strong Lucas test with P = 1, Q = (1 - D)/4 and the first D of 5, -7, 9, ... whose Jacobi symbol is -1.
fn passes_lucas(n: &Integer, modulus: &UBig, budget: &Budget) -> Result<bool, Stopped> {
    let mut discriminant = 5_i64;
    while jacobi(discriminant, n) != -1 {
        discriminant = if discriminant > 0 { -discriminant - 2 } else { -discriminant + 2 };
    }
    let ring = ConstDivisor::new(modulus.clone());
    let element = |value: i64| {
        let size = ring.reduce(value.unsigned_abs());
        if value < 0 { -size } else { size }
    };
    let (d, q) = (element(discriminant), element((1 - discriminant) / 4));
    let half = ring.reduce((modulus + UBig::ONE) >> 1usize);
    let above = modulus + UBig::ONE;
    let twos = above.trailing_zeros().unwrap_or(0);
    let index = &above >> twos;
    let zero = ring.reduce(0u8);
    // U(1) = V(1) = 1, then doubling and adding one along the bits of the index.
    let (mut u, mut v, mut power) = (ring.reduce(1u8), ring.reduce(1u8), q.clone());
    for bit in (0..index.bit_len() - 1).rev() {
        budget.check()?;
        u = &u * &v;
        v = v.sqr() - &power - &power;
        power = power.sqr();
        if index.bit(bit) {
            let next = (&u + &v) * &half;
            v = (&d * &u + &v) * &half;
            u = next;
            power = &power * &q;
        }
    }
    if u == zero || v == zero {
        return Ok(true);
    }
    for _ in 1..twos {
        budget.check()?;
        v = v.sqr() - &power - &power;
        if v == zero {
            return Ok(true);
        }
        power = power.sqr();
    }
    Ok(false)
}

/// A proper factor of a composite number that is odd and no perfect power.
pub(super) fn find_factor(n: &Integer, budget: &Budget) -> Result<Integer, Stopped> {
    if let Some(small) = super::word(n) {
        return rho_word(small, budget).map(Integer::from);
    }
    let modulus = n.to_unsigned();
    if let Some(factor) = less_one(&modulus, budget)? {
        return Ok(Integer::from(factor));
    }
    for constant in 1u32.. {
        if let Some(factor) = rho(&modulus, constant, budget)? {
            return Ok(Integer::from(factor));
        }
    }
    Ok(n.clone())
}

/// Pollard's p-1 method, first stage: finds primes p for which p-1 has only small prime powers.
fn less_one(n: &UBig, budget: &Budget) -> Result<Option<UBig>, Stopped> {
    let ring = ConstDivisor::new(n.clone());
    let mut power = ring.reduce(3u8);
    for prime in super::small_primes() {
        budget.check()?;
        let mut factor = prime;
        while factor * prime < 1 << 14 {
            factor *= prime;
        }
        power = power.pow(&UBig::from(factor));
    }
    let common = (power - ring.reduce(1u8)).residue().gcd(n);
    Ok((common > UBig::ONE && common < *n).then_some(common))
}

/// How many differences are multiplied before a common divisor is looked for.
const BATCH: u64 = 128;

/// Pollard's rho in Brent's form ("An improved Monte Carlo factorization algorithm", 1980) with `x^2 + constant`;
/// `None` when the cycle gives only `n` itself.
fn rho(n: &UBig, constant: u32, budget: &Budget) -> Result<Option<UBig>, Stopped> {
    let ring = ConstDivisor::new(n.clone());
    let constant = ring.reduce(constant);
    let mut runner = ring.reduce(2u8);
    let mut length = 1_u64;
    loop {
        let anchor = runner.clone();
        for _ in 0..length {
            budget.check()?;
            runner = runner.sqr() + &constant;
        }
        let mut done = 0;
        while done < length {
            budget.check()?;
            let start = runner.clone();
            let mut product = ring.reduce(1u8);
            for _ in 0..BATCH.min(length - done) {
                budget.check()?;
                runner = runner.sqr() + &constant;
                product *= &anchor - &runner;
            }
            let common = product.residue().gcd(n);
            if common != UBig::ONE {
                return Ok(step_back(n, start, |x| x.sqr() + &constant, |x| (&anchor - x).residue().gcd(n)));
            }
            done += BATCH;
        }
        length *= 2;
    }
}

/// One difference at a time from the start of the batch that held a factor.
fn step_back<T>(n: &UBig, start: T, next: impl Fn(&T) -> T, common: impl Fn(&T) -> UBig) -> Option<UBig> {
    let mut runner = start;
    loop {
        runner = next(&runner);
        let divisor = common(&runner);
        if divisor != UBig::ONE {
            return (divisor != *n).then_some(divisor);
        }
    }
}

/// The same on machine words.
fn rho_word(n: u64, budget: &Budget) -> Result<u64, Stopped> {
    let field = Montgomery::new(n);
    for constant in 1.. {
        let constant = field.enter(constant);
        let next = |x: u64| field.add(field.multiply(x, x), constant);
        let (mut runner, mut length) = (field.enter(2), 1_u64);
        let found = 'search: loop {
            let anchor = runner;
            for _ in 0..length {
                runner = next(runner);
            }
            let mut done = 0;
            while done < length {
                budget.check()?;
                let start = runner;
                let mut product = field.enter(1);
                for _ in 0..BATCH.min(length - done) {
                    runner = next(runner);
                    product = field.multiply(product, anchor.abs_diff(runner));
                }
                if common_word(product, n) != 1 {
                    break 'search back_word(n, anchor, start, next);
                }
                done += BATCH;
            }
            length *= 2;
        };
        if let Some(factor) = found {
            return Ok(factor);
        }
    }
    Ok(n)
}

fn back_word(n: u64, anchor: u64, start: u64, next: impl Fn(u64) -> u64) -> Option<u64> {
    let mut runner = start;
    loop {
        runner = next(runner);
        let divisor = common_word(anchor.abs_diff(runner), n);
        if divisor != 1 {
            return (divisor != n).then_some(divisor);
        }
    }
}

fn common_word(a: u64, n: u64) -> u64 {
    crate::number::integer::gcd_u64(a, n)
}
