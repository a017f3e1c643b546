//! From the syntax tree to code.
//!
//! One `Unit` is under construction for every function; names are resolved by `Scopes` first. The trees are at most
//! `MAX_DEPTH` deep, so recursion is safe here.

mod call;
mod comprehension;
mod expression;
mod function;
mod statement;
mod target;

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::code::{CellOrigin, Code, Op, Signature};
use super::globals::Globals;
use super::scope::{MODULE, Place, ScopeId, Scopes};
use super::value::Value;
use crate::diagnostic::{Fault, Source, Span};
use crate::syntax::ast::{ExprKind, Stmt, StmtKind};

/// Compiles a statement of the top level. Its code returns the value of an expression statement, else `None`.
///
/// # Errors
/// What makes a well-formed statement meaningless, such as a `nonlocal` name that is bound nowhere.
pub fn compile(statement: &Stmt, globals: &Globals, source: &Arc<Source>) -> Result<Rc<Code>, Fault> {
    let scopes = Scopes::of(statement)?;
    let mut compiler = Compiler { scopes: &scopes, globals, source, scope: MODULE, units: Vec::new() };
    compiler.open("<module>".into(), MODULE, statement.span);
    match &statement.kind {
        StmtKind::Expression(value) => compiler.expression(value),
        _ => {
            compiler.statement(statement);
            compiler.constant(Value::None, statement.span);
        }
    }
    compiler.emit(Op::Return, statement.span);
    let code = compiler.close();
    Ok(Rc::new(code))
}

/// Whether a value of this statement is echoed by whoever shows values.
pub fn has_value(statement: &Stmt) -> bool {
    matches!(&statement.kind, StmtKind::Expression(value) if !matches!(value.kind, ExprKind::Invalid))
}

/// A variable: the scope that binds it and its name.
type Variable = (ScopeId, Rc<str>);

struct Compiler<'a> {
    scopes: &'a Scopes,
    globals: &'a Globals,
    source: &'a Arc<Source>,
    scope: ScopeId,
    units: Vec<Unit>,
}

/// The code of one function, growing.
struct Unit {
    code: Code,
    frame: ScopeId,
    locals: HashMap<Variable, u32>,
    cells: HashMap<Variable, u32>,
    /// For each cell its variable.
    cell_variables: Vec<Variable>,
    constants: HashMap<ConstantKey, u32>,
    names: HashMap<Rc<str>, u32>,
    /// Iterator slots in use.
    iterators: u32,
    /// Blocks (guarded, handling, finally) open at this point.
    blocks: u32,
    loops: Vec<Loop>,
}

/// A loop around the statement being compiled.
struct Loop {
    blocks: u32,
    start: u32,
    iterator: Option<u32>,
    breaks: Vec<usize>,
}

/// What makes two constants the same.
#[derive(PartialEq, Eq, Hash)]
enum ConstantKey {
    None,
    Bool(bool),
    Ellipsis,
    Integer(Rc<str>, u32),
    Text(Rc<str>),
}

impl<'a> Compiler<'a> {
    fn unit(&mut self) -> &mut Unit {
        self.units.last_mut().expect("code is made between open and close")
    }

    fn open(&mut self, name: Rc<str>, frame: ScopeId, span: Span) {
        let code = Code {
            name,
            ops: Vec::new(),
            spans: Vec::new(),
            constants: Vec::new(),
            names: Vec::new(),
            inner: Vec::new(),
            sites: Vec::new(),
            ranges: Vec::new(),
            callables: Vec::new(),
            locals: Vec::new(),
            cells: Vec::new(),
            cell_names: Vec::new(),
            iterators: 0,
            signature: Signature::default(),
            generator: false,
            source: Arc::clone(self.source),
            docstring: None,
            span,
        };
        self.units.push(Unit {
            code,
            frame,
            locals: HashMap::new(),
            cells: HashMap::new(),
            cell_variables: Vec::new(),
            constants: HashMap::new(),
            names: HashMap::new(),
            iterators: 0,
            blocks: 0,
            loops: Vec::new(),
        });
    }

    /// The finished code, its outer cells found among those of the enclosing unit.
    fn close(&mut self) -> Code {
        let unit = self.units.pop().expect("close follows open");
        let Unit { mut code, cell_variables, frame, .. } = unit;
        for (index, variable) in cell_variables.into_iter().enumerate() {
            let own = self.scopes.frame(variable.0) == frame;
            code.cells[index] = if own { CellOrigin::Own } else { CellOrigin::Outer(self.cell(variable)) };
        }
        code
    }

    fn emit(&mut self, op: Op, span: Span) -> usize {
        let code = &mut self.unit().code;
        code.ops.push(op);
        code.spans.push(span);
        code.ops.len() - 1
    }

    /// The number of the next operation.
    fn next_op(&mut self) -> u32 {
        count(self.unit().code.ops.len())
    }

    /// Lets a jump emitted before lead to the next operation.
    fn land(&mut self, jump: usize) {
        let here = self.next_op();
        match &mut self.unit().code.ops[jump] {
            Op::Jump(target)
            | Op::JumpIfFalse(target)
            | Op::JumpIfFalseOrPop(target)
            | Op::JumpIfTrueOrPop(target)
            | Op::Next(_, target)
            | Op::PushExcept(target)
            | Op::PushFinally(target)
            | Op::Leave(_, target) => *target = here,
            other => debug_assert!(false, "{other:?} is no jump"),
        }
    }

    fn constant(&mut self, value: Value, span: Span) {
        let key = match &value {
            Value::None => Some(ConstantKey::None),
            Value::Bool(value) => Some(ConstantKey::Bool(*value)),
            Value::Ellipsis => Some(ConstantKey::Ellipsis),
            Value::Str(text) => Some(ConstantKey::Text(text.clone())),
            _ => None,
        };
        self.keyed_constant(key, value, span);
    }

    fn keyed_constant(&mut self, key: Option<ConstantKey>, value: Value, span: Span) {
        let unit = self.unit();
        let fresh = count(unit.code.constants.len());
        let index = match key {
            Some(key) => *unit.constants.entry(key).or_insert(fresh),
            None => fresh,
        };
        if index == fresh {
            unit.code.constants.push(value);
        }
        self.emit(Op::Constant(index), span);
    }

    /// The number of a name of an attribute, method or module.
    fn name(&mut self, name: &Rc<str>) -> u32 {
        let unit = self.unit();
        let fresh = count(unit.code.names.len());
        let index = *unit.names.entry(name.clone()).or_insert(fresh);
        if index == fresh {
            unit.code.names.push(name.clone());
        }
        index
    }

    /// The slot of a local variable of this unit.
    fn local(&mut self, variable: Variable) -> u32 {
        let unit = self.unit();
        let fresh = count(unit.code.locals.len());
        let name = variable.1.clone();
        let slot = *unit.locals.entry(variable).or_insert(fresh);
        if slot == fresh {
            unit.code.locals.push(name);
        }
        slot
    }

    /// The cell of a captured variable, as seen from this unit.
    fn cell(&mut self, variable: Variable) -> u32 {
        let unit = self.unit();
        let fresh = count(unit.cell_variables.len());
        let cell = *unit.cells.entry(variable.clone()).or_insert(fresh);
        if cell == fresh {
            unit.code.cells.push(CellOrigin::Own);
            unit.code.cell_names.push(variable.1.clone());
            unit.cell_variables.push(variable);
        }
        cell
    }

    fn load(&mut self, name: &Rc<str>, span: Span) {
        let op = match self.scopes.place(self.scope, name) {
            Place::Global => Op::LoadGlobal(self.globals.slot(name)),
            Place::Scope { scope, captured: true } => Op::LoadCell(self.cell((scope, name.clone()))),
            Place::Scope { scope, captured: false } => Op::LoadLocal(self.local((scope, name.clone()))),
        };
        self.emit(op, span);
    }

    fn store(&mut self, name: &Rc<str>, span: Span) {
        let op = match self.scopes.place(self.scope, name) {
            Place::Global => Op::StoreGlobal(self.globals.slot(name)),
            Place::Scope { scope, captured: true } => Op::StoreCell(self.cell((scope, name.clone()))),
            Place::Scope { scope, captured: false } => Op::StoreLocal(self.local((scope, name.clone()))),
        };
        self.emit(op, span);
    }

    fn delete(&mut self, name: &Rc<str>, span: Span) {
        let op = match self.scopes.place(self.scope, name) {
            Place::Global => Op::DeleteGlobal(self.globals.slot(name)),
            Place::Scope { scope, captured: true } => Op::DeleteCell(self.cell((scope, name.clone()))),
            Place::Scope { scope, captured: false } => Op::DeleteLocal(self.local((scope, name.clone()))),
        };
        self.emit(op, span);
    }

    /// A free iterator slot, in use until [`Compiler::release_iterator`].
    fn claim_iterator(&mut self) -> u32 {
        let unit = self.unit();
        unit.iterators += 1;
        unit.code.iterators = unit.code.iterators.max(unit.iterators);
        unit.iterators - 1
    }

    fn release_iterator(&mut self) {
        self.unit().iterators -= 1;
    }

    /// Compiles inside a scope that is inlined into this unit, its captured variables in new cells.
    fn inside(&mut self, scope: ScopeId, span: Span, compile: impl FnOnce(&mut Compiler<'a>)) {
        let outer = std::mem::replace(&mut self.scope, scope);
        for name in self.scopes.captured_names(scope) {
            let cell = self.cell((scope, name));
            self.emit(Op::FreshCell(cell), span);
        }
        compile(self);
        self.scope = outer;
    }
}

/// A number of things as code refers to them; a program of four billion parts does not fit in memory.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
