//! Classes: what `type(v)` answers, what `isinstance` asks for, and what `except` catches.

use std::fmt;

use super::{Nature, Value};
use crate::expr::{Expr, Infinity, Kind};
use crate::number::Number;

/// A class.
pub struct Class {
    /// The name as it is printed between quotes: `sage.rings.integer.Integer`.
    pub name: &'static str,
    /// The name it is known by in programs, if it is known: `Integer`.
    pub known_as: Option<&'static str>,
    /// The class it refines.
    pub base: Option<&'static Class>,
}

impl Class {
    /// Whether it is `other` or refines it.
    pub fn is_subclass_of(&self, other: &Class) -> bool {
        let mut class = Some(self);
        while let Some(this) = class {
            if std::ptr::eq(this, other) {
                return true;
            }
            class = this.base;
        }
        false
    }

    /// The last part of the name.
    pub fn short_name(&self) -> &'static str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }
}

impl fmt::Debug for Class {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "<class '{}'>", self.name)
    }
}

impl PartialEq for Class {
    fn eq(&self, other: &Class) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The classes of values that are no exceptions.
pub mod classes {
    use super::Class;

    macro_rules! classes {
        ($($(#[$doc:meta])* $name:ident = $shown:literal $(, as $known:literal)? $(, base $base:ident)?;)*) => {
            $($(#[$doc])* pub static $name: Class = Class {
                name: $shown,
                known_as: [$(Some($known),)? None][0],
                base: [$(Some(&$base),)? None][0],
            };)*
            /// The classes that programs know by name.
            pub static KNOWN: &[&Class] = &[$(&$name),*];
        };
    }

    classes! {
        /// Every value.
        OBJECT = "object", as "object";
        /// `None`.
        NONE = "NoneType";
        /// Python's integers.
        INT = "int", as "int";
        /// Truth values, which are integers.
        BOOL = "bool", as "bool", base INT;
        /// Sage's integers.
        INTEGER = "sage.rings.integer.Integer", as "Integer";
        /// Rational numbers.
        RATIONAL = "sage.rings.rational.Rational", as "Rational";
        /// Reals of a precision.
        REAL = "sage.rings.real_mpfr.RealNumber";
        /// Reals as the program wrote them.
        REAL_LITERAL = "sage.rings.real_mpfr.RealLiteral", base REAL;
        /// Python's floats.
        FLOAT = "float", as "float";
        /// Elements of `RDF`.
        DOUBLE = "sage.rings.real_double_element_gsl.RealDoubleElement_gsl";
        /// Complex numbers of a precision.
        COMPLEX = "sage.rings.complex_mpfr.ComplexNumber";
        /// Python's complex numbers.
        PYTHON_COMPLEX = "complex", as "complex";
        /// Texts.
        STR = "str", as "str";
        /// Lists.
        LIST = "list", as "list";
        /// Tuples.
        TUPLE = "tuple", as "tuple";
        /// Dictionaries.
        DICT = "dict", as "dict";
        /// Dictionaries that make what is missing.
        DEFAULT_DICT = "collections.defaultdict", base DICT;
        /// Dictionaries that count.
        COUNTER = "collections.Counter", base DICT;
        /// Dictionaries whose order can be changed.
        ORDERED_DICT = "collections.OrderedDict", base DICT;
        /// Sets.
        SET = "set", as "set";
        /// Sets that can't change.
        FROZENSET = "frozenset", as "frozenset";
        /// Ranges.
        RANGE = "range", as "range";
        /// Slices.
        SLICE = "slice", as "slice";
        /// The keys of a dictionary.
        DICT_KEYS = "dict_keys";
        /// The values of a dictionary.
        DICT_VALUES = "dict_values";
        /// The items of a dictionary.
        DICT_ITEMS = "dict_items";
        /// Functions of the program.
        FUNCTION = "function";
        /// Built-in functions.
        BUILTIN = "builtin_function_or_method";
        /// Methods of built-in values.
        METHOD = "builtin_function_or_method";
        /// Symbolic functions such as `sin`.
        SYMBOLIC_FUNCTION = "sage.symbolic.function.BuiltinFunction";
        /// Functions made by `function('y')`.
        NEW_FUNCTION = "sage.symbolic.function_factory.NewSymbolicFunction";
        /// Symbolic expressions.
        EXPRESSION = "sage.symbolic.expression.Expression", as "Expression";
        /// Imported modules.
        MODULE = "module";
        /// Classes.
        TYPE = "type", as "type";
        /// `...`
        ELLIPSIS = "ellipsis";
        /// The integers.
        INTEGER_RING = "sage.rings.integer_ring.IntegerRing_class";
        /// The rationals.
        RATIONAL_FIELD = "sage.rings.rational_field.RationalField_with_category";
        /// The reals of a precision.
        REAL_FIELD = "sage.rings.real_mpfr.RealField_class";
        /// The complex numbers of a precision.
        COMPLEX_FIELD = "sage.rings.complex_mpfr.ComplexField_class_with_category";
        /// The machine's reals.
        DOUBLE_FIELD = "sage.rings.real_double.RealDoubleField_class";
        /// The machine's complex numbers.
        COMPLEX_DOUBLE_FIELD = "sage.rings.complex_double.ComplexDoubleField_class";
        /// The symbolic ring.
        SYMBOLIC_RING = "sage.symbolic.ring.SymbolicRing";
        /// Generators.
        GENERATOR = "generator";
        /// What `enumerate` makes.
        ENUMERATE = "enumerate";
        /// What `zip` makes.
        ZIP = "zip";
        /// What `map` makes.
        MAP = "map";
        /// What `filter` makes.
        FILTER = "filter";
        /// Iterators over lists.
        LIST_ITERATOR = "list_iterator";
        /// Iterators over tuples.
        TUPLE_ITERATOR = "tuple_iterator";
        /// Iterators over ranges.
        RANGE_ITERATOR = "range_iterator";
        /// Iterators over texts.
        STR_ITERATOR = "str_iterator";
        /// Iterators over dictionaries.
        DICT_ITERATOR = "dict_keyiterator";
        /// Iterators over sets.
        SET_ITERATOR = "set_iterator";
        /// What `reversed` makes.
        REVERSED = "list_reverseiterator";
        /// Positive infinity.
        INFINITY = "sage.rings.infinity.PlusInfinity";
        /// Negative infinity.
        MINUS_INFINITY = "sage.rings.infinity.MinusInfinity";
        /// Exact complex numbers with rational parts.
        GAUSSIAN = "sage.rings.number_field.number_field_element_quadratic.NumberFieldElement_gaussian";
    }
}

impl Value {
    /// The class of the value.
    pub fn class(&self) -> &'static Class {
        match self {
            Value::None => &classes::NONE,
            Value::Bool(_) => &classes::BOOL,
            Value::Int(_) => &classes::INT,
            Value::Integer(_) => &classes::INTEGER,
            Value::Rational(_) => &classes::RATIONAL,
            Value::Real(real) if real.is_literal() => &classes::REAL_LITERAL,
            Value::Real(_) => &classes::REAL,
            Value::Float(_) => &classes::FLOAT,
            Value::Double(_) => &classes::DOUBLE,
            Value::Complex(_) => &classes::COMPLEX,
            Value::Str(_) => &classes::STR,
            Value::List(_) => &classes::LIST,
            Value::Tuple(_) => &classes::TUPLE,
            Value::Dict(dict) => match dict.borrow().nature() {
                Nature::Plain => &classes::DICT,
                Nature::Default(_) => &classes::DEFAULT_DICT,
                Nature::Counter => &classes::COUNTER,
                Nature::Ordered => &classes::ORDERED_DICT,
            },
            Value::Set(_) => &classes::SET,
            Value::FrozenSet(_) => &classes::FROZENSET,
            Value::Range(_) => &classes::RANGE,
            Value::View(view) => view.kind.class(),
            Value::Iterator(iterator) => iterator.class(),
            Value::Function(_) => &classes::FUNCTION,
            Value::Builtin(_) => &classes::BUILTIN,
            Value::Method(_) => &classes::METHOD,
            Value::Symbolic(crate::expr::Function::Elementary(_)) => &classes::SYMBOLIC_FUNCTION,
            Value::Symbolic(_) => &classes::NEW_FUNCTION,
            Value::Expr(expr) => expression_class(expr),
            Value::Callable(_) => &classes::EXPRESSION,
            Value::Class(_) => &classes::TYPE,
            Value::Parent(parent) => parent.class(),
            Value::Module(_) => &classes::MODULE,
            Value::Exception(exception) => exception.class,
            Value::Slice(_) => &classes::SLICE,
            Value::Ellipsis => &classes::ELLIPSIS,
            Value::Object(object) => object.class(),
        }
    }
}

/// The class of an expression: infinities and exact complex numbers have one of their own.
fn expression_class(expr: &Expr) -> &'static Class {
    match expr.kind() {
        Kind::Infinity(Infinity::Positive) => &classes::INFINITY,
        Kind::Infinity(Infinity::Negative) => &classes::MINUS_INFINITY,
        Kind::Number(Number::Gaussian(_)) => &classes::GAUSSIAN,
        _ => &classes::EXPRESSION,
    }
}
