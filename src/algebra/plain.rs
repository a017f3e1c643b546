//! Polynomials in plain atoms, read from expressions and multiplied out by the polynomial room.
//!
//! Most of what is expanded, divided or factored is a polynomial with rational coefficients in variables and calls.
//! Those are read in one walk over their terms and written back term by term.

use std::cmp::Ordering;

use smallvec::{SmallVec, smallvec};

use crate::budget::Budget;
use crate::expr::{Expr, Factor, Kind, PolynomialWriter, Reason, Sum};
use crate::number::sorting;
use crate::number::{Integer, Number, Rational, Running};
use crate::poly::{IntegerPolynomial, ShortPolynomial, SparsePolynomial};

/// The atoms that occur, in the order in which they were met.
#[derive(Default)]
pub(super) struct Atoms {
    list: Vec<Expr>,
}

/// A monomial: places of atoms with exponents.
pub(super) type Row = SmallVec<[(usize, u64); 2]>;

/// Atoms beyond this number are not tried: rows of exponents would be wide and empty. So few are found by looking at each.
const MOST_ATOMS: usize = 32;

impl Atoms {
    fn place(&mut self, atom: &Expr) -> Option<usize> {
        if let Some(place) = self.list.iter().position(|own| own == atom) {
            return Some(place);
        }
        if !atom.is_plain_atom() || self.list.len() == MOST_ATOMS {
            return None;
        }
        self.list.push(atom.clone());
        Some(self.list.len() - 1)
    }

    /// The atoms.
    pub(super) fn list(&self) -> &[Expr] {
        &self.list
    }

    /// Multiplies a row by a term without coefficient; `None` when it is no monomial in plain atoms.
    fn multiply(&mut self, base: &Expr, row: &mut Row) -> Option<()> {
        match base.kind() {
            Kind::Product(product) => product.factors().iter().try_for_each(|factor| self.multiply_factor(factor, row)),
            Kind::Power(atom, exponent) => {
                let exponent = u64::try_from(exponent.to_i64()?).ok()?;
                row.push((self.place(atom)?, exponent));
                Some(())
            }
            _ => {
                row.push((self.place(base)?, 1));
                Some(())
            }
        }
    }

    fn multiply_factor(&mut self, factor: &Factor, row: &mut Row) -> Option<()> {
        let exponent = u64::try_from(factor.exponent.to_i64()?).ok()?;
        row.push((self.place(&factor.base)?, exponent));
        Some(())
    }

    /// The terms of a sum, the constant last; `None` when it is no polynomial with rational coefficients.
    pub(super) fn terms(&mut self, sum: &Sum) -> Option<Vec<(Row, Rational)>> {
        let mut terms = Vec::with_capacity(sum.len());
        for term in sum.terms() {
            let mut row = Row::new();
            self.multiply(&term.base, &mut row)?;
            terms.push((row, term.coefficient.as_rational()?.clone()));
        }
        if !sum.constant().is_zero() {
            terms.push((Row::new(), sum.constant().as_rational()?.clone()));
        }
        Some(terms)
    }
}

/// Degrees up to this many times the number of terms make a dense row worth its places.
const SPREAD: usize = 16;

/// The gcd of two sums that are polynomials with integer coefficients in one and the same atom; `None` for others.
pub(super) fn univariate_gcd(a: &Sum, b: &Sum) -> Option<Expr> {
    let mut atoms = Atoms::default();
    let (a, b) = (atoms.dense(a)?, atoms.dense(b)?);
    Some(atoms.expand(&a.gcd(&b), &Integer::ONE))
}

/// The content and the irreducible factors of a sum that is a polynomial in one variable with integer coefficients;
/// `None` for others. They are sorted as those of polynomials in several variables.
///
/// # Errors
/// When the budget runs out.
pub(super) fn univariate_factors(sum: &Sum, budget: &Budget) -> Result<Option<(Number, Vec<(Expr, i64)>)>, Reason> {
    let mut atoms = Atoms::default();
    let Some(dense) = atoms.dense(sum) else { return Ok(None) };
    if !matches!(atoms.list(), [only] if only.as_symbol().is_some()) {
        return Ok(None);
    }
    let mut found = dense.factor_within(budget)?;
    sorting::sort_by(&mut found.factors, |(a, _), (b, _)| compare_dense(a, b));
    let factors = found.factors.iter().map(|(factor, times)| (atoms.expand(factor, &Integer::ONE), *times as i64));
    Ok(Some((Number::from(found.content), factors.collect())))
}

/// The order of polynomials by their numbers of terms, the exponents from the highest on, and the coefficients.
fn compare_dense(a: &IntegerPolynomial, b: &IntegerPolynomial) -> Ordering {
    fn terms(p: &IntegerPolynomial) -> impl Iterator<Item = (usize, &Integer)> {
        p.coefficients().iter().enumerate().rev().filter(|(_, c)| !c.is_zero())
    }
    let by_exponents = || terms(a).map(|(e, _)| e).cmp(terms(b).map(|(e, _)| e));
    let by_coefficients = || terms(a).map(|(_, c)| c).cmp(terms(b).map(|(_, c)| c));
    terms(a).count().cmp(&terms(b).count()).then_with(by_exponents).then_with(by_coefficients)
}

impl Atoms {
    /// A dense polynomial in the only atom over a denominator as an expression.
    fn expand(&self, polynomial: &IntegerPolynomial, denominator: &Integer) -> Expr {
        let mut writer = PolynomialWriter::new(self.list(), polynomial.len());
        for (power, coefficient) in polynomial.coefficients().iter().enumerate() {
            writer.add(&[power as u64], Number::from(over(coefficient, denominator)));
        }
        writer.finish()
    }

    /// A sum as a dense polynomial in the only atom.
    fn dense(&mut self, sum: &Sum) -> Option<IntegerPolynomial> {
        let most = SPREAD * sum.len();
        let mut coefficients = vec![Integer::ZERO; sum.len()];
        *coefficients.first_mut()? = sum.constant().to_integer()?;
        let mut row = Row::new();
        for term in sum.terms() {
            row.clear();
            self.multiply(&term.base, &mut row)?;
            let [(0, power)] = row[..] else { return None };
            let power = usize::try_from(power).ok().filter(|power| *power <= most)?;
            if power >= coefficients.len() {
                coefficients.resize((power + 1).max(coefficients.len() * 2).min(most + 1), Integer::ZERO);
            }
            *coefficients.get_mut(power)? = term.coefficient.to_integer()?;
        }
        Some(IntegerPolynomial::new(coefficients))
    }
}

/// Reads polynomials in one variable with small integers, open or not.
struct ShortReader {
    variable: Option<Expr>,
    /// How many more nodes are looked at.
    left: usize,
}

/// Nodes that are read over machine numbers: walking along more takes longer than that saves.
const MOST_SHORT: usize = 400;

/// Factors of a product, counted as often as they occur, that are multiplied out one by one.
const MOST_FACTORS: usize = 300;

impl ShortReader {
    fn new() -> ShortReader {
        ShortReader { variable: None, left: MOST_SHORT }
    }

    /// The exponent, when the expression is a natural power of the variable.
    fn exponent(&mut self, expr: &Expr) -> Option<usize> {
        let (base, exponent) = match expr.kind() {
            Kind::Power(base, exponent) => (base, usize::try_from(exponent.to_i64()?).ok()?),
            _ => (expr, 1),
        };
        base.as_symbol()?;
        (self.variable.get_or_insert_with(|| base.clone()) == base).then_some(exponent)
    }

    fn read(&mut self, expr: &Expr) -> Option<ShortPolynomial> {
        self.left = self.left.checked_sub(1)?;
        match expr.kind() {
            Kind::Sum(sum) => {
                let mut total = ShortPolynomial::monomial(sum.constant().as_rational()?.to_i64()?, 0)?;
                for term in sum.terms() {
                    let coefficient = term.coefficient.as_rational()?.to_i64()?;
                    match self.exponent(&term.base) {
                        Some(exponent) => total.add_monomial(coefficient, exponent)?,
                        None => total.add_scaled(&self.read(&term.base)?, coefficient)?,
                    }
                }
                Some(total)
            }
            Kind::Product(product) => {
                let mut whole = ShortPolynomial::monomial(product.coefficient().as_rational()?.to_i64()?, 0)?;
                for factor in product.factors() {
                    whole = whole.times(&self.power(&factor.base, factor.exponent.to_i64()?)?)?;
                }
                Some(whole)
            }
            Kind::Power(base, exponent) => self.power(base, exponent.to_i64()?),
            Kind::Symbol(_) => self.power(expr, 1),
            _ => None,
        }
    }

    fn power(&mut self, base: &Expr, exponent: i64) -> Option<ShortPolynomial> {
        let exponent = usize::try_from(exponent).ok()?;
        match base.kind() {
            Kind::Symbol(_) => {
                self.exponent(base)?;
                ShortPolynomial::monomial(1, exponent)
            }
            _ => self.read(base)?.power(exponent),
        }
    }

    /// The product of factors as a product of fewer ones, each as large as machine numbers allow.
    fn joined(&mut self, factors: &[Factor]) -> Option<Vec<IntegerPolynomial>> {
        let mut joined = Vec::new();
        let mut product = ShortPolynomial::monomial(1, 0)?;
        let mut left = MOST_FACTORS;
        for factor in factors {
            let times = usize::try_from(factor.exponent.to_i64()?).ok()?;
            left = left.checked_sub(times)?;
            let base = self.power(&factor.base, 1)?;
            for _ in 0..times {
                product = match product.times(&base) {
                    Some(longer) => longer,
                    None => {
                        joined.push(IntegerPolynomial::from(product));
                        base.clone()
                    }
                };
            }
        }
        joined.push(IntegerPolynomial::from(product));
        Some(joined)
    }
}

/// A polynomial in one variable of small degree with small integers, multiplied out; `None` for others.
pub(super) fn short(expr: &Expr) -> Option<Expr> {
    match expr.kind() {
        // Powers of binomials have a formula.
        Kind::Power(base, _) if matches!(base.kind(), Kind::Sum(sum) if sum.terms().len() == 1) => return None,
        Kind::Power(..) | Kind::Product(_) | Kind::Sum(_) => {}
        _ => return None,
    }
    let mut reader = ShortReader::new();
    let row = reader.read(expr)?;
    let mut writer = PolynomialWriter::new(reader.variable.as_slice(), row.coefficients().len());
    for (power, coefficient) in row.coefficients().iter().enumerate().filter(|(_, c)| **c != 0) {
        writer.add(&[power as u64], Number::from(Integer::from(*coefficient)));
    }
    Some(writer.finish())
}

/// A bound for the terms of a power of a sum of plain monomials by the degrees alone: dense sums meet often.
pub(super) fn box_bound(sum: &Sum, exponent: usize) -> Option<f64> {
    let mut atoms = Atoms::default();
    let terms = atoms.terms(sum)?;
    Some((0..atoms.list.len()).map(|atom| degree_in(&terms, atom) as f64 * exponent as f64 + 1.0).product())
}

/// Rows as a polynomial over a positive denominator.
fn polynomial(terms: &[(Row, Rational)], variables: usize) -> (SparsePolynomial, Integer) {
    let dense = |row: &Row| {
        let mut exponents = vec![0; variables];
        for (place, exponent) in row {
            if let Some(slot) = exponents.get_mut(*place) {
                *slot += exponent;
            }
        }
        exponents
    };
    SparsePolynomial::from_rational_terms(variables, terms.iter().map(|(row, c)| (dense(row), c.clone())))
}

/// The power of a sum of plain monomials, multiplied out; `None` when that is for other methods. The caller bounds the
/// number of terms first.
///
/// # Errors
/// When the budget runs out.
pub(super) fn power(sum: &Sum, exponent: usize, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let mut atoms = Atoms::default();
    let Some(terms) = atoms.terms(sum) else { return Ok(None) };
    if terms.iter().flat_map(|(row, _)| row).any(|(_, e)| e.checked_mul(exponent as u64).is_none()) {
        return Ok(None);
    }
    if are_independent(&terms, atoms.list.len()) {
        return Multinomial::new(&terms, atoms.list(), exponent).write(budget).map(Some);
    }
    let (base, denominator) = polynomial(&terms, atoms.list.len());
    let below = denominator.pow(exponent);
    if let [_] = atoms.list()
        && let Some(dense) = base.to_univariate(0)
    {
        return Ok(Some(atoms.expand(&dense.pow(exponent), &below)));
    }
    Ok(Some(write(&atoms, &base.pow(exponent), &below)))
}

/// The product of sums of plain monomials to natural powers, multiplied out; `None` when that is for other methods.
///
/// # Errors
/// When the budget runs out.
pub(super) fn product(
    factors: &[Factor],
    coefficient: &Number,
    most_terms: f64,
    budget: &Budget,
) -> Result<Option<Expr>, Reason> {
    let mut atoms = Atoms::default();
    let Some(coefficient) = coefficient.as_rational() else { return Ok(None) };
    let mut reader = ShortReader::new();
    if let Some(rows) = reader.joined(factors) {
        let whole = dense_product(rows, budget)?.scale(&coefficient.numerator());
        let list = reader.variable.into_iter().collect();
        return Ok(Some(Atoms { list }.expand(&whole, &coefficient.denominator())));
    }
    let mut read: Vec<(Vec<(Row, Rational)>, usize)> = Vec::with_capacity(factors.len());
    for factor in factors {
        let Some(times) = factor.exponent.to_i64().and_then(|n| usize::try_from(n).ok()) else { return Ok(None) };
        let terms = match factor.base.kind() {
            Kind::Sum(sum) => atoms.terms(sum),
            _ => atoms.place(&factor.base).map(|place| vec![(smallvec![(place, 1)], Rational::ONE)]),
        };
        let Some(terms) = terms else { return Ok(None) };
        read.push((terms, times));
    }
    let variables = atoms.list.len();
    if !read.iter().any(|(_, times)| *times > 0) || size_bound(&read, variables) > most_terms {
        return Ok(None);
    }
    let mut below = coefficient.denominator();
    let mut parts = Vec::with_capacity(read.len());
    for (terms, times) in read {
        budget.check()?;
        let (part, denominator) = polynomial(&terms, variables);
        below *= denominator.pow(times);
        parts.push(part.pow(times));
    }
    let dense = (variables == 1).then(|| parts.iter().map(|part| part.to_univariate(0)).collect::<Option<Vec<_>>>());
    if let Some(rows) = dense.flatten() {
        let whole = dense_product(rows, budget)?.scale(&coefficient.numerator());
        return Ok(Some(atoms.expand(&whole, &below)));
    }
    let whole = balanced_product(parts, variables, budget)?.scale(&coefficient.numerator());
    Ok(Some(write(&atoms, &whole, &below)))
}

/// A bound for the terms of a product of powers: by the numbers of terms, or by the degrees.
fn size_bound(read: &[(Vec<(Row, Rational)>, usize)], variables: usize) -> f64 {
    let mut degrees = vec![0.0; variables];
    let mut by_terms = 1.0;
    for (terms, times) in read {
        for (atom, total) in degrees.iter_mut().enumerate() {
            *total += degree_in(terms, atom) as f64 * *times as f64;
        }
        let others = terms.len().saturating_sub(1);
        by_terms *= (1..=others).fold(1.0, |ways, i| ways * (times + i) as f64 / i as f64);
    }
    degrees.into_iter().fold(1.0, |size, degree| size * (degree + 1.0)).min(by_terms)
}

fn degree_in(terms: &[(Row, Rational)], atom: usize) -> u64 {
    let of_row = |row: &Row| row.iter().filter(|(place, _)| *place == atom).map(|(_, e)| *e).sum::<u64>();
    terms.iter().map(|(row, _)| of_row(row)).max().unwrap_or(0)
}

/// The product by halves, so that factors of like size meet.
fn balanced_product(
    mut parts: Vec<SparsePolynomial>,
    variables: usize,
    budget: &Budget,
) -> Result<SparsePolynomial, Reason> {
    sorting::sort_by_key(&mut parts, SparsePolynomial::len);
    while parts.len() > 1 {
        budget.check()?;
        let mut halves = Vec::with_capacity(parts.len().div_ceil(2));
        for pair in parts.chunks(2) {
            halves.push(match pair {
                [a, b] => a * b,
                rest => rest.first().cloned().unwrap_or_else(|| SparsePolynomial::one(variables)),
            });
        }
        parts = halves;
    }
    Ok(parts.pop().unwrap_or_else(|| SparsePolynomial::one(variables)))
}

/// As [`balanced_product`], in one variable.
fn dense_product(mut parts: Vec<IntegerPolynomial>, budget: &Budget) -> Result<IntegerPolynomial, Reason> {
    sorting::sort_by_key(&mut parts, IntegerPolynomial::len);
    while parts.len() > 1 {
        budget.check()?;
        parts = parts
            .chunks(2)
            .map(|pair| match pair {
                [a, b] => a * b,
                rest => rest.first().cloned().unwrap_or_else(IntegerPolynomial::one),
            })
            .collect();
    }
    Ok(parts.pop().unwrap_or_else(IntegerPolynomial::one))
}

/// A polynomial over a denominator as an expanded expression.
fn write(atoms: &Atoms, polynomial: &SparsePolynomial, denominator: &Integer) -> Expr {
    let mut writer = PolynomialWriter::new(atoms.list(), polynomial.len());
    for (exponents, coefficient) in polynomial.terms() {
        writer.add(exponents, Number::from(over(coefficient, denominator)));
    }
    writer.finish()
}

/// A quotient; the denominator is not zero.
fn over(coefficient: &Integer, denominator: &Integer) -> Rational {
    match denominator.is_one() {
        true => Rational::from(coefficient.clone()),
        false => Rational::ratio(coefficient, denominator).unwrap_or(Rational::ZERO),
    }
}

/// Has every term but one an atom of its own? Then different choices of factors give different monomials.
fn are_independent(terms: &[(Row, Rational)], atoms: usize) -> bool {
    let mut users = vec![0_usize; atoms];
    for (place, exponent) in terms.iter().flat_map(|(row, _)| row) {
        if let Some(count) = users.get_mut(*place)
            && *exponent > 0
        {
            *count += 1;
        }
    }
    let own = |row: &Row| row.iter().any(|(place, exponent)| *exponent > 0 && users.get(*place) == Some(&1));
    terms.iter().filter(|(row, _)| !own(row)).count() <= 1
}

/// `1, q, q^2, ...` up to the exponent.
fn powers(q: &Rational, exponent: usize) -> Vec<Rational> {
    std::iter::successors(Some(Rational::ONE), |power| Some(power * q)).take(exponent + 1).collect()
}

/// The multinomial theorem over independent terms, each monomial written as it is found.
struct Multinomial<'t> {
    terms: &'t [(Row, Rational)],
    exponent: usize,
    /// The powers of the last term's coefficient, unless that is one.
    last_powers: Vec<Rational>,
    writer: PolynomialWriter,
    exponents: Vec<u64>,
}

impl<'t> Multinomial<'t> {
    fn new(terms: &'t [(Row, Rational)], atoms: &[Expr], exponent: usize) -> Multinomial<'t> {
        let room = (1..terms.len()).fold(1_usize, |room, i| room.saturating_mul(exponent + i) / i);
        let writer = PolynomialWriter::new(atoms, room);
        let last_powers = match terms.last() {
            Some((_, factor)) if !factor.is_one() => powers(factor, exponent),
            _ => Vec::new(),
        };
        Multinomial { terms, exponent, last_powers, writer, exponents: vec![0; atoms.len()] }
    }

    fn write(mut self, budget: &Budget) -> Result<Expr, Reason> {
        self.distribute(self.terms, self.exponent, Rational::ONE, budget)?;
        Ok(self.writer.finish())
    }

    /// Gives `left` factors to the terms; the depth of the recursion is their number.
    fn distribute(
        &mut self,
        terms: &'t [(Row, Rational)],
        left: usize,
        coefficient: Rational,
        budget: &Budget,
    ) -> Result<(), Reason> {
        let Some(((row, factor), rest)) = terms.split_first() else { return Ok(()) };
        let [next, beyond @ ..] = rest else { return Ok(()) };
        if beyond.is_empty() {
            self.distribute_between((row, factor), next, left, &coefficient);
            return budget.check().map_err(Reason::from);
        }
        budget.check()?;
        // coefficient * binomial(left, count) * factor^count, from one count to the next
        let mut running = Running::from(&coefficient);
        for count in 0..=left {
            self.distribute(rest, left - count, running.value(), budget)?;
            self.shift(row, 1);
            if count < left {
                running.times_ratio((left - count) as u64, count as u64 + 1, factor);
            }
        }
        self.unshift(row, left as u64 + 1);
        Ok(())
    }

    /// Gives `left` factors to the last two terms: one monomial is a ratio of small numbers times the one before.
    fn distribute_between(
        &mut self,
        (row, factor): (&Row, &Rational),
        (last_row, last_factor): &(Row, Rational),
        left: usize,
        coefficient: &Rational,
    ) {
        let mut running = match self.last_powers.get(left) {
            None => Running::from(coefficient),
            Some(power) => Running::from(&(coefficient * power)),
        };
        let ratio = factor.checked_div(last_factor).unwrap_or(Rational::ZERO);
        self.shift(last_row, left as u64);
        for count in 0..=left {
            self.writer.add(&self.exponents, Number::from(running.value()));
            if count < left {
                running.times_ratio((left - count) as u64, count as u64 + 1, &ratio);
                self.shift(row, 1);
                self.unshift(last_row, 1);
            }
        }
        self.unshift(row, left as u64);
    }

    fn shift(&mut self, row: &Row, times: u64) {
        for (place, exponent) in row {
            if let Some(slot) = self.exponents.get_mut(*place) {
                *slot += exponent * times;
            }
        }
    }

    fn unshift(&mut self, row: &Row, times: u64) {
        for (place, exponent) in row {
            if let Some(slot) = self.exponents.get_mut(*place) {
                *slot -= exponent * times;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algebra::expand;
    use crate::expr::read;

    fn expanded(text: &str) -> Expr {
        expand(&read(text).expect(text), &Budget::unlimited()).expect(text)
    }

    #[test]
    fn powers_are_repeated_products() {
        let sums = [
            "x + 1",
            "2*x - 3*y",
            "x + y + z + 1",
            "x^2 + x + 1",
            "x/2 + 1/3",
            "x*y + sin(x) + 2",
            "x + x^3 - y",
            "1000000007*x^2 + x - 999999937",
        ];
        for sum in sums {
            let base = read(sum).expect(sum);
            let mut product = base.clone();
            for n in 2..6 {
                product = expand(&(product * &base), &Budget::unlimited()).expect(sum);
                assert_eq!(expanded(&format!("({sum})^{n}")), product, "({sum})^{n}");
            }
        }
    }

    #[test]
    fn products_of_sums_multiply_out() {
        assert_eq!(expanded("(x + 1)^2*(x - 1)^2*y/3"), expanded("(x^4 - 2*x^2 + 1)*y/3"));
        assert_eq!(expanded("((x + 1)^3 + x)^2*(x - 1)^2"), expanded("(x^3 + 3*x^2 + 4*x + 1)^2*(x^2 - 2*x + 1)"));
        assert!(expanded("(x + 1)*(x - 1) - x^2 + 1").is_zero());
        assert_eq!(expanded("(x + y)*(x - y)*(x^2 + y^2)*z^2"), expanded("(x^4 - y^4)*z^2"));
        assert_eq!(expanded("(sqrt(x) + 1)^2*(sqrt(x) - 1)^2"), expanded("(x - 1)^2"));
        assert_eq!(expanded("(exp(x) + 1)*(exp(-x) + 1)*(x + 1)"), expanded("(2 + exp(x) + exp(-x))*(x + 1)"));
        let linear: Vec<String> = (1..=40).map(|root| format!("(x - {root})")).collect();
        let (whole, half) = (expanded(&linear.join("*")), expanded(&linear[..20].join("*")));
        let rest = expanded(&linear[20..].join("*"));
        assert_eq!(whole, crate::algebra::expand(&(half * rest), &Budget::unlimited()).unwrap());
        assert!(whole.substitute(&[(Expr::variable("x"), Expr::integer(17))]).is_zero());
        assert_eq!(expanded("(x + I)^4"), expanded("x^4 + 4*I*x^3 - 6*x^2 - 4*I*x + 1"));
    }

    #[test]
    fn long_rows_of_binomials_stay_whole() {
        let power = expanded("(x + 1)^300");
        let Kind::Sum(sum) = power.kind() else { panic!("a sum") };
        assert_eq!(sum.len(), 301);
        let total = sum.terms().iter().fold(sum.constant().clone(), |total, term| &total + &term.coefficient);
        assert_eq!(Some(total), Number::from(2).powi(300));
    }
}
