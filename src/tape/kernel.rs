//! The rules of elementary functions in machine numbers and intervals.

use crate::expr::Elementary;
use crate::number::Interval;

/// The value in machine numbers.
pub(super) fn float(record: &'static Elementary, arguments: &[f64]) -> f64 {
    let unary: fn(f64) -> f64 = match record.name {
        "exp" => pxfm::f_exp,
        "log" => pxfm::f_log,
        "sin" => pxfm::f_sin,
        "cos" => pxfm::f_cos,
        "tan" => pxfm::f_tan,
        _ => return f64::NAN,
    };
    arguments.first().map_or(f64::NAN, |x| unary(*x))
}

/// An enclosure of the values.
pub(super) fn interval(record: &'static Elementary, arguments: &[Interval]) -> Interval {
    let unary: fn(Interval) -> Interval = match record.name {
        "exp" => Interval::exp,
        "log" => Interval::log,
        "sin" => Interval::sin,
        "cos" => Interval::cos,
        "tan" => Interval::tan,
        _ => return Interval::ENTIRE - Interval::ENTIRE,
    };
    arguments.first().map_or(Interval::EMPTY, |x| unary(*x))
}
