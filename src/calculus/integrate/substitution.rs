//! Substitutions: `u = g(x)` where the derivative of `g` is found in the integrand, and `t = log(x)`.

use super::shape::call_of;
use super::{Answer, Integrator};
use crate::expr::{Expr, Kind, Reason, Symbol, function};
use crate::number::sorting;

/// No more inner functions are tried.
const MOST: usize = 10;

impl Integrator<'_> {
    /// A symbol that no integrand holds.
    pub(super) fn fresh(&self) -> Symbol {
        Symbol::new(&format!("the inner variable {}", self.under_way.borrow().len()))
    }

    /// The antiderivative of `g` in the fresh variable, with `back` put for it.
    pub(super) fn through(&self, g: &Expr, t: Symbol, back: &Expr) -> Answer {
        let inner = self.in_variable(t);
        let found = match inner.integrate(g) {
            Err(reason) if !reason.is_stopped() && !matches!(reason, Reason::Unknown(_)) => None,
            other => other?,
        };
        self.asked.set(inner.asked.get());
        Ok(found.map(|found| found.substitute_symbol(t, back)))
    }
}

/// `g(u(x))*u'(x)` for an inner function `u` of the integrand.
pub(super) fn derivative_divides(integrator: &Integrator, f: &Expr) -> Answer {
    let t = integrator.fresh();
    for u in inner_functions(integrator, f) {
        integrator.budget.check()?;
        let slope = integrator.slope(&u)?;
        if slope.is_zero() || slope.is_undefined() {
            continue;
        }
        let Some(g) = in_terms_of(integrator, &(f / &slope), &u, t)? else { continue };
        if let Some(found) = integrator.through(&g, t, &u)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The quotient as a function of `u` alone.
fn in_terms_of(integrator: &Integrator, quotient: &Expr, u: &Expr, t: Symbol) -> Result<Option<Expr>, Reason> {
    let direct = replaced(integrator, quotient, u, t)?;
    if integrator.is_free(&direct) {
        return Ok(Some(direct));
    }
    let simpler = integrator.simplified(&direct)?;
    if integrator.is_free(&simpler) {
        return Ok(Some(simpler));
    }
    let simpler = integrator.simplified(quotient)?;
    let direct = replaced(integrator, &simpler, u, t)?;
    Ok(integrator.is_free(&direct).then_some(direct))
}

/// The expression with `u` replaced: also its powers, and for a polynomial of degree one in `x^k` that power.
fn replaced(integrator: &Integrator, expr: &Expr, u: &Expr, t: Symbol) -> Result<Expr, Reason> {
    let new = Expr::symbol(t);
    let plain = expr.substitute(&[(u.clone(), new.clone())]);
    if integrator.is_free(&plain) {
        return Ok(plain);
    }
    let Some((power, value)) = solved_for_power(integrator, u, &new)? else { return Ok(plain) };
    let x = &integrator.x;
    Ok(plain.rewrite(
        |node| {
            let Kind::Power(base, exponent) = node.kind() else { return None };
            let steps = exponent.to_i64().filter(|n| *base == *x && n % power == 0)?;
            Some(value.powi(steps / power))
        },
        |node| node,
    ))
}

/// `(k, (t - b)/a)` for `u = a*x^k + b`.
fn solved_for_power(integrator: &Integrator, u: &Expr, t: &Expr) -> Result<Option<(i64, Expr)>, Reason> {
    let Some(coefficients) = integrator.polynomial(u)? else { return Ok(None) };
    let (Some(lead), Some(constant)) = (coefficients.last(), coefficients.first()) else { return Ok(None) };
    let between = coefficients.get(1..coefficients.len() - 1).unwrap_or(&[]);
    let degree = i64::try_from(coefficients.len() - 1).unwrap_or(0);
    let pure = degree >= 1 && between.iter().all(Expr::is_zero);
    Ok(pure.then(|| (degree, (t - constant) / lead)))
}

/// The non-linear inner functions, the simpler ones first.
fn inner_functions(integrator: &Integrator, f: &Expr) -> Vec<Expr> {
    let mut found: Vec<Expr> = Vec::new();
    let mut add = |candidate: &Expr| {
        let useful = !integrator.is_free(candidate) && candidate != f && integrator.linear(candidate).is_none();
        if useful && !found.contains(candidate) {
            found.push(candidate.clone());
        }
    };
    for node in f.shared_nodes() {
        match node.kind() {
            Kind::Call(_, arguments) => {
                arguments.iter().for_each(&mut add);
                add(&node);
            }
            Kind::Power(base, exponent) => {
                add(base);
                add(exponent);
                if exponent.as_rational().is_none_or(|q| !q.is_integer()) {
                    add(&node);
                }
            }
            Kind::Product(product) => product.factors().iter().for_each(|factor| add(&factor.base)),
            _ => {}
        }
    }
    sorting::sort_by_key(&mut found, |candidate| (candidate.depth(), usize::from(candidate.as_call().is_some())));
    found.truncate(MOST);
    found
}

/// Where `x` is met only as `log(x)` and as powers of `x`: `t = log(x)`, `dx = exp(t)*dt`.
pub(super) fn logarithm(integrator: &Integrator, f: &Expr) -> Answer {
    let x = &integrator.x;
    let log = function::log(x);
    if !f.has(&log) {
        return Ok(None);
    }
    let t = integrator.fresh();
    let new = Expr::symbol(t);
    let moved = f.rewrite(
        |node| {
            if *node == log {
                return Some(new.clone());
            }
            match node.kind() {
                Kind::Power(base, exponent) if *base == *x && integrator.is_free(exponent) => {
                    Some(function::exp(&(exponent * &new)))
                }
                _ => None,
            }
        },
        |node| node,
    );
    if moved.shared_nodes().any(|node| node == *x) && moved.shared_nodes().any(|node| inside_call(&node, x)) {
        return Ok(None);
    }
    let moved = integrator.at(&moved, &function::exp(&new)) * function::exp(&new);
    integrator.through(&moved, t, &log)
}

/// Is `x` inside a function's argument?
fn inside_call(node: &Expr, x: &Expr) -> bool {
    call_of(node).is_some_and(|(_, argument)| argument.has(x))
}
