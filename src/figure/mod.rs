//! Figures: primitives, sampling, layout and the renderers.
//!
//! A `Graphics` is data: primitives and options. Rendering lays it out once, in pixels, into a `scene::Scene`, which
//! has been clipped and measured, and writes that as SVG or paints it as PNG. Functions come in through the traits of
//! `function`, so this room knows nothing of formulas.

pub mod animation;
mod axes;
pub mod bar;
pub mod colour;
mod colour_names;
#[cfg(test)]
mod fixture;
mod font;
pub mod formula;
pub mod function;
#[cfg(test)]
mod gallery;
pub mod geometry;
mod graphics;
mod implicit;
mod layout;
mod legend;
pub mod live;
#[cfg(test)]
mod looks;
pub mod options;
pub mod painter;
pub mod pieces;
pub mod primitive;
pub mod render;
mod sample;
pub mod scale;
pub mod scene;
pub mod style;
mod tame;
pub mod text;
mod ticks;

pub use graphics::{FigureError, Graphics, GraphicsArray};
