//! Complex numbers of two reals, as Sage's `ComplexField`: each part is rounded on its own, and the text leaves out
//! a part that is zero.

use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

use super::Real;
use super::dyadic::Rounding;

/// A complex number; both parts have the same precision.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Complex {
    re: Real,
    im: Real,
}

impl Complex {
    /// From its parts; the precision is the smaller one.
    pub fn new(re: Real, im: Real) -> Complex {
        let precision = re.prec().min(im.prec());
        Complex { re: re.with_prec(precision), im: im.with_prec(precision) }
    }

    /// The imaginary unit.
    pub fn i(precision: u32) -> Complex {
        Complex { re: Real::zero(precision), im: Real::from_f64(1.0).with_prec(precision) }
    }

    /// The real part.
    pub fn re(&self) -> &Real {
        &self.re
    }

    /// The imaginary part.
    pub fn im(&self) -> &Real {
        &self.im
    }

    /// The precision in bits.
    pub fn prec(&self) -> u32 {
        self.re.prec()
    }

    /// The same value rounded to another precision.
    pub fn with_prec(&self, precision: u32) -> Complex {
        Complex { re: self.re.with_prec(precision), im: self.im.with_prec(precision) }
    }

    /// Is it zero?
    pub fn is_zero(&self) -> bool {
        self.re.is_zero() && self.im.is_zero()
    }

    /// Is the imaginary part zero?
    pub fn is_real(&self) -> bool {
        self.im.is_zero()
    }

    /// The value with the opposite imaginary part.
    pub fn conjugate(&self) -> Complex {
        Complex { re: self.re.clone(), im: -&self.im }
    }

    /// The distance from zero, correctly rounded.
    pub fn abs(&self) -> Real {
        let precision = self.prec();
        match (self.re.to_dyadic(), self.im.to_dyadic()) {
            (Some(a), Some(b)) => {
                // Beyond 4*precision bits apart the smaller square is far below the last bit: a hint will do.
                let working = 4 * precision + 64;
                let square = a.mul(&a).add_rounded(&b.mul(&b), working, Rounding::Floor);
                Real::from_dyadic(square.sqrt_rounded(precision, Rounding::Nearest), precision)
            }
            _ if self.re.is_infinite() || self.im.is_infinite() => Real::infinity(false, precision),
            _ => Real::nan(precision),
        }
    }

    /// One over the value.
    pub fn recip(&self) -> Complex {
        let norm = &self.re * &self.re + &self.im * &self.im;
        Complex { re: &self.re / &norm, im: -(&self.im / &norm) }
    }
}

impl From<Real> for Complex {
    fn from(re: Real) -> Complex {
        let im = Real::zero(re.prec());
        Complex { re, im }
    }
}

impl Add for &Complex {
    type Output = Complex;

    fn add(self, other: &Complex) -> Complex {
        Complex { re: &self.re + &other.re, im: &self.im + &other.im }
    }
}

impl Sub for &Complex {
    type Output = Complex;

    fn sub(self, other: &Complex) -> Complex {
        Complex { re: &self.re - &other.re, im: &self.im - &other.im }
    }
}

impl Mul for &Complex {
    type Output = Complex;

    fn mul(self, other: &Complex) -> Complex {
        let re = &self.re * &other.re - &self.im * &other.im;
        let im = &self.re * &other.im + &self.im * &other.re;
        Complex { re, im }
    }
}

impl Div for &Complex {
    type Output = Complex;

    fn div(self, other: &Complex) -> Complex {
        let norm = &other.re * &other.re + &other.im * &other.im;
        let re = &self.re * &other.re + &self.im * &other.im;
        let im = &self.im * &other.re - &self.re * &other.im;
        Complex { re: re / &norm, im: im / &norm }
    }
}

impl Neg for &Complex {
    type Output = Complex;

    fn neg(self) -> Complex {
        Complex { re: -&self.re, im: -&self.im }
    }
}

impl fmt::Display for Complex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.im.is_zero() {
            return write!(f, "{}", self.re);
        }
        if self.re.is_zero() {
            return write!(f, "{}*I", self.im);
        }
        let sign = if self.im.is_negative() { '-' } else { '+' };
        let text = self.im.abs().to_string();
        write!(f, "{} {sign} {}*I", self.re, text.trim_start_matches('+'))
    }
}

impl fmt::Debug for Complex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complex(re: f64, im: f64) -> Complex {
        Complex::new(Real::from_f64(re), Real::from_f64(im))
    }

    #[test]
    fn text_is_that_of_sage() {
        for (re, im, shown) in [
            (1.0 / 3.0, 1.0, "0.333333333333333 + 1.00000000000000*I"),
            (0.0, 1.0, "1.00000000000000*I"),
            (0.0, -1.0, "-1.00000000000000*I"),
            (1.0, 0.0, "1.00000000000000"),
            (-1.5, -2.5, "-1.50000000000000 - 2.50000000000000*I"),
            (0.0, 0.0, "0.000000000000000"),
            (1e20, 1e-20, "1.00000000000000e20 + 1.00000000000000e-20*I"),
            (f64::INFINITY, 1.0, "+infinity + 1.00000000000000*I"),
            (f64::NAN, 1.0, "NaN + 1.00000000000000*I"),
        ] {
            assert_eq!(complex(re, im).to_string(), shown);
        }
    }

    #[test]
    fn arithmetic() {
        assert_eq!(&complex(1.0, 2.0) * &complex(3.0, 4.0), complex(-5.0, 10.0));
        assert_eq!((&complex(1.0, 2.0) / &complex(3.0, 4.0)).to_string(), "0.440000000000000 + 0.0800000000000000*I");
        assert_eq!(complex(3.0, 4.0).abs(), Real::from_f64(5.0));
        assert_eq!(complex(1e300, 1e-300).abs(), Real::from_f64(1e300));
    }
}
