//! Angles whose sine or tangent is a given constant of square roots: `arcsin(sqrt(5)/4 - 1/4)` is `pi/10`.
//!
//! The square of such a sine lies in the field of `sqrt(2)`, `sqrt(3)` and `sqrt(5)`, and so does the cosine of the
//! doubled angle, which is looked up exactly.

use crate::expr::node::{Expr, Kind};
use crate::number::{Number, Rational};

/// A number `c0 + c1*sqrt(2) + c2*sqrt(3) + c3*sqrt(6) + c4*sqrt(5) + ...`: bit 0 of a place stands for `sqrt(2)`,
/// bit 1 for `sqrt(3)`, bit 2 for `sqrt(5)`.
#[derive(Clone, PartialEq)]
struct Surd([Rational; PLACES]);

const PLACES: usize = 8;

/// Constants above this height are not read: the sines of simple angles are lower, and shared parts are read again.
const FLAT: usize = 8;

/// The primes under the roots, by bit.
const PRIMES: [i64; 3] = [2, 3, 5];

/// The product of the primes of a place.
fn radicand(place: usize) -> i64 {
    PRIMES.iter().enumerate().filter(|(bit, _)| place >> bit & 1 == 1).map(|(_, prime)| prime).product()
}

impl Surd {
    fn rational(q: Rational) -> Surd {
        Surd::at(0, q)
    }

    fn at(place: usize, q: Rational) -> Surd {
        let mut places = [Rational::ZERO; PLACES];
        places[place] = q;
        Surd(places)
    }

    /// The constant as an element of the field, where it is plainly written as one.
    fn read(x: &Expr) -> Option<Surd> {
        match x.kind() {
            Kind::Number(number) => number.as_rational().cloned().map(Surd::rational),
            Kind::Power(base, exponent) => Surd::read_power(base, exponent.as_rational()?),
            Kind::Sum(sum) => {
                let start = Surd::rational(sum.constant().as_rational()?.clone());
                sum.terms().iter().try_fold(start, |total, term| {
                    let scale = Surd::rational(term.coefficient.as_rational()?.clone());
                    Some(total.plus(&scale.times(&Surd::read(&term.base)?)))
                })
            }
            Kind::Product(product) => {
                let start = Surd::rational(product.coefficient().as_rational()?.clone());
                product.factors().iter().try_fold(start, |total, factor| {
                    Some(total.times(&Surd::read_power(&factor.base, &factor.exponent)?))
                })
            }
            _ => None,
        }
    }

    fn read_power(base: &Expr, exponent: &Rational) -> Option<Surd> {
        if let Some(n) = exponent.to_i64() {
            return Surd::read(base)?.power(n);
        }
        let halves = (exponent * &Rational::from(2)).to_i64()?;
        let under = base.as_rational()?.to_i64()?;
        let place = (1..PLACES).find(|place| radicand(*place) == under)?;
        Surd::at(place, Rational::ONE).power(halves)
    }

    fn plus(&self, other: &Surd) -> Surd {
        Surd(std::array::from_fn(|place| &self.0[place] + &other.0[place]))
    }

    fn times(&self, other: &Surd) -> Surd {
        let mut places = [Rational::ZERO; PLACES];
        for (i, a) in self.0.iter().enumerate().filter(|(_, a)| !a.is_zero()) {
            for (j, b) in other.0.iter().enumerate().filter(|(_, b)| !b.is_zero()) {
                let common = Rational::from(radicand(i & j));
                places[i ^ j] = &places[i ^ j] + &(a * b * common);
            }
        }
        Surd(places)
    }

    /// With the sign of one root turned round.
    fn conjugate(&self, bit: usize) -> Surd {
        Surd(std::array::from_fn(|place| if place >> bit & 1 == 1 { -&self.0[place] } else { self.0[place].clone() }))
    }

    /// One over it: the product of the other conjugates over the norm.
    fn recip(&self) -> Option<Surd> {
        let (mut norm, mut others) = (self.clone(), Surd::rational(Rational::ONE));
        for bit in 0..PRIMES.len() {
            let conjugate = norm.conjugate(bit);
            norm = norm.times(&conjugate);
            others = others.times(&conjugate);
        }
        let scale = norm.0[0].recip()?;
        Some(others.times(&Surd::rational(scale)))
    }

    fn power(&self, n: i64) -> Option<Surd> {
        const MOST: i64 = 8;
        if n.abs() > MOST {
            return None;
        }
        let base = if n < 0 { self.recip()? } else { self.clone() };
        Some((0..n.abs()).fold(Surd::rational(Rational::ONE), |product, _| product.times(&base)))
    }

    /// Is it above zero? `None` when it is zero, or too near to it for a quick look.
    fn is_positive(&self) -> Option<bool> {
        const NEAR: f64 = 1e-9;
        let parts = self.0.iter().enumerate().map(|(place, q)| q.to_f64() * (radicand(place) as f64).sqrt());
        let (value, size) = parts.fold((0.0, 0.0), |(value, size), part| (value + part, size + part.abs()));
        (value.abs() > NEAR * size).then_some(value > 0.0)
    }
}

/// The square of a constant, and whether the constant is positive.
struct Squared {
    square: Surd,
    positive: bool,
}

impl Squared {
    /// Reads an element of the field, or a product of such and of square roots of such.
    fn read(x: &Expr) -> Option<Squared> {
        if x.depth() > FLAT || !x.is_constant() {
            return None;
        }
        match x.kind() {
            Kind::Product(product) => {
                let coefficient = product.coefficient().as_rational()?;
                let start = Squared::of(&Surd::rational(coefficient.clone()))?;
                product.factors().iter().try_fold(start, |total, factor| {
                    Some(total.times(&Squared::read_power(&factor.base, &factor.exponent)?))
                })
            }
            Kind::Power(base, exponent) => Squared::read_power(base, exponent.as_rational()?),
            _ => Squared::of(&Surd::read(x)?),
        }
    }

    fn of(x: &Surd) -> Option<Squared> {
        Some(Squared { square: x.times(x), positive: x.is_positive()? })
    }

    fn read_power(base: &Expr, exponent: &Rational) -> Option<Squared> {
        let base = Surd::read(base)?;
        let halves = (exponent * &Rational::from(2)).to_i64()?;
        let positive = base.is_positive()?;
        let whole = halves % 2 == 0;
        // The root of what is below zero is not real.
        (positive || whole).then_some(())?;
        Some(Squared { square: base.power(halves)?, positive: positive || halves % 4 == 0 })
    }

    fn times(&self, other: &Squared) -> Squared {
        Squared { square: self.square.times(&other.square), positive: self.positive == other.positive }
    }

    fn signed(&self, turns: Rational) -> Rational {
        if self.positive { turns } else { -turns }
    }
}

/// `arcsin(x)/pi` where it is a simple fraction.
pub(super) fn arcsin_turns(x: &Expr) -> Option<Rational> {
    if x.is_zero() {
        return x.as_rational().cloned();
    }
    let sine = Squared::read(x)?;
    let two = Surd::rational(Rational::from(-2));
    let doubled = Surd::rational(Rational::ONE).plus(&two.times(&sine.square));
    Some(sine.signed(half_turns_of_cosine(&doubled)?))
}

/// `arcsin(1/x)/pi` where it is a simple fraction.
pub(super) fn arccsc_turns(x: &Expr) -> Option<Rational> {
    let cosecant = Squared::read(x)?;
    let sine_squared = cosecant.square.recip()?;
    let doubled = Surd::rational(Rational::ONE).plus(&Surd::rational(Rational::from(-2)).times(&sine_squared));
    Some(cosecant.signed(half_turns_of_cosine(&doubled)?))
}

/// `arctan(x)/pi` where it is a simple fraction.
pub(super) fn arctan_turns(x: &Expr) -> Option<Rational> {
    if x.is_zero() {
        return x.as_rational().cloned();
    }
    let tangent = Squared::read(x)?;
    let one = Surd::rational(Rational::ONE);
    let below = one.plus(&tangent.square).recip()?;
    let above = one.plus(&tangent.square.times(&Surd::rational(Rational::from(-1))));
    Some(tangent.signed(half_turns_of_cosine(&above.times(&below))?))
}

/// `t/2` for the `t` in `[0, 1]` with the cosine `cos(t*pi)`, when it is one of the simple angles.
fn half_turns_of_cosine(cosine: &Surd) -> Option<Rational> {
    // t = n/d, and the cosine as 1/4 of whole multiples of (1, sqrt(2), sqrt(3), sqrt(6), sqrt(5)).
    const ACUTE: [(i64, i64, [i64; 5]); 9] = [
        (0, 1, [4, 0, 0, 0, 0]),
        (1, 12, [0, 1, 0, 1, 0]),
        (1, 6, [0, 0, 2, 0, 0]),
        (1, 5, [1, 0, 0, 0, 1]),
        (1, 4, [0, 2, 0, 0, 0]),
        (1, 3, [2, 0, 0, 0, 0]),
        (2, 5, [-1, 0, 0, 0, 1]),
        (5, 12, [0, -1, 0, 1, 0]),
        (1, 2, [0, 0, 0, 0, 0]),
    ];
    let is_row = |row: &[i64; 5], sign: i64| {
        cosine.0.iter().enumerate().all(|(place, q)| {
            let quarters = row.get(place).copied().unwrap_or(0) * sign;
            q * &Rational::from(4) == Rational::from(quarters)
        })
    };
    ACUTE.iter().find_map(|(n, d, row)| {
        let turns = Rational::fraction(*n, *d)?;
        let whole = if is_row(row, 1) {
            turns
        } else if is_row(row, -1) {
            Rational::ONE - turns
        } else {
            return None;
        };
        Some(whole * Rational::HALF)
    })
}

/// `q*pi`.
pub(super) fn turns(q: Rational) -> Expr {
    Expr::pi().scale(&Number::from(q))
}
