//! Primality and factors of machine words, in Montgomery's form.

/// Arithmetic modulo an odd number (Montgomery, "Modular multiplication without trial division", 1985).
pub(super) struct Montgomery {
    modulus: u64,
    /// `-1/modulus` modulo 2^64.
    inverse: u64,
    /// `2^128` modulo the modulus.
    square: u64,
}

impl Montgomery {
    /// The modulus is odd and above 1.
    pub(super) fn new(modulus: u64) -> Montgomery {
        let mut inverse = modulus;
        for _ in 0..5 {
            inverse = inverse.wrapping_mul(2u64.wrapping_sub(modulus.wrapping_mul(inverse)));
        }
        let once = (u128::from(u64::MAX) + 1) % u128::from(modulus);
        let square = (once * once % u128::from(modulus)) as u64;
        Montgomery { modulus, inverse: inverse.wrapping_neg(), square }
    }

    fn reduce(&self, value: u128) -> u64 {
        let factor = (value as u64).wrapping_mul(self.inverse);
        let (sum, carry) = value.overflowing_add(u128::from(factor) * u128::from(self.modulus));
        let high = (sum >> 64) as u64;
        if carry || high >= self.modulus { high.wrapping_sub(self.modulus) } else { high }
    }

    pub(super) fn enter(&self, value: u64) -> u64 {
        self.multiply(value % self.modulus, self.square)
    }

    pub(super) fn multiply(&self, a: u64, b: u64) -> u64 {
        self.reduce(u128::from(a) * u128::from(b))
    }

    pub(super) fn add(&self, a: u64, b: u64) -> u64 {
        let (sum, carry) = a.overflowing_add(b);
        if carry || sum >= self.modulus { sum.wrapping_sub(self.modulus) } else { sum }
    }

    fn power(&self, base: u64, mut exponent: u64) -> u64 {
        let (mut result, mut square) = (self.enter(1), base);
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = self.multiply(result, square);
            }
            square = self.multiply(square, square);
            exponent >>= 1;
        }
        result
    }
}

/// Is a machine word prime? Seven bases decide it (Jim Sinclair, 2011, verified below 2^64).
pub(super) fn is_prime(n: u64) -> bool {
    const SMALL: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
    if n < 41 {
        return SMALL.contains(&n);
    }
    if SMALL.iter().any(|prime| n.is_multiple_of(*prime)) {
        return false;
    }
    let field = Montgomery::new(n);
    [2, 325, 9375, 28178, 450_775, 9_780_504, 1_795_265_022].iter().all(|base| passes(&field, *base))
}

/// The strong Fermat test to a base.
fn passes(field: &Montgomery, base: u64) -> bool {
    let n = field.modulus;
    let twos = (n - 1).trailing_zeros();
    let (one, base) = (field.enter(1), field.enter(base));
    let minus_one = n - one;
    if base == 0 {
        return true;
    }
    let mut power = field.power(base, (n - 1) >> twos);
    if power == one || power == minus_one {
        return true;
    }
    for _ in 1..twos {
        power = field.multiply(power, power);
        if power == minus_one {
            return true;
        }
    }
    false
}
