//! The text of expressions, in Sage's notation: what the language reads back.

use crate::expr::function::DerivativeOf;
use crate::expr::{Constant, Expr, Function, Infinity, Kind, Product};
use crate::number::sorting;
use crate::number::{Number, Rational};

use super::number;
use super::product::{self, Fraction};
use super::walk::{Dialect, Level, Piece, Sheet};

/// Sage's notation.
pub(super) struct Text;

impl Dialect for Text {
    fn lay_out(&self, expr: &Expr, level: Level, unsigned: bool, sheet: &mut Sheet) {
        let own = own_level(expr);
        let parentheses = own != Level::Free && own <= level || level == Level::Relation && is_reciprocal(expr);
        if parentheses {
            sheet.text("(");
        }
        match expr.kind() {
            Kind::Number(number) => {
                let text = number::text_at(number, level);
                sheet.text(if unsigned { text.trim_start_matches('-').to_owned() } else { text });
            }
            Kind::Symbol(symbol) => sheet.text(symbol.name()),
            Kind::Constant(constant) => sheet.text(constant_name(*constant)),
            Kind::Infinity(infinity) => sheet.text(infinity_name(*infinity)),
            Kind::Undefined(_) => sheet.text("undefined"),
            Kind::Sum(_) => sheet.terms(expr, " + ", " - "),
            Kind::Product(product) => lay_out_product(product, unsigned, &SIGNS, sheet),
            Kind::Power(base, exponent) => lay_out_power(base, exponent, level, sheet),
            Kind::Call(function, arguments) => lay_out_call(function, arguments, sheet),
            Kind::Relation(relation, left, right) => {
                sheet.expr(left, Level::Relation);
                sheet.text(format!(" {} ", relation.sign()));
                sheet.expr(right, Level::Relation);
            }
        }
        if parentheses {
            sheet.text(")");
        }
    }
}

/// How tightly the written node holds together; `Free` stands for what never needs parentheses, or sees to them itself.
pub(super) fn own_level(expr: &Expr) -> Level {
    match expr.kind() {
        Kind::Number(_) | Kind::Symbol(_) | Kind::Constant(_) | Kind::Infinity(_) | Kind::Undefined(_) => Level::Free,
        Kind::Sum(_) => Level::Sum,
        Kind::Product(_) => Level::Product,
        Kind::Power(_, exponent) if is_half(exponent) => Level::Free,
        Kind::Power(..) => Level::Power,
        Kind::Call(..) => Level::Free,
        Kind::Relation(..) => Level::Relation,
    }
}

/// The name of a constant.
pub(super) fn constant_name(constant: Constant) -> &'static str {
    match constant {
        Constant::Pi => "pi",
        Constant::EulerGamma => "euler_gamma",
        Constant::Catalan => "catalan",
        Constant::GoldenRatio => "golden_ratio",
        Constant::NoLimit => "und",
        Constant::Oscillating => "ind",
    }
}

fn infinity_name(infinity: Infinity) -> &'static str {
    match infinity {
        Infinity::Positive => "+Infinity",
        Infinity::Negative => "-Infinity",
        Infinity::Unsigned => "Infinity",
    }
}

/// Is it `1/x`? As a side of a relation that is put in parentheses, as `1/2` is.
fn is_reciprocal(expr: &Expr) -> bool {
    matches!(expr.kind(), Kind::Power(_, exponent) if exponent.to_i64() == Some(-1))
}

/// Is the exponent that of a square root?
pub(super) fn is_half(exponent: &Expr) -> bool {
    is_number(exponent, &Rational::HALF)
}

/// Is it this number, exact or floating?
fn is_number(exponent: &Expr, value: &Rational) -> bool {
    match exponent.as_number() {
        Some(Number::Real(real)) => real.to_rational().as_ref() == Some(value),
        number => number.and_then(Number::as_rational) == Some(value),
    }
}

/// The signs in which notations on one line differ.
pub(super) struct Signs {
    /// In front of a negative product.
    pub(super) minus: &'static str,
    /// Between factors.
    pub(super) times: &'static str,
    /// What becomes of a number in Sage's notation.
    pub(super) number: fn(&str) -> String,
}

/// Sage's signs.
const SIGNS: Signs = Signs { minus: "-", times: "*", number: str::to_owned };

/// `-2/3*x*y/z^2`.
pub(super) fn lay_out_product(product: &Product, unsigned: bool, signs: &Signs, sheet: &mut Sheet) {
    let fraction = Fraction::new(product);
    if fraction.negative && !unsigned {
        sheet.text(signs.minus);
    }
    let shown = !fraction.coefficient.is_one() || fraction.above.is_empty();
    if shown {
        sheet.text((signs.number)(&number::coefficient_text(&fraction.coefficient)));
        if !fraction.above.is_empty() {
            sheet.text(signs.times);
        }
    }
    sheet.list(&fraction.above, Level::Product, signs.times);
    match fraction.below.as_slice() {
        [] => {}
        [only] => {
            sheet.text("/");
            sheet.expr(only, Level::Product);
        }
        several => {
            sheet.text("/(");
            sheet.list(several, Level::Product, signs.times);
            sheet.text(")");
        }
    }
}

/// `sqrt(x)`, `1/x`, `1/(x^a)`, `x^(-2)`; as a term of a sum `1/x^a`, `1/x^2`.
fn lay_out_power(base: &Expr, exponent: &Expr, level: Level, sheet: &mut Sheet) {
    let rational = exponent.as_rational();
    if is_half(exponent) {
        sheet.text("sqrt(");
        sheet.expr(base, Level::Free);
        sheet.text(")");
    } else if is_number(exponent, &-Rational::HALF) {
        sheet.text("1/sqrt(");
        sheet.expr(base, Level::Free);
        sheet.text(")");
    } else if rational.is_some_and(|q| *q == Rational::from(-1)) {
        sheet.text("1/");
        lay_out_base(base, sheet);
    } else if level == Level::Sum
        && let Some(below) = product::below_line(base, exponent)
    {
        sheet.text("1/");
        sheet.expr(&below, Level::Product);
    } else if exponent.as_number().is_none()
        && let Some(below) = product::below_line(base, exponent)
    {
        sheet.text("1/(");
        sheet.expr(&below, Level::Free);
        sheet.text(")");
    } else {
        lay_out_base(base, sheet);
        sheet.text("^");
        sheet.expr(exponent, Level::Power);
    }
}

/// The base of a power: an exponential needs parentheses here only.
fn lay_out_base(base: &Expr, sheet: &mut Sheet) {
    let exponential = base.exp_argument().is_some() && !base.is_e();
    if exponential {
        sheet.text("(");
    }
    sheet.expr(base, Level::Power);
    if exponential {
        sheet.text(")");
    }
}

fn lay_out_call(function: &Function, arguments: &[Expr], sheet: &mut Sheet) {
    match function {
        Function::Derivative(derivative) => lay_out_derivative(derivative, arguments, sheet),
        Function::Elementary(_) if function.is(&crate::expr::function::EXP) => lay_out_exponential(arguments, sheet),
        Function::Elementary(_) | Function::Formal(_) => {
            sheet.text(format!("{}(", function.name()));
            sheet.list(arguments, Level::Free, ", ");
            sheet.text(")");
        }
    }
}

/// `e`, `e^x`, `e^(2*x)`.
fn lay_out_exponential(arguments: &[Expr], sheet: &mut Sheet) {
    match arguments {
        [one] if one.is_one() => sheet.text("e"),
        _ => {
            sheet.text("e^");
            sheet.push(Piece::OpenGuard);
            sheet.list(arguments, Level::Free, ", ");
            sheet.push(Piece::CloseGuard("(", ")"));
        }
    }
}

/// The variables derived by, when the arguments are distinct variables.
pub(super) fn derived_variables<'a>(derivative: &DerivativeOf, arguments: &'a [Expr]) -> Option<Vec<&'a Expr>> {
    let mut names: Vec<_> = arguments.iter().map(Expr::as_symbol).collect::<Option<_>>()?;
    sorting::sort(&mut names);
    names.dedup();
    if names.len() < arguments.len() {
        return None;
    }
    derivative.positions.iter().map(|position| arguments.get(*position)).collect()
}

/// The positions derived by, with commas.
pub(super) fn positions(derivative: &DerivativeOf) -> String {
    let positions: Vec<String> = derivative.positions.iter().map(usize::to_string).collect();
    positions.join(", ")
}

/// `diff(y(x), x, x)`, or `D[0, 0](y)(x^2)` where the arguments are no distinct variables.
fn lay_out_derivative(derivative: &DerivativeOf, arguments: &[Expr], sheet: &mut Sheet) {
    let name = derivative.function.name();
    match derived_variables(derivative, arguments) {
        Some(variables) => {
            sheet.text(format!("diff({name}("));
            sheet.list(arguments, Level::Free, ", ");
            sheet.text(")");
            for variable in variables {
                sheet.text(", ");
                sheet.expr(variable, Level::Free);
            }
        }
        None => {
            sheet.text(format!("D[{}]({name})(", positions(derivative)));
            sheet.list(arguments, Level::Free, ", ");
        }
    }
    sheet.text(")");
}
