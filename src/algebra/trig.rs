//! Rewriting trigonometric and hyperbolic functions: by exponentials, by sine and cosine, expanded and reduced.
//!
//! The formulas are those of any table of trigonometry (for instance DLMF 4.21 and 4.35); all hold for every complex
//! argument at which both sides are defined.

use crate::algebra::collect::{factors, terms};
use crate::algebra::expand;
use crate::budget::Budget;
use crate::expr::function::{self, exp};
use crate::expr::{Expr, Function, Kind, Reason, SumBuilder};
use crate::number::{Integer, Number, Rational};

/// The largest multiple of an angle that is expanded.
const LARGEST_MULTIPLE: i64 = 1000;

/// Sine or cosine, circular or hyperbolic.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Wave {
    pub(super) hyperbolic: bool,
    pub(super) sine: bool,
}

/// The name and argument of a call of one argument of an elementary function.
pub(super) fn unary_call(expr: &Expr) -> Option<(&'static str, &Expr)> {
    match expr.as_call()? {
        (Function::Elementary(record), [argument]) => Some((record.name, argument)),
        _ => None,
    }
}

/// A call of the elementary function with this name.
pub(super) fn call(name: &str, argument: &Expr) -> Expr {
    match function::find(name) {
        Some(record) => Expr::call(Function::Elementary(record), vec![argument.clone()]),
        None => argument.clone(),
    }
}

/// Replaces every call of one argument for which `rule` gives an expression.
fn rewrite_calls(expr: &Expr, rule: impl Fn(&str, &Expr) -> Option<Expr>) -> Expr {
    expr.rewrite_stored(
        |_| None,
        |node| match unary_call(&node) {
            Some((name, argument)) => rule(name, argument).unwrap_or(node.clone()),
            None => node,
        },
    )
}

/// All trigonometric and hyperbolic functions by exponentials.
pub fn exponentialize(expr: &Expr) -> Expr {
    rewrite_calls(expr, |name, u| {
        let hyperbolic = hyperbolic_cousin(name);
        let v = if hyperbolic.is_some() { u * Expr::i() } else { u.clone() };
        let (plus, minus) = (exp(&v), exp(&-&v));
        let half = Expr::fraction(1, 2);
        let (cosh, sinh) = (|| (&plus + &minus) * &half, || (&plus - &minus) * &half);
        Some(match hyperbolic.unwrap_or(name) {
            // sin(u) = sinh(i*u)/i and so on.
            "sinh" if hyperbolic.is_some() => expand_small(&(sinh() * -Expr::i())),
            "sinh" => sinh(),
            "cosh" => cosh(),
            "tanh" if hyperbolic.is_some() => -Expr::i() * (&plus - &minus) / (&plus + &minus),
            "tanh" => (&plus - &minus) / (&plus + &minus),
            "coth" if hyperbolic.is_some() => Expr::i() * (&plus + &minus) / (&plus - &minus),
            "coth" => (&plus + &minus) / (&plus - &minus),
            "sech" => Expr::integer(2) / (&plus + &minus),
            "csch" if hyperbolic.is_some() => Expr::integer(2) * Expr::i() / (&plus - &minus),
            "csch" => Expr::integer(2) / (&plus - &minus),
            _ => return None,
        })
    })
}

/// The hyperbolic functions by exponentials, the circular ones left.
pub fn hyperbolic_by_exponentials(expr: &Expr) -> Expr {
    rewrite_calls(expr, |name, u| {
        let is_hyperbolic = matches!(name, "sinh" | "cosh" | "tanh" | "coth" | "sech" | "csch");
        is_hyperbolic.then(|| exponentialize(&call(name, u)))
    })
}

/// The hyperbolic function that a circular one is of an imaginary argument.
fn hyperbolic_cousin(name: &str) -> Option<&'static str> {
    Some(match name {
        "sin" => "sinh",
        "cos" => "cosh",
        "tan" => "tanh",
        "cot" => "coth",
        "sec" => "sech",
        "csc" => "csch",
        _ => return None,
    })
}

fn expand_small(expr: &Expr) -> Expr {
    expand(expr, &Budget::unlimited()).unwrap_or_else(|_| expr.clone())
}

/// Exponentials of imaginary arguments by cosine and sine.
pub fn demoivre(expr: &Expr) -> Expr {
    expr.rewrite_stored(
        |_| None,
        |node| match node.exp_argument().map(split_imaginary) {
            Some((re, im)) if !im.is_zero() => {
                let (angle, unit) = if leads_negative(&im) { (-im, -Expr::i()) } else { (im, Expr::i()) };
                exp(&re) * (call("cos", &angle) + unit * call("sin", &angle))
            }
            _ => node,
        },
    )
}

/// Real and imaginary part of a sum with Gaussian coefficients, its other parts taken as real.
pub(crate) fn split_imaginary(expr: &Expr) -> (Expr, Expr) {
    let (mut re, mut im) = (SumBuilder::new(), SumBuilder::new());
    for term in terms(expr) {
        let (base, coefficient) = term.split_coefficient();
        let (a, b) = coefficient.parts();
        re.add_scaled(&base, &a);
        im.add_scaled(&base, &b);
    }
    (re.finish(), im.finish())
}

/// Tangent, cotangent, secant, cosecant and their hyperbolic cousins by sine and cosine.
pub fn to_sine_and_cosine(expr: &Expr) -> Expr {
    rewrite_calls(expr, |name, u| {
        Some(match name {
            "tan" => call("sin", u) / call("cos", u),
            "cot" => call("cos", u) / call("sin", u),
            "sec" => call("cos", u).recip(),
            "csc" => call("sin", u).recip(),
            "tanh" => call("sinh", u) / call("cosh", u),
            "coth" => call("cosh", u) / call("sinh", u),
            "sech" => call("cosh", u).recip(),
            "csch" => call("sinh", u).recip(),
            _ => return None,
        })
    })
}

/// Functions of sums and multiples of angles by functions of the angles.
///
/// # Errors
/// When the budget runs out.
pub fn trig_expand(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let open = rewrite_calls(expr, |name, u| {
        let angles = expand_small(u);
        let wave = |name: &str| wave_of(name).map(|wave| wave_of_sum(wave, &angles));
        match name {
            "tan" | "tanh" => tangent_of_sum(name, &angles),
            _ => wave(name),
        }
    });
    expand(&open, budget)
}

pub(super) fn wave_of(name: &str) -> Option<Wave> {
    let (hyperbolic, sine) = match name {
        "sin" => (false, true),
        "cos" => (false, false),
        "sinh" => (true, true),
        "cosh" => (true, false),
        _ => return None,
    };
    Some(Wave { hyperbolic, sine })
}

impl Wave {
    pub(super) fn name(self) -> &'static str {
        match (self.hyperbolic, self.sine) {
            (false, true) => "sin",
            (false, false) => "cos",
            (true, true) => "sinh",
            (true, false) => "cosh",
        }
    }

    fn at(self, argument: &Expr) -> Expr {
        call(self.name(), argument)
    }
}

/// The addition theorems over the terms of a sum.
fn wave_of_sum(wave: Wave, angle: &Expr) -> Expr {
    let all = terms(angle);
    let (sine, cosine) = (Wave { sine: true, ..wave }, Wave { sine: false, ..wave });
    let mut pair: Option<(Expr, Expr)> = None;
    for term in &all {
        let (s, c) = (multiple_angle(sine, term), multiple_angle(cosine, term));
        pair = Some(match pair {
            None => (s, c),
            Some((s0, c0)) => {
                let cross = &s0 * &s;
                let cosine = if wave.hyperbolic { &c0 * &c + cross } else { &c0 * &c - cross };
                (s0 * &c + c0 * s, cosine)
            }
        });
    }
    let (s, c) = pair.unwrap_or((Expr::zero(), Expr::one()));
    if wave.sine { s } else { c }
}

/// `sin(n*u)` or `cos(n*u)` by powers of `sin(u)` and `cos(u)` (de Moivre), odd and even symmetry applied.
fn multiple_angle(wave: Wave, term: &Expr) -> Expr {
    let (base, coefficient) = term.split_coefficient();
    if coefficient.real_sign() == Some(-1) && base.as_number().is_none() {
        let value = multiple_angle(wave, &-term);
        return if wave.sine { -value } else { value };
    }
    let Some(n) = coefficient.as_rational().map(Rational::numerator).and_then(|n| n.to_i64()) else {
        return wave.at(term);
    };
    let Some(unit) = coefficient.as_rational().and_then(|q| Rational::ratio(&Integer::ONE, &q.denominator())) else {
        return wave.at(term);
    };
    let angle = base.scale(&Number::from(unit));
    // As Maxima, and so Sage: `cos(4)` and `cos(4/9*pi)` are no multiples.
    if n == 1 || n == 0 || n.abs() > LARGEST_MULTIPLE || matches!(base.kind(), Kind::Number(_) | Kind::Constant(_)) {
        return wave.at(term);
    }
    let value = de_moivre(wave, &angle, n.unsigned_abs());
    if wave.sine && n < 0 { -value } else { value }
}

/// The sum of `binomial(n, k)*cos(u)^(n - k)*sin(u)^k` over the `k` of one parity, signs alternating when circular.
pub(super) fn de_moivre(wave: Wave, angle: &Expr, n: u64) -> Expr {
    let (sine, cosine) = (Wave { sine: true, ..wave }.at(angle), Wave { sine: false, ..wave }.at(angle));
    binomial_terms(wave, &sine, &cosine, n)
}

/// The terms of `(cosine + I*sine)^n`, or `(cosine + sine)^n` for hyperbolic waves, that belong to the wave.
fn binomial_terms(wave: Wave, sine: &Expr, cosine: &Expr, n: u64) -> Expr {
    let mut sum = SumBuilder::new();
    let mut binomial = Integer::ONE;
    for k in 0..=n {
        if (k % 2 == 1) == wave.sine {
            let sign = if !wave.hyperbolic && (k / 2) % 2 == 1 { -1 } else { 1 };
            let term = cosine.powi((n - k) as i64) * sine.powi(k as i64);
            sum.add_scaled(&term, &Number::from(&binomial * Integer::new(sign)));
        }
        binomial = (binomial * Integer::from(n - k)).div_exact(&Integer::from(k + 1));
    }
    sum.finish()
}

/// `tan(u + v)` and `tan(n*u)` by the tangents; `None` where there is nothing to expand.
fn tangent_of_sum(name: &str, angle: &Expr) -> Option<Expr> {
    let hyperbolic = name == "tanh";
    let sign = Expr::integer(if hyperbolic { 1 } else { -1 });
    let join = |a: Expr, b: Expr| (&a + &b) / (Expr::one() + &sign * a * b);
    terms(angle).iter().map(|part| tangent_of_multiple(name, hyperbolic, part)).reduce(join)
}

/// `tan(n*u)`, as the quotient of what de Moivre's theorem gives over the powers of the cosine.
fn tangent_of_multiple(name: &str, hyperbolic: bool, angle: &Expr) -> Expr {
    let (base, coefficient) = angle.split_coefficient();
    if coefficient.real_sign() == Some(-1) && base.as_number().is_none() {
        return -tangent_of_multiple(name, hyperbolic, &-angle);
    }
    let times = coefficient.to_integer().and_then(|n| n.to_i64());
    match times.filter(|_| !matches!(base.kind(), Kind::Number(_) | Kind::Constant(_))) {
        Some(n @ 2..=20) => {
            let tangent = call(name, &base);
            let part = |sine| binomial_terms(Wave { hyperbolic, sine }, &tangent, &Expr::one(), n as u64);
            part(true) / part(false)
        }
        _ => call(name, angle),
    }
}

/// Products and powers of sines and cosines by sums of sines and cosines of multiple angles.
///
/// # Errors
/// When the budget runs out.
pub fn trig_reduce(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let expanded = expand(expr, budget)?;
    let mut sum = SumBuilder::new();
    for term in terms(&expanded) {
        budget.check()?;
        sum.add(&reduce_term(&term, budget)?);
    }
    Ok(sum.finish())
}

/// A linear combination of waves of one family; the constant is a cosine of 0.
type Combination = Vec<(Wave, Expr, Expr)>;

fn reduce_term(term: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let mut outside = Vec::new();
    let mut families: [Option<Combination>; 2] = [None, None];
    for factor in factors(term) {
        match natural_wave_power(&factor) {
            Some((wave, angle, n)) => {
                let [circular, hyperbolic] = &mut families;
                let family = if wave.hyperbolic { hyperbolic } else { circular };
                for _ in 0..n {
                    budget.check()?;
                    let single = vec![(wave, angle.clone(), Expr::one())];
                    *family = Some(family.take().map_or_else(|| single.clone(), |sum| multiply(&sum, &single)));
                }
            }
            None => outside.push(factor),
        }
    }
    let sums = families
        .into_iter()
        .flatten()
        .map(|family| Expr::sum(family.into_iter().map(|(wave, angle, coefficient)| coefficient * wave.at(&angle))));
    expand(&Expr::product(outside.into_iter().chain(sums)), budget)
}

/// A natural power of a sine or cosine.
fn natural_wave_power(factor: &Expr) -> Option<(Wave, Expr, usize)> {
    let (base, n) = match factor.kind() {
        Kind::Power(base, exponent) => (base, exponent.as_rational()?.to_integer()?.to_usize()?),
        _ => (factor, 1),
    };
    let (name, angle) = unary_call(base)?;
    (n <= LARGEST_MULTIPLE as usize).then_some((wave_of(name)?, angle.clone(), n))
}

/// The product of combinations by the product-to-sum formulas, like waves collected.
fn multiply(left: &Combination, right: &Combination) -> Combination {
    let mut product: Combination = Vec::new();
    let half = Expr::fraction(1, 2);
    for (wave, u, a) in left {
        for (other, v, b) in right {
            let coefficient = a * b * &half;
            let (sum, difference) = (u + v, u - v);
            // cos*cos and sin*sin give cosines, mixed ones sines.
            let result = Wave { sine: wave.sine != other.sine, ..*wave };
            let (plus, minus) = match (wave.sine, other.sine) {
                (false, false) => (1, 1),
                (true, true) if wave.hyperbolic => (1, -1),
                (true, true) => (-1, 1),
                (true, false) => (1, 1),
                (false, true) => (1, -1),
            };
            add_wave(&mut product, result, sum, &coefficient * Expr::integer(plus));
            add_wave(&mut product, result, difference, &coefficient * Expr::integer(minus));
        }
    }
    product
}

/// Adds a wave, its angle brought to the sign that prints first positive, and collected with its like.
fn add_wave(combination: &mut Combination, wave: Wave, angle: Expr, coefficient: Expr) {
    let (angle, coefficient) = if leads_negative(&angle) {
        (-angle, if wave.sine { -coefficient } else { coefficient })
    } else {
        (angle, coefficient)
    };
    if wave.sine && angle.is_zero() {
        return;
    }
    match combination.iter_mut().find(|(own, at, _)| *own == wave && *at == angle) {
        Some((_, _, total)) => *total = &*total + coefficient,
        None => combination.push((wave, angle, coefficient)),
    }
    combination.retain(|(_, _, coefficient)| !coefficient.is_zero());
}

pub(super) fn leads_negative(angle: &Expr) -> bool {
    let leading = match angle.kind() {
        Kind::Sum(sum) => crate::expr::printed_terms(sum).next().map(|term| term.coefficient.clone()),
        _ => Some(angle.split_coefficient().1),
    };
    leading.and_then(|number| number.real_sign()).is_some_and(|sign| sign < 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn x() -> Expr {
        Expr::variable("x")
    }

    #[test]
    fn powers_reduce_to_multiple_angles() {
        let budget = Budget::unlimited();
        let (s, n) = (call("sin", &x()), Expr::integer);
        let reduced = trig_reduce(&s.powi(2), &budget).unwrap();
        assert_eq!(reduced, (n(1) - call("cos", &(n(2) * x()))) / n(2));
        let h = trig_reduce(&call("sinh", &x()).powi(2), &budget);
        assert!(h.is_ok());
    }

    #[test]
    fn sums_and_multiples_expand() {
        let budget = Budget::unlimited();
        let (s, c, n) = (call("sin", &x()), call("cos", &x()), Expr::integer);
        let triple = trig_expand(&call("sin", &(n(3) * x())), &budget).unwrap();
        assert_eq!(triple, n(3) * c.powi(2) * &s - s.powi(3));
        let y = Expr::variable("y");
        let sum = trig_expand(&call("cos", &(x() - &y)), &budget).unwrap();
        assert_eq!(sum, &c * call("cos", &y) + &s * call("sin", &y));
    }

    #[test]
    fn exponentials_and_back() {
        let e = exponentialize(&call("cos", &x()));
        let v = x() * Expr::i();
        assert_eq!(e, (exp(&v) + exp(&-&v)) / Expr::integer(2));
        assert_eq!(demoivre(&exp(&v)), call("cos", &x()) + Expr::i() * call("sin", &x()));
    }
}
