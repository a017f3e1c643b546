//! Streamlines: curves along a vector field, evenly spread.
//!
//! The box is divided into cells, each of which belongs to the first streamline that enters it; a streamline ends where it
//! would enter another's cell (Turk and Banks' idea of even spacing, with a lattice as the measure of distance).

use super::{Element, Extent, element_basics};
use crate::figure::function::{Plane, Range};
use crate::figure::geometry::{Point, Rect, Run, length, run_length};
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter};
use crate::figure::scene::{Fill, Stroke};
use crate::figure::style::Style;

/// The side of a cell at density 1, in pixels.
const CELL: f64 = 17.0;
/// The length of a step along the field, in pixels.
const STEP: f64 = 1.5;
/// Streamlines shorter than this many cells are left out.
const SHORTEST: f64 = 3.0;

/// The streamlines of a vector field.
#[derive(Clone)]
pub struct StreamPlot {
    /// Both components of the field.
    pub field: [Plane; 2],
    /// The range of x.
    pub domain_x: Range,
    /// The range of y.
    pub domain_y: Range,
    /// How close the lines lie; 1 is ordinary.
    pub density: f64,
    /// Points that lines must pass; where lines are sought all over the box when empty.
    pub starts: Vec<(f64, f64)>,
    /// How they are drawn.
    pub style: Style,
}

impl StreamPlot {
    /// Streamlines of ordinary density.
    pub fn new(field: [Plane; 2], x: Range, y: Range, style: Style) -> Self {
        StreamPlot { field, domain_x: x, domain_y: y, density: 1.0, starts: Vec::new(), style }
    }
}

impl Element for StreamPlot {
    element_basics!("streamlines");

    fn extent(&self, _options: &Options) -> Extent {
        Extent { x: self.domain_x, y: self.domain_y, exact_x: true, exact_y: true, notes: Vec::new() }
    }

    fn framed(&self) -> bool {
        true
    }

    fn paint(&self, painter: &mut Painter) {
        let lines = Tracer::new(self, painter).all(painter);
        let heads: Vec<Run> = lines.iter().filter_map(head).collect();
        let colour = self.style.ink();
        let stroke = Stroke { alpha: self.style.alpha, ..Stroke::solid(colour, 1.25 * self.style.thickness) };
        painter.strokes(Layer::Mark, &lines, stroke);
        painter.area(Layer::Mark, &heads, Fill { colour, alpha: self.style.alpha });
    }
}

/// Follows lines and remembers which cells are taken.
struct Tracer<'a> {
    plot: &'a StreamPlot,
    window: crate::figure::scale::Window,
    rect: Rect,
    cell: f64,
    columns: usize,
    rows: usize,
    /// The line that owns each cell, counted from 1.
    owner: Vec<u32>,
}

impl<'a> Tracer<'a> {
    fn new(plot: &'a StreamPlot, painter: &Painter) -> Self {
        let rect = painter.plot_box();
        let cell = CELL / plot.density.clamp(0.1, 8.0);
        let columns = (rect.width() / cell).ceil().max(1.0) as usize;
        let rows = (rect.height() / cell).ceil().max(1.0) as usize;
        Tracer { plot, window: painter.window, rect, cell, columns, rows, owner: vec![0; columns * rows] }
    }

    fn all(mut self, painter: &Painter) -> Vec<Run> {
        let mut lines = Vec::new();
        let seeds = self.seeds();
        let chosen = !self.plot.starts.is_empty();
        for seed in seeds {
            if painter.budget().check().is_err() {
                break;
            }
            let free = self.slot(seed).is_some_and(|slot| self.owner[slot] == 0);
            if chosen || free {
                lines.extend(self.line(seed, lines.len() as u32 + 1, chosen));
            }
        }
        lines
    }

    /// Where lines start: the points asked for, or the middles of all cells, in strides that leave the neighbours for later.
    fn seeds(&self) -> Vec<Point> {
        if !self.plot.starts.is_empty() {
            return self.plot.starts.iter().map(|(x, y)| self.window.pixel(*x, *y)).collect();
        }
        let count = self.columns * self.rows;
        // A stride near the golden section that shares no factor with the count visits every cell once.
        let mut stride = (count as f64 * 0.381_966) as usize | 1;
        while gcd(stride, count) != 1 {
            stride += 1;
        }
        let middle = |slot: usize| {
            let (i, j) = (slot % self.columns, slot / self.columns);
            Point::new(self.rect.left + (i as f64 + 0.5) * self.cell, self.rect.top + (j as f64 + 0.5) * self.cell)
        };
        (0..count).map(|k| middle(k * stride % count)).collect()
    }

    fn slot(&self, p: Point) -> Option<usize> {
        if !self.rect.contains(p) {
            return None;
        }
        let i = ((p.x - self.rect.left) / self.cell) as usize;
        let j = ((p.y - self.rect.top) / self.cell) as usize;
        Some(j.min(self.rows - 1) * self.columns + i.min(self.columns - 1))
    }

    /// The line through a point, both ways; `None` when it is too short to be shown.
    fn line(&mut self, seed: Point, number: u32, chosen: bool) -> Option<Run> {
        let before = self.owner.clone();
        let start = self.slot(seed)?;
        self.owner[start] = number;
        let forward = self.follow(seed, number, 1.0, chosen);
        let backward = self.follow(seed, number, -1.0, chosen);
        let run: Run = backward.into_iter().rev().chain([seed]).chain(forward).collect();
        if run_length(&run) >= SHORTEST * self.cell || (chosen && run.len() > 1) {
            return Some(run);
        }
        self.owner = before;
        None
    }

    /// Runge and Kutta's steps of fourth order along the direction of the field, until the box, another line, a zero of the field
    /// or the line's own earlier cells end it.
    fn follow(&mut self, seed: Point, number: u32, sign: f64, chosen: bool) -> Run {
        let longest = (4.0 * (self.rect.width() + self.rect.height()) / STEP) as usize;
        let mut run = Vec::new();
        let (mut p, mut slot) = (seed, self.slot(seed));
        for _ in 0..longest {
            let Some(next) = self.step(p, sign) else { break };
            let Some(now) = self.slot(next) else { break };
            if Some(now) != slot {
                let taken = self.owner[now];
                if (taken != 0 && !chosen) || taken == number {
                    break;
                }
                self.owner[now] = number;
                slot = Some(now);
            }
            run.push(next);
            p = next;
        }
        run
    }

    fn step(&self, p: Point, sign: f64) -> Option<Point> {
        let h = sign * STEP;
        let moved = |d: (f64, f64), part: f64| Point::new(p.x + d.0 * part * h, p.y + d.1 * part * h);
        let a = self.direction(p)?;
        let b = self.direction(moved(a, 0.5))?;
        let c = self.direction(moved(b, 0.5))?;
        let d = self.direction(moved(c, 1.0))?;
        let mean = |k: fn(&(f64, f64)) -> f64| (k(&a) + 2.0 * k(&b) + 2.0 * k(&c) + k(&d)) / 6.0;
        let (dx, dy) = (mean(|v| v.0), mean(|v| v.1));
        // Opposite directions within a step: a zero of the field or a break of it.
        (length(dx, dy) > 0.5).then(|| moved((dx, dy), 1.0))
    }

    /// The direction of the field at a pixel, of length 1.
    fn direction(&self, p: Point) -> Option<(f64, f64)> {
        let (x, y) = (self.window.x.value(p.x), self.window.y.value(p.y));
        let u = self.plot.field[0].value(x, y) * self.window.x.slope();
        let v = self.plot.field[1].value(x, y) * self.window.y.slope();
        let size = length(u, v);
        (size > 0.0 && size.is_finite()).then(|| (u / size, v / size))
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The arrow head in the middle of a line.
fn head(line: &Run) -> Option<Run> {
    const SIZE: f64 = 7.0;
    let half = run_length(line) * 0.5;
    let mut gone = 0.0;
    let at = line.windows(2).position(|pair| {
        gone += pair[0].distance(pair[1]);
        gone >= half
    })?;
    let (tip, tail) = (line[at + 1], line[at.saturating_sub(2)]);
    let span = tip.distance(tail);
    if span == 0.0 {
        return None;
    }
    let (ux, uy) = ((tip.x - tail.x) / span, (tip.y - tail.y) / span);
    let (bx, by) = (tip.x - ux * SIZE, tip.y - uy * SIZE);
    let wide = 0.4 * SIZE;
    Some(vec![tip, Point::new(bx - uy * wide, by + ux * wide), Point::new(bx + uy * wide, by - ux * wide)])
}
