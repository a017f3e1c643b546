//! Factorisation of sparse polynomials in several variables.
//!
//! Contents, squares and linear variables are dealt with first. Then all variables but one get small numbers; if the
//! image in one variable is irreducible, so is the polynomial. Otherwise the factors of the image are lifted
//! (`bivariate`) and products of them tried by division (after Wang, "An improved multivariate polynomial factoring
//! algorithm", 1978, with the other variables packed into one by Kronecker substitution).

use crate::budget::Budget;
use crate::number::Integer;
use crate::number::sorting;

use super::super::factor::factor_squarefree;
use super::super::modular::{Modulus, large_primes};
use super::super::unfinished::Unfinished;
use super::SparsePolynomial;
use super::bivariate::Lifting;
use super::squarefree::SparseFactorization;

/// Points that give a good image and are compared.
const POINTS_COMPARED: usize = 4;
/// Points tried at most.
const POINTS_TRIED: usize = 60;
/// More factors of the image than this are not recombined.
const LARGEST_COUNT: usize = 14;
/// The largest power of the packed variable.
const LARGEST_PRECISION: u64 = 3000;

impl SparsePolynomial {
    /// The factorisation into irreducible polynomials over the rationals, sorted by number of terms.
    ///
    /// # Errors
    /// If the budget is spent, or the polynomial is too large for the method; never a partial factorisation.
    pub fn factor(&self, budget: &Budget) -> Result<SparseFactorization, Unfinished> {
        let mut factors = Vec::new();
        let content = match self.support()[..] {
            [variable] if let Some(dense) = self.to_univariate(variable) => {
                let parts = dense.squarefree_decomposition();
                for (part, exponent) in &parts.factors {
                    let found = factor_squarefree(part, budget)?;
                    let image = |q| (SparsePolynomial::from_univariate(self.variables, variable, &q), *exponent as u64);
                    factors.extend(found.into_iter().map(image));
                }
                parts.content
            }
            _ => {
                let parts = self.squarefree_decomposition(budget)?;
                for (part, exponent) in &parts.factors {
                    factors.extend(irreducible_factors(part, budget)?.into_iter().map(|factor| (factor, *exponent)));
                }
                parts.content
            }
        };
        sorting::sort_by(&mut factors, |(a, _), (b, _)| {
            (a.len(), &a.exponents, &a.coefficients).cmp(&(b.len(), &b.exponents, &b.coefficients))
        });
        Ok(SparseFactorization { content, factors })
    }
}

/// The irreducible factors of a square-free polynomial without integer content, leading coefficients positive.
fn irreducible_factors(p: &SparsePolynomial, budget: &Budget) -> Result<Vec<SparsePolynomial>, Unfinished> {
    let mut done = Vec::new();
    let mut open = vec![p.clone()];
    while let Some(p) = open.pop() {
        budget.check()?;
        let support = p.support();
        match support[..] {
            [] => continue,
            [variable] => {
                let dense = p.to_univariate(variable).ok_or(Unfinished::TooLarge)?;
                let image = |q| SparsePolynomial::from_univariate(p.variables, variable, &q);
                done.extend(factor_squarefree(&dense, budget)?.into_iter().map(image));
                continue;
            }
            _ => {}
        }
        if let Some((content, primitive)) = split_some_content(&p, &support, budget)? {
            open.extend([content, primitive]);
        } else if support.iter().any(|&v| p.degree(v) == 1) {
            // Linear in a variable, and nothing without it divides.
            done.push(p);
        } else if let Some(last) = homogeneous_variable(&p, &support) {
            let dehomogenized = p.evaluate(last, &Integer::ONE);
            let factors = irreducible_factors(&dehomogenized, budget)?;
            done.extend(factors.iter().map(|factor| homogenize(factor, last)));
        } else {
            done.extend(factor_by_lifting(&p, &support, budget)?);
        }
    }
    Ok(done)
}

/// A factor free of some variable, and its cofactor.
fn split_some_content(
    p: &SparsePolynomial,
    support: &[usize],
    budget: &Budget,
) -> Result<Option<(SparsePolynomial, SparsePolynomial)>, Unfinished> {
    for &variable in support {
        let content = p.content_in_within(variable, budget)?;
        if !content.is_constant() {
            let primitive = p.div_exact(&content).ok_or(Unfinished::TooLarge)?;
            return Ok(Some((content, primitive.split_content().1)));
        }
    }
    Ok(None)
}

/// The last variable, if all terms have the same total degree.
fn homogeneous_variable(p: &SparsePolynomial, support: &[usize]) -> Option<usize> {
    let total = p.total_degree();
    let homogeneous = p.terms().all(|(exponents, _)| exponents.iter().sum::<u64>() == total);
    support.last().copied().filter(|_| homogeneous)
}

/// Fills every term up to the total degree with a variable that does not occur.
fn homogenize(p: &SparsePolynomial, variable: usize) -> SparsePolynomial {
    let total = p.total_degree();
    let terms = p.terms().map(|(exponents, c)| {
        let mut row = exponents.to_vec();
        let missing = total - row.iter().sum::<u64>();
        row.iter_mut().skip(variable).take(1).for_each(|e| *e = missing);
        (row, c.clone())
    });
    SparsePolynomial::from_terms(p.variables, terms)
}

/// A polynomial moved so that the image at 0 of all variables but the main one is good, and the image's factors.
struct Image {
    main: usize,
    moved: SparsePolynomial,
    shifts: Vec<(usize, Integer)>,
    factors: Vec<super::super::IntegerPolynomial>,
}

/// Factors a square-free polynomial in at least two variables that has no content in any of them.
fn factor_by_lifting(
    p: &SparsePolynomial,
    support: &[usize],
    budget: &Budget,
) -> Result<Vec<SparsePolynomial>, Unfinished> {
    let main = support.iter().copied().min_by_key(|&v| (p.leading_in(v).len(), p.degree(v))).unwrap_or(0);
    let others: Vec<usize> = support.iter().copied().filter(|&v| v != main).collect();
    let image = choose_image(p, main, &others, budget)?;
    if image.factors.len() == 1 {
        return Ok(vec![p.clone()]);
    }
    if image.factors.len() > LARGEST_COUNT {
        return Err(Unfinished::TooLarge);
    }
    let found = recombine(&image, &others, budget)?;
    let back = |factor: SparsePolynomial| {
        let moved = image.shifts.iter().fold(factor, |factor, (v, shift)| translate(&factor, *v, &-shift));
        moved.split_content().1
    };
    Ok(found.into_iter().map(back).collect())
}

/// The polynomial with `x + shift` put for a variable.
fn translate(p: &SparsePolynomial, variable: usize, shift: &Integer) -> SparsePolynomial {
    if shift.is_zero() {
        return p.clone();
    }
    let inner =
        &SparsePolynomial::variable(p.variables, variable) + &SparsePolynomial::constant(p.variables, shift.clone());
    p.substitute(variable, &inner)
}

/// Tries points near zero; keeps the one whose image has the fewest factors.
fn choose_image(p: &SparsePolynomial, main: usize, others: &[usize], budget: &Budget) -> Result<Image, Unfinished> {
    let degree = p.degree(main);
    let mut best: Option<Image> = None;
    let (mut good, mut state) = (0, 1u64);
    for attempt in 0..POINTS_TRIED {
        budget.check()?;
        let spread = attempt as u64 / 4;
        let mut coordinate = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            Integer::from((state >> 33) % (2 * spread + 1)) - Integer::from(spread)
        };
        let shifts: Vec<(usize, Integer)> = others.iter().map(|&v| (v, coordinate())).collect();
        let value = shifts.iter().fold(p.clone(), |value, (v, at)| value.evaluate(*v, at));
        let Some(value) = value.to_univariate(main) else { return Err(Unfinished::TooLarge) };
        if value.degree() != Some(degree as usize) || !value.is_squarefree() {
            continue;
        }
        let factors = factor_squarefree(&value.primitive_part(), budget)?;
        good += 1;
        if best.as_ref().is_none_or(|image| factors.len() < image.factors.len()) {
            let moved = shifts.iter().fold(p.clone(), |moved, (v, at)| translate(&moved, *v, at));
            let alone = factors.len() == 1;
            best = Some(Image { main, moved, shifts, factors });
            if alone {
                break;
            }
        }
        if good == POINTS_COMPARED {
            break;
        }
    }
    best.ok_or(Unfinished::TooLarge)
}

/// A prime modulo which the image keeps its degree and stays square-free.
fn good_prime(image: &Image) -> Option<Modulus> {
    let product = image.factors.iter().fold(super::super::IntegerPolynomial::one(), |product, f| &product * f);
    large_primes().take(100).find(|field| {
        let row = field.image(&product);
        row.len() == product.len() && field.gcd(&row, &field.derivative(&row)).len() == 1
    })
}

/// Bits of Gelfond's bound for the coefficients of any factor: `exp(sum of degrees) * height`.
fn factor_bits(p: &SparsePolynomial) -> usize {
    let degrees: u64 = p.degrees().iter().sum();
    (degrees as f64 * std::f64::consts::LOG2_E).ceil() as usize + p.height_bits() + 2
}

/// Products of lifted factors that divide; what is left at the end is irreducible.
fn recombine(image: &Image, others: &[usize], budget: &Budget) -> Result<Vec<SparsePolynomial>, Unfinished> {
    let lead = image.moved.leading_in(image.main);
    let scaled = &image.moved * &lead;
    let sizes: Vec<u64> = others.iter().map(|&v| scaled.degree(v) + 1).collect();
    let precision = sizes.iter().try_fold(1u64, |product, size| product.checked_mul(*size));
    let precision = precision.filter(|&precision| precision <= LARGEST_PRECISION).ok_or(Unfinished::TooLarge)?;
    let field = good_prime(image).ok_or(Unfinished::TooLarge)?;
    let lifting = Lifting { field, main: image.main, others: others.to_vec(), sizes, precision: precision as usize };
    let mut lifted = lifting.lift(&image.moved, &lead, &image.factors, budget)?;
    let complete = factor_bits(&scaled) < 61;
    let mut rest = image.moved.clone();
    let mut found = Vec::new();
    let mut size = 1;
    while 2 * size <= lifted.len() {
        let mut chosen: Option<Vec<usize>> = None;
        for subset in subsets(lifted.len(), size) {
            budget.check()?;
            let candidate = lifting.product(&lead, subset.iter().filter_map(|&i| lifted.get(i)), rest.variables);
            let candidate = candidate.primitive_part_in_within(image.main, budget)?;
            if candidate.degree(image.main) > 0
                && let Some(quotient) = rest.div_exact(&candidate)
            {
                rest = quotient;
                found.push(candidate);
                chosen = Some(subset);
                break;
            }
        }
        match chosen {
            Some(subset) => subset.iter().rev().for_each(|&i| drop(lifted.remove(i))),
            None => size += 1,
        }
    }
    // With coefficients beyond the prime a true factor may have been missed.
    if lifted.len() > 1 && !complete {
        return Err(Unfinished::TooLarge);
    }
    if !rest.is_constant() {
        found.push(rest);
    }
    Ok(found)
}

/// All increasing choices of `size` numbers below `count`, which is small.
fn subsets(count: usize, size: usize) -> impl Iterator<Item = Vec<usize>> {
    let masks = (0u32..1 << count).filter(move |mask| mask.count_ones() as usize == size);
    masks.map(move |mask| (0..count).filter(|i| mask >> i & 1 == 1).collect())
}
