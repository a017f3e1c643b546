//! The zero test, and the truth of relations.
//!
//! Proof of zero: functions are rewritten by exponentials and the difference is reduced over its generators; what
//! reduces to zero is zero wherever it is defined. Proof of the contrary: an enclosure of the value at a point excludes
//! zero. What neither decides is unknown.

use std::cmp::Ordering;

use crate::algebra::constant::{by_logarithms, is_algebraic, is_constant_zero, known_form, order};
use crate::algebra::rational::{RationalForm, trial_division};
use crate::algebra::sample;
use crate::algebra::shorten::{beta_by_gamma, magnitude, prime_powers};
use crate::algebra::unify::unified;
use crate::algebra::{expand, exponentialize, rational_function, simplify_rational, terms};
use crate::budget::Budget;
use crate::expr::assume::{self, Domain, Fact, Signs};
use crate::expr::{Constant, Expr, Kind, Product, Reason, Relation, Symbol, Truth, function};
use crate::number::{Integer, Interval, Number, Rational};
use crate::tape;

/// Is the expression zero for all values of its variables at which it is defined? `No` means that it is not at some.
///
/// # Errors
/// When the budget runs out.
pub fn is_zero(expr: &Expr, budget: &Budget) -> Result<Truth, Reason> {
    if let Kind::Number(number) = expr.kind() {
        return Ok(Truth::of(number.is_zero()));
    }
    if matches!(expr.kind(), Kind::Infinity(_)) {
        return Ok(Truth::No);
    }
    if !assume::is_nonzero(expr).is_unknown() {
        return Ok(!assume::is_nonzero(expr));
    }
    if sample::excludes_zero(expr, budget)? {
        return Ok(Truth::No);
    }
    if reduces_to_zero(expr, budget)? {
        return Ok(Truth::Yes);
    }
    let decided = is_constant_zero(expr, budget)?;
    if decided.is_unknown()
        && let Some(form) = known_form(expr, budget)?
    {
        let found = decided_form(&form, budget)?;
        if !found.is_unknown() {
            return Ok(found);
        }
    }
    // Of algebraic constants the separation bound tells all that can be told in reasonable time.
    if !decided.is_unknown() || is_algebraic(expr) {
        return Ok(decided);
    }
    let form = unified(expr, budget)?;
    match form.is_zero() {
        true => Ok(Truth::Yes),
        false => decided_form(&by_exponentials(&form, budget)?, budget),
    }
}

/// What the normal form and the test for constants say.
fn decided_form(form: &Expr, budget: &Budget) -> Result<Truth, Reason> {
    match reduces_to_zero(form, budget)? {
        true => Ok(Truth::Yes),
        false => is_constant_zero(form, budget),
    }
}

/// Is the expression shown to be zero by its normal form?
fn reduces_to_zero(expr: &Expr, budget: &Budget) -> Result<bool, Reason> {
    for form in [expr.clone(), by_exponentials(expr, budget)?] {
        match RationalForm::of(&form, budget) {
            Ok(form) if form.is_zero() => return Ok(true),
            Err(reason) if reason.is_stopped() => return Err(reason),
            Ok(_) | Err(_) => {}
        }
    }
    Ok(false)
}

/// The expression with trigonometric and hyperbolic functions by exponentials, those of arcus and area functions by
/// roots, and logarithms of numbers by those of primes.
fn by_exponentials(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let exponential = exponentialize(expr);
    let of_primes =
        |node: &Expr| Some(Expr::product(prime_powers(node)?.iter().map(|(prime, exponent)| prime.power(exponent))));
    let simpler = |node: &Expr| {
        let other = || of_primes(node).or_else(|| magnitude(node)).or_else(|| beta_by_gamma(node));
        split_logarithm(node).or_else(|| exponential_of_arcs(node)).or_else(other)
    };
    let split = exponential.rewrite_stored(|_| None, |node| simpler(&node).unwrap_or(node));
    match expand(&split, budget) {
        Err(reason) if reason.is_stopped() => Err(reason),
        Err(_) => Ok(split),
        Ok(expanded) => Ok(expanded),
    }
}

/// `e^(i*arccos(x) + y)` as `(x + i*sqrt(1 - x^2))*e^y`: the arcus and area functions are logarithms of algebraic
/// functions, by definition.
fn exponential_of_arcs(node: &Expr) -> Option<Expr> {
    let exponent = node.exp_argument()?;
    let mut changed = false;
    let factors: Vec<Expr> = terms(exponent)
        .iter()
        .map(|term| match exponential_of_arc(term) {
            Some(algebraic) => {
                changed = true;
                algebraic
            }
            None => function::exp(term),
        })
        .collect();
    changed.then(|| Expr::product(factors))
}

/// `e` to a number times one arcus or area function, as a product of powers with rational exponents; to a rational
/// multiple of `I*pi`, as a power of -1.
fn exponential_of_arc(term: &Expr) -> Option<Expr> {
    let (base, times) = term.split_coefficient();
    if let (Kind::Constant(Constant::Pi), Number::Gaussian(turn)) = (base.kind(), &times) {
        return turn.re.is_zero().then(|| Expr::integer(-1).power_rational(&turn.im));
    }
    let (called, arguments) = base.as_call()?;
    let [argument] = arguments else { return None };
    if called.is(&function::LOG) {
        return None;
    }
    let mut powers = Vec::new();
    for (coefficient, of) in by_logarithms(called.name(), argument)? {
        powers.push(of.power_rational(coefficient.scale(&times).as_rational()?));
    }
    Some(Expr::product(powers))
}

/// `log(12)` as `2*log(2) + log(3)`, and `log` of a positive number's power or product by the rules that hold there.
fn split_logarithm(node: &Expr) -> Option<Expr> {
    let (called, arguments) = node.as_call()?;
    if !called.is(&function::LOG) {
        return None;
    }
    let argument = arguments.first()?;
    match argument.kind() {
        Kind::Number(Number::Rational(q)) if !q.is_negative() => Some(logarithm_of_rational(q)),
        Kind::Power(base, exponent) if assume::sign(base) == Some(Ordering::Greater) => {
            assume::is_real(exponent).is_yes().then(|| exponent * function::log(base))
        }
        Kind::Product(product) => logarithm_of_product(product),
        _ => None,
    }
}

/// Positive factors leave a logarithm, since they don't change the argument of the complex rest.
fn logarithm_of_product(product: &Product) -> Option<Expr> {
    let positive = |part: &Expr| assume::sign(part) == Some(Ordering::Greater);
    let (mut outside, mut inside): (Vec<Expr>, Vec<Expr>) = product.parts().partition(positive);
    if let Some(index) = inside.iter().position(|part| part.as_rational().is_some_and(|q| !q.abs().is_one())) {
        let size = inside.remove(index);
        outside.push(-size);
        inside.push(Expr::integer(-1));
    }
    if outside.is_empty() {
        return None;
    }
    let split = |part: &Expr| {
        let logarithm = function::log(part);
        split_logarithm(&logarithm).unwrap_or(logarithm)
    };
    let rest = (!inside.is_empty()).then(|| function::log(&Expr::product(inside)));
    Some(Expr::sum(outside.iter().map(split).chain(rest)))
}

fn logarithm_of_rational(q: &Rational) -> Expr {
    let side = |n: &Integer, sign: i64| {
        let parts = trial_division(n).into_iter();
        Expr::sum(parts.map(|(prime, times)| {
            let logarithm = Expr::held(crate::expr::Function::Elementary(&function::LOG), vec![Expr::number(prime)]);
            logarithm.scale(&Number::from(sign * times))
        }))
    };
    side(&q.numerator(), 1) + side(&q.denominator(), -1)
}

/// The prime powers of a positive integer; a factor that trial division leaves counts as one prime.
pub fn small_factors(n: &Integer) -> Vec<(Integer, i64)> {
    trial_division(n)
}

/// The truth of a relation: yes when it holds for all admissible values, no when it fails at one.
///
/// `!=` is the contrary of `==`, as programs mean it.
///
/// # Errors
/// When the budget runs out.
pub fn decide(relation: &Expr, budget: &Budget) -> Result<Truth, Reason> {
    let Kind::Relation(relation, left, right) = relation.kind() else {
        return Ok(!is_zero(relation, budget)?);
    };
    if let Some(truth) = decide_infinite(*relation, left, right) {
        return Ok(truth);
    }
    match relation {
        Relation::Equal => decide_equal(left, right, budget),
        Relation::NotEqual => Ok(!decide_equal(left, right, budget)?),
        _ => decide_order(*relation, left, right, budget),
    }
}

fn decide_equal(left: &Expr, right: &Expr, budget: &Budget) -> Result<Truth, Reason> {
    if left == right {
        return Ok(Truth::Yes);
    }
    is_zero(&(left - right).with_exact_exponents(), budget)
}

/// Relations in which a side is infinite.
fn decide_infinite(relation: Relation, left: &Expr, right: &Expr) -> Option<Truth> {
    let infinite = |e: &Expr| matches!(e.kind(), Kind::Infinity(_));
    if !infinite(left) && !infinite(right) {
        return None;
    }
    if left == right {
        return Some(Truth::of(relation.holds(Ordering::Equal)));
    }
    let rank = |e: &Expr| match Signs::of(e) {
        _ if !infinite(e) => Some(0),
        Signs::POSITIVE => Some(1),
        Signs::NEGATIVE => Some(-1),
        _ => None,
    };
    match (rank(left), rank(right)) {
        (Some(a), Some(b)) => Some(Truth::of(relation.holds(a.cmp(&b)))),
        // The infinity without direction is neither of the others, nor a number.
        _ if matches!(relation, Relation::Equal | Relation::NotEqual) => {
            Some(Truth::of(relation == Relation::NotEqual))
        }
        _ => Some(Truth::Unknown),
    }
}

/// An inequality; its variables are taken as real.
fn decide_order(relation: Relation, left: &Expr, right: &Expr, budget: &Budget) -> Result<Truth, Reason> {
    let difference = left - right;
    if let Some(q) = difference.as_rational() {
        return Ok(Truth::of(relation.holds(q.cmp(&Rational::ZERO))));
    }
    let variables = difference.variables();
    let real = |symbol: &Symbol| Fact::In(*symbol, Domain::Real);
    assume::with_facts(variables.iter().map(real), || {
        let by_signs = assume::decide(relation, &difference, &Expr::zero());
        if !by_signs.is_unknown() {
            return Ok(by_signs);
        }
        let expanded = expand(&difference, budget).unwrap_or_else(|_| difference.clone());
        let by_signs = assume::decide(relation, &expanded, &Expr::zero());
        if !by_signs.is_unknown() {
            return Ok(by_signs);
        }
        if let Some(truth) = decide_polynomial(relation, &difference, &variables, budget)? {
            return Ok(truth);
        }
        if assume::is_real(&difference).is_yes() {
            let by_bounds = decide_by_bounds(relation, &difference, &variables, budget)?
                .or_else(|| decide_by_range(relation, &difference, &variables));
            if !by_bounds.is_unknown() {
                return Ok(by_bounds);
            }
        }
        match sample::order(&difference, budget)? {
            sample::Orders::Constant(order) => Ok(Truth::of(relation.holds(order))),
            sample::Orders::Seen(orders) if orders.iter().any(|order| !relation.holds(*order)) => Ok(Truth::No),
            sample::Orders::Seen(_) => decide_tie(relation, &difference, budget),
        }
    })
}

/// A polynomial in one variable of which nothing but its being real is known: its signs are seen between and at its
/// real roots.
fn decide_polynomial(
    relation: Relation,
    difference: &Expr,
    variables: &[Symbol],
    budget: &Budget,
) -> Result<Option<Truth>, Reason> {
    let [variable] = variables else { return Ok(None) };
    let is_restricted = assume::assumptions().iter().any(|fact| match fact {
        Fact::Holds(relation) => relation.has_symbol(*variable),
        Fact::In(symbol, domain) => symbol == variable && *domain != Domain::Real,
    });
    if is_restricted {
        return Ok(None);
    }
    let Some(quotient) = rational_function(difference, *variable, budget)? else { return Ok(None) };
    if !quotient.denominator().is_constant() {
        return Ok(None);
    }
    let polynomial = quotient.numerator().numerator();
    let sign = quotient.numerator().leading().signum();
    let roots = polynomial.squarefree_decomposition();
    let crosses = roots.factors.iter().any(|(factor, times)| times % 2 == 1 && factor.count_real_roots() > 0);
    let touches = roots.factors.iter().any(|(factor, _)| factor.count_real_roots() > 0);
    let mut seen = vec![sign.cmp(&0)];
    if crosses {
        seen.push(sign.cmp(&0).reverse());
    }
    if touches {
        seen.push(Ordering::Equal);
    }
    Ok(Some(Truth::of(seen.into_iter().all(|order| relation.holds(order)))))
}

/// An inequality of variables with stated bounds: with `x = a + t` for `x > a` the signs of the coefficients tell.
fn decide_by_bounds(
    relation: Relation,
    difference: &Expr,
    variables: &[Symbol],
    budget: &Budget,
) -> Result<Truth, Reason> {
    let bounded: Vec<_> = variables.iter().filter_map(|symbol| Some((*symbol, assume::shifted(*symbol)?))).collect();
    if bounded.is_empty() {
        return Ok(Truth::Unknown);
    }
    let pairs: Vec<(Expr, Expr)> =
        bounded.iter().map(|(symbol, (to, _))| (Expr::symbol(*symbol), to.clone())).collect();
    let facts = bounded.into_iter().map(|(_, (_, fact))| fact);
    let moved = simplify_rational(&difference.substitute(&pairs), budget)?;
    Ok(assume::with_facts(facts, || assume::decide(relation, &moved, &Expr::zero())))
}

/// An inequality by an enclosure of all values.
fn decide_by_range(relation: Relation, difference: &Expr, variables: &[Symbol]) -> Truth {
    let Ok(mut function) = tape::IntervalFunction::new(difference, variables) else { return Truth::Unknown };
    let range = function.on(&vec![Interval::ENTIRE; variables.len()]);
    if range.is_empty() {
        return Truth::Unknown;
    }
    let possible = [
        (range.low() < 0.0, Ordering::Less),
        (range.low() <= 0.0 && range.high() >= 0.0, Ordering::Equal),
        (range.high() > 0.0, Ordering::Greater),
    ];
    Truth::if_shown(possible.iter().all(|(may, order)| !may || relation.holds(*order)))
}

/// What sampling leaves open: of variables only equality can be shown, of constants their order where one is complex in
/// writing only.
fn decide_tie(relation: Relation, difference: &Expr, budget: &Budget) -> Result<Truth, Reason> {
    let known = match difference.is_constant() {
        true => order(difference, &Expr::zero(), budget)?,
        false => is_zero(difference, budget)?.is_yes().then_some(Ordering::Equal),
    };
    Ok(known.map_or(Truth::Unknown, |order| Truth::of(relation.holds(order))))
}
