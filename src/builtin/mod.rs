//! The built-ins, one file a topic, each declared once.

mod arithmetic;
mod calculus;
mod collections;
mod compiled;
mod continued;
mod digits;
mod divisibility;
mod equations;
mod expressions;
mod facts;
mod functions;
pub mod help;
mod integers;
mod integrals;
mod interact;
mod iteration;
mod library;
mod linear;
mod local;
mod machine_complex;
mod math;
mod names;
mod numeric;
mod ode;
mod output;
mod piecewise;
mod plot;
mod polynomials;
mod questions;
mod random;
mod reals;
mod reflection;
mod residues;
mod rewriting;
mod ring;
mod sequences;
mod sides;
mod simplification;
mod spline;
mod symbols;
mod system;
mod table;
mod taylor;
mod transforms;
mod types;

use crate::diagnostic::FaultKind;
use crate::runtime;
use crate::runtime::builtin::{Builtin, Registry};
use crate::runtime::machine::ModuleRecord;
use crate::syntax;

/// All topics. A new file adds its list here, on a line of its own.
#[rustfmt::skip]
static TOPICS: &[&[&Builtin]] = &[
    // First, since its methods are for floats alone, and those of the same names elsewhere for all numbers.
    reals::TOPIC,
    // Before the sums over lists.
    rewriting::TOPIC,
    arithmetic::TOPIC,
    calculus::TOPIC,
    compiled::TOPIC,
    continued::TOPIC,
    digits::TOPIC,
    divisibility::TOPIC,
    equations::TOPIC,
    facts::TOPIC,
    expressions::TOPIC,
    functions::TOPIC,
    help::TOPIC,
    integers::TOPIC,
    integrals::TOPIC,
    interact::TOPIC,
    linear::TOPIC,
    iteration::TOPIC,
    local::TOPIC,
    names::TOPIC,
    numeric::TOPIC,
    ode::TOPIC,
    output::TOPIC,
    plot::TOPIC,
    questions::TOPIC,
    piecewise::TOPIC,
    polynomials::TOPIC,
    sides::TOPIC,
    simplification::TOPIC,
    spline::TOPIC,
    symbols::TOPIC,
    system::TOPIC,
    table::TOPIC,
    taylor::TOPIC,
    transforms::TOPIC,
    random::TOPIC,
    reflection::TOPIC,
    residues::TOPIC,
    ring::TOPIC,
    sequences::TOPIC,
    types::TOPIC,
];

/// The built-ins that every session knows.
pub fn registry() -> Registry {
    Registry::new(TOPICS)
}

pub use library::LIBRARY;

/// The modules that can be imported.
pub static MODULES: &[&ModuleRecord] = &[
    &math::MODULE,
    &random::MODULE,
    &collections::MODULE,
    &system::TIME,
    &system::SYS,
    &system::COPY,
    &system::FRACTIONS,
];

/// The faults that built-ins declare themselves, topic by topic.
pub static FAULTS: &[&[&FaultKind]] =
    &[calculus::KINDS, equations::KINDS, interact::FAULTS, numeric::KINDS, plot::FAULTS];

/// Every kind of fault that a program can meet.
pub fn all_faults() -> impl Iterator<Item = &'static FaultKind> {
    let own = FAULTS.iter().chain([&runtime::fault::KINDS]).flat_map(|kinds| kinds.iter().copied());
    syntax::faults().chain(own)
}
