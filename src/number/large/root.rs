//! Roots of very large natural numbers.

use dashu_base::{Sign, SquareRootRem};
use dashu_int::{IBig, UBig};

use super::{bits, divide, low_bits, multiply, power, square};
use crate::budget;

/// Values shorter than so many bits are left to the library.
const SHORT_VALUE: usize = 400_000;

/// The square root rounded down and what is left (Zimmermann, "Karatsuba square root", 1999).
pub(crate) fn sqrt_rem(value: &UBig) -> (UBig, UBig) {
    let size = bits(value);
    if size < SHORT_VALUE {
        return value.sqrt_rem();
    }
    budget::pulse();
    let quarter = size / 4;
    let (high_root, high_rest) = sqrt_rem(&(value >> (2 * quarter)));
    let middle = (high_rest << quarter) + low_bits(&(value >> quarter), quarter);
    let (quotient, rest) = divide(&middle, &(&high_root << 1usize));
    let mut root = IBig::from((high_root << quarter) + &quotient);
    let mut rest = IBig::from((rest << quarter) + low_bits(value, quarter)) - IBig::from(square(&quotient));
    while rest.sign() == Sign::Negative {
        root -= 1;
        rest += (&root << 1usize) + IBig::ONE;
    }
    (root.into_parts().1, rest.into_parts().1)
}

/// The `n`-th root rounded down, `n >= 1`: Newton's iteration from above, begun with the root of the leading half.
pub(crate) fn nth_root(value: &UBig, n: usize) -> UBig {
    let size = bits(value);
    match n {
        1 => return value.clone(),
        2 => return sqrt_rem(value).0,
        _ if size < SHORT_VALUE / n.ilog2() as usize || size <= n => return value.nth_root(n),
        _ => {}
    }
    let cut = size / (2 * n);
    let mut root = (nth_root(&(value >> (cut * n)), n) + UBig::ONE) << cut;
    loop {
        budget::pulse();
        let (quotient, _) = divide(value, &power(&root, n - 1));
        let next = divide(&(multiply(&root, &UBig::from(n - 1)) + quotient), &UBig::from(n)).0;
        if next >= root {
            return root;
        }
        root = next;
    }
}
