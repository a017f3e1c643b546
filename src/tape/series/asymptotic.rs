//! Asymptotic expansions at infinity of the slow factors of special functions, and the pole of the zeta function.
//!
//! NIST Digital Library of Mathematical Functions, 5.11 (Stirling), 6.12 (exponential, sine and cosine integrals), 7.12
//! (error functions), 25.2 (zeta). They diverge, but up to each order they are right, and that is all a leading term needs.

use super::field::{Field, Stop, unsupported};
use super::laurent::{SeriesOver, Workshop};
use super::power;
use crate::expr::Expr;
use crate::expr::function::{self, Elementary};
use crate::number::{Integer, Rational, bernoulli};

/// Higher derivatives than this are not expanded.
const GREATEST_ORDER: i64 = 64;

type Expanded<F> = Result<SeriesOver<F>, Stop>;

impl<F: Field> Workshop<F> {
    /// The series of a function of which an asymptotic expansion is known; `None` for others, and elsewhere.
    pub(super) fn by_asymptotics(
        &self,
        record: &'static Elementary,
        arguments: &[SeriesOver<F>],
    ) -> Option<Expanded<F>> {
        let (argument, order) = match arguments {
            [argument] => (argument, 0),
            [order, argument] => (argument, order.as_constant().and_then(|order| self.field.to_integer(order))?),
            _ => return None,
        };
        let is = |other: &'static Elementary| std::ptr::eq(record, other);
        if is(&function::ZETA) && arguments.len() == 1 {
            return self.at_pole_of_zeta(argument);
        }
        let term: &dyn Fn(i64) -> Rational = match record {
            _ if is(&function::BINET) && (0..=GREATEST_ORDER).contains(&order) => &|k| binet(k, order),
            _ if is(&function::ERFC_FACTOR) => &erfc_factor,
            _ if is(&function::EI_FACTOR) => &factorial,
            _ if is(&function::SINE_FACTOR) => &|k| alternating(k, 1),
            _ if is(&function::COSINE_FACTOR) => &|k| alternating(k, 0),
            _ => return None,
        };
        if !argument.has_pole() {
            return None;
        }
        Some(self.at_infinity(argument, term))
    }

    /// `sum of c_k/u^k` for a series with a pole.
    fn at_infinity(&self, u: &SeriesOver<F>, term: &dyn Fn(i64) -> Rational) -> Expanded<F> {
        let small = self.divide(&self.constant(self.field.integer(1)), u)?;
        if small.start <= 0 {
            return unsupported("an asymptotic expansion at a finite point");
        }
        let inner = self.row(&small);
        let terms = inner.len() as i64 / small.start + 1;
        let outer: Result<Vec<F::Element>, Stop> =
            (0..terms).map(|k| self.field.element(&Expr::number(term(k)))).collect();
        let composed = power::compose(&self.field, &outer?, &inner, inner.len());
        Ok(self.known(composed, &small))
    }

    /// `1/(s - 1)` and the sum of `(-1)^k*stieltjes(k)/k!*(s - 1)^k` where the argument comes to one (DLMF 25.2.4).
    fn at_pole_of_zeta(&self, argument: &SeriesOver<F>) -> Option<Expanded<F>> {
        let (constant, rest) = self.split_constant(argument).ok()??;
        if self.field.to_integer(&constant) != Some(1) {
            return None;
        }
        let expanded = || {
            let rest = match self.led(&rest)? {
                Some(rest) => rest,
                None => return unsupported("a pole"),
            };
            let pole = self.divide(&self.constant(self.field.integer(1)), &rest)?;
            let row = self.row(&rest);
            let term = |k: i64| {
                let constant = Expr::apply(&function::STIELTJES, &Expr::integer(k));
                let sign = Expr::integer(if k % 2 == 0 { 1 } else { -1 });
                self.field.element(&(sign * constant / function::factorial(&Expr::integer(k))))
            };
            let terms = (0..row.len() as i64).map(term).collect::<Result<Vec<_>, _>>()?;
            let regular = self.known(power::compose(&self.field, &terms, &row, row.len()), &rest);
            self.add(&pole, &regular)
        };
        Some(expanded())
    }
}

/// Binet's function is `sum of B_2j/(2*j*(2*j - 1)*u^(2*j - 1))`; here of its derivative of an order.
fn binet(k: i64, order: i64) -> Rational {
    let power = k - order;
    if power < 1 || power % 2 == 0 {
        return Rational::ZERO;
    }
    let number = bernoulli(power as usize + 1);
    let divided = Rational::fraction(1, power * (power + 1)).map_or(Rational::ZERO, |q| &number * &q);
    (0..order).fold(divided, |c, step| &c * &Rational::from(-(power + step)))
}

/// `(-1)^j*(2*j - 1)!!/2^j` at `k = 2*j`.
fn erfc_factor(k: i64) -> Rational {
    if k % 2 == 1 {
        return Rational::ZERO;
    }
    let step = |c: Rational, j: i64| Rational::fraction(1 - 2 * j, 2).map_or(Rational::ZERO, |q| &c * &q);
    (1..=k / 2).fold(Rational::ONE, step)
}

/// `k!`
fn factorial(k: i64) -> Rational {
    Rational::from((1..=k).fold(Integer::new(1), |product, j| &product * &Integer::new(j)))
}

/// `(-1)^j*(k - 1)!` for a `k` of this parity, `j` counting from zero.
fn alternating(k: i64, parity: i64) -> Rational {
    if k < 1 || k % 2 != parity {
        return Rational::ZERO;
    }
    let size = factorial(k - 1);
    if (k - 1) / 2 % 2 == 1 { -&size } else { size }
}
