//! Factorisation over a prime field: distinct degrees, then equal degrees by Cantor and Zassenhaus (1981).

use super::super::modular::{Modulus, trimmed};

/// The factors of one degree, still multiplied together.
pub(super) struct DegreeClass {
    pub degree: usize,
    pub product: Vec<u64>,
}

impl DegreeClass {
    /// The number of irreducible factors in the product.
    pub(super) fn count(&self) -> usize {
        (self.product.len() - 1) / self.degree
    }
}

/// Splits a monic square-free polynomial by the degrees of its irreducible factors.
///
/// Also gives `x^p` modulo the polynomial, the start of every later power.
pub(super) fn distinct_degrees(field: &Modulus, monic: &[u64]) -> Vec<DegreeClass> {
    let mut classes = Vec::new();
    let mut rest = monic.to_vec();
    let mut power = vec![0, 1];
    let mut degree = 0;
    while rest.len() > 1 {
        degree += 1;
        if rest.len() - 1 < 2 * degree {
            let degree = rest.len() - 1;
            classes.push(DegreeClass { degree, product: rest });
            break;
        }
        power = frobenius(field, power, &rest);
        let product = field.gcd(&field.difference(&power, &[0, 1]), &rest);
        if product.len() > 1 {
            rest = field.div_rem(&rest, &product).0;
            power = field.remainder(power, &rest);
            classes.push(DegreeClass { degree, product });
        }
    }
    classes
}

/// The `p`-th power modulo a polynomial.
fn frobenius(field: &Modulus, base: Vec<u64>, modulo: &[u64]) -> Vec<u64> {
    let base = field.remainder(base, modulo);
    field.power_modulo(&base, field.prime(), modulo)
}

/// The monic irreducible factors of a class. The choices are pseudo-random with a fixed start.
pub(super) fn equal_degrees(field: &Modulus, class: &DegreeClass) -> Vec<Vec<u64>> {
    let mut state = 0x2545_F491_4F6C_DD1D;
    let mut done = Vec::new();
    let mut open = vec![class.product.clone()];
    while let Some(product) = open.pop() {
        if product.len() - 1 == class.degree {
            done.push(product);
            continue;
        }
        match split(field, &product, class.degree, &mut state) {
            Some((left, right)) => open.extend([left, right]),
            None => open.push(product),
        }
    }
    done
}

/// Tries one random element: its `(p^d - 1)/2`-th power is 1 or -1 modulo each factor.
fn split(field: &Modulus, product: &[u64], degree: usize, state: &mut u64) -> Option<(Vec<u64>, Vec<u64>)> {
    let element = trimmed((0..product.len() - 1).map(|_| random(field, state)).collect());
    if element.len() < 2 {
        return None;
    }
    // e^((p^d - 1)/2) = (e * e^p * ... * e^(p^(d-1)))^((p - 1)/2)
    let mut conjugate = element.clone();
    let mut norm = element;
    for _ in 1..degree {
        conjugate = field.power_modulo(&conjugate, field.prime(), product);
        norm = field.remainder(field.product(&norm, &conjugate), product);
    }
    let power = field.power_modulo(&norm, (field.prime() - 1) / 2, product);
    let factor = field.gcd(&field.difference(&power, &[1]), product);
    if factor.len() <= 1 || factor.len() == product.len() {
        return None;
    }
    let cofactor = field.div_rem(product, &factor).0;
    Some((factor, cofactor))
}

fn random(field: &Modulus, state: &mut u64) -> u64 {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    field.reduce(state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 2)
}
