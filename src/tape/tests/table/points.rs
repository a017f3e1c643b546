//! Random points with a fixed seed: of all sizes, and close to where functions have poles, steps and cuts.

use crate::expr::function::Elementary;
use crate::number::{Complex64, Rational};

/// A small generator (Marsaglia's xorshift).
pub(super) struct Points(u64);

impl Points {
    /// The points of a function.
    pub(super) fn of(name: &str) -> Points {
        Points(name.bytes().fold(0x5eca_0177, |seed: u64, byte| seed.wrapping_mul(1_000_003) ^ u64::from(byte)) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, count: u64) -> u64 {
        (self.next() >> 11) % count
    }

    /// From 0 to 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn sign(&mut self) -> f64 {
        if self.below(2) == 0 { 1.0 } else { -1.0 }
    }

    /// Of either sign, its exponent from `low` to `high`.
    fn scaled(&mut self, low: i32, high: i32) -> f64 {
        let exponent = low + self.below((high - low + 1) as u64) as i32;
        self.sign() * (1.0 + self.unit()) * 2f64.powi(exponent)
    }

    /// An argument for a function of one number.
    pub(super) fn argument(&mut self, record: &Elementary) -> f64 {
        let elementary = !crate::expr::Function::Elementary(super::find(record.name)).is_special();
        let reach = if elementary { 900 } else { 4 };
        match self.below(8) {
            0 | 1 => self.sign() * self.unit(),
            2 | 3 => 8.0 * self.sign() * self.unit(),
            4 => 100.0 * self.sign() * self.unit() / if elementary { 1.0 } else { 4.0 },
            5 => self.scaled(-60, reach),
            6 => self.close_to(1.0),
            _ => self.close_to(std::f64::consts::FRAC_PI_2),
        }
    }

    /// A multiple of the unit, or a number very close to it.
    fn close_to(&mut self, unit: f64) -> f64 {
        let multiple = (self.below(21) as f64 - 10.0) * unit;
        if self.below(4) == 0 { multiple } else { multiple + self.scaled(-52, -4) }
    }

    /// A complex number, at times on an axis or close to it.
    pub(super) fn complex(&mut self) -> Complex64 {
        let part = |points: &mut Points| match points.below(6) {
            0 => 0.0,
            1 => points.scaled(-50, 3),
            2 => points.close_to(1.0),
            3 => points.close_to(std::f64::consts::FRAC_PI_2),
            _ => 4.0 * points.sign() * points.unit(),
        };
        Complex64::new(part(self), part(self))
    }

    /// Two ends with the number between them.
    pub(super) fn around(&mut self, x: f64) -> (f64, f64) {
        let width = match self.below(3) {
            0 => x.abs() * self.scaled(-50, -4).abs(),
            1 => self.scaled(-40, 2).abs(),
            _ => 0.0,
        };
        let share = self.unit();
        (x - width * share, x + width * (1.0 - share))
    }

    /// A distance at which a Taylor sum of a few terms is tried.
    pub(super) fn step(&mut self, x: f64) -> f64 {
        x.abs().clamp(1e-3, 4.0) * self.scaled(-14, -4)
    }

    /// A simple rational argument.
    pub(super) fn rational(&mut self, record: &Elementary) -> Rational {
        let denominator = self.below(12) as i64 + 1;
        let reach = if record.range.0 == record.range.1 { 3 } else { 2 };
        let numerator = self.below((2 * reach * denominator + 1) as u64) as i64 - reach * denominator;
        Rational::fraction(numerator, denominator).unwrap_or(Rational::ZERO)
    }

    /// Arguments for a function of two numbers, of which the first may be an order.
    pub(super) fn pair(&mut self, record: &Elementary) -> (f64, f64) {
        let first = match self.below(3) {
            0 => self.below(6) as f64,
            1 => self.below(9) as f64 / 2.0 - 2.0,
            _ => 4.0 * self.sign() * self.unit(),
        };
        let second = match self.below(3) {
            0 => 2.0 * self.unit(),
            1 => 12.0 * self.sign() * self.unit(),
            _ => self.close_to(1.0),
        };
        let any_order = ["arctan2", "max", "min"].contains(&record.name);
        if any_order && self.below(2) == 0 { (second, first) } else { (first, second) }
    }
}
