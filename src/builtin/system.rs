//! The program and its surroundings: clocks, copies, what names there are; Python's modules `time`, `sys`, `copy`, `fractions`.

use crate::number::sorting;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::names::exit;
use crate::builtin;
use crate::diagnostic::{Fault, Spanned, fault};
use crate::number::{Integer, Rational};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::{NO_ATTRIBUTE, REFUSED, type_error, value_error, zero_division};
use crate::runtime::machine::ModuleRecord;
use crate::runtime::operate;
use crate::runtime::parameter::{Text, expected};
use crate::runtime::value::{CallableExpr, Class, Dict, Key, List, Set, Value, as_expr, classes, repr, str_of};

/// The built-ins of this topic that every session knows.
pub static TOPIC: &[&Builtin] = &[
    &walltime::RECORD,
    &cputime::RECORD,
    &version::RECORD,
    &copy::RECORD,
    &deepcopy::RECORD,
    &issubclass::RECORD,
    &setattr::RECORD,
    &dir::RECORD,
    &timeit::RECORD,
    &symbolic_expression::RECORD,
    &html::RECORD,
];

/// Python's module of clocks.
pub static TIME: ModuleRecord = ModuleRecord {
    name: "time",
    functions: &[&time::RECORD, &perf_counter::RECORD, &sleep::RECORD],
    constants: Vec::new,
};

/// Python's module of the system.
pub static SYS: ModuleRecord = ModuleRecord {
    name: "sys",
    functions: &[&exit::RECORD, &setrecursionlimit::RECORD, &getrecursionlimit::RECORD],
    constants: facts,
};

/// Python's module of copies.
pub static COPY: ModuleRecord =
    ModuleRecord { name: "copy", functions: &[&copy::RECORD, &deepcopy::RECORD], constants: Vec::new };

/// Python's module of fractions, which are exact without it.
pub static FRACTIONS: ModuleRecord =
    ModuleRecord { name: "fractions", functions: &[&fraction::RECORD], constants: Vec::new };

/// When the program began.
static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// How deep functions may call themselves.
const DEPTH: i64 = 12_000;

fn facts() -> Vec<(&'static str, Value)> {
    let numbers = |parts: &[i64]| Value::tuple(parts.iter().map(|part| Value::int(*part)).collect());
    vec![
        ("argv", Value::list(vec![Value::str("")])),
        ("version", Value::str(concat!("3.11.0 (secant ", env!("CARGO_PKG_VERSION"), ")"))),
        ("version_info", numbers(&[3, 11, 0])),
        ("maxsize", Value::int(i64::MAX)),
        ("byteorder", Value::str("little")),
    ]
}

/// A number of seconds; none when it was left out.
fn seconds_of(given: Option<&Spanned<Value>>) -> Result<f64, Fault> {
    given.map_or(Ok(0.0), |given| operate::to_f64(&given.value).map_err(|fault| fault.or_at(given.span)))
}

/// Seconds since 1970.
fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}

builtin! {
    /// The time of the day, in seconds since the beginning of 1970, or since an earlier `walltime()`.
    ///
    /// ```calc
    /// begun = walltime()
    /// walltime(begun) < 100           # => True
    /// ```
    ///
    /// See also: `cputime`, `timeit`.
    only function;
    fn walltime(call, since: Option<Spanned<Value>>) -> f64 {
        Ok(now() - seconds_of(since.as_ref())?)
    }
}

builtin! {
    /// The seconds that the program has been running, or since an earlier `cputime()`.
    ///
    /// ```calc
    /// cputime() >= 0                  # => True
    /// ```
    ///
    /// See also: `walltime`, `timeit`.
    only function;
    fn cputime(call, since: Option<Spanned<Value>>) -> f64 {
        Ok(BEGUN.elapsed().as_secs_f64() - seconds_of(since.as_ref())?)
    }
}

builtin! {
    /// The name and number of this program.
    ///
    /// ```calc
    /// version()[:6]                   # => 'secant'
    /// ```
    only function;
    fn version(call) -> String {
        Ok(concat!("secant version ", env!("CARGO_PKG_VERSION")).to_owned())
    }
}

builtin! {
    /// Seconds since the beginning of 1970.
    ///
    /// ```calc
    /// import time
    /// begun = time.time()
    /// time.time() - begun < 100       # => True
    /// ```
    ///
    /// See also: `walltime`.
    only function;
    fn time(call) -> f64 {
        Ok(now())
    }
}

builtin! {
    /// Seconds by a clock that never goes back.
    ///
    /// ```calc
    /// import time
    /// time.perf_counter() >= 0        # => True
    /// ```
    also "monotonic", "process_time";
    only function;
    fn perf_counter(call) -> f64 {
        Ok(BEGUN.elapsed().as_secs_f64())
    }
}

builtin! {
    /// Waits for some seconds. Ctrl-C and the time limit end it.
    ///
    /// ```calc
    /// import time
    /// time.sleep(0)
    /// time.sleep(-1)                  # error: bad-value
    /// ```
    faults "bad-value";
    only function;
    fn sleep(call, seconds: Spanned<Value>) -> () {
        let wanted = seconds_of(Some(&seconds))?;
        if wanted < 0.0 || wanted.is_nan() {
            return Err(value_error("sleep length must be non-negative").or_at(seconds.span));
        }
        let begun = Instant::now();
        loop {
            call.budget().check()?;
            let left = wanted - begun.elapsed().as_secs_f64();
            if left <= 0.0 {
                return Ok(());
            }
            std::thread::sleep(Duration::from_secs_f64(left.min(0.02)));
        }
    }
}

builtin! {
    /// How deep functions may call themselves is fixed; smaller demands are met.
    ///
    /// ```calc
    /// import sys
    /// sys.setrecursionlimit(5000)
    /// sys.setrecursionlimit(0)        # error: bad-value
    /// ```
    faults "bad-value";
    only function;
    fn setrecursionlimit(call, limit: Spanned<Integer>) -> () {
        if limit.value < Integer::ONE {
            return Err(value_error("recursion limit must be greater or equal than 1").or_at(limit.span));
        }
        Ok(())
    }
}

builtin! {
    /// How deep functions may call themselves.
    ///
    /// ```calc
    /// import sys
    /// sys.getrecursionlimit()         # => 12000
    /// ```
    only function;
    fn getrecursionlimit(call) -> Value {
        Ok(Value::int(DEPTH))
    }
}

builtin! {
    /// A fraction; fractions are exact without it as well.
    ///
    /// ```calc
    /// from fractions import Fraction
    /// Fraction(1, 3) + Fraction('0.5')    # => 5/6
    /// Fraction(1, 0)                      # error: division-by-zero
    /// ```
    named "Fraction";
    faults "division-by-zero";
    only function;
    fn fraction(call, numerator: Option<Spanned<Value>>, denominator: Option<Rational>) -> Value {
        let Some(numerator) = numerator else { return Ok(Value::rational(Rational::ZERO)) };
        let above = exact(&numerator)?;
        let below = denominator.unwrap_or(Rational::ONE);
        let quotient = above.checked_div(&below);
        quotient.map(Value::rational).ok_or_else(|| zero_division(format!("Fraction({above}, 0)")))
    }
}

/// A number, float or text as the fraction that it is.
fn exact(value: &Spanned<Value>) -> Result<Rational, Fault> {
    let found = match &value.value {
        Value::Float(x) | Value::Double(x) => Rational::from_f64(*x),
        Value::Str(text) => match text.split_once('/') {
            Some((above, below)) => {
                decimal(above).zip(decimal(below)).and_then(|(above, below)| above.checked_div(&below))
            }
            None => decimal(text),
        },
        other => as_expr(other).and_then(|expr| expr.as_rational().cloned()),
    };
    found.ok_or_else(|| expected("a rational number", value))
}

fn decimal(text: &str) -> Option<Rational> {
    let text = text.trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = [whole, part].concat();
    let scale = Rational::from(10).pow(i64::try_from(part.len()).ok()?)?;
    Rational::from(digits.parse::<Integer>().ok()?).checked_div(&scale)
}

builtin! {
    /// A copy of a list, set or dictionary, its items shared with the first one.
    ///
    /// ```calc
    /// a = [1, [2]]
    /// b = copy(a)
    /// b.append(3)
    /// a                               # => [1, [2]]
    /// ```
    ///
    /// See also: `deepcopy`.
    only function;
    fn copy(call, value: Value) -> Value {
        Ok(match &value {
            Value::List(items) => Value::list(items.borrow().clone()),
            Value::Set(set) => Value::set(set.borrow().clone()),
            Value::Dict(dict) => Value::dict(dict.borrow().clone()),
            Value::Object(object) if object.methods().contains(&"copy") => {
                object.method(call, "copy", crate::runtime::call::Arguments::default())?
            }
            _ => value,
        })
    }
}

builtin! {
    /// A copy of a list, set or dictionary, and of all lists, sets and dictionaries inside.
    ///
    /// ```calc
    /// a = [1, [2]]
    /// b = deepcopy(a)
    /// b[1].append(3)
    /// a                               # => [1, [2]]
    /// ```
    ///
    /// See also: `copy`.
    only function;
    fn deepcopy(call, value: Value) -> Value {
        copied(&value, &mut Vec::new())
    }
}

/// The copy of a value; what occurs twice is copied once.
fn copied(value: &Value, known: &mut Vec<(usize, Value)>) -> Result<Value, Fault> {
    /// Deeper nests are refused.
    const MOST: usize = 100_000;
    let address = value.address().unwrap_or(0);
    if let Some((_, copy)) = known.iter().find(|(own, _)| *own == address && address != 0) {
        return Ok(copy.clone());
    }
    if known.len() > MOST {
        return Err(crate::runtime::fault::too_large("the copy"));
    }
    match value {
        Value::List(items) => {
            let list = Rc::new(List::default());
            known.push((address, Value::List(Rc::clone(&list))));
            let items: Vec<Value> = items.borrow().clone();
            for item in &items {
                let item = copied(item, known)?;
                list.borrow_mut().push(item);
            }
            Ok(Value::List(list))
        }
        Value::Dict(own) => {
            let dict = Rc::new(RefCell::new(Dict::of_nature(own.borrow().nature().clone())));
            known.push((address, Value::Dict(Rc::clone(&dict))));
            let entries: Vec<(Value, Value)> =
                own.borrow().iter().map(|(key, item)| (key.clone(), item.clone())).collect();
            for (key, item) in entries {
                let item = copied(&item, known)?;
                dict.borrow_mut().insert(Key::new(key)?, item);
            }
            Ok(Value::Dict(dict))
        }
        Value::Set(set) => Ok(Value::set(Set::clone(&set.borrow()))),
        Value::Tuple(items) => {
            let items: Result<Vec<Value>, Fault> = items.iter().map(|item| copied(item, known)).collect();
            items.map(Value::tuple)
        }
        _ => Ok(value.clone()),
    }
}

builtin! {
    /// Whether a class is another one, or refines it.
    ///
    /// ```calc
    /// issubclass(bool, int)                           # => True
    /// issubclass(ZeroDivisionError, (str, Exception)) # => True
    /// issubclass(3, int)                              # error: wrong-type
    /// ```
    ///
    /// See also: `isinstance`.
    faults "wrong-type";
    only function;
    fn issubclass(call, class: Spanned<Value>, classinfo: Spanned<Value>) -> bool {
        let Value::Class(own) = class.value else {
            return Err(type_error("issubclass() arg 1 must be a class").or_at(class.span));
        };
        is_subclass(own, &classinfo.value).map_err(|fault| fault.or_at(classinfo.span))
    }
}

fn is_subclass(own: &Class, other: &Value) -> Result<bool, Fault> {
    match other {
        Value::Class(other) => Ok(std::ptr::eq(*other, &classes::OBJECT) || own.is_subclass_of(other)),
        Value::Tuple(several) => {
            for other in several.iter() {
                if is_subclass(own, other)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Err(type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union")),
    }
}

builtin! {
    /// Refused: values have no attributes that could be set.
    ///
    /// ```calc
    /// setattr(x, 'colour', 'red')     # error: no-such-method
    /// ```
    ///
    /// See also: `getattr`.
    faults "no-such-method";
    only function;
    fn setattr(call, object: Value, name: Text, value: Value) -> () {
        let class = object.class().name;
        Err(fault!(NO_ATTRIBUTE, call.span(), "'{class}' object has no attribute '{}'", name.0)
            .hint("attributes can't be set; keep the value in a variable or a dictionary"))
    }
}

builtin! {
    /// The names that are known, or the names of the methods of a value, in order.
    ///
    /// ```calc
    /// 'append' in dir([])             # => True
    /// 'sin' in dir()                  # => True
    /// ```
    ///
    /// See also: `help`, `hasattr`.
    only function;
    fn dir(call, object: Option<Value>) -> Value {
        let mut names: Vec<String> = match &object {
            Some(Value::Module(module)) => module.globals.own().iter().map(|(name, _)| name.to_string()).collect(),
            Some(object) => call.machine().methods_of(object).into_iter().map(str::to_owned).collect(),
            None => {
                let machine = call.machine();
                let own = machine.globals().own().into_iter().map(|(name, _)| name.to_string());
                let known = machine.predefined_names().into_iter().chain(machine.library_names());
                own.chain(known.map(str::to_owned)).collect()
            }
        };
        sorting::sort(&mut names);
        names.dedup();
        Ok(Value::list(names.into_iter().map(Value::str).collect()))
    }
}

builtin! {
    /// How long an expression takes, as a text: the best of three averages.
    ///
    /// ```calc
    /// timeit('1 + 1', number=5)[:7]   # => '5 loops'
    /// timeit('1/0')                   # error: division-by-zero
    /// ```
    ///
    /// See also: `walltime`.
    faults "division-by-zero";
    only function;
    fn timeit(call, code: Text, number: Option<usize>, repeat: Option<usize>) -> String {
        let function = call.machine().evaluate(&format!("lambda: ({})", code.0), &[])?;
        let mut loops = number.filter(|number| *number > 0).unwrap_or(1);
        if number.is_none() {
            while measured(call, &function, loops)? < 0.02 && loops < 1_000_000 {
                loops *= 5;
            }
        }
        let repeat = repeat.unwrap_or(3).max(1);
        let mut best = f64::INFINITY;
        for _ in 0..repeat {
            best = best.min(measured(call, &function, loops)?);
        }
        let (scale, unit) = match best / loops as f64 {
            each if each < 1e-6 => (1e9, "ns"),
            each if each < 1e-3 => (1e6, "μs"),
            each if each < 1.0 => (1e3, "ms"),
            _ => (1.0, "s"),
        };
        let each = best / loops as f64 * scale;
        let places = if each >= 100.0 { 0 } else if each >= 10.0 { 1 } else { 2 };
        Ok(format!("{loops} loops, best of {repeat}: {each:.places$} {unit} per loop"))
    }
}

/// The seconds that so many calls take.
fn measured(call: &mut Call<'_>, function: &Value, loops: usize) -> Result<f64, Fault> {
    let begun = Instant::now();
    for _ in 0..loops {
        call.budget().check()?;
        call.invoke(function, &[])?;
    }
    Ok(begun.elapsed().as_secs_f64())
}

builtin! {
    /// A value as a symbolic expression; a function becomes a callable expression of its parameters.
    ///
    /// ```calc
    /// symbolic_expression(lambda t: t^2 + 1)      # => t |--> t^2 + 1
    /// symbolic_expression('x^2')                  # => x^2
    /// symbolic_expression([1, x])                 # => (1, x)
    /// ```
    ///
    /// See also: `SR`.
    only function;
    fn symbolic_expression(call, value: Spanned<Value>) -> Value {
        match &value.value {
            Value::Function(function) => {
                let signature = &function.code.signature;
                let names = function.code.locals.get(..signature.positional).unwrap_or_default();
                if signature.rest || signature.keywords || signature.keyword_only > 0 || names.is_empty() {
                    return Err(type_error("the function must have parameters by position, and no others").or_at(value.span));
                }
                let symbols: Vec<Value> = names.iter().map(|name| Value::symbol(name)).collect();
                let arguments = symbols.iter().filter_map(|symbol| as_expr(symbol)?.as_symbol()).collect();
                let answer = call.invoke(&value.value, &symbols)?;
                let body = as_expr(&answer).ok_or_else(|| {
                    type_error(format!("unable to convert {} to a symbolic expression", repr(&answer)))
                })?;
                Ok(Value::Callable(Rc::new(CallableExpr { arguments, body })))
            }
            Value::List(_) | Value::Tuple(_) => {
                let vector = call.machine().registry().function("vector").map(Value::Builtin);
                let vector = vector.ok_or_else(|| expected("an expression", &value))?;
                let items = call.items(&value.value)?;
                call.invoke(&vector, &[Value::list(items)])
            }
            Value::Callable(_) => Ok(value.value.clone()),
            other => operate::convert(crate::runtime::value::Parent::Symbolic, other).map_err(|fault| fault.or_at(value.span)),
        }
    }
}

builtin! {
    /// A text meant for a page, as it is.
    ///
    /// ```calc
    /// html('<b>bold</b>')             # => '<b>bold</b>'
    /// ```
    ///
    /// See also: `show`, `latex`.
    only function;
    fn html(call, text: Value) -> String {
        match &text {
            Value::Str(text) => Ok(text.to_string()),
            Value::None => Err(call.fault(&REFUSED, "there is nothing to show")),
            other => Ok(str_of(other)),
        }
    }
}
