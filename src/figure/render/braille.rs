//! A picture of letters: strokes as dots of Braille, eight in the room of a letter, numbers and words as they are.

use std::fmt::Write;

use crate::figure::colour::{Colour, Theme};
use crate::figure::geometry::{Point, Rect, Run};
use crate::figure::scene::{Item, Label, Scene};

/// How a terminal shows colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shades {
    /// Not at all.
    None,
    /// The 256 of xterm.
    Few,
    /// Any red, green and blue.
    All,
}

/// The bit of each dot in a letter of Braille, row by row.
const DOTS: [u32; 8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];
/// An inside paler than this is drawn with fewer dots.
const PALE: f64 = 0.6;

type Rgb = (u8, u8, u8);

/// The scene in so many columns and rows.
pub fn write(scene: &Scene, columns: usize, rows: usize, shades: Shades) -> String {
    let across = columns as f64 / scene.width;
    let mut sheet = Sheet {
        columns,
        rows,
        scale: (across, rows as f64 / scene.height),
        theme: scene.theme,
        cells: vec![Cell::default(); columns * rows],
    };
    for panel in &scene.panels {
        sheet.items(&panel.items, false);
        sheet.clear(&panel.legend);
        sheet.items(&panel.legend, false);
    }
    for panel in &scene.panels {
        sheet.words(&panel.items);
        sheet.words(&panel.legend);
    }
    sheet.text(shades)
}

/// The room of one letter.
#[derive(Clone, Copy, Default)]
struct Cell {
    dots: u32,
    letter: Option<char>,
    ink: Option<Rgb>,
    ground: Option<Rgb>,
}

struct Sheet {
    columns: usize,
    rows: usize,
    /// Columns and rows a pixel.
    scale: (f64, f64),
    theme: Theme,
    cells: Vec<Cell>,
}

impl Sheet {
    fn items(&mut self, items: &[Item], faint: bool) {
        for item in items {
            match item {
                Item::Group { class, .. } if *class == "grid" => {}
                Item::Group { class, items, .. } => self.items(items, faint || class.starts_with("axis")),
                Item::Path { runs, closed, stroke, fill, .. } => {
                    if let Some(fill) = fill.filter(|fill| fill.colour != Colour::Page) {
                        self.fill(runs, fill.colour, fill.alpha);
                    }
                    // A box that keeps what is below it apart is not drawn itself.
                    let apart = fill.is_some_and(|fill| fill.colour == Colour::Page);
                    if let Some(stroke) = stroke.as_ref().filter(|_| !apart) {
                        runs.iter().for_each(|run| self.stroke(run, *closed, stroke.colour, faint));
                    }
                }
                Item::Disc { centre, radius, fill, stroke, .. } => {
                    let colour = fill.map(|fill| fill.colour).filter(|colour| *colour != Colour::Page);
                    let colour = colour.or(stroke.as_ref().map(|stroke| stroke.colour));
                    if let Some(colour) = colour.filter(|colour| *colour != Colour::Page) {
                        self.disc(*centre, *radius, colour, fill.is_some_and(|fill| fill.colour == Colour::Page));
                    }
                }
                Item::Cells { rect, columns, colours, .. } => self.lattice(rect, *columns, colours),
                Item::Text(_) => {}
            }
        }
    }

    /// The dot at a point of the page.
    fn place(&self, point: Point) -> (f64, f64) {
        (point.x * self.scale.0 * 2.0, point.y * self.scale.1 * 4.0)
    }

    fn dot(&mut self, x: i64, y: i64, colour: Colour, faint: bool) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if x >= 2 * self.columns || y >= 4 * self.rows {
            return;
        }
        let ink = self.theme.rgb(colour);
        let cell = &mut self.cells[y / 4 * self.columns + x / 2];
        cell.dots |= DOTS[y % 4 * 2 + x % 2];
        // A curve keeps its colour where an axis crosses it.
        if !faint || cell.ink.is_none() {
            cell.ink = Some(ink);
        }
    }

    fn stroke(&mut self, run: &Run, closed: bool, colour: Colour, faint: bool) {
        let end = closed.then(|| run.first()).flatten();
        let points: Vec<(f64, f64)> = run.iter().chain(end).map(|point| self.place(*point)).collect();
        for pair in points.windows(2) {
            let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
            let steps = (bx - ax).abs().max((by - ay).abs()).ceil().clamp(1.0, 10_000.0);
            for k in 0..=steps as i64 {
                let part = k as f64 / steps;
                let (x, y) = (ax + part * (bx - ax), ay + part * (by - ay));
                self.dot(x.floor() as i64, y.floor() as i64, colour, faint);
            }
        }
    }

    /// The inside of polygons, by the even-odd rule along the rows of dots.
    fn fill(&mut self, runs: &[Run], colour: Colour, alpha: f64) {
        let polygons: Vec<Vec<(f64, f64)>> =
            runs.iter().map(|run| run.iter().map(|point| self.place(*point)).collect()).collect();
        for row in 0..4 * self.rows {
            let y = row as f64 + 0.5;
            let mut crossings: Vec<f64> = Vec::new();
            for polygon in &polygons {
                for (k, (ax, ay)) in polygon.iter().enumerate() {
                    let (bx, by) = polygon[(k + 1) % polygon.len()];
                    if (*ay <= y) != (by <= y) {
                        crossings.push(ax + (y - ay) / (by - ay) * (bx - ax));
                    }
                }
            }
            crossings.sort_by(f64::total_cmp);
            for pair in crossings.chunks_exact(2) {
                let first = (pair[0] - 0.5).ceil().clamp(0.0, 2.0 * self.columns as f64) as i64;
                let last = (pair[1] - 0.5).floor().min(2.0 * self.columns as f64) as i64;
                for x in (first..=last)
                    .filter(|x| alpha > PALE || (x % 2 == 0 && (row + 2 * (*x as usize / 2 % 2)).is_multiple_of(4)))
                {
                    self.dot(x, row as i64, colour, true);
                }
            }
        }
    }

    fn disc(&mut self, centre: Point, radius: f64, colour: Colour, open: bool) {
        let (x, y) = self.place(centre);
        let reach = (radius * self.scale.0 * 2.0, radius * self.scale.1 * 4.0);
        let (rx, ry) = (reach.0.max(0.8), reach.1.max(0.8));
        let within =
            |low: f64, high: f64, dots: usize| low.floor().max(0.0) as i64..=high.ceil().min(dots as f64) as i64;
        for row in within(y - ry, y + ry, 4 * self.rows) {
            for column in within(x - rx, x + rx, 2 * self.columns) {
                let (dx, dy) = ((column as f64 + 0.5 - x) / rx, (row as f64 + 0.5 - y) / ry);
                let far = dx * dx + dy * dy;
                if far <= 1.0 && !(open && rx > 2.0 && far < 0.4) {
                    self.dot(column, row, colour, false);
                }
            }
        }
    }

    /// A lattice of colours becomes the ground of the letters.
    fn lattice(&mut self, rect: &Rect, columns: usize, colours: &[Colour]) {
        let rows = colours.len() / columns.max(1);
        for (at, cell) in self.cells.iter_mut().enumerate() {
            let x = ((at % self.columns) as f64 + 0.5) / self.scale.0;
            let y = ((at / self.columns) as f64 + 0.5) / self.scale.1;
            let part = ((x - rect.left) / rect.width(), (y - rect.top) / rect.height());
            if (0.0..1.0).contains(&part.0) && (0.0..1.0).contains(&part.1) {
                let place = (part.1 * rows as f64) as usize * columns + (part.0 * columns as f64) as usize;
                cell.ground = colours.get(place).map(|colour| self.theme.rgb(*colour)).or(cell.ground);
            }
        }
    }

    /// Takes away what lies under a box of items.
    fn clear(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Group { items, .. } => self.clear(items),
                Item::Path { runs, fill: Some(fill), .. } if fill.colour == Colour::Page => {
                    let Some(first) = runs.iter().flatten().next() else { continue };
                    let start = Rect::new(first.x, first.y, first.x, first.y);
                    let hull = runs.iter().flatten().fold(start, |r, p| {
                        Rect::new(r.left.min(p.x), r.top.min(p.y), r.right.max(p.x), r.bottom.max(p.y))
                    });
                    for (at, cell) in self.cells.iter_mut().enumerate() {
                        let x = ((at % self.columns) as f64 + 0.5) / self.scale.0;
                        let y = ((at / self.columns) as f64 + 0.5) / self.scale.1;
                        if hull.contains(Point::new(x, y)) {
                            *cell = Cell::default();
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn words(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Group { items, .. } => self.words(items),
                Item::Text(label) => self.word(label),
                _ => {}
            }
        }
    }

    fn word(&mut self, label: &Label) {
        let letters: Vec<char> = letters(label).chars().collect();
        let laid = &label.laid;
        let turned = label.rotation != 0.0;
        let (along, up) = (0.5 * laid.width, 0.35 * laid.ascent);
        let turn = label.rotation.to_radians();
        let (sin, cos) = (pxfm::f_sin(turn), pxfm::f_cos(turn));
        let middle = (label.origin.x + along * cos - up * sin, label.origin.y - along * sin - up * cos);
        let row = (middle.1 * self.scale.1).floor();
        let column = (middle.0 * self.scale.0 - 0.5 * letters.len() as f64).round();
        let column = if turned { (middle.0 * self.scale.0).floor() } else { column };
        let most = (self.columns as f64 - letters.len() as f64).max(0.0);
        let (row, column) = (row.clamp(0.0, self.rows as f64 - 1.0) as usize, column.clamp(0.0, most) as usize);
        let ink = self.theme.rgb(label.colour);
        for (k, letter) in letters.iter().enumerate().take_while(|(k, _)| column + k < self.columns) {
            let cell = &mut self.cells[row * self.columns + column + k];
            // Words may touch; what was written first stays readable.
            if cell.letter.is_none() && *letter != ' ' {
                (cell.letter, cell.ink) = (Some(*letter), Some(ink));
            }
        }
    }

    fn text(&self, shades: Shades) -> String {
        let mut out = String::new();
        for row in self.cells.chunks(self.columns) {
            let shown = |cell: &Cell| cell.letter.is_some() || cell.dots != 0 || cell.ground.is_some();
            let end = row.iter().rposition(shown).map_or(0, |last| last + 1);
            let mut now = (None, None);
            for cell in &row[..end] {
                let letter = match (cell.letter, cell.dots) {
                    (Some(letter), _) => letter,
                    (None, 0) => cell.ground.filter(|_| shades == Shades::None).map_or(' ', shade),
                    (None, dots) => char::from_u32(0x2800 + dots).unwrap_or(' '),
                };
                let wanted = (cell.ink.filter(|_| letter != ' '), cell.ground);
                if shades != Shades::None && wanted != now && !(letter == ' ' && wanted.1 == now.1) {
                    out.push_str("\x1b[0m");
                    wanted.0.into_iter().for_each(|ink| colour(&mut out, 38, ink, shades));
                    wanted.1.into_iter().for_each(|ground| colour(&mut out, 48, ground, shades));
                    now = wanted;
                }
                out.push(letter);
            }
            if now != (None, None) {
                out.push_str("\x1b[0m");
            }
            out.push('\n');
        }
        out
    }
}

/// A letter as dense as a colour is dark.
fn shade((r, g, b): Rgb) -> char {
    let light = 0.3 * f64::from(r) + 0.59 * f64::from(g) + 0.11 * f64::from(b);
    ['█', '▓', '▒', '░', ' '][(light / 51.1) as usize]
}

/// The letters of a label on one line, small raised digits as such.
fn letters(label: &Label) -> String {
    let largest = label.laid.runs.iter().map(|run| run.size).fold(0.0, f64::max);
    let raised = |c: char| match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32(0x2070 + c as u32 - '0' as u32).unwrap_or(c),
        '−' | '-' => '⁻',
        'n' => 'ⁿ',
        other => other,
    };
    let mut out = String::new();
    for run in &label.laid.runs {
        if run.size < 0.95 * largest && run.y < 0.0 {
            out.extend(run.text.chars().map(raised));
        } else {
            out.push_str(&run.text);
        }
    }
    out
}

/// The sequence that chooses a colour, of the letter (38) or the ground (48).
fn colour(out: &mut String, what: u8, (r, g, b): Rgb, shades: Shades) {
    if shades == Shades::All {
        let _ = write!(out, "\x1b[{what};2;{r};{g};{b}m");
        return;
    }
    // The cube of six steps a colour that begins at 16.
    let step = |part: u8| (u16::from(part) * 5 + 127) / 255;
    let _ = write!(out, "\x1b[{what};5;{}m", 16 + 36 * step(r) + 6 * step(g) + step(b));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;
    use crate::figure::fixture;

    #[test]
    fn a_parabola_can_be_seen() {
        let scene = fixture::parabola().scene(&Budget::unlimited()).expect("it is quickly drawn").0;
        let text = write(&scene, 60, 20, Shades::None);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 20, "{text}");
        assert!(lines.iter().all(|line| line.chars().count() <= 60 && !line.contains('\x1b')), "{text}");
        let dotted = |line: &&&str| line.chars().any(|c| ('\u{2801}'..='\u{28ff}').contains(&c));
        assert!(lines.iter().filter(dotted).count() >= 16, "{text}");
        assert!(text.contains('4') && text.contains("−2"), "{text}");
        let coloured = write(&scene, 60, 20, Shades::All);
        assert!(coloured.contains("\x1b[38;2;0;114;178m"), "{coloured}");
        assert!(coloured.lines().all(|line| !line.contains('\x1b') || line.ends_with("\x1b[0m")), "{coloured}");
    }
}
