//! Tracing the curve on which a function of two variables is zero.
//!
//! A quadtree of enclosures drops every cell that is proved to miss the curve and ends at cells of one pixel. There
//! the perimeter is searched for roots (`edge.rs`), roots are joined inside the cell (`cell.rs`), and the segments are
//! chained to runs (`chain.rs`). The lattice lies off the pixel grid, so that symmetric curves do not hit its corners.
//! Poles and jumps change sign without a root: a root counts only where an enclosure proves continuity.

mod arc;
mod cell;
mod chain;
mod dense;
mod edge;
mod hole;

use std::collections::HashMap;

use super::function::{PlaneFunction, Range};
use super::geometry::{Point, Rect, Run};
use super::scale::Window;
use crate::budget::Budget;
use crate::number::Interval;
use edge::{EdgeKey, EdgeRoots};

/// Lattice steps to a pixel.
const STEPS: i32 = 16;
/// The side of the first cells, in lattice steps.
const TILE: i32 = 32 * STEPS;
/// Cells up to this side are looked at with the gradient.
const LINEAR: i32 = 32 * STEPS;
/// Evaluations after which the curve is given up with a note.
const MOST_WORK: usize = 8_000_000;
/// Where the lattice starts, left of and above the box: no simple fractions of a pixel.
const OFFSET: (f64, f64) = (0.381_966, 0.276_393);

/// A traced curve, in pixels.
#[derive(Clone, Debug, Default)]
pub struct Traced {
    /// Connected runs.
    pub runs: Vec<Run>,
    /// Isolated points.
    pub points: Vec<Point>,
    /// Points where a continuing curve is interrupted.
    pub gaps: Vec<Point>,
    /// What was decided.
    pub notes: Vec<String>,
}

/// Traces `f = 0` over ranges of x and y in a window.
pub fn trace(f: &dyn PlaneFunction, x: Range, y: Range, window: &Window, budget: &Budget) -> Traced {
    let area = asked(x, y, window);
    if area.left.is_nan() || area.width() <= 0.0 || area.height() <= 0.0 {
        return Traced::default();
    }
    let mut tracer = Tracer::new(f, window, area, budget);
    tracer.run();
    tracer.finish()
}

/// The part of a window that ranges cover.
pub fn asked(x: Range, y: Range, window: &Window) -> Rect {
    let (p, q) = (window.pixel(x.lo, y.lo), window.pixel(x.hi, y.hi));
    let asked = Rect::new(p.x.min(q.x), p.y.min(q.y), p.x.max(q.x), p.y.max(q.y));
    let frame = window.rect();
    Rect::new(
        asked.left.max(frame.left),
        asked.top.max(frame.top),
        asked.right.min(frame.right),
        asked.bottom.min(frame.bottom),
    )
}

/// The state of one tracing.
struct Tracer<'a> {
    f: &'a dyn PlaneFunction,
    window: &'a Window,
    budget: &'a Budget,
    area: Rect,
    origin: Point,
    columns: i32,
    rows: i32,
    /// Values at whole pixels of the lattice, as bits plus one; 0 means not yet known.
    corners: Vec<u64>,
    edges: HashMap<EdgeKey, EdgeRoots>,
    segments: Vec<(Point, Point)>,
    points: Vec<Point>,
    work: usize,
}

impl<'a> Tracer<'a> {
    fn new(f: &'a dyn PlaneFunction, window: &'a Window, area: Rect, budget: &'a Budget) -> Self {
        let origin = Point::new(area.left - OFFSET.0, area.top - OFFSET.1);
        let columns = (area.right - origin.x).ceil() as i32;
        let rows = (area.bottom - origin.y).ceil() as i32;
        let corners = vec![0; (columns as usize + 1) * (rows as usize + 1)];
        Tracer {
            f,
            window,
            budget,
            area,
            origin,
            columns,
            rows,
            corners,
            edges: HashMap::new(),
            segments: Vec::new(),
            points: Vec::new(),
            work: 0,
        }
    }

    fn run(&mut self) {
        for j in (0..self.rows * STEPS).step_by(TILE as usize) {
            for i in (0..self.columns * STEPS).step_by(TILE as usize) {
                self.quad(i, j, TILE);
            }
        }
    }

    /// The pixel of a lattice point.
    fn place(&self, i: i32, j: i32) -> Point {
        let step = 1.0 / f64::from(STEPS);
        Point::new(self.origin.x + f64::from(i) * step, self.origin.y + f64::from(j) * step)
    }

    /// The value at a pixel.
    fn value(&mut self, p: Point) -> f64 {
        self.work += 1;
        self.f.value(self.window.x.value(p.x), self.window.y.value(p.y))
    }

    /// The value at a lattice point; remembered at whole pixels.
    fn corner(&mut self, i: i32, j: i32) -> f64 {
        let slot = (i % STEPS == 0 && j % STEPS == 0 && i / STEPS <= self.columns && j / STEPS <= self.rows)
            .then(|| (j / STEPS) as usize * (self.columns as usize + 1) + (i / STEPS) as usize);
        if let Some(known) = slot.map(|slot| self.corners[slot]).filter(|known| *known != 0) {
            return f64::from_bits(known.wrapping_sub(1));
        }
        let value = self.value(self.place(i, j));
        if let Some(slot) = slot {
            self.corners[slot] = value.to_bits().wrapping_add(1);
        }
        value
    }

    /// Everything the function does on a box of pixels.
    fn enclose(&mut self, rect: &Rect) -> Interval {
        self.work += 1;
        let (x0, x1) = (self.window.x.value(rect.left), self.window.x.value(rect.right));
        let (y0, y1) = (self.window.y.value(rect.top), self.window.y.value(rect.bottom));
        self.f.enclose(Interval::new(x0.min(x1), x0.max(x1)), Interval::new(y0.min(y1), y0.max(y1)))
    }

    fn rect(&self, i: i32, j: i32, size: i32) -> Rect {
        let (p, q) = (self.place(i, j), self.place(i + size, j + size));
        Rect::new(p.x, p.y, q.x, q.y)
    }

    /// Drops a cell that misses the curve, splits a large one, marches through a small one.
    fn quad(&mut self, i: i32, j: i32, size: i32) {
        let rect = self.rect(i, j, size);
        if !rect.meets(&self.area) || self.work > MOST_WORK || self.budget.check().is_err() {
            return;
        }
        let enclosure = self.enclose(&rect);
        if enclosure.is_empty() || !enclosure.contains(0.0) {
            return;
        }
        if enclosure.is_continuous() && size <= LINEAR && self.settle(i, j, size, &rect) {
            return;
        }
        if enclosure.is_continuous() && self.fill_dense(i, j, size) {
            return;
        }
        if size > STEPS {
            self.split(i, j, size);
        } else {
            self.march(i, j, size, enclosure.is_continuous());
        }
    }

    fn split(&mut self, i: i32, j: i32, size: i32) {
        let half = size / 2;
        for (di, dj) in [(0, 0), (half, 0), (0, half), (half, half)] {
            self.quad(i + di, j + dj, half);
        }
    }

    fn finish(mut self) -> Traced {
        let segments = std::mem::take(&mut self.segments);
        let chained = chain::chain(&segments);
        let gaps = self.gaps(&chained);
        let mut out = Traced { runs: chained, points: Vec::new(), gaps, notes: Vec::new() };
        out.points = self.points.iter().copied().filter(|p| self.area.contains(*p)).collect();
        if self.area != self.window.rect() {
            out.runs = out.runs.iter().flat_map(|run| super::geometry::clip_run(run, &self.area)).collect();
        }
        if self.work > MOST_WORK {
            out.notes.push("the curve was too wild to be followed everywhere: some of it is missing".to_string());
        }
        out
    }

    /// Places where one run ends and another goes on just beyond: the function has no value in between.
    fn gaps(&mut self, runs: &[Run]) -> Vec<Point> {
        const NEAR: f64 = 0.6;
        let mut ends: Vec<(Point, Point)> = Vec::new();
        for run in runs.iter().filter(|run| run.len() > 2 && run.first() != run.last()) {
            ends.push((run[0], run[2]));
            ends.push((run[run.len() - 1], run[run.len() - 3]));
        }
        let mut gaps: Vec<Point> = Vec::new();
        for (index, &(p, before)) in ends.iter().enumerate() {
            for &(q, after) in &ends[index + 1..] {
                let ahead = (p.x - before.x) * (after.x - q.x) + (p.y - before.y) * (after.y - q.y);
                let lengths = p.distance(before) * q.distance(after);
                if p.distance(q) > NEAR || ahead < 0.8 * lengths || !self.area.contains(p) {
                    continue;
                }
                let between = Rect::new(p.x.min(q.x), p.y.min(q.y), p.x.max(q.x), p.y.max(q.y)).grown(0.01);
                let middle = p.toward(q, 0.5);
                let fresh = gaps.iter().all(|g| g.distance(middle) > 2.0 * NEAR);
                if fresh && !self.enclose(&between).is_continuous() {
                    gaps.push(middle);
                }
            }
        }
        gaps
    }
}
