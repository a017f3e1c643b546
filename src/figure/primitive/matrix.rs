//! The entries of a matrix as colours.

use super::density::Shading;
use super::{Element, Extent, element_basics};
use crate::figure::bar::{BarLook, ColourBar};
use crate::figure::colour::Colour;
use crate::figure::function::Range;
use crate::figure::geometry::{Point, Rect};
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter};
use crate::figure::scene::{Fill, Item};
use crate::figure::style::Style;

/// A table of numbers as cells of colour; the first row has the least y.
#[derive(Clone, Debug)]
pub struct MatrixPlot {
    /// The rows, all of one length.
    pub rows: Vec<Vec<f64>>,
    /// From where to where the columns lie.
    pub across: Range,
    /// From where to where the rows lie.
    pub along: Range,
    /// Which colours stand for which values.
    pub shading: Shading,
    /// The scale of colours beside the box, where there is one.
    pub bar: Option<BarLook>,
    /// Lines over it: before which rows, before which columns, and how each kind is drawn.
    pub lines: Vec<(bool, f64, Style)>,
    /// Opacity.
    pub style: Style,
}

impl MatrixPlot {
    /// Cells of side 1 around whole numbers, in grey, dark for great numbers.
    pub fn new(rows: Vec<Vec<f64>>, style: Style) -> Self {
        let columns = rows.first().map_or(0, Vec::len);
        let around = |count: usize| Range::new(-0.5, count as f64 - 0.5);
        let range =
            rows.iter().flatten().filter(|v| v.is_finite()).fold(Range::EMPTY, |all, v| all.join(Range::point(*v)));
        let (across, along) = (around(columns), around(rows.len()));
        let shading = Shading { map: "greys".to_string(), range };
        MatrixPlot { rows, across, along, shading, bar: None, lines: Vec::new(), style }
    }

    fn columns(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// Paints the cells one by one, cut at the plot box.
    fn cells(&self, painter: &mut Painter) {
        let window = painter.window;
        let at = |range: Range, k: usize, count: usize| range.lo + range.width() * k as f64 / count as f64;
        let corner = |column: usize, row: usize| {
            window.pixel(at(self.across, column, self.columns()), at(self.along, row, self.rows.len()))
        };
        for (row, values) in self.rows.iter().enumerate() {
            if painter.budget().check().is_err() {
                return;
            }
            for (column, value) in values.iter().enumerate() {
                let cell = Rect::around(&[corner(column, row), corner(column + 1, row + 1)]).corners();
                let fill = Fill { colour: self.shading.colour(*value), alpha: self.style.alpha };
                painter.area(Layer::Fill, &[cell], fill);
            }
        }
    }

    /// The cells as they lie in the picture, where all are of one size and no part of them is cut off.
    fn lattice(&self, rect: Rect, painter: &Painter) -> Option<Item> {
        let shown = painter.plot_box().grown(0.01);
        let ends = [Point::new(rect.left, rect.top), Point::new(rect.right, rect.bottom)];
        let window = painter.window;
        if window.x.log || window.y.log || !ends.into_iter().all(|end| shown.contains(end)) {
            return None;
        }
        let is_left = window.x.pixel(self.across.lo) > window.x.pixel(self.across.hi);
        let is_down = window.y.pixel(self.along.lo) < window.y.pixel(self.along.hi);
        let row = |row: &Vec<f64>| {
            let mut shades: Vec<Colour> = row.iter().map(|value| self.shading.colour(*value)).collect();
            if is_left {
                shades.reverse();
            }
            shades
        };
        let mut rows: Vec<Vec<Colour>> = self.rows.iter().map(row).collect();
        if !is_down {
            rows.reverse();
        }
        Some(Item::Cells { rect, columns: rows[0].len(), colours: rows.concat(), alpha: self.style.alpha })
    }
}

impl Element for MatrixPlot {
    element_basics!("matrix");

    fn extent(&self, _options: &Options) -> Extent {
        Extent { x: self.across, y: self.along, exact_x: true, exact_y: true, notes: Vec::new() }
    }

    fn framed(&self) -> bool {
        true
    }

    fn round(&self) -> bool {
        true
    }

    fn covers(&self) -> bool {
        true
    }

    fn colour_bar(&self) -> Option<ColourBar> {
        self.bar.as_ref().map(|look| self.shading.bar(look))
    }

    fn paint(&self, painter: &mut Painter) {
        let window = painter.window;
        let ends = [window.pixel(self.across.lo, self.along.lo), window.pixel(self.across.hi, self.along.hi)];
        match self.lattice(Rect::around(&ends), painter) {
            Some(cells) => painter.add(Layer::Fill, cells),
            None => self.cells(painter),
        }
        for (is_row, place, style) in &self.lines {
            let (range, count) = if *is_row { (self.along, self.rows.len()) } else { (self.across, self.columns()) };
            let v = range.lo + range.width() * place / count as f64;
            let ends = if *is_row {
                [window.pixel(self.across.lo, v), window.pixel(self.across.hi, v)]
            } else {
                [window.pixel(v, self.along.lo), window.pixel(v, self.along.hi)]
            };
            if let Some(stroke) = style.stroke() {
                painter.strokes(Layer::Curve, &[ends.to_vec()], stroke);
            }
        }
    }
}
