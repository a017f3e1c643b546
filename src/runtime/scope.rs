//! Which variable a name means: scopes found in one walk over the tree, before code is made.
//!
//! Scopes are functions and, inlined into their function's frame, comprehensions and the parameters of `f(x) = ...`. As in
//! Python a name is local to the innermost function that binds it, unless `global` or `nonlocal` says otherwise. What
//! lies outside all functions is global. A local that an inner function uses lives in a cell.

use crate::number::sorting;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::fault::BAD_SCOPE;
use crate::diagnostic::{Fault, Span, fault};
use crate::syntax::ast::{
    Argument, Block, Clause, Comprehension, ComprehensionKind, DictItem, Expr, ExprKind, FormatPart, Function,
    FunctionBody, Ident, RangeItem, Stmt, StmtKind, Target, TargetKind, Try,
};

/// A scope's number.
pub type ScopeId = usize;

/// The scope outside all functions.
pub const MODULE: ScopeId = 0;

/// All scopes of a top-level statement.
#[derive(Debug)]
pub struct Scopes {
    scopes: Vec<Scope>,
    by_node: HashMap<usize, ScopeId>,
}

#[derive(Debug)]
struct Scope {
    parent: ScopeId,
    /// The scope whose frame holds this scope's variables: itself unless inlined.
    frame: ScopeId,
    /// Whether it is a comprehension, generator expressions included.
    comprehension: bool,
    bound: HashMap<Rc<str>, bool>,
    globals: HashSet<Rc<str>>,
    nonlocals: HashMap<Rc<str>, Span>,
    used: HashSet<Rc<str>>,
}

/// Where a name's variable lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Among the globals of the module.
    Global,
    /// In the frame of the function that this scope belongs to.
    Scope {
        /// The scope that binds it.
        scope: ScopeId,
        /// Whether inner functions use it, so that it lives in a cell.
        captured: bool,
    },
}

impl Scopes {
    /// The scopes of a statement of the top level.
    ///
    /// # Errors
    /// A `nonlocal` name that no enclosing function binds.
    pub fn of(statement: &Stmt) -> Result<Scopes, Fault> {
        let module = Scope::new(MODULE, MODULE);
        let mut walk = Walk { scopes: Scopes { scopes: vec![module], by_node: HashMap::new() }, current: MODULE };
        walk.statement(statement);
        walk.scopes.check_nonlocals()?;
        walk.scopes.mark_captured();
        Ok(walk.scopes)
    }

    /// The scope that belongs to a function, comprehension or callable definition, by its address in the tree.
    pub fn of_node<T>(&self, node: &T) -> ScopeId {
        self.by_node.get(&address(node)).copied().unwrap_or(MODULE)
    }

    /// The scope whose frame holds the variables of `scope`.
    pub fn frame(&self, scope: ScopeId) -> ScopeId {
        self.scopes[scope].frame
    }

    /// The scope around `scope`.
    pub fn parent(&self, scope: ScopeId) -> ScopeId {
        self.scopes[scope].parent
    }

    /// Where the variable lives that `name` means inside `scope`.
    pub fn place(&self, scope: ScopeId, name: &str) -> Place {
        self.find(scope, name).0
    }

    /// The place and whether a function boundary lies between.
    fn find(&self, mut scope: ScopeId, name: &str) -> (Place, bool) {
        let start = self.scopes[scope].frame;
        loop {
            let here = &self.scopes[scope];
            if scope == MODULE || here.globals.contains(name) {
                return (Place::Global, false);
            }
            if let Some(&captured) = here.bound.get(name) {
                return (Place::Scope { scope, captured }, here.frame != start);
            }
            scope = here.parent;
        }
    }

    /// The names bound in a scope that live in cells.
    pub fn captured_names(&self, scope: ScopeId) -> Vec<Rc<str>> {
        let mut names: Vec<Rc<str>> =
            self.scopes[scope].bound.iter().filter(|(_, captured)| **captured).map(|(name, _)| name.clone()).collect();
        sorting::sort(&mut names);
        names
    }

    fn check_nonlocals(&self) -> Result<(), Fault> {
        for scope in &self.scopes {
            for (name, span) in &scope.nonlocals {
                let outer = self.scopes[scope.frame].parent;
                if self.place(outer, name) == Place::Global {
                    return Err(fault!(BAD_SCOPE, *span, "no binding for nonlocal '{name}' found"));
                }
            }
        }
        Ok(())
    }

    fn mark_captured(&mut self) {
        let mut captured = Vec::new();
        for (id, scope) in self.scopes.iter().enumerate() {
            for name in &scope.used {
                if let (Place::Scope { scope, .. }, true) = self.find(id, name) {
                    captured.push((scope, name.clone()));
                }
            }
        }
        for (scope, name) in captured {
            self.scopes[scope].bound.insert(name, true);
        }
    }
}

impl Scope {
    fn new(parent: ScopeId, frame: ScopeId) -> Scope {
        Scope {
            parent,
            frame,
            comprehension: false,
            bound: HashMap::new(),
            globals: HashSet::new(),
            nonlocals: HashMap::new(),
            used: HashSet::new(),
        }
    }
}

fn address<T>(node: &T) -> usize {
    std::ptr::from_ref(node).addr()
}

/// The walk that collects bindings and uses.
struct Walk {
    scopes: Scopes,
    current: ScopeId,
}

impl Walk {
    fn here(&mut self) -> &mut Scope {
        &mut self.scopes.scopes[self.current]
    }

    fn bind(&mut self, name: &Rc<str>) {
        let here = self.here();
        here.used.insert(name.clone());
        if !here.globals.contains(name) && !here.nonlocals.contains_key(name) {
            here.bound.entry(name.clone()).or_insert(false);
        }
    }

    /// Binds in the innermost scope that is no comprehension, as `:=` does.
    fn bind_outside(&mut self, name: &Rc<str>) {
        let inner = self.current;
        self.here().used.insert(name.clone());
        while self.here().comprehension {
            self.current = self.here().parent;
        }
        self.bind(name);
        self.current = inner;
    }

    /// Runs `walk` inside a new scope that belongs to `node`.
    fn inside<T>(&mut self, node: &T, inlined: bool, walk: impl FnOnce(&mut Walk)) {
        let (id, outer) = (self.scopes.scopes.len(), self.current);
        let frame = if inlined { self.scopes.scopes[outer].frame } else { id };
        self.scopes.scopes.push(Scope::new(outer, frame));
        self.scopes.by_node.insert(address(node), id);
        self.current = id;
        walk(self);
        self.current = outer;
    }

    fn block(&mut self, block: &Block) {
        // Declarations count for the whole function, wherever they stand in it.
        for statement in block {
            self.declarations(statement);
        }
        block.iter().for_each(|statement| self.statement(statement));
    }

    fn declarations(&mut self, statement: &Stmt) {
        match &statement.kind {
            StmtKind::Global(names) => names.iter().for_each(|name| {
                self.here().globals.insert(name.name.clone());
                self.here().bound.remove(&name.name);
            }),
            StmtKind::Nonlocal(names) => names.iter().for_each(|name| {
                self.here().nonlocals.insert(name.name.clone(), name.span);
                self.here().bound.remove(&name.name);
            }),
            _ => {}
        }
    }

    fn statement(&mut self, statement: &Stmt) {
        match &statement.kind {
            StmtKind::Expression(value) => self.expression(value),
            StmtKind::Assign { targets, value } => {
                self.expression(value);
                targets.iter().for_each(|target| self.target(target));
            }
            StmtKind::Augment { target, value, .. } => {
                self.expression(value);
                self.target(target);
            }
            StmtKind::DefineCallable { name, parameters, value } => {
                self.inside(statement, true, |walk| {
                    parameters.iter().for_each(|parameter| walk.bind(&parameter.name));
                    walk.expression(value);
                });
                self.bind(&name.name);
            }
            StmtKind::If { branches, otherwise } => {
                for (condition, block) in branches {
                    self.expression(condition);
                    self.block(block);
                }
                self.block(otherwise);
            }
            StmtKind::For { target, iterable, body, otherwise } => {
                self.expression(iterable);
                self.target(target);
                self.block(body);
                self.block(otherwise);
            }
            StmtKind::While { condition, body, otherwise } => {
                self.expression(condition);
                self.block(body);
                self.block(otherwise);
            }
            StmtKind::Define { name, function, decorators } => {
                self.bind(&name.name);
                self.expressions(decorators);
                self.function(function);
            }
            StmtKind::Return(value) => self.expressions(value),
            StmtKind::Try(guarded) => self.guarded(guarded),
            StmtKind::With { items, body } => {
                for item in items {
                    self.expression(&item.manager);
                    item.target.iter().for_each(|target| self.target(target));
                }
                self.block(body);
            }
            StmtKind::Raise { exception, cause } => {
                self.expressions(exception);
                self.expressions(cause);
            }
            StmtKind::Assert { condition, message } => {
                self.expression(condition);
                self.expressions(message);
            }
            StmtKind::Delete(targets) => targets.iter().for_each(|target| self.target(target)),
            StmtKind::Global(_) | StmtKind::Nonlocal(_) => self.declarations(statement),
            StmtKind::Import(imports) => imports.iter().for_each(|import| {
                let root = import.module.name.split('.').next().unwrap_or_default();
                let name = import.alias.as_ref().map_or_else(|| Rc::from(root), |alias| alias.name.clone());
                self.bind(&name);
            }),
            StmtKind::ImportFrom { names, .. } => self.imported(names),
            StmtKind::Break | StmtKind::Continue | StmtKind::Pass | StmtKind::Invalid(_) => {}
        }
    }

    fn imported(&mut self, names: &crate::syntax::ast::ImportedNames) {
        if let crate::syntax::ast::ImportedNames::Listed(names) = names {
            names.iter().for_each(|(name, alias)| self.bind(&alias.as_ref().unwrap_or(name).name));
        }
    }

    fn guarded(&mut self, guarded: &Try) {
        self.block(&guarded.body);
        for handler in &guarded.handlers {
            self.expressions(&handler.exception);
            if let Some(Ident { name, .. }) = &handler.name {
                self.bind(name);
            }
            self.block(&handler.body);
        }
        self.block(&guarded.otherwise);
        self.block(&guarded.finally);
    }

    fn target(&mut self, target: &Target) {
        match &target.kind {
            TargetKind::Name(name) => self.bind(&name.name),
            TargetKind::Attribute { object, .. } => self.expression(object),
            TargetKind::Subscript { object, index } => {
                self.expression(object);
                self.expression(index);
            }
            TargetKind::Sequence(targets) => targets.iter().for_each(|target| self.target(target)),
            TargetKind::Starred(target) => self.target(target),
        }
    }

    fn function(&mut self, function: &Rc<Function>) {
        let parameters = &function.parameters;
        let all = || parameters.positional.iter().chain(&parameters.keyword_only);
        all().for_each(|parameter| self.expressions(&parameter.default));
        self.inside(&**function, false, |walk| {
            all().for_each(|parameter| walk.bind(&parameter.name.name));
            for extra in parameters.rest.iter().chain(&parameters.keywords) {
                walk.bind(&extra.name);
            }
            match &function.body {
                FunctionBody::Block(block) => walk.block(block),
                FunctionBody::Expression(value) => walk.expression(value),
            }
        });
    }

    fn comprehension(&mut self, comprehension: &Comprehension) {
        // The first iterable is evaluated outside, as in Python.
        if let Some(Clause::For { iterable, .. }) = comprehension.clauses.first() {
            self.expression(iterable);
        }
        let inlined = comprehension.kind != ComprehensionKind::Generator;
        self.inside(comprehension, inlined, |walk| {
            walk.here().comprehension = true;
            for (index, clause) in comprehension.clauses.iter().enumerate() {
                match clause {
                    Clause::For { target, iterable } => {
                        if index > 0 {
                            walk.expression(iterable);
                        }
                        walk.target(target);
                    }
                    Clause::If(condition) => walk.expression(condition),
                }
            }
            walk.expression(&comprehension.element);
            walk.expressions(&comprehension.value);
        });
    }

    fn expressions<'a>(&mut self, list: impl IntoIterator<Item = &'a Expr>) {
        list.into_iter().for_each(|expression| self.expression(expression));
    }

    fn format_parts(&mut self, parts: &[FormatPart]) {
        for part in parts {
            if let FormatPart::Field(field) = part {
                self.expression(&field.value);
                field.spec.iter().for_each(|spec| self.format_parts(spec));
            }
        }
    }

    fn expression(&mut self, expression: &Expr) {
        match &expression.kind {
            ExprKind::Name(name) => {
                self.here().used.insert(name.clone());
            }
            ExprKind::Integer(_)
            | ExprKind::Real(_)
            | ExprKind::Imaginary(_)
            | ExprKind::Text(_)
            | ExprKind::Constant(_)
            | ExprKind::Invalid => {}
            ExprKind::FormatText(parts) => self.format_parts(parts),
            ExprKind::List(items)
            | ExprKind::Tuple(items)
            | ExprKind::Set(items)
            | ExprKind::And(items)
            | ExprKind::Or(items) => self.expressions(items),
            ExprKind::Dict(items) => items.iter().for_each(|item| match item {
                DictItem::Pair(key, value) => self.expressions([key, value]),
                DictItem::Unpack(mapping) => self.expression(mapping),
            }),
            ExprKind::Range(range) => range.items.iter().for_each(|item| {
                if let RangeItem::Value(value) = item {
                    self.expression(value);
                }
            }),
            ExprKind::Comprehension(comprehension) => self.comprehension(comprehension),
            ExprKind::Lambda(function) => self.function(function),
            ExprKind::Yield(value) => self.expressions(value.as_deref()),
            ExprKind::YieldFrom(value)
            | ExprKind::Not(value)
            | ExprKind::Starred(value)
            | ExprKind::Unary { operand: value, .. }
            | ExprKind::Attribute { object: value, .. } => self.expression(value),
            ExprKind::Conditional(choice) => {
                self.expressions([&choice.condition, &choice.value, &choice.otherwise]);
            }
            ExprKind::Operation { first, rest } => {
                self.expression(first);
                rest.iter().for_each(|step| self.expression(&step.operand));
            }
            ExprKind::Comparison { first, rest } => {
                self.expression(first);
                rest.iter().for_each(|step| self.expression(&step.operand));
            }
            ExprKind::Power { base: a, exponent: b, .. } | ExprKind::Subscript { object: a, index: b } => {
                self.expression(a);
                self.expression(b);
            }
            ExprKind::Call(call) => {
                self.expression(&call.function);
                call.arguments.iter().for_each(|Argument { value, .. }| self.expression(value));
            }
            ExprKind::Slice(slice) => {
                self.expressions(slice.start.iter().chain(&slice.stop).chain(&slice.step));
            }
            ExprKind::Walrus { name, value } => {
                self.expression(value);
                self.bind_outside(&name.name);
            }
        }
    }
}
