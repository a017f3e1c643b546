//! Expressions compiled to tapes, as functions of numbers: `fast_callable` and `fast_float`.

use std::any::Any;
use std::cell::RefCell;

use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::expr::{Expr, Reason, Symbol};
use crate::number::{Complex, Complex64, Real};
use crate::print;
use crate::runtime::builtin::Builtin;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{type_error, value_error};
use crate::runtime::operate::{convert, to_f64};
use crate::runtime::parameter::{Formula, Rest, expected};
use crate::runtime::value::{Class, Object, Parent, Value, as_expr, classes, demote};
use crate::tape::{ComplexDoubles, Evaluator, FloatFunction, Numbers, Program};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&fast_callable::RECORD, &fast_float::RECORD];

static CLASS: Class = Class { name: "sage.ext.fast_callable.Wrapper", known_as: None, base: None };

/// An expression compiled for numbers of a kind.
#[derive(Debug)]
struct Compiled {
    expr: Expr,
    variables: Vec<Symbol>,
    over: Over,
}

/// The numbers that the compiled expression runs over.
enum Over {
    /// Machine numbers, wrapped as this kind of value.
    Machine(RefCell<FloatFunction>, fn(f64) -> Value),
    /// Complex machine numbers.
    MachineComplex(RefCell<Evaluator<ComplexDoubles>>),
    /// Numbers of a precision, real if they must be.
    Precision { bits: u32, real: bool },
    /// Whatever is given.
    Anything,
}

impl std::fmt::Debug for Over {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Over::Machine(..) => "Machine",
            Over::MachineComplex(_) => "MachineComplex",
            Over::Precision { .. } => "Precision",
            Over::Anything => "Anything",
        })
    }
}

impl Compiled {
    fn value(expr: Expr, variables: Vec<Symbol>, domain: Option<&Spanned<Value>>) -> Result<Value, Fault> {
        if let Some(missing) = expr.variables().into_iter().find(|symbol| !variables.contains(symbol)) {
            return Err(value_error(format!("Variable '{missing}' not found in the list of variables")));
        }
        let over = Over::of(&expr, &variables, domain)?;
        Ok(Value::Object(std::rc::Rc::new(Compiled { expr, variables, over })))
    }

    fn at(&self, arguments: &[Spanned<Value>]) -> Result<Value, Fault> {
        if arguments.len() != self.variables.len() {
            let (takes, given) = (self.variables.len(), arguments.len());
            return Err(type_error(format!("the function takes exactly {takes} arguments ({given} given)")));
        }
        let placed = |fault: Fault, argument: &Spanned<Value>| fault.or_at(argument.span);
        match &self.over {
            Over::Machine(function, wrap) => {
                let read =
                    |argument: &Spanned<Value>| machine(&argument.value).map_err(|fault| placed(fault, argument));
                let value = match arguments {
                    [only] => function.borrow_mut().at(&[read(only)?]),
                    _ => function.borrow_mut().at(&arguments.iter().map(read).collect::<Result<Vec<f64>, Fault>>()?),
                };
                Ok(wrap(value))
            }
            Over::MachineComplex(evaluator) => {
                let read = |argument: &Spanned<Value>| match convert(Parent::Complexes(53), &argument.value) {
                    Ok(Value::Complex(z)) => Ok(Complex64 { re: z.re().to_f64(), im: z.im().to_f64() }),
                    Ok(_) => Err(expected("a number", argument)),
                    Err(fault) => Err(placed(fault, argument)),
                };
                let inputs = arguments.iter().map(read).collect::<Result<Vec<Complex64>, Fault>>()?;
                let value = evaluator.borrow_mut().value(&inputs);
                Ok(Value::Complex(std::rc::Rc::new(Complex::new(Real::from_f64(value.re), Real::from_f64(value.im)))))
            }
            Over::Precision { bits, real } => {
                let ring = if *real { Parent::Reals(*bits) } else { Parent::Complexes(*bits) };
                let value = self.substituted(arguments, |value| convert(ring, value))?;
                convert(ring, &value)
            }
            Over::Anything => self.substituted(arguments, |value| Ok(value.clone())),
        }
    }

    /// The expression with the converted arguments put for the variables.
    fn substituted(
        &self,
        arguments: &[Spanned<Value>],
        read: impl Fn(&Value) -> Result<Value, Fault>,
    ) -> Result<Value, Fault> {
        let mut pairs = Vec::with_capacity(arguments.len());
        for (variable, argument) in self.variables.iter().zip(arguments) {
            let value = read(&argument.value).map_err(|fault| fault.or_at(argument.span))?;
            let value = as_expr(&value).ok_or_else(|| expected("a number or an expression", argument))?;
            pairs.push((Expr::symbol(*variable), value));
        }
        Ok(demote(&self.expr.substitute(&pairs)))
    }
}

impl Over {
    fn of(expr: &Expr, variables: &[Symbol], domain: Option<&Spanned<Value>>) -> Result<Over, Fault> {
        let unable = |_: Reason| type_error(format!("unable to compile {}", print::text(expr)));
        let floats = || FloatFunction::new(expr, variables).map(RefCell::new).map_err(unable);
        let complexes = || {
            let program = Program::new(expr, variables).map_err(unable)?;
            Ok(Over::MachineComplex(RefCell::new(Evaluator::new(program, Numbers(())))))
        };
        let Some(domain) = domain else { return Ok(Over::Anything) };
        match &domain.value {
            Value::None | Value::Parent(Parent::Symbolic) => Ok(Over::Anything),
            Value::Parent(Parent::Doubles) => Ok(Over::Machine(floats()?, Value::Double)),
            Value::Class(class) if std::ptr::eq(*class, &classes::FLOAT) => Ok(Over::Machine(floats()?, Value::Float)),
            Value::Class(class) if std::ptr::eq(*class, &classes::PYTHON_COMPLEX) => complexes(),
            Value::Parent(Parent::ComplexDoubles) => complexes(),
            Value::Parent(Parent::Reals(bits)) => Ok(Over::Precision { bits: *bits, real: true }),
            Value::Parent(Parent::Complexes(bits)) => Ok(Over::Precision { bits: *bits, real: false }),
            _ => Err(expected("RDF, CDF, RR, CC, float or complex", domain)),
        }
    }
}

/// A value as a machine number.
fn machine(value: &Value) -> Result<f64, Fault> {
    match value {
        Value::Float(x) | Value::Double(x) => Ok(*x),
        Value::Int(n) | Value::Integer(n) => Ok(n.to_f64()),
        Value::Rational(q) => Ok(q.to_f64()),
        Value::Real(real) => Ok(real.to_f64()),
        _ => to_f64(value),
    }
}

impl Object for Compiled {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    fn text(&self) -> String {
        let names: Vec<&str> = self.variables.iter().map(|symbol| symbol.name()).collect();
        format!("({}) |--> {}, compiled", names.join(", "), print::text(&self.expr))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn invoke(&self, _call: &mut Call<'_>, arguments: &Arguments) -> Option<Result<Value, Fault>> {
        Some(match arguments.keywords.first() {
            Some((name, value)) => Err(type_error(format!("unexpected keyword argument '{name}'")).or_at(value.span)),
            None => self.at(&arguments.positional),
        })
    }
}

/// The variables that are named, by themselves or as texts.
fn variables_of(given: &[Spanned<Value>], call: &mut Call<'_>) -> Result<Vec<Symbol>, Fault> {
    let mut symbols = Vec::new();
    for value in given {
        match &value.value {
            Value::Str(name) => symbols.push(Symbol::new(name)),
            Value::Expr(expr) => symbols.push(expr.as_symbol().ok_or_else(|| expected("a variable", value))?),
            Value::List(_) | Value::Tuple(_) => {
                let items = call.items(&value.value)?;
                let items: Vec<Spanned<Value>> = items.into_iter().map(|item| Spanned::new(item, value.span)).collect();
                symbols.extend(variables_of(&items, call)?);
            }
            _ => return Err(expected("a variable or the name of one", value)),
        }
    }
    Ok(symbols)
}

/// The variables when none are named: a callable's arguments, or the only variable where that is enough.
fn own_variables(formula: &Formula, one_is_enough: bool) -> Result<Vec<Symbol>, Fault> {
    if let Some(arguments) = &formula.arguments {
        return Ok(arguments.to_vec());
    }
    match formula.expr.variables() {
        variables if variables.is_empty() || (one_is_enough && variables.len() == 1) => Ok(variables),
        _ => Err(value_error("List of variables must be specified for symbolic expressions")),
    }
}

builtin! {
    /// An expression compiled once, as a function of numbers that is called often.
    ///
    /// `domain` says for which numbers: `RDF` or `float` for machine numbers, `CDF`, `RR`, `RealField(200)`, `CC`; without
    /// one the arguments are put in as they are.
    ///
    /// ```calc
    /// g = fast_callable(x^2 + 1, vars=[x], domain=RDF)
    /// g(3)                                      # => 10.0
    /// fast_callable(x^2 + 1, vars=[x])(1/2)     # => 5/4
    /// ```
    ///
    /// See also: `fast_float`, `n`.
    fn fast_callable(call, f: Formula, vars: Option<Spanned<Value>>, domain: Option<Spanned<Value>>, expect_one_var: Option<bool>) -> Value {
        let variables = match &vars {
            Some(given) if !matches!(given.value, Value::None) => variables_of(std::slice::from_ref(given), call)?,
            _ => own_variables(&f, expect_one_var == Some(true))?,
        };
        Compiled::value(f.expr.clone(), variables, domain.as_ref())
    }
}

builtin! {
    /// An expression compiled for machine numbers.
    ///
    /// ```calc
    /// var('y')                                  # => y
    /// h = fast_float(x*y + 1, 'x', 'y')
    /// h(2, 3)                                   # => 7.0
    /// ```
    ///
    /// See also: `fast_callable`.
    fn fast_float(call, f: Formula, variables: Rest<Spanned<Value>>) -> Value {
        let symbols = match variables.0.as_slice() {
            [] => own_variables(&f, true)?,
            given => variables_of(given, call)?,
        };
        let float = Spanned::new(Value::Class(&classes::FLOAT), call.span());
        Compiled::value(f.expr.clone(), symbols, Some(&float))
    }
}
