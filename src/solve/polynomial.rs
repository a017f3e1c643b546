//! Roots of polynomials by radicals.
//!
//! Rational polynomials are factored first. Degrees one to three by formula (Cardano), pure powers by roots of unity,
//! polynomials in a power of the unknown by descent, and quartics by Ferrari's resolvent; what is left stays open.

use super::order::{in_classical_order, written_order};
use crate::algebra::{expand, is_zero};
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason, function};
use crate::number::sorting;
use crate::number::{Integer, Number, Rational};
use crate::poly::{IntegerPolynomial, RationalPolynomial};

/// The roots with multiplicities, and the factors without roots by radicals.
#[derive(Debug, Default)]
pub struct PolynomialRoots {
    /// Roots and how often they count.
    pub roots: Vec<(Expr, usize)>,
    /// Irreducible factors left open, by ascending coefficients, and how often they occur.
    pub open: Vec<(Vec<Expr>, usize)>,
}

/// The roots of a polynomial given by its ascending coefficients, the last not zero.
///
/// # Errors
/// When the budget runs out.
pub fn polynomial_roots(coefficients: &[Expr], budget: &Budget) -> Result<PolynomialRoots, Reason> {
    let rational: Option<Vec<Rational>> = coefficients.iter().map(|c| c.as_rational().cloned()).collect();
    match rational {
        Some(rational) => rational_polynomial_roots(&rational, budget),
        None => {
            let mut result = PolynomialRoots::default();
            result.push(coefficients, 1, budget)?;
            Ok(result)
        }
    }
}

fn rational_polynomial_roots(coefficients: &[Rational], budget: &Budget) -> Result<PolynomialRoots, Reason> {
    let common = coefficients.iter().fold(Integer::ONE, |lcm, q| lcm.lcm(&q.denominator()));
    let integers = coefficients.iter().map(|q| q.numerator() * common.div_exact(&q.denominator())).collect();
    budget.check()?;
    let whole = positive(IntegerPolynomial::new(integers).primitive_part());
    let zeros = whole.valuation();
    let rest = whole.shift_down(zeros);
    let mut result = PolynomialRoots::default();
    // A product x*(x - a) is written (x - a)*x when a is positive: then the root 0 comes first.
    let zero_first = rest.degree() == Some(1) && written_order(&rest, &IntegerPolynomial::x()).is_lt();
    if zeros > 0 && zero_first {
        result.add(Expr::zero(), zeros);
    }
    result.push_rational(&rest, budget)?;
    if zeros > 0 && !zero_first {
        result.add(Expr::zero(), zeros);
    }
    Ok(result)
}

/// The polynomial or its negative, with a positive leading coefficient.
pub(super) fn positive(p: IntegerPolynomial) -> IntegerPolynomial {
    if p.leading().is_negative() { p.scale(&-Integer::ONE) } else { p }
}

fn expressions(p: &IntegerPolynomial) -> Vec<Expr> {
    p.coefficients().iter().cloned().map(Expr::number).collect()
}

impl PolynomialRoots {
    /// The roots of a polynomial without the root 0: pure powers and polynomials in a power whole, others by factors,
    /// simple ones first.
    fn push_rational(&mut self, p: &IntegerPolynomial, budget: &Budget) -> Result<(), Reason> {
        if self.push_by_power(p, budget)? {
            return Ok(());
        }
        let mut factors = p.factor_within(budget)?.factors;
        sorting::sort_by_key(&mut factors, |(_, times)| *times);
        for class in factors.chunk_by(|(_, a), (_, b)| a == b) {
            let times = class.first().map_or(1, |(_, times)| *times);
            for factor in in_classical_order(class.iter().map(|(factor, _)| factor.clone()).collect()) {
                self.push(&expressions(&factor), times, budget)?;
            }
        }
        Ok(())
    }

    /// A polynomial in `x^k` whose roots there are rational, when all their `k`-th roots are written by square and cube
    /// roots: the last of them first.
    fn push_by_power(&mut self, p: &IntegerPolynomial, budget: &Budget) -> Result<bool, Reason> {
        let step = p.deflation();
        if step < 2 {
            return Ok(false);
        }
        let powers = rational_roots(&p.deflate(step), budget)?;
        let mut found = Vec::new();
        for (power, times) in powers.iter().flatten().rev() {
            let mut pure = vec![Expr::zero(); step + 1];
            pure[0] = -power;
            pure[step] = Expr::one();
            match pure_power(&pure, budget)? {
                Some(roots) if roots.iter().all(is_plain) => found.extend(roots.into_iter().map(|root| (root, *times))),
                _ => return Ok(false),
            }
        }
        found.into_iter().for_each(|(root, times)| self.add(root, times));
        Ok(powers.is_some())
    }

    fn push(&mut self, coefficients: &[Expr], times: usize, budget: &Budget) -> Result<(), Reason> {
        match roots_by_radicals(coefficients, budget)? {
            Some(roots) => roots.into_iter().for_each(|root| self.add(root, times)),
            None => self.open.push((coefficients.to_vec(), times)),
        }
        Ok(())
    }

    fn add(&mut self, root: Expr, times: usize) {
        match self.roots.iter_mut().find(|(known, _)| *known == root) {
            Some((_, count)) => *count += times,
            None => self.roots.push((root, times)),
        }
    }
}

/// The roots, each as often as it counts; `None` when the degree is too high for the formulas.
///
/// # Errors
/// When the budget runs out.
pub fn roots_by_radicals(coefficients: &[Expr], budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    budget.check()?;
    let zeros = coefficients.iter().take_while(|c| c.is_zero()).count();
    let (_, rest) = coefficients.split_at(zeros);
    let mut roots = vec![Expr::zero(); zeros];
    let rest = &positive_leading(rest);
    let found = match rest.as_slice() {
        [] | [_] => Some(Vec::new()),
        [c, b] => Some(vec![tidy(&(-c / b), budget)?]),
        [c, b, a] => Some(quadratic(a, b, c, budget)?),
        _ => match pure_power(rest, budget)? {
            Some(found) => Some(found),
            None => match descend(rest, budget)? {
                Some(found) => Some(found),
                None => higher(rest, budget)?,
            },
        },
    };
    Ok(found.map(|found| {
        roots.extend(found);
        roots
    }))
}

/// The roots in their order, if they are all rational.
fn rational_roots(p: &IntegerPolynomial, budget: &Budget) -> Result<Option<Vec<(Expr, usize)>>, Reason> {
    let mut result = PolynomialRoots::default();
    if p.degree() == Some(1) {
        result.push(&expressions(p), 1, budget)?;
    } else {
        let factors = p.factor_within(budget)?.factors;
        if factors.iter().any(|(factor, _)| factor.degree() != Some(1)) {
            return Ok(None);
        }
        result.push_rational(p, budget)?;
    }
    Ok(Some(result.roots))
}

/// Is a number written without powers of negative numbers?
fn is_plain(root: &Expr) -> bool {
    root.shared_nodes().all(|node| match node.kind() {
        Kind::Power(base, _) => base.as_rational().is_none_or(|base| !base.is_negative()),
        _ => true,
    })
}

/// The coefficients with a leading one that is no negative number.
fn positive_leading(coefficients: &[Expr]) -> Vec<Expr> {
    let negative = coefficients.last().and_then(Expr::as_rational).is_some_and(|q| q.is_negative());
    coefficients.iter().map(|c| if negative { -c } else { c.clone() }).collect()
}

/// Numbers are multiplied out, symbolic quotients left together.
fn tidy(root: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if root.is_constant() {
        return expand(root, budget);
    }
    Ok(root.clone())
}

fn quadratic(a: &Expr, b: &Expr, c: &Expr, budget: &Budget) -> Result<Vec<Expr>, Reason> {
    if b.is_zero() && !(a.as_rational().is_some() && c.as_rational().is_some()) {
        let root = square_root(&-(c / a), budget)?;
        return Ok(vec![-&root, root]);
    }
    let discriminant = expand(&(b * b - Expr::integer(4) * a * c), budget)?;
    if discriminant.is_zero() {
        let double = tidy(&(-b / (Expr::integer(2) * a)), budget)?;
        return Ok(vec![double.clone(), double]);
    }
    let root = square_root(&discriminant, budget)?;
    [-1, 1]
        .iter()
        .map(|sign| {
            let numerator = Expr::integer(*sign) * &root - b;
            match a.as_number() {
                Some(_) => expand(&(numerator / (Expr::integer(2) * a)), budget),
                None => Ok(-(b - Expr::integer(*sign) * &root) / (Expr::integer(2) * a)),
            }
        })
        .collect()
}

/// A square root, either sign: even powers come out of it, since both signs are used.
fn square_root(radicand: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let mut outside = Vec::new();
    let mut inside = Vec::new();
    for factor in crate::algebra::factors(&crate::algebra::factor(radicand, budget)?) {
        match factor.kind() {
            Kind::Power(base, exponent) if exponent.to_i64().is_some_and(|n| n % 2 == 0) => {
                outside.push(base.power(&(exponent / Expr::integer(2))));
            }
            Kind::Number(Number::Rational(number)) => {
                let (_, whole) = Expr::number(number.abs()).sqrt().split_coefficient();
                inside.push(factor.scale(&whole.recip().map_or(Number::ONE, |inverse| &inverse * &inverse)));
                outside.push(Expr::number(whole));
            }
            _ => inside.push(factor),
        }
    }
    let root = |radicand: &Expr| match reciprocal(radicand) {
        Some((top, below)) => principal_root(&Expr::number(top), 2) / below.sqrt(),
        None => radicand.sqrt(),
    };
    if outside.is_empty() {
        return Ok(root(radicand));
    }
    Ok(Expr::product(outside) * root(&Expr::product(inside)))
}

/// `a*x^n + c`: the n-th roots of `-c/a`.
fn pure_power(coefficients: &[Expr], budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    let ([c, middle @ ..], Some(a)) = (coefficients, coefficients.last()) else { return Ok(None) };
    let (_, middle) = middle.split_last().map_or((None, middle), |(last, rest)| (Some(last), rest));
    if !middle.iter().all(Expr::is_zero) {
        return Ok(None);
    }
    let n = (coefficients.len() - 1) as i64;
    let radicand = tidy(&(-c / a), budget)?;
    let (sign, size) = match radicand.as_rational() {
        Some(q) if q.is_negative() => (-1, -radicand),
        _ => (1, radicand),
    };
    let size = principal_root(&size, n);
    let first = if sign < 0 { Expr::fraction(1, n) } else { Expr::zero() };
    let roots = (1..=n).map(|k| {
        let unit = unit(&(&first + Expr::fraction(2 * k, n)));
        if size.is_constant() {
            return expand(&(unit * &size), budget);
        }
        // As Sage writes it: the sign in front of `(I*sqrt(3) + 1)`.
        let falls = crate::algebra::terms(&unit).iter().all(|term| {
            let (re, im) = term.split_coefficient().1.parts();
            [re, im].iter().all(|part| part.as_rational().is_some_and(|q| q.signum() <= 0))
        });
        let twice = unit * Expr::integer(2);
        Ok(if falls { -(-twice * &size) } else { twice * &size } / Expr::integer(2))
    });
    Ok(Some(roots.collect::<Result<Vec<Expr>, Reason>>()?))
}

/// The `n`-th root of a positive number or a parameter, rational denominators outside: `1/2*sqrt(2)`.
fn principal_root(size: &Expr, n: i64) -> Expr {
    let exponent = Expr::fraction(1, n);
    match size.as_rational() {
        Some(q) if !q.is_integer() => {
            let below = Expr::number(q.denominator());
            (Expr::number(q.numerator()) * below.powi(n - 1)).power(&exponent) / below
        }
        _ => match reciprocal(size) {
            Some((top, below)) => principal_root(&Expr::number(top), n) / below.power(&exponent),
            None => size.power(&exponent),
        },
    }
}

/// A positive number over what depends on parameters: `1/sqrt(a)` stands for a root of `1/a`, as in Sage, since all
/// roots are answered.
fn reciprocal(size: &Expr) -> Option<(Rational, Expr)> {
    let (base, coefficient) = size.split_coefficient();
    let below = base.recip();
    let is_below = |factor: &Expr| match factor.kind() {
        Kind::Power(base, exponent) => base.is_constant() || exponent.to_i64().is_some_and(|n| n > 0),
        _ => true,
    };
    let number = coefficient.as_rational().filter(|q| q.signum() > 0)?.clone();
    (!size.is_constant() && crate::algebra::factors(&below).iter().all(is_below)).then_some((number, below))
}

/// `e^(I*pi*turn)`, in radicals where they are short, else with the angle nearest to zero.
fn unit(turn: &Expr) -> Expr {
    let value = function::exp(&(Expr::i() * Expr::pi() * turn));
    let half_turns = turn.as_rational().map(|q| ((q + &Rational::ONE) / Rational::from(2)).floor());
    match (value.exp_argument(), half_turns) {
        (Some(_), Some(whole)) => {
            let angle = Expr::pi() * (turn - Expr::number(whole) * Expr::integer(2));
            function::exp(&(Expr::i() * angle))
        }
        _ => value,
    }
}

/// A polynomial in `x^k`: the roots of the shorter one, then their `k`-th roots.
fn descend(coefficients: &[Expr], budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    let step = coefficients
        .iter()
        .enumerate()
        .filter(|(_, c)| !c.is_zero())
        .fold(0, |gcd, (power, _)| Integer::from(gcd as u64).gcd(&Integer::from(power)).to_usize().unwrap_or(1));
    if step < 2 {
        return Ok(None);
    }
    let shorter: Vec<Expr> = coefficients.iter().step_by(step).cloned().collect();
    let Some(powers) = roots_by_radicals(&shorter, budget)? else { return Ok(None) };
    let mut roots = Vec::new();
    for power in powers.into_iter().rev() {
        let mut pure = vec![Expr::zero(); step + 1];
        if let (Some(first), sign) = (pure.first_mut(), -&power) {
            *first = sign;
        }
        if let Some(last) = pure.last_mut() {
            *last = Expr::one();
        }
        match roots_by_radicals(&pure, budget)? {
            Some(found) => roots.extend(found),
            None => return Ok(None),
        }
    }
    Ok(Some(roots))
}

fn higher(coefficients: &[Expr], budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    let Some(leading) = coefficients.last() else { return Ok(None) };
    let monic: Vec<Expr> =
        coefficients.iter().map(|c| expand(&(c / leading), budget)).collect::<Result<_, Reason>>()?;
    let roots = match monic.as_slice() {
        [d, c, b, _] => cubic(b, c, d, budget)?,
        [e, d, c, b, _] => quartic(b, c, d, e, budget)?,
        _ => return Ok(None),
    };
    Ok((!are_refuted(&monic, &roots)).then_some(roots))
}

/// Do enclosures show that one of the constants is no root of the polynomial, whose leading coefficient is one?
fn are_refuted(coefficients: &[Expr], roots: &[Expr]) -> bool {
    const BITS: u32 = 256;
    let at = |root: &Expr| coefficients.iter().rev().fold(Expr::zero(), |sum, c| sum * root + c);
    let degree = coefficients.len() as i64 - 1;
    let values = roots.iter().map(|root| (at(root), root.powi(degree)));
    let constant: Vec<(Expr, Expr)> = values.filter(|(value, _)| value.is_constant()).collect();
    crate::tape::any_nonzero_beside(&constant, BITS)
}

/// Cardano's formula for `x^3 + b*x^2 + c*x + d`: `u - p/(3*u)` over the cube roots `u`.
fn cubic(b: &Expr, c: &Expr, d: &Expr, budget: &Budget) -> Result<Vec<Expr>, Reason> {
    let n = Expr::integer;
    let shift = b / n(3);
    let p = expand(&(c - b * b / n(3)), budget)?;
    let q = expand(&(n(2) * b.powi(3) / n(27) - b * c / n(3) + d), budget)?;
    let inside = root_of_quotient(&expand(&(&q * &q / n(4) + p.powi(3) / n(27)), budget)?);
    let half = -&q / n(2);
    let sum = expand(&(&half + &inside), budget)?;
    let radicand = if sum.is_zero() { expand(&(&half - inside), budget)? } else { sum };
    let root = radicand.power(&Expr::fraction(1, 3));
    let omega = |sign: i64| Expr::fraction(1, 2) * (Expr::i() * n(3).sqrt() * n(sign) - n(1));
    // The quotient as Maxima writes it, which tells the signs that sums with a complex first term take.
    let (top, below) = p.as_rational().map_or((p.clone(), n(3)), |p| {
        let third = p * &Rational::from(3).recip().unwrap_or(Rational::ONE);
        (Expr::number(third.numerator()), Expr::number(third.denominator()))
    });
    let falls = p.as_rational().is_some_and(|p| p.signum() > 0);
    let roots = [-1, 1, 0].map(|sign| {
        let (unit, inverse) = if sign == 0 { (n(1), n(1)) } else { (omega(sign), omega(-sign)) };
        let scaled = if falls { &top * &inverse } else { -&top * &inverse };
        let quotient = match falls {
            true if sign == -1 && !shift.is_zero() => -scaled / (&below * &root),
            true => -(scaled / (&below * &root)),
            false => scaled / (&below * &root),
        };
        &unit * &root + quotient - &shift
    });
    Ok(roots.to_vec())
}

/// The square root, of a rational number as the quotient of two roots: `1/18*sqrt(31)*sqrt(3)`.
fn root_of_quotient(radicand: &Expr) -> Expr {
    match radicand.as_rational() {
        Some(q) => Expr::number(q.numerator()).sqrt() / Expr::number(q.denominator()).sqrt(),
        None => radicand.sqrt(),
    }
}

/// Ferrari's method for `x^4 + b*x^3 + c*x^2 + d*x + e` through one root of the resolvent cubic.
fn quartic(b: &Expr, c: &Expr, d: &Expr, e: &Expr, budget: &Budget) -> Result<Vec<Expr>, Reason> {
    let n = Expr::integer;
    let shift = b / n(4);
    let p = expand(&(c - n(3) * b * b / n(8)), budget)?;
    let q = expand(&(d - b * c / n(2) + b.powi(3) / n(8)), budget)?;
    let r = expand(&(e - b * d / n(4) + c * b * b / n(16) - n(3) * b.powi(4) / n(256)), budget)?;
    if is_zero(&q, budget)?.is_yes() {
        let squares = [r.clone(), p.clone(), n(1)];
        let squares = roots_by_radicals(&squares, budget)?.unwrap_or_default();
        let both = squares.iter().rev().map(Expr::sqrt).flat_map(|root| [-&root - &shift, root - &shift]);
        return both.map(|root| tidy(&root, budget)).collect();
    }
    // m solves 8*m^3 + 8*p*m^2 + (2*p^2 - 8*r)*m - q^2 = 0 and is not zero since q is not.
    let resolvent = [expand(&(-&q * &q / n(8)), budget)?, expand(&(&p * &p / n(4) - &r), budget)?, p.clone()];
    let [low, middle, high] = &resolvent;
    let m = rational_root_first(low, middle, high, budget)?;
    let root = (n(2) * &m).sqrt();
    let mut roots = Vec::new();
    for outer in [-1, 1] {
        let inside = -(n(2) * &p + n(2) * &m + n(2 * outer) * &q / &root);
        let inner_root = expand(&inside, budget).unwrap_or(inside).sqrt();
        for inner in [-1, 1] {
            roots.push((n(outer) * &root + n(inner) * &inner_root) / n(2) - &shift);
        }
    }
    Ok(roots)
}

/// Are the coefficients rational, and none of the roots? Of other polynomials that is not known here.
fn has_no_rational_root(coefficients: &[Expr], budget: &Budget) -> Result<bool, Reason> {
    let rational: Option<Vec<Rational>> = coefficients.iter().map(|c| c.as_rational().cloned()).collect();
    let Some(rational) = rational else { return Ok(false) };
    let factors = RationalPolynomial::new(&rational).numerator().factor_within(budget)?.factors;
    Ok(factors.iter().all(|(factor, _)| factor.degree() != Some(1)))
}

/// A root of `m^3 + high*m^2 + middle*m + low`, rational where there is one.
fn rational_root_first(low: &Expr, middle: &Expr, high: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let coefficients = [low.clone(), middle.clone(), high.clone(), Expr::one()];
    if has_no_rational_root(&coefficients, budget)? {
        return Ok(cubic(high, middle, low, budget)?.pop().unwrap_or_else(Expr::zero));
    }
    let all = polynomial_roots(&coefficients, budget)?;
    let rational = all.roots.iter().find(|(root, _)| root.as_rational().is_some_and(|q| !q.is_zero()));
    match rational {
        Some((root, _)) => Ok(root.clone()),
        None => Ok(cubic(high, middle, low, budget)?.pop().unwrap_or_else(Expr::zero)),
    }
}
