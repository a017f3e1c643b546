//! The state of one call: kept on the heap, so that calls nest as deep as memory allows and generators can be set aside.

use std::cell::RefCell;
use std::rc::Rc;

use crate::diagnostic::{Fault, Span};
use crate::runtime::code::{CellOrigin, Code};
use crate::runtime::globals::Globals;
use crate::runtime::iterate::Cursor;
use crate::runtime::leavings::leave_frame;
use crate::runtime::value::{Closure, Exception, Value};

/// A variable shared between functions.
pub type Cell = Rc<RefCell<Option<Value>>>;

/// One call under way.
#[derive(Debug)]
pub struct Frame {
    pub(super) code: Rc<Code>,
    pub(super) globals: Rc<Globals>,
    /// The next operation.
    pub(super) next: usize,
    pub(super) locals: Vec<Option<Value>>,
    pub(super) cells: Vec<Cell>,
    pub(super) stack: Vec<Value>,
    pub(super) cursors: Vec<Cursor>,
    pub(super) blocks: Vec<Block>,
    pub(super) pending: Vec<Pending>,
    pub(super) handling: Vec<Rc<Exception>>,
    /// Where it was called from.
    pub(super) call_span: Span,
}

/// A block that must be left in order.
#[derive(Clone, Copy, Debug)]
pub(super) enum Block {
    /// A guarded block; its handlers begin at an operation.
    Except(u32),
    /// A guarded block; its `finally` begins at an operation.
    Finally(u32),
    /// A handler is running.
    Handling,
    /// A `finally` is running.
    Ending,
}

/// What goes on behind a `finally`.
#[derive(Debug)]
pub(super) enum Pending {
    /// The next statement.
    Normal,
    /// The fault that led here.
    Raise(Fault),
    /// The return that was under way.
    Return(Value),
    /// The jump that was under way: how many blocks stay open, and where to.
    Jump(u32, u32),
}

impl Frame {
    /// A frame for some code, its variables unbound.
    pub(super) fn new(code: &Rc<Code>, globals: &Rc<Globals>, captured: &[Cell], call_span: Span) -> Box<Frame> {
        let mut frame = Box::new(Frame {
            code: Rc::clone(code),
            globals: Rc::clone(globals),
            next: 0,
            locals: Vec::new(),
            cells: Vec::new(),
            stack: Vec::new(),
            cursors: Vec::new(),
            blocks: Vec::new(),
            pending: Vec::new(),
            handling: Vec::new(),
            call_span,
        });
        frame.prepare(captured);
        frame
    }

    /// Makes an old frame new, its memory used again.
    pub(super) fn renew(&mut self, closure: &Closure, call_span: Span) {
        self.code = Rc::clone(&closure.code);
        self.globals = Rc::clone(&closure.globals);
        self.next = 0;
        self.call_span = call_span;
        self.prepare(&closure.captured);
    }

    fn prepare(&mut self, captured: &[Cell]) {
        self.locals.resize_with(self.code.locals.len(), || None);
        let mut outer = captured.iter();
        let cells = self.code.cells.iter().map(|origin| match origin {
            CellOrigin::Own => Cell::default(),
            CellOrigin::Outer(_) => outer.next().cloned().unwrap_or_default(),
        });
        self.cells.extend(cells);
        self.cursors.resize_with(self.code.iterators as usize, || Cursor::Done);
    }

    /// Drops all values that the frame holds, not its memory.
    pub(super) fn clear(&mut self) {
        self.locals.clear();
        self.cells.clear();
        self.stack.clear();
        self.cursors.clear();
        self.blocks.clear();
        self.pending.clear();
        self.handling.clear();
    }

    /// The place of the operation under way.
    pub(super) fn span(&self) -> Span {
        self.code.spans.get(self.next.saturating_sub(1)).copied().unwrap_or_default()
    }

    pub(super) fn push(&mut self, value: Value) {
        self.stack.push(value);
    }

    /// The top of the stack; the compiler sees to it that there is one.
    #[inline]
    pub(super) fn pop(&mut self) -> Value {
        self.stack.pop().unwrap_or(Value::None)
    }

    /// The last so many values.
    pub(super) fn pop_many(&mut self, count: u32) -> Vec<Value> {
        let at = self.stack.len().saturating_sub(count as usize);
        self.stack.split_off(at)
    }

    /// Leaves blocks until `keep` are open. A `finally` on the way comes first and keeps what was `pending`; without one
    /// that is given back, to be done now.
    pub(super) fn leave(&mut self, keep: usize, pending: Pending) -> Option<Pending> {
        while self.blocks.len() > keep {
            match self.blocks.pop() {
                Some(Block::Finally(target)) => {
                    self.enter_finally(target, pending);
                    return None;
                }
                Some(other) => self.drop_block(other),
                None => break,
            }
        }
        Some(pending)
    }

    /// Starts the `finally` block at `target`.
    pub(super) fn enter_finally(&mut self, target: u32, pending: Pending) {
        self.blocks.push(Block::Ending);
        self.pending.push(pending);
        self.stack.clear();
        self.next = target as usize;
    }

    /// What leaving a block undoes.
    pub(super) fn drop_block(&mut self, block: Block) {
        match block {
            Block::Handling => drop(self.handling.pop()),
            Block::Ending => drop(self.pending.pop()),
            Block::Except(_) | Block::Finally(_) => {}
        }
    }
}

impl Drop for Frame {
    /// What an interrupted statement was at work on is taken apart later.
    fn drop(&mut self) {
        if !(self.stack.is_empty() && self.locals.is_empty()) {
            leave_frame(self.stack.drain(..).chain(self.locals.drain(..).flatten()));
        }
    }
}
