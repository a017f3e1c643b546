//! Special functions of series: those with power series of their own at zero, and those that a recurrence in an integer
//! parameter leads back to others.

use super::field::{Field, Stop, unsupported};
use super::function::named;
use super::laurent::{SeriesOver, Workshop};
use super::power;
use crate::expr::Expr;
use crate::expr::function::{exp, log};

/// Parameters beyond this are not unrolled.
const GREATEST_PARAMETER: i64 = 200;

type Expanded<F> = Result<SeriesOver<F>, Stop>;

impl<F: Field> Workshop<F> {
    /// The series of a special function that has a rule here; `None` for others.
    pub(super) fn special(&self, name: &str, arguments: &[SeriesOver<F>]) -> Option<Expanded<F>> {
        match (name, arguments) {
            ("lambert_w", [u]) => Some(self.lambert(u)),
            ("polylog", [order, u]) => self.polylogarithm(order.as_constant()?, u),
            _ => None,
        }
    }

    /// Lambert's function, from `w' * (u + e^w) = u'`.
    fn lambert(&self, u: &SeriesOver<F>) -> Expanded<F> {
        let Some((constant, rest)) = self.split_constant(u)? else { return unsupported("a function at infinity") };
        self.fixed(&constant)?;
        let value = self.field.derive(&[&constant], &|e| named("lambert_w", e))?;
        let exponential = self.field.derive(&[&value], &|e| exp(&e[0]))?;
        let lead = self.field.add(&constant, &exponential);
        if self.field.leading_zeros(std::slice::from_ref(&lead), 0)?.is_none() {
            return unsupported("a branch point of Lambert's function");
        }
        let mut row = self.row(&rest);
        if let Some(first) = row.first_mut() {
            *first = constant;
        }
        Ok(self.known(power::lambert(&self.field, &row, (value, exponential), row.len()), &rest))
    }

    /// `Li_s(u)`, the sum of `u^k/k^s`, for a `u` that tends to zero.
    fn polylogarithm(&self, order: &F::Element, u: &SeriesOver<F>) -> Option<Expanded<F>> {
        let (constant, rest) = self.split_constant(u).ok()??;
        if self.field.to_integer(&constant) != Some(0) {
            return None;
        }
        Some((|| {
            let row = self.row(&rest);
            let mut terms = vec![self.field.integer(0)];
            for k in 1..row.len() as i64 {
                let term = |e: &[Expr]| Expr::integer(k).power(&-&e[0]);
                terms.push(self.field.derive(&[order], &term)?);
            }
            Ok(self.known(power::compose(&self.field, &terms, &row, row.len()), &rest))
        })())
    }

    /// A function of an integer parameter and the variable by simpler functions of the variable.
    pub(super) fn by_parameter(&self, name: &str, arguments: &[SeriesOver<F>]) -> Option<Box<dyn Fn(&Expr) -> Expr>> {
        let [parameter, u] = arguments else { return None };
        let n = self.field.to_integer(parameter.as_constant()?)?;
        if !(0..=GREATEST_PARAMETER).contains(&n) {
            return None;
        }
        let (constant, _) = self.split_constant(u).ok()??;
        let place = self.field.to_integer(&constant)?;
        match name {
            "exp_integral_e" if n >= 1 && place == 0 => Some(Box::new(move |x| exponential_integral(n, x))),
            "psi" if (-GREATEST_PARAMETER..=0).contains(&place) => Some(Box::new(move |x| polygamma(n, x, 1 - place))),
            "gamma" if place == 0 => Some(Box::new(move |x| incomplete_gamma(n, x))),
            _ => None,
        }
    }
}

/// `E_n(x)` by `n*E_(n+1)(x) = exp(-x) - x*E_n(x)` (DLMF 8.19.12).
fn exponential_integral(n: i64, x: &Expr) -> Expr {
    let first = named("exp_integral_e1", std::slice::from_ref(x));
    (1..n).fold(first, |last, k| (exp(&-x) - x * last) * Expr::fraction(1, k))
}

/// `psi(n, x)` by steps upwards (DLMF 5.15.5).
fn polygamma(n: i64, x: &Expr, steps: i64) -> Expr {
    let upper = named("psi", &[Expr::integer(n), x + Expr::integer(steps)]);
    let factor = Expr::product((1..=n).map(|k| Expr::integer(-k)));
    upper - Expr::sum((0..steps).map(|k| &factor * (x + Expr::integer(k)).powi(-n - 1)))
}

/// `gamma(n, x)` by `gamma(n + 1, x) = n*gamma(n, x) + x^n*exp(-x)` (DLMF 8.8.2).
fn incomplete_gamma(n: i64, x: &Expr) -> Expr {
    if n == 0 {
        return named("exp_integral_e1", std::slice::from_ref(x));
    }
    (1..n).fold(exp(&-x), |last, k| Expr::integer(k) * last + x.powi(k) * exp(&-x))
}

/// The inverse sine and cosine where their argument has a pole, by logarithms (DLMF 4.23.19 and 4.23.22).
pub(super) fn inverse_by_logarithm(name: &str, x: &Expr) -> Expr {
    let turned = log(&(Expr::i() * x + (Expr::one() - x.powi(2)).sqrt()));
    match name {
        "arccos" => Expr::pi() * Expr::fraction(1, 2) + Expr::i() * turned,
        _ => -(Expr::i() * turned),
    }
}

/// The inverse hyperbolic tangent by a logarithm, odd on its cuts too.
pub(super) fn inverse_hyperbolic_tangent(x: &Expr) -> Expr {
    let call = |name: &str| named(name, std::slice::from_ref(x));
    let size = call("abs");
    call("sgn") * log(&((Expr::one() + &size) / (Expr::one() - &size))) * Expr::fraction(1, 2)
}
