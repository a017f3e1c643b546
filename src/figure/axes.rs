//! Axes, frame, ticks, grid and the names of the axes.

use super::colour::Colour;
use super::geometry::{Point, Rect, Run, clip_segment, is_inside};
use super::options::{GridLines, Options, TickFormat, Ticks};
use super::scale::{Scale, Window};
use super::scene::{Item, Label, Stroke};
use super::text::MathText;
use super::ticks::{TickSet, choose, power_label};

/// The length of a tick.
const TICK: f64 = 4.0;
/// Between a tick and its label.
const GAP: f64 = 3.0;

/// What surrounds and crosses the plot box.
#[derive(Default)]
pub(super) struct Decoration {
    /// Grid lines.
    pub grid: Vec<Item>,
    /// The horizontal axis: line, ticks, labels.
    pub x: Vec<Item>,
    /// The vertical axis.
    pub y: Vec<Item>,
    /// Lines of a frame or of both axes that belong to neither.
    pub frame: Vec<Item>,
    /// The boxes of all labels.
    pub labels: Vec<Rect>,
}

/// What decides how axes are drawn.
pub(super) struct Plan<'a> {
    /// How data become pixels.
    pub window: Window,
    /// The figure's options.
    pub options: &'a Options,
    /// Whether a frame is drawn.
    pub frame: bool,
    /// Whether the box is painted all over, so that no axes are drawn inside a frame.
    pub covered: bool,
    /// Whether the vertical axis stands aside, at the left edge.
    pub aside: bool,
    /// Whether both axes have the same unit, so that they should have the same step.
    pub round: bool,
    /// Ticks of 10 points are this many pixels tall.
    pub font: f64,
    /// Strokes and points that labels should avoid.
    pub ink: &'a [Run],
    /// Points that labels should avoid.
    pub dots: &'a [Point],
    /// Areas painted all over.
    pub covers: &'a [Run],
}

/// Lays out everything that belongs to the axes.
pub(super) fn decorate(plan: &Plan) -> Decoration {
    let mut out = Decoration::default();
    let shown = plan.options.axes.unwrap_or(true);
    let (xs, ys) = (plan.ticks(0), plan.ticks(1));
    plan.grid(&mut out, &xs, &ys);
    if shown || plan.frame {
        plan.lines(&mut out, shown);
        plan.x_ticks(&mut out, &xs);
        plan.y_ticks(&mut out, &ys);
    }
    plan.names(&mut out);
    out
}

impl Plan<'_> {
    fn rect(&self) -> Rect {
        self.window.rect()
    }

    /// How axes are drawn; Sage's width of 0.8 points is ours of one pixel.
    fn axis_stroke(&self) -> Stroke {
        let width = self.options.axes_width.map_or(1.0, |points| (points / 0.8).clamp(0.0, 100.0));
        Stroke::solid(self.options.axes_colour.unwrap_or(Colour::Axis), width)
    }

    /// The colour of the numbers at ticks.
    fn number_colour(&self) -> Colour {
        self.options.numbers_colour.unwrap_or(Colour::Text)
    }

    /// Where the vertical axis stands: at 0 when shown and free, else at an edge.
    fn x_of_axis(&self) -> f64 {
        if self.aside { self.rect().left } else { place_axis(&self.window.x) }
    }

    /// Where the horizontal axis lies.
    fn y_of_axis(&self) -> f64 {
        place_axis(&self.window.y)
    }

    /// The ticks of an axis, spaced so that their labels don't touch.
    fn ticks(&self, axis: usize) -> TickSet {
        let automatic = (Ticks::Automatic, TickFormat::Automatic);
        let ticks = self.options.ticks.as_ref().map_or(&automatic.0, |t| &t[axis]);
        let format = self.options.tick_format.as_ref().map_or(&automatic.1, |t| &t[axis]);
        let whole = self.options.ticks_integer.unwrap_or(false);
        let scale = if axis == 0 { &self.window.x } else { &self.window.y };
        let mut spacing = match (self.round, axis) {
            (true, _) => 58.0,
            (false, 0) => 70.0,
            (false, _) => 50.0,
        };
        let base = self.options.log_base.map_or(10.0, |bases| bases[axis]);
        let choose = |spacing: f64| choose(scale, ticks, format, (spacing, base), whole);
        let mut set = choose(spacing);
        while axis == 0 && *ticks == Ticks::Automatic && self.is_crowded(scale, &set) && spacing < 400.0 {
            spacing *= 1.5;
            set = choose(spacing);
        }
        set
    }

    fn is_crowded(&self, scale: &Scale, set: &TickSet) -> bool {
        let width = |text: &MathText| text.layout(self.font).width;
        set.major.windows(2).any(|pair| {
            let apart = (scale.pixel(pair[1].value) - scale.pixel(pair[0].value)).abs();
            apart < 0.5 * (width(&pair[0].text) + width(&pair[1].text)) + 8.0
        })
    }

    fn grid(&self, out: &mut Decoration, xs: &TickSet, ys: &TickSet) {
        let Some(lines) = &self.options.gridlines else { return };
        let rect = self.rect();
        let strokes = self.options.grid_strokes.clone().unwrap_or_else(|| [Stroke::grid(), Stroke::grid()]);
        let places = |kind: &GridLines, set: &TickSet| -> Vec<(f64, Option<Stroke>)> {
            let major = set.major.iter().map(|t| (t.value, None));
            match kind {
                GridLines::Off => Vec::new(),
                GridLines::Major => major.collect(),
                GridLines::Minor => major.chain(set.minor.iter().map(|v| (*v, None))).collect(),
                GridLines::At(values) => values.clone(),
            }
        };
        let upright = |x: f64| vec![Point::new(x, rect.top), Point::new(x, rect.bottom)];
        let level = |y: f64| vec![Point::new(rect.left, y), Point::new(rect.right, y)];
        let vertical = places(&lines[0], xs).into_iter().map(|(v, own)| (self.window.x.pixel(v), own));
        let horizontal = places(&lines[1], ys).into_iter().map(|(v, own)| (self.window.y.pixel(v), own));
        let vertical = vertical.filter(|(p, _)| (rect.left..=rect.right).contains(p));
        let horizontal = horizontal.filter(|(p, _)| (rect.top..=rect.bottom).contains(p));
        let all = vertical.map(|(x, own)| (upright(x), own.unwrap_or_else(|| strokes[0].clone())));
        let all = all.chain(horizontal.map(|(y, own)| (level(y), own.unwrap_or_else(|| strokes[1].clone()))));
        for (run, stroke) in all {
            match out.grid.last_mut() {
                Some(Item::Path { runs, stroke: Some(last), .. }) if *last == stroke => runs.push(run),
                _ => out.grid.push(path(vec![run], stroke)),
            }
        }
    }

    /// The lines of the axes or of the frame.
    fn lines(&self, out: &mut Decoration, axes: bool) {
        let rect = self.rect();
        let (x, y) = (self.x_of_axis(), self.y_of_axis());
        let vertical = vec![Point::new(x, rect.top), Point::new(x, rect.bottom)];
        let horizontal = vec![Point::new(rect.left, y), Point::new(rect.right, y)];
        if self.frame {
            self.outline(out);
            let asked = self.options.axes == Some(true);
            let colour = if self.covered { Colour::Axis } else { Colour::Grid };
            let inside = |p: f64, a: f64, b: f64| axes && (asked || !self.covered) && p > a + 0.5 && p < b - 0.5;
            if inside(x, rect.left, rect.right) && !self.window.x.log {
                out.frame.push(strokes(vec![vertical], colour, 1.0));
            }
            if inside(y, rect.top, rect.bottom) && !self.window.y.log {
                out.frame.push(strokes(vec![horizontal], colour, 1.0));
            }
        } else {
            out.x.push(path(vec![horizontal], self.axis_stroke()));
            out.y.push(path(vec![vertical], self.axis_stroke()));
        }
    }

    fn outline(&self, out: &mut Decoration) {
        out.frame.push(Item::Path {
            runs: vec![self.rect().corners()],
            closed: true,
            stroke: Some(self.axis_stroke()),
            fill: None,
            clipped: false,
        });
    }

    fn x_ticks(&self, out: &mut Decoration, set: &TickSet) {
        let rect = self.rect();
        let above_frame = self.frame && self.options.x_above == Some(true);
        let at_top = above_frame || !self.frame && self.y_of_axis() <= rect.top + 0.5;
        let base = match (self.frame, above_frame) {
            (false, _) => self.y_of_axis(),
            (true, false) => rect.bottom,
            (true, true) => rect.top,
        };
        let down = if at_top { -1.0 } else { 1.0 };
        let mut marks = Vec::new();
        for tick in &set.major {
            let x = self.window.x.pixel(tick.value);
            marks.push(vec![Point::new(x, base), Point::new(x, base + down * TICK)]);
            let beyond = if at_top { base - rect.top } else { rect.bottom - base };
            let is_crossed = self.is_crossed(x, self.x_of_axis(), beyond);
            if is_crossed && !self.is_by_hand(0) {
                continue;
            }
            let laid = tick.text.layout(self.font);
            let left = if is_crossed { x - laid.width - TICK } else { x - laid.width * 0.5 };
            let below = Point::new(left, base + TICK + GAP + laid.ascent);
            let above = Point::new(left, base - TICK - GAP - laid.descent);
            let (first, second) = if at_top { (above, below) } else { (below, above) };
            let label = self.clear_label(Label::new(laid, first, self.number_colour()), second);
            out.labels.push(label.rect());
            out.x.push(Item::Text(label));
        }
        if self.frame {
            let short = set.minor.iter().map(|v| self.window.x.pixel(*v));
            marks.extend(short.map(|x| vec![Point::new(x, base), Point::new(x, base + down * 2.0)]));
        }
        if !marks.is_empty() {
            out.x.push(strokes(marks, self.axis_stroke().colour, 1.0));
        }
        if set.exponent != 0 {
            let laid = power_label("×10", set.exponent).layout(self.font);
            let origin = Point::new(rect.right - laid.width, base + TICK + 2.0 * GAP + self.font + laid.ascent);
            self.push_label(&mut out.labels, &mut out.x, Label::new(laid, origin, self.number_colour()));
        }
    }

    fn y_ticks(&self, out: &mut Decoration, set: &TickSet) {
        let rect = self.rect();
        let at_right = !self.frame && self.x_of_axis() >= rect.right - 0.5;
        let base = if self.frame { rect.left } else { self.x_of_axis() };
        let side = if at_right { 1.0 } else { -1.0 };
        let mut marks = Vec::new();
        for tick in &set.major {
            let y = self.window.y.pixel(tick.value);
            marks.push(vec![Point::new(base, y), Point::new(base + side * TICK, y)]);
            let beyond = if at_right { rect.right - base } else { base - rect.left };
            let is_crossed = self.is_crossed(y, self.y_of_axis(), beyond);
            if is_crossed && !self.is_by_hand(1) {
                continue;
            }
            let laid = tick.text.layout(self.font);
            let baseline = if is_crossed { y - TICK - laid.descent } else { y + 0.36 * self.font };
            let before = Point::new(base - TICK - GAP - laid.width, baseline);
            let after = Point::new(base + TICK + GAP, baseline);
            let (first, second) = if at_right { (after, before) } else { (before, after) };
            let label = self.clear_label(Label::new(laid, first, self.number_colour()), second);
            out.labels.push(label.rect());
            out.y.push(Item::Text(label));
        }
        if self.frame {
            let short = set.minor.iter().map(|v| self.window.y.pixel(*v));
            marks.extend(short.map(|y| vec![Point::new(base, y), Point::new(base - 2.0, y)]));
        }
        if !marks.is_empty() {
            out.y.push(strokes(marks, self.axis_stroke().colour, 1.0));
        }
        if set.exponent != 0 {
            let laid = power_label("×10", set.exponent).layout(self.font);
            let origin = Point::new(base + 6.0, rect.top - 4.0);
            self.push_label(&mut out.labels, &mut out.y, Label::new(laid, origin, self.number_colour()));
        }
    }

    /// Whether a tick sits where the other axis runs on beyond this one, through the place of its label.
    fn is_crossed(&self, pixel: f64, other_axis: f64, beyond: f64) -> bool {
        !self.frame && (pixel - other_axis).abs() < 2.0 && beyond > 3.0
    }

    /// Whether the labels of an axis were given one by one: none of them is left out.
    fn is_by_hand(&self, axis: usize) -> bool {
        self.options.tick_format.as_ref().is_some_and(|formats| matches!(formats[axis], TickFormat::Texts(_)))
    }

    /// A label moved to its second place when strokes cross the first one only; with a halo when they cross both.
    fn clear_label(&self, label: Label, second: Point) -> Label {
        if self.frame || !self.is_inked(&label.rect()) {
            return label;
        }
        let moved = Label { origin: second, ..label.clone() };
        let corner = Point::new(moved.rect().left, moved.rect().top);
        let may_move = self.options.steady != Some(true);
        if may_move && self.rect().grown(24.0).contains(corner) && !self.is_inked(&moved.rect()) {
            return moved;
        }
        Label { halo: self.options.transparent != Some(true), ..label }
    }

    fn is_inked(&self, rect: &Rect) -> bool {
        let grown = rect.grown(1.0);
        let crossed = |run: &Run| run.windows(2).any(|s| clip_segment(s[0], s[1], &grown).is_some());
        let middle = Point::new((rect.left + rect.right) * 0.5, (rect.top + rect.bottom) * 0.5);
        self.ink.iter().any(crossed)
            || self.dots.iter().any(|p| rect.grown(4.0).contains(*p))
            || self.covers.iter().any(|area| is_inside(middle, area))
    }

    fn push_label(&self, labels: &mut Vec<Rect>, items: &mut Vec<Item>, label: Label) {
        labels.push(label.rect());
        items.push(Item::Text(label));
    }

    /// The names of the axes: at their ends, or along a frame.
    fn names(&self, out: &mut Decoration) {
        let Some([x_name, y_name]) = &self.options.axes_labels else { return };
        let size = self.font * (14.0 / 13.0) * self.options.axes_labels_size.map_or(1.0, |s| (s / 1.6).clamp(0.3, 5.0));
        let colour = self.options.names_colour.unwrap_or(Colour::Text);
        let rect = self.rect();
        let hull = out.labels.iter().fold(rect, |hull, r| {
            Rect::new(hull.left.min(r.left), hull.top.min(r.top), hull.right.max(r.right), hull.bottom.max(r.bottom))
        });
        let (x, y) = (x_name.layout(size), y_name.layout(size));
        if !x_name.is_empty() {
            let origin = if self.frame {
                Point::new((rect.left + rect.right - x.width) * 0.5, hull.bottom + 5.0 + x.ascent)
            } else {
                Point::new(rect.right + 6.0, self.y_of_axis() + 0.3 * size)
            };
            self.push_label(&mut out.labels, &mut out.x, Label::new(x, origin, colour));
        }
        if y_name.is_empty() {
            return;
        }
        if self.frame {
            let origin = Point::new(hull.left - 6.0 - y.descent, (rect.top + rect.bottom + y.width) * 0.5);
            let upright = Rect::new(origin.x - y.ascent, origin.y - y.width, origin.x + y.descent, origin.y);
            out.labels.push(upright);
            out.y.push(Item::Text(Label { rotation: 90.0, ..Label::new(y, origin, colour) }));
        } else {
            let left = (self.x_of_axis() - y.width * 0.5).max(rect.left - 30.0);
            let origin = Point::new(left, rect.top - 6.0 - y.descent);
            self.push_label(&mut out.labels, &mut out.y, Label::new(y, origin, colour));
        }
    }
}

fn place_axis(scale: &Scale) -> f64 {
    let at = if scale.log { scale.data.lo } else { 0.0_f64.clamp(scale.data.lo, scale.data.hi) };
    scale.pixel(at)
}

fn strokes(runs: Vec<Run>, colour: Colour, width: f64) -> Item {
    path(runs, Stroke::solid(colour, width))
}

fn path(runs: Vec<Run>, stroke: Stroke) -> Item {
    Item::Path { runs, closed: false, stroke: Some(stroke), fill: None, clipped: false }
}
