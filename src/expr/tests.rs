//! The canonical form, seen from outside.

use std::rc::Rc;
use std::sync::atomic::Ordering;

use super::*;
use crate::budget::{self, Budget};
use crate::number::Rational;

fn v(name: &str) -> Expr {
    Expr::variable(name)
}

fn n(value: i64) -> Expr {
    Expr::integer(value)
}

#[test]
fn like_terms_and_powers_collect() {
    let (x, y) = (v("x"), v("y"));
    assert_eq!(&x + &x, n(2) * &x);
    assert_eq!(&x - &x, n(0));
    assert_eq!(&x / &x, n(1));
    assert_eq!(&x * &y * &x, x.powi(2) * &y);
    assert_eq!(x.sqrt() * x.sqrt(), x);
    assert_eq!(&x + &y + &x - &y, n(2) * &x);
    assert_eq!(n(2).power(&x) * n(2).power(&x), n(2).power(&(n(2) * &x)));
    assert_eq!(x.power(&y) * x.power(&-&y), n(1));
}

#[test]
fn numbers_multiply_out_and_content_comes_out() {
    let (x, y) = (v("x"), v("y"));
    assert_eq!(n(2) * (&x + &y), n(2) * &x + n(2) * &y);
    assert_eq!((n(2) * &x + n(2)) / (&x + n(1)), n(2));
    assert_eq!((n(1) - &x) / (&x - n(1)), n(-1));
    assert_eq!((n(1) - &x).powi(2), (&x - n(1)).powi(2));
    assert_eq!((n(2) * &x + n(2)).powi(2), n(4) * (&x + n(1)).powi(2));
    assert_eq!((n(4) * &x + n(8)).sqrt(), n(2) * (&x + n(2)).sqrt());
}

#[test]
fn content_of_complex_sums_comes_out_with_the_other_sign() {
    let (x, y) = (v("x"), v("y"));
    let sum = Expr::i() * &x + n(1);
    assert_eq!((n(2) * &sum) * &y, n(-2) * (-&sum * &y));
    assert_eq!((n(4) * &sum).sqrt().to_string(), "sqrt(4*I*x + 4)");
}

#[test]
fn content_with_a_partial_root_comes_out() {
    let x = v("x");
    assert_eq!((n(8) * &x + n(8)).sqrt(), n(2) * n(2).sqrt() * (&x + n(1)).sqrt());
    assert_eq!((n(8) - n(8) * &x).sqrt().to_string(), "sqrt(-8*x + 8)");
    assert_eq!((n(2) * &x + n(2)).power(&Expr::fraction(3, 2)).to_string(), "(2*x + 2)^(3/2)");
}

#[test]
fn radicals_of_numbers_are_reduced() {
    let root = |n: i64, p: i64, q: i64| Expr::integer(n).power(&Expr::fraction(p, q));
    assert_eq!(root(8, 1, 2), n(2) * root(2, 1, 2));
    assert_eq!(root(72, 1, 3), n(2) * root(9, 1, 3));
    assert_eq!(root(2, -1, 2), Expr::fraction(1, 2) * root(2, 1, 2));
    assert_eq!(root(2, 1, 3) * root(2, 1, 2), root(2, 5, 6));
    assert_eq!(root(12, 1, 2) * root(3, 1, 2), n(6));
    assert_eq!(root(-4, 1, 2), n(2) * Expr::i());
    assert_eq!(root(-8, 1, 3), n(2) * root(-1, 1, 3));
    assert_eq!(root(9, 1, 4), root(3, 1, 2));
    assert_eq!(root(-1, 5, 3), -root(-1, 2, 3));
    assert!(n(0).powi(-1).is_undefined());
}

/// Once the first was 1, and the second came to no end.
#[test]
fn powers_beyond_all_bounds_are_no_numbers() {
    let third = Rational::fraction(1, 3).unwrap();
    for base in [n(2).sqrt(), n(3).power_rational(&third) * v("x")] {
        assert!(base.powi(1_000_000_000_000).is_undefined(), "{base:?}");
    }
    let fine = Rational::fraction(40_002_000_025, 20_001_200_018).unwrap();
    let two_thirds = Expr::fraction(2, 3);
    let power = two_thirds.power_rational(&fine);
    assert_eq!(power, &two_thirds * two_thirds.power_rational(&(&fine - &Rational::ONE)));
    assert_eq!((&power * &two_thirds) / &power, two_thirds);
}

#[test]
fn exponentials_combine() {
    let (x, y) = (v("x"), v("y"));
    let exp = function::exp;
    assert_eq!(exp(&x) * exp(&y), exp(&(&x + &y)));
    assert_eq!(exp(&x) * exp(&-&x), n(1));
    assert_eq!(Expr::e() * Expr::e(), exp(&n(2)));
    assert_eq!(Expr::e().power(&x), exp(&x));
    assert_eq!(exp(&x).powi(2), exp(&(n(2) * &x)));
    assert_eq!(exp(&function::log(&x)), x);
    assert_eq!(exp(&(Expr::i() * Expr::pi())), n(-1));
}

#[test]
fn powers_of_powers_join_only_where_that_holds() {
    let x = v("x");
    let half = Expr::fraction(1, 2);
    assert_eq!(x.power(&half).powi(2), x);
    assert_eq!(x.powi(2).powi(3), x.powi(6));
    assert_ne!(x.powi(2).power(&half), x);
    assert_eq!(x.power(&Expr::fraction(2, 3)).power(&Expr::fraction(3, 2)), x);
    assert_ne!(x.powi(-1).power(&half), x.power(&Expr::fraction(-1, 2)));
    assert_eq!((n(4) * &x).sqrt(), n(2) * x.sqrt());
}

#[test]
fn powers_inside_products_keep_their_branch() {
    let (x, y, n) = (v("x"), v("y"), v("n"));
    let root = x.powi(2).sqrt();
    assert_ne!(&root * &y, &x * &y);
    assert_eq!(&root * &root * &y, x.powi(2) * &y);
    let power = x.power(&(&n + &n)).sqrt();
    assert_ne!(&power * &y, x.power(&n) * &y);
    assert_eq!((&x / &y).sqrt().powi(4) * &y, x.powi(2) / &y);
    let fourth = |e: Expr| e.power(&Expr::fraction(1, 4));
    assert_eq!((Expr::integer(3).sqrt() * x.sqrt()).sqrt(), fourth(Expr::integer(3)) * fourth(x));
    assert_eq!(Expr::integer(2).sqrt().power(&n), Expr::integer(2).power(&(&n * &Expr::fraction(1, 2))));
}

#[test]
fn infinities_absorb_or_leave_nothing_defined() {
    let oo = Expr::infinity(Infinity::Positive);
    assert_eq!(&oo + n(1), oo);
    assert_eq!(&oo * n(-2), Expr::infinity(Infinity::Negative));
    assert!((&oo - &oo).is_undefined());
    assert!((&oo * n(0)).is_undefined());
    assert_eq!(n(1) / &oo, n(0));
}

#[test]
fn trigonometric_values_at_simple_multiples_of_pi() {
    let pi = Expr::pi();
    assert_eq!(function::sin(&(&pi / n(6))), Expr::fraction(1, 2));
    assert_eq!(function::cos(&(&pi * n(3) / n(4))), -n(2).sqrt() / n(2));
    assert_eq!(function::cos(&(v("x") + n(2) * &pi)), function::cos(&v("x")));
    assert_eq!(function::tan(&(&pi / n(3))), n(3).sqrt());
}

#[test]
fn assumptions_reach_the_constructors() {
    let k = Symbol::new("k_assumed");
    let turn = Expr::symbol(k) * Expr::pi();
    let before = function::sin(&turn);
    assume::with_facts([assume::Fact::In(k, assume::Domain::Integer)], || {
        assert_eq!(function::sin(&turn), n(0));
        assert_eq!(function::cos(&turn), n(-1).power(&Expr::symbol(k)));
    });
    assert_eq!(function::sin(&turn), before);
}

#[test]
fn facts_of_stopped_work_are_gone() {
    let budget = Rc::new(Budget::unlimited());
    budget.start();
    budget::spend(&budget);
    budget.interrupt_flag().store(true, Ordering::Relaxed);
    let stopped = budget::catch(|| {
        assume::with_facts([assume::Fact::In(Symbol::new("k_stopped"), assume::Domain::Integer)], budget::pulse);
    });
    assert_eq!(stopped, Err(budget::Stopped::Interrupted));
    assert!(assume::assumptions().is_empty());
}

#[test]
fn contradictions_are_refused() {
    let x = v("x_contradicted");
    let fact = |relation, value| assume::Fact::Holds(Expr::relation(relation, x.clone(), n(value)));
    assume::with_facts([fact(Relation::Greater, 0)], || {
        assert_eq!(assume::assume(fact(Relation::Less, -1)), assume::Assumed::Inconsistent);
        assert_eq!(assume::assume(fact(Relation::Greater, -1)), assume::Assumed::Redundant);
        assert_eq!(assume::sign(&(&x + n(1))), Some(std::cmp::Ordering::Greater));
    });
}

#[test]
fn deep_nests_are_built_compared_and_dropped() {
    let nest = |depth: usize| (0..depth).fold(v("x"), |e, _| function::sin(&e));
    let (a, b) = (nest(100_000), nest(100_000));
    assert_eq!(a.depth(), 100_000);
    assert_eq!(a, b);
    assert_eq!(a.shared_nodes().count(), 100_001);
}

#[test]
fn dropped_nodes_are_used_again_and_stay_whole() {
    let x = Expr::variable("x");
    let sum = |from: i64| Expr::sum((from..from + 500).map(|k| x.powi(k) * Expr::integer(k)));
    let kept = sum(2);
    for turn in 0..20 {
        let (a, b) = (sum(turn + 3), sum(turn + 3));
        assert_eq!(a, b);
        drop(a);
        let deep = (0..400).fold(x.clone(), |inner, _| crate::expr::function::sin(&(inner + Expr::one())));
        assert_eq!(deep.depth(), 800);
        assert_eq!(b, sum(turn + 3));
    }
    assert_eq!(kept, sum(2));
}
