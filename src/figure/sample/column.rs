//! What happens inside a sixteenth of a pixel: the extent between the lowest and the highest proved value.

use super::{Sample, Sampler, float};
use crate::number::Interval;

/// How far an enclosure may reach beyond the drawn extent, in pixels.
const SLACK: f64 = 0.5;
/// Enclosures asked for in one column.
const MOST: usize = 600;
/// How many of the shortest pieces may stay unproved.
const MOST_HOPELESS: usize = 12;

impl Sampler<'_> {
    /// Draws a narrow piece on which the function is continuous but neither straight nor proved tame.
    ///
    /// All heights between two true values of a continuous function are true, so the column is inked between the
    /// extremes found; parts whose enclosure lies within them need no further look. The search is a branch and bound:
    /// its cost does not depend on how often the function oscillates, and a spike is followed to its top.
    pub(super) fn column(&mut self, a: Sample, b: Sample) {
        let (mut high, mut low) = if a.y <= b.y { (a, b) } else { (b, a) };
        let mut todo = vec![(a, b)];
        let mut hopeless = 0;
        for _ in 0..MOST {
            let Some((left, right)) = todo.pop() else { break };
            if right.x - left.x <= self.least {
                hopeless += 1;
                if hopeless > MOST_HOPELESS {
                    break;
                }
                continue;
            }
            let enclosure = self.f.enclose(Interval::new(left.x, right.x));
            self.work += 1;
            let inside = |this: &Self, range: Interval| {
                let span = this.span(range);
                span.0.max(this.top) >= high.y - SLACK && span.1.min(this.bottom) <= low.y + SLACK
            };
            if enclosure.is_empty() || inside(self, enclosure) {
                continue;
            }
            let tighter = self.tightened(left.x, right.x, enclosure);
            if inside(self, tighter) {
                continue;
            }
            if self.by_taylor(left.x, right.x).is_some_and(|values| inside(self, values)) {
                continue;
            }
            let middle = self.sample_at(float::between(left.x, right.x));
            if middle.x <= left.x || middle.x >= right.x {
                continue;
            }
            if middle.y < high.y {
                high = middle;
            }
            if middle.y > low.y {
                low = middle;
            }
            todo.push((left, middle));
            todo.push((middle, right));
        }
        let (first, second) = if high.x <= low.x { (high, low) } else { (low, high) };
        let mut last = a;
        for next in [first, second, b] {
            if next.x > last.x {
                self.line(last, next);
                last = next;
            }
        }
    }
}
