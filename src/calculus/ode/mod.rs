//! Ordinary differential equations in one unknown function, of order one and two.
//!
//! First order: linear, separable, exact (also after an integrating factor in one variable), Bernoulli, homogeneous.
//! Second order: linear with constant coefficients, the forcing term by variation of parameters. Every answer is put
//! back into the equation and must reduce to zero there; what is not proved so is not answered. The methods are those
//! of any textbook, e.g. Boyce and DiPrima, chapters 2 and 3; the constants are `_C`, and `_K1` and `_K2`.

mod first;
mod second;

use crate::algebra;
use crate::budget::Budget;
use crate::calculus::{antiderivative, diff};
use crate::expr::{Expr, Function, Kind, Reason, Relation, Symbol};
use crate::number::Number;

/// A differential equation for a function.
#[derive(Debug)]
pub struct Equation<'b> {
    /// What is zero, with the symbols below for the function and its derivatives.
    residual: Expr,
    /// The unknown function, such as `y(x)`.
    function: Expr,
    variable: Symbol,
    order: usize,
    budget: &'b Budget,
}

/// What is known of a function or its derivative at points.
#[derive(Clone, Debug, PartialEq)]
pub enum Conditions {
    /// Nothing.
    None,
    /// The value at a point.
    Value(Expr, Expr),
    /// Value and slope at a point.
    Slope(Expr, Expr, Expr),
    /// The values at two points.
    Values([(Expr, Expr); 2]),
}

/// A solution with the name of its method.
#[derive(Clone, Debug, PartialEq)]
pub struct Solved {
    /// The function, or an equation that it satisfies.
    pub answer: Expr,
    /// The method, as textbooks call it.
    pub method: &'static str,
}

/// A family of solutions with one constant.
struct Family {
    /// How the answer is written.
    form: Form,
    /// What the constant is, in terms of variable and function.
    constant: Expr,
    method: &'static str,
}

/// How a family is written.
enum Form {
    /// The function in terms of the variable and the constant.
    Explicit(Expr),
    /// `left == right + _C`
    Added(Expr, Expr),
    /// `_C*left == right`
    Multiplied(Expr, Expr),
}

/// The symbol that stands for the function inside an equation.
fn unknown() -> Symbol {
    Symbol::new("_y")
}

/// The symbol that stands for a derivative inside an equation.
fn slope(order: usize) -> Symbol {
    Symbol::new(if order == 1 { "_dy" } else { "_d2y" })
}

/// The constant of a first-order equation.
fn constant() -> Expr {
    Expr::variable("_C")
}

const UNSOLVED: Reason = Reason::Unsupported("no method for this differential equation");

impl<'b> Equation<'b> {
    /// Reads an equation, or an expression that is zero, for a function such as `y(x)`.
    ///
    /// # Errors
    /// Derivatives of order above two, and the function at other points.
    pub fn new(equation: &Expr, function: &Expr, variable: Symbol, budget: &'b Budget) -> Result<Equation<'b>, Reason> {
        let difference = match equation.kind() {
            Kind::Relation(Relation::Equal, left, right) => left - right,
            Kind::Relation(..) => return Err(Reason::Domain("an inequality is no differential equation")),
            _ => equation.clone(),
        };
        let Some((name, _)) = function.as_call() else {
            return Err(Reason::Domain("the unknown must be a function such as y(x)"));
        };
        let x = Expr::symbol(variable);
        let mut order = 0;
        let mut strange = false;
        let residual = difference.map_bottom_up(|node| match node.as_call() {
            Some((own, [at])) if own == name && *at == x => Expr::symbol(unknown()),
            Some((Function::Derivative(derived), [at])) if derived.function == *name && *at == x => {
                order = order.max(derived.positions.len());
                Expr::symbol(slope(derived.positions.len()))
            }
            Some((own, _)) => {
                strange |= own == name || matches!(own, Function::Derivative(derived) if derived.function == *name);
                node
            }
            None => node,
        });
        let residual = residual.map_bottom_up(exact);
        if strange || order > 2 || order == 0 {
            return Err(UNSOLVED);
        }
        Ok(Equation { residual, function: function.clone(), variable, order, budget })
    }

    /// Solves the equation under conditions.
    ///
    /// # Errors
    /// `Unsupported` when no method applies or the answer is not proved, `Unknown` with a missing fact, `Domain` for
    /// conditions that don't fit, `Budget` when stopped.
    pub fn solve(&self, conditions: &Conditions) -> Result<Solved, Reason> {
        if self.order == 1 { self.solve_first(conditions) } else { second::solve(self, conditions) }
    }

    fn solve_first(&self, conditions: &Conditions) -> Result<Solved, Reason> {
        let family = first::family(self)?;
        let value = match conditions {
            Conditions::None => constant(),
            Conditions::Value(x, y) => self.constant_at(&family, x, y)?,
            _ => return Err(Reason::Domain("a first-order equation takes one point: ics=[x0, y0]")),
        };
        let method = family.method;
        let put = |expr: &Expr| {
            expr.substitute(&[(constant(), value.clone()), (Expr::symbol(unknown()), self.function.clone())])
        };
        let answer = match &family.form {
            Form::Explicit(explicit) => put(explicit),
            Form::Added(left, right) => Expr::relation(Relation::Equal, put(left), put(right) + value.clone()),
            Form::Multiplied(left, right) => Expr::relation(Relation::Equal, put(left) * value.clone(), put(right)),
        };
        if answer.is_undefined() {
            return Err(Reason::Domain("no solution of this family passes through the point"));
        }
        Ok(Solved { answer, method })
    }

    /// The value of the constant for the solution through a point.
    fn constant_at(&self, family: &Family, x: &Expr, y: &Expr) -> Result<Expr, Reason> {
        let at = [(Expr::symbol(self.variable), x.clone()), (Expr::symbol(unknown()), y.clone())];
        let value = family.constant.substitute(&at);
        if value.is_undefined() || matches!(value.kind(), Kind::Infinity(_)) {
            return Err(Reason::Domain("no solution of this family passes through the point"));
        }
        Ok(value)
    }

    /// An antiderivative that must exist.
    fn integral(&self, f: &Expr, variable: Symbol) -> Result<Expr, Reason> {
        antiderivative(f, variable, self.budget)?.ok_or(UNSOLVED)
    }

    /// Whether a function of the variable solves the equation.
    fn holds(&self, solution: &Expr) -> Result<bool, Reason> {
        let first = diff(solution, self.variable, self.budget)?;
        let mut pairs = vec![(Expr::symbol(unknown()), solution.clone())];
        if self.order == 2 {
            pairs.push((Expr::symbol(slope(2)), diff(&first, self.variable, self.budget)?));
        }
        pairs.push((Expr::symbol(slope(1)), first));
        Ok(algebra::is_zero(&self.residual.substitute(&pairs), self.budget)?.is_yes())
    }
}

/// Decimal numbers as the simplest fractions that they stand for, so that answers can be proved.
fn exact(node: Expr) -> Expr {
    match node.as_number() {
        Some(Number::Real(real)) => real.simplest_rational().map_or(node, Expr::number),
        _ => node,
    }
}

/// Whether a symbol is free in an expression.
fn depends(expr: &Expr, symbol: Symbol) -> bool {
    expr.has_symbol(symbol)
}
