//! The derivative, memoised over the shared graph: one result a node, so the cost is that of the graph, not the tree.

use std::rc::Rc;

use crate::budget::Budget;
use crate::expr::function::{self, DerivativeOf};
use crate::expr::{Expr, Function, Kind, Product, ProductBuilder, Reason, SumBuilder, Symbol};
use crate::number::{Number, Rational};

/// The derivative of an expression by a variable; of a relation, side by side.
///
/// # Errors
/// When the budget runs out.
pub fn diff(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Expr, Reason> {
    let zero = Expr::zero();
    expr.try_fold(|node, derivatives: &[Expr]| {
        budget.check()?;
        if matches!(node.kind(), Kind::Relation(..)) {
            return Ok(derivative_of_node(node, derivatives, variable));
        }
        let depends = node.as_symbol() == Some(variable) || derivatives.iter().any(|d| !d.is_zero());
        Ok(if depends { derivative_of_node(node, derivatives, variable) } else { zero.clone() })
    })
}

/// The derivative of order `times`.
///
/// # Errors
/// When the budget runs out.
pub fn diff_times(expr: &Expr, variable: Symbol, times: usize, budget: &Budget) -> Result<Expr, Reason> {
    let mut result = expr.clone();
    for _ in 0..times {
        if result.is_zero() {
            break;
        }
        result = diff(&result, variable, budget)?;
    }
    Ok(result)
}

/// The derivative of a node from those of its stored children.
fn derivative_of_node(node: &Expr, derivatives: &[Expr], variable: Symbol) -> Expr {
    match node.kind() {
        Kind::Symbol(symbol) => Expr::integer(i64::from(*symbol == variable)),
        Kind::Number(_) | Kind::Constant(_) | Kind::Infinity(_) => Expr::zero(),
        Kind::Undefined(_) => node.clone(),
        Kind::Sum(sum) => {
            let mut builder = SumBuilder::new();
            for (term, derivative) in sum.terms().iter().zip(derivatives) {
                builder.add_scaled(derivative, &term.coefficient);
            }
            builder.finish()
        }
        Kind::Product(product) => derivative_of_product(product, derivatives),
        Kind::Power(base, exponent) => match derivatives {
            [base_derivative, exponent_derivative] => {
                derivative_of_power((base, base_derivative), (exponent, exponent_derivative))
            }
            _ => Expr::zero(),
        },
        Kind::Call(function, arguments) => derivative_of_call(function, arguments, derivatives),
        Kind::Relation(relation, ..) => match derivatives {
            [left, right] => Expr::relation(*relation, left.clone(), right.clone()),
            _ => Expr::zero(),
        },
    }
}

/// The product rule; a factor `b^q` gives `q*b^(q-1)*b'`.
fn derivative_of_product(product: &Product, derivatives: &[Expr]) -> Expr {
    let mut sum = SumBuilder::new();
    for (index, derivative) in derivatives.iter().enumerate() {
        if derivative.is_zero() {
            continue;
        }
        let mut term = ProductBuilder::new();
        term.multiply(&Expr::number(product.coefficient().clone()));
        for (other, factor) in product.factors().iter().enumerate() {
            if other == index {
                let lowered = &factor.exponent - &Rational::ONE;
                term.multiply(&factor.base.power_rational(&lowered).scale(&Number::from(factor.exponent.clone())));
            } else {
                term.multiply(&factor.to_expr());
            }
        }
        term.multiply(derivative);
        sum.add(&term.finish());
    }
    sum.finish()
}

/// `b^e` derives to `e*b^(e-1)*b'` where `e` is fixed, and else to `b^e*(e'*log(b) + e*b'/b)`.
fn derivative_of_power((base, db): (&Expr, &Expr), (exponent, de): (&Expr, &Expr)) -> Expr {
    if de.is_zero() {
        return exponent * base.power(&(exponent - Expr::one())) * db;
    }
    let growth = de * function::log(base);
    let power = base.power(exponent);
    if db.is_zero() {
        return power * growth;
    }
    power * (growth + exponent * db / base)
}

/// The chain rule.
fn derivative_of_call(function: &Function, arguments: &[Expr], derivatives: &[Expr]) -> Expr {
    let mut sum = SumBuilder::new();
    for (position, inner) in derivatives.iter().enumerate() {
        if !inner.is_zero() {
            sum.add(&(derivative_by_position(function, arguments, position) * inner));
        }
    }
    sum.finish()
}

/// The derivative of a function by the argument at a position, taken at the arguments.
fn derivative_by_position(function: &Function, arguments: &[Expr], position: usize) -> Expr {
    let known = match function {
        Function::Elementary(record) => (record.derivative)(arguments, position),
        Function::Formal(_) | Function::Derivative(_) => None,
    };
    known.unwrap_or_else(|| {
        let (function, mut positions) = match function {
            Function::Derivative(inner) => (inner.function.clone(), inner.positions.clone()),
            _ => (function.clone(), Vec::new()),
        };
        positions.push(position);
        positions.sort_unstable();
        Expr::held(Function::Derivative(Rc::new(DerivativeOf { function, positions })), arguments.to_vec())
    })
}

/// The derivative where nothing can stop it: for rules that derive small expressions.
pub fn derivative(expr: &Expr, variable: Symbol) -> Expr {
    diff(expr, variable, &Budget::unlimited()).expect("an unlimited budget stops nothing")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(e: &Expr) -> Expr {
        derivative(e, Symbol::new("x"))
    }

    #[test]
    fn rules_of_a_first_course() {
        let x = Expr::variable("x");
        let n = Expr::integer;
        assert_eq!(d(&x.powi(5)), n(5) * x.powi(4));
        assert_eq!(d(&function::sin(&x.powi(2))), n(2) * &x * function::cos(&x.powi(2)));
        assert_eq!(d(&(&x * function::log(&x))), function::log(&x) + n(1));
        assert_eq!(d(&x.sqrt()), x.power(&Expr::fraction(-1, 2)) / n(2));
        assert_eq!(d(&x.power(&x)), x.power(&x) * (function::log(&x) + n(1)));
        assert_eq!(d(&n(2).power(&x)), n(2).power(&x) * function::log(&n(2)));
        assert_eq!(d(&(&x / (&x + n(1)))), (&x + n(1)).recip() - &x * (&x + n(1)).powi(-2));
    }

    #[test]
    fn formal_functions_derive_formally() {
        let x = Expr::variable("x");
        let y = Expr::call(Function::Formal(Symbol::new("y")), vec![x.clone()]);
        let dy = d(&y);
        assert_eq!(d(&y.powi(2)), Expr::integer(2) * &y * &dy);
        assert!(matches!(d(&dy).as_call(), Some((Function::Derivative(d), _)) if d.positions == [0, 0]));
    }

    #[test]
    fn shared_compositions_cost_what_their_graph_costs() {
        let mut e = Expr::variable("x");
        for _ in 0..60 {
            e = function::sin(&(&e * &e + &e));
        }
        assert!(d(&e).shared_nodes().count() < 2000);
    }
}
