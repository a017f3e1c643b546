//! Bounded oscillation: sines and cosines of unbounded arguments as bounded unknowns.
//!
//! `sin(u)` with `u` unbounded takes every value in [-1, 1] again and again. It is named by a symbol `b` of which only
//! these bounds are known. If the limit then does not depend on `b`, it is the limit; if it does, the values of `b` that
//! recur give different limits, and there is none.

use crate::algebra;
use crate::budget::Budget;
use crate::expr::assume::{self, Fact};
use crate::expr::{Constant, Expr, Infinity, Kind, Reason, Relation, Symbol};

use super::gruntz;

/// The limit at plus infinity of an expression with bounded oscillation; `None` where nothing is proved.
///
/// # Errors
/// When the budget runs out.
pub(super) fn limit(expr: &Expr, x: Symbol, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let mut waves: Vec<(Expr, Symbol)> = Vec::new();
    for node in expr.shared_nodes() {
        budget.check()?;
        let Some(argument) = wave_argument(&node).filter(|argument| argument.has_symbol(x)) else { continue };
        let argument = &argument;
        let unbounded =
            matches!(gruntz::limit(argument, x, 0, budget).map(|l| l.kind().clone()), Ok(Kind::Infinity(_)));
        if unbounded {
            waves.push((node.clone(), Symbol::new(&format!("the wave {}", waves.len()))));
        }
    }
    if waves.is_empty() {
        return Ok(None);
    }
    let named = expr.rewrite(
        |node| waves.iter().find(|(wave, _)| wave == node).map(|(_, symbol)| Expr::symbol(*symbol)),
        |node| node,
    );
    if waves.iter().any(|(wave, symbol)| is_alternating(wave) && !is_linear(&named, *symbol)) {
        return Ok(None);
    }
    let bounds = waves.iter().flat_map(|(_, symbol)| {
        let bound =
            |relation, value| Fact::Holds(Expr::relation(relation, Expr::symbol(*symbol), Expr::integer(value)));
        [bound(Relation::GreaterEqual, -1), bound(Relation::LessEqual, 1)]
    });
    assume::with_facts(bounds, || limit_with_unknowns(&named, &waves, x, budget))
}

/// What goes to infinity inside a wave: `u` in `sin(u)`, `cos(u)` and `(-1)^u`.
fn wave_argument(node: &Expr) -> Option<Expr> {
    match (node.as_call(), node.kind()) {
        (Some((called, [argument])), _) if matches!(called.name(), "sin" | "cos") => Some(argument.clone()),
        (_, Kind::Power(base, exponent)) if base.to_i64() == Some(-1) => Some(exponent.clone()),
        _ => None,
    }
}

/// Powers of -1 are complex between the integers.
fn is_alternating(wave: &Expr) -> bool {
    matches!(wave.kind(), Kind::Power(..))
}

/// Does the symbol stand in no function and no power? Then its bounds hold for complex values as for real ones.
fn is_linear(expr: &Expr, symbol: Symbol) -> bool {
    expr.shared_nodes().all(|node| match node.kind() {
        Kind::Call(..) | Kind::Power(..) | Kind::Relation(..) => !node.has_symbol(symbol),
        Kind::Product(product) => {
            product.factors().iter().all(|factor| factor.exponent.is_one() || !factor.base.has_symbol(symbol))
        }
        _ => true,
    })
}

fn limit_with_unknowns(
    named: &Expr,
    waves: &[(Expr, Symbol)],
    x: Symbol,
    budget: &Budget,
) -> Result<Option<Expr>, Reason> {
    if !divisors_stay_away(named, waves, x, budget)? {
        return Ok(None);
    }
    let value = match gruntz::limit(named, x, 0, budget) {
        Ok(value) => value,
        Err(Reason::Budget(stopped)) => return Err(Reason::Budget(stopped)),
        // An unbounded part whose sign changes with the wave: no limit, finite or infinite.
        Err(Reason::Unknown(fact)) => return Ok(changes_sign(&fact, waves).then(|| Expr::constant(Constant::NoLimit))),
        Err(_) => return Ok(None),
    };
    let depends = waves.iter().any(|(_, symbol)| value.has_symbol(*symbol));
    if !depends {
        return Ok(Some(value));
    }
    // With one wave its values recur; with several, that they recur together is not shown.
    let single = waves.iter().filter(|(_, symbol)| value.has_symbol(*symbol)).count() == 1;
    Ok((single && takes_two_values(&value, waves, budget)?).then(|| Expr::constant(Constant::Oscillating)))
}

/// Do all divisors, radicands and arguments of logarithms that hold waves keep away from zero in the limit?
fn divisors_stay_away(named: &Expr, waves: &[(Expr, Symbol)], x: Symbol, budget: &Budget) -> Result<bool, Reason> {
    for node in named.shared_nodes() {
        budget.check()?;
        let base = match node.kind() {
            Kind::Power(base, exponent) if exponent.to_i64().is_none_or(|n| n < 0) => base.clone(),
            Kind::Product(product) => {
                let below = product.factors().iter().filter(|f| f.exponent.is_negative() || !f.exponent.is_integer());
                Expr::product(below.map(|f| f.base.clone()))
            }
            Kind::Call(called, arguments) if called.name() == "log" => Expr::product(arguments.iter().cloned()),
            _ => continue,
        };
        if !waves.iter().any(|(_, symbol)| base.has_symbol(*symbol)) {
            continue;
        }
        let away = match gruntz::limit(&base, x, 0, budget) {
            Ok(value) => {
                matches!(value.kind(), Kind::Infinity(Infinity::Positive | Infinity::Negative))
                    || assume::is_nonzero(&value).is_yes()
            }
            Err(reason) if reason.is_stopped() => return Err(reason),
            Err(_) => false,
        };
        if !away {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Is the fact about the sign of something that a wave alone turns round?
fn changes_sign(fact: &Expr, waves: &[(Expr, Symbol)]) -> bool {
    let Kind::Relation(_, coefficient, _) = fact.kind() else { return false };
    let (base, _) = coefficient.split_coefficient();
    waves.iter().any(|(_, symbol)| base == Expr::symbol(*symbol))
}

/// Does the value differ between the ends and the middle of a wave?
fn takes_two_values(value: &Expr, waves: &[(Expr, Symbol)], budget: &Budget) -> Result<bool, Reason> {
    let at = |end: i64| {
        value.rewrite_stored(
            |node| {
                let symbol = node.as_symbol()?;
                waves.iter().any(|(_, own)| *own == symbol).then(|| Expr::integer(end))
            },
            |node| node,
        )
    };
    for (one, other) in [(1, 0), (-1, 0), (1, -1)] {
        let difference = at(one) - at(other);
        if !difference.is_undefined() && algebra::is_zero(&difference, budget)?.is_no() {
            return Ok(true);
        }
    }
    Ok(false)
}
