//! Levels written on their curves: where a curve is nearly straight, upright, apart from each other and from other curves.

use crate::figure::colour::Colour;
use crate::figure::geometry::{Point, Rect, Run, clip_segment, run_length};
use crate::figure::painter::Painter;
use crate::figure::style::Style;
use crate::figure::text::MathText;
use crate::number::sorting;

/// How levels are written.
#[derive(Clone, Debug)]
pub struct Lettering {
    /// Size in points.
    pub size: f64,
    /// The colours of the levels in turn; that of text when empty.
    pub colours: Vec<Colour>,
    /// Whether curves are interrupted by their levels; where nothing is said, unless bands are painted.
    pub inline: Option<bool>,
    /// Pixels between a level and its interrupted curve.
    pub spacing: f64,
    /// What is written for each level; its number when empty.
    pub texts: Vec<MathText>,
}

impl Default for Lettering {
    fn default() -> Self {
        Lettering { size: 9.0, colours: Vec::new(), inline: None, spacing: 3.0, texts: Vec::new() }
    }
}

/// A place for a level: the middle of its text, degrees counter-clockwise, half its width and height.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    centre: Point,
    turn: f64,
    half: (f64, f64),
}

impl Sign {
    /// A point as the text sees it: from its middle, along its line and down.
    fn local(&self, p: Point) -> Point {
        let turn = self.turn.to_radians();
        let (sin, cos) = (pxfm::f_sin(turn), pxfm::f_cos(turn));
        let (x, y) = (p.x - self.centre.x, p.y - self.centre.y);
        Point::new(x * cos - y * sin, x * sin + y * cos)
    }

    fn hull(&self) -> Rect {
        let turn = self.turn.to_radians();
        let (sin, cos) = (pxfm::f_sin(turn).abs(), pxfm::f_cos(turn).abs());
        let (w, h) = (self.half.0 * cos + self.half.1 * sin, self.half.0 * sin + self.half.1 * cos);
        let at = self.centre;
        Rect::new(at.x - w, at.y - h, at.x + w, at.y + h)
    }

    /// The part of a segment under the text, as fractions of the way.
    fn under(&self, a: Point, b: Point) -> Option<(f64, f64)> {
        let (w, h) = self.half;
        clip_segment(self.local(a), self.local(b), &Rect::new(-w, -h, w, h))
    }

    fn is_crossed(&self, run: &Run) -> bool {
        let hull = self.hull();
        run.windows(2).any(|s| clip_segment(s[0], s[1], &hull).is_some() && self.under(s[0], s[1]).is_some())
    }

    /// What is left of a curve beside the text.
    fn cut(&self, run: &Run) -> Vec<Run> {
        let mut parts: Vec<Run> = Vec::new();
        let mut part: Run = run.first().copied().into_iter().collect();
        for pair in run.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let Some((enter, leave)) = self.under(a, b) else {
                part.push(b);
                continue;
            };
            if enter > 0.0 {
                part.push(a.toward(b, enter));
            }
            parts.push(std::mem::take(&mut part));
            if leave < 1.0 {
                part = vec![a.toward(b, leave), b];
            }
        }
        parts.push(part);
        parts.retain(|part| part.len() > 1);
        parts
    }

    /// Writes the level there.
    pub fn write(&self, painter: &mut Painter, text: &MathText, size: f64, colour: Option<Colour>) {
        painter.text(text, self.centre, (0.5, 0.5), size, self.turn, &Style { colour, ..Style::default() });
    }
}

/// The curves of a level beside its signs.
pub(super) fn interrupted(runs: &[Run], signs: &[Sign]) -> Vec<Run> {
    let all = runs.to_vec();
    signs.iter().fold(all, |runs, sign| runs.iter().flat_map(|run| sign.cut(run)).collect())
}

/// Places for the levels of curves, one on each run that is long enough; `texts` are those of the levels.
pub(super) fn places(
    painter: &Painter,
    levels: &[Vec<Run>],
    texts: &[MathText],
    size: f64,
    gap: f64,
) -> Vec<Vec<Sign>> {
    let mut taken: Vec<Rect> = Vec::new();
    let mut all = Vec::new();
    for (k, (runs, text)) in levels.iter().zip(texts).enumerate() {
        let laid = text.layout(size);
        let half = (0.5 * laid.width + gap, 0.5 * laid.height());
        let mut signs: Vec<Sign> = Vec::new();
        for run in runs {
            let candidates = candidates(run, half, &painter.plot_box(), &taken);
            let others = || levels.iter().enumerate().filter(|(own, _)| *own != k).flat_map(|(_, runs)| runs);
            let is_clear = |sign: &&Sign| !others().any(|other| sign.is_crossed(other));
            let clear = candidates.iter().take(MOST).find(is_clear);
            // A level has one sign at least, though another curve runs under it.
            let chosen = clear.or_else(|| candidates.first().filter(|_| signs.is_empty()));
            if let Some(sign) = chosen {
                taken.push(sign.hull().grown(2.0));
                signs.push(*sign);
            }
        }
        all.push(signs);
    }
    all
}

/// How many places on a run are tried.
const MOST: usize = 60;

/// Places on a run in the order of their goodness: straight parts first, among them those near its middle.
fn candidates(run: &Run, half: (f64, f64), shown: &Rect, taken: &[Rect]) -> Vec<Sign> {
    const STEP: f64 = 4.0;
    let (length, needed) = (run_length(run), 2.0 * half.0);
    if length < 2.5 * needed {
        return Vec::new();
    }
    let mut ends = vec![0.0];
    for pair in run.windows(2) {
        ends.push(ends[ends.len() - 1] + pair[0].distance(pair[1]));
    }
    let at = |along: f64| {
        let k = ends.partition_point(|end| *end <= along).clamp(1, run.len() - 1);
        let part = (ends[k] - ends[k - 1]).max(1e-9);
        run[k - 1].toward(run[k], ((along - ends[k - 1]) / part).clamp(0.0, 1.0))
    };
    let inner = shown.grown(-2.0);
    let mut found: Vec<(f64, f64, Sign)> = Vec::new();
    for k in 0..=((length - needed) / STEP) as usize {
        let along = 0.5 * needed + k as f64 * STEP;
        let (a, b) = (at(along - 0.5 * needed), at(along + 0.5 * needed));
        let bend = (needed - a.distance(b)).max(0.0);
        let turn = pxfm::f_atan2(a.y - b.y, b.x - a.x).to_degrees();
        let upright = if turn > 90.0 {
            turn - 180.0
        } else if turn <= -90.0 {
            turn + 180.0
        } else {
            turn
        };
        let sign = Sign { centre: at(along), turn: upright, half };
        let hull = sign.hull();
        let is_inside =
            inner.contains(Point::new(hull.left, hull.top)) && inner.contains(Point::new(hull.right, hull.bottom));
        if bend < 0.3 * needed && is_inside && !taken.iter().any(|other| other.meets(&hull)) {
            found.push((bend.floor(), (along - 0.5 * length).abs(), sign));
        }
    }
    sorting::sort_by(&mut found, |a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    found.into_iter().map(|(_, _, sign)| sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_are_interrupted() {
        let run: Run = vec![Point::new(0.0, 0.0), Point::new(100.0, 0.0)];
        let sign = Sign { centre: Point::new(50.0, 0.0), turn: 0.0, half: (10.0, 5.0) };
        let parts = interrupted(&[run], &[sign]);
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0], vec![Point::new(0.0, 0.0), Point::new(40.0, 0.0)]);
        assert_eq!(parts[1], vec![Point::new(60.0, 0.0), Point::new(100.0, 0.0)]);
    }

    #[test]
    fn signs_stand_upright_in_the_middle() {
        let run: Run = vec![Point::new(200.0, 10.0), Point::new(10.0, 200.0)];
        let signs = candidates(&run, (10.0, 5.0), &Rect::new(0.0, 0.0, 210.0, 210.0), &[]);
        assert!((signs[0].turn - 45.0).abs() < 1e-9);
        assert!(signs[0].centre.distance(Point::new(105.0, 105.0)) < 4.0);
    }
}
