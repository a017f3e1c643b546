//! Between binary and decimal, correctly rounded at any exponent.
//!
//! With small powers of ten the conversion is exact integer arithmetic. With large ones the power is replaced by a
//! truncated one whose relative error is known, and the work is repeated with more bits until the rounding is
//! unambiguous (Ziv's strategy); exact ties can't occur there, see `exact_limit`.

use dashu_base::BitTest;
use dashu_int::{IBig, UBig};

use super::dyadic::{Dyadic, Rounding};
use super::large;

/// Decimal digits of a positive number: `0.d1d2d3... * 10^point`.
pub(crate) struct Digits {
    /// The digits, the first one not zero.
    pub(crate) digits: String,
    /// Where the decimal point stands.
    pub(crate) point: i64,
}

/// The nearest decimal number of `count` digits, ties to even.
pub(crate) fn to_digits(value: &Dyadic, count: usize) -> Digits {
    let count = count.max(1);
    let value = value.abs();
    if value.is_zero() {
        return Digits { digits: "0".repeat(count), point: 1 };
    }
    let mut leading = log10_estimate(value.top() - 1);
    loop {
        let scaled = times_power_of_ten(&value, count as i64 - 1 - leading, count);
        let digits = large::to_text(&scaled, 10);
        match digits.len() {
            length if length > count + 1 || (length > count && !is_power_of_ten(&digits)) => leading += 1,
            length if length > count => return Digits { digits: digits[..count].to_owned(), point: leading + 2 },
            length if length < count => leading -= 1,
            _ => return Digits { digits, point: leading + 1 },
        }
    }
}

fn is_power_of_ten(digits: &str) -> bool {
    digits.bytes().skip(1).all(|digit| digit == b'0')
}

/// The number of decimal digits before the point of `2^exponent`, less one, or one less than that.
fn log10_estimate(exponent: i64) -> i64 {
    const LOG10_2: i128 = 5_553_023_288_523_357_132; // log10(2) * 2^64, rounded down
    ((i128::from(exponent) * LOG10_2) >> 64) as i64
}

/// Up to this power of ten the conversion is exact. Beyond it `mantissa * 10^power` is neither a tie between two
/// integers nor between two binary fractions of few bits: a power of five that large has too many bits.
fn exact_limit(bits: usize) -> u64 {
    2000.max(4 * bits as u64)
}

/// The integer nearest to `value * 10^power`, for a positive value, where that has about `count` digits.
fn times_power_of_ten(value: &Dyadic, power: i64, count: usize) -> UBig {
    let limit = exact_limit(value.bits() + 4 * power.unsigned_abs().min(64) as usize);
    if power.unsigned_abs() <= limit {
        return exact_times_power(value, power);
    }
    let size = 4 * (count as u32 + 2);
    let mut guard = 64;
    loop {
        let (approximate, error) = scaled(value, power, size + guard + 80);
        let low = nearest_integer(&approximate.sub(&error));
        if low == nearest_integer(&approximate.add(&error)) {
            return low;
        }
        guard *= 2;
    }
}

/// The integer nearest to a positive binary fraction, ties to even.
fn nearest_integer(value: &Dyadic) -> UBig {
    let numerator = value.mantissa().clone().into_parts().1;
    match usize::try_from(value.exponent()) {
        Ok(shift) => numerator << shift,
        Err(_) if value.top() < -1 => UBig::ZERO,
        Err(_) => nearest_quotient(numerator, UBig::ONE << value.exponent().unsigned_abs() as usize),
    }
}

fn exact_times_power(value: &Dyadic, power: i64) -> UBig {
    let fives = large::power(&UBig::from(5u8), power.unsigned_abs() as usize);
    let magnitude = value.mantissa().clone().into_parts().1;
    let (mut numerator, mut denominator) =
        if power >= 0 { (large::multiply(&magnitude, &fives), UBig::ONE) } else { (magnitude, fives) };
    let twos = value.exponent() + power;
    if twos >= 0 {
        numerator <<= twos as usize;
    } else {
        denominator <<= twos.unsigned_abs() as usize;
    }
    nearest_quotient(numerator, denominator)
}

/// The integer nearest to a fraction, ties to even.
fn nearest_quotient(numerator: UBig, denominator: UBig) -> UBig {
    let (quotient, remainder) = large::divide(&numerator, &denominator);
    let twice = remainder << 1usize;
    let up = twice > denominator || (twice == denominator && quotient.bit(0));
    if up { quotient + UBig::ONE } else { quotient }
}

/// `value * 10^power` in `precision` bits, and a bound of the error.
fn scaled(value: &Dyadic, power: i64, precision: u32) -> (Dyadic, Dyadic) {
    let fives = five_power(power.unsigned_abs(), precision);
    let product = if power >= 0 {
        value.mul(&fives).round(precision, Rounding::Nearest).0
    } else {
        value.div_rounded(&fives, precision, Rounding::Nearest)
    };
    let product = product.scale(power);
    let error = Dyadic::power_of_two(product.top() - i64::from(precision) + 68);
    (product, error)
}

/// `5^power` in `precision` bits. Each of the 63 squarings at most doubles the relative error and adds
/// `2^-precision`, each product adds as much: below `2^(66 - precision)` in all.
fn five_power(power: u64, precision: u32) -> Dyadic {
    let five = Dyadic::new(IBig::from(5), 0);
    let mut result = Dyadic::power_of_two(0);
    for index in (0..64 - power.leading_zeros()).rev() {
        result = result.mul(&result).round(precision, Rounding::Nearest).0;
        if power >> index & 1 == 1 {
            result = result.mul(&five).round(precision, Rounding::Nearest).0;
        }
    }
    result
}

/// The binary fraction of `precision` bits nearest to `integer * 10^power`.
pub(crate) fn from_decimal(integer: IBig, power: i64, precision: u32) -> Dyadic {
    let value = Dyadic::new(integer, 0);
    if value.is_zero() || power.unsigned_abs() <= exact_limit(value.bits() + precision as usize) {
        return exact_from_decimal(&value, power, precision);
    }
    let mut guard = 64;
    loop {
        let (approximate, error) = scaled(&value, power, precision + guard + 80);
        let low = approximate.sub(&error).round(precision, Rounding::Nearest).0;
        if low == approximate.add(&error).round(precision, Rounding::Nearest).0 {
            return low;
        }
        guard *= 2;
    }
}

fn exact_from_decimal(value: &Dyadic, power: i64, precision: u32) -> Dyadic {
    let fives = Dyadic::new(IBig::from(large::power(&UBig::from(5u8), power.unsigned_abs() as usize)), 0);
    let exact = if power >= 0 {
        value.mul(&fives).round(precision, Rounding::Nearest).0
    } else {
        value.div_rounded(&fives, precision, Rounding::Nearest)
    };
    exact.scale(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_match_the_machine() {
        for value in [1.0, 0.1, 123456.789, 9.9999999e22, 5e-324, f64::MAX, 0.5, 1e-7, 2.5] {
            let exact = Dyadic::from_f64(value).unwrap();
            for count in [1, 2, 5, 17] {
                let ours = to_digits(&exact, count);
                let machine = format!("{value:.*e}", count - 1).replace('.', "");
                let (digits, exponent) = machine.split_once('e').unwrap();
                assert_eq!((ours.digits.as_str(), ours.point - 1), (digits, exponent.parse().unwrap()));
            }
        }
    }

    #[test]
    fn huge_powers_go_there_and_back() {
        for power in [-1_000_000_000_000, -30_000, 30_000, 400_000_000_000_000_000] {
            let value = from_decimal(IBig::from(1234567), power, 80);
            let digits = to_digits(&value, 12);
            assert_eq!((digits.digits.as_str(), digits.point), ("123456700000", power + 7));
        }
        let thousand = from_decimal(IBig::from(1), 300, 1000);
        assert_eq!(thousand, Dyadic::new(IBig::from(10).pow(300), 0));
    }
}
