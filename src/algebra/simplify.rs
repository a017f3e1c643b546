//! Simplification: rational, trigonometric, by factorials, and all of them.
//!
//! What cannot be read as a rational function of its parts (floating numbers, infinities) is given back as it is.

use crate::algebra::denest::{denest, zero_if_shown};
use crate::algebra::rational::{Fraction, Generators, RationalForm, reduce_power};
use crate::algebra::real_form::{has_complex_parts, rectangular};
use crate::algebra::shorten::{joined_powers, signs_out, size, take_in, to_factorial};
use crate::algebra::trig::{call, to_sine_and_cosine, trig_expand, unary_call};
use crate::algebra::{expand, factor};
use crate::budget::Budget;
use crate::expr::assume::{self, Domain, Fact, with_facts};
use crate::expr::{Expr, Kind, Reason};
use crate::number::sorting;
use crate::poly::SparsePolynomial;

/// Applies a simplification to both sides of a relation, or to the expression.
fn sides(expr: &Expr, simplify: impl Fn(&Expr) -> Result<Expr, Reason>) -> Result<Expr, Reason> {
    match expr.kind() {
        Kind::Relation(relation, left, right) => Ok(Expr::relation(*relation, simplify(left)?, simplify(right)?)),
        _ => simplify(expr),
    }
}

/// A result, or the expression itself where the method does not apply.
fn unless_stopped(result: Result<Expr, Reason>, expr: &Expr) -> Result<Expr, Reason> {
    match result {
        Err(reason) if !reason.is_stopped() => Ok(expr.clone()),
        other => other,
    }
}

/// As one fraction without common factors, numerator and denominator collected.
///
/// # Errors
/// When the budget runs out.
pub fn simplify_rational(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    sides(expr, |side| {
        let arguments_done = simplify_arguments(side, budget)?;
        let form = RationalForm::of(&arguments_done, budget).map(|form| {
            let (numerator, denominator) = form.to_fraction();
            numerator / denominator
        });
        Ok(joined_powers(&unless_stopped(form, &arguments_done)?))
    })
}

/// Simplifies what stands inside function arguments and under radicals.
fn simplify_arguments(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    inside(expr, |part| rational_only(part, budget))
}

/// The expression with something done to the arguments of its functions, and to bases and exponents of powers that are
/// no integer ones where they get smaller.
fn inside(expr: &Expr, simplify: impl Fn(&Expr) -> Result<Expr, Reason>) -> Result<Expr, Reason> {
    let mut failure = None;
    let mut done = |part: &Expr| match simplify(part) {
        Ok(simpler) => simpler,
        Err(reason) => {
            failure = Some(reason);
            part.clone()
        }
    };
    let result = expr.rewrite(
        |_| None,
        |node| match node.kind() {
            Kind::Call(function, arguments) => Expr::call(function.clone(), arguments.iter().map(&mut done).collect()),
            Kind::Power(base, exponent) if exponent.to_i64().is_none() => {
                let smaller = |part: &Expr, simpler: Expr| match size(&simpler) < size(part) {
                    true => simpler,
                    false => part.clone(),
                };
                let simpler_base = done(base);
                smaller(base, simpler_base).power(&smaller(exponent, done(exponent)))
            }
            _ => node,
        },
    );
    failure.map_or(Ok(result), Err)
}

fn rational_only(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if matches!(expr.kind(), Kind::Symbol(_) | Kind::Number(_) | Kind::Constant(_)) {
        return Ok(expr.clone());
    }
    let form = RationalForm::of(expr, budget).map(|form| {
        let (numerator, denominator) = form.to_fraction();
        numerator / denominator
    });
    unless_stopped(form, expr)
}

/// By sine and cosine of single angles with `sin^2 + cos^2 = 1` used for the shortest form.
///
/// # Errors
/// When the budget runs out.
pub fn simplify_trig(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    sides(expr, |side| {
        let side = &inside(side, |part| trig_only(part, budget))?;
        let open = to_sine_and_cosine(&unless_stopped(trig_expand(side, budget), side)?);
        let shortest = unless_stopped(shortest_trig(&open, budget), &open)?;
        Ok(if is_much_longer(&shortest, side) { side.clone() } else { shortest })
    })
}

/// What stands inside other parts, if circular or hyperbolic functions occur there.
fn trig_only(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if expr.depth() < 2 || pairs(&to_sine_and_cosine(expr)).is_empty() {
        return Ok(expr.clone());
    }
    let shortest = unless_stopped(shortest_trig(&to_sine_and_cosine(expr), budget), expr)?;
    Ok(if size(&shortest) < size(expr) { shortest } else { expr.clone() })
}

/// Is nothing gained? The powers of a large multiple of an angle are longer, and lose all digits when they are added.
fn is_much_longer(found: &Expr, side: &Expr) -> bool {
    found.shared_nodes().count() > 64 + 8 * side.shared_nodes().count()
}

/// Sine and cosine pairs of one angle.
fn pairs(expr: &Expr) -> Vec<(Expr, Expr, i64)> {
    let mut found: Vec<(Expr, Expr, i64)> = Vec::new();
    for node in expr.shared_nodes() {
        let Some((name, angle)) = unary_call(&node) else { continue };
        let (sine, cosine, sign) = match name {
            "sin" | "cos" => (call("sin", angle), call("cos", angle), 1),
            "sinh" | "cosh" => (call("sinh", angle), call("cosh", angle), -1),
            _ => continue,
        };
        if !found.iter().any(|(known, ..)| *known == sine) {
            found.push((sine, cosine, sign));
        }
    }
    sorting::sort_by(&mut found, |a, b| crate::expr::print_order(&b.0, &a.0));
    found
}

fn shortest_trig(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let pairs = pairs(expr);
    if pairs.is_empty() {
        return Ok(expr.clone());
    }
    let mut all = vec![expr];
    all.extend(pairs.iter().flat_map(|(sine, cosine, _)| [sine, cosine]));
    let generators = Generators::survey(&all)?;
    let mut fraction = generators.reduce(generators.read(expr, budget)?, budget)?;
    for (sine, cosine, sign) in &pairs {
        budget.check()?;
        let (Some(s), Some(c)) = (generators.index_of_atom(sine), generators.index_of_atom(cosine)) else { continue };
        fraction = shortest_by_pair(&fraction, s, c, *sign).into_cancelled();
    }
    let (numerator, denominator) = RationalForm::from_parts(generators, fraction).to_fraction();
    Ok(numerator / denominator)
}

/// The shortest of the forms with `sin^2` or `cos^2` eliminated above and below; `sign` is 1 for circular functions
/// (`sin^2 = 1 - cos^2`) and -1 for hyperbolic ones (`sinh^2 = cosh^2 - 1`).
fn shortest_by_pair(fraction: &Fraction, s: usize, c: usize, sign: i64) -> Fraction {
    let shortest = |p: &SparsePolynomial| -> SparsePolynomial {
        let square = |index: usize| SparsePolynomial::variable(p.variables(), index).pow(2);
        let one = SparsePolynomial::one(p.variables());
        let (sine_square, cosine_square) = match sign {
            1 => (&one - &square(c), &one - &square(s)),
            _ => (&square(c) - &one, &square(s) + &one),
        };
        let by_cosine = reduce_power(p, s, 2, &Fraction::whole(sine_square)).numerator;
        let by_sine = reduce_power(p, c, 2, &Fraction::whole(cosine_square)).numerator;
        let cost =
            |q: &SparsePolynomial| (q.len(), q.leading().is_some_and(|(_, c)| c.is_negative()), q.total_degree());
        let mut best = by_cosine;
        for candidate in [by_sine, p.clone()] {
            if cost(&candidate) < cost(&best) {
                best = candidate;
            }
        }
        best
    };
    Fraction { numerator: shortest(&fraction.numerator), denominator: shortest(&fraction.denominator) }
}

/// Quotients of factorials, binomials and gammas whose arguments differ by integers.
///
/// # Errors
/// When the budget runs out.
pub fn simplify_factorial(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    sides(expr, |side| {
        let gammas = side.rewrite_stored(|_| None, |node| by_gamma(&node).unwrap_or(node));
        if gamma_calls(&gammas) == 0 {
            return Ok(side.clone());
        }
        let lowered = lower_gammas(&gammas, budget)?;
        let is_as_short = gamma_calls(&gammas) <= gamma_calls(side);
        if lowered == gammas && !is_as_short {
            return Ok(side.clone());
        }
        let fraction = simplify_rational(&lowered, budget)?;
        let result = if matches!(lowered.kind(), Kind::Sum(_)) { fraction } else { factor(&fraction, budget)? };
        let taken = take_in(&result);
        let has = |name: &str| side.any_stored(|node| matches!(node.as_call(), Some((f, _)) if f.name() == name));
        if lowered != gammas || has("binomial") || (has("factorial") && taken != result) {
            return Ok(to_factorial(&taken));
        }
        Ok(if taken != result { taken } else { side.clone() })
    })
}

/// How many different factorials, gammas and binomials occur.
fn gamma_calls(expr: &Expr) -> usize {
    let is_one = |node: &Expr| {
        node.as_call().is_some_and(|(called, _)| matches!(called.name(), "gamma" | "factorial" | "binomial"))
    };
    expr.shared_nodes().filter(is_one).count()
}

/// Factorials and binomials by the gamma function.
fn by_gamma(node: &Expr) -> Option<Expr> {
    let (called, arguments) = node.as_call()?;
    let gamma = |x: Expr| call("gamma", &(x + Expr::one()));
    match (called.name(), arguments) {
        ("factorial", [n]) => Some(gamma(n.clone())),
        ("binomial", [n, k]) => Some(gamma(n.clone()) / (gamma(k.clone()) * gamma(n - k))),
        _ => None,
    }
}

/// `gamma(u + n)` by `gamma(u)` for the least argument of every class modulo integers.
fn lower_gammas(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    const FARTHEST: i64 = 1000;
    let arguments: Vec<Expr> = expr
        .shared_nodes()
        .filter_map(|node| unary_call(&node).filter(|(name, _)| *name == "gamma").map(|(_, argument)| argument.clone()))
        .collect();
    budget.check()?;
    let distance = |a: &Expr, b: &Expr| (a - b).to_i64().filter(|d| (0..=FARTHEST).contains(d));
    Ok(expr.rewrite_stored(
        |_| None,
        |node| {
            let Some(("gamma", argument)) = unary_call(&node) else { return node };
            let least =
                arguments.iter().filter_map(|other| Some((distance(argument, other)?, other))).max_by_key(|(d, _)| *d);
            match least {
                Some((steps @ 1.., base)) => {
                    let rising = (0..steps).map(|k| base + Expr::integer(k));
                    Expr::product(rising.chain([call("gamma", base)]))
                }
                _ => node,
            }
        },
    ))
}

/// Factorials, trigonometry and fractions, in this order.
///
/// # Errors
/// When the budget runs out.
pub fn simplify_full(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let factorials = simplify_factorial(&denest(expr, budget)?, budget)?;
    let trig = simplify_trig(&factorials, budget)?;
    zero_if_shown(simplify_rational(&trig, budget)?, budget)
}

/// Real part plus `I` times imaginary part, all variables taken as real; the expression itself where they are not known.
///
/// # Errors
/// When the budget runs out.
pub fn rectform(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let real = expr.variables().into_iter().map(|symbol| Fact::In(symbol, Domain::Real));
    with_facts(real, || {
        let expanded = unless_stopped(expand(expr, budget), expr)?;
        let (re, im) = (call("real_part", &expanded), call("imag_part", &expanded));
        let is_open = |part: &Expr| matches!(unary_call(part), Some(("real_part" | "imag_part", _)));
        let found = match has_complex_parts(&re) || has_complex_parts(&im) {
            true => rectangular(&expanded).or_else(|| (!is_open(&re) && !is_open(&im)).then_some((re, im))),
            false => Some((re, im)),
        };
        let Some((re, im)) = found else { return Ok(expr.clone()) };
        let written = signs_out(&(re + Expr::i() * im), budget)?;
        expand(&written.rewrite_stored(|_| None, |node| logarithm_of_power(&node).unwrap_or(node)), budget)
    })
}

/// `log(sqrt(x^2 + 1))` as `1/2*log(x^2 + 1)`: the logarithm of a power of what is positive.
fn logarithm_of_power(node: &Expr) -> Option<Expr> {
    let Some(("log", argument)) = unary_call(node) else { return None };
    let Kind::Power(base, exponent) = argument.kind() else { return None };
    (assume::is_positive(base).is_yes() && assume::is_real(exponent).is_yes()).then(|| exponent * call("log", base))
}
