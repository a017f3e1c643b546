//! Expansions of random expressions, each confirmed by the remainder at two places near the point.
//!
//! The remainder of an expansion known below `t^p` is at most of that order, which two values in ball arithmetic show.
//! `SERIES_TRIES` asks for more expressions, `SERIES_SEED` for others.

use std::fmt::Write as _;

use super::super::*;
use crate::calculus::testing::{BITS, Tally, asked, guarded, proper, size, value, variable};
use crate::print::text;

/// Smooth elementary functions, with roots and logarithms.
const ELEMENTARY: &[&str] =
    &["exp", "log", "sin", "cos", "tan", "arctan", "sinh", "tanh", "arcsin", "cosh", "arcsinh", "sec", "log", "cot"];
/// With steps and corners.
const BROKEN: &[&str] = &["abs", "sgn", "floor", "sin", "exp", "arctan", "log", "arccos"];
/// With higher functions.
const HIGHER: &[&str] =
    &["exp", "log", "sin", "erf", "gamma", "psi", "zeta", "Ei", "sin_integral", "erfc", "factorial"];

const PLACES: &[(&str, Side)] = &[
    ("0", Side::Both),
    ("0", Side::Both),
    ("0", Side::Right),
    ("0", Side::Left),
    ("1", Side::Both),
    ("-1/2", Side::Both),
    ("pi", Side::Both),
    ("oo", Side::Both),
    ("-oo", Side::Both),
];

/// The exponents of two, of the two places at which the remainder is looked at.
const NEAR: [i64; 2] = [50, 110];

/// The order of the remainder as the values show it; `None` where they are not found.
fn order_of_remainder(expr: &Expr, expansion: &Expansion, point: &Expr) -> Option<f64> {
    let approach = Approach::one_sided(point, expansion.side);
    let polynomial = expansion.series.to_expr(&approach.small(&Expr::symbol(variable())));
    let difference = expr - polynomial;
    let tiny = |k: i64| Expr::integer(2).powi(-k) * Expr::fraction(1023, 1024);
    let at = |k: i64| match (point.kind(), expansion.side) {
        (Kind::Infinity(crate::expr::Infinity::Negative), _) => -tiny(k).recip(),
        (Kind::Infinity(_), _) => tiny(k).recip(),
        (_, Side::Left) => point - tiny(k),
        _ => point + tiny(k),
    };
    let [first, second] = NEAR.map(|k| value(&difference, &at(k)).map(size));
    let (first, second) = (first?, second?);
    if second == 0.0 || second < pxfm::f_exp2(-f64::from(BITS) / 4.0) {
        return Some(f64::INFINITY);
    }
    Some((pxfm::f_log2(first) - pxfm::f_log2(second)) / (NEAR[1] - NEAR[0]) as f64)
}

/// Expansions of 500 random expressions, at least so many of them confirmed.
fn confirm(seed: u64, depths: u64, names: &[&str], least: u64) {
    let (tries, mut dice) = asked("SERIES", 500, seed);
    let shows = std::env::var("SERIES_TRIES").is_ok();
    let mut tally = Tally::default();
    for _ in 0..tries {
        let expr = proper(&mut dice, depths, names, false);
        let (place, side) = dice.pick(PLACES);
        let order = 1 + dice.below(5) as usize;
        let point = crate::expr::read(place).unwrap();
        if shows {
            println!("{} at {place} {side:?}, {order}", text(&expr));
        }
        let budget = guarded();
        let expansion = match expansion(&expr, variable(), &Approach::one_sided(&point, side), order, &budget) {
            Ok(expansion) => expansion,
            Err(reason) => {
                tally.open += 1;
                if shows {
                    println!("  open: {reason:?}");
                }
                continue;
            }
        };
        let Some(found) = order_of_remainder(&expr, &expansion, &point) else { continue };
        let least = expansion.series.precision().map_or(f64::INFINITY, |p| p.to_f64());
        if found >= least - 0.15 {
            tally.confirmed += 1;
        } else {
            let terms = text(&expansion.series.to_expr(&Expr::variable("t")));
            let _ = writeln!(tally.wrong, "{} at {place} {side:?}: {terms}, order {found}, not {least}", text(&expr));
        }
    }
    tally.settle(tries, least);
}

#[test]
fn small_expressions() {
    confirm(0x0a11_ce50_0000_0001, 2, ELEMENTARY, 460);
}

#[test]
fn larger_expressions() {
    confirm(0x0a11_ce50_0000_0002, 3, ELEMENTARY, 440);
}

#[test]
fn broken_functions() {
    confirm(0x0a11_ce50_0000_0003, 2, BROKEN, 450);
}

#[test]
fn higher_functions() {
    confirm(0x0a11_ce50_0000_0004, 2, HIGHER, 420);
}

/// Functions of an order, and those of Stirling's kind, at their singular points.
#[test]
fn singular_points_of_higher_functions() {
    for (source, place) in [
        ("bessel_J(1/3, x)", "0"),
        ("bessel_J(-3, x)", "0"),
        ("bessel_I(-1/4, x)", "0"),
        ("bessel_Y(0, x)", "0"),
        ("bessel_Y(3, x)", "0"),
        ("bessel_Y(-1, 2*x)", "0"),
        ("bessel_Y(2/3, x)", "0"),
        ("bessel_K(0, x)", "0"),
        ("bessel_K(2, sin(x))", "0"),
        ("bessel_K(1/3, x)", "0"),
        ("x*bessel_K(1, x)*exp(x)", "0"),
        ("psi(x)", "oo"),
        ("log_gamma(x)", "oo"),
        ("harmonic_number(2*x)", "oo"),
        ("polylog(2, 1 - x)", "0"),
        ("bessel_J(2, x)/x^2", "0"),
    ] {
        let (expr, point) = (crate::expr::read(source).unwrap(), crate::expr::read(place).unwrap());
        let order = if source.starts_with("polylog") { 4 } else { 5 };
        let approach = Approach::one_sided(&point, Side::Right);
        let expansion = expansion(&expr, variable(), &approach, order, &Budget::unlimited());
        let expansion = expansion.unwrap_or_else(|reason| panic!("{source}: {reason:?}"));
        let found = order_of_remainder(&expr, &expansion, &point).unwrap_or_else(|| panic!("{source}"));
        let least = expansion.series.precision().map_or(f64::INFINITY, |p| p.to_f64());
        // Logarithms make the order a little smaller.
        let terms = text(&expansion.series.to_expr(&Expr::variable("t")));
        assert!(found >= least - 0.15, "{terms}, order {found}, not {least}");
    }
}
