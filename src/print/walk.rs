//! The walker: turns an expression into text, a dialect saying how each node is laid out.
//!
//! The stack holds what is still to be written, the next piece on top. A dialect never recurses: it puts the children
//! of a node on the sheet as pieces and the walker comes back for them.

use std::borrow::Cow;

use crate::expr::{Expr, Kind, printed_term};
use crate::number::sorting;

use super::number;

/// How tightly the surroundings bind: a node that binds no tighter is put in parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Level {
    /// Nothing around, or parentheses already.
    Free,
    /// A side of a relation.
    Relation,
    /// A term of a sum.
    Sum,
    /// A factor of a product.
    Product,
    /// Base or exponent of a power.
    Power,
}

/// Something still to be written.
pub(super) enum Piece {
    /// Text as it stands.
    Text(Cow<'static, str>),
    /// An expression in its surroundings.
    Expr(Expr, Level),
    /// An expression without its leading minus sign, which has been written already.
    Unsigned(Expr, Level),
    /// The terms of a sum from one on: a long sum is taken apart as it is written.
    Terms(TermsLeft),
    /// Here begins what `CloseGuard` judges.
    OpenGuard,
    /// Puts what was written since `OpenGuard` in these parentheses if it is more than one word.
    CloseGuard(&'static str, &'static str),
}

/// The row of pieces that one node is laid out as.
pub(super) struct Sheet {
    pieces: Vec<Piece>,
    /// Called between pieces of work; may unwind.
    step: fn(),
}

impl Sheet {
    /// Adds text.
    pub(super) fn text(&mut self, text: impl Into<Cow<'static, str>>) {
        self.pieces.push(Piece::Text(text.into()));
    }

    /// Adds an expression.
    pub(super) fn expr(&mut self, expr: &Expr, level: Level) {
        self.pieces.push(Piece::Expr(expr.clone(), level));
    }

    /// Adds a piece.
    pub(super) fn push(&mut self, piece: Piece) {
        self.pieces.push(piece);
    }

    /// Adds expressions with a separator between them.
    pub(super) fn list(&mut self, items: &[Expr], level: Level, separator: &'static str) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.text(separator);
            }
            self.expr(item, level);
        }
    }

    /// Adds the terms of a sum with their signs, the numeric constant last.
    pub(super) fn terms(&mut self, sum: &Expr, plus: &'static str, minus: &'static str) {
        self.push(Piece::Terms(TermsLeft { sum: sum.clone(), next: 0, plus, minus }));
    }
}

/// What is still to be written of a sum.
pub(super) struct TermsLeft {
    sum: Expr,
    next: usize,
    plus: &'static str,
    minus: &'static str,
}

impl TermsLeft {
    /// Adds the next term and what is left then.
    fn lay_out(mut self, sheet: &mut Sheet) {
        let Kind::Sum(sum) = self.sum.kind() else { return };
        let term = match printed_term(sum, self.next, sheet.step) {
            Some(term) => term.to_expr(),
            None if self.next == sum.terms().len() && !sum.constant().is_zero() => Expr::number(sum.constant().clone()),
            None => return,
        };
        let level = if term.as_number().is_some() { Level::Free } else { Level::Sum };
        if self.next == 0 {
            sheet.expr(&term, level);
        } else if begins_with_minus(&term) {
            sheet.text(self.minus);
            sheet.push(Piece::Unsigned(term, level));
        } else {
            sheet.text(self.plus);
            sheet.expr(&term, level);
        }
        self.next += 1;
        sheet.push(Piece::Terms(self));
    }
}

/// Does the printed expression begin with a minus sign?
pub(super) fn begins_with_minus(expr: &Expr) -> bool {
    match expr.kind() {
        Kind::Number(number) => number::begins_with_minus(number),
        Kind::Product(product) => number::begins_with_minus(product.coefficient()),
        _ => false,
    }
}

/// A notation: how each node is laid out.
pub(super) trait Dialect {
    /// Lays out one node; `unsigned` leaves out its leading minus sign.
    fn lay_out(&self, expr: &Expr, level: Level, unsigned: bool, sheet: &mut Sheet);
}

/// Writes an expression in a dialect.
pub(super) fn print(dialect: &impl Dialect, expr: &Expr) -> String {
    print_in_steps(dialect, expr, || ())
}

/// The same; `step` is called between pieces of work, and may unwind.
pub(super) fn print_in_steps(dialect: &impl Dialect, expr: &Expr, step: fn()) -> String {
    let mut page = Page::default();
    let mut stack = vec![Piece::Expr(expr.clone(), Level::Free)];
    let mut sheet = Sheet { pieces: Vec::new(), step };
    while let Some(piece) = stack.pop() {
        step();
        match piece {
            Piece::Text(text) => page.write(&text),
            Piece::Expr(expr, level) => dialect.lay_out(&expr, level, false, &mut sheet),
            Piece::Unsigned(expr, level) => dialect.lay_out(&expr, level, true, &mut sheet),
            Piece::Terms(left) => left.lay_out(&mut sheet),
            Piece::OpenGuard => page.open_guard(),
            Piece::CloseGuard(open, close) => page.close_guard(open, close),
        }
        stack.extend(sheet.pieces.drain(..).rev());
    }
    page.finish()
}

/// What is written so far.
#[derive(Default)]
struct Page {
    text: String,
    /// Where the open guards began.
    guards: Vec<usize>,
    /// Where the last character stands that makes more than one word.
    last_joint: Option<usize>,
    /// Parentheses to put in, when all is written.
    insertions: Vec<(usize, &'static str)>,
}

impl Page {
    fn write(&mut self, text: &str) {
        if let Some(joint) = text.rfind([' ', '/', '+', '-', '*', '^']) {
            self.last_joint = Some(self.text.len() + joint);
        }
        self.text.push_str(text);
    }

    fn open_guard(&mut self) {
        self.guards.push(self.text.len());
    }

    fn close_guard(&mut self, open: &'static str, close: &'static str) {
        let Some(start) = self.guards.pop() else { return };
        if self.last_joint.is_some_and(|joint| joint >= start) {
            self.insertions.push((start, open));
            self.text.push_str(close);
        }
    }

    /// The text with the parentheses put in, in one pass.
    fn finish(mut self) -> String {
        if self.insertions.is_empty() {
            return self.text;
        }
        sorting::sort_by_key(&mut self.insertions, |(at, _)| *at);
        let extra: usize = self.insertions.iter().map(|(_, open)| open.len()).sum();
        let mut whole = String::with_capacity(self.text.len() + extra);
        let mut done = 0;
        for (at, open) in self.insertions {
            whole.push_str(&self.text[done..at]);
            whole.push_str(open);
            done = at;
        }
        whole.push_str(&self.text[done..]);
        whole
    }
}
