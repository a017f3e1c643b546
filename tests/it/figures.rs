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

/// The files that the script writes.
fn written(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    // Nothing of an earlier run may be left.
    let _ = std::fs::remove_dir_all(folder);
    let done = Command::new(env!("CARGO_BIN_EXE_secant"))
        .args(["--out", folder.to_str().expect("the path is a text"), "-c", SCRIPT])
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
    let folder = std::env::temp_dir().join(format!("secant-figures-{}", std::process::id()));
    let (first, second) = (written(&folder), written(&folder));
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
