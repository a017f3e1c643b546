//! Directed rounding of single machine operations, by their exact errors (Dekker 1971; Knuth, TAOCP 4.2.2).
//!
//! Where the error-free transformation itself could overflow or underflow, the result moves one step outward.

/// Operands and results in this range have exact errors that neither overflow nor underflow.
fn is_moderate(value: f64) -> bool {
    const SMALL: f64 = 1e-120;
    const LARGE: f64 = 1e120;
    let size = value.abs();
    (SMALL..LARGE).contains(&size)
}

/// The rounding error `a + b - (a + b rounded)`.
fn sum_error(a: f64, b: f64, sum: f64) -> f64 {
    let b_part = sum - a;
    (a - (sum - b_part)) + (b - b_part)
}

pub(super) fn add_down(a: f64, b: f64) -> f64 {
    let sum = a + b;
    if sum.is_nan() {
        return f64::NEG_INFINITY;
    }
    if sum.is_infinite() {
        return if a.is_infinite() || b.is_infinite() { sum } else { sum.next_down() };
    }
    if sum_error(a, b, sum) >= 0.0 { sum } else { sum.next_down() }
}

pub(super) fn add_up(a: f64, b: f64) -> f64 {
    -add_down(-a, -b)
}

/// Splits a number into two of 26 bits.
fn halves(value: f64) -> (f64, f64) {
    const SPLITTER: f64 = 134_217_729.0; // 2^27 + 1
    let scaled = SPLITTER * value;
    let high = scaled - (scaled - value);
    (high, value - high)
}

/// The rounding error `a*b - (a*b rounded)` of moderate numbers.
fn product_error(a: f64, b: f64, product: f64) -> f64 {
    let ((a1, a2), (b1, b2)) = (halves(a), halves(b));
    a2 * b2 - (((product - a1 * b1) - a2 * b1) - a1 * b2)
}

/// `0 * infinity` is 0, as the bounds of an interval want it.
pub(super) fn mul_down(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 {
        return 0.0;
    }
    let product = a * b;
    if product.is_infinite() && (a.is_infinite() || b.is_infinite()) {
        return product;
    }
    if is_moderate(a) && is_moderate(b) {
        return if product_error(a, b, product) >= 0.0 { product } else { product.next_down() };
    }
    product.next_down()
}

pub(super) fn mul_up(a: f64, b: f64) -> f64 {
    -mul_down(-a, b)
}

/// The divisor is not zero; `infinity / infinity` is taken as the bound 0.
pub(super) fn div_down(a: f64, b: f64) -> f64 {
    if a == 0.0 {
        return 0.0;
    }
    let quotient = a / b;
    if quotient.is_nan() || (a.is_finite() && b.is_infinite()) {
        return if (a > 0.0) == (b > 0.0) { 0.0 } else { -f64::from_bits(1) };
    }
    if quotient.is_infinite() && a.is_infinite() {
        return quotient;
    }
    if is_moderate(a) && is_moderate(b) && is_moderate(quotient) {
        let product = quotient * b;
        let residue = (a - product) - product_error(quotient, b, product);
        let exact_or_above = if b > 0.0 { residue >= 0.0 } else { residue <= 0.0 };
        return if exact_or_above { quotient } else { quotient.next_down() };
    }
    quotient.next_down()
}

pub(super) fn div_up(a: f64, b: f64) -> f64 {
    -div_down(-a, b)
}

pub(super) fn sqrt_down(value: f64) -> f64 {
    let root = value.sqrt();
    if value == 0.0 || value.is_infinite() {
        return root;
    }
    if is_moderate(value) && is_moderate(root) {
        let square = root * root;
        let residue = (value - square) - product_error(root, root, square);
        return if residue >= 0.0 { root } else { root.next_down() };
    }
    root.next_down()
}

pub(super) fn sqrt_up(value: f64) -> f64 {
    let low = sqrt_down(value);
    let square = low * low;
    let exact = value == 0.0
        || value.is_infinite()
        || (is_moderate(value) && square == value && product_error(low, low, square) == 0.0);
    if exact { low } else { value.sqrt().next_up() }
}

/// A function's result moved down by some units in the last place.
pub(super) fn below(value: f64, steps: u32) -> f64 {
    (0..steps).fold(value, |bound, _| bound.next_down())
}

/// A function's result moved up by some units in the last place.
pub(super) fn above(value: f64, steps: u32) -> f64 {
    (0..steps).fold(value, |bound, _| bound.next_up())
}
