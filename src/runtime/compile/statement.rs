//! Statements to code.

use super::{Compiler, Loop};
use crate::diagnostic::Span;
use crate::runtime::code::Op;
use crate::runtime::value::Value;
use crate::syntax::ast::{
    BinaryOperator, Block, Expr, Handler, Ident, Import, ImportedNames, Stmt, StmtKind, Target, TargetKind, Try,
    WithItem,
};

impl Compiler<'_> {
    pub(super) fn block(&mut self, block: &Block) {
        block.iter().for_each(|statement| self.statement(statement));
    }

    pub(super) fn statement(&mut self, statement: &Stmt) {
        let span = statement.span;
        match &statement.kind {
            StmtKind::Expression(value) => {
                self.expression(value);
                self.emit(Op::Pop, span);
            }
            StmtKind::Assign { targets, value } => self.assign(targets, value),
            StmtKind::Augment { target, operator, operator_span, value } => {
                self.augment(target, *operator, target.span.join(value.span).join(*operator_span), value);
            }
            StmtKind::DefineCallable { name, parameters, value } => {
                self.define_callable(statement, name, parameters, value);
            }
            StmtKind::If { branches, otherwise } => self.choose(branches, otherwise, span),
            StmtKind::For { target, iterable, body, otherwise } => {
                self.for_loop(target, iterable, body, otherwise, span);
            }
            StmtKind::While { condition, body, otherwise } => self.while_loop(condition, body, otherwise, span),
            StmtKind::Break => self.leave_loop(span),
            StmtKind::Continue => self.next_turn(span),
            StmtKind::Pass | StmtKind::Global(_) | StmtKind::Nonlocal(_) | StmtKind::Invalid(_) => {}
            StmtKind::Define { name, function, decorators } => {
                decorators.iter().for_each(|decorator| self.expression(decorator));
                self.function(function);
                decorators.iter().rev().for_each(|decorator| self.call_on_top(decorator));
                self.store(&name.name, name.span);
            }
            StmtKind::Return(value) => {
                match value {
                    Some(value) => self.expression(value),
                    None => self.constant(Value::None, span),
                }
                self.emit(Op::Return, span);
            }
            StmtKind::Try(guarded) => self.guarded(guarded, span),
            StmtKind::With { items, body } => self.with(items, body),
            StmtKind::Raise { exception, cause } => {
                let written = exception.iter().chain(cause).map(|value| self.expression(value)).count();
                self.emit(Op::Raise(super::count(written)), span);
            }
            StmtKind::Assert { condition, message } => self.assertion(condition, message.as_ref()),
            StmtKind::Delete(targets) => targets.iter().for_each(|target| self.delete_target(target)),
            StmtKind::Import(imports) => imports.iter().for_each(|import| self.import(import, span)),
            StmtKind::ImportFrom { module, names } => self.import_from(module, names),
        }
    }

    fn assign(&mut self, targets: &[Target], value: &Expr) {
        self.expression(value);
        for (index, target) in targets.iter().enumerate() {
            if index + 1 < targets.len() {
                self.emit(Op::Duplicate, value.span);
            }
            self.assign_target(target);
        }
    }

    fn augment(&mut self, target: &Target, operator: BinaryOperator, span: Span, value: &Expr) {
        match &target.kind {
            TargetKind::Name(name) => {
                self.load(&name.name, name.span);
                self.expression(value);
                self.emit(Op::InPlace(operator), span);
                self.store(&name.name, name.span);
            }
            TargetKind::Subscript { object, index } => {
                self.expression(object);
                self.expression(index);
                self.emit(Op::DuplicateTwo, target.span);
                self.emit(Op::Index, target.span);
                self.expression(value);
                self.emit(Op::InPlace(operator), span);
                self.emit(Op::Bury, span);
                self.emit(Op::StoreIndex, target.span);
            }
            TargetKind::Attribute { object, name } => {
                self.expression(object);
                self.emit(Op::Duplicate, target.span);
                let name = self.name(&name.name);
                self.emit(Op::Attribute(name), target.span);
                self.expression(value);
                self.emit(Op::InPlace(operator), span);
                self.emit(Op::Swap, span);
                self.emit(Op::StoreAttribute(name), target.span);
            }
            TargetKind::Sequence(_) | TargetKind::Starred(_) => {}
        }
    }

    /// `f(x) = e`: the parameters become symbols, for the session as well, and then the body is evaluated.
    fn define_callable(&mut self, statement: &Stmt, name: &Ident, parameters: &[Ident], value: &Expr) {
        let scope = self.scopes.of_node(statement);
        self.inside(scope, statement.span, |compiler| {
            for parameter in parameters {
                compiler.constant(Value::symbol(&parameter.name), parameter.span);
                compiler.emit(Op::Duplicate, parameter.span);
                let global = compiler.globals.slot(&parameter.name);
                compiler.emit(Op::StoreGlobal(global), parameter.span);
                compiler.store(&parameter.name, parameter.span);
            }
            compiler.expression(value);
        });
        let list = parameters.iter().map(|parameter| parameter.name.clone()).collect();
        let unit = self.unit();
        unit.code.callables.push(list);
        let index = super::count(unit.code.callables.len() - 1);
        self.emit(Op::MakeCallable(index), value.span);
        self.store(&name.name, name.span);
    }

    fn choose(&mut self, branches: &[(Expr, Block)], otherwise: &Block, span: Span) {
        let mut ends = Vec::new();
        for (condition, block) in branches {
            let skip = self.jump_unless(condition);
            self.block(block);
            ends.push(self.emit(Op::Jump(0), span));
            self.land(skip);
        }
        self.block(otherwise);
        ends.into_iter().for_each(|end| self.land(end));
    }

    /// Evaluates a condition and jumps, to where the result is landed, unless it holds.
    pub(super) fn jump_unless(&mut self, condition: &Expr) -> usize {
        self.expression(condition);
        self.emit(Op::JumpIfFalse(0), condition.span)
    }

    fn for_loop(&mut self, target: &Target, iterable: &Expr, body: &Block, otherwise: &Block, span: Span) {
        self.expression(iterable);
        let iterator = self.claim_iterator();
        self.emit(Op::StartLoop(iterator), iterable.span);
        let start = self.next_op();
        let next = self.emit(Op::Next(iterator, 0), iterable.span);
        self.assign_target(target);
        self.loop_body(start, Some(iterator), body, |compiler| compiler.land(next), otherwise, span);
        self.release_iterator();
    }

    fn while_loop(&mut self, condition: &Expr, body: &Block, otherwise: &Block, span: Span) {
        let start = self.next_op();
        let exit = self.jump_unless(condition);
        self.loop_body(start, None, body, |compiler| compiler.land(exit), otherwise, span);
    }

    /// The body, the jump back, then (where `exhausted` lands the exit) the `else` block, and where `break` leads.
    fn loop_body(
        &mut self,
        start: u32,
        iterator: Option<u32>,
        body: &Block,
        exhausted: impl FnOnce(&mut Self),
        otherwise: &Block,
        span: Span,
    ) {
        let blocks = self.unit().blocks;
        self.unit().loops.push(Loop { blocks, start, iterator, breaks: Vec::new() });
        self.block(body);
        self.emit(Op::Jump(start), span);
        let this = self.unit().loops.pop();
        exhausted(self);
        self.block(otherwise);
        this.into_iter().flat_map(|this| this.breaks).for_each(|jump| self.land(jump));
    }

    fn leave_loop(&mut self, span: Span) {
        let unit = self.unit();
        let Some((blocks, iterator)) = unit.loops.last().map(|this| (this.blocks, this.iterator)) else { return };
        let inside = unit.blocks > blocks;
        if let Some(iterator) = iterator {
            self.emit(Op::EndLoop(iterator), span);
        }
        let jump = self.emit(if inside { Op::Leave(blocks, 0) } else { Op::Jump(0) }, span);
        if let Some(this) = self.unit().loops.last_mut() {
            this.breaks.push(jump);
        }
    }

    fn next_turn(&mut self, span: Span) {
        let unit = self.unit();
        let Some((blocks, start)) = unit.loops.last().map(|this| (this.blocks, this.start)) else { return };
        let op = if unit.blocks > blocks { Op::Leave(blocks, start) } else { Op::Jump(start) };
        self.emit(op, span);
    }

    fn guarded(&mut self, guarded: &Try, span: Span) {
        let has_finally = !guarded.finally.is_empty();
        let finally = has_finally.then(|| self.push_block(Op::PushFinally(0), span));
        if guarded.handlers.is_empty() {
            self.block(&guarded.body);
            self.block(&guarded.otherwise);
        } else {
            self.handled(guarded, span);
        }
        if let Some(finally) = finally {
            self.finally(finally, span, |compiler| compiler.block(&guarded.finally));
        }
    }

    fn push_block(&mut self, op: Op, span: Span) -> usize {
        self.unit().blocks += 1;
        self.emit(op, span)
    }

    fn pop_block(&mut self, span: Span) {
        self.unit().blocks -= 1;
        self.emit(Op::PopBlock, span);
    }

    /// Closes the block opened by `push` and compiles its `finally` part.
    fn finally(&mut self, push: usize, span: Span, body: impl FnOnce(&mut Self)) {
        self.emit(Op::EnterFinally, span);
        self.land(push);
        // The block of the guarded part is gone, the one of the part that is run at the end is open: the same number.
        body(self);
        self.unit().blocks -= 1;
        self.emit(Op::EndFinally, span);
    }

    fn handled(&mut self, guarded: &Try, span: Span) {
        let except = self.push_block(Op::PushExcept(0), span);
        self.block(&guarded.body);
        self.pop_block(span);
        self.block(&guarded.otherwise);
        let mut ends = vec![self.emit(Op::Jump(0), span)];
        self.land(except);
        // Here the machine has opened a block for the exception being handled.
        self.unit().blocks += 1;
        for handler in &guarded.handlers {
            let skip = handler.exception.as_ref().map(|class| {
                self.expression(class);
                self.emit(Op::MatchException, class.span);
                self.emit(Op::JumpIfFalse(0), class.span)
            });
            self.handler(handler);
            self.emit(Op::PopBlock, handler.span);
            ends.push(self.emit(Op::Jump(0), span));
            skip.into_iter().for_each(|skip| self.land(skip));
        }
        self.emit(Op::Raise(0), span);
        self.unit().blocks -= 1;
        ends.into_iter().for_each(|end| self.land(end));
    }

    /// The block of a handler; the name of the exception is unbound behind it however it ends.
    fn handler(&mut self, handler: &Handler) {
        let Some(Ident { name, span }) = &handler.name else {
            return self.block(&handler.body);
        };
        self.emit(Op::LoadException, *span);
        self.store(name, *span);
        let finally = self.push_block(Op::PushFinally(0), *span);
        self.block(&handler.body);
        self.finally(finally, *span, |compiler| {
            compiler.constant(Value::None, *span);
            compiler.store(name, *span);
            compiler.delete(name, *span);
        });
    }

    /// The managers are entered one inside the other, and left in a `finally`.
    fn with(&mut self, items: &[WithItem], body: &Block) {
        let Some((WithItem { manager, target }, inner)) = items.split_first() else {
            return self.block(body);
        };
        let span = manager.span;
        let frame = self.unit().frame;
        // No name of the language holds a blank.
        let slot = self.local((frame, format!("with {}", span.start).into()));
        self.expression(manager);
        self.emit(Op::EnterContext(slot), span);
        let opened = self.push_block(Op::PushFinally(0), span);
        match target {
            // The stack is cleared when a block is left, so the value is taken up inside it.
            Some(target) => self.assign_target(target),
            None => {
                self.emit(Op::Pop, span);
            }
        }
        self.with(inner, body);
        self.finally(opened, span, |compiler| {
            compiler.emit(Op::ExitContext(slot), span);
        });
    }

    fn assertion(&mut self, condition: &Expr, message: Option<&Expr>) {
        self.expression(condition);
        self.emit(Op::Not, condition.span);
        let holds = self.emit(Op::JumpIfFalse(0), condition.span);
        message.into_iter().for_each(|message| self.expression(message));
        self.emit(Op::FailAssertion(message.is_some()), condition.span);
        self.land(holds);
    }

    fn import(&mut self, import: &Import, span: Span) {
        let module = self.name(&import.module.name);
        self.emit(Op::Import(module), import.module.span);
        let root = import.module.name.split('.').next().unwrap_or_default();
        match &import.alias {
            Some(alias) => self.store(&alias.name, alias.span),
            None => self.store(&root.into(), span),
        }
    }

    fn import_from(&mut self, module: &Ident, names: &ImportedNames) {
        let index = self.name(&module.name);
        self.emit(Op::Import(index), module.span);
        match names {
            ImportedNames::All(span) => {
                self.emit(Op::ImportAll, *span);
            }
            ImportedNames::Listed(names) => {
                for (name, alias) in names {
                    let index = self.name(&name.name);
                    self.emit(Op::ImportName(index), name.span);
                    let bound = alias.as_ref().unwrap_or(name);
                    self.store(&bound.name, bound.span);
                }
                self.emit(Op::Pop, module.span);
            }
        }
    }
}
