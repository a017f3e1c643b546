//! Writing figures to files: only below the output folder.

use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use super::reading::BAD_PLOT;
use crate::builtin;
use crate::diagnostic::{Fault, FaultKind, Spanned, fault};
use crate::figure::scene::Scene;
use crate::figure::{FigureError, Graphics, GraphicsArray, render};
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::BAD_ARGUMENTS;
use crate::runtime::parameter::{Keywords, expected};
use crate::runtime::value::Value;

/// A figure that could not be written.
pub static NO_FIGURE_FILE: FaultKind = FaultKind {
    code: "no-figure-file",
    class: "OSError",
    title: "a figure could not be written to a file",
    explanation: "Figures are written below the output folder (`--out`, by default the current one), as .svg, .png or .pdf.",
    wrong: "plot(x^2).save('/tmp/parabola.svg')",
    right: "plot(x^2).save('parabola.svg')",
};

/// Keywords with their values.
pub type KeywordList = Vec<(Rc<str>, Spanned<Value>)>;

/// The kinds of files, by their endings.
#[cfg(feature = "pdf")]
const KINDS: &[&str] = &["svg", "png", "pdf"];
#[cfg(not(feature = "pdf"))]
const KINDS: &[&str] = &["svg", "png"];

/// What can be drawn on a page.
pub enum Picture<'a> {
    /// A figure.
    One(&'a Graphics),
    /// Several.
    Page(&'a GraphicsArray),
}

impl Picture<'_> {
    fn scene(&self, call: &mut Call<'_>) -> Result<(Scene, f64), Fault> {
        let budget = call.budget();
        let ((scene, notes), options) = match self {
            Picture::One(figure) => (figure.scene(budget)?, &figure.options),
            Picture::Page(page) => (page.scene(budget)?, &page.options),
        };
        if options.notes != Some(false) {
            notes.into_iter().for_each(|note| call.note("figure", note));
        }
        Ok((scene, options.dpi.unwrap_or(100.0)))
    }
}

/// The file name of `save`, and the keywords that are left.
///
/// # Errors
/// A missing name.
pub fn file_name(call: &Call<'_>, arguments: Arguments) -> Result<(Spanned<String>, KeywordList), Fault> {
    let mut keywords = arguments.keywords;
    let named = keywords.iter().position(|(name, _)| &**name == "filename").map(|at| keywords.remove(at).1);
    let Some(value) = arguments.positional.into_iter().next().or(named) else {
        return Err(call.fault(&BAD_ARGUMENTS, "save() missing 1 required positional argument: 'filename'"));
    };
    let Some(text) = value.value.as_str() else { return Err(expected("a file name", &value)) };
    Ok((Spanned::new(text.to_string(), value.span), keywords))
}

/// Writes a figure to a file named by its number, and tells the faces about it.
///
/// # Errors
/// When the file can't be written, or the budget runs out.
pub fn show(call: &mut Call<'_>, picture: &Picture<'_>) -> Result<Value, Fault> {
    let (scene, _) = picture.scene(call)?;
    let number = call.machine().next_figure();
    let path = call.machine().output_folder().join(format!("figure-{number}.svg"));
    write(call, path, render::svg::write(&scene).as_bytes())
}

/// Writes a figure to a file of that name below the output folder.
///
/// # Errors
/// A name outside of the folder or of unknown kind, a file that can't be written, an exhausted budget.
pub fn save(call: &mut Call<'_>, picture: &Picture<'_>, name: &Spanned<String>) -> Result<Value, Fault> {
    let path = place(call, name)?;
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("").to_ascii_lowercase();
    if !KINDS.contains(&extension.as_str()) {
        return Err(fault!(BAD_PLOT, name.span, "filename extension '.{extension}' is not supported")
            .hint(format!("figures are written as .{}", KINDS.join(" or ."))));
    }
    let (scene, dpi) = picture.scene(call)?;
    let bytes = match extension.as_str() {
        "svg" => render::svg::write(&scene).into_bytes(),
        #[cfg(feature = "pdf")]
        "pdf" => render::pdf::write(&scene),
        _ => render::png::paint(&scene, dpi).map_err(|message| painted(FigureError::Unpaintable(message), name))?,
    };
    write(call, path, &bytes).map_err(|fault| fault.or_at(name.span))
}

fn painted(error: FigureError, name: &Spanned<String>) -> Fault {
    match error {
        FigureError::Stopped(stopped) => Fault::from(stopped),
        FigureError::Unpaintable(message) => fault!(BAD_PLOT, name.span, "{message}"),
    }
}

/// Where a file of that name lies: below the output folder and nowhere else.
fn place(call: &mut Call<'_>, name: &Spanned<String>) -> Result<PathBuf, Fault> {
    let path = Path::new(&name.value);
    let inside = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if name.value.is_empty() || !inside {
        return Err(fault!(NO_FIGURE_FILE, name.span, "{:?} does not lie below the output folder", name.value)
            .hint("give a name relative to it; `--out DIR` chooses the folder"));
    }
    Ok(call.machine().output_folder().join(path))
}

fn write(call: &mut Call<'_>, path: PathBuf, bytes: &[u8]) -> Result<Value, Fault> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let written = folder.map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, bytes));
    if let Err(error) = written {
        return Err(call.fault(&NO_FIGURE_FILE, format!("cannot write {}: {error}", path.display())));
    }
    call.machine().add_figure(path);
    Ok(Value::None)
}

builtin! {
    /// Writes a figure to a file below the output folder; the name says the kind: `.svg`, `.png` or `.pdf`.
    ///
    /// Options are those of the page, and `dpi` for PNG.
    ///
    /// ```calc
    /// save(plot(x^2), '/tmp/parabola.svg')     # error: no-figure-file
    /// save(1, 'one.svg')                       # error: TypeError
    /// ```
    ///
    /// See also: `plot`, `show`.
    named "save";
    faults "no-figure-file";
    only function;
    fn save_figure(call, figure: Spanned<Value>, filename: Spanned<Value>, options: Keywords) -> Value {
        match &figure.value {
            Value::Object(object) if object.methods().contains(&"save") => {
                object.method(call, "save", Arguments { positional: vec![filename], keywords: options.0 })
            }
            _ => Err(expected("a figure", &figure)),
        }
    }
}
