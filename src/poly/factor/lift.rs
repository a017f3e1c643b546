//! Hensel lifting of a factorisation modulo a prime to one modulo its power, along a binary tree, each step doubling the
//! exponent (von zur Gathen and Gerhard, "Modern Computer Algebra", 15.5).
//!
//! While the modulus fits a word, rows of residues do the work; beyond, integer polynomials.

use crate::number::Integer;
use crate::number::sorting;

use super::super::dense::IntegerPolynomial;
use super::super::modular::Modulus;

/// The polynomials modulo an integer that lifting needs: those modulo a word, and those modulo a big integer.
trait Ring: Sized {
    type Row: Clone;

    fn image(&self, p: &IntegerPolynomial) -> Self::Row;
    fn lift(&self, row: &Self::Row) -> IntegerPolynomial;
    fn product(&self, a: &Self::Row, b: &Self::Row) -> Self::Row;
    fn sum(&self, a: &Self::Row, b: &Self::Row) -> Self::Row;
    fn difference(&self, a: &Self::Row, b: &Self::Row) -> Self::Row;
    /// The remainder by a monic divisor.
    fn remainder(&self, a: Self::Row, divisor: &Self::Row) -> Self::Row;
}

impl Ring for Modulus {
    type Row = Vec<u64>;

    fn image(&self, p: &IntegerPolynomial) -> Vec<u64> {
        Modulus::image(self, p)
    }
    fn lift(&self, row: &Vec<u64>) -> IntegerPolynomial {
        Modulus::lift(self, row)
    }
    fn product(&self, a: &Vec<u64>, b: &Vec<u64>) -> Vec<u64> {
        Modulus::product(self, a, b)
    }
    fn sum(&self, a: &Vec<u64>, b: &Vec<u64>) -> Vec<u64> {
        Modulus::sum(self, a, b)
    }
    fn difference(&self, a: &Vec<u64>, b: &Vec<u64>) -> Vec<u64> {
        Modulus::difference(self, a, b)
    }
    fn remainder(&self, a: Vec<u64>, divisor: &Vec<u64>) -> Vec<u64> {
        Modulus::remainder(self, a, divisor)
    }
}

/// Residues modulo a big integer, kept between 0 and the modulus.
struct BigModulus(Integer);

impl BigModulus {
    fn reduce(&self, p: &IntegerPolynomial) -> IntegerPolynomial {
        p.map(|c| modulo(c, &self.0))
    }
}

/// The residue between 0 and the modulus.
pub(super) fn modulo(value: &Integer, modulus: &Integer) -> Integer {
    if !value.is_negative() && value < modulus {
        return value.clone();
    }
    value.div_rem_floor(modulus).map_or(Integer::ZERO, |(_, rest)| rest)
}

/// The representative of least absolute value.
pub(super) fn symmetric(value: &Integer, modulus: &Integer) -> Integer {
    let rest = modulo(value, modulus);
    if &(&rest + &rest) > modulus { rest - modulus } else { rest }
}

impl Ring for BigModulus {
    type Row = IntegerPolynomial;

    fn image(&self, p: &IntegerPolynomial) -> IntegerPolynomial {
        self.reduce(p)
    }
    fn lift(&self, row: &IntegerPolynomial) -> IntegerPolynomial {
        row.clone()
    }
    fn product(&self, a: &IntegerPolynomial, b: &IntegerPolynomial) -> IntegerPolynomial {
        self.reduce(&(a * b))
    }
    fn sum(&self, a: &IntegerPolynomial, b: &IntegerPolynomial) -> IntegerPolynomial {
        self.reduce(&(a + b))
    }
    fn difference(&self, a: &IntegerPolynomial, b: &IntegerPolynomial) -> IntegerPolynomial {
        self.reduce(&(a - b))
    }
    fn remainder(&self, a: IntegerPolynomial, divisor: &IntegerPolynomial) -> IntegerPolynomial {
        let Some(degree) = divisor.degree() else { return a };
        let mut rest = a.into_coefficients();
        while rest.len() > degree {
            let Some(top) = rest.pop() else { break };
            let factor = modulo(&top, &self.0);
            if factor.is_zero() {
                continue;
            }
            let start = rest.len() - degree;
            for (value, other) in rest.iter_mut().skip(start).zip(divisor.coefficients()) {
                *value -= &factor * other;
            }
        }
        self.reduce(&IntegerPolynomial::new(rest))
    }
}

/// The quotient of `f` by a monic polynomial that divides it modulo an integer.
pub(super) fn remove_factor(f: &IntegerPolynomial, factor: &IntegerPolynomial, modulus: &Integer) -> IntegerPolynomial {
    let Some(degree) = factor.degree() else { return f.clone() };
    let mut rest = f.coefficients().to_vec();
    let mut quotient = Vec::new();
    while rest.len() > degree {
        let Some(top) = rest.pop() else { break };
        let digit = modulo(&top, modulus);
        let start = rest.len() - degree;
        for (value, other) in rest.iter_mut().skip(start).zip(factor.coefficients()) {
            *value -= &digit * other;
        }
        quotient.push(digit);
    }
    quotient.reverse();
    IntegerPolynomial::new(quotient)
}

/// A factorisation `product = left * right` with `s*left + t*right = 1`, all modulo the same power.
enum Tree {
    Leaf(IntegerPolynomial),
    Node(Box<Node>),
}

struct Node {
    product: IntegerPolynomial,
    left: Tree,
    right: Tree,
    s: IntegerPolynomial,
    t: IntegerPolynomial,
}

impl Tree {
    fn product(&self) -> &IntegerPolynomial {
        match self {
            Tree::Leaf(factor) => factor,
            Tree::Node(node) => &node.product,
        }
    }

    /// Pairs factors off, the smallest products first, so that the degrees of the two sides are near each other.
    fn plant(field: &Modulus, factors: &[Vec<u64>]) -> Option<Tree> {
        let mut trees: Vec<(Vec<u64>, Tree)> =
            factors.iter().map(|factor| (factor.clone(), Tree::Leaf(field.lift(factor)))).collect();
        while trees.len() > 1 {
            sorting::sort_by_key(&mut trees, |(product, _)| std::cmp::Reverse(product.len()));
            let ((a, left), (b, right)) = (trees.pop()?, trees.pop()?);
            let (_, s, t) = field.extended_gcd(&a, &b);
            let product = field.product(&a, &b);
            let (s, t) = (field.lift(&s), field.lift(&t));
            let node = Node { product: field.lift(&product), left, right, s, t };
            trees.push((product, Tree::Node(Box::new(node))));
        }
        trees.pop().map(|(_, tree)| tree)
    }

    /// The factors with coefficients of least absolute value.
    fn leaves(&self, modulus: &Integer) -> Vec<IntegerPolynomial> {
        let mut found = Vec::new();
        let mut open = vec![self];
        while let Some(tree) = open.pop() {
            match tree {
                Tree::Leaf(factor) => found.push(factor.map(|c| symmetric(c, modulus))),
                Tree::Node(node) => open.extend([&node.left, &node.right]),
            }
        }
        found
    }

    /// Takes `product` as the new value of the tree, known modulo `from * step`, and lifts everything below it.
    /// `step` divides `from`. The cofactors are lifted too if `again` says that another step follows.
    fn lift(&mut self, product: IntegerPolynomial, from: &Integer, step: &Integer, again: bool) {
        match self {
            Tree::Leaf(factor) => *factor = product,
            Tree::Node(node) => {
                let to = from * step;
                let (left, right) = match (word_modulus(&to), word_modulus(step)) {
                    (Some(wide), Some(narrow)) => node.lift(&product, from, (&wide, &narrow), again),
                    (_, Some(narrow)) => node.lift(&product, from, (&BigModulus(to), &narrow), again),
                    _ => node.lift(&product, from, (&BigModulus(to), &BigModulus(step.clone())), again),
                };
                node.product = product;
                node.left.lift(left, from, step, again);
                node.right.lift(right, from, step, again);
            }
        }
    }
}

impl Node {
    /// One Newton step for the two factors and, if wanted, for their cofactors.
    fn lift<W: Ring, N: Ring>(
        &mut self,
        product: &IntegerPolynomial,
        from: &Integer,
        (wide, narrow): (&W, &N),
        again: bool,
    ) -> (IntegerPolynomial, IntegerPolynomial) {
        let old = (narrow.image(self.left.product()), narrow.image(self.right.product()));
        let cofactors = (narrow.image(&self.s), narrow.image(&self.t));
        let error = wide.difference(
            &wide.image(product),
            &wide.product(&wide.image(self.left.product()), &wide.image(self.right.product())),
        );
        let error = narrow.image(&wide.lift(&error).scale_down(from));
        // The corrections solve  dl * right + dr * left = error  modulo the step.
        let dl = narrow.remainder(narrow.product(&cofactors.1, &error), &old.0);
        let dr = narrow.remainder(narrow.product(&cofactors.0, &error), &old.1);
        let corrected = |value: &IntegerPolynomial, delta: &N::Row| value + &narrow.lift(delta).scale(from);
        let left = corrected(self.left.product(), &dl);
        let right = corrected(self.right.product(), &dr);
        if again {
            let unit = wide.sum(
                &wide.product(&wide.image(&self.s), &wide.image(&left)),
                &wide.product(&wide.image(&self.t), &wide.image(&right)),
            );
            let error = wide.difference(&wide.image(&IntegerPolynomial::one()), &unit);
            let error = narrow.image(&wide.lift(&error).scale_down(from));
            let ds = narrow.remainder(narrow.product(&cofactors.0, &error), &old.1);
            let dt = narrow.remainder(narrow.product(&cofactors.1, &error), &old.0);
            self.s = corrected(&self.s, &ds);
            self.t = corrected(&self.t, &dt);
        }
        (left, right)
    }
}

/// The modulus as a word, if sums of two residues fit one too.
fn word_modulus(value: &Integer) -> Option<Modulus> {
    value.to_i64().filter(|&value| value < 1 << 62).map(|value| Modulus::new(value as u64))
}

/// What lifting ends with: the factors modulo the whole power, or what was found on the way.
pub(super) enum Lifted<T> {
    Whole(Vec<IntegerPolynomial>),
    Early(T),
}

/// Lifts the monic factors of `f` modulo the prime of `field` to factors modulo its `exponent`-th power.
///
/// The product of the factors is `f` divided by its leading coefficient, which the prime does not divide. On the way,
/// `early` is shown the factors modulo lower powers, and ends the lifting by finding something.
pub(super) fn lift<T>(
    f: &IntegerPolynomial,
    field: &Modulus,
    factors: &[Vec<u64>],
    exponent: usize,
    mut early: impl FnMut(Vec<IntegerPolynomial>, &Integer) -> Option<T>,
) -> Option<Lifted<T>> {
    let prime = Integer::from(field.prime());
    let mut steps = vec![exponent];
    while let Some(&last) = steps.last().filter(|&&last| last > 1) {
        steps.push(last.div_ceil(2));
    }
    let mut tree = Tree::plant(field, factors)?;
    let mut inverse = Integer::from(field.inverse(field.reduce_integer(f.leading())));
    for pair in steps.windows(2).rev() {
        let [next, current] = pair else { break };
        let from = prime.pow(*current);
        let step = prime.pow(next - current);
        let to = &from * &step;
        // Newton's step for 1/lead: i*(2 - lead*i).
        inverse = modulo(&(&inverse * (Integer::new(2) - f.leading() * &inverse)), &to);
        let monic = f.scale(&inverse).map(|c| modulo(c, &to));
        tree.lift(monic, &from, &step, next != &exponent);
        if next != &exponent
            && let Some(found) = early(tree.leaves(&to), &to)
        {
            return Some(Lifted::Early(found));
        }
    }
    Some(Lifted::Whole(tree.leaves(&prime.pow(exponent))))
}
