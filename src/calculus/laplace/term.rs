//! The transforms of products without steps: a power, an exponential, and one function of the table.

use super::Transform;
use crate::algebra;
use crate::calculus::diff;
use crate::expr::assume;
use crate::expr::function::{self, Elementary};
use crate::expr::{Expr, Function, Kind, Reason, Relation, Truth};
use crate::number::Rational;

/// A product of functions of `t`, taken apart.
struct Parts {
    /// The exponent of `t`.
    power: Expr,
    /// The factor of `t` in the exponent of e.
    rate: Expr,
    /// Constants that came out of exponents.
    constant: Vec<Expr>,
    /// The coefficient of `-t^2` in the exponent of e, where there is one.
    decay: Option<Expr>,
    /// Sines, cosines and their hyperbolic kin, to natural powers.
    waves: Vec<Expr>,
    /// What else there is.
    others: Vec<Expr>,
}

impl Transform<'_> {
    /// The transform of a product of functions without jumps.
    pub(super) fn smooth(&self, factors: &[Expr]) -> Result<Option<Expr>, Reason> {
        let Some(parts) = self.parts(factors)? else { return Ok(None) };
        let s = Expr::symbol(self.s);
        let Some(base) = self.base(&parts)? else { return Ok(None) };
        let moved = if parts.rate.is_zero() { base } else { base.substitute_symbol(self.s, &(&s - &parts.rate)) };
        let single = matches!(parts.waves.as_slice(), [only] if only.as_call().is_some());
        let moved = match (parts.waves.is_empty() || parts.rate.is_zero(), single) {
            (true, _) => moved,
            (false, true) => self.denominators_expanded(&moved)?,
            (false, false) => algebra::simplify_rational(&moved, self.budget)?,
        };
        let answer = match parts.power.to_i64() {
            Some(n) if n >= 0 && !self.is_plain_power(&parts) => self.derived(&moved, n)?,
            _ => moved,
        };
        Ok(Some(Expr::product(parts.constant.iter().cloned()) * answer))
    }

    fn is_plain_power(&self, parts: &Parts) -> bool {
        parts.waves.is_empty() && parts.others.is_empty() && parts.decay.is_none()
    }

    /// What the factors are; `None` when an exponent or base fits nothing.
    fn parts(&self, factors: &[Expr]) -> Result<Option<Parts>, Reason> {
        let mut parts = Parts {
            power: Expr::zero(),
            rate: Expr::zero(),
            constant: Vec::new(),
            decay: None,
            waves: Vec::new(),
            others: Vec::new(),
        };
        for factor in factors {
            let (base, exponent) = match (factor.exp_argument(), factor.kind()) {
                (Some(exponent), _) => (Expr::e(), exponent.clone()),
                (None, Kind::Power(base, exponent)) => (base.clone(), exponent.clone()),
                _ => (factor.clone(), Expr::one()),
            };
            if base.as_symbol() == Some(self.t) && !exponent.has_symbol(self.t) {
                parts.power = &parts.power + exponent;
            } else if !base.has_symbol(self.t) {
                if !self.exponential_part(&mut parts, &base, &exponent)? {
                    return Ok(None);
                }
            } else if is_wave(&base) && exponent.to_i64().is_some_and(|n| n > 0) {
                parts.waves.push(factor.clone());
            } else {
                parts.others.push(factor.clone());
            }
        }
        Ok(Some(parts))
    }

    /// `base^(k*t + c)`, or `e^(-a*t^2 + k*t + c)`.
    fn exponential_part(&self, parts: &mut Parts, base: &Expr, exponent: &Expr) -> Result<bool, Reason> {
        let logarithm = function::log(base);
        if base.is_zero() || logarithm.is_undefined() {
            return Ok(false);
        }
        let mut linear = exponent.clone();
        let half = diff(&diff(exponent, self.t, self.budget)?, self.t, self.budget)?;
        let half = algebra::expand(&(half * Expr::fraction(1, 2)), self.budget)?;
        if !half.is_zero() {
            if half.has_symbol(self.t) || parts.decay.is_some() || !base.is_e() {
                return Ok(false);
            }
            linear = algebra::expand(&(exponent - &half * Expr::symbol(self.t).powi(2)), self.budget)?;
            parts.decay = Some(-half);
        }
        let Some((slope, constant)) = self.linear(&linear)? else { return Ok(false) };
        parts.rate = &parts.rate + slope * logarithm;
        parts.constant.push(if base.is_e() { function::exp(&constant) } else { base.power(&constant) });
        Ok(true)
    }

    /// The transform of the product without its exponential; natural powers are left to the derivatives.
    fn base(&self, parts: &Parts) -> Result<Option<Expr>, Reason> {
        let s = Expr::symbol(self.s);
        if let Some(decay) = &parts.decay {
            let alone = parts.waves.is_empty() && parts.others.is_empty() && is_natural(&parts.power);
            return Ok((alone && assume::is_positive(decay).is_yes()).then(|| bell(decay, &s)));
        }
        match (parts.waves.as_slice(), parts.others.as_slice()) {
            ([], []) => self.power(&parts.power),
            _ if !is_natural(&parts.power) => Ok(None),
            (waves, []) => self.waves(waves),
            ([], [only]) => self.table(only, parts),
            _ => Ok(None),
        }
    }

    /// `gamma(p + 1)/s^(p + 1)`
    fn power(&self, p: &Expr) -> Result<Option<Expr>, Reason> {
        let next = p + Expr::one();
        let positive = match p.as_rational() {
            Some(p) => Truth::of(*p > Rational::from(-1)),
            None => assume::is_positive(&next),
        };
        match positive {
            Truth::Yes => Ok(Some(function::gamma(&next) * Expr::symbol(self.s).power(&-next))),
            Truth::No => Ok(None),
            Truth::Unknown => Err(Reason::Unknown(Expr::relation(Relation::Greater, p.clone(), Expr::integer(-1)))),
        }
    }

    /// Products of sines, cosines and their hyperbolic kin: one by the table, several by sums of one each.
    fn waves(&self, waves: &[Expr]) -> Result<Option<Expr>, Reason> {
        if let [only] = waves
            && let Some(found) = self.wave(only)?
        {
            return Ok(Some(found));
        }
        for wave in waves {
            let base = match wave.kind() {
                Kind::Power(base, _) => base,
                _ => wave,
            };
            let linear = base.as_call().map(|(_, arguments)| self.linear(&arguments[0])).transpose()?.flatten();
            if linear.is_none() {
                return Ok(None);
            }
        }
        let product = Expr::product(waves.iter().cloned());
        let exponentials = algebra::hyperbolic_by_exponentials(&product);
        let reduced = algebra::trig_reduce(&algebra::expand(&exponentials, self.budget)?, self.budget)?;
        let reduced = algebra::expand(&reduced, self.budget)?;
        let mut found = Vec::new();
        for term in algebra::terms(&reduced) {
            let (constant, rest) = self.without_constants(&term);
            let factors = algebra::factors(&rest);
            let single = factors.iter().filter(|factor| is_wave(factor)).count() <= 1;
            let powers = factors.iter().any(|factor| matches!(factor.kind(), Kind::Power(base, _) if is_wave(base)));
            if !single || powers {
                return Ok(None);
            }
            let transform = if rest.is_one() { Some(Expr::symbol(self.s).recip()) } else { self.smooth(&factors)? };
            let Some(transform) = transform else { return Ok(None) };
            found.push(constant * transform);
        }
        algebra::simplify_rational(&Expr::sum(found), self.budget).map(Some)
    }

    /// One sine or cosine, circular or hyperbolic, of a linear argument.
    fn wave(&self, wave: &Expr) -> Result<Option<Expr>, Reason> {
        let Some((called, [argument])) = wave.as_call() else { return Ok(None) };
        let Some((k, c)) = self.linear(argument)? else { return Ok(None) };
        let s = Expr::symbol(self.s);
        let square = s.powi(2);
        let (above, below) = if called.is(&function::SIN) {
            (&k * function::cos(&c) + s * function::sin(&c), square + k.powi(2))
        } else if called.is(&function::COS) {
            (s * function::cos(&c) - &k * function::sin(&c), square + k.powi(2))
        } else if called.is(&function::SINH) {
            (&k * function::cosh(&c) + s * function::sinh(&c), square - k.powi(2))
        } else if called.is(&function::COSH) {
            (s * function::cosh(&c) + &k * function::sinh(&c), square - k.powi(2))
        } else {
            return Ok(None);
        };
        Ok(Some(above / below))
    }

    /// What is below the bars multiplied out, which a moved argument leaves as squares of sums.
    fn denominators_expanded(&self, expr: &Expr) -> Result<Expr, Reason> {
        let mut failed = None;
        let result = expr.map_bottom_up(|node| match node.kind() {
            Kind::Power(base, exponent)
                if matches!(base.kind(), Kind::Sum(_)) && exponent.as_rational().is_some_and(Rational::is_negative) =>
            {
                match algebra::expand(base, self.budget) {
                    Ok(base) => base.power(exponent),
                    Err(reason) => {
                        failed = Some(reason);
                        node
                    }
                }
            }
            _ => node,
        });
        failed.map_or(Ok(result), Err)
    }

    /// Logarithm, error function, Bessel's function, and functions of which only the name is known.
    fn table(&self, factor: &Expr, parts: &Parts) -> Result<Option<Expr>, Reason> {
        let s = Expr::symbol(self.s);
        let is_t = |argument: &Expr| argument.as_symbol() == Some(self.t);
        match factor.as_call() {
            Some((Function::Formal(_), [argument])) if is_t(argument) && parts.rate.is_zero() => {
                Ok(Some(self.held(factor)))
            }
            Some((Function::Derivative(derived), [argument])) if is_t(argument) && parts.rate.is_zero() => {
                Ok(self.formal_derivative(&derived.function, derived.positions.len()))
            }
            Some((called, [argument])) if called.is(&function::LOG) => {
                let Some((k, c)) = self.linear(argument)? else { return Ok(None) };
                let fits = c.is_zero() && assume::is_positive(&k).is_yes();
                let gamma = Expr::constant(crate::expr::Constant::EulerGamma);
                Ok(fits.then(|| -(gamma + function::log(&s) - function::log(&k)) / s))
            }
            Some((called, [argument])) if called.is(&function::ERF) => self.error_function(argument),
            Some((called, [order, argument])) if called.is(&function::BESSEL_J) && order.is_zero() => {
                let Some((k, c)) = self.linear(argument)? else { return Ok(None) };
                Ok(c.is_zero().then(|| (s.powi(2) + k.powi(2)).sqrt().recip()))
            }
            _ => Ok(None),
        }
    }

    /// `erf(k*t)` and `erf(sqrt(k*t))`, for positive `k`.
    fn error_function(&self, argument: &Expr) -> Result<Option<Expr>, Reason> {
        let s = Expr::symbol(self.s);
        let pure = |argument: &Expr| -> Result<Option<Expr>, Reason> {
            let linear = self.linear(argument)?;
            Ok(linear.filter(|(k, c)| c.is_zero() && assume::is_positive(k).is_yes()).map(|(k, _)| k))
        };
        if let Some(k) = pure(argument)? {
            let part = &s / k.scale(&2.into());
            return Ok(Some((Expr::one() - function::erf(&part)) * function::exp(&part.powi(2)) / s));
        }
        let square = algebra::expand(&argument.powi(2), self.budget)?;
        let root = matches!(argument.kind(), Kind::Power(..) | Kind::Product(_)) && argument_is_root(argument);
        Ok(pure(&square)?.filter(|_| root).map(|k| k.sqrt() / (&s * (&s + k).sqrt())))
    }

    /// `s^n*F - s^(n-1)*f(0) - ... - f^(n-1)(0)`
    fn formal_derivative(&self, f: &Function, order: usize) -> Option<Expr> {
        let Function::Formal(_) = f else { return None };
        let (t, s) = (Expr::symbol(self.t), Expr::symbol(self.s));
        let call = Expr::call(f.clone(), vec![t.clone()]);
        let mut answer = vec![s.powi(i64::try_from(order).ok()?) * self.held(&call)];
        let mut derived = call;
        for taken in 1..=order {
            let start = derived.substitute_symbol(self.t, &Expr::zero());
            answer.push(-(s.powi(i64::try_from(order - taken).ok()?) * start));
            derived = diff(&derived, self.t, self.budget).ok()?;
        }
        Some(Expr::sum(answer))
    }
}

/// The bell `e^(-a*t^2)`.
fn bell(a: &Expr, s: &Expr) -> Expr {
    let part = s / a.sqrt().scale(&2.into());
    let factor = (Expr::pi() / a).sqrt() * Expr::fraction(1, 2);
    -(factor * (function::erf(&part) - Expr::one()) * function::exp(&part.powi(2)))
}

/// Whether a root is written here, so that it is positive for positive arguments.
fn argument_is_root(argument: &Expr) -> bool {
    match argument.kind() {
        Kind::Power(_, exponent) => *exponent == Expr::fraction(1, 2),
        Kind::Product(product) => product
            .parts()
            .all(|part| part.is_constant() && assume::is_positive(&part).is_yes() || argument_is_root(&part)),
        _ => false,
    }
}

fn is_natural(power: &Expr) -> bool {
    power.to_i64().is_some_and(|n| n >= 0)
}

fn is_wave(factor: &Expr) -> bool {
    const WAVES: [&Elementary; 4] = [&function::SIN, &function::COS, &function::SINH, &function::COSH];
    matches!(factor.as_call(), Some((called, [_])) if WAVES.iter().any(|record| called.is(record)))
}
