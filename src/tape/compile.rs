//! Compiling expressions into a tape.
//!
//! First every distinct subexpression becomes one value (value numbering: equal operations on equal operands are one
//! value, whichever expressions they came from); then values get registers by a scan that frees each after its last
//! reader. Both passes are iterative, so that deep nests compile.

use super::program::{Instruction, Literal, Operation, Program, Register};
use crate::expr::function::Kernel;
use crate::expr::{Elementary, Expr, Factor, Function, Kind, PassMap, Product, Reason, Relation, Sum, Symbol, Term};
use crate::expr::{printed_factors, printed_terms};
use crate::number::sorting;
use crate::number::{Number, Rational};

impl Program {
    /// Compiles an expression over the given variables.
    ///
    /// # Errors
    /// `Unsupported` when a free variable is not among them, or for a function without a numerical meaning; `Domain` for
    /// an undefined part.
    pub fn new(expr: &Expr, variables: &[Symbol]) -> Result<Program, Reason> {
        Program::new_many(std::slice::from_ref(expr), variables)
    }

    /// Compiles several expressions into one tape that shares what they have in common.
    ///
    /// # Errors
    /// As [`Program::new`].
    pub fn new_many(exprs: &[Expr], variables: &[Symbol]) -> Result<Program, Reason> {
        let mut compiler = Compiler::new(variables);
        let results = exprs.iter().map(|expr| compiler.compile(expr)).collect::<Result<Vec<_>, _>>()?;
        Ok(compiler.finish(results))
    }
}

/// A value: the place of a variable, a literal or an operation.
type Value = u32;

/// Values of operations are counted from here while literals are still being found.
const OPERATIONS: Value = 1 << 31;
/// Literals are counted from here.
const LITERALS: Value = 1 << 30;

struct Compiler {
    variables: Vec<Symbol>,
    literals: Vec<Literal>,
    literal_numbers: PassMap<Literal, Value>,
    operations: Vec<Operation>,
    numbered: PassMap<Operation, Value>,
    /// Calls of several arguments are numbered by their arguments, not by where these stand.
    numbered_calls: PassMap<(u32, Vec<Value>), Value>,
    exponents: Vec<Rational>,
    exponent_numbers: PassMap<Rational, u32>,
    functions: Vec<&'static Elementary>,
    arguments: Vec<Value>,
    done: PassMap<Expr, Value>,
}

impl Compiler {
    fn new(variables: &[Symbol]) -> Compiler {
        Compiler {
            variables: variables.to_vec(),
            literals: Vec::new(),
            literal_numbers: PassMap::default(),
            operations: Vec::new(),
            numbered: PassMap::default(),
            numbered_calls: PassMap::default(),
            exponents: Vec::new(),
            exponent_numbers: PassMap::default(),
            functions: Vec::new(),
            arguments: Vec::new(),
            done: PassMap::default(),
        }
    }

    /// The value of an expression; its parts are compiled first, with an explicit stack.
    fn compile(&mut self, root: &Expr) -> Result<Value, Reason> {
        let mut totals: Vec<Option<Value>> = Vec::new();
        let mut pending = vec![Step::Enter(root.clone())];
        while let Some(step) = pending.pop() {
            match step {
                Step::Enter(node) if self.done.contains_key(&node) => {}
                Step::Enter(node) => match node.kind() {
                    Kind::Sum(sum) => {
                        totals.push(None);
                        pending.push(Step::Total(node.clone()));
                        pending.extend(summing_steps(sum));
                    }
                    _ if needs_parts(&node) => {
                        let parts = node.stored_children().into_iter().filter(|part| part.as_number().is_none());
                        pending.push(Step::Leave(node));
                        pending.extend(parts.map(Step::Enter));
                    }
                    _ => pending.push(Step::Leave(node)),
                },
                Step::Leave(node) => {
                    let value = self.node(&node)?;
                    self.done.insert(node, value);
                }
                Step::Add(term) => {
                    let total = totals.pop().flatten();
                    totals.push(Some(self.add_term(total, &term)));
                }
                Step::Total(node) => {
                    let value = self.add_constant(totals.pop().flatten(), &node);
                    self.done.insert(node, value);
                }
            }
        }
        Ok(self.value_of(root))
    }

    /// The value of a part that has been compiled; a number becomes a literal only here, where it is read.
    fn value_of(&mut self, part: &Expr) -> Value {
        match part.as_number() {
            Some(number) => self.number(number.clone()),
            None => *self.done.get(part).expect("parts are compiled before what they are part of"),
        }
    }

    /// The value of a node whose parts are done.
    fn node(&mut self, node: &Expr) -> Result<Value, Reason> {
        match node.kind() {
            Kind::Number(number) => Ok(self.literal(Literal::Number(number.clone()))),
            Kind::Symbol(symbol) => self.variable(*symbol),
            Kind::Constant(constant) => Ok(self.literal(Literal::Named(*constant))),
            Kind::Infinity(_) => Err(Reason::Unsupported("an infinity inside a numerical expression")),
            Kind::Undefined(_) => Err(Reason::Domain("an undefined expression has no numerical value")),
            Kind::Sum(_) => unreachable!("sums are added up term by term"),
            Kind::Product(product) => Ok(self.product(product)),
            Kind::Power(base, exponent) => Ok(self.power(base, exponent)),
            Kind::Call(..) if node.is_e() => Ok(self.literal(Literal::E)),
            Kind::Call(function, arguments) => self.call(function, arguments),
            Kind::Relation(relation, left, right) => Ok(self.compare(*relation, left, right)),
        }
    }

    fn literal(&mut self, literal: Literal) -> Value {
        let next = LITERALS + self.literals.len() as Value;
        let value = *self.literal_numbers.entry(literal.clone()).or_insert(next);
        if value == next {
            self.literals.push(literal);
        }
        value
    }

    fn number(&mut self, number: impl Into<Number>) -> Value {
        self.literal(Literal::Number(number.into()))
    }

    fn variable(&self, symbol: Symbol) -> Result<Value, Reason> {
        let place = self.variables.iter().position(|own| *own == symbol);
        place.map(|place| place as Value).ok_or(Reason::Unsupported("a variable has no numerical value"))
    }

    /// The value of an operation, an old one when it was asked for before.
    fn emit(&mut self, operation: Operation) -> Value {
        let next = OPERATIONS + self.operations.len() as Value;
        let value = *self.numbered.entry(operation).or_insert(next);
        if value == next {
            self.operations.push(operation);
        }
        value
    }

    fn add_term(&mut self, total: Option<Value>, term: &Term) -> Value {
        let base = self.value_of(&term.base);
        match total {
            None => self.scaled(base, &term.coefficient),
            Some(total) => self.add_scaled(total, base, &term.coefficient),
        }
    }

    /// The total with the sum's constant.
    fn add_constant(&mut self, total: Option<Value>, node: &Expr) -> Value {
        let constant = match node.kind() {
            Kind::Sum(sum) => sum.constant().clone(),
            _ => Number::ZERO,
        };
        match total {
            Some(total) if constant.is_zero() => total,
            Some(total) => {
                let constant = self.number(constant);
                self.emit(Operation::Add(total, constant))
            }
            None => self.number(constant),
        }
    }

    fn scaled(&mut self, value: Value, coefficient: &Number) -> Value {
        if coefficient.is_one() {
            return value;
        }
        if is_minus_one(coefficient) {
            return self.emit(Operation::Negate(value));
        }
        let coefficient = self.number(coefficient.clone());
        self.emit(Operation::Multiply(coefficient, value))
    }

    fn add_scaled(&mut self, total: Value, value: Value, coefficient: &Number) -> Value {
        if coefficient.is_one() {
            return self.emit(Operation::Add(total, value));
        }
        if is_minus_one(coefficient) {
            return self.emit(Operation::Subtract(total, value));
        }
        let coefficient = self.number(coefficient.clone());
        self.emit(Operation::MultiplyAdd(coefficient, value, total))
    }

    /// Multiplies the factors above and below the fraction bar apart, and divides once.
    fn product(&mut self, product: &Product) -> Value {
        let (mut above, mut below) = (None, None);
        for Factor { base, exponent } in printed_factors(product) {
            let base = self.value_of(base);
            let factor = self.rational_power(base, &exponent.abs());
            let side = if exponent.is_negative() { &mut below } else { &mut above };
            *side = Some(match *side {
                None => factor,
                Some(rest) => self.emit(Operation::Multiply(rest, factor)),
            });
        }
        self.fraction(above, below, product.coefficient())
    }

    fn fraction(&mut self, above: Option<Value>, below: Option<Value>, coefficient: &Number) -> Value {
        match (above, below) {
            (Some(above), None) => self.scaled(above, coefficient),
            (Some(above), Some(below)) => {
                let quotient = self.emit(Operation::Divide(above, below));
                self.scaled(quotient, coefficient)
            }
            (None, Some(below)) => {
                let above = self.number(coefficient.clone());
                self.emit(Operation::Divide(above, below))
            }
            (None, None) => self.number(coefficient.clone()),
        }
    }

    fn power(&mut self, base: &Expr, exponent: &Expr) -> Value {
        let base = self.value_of(base);
        match exponent.as_rational() {
            Some(rational) if rational.is_negative() => {
                let below = self.rational_power(base, &rational.abs());
                self.fraction(None, Some(below), &Number::ONE)
            }
            Some(rational) => self.rational_power(base, rational),
            None => {
                let exponent = self.value_of(exponent);
                self.emit(Operation::Power(base, exponent))
            }
        }
    }

    /// A power with a positive rational exponent.
    fn rational_power(&mut self, base: Value, exponent: &Rational) -> Value {
        match exponent.to_i64() {
            Some(1) => return base,
            Some(2) => return self.emit(Operation::Square(base)),
            Some(whole) => return self.emit(Operation::IntegerPower(base, whole)),
            None if *exponent == Rational::HALF => return self.emit(Operation::SquareRoot(base)),
            None if exponent.denominator().to_i64() == Some(2) => {
                if let Some(whole) = exponent.numerator().to_i64() {
                    let root = self.emit(Operation::SquareRoot(base));
                    return self.emit(Operation::IntegerPower(root, whole));
                }
            }
            None => {}
        }
        let next = self.exponents.len() as u32;
        let number = *self.exponent_numbers.entry(exponent.clone()).or_insert(next);
        if number == next {
            self.exponents.push(exponent.clone());
        }
        self.emit(Operation::RationalPower(base, number))
    }

    fn call(&mut self, function: &Function, arguments: &[Expr]) -> Result<Value, Reason> {
        let Function::Elementary(record) = function else {
            return Err(Reason::Unsupported("a formal function has no numerical value"));
        };
        let number = self.function(record, arguments.len())?;
        let values: Vec<Value> = arguments.iter().map(|argument| self.value_of(argument)).collect();
        if let [only] = values.as_slice() {
            return Ok(self.emit(Operation::Call(number, *only)));
        }
        let key = (number, values);
        if let Some(known) = self.numbered_calls.get(&key) {
            return Ok(*known);
        }
        let start = self.arguments.len() as u32;
        self.arguments.extend(&key.1);
        let value = self.emit(Operation::CallMany(number, start, key.1.len() as u32));
        self.numbered_calls.insert(key, value);
        Ok(value)
    }

    /// The number of a function that has a rule for so many arguments.
    fn function(&mut self, record: &'static Elementary, count: usize) -> Result<u32, Reason> {
        let fits = match count {
            1 => record.kernel.unary().is_some(),
            2 => record.kernel.binary().is_some(),
            _ => matches!(record.kernel, Kernel::Fold(_)),
        };
        if !fits {
            return Err(Reason::Unsupported("a function without a numerical rule"));
        }
        if let Some(known) = self.functions.iter().position(|own| std::ptr::eq(*own, record)) {
            return Ok(known as u32);
        }
        self.functions.push(record);
        Ok(self.functions.len() as u32 - 1)
    }

    fn compare(&mut self, relation: Relation, left: &Expr, right: &Expr) -> Value {
        let (left, right) = (self.value_of(left), self.value_of(right));
        self.emit(Operation::Compare(relation, left, right))
    }

    /// Puts what no variable enters in front, and gives every value a register.
    fn finish(self, results: Vec<Value>) -> Program {
        let (order, constants) = self.constants_first();
        let layout = Layout { variables: self.variables.len() as Register, literals: self.literals.len() as Register };
        let mut allocator = Allocator::new(&self, &order, constants, &results, layout);
        let mut arguments = vec![0; self.arguments.len()];
        let mut instructions = Vec::with_capacity(self.operations.len());
        for index in order {
            let operation = self.operations[index];
            if let Operation::CallMany(_, first, count) = operation {
                let range = first as usize..(first + count) as usize;
                for (slot, value) in arguments[range.clone()].iter_mut().zip(&self.arguments[range]) {
                    *slot = allocator.place(*value);
                }
            }
            let renamed = operation.renamed(|value| allocator.place(value));
            let to = allocator.assign(index, &operation, &self.arguments);
            instructions.push(Instruction { to, operation: renamed });
        }
        let results = results.into_iter().map(|value| allocator.place(value)).collect();
        Program {
            variables: self.variables,
            literals: self.literals,
            instructions,
            constants,
            exponents: self.exponents,
            functions: self.functions,
            arguments,
            results,
            registers: allocator.next as usize,
        }
    }

    /// The operations, those without variables first, and how many these are.
    fn constants_first(&self) -> (Vec<usize>, usize) {
        let mut varies = vec![false; self.operations.len()];
        for (index, operation) in self.operations.iter().enumerate() {
            let mut any = false;
            operation.for_each_operand(&self.arguments, |value| {
                any |= match value {
                    operation if operation >= OPERATIONS => varies[(operation - OPERATIONS) as usize],
                    other => other < LITERALS,
                };
            });
            varies[index] = any;
        }
        let (varying, mut order): (Vec<usize>, Vec<usize>) = (0..varies.len()).partition(|index| varies[*index]);
        let constants = order.len();
        order.extend(varying);
        (order, constants)
    }
}

/// What is left to do for a node.
enum Step {
    /// Look at it.
    Enter(Expr),
    /// Compute it from its parts.
    Leave(Expr),
    /// Add a term to the innermost total, as soon as it is there.
    Add(Term),
    /// Take the innermost total as the sum's value.
    Total(Expr),
}

/// Computes and adds one term after the other in printed order, so that results don't depend on hashes, last step first.
fn summing_steps(sum: &Sum) -> Vec<Step> {
    let mut steps: Vec<Step> =
        printed_terms(sum).flat_map(|term| [Step::Enter(term.base.clone()), Step::Add(term.clone())]).collect();
    steps.reverse();
    steps
}

/// Does compiling the node ask for the values of its parts?
fn needs_parts(node: &Expr) -> bool {
    match node.kind() {
        Kind::Number(_) | Kind::Symbol(_) | Kind::Constant(_) | Kind::Infinity(_) | Kind::Undefined(_) => false,
        Kind::Call(..) => !node.is_e(),
        Kind::Sum(_) | Kind::Product(_) | Kind::Power(..) | Kind::Relation(..) => true,
    }
}

fn is_minus_one(number: &Number) -> bool {
    number.as_rational().is_some_and(|q| q.to_i64() == Some(-1))
}

/// How many registers stand before the workspace.
#[derive(Clone, Copy)]
struct Layout {
    variables: Register,
    literals: Register,
}

/// Hands out registers; each is free again after the last reader of its value.
struct Allocator {
    layout: Layout,
    /// The last operation that reads each value; what is read later than in one run has none.
    last_reader: Vec<Option<usize>>,
    registers: Vec<Register>,
    free: Vec<Register>,
    next: Register,
}

impl Allocator {
    fn new(compiler: &Compiler, order: &[usize], constants: usize, results: &[Value], layout: Layout) -> Allocator {
        let mut last_reader = vec![None; compiler.operations.len()];
        let mut is_constant = vec![false; compiler.operations.len()];
        order.iter().take(constants).for_each(|index| is_constant[*index] = true);
        for index in order {
            compiler.operations[*index].for_each_operand(&compiler.arguments, |value| {
                if value >= OPERATIONS {
                    last_reader[(value - OPERATIONS) as usize] = Some(*index);
                }
            });
        }
        // A constant that a varying operation reads is computed once for many runs.
        for index in order.iter().skip(constants) {
            compiler.operations[*index].for_each_operand(&compiler.arguments, |value| {
                if value >= OPERATIONS && is_constant[(value - OPERATIONS) as usize] {
                    last_reader[(value - OPERATIONS) as usize] = None;
                }
            });
        }
        for value in results.iter().filter(|value| **value >= OPERATIONS) {
            last_reader[(value - OPERATIONS) as usize] = None;
        }
        let registers = vec![0; compiler.operations.len()];
        Allocator { layout, last_reader, registers, free: Vec::new(), next: layout.variables + layout.literals }
    }

    /// The register of a value that has been assigned one.
    fn place(&self, value: Value) -> Register {
        match value {
            operation if operation >= OPERATIONS => self.registers[(operation - OPERATIONS) as usize],
            literal if literal >= LITERALS => self.layout.variables + literal - LITERALS,
            variable => variable,
        }
    }

    /// The register that an operation writes. Operands are read before it is written, so it may be one of theirs.
    fn assign(&mut self, index: usize, operation: &Operation, arguments: &[Value]) -> Register {
        let mut freed = Vec::new();
        operation.for_each_operand(arguments, |value| {
            if value >= OPERATIONS && self.last_reader[(value - OPERATIONS) as usize] == Some(index) {
                freed.push(self.registers[(value - OPERATIONS) as usize]);
            }
        });
        sorting::sort(&mut freed);
        freed.dedup();
        self.free.append(&mut freed);
        let register = self.free.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.registers[index] = register;
        register
    }
}
