//! How an integer is written: its digits in a base, how many there are, and its text.

use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::number::{Integer, Rational};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::value_error;
use crate::runtime::value::Value;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &digits::RECORD,
    &nbits::RECORD,
    &bits::RECORD,
    &ndigits::RECORD,
    &popcount::RECORD,
    &binary::RECORD,
    &octal_text::RECORD,
    &hexadecimal_text::RECORD,
    &text_in_base::RECORD,
    &exact_log::RECORD,
];

/// The digits of an integer in a base, the last one first, each with the integer's sign.
fn digits_of(n: &Integer, base: &Integer, call: &Call<'_>) -> Result<Vec<Integer>, Fault> {
    let mut rest = n.abs();
    let mut digits = Vec::new();
    while let Some((quotient, digit)) = rest.div_rem_floor(base).filter(|_| !rest.is_zero()) {
        call.budget().check()?;
        digits.push(if n.is_negative() { -digit } else { digit });
        rest = quotient;
    }
    Ok(digits)
}

/// A base for digits, 10 when none is given.
fn base_of(base: Option<Spanned<Integer>>) -> Result<Integer, Fault> {
    match base {
        Some(base) if base.value < Integer::new(2) => Err(value_error("base must be >= 2").or_at(base.span)),
        Some(base) => Ok(base.value),
        None => Ok(Integer::new(10)),
    }
}

builtin! {
    /// The digits of an integer in a base (10 when left out), the last digit first.
    ///
    /// ```calc
    /// 123.digits()            # => [3, 2, 1]
    /// 5.digits(2)             # => [1, 0, 1]
    /// ```
    only method;
    fn digits(call, n: Integer, base: Option<Spanned<Integer>>) -> Vec<Integer> {
        digits_of(&n, &base_of(base)?, call)
    }
}

builtin! {
    /// How many binary digits an integer has.
    ///
    /// ```calc
    /// 255.nbits()             # => 8
    /// ```
    also "bit_length";
    only method;
    fn nbits(call, n: Integer) -> usize {
        Ok(n.bit_length())
    }
}

builtin! {
    /// The binary digits of an integer, the last digit first.
    ///
    /// ```calc
    /// 6.bits()                # => [0, 1, 1]
    /// ```
    only method;
    fn bits(call, n: Integer) -> Vec<Integer> {
        digits_of(&n, &Integer::new(2), call)
    }
}

builtin! {
    /// How many digits an integer has in a base (10 when left out).
    ///
    /// ```calc
    /// (2^100).ndigits()       # => 31
    /// ```
    only method;
    fn ndigits(call, n: Integer, base: Option<Spanned<Integer>>) -> usize {
        let base = base_of(base)?;
        Ok(match base.to_u32().filter(|base| *base <= 36) {
            Some(_) if n.is_zero() => 0,
            Some(base) => n.abs().to_text(base).len(),
            None => digits_of(&n, &base, call)?.len(),
        })
    }
}

builtin! {
    /// How many binary digits of an integer are 1.
    ///
    /// ```calc
    /// 13.popcount()           # => 3
    /// ```
    only method;
    fn popcount(call, n: Integer) -> usize {
        Ok(n.abs().to_text(2).bytes().filter(|digit| *digit == b'1').count())
    }
}

builtin! {
    /// The binary digits of an integer as a text.
    ///
    /// ```calc
    /// 10.binary()             # => '1010'
    /// ```
    only method;
    fn binary(call, n: Integer) -> String {
        Ok(n.to_text(2))
    }
}

builtin! {
    /// The octal digits of an integer as a text.
    ///
    /// ```calc
    /// 10.oct()                # => '12'
    /// ```
    named "oct";
    only method;
    fn octal_text(call, n: Integer) -> String {
        Ok(n.to_text(8))
    }
}

builtin! {
    /// The hexadecimal digits of an integer as a text.
    ///
    /// ```calc
    /// 255.hex()               # => 'ff'
    /// ```
    named "hex";
    only method;
    fn hexadecimal_text(call, n: Integer) -> String {
        Ok(n.to_text(16))
    }
}

builtin! {
    /// An integer or a fraction as a text in a base from 2 to 36 (10 when left out).
    ///
    /// ```calc
    /// 255.str(16)             # => 'ff'
    /// (5/3).str(2)            # => '101/11'
    /// 255.str(1)              # error: bad-value
    /// ```
    named "str";
    faults "bad-value";
    only method;
    fn text_in_base(call, n: Rational, base: Option<Spanned<Integer>>) -> String {
        let Some(base) = base else { return Ok(n.to_string()) };
        match base.value.to_u32() {
            Some(small @ 2..=36) if n.is_integer() => Ok(n.numerator().to_text(small)),
            Some(small @ 2..=36) => {
                Ok(format!("{}/{}", n.numerator().to_text(small), n.denominator().to_text(small)))
            }
            _ => Err(value_error(format!("base (={}) must be between 2 and 36", base.value)).or_at(base.span)),
        }
    }
}

builtin! {
    /// The greatest exponent with which a power of `base` does not exceed the number.
    ///
    /// ```calc
    /// 1000.exact_log(2)       # => 9
    /// ```
    only method;
    fn exact_log(call, n: Spanned<Integer>, base: Spanned<Integer>) -> Value {
        if n.value <= Integer::ZERO || base.value < Integer::new(2) {
            return Err(value_error("self must be nonnegative and m must be positive").or_at(n.span));
        }
        Ok(Value::integer(digits_of(&n.value, &base.value, call)?.len() - 1))
    }
}
