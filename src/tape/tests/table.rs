//! Every function of the table in every arithmetic, at ten thousand random points each in an optimised build.
//!
//! The measure is a ball of many bits around the true value. Machine numbers must be near it, intervals and coarse balls
//! must hold it, at a point and over a width; an interval may say "defined" only where there is a value. Jets are held
//! against the values themselves: `f(x + h)` lies in the Taylor sum of a jet at `x` with the last coefficient of a jet
//! over all between, and series against jets.

use crate::expr::function::{self, Bound, Elementary, Parity};
use crate::expr::{Expr, Symbol};
use crate::number::{Ball, Complex64, ComplexBall, Interval, Rational, Unary};
use crate::tape::series::{Approach, Hooks, series_of};
use crate::tape::{Balls, Evaluator, Intervals, Jets, Machine, Numbers, Program};

mod points;
use points::Points;

/// Points for each function and arithmetic.
const POINTS: usize = 10_000;
/// Bits of the balls that stand for the truth.
const FINE: u32 = 140;
/// Bits of the balls that are examined.
const COARSE: u32 = 53;

/// What is found wrong with the table: the first few faults of each function.
#[derive(Default)]
struct Findings {
    faults: Vec<String>,
    of_this: usize,
}

impl Findings {
    fn expect(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds && self.of_this < 3 {
            self.of_this += 1;
            self.faults.push(fault());
        }
    }

    #[track_caller]
    fn none(&self) {
        assert!(self.faults.is_empty(), "{} faults\n{}", self.faults.len(), self.faults.join("\n"));
    }
}

/// How many points for a function: all of them in an optimised build (`cargo test --release table`), a share of them
/// in a debug build, fewer still of a function whose balls cost much.
fn points_of(record: &Elementary, share: usize) -> usize {
    if !cfg!(debug_assertions) {
        return POINTS;
    }
    let costly = function::Function::Elementary(find(record.name)).is_special();
    (POINTS / share / if costly { 50 } else { 1 }).max(20)
}

fn find(name: &str) -> &'static Elementary {
    function::find(name).expect("a function of the table")
}

/// The functions that are computed on one number, those on two.
fn unary() -> impl Iterator<Item = &'static Elementary> {
    function::all().filter(|record| record.arity.0 == 1 && record.kernel.unary().is_some())
}

fn binary() -> impl Iterator<Item = &'static Elementary> {
    function::all().filter(|record| record.arity.1 >= 2 && record.kernel.binary().is_some())
}

/// Runs a check for functions of the table.
#[track_caller]
fn check_all(records: impl Iterator<Item = &'static Elementary>, check: Check) {
    let mut found = Findings::default();
    for record in records {
        found.of_this = 0;
        check(record, &mut found);
    }
    found.none();
}

type Check = fn(&'static Elementary, &mut Findings);

/// Is the true value in the interval, as far as one can tell?
fn holds(interval: Interval, truth: &Ball) -> bool {
    let below = |a: &Ball, b: &Ball| a.compare(b).is_none_or(|order| order.is_le());
    !interval.is_empty()
        && (!interval.low().is_finite() || below(&Ball::from_f64(interval.low()), truth))
        && (!interval.high().is_finite() || below(truth, &Ball::from_f64(interval.high())))
}

/// Is a machine number right to some fifteen digits, or where it is denormal or too large?
fn near(value: f64, truth: &Ball) -> bool {
    let exact = truth.to_f64();
    (value - exact).abs() <= 4e-15 * exact.abs() + 1e-300 || (value == exact) || exact.abs() > 1e300
}

/// One argument with the true value of a function there.
struct Case {
    name: &'static str,
    kernel: &'static Unary,
    x: f64,
    truth: Ball,
}

impl Case {
    fn new(record: &'static Elementary, x: f64) -> Case {
        let kernel = record.kernel.unary().expect("a function of one number");
        Case { name: record.name, kernel, x, truth: (kernel.ball)(&Ball::from_f64(x), FINE) }
    }

    fn known(&self) -> bool {
        self.truth.is_bounded()
    }

    /// Is the function surely without a value? Overflow of a ball proves nothing.
    fn missing(&self) -> bool {
        !self.known() && self.x.abs() < 1e6
    }

    fn check_balls(&self, (low, high): (f64, f64), found: &mut Findings) {
        let Case { name, kernel, x, truth } = self;
        let at = Ball::from_f64(*x);
        let coarse = (kernel.ball)(&at, COARSE);
        found.expect(coarse.overlaps(truth), || format!("{name}({x:?}): {coarse:?} without {truth:?}"));
        let plane = (kernel.complex_ball)(&ComplexBall::from(at), COARSE);
        let real = ComplexBall::from(truth.clone());
        found.expect(!self.known() || plane.overlaps(&real), || format!("{name}({x:?}): {plane:?} without {truth:?}"));
        let wide = (kernel.ball)(&Ball::from_interval(Interval::new(low, high)), COARSE);
        let around = || format!("{name}([{low:?}, {high:?}]): {wide:?} at {x:?} is {truth:?}");
        found.expect(wide.overlaps(truth), around);
        found.expect(!self.missing() || !wide.is_bounded(), around);
    }

    fn check_machine(&self, found: &mut Findings) {
        let Case { name, kernel, x, truth } = self;
        if truth.accuracy_bits() < 60 {
            return;
        }
        let machine = (kernel.float)(*x);
        found.expect(near(machine, truth), || format!("{name}({x:?}): {machine:?} is not {truth:?}"));
        let complex = (kernel.complex)(Complex64::from(*x));
        let good = complex.is_nan() || near(complex.re, truth);
        found.expect(good, || format!("{name}({x:?}): {complex:?} is not {truth:?}"));
    }

    fn check_intervals(&self, (low, high): (f64, f64), found: &mut Findings) {
        let Case { name, kernel, x, truth } = self;
        for interval in [Interval::point(*x), Interval::new(low, high)] {
            let image = (kernel.interval)(interval);
            let text = || format!("{name}({interval:?}): {image:?} at {x:?} is {truth:?}");
            found.expect(!self.known() || holds(image, truth), text);
            found.expect(!self.missing() || !image.is_defined() || !image.is_bounded(), text);
        }
    }
}

fn check_values(record: &'static Elementary, found: &mut Findings) {
    let mut points = Points::of(record.name);
    for _ in 0..points_of(record, 2) {
        let case = Case::new(record, points.argument(record));
        let ends = points.around(case.x);
        case.check_balls(ends, found);
        case.check_machine(found);
        case.check_intervals(ends, found);
    }
}

fn check_plane(record: &'static Elementary, found: &mut Findings) {
    let name = record.name;
    let kernel = record.kernel.unary().expect("one number");
    let mut points = Points::of(name);
    for _ in 0..points_of(record, 10) {
        let z = points.complex();
        let at = z.to_ball();
        let truth = (kernel.complex_ball)(&at, FINE);
        let coarse = (kernel.complex_ball)(&at, COARSE);
        found.expect(coarse.overlaps(&truth), || format!("{name}({z:?}): {coarse:?} without {truth:?}"));
        let around = |x: f64, points: &mut Points| {
            let (low, high) = points.around(x);
            Ball::from_interval(Interval::new(low, high))
        };
        let surrounding = ComplexBall::new(around(z.re, &mut points), around(z.im, &mut points));
        let wide = (kernel.complex_ball)(&surrounding, COARSE);
        found.expect(wide.overlaps(&truth), || format!("{name}({surrounding:?}): {wide:?} without {truth:?} at {z:?}"));
        let machine = (kernel.complex)(z);
        if machine.is_nan() || truth.accuracy_bits() < 60 {
            continue;
        }
        let (re, im) = (truth.re().to_f64(), truth.im().to_f64());
        let (gap, size) = ((machine.re - re).abs().max((machine.im - im).abs()), re.abs().max(im.abs()));
        found.expect(gap <= 2e-14 * size || size > 1e300, || format!("{name}({z:?}): {machine:?} is not {truth:?}"));
    }
}

/// The sum of a jet's terms at a distance, the last coefficient from a jet over all between.
fn taylor<M: Machine>(machine: &M, jet: &[M::Value], last: &M::Value, step: &M::Value) -> M::Value {
    jet.iter().rev().skip(1).fold(last.clone(), |sum, term| machine.add(&machine.multiply(&sum, step), term))
}

/// How many coefficients the jets have.
const LENGTH: usize = 4;

fn check_jets(record: &'static Elementary, found: &mut Findings) {
    let (name, x) = (record.name, Symbol::new("x"));
    let kernel = record.kernel.unary().expect("one number");
    if (record.derivative)(&[Expr::symbol(x)], 0).is_none() {
        return;
    }
    let program = || Program::new(&held(record, Expr::symbol(x)), &[x]).expect("a function");
    let balls: Balls = Numbers(80);
    let intervals: Intervals = Numbers(());
    let (over_balls, over_intervals) = (Jets::new(balls.clone(), LENGTH - 1), Jets::new(intervals, LENGTH - 1));
    let mut on_balls = Evaluator::new(program(), over_balls.clone());
    let mut on_intervals = Evaluator::new(program(), over_intervals.clone());
    let mut points = Points::of(name);
    for _ in 0..points_of(record, 20) {
        let at = points.argument(record);
        let step = points.step(at);
        let shifted = at + step;
        let (center, distance) = (Ball::from_f64(at), Ball::from_f64(shifted).sub(&Ball::from_f64(at), 200));
        let between = Interval::new(at.min(shifted), at.max(shifted));
        let truth = (kernel.ball)(&Ball::from_f64(shifted), FINE);
        let jet = on_balls.value(&[over_balls.variable(center)]);
        let whole = on_balls.value(&[over_balls.variable(Ball::from_interval(between))]);
        let sum = taylor(&balls, &jet, &whole[LENGTH - 1], &distance);
        // Balls don't tell of jumps between the two points.
        if !(kernel.interval)(between).is_continuous() {
            continue;
        }
        found.expect(sum.overlaps(&truth), || {
            format!("{name}({at:?} + {step:?}): {sum:?} without {truth:?}, jet {jet:?}")
        });
        let jet = on_intervals.value(&[over_intervals.variable(Interval::point(at))]);
        let whole = on_intervals.value(&[over_intervals.variable(between)]);
        let sum = taylor(&intervals, &jet, &whole[LENGTH - 1], &distance.to_interval());
        let smooth = whole.iter().all(|term| term.is_continuous());
        found.expect(!smooth || !truth.is_bounded() || holds(sum, &truth), || {
            format!("{name}({at:?} + {step:?}): {sum:?} without {truth:?}, jet {jet:?}")
        });
    }
}

fn held(record: &'static Elementary, x: Expr) -> Expr {
    Expr::held(function::Function::Elementary(record), vec![x])
}

/// Series at points whose coefficients are exact, against jets over balls there.
fn check_series(record: &'static Elementary, found: &mut Findings) {
    let x = Symbol::new("x");
    let budget = crate::budget::Budget::unlimited();
    let machine: Balls = Numbers(80);
    let over_balls = Jets::new(machine.clone(), LENGTH - 1);
    let program = Program::new(&held(record, Expr::symbol(x)), &[x]).expect("a function");
    let mut on_balls = Evaluator::new(program, over_balls.clone());
    let mut points = Points::of(record.name);
    for _ in 0..points_of(record, 100) {
        let at = points.rational(record);
        let approach = Approach::both(&Expr::number(at.clone()));
        let call = held(record, Expr::symbol(x));
        let Ok(series) = series_of(&call, x, &approach, LENGTH, &Hooks::plain(&budget)) else { continue };
        let jet = on_balls.value(&[over_balls.variable(Ball::from_rational(&at, 80))]);
        for (power, term) in jet.iter().enumerate() {
            let Some(coefficient) = series.coefficient(&Rational::from(power as i64)) else { continue };
            let Ok(program) = Program::new(&coefficient, &[]) else { continue };
            let value = Evaluator::new(program, machine.clone()).value(&[]);
            found.expect(value.overlaps(term), || {
                format!("{} at {at}, power {power}: {coefficient:?} is not {term:?}", record.name)
            });
        }
    }
}

fn check_parity(record: &'static Elementary, found: &mut Findings) {
    let (name, odd) = (record.name, record.parity == Parity::Odd);
    let kernel = record.kernel.unary().expect("one number");
    let mirrored = |value: f64| if odd { -value } else { value };
    let mut points = Points::of(name);
    for _ in 0..points_of(record, 4) {
        let x = points.argument(record);
        if x == 0.0 {
            continue;
        }
        let (right, left) = ((kernel.float)(x), mirrored((kernel.float)(-x)));
        let same = right == left || (right.is_nan() && left.is_nan());
        let close = (right - left).abs() <= 2e-16 * right.abs();
        found.expect(same || close, || format!("{name}(±{x:?}): {right:?} and {left:?}"));
        let (right, left) = ((kernel.ball)(&Ball::from_f64(x), COARSE), (kernel.ball)(&Ball::from_f64(-x), COARSE));
        let left = if odd { left.neg() } else { left };
        found.expect(right.overlaps(&left) && right.is_bounded() == left.is_bounded(), || {
            format!("{name}(±{x:?}): {right:?} {left:?}")
        });
        let (right, left) = ((kernel.interval)(Interval::point(x)), (kernel.interval)(Interval::point(-x)));
        let left = if odd { -left } else { left };
        found.expect(right.is_empty() == left.is_empty(), || format!("{name}(±{x:?}): {right:?} {left:?}"));
        found.expect(right.is_empty() || !right.intersect(left).is_empty(), || {
            format!("{name}(±{x:?}): {right:?} {left:?}")
        });
    }
}

fn check_inverse(record: &'static Elementary, found: &mut Findings) {
    let Some(inverse) = record.inverse.map(find).filter(|inverse| inverse.kernel.unary().is_some()) else { return };
    let (forth, back) = (record.kernel.unary().expect("one number"), inverse.kernel.unary().expect("one number"));
    let mut points = Points::of(record.name);
    for _ in 0..points_of(record, 4) {
        let x = points.argument(inverse);
        let at = Ball::from_f64(x);
        if !in_range(record, &at) {
            continue;
        }
        let between = (back.ball)(&at, FINE);
        let value = (forth.ball)(&between, FINE);
        found.expect(value.overlaps(&at), || format!("{}({}({x:?})) is {value:?}", record.name, inverse.name));
        // The true value of the inverse is in the machine's interval, so its image holds x.
        let interval = (forth.interval)((back.interval)(Interval::point(x)));
        found.expect(!between.is_bounded() || interval.contains(x), || {
            format!("{}({}({x:?})): {interval:?}", record.name, inverse.name)
        });
    }
}

fn check_two(record: &'static Elementary, found: &mut Findings) {
    let name = record.name;
    let kernel = record.kernel.binary().expect("two numbers");
    let mut points = Points::of(name);
    for _ in 0..points_of(record, 5) {
        let (a, b) = points.pair(record);
        let truth = (kernel.ball)(&Ball::from_f64(a), &Ball::from_f64(b), FINE);
        let coarse = (kernel.ball)(&Ball::from_f64(a), &Ball::from_f64(b), COARSE);
        found.expect(coarse.overlaps(&truth), || format!("{name}({a:?}, {b:?}): {coarse:?} without {truth:?}"));
        let complex = |x: f64| ComplexBall::from(Ball::from_f64(x));
        let plane = (kernel.complex_ball)(&complex(a), &complex(b), COARSE);
        let known = truth.is_bounded();
        let real = ComplexBall::from(truth.clone());
        found.expect(!known || plane.overlaps(&real), || format!("{name}({a:?}, {b:?}): {plane:?} without {truth:?}"));
        let machine = (kernel.float)(a, b);
        let sharp = truth.accuracy_bits() > 60;
        found.expect(!known || !sharp || machine.is_nan() || near(machine, &truth), || {
            format!("{name}({a:?}, {b:?}): {machine:?} is not {truth:?}")
        });
        let point = (kernel.interval)(Interval::point(a), Interval::point(b));
        found.expect(!known || holds(point, &truth), || format!("{name}({a:?}, {b:?}): {point:?} without {truth:?}"));
        let ((low, high), (left, right)) = (points.around(a), points.around(b));
        let (first, second) = (Interval::new(low, high), Interval::new(left, right));
        let image = (kernel.interval)(first, second);
        found.expect(!known || holds(image, &truth), || {
            format!("{name}({first:?}, {second:?}): {image:?} without {truth:?} at {a:?}, {b:?}")
        });
        let wide = (kernel.ball)(&Ball::from_interval(first), &Ball::from_interval(second), COARSE);
        found.expect(wide.overlaps(&truth), || {
            format!("{name}({first:?}, {second:?}): {wide:?} without {truth:?} at {a:?}, {b:?}")
        });
    }
}

/// Is the number surely inside the range of a function?
fn in_range(record: &Elementary, value: &Ball) -> bool {
    let end = |bound: Bound| match bound {
        Bound::Infinite => None,
        Bound::Integer(n) => Some(Ball::from(n)),
        Bound::QuarterTurns(n) => Some(Ball::pi(FINE).mul_small(n, FINE).scale(-1)),
    };
    let below = |a: &Ball, b: &Ball| a.compare(b).is_some_and(|order| order.is_lt());
    end(record.range.0).is_none_or(|low| below(&low, value))
        && end(record.range.1).is_none_or(|high| below(value, &high))
}

/// Checks of the whole table in parts that run side by side.
macro_rules! table_tests {
    ($($name:ident: $check:expr, $part:literal of $parts:literal;)*) => {
        $(
            #[test]
            fn $name() {
                let part = unary().enumerate().filter(|(index, _)| index % $parts == $part);
                check_all(part.map(|(_, record)| record), $check);
            }
        )*
    };
}

table_tests! {
    real_arithmetics_hold_the_values_0: check_values, 0 of 4;
    real_arithmetics_hold_the_values_1: check_values, 1 of 4;
    real_arithmetics_hold_the_values_2: check_values, 2 of 4;
    real_arithmetics_hold_the_values_3: check_values, 3 of 4;
    complex_arithmetics_hold_the_values_0: check_plane, 0 of 4;
    complex_arithmetics_hold_the_values_1: check_plane, 1 of 4;
    complex_arithmetics_hold_the_values_2: check_plane, 2 of 4;
    complex_arithmetics_hold_the_values_3: check_plane, 3 of 4;
    jets_hold_the_values_nearby_0: check_jets, 0 of 4;
    jets_hold_the_values_nearby_1: check_jets, 1 of 4;
    jets_hold_the_values_nearby_2: check_jets, 2 of 4;
    jets_hold_the_values_nearby_3: check_jets, 3 of 4;
    series_have_the_coefficients_of_jets_0: check_series, 0 of 2;
    series_have_the_coefficients_of_jets_1: check_series, 1 of 2;
}

#[test]
fn parity_holds_in_every_arithmetic() {
    check_all(unary().filter(|record| record.parity != Parity::None), check_parity);
}

#[test]
fn functions_undo_their_inverses() {
    check_all(unary(), check_inverse);
}

#[test]
fn functions_of_two_numbers_hold_the_values() {
    check_all(binary(), check_two);
}
