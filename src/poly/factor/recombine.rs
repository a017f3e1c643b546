//! From factors modulo a prime power to factors over the integers: products of few of them are tried, those whose constant
//! coefficient is possible by division (Zassenhaus); where the choices are too many, lattice reduction tells which belong
//! together (`knapsack`).

use crate::budget::{Budget, Stopped};
use crate::number::Integer;

use super::super::dense::IntegerPolynomial;
use super::super::modular::Modulus;
use super::factor_bound;
use super::knapsack;
use super::lift::{Lifted, lift, symmetric};
use crate::number::sorting;

/// All choices are tried for this many lifted factors.
const EXHAUSTIVE: usize = 12;
/// With more of them, choices of one size are tried if they are not more than this.
const CHOICES: usize = 30_000;
/// How often the precision is doubled for the lattice before all choices are tried after all.
const DOUBLINGS: usize = 6;

/// The search for true factors.
struct Search {
    /// What is left of the polynomial.
    rest: IntegerPolynomial,
    /// The lifted factors of the rest.
    lifted: Vec<IntegerPolynomial>,
    modulus: Integer,
    found: Vec<IntegerPolynomial>,
    /// When the modulus is below the bound: so many bits leave some to spare.
    room: Option<usize>,
    /// Was a factor left because it may have factors beyond the modulus?
    doubtful: bool,
}

/// So many bits of the modulus have to be to spare for a factor before its time.
const SPARE_BITS: usize = 4;

/// The irreducible factors of a primitive square-free `p`, given its monic factors modulo any power of a prime, if all of
/// them show already: many polynomials have factors with coefficients far below the bound (Collins and Encarnación,
/// "Improved techniques for factoring univariate polynomials", 1996).
///
/// A factor that is irreducible modulo the prime is; one made of several must have no factor beyond the modulus, where
/// all choices of its parts were tried.
pub(super) fn recombine_early(
    p: &IntegerPolynomial,
    lifted: Vec<IntegerPolynomial>,
    modulus: &Integer,
    budget: &Budget,
) -> Option<Vec<IntegerPolynomial>> {
    let room = modulus.bit_length().checked_sub(SPARE_BITS + p.leading().bit_length())?;
    let modulus = modulus.clone();
    let mut search = Search { rest: p.clone(), lifted, modulus, found: Vec::new(), room: Some(room), doubtful: false };
    loop {
        let count = search.lifted.len();
        search.try_size(1, budget).ok()?;
        if search.lifted.len() > 3 {
            if search.found.is_empty() || search.lifted.len() > EXHAUSTIVE {
                return None;
            }
            search.try_size(2, budget).ok()?;
        }
        match search.lifted.len() {
            _ if search.doubtful => return None,
            0 => return Some(search.found),
            1 => {}
            // Of so many, no more than two make one side; a factor of what is left would have shown.
            2..6 if factor_bound(&search.rest) > room => return None,
            2..6 if search.lifted.len() < count => continue,
            2..6 => {}
            _ => return None,
        }
        search.found.push(search.rest);
        return Some(search.found);
    }
}

/// The irreducible factors of a primitive square-free `p`, given its monic factors modulo a power of the prime of `field`,
/// a modulus beyond the bound for factors of at most half the degree.
pub(super) fn recombine(
    p: &IntegerPolynomial,
    lifted: Vec<IntegerPolynomial>,
    field: &Modulus,
    exponent: usize,
    budget: &Budget,
) -> Result<Vec<IntegerPolynomial>, Stopped> {
    let modulus = Integer::from(field.prime()).pow(exponent);
    let mut search = Search { rest: p.clone(), lifted, modulus, found: Vec::new(), room: None, doubtful: false };
    let mut size = 1;
    while 2 * size <= search.lifted.len() {
        if search.lifted.len() > EXHAUSTIVE && choices(search.lifted.len(), size) > CHOICES {
            if search.by_lattice(field, exponent, budget)? {
                break;
            }
            while 2 * size <= search.lifted.len() {
                search.try_size(size, budget)?;
                size += 1;
            }
            break;
        }
        search.try_size(size, budget)?;
        size += 1;
    }
    if !search.rest.is_constant() {
        search.found.push(search.rest);
    }
    Ok(search.found)
}

/// The binomial coefficient, or the greatest number.
fn choices(count: usize, size: usize) -> usize {
    (0..size).try_fold(1usize, |ways, i| Some(ways.checked_mul(count - i)? / (i + 1))).unwrap_or(usize::MAX)
}

impl Search {
    /// Takes out all factors made of `size` lifted ones.
    fn try_size(&mut self, size: usize, budget: &Budget) -> Result<(), Stopped> {
        let mut chosen: Vec<usize> = (0..size).collect();
        while 2 * size <= self.lifted.len() {
            budget.check()?;
            if self.try_choice(&chosen) {
                // Choices that start before the first chosen one have all been tried.
                let first = chosen.first().copied().unwrap_or(0);
                chosen = (first..first + size).collect();
                if chosen.last().is_none_or(|&last| last >= self.lifted.len()) {
                    return Ok(());
                }
            } else if !advance(&mut chosen, self.lifted.len()) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Finishes by lattice reduction, lifting further where the precision does not suffice; tells whether it could.
    fn by_lattice(&mut self, field: &Modulus, exponent: usize, budget: &Budget) -> Result<bool, Stopped> {
        let prime = Integer::from(field.prime());
        let images: Vec<Vec<u64>> = self.lifted.iter().map(|factor| field.image(factor)).collect();
        let mut exponent = exponent;
        for _ in 0..DOUBLINGS {
            let (rest, lifted) = (self.rest.clone(), self.lifted.clone());
            if knapsack::partition(&rest, &lifted, (&prime, exponent), budget, |classes| self.try_classes(classes))? {
                return Ok(true);
            }
            exponent *= 2;
            let lifted = lift(&self.rest, field, &images, exponent, |_, _| None::<()>);
            let Some(Lifted::Whole(lifted)) = lifted else { return Ok(false) };
            self.lifted = lifted;
            self.modulus = prime.pow(exponent);
        }
        Ok(false)
    }

    /// Takes the products of the classes out if they are all true factors, which the lattice proves irreducible.
    fn try_classes(&mut self, mut classes: Vec<Vec<usize>>) -> bool {
        let degree = |class: &Vec<usize>| self.members(class).map(IntegerPolynomial::len).sum::<usize>() - class.len();
        sorting::sort_by_key(&mut classes, degree);
        // The last and largest class is what is left.
        classes.pop();
        let mut rest = self.rest.clone();
        let mut found = Vec::new();
        for class in classes {
            let candidate = self.product(&class);
            let Some(quotient) = rest.div_exact(&candidate) else { return false };
            found.push(candidate);
            rest = quotient;
        }
        self.rest = rest;
        self.found.append(&mut found);
        true
    }

    /// Takes the product of the chosen factors out, if it is a true factor.
    ///
    /// The modulus suffices for factors of at most half the degree: of a choice and its complement the lesser is formed.
    fn try_choice(&mut self, chosen: &[usize]) -> bool {
        let degree = |i: &usize| self.lifted.get(*i).and_then(IntegerPolynomial::degree).unwrap_or(0);
        let flipped = 2 * chosen.iter().map(degree).sum::<usize>() > self.rest.len() - 1;
        let complement: Vec<usize>;
        let side = if flipped {
            complement = (0..self.lifted.len()).filter(|i| !chosen.contains(i)).collect();
            &complement
        } else {
            chosen
        };
        if !self.constant_is_possible(side) {
            return false;
        }
        let candidate = self.product(side);
        if self.room.is_some_and(|room| candidate.height_bits() > room) {
            return false;
        }
        let Some(quotient) = self.rest.div_exact(&candidate) else { return false };
        let (factor, rest) = if flipped { (quotient, candidate) } else { (candidate, quotient) };
        if chosen.len() > 1 && self.room.is_some_and(|room| factor_bound(&factor) > room) {
            self.doubtful = true;
            return false;
        }
        self.rest = rest;
        self.found.push(factor);
        for &i in chosen.iter().rev() {
            self.lifted.remove(i);
        }
        true
    }

    fn members<'a>(&'a self, side: &'a [usize]) -> impl Iterator<Item = &'a IntegerPolynomial> {
        side.iter().filter_map(|&i| self.lifted.get(i))
    }

    /// Does the constant coefficient of the product, scaled as in the polynomial, divide what it must?
    fn constant_is_possible(&self, side: &[usize]) -> bool {
        let lead = self.rest.leading();
        let constants = self.members(side).map(|factor| factor.coefficient(0));
        let product = constants.fold(lead.clone(), |product, c| symmetric(&(product * c), &self.modulus));
        (lead * self.rest.coefficient(0)).is_divisible_by(&product)
    }

    /// The product of some lifted factors with the leading coefficient of the polynomial, made primitive.
    fn product(&self, side: &[usize]) -> IntegerPolynomial {
        let lead = IntegerPolynomial::constant(self.rest.leading().clone());
        let product = self.members(side).fold(lead, |product, factor| {
            let whole = &product * factor;
            whole.map(|c| symmetric(c, &self.modulus))
        });
        product.primitive_part()
    }
}

/// Moves on to the next increasing choice below `count`.
fn advance(chosen: &mut [usize], count: usize) -> bool {
    let size = chosen.len();
    let Some(place) = (0..size).rev().find(|&i| chosen.get(i).is_some_and(|&c| c < count + i - size)) else {
        return false;
    };
    let start = chosen.get(place).copied().unwrap_or(0) + 1;
    for (offset, slot) in chosen.iter_mut().skip(place).enumerate() {
        *slot = start + offset;
    }
    true
}
