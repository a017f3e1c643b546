//! Expansions in which powers of the small variable stand whose exponents are no numbers, as in `x^a*exp(x)`.
//!
//! The function is cut into a sum of such powers times functions that have expansions of their own:
//! `x^a*sin(x)^b` is `x^(a + b)` times `(sin(x)/x)^b`. That holds for a small positive variable. Bessel functions and incomplete
//! gamma functions with a symbol for their order are such sums at zero (NIST Digital Library of Mathematical Functions,
//! 10.2.2, 10.25.2, 8.7.3): their power series is cut off, and a symbol stands for what is left, so that a coefficient in which
//! it occurs is seen not to be known.

use super::sided::{Expansion, assumed_side, expansion};
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Function, Kind, Reason, Relation, Symbol, Truth, assume, function};
use crate::number::{Integer, Number, Rational};
use crate::tape::series::{Approach, Side, leading_term};

/// Nests of powers deeper than this are refused.
const MOST_NESTED: usize = 40;
/// Sums are multiplied out up to this power.
const GREATEST_POWER: i64 = 12;
/// How often more terms of a power series are taken when too few were.
const ATTEMPTS: u32 = 6;
/// Functions of an order and an argument, with a power of that order at zero.
const ORDERED: [&str; 4] = ["bessel_J", "bessel_I", "gamma", "exp_integral_e"];
const MIXED: Reason = Reason::Unsupported("a power of the variable whose exponent is no rational number");

/// A power of the small variable with a symbolic exponent, times a function with an expansion.
#[derive(Clone, Debug)]
pub struct Family {
    /// The exponent; zero for what has an expansion by itself.
    pub exponent: Expr,
    /// The expansion of the rest.
    pub expansion: Expansion,
}

impl Family {
    /// The power of the small variable, written in the variable.
    pub fn power(&self, variable: Symbol, approach: &Approach) -> Expr {
        let small = approach.small(&Expr::symbol(variable));
        match approach.point.kind() {
            Kind::Infinity(_) => small.recip().power(&-&self.exponent),
            _ => small.power(&self.exponent),
        }
    }
}

/// The expansion of a sum of powers with symbolic exponents times functions, each with its terms of an exponent below
/// `order`; `None` when no such power occurs.
///
/// # Errors
/// `Unknown` with the fact that is missing, `Unsupported` where the function is no such sum; those of `expansion`.
pub fn families(
    expr: &Expr,
    variable: Symbol,
    approach: &Approach,
    order: usize,
    budget: &Budget,
) -> Result<Option<Vec<Family>>, Reason> {
    if !expr.shared_nodes().any(|node| may_be_cut(&node, variable)) {
        return Ok(None);
    }
    let assumed = assumed_side(variable, &approach.point);
    let right_only = !approach.is_one_sided() && assumed.is_none();
    let side = if approach.is_one_sided() { Some(approach.side) } else { assumed };
    let side = if side == Some(Side::Left) { Side::Left } else { Side::Right };
    let approach = Approach::one_sided(&approach.point, side);
    let small = approach.small(&Expr::symbol(variable));
    for attempt in 0..ATTEMPTS {
        let terms = (order + 2) << attempt;
        let split = Split { variable, approach: &approach, small: &small, terms, budget };
        let parts = split.parts(expr, 0)?;
        if matches!(parts.as_slice(), [only] if only.rest == *expr) {
            return Ok(None);
        }
        let mut all = Vec::new();
        for part in parts {
            let expansion = expansion(&part.rest, variable, &approach, order, budget)?;
            all.push(Family { exponent: part.exponent, expansion: Expansion { right_only, ..expansion } });
        }
        let limit = Rational::from(order as i64);
        let is_known = |family: &Family| {
            family.expansion.series.terms().all(|(exponent, c)| exponent >= limit || !c.has_symbol(rest_symbol()))
        };
        if all.iter().all(is_known) {
            return Ok(Some(all));
        }
    }
    Err(Reason::Unsupported("leading terms that cancel without end"))
}

/// Is it a node that can be cut: such a power, a logarithm, or a function of an order?
fn may_be_cut(node: &Expr, variable: Symbol) -> bool {
    match node.kind() {
        Kind::Power(base, exponent) => base.has_symbol(variable) && exponent.as_rational().is_none(),
        Kind::Call(called, arguments) => match arguments.as_ref() {
            [order, _] => ORDERED.contains(&called.name()) && !order.is_constant(),
            _ => called.is(&function::LOG),
        },
        _ => false,
    }
}

/// What is left of a power series that was cut off.
fn rest_symbol() -> Symbol {
    Symbol::new("the rest of a series")
}

#[derive(Clone)]
struct Part {
    exponent: Expr,
    rest: Expr,
}

impl Part {
    /// Asks for a real exponent, with which the power of the variable is positive.
    fn is_positive(&self) -> Result<(), Reason> {
        let known = if self.exponent.is_zero() { Truth::Yes } else { assume::is_real(&self.exponent) };
        require(known, || Expr::relation(Relation::Equal, function::imag_part(&self.exponent), Expr::zero()))
    }
}

/// Cuts an expression into parts.
struct Split<'a> {
    variable: Symbol,
    /// From one side.
    approach: &'a Approach,
    small: &'a Expr,
    /// How many terms of power series are taken.
    terms: usize,
    budget: &'a Budget,
}

impl Split<'_> {
    fn parts(&self, expr: &Expr, depth: usize) -> Result<Vec<Part>, Reason> {
        self.budget.check()?;
        if depth > MOST_NESTED {
            return Err(Reason::Unsupported("a deep nest of powers"));
        }
        if !expr.has_symbol(self.variable) {
            return Ok(plain(expr));
        }
        match expr.kind() {
            Kind::Sum(sum) => {
                let mut all = Vec::new();
                for term in sum.parts() {
                    all.extend(self.parts(&term, depth + 1)?);
                }
                self.collected(all)
            }
            Kind::Product(product) => {
                let mut all = plain(&Expr::number(product.coefficient().clone()));
                for factor in product.factors() {
                    let base = self.parts(&factor.base, depth + 1)?;
                    let raised = self.raised(base, &Expr::number(factor.exponent.clone()))?;
                    all = self.multiplied(&all, &raised)?;
                }
                Ok(all)
            }
            Kind::Power(base, exponent) if !exponent.has_symbol(self.variable) => {
                self.raised(self.parts(base, depth + 1)?, exponent)
            }
            Kind::Call(called, arguments) => match (expr.exp_argument(), called, arguments.as_ref()) {
                (Some(argument), ..) => self.exponential(argument, depth + 1),
                (_, called, [inside]) if called.is(&function::LOG) => match self.parts(inside, depth + 1)?.as_slice() {
                    [only] => {
                        only.is_positive()?;
                        Ok(plain(&(function::log(&only.rest) + &only.exponent * function::log(self.small))))
                    }
                    _ => Err(MIXED),
                },
                (None, Function::Elementary(record), [order, u]) if !order.has_symbol(self.variable) => {
                    match self.of_order(record.name, order, u, depth + 1)? {
                        Some(parts) => Ok(parts),
                        None => self.whole(expr, depth),
                    }
                }
                _ => self.whole(expr, depth),
            },
            _ => self.whole(expr, depth),
        }
    }

    /// The expression as it is, if no such powers stand in it.
    fn whole(&self, expr: &Expr, depth: usize) -> Result<Vec<Part>, Reason> {
        for child in expr.stored_children() {
            if self.parts(&child, depth + 1)?.iter().any(|part| !part.exponent.is_zero()) {
                return Err(MIXED);
            }
        }
        Ok(plain(expr))
    }

    /// Parts of the same exponent in one; numbers in exponents stay with the function.
    fn collected(&self, parts: Vec<Part>) -> Result<Vec<Part>, Reason> {
        let mut all: Vec<Part> = Vec::new();
        for Part { exponent, mut rest } in parts {
            let mut exponent = algebra::expand(&exponent, self.budget)?;
            if let Kind::Sum(sum) = exponent.kind()
                && let Some(number) = Expr::number(sum.constant().clone()).as_rational()
            {
                rest = rest * self.small.power_rational(number);
                exponent = &exponent - Expr::number(number.clone());
            }
            match all.iter_mut().find(|own| own.exponent == exponent) {
                Some(own) => own.rest = &own.rest + rest,
                None => all.push(Part { exponent, rest }),
            }
        }
        Ok(all)
    }

    fn multiplied(&self, one: &[Part], other: &[Part]) -> Result<Vec<Part>, Reason> {
        let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
        let product = |(a, b): (&Part, &Part)| Part { exponent: &a.exponent + &b.exponent, rest: &a.rest * &b.rest };
        self.collected(pairs.map(product).collect())
    }

    /// A power whose exponent does not vary.
    fn raised(&self, parts: Vec<Part>, exponent: &Expr) -> Result<Vec<Part>, Reason> {
        match (parts.as_slice(), exponent.to_i64()) {
            (_, Some(1)) => Ok(parts),
            ([only], _) => Ok(vec![self.power(only, exponent)?]),
            (_, Some(n @ 0..=GREATEST_POWER)) => {
                (0..n).try_fold(plain(&Expr::one()), |product, _| self.multiplied(&product, &parts))
            }
            _ => Err(MIXED),
        }
    }

    /// A power of one part, with the leading power of its function taken out where the exponent is no number.
    fn power(&self, part: &Part, exponent: &Expr) -> Result<Part, Reason> {
        if exponent.to_i64().is_none() {
            part.is_positive()?;
        }
        let taken = &part.exponent * exponent;
        if exponent.as_rational().is_some() {
            return Ok(Part { exponent: taken, rest: part.rest.power(exponent) });
        }
        let order = match part.rest.has_symbol(self.variable) {
            true => self.order(&part.rest)?,
            false => Rational::ZERO,
        };
        if order.is_zero() {
            return Ok(Part { exponent: taken, rest: part.rest.power(exponent) });
        }
        let left = algebra::expand(&(&part.rest * self.small.power_rational(&-&order)), self.budget)?;
        Ok(Part { exponent: taken + exponent.scale(&Number::from(order)), rest: left.power(exponent) })
    }

    /// The exponent of the leading term.
    fn order(&self, expr: &Expr) -> Result<Rational, Reason> {
        let leading = super::with_hooks(self.budget, |hooks| leading_term(expr, self.variable, self.approach, hooks))?;
        match leading {
            Some((order, c)) if !c.has_symbol(crate::tape::series::small_symbol()) => Ok(order),
            Some(_) => Err(Reason::Unsupported("a power of a logarithm")),
            None => Err(Reason::Unsupported("a power of zero")),
        }
    }

    /// `exp(c*log(v) + ...)` as `v^c` times the rest.
    fn exponential(&self, argument: &Expr, depth: usize) -> Result<Vec<Part>, Reason> {
        let argument = algebra::expand(argument, self.budget)?;
        let terms: Vec<Expr> = match argument.kind() {
            Kind::Sum(sum) => sum.parts().collect(),
            _ => vec![argument.clone()],
        };
        let (mut product, mut rest) = (plain(&Expr::one()), Vec::new());
        for term in terms {
            match self.logarithm(&term) {
                Some((scale, inside)) => {
                    let power = self.raised(self.parts(&inside, depth + 1)?, &scale)?;
                    product = self.multiplied(&product, &power)?;
                }
                None => rest.push(term),
            }
        }
        let rest = self.whole(&function::exp(&Expr::sum(rest)), depth)?;
        self.multiplied(&product, &rest)
    }

    /// `c` and `v` for `c*log(v)` with a constant `c`.
    fn logarithm(&self, term: &Expr) -> Option<(Expr, Expr)> {
        let factors: Vec<Expr> = match term.kind() {
            Kind::Product(product) => product.parts().collect(),
            _ => vec![term.clone()],
        };
        let (varying, fixed): (Vec<Expr>, Vec<Expr>) = factors.into_iter().partition(|e| e.has_symbol(self.variable));
        match varying.as_slice() {
            [only] => Some((Expr::product(fixed), only.argument_of(&function::LOG)?.clone())),
            _ => None,
        }
    }

    /// A function with a symbol for its order, of an argument that tends to zero; `None` for others.
    fn of_order(&self, name: &str, order: &Expr, u: &Expr, depth: usize) -> Result<Option<Vec<Part>>, Reason> {
        if !ORDERED.contains(&name) || order.is_constant() || self.order(u)?.signum() <= 0 {
            return Ok(None);
        }
        Ok(Some(match name {
            "bessel_J" | "bessel_I" => {
                no_pole(order, 1)?;
                let sign = if name == "bessel_J" { -1 } else { 1 };
                let half = u * Expr::fraction(1, 2);
                let term = |k: i64| {
                    let below = factorial(k) * gamma(&(order + Expr::integer(k + 1)))?;
                    Some(Expr::integer(if k % 2 == 1 { sign } else { 1 }) / below)
                };
                let body = self.cut_off(&half.powi(2), term)?;
                let power = self.raised(plain(u), order)?;
                self.multiplied(&self.multiplied(&plain(&Expr::integer(2).power(&-order)), &power)?, &body)?
            }
            "gamma" => {
                no_pole(order, 0)?;
                let term = |k: i64| {
                    let sign = Expr::integer(if k % 2 == 1 { 1 } else { -1 });
                    Some(sign / (factorial(k) * (order + Expr::integer(k))))
                };
                let lower = self.multiplied(&self.raised(plain(u), order)?, &self.cut_off(u, term)?)?;
                self.collected([plain(&gamma(order).ok_or(MIXED)?), lower].concat())?
            }
            _ => {
                let above = order - Expr::one();
                let upper = function::apply("gamma", &[-&above, u.clone()]).ok_or(MIXED)?;
                self.parts(&(u.power(&above) * upper), depth)?
            }
        }))
    }

    /// A power series in `v`, up to some term, with a symbol times a power for the rest.
    fn cut_off(&self, v: &Expr, term: impl Fn(i64) -> Option<Expr>) -> Result<Vec<Part>, Reason> {
        let last = self.terms as i64;
        let rest = Expr::symbol(rest_symbol()) * v.powi(last);
        let terms = (0..last).map(|k| Some(term(k)? * v.powi(k))).collect::<Option<Vec<_>>>().ok_or(MIXED)?;
        Ok(plain(&(Expr::sum(terms) + rest)))
    }
}

fn plain(expr: &Expr) -> Vec<Part> {
    vec![Part { exponent: Expr::zero(), rest: expr.clone() }]
}

fn gamma(x: &Expr) -> Option<Expr> {
    function::apply("gamma", std::slice::from_ref(x))
}

fn factorial(n: i64) -> Expr {
    Expr::number(Number::from(Rational::from((1..=n).fold(Integer::ONE, |product, k| &product * &Integer::new(k)))))
}

/// Nothing, or the fact that is missing.
fn require(truth: Truth, fact: impl FnOnce() -> Expr) -> Result<(), Reason> {
    if truth.is_yes() { Ok(()) } else { Err(Reason::Unknown(fact())) }
}

/// Is `gamma` finite so many steps to the right of an order, and all the way from there?
fn no_pole(order: &Expr, steps: i64) -> Result<(), Reason> {
    let positive = assume::decide(Relation::Greater, order, &Expr::integer(-steps));
    let known = if assume::is_integer(order).is_no() { Truth::Yes } else { positive };
    require(known, || Expr::relation(Relation::Greater, order.clone(), Expr::integer(-steps)))
}
