//! Functions made from expressions: of machine numbers, one point or many at a time, and of intervals.

use super::numbers::{Doubles, Intervals, Numbers};
use super::program::{Operation, Program};
use super::run::{Evaluator, Machine};
use crate::expr::{Expr, Reason, Symbol};
use crate::number::Interval;

/// A function of machine numbers, made from an expression.
#[derive(Clone)]
pub struct FloatFunction(pub(super) Evaluator<Doubles>);

impl FloatFunction {
    /// Compiles the expression as a function of the variables.
    ///
    /// # Errors
    /// Those of [`Program::new`].
    pub fn new(expr: &Expr, variables: &[Symbol]) -> Result<FloatFunction, Reason> {
        Ok(FloatFunction(Evaluator::new(Program::new(expr, variables)?, Numbers(()))))
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

const MACHINE: Doubles = Numbers(());

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
            Operation::IntegerPower(a, exponent) => one(a, &|a| MACHINE.integer_power(&a, exponent)),
            Operation::RationalPower(a, number) => {
                let exponent = &program.exponents()[number as usize];
                one(a, &|a| MACHINE.rational_power(&a, exponent))
            }
            Operation::Power(a, b) => pairwise(at(a), at(b), pxfm::f_pow),
            Operation::Compare(relation, a, b) => pairwise(at(a), at(b), |a, b| MACHINE.compare(relation, &a, &b)),
            Operation::Call(function, a) => {
                let record = program.functions()[function as usize];
                one(a, &|a| MACHINE.call(record, &[a]))
            }
            Operation::CallMany(function, start, count) => {
                let record = program.functions()[function as usize];
                let registers = &program.arguments()[start as usize..(start + count) as usize];
                std::array::from_fn(|lane| {
                    let arguments: Vec<f64> = registers.iter().map(|register| at(*register)[lane]).collect();
                    MACHINE.call(record, &arguments)
                })
            }
        }
    }
}

#[inline]
fn pairwise(a: &[f64; LANES], b: &[f64; LANES], work: impl Fn(f64, f64) -> f64) -> [f64; LANES] {
    std::array::from_fn(|lane| work(a[lane], b[lane]))
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
        Ok(IntervalFunction(Evaluator::new(Program::new(expr, variables)?, Numbers(()))))
    }

    /// An enclosure of the values on a box, with the flags that say whether the function is defined and continuous on
    /// all of it.
    pub fn on(&mut self, inputs: &[Interval]) -> Interval {
        self.0.value(inputs)
    }
}
