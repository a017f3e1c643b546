//! One equation in one unknown.
//!
//! The difference of the sides is read as a rational function of its generators and its numerator factored. A factor
//! with the unknown in one generator is a polynomial equation in that generator, which is then undone; radicals are
//! eliminated by resultants; sums of logarithms and equations in sine and cosine are brought to one generator first.

use std::cmp::Ordering;

use super::Solutions;
use super::inverse::{self, Preimages};
use super::polynomial::polynomial_roots;
use crate::algebra::rational::{Generators, RationalForm};
use crate::algebra::{self, decide, expand, is_zero};
use crate::budget::Budget;
use crate::expr::assume::{self, Fact};
use crate::expr::{Expr, Kind, Reason, Relation, Symbol, Truth, function};
use crate::number::Rational;
use crate::poly::{IntegerPolynomial, SparsePolynomial, Unfinished};

/// How deep an equation may lead to further ones.
const DEEPEST: usize = 8;

/// How an equation is solved: how deep inside others, and whether periodic functions answer all their solutions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Way {
    depth: usize,
    families: bool,
}

impl Way {
    fn deeper(self) -> Way {
        Way { depth: self.depth + 1, ..self }
    }
}

/// The solutions of an equation for a variable.
///
/// # Errors
/// When the budget runs out, or the relation is no equation.
pub fn solve_equation(equation: &Expr, variable: Symbol, budget: &Budget) -> Result<Solutions, Reason> {
    solve_by(equation, variable, Way::default(), budget)
}

fn solve_by(equation: &Expr, variable: Symbol, way: Way, budget: &Budget) -> Result<Solutions, Reason> {
    let difference = match equation.kind() {
        Kind::Relation(Relation::Equal, left, right) => left - right,
        Kind::Relation(..) => return Err(Reason::Domain("an inequality is no equation")),
        _ => equation.clone(),
    };
    let mut solutions = solve_zero(&difference, variable, way, budget)?;
    keep_admissible(&mut solutions, variable, budget)?;
    Ok(solutions)
}

/// As `solve_equation`, for any expression as unknown: a call or derivative is named for the time being.
///
/// # Errors
/// When the budget runs out, or the relation is no equation.
pub fn solve_for(equation: &Expr, unknown: &Expr, budget: &Budget) -> Result<Solutions, Reason> {
    solve_part_of(equation, unknown, Way::default(), budget)
}

/// As `solve_for`; equations of periodic functions give families with integer parameters `z1`, `z2`, ...
///
/// # Errors
/// When the budget runs out, or the relation is no equation.
pub fn solve_with_families(equation: &Expr, unknown: &Expr, budget: &Budget) -> Result<Solutions, Reason> {
    solve_part_of(equation, unknown, Way { depth: 0, families: true }, budget)
}

fn solve_part_of(equation: &Expr, unknown: &Expr, way: Way, budget: &Budget) -> Result<Solutions, Reason> {
    if let Some(variable) = unknown.as_symbol() {
        return solve_by(equation, variable, way, budget);
    }
    let name = Symbol::new("the unknown");
    let put =
        |expr: &Expr, from: &Expr, to: &Expr| expr.rewrite(|node| (node == from).then(|| to.clone()), |node| node);
    let named = put(equation, unknown, &Expr::symbol(name));
    let mut solutions = solve_by(&named, name, way, budget)?;
    for equation in &mut solutions.unsolved {
        *equation = put(equation, &Expr::symbol(name), unknown);
    }
    Ok(solutions)
}

/// Drops the roots that an assumption about the variable forbids.
fn keep_admissible(solutions: &mut Solutions, variable: Symbol, budget: &Budget) -> Result<(), Reason> {
    let mut kept = Vec::new();
    for root in std::mem::take(&mut solutions.roots) {
        if !is_forbidden(&root.value, variable, budget)? {
            kept.push(root);
        }
    }
    solutions.roots = kept;
    Ok(())
}

fn is_forbidden(value: &Expr, variable: Symbol, budget: &Budget) -> Result<bool, Reason> {
    for fact in assume::assumptions() {
        let refuted = match fact {
            Fact::Holds(relation) if relation.has_symbol(variable) => {
                decide(&put(&relation, variable, value), budget)?.is_no()
            }
            Fact::In(own, domain) if own == variable && domain != assume::Domain::Complex => {
                let not_real = assume::is_real(value).is_no() || has_imaginary_part(value);
                let whole =
                    !matches!(domain, assume::Domain::Real | assume::Domain::NonInteger | assume::Domain::Rational);
                not_real || (whole && value.as_rational().is_some_and(|q| !q.is_integer()))
            }
            Fact::Holds(_) | Fact::In(..) => false,
        };
        if refuted {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Is the value `a + b*I` with a real `b` other than zero shown?
fn has_imaginary_part(value: &Expr) -> bool {
    matches!(value.as_number(), Some(number) if !number.is_real())
}

/// The expression with a value for the variable.
pub(super) fn put(expr: &Expr, variable: Symbol, value: &Expr) -> Expr {
    expr.rewrite_stored(|node| (node.as_symbol() == Some(variable)).then(|| value.clone()), |node| node)
}

/// The values at which the expression vanishes.
pub(super) fn solve_zero(expr: &Expr, variable: Symbol, way: Way, budget: &Budget) -> Result<Solutions, Reason> {
    budget.check()?;
    let open = || Ok(Solutions::open(equation_of(expr, variable)));
    if !expr.has_symbol(variable) {
        return match is_zero(expr, budget)? {
            Truth::Yes => Ok(Solutions::all()),
            Truth::No => Ok(Solutions::none()),
            Truth::Unknown => open(),
        };
    }
    if way.depth > DEEPEST {
        return open();
    }
    let form = match RationalForm::of(expr, budget) {
        Ok(form) => form,
        Err(reason) if reason.is_stopped() => return Err(reason),
        Err(_) => return open(),
    };
    if form.is_zero() {
        return Ok(Solutions::all());
    }
    let mut solutions = Solutions::none();
    let mut factors = algebra::irreducible_factors(form.numerator(), budget)?;
    factors.sort_by(|(a, _), (b, _)| by_degree_and_root(a, b));
    for (factor, times) in factors {
        let part = form.express(&factor);
        if !part.has_symbol(variable) {
            continue;
        }
        let found = solve_factor(&form, &factor, &part, variable, way, budget)?;
        solutions.extend(found, times);
    }
    drop_poles(&mut solutions, expr, &form, variable, budget)?;
    Ok(solutions)
}

/// Factors of higher degree come first, linear ones by their roots.
fn by_degree_and_root(a: &SparsePolynomial, b: &SparsePolynomial) -> Ordering {
    let linear = |factor: &SparsePolynomial| match factor.support().as_slice() {
        [only] => factor.to_univariate(*only),
        _ => None,
    };
    let (Some(p), Some(q)) = (linear(a), linear(b)) else { return Ordering::Equal };
    let root = |factor: &IntegerPolynomial| -> Option<Rational> {
        (factor.degree() == Some(1))
            .then(|| -Rational::from(factor.coefficient(0).clone()) / Rational::from(factor.coefficient(1).clone()))
    };
    match (root(&p), root(&q)) {
        (Some(p), Some(q)) => p.cmp(&q),
        _ => q.degree().cmp(&p.degree()),
    }
}

/// Roots at which the denominator vanishes or the expression has no value are no roots.
fn drop_poles(
    solutions: &mut Solutions,
    expr: &Expr,
    form: &RationalForm,
    variable: Symbol,
    budget: &Budget,
) -> Result<(), Reason> {
    let below = form.express(form.denominator());
    let mut kept = Vec::new();
    for root in std::mem::take(&mut solutions.roots) {
        let pole = below.has_symbol(variable) && is_zero(&put(&below, variable, &root.value), budget)?.is_yes();
        if !pole && !put(expr, variable, &root.value).is_undefined() {
            kept.push(root);
        }
    }
    solutions.roots = kept;
    Ok(())
}

/// An irreducible factor: by how the unknown stands in its generators.
fn solve_factor(
    form: &RationalForm,
    factor: &SparsePolynomial,
    part: &Expr,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Solutions, Reason> {
    let generators = form.generators();
    let involved: Vec<usize> = factor
        .support()
        .into_iter()
        .filter(|index| generators.list().get(*index).is_some_and(|g| g.power(1).has_symbol(variable)))
        .collect();
    if let [only] = involved.as_slice() {
        return solve_in_generator(generators, factor, *only, variable, way, budget);
    }
    let attempts: [fn(&Expr, Symbol, Way, &Budget) -> Result<Option<Solutions>, Reason>; 4] =
        [by_two_terms, by_logarithms, by_tangent, by_power_elimination];
    for attempt in attempts {
        if let Some(solutions) = attempt(part, variable, way, budget)? {
            return Ok(solutions);
        }
    }
    Ok(Solutions::open(equation_of(part, variable)))
}

/// A polynomial equation in one generator.
fn solve_in_generator(
    generators: &Generators,
    factor: &SparsePolynomial,
    index: usize,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Solutions, Reason> {
    let Some(generator) = generators.list().get(index) else { return Ok(Solutions::none()) };
    let mut coefficients = vec![Expr::zero(); usize::try_from(factor.degree(index)).unwrap_or(0) + 1];
    for (power, coefficient) in factor.coefficients_in(index) {
        if let Some(slot) = coefficients.get_mut(usize::try_from(power).unwrap_or(usize::MAX)) {
            *slot = generators.express(&coefficient);
        }
    }
    let part = generator.power(1);
    let found = polynomial_roots(&coefficients, budget)?;
    let mut solutions = Solutions::none();
    for (value, times) in found.roots {
        let own = if part.as_symbol() == Some(variable) {
            let mut single = Solutions::none();
            single.add(value, 1);
            single
        } else {
            solve_part(&part, &value, variable, way, budget)?
        };
        solutions.extend(own, times);
    }
    for (coefficients, _) in found.open {
        let polynomial = Expr::sum(
            coefficients.iter().enumerate().map(|(power, c)| c * part.powi(i64::try_from(power).unwrap_or(0))),
        );
        solutions.extend(Solutions::open(equation_of(&polynomial, variable)), 1);
    }
    Ok(solutions)
}

/// `part = value` for a call or radical.
fn solve_part(part: &Expr, value: &Expr, variable: Symbol, way: Way, budget: &Budget) -> Result<Solutions, Reason> {
    let Some(preimages) = inverse::undo(part, value, variable, budget)? else {
        return Ok(Solutions::open(Expr::relation(Relation::Equal, part.clone(), value.clone())));
    };
    let Preimages { inner, mut values, verify, mut principal_only, families } = preimages;
    if way.families && !families.is_empty() {
        values = families.iter().enumerate().map(|(k, family)| member(family, way.depth + k + 1)).collect();
        principal_only = false;
    }
    let mut solutions = Solutions { principal_only, ..Solutions::none() };
    for inner_value in values {
        let found = solve_zero(&(&inner - &inner_value), variable, way.deeper(), budget)?;
        let found = if verify { confirmed(found, &(part - value), variable, budget)? } else { found };
        solutions.extend(found, 1);
    }
    Ok(solutions)
}

/// Any member of a family: its start plus an integer times its period.
fn member((start, period): &(Expr, Expr), number: usize) -> Expr {
    let parameter = Symbol::new(&format!("z{number}"));
    assume::assume(Fact::In(parameter, assume::Domain::Integer));
    start + period * Expr::symbol(parameter)
}

/// Keeps the roots at which an expression is shown to vanish; those left open turn into the open equation.
fn confirmed(found: Solutions, vanishing: &Expr, variable: Symbol, budget: &Budget) -> Result<Solutions, Reason> {
    let mut kept = Solutions { roots: Vec::new(), ..found };
    let mut doubtful = false;
    for root in found.roots {
        match is_zero(&put(vanishing, variable, &root.value), budget)? {
            Truth::Yes => kept.roots.push(root),
            Truth::No if root.value.is_constant() => {}
            // With parameters the root may hold for some of their values.
            Truth::No | Truth::Unknown => doubtful = true,
        }
    }
    if doubtful && kept.unsolved.is_empty() {
        kept.unsolved.push(equation_of(vanishing, variable));
    }
    Ok(kept)
}

/// `A*e^u + B*e^v` and other pairs of exponential terms: logarithms on both sides.
fn by_two_terms(part: &Expr, variable: Symbol, way: Way, budget: &Budget) -> Result<Option<Solutions>, Reason> {
    let terms = algebra::terms(part);
    let [first, second] = terms.as_slice() else { return Ok(None) };
    let quotient = -(first / second);
    let mut exponent = Vec::new();
    let mut outside = Vec::new();
    for factor in algebra::factors(&quotient) {
        match factor.kind() {
            _ if !factor.has_symbol(variable) => outside.push(factor),
            Kind::Power(base, power) if !base.has_symbol(variable) => exponent.push(power * function::log(base)),
            _ => match factor.exp_argument() {
                Some(argument) => exponent.push(argument.clone()),
                None => return Ok(None),
            },
        }
    }
    let constant = Expr::product(outside);
    if exponent.is_empty() || assume::sign(&constant) != Some(std::cmp::Ordering::Greater) {
        return Ok(None);
    }
    let equation = Expr::sum(exponent) + function::log(&constant);
    Ok(Some(solve_zero(&expand(&equation, budget)?, variable, way.deeper(), budget)?))
}

/// A sum of logarithms with integer coefficients: the product of the powers of their arguments.
fn by_logarithms(part: &Expr, variable: Symbol, way: Way, budget: &Budget) -> Result<Option<Solutions>, Reason> {
    let mut product = Vec::new();
    let mut rest = Vec::new();
    for term in algebra::terms(part) {
        let (base, coefficient) = term.split_coefficient();
        match base.as_call() {
            Some((called, [argument])) if called.is(&function::LOG) && argument.has_symbol(variable) => {
                let Some(times) = coefficient.to_integer() else { return Ok(None) };
                product.push(argument.power(&Expr::number(times)));
            }
            _ if term.has_symbol(variable) => return Ok(None),
            _ => rest.push(term),
        }
    }
    if product.is_empty() {
        return Ok(None);
    }
    let equation = Expr::product(product) - function::exp(&-Expr::sum(rest));
    let candidates = solve_zero(&equation, variable, way.deeper(), budget)?;
    Ok(Some(confirmed(candidates, part, variable, budget)?))
}

/// An equation in sine and cosine of one angle: `a*sin(u) + b*cos(u) = 0` by the tangent, others by that of half the
/// angle.
fn by_tangent(part: &Expr, variable: Symbol, way: Way, budget: &Budget) -> Result<Option<Solutions>, Reason> {
    let expanded = match algebra::trig_expand(part, budget) {
        Ok(expanded) => algebra::to_sine_and_cosine(&expanded),
        Err(reason) if reason.is_stopped() => return Err(reason),
        Err(_) => return Ok(None),
    };
    let Some(angle) = single_angle(&expanded, variable) else { return Ok(None) };
    let tangent = Symbol::new("the tangent");
    let t = Expr::symbol(tangent);
    let ratio = by_ratio(&expanded, &angle, &t);
    let (equation, halves) = match ratio {
        Some(equation) => (equation, false),
        None => (by_half_angle(&expanded, &angle, &t), true),
    };
    if equation.has_symbol(variable) {
        return Ok(None);
    }
    let values = solve_zero(&equation, tangent, way.deeper(), budget)?;
    if !values.unsolved.is_empty() {
        return Ok(None);
    }
    let mut solutions = Solutions { principal_only: true, ..Solutions::none() };
    for root in values.roots {
        let Some(turn) = inverse::call("arctan", &root.value) else { return Ok(None) };
        let value = if halves { Expr::integer(2) * turn } else { turn };
        solutions.extend(solve_zero(&(&angle - value), variable, way.deeper(), budget)?, 1);
    }
    if halves {
        // The tangent of half the angle has no value at pi.
        let straight = put_angle(&expanded, &angle, &Expr::pi());
        if is_zero(&straight, budget)?.is_yes() {
            solutions.extend(solve_zero(&(&angle - Expr::pi()), variable, way.deeper(), budget)?, 1);
        }
    }
    Ok(Some(confirmed(solutions, part, variable, budget)?))
}

/// The only argument of sines and cosines that depends on the variable, if nothing else does.
fn single_angle(expr: &Expr, variable: Symbol) -> Option<Expr> {
    let mut angle: Option<Expr> = None;
    for node in expr.shared_nodes() {
        if let Some((called, [argument])) = node.as_call()
            && matches!(called.name(), "sin" | "cos")
            && argument.has_symbol(variable)
        {
            match &angle {
                Some(known) if known != argument => return None,
                _ => angle = Some(argument.clone()),
            }
        }
    }
    angle
}

/// The expression with the sine and cosine of an angle at a value.
fn put_angle(expr: &Expr, angle: &Expr, value: &Expr) -> Expr {
    expr.rewrite_stored(
        |node| match node.as_call() {
            Some((called, [argument])) if argument == angle => Some(Expr::call(called.clone(), vec![value.clone()])),
            _ => None,
        },
        |node| node,
    )
}

/// `a*sin(u) + b*cos(u)` as `a*t + b`.
fn by_ratio(expr: &Expr, angle: &Expr, t: &Expr) -> Option<Expr> {
    let sine = inverse::call("sin", angle)?;
    let cosine = inverse::call("cos", angle)?;
    let mut parts = Vec::new();
    for term in algebra::terms(expr) {
        let factors = algebra::factors(&term);
        let waves = factors.iter().filter(|f| **f == sine || **f == cosine).count();
        if waves != 1 {
            return None;
        }
        parts.push(Expr::product(factors.into_iter().map(|factor| {
            if factor == sine {
                t.clone()
            } else if factor == cosine {
                Expr::one()
            } else {
                factor
            }
        })));
    }
    Some(Expr::sum(parts))
}

/// Sine and cosine by the tangent of half the angle.
fn by_half_angle(expr: &Expr, angle: &Expr, t: &Expr) -> Expr {
    let below = Expr::one() + t.powi(2);
    expr.rewrite_stored(
        |node| match node.as_call() {
            Some((called, [argument])) if argument == angle => match called.name() {
                "sin" => Some(Expr::integer(2) * t / &below),
                "cos" => Some((Expr::one() - t.powi(2)) / &below),
                _ => None,
            },
            _ => None,
        },
        |node| node,
    )
}

/// Radicals beside the unknown: one is isolated and both sides raised, until none is left; then all is put back.
fn by_power_elimination(part: &Expr, variable: Symbol, way: Way, budget: &Budget) -> Result<Option<Solutions>, Reason> {
    let generators = match Generators::survey(&[part]) {
        Ok(generators) => generators,
        Err(_) => return Ok(None),
    };
    let radical = generators.list().iter().enumerate().rev().find_map(|(index, generator)| {
        let power = generator.power(1);
        let degree = match power.kind() {
            Kind::Power(_, exponent) => exponent.as_rational()?.denominator().to_i64()?,
            _ => return None,
        };
        power.has_symbol(variable).then_some((index, degree, power))
    });
    let Some((index, degree, radical)) = radical else { return Ok(None) };
    let Kind::Power(base, _) = radical.kind() else { return Ok(None) };
    let form = generators.read(part, budget)?;
    let numerator = form.numerator;
    // The relation of the radical: g^degree - base, both over the generators.
    let own = generators.read(base, budget)?;
    let power = SparsePolynomial::variable(generators.len(), index).pow(usize::try_from(degree).unwrap_or(2));
    if own.numerator.degree(index) > 0 {
        // The base is a power of the generator itself: the equation is one in the generator alone after renaming.
        return rename_root(part, base, degree, variable, way, budget);
    }
    let relation = &(&power * &own.denominator) - &own.numerator;
    let eliminated = match numerator.resultant(&relation, index, budget) {
        Ok(eliminated) => eliminated,
        Err(Unfinished::Stopped(stopped)) => return Err(stopped.into()),
        Err(_) => return Ok(None),
    };
    let equation = generators.express(&eliminated);
    if equation.is_zero() || equation == *part {
        return Ok(None);
    }
    let candidates = solve_zero(&equation, variable, way.deeper(), budget)?;
    Ok(Some(confirmed(candidates, part, variable, budget)?))
}

/// `x` and `x^(1/n)` together: an equation in `t = x^(1/n)`, whose roots count when their power leads back.
fn rename_root(
    part: &Expr,
    base: &Expr,
    degree: i64,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    if base.as_symbol() != Some(variable) {
        return Ok(None);
    }
    let root = Symbol::new("the root");
    let t = Expr::symbol(root);
    let renamed = part.rewrite(
        |node| match node.kind() {
            Kind::Power(own, exponent) if own == base => Some(t.power(&(exponent * Expr::integer(degree)))),
            Kind::Symbol(own) if *own == variable => Some(t.powi(degree)),
            _ => None,
        },
        |node| node,
    );
    if renamed.has_symbol(variable) {
        return Ok(None);
    }
    let values = solve_zero(&renamed, root, way.deeper(), budget)?;
    if !values.unsolved.is_empty() {
        return Ok(None);
    }
    let mut candidates = Solutions::none();
    for value in values.roots {
        candidates.add(expand(&value.value.powi(degree), budget)?, 1);
    }
    Ok(Some(confirmed(candidates, part, variable, budget)?))
}

/// The equation that is answered when it stays open: solved for a lone occurrence where that is easy.
pub(super) fn equation_of(expr: &Expr, variable: Symbol) -> Expr {
    let x = Expr::symbol(variable);
    let (mut coefficient, mut rest) = (Vec::new(), Vec::new());
    for term in algebra::terms(expr) {
        let (base, number) = term.split_coefficient();
        if base == x { coefficient.push(Expr::number(number)) } else { rest.push(term) }
    }
    let coefficient = Expr::sum(coefficient);
    if coefficient.is_zero() {
        return Expr::relation(Relation::Equal, expr.clone(), Expr::zero());
    }
    Expr::relation(Relation::Equal, x, -Expr::sum(rest) / coefficient)
}
