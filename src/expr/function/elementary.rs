//! The record of an elementary function, and what constructors do with it.

use crate::expr::assume::Signs;
use crate::expr::node::Expr;

/// Symmetry of a function of one variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parity {
    /// `f(-x) = f(x)`.
    Even,
    /// `f(-x) = -f(x)`.
    Odd,
    /// Neither.
    None,
}

/// All that is known about an elementary function.
#[derive(Clone, Copy)]
pub struct Elementary {
    /// The name in the language and in output.
    pub name: &'static str,
    /// Other names that people type.
    pub aliases: &'static [&'static str],
    /// The LaTeX of the name; empty for the plain name. Where a call is no name before parentheses, a template of the
    /// whole call: `#1`, `#2` stand for the arguments, `#^1` for one that binds as the base of a power (`#^1!`).
    /// Templates for several numbers of arguments stand on lines of their own.
    pub latex: &'static str,
    /// How many arguments it takes, least and most.
    pub arity: (usize, usize),
    /// Symmetry in its only argument.
    pub parity: Parity,
    /// The name of the inverse function, where that is in the table.
    pub inverse: Option<&'static str>,
    /// The value where it is simple, exact and true for every admissible value; nothing expensive, nothing else.
    pub exact: fn(&[Expr]) -> Option<Expr>,
    /// The derivative by the argument at a position; `None` where it has no expression.
    pub derivative: fn(&[Expr], usize) -> Option<Expr>,
    /// The signs that the value may have, from those of the arguments.
    pub signs: fn(&[Signs]) -> Signs,
}

impl Elementary {
    /// What most functions of one variable start from: no symmetry, no exact values, nothing known.
    pub(super) const UNARY: Elementary = Elementary {
        name: "",
        aliases: &[],
        latex: "",
        arity: (1, 1),
        parity: Parity::None,
        inverse: None,
        exact: |_| None,
        derivative: |_, _| None,
        signs: |_| Signs::ANY,
    };

    /// The simple value of a call, if there is one.
    pub(in crate::expr) fn value(&self, arguments: &[Expr]) -> Option<Expr> {
        (self.exact)(arguments)
    }
}

/// The only argument of a unary function; zero stands in for one that a wrong call left out.
pub(super) fn argument(arguments: &[Expr]) -> &Expr {
    thread_local! {
        static ZERO: &'static Expr = Box::leak(Box::new(Expr::zero()));
    }
    arguments.first().unwrap_or_else(|| ZERO.with(|zero| *zero))
}

/// The signs of the first argument.
pub(super) fn first(signs: &[Signs]) -> Signs {
    signs.first().copied().unwrap_or(Signs::ANY)
}

/// Real for a real argument.
pub(super) fn real_for_real(signs: &[Signs]) -> Signs {
    if first(signs).only(Signs::REAL) { Signs::REAL } else { Signs::ANY }
}

/// The sign of the argument where that is real, as odd increasing functions have it.
pub(super) fn sign_of_argument(signs: &[Signs]) -> Signs {
    if first(signs).only(Signs::REAL) { first(signs) } else { Signs::ANY }
}
