//! Real roots of integer polynomials: bounds, counting, isolation in disjoint rational intervals, refinement.
//!
//! Isolation is by bisection with Descartes' rule of signs (Vincent, Collins and Akritas; see Rouillier and Zimmermann,
//! "Efficient isolation of polynomial's real roots", 2004): a Moebius transformation of the interval onto the positive
//! half-line shows by its sign changes whether there is no root, one, or perhaps more.

use std::cmp::Ordering;

use crate::number::sorting;
use crate::number::{Integer, Rational};

use super::dense::IntegerPolynomial;

/// Where one real root lies: at a rational point, or alone inside an open interval at whose ends the polynomial is not
/// zero and has different signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RootInterval {
    /// The root is this number.
    Exact(Rational),
    /// The only root between these two numbers.
    Between(Rational, Rational),
}

impl RootInterval {
    /// The lower end.
    pub fn lower(&self) -> &Rational {
        match self {
            RootInterval::Exact(root) | RootInterval::Between(root, _) => root,
        }
    }

    /// The upper end.
    pub fn upper(&self) -> &Rational {
        match self {
            RootInterval::Exact(root) | RootInterval::Between(_, root) => root,
        }
    }

    /// The length: 0 for an exact root.
    pub fn width(&self) -> Rational {
        self.upper() - self.lower()
    }

    /// The middle, which is the root itself if that is known.
    pub fn midpoint(&self) -> Rational {
        (self.lower() + self.upper()) * Rational::HALF
    }
}

/// A root and how often it occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RealRoot {
    /// Where the root lies.
    pub place: RootInterval,
    /// The square-free polynomial whose only root there it is.
    pub polynomial: IntegerPolynomial,
    /// Its multiplicity.
    pub multiplicity: usize,
}

impl IntegerPolynomial {
    /// A power of two that no root exceeds in absolute value, as its exponent; `None` for constants.
    ///
    /// Fujiwara's bound `2 * max |a[n-k]/a[n]|^(1/k)`, rounded up.
    pub fn root_bound_log2(&self) -> Option<i64> {
        let degree = self.degree().filter(|&degree| degree > 0)?;
        let lead = self.leading().bit_length() as i64;
        let terms = self.coefficients().iter().enumerate().take(degree).filter(|(_, c)| !c.is_zero());
        let bits = terms.map(|(i, c)| {
            // |c/lead| < 2^(bits c - bits lead + 1)
            let ratio = c.bit_length() as i64 - lead + 1;
            ratio.div_euclid((degree - i) as i64) + 1
        });
        Some(bits.max().unwrap_or(0) + 1)
    }

    /// The changes of sign in the row of coefficients, zeros left out.
    pub fn sign_variations(&self) -> usize {
        let signs = self.coefficients().iter().map(Integer::signum).filter(|&sign| sign != 0);
        let mut last = 0;
        signs.fold(0, |count, sign| {
            let change = last != 0 && sign != last;
            last = sign;
            count + usize::from(change)
        })
    }

    /// The real roots in ascending order in disjoint intervals; the multiplicities are found too.
    /// Zero has no list of roots and gives none.
    pub fn real_roots(&self) -> Vec<RealRoot> {
        let mut roots = Vec::new();
        for (factor, multiplicity) in self.squarefree_decomposition().factors {
            let places = factor.isolate_real_roots();
            let root = |place| RealRoot { place, polynomial: factor.clone(), multiplicity };
            roots.extend(places.into_iter().map(root));
        }
        separate(&mut roots);
        roots
    }

    /// Disjoint intervals for the real roots of a square-free polynomial, ascending. The ends of neighbouring intervals
    /// may coincide; they are not roots. Multiple roots are isolated as roots of the square-free part.
    pub fn isolate_real_roots(&self) -> Vec<RootInterval> {
        let p = if self.is_squarefree() { self.clone() } else { self.squarefree_part() };
        let Some(bound) = p.root_bound_log2() else { return Vec::new() };
        let mut roots = Vec::new();
        // The negative roots are the positive ones of p(-x), mirrored and in reverse.
        for place in isolate_positive(&p.negate_argument(), bound).into_iter().rev() {
            roots.push(match place {
                RootInterval::Exact(root) => RootInterval::Exact(-root),
                RootInterval::Between(low, high) => RootInterval::Between(-high, -low),
            });
        }
        if p.valuation() > 0 {
            roots.push(RootInterval::Exact(Rational::ZERO));
        }
        roots.extend(isolate_positive(&p, bound));
        roots
    }

    /// The number of different real roots.
    pub fn count_real_roots(&self) -> usize {
        self.isolate_real_roots().len()
    }

    /// The number of different roots with `low < root <= high`, by Sturm's theorem.
    pub fn count_roots_in(&self, low: &Rational, high: &Rational) -> usize {
        if self.is_zero() || low >= high {
            return 0;
        }
        let chain = self.squarefree_part().sturm_chain();
        let changes = |at: &Rational| {
            let mut last = 0;
            chain.iter().map(|p| p.sign_at(at)).filter(|&sign| sign != 0).fold(0usize, |count, sign| {
                let change = last != 0 && sign != last;
                last = sign;
                count + usize::from(change)
            })
        };
        changes(low).saturating_sub(changes(high))
    }

    /// Sturm's chain: the polynomial, its derivative, then remainders with changed sign, each up to a positive constant.
    pub fn sturm_chain(&self) -> Vec<IntegerPolynomial> {
        let positive_part = |p: IntegerPolynomial| if p.is_zero() { p } else { p.scale_down(&p.content().abs()) };
        let mut chain = vec![positive_part(self.clone()), positive_part(self.derivative())];
        while let [.., a, b] = &chain[..] {
            let Some((_, remainder)) = a.pseudo_div_rem(b) else { break };
            // The remainder was scaled by a power of lead(b), perhaps a negative number.
            let odd = (a.len() + 1 - b.len()) % 2 == 1;
            let negate = !(b.leading().is_negative() && odd);
            chain.push(positive_part(if negate { -&remainder } else { remainder }));
        }
        chain.pop();
        chain
    }

    /// All rational roots in ascending order, without multiplicities.
    pub fn rational_roots(&self) -> Vec<Rational> {
        let p = self.squarefree_part();
        p.isolate_real_roots().iter().filter_map(|place| rational_root_in(&p, place)).collect()
    }

    /// A narrower interval for a root that was isolated by this polynomial: at most `width` wide, or exact.
    pub fn refine_root(&self, place: &RootInterval, width: &Rational) -> RootInterval {
        let RootInterval::Between(low, high) = place else { return place.clone() };
        let (mut low, mut high) = (low.clone(), high.clone());
        let sign = self.sign_at(&low);
        // Abbott's quadratic interval refinement: success doubles the number of bits won by the next step.
        let mut parts = 2;
        while &high - &low > *width {
            // No step needs to go much below the width asked for.
            let ratio = (&high - &low).checked_div(width).map_or(usize::MAX, |ratio| ratio.ceil().bit_length() + 1);
            parts = ratio.min(parts);
            match self.refine_once(&low, &high, sign, &mut parts) {
                RootInterval::Exact(root) => return RootInterval::Exact(root),
                RootInterval::Between(new_low, new_high) => (low, high) = (new_low, new_high),
            }
        }
        RootInterval::Between(low, high)
    }

    /// One step: the interval is cut into `2^parts` pieces and the one where the secant meets zero is tried. If the root
    /// is there, `parts` doubles, else it is halved and the interval bisected.
    fn refine_once(&self, low: &Rational, high: &Rational, sign: i32, parts: &mut usize) -> RootInterval {
        let pieces = &Integer::ONE << *parts;
        let step = (high - low) * Rational::ratio(&Integer::ONE, &pieces).unwrap_or(Rational::HALF);
        let (at_low, at_high) = (self.evaluate_rational(low), self.evaluate_rational(high));
        let place = at_low.checked_div(&(&at_low - &at_high)).map(|t| (t * Rational::from(pieces.clone())).floor());
        let place = place.unwrap_or(Integer::ZERO).clamp(Integer::ZERO, &pieces - Integer::ONE);
        let left = low + Rational::from(place) * &step;
        let right = &left + &step;
        let (sign_left, sign_right) = (self.sign_at(&left), self.sign_at(&right));
        if sign_left == 0 {
            return RootInterval::Exact(left);
        }
        if sign_right == 0 {
            return RootInterval::Exact(right);
        }
        if sign_left == sign && sign_right == -sign {
            *parts = (*parts * 2).min(1 << 12);
            return RootInterval::Between(left, right);
        }
        *parts = (*parts / 2).max(1);
        let middle = (low + high) * Rational::HALF;
        match self.sign_at(&middle) {
            0 => RootInterval::Exact(middle),
            here if here == sign => RootInterval::Between(middle, high.clone()),
            _ => RootInterval::Between(low.clone(), middle),
        }
    }
}

/// The rational root in an isolating interval, if the root there is rational: its denominator divides the leading
/// coefficient, so among fractions with that denominator a narrow enough interval holds at most one.
fn rational_root_in(p: &IntegerPolynomial, place: &RootInterval) -> Option<Rational> {
    let lead = p.leading().abs();
    let width = Rational::ratio(&Integer::ONE, &(&lead + &lead))?;
    match p.refine_root(place, &width) {
        RootInterval::Exact(root) => Some(root),
        RootInterval::Between(low, high) => {
            let numerator = (high * Rational::from(lead.clone())).floor();
            let candidate = Rational::ratio(&numerator, &lead)?;
            (candidate > low && p.sign_at(&candidate) == 0).then_some(candidate)
        }
    }
}

/// Narrows intervals of roots of coprime polynomials until they are disjoint, and sorts them.
fn separate(roots: &mut [RealRoot]) {
    loop {
        sorting::sort_by(roots, |a, b| {
            a.place.lower().cmp(b.place.lower()).then_with(|| a.place.upper().cmp(b.place.upper()))
        });
        let mut clash = false;
        for i in 1..roots.len() {
            let Some([a, b]) = roots.get_mut(i - 1..=i) else { break };
            if a.polynomial == b.polynomial || disjoint(&a.place, &b.place) {
                continue;
            }
            clash = true;
            for root in [a, b] {
                let width = root.place.width() * Rational::HALF;
                root.place = root.polynomial.refine_root(&root.place, &width);
            }
        }
        if !clash {
            return;
        }
    }
}

fn disjoint(a: &RootInterval, b: &RootInterval) -> bool {
    match a.upper().cmp(b.lower()) {
        Ordering::Less => true,
        Ordering::Greater => false,
        // Open ends may touch.
        Ordering::Equal => !matches!((a, b), (RootInterval::Exact(_), RootInterval::Exact(_))),
    }
}

/// An interval `(place / 2^depth, (place + 1) / 2^depth)` of the scaled line, with the polynomial moved onto (0, 1).
struct Cell {
    polynomial: IntegerPolynomial,
    place: Integer,
    depth: usize,
}

/// The positive roots, ascending, of a square-free polynomial, all below `2^bound`.
fn isolate_positive(p: &IntegerPolynomial, bound: i64) -> Vec<RootInterval> {
    let mut roots = Vec::new();
    if p.sign_variations() == 0 {
        return roots;
    }
    let scale = |place: &Integer, depth: usize| power_of_two(bound - depth as i64) * Rational::from(place.clone());
    let mut open = vec![Cell {
        polynomial: scaled_by_power_of_two(&p.shift_down(p.valuation()), bound),
        place: Integer::ZERO,
        depth: 0,
    }];
    while let Some(cell) = open.pop() {
        let low = cell.polynomial.valuation();
        if low > 0 {
            // The left end is a root: the halves were pushed so that it comes before what lies right of it.
            roots.push(RootInterval::Exact(scale(&cell.place, cell.depth)));
        }
        let q = cell.polynomial.shift_down(low);
        match variations_inside(&q) {
            0 => {}
            1 => roots.push(single_root(
                p,
                scale(&cell.place, cell.depth),
                scale(&(&cell.place + Integer::ONE), cell.depth),
            )),
            _ => {
                // 2^n q(x/2) on (0, 1) is the left half, moved by 1 the right half.
                let left = scaled_by_power_of_two(&q, -1);
                let right = left.taylor_shift(&Integer::ONE);
                let place = &cell.place + &cell.place;
                open.push(Cell { polynomial: right, place: &place + Integer::ONE, depth: cell.depth + 1 });
                open.push(Cell { polynomial: left, place, depth: cell.depth + 1 });
            }
        }
    }
    roots
}

/// An interval with exactly one root inside; an end that is a root itself is moved off.
fn single_root(p: &IntegerPolynomial, mut low: Rational, mut high: Rational) -> RootInterval {
    // One root lies strictly inside; the ends may be other roots.
    let inside = inner_sign(p, &low, true);
    loop {
        let (at_low, at_high) = (p.sign_at(&low), p.sign_at(&high));
        if at_low != 0 && at_high != 0 {
            return RootInterval::Between(low, high);
        }
        let middle = (&low + &high) * Rational::HALF;
        match p.sign_at(&middle) {
            0 => return RootInterval::Exact(middle),
            sign if sign == inside => low = middle,
            _ => high = middle,
        }
    }
}

/// The sign just right (or left) of a point.
fn inner_sign(p: &IntegerPolynomial, at: &Rational, right: bool) -> i32 {
    match p.sign_at(at) {
        0 => {
            let slope = p.derivative().sign_at(at);
            if right { slope } else { -slope }
        }
        sign => sign,
    }
}

/// Descartes' count for (0, 1): the sign variations of `(x+1)^n q(1/(x+1))`, cut off at 2.
fn variations_inside(q: &IntegerPolynomial) -> usize {
    if q.sign_variations() == 0 {
        return 0;
    }
    q.reverse().taylor_shift(&Integer::ONE).sign_variations()
}

/// `p(2^shift x)`, cleared of denominators and of common powers of two.
fn scaled_by_power_of_two(p: &IntegerPolynomial, shift: i64) -> IntegerPolynomial {
    let degree = p.len().saturating_sub(1) as i64;
    let place = |i: usize| if shift >= 0 { shift * i as i64 } else { -shift * (degree - i as i64) };
    let terms = p.coefficients().iter().enumerate().map(|(i, c)| c << place(i) as usize);
    let row: Vec<Integer> = terms.collect();
    let spare = row.iter().filter_map(Integer::trailing_zeros).min().unwrap_or(0);
    IntegerPolynomial::new(row.iter().map(|c| c >> spare).collect())
}

/// A power of two with any machine exponent.
fn power_of_two(exponent: i64) -> Rational {
    Rational::from(2).pow(exponent).unwrap_or(Rational::ZERO)
}

#[cfg(test)]
mod tests {
    use super::super::testing::Random;
    use super::*;

    fn q(n: i64, d: i64) -> Rational {
        Rational::fraction(n, d).unwrap()
    }

    /// Signs differ at the ends, so there is an odd number of roots; the count says that nothing is left over.
    fn check_isolation(p: &IntegerPolynomial) -> usize {
        let places = p.isolate_real_roots();
        let square_free = p.squarefree_part();
        for place in &places {
            match place {
                RootInterval::Exact(root) => assert_eq!(p.sign_at(root), 0),
                RootInterval::Between(low, high) => {
                    assert_eq!(square_free.sign_at(low) * square_free.sign_at(high), -1, "{p} {places:?}");
                    assert_eq!(p.count_roots_in(low, high), 1);
                    let narrow = square_free.refine_root(place, &q(1, 1 << 40));
                    assert!(narrow.width() <= q(1, 1 << 40) && narrow.lower() >= low && narrow.upper() <= high);
                    if let RootInterval::Between(low, high) = &narrow {
                        assert_eq!(square_free.sign_at(low) * square_free.sign_at(high), -1);
                    }
                }
            }
        }
        assert!(places.windows(2).all(|pair| disjoint(&pair[0], &pair[1])), "{places:?}");
        let bound = Rational::from(2).pow(p.root_bound_log2().unwrap()).unwrap();
        assert_eq!(places.len(), p.count_roots_in(&-&bound, &bound));
        places.len()
    }

    #[test]
    fn random_polynomials_have_their_roots_isolated() {
        let mut random = Random::new(31);
        for (degree, bits) in [(1, 9), (2, 4), (3, 3), (4, 2), (6, 5), (9, 20), (15, 60), (24, 3)] {
            for _ in 0..6 {
                check_isolation(&random.polynomial(degree, bits));
            }
        }
    }

    #[test]
    fn close_and_exact_roots_are_told_apart() {
        // Mignotte's x^n - 2(50x - 1)^2 has two roots very near 1/50.
        let close =
            &IntegerPolynomial::x().pow(9) - &IntegerPolynomial::from_i64(&[-1, 50]).pow(2).scale(&Integer::new(2));
        assert_eq!(check_isolation(&close), 3);
        let wilkinson = (1..=15).fold(IntegerPolynomial::one(), |p, i| &p * &IntegerPolynomial::from_i64(&[-i, 1]));
        assert_eq!(check_isolation(&wilkinson), 15);
        assert_eq!(wilkinson.rational_roots(), (1..=15).map(|i| q(i, 1)).collect::<Vec<_>>());
        let mixed = [[1, 3], [-5, 7], [0, 1], [12, -6]]
            .iter()
            .fold(IntegerPolynomial::from_i64(&[-2, 0, 1]), |p, row| &p * &IntegerPolynomial::from_i64(row));
        assert_eq!(check_isolation(&mixed), 6);
        assert_eq!(mixed.rational_roots(), [q(-1, 3), q(0, 1), q(5, 7), q(2, 1)]);
        assert!(IntegerPolynomial::from_i64(&[1, 0, 1]).isolate_real_roots().is_empty());
        assert_eq!(IntegerPolynomial::from_i64(&[7]).isolate_real_roots(), []);
    }

    #[test]
    fn multiplicities_come_with_disjoint_intervals() {
        let a = IntegerPolynomial::from_i64(&[-2, 0, 1]);
        let b = IntegerPolynomial::from_i64(&[-3, 2]);
        let c = IntegerPolynomial::from_i64(&[-2000001, 0, 1000000]);
        let roots = (&(&a.pow(2) * &b.pow(3)) * &c).real_roots();
        assert_eq!(roots.iter().map(|root| root.multiplicity).collect::<Vec<_>>(), [1, 2, 2, 1, 3]);
        assert!(roots.windows(2).all(|pair| disjoint(&pair[0].place, &pair[1].place)));
    }
}
