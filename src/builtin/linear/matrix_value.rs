//! Matrices as values.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use crate::budget::Budget;
use crate::diagnostic::Fault;
use crate::expr::{Expr, Reason, Symbol};
use crate::print;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{BAD_INDEX, type_error, value_error, zero_division};
use crate::runtime::operate;
use crate::runtime::value::{Class, Object, Parent, Value, as_expr, demote, expr_latex, expr_text};
use crate::syntax::ast::{BinaryOperator, UnaryOperator};

use super::super::ring::Ring;
use super::ENTRYWISE;
use super::base::{base_of, base_of_numbers, converted, element, join};
use super::eigen;
use super::elimination::{self, Rows};
use super::vector_value::VectorValue;

/// A matrix by rows, whose entries can be replaced; with arguments it is a callable one.
#[derive(Clone, Debug)]
pub struct MatrixValue {
    rows: usize,
    columns: usize,
    entries: RefCell<Vec<Expr>>,
    base: Parent,
    arguments: Option<Rc<[Symbol]>>,
}

static CLASS: Class =
    Class { name: "sage.matrix.matrix_symbolic_dense.Matrix_symbolic_dense", known_as: None, base: None };

/// Higher powers are not begun: nothing could stop them.
const LARGEST_EXPONENT: u64 = 1000;

impl MatrixValue {
    /// A matrix; the entries row by row. What they are is told by themselves.
    pub fn new(rows: usize, columns: usize, entries: Vec<Expr>) -> MatrixValue {
        let base = base_of_numbers(&entries);
        MatrixValue { rows, columns, entries: RefCell::new(entries), base, arguments: None }
    }

    /// The matrix over at least a base.
    pub fn over(self, base: Parent) -> MatrixValue {
        MatrixValue { base: join(self.base, base), ..self }
    }

    fn entries(&self) -> Vec<Expr> {
        self.entries.borrow().clone()
    }

    fn give(&self, entry: &Expr) -> Value {
        element(entry, self.base)
    }

    fn vector(&self, entries: Vec<Expr>) -> Value {
        VectorValue::new(entries).over(self.base).into_value()
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

    /// A matrix of the same size with entries computed from those of this one.
    fn like(&self, entries: Vec<Expr>) -> MatrixValue {
        let arguments = self.arguments.clone();
        MatrixValue { arguments, ..MatrixValue::new(self.rows, self.columns, entries).over(self.base) }
    }

    /// A matrix of the same size with values found elsewhere.
    fn of_values(&self, values: &[Value]) -> Result<Value, Fault> {
        let base = base_of(values);
        let entries: Option<Vec<Expr>> = values.iter().map(as_expr).collect();
        let entries = entries.ok_or_else(|| type_error("the entries of a matrix are numbers or expressions"))?;
        let entries: Result<Vec<Expr>, Fault> = entries.iter().map(|entry| converted(entry, base)).collect();
        let arguments = self.arguments.clone();
        let made = MatrixValue::new(self.rows, self.columns, entries?);
        Ok(MatrixValue { base, arguments, ..made }.into_value())
    }

    fn by_rows(&self) -> Rows {
        if self.columns == 0 {
            return vec![Vec::new(); self.rows];
        }
        self.entries.borrow().chunks(self.columns).map(<[Expr]>::to_vec).collect()
    }

    fn of_rows(rows: Rows) -> MatrixValue {
        let columns = rows.first().map_or(0, Vec::len);
        MatrixValue::new(rows.len(), columns, rows.into_iter().flatten().collect())
    }

    fn transposed(&self) -> MatrixValue {
        let rows = self.by_rows();
        let columns = (0..self.columns).map(|column| rows.iter().filter_map(|row| row.get(column)).cloned().collect());
        MatrixValue { arguments: self.arguments.clone(), ..MatrixValue::of_rows(columns.collect()).over(self.base) }
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

    /// The determinant as it is handed out.
    ///
    /// # Errors
    /// As [`MatrixValue::determinant`].
    pub fn determinant_value(&self, budget: &Budget) -> Result<Value, Fault> {
        Ok(self.give(&self.determinant(budget)?))
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
        found
            .map(|found| found.over(join(self.base, Parent::Rationals)))
            .ok_or_else(|| zero_division("matrix must be nonsingular"))
    }

    fn product(&self, other: &MatrixValue) -> Result<MatrixValue, Fault> {
        if self.columns != other.rows {
            return Err(type_error("the sizes of the matrices don't fit"));
        }
        let columns = other.transposed().by_rows();
        let row = |row: Vec<Expr>| -> Vec<Expr> {
            columns.iter().map(|column| Expr::sum(row.iter().zip(column).map(|(a, b)| a * b))).collect()
        };
        Ok(MatrixValue::of_rows(self.by_rows().into_iter().map(row).collect()).over(join(self.base, other.base)))
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
        Ok(VectorValue::new(entries?).over(join(self.base, vector.base())).into_value())
    }

    /// The methods that ask about the whole matrix.
    fn asked(&self, name: &str, budget: &Budget) -> Result<Option<Value>, Fault> {
        let vectors = |rows: Rows| Value::list(rows.into_iter().map(|row| self.vector(row)).collect());
        let field = join(self.base, Parent::Rationals);
        Ok(Some(match name {
            "det" | "determinant" => self.determinant_value(budget)?,
            "transpose" => self.transposed().into_value(),
            "inverse" => self.inverse(budget)?.into_value(),
            "trace" => {
                self.square()?;
                self.give(&Expr::sum(self.entries().into_iter().step_by(self.columns + 1)))
            }
            "rank" => Value::int(self.reduced(budget)?.1.len() as i64),
            "echelon_form" if self.base == Parent::Integers => {
                MatrixValue::of_rows(elimination::hermite(&self.by_rows(), self.columns)).into_value()
            }
            "rref" | "echelon_form" => MatrixValue::of_rows(self.reduced(budget)?.0).over(field).into_value(),
            "nrows" => Value::int(self.rows as i64),
            "ncols" => Value::int(self.columns as i64),
            "rows" => vectors(self.by_rows()),
            "columns" => vectors(self.transposed().by_rows()),
            "list" => Value::list(self.entries.borrow().iter().map(|entry| self.give(entry)).collect()),
            "is_square" => Value::Bool(self.rows == self.columns),
            "is_symmetric" => Value::Bool(self.rows == self.columns && self.by_rows() == self.transposed().by_rows()),
            "is_invertible" => Value::Bool(self.is_invertible(budget)?),
            "is_singular" => {
                self.square()?;
                Value::Bool(self.reduced(budget)?.1.len() < self.rows)
            }
            "diagonal" => Value::list(
                self.entries().iter().step_by(self.columns + 1).take(self.rows).map(|e| self.give(e)).collect(),
            ),
            "eigenvalues" => {
                self.exact_square()?;
                let found = eigen::eigenvalues(&self.by_rows(), budget)?;
                let repeated = found.iter().flat_map(|(value, times)| (0..*times).map(|_| self.give(value)));
                Value::list(repeated.collect())
            }
            "eigenvectors_right" | "right_eigenvectors" => self.eigenvectors(self.by_rows(), budget)?,
            "eigenvectors_left" | "left_eigenvectors" => self.eigenvectors(self.transposed().by_rows(), budget)?,
            _ => return Ok(None),
        }))
    }

    fn reduced(&self, budget: &Budget) -> Result<(Rows, Vec<usize>), Fault> {
        Ok(elimination::reduced(&self.by_rows(), self.columns, budget)?)
    }

    /// Over the integers the determinant has to be a unit.
    fn is_invertible(&self, budget: &Budget) -> Result<bool, Fault> {
        if self.rows != self.columns {
            return Ok(false);
        }
        Ok(match self.base {
            Parent::Integers => self.determinant(budget)?.as_rational().is_some_and(|det| det.abs().is_one()),
            _ => self.reduced(budget)?.1.len() == self.rows,
        })
    }

    /// Whether eigenvalues can be asked for: the matrix is square and its entries are no decimals.
    fn exact_square(&self) -> Result<(), Fault> {
        self.square()?;
        match self.base {
            Parent::Integers | Parent::Rationals | Parent::Symbolic => Ok(()),
            _ => Err(Fault::from(Reason::Unsupported("eigenvalues are computed of exact matrices only"))),
        }
    }

    /// Triples of an eigenvalue, its eigenvectors and its multiplicity.
    fn eigenvectors(&self, rows: Rows, budget: &Budget) -> Result<Value, Fault> {
        self.exact_square()?;
        let mut triples = Vec::new();
        for (value, times) in eigen::eigenvalues(&rows, budget)? {
            let vectors = eigen::eigenvectors(&rows, &value, budget)?;
            let vectors = Value::list(vectors.into_iter().map(|vector| self.vector(vector)).collect());
            triples.push(Value::tuple(vec![self.give(&value), vectors, Value::int(times as i64)]));
        }
        Ok(Value::list(triples))
    }

    /// The characteristic polynomial in the variable that an argument names, `x` unless told.
    fn characteristic(&self, call: &Call<'_>, arguments: &Arguments) -> Result<Value, Fault> {
        self.square()?;
        let named = arguments.positional.first().map(|first| &first.value);
        let variable = match named.or_else(|| arguments.keywords.first().map(|(_, value)| &value.value)) {
            None => Symbol::new("x"),
            Some(Value::Str(name)) => Symbol::new(name),
            Some(other) => as_expr(other)
                .and_then(|given| given.as_symbol())
                .ok_or_else(|| type_error("charpoly() takes the name of a variable"))?,
        };
        let polynomial = eigen::characteristic(&self.by_rows(), variable, call.budget())?;
        let rational = match self.base {
            Parent::Integers | Parent::Rationals => {
                crate::algebra::rational_function(&polynomial, variable, call.budget())?
            }
            _ => None,
        };
        Ok(match rational {
            Some(found) => {
                let ring = Ring { integers: self.base == Parent::Integers, variable };
                ring.element(found.numerator().clone())
            }
            None => Value::Expr(polynomial),
        })
    }

    /// The matrix with the columns of another, or a vector as one column, behind its own; `stack` puts rows below.
    fn extended(&self, call: &Call<'_>, name: &str, arguments: &Arguments) -> Result<Value, Fault> {
        let beside = name == "augment";
        let unfit = || type_error(format!("{name}() takes a matrix or vector of fitting size")).or_at(call.span());
        let other = arguments.positional.first().ok_or_else(unfit)?;
        let vector = other.value.downcast::<VectorValue>().map(|vector| {
            let row = MatrixValue::of_rows(vec![vector.entries()]).over(vector.base());
            if beside { row.transposed() } else { row }
        });
        let other = vector.as_ref().or_else(|| other.value.downcast::<MatrixValue>()).ok_or_else(unfit)?;
        let fits = if beside { self.rows == other.rows } else { self.columns == other.columns };
        if !fits {
            return Err(unfit());
        }
        let rows: Rows = if beside {
            self.by_rows().into_iter().zip(other.by_rows()).map(|(a, b)| [a, b].concat()).collect()
        } else {
            [self.by_rows(), other.by_rows()].concat()
        };
        Ok(MatrixValue::of_rows(rows).over(join(self.base, other.base)).into_value())
    }

    fn solve_right(&self, call: &Call<'_>, arguments: &Arguments) -> Result<Value, Fault> {
        let right = arguments.positional.first().and_then(|first| first.value.downcast::<VectorValue>());
        let Some(right) = right.filter(|right| right.entries().len() == self.rows) else {
            return Err(type_error("solve_right() takes a vector as long as the matrix has rows").or_at(call.span()));
        };
        self.square()?;
        let column = MatrixValue::new(self.rows, 1, right.entries());
        let found = self.solved(&column, call.budget())?;
        let found = found.ok_or_else(|| value_error("matrix equation has no unique solution").or_at(call.span()))?;
        let base = join(join(self.base, right.base()), Parent::Rationals);
        Ok(VectorValue::new(found.entries()).over(base).into_value())
    }

    fn line(&self, call: &Call<'_>, name: &str, arguments: &Arguments) -> Result<Value, Fault> {
        let lines = if name == "row" { self.by_rows() } else { self.transposed().by_rows() };
        let Some(index) = arguments.positional.first() else {
            return Err(type_error(format!("{name}() takes an index")).or_at(call.span()));
        };
        let at = index_in(lines.len(), &index.value)?;
        Ok(self.vector(lines.into_iter().nth(at).unwrap_or_default()))
    }

    /// The place of the entry in a row and a column.
    fn place(&self, places: &[Value]) -> Result<usize, Fault> {
        match places {
            [row, column] => Ok(index_in(self.rows, row)? * self.columns + index_in(self.columns, column)?),
            _ => Err(type_error("a matrix has two indices: A[0, 1]")),
        }
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
            let entries =
                left.entries().iter().zip(right.entries.borrow().iter()).map(|(a, b)| combine(a, b)).collect();
            Ok(left.like(entries).over(right.base).into_value())
        };
        match operator {
            BinaryOperator::Add => Some(pairwise(|a, b| a + b)),
            BinaryOperator::Subtract => Some(pairwise(|a, b| a - b)),
            BinaryOperator::Multiply => Some(left.product(right).map(MatrixValue::into_value)),
            _ => None,
        }
    }
}

/// What a method makes of every entry: plain numbers unless the entries are expressions.
pub(super) fn entrywise(
    entries: &[Expr],
    base: Parent,
    call: &mut Call<'_>,
    name: &str,
    arguments: &Arguments,
) -> Result<Vec<Value>, Fault> {
    let span = call.span();
    let name: Rc<str> = Rc::from(name);
    let mut found = Vec::new();
    for entry in entries {
        let value = call.machine().call_method(&Value::Expr(entry.clone()), &name, arguments.clone(), span)?;
        found.push(match value {
            Value::Expr(number) if base != Parent::Symbolic => demote(&number),
            value => value,
        });
    }
    Ok(found)
}

/// What a function makes of every entry.
pub(super) fn mapped(entries: &[Value], call: &mut Call<'_>, arguments: &Arguments) -> Result<Vec<Value>, Fault> {
    let span = call.span();
    let Some(function) = arguments.positional.first().map(|first| first.value.clone()) else {
        return Err(type_error("apply_map() takes a function").or_at(span));
    };
    entries.iter().map(|entry| call.invoke(&function, std::slice::from_ref(entry))).collect()
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
        let texts: Vec<String> = self.entries.borrow().iter().map(shown).collect();
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
            "apply_map",
            "charpoly",
            "characteristic_polynomial",
            "fcp",
            "eigenvalues",
            "eigenvectors_right",
            "right_eigenvectors",
            "eigenvectors_left",
            "left_eigenvectors",
            "is_symmetric",
            "is_invertible",
            "is_singular",
            "diagonal",
            "augment",
            "stack"
        )
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        if ENTRYWISE.contains(&name) {
            return self.of_values(&entrywise(&self.entries(), self.base, call, name, &arguments)?);
        }
        match name {
            "apply_map" => {
                let entries: Vec<Value> = self.entries.borrow().iter().map(|entry| self.give(entry)).collect();
                self.of_values(&mapped(&entries, call, &arguments)?)
            }
            "charpoly" | "characteristic_polynomial" => self.characteristic(call, &arguments),
            "fcp" => {
                let polynomial = self.characteristic(call, &arguments)?;
                let span = call.span();
                call.machine().call_method(&polynomial, &Rc::from("factor"), Arguments::default(), span)
            }
            "augment" | "stack" => self.extended(call, name, &arguments),
            "solve_right" => self.solve_right(call, &arguments),
            "row" | "column" => self.line(call, name, &arguments),
            _ => {
                let answer = self.asked(name, call.budget()).map_err(|fault| fault.or_at(call.span()))?;
                answer.ok_or_else(|| type_error(format!("a matrix has no method {name}")).or_at(call.span()))
            }
        }
    }

    fn invoke(&self, call: &mut Call<'_>, arguments: &Arguments) -> Option<Result<Value, Fault>> {
        let found = substituted(&self.entries(), self.arguments.as_deref(), call, arguments);
        Some(found.map(|entries| MatrixValue::new(self.rows, self.columns, entries).over(self.base).into_value()))
    }

    fn binary(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        if let Some(other) = other.downcast::<MatrixValue>() {
            return self.with_matrix(operator, other, reflected);
        }
        if let Some(vector) = other.downcast::<VectorValue>() {
            return (operator == BinaryOperator::Multiply).then(|| self.with_vector(vector, reflected));
        }
        let number = as_expr(other)?;
        let base = base_of(std::slice::from_ref(other));
        let scaled = |factor: &Expr| {
            self.like(self.entries.borrow().iter().map(|entry| entry * factor).collect()).over(base).into_value()
        };
        match operator {
            BinaryOperator::Multiply => Some(Ok(scaled(&number))),
            BinaryOperator::Add | BinaryOperator::Subtract if self.rows == self.columns => {
                let sign = |negative: bool, part: &Expr| if negative { -part } else { part.clone() };
                let negative = operator == BinaryOperator::Subtract;
                let entry = |(at, entry): (usize, &Expr)| {
                    let own = sign(negative && reflected, entry);
                    if at % (self.columns + 1) == 0 { own + sign(negative && !reflected, &number) } else { own }
                };
                Some(Ok(self.like(self.entries().iter().enumerate().map(entry).collect()).over(base).into_value()))
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
            UnaryOperator::Minus => {
                Some(Ok(self.like(self.entries().iter().map(|entry| -entry).collect()).into_value()))
            }
            UnaryOperator::Plus => Some(Ok(self.like(self.entries()).into_value())),
            _ => None,
        }
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.by_rows().into_iter().map(|row| self.vector(row)).collect())
    }

    fn index(&self, index: &Value) -> Option<Result<Value, Fault>> {
        let found = match index {
            Value::Tuple(places) => {
                self.place(places).map(|at| self.entries.borrow().get(at).map_or(Value::None, |entry| self.give(entry)))
            }
            row => {
                index_in(self.rows, row).map(|row| self.vector(self.by_rows().into_iter().nth(row).unwrap_or_default()))
            }
        };
        Some(found)
    }

    /// Replaces one entry, or a row by its index.
    fn store(&self, index: &Value, value: &Value) -> Option<Result<(), Fault>> {
        let stored = || {
            let (at, values) = match (index, value.downcast::<VectorValue>()) {
                (Value::Tuple(places), _) => {
                    (self.place(places)?, as_expr(value).map(|value| vec![value]).ok_or_else(no_entry)?)
                }
                (row, Some(vector)) if vector.entries().len() == self.columns => {
                    (index_in(self.rows, row)? * self.columns, vector.entries())
                }
                _ => return Err(no_entry()),
            };
            for (place, value) in self.entries.borrow_mut().iter_mut().skip(at).zip(&values) {
                *place = converted(value, self.base)?;
            }
            Ok(())
        };
        Some(stored())
    }
}

fn no_entry() -> Fault {
    type_error("the entries of a matrix are numbers or expressions")
}
