//! Special functions of series: those with power series of their own at zero, and those that a recurrence in an integer
//! parameter leads back to others.

use super::field::{Field, Stop, unsupported};
use super::function::named;
use super::laurent::{SeriesOver, Workshop};
use super::power;
use crate::expr::function::{self, exp, factorial, log};
use crate::expr::{Constant, Expr};
use crate::number::Rational;

/// Parameters beyond this are not unrolled.
const GREATEST_PARAMETER: i64 = 200;

type Expanded<F> = Result<SeriesOver<F>, Stop>;

impl<F: Field> Workshop<F> {
    /// The series of a special function that has a rule here; `None` for others.
    pub(super) fn special(&self, name: &str, arguments: &[SeriesOver<F>]) -> Option<Expanded<F>> {
        match (name, arguments) {
            ("lambert_w", [u]) => Some(self.lambert(u)),
            ("polylog", [order, u]) => self.polylogarithm(order.as_constant()?, u),
            ("elliptic_kc", [u]) => self.complete_elliptic(u, false),
            ("elliptic_ec", [u]) => self.complete_elliptic(u, true),
            ("elliptic_e" | "elliptic_f" | "elliptic_pi", [.., m]) => self.at_parameter(m),
            ("sinc", [u]) => self.cardinal_sine(u),
            (_, [order, u]) => self.bessel(name, order, u),
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
            return self.lambert_at_branch(u);
        }
        let mut row = self.row(&rest);
        if let Some(first) = row.first_mut() {
            *first = constant;
        }
        Ok(self.known(power::lambert(&self.field, &row, (value, exponential), row.len()), &rest))
    }

    /// Lambert's function at `-1/e`: `-1 + p - p^2/3 + ...` with `p = sqrt(2*(e*u + 1))` (Corless, Gonnet, Hare, Jeffrey and
    /// Knuth, "On the Lambert W function", 1996, 4.22 to 4.24).
    fn lambert_at_branch(&self, u: &SeriesOver<F>) -> Expanded<F> {
        let twice = self.field.element(&(Expr::e() * Expr::integer(2)))?;
        let two = self.constant(self.field.integer(2));
        let p = self.leading_power(&self.add(&self.scale(u, &twice), &two)?, &Rational::HALF)?;
        let row = self.row(&p);
        let terms = branch_of_lambert(row.len()).into_iter().map(|q| self.field.element(&Expr::number(q)));
        let terms = terms.collect::<Result<Vec<_>, _>>()?;
        Ok(self.known(power::compose(&self.field, &terms, &row, row.len()), &p))
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

    /// `K(u)` or `E(u)` for a `u` that tends to zero: `pi/2` times the sum of `(binomial(2*k, k)/4^k)^2*u^k`, for `E`
    /// with `1/(1 - 2*k)` (DLMF 19.5).
    fn complete_elliptic(&self, u: &SeriesOver<F>, second: bool) -> Option<Expanded<F>> {
        let term = move |k: i64| {
            let ratio =
                (1..=k).fold(Rational::ONE, |product, j| product * (Rational::from(2 * j - 1) / Rational::from(2 * j)));
            let square = &ratio * &ratio;
            if second { square / Rational::from(1 - 2 * k) } else { square }
        };
        if self.field.to_integer(&self.split_constant(u).ok()??.0) == Some(1) {
            return Some(unsupported("an elliptic integral around its parameter 1"));
        }
        self.at_zero(u, move |k| Expr::pi() * Expr::number(term(k)) * Expr::fraction(1, 2))
    }

    /// `sin(u)/u` for a `u` that tends to zero.
    fn cardinal_sine(&self, u: &SeriesOver<F>) -> Option<Expanded<F>> {
        self.at_zero(u, |k| match k % 2 {
            0 => Expr::integer(if k % 4 == 0 { 1 } else { -1 }) / factorial(&Expr::integer(k + 1)),
            _ => Expr::zero(),
        })
    }

    /// The series with these coefficients at a `u` that tends to zero.
    fn at_zero(&self, u: &SeriesOver<F>, term: impl Fn(i64) -> Expr) -> Option<Expanded<F>> {
        let (constant, rest) = self.split_constant(u).ok()??;
        if self.field.to_integer(&constant) != Some(0) {
            return None;
        }
        Some((|| {
            let row = self.row(&rest);
            let terms = (0..row.len() as i64).map(|k| self.field.element(&term(k))).collect::<Result<Vec<_>, _>>()?;
            Ok(self.known(power::compose(&self.field, &terms, &row, row.len()), &rest))
        })())
    }

    /// Elliptic integrals are expanded by their derivatives, which divide by the parameter and by one less.
    fn at_parameter(&self, m: &SeriesOver<F>) -> Option<Expanded<F>> {
        let (constant, rest) = self.split_constant(m).ok()??;
        let singular = matches!(self.field.to_integer(&constant), Some(0 | 1));
        (singular && !rest.is_zero()).then(|| unsupported("an elliptic integral around its parameter 0 or 1"))
    }

    /// A function of an integer parameter and the variable by simpler functions of the variable.
    pub(super) fn by_parameter(&self, name: &str, arguments: &[SeriesOver<F>]) -> Option<Box<dyn Fn(&Expr) -> Expr>> {
        let [parameter, u] = arguments else { return None };
        let (constant, _) = self.split_constant(u).ok()??;
        let place = self.field.to_integer(&constant)?;
        let n = self.field.to_integer(parameter.as_constant()?);
        if name == "exp_integral_e" && place == 0 && n.is_none_or(|n| n < 1) {
            // DLMF 8.19.1.
            let above = Expr::number(self.rational(parameter).ok()?? - Rational::ONE);
            return Some(Box::new(move |x| x.power(&above) * named("gamma", &[-&above, x.clone()])));
        }
        let n = n?;
        if !(0..=GREATEST_PARAMETER).contains(&n) {
            return None;
        }
        match name {
            "exp_integral_e" if n >= 1 && place == 0 => Some(Box::new(move |x| exponential_integral(n, x))),
            "psi" if (-GREATEST_PARAMETER..=0).contains(&place) => Some(Box::new(move |x| polygamma(n, x, 1 - place))),
            "gamma" if place == 0 => Some(Box::new(move |x| incomplete_gamma(n, x))),
            "polylog" if n == 1 => Some(Box::new(|x| -log(&(Expr::one() - x)))),
            _ => None,
        }
    }
}

impl<F: Field> Workshop<F> {
    /// Is it a function at a point that is singular for the order that it has, though its value may be written down?
    pub(super) fn is_singular_for_order(&self, name: &str, arguments: &[SeriesOver<F>]) -> bool {
        let [order, u] = arguments else { return false };
        let Ok(Some((constant, _))) = self.split_constant(u) else { return false };
        let whole = || order.as_constant().is_some_and(|order| self.field.to_integer(order).is_some());
        match (name, self.field.to_integer(&constant)) {
            ("exp_integral_e", Some(0)) => true,
            ("psi", Some(place)) => place <= 0,
            ("polylog", Some(1)) => !whole(),
            _ => false,
        }
    }
}

/// The coefficients of Lambert's function in powers of `p` at its branch point.
fn branch_of_lambert(length: usize) -> Vec<Rational> {
    let of = |n: i64, d: usize| Rational::fraction(n, d as i64).unwrap_or(Rational::ZERO);
    let (mut mu, mut alpha) = (vec![of(-1, 1), of(1, 1)], vec![of(2, 1), of(-1, 1)]);
    for k in 2..length {
        let inner = (2..k).fold(Rational::ZERO, |sum, j| sum + &mu[j] * &mu[k + 1 - j]);
        let before = &mu[k - 2] * &of(1, 2) + &alpha[k - 2] * &of(1, 4);
        mu.push(of(k as i64 - 1, k + 1) * before - &inner * &of(1, 2) - &mu[k - 1] * &of(1, k + 1));
        alpha.push(inner);
    }
    mu.truncate(length);
    mu
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

/// The formulas of Stirling's kind that hold where the argument tends to plus infinity (DLMF 5.11), with a slow factor.
pub(super) fn far_formula(name: &str) -> Option<fn(&Expr) -> Expr> {
    fn slow(order: i64, x: &Expr) -> Expr {
        Expr::apply2(&function::BINET, &Expr::integer(order), x)
    }
    fn psi(x: &Expr) -> Expr {
        log(x) - x.recip() * Expr::fraction(1, 2) + slow(1, x)
    }
    fn log_gamma(x: &Expr) -> Expr {
        let half = Expr::fraction(1, 2);
        (x - &half) * log(x) - x + log(&(Expr::integer(2) * Expr::pi())) * half + slow(0, x)
    }
    fn error_tail(x: &Expr) -> Expr {
        exp(&-x.powi(2)) / (x * Expr::pi().sqrt()) * Expr::apply(&function::ERFC_FACTOR, x)
    }
    Some(match name {
        "psi" => psi,
        "harmonic_number" => |x| psi(x) + x.recip() + Expr::constant(Constant::EulerGamma),
        "log_gamma" => log_gamma,
        "gamma" => |x| exp(&log_gamma(x)),
        "erf" => |x| Expr::one() - error_tail(x),
        "erfc" => error_tail,
        _ => return None,
    })
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
