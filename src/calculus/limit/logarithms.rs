//! Logarithms written so that their growth or their size is seen.

use std::cmp::Ordering;

use super::ascent::Ascent;
use crate::algebra;
use crate::expr::{Expr, Kind, Reason, function};

impl Ascent<'_> {
    /// The expression with logarithms of sums in which a positive exponential outgrows all else taken apart:
    /// `log(1 + 3^x)` as `x*log(3) + log(3^(-x) + 1)`.
    pub(super) fn logarithms_apart(&self, expr: &Expr) -> Result<Expr, Reason> {
        let mut stopped = None;
        let apart = expr.rewrite_stored(
            |_| None,
            |node| {
                let inside = node.argument_of(&function::LOG).filter(|inside| inside.has_symbol(self.x));
                let Some(inside) = inside.filter(|_| stopped.is_none()) else { return node };
                match self.logarithm_apart(inside) {
                    Ok(apart) => apart.unwrap_or(node),
                    Err(reason) => {
                        stopped = reason.is_stopped().then_some(reason);
                        node
                    }
                }
            },
        );
        stopped.map_or(Ok(apart), Err)
    }

    fn logarithm_apart(&self, inside: &Expr) -> Result<Option<Expr>, Reason> {
        let Kind::Sum(sum) = inside.kind() else { return Ok(None) };
        let parts: Vec<Expr> = sum.parts().collect();
        for leader in &parts {
            let mut outgrows = true;
            for other in parts.iter().filter(|other| *other != leader) {
                outgrows = outgrows && self.limit(&(other / leader))?.is_zero();
            }
            let (exponentials, factors): (Vec<Expr>, Vec<Expr>) =
                algebra::factors(leader).into_iter().partition(|factor| self.exponent(factor).is_some());
            let argument = Expr::sum(exponentials.iter().filter_map(|factor| self.exponent(factor)));
            let rest = Expr::product(factors);
            if !outgrows || exponentials.is_empty() {
                continue;
            }
            if !self.is_real(&argument)? || self.sign_at_infinity(&rest)? != Some(Ordering::Greater) {
                return Ok(None);
            }
            let small = algebra::expand(&(inside / leader), self.budget)?;
            return Ok(Some(argument + function::log(&rest) + function::log(&small)));
        }
        Ok(None)
    }

    /// `log(a + b*I)` as `log(sqrt(a^2 + b^2))` and `I` times the angle.
    pub(super) fn logarithm_by_size(&self, u: &Expr) -> Option<Expr> {
        let size = function::log(&self.modulus(u)?);
        let (re, im) = algebra::split_imaginary(&self.tidy(u));
        Some(size + Expr::i() * self.angle(&im, &re).ok()??)
    }
}
