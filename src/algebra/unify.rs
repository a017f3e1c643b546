//! One writing for what may be written in several ways, for the zero test alone: nobody reads what comes out.
//!
//! Each rule holds wherever both sides are defined, under the assumptions that are made: symmetric functions at arguments
//! of one sign, arcus functions by those of sine and tangent, gamma functions at arguments with a constant between 0 and 1
//! and of one reflection (DLMF 5.5), area functions by logarithms (DLMF 4.37), positive factors out of radicals and
//! moduli. Calls of one function whose arguments are shown to be equal become one.

use std::cmp::Ordering;

use super::collect::{factors, terms};
use super::constant::{by_logarithms, is_algebraic};
use super::shorten::{beta_by_gamma, magnitude};
use super::trig::{call, leads_negative, unary_call};
use crate::budget::Budget;
use crate::expr::assume;
use crate::expr::function::{self, Elementary, Parity};
use crate::expr::{Expr, Function, Kind, Reason, Truth};
use crate::number::Rational;
use crate::tape;

/// Gammas further away are not brought near.
const FURTHEST: i64 = 60;
/// Deeper arguments are not compared.
const DEEPEST: usize = 16;
/// More pairs of arguments are not compared.
const MOST_PAIRS: usize = 60;

/// The expression with the calls and radicals in it written in one way.
///
/// # Errors
/// When the budget runs out.
pub(super) fn unified(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let written = opened(expr);
    let mut calls = Calls { budget, seen: Vec::new(), pairs: 0, failure: None };
    let joined = written.rewrite(|_| None, |node| calls.joined(&node).unwrap_or(node));
    calls.failure.map_or(Ok(joined), Err)
}

/// A node in its one writing; `None` where it is that already.
fn written(node: &Expr) -> Option<Expr> {
    if let Kind::Power(base, exponent) = node.kind() {
        return match exponent.as_rational() {
            Some(q) if !q.is_integer() => radical(base, q),
            Some(q) if q.numerator().to_i64().is_some_and(|n| n % 2 == 0) => {
                let inner = base.argument_of(&function::ABS)?;
                assume::is_real(inner).is_yes().then(|| inner.power(exponent))
            }
            _ => None,
        };
    }
    let (called, arguments) = node.as_call()?;
    let Function::Elementary(record) = called else { return None };
    match (record.name, arguments) {
        ("factorial", [n]) => Some(gamma(&(n + Expr::one()))),
        ("binomial", [n, k]) => Some(binomial(n, k)),
        ("beta", [_, _]) => Some(opened(&beta_by_gamma(node)?)),
        ("gamma", [u]) => Some(gamma(u)).filter(|found| found != node),
        ("abs", [u]) => match sign(u) {
            Some(order) => Some(if order == Ordering::Less { -u } else { u.clone() }),
            None => magnitude(node).or_else(|| symmetric(record, u)),
        },
        ("log", [u]) => logarithm(u),
        ("arctan", [u]) => turned(record, u),
        ("arcsinh" | "arccosh" | "arctanh" | "arccoth" | "arcsech" | "arccsch", [u]) => {
            let held = |of: &Expr| Expr::held(Function::Elementary(&function::LOG), vec![of.clone()]);
            let terms = by_logarithms(record.name, u)?;
            Some(Expr::sum(terms.iter().map(|(times, of)| times * logarithm(of).unwrap_or_else(|| held(of)))))
        }
        ("arccos", [u]) => Some(Expr::pi() / Expr::integer(2) - by_symmetry(&function::ARCSIN, u)),
        ("arcsec", [u]) => Some(Expr::pi() / Expr::integer(2) - by_symmetry(&function::ARCSIN, &u.recip())),
        ("arccsc", [u]) => Some(by_symmetry(&function::ARCSIN, &u.recip())),
        ("arccot", [u]) => {
            let inverse = u.recip();
            Some(turned(&function::ARCTAN, &inverse).unwrap_or_else(|| Expr::apply(&function::ARCTAN, &inverse)))
        }
        (_, [u]) => symmetric(record, u),
        _ => None,
    }
}

fn opened(expr: &Expr) -> Expr {
    expr.rewrite(|_| None, |node| written(&node).unwrap_or(node))
}

/// A function of an argument, by the one that does not begin with a minus where it has a symmetry.
fn by_symmetry(record: &'static Elementary, argument: &Expr) -> Expr {
    symmetric(record, argument).unwrap_or_else(|| Expr::apply(record, argument))
}

/// An even or odd function at the argument that does not begin with a minus.
fn symmetric(record: &'static Elementary, argument: &Expr) -> Option<Expr> {
    if record.parity == Parity::None || !leads_negative(argument) {
        return None;
    }
    let value = Expr::call(Function::Elementary(record), vec![-argument]);
    Some(if record.parity == Parity::Odd { -value } else { value })
}

/// `arctan(1/u)` as `pi/2 - arctan(u)` for positive `u`; which of the two arguments stays is arbitrary, but always the same.
fn turned(record: &'static Elementary, argument: &Expr) -> Option<Expr> {
    let inverse = argument.recip();
    if is_algebraic(argument) || argument.stable_hash() <= inverse.stable_hash() {
        return symmetric(record, argument);
    }
    let half = match sign(argument)? {
        Ordering::Less => Expr::fraction(-1, 2),
        Ordering::Equal => return None,
        Ordering::Greater => Expr::fraction(1, 2),
    };
    Some(Expr::pi() * half - call("arctan", &inverse))
}

/// The sign of what is real, constants by their enclosures.
fn sign(expr: &Expr) -> Option<Ordering> {
    assume::sign(expr).or_else(|| expr.is_constant().then(|| tape::sign_by_ball(expr)).flatten())
}

/// The gamma function with the constant of its argument brought between zero and one, and of `u` and `1 - u` always the
/// same.
fn gamma(argument: &Expr) -> Expr {
    let constant = match argument.kind() {
        Kind::Sum(sum) => sum.constant().as_rational().cloned(),
        _ => argument.as_rational().cloned(),
    };
    let constant = constant.unwrap_or(Rational::ZERO);
    let rest = argument - Expr::number(constant.clone());
    if rest.is_zero() && constant.is_integer() {
        return call("gamma", argument);
    }
    let far = if rest.is_zero() { constant > Rational::HALF } else { leads_negative(&rest) };
    let sine = call("sin", &(Expr::pi() * argument));
    // At integers both sides of the reflection have poles.
    if far && !sine.is_zero() {
        return Expr::pi() / (sine * gamma(&(Expr::one() - argument)));
    }
    let Some(steps) = constant.floor().to_i64().filter(|steps| steps.abs() <= FURTHEST) else {
        return call("gamma", argument);
    };
    let base = argument - Expr::integer(steps);
    let shifted = |from: i64, to: i64| Expr::product((from..to).map(|k| &base + Expr::integer(k)));
    call("gamma", &base) * shifted(0, steps) / shifted(steps, 0)
}

/// A binomial by products where the lower argument is a number, else by gammas.
fn binomial(n: &Expr, k: &Expr) -> Expr {
    match k.to_i64().filter(|k| (0..=FURTHEST).contains(k)) {
        Some(k) => Expr::product((0..k).map(|j| (n - Expr::integer(j)) / Expr::integer(j + 1))),
        None => gamma(&(n + Expr::one())) / (gamma(&(k + Expr::one())) * gamma(&(n - k + Expr::one()))),
    }
}

/// The logarithm of a product by those of its positive factors and of what is left.
fn logarithm(argument: &Expr) -> Option<Expr> {
    let parts = without_content(argument)?;
    let (outside, inside): (Vec<Expr>, Vec<Expr>) =
        parts.into_iter().partition(|part| sign(part) == Some(Ordering::Greater));
    let rest = (!inside.is_empty()).then(|| function::log(&Expr::product(inside)));
    (!outside.is_empty()).then(|| Expr::sum(outside.iter().map(function::log).chain(rest)))
}

/// The factors of a product, and those of a sum: its rational content and what is left. `None` where there is only one.
fn without_content(expr: &Expr) -> Option<Vec<Expr>> {
    match expr.kind() {
        Kind::Product(product) => {
            Some(product.parts().flat_map(|part| without_content(&part).unwrap_or(vec![part])).collect())
        }
        Kind::Sum(sum) => {
            let first = sum.terms().first()?.coefficient.as_rational()?.abs();
            let primitive =
                |content: &Rational| Some(vec![Expr::number(content.clone()), expr.scale(&content.recip()?.into())]);
            if first.is_one() { None } else { primitive(&first) }
        }
        _ => None,
    }
}

/// `sqrt(p + q)` as `sqrt(t) + sqrt(p - t)` for a positive number `t` with `q = 2*sqrt(t)*sqrt(p - t)`: both have no negative
/// real part, and the sum none but zero.
fn denested(base: &Expr) -> Option<Expr> {
    let Kind::Sum(sum) = base.kind() else { return None };
    let is_root = |part: &Expr| {
        factors(part)
            .iter()
            .any(|factor| matches!(factor.kind(), Kind::Power(_, q) if q.as_rational() == Some(&Rational::HALF)))
    };
    sum.parts().filter(is_root).find_map(|root| {
        let rest = base - &root;
        let square = root.powi(2);
        let (leading, coefficient) = terms(&rest).into_iter().find(|term| !term.is_constant())?.split_coefficient();
        let (_, matching) =
            terms(&square).into_iter().map(|term| term.split_coefficient()).find(|(own, _)| *own == leading)?;
        let t = Expr::number(matching) / (Expr::number(coefficient) * Expr::integer(4));
        let other = (&rest - &t).sqrt();
        let root_of_t = t.as_rational().filter(|t| t.signum() > 0).map(|_| t.sqrt())?;
        (&root_of_t * &other * Expr::integer(2) == root).then(|| root_of_t + other)
    })
}

/// A radical without positive factors, and without even powers of what is real.
fn radical(base: &Expr, q: &Rational) -> Option<Expr> {
    if let Some(times) = (q * &Rational::from(2)).to_i64()
        && let Some(root) = denested(base)
    {
        return Some(root.powi(times));
    }
    let Some(parts) = without_content(base) else { return out_of_radical(base, q) };
    let (mut outside, mut inside) = (Vec::new(), Vec::new());
    for part in parts {
        match out_of_radical(&part, q) {
            Some(root) => outside.push(root),
            None if sign(&part) == Some(Ordering::Greater) => outside.push(part.power_rational(q)),
            None => inside.push(part),
        }
    }
    (!outside.is_empty()).then(|| Expr::product(outside.into_iter().chain([Expr::product(inside).power_rational(q)])))
}

/// The root of a real number's even power, of a positive number's power, and of an exponential of what is real.
fn out_of_radical(part: &Expr, q: &Rational) -> Option<Expr> {
    if let Some(exponent) = part.exp_argument() {
        return assume::is_real(exponent).is_yes().then(|| function::exp(&(exponent * Expr::number(q.clone()))));
    }
    let Kind::Power(base, exponent) = part.kind() else { return None };
    let exponent_of_root = exponent * Expr::number(q.clone());
    if sign(base) == Some(Ordering::Greater) && assume::is_real(exponent).is_yes() {
        return Some(base.power(&exponent_of_root));
    }
    let is_even = exponent.to_i64().is_some_and(|n| n % 2 == 0);
    (is_even && assume::is_real(base).is_yes()).then(|| opened(&function::abs(base)).power(&exponent_of_root))
}

/// The calls, radicals and exponentials met so far.
struct Calls<'a> {
    budget: &'a Budget,
    seen: Vec<Expr>,
    pairs: usize,
    failure: Option<Reason>,
}

impl Calls<'_> {
    /// An earlier node of the same kind whose argument is shown to be equal.
    fn joined(&mut self, node: &Expr) -> Option<Expr> {
        let own = argument(node)?.clone();
        if own.depth() > DEEPEST || self.failure.is_some() || self.seen.contains(node) {
            return None;
        }
        for place in 0..self.seen.len() {
            let known = self.seen.get(place)?.clone();
            let Some(other) = argument(&known).filter(|_| is_same_call(&known, node)) else { continue };
            self.pairs += 1;
            if self.pairs > MOST_PAIRS {
                return None;
            }
            match super::is_zero(&(&own - other), self.budget) {
                Ok(Truth::Yes) => return Some(known),
                Ok(_) => {}
                Err(reason) => {
                    self.failure = reason.is_stopped().then_some(reason);
                    return None;
                }
            }
        }
        self.seen.push(node.clone());
        None
    }
}

/// What a call of one argument, a radical or an exponential is applied to.
fn argument(node: &Expr) -> Option<&Expr> {
    let inner = match node.kind() {
        Kind::Power(base, exponent) if exponent.as_rational().is_some_and(|q| !q.is_integer()) => base,
        Kind::Power(base, exponent) if base.as_rational().is_some() => exponent,
        _ => unary_call(node)?.1,
    };
    inner.as_symbol().is_none().then_some(inner)
}

/// Do two nodes differ in their arguments alone?
fn is_same_call(one: &Expr, other: &Expr) -> bool {
    match (one.kind(), other.kind()) {
        (Kind::Power(_, p), Kind::Power(_, q)) if p.as_rational().is_some() => p == q,
        (Kind::Power(a, _), Kind::Power(b, q)) => a == b && q.as_rational().is_none(),
        (Kind::Call(f, _), Kind::Call(g, _)) => f == g,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::algebra::is_zero;
    use crate::budget::Budget;
    use crate::expr::Truth;
    use crate::expr::assume::{Fact, with_facts};

    fn check(facts: &[&str], zero: &[&str], other: &[&str]) {
        let read = |source: &str| crate::expr::read(source).unwrap();
        let facts: Vec<Fact> = facts.iter().map(|fact| Fact::Holds(read(fact))).collect();
        let truth = |source: &str| is_zero(&read(source), &Budget::unlimited()).unwrap();
        with_facts(facts, || {
            for source in zero {
                assert_eq!(truth(source), Truth::Yes, "{source}");
            }
            for source in other {
                assert_ne!(truth(source), Truth::Yes, "{source}");
            }
        });
    }

    fn is_same(left: &str, right: &str) -> String {
        let read = |source: &str| crate::expr::read(source).unwrap();
        crate::print::text(&(read(left) - read(right)))
    }

    #[test]
    fn calls_are_brought_to_one_writing() {
        let gammas = is_same("gamma(x + 2)/gamma(x)", "x*(x + 1)");
        let reflected = is_same("gamma(1/10)*gamma(9/10)", "pi/sin(pi/10)");
        let odd = is_same("erf(y - x)", "-erf(x - y)");
        let turned = is_same("sin(x + pi/4)", "(sin(x) + cos(x))/sqrt(2)");
        let area = is_same("arcsinh(2*x)", "log(2*x + sqrt(4*x^2 + 1))");
        let nested = is_same("exp(sqrt(5 + 2*sqrt(6)))", "exp(sqrt(2) + sqrt(3))");
        let zero = [&gammas, &reflected, &odd, &turned, &area, &nested].map(String::as_str);
        check(&[], &zero, &["sqrt(x*y) - sqrt(x)*sqrt(y)", "arctan(x) + arctan(1/x) - pi/2", "erf(-x) - erf(x)"]);
    }

    #[test]
    fn gammas_of_integers_are_not_reflected() {
        let n = crate::expr::Symbol::new("n");
        let same = crate::expr::read(&is_same("gamma(2 - n)", "(1 - n)*gamma(1 - n)")).unwrap();
        let facts = vec![Fact::In(n, crate::expr::assume::Domain::Integer)];
        with_facts(facts, || assert_eq!(is_zero(&same, &Budget::unlimited()), Ok(Truth::Yes)));
    }

    #[test]
    fn positive_factors_leave_radicals_and_logarithms() {
        let roots = is_same("sqrt(x^2*y)", "x*sqrt(y)");
        let split = is_same("sqrt(x*y)", "sqrt(x)*sqrt(y)");
        let arcs = is_same("arctan(x) + arctan(1/x)", "pi/2");
        let denested = is_same("sqrt(x + 1 + 2*sqrt(x))", "sqrt(x) + 1");
        check(&["x > 0", "y > 0"], &[&roots, &split, &arcs, &denested], &["sqrt(x^2*y) + x*sqrt(y)"]);
        let constant = is_same("log(pi) + log(sin(4*pi/9))", "log(pi*sin(4*pi/9))");
        check(&[], &[&constant], &["log(x) + log(y) - log(x*y)"]);
    }
}
