//! Names that mean something from the start, and what to say about those that mean nothing.

use std::rc::Rc;

use super::Machine;
use crate::diagnostic::{Fault, Span, fault, nearest};
use crate::expr::{Constant, Expr, Function, Infinity, function};
use crate::runtime::builtin::Role;
use crate::runtime::fault::UNDEFINED_NAME;
use crate::runtime::globals::Globals;
use crate::runtime::value::{Parent, Value, classes, exception_class};

/// Constants and symbols known from the start.
const CONSTANTS: &[&str] = &[
    "x",
    "pi",
    "e",
    "I",
    "i",
    "oo",
    "infinity",
    "Infinity",
    "unsigned_infinity",
    "NaN",
    "golden_ratio",
    "catalan",
    "euler_gamma",
    "ZZ",
    "QQ",
    "RR",
    "CC",
    "RDF",
    "CDF",
    "SR",
    "Ellipsis",
];

/// What other systems call things that have another name here.
const FOREIGN: &[(&str, &str)] = &[
    ("E", "e"),
    ("inf", "oo"),
    ("D", "diff"),
    ("Derivative", "diff"),
    ("Series", "taylor"),
    ("DSolve", "desolve"),
    ("FindRoot", "find_root"),
    ("NIntegrate", "numerical_integral"),
    ("Apart", "partial_fraction"),
    ("symbols", "var"),
    ("Symbol", "var"),
    ("null", "None"),
    ("sen", "sin"),
    ("tg", "tan"),
    ("ctg", "cot"),
    ("cotan", "cot"),
    ("cosec", "csc"),
    ("arctg", "arctan"),
    ("sh", "sinh"),
    ("ch", "cosh"),
    ("th", "tanh"),
    ("lg", "log"),
    ("C", "binomial"),
    ("nCr", "binomial"),
    ("comb", "binomial"),
    ("choose", "binomial"),
    ("eval", "sage_eval"),
];

const NO_ARRAYS: &str =
    "there are no arrays: lists and `srange` do what they do, and `sin` and the like are known without import";

/// What other systems offer and what serves here instead.
const REFUSED: &[(&str, &str)] = &[
    ("open", "scripts read and write no files; `load` runs another script, `save` writes a figure"),
    ("exec", "statements belong into the script itself; `sage_eval` evaluates an expression"),
    ("globals", "`dir()` lists the names; values by name belong into a dictionary"),
    ("locals", "`dir()` lists the names; values by name belong into a dictionary"),
    ("vars", "`dir(value)` lists the methods of a value; values by name belong into a dictionary"),
    ("log10", "the logarithm of x to the base 10 is `log(x, 10)`"),
    ("linspace", "`srange(a, b, step)` and `[f(t) for t in srange(a, b, step)]` do what arrays do"),
    ("math", "first `import math`; `sin`, `sqrt`, `pi` and the like are known without import"),
    ("random", "first `from random import *` or `import random`"),
    ("np", NO_ARRAYS),
    ("numpy", NO_ARRAYS),
    ("plt", "`plot`, `line`, `points` and `show` are known without import"),
    ("sp", "symbols, `diff`, `integrate`, `limit` and `solve` are known without import"),
    ("sympy", "symbols, `diff`, `integrate`, `limit` and `solve` are known without import"),
    ("compile", "statements belong into the script itself; `sage_eval` evaluates an expression"),
];

/// A hint for the names that a textbook's derivatives are made of: `dy`, `dx`, `d`.
fn derivative(name: &str) -> Option<String> {
    let rest = name.strip_prefix('d')?;
    let mut letters = rest.chars();
    match (letters.next(), letters.next()) {
        (None, _) | (Some('a'..='z'), None) => Some(
            "a derivative is `diff(f, x)`; that of y by an equation is `implicit_derivative(y, x, equation)`".into(),
        ),
        _ => None,
    }
}

impl Machine {
    /// The value of a global that the program has not set: what its name means from the start.
    pub(super) fn look_up(&mut self, globals: &Globals, slot: u32) -> Result<Value, Fault> {
        let name = globals.name(slot);
        let meaning = if globals.is_deleted(slot) { None } else { self.meaning(&name)? };
        match meaning {
            Some(value) => {
                globals.remember(slot, value.clone());
                Ok(value)
            }
            None => Err(self.undefined(&name)),
        }
    }

    /// What a name means from the start.
    pub fn predefined(&self, name: &str) -> Option<Value> {
        if let Some(value) = constant(name) {
            return Some(value);
        }
        if let Some(class) = classes::KNOWN.iter().find(|class| class.known_as == Some(name)) {
            return Some(Value::Class(class));
        }
        if let Some(class) = exception_class(name) {
            return Some(Value::Class(class));
        }
        if let Some(builtin) = self.registry.function(name) {
            return Some(Value::Builtin(builtin));
        }
        function::find(name).map(|record| Value::Symbolic(Function::Elementary(record)))
    }

    /// All names that mean something: the program's own, then those known from the start.
    pub fn known_names(&self) -> Vec<Rc<str>> {
        let own = self.globals.own().into_iter().map(|(name, _)| name);
        own.chain(self.predefined_names().into_iter().map(Rc::from)).collect()
    }

    /// The names known from the start.
    pub fn predefined_names(&self) -> Vec<&'static str> {
        let functions = self.registry.all().iter().filter(|builtin| builtin.role != Role::Method);
        CONSTANTS
            .iter()
            .copied()
            .chain(functions.flat_map(|builtin| builtin.names()))
            .chain(function::all().flat_map(|record| record.aliases.iter().copied().chain([record.name])))
            .chain(classes::KNOWN.iter().filter_map(|class| class.known_as))
            .chain(crate::runtime::value::exception_classes().iter().map(|class| class.name))
            .chain(self.library_names())
            .collect()
    }

    /// The fault of a name that means nothing.
    pub(super) fn undefined(&self, name: &str) -> Fault {
        let fault = fault!(UNDEFINED_NAME, Span::default(), "name '{name}' is not defined");
        if let Some((_, here)) = FOREIGN.iter().find(|(foreign, _)| *foreign == name) {
            return fault.hint(format!("here it is called `{here}`"));
        }
        if let Some((_, instead)) = REFUSED.iter().find(|(refused, _)| *refused == name) {
            return fault.hint(*instead);
        }
        if let Some(meant) = derivative(name).or_else(|| self.product(name)) {
            return fault.hint(meant);
        }
        let lower = name.to_lowercase();
        if lower != name && self.predefined_names().contains(&lower.as_str()) {
            return fault.hint(format!("here it is called `{lower}`"));
        }
        let own = self.globals.own();
        let known = own.iter().map(|(name, _)| &**name).chain(self.predefined_names());
        let near = nearest(name, known).map(str::to_string);
        match near {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault.hint(format!("if it is meant as a variable of a formula, declare it: `var('{name}')`")),
        }
    }
}

impl Machine {
    /// A hint for `xy` where a product of variables is meant.
    fn product(&self, name: &str) -> Option<String> {
        let letters: Vec<String> = name.chars().map(String::from).collect();
        let is_variable = |letter: &String| match self.globals.get(letter).or_else(|| self.predefined(letter)) {
            Some(Value::Expr(expr)) => expr.as_symbol().is_some(),
            _ => false,
        };
        let fits = matches!(letters.len(), 2..=3) && name.chars().all(|c| c.is_ascii_lowercase());
        (fits && letters.iter().all(is_variable))
            .then(|| format!("a product is written with `*`: `{}`", letters.join("*")))
    }
}

/// A constant or ring of that name.
fn constant(name: &str) -> Option<Value> {
    let expr = match name {
        "x" => Expr::variable("x"),
        "pi" => Expr::pi(),
        "e" => Expr::e(),
        "I" | "i" => Expr::i(),
        "oo" | "infinity" | "Infinity" => Expr::infinity(Infinity::Positive),
        "unsigned_infinity" => Expr::infinity(Infinity::Unsigned),
        "golden_ratio" => Expr::constant(Constant::GoldenRatio),
        "catalan" => Expr::constant(Constant::Catalan),
        "euler_gamma" => Expr::constant(Constant::EulerGamma),
        _ => return ring(name),
    };
    Some(Value::Expr(expr))
}

fn ring(name: &str) -> Option<Value> {
    Some(match name {
        "ZZ" => Value::Parent(Parent::Integers),
        "QQ" => Value::Parent(Parent::Rationals),
        "RR" => Value::Parent(Parent::Reals(53)),
        "CC" => Value::Parent(Parent::Complexes(53)),
        "RDF" => Value::Parent(Parent::Doubles),
        "CDF" => Value::Parent(Parent::ComplexDoubles),
        "SR" => Value::Parent(Parent::Symbolic),
        "NaN" => Value::real(crate::number::Real::nan(53)),
        // An imported file has its own.
        "__name__" => Value::str("__main__"),
        "Ellipsis" => Value::Ellipsis,
        _ => return None,
    })
}
