//! Keyword options, taken one after another by whoever knows them; what nobody took is unknown.

use std::rc::Rc;

use super::reading;
use crate::diagnostic::{Fault, FaultKind, Spanned, fault, nearest};
use crate::runtime::call::Call;
use crate::runtime::parameter::{Keywords, expected};
use crate::runtime::value::Value;

/// A keyword that a plot command does not know.
pub static UNKNOWN_OPTION: FaultKind = FaultKind {
    code: "unknown-option",
    class: "RuntimeError",
    title: "a plot command does not know an option",
    explanation: "Options are keywords such as `color='red'` or `thickness=2`. Their names are Sage's; a misspelt one is not passed over in silence.",
    wrong: "plot(x^2, (x, 0, 1), colour='red')",
    right: "plot(x^2, (x, 0, 1), color='red')",
};

/// Options that may also come as one dictionary: `legend_options={'loc': 'best'}` is `legend_loc='best'`.
const BUNDLES: &[&str] = &["legend", "colorbar", "label", "subdivision"];

/// The options of one call that are still to be read.
pub struct Keys {
    left: Vec<(Rc<str>, Spanned<Value>)>,
    known: Vec<&'static str>,
}

impl Keys {
    /// All keywords of a call; dictionaries of options are taken apart.
    pub fn new(keywords: Keywords) -> Keys {
        let mut left = Vec::with_capacity(keywords.0.len());
        for (name, value) in keywords.0 {
            let bundle = name.strip_suffix("_options").filter(|prefix| BUNDLES.contains(prefix));
            let (Some(prefix), Value::Dict(dict)) = (bundle, &value.value) else {
                left.push((name, value));
                continue;
            };
            let named = |(key, own): (&Value, &Value)| {
                Some((Rc::from(format!("{prefix}_{}", key.as_str()?)), Spanned::new(own.clone(), value.span)))
            };
            left.extend(dict.borrow().iter().filter_map(named));
        }
        Keys { left, known: Vec::new() }
    }

    /// Takes an option; `None` counts as not given.
    pub fn take(&mut self, name: &'static str) -> Option<Spanned<Value>> {
        self.known.push(name);
        let at = self.left.iter().position(|(own, _)| **own == *name)?;
        Some(self.left.remove(at).1).filter(|value| !value.value.is_none())
    }

    /// Takes an option that goes by several names; the first that was given counts, the others are passed over.
    pub fn take_any(&mut self, names: &[&'static str]) -> Option<Spanned<Value>> {
        let mut taken = names.iter().map(|name| self.take(name)).collect::<Vec<_>>().into_iter();
        taken.find_map(|value| value)
    }

    /// An option that is taken later.
    pub fn peek(&self, name: &str) -> Option<&Spanned<Value>> {
        self.left.iter().find(|(own, _)| **own == *name).map(|(_, value)| value)
    }

    /// Says something else for an option that was given.
    pub fn put(&mut self, name: &str, value: Value) {
        self.left.iter_mut().filter(|(own, _)| **own == *name).for_each(|(_, own)| own.value = value.clone());
    }

    /// Whether an option was given and not taken yet.
    pub fn has(&self, name: &str) -> bool {
        self.left.iter().any(|(own, value)| **own == *name && !value.value.is_none())
    }

    /// Takes options that are accepted without effect.
    pub fn pass_over(&mut self, names: &[&'static str]) {
        for name in names {
            self.take(name);
        }
    }

    /// A number.
    ///
    /// # Errors
    /// A value of another kind.
    pub fn real(&mut self, name: &'static str) -> Result<Option<f64>, Fault> {
        self.take(name).map(|value| reading::real(&value)).transpose()
    }

    /// True or false.
    ///
    /// # Errors
    /// A value whose truth is undecided.
    pub fn flag(&mut self, name: &'static str, call: &mut Call<'_>) -> Result<Option<bool>, Fault> {
        self.take(name).map(|value| call.truth(&value.value).map_err(|fault| fault.or_at(value.span))).transpose()
    }

    /// A natural number.
    ///
    /// # Errors
    /// Anything else.
    pub fn count(&mut self, name: &'static str) -> Result<Option<usize>, Fault> {
        let Some(value) = self.take(name) else { return Ok(None) };
        let count = value.value.to_integer().and_then(|integer| integer.to_usize());
        count.map(Some).ok_or_else(|| expected("a natural number", &value))
    }

    /// One of several words.
    ///
    /// # Errors
    /// Another word, or no text.
    pub fn word<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&str) -> Option<T>,
        words: &[&str],
    ) -> Result<Option<T>, Fault> {
        let Some(value) = self.take(name) else { return Ok(None) };
        choose(&value, name, read, words).map(Some)
    }

    /// The options that nobody took yet, as keywords.
    pub fn into_left(self) -> Keywords {
        Keywords(self.left)
    }

    /// Checks that every option was known.
    ///
    /// # Errors
    /// The first one that was not, with the nearest name.
    pub fn finish(self, call: &Call<'_>) -> Result<(), Fault> {
        let Some((name, value)) = self.left.first() else { return Ok(()) };
        let function = call.name();
        let fault = fault!(UNKNOWN_OPTION, value.span, "{function}() has no option '{name}'");
        let near = synonym(name).filter(|near| self.known.contains(near));
        Err(match near.or_else(|| nearest(name, self.known.iter().copied())) {
            Some(near) => fault.hint(format!("did you mean `{near}=`?")),
            None => fault.hint(format!("help({function}) lists the options")),
        })
    }
}

/// A text that must be one of several words.
///
/// # Errors
/// Another word, or no text.
pub fn choose<T>(
    value: &Spanned<Value>,
    option: &str,
    read: impl Fn(&str) -> Option<T>,
    words: &[&str],
) -> Result<T, Fault> {
    let Some(text) = value.value.as_str() else { return Err(expected("a text", value)) };
    if let Some(found) = read(text) {
        return Ok(found);
    }
    let fault = fault!(reading::BAD_PLOT, value.span, "{option}={text:?} is not known");
    Err(match nearest(text, words.iter().copied()) {
        Some(near) => fault.hint(format!("did you mean '{near}'?")),
        None => fault.hint(format!("it may be {}", quoted(words))),
    })
}

fn quoted(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    words.join(", ")
}

/// What other programs call an option.
fn synonym(name: &str) -> Option<&'static str> {
    Some(match name {
        "colour" | "c" | "col" => "color",
        "lw" | "width" | "line_width" => "thickness",
        "ls" | "style" | "dash" => "linestyle",
        "label" | "legend" => "legend_label",
        "xlabel" | "ylabel" | "labels" => "axes_labels",
        "grid" => "gridlines",
        "opacity" => "alpha",
        "samples" | "points" | "numpoints" => "plot_points",
        "xlim" | "xrange" => "xmin",
        "ylim" | "yrange" => "ymin",
        "loc" => "legend_loc",
        "aspect" | "scaling" => "aspect_ratio",
        "s" | "pointsize" => "size",
        _ => return None,
    })
}
