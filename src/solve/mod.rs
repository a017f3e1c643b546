//! Solving equations, inequalities and systems.
//!
//! No root is invented: what a method may have brought in is put back into the equation and kept only when it is
//! shown to hold there. No root is lost silently: what stays open is answered as an equation, and principal solutions
//! of periodic functions are marked as such.

mod admissible;
mod confirm;
mod elimination;
mod equation;
mod halfspaces;
mod inequality;
mod interval;
mod inverse;
mod method;
mod numeric;
mod order;
mod polynomial;
mod system;

pub use equation::{Families, simplest_numbers, solve_equation, solve_for, solve_with_families};
pub use halfspaces::solve_linear_inequalities;
pub use inequality::{RealSet, solve_inequalities};
pub use interval::roots_between;
pub use numeric::{numeric_roots, rational_roots};
pub use polynomial::{PolynomialRoots, polynomial_roots, roots_by_radicals};
pub use system::{SystemSolutions, solve_system};

use crate::expr::Expr;

/// A value that solves an equation.
#[derive(Clone, Debug, PartialEq)]
pub struct Root {
    /// The value.
    pub value: Expr,
    /// How often it counts.
    pub multiplicity: usize,
    /// Conditions on the integer that numbers a family, `z1 != 0`: where they fail the equation has no value.
    pub except: Vec<Expr>,
}

/// What is known of the solutions of an equation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Solutions {
    /// The roots found, all of them shown to hold.
    pub roots: Vec<Root>,
    /// Intervals on which the equation holds, each the relations that bound it.
    pub pieces: Vec<Vec<Expr>>,
    /// Equations equivalent to what is left open.
    pub unsolved: Vec<Expr>,
    /// Does every value solve the equation?
    pub everything: bool,
    /// Were solutions of periodic functions answered by their principal value alone?
    pub principal_only: bool,
    /// Was a function undone that takes every value for several complex arguments, and one of them answered?
    pub branches: bool,
    /// Do some roots hold only for some values of the parameters?
    pub conditional: bool,
    /// Were roots found by trying, so that there may be others?
    pub partial: bool,
}

impl Solutions {
    /// No solution, shown.
    pub fn none() -> Solutions {
        Solutions::default()
    }

    /// Every value is a solution.
    pub fn all() -> Solutions {
        Solutions { everything: true, ..Solutions::default() }
    }

    /// An equation that stays open.
    pub fn open(equation: Expr) -> Solutions {
        Solutions { unsolved: vec![equation], ..Solutions::default() }
    }

    /// Adds a root, counting it more often when it is there.
    pub fn add(&mut self, value: Expr, multiplicity: usize) {
        match self.roots.iter_mut().find(|root| root.value == value) {
            Some(root) => root.multiplicity += multiplicity,
            None => self.roots.push(Root { value, multiplicity, except: Vec::new() }),
        }
    }

    /// Does it name every solution?
    pub fn is_complete(&self) -> bool {
        self.is_listed() && self.pieces.is_empty()
    }

    /// As `is_complete`, with intervals.
    pub fn is_listed(&self) -> bool {
        let doubts = [self.everything, self.principal_only, self.conditional, self.partial];
        self.unsolved.is_empty() && doubts.iter().all(|doubt| !doubt)
    }

    /// Adds the solutions of a factor that occurs `times`.
    pub fn extend(&mut self, other: Solutions, times: usize) {
        for root in other.roots {
            self.add(root.value, root.multiplicity * times);
        }
        self.pieces.extend(other.pieces);
        for equation in other.unsolved {
            if !self.unsolved.contains(&equation) {
                self.unsolved.push(equation);
            }
        }
        self.everything |= other.everything;
        self.principal_only |= other.principal_only;
        self.branches |= other.branches;
        self.conditional |= other.conditional;
        self.partial |= other.partial;
    }
}

#[cfg(test)]
mod tests;
