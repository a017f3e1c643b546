//! Power series summed term by term, with a geometric bound of the tail.

use super::Enclosure;
use crate::number::ball::Radius;

/// Sums that do not converge within so many terms are given up.
const MOST_TERMS: u64 = 4_000_000;

/// The sum of terms, each made from the one before.
///
/// `next(k, term)` makes term `k + 1` from term `k`. `ratio(k)` bounds the quotient of all later neighbours, from term
/// `k` on; the sum ends when that is at most 1/2 and the terms are below `2^-precision` times the largest.
pub(super) fn sum<T: Enclosure>(
    first: T,
    precision: u32,
    next: impl Fn(u64, &T) -> T,
    ratio: impl Fn(u64) -> f64,
) -> T {
    let mut total = first.clone();
    let mut term = first;
    let mut largest = term.size();
    for k in 0..MOST_TERMS {
        let tail = ratio(k);
        let small = term.size().top() < largest.top().saturating_sub(i64::from(precision) + 2);
        if tail <= 0.5 && (small || term.is_exact_zero()) {
            // The tail is at most |term| (q + q^2 + ...) <= |term| for q <= 1/2.
            return total.widened(term.size());
        }
        term = next(k, &term);
        if !term.is_bounded() {
            return T::unbounded();
        }
        largest = largest.max(term.size());
        total = total.add(&term, precision + 8);
    }
    T::unbounded()
}

/// Bits that alternating terms as large as `e^size` cancel.
pub(super) fn cancelled_bits(size: Radius) -> u32 {
    (size.to_f64() * std::f64::consts::LOG2_E).min(1e9).ceil() as u32 + 4
}
