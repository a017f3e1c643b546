//! Two orders: the canonical one, quick and arbitrary, and the printed one, which is Sage's.
//!
//! The printed order is that of Pynac (file `order.cpp`): graded by total degree, then reverse lexicographic on the
//! printed factors, with numbers first, then constants, and functions after everything else.

use std::cmp::Ordering;

use super::function::Function;
use super::node::{Expr, Factor, Kind, Product, Sum, Term};
use crate::number::{Number, Rational};

impl Expr {
    /// The canonical order: by hash, and by structure where hashes collide. Stable from run to run.
    pub(super) fn canonical_cmp(&self, other: &Expr) -> Ordering {
        if self.is_same(other) {
            return Ordering::Equal;
        }
        self.stable_hash()
            .cmp(&other.stable_hash())
            .then_with(|| if self == other { Ordering::Equal } else { format!("{self:?}").cmp(&format!("{other:?}")) })
    }
}

/// The parts of a sum in printed order, the constant left out.
pub fn printed_terms(sum: &Sum) -> impl Iterator<Item = &Term> {
    let order = sum.printed.get_or_init(|| {
        sorted(sum.terms.len(), |a, b| match (sum.terms.get(a), sum.terms.get(b)) {
            (Some(s), Some(t)) => print_order(&t.base, &s.base).then_with(|| t.base.canonical_cmp(&s.base)),
            _ => Ordering::Equal,
        })
    });
    order.iter().filter_map(|index| sum.terms.get(*index as usize))
}

/// The factors of a product in printed order, the coefficient left out.
pub fn printed_factors(product: &Product) -> impl Iterator<Item = &Factor> {
    let list = &product.factors.list;
    let order = product.factors.printed.get_or_init(|| {
        sorted(list.len(), |a, b| match (list.get(a), list.get(b)) {
            (Some(s), Some(t)) => compare(&t.base, &s.base, Place::Product)
                .then_with(|| t.exponent.cmp(&s.exponent))
                .then_with(|| t.base.canonical_cmp(&s.base)),
            _ => Ordering::Equal,
        })
    });
    order.iter().filter_map(|index| list.get(*index as usize))
}

/// The permutation that sorts `0..len`.
fn sorted(len: usize, compare: impl Fn(usize, usize) -> Ordering) -> Box<[u32]> {
    let mut order: Vec<u32> = (0..u32::try_from(len).unwrap_or(u32::MAX)).collect();
    order.sort_by(|a, b| compare(*a as usize, *b as usize));
    order.into_boxed_slice()
}

/// Where the compared expressions stand: powers compare by degree in a sum, by base in a product.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Sum,
    Product,
}

/// The printed order in a sum: `Greater` comes first on paper.
pub fn print_order(left: &Expr, right: &Expr) -> Ordering {
    compare(left, right, Place::Sum)
}

/// The classes of expressions, those printed first the highest.
fn class(expr: &Expr) -> u8 {
    match expr.kind() {
        Kind::Number(_) | Kind::Infinity(_) | Kind::Undefined(_) => 6,
        Kind::Constant(_) => 5,
        Kind::Symbol(_) | Kind::Power(..) | Kind::Product(_) | Kind::Sum(_) | Kind::Relation(..) => 4,
        Kind::Call(Function::Derivative(_), _) => 1,
        Kind::Call(..) if expr.is_e() => 5,
        Kind::Call(..) => 2,
    }
}

fn compare(left: &Expr, right: &Expr, place: Place) -> Ordering {
    if left.is_same(right) {
        return Ordering::Equal;
    }
    match class(left).cmp(&class(right)) {
        Ordering::Equal => compare_same_class(left, right, place),
        decided => decided,
    }
}

fn compare_same_class(left: &Expr, right: &Expr, place: Place) -> Ordering {
    match (left.kind(), right.kind()) {
        (Kind::Number(p), Kind::Number(q)) => compare_numbers(p, q),
        (Kind::Constant(p), Kind::Constant(q)) => q.cmp(p),
        (Kind::Symbol(p), Kind::Symbol(q)) => q.name().cmp(p.name()),
        (Kind::Call(f, xs), Kind::Call(g, ys)) => compare_calls((f, xs), (g, ys), place),
        (Kind::Product(p), Kind::Product(q)) => compare_products(p, q, place),
        (Kind::Product(p), Kind::Power(base, exponent)) => compare_product_with(p, base, &degree_of(exponent), place),
        (Kind::Product(p), Kind::Symbol(_)) => compare_product_with(p, right, &Rational::ONE, place),
        (Kind::Power(..) | Kind::Symbol(_), Kind::Product(_)) => compare_same_class(right, left, place).reverse(),
        (Kind::Sum(p), Kind::Sum(q)) => compare_sums(p, q),
        (Kind::Sum(p), _) => compare_sum_with(p, right),
        (_, Kind::Sum(q)) => compare_sum_with(q, left).reverse(),
        (Kind::Power(..), Kind::Power(..) | Kind::Symbol(_)) | (Kind::Symbol(_), Kind::Power(..)) => {
            compare_powers(left, right, place)
        }
        _ => left.canonical_cmp(right),
    }
}

/// Base and exponent, a symbol being its own first power.
fn split_power(expr: &Expr) -> (Expr, Expr) {
    match expr.kind() {
        Kind::Power(base, exponent) => (base.clone(), exponent.clone()),
        _ => (expr.clone(), Expr::one()),
    }
}

/// The degree that an exponent counts as: its value when it is a rational number, else 1.
fn degree_of(exponent: &Expr) -> Rational {
    match exponent.kind() {
        Kind::Number(Number::Rational(q)) => q.clone(),
        _ => Rational::ONE,
    }
}

fn compare_powers(left: &Expr, right: &Expr, place: Place) -> Ordering {
    let ((left_base, left_exponent), (right_base, right_exponent)) = (split_power(left), split_power(right));
    if place == Place::Product {
        return compare(&left_base, &right_base, place).then_with(|| compare(&left_exponent, &right_exponent, place));
    }
    degree_of(&left_exponent)
        .cmp(&degree_of(&right_exponent))
        .then_with(|| compare(&left_base, &right_base, place))
        .then_with(|| compare(&left_exponent, &right_exponent, place))
}

fn total_degree(product: &Product) -> Rational {
    product.factors.list.iter().fold(Rational::ZERO, |degree, factor| degree + &factor.exponent)
}

/// A product beside a power or symbol: by degree, then the product's last factor decides.
fn compare_product_with(product: &Product, base: &Expr, degree: &Rational, place: Place) -> Ordering {
    let smallest = printed_factors(product).last();
    total_degree(product)
        .cmp(degree)
        .then_with(|| smallest.map_or(Ordering::Greater, |factor| compare(&factor.base, base, place)))
        .then_with(|| smallest.map_or(Ordering::Greater, |factor| degree.cmp(&factor.exponent)))
        .then(Ordering::Greater)
}

fn compare_products(left: &Product, right: &Product, place: Place) -> Ordering {
    let by_degree = total_degree(left).cmp(&total_degree(right));
    if by_degree.is_ne() {
        return by_degree;
    }
    let left_factors: Vec<&Factor> = printed_factors(left).collect();
    let right_factors: Vec<&Factor> = printed_factors(right).collect();
    for (a, b) in left_factors.iter().rev().zip(right_factors.iter().rev()) {
        let order = compare(&a.base, &b.base, place).then_with(|| b.exponent.cmp(&a.exponent));
        if order.is_ne() {
            return order;
        }
    }
    left_factors.len().cmp(&right_factors.len()).then_with(|| compare_numbers(left.coefficient(), right.coefficient()))
}

fn compare_sums(left: &Sum, right: &Sum) -> Ordering {
    for (a, b) in printed_terms(left).zip(printed_terms(right)) {
        let order = print_order(&a.base, &b.base).then_with(|| compare_numbers(&a.coefficient, &b.coefficient));
        if order.is_ne() {
            return order;
        }
    }
    left.terms.len().cmp(&right.terms.len()).then_with(|| compare_numbers(left.constant(), right.constant()))
}

/// A sum beside something else: its first term decides.
fn compare_sum_with(sum: &Sum, other: &Expr) -> Ordering {
    match printed_terms(sum).next() {
        Some(term) => print_order(&term.base, other)
            .then_with(|| compare_numbers(&term.coefficient, &Number::ONE))
            .then(Ordering::Greater),
        None => Ordering::Less,
    }
}

fn compare_calls((f, xs): (&Function, &[Expr]), (g, ys): (&Function, &[Expr]), place: Place) -> Ordering {
    let by_name = g.name().cmp(f.name());
    if by_name.is_ne() {
        return by_name;
    }
    if let (Function::Derivative(d), Function::Derivative(e)) = (f, g)
        && d.positions != e.positions
    {
        return e.positions.cmp(&d.positions);
    }
    xs.iter()
        .zip(ys)
        .map(|(x, y)| compare(x, y, place))
        .find(|order| order.is_ne())
        .unwrap_or_else(|| xs.len().cmp(&ys.len()))
}

/// Numbers by value; complex ones by real, then imaginary part.
fn compare_numbers(left: &Number, right: &Number) -> Ordering {
    left.print_cmp(right)
}
