//! Graphics: curves, shapes, data, fields, and what is done with figures.
//!
//! Every command reads its arguments (`source`, `reading`), its keyword options (`keys`, `settings`), and makes a figure of
//! primitives of the room `figure`. A figure is a value of its own kind (`value`), with the methods of Sage's graphics.

mod arguments;
mod axes;
mod charts;
mod curves;
mod data;
mod fields;
pub(super) mod film;
pub(super) mod keys;
mod legend;
pub(super) mod paint;
mod parts;
mod planes;
pub(super) mod reading;
pub(super) mod save;
mod scales;
pub(super) mod settings;
mod shapes;
mod source;
pub(super) mod value;

use crate::diagnostic::FaultKind;
use crate::runtime::builtin::Builtin;

/// The built-ins of this topic.
#[rustfmt::skip]
pub static TOPIC: &[&Builtin] = &[
    &curves::plot::RECORD,
    &curves::parametric_plot::RECORD,
    &curves::polar_plot::RECORD,
    &data::list_plot::RECORD,
    &data::scatter_plot::RECORD,
    &charts::bar_chart::RECORD,
    &charts::histogram::RECORD,
    &charts::matrix_plot::RECORD,
    &fields::plot_vector_field::RECORD,
    &fields::plot_slope_field::RECORD,
    &fields::streamline_plot::RECORD,
    &scales::plot_loglog::RECORD,
    &scales::plot_semilogx::RECORD,
    &scales::plot_semilogy::RECORD,
    &scales::list_plot_loglog::RECORD,
    &scales::list_plot_semilogx::RECORD,
    &scales::list_plot_semilogy::RECORD,
    &scales::plot_step_function::RECORD,
    &planes::implicit_plot::RECORD,
    &planes::contour_plot::RECORD,
    &planes::density_plot::RECORD,
    &planes::region_plot::RECORD,
    &shapes::line::RECORD,
    &shapes::point::RECORD,
    &shapes::text::RECORD,
    &shapes::arrow::RECORD,
    &shapes::circle::RECORD,
    &shapes::disk::RECORD,
    &shapes::ellipse::RECORD,
    &shapes::arc::RECORD,
    &shapes::polygon::RECORD,
    &shapes::bezier_path::RECORD,
    &value::graphics::RECORD,
    &value::graphics_array::RECORD,
    &value::multi_graphics::RECORD,
    &film::animate::RECORD,
    &save::save_figure::RECORD,
    &paint::color::RECORD,
    &settings::hue::RECORD,
    &settings::rainbow::RECORD,
];

/// The faults that plotting raises.
pub static FAULTS: &[&FaultKind] = &[&keys::UNKNOWN_OPTION, &reading::BAD_PLOT, &save::NO_FIGURE_FILE];
