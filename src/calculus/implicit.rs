//! Implicit derivatives: the slope of the curve on which an expression is zero.

use crate::budget::Budget;
use crate::calculus::diff::diff;
use crate::expr::{Expr, Function, Kind, Reason, Relation, Symbol};

/// The derivative of order `times` of `y` by `x` on the curve `expr = 0`: `y' = -F_x/F_y`, further ones along the curve.
///
/// # Errors
/// `Domain` when the expression does not depend on `y`; when the budget runs out.
pub fn implicit_derivative(expr: &Expr, y: Symbol, x: Symbol, times: usize, budget: &Budget) -> Result<Expr, Reason> {
    let curve = match expr.kind() {
        Kind::Relation(Relation::Equal, left, right) => left - right,
        Kind::Relation(..) => return Err(Reason::Domain("an inequality is no curve")),
        _ => expr.clone(),
    };
    let along_y = diff(&curve, y, budget)?;
    if along_y.is_zero() {
        return Err(Reason::Domain("the expression does not depend on the dependent variable"));
    }
    let slope = -(diff(&curve, x, budget)? / along_y);
    let mut result = if times == 0 { Expr::symbol(y) } else { slope.clone() };
    // Along the curve y is a function of x, whose derivative is the slope.
    let along = Expr::call(Function::Formal(y), vec![Expr::symbol(x)]);
    let along_slope = diff(&along, x, budget)?;
    for _ in 1..times {
        let total = diff(&result.substitute_symbol(y, &along), x, budget)?;
        result =
            total.substitute(&[(along_slope.clone(), slope.clone())]).substitute(&[(along.clone(), Expr::symbol(y))]);
    }
    Ok(result)
}
