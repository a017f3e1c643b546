//! Undoing a function: from `f(u) = v` to the values of `u`.

use crate::algebra::decide;
use crate::budget::Budget;
use crate::expr::{Expr, Function, Kind, Reason, Relation, Symbol, Truth, function};
use crate::number::Rational;

/// The values of `u` in an equation `part = value`, where `part` is a call or power over `u`.
#[derive(Debug)]
pub(super) struct Preimages {
    /// What stands inside.
    pub inner: Expr,
    /// The values that it may have.
    pub values: Vec<Expr>,
    /// Must candidates be put back, since a branch may not fit?
    pub verify: bool,
    /// Is only the principal value of a family given?
    pub principal_only: bool,
    /// The period of each family of values, where the function is periodic.
    pub families: Vec<(Expr, Expr)>,
}

impl Preimages {
    fn exactly(inner: &Expr, values: Vec<Expr>) -> Preimages {
        Preimages { inner: inner.clone(), values, verify: false, principal_only: false, families: Vec::new() }
    }

    fn candidates(inner: &Expr, values: Vec<Expr>) -> Preimages {
        Preimages { verify: true, ..Preimages::exactly(inner, values) }
    }

    /// The principal solution, and the families `(start, period)` that make up all of them.
    fn periodic(inner: &Expr, principal: Expr, families: Vec<(Expr, Expr)>) -> Preimages {
        Preimages { principal_only: true, families, ..Preimages::exactly(inner, vec![principal]) }
    }
}

/// A call of an elementary function by name.
pub(super) fn call(name: &str, argument: &Expr) -> Option<Expr> {
    function::find(name).map(|record| Expr::call(Function::Elementary(record), vec![argument.clone()]))
}

/// Solves `part = value` for what stands inside `part`; `None` where no inverse is known.
///
/// # Errors
/// When the budget runs out.
pub(super) fn undo(part: &Expr, value: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<Preimages>, Reason> {
    match part.kind() {
        Kind::Power(base, exponent) if !exponent.has_symbol(variable) => Ok(undo_root(base, exponent, value)),
        Kind::Power(base, exponent) if !base.has_symbol(variable) => {
            if value.is_zero() {
                return Ok(Some(Preimages::exactly(exponent, Vec::new())));
            }
            let logarithm = crate::algebra::simplify_rational(&(logarithm(value) / logarithm(base)), budget)?;
            Ok(Some(Preimages::exactly(exponent, vec![logarithm])))
        }
        Kind::Call(Function::Elementary(record), arguments) => match arguments.as_ref() {
            [inner] => undo_call(record.name, inner, value, budget),
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

/// `log(v)`, with powers of positive numbers taken apart: `log(sqrt(3))` is `1/2*log(3)`.
fn logarithm(value: &Expr) -> Expr {
    match value.kind() {
        Kind::Power(base, exponent) if base.as_rational().is_some_and(|q| !q.is_negative()) => {
            exponent * function::log(base)
        }
        Kind::Number(_) => match value.as_rational() {
            Some(q) if !q.is_negative() => logarithm_of_rational(q),
            _ => function::log(value),
        },
        _ => function::log(value),
    }
}

/// The logarithm of a perfect power by that of its root, so that quotients of logarithms cancel: `log(8)/log(2)`.
fn logarithm_of_rational(q: &Rational) -> Expr {
    for k in (2..64).rev() {
        if let (Some(top), Some(bottom)) = (q.numerator().exact_root(k), q.denominator().exact_root(k))
            && let Some(root) = Rational::ratio(&top, &bottom)
            && !root.is_one()
        {
            return Expr::integer(k as i64) * function::log(&Expr::number(root));
        }
    }
    if q.numerator().is_one() && !q.is_integer() {
        return -logarithm_of_rational(&Rational::from(q.denominator()));
    }
    function::log(&Expr::number(q.clone()))
}

/// `b^q = v` with a constant exponent: `b = v^(1/q)`, to be put back unless the exponent is one over an integer and
/// the value positive.
fn undo_root(base: &Expr, exponent: &Expr, value: &Expr) -> Option<Preimages> {
    let q = exponent.as_rational()?;
    let inverse = value.power_rational(&q.recip()?);
    Some(Preimages::candidates(base, vec![inverse]))
}

fn undo_call(name: &str, u: &Expr, v: &Expr, budget: &Budget) -> Result<Option<Preimages>, Reason> {
    let pi = Expr::pi;
    let turn = || Expr::integer(2) * pi();
    let inverse = |name: &str| call(name, v);
    Ok(match name {
        "exp" if v.is_zero() => Some(Preimages::exactly(u, Vec::new())),
        "exp" => Some(Preimages::exactly(u, vec![logarithm(v)])),
        "log" => Some(Preimages::candidates(u, vec![function::exp(v)])),
        "sin" if v.is_zero() => Some(Preimages::periodic(u, Expr::zero(), vec![(Expr::zero(), pi())])),
        "sin" => inverse("arcsin").map(|a| Preimages::periodic(u, a.clone(), vec![(pi() - &a, turn()), (a, turn())])),
        "cos" if v.is_zero() => {
            let quarter = pi() / Expr::integer(2);
            Some(Preimages::periodic(u, quarter.clone(), vec![(quarter, pi())]))
        }
        "cos" => inverse("arccos").map(|a| Preimages::periodic(u, a.clone(), vec![(-&a, turn()), (a, turn())])),
        "tan" => inverse("arctan").map(|a| Preimages::periodic(u, a.clone(), vec![(a, pi())])),
        "sec" | "csc" | "cot" if v.is_zero() => match name {
            "cot" => Some(Preimages::periodic(u, pi() / Expr::integer(2), vec![(pi() / Expr::integer(2), pi())])),
            _ => Some(Preimages::exactly(u, Vec::new())),
        },
        "sec" => undo_call("cos", u, &v.recip(), budget)?,
        "csc" => undo_call("sin", u, &v.recip(), budget)?,
        "cot" => undo_call("tan", u, &v.recip(), budget)?,
        "sinh" | "tanh" | "coth" | "csch" => inverse(&format!("arc{name}")).map(|a| Preimages::candidates(u, vec![a])),
        "cosh" | "sech" => inverse(&format!("arc{name}")).map(|a| {
            // The negative solution is left to the family, as Sage answers the principal one.
            Preimages { principal_only: true, ..Preimages::candidates(u, vec![a]) }
        }),
        "arcsin" | "arccos" | "arctan" | "arcsinh" | "arccosh" | "arctanh" | "arccot" | "arcsec" | "arccsc" => {
            inverse(name.trim_start_matches("arc")).map(|value| Preimages::candidates(u, vec![value]))
        }
        "abs" => undo_abs(u, v, budget)?,
        _ => None,
    })
}

/// `abs(u) = v` for a real `u`: plus and minus where `v >= 0`, nothing where `v < 0`.
fn undo_abs(u: &Expr, v: &Expr, budget: &Budget) -> Result<Option<Preimages>, Reason> {
    if v.is_zero() {
        return Ok(Some(Preimages::exactly(u, vec![Expr::zero()])));
    }
    let positive = Expr::relation(Relation::Greater, v.clone(), Expr::zero());
    Ok(match decide(&positive, budget)? {
        Truth::Yes => Some(Preimages::exactly(u, vec![-v, v.clone()])),
        Truth::No if v.is_constant() => Some(Preimages::exactly(u, Vec::new())),
        Truth::No | Truth::Unknown => Some(Preimages::candidates(u, vec![-v, v.clone()])),
    })
}
