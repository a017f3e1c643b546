//! Elementary functions of series: addition theorems where the constant term is not zero, quotients at poles, roots and
//! logarithms of leading terms, and steps by the sign of the leading term.

use std::cmp::Ordering;

use super::field::{Field, Stop, unsupported};
use super::laurent::{Laurent, SeriesOver, Workshop, turned_back};
use super::power::{self, Circle};
use super::special::{far_formula, inverse_by_logarithm, inverse_hyperbolic_tangent};
use crate::expr::function::{self, conjugate, imag_part, log, real_part};
use crate::expr::{Expr, Function};

/// Poles of gamma further left are not expanded.
const GREATEST_SHIFT: i64 = 1000;

type Expanded<F> = Result<SeriesOver<F>, Stop>;

/// A call of the function with this name.
pub(super) fn named(name: &str, arguments: &[Expr]) -> Expr {
    function::find(name).map_or_else(
        || Expr::undefined(crate::expr::Undefined::Pole),
        |record| Expr::call(Function::Elementary(record), arguments.to_vec()),
    )
}

impl<F: Field> Workshop<F> {
    /// The series of a function that has a rule here; `None` for others.
    pub(super) fn by_rule(&self, name: &str, arguments: &[SeriesOver<F>]) -> Option<Expanded<F>> {
        let [u] = arguments else { return self.by_rule_of_two(name, arguments) };
        Some(match name {
            "exp" => self.exponential(u),
            "log" => self.logarithm(u),
            "sin" => self.sine_cosine(u, Circle::Circular).map(|(s, _)| s),
            "cos" => self.sine_cosine(u, Circle::Circular).map(|(_, c)| c),
            "tan" => self.tangent(u, Circle::Circular),
            "cot" => self.cotangent(u, Circle::Circular),
            "sec" => self.reciprocal(self.sine_cosine(u, Circle::Circular).map(|(_, c)| c)),
            "csc" => self.reciprocal(self.sine_cosine(u, Circle::Circular).map(|(s, _)| s)),
            "sinh" => self.sine_cosine(u, Circle::Hyperbolic).map(|(s, _)| s),
            "cosh" => self.sine_cosine(u, Circle::Hyperbolic).map(|(_, c)| c),
            "tanh" => self.tangent(u, Circle::Hyperbolic),
            "coth" => self.cotangent(u, Circle::Hyperbolic),
            "sech" => self.reciprocal(self.sine_cosine(u, Circle::Hyperbolic).map(|(_, c)| c)),
            "csch" => self.reciprocal(self.sine_cosine(u, Circle::Hyperbolic).map(|(s, _)| s)),
            "abs" => self.absolute(u),
            "sgn" => self.sign_of(u).and_then(|(sign, two_sided)| self.step(sign as i64, two_sided)),
            "unit_step" => self.sign_of(u).and_then(|(sign, two)| self.step(i64::from(sign.is_ge()), two)),
            "heaviside" => self.sign_of(u).and_then(|(sign, two)| self.step(i64::from(sign.is_gt()), two)),
            "dirac_delta" => self.sign_of(u).and_then(|(sign, two)| match sign.is_ne() {
                true => self.step(0, two),
                false => unsupported("a distribution"),
            }),
            "floor" => self.rounded(u, "floor", -1),
            "ceil" => self.rounded(u, "ceil", 1),
            "frac" => self.fraction(u),
            "conjugate" => self.each(u, conjugate),
            "real_part" => self.each(u, real_part),
            "imag_part" => self.each(u, imag_part),
            _ => return None,
        })
    }

    fn by_rule_of_two(&self, name: &str, arguments: &[SeriesOver<F>]) -> Option<Expanded<F>> {
        match name {
            "max" => Some(self.extreme(arguments, Ordering::Greater)),
            "min" => Some(self.extreme(arguments, Ordering::Less)),
            "arctan2" => match arguments {
                [y, x] => Some(self.angle(y, x)),
                _ => None,
            },
            _ => None,
        }
    }

    /// `e^u` for a series without pole; logarithms of the variable in its constant term become powers.
    pub(super) fn exponential(&self, u: &SeriesOver<F>) -> Expanded<F> {
        let Some((constant, rest)) = self.split_constant(u)? else { return self.refused_exponential(u) };
        let (factor, shift) = self.field.exponential(&constant)?;
        let row = self.row(&rest);
        let series = match rest.is_zero() {
            true => self.constant(factor),
            false => {
                let body = power::exponential(&self.field, &row, self.field.integer(1), row.len());
                self.scale(&self.known(body, &rest), &factor)
            }
        };
        if shift.is_zero() {
            return Ok(Laurent { two_sided: u.two_sided, ..series });
        }
        let moved = self.shifted(&series, &shift, 1)?;
        Ok(Laurent { two_sided: u.two_sided && shift.is_integer(), ..moved })
    }

    /// Why there is no series of `e^u` where `u` has a pole.
    fn refused_exponential(&self, u: &SeriesOver<F>) -> Expanded<F> {
        match self.led(u)?.map(|u| Ok::<_, Stop>((self.sign_of(&u)?, u.start))) {
            Some(Ok(((Ordering::Less, true), _))) => unsupported(
                "an essential singularity: an exponential smaller than every power, so no power series equals it",
            ),
            _ => unsupported("an essential singularity"),
        }
    }

    /// `log(u)`: of the leading term, plus the logarithm of one plus the rest.
    pub(super) fn logarithm(&self, u: &SeriesOver<F>) -> Expanded<F> {
        let Some(u) = self.led(u)? else { return unsupported("a logarithm of zero") };
        let branch = self.branch(&u)?;
        let lead = u.coefficients[0].clone();
        let turn = if branch.is_below() { Expr::pi() * Expr::i() * Expr::integer(2) } else { Expr::zero() };
        let mut constant = self.field.derive(&[&lead], &|e| log(&e[0]) - &turn)?;
        if u.start != 0 {
            let order = self.field.scale(&self.field.logarithm_of_variable()?, u.start);
            constant = self.field.add(&constant, &self.field.divide_small(&order, u.ramification));
        }
        let two_sided = u.two_sided && u.start == 0 && !branch.is_one_sided();
        if u.exact && u.coefficients.len() == 1 {
            return Ok(Laurent { two_sided, ..self.constant(constant) });
        }
        let plain = Laurent { start: 0, ..u };
        let row = self.row(&plain);
        let body = power::logarithm(&self.field, &row, constant, row.len());
        Ok(Laurent { two_sided, ..self.known(body, &plain) })
    }

    /// Sine and cosine by the addition theorems.
    fn sine_cosine(&self, u: &SeriesOver<F>, circle: Circle) -> Result<(SeriesOver<F>, SeriesOver<F>), Stop> {
        let Some((constant, rest)) = self.split_constant(u)? else { return unsupported("an essential singularity") };
        let row = self.row(&rest);
        let start = (self.field.integer(0), self.field.integer(1));
        let (s, c) = power::sine_cosine(&self.field, &row, start, row.len(), circle);
        let (s, c) = (self.known(s, &rest), self.known(c, &rest));
        if self.field.is_plain_zero(&constant) {
            return Ok((s, c));
        }
        let (sine, cosine) = self.constants(&constant, circle)?;
        let cross = if circle == Circle::Circular { self.field.negate(&sine) } else { sine.clone() };
        let of_sum = self.add(&self.scale(&c, &sine), &self.scale(&s, &cosine))?;
        let other = self.add(&self.scale(&c, &cosine), &self.scale(&s, &cross))?;
        Ok((of_sum, other))
    }

    /// Sine and cosine of a constant.
    fn constants(&self, constant: &F::Element, circle: Circle) -> Result<(F::Element, F::Element), Stop> {
        self.fixed(constant)?;
        let value = |name: &str| self.field.derive(&[constant], &|e| named(name, e));
        match circle {
            Circle::Circular => Ok((value("sin")?, value("cos")?)),
            Circle::Hyperbolic => Ok((value("sinh")?, value("cosh")?)),
        }
    }

    /// Refuses a constant that grows as the variable gets smaller.
    pub(super) fn fixed(&self, constant: &F::Element) -> Result<(), Stop> {
        if self.field.is_fixed(constant) { Ok(()) } else { unsupported("a function of a growing logarithm") }
    }

    /// The tangent: by its differential equation, or as a quotient at a pole.
    fn tangent(&self, u: &SeriesOver<F>, circle: Circle) -> Expanded<F> {
        let Some((constant, rest)) = self.split_constant(u)? else { return unsupported("an essential singularity") };
        self.fixed(&constant)?;
        let name = if circle == Circle::Circular { "tan" } else { "tanh" };
        let value = match self.field.is_plain_zero(&constant) {
            true => Ok(self.field.integer(0)),
            false => self.field.derive(&[&constant], &|e| named(name, e)),
        };
        match value {
            Ok(value) => {
                let row = self.row(&rest);
                Ok(self.known(power::tangent(&self.field, &row, value, row.len(), circle), &rest))
            }
            Err(Stop::Because(_)) => {
                let (s, c) = self.sine_cosine(u, circle)?;
                self.divide(&s, &c)
            }
            Err(stop) => Err(stop),
        }
    }

    fn cotangent(&self, u: &SeriesOver<F>, circle: Circle) -> Expanded<F> {
        let (s, c) = self.sine_cosine(u, circle)?;
        self.divide(&c, &s)
    }

    fn reciprocal(&self, of: Expanded<F>) -> Expanded<F> {
        self.divide(&self.constant(self.field.integer(1)), &of?)
    }

    /// The sign for small positive `t`, and whether it is the same for small negative `t`; zero for the exact zero.
    fn sign_of(&self, u: &SeriesOver<F>) -> Result<(Ordering, bool), Stop> {
        let Some(u) = self.led(u)? else { return Ok((Ordering::Equal, u.two_sided)) };
        let even = u.ramification == 1 && u.start % 2 == 0;
        Ok((self.field.sign(&u.coefficients[0])?, u.two_sided && even))
    }

    fn step(&self, value: i64, two_sided: bool) -> Expanded<F> {
        Ok(Laurent { two_sided, ..self.constant(self.field.integer(value)) })
    }

    fn absolute(&self, u: &SeriesOver<F>) -> Expanded<F> {
        self.if_real(u)?;
        let (sign, two_sided) = self.sign_of(u)?;
        let size = if sign.is_lt() { self.negate(u) } else { u.clone() };
        Ok(Laurent { two_sided, ..size })
    }

    /// A function of complex numbers that is linear over the reals, so that it acts on each coefficient.
    pub(super) fn each(&self, u: &SeriesOver<F>, function: fn(&Expr) -> Expr) -> Expanded<F> {
        let coefficients = u.coefficients.iter().map(|c| self.field.derive(&[c], &|e| function(&e[0])));
        Ok(Laurent { coefficients: coefficients.collect::<Result<_, _>>()?, ..*u })
    }

    /// Refuses a series that is not proved real.
    fn if_real(&self, u: &SeriesOver<F>) -> Result<(), Stop> {
        match u.coefficients.iter().all(|c| self.field.is_real(c).is_yes()) {
            true => Ok(()),
            false => unsupported("a series that may not be real"),
        }
    }

    /// Floor or ceiling: constant near a point that is no integer, else decided by the side of the approach.
    fn rounded(&self, u: &SeriesOver<F>, name: &'static str, below: i64) -> Expanded<F> {
        let Some((constant, rest)) = self.split_constant(u)? else { return unsupported("steps without end") };
        self.fixed(&constant)?;
        let whole = self.field.derive(&[&constant], &|e| named(name, e))?;
        let difference = self.field.add(&constant, &self.field.negate(&whole));
        if self.field.leading_zeros(std::slice::from_ref(&difference), 0)?.is_some() {
            return Ok(Laurent { two_sided: u.two_sided, ..self.constant(whole) });
        }
        let (sign, two_sided) = self.sign_of(&rest)?;
        let leaves = (sign as i64) == below;
        let value = if leaves { self.field.add(&whole, &self.field.integer(below)) } else { whole };
        Ok(Laurent { two_sided, ..self.constant(value) })
    }

    fn fraction(&self, u: &SeriesOver<F>) -> Expanded<F> {
        let whole = self.rounded(u, "floor", -1)?;
        self.add(u, &self.negate(&whole))
    }

    /// The greatest or least of several series near the point.
    fn extreme(&self, arguments: &[SeriesOver<F>], wanted: Ordering) -> Expanded<F> {
        let Some((first, rest)) = arguments.split_first() else { return unsupported("an extreme of nothing") };
        let mut best = first.clone();
        for next in rest {
            self.if_real(next)?;
            let (sign, two_sided) = self.sign_of(&self.add(next, &self.negate(&best))?)?;
            let both = best.two_sided && next.two_sided && two_sided;
            let chosen = if sign == wanted { next.clone() } else { best };
            best = Laurent { two_sided: both, ..chosen };
        }
        Ok(best)
    }

    /// The angle of the point `(x, y)`: an arctangent of the slope, and a half turn left of the vertical.
    fn angle(&self, y: &SeriesOver<F>, x: &SeriesOver<F>) -> Expanded<F> {
        self.if_real(y)?;
        self.if_real(x)?;
        let half_turns = |sign: i64, parts: i64| {
            let value = Expr::pi() * Expr::fraction(sign, parts);
            Ok::<_, Stop>(self.constant(self.field.element(&value)?))
        };
        let side = |sign: Ordering| if sign.is_lt() { -1 } else { 1 };
        let (across, two_sided_across) = self.sign_of(x)?;
        let (up, two_sided_up) = self.sign_of(y)?;
        if across.is_eq() {
            if up.is_eq() {
                return unsupported("the angle of the origin");
            }
            return Ok(Laurent { two_sided: two_sided_up, ..half_turns(side(up), 2)? });
        }
        let slope = self.divide(y, x)?;
        let steep = slope.has_pole();
        let inner = match steep {
            true => self.divide(x, y)?,
            false => slope,
        };
        let small = self.arctangent(&inner)?;
        if steep {
            let upright = half_turns(side(up), 2)?;
            let turned = self.add(&upright, &self.negate(&small))?;
            return Ok(Laurent { two_sided: turned.two_sided && two_sided_up, ..turned });
        }
        match across {
            Ordering::Greater => Ok(Laurent { two_sided: small.two_sided && two_sided_across, ..small }),
            _ => {
                let turned = self.add(&half_turns(side(up), 1)?, &small)?;
                Ok(Laurent { two_sided: turned.two_sided && two_sided_across && two_sided_up, ..turned })
            }
        }
    }

    /// The arctangent of a real series without pole, from its derivative.
    fn arctangent(&self, u: &SeriesOver<F>) -> Expanded<F> {
        let Some((constant, rest)) = self.split_constant(u)? else { return unsupported("an essential singularity") };
        self.fixed(&constant)?;
        let value = self.field.derive(&[&constant], &|e| named("arctan", e))?;
        let squared = self.add(&self.multiply(u, u)?, &self.constant(self.field.integer(1)))?;
        let slope = self.divide(&self.moved_derivative(&rest)?, &squared)?;
        let integral = self.moved_integral(&slope, value)?;
        Ok(Laurent { two_sided: u.two_sided && integral.two_sided, ..integral })
    }

    /// `u^w` as `exp(w*log(u))`, by a binomial series when the exponent is constant.
    pub(super) fn general_power(&self, u: &SeriesOver<F>, w: &SeriesOver<F>) -> Expanded<F> {
        if let Some(exponent) = w.as_constant()
            && let Some(u) = self.led(u)?
            && u.start == 0
            && u.coefficients.iter().skip(1).any(|c| !self.field.is_absent(c))
        {
            let branch = self.branch(&u)?;
            let raise = |e: &[Expr]| match branch.is_below() {
                true => e[0].power(&e[1]) * turned_back(&e[1]),
                false => e[0].power(&e[1]),
            };
            let lead = self.field.derive(&[&u.coefficients[0], exponent], &raise)?;
            let row = self.row(&u);
            let powered = power::general_power(&self.field, &row, exponent, lead, row.len());
            let powered = self.known(powered, &u);
            let two_sided = u.two_sided && w.two_sided && !branch.is_one_sided();
            return Ok(Laurent { two_sided, ..powered });
        }
        if let Some(base) = u.as_constant() {
            let Some((constant, rest)) = self.split_constant(w)? else {
                return unsupported("an essential singularity");
            };
            let logarithm = self.field.derive(&[base], &|e| log(&e[0]))?;
            let factor = self.field.derive(&[base, &constant], &|e| e[0].power(&e[1]))?;
            self.fixed(&constant)?;
            let powered = self.scale(&self.exponential(&self.scale(&rest, &logarithm))?, &factor);
            return Ok(Laurent { two_sided: u.two_sided && w.two_sided, ..powered });
        }
        self.exponential(&self.multiply(w, &self.logarithm(u)?)?)
    }

    /// `t * u'`
    pub(super) fn moved_derivative(&self, u: &SeriesOver<F>) -> Expanded<F> {
        let term = |(c, e): (&F::Element, i64)| {
            let plain = self.field.divide_small(&self.field.scale(c, e), u.ramification);
            let slope = self.field.slope_in_logarithm(c)?;
            Ok::<_, Stop>(slope.map_or(plain.clone(), |slope| self.field.add(&plain, &slope)))
        };
        let coefficients = u.coefficients.iter().zip(u.start..).map(term).collect::<Result<_, _>>()?;
        Ok(Laurent { coefficients, ..*u })
    }

    /// The integral of `u/t` with this constant; refused when a logarithm or a pole would come in.
    pub(super) fn moved_integral(&self, u: &SeriesOver<F>, constant: F::Element) -> Expanded<F> {
        let Some((at_zero, rest)) = self.split_constant(u)? else { return unsupported("a singular point") };
        if self.field.leading_zeros(std::slice::from_ref(&at_zero), 0)?.is_some() {
            return unsupported("a logarithmic singular point");
        }
        let terms = rest.coefficients.iter().zip(rest.start..);
        let over = |c: &F::Element, e: i64| self.field.divide_small(&self.field.scale(c, rest.ramification), e);
        // y + y'/k = c/k, by parts: logarithms of the variable have slopes of their own.
        let term = |(c, e): (&F::Element, i64)| {
            let mut part = over(c, e);
            let mut total = part.clone();
            while let Some(slope) = self.field.slope_in_logarithm(&part)? {
                part = self.field.negate(&over(&slope, e));
                total = self.field.add(&total, &part);
            }
            Ok::<_, Stop>(total)
        };
        let coefficients = terms.map(term).collect::<Result<_, _>>()?;
        self.add(&Laurent { coefficients, ..rest }, &self.constant(constant))
    }

    /// Is the constant term one of these integers?
    fn starts_with(&self, argument: &SeriesOver<F>, places: &[i64]) -> bool {
        let constant = self.split_constant(argument).ok().flatten();
        constant.and_then(|(c, _)| self.field.to_integer(&c)).is_some_and(|n| places.contains(&n))
    }

    /// Rewrites a call by other functions where that removes a singular point of its derivative.
    pub(super) fn rewritten(&self, name: &str, argument: &SeriesOver<F>) -> Option<Rewritten> {
        Some(match name {
            "arcsec" => Rewritten::OfReciprocal("arccos"),
            "arccsc" => Rewritten::OfReciprocal("arcsin"),
            "arccoth" => Rewritten::OfReciprocal("arctanh"),
            "arcsech" => Rewritten::OfReciprocal("arccosh"),
            "arccsch" => Rewritten::OfReciprocal("arcsinh"),
            "arctan" | "arccot" if argument.has_pole() => Rewritten::AtInfinity,
            _ if self.is_on_cut(name, argument) => Rewritten::Formula(principal_formula(name)?),
            "arcsin" if argument.has_pole() => Rewritten::Formula(|x| inverse_by_logarithm("arcsin", x)),
            "arccos" if argument.has_pole() => Rewritten::Formula(|x| inverse_by_logarithm("arccos", x)),
            "arctanh" if argument.has_pole() || self.starts_with(argument, &[1, -1]) => {
                Rewritten::Formula(inverse_hyperbolic_tangent)
            }
            "log_gamma" if self.starts_with(argument, &[0]) => {
                Rewritten::Formula(|x| named("log_gamma", &[x + Expr::one()]) - log(x))
            }

            "arcsinh" if argument.has_pole() => Rewritten::Formula(|x| log(&(x + (x.powi(2) + Expr::one()).sqrt()))),
            "arccosh" if argument.has_pole() => {
                Rewritten::Formula(|x| log(&(x + (x - Expr::one()).sqrt() * (x + Expr::one()).sqrt())))
            }
            _ if argument.has_pole() && matches!(self.sign_of(argument), Ok((Ordering::Greater, _))) => {
                Rewritten::Formula(far_formula(name)?)
            }
            "gamma" | "psi" => {
                let (constant, _) = self.split_constant(argument).ok()??;
                let below = self.field.to_integer(&constant).filter(|n| (-GREATEST_SHIFT..=0).contains(n))?;
                Rewritten::Shifted(1 - below)
            }
            "factorial" => Rewritten::Formula(|x| named("gamma", &[x + Expr::one()])),
            _ => return None,
        })
    }
}

impl<F: Field> Workshop<F> {
    /// Does a series that is not real start on the branch cut of this inverse function?
    fn is_on_cut(&self, name: &str, argument: &SeriesOver<F>) -> bool {
        let Ok(Some((constant, _))) = self.split_constant(argument) else { return false };
        if argument.coefficients.iter().all(|c| self.field.is_real(c).is_yes()) {
            return false;
        }
        // Positive on the cut.
        let beyond: fn(&Expr) -> Expr = match name {
            "arcsin" | "arccos" | "arctanh" => |c| c.powi(2) - Expr::one(),
            "arcsinh" | "arctan" => |c| -c.powi(2) - Expr::one(),
            "arccosh" => |c| Expr::one() - c,
            _ => return false,
        };
        let distance = self.field.derive(&[&constant], &|c| beyond(&c[0]));
        distance.is_ok_and(|d| self.field.is_real(&d).is_yes() && matches!(self.field.sign(&d), Ok(Ordering::Greater)))
    }
}

/// The principal value by logarithms and roots, right on the branch cuts too (Kahan, "Branch cuts for complex elementary
/// functions", 1987).
pub(super) fn principal_formula(name: &str) -> Option<fn(&Expr) -> Expr> {
    Some(match name {
        "arcsin" => |z| arcsine(z),
        "arccos" => |z| Expr::pi() * Expr::fraction(1, 2) - arcsine(z),
        "arctanh" => |z| (log(&(Expr::one() + z)) - log(&(Expr::one() - z))) * Expr::fraction(1, 2),
        "arctan" => |z| {
            let turned = z * Expr::i();
            (log(&(Expr::one() - &turned)) - log(&(Expr::one() + &turned))) * Expr::i() * Expr::fraction(1, 2)
        },
        "arcsinh" => |z| log(&(z + (z.powi(2) + Expr::one()).sqrt())),
        "arccosh" => |z| log(&(z + (z - Expr::one()).sqrt() * (z + Expr::one()).sqrt())),
        _ => return None,
    })
}

fn arcsine(z: &Expr) -> Expr {
    log(&(z * Expr::i() + (Expr::one() - z.powi(2)).sqrt())) * -Expr::i()
}

/// What a function is at a logarithmic singular point: `constant + factor*log(v)` and a power series without constant, for
/// an argument that is `v` off the point.
pub(super) struct LogarithmicPoint {
    point: i64,
    constant: Expr,
    factor: i64,
    /// Real on both sides, with the logarithm of the absolute value.
    absolute: bool,
}

impl LogarithmicPoint {
    /// The point of a function of one variable, if it has one.
    pub(super) fn of(name: &str) -> Option<LogarithmicPoint> {
        let (point, factor, absolute) = match name {
            "Ei" => (0, 1, true),
            "log_integral" => (1, 1, true),
            "cos_integral" | "cosh_integral" => (0, 1, false),
            "exp_integral_e1" => (0, -1, false),
            _ => return None,
        };
        let constant = Expr::constant(crate::expr::Constant::EulerGamma) * Expr::integer(factor);
        Some(LogarithmicPoint { point, constant, factor, absolute })
    }
}

impl<F: Field> Workshop<F> {
    /// The series at a logarithmic singular point, from `t` times the derivative; `None` when the argument is not there.
    pub(super) fn at_logarithmic_point(
        &self,
        at: &LogarithmicPoint,
        argument: &SeriesOver<F>,
        slope: impl FnOnce() -> Expanded<F>,
    ) -> Option<Expanded<F>> {
        let (constant, rest) = self.split_constant(argument).ok()??;
        if self.field.to_integer(&constant) != Some(at.point) {
            return None;
        }
        Some(slope().and_then(|slope| {
            let (sign, _) = if at.absolute { self.sign_of(&rest)? } else { (Ordering::Greater, true) };
            let singular = self.divide(&self.moved_derivative(&rest)?, &rest)?;
            let logarithm = self.logarithm(&if sign.is_lt() { self.negate(&rest) } else { rest })?;
            let factor = self.field.integer(at.factor);
            let logarithm = self.scale(&logarithm, &factor);
            let regular = self.add(&slope, &self.negate(&self.scale(&singular, &factor)))?;
            let regular = self.moved_integral(&regular, self.field.element(&at.constant)?)?;
            self.add(&regular, &logarithm)
        }))
    }
}

/// How a function is expressed by others.
pub(super) enum Rewritten {
    /// As that function of one over the argument.
    OfReciprocal(&'static str),
    /// By what it is at one over the argument, which is small.
    AtInfinity,
    /// By an expression.
    Formula(fn(&Expr) -> Expr),
    /// By the recurrence, so many steps up.
    Shifted(i64),
}

impl<E> Laurent<E> {
    /// The coefficient when the series is an exact constant.
    pub(super) fn as_constant(&self) -> Option<&E> {
        match self.coefficients.as_slice() {
            [only] if self.exact && self.start == 0 => Some(only),
            _ => None,
        }
    }

    /// Does a negative exponent occur, as far as is seen without proof?
    pub(super) fn has_pole(&self) -> bool {
        self.start < 0
    }
}
