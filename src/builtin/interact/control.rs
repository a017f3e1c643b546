//! Controls as values: what a reader changes, with its choices.

use crate::number::sorting;
use std::any::Any;
use std::rc::Rc;

use super::scale::{Ring, Scale};
use crate::builtin::plot::paint::Paint;
use crate::figure::render::page::Face;
use crate::runtime::value::{Class, Object, Value, repr, same, str_of};

/// The class of controls.
static CONTROL: Class = Class { name: "ipywidgets.widgets.Widget", known_as: None, base: None };

/// A control.
#[derive(Clone, Debug)]
pub struct Control {
    /// What stands before it, unless that is the name of the argument.
    pub label: Option<Rc<str>>,
    /// What it is.
    pub kind: Kind,
    /// The choice at first.
    pub at: usize,
}

/// A choice and how it is called.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What the reader sees.
    pub text: String,
    /// What the function gets.
    pub value: Value,
}

impl Choice {
    /// A value that goes by its own text.
    pub fn plain(value: Value) -> Choice {
        Choice { text: str_of(&value), value }
    }
}

/// The kinds of controls.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A slider over numbers; whether the number is shown.
    Slider(Scale, bool),
    /// A slider over any values; whether the value is shown.
    Steps(Vec<Choice>, bool),
    /// A slider with two ends: the numbers, and the places of the ends at first.
    Range(Scale, [usize; 2]),
    /// No or yes.
    Check,
    /// One of several; whether by buttons.
    Select(Vec<Choice>, bool),
    /// A line of text that means a value; for numbers, choices near it.
    Input(Vec<Choice>),
    /// A colour.
    Color(Vec<Paint>),
    /// Only words.
    Text(Rc<str>),
}

/// Some of the choices of a control, for a page.
pub struct Offer {
    /// What the control looks like.
    pub face: Face,
    /// The value of each choice.
    pub values: Vec<Value>,
    /// The choice at first.
    pub at: usize,
}

impl Control {
    /// A control without a label.
    pub fn new(kind: Kind, at: usize) -> Control {
        Control { label: None, kind, at }
    }

    /// How many choices there are.
    pub fn count(&self) -> usize {
        match &self.kind {
            Kind::Slider(scale, _) => scale.stops.len(),
            Kind::Steps(choices, _) | Kind::Select(choices, _) | Kind::Input(choices) => choices.len(),
            Kind::Range(scale, _) => pairs(scale.stops.len()),
            Kind::Check => 2,
            Kind::Color(paints) => paints.len(),
            Kind::Text(_) => 1,
        }
    }

    /// Whether a part of the choices says nearly as much as all.
    pub fn is_fine(&self) -> bool {
        matches!(self.kind, Kind::Slider(..) | Kind::Steps(..) | Kind::Range(..) | Kind::Color(_) | Kind::Input(_))
    }

    /// The value at first.
    pub fn value(&self) -> Value {
        match &self.kind {
            Kind::Slider(scale, _) => scale.value(self.at),
            Kind::Steps(choices, _) | Kind::Select(choices, _) | Kind::Input(choices) => {
                choices.get(self.at).map_or(Value::None, |choice| choice.value.clone())
            }
            Kind::Range(scale, [low, high]) => Value::tuple(vec![scale.value(*low), scale.value(*high)]),
            Kind::Check => Value::Bool(self.at == 1),
            Kind::Color(paints) => paints.get(self.at).map_or(Value::None, |paint| paint.value()),
            Kind::Text(text) => Value::Str(Rc::clone(text)),
        }
    }

    /// At most so many choices, spread evenly; the first choice stays.
    pub fn offer(&self, most: usize) -> Offer {
        match &self.kind {
            Kind::Slider(scale, shown) => {
                let (kept, at) = thinned(scale.stops.len(), self.at, most);
                let texts = kept.iter().map(|k| scale.ring.text(&scale.stops[*k])).collect();
                Offer { face: Face::Slider(texts, *shown), values: kept.iter().map(|k| scale.value(*k)).collect(), at }
            }
            Kind::Range(scale, ends) => range_offer(scale, *ends, most),
            Kind::Steps(choices, shown) => choices_offer(choices, self.at, most, |texts| Face::Slider(texts, *shown)),
            Kind::Select(choices, true) => choices_offer(choices, self.at, most, Face::Buttons),
            Kind::Select(choices, false) => choices_offer(choices, self.at, most, Face::Select),
            Kind::Input(choices) => choices_offer(choices, self.at, most, Face::Box),
            Kind::Check if most < 2 => {
                let text = str_of(&self.value());
                Offer { face: Face::Select(vec![text]), values: vec![self.value()], at: 0 }
            }
            Kind::Check => {
                Offer { face: Face::Check, values: vec![Value::Bool(false), Value::Bool(true)], at: self.at }
            }
            Kind::Color(paints) => {
                let (kept, at) = thinned(paints.len(), self.at, most);
                let texts = kept.iter().map(|k| paints[*k].html()).collect();
                Offer { face: Face::Color(texts), values: kept.iter().map(|k| paints[*k].value()).collect(), at }
            }
            Kind::Text(_) => Offer { face: Face::Text, values: vec![self.value()], at: 0 },
        }
    }

    /// The same control beginning with another choice; `None` when it has no such choice.
    pub fn beginning_with(mut self, value: &Value) -> Option<Control> {
        match &mut self.kind {
            Kind::Slider(scale, _) => {
                let number = scale.within(super::rational(value)?);
                self.at = scale.place(&number);
            }
            Kind::Range(scale, ends) => {
                let pair = crate::builtin::plot::reading::items(value)?;
                let [low, high] = pair.as_slice() else { return None };
                let numbers = [super::rational(low)?, super::rational(high)?].map(|number| scale.within(number));
                // The second insertion may move the first.
                numbers.iter().for_each(|number| {
                    scale.place(number);
                });
                *ends = [scale.place(&numbers[0]), scale.place(&numbers[1])];
                sorting::sort(ends);
            }
            Kind::Steps(choices, _) | Kind::Select(choices, _) | Kind::Input(choices) => {
                self.at = choices.iter().position(|choice| same(&choice.value, value))?;
            }
            Kind::Check => self.at = usize::from(super::flag(value)?),
            Kind::Color(_) => return None,
            Kind::Text(_) => {}
        }
        Some(self)
    }

    /// The same control with a label.
    pub fn labelled(mut self, label: Option<Rc<str>>) -> Control {
        self.label = label.or(self.label);
        self
    }
}

/// How many pairs of a lower and an upper end there are.
fn pairs(stops: usize) -> usize {
    stops.saturating_mul(stops + 1) / 2
}

fn choices_offer(choices: &[Choice], at: usize, most: usize, face: impl Fn(Vec<String>) -> Face) -> Offer {
    let (kept, at) = thinned(choices.len(), at, most);
    let texts = kept.iter().map(|k| choices[*k].text.clone()).collect();
    Offer { face: face(texts), values: kept.iter().map(|k| choices[*k].value.clone()).collect(), at }
}

fn range_offer(scale: &Scale, ends: [usize; 2], most: usize) -> Offer {
    let room = (1..).take_while(|stops| pairs(*stops) <= most).last().unwrap_or(1);
    if room < 3 {
        return single_range(scale, ends);
    }
    let (mut kept, _) = thinned(scale.stops.len(), ends[0], room);
    // The upper end at first takes the place of its nearest neighbour that is neither an end nor the lower one.
    if !kept.contains(&ends[1]) {
        let inner = (1..kept.len().saturating_sub(1)).filter(|k| kept[*k] != ends[0]);
        match inner.min_by_key(|k| kept[*k].abs_diff(ends[1])) {
            Some(near) => kept[near] = ends[1],
            None => return single_range(scale, ends),
        }
        sorting::sort(&mut kept);
    }
    let mut choices = Vec::new();
    let (mut values, mut at) = (Vec::new(), 0);
    for (low, first) in kept.iter().enumerate() {
        for (high, second) in kept.iter().enumerate().skip(low) {
            if [*first, *second] == ends {
                at = choices.len();
            }
            choices.push([low, high]);
            values.push(Value::tuple(vec![scale.value(*first), scale.value(*second)]));
        }
    }
    let texts = kept.iter().map(|k| scale.ring.text(&scale.stops[*k])).collect();
    Offer { face: Face::Range(texts, choices), values, at }
}

/// The range that is chosen at first, where there is no room for others.
fn single_range(scale: &Scale, ends: [usize; 2]) -> Offer {
    let texts = ends.iter().map(|k| scale.ring.text(&scale.stops[*k])).collect();
    let value = Value::tuple(ends.iter().map(|k| scale.value(*k)).collect());
    Offer { face: Face::Range(texts, vec![[0, 1]]), values: vec![value], at: 0 }
}

/// At most so many of `count` places, evenly, with the ends and the place `at`; and where that is among them.
fn thinned(count: usize, at: usize, most: usize) -> (Vec<usize>, usize) {
    if count <= most {
        return ((0..count).collect(), at);
    }
    if most < 3 || count < 3 {
        let mut kept = vec![at];
        kept.extend((most == 2).then(|| if at == 0 { count - 1 } else { 0 }));
        sorting::sort(&mut kept);
        let place = kept.iter().position(|k| *k == at).unwrap_or(0);
        return (kept, place);
    }
    // Equal steps look better than a few more choices.
    let even = ((most * 3 / 5).max(2)..most).rev().find(|steps| (count - 1).is_multiple_of(*steps));
    let steps = even.unwrap_or(most - 1);
    let mut kept: Vec<usize> = (0..=steps).map(|k| (k * (count - 1) + steps / 2) / steps).collect();
    if let Err(place) = kept.binary_search(&at) {
        // It takes the place of its nearest neighbour, but not of an end.
        let (before, behind) = (place - 1, place.min(kept.len() - 1));
        let nearer = if at - kept[before] < kept[behind] - at { before } else { behind };
        let chosen = nearer.clamp(1, kept.len() - 2);
        kept[chosen] = at;
        sorting::sort(&mut kept);
    }
    let place = kept.iter().position(|k| *k == at).unwrap_or(0);
    (kept, place)
}

impl Object for Control {
    fn class(&self) -> &'static Class {
        &CONTROL
    }

    /// As Sage shows its widgets.
    fn text(&self) -> String {
        let value = repr(&self.value());
        let listed = |choices: &[Choice]| {
            let shown = |choice: &Choice| match choice.text == str_of(&choice.value) {
                true => repr(&choice.value),
                false => format!("('{}', {})", choice.text, repr(&choice.value)),
            };
            format!("value={value}, options=[{}]", choices.iter().map(shown).collect::<Vec<_>>().join(", "))
        };
        let (name, inner) = match &self.kind {
            Kind::Slider(scale, _) if scale.ring == Ring::Rational => {
                let stops: Vec<String> = (0..scale.stops.len()).map(|at| scale.shown(at)).collect();
                ("SelectionSlider", format!("value={value}, options=[{}]", stops.join(", ")))
            }
            Kind::Slider(scale, _) => {
                (if scale.is_whole() { "TransformIntSlider" } else { "TransformFloatSlider" }, scale.text(self.at))
            }
            Kind::Range(scale, [low, high]) => {
                let name = if scale.is_whole() { "TransformIntRangeSlider" } else { "TransformFloatRangeSlider" };
                (
                    name,
                    scale.text(*low).replacen("value=", "value=(", 1).replacen(
                        ',',
                        &format!(", {}),", scale.shown(*high)),
                        1,
                    ),
                )
            }
            Kind::Steps(choices, _) => ("SelectionSlider", listed(choices)),
            Kind::Select(choices, true) => ("ToggleButtons", listed(choices)),
            Kind::Select(choices, false) => ("Dropdown", listed(choices)),
            Kind::Check => ("Checkbox", format!("value={value}")),
            Kind::Input(_) => ("EvalText", format!("value='{}'", str_of(&self.value()))),
            Kind::Color(paints) => (
                "SageColorPicker",
                format!("value='{}'", paints.get(self.at).map_or_else(String::new, |paint| paint.html())),
            ),
            Kind::Text(_) => ("HTMLText", format!("value={value}")),
        };
        let label = self.label.as_ref().map_or_else(String::new, |label| format!(", description='{label}'"));
        format!("{name}({inner}{label})")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thinning_keeps_ends_and_the_first_choice_and_even_steps() {
        assert_eq!(thinned(5, 2, 9), (vec![0, 1, 2, 3, 4], 2));
        assert_eq!(thinned(101, 50, 12), (vec![0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 5));
        assert_eq!(thinned(101, 53, 12), (vec![0, 10, 20, 30, 40, 53, 60, 70, 80, 90, 100], 5));
        assert_eq!(thinned(10, 3, 1), (vec![3], 0));
        assert_eq!(thinned(10, 3, 2), (vec![0, 3], 1));
        for (count, most) in [(7, 3), (50, 7), (97, 40), (4, 3)] {
            for at in 0..count {
                let (kept, place) = thinned(count, at, most);
                assert!(kept.len() <= most && kept[place] == at && kept.is_sorted_by(|a, b| a < b), "{kept:?}");
                assert!(kept[0] == 0 || at == 0 || kept.len() < 3, "{count} {at} {most}: {kept:?}");
                assert_eq!(kept.last(), Some(&(count - 1)), "{count} {at} {most}: {kept:?}");
            }
        }
    }
}
