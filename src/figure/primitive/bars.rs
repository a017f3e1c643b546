//! Bars: charts and histograms.

use super::{Element, Extent, element_basics, hatch};
use crate::figure::colour::{Colour, Theme};
use crate::figure::geometry::{Rect, Run};
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter};
use crate::figure::scene::{Fill, Stroke};
use crate::figure::style::{LineStyle, Style};

/// Bars paler than this may be crossed by an axis.
const OPAQUE: f64 = 0.8;
/// The part of a class that the bars of several lists fill together.
const BESIDE: f64 = 0.8;

/// The colour of patterns on painted bars.
const PATTERN: Colour = Colour::Shade(0x22, 0x22, 0x22);

/// One upright bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// From left to right.
    pub sides: (f64, f64),
    /// From its foot to its other end.
    pub ends: (f64, f64),
}

/// Upright bars, from the axis or on top of others.
#[derive(Clone, Debug)]
pub struct Bars {
    /// The bars.
    pub bars: Vec<Bar>,
    /// The colour of the outlines.
    pub edge: Option<Colour>,
    /// Whether they are painted inside.
    pub filled: bool,
    /// The signs of the pattern that is drawn on them.
    pub hatch: String,
    /// Whether they go with other bars that count for one primitive already.
    pub joined: bool,
    /// Colour, opacity, and how outlines are drawn.
    pub style: Style,
}

impl Bars {
    /// Bars with thin outlines of the page's colour.
    pub fn new(bars: Vec<Bar>, style: Style) -> Self {
        Bars { bars, edge: None, filled: true, hatch: String::new(), joined: false, style }
    }

    /// The outline of each bar: hardly seen unless something is said of it.
    fn outline(&self) -> Stroke {
        let said = self.style.line != LineStyle::Solid || self.style.thickness != 1.0;
        let plain = self.edge.is_none() && self.hatch.is_empty() && self.filled && !said;
        let width = if self.style.thickness == 1.0 { 0.75 } else { 4.0 / 3.0 * self.style.thickness };
        // Painted bars are light on a dark page too.
        let own = match self.filled {
            true if !self.hatch.is_empty() => PATTERN,
            true => Colour::Text,
            false => self.style.colour.unwrap_or(Colour::Text),
        };
        let colour = self.edge.unwrap_or(if plain { Colour::Page } else { own });
        Stroke { colour, width, dash: self.style.line.pattern(width.max(1.0)), alpha: 1.0 }
    }
}

/// What the classes of a histogram are.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    /// How many equal ones.
    pub count: usize,
    /// Their ends, ascending, where they are given.
    pub edges: Vec<f64>,
    /// From where to where; from the least to the greatest datum where this is not given.
    pub range: Option<(f64, f64)>,
    /// What each datum of each list counts for; 1 where this is not given.
    pub weights: Vec<Vec<f64>>,
    /// Whether the areas (the last height, when they add up) come to 1.
    pub density: bool,
    /// 1: each class counts those before it too; -1: those behind it.
    pub cumulative: i8,
    /// How far the bars are moved, in classes.
    pub shift: f64,
    /// Whether the bars of several lists stand on top of each other.
    pub stacked: bool,
    /// The part of a class that its bars fill.
    pub relative: Option<f64>,
}

impl Classes {
    /// The ends of the classes for these lists.
    fn ends(&self, lists: &[Vec<f64>]) -> Vec<f64> {
        if !self.edges.is_empty() {
            return self.edges.clone();
        }
        let all = || lists.iter().flatten().copied().filter(|value| value.is_finite());
        let (low, high) = self
            .range
            .unwrap_or_else(|| (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max)));
        let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
        let (low, high) = if high > low { (low, high) } else { (low - 0.5, high + 0.5) };
        let count = self.count.clamp(1, 10_000);
        let step = (high - low) / count as f64;
        (0..count).map(|k| low + k as f64 * step).chain([high]).collect()
    }

    /// How often the data of each list fall into each class: up to its upper end, which belongs to the last class only.
    fn counts(&self, lists: &[Vec<f64>], ends: &[f64]) -> Vec<Vec<f64>> {
        let classes = ends.len() - 1;
        let count = |(k, list): (usize, &Vec<f64>)| {
            let weights = self.weights.get(k).map_or(&[][..], Vec::as_slice);
            let mut counts = vec![0.0; classes];
            for (value, weight) in list.iter().zip(weights.iter().chain(std::iter::repeat(&1.0))) {
                if (ends[0]..=ends[classes]).contains(value) {
                    let class = ends.partition_point(|end| end <= value).clamp(1, classes) - 1;
                    counts[class] += weight;
                }
            }
            counts
        };
        lists.iter().enumerate().map(count).collect()
    }

    /// The heights that the bars of each list reach.
    fn tops(&self, lists: &[Vec<f64>], ends: &[f64]) -> Vec<Vec<f64>> {
        let mut tops = self.counts(lists, ends);
        let width = |class: usize| ends[class + 1] - ends[class];
        if self.stacked {
            for k in 1..tops.len() {
                let (below, rest) = tops.split_at_mut(k);
                rest[0].iter_mut().zip(&below[k - 1]).for_each(|(top, foot)| *top += foot);
            }
        }
        let wholes: Vec<f64> = tops.iter().map(|list| list.iter().sum()).collect();
        let last = wholes.last().copied().unwrap_or(0.0);
        for (list, own) in tops.iter_mut().zip(&wholes) {
            let whole = if self.stacked { last } else { *own };
            if self.density && whole != 0.0 {
                let share = |class: usize| whole * if self.cumulative == 0 { width(class) } else { 1.0 };
                list.iter_mut().enumerate().for_each(|(class, top)| *top /= share(class));
            }
            let mut sum = 0.0;
            let mut add = |top: &mut f64| {
                sum += *top;
                *top = sum;
            };
            match self.cumulative {
                0 => {}
                1 => list.iter_mut().for_each(&mut add),
                _ => list.iter_mut().rev().for_each(&mut add),
            }
        }
        tops
    }

    /// The bars of each list: side by side in their classes, or one upon the other.
    pub fn bars(&self, lists: &[Vec<f64>]) -> Vec<Vec<Bar>> {
        let ends = self.ends(lists);
        let tops = self.tops(lists, &ends);
        let beside = if self.stacked { 1 } else { lists.len().max(1) };
        let part = self.relative.unwrap_or(if beside > 1 { BESIDE } else { 1.0 }).clamp(0.0, 1.0);
        let bar = |list: usize, class: usize| {
            let whole = ends[class + 1] - ends[class];
            let middle = 0.5 * (ends[class] + ends[class + 1]) + self.shift * whole;
            let left = middle + part * whole * ((list % beside) as f64 / beside as f64 - 0.5);
            let foot = if self.stacked && list > 0 { tops[list - 1][class] } else { 0.0 };
            Bar { sides: (left, left + part * whole / beside as f64), ends: (foot, tops[list][class]) }
        };
        (0..lists.len()).map(|list| (0..ends.len() - 1).map(|class| bar(list, class)).collect()).collect()
    }
}

impl Element for Bars {
    element_basics!("bars");

    /// In print the bars of several lists differ by their greys.
    fn dress(&mut self, theme: Theme) {
        const GREYS: [u8; 4] = [0x60, 0xc8, 0x98, 0xe8];
        match self.style.colour {
            Some(Colour::Series(n)) if theme == Theme::Print => {
                let grey = GREYS[usize::from(n) % GREYS.len()];
                self.style.colour = Some(Colour::Rgb(grey, grey, grey));
                self.edge = self.edge.or(Some(Colour::Text));
            }
            _ => self.style = self.style.under(theme),
        }
    }

    fn count(&self) -> usize {
        usize::from(!self.joined)
    }

    fn extent(&self, _options: &Options) -> Extent {
        Extent::of(self.bars.iter().flat_map(|bar| [(bar.sides.0, bar.ends.0), (bar.sides.1, bar.ends.1)]))
    }

    fn straddles(&self) -> bool {
        // The labels of an axis in between stand left of it.
        let crossed =
            |bar: &Bar| bar.sides.0 < 0.0 && bar.sides.1 >= -1e-9 * bar.sides.0.abs() && bar.ends.0 != bar.ends.1;
        self.filled && self.style.alpha > OPAQUE && self.bars.iter().any(crossed)
    }

    fn paint(&self, painter: &mut Painter) {
        let window = painter.window;
        let corners = |bar: &Bar| -> Run {
            let ((left, right), (foot, top)) = (bar.sides, bar.ends);
            [(left, foot), (right, foot), (right, top), (left, top)].map(|(x, y)| window.pixel(x, y)).to_vec()
        };
        let boxes: Vec<Run> = self.bars.iter().map(corners).filter(|run| run.iter().all(|p| p.y.is_finite())).collect();
        if self.filled {
            painter.area(Layer::Fill, &boxes, Fill { colour: self.style.ink(), alpha: self.style.alpha });
        }
        let outline = self.outline();
        if !self.hatch.is_empty() {
            boxes.iter().for_each(|run| hatch::draw(painter, &Rect::around(run), &self.hatch, outline.colour));
        }
        let outlines: Vec<Run> = boxes.iter().map(|run| run.iter().chain(run.first()).copied().collect()).collect();
        painter.strokes(Layer::Fill, &outlines, outline);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tops(classes: &Classes, lists: &[&[f64]]) -> Vec<Vec<f64>> {
        let lists: Vec<Vec<f64>> = lists.iter().map(|list| list.to_vec()).collect();
        let bars = classes.bars(&lists);
        bars.iter().map(|list| list.iter().map(|bar| bar.ends.1).collect()).collect()
    }

    #[test]
    fn heights() {
        let classes = Classes { count: 3, ..Classes::default() };
        assert_eq!(tops(&classes, &[&[1.0, 2.0, 2.0, 3.0, 4.0]]), [[1.0, 2.0, 2.0]]);
        let all = Classes { cumulative: 1, ..classes.clone() };
        assert_eq!(tops(&all, &[&[1.0, 2.0, 2.0, 3.0, 4.0]]), [[1.0, 3.0, 5.0]]);
        let behind = Classes { cumulative: -1, ..classes.clone() };
        assert_eq!(tops(&behind, &[&[1.0, 2.0, 2.0, 3.0, 4.0]]), [[5.0, 4.0, 2.0]]);
        let stacked = Classes { stacked: true, ..classes.clone() };
        assert_eq!(tops(&stacked, &[&[1.0, 4.0], &[2.0, 4.0]]), [[1.0, 0.0, 1.0], [1.0, 1.0, 2.0]]);
        let density = Classes { edges: vec![0.0, 1.0, 3.0], density: true, ..Classes::default() };
        assert_eq!(tops(&density, &[&[0.5, 2.0]]), [[0.5, 0.25]]);
    }

    #[test]
    fn places() {
        let classes = Classes { edges: vec![0.0, 1.0], ..Classes::default() };
        let bars = classes.bars(&[vec![0.5], vec![0.5]]);
        let close = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() < 1e-12 && (a.1 - b.1).abs() < 1e-12;
        assert!(close(bars[0][0].sides, (0.1, 0.5)));
        assert!(close(bars[1][0].sides, (0.5, 0.9)));
    }
}
