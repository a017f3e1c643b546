//! Undoing a function: from `f(u) = v` to the values of `u`.

use super::confirm::{angle_of_root, is_in_sector, is_logarithm, with_positive_parameters};
use super::equation::{Way, put, solve_zero};
use super::polynomial::roots_by_radicals;
use crate::algebra::{decide, enclosure, expand};
use crate::budget::Budget;
use crate::expr::assume::{self, Fact};
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
    /// Do the values fit for some values of the parameters only?
    pub conditional: bool,
}

impl Preimages {
    fn exactly(inner: &Expr, values: Vec<Expr>) -> Preimages {
        let values = values.into_iter().filter(|value| !value.is_undefined() && !is_infinite(value)).collect();
        Preimages {
            inner: inner.clone(),
            values,
            verify: false,
            principal_only: false,
            families: Vec::new(),
            conditional: false,
        }
    }

    /// The value counts where a condition holds: surely, never, for positive parameters, or to be put back.
    fn provided(inner: &Expr, value: Expr, given: &Expr, condition: impl Fn() -> Truth) -> Preimages {
        match condition() {
            Truth::Yes => Preimages::exactly(inner, vec![value]),
            Truth::No if given.is_constant() => Preimages::exactly(inner, Vec::new()),
            Truth::Unknown if given.is_constant() => Preimages::candidates(inner, vec![value]),
            // With parameters, `No` says only that the condition fails at one of their values.
            Truth::No | Truth::Unknown => match with_positive_parameters(given, condition) {
                // Right for none of the usual values: left to the open equation, unless it can be put back.
                Truth::No => Preimages::candidates(inner, vec![value]),
                Truth::Yes | Truth::Unknown => {
                    Preimages { conditional: true, ..Preimages::exactly(inner, vec![value]) }
                }
            },
        }
    }

    fn candidates(inner: &Expr, values: Vec<Expr>) -> Preimages {
        Preimages { verify: true, ..Preimages::exactly(inner, values) }
    }

    /// The principal solution, and the families `(start, period)` that make up all of them.
    fn periodic(inner: &Expr, principal: Expr, families: Vec<(Expr, Expr)>) -> Preimages {
        Preimages { principal_only: true, families, ..Preimages::exactly(inner, vec![principal]) }
    }
}

fn is_infinite(expr: &Expr) -> bool {
    matches!(expr.kind(), Kind::Infinity(_))
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
        Kind::Power(base, exponent) if !exponent.has_symbol(variable) => match exponent.as_rational() {
            Some(q) => undo_root(base, q, value, budget),
            None => Ok(Some(undo_general_power(base, exponent, value))),
        },
        Kind::Power(base, exponent) if base.has_symbol(variable) => {
            if value.is_zero() {
                return zeros_of_power(base, exponent, variable, budget);
            }
            let inner = exponent * function::log(base);
            Ok(Some(Preimages { principal_only: true, ..Preimages::exactly(&inner, vec![logarithm(value)]) }))
        }
        Kind::Power(base, exponent) if base.is_zero() => {
            // 0^u is 1 at 0, and 0 or undefined elsewhere.
            Ok(value.is_one().then(|| Preimages::exactly(exponent, vec![Expr::zero()])))
        }
        Kind::Power(base, exponent) => {
            if value.is_zero() {
                return Ok(Some(Preimages::exactly(exponent, Vec::new())));
            }
            if let Some(whole) = whole_logarithm(base, value) {
                return Ok(Some(Preimages::exactly(exponent, vec![whole])));
            }
            let logarithm = crate::algebra::simplify_rational(&(logarithm(value) / logarithm(base)), budget)?;
            let period = Expr::integer(2) * Expr::pi() * Expr::i() / function::log(base);
            let families =
                if assume::is_positive(base).is_yes() { vec![(logarithm.clone(), period)] } else { Vec::new() };
            Ok(Some(Preimages { families, ..Preimages::exactly(exponent, vec![logarithm]) }))
        }
        Kind::Call(Function::Elementary(record), arguments) => match arguments.as_ref() {
            [inner] => undo_call(record.name, inner, value, budget),
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

/// `b^u = 0` with the unknown in both: where `b` vanishes and `u` has a positive real part, which candidates are put
/// back for.
fn zeros_of_power(
    base: &Expr,
    exponent: &Expr,
    variable: Symbol,
    budget: &Budget,
) -> Result<Option<Preimages>, Reason> {
    let found = solve_zero(base, variable, Way::default().deeper(), budget)?;
    if !found.unsolved.is_empty() || found.everything {
        return Ok(None);
    }
    let mut values = Vec::new();
    for root in found.roots {
        let there = put(exponent, variable, &root.value);
        let positive = Expr::relation(Relation::Greater, call("real_part", &there).unwrap_or(there), Expr::zero());
        match decide(&positive, budget)? {
            Truth::Yes => values.push(root.value),
            Truth::No if positive.is_constant() => {}
            Truth::No | Truth::Unknown => return Ok(None),
        }
    }
    Ok(Some(Preimages::exactly(&Expr::symbol(variable), values)))
}

/// The integer `k` with `base^k = value` for a negative rational base.
fn whole_logarithm(base: &Expr, value: &Expr) -> Option<Expr> {
    let (b, v) = (base.as_rational()?, value.as_rational()?);
    if !b.is_negative() || v.is_zero() {
        return None;
    }
    let (size, power) = (logarithm_of_rational(&b.abs()), logarithm_of_rational(&v.abs()));
    let k = (power / size).to_i64().filter(|k| k.unsigned_abs() < 100_000)?;
    (base.powi(k) == *value).then(|| Expr::integer(k))
}

/// `log(v)`, with powers of positive numbers and principal roots taken apart: `log(sqrt(y))` is `1/2*log(y)`.
pub(super) fn logarithm(value: &Expr) -> Expr {
    let is_root = |exponent: &Expr| exponent.as_rational().is_some_and(|q| *q <= Rational::ONE && *q > -Rational::ONE);
    match value.kind() {
        Kind::Power(base, exponent) if is_root(exponent) || base.as_rational().is_some_and(|q| !q.is_negative()) => {
            exponent * function::log(base)
        }
        Kind::Number(_) => match value.as_rational() {
            Some(q) if !q.is_negative() => logarithm_of_rational(q),
            _ => function::log(value),
        },
        _ => logarithm_of_unit(value).unwrap_or_else(|| function::log(value)),
    }
}

/// The logarithm of a constant at a known angle on the unit circle: `I*pi/3` of `1/2 + I*sqrt(3)/2`.
fn logarithm_of_unit(value: &Expr) -> Option<Expr> {
    const LARGEST: usize = 32;
    let small = value.is_constant() && value.shared_nodes().count() <= LARGEST;
    let found = small.then(|| crate::algebra::rectform(&function::log(value), &Budget::unlimited()))?.ok()?;
    (!found.any_stored(|node| node.as_call().is_some())).then_some(found)
}

/// The logarithm of a perfect power by that of its root, so that quotients of logarithms cancel: `log(8)/log(2)`.
pub(super) fn logarithm_of_rational(q: &Rational) -> Expr {
    if q.numerator().is_one() && !q.is_integer() {
        return -logarithm_of_rational(&Rational::from(q.denominator()));
    }
    for k in (2..64).rev() {
        if let (Some(top), Some(bottom)) = (q.numerator().exact_root(k), q.denominator().exact_root(k))
            && let Some(root) = Rational::ratio(&top, &bottom)
            && !root.is_one()
        {
            return Expr::integer(k as i64) * function::log(&Expr::number(root));
        }
    }
    function::log(&Expr::number(q.clone()))
}

/// `b^(p/n) = v`: the `p`-th roots of the value that are themselves `n`-th roots give their `n`-th powers.
fn undo_root(base: &Expr, q: &Rational, value: &Expr, budget: &Budget) -> Result<Option<Preimages>, Reason> {
    let (Some(p), Some(n)) = (q.numerator().to_i64(), q.denominator().to_i64()) else { return Ok(None) };
    if p < 0 && value.is_zero() {
        return Ok(Some(Preimages::exactly(base, Vec::new())));
    }
    let value = if p < 0 { value.recip() } else { value.clone() };
    let mut pure = vec![Expr::zero(); usize::try_from(p.unsigned_abs()).unwrap_or(0) + 1];
    if let [first, .., last] = pure.as_mut_slice() {
        (*first, *last) = (-&value, Expr::one());
    }
    let Some(roots) = roots_by_radicals(&pure, budget)? else { return Ok(None) };
    let mut all = Preimages::exactly(base, Vec::new());
    for root in roots {
        let power = if root.is_constant() { expand(&root.powi(n), budget)? } else { root.powi(n) };
        let condition = || is_in_sector(&root, n);
        let known = is_in_sector(&root, n);
        let outside = match known {
            Truth::No => angle_of_root(&root).is_some(),
            Truth::Unknown => with_positive_parameters(&root, condition).is_no(),
            Truth::Yes => false,
        };
        if !root.is_constant() && outside {
            // No principal root for the usual values of the parameters.
            all.conditional = true;
            continue;
        }
        let own = Preimages::provided(base, power, &root, condition);
        all.values.extend(own.values);
        all.verify |= own.verify;
        all.conditional |= own.conditional;
    }
    Ok(Some(all))
}

/// `b^a = v` with a symbolic exponent: `v^(1/a)`, as for real exponents and positive values.
fn undo_general_power(base: &Expr, exponent: &Expr, value: &Expr) -> Preimages {
    if value.is_zero() {
        return Preimages::exactly(base, vec![Expr::zero()]);
    }
    Preimages { conditional: true, ..Preimages::exactly(base, vec![value.power(&exponent.recip())]) }
}

fn undo_call(name: &str, u: &Expr, v: &Expr, budget: &Budget) -> Result<Option<Preimages>, Reason> {
    let pi = Expr::pi;
    let turn = || Expr::integer(2) * pi();
    let inverse = |name: &str| angle_of_wave(name, v).or_else(|| call(name, v));
    Ok(match name {
        "exp" if v.is_zero() => Some(Preimages::exactly(u, Vec::new())),
        "exp" => {
            let start = logarithm(v);
            let families = vec![(start.clone(), turn() * Expr::i())];
            Some(Preimages { families, ..Preimages::exactly(u, vec![start]) })
        }
        "log" => Some(Preimages::provided(u, function::exp(v), v, || is_logarithm(v))),
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
        "sinh" | "tanh" | "coth" | "csch" => inverse(&format!("arc{name}")).map(|a| {
            let half = pi() * Expr::i();
            let families = match name {
                "sinh" | "csch" if !a.is_zero() => {
                    let period = turn() * Expr::i();
                    vec![(&half - &a, period.clone()), (a.clone(), period)]
                }
                _ => vec![(a.clone(), half)],
            };
            Preimages { families, ..Preimages::exactly(u, vec![a]) }
        }),
        "cosh" | "sech" => inverse(&format!("arc{name}")).map(|a| {
            // The negative solution is left to the family, as Sage answers the principal one.
            let period = turn() * Expr::i();
            let families = vec![(-&a, period.clone()), (a.clone(), period)];
            Preimages { principal_only: !a.is_zero(), families, ..Preimages::exactly(u, vec![a]) }
        }),
        "arcsin" | "arccos" | "arctan" | "arcsinh" | "arccosh" | "arctanh" | "arccot" | "arcsec" | "arccsc" => {
            let Some(value) = inverse(name.trim_start_matches("arc")) else { return Ok(None) };
            let fits = || is_principal(name, v, budget).unwrap_or(Truth::Unknown);
            Some(Preimages::provided(u, value, v, fits))
        }
        "abs" => undo_abs(u, v, budget)?,
        "erf" => inverse("erfinv").map(|value| Preimages::exactly(u, vec![value])),
        "erfc" => call("erfinv", &(Expr::one() - v)).map(|value| Preimages::exactly(u, vec![value])),
        "erfinv" => inverse("erf").map(|value| Preimages::exactly(u, vec![value])),
        "conjugate" => inverse("conjugate").map(|value| Preimages::exactly(u, vec![value])),
        "lambert_w" => {
            let fits = || at_least(v, -1, budget).unwrap_or(Truth::Unknown);
            Some(Preimages::provided(u, v * function::exp(v), v, fits))
        }
        _ => None,
    })
}

/// The principal value where the sine, cosine or tangent of a real constant is undone: `arcsin(sin(2))` is `pi - 2`.
fn angle_of_wave(name: &str, value: &Expr) -> Option<Expr> {
    let (wave, coefficient) = value.split_coefficient();
    let sign = Expr::number(coefficient).to_i64().filter(|n| n.abs() == 1)?;
    let (called, [angle]) = wave.as_call()? else { return None };
    let quarter = Expr::pi() / Expr::integer(2);
    // As the sine or the tangent of an angle.
    let angle = match (name, called.name()) {
        ("arcsin" | "arccos", "cos") => &quarter - angle,
        ("arcsin" | "arccos", "sin") | ("arctan", "tan") => angle.clone(),
        _ => return None,
    };
    if !angle.is_constant() || !crate::tape::is_real_by_ball(&angle).is_yes() {
        return None;
    }
    let half_turns = enclosure(&(&angle / Expr::pi() + Expr::fraction(1, 2)))?.re().floor()?;
    let reduced = expand(&(&angle - Expr::number(half_turns.clone()) * Expr::pi()), &Budget::unlimited()).ok()?;
    let turned = if name != "arctan" && half_turns.is_odd() { -sign } else { sign };
    let principal = Expr::integer(turned) * reduced;
    Some(if name == "arccos" { quarter - principal } else { principal })
}

/// Is the value real and not below a number?
fn at_least(value: &Expr, bound: i64, budget: &Budget) -> Result<Truth, Reason> {
    if !assume::is_real(value).is_yes() && !crate::tape::is_real_by_ball(value).is_yes() {
        return Ok(Truth::Unknown);
    }
    decide(&Expr::relation(Relation::GreaterEqual, value.clone(), Expr::integer(bound)), budget)
}

/// Is the real value one that the inverse function takes?
fn is_principal(name: &str, value: &Expr, budget: &Budget) -> Result<Truth, Reason> {
    let real = assume::is_real(value).is_yes() || crate::tape::is_real_by_ball(value).is_yes();
    if !real {
        return Ok(Truth::Unknown);
    }
    let quarter = Expr::pi() / Expr::integer(2);
    let compare = |relation, end: &Expr| decide(&Expr::relation(relation, value.clone(), end.clone()), budget);
    use Relation::{Greater, GreaterEqual, Less, LessEqual};
    Ok(match name {
        "arcsinh" | "arctanh" => Truth::Yes,
        "arccosh" => compare(GreaterEqual, &Expr::zero())?,
        "arccos" | "arcsec" => compare(GreaterEqual, &Expr::zero())?.and(compare(LessEqual, &Expr::pi())?),
        "arcsin" | "arccsc" => compare(GreaterEqual, &-&quarter)?.and(compare(LessEqual, &quarter)?),
        "arctan" => compare(Greater, &-&quarter)?.and(compare(Less, &quarter)?),
        "arccot" => compare(Greater, &-&quarter)?.and(compare(LessEqual, &quarter)?),
        _ => Truth::Unknown,
    })
}

/// `abs(u) = v` for a real `u`: plus and minus where `v >= 0`, nothing where `v < 0`.
fn undo_abs(u: &Expr, v: &Expr, budget: &Budget) -> Result<Option<Preimages>, Reason> {
    if v.is_zero() {
        return Ok(Some(Preimages::exactly(u, vec![Expr::zero()])));
    }
    if assume::sign(v) == Some(std::cmp::Ordering::Less) {
        return Ok(Some(Preimages::exactly(u, Vec::new())));
    }
    let positive = Expr::relation(Relation::Greater, v.clone(), Expr::zero());
    Ok(match decide(&positive, budget)? {
        Truth::Yes => Some(Preimages::exactly(u, vec![-v, v.clone()])),
        Truth::No if v.is_constant() => Some(Preimages::exactly(u, Vec::new())),
        Truth::No | Truth::Unknown => Some(Preimages::candidates(u, vec![-v, v.clone()])),
    })
}

/// The families without those whose start is a member of one before.
pub(super) fn distinct_families(families: &[(Expr, Expr)]) -> Vec<(Expr, Expr)> {
    let mut kept: Vec<(Expr, Expr)> = Vec::new();
    for (start, period) in families {
        let known = kept.iter().any(|(own, other)| {
            period == other && ((start - own) / period).as_rational().is_some_and(Rational::is_integer)
        });
        if !known {
            kept.push((start.clone(), period.clone()));
        }
    }
    kept
}

/// Any member of a family: its start plus an integer times its period.
pub(super) fn member((start, period): &(Expr, Expr), number: usize) -> Expr {
    let parameter = Symbol::new(&format!("z{number}"));
    assume::assume(Fact::In(parameter, assume::Domain::Integer));
    start + period * Expr::symbol(parameter)
}
