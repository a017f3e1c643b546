//! Radii of balls: upper bounds of errors, a mantissa of 30 bits with an exponent, always rounded up.

use dashu_base::BitTest;
use dashu_int::IBig;

use crate::number::dyadic::{Dyadic, Rounding};

/// An upper bound `mantissa * 2^exponent`, zero, or infinity. Invariant: `2^29 <= mantissa < 2^30` when it is neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Radius {
    mantissa: u64,
    exponent: i64,
}

const BITS: u32 = 30;
const LIMIT: i64 = 1 << 61;

impl Radius {
    pub(crate) const ZERO: Radius = Radius { mantissa: 0, exponent: 0 };
    pub(crate) const INFINITE: Radius = Radius { mantissa: u64::MAX, exponent: 0 };

    /// `mantissa * 2^exponent`, rounded up to 30 bits.
    pub(crate) fn new(mantissa: u64, exponent: i64) -> Radius {
        if mantissa == 0 {
            return Radius::ZERO;
        }
        let length = 64 - mantissa.leading_zeros();
        let (mut kept, mut exponent) = if length <= BITS {
            (mantissa << (BITS - length), exponent.saturating_sub(i64::from(BITS - length)))
        } else {
            let shift = length - BITS;
            let lost = mantissa & ((1 << shift) - 1) != 0;
            ((mantissa >> shift) + u64::from(lost), exponent.saturating_add(i64::from(shift)))
        };
        if kept >> BITS != 0 {
            kept >>= 1;
            exponent += 1;
        }
        if exponent > LIMIT {
            return Radius::INFINITE;
        }
        Radius { mantissa: kept, exponent: exponent.max(-LIMIT) }
    }

    /// `2^exponent`.
    pub(crate) fn power_of_two(exponent: i64) -> Radius {
        Radius::new(1, exponent)
    }

    /// An upper bound of the absolute value.
    pub(crate) fn above(value: &Dyadic) -> Radius {
        Radius::bound(value, true)
    }

    /// A lower bound of the absolute value.
    pub(crate) fn below(value: &Dyadic) -> Radius {
        Radius::bound(value, false)
    }

    fn bound(value: &Dyadic, up: bool) -> Radius {
        if value.is_zero() {
            return Radius::ZERO;
        }
        let bits = value.mantissa().bit_len();
        let (_, words) = value.mantissa().as_sign_words();
        // The leading bits of the mantissa, which is odd: whatever is cut off is not zero.
        let shift = bits.saturating_sub(BITS as usize);
        let leading = leading_bits(words, shift);
        let rounded = leading + u64::from(up && shift > 0);
        Radius::new(rounded, value.exponent().saturating_add(shift as i64))
    }

    /// A bound of a non-negative machine number.
    pub(crate) fn from_f64(value: f64) -> Radius {
        Dyadic::from_f64(value).map_or(Radius::INFINITE, |exact| Radius::above(&exact))
    }

    pub(crate) fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    pub(crate) fn is_infinite(self) -> bool {
        self.mantissa == u64::MAX
    }

    /// The number `t` with `r < 2^t`; the least machine integer for zero, the greatest for infinity.
    pub(crate) fn top(self) -> i64 {
        match self {
            Radius::ZERO => i64::MIN,
            Radius::INFINITE => i64::MAX,
            _ => self.exponent.saturating_add(i64::from(BITS)),
        }
    }

    /// The exact value of a finite radius.
    pub(crate) fn to_dyadic(self) -> Dyadic {
        Dyadic::new(IBig::from(self.mantissa), self.exponent)
    }

    /// An upper bound as a machine number.
    pub(crate) fn to_f64(self) -> f64 {
        if self.is_infinite() { f64::INFINITY } else { self.to_dyadic().to_f64(Rounding::Ceil) }
    }

    pub(crate) fn add(self, other: Radius) -> Radius {
        if self.is_infinite() || other.is_infinite() {
            return Radius::INFINITE;
        }
        if self.is_zero() {
            return other;
        }
        if other.is_zero() {
            return self;
        }
        let (large, small) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        let shift = large.exponent - small.exponent;
        if shift > i64::from(BITS) {
            return Radius::new(large.mantissa + 1, large.exponent);
        }
        Radius::new((large.mantissa << shift) + small.mantissa, small.exponent)
    }

    pub(crate) fn mul(self, other: Radius) -> Radius {
        if self.is_zero() || other.is_zero() {
            return Radius::ZERO;
        }
        if self.is_infinite() || other.is_infinite() {
            return Radius::INFINITE;
        }
        Radius::new(self.mantissa * other.mantissa, self.exponent.saturating_add(other.exponent))
    }

    /// An upper bound of the quotient by a number that is at least `divisor`.
    pub(crate) fn div(self, divisor: Radius) -> Radius {
        if divisor.is_zero() || self.is_infinite() {
            return Radius::INFINITE;
        }
        if self.is_zero() || divisor.is_infinite() {
            return Radius::ZERO;
        }
        let quotient = (self.mantissa << BITS) / divisor.mantissa + 1;
        Radius::new(quotient, self.exponent.saturating_sub(divisor.exponent).saturating_sub(i64::from(BITS)))
    }

    /// `r * 2^shift`.
    pub(crate) fn scale(self, shift: i64) -> Radius {
        if self.is_zero() || self.is_infinite() {
            return self;
        }
        Radius::new(self.mantissa, self.exponent.saturating_add(shift))
    }

    /// An upper bound of the square root.
    pub(crate) fn sqrt(self) -> Radius {
        if self.is_zero() || self.is_infinite() {
            return self;
        }
        let odd = self.exponent & 1;
        let root = ((self.mantissa << (30 + odd)) as f64).sqrt().ceil() as u64 + 1;
        Radius::new(root, (self.exponent - odd - 30) / 2)
    }

    pub(crate) fn max(self, other: Radius) -> Radius {
        if self.is_at_most(other) { other } else { self }
    }

    pub(crate) fn min(self, other: Radius) -> Radius {
        if self.is_at_most(other) { self } else { other }
    }

    pub(crate) fn is_at_most(self, other: Radius) -> bool {
        match (self, other) {
            (Radius::ZERO, _) | (_, Radius::INFINITE) => true,
            (_, Radius::ZERO) | (Radius::INFINITE, _) => false,
            _ => (self.exponent, self.mantissa) <= (other.exponent, other.mantissa),
        }
    }
}

/// The magnitude in little-endian words, shifted right; the result fits 30 bits.
fn leading_bits(words: &[dashu_int::Word], shift: usize) -> u64 {
    let width = dashu_int::Word::BITS as usize;
    let (index, offset) = (shift / width, shift % width);
    let word = |at: usize| u128::from(words.get(at).copied().unwrap_or(0));
    ((word(index) | word(index + 1) << width) >> offset) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_on_the_right_side() {
        for value in [1.0, 0.1, 12345.678, 1e-100, 1.0 / 3.0, 4294967295.0] {
            let exact = Dyadic::from_f64(value).unwrap();
            assert!(Radius::above(&exact).to_f64() >= value && Radius::below(&exact).to_f64() <= value);
            let root = Radius::above(&exact).sqrt().to_f64();
            assert!(root >= value.sqrt() && root <= value.sqrt() * 1.000001);
            let product = Radius::above(&exact).mul(Radius::above(&exact)).to_f64();
            assert!(product >= value * value && product <= value * value * 1.000001);
            let quotient = Radius::above(&exact).div(Radius::new(3, 0)).to_f64();
            assert!(quotient >= value / 3.0 && quotient <= value / 3.0 * 1.000001);
        }
        assert_eq!(Radius::new(u64::MAX >> 1, 0).top(), 64);
        assert!(Radius::new(5, 0).add(Radius::new(1, -200)).to_f64() > 5.0);
    }
}
