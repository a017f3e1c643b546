//! Greatest common divisors over the integers, and Bezout's identity over the rationals.
//!
//! Small operands: the heuristic gcd of Char, Geddes and Gonnet (1989), one gcd of the values at a power of two.
//! Otherwise images modulo word primes joined by the Chinese remainder theorem (Brown 1971). Both answers are proved by
//! division.

use crate::number::{Integer, Rational};

use super::dense::IntegerPolynomial;
use super::modular::{Modulus, large_primes};
use super::rational::RationalPolynomial;

/// Up to this many bits of the packed operands the heuristic gcd goes first.
const HEURISTIC_BITS: usize = 6000;
/// A reconstruction is tried once this many bits of the modulus are unused.
const SPARE_BITS: usize = 20;

impl IntegerPolynomial {
    /// The greatest common divisor over the integers, with positive leading coefficient; zero for two zeros.
    pub fn gcd(&self, other: &IntegerPolynomial) -> IntegerPolynomial {
        if self.is_zero() || other.is_zero() {
            let sum = if self.is_zero() { other } else { self };
            return if sum.leading().is_negative() { -sum } else { sum.clone() };
        }
        let ((content_a, a), (content_b, b)) = (self.split_content(), other.split_content());
        let common = primitive_gcd(&a, &b);
        let content = content_a.gcd(&content_b);
        if content.is_one() { common } else { common.scale(&content) }
    }

    /// The least common multiple with positive leading coefficient; zero if one is zero.
    pub fn lcm(&self, other: &IntegerPolynomial) -> IntegerPolynomial {
        let common = self.gcd(other);
        let product = match self.div_exact(&common) {
            Some(cofactor) => &cofactor * other,
            None => IntegerPolynomial::zero(),
        };
        if product.leading().is_negative() { -&product } else { product }
    }

    /// Are the two without a common factor of positive degree?
    pub fn is_coprime_to(&self, other: &IntegerPolynomial) -> bool {
        self.gcd(other).degree() == Some(0)
    }
}

/// The gcd of primitive polynomials with positive leading coefficients.
fn primitive_gcd(a: &IntegerPolynomial, b: &IntegerPolynomial) -> IntegerPolynomial {
    let (low_a, low_b) = (a.valuation(), b.valuation());
    if low_a > 0 || low_b > 0 {
        return primitive_gcd(&a.shift_down(low_a), &b.shift_down(low_b)).shift_up(low_a.min(low_b));
    }
    if a.is_constant() || b.is_constant() {
        return IntegerPolynomial::one();
    }
    if a == b {
        return a.clone();
    }
    heuristic_gcd(a, b).unwrap_or_else(|| modular_gcd(a, b))
}

/// The gcd read off the gcd of the values at `2^bits`; `None` when that fails or would not pay.
///
/// With `2^bits >= 2*min(height a, height b) + 2` a candidate that divides both is the gcd.
fn heuristic_gcd(a: &IntegerPolynomial, b: &IntegerPolynomial) -> Option<IntegerPolynomial> {
    let bits = a.height_bits().max(b.height_bits()) + 4;
    let length = a.len().min(b.len());
    if bits * a.len().max(b.len()) > HEURISTIC_BITS {
        return None;
    }
    let value = |p: &IntegerPolynomial| Integer::pack(p.coefficients(), bits);
    let digits = value(a).gcd(&value(b)).unpack(bits, length + 1);
    let candidate = IntegerPolynomial::new(digits).primitive_part();
    let proved = a.is_divisible_by(&candidate) && b.is_divisible_by(&candidate);
    proved.then_some(candidate)
}

/// The gcd of primitive polynomials of positive degree by images modulo primes.
fn modular_gcd(a: &IntegerPolynomial, b: &IntegerPolynomial) -> IntegerPolynomial {
    let lead = a.leading().gcd(b.leading());
    let mut joined = Residues::default();
    for field in large_primes() {
        let scale = field.reduce_integer(&lead);
        if scale == 0 {
            continue;
        }
        let image = field.gcd(&field.image(a), &field.image(b));
        if image.len() == 1 {
            break;
        }
        // Unlucky primes give too high a degree: a lower one drops all that came before.
        if joined.is_empty() || image.len() < joined.len() {
            joined = Residues::default();
        } else if image.len() > joined.len() {
            continue;
        }
        joined.join(&field, &field.scaled(&image, scale));
        if joined.height_bits() + SPARE_BITS <= joined.modulus.bit_length() {
            let candidate = IntegerPolynomial::new(joined.row.clone()).primitive_part();
            if a.is_divisible_by(&candidate) && b.is_divisible_by(&candidate) {
                return candidate;
            }
        }
    }
    IntegerPolynomial::one()
}

/// Integers known modulo a growing product of primes, as representatives of least absolute value.
pub(crate) struct Residues {
    modulus: Integer,
    row: Vec<Integer>,
}

impl Default for Residues {
    fn default() -> Residues {
        Residues { modulus: Integer::ONE, row: Vec::new() }
    }
}

impl Residues {
    /// The number of integers.
    pub(crate) fn len(&self) -> usize {
        self.row.len()
    }

    /// Has no image been joined yet?
    pub(crate) fn is_empty(&self) -> bool {
        self.row.is_empty()
    }

    /// The number of bits of the product of the primes.
    pub(crate) fn modulus_bits(&self) -> usize {
        self.modulus.bit_length()
    }

    /// The number of bits of the largest integer.
    pub(crate) fn height_bits(&self) -> usize {
        self.row.iter().map(Integer::bit_length).max().unwrap_or(0)
    }

    /// The integers.
    pub(crate) fn row(&self) -> &[Integer] {
        &self.row
    }

    /// Takes the images modulo one more prime (Garner's step). Missing places count as zero.
    pub(crate) fn join(&mut self, field: &Modulus, image: &[u64]) {
        if self.modulus.is_one() {
            self.row = image.iter().map(|&c| Integer::new(field.symmetric(c))).collect();
        } else {
            let inverse = field.inverse(field.reduce_integer(&self.modulus));
            self.row.resize(self.row.len().max(image.len()), Integer::ZERO);
            for (place, value) in self.row.iter_mut().enumerate() {
                let wanted = image.get(place).copied().unwrap_or(0);
                let step = field.mul(field.sub(wanted, field.reduce_integer(value)), inverse);
                if step != 0 {
                    *value += &self.modulus * Integer::new(field.symmetric(step));
                }
            }
        }
        self.modulus *= Integer::from(field.prime());
    }
}

/// Bezout's identity `s*a + t*b = value` for integer polynomials, `deg s < deg b`, `deg t < deg a`.
pub(crate) struct Bezout {
    /// The integer on the right, not zero.
    pub value: Integer,
    /// The cofactor of `a`.
    pub s: IntegerPolynomial,
    /// The cofactor of `b`.
    pub t: IntegerPolynomial,
}

/// Bezout's identity, in the first place with the resultant on the right; `None` if there is a common factor or a constant operand.
///
/// The cofactors are minors of Sylvester's matrix, so integers: images are scaled by the resultant's and joined.
pub(crate) fn bezout(a: &IntegerPolynomial, b: &IntegerPolynomial) -> Option<Bezout> {
    if a.is_constant() || b.is_constant() {
        return None;
    }
    let (m, n) = (a.len() - 1, b.len() - 1);
    // Hadamard: every minor is below |a|^n |b|^m.
    let bound = (n * a.norm_squared().bit_length() + m * b.norm_squared().bit_length()) / 2 + 2;
    let mut joined = Residues::default();
    for field in large_primes() {
        if joined.modulus_bits() > bound {
            break;
        }
        let (image_a, image_b) = (field.image(a), field.image(b));
        if image_a.len() != a.len() || image_b.len() != b.len() {
            continue;
        }
        let resultant = field.resultant(&image_a, &image_b);
        if resultant == 0 {
            if joined.is_empty() && !a.is_coprime_to(b) {
                return None;
            }
            // The resultant is not zero: an unlucky prime, to be skipped.
            continue;
        }
        let (_, s, t) = field.extended_gcd(&image_a, &image_b);
        let mut image = field.scaled(&s, resultant);
        image.resize(n, 0);
        image.extend(field.scaled(&t, resultant));
        image.resize(m + n, 0);
        image.push(resultant);
        joined.join(&field, &image);
        if joined.height_bits() + SPARE_BITS <= joined.modulus_bits()
            && let Some(found) = proved_bezout(a, b, joined.row())
        {
            return Some(found);
        }
    }
    proved_bezout(a, b, joined.row())
}

fn proved_bezout(a: &IntegerPolynomial, b: &IntegerPolynomial, row: &[Integer]) -> Option<Bezout> {
    let n = b.len() - 1;
    let (value, cofactors) = row.split_last()?;
    let s = IntegerPolynomial::new(cofactors.iter().take(n).cloned().collect());
    let t = IntegerPolynomial::new(cofactors.iter().skip(n).cloned().collect());
    let sum = &(&s * a) + &(&t * b);
    (sum == IntegerPolynomial::constant(value.clone())).then(|| Bezout { value: value.clone(), s, t })
}

impl RationalPolynomial {
    /// `(g, s, t)` with `s*self + t*other = g`, the monic greatest common divisor, and the cofactors of least degree.
    pub fn extended_gcd(
        &self,
        other: &RationalPolynomial,
    ) -> (RationalPolynomial, RationalPolynomial, RationalPolynomial) {
        let zero = RationalPolynomial::zero;
        let (content_a, a) = self.split_content();
        let (content_b, b) = other.split_content();
        let inverse = |value: &Rational| value.recip().unwrap_or(Rational::ZERO);
        if b.is_zero() || a.is_constant() && !a.is_zero() {
            return (self.monic(), RationalPolynomial::constant(&inverse(&self.leading())), zero());
        }
        if a.is_zero() || b.is_constant() {
            return (other.monic(), zero(), RationalPolynomial::constant(&inverse(&other.leading())));
        }
        let common = primitive_gcd(&a, &b);
        let lead = Rational::from(common.leading().clone());
        let cofactor = |p: &IntegerPolynomial| p.div_exact(&common).expect("the gcd divides");
        let (u, v) = (cofactor(&a), cofactor(&b));
        // s*u + t*v = r gives (s/r/lead)*a + (t/r/lead)*b = common/lead.
        let (s, t, r) = match bezout(&u, &v) {
            Some(found) => (found.s, found.t, found.value),
            None if v.is_constant() => (IntegerPolynomial::zero(), IntegerPolynomial::one(), v.leading().clone()),
            None => (IntegerPolynomial::one(), IntegerPolynomial::zero(), u.leading().clone()),
        };
        let scale = lead * Rational::from(r);
        let part =
            |p: IntegerPolynomial, content: &Rational| RationalPolynomial::from(p).scale(&inverse(&(&scale * content)));
        (RationalPolynomial::from(common).monic(), part(s, &content_a), part(t, &content_b))
    }
}
