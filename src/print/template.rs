//! Templates of a call, as the records of functions hold them: `#1` is an argument, `#^1` one as the base of a power.

use crate::expr::Expr;

use super::shape::side_sign;
use super::walk::{Level, Sheet};

/// The template, of those on lines of their own, that speaks of this many arguments.
pub(super) fn choose(templates: &'static str, arguments: usize) -> Option<&'static str> {
    templates.lines().find(|template| template.contains('#') && highest(template) == arguments)
}

/// The highest argument that a template speaks of.
fn highest(template: &'static str) -> usize {
    parts(template).filter_map(|part| part.argument).map(|(number, _)| number).max().unwrap_or(0)
}

/// An argument and the text after it.
struct Part {
    /// The number of the argument, and whether it is the base of a power; `None` before the first one.
    argument: Option<(usize, bool)>,
    text: &'static str,
}

fn parts(template: &'static str) -> impl Iterator<Item = Part> {
    template.split('#').enumerate().map(|(index, piece)| {
        if index == 0 {
            return Part { argument: None, text: piece };
        }
        let (base, rest) = piece.strip_prefix('^').map_or((false, piece), |rest| (true, rest));
        let number = rest.chars().next().and_then(|digit| digit.to_digit(10)).unwrap_or(0) as usize;
        Part { argument: Some((number, base)), text: rest.get(1..).unwrap_or("") }
    })
}

/// Fills a template in; `lay_out_operand` is told whether an exponent follows. The side of a limit becomes its sign.
pub(super) fn lay_out(
    template: &'static str,
    arguments: &[Expr],
    lay_out_operand: fn(&Expr, bool, &mut Sheet),
    sheet: &mut Sheet,
) {
    for part in parts(template) {
        let found = part.argument.and_then(|(number, base)| Some((arguments.get(number.checked_sub(1)?)?, base)));
        match found {
            Some((argument, true)) => lay_out_operand(argument, part.text.starts_with('^'), sheet),
            Some((argument, false)) => match side_sign(argument) {
                "" => sheet.expr(argument, Level::Free),
                side => sheet.text(side),
            },
            None => {}
        }
        sheet.text(part.text);
    }
}
