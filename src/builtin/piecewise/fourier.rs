//! Fourier series of functions given by pieces, taken as one period or several.

use crate::algebra;
use crate::budget::Budget;
use crate::calculus::Piecewise;
use crate::diagnostic::Fault;
use crate::expr::{Expr, Function, Kind, Reason, function};
use crate::runtime::fault::value_error;

/// One of the two waves of a Fourier series.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wave {
    Cosine,
    Sine,
}

/// A function and half of its period.
pub(super) struct Series<'f> {
    function: &'f Piecewise,
    /// Half the width of the domain.
    whole: Expr,
    half: Expr,
}

impl<'f> Series<'f> {
    /// The series of a function of a bounded domain, of which `half` is half a period: half its width when not told.
    pub(super) fn new(function: &'f Piecewise, half: Option<Expr>, budget: &Budget) -> Result<Series<'f>, Fault> {
        let domain = function.domain(budget)?;
        let (Some(first), Some(last)) = (domain.intervals().first(), domain.intervals().last()) else {
            return Err(value_error("the function is nowhere defined"));
        };
        let whole = (&last.high - &first.low) / Expr::integer(2);
        if matches!(whole.kind(), Kind::Infinity(_) | Kind::Undefined(_)) {
            return Err(value_error("a Fourier series needs a function on a bounded interval"));
        }
        let half = half.unwrap_or_else(|| whole.clone());
        let periods = algebra::simplify_full(&(&whole / &half), budget)?;
        match periods.as_rational() {
            Some(count) if count.is_integer() && !count.is_negative() && !count.is_zero() => {
                Ok(Series { function, whole, half })
            }
            _ => Err(value_error("the width of the domain is not a multiple of the given period")),
        }
    }

    /// `cos(pi*x*n/L)` or the sine.
    fn wave(&self, wave: Wave, number: &Expr) -> Expr {
        let record = if wave == Wave::Cosine { &function::COS } else { &function::SIN };
        let turns = Expr::pi() * Expr::symbol(self.function.variable()) * number.clone() / self.half.clone();
        Expr::call(Function::Elementary(record), vec![turns])
    }

    /// The coefficient of a wave: `(1/L)*integral(f*wave)`.
    pub(super) fn coefficient(&self, wave: Wave, number: &Expr, budget: &Budget) -> Result<Expr, Fault> {
        let factor = self.wave(wave, number);
        let product = self.function.map(|expression| Ok::<Expr, Fault>(expression * &factor))?;
        let found = product.integral(budget)?;
        let found = found.ok_or(Reason::Unsupported("no antiderivative of a piece was found"))?;
        Ok(algebra::simplify_trig(&(found / self.whole.clone()), budget)?)
    }

    /// The sum of the waves up to a number.
    pub(super) fn partial_sum(&self, last: usize, budget: &Budget) -> Result<Expr, Fault> {
        let mut terms = vec![self.coefficient(Wave::Cosine, &Expr::zero(), budget)? / Expr::integer(2)];
        for number in 1..=last {
            budget.check()?;
            let number = Expr::integer(i64::try_from(number).unwrap_or(i64::MAX));
            for wave in [Wave::Cosine, Wave::Sine] {
                terms.push(self.coefficient(wave, &number, budget)? * self.wave(wave, &number));
            }
        }
        Ok(Expr::sum(terms))
    }
}
