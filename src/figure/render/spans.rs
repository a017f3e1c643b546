//! Shapes as horizontal spans of whole pixels, for plotters' backends.
//!
//! Strokes become unions of quadrilaterals and round joints, letters become their outlines; each shape is scan-converted
//! with the non-zero rule, so that overlapping parts of one shape are painted once even when it is translucent.

use plotters::prelude::DrawingBackend;
use plotters::style::{RGBAColor, ShapeStyle};

use crate::figure::colour::{Colour, Theme};
use crate::figure::font;
use crate::figure::geometry::{Point, Rect, Run, cut_dashes, length};
use crate::figure::scene::{Fill, Item, Label, Panel, Scene, Stroke};
use crate::number::sorting;

/// A run of equal pixels in one row.
#[derive(Clone, Copy)]
struct Span {
    row: i32,
    from: i32,
    to: i32,
    paint: u32,
}

/// The scene as spans, bucketed by row, in painting order.
pub(super) struct Spans {
    spans: Vec<Span>,
    /// Index into `spans` where each row starts.
    rows: Vec<u32>,
    paints: Vec<ShapeStyle>,
    page: (u8, u8, u8),
}

impl Spans {
    /// Scan-converts a scene whose pixels are multiplied by `scale`.
    pub fn of(scene: &Scene, scale: f64, width: usize, height: usize) -> Spans {
        let mut builder = Builder {
            spans: Vec::with_capacity(1 << 15),
            paints: Vec::new(),
            last: None,
            theme: scene.theme,
            scale,
            width: width as f64,
            height: height as f64,
            clip: Rect::new(0.0, 0.0, width as f64, height as f64),
            edges: Vec::new(),
        };
        for panel in &scene.panels {
            builder.panel(panel);
        }
        let (spans, rows) = bucketed(builder.spans, height);
        Spans { spans, rows, paints: builder.paints, page: scene.theme.rgb(Colour::Page) }
    }

    /// The colour of the page.
    pub fn page(&self) -> (u8, u8, u8) {
        self.page
    }
}

/// A stable counting sort by row.
fn bucketed(spans: Vec<Span>, height: usize) -> (Vec<Span>, Vec<u32>) {
    let mut rows = vec![0_u32; height + 1];
    for span in &spans {
        rows[span.row as usize + 1] += 1;
    }
    for i in 0..height {
        rows[i + 1] += rows[i];
    }
    let mut next = rows.clone();
    let mut sorted = vec![Span { row: 0, from: 0, to: 0, paint: 0 }; spans.len()];
    for span in spans {
        let slot = &mut next[span.row as usize];
        sorted[*slot as usize] = span;
        *slot += 1;
    }
    (sorted, rows)
}

/// Paints a finished scene on any plotters backend.
pub(super) struct PlottersCanvas<B: DrawingBackend> {
    backend: B,
}

impl<B: DrawingBackend> PlottersCanvas<B> {
    /// A canvas over a backend.
    pub fn new(backend: B) -> Self {
        PlottersCanvas { backend }
    }

    /// Draws `count` rows of spans from row `first`, which becomes row 0 of the backend.
    pub fn draw(&mut self, spans: &Spans, first: i32, count: i32) {
        let last = (first + count).min(spans.rows.len() as i32 - 1);
        let (from, to) = (spans.rows[first as usize] as usize, spans.rows[last as usize] as usize);
        for span in &spans.spans[from..to] {
            let row = span.row - first;
            let style = spans.paints[span.paint as usize];
            // A bitmap in memory can't fail.
            let _ = self.backend.draw_rect((span.from, row), (span.to, row + 1), &style, true);
        }
    }
}

/// A side of a polygon, upwards or downwards.
#[derive(Clone, Copy)]
struct Edge {
    top: f64,
    bottom: f64,
    x: f64,
    slope: f64,
    winding: i32,
}

struct Builder {
    spans: Vec<Span>,
    paints: Vec<ShapeStyle>,
    last: Option<(Colour, f64)>,
    theme: Theme,
    scale: f64,
    width: f64,
    height: f64,
    clip: Rect,
    edges: Vec<Edge>,
}

impl Builder {
    fn page_clip(&self) -> Rect {
        Rect::new(0.0, 0.0, self.width, self.height)
    }

    fn panel(&mut self, panel: &Panel) {
        self.items(&panel.items, &panel.plot_box);
        self.items(&panel.legend, &panel.plot_box);
    }

    fn items(&mut self, items: &[Item], plot_box: &Rect) {
        for item in items {
            match item {
                Item::Group { items, .. } => self.items(items, plot_box),
                Item::Path { runs, closed, stroke, fill, clipped } => {
                    if *clipped {
                        let b = plot_box;
                        let s = self.scale;
                        self.clip = Rect::new(b.left * s, b.top * s, b.right * s, b.bottom * s);
                    }
                    self.path(runs, *closed, stroke.as_ref(), *fill);
                    self.clip = self.page_clip();
                }
                Item::Disc { centre, radius, stroke, fill, .. } => {
                    let ring = circle(*centre, *radius, self.scale);
                    self.path(std::slice::from_ref(&ring), true, stroke.as_ref(), *fill);
                }
                Item::Text(label) => self.label(label),
                Item::Cells { rect, columns, colours, alpha } => self.cells(rect, *columns, colours, *alpha),
            }
        }
    }

    fn path(&mut self, runs: &[Run], closed: bool, stroke: Option<&Stroke>, fill: Option<Fill>) {
        if let Some(fill) = fill {
            for run in runs {
                self.polygon(run);
            }
            self.flush(fill.colour, fill.alpha);
        }
        let Some(stroke) = stroke else { return };
        for run in runs {
            let ring: Run = if closed { run.iter().chain(run.first()).copied().collect() } else { run.clone() };
            if stroke.dash.is_empty() {
                self.thick(&ring, stroke.width, true);
            } else {
                for dash in cut_dashes(&ring, &stroke.dash) {
                    self.thick(&dash, stroke.width, false);
                }
            }
        }
        self.flush(stroke.colour, stroke.alpha);
    }

    /// Adds a thick polyline: a quadrilateral for each segment, a disc at each joint and round end.
    fn thick(&mut self, run: &Run, width: f64, round: bool) {
        let half = width * 0.5;
        for pair in run.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let span = a.distance(b);
            if span == 0.0 {
                continue;
            }
            let (nx, ny) = (-(b.y - a.y) / span * half, (b.x - a.x) / span * half);
            self.polygon(&[
                Point::new(a.x + nx, a.y + ny),
                Point::new(b.x + nx, b.y + ny),
                Point::new(b.x - nx, b.y - ny),
                Point::new(a.x - nx, a.y - ny),
            ]);
        }
        for (i, &p) in run.iter().enumerate() {
            let end = i == 0 || i + 1 == run.len();
            let bends = !end && turns(run[i - 1], p, run[i + 1]);
            if (end && round && width > 1.2) || bends {
                let ring = circle(p, half, self.scale);
                self.polygon(&ring);
            }
        }
    }

    /// Adds the sides of a polygon, always counter-clockwise, so that parts of a union never cancel.
    fn polygon(&mut self, points: &[Point]) {
        let area: f64 = points.iter().zip(points.iter().cycle().skip(1)).map(|(p, q)| p.x * q.y - q.x * p.y).sum();
        self.sides(points, if area < 0.0 { -1 } else { 1 });
    }

    fn sides(&mut self, points: &[Point], sign: i32) {
        for (p, q) in points.iter().zip(points.iter().cycle().skip(1)) {
            let (x0, y0, x1, y1) = (p.x * self.scale, p.y * self.scale, q.x * self.scale, q.y * self.scale);
            if y0 == y1 || !(x0 + x1 + y0 + y1).is_finite() {
                continue;
            }
            let slope = (x1 - x0) / (y1 - y0);
            let edge = if y0 < y1 {
                Edge { top: y0, bottom: y1, x: x0, slope, winding: sign }
            } else {
                Edge { top: y1, bottom: y0, x: x1, slope, winding: -sign }
            };
            if edge.bottom > self.clip.top && edge.top < self.clip.bottom {
                self.edges.push(edge);
            }
        }
    }

    fn label(&mut self, label: &Label) {
        let radians = label.rotation.to_radians();
        let (sin, cos) = if label.rotation == 0.0 { (0.0, 1.0) } else { (pxfm::f_sin(radians), pxfm::f_cos(radians)) };
        let turn = |x: f64, y: f64| Point::new(label.origin.x + x * cos + y * sin, label.origin.y - x * sin + y * cos);
        let mut contours: Vec<Run> = Vec::new();
        for run in &label.laid.runs {
            let outline = font::outline(&run.text, run.italic, run.size * self.scale);
            contours.extend(outline.into_iter().map(|contour| {
                contour.into_iter().map(|p| turn(run.x + p.x / self.scale, run.y + p.y / self.scale)).collect()
            }));
        }
        for [left, right, top, thickness] in &label.laid.bars {
            let (up, down) = (top - thickness * 0.5, top + thickness * 0.5);
            contours.push(vec![turn(*left, up), turn(*right, up), turn(*right, down), turn(*left, down)]);
        }
        let weight = label.laid.weight();
        for (wanted, width, colour, alpha) in
            [(label.halo, 3.0, Colour::Page, 1.0), (label.laid.bold, weight, label.colour, label.alpha)]
        {
            for contour in contours.iter().filter(|_| wanted) {
                let ring: Run = contour.iter().chain(contour.first()).copied().collect();
                self.thick(&ring, width, false);
            }
            self.flush(colour, alpha);
        }
        for contour in &contours {
            self.sides(contour, 1);
        }
        self.flush(label.colour, label.alpha);
    }

    fn cells(&mut self, rect: &Rect, columns: usize, colours: &[Colour], alpha: f64) {
        let rows = (colours.len() / columns.max(1)).max(1);
        let (w, h) = (rect.width() / columns as f64, rect.height() / rows as f64);
        for (j, row) in colours.chunks(columns).enumerate() {
            let mut i = 0;
            while i < row.len() {
                let same = row[i..].iter().take_while(|colour| **colour == row[i]).count();
                let (x, y) = (rect.left + i as f64 * w, rect.top + j as f64 * h);
                let far = (x + same as f64 * w, y + h);
                self.polygon(&[Point::new(x, y), Point::new(far.0, y), Point::new(far.0, far.1), Point::new(x, far.1)]);
                self.flush(row[i], alpha);
                i += same;
            }
        }
    }

    /// The index of a paint, reusing the last one.
    fn paint(&mut self, colour: Colour, alpha: f64) -> u32 {
        if self.last != Some((colour, alpha)) {
            let (r, g, b) = self.theme.rgb(colour);
            let color = RGBAColor(r, g, b, alpha.clamp(0.0, 1.0));
            self.paints.push(ShapeStyle { color, filled: true, stroke_width: 1 });
            self.last = Some((colour, alpha));
        }
        self.paints.len() as u32 - 1
    }

    /// Turns the collected sides into spans by the non-zero rule, sampling at the middle of each row.
    fn flush(&mut self, colour: Colour, alpha: f64) {
        let paint = self.paint(colour, alpha);
        let mut edges = std::mem::take(&mut self.edges);
        sorting::sort_by(&mut edges, |a, b| a.top.total_cmp(&b.top));
        let mut active: Vec<Edge> = Vec::new();
        let mut crossings: Vec<(f64, i32)> = Vec::new();
        let mut next = 0;
        let first = edges.first().map_or(0.0, |edge| edge.top.max(self.clip.top)).floor() as i32;
        let last = self.clip.bottom.min(self.height).ceil() as i32;
        for row in first.max(0)..last {
            let y = f64::from(row) + 0.5;
            while next < edges.len() && edges[next].top <= y {
                active.push(edges[next]);
                next += 1;
            }
            active.retain(|edge| edge.bottom > y);
            if active.is_empty() {
                if next == edges.len() {
                    break;
                }
                continue;
            }
            if y < self.clip.top || y > self.clip.bottom {
                continue;
            }
            crossings.clear();
            crossings.extend(active.iter().map(|edge| (edge.x + (y - edge.top) * edge.slope, edge.winding)));
            sorting::sort_by(&mut crossings, |a, b| a.0.total_cmp(&b.0));
            self.row(row, &crossings, paint);
        }
        edges.clear();
        self.edges = edges;
    }

    fn row(&mut self, row: i32, crossings: &[(f64, i32)], paint: u32) {
        let mut winding = 0;
        let mut start = 0.0;
        let mut pending: Option<(i32, i32)> = None;
        for &(x, step) in crossings {
            let before = winding;
            winding += step;
            if before == 0 {
                start = x;
            } else if winding == 0 {
                let from = (start.max(self.clip.left) - 0.5).ceil().max(0.0) as i32;
                let to = (x.min(self.clip.right) - 0.5).ceil().min(self.width) as i32;
                match &mut pending {
                    Some(span) if from <= span.1 => span.1 = span.1.max(to),
                    _ => {
                        self.push(row, pending, paint);
                        pending = Some((from, to));
                    }
                }
            }
        }
        self.push(row, pending, paint);
    }

    fn push(&mut self, row: i32, span: Option<(i32, i32)>, paint: u32) {
        if let Some((from, to)) = span.filter(|s| s.0 < s.1) {
            self.spans.push(Span { row, from, to, paint });
        }
    }
}

/// Whether a polyline bends enough at a vertex for a joint to show.
fn turns(a: Point, b: Point, c: Point) -> bool {
    let (ux, uy, vx, vy) = (b.x - a.x, b.y - a.y, c.x - b.x, c.y - b.y);
    let cross = ux * vy - uy * vx;
    let along = ux * vx + uy * vy;
    along <= 0.0 || cross.abs() > 0.03 * length(ux, uy) * length(vx, vy)
}

/// A circle as a polygon fine enough for its enlarged size.
fn circle(centre: Point, radius: f64, scale: f64) -> Run {
    let count = ((radius * scale).sqrt() * 5.0).clamp(8.0, 96.0) as u32;
    (0..count)
        .map(|i| {
            let t = std::f64::consts::TAU * f64::from(i) / f64::from(count);
            Point::new(centre.x + radius * pxfm::f_cos(t), centre.y + radius * pxfm::f_sin(t))
        })
        .collect()
}
