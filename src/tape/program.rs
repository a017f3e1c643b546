//! The tape: a flat list of instructions over registers.
//!
//! Registers come in three runs: the variables, the constants, and the workspace, which instructions write. A register of
//! the workspace is used again after the last reader of its value, so that a long tape needs little memory.

use crate::expr::{Constant, Elementary, Relation, Symbol};
use crate::number::{Number, Rational};

/// The number of a register.
pub type Register = u32;

/// What an instruction computes; operands are registers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Operation {
    /// `a + b`
    Add(Register, Register),
    /// `a - b`
    Subtract(Register, Register),
    /// `a * b`
    Multiply(Register, Register),
    /// `a * b + c`
    MultiplyAdd(Register, Register, Register),
    /// `a / b`
    Divide(Register, Register),
    /// `-a`
    Negate(Register),
    /// `a * a`
    Square(Register),
    /// The principal square root.
    SquareRoot(Register),
    /// A power with an integer exponent other than 0, 1, 2 and -1.
    IntegerPower(Register, i64),
    /// A power with a rational exponent that is no integer, by its number in [`Program::exponents`].
    RationalPower(Register, u32),
    /// A power with any exponent.
    Power(Register, Register),
    /// A function of one argument, by its number in [`Program::functions`].
    Call(u32, Register),
    /// A function of several arguments: its number, where its arguments begin in [`Program::arguments`], how many.
    CallMany(u32, u32, u32),
    /// 1 where the relation holds, 0 where it does not.
    Compare(Relation, Register, Register),
}

/// One step of a tape.
#[derive(Clone, Copy, Debug)]
pub struct Instruction {
    /// The register that is written.
    pub to: Register,
    /// What is written.
    pub operation: Operation,
}

/// What stands in a register before a tape runs.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Literal {
    /// A number.
    Number(Number),
    /// A named constant.
    Named(Constant),
    /// Euler's number.
    E,
}

/// An expression, or several, compiled for evaluation.
#[derive(Clone)]
pub struct Program {
    pub(super) variables: Vec<Symbol>,
    pub(super) literals: Vec<Literal>,
    pub(super) instructions: Vec<Instruction>,
    /// How many instructions, all in front, depend on no variable.
    pub(super) constants: usize,
    pub(super) exponents: Vec<Rational>,
    pub(super) functions: Vec<&'static Elementary>,
    pub(super) arguments: Vec<Register>,
    pub(super) results: Vec<Register>,
    pub(super) registers: usize,
}

impl Program {
    /// The variables, in the order in which their values are given.
    pub fn variables(&self) -> &[Symbol] {
        &self.variables
    }

    /// What stands in the registers behind the variables.
    pub fn literals(&self) -> &[Literal] {
        &self.literals
    }

    /// The steps.
    pub fn instructions(&self) -> &[Instruction] {
        &self.instructions
    }

    /// The steps that depend on variables, which are the last ones.
    pub fn varying(&self) -> &[Instruction] {
        self.instructions.get(self.constants..).unwrap_or_default()
    }

    /// The rational exponents that instructions speak of.
    pub fn exponents(&self) -> &[Rational] {
        &self.exponents
    }

    /// The functions that instructions speak of.
    pub fn functions(&self) -> &[&'static Elementary] {
        &self.functions
    }

    /// The argument registers of functions with several arguments.
    pub fn arguments(&self) -> &[Register] {
        &self.arguments
    }

    /// The registers that hold the results at the end.
    pub fn results(&self) -> &[Register] {
        &self.results
    }

    /// How many registers a run needs.
    pub fn registers(&self) -> usize {
        self.registers
    }
}

impl Operation {
    /// Calls `visit` with every operand register; `arguments` is the program's argument list.
    pub(super) fn for_each_operand(&self, arguments: &[Register], mut visit: impl FnMut(Register)) {
        match *self {
            Operation::Add(a, b)
            | Operation::Subtract(a, b)
            | Operation::Multiply(a, b)
            | Operation::Divide(a, b)
            | Operation::Power(a, b)
            | Operation::Compare(_, a, b) => {
                visit(a);
                visit(b);
            }
            Operation::MultiplyAdd(a, b, c) => {
                visit(a);
                visit(b);
                visit(c);
            }
            Operation::Negate(a)
            | Operation::Square(a)
            | Operation::SquareRoot(a)
            | Operation::IntegerPower(a, _)
            | Operation::RationalPower(a, _)
            | Operation::Call(_, a) => visit(a),
            Operation::CallMany(_, start, count) => {
                arguments.iter().skip(start as usize).take(count as usize).for_each(|a| visit(*a));
            }
        }
    }

    /// The same operation on other registers; arguments of functions are renamed in their list, not here.
    pub(super) fn renamed(self, name: impl Fn(Register) -> Register) -> Operation {
        match self {
            Operation::Add(a, b) => Operation::Add(name(a), name(b)),
            Operation::Subtract(a, b) => Operation::Subtract(name(a), name(b)),
            Operation::Multiply(a, b) => Operation::Multiply(name(a), name(b)),
            Operation::MultiplyAdd(a, b, c) => Operation::MultiplyAdd(name(a), name(b), name(c)),
            Operation::Divide(a, b) => Operation::Divide(name(a), name(b)),
            Operation::Negate(a) => Operation::Negate(name(a)),
            Operation::Square(a) => Operation::Square(name(a)),
            Operation::SquareRoot(a) => Operation::SquareRoot(name(a)),
            Operation::IntegerPower(a, n) => Operation::IntegerPower(name(a), n),
            Operation::RationalPower(a, q) => Operation::RationalPower(name(a), q),
            Operation::Power(a, b) => Operation::Power(name(a), name(b)),
            Operation::Call(f, a) => Operation::Call(f, name(a)),
            Operation::CallMany(f, start, count) => Operation::CallMany(f, start, count),
            Operation::Compare(relation, a, b) => Operation::Compare(relation, name(a), name(b)),
        }
    }
}
