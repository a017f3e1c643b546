//! What can be asked of a float of any precision: its exact value, fractions near it, its text, what kind of number it is.

use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::expr::{Expr, function};
use crate::number::{Integer, Rational, Real};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::value_error;
use crate::runtime::operate;
use crate::runtime::parameter::{Parameter, expected};
use crate::runtime::value::Value;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &trunc::RECORD,
    &exact_rational::RECORD,
    &simplest_rational::RECORD,
    &nearby_rational::RECORD,
    &decimal_text::RECORD,
    &prec::RECORD,
    &sign::RECORD,
    &is_real::RECORD,
    &is_nan::RECORD,
    &is_infinity::RECORD,
    &is_positive_infinity::RECORD,
    &is_negative_infinity::RECORD,
    &ulp::RECORD,
    &float_root::RECORD,
    &cube_root::RECORD,
    &fractional::RECORD,
    &is_square::RECORD,
    &exp2::RECORD,
    &exp10::RECORD,
    &log2::RECORD,
    &log10::RECORD,
    &as_integer_ratio::RECORD,
];

/// A float of any precision, with the kind of value it was.
#[derive(Clone, Debug)]
pub struct Float {
    real: Real,
    original: Value,
}

impl Float {
    /// A result as a float of the same kind.
    fn like(&self, result: Real) -> Value {
        match self.original {
            Value::Float(_) => Value::Float(result.to_f64()),
            Value::Double(_) => Value::Double(result.to_f64()),
            _ => Value::real(result.with_prec(self.real.prec())),
        }
    }

    /// The exact value.
    fn exact(&self) -> Result<Rational, Fault> {
        self.real.to_rational().ok_or_else(|| value_error(format!("Cannot convert {} to rational", self.real)))
    }
}

impl Parameter for Float {
    const SHOWS: &'static str = "a float";

    fn take(value: &Spanned<Value>, _call: &mut Call<'_>) -> Result<Float, Fault> {
        let real = match &value.value {
            Value::Real(real) => (**real).clone(),
            Value::Float(float) | Value::Double(float) => Real::from_f64(*float),
            _ => return Err(expected(Self::SHOWS, value)),
        };
        Ok(Float { real, original: value.value.clone() })
    }

    fn accepts(value: &Value) -> bool {
        matches!(value, Value::Real(_) | Value::Float(_) | Value::Double(_))
    }
}

/// A rational number as an integer where it is one.
fn plain(number: Rational) -> Value {
    number.to_integer().map_or_else(|| Value::rational(number), Value::Integer)
}

builtin! {
    /// A real number without what stands behind the point.
    ///
    /// ```calc
    /// (-7/2).trunc()          # => -3
    /// (2.7).trunc()           # => 2
    /// ```
    also "integer_part";
    only method;
    fn trunc(call, x: Spanned<Value>) -> Integer {
        let whole = match &x.value {
            Value::Rational(number) if number.is_negative() => Some(number.ceil()),
            Value::Rational(number) => Some(number.floor()),
            other => match other.to_integer() {
                Some(integer) => Some(integer),
                None => operate::to_real(other, 53).map_err(|fault| fault.or_at(x.span))?.trunc(),
            },
        };
        whole.ok_or_else(|| value_error("cannot convert NaN or infinity to an integer").or_at(x.span))
    }
}

builtin! {
    /// The exact value of a float as a fraction.
    ///
    /// ```calc
    /// (0.75).exact_rational()     # => 3/4
    /// ```
    only method;
    fn exact_rational(call, x: Float) -> Value {
        x.exact().map(plain)
    }
}

builtin! {
    /// The simplest fraction that rounds to the float.
    ///
    /// ```calc
    /// (0.1).simplest_rational()   # => 1/10
    /// ```
    only method;
    fn simplest_rational(call, x: Float) -> Value {
        let simplest = x.real.simplest_rational();
        simplest.map(plain).ok_or_else(|| value_error(format!("Cannot convert {} to rational", x.real)))
    }
}

/// The simplest fraction between two positive bounds, by the continued fraction that they share (Stern and Brocot).
fn simplest_between(low: &Rational, high: &Rational) -> Rational {
    let mut quotients = Vec::new();
    let (mut low, mut high) = (low.clone(), high.clone());
    let last = loop {
        let whole = low.ceil();
        if Rational::from(whole.clone()) <= high {
            break whole;
        }
        let floor = low.floor();
        let beyond = |bound: &Rational| (bound - &Rational::from(floor.clone())).recip();
        match (beyond(&high), beyond(&low)) {
            (Some(next_low), Some(next_high)) => (low, high) = (next_low, next_high),
            _ => break whole,
        }
        quotients.push(floor);
    };
    let fold = |value: Rational, quotient: &Integer| {
        value.recip().map_or_else(Rational::default, |inverse| Rational::from(quotient.clone()) + inverse)
    };
    quotients.iter().rev().fold(Rational::from(last), fold)
}

/// The fraction nearest to a positive number among those whose denominator does not exceed a bound.
fn best_below(number: &Rational, bound: &Integer) -> Rational {
    let (mut p, mut q) = ((Integer::ZERO, Integer::ONE), (Integer::ONE, Integer::ZERO));
    let mut rest = number.clone();
    loop {
        let quotient = rest.floor();
        let next_q = &quotient * &q.1 + q.0.clone();
        if next_q > *bound {
            break;
        }
        let next_p = &quotient * &p.1 + p.0.clone();
        (p, q) = ((p.1, next_p), (q.1, next_q));
        match (rest - Rational::from(quotient)).recip() {
            Some(inverse) => rest = inverse,
            None => return Rational::ratio(&p.1, &q.1).unwrap_or_default(),
        }
    }
    // Between the last two convergents lie the intermediate fractions.
    let steps = (bound - &q.0).div_rem_floor(&q.1).map_or_else(Integer::default, |(steps, _)| steps);
    let between = Rational::ratio(&(&steps * &p.1 + p.0), &(&steps * &q.1 + q.0)).unwrap_or_default();
    let convergent = Rational::ratio(&p.1, &q.1).unwrap_or_default();
    let distance = |candidate: &Rational| (candidate - number).abs();
    if distance(&between) < distance(&convergent) { between } else { convergent }
}

builtin! {
    /// A simple fraction near a float: the simplest one within an error, or the nearest one with a bounded denominator.
    ///
    /// ```calc
    /// (3.14159).nearby_rational(max_error=0.01)           # => 22/7
    /// RR(pi).nearby_rational(max_denominator=1000)        # => 355/113
    /// (0.5).nearby_rational()                             # error: bad-value
    /// ```
    faults "bad-value";
    only method;
    fn nearby_rational(call, x: Float, max_error: Option<Value>, max_denominator: Option<Spanned<Integer>>) -> Value {
        let exact = x.exact()?;
        let size = exact.abs();
        let near = match (max_error, max_denominator) {
            (Some(error), None) => {
                let error = operate::to_real(&error, x.real.prec())?.to_rational().unwrap_or_default().abs();
                if error >= size { Rational::default() } else { simplest_between(&(&size - &error), &(&size + &error)) }
            }
            (None, Some(bound)) if bound.value > Integer::ZERO => best_below(&size, &bound.value),
            _ => {
                let message = "Must specify exactly one of max_error or max_denominator in nearby_rational()";
                return Err(value_error(message));
            }
        };
        Ok(plain(if exact.is_negative() { -near } else { near }))
    }
}

builtin! {
    /// The text of a float, with all digits that tell it from its neighbours, or so many digits.
    ///
    /// ```calc
    /// (2.5).str()             # => '2.5000000000000000'
    /// (2.5).str(digits=3)     # => '2.50'
    /// ```
    named "str";
    only method;
    fn decimal_text(call, x: Float, base: Option<Spanned<u32>>, digits: Option<usize>, truncate: Option<bool>) -> String {
        if let Some(base) = base.filter(|base| base.value != 10) {
            return Err(value_error("a float is written in base 10 only").or_at(base.span));
        }
        if truncate == Some(true) {
            return Ok(x.real.to_string());
        }
        let all = (f64::from(x.real.prec()) * std::f64::consts::LOG10_2).ceil() as usize + 1;
        Ok(x.real.to_text(digits.filter(|digits| *digits > 0).unwrap_or(all)))
    }
}

builtin! {
    /// With how many bits a float is computed.
    ///
    /// ```calc
    /// RealField(100)(2).prec()    # => 100
    /// ```
    also "precision";
    only method;
    fn prec(call, x: Float) -> Value {
        Ok(Value::int(x.real.prec()))
    }
}

builtin! {
    /// The sign of a float: 1, 0 or -1.
    ///
    /// ```calc
    /// (-2.5).sign()           # => -1
    /// ```
    only method;
    fn sign(call, x: Float) -> Value {
        Ok(Value::int(i64::from(x.real.signum())))
    }
}

builtin! {
    /// Whether a number is real.
    ///
    /// ```calc
    /// (2.5).is_real()         # => True
    /// ```
    only method;
    fn is_real(call, x: Float) -> bool {
        Ok(true)
    }
}

builtin! {
    /// Whether a float is no number at all.
    ///
    /// ```calc
    /// (2.5).is_NaN()          # => False
    /// ```
    named "is_NaN";
    only method;
    fn is_nan(call, x: Float) -> bool {
        Ok(x.real.is_nan())
    }
}

builtin! {
    /// Whether a float is infinite.
    ///
    /// ```calc
    /// (1/0.0).is_infinity()   # => True
    /// ```
    only method;
    fn is_infinity(call, x: Float) -> bool {
        Ok(x.real.is_infinite())
    }
}

builtin! {
    /// Whether a float is positive infinity.
    ///
    /// ```calc
    /// (1/0.0).is_positive_infinity()      # => True
    /// ```
    only method;
    fn is_positive_infinity(call, x: Float) -> bool {
        Ok(x.real.is_infinite() && !x.real.is_negative())
    }
}

builtin! {
    /// Whether a float is negative infinity.
    ///
    /// ```calc
    /// (-1/0.0).is_negative_infinity()     # => True
    /// ```
    only method;
    fn is_negative_infinity(call, x: Float) -> bool {
        Ok(x.real.is_infinite() && x.real.is_negative())
    }
}

builtin! {
    /// The distance from a float to the next one.
    ///
    /// ```calc
    /// (1.0).ulp()             # => 2.22044604925031e-16
    /// ```
    only method;
    fn ulp(call, x: Float) -> Value {
        let exact = x.exact()?.abs();
        let bits = exact.numerator().bit_length() as i64 - exact.denominator().bit_length() as i64;
        let two = |power: i64| Rational::from(Integer::new(2)).pow(power).unwrap_or_default();
        let exponent = if two(bits) <= exact { bits + 1 } else { bits };
        let step = two(exponent - i64::from(x.real.prec()));
        Ok(x.like(Real::from_rational(&step, x.real.prec())))
    }
}

/// The real root of a float.
fn root(x: &Float, degree: u32) -> Result<Value, Fault> {
    if x.real.is_negative() && degree.is_multiple_of(2) {
        return Err(value_error("taking an even root of a negative number"));
    }
    let exponent = Rational::fraction(1, i64::from(degree)).unwrap_or_default();
    let size = Expr::number(x.real.abs());
    let power = size.power(&Expr::number(exponent));
    let root = operate::to_real(&Value::Expr(power), x.real.prec())?;
    Ok(x.like(if x.real.is_negative() { -&root } else { root }))
}

builtin! {
    /// The real root of a float.
    ///
    /// ```calc
    /// (-8.0).nth_root(3)      # => -2.00000000000000
    /// (-8.0).nth_root(2)      # error: bad-value
    /// ```
    named "nth_root";
    faults "bad-value";
    only method;
    fn float_root(call, x: Float, degree: Spanned<u32>) -> Value {
        if degree.value == 0 {
            return Err(value_error("n (=0) must be positive").or_at(degree.span));
        }
        root(&x, degree.value)
    }
}

builtin! {
    /// The real cube root of a float.
    ///
    /// ```calc
    /// (-8.0).cube_root()      # => -2.00000000000000
    /// ```
    only method;
    fn cube_root(call, x: Float) -> Value {
        root(&x, 3)
    }
}

/// The logarithm of a float to a base.
fn logarithm(x: &Float, base: i64) -> Result<Value, Fault> {
    let quotient = &function::log(&Expr::number(x.real.clone())) / &function::log(&Expr::integer(base));
    operate::to_real(&Value::Expr(quotient), x.real.prec()).map(|value| x.like(value))
}

builtin! {
    /// What stands behind the point of a float, with its sign.
    ///
    /// ```calc
    /// (-2.5).frac()           # => -0.500000000000000
    /// ```
    named "frac";
    only method;
    fn fractional(call, x: Float) -> Value {
        let whole = x.real.trunc().ok_or_else(|| value_error("cannot convert NaN or infinity to an integer"))?;
        Ok(x.like(&x.real - &Real::from_integer(&whole, x.real.prec())))
    }
}

builtin! {
    /// Whether a float is the square of a float.
    ///
    /// ```calc
    /// (-4.0).is_square()      # => False
    /// ```
    only method;
    fn is_square(call, x: Float) -> bool {
        Ok(x.real.is_zero() || !x.real.is_negative())
    }
}

/// A power of an integer with a float as exponent.
fn power_of(base: i64, x: &Float) -> Result<Value, Fault> {
    let power = Expr::integer(base).power(&Expr::number(x.real.clone()));
    operate::to_real(&Value::Expr(power), x.real.prec()).map(|power| x.like(power))
}

builtin! {
    /// The power of 2 with a float as exponent.
    ///
    /// ```calc
    /// (3.0).exp2()            # => 8.00000000000000
    /// ```
    only method;
    fn exp2(call, x: Float) -> Value {
        power_of(2, &x)
    }
}

builtin! {
    /// The power of 10 with a float as exponent.
    ///
    /// ```calc
    /// (2.0).exp10()           # => 100.000000000000
    /// ```
    only method;
    fn exp10(call, x: Float) -> Value {
        power_of(10, &x)
    }
}

builtin! {
    /// The logarithm of a float to the base 2.
    ///
    /// ```calc
    /// (8.0).log2()            # => 3.00000000000000
    /// ```
    only method;
    fn log2(call, x: Float) -> Value {
        logarithm(&x, 2)
    }
}

builtin! {
    /// The logarithm of a float to the base 10.
    ///
    /// ```calc
    /// (100.0).log10()         # => 2.00000000000000
    /// ```
    only method;
    fn log10(call, x: Float) -> Value {
        logarithm(&x, 10)
    }
}

builtin! {
    /// The exact value of a float as numerator and denominator.
    ///
    /// ```calc
    /// (0.5).as_integer_ratio()    # => (1, 2)
    /// ```
    only method;
    fn as_integer_ratio(call, x: Float) -> Value {
        let exact = x.exact()?;
        Ok(Value::tuple(vec![Value::Integer(exact.numerator()), Value::Integer(exact.denominator())]))
    }
}
