//! Equations in a part that holds the unknown: `u*e^u` with `u = x^2 + x`, polynomials in `3*x + log(x)`.

use super::super::Solutions;
use super::super::equation::{Way, solve_zero};
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason, Symbol, function};
use crate::number::sorting;

/// More parts are not tried.
const MOST_PARTS: usize = 12;
/// Parts are not named in equations that are deeper than this inside others.
const DEEPEST: usize = 3;

/// Names a part so that the unknown stands nowhere else, solves for the part, and the part for the unknown.
pub(in crate::solve) fn by_substitution(
    expr: &Expr,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    if way.depth() > DEEPEST {
        return Ok(None);
    }
    let name = Symbol::new(&format!("the part {}", way.depth()));
    let u = Expr::symbol(name);
    for part in parts(expr, variable) {
        budget.check()?;
        let Some(equation) = named(expr, &part, &u, variable) else { continue };
        if &equation == expr {
            continue;
        }
        let values = solve_zero(&equation, name, way.deeper(), budget)?;
        if !values.unsolved.is_empty() || values.everything {
            continue;
        }
        let mut solutions =
            Solutions { principal_only: values.principal_only, conditional: values.conditional, ..Solutions::none() };
        for value in values.roots {
            let found = solve_zero(&(&part - &value.value), variable, way.deeper(), budget)?;
            solutions.extend(found, value.multiplicity);
        }
        if solutions.unsolved.is_empty() {
            return Ok(Some(solutions));
        }
    }
    Ok(None)
}

/// Parts with the unknown that may be named, the largest first: neither the whole nor the unknown itself.
fn parts(expr: &Expr, variable: Symbol) -> Vec<Expr> {
    let mut found: Vec<Expr> = Vec::new();
    for node in expr.shared_nodes() {
        let own = match node.kind() {
            Kind::Sum(sum) => without_constant(&Expr::sum(sum.parts().filter(|part| part.has_symbol(variable)))),
            _ => node.split_coefficient().0,
        };
        let new = own.has_symbol(variable) && own.as_symbol() != Some(variable) && &own != expr;
        if new && !found.contains(&own) {
            found.push(own);
        }
        if let Kind::Product(product) = node.kind() {
            for factor in product.parts().filter(|factor| factor.has_symbol(variable)) {
                if factor.as_symbol() != Some(variable) && !found.contains(&factor) {
                    found.push(factor);
                }
            }
        }
    }
    sorting::sort_by_key(&mut found, |part| std::cmp::Reverse(part.depth()));
    found.truncate(MOST_PARTS);
    found
}

fn without_constant(sum: &Expr) -> Expr {
    match algebra::terms(sum).first() {
        Some(first) => sum / Expr::number(first.split_coefficient().1),
        None => sum.clone(),
    }
}

/// The expression with a name for the part and for what is linear in it; `None` when the unknown is left over.
fn named(expr: &Expr, part: &Expr, u: &Expr, variable: Symbol) -> Option<Expr> {
    let renamed = expr.rewrite(|node| linear_in(node, part, u, variable), |node| node);
    (!renamed.has_symbol(variable)).then_some(renamed)
}

/// `c*part + d` as `c*u + d`.
fn linear_in(node: &Expr, part: &Expr, u: &Expr, variable: Symbol) -> Option<Expr> {
    if !node.has_symbol(variable) {
        return Some(node.clone());
    }
    if node == part {
        return Some(u.clone());
    }
    if let Kind::Product(_) = node.kind() {
        // c*part*e^part, whose exponentials were gathered.
        let ratio = node * function::exp(&-part) / part;
        if !ratio.has_symbol(variable) {
            return Some(ratio * u * function::exp(u));
        }
    }
    let (Kind::Sum(_), Kind::Sum(_)) = (node.kind(), part.kind()) else { return None };
    let (base, own) = algebra::terms(part).into_iter().find(|term| term.has_symbol(variable))?.split_coefficient();
    let same = algebra::terms(node).into_iter().find_map(|term| {
        let (other, coefficient) = term.split_coefficient();
        (other == base).then_some(coefficient)
    })?;
    let ratio = Expr::number(same) / Expr::number(own);
    let spread = Expr::sum(algebra::terms(part).into_iter().map(|term| term * &ratio));
    let rest = node - spread;
    (!rest.has_symbol(variable)).then(|| ratio * u + rest)
}
