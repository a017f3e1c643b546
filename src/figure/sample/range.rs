//! The range of y that a curve needs, and whether poles or spikes must be cut off.

use crate::figure::function::{Cost, Range, RealFunction};
use crate::number::Interval;

/// What was found about the values over a domain.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundRange {
    /// What to show; empty when there is no value at all.
    pub shown: Range,
    /// Whether values outside `shown` exist.
    pub clipped: bool,
}

/// Samples at first, evenly.
const COUNT: usize = 400;
/// Enclosures asked for.
const MOST: usize = 4000;
/// A full range this many times the central band is cut.
const TALL: f64 = 20.0;
/// A function without bound whose samples span less than so many times the central band grows like a logarithm.
const SLOW: f64 = 4.0;
/// How much wider than the central band a cut range is.
const WIDEN: f64 = 1.4;

/// Finds the range to show: all of it when bounded and not dominated by spikes, else the central band.
///
/// The maximum and minimum are sought by branch and bound on enclosures, so a spike between samples counts.
pub fn find_range(f: &dyn RealFunction, domain: Range, log_x: bool) -> FoundRange {
    let mut samples: Vec<(f64, f64)> = Vec::with_capacity(COUNT + 1);
    for i in 0..=COUNT {
        let t = i as f64 / COUNT as f64;
        let x = if log_x && domain.lo > 0.0 {
            domain.lo * pxfm::f_pow(domain.hi / domain.lo, t)
        } else {
            domain.lo + domain.width() * t
        };
        samples.push((x.clamp(domain.lo, domain.hi), f.value(x)));
    }
    let mut heights: Vec<f64> = samples.iter().map(|s| s.1).filter(|y| y.is_finite()).collect();
    heights.sort_by(f64::total_cmp);
    let (Some(&low), Some(&high)) = (heights.first(), heights.last()) else {
        return FoundRange { shown: Range::EMPTY, clipped: false };
    };
    let band = central_band(&heights);
    let search = Search { f, found: Range::new(low, high), unbounded: (false, false), work: 0 };
    let (full, unbounded) = search.run(&samples, band);
    let seen = Range::new(low, high);
    if (unbounded.0 || unbounded.1) && seen.width() < SLOW * band.width() {
        // A logarithm: what a pixel shows of it is no taller than the rest.
        return FoundRange { shown: seen, clipped: true };
    }
    choose(full, unbounded, if unbounded.0 == unbounded.1 { band } else { outer_band(&heights, unbounded) })
}

/// The central 88 % of sorted values.
fn central_band(heights: &[f64]) -> Range {
    let at = |part: f64| heights[((heights.len() - 1) as f64 * part).round() as usize];
    Range::new(at(0.06), at(0.94))
}

/// 88 % of sorted values where only one end is unbounded: the other end stays whole.
fn outer_band(heights: &[f64], unbounded: (bool, bool)) -> Range {
    let at = |part: f64| heights[((heights.len() - 1) as f64 * part).round() as usize];
    if unbounded.0 { Range::new(at(0.12), at(1.0)) } else { Range::new(at(0.0), at(0.88)) }
}

fn choose(full: Range, unbounded: (bool, bool), band: Range) -> FoundRange {
    let tall = band.width() > 0.0 && full.width() > TALL * band.width();
    if !(tall || unbounded.0 || unbounded.1) {
        return FoundRange { shown: full, clipped: false };
    }
    let half = 0.5 * band.width() * WIDEN;
    let half = if half > 0.0 { half } else { 1.0_f64.max(band.middle().abs()) };
    let wide = Range::new(band.middle() - half, band.middle() + half);
    let shown = Range::new(
        if unbounded.0 { wide.lo } else { wide.lo.max(full.lo) },
        if unbounded.1 { wide.hi } else { wide.hi.min(full.hi) },
    );
    FoundRange { shown, clipped: true }
}

struct Search<'a> {
    f: &'a dyn RealFunction,
    found: Range,
    unbounded: (bool, bool),
    work: usize,
}

impl Search<'_> {
    /// Halves every piece whose enclosure may exceed what was found.
    fn run(mut self, samples: &[(f64, f64)], band: Range) -> (Range, (bool, bool)) {
        let most = if self.f.cost() == Cost::Plain { MOST } else { MOST / 5 };
        let least = (samples[samples.len() - 1].0 - samples[0].0) * 1e-12;
        let mut todo: Vec<(f64, f64)> = samples.windows(2).map(|pair| (pair[0].0, pair[1].0)).collect();
        while let Some((a, b)) = todo.pop() {
            self.work += 1;
            if self.work > most {
                break;
            }
            let range = Range::of(self.f.enclose(Interval::new(a, b)));
            let slack = 0.004 * self.found.width() + f64::MIN_POSITIVE;
            let over = range.hi > self.found.hi + slack && !self.unbounded.1;
            let under = range.lo < self.found.lo - slack && !self.unbounded.0;
            if range.is_empty() || !(over || under) {
                continue;
            }
            if b - a <= least {
                self.probe(a, b, range, band);
                continue;
            }
            let middle = a + (b - a) * 0.5;
            self.see(self.f.value(middle));
            todo.push((a, middle));
            todo.push((middle, b));
        }
        (self.found, self.unbounded)
    }

    fn see(&mut self, y: f64) {
        if y.is_finite() {
            self.found = self.found.join(Range::point(y));
        }
    }

    /// A place where the enclosure stays unbounded: decides by the growth of values towards it.
    ///
    /// Near a pole or a logarithm each step towards it adds at least as much as a fixed share of the one before; near
    /// a removable point the additions vanish.
    fn probe(&mut self, a: f64, b: f64, range: Range, band: Range) {
        let scale = (b - a) * 1e10;
        for side in [-1.0, 1.0] {
            let at = |part: f64| self.f.value(if side < 0.0 { a } else { b } + side * scale * part);
            let (far, mid, near) = (at(1.0 / 256.0), at(1.0 / 65_536.0), at(1.0 / 16_777_216.0));
            let (before, after) = (mid - far, near - mid);
            if !(before.is_finite() && after.is_finite()) {
                continue;
            }
            let grows = after.abs() > 0.3 * before.abs() && after.abs() > 1e-3 * band.width().max(1e-300);
            if grows && after > 0.0 && range.hi > self.found.hi && before >= 0.0 {
                self.unbounded.1 = true;
            }
            if grows && after < 0.0 && range.lo < self.found.lo && before <= 0.0 {
                self.unbounded.0 = true;
            }
            self.see(near);
        }
    }
}
