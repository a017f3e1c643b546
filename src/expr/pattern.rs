//! Patterns: expressions whose variables stand for parts, matched modulo the order of sums and products.
//!
//! Every variable of a pattern stands for any expression, the same at each place; `a?` may also be absent, which is 0 in
//! a sum and 1 as a factor or exponent: `a?*x + b?` matches `x` and `3*x - 2`. In a sum or product a bare variable takes
//! one part, the last free one all that is left. Matching goes back on its choices, up to a fixed amount of work
//! (compare Krebber, "Non-linear Associative-Commutative Many-to-One Pattern Matching with Sequence Variables", 2017).

use super::node::{Expr, Kind, Product};
use super::read::{ReadError, read_with};
use super::symbol::Symbol;
use crate::number::{Number, Rational};

/// After so many comparisons a match is given up.
const MOST_STEPS: usize = 20_000;

/// What the variables of a pattern stand for.
#[derive(Clone, Default, Debug)]
pub struct Bindings(Vec<(Symbol, Expr)>);

/// An expression with variables that stand for parts.
#[derive(Clone, Debug)]
pub struct Pattern {
    root: Expr,
}

/// The variable of a pattern with this name.
fn wildcard(name: &str) -> Symbol {
    Symbol::new(&format!("?{name}"))
}

/// Reads an expression whose variables are those of patterns.
///
/// # Errors
/// Where the text stops being an expression.
pub(super) fn read_pattern(text: &str) -> Result<Expr, ReadError> {
    read_with(text, &|name| Expr::symbol(wildcard(name)))
}

fn is_wildcard(symbol: Symbol) -> bool {
    symbol.name().starts_with(['?', WILD])
}

/// What the names of the variables begin with that a program makes for its patterns.
const WILD: char = '$';

impl Expr {
    /// The variable number `n` of patterns, which is written `$n`.
    pub fn wild(n: usize) -> Expr {
        Expr::variable(&format!("{WILD}{n}"))
    }

    /// Does it contain variables of patterns?
    pub fn has_wild(&self) -> bool {
        self.any_stored(|node| bare(node).is_some())
    }

    /// The expression with every part that matches one of the patterns replaced, innermost parts first.
    pub fn substitute_matching(&self, pairs: &[(Expr, Expr)]) -> Expr {
        let patterns: Vec<(Pattern, &Expr)> = pairs.iter().map(|(from, to)| (Pattern::new(from.clone()), to)).collect();
        let replaced = |node: &Expr| {
            patterns.iter().find_map(|(pattern, to)| pattern.matches(node).map(|found| to.substitute(&found.pairs())))
        };
        self.map_bottom_up(|node| replaced(&node).unwrap_or(node))
    }
}

fn is_optional(symbol: Symbol) -> bool {
    symbol.name().ends_with('?')
}

/// The variable, if the pattern is nothing else.
fn bare(pattern: &Expr) -> Option<Symbol> {
    pattern.as_symbol().filter(|symbol| is_wildcard(*symbol))
}

impl Bindings {
    /// No variable is bound.
    pub fn new() -> Bindings {
        Bindings::default()
    }

    /// With a variable bound, for patterns about a given one: `x` in a rule of integration.
    pub fn with(mut self, name: &str, value: Expr) -> Bindings {
        self.0.push((wildcard(name), value));
        self
    }

    /// What a variable stands for.
    pub fn get(&self, name: &str) -> Option<&Expr> {
        self.lookup(wildcard(name)).or_else(|| self.lookup(wildcard(&format!("{name}?"))))
    }

    /// Every variable and what it stands for.
    pub fn pairs(&self) -> Vec<(Expr, Expr)> {
        self.0.iter().map(|(symbol, value)| (Expr::symbol(*symbol), value.clone())).collect()
    }

    fn lookup(&self, symbol: Symbol) -> Option<&Expr> {
        self.0.iter().find(|(own, _)| *own == symbol).map(|(_, value)| value)
    }

    /// The expression with its variables replaced by what they stand for.
    pub(super) fn fill(&self, template: &Expr) -> Expr {
        // What is optional in the pattern is an ordinary variable in what is filled.
        let plain = |symbol: Symbol| Expr::variable(symbol.name().trim_end_matches('?'));
        let pairs: Vec<(Expr, Expr)> = self.0.iter().map(|(symbol, value)| (plain(*symbol), value.clone())).collect();
        template.substitute(&pairs)
    }
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Where the text stops being an expression.
    pub fn read(text: &str) -> Result<Pattern, ReadError> {
        read_pattern(text).map(|root| Pattern { root })
    }

    /// A pattern from an expression with variables of patterns in it.
    pub fn new(root: Expr) -> Pattern {
        Pattern { root }
    }

    /// The first way in which the pattern matches.
    pub fn matches(&self, expr: &Expr) -> Option<Bindings> {
        self.matches_with(expr, &Bindings::new(), &mut |_| true)
    }

    /// The first way in which the pattern matches with some variables given and that `accept` likes.
    pub fn matches_with(
        &self,
        expr: &Expr,
        given: &Bindings,
        accept: &mut dyn FnMut(&Bindings) -> bool,
    ) -> Option<Bindings> {
        let mut matcher = Matcher { bindings: given.clone(), steps: 0 };
        let mut found = None;
        matcher.unify(&self.root, expr, &mut |matcher| {
            let accepted = accept(&matcher.bindings);
            if accepted {
                found = Some(matcher.bindings.clone());
            }
            accepted
        });
        found
    }
}

/// What is done when a part matches: goes on with the rest, and answers whether all of it matched.
type Next<'a> = &'a mut dyn FnMut(&mut Matcher) -> bool;

struct Matcher {
    bindings: Bindings,
    steps: usize,
}

/// What a sum or product without parts is.
#[derive(Clone, Copy, PartialEq)]
enum Joint {
    Sum,
    Product,
}

impl Joint {
    fn join(self, parts: Vec<Expr>) -> Expr {
        match self {
            Joint::Sum => Expr::sum(parts),
            Joint::Product => Expr::product(parts),
        }
    }

    /// The parts of an expression seen as this; of anything else, itself.
    fn parts(self, expr: &Expr) -> Vec<Expr> {
        match (self, expr.kind()) {
            (Joint::Sum, Kind::Sum(sum)) => sum.parts().collect(),
            (Joint::Product, Kind::Product(product)) => product.parts().collect(),
            (Joint::Sum, _) if expr.is_zero() => Vec::new(),
            (Joint::Product, _) if expr.is_one() => Vec::new(),
            _ => vec![expr.clone()],
        }
    }
}

impl Matcher {
    fn unify(&mut self, pattern: &Expr, expr: &Expr, next: Next) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return false;
        }
        if let Some(symbol) = bare(pattern) {
            return self.bind(symbol, expr, next);
        }
        match pattern.kind() {
            Kind::Sum(_) => self.unify_parts(Joint::Sum, pattern, expr, next),
            Kind::Product(product) => match coefficient_of_bare(product) {
                Some((symbol, coefficient)) => self.bind_multiple(symbol, coefficient, expr, next),
                None => self.unify_parts(Joint::Product, pattern, expr, next),
            },
            Kind::Power(base, exponent) => self.unify_power(base, exponent, expr, next),
            Kind::Call(function, own) => match expr.kind() {
                Kind::Call(other, arguments) if function == other && own.len() == arguments.len() => {
                    self.unify_all(own, arguments, next)
                }
                _ => false,
            },
            Kind::Relation(relation, left, right) => match expr.kind() {
                Kind::Relation(other, a, b) if relation == other => {
                    self.unify(left, a, &mut |matcher| matcher.unify(right, b, next))
                }
                _ => false,
            },
            Kind::Number(_) | Kind::Symbol(_) | Kind::Constant(_) | Kind::Infinity(_) | Kind::Undefined(_) => {
                pattern == expr && next(self)
            }
        }
    }

    /// A variable takes an expression, or has it already.
    fn bind(&mut self, symbol: Symbol, expr: &Expr, next: Next) -> bool {
        if let Some(bound) = self.bindings.lookup(symbol) {
            return bound == expr && next(self);
        }
        let before = self.bindings.0.len();
        self.bindings.0.push((symbol, expr.clone()));
        let matched = next(self);
        self.bindings.0.truncate(before);
        matched
    }

    /// `c*a` against a multiple of `c`: `-a` takes what is negative, `2*a` what has an even coefficient.
    fn bind_multiple(&mut self, symbol: Symbol, coefficient: &Rational, expr: &Expr, next: Next) -> bool {
        let (_, own) = expr.split_coefficient();
        let ratio = own.as_rational().and_then(|own| own.checked_div(coefficient));
        let unit = coefficient.abs().is_one();
        match ratio.filter(|ratio| ratio.signum() > 0 && (unit || ratio.is_integer())).zip(coefficient.recip()) {
            Some((_, inverse)) => self.bind(symbol, &expr.scale(&Number::from(inverse)), next),
            None => false,
        }
    }

    fn unify_all(&mut self, patterns: &[Expr], exprs: &[Expr], next: Next) -> bool {
        match (patterns, exprs) {
            ([pattern, patterns @ ..], [expr, exprs @ ..]) => {
                self.unify(pattern, expr, &mut |matcher| matcher.unify_all(patterns, exprs, next))
            }
            _ => next(self),
        }
    }

    /// A power; `a^-1` also takes other negative powers, and `a^n?` anything as its first power.
    fn unify_power(&mut self, base: &Expr, exponent: &Expr, expr: &Expr, next: Next) -> bool {
        if let Kind::Power(own_base, own_exponent) = expr.kind() {
            let whole = self.unify(base, own_base, &mut |matcher| matcher.unify(exponent, own_exponent, next));
            if whole {
                return true;
            }
        }
        if bare(exponent).is_some_and(is_optional) {
            return self.unify(base, expr, &mut |matcher| matcher.unify(exponent, &Expr::one(), next));
        }
        let reciprocal = exponent.to_i64() == Some(-1) && is_negative_power(expr);
        reciprocal && self.unify(base, &expr.recip(), next)
    }

    /// A sum or product: parts of the pattern that are more than a variable choose first.
    fn unify_parts(&mut self, joint: Joint, pattern: &Expr, expr: &Expr, next: Next) -> bool {
        let (free, fixed): (Vec<Expr>, Vec<Expr>) = joint.parts(pattern).into_iter().partition(|p| bare(p).is_some());
        let parts = joint.parts(expr);
        if fixed.len() > parts.len() + fixed.iter().filter(|part| may_be_absent(part)).count() {
            return false;
        }
        self.choose(joint, &fixed, &free, parts, next)
    }

    /// Each fixed part of the pattern takes one part of the expression, then the variables share the rest.
    fn choose(&mut self, joint: Joint, fixed: &[Expr], free: &[Expr], parts: Vec<Expr>, next: Next) -> bool {
        let [pattern, fixed @ ..] = fixed else { return self.share(joint, free, parts, next) };
        for index in 0..parts.len() {
            let mut rest = parts.clone();
            let part = rest.remove(index);
            if self.unify(pattern, &part, &mut |matcher| matcher.choose(joint, fixed, free, rest.clone(), next)) {
                return true;
            }
        }
        false
    }

    /// Bound variables take what they stand for, free ones a part each, the last one the rest.
    fn share(&mut self, joint: Joint, free: &[Expr], parts: Vec<Expr>, next: Next) -> bool {
        let Some((pattern, others)) = free.split_first() else { return parts.is_empty() && next(self) };
        let Some(symbol) = bare(pattern) else { return false };
        if let Some(bound) = self.bindings.lookup(symbol) {
            return match without(&parts, &joint.parts(bound)) {
                Some(rest) => self.share(joint, others, rest, next),
                None => false,
            };
        }
        if others.is_empty() {
            let absent = parts.is_empty() && !is_optional(symbol);
            return !absent && self.bind(symbol, &joint.join(parts), next);
        }
        for index in 0..parts.len() {
            let mut rest = parts.clone();
            let part = rest.remove(index);
            if self.bind(symbol, &part, &mut |matcher| matcher.share(joint, others, rest.clone(), next)) {
                return true;
            }
        }
        let nothing = joint.join(Vec::new());
        is_optional(symbol)
            && self.bind(symbol, &nothing, &mut |matcher| matcher.share(joint, others, parts.clone(), next))
    }
}

/// The variable and coefficient, if a product is a number times a variable.
fn coefficient_of_bare(product: &Product) -> Option<(Symbol, &Rational)> {
    match product.factors() {
        [only] if only.exponent.is_one() => Some((bare(&only.base)?, product.coefficient().as_rational()?)),
        _ => None,
    }
}

/// Is it a power with a negative rational exponent?
fn is_negative_power(expr: &Expr) -> bool {
    matches!(expr.kind(), Kind::Power(_, exponent) if exponent.as_rational().is_some_and(Rational::is_negative))
}

/// Can a part of a pattern match nothing? Only a bare optional variable can.
fn may_be_absent(pattern: &Expr) -> bool {
    bare(pattern).is_some_and(is_optional)
}

/// The parts that are left after taking out some, each as often as it occurs.
fn without(parts: &[Expr], taken: &[Expr]) -> Option<Vec<Expr>> {
    let mut rest = parts.to_vec();
    for part in taken {
        let index = rest.iter().position(|own| own == part)?;
        rest.remove(index);
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    /// What a variable stands for when a pattern matches.
    fn found(pattern: &str, expr: &str, name: &str) -> Option<Expr> {
        let pattern = Pattern::read(pattern).expect(pattern);
        pattern.matches(&read(expr).expect(expr))?.get(name).cloned()
    }

    fn check(pattern: &str, expr: &str, name: &str, value: &str) {
        assert_eq!(found(pattern, expr, name), Some(read(value).expect(value)), "{pattern} on {expr}");
    }

    #[test]
    fn parts_are_found_in_any_order() {
        check("log(a^n)", "log(t^3)", "n", "3");
        check("sin(a)^2 + cos(a)^2", "cos(x*y)^2 + sin(x*y)^2", "a", "x*y");
        check("sin(a)^2 + cos(a)^2 + r?", "7 + cos(x)^2 + y + sin(x)^2", "r", "y + 7");
        check("sin(a)^2 + cos(a)^2 + r?", "cos(x)^2 + sin(x)^2", "r", "0");
        check("a*exp(b)", "x*y*exp(z)", "a", "x*y");
        check("a - b", "x - y", "b", "y");
        check("f(2*a)", "f(6*x)", "a", "3*x");
        check("1/a", "x^(-3)", "a", "x^3");
        assert_eq!(found("sin(a)^2 + cos(a)^2", "cos(x)^2 + sin(y)^2", "a"), None);
        assert_eq!(found("sin(a)*cos(a)", "sin(x)", "a"), None);
        assert_eq!(found("f(2*a)", "f(x)", "a"), None);
    }

    #[test]
    fn optional_parts_may_be_absent() {
        for (expr, a, b) in [("x", "1", "0"), ("3*x - 2", "3", "-2"), ("x*y + 1", "y", "1"), ("x + z", "1", "z")] {
            let pattern = Pattern::read("a?*x + b?").expect("a pattern");
            let given = Bindings::new().with("x", Expr::variable("x"));
            let bindings = pattern.matches_with(&read(expr).expect(expr), &given, &mut |_| true).expect(expr);
            assert_eq!(bindings.get("a"), Some(&read(a).expect(a)));
            assert_eq!(bindings.get("b"), Some(&read(b).expect(b)));
        }
        check("x^n?", "y", "n", "1");
    }

    #[test]
    fn choices_are_taken_back() {
        let pattern = Pattern::read("a + b").expect("a pattern");
        let wanted = read("y").expect("y");
        let bindings = pattern.matches_with(&read("x + y").expect("a sum"), &Bindings::new(), &mut |bindings| {
            bindings.get("a") == Some(&wanted)
        });
        assert_eq!(bindings.and_then(|b| b.get("b").cloned()), read("x").ok());
    }

    #[test]
    fn hopeless_matches_end() {
        let sum: Vec<String> = (0..40).map(|k| format!("sin(y{k})^2")).collect();
        let pattern = Pattern::read("sin(a)^2 + sin(b)^2 + sin(c)^2 + sin(d)^2 + cos(a)").expect("a pattern");
        assert!(pattern.matches(&read(&sum.join(" + ")).expect("a sum")).is_none());
    }
}
