//! Gruntz's algorithm for limits at plus infinity.
//!
//! D. Gruntz, "On Computing Limits in a Symbolic Manipulation System", ETH Zurich, 1996. While no exponential has an
//! unbounded argument, the expansion in `1/x` and `log(x)` gives the leading term. Otherwise the most rapidly varying
//! exponentials are rewritten by one of them, `w -> 0`, and the expansion is in `w`, its coefficients growing slower.

use std::cmp::Ordering;

use super::leading::{self, missing_sign};
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Function, Infinity, Kind, Reason, Symbol, Truth, function};
use crate::number::Rational;
use crate::tape::series::{self, Approach, Hooks, Side};

/// How deep limits may ask for limits.
const DEEPEST: usize = 24;

/// The limit of an expression as its variable tends to plus infinity.
///
/// # Errors
/// As `super::limit`.
pub(super) fn limit(expr: &Expr, x: Symbol, depth: usize, budget: &Budget) -> Result<Expr, Reason> {
    budget.check()?;
    if !expr.has_symbol(x) {
        return leading::tidy(expr, budget);
    }
    if depth > DEEPEST {
        return Err(Reason::Unsupported("the limit leads to ever further limits"));
    }
    let expr = &powers_as_exponentials(expr, x);
    if let Some(argument) = expr.exp_argument() {
        // The exponential is continuous, at the infinities too.
        return match limit(argument, x, depth + 1, budget)?.kind() {
            Kind::Infinity(Infinity::Unsigned) => Err(Reason::Unsupported("an exponential without direction")),
            _ => Ok(function::exp(&limit(argument, x, depth + 1, budget)?)),
        };
    }
    let Some((exponent, coefficient)) = leading_term(expr, x, depth, budget)? else { return Ok(Expr::zero()) };
    match exponent.signum() {
        1 => Ok(Expr::zero()),
        0 => limit(&coefficient, x, depth + 1, budget),
        _ => match sign_at_infinity(&coefficient, x, depth + 1, budget)? {
            Some(Ordering::Greater) => Ok(Expr::infinity(Infinity::Positive)),
            Some(Ordering::Less) => Ok(Expr::infinity(Infinity::Negative)),
            Some(Ordering::Equal) => Err(Reason::Unsupported("a leading coefficient vanishes")),
            None => Err(missing_sign(&coefficient)),
        },
    }
}

/// The sign of an expression for all large values of the variable.
fn sign_at_infinity(expr: &Expr, x: Symbol, depth: usize, budget: &Budget) -> Result<Option<Ordering>, Reason> {
    if !expr.has_symbol(x) {
        return leading::sign(expr, budget);
    }
    if depth > DEEPEST {
        return Ok(None);
    }
    match leading_term(expr, x, depth, budget)? {
        None => Ok(Some(Ordering::Equal)),
        Some((_, coefficient)) => sign_at_infinity(&coefficient, x, depth + 1, budget),
    }
}

/// The leading term in the most rapidly varying part: its exponent, where greater exponents vanish faster, and a
/// coefficient that varies slower. `None` for zero.
fn leading_term(expr: &Expr, x: Symbol, depth: usize, budget: &Budget) -> Result<Option<(Rational, Expr)>, Reason> {
    let expr = powers_as_exponentials(expr, x);
    let rapid = most_rapid(&expr, x, depth, budget)?;
    if rapid.is_empty() {
        return expand_in(&expr, x, &Approach::both(&Expr::infinity(Infinity::Positive)), depth, budget, |logarithm| {
            // t = 1/x, so log(t) = -L with a new large variable L; logarithms vary slower than x.
            -logarithm
        });
    }
    rewritten_leading_term(&expr, &rapid, x, depth, budget)
}

/// The leading term of an expansion; a coefficient with `log(t)` is answered with `log(t)` as `of(x)`.
fn expand_in(
    expr: &Expr,
    variable: Symbol,
    approach: &Approach,
    depth: usize,
    budget: &Budget,
    of: impl Fn(&Expr) -> Expr,
) -> Result<Option<(Rational, Expr)>, Reason> {
    let logarithm = function::log(&Expr::symbol(series::small_symbol()));
    let large = |expr: &Expr, x: &Expr| {
        let replaced = of(x);
        expr.rewrite_stored(|node| (*node == logarithm).then(|| replaced.clone()), |node| node)
    };
    let sign = |coefficient: &Expr| {
        let coefficient = large(coefficient, &Expr::symbol(variable));
        sign_at_infinity(&coefficient, variable, depth + 1, budget).ok().flatten()
    };
    let is_zero = |coefficient: &Expr| {
        let coefficient = large(coefficient, &Expr::symbol(variable));
        algebra::is_zero(&coefficient, budget).unwrap_or(Truth::Unknown)
    };
    let tidy = |expr: Expr| algebra::expand(&expr, budget).unwrap_or(expr);
    let hooks = Hooks { is_zero: &is_zero, sign: &sign, tidy: &tidy, budget };
    let term = series::leading_term(expr, variable, approach, &hooks)?;
    Ok(term.map(|(exponent, coefficient)| (exponent, large(&coefficient, &Expr::symbol(variable)))))
}

/// Powers with the variable in the exponent, and those of it with a symbolic exponent, as exponentials. They are held:
/// the constructor would turn `exp(x*log(2))` into `2^x` again.
fn powers_as_exponentials(expr: &Expr, x: Symbol) -> Expr {
    expr.rewrite(
        |_| None,
        |node| match node.kind() {
            Kind::Power(base, exponent) if is_exponential(base, exponent, x) => {
                let argument = exponent * function::log(base);
                Expr::held(Function::Elementary(&function::EXP), vec![argument])
            }
            _ => node,
        },
    )
}

fn is_exponential(base: &Expr, exponent: &Expr, x: Symbol) -> bool {
    exponent.has_symbol(x) || (exponent.as_rational().is_none() && base.has_symbol(x))
}

/// The exponentials of the highest comparability class, all with unbounded arguments; none when the variable itself or
/// its logarithms vary most rapidly.
fn most_rapid(expr: &Expr, x: Symbol, depth: usize, budget: &Budget) -> Result<Vec<Expr>, Reason> {
    let mut best: Vec<Expr> = Vec::new();
    for node in expr.shared_nodes() {
        budget.check()?;
        let Some(argument) = node.exp_argument().filter(|argument| argument.has_symbol(x)) else { continue };
        if !matches!(limit(argument, x, depth + 1, budget)?.kind(), Kind::Infinity(_)) {
            continue;
        }
        if !outgrows_powers(argument, x, depth, budget)? {
            continue;
        }
        let Some(leader) = best.first().and_then(Expr::exp_argument) else {
            best.push(node);
            continue;
        };
        let ratio = limit(&(argument / leader), x, depth + 1, budget)?;
        match ratio.kind() {
            Kind::Infinity(_) => best = vec![node],
            _ if ratio.is_zero() => {}
            _ => best.push(node),
        }
    }
    if !best.is_empty() && holds_unknown_growth(expr, x, depth, budget)? {
        return Err(Reason::Unsupported("a function whose growth beside an exponential is not known"));
    }
    Ok(best)
}

/// Functions that leave the comparability class of an infinite argument as it is, or lower it, and come near their
/// own limits no faster than powers of the argument do.
const TAME: &[&str] = &[
    "exp",
    "log",
    "abs",
    "arg",
    "conjugate",
    "real_part",
    "imag_part",
    "real_nth_root",
    "sin",
    "cos",
    "tan",
    "cot",
    "sec",
    "csc",
    "arcsin",
    "arccos",
    "arctan",
    "arccot",
    "arcsec",
    "arccsc",
    "arctan2",
    "arcsinh",
    "arccosh",
    "arctanh",
    "arccoth",
    "arcsech",
    "arccsch",
    "floor",
    "ceil",
    "frac",
    "sgn",
    "heaviside",
    "unit_step",
    "max",
    "min",
];

/// Is there a function that may grow or vanish like an exponential without being written as one, such as `sinh(x)` or
/// `gamma(x)`? As a coefficient of a power of `w` it would be taken for something slower.
fn holds_unknown_growth(expr: &Expr, x: Symbol, depth: usize, budget: &Budget) -> Result<bool, Reason> {
    for node in expr.shared_nodes() {
        let Kind::Call(function, arguments) = node.kind() else { continue };
        let tame = matches!(function, Function::Elementary(record) if TAME.contains(&record.name));
        if tame || !node.has_symbol(x) {
            continue;
        }
        for argument in arguments.iter().filter(|argument| argument.has_symbol(x)) {
            if !super::is_finite(&limit(argument, x, depth + 1, budget)?) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Is `exp(argument)` beyond every power of the variable? `exp(2*log(x))` is not.
fn outgrows_powers(argument: &Expr, x: Symbol, depth: usize, budget: &Budget) -> Result<bool, Reason> {
    let ratio = argument / function::log(&Expr::symbol(x));
    Ok(matches!(limit(&ratio, x, depth + 1, budget)?.kind(), Kind::Infinity(_)))
}

/// Rewrites the most rapid exponentials by powers of the simplest, `w`, which tends to zero, and expands in `w`.
fn rewritten_leading_term(
    expr: &Expr,
    rapid: &[Expr],
    x: Symbol,
    depth: usize,
    budget: &Budget,
) -> Result<Option<(Rational, Expr)>, Reason> {
    let Some(leader) = rapid.iter().min_by_key(|e| e.depth()).and_then(Expr::exp_argument) else { return Ok(None) };
    let grows = matches!(limit(leader, x, depth + 1, budget)?.kind(), Kind::Infinity(Infinity::Positive));
    let w = Symbol::new(&format!("the small exponential {depth}"));
    // log(w), which tends to minus infinity.
    let logarithm = if grows { -leader } else { leader.clone() };
    let mut powers = Vec::with_capacity(rapid.len());
    for exponential in rapid {
        let Some(argument) = exponential.exp_argument() else { continue };
        let (ratio, rest) = by_small(argument, &logarithm, x, depth, budget)?;
        powers.push((exponential.clone(), ratio, rest));
    }
    let rewritten = in_small(expr, &powers, &Expr::symbol(w));
    let approach = Approach::one_sided(&Expr::zero(), Side::Right);
    expand_small(&rewritten, w, &approach, &logarithm, x, depth, budget)
}

/// `exp(argument)` as `w^c * exp(rest)`: the limit `c` of the ratio of the arguments, and `argument - c*log(w)`, which
/// grows slower.
fn by_small(
    argument: &Expr,
    logarithm: &Expr,
    x: Symbol,
    depth: usize,
    budget: &Budget,
) -> Result<(Expr, Expr), Reason> {
    let ratio = limit(&(argument / logarithm), x, depth + 1, budget)?;
    if ratio.as_rational().is_none() {
        return Err(Reason::Unsupported("exponentials whose arguments have an irrational ratio"));
    }
    let rest = algebra::expand(&(argument - &ratio * logarithm), budget)?;
    Ok((ratio, rest))
}

/// The expression with its most rapid exponentials as powers of `w`; what is left of their arguments may hold further
/// ones.
fn in_small(expr: &Expr, powers: &[(Expr, Expr, Expr)], w: &Expr) -> Expr {
    expr.rewrite(
        |node| {
            let (_, ratio, rest) = powers.iter().find(|(exponential, ..)| exponential == node)?;
            Some(w.power(ratio) * function::exp(&in_small(rest, powers, w)))
        },
        |node| node,
    )
}

/// The leading term in `w -> 0+`, the coefficients being functions of the large variable.
fn expand_small(
    expr: &Expr,
    w: Symbol,
    approach: &Approach,
    log_of_w: &Expr,
    x: Symbol,
    depth: usize,
    budget: &Budget,
) -> Result<Option<(Rational, Expr)>, Reason> {
    let logarithm = function::log(&Expr::symbol(series::small_symbol()));
    let large = |expr: &Expr| expr.rewrite_stored(|node| (*node == logarithm).then(|| log_of_w.clone()), |node| node);
    let sign = |coefficient: &Expr| sign_at_infinity(&large(coefficient), x, depth + 1, budget).ok().flatten();
    let is_zero = |coefficient: &Expr| algebra::is_zero(&large(coefficient), budget).unwrap_or(Truth::Unknown);
    let tidy = |expr: Expr| algebra::expand(&large(&expr), budget).unwrap_or(expr);
    let hooks = Hooks { is_zero: &is_zero, sign: &sign, tidy: &tidy, budget };
    let term = series::leading_term(expr, w, approach, &hooks)?;
    Ok(term.map(|(exponent, coefficient)| (exponent, large(&coefficient))))
}
