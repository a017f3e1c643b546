//! The door: text in, tree and faults out.

use crate::diagnostic::{Fault, FaultKind};

use super::ast::*;
use super::build::{Builder, docstring};
use super::grammar::ModuleParser;
use super::layout::{Layout, Lexed, layout, layout_inline};
use super::{beside, call, character, context, explain, format_text, indent, layout as lines, literal, slip, target};
use crate::sorting;

/// Reads a whole text.
///
/// Every fault lies inside a [`StmtKind::Invalid`] statement of the module's top level, which knows its number; all
/// other statements are sound and can be run.
///
/// ```
/// use secant::syntax::parse;
/// let (module, faults) = parse("x = 2\ny = 2x\nz = 3\n");
/// assert_eq!(module.body.len(), 3);
/// assert_eq!(faults[0].code(), "forgotten-times");
/// ```
pub fn parse(source: &str) -> (Module, Vec<Fault>) {
    let lines = layout(source, 0);
    let builder = Builder::new(source, &lines.tokens);
    let mut body = run(&builder, &lines.tokens);
    let faults = sorted(&lines, builder.finish(), source);
    mark_invalid(&mut body, &faults, source);
    let docstring = docstring(&body);
    (Module { body, docstring, comments: lines.comments }, faults)
}

/// Every kind of fault that parsing can tell.
pub fn faults() -> impl Iterator<Item = &'static FaultKind> {
    let rooms: [&[&FaultKind]; 11] = [
        slip::FAULTS,
        beside::FAULTS,
        explain::FAULTS,
        target::FAULTS,
        call::FAULTS,
        context::FAULTS,
        indent::FAULTS,
        lines::FAULTS,
        character::FAULTS,
        literal::FAULTS,
        format_text::FAULTS,
    ];
    rooms.into_iter().flatten().copied()
}

/// Reads the expression of an f-string's field, which stands at byte `base`. `None` if it is no single expression;
/// then, too, its own faults are told to `outer`.
pub(super) fn parse_field(outer: &Builder<'_>, text: &str, base: usize) -> Option<Expr> {
    let lines = layout_inline(text, base);
    let inner = Builder::new(outer.source, &lines.tokens);
    let mut body = run(&inner, &lines.tokens);
    let told = !lines.faults.is_empty() || inner.has_faults();
    for fault in lines.faults {
        outer.tell(fault);
    }
    outer.absorb(inner);
    match (body.pop(), body.is_empty()) {
        (Some(Stmt { kind: StmtKind::Expression(value), .. }), true) => Some(value),
        _ if told => Some(outer.invalid_expr(base, base + text.len())),
        _ => None,
    }
}

fn run<'s>(builder: &Builder<'s>, tokens: &[Lexed<'s>]) -> Vec<Stmt> {
    match ModuleParser::new().parse(builder, tokens.iter().copied().map(Ok::<_, ()>)) {
        Ok(body) => body,
        Err(error) => {
            if let Some(fault) = builder.explain(&error) {
                builder.tell(fault);
            }
            Vec::new()
        }
    }
}

/// The faults of both layers in the order of their places. What the grammar says of text that an unclosed bracket
/// swallowed is left out, because the bracket explains it; so is a missing `:` or block of a line that is
/// faulty otherwise.
fn sorted(lines: &Layout<'_>, told: Vec<Fault>, source: &str) -> Vec<Fault> {
    let swallowed = |fault: &Fault| {
        lines.swallowed.iter().any(|span| span.start < fault.span().start && fault.span().start <= span.end)
    };
    let mut told: Vec<Fault> = told.into_iter().filter(|fault| !swallowed(fault)).collect();
    sorting::sort_by_key(&mut told, Fault::span);
    let explained = |fault: &Fault| {
        let before = told.partition_point(|other| other.span().start <= fault.span().start);
        let last = before.checked_sub(1).and_then(|index| told.get(index));
        matches!(fault.code(), "missing-colon" | "missing-block")
            && last.is_some_and(|last| same_line(source, last.span().start, fault.span().start))
    };
    let mut faults: Vec<Fault> = lines.faults.iter().filter(|fault| !explained(fault)).cloned().collect();
    faults.extend(told);
    sorting::sort_by_key(&mut faults, Fault::span);
    faults.dedup_by(|later, first| later.span() == first.span() && later.code() == first.code());
    faults
}

/// Marks the statements of the top level that have faults; a fault outside of all gets a statement for its line.
fn mark_invalid(body: &mut Vec<Stmt>, faults: &[Fault], source: &str) {
    let mut told: Vec<Vec<usize>> = vec![Vec::new(); body.len()];
    let mut orphans: Vec<(usize, usize)> = Vec::new();
    for (number, fault) in faults.iter().enumerate() {
        let at = fault.span().start;
        let index = body.partition_point(|statement| statement.span.end < at);
        // A fault of the margin or of the line's end may stand just outside of its statement.
        let near = body
            .get(index)
            .filter(|statement| same_line(source, at, statement.span.start) || statement.span.start <= at);
        match near {
            Some(_) => told[index].push(number),
            None if index > 0 && same_line(source, body[index - 1].span.end, at) => told[index - 1].push(number),
            None => orphans.push((index, number)),
        }
    }
    for (statement, told) in body.iter_mut().zip(told) {
        if !told.is_empty() || matches!(statement.kind, StmtKind::Invalid(_)) {
            statement.kind = StmtKind::Invalid(told);
        }
    }
    for (index, number) in orphans.into_iter().rev() {
        let span = faults[number].span();
        body.insert(index, Stmt { kind: StmtKind::Invalid(vec![number]), span });
    }
}

/// Whether no line ends between two offsets.
fn same_line(source: &str, from: u32, to: u32) -> bool {
    let (from, to) = (from.min(to) as usize, from.max(to) as usize);
    source.get(from..to).is_some_and(|between| !between.contains('\n'))
}
