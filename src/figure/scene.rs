//! The finished figure: clipped shapes in pixels, grouped as the SVG contract names them.
//!
//! Every renderer walks this tree in order; nothing in it depends on data any more.

use super::colour::{Colour, Theme};
use super::geometry::{Point, Rect, Run};
use super::text::Laid;

/// How a line is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width in pixels.
    pub width: f64,
    /// Lengths of ink and gap in turn; empty for a solid line.
    pub dash: Vec<f64>,
    /// Opacity.
    pub alpha: f64,
}

impl Stroke {
    /// A solid opaque line.
    pub fn solid(colour: Colour, width: f64) -> Self {
        Stroke { colour, width, dash: Vec::new(), alpha: 1.0 }
    }

    /// A line of the grid where nothing else is said.
    pub fn grid() -> Self {
        Stroke::solid(Colour::Grid, 0.75)
    }
}

/// How an area is filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Its colour.
    pub colour: Colour,
    /// Opacity.
    pub alpha: f64,
}

/// A piece of the finished figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Items that belong together, with a class and further attributes.
    Group {
        /// The SVG class.
        class: &'static str,
        /// Further attributes, in order.
        attributes: Vec<(&'static str, String)>,
        /// What is inside.
        items: Vec<Item>,
    },
    /// Polylines or polygons.
    Path {
        /// The connected parts.
        runs: Vec<Run>,
        /// Whether each part is closed.
        closed: bool,
        /// The outline.
        stroke: Option<Stroke>,
        /// The inside.
        fill: Option<Fill>,
        /// Whether stroke caps are cut at the plot box too.
        clipped: bool,
    },
    /// A circle.
    Disc {
        /// The SVG class, may be empty.
        class: &'static str,
        /// The middle.
        centre: Point,
        /// The radius.
        radius: f64,
        /// The outline.
        stroke: Option<Stroke>,
        /// The inside.
        fill: Option<Fill>,
    },
    /// A line of text.
    Text(Label),
    /// A lattice of coloured cells, row by row from the top.
    Cells {
        /// Where.
        rect: Rect,
        /// How many cells side by side.
        columns: usize,
        /// The colours.
        colours: Vec<Colour>,
        /// Opacity.
        alpha: f64,
    },
}

impl Item {
    /// The shape moved from the origin to a place.
    #[must_use]
    pub fn at(&self, to: Point) -> Item {
        let moved = |p: &Point| Point::new(p.x + to.x, p.y + to.y);
        let mut item = self.clone();
        match &mut item {
            Item::Group { items, .. } => items.iter_mut().for_each(|own| *own = own.at(to)),
            Item::Path { runs, .. } => runs.iter_mut().flatten().for_each(|p| *p = moved(p)),
            Item::Disc { centre, .. } => *centre = moved(centre),
            Item::Text(label) => label.origin = moved(&label.origin),
            Item::Cells { rect, .. } => {
                *rect = Rect::new(rect.left + to.x, rect.top + to.y, rect.right + to.x, rect.bottom + to.y);
            }
        }
        item
    }
}

/// A placed line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The letters, measured.
    pub laid: Laid,
    /// Where the baseline starts.
    pub origin: Point,
    /// Degrees counter-clockwise about the origin.
    pub rotation: f64,
    /// Its colour.
    pub colour: Colour,
    /// Opacity.
    pub alpha: f64,
    /// Whether a halo of the page's colour keeps it apart from strokes.
    pub halo: bool,
}

impl Label {
    /// An upright label with its baseline starting at a point.
    pub fn new(laid: Laid, origin: Point, colour: Colour) -> Self {
        Label { laid, origin, rotation: 0.0, colour, alpha: 1.0, halo: false }
    }

    /// The box around the label as it is turned.
    pub fn hull(&self) -> Rect {
        let turn = self.rotation.to_radians();
        let (sin, cos) = (pxfm::f_sin(turn), pxfm::f_cos(turn));
        let upright = self.rect();
        let turned = |corner: Point| {
            let (x, y) = (corner.x - self.origin.x, corner.y - self.origin.y);
            Point::new(self.origin.x + x * cos + y * sin, self.origin.y - x * sin + y * cos)
        };
        Rect::around(&upright.corners().into_iter().map(turned).collect::<Run>())
    }

    /// The box of an upright label.
    pub fn rect(&self) -> Rect {
        Rect::new(
            self.origin.x,
            self.origin.y - self.laid.ascent,
            self.origin.x + self.laid.width,
            self.origin.y + self.laid.descent,
        )
    }
}

/// One set of axes in the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// The plot box.
    pub plot_box: Rect,
    /// xmin, xmax, ymin, ymax.
    pub data: [f64; 4],
    /// Whether each axis is logarithmic.
    pub log: (bool, bool),
    /// Grid, fills, curves, marks, in painting order.
    pub items: Vec<Item>,
    /// The legend, outside the axes' group.
    pub legend: Vec<Item>,
}

/// The whole page.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// Light or dark.
    pub theme: Theme,
    /// Whether the page itself is left unpainted.
    pub transparent: bool,
    /// A short name for readers who can't see the figure.
    pub title: String,
    /// What is drawn, in words.
    pub description: String,
    /// The panels.
    pub panels: Vec<Panel>,
}
