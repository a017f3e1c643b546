//! Groebner bases of small systems over the rationals, by Buchberger's algorithm with the product and chain criteria in
//! the form of Gebauer and Moeller ("On an installation of Buchberger's algorithm", 1988), pairs by sugar degree.

use crate::number::sorting;
use std::cmp::Ordering;

use crate::budget::Budget;
use crate::number::Integer;

use super::sparse::SparsePolynomial;
use super::unfinished::Unfinished;

/// An order of monomials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonomialOrder {
    /// Lexicographic, variable 0 highest.
    Lexicographic,
    /// By total degree, then reverse lexicographic.
    GradedReverse,
}

impl MonomialOrder {
    /// Compares two rows of exponents.
    pub fn compare(self, a: &[u64], b: &[u64]) -> Ordering {
        match self {
            MonomialOrder::Lexicographic => a.cmp(b),
            MonomialOrder::GradedReverse => {
                let total = |row: &[u64]| row.iter().sum::<u64>();
                total(a).cmp(&total(b)).then_with(|| {
                    let last = a.iter().zip(b).rev().find(|(x, y)| x != y);
                    last.map_or(Ordering::Equal, |(x, y)| y.cmp(x))
                })
            }
        }
    }
}

/// A polynomial sorted by the order, leading term first, with integer coefficients.
#[derive(Clone)]
struct Member {
    terms: Vec<(Vec<u64>, Integer)>,
    sugar: u64,
}

impl Member {
    fn lead(&self) -> &[u64] {
        self.terms.first().map_or(&[], |(exponents, _)| exponents)
    }

    /// Divides by the content and makes the leading coefficient positive.
    fn make_primitive(&mut self) {
        let mut content = Integer::ZERO;
        for (_, c) in &self.terms {
            content = content.gcd(c);
            if content.is_one() {
                break;
            }
        }
        if self.terms.first().is_some_and(|(_, c)| c.is_negative()) {
            content = -content;
        }
        if !content.is_one() && !content.is_zero() {
            self.terms.iter_mut().for_each(|(_, c)| *c = c.div_exact(&content));
        }
    }
}

/// A pair of members still to be looked at.
struct Pair {
    i: usize,
    j: usize,
    lcm: Vec<u64>,
    sugar: u64,
}

/// The reduced Groebner basis of the ideal, sorted by leading monomial, ascending; primitive polynomials with positive
/// leading coefficient. `[1]` says that there is no common zero, an empty basis that everything is one.
///
/// # Errors
/// If the budget is spent or more than `largest_work` reduction steps were not enough.
pub fn groebner_basis(
    generators: &[SparsePolynomial],
    order: MonomialOrder,
    largest_work: usize,
    budget: &Budget,
) -> Result<Vec<SparsePolynomial>, Unfinished> {
    let variables = generators.iter().map(SparsePolynomial::variables).max().unwrap_or(0);
    let mut state = State { order, members: Vec::new(), alive: Vec::new(), pairs: Vec::new(), work: largest_work };
    for p in generators.iter().filter(|p| !p.is_zero()) {
        let member = state.member(&p.with_variables(variables));
        state.insert(member, budget)?;
    }
    while let Some(pair) = state.next_pair() {
        let s = state.s_polynomial(&pair);
        state.insert(s, budget)?;
    }
    state.reduced_basis(variables, budget)
}

/// The normal form of a polynomial: the remainder by a Groebner basis, times a positive integer (which is given too).
///
/// # Errors
/// If the budget is spent or `largest_work` steps were not enough.
pub fn normal_form(
    p: &SparsePolynomial,
    basis: &[SparsePolynomial],
    order: MonomialOrder,
    largest_work: usize,
    budget: &Budget,
) -> Result<(SparsePolynomial, Integer), Unfinished> {
    let variables = basis.iter().map(SparsePolynomial::variables).fold(p.variables(), usize::max);
    let mut state = State { order, members: Vec::new(), alive: Vec::new(), pairs: Vec::new(), work: largest_work };
    for member in basis.iter().filter(|p| !p.is_zero()) {
        let member = state.member(&member.with_variables(variables));
        state.members.push(member);
        state.alive.push(true);
    }
    let start = state.member(&p.with_variables(variables));
    let (rest, scale) = state.remainder(start, None, budget)?;
    Ok((SparsePolynomial::from_terms(variables, rest.terms), scale))
}

struct State {
    order: MonomialOrder,
    members: Vec<Member>,
    /// Members whose leading monomial is no multiple of a later one.
    alive: Vec<bool>,
    pairs: Vec<Pair>,
    work: usize,
}

fn divides(a: &[u64], b: &[u64]) -> bool {
    a.iter().zip(b).all(|(x, y)| x <= y)
}

fn lcm(a: &[u64], b: &[u64]) -> Vec<u64> {
    a.iter().zip(b).map(|(x, y)| *x.max(y)).collect()
}

fn quotient(a: &[u64], b: &[u64]) -> Vec<u64> {
    a.iter().zip(b).map(|(x, y)| x - y).collect()
}

fn total(row: &[u64]) -> u64 {
    row.iter().sum()
}

impl State {
    fn member(&self, p: &SparsePolynomial) -> Member {
        let mut terms: Vec<(Vec<u64>, Integer)> = p.terms().map(|(row, c)| (row.to_vec(), c.clone())).collect();
        sorting::sort_by(&mut terms, |a, b| self.order.compare(&b.0, &a.0));
        Member { terms, sugar: p.total_degree() }
    }

    /// The pair of least sugar, then least monomial.
    fn next_pair(&mut self) -> Option<Pair> {
        let order = self.order;
        let key = |a: &Pair, b: &Pair| a.sugar.cmp(&b.sugar).then_with(|| order.compare(&a.lcm, &b.lcm));
        let place = (0..self.pairs.len()).min_by(|&a, &b| match (self.pairs.get(a), self.pairs.get(b)) {
            (Some(a), Some(b)) => key(a, b),
            _ => Ordering::Equal,
        })?;
        Some(self.pairs.swap_remove(place))
    }

    /// `c*u*f - d*v*g`, so that the leading terms cancel.
    fn s_polynomial(&self, pair: &Pair) -> Member {
        let (Some(f), Some(g)) = (self.members.get(pair.i), self.members.get(pair.j)) else {
            return Member { terms: Vec::new(), sugar: 0 };
        };
        let u = quotient(&pair.lcm, f.lead());
        let shifted = f.terms.iter().map(|(row, c)| (row.iter().zip(&u).map(|(a, b)| a + b).collect(), c.clone()));
        let mut result = Member { terms: shifted.collect(), sugar: pair.sugar };
        self.cancel_leading(&mut result, g);
        result
    }

    /// Subtracts the multiple of `g` that cancels the first term, after scaling; gives the scale.
    fn cancel_leading(&self, p: &mut Member, g: &Member) -> Integer {
        let (Some((row, c)), Some((lead, d))) = (p.terms.first(), g.terms.first()) else { return Integer::ONE };
        let common = c.gcd(d);
        let (scale, factor) = (d.div_exact(&common), c.div_exact(&common));
        let step = quotient(row, lead);
        p.sugar = p.sugar.max(g.sugar + total(&step));
        let mut sum = Vec::with_capacity(p.terms.len() + g.terms.len());
        let mut left = p.terms.iter().skip(1).peekable();
        let moved = g.terms.iter().skip(1).map(|(row, c)| {
            let row: Vec<u64> = row.iter().zip(&step).map(|(a, b)| a + b).collect();
            (row, -(c * &factor))
        });
        for (row, c) in moved {
            while let Some((before, value)) = left.next_if(|(other, _)| self.order.compare(other, &row).is_gt()) {
                sum.push((before.clone(), value * &scale));
            }
            let same = left.next_if(|(other, _)| *other == row);
            let value = same.map_or(c.clone(), |(_, value)| value * &scale + &c);
            if !value.is_zero() {
                sum.push((row, value));
            }
        }
        sum.extend(left.map(|(row, value)| (row.clone(), value * &scale)));
        p.terms = sum;
        scale
    }

    /// The remainder by all living members but one; the number by which it was multiplied comes with it.
    fn remainder(
        &mut self,
        mut p: Member,
        without: Option<usize>,
        budget: &Budget,
    ) -> Result<(Member, Integer), Unfinished> {
        let mut done: Vec<(Vec<u64>, Integer)> = Vec::new();
        let mut total_scale = Integer::ONE;
        while let Some((row, _)) = p.terms.first() {
            budget.check()?;
            self.work = self.work.checked_sub(1).ok_or(Unfinished::TooLarge)?;
            let usable = |(i, g): &(usize, &Member)| {
                self.alive.get(*i) == Some(&true) && Some(*i) != without && divides(g.lead(), row)
            };
            match self.members.iter().enumerate().find(usable) {
                Some((_, g)) => {
                    let scale = self.cancel_leading(&mut p, g);
                    if !scale.is_one() {
                        done.iter_mut().for_each(|(_, c)| *c *= &scale);
                        total_scale *= scale;
                    }
                }
                None => done.push(p.terms.remove(0)),
            }
        }
        if total_scale.is_negative() {
            done.iter_mut().for_each(|(_, c)| *c = -&*c);
            total_scale = -total_scale;
        }
        Ok((Member { terms: done, sugar: p.sugar }, total_scale))
    }

    /// Adds the remainder of a polynomial to the basis and brings the pairs up to date.
    fn insert(&mut self, p: Member, budget: &Budget) -> Result<(), Unfinished> {
        let (mut member, _) = self.remainder(p, None, budget)?;
        member.make_primitive();
        if member.terms.is_empty() {
            return Ok(());
        }
        self.update_pairs(&member);
        for (alive, old) in self.alive.iter_mut().zip(&self.members) {
            *alive &= !divides(member.lead(), old.lead());
        }
        self.members.push(member);
        self.alive.push(true);
        Ok(())
    }

    /// Gebauer and Moeller's update: which old pairs the new member makes superfluous, which new ones are needed.
    fn update_pairs(&mut self, new: &Member) {
        let lead = new.lead().to_vec();
        let with_new: Vec<Vec<u64>> = self.members.iter().map(|old| lcm(old.lead(), &lead)).collect();
        let at = |i: usize| with_new.get(i).map_or(&[][..], |row| row);
        self.pairs.retain(|pair| !divides(&lead, &pair.lcm) || at(pair.i) == pair.lcm || at(pair.j) == pair.lcm);
        let coprime = |i: usize| {
            let old = self.members.get(i).map_or(&[][..], Member::lead);
            old.iter().zip(&lead).all(|(a, b)| *a == 0 || *b == 0)
        };
        let living: Vec<usize> = (0..self.members.len()).filter(|&i| self.alive.get(i) == Some(&true)).collect();
        let mut kept: Vec<usize> = Vec::new();
        for (place, &i) in living.iter().enumerate() {
            let later = living.iter().skip(place + 1);
            let covered = later.chain(&kept).any(|&k| divides(at(k), at(i)));
            if coprime(i) || !covered {
                kept.push(i);
            }
        }
        let j = self.members.len();
        for i in kept.into_iter().filter(|&i| !coprime(i)) {
            let Some(old) = self.members.get(i) else { continue };
            let lcm = at(i).to_vec();
            let sugar = |p: &Member| p.sugar + total(&lcm) - total(p.lead());
            let sugar = sugar(old).max(sugar(new));
            self.pairs.push(Pair { i, j, lcm, sugar });
        }
    }

    /// The living members, each reduced by the others.
    fn reduced_basis(mut self, variables: usize, budget: &Budget) -> Result<Vec<SparsePolynomial>, Unfinished> {
        let living: Vec<usize> = (0..self.members.len()).filter(|&i| self.alive.get(i) == Some(&true)).collect();
        let mut basis = Vec::with_capacity(living.len());
        for i in living {
            let Some(member) = self.members.get(i).cloned() else { continue };
            let (mut rest, _) = self.remainder(member, Some(i), budget)?;
            rest.make_primitive();
            if let Some(slot) = self.members.get_mut(i) {
                slot.clone_from(&rest);
            }
            basis.push(rest);
        }
        sorting::sort_by(&mut basis, |a, b| self.order.compare(a.lead(), b.lead()));
        Ok(basis.into_iter().map(|member| SparsePolynomial::from_terms(variables, member.terms)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polynomial(variables: usize, terms: &[(i64, &[u64])]) -> SparsePolynomial {
        SparsePolynomial::from_terms(variables, terms.iter().map(|(c, row)| (row.to_vec(), Integer::new(*c))))
    }

    /// Buchberger's criterion: every S-polynomial of the basis, and every generator, reduces to zero.
    fn check(generators: &[SparsePolynomial], order: MonomialOrder) -> Vec<SparsePolynomial> {
        let budget = Budget::unlimited();
        let basis = groebner_basis(generators, order, 100_000, &budget).unwrap();
        let vanishes = |p: &SparsePolynomial| normal_form(p, &basis, order, 100_000, &budget).unwrap().0.is_zero();
        assert!(generators.iter().all(vanishes));
        let lead = |p: &SparsePolynomial| {
            let top = p.terms().max_by(|a, b| order.compare(a.0, b.0)).unwrap();
            (top.0.to_vec(), top.1.clone())
        };
        for (i, f) in basis.iter().enumerate() {
            for g in &basis[..i] {
                let ((a, c), (b, d)) = (lead(f), lead(g));
                let common = lcm(&a, &b);
                let left = f.multiply_by_monomial(&quotient(&common, &a)).scale(&d);
                let right = g.multiply_by_monomial(&quotient(&common, &b)).scale(&c);
                assert!(vanishes(&(&left - &right)));
                assert!(!divides(&a, &b) && !divides(&b, &a));
            }
        }
        basis
    }

    #[test]
    fn cyclic_and_katsura_systems_fulfil_the_criterion() {
        let cyclic = [
            polynomial(3, &[(1, &[1]), (1, &[0, 1]), (1, &[0, 0, 1])]),
            polynomial(3, &[(1, &[1, 1]), (1, &[0, 1, 1]), (1, &[1, 0, 1])]),
            polynomial(3, &[(1, &[1, 1, 1]), (-1, &[])]),
        ];
        let katsura = [
            polynomial(3, &[(1, &[1]), (2, &[0, 1]), (2, &[0, 0, 1]), (-1, &[])]),
            polynomial(3, &[(1, &[2]), (2, &[0, 2]), (2, &[0, 0, 2]), (-1, &[1])]),
            polynomial(3, &[(2, &[1, 1]), (2, &[0, 1, 1]), (-1, &[0, 1])]),
        ];
        for order in [MonomialOrder::Lexicographic, MonomialOrder::GradedReverse] {
            let basis = check(&cyclic, order);
            assert_eq!(
                basis.first().map(ToString::to_string),
                Some(match order {
                    MonomialOrder::Lexicographic => "1*x2^3 + -1".to_string(),
                    MonomialOrder::GradedReverse => "1*x0 + 1*x1 + 1*x2".to_string(),
                })
            );
            check(&katsura, order);
        }
    }

    #[test]
    fn systems_without_zeros_give_one_and_limits_are_kept() {
        let line = polynomial(2, &[(1, &[1]), (1, &[0, 1])]);
        let parallel = polynomial(2, &[(1, &[1]), (1, &[0, 1]), (-1, &[])]);
        let basis = check(&[line.clone(), parallel], MonomialOrder::GradedReverse);
        assert!(basis.len() == 1 && basis[0].is_one());
        assert!(check(&[SparsePolynomial::zero(2)], MonomialOrder::Lexicographic).is_empty());
        let circle = polynomial(2, &[(1, &[2]), (1, &[0, 2]), (-4, &[])]);
        let basis = check(&[circle.clone(), line.clone()], MonomialOrder::Lexicographic);
        assert_eq!(basis[0].to_string(), "1*x1^2 + -2");
        let stopped = groebner_basis(&[circle, line], MonomialOrder::Lexicographic, 1, &Budget::unlimited());
        assert_eq!(stopped, Err(Unfinished::TooLarge));
    }
}
