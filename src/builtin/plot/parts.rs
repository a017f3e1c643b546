//! The parts of an implicit curve: factors that vanish one by one, and what must not vanish.

use std::rc::Rc;

use super::source::{self, Field};
use crate::algebra;
use crate::calculus::diff;
use crate::diagnostic::Fault;
use crate::expr::function::{cos, sin};
use crate::expr::{Expr, Kind};
use crate::figure::function::Plane;
use crate::figure::primitive::Where;
use crate::number::Rational;
use crate::runtime::call::Call;

/// Functions that vanish where their argument does and nowhere else, and those that do where it is 1.
const ZERO_AT_ZERO: [&str; 9] = ["abs", "sgn", "arcsin", "arctan", "sinh", "tanh", "arcsinh", "arctanh", "erf"];
const ZERO_AT_ONE: [&str; 3] = ["log", "arccos", "arccosh"];

/// What is zero exactly where an expression is, without the moduli, roots and powers around it.
pub(super) fn peeled(expr: &Expr) -> Expr {
    let mut at = expr.clone();
    loop {
        at = match at.kind() {
            Kind::Call(function, arguments) if arguments.len() == 1 && ZERO_AT_ZERO.contains(&function.name()) => {
                arguments[0].clone()
            }
            Kind::Call(function, arguments) if arguments.len() == 1 && ZERO_AT_ONE.contains(&function.name()) => {
                &arguments[0] - &Expr::one()
            }
            Kind::Product(product) => match product.factors() {
                [only] if !only.exponent.is_negative() => only.base.clone(),
                _ => return at,
            },
            Kind::Power(base, exponent) if exponent.as_rational().is_some_and(|n| !n.is_negative()) => base.clone(),
            _ => return at,
        };
    }
}

/// The square-free factors whose curves together are that of the expression: of a quotient those of its numerator that leave it defined.
/// Other products fall into what their factors and the roots in them say; the expression itself where nothing of it is known.
pub(super) fn factors(field: &Field, poles: &[Expr], call: &Call<'_>) -> Result<Vec<Plane>, Fault> {
    let budget = call.budget();
    let whole = |call: &Call<'_>| field.plane(call).map(|plane| vec![plane]);
    let (above, _) = algebra::numerator_denominator(&field.expr, budget)?;
    if !is_polynomial(&above, field) {
        let mut parts = products(field, call)?;
        parts.extend(rims(field, call)?);
        return Ok(parts);
    }
    let split = |expr: &Expr| -> Result<Vec<Expr>, Fault> {
        match algebra::factor_list(expr, budget) {
            Ok((_, split)) => {
                Ok(split.into_iter().filter(|(part, _)| !part.is_constant()).map(|(part, _)| part).collect())
            }
            Err(reason) if reason.is_stopped() => Err(Fault::from(reason)),
            Err(_) => Ok(vec![expr.clone()]),
        }
    };
    let mut missing = Vec::new();
    for pole in poles {
        missing.extend(split(pole)?);
    }
    let is_missing = |part: &Expr| missing.iter().any(|own| own == part || *own == -part);
    let parts = split(&above)?;
    if poles.is_empty() && parts.len() == 1 && parts[0] == above {
        return whole(call);
    }
    let curves = parts.iter().filter(|part| is_polynomial(part, field) && !is_missing(part));
    let planes: Vec<Plane> =
        curves.map(|part| source::plane_of(part, field.variables, call)).collect::<Result<_, _>>()?;
    if parts.is_empty() { whole(call) } else { Ok(planes) }
}

/// Functions that are zero nowhere.
const NEVER_ZERO: [&str; 4] = ["gamma", "factorial", "cosh", "sech"];

/// The factors of a product, each where the others are defined; an expression that is none is its own factor.
fn products(field: &Field, call: &Call<'_>) -> Result<Vec<Plane>, Fault> {
    let Kind::Product(product) = field.expr.kind() else { return Ok(vec![field.plane(call)?]) };
    let varies = |expr: &Expr| field.variables.iter().any(|variable| expr.has_symbol(*variable));
    let all: Vec<Expr> = product.factors().iter().map(|factor| factor.to_expr()).filter(|own| varies(own)).collect();
    if all.len() < 2 {
        return Ok(vec![field.plane(call)?]);
    }
    let mut planes = Vec::new();
    for (at, (own, factor)) in all.iter().zip(product.factors().iter().filter(|own| varies(&own.to_expr()))).enumerate()
    {
        let is_exponential = factor.base.is_constant();
        let is_never =
            |expr: &Expr| matches!(expr.kind(), Kind::Call(function, _) if NEVER_ZERO.contains(&function.name()));
        if factor.exponent.is_negative() || is_exponential || is_never(&factor.base) {
            continue;
        }
        let others = all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other.clone());
        let defined = source::plane_of(&Expr::product(others), field.variables, call)?;
        let function = source::plane_of(&peeled(own), field.variables, call)?;
        planes.push(Rc::new(Where { function, defined }) as Plane);
    }
    Ok(planes)
}

/// The radicands in an expression: bases of roots of even order.
fn radicands(expr: &Expr, field: &Field) -> Vec<Expr> {
    let mut found = Vec::new();
    let mut add = |base: &Expr, exponent: &Rational| {
        let is_root = exponent.to_integer().is_none() && !exponent.is_negative();
        if is_root && !base.is_constant() && is_polynomial(base, field) && !found.contains(base) {
            found.push(base.clone());
        }
    };
    for node in expr.shared_nodes() {
        match node.kind() {
            Kind::Product(product) => product.factors().iter().for_each(|factor| add(&factor.base, &factor.exponent)),
            Kind::Power(base, exponent) => exponent.as_rational().into_iter().for_each(|exponent| add(base, exponent)),
            _ => {}
        }
    }
    found
}

/// Curves at the edge of the domain: lines on which a radicand is zero, and the sum of all with it.
fn rims(field: &Field, call: &Call<'_>) -> Result<Vec<Plane>, Fault> {
    let Kind::Sum(_) = field.expr.kind() else { return Ok(Vec::new()) };
    let budget = call.budget();
    let all = radicands(&field.expr, field);
    let mut lines: Vec<Expr> = Vec::new();
    let mut planes = Vec::new();
    for radicand in &all {
        let variable = field
            .variables
            .into_iter()
            .find(|v| diff(radicand, *v, budget).is_ok_and(|slope| slope.as_rational().is_some_and(|n| !n.is_zero())));
        let Some(variable) = variable else { continue };
        let slope = diff(radicand, variable, budget)?;
        let point = algebra::expand(&(Expr::symbol(variable) - radicand / &slope), budget)?;
        let at = [(Expr::symbol(variable), point)];
        let on_line = |expr: &Expr| algebra::expand(&expr.substitute(&at), budget);
        let is_known = lines.iter().any(|line| (line / radicand).is_constant());
        if is_known || !on_line(&field.expr)?.is_zero() {
            continue;
        }
        let mut others = Vec::new();
        for other in &all {
            if !on_line(other)?.is_zero() {
                others.push(other.sqrt());
            }
        }
        lines.push(radicand.clone());
        let defined = source::plane_of(&Expr::product(others), field.variables, call)?;
        planes.push(Rc::new(Where { function: source::plane_of(radicand, field.variables, call)?, defined }) as Plane);
    }
    Ok(planes)
}

/// What must not vanish for an expression to be defined: all that stands below a fraction line.
pub(super) fn poles(field: &Field) -> Vec<Expr> {
    let mut found: Vec<Expr> = Vec::new();
    let mut add = |base: &Expr| {
        let varies = field.variables.iter().any(|variable| base.has_symbol(*variable));
        if varies && !found.contains(base) {
            found.push(base.clone());
        }
    };
    for node in field.expr.shared_nodes() {
        match node.kind() {
            Kind::Product(product) => {
                product
                    .factors()
                    .iter()
                    .filter(|factor| factor.exponent.is_negative())
                    .for_each(|factor| add(&factor.base));
            }
            Kind::Power(base, exponent) if exponent.as_rational().is_some_and(Rational::is_negative) => add(base),
            Kind::Call(function, arguments) if arguments.len() == 1 => match function.name() {
                "tan" | "sec" => add(&cos(&arguments[0])),
                "cot" | "csc" => add(&sin(&arguments[0])),
                _ => {}
            },
            _ => {}
        }
    }
    found
}

/// Whether an expression is defined everywhere as a polynomial is.
fn is_polynomial(expr: &Expr, field: &Field) -> bool {
    let varies = |expr: &Expr| field.variables.iter().any(|variable| expr.has_symbol(*variable));
    let is_natural = |exponent: &Rational| exponent.to_integer().is_some_and(|n| !n.is_negative());
    expr.shared_nodes().all(|node| match node.kind() {
        Kind::Number(_) | Kind::Symbol(_) | Kind::Constant(_) | Kind::Sum(_) => true,
        Kind::Product(product) => {
            product.factors().iter().all(|factor| is_natural(&factor.exponent) || !varies(&factor.base))
        }
        Kind::Power(_, exponent) => exponent.as_rational().is_some_and(is_natural) || !varies(&node),
        Kind::Call(..) | Kind::Relation(..) | Kind::Infinity(_) | Kind::Undefined(_) => false,
    })
}
