//! Products of coefficient rows: machine-word schoolbook where nothing can overflow, number-theoretic transforms for long
//! rows of moderate coefficients, Kronecker substitution into one big integer for the rest.
//!
//! Kronecker substitution (evaluate at a power of two that no coefficient of the product reaches) leaves the work to
//! the big-integer product, whose cost is subquadratic; see von zur Gathen and Gerhard, "Modern Computer Algebra", 8.4.
#![allow(
    clippy::indexing_slicing,
    reason = "indices run over lengths computed here; checks would dominate the inner loops"
)]

use crate::number::{Integer, Rational};

use super::dense::IntegerPolynomial;
use super::transform;

/// Below this length of the shorter factor, word products go place by place.
const SCHOOLBOOK_WORDS: usize = 64;
/// The same where sums need two words.
const SCHOOLBOOK_DOUBLE_WORDS: usize = 20;
/// The same for big coefficients.
const SCHOOLBOOK_BIG: usize = 3;
/// From this length of the shorter factor on, transforms go first.
const TRANSFORM: usize = 200;
/// From this many limbs of the smaller one on, packed integers are multiplied by transforms.
const TRANSFORM_LIMBS: usize = 3000;

/// The product of two rows of coefficients, neither ending in zero.
pub(crate) fn product(a: &[Integer], b: &[Integer]) -> Vec<Integer> {
    let (a, b) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    match b {
        [] => return Vec::new(),
        [constant] => return a.iter().map(|c| c * constant).collect(),
        _ => {}
    }
    let bits = product_bits(a, b);
    if b.len() <= SCHOOLBOOK_WORDS
        && bits <= 126
        && let (Some(words_a), Some(words_b)) = (machine_words(a), machine_words(b))
    {
        if bits <= 63 {
            return schoolbook_words(&words_a, &words_b);
        }
        if b.len() <= SCHOOLBOOK_DOUBLE_WORDS {
            return schoolbook_double_words(&words_a, &words_b);
        }
    }
    if b.len() >= TRANSFORM
        && let Some(row) = transform::product(a, b, bits)
    {
        return row;
    }
    if b.len() <= SCHOOLBOOK_BIG { schoolbook(a, b) } else { kronecker(a, b, bits + 1) }
}

/// A bound for the bits of the coefficients of a product, sign apart.
fn product_bits(a: &[Integer], b: &[Integer]) -> usize {
    let height = |row: &[Integer]| row.iter().map(Integer::bit_length).max().unwrap_or(0);
    let terms = a.len().min(b.len());
    height(a) + height(b) + (usize::BITS - terms.leading_zeros()) as usize
}

/// The coefficients as machine words if they all fit.
pub(crate) fn machine_words(row: &[Integer]) -> Option<Vec<i64>> {
    row.iter().map(Integer::to_i64).collect()
}

fn schoolbook_words(a: &[i64], b: &[i64]) -> Vec<Integer> {
    let mut sums = vec![0i64; a.len() + b.len() - 1];
    for (i, &y) in b.iter().enumerate() {
        for (sum, &x) in sums[i..].iter_mut().zip(a) {
            // The caller bounds every sum below 2^63.
            *sum = sum.wrapping_add(x.wrapping_mul(y));
        }
    }
    sums.into_iter().map(Integer::new).collect()
}

fn schoolbook_double_words(a: &[i64], b: &[i64]) -> Vec<Integer> {
    let mut sums = vec![0i128; a.len() + b.len() - 1];
    for (i, &y) in b.iter().enumerate() {
        for (sum, &x) in sums[i..].iter_mut().zip(a) {
            *sum += i128::from(x) * i128::from(y);
        }
    }
    sums.into_iter().map(Integer::from).collect()
}

fn schoolbook(a: &[Integer], b: &[Integer]) -> Vec<Integer> {
    let mut sums = vec![Integer::ZERO; a.len() + b.len() - 1];
    for (i, y) in b.iter().enumerate().filter(|(_, y)| !y.is_zero()) {
        for (sum, x) in sums[i..].iter_mut().zip(a) {
            *sum += x * y;
        }
    }
    sums
}

/// The product by one big-integer product; no coefficient of it needs more than `bits` bits, sign included.
fn kronecker(a: &[Integer], b: &[Integer], bits: usize) -> Vec<Integer> {
    let length = a.len() + b.len() - 1;
    let packed = Integer::pack(a, bits);
    let product = match std::ptr::eq(a, b) {
        true => big_product(&packed, &packed),
        false => big_product(&packed, &Integer::pack(b, bits)),
    };
    product.unpack(bits, length)
}

/// The product of two integers, by transforms if they are huge.
fn big_product(a: &Integer, b: &Integer) -> Integer {
    if a.bit_length().min(b.bit_length()) < 64 * TRANSFORM_LIMBS {
        return if std::ptr::eq(a, b) { a.pow(2) } else { a * b };
    }
    let negative = a.is_negative() != b.is_negative();
    let limbs = a.limbs();
    let limbs = match std::ptr::eq(a, b) {
        true => transform::product_of_limbs(&limbs, &limbs),
        false => transform::product_of_limbs(&limbs, &b.limbs()),
    };
    limbs.map_or_else(|| a * b, |limbs| Integer::from_limbs(negative, limbs))
}

/// `(low + high*x)^exponent` by the binomial theorem.
pub(crate) fn binomial_power(low: &Integer, high: &Integer, exponent: usize) -> IntegerPolynomial {
    let mut binomials = Vec::with_capacity(exponent + 1);
    let mut binomial = Integer::ONE;
    for k in 0..=exponent / 2 {
        binomials.push(binomial.clone());
        binomial = (binomial * Integer::from(exponent - k)).div_exact(&Integer::from(k + 1));
    }
    for k in exponent / 2 + 1..=exponent {
        binomials.push(binomials[exponent - k].clone());
    }
    let (mut low_power, mut high_power) = (Integer::ONE, Integer::ONE);
    for k in 0..=exponent {
        if !high.is_one() {
            binomials[k] *= &high_power;
            high_power *= high;
        }
        if !low.is_one() {
            binomials[exponent - k] *= &low_power;
            low_power *= low;
        }
    }
    IntegerPolynomial::new(binomials)
}

/// The first `length` coefficients of the product of two power series with rational coefficients.
///
/// Both rows are brought to a common denominator and multiplied as integers; cost near that of one integer product.
pub fn mul_truncated(a: &[Rational], b: &[Rational], length: usize) -> Vec<Rational> {
    let (numerators_a, denominator_a) = common_denominator(&a[..a.len().min(length)]);
    let (numerators_b, denominator_b) = common_denominator(&b[..b.len().min(length)]);
    let mut row = if numerators_a.is_empty() || numerators_b.is_empty() {
        Vec::new()
    } else {
        product(&numerators_a, &numerators_b)
    };
    row.resize(length, Integer::ZERO);
    let denominator = denominator_a * denominator_b;
    let ratio = |numerator: &Integer| Rational::ratio(numerator, &denominator).unwrap_or(Rational::ZERO);
    row.iter().map(ratio).collect()
}

/// The numerators over the least common denominator, trailing zeros dropped, and that denominator.
pub(crate) fn common_denominator(row: &[Rational]) -> (Vec<Integer>, Integer) {
    let end = row.iter().rposition(|c| !c.is_zero()).map_or(0, |last| last + 1);
    let row = &row[..end];
    let denominator = row.iter().fold(Integer::ONE, |common, c| match c.is_integer() {
        true => common,
        false => common.lcm(&c.denominator()),
    });
    let numerator = |c: &Rational| match c.denominator() {
        d if d == denominator => c.numerator(),
        d => c.numerator() * denominator.div_exact(&d),
    };
    (row.iter().map(numerator).collect(), denominator)
}
