//! Methods that read or set how a figure's axes look: colours, widths, sizes, directions.

use super::reading;
use super::settings;
use crate::diagnostic::{Fault, Spanned};
use crate::figure::options::Options;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::value::Value;

/// The methods of this file.
pub const METHODS: &[&str] = &[
    "axes_color",
    "axes_label_color",
    "tick_label_color",
    "axes_width",
    "axes_labels_size",
    "fontsize",
    "set_flip",
    "flip",
];

/// Reads what a method names, or sets it where something is given.
///
/// # Errors
/// A value of the wrong form.
pub fn method(options: &mut Options, name: &str, call: &mut Call<'_>, given: Arguments) -> Result<Value, Fault> {
    if name.ends_with("flip") {
        return flip(options, call, given, name == "flip");
    }
    let first = given.positional.first();
    let colour = match name {
        "axes_color" => &mut options.axes_colour,
        "axes_label_color" => &mut options.names_colour,
        "tick_label_color" => &mut options.numbers_colour,
        _ => return size(options, name, first),
    };
    match first {
        Some(own) => {
            *colour = Some(settings::colour(own)?);
            Ok(Value::None)
        }
        None => Ok(colour.map_or_else(
            || Value::tuple(vec![Value::integer(0); 3]),
            |own| Value::tuple(super::paint::Paint::of(own).0.map(Value::Float).to_vec()),
        )),
    }
}

/// Reads or sets a width or a size; Sage's own is answered where nothing is said.
fn size(options: &mut Options, name: &str, given: Option<&Spanned<Value>>) -> Result<Value, Fault> {
    let (size, usual) = match name {
        "axes_width" => (&mut options.axes_width, Value::Float(0.8)),
        "axes_labels_size" => (&mut options.axes_labels_size, Value::Float(1.6)),
        _ => (&mut options.fontsize, Value::integer(10)),
    };
    let Some(given) = given else { return Ok(size.map_or(usual, Value::Float)) };
    *size = Some(reading::real(given)?);
    Ok(Value::None)
}

/// Sets the directions of both axes, or answers them.
fn flip(options: &mut Options, call: &mut Call<'_>, given: Arguments, is_asked: bool) -> Result<Value, Fault> {
    let places = [&mut options.flip_x, &mut options.flip_y];
    if is_asked {
        return Ok(Value::tuple(places.map(|place| Value::Bool(*place == Some(true))).to_vec()));
    }
    let named = given.keywords.iter().map(|(name, own)| (usize::from(&**name == "flip_y"), own));
    for (k, own) in given.positional.iter().take(2).enumerate().chain(named) {
        if !own.value.is_none() {
            *places[k] = Some(call.truth(&own.value)?);
        }
    }
    Ok(Value::None)
}
