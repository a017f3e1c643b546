//! `def` and `lambda` to code.

use std::rc::Rc;

use super::{Compiler, count};
use crate::runtime::code::{Op, Signature};
use crate::runtime::scope::{Place, ScopeId};
use crate::runtime::value::Value;
use crate::syntax::ast::{Function, FunctionBody, Parameter, Parameters};

impl Compiler<'_> {
    /// Leaves the function on the stack: defaults first, evaluated here and now, then the closure over them.
    pub(super) fn function(&mut self, function: &Function) {
        let parameters = &function.parameters;
        for parameter in parameters.positional.iter().chain(&parameters.keyword_only) {
            parameter.default.iter().for_each(|default| self.expression(default));
        }
        let scope = self.scopes.of_node(function);
        let name = function.name.as_ref().map_or_else(|| Rc::from("<lambda>"), |name| name.name.clone());
        self.enter(name, scope, function);
        self.parameters(parameters, scope);
        match &function.body {
            FunctionBody::Block(block) => {
                self.block(block);
                self.constant(Value::None, function.span);
            }
            FunctionBody::Expression(value) => self.expression(value),
        }
        self.leave_function(scope, function);
    }

    fn enter(&mut self, name: Rc<str>, scope: ScopeId, function: &Function) {
        self.open(name, scope, function.span);
        self.scope = scope;
        let code = &mut self.unit().code;
        code.generator = function.generator;
        code.docstring = function.docstring.clone();
        code.signature = signature(&function.parameters);
    }

    fn leave_function(&mut self, scope: ScopeId, function: &Function) {
        self.emit(Op::Return, function.span);
        self.finish_unit(scope, function.span);
    }

    /// Closes the unit and makes the enclosing one build a function of it.
    pub(super) fn finish_unit(&mut self, scope: ScopeId, span: crate::diagnostic::Span) {
        let code = self.close();
        self.scope = self.scopes.parent(scope);
        let unit = self.unit();
        unit.code.inner.push(Rc::new(code));
        let index = count(unit.code.inner.len() - 1);
        self.emit(Op::MakeFunction(index), span);
    }

    /// Gives each parameter its slot; those that inner functions use move into cells at once.
    fn parameters(&mut self, parameters: &Parameters, scope: ScopeId) {
        let named = parameters.positional.iter().chain(&parameters.keyword_only).map(|parameter| &parameter.name);
        let all = named.chain(&parameters.rest).chain(&parameters.keywords);
        for name in all.clone() {
            self.local((scope, name.name.clone()));
        }
        for name in all {
            if let Place::Scope { scope, captured: true } = self.scopes.place(scope, &name.name) {
                let slot = self.local((scope, name.name.clone()));
                let cell = self.cell((scope, name.name.clone()));
                self.emit(Op::LocalToCell(slot, cell), name.span);
            }
        }
    }
}

fn signature(parameters: &Parameters) -> Signature {
    let has_default = |parameter: &Parameter| parameter.default.is_some();
    Signature {
        positional: parameters.positional.len(),
        positional_only: parameters.positional_only,
        keyword_only: parameters.keyword_only.len(),
        positional_defaults: parameters.positional.iter().filter(|parameter| has_default(parameter)).count(),
        keyword_defaults: parameters.keyword_only.iter().map(has_default).collect(),
        rest: parameters.rest.is_some(),
        keywords: parameters.keywords.is_some(),
    }
}
