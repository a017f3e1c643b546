//! Files that scripts write: the same bytes on every run, and pages that hold what the script showed.
#![cfg(feature = "pdf")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const SCRIPT: &str = "
var('y')
a = plot([sin(x)/x, floor(x), 1/x], (x, -3, 3), legend_label=['a', 'b', 'c'], title='three')
b = implicit_plot(x^3 + y^3 == 3*x*y, (x, -3, 3), (y, -3, 3)) + text('$x^2$', (1, 1))
for kind in ['svg', 'png', 'pdf', 'html']:
    a.save('a.' + kind)
    b.save('b.' + kind)
film = animate([plot(sin(x + k), (x, 0, 6)) for k in range(3)])
for kind in ['gif', 'svg', 'html']:
    film.save('film.' + kind)
@interact
def f(n=(1, 3), shift=False, color=['red', 'blue']):
    print('degree', n, shift)
    show(x^n)
    plot(x^n + shift, (x, 0, 1), color=color).show()
";

/// The files that a script writes.
fn written(name: &str, script: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = &std::env::temp_dir().join(format!("secant-{name}-{}", std::process::id()));
    // Nothing of an earlier run may be left.
    let _ = std::fs::remove_dir_all(folder);
    let done = Command::new(env!("CARGO_BIN_EXE_secant"))
        .args(["--out", folder.to_str().expect("the path is a text"), "-c", script])
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let files = std::fs::read_dir(folder).expect("the folder was made").map(|entry| entry.expect("it is there").path());
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let files = files.map(|path| (name(&path), std::fs::read(&path).expect("it can be read"))).collect();
    let _ = std::fs::remove_dir_all(folder);
    files
}

#[test]
fn the_same_script_gives_the_same_bytes() {
    let (first, second) = (written("figures", SCRIPT), written("figures", SCRIPT));
    let names: Vec<&str> = first.keys().map(String::as_str).collect();
    assert_eq!(names.len(), 13, "{names:?}");
    for (name, bytes) in &first {
        assert!(!bytes.is_empty() && second.get(name) == Some(bytes), "{name} differs");
    }
    let page = String::from_utf8_lossy(&first["figure-2.html"]);
    let expected = ["degree 1 False", "degree 3 True", r"\u003cmath", r#""kind":"check""#, r#""kind":"slider""#];
    for part in expected {
        assert!(page.contains(part), "the page has no {part}");
    }
    // Names of markup languages are no addresses.
    assert_eq!(page.matches("http").count(), page.matches("http://www.w3.org").count());
}

/// Figures, and options each of which changes them; `#` stands for the options.
const OPTIONS: &[(&str, &[&str])] = &[
    (
        "line([(0, 0), (1, 2), (2, 1)], marker='o'#)",
        &[
            "axes=False",
            "frame=True",
            "axes_labels=['a', 'b']",
            "axes_labels=['a', 'b'], axes_labels_size=4",
            "gridlines=True",
            "gridlines='minor'",
            "ticks=[[1, 2], [1]]",
            "ticks=[[sqrt(2)], None], tick_formatter='latex'",
            "ticks=[e/2, None], tick_formatter=e",
            "ticks_integer=True",
            "aspect_ratio=1",
            "figsize=4",
            "fontsize=20",
            "title='T'",
            "title='T', title_pos=(0.5, 0.5)",
            "transparent=True",
            "flip_x=True",
            "flip_y=True",
            "axes_pad=0.2",
            "axes_pad=0",
            "theme='dark'",
            "xmin=-3",
            "ymax=7",
            "markersize=20",
            "markeredgecolor='red'",
            "markeredgewidth=5",
            "markerfacecolor='yellow'",
            "linestyle='steps'",
            "linestyle='steps-mid--'",
            "linestyle='steps-post:'",
        ],
    ),
    (
        "line([(0, 0), (1, 2), (2, 1)], marker='o', legend_label='a'#)",
        &[
            "legend_loc='lower left'",
            "legend_back_color='yellow'",
            "legend_borderpad=2",
            "legend_borderaxespad=3",
            "legend_fancybox=True",
            "legend_font_size='x-large'",
            "legend_font_style='italic'",
            "legend_font_weight='bold'",
            "legend_handlelength=5",
            "legend_handletextpad=3",
            "legend_labelspacing=2",
            "legend_markerscale=3",
            "legend_numpoints=4",
            "legend_shadow=True",
            "legend_title='T'",
            "show_legend=False",
            "legend_color='red'",
            "legend_options={'title': 'T'}",
        ],
    ),
    ("point([(0, 0), (1, 2)]#)", &["size=50", "faceted=True", "marker='s'", "alpha=0.3", "hue=0.4"]),
    (
        "circle((1, 1), 2, fill=True#)",
        &["thickness=4", "linestyle='--'", "edgecolor='red'", "facecolor='red'", "xmin=0, clip=False"],
    ),
    ("polygon([(0, 0), (1, 2), (2, 1)]#)", &["thickness=4", "edgecolor='red'", "fill=False"]),
    (
        "text('abc', (1, 1)#)",
        &[
            "fontsize='smaller'",
            "fontstyle='italic'",
            "fontweight='bold'",
            "bounding_box={'boxstyle': 'round', 'fc': 'w'}",
            "bounding_box={'boxstyle': 'rarrow,pad=0.5', 'lw': 3}",
            "rotation='vertical'",
            "horizontal_alignment='left'",
        ],
    ),
    (
        "matrix_plot([[1, 2], [3, 4]], colorbar=True#)",
        &[
            "cmap='hot'",
            "colorbar_orientation='horizontal'",
            "colorbar_format='%.3f'",
            "colorbar_options={'format': '%.4f'}",
            "vmin=0",
            "flip_y=False",
            "axes=True",
            "subdivisions=True, subdivision_options={'boundaries': [1]}",
        ],
    ),
    (
        "contour_plot(x, (x, -1, 1), (y, -1, 1), contours=[0, 0.1, 0.5], colorbar=True#)",
        &["colorbar_spacing='uniform'", "fill=False", "linewidths=3", "linestyles='--'", "region=x", "labels=True"],
    ),
];

#[test]
fn no_option_is_passed_over() {
    let mut script = String::from("y = var('y')\n");
    let mut save = |call: &str, name: &str, options: &str| {
        let options = if options.is_empty() { String::new() } else { format!(", {options}") };
        script += &format!("{}.save('{name}.svg')\n", call.replace('#', &options));
    };
    for (k, (call, all)) in OPTIONS.iter().enumerate() {
        save(call, &format!("{k}"), "");
        all.iter().enumerate().for_each(|(j, options)| save(call, &format!("{k}-{j}"), options));
    }
    let files = written("options", &script);
    for (k, (call, all)) in OPTIONS.iter().enumerate() {
        for (j, options) in all.iter().enumerate() {
            assert!(files[&format!("{k}.svg")] != files[&format!("{k}-{j}.svg")], "{call} with {options}");
        }
    }
}

#[test]
fn an_order_of_its_own_puts_a_shape_over_or_under_others() {
    let script = "
line([(0, 0), (1, 1)], color='red').save('line.svg')
for z in [1, 9]:
    (circle((0, 0), 1, fill=True, color='blue', zorder=z) + line([(0, 0), (1, 1)], color='red')).save(str(z) + '.svg')
";
    let files = written("order", script);
    let place = |file: &str, colour: &str| String::from_utf8_lossy(&files[file]).find(colour).expect("it is drawn");
    assert!(place("1.svg", "#0000ff") < place("1.svg", "#ff0000"));
    assert!(place("9.svg", "#0000ff") > place("9.svg", "#ff0000"));
}
