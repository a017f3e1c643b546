//! Jets: a value with its derivatives to some order, over any machine.
//!
//! A jet is the row of Taylor coefficients of a function of one variable at a point, so the recurrences of power series
//! compute with it. Functions without a recurrence of their own follow from their derivative in the table.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::program::{Literal, Program};
use super::run::{Evaluator, Machine};
use super::series::power::{self, Circle, Coefficients};
use crate::expr::{Constant, Elementary, Expr, Reason, Relation, Symbol, function};
use crate::number::{Number, Rational};

/// Tapes of derivatives by the function's name, the number of its arguments, and the argument derived by.
type Derivatives = HashMap<(&'static str, usize, usize), Option<Arc<Program>>>;

/// The machine of jets over a base machine.
#[derive(Clone)]
pub struct Jets<M: Machine> {
    ring: Ring<M>,
    /// How many coefficients a jet has: the order plus one.
    length: usize,
    /// The derivatives of functions by argument, as tapes, found when first needed; shorter jets share them.
    derivatives: Arc<Mutex<Derivatives>>,
}

fn whole<M: Machine>(machine: &M, value: i64) -> M::Value {
    machine.literal(&Literal::Number(Number::from(value)))
}

/// A machine's numbers as coefficients, with the first natural numbers, which are asked for all the time.
#[derive(Clone)]
struct Ring<M: Machine>(M, Arc<[M::Value]>);

impl<M: Machine> Coefficients for Ring<M> {
    type Element = M::Value;

    fn integer(&self, value: i64) -> M::Value {
        let known = usize::try_from(value).ok().and_then(|index| self.1.get(index));
        known.cloned().unwrap_or_else(|| whole(&self.0, value))
    }

    fn add(&self, a: &M::Value, b: &M::Value) -> M::Value {
        self.0.add(a, b)
    }

    fn negate(&self, a: &M::Value) -> M::Value {
        self.0.negate(a)
    }

    fn multiply(&self, a: &M::Value, b: &M::Value) -> M::Value {
        self.0.multiply(a, b)
    }

    fn divide(&self, a: &M::Value, b: &M::Value) -> M::Value {
        self.0.divide(a, b)
    }

    fn scale(&self, a: &M::Value, factor: i64) -> M::Value {
        if factor == 1 { a.clone() } else { self.0.multiply(&self.integer(factor), a) }
    }

    fn divide_small(&self, a: &M::Value, divisor: i64) -> M::Value {
        if divisor == 1 { a.clone() } else { self.0.divide(a, &self.integer(divisor)) }
    }

    fn is_absent(&self, a: &M::Value) -> bool {
        self.0.is_exact_zero(a)
    }

    fn is_known(&self, a: &M::Value) -> bool {
        self.0.is_known(a)
    }

    /// The divisor may hold zero, and then there is no quotient, not even of zero.
    fn divide_by_lead(&self, a: M::Value, lead: &M::Value) -> M::Value {
        self.0.divide(&a, lead)
    }
}

/// A value and its derivatives over factorials.
pub type Jet<M> = Vec<<M as Machine>::Value>;

impl<M: Machine + Clone> Jets<M> {
    /// Jets with derivatives to an order.
    pub fn new(base: M, order: usize) -> Jets<M> {
        let naturals = (0..=order as i64).map(|n| whole(&base, n)).collect();
        Jets { ring: Ring(base, naturals), length: order + 1, derivatives: Arc::default() }
    }

    /// The variable itself at a point.
    pub fn variable(&self, at: M::Value) -> Jet<M> {
        let mut jet = self.constant(at);
        if let Some(slope) = jet.get_mut(1) {
            *slope = self.ring.integer(1);
        }
        jet
    }

    /// A constant.
    pub fn constant(&self, value: M::Value) -> Jet<M> {
        let mut jet = vec![self.ring.integer(0); self.length];
        jet[0] = value;
        jet
    }

    /// A value with unknown derivatives.
    fn without_derivatives(&self, value: M::Value) -> Jet<M> {
        let missing = self.ring.0.literal(&Literal::Named(Constant::NoLimit));
        let mut jet = vec![missing; self.length];
        jet[0] = value;
        jet
    }

    fn apply(&self, record: &'static Elementary, x: &M::Value) -> M::Value {
        self.ring.0.call(record, std::slice::from_ref(x))
    }

    /// Functions with recurrences of their own.
    fn by_recurrence(&self, record: &'static Elementary, u: &Jet<M>) -> Option<Jet<M>> {
        let value = |record| self.apply(record, &u[0]);
        let pair =
            |sine, cosine, circle| power::sine_cosine(&self.ring, u, (value(sine), value(cosine)), self.length, circle);
        Some(match record.name {
            "exp" => power::exponential(&self.ring, u, value(record), self.length),
            "log" => power::logarithm(&self.ring, u, value(record), self.length),
            "sin" => pair(&function::SIN, &function::COS, Circle::Circular).0,
            "cos" => pair(&function::SIN, &function::COS, Circle::Circular).1,
            "sinh" => pair(&function::SINH, &function::COSH, Circle::Hyperbolic).0,
            "cosh" => pair(&function::SINH, &function::COSH, Circle::Hyperbolic).1,
            "tan" => power::tangent(&self.ring, u, value(record), self.length, Circle::Circular),
            "tanh" => power::tangent(&self.ring, u, value(record), self.length, Circle::Hyperbolic),
            "abs" => {
                let sign = value(&function::SGN);
                if self.ring.is_absent(&sign) {
                    return None;
                }
                self.absolute(u, value(record), &sign)
            }
            _ => return None,
        })
    }

    /// The sign is the slope, at a corner too (any number from -1 to 1), but a corner has no further derivatives:
    /// quotients by a sign that may be zero are unknown.
    fn absolute(&self, u: &Jet<M>, value: M::Value, sign: &M::Value) -> Jet<M> {
        let part = |(order, part)| match order {
            0 => value.clone(),
            1 => self.ring.multiply(sign, part),
            _ => self.ring.divide(part, sign),
        };
        u.iter().enumerate().map(part).collect()
    }

    /// `f(u)` as its value plus the integral of `sum of f_i(u) * u_i'`.
    fn by_derivative(&self, record: &'static Elementary, arguments: &[Jet<M>]) -> Jet<M> {
        let constants: Vec<M::Value> = arguments.iter().map(|jet| jet[0].clone()).collect();
        let value = self.ring.0.call(record, &constants);
        if self.length == 1 {
            return vec![value];
        }
        let shorter = Jets { length: self.length - 1, ..self.clone() };
        let inputs: Vec<Jet<M>> = arguments.iter().map(|jet| jet[..self.length - 1].to_vec()).collect();
        let mut slope: Option<Jet<M>> = None;
        for (position, argument) in arguments.iter().enumerate() {
            if argument.iter().skip(1).all(|c| self.ring.is_absent(c)) {
                continue;
            }
            let Some(program) = self.derivative(record, arguments.len(), position) else {
                return self.without_derivatives(value);
            };
            let outer = Evaluator::new(program, shorter.clone()).value(&inputs);
            let inner: Jet<M> = (1..self.length).map(|k| self.ring.scale(&argument[k], k as i64)).collect();
            let term = power::product(&self.ring, &outer, &inner, self.length - 1);
            slope = Some(match slope {
                None => term,
                Some(slope) => slope.iter().zip(&term).map(|(a, b)| self.ring.0.add(a, b)).collect(),
            });
        }
        slope.map_or_else(|| self.constant(value.clone()), |slope| power::integral(&self.ring, &slope, value.clone()))
    }

    /// The derivative of a function by one of its arguments as a tape over all of them.
    fn derivative(&self, record: &'static Elementary, count: usize, position: usize) -> Option<Arc<Program>> {
        let key = (record.name, count, position);
        if let Some(known) = self.derivatives.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let symbols: Vec<Symbol> = (0..count).map(|k| Symbol::new(&format!("_argument{k}"))).collect();
        let arguments: Vec<Expr> = symbols.iter().map(|symbol| Expr::symbol(*symbol)).collect();
        let derivative = (record.derivative)(&arguments, position);
        let program = derivative.and_then(|d| Program::new(&d, &symbols).ok()).map(Arc::new);
        self.derivatives.lock().unwrap_or_else(PoisonError::into_inner).insert(key, program.clone());
        program
    }

    fn pairwise(&self, a: &Jet<M>, b: &Jet<M>, work: impl Fn(&M::Value, &M::Value) -> M::Value) -> Jet<M> {
        a.iter().zip(b).map(|(a, b)| work(a, b)).collect()
    }
}

impl<M: Machine + Clone> Machine for Jets<M> {
    type Value = Jet<M>;

    fn literal(&self, literal: &Literal) -> Jet<M> {
        self.constant(self.ring.0.literal(literal))
    }

    fn add(&self, a: &Jet<M>, b: &Jet<M>) -> Jet<M> {
        self.pairwise(a, b, |a, b| self.ring.0.add(a, b))
    }

    fn subtract(&self, a: &Jet<M>, b: &Jet<M>) -> Jet<M> {
        self.pairwise(a, b, |a, b| self.ring.0.subtract(a, b))
    }

    fn multiply(&self, a: &Jet<M>, b: &Jet<M>) -> Jet<M> {
        power::product(&self.ring, a, b, self.length)
    }

    fn divide(&self, a: &Jet<M>, b: &Jet<M>) -> Jet<M> {
        power::quotient(&self.ring, a, b, self.length)
    }

    fn negate(&self, a: &Jet<M>) -> Jet<M> {
        a.iter().map(|a| self.ring.0.negate(a)).collect()
    }

    fn square_root(&self, a: &Jet<M>) -> Jet<M> {
        let constant = self.ring.0.square_root(&a[0]);
        power::power(&self.ring, a, &Rational::HALF, constant, self.length).unwrap_or_default()
    }

    fn integer_power(&self, a: &Jet<M>, exponent: i64) -> Jet<M> {
        // Repeated squaring: the recurrence of powers divides by the value, which may be zero.
        let mut result: Option<Jet<M>> = None;
        let size = exponent.unsigned_abs();
        for index in (0..64 - size.leading_zeros()).rev() {
            result = result.map(|r| self.multiply(&r, &r));
            if size >> index & 1 == 1 {
                result = Some(result.map_or_else(|| a.clone(), |r| self.multiply(&r, a)));
            }
        }
        let one = self.constant(self.ring.integer(1));
        let result = result.unwrap_or_else(|| one.clone());
        if exponent < 0 { self.divide(&one, &result) } else { result }
    }

    fn rational_power(&self, a: &Jet<M>, exponent: &Rational) -> Jet<M> {
        let constant = self.ring.0.rational_power(&a[0], exponent);
        match power::power(&self.ring, a, exponent, constant.clone(), self.length) {
            Some(jet) => jet,
            None => self.without_derivatives(constant),
        }
    }

    fn power(&self, a: &Jet<M>, b: &Jet<M>) -> Jet<M> {
        let value = self.ring.0.power(&a[0], &b[0]);
        let logarithm = power::logarithm(&self.ring, a, self.apply(&function::LOG, &a[0]), self.length);
        power::exponential(&self.ring, &self.multiply(b, &logarithm), value, self.length)
    }

    fn compare(&self, relation: Relation, a: &Jet<M>, b: &Jet<M>) -> Jet<M> {
        self.constant(self.ring.0.compare(relation, &a[0], &b[0]))
    }

    fn call(&self, record: &'static Elementary, arguments: &[Jet<M>]) -> Jet<M> {
        if let [u] = arguments
            && let Some(jet) = self.by_recurrence(record, u)
        {
            return jet;
        }
        self.by_derivative(record, arguments)
    }
}

/// The value and the derivatives of an expression at a point, to an order, over any machine.
///
/// # Errors
/// Those of [`Program::new`].
pub fn derivatives_at<M: Machine + Clone>(
    expr: &Expr,
    variable: Symbol,
    at: M::Value,
    order: usize,
    base: M,
) -> Result<Vec<M::Value>, Reason> {
    let program = Program::new(expr, &[variable])?;
    let jets = Jets::new(base, order);
    let input = jets.variable(at);
    let jet = Evaluator::new(program, jets.clone()).value(&[input]);
    let mut factorial = jets.ring.integer(1);
    let mut derivatives = Vec::with_capacity(jet.len());
    for (k, coefficient) in jet.iter().enumerate() {
        if k > 1 {
            factorial = jets.ring.scale(&factorial, k as i64);
        }
        derivatives.push(if k > 1 { jets.ring.multiply(coefficient, &factorial) } else { coefficient.clone() });
    }
    Ok(derivatives)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::read;
    use crate::number::{Ball, Interval};
    use crate::tape::{Balls, Intervals, Numbers};

    #[test]
    fn derivatives_agree_with_expressions_derived() {
        let x = Symbol::new("x");
        for (text, third) in [
            ("sin(x)*exp(x)", "2*cos(x)*exp(x) - 2*sin(x)*exp(x)"),
            ("1/(1 + x^2)", "-48*x^3/(1 + x^2)^4 + 24*x/(1 + x^2)^3"),
            ("arctan(x)", "8*x^2/(1 + x^2)^3 - 2/(1 + x^2)^2"),
            ("erf(x)", "(4*x^2 - 2)*exp(-x^2)*2/sqrt(pi)"),
            ("x^x", "x^x*((log(x) + 1)^3 + 3*(log(x) + 1)/x - 1/x^2)"),
            ("log(gamma(x))", "psi(2, x)"),
            ("tan(x)", "2*(1 + tan(x)^2)*(1 + 3*tan(x)^2)"),
        ] {
            let at = Ball::from_rational(&Rational::fraction(5, 7).unwrap(), 200);
            let found = derivatives_at(&read(text).unwrap(), x, at.clone(), 3, Numbers(200)).unwrap();
            let program = Program::new(&read(third).unwrap(), &[x]).unwrap();
            let machine: Balls = Numbers(200);
            let expected = Evaluator::new(program, machine).value(&[at]);
            assert!(found[3].is_bounded() && found[3].overlaps(&expected), "{text}: {:?} {expected:?}", found[3]);
        }
    }

    #[test]
    fn enclosures_of_derivatives() {
        let expr = read("x^3 - x").unwrap();
        let machine: Intervals = Numbers(());
        let found = derivatives_at(&expr, Symbol::new("x"), Interval::new(1.0, 2.0), 1, machine).unwrap();
        assert!(found[1].contains(2.0) && found[1].contains(11.0) && found[1].is_positive());
    }
}
