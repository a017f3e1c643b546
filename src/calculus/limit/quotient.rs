//! Difference quotients: `f(x)/g(x)` where both vanish and `g` has a derivative that does not is `f'(a)/g'(a)`.
//!
//! So the limit that defines a derivative is answered in the form in which `diff` gives it, and quickly. It holds for
//! functions that are differentiable at the point: where the formula of the derivative has a value there, and nothing with
//! corners, steps or branch cuts beside the real axis occurs.

use crate::budget::Budget;
use crate::calculus::diff;
use crate::expr::function::{self, Breaks};
use crate::expr::{Expr, Function, Kind, Reason, Symbol, assume};

/// The limit of a quotient of functions that vanish at the point, the lower one to first order; `None` for others.
///
/// # Errors
/// When the budget runs out.
pub(super) fn limit(expr: &Expr, x: Symbol, point: &Expr, budget: &Budget) -> Result<Option<Expr>, Reason> {
    if !expr.shared_nodes().all(|node| is_smooth(&node) && !may_jump(&node, x, point)) {
        return Ok(None);
    }
    let Some(below) = denominator(expr, x, point) else { return Ok(None) };
    let above = times(expr, &below);
    if !at(&above, x, point).is_zero() {
        return Ok(None);
    }
    let slope = at(&diff::diff(&below, x, budget)?, x, point);
    if slope.is_undefined() || !assume::is_nonzero(&slope).is_yes() {
        return Ok(None);
    }
    let value = at(&diff::diff(&above, x, budget)?, x, point) / slope;
    let has_value = value.shared_nodes().all(|node| !matches!(node.kind(), Kind::Infinity(_) | Kind::Undefined(_)));
    Ok(has_value.then_some(value))
}

/// A simple factor below the line that vanishes at the point, of the expression or its first term.
fn denominator(expr: &Expr, x: Symbol, point: &Expr) -> Option<Expr> {
    let first = match expr.kind() {
        Kind::Sum(sum) => sum.parts().find(|part| part.has_symbol(x))?,
        _ => expr.clone(),
    };
    let Kind::Product(product) = first.kind() else { return None };
    let minus_one = |factor: &&crate::expr::Factor| factor.exponent.to_i64() == Some(-1);
    let mut below = product.factors().iter().filter(minus_one).map(|factor| factor.base.clone());
    below.find(|base| base.has_symbol(x) && at(base, x, point).is_zero())
}

/// The expression times a factor, term by term.
fn times(expr: &Expr, factor: &Expr) -> Expr {
    match expr.kind() {
        Kind::Sum(sum) => Expr::sum(sum.parts().map(|part| part * factor)),
        _ => expr * factor,
    }
}

fn at(expr: &Expr, x: Symbol, point: &Expr) -> Expr {
    expr.rewrite_stored(|node| (node.as_symbol() == Some(x)).then(|| point.clone()), |node| node)
}

/// Can a function that jumps at zero, as `arccot` does, be met there? The formula of its derivative does not show it.
fn may_jump(node: &Expr, x: Symbol, point: &Expr) -> bool {
    let Some((Function::Elementary(record), [argument])) = node.as_call() else { return false };
    if record.breaks != Breaks::Zero || !argument.has_symbol(x) {
        return false;
    }
    let there = at(argument, x, point);
    there.is_constant() && !assume::is_nonzero(&there).is_yes()
}

/// `arccot(u)` and `arccoth(u)` as functions of `1/u` where `u` may vanish at the point: there they jump, and their own
/// value belongs to one side only.
pub(super) fn without_jumps_at_zero(expr: &Expr, x: Symbol, point: &Expr) -> Expr {
    let inverted = |node: &Expr| {
        let (called, [argument]) = node.as_call()? else { return None };
        let by: fn(&Expr) -> Expr = match called.name() {
            "arccot" => function::arctan,
            "arccoth" => function::arctanh,
            _ => return None,
        };
        may_jump(node, x, point).then(|| by(&argument.recip()))
    };
    expr.rewrite_stored(inverted, |node| node)
}

fn is_smooth(node: &Expr) -> bool {
    match node.kind() {
        Kind::Call(Function::Elementary(record), arguments) => arguments.len() == 1 && record.smooth,
        Kind::Number(number) => number.is_real() && number.is_exact(),
        Kind::Product(product) => product.coefficient().is_real() && product.coefficient().is_exact(),
        Kind::Infinity(_) | Kind::Undefined(_) | Kind::Relation(..) => false,
        Kind::Call(..) | Kind::Symbol(_) | Kind::Constant(_) | Kind::Sum(_) | Kind::Power(..) => true,
    }
}
