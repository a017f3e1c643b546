//! The code a function is compiled to: a flat list of small operations on a stack, and what they refer to.
//!
//! Names are resolved before anything runs: a local variable is a numbered slot, one that inner functions see is a
//! numbered cell, a global is a numbered slot of its module. Iterators of running loops lie in slots of their own, so that
//! the operand stack is empty between statements; leaving a block early therefore means clearing it.

use std::rc::Rc;
use std::sync::Arc;

use super::value::Value;
use crate::diagnostic::{Source, Span};
use crate::syntax::ast::{BinaryOperator, ComparisonOperator, Conversion, UnaryOperator};

/// One operation. `a b -> c` in the descriptions says what it takes from the top of the stack and what it leaves.
#[derive(Clone, Copy, Debug)]
pub enum Op {
    /// `-> constant`
    Constant(u32),
    /// `-> value` of a local slot.
    LoadLocal(u32),
    /// `value ->` into a local slot.
    StoreLocal(u32),
    /// Unbinds a local slot.
    DeleteLocal(u32),
    /// `-> value` of a cell.
    LoadCell(u32),
    /// `value ->` into a cell.
    StoreCell(u32),
    /// Unbinds a cell.
    DeleteCell(u32),
    /// Replaces a cell by a new one, so that closures of an earlier round keep theirs.
    FreshCell(u32),
    /// Moves the value of a local slot (a parameter) into a cell.
    LocalToCell(u32, u32),
    /// `-> value` of a global.
    LoadGlobal(u32),
    /// `value ->` into a global.
    StoreGlobal(u32),
    /// Unbinds a global.
    DeleteGlobal(u32),
    /// `a ->`
    Pop,
    /// `a -> a a`
    Duplicate,
    /// `a b -> a b a b`
    DuplicateTwo,
    /// `a b -> b a`
    Swap,
    /// `a b c -> c a b`
    Bury,
    /// `a b -> a op b`
    Binary(BinaryOperator),
    /// `a b -> a op b`, changing a list, set or dict in place.
    InPlace(BinaryOperator),
    /// `a -> op a`
    Unary(UnaryOperator),
    /// `a b -> a op b`
    Compare(ComparisonOperator),
    /// `a -> not a`
    Not,
    /// Goes on at an operation.
    Jump(u32),
    /// `a ->`, and a jump if `a` does not hold.
    JumpIfFalse(u32),
    /// `a -> a` and a jump if `a` does not hold, else `a ->`.
    JumpIfFalseOrPop(u32),
    /// `a -> a` and a jump if `a` holds, else `a ->`.
    JumpIfTrueOrPop(u32),
    /// `iterable -> iterator`
    Iterator,
    /// `iterable ->`, its iterator goes to an iterator slot.
    StartLoop(u32),
    /// `-> item`, or a jump when the iterator of the slot has no more.
    Next(u32, u32),
    /// Forgets the iterator of a slot.
    EndLoop(u32),
    /// `a.. -> [a..]`
    BuildList(u32),
    /// `a.. -> (a..)`
    BuildTuple(u32),
    /// `a.. -> {a..}`
    BuildSet(u32),
    /// `k v.. -> {k: v..}`
    BuildDict(u32),
    /// `list item -> list`
    Append,
    /// `list items -> list`
    Extend,
    /// `set item -> set`
    AddToSet,
    /// `set items -> set`
    UpdateSet,
    /// `dict key value -> dict`
    SetItem,
    /// `dict mapping -> dict`
    UpdateDict,
    /// `list -> tuple`
    ListToTuple,
    /// `a.. -> list` or iterator: `[a, b..c]`, described by an entry of the ranges.
    BuildRange(u32),
    /// `start stop step -> slice`
    BuildSlice,
    /// `object -> object.name`
    Attribute(u32),
    /// `value object ->`, sets an attribute.
    StoreAttribute(u32),
    /// `object ->`, deletes an attribute.
    DeleteAttribute(u32),
    /// `object index -> object[index]`
    Index,
    /// `value object index ->`
    StoreIndex,
    /// `object index ->`
    DeleteIndex,
    /// `function a.. -> result`, described by a call site.
    Call(u32),
    /// `object a.. -> result` of the named method, described by a call site.
    CallMethod(u32, u32),
    /// `defaults.. -> function` of an inner code.
    MakeFunction(u32),
    /// `body -> f`, a callable expression with the listed parameters.
    MakeCallable(u32),
    /// Leaves the function; `value ->`.
    Return,
    /// `value -> sent`: hands a value out of a generator.
    Yield,
    /// `items -> item..`, exactly so many, the first on top.
    Unpack(u32),
    /// `items -> item..`, with so many before and after the starred one, the first on top.
    UnpackStarred(u32, u32),
    /// `a -> text`, or `a spec -> text` when the flag is set.
    Format(Option<Conversion>, bool),
    /// `text.. -> text`
    Concatenate(u32),
    /// Opens a guarded block whose `except` clauses begin at an operation.
    PushExcept(u32),
    /// Opens a guarded block whose `finally` begins at an operation.
    PushFinally(u32),
    /// Closes the innermost block.
    PopBlock,
    /// Closes the innermost block, a `finally` one, and enters its `finally` with nothing pending.
    EnterFinally,
    /// Ends a `finally` block: goes on with what was pending.
    EndFinally,
    /// Jumps out of blocks until so many are left, running `finally`s on the way.
    Leave(u32, u32),
    /// `manager -> value`: enters it, and keeps it in a local slot.
    EnterContext(u32),
    /// Leaves the manager that a local slot holds.
    ExitContext(u32),
    /// `-> exception` being handled.
    LoadException,
    /// `class -> whether it catches` the exception being handled.
    MatchException,
    /// `exception cause ->`; how many of the two were written: 0 raises again what is being handled.
    Raise(u32),
    /// `message ->` if the flag is set; raises `AssertionError`.
    FailAssertion(bool),
    /// `-> module`
    Import(u32),
    /// `module -> module attribute`
    ImportName(u32),
    /// `module ->`, binding all its public names.
    ImportAll,
}

/// Compiled code of a function, a generator expression or a statement of the top level.
#[derive(Debug)]
pub struct Code {
    /// The function's name, `<lambda>`, `<genexpr>` or `<module>`.
    pub name: Rc<str>,
    /// What is done.
    pub ops: Vec<Op>,
    /// The text each operation comes from.
    pub spans: Vec<Span>,
    /// Values used as they are.
    pub constants: Vec<Value>,
    /// Names of attributes, methods and modules.
    pub names: Vec<Rc<str>>,
    /// Codes of inner functions.
    pub inner: Vec<Rc<Code>>,
    /// Calls.
    pub sites: Vec<CallSite>,
    /// Bracketed ranges: which item is a `..`.
    pub ranges: Vec<RangeShape>,
    /// Parameter lists of callable expressions.
    pub callables: Vec<Rc<[Rc<str>]>>,
    /// Names of the local slots; the parameters come first.
    pub locals: Vec<Rc<str>>,
    /// Where each cell comes from.
    pub cells: Vec<CellOrigin>,
    /// Names of the cells.
    pub cell_names: Vec<Rc<str>>,
    /// How many iterator slots there are.
    pub iterators: u32,
    /// The parameters.
    pub signature: Signature,
    /// Whether calling it makes a generator.
    pub generator: bool,
    /// The text it was compiled from.
    pub source: Arc<Source>,
    /// The string at the head of the body.
    pub docstring: Option<Rc<str>>,
    /// The whole definition.
    pub span: Span,
}

/// Where a cell of a frame comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellOrigin {
    /// Made new with the frame.
    Own,
    /// Taken from the enclosing frame's cell of this number when the function is made.
    Outer(u32),
}

/// The parameters of a function; parameter `i` lies in local slot `i`.
#[derive(Clone, Debug, Default)]
pub struct Signature {
    /// How many may be given by position.
    pub positional: usize,
    /// How many of those can't be given by keyword.
    pub positional_only: usize,
    /// How many must be given by keyword; their slots follow.
    pub keyword_only: usize,
    /// How many of the last positional ones have a default.
    pub positional_defaults: usize,
    /// Which keyword-only ones have a default.
    pub keyword_defaults: Vec<bool>,
    /// Whether a slot for `*rest` follows.
    pub rest: bool,
    /// Whether a slot for `**keywords` follows.
    pub keywords: bool,
}

/// What is written between the parentheses of a call.
#[derive(Debug)]
pub struct CallSite {
    /// How each argument is handed over.
    pub arguments: Box<[SiteArgument]>,
    /// Whether all are positional.
    pub plain: bool,
    /// Where what is called stands, unless it is a method.
    pub function: Option<Span>,
    /// What the parser thinks is meant, should it turn out that this can't be called.
    pub advice: Option<Rc<str>>,
}

/// One argument of a call site.
#[derive(Debug)]
pub struct SiteArgument {
    /// How it is handed over.
    pub kind: SiteKind,
    /// Where it stands.
    pub span: Span,
}

/// How an argument is handed over.
#[derive(Debug, PartialEq, Eq)]
pub enum SiteKind {
    /// `value`
    Positional,
    /// `name=value`
    Keyword(Rc<str>),
    /// `*values`
    Star,
    /// `**mapping`
    DoubleStar,
}

/// The shape of `[a, b..c]`.
#[derive(Debug)]
pub struct RangeShape {
    /// For each item whether it is a `..`; the others are values on the stack.
    pub through: Box<[bool]>,
    /// Whether it gives an iterator instead of a list.
    pub lazy: bool,
}
