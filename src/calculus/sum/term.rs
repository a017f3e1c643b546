//! The shape of a summand: a polynomial, powers with linear exponents, factorials and binomials, other linear roots.

use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Function, Kind, Reason, Symbol};
use crate::number::Rational;

/// `scale * polynomial(k) * ratio^k * factorials * rest`.
pub(super) struct Shape {
    /// Constant factors.
    pub scale: Expr,
    /// Coefficients, the constant first.
    pub polynomial: Vec<Expr>,
    /// What is raised to the power `k`.
    pub ratio: Expr,
    /// The bases of the powers `base^(a*k)`, with `a`.
    pub powers: Vec<(Expr, Expr)>,
    /// Names, arguments and exponents of factorials and binomials.
    pub factorials: Vec<(&'static str, Vec<Expr>, i64)>,
    /// Other factors, such as denominators.
    pub roots: Vec<Expr>,
}

impl Shape {
    /// Reads a summand; `None` when the variable is met in another way.
    pub fn of(f: &Expr, k: Symbol, budget: &Budget) -> Result<Option<Shape>, Reason> {
        let mut shape = Shape {
            scale: Expr::one(),
            polynomial: vec![Expr::one()],
            ratio: Expr::one(),
            powers: Vec::new(),
            factorials: Vec::new(),
            roots: Vec::new(),
        };
        let mut polynomial = Expr::one();
        for factor in algebra::factors(f) {
            if !factor.has_symbol(k) {
                shape.scale = shape.scale * factor;
            } else if is_polynomial(&factor, k) {
                polynomial = polynomial * factor;
            } else if !shape.read_power(&factor, k, budget)? && !shape.read_factorial(&factor) {
                shape.roots.push(factor);
            }
        }
        let rows = algebra::coefficients(&polynomial, &Expr::symbol(k), budget)?;
        let degree = rows.iter().filter_map(|(_, e)| e.to_i64()).max().unwrap_or(0);
        shape.polynomial = (0..=degree)
            .map(|n| rows.iter().find(|(_, e)| e.to_i64() == Some(n)).map_or_else(Expr::zero, |(c, _)| c.clone()))
            .collect();
        Ok(Some(shape))
    }

    /// `base^(a*k + b)` and `exp(a*k + b)`.
    fn read_power(&mut self, factor: &Expr, k: Symbol, budget: &Budget) -> Result<bool, Reason> {
        let (base, exponent) = match (factor.exp_argument(), factor.kind()) {
            (Some(argument), _) => (Expr::e(), argument.clone()),
            (None, Kind::Power(base, exponent)) if !base.has_symbol(k) => (base.clone(), exponent.clone()),
            _ => return Ok(false),
        };
        let Some((a, b)) = linear(&exponent, k, budget)? else { return Ok(false) };
        self.ratio = &self.ratio * base.power(&a);
        self.scale = &self.scale * base.power(&b);
        self.powers.push((base, a));
        Ok(true)
    }

    fn read_factorial(&mut self, factor: &Expr) -> bool {
        let (base, exponent) = match factor.kind() {
            Kind::Power(base, exponent) => (base, exponent.to_i64()),
            _ => (factor, Some(1)),
        };
        let (Some((Function::Elementary(record), arguments)), Some(exponent)) = (base.as_call(), exponent) else {
            return false;
        };
        let known = matches!(record.name, "factorial" | "binomial" | "gamma");
        if known {
            self.factorials.push((record.name, arguments.to_vec(), exponent));
        }
        known
    }
}

fn is_polynomial(factor: &Expr, k: Symbol) -> bool {
    factor.shared_nodes().filter(|node| node.has_symbol(k)).all(|node| match node.kind() {
        Kind::Symbol(_) | Kind::Sum(_) => true,
        Kind::Power(base, exponent) => base.has_symbol(k) && exponent.to_i64().is_some_and(|n| (0..=200).contains(&n)),
        Kind::Product(product) => product.factors().iter().all(|factor| {
            !factor.base.has_symbol(k) || (factor.exponent.is_integer() && !factor.exponent.is_negative())
        }),
        _ => false,
    })
}

/// `(a, b)` for `a*k + b`.
pub(in crate::calculus) fn linear(expr: &Expr, k: Symbol, budget: &Budget) -> Result<Option<(Expr, Expr)>, Reason> {
    if !is_polynomial(expr, k) {
        return Ok(None);
    }
    let rows = algebra::coefficients(expr, &Expr::symbol(k), budget)?;
    let at = |n: i64| rows.iter().find(|(_, e)| e.to_i64() == Some(n)).map_or_else(Expr::zero, |(c, _)| c.clone());
    let small = rows.iter().all(|(c, e)| matches!(e.to_i64(), Some(0 | 1)) && !c.has_symbol(k));
    Ok((small && !at(1).is_zero()).then(|| (at(1), at(0))))
}

/// The coefficients of `q` with `r*q(k+1) - q(k) = p(k)`, from the highest down; for `r = 1` the degree rises by one.
pub(super) fn telescoping_factor(p: &[Expr], ratio: &Expr, budget: &Budget) -> Result<Vec<Expr>, Reason> {
    let rising = usize::from(ratio.is_one());
    let mut rest = p.to_vec();
    let mut q = vec![Expr::zero(); p.len() + rising];
    for power in (0..p.len()).rev() {
        budget.check()?;
        let degree = power + rising;
        let lead = rest.get(power).cloned().unwrap_or_else(Expr::zero);
        // r*(k+1)^d - k^d begins with (r - 1)*k^d, or with d*k^(d-1) when r is one.
        let below = if rising == 1 { Expr::integer(i64::try_from(degree).unwrap_or(1)) } else { ratio - Expr::one() };
        let c = algebra::simplify_rational(&(lead / below), budget)?;
        let mut binomial = Rational::ONE;
        for j in 0..=degree {
            let place = degree - j;
            let own = if j == 0 { ratio - Expr::one() } else { ratio * Expr::number(binomial.clone()) };
            if let Some(slot) = rest.get_mut(place) {
                *slot = algebra::simplify_rational(&(&*slot - &c * own), budget)?;
            }
            let next = Rational::fraction(i64::try_from(place).unwrap_or(0), i64::try_from(j + 1).unwrap_or(1));
            binomial = binomial * next.unwrap_or(Rational::ZERO);
        }
        if let Some(slot) = q.get_mut(degree) {
            *slot = c;
        }
    }
    Ok(q)
}

/// The coefficients of a polynomial by falling factorials, from divided differences at 0, 1, 2, ...
pub(super) fn falling_coefficients(p: &[Expr], budget: &Budget) -> Result<Vec<Expr>, Reason> {
    let value =
        |n: usize| {
            let at = Expr::integer(i64::try_from(n).unwrap_or(0));
            Expr::sum(p.iter().enumerate().map(|(power, c)| {
                c * if power == 0 { Expr::one() } else { at.powi(i64::try_from(power).unwrap_or(0)) }
            }))
        };
    let mut row: Vec<Expr> = (0..p.len()).map(value).collect();
    let mut result = Vec::new();
    let mut factorial = 1_i64;
    for j in 0..p.len() {
        let first = row.first().cloned().unwrap_or_else(Expr::zero);
        result.push(algebra::expand(&(first / Expr::integer(factorial)), budget)?);
        row = row.windows(2).map(|pair| pair.last().cloned().unwrap_or_else(Expr::zero) - &pair[0]).collect();
        factorial = factorial.saturating_mul(i64::try_from(j).unwrap_or(0) + 1);
    }
    Ok(result)
}
