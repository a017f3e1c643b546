//! The greatest error on an interval that ends in branch points, as of `sqrt(x)` on `[0, 2]` or `arcsin(x)` on `[-1, 1]`.
//!
//! There the function is smooth in a root `s` of the distance from the end: `x = end + s^n` takes the roots out of it, and the
//! inverse sines by their half angles (NIST Digital Library of Mathematical Functions, 4.24).

use super::super::with_hooks;
use super::{Plain, TaylorError, UNSUPPORTED, by_ends};
use crate::algebra;
use crate::budget::Budget;
use crate::calculus::local::{Enclosure, Greatest, Place, Range, greatest, precise};
use crate::expr::{Expr, Function, Kind, Reason, Symbol, function};
use crate::number::{Ball, Number, Rational};
use crate::tape::series::{Approach, Side, leading_term};

/// Nests deeper than this are refused.
const MOST_NESTED: usize = 40;

/// The greatest error where an end of the range is a branch point; `None` where none is.
///
/// # Errors
/// As `taylor_error`.
pub(super) fn at_branch_ends(asked: TaylorError, degree: usize, budget: &Budget) -> Result<Option<Greatest>, Reason> {
    let is_branch = |end: &Expr| is_branch_point(asked, end);
    by_ends(asked, degree, budget, is_branch, |error, end, sign, half| {
        let turned = Turned::new(error, asked.variable, end, sign, budget)?;
        let reach = turned.root_below(half).ok_or(UNSUPPORTED)?;
        Ok((turned.greatest(&reach, budget)?, turned.back(&reach)))
    })
}

/// Has the function a value at the end, but no derivative?
fn is_branch_point(asked: TaylorError, end: &Expr) -> bool {
    const BITS: u32 = 128;
    let jet = || Some(asked.jets(1, BITS).ok()?.at_ball(precise(end, BITS)?));
    jet().is_some_and(|jet| jet.first().is_some_and(Ball::is_bounded) && !jet.iter().all(Ball::is_bounded))
}

/// The error as a function of a root of the distance from an end.
struct Turned<'a> {
    error: Expr,
    root: Symbol,
    end: &'a Rational,
    sign: i64,
    power: i64,
}

impl<'a> Turned<'a> {
    /// With the least root in which it is smooth.
    fn new(
        error: &Expr,
        variable: Symbol,
        end: &'a Rational,
        sign: i64,
        budget: &Budget,
    ) -> Result<Turned<'a>, Reason> {
        let root = Symbol::new("the root of the distance");
        for power in [2, 3, 4, 6] {
            let x = Expr::number(end.clone()) + Expr::integer(sign) * Expr::symbol(root).powi(power);
            let smooth = Smoothing { root, budget }.of(&error.substitute_symbol(variable, &x), 0)?;
            let jet = Enclosure::new(&smooth, root, 2, 128)?.at_ball(Ball::ZERO);
            if jet.iter().all(Ball::is_bounded) {
                return Ok(Turned { error: smooth, root, end, sign, power });
            }
        }
        Err(UNSUPPORTED)
    }

    /// A rational root of the distance that does not reach further.
    fn root_below(&self, distance: &Rational) -> Option<Rational> {
        const PARTS: i64 = 1 << 10;
        let root = pxfm::f_pow(distance.to_f64(), 1.0 / self.power as f64);
        let root = Rational::fraction((root * PARTS as f64) as i64 - 1, PARTS)?;
        (root.signum() > 0).then_some(root)
    }

    fn back(&self, root: &Rational) -> Rational {
        let distance = root.pow(self.power).unwrap_or(Rational::ZERO);
        self.end + &(distance * Rational::from(self.sign))
    }

    fn greatest(&self, reach: &Rational, budget: &Budget) -> Result<Greatest, Reason> {
        const BITS: [u32; 3] = [192, 384, 768];
        let mut last = Err(UNSUPPORTED);
        for bits in BITS {
            let mut source = Plain(Enclosure::new(&self.error, self.root, 2, bits)?);
            last = greatest(&mut source, &Expr::zero(), &Expr::number(reach.clone()), budget);
            if last.as_ref().is_ok_and(|found| found.size.accuracy_bits() >= super::GOOD_BITS) {
                break;
            }
        }
        let Greatest { size, places } = last?;
        let place = |place: &Place| match place {
            Place::Exact(root) => match root.as_rational() {
                Some(root) => Place::Exact(Expr::number(self.back(root))),
                None => Place::Exact(root.clone()),
            },
            Place::Between(range) => {
                let (one, other) = (self.back(&range.low), self.back(&range.high));
                let (low, high) = if one < other { (one, other) } else { (other, one) };
                Place::Between(Range { low, high })
            }
        };
        Ok(Greatest { size, places: places.iter().map(place).collect() })
    }
}

/// Takes branch points at zero out of an expression in a variable that is not negative.
struct Smoothing<'a> {
    root: Symbol,
    budget: &'a Budget,
}

impl Smoothing<'_> {
    fn of(&self, expr: &Expr, depth: usize) -> Result<Expr, Reason> {
        if depth > MOST_NESTED {
            return Err(UNSUPPORTED);
        }
        let inner = |part: &Expr| self.of(part, depth + 1);
        match expr.kind() {
            _ if !expr.has_symbol(self.root) => Ok(expr.clone()),
            Kind::Sum(sum) => Ok(Expr::sum(sum.parts().map(|part| inner(&part)).collect::<Result<Vec<_>, _>>()?)),
            Kind::Product(product) => {
                let mut all = vec![Expr::number(product.coefficient().clone())];
                for factor in product.factors() {
                    all.push(self.power(&inner(&factor.base)?, &factor.exponent)?);
                }
                Ok(Expr::product(all))
            }
            Kind::Power(base, exponent) => match exponent.as_rational() {
                Some(exponent) => self.power(&inner(base)?, exponent),
                None => Ok(inner(base)?.power(&inner(exponent)?)),
            },
            Kind::Call(Function::Elementary(record), arguments) => {
                let arguments = arguments.iter().map(inner).collect::<Result<Vec<_>, _>>()?;
                if let [u] = arguments.as_slice()
                    && let Some(smooth) = self.inverse(record.name, u)?
                {
                    return Ok(smooth);
                }
                Ok(Expr::call(Function::Elementary(record), arguments))
            }
            _ => Ok(expr.clone()),
        }
    }

    /// A power with the leading power of its base taken out.
    fn power(&self, base: &Expr, exponent: &Rational) -> Result<Expr, Reason> {
        if exponent.is_integer() || !base.has_symbol(self.root) {
            return Ok(base.power_rational(exponent));
        }
        let approach = Approach::one_sided(&Expr::zero(), Side::Right);
        let leading = with_hooks(self.budget, |hooks| leading_term(base, self.root, &approach, hooks))?;
        let Some((order, _)) = leading.filter(|(order, _)| !order.is_zero()) else {
            return Ok(base.power_rational(exponent));
        };
        let s = Expr::symbol(self.root);
        let rest = algebra::expand(&(base * s.power_rational(&-&order)), self.budget)?;
        Ok(s.power_rational(&(&order * exponent)) * rest.power_rational(exponent))
    }

    /// Inverse functions at the ends of their domains.
    fn inverse(&self, name: &str, u: &Expr) -> Result<Option<Expr>, Reason> {
        if !matches!(name, "arcsin" | "arccos" | "arccosh") {
            return Ok(None);
        }
        let Some(end) = u.substitute_symbol(self.root, &Expr::zero()).to_i64().filter(|end| end.abs() == 1) else {
            return Ok(None);
        };
        let (half, end) = (Number::from(Rational::HALF), Expr::integer(end));
        let gap = algebra::expand(&((Expr::one() - &end * u).scale(&half)), self.budget)?;
        let twice = |name: &str, inside: Expr| function::apply(name, &[inside]).map(|e| e * Expr::integer(2));
        let quarter = Expr::pi().scale(&half);
        Ok(match name {
            "arccosh" if end.is_one() => twice("arcsinh", self.power(&-gap, &Rational::HALF)?),
            "arccosh" => None,
            // arcsin(u) is end*(pi/2 - 2*arcsin(sqrt(gap))).
            _ => twice("arcsin", self.power(&gap, &Rational::HALF)?).map(|angle| {
                let arcsine = end * (&quarter - angle);
                if name == "arcsin" { arcsine } else { quarter - arcsine }
            }),
        })
    }
}
