//! Running a tape over any kind of numbers.
//!
//! A [`Machine`] is a kind of number with what it needs to work, such as a precision; an [`Evaluator`] joins it to a
//! tape and keeps the registers, so that one run after another allocates nothing.

use std::sync::Arc;

use super::program::{Literal, Operation, Program, Register};
use crate::expr::{Elementary, Relation};
use crate::number::Rational;

/// A kind of number that tapes run over. Operations are total: where there is no value, the kind's own way of saying
/// so is the result (NaN, the empty interval, the ball without bounds).
pub trait Machine {
    /// The numbers.
    type Value: Clone;

    /// A number that stands in the tape.
    fn literal(&self, literal: &Literal) -> Self::Value;
    /// `a + b`
    fn add(&self, a: &Self::Value, b: &Self::Value) -> Self::Value;
    /// `a - b`
    fn subtract(&self, a: &Self::Value, b: &Self::Value) -> Self::Value;
    /// `a * b`
    fn multiply(&self, a: &Self::Value, b: &Self::Value) -> Self::Value;
    /// `a / b`
    fn divide(&self, a: &Self::Value, b: &Self::Value) -> Self::Value;
    /// `-a`
    fn negate(&self, a: &Self::Value) -> Self::Value;
    /// `a*b + c`
    fn multiply_add(&self, a: &Self::Value, b: &Self::Value, c: &Self::Value) -> Self::Value {
        self.add(&self.multiply(a, b), c)
    }
    /// `a*a`
    fn square(&self, a: &Self::Value) -> Self::Value {
        self.multiply(a, a)
    }
    /// The principal square root.
    fn square_root(&self, a: &Self::Value) -> Self::Value;
    /// `a^exponent`
    fn integer_power(&self, a: &Self::Value, exponent: i64) -> Self::Value;
    /// `a^exponent`, principal branch.
    fn rational_power(&self, a: &Self::Value, exponent: &Rational) -> Self::Value;
    /// `a^b`, principal branch.
    fn power(&self, a: &Self::Value, b: &Self::Value) -> Self::Value;
    /// 1 where the relation holds and 0 where it does not.
    fn compare(&self, relation: Relation, a: &Self::Value, b: &Self::Value) -> Self::Value;
    /// Is the number exactly zero?
    fn is_exact_zero(&self, _: &Self::Value) -> bool {
        false
    }
    /// Is it surely a number, defined and continuous where the kind tells so?
    fn is_known(&self, _: &Self::Value) -> bool {
        true
    }
    /// A function of the table.
    fn call(&self, record: &'static Elementary, arguments: &[Self::Value]) -> Self::Value;
}

/// A tape with a machine and its registers.
#[derive(Clone)]
pub struct Evaluator<M: Machine> {
    program: Arc<Program>,
    machine: M,
    registers: Vec<M::Value>,
}

impl<M: Machine> Evaluator<M> {
    /// Loads the literals and computes what depends on no variable.
    pub fn new(program: impl Into<Arc<Program>>, machine: M) -> Evaluator<M> {
        let program = program.into();
        let zero = machine.literal(&Literal::Number(crate::number::Number::ZERO));
        let mut registers = vec![zero; program.registers];
        for (register, literal) in registers.iter_mut().skip(program.variables.len()).zip(&program.literals) {
            *register = machine.literal(literal);
        }
        let mut evaluator = Evaluator { program, machine, registers };
        evaluator.steps(true);
        evaluator
    }

    /// The tape.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The machine.
    pub fn machine(&self) -> &M {
        &self.machine
    }

    /// The registers as they are.
    pub(super) fn registers(&self) -> &[M::Value] {
        &self.registers
    }

    /// The value of the first result at the given values of the variables; missing ones count as they were last.
    pub fn value(&mut self, inputs: &[M::Value]) -> M::Value {
        self.run(inputs);
        self.result(0)
    }

    /// All results at the given values of the variables.
    pub fn values(&mut self, inputs: &[M::Value]) -> Vec<M::Value> {
        self.run(inputs);
        (0..self.program.results.len()).map(|index| self.result(index)).collect()
    }

    /// Runs the tape; the results are then asked for by [`Evaluator::result`].
    pub fn run(&mut self, inputs: &[M::Value]) {
        for (register, input) in self.registers.iter_mut().take(self.program.variables.len()).zip(inputs) {
            register.clone_from(input);
        }
        self.steps(false);
    }

    /// A result of the last run.
    pub fn result(&self, index: usize) -> M::Value {
        self.registers[self.program.results[index] as usize].clone()
    }

    #[inline]
    fn steps(&mut self, constants: bool) {
        let Evaluator { program, machine, registers } = self;
        let (fixed, varying) = program.instructions.split_at(program.constants);
        for instruction in if constants { fixed } else { varying } {
            let value = step(program, machine, registers, &instruction.operation);
            registers[instruction.to as usize] = value;
        }
    }
}

/// The value that an operation computes from the registers.
#[inline]
fn step<M: Machine>(program: &Program, machine: &M, registers: &[M::Value], operation: &Operation) -> M::Value {
    let at = |register: Register| &registers[register as usize];
    match *operation {
        Operation::Add(a, b) => machine.add(at(a), at(b)),
        Operation::Subtract(a, b) => machine.subtract(at(a), at(b)),
        Operation::Multiply(a, b) => machine.multiply(at(a), at(b)),
        Operation::MultiplyAdd(a, b, c) => machine.multiply_add(at(a), at(b), at(c)),
        Operation::Divide(a, b) => machine.divide(at(a), at(b)),
        Operation::Negate(a) => machine.negate(at(a)),
        Operation::Square(a) => machine.square(at(a)),
        Operation::SquareRoot(a) => machine.square_root(at(a)),
        Operation::IntegerPower(a, exponent) => machine.integer_power(at(a), exponent),
        Operation::RationalPower(a, number) => machine.rational_power(at(a), &program.exponents[number as usize]),
        Operation::Power(a, b) => machine.power(at(a), at(b)),
        Operation::Compare(relation, a, b) => machine.compare(relation, at(a), at(b)),
        Operation::Call(function, a) => machine.call(program.functions[function as usize], std::slice::from_ref(at(a))),
        Operation::CallMany(function, start, count) => {
            let range = start as usize..(start + count) as usize;
            let arguments = program.arguments[range].iter().map(|register| at(*register));
            call_many(machine, program.functions[function as usize], arguments)
        }
    }
}

/// Calls with up to two arguments gather them on the stack.
fn call_many<'v, M: Machine>(
    machine: &M,
    record: &'static Elementary,
    mut arguments: impl ExactSizeIterator<Item = &'v M::Value>,
) -> M::Value
where
    M::Value: 'v,
{
    if arguments.len() == 2
        && let (Some(a), Some(b)) = (arguments.next(), arguments.next())
    {
        return machine.call(record, &[a.clone(), b.clone()]);
    }
    machine.call(record, &arguments.cloned().collect::<Vec<_>>())
}
