//! The ranges of plots: `(x, 0, 1)`, `(0, 1)`, `0, 1`, or none.

use super::keys::Keys;
use super::reading::{self, BAD_PLOT};
use crate::diagnostic::{Fault, Span, Spanned, fault};
use crate::expr::{Expr, Symbol};
use crate::figure::function::Range;
use crate::runtime::parameter::expected;
use crate::runtime::value::{Value, as_expr};

/// The range of one variable.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// The variable, where it is named.
    pub variable: Option<Symbol>,
    /// From where to where, ascending.
    pub range: Range,
    /// Whether an end was written with pi.
    pub in_pi: bool,
    /// Where it stands.
    pub span: Span,
}

impl Stretch {
    /// A range that was not written down.
    pub fn silent(lo: f64, hi: f64) -> Stretch {
        Stretch { variable: None, range: Range::new(lo, hi), in_pi: false, span: Span::default() }
    }

    /// The range between two values.
    fn between(variable: Option<Symbol>, ends: [&Value; 2], span: Span) -> Result<Stretch, Fault> {
        let end = |value: &Value| reading::real(&Spanned::new(value.clone(), span));
        let unbounded = ends
            .iter()
            .filter_map(|end| as_expr(end))
            .any(|end| !end.is_constant() || matches!(end.kind(), crate::expr::Kind::Infinity(_)));
        if unbounded {
            return Err(fault!(BAD_PLOT, span, "the ends of a range must be finite numbers")
                .class_is("TypeError")
                .label("this is no such range")
                .hint("a range is (x, 0, 1), or (0, 1) for the only variable"));
        }
        let (a, b) = (end(ends[0])?, end(ends[1])?);
        if a == b {
            return Err(fault!(BAD_PLOT, span, "plot start point and end point must be different")
                .label("this range has no length"));
        }
        let in_pi = ends.iter().any(|end| as_expr(end).is_some_and(|end| end.has(&Expr::pi())));
        Ok(Stretch { variable, range: Range::new(a.min(b), a.max(b)), in_pi, span })
    }

    /// A range from one value: `(x, a, b)` or `(a, b)`.
    ///
    /// # Errors
    /// Anything else.
    pub fn take(value: &Spanned<Value>) -> Result<Stretch, Fault> {
        match reading::items(&value.value).as_deref() {
            Some([variable, a, b]) => {
                let symbol = symbol(variable)
                    .ok_or_else(|| fault!(BAD_PLOT, value.span, "a range begins with its variable, as in (x, 0, 1)"))?;
                Stretch::between(Some(symbol), [a, b], value.span)
            }
            Some([a, b]) => Stretch::between(None, [a, b], value.span),
            _ => Err(expected("a range such as (x, 0, 1)", value)),
        }
    }
}

/// The symbol that a value is.
pub fn symbol(value: &Value) -> Option<Symbol> {
    match value {
        Value::Expr(expr) => expr.as_symbol(),
        // The generator of a ring.
        Value::Object(object) => object.expression()?.as_symbol(),
        _ => None,
    }
}

/// The range of a curve out of the arguments behind the function; `default` when there is none.
///
/// # Errors
/// Arguments that are no range.
pub fn one(rest: &[Spanned<Value>], keys: &mut Keys, default: Range) -> Result<Stretch, Fault> {
    match rest {
        [] if keys.has("xmin") || keys.has("xmax") => from_keys(keys, default),
        [] => Ok(Stretch::silent(default.lo, default.hi)),
        [only] => Stretch::take(only),
        [a, b] => Stretch::between(None, [&a.value, &b.value], a.span.join(b.span)),
        [variable, a, b] => {
            let Some(symbol) = symbol(&variable.value) else { return Err(expected("a variable", variable)) };
            Stretch::between(Some(symbol), [&a.value, &b.value], a.span.join(b.span))
        }
        [_, _, _, extra, ..] => Err(fault!(BAD_PLOT, extra.span, "there are more arguments than a range has")
            .hint("several functions are drawn as a list: plot([f, g], (x, 0, 1))")),
    }
}

/// `xmin=, xmax=` where no range is written; they say the window as well.
fn from_keys(keys: &mut Keys, default: Range) -> Result<Stretch, Fault> {
    let mut end = |name: &'static str, otherwise: f64| {
        let value = keys.take(name);
        value.unwrap_or_else(|| Spanned::new(Value::Float(otherwise), Span::default()))
    };
    let (a, b) = (end("xmin", default.lo), end("xmax", default.hi));
    Stretch::between(None, [&a.value, &b.value], a.span.join(b.span))
}

/// The ranges of both variables of a plane plot.
///
/// # Errors
/// Arguments that are no two ranges.
pub fn two(rest: &[Spanned<Value>], call_span: Span) -> Result<[Stretch; 2], Fault> {
    match rest {
        [x, y] => Ok([Stretch::take(x)?, Stretch::take(y)?]),
        [_, _, extra, ..] => Err(fault!(BAD_PLOT, extra.span, "there are more arguments than two ranges")),
        _ => Err(fault!(BAD_PLOT, call_span, "two ranges are needed, one for each variable")
            .class_is("TypeError")
            .hint("it is called as implicit_plot(f, (x, -1, 1), (y, -1, 1))")),
    }
}
