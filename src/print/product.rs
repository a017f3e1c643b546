//! Products taken apart for print: sign, size of the coefficient, what stands above and what below the line.

use crate::expr::{Expr, Factor, Kind, Product, inverse_power, printed_factors};
use crate::number::{Integer, Number, Rational};

use super::number;

/// A product as it is printed.
pub(super) struct Fraction {
    /// Is there a minus sign in front?
    pub(super) negative: bool,
    /// The coefficient without that sign.
    pub(super) coefficient: Number,
    /// The factors above the line.
    pub(super) above: Vec<Expr>,
    /// The factors below the line.
    pub(super) below: Vec<Expr>,
}

impl Fraction {
    /// Takes a product apart.
    pub(super) fn new(product: &Product) -> Fraction {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        for factor in printed_factors(product) {
            match inverted(factor) {
                Some(inverse) => below.push(inverse),
                None => above.push(factor.to_expr()),
            }
        }
        Fraction {
            negative: number::begins_with_minus(product.coefficient()),
            coefficient: number::magnitude(product.coefficient()),
            above,
            below,
        }
    }
}

/// The coefficient's part above the line, and its denominator.
pub(super) fn split_coefficient(coefficient: &Number) -> (Number, Number) {
    let denominator = match coefficient {
        Number::Rational(q) => q.denominator(),
        Number::Gaussian(g) => g.re.denominator().lcm(&g.im.denominator()),
        Number::Real(_) | Number::Complex(_) => Integer::ONE,
    };
    if denominator.is_one() {
        return (coefficient.clone(), Number::ONE);
    }
    let denominator = Number::from(Rational::from(denominator));
    (coefficient * &denominator, denominator)
}

/// One over the factor, if that belongs below the line.
fn inverted(factor: &Factor) -> Option<Expr> {
    if factor.exponent.is_negative() {
        return Some(Factor { base: factor.base.clone(), exponent: -&factor.exponent }.to_expr());
    }
    match factor.base.kind() {
        Kind::Power(base, exponent) if factor.exponent.is_one() => below_line(base, exponent),
        _ => None,
    }
}

/// One over a power, if that belongs below the line: for a negative real exponent, or a negative multiple.
pub(super) fn below_line(base: &Expr, exponent: &Expr) -> Option<Expr> {
    match exponent.as_number() {
        Some(number) => (number.real_sign() == Some(-1)).then(|| raise(base, number)),
        None => inverse_power(base, exponent),
    }
}

/// The base to the opposite power.
fn raise(base: &Expr, exponent: &Number) -> Expr {
    match exponent.as_rational() {
        Some(rational) => Factor { base: base.clone(), exponent: -rational }.to_expr(),
        None => base.power(&Expr::number(-exponent)),
    }
}
