//! Parameters and arguments: their order, and that no name stands twice.

use std::collections::HashMap;

use crate::diagnostic::{Fault, FaultKind, Span, fault};

use super::ast::*;
use super::build::ParameterPiece;

static ARGUMENT_ORDER: FaultKind = FaultKind {
    code: "argument-order",
    class: "SyntaxError",
    title: "a positional argument follows a keyword",
    explanation: "Arguments given by position come first, then those given by keyword.",
    wrong: "plot(sin, color='red', (0, 1))",
    right: "plot(sin, (0, 1), color='red')",
};

static REPEATED_KEYWORD: FaultKind = FaultKind {
    code: "repeated-keyword",
    class: "SyntaxError",
    title: "a keyword is given twice in one call",
    explanation: "Each keyword of a call can have one value only.",
    wrong: "plot(sin, color='red', color='blue')",
    right: "plot(sin, color='blue')",
};

static DUPLICATE_PARAMETER: FaultKind = FaultKind {
    code: "duplicate-parameter",
    class: "SyntaxError",
    title: "two parameters of a function have the same name",
    explanation: "Inside the function the name could mean only one of them.",
    wrong: "def f(a, a):\n    return a",
    right: "def f(a, b):\n    return a",
};

static PARAMETER_ORDER: FaultKind = FaultKind {
    code: "parameter-order",
    class: "SyntaxError",
    title: "the parameters of a function stand in an impossible order",
    explanation: "First come parameters without a default, then those with one, then `*args`, then those that must be \
                  given by keyword, then `**kwargs`.",
    wrong: "def f(a=1, b):\n    return a + b",
    right: "def f(b, a=1):\n    return a + b",
};

pub(super) static FAULTS: &[&FaultKind] = &[&ARGUMENT_ORDER, &REPEATED_KEYWORD, &DUPLICATE_PARAMETER, &PARAMETER_ORDER];

/// Tells what is wrong with the arguments of a call.
pub(super) fn check_arguments(arguments: &[Argument], tell: &mut dyn FnMut(Fault)) {
    let mut keyword: Option<Span> = None;
    let mut mapping: Option<Span> = None;
    let mut names: HashMap<&str, Span> = HashMap::new();
    for argument in arguments {
        match &argument.kind {
            ArgumentKind::Positional => {
                if let Some(before) = keyword.or(mapping) {
                    tell(
                        fault!(ARGUMENT_ORDER, argument.span, "positional argument follows keyword argument")
                            .label("an argument without a keyword")
                            .also(before, "a keyword before it")
                            .hint("move it before the first keyword, or give it a keyword too"),
                    );
                    return;
                }
            }
            ArgumentKind::Star => {
                if let Some(before) = mapping {
                    tell(
                        fault!(
                            ARGUMENT_ORDER,
                            argument.span,
                            "iterable argument unpacking follows keyword argument unpacking"
                        )
                        .also(before, "`**` before it")
                        .hint("move `*` before `**`"),
                    );
                    return;
                }
            }
            ArgumentKind::Keyword(name) => {
                if let Some(first) = names.insert(&name.name, name.span) {
                    tell(
                        fault!(REPEATED_KEYWORD, name.span, "keyword argument repeated: {}", name.name)
                            .label("the second time")
                            .also(first, "the first time"),
                    );
                    return;
                }
                keyword = Some(argument.span);
            }
            ArgumentKind::DoubleStar => mapping = Some(argument.span),
        }
    }
}

/// Sorts the parameters of a function, and tells what is wrong with them.
pub(super) fn parameters(pieces: Vec<ParameterPiece>, tell: &mut dyn FnMut(Fault)) -> Parameters {
    let mut reader = Reader { sorted: Parameters::default(), star: None, seen: HashMap::new(), tell };
    for piece in pieces {
        reader.take(piece);
    }
    if let Some(star) = reader.star.filter(|_| reader.sorted.rest.is_none() && reader.sorted.keyword_only.is_empty()) {
        (reader.tell)(
            fault!(PARAMETER_ORDER, star, "named arguments must follow bare *")
                .label("a parameter must follow")
                .hint("write `*args` to take any number of arguments"),
        );
    }
    reader.sorted
}

struct Reader<'t> {
    sorted: Parameters,
    /// Where `*` or `*args` stands.
    star: Option<Span>,
    seen: HashMap<std::rc::Rc<str>, Span>,
    tell: &'t mut dyn FnMut(Fault),
}

impl Reader<'_> {
    fn take(&mut self, piece: ParameterPiece) {
        let span = match &piece {
            ParameterPiece::Plain(name, _) | ParameterPiece::Rest(name) | ParameterPiece::Keywords(name) => {
                self.note(name);
                name.span
            }
            ParameterPiece::Slash(span) | ParameterPiece::Star(span) => *span,
        };
        if let Some(last) = &self.sorted.keywords {
            let fault = fault!(PARAMETER_ORDER, span, "nothing can follow `**{}`", last.name);
            return (self.tell)(fault.also(last.span, "takes all keywords that are left"));
        }
        match piece {
            ParameterPiece::Plain(name, default) => self.plain(Parameter { name, default }),
            ParameterPiece::Slash(span) if self.star.is_some() || self.sorted.positional_only > 0 => {
                (self.tell)(fault!(PARAMETER_ORDER, span, "`/` must stand once, and before `*`"));
            }
            ParameterPiece::Slash(_) => self.sorted.positional_only = self.sorted.positional.len(),
            ParameterPiece::Star(span) => self.starred(span, None),
            ParameterPiece::Rest(name) => self.starred(name.span, Some(name)),
            ParameterPiece::Keywords(name) => self.sorted.keywords = Some(name),
        }
    }

    fn note(&mut self, name: &Ident) {
        if let Some(first) = self.seen.insert(name.name.clone(), name.span) {
            (self.tell)(
                fault!(DUPLICATE_PARAMETER, name.span, "duplicate argument '{}' in function definition", name.name)
                    .label("the second time")
                    .also(first, "the first time"),
            );
        }
    }

    fn plain(&mut self, parameter: Parameter) {
        if self.star.is_some() {
            return self.sorted.keyword_only.push(parameter);
        }
        let before = self.sorted.positional.iter().find(|before| before.default.is_some());
        if let (Some(before), None) = (before, &parameter.default) {
            (self.tell)(
                fault!(PARAMETER_ORDER, parameter.name.span, "non-default argument follows default argument")
                    .label("has no default")
                    .also(before.name.span, "has one")
                    .hint("parameters without a default come first"),
            );
        }
        self.sorted.positional.push(parameter);
    }

    fn starred(&mut self, span: Span, rest: Option<Ident>) {
        if let Some(first) = self.star {
            return (self.tell)(fault!(PARAMETER_ORDER, span, "`*` can stand once only").also(first, "the first one"));
        }
        self.star = Some(span);
        self.sorted.rest = rest;
    }
}
