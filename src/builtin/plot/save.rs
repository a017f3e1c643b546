//! Writing figures to files: only below the output folder.

use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use super::film::Film;
use super::reading::BAD_PLOT;
use super::value::{Figure, Panels};
use crate::builtin;
use crate::diagnostic::{Fault, FaultKind, Span, Spanned, fault};
use crate::figure::animation::Animation;
use crate::figure::options::Options;
use crate::figure::render::page::{Page, Piece};
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
    explanation: "Figures are written below the output folder (`--out`, by default the current one), as .svg, .png, .pdf or .html; animations as .gif, .svg or .html.",
    wrong: "plot(x^2).save('/tmp/parabola.svg')",
    right: "plot(x^2).save('parabola.svg')",
};

/// Keywords with their values.
pub type KeywordList = Vec<(Rc<str>, Spanned<Value>)>;

/// The kinds of files of a figure, by their endings.
#[cfg(feature = "pdf")]
const KINDS: &[&str] = &["svg", "png", "pdf", "html"];
#[cfg(not(feature = "pdf"))]
const KINDS: &[&str] = &["svg", "png", "html"];
/// Those of an animation.
const MOVING: &[&str] = &["gif", "svg", "html"];

/// How much finer than printed the curves of a page are, and those of one with many frames.
const FINEST: f64 = 16.0;
/// See above.
pub const FRAME_FINEST: f64 = 4.0;

/// What can be drawn on a page.
pub enum Picture<'a> {
    /// A figure.
    One(&'a Graphics),
    /// Several.
    Page(&'a GraphicsArray),
    /// One after another.
    Film(&'a Animation),
}

impl Picture<'_> {
    fn options(&self) -> &Options {
        match self {
            Picture::One(figure) => &figure.options,
            Picture::Page(page) => &page.options,
            Picture::Film(film) => &film.options,
        }
    }

    /// The picture as a value.
    fn value(&self) -> Value {
        match self {
            Picture::One(figure) => Figure::value((*figure).clone()),
            Picture::Page(page) => Panels::value((*page).clone()),
            Picture::Film(film) => Film::value((*film).clone(), Vec::new()),
        }
    }

    fn kinds(&self) -> &'static [&'static str] {
        if matches!(self, Picture::Film(_)) { MOVING } else { KINDS }
    }

    /// The kind of file that `show` writes.
    fn usual_kind(&self) -> &'static str {
        if matches!(self, Picture::Film(_)) { "gif" } else { "svg" }
    }

    /// What is drawn, every frame of it.
    fn scenes(&self, call: &mut Call<'_>) -> Result<Vec<Scene>, Fault> {
        let budget = call.budget();
        let progress = budget.progress();
        let (scenes, notes) = match self {
            Picture::One(figure) => figure.scene(budget).map(|(scene, notes)| (vec![scene], notes))?,
            Picture::Page(page) => page.scene(budget).map(|(scene, notes)| (vec![scene], notes))?,
            Picture::Film(film) => film.scenes(budget)?,
        };
        drop(progress);
        if self.options().notes != Some(false) {
            notes.into_iter().for_each(|note| call.note("figure", note));
        }
        Ok(scenes)
    }

    /// The file of that kind.
    fn file(&self, kind: &str, scenes: &[Scene], call: &mut Call<'_>, span: Span) -> Result<Vec<u8>, Fault> {
        if kind == "html" {
            return self.page(scenes, call);
        }
        let dpi = self.options().dpi.unwrap_or(100.0);
        let unpainted = |message| painted(FigureError::Unpaintable(message), span);
        match (self, scenes) {
            (Picture::Film(film), scenes) if kind == "gif" => {
                render::gif::write(scenes, film.timing, dpi, call.budget()).map_err(|error| painted(error, span))
            }
            (Picture::Film(film), scenes) => Ok(render::moving::write(scenes, film.timing).into_bytes()),
            (_, [scene]) => match kind {
                #[cfg(feature = "pdf")]
                "pdf" => Ok(render::pdf::write(scene)),
                "png" => render::png::paint(scene, dpi).map_err(unpainted),
                _ => Ok(render::svg::write(scene).into_bytes()),
            },
            _ => Err(unpainted("there is nothing to draw".to_string())),
        }
    }

    /// The interactive page; `scenes` are the frames as they are printed.
    fn page(&self, scenes: &[Scene], call: &mut Call<'_>) -> Result<Vec<u8>, Fault> {
        let budget = call.budget();
        let mut page = Page::default();
        page.printed = scenes.first().map(render::svg::write).unwrap_or_default();
        let lives = match self {
            Picture::One(figure) => vec![figure.live(FINEST, budget)?],
            Picture::Page(several) => vec![several.live(FINEST, budget)?],
            Picture::Film(film) => {
                page.timing = Some(film.timing);
                film.aligned().iter().map(|frame| frame.live(FRAME_FINEST, budget)).collect::<Result<_, _>>()?
            }
        };
        for (live, notes) in &lives {
            let number = page.add(live);
            page.frames.push(vec![Piece::Figure(number)]);
            page.notes.extend(notes.iter().filter(|note| !page.notes.contains(note)).cloned().collect::<Vec<_>>());
        }
        Ok(page.write().into_bytes())
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
    if call.machine().is_collecting() {
        call.machine().collect_shown(picture.value());
        return Ok(Value::None);
    }
    let kind = picture.usual_kind();
    let scenes = picture.scenes(call)?;
    let bytes = picture.file(kind, &scenes, call, call.span())?;
    scenes.first().into_iter().for_each(|scene| call.machine().keep_scene(scene));
    let number = call.machine().next_figure();
    let path = call.machine().output_folder().join(format!("figure-{number}.{kind}"));
    write(call, path, &bytes)
}

/// Writes a figure to a file of that name below the output folder.
///
/// # Errors
/// A name outside of the folder or of unknown kind, a file that can't be written, an exhausted budget.
pub fn save(call: &mut Call<'_>, picture: &Picture<'_>, name: &Spanned<String>) -> Result<Value, Fault> {
    let path = place(call, name)?;
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("").to_ascii_lowercase();
    let kinds = picture.kinds();
    if !kinds.contains(&extension.as_str()) {
        return Err(fault!(BAD_PLOT, name.span, "filename extension '.{extension}' is not supported")
            .hint(format!("it is written as .{}", kinds.join(" or ."))));
    }
    if call.machine().is_collecting() {
        // Frames of a page are computed for it alone.
        return Ok(Value::None);
    }
    let scenes = picture.scenes(call)?;
    let bytes = picture.file(&extension, &scenes, call, name.span)?;
    write(call, path, &bytes).map_err(|fault| fault.or_at(name.span))
}

fn painted(error: FigureError, span: Span) -> Fault {
    match error {
        FigureError::Stopped(stopped) => Fault::from(stopped),
        FigureError::Unpaintable(message) => fault!(BAD_PLOT, span, "{message}"),
    }
}

/// Where a file of that name lies: below the output folder and nowhere else.
///
/// # Errors
/// A name that leads elsewhere.
pub fn place(call: &mut Call<'_>, name: &Spanned<String>) -> Result<PathBuf, Fault> {
    let path = Path::new(&name.value);
    let inside = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if name.value.is_empty() || !inside {
        return Err(fault!(NO_FIGURE_FILE, name.span, "{:?} does not lie below the output folder", name.value)
            .hint("give a name relative to it; `--out DIR` chooses the folder"));
    }
    Ok(call.machine().output_folder().join(path))
}

/// Writes a file and tells the faces about it.
///
/// # Errors
/// When it can't be written.
pub fn write(call: &mut Call<'_>, path: PathBuf, bytes: &[u8]) -> Result<Value, Fault> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let written = folder.map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, bytes));
    if let Err(error) = written {
        return Err(call.fault(&NO_FIGURE_FILE, format!("cannot write {}: {error}", path.display())));
    }
    call.machine().add_figure(path);
    Ok(Value::None)
}

builtin! {
    /// Writes a figure to a file below the output folder; the name says the kind: `.svg`, `.png`, `.pdf`, or `.html`
    /// for a page to pan, zoom and trace in; `.gif`, `.svg` or `.html` for an animation.
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
