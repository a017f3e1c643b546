//! Derivatives by first principles: the limit of the difference quotient of random functions is what `diff` says.

use super::super::*;
use crate::algebra;
use crate::calculus::diff;
use crate::calculus::testing::{Dice, guarded, proper, size, value, variable};
use crate::print::text;

const SMOOTH: &[&str] = &[
    "exp", "log", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
    "arcsinh", "erf", "gamma",
];

/// The expression with another put for the variable.
fn at(expr: &Expr, place: &Expr) -> Expr {
    expr.substitute_symbol(variable(), place)
}

/// Are two expressions in `x` the same, as far as values at some points tell? Without a value at any they are not.
fn same(a: &Expr, b: &Expr) -> bool {
    let points = [Expr::fraction(613, 1009), Expr::fraction(-317, 211), Expr::fraction(2203, 701)];
    let mut values = points.iter().filter_map(|point| Some((value(a, point)?, value(b, point)?))).peekable();
    values.peek().is_some() && values.all(|(a, b)| size((a.0 - b.0, a.1 - b.1)) <= 1e-9 * (1.0 + size(a)))
}

#[test]
fn at_a_symbolic_point() {
    let mut dice = Dice(0x00de_11ca_7e55_0001);
    let (h, zero) = (Symbol::new("h"), Expr::zero());
    let step = Expr::symbol(variable()) + Expr::symbol(h);
    let (mut found, mut literal) = (0, 0);
    for _ in 0..300 {
        let f = proper(&mut dice, 2, SMOOTH, true);
        let quotient = (at(&f, &step) - &f) / Expr::symbol(h);
        let budget = guarded();
        let Ok(slope) = diff::diff(&f, variable(), &budget) else { continue };
        let Ok(limit) = limit(&quotient, h, &zero, Side::Both, &budget) else { continue };
        assert!(same(&limit, &slope), "{}: {}, not {}", text(&f), text(&limit), text(&slope));
        found += 1;
        literal += usize::from(text(&limit) == text(&slope));
    }
    assert!(found >= 285 && literal >= 270, "{found} found, {literal} as diff gives them");
}

#[test]
fn at_numbers() {
    let mut dice = Dice(0x00de_11ca_7e55_0002);
    let (mut found, mut tried) = (0, 0);
    while tried < 300 {
        let f = proper(&mut dice, 2, SMOOTH, true);
        let point = dice.pick(&[Expr::zero(), Expr::one(), Expr::integer(2), Expr::fraction(1, 2)]);
        let budget = guarded();
        let Ok(slope) = diff::diff(&f, variable(), &budget) else { continue };
        let (height, slope) = (at(&f, &point), at(&slope, &point));
        let Some(expected) = value(&slope, &point) else { continue };
        if height.is_undefined() || !size(expected).is_finite() {
            continue;
        }
        tried += 1;
        let quotient = (&f - height) / (Expr::symbol(variable()) - &point);
        let Ok(limit) = limit(&quotient, variable(), &point, Side::Both, &budget) else { continue };
        let Some(own) = value(&limit, &point) else { panic!("{} at {}: {}", text(&f), text(&point), text(&limit)) };
        let error = size((own.0 - expected.0, own.1 - expected.1));
        assert!(error <= 1e-9 * (1.0 + size(own)), "{} at {}: {}", text(&f), text(&point), text(&limit));
        found += 1;
    }
    assert!(found >= 280, "{found}");
}

/// `u + v*abs(x - c)` has the one-sided derivatives `u' - v` and `u' + v` at `c`, and a derivative where `v` vanishes.
#[test]
fn at_corners() {
    let mut dice = Dice(0x00de_11ca_7e55_0003);
    let names = &["exp", "sin", "cos", "arctan", "sinh"];
    let (mut found, mut tried) = (0, 0);
    while tried < 200 {
        let (u, v) = (proper(&mut dice, 2, names, false), proper(&mut dice, 1, names, false));
        let corner = dice.pick(&[Expr::zero(), Expr::one(), Expr::fraction(1, 2)]);
        let offset = Expr::symbol(variable()) - &corner;
        let budget = guarded();
        let Ok(slope) = diff::diff(&u, variable(), &budget) else { continue };
        let (height, slope, bend) = (at(&u, &corner), at(&slope, &corner), at(&v, &corner));
        let (Some(slope), Some(bend)) = (value(&slope, &corner), value(&bend, &corner)) else { continue };
        if !size(slope).is_finite() || !size(bend).is_finite() || height.is_undefined() {
            continue;
        }
        tried += 1;
        let f = u + v * crate::expr::function::abs(&offset);
        let quotient = (&f - height) / offset;
        for (side, sign) in [(Side::Left, -1.0), (Side::Right, 1.0)] {
            let Ok(limit) = limit(&quotient, variable(), &corner, side, &budget) else { continue };
            let own = value(&limit, &corner).unwrap_or((f64::NAN, 0.0));
            let expected = (slope.0 + sign * bend.0, slope.1 + sign * bend.1);
            let error = size((own.0 - expected.0, own.1 - expected.1));
            assert!(error <= 1e-9 * (1.0 + size(own)), "{} at {}: {}", text(&f), text(&corner), text(&limit));
            found += 1;
        }
        let Ok(both) = limit(&quotient, variable(), &corner, Side::Both, &budget) else { continue };
        let has_none = matches!(both.kind(), Kind::Constant(Constant::NoLimit));
        assert_eq!(has_none, size(bend) > 1e-9, "{} at {}: {}", text(&f), text(&corner), text(&both));
    }
    assert!(found >= 380, "{found}");
}

/// What difference quotients of second order and symmetric ones say of random smooth functions.
#[test]
fn second_and_symmetric_quotients() {
    let mut dice = Dice(0x00de_11ca_7e55_0004);
    let (h, zero, x) = (Symbol::new("h"), Expr::zero(), Expr::symbol(variable()));
    let step = Expr::symbol(h);
    let mut found = 0;
    for _ in 0..100 {
        let f = proper(&mut dice, 2, &["exp", "log", "sin", "cos", "arctan", "cosh"], false);
        let (right, left) = (at(&f, &(&x + &step)), at(&f, &(&x - &step)));
        let budget = guarded();
        let Ok(first) = diff::diff(&f, variable(), &budget) else { continue };
        let Ok(second) = diff::diff(&first, variable(), &budget) else { continue };
        let symmetric = (&right - &left) / (Expr::integer(2) * &step);
        let curved = (right + left - Expr::integer(2) * &f) / step.powi(2);
        for (quotient, derivative) in [(symmetric, first), (curved, second)] {
            let Ok(limit) = limit(&quotient, h, &zero, Side::Both, &budget) else { continue };
            assert!(same(&limit, &derivative), "{}: {}", text(&f), text(&limit));
            found += 1;
            let plain = algebra::expand(&limit, &budget).map_or(usize::MAX, |e| text(&e).len());
            assert!(text(&limit).len() <= plain.saturating_mul(3).saturating_add(40), "{}: {}", text(&f), text(&limit));
        }
    }
    assert!(found >= 190, "{found}");
}
