//! Products taken apart for print: sign, size of the coefficient, what stands above and what below the line.

use crate::expr::{Expr, Factor, Kind, Product, printed_factors};
use crate::number::Number;

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

/// One over the factor, if that belongs below the line.
fn inverted(factor: &Factor) -> Option<Expr> {
    if factor.exponent.is_negative() {
        return Some(Factor { base: factor.base.clone(), exponent: -&factor.exponent }.to_expr());
    }
    match factor.base.kind() {
        Kind::Power(base, exponent) if factor.exponent.is_one() && is_negative(exponent) => {
            Some(base.power(&-exponent))
        }
        _ => None,
    }
}

/// Does a power with this exponent belong below the line: a negative real number, or such a multiple?
pub(super) fn is_negative(exponent: &Expr) -> bool {
    match exponent.kind() {
        Kind::Number(number) => number.real_sign() == Some(-1),
        Kind::Product(product) => product.coefficient().real_sign() == Some(-1),
        _ => false,
    }
}
