//! Roots of polynomials that have none by radicals: certified decimals.

use crate::algebra::rational_function;
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason, Symbol};
use crate::number::sorting;
use crate::number::{Complex, Integer, Number, Rational, Real};
use crate::poly::{IntegerPolynomial, RootDisc, Unfinished};

/// All complex roots of a rational polynomial to a precision in bits, each with its multiplicity, the real ones first;
/// every bit but the last is right. `None` for what is no polynomial equation with rational coefficients.
///
/// # Errors
/// When the budget runs out.
pub fn numeric_roots(
    equation: &Expr,
    variable: Symbol,
    bits: u32,
    budget: &Budget,
) -> Result<Option<Vec<(Number, usize)>>, Reason> {
    let Some(polynomial) = polynomial_of(equation, variable, budget)? else { return Ok(None) };
    let mut found: Vec<(RootDisc, usize)> = Vec::new();
    for (factor, times) in polynomial.squarefree_decomposition().factors {
        let precision = bits as usize + 8 + largest_shift(&factor);
        match factor.isolate_complex_roots(precision, budget) {
            Ok(discs) => found.extend(on_the_axis(discs, &factor).into_iter().map(|disc| (disc, times))),
            Err(Unfinished::Stopped(stopped)) => return Err(stopped.into()),
            Err(_) => return Ok(None),
        }
    }
    let key = |disc: &RootDisc| (!disc.imaginary.is_zero(), disc.real.clone(), disc.imaginary.clone());
    sorting::sort_by_key(&mut found, |(a, _)| key(a));
    Ok(Some(found.into_iter().map(|(disc, times)| (number(&disc, bits), times)).collect()))
}

/// The discs with the centres of purely imaginary roots on the imaginary axis.
///
/// `p(I*t)` is `a(t) + I*b(t)`; its real roots are those of the common divisor.
fn on_the_axis(mut discs: Vec<RootDisc>, factor: &IntegerPolynomial) -> Vec<RootDisc> {
    let part = |odd: usize| {
        let sign = |power: usize| if (power / 2).is_multiple_of(2) { 1 } else { -1 };
        let coefficients = factor.coefficients().iter().enumerate();
        let own =
            coefficients.map(|(power, c)| if power % 2 == odd { c * Integer::new(sign(power)) } else { Integer::ZERO });
        IntegerPolynomial::new(own.collect())
    };
    let common = part(0).gcd(&part(1));
    if common.is_constant() {
        return discs;
    }
    for disc in discs.iter_mut().filter(|disc| !disc.imaginary.is_zero()) {
        let (low, high) = (&disc.imaginary - &disc.radius, &disc.imaginary + &disc.radius);
        if disc.real.abs() <= disc.radius && common.count_roots_in(&low, &high) > 0 {
            disc.real = Rational::ZERO;
        }
    }
    discs
}

/// The rational roots of a rational polynomial with their multiplicities, ascending; `None` for what is none.
///
/// # Errors
/// When the budget runs out.
pub fn rational_roots(
    equation: &Expr,
    variable: Symbol,
    budget: &Budget,
) -> Result<Option<Vec<(Rational, usize)>>, Reason> {
    let Some(polynomial) = polynomial_of(equation, variable, budget)? else { return Ok(None) };
    let parts = polynomial.squarefree_decomposition().factors.into_iter();
    let mut found: Vec<(Rational, usize)> =
        parts.flat_map(|(part, times)| part.rational_roots().into_iter().map(move |root| (root, times))).collect();
    sorting::sort(&mut found);
    Ok(Some(found))
}

fn polynomial_of(equation: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<IntegerPolynomial>, Reason> {
    let difference = match equation.kind() {
        Kind::Relation(_, left, right) => left - right,
        _ => equation.clone(),
    };
    let difference = super::equation::exact_numbers(&difference);
    let Some(function) = rational_function(&difference, variable, budget)? else { return Ok(None) };
    if !function.denominator().is_constant() || function.is_zero() {
        return Ok(None);
    }
    Ok(Some(function.numerator().numerator().clone()))
}

/// Bits that small roots need besides.
fn largest_shift(factor: &IntegerPolynomial) -> usize {
    factor.reverse().root_bound_log2().map_or(0, |bits| bits.unsigned_abs() as usize)
}

fn number(disc: &RootDisc, bits: u32) -> Number {
    let real = |part: &Rational| Real::from_rational(part, bits);
    if disc.imaginary.is_zero() {
        return Number::from(real(&disc.real));
    }
    Number::Complex(Box::new(Complex::new(real(&disc.real), real(&disc.imaginary))))
}
