//! Bessel functions of real order at large positive arguments, by Hankel's expansions.
//!
//! With `a(k) = (4v^2 - 1)(4v^2 - 9)...(4v^2 - (2k-1)^2) / (k! 8^k)` the expansions are those of DLMF 10.17.3, 10.17.4,
//! 10.40.1 and 10.40.2. They diverge, but what is left out is bounded: by the first term left out for `J`, `Y` and `K`
//! (DLMF 10.17(iii) and 10.40(ii)), and by DLMF 10.40.11 for `I`.

use crate::number::Ball;
use crate::number::ball::Radius;

/// Sums of more terms than this are left to other methods.
const MOST_TERMS: usize = 200_000;

/// The terms of an expansion; the last two are left out of the sums, and bound what is.
struct Terms(Vec<Ball>);

impl Terms {
    /// The terms `a(k)/x^k` up to two below `2^-precision`; `None` where they don't get so small.
    fn new(order: &Ball, x: &Ball, precision: u32) -> Option<Terms> {
        // The smallest term is near e^(-2x); the order makes it larger.
        let least = order.greatest_magnitude().to_f64() + 2.0;
        let reach = 2.0 * x.to_f64() * std::f64::consts::LOG2_E;
        if x.sign() != Some(1) || reach < f64::from(precision) || least >= MOST_TERMS as f64 {
            return None;
        }
        let square = order.square(precision).scale(2);
        let below = x.scale(3);
        let mut all = vec![Ball::one()];
        for k in 0..MOST_TERMS {
            let (index, odd) = (k as i64 + 1, 2 * k as i64 + 1);
            let factor =
                square.sub(&Ball::from(odd * odd), precision).div(&below.mul_small(index, precision), precision);
            let last = all.last()?;
            let term = last.mul(&factor, precision);
            let (before, size) = (last.greatest_magnitude(), term.greatest_magnitude());
            all.push(term);
            let is_small = |size: Radius| size.top() < -i64::from(precision);
            if k as f64 >= least && is_small(before) && is_small(size) {
                return Some(Terms(all));
            }
            if k as f64 >= least && size.top() > before.top() {
                return None;
            }
        }
        None
    }

    /// The sum of every `step`-th term from one on, with the signs `sign(0), sign(1), ...`, and what is left out.
    fn sum(&self, start: usize, step: usize, alternates: bool, precision: u32) -> Ball {
        let used = self.0.len() - 2;
        let mut total = Ball::ZERO;
        for (j, k) in (start..used).step_by(step).enumerate() {
            let Some(term) = self.0.get(k) else { break };
            total = if alternates && j % 2 == 1 { total.sub(term, precision) } else { total.add(term, precision) };
        }
        let rest = (start..self.0.len()).step_by(step).find(|k| *k >= used).and_then(|k| self.0.get(k));
        rest.map_or(Ball::UNBOUNDED, |rest| total.widened(rest.greatest_magnitude()))
    }
}

/// Bits to work with: a large argument loses those before its point in the angle.
fn working_bits(x: &Ball, precision: u32) -> u32 {
    precision + 32 + x.greatest_magnitude().top().clamp(0, 1 << 20) as u32
}

/// `J` and `Y`; `None` where another method is wanted.
pub(super) fn circular(order: &Ball, x: &Ball, precision: u32) -> Option<(Ball, Ball)> {
    if order.sign()? < 0 {
        // DLMF 10.4.7 and 10.4.8, turned.
        let (first, second) = circular(&order.neg(), x, precision + 4)?;
        let (sine, cosine) = order.neg().sin_cos_pi(precision + 4);
        let by = |a: &Ball, b: &Ball| a.mul(b, precision + 4);
        let turned = by(&cosine, &first).sub(&by(&sine, &second), precision);
        return Some((turned, by(&sine, &first).add(&by(&cosine, &second), precision)));
    }
    let working = working_bits(x, precision);
    let terms = Terms::new(order, x, precision + 16)?;
    let (even, odd) = (terms.sum(0, 2, true, working), terms.sum(1, 2, true, working));
    let turn = order.scale(1).add(&Ball::one(), working).scale(-2);
    let angle = x.sub(&turn.mul(&Ball::pi(working), working), working);
    let (sine, cosine) = angle.sin_cos(working);
    let scale = x.mul(&Ball::pi(working), working).scale(-1).recip(working).sqrt(working);
    let first = even.mul(&cosine, working).sub(&odd.mul(&sine, working), working);
    let second = even.mul(&sine, working).add(&odd.mul(&cosine, working), working);
    Some((first.mul(&scale, precision), second.mul(&scale, precision)))
}

/// `K` of any order; `None` where another method is wanted.
pub(super) fn second_modified(order: &Ball, x: &Ball, precision: u32) -> Option<Ball> {
    let working = precision + 32;
    let total = Terms::new(order, x, precision + 16)?.sum(0, 1, false, working);
    let scale = Ball::pi(working).div(&x.scale(1), working).sqrt(working);
    Some(total.mul(&scale, working).mul(&x.neg().exp(working), precision))
}

/// `I` of any order; `None` where another method is wanted.
pub(super) fn first_modified(order: &Ball, x: &Ball, precision: u32) -> Option<Ball> {
    let working = precision + 32;
    let terms = Terms::new(order, x, precision + 16)?;
    let total = terms.sum(0, 1, true, working);
    // DLMF 10.40.11 on the negative axis: twice the term, times the variation of t^-l, which is below
    // sqrt(pi*(l + 1)/2) there, times e to the power |v^2 - 1/4|*pi/(2x).
    let left_out = terms.0.len() as f64;
    let size = order.greatest_magnitude().to_f64();
    let growth = (size * size + 0.25) * 1.6 / x.to_interval().low() * 1.001;
    if growth.is_nan() || growth > 1e6 {
        return None;
    }
    let variation = Ball::from_f64(2.6 * left_out.sqrt()).mul(&Ball::from_f64(growth).exp(30), 30);
    let term = terms.0.get(terms.0.len() - 2)?;
    let error = term.greatest_magnitude().mul(variation.greatest_magnitude());
    let scale = Ball::pi(working).mul(&x.scale(1), working).recip(working).sqrt(working);
    let grown = x.exp(working).mul(&scale, working);
    // I is this less a real multiple of K/pi, at most as large as that.
    let small = second_modified(order, x, 30)?;
    Some(total.widened(error).mul(&grown, precision).widened(small.greatest_magnitude()))
}
