//! Monomials packed into machine words, so that comparing and multiplying them is comparing and adding integers.
//!
//! A layout gives each variable a field wide enough for the largest exponent that the result can have; variable 0 lies
//! in the highest bits, so the order of the keys is the lexicographic order.

use std::hash::{BuildHasherDefault, Hash, Hasher};

/// How exponents are packed: the width of each variable's field.
pub(super) struct Layout {
    widths: Vec<u32>,
}

impl Layout {
    /// The layout for exponents up to the given ones.
    pub(super) fn for_degrees(degrees: &[u64]) -> Layout {
        Layout { widths: degrees.iter().map(|degree| 64 - degree.leading_zeros()).collect() }
    }

    /// The number of bits of a key.
    pub(super) fn bits(&self) -> u32 {
        self.widths.iter().sum()
    }
}

/// A packed monomial.
pub(super) trait Key: Clone + Ord + Hash {
    /// Packs a row of exponents.
    fn pack(exponents: &[u64], layout: &Layout) -> Self;
    /// Appends the exponents to a row.
    fn unpack(&self, layout: &Layout, row: &mut Vec<u64>);
    /// The product of monomials.
    fn times(&self, other: &Self) -> Self;
}

macro_rules! machine_key {
    ($kind:ty) => {
        impl Key for $kind {
            fn pack(exponents: &[u64], layout: &Layout) -> $kind {
                let fields = exponents.iter().zip(&layout.widths);
                fields.fold(0, |key: $kind, (&e, &width)| key.checked_shl(width).unwrap_or(0) | <$kind>::from(e))
            }

            fn unpack(&self, layout: &Layout, row: &mut Vec<u64>) {
                let start = row.len();
                let mut rest = *self;
                for &width in layout.widths.iter().rev() {
                    let mask = <$kind>::MAX.checked_shl(width).map_or(<$kind>::MAX, |high| !high);
                    row.push((rest & mask) as u64);
                    rest = rest.checked_shr(width).unwrap_or(0);
                }
                if let Some(fresh) = row.get_mut(start..) {
                    fresh.reverse();
                }
            }

            #[inline]
            fn times(&self, other: &$kind) -> $kind {
                self + other
            }
        }
    };
}
machine_key!(u64);
machine_key!(u128);

/// Monomials with more bits than two words keep their exponents apart.
impl Key for Vec<u64> {
    fn pack(exponents: &[u64], _: &Layout) -> Vec<u64> {
        exponents.to_vec()
    }

    fn unpack(&self, _: &Layout, row: &mut Vec<u64>) {
        row.extend_from_slice(self);
    }

    fn times(&self, other: &Vec<u64>) -> Vec<u64> {
        self.iter().zip(other).map(|(a, b)| a + b).collect()
    }
}

/// A quick multiplicative hash; keys are not chosen by an adversary who could gain by collisions.
#[derive(Default)]
pub(super) struct QuickHasher(u64);

/// Makes [`QuickHasher`]s.
pub(super) type QuickHash = BuildHasherDefault<QuickHasher>;

impl Hasher for QuickHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            self.write_u64(chunk.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn write_u128(&mut self, word: u128) {
        self.write_u64(word as u64);
        self.write_u64((word >> 64) as u64);
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }
}
