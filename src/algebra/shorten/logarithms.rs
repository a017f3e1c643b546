//! Sums of logarithms gathered: of positive parts always, of others as for positive ones when that is asked for.

use crate::algebra::{factors, simplify_rational, terms};
use crate::budget::Budget;
use crate::expr::assume::{self, Signs};
use crate::expr::function::{self, log};
use crate::expr::{Expr, Kind, Product, Reason};
use crate::number::Rational;

/// Numbers with more bits are not multiplied out.
const LONGEST: usize = 128;

/// Logarithms of positive parts gathered, positive factors taken out of others first: true for all values.
pub(super) fn merged(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let open = expr.rewrite_stored(
        |_| None,
        |node| match node.argument_of(&function::LOG).map(Expr::kind) {
            Some(Kind::Product(product)) => positive_out(product).unwrap_or(node),
            _ => node,
        },
    );
    let gathered = gathered_logarithms(&open, false, |argument| Signs::of(argument).only(Signs::POSITIVE));
    let cancelled =
        simplify_rational(&gathered, budget)?.rewrite_stored(|_| None, |node| upright(&node).unwrap_or(node));
    Ok(if super::size(&cancelled) < super::size(&gathered) { cancelled } else { gathered })
}

/// `log(1/x)` as `-log(x)` for a positive `x`.
fn upright(node: &Expr) -> Option<Expr> {
    let argument = node.argument_of(&function::LOG)?;
    let turned = argument.recip();
    let is_right = super::size(&turned) < super::size(argument) && assume::is_positive(argument).is_yes();
    is_right.then(|| -log(&turned))
}

/// `log(2*x)` as `log(2) + log(x)`: positive factors leave, since they don't change the argument of the rest.
fn positive_out(product: &Product) -> Option<Expr> {
    let positive = |part: &Expr| assume::is_positive(part).is_yes();
    let (outside, inside): (Vec<Expr>, Vec<Expr>) = product.parts().partition(positive);
    let rest = Expr::product(inside);
    (!outside.is_empty() && !rest.is_one()).then(|| Expr::sum(outside.iter().map(log)) + log(&rest))
}

/// Sums with the logarithms gathered that have coefficients in a rational ratio: `n*log(a) - n*log(b)` is `n*log(a/b)`.
/// Of the arguments of one group at most one may fail `is_good`.
pub(in crate::algebra) fn gathered_logarithms(expr: &Expr, whole: bool, is_good: impl Fn(&Expr) -> bool) -> Expr {
    expr.rewrite(
        |_| None,
        |node| match node.kind() {
            Kind::Sum(_) => gathered(&node, whole, &is_good),
            _ => node,
        },
    )
}

/// Logarithms with a common coefficient: `coefficient*(q*log(a) + ...)`.
struct Group {
    coefficient: Expr,
    logarithms: Vec<(Expr, Rational)>,
}

fn gathered(sum: &Expr, whole: bool, is_good: &impl Fn(&Expr) -> bool) -> Expr {
    let (mut groups, mut rest): (Vec<Group>, Vec<Expr>) = (Vec::new(), Vec::new());
    for term in terms(sum) {
        let Some((coefficient, argument)) = logarithm_term(&term) else {
            rest.push(term);
            continue;
        };
        if whole && coefficient.as_rational().is_some_and(|q| !q.is_integer()) {
            rest.push(term);
            continue;
        }
        let known = groups.iter_mut().find_map(|group| {
            let ratio = proportion(&coefficient, &group.coefficient)?;
            Some((group, ratio))
        });
        match known {
            Some((group, ratio)) => group.logarithms.push((argument, ratio)),
            None => groups.push(Group { coefficient, logarithms: vec![(argument, Rational::ONE)] }),
        }
    }
    Expr::sum(rest.into_iter().chain(groups.iter().map(|group| group.joined(is_good))))
}

/// `c*log(a)` taken apart.
fn logarithm_term(term: &Expr) -> Option<(Expr, Expr)> {
    let all = factors(term);
    let mut logarithms = all.iter().filter(|factor| factor.argument_of(&function::LOG).is_some());
    let only = logarithms.next()?;
    if logarithms.next().is_some() {
        return None;
    }
    Some((term / only, only.argument_of(&function::LOG)?.clone()))
}

/// The rational `r` with `a = r*b`.
fn proportion(a: &Expr, b: &Expr) -> Option<Rational> {
    if let (Some(p), Some(q)) = (a.as_rational(), b.as_rational()) {
        return Some(p / q);
    }
    let first = |e: &Expr| terms(e).first().map(Expr::split_coefficient);
    let ((p, c), (q, d)) = (first(a)?, first(b)?);
    let ratio = Expr::number(c) / Expr::number(d);
    let spread = Expr::sum(terms(b).into_iter().map(|term| term * &ratio));
    (p == q && spread == *a).then(|| ratio.as_rational().cloned()).flatten()
}

impl Group {
    /// The group as one logarithm where its arguments allow that.
    fn joined(&self, is_good: &impl Fn(&Expr) -> bool) -> Expr {
        let apart =
            || Expr::sum(self.logarithms.iter().map(|(a, q)| &self.coefficient * Expr::number(q.clone()) * log(a)));
        if self.logarithms.len() < 2 {
            return apart();
        }
        // The coefficient takes the common divisor, so that exponents are whole and small.
        let common = self.logarithms.iter().fold(Rational::ZERO, |common, (_, q)| common_divisor(&common, q)).abs();
        let bits: usize = self
            .logarithms
            .iter()
            .map(|(a, q)| {
                (q / &common).to_i64().map_or(usize::MAX, |n| n.unsigned_abs() as usize).saturating_mul(bits_of(a))
            })
            .fold(0, usize::saturating_add);
        let bad: Vec<&(Expr, Rational)> = self.logarithms.iter().filter(|(a, _)| !is_good(a)).collect();
        // `log(y) - log(x)` is the logarithm of a quotient; a minus sign is left only where all have one.
        let turned = self.coefficient.split_coefficient().1.real_sign() == Some(-1);
        let negative = match bad.as_slice() {
            [(_, q)] => q.is_negative(),
            _ => turned != self.logarithms.iter().all(|(_, q)| q.is_negative() != turned),
        };
        let common = if negative { -common } else { common };
        // Only the coefficient 1 leaves the argument of one that is not positive as it is.
        let fits = match bad.as_slice() {
            [] => true,
            [(_, q)] => *q == common,
            _ => false,
        };
        if !fits || bits > LONGEST {
            return apart();
        }
        let product = Expr::product(self.logarithms.iter().map(|(a, q)| a.power_rational(&(q / &common))));
        &self.coefficient * Expr::number(common) * log(&product)
    }
}

/// Numbers count by their bits, others not.
fn bits_of(argument: &Expr) -> usize {
    argument.as_rational().map_or(1, |q| q.numerator().bit_length().max(q.denominator().bit_length()))
}

/// The greatest rational of which both are integer multiples, with the sign of the first that is not zero.
pub(super) fn common_divisor(a: &Rational, b: &Rational) -> Rational {
    if a.is_zero() {
        return b.clone();
    }
    let below = a.denominator().lcm(&b.denominator());
    let scaled = |q: &Rational| q.numerator() * below.div_exact(&q.denominator());
    let size = Rational::ratio(&scaled(a).gcd(&scaled(b)), &below).unwrap_or(Rational::ONE);
    if a.is_negative() { -size } else { size }
}
