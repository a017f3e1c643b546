//! The record of an elementary function, and what constructors do with it.

use super::Function;
use crate::expr::assume::Signs;
use crate::expr::node::{Expr, Kind};
use crate::number::{Arithmetic, Ball, Binary, Number, Rational, Real, Unary};

/// Symmetry of a function of one variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parity {
    /// `f(-x) = f(x)`.
    Even,
    /// `f(-x) = -f(x)`.
    Odd,
    /// Neither.
    None,
}

/// The real arguments at which a function is real, isolated poles not excepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RealDomain {
    /// All of them.
    All,
    /// From the first end to the second, `None` being infinite.
    Between(Option<End>, Option<End>),
    /// Up to the first end, and from the second on.
    Outside(End, End),
    /// Not stated.
    Unknown,
}

/// An end of a domain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct End {
    /// Where it is.
    pub at: i64,
    /// Does the end belong to the domain?
    pub included: bool,
}

impl End {
    /// An end that belongs to the domain.
    pub const fn closed(at: i64) -> End {
        End { at, included: true }
    }

    /// An end that does not.
    pub const fn open(at: i64) -> End {
        End { at, included: false }
    }
}

impl RealDomain {
    /// Is the function real at these arguments? Poles are not excepted.
    pub fn contains(self, x: &Rational) -> Option<bool> {
        let above = |end: End| *x > Rational::from(end.at) || (end.included && *x == Rational::from(end.at));
        let below = |end: End| *x < Rational::from(end.at) || (end.included && *x == Rational::from(end.at));
        match self {
            RealDomain::All => Some(true),
            RealDomain::Between(lower, upper) => Some(lower.is_none_or(above) && upper.is_none_or(below)),
            RealDomain::Outside(lower, upper) => Some(below(lower) || above(upper)),
            RealDomain::Unknown => None,
        }
    }
}

/// The points of the real domain where a function is not continuous.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Breaks {
    /// None: continuous wherever it is real.
    None,
    /// At zero.
    Zero,
    /// At one.
    One,
    /// At -1 and 1.
    PlusMinusOne,
    /// At every integer.
    Integers,
    /// At 0, -1, -2, ...
    NonPositiveIntegers,
    /// At -1, -2, -3, ...
    NegativeIntegers,
    /// At the multiples of pi.
    Turns,
    /// At the odd multiples of pi/2.
    OddHalfTurns,
    /// Not stated.
    Unknown,
}

/// An end of a function's range.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// Unbounded on this side.
    Infinite,
    /// An integer.
    Integer(i64),
    /// So many times pi/2.
    QuarterTurns(i64),
}

/// How a function is computed on numbers.
#[derive(Clone, Copy)]
pub enum Kernel {
    /// Not at all.
    None,
    /// By a function of one number in every arithmetic.
    Unary(&'static Unary),
    /// As `Unary`, but constructors take the value from the exact ones, also at floating numbers: where it is an
    /// integer, or real for a complex number.
    Step(&'static Unary),
    /// By a function of two numbers in every arithmetic.
    Binary(&'static Binary),
    /// By one of them, as there are one or two arguments.
    Either(&'static Unary, &'static Binary),
    /// By a function of two numbers that joins any number of arguments in turn.
    Fold(&'static Binary),
    /// By a function of three real numbers on balls, for single values only.
    Ternary(fn(&Ball, &Ball, &Ball, u32) -> Ball),
}

impl Kernel {
    /// The function of one number, if it is one.
    pub fn unary(self) -> Option<&'static Unary> {
        match self {
            Kernel::Unary(function) | Kernel::Step(function) | Kernel::Either(function, _) => Some(function),
            Kernel::None | Kernel::Binary(_) | Kernel::Fold(_) | Kernel::Ternary(_) => None,
        }
    }

    /// The function of two numbers, if it is one.
    pub fn binary(self) -> Option<&'static Binary> {
        match self {
            Kernel::Binary(function) | Kernel::Fold(function) | Kernel::Either(_, function) => Some(function),
            Kernel::None | Kernel::Unary(_) | Kernel::Step(_) | Kernel::Ternary(_) => None,
        }
    }

    /// The value at numbers of which at least one is floating, rounded to the smallest precision among them.
    pub(super) fn value(self, numbers: &[&Number]) -> Option<Number> {
        match (self, numbers) {
            (Kernel::Unary(function) | Kernel::Either(function, _), [number]) => number.apply(function),
            (Kernel::Binary(function) | Kernel::Either(_, function), [left, right]) => {
                let precision = left.precision().into_iter().chain(right.precision()).min()?;
                let balls = |working| Some((Ball::number(left, working)?, Ball::number(right, working)?));
                balls(precision)?;
                let value = |working| balls(working).map_or(Ball::UNBOUNDED, |(a, b)| (function.ball)(&a, &b, working));
                Real::from_balls(precision, value).map(Number::from)
            }
            (Kernel::Ternary(function), [a, b, c]) => {
                let precision = numbers.iter().filter_map(|number| number.precision()).min()?;
                let ball = |number, working| Ball::number(number, working);
                let value =
                    |working| Some(function(&ball(a, working)?, &ball(b, working)?, &ball(c, working)?, working));
                value(precision)?;
                Real::from_balls(precision, |working| value(working).unwrap_or(Ball::UNBOUNDED)).map(Number::from)
            }
            _ => None,
        }
    }
}

/// How a function that is analytic in pieces, as `abs`, is put together.
#[derive(Clone, Copy)]
pub struct Pieces {
    /// What vanishes where the formula changes, from the arguments.
    pub seams: fn(&[Expr]) -> Vec<Expr>,
    /// The formula between two seams, from the arguments and their values at one point there; `None` where it can't be
    /// told.
    pub formula: fn(&[Expr], &[Expr]) -> Option<Expr>,
}

impl Pieces {
    /// Of a function that changes where its argument is zero, with a constant on each side.
    pub(super) const STEP: Pieces = Pieces {
        seams: |x| vec![argument(x).clone()],
        formula: |_, at| super::rounding::sign_of(argument(at)).map(|sign| Expr::integer((sign.is_gt()) as i64)),
    };
}

/// All that is known about an elementary function.
#[derive(Clone, Copy)]
pub struct Elementary {
    /// The name in the language and in output.
    pub name: &'static str,
    /// What it is, in one sentence, for people.
    pub summary: &'static str,
    /// Other names that people type.
    pub aliases: &'static [&'static str],
    /// The LaTeX of the name; empty for the plain name. Where a call is no name before parentheses, a template of the
    /// whole call: `#1`, `#2` stand for the arguments, `#^1` for one that binds as the base of a power (`#^1!`).
    /// Templates for several numbers of arguments stand on lines of their own.
    pub latex: &'static str,
    /// How many arguments it takes, least and most.
    pub arity: (usize, usize),
    /// Symmetry in its only argument.
    pub parity: Parity,
    /// The name of the inverse function, where that is in the table.
    pub inverse: Option<&'static str>,
    /// The value where it is simple, exact and true for every admissible value; nothing expensive, nothing else.
    pub exact: fn(&[Expr]) -> Option<Expr>,
    /// The derivative by the argument at a position; `None` where it has no expression.
    pub derivative: fn(&[Expr], usize) -> Option<Expr>,
    /// The derivative of `f(u)` from `u` and its derivative by a real variable, where the chain rule does not hold
    /// because `f` is not analytic.
    pub total_derivative: Option<fn(&Expr, &Expr) -> Expr>,
    /// The signs that the value may have, from those of the arguments.
    pub signs: fn(&[Signs]) -> Signs,
    /// The real arguments with real values, for a function of one variable.
    pub domain: RealDomain,
    /// Where a function of one real variable is not continuous within its domain.
    pub breaks: Breaks,
    /// The least and greatest value at real arguments of the domain, approached or reached.
    pub range: (Bound, Bound),
    /// How it is computed on numbers, intervals and balls.
    pub kernel: Kernel,
    /// Where its formula changes, for functions that are analytic in pieces, and the formula on a piece.
    pub pieces: Option<Pieces>,
    /// Is it differentiable wherever the formula of its derivative has a value, but where it jumps?
    pub smooth: bool,
    /// Does it leave the growth of an unbounded argument as it is, or lower it, and come near its own limits no faster than
    /// powers of the argument do?
    pub tame: bool,
    /// Is its value at an infinity the limit there?
    pub reaches_ends: bool,
    /// Which argument is a variable bound by the call, as `x` is in `integrate(f(x), x, a, b)`.
    pub binds: Option<usize>,
}

impl Elementary {
    /// What most functions of one variable start from: no symmetry, no exact values, nothing known.
    pub(super) const UNARY: Elementary = Elementary {
        name: "",
        summary: "",
        aliases: &[],
        latex: "",
        arity: (1, 1),
        parity: Parity::None,
        inverse: None,
        exact: |_| None,
        derivative: |_, _| None,
        total_derivative: None,
        signs: |_| Signs::ANY,
        domain: RealDomain::All,
        breaks: Breaks::None,
        range: (Bound::Infinite, Bound::Infinite),
        kernel: Kernel::None,
        pieces: None,
        smooth: false,
        tame: false,
        reaches_ends: false,
        binds: None,
    };

    /// What functions of two variables start from.
    pub(super) const BINARY: Elementary =
        Elementary { arity: (2, 2), domain: RealDomain::Unknown, breaks: Breaks::Unknown, ..Elementary::UNARY };

    /// The value of a call, if it is a simple one: floating numbers are computed with, else the exact values apply.
    pub(in crate::expr) fn value(&self, arguments: &[Expr]) -> Option<Expr> {
        self.value_at_floating_zero(arguments)
            .or_else(|| self.floating_value(arguments))
            .or_else(|| (self.exact)(arguments))
    }

    /// The exact value of an angle's function, an inverse of one or `exp` at a floating zero, as in Sage.
    fn value_at_floating_zero(&self, arguments: &[Expr]) -> Option<Expr> {
        let [only] = arguments else { return None };
        let number = only.as_number().filter(|number| number.is_zero() && !number.is_exact())?;
        let families = [
            super::trig::TABLE,
            super::inverse_trig::TABLE,
            super::hyperbolic::TABLE,
            super::inverse_hyperbolic::TABLE,
        ];
        let own = |record: &&Elementary| std::ptr::eq(*record, self);
        let found = families.into_iter().flatten().any(own) || std::ptr::eq(self, &raw const super::EXP);
        let arcsine = std::ptr::eq(self, &raw const super::ARCSIN);
        (found && !arcsine && number.real_sign().is_some()).then(|| (self.exact)(&[Expr::zero()]))?
    }

    /// The value at numbers of which at least one is floating.
    pub fn floating_value(&self, arguments: &[Expr]) -> Option<Expr> {
        let inexact = |e: &Expr| e.as_number().is_some_and(|number| !number.is_exact());
        if !arguments.iter().any(inexact) {
            return None;
        }
        let numbers: Vec<&Number> = arguments.iter().map(Expr::as_number).collect::<Option<_>>()?;
        self.kernel.value(&numbers).map(Expr::number).or_else(|| self.value_at_pole(&numbers))
    }

    /// What the exact values say of a floating number at which the function has no finite value.
    fn value_at_pole(&self, numbers: &[&Number]) -> Option<Expr> {
        let exact = |number: &&Number| match number {
            Number::Real(real) => real.to_rational().map(Expr::number),
            Number::Rational(q) => Some(Expr::number(q.clone())),
            Number::Gaussian(_) | Number::Complex(_) => None,
        };
        let value = (self.exact)(&numbers.iter().map(exact).collect::<Option<Vec<_>>>()?)?;
        matches!(value.kind(), Kind::Infinity(_) | Kind::Undefined(_)).then_some(value)
    }
}

impl Expr {
    /// The function of the table applied to one argument.
    pub fn apply(record: &'static Elementary, x: &Expr) -> Expr {
        Expr::call(Function::Elementary(record), vec![x.clone()])
    }

    /// The function of the table applied to two arguments.
    pub fn apply2(record: &'static Elementary, x: &Expr, y: &Expr) -> Expr {
        Expr::call(Function::Elementary(record), vec![x.clone(), y.clone()])
    }

    /// The only argument, if the expression is a call of this function with one.
    pub fn argument_of(&self, record: &'static Elementary) -> Option<&Expr> {
        match self.kind() {
            Kind::Call(function, arguments) if function.is(record) && arguments.len() == 1 => arguments.first(),
            _ => None,
        }
    }
}

/// The only argument of a unary function; zero stands in for one that a wrong call left out.
pub(super) fn argument(arguments: &[Expr]) -> &Expr {
    nth(arguments, 0)
}

/// The argument at a position; zero stands in for one that a wrong call left out.
pub(super) fn nth(arguments: &[Expr], position: usize) -> &Expr {
    thread_local! {
        static ZERO: &'static Expr = Box::leak(Box::new(Expr::zero()));
    }
    arguments.get(position).unwrap_or_else(|| ZERO.with(|zero| *zero))
}

/// The signs of the first argument.
pub(super) fn first(signs: &[Signs]) -> Signs {
    signs.first().copied().unwrap_or(Signs::ANY)
}

/// Real for a real argument.
pub(super) fn real_for_real(signs: &[Signs]) -> Signs {
    if first(signs).only(Signs::REAL) { Signs::REAL } else { Signs::ANY }
}

/// The sign of the argument where that is real, as odd increasing functions have it.
pub(super) fn sign_of_argument(signs: &[Signs]) -> Signs {
    if first(signs).only(Signs::REAL) { first(signs) } else { Signs::ANY }
}

/// Constants above this height are not looked into by constructors.
const SHALLOW: usize = 40;

/// Is it free of variables, as far as a quick look tells?
pub(super) fn is_shallow_constant(x: &Expr) -> bool {
    x.depth() <= SHALLOW && x.is_constant()
}

/// The negative of a number, constant product or sum that is plainly below zero: `-1/2`, `-sqrt(2)`, `-3*pi - 1`.
pub(super) fn negated_constant(x: &Expr) -> Option<Expr> {
    let negative = |number: &Number| number.as_rational().is_some_and(Rational::is_negative);
    let plain = match x.kind() {
        Kind::Number(number) => negative(number),
        Kind::Product(product) => {
            negative(product.coefficient())
                && is_shallow_constant(x)
                && Signs::of(&product.without_coefficient()).only(Signs::POSITIVE)
        }
        Kind::Sum(sum) => {
            let constant = sum.constant();
            (constant.is_zero() || negative(constant))
                && sum.terms().iter().all(|term| negative(&term.coefficient))
                && is_shallow_constant(x)
                && sum.terms().iter().all(|term| Signs::of(&term.base).only(Signs::POSITIVE))
        }
        _ => false,
    };
    plain.then(|| -x)
}

/// `y` when the expression is `I*y` with every coefficient of `y` rational.
pub(super) fn imaginary_factor(x: &Expr) -> Option<Expr> {
    let imaginary = |number: &Number| matches!(number, Number::Gaussian(g) if g.re.is_zero());
    let whole = match x.kind() {
        Kind::Number(number) => imaginary(number),
        Kind::Product(product) => imaginary(product.coefficient()),
        Kind::Sum(sum) => {
            (sum.constant().is_zero() || imaginary(sum.constant()))
                && sum.terms().iter().all(|term| imaginary(&term.coefficient))
        }
        _ => false,
    };
    whole.then(|| x.scale(&-&Number::i()))
}

/// Is it the exact number zero?
pub(super) fn is_exact_zero(x: &Expr) -> bool {
    x.as_rational().is_some_and(Rational::is_zero)
}

/// One half.
pub(super) fn half() -> Expr {
    Expr::number(Rational::HALF)
}

/// `n/d*pi`.
pub(super) fn turn(n: i64, d: i64) -> Expr {
    Expr::pi() * Expr::fraction(n, d)
}

/// Declares the constructors of functions of one variable.
macro_rules! constructors {
    ($($(#[$doc:meta])* $name:ident => $record:ident;)*) => {
        $(
            $(#[$doc])*
            pub fn $name(x: &crate::expr::Expr) -> crate::expr::Expr {
                crate::expr::Expr::apply(&$record, x)
            }
        )*
    };
}
pub(super) use constructors;
