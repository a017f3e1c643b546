//! Elementary functions in fixed point: an integer `x` at `bits` stands for `x / 2^bits`.
//!
//! The argument is made small (halving, or subtracting a value whose function is known), then a Taylor polynomial is
//! added by rectangular splitting (Smith 1989; Brent and Zimmermann, section 4.4.3). Shifts round down, so every
//! operation is off by at most a unit; guard bits absorb the sum. Each function is within two units of the truth.

use super::{long, short};
use crate::budget;
use crate::number::large;
use dashu_base::BitTest;
use dashu_int::{IBig, UBig};

/// Products of more bits than this ask the budget first.
const LONG: usize = 10_000;

/// `a * b` at `bits`.
pub(super) fn multiply(a: &IBig, b: &IBig, bits: usize) -> IBig {
    if bits > LONG {
        budget::pulse();
    }
    large::product(a, b) >> bits
}

/// So many bits of a product are computed beyond those that count.
const SPARE_BITS: usize = 16;

/// `a * b` at `bits`, the lowest `idle` bits left out of the computation.
fn multiply_above(a: &IBig, b: &IBig, bits: usize, idle: usize) -> IBig {
    match idle < bits {
        true if idle < 64 => multiply(a, b, bits),
        true => multiply(&(a >> idle), &(b >> idle), bits - idle) << idle,
        false => IBig::ZERO,
    }
}

fn square(a: &IBig, bits: usize) -> IBig {
    if bits > LONG {
        budget::pulse();
    }
    IBig::from(large::square(&a.clone().into_parts().1)) >> bits
}

/// One at `bits`.
pub(super) fn one(bits: usize) -> IBig {
    IBig::ONE << bits
}

/// How often the argument is halved before the Taylor polynomial: near the optimum `O(bits^(1/3))`.
fn halvings(bits: usize) -> usize {
    (2.0 * pxfm::f_cbrt(bits as f64)) as usize
}

/// The least `n` with `2^(-rate*n) / (step*n)! < 2^-bits`; the factorial counts when `step` is not zero.
pub(super) fn term_count(bits: usize, rate: usize, step: usize) -> usize {
    let (target, rate) = (bits as f64, rate as f64);
    let gain = |n: f64| {
        let m = step as f64 * n;
        // log2(m!) >= m*(log2(m) - log2(e)) for m >= 1
        rate * n + if step == 0 { 0.0 } else { (m * (pxfm::f_log2(m.max(1.0)) - 1.443)).max(0.0) }
    };
    let (mut low, mut high) = (1.0, 2.0);
    while gain(high) < target {
        (low, high) = (high, 2.0 * high);
    }
    while high - low > 1.0 {
        let middle = f64::midpoint(low, high).floor();
        if gain(middle) < target { low = middle } else { high = middle }
    }
    high as usize + 1
}

/// The powers `x^0 ..= x^m` at `bits`.
fn powers(x: &IBig, m: usize, bits: usize) -> Vec<IBig> {
    let mut powers = vec![one(bits), x.clone()];
    for index in 2..=m {
        let next =
            if index % 2 == 0 { square(&powers[index / 2], bits) } else { multiply(&powers[index - 1], x, bits) };
        powers.push(next);
    }
    powers
}

/// The sum over `i < count` of `x^i / (d(1) d(2) ... d(i))`, with `sign^i`; `|x| < 1/2`.
///
/// Divisions by a word cost more than products with one, so the divisors gather in `pending` until a word is full:
/// the sum from term `i` on is `gathered / pending`.
///
/// A block is multiplied to no more bits than count where it is added: it stands at a power of `x`.
fn factorial_series(x: &IBig, bits: usize, count: usize, alternating: bool, divisor: impl Fn(u64) -> u64) -> IBig {
    let block = (count as f64).sqrt().ceil() as usize;
    let powers = powers(x, block, bits);
    let rate = bits.saturating_sub(x.bit_len());
    let (mut gathered, mut pending) = (IBig::ZERO, 1_u64);
    for index in (0..count).rev() {
        let place = index % block;
        if place == block - 1 && index + 1 < count {
            // A block is closed: what follows stands at x^block, and the sum of both at x^(index + 1 - block).
            let idle = (rate * (index + 1 - block)).saturating_sub(SPARE_BITS);
            gathered = multiply_above(&gathered, &powers[block], bits, idle);
        }
        let next = divisor(index as u64 + 1);
        pending = match pending.checked_mul(next) {
            Some(product) => product,
            None => {
                gathered /= pending;
                next
            }
        };
        let term = &powers[place] * pending;
        gathered = if alternating { term - gathered } else { gathered + term };
    }
    gathered / pending
}

/// The sum over `i < count` of `x^i / (2i + 1)`, with `sign^i`; `|x| < 1/2`. Terms whose denominators have a product
/// that fits a word share one division.
fn odd_series(x: &IBig, bits: usize, count: usize, alternating: bool) -> IBig {
    let block = (count as f64).sqrt().ceil() as usize;
    let powers = powers(x, block, bits);
    let together = (63 / (64 - (2 * count as u64 + 1).leading_zeros()).max(1)).max(1) as usize;
    let mut sum = IBig::ZERO;
    for start in (0..count).step_by(block).rev() {
        sum = multiply(&sum, &powers[block], bits);
        let end = (start + block).min(count);
        for first in (start..end).step_by(together) {
            let group = first..(first + together).min(end);
            let denominator: u64 = group.clone().map(|index| 2 * index as u64 + 1).product();
            let mut numerator = IBig::ZERO;
            for index in group {
                let term = &powers[index - start] * (denominator / (2 * index as u64 + 1));
                if alternating && index % 2 == 1 { numerator -= term } else { numerator += term }
            }
            sum += numerator / denominator;
        }
    }
    sum
}

/// `exp(x)` for `|x| < 1`.
///
/// Error: the series is off by fewer than 32 units; each of the `k` squarings doubles the relative error and adds a
/// unit; `k + 8` guard bits cover `2^k * 33` units and the factor `e`.
pub(super) fn exp(x: &IBig, bits: usize) -> IBig {
    short::exp(x, bits).or_else(|| long::exp(x, bits)).unwrap_or_else(|| exp_of_any_length(x, bits))
}

fn exp_of_any_length(x: &IBig, bits: usize) -> IBig {
    let small = bits.saturating_sub(x.bit_len());
    let k = halvings(bits).saturating_sub(small);
    let working = bits + k + 8;
    let reduced = (x << (working - bits)) >> k;
    let rate = (working - reduced.bit_len()).max(1);
    let count = term_count(working, rate, 1);
    let mut value = factorial_series(&reduced, working, count, false, |i| i);
    for _ in 0..k {
        value = square(&value, working);
    }
    value >> (working - bits)
}

/// Sine and cosine for `0 <= x < 1`.
///
/// `v = 1 - cos` is doubled by `v -> 2v(2 - v)`, which multiplies its error by at most 4; the sine is
/// `sqrt(v(2 - v))`, which divides the error by the sine itself: hence `2k` guard bits and twice the leading zeros.
pub(super) fn sin_cos(x: &IBig, bits: usize) -> (IBig, IBig) {
    short::sin_cos(x, bits).or_else(|| long::sin_cos(x, bits)).unwrap_or_else(|| sin_cos_of_any_length(x, bits))
}

fn sin_cos_of_any_length(x: &IBig, bits: usize) -> (IBig, IBig) {
    if x.is_zero() {
        return (IBig::ZERO, one(bits));
    }
    let small = bits.saturating_sub(x.bit_len());
    let k = halvings(bits).saturating_sub(small);
    let working = bits + 2 * k + 2 * small + 12;
    let reduced = (x << (working - bits)) >> k;
    let z = square(&reduced, working);
    let rate = (working - z.bit_len().min(working)).max(1);
    let count = term_count(working, rate, 2);
    let series = factorial_series(&z, working, count, true, |i| (2 * i + 1) * (2 * i + 2));
    let mut v = multiply(&z, &series, working) >> 1;
    for _ in 0..k {
        v = (&v << 2usize) - (square(&v, working) << 1usize);
    }
    let squared_sine = (&v << 1usize) - square(&v, working);
    let sine: UBig = large::sqrt_rem(&(squared_sine.into_parts().1 << working)).0;
    let shift = working - bits;
    (IBig::from(sine) >> shift, (one(working) - v) >> shift)
}

/// `2*artanh(z/(2+z)) = log(1 + z)` for small `z`.
fn log1p_small(z: &IBig, bits: usize) -> IBig {
    if z.is_zero() {
        return IBig::ZERO;
    }
    let w = large::quotient_rem(&(z << bits), &((IBig::ONE << (bits + 1)) + z)).0;
    let u = square(&w, bits);
    let rate = (bits - u.bit_len().min(bits)).max(1);
    let series = odd_series(&u, bits, term_count(bits, rate, 0), false);
    multiply(&w, &series, bits) << 1usize
}

/// The arctangent of a small `z`.
fn arctan_small(z: &IBig, bits: usize) -> IBig {
    let u = square(z, bits);
    let rate = (bits - u.bit_len().min(bits)).max(1);
    let series = odd_series(&u, bits, term_count(bits, rate, 0), true);
    multiply(z, &series, bits)
}

/// Below this many bits a logarithm starts from the machine's, above from one of a fifth of the bits.
const RECURSION: usize = 1200;

/// `x` at `bits` as a machine number.
fn to_machine(x: &IBig, bits: usize) -> f64 {
    let excess = x.bit_len().saturating_sub(64);
    let leading = (x >> excess).to_f64().value();
    let exponent = excess as i32 - bits as i32;
    let half = exponent / 2;
    leading * 2f64.powi(half) * 2f64.powi(exponent - half)
}

/// A machine number below 4 at `bits`, cut to 50 bits after the point.
fn from_machine(value: f64, bits: usize) -> IBig {
    let fixed = IBig::from((value * 2f64.powi(50)) as i64);
    if bits >= 50 { fixed << (bits - 50) } else { fixed >> (50 - bits) }
}

/// `log(x)` for `1/2 <= x <= 2`: with `y` near the logarithm, `log(x) = y + log(x*exp(-y))`.
pub(super) fn log(x: &IBig, bits: usize) -> IBig {
    if let Some(value) = short::log(x, bits) {
        return value;
    }
    let working = bits + 8;
    let x = x << 8usize;
    let difference = &x - one(working);
    if difference.bit_len() + 32 < working {
        return log1p_small(&difference, working) >> 8;
    }
    let start = if working < RECURSION {
        from_machine(pxfm::f_log(to_machine(&x, working)), working)
    } else {
        let part = working / 5;
        log(&(&x >> (working - part)), part) << (working - part)
    };
    let z = multiply(&x, &exp(&-&start, working), working) - one(working);
    (start + log1p_small(&z, working)) >> 8
}

/// The arctangent for `0 <= x <= 1`: with `y` near it, `arctan(x) = y + arctan((x - tan y)/(1 + x tan y))`.
pub(super) fn arctan(x: &IBig, bits: usize) -> IBig {
    if let Some(value) = short::arctan(x, bits) {
        return value;
    }
    let working = bits + 8;
    let x = x << 8usize;
    if x.bit_len() + 24 < working {
        return arctan_small(&x, working) >> 8;
    }
    let start = if working < RECURSION {
        from_machine(pxfm::f_atan(to_machine(&x, working)), working)
    } else {
        let part = working / 5;
        arctan(&(&x >> (working - part)), part) << (working - part)
    };
    let (sine, cosine) = sin_cos(&start, working);
    let numerator = multiply(&x, &cosine, working) - &sine;
    let denominator = multiply(&x, &sine, working) + cosine;
    let z = large::quotient_rem(&(numerator << working), &denominator).0;
    (start + arctan_small(&z, working)) >> 8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The methods for short and long rows against the general one.
    #[test]
    fn methods_agree() {
        let near = |a: &IBig, b: &IBig| (a - b) >= IBig::from(-4) && (a - b) <= IBig::from(4);
        for bits in [21, 56, 64, 100, 119, 150, 184, 248, 300, 376, 377, 500, 800, 1300, 2600, 9700] {
            for thirds in [1, 61, 40_000] {
                let x = (IBig::from(thirds) << bits) / IBig::from(60_013);
                for x in [x.clone(), &one(bits) - &x - 1] {
                    for x in [x.clone(), -&x] {
                        assert!(near(&exp(&x, bits), &exp_of_any_length(&x, bits)), "exp({x}) at {bits}");
                    }
                    let ((s, c), (p, q)) = (sin_cos(&x, bits), sin_cos_of_any_length(&x, bits));
                    assert!(near(&s, &p) && near(&c, &q), "sin({x}) at {bits}");
                }
            }
        }
    }

    /// Values at few bits against those at many.
    #[test]
    fn errors_stay_within_two_units() {
        let functions: [fn(&IBig, usize) -> IBig; 5] =
            [exp, log, arctan, |x, bits| sin_cos(x, bits).0, |x, bits| sin_cos(x, bits).1];
        for (index, function) in functions.iter().enumerate() {
            for bits in [20, 64, 100, 120, 170, 240, 333, 1100, 1500, 4000] {
                for eighths in [4u32, 5, 6, 7, 8] {
                    let x = (IBig::from(eighths) << bits) >> 3;
                    let x = &x - (&x >> 10) - (&x >> 21);
                    if index == 1 && x.bit_len() < bits {
                        continue;
                    }
                    let (rough, fine) = (function(&x, bits), function(&(&x << 100usize), bits + 100));
                    let gap = (fine >> 100) - rough;
                    assert!(gap >= IBig::from(-3) && gap <= IBig::from(3), "{index} at {bits}: {gap}");
                }
            }
        }
    }
}
