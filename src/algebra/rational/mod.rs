//! Expressions as quotients of polynomials in generators: the ground of factoring, rational simplification and the
//! zero test.
//!
//! The generators are the parts that no field operation takes apart: variables, calls, radicals, exponentials. Those
//! that are algebraic over the earlier ones (`sqrt(2)`, `(x + 1)^(1/3)`, `I`) carry their relation, by which results
//! are reduced. Two expressions whose difference reduces to zero are equal for every value of the variables at which
//! both are defined; the converse is not claimed, since generators may hide further relations.

mod arithmetic;
mod conjugate;
mod generators;

pub use arithmetic::Fraction;
pub use generators::{Generator, Generators};
pub(super) use generators::{reduce_power, trial_division};

use crate::budget::Budget;
use crate::expr::{Expr, PolynomialWriter, ProductBuilder, Reason, SumBuilder};
use crate::number::sorting;
use crate::number::{Number, Rational};
use crate::poly::SparsePolynomial;

/// An expression as a reduced fraction over generators.
pub struct RationalForm {
    generators: Generators,
    fraction: Fraction,
}

impl RationalForm {
    /// Reads an expression.
    ///
    /// # Errors
    /// When the budget runs out, when a denominator reduces to zero, or exponents are beyond reason.
    pub fn of(expr: &Expr, budget: &Budget) -> Result<RationalForm, Reason> {
        let generators = Generators::survey(&[expr])?;
        let fraction = generators.read(expr, budget)?;
        let fraction = generators.reduce(fraction, budget)?;
        Ok(RationalForm { generators, fraction })
    }

    /// A fraction over generators made before.
    pub fn from_parts(generators: Generators, fraction: Fraction) -> RationalForm {
        RationalForm { generators, fraction }
    }

    /// The generators, in the order of the polynomials' variables.
    pub fn generators(&self) -> &Generators {
        &self.generators
    }

    /// The polynomial above.
    pub fn numerator(&self) -> &SparsePolynomial {
        &self.fraction.numerator
    }

    /// The polynomial below.
    pub fn denominator(&self) -> &SparsePolynomial {
        &self.fraction.denominator
    }

    /// Did the expression reduce to zero?
    pub fn is_zero(&self) -> bool {
        self.fraction.numerator.is_zero()
    }

    /// A polynomial over these generators as an expression.
    pub fn express(&self, polynomial: &SparsePolynomial) -> Expr {
        self.generators.express(polynomial)
    }

    /// The numerator and denominator as expressions, collected; the content is in the numerator's coefficients.
    pub fn to_fraction(&self) -> (Expr, Expr) {
        let (content, denominator) = self.fraction.denominator.split_content();
        let numerator = self.generators.express_collected(&self.fraction.numerator);
        match Rational::ratio(&crate::number::Integer::ONE, &content) {
            Some(scale) => (numerator.scale(&Number::from(scale)), self.generators.express_collected(&denominator)),
            None => (numerator, self.express(&self.fraction.denominator)),
        }
    }
}

impl Generators {
    /// A polynomial as an expanded expression.
    pub fn express(&self, polynomial: &SparsePolynomial) -> Expr {
        if let Some(atoms) = self.plain_atoms() {
            let mut writer = PolynomialWriter::new(&atoms, polynomial.len());
            for (exponents, coefficient) in polynomial.terms() {
                writer.add(exponents, Number::from(coefficient.clone()));
            }
            return writer.finish();
        }
        let mut sum = SumBuilder::new();
        for (exponents, coefficient) in polynomial.terms() {
            let mut product = ProductBuilder::new();
            for (generator, exponent) in self.list().iter().zip(exponents) {
                if *exponent > 0 {
                    product.multiply(&generator.power(*exponent));
                }
            }
            sum.add_scaled(&product.finish(), &Number::from(coefficient.clone()));
        }
        sum.finish()
    }

    /// The generators, if all of them are plain atoms.
    fn plain_atoms(&self) -> Option<Vec<Expr>> {
        let plain = |generator: &Generator| generator.as_atom().filter(|atom| atom.is_plain_atom()).cloned();
        self.list().iter().map(plain).collect()
    }

    /// A polynomial collected by its main generator, the coefficients by the next, and so on: the recursive form in
    /// which rational simplification answers.
    pub fn express_collected(&self, polynomial: &SparsePolynomial) -> Expr {
        let mut order: Vec<usize> = polynomial.support();
        sorting::sort_by_key(&mut order, |index| std::cmp::Reverse(self.list().get(*index).map(Generator::rank)));
        self.collected(polynomial, &order)
    }

    fn collected(&self, polynomial: &SparsePolynomial, order: &[usize]) -> Expr {
        let Some((main, rest)) = order.split_first() else { return self.express(polynomial) };
        let Some(generator) = self.list().get(*main) else { return self.express(polynomial) };
        let rows = polynomial.coefficients_in(*main);
        Expr::sum(rows.iter().map(|(power, coefficient)| {
            let coefficient = self.collected(coefficient, rest);
            if *power == 0 { coefficient } else { coefficient * generator.power(*power) }
        }))
    }
}
