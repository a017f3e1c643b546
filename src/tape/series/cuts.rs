//! Special functions of series that start on a branch cut and leave it.
//!
//! The value on a cut belongs to one of its sides (DLMF 4.13, 6.2, 8.2, 10.2, 19.2, 25.12). All these functions take
//! conjugates to conjugates, so on the other side they are the conjugate at the conjugate.

use std::cmp::Ordering;

use super::field::{Field, Stop, unsupported};
use super::laurent::{SeriesOver, Workshop};
use crate::expr::function::imag_part;
use crate::expr::{Expr, Kind};

/// Where a series is beside the branch cut on which it starts, for small positive `t`.
pub(super) enum Beside {
    /// On the side to which the values on the cut belong.
    Own,
    /// On the other one.
    Other,
    /// On either side of a cut on which the function is real, between its values: so many times `pi*I` more.
    Between(i64),
}

impl<F: Field> Workshop<F> {
    /// Where the last argument of a special function is beside its cut, and whether it is there for small negative `t` too;
    /// `None` when the function has no cut there or the arguments stay real.
    pub(super) fn beside_cut(&self, name: &str, arguments: &[SeriesOver<F>]) -> Result<Option<(Beside, bool)>, Stop> {
        let Some((beyond, own)) = cut_of(name, arguments.len()) else { return Ok(None) };
        let complex = |u: &&SeriesOver<F>| u.coefficients.iter().any(|c| self.field.is_real(c).is_no());
        let Some(u) = arguments.last().filter(|u| complex(u) || !self.stays_real(u)) else { return Ok(None) };
        let Some((constant, rest)) = self.split_constant(u)? else { return Ok(None) };
        if !self.field.is_real(&constant).is_yes() || self.is_whole_order(name, arguments) {
            return Ok(None);
        }
        if !self.field.sign(&self.field.derive(&[&constant], &|c| beyond(&c[0]))?)?.is_gt() {
            return Ok(None);
        }
        let Some(place) = rest.coefficients.iter().position(|c| !self.field.is_real(c).is_yes()) else {
            return Err(Stop::More);
        };
        let side = self.field.derive(&[&rest.coefficients[place]], &|c| imag_part(&c[0]))?;
        let side = self.field.sign(&side)?;
        let both = rest.ramification == 1 && (rest.start + place as i64) % 2 == 0;
        let real_on_cut = name == "Ei" || name == "log_integral" && self.field.sign(&constant)?.is_gt();
        Ok(Some(match side {
            Ordering::Equal => return unsupported("a point on a branch cut"),
            _ if real_on_cut => (Beside::Between(side as i64), both),
            _ if side == own => (Beside::Own, both),
            _ => (Beside::Other, both),
        }))
    }

    /// Functions that have no cut for an order that is a whole number.
    fn is_whole_order(&self, name: &str, arguments: &[SeriesOver<F>]) -> bool {
        let whole = arguments[0].as_constant().and_then(|order| self.field.to_integer(order));
        match name {
            "bessel_J" | "bessel_I" => whole.is_some(),
            "gamma" => whole.is_some_and(|n| n > 0),
            "exp_integral_e" | "polylog" => whole.is_some_and(|n| n <= 0),
            "hurwitz_zeta" => whole.is_some(),
            _ => false,
        }
    }
}

/// What is positive on the cut of a function in its last argument, and the side to which the values on it belong.
fn cut_of(name: &str, arguments: usize) -> Option<(fn(&Expr) -> Expr, Ordering)> {
    Some(match name {
        "gamma" if arguments == 1 => return None,
        "lambert_w" => (|u| -(u + Expr::e().recip()), Ordering::Greater),
        "log_integral" => (|u| Expr::one() - u, Ordering::Greater),
        "log_gamma" | "Ei" | "cos_integral" | "cosh_integral" | "exp_integral_e1" | "exp_integral_e" | "gamma"
        | "bessel_J" | "bessel_Y" | "bessel_I" | "bessel_K" | "hurwitz_zeta" => (|u| -u, Ordering::Greater),
        "dilog" | "polylog" | "elliptic_kc" | "elliptic_ec" | "elliptic_e" | "elliptic_f" | "elliptic_pi" => {
            (|u| u - Expr::one(), Ordering::Less)
        }
        _ => return None,
    })
}

/// Does a complex number occur that is not real?
pub fn has_imaginary_numbers(expr: &Expr) -> bool {
    expr.shared_nodes().any(|node| match node.kind() {
        Kind::Number(number) => !number.is_real(),
        Kind::Product(product) => !product.coefficient().is_real(),
        Kind::Sum(sum) => !sum.constant().is_real() || sum.terms().iter().any(|term| !term.coefficient.is_real()),
        _ => false,
    })
}
