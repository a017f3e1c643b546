//! The natural cubic spline through points (de Boor, A Practical Guide to Splines, chapter 4).

use crate::number::sorting;
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{type_error, value_error};
use crate::runtime::operate::to_f64;
use crate::runtime::parameter::expected;
use crate::runtime::value::{Class, Object, Value, repr};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&spline::RECORD];

static CLASS: Class = Class { name: "sage.calculus.interpolation.Spline", known_as: None, base: None };

/// Points, and the curve through them.
#[derive(Debug)]
struct Spline {
    points: RefCell<Vec<Value>>,
    curve: RefCell<Option<Rc<Curve>>>,
}

/// Cubics between the points in order: `y + b*u + c*u^2 + d*u^3` with `u` measured from the left end.
#[derive(Debug)]
struct Curve {
    x: Vec<f64>,
    pieces: Vec<[f64; 4]>,
}

impl Curve {
    /// The curve whose second derivative is zero at both ends, by elimination of the tridiagonal system.
    fn through(points: &[(f64, f64)]) -> Curve {
        let last = points.len() - 1;
        let width = |i: usize| points[i + 1].0 - points[i].0;
        let slope = |i: usize| (points[i + 1].1 - points[i].1) / width(i);
        let mut above = vec![0.0; last + 1];
        let mut right = vec![0.0; last + 1];
        for i in 1..last {
            let pivot = 2.0 * (width(i - 1) + width(i)) - width(i - 1) * above[i - 1];
            above[i] = width(i) / pivot;
            right[i] = (3.0 * (slope(i) - slope(i - 1)) - width(i - 1) * right[i - 1]) / pivot;
        }
        let mut bend = vec![0.0; last + 1];
        for i in (1..last).rev() {
            bend[i] = right[i] - above[i] * bend[i + 1];
        }
        let piece = |i: usize| {
            let b = slope(i) - width(i) * (bend[i + 1] + 2.0 * bend[i]) / 3.0;
            [points[i].1, b, bend[i], (bend[i + 1] - bend[i]) / (3.0 * width(i))]
        };
        Curve { x: points.iter().map(|point| point.0).collect(), pieces: (0..last).map(piece).collect() }
    }

    /// The cubic at a place and how far the place is from its left end; none outside the points.
    fn piece(&self, at: f64) -> Option<(&[f64; 4], f64)> {
        let (first, last) = (*self.x.first()?, *self.x.last()?);
        if !(first..=last).contains(&at) {
            return None;
        }
        let index = self.x.partition_point(|x| *x <= at).clamp(1, self.pieces.len()) - 1;
        Some((&self.pieces[index], at - self.x[index]))
    }

    fn value(&self, at: f64) -> f64 {
        self.piece(at).map_or(f64::NAN, |([y, b, c, d], u)| y + u * (b + u * (c + u * d)))
    }

    fn derivative(&self, at: f64, order: usize) -> f64 {
        self.piece(at).map_or(f64::NAN, |([_, b, c, d], u)| match order {
            1 => b + u * (2.0 * c + u * 3.0 * d),
            _ => 2.0 * c + u * 6.0 * d,
        })
    }

    /// The integral between two places.
    fn area(&self, low: f64, high: f64) -> f64 {
        if low > high {
            return -self.area(high, low);
        }
        if self.piece(low).is_none() || self.piece(high).is_none() {
            return f64::NAN;
        }
        let part = |([y, b, c, d], left): (&[f64; 4], f64), right: f64| {
            let (p, q) = (low.max(left) - left, high.min(right) - left);
            let squares = p * p + q * q;
            (q - p) * (y + 0.5 * b * (p + q) + c * (squares + p * q) / 3.0 + 0.25 * d * (p + q) * squares)
        };
        let all = self.pieces.iter().zip(&self.x).zip(self.x.iter().skip(1));
        all.filter(|((_, left), right)| **left < high && low < **right)
            .map(|((piece, left), right)| part((piece, *left), *right))
            .sum()
    }
}

/// The two coordinates of a point.
fn point(value: &Value, call: &mut Call<'_>) -> Result<(f64, f64), Fault> {
    match call.items(value)?.as_slice() {
        [x, y] => Ok((to_f64(x)?, to_f64(y)?)),
        _ => Err(value_error("a point of a spline has two coordinates")),
    }
}

impl Spline {
    fn curve(&self, call: &mut Call<'_>) -> Result<Rc<Curve>, Fault> {
        if let Some(curve) = &*self.curve.borrow() {
            return Ok(Rc::clone(curve));
        }
        let values = self.points.borrow().clone();
        if values.len() < 3 {
            return Err(type_error("must have at least 3 points in order to interpolate").class_is("RuntimeError"));
        }
        let mut points = Vec::with_capacity(values.len());
        for value in &values {
            points.push(point(value, call)?);
        }
        sorting::sort_by(&mut points, |a, b| a.0.total_cmp(&b.0));
        let curve = Rc::new(Curve::through(&points));
        *self.curve.borrow_mut() = Some(Rc::clone(&curve));
        Ok(curve)
    }

    fn order(arguments: &Arguments) -> Result<usize, Fault> {
        let named = arguments.keywords.iter().find(|(name, _)| &**name == "order").map(|(_, value)| value);
        let given = named.or_else(|| arguments.positional.get(1));
        match given.map(|value| value.value.to_integer().and_then(|n| n.to_usize())) {
            None => Ok(1),
            Some(Some(order @ 1..=2)) => Ok(order),
            Some(_) => Err(value_error("Order of derivative must be 1 or 2.")),
        }
    }
}

/// The real numbers among the arguments of a method.
fn numbers<const N: usize>(name: &str, arguments: &Arguments) -> Result<[f64; N], Fault> {
    let given: Vec<f64> = arguments
        .positional
        .iter()
        .take(N)
        .map(|argument| match &argument.value {
            Value::Str(_) => Err(type_error("must be real number, not str").or_at(argument.span)),
            value => to_f64(value).map_err(|fault| fault.or_at(argument.span)),
        })
        .collect::<Result<_, _>>()?;
    let count = given.len();
    given.try_into().map_err(|_| type_error(format!("{name}() takes {N} numbers ({count} given)")))
}

impl Object for Spline {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    fn text(&self) -> String {
        repr(&Value::list(self.points.borrow().clone()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn is_drawn_by_values(&self) -> bool {
        true
    }

    fn methods(&self) -> &'static [&'static str] {
        &["append", "definite_integral", "derivative", "list"]
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        match name {
            "append" => {
                let [new] = arguments.positional.as_slice() else {
                    return Err(type_error("append() takes exactly one argument"));
                };
                point(&new.value, call).map_err(|fault| fault.or_at(new.span))?;
                self.points.borrow_mut().push(new.value.clone());
                *self.curve.borrow_mut() = None;
                Ok(Value::None)
            }
            "definite_integral" => {
                let [low, high] = numbers::<2>(name, &arguments)?;
                let curve = self.curve(call)?;
                Ok(Value::Float(curve.area(low, high)))
            }
            "derivative" => {
                let order = Spline::order(&arguments)?;
                let [at] = numbers::<1>(name, &arguments)?;
                Ok(Value::Float(self.curve(call)?.derivative(at, order)))
            }
            _ => Ok(Value::list(self.points.borrow().clone())),
        }
    }

    fn invoke(&self, call: &mut Call<'_>, arguments: &Arguments) -> Option<Result<Value, Fault>> {
        let value = |call: &mut Call<'_>| {
            let [at] = numbers::<1>("spline", arguments)?;
            Ok(Value::Float(self.curve(call)?.value(at)))
        };
        Some(value(call))
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.points.borrow().clone())
    }

    fn index(&self, index: &Value) -> Option<Result<Value, Fault>> {
        let points = self.points.borrow();
        let length = points.len() as i64;
        let at = index.to_integer()?.to_i64()?;
        let found = usize::try_from(if at < 0 { at + length } else { at }).ok().and_then(|at| points.get(at).cloned());
        Some(found.ok_or_else(|| value_error("list index out of range").class_is("IndexError")))
    }
}

builtin! {
    /// The natural cubic spline through points: a smooth function made of cubics.
    ///
    /// It is called at numbers between the first and the last point, elsewhere its value is `nan`. It has the methods
    /// `derivative(x, order=1)`, `definite_integral(a, b)`, `append(point)` and `list()`.
    ///
    /// ```calc
    /// S = spline([(0, 0), (1, 1), (2, 4)])
    /// S(0.5)                              # => 0.3125
    /// S.derivative(1)                     # => 2.0
    /// S.definite_integral(0, 2)           # => 2.75
    /// spline([(0, 0), (1, 1)])(0.5)       # error: wrong-type
    /// ```
    ///
    /// See also: `find_fit`, `plot`.
    also "Spline";
    faults "wrong-type";
    only function;
    fn spline(call, points: Option<Spanned<Value>>) -> Value {
        let given = match points {
            Some(points) if matches!(points.value, Value::Str(_)) => return Err(expected("a list of points", &points)),
            Some(points) => call.items(&points.value).map_err(|fault| fault.or_at(points.span))?,
            None => Vec::new(),
        };
        Ok(Value::Object(Rc::new(Spline { points: RefCell::new(given), curve: RefCell::default() })))
    }
}
