//! Tapes over machine numbers, one point or many at a time, and over intervals of them.

use super::program::{Literal, Operation, Program};
use super::run::{Evaluator, Machine};
use crate::expr::{Constant, Elementary, Expr, Reason, Relation, Symbol};
use crate::number::{Interval, Number, Rational};

/// Machine numbers; NaN where there is no real value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Doubles;

/// Exponents up to this size are taken by repeated multiplication, greater ones by the power function.
const SQUARED: u64 = 32;

impl Machine for Doubles {
    type Value = f64;

    fn literal(&self, literal: &Literal) -> f64 {
        match literal {
            Literal::Number(number) => real_part(number),
            Literal::Named(constant) => named(*constant),
            Literal::E => std::f64::consts::E,
        }
    }

    #[inline]
    fn add(&self, a: &f64, b: &f64) -> f64 {
        a + b
    }

    #[inline]
    fn subtract(&self, a: &f64, b: &f64) -> f64 {
        a - b
    }

    #[inline]
    fn multiply(&self, a: &f64, b: &f64) -> f64 {
        a * b
    }

    #[inline]
    fn divide(&self, a: &f64, b: &f64) -> f64 {
        a / b
    }

    #[inline]
    fn negate(&self, a: &f64) -> f64 {
        -a
    }

    #[inline]
    fn square_root(&self, a: &f64) -> f64 {
        a.sqrt()
    }

    fn integer_power(&self, a: &f64, exponent: i64) -> f64 {
        match exponent.unsigned_abs() {
            3 if exponent > 0 => a * a * a,
            size if size <= SQUARED => {
                let power = power_by_squaring(*a, size);
                if exponent < 0 { 1.0 / power } else { power }
            }
            _ => pxfm::f_pow(*a, exponent as f64),
        }
    }

    fn rational_power(&self, a: &f64, exponent: &Rational) -> f64 {
        if *a > 0.0 && exponent.denominator().to_i64() == Some(3) && exponent.numerator().is_one() {
            return pxfm::f_cbrt(*a);
        }
        pxfm::f_pow(*a, exponent.to_f64())
    }

    fn power(&self, a: &f64, b: &f64) -> f64 {
        pxfm::f_pow(*a, *b)
    }

    fn compare(&self, relation: Relation, a: &f64, b: &f64) -> f64 {
        match a.partial_cmp(b) {
            Some(order) => f64::from(u8::from(relation.holds(order))),
            None => f64::NAN,
        }
    }

    #[inline]
    fn call(&self, record: &'static Elementary, arguments: &[f64]) -> f64 {
        super::kernel::float(record, arguments)
    }
}

/// The nearest machine number, NaN for a number that is not real.
fn real_part(number: &Number) -> f64 {
    match number {
        Number::Rational(q) => q.to_f64(),
        Number::Real(r) => r.to_f64(),
        Number::Complex(c) if c.is_real() => c.re().to_f64(),
        Number::Gaussian(_) | Number::Complex(_) => f64::NAN,
    }
}

/// The machine number nearest to a named constant.
fn named(constant: Constant) -> f64 {
    match constant {
        Constant::Pi => std::f64::consts::PI,
        Constant::EulerGamma => 0.577_215_664_901_532_9,
        Constant::Catalan => 0.915_965_594_177_219,
        Constant::GoldenRatio => 1.618_033_988_749_895,
        Constant::NoLimit | Constant::Oscillating => f64::NAN,
    }
}

fn power_by_squaring(base: f64, exponent: u64) -> f64 {
    let mut result = 1.0;
    for index in (0..64 - exponent.leading_zeros()).rev() {
        result *= result;
        if exponent >> index & 1 == 1 {
            result *= base;
        }
    }
    result
}

/// A function of machine numbers, made from an expression.
#[derive(Clone)]
pub struct FloatFunction(pub(super) Evaluator<Doubles>);

impl FloatFunction {
    /// Compiles the expression as a function of the variables.
    ///
    /// # Errors
    /// Those of [`Program::new`].
    pub fn new(expr: &Expr, variables: &[Symbol]) -> Result<FloatFunction, Reason> {
        Ok(FloatFunction(Evaluator::new(Program::new(expr, variables)?, Doubles)))
    }

    /// The value, NaN where there is none.
    #[inline]
    pub fn at(&mut self, inputs: &[f64]) -> f64 {
        self.0.value(inputs)
    }

    /// The values along columns of inputs, one column a variable, all as long as `out`.
    pub fn at_each(&mut self, columns: &[&[f64]], out: &mut [f64]) {
        let mut lanes = Lanes::new(self.0.clone());
        let mut start = 0;
        for chunk in out.chunks_mut(LANES) {
            lanes.load(columns, start, chunk.len());
            lanes.run();
            chunk.copy_from_slice(&lanes.result()[..chunk.len()]);
            start += chunk.len();
        }
    }
}

/// How many points go through a tape side by side.
const LANES: usize = 64;

/// Registers that hold a value for each of several points.
struct Lanes {
    evaluator: Evaluator<Doubles>,
    registers: Vec<[f64; LANES]>,
}

impl Lanes {
    fn new(evaluator: Evaluator<Doubles>) -> Lanes {
        let registers = evaluator.registers().iter().map(|value| [*value; LANES]).collect();
        Lanes { evaluator, registers }
    }

    fn load(&mut self, columns: &[&[f64]], start: usize, count: usize) {
        for (register, column) in self.registers.iter_mut().zip(columns) {
            if let Some(part) = column.get(start..start + count) {
                register[..count].copy_from_slice(part);
            }
        }
    }

    fn run(&mut self) {
        let program = self.evaluator.program();
        for instruction in program.varying() {
            let value = self.step(program, &instruction.operation);
            self.registers[instruction.to as usize] = value;
        }
    }

    fn result(&self) -> &[f64; LANES] {
        &self.registers[self.evaluator.program().results()[0] as usize]
    }

    fn step(&self, program: &Program, operation: &Operation) -> [f64; LANES] {
        let at = |register: u32| &self.registers[register as usize];
        let one = |a: u32, work: &dyn Fn(f64) -> f64| at(a).map(work);
        match *operation {
            Operation::Add(a, b) => pairwise(at(a), at(b), |a, b| a + b),
            Operation::Subtract(a, b) => pairwise(at(a), at(b), |a, b| a - b),
            Operation::Multiply(a, b) => pairwise(at(a), at(b), |a, b| a * b),
            Operation::Divide(a, b) => pairwise(at(a), at(b), |a, b| a / b),
            Operation::MultiplyAdd(a, b, c) => {
                pairwise(&pairwise(at(a), at(b), |a, b| a * b), at(c), |product, c| product + c)
            }
            Operation::Negate(a) => at(a).map(|a| -a),
            Operation::Square(a) => at(a).map(|a| a * a),
            Operation::SquareRoot(a) => at(a).map(f64::sqrt),
            Operation::IntegerPower(a, exponent) => one(a, &|a| Doubles.integer_power(&a, exponent)),
            Operation::RationalPower(a, number) => {
                let exponent = &program.exponents()[number as usize];
                one(a, &|a| Doubles.rational_power(&a, exponent))
            }
            Operation::Power(a, b) => pairwise(at(a), at(b), pxfm::f_pow),
            Operation::Compare(relation, a, b) => pairwise(at(a), at(b), |a, b| Doubles.compare(relation, &a, &b)),
            Operation::Call(function, a) => {
                let record = program.functions()[function as usize];
                one(a, &|a| Doubles.call(record, &[a]))
            }
            Operation::CallMany(function, start, count) => {
                let record = program.functions()[function as usize];
                let registers = &program.arguments()[start as usize..(start + count) as usize];
                std::array::from_fn(|lane| {
                    let arguments: Vec<f64> = registers.iter().map(|register| at(*register)[lane]).collect();
                    Doubles.call(record, &arguments)
                })
            }
        }
    }
}

#[inline]
fn pairwise(a: &[f64; LANES], b: &[f64; LANES], work: impl Fn(f64, f64) -> f64) -> [f64; LANES] {
    std::array::from_fn(|lane| work(a[lane], b[lane]))
}

/// Intervals with outward rounding and the flags "defined" and "continuous".
#[derive(Clone, Copy, Debug, Default)]
pub struct Intervals;

impl Machine for Intervals {
    type Value = Interval;

    fn literal(&self, literal: &Literal) -> Interval {
        match literal {
            Literal::Number(Number::Rational(q)) => Interval::from_rational(q),
            Literal::Number(number) => real_enclosure(number),
            // The machine numbers nearest to the constants are off by less than a unit in the last place.
            Literal::Named(constant) => around(named(*constant)),
            Literal::E => around(std::f64::consts::E),
        }
    }

    fn add(&self, a: &Interval, b: &Interval) -> Interval {
        *a + *b
    }

    fn subtract(&self, a: &Interval, b: &Interval) -> Interval {
        *a - *b
    }

    fn multiply(&self, a: &Interval, b: &Interval) -> Interval {
        *a * *b
    }

    fn divide(&self, a: &Interval, b: &Interval) -> Interval {
        *a / *b
    }

    fn negate(&self, a: &Interval) -> Interval {
        -*a
    }

    fn square(&self, a: &Interval) -> Interval {
        a.square()
    }

    fn square_root(&self, a: &Interval) -> Interval {
        a.sqrt()
    }

    fn integer_power(&self, a: &Interval, exponent: i64) -> Interval {
        a.powi(exponent)
    }

    fn rational_power(&self, a: &Interval, exponent: &Rational) -> Interval {
        a.pow_rational(exponent)
    }

    fn power(&self, a: &Interval, b: &Interval) -> Interval {
        a.pow(*b)
    }

    fn compare(&self, relation: Relation, a: &Interval, b: &Interval) -> Interval {
        compare_intervals(relation, *a - *b)
    }

    fn call(&self, record: &'static Elementary, arguments: &[Interval]) -> Interval {
        super::kernel::interval(record, arguments)
    }
}

/// The truth of a relation between a difference and zero: 0, 1, or both with a jump between.
fn compare_intervals(relation: Relation, difference: Interval) -> Interval {
    use std::cmp::Ordering::{Equal, Greater, Less};
    if difference.is_empty() {
        return Interval::EMPTY;
    }
    let possible =
        [(difference.low() < 0.0, Less), (difference.contains(0.0), Equal), (difference.high() > 0.0, Greater)];
    let may = |truth: bool| possible.iter().any(|(possible, order)| *possible && relation.holds(*order) == truth);
    let constant = match (may(true), may(false)) {
        (true, false) => 1.0,
        (false, true) => 0.0,
        // `sign` jumps where the relation does, and so carries the right flags.
        _ => return difference.sign().square().hull(Interval::new(0.0, 1.0)).intersect(Interval::new(0.0, 1.0)),
    };
    // Zero times something bounded keeps the flags of the difference.
    difference.arctan() * Interval::point(0.0) + Interval::point(constant)
}

fn around(value: f64) -> Interval {
    Interval::new(value.next_down(), value.next_up())
}

fn real_enclosure(number: &Number) -> Interval {
    match number {
        Number::Real(r) => r.to_rational().map_or(Interval::EMPTY, |exact| Interval::from_rational(&exact)),
        Number::Complex(c) if c.is_real() => real_enclosure(&Number::from(c.re().clone())),
        Number::Rational(q) => Interval::from_rational(q),
        Number::Gaussian(_) | Number::Complex(_) => Interval::EMPTY,
    }
}

/// A function of intervals, made from an expression.
#[derive(Clone)]
pub struct IntervalFunction(Evaluator<Intervals>);

impl IntervalFunction {
    /// Compiles the expression as a function of the variables.
    ///
    /// # Errors
    /// Those of [`Program::new`].
    pub fn new(expr: &Expr, variables: &[Symbol]) -> Result<IntervalFunction, Reason> {
        Ok(IntervalFunction(Evaluator::new(Program::new(expr, variables)?, Intervals)))
    }

    /// An enclosure of the values on a box, with the flags that say whether the function is defined and continuous on
    /// all of it.
    pub fn on(&mut self, inputs: &[Interval]) -> Interval {
        self.0.value(inputs)
    }
}
