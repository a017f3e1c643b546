//! Functions of floating numbers, rounded from balls: evaluated with more bits until the rounding is unambiguous
//! (Ziv's strategy), so the result is the correctly rounded one.

use super::{Ball, Complex, ComplexBall, Number, Real, Unary};

/// How many guard bits the first attempt has.
const GUARD: u32 = 24;

/// The working precisions that are tried in turn.
fn attempts(precision: u32) -> impl Iterator<Item = u32> {
    (0..6).map(move |attempt| precision + (GUARD << attempt) + if attempt > 2 { precision << (attempt - 2) } else { 0 })
}

impl Real {
    /// The correctly rounded value of what `evaluate` encloses at any working precision. `None` when the enclosures
    /// don't decide it: a result that is zero or halfway between two reals without being known exactly.
    pub fn from_balls(precision: u32, evaluate: impl Fn(u32) -> Ball) -> Option<Real> {
        attempts(precision).map(evaluate).find_map(|ball| ball.round_to(precision))
    }

    /// The power with a machine integer, correctly rounded.
    pub fn powi(&self, exponent: i64) -> Real {
        let power = self.power(exponent);
        if self.is_machine() { power.into_machine() } else { power }
    }

    fn power(&self, exponent: i64) -> Real {
        if !self.is_finite() || self.is_zero() {
            let odd = exponent % 2 != 0;
            let value =
                pxfm::f_pow(self.to_f64(), if odd { exponent.signum() as f64 } else { 2.0 * exponent.signum() as f64 });
            // A zero has the infinity without a sign that Sage gives.
            return Real::from_f64(if self.is_zero() && exponent < 0 { f64::INFINITY } else { value })
                .with_prec(self.prec());
        }
        if exponent >= 0
            && let Some(power) = self.exact_power(exponent as u64)
        {
            return power;
        }
        let base = Ball::from_real(self);
        rounded(self.prec(), |working| base.powi(exponent, working))
            .unwrap_or_else(|| self.power_out_of_range(exponent))
    }

    /// A power whose exponent no real can have.
    fn power_out_of_range(&self, exponent: i64) -> Real {
        let grows =
            Ball::from_real(&self.abs()).compare(&Ball::one()).is_some_and(|order| order.is_gt()) == (exponent > 0);
        let negative = self.is_negative() && exponent % 2 != 0;
        let size = if grows { f64::INFINITY } else { 0.0 };
        Real::from_f64(if negative { -size } else { size }).with_prec(self.prec())
    }
}

/// The rounding that the enclosures decide, or that of the last midpoint: an exact result which the ball did not
/// recognise lies at the midpoint up to the working precision. `None` when nothing bounds the value.
fn rounded(precision: u32, evaluate: impl Fn(u32) -> Ball) -> Option<Real> {
    let mut last = Ball::UNBOUNDED;
    for (index, working) in attempts(precision).enumerate() {
        last = evaluate(working);
        if let Some(value) = last.round_to(precision) {
            return Some(value);
        }
        if !last.is_bounded() && index > 0 {
            return None;
        }
    }
    Some(last.to_real(precision))
}

/// As `rounded`, for both parts; a part that can't be told from zero beside the other is zero.
fn rounded_complex(precision: u32, evaluate: impl Fn(u32) -> ComplexBall) -> Option<Complex> {
    let mut last = ComplexBall::UNBOUNDED;
    for (index, working) in attempts(precision).enumerate() {
        last = evaluate(working);
        if let Some(value) = last.round_to(precision) {
            return Some(value);
        }
        if !last.is_bounded() && index > 0 {
            return None;
        }
    }
    let part = |ball: &Ball| if ball.contains_zero() { Real::zero(precision) } else { ball.to_real(precision) };
    Some(Complex::new(part(last.re()), part(last.im())))
}

impl Number {
    /// A function of a floating number, rounded to its precision: real where the value is real, else complex. `None`
    /// for exact numbers, and where the function has no value.
    pub fn apply(&self, function: &Unary) -> Option<Number> {
        match self {
            Number::Rational(_) | Number::Gaussian(_) => None,
            Number::Real(x) if !x.is_finite() => {
                Some(Number::from(Real::from_f64((function.float)(x.to_f64())).with_prec(x.prec())))
            }
            Number::Real(x) => {
                let ball = Ball::from_real(x);
                if let Some(value) = rounded(x.prec(), |working| (function.ball)(&ball, working)) {
                    return Some(Number::from(value));
                }
                let machine = (function.float)(x.to_f64());
                if machine.is_infinite() {
                    return Some(Number::from(Real::infinity(machine < 0.0, x.prec())));
                }
                let ball = ComplexBall::from(ball);
                rounded_complex(x.prec(), |working| (function.complex_ball)(&ball, working)).map(simplest)
            }
            Number::Complex(z) => {
                let ball = ComplexBall::from_complex(z);
                let value = rounded_complex(z.prec(), |working| (function.complex_ball)(&ball, working))?;
                Some(Number::Complex(Box::new(value)))
            }
        }
    }

    /// A power of which base or exponent is floating, rounded to the smaller precision: real where the value is real,
    /// else complex. `None` for two exact numbers, and where the power has no value.
    pub fn floating_power(&self, exponent: &Number) -> Option<Number> {
        let is_machine = |number: &Number| matches!(number, Number::Real(real) if real.is_machine());
        match self.rounded_power(exponent)? {
            Number::Real(real) if is_machine(self) || is_machine(exponent) => Some(Number::from(real.into_machine())),
            power => Some(power),
        }
    }

    fn rounded_power(&self, exponent: &Number) -> Option<Number> {
        let precision = match (self.precision(), exponent.precision()) {
            (Some(a), Some(b)) => a.min(b),
            (a, b) => a.or(b)?,
        };
        if let (Number::Real(x), Number::Rational(y)) = (self, exponent)
            && let Some(whole) = y.to_i64()
        {
            return Some(Number::from(x.powi(whole)));
        }
        if let (Some(x), Some(y)) = (self.to_real(precision), exponent.to_real(precision)) {
            if let Some(value) = special_power(&x, &y) {
                return Some(Number::from(value));
            }
            let parts = |working| (real_ball(self, working), real_ball(exponent, working));
            let power = |working| {
                let (x, y) = parts(working);
                x.pow(&y, working)
            };
            if let Some(value) = rounded(precision, power) {
                return Some(Number::from(value));
            }
            if pxfm::f_pow(x.to_f64(), y.to_f64()) == f64::INFINITY {
                return Some(Number::from(Real::infinity(false, precision)));
            }
        }
        let power = |working| complex_ball(self, working).pow(&complex_ball(exponent, working), working);
        rounded_complex(precision, power).map(simplest)
    }
}

/// A complex number without an imaginary part is real.
fn simplest(value: Complex) -> Number {
    if value.is_real() { Number::from(value.re().clone()) } else { Number::Complex(Box::new(value)) }
}

/// The powers that the rules of IEEE 754 settle.
fn special_power(x: &Real, y: &Real) -> Option<Real> {
    let precision = x.prec();
    if y.is_zero() {
        return Some(Real::from_f64(1.0).with_prec(precision));
    }
    if x.is_zero() && y.is_finite() {
        return Some(if y.is_negative() { Real::infinity(false, precision) } else { Real::zero(precision) });
    }
    let ordinary = x.is_finite() && y.is_finite();
    (!ordinary).then(|| Real::from_f64(pxfm::f_pow(x.to_f64(), y.to_f64())).with_prec(precision))
}

fn real_ball(value: &Number, precision: u32) -> Ball {
    match value {
        Number::Rational(q) => Ball::from_rational(q, precision),
        Number::Real(x) => Ball::from_real(x),
        Number::Gaussian(_) | Number::Complex(_) => Ball::UNBOUNDED,
    }
}

fn complex_ball(value: &Number, precision: u32) -> ComplexBall {
    match value {
        Number::Rational(_) | Number::Real(_) => ComplexBall::from(real_ball(value, precision)),
        Number::Gaussian(g) => {
            ComplexBall::new(Ball::from_rational(&g.re, precision), Ball::from_rational(&g.im, precision))
        }
        Number::Complex(z) => ComplexBall::from_complex(z),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::{Rational, kernel};

    fn text(value: Option<Number>) -> String {
        match value.unwrap() {
            Number::Real(x) => x.to_string(),
            Number::Complex(z) => z.to_string(),
            _ => unreachable!(),
        }
    }

    fn real(text: &str) -> Number {
        Number::from(Real::parse(text).unwrap())
    }

    #[test]
    fn functions_of_reals_print_as_in_sage() {
        for (function, argument, shown) in [
            (&kernel::EXP, "1000.0", "1.97007111401705e434"),
            (&kernel::SIN, "1.0", "0.841470984807897"),
            (&kernel::LOG, "-2.0", "0.693147180559945 + 3.14159265358979*I"),
            (&kernel::SQRT, "-1.0", "1.00000000000000*I"),
            (&kernel::LOG, "0.0", "-infinity"),
            (&kernel::ARCSIN, "2.0", "1.57079632679490 - 1.31695789692482*I"),
            (&kernel::FLOOR, "-2.5", "-3.00000000000000"),
            (&kernel::EXP, "1e300", "+infinity"),
            (&kernel::EXP, "-1e300", "0.000000000000000"),
            (&kernel::SIN, "3.14159265358979323846264338327950288", "5.4679317724012976971713708076318984e-36"),
        ] {
            let value = real(argument).apply(function);
            assert_eq!(text(value), shown, "{argument}");
        }
        assert_eq!(text(Number::from(Real::infinity(true, 53)).apply(&kernel::EXP)), "0.000000000000000");
    }

    #[test]
    fn powers_print_as_in_sage() {
        for (base, exponent, shown) in [
            ("2.0", "0.5", "1.41421356237310"),
            ("-8.0", "0.5", "2.82842712474619*I"),
            ("0.0", "0.0", "1.00000000000000"),
            ("0.0", "-1.0", "+infinity"),
            ("2.0", "1000.0", "1.07150860718627e301"),
            ("2.0", "-10000.0", "5.01237274920645e-3011"),
            ("2.0", "1e30", "+infinity"),
        ] {
            assert_eq!(text(real(base).floating_power(&real(exponent))), shown, "{base}^{exponent}");
        }
        let third = Number::from(Rational::fraction(1, 3).unwrap());
        assert_eq!(text(real("-2.0").floating_power(&third)), "0.629960524947437 + 1.09112363597172*I");
        assert_eq!(text(real("0.0").floating_power(&Number::from(-1))), "+infinity");
        assert_eq!(Real::from_f64(2.0).powi(i64::MAX).to_string(), "+infinity");
        assert_eq!(Real::from_f64(0.5).powi(i64::MAX).to_string(), "0.000000000000000");
    }
}
