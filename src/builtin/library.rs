//! The files of the library that are written in the language itself, and the names that each gives to every session.

use crate::packed::packed;
use crate::runtime::machine::LibraryFile;

/// A file of `stdlib/` and its names.
macro_rules! file {
    ($name:literal: $($function:literal)*) => {
        LibraryFile {
            name: $name,
            path: concat!("std/", $name, ".calc"),
            text: packed!("stdlib/", $name, ".calc"),
            names: &[$($function),*],
        }
    };
}

/// The library.
pub static LIBRARY: &[LibraryFile] = &[
    file!("tangents": "first_principle" "tangent_line" "normal_line" "secant_line" "implicit_tangent"),
    file!("mean_value": "mvt" "rolle"),
    file!("approximation": "newton" "riemann_sum"),
    file!("pictures": "tangent_plot" "secant_plot" "mvt_plot" "riemann_plot" "area_plot" "newton_plot" "cobweb_plot" "taylor_plot"),
    file!("polynomials": "chebyshev_T" "chebyshev_U" "legendre_P" "hermite" "laguerre" "gen_laguerre" "gegenbauer" "ultraspherical" "jacobi_P" "legendre_Q" "bernoulli_polynomial"),
    file!("differential_equations": "eulers_method" "desolve_rk4" "wronskian"),
    file!("statistics": "mean" "median" "mode" "variance" "std"),
    file!("extrema": "minimize"),
    file!("fitting": "find_fit"),
    file!("counting": "rising_factorial" "falling_factorial" "multinomial" "subfactorial" "log_b" "trial_division" "CRT_list" "quadratic_residues"),
    file!("systems": "desolve_laplace" "desolve_system" "eulers_method_2x2"),
    file!("formulas":),
    // Modules of Python: their names are known once they are imported.
    file!("itertools":),
    file!("functools":),
    file!("operator":),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The functions that a file defines for others: those whose names don't begin with an underscore.
    fn defined(file: &LibraryFile) -> Vec<String> {
        let text = file.text.text();
        let functions = text.lines().filter_map(|line| line.strip_prefix("def ")?.split('(').next());
        functions.filter(|name| !name.starts_with('_')).map(str::to_owned).collect()
    }

    #[test]
    fn the_names_are_those_of_the_functions() {
        for file in LIBRARY.iter().filter(|file| !file.names.is_empty()) {
            assert_eq!(defined(file), file.names, "std/{}.calc", file.name);
        }
    }

    #[test]
    fn no_name_is_a_built_in() {
        let registry = crate::builtin::registry();
        for name in LIBRARY.iter().flat_map(|file| file.names) {
            assert!(registry.function(name).is_none() && crate::expr::function::find(name).is_none(), "{name}");
        }
    }
}
