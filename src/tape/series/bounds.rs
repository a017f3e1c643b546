//! The bounds of size and of denominators in one run, so that one expansion serves both.

use super::bound::{Denominators, Multiple, Size, Sizes};
use super::power::{Coefficients, Row};
use super::replay::Image;
use crate::number::Rational;

/// Pairs of a size and a denominator.
pub(super) struct Bounds {
    denominators: Denominators,
}

/// What bounds a coefficient.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) size: Size,
    pub(super) multiple: Multiple,
}

impl Bounds {
    /// Over these denominators.
    pub(super) fn new(denominators: Denominators) -> Bounds {
        Bounds { denominators }
    }

    /// The denominators.
    pub(super) fn denominators(&self) -> &Denominators {
        &self.denominators
    }

    fn both(&self, size: impl FnOnce(&Sizes) -> Size, multiple: impl FnOnce(&Denominators) -> Multiple) -> Bound {
        Bound { size: size(&Sizes), multiple: multiple(&self.denominators) }
    }
}

impl Coefficients for Bounds {
    type Element = Bound;

    fn integer(&self, value: i64) -> Bound {
        self.both(|sizes| sizes.integer(value), |multiples| multiples.integer(value))
    }

    fn add(&self, a: &Bound, b: &Bound) -> Bound {
        self.both(|sizes| sizes.add(&a.size, &b.size), |multiples| multiples.add(&a.multiple, &b.multiple))
    }

    fn negate(&self, a: &Bound) -> Bound {
        a.clone()
    }

    fn multiply(&self, a: &Bound, b: &Bound) -> Bound {
        self.both(|sizes| sizes.multiply(&a.size, &b.size), |multiples| multiples.multiply(&a.multiple, &b.multiple))
    }

    fn divide(&self, a: &Bound, b: &Bound) -> Bound {
        self.both(|sizes| sizes.divide(&a.size, &b.size), |multiples| multiples.divide(&a.multiple, &b.multiple))
    }

    fn scale(&self, a: &Bound, factor: i64) -> Bound {
        self.both(|sizes| sizes.scale(&a.size, factor), |multiples| multiples.scale(&a.multiple, factor))
    }

    fn divide_small(&self, a: &Bound, divisor: i64) -> Bound {
        self.both(
            |sizes| sizes.divide_small(&a.size, divisor),
            |multiples| multiples.divide_small(&a.multiple, divisor),
        )
    }

    fn is_absent(&self, a: &Bound) -> bool {
        Sizes.is_absent(&a.size) && self.denominators.is_absent(&a.multiple)
    }

    fn dot<'e>(&self, pairs: impl Iterator<Item = (&'e Bound, &'e Bound)>) -> Bound {
        let mut size = Sizes.integer(0);
        let multiple = self.denominators.dot(pairs.map(|(a, b)| {
            size = Sizes.add(&size, &Sizes.multiply(&a.size, &b.size));
            (&a.multiple, &b.multiple)
        }));
        Bound { size, multiple }
    }

    /// Each bound has its own tightest way.
    fn rational_power(&self, f: &[Bound], exponent: &Rational, constant: Bound, length: usize) -> Option<Row<Bounds>> {
        let sizes: Vec<Size> = f.iter().map(|bound| bound.size).collect();
        let multiples: Vec<Multiple> = f.iter().map(|bound| bound.multiple.clone()).collect();
        let sizes = Sizes.rational_power(&sizes, exponent, constant.size, length)?;
        let multiples = self.denominators.rational_power(&multiples, exponent, constant.multiple, length)?;
        // A row may end where only zeros follow.
        let length = sizes.len().max(multiples.len());
        let size = |k: usize| sizes.get(k).copied().unwrap_or_else(|| Sizes.integer(0));
        let multiple = |k: usize| multiples.get(k).cloned().unwrap_or_else(|| self.denominators.integer(0));
        Some((0..length).map(|k| Bound { size: size(k), multiple: multiple(k) }).collect())
    }
}

impl Image for Bounds {
    fn image(&self, value: &Rational) -> Option<Bound> {
        Some(Bound { size: Sizes.image(value)?, multiple: self.denominators.image(value)? })
    }

    fn lead(&self, value: &Rational) -> Option<Bound> {
        Some(Bound { size: Sizes.lead(value)?, multiple: self.denominators.lead(value)? })
    }
}
