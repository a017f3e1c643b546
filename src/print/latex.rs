//! LaTeX, as Sage's `latex()` writes it.

use crate::expr::function::DerivativeOf;
use crate::expr::{Constant, Elementary, Expr, Function, Infinity, Kind, Product, Relation};
use crate::number::Number;

use super::name::{self, Word};
use super::product::{self, Fraction, split_coefficient};
use super::text::{derived_variables, is_half, positions};
use super::walk::{Dialect, Level, Piece, Sheet};
use super::{number, template};

/// Sage's LaTeX.
pub(super) struct Latex;

impl Dialect for Latex {
    fn lay_out(&self, expr: &Expr, level: Level, unsigned: bool, sheet: &mut Sheet) {
        let (open, close) = parentheses(expr, level);
        sheet.text(open);
        match expr.kind() {
            Kind::Number(number) => {
                let text = number::latex_at(number, level);
                sheet.text(if unsigned { text.trim_start_matches('-').to_owned() } else { text });
            }
            Kind::Symbol(symbol) => sheet.text(name::of_variable(*symbol)),
            Kind::Constant(constant) => sheet.text(constant_latex(*constant)),
            Kind::Infinity(infinity) => sheet.text(infinity_latex(*infinity)),
            Kind::Undefined(_) => sheet.text(r"\mathrm{undefined}"),
            Kind::Sum(_) => sheet.terms(expr, " + ", " - "),
            Kind::Product(product) => lay_out_product(product, unsigned, sheet),
            Kind::Power(base, exponent) => lay_out_power(base, exponent, sheet),
            Kind::Call(function, arguments) => lay_out_call(function, arguments, sheet),
            Kind::Relation(relation, left, right) => {
                sheet.expr(left, Level::Relation);
                sheet.text(relation_latex(*relation));
                sheet.expr(right, Level::Relation);
            }
        }
        sheet.text(close);
    }
}

/// The parentheses that a node needs in its surroundings; numbers see to theirs themselves.
fn parentheses(expr: &Expr, level: Level) -> (&'static str, &'static str) {
    let own = match expr.kind() {
        Kind::Sum(_) => Level::Sum,
        Kind::Product(_) => Level::Product,
        Kind::Power(base, exponent) if !is_half(exponent) && product::below_line(base, exponent).is_none() => {
            Level::Power
        }
        Kind::Relation(..) => Level::Relation,
        Kind::Number(_) | Kind::Symbol(_) | Kind::Constant(_) | Kind::Infinity(_) => return ("", ""),
        Kind::Undefined(_) | Kind::Power(..) | Kind::Call(..) => return ("", ""),
    };
    match own {
        _ if own > level => ("", ""),
        Level::Product => (r"\left(", r"\right)"),
        _ => (r"{\left(", r"\right)}"),
    }
}

fn constant_latex(constant: Constant) -> &'static str {
    match constant {
        Constant::Pi => r"\pi",
        Constant::EulerGamma => r"\gamma_E",
        Constant::Catalan => "G",
        Constant::GoldenRatio => r"\phi",
        Constant::NoLimit => r"\mathit{und}",
        Constant::Oscillating => r"\mathit{ind}",
    }
}

fn infinity_latex(infinity: Infinity) -> &'static str {
    match infinity {
        Infinity::Positive => r"+\infty",
        Infinity::Negative => r"-\infty",
        Infinity::Unsigned => r"\infty",
    }
}

fn relation_latex(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => " = ",
        Relation::NotEqual => r" \neq ",
        Relation::Less => " < ",
        Relation::LessEqual => r" \leq ",
        Relation::Greater => " > ",
        Relation::GreaterEqual => r" \geq ",
    }
}

/// `\frac{2 \, x}{3 \, y}`, or `\frac{2}{3} \, x` where nothing is below the line.
fn lay_out_product(product: &Product, unsigned: bool, sheet: &mut Sheet) {
    let fraction = Fraction::new(product);
    if fraction.negative && !unsigned {
        sheet.text("-");
    }
    if fraction.below.is_empty() {
        return lay_out_factors(&fraction.coefficient, &fraction.above, sheet);
    }
    let (numerator, denominator) = split_coefficient(&fraction.coefficient);
    sheet.text(r"\frac{");
    lay_out_factors(&numerator, &fraction.above, sheet);
    sheet.text("}{");
    lay_out_factors(&denominator, &fraction.below, sheet);
    sheet.text("}");
}

/// A coefficient and factors side by side.
fn lay_out_factors(coefficient: &Number, factors: &[Expr], sheet: &mut Sheet) {
    match factors {
        [] => return sheet.text(number::latex(coefficient)),
        [only] if coefficient.is_one() => return sheet.expr(only, Level::Free),
        _ => {}
    }
    if !coefficient.is_one() {
        sheet.text(number::latex_coefficient(coefficient));
        let digits_follow = factors.first().is_some_and(begins_with_digit);
        sheet.text(if digits_follow { r" \cdot " } else { r" \, " });
    }
    sheet.list(factors, Level::Product, " ");
}

/// Does the factor begin with a digit, so that it needs a dot after a number?
fn begins_with_digit(factor: &Expr) -> bool {
    let Kind::Power(base, exponent) = factor.kind() else { return false };
    let Kind::Number(number) = base.kind() else { return false };
    !is_half(exponent) && number::latex_at(number, Level::Power).starts_with(|c: char| c.is_ascii_digit())
}

/// `x^{2}`, `\sqrt{x}`, `\frac{1}{x}`.
fn lay_out_power(base: &Expr, exponent: &Expr, sheet: &mut Sheet) {
    if is_half(exponent) {
        sheet.text(r"\sqrt{");
        sheet.expr(base, Level::Free);
        sheet.text("}");
    } else if let Some(below) = product::below_line(base, exponent) {
        sheet.text(r"\frac{1}{");
        sheet.expr(&below, Level::Free);
        sheet.text("}");
    } else {
        lay_out_base(base, sheet);
        sheet.text("^{");
        let nested = matches!(exponent.kind(), Kind::Power(..));
        sheet.text(if nested { r"\left(" } else { "" });
        sheet.expr(exponent, Level::Free);
        sheet.text(if nested { r"\right)}" } else { "}" });
    }
}

/// The base of a power: an exponential needs parentheses here only.
fn lay_out_base(base: &Expr, sheet: &mut Sheet) {
    let exponential = base.exp_argument().is_some() && !base.is_e();
    sheet.text(if exponential { r"\left(" } else { "" });
    sheet.expr(base, Level::Power);
    sheet.text(if exponential { r"\right)" } else { "" });
}

/// What a sign or an exponent behind holds on to; before a sign the parentheses are plain, and an exponential has none.
fn lay_out_operand(operand: &Expr, exponent_follows: bool, sheet: &mut Sheet) {
    let (open, _) = parentheses(operand, Level::Power);
    if exponent_follows || open.is_empty() {
        return if exponent_follows { lay_out_base(operand, sheet) } else { sheet.expr(operand, Level::Power) };
    }
    sheet.text(r"\left(");
    sheet.expr(operand, Level::Free);
    sheet.text(r"\right)");
}

fn lay_out_call(function: &Function, arguments: &[Expr], sheet: &mut Sheet) {
    match function {
        Function::Derivative(derivative) => lay_out_derivative(derivative, arguments, sheet),
        Function::Elementary(_) if function.is(&crate::expr::function::EXP) => lay_out_exponential(arguments, sheet),
        Function::Elementary(record) => lay_out_elementary(record, arguments, sheet),
        Function::Formal(symbol) => lay_out_applied(name::of_function(*symbol), arguments, sheet),
    }
}

/// A function's name before its arguments.
fn lay_out_applied(name: String, arguments: &[Expr], sheet: &mut Sheet) {
    sheet.text(name);
    sheet.text(r"\left(");
    sheet.list(arguments, Level::Free, ", ");
    sheet.text(r"\right)");
}

fn lay_out_elementary(record: &Elementary, arguments: &[Expr], sheet: &mut Sheet) {
    match template::choose(record.latex, arguments.len()) {
        Some(template) => template::lay_out(template, arguments, lay_out_operand, sheet),
        None => lay_out_applied(elementary_name(record), arguments, sheet),
    }
}

/// The LaTeX of a function's name.
fn elementary_name(record: &Elementary) -> String {
    match record.latex {
        "" => format!(r"\operatorname{{{}}}", record.name.replace('_', r"\_")),
        name if name.contains('#') => format!(r"\operatorname{{{}}}", record.name.replace('_', r"\_")),
        name => name.to_owned(),
    }
}

/// `e`, `e^{x}`, `e^{\left(2 \, x\right)}`.
fn lay_out_exponential(arguments: &[Expr], sheet: &mut Sheet) {
    match arguments {
        [one] if one.is_one() => sheet.text("e"),
        _ => {
            sheet.text("e^{");
            sheet.push(Piece::OpenGuard);
            sheet.list(arguments, Level::Free, ", ");
            sheet.push(Piece::CloseGuard(r"\left(", r"\right)"));
            sheet.text("}");
        }
    }
}

/// `\frac{\partial}{\partial x}y\left(x\right)`, or `\mathrm{D}_{0}\left(y\right)\left(x^{2}\right)` where the
/// arguments are no distinct variables.
fn lay_out_derivative(derivative: &DerivativeOf, arguments: &[Expr], sheet: &mut Sheet) {
    let function = match &derivative.function {
        Function::Elementary(record) => elementary_name(record),
        Function::Formal(symbol) => name::of_function(*symbol),
        Function::Derivative(inner) => name::latex(inner.function.name(), Word::Function),
    };
    let Some(variables) = derived_variables(derivative, arguments) else {
        sheet.text(format!(r"\mathrm{{D}}_{{{}}}\left({function}\right)", positions(derivative)));
        return lay_out_applied(String::new(), arguments, sheet);
    };
    match variables.len() {
        1 => sheet.text(r"\frac{\partial}{"),
        order => sheet.text(format!(r"\frac{{\partial^{{{order}}}}}{{")),
    }
    for run in variables.chunk_by(|a, b| a == b) {
        let Some(variable) = run.first() else { continue };
        sheet.text(if run.len() > 1 { r"(\partial " } else { r"\partial " });
        sheet.expr(variable, Level::Free);
        if run.len() > 1 {
            sheet.text(format!(")^{{{}}}", run.len()));
        }
    }
    sheet.text("}");
    match &derivative.function {
        // Brackets stand for the name of the function.
        Function::Elementary(record) if record.latex.starts_with(r"\left") => {
            lay_out_elementary(record, arguments, sheet);
        }
        _ => lay_out_applied(function, arguments, sheet),
    }
}
