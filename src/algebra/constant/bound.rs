//! The zero test for algebraic constants by a separation bound.
//!
//! Burnikel, Fleischer, Mehlhorn and Schirra ("A strong and easily computable separation bound for arithmetic
//! expressions involving radicals", Algorithmica 27, 2000): such a number is a quotient of algebraic integers; with `u`
//! and `l` above the magnitudes of all conjugates of the two, and `D` the product of the degrees of the radicals, it is
//! zero or at least `1/(u^(D-1) * l)` in magnitude. The norm of the numerator, an integer, shows it, and shows it for
//! complex radicals and roots of unity as well: all their conjugates are among the values that were bounded.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::budget::Budget;
use crate::expr::{Constant, Expr, Kind, Reason, Truth};
use crate::expr::{assume, function};
use crate::number::{Ball, ComplexBall, Integer, Number, Rational};
use crate::tape::{Evaluator, Numbers, Program};

/// Separation bounds beyond so many bits are not tried.
const MOST_BITS: f64 = 60_000.0;
/// Degrees of fields and roots of unity beyond this are not tried.
const LARGEST_DEGREE: f64 = 1e6;
/// Deeper expressions are not looked at.
const DEEPEST: usize = 500;

/// Logarithms to base two of bounds for the conjugates above and below.
#[derive(Clone, Copy, Debug)]
struct Bound {
    above: f64,
    below: f64,
}

/// The radicals that an expression adjoins, each counted once, and the order of the roots of unity.
#[derive(Debug)]
struct Field {
    radicals: HashMap<Expr, i64>,
    unity: i64,
    known: HashMap<Expr, Option<Bound>>,
}

/// Is the algebraic constant zero? `Unknown` when it is not seen to be algebraic, or its bound is too small.
///
/// # Errors
/// When the budget runs out.
pub fn is_algebraic_zero(expr: &Expr, budget: &Budget) -> Result<Truth, Reason> {
    let Some(bits) = separation_bits(expr) else { return Ok(Truth::Unknown) };
    let Ok(program) = Program::new(expr, &[]).map(std::sync::Arc::new) else { return Ok(Truth::Unknown) };
    let mut precision = 128;
    let least = ComplexBall::one().scale(-i64::from(bits));
    loop {
        budget.check()?;
        let value: ComplexBall = Evaluator::new(std::sync::Arc::clone(&program), Numbers(precision)).value(&[]);
        if !value.is_bounded() {
            return Ok(Truth::Unknown);
        }
        if !value.contains_zero() {
            return Ok(Truth::No);
        }
        if is_below(value.re(), least.re()) && is_below(value.im(), least.re()) {
            return Ok(Truth::Yes);
        }
        if precision > 2 * bits + 512 {
            return Ok(Truth::Unknown);
        }
        precision *= 4;
    }
}

fn is_below(part: &Ball, least: &Ball) -> bool {
    part.abs().compare(least) == Some(Ordering::Less)
}

/// Bits `b` such that the constant is zero or its real or imaginary part is above `2^-b` in magnitude.
fn separation_bits(expr: &Expr) -> Option<u32> {
    let mut field = Field::rationals();
    let bound = field.bound(expr)?;
    let degree = field.degree()?;
    let bits = (degree - 1.0).max(0.0) * bound.above.max(0.0) + bound.below + 8.0;
    (bits < MOST_BITS).then_some(bits as u32 + 1)
}

/// Is the constant put together from rational numbers by field operations, radicals and roots of unity?
pub(in crate::algebra) fn is_algebraic(expr: &Expr) -> bool {
    Field::rationals().bound(expr).is_some()
}

impl Bound {
    fn rational(q: &Rational) -> Bound {
        Bound { above: bits(&q.numerator()), below: bits(&q.denominator()) }
    }

    fn times(self, other: Bound) -> Bound {
        Bound { above: self.above + other.above, below: self.below + other.below }
    }

    fn power(self, times: f64) -> Bound {
        Bound { above: self.above * times, below: self.below * times }
    }

    fn inverted(self) -> Bound {
        Bound { above: self.below, below: self.above }
    }

    fn root(self, index: f64) -> Bound {
        let Bound { above, below } = self;
        match above >= below {
            true => Bound { above: (above + (index - 1.0) * below) / index, below },
            false => Bound { above, below: ((index - 1.0) * above + below) / index },
        }
    }

    /// A sum over the product of the denominators.
    fn sum(parts: &[Bound]) -> Bound {
        let below: f64 = parts.iter().map(|part| part.below).sum();
        let above = parts.iter().map(|part| part.above + below - part.below).fold(0.0, f64::max);
        Bound { above: above + bits(&Integer::from(parts.len())), below }
    }
}

/// A bound of the logarithm of the magnitude to base two, never negative.
fn bits(n: &Integer) -> f64 {
    n.bit_length() as f64
}

impl Field {
    fn rationals() -> Field {
        Field { radicals: HashMap::new(), unity: 1, known: HashMap::new() }
    }

    /// The degree of the field is at most this.
    fn degree(&self) -> Option<f64> {
        let radicals = self.radicals.values().fold(1.0, |product, index| product * *index as f64);
        let degree = radicals * totient(self.unity) as f64;
        (degree <= LARGEST_DEGREE).then_some(degree)
    }

    fn bound(&mut self, expr: &Expr) -> Option<Bound> {
        if let Some(known) = self.known.get(expr) {
            return *known;
        }
        let found = if expr.depth() > DEEPEST { None } else { self.bound_of_node(expr) };
        self.known.insert(expr.clone(), found);
        found
    }

    fn bound_of_node(&mut self, expr: &Expr) -> Option<Bound> {
        match expr.kind() {
            Kind::Number(number) => self.number(number),
            Kind::Constant(Constant::GoldenRatio) => {
                self.adjoin(&Expr::integer(5), 2)?;
                Some(Bound { above: 1.0, below: 0.0 })
            }
            Kind::Sum(sum) => {
                let parts: Option<Vec<Bound>> = sum.parts().map(|part| self.bound(&part)).collect();
                Some(Bound::sum(&parts?))
            }
            Kind::Product(product) => {
                let mut bound = self.number(product.coefficient())?;
                for factor in product.factors() {
                    bound = bound.times(self.power(&factor.base, &factor.exponent)?);
                }
                Some(bound)
            }
            Kind::Power(base, exponent) => self.power(base, exponent.as_rational()?),
            _ => self.root_of_unity(expr),
        }
    }

    fn number(&mut self, number: &Number) -> Option<Bound> {
        match number {
            Number::Rational(q) => Some(Bound::rational(q)),
            Number::Gaussian(g) => {
                self.turn(4)?;
                Some(Bound::sum(&[Bound::rational(&g.re), Bound::rational(&g.im)]))
            }
            Number::Real(_) | Number::Complex(_) => None,
        }
    }

    fn power(&mut self, base: &Expr, exponent: &Rational) -> Option<Bound> {
        let times = exponent.numerator().to_i64()?;
        let index = exponent.denominator().to_i64()?;
        let minus_one = base.as_rational().is_some_and(|q| *q == Rational::from(-1));
        let rooted = if minus_one {
            self.turn(2 * index)?;
            Bound { above: 0.0, below: 0.0 }
        } else if index == 1 {
            self.bound(base)?
        } else {
            self.adjoin(base, index)?;
            self.bound(base)?.root(index as f64)
        };
        let powered = rooted.power(times.unsigned_abs() as f64);
        Some(if times < 0 { powered.inverted() } else { powered })
    }

    fn adjoin(&mut self, base: &Expr, index: i64) -> Option<()> {
        let slot = self.radicals.entry(base.clone()).or_insert(1);
        *slot = lcm(*slot, index)?;
        Some(())
    }

    /// Adjoins the roots of unity of an order.
    fn turn(&mut self, order: i64) -> Option<()> {
        self.unity = lcm(self.unity, order)?;
        Some(())
    }

    /// The conjugate, among whose own conjugates are those of the number itself: the radicals are adjoined anew unless
    /// they are those of real numbers.
    fn conjugate(&mut self, argument: &Expr) -> Option<Bound> {
        let mut own = Field::rationals();
        let bound = own.bound(argument)?;
        self.turn(own.unity)?;
        for (base, index) in &own.radicals {
            if assume::is_real(base).is_yes() {
                // The conjugate of the root is the root times a root of unity.
                self.adjoin(base, *index)?;
                self.turn(*index)?;
            } else {
                self.adjoin(&function::conjugate(base), *index)?;
            }
        }
        Some(bound)
    }

    /// Half the sum of a number and its conjugate.
    fn real_part(&mut self, argument: &Expr) -> Option<Bound> {
        let parts = [self.bound(argument)?, self.conjugate(argument)?];
        Some(Bound::sum(&parts).times(Bound { above: 0.0, below: 1.0 }))
    }

    /// Sine, cosine and tangent of rational multiples of pi, and `exp` of rational multiples of `I*pi`.
    fn root_of_unity(&mut self, expr: &Expr) -> Option<Bound> {
        let (called, [argument]) = expr.as_call()? else { return None };
        if called.is(&function::CONJUGATE) {
            return self.conjugate(argument);
        }
        if called.is(&function::REAL_PART) {
            return self.real_part(argument);
        }
        if called.is(&function::EXP) {
            let turn = (argument / (Expr::i() * Expr::pi())).as_rational()?.denominator().to_i64()?;
            self.turn(2 * turn)?;
            return Some(Bound { above: 0.0, below: 0.0 });
        }
        let turn = (argument / Expr::pi()).as_rational()?.denominator().to_i64()?;
        let bound = match called.name() {
            "sin" | "cos" => Bound { above: 1.0, below: 1.0 },
            "tan" | "cot" | "sec" | "csc" => Bound { above: 2.0, below: 2.0 },
            _ => return None,
        };
        self.turn(lcm(4, turn.checked_mul(2)?)?)?;
        Some(bound)
    }
}

fn lcm(a: i64, b: i64) -> Option<i64> {
    Integer::new(a).lcm(&Integer::new(b)).to_i64().filter(|n| (*n as f64) < LARGEST_DEGREE)
}

/// How many residues are prime to `n`.
fn totient(n: i64) -> i64 {
    let (mut rest, mut count, mut prime) = (n, n, 2);
    while prime * prime <= rest {
        if rest % prime == 0 {
            count -= count / prime;
            while rest % prime == 0 {
                rest /= prime;
            }
        }
        prime += 1;
    }
    if rest > 1 { count - count / rest } else { count }
}
