//! The cardinal sine.

use crate::expr::assume;
use crate::expr::function::elementary::{self, Bound, Elementary, Kernel, Parity, argument};
use crate::expr::function::trig::{cos, sin};
use crate::expr::node::{Expr, Infinity, Kind};
use crate::number::kernel;

/// The cardinal sine `sin(x)/x`, continued by 1 to zero.
pub static SINC: Elementary = Elementary {
    name: "sinc",
    summary: "The cardinal sine `sin(x)/x`, continued by 1 to zero.",
    latex: r"\operatorname{sinc}",
    parity: Parity::Even,
    exact: |x| value(argument(x)),
    derivative: |x, _| {
        let x = argument(x);
        Some(cos(x) / x - sin(x) / x.powi(2))
    },
    signs: elementary::real_for_real,
    range: (Bound::Integer(-1), Bound::Integer(1)),
    kernel: Kernel::Unary(&kernel::SINC),
    ..Elementary::UNARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[&SINC];

/// 1 at zero, 0 at infinity, `sin(x)/x` where the sine has an exact value and `x` is not zero.
fn value(x: &Expr) -> Option<Expr> {
    if elementary::is_exact_zero(x) {
        return Some(Expr::one());
    }
    if let Kind::Infinity(Infinity::Positive | Infinity::Negative) = x.kind() {
        return Some(Expr::zero());
    }
    let nonzero = assume::is_nonzero(x).is_yes() || assume::sign(x).is_some_and(|sign| sign.is_ne());
    if !nonzero && !elementary::is_shallow_constant(x) {
        return None;
    }
    let sine = sin(x);
    let is_open = sine.as_call().is_some() || (-&sine).as_call().is_some();
    (!is_open).then(|| sine / x)
}
