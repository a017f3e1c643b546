//! One line of Unicode for people: `x² + 2·√π`, for terminals and the axes of figures.

use crate::expr::function::DerivativeOf;
use crate::expr::{Constant, Expr, Function, Infinity, Kind, Relation, Symbol};

use super::number;
use super::product;
use super::shape::{self, Shape};
use super::text::{self, Signs, derived_variables, is_half};
use super::walk::{Dialect, Level, Sheet};

/// Unicode on one line.
pub(super) struct Unicode;

/// The signs of products.
const SIGNS: Signs = Signs { minus: "−", times: "·", number: number_text };

/// An exponent of more than this height is not raised.
const RAISED_DEPTH: usize = 2;

impl Dialect for Unicode {
    fn lay_out(&self, expr: &Expr, level: Level, unsigned: bool, sheet: &mut Sheet) {
        let own = text::own_level(expr);
        let parentheses = own != Level::Free && own <= level;
        sheet.text(if parentheses { "(" } else { "" });
        match expr.kind() {
            Kind::Number(number) => {
                let text = number_text(&number::text_at(number, level));
                sheet.text(if unsigned { text.trim_start_matches('−').to_owned() } else { text });
            }
            Kind::Symbol(symbol) => sheet.text(symbol_text(*symbol)),
            Kind::Constant(constant) => sheet.text(constant_text(*constant)),
            Kind::Infinity(infinity) => sheet.text(infinity_text(*infinity)),
            Kind::Undefined(_) => sheet.text("undefined"),
            Kind::Sum(_) => sheet.terms(expr, " + ", " − "),
            Kind::Product(product) => text::lay_out_product(product, unsigned, &SIGNS, sheet),
            Kind::Power(base, exponent) => lay_out_power(base, exponent, level, sheet),
            Kind::Call(function, arguments) => lay_out_call(function, arguments, sheet),
            Kind::Relation(relation, left, right) => {
                let side = |side: &Expr| if side.as_number().is_some() { Level::Free } else { Level::Relation };
                sheet.expr(left, side(left));
                sheet.text(relation_text(*relation));
                sheet.expr(right, side(right));
            }
        }
        sheet.text(if parentheses { ")" } else { "" });
    }
}

/// The signs of a number in Sage's notation exchanged.
fn number_text(text: &str) -> String {
    text.replace('-', "−").replace('*', "·").replace('I', "i")
}

pub(super) fn constant_text(constant: Constant) -> &'static str {
    match constant {
        Constant::Pi => "π",
        Constant::EulerGamma => "γ",
        Constant::Catalan => "G",
        Constant::GoldenRatio => "φ",
        Constant::NoLimit => "und",
        Constant::Oscillating => "ind",
    }
}

pub(super) fn infinity_text(infinity: Infinity) -> &'static str {
    match infinity {
        Infinity::Positive => "+∞",
        Infinity::Negative => "−∞",
        Infinity::Unsigned => "∞",
    }
}

pub(super) fn relation_text(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => " = ",
        Relation::NotEqual => " ≠ ",
        Relation::Less => " < ",
        Relation::LessEqual => " ≤ ",
        Relation::Greater => " > ",
        Relation::GreaterEqual => " ≥ ",
    }
}

/// `x₁` for `x1`, `α` for `alpha`.
fn symbol_text(symbol: Symbol) -> String {
    let (head, subscript) = super::name::split(symbol.name());
    let lowered = subscript.map(|subscript| subscript.chars().map(lower).collect::<Option<String>>());
    match lowered {
        None | Some(None) => shape::greek(symbol.name()).unwrap_or(symbol.name()).to_owned(),
        Some(Some(subscript)) => format!("{}{subscript}", shape::greek(head).unwrap_or(head)),
    }
}

/// A digit as subscript.
fn lower(digit: char) -> Option<char> {
    char::from_u32('₀' as u32 + digit.to_digit(10)?)
}

/// A character as superscript.
fn raise(character: char) -> Option<char> {
    const PLAIN: &str = "0123456789+−()abcdefghijklmnoprstuvwxyz";
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ";
    PLAIN.chars().position(|plain| plain == character).and_then(|at| RAISED.chars().nth(at))
}

/// The exponent as superscripts, where it is short and all its characters have one.
fn raised(exponent: &Expr) -> Option<String> {
    let short = match exponent.kind() {
        Kind::Sum(sum) => sum.len() <= 3 && sum.terms().iter().all(|term| term.base.depth() == 0),
        Kind::Call(..) => false,
        _ => exponent.depth() < RAISED_DEPTH,
    };
    if !short {
        return None;
    }
    let text = super::walk::print(&Unicode, exponent);
    text.chars().filter(|character| *character != ' ').map(raise).collect()
}

/// `√x`, `1/x`, `x²`, `x^(1/3)`.
fn lay_out_power(base: &Expr, exponent: &Expr, level: Level, sheet: &mut Sheet) {
    if is_half(exponent) {
        sheet.text("√");
        lay_out_operand(base, sheet);
    } else if let Some(below) = product::below_line(base, exponent) {
        // A power of a fraction needs its parentheses, unless a sum or nothing surrounds it.
        sheet.text("1/");
        let simple = matches!(level, Level::Free | Level::Sum) || exponent.as_number().is_some();
        sheet.expr(&below, if simple { Level::Product } else { Level::Power });
    } else {
        lay_out_operand(base, sheet);
        lay_out_exponent(exponent, sheet);
    }
}

fn lay_out_exponent(exponent: &Expr, sheet: &mut Sheet) {
    match raised(exponent) {
        Some(raised) => sheet.text(raised),
        None => {
            sheet.text("^");
            sheet.expr(exponent, Level::Power);
        }
    }
}

/// What a root, an exponent or a sign behind holds on to.
fn lay_out_operand(base: &Expr, sheet: &mut Sheet) {
    let bare = matches!(base.kind(), Kind::Power(_, exponent) if is_half(exponent))
        || (base.exp_argument().is_some() && !base.is_e());
    sheet.text(if bare { "(" } else { "" });
    sheet.expr(base, if bare { Level::Free } else { Level::Power });
    sheet.text(if bare { ")" } else { "" });
}

fn lay_out_call(function: &Function, arguments: &[Expr], sheet: &mut Sheet) {
    if function.is(&crate::expr::function::EXP) {
        return lay_out_exponential(arguments, sheet);
    }
    match (function, Shape::of(function, arguments)) {
        (Function::Derivative(derivative), _) => lay_out_derivative(derivative, arguments, sheet),
        (_, Shape::Between(open, inside, close)) => {
            sheet.text(open);
            sheet.expr(inside, Level::Free);
            sheet.text(close);
        }
        (_, Shape::Behind(operand, sign)) => {
            lay_out_operand(operand, sheet);
            sheet.text(sign);
        }
        (_, Shape::Large(large)) => lay_out_large(&large, sheet),
        (_, Shape::Limit(body, variable, point, side)) => {
            sheet.text("lim[");
            sheet.expr(variable, Level::Free);
            sheet.text(" → ");
            sheet.expr(point, Level::Free);
            sheet.text(if side == "-" {
                "⁻] "
            } else if side == "+" {
                "⁺] "
            } else {
                "] "
            });
            sheet.expr(body, Level::Product);
        }
        (_, Shape::Barred(_) | Shape::Stacked(..) | Shape::Root(..) | Shape::Applied) => {
            lay_out_applied(shape::letter(function.name()).to_owned(), arguments, sheet);
        }
    }
}

/// A name before its arguments.
fn lay_out_applied(name: String, arguments: &[Expr], sheet: &mut Sheet) {
    sheet.text(name);
    sheet.text("(");
    sheet.list(arguments, Level::Free, ", ");
    sheet.text(")");
}

/// `e`, `eˣ`, `e^(2·x)`.
fn lay_out_exponential(arguments: &[Expr], sheet: &mut Sheet) {
    sheet.text("e");
    match arguments {
        [one] if one.is_one() => {}
        [only] => match raised(only) {
            Some(raised) => sheet.text(raised),
            None => {
                sheet.text("^");
                sheet.expr(only, Level::Power);
            }
        },
        _ => {}
    }
}

/// `∫[0..1] x² dx`, `∑[k = 1..n] k²`.
fn lay_out_large(large: &shape::Large, sheet: &mut Sheet) {
    sheet.text(large.sign);
    if let Some((from, to)) = large.bounds {
        sheet.text("[");
        if !large.integral {
            sheet.expr(large.variable, Level::Free);
            sheet.text(" = ");
        }
        sheet.expr(from, Level::Free);
        sheet.text(" .. ");
        sheet.expr(to, Level::Free);
        sheet.text("]");
    }
    sheet.text(" ");
    sheet.expr(large.body, if large.integral { Level::Sum } else { Level::Product });
    if large.integral {
        sheet.text(" d");
        sheet.expr(large.variable, Level::Free);
    }
}

/// `y′(x)`, `∂²f(x, y)/∂x∂y`, or `D[0](f)(x²)` where the arguments are no distinct variables.
fn lay_out_derivative(derivative: &DerivativeOf, arguments: &[Expr], sheet: &mut Sheet) {
    let name = shape::letter(derivative.function.name());
    let order = derivative.positions.len();
    if arguments.len() == 1 && order <= 3 {
        return lay_out_applied(format!("{name}{}", "′".repeat(order)), arguments, sheet);
    }
    let Some(variables) = derived_variables(derivative, arguments) else {
        return lay_out_applied(format!("D[{}]({name})", text::positions(derivative)), arguments, sheet);
    };
    let power = if order == 1 { String::new() } else { order.to_string().chars().filter_map(raise).collect() };
    lay_out_applied(format!("∂{power}{name}"), arguments, sheet);
    sheet.text("/");
    for variable in variables {
        sheet.text("∂");
        sheet.expr(variable, Level::Free);
    }
}
