//! The loop that runs code.

use std::rc::Rc;

use super::frame::Pending;
use super::{Frame, MAX_CALLS, MAX_NESTED, Machine};
use crate::diagnostic::{Fault, Span, fault};
use crate::runtime::code::{CallSite, Code, Op};
use crate::runtime::fault::{NOT_CALLABLE, TOO_DEEP, UNBOUND_LOCAL, UNNAMED_SUBSTITUTION, is_stop};
use crate::runtime::iterate::Cursor;
use crate::runtime::value::Value;
use crate::runtime::{operate, truth};
use crate::syntax::ast::ComparisonOperator;

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
                    if !is_stop(&fault) {
                        self.recycle(failed);
                    }
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
                Op::LoadGlobal(slot) => self.load_global(frame, slot)?,
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
                Op::Compare(operator) => self.compare(frame, operator)?,
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
                Op::Next(slot, target) => match frame.cursors[slot as usize].next(self)? {
                    Some(item) => frame.stack.push(item),
                    None => {
                        frame.cursors[slot as usize] = Cursor::Done;
                        frame.next = target as usize;
                    }
                },
                Op::Call(_) | Op::CallMethod(..) => {
                    if let Some(callee) = self.call_operation(frame, &code, op)? {
                        return Ok(Transfer::Call(callee));
                    }
                }
                Op::Return | Op::EndFinally => {
                    if let Some(value) = leave_function(frame, op)? {
                        return Ok(Transfer::Return(value));
                    }
                }
                Op::Yield => return Ok(Transfer::Yield(frame.pop())),
                _ => self.operation(frame, &code, op)?,
            }
        }
    }

    #[inline]
    fn load_global(&mut self, frame: &mut Frame, slot: u32) -> Result<(), Fault> {
        let value = match frame.globals.load(slot) {
            Some(value) => value,
            None => self.look_up(&frame.globals, slot)?,
        };
        frame.stack.push(value);
        Ok(())
    }

    #[inline]
    fn compare(&mut self, frame: &mut Frame, operator: ComparisonOperator) -> Result<(), Fault> {
        let (right, left) = (frame.pop(), frame.pop());
        let value = match operator {
            ComparisonOperator::In => Value::Bool(self.contains(&right, &left)?),
            ComparisonOperator::NotIn => Value::Bool(!self.contains(&right, &left)?),
            _ => operate::compare(operator, &left, &right)?,
        };
        frame.push(value);
        Ok(())
    }

    #[inline]
    fn call_operation(&mut self, frame: &mut Frame, code: &Code, op: Op) -> Result<Option<Box<Frame>>, Fault> {
        match op {
            Op::CallMethod(name, site) => {
                self.method_site(frame, &code.names[name as usize], &code.sites[site as usize])
            }
            Op::Call(site) => self.call_site(frame, &code.sites[site as usize]),
            _ => Ok(None),
        }
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
        let code = Rc::clone(&frame.code);
        self.prepared(frame, |machine, span| {
            let done = machine.prepare(&callee, arguments, span);
            let is_factor = callee.is_plain_number() || matches!(callee, Value::Expr(_));
            done.map_err(|fault| if is_factor { advised(fault, site, span, code.source.text()) } else { fault })
        })
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
}

/// `return`, and the end of a `finally` block; the value if the function is left now.
fn leave_function(frame: &mut Frame, op: Op) -> Result<Option<Value>, Fault> {
    if matches!(op, Op::EndFinally) {
        return end_finally(frame);
    }
    let value = frame.pop();
    if frame.blocks.is_empty() {
        return Ok(Some(value));
    }
    Ok(match frame.leave(0, Pending::Return(value)) {
        Some(Pending::Return(value)) => Some(value),
        _ => None,
    })
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

/// A fault of calling what can't be called, with what was probably meant: a product, or what the parser thinks.
fn advised(fault: Fault, site: &CallSite, call: Span, source: &str) -> Fault {
    let refused = [&NOT_CALLABLE, &UNNAMED_SUBSTITUTION].iter().any(|kind| std::ptr::eq(fault.kind(), *kind));
    if !refused {
        return fault;
    }
    if let Some(advice) = &site.advice {
        return fault.hint(&**advice);
    }
    let Some(function) = site.function else { return fault };
    // The place of an expression leaves out the parentheses around it.
    let behind = source.get(function.end as usize..call.end as usize).unwrap_or_default();
    let arguments = behind.trim_start_matches([')', ' ']);
    let before = call.end as usize - arguments.len();
    let product = format!("{}*{arguments}", Span::new(call.start as usize, before).text(source).trim_end());
    if site.arguments.len() != 1 || !site.plain || product.contains('\n') || product.len() > 60 {
        return fault;
    }
    fault.hint(format!("a product is written with `*`: `{product}`"))
}

fn too_deep() -> Fault {
    fault!(TOO_DEEP, Span::default(), "maximum recursion depth exceeded")
        .hint("a function that calls itself needs a case in which it does not")
}

pub(super) fn unbound(name: &str) -> Fault {
    // What the compiler itself names can't be met before it is set.
    fault!(
        UNBOUND_LOCAL,
        Span::default(),
        "cannot access local variable '{name}' where it is not associated with a value"
    )
    .hint(format!("`{name}` is assigned in this function, so it is local to it; `global {name}` makes it global"))
}
