//! Vectors and matrices of expressions: as much of them as gradients and Hesse matrices need.

/// The names given, and those of the methods that act on every entry.
macro_rules! and_entrywise {
    ($($own:literal),* $(,)?) => {
        &[
            $($own,)*
            "diff",
            "derivative",
            "subs",
            "substitute",
            "simplify",
            "simplify_full",
            "simplify_trig",
            "simplify_rational",
            "expand",
            "factor",
            "n",
            "numerical_approx",
            "integral",
            "integrate",
            "limit",
        ]
    };
}

/// The methods that act on every entry.
const ENTRYWISE: &[&str] = and_entrywise!();

mod elimination;
mod matrix_value;
mod vector_value;

use std::rc::Rc;

use crate::builtin;
use crate::calculus;
use crate::diagnostic::{Fault, Spanned};
use crate::expr::{Expr, Symbol};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::{type_error, value_error};
use crate::runtime::parameter::{Formula, Rest, expected};
use crate::runtime::value::{Value, as_expr};

use matrix_value::MatrixValue;
use vector_value::VectorValue;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &vector::RECORD,
    &matrix::RECORD,
    &identity_matrix::RECORD,
    &zero_matrix::RECORD,
    &det::RECORD,
    &gradient::RECORD,
    &hessian::RECORD,
    &jacobian::RECORD,
];

/// Larger matrices are not made.
const MOST_ENTRIES: usize = 1 << 20;

builtin! {
    /// A vector of numbers or expressions.
    ///
    /// ```calc
    /// v = vector([3, 4])
    /// v.norm()                          # => 5
    /// v*vector([1, x])                  # => 4*x + 3
    /// ```
    ///
    /// See also: `matrix`, `gradient`.
    only function;
    fn vector(call, entries: Spanned<Value>, more: Option<Spanned<Value>>) -> Value {
        // A ring may stand in front.
        let entries = match (&entries.value, more) {
            (Value::Parent(_), Some(more)) => more,
            _ => entries,
        };
        Ok(VectorValue::new(expressions(&entries, call)?).into_value())
    }
}

builtin! {
    /// A matrix by its rows, or by its size and the list of all entries.
    ///
    /// ```calc
    /// A = matrix([[1, 2], [3, 4]])
    /// A.det()                           # => -2
    /// A*vector([1, 1])                  # => (3, 7)
    /// matrix(2, 2, [x, 0, 0, 1]).trace()    # => x + 1
    /// ```
    ///
    /// See also: `vector`, `hessian`, `det`.
    also "Matrix";
    only function;
    fn matrix(call, given: Rest<Spanned<Value>>) -> Value {
        let mut given = given.0;
        if given.first().is_some_and(|first| matches!(first.value, Value::Parent(_))) {
            given.remove(0);
        }
        Ok(match given.as_slice() {
            [size] if size.value.to_integer().is_some() => zeros(size, size)?,
            [rows] => by_rows(rows, call)?,
            [rows, columns] if columns.value.to_integer().is_some() => zeros(rows, columns)?,
            [rows, entries] => by_size(rows, None, entries, call)?,
            [rows, columns, entries] => by_size(rows, Some(columns), entries, call)?,
            _ => return Err(type_error("matrix() takes a list of rows").or_at(call.span()).hint("matrix([[1, 2], [3, 4]])")),
        }
        .into_value())
    }
}

/// The expressions of a collection.
fn expressions(given: &Spanned<Value>, call: &mut Call<'_>) -> Result<Vec<Expr>, Fault> {
    call.items(&given.value)?
        .iter()
        .map(|item| as_expr(item).ok_or_else(|| expected("a list of numbers or expressions", given)))
        .collect()
}

fn by_rows(given: &Spanned<Value>, call: &mut Call<'_>) -> Result<MatrixValue, Fault> {
    let mut entries = Vec::new();
    let (mut rows, mut columns) = (0, None);
    let items = call.items(&given.value)?;
    // A list of entries is one row.
    if items.first().is_some_and(|first| as_expr(first).is_some()) {
        let entries = expressions(given, call)?;
        return Ok(MatrixValue::new(1, entries.len(), entries));
    }
    for row in items {
        let row = expressions(&Spanned::new(row, given.span), call)?;
        let width = *columns.get_or_insert(row.len());
        if width != row.len() {
            let message = format!("inconsistent number of columns: should be {width} but got {}", row.len());
            return Err(value_error(message).or_at(given.span));
        }
        entries.extend(row);
        rows += 1;
    }
    Ok(MatrixValue::new(rows, columns.unwrap_or(0), entries))
}

fn by_size(
    rows: &Spanned<Value>,
    columns: Option<&Spanned<Value>>,
    entries: &Spanned<Value>,
    call: &mut Call<'_>,
) -> Result<MatrixValue, Fault> {
    let rows = size(rows)?;
    if as_expr(&entries.value).is_some() && columns.is_none() {
        return Err(expected("a list of entries", entries));
    }
    let nested = call.items(&entries.value)?.first().is_some_and(|first| as_expr(first).is_none());
    if nested {
        return by_rows(entries, call);
    }
    let entries_found = expressions(entries, call)?;
    let columns = match columns {
        Some(columns) => size(columns)?,
        None => entries_found.len().checked_div(rows).unwrap_or(0),
    };
    if rows.checked_mul(columns) != Some(entries_found.len()) {
        return Err(value_error("the number of entries is not that of the matrix").or_at(entries.span));
    }
    Ok(MatrixValue::new(rows, columns, entries_found))
}

fn zeros(rows: &Spanned<Value>, columns: &Spanned<Value>) -> Result<MatrixValue, Fault> {
    let (rows, width) = (size(rows)?, size(columns)?);
    let count = rows.checked_mul(width).filter(|count| *count <= MOST_ENTRIES);
    let count = count.ok_or_else(|| expected("a moderate number of columns", columns))?;
    Ok(MatrixValue::new(rows, width, vec![Expr::zero(); count]))
}

/// A number of rows or columns.
fn size(given: &Spanned<Value>) -> Result<usize, Fault> {
    let found = given.value.to_integer().and_then(|n| n.to_usize()).filter(|n| *n <= MOST_ENTRIES);
    found.ok_or_else(|| expected("a number of rows or columns", given))
}

builtin! {
    /// The matrix with ones on the diagonal.
    ///
    /// ```calc
    /// identity_matrix(2).det()          # => 1
    /// ```
    only function;
    fn identity_matrix(call, n: Spanned<Value>) -> Value {
        let size = square_size(&n)?;
        Ok(MatrixValue::identity(size).into_value())
    }
}

builtin! {
    /// The matrix of zeros.
    ///
    /// ```calc
    /// zero_matrix(2).rank()             # => 0
    /// ```
    only function;
    fn zero_matrix(call, n: Spanned<Value>, columns: Option<Spanned<Value>>) -> Value {
        let rows = square_size(&n)?;
        let columns = columns.as_ref().map_or(Ok(rows), square_size)?;
        Ok(MatrixValue::new(rows, columns, vec![Expr::zero(); rows * columns]).into_value())
    }
}

/// A size whose square is no too large a matrix.
fn square_size(given: &Spanned<Value>) -> Result<usize, Fault> {
    let found = size(given)?;
    if found * found > MOST_ENTRIES { Err(expected("a smaller size", given)) } else { Ok(found) }
}

builtin! {
    /// The determinant of a square matrix.
    ///
    /// ```calc
    /// det(matrix([[x, 1], [1, x]]))     # => x^2 - 1
    /// ```
    only function;
    fn det(call, a: Spanned<Value>) -> Expr {
        match a.value.downcast::<MatrixValue>() {
            Some(matrix) => matrix.determinant(call.budget()),
            None => Err(expected("a matrix", &a)),
        }
    }
}

/// The variables to derive by: the arguments of a callable, or all that occur.
fn variables(f: &Formula) -> Vec<Symbol> {
    f.arguments.as_ref().map_or_else(|| f.expr.variables(), |arguments| arguments.to_vec())
}

builtin! {
    /// The partial derivatives, as a vector in the order of the variables.
    ///
    /// ```calc
    /// f(x, y) = x^2*y
    /// f.gradient()                      # => (x, y) |--> (2*x*y, x^2)
    /// ```
    ///
    /// See also: `hessian`, `diff`.
    only method;
    fn gradient(call, f: Formula) -> Value {
        gradient_of(&f, call)
    }
}

/// The gradient of an expression, as a callable one if it was that.
pub(super) fn gradient_of(f: &Formula, call: &Call<'_>) -> Result<Value, Fault> {
    let mut entries = Vec::new();
    for symbol in variables(f) {
        entries.push(calculus::diff(&f.expr, symbol, call.budget())?);
    }
    Ok(VectorValue::of_callable(entries, f.arguments.as_ref().map(Rc::clone)).into_value())
}

builtin! {
    /// The matrix of second derivatives.
    ///
    /// ```calc
    /// var('y')                          # => y
    /// (x^2*y).hessian().det()           # => -4*x^2
    /// ```
    ///
    /// See also: `gradient`.
    only method;
    fn hessian(call, f: Formula) -> Value {
        let symbols = variables(&f);
        let mut entries = Vec::new();
        for first in &symbols {
            let derivative = calculus::diff(&f.expr, *first, call.budget())?;
            for second in &symbols {
                entries.push(calculus::diff(&derivative, *second, call.budget())?);
            }
        }
        let matrix = MatrixValue::new(symbols.len(), symbols.len(), entries);
        Ok(matrix.with_arguments(f.arguments.as_ref().map(Rc::clone)).into_value())
    }
}

builtin! {
    /// The matrix of the first derivatives of several functions.
    ///
    /// ```calc
    /// var('y')                          # => y
    /// jacobian([x*y, x + y], [x, y]).det()    # => -x + y
    /// ```
    ///
    /// See also: `gradient`.
    only function;
    fn jacobian(call, functions: Spanned<Value>, by: Spanned<Value>) -> Value {
        let functions = expressions(&functions, call)?;
        let mut symbols = Vec::new();
        for variable in expressions(&by, call)? {
            symbols.push(variable.as_symbol().ok_or_else(|| expected("a list of variables", &by))?);
        }
        let mut entries = Vec::new();
        for function in &functions {
            for symbol in &symbols {
                entries.push(calculus::diff(function, *symbol, call.budget())?);
            }
        }
        Ok(MatrixValue::new(functions.len(), symbols.len(), entries).into_value())
    }
}
