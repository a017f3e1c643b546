//! Products by merging lists of factors that are canonical already, and sums of such products: what derivatives and
//! expansions make by the thousand.
//!
//! Two canonical products meet in few ways: equal bases add their exponents, exponentials join, and symbolic powers of
//! one base join. Where no join changes a factor's kind, the product is a merge of two sorted lists. Everything else is
//! left to the [`ProductBuilder`].

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::rc::Rc;

use super::{ProductBuilder, SumBuilder, has_floating_exponent, is_settled, primitive_part};
use crate::budget::Pace;
use crate::expr::node::{Expr, Factor, FactorList, Factors, Kind, Product, Term};
use crate::number::{Number, Rational};

/// A finite expression taken apart into a number and canonical factors.
#[derive(Clone)]
pub struct Monomial {
    coefficient: Number,
    factors: Own,
    /// Is one of the factors an exponential?
    exponential: bool,
    /// Has one of the factors a symbolic exponent?
    symbolic: bool,
}

#[derive(Clone)]
enum Own {
    None,
    One(Factor),
    Shared(Rc<Factors>),
}

impl Monomial {
    /// The parts of an expression; `None` for what is no finite value. A sum gives up its content, as in any product.
    pub fn of(expr: &Expr) -> Option<Monomial> {
        let (coefficient, factors) = match expr.kind() {
            Kind::Number(number) => (number.clone(), Own::None),
            Kind::Product(product) => (product.coefficient.clone(), Own::Shared(product.factors.clone())),
            Kind::Infinity(_) | Kind::Undefined(_) | Kind::Relation(..) => return None,
            Kind::Sum(sum) => match primitive_part(expr, sum, &Rational::ONE) {
                Some((content, primitive)) => (content, Own::One(Factor::first_power(primitive))),
                None => (Number::ONE, Own::One(Factor::first_power(expr.clone()))),
            },
            Kind::Symbol(_) | Kind::Constant(_) | Kind::Power(..) | Kind::Call(..) => {
                let (base, exponent) = expr.split_rational_power();
                (Number::ONE, Own::One(Factor { base, exponent }))
            }
        };
        let mut parts = Monomial { coefficient, factors, exponential: false, symbolic: false };
        (parts.exponential, parts.symbolic) = special_factors(parts.factors());
        Some(parts)
    }

    /// The number in front.
    pub fn coefficient(&self) -> &Number {
        &self.coefficient
    }

    /// The factors in canonical order.
    pub fn factors(&self) -> &[Factor] {
        match &self.factors {
            Own::None => &[],
            Own::One(only) => std::slice::from_ref(only),
            Own::Shared(shared) => &shared.list,
        }
    }

    /// The same with the bases replaced by equal ones.
    pub fn map_bases(&self, mut same: impl FnMut(&Expr) -> Expr) -> Monomial {
        let mut replaced = |factor: &Factor| Factor { base: same(&factor.base), exponent: factor.exponent.clone() };
        let factors = match &self.factors {
            Own::None => Own::None,
            Own::One(only) => Own::One(replaced(only)),
            Own::Shared(shared) => Own::Shared(Factors::new(shared.list.iter().map(replaced).collect())),
        };
        Monomial { coefficient: self.coefficient.clone(), factors, ..*self }
    }
}

impl Factor {
    fn first_power(base: Expr) -> Factor {
        Factor { base, exponent: Rational::ONE }
    }
}

/// Do exponentials and symbolic powers occur among the factors?
fn special_factors(factors: &[Factor]) -> (bool, bool) {
    factors.iter().fold((false, false), |(exponential, symbolic), factor| match factor.base.kind() {
        Kind::Call(..) => (exponential || factor.base.exp_argument().is_some(), symbolic),
        Kind::Power(..) => (exponential, true),
        _ => (exponential, symbolic),
    })
}

/// A factor list with one factor taken to another power, or left out where that power is zero.
#[derive(Clone, Copy)]
pub struct Changed<'f> {
    /// The factors in canonical order.
    pub factors: &'f [Factor],
    /// Which factor is changed, and its new exponent.
    pub change: Option<(usize, &'f Rational)>,
}

impl<'f> Changed<'f> {
    /// The list as it stands.
    pub fn nowhere(factors: &'f [Factor]) -> Changed<'f> {
        Changed { factors, change: None }
    }

    /// The product.
    pub fn to_expr(self) -> Expr {
        Expr::product(self.iter().map(|(base, exponent)| base.power_rational(exponent)))
    }

    fn special(self) -> (bool, bool) {
        match self.change {
            Some((index, exponent)) if exponent.is_zero() => {
                let (before, after) = self.factors.split_at(index.min(self.factors.len()));
                let (a, b) = (special_factors(before), special_factors(after.get(1..).unwrap_or_default()));
                (a.0 || b.0, a.1 || b.1)
            }
            _ => special_factors(self.factors),
        }
    }

    /// The factors that are left, with their exponents.
    fn iter(self) -> impl Iterator<Item = (&'f Expr, &'f Rational)> {
        self.factors.iter().enumerate().filter_map(move |(index, factor)| match self.change {
            Some((changed, exponent)) if changed == index => (!exponent.is_zero()).then_some((&factor.base, exponent)),
            _ => Some((&factor.base, &factor.exponent)),
        })
    }

    fn is_settled(self) -> bool {
        let Some((index, exponent)) = self.change else { return true };
        exponent.is_zero()
            || self
                .factors
                .get(index)
                .is_none_or(|factor| is_settled(&Factor { base: factor.base.clone(), exponent: exponent.clone() }))
    }
}

/// Merges two canonical lists into an empty one. Answers whether the result is canonical; if not it is of no use.
fn merge(left: Changed<'_>, right: &Monomial, into: &mut FactorList) -> bool {
    let (exponential, symbolic) = match (right.exponential, right.symbolic) {
        (false, false) => (false, false),
        _ => left.special(),
    };
    if (exponential && right.exponential) || (symbolic && right.symbolic) || !left.is_settled() {
        return false;
    }
    let mut others = right.factors().iter().peekable();
    for (base, exponent) in left.iter() {
        while let Some(other) = others.next_if(|other| other.base.canonical_cmp(base) == Ordering::Less) {
            into.push(other.clone());
        }
        let Some(equal) = others.next_if(|other| other.base == *base) else {
            into.push(Factor { base: base.clone(), exponent: exponent.clone() });
            continue;
        };
        let exponent = exponent + &equal.exponent;
        if exponent.is_zero() {
            continue;
        }
        let factor = Factor { base: base.clone(), exponent };
        if !is_settled(&factor) {
            return false;
        }
        into.push(factor);
    }
    into.extend(others.cloned());
    true
}

/// The product of two expressions where a merge of their factors gives it.
pub(super) fn quick_product(left: &Expr, right: &Expr) -> Option<Expr> {
    let plain = |expr: &Expr| {
        matches!(expr.kind(), Kind::Symbol(_) | Kind::Constant(_) | Kind::Power(..) | Kind::Call(..) | Kind::Product(_))
    };
    if !plain(left) || !plain(right) {
        return None;
    }
    let (left, right) = (Monomial::of(left)?, Monomial::of(right)?);
    if left.factors().iter().chain(right.factors()).any(has_floating_exponent) {
        return None;
    }
    let mut factors = FactorList::new();
    if !merge(Changed::nowhere(left.factors()), &right, &mut factors) {
        return None;
    }
    Some(Expr::from_factors(&left.coefficient * &right.coefficient, Factors::new(factors)))
}

/// Passes hashes through: the keys are spread already.
#[derive(Default)]
pub struct PassHasher(u64);

impl Hasher for PassHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |state, byte| state.wrapping_mul(0x0100_0000_01b3) ^ u64::from(*byte));
    }

    fn write_u32(&mut self, word: u32) {
        self.write_usize(word as usize);
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = self.0.rotate_left(5) ^ word;
    }

    fn write_usize(&mut self, word: usize) {
        // Addresses differ in their middle bits; the table wants them at both ends.
        let spread = (self.0.rotate_left(5) ^ word as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = spread ^ (spread >> 32);
    }
}

/// A table whose keys are hashes, expressions or addresses.
pub type PassMap<K, V> = HashMap<K, V, BuildHasherDefault<PassHasher>>;

/// A sum of products, like ones found by a table before they are made.
#[derive(Default)]
pub struct ProductSum {
    sum: SumBuilder,
    /// Where the term with factors of a hash stands.
    places: PassMap<u64, usize>,
    scratch: FactorList,
    pace: Pace,
}

impl ProductSum {
    /// An empty sum.
    pub fn new() -> ProductSum {
        ProductSum::default()
    }

    /// Adds a number times an expression.
    pub fn add_scaled(&mut self, part: &Expr, factor: &Number) {
        match part.kind() {
            // A number times one factor is no product without the number.
            Kind::Product(product) if product.factors().len() > 1 => {
                self.add_shared(&product.factors, &(&product.coefficient * factor));
            }
            _ => self.sum.add_scaled(part, factor),
        }
    }

    /// Adds a number times factors times what was taken apart.
    pub fn add_product(&mut self, factor: &Number, left: Changed<'_>, right: &Monomial) {
        self.pace.step();
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        if merge(left, right, &mut scratch) {
            self.add_factors(&mut scratch, &(factor * &right.coefficient));
        } else {
            self.add_slowly(factor, left, right);
        }
        self.scratch = scratch;
    }

    fn add_slowly(&mut self, factor: &Number, left: Changed<'_>, right: &Monomial) {
        let mut product = ProductBuilder::new();
        product.multiply(&Expr::number(factor * &right.coefficient));
        for (base, exponent) in left.iter() {
            product.multiply(&base.power_rational(exponent));
        }
        for other in right.factors() {
            product.multiply(&other.to_expr());
        }
        self.add_scaled(&product.finish(), &Number::ONE);
    }

    fn add_factors(&mut self, factors: &mut FactorList, coefficient: &Number) {
        match factors.as_slice() {
            [] => self.sum.add_number(coefficient),
            [only] => self.sum.add_scaled(&only.to_expr(), coefficient),
            _ => {
                let hash = Factors::hash_of(factors).0;
                if !self.meets(hash, factors, coefficient) {
                    self.push(hash, Factors::new(factors.drain(..).collect()), coefficient);
                }
            }
        }
    }

    fn add_shared(&mut self, factors: &Rc<Factors>, coefficient: &Number) {
        if !self.meets(factors.hash, &factors.list, coefficient) {
            self.push(factors.hash, factors.clone(), coefficient);
        }
    }

    /// Adds the coefficient to that of a like term, if there is one.
    fn meets(&mut self, hash: u64, factors: &[Factor], coefficient: &Number) -> bool {
        let Some(term) = self.places.get(&hash).and_then(|place| self.sum.terms.get_mut(*place)) else { return false };
        let like = matches!(term.base.kind(), Kind::Product(product) if product.factors.list.as_slice() == factors);
        if like {
            term.coefficient = &term.coefficient + coefficient;
        }
        like
    }

    fn push(&mut self, hash: u64, factors: Rc<Factors>, coefficient: &Number) {
        self.places.insert(hash, self.sum.terms.len());
        let base = Expr::from_kind(Kind::Product(Product { coefficient: Number::ONE, factors }));
        self.sum.terms.push(Term { base, coefficient: coefficient.clone() });
    }

    /// The sum.
    pub fn finish(self) -> Expr {
        self.sum.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::read;

    fn samples() -> Vec<Expr> {
        let texts = [
            "x",
            "x^2",
            "1/x",
            "sqrt(x)",
            "x^(3/2)",
            "x^a",
            "x^(-2*a)",
            "exp(x)",
            "exp(-x)",
            "3*exp(x)*y",
            "sqrt(2)",
            "2^x",
            "4^x",
            "2^(1/3)*x",
            "sqrt(6)*sqrt(x)",
            "abs(x)",
            "abs(x)^3",
            "sqrt(x + 1)",
            "(x + 1)^2",
            "1/(x + 1)",
            "(2*x + 2)^(1/2)",
            "I*x",
            "-5/3*x*y^2",
            "sin(x)/y",
            "pi*sin(x)^2",
            "(x^a)^(1/2)",
            "sqrt(x*y)",
            "e",
            "e^2*x",
        ];
        texts.iter().map(|text| read(text).expect(text)).collect()
    }

    fn built(parts: &[&Expr]) -> Expr {
        let mut builder = ProductBuilder::new();
        parts.iter().for_each(|part| builder.multiply(part));
        builder.finish()
    }

    #[test]
    fn merged_products_are_those_of_the_builder() {
        let samples = samples();
        for a in &samples {
            for b in &samples {
                let expected = built(&[a, b]);
                assert_eq!(a * b, expected, "{a:?} * {b:?}");
                if let Some(product) = quick_product(a, b) {
                    assert_eq!(product, expected, "{a:?} * {b:?}");
                }
            }
        }
    }

    #[test]
    fn sums_of_merged_products_are_those_of_the_builder() {
        let samples = samples();
        for a in &samples {
            let (mut quick, mut plain) = (ProductSum::new(), SumBuilder::new());
            let left = Monomial::of(a).expect("finite");
            for (b, factor) in samples.iter().zip(1..) {
                let right = Monomial::of(b).expect("finite");
                let factor = &Number::from(factor) * left.coefficient();
                for sign in [1, 1, -1] {
                    let factor = &factor * &Number::from(sign);
                    quick.add_product(&factor, Changed::nowhere(left.factors()), &right);
                    plain.add_scaled(&built(&[a, b]), &(&factor * &left.coefficient().recip().expect("not zero")));
                }
            }
            assert_eq!(quick.finish(), plain.finish(), "{a:?}");
        }
    }
}
