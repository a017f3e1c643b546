//! Interactive functions: `@interact`, and the controls for their arguments.
//!
//! A face without a running program behind it can't compute, so a page gets every frame computed before, exactly; at a
//! prompt the function is called again with the values that are changed.

mod abbreviation;
mod control;
mod frames;
mod scale;
mod value;

use std::rc::Rc;

use crate::builtin;
use crate::builtin::plot::paint::Paint;
use crate::builtin::plot::{reading, settings};
use crate::diagnostic::{Fault, FaultKind, Spanned, fault};
use crate::number::Rational;
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::parameter::{Keywords, Rest, Text, expected};
use crate::runtime::value::{Value, classes};
use control::{Choice, Control, Kind};
use scale::{Ring, Scale, exact};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &interact::RECORD,
    &slider::RECORD,
    &range_slider::RECORD,
    &checkbox::RECORD,
    &selector::RECORD,
    &input_box::RECORD,
    &color_selector::RECORD,
    &text_control::RECORD,
];

/// The faults of this topic.
pub static FAULTS: &[&FaultKind] = &[&BAD_CONTROL];

/// An argument for which there is no control.
pub static BAD_CONTROL: FaultKind = FaultKind {
    code: "bad-control",
    class: "ValueError",
    title: "there is no control for an argument",
    explanation: "Every argument of an interactive function needs a default that says how it is changed: `(0, 5)` or `slider(0, 5)`, a list of choices, `True` or `False`, a text, a number or an expression.",
    wrong: "@interact\ndef f(n):\n    print(n)",
    right: "@interact\ndef f(n=(0, 5)):\n    print(n)",
};

/// The exact number that a real value is, as it was written.
fn rational(value: &Value) -> Option<Rational> {
    match value {
        Value::Rational(number) => Some((**number).clone()),
        _ if value.to_integer().is_some() => value.to_integer().map(Rational::from),
        Value::Expr(expr) if expr.as_rational().is_some() => expr.as_rational().cloned(),
        _ => exact(reading::number(value)?),
    }
}

/// The truth value that a value is.
fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(on) => Some(*on),
        _ => None,
    }
}

/// The kind of numbers that some values are together.
fn ring_of(values: &[&Value]) -> Ring {
    let rank = |value: &&Value| match value {
        Value::Int(_) | Value::Integer(_) | Value::Bool(_) => 0,
        Value::Rational(_) => 1,
        Value::Float(_) | Value::Double(_) => 2,
        _ => 3,
    };
    [Ring::Integer, Ring::Rational, Ring::Float, Ring::Real][values.iter().map(rank).max().unwrap_or(0)]
}

/// What `slider` and `range_slider` are told.
struct Numbers {
    low: Spanned<Value>,
    high: Option<Spanned<Value>>,
    step: Option<Spanned<Value>>,
}

impl Numbers {
    /// The scale, as Sage's arguments mean it: up to 100, by ones, or by tenths where they are no integers.
    fn scale(&self) -> Result<Scale, Fault> {
        let given: Vec<&Value> =
            [Some(&self.low), self.high.as_ref(), self.step.as_ref()].into_iter().flatten().map(|v| &v.value).collect();
        let ring = ring_of(&given);
        let number = |value: &Spanned<Value>| rational(&value.value).ok_or_else(|| expected("a real number", value));
        let low = number(&self.low)?;
        let high = self.high.as_ref().map(number).transpose()?.unwrap_or_else(|| Rational::from(100));
        let usual =
            if ring == Ring::Integer { Rational::from(1) } else { Rational::fraction(1, 10).unwrap_or_default() };
        let step = self.step.as_ref().map(number).transpose()?.unwrap_or(usual);
        Scale::new(&low, &high, &step, ring).map_err(|message| fault!(BAD_CONTROL, self.low.span, "{message}"))
    }
}

/// A slider over the items of a collection, at the one nearest to the default.
fn steps(
    call: &mut Call<'_>,
    items: &Spanned<Value>,
    default: Option<&Spanned<Value>>,
    shown: bool,
) -> Result<Control, Fault> {
    let choices = abbreviation::choices(call, items)?;
    let at = default.map_or(0, |default| {
        let apart = |choice: &Choice| {
            let far = reading::number(&choice.value).zip(reading::number(&default.value)).map(|(a, b)| (a - b).abs());
            if crate::runtime::value::same(&choice.value, &default.value) { -1.0 } else { far.unwrap_or(f64::INFINITY) }
        };
        let near = choices.iter().enumerate().min_by(|a, b| apart(a.1).total_cmp(&apart(b.1)));
        near.map_or(0, |(at, _)| at)
    });
    Ok(Control::new(Kind::Steps(choices, shown), at))
}

builtin! {
    /// Makes a function interactive: its arguments are changed by controls, and what it prints and draws follows.
    ///
    /// Used as `@interact` above a function. The default of each argument says how it is changed: `(a, b)` and
    /// `(a, b, step)` are sliders, `(default, (a, b))` one with another beginning, a list or a dictionary is a choice,
    /// `True` or `False` a checkbox, a number a slider about it, a text or an expression a box, a pair of a text and
    /// any of these gives it a label; `slider`, `selector` and the others make controls with more to say.
    ///
    /// A script writes a page with the controls and every frame computed before; `f.save('f.html')` does so too, and
    /// `f.save('f.html', a=[1, 2, 3])` says which values it offers. At a prompt the function is drawn with the values
    /// at first; `f(a=2)` calls it, `f.update(a=2)` changes a value and draws it again.
    ///
    /// ```calc
    /// @interact
    /// def f(n=(1, 5), shift=False):       # prints 3 False
    ///     print(n, shift)
    /// f(n=2)                              # prints 2 False
    /// f.update(shift=True)                # prints 3 True
    /// interact(lambda a: a, a=(0, 1, 2, 3))    # error: bad-control
    /// ```
    ///
    /// See also: `slider`, `range_slider`, `checkbox`, `selector`, `input_box`, `color_selector`, `text_control`, `animate`.
    faults "bad-control";
    only function;
    fn interact(call, function: Rest<Spanned<Value>>, controls: Keywords) -> Value {
        match function.0.as_slice() {
            [] => Ok(value::decorator(controls)),
            [function, ..] => value::made(call, function, controls),
        }
    }
}

builtin! {
    /// A slider over numbers from `vmin` in steps to `vmax`, or over the items of a list.
    ///
    /// It stands at `default`, else at its least value; `label` stands before it, and `display_value=False` hides the
    /// value.
    ///
    /// ```calc
    /// slider(1, 5)                        # => TransformIntSlider(value=1, min=1, max=5, step=1)
    /// slider([1, 2, 4, 8], default=4)     # => SelectionSlider(value=4, options=[1, 2, 4, 8])
    /// slider(5, 1)                        # error: bad-control
    /// ```
    ///
    /// See also: `interact`, `range_slider`.
    faults "bad-control";
    only function;
    fn slider(
        call,
        vmin: Spanned<Value>,
        vmax: Option<Spanned<Value>>,
        step_size: Option<Spanned<Value>>,
        default: Option<Spanned<Value>>,
        label: Option<Text>,
        display_value: Option<bool>,
    ) -> Value {
        let shown = display_value != Some(false);
        let numeric = rational(&vmin.value).is_some();
        let control = if numeric {
            let mut scale = Numbers { low: vmin, high: vmax, step: step_size }.scale()?;
            let first = match &default {
                Some(default) => rational(&default.value).ok_or_else(|| expected("a real number", default))?,
                None if scale.ring == Ring::Rational => middle(&scale),
                None => scale.stops.first().cloned().unwrap_or_default(),
            };
            let first = scale.within(first);
            let at = scale.place(&first);
            Control::new(Kind::Slider(scale, shown), at)
        } else {
            for (name, extra) in [("vmax", &vmax), ("step_size", &step_size)] {
                if let Some(extra) = extra {
                    let message = format!("unexpected argument '{name}' for a selection slider");
                    return Err(crate::runtime::fault::type_error(message).or_at(extra.span));
                }
            }
            steps(call, &vmin, default.as_ref(), shown)?
        };
        Ok(Value::Object(Rc::new(control.labelled(label.map(|label| label.0)))))
    }
}

/// The stop in the middle.
fn middle(scale: &Scale) -> Rational {
    scale.stops.get(scale.stops.len().saturating_sub(1) / 2).cloned().unwrap_or_default()
}

builtin! {
    /// A slider with two ends: its value is a pair of numbers from `vmin` in steps to `vmax`.
    ///
    /// `default` is a pair too; without it, the middle half.
    ///
    /// ```calc
    /// range_slider(0, 10, 1, (2, 5))
    /// # => TransformIntRangeSlider(value=(2, 5), min=0, max=10, step=1)
    /// range_slider(0, 10, default=3)      # error: bad-control
    /// ```
    ///
    /// See also: `interact`, `slider`.
    faults "bad-control";
    only function;
    fn range_slider(
        call,
        vmin: Spanned<Value>,
        vmax: Option<Spanned<Value>>,
        step_size: Option<Spanned<Value>>,
        default: Option<Spanned<Value>>,
        label: Option<Text>,
        display_value: Option<bool>,
    ) -> Value {
        let mut scale = Numbers { low: vmin, high: vmax, step: step_size }.scale()?;
        let last = scale.stops.len() - 1;
        let (low, high) = (scale.stops[0].clone(), scale.stops[last].clone());
        let quarter = |part: i64| {
            let wanted = &low + &(&high - &low) * &Rational::fraction(part, 4).unwrap_or_default();
            let down = scale.stops.partition_point(|stop| *stop <= wanted);
            scale.stops[down.saturating_sub(1)].clone()
        };
        let middle = Value::tuple(vec![scale.ring.value(&quarter(1)), scale.ring.value(&quarter(3))]);
        scale.place(&low);
        let control = Control::new(Kind::Range(scale, [0, last]), 0).labelled(label.map(|label| label.0));
        let (wanted, span) = default.map_or((middle, call.span()), |default| (default.value, default.span));
        let unfit = || fault!(BAD_CONTROL, span, "the value of a range slider is a pair of numbers, such as (2, 5)");
        Ok(Value::Object(Rc::new(control.beginning_with(&wanted).ok_or_else(unfit)?)))
    }
}

builtin! {
    /// A box to tick: its value is `True` or `False`.
    ///
    /// ```calc
    /// checkbox(False, 'grid')             # => Checkbox(value=False, description='grid')
    /// ```
    ///
    /// See also: `interact`.
    only function;
    fn checkbox(call, default: Option<bool>, label: Option<Text>) -> Value {
        let control = Control::new(Kind::Check, usize::from(default != Some(false)));
        Ok(Value::Object(Rc::new(control.labelled(label.map(|label| label.0)))))
    }
}

builtin! {
    /// A choice of one of several values, from a list, or by buttons (`buttons=True`, or with `nrows` or `ncols`).
    ///
    /// The values are a list; in a list of pairs the second of each names the first; a dictionary's keys name its values.
    ///
    /// ```calc
    /// selector([sin, cos], label='f')     # => Dropdown(value=sin, options=[sin, cos], description='f')
    /// selector([(1, 'one'), (2, 'two')], default=2, buttons=True)
    /// # => ToggleButtons(value=2, options=[('one', 1), ('two', 2)])
    /// selector([1, 2], default=3)         # error: bad-control
    /// ```
    ///
    /// See also: `interact`, `slider`.
    faults "bad-control";
    only function;
    fn selector(
        call,
        values: Spanned<Value>,
        label: Option<Text>,
        default: Option<Spanned<Value>>,
        nrows: Option<usize>,
        ncols: Option<usize>,
        width: Option<usize>,
        buttons: Option<bool>,
    ) -> Value {
        let mut choices = abbreviation::choices(call, &values)?;
        // As in Sage, the first item tells whether they are pairs.
        let named = |choice: &Choice| matches!(&choice.value, Value::Tuple(pair) if pair.len() == 2);
        if choices.first().is_some_and(named) && !matches!(values.value, Value::Dict(_)) {
            for choice in &mut choices {
                if let Value::Tuple(pair) = &choice.value.clone() && let [value, text] = &**pair {
                    *choice = Choice { text: crate::runtime::value::str_of(text), value: value.clone() };
                }
            }
        }
        let buttons = buttons == Some(true) || nrows.is_some() || ncols.is_some();
        let control = Control::new(Kind::Select(choices, buttons), 0).labelled(label.map(|label| label.0));
        let control = match default {
            Some(default) => {
                let unknown = || fault!(BAD_CONTROL, default.span, "Invalid selection: value not found");
                control.beginning_with(&default.value).ok_or_else(unknown)?
            }
            None => control,
        };
        Ok(Value::Object(Rc::new(control)))
    }
}

builtin! {
    /// A box for a value: a text in it is evaluated, unless `type=str`; another `type` is called on the value.
    ///
    /// Since a page can't compute, a box is fixed there, or offers numbers near its own.
    ///
    /// ```calc
    /// input_box('x^2', label='f')         # => EvalText(value='x^2', description='f')
    /// input_box(2, type=float)            # => EvalText(value='2.0')
    /// ```
    ///
    /// See also: `interact`.
    only function;
    fn input_box(
        call,
        default: Option<Spanned<Value>>,
        label: Option<Text>,
        r#type: Option<Spanned<Value>>,
        width: Option<usize>,
        height: Option<usize>,
    ) -> Value {
        let text = r#type.as_ref().is_some_and(|kind| matches!(kind.value, Value::Class(class) if *class == classes::STR));
        let value = match default {
            None => Value::str(""),
            Some(given) => match &given.value {
                Value::Str(source) if !text && !source.trim().is_empty() => {
                    call.machine().evaluate(source, &[]).map_err(|fault| fault.or_at(given.span))?
                }
                value if text => Value::str(crate::runtime::value::str_of(value)),
                value => value.clone(),
            },
        };
        let value = match r#type.filter(|_| !text) {
            Some(kind) => call.invoke(&kind.value, &[value])?,
            None => value,
        };
        Ok(Value::Object(Rc::new(abbreviation::input(value, label.map(|label| label.0)))))
    }
}

builtin! {
    /// A choice of a colour.
    ///
    /// ```calc
    /// color_selector('orange', label='pen')    # => SageColorPicker(value='#ffa500', description='pen')
    /// color_selector('no colour')              # error: bad-plot
    /// ```
    ///
    /// See also: `interact`.
    faults "bad-plot";
    only function;
    fn color_selector(
        call,
        default: Option<Spanned<Value>>,
        label: Option<Text>,
        widget: Option<Value>,
        hide_box: Option<bool>,
    ) -> Value {
        let first = match default {
            Some(given) => match given.value.downcast::<Paint>() {
                Some(paint) => *paint,
                None => Paint::of(settings::colour(&given)?),
            },
            None => Paint([0.0, 0.0, 1.0]),
        };
        Ok(Value::Object(Rc::new(abbreviation::colours(first).labelled(label.map(|label| label.0)))))
    }
}

builtin! {
    /// Words among the controls.
    ///
    /// ```calc
    /// text_control('Choose a degree.')    # => HTMLText(value='Choose a degree.')
    /// ```
    ///
    /// See also: `interact`.
    only function;
    fn text_control(call, value: Option<Text>) -> Value {
        let text = value.map_or_else(|| Rc::from(""), |text| text.0);
        Ok(Value::Object(Rc::new(Control::new(Kind::Text(text), 0))))
    }
}
