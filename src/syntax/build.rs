//! What the grammar's actions call: makes the nodes of the tree, and tells what the grammar cannot refuse by itself.
//!
//! Words that need a certain surrounding (`return`, `yield`, `break`, `nonlocal`) are kept pending until a definition or
//! a loop around them claims them; what nobody claims stands outside, which is told at the end.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use lalrpop_util::{ErrorRecovery, ParseError};

use crate::diagnostic::{Fault, Span, Spanned};

use super::ast::*;
use super::call;
use super::context::{Pending, Word};
use super::explain;
use super::layout::{Lexed, nested_too_deeply};
use super::literal;
use super::name::canonical;
use super::slip;
use super::target;
use super::token::{Numeral, NumeralKind, Quoted, Token};
use super::visit::expressions_below;

/// What the actions of one parse share.
pub(super) struct Builder<'s> {
    /// The whole text; spans point into it.
    pub source: &'s str,
    tokens: &'s [Lexed<'s>],
    names: RefCell<HashSet<Rc<str>>>,
    faults: RefCell<Vec<Fault>>,
    pending: RefCell<Pending>,
}

/// A part of a list, tuple or set.
pub(super) enum Piece {
    /// A value, possibly starred.
    Value(Expr),
    /// `a..b`
    Range(Expr, Span, Expr),
    /// `..`
    Through(Span),
}

/// An argument as the grammar sees it.
pub(super) enum ArgumentPiece {
    /// `value`
    Value(Expr),
    /// `name = value`, whatever stands for the name.
    Keyword(Expr, Span, Expr),
    /// `*values`
    Star(Expr),
    /// `**mapping`
    DoubleStar(Expr),
}

/// A parameter as the grammar sees it.
pub(super) enum ParameterPiece {
    /// `name`, `name=default`
    Plain(Ident, Option<Expr>),
    /// `/`
    Slash(Span),
    /// `*`
    Star(Span),
    /// `*name`
    Rest(Ident),
    /// `**name`
    Keywords(Ident),
}

/// What lalrpop hands over where it gave a line up.
pub(super) type Recovery<'s> = ErrorRecovery<usize, Token<'s>, ()>;

/// `first` and then `rest`.
pub(super) fn preceded<T>(first: T, mut rest: Vec<T>) -> Vec<T> {
    rest.insert(0, first);
    rest
}

/// `list` and then `more`.
pub(super) fn extended<T>(mut list: Vec<T>, more: impl IntoIterator<Item = T>) -> Vec<T> {
    list.extend(more);
    list
}

/// `value`, standing from `l` to `r`.
pub(super) fn spanned<T>(l: usize, value: T, r: usize) -> Spanned<T> {
    Spanned::new(value, Span::new(l, r))
}

/// What is shared.
/// What stands behind `R.<x> =`.
pub(super) enum RingBase {
    /// `QQ[]`, from where to where.
    Brackets(usize, Expr, usize),
    /// Anything else: a call gets the names as well.
    Value(Expr),
}

impl<'s> Builder<'s> {
    pub fn new(source: &'s str, tokens: &'s [Lexed<'s>]) -> Builder<'s> {
        Builder { source, tokens, names: RefCell::default(), faults: RefCell::default(), pending: RefCell::default() }
    }

    /// Tells a mistake.
    pub fn tell(&self, fault: Fault) {
        self.faults.borrow_mut().push(fault);
    }

    /// Everything told, with what stayed outside of where it belongs.
    pub fn finish(self) -> Vec<Fault> {
        let mut faults = self.faults.into_inner();
        faults.extend(self.pending.into_inner().outside());
        faults
    }

    /// Takes over what the parse of a part of the text told and left pending.
    pub fn absorb(&self, part: Builder<'_>) {
        self.faults.borrow_mut().extend(part.faults.into_inner());
        self.pending.borrow_mut().absorb(part.pending.into_inner());
    }

    /// Whether anything was told.
    pub fn has_faults(&self) -> bool {
        !self.faults.borrow().is_empty()
    }

    /// The fault of a parse that lalrpop could not go on with.
    pub fn explain(&self, error: &ParseError<usize, Token<'s>, ()>) -> Option<Fault> {
        explain::explain(error, self.tokens, self.source)
    }

    /// One shared text for equal names.
    pub fn shared(&self, name: &str) -> Rc<str> {
        let mut names = self.names.borrow_mut();
        if let Some(known) = names.get(name) {
            return Rc::clone(known);
        }
        let new: Rc<str> = Rc::from(name);
        names.insert(Rc::clone(&new));
        new
    }

    pub fn ident(&self, l: usize, name: &str, r: usize) -> Ident {
        Ident { name: self.shared(&canonical(name)), span: Span::new(l, r) }
    }

    pub fn dotted_name(&self, l: usize, first: &str, rest: Vec<&str>, r: usize) -> Ident {
        self.ident(l, &preceded(first, rest).join("."), r)
    }

    /// A node from `l` to `r`; where the nest below has become too deep it is dropped and told.
    pub fn expr(&self, l: usize, kind: ExprKind, r: usize) -> Expr {
        let mut expr = Expr { kind, span: Span::new(l, r), depth: 1 };
        let mut deepest = 0;
        expressions_below(&expr, &mut |below| deepest = deepest.max(below.depth));
        if deepest < MAX_DEPTH {
            expr.depth = deepest + 1;
            return expr;
        }
        self.tell(nested_too_deeply(expr.span));
        self.invalid_expr(l, r)
    }

    /// Stands for an expression that was told to be wrong.
    pub fn invalid_expr(&self, l: usize, r: usize) -> Expr {
        Expr { kind: ExprKind::Invalid, span: Span::new(l, r), depth: 1 }
    }
}

/// Statements.
impl<'s> Builder<'s> {
    /// A line that was given up; a block that hung on it is dropped, its faults stay told.
    pub fn invalid(&self, l: usize, recovery: Recovery<'s>, r: usize, block: Block) -> Vec<Stmt> {
        let end = block.last().map_or(r, |last| last.span.end as usize).max(r);
        let start = match &recovery.error {
            ParseError::UnrecognizedToken { token: (start, _, _), .. } => l.min(*start),
            _ => l,
        };
        let span = Span::new(start, end);
        self.pending.borrow_mut().forget(span);
        if let Some(fault) = self.explain(&recovery.error) {
            self.tell(fault);
        }
        vec![Stmt { kind: StmtKind::Invalid(Vec::new()), span }]
    }

    pub fn statement(&self, l: usize, kind: StmtKind, r: usize) -> Stmt {
        Stmt { kind, span: Span::new(l, r) }
    }

    /// A statement with blocks ends where its last block's last statement ends.
    pub fn compound(&self, l: usize, kind: StmtKind) -> Stmt {
        let end = match &kind {
            StmtKind::If { branches, otherwise } => {
                block_end(otherwise).or_else(|| branches.last().and_then(|(_, block)| block_end(block)))
            }
            StmtKind::With { body, .. } => block_end(body),
            StmtKind::For { body, otherwise, .. } | StmtKind::While { body, otherwise, .. } => {
                block_end(otherwise).or_else(|| block_end(body))
            }
            StmtKind::Try(parts) => block_end(&parts.finally)
                .or_else(|| block_end(&parts.otherwise))
                .or_else(|| parts.handlers.last().map(|handler| handler.span.end as usize))
                .or_else(|| block_end(&parts.body)),
            _ => None,
        };
        self.statement(l, kind, end.unwrap_or(l))
    }

    pub fn expression_statement(&self, value: Expr) -> StmtKind {
        if let ExprKind::Starred(_) = value.kind {
            self.tell(target::lone_star(value.span));
        }
        StmtKind::Expression(value)
    }

    /// `first = ... = last`, or the definition `f(x) = last`.
    pub fn assign(&self, first: Expr, mut rest: Vec<(usize, Expr)>) -> StmtKind {
        let sign = rest.first().map_or(0, |(at, _)| *at);
        let Some((_, value)) = rest.pop() else { return StmtKind::Expression(first) };
        if let ExprKind::Starred(_) = value.kind {
            self.tell(target::lone_star(value.span));
        }
        if rest.is_empty() && matches!(first.kind, ExprKind::Call(_)) {
            return match target::definition(&first, Span::new(sign, sign + 1)) {
                Ok((name, parameters)) => StmtKind::DefineCallable { name, parameters, value },
                Err(fault) => {
                    self.tell(fault);
                    StmtKind::Invalid(Vec::new())
                }
            };
        }
        let targets = preceded(first, rest.into_iter().map(|(_, target)| target).collect());
        let targets = targets.into_iter().filter_map(|each| self.told(target::assigned(each))).collect();
        StmtKind::Assign { targets, value }
    }

    /// `target: annotation = value`; the annotation is read and forgotten, as Python does.
    pub fn annotated(&self, target: Expr, colon: Span, value: Option<(usize, Expr)>) -> StmtKind {
        if let Some(value) = value {
            return self.assign(target, vec![value]);
        }
        self.tell(slip::colon_assignment(colon));
        StmtKind::Invalid(Vec::new())
    }

    /// The result, its fault told.
    fn told<T>(&self, result: Result<T, Fault>) -> Option<T> {
        result.map_err(|fault| self.tell(fault)).ok()
    }

    /// `R.<x> = QQ[]`: the ring with the names of its generators, and these as variables, as Sage writes it out.
    pub fn ring_statement(&self, ring: Expr, names: Vec<Ident>, sign: Span, base: RingBase) -> StmtKind {
        let listed: Vec<&str> = names.iter().map(|name| &*name.name).collect();
        let quoted = |span: Span| {
            self.expr(span.start as usize, ExprKind::Text(self.shared(&listed.join(","))), span.end as usize)
        };
        let made = match base {
            RingBase::Brackets(l, base, r) => {
                let index = quoted(base.span);
                self.subscript(l, base, index, r)
            }
            RingBase::Value(Expr { kind: ExprKind::Call(mut call), span, depth }) => {
                let keyword = Ident { name: self.shared("names"), span };
                let value = quoted(span);
                call.arguments.push(Argument { kind: ArgumentKind::Keyword(keyword), value, span });
                Expr { kind: ExprKind::Call(call), span, depth }
            }
            RingBase::Value(other) => other,
        };
        let (l, r) = (made.span.start as usize, made.span.end as usize);
        let attribute = ExprKind::Attribute { object: Box::new(made.clone()), name: self.ident(l, "gens", r) };
        let attribute = self.expr(l, attribute, r);
        let generators = self.call(l, attribute, Vec::new(), r);
        let value = self.expr(l, ExprKind::Tuple(vec![made, generators]), r);
        let Some(ring) = self.told(target::assigned(ring)) else { return StmtKind::Invalid(Vec::new()) };
        let variables =
            names.into_iter().map(|name| Target { span: name.span, kind: TargetKind::Name(name) }).collect();
        let variables = Target { kind: TargetKind::Sequence(variables), span: sign };
        let span = ring.span.join(sign);
        StmtKind::Assign { targets: vec![Target { kind: TargetKind::Sequence(vec![ring, variables]), span }], value }
    }

    pub fn augment(&self, target: Expr, operator: Spanned<BinaryOperator>, value: Expr) -> StmtKind {
        match target::augmented(target, operator) {
            Ok(target) => StmtKind::Augment { target, operator: operator.value, operator_span: operator.span, value },
            Err(fault) => {
                self.tell(fault);
                StmtKind::Invalid(Vec::new())
            }
        }
    }

    pub fn delete(&self, targets: Expr) -> StmtKind {
        let parts = match targets.kind {
            ExprKind::Tuple(parts) => parts,
            _ => vec![targets],
        };
        StmtKind::Delete(parts.into_iter().filter_map(|each| self.told(target::deleted(each))).collect())
    }

    pub fn loop_word(&self, l: usize, kind: StmtKind, r: usize) -> StmtKind {
        let word = if matches!(kind, StmtKind::Break) { Word::Break } else { Word::Continue };
        self.pending.borrow_mut().add(word, Span::new(l, r));
        kind
    }

    pub fn return_statement(&self, l: usize, value: Option<Expr>, r: usize) -> StmtKind {
        self.pending.borrow_mut().add(Word::Return, Span::new(l, r));
        StmtKind::Return(value)
    }

    pub fn nonlocal(&self, l: usize, names: Vec<Ident>, r: usize) -> StmtKind {
        self.pending.borrow_mut().add(Word::Nonlocal, Span::new(l, r));
        StmtKind::Nonlocal(names)
    }

    pub fn for_loop(
        &self,
        target: Expr,
        iterable: Expr,
        b: usize,
        body: Block,
        e: usize,
        otherwise: Block,
    ) -> StmtKind {
        self.pending.borrow_mut().claim_loop(Span::new(b, e));
        match target::counted(target) {
            Ok(target) => StmtKind::For { target, iterable, body, otherwise },
            Err(fault) => {
                self.tell(fault);
                StmtKind::Invalid(Vec::new())
            }
        }
    }

    pub fn while_loop(&self, condition: Expr, b: usize, body: Block, e: usize, otherwise: Block) -> StmtKind {
        self.pending.borrow_mut().claim_loop(Span::new(b, e));
        StmtKind::While { condition, body, otherwise }
    }

    /// `with` and its block; several managers may stand in parentheses, as a tuple.
    pub fn with_statement(&self, items: Vec<(Expr, Option<Expr>)>, body: Block) -> StmtKind {
        let items = match <[_; 1]>::try_from(items) {
            Ok([(Expr { kind: ExprKind::Tuple(parts), .. }, None)]) if !parts.is_empty() => {
                parts.into_iter().map(|part| (part, None)).collect()
            }
            Ok([single]) => vec![single],
            Err(several) => several,
        };
        let item = |(manager, target): (Expr, Option<Expr>)| {
            let target = target.map(|target| self.told(target::named(target)));
            Some(WithItem {
                manager,
                target: match target {
                    Some(given) => Some(given?),
                    None => None,
                },
            })
        };
        match items.into_iter().map(item).collect() {
            Some(items) => StmtKind::With { items, body },
            None => StmtKind::Invalid(Vec::new()),
        }
    }

    pub fn try_statement(
        &self,
        body: Block,
        handlers: Vec<Handler>,
        otherwise: Block,
        finally: Option<Block>,
    ) -> StmtKind {
        let early = handlers.iter().rev().skip(1).find(|handler| handler.exception.is_none());
        if let Some(handler) = early {
            self.tell(target::bare_except_first(handler.span));
        }
        StmtKind::Try(Box::new(Try { body, handlers, otherwise, finally: finally.unwrap_or_default() }))
    }

    pub fn handler(&self, l: usize, exception: Option<Expr>, name: Option<Ident>, body: Block) -> Handler {
        let end = block_end(&body).unwrap_or(l);
        Handler { exception, name, body, span: Span::new(l, end) }
    }

    pub fn define(
        &self,
        l: usize,
        decorators: Vec<Expr>,
        name: Ident,
        parameters: Vec<ParameterPiece>,
        b: usize,
        body: Block,
    ) -> Stmt {
        let end = block_end(&body).unwrap_or(b);
        let generator = self.pending.borrow_mut().claim_function(Span::new(b, end));
        let function = Function {
            name: Some(name.clone()),
            parameters: self.parameters(parameters),
            docstring: docstring(&body),
            body: FunctionBody::Block(body),
            generator,
            span: Span::new(l, end),
        };
        let kind = StmtKind::Define { name, function: Rc::new(function), decorators };
        self.statement(l, kind, end)
    }

    fn parameters(&self, pieces: Vec<ParameterPiece>) -> Parameters {
        call::parameters(pieces, &mut |fault| self.tell(fault))
    }
}

/// Expressions.
impl<'s> Builder<'s> {
    pub fn name(&self, name: Ident) -> Expr {
        Expr { kind: ExprKind::Name(name.name), span: name.span, depth: 1 }
    }

    pub fn number(&self, l: usize, number: Numeral<'s>, r: usize) -> Expr {
        let text = number.text.replace('_', "");
        let kind = match number.kind {
            NumeralKind::Integer => ExprKind::Integer(literal::integer(&text)),
            NumeralKind::Real => ExprKind::Real(Rc::from(text)),
            NumeralKind::Imaginary => ExprKind::Imaginary(Rc::from(text.trim_end_matches(['j', 'J']))),
        };
        self.expr(l, kind, r)
    }

    /// Adjacent strings, joined.
    pub fn text(&self, l: usize, strings: Vec<Spanned<Quoted<'s>>>, r: usize) -> Expr {
        let kind = literal::text(self, &strings);
        self.expr(l, kind, r)
    }

    pub fn conditional(&self, l: usize, value: Expr, condition: Expr, otherwise: Expr, r: usize) -> Expr {
        self.expr(l, ExprKind::Conditional(Box::new(Conditional { condition, value, otherwise })), r)
    }

    pub fn lambda(&self, l: usize, parameters: Vec<ParameterPiece>, b: usize, body: Expr, r: usize) -> Expr {
        let generator = self.pending.borrow_mut().claim_function(Span::new(b, r));
        let function = Function {
            name: None,
            parameters: self.parameters(parameters),
            body: FunctionBody::Expression(body),
            docstring: None,
            generator,
            span: Span::new(l, r),
        };
        self.expr(l, ExprKind::Lambda(Rc::new(function)), r)
    }

    pub fn unary(&self, l: usize, operator: Spanned<UnaryOperator>, operand: Expr, r: usize) -> Expr {
        let kind =
            ExprKind::Unary { operator: operator.value, operand: Box::new(operand), operator_span: operator.span };
        self.expr(l, kind, r)
    }

    pub fn power(&self, l: usize, base: Expr, operator: Spanned<()>, mut exponent: Expr, r: usize) -> Expr {
        // `sin^-1(x)` is read as `sin^(-(1(x)))`.
        let sign = matches!(exponent.kind, ExprKind::Unary { .. });
        let behind = match &mut exponent.kind {
            ExprKind::Unary { operand, .. } => &mut **operand,
            _ => &mut exponent,
        };
        if let ExprKind::Call(call) = &mut behind.kind {
            let power = slip::power_before_argument(self.source, &base, &call.function, sign, r);
            call.advice = power.or(call.advice.take());
        }
        let kind = ExprKind::Power { base: Box::new(base), exponent: Box::new(exponent), operator_span: operator.span };
        self.expr(l, kind, r)
    }

    /// `x²`
    pub fn superscript(&self, l: usize, base: Expr, m: usize, exponent: &str, r: usize) -> Expr {
        let (negative, digits) = literal::superscript(exponent);
        let digits = Integer { digits: Rc::from(digits), radix: 10 };
        let mut exponent = self.expr(m, ExprKind::Integer(digits), r);
        if negative {
            exponent = self.unary(m, spanned(m, UnaryOperator::Minus, m), exponent, r);
        }
        self.power(l, base, spanned(m, (), m), exponent, r)
    }

    /// `√x`
    pub fn root(&self, l: usize, m: usize, argument: Expr, r: usize) -> Expr {
        let function = self.expr(l, ExprKind::Name(self.shared("sqrt")), m);
        let span = argument.span;
        let arguments = vec![Argument { kind: ArgumentKind::Positional, value: argument, span }];
        self.expr(l, ExprKind::Call(Box::new(Call { function, arguments, advice: None })), r)
    }

    pub fn call(&self, l: usize, function: Expr, arguments: Vec<Argument>, r: usize) -> Expr {
        call::check_arguments(&arguments, &mut |fault| self.tell(fault));
        let advice = slip::call_of_number(self.source, &function, r);
        self.expr(l, ExprKind::Call(Box::new(Call { function, arguments, advice })), r)
    }

    pub fn argument(&self, l: usize, piece: ArgumentPiece, r: usize) -> Argument {
        let (kind, value) = match piece {
            ArgumentPiece::Value(value) => (ArgumentKind::Positional, value),
            ArgumentPiece::Star(values) => (ArgumentKind::Star, values),
            ArgumentPiece::DoubleStar(mapping) => (ArgumentKind::DoubleStar, mapping),
            ArgumentPiece::Keyword(name, sign, value) => match name.kind {
                ExprKind::Name(text) => (ArgumentKind::Keyword(Ident { name: text, span: name.span }), value),
                _ => {
                    self.tell(target::equals_sign_in_argument(self.source, &name, sign, value.span));
                    (ArgumentKind::Positional, value)
                }
            },
        };
        Argument { kind, value, span: Span::new(l, r) }
    }

    /// `e for ...` as the only argument of a call.
    pub fn generator_argument(&self, l: usize, element: Expr, clauses: Vec<Clause>, r: usize) -> Argument {
        let value = self.comprehension(l, ComprehensionKind::Generator, element, None, clauses, r);
        Argument { kind: ArgumentKind::Positional, value, span: Span::new(l, r) }
    }

    /// `left = right` as a condition.
    pub fn equals_sign(&self, l: usize, left: Expr, sign: Span, right: Expr, r: usize) -> Expr {
        self.tell(target::equals_sign_in_condition(self.source, left.span, sign, right.span));
        self.invalid_expr(l, r)
    }

    pub fn subscript(&self, l: usize, object: Expr, index: Expr, r: usize) -> Expr {
        self.expr(l, ExprKind::Subscript { object: Box::new(object), index: Box::new(index) }, r)
    }

    pub fn slice(&self, l: usize, start: Option<Expr>, stop: Option<Expr>, step: Option<Expr>, r: usize) -> Expr {
        self.expr(l, ExprKind::Slice(Box::new(Slice { start, stop, step })), r)
    }

    pub fn list(&self, l: usize, pieces: Vec<Piece>, r: usize) -> Expr {
        let kind = values_or_range(pieces, false).map_or_else(ExprKind::Range, ExprKind::List);
        self.expr(l, kind, r)
    }

    pub fn tuple(&self, l: usize, pieces: Vec<Piece>, r: usize) -> Expr {
        let kind = values_or_range(pieces, true).map_or_else(ExprKind::Range, ExprKind::Tuple);
        self.expr(l, kind, r)
    }

    pub fn set(&self, l: usize, pieces: Vec<Piece>, r: usize) -> Expr {
        match values_or_range(pieces, false) {
            Ok(values) => self.expr(l, ExprKind::Set(values), r),
            Err(_) => {
                self.tell(target::range_in_braces(Span::new(l, r)));
                self.invalid_expr(l, r)
            }
        }
    }

    /// `(a)` is `a`; `(a..b)` is a range.
    pub fn parenthesized(&self, l: usize, piece: Piece, r: usize) -> Expr {
        match piece {
            Piece::Value(value) => {
                if let ExprKind::Starred(_) = value.kind {
                    self.tell(target::lone_star(value.span));
                }
                value
            }
            range => self.tuple(l, vec![range], r),
        }
    }

    pub fn comprehension(
        &self,
        l: usize,
        kind: ComprehensionKind,
        element: Expr,
        value: Option<Expr>,
        clauses: Vec<Clause>,
        r: usize,
    ) -> Expr {
        self.expr(l, ExprKind::Comprehension(Box::new(Comprehension { kind, element, value, clauses })), r)
    }

    pub fn for_clause(&self, target: Expr, iterable: Expr) -> Clause {
        match target::counted(target) {
            Ok(target) => Clause::For { target, iterable },
            Err(fault) => {
                self.tell(fault);
                Clause::If(iterable)
            }
        }
    }

    pub fn yields(&self, l: usize, value: Option<Expr>, r: usize) -> Expr {
        self.pending.borrow_mut().add(Word::Yield, Span::new(l, r));
        self.expr(l, ExprKind::Yield(value.map(Box::new)), r)
    }

    pub fn yields_from(&self, l: usize, iterable: Expr, r: usize) -> Expr {
        self.pending.borrow_mut().add(Word::Yield, Span::new(l, r));
        self.expr(l, ExprKind::YieldFrom(Box::new(iterable)), r)
    }
}

/// The values, or a range if a `..` stands among them.
fn values_or_range(pieces: Vec<Piece>, lazy: bool) -> Result<Vec<Expr>, Range> {
    if !pieces.iter().any(|piece| matches!(piece, Piece::Range(..) | Piece::Through(_))) {
        return Ok(pieces.into_iter().filter_map(Piece::value).collect());
    }
    let mut items = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Value(value) => items.push(RangeItem::Value(value)),
            Piece::Through(span) => items.push(RangeItem::Through(span)),
            Piece::Range(from, span, to) => {
                items.extend([RangeItem::Value(from), RangeItem::Through(span), RangeItem::Value(to)]);
            }
        }
    }
    Err(Range { items, lazy })
}

impl Piece {
    fn value(self) -> Option<Expr> {
        match self {
            Piece::Value(value) => Some(value),
            Piece::Range(..) | Piece::Through(_) => None,
        }
    }
}

fn block_end(block: &Block) -> Option<usize> {
    block.last().map(|last| last.span.end as usize)
}

/// The string that a block begins with.
pub(super) fn docstring(block: &Block) -> Option<Rc<str>> {
    match &block.first()?.kind {
        StmtKind::Expression(Expr { kind: ExprKind::Text(text), .. }) => Some(Rc::clone(text)),
        _ => None,
    }
}
