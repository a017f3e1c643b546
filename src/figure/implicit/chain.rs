//! Chaining loose segments to runs, straight on through crossings.

use std::collections::HashMap;

use crate::figure::geometry::{Point, Run, length};

/// Ends closer than this are one node, in pixels.
const SAME: f64 = 1.0 / 512.0;

/// The runs that segments form. Every segment is used once.
pub(super) fn chain(segments: &[(Point, Point)]) -> Vec<Run> {
    let mut web = Web::default();
    for &(p, q) in segments {
        let (a, b) = (web.node(p), web.node(q));
        if a != b {
            web.link(a, b);
        }
    }
    let mut runs = Vec::new();
    // Open ends first, so that runs pass through crossings; then crossings, then what is left: loops.
    let count = web.places.len();
    let degrees: Vec<usize> = web.links.iter().map(Vec::len).collect();
    let with = |wanted: fn(usize) -> bool| (0..count).filter(|n| wanted(degrees[*n])).collect::<Vec<_>>();
    let order = [with(|d| d == 1), with(|d| d > 2), with(|d| d == 2)].concat();
    for node in order {
        while let Some(run) = web.walk(node) {
            runs.push(run);
        }
    }
    runs
}

#[derive(Default)]
struct Web {
    places: Vec<Point>,
    links: Vec<Vec<usize>>,
    ends: Vec<(usize, usize)>,
    used: Vec<bool>,
    buckets: HashMap<(i64, i64), Vec<usize>>,
}

impl Web {
    /// The node at a place, made when there is none nearby.
    fn node(&mut self, p: Point) -> usize {
        let (i, j) = ((p.x / SAME).floor() as i64, (p.y / SAME).floor() as i64);
        for di in -1..=1 {
            for dj in -1..=1 {
                let near = self.buckets.get(&(i + di, j + dj)).into_iter().flatten();
                if let Some(node) = near.copied().find(|n| self.places[*n].distance(p) < SAME) {
                    return node;
                }
            }
        }
        self.places.push(p);
        self.links.push(Vec::new());
        self.buckets.entry((i, j)).or_default().push(self.places.len() - 1);
        self.places.len() - 1
    }

    fn link(&mut self, a: usize, b: usize) {
        let known = self.links[a].iter().any(|l| self.ends[*l] == (a, b) || self.ends[*l] == (b, a));
        if known {
            return;
        }
        self.ends.push((a, b));
        self.used.push(false);
        self.links[a].push(self.ends.len() - 1);
        self.links[b].push(self.ends.len() - 1);
    }

    /// A run along unused links from a node; `None` when none is left there.
    fn walk(&mut self, start: usize) -> Option<Run> {
        let mut link = *self.links[start].iter().find(|l| !self.used[**l])?;
        let mut run = vec![self.places[start]];
        let mut node = start;
        loop {
            self.used[link] = true;
            let (a, b) = self.ends[link];
            let from = node;
            node = if a == node { b } else { a };
            run.push(self.places[node]);
            let Some(next) = self.straightest(from, node) else { return Some(run) };
            link = next;
        }
    }

    /// The unused link that goes on most nearly straight; none at an end or where the curve would turn back.
    fn straightest(&self, from: usize, node: usize) -> Option<usize> {
        let (p, q) = (self.places[from], self.places[node]);
        let (ux, uy) = (q.x - p.x, q.y - p.y);
        let crossing = self.links[node].len() > 2;
        let mut best: Option<(usize, f64)> = None;
        for &link in self.links[node].iter().filter(|l| !self.used[**l]) {
            let (a, b) = self.ends[link];
            let next = self.places[if a == node { b } else { a }];
            let (vx, vy) = (next.x - q.x, next.y - q.y);
            let along = (ux * vx + uy * vy) / (length(ux, uy) * length(vx, vy)).max(1e-300);
            if best.is_none_or(|b| along > b.1) {
                best = Some((link, along));
            }
        }
        best.filter(|b| !crossing || b.1 > -0.2).map(|b| b.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(x: f64, y: f64) -> Point {
        Point::new(x, y)
    }

    #[test]
    fn a_crossing_is_passed_straight() {
        let middle = p(0.0, 0.0);
        let segments = [(p(-1.0, 0.0), middle), (middle, p(0.0, 1.0)), (middle, p(1.0, 0.0)), (p(0.0, -1.0), middle)];
        let runs = chain(&segments);
        assert_eq!(runs.len(), 2);
        assert!(runs.iter().all(|run| run.len() == 3));
        assert_eq!(runs[0], vec![p(-1.0, 0.0), middle, p(1.0, 0.0)]);
    }

    #[test]
    fn a_loop_is_closed() {
        let corners = [p(0.0, 0.0), p(1.0, 0.0), p(1.0, 1.0), p(0.0, 1.0)];
        let segments: Vec<_> = (0..4).map(|i| (corners[i], corners[(i + 1) % 4])).collect();
        let runs = chain(&segments);
        assert_eq!(runs.len(), 1);
        assert_eq!(runs[0].first(), runs[0].last());
    }
}
