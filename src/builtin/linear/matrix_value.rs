//! Matrices as values.

use std::any::Any;
use std::rc::Rc;

use crate::budget::Budget;
use crate::diagnostic::Fault;
use crate::expr::{Expr, Symbol};
use crate::print;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{BAD_INDEX, type_error, value_error, zero_division};
use crate::runtime::operate;
use crate::runtime::value::{Class, Object, Value, as_expr, expr_latex, expr_text};
use crate::syntax::ast::{BinaryOperator, UnaryOperator};

use super::ENTRYWISE;
use super::elimination::{self, Rows};
use super::vector_value::VectorValue;

/// A matrix of expressions by rows; with arguments it is a callable one.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixValue {
    rows: usize,
    columns: usize,
    entries: Vec<Expr>,
    arguments: Option<Rc<[Symbol]>>,
}

static CLASS: Class =
    Class { name: "sage.matrix.matrix_symbolic_dense.Matrix_symbolic_dense", known_as: None, base: None };

/// Higher powers are not begun: nothing could stop them.
const LARGEST_EXPONENT: u64 = 1000;

impl MatrixValue {
    /// A matrix; the entries row by row.
    pub fn new(rows: usize, columns: usize, entries: Vec<Expr>) -> MatrixValue {
        MatrixValue { rows, columns, entries, arguments: None }
    }

    /// The matrix with ones on the diagonal.
    pub fn identity(size: usize) -> MatrixValue {
        let entry = |place: usize| Expr::integer(i64::from(place / size == place % size));
        MatrixValue::new(size, size, (0..size * size).map(entry).collect())
    }

    /// The matrix as a function of arguments.
    pub fn with_arguments(self, arguments: Option<Rc<[Symbol]>>) -> MatrixValue {
        MatrixValue { arguments, ..self }
    }

    /// As a value.
    pub fn into_value(self) -> Value {
        Value::Object(Rc::new(self))
    }

    fn like(&self, entries: Vec<Expr>) -> Value {
        MatrixValue { entries, ..self.clone() }.into_value()
    }

    fn by_rows(&self) -> Rows {
        if self.columns == 0 {
            return vec![Vec::new(); self.rows];
        }
        self.entries.chunks(self.columns).map(<[Expr]>::to_vec).collect()
    }

    fn of_rows(rows: Rows) -> MatrixValue {
        let columns = rows.first().map_or(0, Vec::len);
        MatrixValue::new(rows.len(), columns, rows.into_iter().flatten().collect())
    }

    fn transposed(&self) -> MatrixValue {
        let rows = self.by_rows();
        let columns = (0..self.columns).map(|column| rows.iter().filter_map(|row| row.get(column)).cloned().collect());
        MatrixValue { arguments: self.arguments.clone(), ..MatrixValue::of_rows(columns.collect()) }
    }

    fn square(&self) -> Result<(), Fault> {
        if self.rows == self.columns { Ok(()) } else { Err(value_error("self must be a square matrix")) }
    }

    /// The determinant.
    ///
    /// # Errors
    /// A matrix that is not square; when the budget runs out.
    pub fn determinant(&self, budget: &Budget) -> Result<Expr, Fault> {
        self.square()?;
        Ok(elimination::determinant(&self.by_rows(), budget)?)
    }

    /// The matrix with further columns behind its own, reduced; `None` when it has no inverse.
    fn solved(&self, behind: &MatrixValue, budget: &Budget) -> Result<Option<MatrixValue>, Fault> {
        let both: Rows = self.by_rows().into_iter().zip(behind.by_rows()).map(|(a, b)| [a, b].concat()).collect();
        let (reduced, pivots) = elimination::reduced(&both, self.columns, budget)?;
        if pivots.len() < self.rows {
            return Ok(None);
        }
        Ok(Some(MatrixValue::of_rows(reduced.into_iter().map(|row| row[self.columns..].to_vec()).collect())))
    }

    fn inverse(&self, budget: &Budget) -> Result<MatrixValue, Fault> {
        self.square()?;
        let found = self.solved(&MatrixValue::identity(self.rows), budget)?;
        found.ok_or_else(|| zero_division("matrix must be nonsingular"))
    }

    fn product(&self, other: &MatrixValue) -> Result<MatrixValue, Fault> {
        if self.columns != other.rows {
            return Err(type_error("the sizes of the matrices don't fit"));
        }
        let columns = other.transposed().by_rows();
        let row = |row: Vec<Expr>| -> Vec<Expr> {
            columns.iter().map(|column| Expr::sum(row.iter().zip(column).map(|(a, b)| a * b))).collect()
        };
        Ok(MatrixValue::of_rows(self.by_rows().into_iter().map(row).collect()))
    }

    fn power(&self, exponent: i64, budget: &Budget) -> Result<MatrixValue, Fault> {
        self.square()?;
        let mut base = if exponent < 0 { self.inverse(budget)? } else { self.clone() };
        let mut result = MatrixValue::identity(self.rows);
        let mut left = exponent.unsigned_abs();
        while left > 0 {
            budget.check()?;
            if left & 1 == 1 {
                result = result.product(&base)?;
            }
            left >>= 1;
            if left > 0 {
                base = base.product(&base)?;
            }
        }
        Ok(result)
    }

    fn with_vector(&self, vector: &VectorValue, reflected: bool) -> Result<Value, Fault> {
        let rows = if reflected { self.transposed().by_rows() } else { self.by_rows() };
        let entries: Result<Vec<Expr>, Fault> = rows.into_iter().map(|row| VectorValue::new(row).dot(vector)).collect();
        Ok(VectorValue::new(entries?).into_value())
    }

    /// The methods that ask about the whole matrix.
    fn asked(&self, name: &str, budget: &Budget) -> Result<Option<Value>, Fault> {
        let vectors =
            |rows: Rows| Value::list(rows.into_iter().map(|row| VectorValue::new(row).into_value()).collect());
        Ok(Some(match name {
            "det" | "determinant" => Value::Expr(self.determinant(budget)?),
            "transpose" => self.transposed().into_value(),
            "inverse" => self.inverse(budget)?.into_value(),
            "trace" => {
                self.square()?;
                Value::Expr(Expr::sum(self.entries.iter().step_by(self.columns + 1).cloned()))
            }
            "rank" => Value::int(elimination::reduced(&self.by_rows(), self.columns, budget)?.1.len() as i64),
            "rref" | "echelon_form" => {
                MatrixValue::of_rows(elimination::reduced(&self.by_rows(), self.columns, budget)?.0).into_value()
            }
            "nrows" => Value::int(self.rows as i64),
            "ncols" => Value::int(self.columns as i64),
            "rows" => vectors(self.by_rows()),
            "columns" => vectors(self.transposed().by_rows()),
            "list" => Value::list(self.entries.iter().cloned().map(Value::Expr).collect()),
            "is_square" => Value::Bool(self.rows == self.columns),
            _ => return Ok(None),
        }))
    }

    fn solve_right(&self, call: &Call<'_>, arguments: &Arguments) -> Result<Value, Fault> {
        let right = arguments.positional.first().and_then(|first| first.value.downcast::<VectorValue>());
        let Some(right) = right.filter(|right| right.entries().len() == self.rows) else {
            return Err(type_error("solve_right() takes a vector as long as the matrix has rows").or_at(call.span()));
        };
        self.square()?;
        let column = MatrixValue::new(self.rows, 1, right.entries().to_vec());
        let found = self.solved(&column, call.budget())?;
        let found = found.ok_or_else(|| value_error("matrix equation has no unique solution").or_at(call.span()))?;
        Ok(VectorValue::new(found.entries).into_value())
    }

    fn line(&self, call: &Call<'_>, name: &str, arguments: &Arguments) -> Result<Value, Fault> {
        let lines = if name == "row" { self.by_rows() } else { self.transposed().by_rows() };
        let Some(index) = arguments.positional.first() else {
            return Err(type_error(format!("{name}() takes an index")).or_at(call.span()));
        };
        let at = index_in(lines.len(), &index.value)?;
        Ok(VectorValue::new(lines.into_iter().nth(at).unwrap_or_default()).into_value())
    }

    fn with_matrix(
        &self,
        operator: BinaryOperator,
        other: &MatrixValue,
        reflected: bool,
    ) -> Option<Result<Value, Fault>> {
        let (left, right) = if reflected { (other, self) } else { (self, other) };
        let pairwise = |combine: fn(&Expr, &Expr) -> Expr| {
            if (left.rows, left.columns) != (right.rows, right.columns) {
                return Err(type_error("the matrices have different sizes"));
            }
            Ok(left.like(left.entries.iter().zip(&right.entries).map(|(a, b)| combine(a, b)).collect()))
        };
        match operator {
            BinaryOperator::Add => Some(pairwise(|a, b| a + b)),
            BinaryOperator::Subtract => Some(pairwise(|a, b| a - b)),
            BinaryOperator::Multiply => Some(left.product(right).map(MatrixValue::into_value)),
            _ => None,
        }
    }
}

/// What a method makes of every entry.
pub(super) fn entrywise(
    entries: &[Expr],
    call: &mut Call<'_>,
    name: &str,
    arguments: &Arguments,
) -> Result<Vec<Expr>, Fault> {
    let span = call.span();
    let name: Rc<str> = Rc::from(name);
    let mut found = Vec::new();
    for entry in entries {
        let value = call.machine().call_method(&Value::Expr(entry.clone()), &name, arguments.clone(), span)?;
        found.push(as_expr(&value).ok_or_else(|| type_error("the method gives no expression").or_at(span))?);
    }
    Ok(found)
}

/// What a function makes of every entry.
pub(super) fn mapped(entries: &[Expr], call: &mut Call<'_>, arguments: &Arguments) -> Result<Vec<Expr>, Fault> {
    let span = call.span();
    let Some(function) = arguments.positional.first().map(|first| first.value.clone()) else {
        return Err(type_error("apply_map() takes a function").or_at(span));
    };
    let mut found = Vec::new();
    for entry in entries {
        let value = call.invoke(&function, &[Value::Expr(entry.clone())])?;
        found.push(as_expr(&value).ok_or_else(|| type_error("the function gives no expression").or_at(span))?);
    }
    Ok(found)
}

/// The entries at values of the arguments, by position or by keyword.
pub(super) fn substituted(
    entries: &[Expr],
    own: Option<&[Symbol]>,
    call: &Call<'_>,
    arguments: &Arguments,
) -> Result<Vec<Expr>, Fault> {
    let unfit = || type_error("the vector or matrix is called with other arguments than it has").or_at(call.span());
    let symbols = own.unwrap_or_default();
    if !arguments.positional.is_empty() && arguments.positional.len() != symbols.len() {
        return Err(unfit());
    }
    let by_place = symbols.iter().map(|symbol| Expr::symbol(*symbol)).zip(&arguments.positional);
    let by_name = arguments.keywords.iter().map(|(name, value)| (Expr::variable(name), value));
    let mut pairs = Vec::new();
    for (symbol, value) in by_place.chain(by_name) {
        pairs.push((symbol, as_expr(&value.value).ok_or_else(unfit)?));
    }
    entries.iter().map(|entry| operate::substitute(entry, &pairs).map_err(|fault| fault.or_at(call.span()))).collect()
}

/// The place that an index means, from behind if it is negative.
pub(super) fn index_in(length: usize, index: &Value) -> Result<usize, Fault> {
    let number = index.to_integer().and_then(|n| n.to_i64()).ok_or_else(|| type_error("the index is no integer"))?;
    let at = if number < 0 { number + length as i64 } else { number };
    match usize::try_from(at) {
        Ok(at) if at < length => Ok(at),
        _ => Err(Fault::new(&BAD_INDEX, crate::diagnostic::Span::default(), "index out of range")),
    }
}

impl Object for MatrixValue {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    /// Rows between brackets, all entries as wide as the widest.
    fn text(&self) -> String {
        let shown = |entry: &Expr| match &self.arguments {
            Some(arguments) => print::callable_text(arguments, &expr_text(entry)),
            None => expr_text(entry),
        };
        let texts: Vec<String> = self.entries.iter().map(shown).collect();
        let width = texts.iter().map(|text| text.chars().count()).max().unwrap_or(0);
        let line = |row: &[String]| {
            let cells: Vec<String> = row.iter().map(|text| format!("{text:>width$}")).collect();
            format!("[{}]", cells.join(" "))
        };
        if self.columns == 0 {
            return "[]".to_owned();
        }
        texts.chunks(self.columns).map(line).collect::<Vec<String>>().join("\n")
    }

    fn latex(&self) -> Option<String> {
        let shown = |entry: &Expr| match &self.arguments {
            Some(arguments) => print::callable_latex(arguments, &expr_latex(entry)),
            None => expr_latex(entry),
        };
        let row = |row: Vec<Expr>| row.iter().map(shown).collect::<Vec<String>>().join(" & ");
        let rows: Vec<String> = self.by_rows().into_iter().map(row).collect();
        let columns = "r".repeat(self.columns);
        Some(format!("\\left(\\begin{{array}}{{{columns}}}\n{}\n\\end{{array}}\\right)", rows.join(" \\\\\n")))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn same(&self, other: &Value) -> bool {
        other.downcast::<MatrixValue>().is_some_and(|other| {
            (self.rows, self.columns) == (other.rows, other.columns) && self.entries == other.entries
        })
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        (name == "T").then(|| self.transposed().into_value())
    }

    fn methods(&self) -> &'static [&'static str] {
        and_entrywise!(
            "det",
            "determinant",
            "transpose",
            "inverse",
            "trace",
            "rank",
            "rref",
            "echelon_form",
            "nrows",
            "ncols",
            "rows",
            "columns",
            "row",
            "column",
            "list",
            "is_square",
            "solve_right",
            "apply_map"
        )
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        if ENTRYWISE.contains(&name) {
            return Ok(self.like(entrywise(&self.entries, call, name, &arguments)?));
        }
        match name {
            "apply_map" => Ok(self.like(mapped(&self.entries, call, &arguments)?)),
            "solve_right" => self.solve_right(call, &arguments),
            "row" | "column" => self.line(call, name, &arguments),
            _ => {
                let answer = self.asked(name, call.budget()).map_err(|fault| fault.or_at(call.span()))?;
                answer.ok_or_else(|| type_error(format!("a matrix has no method {name}")).or_at(call.span()))
            }
        }
    }

    fn invoke(&self, call: &mut Call<'_>, arguments: &Arguments) -> Option<Result<Value, Fault>> {
        let found = substituted(&self.entries, self.arguments.as_deref(), call, arguments);
        Some(found.map(|entries| MatrixValue::new(self.rows, self.columns, entries).into_value()))
    }

    fn binary(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        if let Some(other) = other.downcast::<MatrixValue>() {
            return self.with_matrix(operator, other, reflected);
        }
        if let Some(vector) = other.downcast::<VectorValue>() {
            return (operator == BinaryOperator::Multiply).then(|| self.with_vector(vector, reflected));
        }
        let number = as_expr(other)?;
        let scaled = |factor: &Expr| self.like(self.entries.iter().map(|entry| entry * factor).collect());
        match operator {
            BinaryOperator::Multiply => Some(Ok(scaled(&number))),
            BinaryOperator::Add | BinaryOperator::Subtract if self.rows == self.columns => {
                let sign = |negative: bool, part: &Expr| if negative { -part } else { part.clone() };
                let negative = operator == BinaryOperator::Subtract;
                let entry = |(at, entry): (usize, &Expr)| {
                    let own = sign(negative && reflected, entry);
                    if at % (self.columns + 1) == 0 { own + sign(negative && !reflected, &number) } else { own }
                };
                Some(Ok(self.like(self.entries.iter().enumerate().map(entry).collect())))
            }
            BinaryOperator::Divide if !reflected && number.is_zero() => Some(Err(zero_division("division by zero"))),
            BinaryOperator::Divide if !reflected => Some(Ok(scaled(&number.recip()))),
            BinaryOperator::Power if !reflected => {
                let exponent = number.to_i64()?;
                if exponent.unsigned_abs() > LARGEST_EXPONENT {
                    return Some(Err(value_error("the exponent of the matrix is too large")));
                }
                Some(self.power(exponent, &Budget::unlimited()).map(MatrixValue::into_value))
            }
            _ => None,
        }
    }

    fn unary(&self, operator: UnaryOperator) -> Option<Result<Value, Fault>> {
        match operator {
            UnaryOperator::Minus => Some(Ok(self.like(self.entries.iter().map(|entry| -entry).collect()))),
            UnaryOperator::Plus => Some(Ok(self.like(self.entries.clone()))),
            _ => None,
        }
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.by_rows().into_iter().map(|row| VectorValue::new(row).into_value()).collect())
    }

    fn index(&self, index: &Value) -> Option<Result<Value, Fault>> {
        let found = match index {
            Value::Tuple(places) => match places.as_ref() {
                [row, column] => index_in(self.rows, row).and_then(|row| {
                    let at = row * self.columns + index_in(self.columns, column)?;
                    Ok(self.entries.get(at).cloned().map_or(Value::None, Value::Expr))
                }),
                _ => Err(type_error("a matrix has two indices: A[0, 1]")),
            },
            row => index_in(self.rows, row)
                .map(|row| VectorValue::new(self.by_rows().into_iter().nth(row).unwrap_or_default()).into_value()),
        };
        Some(found)
    }
}
