//! Special functions of unbounded arguments by exponentials, logarithms and slow factors with asymptotic expansions.
//!
//! NIST Digital Library of Mathematical Functions: 5.11 (gamma), 6.12 (exponential, sine and cosine integrals), 7.12
//! (error functions), 10.17, 10.40 (Bessel functions), 25.2 (zeta); Hoorfar and Hassani, "Inequalities on the Lambert W
//! function", 2008. Where only bounds are used, the error is a bounded unknown.

use std::cmp::Ordering;

use super::ascent::Ascent;
use super::gruntz::{has_imaginary_numbers, is_infinite};
use crate::algebra;
use crate::expr::function::{self, Elementary};
use crate::expr::{Constant, Expr, Function, Infinity, Kind, Reason};
use crate::number::{Integer, Rational};

/// Binomial coefficients with a lower number up to this one are written out as polynomials.
const WRITTEN_OUT: i64 = 12;

impl Ascent<'_> {
    /// The value of a function at the end of its domain, where the expression is one call.
    pub(super) fn known_at_end(&self, expr: &Expr) -> Result<Option<Expr>, Reason> {
        let Some((called, [argument])) = expr.as_call() else { return Ok(None) };
        let reaches = matches!(called, Function::Elementary(record) if record.reaches_ends);
        if !reaches || !argument.has_symbol(self.x) {
            return Ok(None);
        }
        // Prepared, so that what is not real is seen to be so.
        let end = match self.prepare(argument).and_then(|argument| self.limit(&argument)) {
            Err(reason) if reason.is_stopped() => return Err(reason),
            Err(_) => return Ok(None),
            Ok(end) => end,
        };
        if !matches!(end.kind(), Kind::Infinity(Infinity::Positive | Infinity::Negative)) {
            return Ok(None);
        }
        let value = Expr::call(called.clone(), vec![end]);
        let settled = match value.kind() {
            Kind::Infinity(infinity) => *infinity != Infinity::Unsigned,
            Kind::Call(..) | Kind::Undefined(_) => false,
            _ => value.is_constant(),
        };
        Ok(settled.then_some(value))
    }

    /// A special function of arguments that are not bounded, in a form whose growth is known; `None` for others.
    pub(super) fn special(&self, node: &Expr) -> Result<Option<Expr>, Reason> {
        let Some((Function::Elementary(record), arguments)) = node.as_call() else { return Ok(None) };
        match (record.name, arguments) {
            ("arctan2", [y, x]) => self.angle(y, x),
            ("abs", [u]) if has_imaginary_numbers(u) => Ok(self.modulus(u)),
            ("arg", [u]) if has_imaginary_numbers(u) => {
                let (re, im) = algebra::split_imaginary(&self.tidy(u));
                let real = |e: &Expr| !has_imaginary_numbers(e) && self.is_real(e).is_ok_and(|real| real);
                if real(&re) && real(&im) { self.angle(&im, &re) } else { Ok(None) }
            }
            ("arctan", [u]) if has_imaginary_numbers(u) => {
                let log = |sign: i64| function::log(&(Expr::one() + Expr::i() * Expr::integer(sign) * u));
                self.prepare(&(Expr::i() * Expr::fraction(1, 2) * (log(-1) - log(1)))).map(Some)
            }
            ("binomial", [n, k]) => self.binomial(n, k),
            ("sum" | "product", [_, _, _, _]) => self.by_gammas(node),
            ("harmonic_number", [n, order]) if let Some(order @ 2..=20) = order.to_i64() => {
                Ok(self.leaves(n)?.then(|| harmonic(n, order)))
            }
            ("beta", [a, b]) if self.leaves(a)? || self.leaves(b)? => {
                let gamma = |u: &Expr| named(&function::GAMMA, u);
                self.prepare(&(gamma(a) * gamma(b) / gamma(&(a + b)))).map(Some)
            }
            ("real_nth_root", [u, index]) if u.has_symbol(self.x) => {
                let Some(n) = index.to_i64().filter(|n| *n > 0) else { return Ok(None) };
                let power = |u: &Expr| Rational::fraction(1, n).map(|share| u.power_rational(&share));
                Ok(match (self.is_negative(&-u)?, n % 2 == 1 && self.is_negative(u)?) {
                    (true, _) => power(u),
                    (_, true) => power(&-u).map(|root| -root),
                    _ => None,
                })
            }
            (name, [u]) => self.of_one(name, u),
            (name, [order, u]) if order.is_constant() => self.of_order(name, order, u),
            _ => Ok(None),
        }
    }

    /// Does the argument go to infinity?
    fn leaves(&self, u: &Expr) -> Result<bool, Reason> {
        Ok(u.has_symbol(self.x) && is_infinite(&self.limit(u)?))
    }

    fn of_one(&self, name: &str, u: &Expr) -> Result<Option<Expr>, Reason> {
        if !SPECIAL.contains(&name) {
            return Ok(None);
        }
        let upward = match self.limit(u)?.kind() {
            Kind::Infinity(Infinity::Positive) => true,
            Kind::Infinity(Infinity::Negative) => false,
            _ => return Ok(None),
        };
        let one = Expr::one();
        Ok(Some(match (name, upward) {
            ("gamma" | "factorial" | "psi", false) => return self.reflected(name, u),
            ("fresnel_sin" | "fresnel_cos", _) => {
                let half = Expr::fraction(if upward { 1 } else { -1 }, 2);
                half + self.unknown(-&Rational::ONE, Rational::ONE, None) / u
            }
            ("airy_ai" | "airy_bi", _) => return self.airy(name, u, upward),
            ("gamma", true) => function::exp(&stirling(u)),
            ("factorial", true) => u * function::exp(&stirling(u)),
            ("log_gamma", true) => stirling(u),
            ("psi", true) => psi(u),
            ("harmonic_number", true) => psi(u) + u.recip() + Expr::constant(Constant::EulerGamma),
            ("erf", _) => Expr::integer(if upward { 1 } else { -1 }) - error_tail(u),
            ("erfc", _) => Expr::integer(if upward { 0 } else { 2 }) + error_tail(u),
            ("erfi", _) => error_factor(&u.powi(2), u, &(Expr::i() * u)),
            ("Ei", _) => exponential_integral(u),
            ("log_integral", true) => {
                let logarithm = function::log(u);
                u / &logarithm * named(&function::EI_FACTOR, &logarithm)
            }
            ("exp_integral_e1", true) => -exponential_integral(&-u),
            ("sinh_integral", _) => (exponential_integral(u) - exponential_integral(&-u)) * Expr::fraction(1, 2),
            ("cosh_integral", true) => (exponential_integral(u) + exponential_integral(&-u)) * Expr::fraction(1, 2),
            ("sin_integral" | "cos_integral", _) => return self.wave_integral(name, u, upward),
            ("zeta", true) => {
                // The terms from the third on are between 3^-u and twice that, as soon as u > 4.
                let tail = self.unknown(Rational::ONE, Rational::from(2), None);
                let term = |k: i64| function::exp(&(-u * function::log(&Expr::integer(k))));
                one + term(2) + tail * term(3)
            }
            ("lambert_w", true) => {
                let logarithm = function::log(u);
                let twice = function::log(&logarithm);
                let error = self.unknown(Rational::HALF, Rational::from(2), None);
                &logarithm - &twice + error * twice / logarithm
            }
            _ => return Ok(None),
        }))
    }

    /// At minus infinity, by the reflection formulas (DLMF 5.5.3, 5.5.4).
    fn reflected(&self, name: &str, u: &Expr) -> Result<Option<Expr>, Reason> {
        let u = if name == "factorial" { u + Expr::one() } else { u.clone() };
        let Some((sine, cosine)) = self.wave(&(Expr::pi() * &u))? else { return Ok(None) };
        if sine.is_zero() {
            return Ok(None);
        }
        let mirrored = Expr::one() - &u;
        Ok(Some(match name {
            "psi" => psi(&mirrored) - Expr::pi() * cosine / sine,
            _ => Expr::pi() * function::exp(&-stirling(&mirrored)) / sine,
        }))
    }

    /// Sine and cosine integral: `pi/2 - f(u)*cos(u) - g(u)*sin(u)` and `f(u)*sin(u) - g(u)*cos(u)`.
    fn wave_integral(&self, name: &str, u: &Expr, upward: bool) -> Result<Option<Expr>, Reason> {
        if name == "cos_integral" && !upward {
            return Ok(None);
        }
        // The sine integral is odd.
        let size = if upward { u.clone() } else { -u };
        let Some((sine, cosine)) = self.wave(&size)? else { return Ok(None) };
        let f = named(&function::SINE_FACTOR, &size);
        let g = named(&function::COSINE_FACTOR, &size);
        if name == "cos_integral" {
            return Ok(Some(f * sine - g * cosine));
        }
        let value = Expr::pi() * Expr::fraction(1, 2) - f * cosine - g * sine;
        Ok(Some(if upward { value } else { -value }))
    }

    fn of_order(&self, name: &str, order: &Expr, u: &Expr) -> Result<Option<Expr>, Reason> {
        if !matches!(name, "psi" | "bessel_J" | "bessel_Y" | "bessel_I" | "bessel_K" | "exp_integral_e") {
            return Ok(None);
        }
        if matches!(name, "bessel_J" | "bessel_Y") && order.to_i64().is_none() && order.as_rational().is_none() {
            return Ok(None);
        }
        match (name, self.limit(u)?.kind()) {
            (_, Kind::Infinity(Infinity::Positive)) => {}
            ("bessel_J" | "bessel_I", Kind::Infinity(Infinity::Negative)) => {
                // Odd and even orders are odd and even functions.
                let Some(order) = order.to_i64() else { return Ok(None) };
                let other = self.of_order(name, &Expr::integer(order), &-u)?;
                return Ok(other.map(|other| if order % 2 == 0 { other } else { -other }));
            }
            _ => return Ok(None),
        }
        let unit = |low: i64, high: i64| self.unknown(Rational::from(low), Rational::from(high), None);
        Ok(match (name, order.to_i64()) {
            ("psi", Some(n @ 1..=20)) => Some(polygamma(n, u)),
            ("exp_integral_e", Some(n @ 1..=1000)) => Some(function::exp(&-u) / (u + unit(n - 1, n))),
            ("bessel_J" | "bessel_Y", _) => return self.bessel_wave(name, order, u),
            ("bessel_I", Some(n @ -20..=20)) => {
                let error = Expr::one() + unit(-1, 1) * Expr::integer(n * n + 1) / u;
                Some(function::exp(u) * error / (Expr::integer(2) * Expr::pi() * u).sqrt())
            }
            ("bessel_K", Some(n @ -20..=20)) => {
                let error = Expr::one() + unit(-1, 1) * Expr::integer(n * n + 1) / u;
                Some(function::exp(&-u) * error * (Expr::pi() / (Expr::integer(2) * u)).sqrt())
            }
            _ => None,
        })
    }

    /// Bessel functions of a rational order by a wave and an error; the first term left out is `(4*order^2 - 1)/(8*u)`.
    fn bessel_wave(&self, name: &str, order: &Expr, u: &Expr) -> Result<Option<Expr>, Reason> {
        let Some(own) = order.as_rational() else { return Ok(None) };
        let Some((sine, cosine)) = self.wave(u)? else { return Ok(None) };
        let bound = Expr::number(Rational::from((own * own).floor() + Integer::from(2)));
        let error = self.unknown(-&Rational::ONE, Rational::ONE, None) * bound / u;
        let shift = Expr::pi() * (order * Expr::fraction(1, 2) + Expr::fraction(1, 4));
        let (s, c) = (function::sin(&shift), function::cos(&shift));
        let wave = if name == "bessel_J" { cosine * c + sine * s } else { sine * c - cosine * s };
        Ok(Some((Expr::integer(2) / (Expr::pi() * u)).sqrt() * (wave + error)))
    }

    /// Airy functions (DLMF 9.7): the errors are below `5/(48*u^(3/2))` in the end.
    fn airy(&self, name: &str, u: &Expr, upward: bool) -> Result<Option<Expr>, Reason> {
        let size = if upward { u.clone() } else { -u };
        let power = |n: i64, d: i64| Rational::fraction(n, d).map(|q| size.power_rational(&q));
        let (Some(root), Some(growth)) = (power(1, 4), power(3, 2)) else { return Ok(None) };
        let error = self.unknown(-&Rational::ONE, Rational::ONE, None) / &growth;
        let zeta = Expr::fraction(2, 3) * growth;
        let front = (Expr::pi().sqrt() * root).recip();
        let first = name == "airy_ai";
        if upward {
            let (share, exponent) = if first { (Expr::fraction(1, 2), -zeta) } else { (Expr::one(), zeta) };
            return Ok(Some(share * front * function::exp(&exponent) * (Expr::one() + error)));
        }
        let Some((sine, cosine)) = self.wave(&zeta)? else { return Ok(None) };
        let eighth = Expr::fraction(1, 2).sqrt();
        let wave = if first { (cosine + sine) * eighth } else { (cosine - sine) * eighth };
        Ok(Some(front * (wave + error)))
    }

    /// The size of something complex by its real and imaginary part.
    pub(super) fn modulus(&self, u: &Expr) -> Option<Expr> {
        let (re, im) = algebra::split_imaginary(&self.tidy(u));
        let size = self.tidy(&(re.powi(2) + im.powi(2)));
        let real = |e: &Expr| !has_imaginary_numbers(e) && self.is_real(e).is_ok_and(|real| real);
        (real(&re) && real(&im)).then(|| size.sqrt())
    }

    /// The angle of a point by an arctangent, where the signs of its coordinates are known.
    pub(super) fn angle(&self, y: &Expr, x: &Expr) -> Result<Option<Expr>, Reason> {
        let slope = function::arctan(&(y / x));
        Ok(match self.sign_at_infinity(x)? {
            Some(Ordering::Greater) => Some(slope),
            Some(Ordering::Less) => match self.sign_at_infinity(y)? {
                Some(Ordering::Greater | Ordering::Equal) => Some(slope + Expr::pi()),
                Some(Ordering::Less) => Some(slope - Expr::pi()),
                None => None,
            },
            _ => None,
        })
    }

    fn binomial(&self, n: &Expr, k: &Expr) -> Result<Option<Expr>, Reason> {
        if let Some(k) = k.to_i64().filter(|k| (0..=WRITTEN_OUT).contains(k)) {
            let factors = (0..k).map(|j| (n - Expr::integer(j)) / Expr::integer(j + 1));
            return Ok(Some(Expr::product(factors)));
        }
        let rest = n - k;
        if !(self.leaves(n)? || self.leaves(k)?) {
            return Ok(None);
        }
        let gamma = |u: &Expr| named(&function::GAMMA, &(u + Expr::one()));
        self.prepare(&(gamma(n) / (gamma(k) * gamma(&rest)))).map(Some)
    }
}

/// The functions of one argument that are rewritten.
const SPECIAL: &[&str] = &[
    "gamma",
    "factorial",
    "log_gamma",
    "psi",
    "harmonic_number",
    "erf",
    "erfc",
    "erfi",
    "Ei",
    "log_integral",
    "exp_integral_e1",
    "sinh_integral",
    "cosh_integral",
    "sin_integral",
    "cos_integral",
    "zeta",
    "airy_ai",
    "airy_bi",
    "lambert_w",
    "fresnel_sin",
    "fresnel_cos",
];

fn named(record: &'static Elementary, u: &Expr) -> Expr {
    Expr::held(Function::Elementary(record), vec![u.clone()])
}

/// `log(gamma(u))`
fn stirling(u: &Expr) -> Expr {
    let half = Expr::fraction(1, 2);
    let circle = function::log(&(Expr::pi() * Expr::integer(2))) * &half;
    (u - half) * function::log(u) - u + circle + Expr::apply2(&function::BINET, &Expr::zero(), u)
}

/// `log(u) - 1/(2*u) + mu'(u)`
fn psi(u: &Expr) -> Expr {
    function::log(u) - u.recip() * Expr::fraction(1, 2) + Expr::apply2(&function::BINET, &Expr::one(), u)
}

/// The derivative of `psi` of a positive order.
fn polygamma(order: i64, u: &Expr) -> Expr {
    let factorial = |n: i64| Expr::product((1..=n).map(Expr::integer));
    let sign = Expr::integer(if order % 2 == 1 { 1 } else { -1 });
    let of_logarithm = factorial(order - 1) * u.powi(-order);
    let of_half = factorial(order) * u.powi(-order - 1) * Expr::fraction(1, 2);
    sign * (of_logarithm + of_half) + Expr::apply2(&function::BINET, &Expr::integer(order + 1), u)
}

/// The sum of `1/k^order` up to `n`, by what is left of the whole one.
fn harmonic(n: &Expr, order: i64) -> Expr {
    let factorial = Expr::product((1..order).map(Expr::integer));
    let rest = polygamma(order - 1, &(n + Expr::one())) / factorial;
    let whole = function::zeta(&Expr::integer(order));
    if order % 2 == 1 { whole + rest } else { whole - rest }
}

/// `1 - erf(u)` for a positive `u`, and `-1 - erf(u)` for a negative one.
fn error_tail(u: &Expr) -> Expr {
    error_factor(&-u.powi(2), u, u)
}

/// `exp(exponent)/(u*sqrt(pi))` times the slow factor at the argument.
fn error_factor(exponent: &Expr, u: &Expr, argument: &Expr) -> Expr {
    function::exp(exponent) / (u * Expr::pi().sqrt()) * named(&function::ERFC_FACTOR, argument)
}

/// `Ei(u)`
fn exponential_integral(u: &Expr) -> Expr {
    function::exp(u) / u * named(&function::EI_FACTOR, u)
}
