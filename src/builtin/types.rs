//! Python's types as functions, and questions about the type of a value.

use std::cell::RefCell;
use std::rc::Rc;

use super::machine_complex::MachineComplex;
use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::number::{Integer, Real};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{TOO_LARGE, type_error, value_error};
use crate::runtime::operate;
use crate::runtime::parameter::{Keywords, Optional};
use crate::runtime::truth;
use crate::runtime::value::{Dict, Key, Nature, Parent, Set, Slice, Value, as_expr, classes, parent_of, repr, str_of};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &int::RECORD,
    &float::RECORD,
    &complex::RECORD,
    &text::RECORD,
    &truth_value::RECORD,
    &list::RECORD,
    &tuple::RECORD,
    &dict::RECORD,
    &set::RECORD,
    &frozenset::RECORD,
    &slice::RECORD,
    &class_of::RECORD,
    &isinstance::RECORD,
    &repr_of::RECORD,
    &format::RECORD,
    &hash::RECORD,
    &id::RECORD,
    &callable::RECORD,
    &integer::RECORD,
    &rational::RECORD,
    &real_field::RECORD,
    &complex_field::RECORD,
    &parent::RECORD,
];

builtin! {
    /// The whole part of a number, or the number that a text spells, as one of Python's integers.
    ///
    /// ```calc
    /// int(7/2)        # => 3
    /// int('ff', 16)   # => 255
    /// int('two')      # error: bad-value
    /// ```
    ///
    /// See also: `ZZ`, `floor`, `round`.
    only function;
    fn int(call, value: Optional, base: Option<u32>) -> Value {
        let Some(value) = value.0 else { return Ok(Value::int(0)) };
        match &value.value {
            Value::Str(text) => parse_int(text, base.unwrap_or(10)),
            _ => whole(&value.value).map(Value::Int),
        }.map_err(|fault| fault.or_at(value.span))
    }
}

fn parse_int(text: &str, base: u32) -> Result<Value, Fault> {
    let digits = text.trim().replace('_', "");
    let prefix = match base {
        2 => "0b",
        8 => "0o",
        16 => "0x",
        _ => "",
    };
    let lower = digits.to_lowercase();
    let bare = lower.strip_prefix(prefix).unwrap_or(&lower);
    let parsed = if (2..=36).contains(&base) { Integer::parse(bare, base) } else { None };
    parsed
        .map(Value::Int)
        .ok_or_else(|| value_error(format!("invalid literal for int() with base {base}: {}", repr(&Value::str(text)))))
}

/// The integer part of a number.
fn whole(value: &Value) -> Result<Integer, Fault> {
    if let Some(integer) = value.to_integer() {
        return Ok(integer);
    }
    let not_finite = |real: &Real| {
        let message = if real.is_nan() {
            "cannot convert float NaN to integer"
        } else {
            "cannot convert float infinity to integer"
        };
        Fault::new(&TOO_LARGE, crate::diagnostic::Span::default(), message)
    };
    match value {
        Value::Rational(rational) => Ok(if rational.is_negative() { rational.ceil() } else { rational.floor() }),
        Value::Real(real) => real.trunc().ok_or_else(|| not_finite(real)),
        Value::Float(float) | Value::Double(float) => {
            let real = Real::from_f64(*float);
            real.trunc().ok_or_else(|| not_finite(&real))
        }
        Value::Expr(expr) if expr.as_number().is_some_and(|number| !number.is_real()) => {
            Err(type_error(format!("cannot convert {} to int", repr(value))))
        }
        Value::Expr(_) | Value::Callable(_) => {
            let real = operate::to_real(value, 53).ok();
            let integer = real.and_then(|real| real.trunc());
            integer.ok_or_else(|| value_error(format!("cannot convert {} to int", repr(value))))
        }
        _ => {
            let class = value.class().name;
            let words = "int() argument must be a string, a bytes-like object or a real number";
            Err(type_error(format!("{words}, not '{class}'")))
        }
    }
}

builtin! {
    /// The nearest of Python's floats, which the machine computes with.
    ///
    /// ```calc
    /// float(1/3)      # => 0.3333333333333333
    /// float('2.5')    # => 2.5
    /// ```
    ///
    /// See also: `RR`, `n`.
    only function;
    fn float(call, value: Optional) -> f64 {
        let Some(value) = value.0 else { return Ok(0.0) };
        to_float(&value.value).map_err(|fault| fault.or_at(value.span))
    }
}

fn to_float(value: &Value) -> Result<f64, Fault> {
    let is_number = value.as_str().is_some() || as_expr(value).is_some();
    if !is_number {
        let class = value.class().name;
        return Err(type_error(format!("float() argument must be a string or a real number, not '{class}'")));
    }
    operate::to_f64(value).map_err(|fault| match value {
        Value::Expr(expr) if !expr.is_constant() => {
            type_error("unable to simplify to float approximation").hint("give the variables values first: .subs(x=1)")
        }
        Value::Expr(_) | Value::Callable(_) => type_error("unable to simplify to float approximation"),
        _ => fault,
    })
}

builtin! {
    /// Python's complex number from its real and imaginary part, or from a text.
    ///
    /// ```calc
    /// complex(1, 2)       # => (1+2j)
    /// complex('1+2j')/2   # => (0.5+1j)
    /// complex('a')        # error: bad-value
    /// ```
    ///
    /// See also: `CC`.
    faults "bad-value";
    only function;
    fn complex(call, real: Option<Value>, imag: Option<Value>) -> Value {
        MachineComplex::read(real, imag)
    }
}

builtin! {
    /// The text of a value, as `print` shows it.
    ///
    /// ```calc
    /// str(x^2 + 1)    # => 'x^2 + 1'
    /// ```
    named "str";
    only function;
    fn text(call, object: Optional) -> String {
        Ok(object.0.map_or_else(String::new, |object| str_of(&object.value)))
    }
}

builtin! {
    /// Whether a value counts as true. A relation does when it can be proved, and doesn't when it can be refuted.
    ///
    /// ```calc
    /// bool(2 < 3)             # => True
    /// bool([])                # => False
    /// bool(function('y')(x) > 0)  # error: undecided
    /// ```
    named "bool";
    faults "undecided";
    only function;
    fn truth_value(call, value: Optional) -> bool {
        let Some(value) = value.0 else { return Ok(false) };
        truth::holds(&value.value).map_err(|fault| fault.or_at(value.span))
    }
}

builtin! {
    /// A new list of the items of anything that a loop can run through.
    ///
    /// ```calc
    /// list(range(3))  # => [0, 1, 2]
    /// ```
    only function;
    fn list(call, iterable: Optional) -> Value {
        let items = iterable.items(call)?;
        Ok(Value::list(items))
    }
}

builtin! {
    /// A tuple of the items of anything that a loop can run through.
    ///
    /// ```calc
    /// tuple([1, 2])   # => (1, 2)
    /// ```
    only function;
    fn tuple(call, iterable: Optional) -> Value {
        let items = iterable.items(call)?;
        Ok(Value::tuple(items))
    }
}

builtin! {
    /// A new dictionary from another one, from pairs, or from keywords.
    ///
    /// ```calc
    /// dict([('a', 1)], b=2)   # => {'a': 1, 'b': 2}
    /// ```
    only function;
    fn dict(call, mapping: Option<Value>, entries: Keywords) -> Value {
        filled(call, Nature::Plain, mapping, entries)
    }
}

/// A dictionary of a nature with entries as `dict` takes them.
pub(super) fn filled(
    call: &mut Call<'_>,
    nature: Nature,
    mapping: Option<Value>,
    entries: Keywords,
) -> Result<Value, Fault> {
    let dict = Rc::new(RefCell::new(Dict::of_nature(nature)));
    if let Some(mapping) = mapping {
        operate::update_dict(call.machine(), &dict, &mapping)?;
    }
    for (name, value) in entries.0 {
        dict.borrow_mut().insert(Key::new(Value::Str(name))?, value.value);
    }
    Ok(Value::Dict(dict))
}

builtin! {
    /// A set of the items of anything that a loop can run through: each once.
    ///
    /// ```calc
    /// set([3, 1, 3])  # => {1, 3}
    /// ```
    also "Set";
    only function;
    fn set(call, iterable: Optional) -> Value {
        let items = iterable.items(call)?;
        Set::from_values(items).map(Value::set)
    }
}

builtin! {
    /// A set that can't change, and so can be a member of another set or the key of a dictionary.
    ///
    /// ```calc
    /// frozenset([2, 1])   # => frozenset({1, 2})
    /// ```
    only function;
    fn frozenset(call, iterable: Optional) -> Value {
        let items = iterable.items(call)?;
        Set::from_values(items).map(|set| Value::FrozenSet(Rc::new(set)))
    }
}

builtin! {
    /// What stands between brackets, as a value: `L[slice(1, 3)]` is `L[1:3]`.
    ///
    /// ```calc
    /// [5, 6, 7, 8][slice(1, 3)]     # => [6, 7]
    /// ```
    only function;
    fn slice(call, first: Value, second: Option<Value>, step: Option<Value>) -> Value {
        let (start, stop) = match second {
            Some(stop) => (first, stop),
            None => (Value::None, first),
        };
        Ok(Value::Slice(Rc::new(Slice { start, stop, step: step.unwrap_or(Value::None) })))
    }
}

builtin! {
    /// The class of a value.
    ///
    /// ```calc
    /// type(1/2)       # => <class 'sage.rings.rational.Rational'>
    /// ```
    ///
    /// See also: `isinstance`, `parent`.
    named "type";
    only function;
    fn class_of(call, value: Value) -> Value {
        Ok(match &value {
            Value::Parent(parent) => Value::Class(parent.class()),
            _ => Value::Class(value.class()),
        })
    }
}

builtin! {
    /// Whether a value is of a class, or of one of a tuple of classes.
    ///
    /// ```calc
    /// isinstance(5, Integer)          # => True
    /// isinstance([1], (list, tuple))  # => True
    /// ```
    only function;
    fn isinstance(call, value: Value, classinfo: Spanned<Value>) -> bool {
        is_instance(&value, &classinfo.value).map_err(|fault| fault.or_at(classinfo.span))
    }
}

fn is_instance(value: &Value, class: &Value) -> Result<bool, Fault> {
    match class {
        Value::Class(class) => Ok(std::ptr::eq(*class, &classes::OBJECT) || value.class().is_subclass_of(class)),
        Value::Tuple(several) => {
            for class in several.iter() {
                if is_instance(value, class)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Err(type_error("isinstance() arg 2 must be a type, a tuple of types, or a union")),
    }
}

builtin! {
    /// The text of a value as it would be typed or echoed.
    ///
    /// ```calc
    /// repr('a')       # => "'a'"
    /// ```
    named "repr";
    only function;
    fn repr_of(call, object: Value) -> String {
        Ok(repr(&object))
    }
}

builtin! {
    /// A value formatted by a specification, as in f-strings.
    ///
    /// ```calc
    /// format(3.14159, '.2f')  # => '3.14'
    /// format(42, '>6')        # => '    42'
    /// ```
    only function;
    fn format(call, value: Value, spec: Option<String>) -> String {
        operate::format_value(&value, &spec.unwrap_or_default())
    }
}

builtin! {
    /// A number that equal values have in common, by which dictionaries find their keys.
    ///
    /// ```calc
    /// hash(2) == hash(2.0)    # => True
    /// ```
    only function;
    fn hash(call, value: Value) -> Value {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let whole = match &value {
            Value::Real(real) if real.is_integer() => real.trunc().map(Value::Int),
            Value::Float(float) | Value::Double(float) => {
                let real = Real::from_f64(*float);
                if real.is_integer() { real.trunc().map(Value::Int) } else { None }
            }
            _ => None,
        };
        let value = whole.unwrap_or(value);
        if let Some(small) = value.to_integer().and_then(|integer| integer.to_i64()) {
            return Ok(Value::int(small));
        }
        let mut hasher = DefaultHasher::new();
        Key::new(value)?.hash(&mut hasher);
        Ok(Value::int(hasher.finish() >> 1))
    }
}

builtin! {
    /// A number that tells values apart that exist at the same time.
    ///
    /// ```calc
    /// L = []; id(L) == id(L)  # => True
    /// ```
    only function;
    fn id(call, value: Value) -> usize {
        Ok(value.address().unwrap_or(0))
    }
}

builtin! {
    /// Whether a value can be called.
    ///
    /// ```calc
    /// callable(sin)   # => True
    /// callable(3)     # => False
    /// ```
    only function;
    fn callable(call, value: Value) -> bool {
        Ok(matches!(
            value,
            Value::Function(_) | Value::Builtin(_) | Value::Method(_) | Value::Symbolic(_) | Value::Callable(_)
                | Value::Class(_) | Value::Parent(_) | Value::Expr(_)
        ))
    }
}

builtin! {
    /// A value as one of Sage's integers.
    ///
    /// ```calc
    /// Integer(7)/2    # => 7/2
    /// Integer('12')   # => 12
    /// ```
    ///
    /// See also: `ZZ`, `int`.
    named "Integer";
    only function;
    fn integer(call, value: Option<Spanned<Value>>, base: Option<Value>) -> Value {
        match (value, base) {
            (None, _) => Ok(Value::integer(0)),
            (Some(value), None) => convert(Parent::Integers, &value),
            (Some(value), Some(base)) => operate::convert_pair(Parent::Integers, &value.value, &base),
        }
    }
}

builtin! {
    /// A value as a rational number.
    ///
    /// ```calc
    /// Rational(0.75)  # => 3/4
    /// ```
    ///
    /// See also: `QQ`.
    named "Rational";
    only function;
    fn rational(call, value: Spanned<Value>) -> Value {
        match &value.value {
            Value::Tuple(parts) if parts.len() == 2 => {
                operate::binary(crate::syntax::ast::BinaryOperator::Divide, &parts[0], &parts[1])
            }
            _ => convert(Parent::Rationals, &value),
        }
    }
}

fn convert(parent: Parent, value: &Spanned<Value>) -> Result<Value, Fault> {
    operate::convert(parent, &value.value).map_err(|fault| fault.or_at(value.span))
}

builtin! {
    /// The field of reals with so many bits of precision.
    ///
    /// ```calc
    /// RealField(100)(1/3)     # => 0.33333333333333333333333333333
    /// ```
    ///
    /// See also: `RR`, `n`.
    named "RealField";
    only function;
    fn real_field(call, prec: Option<u32>) -> Value {
        precision(prec).map(|bits| Value::Parent(Parent::Reals(bits)))
    }
}

builtin! {
    /// The field of complex numbers with so many bits of precision.
    ///
    /// ```calc
    /// ComplexField(60)(1, 2)      # => 1.0000000000000000 + 2.0000000000000000*I
    /// ```
    ///
    /// See also: `CC`.
    named "ComplexField";
    only function;
    fn complex_field(call, prec: Option<u32>) -> Value {
        precision(prec).map(|bits| Value::Parent(Parent::Complexes(bits)))
    }
}

/// A precision that is neither absurdly low nor more than memory holds.
fn precision(bits: Option<u32>) -> Result<u32, Fault> {
    let bits = bits.unwrap_or(53);
    if (2..=10_000_000).contains(&bits) {
        Ok(bits)
    } else {
        Err(value_error(format!("prec (={bits}) must be >= 2 and <= 10000000")))
    }
}

builtin! {
    /// The ring that a value belongs to.
    ///
    /// ```calc
    /// parent(1/2)     # => Rational Field
    /// parent(x)       # => Symbolic Ring
    /// ```
    fn parent(call, value: Value) -> Value {
        if let Value::Object(object) = &value
            && object.methods().contains(&"parent")
        {
            let span = call.span();
            return call.machine().call_method(&value, &Rc::from("parent"), Arguments::default(), span);
        }
        Ok(match parent_of(&value) {
            Some(parent) => Value::Parent(parent),
            None => Value::Class(value.class()),
        })
    }
}
