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

mod base;
mod eigen;
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
use crate::runtime::value::{Parent, Value, as_expr};

use base::{base_of, converted};
use matrix_value::MatrixValue;
use vector_value::VectorValue;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &vector::RECORD,
    &matrix::RECORD,
    &identity_matrix::RECORD,
    &zero_matrix::RECORD,
    &diagonal_matrix::RECORD,
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
        let (ring, entries) = match (&entries.value, more) {
            (Value::Parent(ring), Some(more)) => (Some(*ring), more),
            _ => (None, entries),
        };
        let entries = entries_of(&entries, call)?.over(ring).map_err(|fault| fault.or_at(call.span()))?;
        Ok(VectorValue::new(entries.found).over(entries.base).into_value())
    }
}

builtin! {
    /// A matrix by its rows, or by its size and the list of all entries, a function of the row and the column, or the
    /// number on its diagonal.
    ///
    /// ```calc
    /// A = matrix([[1, 2], [3, 4]])
    /// A.det()                           # => -2
    /// A*vector([1, 1])                  # => (3, 7)
    /// matrix(2, 2, [x, 0, 0, 1]).trace()    # => x + 1
    /// matrix(2, 2, lambda i, j: 2*i + j).det()    # => -2
    /// A.eigenvalues()                   # => [-1/2*sqrt(33) + 5/2, 1/2*sqrt(33) + 5/2]
    /// ```
    ///
    /// See also: `vector`, `hessian`, `det`.
    also "Matrix";
    only function;
    fn matrix(call, given: Rest<Spanned<Value>>) -> Value {
        let mut given = given.0;
        let ring = match given.first().map(|first| &first.value) {
            Some(Value::Parent(ring)) => Some(*ring),
            _ => None,
        };
        if ring.is_some() {
            given.remove(0);
        }
        let (rows, columns, entries) = match given.as_slice() {
            [size] if size.value.to_integer().is_some() => zeros(size, size)?,
            [rows] => by_rows(rows, call)?,
            [rows, columns] if columns.value.to_integer().is_some() => zeros(rows, columns)?,
            [rows, entries] => by_size(rows, None, entries, call)?,
            [rows, columns, entries] => by_size(rows, Some(columns), entries, call)?,
            _ => return Err(type_error("matrix() takes a list of rows").or_at(call.span()).hint("matrix([[1, 2], [3, 4]])")),
        };
        let entries = entries.over(ring).map_err(|fault| fault.or_at(call.span()))?;
        Ok(MatrixValue::new(rows, columns, entries.found).over(entries.base).into_value())
    }
}

/// The entries of a vector or matrix to be, and what they are.
struct Entries {
    found: Vec<Expr>,
    base: Parent,
}

impl Entries {
    /// The entries as elements of the ring given, or of the least one that holds them all.
    fn over(self, ring: Option<Parent>) -> Result<Entries, Fault> {
        let base = ring.unwrap_or(self.base);
        let found: Result<Vec<Expr>, Fault> = self.found.iter().map(|entry| converted(entry, base)).collect();
        Ok(Entries { found: found?, base })
    }
}

/// The size of a matrix and its entries row by row.
type Table = (usize, usize, Entries);

/// The entries of a collection.
fn entries_of(given: &Spanned<Value>, call: &mut Call<'_>) -> Result<Entries, Fault> {
    let items = call.items(&given.value)?;
    let found: Option<Vec<Expr>> = items.iter().map(as_expr).collect();
    let found = found.ok_or_else(|| expected("a list of numbers or expressions", given))?;
    Ok(Entries { found, base: base_of(&items) })
}

/// The expressions of a collection.
fn expressions(given: &Spanned<Value>, call: &mut Call<'_>) -> Result<Vec<Expr>, Fault> {
    call.items(&given.value)?
        .iter()
        .map(|item| as_expr(item).ok_or_else(|| expected("a list of numbers or expressions", given)))
        .collect()
}

fn by_rows(given: &Spanned<Value>, call: &mut Call<'_>) -> Result<Table, Fault> {
    let mut entries = Vec::new();
    let (mut rows, mut columns) = (0, None);
    let items = call.items(&given.value)?;
    // A list of entries is one row.
    if items.first().is_some_and(|first| as_expr(first).is_some()) {
        let entries = entries_of(given, call)?;
        return Ok((1, entries.found.len(), entries));
    }
    for row in items {
        let row = call.items(&row)?;
        let width = *columns.get_or_insert(row.len());
        if width != row.len() {
            let message = format!("inconsistent number of columns: should be {width} but got {}", row.len());
            return Err(value_error(message).or_at(given.span));
        }
        entries.extend(row);
        rows += 1;
    }
    let entries = entries_of(&Spanned::new(Value::list(entries), given.span), call)?;
    Ok((rows, columns.unwrap_or(0), entries))
}

fn by_size(
    rows: &Spanned<Value>,
    columns: Option<&Spanned<Value>>,
    entries: &Spanned<Value>,
    call: &mut Call<'_>,
) -> Result<Table, Fault> {
    if let Value::Function(_) | Value::Callable(_) | Value::Builtin(_) = &entries.value {
        return by_function(rows, columns.unwrap_or(rows), entries, call);
    }
    if as_expr(&entries.value).is_some() {
        return scalar(rows, columns.unwrap_or(rows), entries);
    }
    let rows = size(rows)?;
    let nested = call.items(&entries.value)?.first().is_some_and(|first| as_expr(first).is_none());
    if nested {
        return by_rows(entries, call);
    }
    let given = entries_of(entries, call)?;
    let columns = match columns {
        Some(columns) => size(columns)?,
        None => given.found.len().checked_div(rows).unwrap_or(0),
    };
    if rows.checked_mul(columns) != Some(given.found.len()) {
        return Err(value_error("the number of entries is not that of the matrix").or_at(entries.span));
    }
    Ok((rows, columns, given))
}

/// The entries that a function gives for every row and column.
fn by_function(
    rows: &Spanned<Value>,
    columns: &Spanned<Value>,
    function: &Spanned<Value>,
    call: &mut Call<'_>,
) -> Result<Table, Fault> {
    let (height, width, _) = zeros(rows, columns)?;
    let mut found = Vec::new();
    for row in 0..height as i64 {
        for column in 0..width as i64 {
            found.push(call.invoke(&function.value, &[Value::integer(row), Value::integer(column)])?);
        }
    }
    Ok((height, width, entries_of(&Spanned::new(Value::list(found), function.span), call)?))
}

/// A number on the diagonal of a square matrix.
fn scalar(rows: &Spanned<Value>, columns: &Spanned<Value>, number: &Spanned<Value>) -> Result<Table, Fault> {
    let (height, width, mut entries) = zeros(rows, columns)?;
    let given = as_expr(&number.value).unwrap_or_else(Expr::zero);
    if height != width && !given.is_zero() {
        return Err(type_error("nonzero scalar matrix must be square").or_at(number.span));
    }
    entries.found.iter_mut().step_by(width + 1).for_each(|place| place.clone_from(&given));
    Ok((height, width, Entries { base: base_of(std::slice::from_ref(&number.value)), ..entries }))
}

fn zeros(rows: &Spanned<Value>, columns: &Spanned<Value>) -> Result<Table, Fault> {
    let (rows, width) = (size(rows)?, size(columns)?);
    let count = rows.checked_mul(width).filter(|count| *count <= MOST_ENTRIES);
    let count = count.ok_or_else(|| expected("a moderate number of columns", columns))?;
    Ok((rows, width, Entries { found: vec![Expr::zero(); count], base: Parent::Integers }))
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

builtin! {
    /// The square matrix with the entries given on its diagonal.
    ///
    /// ```calc
    /// diagonal_matrix([1, x]).det()     # => x
    /// ```
    only function;
    fn diagonal_matrix(call, entries: Spanned<Value>) -> Value {
        let given = entries_of(&entries, call)?.over(None)?;
        let size = Spanned::new(Value::int(given.found.len() as i64), entries.span);
        let size = square_size(&size)?;
        let mut all = vec![Expr::zero(); size * size];
        all.iter_mut().step_by(size + 1).zip(given.found).for_each(|(place, entry)| *place = entry);
        let all = Entries { found: all, base: given.base }.over(None)?;
        Ok(MatrixValue::new(size, size, all.found).over(all.base).into_value())
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
    fn det(call, a: Spanned<Value>) -> Value {
        match a.value.downcast::<MatrixValue>() {
            Some(matrix) => matrix.determinant_value(call.budget()),
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
        let matrix = MatrixValue::new(symbols.len(), symbols.len(), entries).over(Parent::Symbolic);
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
        Ok(MatrixValue::new(functions.len(), symbols.len(), entries).over(Parent::Symbolic).into_value())
    }
}
