//! Simpler functions with the same zeros.
//!
//! `A*K + B` with a logarithm or arctangent `K` vanishes where `K + B/A` does, and with an exponential or a root where
//! `log(K) + log(-A/B)` does; their derivatives have no `K` any more. A sum of exponentials times polynomials loses a polynomial's degree with each
//! derivative when it is first divided by that exponential: the proof that such sums have few zeros.

use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason, Symbol, function};

/// With more kernels than this no companions are sought.
const MOST_KERNELS: usize = 3;

/// A function that has the zeros of another one, but those at which a part of it vanishes.
pub(super) struct Companion {
    pub(super) expr: Expr,
    /// Where this vanishes the zeros are others.
    pub(super) part: Expr,
}

/// The companions of a function, likelier ones first.
///
/// # Errors
/// When the budget runs out.
pub(super) fn companions(expr: &Expr, x: Symbol, budget: &Budget) -> Result<Vec<Companion>, Reason> {
    let mut found = Vec::new();
    let mut kernels: Vec<Expr> = Vec::new();
    for node in expr.shared_nodes().flat_map(|node| algebra::factors(&node)) {
        if is_kernel(&node, x) && !kernels.contains(&node) {
            kernels.push(node);
        }
    }
    if kernels.len() <= MOST_KERNELS {
        for kernel in &kernels {
            found.extend(by_kernel(expr, kernel, x, budget)?);
        }
    }
    let plain = algebra::numerator_denominator(&algebra::hyperbolic_by_exponentials(expr), budget)?.0;
    let plain = algebra::expand(&plain, budget)?;
    let parts = algebra::terms(&plain);
    for part in &parts {
        let exponentials = algebra::factors(part).into_iter().filter(|factor| exponent(factor).is_some());
        let scale = Expr::product(exponentials);
        if parts.len() > 1 && (!scale.is_one() || plain != *expr) {
            let terms = parts.iter().map(|part| part / &scale);
            found.push(Companion { expr: Expr::sum(terms), part: Expr::one() });
        }
    }
    Ok(found)
}

/// Is it a function whose derivative is simpler than itself, an exponential or a root?
fn is_kernel(node: &Expr, x: Symbol) -> bool {
    if let Kind::Power(_, exponent) = node.kind() {
        return node.has_symbol(x) && exponent.to_i64().is_none();
    }
    const SIMPLER: &[&str] = &["log", "arctan", "arcsinh", "arctanh", "arcsin", "arccos", "arccosh", "exp"];
    node.has_symbol(x) && node.as_call().is_some_and(|(called, _)| SIMPLER.contains(&called.name()))
}

/// By a kernel that enters linearly.
fn by_kernel(expr: &Expr, kernel: &Expr, x: Symbol, budget: &Budget) -> Result<Option<Companion>, Reason> {
    // A call has a name in its place, since its argument may be written otherwise after expansion.
    let name = if kernel.as_call().is_some() { Expr::variable("the kernel") } else { kernel.clone() };
    let rows = algebra::coefficients(&expr.substitute(&[(kernel.clone(), name.clone())]), &name, budget)?;
    let at = |n: i64| rows.iter().find(|(_, e)| e.to_i64() == Some(n)).map_or_else(Expr::zero, |(c, _)| c.clone());
    let (factor, rest) = (at(1), at(0));
    let is_linear = rows.iter().all(|(c, e)| matches!(e.to_i64(), Some(0 | 1)) && !c.has(&name));
    if !is_linear || factor.is_zero() || rest.is_zero() {
        return Ok(None);
    }
    if kernel.as_call().is_some() && kernel.exp_argument().is_none() {
        let expr = kernel + algebra::simplify_rational(&(&rest / &factor), budget)?;
        return Ok(expr.has_symbol(x).then_some(Companion { expr, part: factor }));
    }
    let (factor, rest) = (algebra::factor(&factor, budget)?, algebra::factor(&rest, budget)?);
    let expr = logarithm(&-(kernel * &factor / rest));
    Ok(expr.has_symbol(x).then_some(Companion { expr, part: kernel * factor }))
}

/// The argument of an exponential, also of one that is written as a power of a number.
fn exponent(factor: &Expr) -> Option<Expr> {
    match factor.kind() {
        Kind::Power(base, exponent) if base.is_constant() && !exponent.is_constant() => {
            Some(exponent * function::log(base))
        }
        _ => factor.exp_argument().cloned(),
    }
}

/// A logarithm with roots and exponentials as terms of their own.
fn logarithm(expr: &Expr) -> Expr {
    let (mut terms, mut rest) = (Vec::new(), Vec::new());
    for factor in algebra::factors(expr) {
        match factor.kind() {
            _ if let Some(u) = exponent(&factor) => terms.push(u),
            Kind::Power(base, exponent) if exponent.to_i64().is_none() => {
                terms.push(exponent * function::log(base));
            }
            _ => rest.push(factor),
        }
    }
    Expr::sum(terms) + function::log(&Expr::product(rest))
}
