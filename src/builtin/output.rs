//! What a program says: `print`, `show`, `latex`.

use std::any::Any;
use std::rc::Rc;

use crate::builtin;
use crate::diagnostic::Fault;
use crate::expr::Expr;
use crate::runtime::builtin::Builtin;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::type_error;
use crate::runtime::parameter::{Keywords, Rest, Text};
use crate::runtime::value::{self, Class, Object, Value, classes, str_of};
use crate::syntax::ast::BinaryOperator;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&print::RECORD, &show::RECORD, &latex::RECORD, &latex_expr::RECORD];

builtin! {
    /// Prints values, separated by blanks, and ends the line.
    ///
    /// `sep` goes between the values, `end` behind the last one.
    ///
    /// ```calc
    /// print("x =", 1/2)                   # prints x = 1/2
    /// print(1, 2, sep=", ", end="!\n")    # prints 1, 2!
    /// ```
    only function;
    fn print(call, values: Rest<Value>, sep: Option<Text>, end: Option<Text>, flush: Option<Value>) -> () {
        let texts: Vec<String> = values.0.iter().map(str_of).collect();
        let sep = sep.map_or_else(|| " ".to_string(), |sep| sep.0.to_string());
        let end = end.map_or_else(|| "\n".to_string(), |end| end.0.to_string());
        call.print(&(texts.join(&sep) + &end));
        Ok(())
    }
}

builtin! {
    /// Shows a value: a figure is drawn, anything else is printed.
    ///
    /// ```calc
    /// show(x^2 + 1)           # prints x^2 + 1
    /// ```
    ///
    /// See also: `print`, `latex`.
    also "pretty_print", "view";
    fn show(call, value: Value, others: Rest<Value>, options: Keywords) -> () {
        let mut texts = Vec::new();
        for value in std::iter::once(value).chain(others.0) {
            match &value {
                Value::Object(object) if object.methods().contains(&"show") => {
                    let arguments = Arguments { positional: Vec::new(), keywords: options.0.clone() };
                    object.method(call, "show", arguments)?;
                }
                _ if call.machine().is_collecting() && formula(&value).is_some() => {
                    call.machine().collect_shown(value);
                }
                _ => texts.push(value::repr(&value)),
            }
        }
        if !texts.is_empty() {
            call.print(&(texts.join(" ") + "\n"));
        }
        Ok(())
    }
}

/// The expression of a value that a page sets as a formula.
pub fn formula(value: &Value) -> Option<Expr> {
    match value {
        Value::Expr(_) | Value::Callable(_) => value::as_expr(value),
        _ => None,
    }
}

builtin! {
    /// The LaTeX of a value.
    ///
    /// ```calc
    /// latex(x^2/3)            # => \frac{1}{3} \, x^{2}
    /// ```
    fn latex(call, value: Value) -> Value {
        let text = match &value {
            Value::None => Some(r"\mathrm{None}".to_string()),
            _ => value::latex(&value),
        };
        let text = text.unwrap_or_else(|| format!(r"\verb|{}|", str_of(&value)));
        Ok(Value::Object(Rc::new(LatexText(text.into()))))
    }
}

builtin! {
    /// A text of LaTeX, as `latex` gives it.
    ///
    /// ```calc
    /// LatexExpr('x^2') + LatexExpr('y')       # => x^2 y
    /// ```
    ///
    /// See also: `latex`.
    named "LatexExpr";
    only function;
    fn latex_expr(call, text: Text) -> Value {
        Ok(Value::Object(Rc::new(LatexText(text.0))))
    }
}

/// The class of LaTeX texts.
static LATEX_TEXT: Class = Class { name: "sage.misc.latex.LatexExpr", known_as: None, base: Some(&classes::STR) };

/// A text of LaTeX: echoed without quotes, otherwise a text.
#[derive(Debug)]
pub struct LatexText(Rc<str>);

impl Object for LatexText {
    fn class(&self) -> &'static Class {
        &LATEX_TEXT
    }

    fn text(&self) -> String {
        self.0.to_string()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn latex(&self) -> Option<String> {
        Some(self.0.to_string())
    }

    fn truth(&self) -> Result<bool, Fault> {
        Ok(!self.0.is_empty())
    }

    fn same(&self, other: &Value) -> bool {
        match other.downcast::<LatexText>() {
            Some(other) => self.0 == other.0,
            None => other.as_str().is_some_and(|other| *other == self.0),
        }
    }

    fn methods(&self) -> &'static [&'static str] {
        crate::runtime::method_names(&Value::Str(Rc::from("")))
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        let span = call.span();
        call.machine().call_method(&Value::Str(Rc::clone(&self.0)), &Rc::from(name), arguments, span)
    }

    /// As in Sage, a blank goes between the two parts unless there is one.
    fn binary(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        let other = match other {
            Value::Int(_) | Value::Integer(_) if operator == BinaryOperator::Multiply => {
                return Some(crate::runtime::operate::binary(operator, &Value::Str(Rc::clone(&self.0)), other));
            }
            Value::Str(text) => Rc::clone(text),
            _ => other.downcast::<LatexText>().map(|other| Rc::clone(&other.0))?,
        };
        let (left, right) = if reflected { (&other, &self.0) } else { (&self.0, &other) };
        Some(match operator {
            BinaryOperator::Add => {
                let parted = left.ends_with(' ') || right.starts_with(' ');
                let text = if left.is_empty() || right.is_empty() || parted {
                    format!("{left}{right}")
                } else {
                    format!("{left} {right}")
                };
                Ok(Value::Object(Rc::new(LatexText(text.into()))))
            }
            BinaryOperator::Remainder if reflected => {
                crate::runtime::operate::binary(operator, &Value::Str(other), &Value::Str(Rc::clone(&self.0)))
            }
            _ => Err(type_error(format!("unsupported operand type(s) for {}: 'str' and 'str'", operator.symbol()))),
        })
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.0.chars().map(|c| Value::str(c.encode_utf8(&mut [0; 4]))).collect())
    }
}
