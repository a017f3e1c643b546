//! Tests of the dense arithmetic on random operands with fixed seeds.

use crate::number::{Integer, Rational};

use super::modular::{Modulus, large_primes};
use super::testing::Random;
use super::{IntegerPolynomial, RationalPolynomial, mul_truncated};

fn shapes() -> [(usize, usize); 8] {
    [(0, 5), (3, 10), (8, 62), (25, 30), (40, 100), (70, 20), (150, 300), (210, 30)]
}

/// The product straight from the definition.
fn slow_product(a: &IntegerPolynomial, b: &IntegerPolynomial) -> IntegerPolynomial {
    let mut row = vec![Integer::ZERO; a.len() + b.len()];
    for (i, x) in a.coefficients().iter().enumerate() {
        for (j, y) in b.coefficients().iter().enumerate() {
            row[i + j] += x * y;
        }
    }
    IntegerPolynomial::new(row)
}

#[test]
fn products_agree_with_the_definition() {
    let mut random = Random::new(1);
    for (m, bits_a) in shapes() {
        for (n, bits_b) in shapes() {
            let (a, b) = (random.polynomial(m, bits_a), random.polynomial(n, bits_b));
            assert_eq!(&a * &b, slow_product(&a, &b));
            assert_eq!((&a * &b).div_exact(&b), Some(a.clone()));
            assert_eq!(
                (&(&a * &b) + &IntegerPolynomial::x().pow(m / 2)).div_exact(&b).is_some(),
                b.len() == 1 && b.leading().abs().is_one()
            );
        }
    }
}

#[test]
fn huge_products_agree_at_a_point() {
    let mut random = Random::new(9);
    for (m, n, bits) in [(300, 250, 500), (900, 900, 60), (500, 500, 350)] {
        let (a, b) = (random.polynomial(m, bits), random.polynomial(n, bits));
        let field = Modulus::new(1_000_003);
        let value = |p: &IntegerPolynomial| field.evaluate(&field.image(p), 12_345);
        assert_eq!(value(&(&a * &b)), field.mul(value(&a), value(&b)));
        assert_eq!(value(&(&a * &a)), field.mul(value(&a), value(&a)));
    }
}

#[test]
fn powers_and_composition_agree_with_products() {
    let mut random = Random::new(2);
    for degree in [1, 1, 2, 5] {
        let p = random.polynomial(degree, 40);
        let cube = &(&p * &p) * &p;
        assert_eq!(p.pow(3), cube);
        assert_eq!(IntegerPolynomial::x().pow(3).compose(&p), cube);
        assert_eq!(p.pow(0), IntegerPolynomial::one());
        let shift = random.integer(20);
        let moved = IntegerPolynomial::new(vec![shift.clone(), Integer::ONE]);
        assert_eq!(cube.taylor_shift(&shift), cube.compose(&moved));
    }
    for (degree, bits) in [(3, 40), (20, 50), (20, 200), (30, 64), (40, 10)] {
        let p = random.polynomial(degree, bits);
        for shift in [1, -1, 3, -5] {
            let moved = IntegerPolynomial::from_i64(&[shift, 1]);
            assert_eq!(p.taylor_shift(&Integer::new(shift)), p.compose(&moved));
        }
    }
}

#[test]
fn division_gives_the_dividend_back() {
    let mut random = Random::new(3);
    for (m, n) in [(9, 4), (4, 9), (30, 1), (20, 20), (12, 0)] {
        let (a, b) = (random.polynomial(m, 80), random.polynomial(n, 50));
        let (quotient, rest) = a.pseudo_div_rem(&b).unwrap();
        let scale = b.leading().pow((m + 1).saturating_sub(n));
        assert_eq!(a.scale(&scale), &(&quotient * &b) + &rest);
        assert!(rest.len() < b.len().max(1) || m < n);
        let (a, b) = (random.rational_polynomial(m, 20), random.rational_polynomial(n, 20));
        let (quotient, rest) = a.div_rem(&b).unwrap();
        assert_eq!(a, &(&quotient * &b) + &rest);
        assert!(rest.degree() < b.degree());
        assert_eq!((&a * &b).div_exact(&a), Some(b));
    }
    assert!(RationalPolynomial::x().div_rem(&RationalPolynomial::zero()).is_none());
}

#[test]
fn common_factors_are_found() {
    let mut random = Random::new(4);
    for (degree, bits) in [(0, 3), (2, 4), (5, 20), (20, 70), (60, 100), (30, 400)] {
        let (a, b) = (random.polynomial(degree + 3, bits), random.polynomial(degree, bits));
        let g = random.polynomial(degree / 2 + 1, bits);
        let common = (&a * &g).gcd(&(&b * &g));
        assert!(common.is_divisible_by(&g.primitive_part()), "{degree}");
        assert!((&a * &g).is_divisible_by(&common) && (&b * &g).is_divisible_by(&common));
        let left = (&a * &g).div_exact(&common).unwrap();
        let right = (&b * &g).div_exact(&common).unwrap();
        assert_eq!(left.gcd(&right), IntegerPolynomial::one());
        let least = (&a * &g).lcm(&(&b * &g));
        assert!(least.is_divisible_by(&(&a * &g)) && least.is_divisible_by(&(&b * &g)));
    }
    let zero = IntegerPolynomial::zero();
    assert_eq!(zero.gcd(&IntegerPolynomial::from_i64(&[2, -4])), IntegerPolynomial::from_i64(&[-2, 4]));
    assert_eq!(zero.gcd(&zero), zero);
    assert_eq!(IntegerPolynomial::from_i64(&[0, 0, 6]).gcd(&IntegerPolynomial::from_i64(&[0, 4])).to_string(), "2*x");
}

#[test]
fn bezout_holds() {
    let mut random = Random::new(5);
    for (m, n) in [(4, 3), (1, 1), (7, 0), (0, 4), (12, 9), (5, 12)] {
        let (a, b) = (random.rational_polynomial(m, 12), random.rational_polynomial(n, 12));
        let h = random.rational_polynomial(2, 6);
        for (a, b) in [(a.clone(), b.clone()), (&a * &h, &b * &h)] {
            let (g, s, t) = a.extended_gcd(&b);
            assert_eq!(&(&s * &a) + &(&t * &b), g);
            assert_eq!(g, a.gcd(&b));
            assert!(m == 0 || n == 0 || (s.degree() < b.degree() && t.degree() < a.degree()));
        }
    }
}

#[test]
fn residues_form_a_field() {
    let mut random = Random::new(6);
    let fields = large_primes().take(40).chain([3, 5, 7, 101, 65_537].map(Modulus::new));
    for field in fields {
        let p = u128::from(field.prime());
        for _ in 0..40 {
            let (a, b) = (random.below(field.prime()), random.below(field.prime()));
            assert_eq!(u128::from(field.mul(a, b)), u128::from(a) * u128::from(b) % p);
            if a != 0 {
                assert_eq!(field.mul(a, field.inverse(a)), 1);
            }
            let big = random.integer(300);
            let rest = big.div_rem_floor(&Integer::from(field.prime())).unwrap().1;
            assert_eq!(Integer::from(field.reduce_integer(&big)), rest);
        }
    }
}

#[test]
fn series_products_drop_high_terms() {
    let mut random = Random::new(7);
    let (a, b) = (random.rational_polynomial(30, 9), random.rational_polynomial(20, 9));
    let whole = (&a * &b).coefficients();
    for length in [0, 1, 7, 51, 60] {
        let low = mul_truncated(&a.coefficients(), &b.coefficients(), length);
        assert_eq!(low.len(), length);
        for (i, c) in low.iter().enumerate() {
            assert_eq!(c, whole.get(i).unwrap_or(&Rational::ZERO));
        }
    }
}

#[test]
fn rational_polynomials_shift_and_evaluate() {
    let mut random = Random::new(8);
    for degree in [0, 1, 4, 9] {
        let p = random.rational_polynomial(degree, 15);
        let (at, shift) = (random.rational(10), random.rational(10));
        assert_eq!(p.taylor_shift(&shift).evaluate(&at), p.evaluate(&(&at + &shift)));
        assert_eq!(p.integral().derivative(), p);
        let q = random.rational_polynomial(3, 9);
        assert_eq!(p.compose(&q).evaluate(&at), p.evaluate(&q.evaluate(&at)));
        assert_eq!(p.monic().leading(), Rational::ONE);
    }
}
