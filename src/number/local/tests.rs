//! Values and enclosures hold values of high precision.

use super::*;

/// Bits of the values that decide.
const PRECISE: u32 = 200;

/// Numbers that look random, the same in every run (Knuth's linear congruences, TAOCP 3.3.4).
struct Numbers(u64);

impl Numbers {
    fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + (high - low) * ((self.0 >> 11) as f64 / (1_u64 << 53) as f64)
    }
}

fn precise(function: Special, x: f64) -> Ball {
    match function {
        Special::One(unary) => (unary.ball)(&Ball::from_f64(x), PRECISE),
        Special::Fixed(binary, first) => (binary.ball)(&first.ball(PRECISE), &Ball::from_f64(x), PRECISE),
    }
}

/// Holds random short intervals against precise values in them; answers how many were enclosed much too widely.
fn check(name: &str, function: Special, (from, to): (f64, f64), count: usize) -> usize {
    let local = Local::default();
    let mut random = Numbers(count as u64);
    let mut vague = 0;
    for _ in 0..count {
        let x = random.between(from, to);
        let width = (to - from) * pxfm::f_exp2(-random.between(6.0, 12.0));
        let cell = Interval::new(x, (x + width).min(to));
        let values = local.enclose(function, cell);
        let at = random.between(cell.low(), cell.high());
        let exact = precise(function, at);
        if !exact.is_bounded() {
            continue;
        }
        let true_range = exact.to_interval();
        assert!(
            values.low() <= true_range.high() && true_range.low() <= values.high(),
            "{name} {at}: {exact:?} {values:?}"
        );
        let near = local.value(function, at);
        let scale = true_range.magnitude().max(1e-2);
        assert!((near - true_range.midpoint()).abs() <= 1e-9 * scale, "{name} {at}: {near} for {true_range:?}");
        let other = precise(function, cell.high()).to_interval();
        let rise = (other.midpoint() - true_range.midpoint()).abs();
        vague += usize::from(values.is_bounded() && values.width() > 4.0 * rise + 0.1 * scale);
    }
    vague
}

fn made(local: &Local) -> u32 {
    local.made.get()
}

#[test]
fn functions_with_equations_are_enclosed() {
    let order = Fixed::exact;
    let third = Rational::fraction(1, 3).and_then(|third| Fixed::fraction(&third)).expect("a fraction");
    let cases: [(&str, Special, (f64, f64)); 19] = [
        ("Ai", Special::One(&kernel::AIRY_AI), (-10.0, 5.0)),
        ("Bi", Special::One(&kernel::AIRY_BI), (-10.0, 3.0)),
        ("Ai'", Special::One(&kernel::AIRY_AI_PRIME), (-8.0, 3.0)),
        ("Bi'", Special::One(&kernel::AIRY_BI_PRIME), (-8.0, 2.0)),
        ("S", Special::One(&kernel::FRESNEL_SIN), (-11.0, 4.0)),
        ("C", Special::One(&kernel::FRESNEL_COS), (3.0, 11.0)),
        ("Si", Special::One(&kernel::SIN_INTEGRAL), (-12.0, 12.0)),
        ("Ci", Special::One(&kernel::COS_INTEGRAL), (0.01, 12.0)),
        ("Shi", Special::One(&kernel::SINH_INTEGRAL), (-4.0, 4.0)),
        ("Chi", Special::One(&kernel::COSH_INTEGRAL), (0.01, 4.0)),
        ("Ei", Special::One(&kernel::EI), (-4.0, 4.0)),
        ("E1", Special::One(&kernel::E1), (0.01, 5.0)),
        ("li", Special::One(&kernel::LI), (0.01, 9.0)),
        ("erfi", Special::One(&kernel::ERFI), (-2.0, 2.0)),
        ("J", Special::Fixed(&kernel::BESSEL_J, order(2.0)), (-20.0, 20.0)),
        ("J third", Special::Fixed(&kernel::BESSEL_J, third), (0.01, 20.0)),
        ("Y", Special::Fixed(&kernel::BESSEL_Y, order(1.0)), (0.1, 20.0)),
        ("K", Special::Fixed(&kernel::BESSEL_K, order(1.5)), (0.1, 6.0)),
        ("Gamma", Special::Fixed(&kernel::INCOMPLETE_GAMMA, order(2.5)), (0.01, 6.0)),
    ];
    for (name, function, range) in cases {
        let vague = check(name, function, range, 120);
        assert!(vague <= 20, "{name}: {vague} enclosures are much too wide");
    }
}

#[test]
fn direct_functions_are_enclosed() {
    let main = Fixed::exact(0.0);
    let third = Rational::fraction(1, 3).and_then(|third| Fixed::fraction(&third)).expect("a fraction");
    let cases: [(&str, Special, (f64, f64)); 23] = [
        ("erfinv", Special::One(&kernel::ERFINV), (-0.999_999, 0.999_999)),
        ("gamma far left", Special::One(&kernel::GAMMA), (-20.0, -11.0)),
        ("psi far left", Special::One(&kernel::DIGAMMA), (-14.0, -11.0)),
        ("zeta far left", Special::One(&kernel::ZETA), (-10.0, -2.0)),
        ("S far out", Special::One(&kernel::FRESNEL_SIN), (-14.0, -10.0)),
        ("Ci far out", Special::One(&kernel::COS_INTEGRAL), (36.0, 60.0)),
        ("J far out", Special::Fixed(&kernel::BESSEL_J, Fixed::exact(3.0)), (-60.0, -18.0)),
        ("Y far out", Special::Fixed(&kernel::BESSEL_Y, third), (18.0, 60.0)),
        ("Li2", Special::One(&kernel::DILOG), (-5.0, 0.99)),
        ("W main", Special::One(&kernel::PRINCIPAL_LAMBERT_W), (-0.36787, 2.0)),
        ("gamma", Special::One(&kernel::GAMMA), (0.05, 8.0)),
        ("gamma left", Special::One(&kernel::GAMMA), (-6.0, 0.0)),
        ("factorial", Special::One(&kernel::FACTORIAL), (-4.0, 5.0)),
        ("log gamma", Special::One(&kernel::LOG_GAMMA), (0.05, 8.0)),
        ("psi", Special::One(&kernel::DIGAMMA), (0.05, 8.0)),
        ("psi left", Special::One(&kernel::DIGAMMA), (-6.0, 0.0)),
        ("H", Special::One(&kernel::HARMONIC_NUMBER), (-0.9, 8.0)),
        ("zeta", Special::One(&kernel::ZETA), (1.1, 30.0)),
        ("zeta left", Special::One(&kernel::ZETA), (-5.0, 0.9)),
        ("K", Special::One(&kernel::ELLIPTIC_K), (-9.0, 0.99)),
        ("E", Special::One(&kernel::ELLIPTIC_E), (-9.0, 0.99)),
        ("W", Special::Fixed(&kernel::LAMBERT_W, main), (-0.3678, 9.0)),
        ("beta", Special::Fixed(&kernel::BETA, Fixed::exact(2.0)), (0.1, 9.0)),
    ];
    for (name, function, range) in cases {
        let vague = check(name, function, range, 80);
        assert!(vague <= 10, "{name}: {vague} enclosures are much too wide");
    }
}

#[test]
fn few_polynomials_are_made_and_none_survives() {
    let local = Local::default();
    let airy = Special::One(&kernel::AIRY_AI);
    for k in 0..=400 {
        local.value(airy, -10.0 + f64::from(k) / 27.0);
    }
    assert!((5..60).contains(&made(&local)), "{} polynomials", made(&local));
    local.clear();
    assert!(made(&local) == 0 && local.known.borrow().is_empty());
}

#[test]
fn an_enclosure_of_a_short_piece_is_tight() {
    let local = Local::default();
    let wide = local.enclose(Special::One(&kernel::GAMMA), Interval::new(2.0, 2.01));
    assert!(wide.is_continuous() && wide.width() < 0.0045, "{wide:?}");
    let pole = local.enclose(Special::One(&kernel::GAMMA), Interval::new(-1.1, -0.9));
    assert!(!pole.is_defined() && !pole.is_bounded(), "{pole:?}");
}
