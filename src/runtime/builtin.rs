//! The record of a built-in, and the macro that declares it once.
//!
//! From the record come the call `f(x)`, the method `x.f()`, `help(f)`, completion, the errors of arity and keywords, the
//! reference, and a test for every recorded example.

use std::fmt;

use super::call::{Arguments, Call};
use super::value::Value;
use crate::diagnostic::Fault;

/// All that is known about a built-in.
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// Other names it goes by.
    pub aliases: &'static [&'static str],
    /// The Rust module that declares it: `secant::builtin::integers::gcd`.
    pub declared_in: &'static str,
    /// What it is for: a summary, more words, examples in a `calc` block, "See also".
    pub documentation: &'static [&'static str],
    /// What it takes.
    pub parameters: &'static [ParameterRecord],
    /// What it gives, as a Rust type's name.
    pub gives: &'static str,
    /// The codes of the faults that it may raise on purpose.
    pub faults: &'static [&'static str],
    /// Whether it is called as function, as method, or both.
    pub role: Role,
    /// Whether a value may stand before the point of `value.f()`.
    pub accepts: fn(&Value) -> bool,
    /// What it does.
    pub run: fn(&mut Call<'_>, Arguments) -> Result<Value, Fault>,
}

/// How a built-in may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `f(x)` and `x.f()`.
    Both,
    /// `f(x)` alone.
    Function,
    /// `x.f()` alone.
    Method,
}

/// A parameter as help and errors show it.
#[derive(Clone, Copy, Debug)]
pub struct ParameterRecord {
    /// Its name, which is also its keyword.
    pub name: &'static str,
    /// What it takes, in a person's words: "an expression".
    pub shows: &'static str,
    /// Whether it may be left out.
    pub optional: bool,
    /// How it takes its arguments.
    pub slot: Slot,
}

/// How a parameter takes its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// One argument, by position or keyword.
    One,
    /// Several arguments in a row that belong together, such as `x, a, b`.
    Several,
    /// A keyword of any name, such as `x=0`.
    AnyKeyword,
    /// All positional arguments that are left.
    Rest,
    /// All keywords that are left.
    Keywords,
}

impl Builtin {
    /// The first line of the documentation.
    pub fn summary(&self) -> &'static str {
        self.documentation.first().map_or("", |line| line.trim())
    }

    /// The documentation as one text.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.documentation.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        lines.join("\n")
    }

    /// Name and parameters as they are typed: `limit(f, at, dir=None)`.
    pub fn signature(&self) -> String {
        let parameters: Vec<String> = self.parameters.iter().map(|parameter| parameter.to_string()).collect();
        format!("{}({})", self.name, parameters.join(", "))
    }

    /// The examples of the documentation, as a program with recorded answers.
    pub fn examples(&self) -> String {
        let mut inside = false;
        let mut program = String::new();
        for line in self.text().lines() {
            match line.trim() {
                "```calc" => inside = true,
                "```" => inside = false,
                _ if inside => program.extend([line, "\n"]),
                _ => {}
            }
        }
        program
    }

    /// How it is called, with the first example of the documentation that shows it: what errors about arguments hint at.
    pub fn usage(&self) -> String {
        let examples = self.examples();
        let shown = examples.lines().map(|line| line.split("# ").next().unwrap_or(line).trim());
        let calls = format!("{}(", self.name);
        match shown.filter(|line| line.len() <= 60 && self.role != Role::Method).find(|line| line.starts_with(&calls)) {
            Some(example) => format!("it is called as {}, for instance `{example}`", self.signature()),
            None => format!("it is called as {}", self.signature()),
        }
    }

    /// The options that the documentation names: what stands in backquotes in paragraphs that begin with `Options`.
    /// "Those of" another built-in are that one's; the second list names those.
    pub fn options(&self) -> (Vec<&'static str>, Vec<&'static str>) {
        let (mut own, mut others) = (Vec::new(), Vec::new());
        let mut inside = false;
        for line in self.documentation {
            let line = line.trim();
            inside = (inside || line.starts_with("Options")) && !line.is_empty();
            if !inside {
                continue;
            }
            let mut pieces = line.split('`');
            while let (Some(prose), Some(quoted)) = (pieces.next(), pieces.next()) {
                let name = quoted.split('=').next().unwrap_or(quoted);
                if prose.trim_end().ends_with("those of") {
                    others.push(name);
                } else if name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
                    own.push(name);
                }
            }
        }
        (own, others)
    }

    /// The file it is declared in, which is its topic: `integers`.
    pub fn topic(&self) -> &'static str {
        self.declared_in.split("::").nth(2).unwrap_or(self.declared_in)
    }

    /// Its names, the main one first.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

impl fmt::Display for ParameterRecord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.slot {
            Slot::Rest => write!(out, "*{}", self.name),
            Slot::Keywords => write!(out, "**{}", self.name),
            Slot::One | Slot::Several | Slot::AnyKeyword if self.optional => write!(out, "{}=None", self.name),
            Slot::One | Slot::Several | Slot::AnyKeyword => out.write_str(self.name),
        }
    }
}

impl fmt::Debug for Builtin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "<built-in {}>", self.name)
    }
}

/// The built-ins that a machine knows, and where names lead.
#[derive(Debug, Default)]
pub struct Registry {
    by_name: std::collections::HashMap<&'static str, Vec<&'static Builtin>>,
    all: Vec<&'static Builtin>,
}

impl Registry {
    /// The built-ins of some topics.
    pub fn new(topics: &[&[&'static Builtin]]) -> Registry {
        let mut registry = Registry::default();
        for builtin in topics.iter().flat_map(|topic| topic.iter().copied()) {
            registry.all.push(builtin);
            builtin.names().for_each(|name| registry.by_name.entry(name).or_default().push(builtin));
        }
        registry
    }

    /// All built-ins.
    pub fn all(&self) -> &[&'static Builtin] {
        &self.all
    }

    /// The function of that name.
    pub fn function(&self, name: &str) -> Option<&'static Builtin> {
        self.named(name).find(|builtin| builtin.role != Role::Method)
    }

    /// The method of that name for a value.
    pub fn method(&self, receiver: &Value, name: &str) -> Option<&'static Builtin> {
        // `N(pi)` is a function alone; the method is `pi.n()`.
        self.named(name).find(|builtin| name != "N" && builtin.role != Role::Function && (builtin.accepts)(receiver))
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &'static Builtin> {
        self.by_name.get(name).into_iter().flatten().copied()
    }
}

/// Declares a built-in: documentation, names, faults, parameters and body in one place.
///
/// ```text
/// builtin! {
///     /// The limit of `f` as a variable tends to a point.
///     ///
///     /// ```calc
///     /// limit(sin(x)/x, x=0)         # => 1
///     /// ```
///     also "lim";
///     faults "missing-point";
///     fn limit(call, f: Formula, at: Approach, dir: Option<Side>) -> Expr {
///         ...
///     }
/// }
/// ```
///
/// The body is an expression of type `Result<R, Fault>` with `R: Answer` as declared behind `->`. `call` is a
/// `&mut Call`; parameters implement [`Parameter`](super::parameter::Parameter). Before `fn` may stand, in this
/// order, `named` (the name, where Rust would not let it be an identifier), `also` (other names), `faults` (codes) and
/// `only function;` or `only method;`. The record is called `limit::RECORD`.
#[macro_export]
#[doc(hidden)]
macro_rules! builtin {
    (
        $(#[doc = $line:literal])+
        $(named $named:literal ;)?
        $(also $($alias:literal),+ ;)?
        $(faults $($fault:literal),+ ;)?
        $(only $role:ident ;)?
        fn $name:ident($call:ident $(, $parameter:ident : $kind:ty)* $(,)?) -> $gives:ty $body:block
    ) => {
        #[doc = concat!("The built-in `", stringify!($name), "`.")]
        pub mod $name {
            #[allow(unused_imports)]
            use super::*;

            /// All that is known about it.
            pub static RECORD: $crate::runtime::builtin::Builtin = $crate::runtime::builtin::Builtin {
                name: [$($named,)? $crate::runtime::builtin::plain_name(stringify!($name))][0],
                aliases: &[$($($alias),+)?],
                declared_in: module_path!(),
                documentation: &[$($line),+],
                parameters: &[$($crate::runtime::builtin::ParameterRecord {
                    name: $crate::runtime::builtin::plain_name(stringify!($parameter)),
                    shows: <$kind as $crate::runtime::parameter::Parameter>::SHOWS,
                    optional: <$kind as $crate::runtime::parameter::Parameter>::OPTIONAL,
                    slot: <$kind as $crate::runtime::parameter::Parameter>::SLOT,
                }),*],
                gives: stringify!($gives),
                faults: &[$($($fault),+)?],
                role: $crate::builtin!(@role $($role)?),
                accepts: $crate::builtin!(@accepts $($kind),*),
                run,
            };

            #[allow(unused_variables, unused_mut)]
            fn run(
                call: &mut $crate::runtime::call::Call<'_>,
                arguments: $crate::runtime::call::Arguments,
            ) -> Result<$crate::runtime::value::Value, $crate::diagnostic::Fault> {
                let mut supply = $crate::runtime::parameter::Supply::new(call, &RECORD, arguments);
                $(let $parameter = <$kind as $crate::runtime::parameter::Parameter>::bind(
                    &mut supply,
                    $crate::runtime::builtin::plain_name(stringify!($parameter)),
                )?;)*
                supply.finish()?;
                let answer = body(call $(, $parameter)*)?;
                Ok($crate::runtime::parameter::Answer::into_value(answer))
            }

            #[allow(unused_variables, clippy::too_many_arguments)]
            fn body(
                $call: &mut $crate::runtime::call::Call<'_>
                $(, $parameter: $kind)*
            ) -> Result<$gives, $crate::diagnostic::Fault> $body
        }
    };
    (@role) => { $crate::runtime::builtin::Role::Both };
    (@role function) => { $crate::runtime::builtin::Role::Function };
    (@role method) => { $crate::runtime::builtin::Role::Method };
    (@accepts) => { |_| false };
    (@accepts $first:ty $(, $rest:ty)*) => { <$first as $crate::runtime::parameter::Parameter>::accepts };
}

/// A Rust identifier as the language knows it: without the `r#` of raw ones.
pub const fn plain_name(identifier: &'static str) -> &'static str {
    match identifier.as_bytes() {
        [b'r', b'#', ..] => identifier.split_at(2).1,
        _ => identifier,
    }
}
