//! Test functions: expressions of the engine, or where it lacks a function a small reader of formulas that evaluates
//! over floats and over intervals.

use std::rc::Rc;

use super::formula;
use super::function::{Plane, PlaneFunction, Real, RealFunction};
use crate::budget::Budget;
use crate::expr::{Expr, Symbol, read as read_expression};
use crate::number::Interval;

/// A formula in x, y (and t, read as x).
#[derive(Clone, Debug)]
enum Formula {
    Number(f64),
    X,
    Y,
    Add(Box<Formula>, Box<Formula>),
    Sub(Box<Formula>, Box<Formula>),
    Mul(Box<Formula>, Box<Formula>),
    Div(Box<Formula>, Box<Formula>),
    Pow(Box<Formula>, Box<Formula>),
    Call(String, Vec<Formula>),
}

use Formula::{Add, Call, Div, Mul, Number, Pow, Sub, X, Y};

impl Formula {
    fn float(&self, x: f64, y: f64) -> f64 {
        match self {
            Number(v) => *v,
            X => x,
            Y => y,
            Add(a, b) => a.float(x, y) + b.float(x, y),
            Sub(a, b) => a.float(x, y) - b.float(x, y),
            Mul(a, b) => a.float(x, y) * b.float(x, y),
            Div(a, b) => {
                let below = b.float(x, y);
                if below == 0.0 { f64::NAN } else { a.float(x, y) / below }
            }
            Pow(a, b) => match (a.float(x, y), b.float(x, y)) {
                (a, b) if a < 0.0 && b.fract() != 0.0 => f64::NAN,
                (a, b) if a == 0.0 && b < 0.0 => f64::NAN,
                (a, b) => pxfm::f_pow(a, b),
            },
            Call(name, list) => {
                let a = list[0].float(x, y);
                let finite = |v: f64| if v.is_finite() { v } else { f64::NAN };
                match name.as_str() {
                    "sin" => pxfm::f_sin(a),
                    "cos" => pxfm::f_cos(a),
                    "tan" => pxfm::f_tan(a),
                    "exp" => pxfm::f_exp(a),
                    "log" => finite(pxfm::f_log(a)),
                    "sqrt" => a.sqrt(),
                    "abs" => a.abs(),
                    "floor" => a.floor(),
                    "sgn" => Interval::point(a).sign().low(),
                    "arctan" => pxfm::f_atan(a),
                    "arccos" => pxfm::f_acos(a),
                    "gamma" => pxfm::f_tgamma(a),
                    "max_symbolic" => a.max(list[1].float(x, y)),
                    other => panic!("no such test function: {other}"),
                }
            }
        }
    }

    fn interval(&self, x: Interval, y: Interval) -> Interval {
        match self {
            Number(v) => Interval::point(*v),
            X => x,
            Y => y,
            Add(a, b) => a.interval(x, y) + b.interval(x, y),
            Sub(a, b) => a.interval(x, y) - b.interval(x, y),
            Mul(a, b) => a.interval(x, y) * b.interval(x, y),
            Div(a, b) => a.interval(x, y) / b.interval(x, y),
            Pow(a, b) => match **b {
                Number(v) if v.fract() == 0.0 => a.interval(x, y).powi(v as i64),
                _ => a.interval(x, y).pow(b.interval(x, y)),
            },
            Call(name, list) => {
                let a = list[0].interval(x, y);
                match name.as_str() {
                    "sin" => a.sin(),
                    "cos" => a.cos(),
                    "tan" => a.tan(),
                    "exp" => a.exp(),
                    "log" => a.log(),
                    "sqrt" => a.sqrt(),
                    "abs" => a.abs(),
                    "floor" => a.floor(),
                    "sgn" => a.sign(),
                    "arctan" => a.arctan(),
                    "arccos" => a.arccos(),
                    "max_symbolic" => a.max(list[1].interval(x, y)),
                    other => panic!("no such test function: {other}"),
                }
            }
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn eat(&mut self, sign: &str) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> Formula {
        let mut left = self.product();
        loop {
            if self.eat("+") {
                left = Add(Box::new(left), Box::new(self.product()));
            } else if self.eat("-") {
                left = Sub(Box::new(left), Box::new(self.product()));
            } else {
                return left;
            }
        }
    }

    fn product(&mut self) -> Formula {
        let mut left = self.signed();
        loop {
            if self.eat("*") {
                left = Mul(Box::new(left), Box::new(self.signed()));
            } else if self.eat("/") {
                let right = self.signed();
                left = match (&left, &right) {
                    (Number(a), Number(b)) => Number(a / b),
                    _ => Div(Box::new(left), Box::new(right)),
                };
            } else {
                return left;
            }
        }
    }

    fn signed(&mut self) -> Formula {
        if self.eat("-") {
            return match self.signed() {
                Number(v) => Number(-v),
                other => Sub(Box::new(Number(0.0)), Box::new(other)),
            };
        }
        let base = self.atom();
        if self.eat("^") { Pow(Box::new(base), Box::new(self.signed())) } else { base }
    }

    fn atom(&mut self) -> Formula {
        if self.eat("(") {
            let inner = self.sum();
            assert!(self.eat(")"), "unclosed bracket before {}", self.rest);
            return inner;
        }
        self.rest = self.rest.trim_start();
        let word = |c: char| c.is_alphanumeric() || c == '.' || c == '_';
        let end = self.rest.find(|c| !word(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        if let Ok(value) = name.parse() {
            return Number(value);
        }
        match name {
            "x" | "t" => X,
            "y" => Y,
            "pi" => Number(std::f64::consts::PI),
            "e" => Number(std::f64::consts::E),
            name => {
                assert!(self.eat("("), "unknown name {name}");
                let mut list = vec![self.sum()];
                while self.eat(",") {
                    list.push(self.sum());
                }
                assert!(self.eat(")"), "unclosed call before {}", self.rest);
                Call(name.to_string(), list)
            }
        }
    }
}

/// Reads a formula; `a == b` means `a - b`.
fn read(source: &str) -> Formula {
    let mut reader = Reader { rest: source };
    let left = reader.sum();
    let formula = if reader.eat("==") { Sub(Box::new(left), Box::new(reader.sum())) } else { left };
    assert!(reader.rest.trim().is_empty(), "left over: {}", reader.rest);
    formula
}

struct Test(Formula);

impl RealFunction for Test {
    fn value(&self, x: f64) -> f64 {
        self.0.float(x, 0.0)
    }

    fn enclose(&self, x: Interval) -> Interval {
        self.0.interval(x, Interval::point(0.0))
    }
}

impl PlaneFunction for Test {
    fn value(&self, x: f64, y: f64) -> f64 {
        self.0.float(x, y)
    }

    fn enclose(&self, x: Interval, y: Interval) -> Interval {
        self.0.interval(x, y)
    }
}

/// The expression, when all its functions are in the table.
fn expression(source: &str) -> Option<Expr> {
    read_expression(source).ok()
}

/// A function of one variable.
pub fn real(source: &str) -> Real {
    let known = expression(source).and_then(|expr| formula::real(&expr, Symbol::new("x")).ok());
    known.unwrap_or_else(|| Rc::new(Test(read(source))))
}

/// A function of two variables; `a == b` means `a - b`.
pub fn plane(source: &str) -> Plane {
    let (left, right) = source.split_once("==").unwrap_or((source, "0"));
    let difference = expression(&format!("({left}) - ({right})"));
    let (x, y) = (Symbol::new("x"), Symbol::new("y"));
    let known = difference.and_then(|expr| formula::plane(&expr, x, y, &Budget::unlimited()).ok());
    known.unwrap_or_else(|| Rc::new(Test(read(source))))
}
