//! Constants to any precision, as integers `floor(c * 2^bits)` that are off by at most two units.
//!
//! Each is a sum of rational terms, added by binary splitting (Brent and Zimmermann, Modern Computer Arithmetic,
//! section 4.9). What argument reduction needs is kept for the thread: the digits of pi and of log(2) are not results
//! but tables.

use std::cell::RefCell;

use dashu_int::{IBig, UBig};

use crate::number::large;

/// The longest table seen so far, and its number of bits.
struct Table {
    bits: usize,
    value: IBig,
    compute: fn(usize) -> IBig,
}

impl Table {
    fn new(compute: fn(usize) -> IBig) -> RefCell<Table> {
        RefCell::new(Table { bits: 0, value: IBig::ZERO, compute })
    }

    fn read(&mut self, bits: usize) -> IBig {
        const GUARD: usize = 64;
        if self.bits < bits + GUARD {
            let wanted = bits + bits / 8 + GUARD;
            self.value = (self.compute)(wanted);
            self.bits = wanted;
        }
        &self.value >> (self.bits - bits)
    }
}

thread_local! {
    static PI: RefCell<Table> = Table::new(compute_pi);
    static LN2: RefCell<Table> = Table::new(compute_ln2);
    static EULER: RefCell<Table> = Table::new(compute_euler);
    static CATALAN: RefCell<Table> = Table::new(compute_catalan);
    static E: RefCell<Table> = Table::new(compute_e);
}

/// `pi * 2^bits`, within two units.
pub(crate) fn pi(bits: usize) -> IBig {
    PI.with_borrow_mut(|table| table.read(bits))
}

/// `log(2) * 2^bits`, within two units.
pub(crate) fn ln2(bits: usize) -> IBig {
    LN2.with_borrow_mut(|table| table.read(bits))
}

/// Euler's constant times `2^bits`, within two units.
pub(crate) fn euler(bits: usize) -> IBig {
    EULER.with_borrow_mut(|table| table.read(bits))
}

/// Catalan's constant times `2^bits`, within two units.
pub(crate) fn catalan(bits: usize) -> IBig {
    CATALAN.with_borrow_mut(|table| table.read(bits))
}

/// `e * 2^bits`, within two units.
pub(crate) fn e(bits: usize) -> IBig {
    E.with_borrow_mut(|table| table.read(bits))
}

/// The sum over `first..last` of `a(n)/b(n) * p(first)...p(n) / (q(first)...q(n))`, as `T/(B*Q)`.
struct Split {
    p: IBig,
    q: IBig,
    b: IBig,
    t: IBig,
}

/// The factors of one term.
struct Term {
    p: IBig,
    q: IBig,
    a: IBig,
    b: IBig,
}

fn split(first: u64, last: u64, term: &dyn Fn(u64) -> Term) -> Split {
    if last - first == 1 {
        let Term { p, q, a, b } = term(first);
        let t = a * &p;
        return Split { p, q, b, t };
    }
    let middle = first + (last - first) / 2;
    let (left, right) = (split(first, middle, term), split(middle, last, term));
    // T = B_right*Q_right*T_left + B_left*P_left*T_right
    let t = times(&times(&right.b, &right.q), &left.t) + times(&times(&left.b, &left.p), &right.t);
    Split { p: times(&left.p, &right.p), q: times(&left.q, &right.q), b: times(&left.b, &right.b), t }
}

fn times(a: &IBig, b: &IBig) -> IBig {
    large::product(a, b)
}

fn quotient(a: &IBig, b: &IBig) -> IBig {
    large::quotient_rem(a, b).0
}

/// Chudnovsky's series, 47 bits a term.
fn compute_pi(bits: usize) -> IBig {
    let working = bits + 32;
    let count = working as u64 / 47 + 2;
    let cube = IBig::from(640_320_u64).pow(3) / IBig::from(24);
    let sum = split(0, count, &|n| {
        let a = IBig::from(13_591_409_u64) + IBig::from(545_140_134_u64) * n;
        if n == 0 {
            return Term { p: IBig::ONE, q: IBig::ONE, a, b: IBig::ONE };
        }
        let p = -(IBig::from(6 * n - 5) * (2 * n - 1) * (6 * n - 1));
        Term { p, q: IBig::from(n).pow(3) * &cube, a, b: IBig::ONE }
    });
    let root = large::sqrt_rem(&(UBig::from(10_005_u32) << (2 * working))).0;
    let value = quotient(&(times(&IBig::from(root), &sum.q) * 426_880), &sum.t);
    value >> 32
}

/// `log(2) = 18 artanh(1/26) - 2 artanh(1/4801) + 8 artanh(1/8749)`.
fn compute_ln2(bits: usize) -> IBig {
    let working = bits + 32;
    let sum = IBig::from(18) * artanh_inverse(26, working) - IBig::from(2) * artanh_inverse(4801, working)
        + IBig::from(8) * artanh_inverse(8749, working);
    sum >> 32
}

/// `artanh(1/n) * 2^bits`, within two units.
fn artanh_inverse(n: u64, bits: usize) -> IBig {
    let square = IBig::from(n * n);
    let count = (bits as f64 / (2.0 * pxfm::f_log2(n as f64))) as u64 + 2;
    let sum = split(0, count, &|index| {
        let q = if index == 0 { IBig::from(n) } else { square.clone() };
        Term { p: IBig::ONE, q, a: IBig::ONE, b: IBig::from(2 * index + 1) }
    });
    quotient(&(sum.t << bits), &times(&sum.b, &sum.q))
}

/// The sum of `1/n!`.
fn compute_e(bits: usize) -> IBig {
    let working = bits + 16;
    // n! > (n/e)^n, so this many terms leave less than a unit.
    let mut count = 16_u64;
    while (count as f64) * (pxfm::f_log2(count as f64) - 1.443) < working as f64 {
        count += count / 8;
    }
    let sum = split(0, count, &|n| Term { p: IBig::ONE, q: IBig::from(n.max(1)), a: IBig::ONE, b: IBig::ONE });
    quotient(&(sum.t << working), &sum.q) >> 16
}

/// Brent and McMillan's algorithm B1: with `A = sum H_k (n^k/k!)^2`, `B = sum (n^k/k!)^2` the constant is
/// `A/B - log(n)` with an error below `24 e^(-8n)` once `A` is corrected, and `pi e^(-4n)` uncorrected
/// (Brent and Johansson, "A bound for the error term in the Brent-McMillan algorithm", 2013). `n` is a power of two.
fn compute_euler(bits: usize) -> IBig {
    let working = bits + 64;
    // pi*exp(-4n) < 2^-working
    let n = ((working as f64 * std::f64::consts::LN_2 + 2.0) / 4.0).ceil() as u64;
    let power = 64 - (n - 1).leading_zeros();
    let n = 1_u64 << power;
    // (n^k/k!)^2 falls below e^(-4n) for k > a*n, with a(log(a) - 1) = 1, a = 3.5911
    let count = (3.5912 * n as f64) as u64 + working as u64 / 16 + 8;
    let sum = harmonic_split(0, count, n * n);
    // B = U/Q with U = sum of P/Q, A = V/(Q*D).
    let value = quotient(&(sum.v << working), &times(&sum.u, &sum.d));
    (value - IBig::from(power) * ln2(working)) >> 64
}

/// The sums of `x^k/(k!)^2` and `H_k x^k/(k!)^2` over a range: `U/Q` and `V/(Q*D)`, where `C/D` sums `1/k`.
struct Harmonic {
    p: IBig,
    q: IBig,
    u: IBig,
    c: IBig,
    d: IBig,
    v: IBig,
}

fn harmonic_split(first: u64, last: u64, x: u64) -> Harmonic {
    if last - first == 1 {
        if first == 0 {
            let one = || IBig::ONE;
            return Harmonic { p: one(), q: one(), u: one(), c: IBig::ZERO, d: one(), v: IBig::ZERO };
        }
        let (p, k) = (IBig::from(x), IBig::from(first));
        return Harmonic { q: k.clone() * &k, u: p.clone(), v: p.clone(), c: IBig::ONE, d: k, p };
    }
    let middle = first + (last - first) / 2;
    let (l, r) = (harmonic_split(first, middle, x), harmonic_split(middle, last, x));
    // U = U_l Q_r + P_l U_r;  V = D_r (V_l Q_r + C_l P_l U_r) + D_l P_l V_r
    let tail = times(&l.p, &r.u);
    let v = times(&r.d, &(times(&l.v, &r.q) + times(&l.c, &tail))) + times(&times(&l.d, &l.p), &r.v);
    let u = times(&l.u, &r.q) + tail;
    let c = times(&l.c, &r.d) + times(&l.d, &r.c);
    Harmonic { u, v, c, d: times(&l.d, &r.d), p: times(&l.p, &r.p), q: times(&l.q, &r.q) }
}

/// Catalan's constant as `1/2 sum (-8)^k (3k + 2) / ((2k + 1)^3 binomial(2k, k)^3)` (Guillera 2019), whose terms
/// alternate and fall by a factor that tends to 8.
fn compute_catalan(bits: usize) -> IBig {
    let working = bits + 32;
    let count = working as u64 / 3 + 8;
    let sum = split(0, count, &|k| {
        let (a, b) = (IBig::from(3 * k + 2), IBig::from(2 * k + 1).pow(3));
        if k == 0 {
            return Term { p: IBig::ONE, q: IBig::ONE, a, b };
        }
        // binomial(2k, k) / binomial(2k-2, k-1) = 2 (2k-1)/k
        Term { p: -IBig::from(k).pow(3), q: IBig::from(2 * k - 1).pow(3), a, b }
    });
    quotient(&(sum.t << working), &times(&sum.b, &sum.q)) >> 33
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(value: &IBig, bits: usize) -> String {
        ((value * IBig::from(10).pow(50)) >> bits).to_string()
    }

    #[test]
    fn fifty_digits() {
        for (constant, recorded) in [
            (pi as fn(usize) -> IBig, "314159265358979323846264338327950288419716939937510"),
            (ln2, "69314718055994530941723212145817656807550013436025"),
            (euler, "57721566490153286060651209008240243104215933593992"),
            (catalan, "91596559417721901505460351493238411077414937428167"),
            (e, "271828182845904523536028747135266249775724709369995"),
        ] {
            for bits in [200, 3000] {
                assert_eq!(digits(&constant(bits), bits), recorded);
            }
        }
    }
}
