//! Working on both sides of an equation or inequality, as on paper.

use crate::builtin;
use crate::diagnostic::{Fault, Spanned, fault};
use crate::expr::{Expr, Kind};
use crate::runtime::builtin::Builtin;
use crate::runtime::fault::WRONG_TYPE;
use crate::runtime::operate::checked;
use crate::syntax::ast::BinaryOperator;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &add_to_both_sides::RECORD,
    &subtract_from_both_sides::RECORD,
    &multiply_both_sides::RECORD,
    &divide_both_sides::RECORD,
    &negation::RECORD,
];

/// Both sides joined with an operand, as the operator does it.
fn both(f: &Spanned<Expr>, operator: BinaryOperator, operand: &Expr) -> Result<Expr, Fault> {
    if !matches!(f.value.kind(), Kind::Relation(..)) {
        return Err(
            fault!(WRONG_TYPE, f.span, "this expression must be a relation").hint("write an equation with `==`")
        );
    }
    let joined = match operator {
        BinaryOperator::Add => &f.value + operand,
        BinaryOperator::Subtract => &f.value - operand,
        BinaryOperator::Multiply => &f.value * operand,
        _ => &f.value / operand,
    };
    checked(joined, operator)
}

builtin! {
    /// The relation with a term added to both sides.
    ///
    /// ```calc
    /// (x - 3 == 4).add_to_both_sides(3)         # => x == 7
    /// ```
    ///
    /// See also: `subtract_from_both_sides`, `multiply_both_sides`.
    only method;
    fn add_to_both_sides(call, f: Spanned<Expr>, term: Expr) -> Expr {
        both(&f, BinaryOperator::Add, &term)
    }
}

builtin! {
    /// The relation with a term subtracted from both sides.
    ///
    /// ```calc
    /// (x + 3 == 4).subtract_from_both_sides(3)  # => x == 1
    /// ```
    ///
    /// See also: `add_to_both_sides`, `divide_both_sides`.
    only method;
    fn subtract_from_both_sides(call, f: Spanned<Expr>, term: Expr) -> Expr {
        both(&f, BinaryOperator::Subtract, &term)
    }
}

builtin! {
    /// The relation with both sides multiplied by a factor; an inequality turns round when the factor is negative.
    ///
    /// When the sign is not known, `assume` can tell it.
    ///
    /// ```calc
    /// (x/2 == 4).multiply_both_sides(2)         # => x == 8
    /// (x < 4).multiply_both_sides(-2)           # => -2*x > -8
    /// ```
    ///
    /// See also: `divide_both_sides`, `add_to_both_sides`.
    only method;
    fn multiply_both_sides(call, f: Spanned<Expr>, factor: Expr) -> Expr {
        both(&f, BinaryOperator::Multiply, &factor)
    }
}

builtin! {
    /// The relation with both sides divided by a divisor; an inequality turns round when the divisor is negative.
    ///
    /// When the sign is not known, `assume` can tell it.
    ///
    /// ```calc
    /// (2*x == 8).divide_both_sides(2)           # => x == 4
    /// (-2*x <= 8).divide_both_sides(-2)         # => x >= -4
    /// ```
    ///
    /// See also: `multiply_both_sides`, `subtract_from_both_sides`.
    only method;
    fn divide_both_sides(call, f: Spanned<Expr>, divisor: Expr) -> Expr {
        both(&f, BinaryOperator::Divide, &divisor)
    }
}

builtin! {
    /// The relation that holds where this one does not.
    ///
    /// ```calc
    /// (x < 4).negation()                        # => x >= 4
    /// ```
    only method;
    fn negation(call, f: Spanned<Expr>) -> Expr {
        match f.value.kind() {
            Kind::Relation(relation, left, right) => Ok(Expr::relation(relation.negated(), left.clone(), right.clone())),
            _ => Err(fault!(WRONG_TYPE, f.span, "this expression must be a relation").class_is("ValueError")),
        }
    }
}
