//! The zero test for polynomials in logarithms of algebraic numbers.
//!
//! `pi`, logarithms and the inverse trigonometric and hyperbolic functions at algebraic numbers are written by
//! logarithms. Integer relations between those are guessed by lattice reduction and proved: `n1*log(a1) + ... = 0` when
//! `a1^n1*... = 1` and the value, then a multiple of `2*pi*I`, is small. What is left are polynomials in logarithms, and
//! in other parts, that vanish when all their algebraic coefficients do.

use super::bound::{is_algebraic, is_algebraic_zero};
use crate::algebra::rational::{RationalForm, trial_division};
use crate::algebra::{expand, terms};
use crate::budget::Budget;
use crate::expr::{Constant, Expr, Function, Kind, Reason, Symbol, Truth, function};
use crate::number::{ComplexBall, Integer, Rational};
use crate::poly::{SparsePolynomial, integer_relation};
use crate::tape::{Evaluator, Numbers, Program};

/// More logarithms are not related.
const MOST_LOGARITHMS: usize = 10;
/// The precision of values.
const BITS: u32 = 192;

/// The logarithms that an expression needs: each of an algebraic number, named by a symbol.
#[derive(Default)]
struct Logarithms {
    of: Vec<Expr>,
}

/// Is the expression zero? `Yes` when proved, else `Unknown`.
///
/// # Errors
/// When the budget runs out.
pub(super) fn is_logarithmic_zero(expr: &Expr, budget: &Budget) -> Result<Truth, Reason> {
    let mut logarithms = Logarithms::default();
    let written = logarithms.write(&by_exponents(expr, budget)?);
    if logarithms.of.len() > MOST_LOGARITHMS {
        return Ok(Truth::Unknown);
    }
    let related = logarithms.relate(&written, budget)?;
    let form = match RationalForm::of(&related, budget) {
        Ok(form) => form,
        Err(reason) if reason.is_stopped() => return Err(reason),
        Err(_) => return Ok(Truth::Unknown),
    };
    for coefficient in algebraic_coefficients(&form) {
        if !is_algebraic_zero(&coefficient, budget)?.is_yes() {
            return Ok(Truth::Unknown);
        }
    }
    Ok(Truth::Yes)
}

/// The coefficients of the numerator as a polynomial in the generators that are not algebraic.
fn algebraic_coefficients(form: &RationalForm) -> Vec<Expr> {
    let generators = form.generators();
    let other: Vec<bool> = generators.list().iter().map(|generator| !is_algebraic(&generator.power(1))).collect();
    let mut rows: Vec<(Vec<u64>, SparsePolynomial)> = Vec::new();
    for (exponents, coefficient) in form.numerator().terms() {
        let part = |keep: bool| -> Vec<u64> {
            exponents.iter().zip(&other).map(|(e, other)| if *other == keep { *e } else { 0 }).collect()
        };
        let (monomial, rest) = (part(true), SparsePolynomial::monomial(part(false), coefficient.clone()));
        match rows.iter_mut().find(|(known, _)| *known == monomial) {
            Some((_, sum)) => *sum = &*sum + &rest,
            None => rows.push((monomial, rest)),
        }
    }
    rows.iter().map(|(_, polynomial)| form.express(polynomial)).collect()
}

/// Powers of positive numbers with exponents that hold logarithms, as `2^(log(3)/log(2))`: `b^u` is `e^(u*log(b))`, and
/// `e^(q*log(a))` is `a^q`.
fn by_exponents(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let mut failure = None;
    let result = expr.rewrite(
        |_| None,
        |node| {
            let exponent = match node.kind() {
                Kind::Power(base, exponent)
                    if exponent.is_constant()
                        && exponent.as_rational().is_none()
                        && base.as_rational().is_some_and(|q| q.signum() > 0) =>
                {
                    exponent * split_logarithm(base)
                }
                _ => match node.exp_argument() {
                    Some(argument) if matches!(argument.kind(), Kind::Sum(_)) => argument.clone(),
                    _ => return node,
                },
            };
            match expand(&exponent, budget) {
                Ok(expanded) => Expr::product(terms(&expanded).iter().map(exponential_of_term)),
                Err(reason) if reason.is_stopped() => {
                    failure = Some(reason);
                    node
                }
                Err(_) => node,
            }
        },
    );
    failure.map_or(Ok(result), Err)
}

/// `log(q)` by logarithms of primes.
fn split_logarithm(base: &Expr) -> Expr {
    let Some(q) = base.as_rational() else { return function::log(base) };
    let side = |n: &Integer, sign: i64| {
        Expr::sum(trial_division(n).into_iter().map(|(prime, times)| {
            let held = Expr::held(Function::Elementary(&function::LOG), vec![Expr::number(prime)]);
            held * Expr::integer(sign * times)
        }))
    };
    side(&q.numerator(), 1) + side(&q.denominator(), -1)
}

fn exponential_of_term(term: &Expr) -> Expr {
    let (base, coefficient) = term.split_coefficient();
    match (base.as_call(), coefficient.as_rational()) {
        (Some((called, [argument])), Some(q)) if called.is(&function::LOG) => argument.power_rational(q),
        _ => function::exp(term),
    }
}

impl Logarithms {
    /// The symbol for the logarithm of an algebraic number.
    fn log(&mut self, argument: &Expr) -> Expr {
        let place = self.of.iter().position(|known| known == argument).unwrap_or_else(|| {
            self.of.push(argument.clone());
            self.of.len() - 1
        });
        Expr::symbol(symbol(place))
    }

    /// The expression with symbols for logarithms.
    fn write(&mut self, expr: &Expr) -> Expr {
        expr.rewrite_stored(
            |node| match node.kind() {
                Kind::Constant(Constant::Pi) => Some(-Expr::i() * self.log(&Expr::integer(-1))),
                Kind::Call(Function::Elementary(record), arguments) => match arguments.as_ref() {
                    [argument] if is_algebraic(argument) && argument.is_constant() => {
                        self.written_call(record.name, argument, node)
                    }
                    _ => is_algebraic(node).then(|| node.clone()),
                },
                _ => None,
            },
            |node| node,
        )
    }

    /// A function at an algebraic number by logarithms, when both are seen to have the same value.
    fn written_call(&mut self, name: &str, argument: &Expr, node: &Expr) -> Option<Expr> {
        let terms = by_logarithms(name, argument)?;
        let held = |a: &Expr| Expr::held(Function::Elementary(&function::LOG), vec![a.clone()]);
        let other = Expr::sum(terms.iter().map(|(c, a)| c * held(a)));
        let difference = value(&(node - other))?;
        let tiny = ComplexBall::one().scale(-64);
        if difference.re().abs().compare(tiny.re()) != Some(std::cmp::Ordering::Less)
            || difference.im().abs().compare(tiny.re()) != Some(std::cmp::Ordering::Less)
        {
            return None;
        }
        Some(Expr::sum(terms.iter().map(|(c, a)| c * self.log(a))))
    }

    /// Expresses the logarithms by those without integer relation.
    fn relate(&self, expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
        let mut basis: Vec<usize> = Vec::new();
        let mut replaced: Vec<(Symbol, Expr)> = Vec::new();
        for place in 0..self.of.len() {
            match self.relation(&basis, place, budget)? {
                Some(value) => replaced.push((symbol(place), value)),
                None => basis.push(place),
            }
        }
        if replaced.is_empty() {
            return Ok(expr.clone());
        }
        Ok(expr.rewrite_stored(
            |node| {
                let own = node.as_symbol()?;
                replaced.iter().find(|(known, _)| *known == own).map(|(_, value)| value.clone())
            },
            |node| node,
        ))
    }

    /// A logarithm as a rational combination of those of the basis.
    fn relation(&self, basis: &[usize], place: usize, budget: &Budget) -> Result<Option<Expr>, Reason> {
        let involved: Vec<usize> = std::iter::once(place).chain(basis.iter().copied()).collect();
        let arguments: Option<Vec<&Expr>> = involved.iter().map(|k| self.of.get(*k)).collect();
        let Some(arguments) = arguments else { return Ok(None) };
        let Some(coefficients) = guessed_relation(&arguments, budget)? else { return Ok(None) };
        if !is_relation(&arguments, &coefficients, budget)? {
            return Ok(None);
        }
        let Some((own, others)) = coefficients.split_first() else { return Ok(None) };
        let terms = others
            .iter()
            .zip(basis)
            .filter_map(|(n, k)| Some(Expr::symbol(symbol(*k)) * Expr::number(Rational::fraction(-*n, *own)?)));
        Ok(Some(Expr::sum(terms)))
    }
}

fn symbol(place: usize) -> Symbol {
    Symbol::new(&format!("the logarithm {place}"))
}

/// An arcus or area function as a sum of coefficients times logarithms, by its definition (DLMF 4.23, 4.37).
pub(in crate::algebra) fn by_logarithms(name: &str, a: &Expr) -> Option<Vec<(Expr, Expr)>> {
    let one = Expr::one;
    let half = Expr::fraction(1, 2);
    let i = Expr::i();
    Some(match name {
        "log" => vec![(one(), a.clone())],
        "arctan" => vec![(&i * &half, one() - &i * a), (-&i * &half, one() + &i * a)],
        "arcsin" => vec![(-&i, &i * a + (one() - a.powi(2)).sqrt())],
        "arccos" => vec![(-&i, a + &i * (one() - a.powi(2)).sqrt())],
        "arcsinh" => vec![(one(), a + (a.powi(2) + one()).sqrt())],
        "arccosh" => vec![(one(), a + (a - one()).sqrt() * (a + one()).sqrt())],
        "arctanh" => vec![(half.clone(), one() + a), (-half, one() - a)],
        "arccot" | "arcsec" | "arccsc" | "arccoth" | "arcsech" | "arccsch" if !a.is_zero() => {
            let inverse = match name {
                "arccot" => "arctan",
                "arcsec" => "arccos",
                "arccsc" => "arcsin",
                "arccoth" => "arctanh",
                "arcsech" => "arccosh",
                _ => "arcsinh",
            };
            return by_logarithms(inverse, &a.recip());
        }
        _ => return None,
    })
}

/// The value of a constant.
fn value(expr: &Expr) -> Option<ComplexBall> {
    let program = Program::new(expr, &[]).ok()?;
    let value: ComplexBall = Evaluator::new(program, Numbers(BITS)).value(&[]);
    value.is_bounded().then_some(value)
}

/// Small integers, the first not zero, for which the combination of logarithms is nearly zero.
fn guessed_relation(arguments: &[&Expr], budget: &Budget) -> Result<Option<Vec<i64>>, Reason> {
    const SCALE: f64 = (1_u64 << 44) as f64;
    let mut rows = Vec::new();
    for argument in arguments {
        let held = Expr::held(Function::Elementary(&function::LOG), vec![(*argument).clone()]);
        let Some(logarithm) = value(&held) else { return Ok(None) };
        let scaled = |part: f64| (part.abs() < 100.0).then_some((part * SCALE).round() as i64);
        let (Some(re), Some(im)) = (scaled(logarithm.re().to_f64()), scaled(logarithm.im().to_f64())) else {
            return Ok(None);
        };
        rows.push([re, im]);
    }
    let found = integer_relation(&rows, budget)?;
    Ok(found.filter(|coefficients| coefficients.first().is_some_and(|n| *n != 0)))
}

/// Is the combination of logarithms proved to be zero?
fn is_relation(arguments: &[&Expr], coefficients: &[i64], budget: &Budget) -> Result<bool, Reason> {
    const LARGEST: i64 = 1000;
    if coefficients.iter().any(|n| n.abs() > LARGEST) {
        return Ok(false);
    }
    let pairs = || arguments.iter().zip(coefficients);
    let sum = Expr::sum(
        pairs().map(|(a, n)| Expr::held(Function::Elementary(&function::LOG), vec![(*a).clone()]) * Expr::integer(*n)),
    );
    let three = ComplexBall::from_rational(&Rational::from(3), BITS);
    let is_small =
        value(&sum).is_some_and(|value| value.im().abs().compare(three.re()) == Some(std::cmp::Ordering::Less));
    if !is_small {
        return Ok(false);
    }
    // Powers on both sides, so that no denominator grows.
    let side = |sign: i64| Expr::product(pairs().filter(|(_, n)| **n * sign > 0).map(|(a, n)| a.powi(n * sign)));
    Ok(is_algebraic_zero(&(side(1) - side(-1)), budget)?.is_yes())
}
