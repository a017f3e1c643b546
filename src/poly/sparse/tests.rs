//! Ring laws and exact division of sparse polynomials, on random operands with fixed seeds.

use crate::budget::Budget;
use crate::number::{Integer, Rational};

use super::super::testing::Random;
use super::SparsePolynomial;

/// A random polynomial with about `terms` terms.
pub(super) fn random(
    random: &mut Random,
    variables: usize,
    terms: usize,
    degree: u64,
    bits: usize,
) -> SparsePolynomial {
    let rows = (0..terms).map(|_| {
        let exponents = (0..variables).map(|_| random.below(degree + 1)).collect();
        (exponents, random.integer(bits))
    });
    let rows: Vec<_> = rows.collect();
    SparsePolynomial::from_terms(variables, rows)
}

fn point(random: &mut Random, variables: usize) -> Vec<Rational> {
    (0..variables).map(|_| random.rational(6)).collect()
}

#[test]
fn products_have_the_product_of_the_values() {
    let mut source = Random::new(21);
    for (variables, terms, degree, bits) in [
        (1, 5, 9, 20),
        (2, 30, 5, 30),
        (3, 20, 40, 70),
        (3, 60, 3, 10),
        (5, 8, 1 << 20, 8),
        (9, 6, 1 << 33, 200),
        (0, 1, 0, 9),
    ] {
        let a = random(&mut source, variables, terms, degree, bits);
        let b = random(&mut source, variables, terms / 2 + 1, degree, bits);
        let c = random(&mut source, variables, 3, degree, bits);
        assert_eq!(&a * &b, &b * &a);
        assert_eq!(&(&a + &b) * &c, &(&a * &c) + &(&b * &c));
        assert!((&(&a * &b) - &(&b * &a)).is_zero());
        if degree < 50 {
            let at = point(&mut source, variables);
            assert_eq!((&a * &b).evaluate_all(&at), a.evaluate_all(&at) * b.evaluate_all(&at));
        }
        if !b.is_zero() {
            assert_eq!((&a * &b).div_exact(&b), Some(a.clone()));
            assert_eq!(
                (&(&a * &b) + &SparsePolynomial::one(variables)).div_exact(&b).is_some(),
                b.to_constant().is_some_and(|c| c.abs().is_one())
            );
        }
    }
}

#[test]
fn powers_agree_with_repeated_products() {
    let mut source = Random::new(22);
    for (variables, terms, degree, bits) in
        [(1, 2, 5, 9), (1, 6, 8, 9), (2, 3, 4, 40), (3, 5, 2, 5), (4, 20, 1, 3), (7, 3, 1 << 30, 4)]
    {
        let p = random(&mut source, variables, terms, degree, bits);
        let mut power = SparsePolynomial::one(variables);
        for exponent in 0..5 {
            assert_eq!(p.pow(exponent), power);
            power = &power * &p;
        }
    }
    let sum = SparsePolynomial::from_terms(
        3,
        [0, 1, 2, 3].map(|i| ((0..3).map(|j| u64::from(i == j)).collect(), Integer::ONE)),
    );
    let power = sum.pow(20);
    assert_eq!(power.len(), 1771);
    assert_eq!(power.evaluate_all(&[1, 1, 1].map(Rational::from)), Rational::from(Integer::new(4).pow(20)));
}

#[test]
fn coefficients_in_a_variable_put_the_polynomial_together_again() {
    let mut source = Random::new(23);
    let p = random(&mut source, 3, 40, 5, 12);
    for variable in 0..3 {
        let rows = p.coefficients_in(variable);
        assert!(rows.is_sorted_by(|a, b| a.0 > b.0));
        assert_eq!(SparsePolynomial::from_coefficients_in(3, variable, &rows), p);
        let at = Integer::new(3);
        let constant = SparsePolynomial::constant(3, at.clone());
        assert_eq!(p.evaluate(variable, &at), p.substitute(variable, &constant));
        assert_eq!(p.evaluate(variable, &at).degree(variable), 0);
        let divisor = random(&mut source, 3, 6, 3, 5);
        let (q, r, k) = p.pseudo_div_rem(&divisor, variable).unwrap();
        assert_eq!(&divisor.leading_in(variable).pow(k) * &p, &(&q * &divisor) + &r);
        assert!(r.is_zero() || r.degree(variable) < divisor.degree(variable).max(1));
    }
}

#[test]
fn dense_and_sparse_meet_in_one_variable() {
    let mut source = Random::new(24);
    let p = source.polynomial(7, 20);
    let sparse = SparsePolynomial::from_univariate(3, 1, &p);
    assert_eq!(sparse.to_univariate(1), Some(p.clone()));
    assert_eq!(sparse.to_univariate(0), None);
    assert_eq!(sparse.derivative(1).to_univariate(1), Some(p.derivative()));
    let (numerator, denominator) = SparsePolynomial::from_rational_terms(
        1,
        [(vec![2], Rational::fraction(1, 6).unwrap()), (vec![0], Rational::fraction(3, 4).unwrap())],
    );
    assert_eq!((numerator.to_string(), denominator), ("2*x0^2 + 9".to_string(), Integer::new(12)));
}

#[test]
fn common_factors_are_found() {
    let mut source = Random::new(25);
    for (variables, terms, degree, bits) in
        [(2, 4, 3, 5), (2, 12, 6, 30), (3, 5, 4, 10), (3, 20, 8, 60), (4, 6, 3, 4), (3, 3, 1 << 25, 5), (6, 4, 2, 9)]
    {
        for _ in 0..3 {
            let (a, b) = (
                random(&mut source, variables, terms, degree, bits),
                random(&mut source, variables, terms, degree, bits),
            );
            let g = random(&mut source, variables, terms, degree, bits);
            let (left, right) = (&a * &g, &b * &g);
            let Some(common) = left.gcd(&right) else {
                assert!(degree > 100);
                continue;
            };
            assert!(common.is_divisible_by(&g.split_content().1));
            let (u, v) = (left.div_exact(&common).unwrap(), right.div_exact(&common).unwrap());
            assert!(u.gcd(&v).unwrap().is_one());
        }
    }
}

#[test]
fn the_modular_gcd_agrees_with_the_heuristic_one() {
    let mut source = Random::new(26);
    for (variables, terms, degree) in [(2, 5, 4), (3, 4, 3), (3, 7, 2)] {
        let [a, b, g] = [(); 3].map(|()| random(&mut source, variables, terms, degree, 6));
        let (left, right) = ((&a * &g).split_content().1, (&b * &g).split_content().1);
        let support: Vec<usize> = (0..variables).collect();
        let common = super::modular_gcd::modular_gcd(&left, &right, &support, &Budget::unlimited());
        assert_eq!(common.ok(), left.gcd(&right));
    }
}

#[test]
fn a_gcd_whose_interpolation_pauses_is_found() {
    let part = |terms: &[(i64, [u64; 2])]| {
        SparsePolynomial::from_terms(2, terms.iter().map(|(c, row)| (row.to_vec(), Integer::new(*c))))
    };
    let g = part(&[(11, [3, 2]), (-110, [3, 1]), (275, [3, 0]), (118, [2, 1]), (-212, [1, 0])]);
    let a = part(&[(-5, [1, 2]), (9, [0, 3]), (7, [0, 0])]);
    let b = part(&[(-11, [1, 4]), (9, [0, 3]), (-27, [1, 1])]);
    let support = [0, 1];
    let common = super::modular_gcd::modular_gcd(&(&a * &g), &(&b * &g), &support, &Budget::unlimited());
    assert_eq!(common, Ok(g));
    let [x, y, z] = [0, 1, 2].map(|i| SparsePolynomial::variable(3, i));
    let difference = &(&x * &y) * &(&y - &z);
    let root = &(&difference.scale(&Integer::new(2)) + &(&x.pow(2) * &z.pow(2)).scale(&Integer::new(3))) + &z.pow(2);
    let (a, b) = (&(&x * &z) + &y, &(&y * &z).pow(2) + &(&x * &(&y + &z)));
    let g = root.pow(2);
    let common = super::modular_gcd::modular_gcd(&(&a * &g), &(&b * &g), &[0, 1, 2], &Budget::unlimited());
    assert_eq!(common, Ok(g));
}

#[test]
fn factors_multiply_to_the_polynomial_and_are_irreducible() {
    let mut source = Random::new(27);
    let budget = Budget::unlimited();
    for (variables, terms, degree, bits, count) in
        [(2, 4, 2, 4, 3), (2, 6, 3, 6, 2), (3, 3, 2, 3, 2), (3, 4, 1, 3, 3), (4, 3, 1, 2, 2)]
    {
        for _ in 0..3 {
            let parts: Vec<_> = (0..count).map(|_| random(&mut source, variables, terms, degree, bits)).collect();
            let product = parts
                .iter()
                .fold(SparsePolynomial::constant(variables, Integer::new(-6)), |product, part| &product * part);
            let answer = product.factor(&budget).unwrap();
            assert_eq!(answer.expand(variables), product);
            for part in &parts {
                let inside = part.factor(&budget).unwrap();
                for (factor, _) in &inside.factors {
                    assert!(answer.factors.iter().any(|(other, _)| other == factor), "{product}");
                }
            }
        }
    }
}

#[test]
fn known_factorisations() {
    let [x, y, z] = [0, 1, 2].map(|i| SparsePolynomial::variable(3, i));
    let budget = Budget::unlimited();
    let count = |p: &SparsePolynomial| p.factor(&budget).unwrap().factors.len();
    assert_eq!(count(&(&x.pow(2) - &y.pow(2))), 2);
    assert_eq!(count(&(&x.pow(12) - &y.pow(12))), 6);
    assert_eq!(count(&(&x.pow(2) + &y.pow(2))), 1);
    let sum = &(&x + &y) + &z;
    let cubes = &(&(&x.pow(3) + &y.pow(3)) + &z.pow(3)) - &(&(&x * &y) * &z).scale(&Integer::new(3));
    assert_eq!(count(&cubes), 2);
    assert!(cubes.factor(&budget).unwrap().factors.contains(&(sum.clone(), 1)));
    assert_eq!(count(&(&sum.pow(4) - &SparsePolynomial::one(3))), 3);
    assert_eq!(count(&(&(&x * &y) + &SparsePolynomial::one(3))), 1);
    assert_eq!(count(&(&(&x.pow(2) * &y) - &y.pow(3))), 3);
    assert_eq!(count(&sum.pow(5)), 1);
}

#[test]
fn resultants_agree_with_those_of_values() {
    let mut source = Random::new(28);
    let budget = Budget::unlimited();
    for _ in 0..8 {
        let a = random(&mut source, 2, 7, 4, 6);
        let b = random(&mut source, 2, 6, 3, 6);
        let resultant = a.resultant(&b, 0, &budget).unwrap();
        for at in 3..8 {
            let at = Integer::new(at);
            let value = |p: &SparsePolynomial| p.evaluate(1, &at).to_univariate(0).unwrap();
            if a.leading_in(0).evaluate(1, &at).is_zero() || b.leading_in(0).evaluate(1, &at).is_zero() {
                continue;
            }
            assert_eq!(resultant.evaluate(1, &at).to_constant(), Some(value(&a).resultant(&value(&b))));
            let discriminant = a.discriminant(0, &budget).unwrap().evaluate(1, &at).to_constant();
            assert_eq!(discriminant, Some(value(&a).discriminant()));
        }
    }
}
