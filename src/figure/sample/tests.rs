//! What sampling must keep true of hard curves.

use super::*;
use crate::budget::Budget;
use crate::figure::fixture::real;
use crate::figure::function::Approach;
use crate::figure::geometry::Rect;

fn window(x: (f64, f64), y: (f64, f64)) -> Window {
    let frame = Rect::new(0.0, 0.0, 600.0, 400.0);
    Window::new(Range::new(x.0, x.1), Range::new(y.0, y.1), frame, (false, false))
}

fn drawn(source: &str, x: (f64, f64), y: (f64, f64)) -> Sampled {
    sample(real(source).as_ref(), Range::new(x.0, x.1), &window(x, y), &[], &Budget::unlimited())
}

/// Ends as (x in pixels, y in pixels, closed), rounded.
fn ends(sampled: &Sampled) -> Vec<(i64, i64, bool)> {
    sampled.ends.iter().map(|end| (end.at.x.round() as i64, end.at.y.round() as i64, end.closed)).collect()
}

#[test]
fn branches_are_never_joined() {
    for (source, count) in [("1/x", 2), ("1/(x^2-1)", 3), ("tan(x)", 5), ("floor(x)", 10), ("arctan(1/x)", 2)] {
        let sampled = drawn(source, (-5.0, 5.0), (-5.0, 5.0));
        assert_eq!(sampled.runs.len(), count, "{source}");
    }
}

#[test]
fn every_step_is_marked_open_and_closed() {
    let sampled = drawn("floor(x)", (-2.5, 3.5), (-4.0, 4.0));
    assert_eq!(sampled.ends.len(), 12);
    assert_eq!(sampled.ends.iter().filter(|end| end.closed).count(), 6);
    assert_eq!(ends(&drawn("arctan(1/x)", (-3.0, 3.0), (-2.0, 2.0))), [(300, 357, false), (300, 43, false)]);
    assert_eq!(ends(&drawn("abs(x)/x", (-3.0, 3.0), (-2.0, 2.0))), [(300, 300, false), (300, 100, false)]);
    assert_eq!(ends(&drawn("sin(x)/x", (-3.0, 3.0), (-1.0, 3.0))), [(300, 200, false)]);
    assert_eq!(ends(&drawn("(x^2-1)/(x-1)", (-3.0, 3.0), (-1.0, 3.0))), [(400, 100, false)]);
    assert_eq!(ends(&drawn("1/log(x)", (-1.0, 1.0), (-2.0, 2.0))), [(300, 200, false)]);
    assert_eq!(ends(&drawn("sgn(x)", (-3.0, 3.0), (-2.0, 2.0))).len(), 3);
    assert_eq!(ends(&drawn("cos(1/x)", (-3.0, 3.0), (-2.0, 2.0))), []);
    assert_eq!(ends(&drawn("sqrt(x)+log(2-x)*0.1", (-3.0, 3.0), (-2.0, 2.0))), []);
    assert_eq!(ends(&drawn("sqrt(x)/sqrt(x)", (-3.0, 3.0), (-2.0, 2.0))), []);
    assert_eq!(ends(&drawn("x^2/x", (-3.0, 3.0), (-2.0, 2.0))), []);
}

#[test]
fn values_apart_at_the_ends_of_a_range_are_marked() {
    let floor = ends(&drawn("floor(x)", (0.0, 2.0), (-1.0, 3.0)));
    assert_eq!(floor, [(300, 300, false), (300, 200, true), (600, 200, false), (600, 100, true)]);
    assert_eq!(ends(&drawn("sgn(x^2-1)", (-1.0, 1.0), (-2.0, 2.0))).len(), 4);
    assert_eq!(ends(&drawn("floor(x)+floor(-x)", (0.0, 1.0), (-2.0, 1.0))).len(), 4);
    assert_eq!(ends(&drawn("floor(x)", (0.0, 0.5), (-1.0, 3.0))), []);
    assert_eq!(ends(&drawn("floor(x)+sqrt(x)", (0.0, 0.5), (-1.0, 3.0))), []);
}

#[test]
fn poles_are_found() {
    let poles = drawn("1/(x^2-1)", (-3.0, 3.0), (-4.0, 4.0)).poles;
    assert_eq!(poles, [-1.0, 1.0]);
    let poles = drawn("tan(x)", (-5.0, 5.0), (-4.0, 4.0)).poles;
    assert_eq!(poles.len(), 4);
    assert!((poles[2] - std::f64::consts::FRAC_PI_2).abs() < 1e-12);
    assert!(drawn("log(x)+floor(x)", (-3.0, 3.0), (-4.0, 4.0)).poles.is_empty());
}

#[test]
fn a_spike_thinner_than_a_pixel_reaches_its_top() {
    let sampled = drawn("exp(-(x-1/3)^2*10^14)", (-1.0, 1.0), (-0.5, 1.5));
    let top = sampled.runs.iter().flatten().map(|p| p.y).fold(400.0, f64::min);
    assert!((top - 100.0).abs() < 1.0, "{top}");
    assert_eq!(sampled.runs.len(), 1);
}

#[test]
fn excluded_points_are_open() {
    let f = real("x+1");
    let x = Range::new(-1.0, 1.0);
    let sampled = sample(f.as_ref(), x, &window((-1.0, 1.0), (-1.0, 3.0)), &[0.0], &Budget::unlimited());
    assert_eq!(sampled.runs.len(), 2);
    assert_eq!(ends(&sampled), [(300, 200, false)]);
}

/// A function with known breaks over another one.
struct Known(crate::figure::function::Real, Vec<Landmark>);

impl RealFunction for Known {
    fn value(&self, x: f64) -> f64 {
        self.0.value(x)
    }

    fn enclose(&self, x: Interval) -> Interval {
        self.0.enclose(x)
    }

    fn landmarks(&self, _within: Range) -> Option<Vec<Landmark>> {
        Some(self.1.clone())
    }
}

#[test]
fn known_holes_and_jumps_are_marked_and_joined() {
    let hole = Landmark { x: 0.0, left: Approach::Finite(1.0), right: Approach::Finite(1.0), value: None };
    let f = Known(real("sin(x)/x"), vec![hole]);
    let sampled = sample(&f, Range::new(-3.0, 3.0), &window((-3.0, 3.0), (-1.0, 3.0)), &[], &Budget::unlimited());
    assert_eq!((sampled.runs.len(), ends(&sampled)), (1, vec![(300, 200, false)]));
    let jump = Landmark { x: 1.0, left: Approach::Finite(0.0), right: Approach::Finite(1.0), value: Some(1.0) };
    let f = Known(real("floor(x)"), vec![jump]);
    let sampled = sample(&f, Range::new(0.5, 1.5), &window((0.5, 1.5), (-1.0, 3.0)), &[], &Budget::unlimited());
    assert_eq!((sampled.runs.len(), ends(&sampled)), (2, vec![(300, 300, false), (300, 200, true)]));
}

#[test]
fn cancellation_is_computed_away() {
    let sampled = drawn("(1-cos(x))/x^2", (-1e-6, 1e-6), (0.0, 1.0));
    assert!(sampled.notes.is_empty());
    assert!(sampled.runs.iter().flatten().all(|p| (p.y - 200.0).abs() < 0.2));
    assert_eq!(sampled.runs.len(), 1);
    // The lattice of pieces meets the hole within a rounding error here.
    for (x, y) in [((-10.0, 10.0), (-0.2, 0.8)), ((-6.0, 6.0), (-0.1, 0.7))] {
        let sampled = drawn("(1-cos(x))/x^2", x, y);
        let half = (y.1 - 0.5) / (y.1 - y.0) * 400.0;
        let highest = sampled.runs.iter().flatten().map(|p| p.y).fold(f64::INFINITY, f64::min);
        assert!(highest > half - 0.1, "{highest} lies above {half}");
        let (near, far) = (half + 2.0, 300.0);
        assert!(sampled.runs.iter().flatten().all(|p| (p.x - far).abs() > 5.0 || p.y < near));
    }
}

#[test]
fn lonely_points_of_a_graph_are_found() {
    let sampled = drawn("sqrt(x^2*(x-1))", (-1.0, 3.0), (-1.0, 4.0));
    assert_eq!(sampled.isolated.len(), 1);
    assert!((sampled.isolated[0].x - 150.0).abs() < 1e-6);
    assert_eq!(drawn("sqrt(-x^2)", (-3.0, 3.0), (-1.0, 3.0)).isolated.len(), 1);
    assert!(drawn("sqrt(x)", (-3.0, 3.0), (-1.0, 3.0)).isolated.is_empty());
    assert!(drawn("floor(x)", (-3.0, 3.0), (-1.0, 3.0)).isolated.is_empty());
}

#[test]
fn lonely_points_at_irrational_places_are_found() {
    let sampled = drawn("sqrt(cos(x)-1)", (-7.0, 7.0), (-1.0, 1.0));
    let places: Vec<i64> = sampled.isolated.iter().map(|p| p.x.round() as i64).collect();
    assert_eq!(places, [300, 31, 569]);
    // No float lies on these points.
    assert_eq!(drawn("sqrt(-(x-1/3)^2)", (-1.0, 1.0), (-1.0, 1.0)).isolated.len(), 1);
    assert_eq!(drawn("sqrt(-sin(x)^2)", (1.0, 7.0), (-1.0, 1.0)).isolated.len(), 2);
}

#[test]
fn values_at_steps_are_computed_exactly() {
    // Machine numbers give cos(pi/2) a sign.
    let square = drawn("sgn(cos(pi*x))", (0.0, 1.0), (-2.0, 2.0));
    assert_eq!(ends(&square), [(300, 100, false), (300, 300, false), (300, 200, true)]);
    let floor = drawn("floor(3*sin(x))", (2.0, 3.0), (-1.0, 3.0));
    assert_eq!(ends(&floor)[..2], [(247, 100, true), (247, 200, false)]);
}

#[test]
fn marks_are_made_once() {
    assert_eq!(ends(&drawn("sin(x^2)/x", (-8.0, 8.0), (-1.2, 1.2))), [(300, 200, false)]);
    assert!(ends(&drawn("log(abs(x-1/3))/50+1", (-1.0, 1.0), (0.0, 1.5))).is_empty());
}

#[test]
fn a_curve_ends_where_its_special_function_does() {
    for (source, from) in [("log_gamma(x)", 0.0), ("lambert_w(x)", -0.367_879)] {
        let sampled = drawn(source, (-1.0, 1.0), (-2.0, 9.0));
        let first = sampled.runs.iter().flatten().map(|p| p.x).fold(f64::INFINITY, f64::min);
        assert!(sampled.notes.is_empty() && (first - (from + 1.0) * 300.0).abs() < 2.0, "{source}: {first}");
    }
}

#[test]
fn wild_functions_end() {
    for source in ["sin(1/x)", "sin(exp(1/x))", "floor(sin(1/x)*10)", "1/sin(1/x)", "tan(1/x)"] {
        let sampled = drawn(source, (-1.0, 1.0), (-3.0, 3.0));
        assert!(sampled.runs.iter().all(|run| run.len() < 100_000), "{source}");
    }
}

#[test]
fn a_wild_place_leaves_enough_work_for_the_rest() {
    let sampled = drawn("bessel_J(0, 1/x)", (-1.0, 1.0), (-1.0, 1.0));
    let last = sampled.runs.iter().flatten().map(|p| p.x).fold(0.0, f64::max);
    assert!(last > 599.0 && sampled.notes.is_empty(), "{last} {:?}", sampled.notes);
}

#[test]
fn a_quotient_by_the_modulus_is_a_sign() {
    let sampled = drawn("abs(sin(x))/sin(x)", (-5.0, 5.0), (-2.0, 2.0));
    assert_eq!((sampled.runs.len(), ends(&sampled).len()), (4, 6));
    assert!(sampled.runs.iter().all(|run| run.iter().all(|p| p.y == run[0].y)));
}

/// A costly function of which only values are known.
struct Vague(crate::figure::function::Real);

impl RealFunction for Vague {
    fn value(&self, x: f64) -> f64 {
        self.0.value(x)
    }

    fn enclose(&self, _x: Interval) -> Interval {
        Interval::new(f64::NEG_INFINITY, f64::INFINITY).hull(Interval::EMPTY)
    }

    fn cost(&self) -> Cost {
        Cost::Enclosures
    }
}

#[test]
fn what_enclosures_cannot_follow_is_drawn_through_its_values() {
    let vague = Vague(real("sin(x)"));
    let page = window((0.0, 6.0), (-2.0, 2.0));
    let sampled = sample(&vague, Range::new(0.0, 6.0), &page, &[], &Budget::unlimited());
    assert_eq!((sampled.runs.len(), sampled.notes.len()), (1, 1));
    let off =
        sampled.runs[0].iter().map(|p| (p.y - (200.0 - 100.0 * pxfm::f_sin(p.x / 100.0))).abs()).fold(0.0, f64::max);
    assert!(off < 0.5, "{off}");
}

#[test]
fn breaks_of_parametric_curves_are_marked() {
    let path = |x: &str, y: &str, t: (f64, f64), excluded: &[f64]| {
        let (x, y) = (real(x), real(y));
        let window = window((-3.0, 3.0), (-2.0, 2.0));
        sample_path(x.as_ref(), y.as_ref(), Range::new(t.0, t.1), &window, excluded, &Budget::unlimited())
    };
    assert_eq!(ends(&path("x", "floor(x)", (0.5, 1.5), &[])), [(400, 200, false), (400, 100, true)]);
    assert_eq!(
        ends(&path("sgn(x)", "x/10", (-2.0, 2.0), &[])),
        [(200, 200, false), (400, 200, false), (300, 200, true)]
    );
    assert_eq!(ends(&path("x", "sgn(sin(x))", (3.0, 3.2), &[])), []);
    assert_eq!(
        ends(&path("x/2", "sgn(sin(x))", (3.0, 3.2), &[])),
        [(457, 100, false), (457, 300, false), (457, 200, true)]
    );
    assert_eq!(ends(&path("x", "sin(x)/x", (-1.0, 1.0), &[])), []);
    assert_eq!(path("x", "sin(x)/x", (-1.0, 1.0), &[]).runs.len(), 1);
    assert_eq!(ends(&path("x", "1/x", (-1.0, 1.0), &[])), []);
    let cut = path("x", "x^2", (-1.0, 1.0), &[0.5]);
    assert_eq!((ends(&cut), cut.runs.len()), (vec![(350, 175, false)], 2));
}
