//! Equations of the first order, `A(x, y)*y' + B(x, y) = 0`.

use super::{Equation, Family, Form, UNSOLVED, constant, depends, slope, unknown};
use crate::algebra;
use crate::calculus::diff;
use crate::expr::{Expr, Kind, Reason, Symbol, function};

/// A method: the family it finds, or `None` when it does not apply.
type Method = fn(&Linear<'_, '_>) -> Result<Option<Family>, Reason>;

/// The methods in the order in which they are tried.
const METHODS: &[Method] = &[linear, separable, exact, homogeneous, bernoulli];

/// An equation that is linear in the slope.
struct Linear<'e, 'b> {
    equation: &'e Equation<'b>,
    /// The factor of the slope.
    weight: Expr,
    /// The rest.
    rest: Expr,
    /// The slope itself.
    slope: Expr,
}

/// The solutions of a first-order equation, proved by differentiating.
///
/// # Errors
/// When no method applies.
pub(super) fn family(equation: &Equation<'_>) -> Result<Family, Reason> {
    let budget = equation.budget;
    let derivative = Expr::symbol(slope(1));
    let (numerator, _) = algebra::numerator_denominator(&equation.residual, budget)?;
    let parts = algebra::coefficients(&numerator, &derivative, budget)?;
    let (mut weight, mut rest) = (Expr::zero(), Expr::zero());
    for (coefficient, exponent) in parts {
        match exponent.to_i64() {
            Some(0) if !depends(&coefficient, slope(1)) => rest = coefficient,
            Some(1) if !depends(&coefficient, slope(1)) => weight = coefficient,
            _ => return Err(UNSOLVED),
        }
    }
    if algebra::is_zero(&weight, budget)?.is_yes() {
        return Err(UNSOLVED);
    }
    let slope = algebra::simplify_rational(&(-(&rest / &weight)), budget)?;
    let linear = Linear { equation, weight, rest, slope };
    for method in METHODS {
        match method(&linear) {
            Ok(Some(family)) if linear.is_solved_by(&family)? => return Ok(family),
            Ok(_) | Err(Reason::Unsupported(_)) => {}
            Err(reason) => return Err(reason),
        }
    }
    Err(UNSOLVED)
}

impl Linear<'_, '_> {
    fn x(&self) -> Symbol {
        self.equation.variable
    }

    fn integral(&self, f: &Expr, variable: Symbol) -> Result<Expr, Reason> {
        self.equation.integral(f, variable)
    }

    fn is_zero(&self, expr: &Expr) -> Result<bool, Reason> {
        Ok(algebra::is_zero(expr, self.equation.budget)?.is_yes())
    }

    fn simplified(&self, expr: &Expr) -> Result<Expr, Reason> {
        algebra::simplify_rational(expr, self.equation.budget)
    }

    /// Explicit solutions are put into the equation; of others the constant must not change along the slope.
    fn is_solved_by(&self, family: &Family) -> Result<bool, Reason> {
        if let Form::Explicit(explicit) = &family.form {
            return self.equation.holds(explicit);
        }
        let budget = self.equation.budget;
        let by_x = diff(&family.constant, self.x(), budget)?;
        let by_y = diff(&family.constant, unknown(), budget)?;
        self.is_zero(&(by_x + by_y * &self.slope))
    }
}

/// `y' + p*y = q`: `y = (integral of q*m, plus C)/m` with `m = exp(integral of p)`.
fn linear(ode: &Linear<'_, '_>) -> Result<Option<Family>, Reason> {
    let y = Expr::symbol(unknown());
    let budget = ode.equation.budget;
    let p = -diff(&ode.slope, unknown(), budget)?;
    let p = ode.simplified(&p)?;
    if depends(&p, unknown()) {
        return Ok(None);
    }
    let q = ode.simplified(&ode.slope.substitute(&[(y.clone(), Expr::zero())]))?;
    let exponent = ode.integral(&p, ode.x())?;
    let factor = algebra::simplify_log(&function::exp(&exponent), budget)?;
    let factor = exponential_of_logarithms(&exponent).unwrap_or(factor);
    let inner = if q.is_zero() { Expr::zero() } else { ode.integral(&(q * &factor), ode.x())? };
    Ok(Some(Family {
        form: Form::Explicit((&inner + constant()) / &factor),
        constant: y * factor - inner,
        method: "linear",
    }))
}

/// `exp(a*log(u) + ...)` as `u^a*...`.
fn exponential_of_logarithms(exponent: &Expr) -> Option<Expr> {
    let mut product = Vec::new();
    let mut rest = Vec::new();
    for term in algebra::terms(exponent) {
        let (base, coefficient) = term.split_coefficient();
        match base.as_call() {
            Some((called, [argument])) if called.is(&function::LOG) => {
                product.push(argument.power(&Expr::number(coefficient)));
            }
            _ => rest.push(term),
        }
    }
    if product.is_empty() {
        return None;
    }
    product.push(function::exp(&Expr::sum(rest)));
    Some(Expr::product(product))
}

/// `y' = g(x)*h(y)`: the integrals of `1/h` and `g` differ by the constant.
fn separable(ode: &Linear<'_, '_>) -> Result<Option<Family>, Reason> {
    let Some((g, h)) = separated(ode)? else { return Ok(None) };
    if !depends(&h, unknown()) {
        return Ok(None);
    }
    let left = ode.integral(&ode.simplified(&h.recip())?, unknown())?;
    let right = ode.integral(&g, ode.x())?;
    Ok(Some(Family { constant: &left - &right, form: Form::Added(left, right), method: "separable" }))
}

/// The slope as a product of a function of `x` and one of `y`, numbers with the latter.
fn separated(ode: &Linear<'_, '_>) -> Result<Option<(Expr, Expr)>, Reason> {
    let factored = algebra::factor(&ode.slope, ode.equation.budget)?;
    let (mut g, mut h) = (Vec::new(), Vec::new());
    for factor in algebra::factors(&factored) {
        match (depends(&factor, ode.x()), depends(&factor, unknown())) {
            (false, _) => h.push(factor),
            (true, false) => g.push(factor),
            (true, true) => return Ok(None),
        }
    }
    Ok(Some((Expr::product(g), Expr::product(h))))
}

/// `B dx + A dy = 0` with `dB/dy = dA/dx`, if need be after a factor in `x` or `y` alone.
fn exact(ode: &Linear<'_, '_>) -> Result<Option<Family>, Reason> {
    let Some(factor) = integrating_factor(ode)? else { return Ok(None) };
    let budget = ode.equation.budget;
    let b = ode.simplified(&(&ode.rest * &factor))?;
    let a = ode.simplified(&(&ode.weight * &factor))?;
    let of_x = ode.integral(&b, ode.x())?;
    let left = ode.simplified(&(a - diff(&of_x, unknown(), budget)?))?;
    if depends(&left, ode.x()) {
        return Ok(None);
    }
    let whole = of_x + ode.integral(&left, unknown())?;
    Ok(Some(Family { constant: whole.clone(), form: Form::Added(whole, Expr::zero()), method: "exact" }))
}

/// A factor that makes the equation exact: one, or a function of one of the two variables.
fn integrating_factor(ode: &Linear<'_, '_>) -> Result<Option<Expr>, Reason> {
    let budget = ode.equation.budget;
    let excess = diff(&ode.rest, unknown(), budget)? - diff(&ode.weight, ode.x(), budget)?;
    if ode.is_zero(&excess)? {
        return Ok(Some(Expr::one()));
    }
    let attempts = [(&excess / &ode.weight, ode.x(), unknown()), (-(&excess / &ode.rest), unknown(), ode.x())];
    for (rate, own, other) in attempts {
        let rate = ode.simplified(&rate)?;
        if depends(&rate, other) || rate.is_undefined() {
            continue;
        }
        let exponent = ode.integral(&rate, own)?;
        return Ok(Some(exponential_of_logarithms(&exponent).unwrap_or_else(|| function::exp(&exponent))));
    }
    Ok(None)
}

/// `y' + p*y = q*y^n`: linear for `y^(1 - n)`.
fn bernoulli(ode: &Linear<'_, '_>) -> Result<Option<Family>, Reason> {
    let y = Expr::symbol(unknown());
    let expanded = algebra::expand(&ode.slope, ode.equation.budget)?;
    let parts = algebra::coefficients(&expanded, &y, ode.equation.budget)?;
    let (mut p, mut power) = (Expr::zero(), None);
    for (coefficient, exponent) in parts {
        if depends(&coefficient, unknown()) || !matches!(exponent.kind(), Kind::Number(_)) {
            return Ok(None);
        }
        match power {
            _ if exponent.is_one() => p = -coefficient,
            None => power = Some((coefficient, exponent)),
            Some(_) => return Ok(None),
        }
    }
    let Some((q, n)) = power else { return Ok(None) };
    let rest = Expr::one() - n;
    let exponent = ode.integral(&ode.simplified(&p)?, ode.x())?;
    let decay = exponential_of_logarithms(&-&exponent).unwrap_or_else(|| function::exp(&-&exponent));
    let weight = ode.simplified(&(&q * decay.power(&-&rest)))?;
    let inner = &rest * ode.integral(&weight, ode.x())?;
    Ok(Some(Family {
        form: Form::Explicit(&decay * (&inner + constant()).power(&rest.recip())),
        constant: (y / &decay).power(&rest) - inner,
        method: "bernoulli",
    }))
}

/// `y' = g(y/x)`: with `y = v*x` the variables separate, and `C*x = exp(integral of 1/(g(v) - v))`.
fn homogeneous(ode: &Linear<'_, '_>) -> Result<Option<Family>, Reason> {
    let (x, y) = (Expr::symbol(ode.x()), Expr::symbol(unknown()));
    let ratio = Symbol::new("_v");
    let v = Expr::symbol(ratio);
    let g = ode.simplified(&ode.slope.substitute(&[(y.clone(), &v * &x)]))?;
    if depends(&g, ode.x()) {
        return Ok(None);
    }
    let rate = ode.simplified(&(g - &v).recip())?;
    let exponent = ode.integral(&rate, ratio)?.substitute(&[(v, &y / &x)]);
    let growth = exponential_of_logarithms(&exponent).unwrap_or_else(|| function::exp(&exponent));
    let constant = &growth / &x;
    Ok(Some(Family { form: Form::Multiplied(x, growth), constant, method: "homogeneous" }))
}
