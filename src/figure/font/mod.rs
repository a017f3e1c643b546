//! The one font of all figures, embedded: its measures and its outlines.
//!
//! Layout is measured with it and bitmaps are painted with it, so figures are the same on every machine.

use std::sync::LazyLock;

use ttf_parser::{Face, GlyphId, OutlineBuilder};

use super::geometry::Point;
use crate::packed::packed;

/// The font file, a subset of DejaVu Sans (see `LICENSE` beside it).
pub static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| packed!("src/figure/font/DejaVuSans-subset.ttf").bytes());

/// The families named in SVG, nearest to the measured one first.
pub const FAMILIES: &str = "'DejaVu Sans', Verdana, 'Bitstream Vera Sans', sans-serif";

static FONT: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(&BYTES, 0).expect("the embedded font is well formed"));

/// How far slanted letters lean, as the oblique cut of the family does (11 degrees).
pub const SLANT: f64 = 0.194;

fn units() -> f64 {
    f64::from(FONT.units_per_em())
}

/// The advance width of a text at a size of 1.
pub fn advance(text: &str) -> f64 {
    text.chars().map(advance_unscaled).sum::<f64>() / units()
}

fn advance_unscaled(letter: char) -> f64 {
    FONT.glyph_hor_advance(glyph_id(letter)).map_or(0.0, f64::from)
}

/// The letter's picture in the font, that of a missing letter if there is none.
fn glyph_id(letter: char) -> GlyphId {
    FONT.glyph_index(letter).unwrap_or_default()
}

/// The number of a letter's picture in the font.
#[cfg(feature = "pdf")]
pub fn glyph(letter: char) -> u16 {
    glyph_id(letter).0
}

#[cfg(test)]
/// Whether the font has a picture of its own for a character.
pub fn covers(c: char) -> bool {
    glyph_id(c).0 != 0
}

/// The outline of a text at a size of 1, baseline at y = 0, y downwards: closed polygons to be filled non-zero.
pub fn outline(text: &str, slanted: bool, size: f64) -> Vec<Vec<Point>> {
    let steps = (size / 6.0).ceil().clamp(3.0, 12.0) as u32;
    let lean = if slanted { SLANT } else { 0.0 };
    let mut outline = Outline { contours: Vec::new(), pen: 0.0, lean, scale: size / units(), steps };
    for c in text.chars() {
        FONT.outline_glyph(glyph_id(c), &mut outline);
        outline.pen += advance_unscaled(c);
    }
    outline.contours
}

/// The contours so far, in the picture's coordinates, with curves made flat.
struct Outline {
    contours: Vec<Vec<Point>>,
    /// Where the letter begins, in units of the font.
    pen: f64,
    lean: f64,
    scale: f64,
    /// Lines for a curve.
    steps: u32,
}

impl Outline {
    fn place(&self, x: f32, y: f32) -> Point {
        let (x, y) = (f64::from(x), f64::from(y));
        Point::new((self.pen + x + y * self.lean) * self.scale, -y * self.scale)
    }

    /// Appends the points of a curve, from what it is at 0 (the last point) to 1.
    fn append(&mut self, end: Point, curve: impl Fn(Point, f64) -> Point) {
        if let Some(contour) = self.contours.last_mut()
            && let Some(start) = contour.last().copied()
        {
            contour.extend((1..self.steps).map(|i| curve(start, f64::from(i) / f64::from(self.steps))));
            contour.push(end);
        }
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.contours.push(vec![self.place(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let end = self.place(x, y);
        self.contours.last_mut().into_iter().for_each(|contour| contour.push(end));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (b, c) = (self.place(x1, y1), self.place(x, y));
        self.append(c, |a, t| a.toward(b, t).toward(b.toward(c, t), t));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (b, c, d) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.append(d, |a, t| {
            let (p, q, r) = (a.toward(b, t), b.toward(c, t), c.toward(d, t));
            p.toward(q, t).toward(q.toward(r, t), t)
        });
    }

    fn close(&mut self) {
        if let Some(contour) = self.contours.last_mut() {
            contour.extend(contour.first().copied());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mathematics_is_covered() {
        for c in "0123456789−+=πθ∞≤≥√·×°αβγδεζηλμξρστφχψωΓΔΘΛΣΦΨΩ∂∫∑∏→≈≠±".chars()
        {
            assert!(covers(c), "{c}");
        }
        assert!(BYTES.len() < 120_000);
    }

    #[test]
    fn digits_share_one_width() {
        assert!((advance("1") - advance("8")).abs() < 1e-9);
        assert!(advance("width") > advance("idt"));
    }
}
