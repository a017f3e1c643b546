//! Binary64 numbers as a discrete set: the simplest one between two, and how far two are apart.

/// The number strictly between two others with the fewest binary digits; `None` when they are neighbours.
///
/// Breaks of formulas that people write lie at simple numbers, and splitting there finds them exactly; repeated, it
/// halves like bisection.
pub fn simplest_between(a: f64, b: f64) -> Option<f64> {
    if !a.is_finite() || !b.is_finite() || a.next_up() >= b {
        return None;
    }
    if a < 0.0 && b > 0.0 {
        return Some(0.0);
    }
    if b <= 0.0 {
        // Adding zero turns -0 into 0.
        return simplest_between(0.0 - b, 0.0 - a).map(|x| -x);
    }
    let (low, high) = (a.to_bits(), b.to_bits());
    let mut shift = 63 - (low ^ high).leading_zeros();
    loop {
        let cut = (high >> shift) << shift;
        if cut > low && cut < high {
            return Some(f64::from_bits(cut));
        }
        let next = ((low >> shift) + 1) << shift;
        if next > low && next < high {
            return Some(f64::from_bits(next));
        }
        shift = shift.checked_sub(1)?;
    }
}

/// A number between two others: the middle, or one between their sizes where these lie far apart.
pub(super) fn between(a: f64, b: f64) -> f64 {
    const FAR: f64 = 16.0;
    let (small, large) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
    let uneven = a * b >= 0.0 && large > FAR * small;
    simplest_between(a, b).filter(|_| uneven).unwrap_or(a + (b - a) * 0.5)
}

/// How many steps of neighbouring numbers lie between two.
pub(super) fn steps_between(a: f64, b: f64) -> u64 {
    order(a).abs_diff(order(b))
}

/// The place of a number in the order of all.
fn order(x: f64) -> i64 {
    let bits = x.to_bits() as i64;
    if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits }
}

/// Whether a number has few binary digits, so that it stands for itself rather than for a rounded neighbour.
pub(super) fn is_simple(x: f64) -> bool {
    x == 0.0 || x.to_bits().trailing_zeros() >= 20
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_numbers_are_found() {
        assert_eq!(simplest_between(2.9, 3.1), Some(3.0));
        assert_eq!(simplest_between(-0.3, 0.1), Some(0.0));
        assert_eq!(simplest_between(-1.6, -1.4), Some(-1.5));
        assert_eq!(simplest_between(1.0, 1.0_f64.next_up()), None);
        assert_eq!(between(2.0, 4.0), 3.0);
        assert!(between(1e-200, 1.0) < 1e-50);
        assert!(simplest_between(-1.0, 0.0).is_some_and(|x| -1.0 < x && x < 0.0));
        assert_eq!(steps_between(0.0_f64.next_down(), 0.0_f64.next_up()), 2);
    }
}
