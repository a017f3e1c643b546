//! Walking the tree: the parts directly below a node, in the order they are written.

use super::ast::*;

/// Calls `visit` with every expression directly below `expr`. The bodies of `lambda`s count as below, with the
/// defaults of their parameters.
pub fn expressions_below<'t>(expr: &'t Expr, visit: &mut dyn FnMut(&'t Expr)) {
    match &expr.kind {
        ExprKind::Name(_)
        | ExprKind::Integer(_)
        | ExprKind::Real(_)
        | ExprKind::Imaginary(_)
        | ExprKind::Text(_)
        | ExprKind::Constant(_)
        | ExprKind::Invalid => {}
        ExprKind::FormatText(parts) => in_format(parts, visit),
        ExprKind::List(items)
        | ExprKind::Tuple(items)
        | ExprKind::Set(items)
        | ExprKind::And(items)
        | ExprKind::Or(items) => items.iter().for_each(visit),
        ExprKind::Dict(items) => items.iter().for_each(|item| match item {
            DictItem::Pair(key, value) => {
                visit(key);
                visit(value);
            }
            DictItem::Unpack(mapping) => visit(mapping),
        }),
        ExprKind::Range(range) => range.items.iter().for_each(|item| match item {
            RangeItem::Value(value) => visit(value),
            RangeItem::Through(_) => {}
        }),
        ExprKind::Comprehension(comprehension) => in_comprehension(comprehension, visit),
        ExprKind::Lambda(function) => in_function(function, visit),
        ExprKind::Yield(value) => value.iter().for_each(|value| visit(value)),
        ExprKind::Conditional(conditional) => {
            visit(&conditional.value);
            visit(&conditional.condition);
            visit(&conditional.otherwise);
        }
        ExprKind::Operation { first, rest } => {
            visit(first);
            rest.iter().for_each(|step| visit(&step.operand));
        }
        ExprKind::Comparison { first, rest } => {
            visit(first);
            rest.iter().for_each(|step| visit(&step.operand));
        }
        ExprKind::Power { base, exponent, .. } => {
            visit(base);
            visit(exponent);
        }
        ExprKind::YieldFrom(operand)
        | ExprKind::Not(operand)
        | ExprKind::Starred(operand)
        | ExprKind::Unary { operand, .. }
        | ExprKind::Walrus { value: operand, .. }
        | ExprKind::Attribute { object: operand, .. } => visit(operand),
        ExprKind::Call(call) => {
            visit(&call.function);
            call.arguments.iter().for_each(|argument| visit(&argument.value));
        }
        ExprKind::Subscript { object, index } => {
            visit(object);
            visit(index);
        }
        ExprKind::Slice(slice) => [&slice.start, &slice.stop, &slice.step].into_iter().flatten().for_each(visit),
    }
}

fn in_format<'t>(parts: &'t [FormatPart], visit: &mut dyn FnMut(&'t Expr)) {
    for part in parts {
        if let FormatPart::Field(field) = part {
            visit(&field.value);
            in_format(field.spec.as_deref().unwrap_or(&[]), visit);
        }
    }
}

fn in_comprehension<'t>(comprehension: &'t Comprehension, visit: &mut dyn FnMut(&'t Expr)) {
    visit(&comprehension.element);
    comprehension.value.iter().for_each(&mut *visit);
    for clause in &comprehension.clauses {
        match clause {
            Clause::For { target, iterable } => {
                expressions_in_target(target, visit);
                visit(iterable);
            }
            Clause::If(condition) => visit(condition),
        }
    }
}

fn in_function<'t>(function: &'t Function, visit: &mut dyn FnMut(&'t Expr)) {
    defaults(&function.parameters).for_each(&mut *visit);
    if let FunctionBody::Expression(body) = &function.body {
        visit(body);
    }
}

/// The defaults of parameters, in order.
pub fn defaults(parameters: &Parameters) -> impl Iterator<Item = &Expr> {
    parameters.positional.iter().chain(&parameters.keyword_only).filter_map(|parameter| parameter.default.as_ref())
}

/// Calls `visit` with every expression directly below a target: the objects and indices of attributes and subscripts.
pub fn expressions_in_target<'t>(target: &'t Target, visit: &mut dyn FnMut(&'t Expr)) {
    match &target.kind {
        TargetKind::Name(_) => {}
        TargetKind::Attribute { object, .. } => visit(object),
        TargetKind::Subscript { object, index } => {
            visit(object);
            visit(index);
        }
        TargetKind::Sequence(parts) => parts.iter().for_each(|part| expressions_in_target(part, visit)),
        TargetKind::Starred(part) => expressions_in_target(part, visit),
    }
}

/// Calls `visit` with every name that assigning to the target binds.
pub fn names_in_target<'t>(target: &'t Target, visit: &mut dyn FnMut(&'t Ident)) {
    match &target.kind {
        TargetKind::Name(name) => visit(name),
        TargetKind::Attribute { .. } | TargetKind::Subscript { .. } => {}
        TargetKind::Sequence(parts) => parts.iter().for_each(|part| names_in_target(part, visit)),
        TargetKind::Starred(part) => names_in_target(part, visit),
    }
}
