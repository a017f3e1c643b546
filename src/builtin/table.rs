//! Tables of values as text.

use std::any::Any;
use std::rc::Rc;

use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::value_error;
use crate::runtime::value::{self, Class, Object, Value, str_of};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&table::RECORD];

builtin! {
    /// A table of values, by rows or by `columns`.
    ///
    /// Options: `header_row` and `header_column` (`True`, or a list of headings), `frame`, `align` (`'left'`, `'center'`
    /// or `'right'`).
    ///
    /// ```calc
    /// T = table([[k, k^2] for k in [1..3]], header_row=['k', 'k^2'])
    /// len(str(T).splitlines())              # => 5
    /// str(T).splitlines()[2:]               # => ['  1   1', '  2   4', '  3   9']
    /// ```
    ///
    /// See also: `show`, `latex`.
    only function;
    fn table(
        call, rows: Option<Spanned<Value>>, columns: Option<Spanned<Value>>, header_row: Option<Value>,
        header_column: Option<Value>, frame: Option<bool>, align: Option<String>,
    ) -> Value {
        let mut cells = match (rows, columns) {
            (Some(rows), None) => grid(call, &rows)?,
            (None, Some(columns)) => transposed(grid(call, &columns)?),
            _ => return Err(value_error("you must specify either rows or columns")),
        };
        let across = header(call, header_row)?;
        if let Header::Given(titles) = &across {
            cells.insert(0, titles.clone());
        }
        let down = header(call, header_column)?;
        if let Header::Given(titles) = &down {
            let mut titles = titles.iter().cloned();
            cells.iter_mut().for_each(|row| row.insert(0, titles.next().unwrap_or_else(|| Value::str(""))));
        }
        let align = align.unwrap_or_else(|| "left".to_string());
        if !["left", "center", "right"].contains(&&*align) {
            return Err(value_error("align must be 'left', 'center' or 'right'"));
        }
        let (header_row, header_column) = (across.is_there(), down.is_there());
        Ok(Value::Object(Rc::new(Table { cells, header_row, header_column, frame: frame.unwrap_or(false), align })))
    }
}

/// The heading of a table.
enum Header {
    No,
    /// The first row or column is one.
    Own,
    Given(Vec<Value>),
}

impl Header {
    fn is_there(&self) -> bool {
        !matches!(self, Header::No)
    }
}

fn header(call: &mut Call<'_>, given: Option<Value>) -> Result<Header, Fault> {
    Ok(match given {
        None | Some(Value::None) => Header::No,
        Some(list @ (Value::List(_) | Value::Tuple(_))) => Header::Given(call.items(&list)?),
        Some(other) if call.truth(&other)? => Header::Own,
        Some(_) => Header::No,
    })
}

/// The rows of a table; a single list is one row. All are made as long as the longest.
fn grid(call: &mut Call<'_>, rows: &Spanned<Value>) -> Result<Vec<Vec<Value>>, Fault> {
    let items = call.items(&rows.value).map_err(|fault| fault.or_at(rows.span))?;
    let nested = matches!(items.first(), Some(Value::List(_) | Value::Tuple(_)));
    let mut cells =
        if nested { items.iter().map(|row| call.items(row)).collect::<Result<Vec<_>, Fault>>()? } else { vec![items] };
    if cells.iter().all(Vec::is_empty) {
        return Err(value_error("a table needs a row").class_is("IndexError").or_at(rows.span));
    }
    let width = cells.iter().map(Vec::len).max().unwrap_or(0);
    cells.iter_mut().for_each(|row| row.resize_with(width, || Value::str("")));
    Ok(cells)
}

fn transposed(columns: Vec<Vec<Value>>) -> Vec<Vec<Value>> {
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    (0..height).map(|at| columns.iter().filter_map(|column| column.get(at).cloned()).collect()).collect()
}

/// A table of values.
#[derive(Debug)]
struct Table {
    cells: Vec<Vec<Value>>,
    header_row: bool,
    header_column: bool,
    frame: bool,
    align: String,
}

static CLASS: Class = Class { name: "sage.misc.table.table", known_as: None, base: None };

impl Table {
    fn padded(&self, text: &str, width: usize) -> String {
        let missing = width.saturating_sub(text.chars().count());
        let left = match &*self.align {
            "left" => 0,
            "right" => missing,
            // As Python's `center`.
            _ => missing / 2 + (missing & width & 1),
        };
        format!("{}{text}{}", " ".repeat(left), " ".repeat(missing - left))
    }

    fn line(&self, texts: &[String], widths: &[usize]) -> String {
        let mut line = String::new();
        for (at, (text, width)) in texts.iter().zip(widths).enumerate() {
            let barred = self.frame || at == 1 && self.header_column;
            line.push(if barred { '|' } else { ' ' });
            line.push(' ');
            line.push_str(&self.padded(text, *width));
            line.push(' ');
        }
        if self.frame {
            line.push('|');
        }
        line.trim_end().to_string()
    }
}

impl Object for Table {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    fn text(&self) -> String {
        let texts: Vec<Vec<String>> = self.cells.iter().map(|row| row.iter().map(str_of).collect()).collect();
        let columns = texts.iter().map(Vec::len).max().unwrap_or(0);
        let width = |at: usize| texts.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max();
        let widths: Vec<usize> = (0..columns).map(|at| width(at).unwrap_or(0)).collect();
        let rule = |dash: &str| {
            let parts: Vec<String> = widths.iter().map(|width| dash.repeat(width + 2)).collect();
            format!("+{}+", parts.join("+"))
        };
        let mut lines = Vec::new();
        if self.frame {
            lines.push(rule("-"));
        }
        for (at, row) in texts.iter().enumerate() {
            lines.push(self.line(row, &widths));
            match (self.frame, at == 0 && self.header_row) {
                (true, true) => lines.push(rule("=")),
                (true, false) | (false, true) => lines.push(rule("-")),
                (false, false) => {}
            }
        }
        lines.join("\n")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn latex(&self) -> Option<String> {
        let cell = |value: &Value| match value {
            Value::Str(text) => text.to_string(),
            _ => format!("${}$", value::latex(value).unwrap_or_else(|| str_of(value))),
        };
        let columns = self.cells.first().map_or(0, Vec::len);
        let mut format = if self.frame { format!("|{}", "l|".repeat(columns)) } else { "l".repeat(columns) };
        if self.header_column && !self.frame {
            format.insert(1, '|');
        }
        let mut text = format!("\\begin{{tabular}}{{{format}}}{}\n", if self.frame { " \\hline" } else { "" });
        for (at, row) in self.cells.iter().enumerate() {
            let cells: Vec<String> = row.iter().map(cell).collect();
            let ruled = self.frame || at == 0 && self.header_row;
            text.push_str(&format!("{} \\\\{}\n", cells.join(" & "), if ruled { " \\hline" } else { "" }));
        }
        text.push_str("\\end{tabular}");
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let row = |cells: &[&str]| cells.iter().map(Value::str).collect::<Vec<Value>>();
        let cells = vec![row(&["x", "10", "2"]), row(&["yy", "3", "4"])];
        let plain = Table { cells, header_row: true, header_column: true, frame: false, align: "left".into() };
        assert_eq!(plain.text(), "  x  | 10   2\n+----+----+---+\n  yy | 3    4");
        let framed = Table { header_column: false, frame: true, align: "right".into(), ..plain };
        assert_eq!(
            framed.text(),
            "+----+----+---+\n|  x | 10 | 2 |\n+====+====+===+\n| yy |  3 | 4 |\n+----+----+---+"
        );
    }
}
