//! Special functions for figures: directly on machine numbers, or by polynomials, each for a short stretch of the line,
//! made when first asked for.
//!
//! A figure asks for thousands of values and enclosures, and a ball takes some ten to a thousand microseconds each. A few
//! functions are known to intervals of machine numbers (`direct`). Of others a stretch has a Taylor polynomial where
//! they solve a linear differential equation (`taylor`, `systems`), else an interpolant (`chebyshev`), with a bound of the
//! error. Stretches are halved until that is small; next to a pole they end so short that an enclosure of the whole
//! stretch does.

mod chebyshev;
mod direct;
mod systems;
mod taylor;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::kernel;
use super::{Ball, Binary, ComplexBall, Interval, Rational, Unary};
use chebyshev::Interpolant;
use systems::Law;
use taylor::{Expansion, Polynomial, Shifted};

/// Stretches are at first this part of one long: those of Taylor polynomials, and those of interpolants.
const FIRST: (i32, i32) = (-3, 1);
/// And this at last.
const LAST: i32 = 12;
/// The length of these.
const SHORTEST: f64 = 1.0 / (1_u32 << LAST) as f64;
/// A polynomial with a greater error beside its greatest value is no use.
const ENOUGH: f64 = 1e-12;
/// Bits of the values, and of the bounds.
const BITS: (u32, u32) = (60, 40);
/// Leading bits of a value that have to be right.
const ACCURATE: i64 = 54;
/// Arguments beyond this are left to the function itself.
const FAR: f64 = 1e4;
/// How many stretches an interval may run over.
const MOST_STRETCHES: usize = 16;
/// How many attempts may fail, beside those that succeed, before the function is left alone.
const PATIENCE: u32 = 150;
/// How many functions there may be: an order that varies makes another one each time.
const MOST_FUNCTIONS: usize = 16;
/// A stretch with a singular point is not halved further for an interval that is this part of it.
const COARSE: f64 = 2.0;

/// A function of one number, as balls and machine numbers know it.
#[derive(Clone, Copy)]
pub enum Special {
    /// A function of one number.
    One(&'static Unary),
    /// A function of two with the first one fixed, such as the order of a Bessel function.
    Fixed(&'static Binary, Fixed),
}

/// A fixed number: where it is, and the fraction that it is, if that is known.
#[derive(Clone, Copy, Debug)]
pub struct Fixed {
    /// A very short interval around it.
    pub near: Interval,
    /// Numerator and denominator.
    pub fraction: Option<(i64, i64)>,
}

impl Fixed {
    /// A machine number.
    pub fn exact(value: f64) -> Fixed {
        Fixed { near: Interval::point(value), fraction: None }
    }

    /// A fraction.
    pub fn fraction(value: &Rational) -> Option<Fixed> {
        let fraction = (value.numerator().to_i64()?, value.denominator().to_i64()?);
        Some(Fixed { near: Interval::from_rational(value), fraction: Some(fraction) })
    }

    /// A number of which only an interval is known: the same for a machine number as for the interval around what was
    /// rounded to it.
    pub fn around(near: Interval) -> Fixed {
        const EXPONENT: u64 = 0x7FF0_0000_0000_0000;
        const PARTS: f64 = (1_u64 << 52) as f64;
        let unit = f64::from_bits(near.magnitude().to_bits() & EXPONENT) / PARTS;
        if unit == 0.0 {
            return Fixed { near, fraction: None };
        }
        let (low, high) = ((near.low() / unit).floor() * unit, (near.high() / unit).ceil() * unit);
        Fixed { near: Interval::new(low, high), fraction: None }
    }

    /// The number less one.
    fn less_one(self) -> Fixed {
        let less = |(numerator, denominator): (i64, i64)| Some((numerator.checked_sub(denominator)?, denominator));
        Fixed { near: self.near - Interval::point(1.0), fraction: self.fraction.and_then(less) }
    }

    fn ball(self, precision: u32) -> Ball {
        match self.fraction {
            Some((numerator, 1)) => Ball::from(numerator),
            Some((numerator, denominator)) => Ball::from(numerator).div(&Ball::from(denominator), precision + 64),
            None => Ball::from_interval(self.near),
        }
    }
}

/// What tells functions apart.
type Key = (usize, u64);

impl Special {
    /// Whether machine numbers know the function wherever they reach.
    pub fn is_direct(self) -> bool {
        direct::is_known(self)
    }

    fn key(self) -> Key {
        match self {
            Special::One(unary) => (std::ptr::from_ref(unary).addr(), 0),
            Special::Fixed(binary, first) => (std::ptr::from_ref(binary).addr(), first.near.low().to_bits()),
        }
    }

    fn float(self, x: f64) -> f64 {
        match self {
            Special::One(unary) => (unary.float)(x),
            Special::Fixed(binary, first) => (binary.float)(first.near.midpoint(), x),
        }
    }

    fn interval(self, x: Interval) -> Interval {
        match self {
            Special::One(unary) => (unary.interval)(x),
            Special::Fixed(binary, first) => (binary.interval)(first.near, x),
        }
    }

    /// The values over an interval without any memory, where they are known so.
    fn direct(self, x: Interval) -> Option<Interval> {
        let known = match self {
            Special::One(unary) => direct::one(unary, x),
            Special::Fixed(binary, first) => direct::two(binary, first.near, x),
        };
        known.or_else(|| direct::far_on_either_side(self, x))
    }

    /// The value at a machine number, computed with more bits where leading ones cancel.
    fn ball(self, x: f64) -> Ball {
        let x = Ball::from_f64(x);
        let at = |precision| match self {
            Special::One(unary) => (unary.ball)(&x, precision),
            Special::Fixed(binary, first) => (binary.ball)(&first.ball(precision), &x, precision),
        };
        let mut value = at(BITS.0);
        for doublings in 1..=3 {
            let known = value.accuracy_bits();
            if known >= ACCURATE || !value.is_bounded() {
                break;
            }
            value = at(BITS.0 << doublings);
            if value.accuracy_bits() <= known {
                // What is uncertain is the fixed number.
                break;
            }
        }
        value
    }

    /// The greatest absolute value on a box, infinite when it is not known.
    fn bound(self, re: Interval, im: Interval) -> f64 {
        let z = ComplexBall::new(Ball::from_interval(re), Ball::from_interval(im));
        let value = match self {
            Special::One(unary) => (unary.complex_ball)(&z, BITS.1),
            Special::Fixed(binary, first) => (binary.complex_ball)(&ComplexBall::from(first.ball(BITS.1)), &z, BITS.1),
        };
        if value.is_bounded() { value.abs(BITS.1).to_interval().high() } else { f64::INFINITY }
    }
}

/// What is known of a stretch.
#[derive(Clone)]
enum Known {
    /// It was halved.
    Halved,
    /// It was halved because the equation of the function is singular there.
    Singular,
    /// The polynomial.
    Piece(Rc<Piece>),
    /// An enclosure of all values.
    Enclosed(Interval),
}

/// A polynomial for a function on a stretch.
struct Piece {
    start: f64,
    end: f64,
    form: Form,
}

enum Form {
    Taylor(Polynomial),
    Chebyshev(Interpolant),
}

impl Piece {
    fn value(&self, x: f64) -> f64 {
        match &self.form {
            Form::Taylor(polynomial) => polynomial.value(x),
            Form::Chebyshev(interpolant) => interpolant.value(x),
        }
    }

    fn enclose(&self, from: f64, to: f64) -> Interval {
        match &self.form {
            Form::Taylor(polynomial) => polynomial.enclose(from, to),
            Form::Chebyshev(interpolant) => interpolant.enclose(from, to),
        }
    }
}

/// The polynomials made so far.
#[derive(Default)]
pub struct Local {
    known: RefCell<HashMap<(Key, i32, i64), Known>>,
    last: RefCell<Option<(Key, Rc<Piece>)>>,
    /// The functions asked for, with their equations.
    functions: RefCell<Vec<(Key, Option<Rc<Law>>)>>,
    /// Values of integrals at ends of stretches.
    ends: RefCell<HashMap<(Key, u64), Interval>>,
    failed: Cell<u32>,
    made: Cell<u32>,
    /// Whether so many values are asked for that interpolants of functions pay that only balls know.
    interpolates: bool,
}

impl Local {
    /// For functions of two variables, which are asked for very many values at few numbers.
    pub fn interpolating() -> Local {
        Local { interpolates: true, ..Local::default() }
    }

    /// The value of a function; NaN where there is none.
    pub fn value(&self, function: Special, x: f64) -> f64 {
        if let Some(value) = direct::value(function, x) {
            return value;
        }
        if let Some(near) = function.direct(Interval::point(x)) {
            return match near.is_defined() {
                true if near.is_bounded() => near.midpoint(),
                // What is too great for a machine number is infinite.
                true => near.low() + near.high(),
                false => f64::NAN,
            };
        }
        if function.is_direct() {
            return function.float(x);
        }
        if let Some(inner) = under_logarithm(function, Interval::point(x)) {
            return self.value(Special::One(&kernel::EI), inner.midpoint());
        }
        match self.find(function, x, 0.0) {
            Some((Known::Piece(piece), _)) => piece.value(x),
            _ => function.float(x),
        }
    }

    /// All values over an interval, with the flags of an enclosure.
    pub fn enclose(&self, function: Special, x: Interval) -> Interval {
        if x.is_empty() || !x.is_bounded() {
            return function.interval(x);
        }
        if let Some(values) = function.direct(x) {
            return values;
        }
        if function.is_direct() {
            return function.interval(x);
        }
        if let Some(inner) = under_logarithm(function, x) {
            return self.enclose(Special::One(&kernel::EI), inner);
        }
        let mut all: Option<Interval> = None;
        let mut from = x.low();
        for _ in 0..MOST_STRETCHES {
            let Some((known, end)) = self.find(function, from, x.width()) else { return function.interval(x) };
            let part = match known {
                Known::Piece(piece) => piece.enclose(from, end.min(x.high())),
                Known::Enclosed(whole) if 4.0 * x.width() > SHORTEST => whole,
                // Less than the stretch is asked for, so that its enclosure may be much too wide.
                Known::Enclosed(_) | Known::Halved | Known::Singular => return function.interval(x),
            };
            let joined = all.map_or(part, |all| all.hull(part));
            all = Some(joined);
            let hopeless = joined.low() == f64::NEG_INFINITY && joined.high() == f64::INFINITY;
            if end >= x.high() || hopeless && !joined.is_defined() {
                return x.with_bounds_of(joined);
            }
            from = end;
        }
        function.interval(x)
    }

    /// The values of a function of two numbers over a box, where they are known without any memory.
    pub fn direct(function: &'static Binary, first: Interval, last: Interval) -> Option<Interval> {
        direct::two(function, first, last)
    }

    /// The value of such a function.
    pub fn direct_value(function: &'static Binary, first: f64, last: f64) -> Option<f64> {
        direct::value_of_two(function, first, last).or_else(|| {
            let values = direct::two(function, Interval::point(first), Interval::point(last))?;
            (values.is_defined() && values.is_bounded()).then(|| values.midpoint())
        })
    }

    /// Forgets all polynomials.
    pub fn clear(&self) {
        self.known.borrow_mut().clear();
        self.functions.borrow_mut().clear();
        self.ends.borrow_mut().clear();
        *self.last.borrow_mut() = None;
        self.failed.set(0);
        self.made.set(0);
    }

    /// What is known of the stretch that holds the beginning of an interval of this width, and where it ends; nothing
    /// where the function is left alone.
    fn find(&self, function: Special, x: f64, width: f64) -> Option<(Known, f64)> {
        let key = function.key();
        if let Some((own, piece)) = self.last.borrow().as_ref()
            && *own == key
            && piece.start <= x
            && x < piece.end
        {
            return Some((Known::Piece(Rc::clone(piece)), piece.end));
        }
        if x.is_nan() || x.abs() > FAR || self.failed.get() > PATIENCE + 3 * self.made.get() {
            return None;
        }
        let law = self.law(function, key)?;
        if law.is_none() && !self.interpolates {
            return None;
        }
        for level in if law.is_some() { FIRST.0 } else { FIRST.1 }..=LAST {
            let length = pxfm::f_exp2(f64::from(-level));
            let index = (x / length).floor();
            let (start, end) = (index * length, (index + 1.0) * length);
            let place = (key, level, index as i64);
            let found = self.known.borrow().get(&place).cloned();
            let known = found.unwrap_or_else(|| {
                let known = self.made(function, law.as_deref(), start, end, level);
                self.known.borrow_mut().insert(place, known.clone());
                known
            });
            match known {
                Known::Halved => {}
                Known::Singular if COARSE * width < length => {}
                Known::Singular | Known::Enclosed(_) => return Some((known, end)),
                Known::Piece(piece) => {
                    *self.last.borrow_mut() = Some((key, Rc::clone(&piece)));
                    return Some((Known::Piece(piece), end));
                }
            }
        }
        None
    }

    /// The equations of a function, looked for once; nothing when there are too many functions.
    fn law(&self, function: Special, key: Key) -> Option<Option<Rc<Law>>> {
        let mut functions = self.functions.borrow_mut();
        if let Some((_, law)) = functions.iter().find(|entry| entry.0 == key) {
            return Some(law.clone());
        }
        if functions.len() >= MOST_FUNCTIONS {
            return None;
        }
        let law = systems::law(function).map(Rc::new);
        functions.push((key, law.clone()));
        Some(law)
    }

    fn made(&self, function: Special, law: Option<&Law>, start: f64, end: f64, level: i32) -> Known {
        let whole = || Known::Enclosed(function.interval(Interval::new(start, end)));
        let piece = match law {
            Some(law) if end <= law.within.0 || start >= law.within.1 => return whole(),
            Some(law) => {
                let about = law.system.about(0.5 * (start + end), 0.5 * (end - start));
                if !about.is_promising() {
                    return match level < LAST {
                        true if about.is_singular() => Known::Singular,
                        true => Known::Halved,
                        false => whole(),
                    };
                }
                self.polynomial(function, law, &about, (start, end)).map(Form::Taylor)
            }
            None => Interpolant::new(function, start, end).map(Form::Chebyshev),
        };
        match piece {
            Some(form) => {
                self.made.set(self.made.get() + 1);
                Known::Piece(Rc::new(Piece { start, end, form }))
            }
            None if level < LAST && (law.is_some() || !is_missing(function, start, end)) => {
                self.failed.set(self.failed.get() + 1);
                Known::Halved
            }
            // Shorter stretches of nothing are nothing too.
            None => whole(),
        }
    }
}

impl Local {
    /// The Taylor polynomial on a stretch. An integral goes on from the end of a stretch beside this one: over half of
    /// this one, by an expansion about that end.
    fn polynomial(
        &self,
        function: Special,
        law: &Law,
        about: &Shifted,
        (start, end): (f64, f64),
    ) -> Option<Polynomial> {
        let (centre, half) = (0.5 * (start + end), 0.5 * (end - start));
        let beside = systems::beside(function, centre);
        let row = |first: Interval| std::iter::once(first).chain(beside.iter().copied()).collect::<Vec<_>>();
        let keep = |expansion: Expansion| {
            if law.is_integral {
                let mut ends = self.ends.borrow_mut();
                for (place, value) in [start, end].into_iter().zip(expansion.ends) {
                    ends.insert((function.key(), place.to_bits()), value);
                }
            }
            expansion.polynomial
        };
        for (place, side) in [(start, 1), (end, 0)] {
            let Some(known) = self.ends.borrow().get(&(function.key(), place.to_bits())).copied() else { continue };
            let there = law.system.about(place, half);
            let mut from = vec![known];
            from.extend(systems::beside(function, place));
            let step = if there.is_promising() { there.expansion(&from) } else { None };
            if let Some(found) = step.and_then(|step| about.expansion(&row(step.ends[side]))) {
                return Some(keep(found));
            }
        }
        about.expansion(&row(function.ball(centre).to_interval())).map(keep)
    }
}

/// The logarithm of the argument, for the logarithmic integral, which is the exponential one of that.
fn under_logarithm(function: Special, x: Interval) -> Option<Interval> {
    let is_logarithmic = matches!(function, Special::One(unary) if std::ptr::eq(unary, &kernel::LI));
    (is_logarithmic && x.is_positive()).then(|| x.log())
}

/// Whether a function seems to have no values on a stretch; asked only where it has no polynomial.
fn is_missing(function: Special, start: f64, end: f64) -> bool {
    [0.1, 0.3, 0.5, 0.7, 0.9].iter().all(|part| function.float(start + part * (end - start)).is_nan())
}

#[cfg(test)]
mod tests;
