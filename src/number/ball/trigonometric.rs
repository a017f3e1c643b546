//! Trigonometric functions and their inverses on balls.

use dashu_base::BitTest;
use dashu_int::IBig;

use super::constant;
use super::exponential::useful_precision;
use super::fixed;
use super::{Ball, Radius};
use crate::number::dyadic::Dyadic;

/// Arguments of more bits than this before the point are not reduced: the value is only known to lie in -1 ..= 1.
const LARGEST_TOP: i64 = 1 << 18;

/// Sine and cosine of a point, each with its own error.
fn sin_cos_point(x: &Dyadic, precision: u32) -> (Ball, Ball) {
    let top = x.top();
    if x.is_zero() {
        return (Ball::ZERO, Ball::one());
    }
    if top > LARGEST_TOP {
        let unknown = Ball::ZERO.widened(Radius::power_of_two(0));
        return (unknown.clone(), unknown);
    }
    if top < -i64::from(precision) / 2 - 2 {
        return tiny_sin_cos(x, precision);
    }
    let mut bits = precision as usize + 16 + top.min(0).unsigned_abs() as usize;
    let (mut quarter, mut rest) = reduce(x, bits);
    let lost = bits.saturating_sub(rest.bit_len()).saturating_sub(top.min(0).unsigned_abs() as usize);
    if lost > 4 {
        // Close to a multiple of pi/2: reduce again with as many bits more as were cancelled.
        bits += lost;
        (quarter, rest) = reduce(x, bits);
    }
    let negative = rest < IBig::ZERO;
    let (sine, cosine) = fixed::sin_cos(&rest.into_parts().1.into(), bits);
    let ball =
        |value: IBig, negative: bool| Ball::from_fixed(if negative { -value } else { value }, bits, 6, precision);
    match quarter {
        0 => (ball(sine, negative), ball(cosine, false)),
        1 => (ball(cosine, false), ball(sine, !negative)),
        2 => (ball(sine, !negative), ball(cosine, true)),
        _ => (ball(cosine, true), ball(sine, negative)),
    }
}

/// `|sin x - x| <= |x|^3` and `|cos x - 1| <= x^2`.
fn tiny_sin_cos(x: &Dyadic, precision: u32) -> (Ball, Ball) {
    let size = Radius::above(x);
    let square = size.mul(size);
    (Ball::build(x.clone(), square.mul(size), precision), Ball::one().widened(square))
}

/// The quarter turn nearest to `x`, modulo 4, and what is left, at `bits`, within three units.
fn reduce(x: &Dyadic, bits: usize) -> (u8, IBig) {
    if x.top() <= -1 {
        return (0, x.scale(bits as i64).floor());
    }
    let extra = x.top().max(0) as usize + 4;
    let fine = bits + extra;
    let half_turn = constant::pi(fine);
    // x/(pi/2) rounded to nearest: floor((4x + pi) / (2 pi))
    let scaled = x.scale(fine as i64).floor();
    let numerator = (&scaled << 2usize) + &half_turn;
    let quarters = floor_div(&numerator, &(&half_turn << 1usize));
    let rest = (&scaled << 1usize) - &quarters * half_turn;
    let phase = u8::try_from(&quarters & IBig::from(3)).unwrap_or(0);
    (phase, rest >> (extra + 1))
}

fn floor_div(a: &IBig, b: &IBig) -> IBig {
    use dashu_base::DivRemEuclid;
    a.div_rem_euclid(b).0
}

impl Ball {
    /// Sine and cosine together.
    pub fn sin_cos(&self, precision: u32) -> (Ball, Ball) {
        // Nothing known may also mean "not real", so not even the range is.
        if !self.is_bounded() {
            return (Ball::UNBOUNDED, Ball::UNBOUNDED);
        }
        let error = self.radius().min(Radius::new(2, 0));
        let (sine, cosine) = sin_cos_point(self.middle(), useful_precision(self, precision).max(2));
        (sine.widened(error).within_unit(), cosine.widened(error).within_unit())
    }

    /// The sine.
    pub fn sin(&self, precision: u32) -> Ball {
        self.sin_cos(precision).0
    }

    /// The cosine.
    pub fn cos(&self, precision: u32) -> Ball {
        self.sin_cos(precision).1
    }

    /// A wide ball around a value known to lie in -1 ..= 1.
    pub(super) fn within_unit(self) -> Ball {
        if self.radius().top() <= -1 {
            return self;
        }
        let one = Dyadic::power_of_two(0);
        let clamp = |end: Dyadic| match () {
            () if end.compare(&one).is_gt() => one.clone(),
            () if end.compare(&one.neg()).is_lt() => one.neg(),
            () => end,
        };
        Ball::between(&clamp(self.lower(32)), &clamp(self.upper(32)), 32)
    }

    /// The tangent; unbounded when a pole may be in the ball.
    pub fn tan(&self, precision: u32) -> Ball {
        let (sine, cosine) = self.sin_cos(precision + 4);
        sine.div(&cosine, precision)
    }

    /// The cotangent.
    pub fn cot(&self, precision: u32) -> Ball {
        let (sine, cosine) = self.sin_cos(precision + 4);
        cosine.div(&sine, precision)
    }

    /// The secant.
    pub fn sec(&self, precision: u32) -> Ball {
        self.cos(precision + 4).recip(precision)
    }

    /// The cosecant.
    pub fn csc(&self, precision: u32) -> Ball {
        self.sin(precision + 4).recip(precision)
    }

    /// `sin(pi*x)` and `cos(pi*x)`, exact where they are 0 or 1.
    pub fn sin_cos_pi(&self, precision: u32) -> (Ball, Ball) {
        let doubled = self.middle().scale(1);
        if doubled.top() > LARGEST_TOP {
            let even = self.is_exact() && self.middle().exponent() > 0;
            let unknown = || Ball::ZERO.widened(Radius::power_of_two(0));
            return if even { (Ball::ZERO, Ball::one()) } else { (unknown(), unknown()) };
        }
        let nearest = doubled
            .add_rounded(
                &Dyadic::power_of_two(-1),
                (doubled.top().max(0) + 8) as u32,
                crate::number::dyadic::Rounding::Floor,
            )
            .floor();
        let rest = self.sub(&Ball::exact(Dyadic::new(nearest.clone(), -1)), precision + 64);
        let (sine, cosine) = rest.mul(&Ball::pi(precision + 8), precision + 8).sin_cos(precision);
        match u8::try_from(&nearest & IBig::from(3)).unwrap_or(0) {
            0 => (sine, cosine),
            1 => (cosine, sine.neg()),
            2 => (sine.neg(), cosine.neg()),
            _ => (cosine.neg(), sine),
        }
    }

    /// The inverse tangent.
    pub fn arctan(&self, precision: u32) -> Ball {
        if !self.is_bounded() {
            return Ball::UNBOUNDED;
        }
        let value = arctan_point(self.middle(), useful_precision(self, precision));
        if self.is_exact() {
            return value;
        }
        // The slope is at most 1/(1 + y^2) for the least |y| in the ball.
        let slope = match self.least_magnitude() {
            Some(least) => Radius::power_of_two(0).div(least).div(least).min(Radius::power_of_two(0)),
            None => Radius::power_of_two(0),
        };
        value.widened(self.radius().mul(slope).min(Radius::new(4, 0)))
    }

    /// The inverse cotangent `arctan(1/x)`; unknown sign when the ball meets zero, exactly zero gives pi/2.
    pub fn arccot(&self, precision: u32) -> Ball {
        if self.is_zero() {
            return Ball::pi(precision).scale(-1);
        }
        if self.contains_zero() {
            return if self.is_bounded() { right_angles() } else { Ball::UNBOUNDED };
        }
        self.recip(precision + 4).arctan(precision)
    }

    /// The inverse sine; unbounded when the ball reaches out of -1 ..= 1.
    pub fn arcsin(&self, precision: u32) -> Ball {
        if self.is_exact() && self.abs().compare(&Ball::one()).is_some_and(|order| order.is_eq()) {
            return Ball::pi(precision).scale(-1).mul_small(i64::from(self.middle().signum()), precision);
        }
        let working = precision + 8;
        // (1 - x)(1 + x) keeps the accuracy near the ends.
        let bits = working + self.middle().bits() as u32;
        let square = Ball::one().sub(self, bits).mul(&Ball::one().add(self, bits), working);
        let cosine = square.sqrt(working);
        if cosine.is_bounded() && cosine.contains_zero() {
            return right_angles();
        }
        self.div(&cosine, working).arctan(precision)
    }

    /// The inverse cosine; unbounded when the ball reaches out of -1 ..= 1.
    pub fn arccos(&self, precision: u32) -> Ball {
        if self.is_exact() && self.compare(&Ball::from(-1)).is_some_and(|order| order.is_eq()) {
            return Ball::pi(precision);
        }
        let working = precision + 8;
        let bits = working + self.middle().bits() as u32;
        let quotient = Ball::one().sub(self, bits).div(&Ball::one().add(self, bits), working);
        quotient.sqrt(working).arctan(precision).scale(1)
    }

    /// The inverse secant.
    pub fn arcsec(&self, precision: u32) -> Ball {
        self.inverse_of_reciprocal(Ball::arccos, precision)
    }

    /// The inverse cosecant.
    pub fn arccsc(&self, precision: u32) -> Ball {
        self.inverse_of_reciprocal(Ball::arcsin, precision)
    }

    /// `inverse(1/x)`, where exact plus and minus one stay exact and more bits serve the neighbourhood of one.
    pub(super) fn inverse_of_reciprocal(&self, inverse: fn(&Ball, u32) -> Ball, precision: u32) -> Ball {
        let near = |ball: &Ball| ball.abs().sub(&Ball::one(), 32).greatest_magnitude().top();
        let extra = near(self).clamp(-4 * i64::from(precision) - 64, 0).unsigned_abs() as u32;
        inverse(&self.recip(precision + extra + 8), precision)
    }

    /// The angle of the point `(x, y)` in `-pi < angle <= pi`. Where the ball crosses the negative x axis, and at the
    /// origin, the result holds every angle.
    pub fn arctan2(y: &Ball, x: &Ball, precision: u32) -> Ball {
        let pi = || Ball::pi(precision + 4);
        if !x.is_bounded() || !y.is_bounded() {
            return Ball::UNBOUNDED;
        }
        match (x.sign(), y.sign()) {
            (Some(1), _) => y.div(x, precision + 4).arctan(precision),
            (Some(-1), Some(0)) => Ball::pi(precision),
            (_, Some(1)) => pi().scale(-1).sub(&x.div(y, precision + 4).arctan(precision + 4), precision),
            (_, Some(-1)) => pi().scale(-1).neg().sub(&x.div(y, precision + 4).arctan(precision + 4), precision),
            (Some(0), Some(0)) => Ball::ZERO,
            _ => Ball::ZERO.widened(Ball::pi(32).greatest_magnitude()),
        }
    }
}

/// All angles between -pi/2 and pi/2.
fn right_angles() -> Ball {
    Ball::ZERO.widened(Ball::pi(32).scale(-1).greatest_magnitude())
}

/// The arctangent of a point: relative error below `2^-precision`.
fn arctan_point(x: &Dyadic, precision: u32) -> Ball {
    let top = x.top();
    if x.is_zero() {
        return Ball::ZERO;
    }
    if top < -i64::from(precision) / 2 - 2 {
        // |arctan x - x| <= |x|^3
        let size = Radius::above(x);
        return Ball::build(x.clone(), size.mul(size).mul(size), precision);
    }
    let ball = if top > i64::from(precision) + 4 {
        // pi/2 - arctan(1/x), and the latter is below 2^(1-top)
        Ball::pi(precision + 4).scale(-1).widened(Radius::power_of_two(1 - top))
    } else {
        let bits = precision as usize + 12 + top.min(0).unsigned_abs() as usize;
        let magnitude = x.abs();
        let value = if top >= 1 {
            let inverse = Dyadic::power_of_two(0).div_rounded(
                &magnitude,
                bits as u32 + 2,
                crate::number::dyadic::Rounding::Floor,
            );
            (constant::pi(bits) >> 1) - fixed::arctan(&inverse.scale(bits as i64).floor(), bits)
        } else {
            fixed::arctan(&magnitude.scale(bits as i64).floor(), bits)
        };
        Ball::from_fixed(value, bits, 8, precision)
    };
    if x.is_negative() { ball.neg() } else { ball.rounded(precision) }
}
