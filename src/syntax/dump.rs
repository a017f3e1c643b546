//! The tree as nested lists, for tests: `x + 2*y` is `(+ x (* 2 y))`. Places are left out.

use super::ast::*;

/// The statements of a module, a line each.
pub fn dump(module: &Module) -> String {
    module.body.iter().map(|statement| statement_text(statement) + "\n").collect()
}

fn list(head: &str, parts: impl IntoIterator<Item = String>) -> String {
    let mut text = format!("({head}");
    for part in parts {
        if !part.is_empty() {
            text.push(' ');
            text.push_str(&part);
        }
    }
    text.push(')');
    text
}

fn optional(value: Option<&Expr>) -> String {
    value.map(expression).unwrap_or_default()
}

fn block(head: &str, statements: &[Stmt]) -> String {
    if statements.is_empty() { String::new() } else { list(head, statements.iter().map(statement_text)) }
}

fn names(names: &[Ident]) -> impl Iterator<Item = String> {
    names.iter().map(|name| name.name.to_string())
}

fn statement_text(statement: &Stmt) -> String {
    match &statement.kind {
        StmtKind::Expression(value) => expression(value),
        StmtKind::Assign { targets, value } => list("=", targets.iter().map(target).chain([expression(value)])),
        StmtKind::Augment { target: to, operator, value, .. } => {
            list(&format!("{}=", operator.symbol()), [target(to), expression(value)])
        }
        StmtKind::DefineCallable { name, parameters, value } => {
            list("define", [list(&name.name, names(parameters)), expression(value)])
        }
        StmtKind::If { branches, otherwise } => {
            let branch = |(condition, body): &(Expr, Block)| list("when", [expression(condition), block("do", body)]);
            list("if", branches.iter().map(branch).chain([block("else", otherwise)]))
        }
        StmtKind::For { target: to, iterable, body, otherwise } => {
            list("for", [target(to), expression(iterable), block("do", body), block("else", otherwise)])
        }
        StmtKind::While { condition, body, otherwise } => {
            list("while", [expression(condition), block("do", body), block("else", otherwise)])
        }
        StmtKind::Define { function, decorators, .. } => {
            let decorated = |text, decorator: &Expr| list("@", [expression(decorator), text]);
            decorators.iter().rev().fold(function_text(function), decorated)
        }
        StmtKind::Try(parts) => try_text(parts),
        StmtKind::With { items, body } => {
            let item = |item: &WithItem| {
                list("item", [expression(&item.manager), item.target.as_ref().map(target).unwrap_or_default()])
            };
            list("with", items.iter().map(item).chain([block("do", body)]))
        }
        kind => simple(kind),
    }
}

fn simple(kind: &StmtKind) -> String {
    let named = |(name, alias): (&Ident, &Option<Ident>)| match alias {
        Some(alias) => format!("{}:{}", name.name, alias.name),
        None => name.name.to_string(),
    };
    match kind {
        StmtKind::Break => "(break)".into(),
        StmtKind::Continue => "(continue)".into(),
        StmtKind::Pass => "(pass)".into(),
        StmtKind::Return(value) => list("return", [optional(value.as_ref())]),
        StmtKind::Raise { exception, cause } => list("raise", [optional(exception.as_ref()), optional(cause.as_ref())]),
        StmtKind::Assert { condition, message } => list("assert", [expression(condition), optional(message.as_ref())]),
        StmtKind::Delete(targets) => list("del", targets.iter().map(target)),
        StmtKind::Global(list_of) => list("global", names(list_of)),
        StmtKind::Nonlocal(list_of) => list("nonlocal", names(list_of)),
        StmtKind::Import(modules) => list("import", modules.iter().map(|each| named((&each.module, &each.alias)))),
        StmtKind::ImportFrom { module, names } => {
            let listed: Vec<String> = match names {
                ImportedNames::All(_) => vec!["*".into()],
                ImportedNames::Listed(names) => names.iter().map(|(name, alias)| named((name, alias))).collect(),
            };
            list(&format!("from {}", module.name), listed)
        }
        _ => "(invalid)".into(),
    }
}

fn try_text(parts: &Try) -> String {
    let handler = |handler: &Handler| {
        let name = handler.name.as_ref().map(|name| format!(":{}", name.name)).unwrap_or_default();
        list("except", [optional(handler.exception.as_ref()), name, block("do", &handler.body)])
    };
    let handlers = parts.handlers.iter().map(handler);
    let tail = [block("else", &parts.otherwise), block("finally", &parts.finally)];
    list("try", [block("do", &parts.body)].into_iter().chain(handlers).chain(tail))
}

fn function_text(function: &Function) -> String {
    let head = function.name.as_ref().map_or("lambda".to_owned(), |name| format!("def {}", name.name));
    let head = if function.generator { format!("{head} yields") } else { head };
    let body = match &function.body {
        FunctionBody::Block(body) => block("do", body),
        FunctionBody::Expression(body) => expression(body),
    };
    list(&head, [parameters(&function.parameters), body])
}

fn parameters(parameters: &Parameters) -> String {
    let one = |parameter: &Parameter| match &parameter.default {
        Some(default) => format!("{}={}", parameter.name.name, expression(default)),
        None => parameter.name.name.to_string(),
    };
    let mut parts: Vec<String> = parameters.positional.iter().map(one).collect();
    if parameters.positional_only > 0 {
        parts.insert(parameters.positional_only, "/".into());
    }
    match &parameters.rest {
        Some(rest) => parts.push(format!("*{}", rest.name)),
        None if !parameters.keyword_only.is_empty() => parts.push("*".into()),
        None => {}
    }
    parts.extend(parameters.keyword_only.iter().map(one));
    parts.extend(parameters.keywords.iter().map(|name| format!("**{}", name.name)));
    format!("[{}]", parts.join(" "))
}

fn target(target: &Target) -> String {
    match &target.kind {
        TargetKind::Name(name) => name.name.to_string(),
        TargetKind::Attribute { object, name } => list(".", [expression(object), name.name.to_string()]),
        TargetKind::Subscript { object, index } => list("at", [expression(object), expression(index)]),
        TargetKind::Sequence(parts) => list("tuple", parts.iter().map(self::target)),
        TargetKind::Starred(part) => list("star", [self::target(part)]),
    }
}

fn steps(first: &Expr, rest: impl Iterator<Item = (&'static str, String)>) -> String {
    let mut text = expression(first);
    let mut rest = rest.peekable();
    let mut head = String::new();
    let mut parts = vec![std::mem::take(&mut text)];
    while let Some((symbol, operand)) = rest.next() {
        head.push_str(symbol);
        parts.push(operand);
        if rest.peek().is_some() {
            head.push(' ');
        }
    }
    list(&head, parts)
}

fn expression(expr: &Expr) -> String {
    let all = |items: &[Expr]| items.iter().map(expression).collect::<Vec<_>>();
    match &expr.kind {
        ExprKind::Name(name) => name.to_string(),
        ExprKind::Integer(integer) if integer.radix == 10 => integer.digits.to_string(),
        ExprKind::Integer(integer) => format!("{}r{}", integer.digits, integer.radix),
        ExprKind::Real(text) => text.to_string(),
        ExprKind::Imaginary(text) => format!("{text}j"),
        ExprKind::Text(text) => format!("{text:?}"),
        ExprKind::FormatText(parts) => list("f", format_parts(parts)),
        ExprKind::Constant(constant) => format!("{constant:?}"),
        ExprKind::List(items) => list("list", all(items)),
        ExprKind::Tuple(items) => list("tuple", all(items)),
        ExprKind::Set(items) => list("set", all(items)),
        ExprKind::And(items) => list("and", all(items)),
        ExprKind::Or(items) => list("or", all(items)),
        ExprKind::Dict(items) => list("dict", items.iter().map(dict_item)),
        ExprKind::Range(range) => {
            list(if range.lazy { "lazy-range" } else { "range" }, range.items.iter().map(range_item))
        }
        ExprKind::Comprehension(comprehension) => comprehension_text(comprehension),
        ExprKind::Lambda(function) => function_text(function),
        ExprKind::Yield(value) => list("yield", [optional(value.as_deref())]),
        ExprKind::YieldFrom(value) => list("yield-from", [expression(value)]),
        ExprKind::Conditional(parts) => {
            list("?", [expression(&parts.condition), expression(&parts.value), expression(&parts.otherwise)])
        }
        ExprKind::Operation { first, rest } => {
            steps(first, rest.iter().map(|step| (step.operator.symbol(), expression(&step.operand))))
        }
        ExprKind::Comparison { first, rest } => {
            steps(first, rest.iter().map(|step| (step.operator.symbol(), expression(&step.operand))))
        }
        ExprKind::Power { base, exponent, .. } => list("^", [expression(base), expression(exponent)]),
        ExprKind::Unary { operator, operand, .. } => list(operator.symbol(), [expression(operand)]),
        ExprKind::Not(operand) => list("not", [expression(operand)]),
        ExprKind::Call(call) => {
            list("call", [expression(&call.function)].into_iter().chain(call.arguments.iter().map(argument)))
        }
        ExprKind::Attribute { object, name } => list(".", [expression(object), name.name.to_string()]),
        ExprKind::Subscript { object, index } => list("at", [expression(object), expression(index)]),
        ExprKind::Slice(slice) => {
            let part = |part: &Option<Expr>| part.as_ref().map_or("_".to_owned(), expression);
            list("slice", [part(&slice.start), part(&slice.stop), part(&slice.step)])
        }
        ExprKind::Starred(value) => list("star", [expression(value)]),
        ExprKind::Walrus { name, value } => list(":=", [name.name.to_string(), expression(value)]),
        ExprKind::Invalid => "invalid".into(),
    }
}

fn dict_item(item: &DictItem) -> String {
    match item {
        DictItem::Pair(key, value) => format!("{}:{}", expression(key), expression(value)),
        DictItem::Unpack(mapping) => format!("**{}", expression(mapping)),
    }
}

fn range_item(item: &RangeItem) -> String {
    match item {
        RangeItem::Value(value) => expression(value),
        RangeItem::Through(_) => "..".into(),
    }
}

fn argument(argument: &Argument) -> String {
    let value = expression(&argument.value);
    match &argument.kind {
        ArgumentKind::Positional => value,
        ArgumentKind::Keyword(name) => format!("{}={value}", name.name),
        ArgumentKind::Star => format!("*{value}"),
        ArgumentKind::DoubleStar => format!("**{value}"),
    }
}

fn comprehension_text(comprehension: &Comprehension) -> String {
    let head = match comprehension.kind {
        ComprehensionKind::List => "list-for",
        ComprehensionKind::Set => "set-for",
        ComprehensionKind::Dict => "dict-for",
        ComprehensionKind::Generator => "generator",
    };
    let clause = |clause: &Clause| match clause {
        Clause::For { target: to, iterable } => list("for", [target(to), expression(iterable)]),
        Clause::If(condition) => list("if", [expression(condition)]),
    };
    let element = [expression(&comprehension.element), optional(comprehension.value.as_ref())];
    list(head, element.into_iter().chain(comprehension.clauses.iter().map(clause)))
}

fn format_parts(parts: &[FormatPart]) -> Vec<String> {
    parts
        .iter()
        .map(|part| match part {
            FormatPart::Text(text) => format!("{text:?}"),
            FormatPart::Field(field) => {
                let shown = field.shown.as_ref().map(|shown| format!("{shown:?}")).unwrap_or_default();
                let conversion = field.conversion.map(|conversion| format!("!{conversion:?}")).unwrap_or_default();
                let spec = field.spec.as_ref().map(|spec| list(":", format_parts(spec))).unwrap_or_default();
                list("field", [expression(&field.value), shown, conversion, spec])
            }
        })
        .collect()
}
