//! Inverse trigonometric and hyperbolic functions on complex balls, by logarithms.
//!
//! On the cuts they have Sage's values: `arcsin(2) = pi/2 - 1.31...*I`, `arctanh(2) = 0.54... + pi/2*I`,
//! `arctan(2*I) = pi/2 + 0.54...*I`, and the functions are odd there.

use super::ComplexBall;
use crate::number::Ball;

/// Where a real ball lies with respect to the segment from -1 to 1.
#[derive(PartialEq)]
enum Side {
    Left,
    Inside,
    Right,
    Unknown,
}

fn side(x: &Ball) -> Side {
    use std::cmp::Ordering::*;
    match (x.compare(&Ball::from(-1)), x.compare(&Ball::one())) {
        (Some(Less), _) => Side::Left,
        (_, Some(Greater)) => Side::Right,
        (Some(Greater | Equal), Some(Less | Equal)) => Side::Inside,
        _ => Side::Unknown,
    }
}

impl ComplexBall {
    /// The inverse sine.
    pub fn arcsin(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            let (x, half_pi) = (&self.re, || Ball::pi(precision).scale(-1));
            match side(x) {
                Side::Inside => return ComplexBall::new(x.arcsin(precision), Ball::ZERO),
                Side::Right => return ComplexBall::new(half_pi(), x.arccosh(precision).neg()),
                Side::Left => return ComplexBall::new(half_pi().neg(), x.neg().arccosh(precision)),
                Side::Unknown => {}
            }
        }
        if self.is_imaginary() {
            return ComplexBall::new(Ball::ZERO, self.im.arcsinh(precision));
        }
        // -i*log(i*z + sqrt(1 - z^2))
        self.mul_i().arcsinh_by_log(precision).div_i()
    }

    /// The inverse cosine, `pi/2 - arcsin(z)`.
    pub fn arccos(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            let x = &self.re;
            match side(x) {
                Side::Inside => return ComplexBall::new(x.arccos(precision), Ball::ZERO),
                Side::Right => return ComplexBall::new(Ball::ZERO, x.arccosh(precision)),
                Side::Left => return ComplexBall::new(Ball::pi(precision), x.neg().arccosh(precision).neg()),
                Side::Unknown => {}
            }
        }
        let half_pi = ComplexBall::from(Ball::pi(precision + 4).scale(-1));
        half_pi.sub(&self.arcsin(precision + 4), precision)
    }

    /// The inverse hyperbolic sine.
    pub fn arcsinh(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::new(self.re.arcsinh(precision), Ball::ZERO);
        }
        if self.is_imaginary() {
            let (y, half_pi) = (&self.im, || Ball::pi(precision).scale(-1));
            match side(y) {
                Side::Inside => return ComplexBall::new(Ball::ZERO, y.arcsin(precision)),
                Side::Right => return ComplexBall::new(y.arccosh(precision), half_pi()),
                Side::Left => return ComplexBall::new(y.neg().arccosh(precision).neg(), half_pi().neg()),
                Side::Unknown => {}
            }
        }
        self.arcsinh_by_log(precision)
    }

    /// `log(z + sqrt(z^2 + 1))`, for `Re z < 0` by its oddness (the sum would cancel there).
    fn arcsinh_by_log(&self, precision: u32) -> ComplexBall {
        if self.re.sign() == Some(-1) {
            return self.neg().arcsinh_by_log(precision).neg();
        }
        let working = precision + self.smallness(precision) + 8;
        let root = self.square(working).add(&ComplexBall::one(), working).sqrt(working);
        self.add(&root, working).log(precision + self.smallness(precision))
    }

    /// The inverse hyperbolic cosine, `log(z + sqrt(z + 1)*sqrt(z - 1))`.
    pub fn arccosh(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            let x = &self.re;
            match side(x) {
                Side::Right => return ComplexBall::new(x.arccosh(precision), Ball::ZERO),
                Side::Inside => return ComplexBall::new(Ball::ZERO, x.arccos(precision)),
                Side::Left => return ComplexBall::new(x.neg().arccosh(precision), Ball::pi(precision)),
                Side::Unknown => {}
            }
        }
        let (working, one) = (precision + 8, ComplexBall::one());
        let upper = self.add(&one, working).sqrt(working);
        let lower = self.sub(&one, working).sqrt(working);
        self.add(&upper.mul(&lower, working), working).log(precision)
    }

    /// The inverse hyperbolic tangent; unbounded when the ball may hold -1 or 1.
    pub fn arctanh(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            let x = &self.re;
            match side(x) {
                Side::Inside => return ComplexBall::new(x.arctanh(precision), Ball::ZERO),
                Side::Right => return ComplexBall::new(x.arccoth(precision), Ball::pi(precision).scale(-1)),
                Side::Left => return ComplexBall::new(x.arccoth(precision), Ball::pi(precision).scale(-1).neg()),
                Side::Unknown => return ComplexBall::UNBOUNDED,
            }
        }
        if self.is_imaginary() {
            return ComplexBall::new(Ball::ZERO, self.im.arctan(precision));
        }
        let working = precision + self.smallness(precision) + 8;
        let one = ComplexBall::one();
        let difference = one.add(self, working).log(working).sub(&one.sub(self, working).log(working), precision);
        difference.scale(-1)
    }

    /// The inverse tangent; unbounded when the ball may hold `i` or `-i`.
    pub fn arctan(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::new(self.re.arctan(precision), Ball::ZERO);
        }
        if self.is_imaginary() {
            let y = &self.im;
            match side(y) {
                Side::Inside => return ComplexBall::new(Ball::ZERO, y.arctanh(precision)),
                Side::Right => return ComplexBall::new(Ball::pi(precision).scale(-1), y.arccoth(precision)),
                Side::Left => return ComplexBall::new(Ball::pi(precision).scale(-1).neg(), y.arccoth(precision)),
                Side::Unknown => return ComplexBall::UNBOUNDED,
            }
        }
        self.mul_i().arctanh(precision).div_i()
    }

    /// `inverse(1/z)`.
    fn of_reciprocal(&self, inverse: fn(&ComplexBall, u32) -> ComplexBall, precision: u32) -> ComplexBall {
        let size = self.greatest_magnitude().top().clamp(0, i64::from(precision)) as u32;
        inverse(&self.recip(precision + size + 16), precision)
    }

    /// The inverse cotangent `arctan(1/z)`, pi/2 at zero.
    pub fn arccot(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::new(self.re.arccot(precision), Ball::ZERO);
        }
        self.of_reciprocal(ComplexBall::arctan, precision)
    }

    /// The inverse secant `arccos(1/z)`.
    pub fn arcsec(&self, precision: u32) -> ComplexBall {
        self.real_or_reciprocal(Ball::arcsec, ComplexBall::arccos, precision)
    }

    /// The inverse cosecant `arcsin(1/z)`.
    pub fn arccsc(&self, precision: u32) -> ComplexBall {
        self.real_or_reciprocal(Ball::arccsc, ComplexBall::arcsin, precision)
    }

    /// The inverse hyperbolic cotangent `arctanh(1/z)`.
    pub fn arccoth(&self, precision: u32) -> ComplexBall {
        self.real_or_reciprocal(Ball::arccoth, ComplexBall::arctanh, precision)
    }

    /// The inverse hyperbolic secant `arccosh(1/z)`.
    pub fn arcsech(&self, precision: u32) -> ComplexBall {
        self.real_or_reciprocal(Ball::arcsech, ComplexBall::arccosh, precision)
    }

    /// The inverse hyperbolic cosecant `arcsinh(1/z)`.
    pub fn arccsch(&self, precision: u32) -> ComplexBall {
        self.real_or_reciprocal(Ball::arccsch, ComplexBall::arcsinh, precision)
    }

    /// The real function where it has a value, else the complex one at the reciprocal.
    fn real_or_reciprocal(
        &self,
        real: fn(&Ball, u32) -> Ball,
        inverse: fn(&ComplexBall, u32) -> ComplexBall,
        precision: u32,
    ) -> ComplexBall {
        if self.is_real() {
            let value = real(&self.re, precision);
            if value.is_bounded() {
                return ComplexBall::new(value, Ball::ZERO);
            }
        }
        self.of_reciprocal(inverse, precision)
    }
}
