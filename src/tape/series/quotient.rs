//! Rational functions about zero: numerator and denominator are read from the expression as they stand, and the
//! coefficients follow the denominator's recurrence.

use super::field::Stop;
use super::laurent::Laurent;
use super::{Request, Side, recurrence};
use crate::expr::{Expr, Kind, Symbol};
use crate::number::Rational;

/// Polynomials of higher degree are left to the general walk.
const HIGHEST_DEGREE: usize = 32;

/// A dense polynomial.
type Row = Vec<Rational>;

/// The expansion of a quotient of short polynomials; `None` for all else.
pub(super) fn expand(request: &Request) -> Option<Result<Laurent<Rational>, Stop>> {
    if !request.approach.point.is_zero() || request.approach.side != Side::Both {
        return None;
    }
    let Quotient { above, below } = Quotient::read(request.expr, request.variable)?;
    let (zeros, poles) = (leading_zeros(&above)?, leading_zeros(&below)?);
    let (above, below) = (above.get(zeros..)?, below.get(poles..)?);
    // What ends is no matter of a recurrence.
    if below.iter().filter(|c| !c.is_zero()).count() < 2 {
        return None;
    }
    let start = zeros as i64 - poles as i64;
    let length = usize::try_from(request.order.checked_sub(start)?).ok()?;
    let coefficients = recurrence::quotient(above, below, length, Some(request.hooks.budget))?;
    if let Err(stopped) = request.hooks.budget.check() {
        return Some(Err(Stop::Because(stopped.into())));
    }
    Some(Ok(Laurent { start, ramification: 1, coefficients, exact: false, two_sided: true }))
}

fn leading_zeros(row: &[Rational]) -> Option<usize> {
    row.iter().position(|c| !c.is_zero())
}

/// A quotient of polynomials.
struct Quotient {
    above: Row,
    below: Row,
}

impl Quotient {
    fn read(expr: &Expr, variable: Symbol) -> Option<Quotient> {
        let mut quotient = Quotient { above: vec![Rational::ONE], below: vec![Rational::ONE] };
        match expr.kind() {
            Kind::Product(product) => {
                quotient.above = vec![product.coefficient().as_rational()?.clone()];
                for factor in product.factors() {
                    quotient.multiply(&factor.base, factor.exponent.to_i64()?, variable)?;
                }
            }
            Kind::Power(base, exponent) => quotient.multiply(base, exponent.to_i64()?, variable)?,
            _ => return None,
        }
        Some(quotient)
    }

    /// Multiplies by a power of a polynomial.
    fn multiply(&mut self, base: &Expr, exponent: i64, variable: Symbol) -> Option<()> {
        let side = if exponent < 0 { &mut self.below } else { &mut self.above };
        let factor = polynomial(base, variable)?;
        for _ in 0..exponent.unsigned_abs().min(HIGHEST_DEGREE as u64 + 1) {
            *side = product(side, &factor)?;
        }
        Some(())
    }
}

/// The product, if its degree is low.
fn product(a: &Row, b: &Row) -> Option<Row> {
    if let [one] = a.as_slice()
        && one.is_one()
    {
        return Some(b.clone());
    }
    let length = (a.len() + b.len()).checked_sub(1).filter(|length| *length <= HIGHEST_DEGREE + 1)?;
    let mut row = vec![Rational::ZERO; length];
    for (place, p) in a.iter().enumerate() {
        for (sum, q) in row.iter_mut().skip(place).zip(b) {
            *sum += &(p * q);
        }
    }
    Some(row)
}

/// A variable or a sum of its natural powers as a dense row.
fn polynomial(expr: &Expr, variable: Symbol) -> Option<Row> {
    let degree = |base: &Expr| match base.kind() {
        Kind::Symbol(own) => (*own == variable).then_some(1),
        Kind::Power(base, exponent) => {
            let degree = usize::try_from(exponent.to_i64()?).ok()?;
            (base.as_symbol() == Some(variable)).then_some(degree)
        }
        _ => None,
    };
    let mut row = vec![Rational::ZERO; 4];
    let mut put = |degree: usize, value: &Rational| {
        if degree > HIGHEST_DEGREE {
            return None;
        }
        if row.len() <= degree {
            row.resize(degree + 1, Rational::ZERO);
        }
        row[degree] = value.clone();
        Some(())
    };
    match expr.kind() {
        Kind::Sum(sum) => {
            put(0, sum.constant().as_rational()?)?;
            for term in sum.terms() {
                put(degree(&term.base)?, term.coefficient.as_rational()?)?;
            }
        }
        _ => put(degree(expr)?, &Rational::ONE)?,
    }
    row.truncate(row.iter().rposition(|c| !c.is_zero())? + 1);
    Some(row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;
    use crate::expr::read;
    use crate::tape::series::{Approach, Hooks, field};

    /// The reading against the walk over the nodes.
    #[test]
    fn quotients_are_expanded_as_by_the_walk() {
        let budget = Budget::unlimited();
        for text in [
            "1/(1 - x - x^2)",
            "x/(1 - x)^3",
            "(3 + x)/(2 - x/2 + x^2/3)",
            "x^2/(7*x^5 - x^3)",
            "-2/3*(x + 1)^4*(2*x - 1)^(-2)/(x^2 + 5)",
            "1/(x*(x - 1)*(x - 2))",
        ] {
            let expr = read(text).expect(text);
            let point = Expr::zero();
            let approach = Approach::both(&point);
            let hooks = Hooks::plain(&budget);
            let variable = Symbol::new("x");
            let request = Request { expr: &expr, variable, approach: &approach, order: 30, hooks: &hooks };
            let found = expand(&request).expect(text).unwrap_or_else(|_| panic!("{text}"));
            let walked = request.over(&field::Rationals { budget: Some(&budget), record: None });
            let walked = walked.unwrap_or_else(|_| panic!("{text}"));
            assert_eq!(found.start, walked.start, "{text}");
            let length = (30 - found.start) as usize;
            assert_eq!(found.coefficients, &walked.coefficients[..length], "{text}");
        }
    }

    #[test]
    fn others_are_left() {
        for text in ["x^2 + 1", "1/(x + y)", "1/(1 - sqrt(x))", "1/(1 - x^50)", "2/x^3", "1/(x - pi)"] {
            assert!(
                Quotient::read(&read(text).expect(text), Symbol::new("x")).is_none_or(|q| q.below.len() < 5),
                "{text}"
            );
        }
    }
}
