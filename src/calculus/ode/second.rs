//! Equations of the second order, linear with constant coefficients: `a*y'' + b*y' + c*y = r(x)`.

use super::{Conditions, Equation, Solved, UNSOLVED, depends, slope, unknown};
use crate::algebra;
use crate::calculus::diff;
use crate::expr::{Expr, Reason, Relation, Symbol, Truth, function};

/// Two independent solutions of the homogeneous equation, and how they are combined.
struct Basis {
    first: Expr,
    second: Expr,
    general: Expr,
}

/// Solves the equation under conditions.
///
/// # Errors
/// Equations of another kind, roots whose kind is not known, conditions that can't be met.
pub(super) fn solve(equation: &Equation<'_>, conditions: &Conditions) -> Result<Solved, Reason> {
    let ([a, b, c], forcing) = coefficients(equation)?;
    let basis = basis(equation, &a, &b, &c)?;
    let forced = if forcing.is_zero() { Expr::zero() } else { particular(equation, &basis, &(forcing / &a))? };
    let general = &basis.general + &forced;
    if !equation.holds(&general)? {
        return Err(UNSOLVED);
    }
    let answer = under(equation, general, conditions)?;
    let method = if forced.is_zero() { "constcoeff" } else { "variationofparameters" };
    Ok(Solved { answer, method })
}

/// The constants `a`, `b`, `c` and the forcing term `r`.
fn coefficients(equation: &Equation<'_>) -> Result<([Expr; 3], Expr), Reason> {
    let budget = equation.budget;
    let mut rest = algebra::expand(&equation.residual, budget)?;
    let mut found = [Expr::zero(), Expr::zero(), Expr::zero()];
    for (place, symbol) in found.iter_mut().zip([slope(2), slope(1), unknown()]) {
        let own = diff(&rest, symbol, budget)?;
        if [slope(2), slope(1), unknown(), equation.variable].iter().any(|symbol| depends(&own, *symbol)) {
            return Err(UNSOLVED);
        }
        rest = rest.substitute(&[(Expr::symbol(symbol), Expr::zero())]);
        *place = own;
    }
    Ok((found, -rest))
}

/// The truth that a method needs.
fn decided(relation: Relation, left: &Expr, equation: &Equation<'_>) -> Result<bool, Reason> {
    let question = Expr::relation(relation, left.clone(), Expr::zero());
    match algebra::decide(&question, equation.budget)? {
        Truth::Yes => Ok(true),
        Truth::No if left.is_constant() => Ok(false),
        Truth::No | Truth::Unknown => {
            let contrary = Expr::relation(relation.negated(), left.clone(), Expr::zero());
            match algebra::decide(&contrary, equation.budget)? {
                Truth::Yes => Ok(false),
                _ => Err(Reason::Unknown(question)),
            }
        }
    }
}

/// The solutions of the homogeneous equation by the roots of `a*m^2 + b*m + c`.
fn basis(equation: &Equation<'_>, a: &Expr, b: &Expr, c: &Expr) -> Result<Basis, Reason> {
    let x = Expr::symbol(equation.variable);
    let (k1, k2) = (Expr::variable("_K1"), Expr::variable("_K2"));
    let double = a.scale(&2.into());
    let middle = -(b / &double);
    let discriminant = algebra::expand(&(b * b - Expr::integer(4) * a * c), equation.budget)?;
    let growth = function::exp(&(&middle * &x));
    if decided(Relation::Equal, &discriminant, equation)? {
        let (first, second) = (growth.clone(), &x * &growth);
        return Ok(Basis { first, second, general: (&k2 * &x + &k1) * growth });
    }
    if decided(Relation::Greater, &discriminant, equation)? {
        let half = discriminant.sqrt() / &double;
        let power = |root: Expr| function::exp(&(root * &x));
        let (first, second) = (power(&middle + &half), power(&middle - &half));
        let general = &k1 * &first + &k2 * &second;
        return Ok(Basis { first, second, general });
    }
    let angle = (-discriminant).sqrt() / double * &x;
    let (sine, cosine) = (function::sin(&angle), function::cos(&angle));
    let general = &growth * (k1 * &sine + k2 * &cosine);
    Ok(Basis { first: &growth * sine, second: growth * cosine, general })
}

/// One solution of `y'' + ... = r` by variation of parameters.
fn particular(equation: &Equation<'_>, basis: &Basis, forcing: &Expr) -> Result<Expr, Reason> {
    let budget = equation.budget;
    let (first, second) = (&basis.first, &basis.second);
    let wronskian = first * diff(second, equation.variable, budget)? - second * diff(first, equation.variable, budget)?;
    let wronskian = algebra::simplify_full(&wronskian, budget)?;
    let part = |other: &Expr| -> Result<Expr, Reason> {
        equation.integral(&algebra::expand(&(other * forcing / &wronskian), budget)?, equation.variable)
    };
    let found = second * part(first)? - first * part(second)?;
    let found = algebra::expand(&found, budget)?;
    let candidates = [algebra::trig_reduce(&found, budget)?, algebra::simplify_full(&found, budget)?];
    let size = |expr: &Expr| expr.shared_nodes().count();
    Ok(candidates.into_iter().fold(found, |best, next| if size(&next) <= size(&best) { next } else { best }))
}

/// The member of the family that meets the conditions.
fn under(equation: &Equation<'_>, general: Expr, conditions: &Conditions) -> Result<Expr, Reason> {
    let x = Expr::symbol(equation.variable);
    let at = |f: &Expr, point: &Expr| f.substitute(&[(x.clone(), point.clone())]);
    let demands = match conditions {
        Conditions::None => return Ok(general),
        Conditions::Slope(point, value, rate) => {
            let derivative = diff(&general, equation.variable, equation.budget)?;
            [at(&general, point) - value, at(&derivative, point) - rate]
        }
        Conditions::Values([(p, value_p), (q, value_q)]) => [at(&general, p) - value_p, at(&general, q) - value_q],
        Conditions::Value(..) => {
            return Err(Reason::Domain("a second-order equation takes ics=[x0, y0, dy0] or ics=[x0, y0, x1, y1]"));
        }
    };
    let values = solve_linear(equation, &demands)?;
    let pairs = [(Expr::variable("_K1"), values.0), (Expr::variable("_K2"), values.1)];
    Ok(general.substitute(&pairs))
}

/// The constants that make two linear expressions in them zero, by Cramer's rule.
fn solve_linear(equation: &Equation<'_>, demands: &[Expr; 2]) -> Result<(Expr, Expr), Reason> {
    let budget = equation.budget;
    let (k1, k2) = (Symbol::new("_K1"), Symbol::new("_K2"));
    let row = |demand: &Expr| -> Result<[Expr; 3], Reason> {
        let none = [(Expr::symbol(k1), Expr::zero()), (Expr::symbol(k2), Expr::zero())];
        Ok([diff(demand, k1, budget)?, diff(demand, k2, budget)?, -demand.substitute(&none)])
    };
    let ([a, b, e], [c, d, f]) = (row(&demands[0])?, row(&demands[1])?);
    let determinant = &a * &d - &b * &c;
    if !algebra::is_zero(&determinant, budget)?.is_no() {
        return Err(Reason::Domain("the conditions do not determine one solution"));
    }
    let tidy = |expr: Expr| algebra::simplify_full(&expr, budget);
    Ok((tidy((&e * &d - &b * &f) / &determinant)?, tidy((a * f - e * c) / determinant)?))
}
