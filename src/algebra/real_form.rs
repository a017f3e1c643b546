//! Formulas over real variables whose parts are complex, written with real parts alone: `abs(log(x))` left of zero, `real_part(sqrt(x))`,
//! `abs(1/(x + I))`, `e^(I*x) + e^(-I*x)`.
//!
//! Real and imaginary part are computed from below, on the principal branches, with `max` and `arctan2` in place of decisions. What comes
//! out can be enclosed, differentiated and searched for breaks like any real formula.

use crate::algebra::trig::call;
use crate::expr::assume::{Domain, Fact, Signs, is_positive, is_real, with_facts};
use crate::expr::function::{
    ARCTAN2, Function, MAX, MIN, abs, arccos, arccosh, arcsin, cos, exp, imag_part, log, real_part, sgn, sin,
};
use crate::expr::{Expr, Kind, Symbol};
use crate::number::{Number, Rational};

/// The functions that make a real number of a complex one, or another complex one.
const OF_PARTS: [&str; 5] = ["abs", "arg", "conjugate", "real_part", "imag_part"];

/// Whether complex numbers may occur inside although the variables are real.
pub fn has_complex_parts(expr: &Expr) -> bool {
    over_reals(expr, || {
        expr.any_stored(|node| match node.kind() {
            Kind::Number(number) => number.real_sign().is_none(),
            Kind::Sum(sum) => {
                sum.constant().real_sign().is_none() || sum.terms().iter().any(|t| t.coefficient.real_sign().is_none())
            }
            Kind::Product(product) => product.coefficient().real_sign().is_none(),
            Kind::Call(Function::Elementary(record), inner) if OF_PARTS.contains(&record.name) => {
                !inner.iter().all(|inner| is_real(inner).is_yes())
            }
            _ => false,
        })
    })
}

/// The same function of real variables without complex numbers; `None` where there are none, or where its values are not all real.
pub fn real_form(expr: &Expr) -> Option<Expr> {
    if !has_complex_parts(expr) {
        return None;
    }
    let parts = over_reals(expr, || expr.try_fold(parts_of)).ok()?;
    parts.im.is_zero().then_some(parts.re)
}

/// Real and imaginary part, all variables taken as real; `None` where they are not known, or only by cases.
pub(super) fn rectangular(expr: &Expr) -> Option<(Expr, Expr)> {
    let parts = over_reals(expr, || expr.try_fold(parts_of)).ok()?;
    let by_cases = |node: &Expr| matches!(node.as_call(), Some((called, _)) if called.is(&MAX) || called.is(&MIN));
    let is_known = |part: &Expr| !part.any_stored(by_cases);
    (is_known(&parts.re) && is_known(&parts.im)).then_some((parts.re, parts.im))
}

fn over_reals<T>(expr: &Expr, work: impl FnOnce() -> T) -> T {
    with_facts(expr.variables().into_iter().map(|symbol| Fact::In(symbol, Domain::Real)), work)
}

/// Nothing is known of the parts of some function.
#[derive(Clone, Copy, Debug)]
struct Unknown;

/// A complex number by its parts, with its modulus where that is simpler than what the parts give.
#[derive(Clone)]
struct Parts {
    re: Expr,
    im: Expr,
    modulus: Option<Expr>,
}

fn parts_of(node: &Expr, children: &[Parts]) -> Result<Parts, Unknown> {
    match node.kind() {
        Kind::Number(number) => Ok(Parts::of(number)),
        Kind::Symbol(_) | Kind::Constant(_) => Ok(Parts::real(node.clone())),
        Kind::Infinity(_) | Kind::Undefined(_) | Kind::Relation(..) => Err(Unknown),
        Kind::Sum(sum) => {
            let scaled = sum.terms().iter().zip(children).map(|(term, base)| base.times(&Parts::of(&term.coefficient)));
            let all: Vec<Parts> = std::iter::once(Parts::of(sum.constant())).chain(scaled).collect();
            let total = |part: fn(&Parts) -> &Expr| Expr::sum(all.iter().map(|own| part(own).clone()));
            Ok(Parts::new(total(|own| &own.re), total(|own| &own.im)))
        }
        Kind::Product(product) => {
            let mut whole = Parts::of(product.coefficient());
            for (factor, base) in product.factors().iter().zip(children) {
                whole = whole.times(&base.power(&factor.exponent)?);
            }
            Ok(whole)
        }
        Kind::Power(..) => match children {
            [base, exponent] => match exponent.re.as_rational().filter(|_| exponent.im.is_zero()) {
                Some(rational) => base.power(rational),
                None => Ok(exponent.times(&base.logarithm()).exponential()),
            },
            _ => Err(Unknown),
        },
        Kind::Call(function, _) => of_call(function, children),
    }
}

impl Parts {
    fn new(re: Expr, im: Expr) -> Parts {
        Parts { re, im, modulus: None }
    }

    fn real(re: Expr) -> Parts {
        Parts::new(re, Expr::zero())
    }

    fn of(number: &Number) -> Parts {
        let (re, im) = number.parts();
        Parts::new(Expr::number(re), Expr::number(im))
    }

    fn is_real(&self) -> bool {
        self.im.is_zero()
    }

    fn modulus(&self) -> Expr {
        match &self.modulus {
            Some(modulus) => modulus.clone(),
            None if self.is_real() => abs(&self.re),
            None if self.re.is_zero() => abs(&self.im),
            None => (self.re.powi(2) + self.im.powi(2)).sqrt(),
        }
    }

    fn angle(&self) -> Expr {
        Expr::apply2(&ARCTAN2, &self.im, &self.re)
    }

    fn times(&self, other: &Parts) -> Parts {
        let re = &self.re * &other.re - &self.im * &other.im;
        let im = &self.re * &other.im + &self.im * &other.re;
        Parts { re, im, modulus: Some(self.modulus() * other.modulus()) }
    }

    /// The number of this modulus at that angle.
    fn polar(modulus: Expr, angle: &Expr) -> Parts {
        Parts { re: &modulus * &cos(angle), im: &modulus * &sin(angle), modulus: Some(modulus) }
    }

    fn exponential(&self) -> Parts {
        Parts::polar(exp(&self.re), &self.im)
    }

    fn logarithm(&self) -> Parts {
        if self.is_real() && is_positive(&self.re).is_yes() {
            return Parts::real(log(&self.re));
        }
        Parts::new(log(&self.modulus()), self.angle())
    }

    fn reciprocal(&self) -> Parts {
        let square = self.modulus().powi(2);
        Parts { re: &self.re / &square, im: -(&self.im / &square), modulus: Some(self.modulus().recip()) }
    }

    fn power(&self, exponent: &Rational) -> Result<Parts, Unknown> {
        /// Powers up to this size are written out.
        const WRITTEN_OUT: i64 = 8;
        let power = |base: &Expr| base.power_rational(exponent);
        if self.is_real() && (exponent.is_integer() || Signs::of(&self.re).only(Signs::NON_NEGATIVE)) {
            return Ok(Parts::real(power(&self.re)));
        }
        if exponent.is_negative() {
            return Ok(self.power(&-exponent)?.reciprocal());
        }
        let small = exponent.to_integer().and_then(|n| n.to_i64()).filter(|n| *n <= WRITTEN_OUT);
        if let Some(n) = small {
            return Ok((1..n).fold(self.clone(), |product, _| product.times(self)));
        }
        let modulus = power(&self.modulus());
        if self.is_real() {
            let turn = Expr::pi() * Expr::number(exponent.clone());
            let positive = |part: &Expr| power(&Expr::apply2(&MAX, part, &Expr::zero()));
            let (above, below) = (positive(&self.re), positive(&-&self.re));
            return Ok(Parts { re: above + cos(&turn) * &below, im: sin(&turn) * below, modulus: Some(modulus) });
        }
        Ok(Parts::polar(modulus, &(self.angle() * Expr::number(exponent.clone()))))
    }

    /// The parts of a function of this number that knows them.
    fn through(&self, function: &Function) -> Result<Parts, Unknown> {
        let holes = [Symbol::new("_re"), Symbol::new("_im")];
        let [a, b] = holes.map(Expr::symbol);
        let real = holes.map(|hole| Fact::In(hole, Domain::Real));
        let (re, im) = with_facts(real, || {
            let value = Expr::call(function.clone(), vec![&a + &(&b * &Expr::i())]);
            (real_part(&value), imag_part(&value))
        });
        if has_complex_parts(&re) || has_complex_parts(&im) {
            return Err(Unknown);
        }
        let filled = |part: Expr| part.substitute(&[(a.clone(), self.re.clone()), (b.clone(), self.im.clone())]);
        Ok(Parts::new(filled(re), filled(im)))
    }
}

fn of_call(function: &Function, arguments: &[Parts]) -> Result<Parts, Unknown> {
    let Function::Elementary(record) = function else { return Err(Unknown) };
    if let [z] = arguments {
        match record.name {
            "abs" => return Ok(Parts::real(z.modulus())),
            "arg" => return Ok(Parts::real(if z.is_real() { call("arg", &z.re) } else { z.angle() })),
            "real_part" => return Ok(Parts::real(z.re.clone())),
            "imag_part" => return Ok(Parts::real(z.im.clone())),
            "conjugate" => return Ok(Parts { im: -&z.im, ..z.clone() }),
            "exp" => return Ok(z.exponential()),
            "log" => return Ok(z.logarithm()),
            name if z.is_real() => {
                if let Some(parts) = of_inverse(name, &z.re) {
                    return Ok(parts);
                }
            }
            _ => return z.through(function),
        }
    }
    match arguments.iter().all(Parts::is_real) {
        true => Ok(Parts::real(Expr::call(function.clone(), arguments.iter().map(|own| own.re.clone()).collect()))),
        false => Err(Unknown),
    }
}

/// The parts of an inverse function that is real on a part of the real line only.
fn of_inverse(name: &str, x: &Expr) -> Option<Parts> {
    let one = Expr::one();
    let inside = || Expr::apply2(&MIN, &Expr::apply2(&MAX, x, &-&one), &one);
    // Zero between -1 and 1.
    let beyond = || arccosh(&Expr::apply2(&MAX, &abs(x), &one));
    Some(match name {
        "arcsin" => Parts::new(arcsin(&inside()), -(sgn(x) * beyond())),
        "arccos" => Parts::new(arccos(&inside()), sgn(x) * beyond()),
        "arccosh" => Parts::new(beyond(), arccos(&inside())),
        "arctanh" => {
            let half = Expr::fraction(1, 2);
            let far = Expr::apply2(&ARCTAN2, &Expr::zero(), &(&one - x.powi(2)));
            Parts::new(log(&abs(&((&one + x) / (&one - x)))) * &half, sgn(x) * far * half)
        }
        "arcsec" => return of_inverse("arccos", &x.recip()),
        "arccsc" => return of_inverse("arcsin", &x.recip()),
        "arcsech" => return of_inverse("arccosh", &x.recip()),
        "arccoth" => return of_inverse("arctanh", &x.recip()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;
    use crate::expr::{Truth, read};
    use crate::tape::{Questions, evaluate};

    /// The machine number of a constant, by complex arithmetic.
    fn value(expr: &Expr) -> Option<(f64, f64)> {
        let budget = Budget::unlimited();
        let questions = Questions { is_zero: &|_: &Expr| Truth::Unknown, budget: &budget };
        evaluate(expr, 53, &questions).ok().map(|found| found.value.to_f64_parts())
    }

    #[test]
    fn real_forms_have_the_values_of_complex_arithmetic() {
        let sources = [
            "real_part(sqrt(x))",
            "imag_part(sqrt(x))",
            "abs(log(x))",
            "imag_part(log(x - 1))",
            "real_part((-1)^x)",
            "abs(1/(x + I))",
            "arg(x + I)",
            "arg(x^2 - I*x)",
            "abs(x^x)",
            "imag_part(x^(2/3))",
            "real_part(x^(-3/2))",
            "real_part(arcsin(x))",
            "imag_part(arcsin(x))",
            "imag_part(arccos(x))",
            "abs(arccosh(x))",
            "imag_part(arctanh(x))",
            "real_part(arccoth(x))",
            "imag_part(arcsec(x))",
            "abs(arcsech(x))",
            "real_part(sqrt(x + I))",
            "imag_part((x - I)^(5/2))",
            "abs(sqrt(x - 1) + I)",
            "e^(I*x) + e^(-I*x)",
            "real_part(sin(x + I*x))",
            "abs(tan(x + I))",
            "sqrt(x)*conjugate(sqrt(x))",
            "imag_part((x + I)^3)",
            "real_part((x + 2*I)^12)",
            "abs((x + I)^x)",
            "real_part(log(x + I)^2)",
        ];
        let x = Symbol::new("x");
        for source in sources {
            let expr = read(source).expect("a formula");
            // The parts of some are known before they are asked for.
            let form = real_form(&expr).unwrap_or_else(|| expr.clone());
            for at in ["-5/2", "-3/4", "-1/5", "1/3", "6/7", "9/4"] {
                let point = read(at).expect("a number");
                let [own, wanted] = [&form, &expr].map(|e| value(&e.substitute_symbol(x, &point)).expect("a value"));
                assert!((own.0 - wanted.0).abs() < 1e-9 && own.1 == 0.0, "{source} at {at}: {own:?}, {wanted:?}");
            }
        }
    }

    #[test]
    fn what_is_not_real_or_already_is_stays() {
        for source in ["sqrt(x)", "x + I", "abs(x - 1)", "sin(x)", "abs(zeta(x + I))", "e^(I*x)"] {
            assert_eq!(real_form(&read(source).expect("a formula")), None, "{source}");
        }
    }
}
