//! Substitution: several subexpressions at once, each replaced where it stands whole.
//!
//! As in Sage, `x^2` is replaced in `3*x^2*y` but not in `x^4`, and `x + y` only where it is a whole sum. Replacements
//! are not searched again, so that `{x: y, y: x}` exchanges. Variables bound by a held integral, sum, product or limit
//! are not replaced, and are renamed before they would capture a variable of a replacement.

use std::collections::HashSet;
use std::rc::Rc;

use super::function::{Elementary, Function, INTEGRATE};
use super::node::{Expr, Kind, Undefined};
use super::symbol::Symbol;
use crate::number::sorting;

impl Expr {
    /// The expression with subexpressions replaced, all at once.
    pub fn substitute(&self, pairs: &[(Expr, Expr)]) -> Expr {
        if pairs.is_empty() {
            return self.clone();
        }
        let lookup = |node: &Expr| pairs.iter().find(|(from, _)| from == node).map(|(_, to)| to.clone());
        let replace = |node: &Expr| lookup(node).or_else(|| in_binder(node, pairs));
        let stored = |from: &Expr| matches!(from.kind(), Kind::Symbol(_) | Kind::Constant(_) | Kind::Call(..));
        if pairs.iter().all(|(from, _)| stored(from)) {
            self.rewrite_stored(replace, |node| node)
        } else {
            self.rewrite(replace, |node| node)
        }
    }

    /// As `substitute`, but parts come first, as in Sage: `sin(x)` is met only after `x` was replaced in it.
    pub fn substitute_parts_first(&self, pairs: &[(Expr, Expr)]) -> Expr {
        if pairs.len() < 2 {
            return self.substitute(pairs);
        }
        let lookup = |node: &Expr| pairs.iter().find(|(from, _)| from == node).map(|(_, to)| to.clone());
        let is_leaf = |node: &Expr| node.stored_children().is_empty();
        let replace = |node: &Expr| match Binder::of(node) {
            None if !is_leaf(node) => None,
            _ => lookup(node).or_else(|| in_binder(node, pairs)),
        };
        self.rewrite(replace, |node| if is_leaf(&node) { node } else { lookup(&node).unwrap_or(node) })
    }

    /// The expression with a variable replaced.
    pub fn substitute_symbol(&self, symbol: Symbol, value: &Expr) -> Expr {
        self.substitute(&[(Expr::symbol(symbol), value.clone())])
    }

    /// The expression with the calls of a formal function replaced by its value at the arguments. `differentiate`
    /// gives the derivative of that value by a variable, for the function's derivatives.
    pub fn substitute_function(
        &self,
        name: Symbol,
        value: &dyn Fn(&[Expr]) -> Expr,
        differentiate: &dyn Fn(&Expr, Symbol) -> Expr,
    ) -> Expr {
        self.map_bottom_up(|node| match node.as_call() {
            Some((Function::Formal(own), arguments)) if *own == name => value(arguments),
            Some((Function::Derivative(derivative), arguments)) if derivative.function == Function::Formal(name) => {
                derivative_at(&derivative.positions, arguments, value, differentiate)
            }
            _ => node,
        })
    }

    /// The variables that occur free, sorted: not those that only a held integral, sum, product or limit binds.
    pub fn free_variables(&self) -> Vec<Symbol> {
        let mut found = Vec::new();
        // Nodes are kept beside the set of their addresses, so that no address is used twice.
        let (mut seen, mut kept) = (HashSet::new(), Vec::new());
        let mut pending: Vec<(Expr, Rc<Vec<Symbol>>)> = vec![(self.clone(), Rc::default())];
        while let Some((expr, hidden)) = pending.pop() {
            if !seen.insert((expr.address(), Rc::as_ptr(&hidden))) {
                continue;
            }
            match (expr.as_symbol(), Binder::of(&expr).filter(|binder| !binder.is_indefinite())) {
                (Some(symbol), _) if !hidden.contains(&symbol) => found.push(symbol),
                (Some(_), _) => {}
                (None, Some(binder)) => {
                    let inner = hidden.iter().copied().chain([binder.variable]).collect();
                    pending.push((binder.body, Rc::new(inner)));
                    pending.extend(binder.rest.into_iter().map(|part| (part, hidden.clone())));
                }
                (None, None) => pending.extend(expr.stored_children().into_iter().map(|part| (part, hidden.clone()))),
            }
            kept.push((expr, hidden));
        }
        sorting::sort(&mut found);
        found.dedup();
        found
    }
}

/// The value of a derivative of a function: by new variables, at which the arguments then stand.
fn derivative_at(
    positions: &[usize],
    arguments: &[Expr],
    value: &dyn Fn(&[Expr]) -> Expr,
    differentiate: &dyn Fn(&Expr, Symbol) -> Expr,
) -> Expr {
    let places: Vec<Symbol> = (0..arguments.len()).map(|index| Symbol::new(&format!("#{index}"))).collect();
    let variables: Vec<Expr> = places.iter().copied().map(Expr::symbol).collect();
    let derivative = positions
        .iter()
        .filter_map(|position| places.get(*position))
        .fold(value(&variables), |value, place| differentiate(&value, *place));
    let pairs: Vec<(Expr, Expr)> = variables.into_iter().zip(arguments.iter().cloned()).collect();
    derivative.substitute(&pairs)
}

/// A held call that binds a variable.
struct Binder {
    record: &'static Elementary,
    body: Expr,
    variable: Symbol,
    /// The arguments after the variable, outside its scope.
    rest: Vec<Expr>,
}

impl Binder {
    fn of(expr: &Expr) -> Option<Binder> {
        let Kind::Call(Function::Elementary(record), arguments) = expr.kind() else { return None };
        let (Some(1), [body, variable, rest @ ..]) = (record.binds, arguments.as_ref()) else { return None };
        Some(Binder { record, body: body.clone(), variable: variable.as_symbol()?, rest: rest.to_vec() })
    }

    /// Is it an integral without bounds, whose variable is free?
    fn is_indefinite(&self) -> bool {
        std::ptr::eq(self.record, &INTEGRATE) && self.rest.is_empty()
    }

    fn call(&self, body: Expr, variable: Symbol, rest: Vec<Expr>) -> Expr {
        let arguments = [body, Expr::symbol(variable)].into_iter().chain(rest).collect();
        Expr::call(Function::Elementary(self.record), arguments)
    }
}

/// A substitution inside a held call that binds a variable; `None` for any other expression.
fn in_binder(expr: &Expr, pairs: &[(Expr, Expr)]) -> Option<Expr> {
    let binder = Binder::of(expr)?;
    if binder.is_indefinite() {
        return Some(in_indefinite(&binder, pairs));
    }
    let rest = binder.rest.iter().map(|part| part.substitute(pairs)).collect();
    let inner: Vec<(Expr, Expr)> =
        pairs.iter().filter(|(from, _)| !from.has_symbol(binder.variable) && binder.body.has(from)).cloned().collect();
    let captures = inner.iter().any(|(_, to)| to.has_symbol(binder.variable));
    let variable = if captures { fresh(binder.variable, &binder.body, &inner) } else { binder.variable };
    let body = match captures {
        true => binder.body.substitute_symbol(binder.variable, &Expr::symbol(variable)),
        false => binder.body.clone(),
    };
    Some(binder.call(body.substitute(&inner), variable, rest))
}

/// An integral without bounds is a function of its variable: another variable may take its place, but a value can't.
fn in_indefinite(binder: &Binder, pairs: &[(Expr, Expr)]) -> Expr {
    let own = Expr::symbol(binder.variable);
    let value = pairs.iter().find(|(from, _)| *from == own).map_or(own, |(_, to)| to.clone());
    let others: Vec<(Expr, Expr)> =
        pairs.iter().filter(|(from, _)| !from.has_symbol(binder.variable)).cloned().collect();
    let captured = |symbol: Symbol| others.iter().any(|(_, to)| to.has_symbol(symbol));
    match value.as_symbol() {
        Some(symbol) if !captured(symbol) && (symbol == binder.variable || !binder.body.has_symbol(symbol)) => {
            let body = binder.body.substitute_symbol(binder.variable, &value);
            binder.call(body.substitute(&others), symbol, Vec::new())
        }
        _ => Expr::undefined(Undefined::NoAntiderivative),
    }
}

/// A variable like this one that occurs neither in the body nor in a replacement.
fn fresh(like: Symbol, body: &Expr, pairs: &[(Expr, Expr)]) -> Symbol {
    let taken = |symbol: Symbol| body.has_symbol(symbol) || pairs.iter().any(|(_, to)| to.has_symbol(symbol));
    (1_usize..)
        .map(|number| Symbol::new(&format!("{}{number}", like.name())))
        .find(|symbol| !taken(*symbol))
        .unwrap_or(like)
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn e(text: &str) -> Expr {
        read(text).expect(text)
    }

    /// `substituted("x^2 + y", "x: 2, y: x")`.
    fn substituted(expr: &str, pairs: &str) -> Expr {
        let pair = |text: &str| {
            let (from, to) = text.split_once(':').expect("a colon");
            (e(from), e(to))
        };
        e(expr).substitute(&pairs.split(';').map(pair).collect::<Vec<_>>())
    }

    fn check(expr: &str, pairs: &str, expected: &str) {
        assert_eq!(substituted(expr, pairs), e(expected), "{expr} with {pairs}");
    }

    #[test]
    fn parts_are_replaced_where_they_stand_whole() {
        check("x^2 + 1", "x: I", "0");
        check("x + y", "x: y; y: x", "x + y");
        check("x^4 + x^2", "x^2: 5", "x^4 + 5");
        check("3*x^2*y", "x^2: a", "3*a*y");
        check("x + y + z", "x + y: a", "x + y + z");
        check("sin(x + y)", "x + y: a", "sin(a)");
        check("sin(x)^2 + sin(x)", "sin(x): 3", "12");
        check("cos(x)^2 + cos(x)", "cos(x)^2: 1 - sin(x)^2", "1 - sin(x)^2 + cos(x)");
        check("1/x + y/x", "1/x: z", "z + y*z");
        check("sqrt(x^2 + 1)", "x^2 + 1: y", "sqrt(y)");
        check("exp(x)", "x: log(2)", "2");
        check("x == 2*y", "y: x", "x == 2*x");
        check("pi*x", "pi: 3", "3*x");
        check("x + 1", "x + 1: x + 2", "x + 2");
    }

    #[test]
    fn derivatives_of_formal_functions_are_taken_at_points() {
        check("D[0](f)(x)", "x: 2", "D[0](f)(2)");
        check("D[0](f)(x) + f(x)", "f(x): x^2", "D[0](f)(x) + x^2");
        check("D[0](f)(x)", "D[0](f)(x): y", "y");
    }

    #[test]
    fn bound_variables_are_neither_replaced_nor_captured() {
        check("integrate(f(x), x, a, b)", "x: 2", "integrate(f(x), x, a, b)");
        check("integrate(f(x), x, 0, x)", "x: 2", "integrate(f(x), x, 0, 2)");
        check("integrate(f(x, y), x, 0, 1)", "y: 3", "integrate(f(x, 3), x, 0, 1)");
        check("integrate(f(x, y), x, 0, 1)", "y: x", "integrate(f(x1, x), x1, 0, 1)");
        check("sum(f(k, x), k, 1, n)", "k: 3; n: 4", "sum(f(k, x), k, 1, 4)");
        check("limit(f(x, y), x, 0)", "x: 3", "limit(f(x, y), x, 0)");
        check("integrate(f(x), x)", "x: y", "integrate(f(y), y)");
        assert!(substituted("integrate(f(x), x)", "x: 2").is_undefined());
        let names: Vec<&str> = e("integrate(f(x, y), x, 0, n)*z").free_variables().iter().map(|s| s.name()).collect();
        assert_eq!(names, ["n", "y", "z"]);
    }

    #[test]
    fn formal_functions_get_values() {
        let cube = |arguments: &[Expr]| arguments.first().map_or_else(Expr::zero, |x| x.powi(3));
        // The derivative of a cube is enough of calculus here.
        let by = |value: &Expr, variable: Symbol| {
            let x = Expr::symbol(variable);
            if *value == x.powi(3) { x.powi(2) * Expr::integer(3) } else { x * Expr::integer(6) }
        };
        let value = e("f(2) + D[0, 0](f)(x^2)").substitute_function(Symbol::new("f"), &cube, &by);
        assert_eq!(value, e("8 + 6*x^2"));
    }
}
