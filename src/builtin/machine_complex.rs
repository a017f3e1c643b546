//! Python's complex numbers: two machine numbers, written `(1+2j)`.

use std::any::Any;
use std::rc::Rc;

use crate::diagnostic::Fault;
use crate::expr::Expr;
use crate::number::{Complex, Number, Real};
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{type_error, value_error, zero_division};
use crate::runtime::operate;
use crate::runtime::value::{Class, Object, Parent, Value, as_expr, classes, repr};
use crate::syntax::ast::{BinaryOperator, ComparisonOperator, UnaryOperator};

/// A complex number of the machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MachineComplex {
    re: f64,
    im: f64,
}

impl MachineComplex {
    /// From the arguments of `complex(...)`.
    ///
    /// # Errors
    /// What is no number.
    pub fn read(real: Option<Value>, imag: Option<Value>) -> Result<Value, Fault> {
        let found = match (&real, &imag) {
            (Some(Value::Str(text)), None) => written(text)?,
            (Some(value), None) => MachineComplex::of(value).ok_or_else(|| match as_expr(value) {
                Some(_) => type_error("unable to simplify to complex approximation"),
                None => {
                    let class = value.class().name;
                    type_error(format!("complex() first argument must be a string or a number, not '{class}'"))
                }
            })?,
            _ => {
                let part = |value: &Option<Value>| value.as_ref().map_or(Ok(0.0), operate::to_f64);
                MachineComplex { re: part(&real)?, im: part(&imag)? }
            }
        };
        Ok(found.value())
    }

    fn value(self) -> Value {
        Value::Object(Rc::new(self))
    }

    /// The machine number nearest to a value, if that is a number.
    fn of(value: &Value) -> Option<MachineComplex> {
        if let Some(own) = value.downcast::<MachineComplex>() {
            return Some(*own);
        }
        let Ok(Value::Complex(found)) = operate::convert(Parent::Complexes(53), value) else { return None };
        Some(MachineComplex { re: found.re().to_f64(), im: found.im().to_f64() })
    }

    fn combined(self, operator: BinaryOperator, other: MachineComplex) -> Option<Result<Value, Fault>> {
        let (MachineComplex { re: a, im: b }, MachineComplex { re: c, im: d }) = (self, other);
        let (re, im) = match operator {
            BinaryOperator::Add => (a + c, b + d),
            BinaryOperator::Subtract => (a - c, b - d),
            BinaryOperator::Multiply => (a * c - b * d, a * d + b * c),
            BinaryOperator::Divide if c == 0.0 && d == 0.0 => {
                return Some(Err(zero_division("complex division by zero")));
            }
            // Smith's division, which overflows only where the quotient does.
            BinaryOperator::Divide if c.abs() >= d.abs() => {
                let (ratio, size) = (d / c, c + d * (d / c));
                ((a + b * ratio) / size, (b - a * ratio) / size)
            }
            BinaryOperator::Divide => {
                let (ratio, size) = (c / d, c * (c / d) + d);
                ((a * ratio + b) / size, (b * ratio - a) / size)
            }
            BinaryOperator::Power => {
                let power = self.expr().power(&other.expr());
                let found = MachineComplex::of(&Value::Expr(power))
                    .ok_or_else(|| zero_division("0.0 to a negative or complex power"));
                return Some(found.map(MachineComplex::value));
            }
            _ => return None,
        };
        Some(Ok(MachineComplex { re, im }.value()))
    }

    fn expr(self) -> Expr {
        Expr::number(Number::Complex(Box::new(Complex::new(Real::from_f64(self.re), Real::from_f64(self.im)))))
    }
}

/// `'1+2j'` as a number.
fn written(text: &str) -> Result<MachineComplex, Fault> {
    let bare: String = text.trim().trim_start_matches('(').trim_end_matches(')').to_lowercase();
    let part = |text: &str| text.parse::<f64>().ok();
    let found = match bare.strip_suffix('j') {
        None => part(&bare).map(|re| (re, 0.0)),
        Some(rest) => {
            // The sign between the parts is the last one that belongs to no exponent.
            let signs = rest.char_indices().filter(|(at, c)| matches!(c, '+' | '-') && !rest[..*at].ends_with('e'));
            let at = signs.map(|(at, _)| at).next_back().unwrap_or(0);
            let (re, im) = rest.split_at(at);
            let im = if matches!(im, "" | "+" | "-") { format!("{im}1") } else { im.to_owned() };
            if re.is_empty() { Some(0.0) } else { part(re) }.zip(part(&im))
        }
    };
    let (re, im) = found.ok_or_else(|| value_error("complex() arg is a malformed string"))?;
    Ok(MachineComplex { re, im })
}

/// A part as Python writes it within a complex number.
fn part_text(part: f64) -> String {
    let text = repr(&Value::Float(part));
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

impl Object for MachineComplex {
    fn class(&self) -> &'static Class {
        &classes::PYTHON_COMPLEX
    }

    fn text(&self) -> String {
        let im = part_text(self.im);
        if self.re == 0.0 && self.re.is_sign_positive() {
            return format!("{im}j");
        }
        let sign = if im.starts_with('-') { "" } else { "+" };
        format!("({}{sign}{im}j)", part_text(self.re))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn expression(&self) -> Option<Expr> {
        Some(self.expr())
    }

    fn truth(&self) -> Result<bool, Fault> {
        Ok(self.re != 0.0 || self.im != 0.0)
    }

    fn same(&self, other: &Value) -> bool {
        MachineComplex::of(other).is_some_and(|other| other == *self)
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "real" => Some(Value::Float(self.re)),
            "imag" => Some(Value::Float(self.im)),
            _ => None,
        }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["conjugate"]
    }

    fn method(&self, _call: &mut Call<'_>, _name: &str, _arguments: Arguments) -> Result<Value, Fault> {
        Ok(MachineComplex { re: self.re, im: -self.im }.value())
    }

    fn binary(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        // With formulas it is a number of theirs.
        let is_formula = |expr: Expr| expr.as_number().is_none();
        if matches!(other, Value::Callable(_)) || as_expr(other).is_none_or(is_formula) {
            return None;
        }
        let other = MachineComplex::of(other)?;
        if reflected { other.combined(operator, *self) } else { self.combined(operator, other) }
    }

    fn unary(&self, operator: UnaryOperator) -> Option<Result<Value, Fault>> {
        match operator {
            UnaryOperator::Minus => Some(Ok(MachineComplex { re: -self.re, im: -self.im }.value())),
            UnaryOperator::Plus => Some(Ok(self.value())),
            _ => None,
        }
    }

    fn compare(&self, operator: ComparisonOperator, other: &Value, _reflected: bool) -> Option<Result<Value, Fault>> {
        match operator {
            _ if as_expr(other).is_some_and(|expr| expr.as_number().is_none()) => None,
            ComparisonOperator::Equal => Some(Ok(Value::Bool(self.same(other)))),
            ComparisonOperator::NotEqual => Some(Ok(Value::Bool(!self.same(other)))),
            _ => Some(Err(type_error(format!(
                "'{}' not supported between instances of 'complex' and '{}'",
                operator.symbol(),
                other.class().short_name()
            )))),
        }
    }
}
