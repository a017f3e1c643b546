//! Derivatives of functions of which only the name is known: `integrate(diff(y(x), x), x)` is `y(x)`.

use std::rc::Rc;

use super::{Answer, Integrator};
use crate::calculus::diff;
use crate::expr::function::DerivativeOf;
use crate::expr::{Expr, Function, Kind};

/// One derivative less, by an argument that is linear in the variable while the others are free of it.
pub(super) fn derivative_of_formal(integrator: &Integrator, f: &Expr) -> Answer {
    let Kind::Call(Function::Derivative(derivative), arguments) = f.kind() else { return Ok(None) };
    let mut dependent = arguments.iter().enumerate().filter(|(_, argument)| !integrator.is_free(argument));
    let (Some((position, inner)), None) = (dependent.next(), dependent.next()) else { return Ok(None) };
    let Some(index) = derivative.positions.iter().position(|own| *own == position) else { return Ok(None) };
    let slope = diff(inner, integrator.variable, integrator.budget)?;
    if !integrator.is_free(&slope) {
        return Ok(None);
    }
    let mut positions = derivative.positions.clone();
    positions.remove(index);
    let (function, arguments) = (derivative.function.clone(), arguments.to_vec());
    let found = match positions.is_empty() {
        true => Expr::call(function, arguments),
        false => Expr::held(Function::Derivative(Rc::new(DerivativeOf { function, positions })), arguments),
    };
    Ok(Some(&found / &slope))
}
