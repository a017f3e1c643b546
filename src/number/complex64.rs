//! Complex numbers of two machine numbers, for speed: the tape samples with them.
//!
//! Arithmetic and the commonest functions are direct; the others go through a ball of 64 bits, which keeps the branch
//! cuts in one place.

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::{Ball, ComplexBall};

/// Bits enough that the rounded result is right to the last place but for rare ties.
const PRECISION: u32 = 64;
/// Right bits that a machine number needs.
const ENOUGH: i64 = 54;
/// How often the precision is doubled where leading bits cancel.
const MOST_DOUBLINGS: u32 = 2;

/// A complex machine number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Complex64 {
    /// The real part.
    pub re: f64,
    /// The imaginary part.
    pub im: f64,
}

impl Complex64 {
    /// Not a number.
    pub const NAN: Complex64 = Complex64 { re: f64::NAN, im: f64::NAN };
    /// The imaginary unit.
    pub const I: Complex64 = Complex64 { re: 0.0, im: 1.0 };

    /// From its parts.
    pub const fn new(re: f64, im: f64) -> Complex64 {
        Complex64 { re, im }
    }

    /// Is a part NaN?
    pub fn is_nan(self) -> bool {
        self.re.is_nan() || self.im.is_nan()
    }

    /// Are both parts finite?
    pub fn is_finite(self) -> bool {
        self.re.is_finite() && self.im.is_finite()
    }

    /// The distance from zero.
    pub fn abs(self) -> f64 {
        pxfm::f_hypot(self.re, self.im)
    }

    /// The angle, in `-pi < angle <= pi`; a zero imaginary part counts as `+0`.
    pub fn arg(self) -> f64 {
        pxfm::f_atan2(self.im + 0.0, self.re)
    }

    /// The value with the opposite imaginary part.
    pub fn conjugate(self) -> Complex64 {
        Complex64::new(self.re, -self.im)
    }

    /// One over the number.
    pub fn recip(self) -> Complex64 {
        Complex64::new(1.0, 0.0) / self
    }

    /// The product with the imaginary unit.
    pub fn mul_i(self) -> Complex64 {
        Complex64::new(-self.im, self.re)
    }

    /// The principal square root.
    pub fn sqrt(self) -> Complex64 {
        if self.im == 0.0 {
            return if self.re >= 0.0 {
                Complex64::new(self.re.sqrt(), 0.0)
            } else {
                Complex64::new(0.0, (-self.re).sqrt())
            };
        }
        // Scaled so that the sum can't overflow.
        let size = (0.5 * self.re.abs() + 0.5 * self.abs()).sqrt();
        let other = 0.5 * self.im.abs() / size;
        let (re, im) = if self.re >= 0.0 { (size, other) } else { (other, size) };
        Complex64::new(re, im.copysign(self.im))
    }

    /// The exponential function.
    pub fn exp(self) -> Complex64 {
        let size = pxfm::f_exp(self.re);
        if self.im == 0.0 {
            return Complex64::new(size, 0.0);
        }
        let (sine, cosine) = pxfm::f_sincos(self.im);
        Complex64::new(size * cosine, size * sine)
    }

    /// The principal logarithm.
    pub fn log(self) -> Complex64 {
        let size = self.abs();
        if (0.5..2.0).contains(&size) && self.im != 0.0 {
            return self.through_ball(ComplexBall::log);
        }
        Complex64::new(pxfm::f_log(size), self.arg())
    }

    /// The sine.
    pub fn sin(self) -> Complex64 {
        let (sine, cosine) = pxfm::f_sincos(self.re);
        if self.im == 0.0 {
            return Complex64::new(sine, 0.0);
        }
        Complex64::new(sine * pxfm::f_cosh(self.im), cosine * pxfm::f_sinh(self.im))
    }

    /// The cosine.
    pub fn cos(self) -> Complex64 {
        let (sine, cosine) = pxfm::f_sincos(self.re);
        if self.im == 0.0 {
            return Complex64::new(cosine, 0.0);
        }
        Complex64::new(cosine * pxfm::f_cosh(self.im), -sine * pxfm::f_sinh(self.im))
    }

    /// The power with a machine integer.
    pub fn powi(self, exponent: i64) -> Complex64 {
        if self.im == 0.0 {
            return Complex64::new(real_power(self.re, exponent), 0.0);
        }
        let mut result = Complex64::new(1.0, 0.0);
        let magnitude = exponent.unsigned_abs();
        for index in (0..64 - magnitude.leading_zeros()).rev() {
            result = result * result;
            if magnitude >> index & 1 == 1 {
                result = result * self;
            }
        }
        if exponent < 0 { result.recip() } else { result }
    }

    /// The principal power.
    pub fn pow(self, exponent: Complex64) -> Complex64 {
        if exponent.im == 0.0 && exponent.re.fract() == 0.0 && exponent.re.abs() < 1e15 {
            return self.powi(exponent.re as i64);
        }
        if self.im == 0.0 && self.re >= 0.0 && exponent.im == 0.0 {
            return Complex64::new(pxfm::f_pow(self.re, exponent.re), 0.0);
        }
        if self.re == 0.0 && self.im == 0.0 {
            return if exponent.re > 0.0 { Complex64::new(0.0, 0.0) } else { Complex64::NAN };
        }
        (self.log() * exponent).exp()
    }

    /// The value of a function on balls, at this number.
    pub fn through_ball(self, function: impl Fn(&ComplexBall, u32) -> ComplexBall) -> Complex64 {
        let at = self.to_ball();
        let mut value = function(&at, PRECISION);
        for doublings in 1..=MOST_DOUBLINGS {
            if value.accuracy_bits() >= ENOUGH {
                break;
            }
            value = function(&at, PRECISION << doublings);
        }
        Complex64::from_ball(&value)
    }

    /// The exact ball of this number.
    pub fn to_ball(self) -> ComplexBall {
        ComplexBall::new(Ball::from_f64(self.re), Ball::from_f64(self.im))
    }

    /// The midpoint of a ball; NaN when nothing is known.
    pub fn from_ball(ball: &ComplexBall) -> Complex64 {
        let part = |ball: &Ball| {
            if ball.radius_f64() < 1e-3 * ball.to_f64().abs() || ball.radius_f64() < 1e-9 {
                ball.to_f64()
            } else {
                f64::NAN
            }
        };
        Complex64::new(part(ball.re()), part(ball.im()))
    }
}

/// A machine number to an integer power, by `pow` where the exponent is exact.
pub(crate) fn real_power(base: f64, exponent: i64) -> f64 {
    match exponent {
        0 => 1.0,
        1 => base,
        2 => base * base,
        -1 => 1.0 / base,
        _ if exponent.unsigned_abs() <= 1 << 53 => pxfm::f_pow(base, exponent as f64),
        // The exponent loses bits as a machine number, its parity among them.
        _ if exponent % 2 == 0 => pxfm::f_pow(base.abs(), exponent as f64),
        _ => pxfm::f_pow(base.abs(), exponent as f64).copysign(base),
    }
}

impl From<f64> for Complex64 {
    fn from(re: f64) -> Complex64 {
        Complex64::new(re, 0.0)
    }
}

impl Add for Complex64 {
    type Output = Complex64;

    fn add(self, other: Complex64) -> Complex64 {
        Complex64::new(self.re + other.re, self.im + other.im)
    }
}

impl Sub for Complex64 {
    type Output = Complex64;

    fn sub(self, other: Complex64) -> Complex64 {
        Complex64::new(self.re - other.re, self.im - other.im)
    }
}

impl Mul for Complex64 {
    type Output = Complex64;

    fn mul(self, other: Complex64) -> Complex64 {
        if self.im == 0.0 {
            return Complex64::new(self.re * other.re, self.re * other.im);
        }
        if other.im == 0.0 {
            return Complex64::new(self.re * other.re, self.im * other.re);
        }
        Complex64::new(self.re * other.re - self.im * other.im, self.re * other.im + self.im * other.re)
    }
}

impl Div for Complex64 {
    type Output = Complex64;

    /// Smith's algorithm, which neither overflows nor underflows early.
    fn div(self, other: Complex64) -> Complex64 {
        if other.im == 0.0 {
            return Complex64::new(self.re / other.re, self.im / other.re);
        }
        if other.re.abs() >= other.im.abs() {
            let ratio = other.im / other.re;
            let scale = other.re + other.im * ratio;
            return Complex64::new((self.re + self.im * ratio) / scale, (self.im - self.re * ratio) / scale);
        }
        let ratio = other.re / other.im;
        let scale = other.re * ratio + other.im;
        Complex64::new((self.re * ratio + self.im) / scale, (self.im * ratio - self.re) / scale)
    }
}

impl Neg for Complex64 {
    type Output = Complex64;

    fn neg(self) -> Complex64 {
        Complex64::new(-self.re, -self.im)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_balls() {
        for (re, im) in [(1.5, -2.5), (-3.0, 0.25), (0.1, 0.9), (-0.7, -0.7), (2.0, 0.0), (-2.0, 0.0)] {
            let z = Complex64::new(re, im);
            let pairs: [(Complex64, fn(&ComplexBall, u32) -> ComplexBall); 5] = [
                (z.exp(), ComplexBall::exp),
                (z.log(), ComplexBall::log),
                (z.sqrt(), ComplexBall::sqrt),
                (z.sin(), ComplexBall::sin),
                (z.cos(), ComplexBall::cos),
            ];
            for (direct, function) in pairs {
                let exact = z.through_ball(function);
                assert!((direct - exact).abs() <= 1e-15 * exact.abs(), "{z:?}: {direct:?} {exact:?}");
            }
            assert!((z / z - Complex64::from(1.0)).abs() < 1e-15);
        }
        assert_eq!(Complex64::new(-8.0, 0.0).powi(3), Complex64::from(-512.0));
    }
}
