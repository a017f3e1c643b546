//! Reads an expression from text: rule patterns, tests, and whoever uses the engine without the language.
//!
//! The notation is that of the printer: `^` is power, `*` is written out, `D[0](f)(x)` is the derivative of a formal
//! function. What is read goes through the constructors, so `x + x` comes out as `2*x`. A name followed by a bracket
//! is a function: one of the table, else a formal one.

use std::fmt;
use std::rc::Rc;

use super::function::{self, DerivativeOf, Function};
use super::node::{Constant, Expr, Infinity, Relation};
use super::symbol::Symbol;
use crate::number::sorting;
use crate::number::{Integer, Number, Real};

/// Brackets, signs and exponents nest no deeper than this.
const DEEPEST: usize = 200;

/// Why a text is no expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadError {
    /// The byte at which reading stopped.
    pub at: usize,
    /// What was expected there.
    pub expected: &'static str,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {} at byte {}", self.expected, self.at)
    }
}

impl std::error::Error for ReadError {}

/// Reads an expression or relation.
///
/// # Errors
/// Where the text stops being one, and what was expected there.
pub fn read(text: &str) -> Result<Expr, ReadError> {
    read_with(text, &|name| Expr::variable(name))
}

/// As `read`, with the meaning of names that are no constants chosen by the caller. A name may end in `?`.
///
/// # Errors
/// As `read`.
pub fn read_with(text: &str, variable: &dyn Fn(&str) -> Expr) -> Result<Expr, ReadError> {
    let mut reader = Reader { text, at: 0, depth: 0, variable };
    let expr = reader.relation()?;
    if reader.peek().is_some() {
        return Err(reader.error("the end"));
    }
    Ok(expr)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    variable: &'a dyn Fn(&str) -> Expr,
}

type Outcome = Result<Expr, ReadError>;

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The next character that is no space.
    fn peek(&mut self) -> Option<char> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        self.rest().chars().next()
    }

    fn error(&self, expected: &'static str) -> ReadError {
        ReadError { at: self.at, expected }
    }

    /// Takes a sign if it comes next.
    fn take(&mut self, sign: &str) -> bool {
        let found = self.peek().is_some() && self.rest().starts_with(sign);
        if found {
            self.at += sign.len();
        }
        found
    }

    fn need(&mut self, sign: &str, expected: &'static str) -> Result<(), ReadError> {
        if self.take(sign) { Ok(()) } else { Err(self.error(expected)) }
    }

    /// Takes the characters of a kind that come next.
    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or("")
    }

    fn deeper(&mut self, part: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        if self.depth >= DEEPEST {
            return Err(self.error("less nesting"));
        }
        self.depth += 1;
        let result = part(self);
        self.depth -= 1;
        result
    }

    fn relation(&mut self) -> Outcome {
        let left = self.sum()?;
        let relations = [
            ("==", Relation::Equal),
            ("!=", Relation::NotEqual),
            ("<=", Relation::LessEqual),
            (">=", Relation::GreaterEqual),
            ("<", Relation::Less),
            (">", Relation::Greater),
        ];
        match relations.into_iter().find(|(sign, _)| self.take(sign)) {
            Some((_, relation)) => Ok(Expr::relation(relation, left, self.sum()?)),
            None => Ok(left),
        }
    }

    fn sum(&mut self) -> Outcome {
        let mut total = vec![self.product()?];
        loop {
            if self.take("+") {
                total.push(self.product()?);
            } else if self.take("-") {
                total.push(-self.product()?);
            } else {
                return Ok(Expr::sum(total));
            }
        }
    }

    fn product(&mut self) -> Outcome {
        let mut total = self.signed()?;
        loop {
            if self.take("*") {
                total = total * self.signed()?;
            } else if self.take("/") {
                total = total / self.signed()?;
            } else {
                return Ok(total);
            }
        }
    }

    fn signed(&mut self) -> Outcome {
        if self.take("-") {
            return Ok(-self.deeper(Self::signed)?);
        }
        if self.take("+") {
            return self.deeper(Self::signed);
        }
        let base = self.atom()?;
        if self.take("^") { Ok(base.power(&self.deeper(Self::signed)?)) } else { Ok(base) }
    }

    fn atom(&mut self) -> Outcome {
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let inner = self.deeper(Self::relation)?;
                self.need(")", "a closing bracket")?;
                Ok(inner)
            }
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(c) if c.is_alphabetic() || c == '_' => self.name(),
            _ => Err(self.error("an expression")),
        }
    }

    fn number(&mut self) -> Outcome {
        let start = self.at;
        self.take_while(|c| c.is_ascii_digit());
        let mut whole = true;
        if self.rest().starts_with('.') {
            whole = false;
            self.at += 1;
            self.take_while(|c| c.is_ascii_digit());
        }
        let exponent = self.rest().strip_prefix('e').unwrap_or("");
        if exponent.trim_start_matches(['+', '-']).starts_with(|c: char| c.is_ascii_digit()) {
            whole = false;
            self.at += exponent.find(|c: char| c.is_ascii_digit()).unwrap_or(0) + 1;
            self.take_while(|c| c.is_ascii_digit());
        }
        let text = self.text.get(start..self.at).unwrap_or("");
        let number =
            if whole { Integer::parse(text, 10).map(Number::from) } else { Real::parse(text).map(Number::from) };
        number.map(Expr::number).ok_or(ReadError { at: start, expected: "a number" })
    }

    fn name(&mut self) -> Outcome {
        let start = self.at;
        let mut name = self.take_while(|c| c.is_alphanumeric() || c == '_');
        if name == "D" && self.rest().starts_with('[') {
            return self.derivative();
        }
        if self.rest().starts_with('?') {
            self.at += 1;
            name = self.text.get(start..self.at).unwrap_or(name);
        }
        if self.peek() == Some('(') {
            let arguments = self.arguments()?;
            return Ok(apply(name, arguments));
        }
        Ok(constant(name).unwrap_or_else(|| (self.variable)(name)))
    }

    fn arguments(&mut self) -> Result<Vec<Expr>, ReadError> {
        self.need("(", "an opening bracket")?;
        let mut arguments = Vec::new();
        if self.take(")") {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.deeper(Self::relation)?);
            if self.take(")") {
                return Ok(arguments);
            }
            self.need(",", "a comma or closing bracket")?;
        }
    }

    /// `[0, 1](f)(x, y)` after the `D`.
    fn derivative(&mut self) -> Outcome {
        self.need("[", "positions")?;
        let mut positions = Vec::new();
        while !self.take("]") {
            self.peek();
            let digits = self.take_while(|c| c.is_ascii_digit());
            positions.push(digits.parse().map_err(|_| self.error("a position"))?);
            self.take(",");
        }
        sorting::sort(&mut positions);
        self.need("(", "an opening bracket")?;
        self.peek();
        let name = self.take_while(|c| c.is_alphanumeric() || c == '_');
        self.need(")", "a closing bracket")?;
        let function = function::find(name).map_or(Function::Formal(Symbol::new(name)), Function::Elementary);
        let arguments = self.arguments()?;
        Ok(Expr::held(Function::Derivative(Rc::new(DerivativeOf { function, positions })), arguments))
    }
}

/// A function of the table where it takes that many arguments, else a formal one.
fn apply(name: &str, arguments: Vec<Expr>) -> Expr {
    function::apply(name, &arguments).unwrap_or_else(|| Expr::held(Function::Formal(Symbol::new(name)), arguments))
}

/// The constant with this name, as the language has them.
fn constant(name: &str) -> Option<Expr> {
    Some(match name {
        "pi" => Expr::pi(),
        "e" => Expr::e(),
        "I" | "i" => Expr::i(),
        "oo" | "Infinity" | "infinity" => Expr::infinity(Infinity::Positive),
        "unsigned_infinity" => Expr::infinity(Infinity::Unsigned),
        "euler_gamma" => Expr::constant(Constant::EulerGamma),
        "catalan" => Expr::constant(Constant::Catalan),
        "golden_ratio" => Expr::constant(Constant::GoldenRatio),
        "und" => Expr::constant(Constant::NoLimit),
        "ind" => Expr::constant(Constant::Oscillating),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Expr {
        read(text).expect(text)
    }

    #[test]
    fn reads_what_the_printer_writes() {
        let x = Expr::variable("x");
        assert_eq!(parsed("x^2 - 2*x + 1"), x.powi(2) - Expr::integer(2) * &x + Expr::one());
        assert_eq!(parsed("-x^2"), -x.powi(2));
        assert_eq!(parsed("2^-x"), Expr::integer(2).power(&-&x));
        assert_eq!(parsed("2^3^2"), Expr::integer(512));
        assert_eq!(parsed("sqrt(8)/2"), Expr::integer(2).sqrt());
        assert_eq!(parsed("1/2*pi"), Expr::pi() / Expr::integer(2));
        assert_eq!(parsed("e^x"), function::exp(&x));
        assert_eq!(parsed("log(8, 2)"), parsed("log(8)/log(2)"));
        assert_eq!(parsed("sin(x) == 1"), Expr::relation(Relation::Equal, function::sin(&x), Expr::one()));
        assert_eq!(parsed("0.5").as_number().and_then(Number::precision), Some(53));
        assert_eq!(parsed("D[0, 0](y)(x)").as_call().map(|(f, _)| f.name().to_string()), Some("y".to_string()));
    }

    #[test]
    fn says_where_it_stopped() {
        assert_eq!(read("x + ").map_err(|e| e.at), Err(4));
        assert_eq!(read("(x").map_err(|e| e.expected), Err("a closing bracket"));
        assert_eq!(read("2x").map_err(|e| e.at), Err(1));
        assert!(read(&"(".repeat(100_000)).is_err());
    }
}
