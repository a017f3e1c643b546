//! Functions made from expressions: tapes over machine numbers, intervals, and balls where machine numbers cancel.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::function::{Approach, Break, Cost, Plane, PlaneFunction, Range, Real, RealFunction};
use super::tame;
use crate::algebra;
use crate::budget::Budget;
use crate::calculus::domain::{self, Span};
use crate::calculus::{diff, limit};
use crate::expr::{Expr, Function, Infinity, Kind, Reason, Symbol, Truth};
use crate::number::{Ball, Interval, Local, Rational, Special};
use crate::tape::series::Side;
use crate::tape::{
    Balls, Evaluator, FloatFunction, IntervalFunction, Intervals, Jets, LocalFunction, Numbers, Program, Questions,
    evaluate,
};

/// Precisions tried where machine numbers cancel, in bits.
const PRECISIONS: [u32; 5] = [128, 256, 512, 1024, 2048];
/// The order of Taylor polynomials that tighten enclosures.
const TAYLOR_ORDER: usize = 8;
/// Leading bits that must be right.
const ENOUGH: i64 = 40;
/// Leading bits that must be right in what the highest precision gives.
const USABLE: i64 = 12;
/// A ball smaller than this is a number even when none of its bits are certain: it may be zero.
const LEAST: f64 = 1e-250;

/// A function of one variable from an expression.
///
/// # Errors
/// When the expression has other variables or parts that no number can be computed for, or when the budget runs out.
pub fn real(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Real, Reason> {
    let real_form = algebra::real_form(expr);
    let expr = real_form.as_ref().unwrap_or(expr);
    let tame = tame::tamed(expr);
    let special = specials(expr);
    let local = (!special.is_empty()).then(Rc::<Local>::default);
    let cost = match special.iter().all(|function| function.is_some_and(|function| function.is_direct())) {
        _ if special.is_empty() => Cost::Plain,
        true => Cost::Precision,
        false => Cost::Enclosures,
    };
    let formula = Formula::new(&tame, &[variable])?.by_polynomials(local.as_ref());
    let shell = Shell::of(&tame, variable, budget)?;
    let slope = match diff(&tame, variable, budget).and_then(|slope| Formula::new(&slope, &[variable])) {
        Err(reason) if reason.is_stopped() => return Err(reason),
        outcome => outcome.ok().map(|slope| slope.by_polynomials(local.as_ref())),
    };
    Ok(Rc::new(Curve { formula, shell, slope, jets: RefCell::default(), expr: expr.clone(), variable, cost, local }))
}

/// The special functions in it, nothing for one of several numbers.
fn specials(expr: &Expr) -> Vec<Option<Special>> {
    let special = |node: &Expr| match node.kind() {
        Kind::Call(function, arguments) if function.is_special() => Some(match function {
            Function::Elementary(record) if arguments.len() == 1 => record.kernel.unary().map(Special::One),
            _ => None,
        }),
        _ => None,
    };
    expr.shared_nodes().filter_map(|node| special(&node)).collect()
}

/// The machine number nearest to the real value of a constant; NaN where it has none.
pub fn constant(expr: &Expr, budget: &Budget) -> f64 {
    real_value(expr, budget).unwrap_or(f64::NAN)
}

/// The same, with nothing where it is not known whether there is a value: at a step whose place can't be decided.
pub fn value_if_known(expr: &Expr, budget: &Budget) -> Option<f64> {
    if matches!(expr.kind(), Kind::Infinity(_) | Kind::Undefined(_)) {
        return Some(f64::NAN);
    }
    match real_value(expr, budget) {
        Ok(value) => Some(value),
        Err(Reason::Domain(_)) => Some(f64::NAN),
        Err(_) => {
            let simpler = algebra::simplify_full(expr, budget).ok()?;
            real_value(&simpler, budget).ok()
        }
    }
}

/// The real value of a constant, NaN where it is complex or infinite.
fn real_value(expr: &Expr, budget: &Budget) -> Result<f64, Reason> {
    let is_zero = |part: &Expr| algebra::is_zero(part, budget).unwrap_or(Truth::Unknown);
    let questions = Questions { is_zero: &is_zero, budget };
    Ok(match evaluate(expr, 53, &questions)?.value.to_f64_parts() {
        (value, 0.0) if value.is_finite() => value,
        _ => f64::NAN,
    })
}

/// A function of two variables from an expression, with its gradient where that can be computed.
///
/// # Errors
/// As for one variable, or when the budget runs out.
pub fn plane(expr: &Expr, x: Symbol, y: Symbol, budget: &Budget) -> Result<Plane, Reason> {
    let both = [x, y];
    let real_form = algebra::real_form(expr);
    let expr = &tame::by_gamma(real_form.as_ref().unwrap_or(expr));
    // The curve asks for many values of special functions at few numbers.
    let local = (!specials(expr).is_empty()).then(|| Rc::new(Local::interpolating()));
    let slope = |variable| -> Result<Option<Formula>, Reason> {
        match diff(expr, variable, budget).and_then(|slope| Formula::new(&slope, &both)) {
            Ok(formula) => Ok(Some(formula.by_polynomials(local.as_ref()))),
            Err(reason) if reason.is_stopped() => Err(reason),
            Err(_) => Ok(None),
        }
    };
    let slopes = match (slope(x)?, slope(y)?) {
        (Some(dx), Some(dy)) => Some([dx, dy]),
        _ => None,
    };
    let formula = Formula::new(expr, &both)?.by_polynomials(local.as_ref());
    Ok(Rc::new(Surface { formula, slopes }))
}

/// One expression compiled for each arithmetic; the tapes over balls are made when first asked for.
struct Formula {
    float: RefCell<FloatFunction>,
    interval: RefCell<IntervalFunction>,
    program: Arc<Program>,
    balls: RefCell<Vec<Evaluator<Balls>>>,
    local: Option<RefCell<LocalFunction>>,
}

impl Formula {
    fn new(expr: &Expr, variables: &[Symbol]) -> Result<Formula, Reason> {
        Ok(Formula {
            float: RefCell::new(FloatFunction::new(expr, variables)?),
            interval: RefCell::new(IntervalFunction::new(expr, variables)?),
            program: Arc::new(Program::new(expr, variables)?),
            balls: RefCell::new(Vec::new()),
            local: None,
        })
    }

    /// The same with special functions by polynomials that are kept there.
    fn by_polynomials(mut self, local: Option<&Rc<Local>>) -> Formula {
        self.local = local.map(|local| RefCell::new(LocalFunction::new(&self.program, local)));
        self
    }

    /// The value; infinities are no values.
    fn at(&self, inputs: &[f64]) -> f64 {
        let value = match &self.local {
            Some(local) => local.borrow_mut().at(inputs),
            None => self.float.borrow_mut().at(inputs),
        };
        if value.is_finite() { value } else { f64::NAN }
    }

    /// The value in balls of growing precision, until enough of its bits are right.
    fn precisely(&self, x: f64) -> f64 {
        let mut balls = self.balls.borrow_mut();
        let mut best = f64::NAN;
        for (index, bits) in PRECISIONS.into_iter().enumerate() {
            if index == balls.len() {
                balls.push(Evaluator::new(Arc::clone(&self.program), Numbers(bits)));
            }
            let ball = balls[index].value(&[Ball::from_f64(x)]);
            if ball.is_bounded() {
                if ball.accuracy_bits() >= USABLE || ball.radius_f64() <= LEAST {
                    best = ball.to_f64();
                }
                if ball.accuracy_bits() >= ENOUGH {
                    break;
                }
            }
        }
        best
    }

    fn on(&self, inputs: &[Interval]) -> Interval {
        match &self.local {
            Some(local) => local.borrow_mut().on(inputs),
            None => self.interval.borrow_mut().on(inputs),
        }
    }
}

/// The outermost modulus of an expression around what lies inside.
///
/// A modulus has no Taylor polynomial where its argument may be zero, but an enclosure of the argument gives one of it.
struct Shell {
    outer: RefCell<IntervalFunction>,
    inner: Real,
}

impl Shell {
    /// The shell of `abs(g)`, also inside of roots and logarithms; `None` where there is none.
    fn of(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<Shell>, Reason> {
        let hole = Symbol::new("_inner");
        let Some((outer, inner)) = modulus_inside(expr, variable, &Expr::symbol(hole)) else { return Ok(None) };
        let outer = RefCell::new(IntervalFunction::new(&outer, &[hole])?);
        Ok(Some(Shell { outer, inner: real(&inner, variable, budget)? }))
    }
}

/// Splits an expression at a modulus that alone holds the variable: what lies around, with `hole` in place of the modulus's argument, and
/// the argument.
fn modulus_inside(expr: &Expr, variable: Symbol, hole: &Expr) -> Option<(Expr, Expr)> {
    let moduli = expr.shared_nodes().filter(|node| matches!(node.kind(), Kind::Call(f, _) if f.name() == "abs"));
    moduli.into_iter().find_map(|modulus| {
        let Kind::Call(function, arguments) = modulus.kind() else { return None };
        let inner = arguments.first().filter(|inner| inner.has_symbol(variable))?.clone();
        let filled = Expr::call(function.clone(), vec![hole.clone()]);
        let outer = expr.substitute(&[(modulus.clone(), filled)]);
        (!outer.has_symbol(variable)).then_some((outer, inner))
    })
}

/// A function of one variable with its derivative.
struct Curve {
    formula: Formula,
    shell: Option<Shell>,
    slope: Option<Formula>,
    jets: RefCell<Option<Evaluator<Jets<Intervals>>>>,
    expr: Expr,
    variable: Symbol,
    cost: Cost,
    /// The polynomials of its special functions, where there are any.
    local: Option<Rc<Local>>,
}

impl Curve {
    /// The Taylor coefficients at a point, or over all points of a range.
    fn coefficients(&self, x: Interval) -> Vec<Interval> {
        let mut jets = self.jets.borrow_mut();
        let evaluator = jets.get_or_insert_with(|| {
            Evaluator::new(Arc::clone(&self.formula.program), Jets::new(Numbers(()), TAYLOR_ORDER))
        });
        let variable = evaluator.machine().variable(x);
        evaluator.value(&[variable])
    }

    /// The only zero of the critical parts inside a range.
    fn break_within(&self, within: Range, budget: &Budget) -> Option<Expr> {
        let parts = domain::critical_parts(&self.expr, self.variable)?;
        let end = |x: f64| Rational::from_f64(x).map(Expr::number);
        let span = Span { variable: self.variable, low: end(within.lo)?, high: end(within.hi)? };
        let breaks = domain::breaks_between(&parts, &span, budget).ok()??;
        match breaks.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }
}

impl RealFunction for Curve {
    fn value(&self, x: f64) -> f64 {
        self.formula.at(&[x])
    }

    fn enclose(&self, x: Interval) -> Interval {
        self.formula.on(&[x])
    }

    fn cost(&self) -> Cost {
        self.cost
    }

    fn forget(&self) {
        if let Some(local) = &self.local {
            local.clear();
        }
    }

    fn slope_enclosure(&self, x: Interval) -> Option<Interval> {
        self.slope.as_ref().map(|slope| slope.on(&[x]))
    }

    fn precise(&self, x: f64) -> f64 {
        self.formula.precisely(x)
    }

    /// Taylor's theorem with Lagrange's remainder; the flags of the coefficients over the range say that the derivatives exist.
    fn taylor_enclosure(&self, x: Interval) -> Option<Interval> {
        if let Some(shell) = &self.shell {
            return shell.inner.taylor_enclosure(x).map(|inner| shell.outer.borrow_mut().on(&[inner]));
        }
        let plain = || self.enclose(x);
        if self.local.is_some() || !plain().is_continuous() || !plain().is_bounded() {
            return None;
        }
        let over = self.coefficients(x);
        if over.iter().any(|part| part.is_empty() || !part.is_bounded() || !part.is_continuous()) {
            return None;
        }
        let centre = Interval::point(x.midpoint());
        let mut value = *over.last()?;
        for coefficient in self.coefficients(centre).iter().rev().skip(1) {
            value = *coefficient + value * (x - centre);
        }
        (value.is_bounded() && !value.is_empty()).then_some(value)
    }

    fn exact_value(&self, x: f64, budget: &Budget) -> Option<f64> {
        let at = Expr::number(Rational::from_f64(x)?);
        value_if_known(&self.expr.substitute_symbol(self.variable, &at), budget)
    }

    fn approach(&self, within: Range, from_right: bool, budget: &Budget) -> Approach {
        let exact = || Rational::from_f64(within.lo).map(Expr::number);
        let point = if within.lo == within.hi { exact() } else { self.break_within(within, budget) };
        let side = if from_right { Side::Right } else { Side::Left };
        let found = point.and_then(|point| limit(&self.expr, self.variable, &point, side, budget).ok());
        let Some(found) = found else { return Approach::Unknown };
        match found.kind() {
            Kind::Infinity(Infinity::Positive) => Approach::Infinite(true),
            Kind::Infinity(Infinity::Negative) => Approach::Infinite(false),
            _ if !found.is_constant() => Approach::Unknown,
            _ => match constant(&found, budget) {
                value if value.is_finite() => Approach::Finite(value),
                _ => Approach::Unknown,
            },
        }
    }

    fn has_steps(&self) -> bool {
        const STEPS: [&str; 7] = ["floor", "ceil", "frac", "round", "sgn", "heaviside", "unit_step"];
        let is_step = |name: &str| STEPS.contains(&name);
        self.expr.shared_nodes().any(|node| matches!(node.kind(), Kind::Call(function, _) if is_step(function.name())))
    }

    fn exact_break(&self, within: Range, budget: &Budget) -> Option<Break> {
        let at = self.break_within(within, budget)?;
        let value = value_if_known(&self.expr.substitute_symbol(self.variable, &at), budget);
        Some(Break { x: constant(&at, budget), value }).filter(|found| found.x.is_finite())
    }
}

/// A function of two variables with its partial derivatives.
struct Surface {
    formula: Formula,
    slopes: Option<[Formula; 2]>,
}

impl PlaneFunction for Surface {
    fn value(&self, x: f64, y: f64) -> f64 {
        self.formula.at(&[x, y])
    }

    fn enclose(&self, x: Interval, y: Interval) -> Interval {
        self.formula.on(&[x, y])
    }

    fn gradient(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        self.slopes.as_ref().map(|[dx, dy]| [dx.at(&[x, y]), dy.at(&[x, y])])
    }

    fn gradient_enclosure(&self, x: Interval, y: Interval) -> Option<[Interval; 2]> {
        self.slopes.as_ref().map(|[dx, dy]| [dx.on(&[x, y]), dy.on(&[x, y])])
    }
}
