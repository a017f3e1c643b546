//! Asking for attributes by name, and functions of functions.

use std::rc::Rc;

use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::expr::Expr;
use crate::number::Complex;
use crate::runtime::builtin::Builtin;
use crate::runtime::fault::{NO_ATTRIBUTE, type_error};
use crate::runtime::operate;
use crate::runtime::parameter::{Optional, Text};
use crate::runtime::value::{Parent, Value, demote};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &hasattr::RECORD,
    &getattr::RECORD,
    &reduce::RECORD,
    &real_number::RECORD,
    &complex_number::RECORD,
    &sage_eval::RECORD,
    &pyobject::RECORD,
];

/// Whether the fault says that there is no such attribute.
fn lacks_attribute(fault: &Fault) -> bool {
    std::ptr::eq(fault.kind(), &NO_ATTRIBUTE)
}

builtin! {
    /// Whether a value has a method or attribute of that name.
    ///
    /// ```calc
    /// hasattr(x, 'diff')      # => True
    /// hasattr([], 'diff')     # => False
    /// ```
    only function;
    fn hasattr(call, object: Value, name: Text) -> bool {
        match call.machine().attribute(&object, &name.0) {
            Ok(_) => Ok(true),
            Err(fault) if lacks_attribute(&fault) => Ok(false),
            Err(fault) => Err(fault),
        }
    }
}

builtin! {
    /// The method or attribute of that name, or `default` when there is none.
    ///
    /// ```calc
    /// getattr('abc', 'upper')()       # => 'ABC'
    /// getattr(5, 'colour', 'none')    # => 'none'
    /// getattr(5, 'colour')            # error: no-such-method
    /// ```
    faults "no-such-method";
    only function;
    fn getattr(call, object: Value, name: Text, default: Optional) -> Value {
        match (call.machine().attribute(&object, &name.0), default.0) {
            (Err(fault), Some(default)) if lacks_attribute(&fault) => Ok(default.value),
            (found, _) => found,
        }
    }
}

builtin! {
    /// Combines all items by a function of two: `reduce(f, [a, b, c])` is `f(f(a, b), c)`.
    ///
    /// ```calc
    /// reduce(lambda a, b: a*b, [1..5])    # => 120
    /// reduce(max, [], 0)                  # => 0
    /// ```
    ///
    /// See also: `sum`, `prod`.
    only function;
    fn reduce(call, function: Value, iterable: Vec<Value>, initial: Optional) -> Value {
        let mut items = iterable.into_iter();
        let first = initial.0.map(|initial| initial.value).or_else(|| items.next());
        let first = first.ok_or_else(|| type_error("reduce() of empty iterable with no initial value"))?;
        items.try_fold(first, |result, item| call.invoke(&function, &[result, item]))
    }
}

builtin! {
    /// A real of 53 bits, or of as many as the digits of a text need.
    ///
    /// ```calc
    /// RealNumber('2.5')       # => 2.50000000000000
    /// ```
    ///
    /// See also: `RR`, `RealField`.
    named "RealNumber";
    only function;
    fn real_number(call, value: Spanned<Value>) -> Value {
        let literal = value.value.as_str().and_then(|text| crate::number::Real::parse(text.trim()));
        match literal {
            Some(real) => Ok(Value::real(real)),
            None => operate::convert(Parent::Reals(53), &value.value).map_err(|fault| fault.or_at(value.span)),
        }
    }
}

builtin! {
    /// A complex number of 53 bits from its real and imaginary part.
    ///
    /// ```calc
    /// ComplexNumber(1, 2)     # => 1.00000000000000 + 2.00000000000000*I
    /// ```
    ///
    /// See also: `CC`.
    named "ComplexNumber";
    only function;
    fn complex_number(call, real: Value, imaginary: Option<Value>) -> Value {
        let imaginary = imaginary.unwrap_or(Value::integer(0));
        let (re, im) = (operate::to_real(&real, 53)?, operate::to_real(&imaginary, 53)?);
        Ok(Value::complex(Complex::new(re, im)))
    }
}

builtin! {
    /// The value of an expression given as a text, with names looked up in `locals` and then in the session.
    ///
    /// ```calc
    /// sage_eval('1/2 + 1')                # => 3/2
    /// sage_eval('t^2', locals={'t': 3})   # => 9
    /// ```
    only function;
    fn sage_eval(call, source: Text, locals: Option<Spanned<Value>>) -> Value {
        let names = match locals {
            None => Vec::new(),
            Some(Spanned { value: Value::Dict(dict), .. }) => {
                dict.borrow().iter().filter_map(|(name, value)| Some((Rc::clone(name.as_str()?), value.clone()))).collect()
            }
            Some(other) => return Err(type_error("the local names are given as a dictionary").or_at(other.span)),
        };
        call.machine().evaluate(&source.0, &names)
    }
}

builtin! {
    /// The number that an expression is, outside of formulas.
    ///
    /// ```calc
    /// SR(5).pyobject()        # => 5
    /// x.pyobject()            # error: wrong-type
    /// ```
    faults "wrong-type";
    only method;
    fn pyobject(call, f: Expr) -> Value {
        match f.as_number() {
            Some(_) => Ok(demote(&f)),
            None => Err(type_error("self must be a numeric expression")),
        }
    }
}
