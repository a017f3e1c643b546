//! The page of an interactive function: what it shows for every combination of its controls' values, computed before.
//!
//! There are at most so many frames; where the controls have more combinations, sliders are coarsened evenly and the page
//! says so. Each frame is exact: nothing is interpolated.

use std::rc::Rc;
use std::time::{Duration, Instant};

use super::control::{Choice, Control, Kind, Offer};
use super::value::Interact;
use crate::budget;
use crate::builtin::output::formula;
use crate::builtin::plot::film::Film;
use crate::builtin::plot::save::FRAME_FINEST;
use crate::builtin::plot::value::{Figure, Panels};
use crate::diagnostic::Fault;
use crate::expr::assume;
use crate::figure::render;
use crate::figure::render::page::{self, Face, Page, Piece};
use crate::print;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::machine::Shown;
use crate::runtime::value::Value;

/// How many frames a page has at most, unless it is told.
const MOST_FRAMES: usize = 500;
/// How many a page may be told to have.
const UTMOST_FRAMES: usize = 20_000;
/// How many bytes its figures may take, about.
const MOST_BYTES: usize = 24 << 20;
/// How long its frames may take altogether, unless so many were asked for.
const MOST_TIME: Duration = Duration::from_secs(300);

/// What is said about a page besides.
#[derive(Default)]
pub struct Wishes {
    /// How many frames it has at most.
    pub most: Option<usize>,
    /// Its heading.
    pub title: String,
    /// The values offered for some controls, by their numbers.
    pub choices: Vec<(usize, Vec<Choice>)>,
}

/// The page of an interactive function.
///
/// # Errors
/// When the budget runs out; what the function raises for a frame is shown there.
pub fn page(call: &mut Call<'_>, interact: &Interact, wishes: &Wishes) -> Result<Vec<u8>, Fault> {
    let budget = call.machine().shared_budget();
    let _progress = budget.progress();
    let controls = offered(interact, wishes);
    let begun = Instant::now();
    let mut page = Page::default();
    page.title.clone_from(&wishes.title);
    page.rows.clone_from(&interact.rows);
    let first: Vec<Value> = controls.iter().map(Control::value).collect();
    let before = State::of(call);
    let beginning = shown(call, interact, &first)?;
    let after = State::of(call);
    page.printed = printed(call, &beginning)?;
    pieces(call, &mut page, beginning)?;
    let counts: Vec<(usize, bool)> = controls.iter().map(|control| (control.count(), control.is_fine())).collect();
    let allotted = allot(&counts, affordable(wishes, &page));
    let offers: Vec<Offer> = controls.iter().zip(&allotted).map(|(control, most)| control.offer(*most)).collect();
    tell_thinned(call, interact, &controls, &offers);
    let labelled = interact.names.iter().zip(&controls).zip(&offers);
    page.controls = Some(labelled.map(|((name, control), offer)| on_page(name, control, offer)).collect());
    let deadline = begun.checked_add(MOST_TIME).filter(|_| wishes.most.is_none());
    // What stops a frame may unwind.
    let all = budget::catch(|| all_frames(call, interact, &mut page, &offers, (&before, deadline)));
    after.restore(call);
    all??;
    if deadline.is_some_and(|deadline| Instant::now() > deadline) {
        call.note("figure", "the page took too long: its last frames are missing; frames=... makes as many as it says");
    }
    Ok(page.write().into_bytes())
}

/// What a program may have changed besides what it shows: the facts it assumed and its global names.
struct State {
    facts: Vec<assume::Fact>,
    globals: Vec<(Rc<str>, Value)>,
}

impl State {
    /// The present one.
    fn of(call: &mut Call<'_>) -> State {
        State { facts: assume::assumptions(), globals: call.machine().globals().own() }
    }

    fn restore(&self, call: &mut Call<'_>) {
        assume::replace(self.facts.clone());
        call.machine().globals().restore(&self.globals);
    }
}

/// Computes the frames of all combinations, each from the same state, as many as there is time for.
fn all_frames(
    call: &mut Call<'_>,
    interact: &Interact,
    page: &mut Page,
    offers: &[Offer],
    (before, deadline): (&State, Option<Instant>),
) -> Result<(), Fault> {
    let total: usize = offers.iter().map(|offer| offer.values.len()).product();
    for number in 0..total {
        call.budget().check()?;
        call.budget().tell(|_| format!("frame {} of {total}", number + 1));
        if deadline.is_some_and(|deadline| Instant::now() > deadline) {
            page.frames.push(vec![Piece::Fault("not computed: the page took too long".to_string())]);
            continue;
        }
        before.restore(call);
        let shown = shown(call, interact, &combination(offers, number))?;
        let frame = pieces(call, page, shown)?;
        page.frames.push(frame);
    }
    Ok(())
}

/// The controls, with the choices that were asked for.
fn offered(interact: &Interact, wishes: &Wishes) -> Vec<Control> {
    let mut controls = interact.controls.clone();
    for (at, choices) in &wishes.choices {
        let before = controls[*at].value();
        let label = controls[*at].label.clone();
        let kind = match &controls[*at].kind {
            Kind::Slider(..) | Kind::Steps(..) => Kind::Steps(choices.clone(), true),
            Kind::Input(_) => Kind::Input(choices.clone()),
            _ => Kind::Select(choices.clone(), false),
        };
        let control = Control::new(kind, 0).labelled(label);
        controls[*at] = control.clone().beginning_with(&before).unwrap_or(control);
    }
    controls
}

/// How many frames there may be, by what the first one weighs. Not by the time it took: the same script makes the same
/// page on every machine that has the time for it.
fn affordable(wishes: &Wishes, page: &Page) -> usize {
    let asked = wishes.most.map_or(MOST_FRAMES, |most| most.clamp(1, UTMOST_FRAMES));
    let light = MOST_BYTES / page.size().max(1);
    asked.min(light.max(10))
}

/// How many choices each control may offer, so that there are at most so many combinations: those of fine controls are
/// cut first, the longest most.
fn allot(counts: &[(usize, bool)], most: usize) -> Vec<usize> {
    let product = |given: &[usize]| given.iter().fold(1_usize, |all, count| all.saturating_mul(*count));
    let mut given: Vec<usize> = counts.iter().map(|(count, _)| *count).collect();
    for fine in [true, false] {
        let capped = |cap: usize, given: &[usize]| -> Vec<usize> {
            let cut =
                |(own, (_, is_fine)): (&usize, &(usize, bool))| if *is_fine == fine { (*own).min(cap) } else { *own };
            given.iter().zip(counts).map(cut).collect()
        };
        if product(&given) <= most {
            break;
        }
        let least = if fine { 3 } else { 1 };
        let longest = given.iter().copied().max().unwrap_or(1);
        let cap = (least..=longest).rev().find(|cap| product(&capped(*cap, &given)) <= most).unwrap_or(least);
        given = capped(cap, &given);
    }
    // What is left of the room goes to the first that can use it.
    for (at, (count, _)) in counts.iter().enumerate() {
        let others = product(&given) / given[at].max(1);
        given[at] = (most / others.max(1)).clamp(given[at], (*count).max(1));
    }
    while product(&given) > most && given.iter().any(|own| *own > 1) {
        let longest = given.iter().copied().max().unwrap_or(1);
        given.iter_mut().filter(|own| **own == longest).take(1).for_each(|own| *own -= 1);
    }
    given
}

/// The values of the frame of that number, the last control changing fastest.
fn combination(offers: &[Offer], number: usize) -> Vec<Value> {
    let mut left = number;
    let mut values: Vec<Value> = offers
        .iter()
        .rev()
        .map(|offer| {
            let (rest, at) = (left / offer.values.len(), left % offer.values.len());
            left = rest;
            offer.values[at].clone()
        })
        .collect();
    values.reverse();
    values
}

/// What the function shows for some values; a fault is shown too.
fn shown(call: &mut Call<'_>, interact: &Interact, values: &[Value]) -> Result<Vec<Result<Shown, String>>, Fault> {
    let span = call.span();
    let arguments = interact.arguments(&Arguments::default(), values, span);
    let (shown, result) = call.machine().collected(|machine| machine.call_value(interact.function(), arguments, span));
    call.budget().check()?;
    let mut all: Vec<Result<Shown, String>> = shown.into_iter().map(Ok).collect();
    match result {
        Ok(Value::None) => {}
        Ok(answer) => all.push(Ok(Shown::Value(answer))),
        Err(fault) => all.push(Err(fault.to_string())),
    }
    Ok(all)
}

/// What was shown as pieces of the page.
fn pieces(call: &mut Call<'_>, page: &mut Page, shown: Vec<Result<Shown, String>>) -> Result<Vec<Piece>, Fault> {
    let mut pieces = Vec::new();
    for item in shown {
        match item {
            Ok(Shown::Text(text)) => pieces.push(Piece::Text(text)),
            Ok(Shown::Note(text)) => pieces.push(Piece::Note(text)),
            Err(message) => pieces.push(Piece::Fault(message)),
            Ok(Shown::Value(value)) => match live(call, &value)? {
                Some((live, notes)) => {
                    pieces.push(Piece::Figure(page.add(&live)));
                    pieces.extend(notes.into_iter().map(Piece::Note));
                }
                None => pieces.push(match formula(&value) {
                    Some(expr) => Piece::Formula(print::mathml(&expr)),
                    None => Piece::Text(crate::runtime::value::repr(&value)),
                }),
            },
        }
    }
    Ok(pieces)
}

/// A figure for the page, if the value is one; of an animation, the first frame.
fn live(call: &Call<'_>, value: &Value) -> Result<Option<(crate::figure::live::LivePage, Vec<String>)>, Fault> {
    let budget = call.budget();
    Ok(if let Some(figure) = value.downcast::<Figure>() {
        Some(figure.graphics().live(FRAME_FINEST, budget)?)
    } else if let Some(panels) = value.downcast::<Panels>() {
        Some(panels.array().live(FRAME_FINEST, budget)?)
    } else if let Some(film) = value.downcast::<Film>() {
        let first = film.animation().aligned().into_iter().next();
        first.map(|first| first.live(FRAME_FINEST, budget)).transpose()?
    } else {
        None
    })
}

/// The first figure as it is printed.
fn printed(call: &Call<'_>, shown: &[Result<Shown, String>]) -> Result<String, Fault> {
    for item in shown {
        let Ok(Shown::Value(value)) = item else { continue };
        if let Some(figure) = value.downcast::<Figure>() {
            return Ok(render::svg::write(&figure.graphics().scene(call.budget())?.0));
        }
        if let Some(panels) = value.downcast::<Panels>() {
            return Ok(render::svg::write(&panels.array().scene(call.budget())?.0));
        }
    }
    Ok(String::new())
}

/// The control as the page has it.
fn on_page(name: &str, control: &Control, offer: &Offer) -> page::Control {
    let label = match &control.kind {
        Kind::Text(text) => text.to_string(),
        _ => control.label.as_deref().unwrap_or(name).to_string(),
    };
    let note = match &offer.face {
        Face::Box(texts) if texts.len() == 1 => Some("fixed on this page".to_string()),
        Face::Box(texts) => Some(format!("one of {}", texts.join(", "))),
        _ if offer.values.len() < control.count() => {
            Some(format!("{} of {} values", offer.values.len(), control.count()))
        }
        _ => None,
    };
    page::Control { label, face: offer.face.clone(), at: offer.at, note }
}

/// Says which controls offer only some of their values on the page, or a single one.
fn tell_thinned(call: &mut Call<'_>, interact: &Interact, controls: &[Control], offers: &[Offer]) {
    for ((name, control), offer) in interact.names.iter().zip(controls).zip(offers) {
        let (all, some) = (control.count(), offer.values.len());
        if some < all {
            call.note("figure", format!("the page offers {some} of {all} values of {name}; frames=... may allow more"));
        } else if matches!(&offer.face, Face::Box(texts) if texts.len() == 1) {
            call.note(
                "figure",
                format!("{name} is fixed on the page; save('page.html', {name}=[...]) offers a choice"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_shared_out_among_the_controls() {
        assert_eq!(allot(&[(10, true), (2, false)], 500), [10, 2]);
        assert_eq!(allot(&[(101, true), (101, true)], 500), [22, 22]);
        assert_eq!(allot(&[(1000, true), (4, true), (2, false)], 500), [62, 4, 2]);
        for counts in [vec![(30, false), (30, false), (9, true)], vec![(900, false)], vec![(2, false); 12]] {
            let given = allot(&counts, 500);
            assert!(given.iter().product::<usize>() <= 500 && given.iter().all(|own| *own >= 1), "{given:?}");
        }
    }
}
