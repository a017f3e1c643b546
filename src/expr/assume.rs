//! Assumptions and the quick questions that constructors may ask of them.
//!
//! The facts of a session live in this thread: expressions are not shared between threads, and a constructor must see
//! them (`abs(x)` is `x` under `assume(x > 0)`). Every answer is three-valued and errs to unknown.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::ops::BitOr;

use super::function::Function;
use super::node::{Constant, Expr, Infinity, Kind, Relation, Sum};
use super::symbol::Symbol;
use super::truth::Truth;
use crate::number::{Number, Rational};

/// What kind of value a variable is assumed to have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Domain {
    /// Any complex number.
    Complex,
    /// Any real number.
    Real,
    /// A real number that is no integer.
    NonInteger,
    /// Any rational number.
    Rational,
    /// Any integer.
    Integer,
    /// An even integer.
    Even,
    /// An odd integer.
    Odd,
}

/// One assumption.
#[derive(Clone, PartialEq, Debug)]
pub enum Fact {
    /// A relation holds; relations with an order make both sides real.
    Holds(Expr),
    /// A variable belongs to a domain.
    In(Symbol, Domain),
}

/// What became of an assumption.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Assumed {
    /// It is known from now on.
    Added,
    /// It was known already.
    Redundant,
    /// It contradicts what is known; nothing changed.
    Inconsistent,
}

thread_local! {
    static FACTS: RefCell<Vec<Fact>> = const { RefCell::new(Vec::new()) };
}

/// Adds a fact unless it contradicts the others.
pub fn assume(fact: Fact) -> Assumed {
    match known(&fact) {
        Truth::Yes => Assumed::Redundant,
        Truth::No => Assumed::Inconsistent,
        Truth::Unknown => {
            FACTS.with(|facts| facts.borrow_mut().push(fact));
            Assumed::Added
        }
    }
}

/// Removes a fact; answers whether it was there.
pub fn forget(fact: &Fact) -> bool {
    FACTS.with(|facts| {
        let mut facts = facts.borrow_mut();
        let before = facts.len();
        facts.retain(|own| own != fact);
        facts.len() < before
    })
}

/// Removes all facts.
pub fn forget_all() {
    FACTS.with(|facts| facts.borrow_mut().clear());
}

/// Removes all facts that mention a variable.
pub fn forget_about(symbol: Symbol) {
    FACTS.with(|facts| {
        facts.borrow_mut().retain(|fact| match fact {
            Fact::Holds(relation) => !relation.has_symbol(symbol),
            Fact::In(own, _) => *own != symbol,
        });
    });
}

/// All facts, oldest first.
pub fn assumptions() -> Vec<Fact> {
    FACTS.with(|facts| facts.borrow().clone())
}

/// Replaces all facts, for work under temporary assumptions; answers the former ones.
pub fn replace(facts: Vec<Fact>) -> Vec<Fact> {
    FACTS.with(|own| own.replace(facts))
}

/// Runs some work with further facts, which are gone afterwards.
pub fn with_facts<T>(facts: impl IntoIterator<Item = Fact>, work: impl FnOnce() -> T) -> T {
    let _former = Former(assumptions());
    for fact in facts {
        assume(fact);
    }
    work()
}

/// Facts that hold again when this is dropped: at the end of some work, or when it is stopped and unwinds.
struct Former(Vec<Fact>);

impl Drop for Former {
    fn drop(&mut self) {
        replace(std::mem::take(&mut self.0));
    }
}

/// Does the fact follow from the others?
fn known(fact: &Fact) -> Truth {
    match fact {
        Fact::In(symbol, domain) => symbol_in(*symbol, *domain),
        Fact::Holds(relation) => match relation.kind() {
            Kind::Relation(relation, left, right) => decide(*relation, left, right),
            _ => Truth::Unknown,
        },
    }
}

/// The truth of a relation as far as signs tell.
pub fn decide(relation: Relation, left: &Expr, right: &Expr) -> Truth {
    let signs = Signs::of(&(left - right));
    if signs.may(Signs::NONREAL) && !matches!(relation, Relation::Equal | Relation::NotEqual) {
        return Truth::Unknown;
    }
    let holds = |sign: Signs, order: Ordering| signs.may(sign) && relation.holds(order);
    let fails = |sign: Signs, order: Ordering| signs.may(sign) && !relation.holds(order);
    let each =
        [(Signs::NEGATIVE, Ordering::Less), (Signs::ZERO, Ordering::Equal), (Signs::POSITIVE, Ordering::Greater)];
    let nonreal = signs.may(Signs::NONREAL);
    let possible = each.iter().any(|(s, o)| holds(*s, *o)) || (nonreal && relation == Relation::NotEqual);
    let avoidable = each.iter().any(|(s, o)| fails(*s, *o)) || (nonreal && relation == Relation::Equal);
    match (possible, avoidable) {
        (true, false) => Truth::Yes,
        (false, true) => Truth::No,
        _ => Truth::Unknown,
    }
}

/// A set of the signs that a value may have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Signs(u8);

impl Signs {
    /// Less than zero.
    pub const NEGATIVE: Signs = Signs(1);
    /// Zero.
    pub const ZERO: Signs = Signs(2);
    /// Greater than zero.
    pub const POSITIVE: Signs = Signs(4);
    /// No real number at all.
    pub const NONREAL: Signs = Signs(8);
    /// Any real number.
    pub const REAL: Signs = Signs(7);
    /// Zero or greater.
    pub const NON_NEGATIVE: Signs = Signs(6);
    /// Zero or less.
    pub const NON_POSITIVE: Signs = Signs(3);
    /// Any real number but zero.
    pub const NON_ZERO_REAL: Signs = Signs(5);
    /// Nothing is known.
    pub const ANY: Signs = Signs(15);

    /// Is one of these signs possible?
    pub fn may(self, signs: Signs) -> bool {
        self.0 & signs.0 != 0
    }

    /// Is no other sign possible?
    pub fn only(self, signs: Signs) -> bool {
        self.0 & !signs.0 == 0
    }

    /// The signs of the negated value.
    pub fn negated(self) -> Signs {
        Signs((self.0 & 10) | ((self.0 & 1) << 2) | ((self.0 & 4) >> 2))
    }

    fn both(self, other: Signs) -> Signs {
        Signs(self.0 & other.0)
    }

    /// The signs of a sum.
    fn plus(self, other: Signs) -> Signs {
        if self == Signs::ZERO {
            return other;
        }
        if other == Signs::ZERO {
            return self;
        }
        if self.may(Signs::NONREAL) || other.may(Signs::NONREAL) {
            return Signs::ANY;
        }
        let mut signs = self | other;
        let strict = self.only(Signs::NON_ZERO_REAL) || other.only(Signs::NON_ZERO_REAL);
        if signs.may(Signs::POSITIVE) && signs.may(Signs::NEGATIVE) {
            return Signs::REAL;
        }
        if strict {
            signs = Signs(signs.0 & !Signs::ZERO.0);
        }
        signs
    }

    /// The signs of a product.
    fn times(self, other: Signs) -> Signs {
        if self == Signs::ZERO || other == Signs::ZERO {
            return Signs::ZERO;
        }
        if self.may(Signs::NONREAL) || other.may(Signs::NONREAL) {
            return Signs::ANY;
        }
        let mut signs = 0;
        for (a, b, result) in [
            (Signs::POSITIVE, Signs::POSITIVE, Signs::POSITIVE),
            (Signs::NEGATIVE, Signs::NEGATIVE, Signs::POSITIVE),
            (Signs::POSITIVE, Signs::NEGATIVE, Signs::NEGATIVE),
            (Signs::NEGATIVE, Signs::POSITIVE, Signs::NEGATIVE),
        ] {
            if self.may(a) && other.may(b) {
                signs |= result.0;
            }
        }
        if self.may(Signs::ZERO) || other.may(Signs::ZERO) {
            signs |= Signs::ZERO.0;
        }
        Signs(signs)
    }

    /// The signs that an expression may have under the assumptions.
    pub fn of(expr: &Expr) -> Signs {
        Signs::from_facts(expr, 0)
    }

    /// As `of`, with a bound on the depth looked at, since constructors ask.
    fn from_facts(expr: &Expr, depth: usize) -> Signs {
        const DEEPEST: usize = 40;
        if depth > DEEPEST {
            return Signs::ANY;
        }
        let structural = Signs::structural(expr, depth + 1);
        if structural.0.count_ones() == 1 || matches!(expr.kind(), Kind::Number(_) | Kind::Constant(_)) {
            return structural;
        }
        structural.both(stated_signs(expr, depth))
    }

    fn structural(expr: &Expr, depth: usize) -> Signs {
        match expr.kind() {
            Kind::Number(number) => number.real_sign().map_or(Signs::NONREAL, Signs::from_sign),
            Kind::Constant(Constant::NoLimit | Constant::Oscillating) => Signs::ANY,
            Kind::Constant(_) | Kind::Infinity(Infinity::Positive) => Signs::POSITIVE,
            Kind::Infinity(Infinity::Negative) => Signs::NEGATIVE,
            Kind::Infinity(Infinity::Unsigned) | Kind::Undefined(_) | Kind::Relation(..) => Signs::ANY,
            Kind::Symbol(symbol) => symbol_signs(*symbol),
            Kind::Sum(sum) => {
                let constant = sum.constant().real_sign().map_or(Signs::NONREAL, Signs::from_sign);
                let signs = sum.terms().iter().fold(constant, |signs, term| {
                    signs.plus(Signs::from_facts(&term.base, depth).times(Signs::of_number(&term.coefficient)))
                });
                signs.both(sum_by_bounds(expr)).both(signs_of_logarithms(sum, depth))
            }
            Kind::Product(product) => {
                product.factors().iter().fold(Signs::of_number(product.coefficient()), |signs, factor| {
                    signs.times(Signs::of_power(&factor.base, &factor.exponent, depth))
                })
            }
            Kind::Power(base, exponent) => match exponent.as_rational() {
                Some(q) => Signs::of_power(base, q, depth),
                None => Signs::of_general_power(base, exponent, depth),
            },
            Kind::Call(Function::Elementary(record), arguments) => {
                if let ("log", [u]) = (record.name, arguments.as_ref())
                    && (size_of_symbol(u).is_some()
                        || (u.as_symbol().is_some() && Signs::from_facts(u, depth).only(Signs::POSITIVE)))
                {
                    return Signs::from_facts(&(u - Expr::one()), depth);
                }
                let signs: Vec<Signs> = arguments.iter().map(|a| Signs::from_facts(a, depth)).collect();
                (record.signs)(&signs)
            }
            Kind::Call(..) => Signs::ANY,
        }
    }

    fn of_number(number: &Number) -> Signs {
        number.real_sign().map_or(Signs::NONREAL, Signs::from_sign)
    }

    fn from_sign(sign: i32) -> Signs {
        match sign.cmp(&0) {
            Ordering::Less => Signs::NEGATIVE,
            Ordering::Equal => Signs::ZERO,
            Ordering::Greater => Signs::POSITIVE,
        }
    }

    fn of_power(base: &Expr, exponent: &Rational, depth: usize) -> Signs {
        let base = Signs::from_facts(base, depth);
        if exponent.is_one() {
            return base;
        }
        if base.only(Signs::POSITIVE) {
            return Signs::POSITIVE;
        }
        match exponent.to_integer() {
            _ if base.may(Signs::NONREAL) => Signs::ANY,
            Some(n) if n.is_odd() => base,
            // An even power of a real number.
            Some(_) if base == Signs::ZERO => base,
            Some(_) if base.may(Signs::ZERO) => Signs::NON_NEGATIVE,
            Some(_) => Signs::POSITIVE,
            None if base.only(Signs::NON_NEGATIVE) => base,
            None => Signs::ANY,
        }
    }

    /// A power with an exponent that is no number: positive when the base is and the exponent real.
    fn of_general_power(base: &Expr, exponent: &Expr, depth: usize) -> Signs {
        let (base, exponent) = (Signs::from_facts(base, depth), Signs::from_facts(exponent, depth));
        if base.only(Signs::POSITIVE) && exponent.only(Signs::REAL) { Signs::POSITIVE } else { Signs::ANY }
    }
}

impl BitOr for Signs {
    type Output = Signs;

    fn bitor(self, other: Signs) -> Signs {
        Signs(self.0 | other.0)
    }
}

/// The sign, if only one is possible.
pub fn sign(expr: &Expr) -> Option<Ordering> {
    match Signs::of(expr) {
        Signs::NEGATIVE => Some(Ordering::Less),
        Signs::ZERO => Some(Ordering::Equal),
        Signs::POSITIVE => Some(Ordering::Greater),
        _ => None,
    }
}

/// Is the value real?
pub fn is_real(expr: &Expr) -> Truth {
    let signs = Signs::of(expr);
    if signs.only(Signs::REAL) {
        Truth::Yes
    } else if signs.only(Signs::NONREAL) {
        Truth::No
    } else {
        Truth::Unknown
    }
}

/// Is the value greater than zero?
pub fn is_positive(expr: &Expr) -> Truth {
    let signs = Signs::of(expr);
    if signs.only(Signs::POSITIVE) {
        Truth::Yes
    } else if signs.may(Signs::POSITIVE) {
        Truth::Unknown
    } else {
        Truth::No
    }
}

/// Is the value other than zero?
pub fn is_nonzero(expr: &Expr) -> Truth {
    let signs = Signs::of(expr);
    if !signs.may(Signs::ZERO) {
        Truth::Yes
    } else if signs.only(Signs::ZERO) {
        Truth::No
    } else {
        Truth::Unknown
    }
}

/// Is the value an integer?
pub fn is_integer(expr: &Expr) -> Truth {
    match expr.kind() {
        Kind::Number(number) => Truth::of(number.to_integer().is_some()),
        Kind::Symbol(symbol) => symbol_in(*symbol, Domain::Integer),
        Kind::Sum(sum) => {
            let whole =
                sum.terms().iter().all(|t| is_integer(&t.base).is_yes() && t.coefficient.to_integer().is_some());
            Truth::if_shown(whole && sum.constant().to_integer().is_some())
        }
        Kind::Product(product) => {
            let natural = |q: &Rational| q.is_integer() && !q.is_negative();
            let whole = product.factors().iter().all(|f| natural(&f.exponent) && is_integer(&f.base).is_yes());
            Truth::if_shown(whole && product.coefficient().to_integer().is_some())
        }
        Kind::Power(base, exponent) => {
            let natural = is_integer(exponent).is_yes() && Signs::of(exponent).only(Signs::NON_NEGATIVE);
            Truth::if_shown(natural && is_integer(base).is_yes())
        }
        _ => Truth::Unknown,
    }
}

/// Is the value an even integer? `No` means that it is an odd one.
pub fn is_even(expr: &Expr) -> Truth {
    match expr.kind() {
        Kind::Number(number) => number.to_integer().map_or(Truth::Unknown, |n| Truth::of(!n.is_odd())),
        Kind::Symbol(symbol) if symbol_in(*symbol, Domain::Even).is_yes() => Truth::Yes,
        Kind::Symbol(symbol) if symbol_in(*symbol, Domain::Odd).is_yes() => Truth::No,
        Kind::Sum(sum) => sum.parts().map(|part| is_even(&part)).reduce(same_parity).unwrap_or(Truth::Unknown),
        Kind::Product(product) => {
            let whole = is_integer(&product.without_coefficient()).is_yes();
            match product.coefficient().to_integer() {
                Some(n) if whole && !n.is_odd() => Truth::Yes,
                Some(_) if whole => is_even(&product.without_coefficient()).or_else(|| odd_product(product.parts())),
                _ => Truth::Unknown,
            }
        }
        _ => Truth::Unknown,
    }
}

/// The parity of a sum of two: even when both are alike.
fn same_parity(left: Truth, right: Truth) -> Truth {
    if left.is_unknown() || right.is_unknown() { Truth::Unknown } else { Truth::of(left == right) }
}

fn odd_product(mut parts: impl Iterator<Item = Expr>) -> Truth {
    if parts
        .all(|part| part.as_symbol().is_some() && is_even(&part).is_no() || part.to_i64().is_some_and(|n| n % 2 != 0))
    {
        Truth::No
    } else {
        Truth::Unknown
    }
}

/// Is a variable assumed to be in a domain?
fn symbol_in(symbol: Symbol, domain: Domain) -> Truth {
    let stated = FACTS.with(|facts| {
        facts
            .borrow()
            .iter()
            .filter_map(|fact| match fact {
                Fact::In(own, stated) if *own == symbol => Some(domain_within(*stated, domain)),
                _ => None,
            })
            .fold(Truth::Unknown, |found, next| if found.is_unknown() { next } else { found })
    });
    if stated.is_unknown() && domain == Domain::Real {
        return Truth::if_shown(symbol_signs(symbol).only(Signs::REAL));
    }
    if domain == Domain::Complex { Truth::Yes } else { stated }
}

/// Does membership in one domain decide that in another?
fn domain_within(stated: Domain, asked: Domain) -> Truth {
    let integral = |domain| matches!(domain, Domain::Integer | Domain::Even | Domain::Odd);
    match (stated, asked) {
        (_, Domain::Complex) => Truth::Yes,
        (Domain::Complex, _) => Truth::Unknown,
        (_, Domain::Real) => Truth::Yes,
        (a, b) if a == b => Truth::Yes,
        (Domain::NonInteger, b) if integral(b) => Truth::No,
        (a, Domain::NonInteger) if integral(a) => Truth::No,
        (Domain::Even, Domain::Odd) | (Domain::Odd, Domain::Even) => Truth::No,
        (a, Domain::Rational | Domain::Integer) if integral(a) => Truth::Yes,
        _ => Truth::Unknown,
    }
}

/// The signs of a variable: from its domain and from the bounds stated for it.
fn symbol_signs(symbol: Symbol) -> Signs {
    let (mut signs, bounds) = FACTS.with(|facts| {
        let facts = facts.borrow();
        let in_reals = facts.iter().any(|f| matches!(f, Fact::In(own, d) if *own == symbol && *d != Domain::Complex));
        (if in_reals { Signs::REAL } else { Signs::ANY }, bounds_of(symbol, &facts))
    });
    if bounds.is_some() {
        signs = signs.both(Signs::REAL);
    }
    let Some(bounds) = bounds else { return signs };
    signs.both(bounds.signs())
}

/// An interval with rational ends, open or closed, that holds a real value.
#[derive(Clone, Debug)]
struct Bounds {
    /// The lower end and whether it is excluded.
    lower: Option<(Rational, bool)>,
    /// The upper end and whether it is excluded.
    upper: Option<(Rational, bool)>,
}

impl Bounds {
    fn signs(&self) -> Signs {
        let mut signs = Signs::REAL;
        if let Some((lower, strict)) = &self.lower {
            signs = signs.both(match (lower.signum(), strict) {
                (1, _) | (0, true) => Signs::POSITIVE,
                (0, false) => Signs::NON_NEGATIVE,
                _ => Signs::REAL,
            });
        }
        if let Some((upper, strict)) = &self.upper {
            signs = signs.both(match (upper.signum(), strict) {
                (-1, _) | (0, true) => Signs::NEGATIVE,
                (0, false) => Signs::NON_POSITIVE,
                _ => Signs::REAL,
            });
        }
        signs
    }

    /// The bounds of the absolute value.
    fn of_size(&self) -> Bounds {
        let upper = match (&self.lower, &self.upper) {
            (Some((low, at_low)), Some((high, at_high))) => {
                let (low, at_low) = (-low, *at_low);
                let strict = (at_low || low < *high) && (*at_high || *high < low);
                Some((if low < *high { high.clone() } else { low }, strict))
            }
            _ => None,
        };
        Bounds { lower: Some((Rational::ZERO, false)), upper }
    }

    fn raise(&mut self, value: &Rational, strict: bool) {
        if self.lower.as_ref().is_none_or(|(old, old_strict)| (value, strict) > (old, *old_strict)) {
            self.lower = Some((value.clone(), strict));
        }
    }

    fn reduce(&mut self, value: &Rational, strict: bool) {
        if self.upper.as_ref().is_none_or(|(old, old_strict)| value < old || (value == old && strict && !old_strict)) {
            self.upper = Some((value.clone(), strict));
        }
    }
}

/// The bounds that relations state for a variable; `None` when none mentions it with an order.
fn bounds_of(symbol: Symbol, facts: &[Fact]) -> Option<Bounds> {
    let mut bounds = Bounds { lower: None, upper: None };
    let mut found = false;
    for fact in facts {
        let Fact::Holds(relation) = fact else { continue };
        let Kind::Relation(relation, left, right) = relation.kind() else { continue };
        let (relation, number) = match (left.as_symbol(), right.as_symbol()) {
            (Some(own), _) if own == symbol => (*relation, right.as_rational()),
            (_, Some(own)) if own == symbol => (relation.flipped(), left.as_rational()),
            _ => continue,
        };
        found |= !matches!(relation, Relation::NotEqual | Relation::Equal);
        let Some(number) = number else { continue };
        match relation {
            Relation::Greater => bounds.raise(number, true),
            Relation::GreaterEqual => bounds.raise(number, false),
            Relation::Less => bounds.reduce(number, true),
            Relation::LessEqual => bounds.reduce(number, false),
            Relation::Equal => {
                found = true;
                bounds.raise(number, false);
                bounds.reduce(number, false);
            }
            Relation::NotEqual => {}
        }
    }
    found.then_some(bounds)
}

/// A variable with a stated bound by one that is positive, or not negative: `a + t` for `x > a`, `b - t` for `x < b`.
pub fn shifted(symbol: Symbol) -> Option<(Expr, Fact)> {
    let bounds = FACTS.with(|facts| bounds_of(symbol, &facts.borrow()))?;
    // A name that nobody can write.
    let t = Expr::variable(&format!("{} from its bound", symbol.name()));
    let number = |q: Rational| Expr::number(q);
    let (moved, strict) = match (bounds.lower, bounds.upper) {
        (Some((low, strict)), None) => (number(low) + &t, strict),
        (None, Some((high, strict))) => (number(high) - &t, strict),
        (Some((low, strict)), Some((high, true))) => ((number(low) + number(high) * &t) / (Expr::one() + &t), strict),
        _ => return None,
    };
    let relation = if strict { Relation::Greater } else { Relation::GreaterEqual };
    Some((moved, Fact::Holds(Expr::relation(relation, t, Expr::zero()))))
}

/// The symbol of which an expression is the absolute value.
fn size_of_symbol(expr: &Expr) -> Option<Symbol> {
    expr.argument_of(&super::function::ABS)?.as_symbol()
}

/// The signs of a sum from the bounds of its variables: `x - 1 > 0` when `x > 2`.
fn sum_by_bounds(expr: &Expr) -> Signs {
    let Kind::Sum(sum) = expr.kind() else { return Signs::ANY };
    let Some(constant) = sum.constant().as_rational() else { return Signs::ANY };
    let mut total = Bounds { lower: Some((constant.clone(), false)), upper: Some((constant.clone(), false)) };
    for term in sum.terms() {
        let sized = size_of_symbol(&term.base);
        let (Some(symbol), Some(factor)) = (sized.or(term.base.as_symbol()), term.coefficient.as_rational()) else {
            return Signs::ANY;
        };
        let Some(own) = FACTS.with(|facts| bounds_of(symbol, &facts.borrow())) else { return Signs::ANY };
        let own = if sized.is_some() { own.of_size() } else { own };
        let (low, high) = if factor.is_negative() { (own.upper, own.lower) } else { (own.lower, own.upper) };
        let add = |total: Option<(Rational, bool)>, part: Option<(Rational, bool)>| match (total, part) {
            (Some((a, strict_a)), Some((b, strict_b))) => Some((a + b * factor, strict_a || strict_b)),
            _ => None,
        };
        total = Bounds { lower: add(total.lower, low), upper: add(total.upper, high) };
    }
    total.signs()
}

/// The signs that a stated relation gives to an expression, when one is about it: `a - b` under `a > b`.
fn stated_signs(expr: &Expr, depth: usize) -> Signs {
    /// So much of the depth is spent by one step from one symbol to another, since each looks at all facts.
    const STEP: usize = 16;
    let facts: Vec<Expr> = FACTS.with(|facts| {
        facts.borrow().iter().filter_map(|f| if let Fact::Holds(r) = f { Some(r.clone()) } else { None }).collect()
    });
    facts.iter().fold(Signs::ANY, |signs, fact| {
        let Kind::Relation(relation, left, right) = fact.kind() else { return signs };
        let difference = left - right;
        if difference == *expr {
            signs.both(relation_signs(*relation))
        } else if -&difference == *expr {
            signs.both(relation_signs(*relation).negated())
        } else if is_short(expr) && matches!(difference.kind(), Kind::Sum(_)) && is_short(&difference) {
            // `a > b` and `b > 0`; what is stated of one symbol alone is in its bounds.
            let from = |difference: Expr, stated: Signs| match expr - difference {
                rest if is_short(&rest) => signs.both(stated.plus(Signs::from_facts(&rest, depth + STEP))),
                _ => signs,
            };
            let stated = relation_signs(*relation);
            from(difference.clone(), stated).both(from(-difference, stated.negated()))
        } else {
            signs
        }
    })
}

/// Is it a symbol, or one and another with coefficients?
fn is_short(expr: &Expr) -> bool {
    let Kind::Sum(sum) = expr.kind() else { return expr.as_symbol().is_some() };
    sum.constant().is_zero()
        && matches!(sum.terms(), [a, b] if a.base.as_symbol().is_some() && b.base.as_symbol().is_some())
}

/// The signs of a difference of logarithms of positive numbers: those of the difference of the numbers.
fn signs_of_logarithms(sum: &Sum, depth: usize) -> Signs {
    let [one, other] = sum.terms() else { return Signs::ANY };
    let logarithm = |term: &Expr| match term.as_call() {
        Some((called, [u])) if called.name() == "log" && Signs::from_facts(u, depth).only(Signs::POSITIVE) => {
            Some(u.clone())
        }
        _ => None,
    };
    if !sum.constant().is_zero() || -&one.coefficient != other.coefficient {
        return Signs::ANY;
    }
    match (logarithm(&one.base), logarithm(&other.base)) {
        (Some(u), Some(v)) => Signs::from_facts(&(u - v), depth).times(Signs::of_number(&one.coefficient)),
        _ => Signs::ANY,
    }
}

/// The signs of `left - right` that a relation leaves.
fn relation_signs(relation: Relation) -> Signs {
    match relation {
        Relation::Equal => Signs::ZERO,
        Relation::NotEqual => Signs::NON_ZERO_REAL | Signs::NONREAL,
        Relation::Less => Signs::NEGATIVE,
        Relation::LessEqual => Signs::NON_POSITIVE,
        Relation::Greater => Signs::POSITIVE,
        Relation::GreaterEqual => Signs::NON_NEGATIVE,
    }
}
