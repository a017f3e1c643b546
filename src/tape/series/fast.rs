//! Long expansions with rational coefficients by residues modulo many primes.
//!
//! A short expansion over the rationals is recorded (`replay`), and its record followed with as many terms as are wanted:
//! once for bounds of the coefficients' sizes and denominators (`bound`), then modulo as many word-sized primes as these
//! bounds ask for. The Chinese remainder theorem gives the numerators. The cost is that of the recurrences on machine
//! words times the number of words of the result, and nothing is left to chance: the bounds are proved.

use super::bound::Denominators;
use super::bounds::{Bound, Bounds};
use super::field::{Rationals, Stop};
use super::lanes::UNKNOWN;
use super::laurent::Laurent;
use super::replay::{Record, Replay, constants};
use super::residue::Residues;
use super::{DOUBLINGS, Request};
use crate::expr::{Expr, Function, Kind, Symbol};
use crate::number::{Integer, Rational};
use crate::poly::{Modulus, large_primes};

/// Shorter expansions are computed over the rationals at once.
const SHORTEST: i64 = 20;
/// Beyond this the bounds would take too much memory.
const LONGEST: i64 = 5000;
/// The length of the first recorded expansion.
const FIRST_LENGTH: usize = 4;

/// The expansion that is asked for; `None` when this method does not apply, or does not pay.
pub(super) fn expand(request: &Request) -> Option<Result<Laurent<Rational>, Stop>> {
    if !(SHORTEST..LONGEST).contains(&request.order) || is_plain(request.expr, request.variable) {
        return None;
    }
    let (record, length) = match recorded(request) {
        Ok(found) => found,
        Err(Stop::More) => return None,
        Err(stop) => return Some(Err(stop)),
    };
    match follow(request, &record, length) {
        Ok(Some(series)) => Some(Ok(series)),
        Ok(None) | Err(Stop::More | Stop::Outside) => None,
        Err(stop) => Some(Err(stop)),
    }
}

/// Is the expansion a matter of recurrences with few terms, which the rationals themselves follow quickest? So it is for
/// rational functions, and for sums of what has a linear differential equation with short polynomials as coefficients.
fn is_plain(expr: &Expr, variable: Symbol) -> bool {
    if is_rational_function(expr) {
        return true;
    }
    match expr.kind() {
        Kind::Sum(sum) => sum.terms().iter().all(|term| is_plain(&term.base, variable)),
        Kind::Product(product) => {
            let mut others = product.factors().iter().filter(|factor| factor.base.as_symbol() != Some(variable));
            let shifts = product.factors().iter().filter(|factor| factor.base.as_symbol() == Some(variable));
            let only = others.next();
            others.next().is_none()
                && shifts.into_iter().all(|factor| factor.exponent.is_integer())
                && only.is_none_or(|factor| match factor.exponent.is_one() {
                    true => is_plain(&factor.base, variable),
                    false => is_short(&factor.base, variable, MOST_TERMS),
                })
        }
        Kind::Power(base, exponent) => exponent.as_rational().is_some() && is_short(base, variable, MOST_TERMS),
        Kind::Call(Function::Elementary(record), arguments) => match (record.name, &arguments[..]) {
            // Their coefficients have factorials below, and sums of such cost much.
            ("exp" | "sin" | "cos" | "sinh" | "cosh", [u]) => is_short(u, variable, 1),
            ("log" | "arctan" | "arctanh" | "arcsin" | "arccos" | "arcsinh", [u]) => is_short(u, variable, MOST_TERMS),
            _ => false,
        },
        _ => false,
    }
}

/// A polynomial with more terms is not short.
const MOST_TERMS: usize = 5;
/// Nor is one of higher degree.
const HIGHEST_DEGREE: i64 = 12;

/// Is the expression a polynomial in the variable with few terms and rational coefficients?
fn is_short(expr: &Expr, variable: Symbol, most_terms: usize) -> bool {
    let is_monomial = |base: &Expr| match base.kind() {
        Kind::Symbol(symbol) => *symbol == variable,
        Kind::Power(base, exponent) => {
            base.as_symbol() == Some(variable) && exponent.to_i64().is_some_and(|n| (0..=HIGHEST_DEGREE).contains(&n))
        }
        _ => false,
    };
    match expr.kind() {
        Kind::Sum(sum) => sum.len() <= most_terms && sum.terms().iter().all(|term| is_monomial(&term.base)),
        _ => is_monomial(&expr.split_coefficient().0),
    }
}

/// Rational functions have small coefficients and short recurrences.
fn is_rational_function(expr: &Expr) -> bool {
    expr.shared_nodes().all(|node| match node.kind() {
        Kind::Call(..) => false,
        Kind::Power(_, exponent) => exponent.as_rational().is_some_and(Rational::is_integer),
        Kind::Product(product) => product.factors().iter().all(|factor| factor.exponent.is_integer()),
        _ => true,
    })
}

/// The form of the result, and a scale for each coefficient.
type ShapeAndScales = (Laurent<Rational>, Vec<Scale>);

/// A record of the expansion, and the length with which the order is reached.
fn recorded(request: &Request) -> Result<(Record, usize), Stop> {
    let mut length = FIRST_LENGTH;
    for _ in 0..DOUBLINGS {
        let record = Record::default();
        match request.with_length(&Rationals { budget: None, record: Some(&record) }, length) {
            Ok(series) if series.exact => return Err(Stop::More),
            Ok(series) => {
                let reached = series.end().div_euclid(series.ramification);
                let wanted = request.order - reached + length as i64 + 1;
                let wanted = usize::try_from(wanted).unwrap_or(0).max(length);
                return Ok((record, wanted));
            }
            Err(Stop::More) => length *= 2,
            Err(stop) => return Err(stop),
        }
    }
    Err(Stop::More)
}

/// Follows the record; `None` when the bounds are not found.
fn follow(request: &Request, record: &Record, length: usize) -> Result<Option<Laurent<Rational>>, Stop> {
    if length as i64 > 2 * LONGEST {
        return Ok(None);
    }
    let Some((shape, scales)) = bounds(request, record, length)? else { return Ok(None) };
    let mut images: Vec<Image> = Vec::new();
    let needed = scales.iter().map(Scale::primes).max().unwrap_or(0);
    for modulus in large_primes() {
        if images.len() >= needed {
            break;
        }
        request.hooks.budget.check().map_err(|stopped| Stop::Because(stopped.into()))?;
        let replay = Replay::new(Residues::new(modulus, length + 16), record);
        match request.with_length(&replay, length) {
            Ok(series) if replay.is_faithful() && series.start == shape.start => {
                images.push(Image::new(modulus, &series.coefficients, &scales));
            }
            // A prime that divides a denominator or a leading coefficient.
            Ok(_) | Err(Stop::Outside) => {}
            Err(stop) => return Err(stop),
        }
    }
    let remainders = Remainders::new(&images);
    let coefficients: Vec<Rational> =
        scales.iter().enumerate().map(|(place, scale)| remainders.coefficient(place, scale)).collect();
    Ok(Some(Laurent { coefficients, ..shape }))
}

/// What is known of a coefficient beforehand.
struct Scale {
    /// A common multiple of the denominators up to here, and its quotient by the one before.
    denominator: Integer,
    step: Integer,
    /// The numerator over that denominator is below two to this power.
    bits: i64,
}

impl Scale {
    /// How many primes determine the numerator; their product exceeds it eightfold.
    fn primes(&self) -> usize {
        // The primes lie so close to 2^62 that thousands of them lose less than a bit.
        ((self.bits.max(0) + 4) as usize).div_ceil(62) + usize::from(self.bits > 20_000)
    }
}

/// Bounds from a run along the record.
fn bounds(request: &Request, record: &Record, length: usize) -> Result<Option<ShapeAndScales>, Stop> {
    let Some(denominators) = Denominators::new(length + 16, &constants(record)) else { return Ok(None) };
    let replay = Replay::new(Bounds::new(denominators), record);
    let series = request.with_length(&replay, length)?;
    if !replay.is_faithful() {
        return Ok(None);
    }
    let names = replay.ring().denominators();
    let mut scales = Vec::with_capacity(series.coefficients.len());
    let mut exponents: Vec<i16> = Vec::new();
    let mut denominator = Integer::ONE;
    for Bound { size, multiple } in &series.coefficients {
        let own = names.of(multiple);
        if own.contains(&UNKNOWN) {
            return Ok(None);
        }
        exponents.resize(exponents.len().max(own.len()), 0);
        let mut rise = vec![0; exponents.len()];
        for ((total, rise), own) in exponents.iter_mut().zip(&mut rise).zip(own) {
            *rise = (own - *total).max(0);
            *total += *rise;
        }
        let step = names.product(&rise);
        denominator = &denominator * &step;
        let bits = size.bits() + denominator.bit_length() as i64;
        scales.push(Scale { denominator: denominator.clone(), step, bits });
    }
    let shape = Laurent {
        start: series.start,
        ramification: series.ramification,
        coefficients: Vec::new(),
        exact: false,
        two_sided: series.two_sided,
    };
    Ok(Some((shape, scales)))
}

/// The numerators modulo a prime.
struct Image {
    modulus: Modulus,
    numerators: Vec<u64>,
}

impl Image {
    fn new(modulus: Modulus, coefficients: &[u64], scales: &[Scale]) -> Image {
        let mut denominator = 1;
        let mut numerators = Vec::with_capacity(scales.len());
        for (place, scale) in scales.iter().enumerate() {
            if !scale.step.is_one() {
                denominator = modulus.mul(denominator, modulus.reduce_integer(&scale.step));
            }
            let coefficient = coefficients.get(place).copied().unwrap_or(0);
            numerators.push(if coefficient == 0 { 0 } else { modulus.mul(coefficient, denominator) });
        }
        Image { modulus, numerators }
    }
}

/// Garner's algorithm: digits in the mixed radix of the primes (Knuth, vol. 2, 4.3.2).
struct Remainders<'i> {
    images: &'i [Image],
    /// For each prime the products of those before it, modulo it: `1, p_0, p_0*p_1, ...`
    products: Vec<Vec<u64>>,
    /// For each prime the inverse of the product of all before it.
    inverses: Vec<u64>,
    /// The products of the primes before each place, and of all.
    radices: Vec<Integer>,
}

impl<'i> Remainders<'i> {
    fn new(images: &'i [Image]) -> Remainders<'i> {
        let mut products = Vec::with_capacity(images.len());
        let mut inverses = Vec::with_capacity(images.len());
        let mut radices = vec![Integer::ONE];
        for (place, image) in images.iter().enumerate() {
            let modulus = &image.modulus;
            let mut row = vec![1];
            for earlier in &images[..place] {
                let last = row.last().copied().unwrap_or(1);
                row.push(modulus.mul(last, modulus.reduce(earlier.modulus.prime())));
            }
            inverses.push(modulus.inverse(row[place]));
            products.push(row);
            let prime = Integer::from_limbs(false, vec![modulus.prime()]);
            radices.push(&radices[place] * &prime);
        }
        Remainders { images, products, inverses, radices }
    }

    fn coefficient(&self, place: usize, scale: &Scale) -> Rational {
        let count = scale.primes().min(self.images.len());
        let digits = self.digits(place, count);
        let numerator = self.integer(&digits);
        Rational::ratio(&numerator, &scale.denominator).unwrap_or(Rational::ZERO)
    }

    fn digits(&self, place: usize, count: usize) -> Vec<u64> {
        let mut digits: Vec<u64> = Vec::with_capacity(count);
        for (index, image) in self.images[..count].iter().enumerate() {
            let modulus = &image.modulus;
            let known = weighted(modulus, &digits, &self.products[index]);
            let rest = modulus.sub(image.numerators[place], known);
            digits.push(if rest == 0 { 0 } else { modulus.mul(rest, self.inverses[index]) });
        }
        digits
    }

    /// The integer of least absolute value with these digits.
    fn integer(&self, digits: &[u64]) -> Integer {
        let Some(last) = digits.last() else { return Integer::ZERO };
        let mut limbs: Vec<u64> = vec![*last];
        for (digit, image) in digits.iter().zip(self.images).rev().skip(1) {
            let mut carry = u128::from(*digit);
            for limb in &mut limbs {
                carry += u128::from(*limb) * u128::from(image.modulus.prime());
                *limb = carry as u64;
                carry >>= 64;
            }
            if carry > 0 {
                limbs.push(carry as u64);
            }
        }
        while limbs.len() > 1 && limbs.last() == Some(&0) {
            limbs.pop();
        }
        let value = Integer::from_limbs(false, limbs);
        // The value is below an eighth of the radix or above seven eighths: the first digit tells which.
        let prime = self.images[digits.len() - 1].modulus.prime();
        if *last > prime / 2 { &value - &self.radices[digits.len()] } else { value }
    }
}

/// The sum of digits times products, reduced; four products fit beside a reduced sum.
fn weighted(modulus: &Modulus, digits: &[u64], products: &[u64]) -> u64 {
    let limit = u128::from(modulus.prime()) << 64;
    let mut total: u128 = 0;
    for (digits, products) in digits.chunks(4).zip(products.chunks(4)) {
        for (digit, product) in digits.iter().zip(products) {
            total += u128::from(*digit) * u128::from(*product);
        }
        if total >= limit {
            total -= limit;
        }
    }
    modulus.reduce_wide(total)
}
