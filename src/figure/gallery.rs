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
use crate::budget::Budget;

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
        ("cancel", plot("(1-cos(x))/x^2", (-1e-6, 1e-6), Some((0.0, 1.0)))),
        ("auto_tan", plot("tan(x)", (-5.0, 5.0), None)),
        ("auto_two_poles", plot("x/(x^2-1)", (-3.0, 3.0), None)),
        ("circle", implicit("x^2+y^2==1", (-1.5, 1.5), (-1.5, 1.5))),
        ("lemniscate", implicit("(x^2+y^2)^2==2*(x^2-y^2)", (-2.0, 2.0), (-2.0, 2.0))),
        ("x_y_y_x", implicit("x^y==y^x", (0.1, 5.0), (0.1, 5.0))),
        ("heart", implicit("(x^2+y^2-1)^3==x^2*y^3", (-1.5, 1.5), (-1.5, 1.5))),
        ("double_circle", implicit("(x^2+y^2-1)^2==0", (-1.5, 1.5), (-1.5, 1.5))),
        ("sin_sum", implicit("sin(x+y)==sin(x)", (-7.0, 7.0), (-7.0, 7.0))),
        ("cusp", implicit("y^2==x^3", (-1.0, 2.0), (-1.5, 1.5))),
        ("square_max", implicit("max(abs(x),abs(y))==1", (-1.5, 1.5), (-1.5, 1.5))),
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
    for (name, figure) in all().into_iter().chain(looks()) {
        if only.as_ref().is_some_and(|only| !only.split(',').any(|o| o == name)) {
            continue;
        }
        let start = std::time::Instant::now();
        let (scene, notes) = figure.scene(&Budget::unlimited()).expect("no limit");
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
            let start = std::time::Instant::now();
            let png = figure.to_png(100.0, &Budget::unlimited()).expect("an ordinary size");
            println!("   png {:?} {} kB, svg {} kB", start.elapsed(), png.len() / 1000, svg.len() / 1000);
            std::fs::write(path.join(format!("{name}.png")), png).expect("the folder exists");
            println!("{name}: {took:?} {notes:?}");
        } else {
            assert_eq!(Ok(svg), figure.to_svg(&Budget::unlimited()), "{name}");
        }
    }
}

/// Figures whose looks are checked by eye: legends, fills, marks, text, themes.
fn looks() -> Vec<(&'static str, Graphics)> {
    use super::colour::{Colour, Theme};
    use super::options::{GridLines, TickFormat};
    use super::primitive::{
        Arrow, Bars, BezierPath, Classes, ContourPlot, DensityPlot, Ellipse, FieldKind, FieldPlot, FillTo, Line,
        Points, Poles, Polygon, RegionPlot, TextMark,
    };
    use super::style::LineStyle;
    use super::text::MathText;
    let label = |text: &str| Some(MathText::parse(text));
    let curve = |source: &str, a: f64, b: f64, style: Style| FunctionPlot::new(real(source), Range::new(a, b), style);

    let mut family = Graphics::new();
    for (n, source) in ["sin(x)", "x", "x-x^3/6", "x-x^3/6+x^5/120", "cos(x)"].iter().enumerate() {
        family.add(curve(
            source,
            -2.0 * PI,
            2.0 * PI,
            Style { legend: label(&format!("${source}$")), ..Style::series(n) },
        ));
    }
    family.options.ymin = Some(-3.0);
    family.options.ymax = Some(3.0);
    family.options.tick_format = Some([TickFormat::Pi, TickFormat::Automatic]);
    family.options.title = label(r"Taylor polynomials of $\sin(x)$ at $0$");
    family.options.gridlines = Some([GridLines::Major, GridLines::Major]);

    let mut tangent = Graphics::of(FunctionPlot {
        fill: Some(FillTo::Axis),
        ..curve("x^2/4", -1.0, 4.0, Style { legend: label(r"$f(x) = \frac{x^2}{4}$"), ..Style::default() })
    });
    tangent.add(curve(
        "x-1",
        0.0,
        4.0,
        Style {
            colour: Colour::parse("red"),
            line: LineStyle::Dashed,
            thickness: 0.8,
            legend: label("tangent at $(2, 1)$"),
            ..Style::default()
        },
    ));
    tangent.add(Points::new(vec![(2.0, 1.0)], Style { colour: Some(Colour::Series(1)), ..Style::default() }));
    tangent.add(TextMark {
        anchor: (0.0, 1.0),
        ..TextMark::new(MathText::parse("$(2, 1)$"), (2.1, 0.95), Style::default())
    });
    tangent.add(Arrow::new((0.5, 3.0), (1.9, 1.1), Style { colour: Colour::parse("gray"), ..Style::default() }));
    tangent.options.axes_labels = Some([MathText::parse("$x$"), MathText::parse("$f(x)$")]);

    let mut shapes = Graphics::of(Ellipse::circle((0.0, 0.0), 1.0, Style::default()));
    shapes.add(Ellipse {
        fill: true,
        ..Ellipse::circle((1.5, 0.5), 0.5, Style { colour: Colour::parse("orange"), alpha: 0.5, ..Style::default() })
    });
    shapes.add(Polygon::new(
        vec![(-1.0, -1.0), (0.5, -1.5), (0.0, 0.2)],
        Style { colour: Colour::parse("green"), alpha: 0.4, ..Style::default() },
    ));
    shapes.add(Line::new(
        vec![(-1.5, 1.0), (0.0, 1.4), (2.0, -1.4)],
        Style { marker: super::style::Marker::parse("s"), ..Style::series(3) },
    ));

    let mut poles =
        Graphics::of(FunctionPlot { poles: Poles::Show, ..curve("1/(x^2-1)", -3.0, 3.0, Style::default()) });
    poles.options.theme = Some(Theme::Dark);
    poles.options.frame = Some(true);
    poles.options.axes_labels = Some([MathText::plain("time (s)"), MathText::plain("height (m)")]);

    let mut log = Graphics::of(curve("x^3", 0.1, 100.0, Style::default()));
    log.add(curve("exp(x/10)", 0.1, 100.0, Style::series(1)));
    log.options.log = Some([true, true]);
    log.options.gridlines = Some([GridLines::Minor, GridLines::Minor]);
    let square = (Range::new(-2.0, 2.0), Range::new(-2.0, 2.0));
    let region = Graphics::of(RegionPlot {
        border: Colour::parse("black"),
        ..RegionPlot::new(
            vec![plane("2-x^2-y^2"), plane("x-y^2+1")],
            square.0,
            square.1,
            Style { alpha: 0.5, ..Style::default() },
        )
    });
    let contour = Graphics::of(ContourPlot {
        map: "viridis".into(),
        ..ContourPlot::new(plane("x^2-y^2+x*y"), square.0, square.1, Style::default())
    });
    let lines = Graphics::of(ContourPlot {
        fill: false,
        map: "viridis".into(),
        ..ContourPlot::new(plane("sin(x*2)*cos(y*2)"), square.0, square.1, Style::default())
    });
    let density = Graphics::of(DensityPlot {
        map: "coolwarm".into(),
        ..DensityPlot::new(plane("sin(x*y)"), square.0, square.1, Style::default())
    });
    let vectors = Graphics::of(FieldPlot::new(
        FieldKind::Vectors(plane("-y+0*x"), plane("x+0*y")),
        square.0,
        square.1,
        Style::default(),
    ));
    let mut slopes = Graphics::of(FieldPlot::new(
        FieldKind::Slopes(plane("x-y")),
        square.0,
        square.1,
        Style { colour: Colour::parse("gray"), ..Style::default() },
    ));
    slopes.add(curve("x-1+2*exp(-x-2)", -2.0, 2.0, Style::default()));
    slopes.options.ymin = Some(-2.0);
    slopes.options.ymax = Some(2.0);
    let counted = Classes { count: 4, ..Classes::default() }.bars(&[vec![1.0, 2.0, 2.5, 3.0, 3.1, 3.2, 4.0, 5.0]]);
    let bars = Graphics::of(Bars::new(counted.concat(), Style::default()));
    let bezier = Graphics::of(BezierPath::new(
        vec![vec![(0.0, 0.0), (1.0, 2.0), (2.0, 0.0)], vec![(3.0, -2.0), (4.0, 0.0)]],
        Style::default(),
    ));
    vec![
        ("look_region", region),
        ("look_contour", contour),
        ("look_lines", lines),
        ("look_density", density),
        ("look_vectors", vectors),
        ("look_slopes", slopes),
        ("look_bars", bars),
        ("look_bezier", bezier),
        ("look_family", family),
        ("look_tangent", tangent),
        ("look_shapes", shapes),
        ("look_poles", poles),
        ("look_log", log),
        ("look_floor", plot("floor(x)", (-2.5, 3.5), None)),
        ("look_wild", plot("sin(1/x)", (-1.0, 1.0), None)),
        ("look_spike", plot("exp(-(x-1/3)^2*10^12)+x/4", (-1.0, 1.0), None)),
        ("look_xsin", plot("x*sin(1/x)", (-0.3, 0.3), None)),
        ("look_large", plot("exp(x)", (0.0, 20.0), None)),
        ("look_sqrt_quarter", implicit("sqrt(x)+sqrt(y)==1", (-0.2, 1.2), (-0.2, 1.2))),
        ("look_folium", implicit("x^3+y^3==3*x*y", (-2.0, 2.0), (-2.0, 2.0))),
    ]
}

#[test]
fn figures_add_up_and_describe_themselves() {
    let line = plot("x", (0.0, 2.0), Some((-1.0, 1.0)));
    let parabola = plot("x^2", (-1.0, 1.0), None);
    let sum = line.combine(&parabola);
    assert_eq!(sum.describe(), "Graphics object consisting of 2 graphics primitives");
    assert_eq!(line.describe(), "Graphics object consisting of 1 graphics primitive");
    assert_eq!(sum.data_range(), [-1.0, 2.0, 0.0, 2.0]);
    assert_eq!(parabola.data_range(), [-1.0, 1.0, 0.0, 1.0]);
    assert_eq!(Graphics::new().data_range(), [-1.0, 1.0, -1.0, 1.0]);
    assert!(Graphics::new().to_svg(&Budget::unlimited()).is_ok());
}

#[test]
fn pages_of_figures_and_transparent_pictures() {
    let mut page = super::GraphicsArray { columns: 2, ..Default::default() };
    page.panels = vec![
        plot("sin(x)", (0.0, 6.0), None),
        implicit("x^2+y^2==1", (-1.5, 1.5), (-1.5, 1.5)),
        plot("1/x", (-1.0, 1.0), None),
    ];
    page.options.transparent = Some(true);
    assert_eq!(page.describe(), "Graphics Array of size 2 x 2");
    let svg = page.to_svg(&Budget::unlimited()).expect("no limit");
    assert_eq!(svg.matches("class=\"axes\"").count(), 3);
    assert!(!svg.contains("class=\"page\""));
    let png = page.to_png(200.0, &Budget::unlimited()).expect("an ordinary size");
    assert_eq!(png[16..24], [0, 0, 5, 0, 0, 0, 3, 192]);
    if let Ok(folder) = std::env::var("SECANT_FIGURES") {
        std::fs::write(std::path::Path::new(&folder).join("page.png"), png).expect("the folder exists");
    }
    assert!(page.to_png(1e9, &Budget::unlimited()).is_err());
}

#[test]
fn a_spent_budget_ends_a_figure() {
    let budget = Budget::unlimited();
    budget.limit_time(Some(std::time::Duration::ZERO));
    budget.start();
    assert!(implicit("x^y==y^x", (0.1, 5.0), (0.1, 5.0)).to_svg(&budget).is_err());
}
