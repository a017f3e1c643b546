//! The syntax tree: what a program says, with the place of every word.
//!
//! Invariants that whoever walks the tree may rely on:
//! * No path from a statement of the top level down is longer than [`MAX_DEPTH`] nodes, so that recursion over the tree is
//!   safe. Long runs of operators, comparisons, `and`/`or` and `elif` are flat lists, not nests.
//! * Where the program has a fault, the whole top-level statement around it is [`StmtKind::Invalid`]; no other statement
//!   holds an [`ExprKind::Invalid`].
//! * Numbers and names are kept as written (underscores removed, names in canonical Unicode form); what they mean is
//!   the interpreter's business.

use std::rc::Rc;

use crate::diagnostic::Span;

/// The deepest nest of nodes the parser lets through.
pub const MAX_DEPTH: u16 = 1000;

/// A whole source text.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// The statements of the top level; `a; b` gives two.
    pub body: Vec<Stmt>,
    /// The string at the head of the file, if it begins with one.
    pub docstring: Option<Rc<str>>,
    /// Every comment, in order, from `#` to the end of its line.
    pub comments: Vec<Comment>,
}

/// A comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From the `#` to the end of the line, line break not included.
    pub span: Span,
    /// Whether the comment has a line to itself.
    pub whole_line: bool,
}

/// A name and where it stands. Equal names of one module share their text.
#[derive(Clone, Debug)]
pub struct Ident {
    /// The name.
    pub name: Rc<str>,
    /// Where it stands.
    pub span: Span,
}

/// A statement.
#[derive(Clone, Debug)]
pub struct Stmt {
    /// What it does.
    pub kind: StmtKind,
    /// The whole statement, blocks included, line break not.
    pub span: Span,
}

/// What a statement does.
#[derive(Clone, Debug)]
pub enum StmtKind {
    /// An expression evaluated for its value: `f(2)`.
    Expression(Expr),
    /// `a = b, *c = value`: every target, leftmost first, gets the one value.
    Assign {
        /// The targets, at least one.
        targets: Vec<Target>,
        /// The value.
        value: Expr,
    },
    /// `target += value`; the target is a name, an attribute or a subscript.
    Augment {
        /// What is changed.
        target: Target,
        /// By which operation.
        operator: BinaryOperator,
        /// Where the operator stands.
        operator_span: Span,
        /// The right operand.
        value: Expr,
    },
    /// `f(x, y) = value`: makes a callable symbolic expression, and symbols of its parameters.
    DefineCallable {
        /// The name that is bound.
        name: Ident,
        /// The parameters, at least one, all different.
        parameters: Vec<Ident>,
        /// The body.
        value: Expr,
    },
    /// `if`, with its `elif`s as further branches.
    If {
        /// Condition and block of each branch, at least one.
        branches: Vec<(Expr, Block)>,
        /// The `else` block; empty without one.
        otherwise: Block,
    },
    /// `for target in iterable`.
    For {
        /// What each item is assigned to.
        target: Target,
        /// What is iterated over.
        iterable: Expr,
        /// The loop's block.
        body: Block,
        /// The `else` block, run unless `break` left the loop; empty without one.
        otherwise: Block,
    },
    /// `while condition`.
    While {
        /// Asked before each turn.
        condition: Expr,
        /// The loop's block.
        body: Block,
        /// The `else` block, run unless `break` left the loop; empty without one.
        otherwise: Block,
    },
    /// `break`, inside a loop.
    Break,
    /// `continue`, inside a loop.
    Continue,
    /// `pass`.
    Pass,
    /// `def name(...):`.
    Define {
        /// The name that is bound.
        name: Ident,
        /// The function.
        function: Rc<Function>,
        /// What stands behind each `@` before it, in the order written: functions that are called on the function.
        decorators: Vec<Expr>,
    },
    /// `return value`, inside a function.
    Return(Option<Expr>),
    /// `try`.
    Try(Box<Try>),
    /// `with manager as target, ...:`.
    With {
        /// What is entered before the block and left behind it, in the order written.
        items: Vec<WithItem>,
        /// The block.
        body: Block,
    },
    /// `raise`, `raise exception`, `raise exception from cause`.
    Raise {
        /// What is raised; `None` raises the exception being handled again.
        exception: Option<Expr>,
        /// What stands behind `from`.
        cause: Option<Expr>,
    },
    /// `assert condition, message`.
    Assert {
        /// What must hold.
        condition: Expr,
        /// What is said if it does not.
        message: Option<Expr>,
    },
    /// `del a, b[0]`.
    Delete(Vec<Target>),
    /// `global a, b`.
    Global(Vec<Ident>),
    /// `nonlocal a, b`, inside a function.
    Nonlocal(Vec<Ident>),
    /// `import a.b as c, d`.
    Import(Vec<Import>),
    /// `from module import a as b, c`; no names at all stands for `*`.
    ImportFrom {
        /// The module, dotted as written.
        module: Ident,
        /// What is imported from it.
        names: ImportedNames,
    },
    /// A statement with a fault; the numbers of its faults in the list that `parse` returns beside the module.
    Invalid(Vec<usize>),
}

/// The statements of a block, in order.
pub type Block = Vec<Stmt>;

/// One `manager as target` of a `with`.
#[derive(Clone, Debug)]
pub struct WithItem {
    /// What is entered and left.
    pub manager: Expr,
    /// What entering it gives is assigned to this.
    pub target: Option<Target>,
}

/// `try` with its handlers.
#[derive(Clone, Debug)]
pub struct Try {
    /// The guarded block.
    pub body: Block,
    /// The `except` clauses.
    pub handlers: Vec<Handler>,
    /// The `else` block, run if nothing was raised; empty without one.
    pub otherwise: Block,
    /// The `finally` block; empty without one.
    pub finally: Block,
}

/// `except exception as name:`.
#[derive(Clone, Debug)]
pub struct Handler {
    /// The class, or tuple of classes, that is caught; `None` catches everything.
    pub exception: Option<Expr>,
    /// The name the exception is bound to inside the block.
    pub name: Option<Ident>,
    /// The block.
    pub body: Block,
    /// The whole clause.
    pub span: Span,
}

/// One module of an `import` statement.
#[derive(Clone, Debug)]
pub struct Import {
    /// The module, dotted as written.
    pub module: Ident,
    /// The name behind `as`.
    pub alias: Option<Ident>,
}

/// What a `from` import brings in.
#[derive(Clone, Debug)]
pub enum ImportedNames {
    /// `*`.
    All(Span),
    /// The names listed, with their `as` names.
    Listed(Vec<(Ident, Option<Ident>)>),
}

/// What may stand to the left of `=` or behind `for`.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its form.
    pub kind: TargetKind,
    /// The whole target.
    pub span: Span,
}

/// The form of a target.
#[derive(Clone, Debug)]
pub enum TargetKind {
    /// A name.
    Name(Ident),
    /// `object.name`.
    Attribute {
        /// The object.
        object: Box<Expr>,
        /// The attribute.
        name: Ident,
    },
    /// `object[index]`.
    Subscript {
        /// The object.
        object: Box<Expr>,
        /// The index, a slice or a tuple of such.
        index: Box<Expr>,
    },
    /// `a, b`, `(a, b)` or `[a, b]`; at most one of the parts is starred.
    Sequence(Vec<Target>),
    /// `*rest` within a sequence.
    Starred(Box<Target>),
}

/// What `def` and `lambda` make.
#[derive(Clone, Debug)]
pub struct Function {
    /// The name; `None` for a `lambda`.
    pub name: Option<Ident>,
    /// The parameters.
    pub parameters: Parameters,
    /// What it does.
    pub body: FunctionBody,
    /// The string at the head of the body, its indentation as written.
    pub docstring: Option<Rc<str>>,
    /// Whether `yield` occurs in it, which makes calls to it generators.
    pub generator: bool,
    /// The whole definition.
    pub span: Span,
}

/// The body of a function.
#[derive(Clone, Debug)]
pub enum FunctionBody {
    /// The block of a `def`, docstring included.
    Block(Block),
    /// The expression of a `lambda`.
    Expression(Expr),
}

/// The parameters of a function, names all different.
#[derive(Clone, Debug, Default)]
pub struct Parameters {
    /// Those before `*`, that may be given by position or (from `positional_only` on) by keyword.
    pub positional: Vec<Parameter>,
    /// How many of them stand before a `/` and so can't be given by keyword.
    pub positional_only: usize,
    /// `*args`.
    pub rest: Option<Ident>,
    /// Those behind `*`, that must be given by keyword.
    pub keyword_only: Vec<Parameter>,
    /// `**kwargs`.
    pub keywords: Option<Ident>,
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Ident,
    /// Its default.
    pub default: Option<Expr>,
}

/// An expression. Made by the parser alone, which keeps count of its depth.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands, parentheses around it not included (those of a tuple and the like are).
    pub span: Span,
    /// How deep the nest of nodes below is, this one included.
    pub(super) depth: u16,
}

impl Expr {
    /// How deep the nest of nodes is, this one included; at most [`MAX_DEPTH`].
    pub fn depth(&self) -> u16 {
        self.depth
    }
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A name.
    Name(Rc<str>),
    /// `12`, `0x1F`.
    Integer(Integer),
    /// `1.50e-3`: the text as written, underscores removed.
    Real(Rc<str>),
    /// `2.5j`: the text of the factor before `j`.
    Imaginary(Rc<str>),
    /// A string, adjacent ones joined, escapes resolved.
    Text(Rc<str>),
    /// `f"..."`, joined with adjacent strings.
    FormatText(Vec<FormatPart>),
    /// `True`, `False`, `None`, `...`.
    Constant(Constant),
    /// `[a, *b]`.
    List(Vec<Expr>),
    /// `a, b`, `(a, b)`, `()`.
    Tuple(Vec<Expr>),
    /// `{a, *b}`, never empty.
    Set(Vec<Expr>),
    /// `{a: b, **c}`.
    Dict(Vec<DictItem>),
    /// `[a..b]`, `[a, b..c]`, and with parentheses the same as an iterator.
    Range(Range),
    /// `[e for ...]`, `{e for ...}`, `{k: v for ...}`, `(e for ...)` and `f(e for ...)`.
    Comprehension(Box<Comprehension>),
    /// `lambda x: e`.
    Lambda(Rc<Function>),
    /// `yield`, `yield value`, inside a function.
    Yield(Option<Box<Expr>>),
    /// `yield from iterable`, inside a function.
    YieldFrom(Box<Expr>),
    /// `value if condition else otherwise`.
    Conditional(Box<Conditional>),
    /// A run of operators of one precedence, worked off from left to right: `a + b - c`. Never a power.
    Operation {
        /// The leftmost operand.
        first: Box<Expr>,
        /// Operator and right operand of each step, at least one.
        rest: Vec<Step<BinaryOperator>>,
    },
    /// `base^exponent`.
    Power {
        /// The base.
        base: Box<Expr>,
        /// The exponent.
        exponent: Box<Expr>,
        /// Where the operator stands.
        operator_span: Span,
    },
    /// `-a`, `+a`, `~a`.
    Unary {
        /// The operator.
        operator: UnaryOperator,
        /// The operand.
        operand: Box<Expr>,
        /// Where the operator stands.
        operator_span: Span,
    },
    /// `a < b <= c`: every neighbouring pair is compared, `b` evaluated once.
    Comparison {
        /// The leftmost operand.
        first: Box<Expr>,
        /// Operator and right operand of each step, at least one.
        rest: Vec<Step<ComparisonOperator>>,
    },
    /// `a and b and c`, two operands or more.
    And(Vec<Expr>),
    /// `a or b or c`, two operands or more.
    Or(Vec<Expr>),
    /// `not a`.
    Not(Box<Expr>),
    /// `function(arguments)`.
    Call(Box<Call>),
    /// `object.name`.
    Attribute {
        /// The object.
        object: Box<Expr>,
        /// The attribute.
        name: Ident,
    },
    /// `object[index]`.
    Subscript {
        /// The object.
        object: Box<Expr>,
        /// The index: a slice, or a tuple that may hold slices, or any expression.
        index: Box<Expr>,
    },
    /// `start:stop:step`, only as an index or inside a tuple that is one.
    Slice(Box<Slice>),
    /// `*items` in a list, tuple or set.
    Starred(Box<Expr>),
    /// `name := value`.
    Walrus {
        /// The name that is bound.
        name: Ident,
        /// The value.
        value: Box<Expr>,
    },
    /// Stands where there was a fault; never inside a sound statement.
    Invalid,
}

/// An integer as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Integer {
    /// Its digits, without prefix and underscores.
    pub digits: Rc<str>,
    /// 2, 8, 10 or 16.
    pub radix: u32,
}

/// The constants that are keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    /// `True`.
    True,
    /// `False`.
    False,
    /// `None`.
    None,
    /// `...`.
    Ellipsis,
}

/// A piece of an f-string.
#[derive(Clone, Debug)]
pub enum FormatPart {
    /// Text that stands for itself.
    Text(Rc<str>),
    /// `{value!r:spec}`.
    Field(Box<FormatField>),
}

/// A replacement field of an f-string.
#[derive(Clone, Debug)]
pub struct FormatField {
    /// What is shown.
    pub value: Expr,
    /// `{value=}`: the text of the value and the `=`, as written, which is shown before it.
    pub shown: Option<Rc<str>>,
    /// `!r`, `!s`, `!a`.
    pub conversion: Option<Conversion>,
    /// What stands behind `:`, possibly with fields of its own; `None` without a `:`.
    pub spec: Option<Vec<FormatPart>>,
    /// The field with its braces.
    pub span: Span,
}

/// How a field of an f-string turns its value into text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// `!r`: as `repr` does.
    Repr,
    /// `!s`: as `str` does.
    Str,
    /// `!a`: as `ascii` does.
    Ascii,
}

/// An entry of a dict display.
#[derive(Clone, Debug)]
pub enum DictItem {
    /// `key: value`.
    Pair(Expr, Expr),
    /// `**mapping`.
    Unpack(Expr),
}

/// `[1, 3..9]` and its kin.
#[derive(Clone, Debug)]
pub struct Range {
    /// What is listed, with the places of the `..`.
    pub items: Vec<RangeItem>,
    /// Whether it was written in parentheses: an iterator instead of a list.
    pub lazy: bool,
}

/// What is listed in a range.
#[derive(Clone, Debug)]
pub enum RangeItem {
    /// A value.
    Value(Expr),
    /// `..`: everything between its neighbours.
    Through(Span),
}

/// A comprehension of any kind.
#[derive(Clone, Debug)]
pub struct Comprehension {
    /// What is made.
    pub kind: ComprehensionKind,
    /// The element; of a dict the key.
    pub element: Expr,
    /// Of a dict the value.
    pub value: Option<Expr>,
    /// `for` and `if` clauses; the first is a `for`.
    pub clauses: Vec<Clause>,
}

/// What a comprehension makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComprehensionKind {
    /// `[...]`.
    List,
    /// `{...}`.
    Set,
    /// `{k: v ...}`.
    Dict,
    /// `(...)`.
    Generator,
}

/// A clause of a comprehension.
#[derive(Clone, Debug)]
pub enum Clause {
    /// `for target in iterable`.
    For {
        /// What each item is assigned to.
        target: Target,
        /// What is iterated over.
        iterable: Expr,
    },
    /// `if condition`.
    If(Expr),
}

/// `value if condition else otherwise`.
#[derive(Clone, Debug)]
pub struct Conditional {
    /// Asked first.
    pub condition: Expr,
    /// The value if it holds.
    pub value: Expr,
    /// The value if it does not.
    pub otherwise: Expr,
}

/// An operator and its right operand.
#[derive(Clone, Debug)]
pub struct Step<Operator> {
    /// The operator.
    pub operator: Operator,
    /// Where it stands.
    pub span: Span,
    /// The operand to its right.
    pub operand: Expr,
}

/// Operators of two operands that group to the left, and the power, which only [`StmtKind::Augment`] uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOperator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `//`
    FloorDivide,
    /// `%`
    Remainder,
    /// `^` or `**`
    Power,
    /// `<<`
    ShiftLeft,
    /// `>>`
    ShiftRight,
    /// `&`
    BitAnd,
    /// `|`
    BitOr,
    /// `^^`
    BitXor,
}

impl BinaryOperator {
    /// The operator as it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            BinaryOperator::Add => "+",
            BinaryOperator::Subtract => "-",
            BinaryOperator::Multiply => "*",
            BinaryOperator::Divide => "/",
            BinaryOperator::FloorDivide => "//",
            BinaryOperator::Remainder => "%",
            BinaryOperator::Power => "^",
            BinaryOperator::ShiftLeft => "<<",
            BinaryOperator::ShiftRight => ">>",
            BinaryOperator::BitAnd => "&",
            BinaryOperator::BitOr => "|",
            BinaryOperator::BitXor => "^^",
        }
    }
}

/// Operators of one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOperator {
    /// `-`
    Minus,
    /// `+`
    Plus,
    /// `~`
    Invert,
}

impl UnaryOperator {
    /// The operator as it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            UnaryOperator::Minus => "-",
            UnaryOperator::Plus => "+",
            UnaryOperator::Invert => "~",
        }
    }
}

/// Operators that compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparisonOperator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `in`
    In,
    /// `not in`
    NotIn,
    /// `is`
    Is,
    /// `is not`
    IsNot,
}

impl ComparisonOperator {
    /// The operator as it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            ComparisonOperator::Equal => "==",
            ComparisonOperator::NotEqual => "!=",
            ComparisonOperator::Less => "<",
            ComparisonOperator::LessEqual => "<=",
            ComparisonOperator::Greater => ">",
            ComparisonOperator::GreaterEqual => ">=",
            ComparisonOperator::In => "in",
            ComparisonOperator::NotIn => "not in",
            ComparisonOperator::Is => "is",
            ComparisonOperator::IsNot => "is not",
        }
    }
}

/// `function(arguments)`.
#[derive(Clone, Debug)]
pub struct Call {
    /// What is called.
    pub function: Expr,
    /// With what, in the order written: positional ones stand before keywords.
    pub arguments: Vec<Argument>,
    /// What was probably meant, should the function turn out to be no function: `2(x + 1)`, `sin^2(x)`.
    pub advice: Option<Rc<str>>,
}

/// One argument of a call.
#[derive(Clone, Debug)]
pub struct Argument {
    /// How it is handed over.
    pub kind: ArgumentKind,
    /// Its value.
    pub value: Expr,
    /// The whole argument, keyword included.
    pub span: Span,
}

/// How an argument is handed over.
#[derive(Clone, Debug)]
pub enum ArgumentKind {
    /// `value`
    Positional,
    /// `name=value`
    Keyword(Ident),
    /// `*values`
    Star,
    /// `**mapping`
    DoubleStar,
}

/// `start:stop:step`, each part optional.
#[derive(Clone, Debug, Default)]
pub struct Slice {
    /// Before the first colon.
    pub start: Option<Expr>,
    /// Behind the first colon.
    pub stop: Option<Expr>,
    /// Behind the second colon.
    pub step: Option<Expr>,
}
