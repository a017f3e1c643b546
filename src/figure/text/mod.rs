//! Text with mathematics: runs, raised and lowered parts, fractions and roots, measured and placed.

mod display;
mod latex;
mod quotient;

use super::font;

/// A piece of text with mathematics.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Upright text: words, numbers, operators, function names.
    Upright(String),
    /// Slanted text: variables.
    Italic(String),
    /// A raised part, smaller.
    Superscript(MathText),
    /// A lowered part, smaller.
    Subscript(MathText),
    /// Numerator and denominator, set inline with a stroke.
    Fraction(MathText, MathText),
    /// Numerator above denominator, as a display has it.
    Stacked(MathText, MathText),
    /// The sign of an integral, sum, product or limit.
    Operator(String),
    /// Such a sign with what stands below and above it, as a display has it.
    Display(String, MathText, MathText),
    /// A square root.
    Root(MathText),
}

/// A line of text with mathematics in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MathText {
    pieces: Vec<Piece>,
    bold: bool,
}

impl MathText {
    /// Plain upright text.
    pub fn plain(text: impl Into<String>) -> Self {
        MathText::from_pieces(vec![Piece::Upright(text.into())])
    }

    /// Text in which `$...$` holds mathematics in the small LaTeX that our printer emits.
    pub fn parse(text: &str) -> Self {
        latex::parse_mixed(text)
    }

    /// A number as it was written, a hyphen in front of it read as a minus sign; any other text as `parse` reads it.
    pub fn numeral(text: &str) -> Self {
        match text.strip_prefix('-') {
            Some(rest) if rest.starts_with(|sign: char| sign.is_ascii_digit()) => Self::parse(&format!("−{rest}")),
            _ => Self::parse(text),
        }
    }

    /// Mathematics in LaTeX, without dollar signs.
    pub fn from_latex(source: &str) -> Self {
        latex::parse_math(source)
    }

    /// An expression's LaTeX set on one line, with numbers in front of products as denominators behind them.
    pub fn inline(source: &str) -> Self {
        latex::parse_math(&quotient::bare_exponents(&quotient::numbers_last(source)))
    }

    /// The text as a display: fractions stacked, limits below and above the large signs.
    #[must_use]
    pub fn displayed(self) -> Self {
        display::displayed(self)
    }

    /// A label that stands alone: a display where all of it is one formula.
    pub fn parse_alone(text: &str) -> Self {
        let parsed = Self::parse(text);
        let inner = text.trim().strip_prefix('$').and_then(|rest| rest.strip_suffix('$'));
        if inner.is_some_and(|formula| !formula.contains('$')) { parsed.displayed() } else { parsed }
    }

    /// Text made of these pieces.
    pub fn from_pieces(pieces: Vec<Piece>) -> Self {
        MathText { pieces, bold: false }
    }

    /// The text in heavy letters.
    #[must_use]
    pub fn bold(self) -> Self {
        MathText { bold: true, ..self }
    }

    /// The text in slanted letters.
    #[must_use]
    pub fn slanted(self) -> Self {
        let slant = |piece| match piece {
            Piece::Upright(letters) => Piece::Italic(letters),
            piece => piece,
        };
        MathText { pieces: self.pieces.into_iter().map(slant).collect(), bold: self.bold }
    }

    /// The pieces, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Adds a piece at the end.
    pub fn push(&mut self, piece: Piece) {
        self.pieces.push(piece);
    }

    /// Whether there is nothing to set.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The text on one line without typography, for titles and descriptions.
    pub fn to_plain(&self) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Upright(text) | Piece::Italic(text) | Piece::Operator(text) => out.push_str(text),
                Piece::Superscript(inner) => out.push_str(&format!("^{}", grouped(inner))),
                Piece::Subscript(inner) => out.push_str(&format!("_{}", grouped(inner))),
                Piece::Fraction(above, below) | Piece::Stacked(above, below) => {
                    out.push_str(&format!("{}/{}", grouped(above), grouped(below)));
                }
                Piece::Display(sign, below, above) => {
                    out.push_str(sign);
                    for (mark, limit) in [("_", below), ("^", above)] {
                        if !limit.is_empty() {
                            out.push_str(&format!("{mark}{}", grouped(limit)));
                        }
                    }
                }
                Piece::Root(inner) => out.push_str(&format!("√({})", inner.to_plain())),
            }
        }
        out
    }

    /// Measures and places the text at a font size in pixels.
    pub fn layout(&self, size: f64) -> Laid {
        let mut laid = Laid { ascent: 0.74 * size, descent: 0.22 * size, bold: self.bold, ..Laid::default() };
        place(self, size, 0.0, &mut laid);
        laid
    }
}

fn grouped(text: &MathText) -> String {
    let plain = text.to_plain();
    if text.needs_brackets() { format!("({plain})") } else { plain }
}

impl MathText {
    /// Whether the text is a sum or a product that must be bracketed beside a stroke.
    fn needs_brackets(&self) -> bool {
        let plain = self.to_plain();
        plain.chars().count() > 1 && plain.chars().any(|c| " +−-·/*".contains(c))
    }
}

/// A run of letters at its place, relative to the start of the baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct LaidRun {
    /// The letters.
    pub text: String,
    /// Whether they are slanted.
    pub italic: bool,
    /// Font size in pixels.
    pub size: f64,
    /// To the right of the start.
    pub x: f64,
    /// Below the baseline.
    pub y: f64,
}

/// Text measured and placed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Laid {
    /// Runs of letters.
    pub runs: Vec<LaidRun>,
    /// Whether the letters are heavy.
    pub bold: bool,
    /// Strokes (of roots): left, right, height, thickness.
    pub bars: Vec<[f64; 4]>,
    /// Total advance.
    pub width: f64,
    /// Height above the baseline.
    pub ascent: f64,
    /// Depth below the baseline.
    pub descent: f64,
}

impl Laid {
    /// By how much the outlines of heavy letters are thickened, in pixels; 0 for ordinary ones.
    pub fn weight(&self) -> f64 {
        let size = self.runs.iter().map(|run| run.size).fold(0.0, f64::max);
        if self.bold { 0.055 * size } else { 0.0 }
    }

    /// The height of the line.
    pub fn height(&self) -> f64 {
        self.ascent + self.descent
    }

    fn set(&mut self, text: &str, italic: bool, size: f64, y: f64) {
        if text.is_empty() {
            return;
        }
        self.ascent = self.ascent.max(0.74 * size - y);
        self.descent = self.descent.max(0.22 * size + y);
        let same = |run: &LaidRun| run.italic == italic && run.size == size && run.y == y;
        match self.runs.last_mut() {
            Some(run) if same(run) && self.bars.is_empty() => run.text.push_str(text),
            _ => self.runs.push(LaidRun { text: text.to_string(), italic, size, x: self.width, y }),
        }
        self.width += font::advance(text) * size;
    }
}

/// Places the pieces of a text after what is already laid.
fn place(text: &MathText, size: f64, y: f64, laid: &mut Laid) {
    const SMALL: f64 = 0.7;
    let mut before: Option<(f64, f64)> = None;
    for (k, piece) in text.pieces.iter().enumerate() {
        let start = laid.width;
        // An index and an exponent of one thing stand above each other.
        if let (Some((from, end)), Piece::Superscript(_) | Piece::Subscript(_)) = (before.take(), piece) {
            laid.width = from;
            place_piece(piece, size, y, laid);
            laid.width = laid.width.max(end);
            continue;
        }
        place_piece(piece, size, y, laid);
        let pair = matches!(
            (piece, text.pieces.get(k + 1)),
            (Piece::Subscript(_), Some(Piece::Superscript(_))) | (Piece::Superscript(_), Some(Piece::Subscript(_)))
        );
        before = pair.then_some((start, laid.width));
    }

    fn place_piece(piece: &Piece, size: f64, y: f64, laid: &mut Laid) {
        match piece {
            Piece::Upright(letters) | Piece::Operator(letters) => laid.set(letters, false, size, y),
            Piece::Italic(letters) => laid.set(letters, true, size, y),
            Piece::Superscript(inner) => {
                laid.width += 0.04 * size;
                place(inner, size * SMALL, y - 0.35 * size, laid);
            }
            Piece::Subscript(inner) => place(inner, size * SMALL, y + 0.18 * size, laid),
            Piece::Fraction(above, below) => {
                place_grouped(above, size, y, laid);
                laid.set("/", false, size, y);
                place_grouped(below, size, y, laid);
            }
            Piece::Stacked(above, below) => display::place_stacked(above, below, size, y, laid),
            Piece::Display(sign, below, above) => display::place_operator(sign, below, above, size, y, laid),
            Piece::Root(inner) => place_root(inner, size, y, laid),
        }
    }
}

fn place_grouped(text: &MathText, size: f64, y: f64, laid: &mut Laid) {
    let brackets = text.needs_brackets();
    if brackets {
        laid.set("(", false, size, y);
    }
    place(text, size, y, laid);
    if brackets {
        laid.set(")", false, size, y);
    }
}

fn place_root(inner: &MathText, size: f64, y: f64, laid: &mut Laid) {
    laid.set("√", false, size, y);
    let left = laid.width - 0.03 * size;
    place(inner, size, y, laid);
    let top = y - 0.80 * size;
    laid.bars.push([left, laid.width + 0.04 * size, top, 0.07 * size]);
    laid.ascent = laid.ascent.max(0.90 * size - y);
    laid.width += 0.08 * size;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_raised_and_smaller() {
        let laid = MathText::parse("$x^2+1$").layout(10.0);
        assert_eq!(laid.runs[0].text, "x");
        assert!(laid.runs[0].italic);
        assert_eq!((laid.runs[1].text.as_str(), laid.runs[1].size, laid.runs[1].y), ("2", 7.0, -3.5));
        assert_eq!(laid.runs[2].y, 0.0);
    }

    #[test]
    fn limits_of_an_integral_stand_above_each_other() {
        let laid = MathText::parse("$\\int_0^1 x$").layout(10.0);
        let (below, above) = (&laid.runs[1], &laid.runs[2]);
        assert_eq!((below.text.as_str(), above.text.as_str()), ("0", "1"));
        assert!((below.x - above.x).abs() < 1.0 && below.y > above.y);
    }

    #[test]
    fn plain_text_stays_plain() {
        assert_eq!(MathText::parse("time (s)").to_plain(), "time (s)");
        assert_eq!(MathText::parse("cost in $").to_plain(), "cost in $");
    }
}
