//! Other forms of an expression: nested, distributed, over one denominator, matched against a pattern.

use crate::algebra;
use crate::builtin;
use crate::calculus;
use crate::diagnostic::{Fault, fault};
use crate::expr::pattern::Pattern;
use crate::expr::{Expr, Kind, Symbol, function, printed_terms};
use crate::number::Rational;
use crate::number::sorting;
use crate::runtime::builtin::Builtin;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{BAD_ARGUMENTS, REFUSED};
use crate::runtime::parameter::{Approach, Formula, Rest, Variable};
use crate::runtime::value::{Dict, Key, Value};
use crate::tape;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &horner::RECORD,
    &expand_rational::RECORD,
    &partial_fraction_decomposition::RECORD,
    &collect_common_factors::RECORD,
    &distribute::RECORD,
    &normalize::RECORD,
    &poly::RECORD,
    &iterator::RECORD,
    &unhold::RECORD,
    &r#match::RECORD,
    &has_wild::RECORD,
    &wild::RECORD,
    &residue::RECORD,
    &content::RECORD,
    &unit::RECORD,
    &primitive_part::RECORD,
    &unit_content_primitive::RECORD,
    &simplify_rectform::RECORD,
    &add::RECORD,
    &mul::RECORD,
    &power::RECORD,
];

builtin! {
    /// A polynomial as nested products, which takes the fewest multiplications.
    ///
    /// ```calc
    /// (x^3 + 2*x + 1).horner(x)             # => (x^2 + 2)*x + 1
    /// ```
    ///
    /// See also: `collect`, `expand`.
    only method;
    fn horner(call, f: Formula, variable: Variable) -> Value {
        let x = Expr::symbol(variable.0);
        let mut terms = exponents(&f.expr, &x, call)?;
        terms.reverse();
        let Some((first, degree)) = terms.first().cloned() else { return Ok(f.wrap(Expr::zero())) };
        let (mut nested, mut at) = (first, degree);
        for (coefficient, exponent) in terms.iter().skip(1) {
            nested = nested * x.powi(at - exponent) + coefficient;
            at = *exponent;
        }
        Ok(f.wrap(nested * x.powi(at)))
    }
}

/// The coefficients of the powers of a part with integer exponents that are not negative, ascending.
fn exponents(f: &Expr, part: &Expr, call: &Call<'_>) -> Result<Vec<(Expr, i64)>, Fault> {
    let no_polynomial =
        || fault!(REFUSED, call.span(), "the expression is no polynomial in {part}").class_is("ValueError");
    let all = algebra::coefficients(f, part, call.budget())?;
    let read = |(coefficient, exponent): &(Expr, Expr)| {
        let exponent = exponent.to_i64().filter(|exponent| *exponent >= 0 && !coefficient.has(part));
        Ok((coefficient.clone(), exponent.ok_or_else(no_polynomial)?))
    };
    let mut found: Vec<(Expr, i64)> = all.iter().map(read).collect::<Result<_, Fault>>()?;
    sorting::sort_by_key(&mut found, |(_, exponent)| *exponent);
    Ok(found)
}

builtin! {
    /// A rational expression as a sum of fractions with one denominator, numerators multiplied out.
    ///
    /// ```calc
    /// ((x + 1)*(x + 2)/(x + 3)).expand_rational()    # => x^2/(x + 3) + 3*x/(x + 3) + 2/(x + 3)
    /// ```
    ///
    /// See also: `expand`, `simplify_rational`, `partial_fraction`.
    also "rational_expand";
    only method;
    fn expand_rational(call, f: Formula) -> Value {
        let (above, below) = algebra::numerator_denominator(&f.expr, call.budget())?;
        let (above, below) = (algebra::expand(&above, call.budget())?, algebra::expand(&below, call.budget())?);
        Ok(f.wrap(Expr::sum(algebra::terms(&above).iter().map(|term| term / &below))))
    }
}

builtin! {
    /// The partial fractions of a rational expression, as a list.
    ///
    /// ```calc
    /// (1/(x^2 - 1)).partial_fraction_decomposition()    # => [1/2/(x - 1), -1/2/(x + 1)]
    /// ```
    ///
    /// See also: `partial_fraction`.
    only method;
    fn partial_fraction_decomposition(call, f: Formula, variable: Option<Variable>) -> Vec<Expr> {
        let Some(variable) = variable.map(|given| given.0).or_else(|| f.only_variable()) else {
            return Err(fault!(BAD_ARGUMENTS, call.span(), "several variables occur: say for which one")
                .hint("f.partial_fraction_decomposition(x)"));
        };
        let sum = calculus::partial_fractions(&f.expr, variable, call.budget())?;
        let Kind::Sum(sum) = sum.kind() else { return Ok(vec![sum]) };
        let mut parts: Vec<Expr> = printed_terms(sum).map(|term| term.base.scale(&term.coefficient)).collect();
        parts.reverse();
        Ok(parts)
    }
}

builtin! {
    /// Takes the factors that all terms of a sum share out of it, everywhere in the expression.
    ///
    /// ```calc
    /// var('a b')                            # => (a, b)
    /// (a*x + b*x).collect_common_factors()  # => (a + b)*x
    /// (x/(x^2 + x)).collect_common_factors()    # => 1/(x + 1)
    /// ```
    ///
    /// See also: `factor`, `collect`.
    only method;
    fn collect_common_factors(call, f: Formula) -> Value {
        Ok(f.wrap(f.expr.map_bottom_up(|node| shared_factor_out(&node))))
    }
}

/// The answer of a method without arguments.
fn method_of(call: &mut Call<'_>, value: &Value, name: &str) -> Result<Value, Fault> {
    let span = call.span();
    call.machine().call_method(value, &name.into(), Arguments::default(), span)
}

/// The factors of a term with the exponents that are numbers.
fn powers(term: &Expr) -> Vec<(Expr, Rational)> {
    let (bare, _) = term.split_coefficient();
    let power = |factor: Expr| match factor.kind() {
        Kind::Power(base, exponent) if let Some(exponent) = exponent.as_rational() => (base.clone(), exponent.clone()),
        _ => (factor, Rational::ONE),
    };
    algebra::factors(&bare).into_iter().filter(|factor| factor.as_number().is_none()).map(power).collect()
}

fn shared_factor_out(node: &Expr) -> Expr {
    let Kind::Sum(_) = node.kind() else { return node.clone() };
    let terms = algebra::terms(node);
    let mut shared = terms.first().map(powers).unwrap_or_default();
    for term in terms.iter().skip(1) {
        let own = powers(term);
        shared.retain_mut(|(base, exponent)| match own.iter().find(|(other, _)| other == base) {
            Some((_, other)) if other.signum() == exponent.signum() => {
                if other.abs() < exponent.abs() {
                    *exponent = other.clone();
                }
                true
            }
            _ => false,
        });
    }
    let factor = Expr::product(shared.iter().map(|(base, exponent)| base.power_rational(exponent)));
    if factor.is_one() {
        return node.clone();
    }
    Expr::sum(terms.iter().map(|term| term / &factor)) * factor
}

builtin! {
    /// Integrals and sums of sums as sums of integrals and sums.
    ///
    /// ```calc
    /// var('k'); f = function('f'); g = function('g')
    /// sum(f(k) + g(k), k, 1, oo).distribute()    # => sum(f(k), k, 1, +Infinity) + sum(g(k), k, 1, +Infinity)
    /// ```
    ///
    /// See also: `expand`.
    only method;
    fn distribute(call, f: Formula) -> Value {
        Ok(f.wrap(f.expr.map_bottom_up(|node| distributed(&node))))
    }
}

fn distributed(node: &Expr) -> Expr {
    let Some((operator, arguments)) = node.as_call() else { return node.clone() };
    let parts = match arguments.first() {
        Some(inner) if operator.is(&function::INTEGRATE) || operator.is(&function::SUM) => algebra::terms(inner),
        Some(inner) if operator.is(&function::PRODUCT) => algebra::factors(inner),
        _ => return node.clone(),
    };
    let apart = parts.into_iter().map(|part| {
        let mut own = arguments.to_vec();
        own[0] = part;
        Expr::call(operator.clone(), own)
    });
    if operator.is(&function::PRODUCT) { Expr::product(apart) } else { Expr::sum(apart) }
}

builtin! {
    /// A rational expression as one fraction in lowest terms.
    ///
    /// ```calc
    /// ((x^2 - 1)/(x - 1)).normalize()       # => x + 1
    /// ```
    ///
    /// See also: `simplify_rational`.
    only method;
    fn normalize(call, f: Formula) -> Value {
        Ok(f.wrap(algebra::simplify_rational(&f.expr, call.budget())?))
    }
}

builtin! {
    /// The expression as a polynomial in a variable, collected in its powers.
    ///
    /// ```calc
    /// var('a')                              # => a
    /// (a*x + x + (x + 1)^2).poly(x)         # => (a + 3)*x + x^2 + 1
    /// ```
    ///
    /// See also: `collect`, `polynomial`.
    only method;
    fn poly(call, f: Formula, variable: Option<Variable>) -> Value {
        let variable = variable.map(|given| given.0).or_else(|| f.only_variable()).unwrap_or_else(|| Symbol::new("x"));
        let x = Expr::symbol(variable);
        exponents(&f.expr, &x, call)?;
        Ok(f.wrap(algebra::collect(&f.expr, &x, call.budget())?))
    }
}

builtin! {
    /// Runs through the operands of an expression.
    ///
    /// ```calc
    /// list((x^2 + sin(x) + 1).iterator())   # => [x^2, sin(x), 1]
    /// ```
    ///
    /// See also: `operands`.
    only method;
    fn iterator(call, f: Value) -> Value {
        method_of(call, &f, "operands")
    }
}

builtin! {
    /// Evaluates what was held back.
    ///
    /// ```calc
    /// sin(pi, hold=True)                    # => sin(pi)
    /// sin(pi, hold=True).unhold()           # => 0
    /// ```
    only method;
    fn unhold(call, f: Formula) -> Value {
        let exact = f.expr.map_bottom_up(|node| match node.as_call() {
            Some((function, arguments)) => Expr::call(function.clone(), arguments.to_vec()),
            None => node,
        });
        Ok(f.wrap(exact))
    }
}

builtin! {
    /// What the variables of a pattern stand for when it matches the whole expression; else nothing.
    ///
    /// ```calc
    /// w0 = SR.wild(0); w1 = SR.wild(1)
    /// (sin(x)^2).match(sin(w0)^w1)          # => {$0: x, $1: 2}
    /// x.match(sin(w0)) is None              # => True
    /// ```
    ///
    /// See also: `find`, `has`, `subs`.
    only method;
    fn r#match(call, f: Formula, pattern: Expr) -> Value {
        let Some(found) = Pattern::new(pattern).matches(&f.expr) else { return Ok(Value::None) };
        let mut dict = Dict::default();
        let mut pairs = found.pairs();
        sorting::sort_by_key(&mut pairs, |(variable, _)| variable.as_symbol().map(|symbol| symbol.name().to_string()));
        for (variable, value) in pairs {
            dict.insert(Key::new(Value::Expr(variable))?, Value::Expr(value));
        }
        Ok(Value::dict(dict))
    }
}

builtin! {
    /// Does the expression contain variables of patterns?
    ///
    /// ```calc
    /// (x + SR.wild(0)).has_wild()           # => True
    /// ```
    ///
    /// See also: `match`.
    only method;
    fn has_wild(call, f: Formula) -> bool {
        Ok(f.expr.has_wild())
    }
}

builtin! {
    /// A variable of patterns, which stands for any part of an expression.
    ///
    /// ```calc
    /// w = SR.wild(0)
    /// (sin(x) + sin(2*x)).subs(sin(w) == w^2)    # => 5*x^2
    /// ```
    ///
    /// See also: `match`, `subs`.
    only method;
    fn wild(call, ring: crate::builtin::names::SymbolicRing, number: Option<usize>) -> Expr {
        Ok(Expr::wild(number.unwrap_or(0)))
    }
}

builtin! {
    /// The residue at a point: the coefficient of the inverse first power in the Laurent series there.
    ///
    /// ```calc
    /// (1/x).residue(x == 0)                 # => 1
    /// (1/(x^2 - 1)).residue(x == 1)         # => 1/2
    /// (exp(x)/x^3).residue(x == 0)          # => 1/2
    /// ```
    ///
    /// See also: `series`.
    only method;
    fn residue(call, f: Formula, at: Approach) -> Value {
        let h = Expr::symbol(at.variable);
        if let Kind::Infinity(_) = at.point.kind() {
            // At infinity the residue of f(x) is that of -f(1/x)/x^2 at zero.
            let inverted = -(f.expr.substitute_symbol(at.variable, &h.recip()) / h.powi(2));
            return residue_at_zero(&inverted, at.variable, call).map(|value| f.wrap(value));
        }
        let moved = f.expr.substitute_symbol(at.variable, &(&h + &at.point));
        residue_at_zero(&moved, at.variable, call).map(|value| f.wrap(value))
    }
}

fn residue_at_zero(f: &Expr, variable: Symbol, call: &Call<'_>) -> Result<Expr, Fault> {
    let series = calculus::series(f, variable, &tape::series::Approach::both(&Expr::zero()), 1, call.budget())?;
    let known = series.has_integer_exponents() && !series.has_logarithms();
    series
        .coefficient(&-Rational::ONE)
        .filter(|_| known)
        .ok_or_else(|| fault!(REFUSED, call.span(), "there is no Laurent series at that point").class_is("ValueError"))
}

/// The sign of the leading coefficient, the content, and what is left, of a polynomial in a variable.
fn parts(f: &Expr, variable: Symbol, call: &Call<'_>) -> Result<[Expr; 3], Fault> {
    let terms = exponents(f, &Expr::symbol(variable), call)?;
    let mut content = Expr::zero();
    for (coefficient, _) in &terms {
        content = algebra::gcd(&content, coefficient, call.budget())?;
    }
    let leading = terms.last().map_or_else(Expr::zero, |(coefficient, _)| coefficient.clone());
    let negative = leading.split_coefficient().1.as_rational().is_some_and(Rational::is_negative);
    let unit = Expr::integer(if negative { -1 } else { 1 });
    if content.is_zero() {
        return Ok([unit, content.clone(), content]);
    }
    let scale = (&content * &unit).recip();
    let primitive = Expr::sum(
        terms.iter().map(|(coefficient, exponent)| Expr::symbol(variable).powi(*exponent) * (coefficient * &scale)),
    );
    let primitive = algebra::simplify_rational(&primitive, call.budget()).unwrap_or(primitive);
    Ok([unit, content, primitive])
}

builtin! {
    /// The content of a polynomial in a variable: what all its coefficients share.
    ///
    /// ```calc
    /// (2*x^2 + 4).content(x)                # => 2
    /// ```
    ///
    /// See also: `primitive_part`, `unit`.
    only method;
    fn content(call, f: Formula, variable: Variable) -> Value {
        let [_, content, _] = parts(&f.expr, variable.0, call)?;
        Ok(f.wrap(content))
    }
}

builtin! {
    /// The unit of a polynomial in a variable: the sign of its leading coefficient.
    ///
    /// ```calc
    /// (4 - 2*x).unit(x)                     # => -1
    /// ```
    ///
    /// See also: `content`, `primitive_part`.
    only method;
    fn unit(call, f: Formula, variable: Variable) -> Value {
        let [unit, _, _] = parts(&f.expr, variable.0, call)?;
        Ok(f.wrap(unit))
    }
}

builtin! {
    /// A polynomial in a variable without its unit and its content.
    ///
    /// ```calc
    /// (2*x^2 + 4).primitive_part(x)         # => x^2 + 2
    /// ```
    ///
    /// See also: `content`, `unit`.
    only method;
    fn primitive_part(call, f: Formula, variable: Variable) -> Value {
        let [_, _, primitive] = parts(&f.expr, variable.0, call)?;
        Ok(f.wrap(primitive))
    }
}

builtin! {
    /// Unit, content and primitive part of a polynomial in a variable.
    ///
    /// ```calc
    /// (4 - 2*x).unit_content_primitive(x)   # => (-1, 2, x - 2)
    /// ```
    ///
    /// See also: `content`, `unit`, `primitive_part`.
    only method;
    fn unit_content_primitive(call, f: Formula, variable: Variable) -> Value {
        Ok(Value::tuple(parts(&f.expr, variable.0, call)?.map(|part| f.wrap(part)).to_vec()))
    }
}

builtin! {
    /// Real and imaginary part of the expression, its variables being real, simplified.
    ///
    /// ```calc
    /// (1/(1 + I)).simplify_rectform()       # => -1/2*I + 1/2
    /// ```
    ///
    /// See also: `rectform`, `simplify_full`.
    only method;
    fn simplify_rectform(call, f: Formula) -> Value {
        let rectangular = algebra::rectform(&f.expr, call.budget())?;
        // The shorter of the two forms is the simpler one.
        let size = |expr: &Expr| expr.shared_nodes().count();
        Ok(f.wrap(if size(&rectangular) < size(&f.expr) { rectangular } else { f.expr.clone() }))
    }
}

builtin! {
    /// The sum with other expressions.
    ///
    /// ```calc
    /// x.add(x^2, 1)                         # => x^2 + x + 1
    /// ```
    only method;
    fn add(call, f: Formula, others: Rest<Expr>, hold: Option<bool>) -> Value {
        Ok(f.wrap(Expr::sum(others.0.into_iter().chain([f.expr.clone()]))))
    }
}

builtin! {
    /// The product with other expressions.
    ///
    /// ```calc
    /// x.mul(x, 3)                           # => 3*x^2
    /// ```
    only method;
    fn mul(call, f: Formula, others: Rest<Expr>, hold: Option<bool>) -> Value {
        Ok(f.wrap(Expr::product(others.0.into_iter().chain([f.expr.clone()]))))
    }
}

builtin! {
    /// The power with an exponent.
    ///
    /// ```calc
    /// (x + 1).power(2)                      # => (x + 1)^2
    /// ```
    only method;
    fn power(call, f: Formula, exponent: Expr, hold: Option<bool>) -> Value {
        Ok(f.wrap(f.expr.power(&exponent)))
    }
}
