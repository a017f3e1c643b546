//! Taylor polynomials of functions that solve linear differential equations with polynomials as coefficients.
//!
//! With `D*y' = M*y` for a row `y` of functions, one of which is wanted, and `D`, `M` polynomials in `x`, the coefficients
//! about a centre follow from those before in a few operations each, here in intervals. The row in the centre comes from
//! balls. What is cut off: let `u(n)` be the greatest of the scaled coefficients with index `n`; the recurrence says
//! `u(n+1) <= B*max(u(n), ..., u(n-J+1))` with a `B` that falls with `n`, so that from `N` on, when `B < 1`, the
//! coefficients add up to at most `J*B/(1-B)` times the greatest of the last `J` (majorants as Cauchy's).

use super::ENOUGH;
use crate::number::Interval;

/// Terms of a polynomial.
const TERMS: usize = 30;
/// The greatest power of `x` in a system, and one more.
const POWERS: usize = 4;
/// The rows of the greatest system.
const ROWS: usize = 3;
/// How much smaller than the first coefficients the last ones have to be; only guessed before values are asked for.
const SMALL: f64 = 1e-13;
/// How much greater than the first coefficients any may get: as much greater gets their uncertainty.
const GREAT: f64 = 200.0;
/// What rounding does to a sum of so many terms and to its first three derivatives, in parts of the terms' sizes.
const ROUNDED: f64 = 130.0 * f64::EPSILON;

/// A polynomial in `x`, lowest power first.
pub(super) type Powers = [Interval; POWERS];

/// One term of a system: `D*y[row]' = ... + factor*x^power*y[column]`.
pub(super) struct Term {
    pub row: usize,
    pub column: usize,
    pub power: usize,
    pub factor: Interval,
}

/// A system `D*y' = M*y`.
pub(super) struct System {
    /// The polynomial `D`.
    pub divisor: [f64; 3],
    /// The terms of `M*y`.
    pub terms: Vec<Term>,
}

/// A system about a centre, for the distance from it in parts of `half`.
pub(super) struct Shifted {
    centre: f64,
    half: f64,
    divisor: Powers,
    matrix: Vec<(usize, usize, Powers)>,
}

fn number(value: f64) -> Interval {
    Interval::point(value)
}

fn zero() -> Interval {
    number(0.0)
}

/// A polynomial about another centre, scaled: by repeated synthetic division.
fn shifted(polynomial: Powers, centre: f64, half: f64) -> Powers {
    let (mut out, at) = (polynomial, number(centre));
    for start in 0..POWERS - 1 {
        for k in (start..POWERS - 1).rev() {
            if out[k + 1] != zero() {
                out[k] = out[k] + out[k + 1] * at;
            }
        }
    }
    let mut scale = 1.0;
    out.map(|coefficient| {
        let scaled = coefficient * number(scale);
        scale *= half;
        scaled
    })
}

impl System {
    /// The system about a centre.
    pub(super) fn about(&self, centre: f64, half: f64) -> Shifted {
        let mut divisor = [zero(); POWERS];
        for (own, given) in divisor.iter_mut().zip(self.divisor) {
            *own = number(given);
        }
        let matrix = self.terms.iter().map(|term| {
            let mut powers = [zero(); POWERS];
            powers[term.power] = term.factor * number(half);
            (term.row, term.column, shifted(powers, centre, half))
        });
        Shifted { centre, half, divisor: shifted(divisor, centre, half), matrix: matrix.collect() }
    }
}

impl Shifted {
    /// The bound `B` of the next coefficient by the last ones, from an index on.
    fn growth(&self, index: usize) -> f64 {
        let lead = self.divisor[0].mignitude();
        let own: f64 = self.divisor.iter().skip(1).map(|d| d.magnitude()).sum();
        let of_row = |row: usize| -> f64 {
            let entries = self.matrix.iter().filter(|entry| entry.0 == row);
            entries.flat_map(|entry| entry.2.iter()).map(|m| m.magnitude()).sum()
        };
        let others = (0..ROWS).map(of_row).fold(0.0_f64, f64::max) / (index as f64 + 1.0);
        if lead > 0.0 { (own + others) / lead * 1.000_001 } else { f64::INFINITY }
    }

    /// Whether the equation is singular on the stretch, or next to it.
    pub(super) fn is_singular(&self) -> bool {
        self.divisor.iter().skip(1).map(|d| d.magnitude()).sum::<f64>() >= self.divisor[0].mignitude()
    }

    /// Whether the coefficients seem to get small enough, whatever the values in the centre are.
    pub(super) fn is_promising(&self) -> bool {
        if self.growth(TERMS) > 0.5 {
            return false;
        }
        let lead = self.divisor[0].mignitude();
        let mut sizes = [[0.0_f64; ROWS]; TERMS + 1];
        sizes[0] = [1.0; ROWS];
        for n in 0..TERMS {
            let mut next = [0.0; ROWS];
            for (row, column, powers) in &self.matrix {
                for (j, power) in powers.iter().enumerate().take(n + 1) {
                    next[*row] += power.magnitude() * sizes[n - j][*column];
                }
            }
            for j in 1..POWERS.min(n + 1) {
                for (row, value) in next.iter_mut().enumerate() {
                    *value += self.divisor[j].magnitude() * (n + 1 - j) as f64 * sizes[n + 1 - j][row];
                }
            }
            sizes[n + 1] = next.map(|value| value / (lead * (n + 1) as f64));
        }
        let greatest = |row: &[f64; ROWS]| row.iter().fold(0.0_f64, |all, size| all.max(*size));
        let all = sizes.iter().map(greatest).fold(0.0, f64::max);
        greatest(&sizes[TERMS]) <= SMALL * all && all <= GREAT
    }

    /// The rows of coefficients that follow from the values in the centre.
    fn coefficients(&self, state: &[Interval]) -> Vec<[Interval; ROWS]> {
        let mut rows = vec![[zero(); ROWS]; TERMS + 1];
        for (own, given) in rows[0].iter_mut().zip(state) {
            *own = *given;
        }
        for n in 0..TERMS {
            let mut next = [zero(); ROWS];
            for (row, column, powers) in &self.matrix {
                for (j, power) in powers.iter().enumerate().take(n + 1) {
                    if *power != zero() {
                        next[*row] = next[*row] + *power * rows[n - j][*column];
                    }
                }
            }
            for j in 1..POWERS.min(n + 1) {
                if self.divisor[j] != zero() {
                    let factor = self.divisor[j] * number((n + 1 - j) as f64);
                    for (row, value) in next.iter_mut().enumerate().take(state.len()) {
                        *value = *value - factor * rows[n + 1 - j][row];
                    }
                }
            }
            let lead = self.divisor[0] * number((n + 1) as f64);
            for (own, value) in rows[n + 1].iter_mut().zip(next).take(state.len()) {
                *own = value / lead;
            }
        }
        rows
    }

    /// The polynomial of the first function, if its error is small, and the values at both ends.
    pub(super) fn expansion(&self, state: &[Interval]) -> Option<Expansion> {
        if state.len() > ROWS || state.iter().any(|value| value.is_empty() || !value.is_bounded()) {
            return None;
        }
        let rows = self.coefficients(state);
        let greatest = |row: &[Interval; ROWS]| row.iter().fold(0.0_f64, |all, value| all.max(value.magnitude()));
        let last = rows.iter().rev().take(POWERS).map(greatest).fold(0.0, f64::max);
        let growth = self.growth(TERMS);
        let left_out = POWERS as f64 * last * growth / (1.0 - growth);
        let uncertain: f64 = rows.iter().map(|row| row[0].width()).sum();
        let middles = rows.iter().map(|row| row[0].midpoint()).collect();
        let polynomial = Polynomial::new(self.centre, self.half, middles, left_out + uncertain)?;
        let at = |sign: f64| {
            let sum = rows.iter().rev().fold(zero(), |sum, row| sum * number(sign) + row[0]);
            sum + Interval::new(-left_out, left_out)
        };
        Some(Expansion { polynomial, ends: [at(-1.0), at(1.0)] })
    }
}

/// A polynomial with the values of the function at both ends of its stretch.
pub(super) struct Expansion {
    pub polynomial: Polynomial,
    pub ends: [Interval; 2],
}

/// A polynomial in the distance from a centre in parts of `half`.
pub(super) struct Polynomial {
    centre: f64,
    half: f64,
    coefficients: Vec<f64>,
    /// The sums of the sizes of the terms of the value and of the first derivatives over their factorials.
    sizes: [f64; 5],
    /// The greatest difference from the function, but for rounding.
    error: f64,
}

impl Polynomial {
    fn new(centre: f64, half: f64, mut coefficients: Vec<f64>, error: f64) -> Option<Polynomial> {
        let greatest = coefficients.iter().fold(0.0_f64, |all, coefficient| all.max(coefficient.abs()));
        let mut error = error * 1.01;
        while coefficients.len() > 5 && coefficients.last().is_some_and(|last| last.abs() <= 1e-17 * greatest) {
            error += coefficients.pop().unwrap_or(0.0).abs() * 1.01;
        }
        let mut sizes = [0.0; 5];
        for (k, coefficient) in coefficients.iter().enumerate() {
            let mut binomial = 1.0;
            for (j, size) in sizes.iter_mut().enumerate() {
                *size += binomial * coefficient.abs();
                binomial *= k.saturating_sub(j) as f64 / (j + 1) as f64;
            }
        }
        let sound = error + ROUNDED * sizes[0] <= ENOUGH * greatest;
        sound.then_some(Polynomial { centre, half, coefficients, sizes, error })
    }

    pub(super) fn value(&self, x: f64) -> f64 {
        let t = (x - self.centre) / self.half;
        self.coefficients.iter().rev().fold(0.0, |sum, a| sum * t + a)
    }

    /// All values between two places: by the expansion about the middle up to the third power, and a bound of the rest.
    pub(super) fn enclose(&self, from: f64, to: f64) -> Interval {
        let (a, b) = ((from - self.centre) / self.half, (to - self.centre) / self.half);
        let (t, reach) = (0.5 * (a + b), 0.5 * (b - a) * (1.0 + 4.0 * f64::EPSILON) + f64::EPSILON);
        let mut derivatives = [0.0_f64; 4];
        for coefficient in self.coefficients.iter().rev() {
            for j in (1..4).rev() {
                derivatives[j] = derivatives[j] * t + derivatives[j - 1];
            }
            derivatives[0] = derivatives[0] * t + coefficient;
        }
        let [value, first, second, third] = derivatives;
        let at = |powers: [f64; 3]| powers.iter().rev().fold(0.0_f64, |sum, a| (sum + a) * reach);
        let away = at([first.abs(), second.abs(), third.abs()]) + self.sizes[4] * reach.powi(4);
        let rounded = ROUNDED * (self.sizes[0] + at([self.sizes[1], self.sizes[2], self.sizes[3]]));
        let away = (away + rounded + self.error) * (1.0 + 16.0 * f64::EPSILON);
        Interval::new((value - away).next_down(), (value + away).next_up())
    }
}
