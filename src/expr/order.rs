//! Two orders: the canonical one, quick and arbitrary, and the printed one, which is Sage's.
//!
//! The printed order is that of Pynac (file `order.cpp`): graded by total degree, then reverse lexicographic on the
//! printed factors, with numbers first, then constants, and functions after everything else.

mod keys;

use std::cmp::Ordering;

use super::function::Function;
use super::node::{Expr, Factor, Kind, Printed, Product, Sum, Term};
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
    printed_order(sum, || ()).iter().filter_map(|index| sum.terms.get(*index as usize))
}

/// One of [`printed_terms`]; `step` is called at each comparison where they are not in order yet, and may unwind.
pub fn printed_term(sum: &Sum, at: usize, step: fn()) -> Option<&Term> {
    printed_order(sum, step).get(at).and_then(|index| sum.terms.get(*index as usize))
}

fn printed_order(sum: &Sum, step: fn()) -> &[u32] {
    sum.printed.get_or_init(|| keys::monomial_order(sum, step).unwrap_or_else(|| term_order(sum, step)))
}

fn term_order(sum: &Sum, step: fn()) -> Box<[u32]> {
    sorted(sum.terms.len(), |a, b| {
        step();
        match (sum.terms.get(a), sum.terms.get(b)) {
            (Some(s), Some(t)) => compare_terms(t, s),
            _ => Ordering::Equal,
        }
    })
}

/// The factors of a product in printed order, the coefficient left out.
pub fn printed_factors(product: &Product) -> impl DoubleEndedIterator<Item = &Factor> {
    let list = &product.factors.list;
    printed(product).order.iter().filter_map(|index| list.get(*index as usize))
}

fn printed(product: &Product) -> &Printed {
    let list = &product.factors.list;
    product.factors.printed.get_or_init(|| {
        let order = sorted(list.len(), |a, b| match (list.get(a), list.get(b)) {
            (Some(s), Some(t)) => compare_factors(t, s).then_with(|| t.base.canonical_cmp(&s.base)),
            _ => Ordering::Equal,
        });
        let degree = list.iter().fold(Rational::ZERO, |degree, factor| degree + split_factor(factor).1);
        Box::new(Printed { order, degree })
    })
}

/// Terms by base, then by coefficient; `x` and `x^a` tie, and are told apart last.
pub(super) fn compare_terms(left: &Term, right: &Term) -> Ordering {
    print_order(&left.base, &right.base)
        .then_with(|| compare_numbers(&left.coefficient, &right.coefficient))
        .then_with(|| compare_exponents(&split_power(&left.base).1, &split_power(&right.base).1))
        .then_with(|| left.base.canonical_cmp(&right.base))
}

/// Factors by base, then by exponent, plain powers before those with a symbolic exponent: `x^2*x^n`.
fn compare_factors(left: &Factor, right: &Factor) -> Ordering {
    let ((left_base, left_exponent), (right_base, right_exponent)) = (split_factor(left), split_factor(right));
    factor_order(&left_base, &right_base)
        .then_with(|| print_order(&split_power(&left_base).1, &split_power(&right_base).1))
        .then_with(|| left_exponent.cmp(&right_exponent))
}

/// Base and exponent of a factor, those of `x^(-a)` being `x^a` and -1.
fn split_factor(factor: &Factor) -> (Expr, Rational) {
    match factor.base.kind() {
        Kind::Power(base, exponent) if let Some(below) = inverse_power(base, exponent) => (below, -&factor.exponent),
        _ => (factor.base.clone(), factor.exponent.clone()),
    }
}

/// The power `x^a` when `x^(-a)` is written as `1/x^a`: for a negative multiple, and of numbers also for a sum that
/// begins with a minus sign.
pub fn inverse_power(base: &Expr, exponent: &Expr) -> Option<Expr> {
    let negative = match exponent.kind() {
        Kind::Product(product) => product.coefficient().real_sign() == Some(-1),
        Kind::Sum(sum) if base.as_number().is_some() => {
            printed_terms(sum).next().is_some_and(|term| term.coefficient.real_sign() == Some(-1))
        }
        _ => false,
    };
    negative.then(|| base.power(&-exponent))
}

/// The permutation that sorts `0..len`, by merging: of two neighbours the right one goes first only when it is less.
/// The library's sort may refuse an order with cycles, and Pynac's order is not proved to have none.
fn sorted(len: usize, compare: impl Fn(usize, usize) -> Ordering) -> Box<[u32]> {
    let mut order: Vec<u32> = (0..u32::try_from(len).unwrap_or(u32::MAX)).collect();
    let mut merged = Vec::with_capacity(order.len());
    let mut width = 1;
    while width < order.len() {
        for run in order.chunks(2 * width) {
            let (mut left, mut right) = run.split_at(width.min(run.len()));
            while let ([a, left_rest @ ..], [b, right_rest @ ..]) = (left, right) {
                if compare(*b as usize, *a as usize).is_lt() {
                    merged.push(*b);
                    right = right_rest;
                } else {
                    merged.push(*a);
                    left = left_rest;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut order, &mut merged);
        merged.clear();
        width *= 2;
    }
    order.into_boxed_slice()
}

/// Expressions deeper than this are put in order by depth, so that comparing needs little of the stack.
const DEEPEST: usize = 200;

/// The classes of expressions, those printed first the highest.
fn class(expr: &Expr) -> u8 {
    match expr.kind() {
        Kind::Number(_) | Kind::Infinity(_) | Kind::Undefined(_) => 6,
        Kind::Constant(_) => 5,
        Kind::Symbol(_) | Kind::Power(..) | Kind::Product(_) | Kind::Sum(_) | Kind::Relation(..) => 4,
        Kind::Call(Function::Derivative(_), _) => 1,
        Kind::Call(..) => 2,
    }
}

/// The printed order in a sum: `Greater` comes first on paper.
pub fn print_order(left: &Expr, right: &Expr) -> Ordering {
    if left.is_same(right) {
        return Ordering::Equal;
    }
    match class(left).cmp(&class(right)) {
        Ordering::Equal => compare_same_class(left, right),
        decided => decided,
    }
}

fn compare_same_class(left: &Expr, right: &Expr) -> Ordering {
    if left.depth().max(right.depth()) > DEEPEST {
        return left.depth().cmp(&right.depth()).then_with(|| left.canonical_cmp(right));
    }
    match (left.kind(), right.kind()) {
        (Kind::Number(p), Kind::Number(q)) => compare_numbers(p, q),
        (Kind::Constant(p), Kind::Constant(q)) => p.cmp(q),
        (Kind::Symbol(p), Kind::Symbol(q)) => q.name().cmp(p.name()),
        (Kind::Call(f, xs), Kind::Call(g, ys)) => compare_calls((f, xs), (g, ys), print_order),
        (Kind::Product(p), Kind::Product(q)) => compare_products(p, q),
        (Kind::Product(p), Kind::Power(..) | Kind::Symbol(_)) => {
            let (base, exponent) = split_power(right);
            compare_product_with(p, &base, &degree_of(&exponent))
        }
        (Kind::Power(..) | Kind::Symbol(_), Kind::Product(_)) => compare_same_class(right, left).reverse(),
        (Kind::Sum(p), Kind::Sum(q)) => compare_sums(p, q),
        (Kind::Sum(p), _) => compare_sum_with(p, right),
        (_, Kind::Sum(q)) => compare_sum_with(q, left).reverse(),
        (Kind::Power(..), Kind::Power(..) | Kind::Symbol(_)) | (Kind::Symbol(_), Kind::Power(..)) => {
            compare_powers(left, right)
        }
        _ => left.canonical_cmp(right),
    }
}

/// Base and exponent, a symbol being its own first power, and `x^(-a)` one over `x^a`.
fn split_power(expr: &Expr) -> (Expr, Expr) {
    match expr.kind() {
        Kind::Power(base, exponent) => match inverse_power(base, exponent) {
            Some(below) => (below, Expr::integer(-1)),
            None => (base.clone(), exponent.clone()),
        },
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

fn compare_powers(left: &Expr, right: &Expr) -> Ordering {
    let ((left_base, left_exponent), (right_base, right_exponent)) = (split_power(left), split_power(right));
    let tie = left.as_symbol().is_some() || right.as_symbol().is_some();
    degree_of(&left_exponent)
        .cmp(&degree_of(&right_exponent))
        .then_with(|| print_order(&left_base, &right_base))
        .then_with(|| if tie { Ordering::Equal } else { print_order(&left_exponent, &right_exponent) })
}

/// Exponents of one base: a number comes before all else, but `x^(a - 1)` before `x` and `x` before `x^(a + 1)`.
fn compare_exponents(left: &Expr, right: &Expr) -> Ordering {
    match (left.kind(), right.kind()) {
        (Kind::Number(_), Kind::Sum(sum)) if is_shifted_down(sum) => Ordering::Less,
        (Kind::Sum(sum), Kind::Number(_)) if is_shifted_down(sum) => Ordering::Greater,
        _ => print_order(left, right),
    }
}

/// Has the sum an integer constant of the opposite sign of its first term?
fn is_shifted_down(sum: &Sum) -> bool {
    let leading = printed_terms(sum).next().and_then(|term| term.coefficient.real_sign());
    let constant = sum.constant().to_integer().map(|constant| constant.signum());
    matches!((leading, constant), (Some(1), Some(-1)) | (Some(-1), Some(1)))
}

/// The degrees of the factors added up.
fn total_degree(product: &Product) -> &Rational {
    &printed(product).degree
}

/// A product beside a power or symbol: by degree, then the product's last factor decides.
fn compare_product_with(product: &Product, base: &Expr, degree: &Rational) -> Ordering {
    let by_degree = total_degree(product).cmp(degree);
    if by_degree.is_ne() {
        return by_degree;
    }
    let Some(smallest) = printed_factors(product).last() else { return Ordering::Greater };
    let (smallest_base, smallest_exponent) = split_factor(smallest);
    print_order(&smallest_base, base).then_with(|| degree.cmp(&smallest_exponent)).then(Ordering::Greater)
}

fn compare_products(left: &Product, right: &Product) -> Ordering {
    let by_degree = total_degree(left).cmp(total_degree(right));
    if by_degree.is_ne() {
        return by_degree;
    }
    for (a, b) in printed_factors(left).rev().zip(printed_factors(right).rev()) {
        if a.base.is_same(&b.base) && a.exponent == b.exponent {
            continue;
        }
        let ((a_base, a_exponent), (b_base, b_exponent)) = (split_factor(a), split_factor(b));
        let order = print_order(&a_base, &b_base).then_with(|| b_exponent.cmp(&a_exponent));
        if order.is_ne() {
            return order;
        }
    }
    left.factors()
        .len()
        .cmp(&right.factors().len())
        .then_with(|| compare_numbers(left.coefficient(), right.coefficient()))
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
        Some(term) => compare_term_with(term, other).then(Ordering::Greater),
        None => Ordering::Less,
    }
}

/// A term of a sum beside something that is no sum.
fn compare_term_with(term: &Term, other: &Expr) -> Ordering {
    let by_coefficient = || compare_numbers(&term.coefficient, &Number::ONE);
    let exact_one = term.coefficient.is_one();
    match (term.base.kind(), other.kind()) {
        // With a coefficient the symbol is a product, in which only the degree of the other power counts.
        (Kind::Symbol(_), Kind::Power(base, exponent)) if !exact_one => Rational::ONE
            .cmp(&degree_of(exponent))
            .then_with(|| print_order(&term.base, base))
            .then_with(by_coefficient),
        _ => print_order(&term.base, other).then_with(by_coefficient),
    }
}

/// An order of expressions.
type Comparison = fn(&Expr, &Expr) -> Ordering;

/// The order of the arguments of functions that are factors: powers by base first, so `sin(k^2)*sin(x)`.
fn argument_order(left: &Expr, right: &Expr) -> Ordering {
    match (left.kind(), right.kind()) {
        (Kind::Power(..), Kind::Power(..) | Kind::Symbol(_)) | (Kind::Symbol(_), Kind::Power(..)) => {
            let ((left_base, left_exponent), (right_base, right_exponent)) = (split_power(left), split_power(right));
            print_order(&left_base, &right_base).then_with(|| print_order(&left_exponent, &right_exponent))
        }
        _ => factor_order(left, right),
    }
}

/// The order of the bases of factors.
fn factor_order(left: &Expr, right: &Expr) -> Ordering {
    match (left.kind(), right.kind()) {
        (Kind::Call(f, xs), Kind::Call(g, ys)) if left.depth().max(right.depth()) <= DEEPEST => {
            class(left).cmp(&class(right)).then_with(|| compare_calls((f, xs), (g, ys), argument_order))
        }
        _ => print_order(left, right),
    }
}

fn compare_calls((f, xs): (&Function, &[Expr]), (g, ys): (&Function, &[Expr]), compare: Comparison) -> Ordering {
    let by_name = g.name().cmp(f.name());
    if by_name.is_ne() {
        return by_name;
    }
    if let (Function::Derivative(d), Function::Derivative(e)) = (f, g)
        && d.positions != e.positions
    {
        return e.positions.cmp(&d.positions);
    }
    // Of functions with one name that with fewer arguments comes first: `psi(x)` before `psi(1, x)`.
    let by_arity = ys.len().cmp(&xs.len());
    let arguments = || xs.iter().zip(ys).map(|(x, y)| compare(x, y)).find(|order| order.is_ne());
    by_arity.then_with(|| arguments().unwrap_or(Ordering::Equal))
}

/// Numbers by value; complex ones by real, then imaginary part.
fn compare_numbers(left: &Number, right: &Number) -> Ordering {
    left.print_cmp(right)
}
