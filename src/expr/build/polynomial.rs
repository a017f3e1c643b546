//! Polynomials in plain atoms, written without the builders: every monomial of the row is different, so nothing has to
//! be collected, and each is canonical as it stands.

use super::{finish_sum, spread};
use crate::budget::Pace;
use crate::expr::function;
use crate::expr::node::{Constant, Expr, Factor, FactorList, Factors, Kind, Product, Term};
use crate::number::sorting;
use crate::number::{Number, Rational};
use std::rc::Rc;

impl Expr {
    /// Do powers of the expression with natural exponents combine by adding their exponents, and in no other way?
    /// So it is with variables, constants and calls, apart from exponentials and moduli.
    pub fn is_plain_atom(&self) -> bool {
        match self.kind() {
            Kind::Symbol(_) => true,
            Kind::Constant(constant) => !matches!(constant, Constant::NoLimit | Constant::Oscillating),
            Kind::Call(function, _) => !function.is(&function::EXP) && !function.is(&function::ABS),
            Kind::Number(_)
            | Kind::Infinity(_)
            | Kind::Undefined(_)
            | Kind::Sum(_)
            | Kind::Product(_)
            | Kind::Power(..)
            | Kind::Relation(..) => false,
        }
    }
}

/// Writes a polynomial in plain atoms term by term. No monomial may come twice.
pub struct PolynomialWriter {
    /// The atoms in canonical order, each with its place in the rows of exponents.
    atoms: Vec<(usize, Expr)>,
    constant: Number,
    terms: Vec<Term>,
    pace: Pace,
}

impl PolynomialWriter {
    /// A writer over atoms for which [`Expr::is_plain_atom`] holds, with room for so many terms.
    pub fn new(atoms: &[Expr], room: usize) -> PolynomialWriter {
        let mut atoms: Vec<(usize, Expr)> = atoms.iter().cloned().enumerate().collect();
        sorting::sort_by(&mut atoms, |a, b| a.1.canonical_cmp(&b.1));
        PolynomialWriter { atoms, constant: Number::ZERO, terms: Vec::with_capacity(room), pace: Pace::default() }
    }

    /// Adds a number times the atoms to the exponents of a row.
    pub fn add(&mut self, exponents: &[u64], coefficient: Number) {
        self.pace.step();
        if coefficient.is_zero() {
            return;
        }
        if let [(place, atom)] = self.atoms.as_slice() {
            match exponents.get(*place) {
                None | Some(0) => self.constant = coefficient,
                Some(power) => {
                    let base = Expr::raw_power(atom, &exponent_of(*power));
                    self.terms.push(Term { base, coefficient });
                }
            }
            return;
        }
        let present = |(place, atom): &(usize, Expr)| {
            let power = *exponents.get(*place)?;
            (power > 0).then(|| Factor { base: atom.clone(), exponent: exponent_of(power) })
        };
        let list: FactorList = self.atoms.iter().filter_map(present).collect();
        let base = match list.as_slice() {
            [] => {
                self.constant = coefficient;
                return;
            }
            [only] => only.to_expr(),
            _ => product(Factors::new(list)),
        };
        self.terms.push(Term { base, coefficient });
    }

    /// The polynomial.
    pub fn finish(mut self) -> Expr {
        spread::sort_terms(&mut self.terms);
        finish_sum(self.constant, self.terms)
    }
}

fn exponent_of(power: u64) -> Rational {
    Rational::from(i64::try_from(power).unwrap_or(i64::MAX))
}

fn product(factors: Rc<Factors>) -> Expr {
    Expr::from_kind(Kind::Product(Product { coefficient: Number::ONE, factors }))
}
