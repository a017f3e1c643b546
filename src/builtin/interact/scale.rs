//! The values of a slider over numbers: from a least one in equal steps, exact, and of the kind that they were given in.

use crate::number::{Integer, Rational, Real};
use crate::runtime::value::{Value, repr};

/// A slider has no more stops than this; a longer one gets wider steps.
const MOST_STOPS: i64 = 10_000;

/// The kinds of numbers on a slider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ring {
    /// Integers.
    Integer,
    /// Rationals.
    Rational,
    /// Python's floats.
    Float,
    /// Reals of 53 bits.
    Real,
}

impl Ring {
    /// The number as a value of that kind.
    pub fn value(self, number: &Rational) -> Value {
        match (self, number.to_integer()) {
            (Ring::Integer | Ring::Rational, Some(whole)) => Value::integer(whole),
            (Ring::Integer | Ring::Rational, None) => Value::rational(number.clone()),
            (Ring::Float, _) => Value::Float(number.to_f64()),
            (Ring::Real, _) => Value::real(Real::from_f64(number.to_f64())),
        }
    }

    /// The number as a reader of a page sees it.
    pub fn text(self, number: &Rational) -> String {
        match self {
            Ring::Integer | Ring::Rational => number.to_string(),
            Ring::Float | Ring::Real => short(number.to_f64()),
        }
    }
}

/// A number with at most six digits that count.
fn short(number: f64) -> String {
    let rounded: f64 = format!("{number:.5e}").parse().unwrap_or(number);
    if rounded != 0.0 && !(1e-5..1e9).contains(&rounded.abs()) { format!("{rounded:e}") } else { rounded.to_string() }
}

/// A real number as it was written: the shortest decimal that means it, exactly.
pub fn exact(value: f64) -> Option<Rational> {
    if !value.is_finite() {
        return None;
    }
    // Never with an exponent.
    let text = value.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = Integer::parse(&format!("{whole}{part}"), 10)?;
    Rational::ratio(&digits, &Integer::from(10).pow(part.len()))
}

/// The stops of a slider over numbers, ascending.
#[derive(Clone, Debug)]
pub struct Scale {
    /// The stops.
    pub stops: Vec<Rational>,
    /// What kind of numbers they are.
    pub ring: Ring,
    /// How far one is from the next, but for the last and those put in.
    pub step: Rational,
}

impl Scale {
    /// From `low` in steps to `high`, which is a stop in any case.
    ///
    /// # Errors
    /// Why there is no such slider.
    pub fn new(low: &Rational, high: &Rational, step: &Rational, ring: Ring) -> Result<Scale, String> {
        if step.signum() <= 0 {
            return Err(format!("a slider needs a positive step, not {}", ring.text(step)));
        }
        if low > high {
            return Err(format!("a slider from {} to {} has no values", ring.text(low), ring.text(high)));
        }
        let room = Rational::from(MOST_STOPS);
        let count = ((high - low) / step).floor();
        let wider = (Rational::from(count.clone()) / &room).ceil();
        let wide = if count > Integer::from(MOST_STOPS) { step * Rational::from(wider) } else { step.clone() };
        let last = ((high - low) / &wide).floor().to_i64().unwrap_or(0);
        let stops = (0..=last).map(|k| low + &wide * Rational::from(k)).collect();
        let mut scale = Scale { stops, ring, step: step.clone() };
        if ring != Ring::Integer {
            scale.place(high);
        }
        Ok(scale)
    }

    /// The place of the stop at a number, which is put in if there is none so near that no eye could tell.
    pub fn place(&mut self, number: &Rational) -> usize {
        let near = &self.step / Rational::from(1_000_000);
        let at = self.stops.partition_point(|stop| stop < number);
        for at in [at.checked_sub(1), Some(at)].into_iter().flatten() {
            if self.stops.get(at).is_some_and(|stop| (stop - number).abs() <= near) {
                self.stops[at] = number.clone();
                return at;
            }
        }
        self.stops.insert(at, number.clone());
        at
    }

    /// The number moved to the nearest end if it lies beyond.
    pub fn within(&self, number: Rational) -> Rational {
        match (self.stops.first(), self.stops.last()) {
            (Some(low), _) if number < *low => low.clone(),
            (_, Some(high)) if number > *high => high.clone(),
            _ => number,
        }
    }

    /// Whether its numbers are integers.
    pub fn is_whole(&self) -> bool {
        self.ring == Ring::Integer
    }

    /// The stop at a place as Sage's widgets show it.
    pub fn shown(&self, at: usize) -> String {
        self.stops.get(at).map_or_else(String::new, |stop| self.number_shown(stop))
    }

    fn number_shown(&self, number: &Rational) -> String {
        let ring = if self.ring == Ring::Real { Ring::Float } else { self.ring };
        repr(&ring.value(number))
    }

    /// The slider as Sage's widgets show it, the stop at a place being its value.
    pub fn text(&self, at: usize) -> String {
        let last = self.shown(self.stops.len().saturating_sub(1));
        let step = self.number_shown(&self.step);
        format!("value={}, min={}, max={last}, step={step}", self.shown(at), self.shown(0))
    }

    /// The stop at a place as a value.
    pub fn value(&self, at: usize) -> Value {
        self.stops.get(at).map_or(Value::None, |stop| self.ring.value(stop))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(scale: &Scale) -> Vec<String> {
        scale.stops.iter().map(|stop| scale.ring.text(stop)).collect()
    }

    fn of(low: f64, high: f64, step: f64) -> Scale {
        let number = |value| exact(value).expect("it is finite");
        Scale::new(&number(low), &number(high), &number(step), Ring::Float).expect("it has values")
    }

    #[test]
    fn stops_are_exact_and_reach_the_end() {
        assert_eq!(texts(&of(0.0, 0.5, 0.1)), ["0", "0.1", "0.2", "0.3", "0.4", "0.5"]);
        assert_eq!(texts(&of(0.0, 1.0, 0.4)), ["0", "0.4", "0.8", "1"]);
        // Eight times the rounded eighth of pi is not quite pi.
        assert_eq!(of(0.0, std::f64::consts::PI, std::f64::consts::PI / 8.0).stops.len(), 9);
    }

    #[test]
    fn a_number_between_stops_is_put_in() {
        let mut scale = of(0.0, 1.0, 0.5);
        let at = scale.place(&Rational::fraction(3, 4).expect("no zero below"));
        assert_eq!((at, texts(&scale)), (2, ["0", "0.5", "0.75", "1"].map(String::from).to_vec()));
    }

    #[test]
    fn senseless_sliders_are_refused_and_endless_ones_get_wider_steps() {
        let number = |n: i64| Rational::from(n);
        assert!(Scale::new(&number(0), &number(1), &number(0), Ring::Integer).is_err());
        assert!(Scale::new(&number(2), &number(1), &number(1), Ring::Integer).is_err());
        let long = Scale::new(&number(0), &number(1_000_000_000), &number(1), Ring::Integer).expect("it has values");
        assert!(long.stops.len() <= 10_001 && long.stops[1] == number(100_000));
    }
}
