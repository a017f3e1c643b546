//! Expressions to code.

use std::rc::Rc;

use super::{Compiler, ConstantKey, count};
use crate::diagnostic::Span;
use crate::number::Integer;
use crate::runtime::code::{Op, RangeShape};
use crate::runtime::literal;
use crate::runtime::value::Value;
use crate::syntax::ast::{
    BinaryOperator, ComparisonOperator, Conditional, Constant, DictItem, Expr, ExprKind, FormatPart, Range, RangeItem,
    Slice, Step, UnaryOperator,
};

impl Compiler<'_> {
    pub(super) fn expression(&mut self, expression: &Expr) {
        let span = expression.span;
        match &expression.kind {
            ExprKind::Name(name) => self.load(name, span),
            ExprKind::Integer(literal) => {
                let value = Integer::parse(&literal.digits, literal.radix).unwrap_or_default();
                let key = ConstantKey::Integer(literal.digits.clone(), literal.radix);
                self.keyed_constant(Some(key), Value::Integer(value), span);
            }
            ExprKind::Real(text) => self.constant(literal::real(text), span),
            ExprKind::Imaginary(text) => self.constant(literal::imaginary(text), span),
            ExprKind::Text(text) => self.constant(Value::Str(text.clone()), span),
            ExprKind::FormatText(parts) => self.format_text(parts, span),
            ExprKind::Constant(constant) => self.constant(constant_value(*constant), span),
            ExprKind::List(items) => self.collection(items, Op::BuildList, Op::Append, Op::Extend, span),
            ExprKind::Set(items) => self.collection(items, Op::BuildSet, Op::AddToSet, Op::UpdateSet, span),
            ExprKind::Tuple(items) => self.tuple(items, span),
            ExprKind::Dict(items) => self.dict(items, span),
            ExprKind::Range(range) => self.range(range, span),
            ExprKind::Comprehension(comprehension) => self.comprehension(comprehension, span),
            ExprKind::Lambda(function) => self.function(function),
            ExprKind::Yield(value) => {
                match value {
                    Some(value) => self.expression(value),
                    None => self.constant(Value::None, span),
                }
                self.emit(Op::Yield, span);
            }
            ExprKind::YieldFrom(items) => self.yield_from(items, span),
            ExprKind::Conditional(choice) => self.conditional(choice, span),
            ExprKind::Operation { first, rest } => self.operation(first, rest),
            ExprKind::Power { base, exponent, .. } => {
                self.expression(base);
                self.expression(exponent);
                self.emit(Op::Binary(BinaryOperator::Power), span);
            }
            ExprKind::Unary { operator, operand, .. } => self.unary(*operator, operand, span),
            ExprKind::Comparison { first, rest } => self.comparison(first, rest, span),
            ExprKind::And(items) => self.shortcut(items, Op::JumpIfFalseOrPop(0)),
            ExprKind::Or(items) => self.shortcut(items, Op::JumpIfTrueOrPop(0)),
            ExprKind::Not(operand) => {
                self.expression(operand);
                self.emit(Op::Not, span);
            }
            ExprKind::Call(call) => self.call(call, span),
            ExprKind::Attribute { object, name } => {
                self.expression(object);
                let name = self.name(&name.name);
                self.emit(Op::Attribute(name), span);
            }
            ExprKind::Subscript { object, index } => {
                self.expression(object);
                self.expression(index);
                self.emit(Op::Index, span);
            }
            ExprKind::Slice(slice) => self.slice(slice, span),
            ExprKind::Starred(value) => self.expression(value),
            ExprKind::Walrus { name, value } => {
                self.expression(value);
                self.emit(Op::Duplicate, span);
                self.store(&name.name, name.span);
            }
            // The parser leaves it out of sound statements, and others are not compiled.
            ExprKind::Invalid => self.constant(Value::None, span),
        }
    }

    /// A minus sign before a number is part of the number.
    fn unary(&mut self, operator: UnaryOperator, operand: &Expr, span: Span) {
        if let (UnaryOperator::Minus, ExprKind::Integer(literal)) = (operator, &operand.kind) {
            let value = -Integer::parse(&literal.digits, literal.radix).unwrap_or_default();
            let digits: Rc<str> = format!("-{}", literal.digits).into();
            self.keyed_constant(Some(ConstantKey::Integer(digits, literal.radix)), Value::Integer(value), span);
            return;
        }
        self.expression(operand);
        self.emit(Op::Unary(operator), span);
    }

    fn operation(&mut self, first: &Expr, rest: &[Step<BinaryOperator>]) {
        self.expression(first);
        for step in rest {
            self.expression(&step.operand);
            self.emit(Op::Binary(step.operator), first.span.join(step.operand.span));
        }
    }

    /// `a < b < c` is `a < b and b < c` with `b` evaluated once.
    fn comparison(&mut self, first: &Expr, rest: &[Step<ComparisonOperator>], span: Span) {
        self.expression(first);
        let mut ends = Vec::new();
        for (index, step) in rest.iter().enumerate() {
            self.expression(&step.operand);
            if index + 1 < rest.len() {
                self.emit(Op::Duplicate, span);
                self.emit(Op::Bury, span);
                self.emit(Op::Compare(step.operator), span);
                ends.push(self.emit(Op::JumpIfFalseOrPop(0), span));
            } else {
                self.emit(Op::Compare(step.operator), span);
            }
        }
        if ends.is_empty() {
            return;
        }
        // A comparison that decides leaves the next operand below its answer.
        let done = self.emit(Op::Jump(0), span);
        ends.into_iter().for_each(|end| self.land(end));
        self.emit(Op::Swap, span);
        self.emit(Op::Pop, span);
        self.land(done);
    }

    fn shortcut(&mut self, items: &[Expr], jump: Op) {
        let mut ends = Vec::new();
        for (index, item) in items.iter().enumerate() {
            self.expression(item);
            if index + 1 < items.len() {
                ends.push(self.emit(jump, item.span));
            }
        }
        ends.into_iter().for_each(|end| self.land(end));
    }

    fn conditional(&mut self, choice: &Conditional, span: Span) {
        let otherwise = self.jump_unless(&choice.condition);
        self.expression(&choice.value);
        let end = self.emit(Op::Jump(0), span);
        self.land(otherwise);
        self.expression(&choice.otherwise);
        self.land(end);
    }

    /// A display with or without starred parts.
    fn collection(&mut self, items: &[Expr], build: fn(u32) -> Op, add: Op, extend: Op, span: Span) {
        let plain = items.iter().position(|item| matches!(item.kind, ExprKind::Starred(_))).unwrap_or(items.len());
        items[..plain].iter().for_each(|item| self.expression(item));
        self.emit(build(count(plain)), span);
        for item in &items[plain..] {
            self.expression(item);
            let starred = matches!(item.kind, ExprKind::Starred(_));
            self.emit(if starred { extend } else { add }, item.span);
        }
    }

    fn tuple(&mut self, items: &[Expr], span: Span) {
        if items.iter().any(|item| matches!(item.kind, ExprKind::Starred(_))) {
            self.collection(items, Op::BuildList, Op::Append, Op::Extend, span);
            self.emit(Op::ListToTuple, span);
        } else {
            self.collection(items, Op::BuildTuple, Op::Append, Op::Extend, span);
        }
    }

    fn dict(&mut self, items: &[DictItem], span: Span) {
        self.emit(Op::BuildDict(0), span);
        for item in items {
            match item {
                DictItem::Pair(key, value) => {
                    self.expression(key);
                    self.expression(value);
                    self.emit(Op::SetItem, key.span);
                }
                DictItem::Unpack(mapping) => {
                    self.expression(mapping);
                    self.emit(Op::UpdateDict, mapping.span);
                }
            }
        }
    }

    fn range(&mut self, range: &Range, span: Span) {
        let mut through = Vec::new();
        for item in &range.items {
            if let RangeItem::Value(value) = item {
                self.expression(value);
            }
            through.push(matches!(item, RangeItem::Through(_)));
        }
        let ranges = &mut self.unit().code.ranges;
        ranges.push(RangeShape { through: through.into(), lazy: range.lazy });
        let index = count(ranges.len() - 1);
        self.emit(Op::BuildRange(index), span);
    }

    fn slice(&mut self, slice: &Slice, span: Span) {
        for part in [&slice.start, &slice.stop, &slice.step] {
            match part {
                Some(part) => self.expression(part),
                None => self.constant(Value::None, span),
            }
        }
        self.emit(Op::BuildSlice, span);
    }

    fn yield_from(&mut self, items: &Expr, span: Span) {
        self.expression(items);
        let iterator = self.claim_iterator();
        self.emit(Op::StartLoop(iterator), items.span);
        let start = self.next_op();
        let next = self.emit(Op::Next(iterator, 0), items.span);
        self.emit(Op::Yield, span);
        self.emit(Op::Pop, span);
        self.emit(Op::Jump(start), span);
        self.land(next);
        self.release_iterator();
        self.constant(Value::None, span);
    }

    fn format_text(&mut self, parts: &[FormatPart], span: Span) {
        for part in parts {
            match part {
                FormatPart::Text(text) => self.constant(Value::Str(text.clone()), span),
                FormatPart::Field(field) => {
                    if let Some(shown) = &field.shown {
                        self.constant(Value::Str(shown.clone()), field.span);
                    }
                    self.expression(&field.value);
                    field.spec.iter().for_each(|spec| self.format_text(spec, field.span));
                    self.emit(Op::Format(field.conversion, field.spec.is_some()), field.value.span);
                    if field.shown.is_some() {
                        self.emit(Op::Concatenate(2), field.span);
                    }
                }
            }
        }
        self.emit(Op::Concatenate(count(parts.len())), span);
    }
}

fn constant_value(constant: Constant) -> Value {
    match constant {
        Constant::True => Value::Bool(true),
        Constant::False => Value::Bool(false),
        Constant::None => Value::None,
        Constant::Ellipsis => Value::Ellipsis,
    }
}
