//! The region of the plane where conditions hold.

use super::{Element, Extent, plane_basics};
use crate::figure::colour::Colour;
use crate::figure::function::{Plane, Range};
use crate::figure::geometry::{Point, Rect, Run};
use crate::figure::implicit::trace;
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter};
use crate::figure::scale::Window;
use crate::figure::scene::{Fill, Stroke};
use crate::figure::style::Style;

/// A function that must be positive.
pub type Condition = Plane;

/// Where all conditions hold.
#[derive(Clone)]
pub struct RegionPlot {
    /// Functions that must all be positive.
    pub conditions: Vec<Condition>,
    /// The range of x.
    pub domain_x: Range,
    /// The range of y.
    pub domain_y: Range,
    /// The colour outside, if it is painted.
    pub outside: Option<Colour>,
    /// The colour of the border, if it is drawn.
    pub border: Option<Colour>,
    /// Colour inside, opacity, dashes and thickness of the border.
    pub style: Style,
}

impl RegionPlot {
    /// A region without border.
    pub fn new(conditions: Vec<Condition>, x: Range, y: Range, style: Style) -> Self {
        RegionPlot { conditions, domain_x: x, domain_y: y, outside: None, border: None, style }
    }

    /// The least of all conditions: positive inside.
    fn least(&self, x: f64, y: f64) -> f64 {
        let mut least = f64::INFINITY;
        for condition in &self.conditions {
            let value = condition.value(x, y);
            if value.is_nan() {
                return f64::NAN;
            }
            least = least.min(value);
        }
        least
    }
}

impl Element for RegionPlot {
    plane_basics!("region");

    fn count(&self) -> usize {
        1 + usize::from(self.border.is_some())
    }

    fn paint(&self, painter: &mut Painter) {
        let window = painter.window;
        if let Some(colour) = self.outside {
            let r = painter.plot_box();
            let corners = [(r.left, r.top), (r.right, r.top), (r.right, r.bottom), (r.left, r.bottom)];
            let page = corners.into_iter().map(|(x, y)| Point::new(x, y)).collect();
            painter.area(Layer::Fill, &[page], Fill { colour, alpha: self.style.alpha });
        }
        let polygons = positive_area(painter, &|x, y| self.least(x, y));
        painter.area(Layer::Fill, &polygons, Fill { colour: self.style.ink(), alpha: self.style.alpha });
        let Some(colour) = self.border else { return };
        for (index, condition) in self.conditions.iter().enumerate() {
            let traced = trace(condition.as_ref(), self.domain_x, self.domain_y, &window, painter.budget());
            let others = |p: &Point| {
                let (x, y) = (window.x.value(p.x), window.y.value(p.y));
                self.conditions.iter().enumerate().all(|(k, other)| k == index || other.value(x, y) > -1e-9)
            };
            let runs: Vec<Run> = traced.runs.iter().flat_map(|run| kept(run, &others)).collect();
            if let Some(stroke) = self.style.stroke() {
                painter.strokes(Layer::Mark, &runs, Stroke { colour, ..stroke });
            }
        }
    }
}

/// The parts of a run that satisfy a test, cut between vertices where the test turns.
fn kept(run: &Run, test: &impl Fn(&Point) -> bool) -> Vec<Run> {
    let turn = |inside: Point, outside: Point| {
        let (mut near, mut far) = (inside, outside);
        for _ in 0..16 {
            let middle = near.toward(far, 0.5);
            if test(&middle) { near = middle } else { far = middle }
        }
        near
    };
    let mut parts: Vec<Run> = vec![Vec::new()];
    let mut before: Option<(Point, bool)> = None;
    for &point in run {
        let good = test(&point);
        let part = parts.last_mut();
        match (before, part) {
            (Some((last, true)), Some(part)) if !good => {
                part.push(turn(last, point));
                parts.push(Vec::new());
            }
            (Some((last, false)), Some(part)) if good => part.extend([turn(point, last), point]),
            (_, Some(part)) if good => part.push(point),
            _ => {}
        }
        before = Some((point, good));
    }
    parts.retain(|part| part.len() > 1);
    parts
}

/// Polygons that cover the part of the window where a function is positive.
///
/// Rows a pixel apart are cut into spans whose ends are found by bisection; spans that continue each other from row
/// to row become one polygon.
pub(super) fn positive_area(painter: &Painter, f: &dyn Fn(f64, f64) -> f64) -> Vec<Run> {
    let window = &painter.window;
    let rect = window.rect();
    let rows = rect.height().round().max(1.0) as usize;
    let step = rect.height() / rows as f64;
    let mut open: Vec<Strip> = Vec::new();
    let mut polygons = Vec::new();
    for row in 0..=rows {
        if painter.budget().check().is_err() {
            break;
        }
        let y = rect.top + row as f64 * step;
        let spans = spans_of_row(window, &rect, y, f);
        let mut next: Vec<Strip> = Vec::new();
        let single = |a: (f64, f64), list: &[(f64, f64)]| list.iter().filter(|b| a.0 < b.1 && b.0 < a.1).count() == 1;
        let ends: Vec<(f64, f64)> = open.iter().map(Strip::end).collect();
        for span in spans.iter().copied() {
            let above = ends.iter().position(|end| span.0 < end.1 && end.0 < span.1);
            let joined = above.filter(|k| single(span, &ends) && single(ends[*k], &spans));
            match joined {
                Some(k) => {
                    let mut strip = std::mem::take(&mut open[k]);
                    strip.push(span, y);
                    next.push(strip);
                }
                None => {
                    let mut strip = Strip::default();
                    if row > 0 && above.is_some() {
                        strip.push(span, y - step);
                    }
                    strip.push(span, y);
                    next.push(strip);
                }
            }
        }
        polygons.extend(open.drain(..).filter_map(Strip::polygon));
        open = next;
    }
    polygons.extend(open.into_iter().filter_map(Strip::polygon));
    polygons
}

/// A stack of spans, one a row, as the two borders of a polygon.
#[derive(Default)]
struct Strip {
    left: Run,
    right: Run,
}

impl Strip {
    fn push(&mut self, span: (f64, f64), y: f64) {
        self.left.push(Point::new(span.0, y));
        self.right.push(Point::new(span.1, y));
    }

    /// The last span; an empty one for a strip that went on elsewhere.
    fn end(&self) -> (f64, f64) {
        match (self.left.last(), self.right.last()) {
            (Some(a), Some(b)) => (a.x, b.x),
            _ => (f64::INFINITY, f64::NEG_INFINITY),
        }
    }

    fn polygon(self) -> Option<Run> {
        (self.left.len() > 1).then(|| self.left.into_iter().chain(self.right.into_iter().rev()).collect())
    }
}

/// Where a row lies inside, as pairs of pixels.
fn spans_of_row(window: &Window, rect: &Rect, row: f64, f: &dyn Fn(f64, f64) -> f64) -> Vec<(f64, f64)> {
    const STRIDE: f64 = 2.0;
    let y = window.y.value(row);
    let inside = |x: f64| f(window.x.value(x), y) > 0.0;
    let border = |mut a: f64, mut b: f64, start: bool| {
        for _ in 0..12 {
            let middle = 0.5 * (a + b);
            if inside(middle) == start { a = middle } else { b = middle }
        }
        0.5 * (a + b)
    };
    let count = (rect.width() / STRIDE).ceil().max(1.0) as usize;
    let mut spans = Vec::new();
    let mut before = inside(rect.left);
    let mut start = rect.left;
    let mut last = rect.left;
    for i in 1..=count {
        let x = rect.left + rect.width() * i as f64 / count as f64;
        let now = inside(x);
        if now != before {
            let at = border(last, x, before);
            if now { start = at } else { spans.push((start, at)) }
        }
        (before, last) = (now, x);
    }
    if before {
        spans.push((start, rect.right));
    }
    spans
}
