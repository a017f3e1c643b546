//! Finding the generators of expressions, and reading and reducing over them.

use super::arithmetic::Fraction;
use crate::algebra::collect::terms;
use crate::budget::{self, Budget};
use crate::expr::{Expr, Kind, PassMap, Reason, Sum, function};
use crate::number::sorting;
use crate::number::{Gaussian, Integer, Number, Rational};
use crate::poly::{SparsePolynomial, cyclotomic};

/// Exponents and root indices beyond this are not read.
const LARGEST_EXPONENT: i64 = 100_000;

/// A part that no field operation takes apart, and how its powers are written.
#[derive(Clone, Debug)]
pub struct Generator {
    shape: Shape,
    /// The polynomial relation that the generator satisfies, if any.
    relation: Option<Relation>,
}

#[derive(Clone, Debug, PartialEq)]
enum Shape {
    /// `base^(1/index)`.
    Root { base: Expr, index: i64 },
    /// `base^(exponent/divisor)`, where `base` is `None` for Euler's number.
    Exponential { base: Option<Expr>, exponent: Expr, divisor: i64 },
    /// `(-1)^(1/index)`.
    Unity { index: i64 },
}

#[derive(Clone, Debug)]
pub(super) enum Relation {
    /// The power of order `index` is this fraction over earlier generators.
    Power { index: u64, value: Fraction },
    /// The minimal polynomial of a primitive root of unity.
    Cyclotomic { order: usize },
}

/// The generators of some expressions, those that others are built on first.
#[derive(Debug, Default)]
pub struct Generators {
    list: Vec<Generator>,
    roots: PassMap<Expr, usize>,
    exponentials: PassMap<(Option<Expr>, Expr), usize>,
    unity: Option<usize>,
}

/// What a first walk finds: which roots and exponentials occur, with the least common index or divisor.
#[derive(Default)]
struct Survey {
    roots: PassMap<Expr, i64>,
    exponentials: PassMap<(Option<Expr>, Expr), i64>,
    unity: i64,
    /// The compound bases walked through: each once, however often it is shared.
    seen: PassMap<Expr, ()>,
}

impl Generator {
    /// The generator to a natural power, as an expression.
    pub fn power(&self, exponent: u64) -> Expr {
        let times = i64::try_from(exponent).unwrap_or(i64::MAX);
        match &self.shape {
            Shape::Root { base, index } => base.power(&Expr::fraction(times, *index)),
            Shape::Exponential { base, exponent, divisor } => {
                let exponent = exponent * Expr::fraction(times, *divisor);
                base.as_ref().map_or_else(|| function::exp(&exponent), |base| base.power(&exponent))
            }
            Shape::Unity { index } => Expr::integer(-1).power(&Expr::fraction(times, *index)),
        }
    }

    /// The base when the generator is that base itself: a variable, constant or call, no radical.
    pub fn as_atom(&self) -> Option<&Expr> {
        match &self.shape {
            Shape::Root { base, index: 1 } => Some(base),
            _ => None,
        }
    }

    /// The `n` when the generator is an `n`-th root of another part.
    pub fn root_degree(&self) -> Option<i64> {
        match &self.shape {
            Shape::Root { index, .. } if *index > 1 => Some(*index),
            _ => None,
        }
    }

    /// The place among generators when one is chosen as main: by the last of its variables, functions after variables.
    pub(super) fn rank(&self) -> (Option<&'static str>, bool, Option<&'static str>, u64) {
        let part = match &self.shape {
            Shape::Root { base, .. } => base.clone(),
            Shape::Exponential { base, exponent, .. } => {
                base.as_ref().map_or_else(|| function::exp(exponent), |base| base.power(exponent))
            }
            Shape::Unity { .. } => Expr::i(),
        };
        let last = part.variables().last().map(|symbol| symbol.name());
        let name = match part.as_call() {
            Some((crate::expr::Function::Elementary(record), _)) => Some(record.name),
            _ => None,
        };
        (last, part.as_symbol().is_none(), name, part.stable_hash())
    }

    /// The polynomial relation that the generator satisfies, if any.
    pub(super) fn relation(&self) -> Option<&Relation> {
        self.relation.as_ref()
    }

    /// Does the generator satisfy a polynomial relation?
    pub fn is_algebraic(&self) -> bool {
        self.relation.is_some()
    }
}

impl Generators {
    /// The generators that the expressions need.
    ///
    /// # Errors
    /// When an exponent is beyond reason, or a part has no value.
    pub fn survey(expressions: &[&Expr]) -> Result<Generators, Reason> {
        let mut survey = Survey::default();
        for expr in expressions {
            survey.visit(expr)?;
        }
        survey.finish()
    }

    /// The generators in the order of the polynomials' variables.
    pub fn list(&self) -> &[Generator] {
        &self.list
    }

    /// The number of generators.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The index of the generator that is this variable, constant or call itself.
    pub fn index_of_atom(&self, atom: &Expr) -> Option<usize> {
        let index = *self.roots.get(atom)?;
        self.list.get(index)?.as_atom().map(|_| index)
    }

    /// Reads an expression over the generators; nothing is reduced.
    ///
    /// # Errors
    /// When the budget runs out or a denominator is zero.
    pub fn read(&self, expr: &Expr, budget: &Budget) -> Result<Fraction, Reason> {
        budget.check()?;
        match expr.kind() {
            Kind::Number(number) => self.read_number(number),
            Kind::Sum(sum) => self.read_sum(sum, budget),
            Kind::Product(product) => {
                let mut result = self.read_number(product.coefficient())?;
                for factor in product.factors() {
                    result = result.multiply(&self.read_power(&factor.base, &factor.exponent, budget)?);
                }
                Ok(result)
            }
            Kind::Power(base, exponent) => match exponent.as_rational() {
                Some(q) => self.read_power(base, q, budget),
                None => self.read_exponential(Some(base), exponent),
            },
            _ => match expr.exp_argument() {
                Some(argument) => self.read_exponential(None, argument),
                None => self.read_power(expr, &Rational::ONE, budget),
            },
        }
    }

    /// A sum: its monomials in one go, the other parts by themselves.
    fn read_sum(&self, sum: &Sum, budget: &Budget) -> Result<Fraction, Reason> {
        let (mut monomials, mut parts) = (Vec::with_capacity(sum.terms().len()), Vec::new());
        for term in sum.terms() {
            match (self.monomial(&term.base), &term.coefficient) {
                (Some(row), Number::Rational(coefficient)) => monomials.push((row, coefficient.clone())),
                _ => parts.push(self.read(&term.to_expr(), budget)?),
            }
        }
        match sum.constant() {
            Number::Rational(constant) if constant.is_zero() => {}
            Number::Rational(constant) => monomials.push((vec![0; self.len()], constant.clone())),
            other => parts.push(self.read_number(other)?),
        }
        if !monomials.is_empty() {
            let (numerator, denominator) = SparsePolynomial::from_rational_terms(self.len(), monomials);
            let denominator = SparsePolynomial::constant(self.len(), denominator);
            parts.push(Fraction { numerator, denominator });
        }
        Fraction::sum(self.len(), &parts, budget)
    }

    /// The exponents of a product of natural powers of generators.
    fn monomial(&self, base: &Expr) -> Option<Vec<u64>> {
        let mut row = vec![0; self.len()];
        let mut include = |base: &Expr, exponent: &Rational| {
            let position = *self.roots.get(base)?;
            let Shape::Root { index, .. } = &self.list.get(position)?.shape else { return None };
            let exponent = match (*index, exponent.to_i64()) {
                (1, Some(exponent)) if !is_compound(base) => exponent,
                _ => return None,
            };
            *row.get_mut(position)? += u64::try_from(small(exponent).ok()?).ok()?;
            Some(())
        };
        match base.kind() {
            Kind::Product(product) => {
                product.factors().iter().try_for_each(|factor| include(&factor.base, &factor.exponent))?;
            }
            Kind::Power(base, exponent) => include(base, exponent.as_rational()?)?,
            _ => include(base, &Rational::ONE)?,
        }
        Some(row)
    }

    fn read_number(&self, number: &Number) -> Result<Fraction, Reason> {
        match number {
            Number::Rational(q) => Ok(Fraction::constant(self.len(), q)),
            Number::Gaussian(g) => self.read_gaussian(g),
            Number::Real(_) | Number::Complex(_) => Err(Reason::Unsupported("floating numbers have no exact form")),
        }
    }

    fn read_gaussian(&self, g: &Gaussian) -> Result<Fraction, Reason> {
        let i = self.unity_power(&Rational::HALF)?;
        let (re, im) = (Fraction::constant(self.len(), &g.re), Fraction::constant(self.len(), &g.im));
        Ok(re.add(&im.multiply(&i)))
    }

    /// `(-1)^q`.
    fn unity_power(&self, q: &Rational) -> Result<Fraction, Reason> {
        let generator = self.unity.and_then(|index| Some((index, self.list.get(index)?)));
        match generator {
            Some((position, Generator { shape: Shape::Unity { index }, .. })) => {
                let exponent = (q * &Rational::from(*index)).to_i64().ok_or(BEYOND)?;
                Ok(self.single(position, exponent.rem_euclid(2 * index)))
            }
            _ => Err(BEYOND),
        }
    }

    /// One generator to a power.
    fn single(&self, position: usize, exponent: i64) -> Fraction {
        let exponents: Vec<i64> = (0..self.len()).map(|i| if i == position { exponent } else { 0 }).collect();
        Fraction::monomial(&exponents)
    }

    fn read_power(&self, base: &Expr, q: &Rational, budget: &Budget) -> Result<Fraction, Reason> {
        if let Some(q) = q.to_i64()
            && is_compound(base)
            && !self.roots.contains_key(base)
        {
            let inner = self.read(base, budget)?;
            return inner.power(small(q)?).ok_or(Reason::Domain("division by zero"));
        }
        if let Kind::Number(Number::Rational(number)) = base.kind() {
            return self.read_radical(number, q);
        }
        if let (Some(argument), Some(times)) = (base.exp_argument(), q.to_i64()) {
            return self.read_exponential(None, &(argument * Expr::integer(times)));
        }
        let position = *self.roots.get(base).ok_or(BEYOND)?;
        match self.list.get(position).map(|generator| &generator.shape) {
            Some(Shape::Root { index, .. }) => {
                let exponent = (q * &Rational::from(*index)).to_i64().ok_or(BEYOND)?;
                Ok(self.single(position, small(exponent)?))
            }
            _ => Err(BEYOND),
        }
    }

    /// A radical of a number as radicals of its primes.
    fn read_radical(&self, number: &Rational, q: &Rational) -> Result<Fraction, Reason> {
        let mut result = Fraction::constant(self.len(), &Rational::ONE);
        if number.is_negative() {
            result = self.unity_power(q)?;
        }
        for (prime, times) in prime_powers(&number.abs()) {
            let base = Expr::number(prime);
            let position = *self.roots.get(&base).ok_or(BEYOND)?;
            let Some(Shape::Root { index, .. }) = self.list.get(position).map(|g| &g.shape) else { return Err(BEYOND) };
            let exponent = (q * &Rational::from(times) * Rational::from(*index)).to_i64().ok_or(BEYOND)?;
            result = result.multiply(&self.single(position, small(exponent)?));
        }
        Ok(result)
    }

    fn read_exponential(&self, base: Option<&Expr>, exponent: &Expr) -> Result<Fraction, Reason> {
        let mut exponents = vec![0; self.len()];
        for term in terms(exponent) {
            let (monomial, coefficient) = exponent_term(&term)?;
            let position = *self.exponentials.get(&(base.cloned(), monomial)).ok_or(BEYOND)?;
            let Some(Shape::Exponential { divisor, .. }) = self.list.get(position).map(|g| &g.shape) else {
                return Err(BEYOND);
            };
            let times = (coefficient * Rational::from(*divisor)).to_i64().ok_or(BEYOND)?;
            if let Some(slot) = exponents.get_mut(position) {
                *slot += small(times)?;
            }
        }
        Ok(Fraction::monomial(&exponents))
    }

    /// Applies the relations and cancels.
    ///
    /// # Errors
    /// When the budget runs out or the denominator reduces to zero.
    pub fn reduce(&self, fraction: Fraction, budget: &Budget) -> Result<Fraction, Reason> {
        if self.list.iter().all(|generator| generator.relation.is_none()) {
            return match fraction.denominator.is_zero() {
                true => Err(Reason::Domain("division by zero")),
                false => Ok(fraction.into_cancelled()),
            };
        }
        let above = self.reduce_polynomial(&fraction.numerator, budget)?;
        let below = self.reduce_polynomial(&fraction.denominator, budget)?;
        if below.numerator.is_zero() {
            return Err(Reason::Domain("division by zero"));
        }
        let quotient = Fraction {
            numerator: &above.numerator * &below.denominator,
            denominator: &above.denominator * &below.numerator,
        };
        Ok(quotient.into_cancelled())
    }

    /// Brings the powers of algebraic generators below their degree, the last generator first.
    fn reduce_polynomial(&self, polynomial: &SparsePolynomial, budget: &Budget) -> Result<Fraction, Reason> {
        let mut result = Fraction::whole(polynomial.clone());
        for (position, generator) in self.list.iter().enumerate().rev() {
            budget.check()?;
            let Some(relation) = &generator.relation else { continue };
            let reduced = match relation {
                Relation::Power { index, value } => reduce_power(&result.numerator, position, *index, value),
                Relation::Cyclotomic { order } => {
                    Fraction::whole(reduce_cyclotomic(&result.numerator, position, *order))
                }
            };
            result = Fraction { numerator: reduced.numerator, denominator: &result.denominator * &reduced.denominator };
        }
        Ok(result)
    }
}

/// The answer where a survey did not see what is read, or exponents are beyond reason.
const BEYOND: Reason = Reason::Unsupported("the exponents are too large for a rational form");

fn small(exponent: i64) -> Result<i64, Reason> {
    if exponent.abs() <= LARGEST_EXPONENT { Ok(exponent) } else { Err(BEYOND) }
}

/// Is it put together by field operations?
fn is_compound(base: &Expr) -> bool {
    matches!(base.kind(), Kind::Sum(_) | Kind::Product(_) | Kind::Power(..) | Kind::Number(_))
}

/// A term of an exponent as a monomial without rational coefficient, and that coefficient.
fn exponent_term(term: &Expr) -> Result<(Expr, Rational), Reason> {
    let (monomial, coefficient) = term.split_coefficient();
    match coefficient {
        Number::Rational(q) => Ok((monomial, q)),
        Number::Gaussian(g) if g.re.is_zero() => Ok((monomial * Expr::i(), g.im.clone())),
        Number::Gaussian(_) | Number::Real(_) | Number::Complex(_) => Ok((term.clone(), Rational::ONE)),
    }
}

/// The prime powers of a positive rational number; a factor that trial division leaves is taken as it is.
fn prime_powers(number: &Rational) -> Vec<(Integer, i64)> {
    let mut found = trial_division(&number.numerator());
    found.extend(trial_division(&number.denominator()).into_iter().map(|(prime, times)| (prime, -times)));
    found
}

/// Prime powers of a positive integer as far as trial division finds them; a large rest counts as one prime.
pub(in crate::algebra) fn trial_division(n: &Integer) -> Vec<(Integer, i64)> {
    const BOUND: i64 = 1000;
    let (mut rest, mut found, mut candidate) = (n.clone(), Vec::new(), 2);
    while candidate <= BOUND && !rest.is_one() {
        let divisor = Integer::new(candidate);
        let mut times = 0;
        while rest.is_divisible_by(&divisor) {
            budget::pulse();
            rest = rest.div_exact(&divisor);
            times += 1;
        }
        if times > 0 {
            found.push((divisor, times));
        }
        candidate += 1;
    }
    if !rest.is_one() {
        found.push((rest, 1));
    }
    found
}

fn lcm(a: i64, b: i64) -> Result<i64, Reason> {
    Integer::new(a).lcm(&Integer::new(b)).to_i64().filter(|n| *n <= LARGEST_EXPONENT).ok_or(BEYOND)
}

impl Survey {
    fn visit(&mut self, expr: &Expr) -> Result<(), Reason> {
        match expr.kind() {
            Kind::Number(number) => self.visit_number(number),
            Kind::Sum(sum) => {
                self.visit_number(sum.constant())?;
                sum.terms().iter().try_for_each(|term| {
                    self.visit_number(&term.coefficient)?;
                    self.visit(&term.base)
                })
            }
            Kind::Product(product) => {
                self.visit_number(product.coefficient())?;
                product.factors().iter().try_for_each(|factor| self.visit_power(&factor.base, &factor.exponent))
            }
            Kind::Power(base, exponent) => match exponent.as_rational() {
                Some(q) => self.visit_power(base, q),
                None => self.visit_exponential(Some(base), exponent),
            },
            Kind::Undefined(_) | Kind::Infinity(_) | Kind::Relation(..) => {
                Err(Reason::Unsupported("no rational form without a finite value"))
            }
            Kind::Symbol(_) | Kind::Constant(_) | Kind::Call(..) => match expr.exp_argument() {
                Some(argument) => self.visit_exponential(None, argument),
                None => self.note_root(expr, 1),
            },
        }
    }

    fn visit_number(&mut self, number: &Number) -> Result<(), Reason> {
        if matches!(number, Number::Gaussian(_)) { self.note_unity(2) } else { Ok(()) }
    }

    fn visit_power(&mut self, base: &Expr, q: &Rational) -> Result<(), Reason> {
        let index = q.denominator().to_i64().ok_or(BEYOND)?;
        match base.kind() {
            Kind::Number(Number::Rational(number)) => {
                if number.is_negative() {
                    self.note_unity(index)?;
                }
                prime_powers(&number.abs()).into_iter().try_for_each(|(p, _)| self.note_root(&Expr::number(p), index))
            }
            _ if is_compound(base) => {
                if self.seen.insert(base.clone(), ()).is_none() {
                    self.visit(base)?;
                }
                if index > 1 { self.note_root(base, index) } else { Ok(()) }
            }
            _ if index == 1 => self.visit(base),
            _ => self.note_root(base, index),
        }
    }

    fn visit_exponential(&mut self, base: Option<&Expr>, exponent: &Expr) -> Result<(), Reason> {
        for term in terms(exponent) {
            let (monomial, coefficient) = exponent_term(&term)?;
            let divisor = coefficient.denominator().to_i64().ok_or(BEYOND)?;
            let slot = self.exponentials.entry((base.cloned(), monomial)).or_insert(1);
            *slot = lcm(*slot, divisor)?;
        }
        Ok(())
    }

    fn note_root(&mut self, base: &Expr, index: i64) -> Result<(), Reason> {
        match self.roots.get_mut(base) {
            Some(slot) if *slot == index => {}
            Some(slot) => *slot = lcm(*slot, index)?,
            None => {
                self.roots.insert(base.clone(), index);
            }
        }
        Ok(())
    }

    fn note_unity(&mut self, index: i64) -> Result<(), Reason> {
        self.unity = lcm(self.unity.max(1), index)?;
        Ok(())
    }

    /// Numbers the generators, those of lesser depth first, and works out their relations.
    fn finish(self) -> Result<Generators, Reason> {
        let mut shapes: Vec<(usize, Expr, Shape)> = Vec::new();
        for (base, index) in self.roots {
            shapes.push((base.depth(), base.clone(), Shape::Root { base, index }));
        }
        for ((base, exponent), divisor) in self.exponentials {
            shapes.push((exponent.depth() + 1, exponent.clone(), Shape::Exponential { base, exponent, divisor }));
        }
        sorting::sort_by(&mut shapes, |a, b| a.0.cmp(&b.0).then_with(|| a.1.stable_hash().cmp(&b.1.stable_hash())));
        let mut generators = Generators::default();
        if self.unity > 1 {
            generators.unity = Some(0);
            let relation = Some(Relation::Cyclotomic { order: 2 * usize::try_from(self.unity).unwrap_or(1) });
            generators.list.push(Generator { shape: Shape::Unity { index: self.unity }, relation });
        }
        for (_, _, shape) in shapes {
            let position = generators.list.len();
            match &shape {
                Shape::Root { base, .. } => generators.roots.insert(base.clone(), position),
                Shape::Exponential { base, exponent, .. } => {
                    generators.exponentials.insert((base.clone(), exponent.clone()), position)
                }
                Shape::Unity { .. } => None,
            };
            generators.list.push(Generator { shape, relation: None });
        }
        generators.relate()?;
        Ok(generators)
    }
}

impl Generators {
    /// Works out the relations of radicals of numbers and of compound expressions.
    fn relate(&mut self) -> Result<(), Reason> {
        for position in 0..self.len() {
            let Some(Generator { shape: Shape::Root { base, index }, .. }) = self.list.get(position) else { continue };
            let (base, index) = (base.clone(), *index);
            let value = match base.kind() {
                Kind::Number(number) => Fraction::constant(self.len(), number.as_rational().ok_or(BEYOND)?),
                _ if is_compound(&base) => {
                    let inside = self.roots.remove(&base);
                    let value = self.read(&base, &Budget::unlimited());
                    self.roots.extend(inside.map(|position| (base.clone(), position)));
                    value?
                }
                _ => continue,
            };
            let relation = Relation::Power { index: index.unsigned_abs(), value };
            if let Some(generator) = self.list.get_mut(position) {
                generator.relation = Some(relation);
            }
        }
        Ok(())
    }
}

/// Replaces `g^index` by a fraction: every power becomes one below `index`.
pub(in crate::algebra) fn reduce_power(
    polynomial: &SparsePolynomial,
    position: usize,
    index: u64,
    value: &Fraction,
) -> Fraction {
    let rows = polynomial.coefficients_in(position);
    let most = rows.iter().map(|(power, _)| power / index).max().unwrap_or(0);
    if most == 0 {
        return Fraction::whole(polynomial.clone());
    }
    let variables = polynomial.variables();
    let mut numerator = SparsePolynomial::zero(variables);
    for (power, coefficient) in rows {
        let (times, left) = ((power / index) as usize, power % index);
        let replaced = &value.numerator.pow(times) * &value.denominator.pow(most as usize - times);
        let row: Vec<u64> = (0..variables).map(|i| if i == position { left } else { 0 }).collect();
        numerator = &numerator + &(&coefficient * &replaced).multiply_by_monomial(&row);
    }
    Fraction { numerator, denominator: value.denominator.pow(most as usize) }
}

/// The remainder by the cyclotomic polynomial of a root of unity.
fn reduce_cyclotomic(polynomial: &SparsePolynomial, position: usize, order: usize) -> SparsePolynomial {
    let variables = polynomial.variables();
    let minimal = cyclotomic(order);
    let Some(degree) = minimal.degree() else { return polynomial.clone() };
    let mut rows: Vec<SparsePolynomial> = Vec::new();
    for (power, coefficient) in polynomial.coefficients_in(position) {
        let power = power as usize % order;
        if rows.len() <= power {
            rows.resize(power + 1, SparsePolynomial::zero(variables));
        }
        if let Some(row) = rows.get_mut(power) {
            *row = &*row + &coefficient;
        }
    }
    while rows.len() > degree {
        let Some(top) = rows.pop() else { break };
        let shift = rows.len() - degree;
        for (place, factor) in minimal.coefficients().iter().take(degree).enumerate() {
            if let Some(row) = rows.get_mut(place + shift) {
                *row = &*row - &top.scale(factor);
            }
        }
    }
    let rows: Vec<(u64, SparsePolynomial)> =
        rows.into_iter().enumerate().map(|(power, row)| (power as u64, row)).collect();
    SparsePolynomial::from_coefficients_in(variables, position, &rows)
}
