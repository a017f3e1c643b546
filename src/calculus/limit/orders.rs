//! Powers of the variable with exponents that are parameters: `x^q*log(x)`, `((x + 1)^q - x^q)/x^(q - 1)`.
//!
//! A ratio of comparability that is no number is beyond Gruntz's algorithm. Where such powers are factors, or can be taken
//! out of sums, only their exponents together with the order of all else have to be of known sign.

use super::ascent::Ascent;
use crate::algebra;
use crate::expr::{Expr, Infinity, Kind, Reason, function};

impl Ascent<'_> {
    /// The limit by symbolic exponents taken together; `None` where there are none, or they don't decide.
    pub(super) fn by_symbolic_orders(&self, expr: &Expr) -> Result<Option<Expr>, Reason> {
        if !expr.shared_nodes().any(|node| self.has_symbolic_order(&node)) {
            return Ok(None);
        }
        let factored = self.factored(expr)?;
        if factored != *expr {
            return self.decided(&factored);
        }
        let Kind::Product(product) = expr.kind() else { return Ok(None) };
        let (powers, rest): (Vec<Expr>, Vec<Expr>) =
            product.parts().partition(|part| self.exponent(part).is_some() && self.has_parameters(part));
        let rest = Expr::product(rest);
        if powers.is_empty() || !rest.has_symbol(self.x) {
            return Ok(None);
        }
        let (order, coefficient) = match self.leading_term(&rest) {
            Err(reason) if reason.is_stopped() => return Err(reason),
            Ok(Some(term)) if !self.grows_exponentially(&rest)? => term,
            _ => return Ok(None),
        };
        let x = Expr::symbol(self.x);
        let arguments = powers.iter().filter_map(|power| self.exponent(power));
        let total = Expr::sum(arguments) - function::log(&x) * Expr::number(order);
        self.decided(&(function::exp(&algebra::expand(&total, self.budget)?) * coefficient))
    }

    /// A limit that is no reason to fail.
    fn decided(&self, expr: &Expr) -> Result<Option<Expr>, Reason> {
        match self.limit(expr) {
            Err(reason) if reason.is_stopped() => Err(reason),
            found => Ok(found.ok()),
        }
    }

    pub(super) fn has_parameters(&self, expr: &Expr) -> bool {
        expr.variables().into_iter().any(|symbol| symbol != self.x)
    }

    /// Is the node an exponential with a parameter in its argument?
    fn has_symbolic_order(&self, node: &Expr) -> bool {
        self.exponent(node).is_some_and(|argument| self.has_parameters(&argument))
    }

    /// Sums whose terms are exponentials with parameters, with the greatest order taken out.
    fn factored(&self, expr: &Expr) -> Result<Expr, Reason> {
        let mut stopped = None;
        let rewritten = expr.rewrite(
            |_| None,
            |node| {
                if stopped.is_some() {
                    return node;
                }
                match self.common_order(&node) {
                    Ok(other) => other.unwrap_or(node),
                    Err(reason) => {
                        stopped = Some(reason);
                        node
                    }
                }
            },
        );
        stopped.map_or(Ok(rewritten), Err)
    }

    fn common_order(&self, node: &Expr) -> Result<Option<Expr>, Reason> {
        let Kind::Sum(sum) = node.kind() else { return Ok(None) };
        let parts: Vec<Expr> = sum.parts().collect();
        let order = |part: &Expr| {
            let factors = algebra::factors(part);
            let arguments: Vec<Expr> = factors.iter().filter_map(|factor| self.exponent(factor)).collect();
            let total = Expr::sum(arguments);
            self.has_parameters(&total).then_some(total)
        };
        let Some(orders) = parts.iter().map(order).collect::<Option<Vec<Expr>>>() else { return Ok(None) };
        for first in &orders {
            if !self.is_greatest(first, &orders)? {
                continue;
            }
            let terms = parts.iter().zip(&orders).map(|(part, own)| {
                let rest = algebra::factors(part).into_iter().filter(|factor| self.exponent(factor).is_none());
                Expr::product(rest) * function::exp(&(own - first))
            });
            return Ok(Some(Expr::sum(terms) * function::exp(first)));
        }
        Ok(None)
    }

    /// Are the exponentials of the others at most of the order of that of the first?
    fn is_greatest(&self, first: &Expr, others: &[Expr]) -> Result<bool, Reason> {
        for other in others {
            match self.limit(&algebra::expand(&(other - first), self.budget)?) {
                Err(reason) if reason.is_stopped() => return Err(reason),
                Ok(value) if super::is_finite(&value) => {}
                Ok(value) if matches!(value.kind(), Kind::Infinity(Infinity::Negative)) => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    /// Is the order of the leading term one of an exponential?
    fn grows_exponentially(&self, expr: &Expr) -> Result<bool, Reason> {
        for node in expr.shared_nodes() {
            let Some(argument) = self.exponent(&node) else { continue };
            if !self.limit(&argument).is_ok_and(|value| super::is_finite(&value)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
