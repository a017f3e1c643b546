//! One equation in one unknown.
//!
//! The difference of the sides is read as a rational function of its generators and its numerator factored. A factor
//! with the unknown in one generator is a polynomial equation in that generator, which is then undone; radicals are
//! eliminated by resultants; sums of logarithms and equations in sine and cosine are brought to one generator first.

use super::admissible::{keep_defined, nearest_members};
use super::confirm::confirmed;
use super::interval::real_members;
use super::inverse::{self, Preimages};
use super::method::{
    by_cases, by_methods, by_single_power, by_steps, by_substitution, by_trying, common_bases, needs_cases, prime_bases,
};
use super::order::written_order;
use super::polynomial::{polynomial_roots, positive};
use super::{Root, Solutions};
use crate::algebra::rational::{Generators, RationalForm};
use crate::algebra::{self, decide, enclosure, expand, is_zero};
use crate::budget::Budget;
use crate::expr::assume::{self, Fact};
use crate::expr::{Expr, Kind, Reason, Relation, Symbol, Truth};
use crate::number::sorting;
use crate::number::{Ball, ComplexBall, Integer, Number, Rational};
use crate::poly::{IntegerPolynomial, SparsePolynomial, Unfinished};
use crate::tape;

/// How deep an equation may lead to further ones.
const DEEPEST: usize = 8;

/// How an equation is solved: how deep inside others, and whether periodic functions answer all their solutions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Way {
    depth: usize,
    families: Families,
    /// Are members of families left out at which the equation has no value?
    defined: bool,
}

/// Which equations of periodic functions answer all their solutions, by families with integer parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Families {
    /// None: principal solutions.
    #[default]
    None,
    /// Those in which no single function can be undone.
    Mixed,
    /// All.
    All,
}

impl Way {
    pub(super) fn deeper(self) -> Way {
        Way { depth: self.depth + 1, ..self }
    }

    pub(super) fn depth(self) -> usize {
        self.depth
    }

    /// Are all solutions wanted where a single function is undone?
    pub(super) fn families(self) -> bool {
        self.families == Families::All
    }

    /// Are all solutions wanted where several functions occur?
    pub(super) fn mixed_families(self) -> bool {
        self.families != Families::None
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
    let difference = exact_numbers(&difference);
    let mut solutions = Solutions::none();
    for factor in factors_as_answered(&difference, variable, budget)? {
        match solve_zero(&factor, variable, way, budget) {
            Ok(found) => solutions.extend(found, 1),
            Err(reason) if reason.is_stopped() => return Err(reason),
            Err(_) => solutions.extend(Solutions::open(equation_of(&factor, variable)), 1),
        }
    }
    keep_admissible(&mut solutions, variable, budget)?;
    if way.defined {
        keep_defined(&mut solutions, &difference, variable, budget)?;
    }
    let is_empty = solutions.roots.is_empty() && solutions.pieces.is_empty() && solutions.unsolved.is_empty();
    let real = assume::is_real(&Expr::symbol(variable)).is_yes();
    if is_empty && !solutions.everything && (solutions.principal_only || (solutions.branches && !real)) {
        // The principal roots don't count, but others of their families may.
        return by_other_members(&difference, variable, way, budget);
    }
    Ok(solutions)
}

/// The roots that are next in their families to principal ones that don't count.
fn by_other_members(expr: &Expr, variable: Symbol, way: Way, budget: &Budget) -> Result<Solutions, Reason> {
    let open = Solutions { principal_only: true, ..Solutions::open(equation_of(expr, variable)) };
    if way.families() {
        return Ok(open);
    }
    // The integers that number a family are ours.
    assume::with_facts([], || {
        let way = Way { families: Families::All, defined: true, ..way };
        let all = solve_by(expr, variable, way, budget)?;
        if !all.is_complete() {
            return Ok(open);
        }
        if all.roots.is_empty() {
            return Ok(Solutions::none());
        }
        let forbidden = |value: &Expr| Ok(is_admitted(value, variable, budget)?.is_no());
        Ok(nearest_members(all, expr, forbidden)?.unwrap_or(open))
    })
}

/// The factors of a product of polynomials, the last as it is written first: so their roots are answered. Anything else
/// is its only factor.
fn factors_as_answered(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Vec<Expr>, Reason> {
    let mut found: Vec<(IntegerPolynomial, Expr)> = Vec::new();
    for factor in common_factors(expr, budget)?.into_iter().filter(|factor| factor.has_symbol(variable)) {
        let base = match factor.kind() {
            Kind::Power(base, exponent) if exponent.to_i64().is_some_and(|n| n > 0) => base,
            _ => &factor,
        };
        let Some(polynomial) = algebra::rational_function(base, variable, budget)? else {
            return Ok(vec![expr.clone()]);
        };
        if !polynomial.is_polynomial() {
            return Ok(vec![expr.clone()]);
        }
        found.push((positive(polynomial.numerator().numerator().primitive_part()), factor));
    }
    if found.len() < 2 {
        return Ok(vec![expr.clone()]);
    }
    sorting::sort_by(&mut found, |(a, _), (b, _)| written_order(b, a));
    Ok(found.into_iter().map(|(_, factor)| factor).collect())
}

/// The factors of a product, or those that all terms of a sum have in common with what is left of it.
fn common_factors(expr: &Expr, budget: &Budget) -> Result<Vec<Expr>, Reason> {
    let terms = algebra::terms(expr);
    let Some((first, others)) = terms.split_first() else { return Ok(vec![expr.clone()]) };
    if others.is_empty() {
        return Ok(algebra::factors(expr));
    }
    let mut common = Vec::new();
    for factor in algebra::factors(first) {
        let (base, exponent) = whole_power(&factor);
        let least = others.iter().map(|term| exponent_in(term, base)).fold(exponent, i64::min);
        if least > 0 && base.as_number().is_none() {
            common.push(base.powi(least));
        }
    }
    if common.is_empty() {
        return Ok(vec![expr.clone()]);
    }
    let rest = Expr::sum(terms.iter().map(|term| term / Expr::product(common.iter().cloned())));
    common.push(expand(&rest, budget)?);
    Ok(common)
}

/// The base and the natural exponent of a factor; other powers are their own base.
fn whole_power(factor: &Expr) -> (&Expr, i64) {
    match factor.kind() {
        Kind::Power(base, exponent) => match exponent.to_i64() {
            Some(n) if n > 0 => (base, n),
            _ => (factor, 1),
        },
        _ => (factor, 1),
    }
}

/// How often a base is a factor of a term.
fn exponent_in(term: &Expr, base: &Expr) -> i64 {
    algebra::factors(term).iter().map(whole_power_of(base)).max().unwrap_or(0)
}

fn whole_power_of(base: &Expr) -> impl Fn(&Expr) -> i64 {
    move |factor| {
        let (own, exponent) = whole_power(factor);
        if own == base { exponent } else { 0 }
    }
}

/// Floating numbers as the simplest rational ones within their last digits: equations are solved exactly, as in Sage.
pub(super) fn exact_numbers(expr: &Expr) -> Expr {
    expr.rewrite(
        |node| match node.as_number() {
            Some(Number::Real(real)) => simplest_near(real.to_f64()).map(Expr::number),
            _ => None,
        },
        |node| node,
    )
}

/// Floating numbers as the simplest rational ones that are rounded to them.
pub fn simplest_numbers(expr: &Expr) -> Expr {
    expr.rewrite(
        |node| match node.as_number() {
            Some(Number::Real(real)) => real.simplest_rational().map(Expr::number),
            _ => None,
        },
        |node| node,
    )
}

/// The simplest rational number within a few units of the last place, by continued fractions.
fn simplest_near(value: f64) -> Option<Rational> {
    const TOLERANCE: f64 = 2e-15;
    let exact = Rational::from_f64(value)?;
    let error = &exact.abs() * &Rational::from_f64(TOLERANCE)?;
    let (mut rest, mut numerators, mut denominators) =
        (exact.clone(), (Integer::ONE, Integer::ZERO), (Integer::ZERO, Integer::ONE));
    loop {
        let whole = rest.floor();
        numerators = (&whole * &numerators.0 + &numerators.1, numerators.0);
        denominators = (&whole * &denominators.0 + &denominators.1, denominators.0);
        let candidate = Rational::ratio(&numerators.0, &denominators.0)?;
        if (&candidate - &exact).abs() <= error {
            return Some(candidate);
        }
        rest = (rest - Rational::from(whole)).recip()?;
    }
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
pub fn solve_with_families(
    equation: &Expr,
    unknown: &Expr,
    families: Families,
    budget: &Budget,
) -> Result<Solutions, Reason> {
    let defined = families != Families::None;
    let mut solutions = solve_part_of(equation, unknown, Way { depth: 0, families, defined }, budget)?;
    while merge_families(&mut solutions.roots) {}
    Ok(solutions)
}

/// A family as its start, period and integer.
fn family(root: &Root) -> Option<(Expr, Expr, Symbol)> {
    let integer = root.value.variables().into_iter().find(|symbol| assume::is_integer(&Expr::symbol(*symbol)).is_yes());
    let number = integer.filter(|_| root.except.is_empty())?;
    let start = put(&root.value, number, &Expr::zero());
    let period = put(&root.value, number, &Expr::one()) - &start;
    (&start + &(&period * &Expr::symbol(number)) == root.value).then_some((start, period, number))
}

/// Two families of whole turns that are half a turn apart as one: `2*pi*z` and `pi + 2*pi*z` are `pi*z`. Whether some
/// were found.
fn merge_families(roots: &mut Vec<Root>) -> bool {
    let turn = Expr::integer(2) * Expr::pi();
    let families: Vec<Option<(Expr, Expr, Symbol)>> =
        roots.iter().map(|root| family(root).filter(|(_, period, _)| *period == turn)).collect();
    for (place, first) in families.iter().enumerate() {
        let Some((start, _, number)) = first else { continue };
        let is_opposite = |(other, found): (usize, &Option<(Expr, Expr, Symbol)>)| {
            let half_turns = ((&found.as_ref()?.0 - start) / Expr::pi()).as_rational()?.to_integer()?;
            let same_count = roots.get(other)?.multiplicity == roots.get(place)?.multiplicity;
            (half_turns.is_odd() && same_count).then_some(other)
        };
        let Some(other) = families.iter().enumerate().find_map(is_opposite) else { continue };
        // The member next to zero.
        let turns = (start / Expr::pi()).as_rational().map(|q| (q + &Rational::HALF).floor());
        let start = start - turns.map_or(Expr::zero(), |n| Expr::pi() * Expr::number(n));
        let value = start + Expr::pi() * Expr::symbol(*number);
        if let Some(root) = roots.get_mut(place) {
            root.value = value;
        }
        roots.remove(other);
        return true;
    }
    false
}

/// All solutions, families whole: at some of their members the equation may have no value.
pub(super) fn all_families(equation: &Expr, variable: Symbol, budget: &Budget) -> Result<Solutions, Reason> {
    solve_by(equation, variable, Way { families: Families::All, ..Way::default() }, budget)
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
    let real = assume::is_real(&Expr::symbol(variable)).is_yes();
    let mut kept = Vec::new();
    for mut root in std::mem::take(&mut solutions.roots) {
        if real && let Some(members) = real_members(&root.value, budget)? {
            let Some(member) = members.into_iter().next() else { continue };
            root.value = member;
        }
        let admitted = is_admitted(&root.value, variable, budget)?;
        // The members of a family are bounded by themselves.
        let is_number = |symbol: &Symbol| assume::is_integer(&Expr::symbol(*symbol)).is_yes();
        solutions.conditional |= admitted.is_unknown() && !root.value.variables().iter().all(is_number);
        if !admitted.is_no() {
            kept.push(root);
        }
    }
    solutions.roots = kept;
    Ok(())
}

/// Do the assumptions about the variable hold at a value? No where one fails, whatever the parameters are.
fn is_admitted(value: &Expr, variable: Symbol, budget: &Budget) -> Result<Truth, Reason> {
    let is_real = assume::is_real(&Expr::symbol(variable)).is_yes();
    if is_real && value.is_constant() && tape::is_real_by_ball(value).is_no() {
        return Ok(Truth::No);
    }
    let mut admitted = Truth::Yes;
    for fact in assume::assumptions() {
        let own = match fact {
            Fact::Holds(relation) if relation.has_symbol(variable) => holds_at(&relation, variable, value, budget)?,
            Fact::In(own, domain) if own == variable && domain != assume::Domain::Complex => {
                let not_real = assume::is_real(value).is_no() || has_imaginary_part(value);
                let whole =
                    !matches!(domain, assume::Domain::Real | assume::Domain::NonInteger | assume::Domain::Rational);
                let broken = whole && value.as_rational().is_some_and(|q| !q.is_integer());
                Truth::of(!(not_real || broken))
            }
            Fact::Holds(_) | Fact::In(..) => Truth::Yes,
        };
        admitted = admitted.and(own);
    }
    Ok(admitted)
}

/// Does a relation hold at a value for all values of the parameters, or for none?
fn holds_at(relation: &Expr, variable: Symbol, value: &Expr, budget: &Budget) -> Result<Truth, Reason> {
    let Kind::Relation(own, left, right) = relation.kind() else { return Ok(Truth::Unknown) };
    let [left, right] = [left, right].map(|side| put(side, variable, value));
    let difference = &left - &right;
    let opposite = Expr::relation(own.negated(), left, right);
    if decide(&opposite, budget)?.is_yes() || is_refuted_by_ball(*own, &difference) {
        return Ok(Truth::No);
    }
    Ok(if decide(&put(relation, variable, value), budget)?.is_yes() { Truth::Yes } else { Truth::Unknown })
}

/// Is the real part of a constant on the wrong side of zero? It may have an imaginary part besides: roots by radicals of
/// complex numbers are not always known to be real.
fn is_refuted_by_ball(relation: Relation, difference: &Expr) -> bool {
    if !difference.is_constant() || matches!(relation, Relation::Equal | Relation::NotEqual) {
        return false;
    }
    let sign = enclosure(difference).and_then(|value| value.re().sign()).map(|sign| sign.cmp(&0));
    sign.is_some_and(|order| order.is_ne() && !relation.holds(order))
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
            // With parameters, `No` says only that it does not vanish for all their values.
            Truth::No => Ok(Solutions { conditional: !expr.is_constant(), ..Solutions::none() }),
            Truth::Unknown => open(),
        };
    }
    if way.depth > DEEPEST {
        return open();
    }
    if let Some(solutions) = by_steps(expr, variable, way, budget)? {
        return Ok(solutions);
    }
    if !needs_cases(expr, variable)
        && let Some(solutions) = by_single_call(expr, variable, way, budget)?
    {
        return Ok(solutions);
    }
    if let Some(solutions) = by_single_power(expr, variable, way, budget)? {
        return Ok(solutions);
    }
    if common_bases(expr, variable) {
        return solve_zero(&prime_bases(expr, variable), variable, way.deeper(), budget);
    }
    if needs_cases(expr, variable)
        && let Some(solutions) = by_cases(expr, variable, way, budget)?
    {
        return Ok(solutions);
    }
    let solutions = by_factors(expr, variable, way, budget)?;
    if solutions.unsolved.is_empty() {
        return Ok(solutions);
    }
    if let Some(found) = by_substitution(expr, variable, way, budget)? {
        return Ok(found);
    }
    if way.depth == 0
        && solutions.roots.is_empty()
        && let Some(found) = by_trying(expr, variable, budget)?
    {
        return Ok(found);
    }
    Ok(solutions)
}

/// `a*f(u) + c` with a single call, undone before anything is taken apart, so that its family stays one; without
/// families an exponential alone, `e^(2*x + 1) = c`, of which the real solution is wanted.
fn by_single_call(expr: &Expr, variable: Symbol, way: Way, budget: &Budget) -> Result<Option<Solutions>, Reason> {
    let (free, bound): (Vec<Expr>, Vec<Expr>) =
        algebra::terms(expr).into_iter().partition(|term| !term.has_symbol(variable));
    let [term] = bound.as_slice() else { return Ok(None) };
    let (calls, others): (Vec<Expr>, Vec<Expr>) =
        algebra::factors(term).into_iter().partition(|factor| factor.has_symbol(variable));
    match calls.as_slice() {
        [call] if call.as_call().is_some() && (way.families() || is_shifted_exponential(call, variable)) => {
            let value = -Expr::sum(free) / Expr::product(others);
            Ok(Some(solve_part(call, &value, variable, way, budget)?))
        }
        _ => Ok(None),
    }
}

/// Is it `e^(u + c)` with a part `c` free of the unknown?
fn is_shifted_exponential(call: &Expr, variable: Symbol) -> bool {
    call.exp_argument().is_some_and(|exponent| algebra::terms(exponent).iter().any(|term| !term.has_symbol(variable)))
}

/// The zeros of the irreducible factors of the numerator.
fn by_factors(expr: &Expr, variable: Symbol, way: Way, budget: &Budget) -> Result<Solutions, Reason> {
    let form = match RationalForm::of(expr, budget) {
        Ok(form) => form,
        Err(reason) if reason.is_stopped() => return Err(reason),
        Err(_) => return Ok(Solutions::open(equation_of(expr, variable))),
    };
    if form.is_zero() {
        return Ok(Solutions::all());
    }
    let mut solutions = Solutions::none();
    for (factor, times) in factors_of(&form, variable, budget)? {
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

/// The factors of the numerator in the order in which their roots are answered.
fn factors_of(
    form: &RationalForm,
    variable: Symbol,
    budget: &Budget,
) -> Result<Vec<(SparsePolynomial, usize)>, Reason> {
    let numerator = form.numerator();
    let own = form.generators().list().iter().position(|generator| generator.power(1).as_symbol() == Some(variable));
    let has_unknown = |index: &usize| {
        form.generators().list().get(*index).is_some_and(|generator| generator.power(1).has_symbol(variable))
    };
    if let Some(index) = own
        && is_pure_square(numerator, index)
        && numerator.support().iter().filter(|index| has_unknown(index)).count() == 1
    {
        return Ok(vec![(numerator.clone(), 1)]);
    }
    let mut factors = equation_factors(numerator, budget)?;
    if let Some(index) = own.filter(|_| numerator.support().len() > 1) {
        // With parameters: higher degrees first, else the last parameter's.
        factors.reverse();
        sorting::sort_by_key(&mut factors, |(factor, _)| std::cmp::Reverse(factor.degree(index)));
    }
    Ok(factors)
}

/// Is it `a*x^2 + c`?
fn is_pure_square(polynomial: &SparsePolynomial, index: usize) -> bool {
    let rows = polynomial.coefficients_in(index);
    matches!(rows.as_slice(), [(0, _), (2, _)] | [(2, _), (0, _)]) && polynomial.support().len() > 1
}

/// The irreducible factors; those in one generator alone stay together, since their roots have an order of their own.
fn equation_factors(numerator: &SparsePolynomial, budget: &Budget) -> Result<Vec<(SparsePolynomial, usize)>, Reason> {
    if numerator.support().len() == 1 {
        return Ok(vec![(numerator.clone(), 1)]);
    }
    let mut found: Vec<(SparsePolynomial, usize)> = Vec::new();
    for (factor, times) in algebra::irreducible_factors(numerator, budget)? {
        let support = factor.support();
        match found.iter_mut().find(|(known, _)| support.len() == 1 && known.support() == support) {
            Some((known, count)) => {
                *known = &known.pow(*count) * &factor.pow(times);
                *count = 1;
            }
            None => found.push((factor, times)),
        }
    }
    Ok(found)
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
    if let Some(solutions) = by_methods(part, variable, way, budget)? {
        return Ok(solutions);
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
    if let Some(degree) = generator.root_degree() {
        coefficients = inside_sector(coefficients, degree, budget)?;
    }
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
    for (coefficients, times) in found.open {
        let polynomial = Expr::sum(
            coefficients.iter().enumerate().map(|(power, c)| c * part.powi(i64::try_from(power).unwrap_or(0))),
        );
        let open = match part.as_symbol() {
            Some(_) => Expr::relation(Relation::Equal, Expr::zero(), polynomial),
            None => equation_of(&polynomial, variable),
        };
        solutions.extend(Solutions::open(open), times);
    }
    Ok(solutions)
}

/// A rational polynomial without the factors of which no root is an `n`-th root of its `n`-th power, as its isolated
/// roots show.
fn inside_sector(coefficients: Vec<Expr>, n: i64, budget: &Budget) -> Result<Vec<Expr>, Reason> {
    let rational: Option<Vec<Rational>> = coefficients.iter().map(|c| c.as_rational().cloned()).collect();
    let Some(rational) = rational.filter(|rational| rational.len() > 2) else { return Ok(coefficients) };
    let common = rational.iter().fold(Integer::ONE, |lcm, q| lcm.lcm(&q.denominator()));
    let scaled = rational.iter().map(|q| q.numerator() * common.div_exact(&q.denominator())).collect();
    let mut kept = IntegerPolynomial::one();
    for (factor, times) in IntegerPolynomial::new(scaled).factor_within(budget)?.factors {
        if factor.degree() < Some(3) || may_be_in_sector(&factor, n, budget)? {
            for _ in 0..times {
                kept = &kept * &factor;
            }
        }
    }
    Ok(kept.coefficients().iter().cloned().map(Expr::number).collect())
}

/// May a root of the polynomial have an argument within `pi/n`?
fn may_be_in_sector(factor: &IntegerPolynomial, n: i64, budget: &Budget) -> Result<bool, Reason> {
    const BITS: u32 = 96;
    let discs = match factor.isolate_complex_roots(BITS as usize, budget) {
        Ok(discs) => discs,
        Err(Unfinished::Stopped(stopped)) => return Err(stopped.into()),
        Err(_) => return Ok(true),
    };
    let limit = Ball::pi(BITS).div_small(n, BITS);
    Ok(discs.iter().any(|disc| {
        let around = |centre: &Rational| {
            let end = |end: Rational| Ball::from_rational(&end, BITS);
            end(centre - &disc.radius).union(&end(centre + &disc.radius), BITS)
        };
        let angle = ComplexBall::new(around(&disc.real), around(&disc.imaginary)).arg(BITS).abs();
        angle.compare(&limit) != Some(std::cmp::Ordering::Greater)
    }))
}

/// `part = value` for a call or radical.
fn solve_part(part: &Expr, value: &Expr, variable: Symbol, way: Way, budget: &Budget) -> Result<Solutions, Reason> {
    let Some(preimages) = inverse::undo(part, value, variable, budget)? else {
        return Ok(Solutions::open(Expr::relation(Relation::Equal, part.clone(), value.clone())));
    };
    let Preimages { inner, mut values, verify, mut principal_only, families, conditional } = preimages;
    if way.families() && !families.is_empty() {
        let distinct = inverse::distinct_families(&families);
        values = distinct.iter().enumerate().map(|(k, own)| inverse::member(own, 2 * way.depth + k + 1)).collect();
        principal_only = false;
    }
    let branches = principal_only || (!families.is_empty() && !way.families());
    let mut solutions = Solutions { principal_only, branches, conditional, ..Solutions::none() };
    for inner_value in values {
        let found = solve_zero(&(&inner - &inner_value), variable, way.deeper(), budget)?;
        let found = if verify { confirmed(found, &(part - value), variable, budget)? } else { found };
        solutions.extend(found, 1);
    }
    Ok(solutions)
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
