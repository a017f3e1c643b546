//! Calls to code.

use super::{Compiler, count};
use crate::diagnostic::Span;
use crate::runtime::code::{CallSite, Op, SiteArgument, SiteKind};
use crate::syntax::ast::{Argument, ArgumentKind, Call, Expr, ExprKind};

impl Compiler<'_> {
    pub(super) fn call(&mut self, call: &Call, span: Span) {
        let method = match &call.function.kind {
            ExprKind::Attribute { object, name } => {
                self.expression(object);
                Some(self.name(&name.name))
            }
            _ => {
                self.expression(&call.function);
                None
            }
        };
        call.arguments.iter().for_each(|argument| self.expression(&argument.value));
        let site = self.site(call.arguments.iter().map(site_argument).collect());
        if let Some(site) = self.unit().code.sites.last_mut().filter(|_| method.is_none()) {
            site.function = Some(call.function.span);
            site.advice = call.advice.clone();
        }
        match method {
            Some(name) => self.emit(Op::CallMethod(name, site), span),
            None => self.emit(Op::Call(site), span),
        };
    }

    /// Calls `function`, which lies below the top of the stack, on what lies on top: a decorator.
    pub(super) fn call_on_top(&mut self, function: &Expr) {
        let site = self.plain_site(&[function.span]);
        if let Some(site) = self.unit().code.sites.last_mut() {
            site.function = Some(function.span);
        }
        self.emit(Op::Call(site), function.span);
    }

    fn site(&mut self, arguments: Box<[SiteArgument]>) -> u32 {
        let plain = arguments.iter().all(|argument| argument.kind == SiteKind::Positional);
        let sites = &mut self.unit().code.sites;
        sites.push(CallSite { arguments, plain, function: None, advice: None });
        count(sites.len() - 1)
    }

    /// A call site with positional arguments at the given places.
    pub(super) fn plain_site(&mut self, spans: &[Span]) -> u32 {
        self.site(spans.iter().map(|&span| SiteArgument { kind: SiteKind::Positional, span }).collect())
    }
}

fn site_argument(argument: &Argument) -> SiteArgument {
    let kind = match &argument.kind {
        ArgumentKind::Positional => SiteKind::Positional,
        ArgumentKind::Keyword(name) => SiteKind::Keyword(name.name.clone()),
        ArgumentKind::Star => SiteKind::Star,
        ArgumentKind::DoubleStar => SiteKind::DoubleStar,
    };
    SiteArgument { kind, span: argument.value.span }
}
