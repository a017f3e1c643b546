//! All complex roots of an integer polynomial, each in a disc that provably holds it alone.
//!
//! Approximations come from the iteration of Ehrlich and Aberth in floating point of growing precision; the proof is
//! Smith's ("Error bounds for zeros of a polynomial based upon Gerschgorin's theorems", 1970), done in exact arithmetic:
//! around approximations `z[i]` of all `n` roots, the discs of radius `n |p(z[i]) / (lead prod (z[i] - z[j]))|` hold all
//! roots, and a disc that meets no other holds exactly one.

use crate::budget::Budget;
use crate::number::sorting;
use crate::number::{Integer, Rational};

use super::dense::IntegerPolynomial;
use super::roots::RootInterval;
use super::unfinished::Unfinished;

/// A disc with exactly one root of a square-free polynomial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootDisc {
    /// The real part of the centre.
    pub real: Rational,
    /// The imaginary part of the centre; 0 exactly if the root is real.
    pub imaginary: Rational,
    /// The radius.
    pub radius: Rational,
}

/// A complex number with parts scaled by a common power of two.
#[derive(Clone, Debug, PartialEq)]
struct Fixed {
    re: Integer,
    im: Integer,
}

/// Arithmetic on numbers scaled by `2^bits`, products rounded down.
struct Scale {
    bits: usize,
}

impl Scale {
    fn product(&self, a: &Fixed, b: &Fixed) -> Fixed {
        Fixed { re: &(&a.re * &b.re - &a.im * &b.im) >> self.bits, im: &(&a.re * &b.im + &a.im * &b.re) >> self.bits }
    }

    /// `a / b`; `None` for a zero divisor.
    fn quotient(&self, a: &Fixed, b: &Fixed) -> Option<Fixed> {
        let norm = &b.re * &b.re + &b.im * &b.im;
        let part = |value: Integer| (&value << self.bits).div_rem_floor(&norm).map(|(quotient, _)| quotient);
        Some(Fixed { re: part(&a.re * &b.re + &a.im * &b.im)?, im: part(&a.im * &b.re - &a.re * &b.im)? })
    }

    /// The values of the polynomial and of its derivative, by Horner's scheme.
    fn values(&self, p: &IntegerPolynomial, z: &Fixed) -> (Fixed, Fixed) {
        let zero = || Fixed { re: Integer::ZERO, im: Integer::ZERO };
        let (mut value, mut slope) = (zero(), zero());
        for c in p.coefficients().iter().rev() {
            slope = sum(&self.product(&slope, z), &value);
            value = self.product(&value, z);
            value.re += c << self.bits;
        }
        (value, slope)
    }
}

fn sum(a: &Fixed, b: &Fixed) -> Fixed {
    Fixed { re: &a.re + &b.re, im: &a.im + &b.im }
}

fn difference(a: &Fixed, b: &Fixed) -> Fixed {
    Fixed { re: &a.re - &b.re, im: &a.im - &b.im }
}

impl IntegerPolynomial {
    /// Disjoint discs, one for every complex root of the square-free part, of radius at most `2^-precision`; the real
    /// ones first, then pairs of conjugates, each by real part.
    ///
    /// # Errors
    /// If the budget is spent.
    pub fn isolate_complex_roots(&self, precision: usize, budget: &Budget) -> Result<Vec<RootDisc>, Unfinished> {
        let p = self.squarefree_part();
        let Some(degree) = p.degree().filter(|&degree| degree > 0) else { return Ok(Vec::new()) };
        let magnitude = p.root_bound_log2().unwrap_or(1).unsigned_abs() as usize;
        let mut bits = 64 + precision + 2 * degree + magnitude * 2;
        let mut guesses = starting_points(&p);
        loop {
            budget.check()?;
            let scale = Scale { bits };
            let mut points: Vec<Fixed> = guesses.iter().map(|(re, im)| fixed(re, im, bits)).collect();
            iterate(&p, &scale, &mut points, budget)?;
            if let Some(discs) = certify(&p, &points, bits, precision) {
                return Ok(discs);
            }
            guesses = points.iter().map(|z| (over(&z.re, bits), over(&z.im, bits))).collect();
            bits *= 2;
            if bits > 1 << 22 {
                return Err(Unfinished::TooLarge);
            }
        }
    }
}

fn over(value: &Integer, bits: usize) -> Rational {
    Rational::ratio(value, &(&Integer::ONE << bits)).unwrap_or(Rational::ZERO)
}

fn fixed(re: &Rational, im: &Rational, bits: usize) -> Fixed {
    let part = |value: &Rational| (&value.numerator() << bits).div_rem_floor(&value.denominator());
    let floor = |value: &Rational| part(value).map_or(Integer::ZERO, |(quotient, _)| quotient);
    Fixed { re: floor(re), im: floor(im) }
}

/// Points on circles whose radii fit the sizes of the coefficients: the slopes of the Newton polygon (Bini 1996).
fn starting_points(p: &IntegerPolynomial) -> Vec<(Rational, Rational)> {
    let logs: Vec<(usize, f64)> = p
        .coefficients()
        .iter()
        .enumerate()
        .filter(|(_, c)| !c.is_zero())
        .map(|(i, c)| (i, c.log2_estimate()))
        .collect();
    let mut hull: Vec<(usize, f64)> = Vec::new();
    for &(i, y) in &logs {
        while let [.., (a, u), (b, v)] = hull[..] {
            if (v - u) * ((i - a) as f64) <= (y - u) * ((b - a) as f64) {
                hull.pop();
            } else {
                break;
            }
        }
        hull.push((i, y));
    }
    // A root 0 has no place on the polygon.
    let zeros = p.valuation();
    let mut points = vec![(Rational::ZERO, Rational::ZERO); zeros];
    for (place, pair) in hull.windows(2).enumerate() {
        let [(a, u), (b, v)] = pair else { break };
        let count = b - a;
        let radius = (u - v) / count as f64;
        for k in 0..count {
            let turn = 2.0 * (k as f64 + 0.37 + 0.11 * place as f64) / count as f64;
            let (sine, cosine) = pxfm::f_sincospi(turn);
            points.push((scaled(cosine, radius), scaled(sine, radius)));
        }
    }
    points
}

/// `value * 2^exponent` for a moderate value and any exponent.
fn scaled(value: f64, exponent: f64) -> Rational {
    let whole = exponent.floor();
    let value = value * pxfm::f_exp2(exponent - whole);
    let power = Rational::from(2).pow(whole as i64).unwrap_or(Rational::ONE);
    Rational::from_f64(value).unwrap_or(Rational::ONE) * power
}

/// Aberth's iteration until no point moves any more, or for as many rounds as should do.
fn iterate(p: &IntegerPolynomial, scale: &Scale, points: &mut [Fixed], budget: &Budget) -> Result<(), Unfinished> {
    let one = Fixed { re: &Integer::ONE << scale.bits, im: Integer::ZERO };
    let rounds = 30 + 4 * points.len() + scale.bits.ilog2() as usize;
    let still = scale.bits / 2;
    let mut moving = vec![true; points.len()];
    for _ in 0..rounds {
        if moving.iter().all(|moving| !moving) {
            break;
        }
        for i in 0..points.len() {
            budget.check()?;
            let Some(z) = points.get(i).filter(|_| moving.get(i) == Some(&true)) else { continue };
            let (value, slope) = scale.values(p, z);
            let Some(newton) = scale.quotient(&value, &slope) else { continue };
            let mut repulsion = Fixed { re: Integer::ZERO, im: Integer::ZERO };
            for other in points.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, other)| other) {
                if let Some(term) = scale.quotient(&one, &difference(z, other)) {
                    repulsion = sum(&repulsion, &term);
                }
            }
            let denominator = difference(&one, &scale.product(&newton, &repulsion));
            let Some(step) = scale.quotient(&newton, &denominator) else { continue };
            let size = step.re.bit_length().max(step.im.bit_length());
            let next = difference(z, &step);
            if let (Some(point), Some(flag)) = (points.get_mut(i), moving.get_mut(i)) {
                *point = next;
                // The convergence is cubic: after a small step the rest is below the precision.
                *flag = size > still.min(scale.bits.saturating_sub(40));
            }
        }
    }
    Ok(())
}

/// The discs, if they are disjoint and small; what is real is decided by symmetry.
fn certify(p: &IntegerPolynomial, points: &[Fixed], bits: usize, precision: usize) -> Option<Vec<RootDisc>> {
    let mut discs: Vec<RootDisc> = Vec::with_capacity(points.len());
    for (i, z) in points.iter().enumerate() {
        let radius = smith_radius(p, points, i, bits)?;
        if &radius * &Rational::from(2).pow(precision as i64)? > Rational::ONE {
            return None;
        }
        discs.push(RootDisc { real: over(&z.re, bits), imaginary: over(&z.im, bits), radius });
    }
    for (i, a) in discs.iter().enumerate() {
        if discs.iter().skip(i + 1).any(|b| meet(a, b)) {
            return None;
        }
    }
    settle_real(p, discs, precision)
}

/// An upper bound for `n |p(z)| / |lead prod (z - z[j])|`, of few digits.
fn smith_radius(p: &IntegerPolynomial, points: &[Fixed], i: usize, bits: usize) -> Option<Rational> {
    let z = points.get(i)?;
    // The value times 2^(bits * degree), exactly.
    let (mut re, mut im) = (Integer::ZERO, Integer::ZERO);
    for (step, c) in p.coefficients().iter().rev().enumerate() {
        (re, im) = (&re * &z.re - &im * &z.im, &re * &z.im + &im * &z.re);
        re += c << (bits * step);
    }
    // Squared sizes as floating numbers: mantissa below 2^64 rounded up (or down for the divisor), and exponent.
    let mut size = Rounded::up(&(&re * &re + &im * &im));
    let mut divisor = Rounded::down(&(p.leading() * p.leading()))?;
    for (j, other) in points.iter().enumerate() {
        if j != i {
            let gap = difference(z, other);
            divisor = divisor.times(&Rounded::down(&(&gap.re * &gap.re + &gap.im * &gap.im))?, false);
        }
    }
    // The value carries 2^(bits*n), the product of gaps 2^(bits*(n - 1)): one factor remains, squared.
    size.exponent -= 2 * bits as i64;
    let n = p.len() - 1;
    size = size.times(&Rounded::up(&Integer::from(n * n)), true);
    Some(size.root_of_quotient(&divisor))
}

/// A non-negative number `mantissa * 2^exponent`, rounded in a known direction.
#[derive(Clone)]
struct Rounded {
    mantissa: Integer,
    exponent: i64,
}

impl Rounded {
    fn cut(value: Integer, exponent: i64, up: bool) -> Rounded {
        let spare = value.bit_length().saturating_sub(64);
        let mantissa = &value >> spare;
        let mantissa = if up && spare > 0 { mantissa + Integer::ONE } else { mantissa };
        Rounded { mantissa, exponent: exponent + spare as i64 }
    }

    fn up(value: &Integer) -> Rounded {
        Rounded::cut(value.clone(), 0, true)
    }

    /// `None` for zero.
    fn down(value: &Integer) -> Option<Rounded> {
        (!value.is_zero()).then(|| Rounded::cut(value.clone(), 0, false))
    }

    fn times(&self, other: &Rounded, up: bool) -> Rounded {
        Rounded::cut(&self.mantissa * &other.mantissa, self.exponent + other.exponent, up)
    }

    /// An upper bound for the square root of the quotient.
    fn root_of_quotient(&self, divisor: &Rounded) -> Rational {
        let mut exponent = self.exponent - divisor.exponent - 128;
        let mut numerator = &self.mantissa << 128;
        if exponent % 2 != 0 {
            numerator = &numerator << 1;
            exponent -= 1;
        }
        let quotient = numerator.div_exact(&divisor.mantissa) + Integer::ONE;
        let root = quotient.root_floor(2) + Integer::ONE;
        Rational::from(root) * Rational::from(2).pow(exponent / 2).unwrap_or(Rational::ZERO)
    }
}

fn meet(a: &RootDisc, b: &RootDisc) -> bool {
    let (x, y) = (&a.real - &b.real, &a.imaginary - &b.imaginary);
    let reach = &a.radius + &b.radius;
    &x * &x + &y * &y <= &reach * &reach
}

/// Makes the centres of real roots real and pairs the others. A disc that meets its mirror image has its root on the real
/// line if the mirror image meets no other disc, for the mirrored root lies in some disc.
fn settle_real(p: &IntegerPolynomial, discs: Vec<RootDisc>, precision: usize) -> Option<Vec<RootDisc>> {
    let mirrored = |disc: &RootDisc| RootDisc { imaginary: -&disc.imaginary, ..disc.clone() };
    let (mut real, mut upper) = (Vec::new(), Vec::new());
    for (i, disc) in discs.iter().enumerate() {
        let image = mirrored(disc);
        let partners: Vec<usize> =
            (0..discs.len()).filter(|&j| discs.get(j).is_some_and(|d| meet(d, &image))).collect();
        match partners[..] {
            [partner] if partner == i => real.push(disc.clone()),
            [_] if disc.imaginary.signum() > 0 => upper.push(disc.clone()),
            [_] => {}
            _ => return None,
        }
    }
    if real.len() + 2 * upper.len() != discs.len() {
        return None;
    }
    sorting::sort_by(&mut real, |a, b| a.real.cmp(&b.real));
    sorting::sort_by(&mut upper, |a, b| a.real.cmp(&b.real).then_with(|| a.imaginary.cmp(&b.imaginary)));
    let mut settled: Vec<RootDisc> = real.iter().map(|disc| on_the_line(p, disc, precision)).collect();
    for disc in upper {
        settled.extend([mirrored(&disc), disc]);
    }
    Some(settled)
}

/// The disc around a real root with a real centre: its cut with the line lies in it.
fn on_the_line(p: &IntegerPolynomial, disc: &RootDisc, precision: usize) -> RootDisc {
    let (low, high) = (&disc.real - &disc.radius, &disc.real + &disc.radius);
    let mut place = RootInterval::Between(low.clone(), high.clone());
    if p.sign_at(&low) * p.sign_at(&high) < 0 {
        let width = Rational::from(2).pow(-(precision as i64)).unwrap_or(Rational::ZERO);
        place = p.refine_root(&place, &width);
    }
    RootDisc { real: place.midpoint(), imaginary: Rational::ZERO, radius: place.width() * Rational::HALF }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Random;
    use super::*;

    /// The discs are disjoint, as many as the degree, and the elementary symmetric sum of the roots comes out.
    fn check(p: &IntegerPolynomial, real: usize) {
        let discs = p.isolate_complex_roots(30, &Budget::unlimited()).unwrap();
        let square_free = p.squarefree_part();
        assert_eq!(discs.len(), square_free.degree().unwrap());
        assert_eq!(discs.iter().filter(|disc| disc.imaginary.is_zero()).count(), real);
        for (i, a) in discs.iter().enumerate() {
            assert!(a.radius <= Rational::fraction(1, 1 << 30).unwrap());
            assert!(discs[..i].iter().all(|b| !meet(a, b)));
        }
        let sum = discs.iter().fold(Rational::ZERO, |sum, disc| sum + &disc.real);
        let error = discs.iter().fold(Rational::ZERO, |sum, disc| sum + &disc.radius);
        let n = square_free.len() - 1;
        let exact = Rational::ratio(&-square_free.coefficient(n - 1), square_free.leading()).unwrap();
        assert!((sum - exact).abs() <= error);
    }

    #[test]
    fn discs_hold_one_root_each() {
        let mut random = Random::new(71);
        for (degree, bits) in [(1, 5), (2, 5), (3, 8), (5, 30), (8, 6), (12, 4)] {
            let p = random.polynomial(degree, bits);
            check(&p, p.count_real_roots());
        }
        check(&(&IntegerPolynomial::x().pow(8) - &IntegerPolynomial::one()), 2);
        check(&IntegerPolynomial::from_i64(&[0, 0, 1, 0, 1]), 1);
        let wilkinson = (1..=10).fold(IntegerPolynomial::one(), |p, i| &p * &IntegerPolynomial::from_i64(&[-i, 1]));
        check(&wilkinson, 10);
        assert!(IntegerPolynomial::from_i64(&[3]).isolate_complex_roots(5, &Budget::unlimited()).unwrap().is_empty());
    }
}
