//! The two halves of integrating a rational function: Hermite's reduction to a square-free denominator, and the
//! logarithms over the roots of a resultant (Rothstein and Trager).
//!
//! Sources: Bronstein, "Symbolic Integration I", 2.2 (Mack's linear version) and 2.4.

use crate::number::Rational;

use super::algebraic::{AlgebraicPolynomial, NumberField, resultant_in_parameter};
use super::dense::IntegerPolynomial;
use super::fraction::RationalFunction;
use super::rational::RationalPolynomial;

/// An integral up to logarithms: `polynomial + rational + (the integral of rest)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HermiteReduction {
    /// The integral of the polynomial part, without constant term.
    pub polynomial: RationalPolynomial,
    /// The rational part of the integral of the proper rest.
    pub rational: RationalFunction,
    /// A proper function with square-free denominator that is left to integrate.
    pub rest: RationalFunction,
}

/// The part `sum of c * log(argument(c))` of an integral over all roots `c` of an irreducible polynomial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogTerm {
    /// The minimal polynomial of the residues `c`, primitive.
    pub residues: IntegerPolynomial,
    /// The argument, monic: the coefficient of `x^i` is the `i`-th polynomial in `c`.
    pub argument: Vec<RationalPolynomial>,
}

impl LogTerm {
    /// The residue, if it is a rational number.
    pub fn rational_residue(&self) -> Option<Rational> {
        match self.residues.coefficients() {
            [constant, lead] => Rational::ratio(&-constant, lead),
            _ => None,
        }
    }
}

/// Splits the integral of a rational function into a rational part and one with square-free denominator.
pub fn hermite_reduction(f: &RationalFunction) -> HermiteReduction {
    let (polynomial, proper) = f.split_polynomial();
    let polynomial = polynomial.integral();
    let exact = |a: &RationalPolynomial, b: &RationalPolynomial| a.div_exact(b).expect("a gcd divides");
    let denominator = RationalPolynomial::from(proper.denominator().clone());
    let mut numerator = proper.numerator().clone();
    let mut repeated = denominator.gcd(&denominator.derivative());
    let radical = exact(&denominator, &repeated);
    let mut rational = RationalFunction::from(RationalPolynomial::zero());
    while !repeated.is_constant() {
        let slope = repeated.derivative();
        let deeper = repeated.gcd(&slope);
        let layer = exact(&repeated, &deeper);
        // b * (-radical * repeated' / repeated) + c * layer = numerator
        let multiplier = -&exact(&(&radical * &slope), &repeated);
        let Some((b, c)) = solve(&multiplier, &layer, &numerator) else { break };
        numerator = &c - &exact(&(&b.derivative() * &radical), &layer);
        if let Some(term) = RationalFunction::new(&b, &repeated) {
            rational = &rational + &term;
        }
        repeated = deeper;
    }
    let rest = RationalFunction::new(&numerator, &radical).expect("a denominator is not zero");
    HermiteReduction { polynomial, rational, rest }
}

/// `(b, c)` with `b*p + c*q = wanted` and `deg b < deg q`, for coprime `p` and `q`.
fn solve(
    p: &RationalPolynomial,
    q: &RationalPolynomial,
    wanted: &RationalPolynomial,
) -> Option<(RationalPolynomial, RationalPolynomial)> {
    let (common, s, _) = p.extended_gcd(q);
    if !common.is_one() {
        return None;
    }
    let (_, b) = (&s * wanted).div_rem(q)?;
    let c = (wanted - &(&b * p)).div_exact(q)?;
    Some((b, c))
}

/// The integral of a proper function with square-free denominator as a sum of logarithms.
///
/// The residues are the roots of the resultant of `D` and `A - t*D'`; the argument that belongs to a residue `c` is the
/// gcd of `D` and `A - c*D'`. `None` if a residue has a degree above `largest_degree`, or if the function is not as
/// required.
pub fn log_part(f: &RationalFunction, largest_degree: usize) -> Option<Vec<LogTerm>> {
    if f.is_zero() {
        return Some(Vec::new());
    }
    let (content, a) = f.numerator().split_content();
    let d = f.denominator();
    if a.len() >= d.len() || !d.is_squarefree() {
        return None;
    }
    let slope = d.derivative();
    let resultant = resultant_in_parameter(d, &[a.clone(), -&slope]);
    let mut terms = Vec::new();
    for (residues, _) in resultant.factor().factors {
        if residues.len() - 1 > largest_degree {
            return None;
        }
        let argument = argument(&a, d, &slope, &residues);
        // All this for the primitive numerator: the residues are multiples by its content.
        terms.push(scale_residues(residues, argument, &content));
    }
    Some(terms)
}

/// The gcd of `D` and `A - c*D'` for a root `c` of an irreducible polynomial.
fn argument(
    a: &IntegerPolynomial,
    d: &IntegerPolynomial,
    slope: &IntegerPolynomial,
    residues: &IntegerPolynomial,
) -> Vec<RationalPolynomial> {
    if let [constant, lead] = residues.coefficients() {
        // c = -constant/lead: the gcd of D and lead*A + constant*D'.
        let common = d.gcd(&(&a.scale(lead) + &slope.scale(constant)));
        let common = RationalPolynomial::from(common).monic();
        return common.coefficients().iter().map(RationalPolynomial::constant).collect();
    }
    let field = NumberField::of_irreducible(residues);
    let row = |i: usize| {
        let part = |p: &IntegerPolynomial| Rational::from(p.coefficient(i).clone());
        RationalPolynomial::new(&[part(a), -part(slope)])
    };
    let rows: Vec<RationalPolynomial> = (0..d.len()).map(row).collect();
    let whole = AlgebraicPolynomial::from(&RationalPolynomial::from(d.clone()));
    field.gcd(&whole, &field.polynomial(&rows)).coefficients().to_vec()
}

/// Multiplies all residues by a rational number, in the polynomial and in the argument.
fn scale_residues(residues: IntegerPolynomial, argument: Vec<RationalPolynomial>, factor: &Rational) -> LogTerm {
    if factor.is_one() {
        return LogTerm { residues, argument };
    }
    let inverse = factor.recip().unwrap_or(Rational::ONE);
    let substitution = RationalPolynomial::x().scale(&inverse);
    let scaled = RationalPolynomial::from(residues).compose(&substitution);
    LogTerm {
        residues: scaled.split_content().1,
        argument: argument.iter().map(|c| c.compose(&substitution)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Random;
    use super::*;

    fn ratio(n: &[i64], d: &[i64]) -> RationalFunction {
        let polynomial = |row: &[i64]| RationalPolynomial::from(IntegerPolynomial::from_i64(row));
        RationalFunction::new(&polynomial(n), &polynomial(d)).unwrap()
    }

    #[test]
    fn hermite_reduction_differentiates_back() {
        let mut random = Random::new(61);
        for powers in [vec![(1, 4)], vec![(1, 1), (2, 3)], vec![(2, 2), (1, 3), (3, 1)], vec![(4, 1)]] {
            let denominator = powers.iter().fold(RationalPolynomial::one(), |product, &(degree, exponent)| {
                &product * &random.rational_polynomial(degree, 3).pow(exponent)
            });
            let f = RationalFunction::new(&random.rational_polynomial(8, 4), &denominator).unwrap();
            let answer = hermite_reduction(&f);
            let polynomial = RationalFunction::from(answer.polynomial.derivative());
            let sum = &(&polynomial + &answer.rational.derivative()) + &answer.rest;
            assert_eq!(sum, f);
            assert!(answer.rest.denominator().is_squarefree());
        }
    }

    /// The sum of `c * argument'/argument` over the conjugates is checked by traces: multiply through by `D`.
    fn rational_sum(terms: &[LogTerm]) -> RationalFunction {
        let zero = RationalFunction::from(RationalPolynomial::zero());
        terms.iter().fold(zero, |sum, term| {
            let residue = term.rational_residue().unwrap();
            let row: Vec<Rational> = term.argument.iter().map(|c| c.coefficient(0)).collect();
            let argument = RationalPolynomial::new(&row);
            &sum + &RationalFunction::new(&argument.derivative().scale(&residue), &argument).unwrap()
        })
    }

    #[test]
    fn rational_residues_give_back_the_function() {
        for f in [
            ratio(&[1], &[-1, 0, 1]),
            ratio(&[0, 6], &[-2, 0, 3]),
            ratio(&[2, 0, 5], &[0, -1, 0, 1]),
            ratio(&[0], &[1]),
        ] {
            let terms = log_part(&f, 10).unwrap();
            assert_eq!(rational_sum(&terms), f);
        }
        assert_eq!(log_part(&ratio(&[0, 2], &[-1, 0, 1]), 1).unwrap().len(), 1);
    }

    #[test]
    fn irrational_residues_come_with_their_minimal_polynomial() {
        // The residues of 1/(x^2 + 1) are i/2 and -i/2.
        let terms = log_part(&ratio(&[1], &[1, 0, 1]), 4).unwrap();
        assert_eq!(terms.len(), 1);
        assert_eq!(terms[0].residues.to_string(), "4*x^2 + 1");
        assert_eq!(format!("{:?}", terms[0].argument), "[2*x, 1]");
        // Bronstein's example 2.4.1.
        let f = ratio(&[6, 0, -3, 0, 1], &[4, 0, 5, 0, -5, 0, 1]);
        let terms = log_part(&f, 4).unwrap();
        assert_eq!(terms.len(), 1);
        assert_eq!(terms[0].residues.to_string(), "4*x^2 + 1");
        assert_eq!(format!("{:?}", terms[0].argument), "[-4*x, -3, 2*x, 1]");
        assert!(log_part(&f, 1).is_none());
    }
}
