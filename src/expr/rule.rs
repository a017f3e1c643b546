//! Conditional rules: a pattern, what it becomes, and when that is true.

use super::assume::{self, Domain};
use super::node::{Expr, Kind, Relation};
use super::pattern::{Bindings, Pattern, read_pattern};
use super::read::ReadError;
use super::symbol::Symbol;
use super::truth::Truth;

/// A rule as it stands in a table.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What a derivation shows.
    pub name: &'static str,
    /// The pattern that is replaced.
    pub from: &'static str,
    /// By what.
    pub to: &'static str,
    /// The conditions, all of which must be proved: `a > 0`, `n != -1`, `n integer`, `a + b real`, `a free of x`.
    pub when: &'static [&'static str],
    /// An example: an expression and what the rule makes of it.
    pub shows: (&'static str, &'static str),
}

/// A rule read and ready to be applied.
#[derive(Clone, Debug)]
pub struct CompiledRule {
    name: &'static str,
    from: Pattern,
    to: Expr,
    when: Vec<Condition>,
}

/// What a condition asks of the parts that a pattern found.
#[derive(Clone, Debug)]
enum Condition {
    /// A relation holds.
    Holds(Relation, Expr, Expr),
    /// An expression is of a kind.
    Is(Quality, Expr),
    /// A variable does not occur.
    FreeOf(Expr, Expr),
}

/// The kinds of expressions that a condition can name.
#[derive(Clone, Copy, Debug)]
enum Quality {
    /// In a domain, as assumptions tell.
    In(Domain),
    /// A number written out.
    Number,
    /// Without variables.
    Constant,
    /// A single variable.
    Variable,
}

/// The words of conditions.
const QUALITIES: &[(&str, Quality)] = &[
    (" real", Quality::In(Domain::Real)),
    (" integer", Quality::In(Domain::Integer)),
    (" even", Quality::In(Domain::Even)),
    (" odd", Quality::In(Domain::Odd)),
    (" number", Quality::Number),
    (" constant", Quality::Constant),
    (" variable", Quality::Variable),
];

impl Rule {
    /// Reads the rule.
    ///
    /// # Errors
    /// A pattern, replacement or condition that can't be read.
    pub fn compile(&self) -> Result<CompiledRule, ReadError> {
        Ok(CompiledRule {
            name: self.name,
            from: Pattern::new(read_pattern(self.from)?),
            to: read_pattern(self.to)?,
            when: self.when.iter().map(|text| Condition::read(text)).collect::<Result<_, _>>()?,
        })
    }
}

impl CompiledRule {
    /// What a derivation shows.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What becomes of an expression, if the rule applies to it as a whole.
    pub fn apply(&self, expr: &Expr) -> Option<Expr> {
        self.apply_with(expr, &Bindings::new(), &assume::decide)
    }

    /// As `apply`, with some variables given, and relations between constants or variables proved by `decide`.
    pub fn apply_with(
        &self,
        expr: &Expr,
        given: &Bindings,
        decide: &dyn Fn(Relation, &Expr, &Expr) -> Truth,
    ) -> Option<Expr> {
        let mut holds =
            |bindings: &Bindings| self.when.iter().all(|condition| condition.truth(bindings, decide).is_yes());
        let bindings = self.from.matches_with(expr, given, &mut holds)?;
        Some(bindings.fill(&self.to))
    }
}

impl Condition {
    fn read(text: &str) -> Result<Condition, ReadError> {
        if let Some((part, variable)) = text.split_once(" free of ") {
            return Ok(Condition::FreeOf(read_pattern(part)?, read_pattern(variable)?));
        }
        if let Some((part, quality)) =
            QUALITIES.iter().find_map(|(word, quality)| Some((text.strip_suffix(word)?, *quality)))
        {
            return Ok(Condition::Is(quality, read_pattern(part)?));
        }
        match read_pattern(text)?.kind() {
            Kind::Relation(relation, left, right) => Ok(Condition::Holds(*relation, left.clone(), right.clone())),
            _ => Err(ReadError { at: text.len(), expected: "a relation, a kind or `free of`" }),
        }
    }

    fn truth(&self, bindings: &Bindings, decide: &dyn Fn(Relation, &Expr, &Expr) -> Truth) -> Truth {
        match self {
            Condition::Holds(relation, left, right) => decide(*relation, &bindings.fill(left), &bindings.fill(right)),
            Condition::Is(quality, expr) => quality.truth(&bindings.fill(expr)),
            Condition::FreeOf(expr, variable) => match bindings.fill(variable).as_symbol() {
                Some(symbol) => Truth::of(!bindings.fill(expr).has_symbol(symbol)),
                None => Truth::Unknown,
            },
        }
    }
}

impl Quality {
    fn truth(self, expr: &Expr) -> Truth {
        match self {
            Quality::In(Domain::Integer) => assume::is_integer(expr),
            Quality::In(Domain::Even) => assume::is_even(expr),
            Quality::In(Domain::Odd) => !assume::is_even(expr),
            Quality::In(_) => assume::is_real(expr),
            Quality::Number => Truth::of(expr.as_number().is_some()),
            Quality::Constant => Truth::of(expr.is_constant()),
            Quality::Variable => Truth::of(expr.as_symbol().is_some_and(|symbol: Symbol| !symbol.name().is_empty())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    static LOG_OF_POWER: Rule = Rule {
        name: "log-of-power",
        from: "log(a^n)",
        to: "n*log(a)",
        when: &["a > 0", "n real"],
        shows: ("log(t^3)", "3*log(t)"),
    };

    #[test]
    fn a_rule_fires_only_when_its_conditions_are_proved() {
        let rule = LOG_OF_POWER.compile().expect("a rule");
        let (before, after) = (read("log(t^3)").expect("read"), read("3*log(t)").expect("read"));
        assert_eq!(rule.apply(&before), None);
        let positive = assume::Fact::Holds(read("t > 0").expect("read"));
        assume::with_facts([positive], || assert_eq!(rule.apply(&before), Some(after)));
        assert_eq!(rule.apply(&read("log(t^n)").expect("read")), None);
        assert_eq!(rule.name(), "log-of-power");
    }

    #[test]
    fn conditions_name_kinds_and_variables() {
        let linear = Rule {
            name: "power-of-linear",
            from: "(a?*x + b?)^n",
            to: "(a*x + b)^(n + 1)/(a*(n + 1))",
            when: &["x variable", "a free of x", "b free of x", "n number", "n != -1", "a != 0"],
            shows: ("(2*x + 1)^3", "(2*x + 1)^4/8"),
        };
        let rule = linear.compile();
        assert!(rule.is_ok());
        let given = Bindings::new().with("x", Expr::variable("x"));
        let apply = |text: &str| rule.clone().ok()?.apply_with(&read(text).ok()?, &given, &assume::decide);
        assert_eq!(apply("(2*x + 1)^3"), read("(2*x + 1)^4/8").ok());
        assert_eq!(apply("x^2"), read("x^3/3").ok());
        assert_eq!(apply("1/x"), None);
        assert!(Rule { when: &["a likely"], ..linear }.compile().is_err());
    }
}
