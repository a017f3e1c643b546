//! A figure as data: primitives in order, options, and what can be asked of it.

use super::function::Range;
use super::layout::{self, Arrangement};
use super::live::LivePage;
use super::options::{Aspect, Options};
use super::primitive::{Element, Extent};
use super::render;
use super::scene::Scene;
use crate::budget::{Budget, Stopped};

/// Primitives and options: what `plot` and its kin answer.
#[derive(Default)]
pub struct Graphics {
    elements: Vec<Box<dyn Element>>,
    /// The options of the whole.
    pub options: Options,
}

impl Clone for Graphics {
    fn clone(&self) -> Self {
        Graphics { elements: self.elements.iter().map(|e| e.boxed()).collect(), options: self.options.clone() }
    }
}

impl Graphics {
    /// A figure with nothing in it.
    pub fn new() -> Self {
        Graphics::default()
    }

    /// A figure of one primitive.
    pub fn of(element: impl Element + 'static) -> Self {
        let mut figure = Graphics::new();
        figure.add(element);
        figure
    }

    /// Adds a primitive on top.
    pub fn add(&mut self, element: impl Element + 'static) {
        self.elements.push(Box::new(element));
    }

    /// The sum of two figures: the primitives of both, the options of the right one on top.
    pub fn combine(&self, other: &Graphics) -> Graphics {
        let mut sum = self.clone();
        sum.elements.extend(other.elements.iter().map(|e| e.boxed()));
        sum.options = self.options.combined(&other.options);
        sum
    }

    /// The same figure with more options, as `show` and `save` give them.
    pub fn with_options(&self, options: &Options) -> Graphics {
        let mut figure = self.clone();
        figure.options = self.options.overlaid(options);
        figure
    }

    /// The number of primitives.
    pub fn len(&self) -> usize {
        self.elements.iter().map(|element| element.count()).sum()
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// The primitives in order.
    pub fn elements(&self) -> &[Box<dyn Element>] {
        &self.elements
    }

    /// The primitives, to be changed.
    pub fn elements_mut(&mut self) -> &mut [Box<dyn Element>] {
        &mut self.elements
    }

    /// How Sage names a figure at the prompt.
    pub fn describe(&self) -> String {
        let count = self.len();
        let plural = if count == 1 { "" } else { "s" };
        format!("Graphics object consisting of {count} graphics primitive{plural}")
    }

    /// What every primitive wants to see, joined; before padding.
    pub(super) fn extent(&self) -> Extent {
        let mut all = Extent::default();
        for element in &self.elements {
            all = join(all, element.extent(&self.options));
        }
        all
    }

    /// The ranges of the data as Sage answers them: xmin, xmax, ymin, ymax; -1 to 1 without data.
    pub fn data_range(&self) -> [f64; 4] {
        let whole = Options::default();
        let extents = self.elements.iter().map(|element| element.extent(&whole));
        let extent = extents.fold(Extent::default(), join);
        let or_unit = |r: Range| if r.is_empty() { Range::new(-1.0, 1.0) } else { r };
        let (x, y) = (or_unit(extent.x), or_unit(extent.y));
        [x.lo, x.hi, y.lo, y.hi]
    }

    /// The shape of a unit: as asked for, or equal units where a primitive wants them.
    pub fn aspect(&self) -> Aspect {
        match self.options.aspect {
            Aspect::Unset if self.elements.iter().any(|element| element.round()) => Aspect::Ratio(1.0),
            asked => asked,
        }
    }

    /// The laid out figure and what was decided on the way.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn scene(&self, budget: &Budget) -> Result<(Scene, Vec<String>), Stopped> {
        layout::lay_out(&[self], Arrangement::Rows(1), &self.options, budget)
    }

    /// The figure for a page on which it can be moved and enlarged, up to `finest` times as fine as printed.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn live(&self, finest: f64, budget: &Budget) -> Result<(LivePage, Vec<String>), Stopped> {
        layout::lay_out_live(&[self], Arrangement::Rows(1), &self.options, finest, budget)
    }

    /// The figure as SVG.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn to_svg(&self, budget: &Budget) -> Result<String, Stopped> {
        Ok(render::svg::write(&self.scene(budget)?.0))
    }

    /// The figure as PDF.
    ///
    /// # Errors
    /// When the budget runs out.
    #[cfg(feature = "pdf")]
    pub fn to_pdf(&self, budget: &Budget) -> Result<Vec<u8>, Stopped> {
        Ok(render::pdf::write(&self.scene(budget)?.0))
    }

    /// The figure as PNG; `dpi` 100 gives a pixel for each CSS pixel.
    ///
    /// # Errors
    /// When the budget runs out, or the size makes no sense.
    pub fn to_png(&self, dpi: f64, budget: &Budget) -> Result<Vec<u8>, FigureError> {
        render::png::paint(&self.scene(budget)?.0, dpi).map_err(FigureError::Unpaintable)
    }
}

/// The wishes of two primitives: an exact end stays exact when it is the outermost.
fn join(a: Extent, b: Extent) -> Extent {
    let mut notes = a.notes;
    notes.extend(b.notes.into_iter().filter(|note| !note.is_empty()));
    notes.dedup();
    Extent {
        x: a.x.join(b.x),
        y: a.y.join(b.y),
        exact_x: exact(a.exact_x, a.x, b.exact_x, b.x),
        exact_y: exact(a.exact_y, a.y, b.exact_y, b.y),
        notes,
    }
}

fn exact(a_exact: bool, a: Range, b_exact: bool, b: Range) -> bool {
    let holds = |outer: Range, inner: Range| inner.is_empty() || (outer.lo <= inner.lo && inner.hi <= outer.hi);
    (a_exact && (b_exact || holds(a, b))) || (b_exact && holds(b, a))
}

/// Figures side by side on one page.
#[derive(Clone, Default)]
pub struct GraphicsArray {
    /// The figures, row by row.
    pub panels: Vec<Graphics>,
    /// How many stand side by side.
    pub columns: usize,
    /// Where each stands, when that is not row by row: left, bottom, width and height as fractions of the page.
    pub places: Option<Vec<[f64; 4]>>,
    /// The options of the page.
    pub options: Options,
}

impl GraphicsArray {
    /// How Sage names it at the prompt.
    pub fn describe(&self) -> String {
        if self.places.is_some() {
            let count = self.panels.len();
            return format!("Multigraphics with {count} element{}", if count == 1 { "" } else { "s" });
        }
        let columns = self.columns.max(1);
        format!("Graphics Array of size {} x {}", self.panels.len().div_ceil(columns), columns)
    }

    /// The laid out page and what was decided on the way.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn scene(&self, budget: &Budget) -> Result<(Scene, Vec<String>), Stopped> {
        let panels: Vec<&Graphics> = self.panels.iter().collect();
        layout::lay_out(&panels, self.arrangement(), &self.options, budget)
    }

    fn arrangement(&self) -> Arrangement<'_> {
        match &self.places {
            Some(places) => Arrangement::Places(places),
            None => Arrangement::Rows(self.columns.max(1)),
        }
    }

    /// The figures for a page on which they can be moved and enlarged, up to `finest` times as fine as printed.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn live(&self, finest: f64, budget: &Budget) -> Result<(LivePage, Vec<String>), Stopped> {
        let panels: Vec<&Graphics> = self.panels.iter().collect();
        layout::lay_out_live(&panels, self.arrangement(), &self.options, finest, budget)
    }

    /// The page as SVG.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn to_svg(&self, budget: &Budget) -> Result<String, Stopped> {
        Ok(render::svg::write(&self.scene(budget)?.0))
    }

    /// The page as PNG.
    ///
    /// # Errors
    /// As for one figure.
    pub fn to_png(&self, dpi: f64, budget: &Budget) -> Result<Vec<u8>, FigureError> {
        render::png::paint(&self.scene(budget)?.0, dpi).map_err(FigureError::Unpaintable)
    }
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq)]
pub enum FigureError {
    /// The budget ran out.
    Stopped(Stopped),
    /// The size makes no sense.
    Unpaintable(String),
}

impl From<Stopped> for FigureError {
    fn from(stopped: Stopped) -> Self {
        FigureError::Stopped(stopped)
    }
}

impl std::fmt::Display for FigureError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            FigureError::Stopped(stopped) => stopped.fmt(out),
            FigureError::Unpaintable(message) => out.write_str(message),
        }
    }
}

impl std::error::Error for FigureError {}
