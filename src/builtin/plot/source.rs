//! What is plotted: expressions, callable expressions, functions of the library and of the program, as the functions that
//! figures draw.

use std::rc::Rc;

use super::arguments::Stretch;
use super::reading::{self, BAD_PLOT};
use super::settings;
use crate::algebra;
use crate::builtin::piecewise::PiecewiseValue;
use crate::calculus::limit;
use crate::diagnostic::{Fault, Spanned, fault};
use crate::expr::{Expr, Infinity, Kind, Reason, Relation, Symbol, Truth};
use crate::figure::function::{Plane, Range, Real, Table};
use crate::figure::primitive::FunctionPlot;
use crate::figure::style::Style;
use crate::figure::text::MathText;
use crate::figure::{formula, pieces};
use crate::print;
use crate::runtime::call::Call;
use crate::runtime::fault::is_final;
use crate::runtime::parameter::expected;
use crate::runtime::value::{Value, as_expr, str_of};
use crate::tape::series::Side;

/// How many values of a program's function are recorded at first.
const RECORDS: usize = 400;

/// A function of one variable that is to be drawn, with what it is called.
#[derive(Clone)]
pub struct Curve {
    /// The function.
    pub function: Real,
    /// Its formula in plain notation, where it has one.
    pub source: String,
    /// The label it gets when one is asked for.
    pub label: MathText,
    /// Its formula and its variable, where it has one.
    pub formula: Option<(Expr, Symbol)>,
}

impl Curve {
    /// The lines that the curve approaches far out on either side: slope and height at 0.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn asymptotes(&self, call: &Call<'_>) -> Result<Vec<(f64, f64)>, Fault> {
        let Some((expr, variable)) = &self.formula else { return Ok(Vec::new()) };
        let budget = call.budget();
        let mut lines: Vec<(f64, f64)> = Vec::new();
        for end in [Infinity::Positive, Infinity::Negative] {
            let far = Expr::infinity(end);
            let at = |expr: &Expr| match limit(expr, *variable, &far, Side::Both, budget) {
                Ok(found) => Ok(Some(found).filter(Expr::is_constant)),
                Err(reason) if reason.is_stopped() => Err(reason),
                Err(_) => Ok(None),
            };
            let x = Expr::symbol(*variable);
            let Some(slope) = at(&(expr / &x))? else { continue };
            let Some(height) = at(&(expr - &(&slope * &x)))? else { continue };
            let line = (formula::constant(&slope, budget), formula::constant(&height, budget));
            if line.0.is_finite() && line.1.is_finite() && !lines.contains(&line) {
                lines.push(line);
            }
        }
        Ok(lines)
    }
}

/// What a value is as a formula: the expression, and the variables in order where it says so.
fn formula_of(value: &Spanned<Value>, wanted: &[Symbol], call: &mut Call<'_>) -> Result<Option<Expr>, Fault> {
    let arguments = || wanted.iter().map(|symbol| Value::Expr(Expr::symbol(*symbol))).collect::<Vec<_>>();
    match &value.value {
        Value::Callable(callable) if callable.arguments.len() == wanted.len() => {
            let pairs: Vec<(Expr, Expr)> = callable
                .arguments
                .iter()
                .zip(wanted)
                .map(|(own, wanted)| (Expr::symbol(*own), Expr::symbol(*wanted)))
                .collect();
            Ok(Some(callable.body.substitute(&pairs)))
        }
        Value::Callable(callable) => {
            let count = callable.arguments.len();
            Err(fault!(BAD_PLOT, value.span, "a function of {count} variables can't be drawn over {}", wanted.len()))
        }
        Value::Symbolic(_) | Value::Builtin(_) => match call.invoke(&value.value, &arguments()) {
            Ok(result) => Ok(as_expr(&result)),
            Err(fault) if is_final(&fault) => Err(fault),
            Err(_) => Ok(None),
        },
        Value::Function(_) | Value::Method(_) | Value::Class(_) => Ok(None),
        Value::Object(object) if object.is_drawn_by_values() => Ok(None),
        other => as_expr(other).map(Some).ok_or_else(|| {
            let fault = expected("a function or an expression", value);
            if matches!(value.value, Value::Str(_)) { fault.class_is("ValueError") } else { fault }
        }),
    }
}

/// The variable of a curve: the range's own, the function's argument, the only one that occurs, or `x`.
fn variable_of(value: &Value, named: Option<Symbol>) -> Symbol {
    named.unwrap_or_else(|| match value {
        Value::Callable(callable) if callable.arguments.len() == 1 => callable.arguments[0],
        Value::Expr(expr) => match expr.free_variables().as_slice() {
            [only] => *only,
            _ => Symbol::new("x"),
        },
        _ => Symbol::new("x"),
    })
}

/// The function of one variable that a value stands for.
///
/// # Errors
/// A value that is no function, or one of other variables.
pub fn curve(value: &Spanned<Value>, stretch: &Stretch, call: &mut Call<'_>) -> Result<Curve, Fault> {
    if let Some(pieces) = PiecewiseValue::of(&value.value) {
        let function = pieces::real(pieces, call.budget()).map_err(|reason| Fault::from(reason).or_at(value.span))?;
        let source = str_of(&value.value);
        return Ok(Curve { function, label: MathText::plain(source.clone()), source, formula: None });
    }
    let variable = variable_of(&value.value, stretch.variable);
    let Some(expr) = formula_of(value, &[variable], call)? else {
        let table = recorded(value, stretch.range, call)?;
        let name = called(&value.value);
        let function = traced(value, variable, &table, call)?.unwrap_or_else(|| Rc::new(table));
        return Ok(Curve { function, label: MathText::plain(name.clone()), source: name, formula: None });
    };
    if let Kind::Relation(Relation::Equal, ..) = expr.kind() {
        return Err(fault!(BAD_PLOT, value.span, "an equation has no graph")
            .hint("implicit_plot draws the curve of an equation in x and y"));
    }
    check_variables(&expr, &[variable], value)?;
    let function = match formula::real(&expr, variable, call.budget()) {
        Ok(function) if algebra::has_complex_parts(&expr) && algebra::real_form(&expr).is_none() => {
            numeric(&expr, variable, stretch.range, call).unwrap_or(function)
        }
        Ok(function) => function,
        Err(reason) if reason.is_stopped() => return Err(Fault::from(reason)),
        Err(reason) => {
            numeric(&expr, variable, stretch.range, call).ok_or_else(|| unplottable(&expr, reason, value))?
        }
    };
    let (source, label) = (print::text(&expr), settings::expression_text(&expr));
    Ok(Curve { function, source, label, formula: Some((expr, variable)) })
}

fn unplottable(expr: &Expr, reason: Reason, value: &Spanned<Value>) -> Fault {
    fault!(BAD_PLOT, value.span, "{} has no numerical values to draw: {reason}", print::text(expr))
}

/// Checks that an expression has no other variables.
fn check_variables(expr: &Expr, known: &[Symbol], value: &Spanned<Value>) -> Result<(), Fault> {
    let strangers: Vec<&str> =
        expr.free_variables().into_iter().filter(|own| !known.contains(own)).map(Symbol::name).collect();
    if strangers.is_empty() {
        return Ok(());
    }
    let names = strangers.join("`, `");
    let known: Vec<&str> = known.iter().map(|symbol| symbol.name()).collect();
    Err(fault!(BAD_PLOT, value.span, "`{names}` has no value here: the plot runs over `{}`", known.join("`, `"))
        .label(format!("this contains `{names}`"))
        .hint(format!("give it a value: f.subs({}=1)", strangers[0])))
}

/// What a program's function is called.
fn called(value: &Value) -> String {
    match value {
        Value::Function(closure) => closure.code.name.to_string(),
        other => str_of(other),
    }
}

/// A function of the program, known by its values; where it raises an exception or answers no real number it is undefined.
fn recorded(value: &Spanned<Value>, range: Range, call: &mut Call<'_>) -> Result<Table, Fault> {
    let mut failure = None;
    let mut any = false;
    let table = Table::record(range.lo, range.hi, RECORDS, |x| {
        call.budget().check()?;
        match call.invoke(&value.value, &[Value::Float(x)]) {
            Ok(answer) => {
                let y = reading::number(&answer).filter(|y| y.is_finite());
                any |= y.is_some();
                if y.is_none() && reading::items(&answer).is_some() {
                    failure.get_or_insert_with(|| expected("a function with real values", value));
                }
                Ok(y.unwrap_or(f64::NAN))
            }
            Err(fault) if is_final(&fault) || fault.class() == "KeyboardInterrupt" => Err(fault),
            Err(fault) => {
                failure.get_or_insert(fault);
                Ok(f64::NAN)
            }
        }
    })?;
    match failure {
        Some(fault) if !any => Err(fault.or_at(value.span)),
        _ => Ok(table),
    }
}

/// The formula that a function of the program computes, found by calling it with a variable; `None` unless it agrees with the function at every
/// record. It is defined nowhere that the function is not, and left out where the function has a value of its own.
fn traced(value: &Spanned<Value>, variable: Symbol, table: &Table, call: &mut Call<'_>) -> Result<Option<Real>, Fault> {
    let answer = match call.invoke(&value.value, &[Value::Expr(Expr::symbol(variable))]) {
        Ok(answer) => answer,
        Err(fault) if is_final(&fault) => return Err(fault),
        Err(_) => return Ok(None),
    };
    let formula = as_expr(&answer).filter(|expr| expr.free_variables().iter().all(|own| *own == variable));
    let Some(function) = formula.and_then(|expr| formula::real(&expr, variable, call.budget()).ok()) else {
        return Ok(None);
    };
    let agrees = |&(x, y): &(f64, f64)| {
        let own = function.value(x);
        (own.is_nan() && y.is_nan()) || (own - y).abs() <= 1e-9 * y.abs().max(1e-300)
    };
    if !table.points().iter().all(agrees) {
        return Ok(None);
    }
    for hole in FunctionPlot::new(function.clone(), table.range(), Style::default()).holes(call.budget()) {
        let own = call.invoke(&value.value, &[Value::Float(hole)]).ok().and_then(|answer| reading::number(&answer));
        if own.is_some_and(f64::is_finite) {
            return Ok(None);
        }
    }
    Ok(Some(function))
}

/// An expression without a compiled form, such as a held integral, known by its numerical values.
fn numeric(expr: &Expr, variable: Symbol, range: Range, call: &mut Call<'_>) -> Option<Real> {
    use crate::tape::{Questions, evaluate};
    let zero = |e: &Expr| algebra::is_zero(e, call.budget()).unwrap_or(Truth::Unknown);
    let questions = Questions { is_zero: &zero, budget: call.budget() };
    let mut any = false;
    let table = Table::record(range.lo, range.hi, 60, |x| {
        call.budget().check().map_err(drop)?;
        let at = expr.substitute_symbol(variable, &Expr::number(crate::number::Real::from_f64(x)));
        let found = evaluate(&at, 53, &questions).ok().map(|found| found.value.to_f64_parts());
        let y = found.filter(|(_, im)| *im == 0.0).map_or(f64::NAN, |(re, _)| re);
        any |= y.is_finite();
        Ok::<f64, ()>(y)
    })
    .ok()?;
    any.then(|| Rc::new(table) as Real)
}

/// An expression of two variables that is to be drawn.
pub struct Field {
    /// The expression.
    pub expr: Expr,
    /// Its variables.
    pub variables: [Symbol; 2],
}

impl Field {
    /// The function.
    ///
    /// # Errors
    /// An expression that can't be computed.
    pub fn plane(&self, call: &Call<'_>) -> Result<Plane, Fault> {
        plane_of(&self.expr, self.variables, call)
    }
}

/// The function of two variables that an expression stands for.
///
/// # Errors
/// An expression that can't be computed.
pub fn plane_of(expr: &Expr, [x, y]: [Symbol; 2], call: &Call<'_>) -> Result<Plane, Fault> {
    Ok(formula::plane(expr, x, y, call.budget())?)
}

/// The variables of a plane plot: the ranges' own, the function's arguments, or those that occur.
fn variables_of(value: &Value, ranges: &[Stretch; 2]) -> [Symbol; 2] {
    if let [Some(x), Some(y)] = [ranges[0].variable, ranges[1].variable] {
        return [x, y];
    }
    let own = match value {
        Value::Callable(callable) => callable.arguments.to_vec(),
        Value::Expr(expr) => expr.free_variables(),
        _ => Vec::new(),
    };
    match own.as_slice() {
        [x, y] => [*x, *y],
        _ => [Symbol::new("x"), Symbol::new("y")],
    }
}

/// The expression of two variables that a value stands for; a relation stays one.
///
/// # Errors
/// A value that is no function of two variables.
pub fn field(value: &Spanned<Value>, ranges: &[Stretch; 2], call: &mut Call<'_>) -> Result<Field, Fault> {
    let variables = variables_of(&value.value, ranges);
    if variables[0] == variables[1] {
        return Err(fault!(BAD_PLOT, ranges[1].span, "both ranges are of `{}`", variables[0].name()));
    }
    let expr = match formula_of(value, &variables, call)? {
        Some(expr) => expr,
        None => {
            let symbols = variables.map(|symbol| Value::Expr(Expr::symbol(symbol)));
            let answer = call.invoke(&value.value, &symbols)?;
            as_expr(&answer).ok_or_else(|| expected("a function of two variables that is a formula", value))?
        }
    };
    check_variables(&expr, &variables, value)?;
    Ok(Field { expr, variables })
}
