//! Sums of inverse circular functions: the sine of both sides.

use super::super::Solutions;
use super::super::confirm::{confirmed, near_zero};
use super::super::equation::{Way, solve_zero};
use super::super::inverse;
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Symbol};

/// More inverse functions are not brought together.
const MOST_ARCS: usize = 3;

/// One arc is left on its side; the sine, cosine or tangent of the others is expanded and put back in radicals.
pub(super) fn by_arcs(part: &Expr, variable: Symbol, way: Way, budget: &Budget) -> Result<Option<Solutions>, Reason> {
    let mut arcs: Vec<Expr> = Vec::new();
    let mut rest: Vec<Expr> = Vec::new();
    // With the first coefficient 1, so that one arc can be left alone.
    let lead = algebra::terms(part).into_iter().find(|term| term.has_symbol(variable));
    let scale = lead.map_or(Expr::one(), |term| Expr::number(term.split_coefficient().1));
    for term in algebra::terms(part).into_iter().map(|term| term / &scale) {
        if term.has_symbol(variable) { arcs.push(term) } else { rest.push(term) }
    }
    if arcs.len() < 2 || arcs.len() > MOST_ARCS {
        return Ok(None);
    }
    let Some((place, wave, inside)) = isolated(&arcs) else { return Ok(None) };
    let own = arcs.swap_remove(place);
    let sign = own.split_coefficient().1;
    let other = -(Expr::sum(arcs) + Expr::sum(rest)) / Expr::number(sign.clone());
    let Some(side) = inverse::call(wave, &other) else { return Ok(None) };
    let expanded = match algebra::trig_expand(&side, budget) {
        Ok(expanded) => in_radicals(&algebra::to_sine_and_cosine(&expanded)),
        Err(reason) if reason.is_stopped() => return Err(reason),
        Err(_) => return Ok(None),
    };
    let equation = inside - expanded;
    if equation.is_undefined() {
        return Ok(None);
    }
    let circular = equation.shared_nodes().any(|node| {
        node.has_symbol(variable)
            && node.as_call().is_some_and(|(f, _)| matches!(f.name(), "sin" | "cos") || is_arc(f.name()))
    });
    if circular {
        return Ok(None);
    }
    let candidates = solve_zero(&equation, variable, way.deeper(), budget)?;
    if wave == "tan" {
        // Equal tangents: the angles differ by a multiple of pi.
        let turned = Expr::i() * part / (Expr::number(sign) * scale);
        return Ok(Some(near_zero(candidates, &turned, variable, budget)?));
    }
    Ok(Some(confirmed(candidates, part, variable, budget)?))
}

fn is_arc(name: &str) -> bool {
    matches!(name, "arcsin" | "arccos" | "arctan")
}

/// The first arc with coefficient one or minus one: its place, the function that undoes it, and its argument.
fn isolated(arcs: &[Expr]) -> Option<(usize, &'static str, Expr)> {
    arcs.iter().enumerate().find_map(|(place, term)| {
        let (base, coefficient) = term.split_coefficient();
        let (called, [inside]) = base.as_call()? else { return None };
        let unit = Expr::number(coefficient).to_i64().is_some_and(|n| n.abs() == 1);
        let wave = match called.name() {
            "arcsin" => "sin",
            "arccos" => "cos",
            "arctan" => "tan",
            _ => return None,
        };
        unit.then(|| (place, wave, inside.clone()))
    })
}

/// Sine and cosine of arcs in radicals.
fn in_radicals(expr: &Expr) -> Expr {
    expr.rewrite_stored(|_| None, |node| radical(&node).unwrap_or(node))
}

fn radical(node: &Expr) -> Option<Expr> {
    let (outer, [argument]) = node.as_call()? else { return None };
    let (argument, coefficient) = argument.split_coefficient();
    let sign = Expr::number(coefficient).to_i64().filter(|n| n.abs() == 1)?;
    let (inner, [x]) = argument.as_call()? else { return None };
    let other = || (Expr::one() - x.powi(2)).sqrt();
    let length = || (Expr::one() + x.powi(2)).sqrt();
    let value = match (outer.name(), inner.name()) {
        ("sin", "arcsin") | ("cos", "arccos") => x.clone(),
        ("sin", "arccos") | ("cos", "arcsin") => other(),
        ("sin", "arctan") => x / length(),
        ("cos", "arctan") => length().recip(),
        _ => return None,
    };
    Some(if outer.name() == "sin" { Expr::integer(sign) * value } else { value })
}
