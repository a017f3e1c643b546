//! Simplifying and rewriting expressions.

use crate::algebra;
use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::expr::{Expr, Kind};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::parameter::{Formula, Keywords, Parameter};
use crate::runtime::value::Value;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &factor::RECORD,
    &simplify::RECORD,
    &simplify_full::RECORD,
    &simplify_rational::RECORD,
    &simplify_trig::RECORD,
    &simplify_factorial::RECORD,
    &simplify_log::RECORD,
    &simplify_real::RECORD,
    &canonicalize_radical::RECORD,
    &expand_log::RECORD,
    &trig_expand::RECORD,
    &trig_reduce::RECORD,
    &exponentialize::RECORD,
    &demoivre::RECORD,
    &rectform::RECORD,
    &combine::RECORD,
];

builtin! {
    /// The irreducible factors of an expression as a product; of an integer, its prime powers.
    ///
    /// ```calc
    /// factor(x^2 - 1)                   # => (x + 1)*(x - 1)
    /// factor(e^(2*x) - 1)               # => (e^x + 1)*(e^x - 1)
    /// factor(60)                        # => 2^2 * 3 * 5
    /// ```
    ///
    /// See also: `expand`, `factor_list`, `partial_fraction`.
    fn factor(call, f: Spanned<Value>) -> Value {
        if let Value::Expr(_) | Value::Callable(_) = &f.value {
            let formula = Formula::take(&f, call)?;
            if let Kind::Relation(relation, left, right) = formula.expr.kind() {
                let (left, right) = (algebra::factor(left, call.budget())?, algebra::factor(right, call.budget())?);
                return Ok(Value::Expr(Expr::relation(*relation, left, right)));
            }
            if formula.expr.is_zero() {
                return Ok(Value::Expr(formula.expr.clone()));
            }
            if formula.expr.as_rational().is_none() {
                let factored = algebra::factor_with_radicands(&formula.expr, call.budget())?;
                // As in Sage, only rational functions stay callable.
                let is_plain = matches!(f.value, Value::Expr(_));
                let stays = is_plain || is_rational_function(&formula.expr);
                return Ok(if stays { formula.wrap(factored) } else { Value::Expr(factored) });
            }
        }
        crate::builtin::integers::factored(&f, call)
    }
}

/// Is the expression put together by the four operations and whole powers alone?
fn is_rational_function(f: &Expr) -> bool {
    f.shared_nodes().all(|node| match node.kind() {
        Kind::Call(..) => false,
        Kind::Power(_, exponent) => exponent.to_i64().is_some(),
        _ => true,
    })
}

builtin! {
    /// A simpler form by what is always true: known values, assumptions, like terms. Cheap.
    ///
    /// ```calc
    /// assume(x > 0)
    /// simplify(sqrt(x^2))               # => x
    /// ```
    ///
    /// See also: `simplify_full`, `assume`.
    fn simplify(call, f: Formula) -> Value {
        let plain = algebra::plain_logarithms(&f.expr, call.budget())?;
        Ok(f.wrap_plainly(&algebra::simplify(&plain, call.budget())?))
    }
}

builtin! {
    /// Factorials, trigonometry and fractions simplified, in this order; a much shorter form where one is found.
    ///
    /// ```calc
    /// (sin(x)^2 + cos(x)^2).simplify_full()     # => 1
    /// ((x^3 - 1)/(x - 1)).simplify_full()       # => x^2 + x + 1
    /// (log(2) + log(3)).simplify_full()         # => log(6)
    /// ```
    also "full_simplify";
    only method;
    fn simplify_full(call, f: Formula) -> Value {
        let plain = algebra::plain_logarithms(&f.expr, call.budget())?;
        Ok(Value::Expr(algebra::shortest_full(&plain, call.budget())?.with_machine_floats()))
    }
}

builtin! {
    /// One fraction in lowest terms.
    ///
    /// ```calc
    /// (1/x + 1/(x + 1)).simplify_rational()     # => (2*x + 1)/(x^2 + x)
    /// ```
    also "rational_simplify", "ratsimp";
    only method;
    fn simplify_rational(call, f: Formula, options: Keywords) -> Value {
        Ok(f.wrap_plainly(&algebra::shortest_rational(&f.expr, call.budget())?))
    }
}

builtin! {
    /// Sines and cosines of single angles, as short as `sin^2 + cos^2 = 1` allows, or much shorter ones of sums.
    ///
    /// ```calc
    /// (1 + tan(x)^2).simplify_trig()            # => cos(x)^(-2)
    /// (sin(x)*cos(1) + cos(x)*sin(1)).simplify_trig()    # => sin(x + 1)
    /// ```
    also "trig_simplify";
    only method;
    fn simplify_trig(call, f: Formula, expand: Option<bool>) -> Value {
        Ok(f.wrap_plainly(&algebra::shortest_trig(&f.expr, call.budget())?))
    }
}

builtin! {
    /// Quotients of factorials, binomials and gammas shortened.
    ///
    /// ```calc
    /// var('n')                                  # => n
    /// (factorial(n + 1)/factorial(n)).simplify_factorial()    # => n + 1
    /// ```
    also "factorial_simplify";
    only method;
    fn simplify_factorial(call, f: Formula) -> Value {
        Ok(f.wrap_plainly(&algebra::simplify_factorial(&f.expr, call.budget())?))
    }
}

builtin! {
    /// Sums of logarithms gathered into one, as for positive arguments.
    ///
    /// ```calc
    /// (log(2) + log(3)).simplify_log()          # => log(6)
    /// ```
    also "log_simplify";
    only method;
    fn simplify_log(call, f: Formula, algorithm: Option<Spanned<Value>>) -> Value {
        let plain = algebra::plain_logarithms(&f.expr, call.budget())?;
        Ok(f.wrap_plainly(&algebra::simplify_log(&plain, call.budget())?))
    }
}

builtin! {
    /// Simplified with all variables taken as real.
    ///
    /// ```calc
    /// sqrt(x^2).simplify_real()                 # => abs(x)
    /// ```
    also "real_simplify";
    only method;
    fn simplify_real(call, f: Formula) -> Value {
        Ok(f.wrap_plainly(&algebra::simplify_real(&f.expr, call.budget())?))
    }
}

builtin! {
    /// Radicals of powers resolved as for positive parts: right for some values, so to be used with care.
    ///
    /// ```calc
    /// sqrt(x^2 + 2*x + 1).canonicalize_radical()    # => x + 1
    /// ```
    also "radical_simplify", "simplify_radical", "exp_simplify";
    only method;
    fn canonicalize_radical(call, f: Formula) -> Value {
        call.note("branch", "radicals were resolved as for positive parts");
        Ok(f.wrap_plainly(&algebra::shortest_radical(&f.expr, call.budget())?))
    }
}

builtin! {
    /// Logarithms of products, quotients and powers taken apart, as for positive parts.
    ///
    /// ```calc
    /// log(x^2).expand_log()                     # => 2*log(x)
    /// ```
    also "log_expand";
    only method;
    fn expand_log(call, f: Formula, algorithm: Option<Spanned<Value>>) -> Value {
        Ok(Value::Expr(algebra::expand_log(&f.expr, call.budget())?))
    }
}

builtin! {
    /// Functions of sums and multiples of angles by those of the angles, one level at a time.
    ///
    /// `full=True` goes on until nothing changes, `half_angles=True` takes halves of angles by roots (for real angles),
    /// `plus=False` leaves sums and `times=False` multiples.
    ///
    /// ```calc
    /// cos(2*x).trig_expand()                    # => cos(x)^2 - sin(x)^2
    /// var('y')                                  # => y
    /// sin(2*x + y).trig_expand()                # => cos(y)*sin(2*x) + cos(2*x)*sin(y)
    /// tan(x/2).trig_expand(half_angles=True)    # => -(cos(x) - 1)/sin(x)
    /// ```
    also "expand_trig";
    only method;
    fn trig_expand(call, f: Formula, full: Option<bool>, half_angles: Option<bool>, plus: Option<bool>, times: Option<bool>) -> Value {
        let how = algebra::TrigExpansion {
            full: full.unwrap_or(false),
            half_angles: half_angles.unwrap_or(false),
            sums: plus.unwrap_or(true),
            multiples: times.unwrap_or(true),
        };
        if how.half_angles {
            call.note("real", "functions of half angles were written for real angles");
        }
        Ok(f.wrap(algebra::trig_expand_by(&f.expr, how, call.budget())?))
    }
}

builtin! {
    /// Powers and products of sines and cosines by those of multiple angles.
    ///
    /// ```calc
    /// (sin(x)^2).trig_reduce()                  # => -1/2*cos(2*x) + 1/2
    /// ```
    also "reduce_trig";
    only method;
    fn trig_reduce(call, f: Formula, variable: Option<Spanned<Value>>) -> Value {
        Ok(f.wrap_plainly(&algebra::trig_reduce(&f.expr, call.budget())?))
    }
}

builtin! {
    /// Trigonometric and hyperbolic functions by exponentials.
    ///
    /// ```calc
    /// cosh(x).exponentialize()                  # => 1/2*e^(-x) + 1/2*e^x
    /// ```
    only method;
    fn exponentialize(call, f: Formula) -> Value {
        Ok(f.wrap(algebra::exponentialize(&f.expr)))
    }
}

builtin! {
    /// Exponentials of imaginary arguments by cosine and sine.
    ///
    /// ```calc
    /// exp(I*x).demoivre()                       # => cos(x) + I*sin(x)
    /// ```
    only method;
    fn demoivre(call, f: Formula, force: Option<bool>) -> Value {
        Ok(f.wrap(algebra::demoivre(&f.expr)))
    }
}

builtin! {
    /// Real part plus I times imaginary part, the variables taken as real.
    ///
    /// ```calc
    /// exp(2 + I*x).rectform()                   # => cos(x)*e^2 + I*e^2*sin(x)
    /// ```
    only method;
    fn rectform(call, f: Formula) -> Value {
        Ok(f.wrap(rectangular(&f.expr, call)?))
    }
}

fn rectangular(expr: &Expr, call: &Call<'_>) -> Result<Expr, Fault> {
    Ok(algebra::rectform(expr, call.budget())?)
}

builtin! {
    /// Fractions with equal denominators gathered.
    ///
    /// ```calc
    /// (1/x + 2/x + 1/(x + 1)).combine()         # => 1/(x + 1) + 3/x
    /// ```
    only method;
    fn combine(call, f: Formula, deep: Option<bool>) -> Value {
        Ok(f.wrap(algebra::combine(&f.expr)))
    }
}
