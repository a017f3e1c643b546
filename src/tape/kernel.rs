//! The rules of functions in every arithmetic, looked up once when a tape is made.

use crate::expr::Elementary;
use crate::number::{Binary, Unary, kernel};

/// How a function is computed.
#[derive(Clone, Copy)]
pub enum Kernel {
    /// From one number.
    Unary(&'static Unary),
    /// From two.
    Binary(&'static Binary),
    /// From two or more, by joining one after the other.
    Folded(&'static Binary),
}

impl Kernel {
    /// The rule of a function; `None` when it has no numerical value.
    pub fn of(record: &Elementary) -> Option<Kernel> {
        let unary = match record.name {
            "max" => return Some(Kernel::Folded(&kernel::MAX)),
            "min" => return Some(Kernel::Folded(&kernel::MIN)),
            "arctan2" => return Some(Kernel::Binary(&kernel::ARCTAN2)),
            "exp" => &kernel::EXP,
            "log" => &kernel::LOG,
            "sin" => &kernel::SIN,
            "cos" => &kernel::COS,
            "tan" => &kernel::TAN,
            "cot" => &kernel::COT,
            "sec" => &kernel::SEC,
            "csc" => &kernel::CSC,
            "arcsin" => &kernel::ARCSIN,
            "arccos" => &kernel::ARCCOS,
            "arctan" => &kernel::ARCTAN,
            "arccot" => &kernel::ARCCOT,
            "arcsec" => &kernel::ARCSEC,
            "arccsc" => &kernel::ARCCSC,
            "sinh" => &kernel::SINH,
            "cosh" => &kernel::COSH,
            "tanh" => &kernel::TANH,
            "coth" => &kernel::COTH,
            "sech" => &kernel::SECH,
            "csch" => &kernel::CSCH,
            "arcsinh" => &kernel::ARCSINH,
            "arccosh" => &kernel::ARCCOSH,
            "arctanh" => &kernel::ARCTANH,
            "arccoth" => &kernel::ARCCOTH,
            "arcsech" => &kernel::ARCSECH,
            "arccsch" => &kernel::ARCCSCH,
            "abs" => &kernel::ABS,
            "real_part" => &kernel::REAL_PART,
            "imag_part" => &kernel::IMAGINARY_PART,
            "conjugate" => &kernel::CONJUGATE,
            "arg" => &kernel::ARG,
            "sgn" => &kernel::SIGN,
            "floor" => &kernel::FLOOR,
            "ceil" => &kernel::CEIL,
            "frac" => &kernel::FRAC,
            "heaviside" => &kernel::HEAVISIDE,
            "unit_step" => &kernel::UNIT_STEP,
            _ => return None,
        };
        Some(Kernel::Unary(unary))
    }
}
