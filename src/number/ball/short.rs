//! The functions of `fixed` at some hundred bits, in rows of machine words on the stack.
//!
//! A row of `N` words is a number below `2^64` with `64*(N-1)` bits after the point. Up to here allocating costs more
//! than computing, so the series are summed by Horner's rule over tables of coefficients. As in `fixed`, results are
//! within two units.
#![allow(
    clippy::indexing_slicing,
    reason = "indices run over lengths known when compiling; checks would dominate the inner loops"
)]

use std::sync::LazyLock;

use dashu_base::Sign;
use dashu_int::IBig;

use super::long;
use crate::number::words::{join_words, split_words};

/// The longest rows.
const LONGEST: usize = 7;
/// So many coefficients are kept.
const COEFFICIENTS: usize = 64;

type Row<const N: usize> = [u64; N];

/// `1/i!` for the places `i`.
static INVERSE_FACTORIALS: LazyLock<Vec<Row<LONGEST>>> = LazyLock::new(|| {
    let mut factorial = IBig::ONE;
    let entry = |index: usize| {
        factorial *= index.max(1);
        read(&((IBig::ONE << (64 * (LONGEST - 1))) / &factorial), 64 * (LONGEST - 1))
    };
    (0..COEFFICIENTS).map(entry).collect()
});

/// `1/i` for the places `i`, the first of which is not used.
static INVERSES: LazyLock<Vec<Row<LONGEST>>> = LazyLock::new(|| {
    let entry = |index: usize| read(&((IBig::ONE << (64 * (LONGEST - 1))) / index.max(1)), 64 * (LONGEST - 1));
    (0..COEFFICIENTS).map(entry).collect()
});

/// The leading words of a coefficient.
fn leading<const N: usize>(entry: &Row<LONGEST>) -> Row<N> {
    std::array::from_fn(|place| entry[LONGEST - N + place])
}

/// The absolute value of a number at `bits` as a row.
fn read<const N: usize>(x: &IBig, bits: usize) -> Row<N> {
    let mut row = [0; N];
    let shift = 64 * (N - 1) - bits;
    let (words, offset) = (shift / 64, shift % 64);
    let (_, limbs) = x.as_sign_words();
    for (place, limb) in join_words(limbs).enumerate() {
        if let Some(slot) = row.get_mut(place + words) {
            *slot |= limb << offset;
        }
        if offset > 0
            && let Some(slot) = row.get_mut(place + words + 1)
        {
            *slot |= limb >> (64 - offset);
        }
    }
    row
}

/// A row as a number at `bits`, rounded down.
fn write<const N: usize>(row: &Row<N>, negative: bool, bits: usize) -> IBig {
    let shift = 64 * (N - 1) - bits;
    let (words, offset) = (shift / 64, shift % 64);
    let limbs = (words..N).map(|place| {
        let above = if offset > 0 && place + 1 < N { row[place + 1] << (64 - offset) } else { 0 };
        row[place] >> offset | above
    });
    let sign = if negative { Sign::Negative } else { Sign::Positive };
    IBig::from_sign_words(sign, &split_words(limbs.collect()))
}

fn one<const N: usize>() -> Row<N> {
    let mut row = [0; N];
    row[N - 1] = 1;
    row
}

fn add<const N: usize>(a: &Row<N>, b: &Row<N>) -> Row<N> {
    let (mut sum, mut carry) = ([0; N], false);
    for place in 0..N {
        (sum[place], carry) = a[place].carrying_add_word(b[place], carry);
    }
    sum
}

/// `a - b` for `a >= b`.
fn sub<const N: usize>(a: &Row<N>, b: &Row<N>) -> Row<N> {
    let (mut difference, mut borrow) = ([0; N], false);
    for place in 0..N {
        (difference[place], borrow) = a[place].borrowing_sub_word(b[place], borrow);
    }
    difference
}

/// The sums and differences of words with a carry.
trait Carry: Sized {
    fn carrying_add_word(self, other: Self, carry: bool) -> (Self, bool);
    fn borrowing_sub_word(self, other: Self, borrow: bool) -> (Self, bool);
}

impl Carry for u64 {
    #[inline]
    fn carrying_add_word(self, other: u64, carry: bool) -> (u64, bool) {
        let (sum, first) = self.overflowing_add(other);
        let (sum, second) = sum.overflowing_add(u64::from(carry));
        (sum, first | second)
    }

    #[inline]
    fn borrowing_sub_word(self, other: u64, borrow: bool) -> (u64, bool) {
        let (difference, first) = self.overflowing_sub(other);
        let (difference, second) = difference.overflowing_sub(u64::from(borrow));
        (difference, first | second)
    }
}

/// The distance of two rows, and whether the second is the greater.
fn distance<const N: usize>(a: &Row<N>, b: &Row<N>) -> (Row<N>, bool) {
    let less = a.iter().rev().lt(b.iter().rev());
    (if less { sub(b, a) } else { sub(a, b) }, less)
}

/// The product rounded down.
fn mul<const N: usize>(a: &Row<N>, b: &Row<N>) -> Row<N> {
    let mut wide = [0_u64; 2 * LONGEST];
    for i in 0..N {
        let mut carry = 0_u64;
        for j in 0..N {
            let sum = u128::from(a[i]) * u128::from(b[j]) + u128::from(wide[i + j]) + u128::from(carry);
            wide[i + j] = sum as u64;
            carry = (sum >> 64) as u64;
        }
        wide[i + N] = carry;
    }
    std::array::from_fn(|place| wide[place + N - 1])
}

/// The number of zero bits after the point before the first one.
fn leading_zeros<const N: usize>(a: &Row<N>) -> usize {
    let mut zeros = 0;
    for place in (0..N - 1).rev() {
        if a[place] != 0 {
            return zeros + a[place].leading_zeros() as usize;
        }
        zeros += 64;
    }
    zeros
}

/// How many terms of a series are above half a unit, if a further term gains `rate` bits and the logarithm of its step.
fn term_count<const N: usize>(rate: usize, step: impl Fn(usize) -> usize) -> usize {
    let (mut gain, mut count) = (0, 1);
    while gain < 64 * (N - 1) + 2 {
        gain += rate + step(count).ilog2() as usize;
        count += 1;
    }
    count
}

/// The sum of `coefficient(i) * x^i` over `i < count`, with `(-1)^i`. The coefficients fall fast enough that no partial
/// sum is negative.
fn horner<const N: usize>(
    x: &Row<N>,
    count: usize,
    alternating: bool,
    coefficient: impl Fn(usize) -> Row<N>,
) -> Row<N> {
    let mut sum = coefficient(count - 1);
    for index in (0..count - 1).rev() {
        let inner = mul(&sum, x);
        sum = if alternating { sub(&coefficient(index), &inner) } else { add(&coefficient(index), &inner) };
    }
    sum
}

/// An argument is taken apart into two digits of so many bits and a rest.
const DIGIT: usize = 5;

/// A function at the multiples of `2^-5`, and at those of `2^-10`.
type Table<T> = [Vec<T>; 2];

/// So many bits have the numbers of which tables are made.
const FINE: usize = 64 * LONGEST;

/// A number at [`FINE`] as the longest row.
fn entry(value: &IBig) -> Row<LONGEST> {
    read(&(value >> 64), FINE - 64)
}

/// The values at the multiples of both units; `next` gives the following one from a value and the one at the unit.
fn table<V: Clone, T>(
    unit: impl Fn(&IBig) -> Option<V>,
    zero: &V,
    next: impl Fn(&V, &V) -> V,
    entry: impl Fn(&V) -> T,
) -> Table<T> {
    [DIGIT, 2 * DIGIT].map(|bits| {
        let Some(unit) = unit(&(IBig::ONE << (FINE - bits))) else { return Vec::new() };
        let values = std::iter::successors(Some(zero.clone()), |value| Some(next(value, &unit)));
        values.take(1 << DIGIT).map(|value| entry(&value)).collect()
    })
}

fn exponentials(negative: bool) -> Table<Row<LONGEST>> {
    let unit = |x: &IBig| long::exp(&if negative { -x } else { x.clone() }, FINE);
    table(unit, &(IBig::ONE << FINE), |a, b| (a * b) >> FINE, entry)
}

/// `exp(i/32)` and `exp(i/1024)` for `i < 32`.
static GROWING: LazyLock<Table<Row<LONGEST>>> = LazyLock::new(|| exponentials(false));

/// `exp(-i/32)` and `exp(-i/1024)` for `i < 32`.
static FALLING: LazyLock<Table<Row<LONGEST>>> = LazyLock::new(|| exponentials(true));

/// Sine and cosine of `i/32` and `i/1024` for `i < 32`.
static CIRCLE: LazyLock<Table<(Row<LONGEST>, Row<LONGEST>)>> = LazyLock::new(|| {
    let turn = |(s, c): &(IBig, IBig), (p, q): &(IBig, IBig)| ((s * q + c * p) >> FINE, (c * q - s * p) >> FINE);
    let unit = |x: &IBig| long::sin_cos(x, FINE);
    table(unit, &(IBig::ZERO, IBig::ONE << FINE), turn, |(s, c)| (entry(s), entry(c)))
});

/// The first two digits after the point of a number below one, and the rest.
fn digits<const N: usize>(x: &Row<N>) -> ([usize; 2], Row<N>) {
    let mut rest = *x;
    let word = rest[N - 2];
    let digit = |place: usize| (word >> (64 - DIGIT * (place + 1))) as usize & ((1 << DIGIT) - 1);
    rest[N - 2] = word << (2 * DIGIT) >> (2 * DIGIT);
    ([digit(0), digit(1)], rest)
}

/// `exp(x)` for `|x| < 1`: within `2^5` units of the row.
fn exp_row<const N: usize>(x: &Row<N>, negative: bool) -> Row<N> {
    let (digits, rest) = digits(x);
    let count = term_count::<N>(leading_zeros(&rest), |i| i).min(COEFFICIENTS);
    let coefficients = &*INVERSE_FACTORIALS;
    let mut value = horner(&rest, count, negative, |i| leading(&coefficients[i]));
    let tables = if negative { &*FALLING } else { &*GROWING };
    for (digit, table) in digits.into_iter().zip(tables) {
        if digit > 0 {
            value = mul(&value, &leading(&table[digit]));
        }
    }
    value
}

/// Sine and cosine for `0 <= x < 1`: within `2^5` units of the row.
fn sin_cos_row<const N: usize>(x: &Row<N>) -> (Row<N>, Row<N>) {
    let (digits, rest) = digits(x);
    let z = mul(&rest, &rest);
    let count = term_count::<N>(leading_zeros(&z), |i| 4 * i * i).min(COEFFICIENTS / 2 - 1);
    let coefficients = &*INVERSE_FACTORIALS;
    let mut s = mul(&rest, &horner(&z, count, true, |i| leading(&coefficients[2 * i + 1])));
    let mut c = horner(&z, count, true, |i| leading(&coefficients[2 * i]));
    for (digit, table) in digits.into_iter().zip(&*CIRCLE) {
        if digit > 0 {
            let (p, q) = &table[digit];
            let (p, q) = (leading(p), leading(q));
            (s, c) = (add(&mul(&s, &q), &mul(&c, &p)), sub(&mul(&c, &q), &mul(&s, &p)));
        }
    }
    (s, c)
}

/// The leading bits as a machine number.
fn to_machine<const N: usize>(x: &Row<N>) -> f64 {
    const WORD: f64 = 18_446_744_073_709_551_616.0;
    x[N - 1] as f64 + x[N - 2] as f64 / WORD
}

/// A machine number in `0..1` cut to 50 bits after the point.
fn from_machine<const N: usize>(value: f64) -> Row<N> {
    let mut row = [0; N];
    row[N - 2] = ((value * 2f64.powi(50)) as u64) << 14;
    row
}

/// How many powers of something below `2^-44` count.
fn tiny_terms<const N: usize>() -> usize {
    64 * (N - 1) / 44 + 2
}

/// `log(x)` for `1/2 <= x <= 2`, and whether it is negative.
fn log_row<const N: usize>(x: &Row<N>) -> (Row<N>, bool) {
    let near = pxfm::f_log(to_machine(x));
    let start = from_machine(near.abs());
    // log(x) = y + log(x*exp(-y))
    let (z, below) = distance(&mul(x, &exp_row(&start, near >= 0.0)), &one());
    let table = &*INVERSES;
    let rest = mul(&z, &horner(&z, tiny_terms::<N>(), !below, |i| leading(&table[i + 1])));
    signed_sum((&start, near < 0.0), (&rest, below))
}

/// The arctangent for `0 <= x <= 1`.
fn arctan_row<const N: usize>(x: &Row<N>) -> Row<N> {
    let start = from_machine(pxfm::f_atan(to_machine(x)));
    let (sine, cosine) = sin_cos_row(&start);
    // arctan(x) = y + arctan((x - tan y)/(1 + x tan y))
    let (numerator, below) = distance(&mul(x, &cosine), &sine);
    let z = mul(&numerator, &reciprocal(&add(&mul(x, &sine), &cosine)));
    let square = mul(&z, &z);
    let table = &*INVERSES;
    let rest = mul(&z, &horner(&square, tiny_terms::<N>() / 2 + 1, true, |i| leading(&table[2 * i + 1])));
    signed_sum((&start, false), (&rest, below)).0
}

/// `a + b` of numbers with signs.
fn signed_sum<const N: usize>((a, a_negative): (&Row<N>, bool), (b, b_negative): (&Row<N>, bool)) -> (Row<N>, bool) {
    if a_negative == b_negative {
        return (add(a, b), a_negative);
    }
    let (difference, less) = distance(a, b);
    (difference, a_negative != less)
}

/// `1/x` for `1/2 < x < 2` by Newton's iteration, within a few units.
fn reciprocal<const N: usize>(x: &Row<N>) -> Row<N> {
    let mut inverse: Row<N> = {
        // Just below the truth, so that no step overshoots.
        let value = (1.0 / to_machine(x)) * (1.0 - 2f64.powi(-50));
        let whole = value as u64;
        let mut row = from_machine(value - whole as f64);
        row[N - 1] = whole;
        row
    };
    let mut known = 47;
    while known < 64 * (N - 1) {
        let (error, below) = distance(&mul(x, &inverse), &one());
        let step = mul(&inverse, &error);
        inverse = if below { add(&inverse, &step) } else { sub(&inverse, &step) };
        known = 2 * known - 1;
    }
    inverse
}

/// Calls a function for the least row in which `bits` and the guard bits of that length fit.
macro_rules! shortest_row {
    ($bits:expr, $guard:expr, |$n:ident| $body:expr) => {{
        let fits = |words: usize| 64 * (words - 1) >= $bits + $guard;
        match (2..=LONGEST).find(|words| fits(*words)) {
            Some(2) => {
                const $n: usize = 2;
                Some($body)
            }
            Some(3) => {
                const $n: usize = 3;
                Some($body)
            }
            Some(4) => {
                const $n: usize = 4;
                Some($body)
            }
            Some(5) => {
                const $n: usize = 5;
                Some($body)
            }
            Some(6) => {
                const $n: usize = 6;
                Some($body)
            }
            Some(7) => {
                const $n: usize = 7;
                Some($body)
            }
            _ => None,
        }
    }};
}

/// `exp(x)` for `|x| < 1`; `None` where rows are too short.
pub(super) fn exp(x: &IBig, bits: usize) -> Option<IBig> {
    let guard = 8;
    shortest_row!(bits, guard, |N| write(&exp_row(&read::<N>(x, bits), *x < IBig::ZERO), false, bits))
}

/// Sine and cosine for `0 <= x < 1`; `None` where rows are too short.
pub(super) fn sin_cos(x: &IBig, bits: usize) -> Option<(IBig, IBig)> {
    let guard = 8;
    shortest_row!(bits, guard, |N| {
        let (sine, cosine) = sin_cos_row(&read::<N>(x, bits));
        (write(&sine, false, bits), write(&cosine, false, bits))
    })
}

/// `log(x)` for `1/2 <= x <= 2`; `None` where rows are too short.
pub(super) fn log(x: &IBig, bits: usize) -> Option<IBig> {
    let guard = 12;
    shortest_row!(bits, guard, |N| {
        let (value, negative) = log_row(&read::<N>(x, bits));
        write(&value, negative, bits)
    })
}

/// The arctangent for `0 <= x <= 1`; `None` where rows are too short.
pub(super) fn arctan(x: &IBig, bits: usize) -> Option<IBig> {
    let guard = 12;
    shortest_row!(bits, guard, |N| write(&arctan_row(&read::<N>(x, bits)), false, bits))
}
