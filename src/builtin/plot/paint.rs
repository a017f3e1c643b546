//! Colours as values.

use std::any::Any;
use std::rc::Rc;

use super::reading;
use super::settings;
use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::figure::colour::{Colour, Theme};
use crate::runtime::call::{Arguments, Call};
use crate::runtime::parameter::Rest;
use crate::runtime::value::{Class, Object, Value};

static COLOR: Class = Class { name: "sage.plot.colors.Color", known_as: None, base: None };

/// A colour as a value: red, green and blue between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint(pub [f64; 3]);

impl Paint {
    /// A colour as figures know it.
    pub fn of(colour: Colour) -> Paint {
        let (r, g, b) = Theme::Light.rgb(colour);
        Paint([r, g, b].map(|part| f64::from(part) / 255.0))
    }

    /// The colour for figures.
    pub fn colour(self) -> Colour {
        Colour::from_unit(self.0[0], self.0[1], self.0[2])
    }

    /// `#rrggbb`, rounded down as Sage does.
    pub fn html(self) -> String {
        let [r, g, b] = self.0.map(|part| (part * 255.0 + 1e-9).clamp(0.0, 255.0) as u8);
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// The colour as a value.
    pub fn value(self) -> Value {
        Value::Object(Rc::new(self))
    }
}

impl Object for Paint {
    fn class(&self) -> &'static Class {
        &COLOR
    }

    fn text(&self) -> String {
        let [r, g, b] = self.0.map(Value::Float);
        format!("RGB color {}", crate::runtime::value::repr(&Value::tuple(vec![r, g, b])))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn same(&self, other: &Value) -> bool {
        other.downcast::<Paint>() == Some(self)
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.0.map(Value::Float).to_vec())
    }

    fn methods(&self) -> &'static [&'static str] {
        &["rgb", "html_color"]
    }

    fn method(&self, _call: &mut Call<'_>, name: &str, _arguments: Arguments) -> Result<Value, Fault> {
        Ok(match name {
            "rgb" => Value::tuple(self.0.map(Value::Float).to_vec()),
            _ => Value::str(self.html()),
        })
    }
}

builtin! {
    /// A colour: by its name, as `#rrggbb`, or by red, green and blue between 0 and 1.
    ///
    /// ```calc
    /// Color('orange')                     # => RGB color (1.0, 0.6470588235294118, 0.0)
    /// Color(0.5, 0, 1).html_color()       # => '#7f00ff'
    /// Color('no colour')                  # error: bad-plot
    /// ```
    ///
    /// See also: `hue`, `plot`.
    named "Color";
    faults "bad-plot";
    only function;
    fn color(call, parts: Rest<Spanned<Value>>) -> Value {
        let span = parts.0.first().map_or_else(|| call.span(), |part| part.span);
        let whole = match parts.0.as_slice() {
            [only] => only.clone(),
            several => Spanned::new(Value::tuple(several.iter().map(|part| part.value.clone()).collect()), span),
        };
        let numbers: Vec<Value> = match whole.value.downcast::<Paint>() {
            Some(paint) => return Ok(paint.value()),
            None => reading::items(&whole.value).unwrap_or_default(),
        };
        let numbers: Option<Vec<f64>> = numbers.iter().map(reading::number).collect();
        match numbers.as_deref() {
            Some([r, g, b]) => Ok(Paint([*r, *g, *b].map(|part| part.clamp(0.0, 1.0))).value()),
            _ => settings::colour(&whole).map(|colour| Paint::of(colour).value()),
        }
    }
}
