//! The derivative, memoised over the shared graph: one result a node, so the cost is that of the graph, not the tree.

use crate::number::sorting;
use std::cell::OnceCell;
use std::rc::Rc;

use crate::budget::Budget;
use crate::expr::function::{self, DerivativeOf};
use crate::expr::{Changed, Expr, Factor, Function, Kind, Monomial, PassMap, ProductSum, Reason, SumBuilder, Symbol};
use crate::number::{Number, Rational};

/// The derivative of an expression by a variable; of a relation, side by side.
///
/// # Errors
/// When the budget runs out.
pub fn diff(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Expr, Reason> {
    Differentiator::new(variable, budget).derivative(expr)
}

/// The derivative of order `times`.
///
/// # Errors
/// When the budget runs out.
pub fn diff_times(expr: &Expr, variable: Symbol, times: usize, budget: &Budget) -> Result<Expr, Reason> {
    // The derivatives of the parts serve all orders: `sin(x)` is derived once.
    let mut differentiator = Differentiator::new(variable, budget);
    let mut result = expr.clone();
    for _ in 0..times {
        if result.is_zero() {
            break;
        }
        result = differentiator.derivative(&result)?;
    }
    Ok(result)
}

/// Derives by one variable and remembers the derivatives of parts.
struct Differentiator<'b> {
    variable: Symbol,
    budget: &'b Budget,
    /// By address; the nodes are kept, so that no address is used twice.
    known: PassMap<usize, (Expr, Rc<Derived>)>,
    /// Small parts by structure, so that equal ones are the same node.
    same: PassMap<Expr, Expr>,
    zero: Rc<Derived>,
    one: Rc<Derived>,
}

/// A derivative, and its parts where it is finite, found when a product asks for them.
struct Derived {
    expr: Expr,
    parts: OnceCell<Option<Monomial>>,
}

impl Derived {
    fn new(expr: Expr) -> Rc<Derived> {
        Rc::new(Derived { expr, parts: OnceCell::new() })
    }
}

/// Parts deeper than this are not looked up by structure, which would cost their size each time.
const DEEPEST_SAME: usize = 8;

impl<'b> Differentiator<'b> {
    fn new(variable: Symbol, budget: &'b Budget) -> Differentiator<'b> {
        let number = |value: i64| Derived::new(Expr::integer(value));
        let (known, same) = (PassMap::default(), PassMap::default());
        Differentiator { variable, budget, known, same, zero: number(0), one: number(1) }
    }

    /// The derivative of an expression, its parts first.
    fn derivative(&mut self, root: &Expr) -> Result<Expr, Reason> {
        let mut pending: Vec<Expr> = Vec::new();
        self.push_unknown(root, &mut pending);
        while let Some(node) = pending.pop() {
            self.budget.check()?;
            if self.of(&node).is_some() {
                continue;
            }
            let before = pending.len();
            pending.push(node.clone());
            self.push_unknown(&node, &mut pending);
            if pending.len() == before + 1 {
                pending.pop();
                let derived = self.derived(&node);
                self.known.insert(node.address(), (node, derived));
            }
        }
        Ok(self.expression(root))
    }

    /// Puts the parts of a node whose derivatives are not known on the stack.
    fn push_unknown(&self, node: &Expr, pending: &mut Vec<Expr>) {
        let mut visit = |part: &Expr| {
            if self.of(part).is_none() {
                pending.push(part.clone());
            }
        };
        match node.kind() {
            Kind::Number(_) | Kind::Symbol(_) | Kind::Constant(_) | Kind::Infinity(_) | Kind::Undefined(_) => {}
            Kind::Sum(sum) => {
                for term in sum.terms() {
                    match term.base.kind() {
                        Kind::Product(product) => product.factors().iter().for_each(|factor| visit(&factor.base)),
                        _ => visit(&term.base),
                    }
                }
            }
            Kind::Product(product) => product.factors().iter().for_each(|factor| visit(&factor.base)),
            Kind::Power(base, exponent) => [base, exponent].into_iter().for_each(visit),
            Kind::Call(_, arguments) => arguments.iter().for_each(visit),
            Kind::Relation(_, left, right) => [left, right].into_iter().for_each(visit),
        }
    }

    /// The derivative of a part, if it is known or a leaf.
    #[inline]
    fn of(&self, part: &Expr) -> Option<&Rc<Derived>> {
        match part.kind() {
            Kind::Number(_) | Kind::Constant(_) | Kind::Infinity(_) => Some(&self.zero),
            Kind::Symbol(symbol) => Some(if *symbol == self.variable { &self.one } else { &self.zero }),
            _ => self.known.get(&part.address()).map(|(_, derived)| derived),
        }
    }

    /// The derivative of a part that was derived before.
    fn known(&self, part: &Expr) -> &Rc<Derived> {
        self.of(part).unwrap_or(&self.zero)
    }

    /// The derivative of a node whose parts are derived.
    fn derived(&mut self, node: &Expr) -> Rc<Derived> {
        let small = node.depth() <= DEEPEST_SAME;
        if small && let Some(same) = self.same.get(node) {
            return self.known(same).clone();
        }
        let expr = self.expression(node);
        if expr.is_zero() {
            return self.zero.clone();
        }
        if small {
            self.same.insert(node.clone(), node.clone());
        }
        Derived::new(expr)
    }

    /// A derivative taken apart for products.
    fn parts<'d>(&self, derived: &'d Derived) -> Option<&'d Monomial> {
        let taken_apart = || Monomial::of(&derived.expr).map(|parts| parts.map_bases(|base| self.intern(base)));
        derived.parts.get_or_init(taken_apart).as_ref()
    }

    /// The part of this structure that was met first.
    fn intern(&self, base: &Expr) -> Expr {
        if base.depth() > DEEPEST_SAME { base.clone() } else { self.same.get(base).unwrap_or(base).clone() }
    }

    /// The derivative of a node whose parts are derived.
    fn expression(&self, node: &Expr) -> Expr {
        match node.kind() {
            Kind::Number(_) | Kind::Symbol(_) | Kind::Constant(_) | Kind::Infinity(_) => self.known(node).expr.clone(),
            Kind::Undefined(_) => node.clone(),
            Kind::Sum(sum) => {
                if let [term] = sum.terms()
                    && !matches!(term.base.kind(), Kind::Product(_))
                {
                    return self.known(&term.base).expr.scale(&term.coefficient);
                }
                let mut result = ProductSum::new();
                for term in sum.terms() {
                    match term.base.kind() {
                        Kind::Product(product) => self.product_rule(product.factors(), &term.coefficient, &mut result),
                        _ => result.add_scaled(&self.known(&term.base).expr, &term.coefficient),
                    }
                }
                result.finish()
            }
            Kind::Product(product) => {
                let mut result = ProductSum::new();
                self.product_rule(product.factors(), product.coefficient(), &mut result);
                result.finish()
            }
            Kind::Power(base, exponent) => self.power_rule(node, base, exponent),
            Kind::Call(function, arguments) => self.chain_rule(node, function, arguments),
            Kind::Relation(relation, left, right) => {
                Expr::relation(*relation, self.known(left).expr.clone(), self.known(right).expr.clone())
            }
        }
    }

    /// Adds the derivative of a product; a factor `b^q` gives `q*b^(q-1)*b'`.
    fn product_rule(&self, factors: &[Factor], coefficient: &Number, sum: &mut ProductSum) {
        for (index, factor) in factors.iter().enumerate() {
            let derived = self.known(&factor.base);
            if derived.expr.is_zero() {
                continue;
            }
            let lowered = &factor.exponent - &Rational::ONE;
            let rest = Changed { factors, change: Some((index, &lowered)) };
            let outer = match factor.exponent.is_one() {
                true => coefficient.clone(),
                false => coefficient * &Number::from(factor.exponent.clone()),
            };
            match self.parts(derived) {
                Some(parts) => sum.add_product(&outer, rest, parts),
                None => sum.add_scaled(&(rest.to_expr() * &derived.expr), &outer),
            }
        }
    }

    fn power_rule(&self, node: &Expr, base: &Expr, exponent: &Expr) -> Expr {
        let (db, de) = (self.known(base), self.known(exponent));
        match (db.expr.is_zero(), de.expr.is_zero(), Monomial::of(node)) {
            (true, true, _) => Expr::zero(),
            (false, true, Some(power)) if exponent.as_rational().is_some() => {
                let mut result = ProductSum::new();
                self.product_rule(power.factors(), &Number::ONE, &mut result);
                result.finish()
            }
            _ => derivative_of_power((base, &db.expr), (exponent, &de.expr)),
        }
    }

    fn chain_rule(&self, node: &Expr, function: &Function, arguments: &[Expr]) -> Expr {
        let outer = |position: usize| match function.is(&function::EXP) {
            true => node.clone(),
            false => derivative_by_position(function, arguments, position),
        };
        if let [only] = arguments {
            let inner = &self.known(only).expr;
            return match function {
                _ if inner.is_zero() => Expr::zero(),
                Function::Elementary(record) if let Some(total) = record.total_derivative => total(only, inner),
                _ => outer(0) * inner,
            };
        }
        if let Some(derivative) = self.derivative_of_bound(node, function, arguments) {
            return derivative;
        }
        let mut sum = SumBuilder::new();
        for (position, argument) in arguments.iter().enumerate() {
            let inner = &self.known(argument).expr;
            if !inner.is_zero() {
                sum.add(&(outer(position) * inner));
            }
        }
        sum.finish()
    }
}

impl Differentiator<'_> {
    /// The derivative of an integral, sum or product that is held, whose second argument is bound: by Leibniz' rule
    /// under the sign and at the bounds. `None` for other functions, and for sums and products with variable bounds.
    fn derivative_of_bound(&self, node: &Expr, function: &Function, arguments: &[Expr]) -> Option<Expr> {
        let (body, bound, bounds) = match arguments {
            [body, bound, bounds @ ..] => (body, bound, bounds),
            _ => return None,
        };
        let variable = bound.as_symbol()?;
        let under = |body: Expr| {
            let held = [body, bound.clone()].into_iter().chain(bounds.iter().cloned()).collect();
            Expr::held(function.clone(), held)
        };
        let inner = if variable == self.variable { Expr::zero() } else { self.known(body).expr.clone() };
        let moves = bounds.iter().map(|end| &self.known(end).expr);
        if function.is(&function::INTEGRATE) {
            if bounds.is_empty() && variable == self.variable {
                return Some(body.clone());
            }
            let inside = if inner.is_zero() { Expr::zero() } else { under(inner) };
            let edge = |(end, moved): (&Expr, &Expr)| match moved.is_zero() {
                true => Expr::zero(),
                false => body.substitute_symbol(variable, end) * moved,
            };
            let mut edges = bounds.iter().zip(moves).map(edge);
            let (low, high) = (edges.next(), edges.next());
            return Some(inside + high.unwrap_or_else(Expr::zero) - low.unwrap_or_else(Expr::zero));
        }
        let is_fixed = moves.into_iter().all(Expr::is_zero);
        match () {
            () if !is_fixed => None,
            () if !function.is(&function::SUM) && !function.is(&function::PRODUCT) => None,
            () if inner.is_zero() => Some(Expr::zero()),
            () if function.is(&function::SUM) => Some(under(inner)),
            () => {
                let sum = under(inner / body).as_call().map(|(_, arguments)| arguments.to_vec())?;
                Some(node * Expr::held(Function::Elementary(&function::SUM), sum))
            }
        }
    }
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
        sorting::sort(&mut positions);
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

    #[test]
    fn held_integrals_and_sums_are_derived_under_the_sign() {
        for (source, expected) in [
            ("integrate(f(t), t, 1, x)", "f(x)"),
            ("integrate(f(x), x)", "f(x)"),
            ("integrate(f(t), t, x, x^2)", "2*x*f(x^2) - f(x)"),
            ("integrate(e^(t^t*x), t, 0, 1)", "integrate(t^t*e^(t^t*x), t, 0, 1)"),
            ("integrate(f(x), x, 0, 1)", "0"),
            ("sum(f(k)*x^2, k, 0, n)", "sum(2*x*f(k), k, 0, n)"),
            ("product(f(k) + x, k, 0, n)", "product(f(k) + x, k, 0, n)*sum(1/(f(k) + x), k, 0, n)"),
        ] {
            let read = |text: &str| crate::expr::read(text).unwrap();
            assert_eq!(d(&read(source)), read(expected), "{source}");
        }
    }

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

    #[test]
    fn derivatives_by_orders_are_derivatives_of_derivatives() {
        let texts = [
            "sin(x)*exp(x^2)/(1 + x)",
            "exp(sin(x)*cos(x^2))",
            "x^x",
            "sqrt(x^2 + 1)*log(x)",
            "abs(x)*sqrt(abs(x))",
            "x^a*x^(2*b)*exp(x)",
            "2^x*sin(x)^3/x",
            "sin(exp(x))*exp(x)*exp(-2*x)",
            "(x + 1)^5*(2*x + 3)^(1/2)",
            "arctan(x)/(x^2 + 1)^(3/2)",
            "y*x + z",
            "x == sin(x)",
        ];
        for text in texts {
            let expr = crate::expr::read(text).expect(text);
            let x = Symbol::new("x");
            let by_orders = diff_times(&expr, x, 3, &Budget::unlimited()).unwrap();
            assert_eq!(by_orders, d(&d(&d(&expr))), "{text}");
        }
    }

    #[test]
    fn the_product_rule_holds_for_merged_products() {
        let texts = ["sin(x)", "exp(x)", "exp(-2*x)*x", "sqrt(x)", "x^a", "(x + 1)^2", "1/(x + 1)", "2^x", "abs(x)"];
        let parts: Vec<Expr> = texts.iter().map(|text| crate::expr::read(text).expect(text)).collect();
        for f in &parts {
            for g in &parts {
                let difference = d(&(f * g)) - (d(f) * g + f * d(g));
                let at = [(Expr::variable("x"), Expr::fraction(7, 5)), (Expr::variable("a"), Expr::fraction(2, 3))];
                let value = difference.substitute(&at);
                let expanded = crate::algebra::expand(&value, &Budget::unlimited()).unwrap();
                let zero = crate::algebra::is_zero(&expanded, &Budget::unlimited());
                assert!(zero.is_ok_and(crate::expr::Truth::is_yes), "{f:?} {g:?}: {expanded:?}");
            }
        }
    }
}
