//! Looking into expressions and rearranging them: parts, substitution, multiplying out, collecting, factoring.

use crate::algebra;
use crate::builtin;
use crate::calculus;
use crate::diagnostic::{Fault, Spanned, fault};
use crate::expr::pattern::Pattern;
use crate::expr::{Expr, Kind, Relation, printed_factors, printed_terms};
use crate::number::sorting;
use crate::runtime::builtin::Builtin;
use crate::runtime::fault::{BAD_ARGUMENTS, WRONG_TYPE, type_error};
use crate::runtime::operate::{substitute, substitute_dict};
use crate::runtime::parameter::{Formula, Keywords, Rest, Variable, expected};
use crate::runtime::value::{Value, as_expr};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &subs::RECORD,
    &expand::RECORD,
    &collect::RECORD,
    &coefficient::RECORD,
    &coefficients::RECORD,
    &degree::RECORD,
    &low_degree::RECORD,
    &numerator::RECORD,
    &denominator::RECORD,
    &numerator_denominator::RECORD,
    &operands::RECORD,
    &nops::RECORD,
    &variables::RECORD,
    &arguments::RECORD,
    &has::RECORD,
    &lhs::RECORD,
    &rhs::RECORD,
    &factor_list::RECORD,
    &partial_fraction::RECORD,
    &is_zero::RECORD,
    &is_polynomial::RECORD,
    &leading_coefficient::RECORD,
    &trailing_coefficient::RECORD,
];

builtin! {
    /// The expression with values put for variables or other parts, all at once.
    ///
    /// Give keywords (`x=2`), equations (`x == 2`), a dictionary, or a list of equations such as a solution.
    ///
    /// ```calc
    /// (x^2 + 1).subs(x=2)               # => 5
    /// (x^2 + 1).subs({x: sin(x)})       # => sin(x)^2 + 1
    /// (x^4 + x^2).subs({x^2: 5})        # => x^4 + 5
    /// (x^2 + 1).subs(x == 3)            # => 10
    /// ```
    also "substitute";
    fn subs(call, f: Formula, what: Rest<Spanned<Value>>, named: Keywords) -> Value {
        let mut pairs = Vec::new();
        for given in &what.0 {
            collect_pairs(given, &mut pairs)?;
        }
        let dict = Value::None;
        if pairs.is_empty() {
            return Ok(match substitute_dict(&f.expr, &dict, &named.0, call.span())? {
                Value::Expr(result) => f.wrap(result),
                other => other,
            });
        }
        for (name, value) in &named.0 {
            let to = as_expr(&value.value).ok_or_else(|| expected("an expression", value))?;
            pairs.push((Expr::variable(name), to));
        }
        Ok(f.wrap(substitute(&f.expr, &pairs)?))
    }
}

/// The replacements that an argument of `subs` stands for.
fn collect_pairs(given: &Spanned<Value>, pairs: &mut Vec<(Expr, Expr)>) -> Result<(), Fault> {
    match &given.value {
        Value::Expr(expr) if let Kind::Relation(Relation::Equal, left, right) = expr.kind() => {
            pairs.push((left.clone(), right.clone()));
        }
        Value::List(items) => {
            for item in items.borrow().iter() {
                collect_pairs(&Spanned::new(item.clone(), given.span), pairs)?;
            }
        }
        Value::Tuple(items) => {
            for item in items.iter() {
                collect_pairs(&Spanned::new(item.clone(), given.span), pairs)?;
            }
        }
        Value::Dict(dict) => {
            for (key, value) in dict.borrow().iter() {
                match (as_expr(key), as_expr(value)) {
                    (Some(from), Some(to)) => pairs.push((from, to)),
                    _ => return Err(expected("a dictionary of expressions", given)),
                }
            }
        }
        _ => return Err(expected("an equation such as x == 2, a dictionary or a keyword such as x=2", given)),
    }
    Ok(())
}

builtin! {
    /// Multiplies out products and natural powers of sums, everywhere in the expression.
    ///
    /// Gamma and polygamma functions of shifted arguments are brought to the least ones.
    ///
    /// ```calc
    /// expand((x + 1)^3)                 # => x^3 + 3*x^2 + 3*x + 1
    /// ((x + 1)/x).expand()              # => 1/x + 1
    /// expand((sqrt(2) + 1)^2)           # => 2*sqrt(2) + 3
    /// gamma(x + 2).expand()             # => (x + 1)*x*gamma(x)
    /// ```
    ///
    /// See also: `factor`, `collect`, `expand_log`, `trig_expand`.
    fn expand(call, f: Formula) -> Value {
        Ok(f.wrap(algebra::expand_with_recurrences(&f.expr, call.budget())?))
    }
}

builtin! {
    /// The expression as a sum of powers of one part, each with one coefficient.
    ///
    /// ```calc
    /// var('y')                          # => y
    /// (x*y + x + y*x^2).collect(x)      # => x^2*y + x*(y + 1)
    /// ```
    fn collect(call, f: Formula, part: Expr) -> Value {
        Ok(f.wrap(algebra::collect(&f.expr, &part, call.budget())?))
    }
}

builtin! {
    /// The coefficient of a power of a part, by default of the first power.
    ///
    /// ```calc
    /// (3*x^2 + 2*x + 1).coefficient(x, 2)   # => 3
    /// (3*x^2 + 2*x + 1).coefficient(x)      # => 2
    /// ```
    only method;
    fn coefficient(call, f: Formula, part: Expr, n: Option<Expr>) -> Value {
        let exponent = n.unwrap_or_else(Expr::one);
        Ok(f.wrap(algebra::coefficient(&f.expr, &part, &exponent, call.budget())?))
    }
}

builtin! {
    /// All coefficients with their exponents, or the plain list of a polynomial with `sparse=False`.
    ///
    /// ```calc
    /// (x^3 + 2*x + 1).coefficients()              # => [[1, 0], [2, 1], [1, 3]]
    /// (x^3 + 2*x + 1).coefficients(sparse=False)  # => [1, 2, 0, 1]
    /// ```
    also "coeffs";
    only method;
    fn coefficients(call, f: Formula, part: Option<Expr>, sparse: Option<bool>) -> Value {
        let part = part_or_variable(part, &f)?;
        let all = algebra::coefficients(&f.expr, &part, call.budget())?;
        if sparse.unwrap_or(true) {
            let pairs = all.into_iter().map(|(c, e)| Value::list(vec![Value::Expr(c), Value::Expr(e)]));
            return Ok(Value::list(pairs.collect()));
        }
        dense_coefficients(&all)
    }
}

/// The part asked about, or the only variable.
fn part_or_variable(part: Option<Expr>, f: &Formula) -> Result<Expr, Fault> {
    match part.or_else(|| f.only_variable().map(Expr::symbol)) {
        Some(part) => Ok(part),
        None => Ok(f.expr.variables().first().map_or_else(|| Expr::variable("x"), |symbol| Expr::symbol(*symbol))),
    }
}

/// The plain list of coefficients, which a polynomial has.
pub(super) fn dense_coefficients(all: &[(Expr, Expr)]) -> Result<Value, Fault> {
    const LARGEST_DEGREE: i64 = 1 << 24;
    let exponents: Option<Vec<i64>> =
        all.iter().map(|(_, e)| e.to_i64().filter(|n| (0..LARGEST_DEGREE).contains(n))).collect();
    let Some(exponents) = exponents else {
        return Err(type_error("the expression is no polynomial, so its coefficients have no plain list"));
    };
    let mut list = vec![Value::Expr(Expr::zero()); exponents.last().map_or(0, |last| *last as usize + 1)];
    for ((coefficient, _), exponent) in all.iter().zip(exponents) {
        if let Some(slot) = list.get_mut(exponent as usize) {
            *slot = Value::Expr(coefficient.clone());
        }
    }
    Ok(Value::list(list))
}

builtin! {
    /// The highest exponent of a part.
    ///
    /// ```calc
    /// (x^3 + 2*x).degree(x)             # => 3
    /// ```
    only method;
    fn degree(call, f: Formula, part: Expr) -> Value {
        let all = algebra::coefficients(&f.expr, &part, call.budget())?;
        Ok(Value::Expr(all.last().map_or_else(Expr::zero, |(_, exponent)| exponent.clone())))
    }
}

builtin! {
    /// The lowest exponent of a part.
    ///
    /// ```calc
    /// (x^3 + 2*x).low_degree(x)         # => 1
    /// ```
    only method;
    fn low_degree(call, f: Formula, part: Expr) -> Value {
        let all = algebra::coefficients(&f.expr, &part, call.budget())?;
        Ok(Value::Expr(all.first().map_or_else(Expr::zero, |(_, exponent)| exponent.clone())))
    }
}

builtin! {
    /// The coefficient of the highest power of a part.
    ///
    /// ```calc
    /// (3*x^2 + x).leading_coefficient(x)    # => 3
    /// ```
    also "leading_coeff";
    only method;
    fn leading_coefficient(call, f: Formula, part: Expr) -> Value {
        let all = algebra::coefficients(&f.expr, &part, call.budget())?;
        Ok(Value::Expr(all.last().map_or_else(Expr::zero, |(coefficient, _)| coefficient.clone())))
    }
}

builtin! {
    /// The coefficient of the lowest power of a part.
    ///
    /// ```calc
    /// (3*x^2 + 5*x).trailing_coefficient(x)    # => 5
    /// ```
    also "trailing_coeff";
    only method;
    fn trailing_coefficient(call, f: Formula, part: Expr) -> Value {
        let all = algebra::coefficients(&f.expr, &part, call.budget())?;
        Ok(Value::Expr(all.first().map_or_else(Expr::zero, |(coefficient, _)| coefficient.clone())))
    }
}

/// Numerator and denominator over a common denominator.
fn fraction(f: &Formula, call: &crate::runtime::call::Call<'_>) -> Result<(Expr, Expr), Fault> {
    Ok(algebra::numerator_denominator(&f.expr, call.budget())?)
}

builtin! {
    /// What stands above when the expression is one fraction.
    ///
    /// ```calc
    /// (1/x + 1/(x + 1)).numerator()     # => 2*x + 1
    /// ```
    fn numerator(call, f: Formula) -> Value {
        Ok(f.wrap(fraction(&f, call)?.0))
    }
}

builtin! {
    /// What stands below when the expression is one fraction.
    ///
    /// ```calc
    /// (1/x + 1/2).denominator()         # => 2*x
    /// ```
    fn denominator(call, f: Formula) -> Value {
        Ok(f.wrap(fraction(&f, call)?.1))
    }
}

builtin! {
    /// Numerator and denominator together.
    ///
    /// ```calc
    /// ((x + 1)/(x - 1)).numerator_denominator()    # => (x + 1, x - 1)
    /// ```
    only method;
    fn numerator_denominator(call, f: Formula) -> Value {
        let (top, bottom) = fraction(&f, call)?;
        Ok(Value::tuple(vec![Value::Expr(top), Value::Expr(bottom)]))
    }
}

/// The operands in printed order, the number last.
fn printed_operands(expr: &Expr) -> Vec<Expr> {
    match expr.kind() {
        Kind::Sum(sum) => {
            let constant = (!sum.constant().is_zero()).then(|| Expr::number(sum.constant().clone()));
            printed_terms(sum).map(|term| term.to_expr()).chain(constant).collect()
        }
        Kind::Product(product) => {
            let coefficient = (!product.coefficient().is_one()).then(|| Expr::number(product.coefficient().clone()));
            printed_factors(product).map(|factor| factor.to_expr()).chain(coefficient).collect()
        }
        _ => expr.children(),
    }
}

builtin! {
    /// The parts that the expression is put together from, as they are printed.
    ///
    /// ```calc
    /// (x^2 + 3).operands()              # => [x^2, 3]
    /// (2*x).operands()                  # => [x, 2]
    /// ```
    also "op";
    only method;
    fn operands(call, f: Expr) -> Vec<Expr> {
        Ok(printed_operands(&f))
    }
}

builtin! {
    /// The number of parts.
    ///
    /// ```calc
    /// (x^2 + 3).nops()                  # => 2
    /// ```
    also "number_of_operands";
    only method;
    fn nops(call, f: Expr) -> usize {
        Ok(printed_operands(&f).len())
    }
}

builtin! {
    /// The variables, sorted by name.
    ///
    /// ```calc
    /// var('a')                          # => a
    /// (a*x^2).variables()               # => (a, x)
    /// ```
    also "free_variables";
    only method;
    fn variables(call, f: Formula) -> Value {
        let symbols = f.expr.variables().into_iter().map(|symbol| Value::Expr(Expr::symbol(symbol)));
        Ok(Value::tuple(symbols.collect()))
    }
}

builtin! {
    /// The arguments of a callable expression, in their order; of another expression its variables.
    ///
    /// ```calc
    /// f(x, y) = x^2; f.arguments()      # => (x, y)
    /// ```
    ///
    /// See also: `variables`.
    also "args";
    only method;
    fn arguments(call, f: Formula) -> Value {
        let symbols = f.arguments.as_ref().map_or_else(|| f.expr.variables(), |own| own.to_vec());
        Ok(Value::tuple(symbols.into_iter().map(|symbol| Value::Expr(Expr::symbol(symbol))).collect()))
    }
}

builtin! {
    /// Does a part occur in the expression?
    ///
    /// ```calc
    /// (sin(x) + 1).has(sin(x))          # => True
    /// ```
    only method;
    fn has(call, f: Expr, part: Expr) -> bool {
        if part.has_wild() {
            let pattern = Pattern::new(part);
            return Ok(f.shared_nodes().any(|node| pattern.matches(&node).is_some()));
        }
        Ok(f.has(&part))
    }
}

/// The sides of a relation.
fn sides(f: &Expr, call: &crate::runtime::call::Call<'_>) -> Result<(Expr, Expr), Fault> {
    match f.kind() {
        Kind::Relation(_, left, right) => Ok((left.clone(), right.clone())),
        _ => Err(fault!(WRONG_TYPE, call.span(), "an expression that is no equation has no sides")
            .class_is("ValueError")
            .hint("write an equation with `==`")),
    }
}

builtin! {
    /// The left side of an equation or inequality.
    ///
    /// ```calc
    /// (x^2 == 4).lhs()                  # => x^2
    /// ```
    also "left", "left_hand_side";
    only method;
    fn lhs(call, f: Expr) -> Expr {
        Ok(sides(&f, call)?.0)
    }
}

builtin! {
    /// The right side of an equation or inequality.
    ///
    /// ```calc
    /// (x^2 == 4).rhs()                  # => 4
    /// ```
    also "right", "right_hand_side";
    only method;
    fn rhs(call, f: Expr) -> Expr {
        Ok(sides(&f, call)?.1)
    }
}

builtin! {
    /// The irreducible factors with their exponents.
    ///
    /// ```calc
    /// (x^3 + 3*x^2 + 3*x + 1).factor_list()    # => [(x + 1, 3)]
    /// ```
    only method;
    fn factor_list(call, f: Expr) -> Value {
        let (content, factors) = algebra::factor_list(&f, call.budget())?;
        let pair = |base: Expr, times: i64| Value::tuple(vec![Value::Expr(base), Value::integer(times)]);
        let content = (!content.is_one()).then(|| pair(Expr::number(content), 1));
        let mut factors = factors;
        sorting::sort_by(&mut factors, |a, b| crate::expr::print_order(&b.0, &a.0));
        Ok(Value::list(factors.into_iter().map(|(base, times)| pair(base, times)).chain(content).collect()))
    }
}

builtin! {
    /// The partial fractions of a rational function.
    ///
    /// ```calc
    /// (1/(x^2 - 1)).partial_fraction()  # => -1/2/(x + 1) + 1/2/(x - 1)
    /// var('a')
    /// (x/(x + a)^2).partial_fraction(x) # => 1/(a + x) - a/(a + x)^2
    /// ```
    fn partial_fraction(call, f: Formula, variable: Option<Variable>) -> Value {
        let Some(variable) = variable.map(|v| v.0).or_else(|| f.only_variable()) else {
            return Err(fault!(BAD_ARGUMENTS, call.span(), "several variables occur: say for which one")
                .hint("f.partial_fraction(x)"));
        };
        Ok(f.wrap(calculus::partial_fractions(&f.expr, variable, call.budget())?))
    }
}

builtin! {
    /// Is the expression zero for all values of its variables? False when that is refuted or not known.
    ///
    /// ```calc
    /// (sin(x)^2 + cos(x)^2 - 1).is_zero()    # => True
    /// ```
    only method;
    fn is_zero(call, f: Expr) -> bool {
        Ok(algebra::is_zero(&f, call.budget())?.is_yes())
    }
}

builtin! {
    /// Is the expression a polynomial in the variable?
    ///
    /// ```calc
    /// (x^2 + sin(1)*x).is_polynomial(x)    # => True
    /// (x^2 + sin(x)).is_polynomial(x)      # => False
    /// ```
    only method;
    fn is_polynomial(call, f: Expr, variable: Variable) -> bool {
        let all = algebra::coefficients(&f, &Expr::symbol(variable.0), call.budget())?;
        Ok(all.iter().all(|(c, e)| !c.has_symbol(variable.0) && e.to_i64().is_some_and(|n| n >= 0)))
    }
}
