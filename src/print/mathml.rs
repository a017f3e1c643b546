//! Presentation MathML for reports and notebooks: every node becomes one element.

use crate::expr::function::DerivativeOf;
use crate::expr::{Expr, Function, Kind, Product, Symbol};
use crate::number::{Gaussian, Number, Rational};

use super::number;
use super::product::{self, Fraction, split_coefficient};
use super::shape::{self, Large, Shape};
use super::text::{self, derived_variables, is_half};
use super::unicode::{constant_text, infinity_text, relation_text};
use super::walk::{Dialect, Level, Sheet};

/// MathML elements, without the outermost `math`.
pub(super) struct MathMl;

impl Dialect for MathMl {
    fn lay_out(&self, expr: &Expr, level: Level, unsigned: bool, sheet: &mut Sheet) {
        let own = own_level(expr);
        let parentheses = own != Level::Free && own <= level;
        sheet.text(if parentheses { "<mrow><mo>(</mo>" } else { "" });
        match expr.kind() {
            Kind::Number(number) => sheet.text(number_element(number, level, unsigned)),
            Kind::Symbol(symbol) => sheet.text(symbol_element(*symbol)),
            Kind::Constant(constant) => sheet.text(format!("<mi>{}</mi>", constant_text(*constant))),
            Kind::Infinity(infinity) => sheet.text(infinity_element(infinity_text(*infinity))),
            Kind::Undefined(_) => sheet.text("<mtext>undefined</mtext>"),
            Kind::Sum(_) => row(sheet, |sheet| sheet.terms(expr, "<mo>+</mo>", "<mo>−</mo>")),
            Kind::Product(product) => lay_out_product(product, unsigned, sheet),
            Kind::Power(base, exponent) => lay_out_power(base, exponent, sheet),
            Kind::Call(function, arguments) => lay_out_call(function, arguments, sheet),
            Kind::Relation(relation, left, right) => row(sheet, |sheet| {
                sheet.expr(left, Level::Relation);
                let sign = relation_text(*relation).trim();
                sheet.text(format!("<mo>{}</mo>", sign.replace('<', "&lt;").replace('>', "&gt;")));
                sheet.expr(right, Level::Relation);
            }),
        }
        sheet.text(if parentheses { "<mo>)</mo></mrow>" } else { "" });
    }
}

/// Elements side by side, as one.
fn row(sheet: &mut Sheet, fill: impl FnOnce(&mut Sheet)) {
    element(sheet, "<mrow>", "</mrow>", fill);
}

fn element(sheet: &mut Sheet, open: &'static str, close: &'static str, fill: impl FnOnce(&mut Sheet)) {
    sheet.text(open);
    fill(sheet);
    sheet.text(close);
}

/// As in the text, but fractions, roots and calls hold together by themselves.
fn own_level(expr: &Expr) -> Level {
    match expr.kind() {
        Kind::Power(base, exponent) if product::below_line(base, exponent).is_some() => Level::Product,
        _ => text::own_level(expr),
    }
}

/// A real number without its sign: digits, or a fraction.
fn size(number: &Number) -> String {
    match number {
        Number::Rational(q) if !q.is_integer() => {
            format!("<mfrac><mn>{}</mn><mn>{}</mn></mfrac>", q.numerator().abs(), q.denominator())
        }
        Number::Real(_) => match number::text(number).trim_start_matches('-').split_once('e') {
            Some((digits, exponent)) => {
                let exponent = exponent.replace('-', "−");
                format!("<mn>{digits}</mn><mo>×</mo><msup><mn>10</mn><mn>{exponent}</mn></msup>")
            }
            None => format!("<mn>{}</mn>", number::text(number).trim_start_matches('-')),
        },
        _ => format!("<mn>{}</mn>", number::text(number).trim_start_matches('-')),
    }
}

/// A number as one element, in parentheses where its surroundings ask for them.
fn number_element(number: &Number, level: Level, unsigned: bool) -> String {
    let inner = signed(number, unsigned);
    let negative = number::begins_with_minus(number) && !unsigned;
    let long = match number {
        Number::Rational(q) => negative || (level == Level::Power && !q.is_integer()),
        Number::Gaussian(_) | Number::Complex(_) => !is_imaginary_unit(number),
        Number::Real(_) => negative || inner.contains("<mo>"),
    };
    let single = !negative && matches!(number, Number::Rational(_) | Number::Real(_)) && !inner.contains("<mo>");
    if long && level >= Level::Product {
        format!("<mrow><mo>(</mo>{inner}<mo>)</mo></mrow>")
    } else if single {
        inner
    } else {
        format!("<mrow>{inner}</mrow>")
    }
}

fn is_imaginary_unit(number: &Number) -> bool {
    matches!(number, Number::Gaussian(g) if g.re.is_zero() && g.im.is_one())
}

/// A number with its sign, its parts side by side.
fn signed(number: &Number, unsigned: bool) -> String {
    let sign = if number::begins_with_minus(number) && !unsigned { "<mo>−</mo>" } else { "" };
    match number {
        Number::Rational(_) | Number::Real(_) => format!("{sign}{}", size(number)),
        Number::Gaussian(g) => format!("{sign}{}", gaussian(g)),
        Number::Complex(c) => {
            let (re, im) = (Number::from(c.re().clone()), Number::from(c.im().clone()));
            let between = if number::begins_with_minus(&im) { "<mo>−</mo>" } else { "<mo>+</mo>" };
            let real = if c.re().is_zero() { String::new() } else { format!("{}{between}", size(&re)) };
            format!("{sign}{real}{}<mi>i</mi>", size(&im))
        }
    }
}

/// The imaginary part without its sign, then the real one.
fn gaussian(g: &Gaussian) -> String {
    let size_of = |q: &Rational| size(&Number::from(q.abs()));
    let unit = if g.im.abs().is_one() { String::new() } else { size_of(&g.im) };
    match g.re.signum() {
        0 => format!("{unit}<mi>i</mi>"),
        1 => format!("{unit}<mi>i</mi><mo>+</mo>{}", size_of(&g.re)),
        _ => format!("{unit}<mi>i</mi><mo>−</mo>{}", size_of(&g.re)),
    }
}

fn infinity_element(text: &str) -> String {
    match text.chars().next() {
        Some(sign @ ('+' | '−')) => format!("<mrow><mo>{sign}</mo><mi>∞</mi></mrow>"),
        _ => "<mi>∞</mi>".to_owned(),
    }
}

/// A name, its digits or what follows an underscore as subscript.
fn symbol_element(symbol: Symbol) -> String {
    let (head, subscript) = super::name::split(symbol.name());
    let letter = escape(shape::greek(head).unwrap_or(head));
    match subscript {
        Some(subscript) if !subscript.is_empty() && !head.is_empty() => {
            let subscript = escape(shape::greek(subscript).unwrap_or(subscript));
            format!("<msub><mi>{letter}</mi><mi>{subscript}</mi></msub>")
        }
        _ => format!("<mi>{letter}</mi>"),
    }
}

/// The characters that mean something in XML replaced.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn lay_out_product(product: &Product, unsigned: bool, sheet: &mut Sheet) {
    let fraction = Fraction::new(product);
    row(sheet, |sheet| {
        if fraction.negative && !unsigned {
            sheet.text("<mo>−</mo>");
        }
        if fraction.below.is_empty() {
            return lay_out_factors(&fraction.coefficient, &fraction.above, sheet);
        }
        let (numerator, denominator) = split_coefficient(&fraction.coefficient);
        element(sheet, "<mfrac>", "</mfrac>", |sheet| {
            row(sheet, |sheet| lay_out_factors(&numerator, &fraction.above, sheet));
            row(sheet, |sheet| lay_out_factors(&denominator, &fraction.below, sheet));
        });
    });
}

/// A coefficient and factors side by side; a dot where two numbers would touch.
fn lay_out_factors(coefficient: &Number, factors: &[Expr], sheet: &mut Sheet) {
    match factors {
        [] => return sheet.text(number_element(coefficient, Level::Free, false)),
        [only] if coefficient.is_one() => return sheet.expr(only, Level::Free),
        _ => {}
    }
    let mut after_number = !coefficient.is_one();
    if after_number {
        sheet.text(coefficient_element(coefficient));
    }
    for (index, factor) in factors.iter().enumerate() {
        let number = begins_with_number(factor);
        match (after_number && number, index > 0 || after_number) {
            (true, _) => sheet.text("<mo>·</mo>"),
            (false, true) => sheet.text("<mo>&#x2062;</mo>"),
            (false, false) => {}
        }
        sheet.expr(factor, Level::Product);
        after_number = number;
    }
}

/// A coefficient: a multiple of the imaginary unit needs no parentheses.
fn coefficient_element(coefficient: &Number) -> String {
    let imaginary = matches!(coefficient, Number::Gaussian(g) if g.re.is_zero());
    number_element(coefficient, if imaginary { Level::Free } else { Level::Product }, false)
}

/// Does the factor begin with a number?
fn begins_with_number(factor: &Expr) -> bool {
    matches!(factor.kind(), Kind::Power(base, exponent) if base.as_rational().is_some() && !is_half(exponent))
}

fn lay_out_power(base: &Expr, exponent: &Expr, sheet: &mut Sheet) {
    if is_half(exponent) {
        element(sheet, "<msqrt>", "</msqrt>", |sheet| sheet.expr(base, Level::Free));
    } else if let Some(below) = product::below_line(base, exponent) {
        element(sheet, "<mfrac><mn>1</mn>", "</mfrac>", |sheet| sheet.expr(&below, Level::Free));
    } else {
        element(sheet, "<msup>", "</msup>", |sheet| {
            lay_out_base(base, sheet);
            sheet.expr(exponent, Level::Free);
        });
    }
}

/// The base of a power: what carries an exponent or a root sign of its own goes in parentheses.
fn lay_out_base(base: &Expr, sheet: &mut Sheet) {
    let bare = matches!(base.kind(), Kind::Power(_, exponent) if is_half(exponent))
        || (base.exp_argument().is_some() && !base.is_e());
    sheet.text(if bare { "<mrow><mo>(</mo>" } else { "" });
    sheet.expr(base, if bare { Level::Free } else { Level::Power });
    sheet.text(if bare { "<mo>)</mo></mrow>" } else { "" });
}

fn lay_out_call(function: &Function, arguments: &[Expr], sheet: &mut Sheet) {
    if let (true, [argument]) = (function.is(&crate::expr::function::EXP), arguments) {
        return match argument.is_one() {
            true => sheet.text("<mi>e</mi>"),
            false => element(sheet, "<msup><mi>e</mi>", "</msup>", |sheet| sheet.expr(argument, Level::Free)),
        };
    }
    if let Function::Derivative(derivative) = function {
        return lay_out_derivative(derivative, arguments, sheet);
    }
    match Shape::of(function, arguments) {
        Shape::Applied => lay_out_applied(&name_element(function.name()), arguments, sheet),
        shape => lay_out_shape(&shape, sheet),
    }
}

fn lay_out_shape(shape: &Shape, sheet: &mut Sheet) {
    match shape {
        Shape::Between(open, inside, close) => row(sheet, |sheet| {
            sheet.text(format!("<mo>{open}</mo>"));
            sheet.expr(inside, Level::Free);
            sheet.text(format!("<mo>{close}</mo>"));
        }),
        Shape::Behind(operand, sign) => row(sheet, |sheet| {
            lay_out_base(operand, sheet);
            sheet.text(format!("<mo>{sign}</mo>"));
        }),
        Shape::Barred(operand) => {
            element(sheet, "<mover>", "<mo>¯</mo></mover>", |sheet| sheet.expr(operand, Level::Free));
        }
        Shape::Stacked(above, below) => {
            let open = r#"<mrow><mo>(</mo><mfrac linethickness="0">"#;
            element(sheet, open, "</mfrac><mo>)</mo></mrow>", |sheet| {
                sheet.expr(above, Level::Free);
                sheet.expr(below, Level::Free);
            });
        }
        Shape::Root(operand, index) => element(sheet, "<mroot>", "</mroot>", |sheet| {
            sheet.expr(operand, Level::Free);
            sheet.expr(index, Level::Free);
        }),
        Shape::Large(large) => lay_out_large(large, sheet),
        Shape::Limit(body, variable, point, side) => row(sheet, |sheet| {
            sheet.text("<munder><mo>lim</mo><mrow>");
            sheet.expr(variable, Level::Free);
            sheet.text("<mo>→</mo>");
            match side.is_empty() {
                true => sheet.expr(point, Level::Free),
                false => element(sheet, "<msup>", "</msup>", |sheet| {
                    sheet.expr(point, Level::Power);
                    sheet.text(format!("<mo>{side}</mo>"));
                }),
            }
            sheet.text("</mrow></munder>");
            sheet.expr(body, Level::Sum);
        }),
        Shape::Applied => {}
    }
}

/// An integral, sum or product, with its bounds below and above the sign.
fn lay_out_large(large: &Large, sheet: &mut Sheet) {
    row(sheet, |sheet| {
        match large.bounds {
            None => sheet.text(format!("<mo>{}</mo>", large.sign)),
            Some((from, to)) => {
                let (open, close) =
                    if large.integral { ("<msubsup>", "</msubsup>") } else { ("<munderover>", "</munderover>") };
                element(sheet, open, close, |sheet| {
                    sheet.text(format!("<mo>{}</mo>", large.sign));
                    row(sheet, |sheet| {
                        if !large.integral {
                            sheet.expr(large.variable, Level::Free);
                            sheet.text("<mo>=</mo>");
                        }
                        sheet.expr(from, Level::Free);
                    });
                    sheet.expr(to, Level::Free);
                });
            }
        }
        sheet.expr(large.body, Level::Sum);
        if large.integral {
            sheet.text("<mspace width=\"0.2em\"/><mi>d</mi>");
            sheet.expr(large.variable, Level::Free);
        }
    });
}

/// The name of a function, upright.
fn name_element(name: &str) -> String {
    format!(r#"<mi mathvariant="normal">{}</mi>"#, escape(shape::letter(name)))
}

/// A name before its arguments.
fn lay_out_applied(name: &str, arguments: &[Expr], sheet: &mut Sheet) {
    row(sheet, |sheet| {
        sheet.text(format!("{name}<mo>&#x2061;</mo><mrow><mo>(</mo>"));
        sheet.list(arguments, Level::Free, "<mo>,</mo>");
        sheet.text("<mo>)</mo></mrow>");
    });
}

/// `∂²f/∂x∂y` as a fraction before the arguments, or `D₀(f)` where these are no distinct variables.
fn lay_out_derivative(derivative: &DerivativeOf, arguments: &[Expr], sheet: &mut Sheet) {
    let name = name_element(derivative.function.name());
    let Some(variables) = derived_variables(derivative, arguments) else {
        let positions = text::positions(derivative);
        let applied = format!("<msub><mi>D</mi><mn>{positions}</mn></msub><mo>(</mo>{name}<mo>)</mo>");
        return lay_out_applied(&applied, arguments, sheet);
    };
    let times = |count: usize, what: &str| match count {
        1 => what.to_owned(),
        _ => format!("<msup>{what}<mn>{count}</mn></msup>"),
    };
    row(sheet, |sheet| {
        sheet.text(format!("<mfrac><mrow>{}</mrow><mrow>", times(variables.len(), "<mo>∂</mo>")));
        for run in variables.chunk_by(|a, b| a == b) {
            let Some(variable) = run.first().and_then(|variable| variable.as_symbol()) else { continue };
            sheet.text(format!("<mo>∂</mo>{}", times(run.len(), &symbol_element(variable))));
        }
        sheet.text("</mrow></mfrac>");
        lay_out_applied(&name, arguments, sheet);
    });
}
