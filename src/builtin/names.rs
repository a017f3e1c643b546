//! Names of a session: variables and functions of formulas, starting afresh, running files.

use std::path::Path;
use std::rc::Rc;

use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::expr::assume::{self, Domain, Fact};
use crate::expr::{Expr, Function, Relation, Symbol};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::{ENDED, REFUSED, type_error, value_error};
use crate::runtime::parameter::{Keywords, Parameter, Rest, Text, expected};
use crate::runtime::truth;
use crate::runtime::value::{Parent, Value, str_of};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &var::RECORD,
    &ring_variable::RECORD,
    &function::RECORD,
    &reset::RECORD,
    &load::RECORD,
    &attach::RECORD,
    &input::RECORD,
    &exit::RECORD,
];

/// The names in texts and lists of texts, separated by blanks or commas.
fn declared(call: &mut Call<'_>, values: &[Spanned<Value>]) -> Result<Vec<Rc<str>>, Fault> {
    let mut names = Vec::new();
    for value in values {
        let texts: Vec<Value> = match &value.value {
            Value::List(_) | Value::Tuple(_) => call.items(&value.value)?,
            other => vec![other.clone()],
        };
        for text in texts {
            let text = str_of(&text);
            for name in text.split([',', ' ']).filter(|name| !name.is_empty()) {
                if !is_identifier(name) {
                    let message = format!("The name \"{name}\" is not a valid Python identifier.");
                    return Err(value_error(message).or_at(value.span));
                }
                names.push(Rc::from(name));
            }
        }
    }
    if names.is_empty() {
        return Err(value_error("You need to specify the name of the new variable."));
    }
    Ok(names)
}

pub(super) fn is_identifier(name: &str) -> bool {
    let starts = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    starts && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// One value by itself, several as a tuple.
fn one_or_tuple(mut values: Vec<Value>) -> Value {
    if values.len() == 1 { values.remove(0) } else { Value::tuple(values) }
}

builtin! {
    /// Makes variables for formulas, and gives their names to them.
    ///
    /// `domain` says what values they may have: `'real'`, `'positive'`, `'integer'`, `'complex'`, or a ring; `latex_name`
    /// how they are typeset.
    ///
    /// ```calc
    /// var('t')                # => t
    /// var('a b')              # => (a, b)
    /// var('2a')               # error: bad-value
    /// ```
    ///
    /// See also: `function`, `assume`.
    faults "bad-value";
    only function;
    fn var(call, names: Rest<Spanned<Value>>, domain: Option<Spanned<Value>>, options: Keywords) -> Value {
        let names = super::declared(call, &names.0)?;
        let domain = domain.map(|domain| domain_of(&domain)).transpose()?;
        let globals = Rc::clone(call.machine().globals());
        let mut symbols = Vec::new();
        for name in names {
            let symbol = Symbol::new(&name);
            domain.iter().for_each(|domain| restrict(symbol, *domain));
            declare_latex(symbol, &options);
            globals.set(&name, Value::Expr(Expr::symbol(symbol)));
            symbols.push(Value::Expr(Expr::symbol(symbol)));
        }
        Ok(one_or_tuple(symbols))
    }
}

/// The symbolic ring as the receiver of a method.
#[derive(Clone, Copy, Debug)]
pub struct SymbolicRing;

impl Parameter for SymbolicRing {
    const SHOWS: &'static str = "the symbolic ring";

    fn take(value: &Spanned<Value>, _call: &mut Call<'_>) -> Result<SymbolicRing, Fault> {
        if Self::accepts(&value.value) { Ok(SymbolicRing) } else { Err(expected(Self::SHOWS, value)) }
    }

    fn accepts(value: &Value) -> bool {
        matches!(value, Value::Parent(Parent::Symbolic))
    }
}

builtin! {
    /// Makes variables for formulas without giving names to them; with a number, that many numbered ones.
    ///
    /// ```calc
    /// t = SR.var('theta'); t      # => theta
    /// SR.var('a', 3)              # => (a0, a1, a2)
    /// ```
    ///
    /// See also: `var`.
    named "var";
    also "symbol";
    only method;
    fn ring_variable(
        call,
        ring: SymbolicRing,
        names: Option<Spanned<Value>>,
        count: Option<Spanned<usize>>,
        domain: Option<Spanned<Value>>,
        options: Keywords,
    ) -> Value {
        let Some(names) = names else { return Ok(Value::Expr(nameless())) };
        let mut names = super::declared(call, std::slice::from_ref(&names))?;
        let domain = domain.map(|domain| domain_of(&domain)).transpose()?;
        if let Some(count) = count {
            truth::reserve_values(count.value)?;
            names = names.iter().flat_map(|name| (0..count.value).map(move |k| Rc::from(format!("{name}{k}")))).collect();
        }
        let symbols = names.iter().map(|name| {
            let symbol = Symbol::new(name);
            domain.iter().for_each(|domain| restrict(symbol, *domain));
            declare_latex(symbol, &options);
            Value::Expr(Expr::symbol(symbol))
        });
        Ok(one_or_tuple(symbols.collect()))
    }
}

/// Keeps what `latex_name` says.
fn declare_latex(symbol: Symbol, options: &Keywords) {
    let given = options.0.iter().find(|(name, _)| &**name == "latex_name");
    if let Some(Value::Str(latex)) = given.map(|(_, given)| &given.value) {
        symbol.set_latex(Some(latex));
    }
}

/// A variable with a name that nobody has used.
fn nameless() -> Expr {
    let names = (1..).map(|number| format!("symbol{number}"));
    let unused = |name: &String| !Symbol::is_known(name);
    Expr::variable(&names.into_iter().find(unused).unwrap_or_default())
}

/// What values a variable may have.
#[derive(Clone, Copy)]
enum Values {
    In(Domain),
    Positive,
}

fn domain_of(domain: &Spanned<Value>) -> Result<Values, Fault> {
    let known = match &domain.value {
        Value::Parent(Parent::Integers) => Some(Values::In(Domain::Integer)),
        Value::Parent(Parent::Rationals) => Some(Values::In(Domain::Rational)),
        Value::Parent(Parent::Reals(_) | Parent::Doubles) => Some(Values::In(Domain::Real)),
        Value::Parent(Parent::Complexes(_) | Parent::ComplexDoubles | Parent::Symbolic) => {
            Some(Values::In(Domain::Complex))
        }
        Value::Str(name) => match &**name {
            "real" => Some(Values::In(Domain::Real)),
            "complex" => Some(Values::In(Domain::Complex)),
            "integer" => Some(Values::In(Domain::Integer)),
            "rational" => Some(Values::In(Domain::Rational)),
            "even" => Some(Values::In(Domain::Even)),
            "odd" => Some(Values::In(Domain::Odd)),
            "positive" => Some(Values::Positive),
            _ => None,
        },
        _ => None,
    };
    known.ok_or_else(|| expected("a domain such as 'real', 'positive' or 'integer'", domain))
}

fn restrict(symbol: Symbol, values: Values) {
    let fact = match values {
        Values::In(Domain::Complex) => return,
        Values::In(domain) => Fact::In(symbol, domain),
        Values::Positive => Fact::Holds(Expr::relation(Relation::Greater, Expr::symbol(symbol), Expr::zero())),
    };
    // A contradiction to what was assumed before: the new declaration wins.
    if assume::assume(fact.clone()) == assume::Assumed::Inconsistent {
        assume::forget_about(symbol);
        assume::assume(fact);
    }
}

builtin! {
    /// Makes functions of which only the name is known, and gives their names to them.
    ///
    /// ```calc
    /// y = function('y')(x); y         # => y(x)
    /// ```
    ///
    /// See also: `var`, `desolve`.
    only function;
    fn function(call, names: Spanned<Value>, options: Keywords) -> Value {
        if !matches!(names.value, Value::Str(_) | Value::List(_) | Value::Tuple(_)) {
            return Err(type_error("expect string as first argument").or_at(names.span));
        }
        let names = super::declared(call, std::slice::from_ref(&names))?;
        let globals = Rc::clone(call.machine().globals());
        let mut functions = Vec::new();
        for name in names {
            declare_latex(Symbol::new(&name), &options);
            let function = Value::Symbolic(Function::Formal(Symbol::new(&name)));
            globals.set(&name, function.clone());
            functions.push(function);
        }
        Ok(one_or_tuple(functions))
    }
}

builtin! {
    /// Forgets what was assigned and assumed: everything, or the names given.
    ///
    /// ```calc
    /// pi = 3; reset('pi'); pi         # => pi
    /// ```
    also "restore";
    only function;
    fn reset(call, names: Rest<Spanned<Value>>) -> () {
        let globals = Rc::clone(call.machine().globals());
        if names.0.is_empty() {
            globals.reset();
            assume::forget_all();
            Symbol::forget_latex();
            return Ok(());
        }
        for name in super::declared(call, &names.0)? {
            globals.forget(globals.slot(&name));
            assume::forget_about(Symbol::new(&name));
            Symbol::new(&name).set_latex(None);
        }
        Ok(())
    }
}

builtin! {
    /// Runs the statements of files as if they stood here.
    ///
    /// ```calc
    /// load('no-such-file.calc')       # error: no-such-file
    /// ```
    ///
    /// See also: `reset`, `exit`.
    faults "no-such-file";
    only function;
    fn load(call, files: Rest<Spanned<Value>>) -> () {
        for file in &files.0 {
            let name = Text::take(file, call)?;
            call.machine().load(Path::new(&*name.0)).map_err(|fault| fault.or_at(file.span))?;
        }
        Ok(())
    }
}

builtin! {
    /// Refused: a file that was run is not watched for changes.
    ///
    /// ```calc
    /// attach('lesson.calc')           # error: not-offered
    /// ```
    ///
    /// See also: `load`.
    faults "not-offered";
    only function;
    fn attach(call, files: Rest<Spanned<Value>>) -> () {
        let file = files.0.first().map_or_else(|| "FILE".to_string(), |file| str_of(&file.value));
        Err(call.fault(&REFUSED, "a file that was run is not watched for changes")
            .hint(format!("run it, and again after each change: `load('{file}')`")))
    }
}

builtin! {
    /// Refused: a script can't ask at the keyboard.
    ///
    /// ```calc
    /// input('Name? ')                 # error: not-offered
    /// ```
    also "raw_input";
    faults "not-offered";
    only function;
    fn input(call, prompt: Option<Value>) -> Value {
        Err(call.fault(&REFUSED, "a script can't ask at the keyboard").hint("assign the value to a name instead"))
    }
}

builtin! {
    /// Ends the program, or leaves the session.
    ///
    /// A text, or a number other than 0, says that something went wrong. `finally` is still run.
    ///
    /// ```calc
    /// exit('there is no data')        # error: program-ended
    /// ```
    ///
    /// See also: `reset`.
    also "quit";
    faults "program-ended";
    only function;
    fn exit(call, status: Option<Value>) -> () {
        let well = |status: &Value| status.is_none() || status.to_integer().is_some_and(|number| number.is_zero());
        let message = status.filter(|status| !well(status)).map_or_else(String::new, |status| str_of(&status));
        Err(call.fault(&ENDED, message))
    }
}
