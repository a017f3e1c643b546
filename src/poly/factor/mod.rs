//! Factorisation over the integers: content, square-free parts, cyclotomic factors, then factors modulo a small prime,
//! lifted and recombined (Zassenhaus 1969; van Hoeij 2002).

mod cyclotomic;
mod finite;
mod knapsack;
mod lift;
mod recombine;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use crate::budget::{Budget, Stopped};
use crate::number::Integer;

use super::dense::IntegerPolynomial;
use super::modular::{Modulus, small_primes};
use super::squarefree::Factorization;
use crate::number::sorting;

pub use cyclotomic::cyclotomic;
use finite::{DegreeClass, distinct_degrees, equal_degrees};
use lift::Lifted;

/// How many primes are tried in search of one with few factors.
const PRIMES_TRIED: usize = 4;

impl IntegerPolynomial {
    /// The factorisation into irreducible polynomials over the rationals, sorted by degree, then by coefficients.
    pub fn factor(&self) -> Factorization {
        self.factor_within(&Budget::unlimited()).expect("an unlimited budget is never spent")
    }

    /// As [`IntegerPolynomial::factor`], within a budget.
    ///
    /// # Errors
    /// If the budget is spent.
    pub fn factor_within(&self, budget: &Budget) -> Result<Factorization, Stopped> {
        let parts = self.squarefree_decomposition();
        let mut factors = Vec::new();
        for (part, exponent) in &parts.factors {
            factors.extend(factor_squarefree(part, budget)?.into_iter().map(|factor| (factor, *exponent)));
        }
        sorting::sort_by(&mut factors, |(a, _), (b, _)| compare(a, b));
        Ok(Factorization { content: parts.content, factors })
    }

    /// Is it irreducible over the rationals? Constants are not.
    pub fn is_irreducible(&self) -> bool {
        let primitive = self.primitive_part();
        !primitive.is_constant()
            && primitive.is_squarefree()
            && factor_squarefree(&primitive, &Budget::unlimited()).is_ok_and(|factors| factors.len() == 1)
    }
}

/// By degree, then by coefficients from the highest on.
fn compare(a: &IntegerPolynomial, b: &IntegerPolynomial) -> Ordering {
    let coefficients = || a.coefficients().iter().rev().cmp(b.coefficients().iter().rev());
    a.len().cmp(&b.len()).then_with(coefficients)
}

/// The irreducible factors of a primitive square-free polynomial of positive degree with positive leading coefficient.
pub(crate) fn factor_squarefree(p: &IntegerPolynomial, budget: &Budget) -> Result<Vec<IntegerPolynomial>, Stopped> {
    if p.len() <= 2 {
        return Ok(vec![p.clone()]);
    }
    if p.coefficient(0).is_zero() {
        let mut factors = vec![IntegerPolynomial::x()];
        factors.extend(factor_squarefree(&p.shift_down(1), budget)?);
        return Ok(factors);
    }
    if let Some(factors) = factor_quadratic(p).or_else(|| cyclotomic::factor_unit_binomial(p)) {
        return Ok(factors);
    }
    let (mut factors, rest) = cyclotomic::split_cyclotomic(p);
    if !rest.is_constant() {
        factors.extend(factor_by_deflation(&rest, budget)?);
    }
    Ok(factors)
}

/// The factors of a quadratic polynomial by its discriminant.
fn factor_quadratic(p: &IntegerPolynomial) -> Option<Vec<IntegerPolynomial>> {
    let [c, b, a] = p.coefficients() else { return None };
    let Some(root) = (b * b - Integer::new(4) * a * c).exact_root(2) else { return Some(vec![p.clone()]) };
    let double = a + a;
    let factor = |root: Integer| IntegerPolynomial::new(vec![b - root, double.clone()]).primitive_part();
    Some(vec![factor(-&root), factor(root)])
}

/// Factors `q` where the polynomial is `q(x^k)`, then the factors with `x^l` put back for one prime `l` of `k` after
/// the other.
fn factor_by_deflation(p: &IntegerPolynomial, budget: &Budget) -> Result<Vec<IntegerPolynomial>, Stopped> {
    let mut exponent = p.deflation();
    if exponent <= 1 {
        return factor_modular(p, budget);
    }
    let mut factors = factor_squarefree(&p.deflate(exponent), budget)?;
    let mut prime = 2;
    while exponent > 1 {
        if exponent.is_multiple_of(prime) {
            exponent /= prime;
            let mut finer = Vec::with_capacity(factors.len());
            for factor in &factors {
                finer.extend(factor_modular(&factor.inflate(prime), budget)?);
            }
            factors = finer;
        } else {
            prime += 1;
        }
    }
    Ok(factors)
}

/// The best known factorisation modulo a prime.
struct Image {
    field: Modulus,
    classes: Vec<DegreeClass>,
    count: usize,
}

/// Factors modulo several small primes; `None` as soon as they prove irreducibility.
fn choose_prime(p: &IntegerPolynomial, budget: &Budget) -> Result<Option<Image>, Stopped> {
    let degree = p.len() - 1;
    let mut possible: Vec<usize> = (1..=degree / 2).collect();
    let mut best: Option<Image> = None;
    let (mut tried, mut least) = (0, 0);
    for prime in small_primes() {
        budget.check()?;
        if prime < least {
            continue;
        }
        let field = Modulus::new(prime);
        let image = field.image(p);
        if image.len() != p.len() || field.gcd(&image, &field.derivative(&image)).len() > 1 {
            // Where small primes divide many differences of roots, larger ones divide fewer.
            least = prime + prime / 4;
            continue;
        }
        let classes = distinct_degrees(&field, &field.monic(&image));
        let count = classes.iter().map(DegreeClass::count).sum();
        let sums = degree_sums(&classes, degree);
        possible.retain(|d| sums.get(*d) == Some(&true));
        if possible.is_empty() {
            return Ok(None);
        }
        if best.as_ref().is_none_or(|image| count < image.count) {
            best = Some(Image { field, classes, count });
        }
        tried += 1;
        // Where most factors are small, there are many over the integers too.
        let enough = if 3 * count > degree { PRIMES_TRIED / 2 } else { PRIMES_TRIED };
        if tried >= enough || count <= 3 {
            break;
        }
    }
    Ok(best)
}

/// Which numbers up to `degree` are sums of degrees of factors.
fn degree_sums(classes: &[DegreeClass], degree: usize) -> Vec<bool> {
    let mut sums = vec![false; degree + 1];
    sums[0] = true;
    for class in classes {
        for _ in 0..class.count() {
            for d in (class.degree..=degree).rev() {
                sums[d] |= sums[d - class.degree];
            }
        }
    }
    sums
}

/// The irreducible factors of a primitive square-free polynomial, by a prime, lifting and recombination.
fn factor_modular(p: &IntegerPolynomial, budget: &Budget) -> Result<Vec<IntegerPolynomial>, Stopped> {
    if p.len() <= 2 {
        return Ok(vec![p.clone()]);
    }
    let Some(image) = choose_prime(p, budget)? else { return Ok(vec![p.clone()]) };
    let modular: Vec<Vec<u64>> = image.classes.iter().flat_map(|class| equal_degrees(&image.field, class)).collect();
    let exponent = exponent_beyond(&Integer::from(image.field.prime()), factor_bound(p));
    let early = |lifted, modulus: &_| recombine::recombine_early(p, lifted, modulus, budget);
    match lift::lift(p, &image.field, &modular, exponent, early) {
        Some(Lifted::Whole(lifted)) => recombine::recombine(p, lifted, &image.field, exponent, budget),
        Some(Lifted::Early(factors)) => Ok(factors),
        None => Ok(vec![p.clone()]),
    }
}

/// The bits of a bound for the coefficients of `lead(p)/lead(g) * g` for any factor `g` of at most half the degree:
/// Mignotte's `binomial(d, d/2) * |p|`, doubled for the sign.
fn factor_bound(p: &IntegerPolynomial) -> usize {
    let half = (p.len() - 1) / 2;
    half + p.norm_squared().bit_length().div_ceil(2) + 2
}

/// The least exponent with `prime^exponent > 2^bits`.
fn exponent_beyond(prime: &Integer, bits: usize) -> usize {
    let mut exponent = (bits as f64 / pxfm::f_log2(prime.to_f64())) as usize;
    while prime.pow(exponent).bit_length() <= bits {
        exponent += 1;
    }
    exponent.max(1)
}
