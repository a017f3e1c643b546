//! The values of a function as colours, and how values become colours.

use super::contour::values_over;
use super::{Element, Extent, plane_basics};
use crate::figure::bar::{BarLook, ColourBar};
use crate::figure::colour::{Colour, colour_map};
use crate::figure::function::{Plane, Range};
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter};
use crate::figure::scene::Item;
use crate::figure::style::Style;

/// A colour map laid over a range of values.
#[derive(Clone, Debug)]
pub struct Shading {
    /// The name of the colour map.
    pub map: String,
    /// The values that have the first and the last colour.
    pub range: Range,
}

impl Shading {
    /// The colour of a value; the page's where there is none.
    pub fn colour(&self, value: f64) -> Colour {
        let width = self.range.width();
        let t = if width > 0.0 && width.is_finite() { (value - self.range.lo) / width } else { 0.0 };
        if value.is_nan() { Colour::Page } else { colour_map(&self.map, t).unwrap_or(Colour::Faint).shade() }
    }

    /// The scale of its colours.
    pub fn bar(&self, look: &BarLook) -> ColourBar {
        const PIECES: u32 = 64;
        let at = |t: f64| self.range.lo + self.range.width() * t;
        let end = |k: u32| at(f64::from(k) / f64::from(PIECES));
        let shade = |k: u32| self.colour(at(f64::from(k) / f64::from(PIECES - 1)));
        let pieces = (0..PIECES).map(|k| (end(k), end(k + 1), shade(k))).collect();
        ColourBar { pieces, levels: Vec::new(), look: look.clone() }
    }
}

/// The values of a function as colours.
#[derive(Clone)]
pub struct DensityPlot {
    /// The function.
    pub function: Plane,
    /// The range of x.
    pub domain_x: Range,
    /// The range of y.
    pub domain_y: Range,
    /// The name of the colour map.
    pub map: String,
    /// The scale of colours beside the box, where there is one.
    pub bar: Option<BarLook>,
    /// Opacity.
    pub style: Style,
}

impl DensityPlot {
    /// A density in grey, as Sage draws it.
    pub fn new(function: Plane, x: Range, y: Range, style: Style) -> Self {
        DensityPlot { function, domain_x: x, domain_y: y, map: "gray".to_string(), bar: None, style }
    }

    fn shading(&self) -> Shading {
        let range = values_over(self.function.as_ref(), self.domain_x, self.domain_y);
        Shading { map: self.map.clone(), range }
    }
}

impl Element for DensityPlot {
    plane_basics!("density");

    fn covers(&self) -> bool {
        true
    }

    fn colour_bar(&self) -> Option<ColourBar> {
        self.bar.as_ref().map(|look| self.shading().bar(look))
    }

    fn paint(&self, painter: &mut Painter) {
        const CELL: f64 = 2.0;
        let (window, rect) = (painter.window, painter.plot_box());
        let columns = (rect.width() / CELL).ceil().max(1.0) as usize;
        let rows = (rect.height() / CELL).ceil().max(1.0) as usize;
        let (w, h) = (rect.width() / columns as f64, rect.height() / rows as f64);
        let shading = self.shading();
        let mut colours = Vec::with_capacity(columns * rows);
        for j in 0..rows {
            if painter.budget().check().is_err() {
                return;
            }
            let y = window.y.value(rect.top + (j as f64 + 0.5) * h);
            let at = |i: usize| window.x.value(rect.left + (i as f64 + 0.5) * w);
            colours.extend((0..columns).map(|i| shading.colour(self.function.value(at(i), y))));
        }
        painter.add(Layer::Fill, Item::Cells { rect, columns, colours, alpha: self.style.alpha });
    }
}
