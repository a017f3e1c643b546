//! Large results against the library's own, around the sizes at which the work is divided.

use dashu_base::Gcd;

use super::*;

/// A number of about so many bits, the same every time.
fn number(size: usize, seed: u64) -> UBig {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let words = (0..size.div_ceil(64)).map(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    });
    low_bits(&from_limbs(words.collect()), size) + UBig::ONE
}

#[test]
fn products_are_those_of_the_library() {
    for (size_a, size_b) in [(100, 200_001), (210_000, 200_000), (70_000, 900_000)] {
        let (a, b) = (number(size_a, 1), number(size_b, 2));
        assert_eq!(multiply(&a, &b), &a * &b);
        assert_eq!(square(&b), b.sqr());
    }
    let ones = (UBig::ONE << 300_000) - UBig::ONE;
    assert_eq!(multiply(&ones, &ones), ones.sqr());
    assert_eq!(power(&UBig::from(12u8), 70_000), UBig::from(12u8).pow(70_000));
    assert_eq!(product(&IBig::from(-3), &IBig::from(ones.clone())), IBig::from(ones) * -3);
}

#[test]
fn quotients_are_those_of_the_library() {
    for (size_a, size_b) in [(900_000, 100), (800_000, 210_000), (300_000, 299_000)] {
        let (a, b) = (number(size_a, 3), number(size_b, 4));
        assert_eq!(divide(&a, &b), (&a).div_rem(&b));
        let exact = &a * &b;
        assert_eq!(divide(&exact, &b), (a.clone(), UBig::ZERO));
        assert_eq!(divide(&(exact - UBig::ONE), &b), (a - UBig::ONE, b - UBig::ONE));
    }
    let (a, b) = (IBig::from(number(700_000, 5)) * -1, IBig::from(number(210_000, 6)));
    assert_eq!(quotient_rem(&a, &b), (&a).div_rem(&b));
}

#[test]
fn roots_digits_and_common_divisors_are_right() {
    let (a, b) = (number(500_000, 7), number(90_000, 8));
    let (root, rest) = sqrt_rem(&a);
    assert_eq!((&root * &root + &rest, rest <= &root << 1usize), (a.clone(), true));
    for n in [3, 5] {
        let root = nth_root(&a, n);
        assert!(root.pow(n) <= a && (root + UBig::ONE).pow(n) > a);
        assert_eq!(nth_root(&b.pow(n), n), b);
    }
    for radix in [10, 3, 36] {
        let text = to_text(&a, radix);
        assert_eq!(text, a.in_radix(radix as u8).to_string());
        assert_eq!(parse(&text, radix), Some(a.clone()));
    }
    let round = UBig::from(10u8).pow(40_000);
    assert_eq!(to_text(&round, 10), round.to_string());
    assert_eq!(parse(&format!("{}x", "1".repeat(50_000)), 10), None);
    let (c, d) = (number(250_000, 9), number(260_000, 10));
    let expected = (&c).gcd(&d);
    assert_eq!(gcd(&(&c * &b), &(&d * &b)), expected * &b);
    assert_eq!(gcd(&a, &UBig::ZERO), a);
    assert_eq!(gcd(&(&a * &b), &a), a);
}
