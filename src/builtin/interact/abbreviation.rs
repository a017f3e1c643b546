//! Controls from the values that stand for them, as Sage reads the defaults of an interactive function: `(0, 5)` is a slider,
//! a list is a choice, `True` a checkbox, a text or an expression a box.

use crate::number::sorting;
use std::rc::Rc;

use super::control::{Choice, Control, Kind};
use super::scale::{Ring, Scale, exact};
use super::{BAD_CONTROL, rational};
use crate::builtin::plot::paint::Paint;
use crate::builtin::plot::reading;
use crate::diagnostic::{Fault, Span, Spanned, fault};
use crate::number::{Integer, Rational};
use crate::runtime::call::Call;
use crate::runtime::value::{Value, str_of};

/// The control that a value stands for; `name` is the argument's.
///
/// # Errors
/// A value that stands for none.
pub fn control(call: &mut Call<'_>, name: &str, given: &Spanned<Value>) -> Result<Control, Fault> {
    let span = given.span;
    if let Some(control) = given.value.downcast::<Control>() {
        return Ok(control.clone());
    }
    if let Some(paint) = given.value.downcast::<Paint>() {
        return Ok(colours(*paint));
    }
    match &given.value {
        Value::Bool(on) => Ok(Control::new(Kind::Check, usize::from(*on))),
        Value::Str(_) => Ok(input(given.value.clone(), None)),
        Value::Tuple(items) => of_tuple(call, name, items, span),
        Value::List(_) | Value::Range(_) | Value::Set(_) | Value::FrozenSet(_) | Value::View(_) | Value::Dict(_) => {
            Ok(Control::new(Kind::Select(choices(call, given)?, false), 0))
        }
        Value::Iterator(_) => Ok(Control::new(Kind::Steps(choices(call, given)?, true), 0)),
        value if value.is_plain_number() && rational(value).is_some() => around(value, span),
        value => Ok(input(value.clone(), None)),
    }
}

/// Two texts and more: a label before what it belongs to, a value before its choices, the ends of a slider.
fn of_tuple(call: &mut Call<'_>, name: &str, items: &[Value], span: Span) -> Result<Control, Fault> {
    let no_control = || fault!(BAD_CONTROL, span, "cannot find widget or abbreviation for argument: '{name}'");
    match items {
        [Value::Str(label), inner] => {
            let inner = Spanned::new(inner.clone(), span);
            Ok(control(call, name, &inner)?.labelled(Some(Rc::clone(label))))
        }
        [default, inner] if is_collection(inner) => {
            let made = control(call, name, &with_default(default, inner, span))?;
            let unknown = || fault!(BAD_CONTROL, span, "{} is none of the choices for '{name}'", str_of(default));
            made.beginning_with(default).ok_or_else(unknown)
        }
        [low, high] => slider(low, high, None, span)?.ok_or_else(no_control),
        [low, high, step] => slider(low, high, Some(step), span)?.ok_or_else(no_control),
        _ => Err(no_control().hint("a slider is (least, greatest) or (least, greatest, step); a choice is a list")),
    }
}

/// The slider of a default that is no integer has no integers, even where its ends are.
fn with_default(default: &Value, inner: &Value, span: Span) -> Spanned<Value> {
    let fraction = default.is_number() && default.to_integer().is_none();
    let value = match inner {
        Value::Tuple(ends) if fraction && ends.len() == 2 && ends.iter().all(|end| end.to_integer().is_some()) => {
            Value::tuple(
                ends.iter().map(|end| reading::number(end).map_or_else(|| end.clone(), Value::Float)).collect(),
            )
        }
        _ => inner.clone(),
    };
    Spanned::new(value, span)
}

fn is_collection(value: &Value) -> bool {
    let kinds = matches!(
        value,
        Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Range(_) | Value::Set(_) | Value::Iterator(_)
    );
    kinds || value.downcast::<Control>().is_some()
}

/// The slider between two numbers, in the middle at first; integers if the ends (and the step) are, else floats.
fn slider(low: &Value, high: &Value, step: Option<&Value>, span: Span) -> Result<Option<Control>, Fault> {
    let Some((least, most)) = rational(low).zip(rational(high)) else { return Ok(None) };
    let wide = match step.map(rational) {
        Some(None) => return Ok(None),
        Some(step) => step,
        None => None,
    };
    let whole = |value: &Value| value.to_integer().is_some() && !matches!(value, Value::Float(_) | Value::Real(_));
    let whole_ends = whole(low) && whole(high);
    let ring = if whole_ends && step.is_none_or(whole) { Ring::Integer } else { Ring::Float };
    let usual = if ring == Ring::Integer { Some(Rational::from(1)) } else { Rational::fraction(1, 10) };
    let wide = wide.or(usual).unwrap_or_default();
    let mut scale = Scale::new(&least, &most, &wide, ring).map_err(|message| fault!(BAD_CONTROL, span, "{message}"))?;
    let middle = (&least + &most) / Rational::from(2);
    let middle = if whole_ends { Rational::from(middle.floor()) } else { middle };
    // As Sage does, on a step when the step was given.
    let middle = match step {
        Some(_) => &least + &wide * Rational::from(((&middle - &least) / &wide).floor()),
        None => middle,
    };
    let at = scale.place(&middle);
    Ok(Some(Control::new(Kind::Slider(scale, true), at)))
}

/// The slider of a number: to three times as much, and as much on the other side of zero.
fn around(value: &Value, span: Span) -> Result<Control, Fault> {
    let number = rational(value).unwrap_or_default();
    let ring = if value.to_integer().is_some() && !matches!(value, Value::Float(_) | Value::Real(_)) {
        Ring::Integer
    } else {
        Ring::Float
    };
    let (mut low, mut high) = (-&number, &number * Rational::from(3));
    if number.is_zero() {
        high = Rational::from(1);
    } else if number.is_negative() {
        std::mem::swap(&mut low, &mut high);
    }
    let step = if ring == Ring::Integer { Rational::from(1) } else { Rational::fraction(1, 10).unwrap_or_default() };
    let mut scale = Scale::new(&low, &high, &step, ring).map_err(|message| fault!(BAD_CONTROL, span, "{message}"))?;
    let at = scale.place(&number);
    Ok(Control::new(Kind::Slider(scale, true), at))
}

/// The choices of a list, a dictionary or whatever a loop runs through; in a list of pairs, the second names the first.
///
/// # Errors
/// What is no collection, or has no items.
pub fn choices(call: &mut Call<'_>, given: &Spanned<Value>) -> Result<Vec<Choice>, Fault> {
    let found: Vec<Choice> = match &given.value {
        Value::Dict(dict) => {
            dict.borrow().iter().map(|(name, value)| Choice { text: str_of(name), value: value.clone() }).collect()
        }
        _ => reading::collection(given, call)?.into_iter().map(|item| Choice::plain(item.value)).collect(),
    };
    if found.is_empty() {
        return Err(fault!(BAD_CONTROL, given.span, "there is nothing to choose from"));
    }
    Ok(found)
}

/// A box for a value, with choices near it where it is a number.
pub fn input(value: Value, label: Option<Rc<str>>) -> Control {
    let around = match rational(&value) {
        Some(number) if value.is_plain_number() && !matches!(value, Value::Bool(_)) => near(&number, &value),
        _ => Vec::new(),
    };
    let mut choices: Vec<Choice> = around.into_iter().map(Choice::plain).collect();
    let at = choices.iter().position(|choice| crate::runtime::value::same(&choice.value, &value));
    let at = at.unwrap_or_else(|| {
        choices = vec![Choice::plain(value)];
        0
    });
    Control::new(Kind::Input(choices), at).labelled(label)
}

/// Numbers that a reader may type instead of one, of the same sign.
fn near(number: &Rational, value: &Value) -> Vec<Value> {
    let sign = Rational::from(if number.is_negative() { -1 } else { 1 });
    let (ring, step) = match value {
        Value::Int(_) | Value::Integer(_) => (Ring::Integer, Some(Rational::from(1))),
        Value::Rational(_) => (Ring::Rational, Rational::ratio(&Integer::from(1), &number.denominator())),
        Value::Real(_) => (Ring::Real, exact((number.to_f64() / 4.0).abs())),
        _ => (Ring::Float, exact((number.to_f64() / 4.0).abs())),
    };
    let Some(step) = step.filter(|step| !step.is_zero()) else { return Vec::new() };
    let at = (number.abs() / &step).floor().to_i64().unwrap_or(0);
    let first = if at == 0 { 0 } else { (at - 5).max(1) };
    let mut numbers: Vec<Rational> = (first..=at + 5).map(|k| &sign * &(&step * Rational::from(k))).collect();
    sorting::sort(&mut numbers);
    numbers.iter().map(|number| ring.value(number)).collect()
}

/// A control for a colour: that one, and those that are told apart best.
pub fn colours(first: Paint) -> Control {
    let others = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#222222"];
    let mut paints = vec![first];
    paints.extend(others.iter().filter_map(|name| crate::figure::colour::Colour::parse(name)).map(Paint::of));
    paints.dedup_by_key(|paint| paint.html());
    let (head, rest) = (paints[0].html(), paints.split_off(1));
    paints.extend(rest.into_iter().filter(|paint| paint.html() != head));
    Control::new(Kind::Color(paints), 0)
}
