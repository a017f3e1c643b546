//! Roots, powers, exponential, logarithm, trigonometric and hyperbolic functions on complex balls.

use super::ComplexBall;
use crate::number::ball::Radius;
use crate::number::{Ball, Integer, Rational};

/// Above this precision complex roots are found by Newton's iteration, if they are no higher than [`MOST_NEWTON`].
const NEWTON_BITS: u32 = 512;
const MOST_NEWTON: i64 = 64;

impl ComplexBall {
    /// The principal square root: its real part is not negative, on the negative axis it is `+i*sqrt(-x)`.
    pub fn sqrt(&self, precision: u32) -> ComplexBall {
        let (x, y) = (&self.re, &self.im);
        if self.is_real() {
            match x.sign() {
                Some(sign) if sign >= 0 => return ComplexBall::new(x.sqrt(precision), Ball::ZERO),
                Some(_) => return ComplexBall::new(Ball::ZERO, x.neg().sqrt(precision)),
                None => return self.sqrt_near_zero(),
            }
        }
        if !self.is_bounded() || self.contains_zero() {
            return self.sqrt_near_zero();
        }
        let working = precision + 4;
        let size = self.abs(working);
        if x.sign() == Some(-1) {
            let height = size.sub(x, working).scale(-1).sqrt(working);
            let width = y.abs().div(&height, precision).scale(-1);
            return ComplexBall::new(width, with_sign_of(y, &height, precision));
        }
        let width = size.add(x, working).scale(-1).sqrt(working);
        if !width.is_bounded() {
            return self.sqrt_near_zero();
        }
        let height = y.div(&width, precision).scale(-1);
        ComplexBall::new(width.rounded(precision), height)
    }

    /// The square root of a ball that meets zero: only its size is known.
    fn sqrt_near_zero(&self) -> ComplexBall {
        if !self.is_bounded() {
            return ComplexBall::UNBOUNDED;
        }
        let size = self.re.greatest_magnitude().add(self.im.greatest_magnitude()).sqrt();
        let known = Ball::ZERO.widened(size);
        let height = if self.im.sign() == Some(0) { known.abs() } else { known.clone() };
        ComplexBall::new(known.abs(), height)
    }

    /// The principal power with any exponent, `exp(w*log(z))`; exact integers and halves also by products.
    pub fn pow(&self, exponent: &ComplexBall, precision: u32) -> ComplexBall {
        if exponent.is_real() && exponent.re.is_exact() {
            if let Some(whole) = exponent.re.unique_integer().and_then(|whole| whole.to_i64())
                && exponent.re.middle().is_integer()
            {
                return self.powi(whole, precision);
            }
            if exponent.re.middle().exponent() == -1
                && let Ok(twice) = i64::try_from(exponent.re.middle().mantissa())
            {
                return self.sqrt(precision + 66).powi(twice, precision);
            }
        }
        if self.is_real() && exponent.is_real() && self.re.sign() == Some(1) {
            return ComplexBall::new(self.re.pow(&exponent.re, precision), Ball::ZERO);
        }
        if self.contains_zero() {
            return self.pow_near_zero(exponent, precision);
        }
        let rough = self.log(64).mul(exponent, 64);
        let size = rough.re.greatest_magnitude().add(rough.im.greatest_magnitude()).top().clamp(0, 70) as u32;
        let working = precision + size + 8;
        self.log(working).mul(exponent, working).exp(precision)
    }

    /// `|z^w| = |z|^u e^(-v arg z)` for `w = u + i*v`: small near zero when `u` is positive.
    fn pow_near_zero(&self, exponent: &ComplexBall, precision: u32) -> ComplexBall {
        if exponent.re.sign() != Some(1) || !self.is_bounded() {
            return ComplexBall::UNBOUNDED;
        }
        if self.is_zero() {
            return ComplexBall::ZERO;
        }
        let reach = self.re.greatest_magnitude().add(self.im.greatest_magnitude());
        let (Some(least), size) = (exponent.re.least_magnitude(), Ball::exact(reach.to_dyadic())) else {
            return ComplexBall::UNBOUNDED;
        };
        // The greatest |z|^u on the ball is at one of the ends of u.
        let at_least = size.pow(&Ball::exact(least.to_dyadic()), precision).greatest_magnitude();
        let at_most = size.pow(&Ball::exact(exponent.re.greatest_magnitude().to_dyadic()), precision);
        let turn = Ball::exact(exponent.im.greatest_magnitude().to_dyadic()).mul(&Ball::pi(32), 32).exp(32);
        let known = Ball::ZERO.widened(at_least.max(at_most.greatest_magnitude()).mul(turn.greatest_magnitude()));
        ComplexBall::new(known.clone(), known)
    }

    /// The principal power with a rational exponent.
    pub fn pow_rational(&self, exponent: &Rational, precision: u32) -> ComplexBall {
        if let Some(whole) = exponent.to_i64() {
            return self.powi(whole, precision);
        }
        if self.is_real() && self.re.sign().is_some_and(|sign| sign >= 0) {
            return ComplexBall::new(self.re.pow_rational(exponent, precision), Ball::ZERO);
        }
        if exponent.denominator().to_i64() == Some(2)
            && let Some(twice) = exponent.numerator().to_i64()
        {
            return self.sqrt(precision + 66).powi(twice, precision);
        }
        let size = exponent.numerator().bit_length() as u32;
        if precision > NEWTON_BITS
            && let (Some(times), Some(n)) = (exponent.numerator().to_i64(), exponent.denominator().to_i64())
            && n <= MOST_NEWTON
            && let Some(root) = self.root_by_newton(n, precision + size + 16)
        {
            return root.powi(times, precision);
        }
        self.pow(&ComplexBall::from_rational(exponent, precision + size + 80), precision)
    }

    /// The principal `n`-th root by Newton's iteration from a rough one; `None` when that leaves the branch open.
    ///
    /// For the point `w` that is found `z = w^n*(1 + e)` with a small `e`, so a root of `z` lies within `4*|w*e|/n` of
    /// `w`. Any other root is further than `|w|/n` away, and the rough one tells which is the principal one.
    fn root_by_newton(&self, n: i64, precision: u32) -> Option<ComplexBall> {
        let rough = self.pow(&ComplexBall::from_rational(&Rational::fraction(1, n)?, 160), 128);
        let middle = self.center();
        let count = Ball::from_integer(&Integer::from(n));
        let mut root = rough.center();
        let mut known = 64;
        while known < precision + 8 {
            known = 2 * known - 8;
            let working = known.min(precision + 8) + 32;
            let below = root.powi(n - 1, working);
            let excess = below.mul(&root, working).sub(&middle, working);
            root = root.sub(&excess.div(&below.mul_real(&count, working), working), working).center();
        }
        let power = root.powi(n, precision + 32);
        let least = |value: &ComplexBall| value.abs(64).least_magnitude();
        let excess = power.sub(self, precision + 32).greatest_magnitude().div(least(&power)?);
        let count = Radius::new(n.unsigned_abs(), 0);
        let error = root.greatest_magnitude().mul(excess).scale(2).div(count);
        let reach = rough.sub(&root, 64).greatest_magnitude().add(error).mul(count);
        (excess.top() < -2 && reach.is_at_most(least(&root)?)).then(|| root.widened(error).rounded(precision))
    }

    /// The midpoint.
    fn center(&self) -> ComplexBall {
        ComplexBall::new(self.re.center(), self.im.center())
    }

    /// The exponential function.
    pub fn exp(&self, precision: u32) -> ComplexBall {
        let working = precision + 4;
        let size = self.re.exp(working);
        if self.is_real() {
            return ComplexBall::new(size.rounded(precision), Ball::ZERO);
        }
        let (sine, cosine) = self.im.sin_cos(working);
        ComplexBall::new(size.mul(&cosine, precision), size.mul(&sine, precision))
    }

    /// The principal logarithm, unbounded when the ball may hold zero. On the negative axis the imaginary part is pi.
    pub fn log(&self, precision: u32) -> ComplexBall {
        if self.is_real() && self.re.sign() == Some(1) {
            return ComplexBall::new(self.re.log(precision), Ball::ZERO);
        }
        if self.contains_zero() {
            return ComplexBall::UNBOUNDED;
        }
        ComplexBall::new(self.log_abs(precision), self.arg(precision))
    }

    /// The logarithm of the distance from zero.
    fn log_abs(&self, precision: u32) -> Ball {
        if self.is_real() || self.is_imaginary() {
            return self.abs(precision).log(precision);
        }
        let norm = self.norm(precision + 4);
        let bits = (self.re.middle().bits() + self.im.middle().bits()) as u32;
        let one = Ball::one();
        if norm.sub(&one, 32).greatest_magnitude().top() < -4 {
            // (x - 1)(x + 1) + y^2 keeps the accuracy near the unit circle.
            let working = 2 * (precision + bits) + 16;
            let factors = self.re.sub(&one, working).mul(&self.re.add(&one, working), working);
            return factors.add(&self.im.square(working), working).log1p(precision).scale(-1);
        }
        norm.log(precision).scale(-1)
    }

    /// The logarithm to another base.
    pub fn log_base(&self, base: &ComplexBall, precision: u32) -> ComplexBall {
        self.log(precision + 4).div(&base.log(precision + 4), precision)
    }

    /// The sine.
    pub fn sin(&self, precision: u32) -> ComplexBall {
        let (sine, _) = self.sin_cos(precision);
        sine
    }

    /// The cosine.
    pub fn cos(&self, precision: u32) -> ComplexBall {
        let (_, cosine) = self.sin_cos(precision);
        cosine
    }

    /// Sine and cosine together.
    pub fn sin_cos(&self, precision: u32) -> (ComplexBall, ComplexBall) {
        let working = precision + 4;
        let (sine, cosine) = self.re.sin_cos(working);
        if self.is_real() {
            let round = |ball: Ball| ComplexBall::new(ball.rounded(precision), Ball::ZERO);
            return (round(sine), round(cosine));
        }
        let (grow, shrink) = (self.im.cosh(working), self.im.sinh(working));
        let first = ComplexBall::new(sine.mul(&grow, precision), cosine.mul(&shrink, precision));
        let second = ComplexBall::new(cosine.mul(&grow, precision), sine.mul(&shrink, precision).neg());
        (first, second)
    }

    /// The tangent.
    pub fn tan(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::new(self.re.tan(precision), Ball::ZERO);
        }
        if self.is_imaginary() {
            return ComplexBall::new(Ball::ZERO, self.im.tanh(precision));
        }
        let working = precision + 4;
        if self.im.least_magnitude().is_some_and(|size| size.top() > 2) {
            // i*(1 - 2/(1 + e^(-2iz))) in the upper half plane, where the exponential is large.
            let upper = self.im.sign() == Some(1);
            let z = if upper { self.clone() } else { self.conjugate() };
            let grown = z.div_i().scale(1).exp(working);
            let quotient = grown.add(&ComplexBall::one(), working).recip(working).scale(1);
            let value = ComplexBall::one().sub(&quotient, precision).mul_i();
            return if upper { value } else { value.conjugate() };
        }
        let (sine, cosine) = self.sin_cos(working);
        sine.div(&cosine, precision)
    }

    /// The cotangent.
    pub fn cot(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::new(self.re.cot(precision), Ball::ZERO);
        }
        self.tan(precision + 4).recip(precision)
    }

    /// The secant.
    pub fn sec(&self, precision: u32) -> ComplexBall {
        self.cos(precision + 4).recip(precision)
    }

    /// The cosecant.
    pub fn csc(&self, precision: u32) -> ComplexBall {
        self.sin(precision + 4).recip(precision)
    }

    /// `f(z) = -i*g(i*z)`.
    fn turned(&self, function: fn(&ComplexBall, u32) -> ComplexBall, precision: u32) -> ComplexBall {
        function(&self.mul_i(), precision).div_i()
    }

    /// The hyperbolic sine.
    pub fn sinh(&self, precision: u32) -> ComplexBall {
        self.turned(ComplexBall::sin, precision)
    }

    /// The hyperbolic cosine.
    pub fn cosh(&self, precision: u32) -> ComplexBall {
        self.mul_i().cos(precision)
    }

    /// The hyperbolic tangent.
    pub fn tanh(&self, precision: u32) -> ComplexBall {
        self.turned(ComplexBall::tan, precision)
    }

    /// The hyperbolic cotangent.
    pub fn coth(&self, precision: u32) -> ComplexBall {
        self.tanh(precision + 4).recip(precision)
    }

    /// The hyperbolic secant.
    pub fn sech(&self, precision: u32) -> ComplexBall {
        self.cosh(precision + 4).recip(precision)
    }

    /// The hyperbolic cosecant.
    pub fn csch(&self, precision: u32) -> ComplexBall {
        self.sinh(precision + 4).recip(precision)
    }

    /// How many bits are lost when the argument, being small, is added to one.
    pub(super) fn smallness(&self, precision: u32) -> u32 {
        let size = self.re.greatest_magnitude().add(self.im.greatest_magnitude());
        size.top().clamp(-4 * i64::from(precision) - 64, 0).unsigned_abs() as u32
    }

    /// The greatest distance from zero.
    pub(crate) fn greatest_magnitude(&self) -> Radius {
        let (x, y) = (self.re.greatest_magnitude(), self.im.greatest_magnitude());
        x.mul(x).add(y.mul(y)).sqrt()
    }

    /// The same ball with an error added to both parts.
    pub(crate) fn widened(&self, error: Radius) -> ComplexBall {
        ComplexBall::new(self.re.widened(error), self.im.widened(error))
    }
}

/// The positive `size` with the sign of `y`, of both signs when that is not known, and itself when `y` is zero.
fn with_sign_of(y: &Ball, size: &Ball, precision: u32) -> Ball {
    match y.sign() {
        Some(-1) => size.neg().rounded(precision),
        Some(_) => size.rounded(precision),
        None => size.union(&size.neg(), precision),
    }
}
