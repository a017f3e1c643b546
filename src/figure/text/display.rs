//! Mathematics as a display: stacked fractions, large signs with their limits.

use super::{Laid, LaidRun, MathText, Piece, place};

/// Height of the fraction line above the baseline, in font sizes.
const AXIS: f64 = 0.31;
/// Numerators and denominators beside the text around them.
const PART: f64 = 0.9;
/// Limits of a sum beside the text around them.
const LIMIT: f64 = 0.65;
/// Between a fraction line and what stands at it, in font sizes.
const GAP: f64 = 0.14;

/// The text with its outermost fractions stacked and its large signs grown; between brackets, which don't grow, all stays
/// inline.
pub(super) fn displayed(text: MathText) -> MathText {
    let mut out = Vec::new();
    let mut open = 0_i32;
    let mut pieces = text.pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Fraction(above, below) if open == 0 => out.push(Piece::Stacked(above, below)),
            Piece::Operator(sign) if open == 0 => {
                let (mut below, mut above) = (MathText::default(), MathText::default());
                while let Some(Piece::Subscript(_) | Piece::Superscript(_)) = pieces.peek() {
                    match pieces.next() {
                        Some(Piece::Subscript(limit)) => below = limit,
                        Some(Piece::Superscript(limit)) => above = limit,
                        _ => {}
                    }
                }
                out.push(Piece::Display(sign, below, above));
            }
            piece => {
                if let Piece::Upright(letters) = &piece {
                    open += opened(letters);
                }
                out.push(piece);
            }
        }
    }
    MathText::from_pieces(out)
}

/// How many more brackets are opened than closed.
fn opened(letters: &str) -> i32 {
    let weigh = |c| match c {
        '(' | '[' | '{' => 1,
        ')' | ']' | '}' => -1,
        _ => 0,
    };
    letters.chars().map(weigh).sum()
}

/// Sets a numerator above a denominator.
pub(super) fn place_stacked(above: &MathText, below: &MathText, size: f64, y: f64, laid: &mut Laid) {
    let (above, below) = (part(above, size * PART), part(below, size * PART));
    let axis = y - AXIS * size;
    let wide = above.width.max(below.width) + 0.16 * size;
    let left = laid.width + 0.06 * size;
    laid.bars.push([left, left + wide, axis, 0.06 * size]);
    let over = axis - GAP * size - depth(&above);
    let under = axis + GAP * size + below.ascent;
    laid.absorb(&above, left + (wide - above.width) * 0.5, over);
    laid.absorb(&below, left + (wide - below.width) * 0.5, under);
    laid.width = left + wide + 0.06 * size;
}

/// Sets a large sign with its limits: beside an integral, below and above all others.
pub(super) fn place_operator(sign: &str, below: &MathText, above: &MathText, size: f64, y: f64, laid: &mut Laid) {
    let (below, above) = (part(below, size * LIMIT), part(above, size * LIMIT));
    let grown = match sign {
        "∫" => 1.6 * size,
        "∑" | "∏" => 1.4 * size,
        _ => size,
    };
    let base = if grown > size { y - AXIS * size + 0.28 * grown } else { y };
    let big = part(&MathText::plain(sign), grown);
    let (top, bottom) = (base - 0.74 * grown, base + if grown > size { 0.2 * grown } else { 0.02 * grown });
    let start = laid.width;
    if sign == "∫" {
        laid.absorb(&big, start, base);
        let right = start + big.width;
        laid.absorb(&below, right - 0.12 * size, bottom);
        laid.absorb(&above, right + 0.04 * size, top + 0.5 * above.ascent);
        laid.width = right + 0.12 * size + below.width.max(above.width);
        return;
    }
    let wide = big.width.max(below.width).max(above.width);
    let middle = start + wide * 0.5;
    laid.absorb(&big, middle - big.width * 0.5, base);
    laid.absorb(&below, middle - below.width * 0.5, bottom + 0.08 * size + below.ascent);
    laid.absorb(&above, middle - above.width * 0.5, top - 0.08 * size - depth(&above));
    laid.width = start + wide + 0.16 * size;
}

/// A part laid by itself, as high as its letters are.
fn part(text: &MathText, size: f64) -> Laid {
    let mut laid = Laid { ascent: if text.is_empty() { 0.0 } else { 0.74 * size }, ..Laid::default() };
    place(text, size, 0.0, &mut laid);
    laid
}

/// How far the letters really reach below the baseline: a digit does not.
fn depth(laid: &Laid) -> f64 {
    let reach = |run: &LaidRun| {
        let hangs = run.text.chars().any(|c| "gjpqyQ,;()[]{}|/√∫∑∏βγζημξρςφχψ".contains(c));
        run.y + run.size * if hangs { 0.22 } else { 0.02 }
    };
    let bars = laid.bars.iter().map(|bar| bar[2]);
    laid.runs.iter().map(reach).chain(bars).fold(0.0, f64::max)
}

impl Laid {
    /// Takes over what was laid by itself, moved to a place; the advance stays.
    fn absorb(&mut self, part: &Laid, x: f64, y: f64) {
        for run in &part.runs {
            self.runs.push(LaidRun { x: run.x + x, y: run.y + y, ..run.clone() });
        }
        self.bars.extend(part.bars.iter().map(|[left, right, top, thick]| [left + x, right + x, top + y, *thick]));
        if !part.runs.is_empty() {
            self.ascent = self.ascent.max(part.ascent - y);
            self.descent = self.descent.max(depth(part) + y);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_stacks_its_fractions_and_a_line_does_not() {
        let alone = MathText::parse_alone(r"$\frac{x+1}{2}$").layout(10.0);
        assert_eq!(alone.bars.len(), 1);
        let (above, below) = (&alone.runs[0], alone.runs.last().expect("a denominator"));
        assert!(above.y < -3.0 && below.y > 3.0, "{alone:?}");
        assert!(alone.ascent > 10.0 && alone.descent > 3.0);
        assert!(MathText::parse(r"$\frac{x+1}{2}$").layout(10.0).bars.is_empty());
        assert!(!MathText::parse(r"$$\frac{x+1}{2}$$").layout(10.0).bars.is_empty());
        assert!(!MathText::parse(r"slope $\displaystyle \frac{x+1}{2}$").layout(10.0).bars.is_empty());
    }

    #[test]
    fn nothing_is_stacked_between_brackets() {
        let laid = MathText::parse_alone(r"$(\frac{1}{2}, 1)$").layout(10.0);
        assert!(laid.bars.is_empty());
    }

    #[test]
    fn limits_of_a_sum_stand_below_and_above() {
        let laid = MathText::parse_alone(r"$\sum_{k=1}^n k$").layout(10.0);
        let at = |text: &str| laid.runs.iter().find(|run| run.text == text).expect("a run").clone();
        assert!(at("∑").size > 12.0);
        assert!(at("n").y < at("∑").y - 8.0);
        assert!(laid.runs.iter().any(|run| run.y > 5.0));
        assert_eq!(MathText::parse_alone(r"$\sum_{k=1}^n k$").to_plain(), "∑_(k = 1)^nk");
    }
}
