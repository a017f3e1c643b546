//! Arithmetic of truncated power series over any coefficients, by recurrences.
//!
//! A series is a row of coefficients, constant term first; as many are computed as are asked for. The functions satisfy
//! linear differential equations, from which each coefficient follows from the ones before it (Knuth, "The Art of
//! Computer Programming", vol. 2, 4.7; Brent and Kung, 1978, call it the classical method): about `n^2/2` products for
//! `n` coefficients, fewer where the argument has few terms.

use crate::budget;
use crate::number::Rational;

/// A row of coefficients.
pub type Row<C> = Vec<<C as Coefficients>::Element>;

/// What power series need of their coefficients: a commutative ring that holds the rationals.
pub trait Coefficients {
    /// A coefficient.
    type Element: Clone;

    /// A small integer.
    fn integer(&self, value: i64) -> Self::Element;
    /// `a + b`
    fn add(&self, a: &Self::Element, b: &Self::Element) -> Self::Element;
    /// `-a`
    fn negate(&self, a: &Self::Element) -> Self::Element;
    /// `a * b`
    fn multiply(&self, a: &Self::Element, b: &Self::Element) -> Self::Element;
    /// `a / b` for an invertible `b`
    fn divide(&self, a: &Self::Element, b: &Self::Element) -> Self::Element;
    /// A small integer times `a`.
    fn scale(&self, a: &Self::Element, factor: i64) -> Self::Element;
    /// `a` over a small integer that is not zero.
    fn divide_small(&self, a: &Self::Element, divisor: i64) -> Self::Element;
    /// Is it visibly zero, so that its products may be left out? No proof is sought.
    fn is_absent(&self, a: &Self::Element) -> bool;
    /// Has it surely a value? Zero times what may have none is no zero.
    fn is_known(&self, _: &Self::Element) -> bool {
        true
    }

    /// Is the product of the two visibly zero, so that it may be left out?
    fn is_absent_product(&self, a: &Self::Element, b: &Self::Element) -> bool {
        (self.is_absent(a) && self.is_known(b)) || (self.is_absent(b) && self.is_known(a))
    }

    /// `a / lead`, where a visible zero needs no division as long as the divisor has an inverse.
    fn divide_by_lead(&self, a: Self::Element, lead: &Self::Element) -> Self::Element {
        if self.is_absent(&a) { a } else { self.divide(&a, lead) }
    }

    /// The sum of products.
    fn dot<'e>(&self, pairs: impl Iterator<Item = (&'e Self::Element, &'e Self::Element)>) -> Self::Element
    where
        Self::Element: 'e,
    {
        let mut total = self.integer(0);
        for (a, b) in pairs {
            if !self.is_absent_product(a, b) {
                total = self.add(&total, &self.multiply(a, b));
            }
        }
        total
    }

    /// The sum of products of one row with another read backwards; both are of one length.
    fn dot_reversed(&self, a: &[Self::Element], b: &[Self::Element]) -> Self::Element {
        self.dot(a.iter().zip(b.iter().rev()))
    }

    /// `sum of (n*j - d*(k - j)) * f_j * y_(k-j)`, the step of the recurrence for powers with exponent `n/d`.
    fn power_sum(&self, terms: &[Lower<'_, Self>], y: &[Self::Element], k: usize, (n, d): (i64, i64)) -> Self::Element
    where
        Self: Sized,
    {
        self.lower_sum(terms.iter().map(|lower| (lower.place, lower.value, &lower.moved)), y, k, (n, d))
    }

    /// As `power_sum`, the terms as their place `j`, `f_j` and `j*f_j`.
    fn lower_sum<'e>(
        &self,
        terms: impl Iterator<Item = (usize, &'e Self::Element, &'e Self::Element)> + Clone,
        y: &'e [Self::Element],
        k: usize,
        (n, d): (i64, i64),
    ) -> Self::Element
    where
        Self::Element: 'e,
    {
        let weight = |j: usize| n * j as i64 - d * (k - j) as i64;
        self.weighted_dot(terms.map(|(j, value, _)| (weight(j), value, &y[k - j])))
    }

    /// A power with a rational exponent, see [`power`].
    fn rational_power(
        &self,
        f: &[Self::Element],
        exponent: &Rational,
        constant: Self::Element,
        length: usize,
    ) -> Option<Row<Self>>
    where
        Self: Sized,
    {
        power(self, f, exponent, constant, length)
    }

    /// A quotient by a row of few small numbers, where there is a quicker way than the general one.
    fn short_quotient(&self, _a: &[Self::Element], _b: &[Self::Element], _length: usize) -> Option<Row<Self>>
    where
        Self: Sized,
    {
        None
    }

    /// The sum of products with a small integer each.
    fn weighted_dot<'e>(
        &self,
        triples: impl Iterator<Item = (i64, &'e Self::Element, &'e Self::Element)>,
    ) -> Self::Element
    where
        Self::Element: 'e,
    {
        let mut total = self.integer(0);
        for (weight, a, b) in triples {
            if weight != 0 && !self.is_absent_product(a, b) {
                total = self.add(&total, &self.scale(&self.multiply(a, b), weight));
            }
        }
        total
    }
}

/// Sine-like pairs: `+1` for the hyperbolic functions, `-1` for the circular ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Circle {
    /// `sin` and `cos`, `tan' = 1 + tan^2`.
    Circular,
    /// `sinh` and `cosh`, `tanh' = 1 - tanh^2`.
    Hyperbolic,
}

/// A pulse before a sum over so many coefficients, if they are many.
fn pulse_at(k: usize) {
    if k >= 64 {
        budget::pulse();
    }
}

/// The first `length` coefficients of a product.
pub fn product<C: Coefficients>(ring: &C, a: &[C::Element], b: &[C::Element], length: usize) -> Row<C> {
    let length = length.min((a.len() + b.len()).saturating_sub(1));
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    (0..length)
        .map(|k| {
            pulse_at(k);
            let (low, high) = ((k + 1).saturating_sub(b.len()), k.min(a.len() - 1));
            ring.dot_reversed(&a[low..=high], &b[k - high..=k - low])
        })
        .collect()
}

/// The first `length` coefficients of a quotient; the divisor's constant term is invertible.
pub fn quotient<C: Coefficients>(ring: &C, a: &[C::Element], b: &[C::Element], length: usize) -> Row<C> {
    if let Some(row) = ring.short_quotient(a, b, length) {
        return row;
    }
    let mut result: Row<C> = Vec::with_capacity(length);
    let zero = ring.integer(0);
    for k in 0..length {
        pulse_at(k);
        let low = (k + 1).saturating_sub(b.len());
        let known = ring.dot_reversed(&result[low..k], &b[1..=k - low]);
        let wanted = ring.add(a.get(k).unwrap_or(&zero), &ring.negate(&known));
        result.push(ring.divide_by_lead(wanted, &b[0]));
    }
    result
}

/// The row of `t*f'`, and its terms that are not absent when these are few.
struct Moved<E> {
    row: Vec<E>,
    few: Option<Vec<(usize, E)>>,
}

impl<E: Clone> Moved<E> {
    fn new<C: Coefficients<Element = E>>(ring: &C, f: &[E], length: usize) -> Moved<E> {
        let row: Vec<E> = f.iter().take(length).enumerate().map(|(k, c)| ring.scale(c, k as i64)).collect();
        let present: Vec<(usize, E)> =
            row.iter().cloned().enumerate().skip(1).filter(|(_, c)| !ring.is_absent(c)).collect();
        let few = (3 * present.len() < 2 * row.len()).then_some(present);
        Moved { row, few }
    }

    /// `sum of d_j * y_(k-j)` over the terms with `1 <= j <= k`.
    fn convolve<C: Coefficients<Element = E>>(&self, ring: &C, y: &[E], k: usize) -> E {
        pulse_at(k);
        match &self.few {
            Some(terms) => ring.dot(terms.iter().take_while(|(j, _)| *j <= k).map(|(j, d)| (d, &y[k - j]))),
            None => {
                let last = k.min(self.row.len() - 1);
                ring.dot_reversed(&self.row[1..=last], &y[k - last..k])
            }
        }
    }
}

/// `exp(f)`, whose constant term is given, from `y' = f' * y`.
pub fn exponential<C: Coefficients>(ring: &C, f: &[C::Element], constant: C::Element, length: usize) -> Row<C> {
    let step = stride(ring, &[f]);
    if step > 1 {
        let row = strided_exponential(ring, &strided(f, step), constant, length.div_ceil(step));
        return spread(ring, row, step, length);
    }
    strided_exponential(ring, f, constant, length)
}

/// The same without a look at common divisors of the places; these don't change the recurrence.
fn strided_exponential<C: Coefficients>(ring: &C, f: &[C::Element], constant: C::Element, length: usize) -> Row<C> {
    let terms = Moved::new(ring, f, length);
    let mut result = vec![constant];
    for k in 1..length {
        let next = ring.divide_small(&terms.convolve(ring, &result, k), k as i64);
        result.push(next);
    }
    result.truncate(length);
    result
}

/// Sine and cosine, circular or hyperbolic, with the given constant terms.
pub fn sine_cosine<C: Coefficients>(
    ring: &C,
    f: &[C::Element],
    constants: (C::Element, C::Element),
    length: usize,
    circle: Circle,
) -> (Row<C>, Row<C>) {
    let terms = Moved::new(ring, f, length);
    let (mut sine, mut cosine) = (vec![constants.0], vec![constants.1]);
    for k in 1..length {
        let next_sine = ring.divide_small(&terms.convolve(ring, &cosine, k), k as i64);
        let divisor = if circle == Circle::Circular { -(k as i64) } else { k as i64 };
        let next_cosine = ring.divide_small(&terms.convolve(ring, &sine, k), divisor);
        sine.push(next_sine);
        cosine.push(next_cosine);
    }
    sine.truncate(length);
    cosine.truncate(length);
    (sine, cosine)
}

/// The tangent, circular or hyperbolic, with the given constant term.
pub fn tangent<C: Coefficients>(
    ring: &C,
    f: &[C::Element],
    constant: C::Element,
    length: usize,
    circle: Circle,
) -> Row<C> {
    let sign = if circle == Circle::Circular { 1 } else { -1 };
    if ring.is_absent(&constant) && f.iter().step_by(2).all(|c| ring.is_absent(c)) {
        return odd_tangent(ring, f, length, sign);
    }
    let terms = Moved::new(ring, f, length);
    let mut result: Row<C> = vec![constant];
    // 1 + tan^2 or 1 - tanh^2, as far as the tangent is known.
    let mut derivative: Row<C> = Vec::with_capacity(length);
    for k in 1..length {
        let square = square_at(ring, &result, k - 1);
        let square = ring.scale(&square, sign);
        derivative.push(if k == 1 { ring.add(&square, &ring.integer(1)) } else { square });
        let next = ring.divide_small(&terms.convolve(ring, &derivative, k), k as i64);
        result.push(next);
    }
    result.truncate(length);
    result
}

/// The tangent of an odd series, which is odd too: with every second coefficient alone.
fn odd_tangent<C: Coefficients>(ring: &C, f: &[C::Element], length: usize, sign: i64) -> Row<C> {
    let slopes: Row<C> =
        f.iter().take(length).enumerate().skip(1).step_by(2).map(|(k, c)| ring.scale(c, k as i64)).collect();
    let present = slopes.iter().filter(|c| !ring.is_absent(c)).count();
    let mut odd: Row<C> = Vec::with_capacity(length / 2);
    // 1 + tan^2 or 1 - tan^2, its even coefficients.
    let mut derivative: Row<C> = vec![ring.integer(1)];
    for i in 0..length / 2 {
        pulse_at(i);
        if i > 0 {
            derivative.push(ring.scale(&square_at(ring, &odd, i - 1), sign));
        }
        let last = i.min(slopes.len().saturating_sub(1));
        let sum = match present {
            0..=3 => ring.dot(slopes.iter().take(i + 1).enumerate().map(|(p, slope)| (slope, &derivative[i - p]))),
            _ => ring.dot_reversed(&slopes[..=last], &derivative[i - last..=i]),
        };
        odd.push(ring.divide_small(&sum, 2 * i as i64 + 1));
    }
    let zero = ring.integer(0);
    let mut result: Row<C> = odd.into_iter().flat_map(|c| [zero.clone(), c]).collect();
    result.resize(length, zero);
    result
}

/// The greatest common divisor of the places of the coefficients behind the first that are not absent, and of others.
fn stride<C: Coefficients>(ring: &C, rows: &[&[C::Element]]) -> usize {
    let gcd = |mut a: usize, mut b: usize| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let mut common = 0;
    for row in rows {
        for place in (1..row.len()).filter(|place| !ring.is_absent(&row[*place])) {
            common = gcd(common, place);
            if common == 1 {
                return 1;
            }
        }
    }
    common.max(1)
}

/// Every coefficient at a multiple of the stride.
fn strided<E: Clone>(row: &[E], stride: usize) -> Vec<E> {
    row.iter().step_by(stride).cloned().collect()
}

/// The row with zeros put back between its coefficients.
fn spread<C: Coefficients>(ring: &C, row: Row<C>, stride: usize, length: usize) -> Row<C> {
    let zero = ring.integer(0);
    let mut result = vec![zero; length];
    for (place, c) in result.iter_mut().step_by(stride).zip(row) {
        *place = c;
    }
    result
}

/// A coefficient of a square.
fn square_at<C: Coefficients>(ring: &C, a: &[C::Element], k: usize) -> C::Element {
    let half = ring.dot_reversed(&a[..k.div_ceil(2)], &a[k + 1 - k.div_ceil(2)..=k]);
    let twice = ring.scale(&half, 2);
    if k.is_multiple_of(2) { ring.add(&twice, &ring.multiply(&a[k / 2], &a[k / 2])) } else { twice }
}

/// `log(f)`, whose constant term is given, from `f * y' = f'`; the constant term of `f` is invertible.
pub fn logarithm<C: Coefficients>(ring: &C, f: &[C::Element], constant: C::Element, length: usize) -> Row<C> {
    let zero = ring.integer(0);
    let derivative: Row<C> = (1..length).map(|k| f.get(k).map_or(zero.clone(), |c| ring.scale(c, k as i64))).collect();
    integral(ring, &quotient(ring, &derivative, f, length.saturating_sub(1)), constant)
}

/// Lambert's function of `u` from its value and the exponential of that: `w' * (u + e^w) = u'` and `(e^w)' = e^w * w'`.
/// The sum of the constant term of `u` and the exponential is invertible.
pub fn lambert<C: Coefficients>(
    ring: &C,
    u: &[C::Element],
    (value, exponential): (C::Element, C::Element),
    length: usize,
) -> Row<C> {
    let zero = ring.integer(0);
    let at = |k: usize| u.get(k).unwrap_or(&zero);
    let lead = ring.add(at(0), &exponential);
    let (mut result, mut exponentials, mut sums) = (vec![value], vec![exponential], vec![lead.clone()]);
    // t*w', from its coefficient at t on.
    let mut moved: Row<C> = Vec::new();
    for k in 1..length {
        pulse_at(k);
        let known = ring.dot_reversed(&moved, &sums[1..]);
        let wanted = ring.add(&ring.scale(at(k), k as i64), &ring.negate(&known));
        moved.push(ring.divide_by_lead(wanted, &lead));
        result.push(ring.divide_small(&moved[k - 1], k as i64));
        let next = ring.divide_small(&ring.dot_reversed(&moved, &exponentials), k as i64);
        sums.push(ring.add(at(k), &next));
        exponentials.push(next);
    }
    result.truncate(length);
    result
}

/// The integral with the given constant term.
pub fn integral<C: Coefficients>(ring: &C, f: &[C::Element], constant: C::Element) -> Row<C> {
    let rest = f.iter().enumerate().map(|(k, c)| ring.divide_small(c, k as i64 + 1));
    std::iter::once(constant).chain(rest).collect()
}

/// `f^exponent`, whose constant term is given; from `f*y' = exponent * f' * y`. The constant term of `f` is invertible.
/// `None` for an exponent whose parts don't fit machine words.
pub fn power<C: Coefficients>(
    ring: &C,
    f: &[C::Element],
    exponent: &Rational,
    constant: C::Element,
    length: usize,
) -> Option<Row<C>> {
    let (n, d) = (exponent.numerator().to_i64()?, exponent.denominator().to_i64()?);
    let bound = length as i64 + 1;
    n.checked_mul(bound)?.checked_add(d.checked_mul(bound)?)?;
    // The recurrence does not change when all places are divided by a common divisor.
    let step = stride(ring, &[f]);
    if step > 1 {
        let row = power(ring, &strided(f, step), exponent, constant, length.div_ceil(step))?;
        return Some(spread(ring, row, step, length));
    }
    let present: Vec<Lower<C>> = (1..f.len().min(length))
        .filter(|j| !ring.is_absent(&f[*j]))
        .map(|j| Lower { place: j, value: &f[j], moved: ring.scale(&f[j], j as i64) })
        .collect();
    let mut result: Row<C> = vec![constant];
    for k in 1..length {
        let reached = present.partition_point(|lower| lower.place <= k);
        let sum = ring.power_sum(&present[..reached], &result, k, (n, d));
        let over = ring.divide_small(&sum, d * k as i64);
        result.push(ring.divide_by_lead(over, &f[0]));
    }
    result.truncate(length);
    Some(result)
}

/// A coefficient that is not absent.
pub struct Lower<'f, C: Coefficients> {
    /// Its place.
    pub place: usize,
    /// The coefficient.
    pub value: &'f C::Element,
    /// The coefficient times its place.
    pub moved: C::Element,
}

/// `f^exponent` for any exponent, its constant term given; the constant term of `f` is invertible.
pub fn general_power<C: Coefficients>(
    ring: &C,
    f: &[C::Element],
    exponent: &C::Element,
    constant: C::Element,
    length: usize,
) -> Row<C> {
    let present: Vec<(usize, &C::Element)> = f.iter().enumerate().skip(1).filter(|(_, c)| !ring.is_absent(c)).collect();
    let mut result: Row<C> = vec![constant];
    for k in 1..length {
        let terms = || present.iter().take_while(|(j, _)| *j <= k);
        let rising = ring.weighted_dot(terms().map(|(j, c)| (*j as i64, *c, &result[k - j])));
        let falling = ring.weighted_dot(terms().map(|(j, c)| (*j as i64 - k as i64, *c, &result[k - j])));
        let sum = ring.add(&ring.multiply(exponent, &rising), &falling);
        let over = ring.divide_small(&sum, k as i64);
        result.push(ring.divide_by_lead(over, &f[0]));
    }
    result.truncate(length);
    result
}

/// `f(g)` for a `g` without constant term, by Horner's rule.
pub fn compose<C: Coefficients>(ring: &C, f: &[C::Element], g: &[C::Element], length: usize) -> Row<C> {
    let mut result: Row<C> = Vec::new();
    for c in f.iter().take(length).rev() {
        result = product(ring, &result, g, length);
        match result.first_mut() {
            Some(first) => *first = ring.add(first, c),
            None => result.push(c.clone()),
        }
    }
    result.resize(length.min(result.len().max(1)), ring.integer(0));
    result
}

/// The series `y` with `f(y(t)) = t`, by Lagrange's formula: `y_k = [t^(k-1)] (t/f)^k / k`. The constant term of `f` is
/// zero and the next one invertible.
pub fn reversion<C: Coefficients>(ring: &C, f: &[C::Element], length: usize) -> Row<C> {
    let one = [ring.integer(1)];
    let ratio = quotient(ring, &one, f.get(1..).unwrap_or_default(), length);
    let mut result = vec![ring.integer(0)];
    let mut power = ratio.clone();
    for k in 1..length {
        result.push(power.get(k - 1).map_or(ring.integer(0), |c| ring.divide_small(c, k as i64)));
        power = product(ring, &power, &ratio, length);
    }
    result.truncate(length);
    result
}
