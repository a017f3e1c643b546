//! The operations that loops seldom need.

use std::rc::Rc;

use super::frame::{Block, Pending};
use super::run::unbound;
use super::{Frame, Machine};
use crate::diagnostic::{Fault, Span};
use crate::runtime::code::{Code, Op};
use crate::runtime::fault::UNBOUND_LOCAL;
use crate::runtime::iterate::{Cursor, iterator};
use crate::runtime::value::{Dict, Key, Set, Slice, Value};
use crate::runtime::{operate, truth};

impl Machine {
    /// An operation that stays within its frame.
    pub(super) fn operation(&mut self, frame: &mut Frame, code: &Rc<Code>, op: Op) -> Result<(), Fault> {
        match op {
            Op::Unary(operator) => {
                let operand = frame.pop();
                frame.push(operate::unary(operator, &operand)?);
            }
            Op::Not => {
                let operand = frame.pop();
                frame.push(Value::Bool(!truth::holds(&operand)?));
            }
            Op::JumpIfFalseOrPop(target) => jump_or_pop(frame, target, false)?,
            Op::JumpIfTrueOrPop(target) => jump_or_pop(frame, target, true)?,
            Op::StartLoop(slot) => {
                let iterable = frame.pop();
                frame.cursors[slot as usize] = Cursor::over(&iterable)?;
            }
            Op::EndLoop(slot) => frame.cursors[slot as usize] = Cursor::Done,
            Op::Iterator => {
                let value = frame.pop();
                frame.push(iterator(&value)?);
            }
            Op::Duplicate | Op::DuplicateTwo | Op::Swap | Op::Bury => shuffle(frame, op),
            Op::Unpack(count) => {
                let value = frame.pop();
                let items = self.unpack(&value, count as usize)?;
                frame.stack.extend(items.into_iter().rev());
            }
            Op::UnpackStarred(before, after) => {
                let value = frame.pop();
                let items = self.unpack_starred(&value, before as usize, after as usize)?;
                frame.stack.extend(items.into_iter().rev());
            }
            Op::Index | Op::StoreIndex | Op::DeleteIndex => self.subscript(frame, op)?,
            Op::Attribute(name) => {
                let object = frame.pop();
                let value = self.attribute(&object, &code.names[name as usize])?;
                frame.push(value);
            }
            Op::StoreAttribute(name) | Op::DeleteAttribute(name) => {
                let object = frame.pop();
                return Err(super::attribute::read_only(&object, &code.names[name as usize]));
            }
            Op::DeleteLocal(_)
            | Op::LoadCell(_)
            | Op::StoreCell(_)
            | Op::DeleteCell(_)
            | Op::FreshCell(_)
            | Op::LocalToCell(..)
            | Op::DeleteGlobal(_) => self.variable(frame, code, op)?,
            Op::MakeFunction(_) | Op::MakeCallable(_) | Op::Format(..) | Op::Concatenate(_) => {
                self.make(frame, code, op)?;
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
            | Op::BuildRange(_) => self.build(frame, code, op)?,
            _ => self.guard(frame, code, op)?,
        }
        Ok(())
    }

    /// Cells, and the deletion of variables.
    fn variable(&mut self, frame: &mut Frame, code: &Rc<Code>, op: Op) -> Result<(), Fault> {
        match op {
            Op::DeleteLocal(slot) => {
                let old = frame.locals[slot as usize].take();
                old.map(drop).ok_or_else(|| unbound(&code.locals[slot as usize]))?;
            }
            Op::LoadCell(cell) => {
                let value = frame.cells[cell as usize].borrow().clone();
                frame.push(value.ok_or_else(|| free(&code.cell_names[cell as usize]))?);
            }
            Op::StoreCell(cell) => {
                let value = frame.stack.pop();
                frame.cells[cell as usize].replace(value);
            }
            Op::DeleteCell(cell) => {
                let old = frame.cells[cell as usize].take();
                old.map(drop).ok_or_else(|| free(&code.cell_names[cell as usize]))?;
            }
            Op::FreshCell(cell) => frame.cells[cell as usize] = super::frame::Cell::default(),
            Op::LocalToCell(slot, cell) => {
                let value = frame.locals[slot as usize].take();
                frame.cells[cell as usize].replace(value);
            }
            Op::DeleteGlobal(slot) => {
                if frame.globals.load(slot).is_none() {
                    self.look_up(&frame.globals, slot)?;
                }
                frame.globals.delete(slot);
            }
            other => debug_assert!(false, "{other:?} is run elsewhere"),
        }
        Ok(())
    }

    /// Functions and texts.
    fn make(&mut self, frame: &mut Frame, code: &Rc<Code>, op: Op) -> Result<(), Fault> {
        match op {
            Op::MakeFunction(index) => self.make_function(frame, &code.inner[index as usize]),
            Op::MakeCallable(index) => {
                let body = frame.pop();
                frame.push(operate::callable(&code.callables[index as usize], &body)?);
            }
            Op::Format(conversion, has_spec) => {
                let spec = if has_spec { Some(frame.pop()) } else { None };
                let value = frame.pop();
                let spec = spec.as_ref().and_then(Value::as_str).map_or("", |spec| spec);
                frame.push(Value::str(operate::format_field(&value, conversion, spec)?));
            }
            Op::Concatenate(count) => {
                let parts = frame.pop_many(count);
                let text: String = parts.iter().filter_map(Value::as_str).map(|part| &**part).collect();
                frame.push(Value::str(text));
            }
            other => debug_assert!(false, "{other:?} is run elsewhere"),
        }
        Ok(())
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
            Op::EnterContext(slot) => {
                let manager = frame.pop();
                let value = self.enter_context(&manager)?;
                frame.locals[slot as usize] = Some(manager);
                frame.push(value);
            }
            Op::ExitContext(slot) => {
                if let Some(manager) = frame.locals[slot as usize].take() {
                    self.exit_context(&manager);
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

    fn build(&mut self, frame: &mut Frame, code: &Rc<Code>, op: Op) -> Result<(), Fault> {
        let value = match op {
            Op::BuildList(count) => Value::list(frame.pop_many(count)),
            Op::BuildTuple(count) => Value::tuple(frame.pop_many(count)),
            Op::BuildSet(count) => {
                let members = frame.pop_many(count);
                Value::set(Set::from_values(members)?)
            }
            Op::BuildDict(_) => Value::dict(Dict::new()),
            Op::ListToTuple => {
                let list = frame.pop();
                Value::tuple(self.collect(&list)?)
            }
            Op::BuildSlice => {
                let (step, stop, start) = (frame.pop(), frame.pop(), frame.pop());
                Value::Slice(Rc::new(Slice { start, stop, step }))
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

fn free(name: &str) -> Fault {
    let message = format!("free variable '{name}' referenced before assignment in enclosing scope");
    Fault::new(&UNBOUND_LOCAL, Span::default(), message).class_is("NameError")
}
