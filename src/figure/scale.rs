//! How data become pixels: one scale an axis, linear or logarithmic.

use super::function::Range;
use super::geometry::{Point, Rect};

/// The mapping of one axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The data shown.
    pub data: Range,
    /// The pixel of the lower end.
    pub start: f64,
    /// The pixel of the upper end.
    pub end: f64,
    /// Whether equal ratios, not equal differences, take equal lengths.
    pub log: bool,
}

impl Scale {
    /// A scale that shows `data` between two pixels.
    pub fn new(data: Range, start: f64, end: f64, log: bool) -> Self {
        Scale { data, start, end, log: log && data.lo > 0.0 }
    }

    /// The pixel of a datum; NaN for one that a logarithmic scale can't show.
    pub fn pixel(&self, value: f64) -> f64 {
        let t = if self.log {
            if value <= 0.0 {
                return f64::NAN;
            }
            let (a, b) = (pxfm::f_log(self.data.lo), pxfm::f_log(self.data.hi));
            (pxfm::f_log(value) - a) / (b - a)
        } else {
            (value - self.data.lo) / (self.data.hi - self.data.lo)
        };
        self.start + t * (self.end - self.start)
    }

    /// The datum at a pixel.
    pub fn value(&self, pixel: f64) -> f64 {
        let t = (pixel - self.start) / (self.end - self.start);
        if self.log {
            let (a, b) = (pxfm::f_log(self.data.lo), pxfm::f_log(self.data.hi));
            pxfm::f_exp(a + t * (b - a))
        } else if t == 1.0 {
            self.data.hi
        } else {
            self.data.lo + t * (self.data.hi - self.data.lo)
        }
    }

    /// Pixels a unit of data, for linear scales; signed.
    pub fn slope(&self) -> f64 {
        (self.end - self.start) / (self.data.hi - self.data.lo)
    }

    /// The length in pixels.
    pub fn length(&self) -> f64 {
        (self.end - self.start).abs()
    }
}

/// Both mappings and the box they fill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Left to right.
    pub x: Scale,
    /// Bottom to top.
    pub y: Scale,
}

impl Window {
    /// The window that shows these ranges in this box.
    pub fn new(x: Range, y: Range, rect: Rect, log: (bool, bool)) -> Self {
        Window { x: Scale::new(x, rect.left, rect.right, log.0), y: Scale::new(y, rect.bottom, rect.top, log.1) }
    }

    /// The pixel of a point.
    pub fn pixel(&self, x: f64, y: f64) -> Point {
        Point::new(self.x.pixel(x), self.y.pixel(y))
    }

    /// The box.
    pub fn rect(&self) -> Rect {
        Rect::new(
            self.x.start.min(self.x.end),
            self.y.start.min(self.y.end),
            self.x.start.max(self.x.end),
            self.y.start.max(self.y.end),
        )
    }
}
