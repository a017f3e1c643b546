//! Python's module `math`: functions of the machine's floats.

use std::any::Any;
use std::fmt;
use std::rc::Rc;

use crate::diagnostic::Fault;
use crate::number::{Ball, Integer, Real, kernel};
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{BAD_ARGUMENTS, TOO_LARGE, type_error, value_error};
use crate::runtime::machine::ModuleRecord;
use crate::runtime::operate;
use crate::runtime::value::{Class, Object, Value, classes};

/// The module.
pub static MODULE: ModuleRecord = ModuleRecord { name: "math", functions: &[], constants: contents };

/// What a function of the module computes.
#[derive(Clone, Copy)]
enum Rule {
    /// A float from a float.
    One(fn(f64) -> f64),
    /// A float from two floats.
    Two(fn(f64, f64) -> f64),
    /// An integer from a float.
    Whole(fn(&Real) -> Option<Integer>),
    /// A truth value from a float.
    Question(fn(f64) -> bool),
    /// A truth value from two floats.
    Comparison(fn(f64, f64) -> bool),
    /// An integer from natural numbers.
    Natural(Option<usize>, fn(&[Integer]) -> Option<Integer>),
    /// A float from any number of them.
    Many(fn(&[f64]) -> f64),
}

/// A function of the module.
struct MachineFunction {
    name: &'static str,
    rule: Rule,
}

impl fmt::Debug for MachineFunction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "math.{}", self.name)
    }
}

impl Object for MachineFunction {
    fn class(&self) -> &'static Class {
        &classes::BUILTIN
    }

    fn text(&self) -> String {
        format!("<built-in function {}>", self.name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn invoke(&self, call: &mut Call<'_>, arguments: &Arguments) -> Option<Result<Value, Fault>> {
        Some(self.apply(call, arguments))
    }
}

impl MachineFunction {
    fn apply(&self, call: &Call<'_>, arguments: &Arguments) -> Result<Value, Fault> {
        let given = arguments.positional.len();
        let wanted = match self.rule {
            Rule::One(_) | Rule::Whole(_) | Rule::Question(_) => 1,
            Rule::Two(_) | Rule::Comparison(_) => 2,
            Rule::Natural(wanted, _) => wanted.unwrap_or(given),
            Rule::Many(_) => given,
        };
        if given != wanted || !arguments.keywords.is_empty() {
            let message = match arguments.keywords.is_empty() {
                true => format!("math.{}() takes exactly {wanted} arguments ({given} given)", self.name),
                false => format!("math.{}() takes no keyword arguments", self.name),
            };
            return Err(call.fault(&BAD_ARGUMENTS, message));
        }
        if let Rule::Natural(_, rule) = self.rule {
            return self.natural(arguments, rule);
        }
        let mut numbers = Vec::with_capacity(given);
        for argument in &arguments.positional {
            let number = operate::to_f64(&argument.value).map_err(|_| {
                let class = argument.value.class().name;
                type_error(format!("must be real number, not {class}"))
                    .hint("the functions of `math` take numbers; those for formulas are known without import")
                    .or_at(argument.span)
            });
            numbers.push(number?);
        }
        self.machine(&numbers)
    }

    fn natural(&self, arguments: &Arguments, rule: fn(&[Integer]) -> Option<Integer>) -> Result<Value, Fault> {
        let integers: Option<Vec<Integer>> =
            arguments.positional.iter().map(|argument| argument.value.to_integer()).collect();
        let integers = integers.ok_or_else(|| type_error("an integer is required"))?;
        rule(&integers).map(Value::Int).ok_or_else(domain_error)
    }

    fn machine(&self, numbers: &[f64]) -> Result<Value, Fault> {
        let (first, second) = (numbers.first().copied().unwrap_or(0.0), numbers.get(1).copied().unwrap_or(0.0));
        let result = match self.rule {
            Rule::One(rule) => rule(first),
            Rule::Two(rule) => rule(first, second),
            Rule::Many(rule) => rule(numbers),
            Rule::Question(rule) => return Ok(Value::Bool(rule(first))),
            Rule::Comparison(rule) => return Ok(Value::Bool(rule(first, second))),
            Rule::Whole(rule) => return rule(&Real::from_f64(first)).map(Value::Int).ok_or_else(domain_error),
            Rule::Natural(..) => return Err(domain_error()),
        };
        if numbers.iter().all(|number| number.is_finite()) {
            if result.is_nan() {
                return Err(domain_error());
            }
            if result.is_infinite() {
                // A pole is a matter of the domain, a value beyond the machine's range is not.
                let pole = matches!(self.name, "log" | "log2" | "log10" | "log1p" | "atanh");
                let too_large = Fault::new(&TOO_LARGE, crate::diagnostic::Span::default(), "math range error");
                return Err(if pole { domain_error() } else { too_large });
            }
        }
        Ok(Value::Float(result))
    }
}

fn domain_error() -> Fault {
    value_error("math domain error")
}

fn greatest_common_divisor(numbers: &[Integer]) -> Option<Integer> {
    Some(numbers.iter().fold(Integer::ZERO, |common, number| common.gcd(number)))
}

fn least_common_multiple(numbers: &[Integer]) -> Option<Integer> {
    Some(numbers.iter().fold(Integer::ONE, |common, number| common.lcm(number)))
}

/// In how many ways `k` of `n` things are chosen; larger numbers than [`MOST_BITS`] are refused.
fn combinations(numbers: &[Integer]) -> Option<Integer> {
    match numbers {
        [n, k] if !n.is_negative() && k > n => Some(Integer::ZERO),
        [n, k] if !n.is_negative() && !k.is_negative() => {
            let rest = n - k;
            let chosen = u64::from(k.min(&rest).to_u32()?);
            let fits = chosen.checked_mul(n.bit_length() as u64).is_some_and(|bits| bits <= MOST_BITS);
            fits.then(|| crate::number::binomial(n, chosen))
        }
        _ => None,
    }
}

fn whole_root(numbers: &[Integer]) -> Option<Integer> {
    match numbers {
        [n] if !n.is_negative() => Some(n.root_floor(2)),
        _ => None,
    }
}

/// Python's default: equal up to nine digits.
fn are_close(x: f64, y: f64) -> bool {
    x == y || (x - y).abs() <= 1e-9 * x.abs().max(y.abs()) && x.is_finite() && y.is_finite()
}

/// Numbers with more bits are not computed.
const MOST_BITS: u64 = 20_000_000;

fn factorial(numbers: &[Integer]) -> Option<Integer> {
    /// Larger factorials are refused: they have some ten million bits.
    const MOST: u32 = 1_000_000;
    match numbers {
        [n] if !n.is_negative() => n.to_u32().filter(|n| *n <= MOST).map(|n| crate::number::factorial(u64::from(n))),
        _ => None,
    }
}

fn logarithm(numbers: &[f64]) -> f64 {
    match numbers {
        [x] => pxfm::f_log(*x),
        [x, base] => pxfm::f_log(*x) / pxfm::f_log(*base),
        _ => f64::NAN,
    }
}

fn gamma(x: f64) -> f64 {
    if x == f64::INFINITY { x } else { (kernel::GAMMA.float)(x) }
}

/// The logarithm of the size of the gamma function.
fn log_gamma(x: f64) -> f64 {
    if x.is_infinite() {
        return f64::INFINITY;
    }
    if x > 0.0 {
        return (kernel::LOG_GAMMA.float)(x);
    }
    let x = Ball::from_f64(x);
    kernel::rounded(|precision| x.gamma(precision).abs().log(precision))
}

fn remainder(x: f64, y: f64) -> f64 {
    x % y
}

/// The functions by name.
const FUNCTIONS: &[(&str, Rule)] = &[
    ("sqrt", Rule::One(f64::sqrt)),
    ("exp", Rule::One(pxfm::f_exp)),
    ("expm1", Rule::One(pxfm::f_expm1)),
    ("log", Rule::Many(logarithm)),
    ("log2", Rule::One(pxfm::f_log2)),
    ("log10", Rule::One(pxfm::f_log10)),
    ("log1p", Rule::One(pxfm::f_log1p)),
    ("sin", Rule::One(pxfm::f_sin)),
    ("cos", Rule::One(pxfm::f_cos)),
    ("tan", Rule::One(pxfm::f_tan)),
    ("asin", Rule::One(pxfm::f_asin)),
    ("acos", Rule::One(pxfm::f_acos)),
    ("atan", Rule::One(pxfm::f_atan)),
    ("atan2", Rule::Two(pxfm::f_atan2)),
    ("sinh", Rule::One(pxfm::f_sinh)),
    ("cosh", Rule::One(pxfm::f_cosh)),
    ("tanh", Rule::One(pxfm::f_tanh)),
    ("asinh", Rule::One(pxfm::f_asinh)),
    ("acosh", Rule::One(pxfm::f_acosh)),
    ("atanh", Rule::One(pxfm::f_atanh)),
    ("erf", Rule::One(pxfm::f_erf)),
    ("erfc", Rule::One(pxfm::f_erfc)),
    ("gamma", Rule::One(gamma)),
    ("lgamma", Rule::One(log_gamma)),
    ("hypot", Rule::Two(pxfm::f_hypot)),
    ("pow", Rule::Two(pxfm::f_pow)),
    ("fmod", Rule::Two(remainder)),
    ("fabs", Rule::One(f64::abs)),
    ("copysign", Rule::Two(f64::copysign)),
    ("radians", Rule::One(f64::to_radians)),
    ("degrees", Rule::One(f64::to_degrees)),
    ("floor", Rule::Whole(Real::floor)),
    ("ceil", Rule::Whole(Real::ceil)),
    ("trunc", Rule::Whole(Real::trunc)),
    ("isnan", Rule::Question(f64::is_nan)),
    ("isinf", Rule::Question(f64::is_infinite)),
    ("isfinite", Rule::Question(f64::is_finite)),
    ("factorial", Rule::Natural(Some(1), factorial)),
    ("gcd", Rule::Natural(None, greatest_common_divisor)),
    ("lcm", Rule::Natural(None, least_common_multiple)),
    ("comb", Rule::Natural(Some(2), combinations)),
    ("isqrt", Rule::Natural(Some(1), whole_root)),
    ("isclose", Rule::Comparison(are_close)),
];

/// What the module holds.
fn contents() -> Vec<(&'static str, Value)> {
    let function = |(name, rule): &(&'static str, Rule)| {
        let function: Rc<dyn Object> = Rc::new(MachineFunction { name, rule: *rule });
        (*name, Value::Object(function))
    };
    let constants = [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ];
    let constants = constants.into_iter().map(|(name, value)| (name, Value::Float(value)));
    FUNCTIONS.iter().map(function).chain(constants).collect()
}
