//! The one font of all figures, embedded: its measures and its outlines.
//!
//! Layout is measured with it and bitmaps are painted with it, so figures are the same on every machine.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, OutlineCurve};

use super::geometry::Point;

/// The font file, a subset of DejaVu Sans (see `LICENSE` beside it).
pub const BYTES: &[u8] = include_bytes!("DejaVuSans-subset.ttf");

/// The families named in SVG, nearest to the measured one first.
pub const FAMILIES: &str = "'DejaVu Sans', Verdana, 'Bitstream Vera Sans', sans-serif";

static FONT: LazyLock<FontRef<'static>> =
    LazyLock::new(|| FontRef::try_from_slice(BYTES).expect("the embedded font is well formed"));

/// How far slanted letters lean, as the oblique cut of the family does (11 degrees).
pub const SLANT: f64 = 0.194;

fn units() -> f64 {
    f64::from(FONT.units_per_em().unwrap_or(2048.0))
}

/// The advance width of a text at a size of 1.
pub fn advance(text: &str) -> f64 {
    let total: f32 = text.chars().map(|c| FONT.h_advance_unscaled(FONT.glyph_id(c))).sum();
    f64::from(total) / units()
}

/// The number of a letter's picture in the font.
#[cfg(feature = "pdf")]
pub fn glyph(letter: char) -> u16 {
    FONT.glyph_id(letter).0
}

#[cfg(test)]
/// Whether the font has a picture of its own for a character.
pub fn covers(c: char) -> bool {
    FONT.glyph_id(c).0 != 0
}

/// The outline of a text at a size of 1, baseline at y = 0, y downwards: closed polygons to be filled non-zero.
pub fn outline(text: &str, slanted: bool, size: f64) -> Vec<Vec<Point>> {
    let scale = size / units();
    let mut contours: Vec<Vec<Point>> = Vec::new();
    let mut pen = 0.0;
    for c in text.chars() {
        let glyph = FONT.glyph_id(c);
        if let Some(outline) = FONT.outline(glyph) {
            let place = |p: ab_glyph::Point| {
                let (x, y) = (f64::from(p.x), f64::from(p.y));
                let lean = if slanted { y * SLANT } else { 0.0 };
                Point::new((pen + x + lean) * scale, -y * scale)
            };
            add_curves(&mut contours, &outline.curves, place, size);
        }
        pen += f64::from(FONT.h_advance_unscaled(glyph));
    }
    contours
}

/// Flattens the curves of one glyph and appends its contours.
fn add_curves(
    contours: &mut Vec<Vec<Point>>,
    curves: &[OutlineCurve],
    place: impl Fn(ab_glyph::Point) -> Point,
    size: f64,
) {
    let steps = (size / 6.0).ceil().clamp(3.0, 12.0) as u32;
    let mut last: Option<ab_glyph::Point> = None;
    for curve in curves {
        let (start, end) = match curve {
            OutlineCurve::Line(a, b) | OutlineCurve::Quad(a, _, b) | OutlineCurve::Cubic(a, _, _, b) => (*a, *b),
        };
        if last != Some(start) {
            contours.push(vec![place(start)]);
        }
        last = Some(end);
        let Some(contour) = contours.last_mut() else { continue };
        match curve {
            OutlineCurve::Line(..) => {}
            OutlineCurve::Quad(a, b, c) => {
                let (a, b, c) = (place(*a), place(*b), place(*c));
                contour.extend((1..steps).map(|i| {
                    let t = f64::from(i) / f64::from(steps);
                    a.toward(b, t).toward(b.toward(c, t), t)
                }));
            }
            OutlineCurve::Cubic(a, b, c, d) => {
                let (a, b, c, d) = (place(*a), place(*b), place(*c), place(*d));
                contour.extend((1..steps).map(|i| {
                    let t = f64::from(i) / f64::from(steps);
                    let (p, q, r) = (a.toward(b, t), b.toward(c, t), c.toward(d, t));
                    p.toward(q, t).toward(q.toward(r, t), t)
                }));
            }
        }
        contour.push(place(end));
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
