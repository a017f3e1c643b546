//! Functions: the table of elementary functions, formal functions and their derivatives.
//!
//! An elementary function is one record (`Elementary`), declared in the file of its family; everything that the
//! engine knows about it stands there.

mod angle;
mod complex;
mod constant;
mod elementary;
mod explog;
mod held;
mod hyperbolic;
mod inverse_hyperbolic;
mod inverse_trig;
mod numeric;
mod rounding;
mod special;
mod trig;

use std::fmt;
use std::rc::Rc;

use super::node::{Expr, mix};
use super::symbol::Symbol;
use crate::number::{Number, kernel};

pub use complex::{
    ABS, ARG, CONJUGATE, IMAG_PART, REAL_NTH_ROOT, REAL_PART, abs, arg, conjugate, imag_part, real_part,
};
pub use elementary::{Bound, Breaks, Elementary, End, Kernel, Parity, Pieces, RealDomain};
pub use explog::{EXP, LOG, exp, log};
pub use held::{ILT, INTEGRATE, LAPLACE, LIMIT, ORDER, PRODUCT, SUM};
pub use hyperbolic::{COSH, COTH, CSCH, SECH, SINH, TANH, cosh, coth, csch, sech, sinh, tanh};
pub use inverse_hyperbolic::{
    ARCCOSH, ARCCOTH, ARCCSCH, ARCSECH, ARCSINH, ARCTANH, arccosh, arccoth, arccsch, arcsech, arcsinh, arctanh,
};
pub use inverse_trig::{
    ARCCOS, ARCCOT, ARCCSC, ARCSEC, ARCSIN, ARCTAN, ARCTAN2, arccos, arccot, arccsc, arcsec, arcsin, arctan,
};
pub use rounding::{
    CEIL, DIRAC_DELTA, FLOOR, FRAC, HEAVISIDE, KRONECKER_DELTA, MAX, MIN, SGN, UNIT_STEP, ceil, dirac_delta, floor,
    frac, heaviside, sgn, unit_step,
};
pub use special::*;
pub use trig::{COS, COT, CSC, SEC, SIN, TAN, as_written, cos, cot, csc, sec, sin, tan};

/// The tables of the families, one a file.
static FAMILIES: &[&[&Elementary]] = &[
    explog::TABLE,
    trig::TABLE,
    inverse_trig::TABLE,
    hyperbolic::TABLE,
    inverse_hyperbolic::TABLE,
    rounding::TABLE,
    complex::TABLE,
    held::TABLE,
];

/// All elementary functions.
pub fn all() -> impl Iterator<Item = &'static Elementary> {
    FAMILIES.iter().chain(special::TABLES).flat_map(|family| family.iter().copied())
}

/// The elementary function with this name or alias.
pub fn find(name: &str) -> Option<&'static Elementary> {
    all().find(|record| record.name == name || record.aliases.contains(&name))
}

/// The function with this name of arguments, as people write it: also `sqrt(x)`, `log(x, base)`; `None` when no
/// function of that name takes so many.
pub fn apply(name: &str, arguments: &[Expr]) -> Option<Expr> {
    match (name, arguments) {
        ("sqrt", [x]) => return Some(x.sqrt()),
        ("log" | "ln", [x, base]) => return Some(log_to_base(x, base)),
        ("Li" | "log_integral_offset", [x]) => return Some(log_integral_from_two(x)),
        _ => {}
    }
    let record = find(name)?;
    let (least, most) = record.arity;
    (least..=most).contains(&arguments.len()).then(|| Expr::call(Function::Elementary(record), arguments.to_vec()))
}

/// `log(x)/log(base)`, computed at once where one of them is floating and both are numbers.
fn log_to_base(x: &Expr, base: &Expr) -> Expr {
    let floating = x.as_number().zip(base.as_number()).filter(|(x, base)| !x.is_exact() || !base.is_exact());
    let value = floating.and_then(|(x, base)| Kernel::Binary(&kernel::LOG_BASE).value(&[x, base]));
    value.map_or_else(|| log(x) / log(base), Expr::number)
}

/// `log_integral(x) - log_integral(2)`, both floating when `x` is.
fn log_integral_from_two(x: &Expr) -> Expr {
    let two = Expr::integer(2);
    let floating = x.as_number().is_some_and(|number| !number.is_exact());
    let start = if floating { two + x.scale(&Number::ZERO) } else { two };
    log_integral(x) - log_integral(&start)
}

/// What is applied in a call.
#[derive(Clone)]
pub enum Function {
    /// A function of the table.
    Elementary(&'static Elementary),
    /// A function of which only the name is known, as `function('y')` makes it.
    Formal(Symbol),
    /// A derivative that has no other name, by argument positions: `[0, 0, 1]` is twice by the first, once by the second.
    Derivative(Rc<DerivativeOf>),
}

/// The derivative of a function by some of its arguments.
#[derive(PartialEq)]
pub struct DerivativeOf {
    /// The function derived.
    pub function: Function,
    /// The positions derived by, ascending, repeated as often as derived.
    pub positions: Vec<usize>,
}

impl Function {
    /// The name as it is printed.
    pub fn name(&self) -> &str {
        match self {
            Function::Elementary(record) => record.name,
            Function::Formal(symbol) => symbol.name(),
            Function::Derivative(derivative) => derivative.function.name(),
        }
    }

    /// Is it this elementary function?
    pub fn is(&self, record: &'static Elementary) -> bool {
        matches!(self, Function::Elementary(own) if std::ptr::eq(*own, record))
    }

    /// Whether this is one of the special functions, whose enclosures cost much.
    pub fn is_special(&self) -> bool {
        special::TABLES.iter().copied().flatten().any(|record| self.is(record))
    }

    pub(super) fn stable_hash(&self) -> u64 {
        match self {
            Function::Elementary(record) => mix(1, super::symbol::hash_bytes(record.name.as_bytes())),
            Function::Formal(symbol) => mix(2, symbol.stable_hash()),
            Function::Derivative(derivative) => {
                let start = mix(3, derivative.function.stable_hash());
                derivative.positions.iter().fold(start, |hash, position| mix(hash, *position as u64))
            }
        }
    }
}

impl PartialEq for Function {
    fn eq(&self, other: &Function) -> bool {
        match (self, other) {
            (Function::Elementary(f), Function::Elementary(g)) => std::ptr::eq(*f, *g),
            (Function::Formal(f), Function::Formal(g)) => f == g,
            (Function::Derivative(f), Function::Derivative(g)) => f == g,
            (Function::Elementary(_) | Function::Formal(_) | Function::Derivative(_), _) => false,
        }
    }
}

impl Eq for Function {}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests;
