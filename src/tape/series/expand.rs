//! The series of an expression: a walk over its distinct nodes, parts first.

use std::collections::HashMap;
use std::rc::Rc;

use super::cuts::{Beside, has_imaginary_numbers};
use super::field::{Field, Stop, unsupported};
use super::function::{LogarithmicPoint, Rewritten, principal_formula};
use super::laurent::{Laurent, SeriesOver, Workshop};
use super::power;
use crate::budget::Budget;
use crate::expr::function::{DerivativeOf, conjugate};
use crate::expr::{Elementary, Expr, Function, Kind, Symbol};
use crate::number::{Number, Rational, sorting};

type Expanded<F> = Result<SeriesOver<F>, Stop>;

/// What is known of a node.
enum Part<F: Field> {
    /// No bound variable occurs.
    Fixed,
    /// Its series.
    Varying(SeriesOver<F>),
}

/// An expansion in which some symbols stand for series.
pub(super) struct Expansion<'a, F: Field> {
    pub(super) shop: &'a Workshop<F>,
    bindings: Vec<(Symbol, SeriesOver<F>)>,
    budget: &'a Budget,
    done: HashMap<Expr, Part<F>>,
    /// Is each node asked whether it may be complex, the variable being real?
    pub(super) watches: bool,
}

impl<'a, F: Field + Clone> Expansion<'a, F> {
    pub(super) fn new(
        shop: &'a Workshop<F>,
        bindings: Vec<(Symbol, SeriesOver<F>)>,
        budget: &'a Budget,
    ) -> Expansion<'a, F> {
        Expansion { shop, bindings, budget, done: HashMap::new(), watches: false }
    }

    /// The series of an expression; deep nests need no stack.
    pub(super) fn expand(&mut self, root: &Expr) -> Expanded<F> {
        let mut pending = vec![(root.clone(), false)];
        while let Some((node, ready)) = pending.pop() {
            if self.done.contains_key(&node) {
                continue;
            }
            let parts = node.stored_children();
            if !ready && !parts.is_empty() {
                pending.push((node, true));
                pending.extend(parts.into_iter().map(|part| (part, false)));
                continue;
            }
            self.budget.check().map_err(|stopped| Stop::Because(stopped.into()))?;
            let part = match self.binding(&node) {
                Some(series) => Part::Varying(series),
                None if parts.iter().all(|part| self.is_fixed(part)) => Part::Fixed,
                None => Part::Varying(self.node(&node)?),
            };
            self.done.insert(node, part);
        }
        self.budget.check().map_err(|stopped| Stop::Because(stopped.into()))?;
        match self.done.remove(root) {
            Some(Part::Varying(series)) => Ok(series),
            _ => self.series_of(root),
        }
    }

    fn binding(&self, node: &Expr) -> Option<SeriesOver<F>> {
        let symbol = node.as_symbol()?;
        self.bindings.iter().find(|(own, _)| *own == symbol).map(|(_, series)| series.clone())
    }

    fn is_fixed(&self, part: &Expr) -> bool {
        matches!(self.done.get(part), Some(Part::Fixed))
    }

    /// The series of a part that the walk has passed.
    fn series_of(&self, part: &Expr) -> Expanded<F> {
        match self.done.get(part) {
            Some(Part::Varying(series)) => Ok(series.clone()),
            _ => Ok(self.shop.constant(self.shop.field.element(part)?)),
        }
    }

    fn number(&self, number: &Number) -> Result<F::Element, Stop> {
        self.shop.field.element(&Expr::number(number.clone()))
    }

    fn node(&mut self, node: &Expr) -> Expanded<F> {
        if self.watches {
            self.shop.imaginary.set(has_imaginary_numbers(node));
        }
        match node.kind() {
            Kind::Sum(sum) => {
                let start = self.shop.constant(self.number(sum.constant())?);
                let start = if sum.constant().is_zero() { self.shop.zero() } else { start };
                sum.terms().iter().try_fold(start, |total, term| {
                    let base = self.series_of(&term.base)?;
                    let scaled = match term.coefficient.is_one() {
                        true => base,
                        false => self.shop.scale(&base, &self.number(&term.coefficient)?),
                    };
                    self.shop.add(&total, &scaled)
                })
            }
            Kind::Product(product) => self.product(product),
            Kind::Power(base, exponent) => self.power(base, exponent),
            Kind::Call(function, arguments) => self.call(function, arguments),
            Kind::Relation(..) => unsupported("a relation"),
            Kind::Number(_) | Kind::Symbol(_) | Kind::Constant(_) | Kind::Infinity(_) | Kind::Undefined(_) => {
                self.series_of(node)
            }
        }
    }

    /// Numerator and denominator apart, so that one division does.
    fn product(&self, product: &crate::expr::Product) -> Expanded<F> {
        let (mut above, mut below) = (None, None);
        for factor in product.factors() {
            let base = self.series_of(&factor.base)?;
            let power = self.rational_power(&base, &factor.exponent.abs())?;
            let side = if factor.exponent.is_negative() { &mut below } else { &mut above };
            *side = Some(match side.take() {
                None => power,
                Some(rest) => self.shop.multiply(&rest, &power)?,
            });
        }
        let above = above.unwrap_or_else(|| self.shop.constant(self.shop.field.integer(1)));
        let fraction = match below {
            None => above,
            Some(below) => self.shop.divide(&above, &below)?,
        };
        match product.coefficient().is_one() {
            true => Ok(fraction),
            false => Ok(self.shop.scale(&fraction, &self.number(product.coefficient())?)),
        }
    }

    fn rational_power(&self, base: &SeriesOver<F>, exponent: &Rational) -> Expanded<F> {
        match exponent.to_i64() {
            Some(-1) => self.shop.divide(&self.shop.constant(self.shop.field.integer(1)), base),
            Some(whole) => self.shop.integer_power(base, whole),
            None => self.shop.leading_power(base, exponent),
        }
    }

    fn power(&self, base: &Expr, exponent: &Expr) -> Expanded<F> {
        let base = self.series_of(base)?;
        match exponent.as_rational() {
            Some(exponent) => self.rational_power(&base, exponent),
            None => self.shop.general_power(&base, &self.series_of(exponent)?),
        }
    }

    /// By what is known of special functions alone.
    fn special(&self, record: &'static Elementary, arguments: &[Laurent<F::Element>]) -> Option<Expanded<F>> {
        if let Some(series) = self.shop.special(record.name, arguments) {
            return Some(series);
        }
        if let Some(formula) = self.shop.by_parameter(record.name, arguments) {
            return Some(self.substituted(&formula, arguments.get(1)?));
        }
        if self.shop.is_singular_for_order(record.name, arguments) {
            return Some(unsupported("a function of an order at its singular point"));
        }
        self.shop.by_asymptotics(record, arguments)
    }

    fn call(&self, function: &Function, arguments: &[Expr]) -> Expanded<F> {
        let arguments = arguments.iter().map(|a| self.series_of(a)).collect::<Result<Vec<_>, _>>()?;
        let Function::Elementary(record) = function else { return self.called(function, &arguments) };
        if record.binds.is_some() {
            return unsupported("an integral, sum or limit that is held");
        }
        // Special functions are left to the first expansion.
        let beside = if F::IS_REPLAY { None } else { self.shop.beside_cut(record.name, &arguments)? };
        let Some((beside, both)) = beside else { return self.called(function, &arguments) };
        let series = match beside {
            Beside::Own => self.called(function, &arguments)?,
            Beside::Other => {
                let conjugate = |u: &SeriesOver<F>| self.shop.each(u, conjugate);
                let mirrored = arguments.iter().map(conjugate).collect::<Result<Vec<_>, _>>()?;
                conjugate(&self.called(function, &mirrored)?)?
            }
            Beside::Between(half_turns) => {
                let turn = self.shop.field.element(&(Expr::pi() * Expr::i() * Expr::integer(half_turns)))?;
                self.shop.add(&self.called(function, &arguments)?, &self.shop.constant(turn))?
            }
        };
        Ok(Laurent { two_sided: series.two_sided && both, ..series })
    }

    /// A function of series that are not on a branch cut of it, or on the side to which its values there belong.
    fn called(&self, function: &Function, arguments: &[SeriesOver<F>]) -> Expanded<F> {
        if let Function::Elementary(record) = function {
            let by_rule = self.shop.by_rule(record.name, arguments);
            let special = || if F::IS_REPLAY { None } else { self.special(record, arguments) };
            if let Some(series) = by_rule.or_else(special) {
                return series;
            }
            if let [argument] = arguments
                && let Some(rewritten) = self.shop.rewritten(record.name, argument)
            {
                return self.rewritten(record.name, argument, &rewritten);
            }
            if !F::IS_REPLAY
                && let [argument] = arguments
                && let Some(at) = LogarithmicPoint::of(record.name)
            {
                let slope = || self.slopes(function, arguments);
                if let Some(series) = self.shop.at_logarithmic_point(&at, argument, slope) {
                    return series;
                }
            }
        }
        let series = self.by_derivative(function, arguments);
        match (&series, function, arguments) {
            // A branch point, or a real argument at which the function is not real.
            (Err(Stop::Because(reason)), Function::Elementary(record), [argument]) if !reason.is_stopped() => {
                principal_formula(record.name).map_or(series, |formula| self.substituted(&formula, argument))
            }
            // A pole.
            (Err(Stop::Because(reason)), Function::Elementary(record), [u, v])
                if !reason.is_stopped() && record.name == "beta" =>
            {
                let [x, y] = [placeholder(0), placeholder(1)];
                let gamma = |x: Expr| super::function::named("gamma", &[x]);
                let [of_x, of_y] = [x, y].map(Expr::symbol);
                let quotient = gamma(of_x.clone()) * gamma(of_y.clone()) / gamma(of_x + of_y);
                Expansion::new(self.shop, vec![(x, u.clone()), (y, v.clone())], self.budget).expand(&quotient)
            }
            _ => series,
        }
    }

    /// The series of an expression in one symbol at a series.
    fn substituted(&self, formula: &dyn Fn(&Expr) -> Expr, argument: &SeriesOver<F>) -> Expanded<F> {
        let symbol = placeholder(0);
        let formula = formula(&Expr::symbol(symbol));
        Expansion::new(self.shop, vec![(symbol, argument.clone())], self.budget).expand(&formula)
    }

    fn rewritten(&self, name: &str, argument: &SeriesOver<F>, how: &Rewritten) -> Expanded<F> {
        match how {
            Rewritten::Formula(formula) => self.substituted(formula, argument),
            Rewritten::Shifted(steps) => self.substituted(&|x| shifted(name, x, *steps), argument),
            Rewritten::OfReciprocal(other) => {
                self.substituted(&|x| super::function::named(other, &[x.recip()]), argument)
            }
            Rewritten::AtInfinity => {
                let inner = self.substituted(&|x| super::function::named("arctan", &[x.recip()]), argument)?;
                if name == "arccot" {
                    return Ok(inner);
                }
                let sign = self.shop.by_rule("sgn", std::slice::from_ref(argument));
                let sign = sign.unwrap_or_else(|| unsupported("a missing function"))?;
                let quarter = self.shop.field.element(&(Expr::pi() * Expr::fraction(1, 2)))?;
                self.shop.add(&self.shop.scale(&sign, &quarter), &self.shop.negate(&inner))
            }
        }
    }

    /// A function by its value at the constant terms and its derivatives: the integral of `sum of f_i(u) * u_i'`.
    fn by_derivative(&self, function: &Function, arguments: &[SeriesOver<F>]) -> Expanded<F> {
        let constants = self.constants(arguments)?;
        let call = |e: &[Expr]| Expr::call(function.clone(), e.to_vec());
        let value = self.shop.field.derive(&constants.iter().collect::<Vec<_>>(), &call)?;
        let slope = self.slopes(function, arguments)?;
        if self.turns_complex(&slope, arguments) {
            return unsupported("a point on a branch cut");
        }
        let two_sided = arguments.iter().all(|a| a.two_sided);
        let integral = self.shop.moved_integral(&slope, value)?;
        Ok(Laurent { two_sided: two_sided && integral.two_sided, ..integral })
    }

    /// The constant terms of arguments that stay finite.
    fn constants(&self, arguments: &[SeriesOver<F>]) -> Result<Vec<F::Element>, Stop> {
        let finite = |argument: &SeriesOver<F>| {
            let Some((constant, _)) = self.shop.split_constant(argument)? else {
                return unsupported("a function at infinity");
            };
            self.shop.fixed(&constant)?;
            Ok(constant)
        };
        arguments.iter().map(finite).collect()
    }

    /// `t` times the derivative of a function of series: `t * sum of f_i(u) * u_i'`.
    fn slopes(&self, function: &Function, arguments: &[SeriesOver<F>]) -> Expanded<F> {
        let constants = self.constants(arguments)?;
        let symbols: Vec<Expr> = (0..arguments.len()).map(|k| Expr::symbol(placeholder(k))).collect();
        let mut slope = self.shop.zero();
        for (position, argument) in arguments.iter().enumerate() {
            let Some((_, rest)) = self.shop.split_constant(argument)? else { continue };
            if rest.is_zero() {
                continue;
            }
            let Some(derivative) = partial(function, &symbols, position) else {
                return unsupported("a function without a derivative");
            };
            let term = self.slope(&derivative, arguments, position, &rest, &constants)?;
            slope = self.shop.add(&slope, &term)?;
        }
        Ok(slope)
    }

    /// `t * f_i(u) * u_i'` for one argument.
    fn slope(
        &self,
        derivative: &Expr,
        arguments: &[SeriesOver<F>],
        position: usize,
        rest: &SeriesOver<F>,
        constants: &[F::Element],
    ) -> Expanded<F> {
        let moved = self.shop.moved_derivative(rest)?;
        let bind = |arguments: &[SeriesOver<F>]| -> Vec<(Symbol, SeriesOver<F>)> {
            arguments.iter().enumerate().map(|(k, series)| (placeholder(k), series.clone())).collect()
        };
        if is_closed(derivative) {
            let factor = Expansion::new(self.shop, bind(arguments), self.budget).expand(derivative)?;
            return self.shop.multiply(&factor, &moved);
        }
        if F::IS_REPLAY || !self.shop.field.follows_derivatives() {
            return Err(Stop::Outside);
        }
        let shorter = Workshop {
            field: self.shop.field.clone(),
            length: self.shop.length.saturating_sub(1),
            imaginary: self.shop.imaginary.clone(),
        };
        if shorter.length == 0 {
            // One exponent less is asked of the derivative than of the function: here nothing more is.
            let unknown = Laurent { coefficients: Vec::new(), exact: false, start: rest.start, ..moved };
            return Ok(unknown);
        }
        if rest.start >= rest.ramification {
            let factor = Expansion::new(&shorter, bind(arguments), self.budget).expand(derivative)?;
            return self.shop.multiply(&factor, &moved);
        }
        // The argument moves by less than a whole exponent: its powers are put into a Taylor series.
        let mut straight = arguments.to_vec();
        let linear = Laurent::monomial(self.shop.field.integer(1), 1);
        straight[position] = self.shop.add(&self.shop.constant(constants[position].clone()), &linear)?;
        let deeper = Workshop {
            field: self.shop.field.clone(),
            length: self.shop.length.saturating_mul(rest.ramification.unsigned_abs() as usize),
            imaginary: self.shop.imaginary.clone(),
        };
        let outer = Expansion::new(&deeper, bind(&straight), self.budget).expand(derivative)?;
        if outer.coefficients.iter().any(|c| !self.shop.field.is_fixed(c)) {
            return unsupported("a logarithm of a fractional power");
        }
        let composed = power::compose(&self.shop.field, &deeper.row(&outer), &self.shop.row(rest), deeper.length);
        self.shop.multiply(&self.shop.known(composed, rest), &moved)
    }

    /// Did real arguments give a slope that is not real? Then they lie on a branch cut or leave a real domain.
    fn turns_complex(&self, slope: &SeriesOver<F>, arguments: &[SeriesOver<F>]) -> bool {
        let field = &self.shop.field;
        slope.coefficients.iter().any(|c| field.is_real(c).is_no())
            && arguments.iter().all(|a| a.coefficients.iter().all(|c| field.is_real(c).is_yes()))
    }
}

/// `gamma(x)` as `gamma(x + n)/(x*(x + 1)*...)`, and its logarithmic derivative `psi(x)` alike.
fn shifted(name: &str, x: &Expr, steps: i64) -> Expr {
    let upper = super::function::named(name, &[x + Expr::integer(steps)]);
    let between = (0..steps).map(|k| x + Expr::integer(k));
    match name {
        "gamma" => upper / Expr::product(between),
        _ => upper - Expr::sum(between.map(|e| e.recip())),
    }
}

/// A symbol that stands for an argument.
fn placeholder(position: usize) -> Symbol {
    Symbol::new(&format!("_argument{position}"))
}

/// The derivative of a call by one of its arguments.
fn partial(function: &Function, arguments: &[Expr], position: usize) -> Option<Expr> {
    let (inner, mut positions) = match function {
        Function::Elementary(record) => return (record.derivative)(arguments, position),
        Function::Formal(_) => (function.clone(), Vec::new()),
        Function::Derivative(derivative) => (derivative.function.clone(), derivative.positions.clone()),
    };
    positions.push(position);
    sorting::sort(&mut positions);
    let derivative = Function::Derivative(Rc::new(DerivativeOf { function: inner, positions }));
    Some(Expr::held(derivative, arguments.to_vec()))
}

/// Have all functions in the expression rules of their own, so that its expansion asks for no further derivatives?
fn is_closed(expr: &Expr) -> bool {
    const RULES: &[&str] =
        &["exp", "log", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch"];
    expr.shared_nodes().all(|node| match node.as_call() {
        Some((Function::Elementary(record), _)) => RULES.contains(&record.name),
        Some(_) => false,
        None => true,
    })
}
