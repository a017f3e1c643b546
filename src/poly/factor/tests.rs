//! Factorisations against products of known factors and against what is known of special polynomials.

use crate::number::Integer;

use super::super::testing::Random;
use super::super::{Factorization, IntegerPolynomial, cyclotomic};

/// The minimal polynomial of `sqrt(2) + sqrt(3) + sqrt(5) + ...`, irreducible, with quadratic factors modulo every prime.
fn swinnerton_dyer(count: usize) -> IntegerPolynomial {
    let mut p = IntegerPolynomial::x();
    for prime in [2, 3, 5, 7, 11, 13].into_iter().take(count) {
        // p(x + sqrt q) * p(x - sqrt q) = u^2 - q v^2 with p(x + sqrt q) = u + v sqrt q.
        let (mut u, mut v) = (IntegerPolynomial::zero(), IntegerPolynomial::zero());
        for c in p.coefficients().iter().rev() {
            let next_u = &(&u.shift_up(1) + &v.scale(&Integer::new(prime))) + &IntegerPolynomial::constant(c.clone());
            v = &v.shift_up(1) + &u;
            u = next_u;
        }
        p = &(&u * &u) - &(&v * &v).scale(&Integer::new(prime));
    }
    p
}

fn degrees(f: &Factorization) -> Vec<usize> {
    f.factors.iter().map(|(factor, _)| factor.degree().unwrap()).collect()
}

#[test]
fn products_of_random_factors_split_at_least_as_far() {
    let mut random = Random::new(11);
    for (count, degree, bits) in
        [(2, 1, 5), (3, 2, 8), (5, 3, 4), (4, 6, 20), (2, 12, 60), (8, 2, 3), (10, 2, 5), (7, 1, 12), (1, 20, 10)]
    {
        for _ in 0..3 {
            let parts: Vec<_> = (0..count).map(|_| random.polynomial(degree, bits)).collect();
            let product = parts.iter().fold(IntegerPolynomial::one(), |product, part| &product * part);
            let answer = product.factor();
            assert_eq!(answer.expand(), product);
            for part in &parts {
                let inside = part.factor();
                assert_eq!(inside.expand(), *part);
                for (factor, _) in &inside.factors {
                    assert!(answer.factors.iter().any(|(other, _)| other == factor), "{product}");
                    assert!(factor.is_irreducible());
                }
            }
        }
    }
}

#[test]
fn exponents_and_contents_are_kept() {
    let p = IntegerPolynomial::from_i64(&[0, 0, -12, 0, 12]);
    let answer = p.pow(2).factor();
    assert_eq!(answer.content, Integer::new(144));
    assert_eq!(format!("{:?}", answer.factors), "[(x - 1, 2), (x, 4), (x + 1, 2)]");
    let negative = (-&p).factor();
    assert_eq!(negative.content, Integer::new(-12));
    assert_eq!(negative.expand(), -&p);
    assert!(IntegerPolynomial::zero().factor().factors.is_empty());
    assert_eq!(IntegerPolynomial::from_i64(&[7]).factor().content, Integer::new(7));
}

#[test]
fn binomials_split_into_cyclotomic_polynomials() {
    for n in [1, 2, 12, 60, 105, 200, 360] {
        let p = &IntegerPolynomial::x().pow(n) - &IntegerPolynomial::one();
        let answer = p.factor();
        assert_eq!(answer.factors.len(), (1..=n).filter(|d| n % d == 0).count());
        assert_eq!(answer.expand(), p);
        let plus = &IntegerPolynomial::x().pow(n) + &IntegerPolynomial::one();
        assert_eq!(plus.factor().expand(), plus);
    }
    assert!(cyclotomic(275).is_irreducible());
    let p = &cyclotomic(60) * &IntegerPolynomial::from_i64(&[3, 1, 0, 5]);
    assert_eq!(degrees(&p.factor()), [3, 16]);
    // x^4 + 4 = (x^2 - 2x + 2)(x^2 + 2x + 2), x^12 - 2^12
    assert_eq!(degrees(&IntegerPolynomial::from_i64(&[4, 0, 0, 0, 1]).factor()), [2, 2]);
    let scaled = &IntegerPolynomial::x().pow(12) - &IntegerPolynomial::constant(Integer::new(4096));
    assert_eq!(degrees(&scaled.factor()), [1, 1, 2, 2, 2, 4]);
}

#[test]
fn many_factors_modulo_every_prime_but_none_over_the_integers() {
    for count in 1..=5 {
        let p = swinnerton_dyer(count);
        assert_eq!(p.degree(), Some(1 << count));
        assert!(p.is_irreducible());
        let shifted = p.taylor_shift(&Integer::new(3));
        assert_eq!((&p * &shifted).factor().factors.len(), 2);
    }
}

#[test]
fn products_of_many_linear_and_quadratic_factors() {
    let linear = (1..=20).fold(IntegerPolynomial::one(), |p, i| &p * &IntegerPolynomial::from_i64(&[-i, 1]));
    assert_eq!(linear.factor().factors.len(), 20);
    let quadratic = (1..=20).fold(IntegerPolynomial::one(), |p, i| &p * &IntegerPolynomial::from_i64(&[i, i % 7, 1]));
    let answer = quadratic.factor();
    assert_eq!(answer.expand(), quadratic);
    assert!(answer.factors.iter().all(|(factor, _)| factor.is_irreducible()));
}

#[test]
fn resultants_vanish_with_common_factors_only() {
    let mut random = Random::new(12);
    for (m, n, bits) in [(3, 4, 10), (8, 5, 60), (1, 1, 4), (6, 0, 9)] {
        let (a, b) = (random.polynomial(m, bits), random.polynomial(n, bits));
        let c = random.polynomial(2, bits);
        assert_eq!(a.resultant(&(&b * &c)), a.resultant(&b) * a.resultant(&c));
        let sign = if m * n % 2 == 1 { -Integer::ONE } else { Integer::ONE };
        assert_eq!(a.resultant(&b), sign * b.resultant(&a));
        assert!((&a * &c).resultant(&(&b * &c)).is_zero());
    }
    let [a, b, c] = [5, -3, 7].map(Integer::new);
    let quadratic = IntegerPolynomial::new(vec![c.clone(), b.clone(), a.clone()]);
    assert_eq!(quadratic.discriminant(), &b * &b - Integer::new(4) * &a * &c);
    let cubic = IntegerPolynomial::from_i64(&[3, -2, 0, 1]);
    assert_eq!(cubic.discriminant(), Integer::new(-4 * -8 - 27 * 9));
}
