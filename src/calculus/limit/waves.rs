//! Before an ascent: what oscillates or has steps without end is named by bounded unknowns.
//!
//! `sin(u)` and `cos(u)` of an unbounded real `u` become two unknowns of a wave; waves whose arguments differ by
//! something with a limit are one, by the addition theorem, so that `sin(sqrt(x + 1)) - sin(sqrt(x))` is seen to vanish.
//! `floor(u)` becomes `u` less an unknown. Functions of unknowns alone, such as `abs(sin(u))`, are unknowns themselves.

use std::cmp::Ordering;

use super::ascent::Ascent;
use super::gruntz::is_infinite;
use crate::algebra;
use crate::expr::assume;
use crate::expr::function::{Breaks, Parity};
use crate::expr::{Constant, Expr, Function, Infinity, Kind, Reason, function};
use crate::number::{Number, Rational};
use crate::tape::series::Approach;

/// Something that recurs: a sine and cosine of one argument, or the part of an argument above its floor.
#[derive(Clone)]
pub(super) struct Wave {
    pub(super) argument: Expr,
    pub(super) sine: Expr,
    /// For a part above the floor the same as the sine.
    pub(super) cosine: Expr,
    pub(super) recurs: Recurrence,
}

/// Which phases a wave takes again and again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Recurrence {
    /// All of them: the argument is continuous.
    Everywhere,
    /// It comes as near as one likes to each: a rational multiple of an integer, turns being irrational.
    Nearly,
    /// Those at multiples of a rational number of half turns: the variable is an integer.
    HalfTurns,
    /// A part above the floor, all values.
    Fraction,
    /// Nothing is known.
    Unknown,
}

impl Ascent<'_> {
    /// The expression with unknowns for what oscillates, and with known growth for special functions.
    ///
    /// # Errors
    /// When the budget runs out.
    pub(super) fn prepare(&self, expr: &Expr) -> Result<Expr, Reason> {
        let mut stopped = None;
        let prepared = expr.rewrite(
            |_| None,
            |node| {
                if stopped.is_some() {
                    return node;
                }
                match self.prepared(&node) {
                    Ok(other) => other.unwrap_or(node),
                    Err(reason) if reason.is_stopped() => {
                        stopped = Some(reason);
                        node
                    }
                    Err(_) => node,
                }
            },
        );
        stopped.map_or(Ok(prepared), Err)
    }

    /// A node whose parts are prepared, if it has to be another.
    fn prepared(&self, node: &Expr) -> Result<Option<Expr>, Reason> {
        self.budget.check()?;
        if let Kind::Power(base, exponent) = node.kind() {
            return self.power(base, exponent);
        }
        if let Kind::Product(product) = node.kind()
            && let [only] = product.factors()
            && matches!(only.base.as_call(), Some((Function::Elementary(record), _)) if record.parity != Parity::None)
        {
            // With its argument prepared, a call may have become one of the opposite with a sign before it.
            let call = self.prepared(&only.base)?;
            return Ok(call.map(|call| call.power_rational(&only.exponent).scale(product.coefficient())));
        }
        let Some((Function::Elementary(record), arguments)) = node.as_call() else { return Ok(None) };
        if !node.has_symbol(self.x) {
            // Of functions made of pieces, values between bounds suffice where their arguments are unknowns.
            let bounded = record.pieces.is_some() && self.has_unknowns(node);
            return Ok(if bounded { self.named(node) } else { None });
        }
        match (record.name, arguments) {
            ("exp", [u]) => self.exponential(u),
            ("log", [u]) => match self.exponent(u) {
                // The logarithm of a positive power.
                Some(argument) if self.is_real(&argument)? => Ok(Some(argument)),
                // Of a negative number, so that what is not real is seen to be so.
                None if self.is_negative(u)? => Ok(Some(function::log(&-u) + Expr::pi() * Expr::i())),
                _ => Ok(None),
            },
            ("sin" | "cos" | "tan" | "cot" | "sec" | "csc", [u]) => self.circular(record.name, u),
            ("sinh" | "cosh" | "tanh" | "coth" | "sech" | "csch", [u]) => {
                let stays = self.limit(u).is_ok_and(|value| super::is_finite(&value));
                match stays {
                    true => Ok(None),
                    false => self.prepare(&algebra::hyperbolic_by_exponentials(node)).map(Some),
                }
            }
            ("floor" | "ceil" | "frac", [u]) => self.rounded(record.name, u),
            _ => self.special(node),
        }
    }

    /// An unknown for a function of unknowns, between the bounds of its enclosure.
    fn named(&self, node: &Expr) -> Option<Expr> {
        let range = self.range(node)?;
        let whole = |value: f64| (value.abs() < 1e6).then(|| Rational::from(value as i64));
        let (low, high) = (whole(range.low().floor())?, whole(range.high().ceil())?);
        Some(self.unknown(low, high, Some(node.clone())))
    }

    /// `exp(a + b*I)` as `exp(a)*(cos(b) + I*sin(b))`.
    fn exponential(&self, u: &Expr) -> Result<Option<Expr>, Reason> {
        let imaginary = |node: Expr| {
            node.as_number().is_some_and(|number| !number.is_real())
                || matches!(node.kind(), Kind::Product(product) if !product.coefficient().is_real())
        };
        if !u.shared_nodes().any(imaginary) {
            return Ok(None);
        }
        let u = algebra::expand(u, self.budget)?;
        let (re, im) = algebra::split_imaginary(&u);
        if im.is_zero() {
            return Ok(None);
        }
        if !im.has_symbol(self.x) && !self.has_unknowns(&im) {
            return Ok(Some(function::exp(&re) * function::exp(&(Expr::i() * im))));
        }
        let Some((sine, cosine)) = self.wave(&im)? else { return Ok(None) };
        Ok(Some(function::exp(&re) * (cosine + Expr::i() * sine)))
    }

    /// Is the expression negative for all large values of the variable?
    pub(super) fn is_negative(&self, expr: &Expr) -> Result<bool, Reason> {
        if !expr.has_symbol(self.x) || assume::sign(expr) == Some(Ordering::Greater) {
            return Ok(false);
        }
        match self.sign_at_infinity(expr) {
            Err(reason) if reason.is_stopped() => Err(reason),
            sign => Ok(sign == Ok(Some(Ordering::Less))),
        }
    }

    /// A power of a negative or complex constant with the variable in the exponent.
    fn power(&self, base: &Expr, exponent: &Expr) -> Result<Option<Expr>, Reason> {
        let is_fixed = exponent.to_i64().is_none() && !exponent.has_symbol(self.x);
        let is_negative_number = exponent.as_rational().is_none() && assume::sign(base) == Some(Ordering::Less);
        if is_fixed && (is_negative_number || self.is_negative(base)?) {
            return Ok(Some((-base).power(exponent) * function::exp(&(Expr::pi() * Expr::i() * exponent))));
        }
        if exponent.as_rational().is_some() || ![base, exponent].iter().any(|e| e.has_symbol(self.x)) {
            return Ok(None);
        }
        let argument = exponent * function::log(base);
        if !argument.has_symbol(self.x) {
            // `x^(log(2)/log(x))`
            return Ok(Some(function::exp(&argument)));
        }
        if !exponent.has_symbol(self.x) {
            return Ok(None);
        }
        let (size, angle) = match self.sign_at_infinity(base) {
            Err(reason) if reason.is_stopped() => return Err(reason),
            Ok(Some(Ordering::Greater)) => return Ok(None),
            Ok(Some(Ordering::Less)) => (-base, Expr::pi()),
            _ if base.is_constant() => (function::abs(base), function::arg(base)),
            _ => return Ok(self.shrinking_power(base, exponent)),
        };
        let Some((sine, cosine)) = self.wave(&(exponent * angle))? else { return Ok(None) };
        Ok(Some(size.power(exponent) * (cosine + Expr::i() * sine)))
    }

    /// A power of a parameter that is less than one in size.
    fn shrinking_power(&self, base: &Expr, exponent: &Expr) -> Option<Expr> {
        let size = function::abs(base);
        let shrinks = assume::sign(&(&size - Expr::one())) == Some(Ordering::Less);
        let unit = || self.unknown(-&Rational::ONE, Rational::ONE, None);
        let phase = if assume::is_real(base).is_yes() { unit() } else { unit() + Expr::i() * unit() };
        (shrinks && !base.has_symbol(self.x)).then(|| phase * size.power(exponent))
    }

    fn circular(&self, name: &str, u: &Expr) -> Result<Option<Expr>, Reason> {
        Ok(self.wave(u)?.map(|(sine, cosine)| match name {
            "sin" => sine,
            "cos" => cosine,
            "tan" => sine / cosine,
            "cot" => cosine / sine,
            "sec" => cosine.recip(),
            _ => sine.recip(),
        }))
    }

    /// Sine and cosine of an argument that is real and not bounded; `None` for others.
    pub(super) fn wave(&self, u: &Expr) -> Result<Option<(Expr, Expr)>, Reason> {
        let unbounded = match self.limit(u) {
            Err(reason) if reason.is_stopped() => return Err(reason),
            // `m*x` with an `m` that is not zero.
            Err(_) => match self.limit(&u.powi(2)) {
                Err(reason) if reason.is_stopped() => return Err(reason),
                size => size.is_ok_and(|size| is_infinite(&size)),
            },
            Ok(value) if super::is_finite(&value) => return Ok(None),
            Ok(value) => is_infinite(&value),
        };
        if !assume::is_real(u).is_yes() {
            return Ok(None);
        }
        if unbounded && let Some(known) = self.by_floor(u)? {
            return Ok(Some(known));
        }
        if unbounded && let Some(known) = self.by_known_wave(u)? {
            return Ok(Some(known));
        }
        if unbounded && let Some(known) = self.by_whole_turns(u)? {
            return Ok(Some(known));
        }
        let one = Rational::ONE;
        let sine = match assume::is_integer(&(u / Expr::pi())).is_yes() {
            true => Expr::zero(),
            false => self.unknown(-&one, one.clone(), None),
        };
        let cosine = self.unknown(-&one, one, None);
        let recurs = if unbounded { self.recurrence(u) } else { Recurrence::Unknown };
        let wave = Wave { argument: u.clone(), sine: sine.clone(), cosine: cosine.clone(), recurs };
        self.waves.borrow_mut().push(wave);
        Ok(Some((sine, cosine)))
    }

    /// By a known wave whose argument, or a small multiple of it, differs by something with a limit.
    fn by_known_wave(&self, u: &Expr) -> Result<Option<(Expr, Expr)>, Reason> {
        let waves = self.waves.borrow().clone();
        for wave in waves.iter().filter(|wave| wave.recurs != Recurrence::Fraction) {
            for times in [1, -1, 2, -2, 3, -3] {
                let rest = algebra::expand(&(u - &wave.argument * Expr::integer(times)), self.budget)?;
                let near = rest.is_zero()
                    || match self.limit(&rest) {
                        Err(reason) if reason.is_stopped() => return Err(reason),
                        Err(_) => false,
                        Ok(value) => super::is_finite(&value),
                    };
                if near {
                    let (sine, cosine) = multiple(wave, times);
                    let (s, c) = (function::sin(&rest), function::cos(&rest));
                    return Ok(Some((&sine * &c + &cosine * &s, &cosine * &c - &sine * &s)));
                }
            }
        }
        Ok(None)
    }

    /// By a rational multiple of the half turn times the variable, an integer, where the argument comes near to that:
    /// `sin(pi*sqrt(n^2 + 1))`.
    fn by_whole_turns(&self, u: &Expr) -> Result<Option<(Expr, Expr)>, Reason> {
        let x = Expr::symbol(self.x);
        if !assume::is_integer(&x).is_yes() || self.has_unknowns(u) {
            return Ok(None);
        }
        let turns = match self.limit(&(u / &x)) {
            Err(reason) if reason.is_stopped() => return Err(reason),
            Err(_) => return Ok(None),
            Ok(slope) => slope / Expr::pi(),
        };
        let Some(turns) = turns.as_rational().filter(|turns| !turns.is_zero()) else { return Ok(None) };
        let base = Expr::pi() * &x * Expr::number(turns.clone());
        let rest = algebra::expand(&(u - &base), self.budget)?;
        let near = match self.limit(&rest) {
            _ if rest.is_zero() => false,
            Err(reason) if reason.is_stopped() => return Err(reason),
            Err(_) => false,
            Ok(value) => super::is_finite(&value),
        };
        if !near {
            return Ok(None);
        }
        let Some((sine, cosine)) = self.wave(&base)? else { return Ok(None) };
        let (s, c) = (function::sin(&rest), function::cos(&rest));
        Ok(Some((&sine * &c + &cosine * &s, &cosine * &c - &sine * &s)))
    }

    /// Which phases recur, the argument being unbounded.
    fn recurrence(&self, u: &Expr) -> Recurrence {
        let x = Expr::symbol(self.x);
        if self.has_unknowns(u) || u.shared_nodes().any(|node| is_broken(&node)) {
            return Recurrence::Unknown;
        }
        if !assume::is_integer(&x).is_yes() {
            return Recurrence::Everywhere;
        }
        let slope = algebra::expand(&(u / &x), self.budget).unwrap_or_else(|_| u.clone());
        match slope.as_rational() {
            Some(_) => Recurrence::Nearly,
            None if (&slope / Expr::pi()).as_rational().is_some() => Recurrence::HalfTurns,
            None => Recurrence::Unknown,
        }
    }

    /// The part of an unbounded argument above its floor: by that of another argument where one is a rational multiple of
    /// the other and a constant, so that `floor(2*x) - 2*floor(x)` is seen to take two values.
    fn part(&self, own: &Expr) -> Result<Expr, Reason> {
        if let Some((wave, multiple, shift)) = self.related_part(own)? {
            let of = |base: &Expr, multiple: &Rational| above_floor(&(base * Expr::number(multiple.clone()) + &shift));
            if multiple == Rational::ONE && assume::is_integer(&shift).is_yes() {
                return Ok(wave.sine);
            }
            let meaning = if multiple.is_integer() {
                of(&wave.sine, &multiple)
            } else {
                // Both by the part of a common share of the arguments.
                let whole = Rational::from(multiple.denominator());
                let base = self.new_part(&(&wave.argument / Expr::number(whole.clone())));
                self.waves.borrow_mut().retain(|other| other.sine != wave.sine);
                self.explain(&wave.sine, above_floor(&(&base * Expr::number(whole.clone()))));
                of(&base, &(&multiple * &whole))
            };
            return Ok(self.unknown(Rational::ZERO, Rational::ONE, Some(meaning)));
        }
        Ok(self.new_part(own))
    }

    fn new_part(&self, own: &Expr) -> Expr {
        let part = self.unknown(Rational::ZERO, Rational::ONE, None);
        let continuous = self.recurrence(own) == Recurrence::Everywhere;
        let recurs = if continuous { Recurrence::Fraction } else { Recurrence::Unknown };
        let wave = Wave { argument: own.clone(), sine: part.clone(), cosine: part.clone(), recurs };
        self.waves.borrow_mut().push(wave);
        part
    }

    /// A known part with the rational multiple of its argument, and the constant, that make up an argument.
    fn related_part(&self, own: &Expr) -> Result<Option<(Wave, Rational, Expr)>, Reason> {
        let waves = self.waves.borrow().clone();
        for wave in waves.into_iter().filter(|wave| wave.sine == wave.cosine) {
            if wave.argument == *own {
                return Ok(Some((wave, Rational::ONE, Expr::zero())));
            }
            if wave.recurs != Recurrence::Fraction || self.has_unknowns(own) {
                continue;
            }
            let multiple = match self.limit(&(own / &wave.argument)) {
                Err(reason) if reason.is_stopped() => return Err(reason),
                Err(_) => continue,
                Ok(ratio) => ratio,
            };
            let Some(multiple) = multiple.as_rational().filter(|multiple| !multiple.is_zero()).cloned() else {
                continue;
            };
            let shift = own - &wave.argument * Expr::number(multiple.clone());
            let shift = algebra::expand(&shift, self.budget)?;
            if shift.is_constant() {
                return Ok(Some((wave, multiple, shift)));
            }
        }
        Ok(None)
    }

    /// Sine and cosine of a rational number of half turns times a floor, `(-1)^floor(x)`, by the part that says what the
    /// floor leaves over.
    fn by_floor(&self, u: &Expr) -> Result<Option<(Expr, Expr)>, Reason> {
        let waves = self.waves.borrow().clone();
        for wave in waves.iter().filter(|wave| wave.recurs == Recurrence::Fraction && u.has(&wave.sine)) {
            let turns = match self.limit(&(u / &wave.argument)) {
                Err(reason) if reason.is_stopped() => return Err(reason),
                Err(_) => continue,
                Ok(slope) => slope / Expr::pi(),
            };
            let Some(turns) = turns.as_rational().filter(|turns| !turns.is_zero()).cloned() else { continue };
            let per_floor = Expr::pi() * Expr::number(turns.clone());
            let rest = algebra::expand(&(u - &per_floor * (&wave.argument - &wave.sine)), self.budget)?;
            if !rest.is_constant() {
                continue;
            }
            if turns.is_integer() && !turns.numerator().is_odd() {
                return Ok(Some((function::sin(&rest), function::cos(&rest))));
            }
            // The floor of the argument is that of `period` parts of its share, but for multiples of the period.
            let period = Rational::from(turns.denominator()) * Rational::from(2);
            let share = self.part(&(&wave.argument / Expr::number(period.clone())))?;
            let shares = share * Expr::number(period);
            let angle = per_floor * (&shares - above_floor(&shares)) + &rest;
            let unit = |meaning: Expr| self.unknown(-&Rational::ONE, Rational::ONE, Some(meaning));
            let sine = match turns.is_integer() && rest.is_zero() {
                true => Expr::zero(),
                false => unit(function::sin(&angle)),
            };
            return Ok(Some((sine, unit(function::cos(&angle)))));
        }
        Ok(None)
    }

    /// The floor of an argument that comes near a polynomial with integer values: `floor(sqrt(n^2 + n))` is `n`.
    fn floor_of_sequence(&self, u: &Expr) -> Result<Option<Expr>, Reason> {
        let x = Expr::symbol(self.x);
        if !assume::is_integer(&x).is_yes() || self.has_unknowns(u) {
            return Ok(None);
        }
        let approach = Approach::both(&Expr::infinity(Infinity::Positive));
        let terms = match self.expand(u, self.x, &approach, &-&x, true) {
            Err(reason) if reason.is_stopped() => return Err(reason),
            terms => terms.unwrap_or_default(),
        };
        let at = |sign: i32| terms.iter().filter(move |(exponent, _)| exponent.signum() == sign);
        let whole = Expr::sum(at(-1).map(|(exponent, c)| c * x.power_rational(&-exponent)));
        if whole.is_zero() || !assume::is_integer(&whole).is_yes() {
            return Ok(None);
        }
        let constant = Expr::sum(at(0).map(|(_, c)| c.clone()));
        let Some(floor) = function::floor(&constant).to_i64().map(Expr::integer) else { return Ok(None) };
        // Near an integer it matters from which side.
        let side =
            if constant == floor { self.sign_at_infinity(&(u - &whole - &constant))? } else { Some(Ordering::Equal) };
        Ok(side.map(|side| whole + if side.is_lt() { floor - Expr::one() } else { floor }))
    }

    /// `floor(u)` as `u` less a part, and likewise.
    fn rounded(&self, name: &str, u: &Expr) -> Result<Option<Expr>, Reason> {
        if !is_infinite(&self.limit(u)?) || !self.is_real(u)? {
            return Ok(None);
        }
        let below = |u: &Expr| self.floor_of_sequence(u);
        if let Some(known) = if name == "ceil" { below(&-u)?.map(|floor| -floor) } else { below(u)? } {
            return Ok(Some(if name == "frac" { u - known } else { known }));
        }
        // `ceil(u) = -floor(-u)`
        let part = self.part(&if name == "ceil" { -u } else { u.clone() })?;
        Ok(Some(match name {
            "floor" => u - part,
            "ceil" => u + part,
            _ => part,
        }))
    }
}

/// The part of a number above its floor, written out.
fn above_floor(value: &Expr) -> Expr {
    value - function::apply("floor", std::slice::from_ref(value)).unwrap_or_else(Expr::zero)
}

/// Sine and cosine of a small multiple of a wave's argument.
fn multiple(wave: &Wave, times: i64) -> (Expr, Expr) {
    let (mut sine, mut cosine) = (wave.sine.clone(), wave.cosine.clone());
    for _ in 1..times.abs() {
        let next = &sine * &wave.cosine + &cosine * &wave.sine;
        cosine = &cosine * &wave.cosine - &sine * &wave.sine;
        sine = next;
    }
    (if times < 0 { -sine } else { sine }, cosine)
}

/// Is the node a function that has jumps or poles?
pub(super) fn is_broken(node: &Expr) -> bool {
    matches!(node.as_call(), Some((Function::Elementary(record), _)) if record.breaks != Breaks::None)
}

/// A wave at a phase: sine and cosine, or the part above the floor.
pub(super) fn at_phase(wave: &Wave, phase: &Expr) -> [(Expr, Expr); 2] {
    match wave.recurs {
        Recurrence::Fraction => [(wave.sine.clone(), phase.clone()), (wave.cosine.clone(), phase.clone())],
        _ => [(wave.sine.clone(), function::sin(phase)), (wave.cosine.clone(), function::cos(phase))],
    }
}

/// So many half turns.
pub(super) fn half_turns(numerator: i64, denominator: i64) -> Expr {
    Expr::constant(Constant::Pi)
        .scale(&Number::from(Rational::fraction(numerator, denominator).unwrap_or(Rational::ZERO)))
}
