//! Trigonometric integrands: products of powers of sine and cosine, and rational functions of them.
//!
//! Bioche's rules choose the substitution: what is odd in the sine goes to `t = cos`, odd in the cosine to `t = sin`,
//! unchanged by half a turn to `t = tan`, anything else to `t = tan` of half the angle.

use super::exponential::called_factors;
use super::shape::{apply, call_of};
use super::{Answer, Integrator};
use crate::algebra;
use crate::expr::{Expr, Kind, Reason, Symbol};
use crate::number::Number;

/// `sin(u)^m * cos(u)^n` for a linear `u`, also written with tangents and the like.
pub(super) fn powers_of_sine_and_cosine(integrator: &Integrator, f: &Expr) -> Answer {
    let Some((angle, m, n)) = exponents(integrator, f) else {
        return if is_product_of_waves(integrator, f) { reduced(integrator, f) } else { Ok(None) };
    };
    let Some((a, _)) = integrator.linear(&angle) else { return Ok(None) };
    let t = integrator.fresh();
    let new = Expr::symbol(t);
    let cosine_power = |k: i64| (Expr::one() - new.powi(2)).powi(k);
    let found = if m % 2 != 0 && (m == 1 || n % 2 == 0 || (m > 0 && n > 1)) {
        // t = cos(u)
        let g = -(cosine_power((m - 1) / 2) * new.powi(n));
        integrator.through(&g, t, &apply("cos", &angle))?
    } else if n % 2 != 0 {
        // t = sin(u)
        let g = new.powi(m) * cosine_power((n - 1) / 2);
        integrator.through(&g, t, &apply("sin", &angle))?
    } else if m >= 0 && n >= 0 {
        return reduced(integrator, f);
    } else {
        let g = new.powi(m) * (new.powi(2) + Expr::one()).powi(-(m + n) / 2 - 1);
        through_tangent(integrator, &g, t, &angle)?
    };
    Ok(found.map(|found| integrator.scaled(&a.recip(), &found)))
}

/// Natural powers of sines and cosines of linear arguments?
fn is_product_of_waves(integrator: &Integrator, f: &Expr) -> bool {
    called_factors(f).is_some_and(|factors| {
        factors.iter().all(|(name, argument, exponent)| {
            matches!(*name, "sin" | "cos") && (1..=20).contains(exponent) && integrator.linear(argument).is_some()
        })
    })
}

/// The antiderivative in `t = tan(angle)`, with the arctangent of `t` as the angle.
fn through_tangent(integrator: &Integrator, g: &Expr, t: Symbol, angle: &Expr) -> Answer {
    let new = Expr::symbol(t);
    let Some(found) = integrator.in_variable(t).integrate(g)? else { return Ok(None) };
    let found = found.substitute(&[(apply("arctan", &new), angle.clone())]);
    Ok(Some(found.substitute_symbol(t, &apply("tan", angle))))
}

/// The angle and the exponents of sine and cosine.
fn exponents(integrator: &Integrator, f: &Expr) -> Option<(Expr, i64, i64)> {
    let mut angle: Option<Expr> = None;
    let (mut m, mut n) = (0_i64, 0_i64);
    for (name, argument, exponent) in called_factors(f)? {
        if exponent.abs() > 50 || angle.as_ref().is_some_and(|known| *known != argument) {
            return None;
        }
        let (in_sine, in_cosine) = match name {
            "sin" => (1, 0),
            "cos" => (0, 1),
            "tan" => (1, -1),
            "cot" => (-1, 1),
            "sec" => (0, -1),
            "csc" => (-1, 0),
            _ => return None,
        };
        m += in_sine * exponent;
        n += in_cosine * exponent;
        angle = Some(argument);
    }
    let angle = angle.filter(|angle| integrator.linear(angle).is_some())?;
    Some((angle, m, n))
}

/// Products of sines and cosines as sums of waves of multiple angles.
pub(super) fn reduced(integrator: &Integrator, f: &Expr) -> Answer {
    let waves = f.shared_nodes().filter(|node| matches!(call_of(node), Some(("sin" | "cos", _)))).count();
    if waves == 0 {
        return Ok(None);
    }
    let open = algebra::trig_reduce(f, integrator.budget)?;
    if open == *f {
        return Ok(None);
    }
    integrator.integrate(&open)
}

/// A rational function of sines and cosines of multiples of one angle.
pub(super) fn half_angle(integrator: &Integrator, f: &Expr) -> Answer {
    let Some(angle) = common_angle(integrator, f) else { return Ok(None) };
    let Some((a, _)) = integrator.linear(&angle) else { return Ok(None) };
    let (sine, cosine) = (apply("sin", &angle), apply("cos", &angle));
    let plain = algebra::to_sine_and_cosine(f);
    let opened = algebra::trig_expand(&plain, integrator.budget)?;
    let (s, c) = (Symbol::new("the sine"), Symbol::new("the cosine"));
    let circle = Circle { integrator, s: Expr::symbol(s), c: Expr::symbol(c) };
    let g = opened.substitute(&[(sine, circle.s.clone()), (cosine, circle.c.clone())]);
    if !integrator.is_free(&g) {
        return Ok(None);
    }
    let g = integrator.simplified(&g)?;
    Ok(circle.integrate(&g, &angle)?.map(|found| integrator.scaled(&a.recip(), &found)))
}

/// A rational function of sine and cosine, as symbols.
struct Circle<'i, 'b> {
    integrator: &'i Integrator<'b>,
    s: Expr,
    c: Expr,
}

impl Circle<'_, '_> {
    fn integrate(&self, g: &Expr, angle: &Expr) -> Answer {
        let integrator = self.integrator;
        let t = integrator.fresh();
        let new = Expr::symbol(t);
        let one = Expr::one();
        let other = (&one - new.powi(2)).sqrt();
        if self.changes_sign(g, true, false)? {
            let h = self.put(&(-(g / &self.s)), &other, &new)?;
            return integrator.through(&h, t, &apply("cos", angle));
        }
        if self.changes_sign(g, false, true)? {
            let h = self.put(&(g / &self.c), &new, &other)?;
            return integrator.through(&h, t, &apply("sin", angle));
        }
        if self.is_same(g)? {
            let cosine = (&one + new.powi(2)).sqrt().recip();
            let h = self.put(g, &(&new * &cosine), &cosine)? / (&one + new.powi(2));
            let h = integrator.simplified(&h)?;
            return through_tangent(integrator, &h, t, angle);
        }
        let below = &one + new.powi(2);
        let h = self.put(g, &(Expr::integer(2) * &new / &below), &((&one - new.powi(2)) / &below))?;
        let h = integrator.simplified(&(h * Expr::integer(2) / &below))?;
        let half = angle.scale(&Number::from(crate::number::Rational::HALF));
        let back = apply("sin", angle) / (apply("cos", angle) + one);
        let Some(found) = integrator.in_variable(t).integrate(&h)? else { return Ok(None) };
        let found = found.substitute(&[(apply("arctan", &new), half)]);
        Ok(Some(found.substitute_symbol(t, &back)))
    }

    /// `g` with values for sine and cosine, simplified.
    fn put(&self, g: &Expr, sine: &Expr, cosine: &Expr) -> Result<Expr, Reason> {
        let value = g.substitute(&[(self.s.clone(), sine.clone()), (self.c.clone(), cosine.clone())]);
        self.integrator.simplified(&value)
    }

    /// Does `g` change its sign with that of the sine, or of the cosine?
    fn changes_sign(&self, g: &Expr, sine: bool, cosine: bool) -> Result<bool, Reason> {
        let turned = self.turned(g, sine, cosine);
        Ok(self.integrator.simplified(&(turned + g))?.is_zero())
    }

    /// Is `g` the same after half a turn?
    fn is_same(&self, g: &Expr) -> Result<bool, Reason> {
        let turned = self.turned(g, true, true);
        Ok(self.integrator.simplified(&(turned - g))?.is_zero())
    }

    fn turned(&self, g: &Expr, sine: bool, cosine: bool) -> Expr {
        let signed = |e: &Expr, turn: bool| if turn { -e } else { e.clone() };
        g.substitute(&[(self.s.clone(), signed(&self.s, sine)), (self.c.clone(), signed(&self.c, cosine))])
    }
}

/// The angle of which all trigonometric arguments are integer multiples; `x` may be met nowhere else.
fn common_angle(integrator: &Integrator, f: &Expr) -> Option<Expr> {
    let mut angles: Vec<Expr> = Vec::new();
    for node in f.shared_nodes().filter(|node| !integrator.is_free(node)) {
        match (call_of(&node), node.kind()) {
            (Some(("sin" | "cos" | "tan" | "cot" | "sec" | "csc", argument)), _) => {
                integrator.linear(argument)?;
                if !angles.contains(argument) {
                    angles.push(argument.clone());
                }
            }
            (Some(_), _) => return None,
            (None, Kind::Power(_, exponent)) if !exponent.as_rational().is_some_and(|q| q.is_integer()) => return None,
            (None, Kind::Product(product)) => {
                let whole = |f: &crate::expr::Factor| f.exponent.is_integer() || integrator.is_free(&f.base);
                if !product.factors().iter().all(whole) {
                    return None;
                }
            }
            (None, _) => {}
        }
    }
    let fits = |base: &Expr| angles.iter().all(|angle| (angle / base).to_i64().is_some_and(|k| k.abs() <= 8));
    if let Some(found) = angles.iter().find(|base| fits(base)) {
        return Some(found.clone());
    }
    let first = angles.first()?;
    (2..=6).map(|k| first / Expr::integer(k)).find(|base| fits(base))
}
