//! Rows of small exponents, four to a machine word, added and compared a word at a time.
//!
//! A lane has sixteen bits of which one stays free, so that no sum or difference runs over into the next (Knuth, "The Art of
//! Computer Programming", vol. 4A, 7.1.3). Zeros at the end are left out: the coefficient of `x^k` has few primes.

const LANES: usize = 4;
const WIDTH: usize = 16;
const FREE: u64 = 0x8000_8000_8000_8000;
/// In each lane the exponent that stands for "no bound is known".
const MOST: u64 = 0x3fff_3fff_3fff_3fff;

/// A row of exponents, each below the greatest one, [`UNKNOWN`].
#[derive(Clone, Debug, Default)]
pub(super) struct Lanes(Vec<u64>);

/// An exponent that stands for "no bound is known".
pub(super) const UNKNOWN: i16 = 0x3fff;

impl Lanes {
    /// The row with these exponents, none of which is negative.
    pub(super) fn new(row: &[i16]) -> Lanes {
        let length = row.iter().rposition(|e| *e != 0).map_or(0, |last| last + 1);
        let word = |four: &[i16]| four.iter().rev().fold(0, |word, e| word << WIDTH | (*e).clamp(0, UNKNOWN) as u64);
        Lanes(row[..length].chunks(LANES).map(word).collect())
    }

    /// The same exponent in so many lanes.
    pub(super) fn unknown(length: usize) -> Lanes {
        Lanes(vec![MOST; length.div_ceil(LANES)])
    }

    /// The exponents, in whole words.
    pub(super) fn row(&self) -> Vec<i16> {
        let lanes = |word: &u64| (0..LANES).map(move |k| (*word >> (k * WIDTH)) as i16).collect::<Vec<_>>();
        self.0.iter().flat_map(lanes).collect()
    }

    /// The sums, lane by lane.
    pub(super) fn plus(&self, other: &Lanes) -> Lanes {
        let mut sum = Lanes::default();
        sum.raise(self, other);
        sum.limited()
    }

    /// The greater exponents.
    pub(super) fn max(&self, other: &Lanes) -> Lanes {
        let mut greatest = self.clone();
        greatest.raise(other, &Lanes::default());
        greatest
    }

    /// The exponents less others, where both are known, and not below zero.
    pub(super) fn less(&self, other: &Lanes) -> Lanes {
        let (mut row, other) = (self.row(), other.row());
        for (own, other) in row.iter_mut().zip(other).filter(|(own, other)| **own != UNKNOWN && *other != UNKNOWN) {
            *own = (*own - other).max(0);
        }
        Lanes::new(&row)
    }

    /// Raises the exponents to the sums of two others, which are not limited yet.
    pub(super) fn raise(&mut self, one: &Lanes, other: &Lanes) {
        let (long, short) = if one.0.len() < other.0.len() { (&other.0, &one.0) } else { (&one.0, &other.0) };
        if self.0.len() < long.len() {
            self.0.resize(long.len(), 0);
        }
        let (both, rest) = self.0[..long.len()].split_at_mut(short.len());
        for ((own, p), q) in both.iter_mut().zip(long).zip(short) {
            *own = greater(*own, p + q);
        }
        for (own, p) in rest.iter_mut().zip(&long[short.len()..]) {
            *own = greater(*own, *p);
        }
    }

    /// The exponents with those beyond the greatest one limited to it.
    pub(super) fn limited(mut self) -> Lanes {
        for word in &mut self.0 {
            *word ^= greater(*word, MOST) ^ MOST;
        }
        self
    }
}

/// The greater of two in each lane.
fn greater(a: u64, b: u64) -> u64 {
    let at_least = ((a | FREE) - b) & FREE;
    b ^ ((a ^ b) & (at_least - (at_least >> (WIDTH - 1))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_rows() {
        let (a, b) = ([3, 0, 16383, 9, 70, 0], [4, 16000, 1, 0, 0, 0, 0, 12]);
        let at = |row: &[i16], k: usize| row.get(k).copied().unwrap_or(0);
        let check = |found: Lanes, wanted: &dyn Fn(i16, i16) -> i16| {
            let row = found.row();
            (0..8).for_each(|k| assert_eq!(at(&row, k), wanted(at(&a, k), at(&b, k)), "{k}"));
        };
        let (p, q) = (Lanes::new(&a), Lanes::new(&b));
        check(p.plus(&q), &|a, b| (a + b).min(UNKNOWN));
        check(p.max(&q), &i16::max);
        check(p.less(&q), &|a, b| if a == UNKNOWN { a } else { (a - b).max(0) });
        assert_eq!(Lanes::unknown(3).row(), [UNKNOWN; 4]);
    }
}
