//! What may be assigned to: turns expressions into targets, and says why others are none.

use crate::diagnostic::{Fault, FaultKind, Span, Spanned, fault};

use super::ast::*;

static BAD_TARGET: FaultKind = FaultKind {
    code: "bad-target",
    class: "SyntaxError",
    title: "something is assigned to what can hold no value",
    explanation: "To the left of `=` stands a name, an attribute `a.b`, an entry `a[0]`, or several of them with commas. \
                  An equation is written with `==`.",
    wrong: "x + 1 = 2",
    right: "x + 1 == 2",
};

static BAD_DEFINITION: FaultKind = FaultKind {
    code: "bad-definition",
    class: "SyntaxError",
    title: "a function is defined with parameters that are no names",
    explanation: "In `f(x, y) = ...` the parentheses hold names, each once. For one value write an equation with `==`; \
                  a function by cases is made by `piecewise` or `def`.",
    wrong: "f(2) = 3",
    right: "f(x) = x + 1",
};

static EQUALS_SIGN: FaultKind = FaultKind {
    code: "equals-sign",
    class: "SyntaxError",
    title: "`=` stands where `==` was meant",
    explanation: "`=` gives a value to a name (or to a keyword of a call). Equations and comparisons are written with \
                  `==`.",
    wrong: "solve(x^2 = 4, x)",
    right: "solve(x^2 == 4, x)",
};

static STRAY_STAR: FaultKind = FaultKind {
    code: "stray-star",
    class: "SyntaxError",
    title: "a starred expression stands where nothing can take its items",
    explanation: "`*items` spreads items into a list, tuple, set or call; as a target it takes what the other targets \
                  leave, and there can be one of it only.",
    wrong: "*a = [1, 2]",
    right: "*a, b = [1, 2]",
};

static EXCEPT_ORDER: FaultKind = FaultKind {
    code: "except-order",
    class: "SyntaxError",
    title: "a bare `except:` stands before other handlers",
    explanation: "`except:` without a class catches everything, so handlers behind it could never run.",
    wrong: "try:\n    1/0\nexcept:\n    pass\nexcept ValueError:\n    pass",
    right: "try:\n    1/0\nexcept ValueError:\n    pass\nexcept:\n    pass",
};

static RANGE_IN_BRACES: FaultKind = FaultKind {
    code: "range-in-braces",
    class: "SyntaxError",
    title: "a range stands between braces",
    explanation: "`[a..b]` is a list and `(a..b)` an iterator; a set is made of either by `set`.",
    wrong: "{1..5}",
    right: "set([1..5])",
};

pub(super) static FAULTS: &[&FaultKind] =
    &[&BAD_TARGET, &BAD_DEFINITION, &EQUALS_SIGN, &STRAY_STAR, &EXCEPT_ORDER, &RANGE_IN_BRACES];

/// What can be assigned to.
pub(super) fn assigned(target: Expr) -> Result<Target, Fault> {
    if let ExprKind::Starred(_) = target.kind {
        return Err(fault!(STRAY_STAR, target.span, "starred assignment target must be in a list or tuple")
            .hint("with a comma it takes all items: `*a, = items`; without the star `a` is all of them"));
    }
    part(target, "assign to")
}

/// What can stand behind `for`.
pub(super) fn counted(target: Expr) -> Result<Target, Fault> {
    part(target, "count with")
}

/// What can stand behind the `as` of a `with`.
pub(super) fn named(target: Expr) -> Result<Target, Fault> {
    part(target, "assign to")
}

/// What can be deleted.
pub(super) fn deleted(target: Expr) -> Result<Target, Fault> {
    part(target, "delete")
}

/// What can stand before `+=`.
pub(super) fn augmented(target: Expr, operator: Spanned<BinaryOperator>) -> Result<Target, Fault> {
    let single = matches!(target.kind, ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. });
    if single {
        return assigned(target);
    }
    let symbol = operator.value.symbol();
    let what = described(&target.kind);
    Err(fault!(BAD_TARGET, target.span, "{what} cannot be changed by `{symbol}=`").label("a name is expected here"))
}

fn part(target: Expr, verb: &str) -> Result<Target, Fault> {
    let span = target.span;
    let kind = match target.kind {
        ExprKind::Name(name) => TargetKind::Name(Ident { name, span }),
        ExprKind::Attribute { object, name } => TargetKind::Attribute { object, name },
        ExprKind::Subscript { object, index } => TargetKind::Subscript { object, index },
        ExprKind::List(parts) | ExprKind::Tuple(parts) => TargetKind::Sequence(sequence(parts, verb)?),
        ExprKind::Starred(inner) => TargetKind::Starred(Box::new(part(*inner, verb)?)),
        kind => return Err(no_target(&kind, span, verb)),
    };
    Ok(Target { kind, span })
}

fn sequence(parts: Vec<Expr>, verb: &str) -> Result<Vec<Target>, Fault> {
    let mut stars = parts.iter().filter(|each| matches!(each.kind, ExprKind::Starred(_)));
    if let (Some(first), Some(second)) = (stars.next(), stars.next()) {
        return Err(fault!(STRAY_STAR, second.span, "multiple starred expressions in assignment")
            .label("a second starred target")
            .also(first.span, "the first one")
            .hint("only one target can take what the others leave"));
    }
    parts.into_iter().map(|each| part(each, verb)).collect()
}

fn no_target(kind: &ExprKind, span: Span, verb: &str) -> Fault {
    let fault = fault!(BAD_TARGET, span, "cannot {verb} {}", described(kind)).label("this can hold no value");
    match kind {
        // Sage takes `3 = x` for the definition of a function of the variable `3`.
        ExprKind::Integer(_) | ExprKind::Real(_) if verb == "assign to" => {
            fault.class_is("ValueError").hint("the name stands to the left of `=`; an equation is written with `==`")
        }
        ExprKind::Constant(_) => fault.hint("it is a word of the language; take another name"),
        _ if verb == "count with" => fault.hint("behind `for` stands a name: `for k in [1..3]:`"),
        _ if verb == "delete" => fault.hint("`del` takes names and entries: `del a, b[0]`"),
        _ => fault.hint("the name stands to the left of `=`; an equation is written with `==`"),
    }
}

/// A kind of expression in words.
fn described(kind: &ExprKind) -> &'static str {
    match kind {
        ExprKind::Name(_) => "a name",
        ExprKind::Integer(_) | ExprKind::Real(_) | ExprKind::Imaginary(_) => "a number",
        ExprKind::Text(_) | ExprKind::FormatText(_) => "a string",
        ExprKind::Constant(Constant::True) => "True",
        ExprKind::Constant(Constant::False) => "False",
        ExprKind::Constant(Constant::None) => "None",
        ExprKind::Constant(Constant::Ellipsis) => "an ellipsis",
        ExprKind::List(_) => "a list",
        ExprKind::Tuple(_) => "a tuple",
        ExprKind::Set(_) => "a set",
        ExprKind::Dict(_) => "a dict",
        ExprKind::Range(_) => "a range",
        ExprKind::Comprehension(_) => "a comprehension",
        ExprKind::Lambda(_) => "a function",
        ExprKind::Call(_) => "a function call",
        ExprKind::Comparison { .. } => "a comparison",
        ExprKind::Conditional(_) => "a conditional expression",
        ExprKind::Starred(_) => "a starred expression",
        ExprKind::Yield(_) | ExprKind::YieldFrom(_) => "a yield expression",
        ExprKind::Walrus { .. } => "an assignment",
        ExprKind::Operation { .. }
        | ExprKind::Power { .. }
        | ExprKind::Unary { .. }
        | ExprKind::And(_)
        | ExprKind::Or(_)
        | ExprKind::Not(_)
        | ExprKind::Attribute { .. }
        | ExprKind::Subscript { .. }
        | ExprKind::Slice(_)
        | ExprKind::Invalid => "an expression",
    }
}

/// Name and parameters of `f(x, y) = ...`, whose left side is the call `left`.
pub(super) fn definition(left: &Expr, sign: Span) -> Result<(Ident, Vec<Ident>), Fault> {
    let ExprKind::Call(call) = &left.kind else { return Err(no_target(&left.kind, left.span, "assign to")) };
    let ExprKind::Name(name) = &call.function.kind else {
        return Err(fault!(BAD_DEFINITION, call.function.span, "cannot define a function by this")
            .label("a name is expected here")
            .hint("a definition looks like `f(x) = x^2`; an equation is written with `==`"));
    };
    if call.arguments.is_empty() {
        return Err(fault!(BAD_DEFINITION, left.span, "a definition needs a parameter")
            .label("no parameter between the parentheses")
            .hint(format!("write `{name}(x) = ...`, or `{name} = ...` for something that depends on nothing")));
    }
    let mut parameters: Vec<Ident> = Vec::new();
    for argument in &call.arguments {
        let parameter = parameter(argument, sign)?;
        if let Some(known) = parameters.iter().find(|known| known.name == parameter.name) {
            return Err(fault!(BAD_DEFINITION, parameter.span, "`{}` stands twice among the parameters", known.name)
                .label("the second time")
                .also(known.span, "the first time"));
        }
        parameters.push(parameter);
    }
    Ok((Ident { name: name.clone(), span: call.function.span }, parameters))
}

fn parameter(argument: &Argument, sign: Span) -> Result<Ident, Fault> {
    match (&argument.kind, &argument.value.kind) {
        (ArgumentKind::Positional, ExprKind::Name(name)) => Ok(Ident { name: name.clone(), span: argument.span }),
        (_, kind) => Err(fault!(BAD_DEFINITION, argument.span, "a parameter of a definition must be a name")
            .label(format!("{}, not a name", described(kind)))
            .also(sign, "this `=` makes it a definition")
            .hint("to state an equation write `==`; to define a function give it a name: `f(x) = ...`")),
    }
}

/// `*a` by itself.
pub(super) fn lone_star(span: Span) -> Fault {
    fault!(STRAY_STAR, span, "can't use starred expression here")
        .label("nothing takes the items")
        .hint("for a list of the items write `[*items]`")
}

/// `f(x^2 = 4)`.
pub(super) fn equals_sign_in_argument(source: &str, name: &Expr, sign: Span, value: Span) -> Fault {
    equals_sign(source, name.span, sign, value).label("only a keyword of the call can stand before `=`")
}

/// `if x = 2:`
pub(super) fn equals_sign_in_condition(source: &str, left: Span, sign: Span, right: Span) -> Fault {
    equals_sign(source, left, sign, right).label("`==` expected in a condition")
}

fn equals_sign(source: &str, left: Span, sign: Span, right: Span) -> Fault {
    let (left, right) = (left.text(source), right.text(source));
    let fault = fault!(EQUALS_SIGN, sign, "`=` gives a value to a name; a comparison is written with `==`");
    if left.len() + right.len() > 60 || left.contains('\n') || right.contains('\n') {
        return fault.hint("write `==`");
    }
    fault.hint(format!("write `{left} == {right}`"))
}

/// A `=` at a place where no production has one.
pub(super) fn stray_equals_sign(span: Span) -> Fault {
    fault!(EQUALS_SIGN, span, "`=` gives a value to a name and cannot stand here")
        .label("`==` may be meant")
        .hint("an equation or comparison is written with `==`")
}

pub(super) fn bare_except_first(span: Span) -> Fault {
    fault!(EXCEPT_ORDER, Span::new(span.start as usize, span.start as usize + 6), "default 'except:' must be last")
        .label("catches everything, so the handlers behind it never run")
}

pub(super) fn range_in_braces(span: Span) -> Fault {
    fault!(RANGE_IN_BRACES, span, "a range cannot stand between braces")
        .hint("write `set([a..b])` for the set of its members")
}
