//! Cells that the curve crosses so often that no eye could tell its strokes apart.
//!
//! Following each of them would take for ever. Where the function is continuous, a change of sign between two samples
//! proves a root between them; with many of them in a cell of a pixel or two all of the cell is nearer to the curve than
//! a stroke is wide, and a stroke through each of its rows stands for them.

use super::{STEPS, Tracer};
use crate::figure::geometry::{Point, Rect};

/// Cells up to this side are looked at.
const LARGEST: i32 = 2 * STEPS;
/// Samples on a diagonal: a first look, and a close one.
const SAMPLES: (u32, u32) = (8, 64);
/// Roots that are worth a close look, and those that make a cell dense. Two branches that cross make four.
const MANY: (usize, usize) = (3, 12);

impl Tracer<'_> {
    /// Fills a cell on which the function is continuous when the curve is dense there.
    pub(super) fn fill_dense(&mut self, i: i32, j: i32, size: i32) -> bool {
        if !(STEPS..=LARGEST).contains(&size) {
            return false;
        }
        let cell = self.rect(i, j, size);
        let dense =
            self.roots_on_diagonals(&cell, SAMPLES.0) >= MANY.0 && self.roots_on_diagonals(&cell, SAMPLES.1) >= MANY.1;
        if dense {
            self.stroke_rows(i, j, size);
        }
        dense
    }

    /// Draws through each row of pixels in a cell.
    pub(super) fn stroke_rows(&mut self, i: i32, j: i32, size: i32) {
        for row in (j..j + size).step_by(STEPS as usize) {
            let middle = row + STEPS / 2;
            self.segments.push((self.place(i, middle), self.place(i + size, middle)));
        }
    }

    /// How many changes of sign samples on both diagonals of a cell show.
    fn roots_on_diagonals(&mut self, cell: &Rect, samples: u32) -> usize {
        let mut count = 0;
        for (from, to) in [(cell.top, cell.bottom), (cell.bottom, cell.top)] {
            let mut before = f64::NAN;
            for k in 0..samples {
                let t = (f64::from(k) + 0.5) / f64::from(samples);
                let at = Point::new(cell.left + (cell.right - cell.left) * t, from + (to - from) * t);
                let value = self.value(at);
                count += usize::from(before * value < 0.0);
                before = value;
            }
        }
        count
    }
}
