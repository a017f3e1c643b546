//! The loop that runs code.

use std::rc::Rc;

use super::frame::{Block, Pending};
use super::{Frame, MAX_CALLS, MAX_NESTED, Machine};
use crate::diagnostic::{Fault, Span, fault};
use crate::runtime::code::{CallSite, Code, Op};
use crate::runtime::fault::{TOO_DEEP, UNBOUND_LOCAL};
use crate::runtime::iterate::{Cursor, iterator};
use crate::runtime::value::{Key, Value};
use crate::runtime::{operate, truth};

/// Why a frame stops running for now.
enum Transfer {
    Call(Box<Frame>),
    Return(Value),
    Yield(Value),
}

/// What a call comes to: done already, or a frame to be run.
pub(super) enum Prepared {
    Done(Value),
    Frame(Box<Frame>),
}

/// How a run of a frame ends.
enum Exit {
    Return(Value),
    Yield(Value, Box<Frame>),
}

impl Machine {
    /// Runs a frame to its end.
    pub(super) fn finish(&mut self, frame: Box<Frame>) -> Result<Value, Fault> {
        match self.execute(frame)? {
            Exit::Return(value) | Exit::Yield(value, _) => Ok(value),
        }
    }

    /// Goes on with a suspended generator; answers the value and the frame if it is suspended again.
    pub(in crate::runtime) fn resume(
        &mut self,
        mut frame: Box<Frame>,
        sent: Value,
    ) -> Result<(Value, Option<Box<Frame>>), Fault> {
        if frame.next > 0 {
            frame.push(sent);
        }
        Ok(match self.execute(frame)? {
            Exit::Return(value) => (value, None),
            Exit::Yield(value, frame) => (value, Some(frame)),
        })
    }

    /// Goes on with a suspended generator by raising a fault in it.
    pub(in crate::runtime) fn resume_failing(
        &mut self,
        mut frame: Box<Frame>,
        fault: Fault,
    ) -> Result<(Value, Option<Box<Frame>>), Fault> {
        let base = self.frames.len();
        self.raise(&mut frame, fault, base)?;
        Ok(match self.execute(frame)? {
            Exit::Return(value) => (value, None),
            Exit::Yield(value, frame) => (value, Some(frame)),
        })
    }

    /// Runs a frame and the frames it calls until it returns, yields or fails.
    fn execute(&mut self, frame: Box<Frame>) -> Result<Exit, Fault> {
        if self.nested >= MAX_NESTED {
            return Err(too_deep());
        }
        self.nested += 1;
        let result = self.execute_nested(frame);
        self.nested -= 1;
        result
    }

    fn execute_nested(&mut self, mut frame: Box<Frame>) -> Result<Exit, Fault> {
        let base = self.frames.len();
        loop {
            let fault = match self.run_frame(&mut frame) {
                Ok(Transfer::Call(callee)) if self.frames.len() < MAX_CALLS => {
                    self.frames.push(std::mem::replace(&mut frame, callee));
                    continue;
                }
                Ok(Transfer::Call(_)) => too_deep(),
                Ok(Transfer::Return(value)) => {
                    let finished = match self.pop_caller(base) {
                        Some(caller) => std::mem::replace(&mut frame, caller),
                        None => {
                            self.recycle(frame);
                            return Ok(Exit::Return(value));
                        }
                    };
                    self.recycle(finished);
                    frame.push(value);
                    continue;
                }
                Ok(Transfer::Yield(value)) => return Ok(Exit::Yield(value, frame)),
                Err(fault) => fault,
            };
            self.raise(&mut frame, fault, base)?;
        }
    }

    fn pop_caller(&mut self, base: usize) -> Option<Box<Frame>> {
        if self.frames.len() > base { self.frames.pop() } else { None }
    }

    /// Finds the handler of a fault among the frames above `base`, or gives the fault out.
    fn raise(&mut self, frame: &mut Box<Frame>, fault: Fault, base: usize) -> Result<(), Fault> {
        let mut fault = fault.or_at(frame.span()).in_source(&frame.code.source);
        loop {
            match self.handle(frame, fault) {
                None => return Ok(()),
                Some(unhandled) => fault = unhandled,
            }
            fault = called_from(fault, frame, self.frames.last().map(Box::as_ref));
            match self.pop_caller(base) {
                Some(caller) => {
                    let failed = std::mem::replace(frame, caller);
                    self.recycle(failed);
                }
                None => return Err(fault),
            }
        }
    }

    /// A cleared frame, kept for later calls.
    fn recycle(&mut self, mut frame: Box<Frame>) {
        frame.clear();
        if self.spare.len() < 64 {
            self.spare.push(frame);
        }
    }

    /// Runs a frame until it calls, returns, yields or fails.
    fn run_frame(&mut self, frame: &mut Frame) -> Result<Transfer, Fault> {
        let code = Rc::clone(&frame.code);
        loop {
            let Some(&op) = code.ops.get(frame.next) else { return Ok(Transfer::Return(Value::None)) };
            frame.next += 1;
            match op {
                Op::Constant(index) => frame.push(code.constants[index as usize].clone()),
                Op::LoadLocal(slot) => match &frame.locals[slot as usize] {
                    Some(value) => frame.stack.push(value.clone()),
                    None => return Err(unbound(&code.locals[slot as usize])),
                },
                Op::StoreLocal(slot) => frame.locals[slot as usize] = frame.stack.pop(),
                Op::LoadGlobal(slot) => match frame.globals.load(slot) {
                    Some(value) => frame.stack.push(value),
                    None => {
                        let value = self.look_up(&frame.globals, slot)?;
                        frame.push(value);
                    }
                },
                Op::StoreGlobal(slot) => {
                    let value = frame.pop();
                    frame.globals.store(slot, value);
                }
                Op::Pop => drop(frame.pop()),
                Op::Binary(operator) => {
                    let (right, left) = (frame.pop(), frame.pop());
                    frame.stack.push(operate::binary(operator, &left, &right)?);
                }
                Op::InPlace(operator) => {
                    let (right, left) = (frame.pop(), frame.pop());
                    let value = self.in_place(operator, left, &right)?;
                    frame.push(value);
                }
                Op::Unary(operator) => {
                    let operand = frame.pop();
                    frame.push(operate::unary(operator, &operand)?);
                }
                Op::Compare(operator) => {
                    let (right, left) = (frame.pop(), frame.pop());
                    let value = match operator {
                        crate::syntax::ast::ComparisonOperator::In => Value::Bool(self.contains(&right, &left)?),
                        crate::syntax::ast::ComparisonOperator::NotIn => Value::Bool(!self.contains(&right, &left)?),
                        _ => operate::compare(operator, &left, &right)?,
                    };
                    frame.push(value);
                }
                Op::Not => {
                    let operand = frame.pop();
                    frame.push(Value::Bool(!truth::holds(&operand)?));
                }
                Op::Jump(target) => {
                    if (target as usize) < frame.next {
                        self.budget.check()?;
                    }
                    frame.next = target as usize;
                }
                Op::JumpIfFalse(target) => {
                    let condition = frame.pop();
                    if !truth::holds(&condition)? {
                        frame.next = target as usize;
                    }
                }
                Op::JumpIfFalseOrPop(target) => jump_or_pop(frame, target, false)?,
                Op::JumpIfTrueOrPop(target) => jump_or_pop(frame, target, true)?,
                Op::StartLoop(slot) => {
                    let iterable = frame.pop();
                    frame.cursors[slot as usize] = Cursor::over(&iterable)?;
                }
                Op::Next(slot, target) => match frame.cursors[slot as usize].next(self)? {
                    Some(item) => frame.stack.push(item),
                    None => {
                        frame.cursors[slot as usize] = Cursor::Done;
                        frame.next = target as usize;
                    }
                },
                Op::EndLoop(slot) => frame.cursors[slot as usize] = Cursor::Done,
                Op::Call(site) => {
                    if let Some(callee) = self.call_site(frame, &code.sites[site as usize])? {
                        return Ok(Transfer::Call(callee));
                    }
                }
                Op::CallMethod(name, site) => {
                    let site = &code.sites[site as usize];
                    if let Some(callee) = self.method_site(frame, &code.names[name as usize], site)? {
                        return Ok(Transfer::Call(callee));
                    }
                }
                Op::Return => {
                    let value = frame.pop();
                    if frame.blocks.is_empty() {
                        return Ok(Transfer::Return(value));
                    }
                    if let Some(Pending::Return(value)) = frame.leave(0, Pending::Return(value)) {
                        return Ok(Transfer::Return(value));
                    }
                }
                Op::Yield => return Ok(Transfer::Yield(frame.pop())),
                Op::EndFinally => {
                    if let Some(value) = end_finally(frame)? {
                        return Ok(Transfer::Return(value));
                    }
                }
                _ => self.rare(frame, &code, op)?,
            }
        }
    }

    /// The operations that loops seldom need.
    fn rare(&mut self, frame: &mut Frame, code: &Rc<Code>, op: Op) -> Result<(), Fault> {
        match op {
            Op::DeleteLocal(slot) => match frame.locals[slot as usize].take() {
                Some(_) => Ok(()),
                None => Err(unbound(&code.locals[slot as usize])),
            },
            Op::LoadCell(cell) => {
                let value = frame.cells[cell as usize].borrow().clone();
                frame.push(value.ok_or_else(|| free(&code.cell_names[cell as usize]))?);
                Ok(())
            }
            Op::StoreCell(cell) => {
                let value = frame.stack.pop();
                frame.cells[cell as usize].replace(value);
                Ok(())
            }
            Op::DeleteCell(cell) => {
                let old = frame.cells[cell as usize].take();
                old.map(drop).ok_or_else(|| free(&code.cell_names[cell as usize]))
            }
            Op::FreshCell(cell) => {
                frame.cells[cell as usize] = super::frame::Cell::default();
                Ok(())
            }
            Op::LocalToCell(slot, cell) => {
                let value = frame.locals[slot as usize].take();
                frame.cells[cell as usize].replace(value);
                Ok(())
            }
            Op::DeleteGlobal(slot) => {
                if frame.globals.load(slot).is_none() {
                    self.look_up(&frame.globals, slot)?;
                }
                frame.globals.delete(slot);
                Ok(())
            }
            Op::Duplicate | Op::DuplicateTwo | Op::Swap | Op::Bury => {
                shuffle(frame, op);
                Ok(())
            }
            Op::Iterator => {
                let value = frame.pop();
                frame.push(iterator(&value)?);
                Ok(())
            }
            Op::BuildList(_)
            | Op::BuildTuple(_)
            | Op::BuildSet(_)
            | Op::BuildDict(_)
            | Op::Append
            | Op::Extend
            | Op::AddToSet
            | Op::UpdateSet
            | Op::SetItem
            | Op::UpdateDict
            | Op::ListToTuple
            | Op::BuildSlice
            | Op::BuildRange(_) => self.build(frame, code, op),
            Op::Unpack(count) => {
                let value = frame.pop();
                let items = self.unpack(&value, count as usize)?;
                frame.stack.extend(items.into_iter().rev());
                Ok(())
            }
            Op::UnpackStarred(before, after) => {
                let value = frame.pop();
                let items = self.unpack_starred(&value, before as usize, after as usize)?;
                frame.stack.extend(items.into_iter().rev());
                Ok(())
            }
            Op::Index | Op::StoreIndex | Op::DeleteIndex => self.subscript(frame, op),
            Op::Attribute(name) => {
                let object = frame.pop();
                let value = self.attribute(&object, &code.names[name as usize])?;
                frame.push(value);
                Ok(())
            }
            Op::StoreAttribute(name) | Op::DeleteAttribute(name) => {
                let object = frame.pop();
                Err(super::attribute::read_only(&object, &code.names[name as usize]))
            }
            Op::MakeFunction(index) => {
                self.make_function(frame, &code.inner[index as usize]);
                Ok(())
            }
            Op::MakeCallable(index) => {
                let body = frame.pop();
                frame.push(operate::callable(&code.callables[index as usize], &body)?);
                Ok(())
            }
            Op::Format(conversion, has_spec) => {
                let spec = if has_spec { Some(frame.pop()) } else { None };
                let value = frame.pop();
                let spec = spec.as_ref().and_then(Value::as_str).map_or("", |spec| spec);
                frame.push(Value::str(operate::format_field(&value, conversion, spec)?));
                Ok(())
            }
            Op::Concatenate(count) => {
                let parts = frame.pop_many(count);
                let text: String = parts.iter().filter_map(Value::as_str).map(|part| &**part).collect();
                frame.push(Value::str(text));
                Ok(())
            }
            _ => self.guard(frame, code, op),
        }
    }

    /// Operations of `try`, `raise`, `assert` and `import`.
    fn guard(&mut self, frame: &mut Frame, code: &Rc<Code>, op: Op) -> Result<(), Fault> {
        match op {
            Op::PushExcept(target) => frame.blocks.push(Block::Except(target)),
            Op::PushFinally(target) => frame.blocks.push(Block::Finally(target)),
            Op::PopBlock => {
                if let Some(block) = frame.blocks.pop() {
                    frame.drop_block(block);
                }
            }
            Op::EnterFinally => {
                frame.blocks.pop();
                let here = u32::try_from(frame.next).unwrap_or(u32::MAX);
                frame.enter_finally(here, Pending::Normal);
            }
            Op::Leave(keep, target) => {
                if (target as usize) < frame.next {
                    self.budget.check()?;
                }
                if frame.leave(keep as usize, Pending::Jump(keep, target)).is_some() {
                    frame.next = target as usize;
                }
            }
            Op::LoadException => {
                let exception = frame.handling.last().cloned();
                frame.push(exception.map_or(Value::None, Value::Exception));
            }
            Op::MatchException => {
                let class = frame.pop();
                let matches = super::exception::matches(frame.handling.last(), &class)?;
                frame.push(Value::Bool(matches));
            }
            Op::Raise(written) => {
                let values = frame.pop_many(written);
                return Err(self.raised(values.first(), frame.handling.last()));
            }
            Op::FailAssertion(has_message) => {
                let message = if has_message { Some(frame.pop()) } else { None };
                return Err(super::exception::failed_assertion(message.as_ref()));
            }
            Op::Import(name) => {
                let module = self.import(&code.names[name as usize])?;
                frame.push(module);
            }
            Op::ImportName(name) => {
                let module = frame.stack.last().cloned().unwrap_or(Value::None);
                let value = self.import_name(&module, &code.names[name as usize])?;
                frame.push(value);
            }
            Op::ImportAll => {
                let module = frame.pop();
                let globals = Rc::clone(&frame.globals);
                self.import_all(&module, &globals);
            }
            other => debug_assert!(false, "{other:?} is run elsewhere"),
        }
        Ok(())
    }

    /// A call with its arguments on the stack: the frame to be run, or nothing when the result is on the stack.
    fn call_site(&mut self, frame: &mut Frame, site: &CallSite) -> Result<Option<Box<Frame>>, Fault> {
        self.budget.check()?;
        let at = frame.stack.len().saturating_sub(site.arguments.len());
        if site.plain
            && let Some(Value::Function(function)) = frame.stack.get(at.wrapping_sub(1))
            && function.code.signature.is_plain(site.arguments.len())
            && !function.code.generator
        {
            let function = Rc::clone(function);
            let mut callee = self.new_frame(&function, frame.span());
            for (slot, value) in frame.stack.drain(at..).enumerate() {
                callee.locals[slot] = Some(value);
            }
            frame.stack.pop();
            return Ok(Some(callee));
        }
        let values = frame.stack.split_off(at);
        let callee = frame.pop();
        let arguments = self.arguments(values, site)?;
        self.prepared(frame, |machine, span| machine.prepare(&callee, arguments, span))
    }

    fn method_site(&mut self, frame: &mut Frame, name: &Rc<str>, site: &CallSite) -> Result<Option<Box<Frame>>, Fault> {
        self.budget.check()?;
        let at = frame.stack.len().saturating_sub(site.arguments.len());
        let values = frame.stack.split_off(at);
        let receiver = frame.pop();
        let arguments = self.arguments(values, site)?;
        self.prepared(frame, |machine, span| machine.prepare_method(&receiver, name, arguments, span))
    }

    fn prepared(
        &mut self,
        frame: &mut Frame,
        prepare: impl FnOnce(&mut Machine, Span) -> Result<Prepared, Fault>,
    ) -> Result<Option<Box<Frame>>, Fault> {
        let span = frame.span();
        Ok(match prepare(self, span)? {
            Prepared::Done(value) => {
                frame.push(value);
                None
            }
            Prepared::Frame(callee) => Some(callee),
        })
    }

    fn build(&mut self, frame: &mut Frame, code: &Rc<Code>, op: Op) -> Result<(), Fault> {
        let value = match op {
            Op::BuildList(count) => Value::list(frame.pop_many(count)),
            Op::BuildTuple(count) => Value::tuple(frame.pop_many(count)),
            Op::BuildSet(count) => {
                let members = frame.pop_many(count);
                Value::set(crate::runtime::value::Set::from_values(members)?)
            }
            Op::BuildDict(_) => Value::dict(crate::runtime::value::Dict::new()),
            Op::ListToTuple => {
                let list = frame.pop();
                Value::tuple(self.collect(&list)?)
            }
            Op::BuildSlice => {
                let (step, stop, start) = (frame.pop(), frame.pop(), frame.pop());
                Value::Slice(Rc::new(crate::runtime::value::Slice { start, stop, step }))
            }
            Op::BuildRange(index) => {
                let shape = &code.ranges[index as usize];
                let values = shape.through.iter().filter(|through| !**through).count();
                let values = frame.pop_many(u32::try_from(values).unwrap_or(u32::MAX));
                operate::bracket_range(self, shape, values)?
            }
            _ => return self.extend(frame, op),
        };
        frame.push(value);
        Ok(())
    }

    /// Operations that put something into the collection below the top of the stack.
    fn extend(&mut self, frame: &mut Frame, op: Op) -> Result<(), Fault> {
        let item = frame.pop();
        let key = if matches!(op, Op::SetItem) { Some(frame.pop()) } else { None };
        let Some(target) = frame.stack.last().cloned() else { return Ok(()) };
        match (op, &target) {
            (Op::Append, Value::List(list)) => list.borrow_mut().push(item),
            (Op::Extend, Value::List(list)) => {
                let items = self.collect(&item)?;
                list.borrow_mut().extend(items);
            }
            (Op::AddToSet, Value::Set(set)) => set.borrow_mut().insert(Key::new(item)?),
            (Op::UpdateSet, Value::Set(set)) => {
                for item in self.collect(&item)? {
                    set.borrow_mut().insert(Key::new(item)?);
                }
            }
            (Op::SetItem, Value::Dict(dict)) => {
                let key = Key::new(key.unwrap_or(Value::None))?;
                dict.borrow_mut().insert(key, item);
            }
            (Op::UpdateDict, Value::Dict(dict)) => operate::update_dict(self, dict, &item)?,
            _ => debug_assert!(false, "{op:?} finds its collection on the stack"),
        }
        Ok(())
    }

    fn subscript(&mut self, frame: &mut Frame, op: Op) -> Result<(), Fault> {
        let (index, object) = (frame.pop(), frame.pop());
        match op {
            Op::Index => {
                let value = operate::index(self, &object, &index)?;
                frame.push(value);
                Ok(())
            }
            Op::StoreIndex => {
                let value = frame.pop();
                operate::store_index(self, &object, &index, value)
            }
            _ => operate::delete_index(&object, &index),
        }
    }
}

/// Whether a condition keeps its value on the stack and jumps, or is dropped.
fn jump_or_pop(frame: &mut Frame, target: u32, when: bool) -> Result<(), Fault> {
    let holds = match frame.stack.last() {
        Some(value) => truth::holds(value)?,
        None => false,
    };
    if holds == when {
        frame.next = target as usize;
    } else {
        frame.stack.pop();
    }
    Ok(())
}

/// Goes on with what was pending when a `finally` began; the value if that is a return.
fn end_finally(frame: &mut Frame) -> Result<Option<Value>, Fault> {
    frame.blocks.pop();
    match frame.pending.pop() {
        Some(Pending::Raise(fault)) => Err(fault),
        Some(Pending::Return(value)) => Ok(match frame.leave(0, Pending::Return(value)) {
            Some(Pending::Return(value)) => Some(value),
            _ => None,
        }),
        Some(Pending::Jump(keep, target)) => {
            if frame.leave(keep as usize, Pending::Jump(keep, target)).is_some() {
                frame.next = target as usize;
            }
            Ok(None)
        }
        Some(Pending::Normal) | None => Ok(None),
    }
}

fn shuffle(frame: &mut Frame, op: Op) {
    let length = frame.stack.len();
    match op {
        Op::Duplicate => {
            let top = frame.stack.last().cloned();
            frame.stack.extend(top);
        }
        Op::DuplicateTwo => {
            let two = frame.stack.get(length.saturating_sub(2)..).map(<[Value]>::to_vec);
            frame.stack.extend(two.into_iter().flatten());
        }
        Op::Swap if length >= 2 => frame.stack.swap(length - 1, length - 2),
        Op::Bury if length >= 3 => frame.stack[length - 3..].rotate_right(1),
        _ => {}
    }
}

/// The fault with the call that led into the failed frame added to its chain.
fn called_from(fault: Fault, failed: &Frame, caller: Option<&Frame>) -> Fault {
    /// Longer chains than this are cut.
    const MAX_CHAIN: usize = 64;
    if fault.frames().len() >= MAX_CHAIN || &*failed.code.name == "<module>" {
        return fault;
    }
    fault.called_from(crate::diagnostic::Frame {
        function: failed.code.name.to_string(),
        span: failed.call_span,
        source: caller.map(|caller| std::sync::Arc::clone(&caller.code.source)),
    })
}

fn too_deep() -> Fault {
    fault!(TOO_DEEP, Span::default(), "maximum recursion depth exceeded")
        .hint("a function that calls itself needs a case in which it does not")
}

fn unbound(name: &str) -> Fault {
    // What the compiler itself names can't be met before it is set.
    fault!(UNBOUND_LOCAL, Span::default(), "local variable '{name}' referenced before assignment")
        .hint(format!("`{name}` is assigned in this function, so it is local to it; `global {name}` makes it global"))
}

fn free(name: &str) -> Fault {
    let message = format!("free variable '{name}' referenced before assignment in enclosing scope");
    Fault::new(&UNBOUND_LOCAL, Span::default(), message).class_is("NameError")
}
