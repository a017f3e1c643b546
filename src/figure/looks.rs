//! What can be said of how figures look: where cells, hatches, levels, heads of arrows and legends lie, by their shapes.

use super::Graphics;
use super::bar::BarLook;
use super::colour::{Colour, Theme};
use super::fixture::plane;
use super::function::Range;
use super::geometry::{Point, Rect, run_length};
use super::options::LegendLook;
use super::primitive::{Arrow, Bar, Bars, ContourPlot, Lettering, Levels, Line, MatrixPlot};
use super::scene::{Item, Label, Scene};
use super::style::Style;
use super::text::MathText;
use crate::budget::Budget;

/// The figure as it is laid out.
fn scene(figure: &Graphics) -> Scene {
    figure.scene(&Budget::unlimited()).expect("no limit").0
}

/// All items of the first panel that are no groups, in painting order, the legend's last.
fn items(scene: &Scene) -> Vec<Item> {
    fn collect(items: &[Item], out: &mut Vec<Item>) {
        for item in items {
            match item {
                Item::Group { items, .. } => collect(items, out),
                item => out.push(item.clone()),
            }
        }
    }
    let (mut out, panel) = (Vec::new(), &scene.panels[0]);
    collect(&panel.items, &mut out);
    collect(&panel.legend, &mut out);
    out
}

/// The texts with their places.
fn labels(scene: &Scene) -> Vec<Label> {
    let text = |item| if let Item::Text(label) = item { Some(label) } else { None };
    items(scene).into_iter().filter_map(text).collect()
}

fn written(label: &Label) -> String {
    label.laid.runs.iter().map(|run| run.text.as_str()).collect()
}

/// The outlines of the areas of a colour.
fn areas(scene: &Scene, colour: Colour) -> Vec<Vec<Point>> {
    let area = |item| match item {
        Item::Path { runs, fill: Some(fill), .. } if fill.colour == colour => runs,
        _ => Vec::new(),
    };
    items(scene).into_iter().flat_map(area).collect()
}

#[test]
fn cells_of_a_matrix_stand_as_its_rows_are_written() {
    let black = Colour::Shade(0, 0, 0);
    let plot = MatrixPlot::new(vec![vec![0.0, 0.0, 1.0], vec![0.0, 0.0, 0.0]], Style::default());
    let cells = |figure: &Graphics| {
        let cells = items(&scene(figure)).into_iter().find_map(|item| match item {
            Item::Cells { columns, colours, .. } => Some((columns, colours)),
            _ => None,
        });
        let (columns, colours) = cells.expect("there are cells");
        let at = colours.iter().position(|colour| *colour == black).expect("one is black");
        (at % columns, at / columns)
    };
    let mut figure = Graphics::of(plot);
    assert_eq!(cells(&figure), (2, 1), "the first row has the least y");
    figure.options.flip_y = Some(true);
    assert_eq!(cells(&figure), (2, 0), "the first row is above");
    figure.options.flip_x = Some(true);
    assert_eq!(cells(&figure), (0, 0));
    // What is cut by the window is painted cell by cell.
    figure.options.xmax = Some(2.0);
    let painted = areas(&scene(&figure), black);
    let shown = scene(&figure).panels[0].plot_box;
    assert_eq!(painted.len(), 1);
    assert!((Rect::around(&painted[0]).left - shown.left).abs() < 0.5, "flipped, the last column is on the left");
}

#[test]
fn hatches_stay_inside_their_bars() {
    let bar = Bar { sides: (0.0, 1.0), ends: (0.0, 2.0) };
    for pattern in ["/", "\\\\", "|", "-", "+", "x", "o", "O", ".", "*"] {
        let bars = Bars { hatch: pattern.into(), ..Bars::new(vec![bar], Style::default()) };
        let scene = scene(&Graphics::of(bars));
        let area = Rect::around(&areas(&scene, Colour::Series(0))[0]).grown(0.5);
        let mut marks = 0;
        for item in items(&scene) {
            match item {
                Item::Path { runs, stroke: Some(stroke), .. } if stroke.colour == Colour::Shade(0x22, 0x22, 0x22) => {
                    marks += runs.len();
                    assert!(runs.iter().flatten().all(|p| area.contains(*p)), "{pattern}");
                }
                Item::Disc { centre, radius, .. } => {
                    marks += 1;
                    assert!(area.grown(-radius).contains(centre), "{pattern}");
                }
                Item::Path { runs, fill: Some(fill), .. } if fill.colour == Colour::Shade(0x22, 0x22, 0x22) => {
                    marks += runs.len();
                    assert!(runs.iter().flatten().all(|p| area.contains(*p)), "{pattern}");
                }
                _ => {}
            }
        }
        assert!(marks > 5, "{pattern}: {marks} marks");
    }
}

#[test]
fn levels_are_written_on_their_curves_which_make_room() {
    let around = Range::new(-2.0, 2.0);
    let plot = ContourPlot {
        fill: false,
        levels: Levels::At(vec![-1.0, 1.0]),
        labels: Some(Lettering::default()),
        ..ContourPlot::new(plane("x"), around, around, Style::default())
    };
    let scene = scene(&Graphics::of(plot));
    let panel = &scene.panels[0];
    for (level, text) in [(-1.0, "−1"), (1.0, "1")] {
        let x = panel.plot_box.left + (level + 2.0) / 4.0 * panel.plot_box.width();
        let inside = |label: &Label| panel.plot_box.contains(Point::new(label.hull().left, label.hull().top));
        let own = labels(&scene).into_iter().find(|label| written(label) == text && inside(label));
        let hull = own.expect("the level is written").hull();
        assert!((0.5 * (hull.left + hull.right) - x).abs() < 3.0, "{text} stands on its curve");
        let curves = items(&scene).into_iter().filter_map(|item| match item {
            Item::Path { runs, clipped: true, .. } => Some(runs),
            _ => None,
        });
        let crossed = |p: &Point| hull.grown(-1.0).contains(*p);
        assert!(!curves.flatten().flatten().any(|p| crossed(&p)), "no curve under {text}");
    }
}

#[test]
fn an_arrow_along_a_path_ends_where_the_path_does() {
    let way = vec![vec![(0.0, 0.0), (0.0, 2.0), (2.0, 2.0)]];
    let scene = scene(&Graphics::of(Arrow { heads: (true, true), ..Arrow::along(way, Style::default()) }));
    let heads = areas(&scene, Colour::Series(0));
    let panel = &scene.panels[0];
    let [left, right, low, high] = panel.data;
    let pixel = |x: f64, y: f64| {
        let rect = &panel.plot_box;
        Point::new(
            rect.left + (x - left) / (right - left) * rect.width(),
            rect.bottom - (y - low) / (high - low) * rect.height(),
        )
    };
    let ends = [pixel(2.0, 2.0), pixel(0.0, 0.0)];
    assert_eq!(heads.len(), 2);
    for (head, end) in heads.iter().zip(ends) {
        let tip = head.iter().copied().min_by(|p, q| p.distance(end).total_cmp(&q.distance(end))).expect("corners");
        assert!(tip.distance(end) < 0.2, "{head:?} {end:?}");
    }
    // The path leaves upwards, so that the head at its tail points down.
    let tail = Rect::around(&heads[1]);
    assert!(tail.top < ends[1].y - 5.0 && (tail.bottom - ends[1].y).abs() < 0.2);
}

/// A line with a legend of that look.
fn with_legend(look: LegendLook) -> Graphics {
    let style = Style { legend: Some(MathText::plain("line")), ..Style::default() };
    let mut figure = Graphics::of(Line::new(vec![(0.0, 0.0), (1.0, 1.0)], style));
    figure.options.legend = look;
    figure
}

/// The sheets of a legend, and the length of its sample.
fn legend(look: LegendLook) -> (Vec<Vec<Point>>, f64) {
    let items = scene(&with_legend(look)).panels.remove(0).legend;
    let (mut sheets, mut sample) = (Vec::new(), 0.0);
    for item in items {
        match item {
            Item::Path { runs, fill: Some(_), .. } => sheets.extend(runs),
            Item::Path { runs, .. } => sample = run_length(&runs[0]),
            _ => {}
        }
    }
    (sheets, sample)
}

#[test]
fn a_legend_casts_its_shadow_to_the_lower_right() {
    let (plain, sample) = legend(LegendLook::default());
    assert_eq!((plain.len(), sample), (1, 28.0));
    let (sheets, _) = legend(LegendLook { shadow: Some(true), ..LegendLook::default() });
    let [shadow, sheet] = [0, 1].map(|k| Rect::around(&sheets[k]));
    assert!(shadow.left > sheet.left && shadow.bottom > sheet.bottom && shadow.meets(&sheet));
    let (round, _) = legend(LegendLook { rounded: Some(true), ..LegendLook::default() });
    assert!(round[0].len() > 12 && Rect::around(&round[0]) == Rect::around(&plain[0]));
    let (_, long) = legend(LegendLook { key: Some(5.0), ..LegendLook::default() });
    assert!((long - 65.0).abs() < 1e-9, "five times the size of the letters, not {long}");
}

#[test]
fn a_scale_of_colours_stands_beside_or_lies_below() {
    let around = Range::new(0.0, 1.0);
    let bar = |look: BarLook| {
        let plot = ContourPlot {
            levels: Levels::At(vec![0.0, 0.1, 1.0]),
            bar: Some(look),
            ..ContourPlot::new(plane("x"), around, around, Style::default())
        };
        let scene = scene(&Graphics::of(plot));
        let frame = scene.panels[0].plot_box;
        let texts: Vec<Label> = labels(&scene).into_iter().filter(|label| written(label) == "lv").collect();
        (frame, texts)
    };
    let format = || Some(std::rc::Rc::new(|_: f64| MathText::plain("lv")) as std::rc::Rc<dyn Fn(f64) -> MathText>);
    let (frame, texts) = bar(BarLook { format: format(), uniform: true, ..BarLook::default() });
    assert_eq!(texts.len(), 3);
    assert!(texts.iter().all(|label| label.origin.x > frame.right));
    let steps: Vec<f64> = texts.windows(2).map(|pair| pair[0].origin.y - pair[1].origin.y).collect();
    assert!((steps[0] - steps[1]).abs() < 1e-6 && steps[0] > 20.0, "{steps:?}");
    let (frame, texts) = bar(BarLook { format: format(), lying: true, ..BarLook::default() });
    assert!(!texts.is_empty() && texts.iter().all(|label| label.origin.y > frame.bottom + 20.0));
}

#[test]
fn contour_lines_are_seen_on_every_page() {
    let around = Range::new(-1.0, 1.0);
    for map in ["gray", "greys", "gray_r", "viridis", "hot", "binary"] {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            let plot = ContourPlot {
                fill: false,
                map: map.into(),
                levels: Levels::At(vec![-0.5, 0.0, 0.5]),
                ..ContourPlot::new(plane("x"), around, around, Style::default())
            };
            let mut figure = Graphics::of(plot);
            figure.options.theme = Some(theme);
            let page = theme.rgb(Colour::Page);
            for item in items(&scene(&figure)) {
                let Item::Path { stroke: Some(stroke), clipped: true, .. } = item else { continue };
                let (r, g, b) = theme.rgb(stroke.colour);
                let apart = [(r, page.0), (g, page.1), (b, page.2)].map(|(own, page)| own.abs_diff(page));
                assert!(apart.iter().any(|part| *part > 60), "{map} {theme:?} {:?}", stroke.colour);
            }
        }
    }
}
