//! The constructors: the only way to make a node, and so the keepers of the canonical form.
//!
//! They flatten, collect like terms and like powers, fold numbers and take out numeric content; nothing that may be
//! expensive or wrong. The rules are Pynac's as Sage shows them: a number times a sum is multiplied out, a sum inside
//! a product or integer power gives up its numeric content and the sign of its first printed term.

mod fractional;
mod monomial;
mod number_power;
mod operate;
mod polynomial;
mod powers;
mod spread;

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::rc::Rc;

use smallvec::smallvec;

pub use monomial::{Changed, Monomial, PassHasher, PassMap, ProductSum};
pub use polynomial::PolynomialWriter;

use fractional::{
    exponents_join, fractional_power_of_power, fractional_power_of_product, fractional_power_of_sum, is_square_of_real,
    primitive_part, real_modulus,
};

use super::function::{self, Function};
use super::node::{
    Constant, Expr, Factor, FactorList, Factors, Infinity, Kind, Product, Relation, Sum, Term, Undefined,
};
use super::symbol::Symbol;
use crate::number::{Number, Rational};

/// Integers from minus this on are shared.
const SMALLEST_SHARED: i64 = 32;

thread_local! {
    /// The small integers, of which exponents are full, each made when it is first asked for.
    static SHARED: [OnceCell<Expr>; 1280] = const { [const { OnceCell::new() }; 1280] };
}

impl Expr {
    /// A number.
    pub fn number(value: impl Into<Number>) -> Expr {
        Expr::from_kind(Kind::Number(value.into()))
    }

    /// A machine integer; small ones are shared.
    pub fn integer(value: i64) -> Expr {
        let place = usize::try_from(value.wrapping_add(SMALLEST_SHARED)).unwrap_or(usize::MAX);
        let number = || Expr::number(Number::from(value));
        let shared = SHARED.try_with(|shared| shared.get(place).map(|cell| cell.get_or_init(number).clone()));
        shared.ok().flatten().unwrap_or_else(number)
    }

    /// A fraction of machine integers; undefined when the denominator is zero.
    pub fn fraction(numerator: i64, denominator: i64) -> Expr {
        Rational::fraction(numerator, denominator)
            .map_or_else(|| Expr::undefined(Undefined::DivisionByZero), Expr::number)
    }

    /// Zero.
    pub fn zero() -> Expr {
        Expr::integer(0)
    }

    /// One.
    pub fn one() -> Expr {
        Expr::integer(1)
    }

    /// The imaginary unit.
    pub fn i() -> Expr {
        Expr::number(Number::i())
    }

    /// The circle's constant.
    pub fn pi() -> Expr {
        Expr::constant(Constant::Pi)
    }

    /// Euler's number, `exp(1)`.
    pub fn e() -> Expr {
        Expr::from_kind(Kind::Call(Function::Elementary(&function::EXP), Rc::new([Expr::one()])))
    }

    /// A variable.
    pub fn symbol(symbol: Symbol) -> Expr {
        Expr::from_kind(Kind::Symbol(symbol))
    }

    /// The variable with this name.
    pub fn variable(name: &str) -> Expr {
        Expr::symbol(Symbol::new(name))
    }

    /// A named constant.
    pub fn constant(constant: Constant) -> Expr {
        Expr::from_kind(Kind::Constant(constant))
    }

    /// An infinity.
    pub fn infinity(infinity: Infinity) -> Expr {
        Expr::from_kind(Kind::Infinity(infinity))
    }

    /// What has no value.
    pub fn undefined(reason: Undefined) -> Expr {
        Expr::from_kind(Kind::Undefined(reason))
    }

    /// An equation or inequality; nothing is decided.
    pub fn relation(relation: Relation, left: Expr, right: Expr) -> Expr {
        Expr::from_kind(Kind::Relation(relation, left, right))
    }

    /// The sum of expressions.
    pub fn sum(parts: impl IntoIterator<Item = Expr>) -> Expr {
        let mut builder = SumBuilder::new();
        for part in parts {
            builder.add(&part);
        }
        builder.finish()
    }

    /// The product of expressions.
    pub fn product(parts: impl IntoIterator<Item = Expr>) -> Expr {
        let mut builder = ProductBuilder::new();
        for part in parts {
            builder.multiply(&part);
        }
        builder.finish()
    }

    /// The expression times a number.
    pub fn scale(&self, factor: &Number) -> Expr {
        if factor.is_one() {
            return self.clone();
        }
        match self.kind() {
            Kind::Number(number) if number.is_zero() => self.clone(),
            Kind::Number(_) if factor.is_zero() => Expr::number(factor.clone()),
            Kind::Number(number) => Expr::number(number * factor),
            Kind::Product(product) if !factor.is_zero() => {
                Expr::from_factors(product.coefficient() * factor, product.factors.clone())
            }
            Kind::Sum(sum) if !factor.is_zero() => {
                let terms =
                    sum.terms.iter().map(|t| Term { base: t.base.clone(), coefficient: &t.coefficient * factor });
                finish_sum(sum.constant() * factor, terms.filter(|t| !t.coefficient.is_zero()).collect())
            }
            Kind::Infinity(_) | Kind::Undefined(_) | Kind::Product(_) | Kind::Sum(_) => {
                Expr::product([Expr::number(factor.clone()), self.clone()])
            }
            Kind::Relation(relation, left, right) => {
                super::relation::scale(*relation, left, right, &Expr::number(factor.clone()))
            }
            Kind::Symbol(_) | Kind::Constant(_) | Kind::Power(..) | Kind::Call(..) => {
                if factor.is_zero() {
                    return Expr::number(factor.clone());
                }
                let (base, exponent) = self.split_rational_power();
                let factors = Factors::new(smallvec![Factor { base, exponent }]);
                Expr::from_kind(Kind::Product(Product { coefficient: factor.clone(), factors }))
            }
        }
    }

    /// Base and rational exponent: `(x, 2)` for `x^2`, `(x^a, 1)` for `x^a`.
    pub(super) fn split_rational_power(&self) -> (Expr, Rational) {
        if let Kind::Power(base, exponent) = self.kind()
            && let Kind::Number(Number::Rational(q)) = exponent.kind()
        {
            return (base.clone(), q.clone());
        }
        (self.clone(), Rational::ONE)
    }

    /// The expression without its numeric coefficient, and the coefficient.
    pub fn split_coefficient(&self) -> (Expr, Number) {
        match self.kind() {
            Kind::Product(product) if !product.coefficient().is_one() => {
                (product.without_coefficient(), product.coefficient().clone())
            }
            Kind::Number(number) => (Expr::one(), number.clone()),
            _ => (self.clone(), Number::ONE),
        }
    }

    /// The expression to a power.
    pub fn power(&self, exponent: &Expr) -> Expr {
        match exponent.kind() {
            Kind::Number(Number::Rational(q)) => self.power_rational(q),
            Kind::Undefined(_) => exponent.clone(),
            Kind::Infinity(_) if self.is_e() => function::exp(exponent),
            Kind::Infinity(_) => power_to_infinity(self, exponent),
            _ => self.power_general(exponent),
        }
    }

    /// The expression to a machine power.
    pub fn powi(&self, exponent: i64) -> Expr {
        self.power_rational(&Rational::from(exponent))
    }

    /// The principal square root.
    pub fn sqrt(&self) -> Expr {
        self.power_rational(&Rational::HALF)
    }

    /// One over the expression.
    pub fn recip(&self) -> Expr {
        self.powi(-1)
    }

    /// The expression to a rational power.
    pub fn power_rational(&self, exponent: &Rational) -> Expr {
        if exponent.is_one() {
            return self.clone();
        }
        match self.kind() {
            Kind::Undefined(_) => self.clone(),
            Kind::Number(base) if !base.is_exact() => number_power::power(base, exponent),
            _ if exponent.is_zero() => Expr::one(),
            Kind::Number(base) => number_power::power(base, exponent),
            Kind::Infinity(infinity) => infinite_power(*infinity, exponent),
            Kind::Relation(relation, left, right) => {
                Expr::relation(*relation, left.power_rational(exponent), right.power_rational(exponent))
            }
            _ if exponent.is_integer() => {
                let mut builder = ProductBuilder::new();
                builder.multiply_power(self, exponent);
                builder.finish()
            }
            Kind::Power(base, inner) => fractional_power_of_power(self, base, inner, exponent),
            Kind::Product(product) => fractional_power_of_product(product, exponent),
            Kind::Sum(sum) => fractional_power_of_sum(self, sum, exponent),
            Kind::Symbol(_) | Kind::Constant(_) | Kind::Call(..) => self.fractional_power_of_atom(exponent),
        }
    }

    fn fractional_power_of_atom(&self, exponent: &Rational) -> Expr {
        if let Some(argument) = self.exp_argument()
            && super::assume::is_real(argument).is_yes()
        {
            return function::exp(&argument.scale(&Number::from(exponent.clone())));
        }
        Expr::raw_power(self, exponent)
    }

    /// A power whose exponent is no rational number.
    fn power_general(&self, exponent: &Expr) -> Expr {
        match self.kind() {
            Kind::Undefined(_) => self.clone(),
            Kind::Number(base) if base.is_one() && base.is_exact() => self.clone(),
            Kind::Number(base) if let Kind::Number(power) = exponent.kind() => number_power::inexact(base, power),
            Kind::Number(base) if *base == Number::from(-1) && super::assume::is_even(exponent).is_yes() => Expr::one(),
            Kind::Power(base, inner)
                if base.as_rational().is_some_and(|q| q.signum() > 0) && inner.as_rational().is_some() =>
            {
                base.power(&(inner * exponent))
            }
            _ if self.is_e() => function::exp(exponent),
            _ if exponent.is_zero() => Expr::one(),
            _ if let Kind::Number(Number::Real(_)) = exponent.kind() => self.floating_power(exponent),
            _ => Expr::from_kind(Kind::Power(self.clone(), exponent.clone())),
        }
    }

    /// The argument when the expression is `exp(...)`.
    pub fn exp_argument(&self) -> Option<&Expr> {
        match self.kind() {
            Kind::Call(f, arguments) if f.is(&function::EXP) => arguments.first(),
            _ => None,
        }
    }

    /// Is it Euler's number?
    pub fn is_e(&self) -> bool {
        self.exp_argument().is_some_and(Expr::is_one)
    }

    /// A function applied to arguments, with its exact value where the function's record gives one.
    pub fn call(function: Function, arguments: Vec<Expr>) -> Expr {
        if let Some(undefined) = arguments.iter().find(|a| matches!(a.kind(), Kind::Undefined(_))) {
            return undefined.clone();
        }
        let simple = match &function {
            Function::Elementary(record) => record.value(&arguments),
            Function::Formal(_) | Function::Derivative(_) => None,
        };
        simple.unwrap_or_else(|| Expr::held(function, arguments))
    }

    /// A function applied to arguments, nothing evaluated.
    pub fn held(function: Function, arguments: Vec<Expr>) -> Expr {
        Expr::from_kind(Kind::Call(function, arguments.into()))
    }

    /// The number, if the expression is one.
    pub fn as_number(&self) -> Option<&Number> {
        match self.kind() {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The rational number, if the expression is one.
    pub fn as_rational(&self) -> Option<&Rational> {
        self.as_number().and_then(Number::as_rational)
    }

    /// The symbol, if the expression is one.
    pub fn as_symbol(&self) -> Option<Symbol> {
        match self.kind() {
            Kind::Symbol(symbol) => Some(*symbol),
            _ => None,
        }
    }

    /// The integer, if the expression is one that fits a machine word.
    pub fn to_i64(&self) -> Option<i64> {
        self.as_rational().and_then(Rational::to_i64)
    }

    /// Is it the number zero?
    pub fn is_zero(&self) -> bool {
        self.as_number().is_some_and(Number::is_zero)
    }

    /// Is it the exact number one?
    pub fn is_one(&self) -> bool {
        self.as_number().is_some_and(Number::is_one)
    }

    /// Is it without a value?
    pub fn is_undefined(&self) -> bool {
        matches!(self.kind(), Kind::Undefined(_))
    }
}

/// Collects the parts of a sum.
pub struct SumBuilder {
    constant: Number,
    terms: Vec<Term>,
    /// An infinity or undefined part, which absorbs the rest.
    absorbed: Option<Expr>,
    relations: Vec<Expr>,
}

impl Default for SumBuilder {
    fn default() -> SumBuilder {
        SumBuilder::new()
    }
}

impl SumBuilder {
    /// An empty sum.
    pub fn new() -> SumBuilder {
        SumBuilder { constant: Number::ZERO, terms: Vec::new(), absorbed: None, relations: Vec::new() }
    }

    /// Adds an expression.
    pub fn add(&mut self, part: &Expr) {
        self.add_scaled(part, &Number::ONE);
    }

    /// A floating zero adds nothing, not even its inexactness, as in Sage.
    fn add_number(&mut self, number: &Number) {
        if self.constant.is_zero() {
            if !number.is_zero() {
                self.constant = number.clone();
            }
        } else if !number.is_zero() {
            self.constant = &self.constant + number;
        }
    }

    /// Adds a number times an expression.
    pub fn add_scaled(&mut self, part: &Expr, factor: &Number) {
        match part.kind() {
            Kind::Number(number) => self.add_number(&(number * factor)),
            Kind::Sum(sum) => self.add_sum(sum, factor),
            Kind::Product(product) => {
                let coefficient = product.coefficient() * factor;
                let base = product.without_coefficient();
                self.terms.push(Term { base, coefficient });
            }
            Kind::Infinity(_) | Kind::Undefined(_) => self.absorb(part.scale(factor)),
            Kind::Relation(..) => self.relations.push(part.scale(factor)),
            Kind::Symbol(_) | Kind::Constant(_) | Kind::Power(..) | Kind::Call(..) => {
                self.terms.push(Term { base: part.clone(), coefficient: factor.clone() });
            }
        }
    }

    fn add_sum(&mut self, sum: &Sum, factor: &Number) {
        self.add_number(&(sum.constant() * factor));
        let scaled = |term: &Term| match factor.is_one() {
            true => term.clone(),
            false => Term { base: term.base.clone(), coefficient: &term.coefficient * factor },
        };
        self.terms.extend(sum.terms.iter().map(scaled));
    }

    /// An infinity swallows what is finite; opposite ones leave nothing defined.
    fn absorb(&mut self, part: Expr) {
        self.absorbed = Some(match (self.absorbed.take(), part.kind()) {
            (None, _) => part,
            (Some(old), _) if old.is_undefined() => old,
            (Some(old), Kind::Infinity(Infinity::Positive | Infinity::Negative)) if old == part => old,
            (Some(_), Kind::Undefined(_)) => part,
            (Some(_), _) => Expr::undefined(Undefined::InfinityMinusInfinity),
        });
    }

    /// The sum.
    pub fn finish(mut self) -> Expr {
        if !self.relations.is_empty() {
            return super::relation::sum(std::mem::take(&mut self.relations), self.finish());
        }
        if let Some(absorbing) = self.absorbed {
            return absorbing;
        }
        collect_terms(&mut self.terms);
        finish_sum(self.constant, self.terms)
    }
}

/// Sorts terms canonically and adds the coefficients of equal bases.
fn collect_terms(terms: &mut Vec<Term>) {
    spread::sort_terms(terms);
    terms.dedup_by(|later, earlier| {
        let equal = later.base == earlier.base;
        if equal {
            earlier.coefficient = &earlier.coefficient + &later.coefficient;
        }
        equal
    });
    terms.retain(|term| !term.coefficient.is_zero());
}

/// A sum from its constant and canonical terms.
fn finish_sum(constant: Number, terms: Vec<Term>) -> Expr {
    let constant = if constant.is_zero() && !terms.is_empty() { Number::ZERO } else { constant };
    match terms.as_slice() {
        [] => Expr::number(constant),
        [only] if constant.is_zero() => only.to_expr(),
        _ => Expr::from_kind(Kind::Sum(Sum {
            constant,
            terms: terms.into_boxed_slice(),
            printed: Default::default(),
            primitive: Default::default(),
        })),
    }
}

/// Collects the parts of a product.
pub struct ProductBuilder {
    coefficient: Number,
    factors: FactorList,
    /// The arguments of exponentials, which add up.
    exponents: Vec<Expr>,
    absorbed: Option<Expr>,
    relations: Vec<Expr>,
}

impl Default for ProductBuilder {
    fn default() -> ProductBuilder {
        ProductBuilder::new()
    }
}

impl ProductBuilder {
    /// An empty product.
    pub fn new() -> ProductBuilder {
        ProductBuilder {
            coefficient: Number::ONE,
            factors: FactorList::new(),
            exponents: Vec::new(),
            absorbed: None,
            relations: Vec::new(),
        }
    }

    /// Multiplies by an expression.
    pub fn multiply(&mut self, part: &Expr) {
        match part.kind() {
            // A zero stays as it is, exact or floating, as in Sage.
            Kind::Number(_) if self.coefficient.is_zero() => {}
            Kind::Number(number) if number.is_zero() => self.coefficient = number.clone(),
            Kind::Number(number) => self.coefficient = &self.coefficient * number,
            Kind::Relation(..) => self.relations.push(part.clone()),
            Kind::Product(product) => {
                self.coefficient = &self.coefficient * product.coefficient();
                self.extend(product);
            }
            _ => self.multiply_power(part, &Rational::ONE),
        }
    }

    /// Takes over the factors of a canonical product.
    fn extend(&mut self, product: &Product) {
        for factor in product.factors() {
            match factor.base.exp_argument() {
                Some(argument) if factor.exponent.is_one() => self.exponents.push(argument.clone()),
                _ => self.factors.push(factor.clone()),
            }
        }
    }

    /// Multiplies by an expression to an integer power.
    fn multiply_power(&mut self, part: &Expr, exponent: &Rational) {
        match part.kind() {
            Kind::Number(number) => self.multiply(&number_power::power(number, exponent)),
            Kind::Product(product) => {
                self.multiply(&number_power::power(product.coefficient(), exponent));
                for factor in product.factors() {
                    self.multiply_factor(&factor.base, &factor.exponent, exponent);
                }
            }
            Kind::Power(base, inner) => match inner.as_rational() {
                Some(inner) => self.multiply_factor(base, inner, exponent),
                None => self.multiply_factor(part, &Rational::ONE, exponent),
            },
            Kind::Infinity(infinity) => self.absorb(infinite_power(*infinity, exponent)),
            Kind::Undefined(_) => self.absorb(part.clone()),
            _ => self.multiply_factor(part, &Rational::ONE, exponent),
        }
    }

    /// Multiplies by `(base^inner)^outer` for an integer `outer` and a base that is no product.
    fn multiply_factor(&mut self, base: &Expr, inner: &Rational, outer: &Rational) {
        let exponent = inner * outer;
        match base.kind() {
            Kind::Sum(sum) if exponent.is_integer() => match primitive_part(base, sum, &exponent) {
                Some((content, primitive)) => {
                    self.multiply(&number_power::power(&content, &exponent));
                    self.factors.push(Factor { base: primitive, exponent });
                }
                None => self.factors.push(Factor { base: base.clone(), exponent }),
            },
            Kind::Call(..) if exponent.is_integer() && base.exp_argument().is_some() => {
                let argument = base.exp_argument().map(|a| a.scale(&Number::from(exponent)));
                self.exponents.extend(argument);
            }
            Kind::Call(..) if let Some(inside) = real_modulus(base, &exponent) => {
                self.multiply(&inside.power_rational(&exponent));
            }
            _ => self.factors.push(Factor { base: base.clone(), exponent }),
        }
    }

    /// An infinity meets the rest of the product: its sign is kept while the sign of the rest is known.
    fn absorb(&mut self, part: Expr) {
        let product = match (self.absorbed.take(), part.kind()) {
            (None, _) => part,
            (Some(old), _) if old.is_undefined() => old,
            (Some(_), Kind::Undefined(_)) => part,
            (Some(old), Kind::Infinity(new)) => match old.kind() {
                Kind::Infinity(old) => Expr::infinity(infinity_product(*old, *new)),
                _ => part,
            },
            (Some(old), _) => old,
        };
        self.absorbed = Some(product);
    }

    /// The product.
    pub fn finish(mut self) -> Expr {
        if !self.relations.is_empty() {
            return super::relation::product(std::mem::take(&mut self.relations), self.finish());
        }
        if let Some(absorbing) = self.absorbed.take() {
            return self.finish_absorbed(&absorbing);
        }
        self.collect_exponentials();
        self.split_symbolic_powers();
        self.join_floating_powers();
        while self.collect_factors() {}
        // Powers that were folded meanwhile may have no value, or one that is too large.
        if let Some(absorbing) = self.absorbed.take() {
            return self.finish_absorbed(&absorbing);
        }
        if self.coefficient.is_zero() {
            return Expr::number(self.coefficient);
        }
        Expr::from_factors(self.coefficient, Factors::new(self.factors))
    }

    /// An infinity times what is left: signed where the sign of the rest is known.
    fn finish_absorbed(self, absorbing: &Expr) -> Expr {
        let Kind::Infinity(infinity) = absorbing.kind() else { return absorbing.clone() };
        let infinity = *infinity;
        let finite = ProductBuilder { absorbed: None, ..self }.finish();
        if finite.is_zero() {
            return Expr::undefined(Undefined::ZeroTimesInfinity);
        }
        match super::assume::sign(&finite) {
            Some(Ordering::Greater) => absorbing.clone(),
            Some(Ordering::Less) => Expr::infinity(infinity_product(infinity, Infinity::Negative)),
            Some(Ordering::Equal) => Expr::undefined(Undefined::ZeroTimesInfinity),
            None if infinity == Infinity::Unsigned => absorbing.clone(),
            None => Expr::undefined(Undefined::AtInfinity),
        }
    }

    /// Multiplies the exponentials into one.
    fn collect_exponentials(&mut self) {
        if self.exponents.is_empty() {
            return;
        }
        let combined = function::exp(&Expr::sum(std::mem::take(&mut self.exponents)));
        match combined.kind() {
            Kind::Call(..) => self.factors.push(Factor { base: combined, exponent: Rational::ONE }),
            _ => {
                self.multiply(&combined);
                self.collect_exponentials();
            }
        }
    }

    /// Reads `x^(-2*a)` as `(x^a)^(-2)`, so that it meets `x^a`.
    fn split_symbolic_powers(&mut self) {
        for factor in &mut self.factors {
            let Kind::Power(base, exponent) = factor.base.kind() else { continue };
            // Only an integer power may join the exponent: `(x^2)^(1/2)` is no `x`.
            if !factor.exponent.is_integer() {
                continue;
            }
            let (rest, coefficient) = exponent.split_coefficient();
            if let Some(times) = coefficient.as_rational().filter(|q| q.is_integer() && !q.is_one()) {
                let exponent = &factor.exponent * times;
                *factor = Factor { base: base.power(&rest), exponent };
            }
        }
    }

    /// Adds floating exponents to those of the same base.
    fn join_floating_powers(&mut self) {
        if !self.factors.iter().any(has_floating_exponent) {
            return;
        }
        let (floating, others) = std::mem::take(&mut self.factors).into_iter().partition(has_floating_exponent);
        self.factors = others;
        let floating: FactorList = floating;
        for factor in floating {
            let Kind::Power(base, inner) = factor.base.kind() else { continue };
            let mut exponent = inner.scale(&Number::from(factor.exponent.clone()));
            self.factors.retain(|other| {
                let joins = match other.base.kind() {
                    Kind::Power(same, more) if same == base && has_floating_exponent(other) => {
                        Some(more.scale(&Number::from(other.exponent.clone())))
                    }
                    _ if other.base == *base => Some(Expr::number(other.exponent.clone())),
                    _ => None,
                };
                if let Some(more) = &joins {
                    exponent = &exponent + more;
                }
                joins.is_none()
            });
            if !exponent.is_zero() {
                let base = Expr::from_kind(Kind::Power(base.clone(), exponent));
                self.factors.push(Factor { base, exponent: Rational::ONE });
            }
        }
    }

    /// Sorts the factors, adds the exponents of equal bases and folds what became a number. Answers whether a base
    /// changed, so that the factors have to be collected again.
    fn collect_factors(&mut self) -> bool {
        self.factors.sort_by(|a, b| a.base.canonical_cmp(&b.base));
        let mut merged = false;
        self.factors.dedup_by(|later, earlier| {
            let equal = later.base == earlier.base;
            if equal {
                earlier.exponent = &earlier.exponent + &later.exponent;
                merged = true;
            }
            equal
        });
        self.factors.retain(|factor| !factor.exponent.is_zero());
        if self.factors.iter().all(is_settled) {
            return false;
        }
        let (settled, open): (FactorList, FactorList) =
            std::mem::take(&mut self.factors).into_iter().partition(is_settled);
        self.factors = settled;
        for factor in &open {
            self.resettle(factor);
        }
        !open.is_empty()
    }

    /// Rebuilds a factor that merging left uncanonical.
    fn resettle(&mut self, factor: &Factor) {
        match factor.base.kind() {
            Kind::Power(base, inner) if factor.exponent.is_integer() => {
                let power = base.power(&inner.scale(&Number::from(factor.exponent.clone())));
                self.multiply(&power);
            }
            Kind::Number(base) => self.multiply(&number_power::power(base, &factor.exponent)),
            Kind::Sum(_) => self.multiply_factor(&factor.base, &factor.exponent, &Rational::ONE),
            _ => self.multiply(&factor.base.power_rational(&factor.exponent)),
        }
    }
}

/// Is it an integer power of a power with a floating exponent?
fn has_floating_exponent(factor: &Factor) -> bool {
    let floating = |exponent: &Expr| matches!(exponent.kind(), Kind::Number(Number::Real(_)));
    factor.exponent.is_integer() && matches!(factor.base.kind(), Kind::Power(_, exponent) if floating(exponent))
}

/// Is the factor canonical as it stands?
fn is_settled(factor: &Factor) -> bool {
    match factor.base.kind() {
        Kind::Number(base) => number_power::is_canonical(base, &factor.exponent),
        Kind::Power(base, inner) => {
            factor.exponent.is_one()
                || (!factor.exponent.is_integer() && !exponents_join(base, inner) && !is_square_of_real(base, inner))
        }
        Kind::Product(_) => !factor.exponent.is_integer(),
        Kind::Sum(sum) if factor.exponent.is_integer() => primitive_part(&factor.base, sum, &factor.exponent).is_none(),
        Kind::Call(..) if factor.base.exp_argument().is_some() => {
            factor.exponent.is_one() || !factor.exponent.is_integer()
        }
        Kind::Call(..) => real_modulus(&factor.base, &factor.exponent).is_none(),
        _ => true,
    }
}

/// The sign rule of infinities.
fn infinity_product(left: Infinity, right: Infinity) -> Infinity {
    match (left, right) {
        (Infinity::Unsigned, _) | (_, Infinity::Unsigned) => Infinity::Unsigned,
        (a, b) if a == b => Infinity::Positive,
        _ => Infinity::Negative,
    }
}

fn infinite_power(infinity: Infinity, exponent: &Rational) -> Expr {
    if exponent.is_negative() {
        return Expr::zero();
    }
    match infinity {
        Infinity::Negative => match exponent.to_integer() {
            Some(n) if n.is_odd() => Expr::infinity(Infinity::Negative),
            Some(_) => Expr::infinity(Infinity::Positive),
            None => Expr::infinity(Infinity::Unsigned),
        },
        _ => Expr::infinity(infinity),
    }
}

/// A power with infinite exponent: decided for real bases away from -1, 0 and 1.
fn power_to_infinity(base: &Expr, exponent: &Expr) -> Expr {
    let Some(q) = base.as_rational() else { return Expr::undefined(Undefined::AtInfinity) };
    let grows = match exponent.kind() {
        Kind::Infinity(Infinity::Positive) => *q > Rational::ONE,
        Kind::Infinity(Infinity::Negative) => *q > Rational::ZERO && *q < Rational::ONE,
        _ => return Expr::undefined(Undefined::AtInfinity),
    };
    let vanishes = match exponent.kind() {
        Kind::Infinity(Infinity::Positive) => q.abs() < Rational::ONE,
        _ => q.abs() > Rational::ONE,
    };
    match (grows, vanishes) {
        (true, _) => Expr::infinity(Infinity::Positive),
        (_, true) => Expr::zero(),
        _ => Expr::undefined(Undefined::AtInfinity),
    }
}
