//! Floor, ceiling and fractional part, and the functions that jump: sign, steps, Dirac's and Kronecker's delta.

use std::cmp::Ordering;

use super::elementary::{self, Bound, Breaks, Elementary, Kernel, Parity, Pieces, argument, nth};
use crate::expr::assume::{self, Signs};
use crate::expr::node::{Expr, Kind, Undefined};
use crate::number::{Integer, Number, Rational, kernel};

/// The greatest integer that is not above the argument.
pub static FLOOR: Elementary = Elementary {
    name: "floor",
    summary: "The greatest integer that is not above the argument.",
    latex: r"\left \lfloor #1 \right \rfloor",
    exact: |x| rounded(argument(x), number_floor).or_else(|| floor_of_quotient(argument(x))),
    signs: |s| match elementary::first(s) {
        signs if signs.only(Signs::NON_NEGATIVE) => Signs::NON_NEGATIVE,
        signs if signs.only(Signs::NEGATIVE) => Signs::NEGATIVE,
        _ => elementary::real_for_real(s),
    },
    breaks: Breaks::Integers,
    kernel: Kernel::Step(&kernel::FLOOR),
    pieces: Some(Pieces { seams: at_integers, formula: |_, at| whole(at, number_floor) }),
    ..Elementary::UNARY
};

/// The least integer that is not below the argument.
pub static CEIL: Elementary = Elementary {
    name: "ceil",
    summary: "The least integer that is not below the argument.",
    aliases: &["ceiling"],
    latex: r"\left \lceil #1 \right \rceil",
    exact: |x| rounded(argument(x), number_ceil).or_else(|| floor_of_quotient(&-argument(x)).map(|whole| -whole)),
    signs: |s| match elementary::first(s) {
        signs if signs.only(Signs::POSITIVE) => Signs::POSITIVE,
        signs if signs.only(Signs::NON_POSITIVE) => Signs::NON_POSITIVE,
        _ => elementary::real_for_real(s),
    },
    breaks: Breaks::Integers,
    kernel: Kernel::Step(&kernel::CEIL),
    pieces: Some(Pieces { seams: at_integers, formula: |_, at| whole(at, number_ceil) }),
    ..Elementary::UNARY
};

/// The fractional part `x - floor(x)`.
pub static FRAC: Elementary = Elementary {
    name: "frac",
    summary: "The fractional part `x - floor(x)`.",
    latex: r"\operatorname{frac}",
    exact: |x| frac_value(argument(x)),
    signs: |s| if elementary::first(s).only(Signs::REAL) { Signs::NON_NEGATIVE } else { Signs::ANY },
    breaks: Breaks::Integers,
    range: (Bound::Integer(0), Bound::Integer(1)),
    kernel: Kernel::Unary(&super::numeric::FRAC),
    pieces: Some(Pieces {
        seams: at_integers,
        formula: |x, at| whole(at, number_floor).map(|whole| argument(x) - whole),
    }),
    ..Elementary::UNARY
};

/// The sign: -1, 0 or 1.
pub static SGN: Elementary = Elementary {
    name: "sgn",
    summary: "The sign: -1, 0 or 1.",
    aliases: &["sign"],
    latex: r"\mathrm{sgn}",
    parity: Parity::Odd,
    exact: |x| {
        let waits = super::trig::is_as_written() && !argument(x).is_constant();
        sign_of(argument(x)).filter(|_| !waits).map(|sign| Expr::integer(sign as i64))
    },
    derivative: |x, _| Some(dirac_delta(argument(x)).scale(&Number::from(2))),
    signs: elementary::sign_of_argument,
    breaks: Breaks::Zero,
    range: (Bound::Integer(-1), Bound::Integer(1)),
    kernel: Kernel::Step(&kernel::SIGN),
    pieces: Some(Pieces {
        seams: |x| vec![argument(x).clone()],
        formula: |_, at| sign_of(argument(at)).map(|sign| Expr::integer(sign as i64)),
    }),
    tame: true,
    ..Elementary::UNARY
};

/// Heaviside's step: 0 below zero, 1 above, nothing said at zero.
pub static HEAVISIDE: Elementary = Elementary {
    name: "heaviside",
    summary: "Heaviside's step: 0 below zero, 1 above, nothing said at zero.",
    latex: "H",
    exact: |x| match sign_of(argument(x)) {
        Some(Ordering::Less) => Some(Expr::zero()),
        Some(Ordering::Equal) => None,
        Some(Ordering::Greater) => Some(Expr::one()),
        None => step_of_direction(&HEAVISIDE, argument(x)),
    },
    derivative: |x, _| Some(dirac_delta(argument(x))),
    signs: non_negative_for_real,
    breaks: Breaks::Zero,
    range: (Bound::Integer(0), Bound::Integer(1)),
    kernel: Kernel::Step(&kernel::HEAVISIDE),
    pieces: Some(Pieces::STEP),
    tame: true,
    ..Elementary::UNARY
};

/// The unit step: 0 below zero, 1 from zero on.
pub static UNIT_STEP: Elementary = Elementary {
    name: "unit_step",
    summary: "The unit step: 0 below zero, 1 from zero on.",
    latex: r"\mathrm{u}",
    exact: |x| match sign_of(argument(x)) {
        Some(Ordering::Less) => Some(Expr::zero()),
        Some(_) => Some(Expr::one()),
        None if Signs::of(argument(x)).only(Signs::NON_NEGATIVE) => Some(Expr::one()),
        None => step_of_direction(&UNIT_STEP, argument(x)),
    },
    derivative: |x, _| Some(dirac_delta(argument(x))),
    signs: non_negative_for_real,
    breaks: Breaks::Zero,
    range: (Bound::Integer(0), Bound::Integer(1)),
    kernel: Kernel::Step(&kernel::UNIT_STEP),
    pieces: Some(Pieces::STEP),
    tame: true,
    ..Elementary::UNARY
};

/// Dirac's delta: 0 away from zero.
pub static DIRAC_DELTA: Elementary = Elementary {
    name: "dirac_delta",
    summary: "Dirac's delta: 0 away from zero.",
    latex: r"\delta",
    parity: Parity::Even,
    exact: |x| sign_of(argument(x)).filter(|sign| sign.is_ne()).map(|_| Expr::zero()),
    signs: non_negative_for_real,
    breaks: Breaks::Zero,
    ..Elementary::UNARY
};

/// Kronecker's delta: 1 where both arguments agree, else 0.
pub static KRONECKER_DELTA: Elementary = Elementary {
    name: "kronecker_delta",
    summary: "Kronecker's delta: 1 where both arguments agree, else 0.",
    latex: r"\delta_{#1,#2}",
    exact: |x| kronecker_value(nth(x, 0), nth(x, 1)),
    derivative: |_, _| Some(Expr::zero()),
    signs: |_| Signs::NON_NEGATIVE,
    range: (Bound::Integer(0), Bound::Integer(1)),
    ..Elementary::BINARY
};

/// The greatest of several values.
pub static MAX: Elementary = Elementary {
    name: "max",
    summary: "The greatest of several values.",
    aliases: &["max_symbolic"],
    latex: r"\max",
    arity: (1, usize::MAX),
    exact: |x| extreme(&MAX, x, Ordering::Greater),
    derivative: |x, position| Some(leads(&MAX, x, position, |own, others| own - others)),
    signs: real_for_reals,
    breaks: Breaks::None,
    kernel: Kernel::Fold(&kernel::MAX),
    pieces: Some(Pieces { seams: differences, formula: |x, at| extreme_at(x, at, Ordering::Greater) }),
    tame: true,
    ..Elementary::BINARY
};

/// The least of several values.
pub static MIN: Elementary = Elementary {
    name: "min",
    summary: "The least of several values.",
    aliases: &["min_symbolic"],
    latex: r"\min",
    exact: |x| extreme(&MIN, x, Ordering::Less),
    derivative: |x, position| Some(leads(&MIN, x, position, |own, others| others - own)),
    kernel: Kernel::Fold(&kernel::MIN),
    pieces: Some(Pieces { seams: differences, formula: |x, at| extreme_at(x, at, Ordering::Less) }),
    tame: true,
    ..MAX
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] =
    &[&FLOOR, &CEIL, &FRAC, &SGN, &HEAVISIDE, &UNIT_STEP, &DIRAC_DELTA, &KRONECKER_DELTA, &MAX, &MIN];

elementary::constructors! {
    /// `floor(x)`.
    floor => FLOOR;
    /// `ceil(x)`.
    ceil => CEIL;
    /// `frac(x)`.
    frac => FRAC;
    /// `sgn(x)`.
    sgn => SGN;
    /// `heaviside(x)`.
    heaviside => HEAVISIDE;
    /// `unit_step(x)`.
    unit_step => UNIT_STEP;
    /// `dirac_delta(x)`.
    dirac_delta => DIRAC_DELTA;
}

/// 1 where the argument at a position is ahead of all others, 0 where it is behind one, nothing said at a tie.
fn leads(record: &'static Elementary, x: &[Expr], position: usize, lead: fn(&Expr, &Expr) -> Expr) -> Expr {
    let others: Vec<Expr> = x.iter().enumerate().filter(|(at, _)| *at != position).map(|(_, e)| e.clone()).collect();
    if others.is_empty() {
        return Expr::one();
    }
    heaviside(&lead(nth(x, position), &Expr::call(super::Function::Elementary(record), others)))
}

/// A step looks at the sign of a product alone: `heaviside(-2*x)` is `heaviside(-x)`.
fn step_of_direction(record: &'static Elementary, x: &Expr) -> Option<Expr> {
    let Kind::Product(product) = x.kind() else { return None };
    let size = product.coefficient().as_rational()?.abs();
    if size.is_one() {
        return None;
    }
    Some(Expr::apply(record, &x.scale(&Number::from(size.recip()?))))
}

/// What vanishes where the argument is an integer.
fn at_integers(arguments: &[Expr]) -> Vec<Expr> {
    vec![super::sin(&(Expr::pi() * argument(arguments)))]
}

/// A value rounded to an integer.
fn whole(at: &[Expr], of_number: fn(&Number) -> Option<Integer>) -> Option<Expr> {
    rounded(argument(at), of_number).filter(|value| value.as_number().is_some())
}

/// All differences of two arguments.
fn differences(arguments: &[Expr]) -> Vec<Expr> {
    let pairs = arguments.iter().enumerate().flat_map(|(place, a)| arguments[place + 1..].iter().map(move |b| a - b));
    pairs.collect()
}

/// The argument whose value is the extreme one.
fn extreme_at(arguments: &[Expr], at: &[Expr], wanted: Ordering) -> Option<Expr> {
    let mut best = (arguments.first()?, at.first()?);
    for next in arguments.iter().zip(at).skip(1) {
        if sign_of(&(next.1 - best.1))? == wanted {
            best = next;
        }
    }
    Some(best.0.clone())
}

fn non_negative_for_real(signs: &[Signs]) -> Signs {
    if elementary::first(signs).only(Signs::REAL) { Signs::NON_NEGATIVE } else { Signs::ANY }
}

fn real_for_reals(signs: &[Signs]) -> Signs {
    signs.iter().copied().reduce(|a, b| a | b).filter(|all| all.only(Signs::REAL)).unwrap_or(Signs::ANY)
}

/// The sign of a real expression, of an infinity, and of a floating number.
pub(super) fn sign_of(x: &Expr) -> Option<Ordering> {
    match x.kind() {
        Kind::Number(number) => number.real_sign().map(|sign| sign.cmp(&0)),
        _ => assume::sign(x).or_else(|| super::constant::sign(x)),
    }
}

fn number_floor(number: &Number) -> Option<Integer> {
    match number {
        Number::Rational(q) => Some(q.floor()),
        Number::Real(r) => r.floor(),
        Number::Gaussian(_) | Number::Complex(_) => None,
    }
}

fn number_ceil(number: &Number) -> Option<Integer> {
    match number {
        Number::Rational(q) => Some(q.ceil()),
        Number::Real(r) => r.ceil(),
        Number::Gaussian(_) | Number::Complex(_) => None,
    }
}

/// Rounding to an integer: of numbers, complex ones in both parts, of assumed integers, and of constants that are enclosed narrowly enough.
fn rounded(x: &Expr, of_number: fn(&Number) -> Option<Integer>) -> Option<Expr> {
    match x.kind() {
        Kind::Number(number) if number.is_real() => of_number(number).map(Expr::number),
        Kind::Number(Number::Gaussian(number)) => {
            let part = |q: &Rational| of_number(&Number::Rational(q.clone())).map(Expr::number);
            Some(part(&number.re)? + Expr::i() * part(&number.im)?)
        }
        Kind::Number(_) => Some(Expr::undefined(Undefined::Pole)),
        Kind::Infinity(_) => Some(Expr::undefined(Undefined::AtInfinity)),
        _ if assume::is_integer(x).is_yes() => Some(x.clone()),
        _ => super::constant::rounded(x, of_number).map(Expr::number),
    }
}

/// The floor of `a/b` with an assumed positive `b`, where it is shown to be -1, 0 or 1: `k <= a/b < k + 1`.
fn floor_of_quotient(x: &Expr) -> Option<Expr> {
    let (Kind::Product(_) | Kind::Power(..)) = x.kind() else { return None };
    let parts = match x.kind() {
        Kind::Product(product) => product.parts().collect(),
        _ => vec![x.clone()],
    };
    let is_below = |part: &Expr| match part.kind() {
        Kind::Power(_, exponent) => exponent.as_rational().is_some_and(|q| q.is_negative()),
        _ => false,
    };
    let (below, above): (Vec<Expr>, Vec<Expr>) = parts.into_iter().partition(is_below);
    let (a, b) = (Expr::product(above), Expr::product(below).recip());
    if x.is_constant() || assume::sign(&b) != Some(Ordering::Greater) {
        return None;
    }
    let at_least = |k: i64| Signs::of(&(&a - &b.scale(&Number::from(k))));
    (-1..=1)
        .find(|k| at_least(*k).only(Signs::NON_NEGATIVE) && at_least(*k + 1).only(Signs::NEGATIVE))
        .map(Expr::integer)
}

fn frac_value(x: &Expr) -> Option<Expr> {
    rounded(x, number_floor).map(|whole| x - whole)
}

/// 1 for equal expressions, 0 when their difference is certainly not zero.
fn kronecker_value(x: &Expr, y: &Expr) -> Option<Expr> {
    if x == y {
        return Some(Expr::one());
    }
    let difference = x - y;
    assume::is_nonzero(&difference).is_yes().then(Expr::zero).or_else(|| sign_of(&difference).map(|_| Expr::zero()))
}

/// The greatest or least of several: the real numbers among them are merged into one, which stands last.
fn extreme(record: &'static Elementary, arguments: &[Expr], wanted: Ordering) -> Option<Expr> {
    let real = |e: &&Expr| e.as_number().is_some_and(|n| n.real_sign().is_some());
    let numbers: Vec<&Expr> = arguments.iter().filter(real).collect();
    let better = |a: &Expr, b: &Expr| sign_of(&(a - b)) == Some(wanted);
    let best = numbers.iter().copied().reduce(|best, next| if better(next, best) { next } else { best });
    let others: Vec<Expr> = arguments.iter().filter(|e| !real(e)).cloned().collect();
    match (best, others.as_slice()) {
        (Some(best), []) => Some(best.clone()),
        (None, [only]) => Some(only.clone()),
        (Some(best), _) if numbers.len() > 1 || arguments.last() != Some(best) => {
            let merged: Vec<Expr> = others.into_iter().chain([best.clone()]).collect();
            Some(Expr::call(super::Function::Elementary(record), merged))
        }
        _ => without_beaten(record, arguments, wanted),
    }
}

/// Without the arguments that another one, all being real, is shown to beat: `max(x, x + 1)` is `x + 1`.
fn without_beaten(record: &'static Elementary, arguments: &[Expr], wanted: Ordering) -> Option<Expr> {
    let beaten = |place: usize, own: &Expr| {
        let mut others = arguments.iter().enumerate().filter(|(other, _)| *other != place);
        others.any(|(other, rival)| {
            rival == own && other < place
                || bound_of(rival, wanted).is_some_and(|bound| never_better(own, &bound, wanted))
                || bound_of(own, wanted.reverse()).is_some_and(|bound| never_better(&bound, rival, wanted))
                || never_better(own, rival, wanted)
                || at_best_level(own, rival, wanted) && (other < place || !at_best_level(rival, own, wanted))
        }) || is_between(own, &rivals_of(arguments, place))
    };
    let kept: Vec<Expr> =
        arguments.iter().enumerate().filter(|(place, own)| !beaten(*place, own)).map(|(_, own)| own.clone()).collect();
    (!kept.is_empty() && kept.len() < arguments.len()).then(|| Expr::call(super::Function::Elementary(record), kept))
}

/// The arguments but the one at a place.
fn rivals_of(arguments: &[Expr], place: usize) -> Vec<&Expr> {
    arguments.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, e)| e).collect()
}

/// Is `own` shown to be behind `rival`?
fn never_better(own: &Expr, rival: &Expr, wanted: Ordering) -> bool {
    sign_of(&(rival - own)) == Some(wanted)
}

/// Is `own` shown to be behind `rival` or level with it, though perhaps not which?
fn at_best_level(own: &Expr, rival: &Expr, wanted: Ordering) -> bool {
    let ahead = if wanted == Ordering::Greater { rival - own } else { own - rival };
    !ahead.is_zero() && Signs::of(&ahead).only(Signs::NON_NEGATIVE)
}

/// Is `own` a rational multiple `q*u` between two others `p*u` and `r*u` with `p < q < r`, zero being `0*u`? Whatever
/// the sign of the real `u`, one of the two is ahead of it.
fn is_between(own: &Expr, others: &[&Expr]) -> bool {
    let Some((_, base)) = multiple(own) else { return false };
    let place = |e: &Expr| match (e.as_rational(), multiple(e)) {
        (Some(q), _) if q.is_zero() => Some(Rational::ZERO),
        (_, Some((q, of))) if of == base => Some(q),
        _ => None,
    };
    let Some(own) = place(own) else { return false };
    let places: Vec<Rational> = others.iter().filter_map(|e| place(e)).collect();
    places.iter().any(|p| *p < own) && places.iter().any(|p| *p > own)
}

/// The expression as a rational number times one without such a factor; none for numbers.
fn multiple(e: &Expr) -> Option<(Rational, Expr)> {
    match e.kind() {
        Kind::Number(_) => None,
        Kind::Product(product) => Some((product.coefficient().as_rational()?.clone(), product.without_coefficient())),
        _ => Some((Rational::ONE, e.clone())),
    }
}

/// The number that `max` is never below, or `min` never above.
fn bound_of(e: &Expr, wanted: Ordering) -> Option<Expr> {
    let (called, arguments) = e.as_call()?;
    let fits = called.is(if wanted == Ordering::Greater { &MAX } else { &MIN });
    let is_number = |e: &&Expr| e.as_number().is_some_and(|n| n.real_sign().is_some());
    arguments.iter().find(is_number).filter(|_| fits).cloned()
}
