//! Implicit curves.

use super::function::{Plane, PlaneFunction, Range};
use super::geometry::{Point, Run};
use super::scale::Window;

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

/// Traces `f = 0`.
pub fn trace(_f: &dyn PlaneFunction, _x: Range, _y: Range, _window: &Window) -> Traced {
    let _: Option<Plane> = None;
    Traced::default()
}
