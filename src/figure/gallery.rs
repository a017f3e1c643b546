//! Hard figures drawn as a whole: what must hold of every one of them.
//!
//! With `SECANT_FIGURES=DIR` in the environment the pictures are written there to be looked at.

use std::f64::consts::PI;

use super::Graphics;
use super::fixture::{plane, real};
use super::function::Range;
use super::primitive::{FunctionPlot, ImplicitPlot, ParametricPlot};
use super::scene::Item;
use super::style::Style;

fn plot(source: &str, x: (f64, f64), y: Option<(f64, f64)>) -> Graphics {
    let style = Style { label: source.into(), source: source.into(), ..Style::default() };
    let mut figure = Graphics::of(FunctionPlot::new(real(source), Range::new(x.0, x.1), style));
    if let Some((lo, hi)) = y {
        figure.options.ymin = Some(lo);
        figure.options.ymax = Some(hi);
    }
    figure
}

fn implicit(source: &str, x: (f64, f64), y: (f64, f64)) -> Graphics {
    let style = Style { label: source.into(), source: source.into(), ..Style::default() };
    Graphics::of(ImplicitPlot::new(vec![plane(source)], Range::new(x.0, x.1), Range::new(y.0, y.1), style))
}

fn polar(source: &str, turn: (f64, f64)) -> Graphics {
    let style = Style { label: source.into(), ..Style::default() };
    Graphics::of(ParametricPlot::polar(real(source), Range::new(turn.0, turn.1), style))
}

/// The figures by name.
fn all() -> Vec<(&'static str, Graphics)> {
    let mut conic = polar("1/(1+3/2*cos(x))", (0.0, 2.0 * PI));
    conic.options.xmin = Some(-4.0);
    conic.options.xmax = Some(6.0);
    conic.options.ymin = Some(-5.0);
    conic.options.ymax = Some(5.0);
    vec![
        ("flat_exp", plot("exp(-1/x^2)", (-1.0, 1.0), Some((-0.1, 0.5)))),
        ("sqrt_abs", plot("sqrt(abs(x))", (-2.0, 2.0), Some((-0.5, 1.5)))),
        ("cbrt", plot("sgn(x)*abs(x)^(1/3)", (-2.0, 2.0), Some((-1.5, 1.5)))),
        ("log_edge", plot("log(x)", (-1.0, 4.0), Some((-6.0, 2.0)))),
        ("log_abs", plot("log(abs(x))", (-2.0, 2.0), Some((-5.0, 2.0)))),
        ("log_sin", plot("log(sin(x))", (0.0, 12.0), Some((-5.0, 1.0)))),
        ("fast_sine", plot("sin(50*x)", (-PI, PI), Some((-1.3, 1.3)))),
        ("chirp", plot("sin(x^2)", (0.0, 15.0), Some((-1.3, 1.3)))),
        ("sinc", plot("sin(x)/x", (-10.0, 10.0), Some((-0.5, 1.2)))),
        ("clip_cubic", plot("x^3-4*x", (-4.0, 4.0), Some((-2.0, 2.0)))),
        ("corners", plot("abs(x^2-1)", (-2.0, 2.0), Some((-0.5, 3.0)))),
        ("arctan_recip", plot("arctan(1/x)", (-3.0, 3.0), Some((-2.0, 2.0)))),
        ("arccos_edge", plot("arccos(x)", (-2.0, 2.0), Some((-0.5, 3.5)))),
        ("auto_tan", plot("tan(x)", (-5.0, 5.0), None)),
        ("auto_two_poles", plot("x/(x^2-1)", (-3.0, 3.0), None)),
        ("circle", implicit("x^2+y^2==1", (-1.5, 1.5), (-1.5, 1.5))),
        ("lemniscate", implicit("(x^2+y^2)^2==2*(x^2-y^2)", (-2.0, 2.0), (-2.0, 2.0))),
        ("x_y_y_x", implicit("x^y==y^x", (0.1, 5.0), (0.1, 5.0))),
        ("heart", implicit("(x^2+y^2-1)^3==x^2*y^3", (-1.5, 1.5), (-1.5, 1.5))),
        ("double_circle", implicit("(x^2+y^2-1)^2==0", (-1.5, 1.5), (-1.5, 1.5))),
        ("sin_sum", implicit("sin(x+y)==sin(x)", (-7.0, 7.0), (-7.0, 7.0))),
        ("cusp", implicit("y^2==x^3", (-1.0, 2.0), (-1.5, 1.5))),
        ("square_max", implicit("max_symbolic(abs(x),abs(y))==1", (-1.5, 1.5), (-1.5, 1.5))),
        ("acnode", implicit("y^2==x^2*(x-1)", (-1.0, 3.0), (-2.0, 2.0))),
        ("tacnode", implicit("y^2==x^4", (-1.5, 1.5), (-1.5, 1.5))),
        ("imp_recip", implicit("y==1/x", (-3.0, 3.0), (-3.0, 3.0))),
        ("imp_floor", implicit("y==floor(x)", (-2.5, 2.5), (-2.5, 2.5))),
        ("imp_quot", implicit("(x^2+y^2-2)/(x-2*y)==0", (-2.0, 2.0), (-2.0, 2.0))),
        ("superellipse", implicit("x^20+y^20==1", (-1.5, 1.5), (-1.5, 1.5))),
        ("near_double", implicit("(y-x^2)^2==1/1000", (-2.0, 2.0), (-1.0, 3.0))),
        ("astroid", implicit("(x^2)^(1/3)+(y^2)^(1/3)==1", (-1.2, 1.2), (-1.2, 1.2))),
        ("parallel_lines", implicit("sin(20*x+y)==0", (-3.0, 3.0), (-3.0, 3.0))),
        ("polar_rose", polar("cos(4*x)", (0.0, 2.0 * PI))),
        ("polar_conic", conic),
    ]
}

fn vertices(items: &[Item], inside: bool, out: &mut Vec<super::geometry::Point>) {
    for item in items {
        match item {
            Item::Group { class, items, .. } => vertices(items, inside || *class == "curve", out),
            Item::Path { runs, .. } if inside => out.extend(runs.iter().flatten()),
            _ => {}
        }
    }
}

#[test]
fn every_vertex_lies_in_the_box_and_bytes_repeat() {
    let wanted = std::env::var("SECANT_FIGURES").ok();
    let only = std::env::var("SECANT_ONLY").ok();
    for (name, figure) in all() {
        if only.as_ref().is_some_and(|only| !only.split(',').any(|o| o == name)) {
            continue;
        }
        let start = std::time::Instant::now();
        let (scene, notes) = figure.scene();
        let took = start.elapsed();
        let svg = super::render::svg::write(&scene);
        for panel in &scene.panels {
            let mut points = Vec::new();
            vertices(&panel.items, false, &mut points);
            let frame = panel.plot_box.grown(1.0);
            assert!(points.iter().all(|p| frame.contains(*p)), "{name}");
            assert!(points.len() < 20_000, "{name}: {}", points.len());
        }
        if let Some(folder) = &wanted {
            let path = std::path::Path::new(folder);
            std::fs::write(path.join(format!("{name}.svg")), &svg).expect("the folder exists");
            let png = figure.to_png(100.0).expect("an ordinary size");
            std::fs::write(path.join(format!("{name}.png")), png).expect("the folder exists");
            println!("{name}: {took:?} {notes:?}");
        } else {
            assert_eq!(svg, figure.to_svg(), "{name}");
        }
    }
}
