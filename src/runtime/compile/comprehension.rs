//! Comprehensions: inlined into the function they stand in, except generator expressions, which are functions.

use super::Compiler;
use crate::diagnostic::Span;
use crate::runtime::code::{Op, Signature};
use crate::runtime::value::Value;
use crate::syntax::ast::{Clause, Comprehension, ComprehensionKind, Expr};

/// How an element reaches what the comprehension makes.
#[derive(Clone, Copy)]
enum Sink {
    Append,
    Add,
    Set,
    Yield,
}

impl Compiler<'_> {
    pub(super) fn comprehension(&mut self, comprehension: &Comprehension, span: Span) {
        let Some(Clause::For { iterable, .. }) = comprehension.clauses.first() else { return };
        let (start, sink) = match comprehension.kind {
            ComprehensionKind::List => (Op::BuildList(0), Sink::Append),
            ComprehensionKind::Set => (Op::BuildSet(0), Sink::Add),
            ComprehensionKind::Dict => (Op::BuildDict(0), Sink::Set),
            ComprehensionKind::Generator => return self.generator(comprehension, iterable, span),
        };
        self.emit(start, span);
        self.expression(iterable);
        let scope = self.scopes.of_node(comprehension);
        self.inside(scope, span, |compiler| compiler.clauses(comprehension, 0, sink, span));
    }

    /// A function of one parameter, the first iterable, called at once.
    fn generator(&mut self, comprehension: &Comprehension, iterable: &Expr, span: Span) {
        let scope = self.scopes.of_node(comprehension);
        self.open("<genexpr>".into(), scope, span);
        let outer = std::mem::replace(&mut self.scope, scope);
        let code = &mut self.unit().code;
        code.generator = true;
        code.signature = Signature { positional: 1, positional_only: 1, ..Signature::default() };
        let items = self.local((scope, ".0".into()));
        for name in self.scopes.captured_names(scope) {
            self.cell((scope, name));
        }
        self.emit(Op::LoadLocal(items), iterable.span);
        self.clauses(comprehension, 0, Sink::Yield, span);
        self.constant(Value::None, span);
        self.emit(Op::Return, span);
        self.finish_unit(scope, span);
        self.scope = outer;
        self.expression(iterable);
        self.emit(Op::Iterator, iterable.span);
        let site = self.plain_site(&[iterable.span]);
        self.emit(Op::Call(site), span);
    }

    /// The clauses from number `index` on; the iterable of a `for` clause number 0 is on the stack already.
    fn clauses(&mut self, comprehension: &Comprehension, index: usize, sink: Sink, span: Span) {
        match comprehension.clauses.get(index) {
            Some(Clause::For { target, iterable }) => {
                if index > 0 {
                    self.expression(iterable);
                }
                let iterator = self.claim_iterator();
                self.emit(Op::StartLoop(iterator), iterable.span);
                let start = self.next_op();
                let next = self.emit(Op::Next(iterator, 0), iterable.span);
                self.assign_target(target);
                self.clauses(comprehension, index + 1, sink, span);
                self.emit(Op::Jump(start), span);
                self.land(next);
                self.release_iterator();
            }
            Some(Clause::If(condition)) => {
                let skip = self.jump_unless(condition);
                self.clauses(comprehension, index + 1, sink, span);
                self.land(skip);
            }
            None => self.element(comprehension, sink),
        }
    }

    fn element(&mut self, comprehension: &Comprehension, sink: Sink) {
        let span = comprehension.element.span;
        self.expression(&comprehension.element);
        comprehension.value.iter().for_each(|value| self.expression(value));
        match sink {
            Sink::Append => self.emit(Op::Append, span),
            Sink::Add => self.emit(Op::AddToSet, span),
            Sink::Set => self.emit(Op::SetItem, span),
            Sink::Yield => {
                self.emit(Op::Yield, span);
                self.emit(Op::Pop, span)
            }
        };
    }
}
