//! The expression: a small immutable node, shared, with its hash and depth kept.
//!
//! Nodes are made only by the constructors in `build`, which keep the canonical form; a `Kind` seen from outside is
//! therefore always canonical:
//! - a sum has two or more parts, like terms collected, its numeric constant apart;
//! - a product has two or more parts, like powers collected, its numeric coefficient apart, and never is a bare
//!   number times a sum;
//! - a power with a rational exponent has no product or integer power as base.

use std::cell::{Cell, OnceCell, RefCell};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use smallvec::SmallVec;

use super::function::Function;
use super::symbol::Symbol;
use crate::budget::leavings::{is_left, leave};
use crate::number::{Number, Rational};

/// A symbolic expression. Cloning shares.
#[derive(Clone)]
pub struct Expr(Rc<Node>);

struct Node {
    hash: u64,
    /// Twice the depth, and one more if a floating number occurs; see [`deeper`].
    depth: u32,
    kind: Kind,
}

/// What a node is.
#[derive(Clone)]
pub enum Kind {
    /// A number: exact or floating, real or complex.
    Number(Number),
    /// A variable.
    Symbol(Symbol),
    /// A named constant.
    Constant(Constant),
    /// An infinity.
    Infinity(Infinity),
    /// What has no value, with the reason; absorbs whatever it meets.
    Undefined(Undefined),
    /// A sum of terms with numeric coefficients and a numeric constant.
    Sum(Sum),
    /// A product of powers with rational exponents and a numeric coefficient.
    Product(Product),
    /// A power that is no product.
    Power(Expr, Expr),
    /// A function applied to arguments.
    Call(Function, Rc<[Expr]>),
    /// An equation or inequality.
    Relation(Relation, Expr, Expr),
}

/// The named constants. `e` is `exp(1)` and the imaginary unit is a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Constant {
    /// The circle's circumference over its diameter.
    Pi,
    /// Euler's constant, the limit of `harmonic_number(n) - log(n)`.
    EulerGamma,
    /// Catalan's constant, the alternating sum of inverse odd squares.
    Catalan,
    /// The golden ratio `(1 + sqrt(5))/2`.
    GoldenRatio,
    /// Sage's `und`: a limit that does not exist.
    NoLimit,
    /// Sage's `ind`: a limit that does not exist because of bounded oscillation.
    Oscillating,
}

/// The infinities.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Infinity {
    /// Larger than every real.
    Positive,
    /// Smaller than every real.
    Negative,
    /// Of unbounded size, direction unknown.
    Unsigned,
}

/// Why an expression has no value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Undefined {
    /// A negative power of zero.
    DivisionByZero,
    /// `oo - oo`.
    InfinityMinusInfinity,
    /// `0*oo`.
    ZeroTimesInfinity,
    /// A function at an infinity where it has no limit, or a power with infinite exponent.
    AtInfinity,
    /// A number too large to compute.
    TooLarge,
    /// An inequality multiplied by something of unknown sign.
    UnknownSign,
    /// Two different relations combined.
    MixedRelations,
    /// An integral without bounds at a value of its variable: it is known up to a constant only.
    NoAntiderivative,
    /// A function at a pole, such as `gamma(0)` or `log(0)`'s relatives.
    Pole,
}

/// The relations between two sides.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Relation {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
}

/// A sum: `constant + coefficient*base + ...`, at least two parts.
#[derive(Clone)]
pub struct Sum {
    pub(super) constant: Number,
    pub(super) terms: Box<[Term]>,
    pub(super) printed: OnceCell<Box<[u32]>>,
    /// Is the content known to be one?
    pub(super) primitive: Cell<bool>,
}

/// One part of a sum; the base carries no numeric coefficient.
#[derive(Clone, PartialEq)]
pub struct Term {
    /// What is multiplied.
    pub base: Expr,
    /// The number in front.
    pub coefficient: Number,
}

/// A product: `coefficient * base^exponent * ...`.
#[derive(Clone)]
pub struct Product {
    pub(super) coefficient: Number,
    pub(super) factors: Rc<Factors>,
}

/// A row of factors, most of which are short and stand in the node itself.
pub(super) type FactorList = SmallVec<[Factor; 3]>;

/// The factors of a product, shared between products that differ in their coefficient alone.
pub struct Factors {
    pub(super) hash: u64,
    pub(super) depth: u32,
    pub(super) list: FactorList,
    pub(super) printed: OnceCell<Box<Printed>>,
}

/// What printing finds out about factors.
pub(super) struct Printed {
    /// Their order.
    pub(super) order: Box<[u32]>,
    /// The sum of the exponents.
    pub(super) degree: Rational,
}

/// One part of a product.
#[derive(Clone, PartialEq)]
pub struct Factor {
    /// What is raised.
    pub base: Expr,
    /// To which power.
    pub exponent: Rational,
}

impl Sum {
    /// The numeric part.
    pub fn constant(&self) -> &Number {
        &self.constant
    }

    /// The other parts, in canonical (not printed) order.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The number of parts, the constant counted when it is not zero.
    pub fn len(&self) -> usize {
        self.terms.len() + usize::from(!self.constant.is_zero())
    }

    /// A sum is never empty.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The parts as expressions, the constant last when it is not zero.
    pub fn parts(&self) -> impl Iterator<Item = Expr> + '_ {
        let constant = (!self.constant.is_zero()).then(|| Expr::number(self.constant.clone()));
        self.terms.iter().map(Term::to_expr).chain(constant)
    }
}

impl Term {
    /// The term as an expression.
    pub fn to_expr(&self) -> Expr {
        self.base.scale(&self.coefficient)
    }
}

impl Product {
    /// The number in front.
    pub fn coefficient(&self) -> &Number {
        &self.coefficient
    }

    /// The factors, in canonical (not printed) order.
    pub fn factors(&self) -> &[Factor] {
        &self.factors.list
    }

    /// The parts as expressions, the coefficient first when it is not one.
    pub fn parts(&self) -> impl Iterator<Item = Expr> + '_ {
        let coefficient = (!self.coefficient.is_one()).then(|| Expr::number(self.coefficient.clone()));
        coefficient.into_iter().chain(self.factors.list.iter().map(Factor::to_expr))
    }

    /// The product without its coefficient.
    pub fn without_coefficient(&self) -> Expr {
        Expr::from_factors(Number::ONE, self.factors.clone())
    }
}

impl Factor {
    /// The factor as an expression.
    pub fn to_expr(&self) -> Expr {
        Expr::raw_power(&self.base, &self.exponent)
    }
}

impl Relation {
    /// The relation with its sides exchanged.
    pub fn flipped(self) -> Relation {
        match self {
            Relation::Equal | Relation::NotEqual => self,
            Relation::Less => Relation::Greater,
            Relation::LessEqual => Relation::GreaterEqual,
            Relation::Greater => Relation::Less,
            Relation::GreaterEqual => Relation::LessEqual,
        }
    }

    /// The relation that holds exactly when this one does not.
    pub fn negated(self) -> Relation {
        match self {
            Relation::Equal => Relation::NotEqual,
            Relation::NotEqual => Relation::Equal,
            Relation::Less => Relation::GreaterEqual,
            Relation::LessEqual => Relation::Greater,
            Relation::Greater => Relation::LessEqual,
            Relation::GreaterEqual => Relation::Less,
        }
    }

    /// The sign as people type it.
    pub fn sign(self) -> &'static str {
        match self {
            Relation::Equal => "==",
            Relation::NotEqual => "!=",
            Relation::Less => "<",
            Relation::LessEqual => "<=",
            Relation::Greater => ">",
            Relation::GreaterEqual => ">=",
        }
    }

    /// Does the relation hold between values that compare so?
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Relation::Equal => order.is_eq(),
            Relation::NotEqual => order.is_ne(),
            Relation::Less => order.is_lt(),
            Relation::LessEqual => order.is_le(),
            Relation::Greater => order.is_gt(),
            Relation::GreaterEqual => order.is_ge(),
        }
    }
}

impl Expr {
    /// Wraps a kind that is canonical already.
    pub(super) fn from_kind(kind: Kind) -> Expr {
        let (hash, depth) = fingerprint(&kind);
        let node = Node { hash, depth, kind };
        let spare = POOL.try_with(|pool| pool.spare.try_borrow_mut().ok()?.pop()).ok().flatten();
        if let Some(mut spare) = spare
            && let Some(place) = Rc::get_mut(&mut spare)
        {
            *place = node;
            return Expr(spare);
        }
        Expr(Rc::new(node))
    }

    /// A product of a coefficient and shared factors, brought to its simplest kind.
    pub(super) fn from_factors(coefficient: Number, factors: Rc<Factors>) -> Expr {
        if coefficient.is_zero() {
            return Expr::number(coefficient);
        }
        match factors.list.as_slice() {
            [] => Expr::number(coefficient),
            [only] if coefficient.is_one() => only.to_expr(),
            [Factor { base, exponent }] if exponent.is_one() && matches!(base.kind(), Kind::Sum(_)) => {
                base.scale(&coefficient)
            }
            _ => Expr::from_kind(Kind::Product(Product { coefficient, factors })),
        }
    }

    /// `base^exponent` where that is a factor of a canonical product.
    pub(super) fn raw_power(base: &Expr, exponent: &Rational) -> Expr {
        if exponent.is_one() {
            return base.clone();
        }
        let exponent = match exponent.to_i64() {
            Some(small) => Expr::integer(small),
            None => Expr::number(exponent.clone()),
        };
        Expr::from_kind(Kind::Power(base.clone(), exponent))
    }

    /// What the node is.
    pub fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// A hash of the structure, the same in every run.
    pub fn stable_hash(&self) -> u64 {
        self.0.hash
    }

    /// The height of the tree: 0 for a leaf.
    pub fn depth(&self) -> usize {
        self.0.depth as usize / 2
    }

    /// Does a floating number occur?
    pub fn has_floats(&self) -> bool {
        self.0.depth % 2 == 1
    }

    /// Are the two the very same node?
    pub fn is_same(&self, other: &Expr) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// An address that tells nodes apart while they live; for memoisation within one call.
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as usize
    }

    /// The direct subexpressions.
    pub fn children(&self) -> Vec<Expr> {
        match self.kind() {
            Kind::Number(_) | Kind::Symbol(_) | Kind::Constant(_) | Kind::Infinity(_) | Kind::Undefined(_) => {
                Vec::new()
            }
            Kind::Sum(sum) => sum.parts().collect(),
            Kind::Product(product) => product.parts().collect(),
            Kind::Power(base, exponent) => vec![base.clone(), exponent.clone()],
            Kind::Call(_, arguments) => arguments.to_vec(),
            Kind::Relation(_, left, right) => vec![left.clone(), right.clone()],
        }
    }
}

/// Spreads a word over all bits (the finaliser of MurmurHash3) after combining it with what came before.
pub(super) fn mix(state: u64, word: u64) -> u64 {
    let mut h = state.rotate_left(23) ^ word.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^ (h >> 32)
}

/// The depth of what has parts of two depths; the lowest bit tells of floating numbers in either.
fn deeper(a: u32, b: u32) -> u32 {
    a.max(b) & !1 | (a | b) & 1
}

/// The depth above parts of this one.
fn above(depth: u32) -> u32 {
    depth.saturating_add(2)
}

/// The depth of a number.
fn number_depth(number: &Number) -> u32 {
    u32::from(!number.is_exact())
}

/// Hash and depth of a kind, from those of its parts.
fn fingerprint(kind: &Kind) -> (u64, u32) {
    match kind {
        Kind::Number(number) => (mix(1, number.stable_hash()), number_depth(number)),
        Kind::Symbol(symbol) => (mix(2, symbol.stable_hash()), 0),
        Kind::Constant(constant) => (mix(3, *constant as u64), 0),
        Kind::Infinity(infinity) => (mix(4, *infinity as u64), 0),
        Kind::Undefined(reason) => (mix(5, *reason as u64), 0),
        Kind::Sum(sum) => {
            let start = (mix(6, sum.constant.stable_hash()), number_depth(&sum.constant));
            let (hash, depth) = sum.terms.iter().fold(start, |(hash, depth), term| {
                let hash = mix(mix(hash, term.base.0.hash), term.coefficient.stable_hash());
                (hash, deeper(depth, term.base.0.depth) | number_depth(&term.coefficient))
            });
            (hash, above(depth))
        }
        Kind::Product(product) => {
            let depth = product.factors.depth | number_depth(&product.coefficient);
            (mix(mix(7, product.coefficient.stable_hash()), product.factors.hash), above(depth))
        }
        Kind::Power(base, exponent) => {
            (mix(mix(8, base.0.hash), exponent.0.hash), above(deeper(base.0.depth, exponent.0.depth)))
        }
        Kind::Call(function, arguments) => {
            let start = (mix(9, function.stable_hash()), 0);
            let (hash, depth) = arguments
                .iter()
                .fold(start, |(hash, depth), argument| (mix(hash, argument.0.hash), deeper(depth, argument.0.depth)));
            (hash, above(depth))
        }
        Kind::Relation(relation, left, right) => {
            let hash = mix(mix(mix(10, *relation as u64), left.0.hash), right.0.hash);
            (hash, above(deeper(left.0.depth, right.0.depth)))
        }
    }
}

impl Factors {
    /// Shares a canonical list of factors.
    pub(super) fn new(list: FactorList) -> Rc<Factors> {
        let (hash, depth) = Factors::hash_of(&list);
        Rc::new(Factors { hash, depth, list, printed: OnceCell::new() })
    }
}

impl Factors {
    /// Hash and depth of a canonical list.
    pub(super) fn hash_of(list: &[Factor]) -> (u64, u32) {
        list.iter().fold((11, 0), |(hash, depth), factor| {
            let exponent = Number::hash_of_rational(&factor.exponent);
            (mix(mix(hash, factor.base.0.hash), exponent), deeper(depth, factor.base.0.depth))
        })
    }
}

impl PartialEq for Expr {
    #[inline]
    fn eq(&self, other: &Expr) -> bool {
        self.is_same(other)
            || (self.0.hash == other.0.hash && self.0.depth == other.0.depth && self.same_structure(other))
    }
}

impl Expr {
    /// Equality of nodes with equal hash: most often their parts are the very same.
    fn same_structure(&self, other: &Expr) -> bool {
        match (self.kind(), other.kind()) {
            (Kind::Product(p), Kind::Product(q)) if Rc::ptr_eq(&p.factors, &q.factors) => {
                p.coefficient == q.coefficient
            }
            (Kind::Product(p), Kind::Product(q)) => {
                let same = |(s, t): (&Factor, &Factor)| s.base.is_same(&t.base) && s.exponent == t.exponent;
                let (p_list, q_list) = (&p.factors.list, &q.factors.list);
                let shallow = p_list.len() == q_list.len() && p_list.iter().zip(q_list).all(same);
                if shallow { p.coefficient == q.coefficient } else { same_tree(self, other) }
            }
            _ => same_tree(self, other),
        }
    }
}

impl Eq for Expr {}

/// Structural equality with an explicit stack, so that deep trees don't exhaust the machine's.
fn same_tree(left: &Expr, right: &Expr) -> bool {
    let mut pending = vec![(left.clone(), right.clone())];
    while let Some((a, b)) = pending.pop() {
        if a.is_same(&b) {
            continue;
        }
        if a.0.hash != b.0.hash || !same_head(&a, &b, &mut pending) {
            return false;
        }
    }
    true
}

/// Compares two nodes without their children, which are put on the stack.
fn same_head(a: &Expr, b: &Expr, pending: &mut Vec<(Expr, Expr)>) -> bool {
    match (a.kind(), b.kind()) {
        (Kind::Number(p), Kind::Number(q)) => p == q,
        (Kind::Symbol(p), Kind::Symbol(q)) => p == q,
        (Kind::Constant(p), Kind::Constant(q)) => p == q,
        (Kind::Infinity(p), Kind::Infinity(q)) => p == q,
        (Kind::Undefined(p), Kind::Undefined(q)) => p == q,
        (Kind::Sum(p), Kind::Sum(q)) => {
            pending.extend(p.terms.iter().zip(&q.terms).map(|(s, t)| (s.base.clone(), t.base.clone())));
            p.constant == q.constant
                && p.terms.len() == q.terms.len()
                && p.terms.iter().zip(&q.terms).all(|(s, t)| s.coefficient == t.coefficient)
        }
        (Kind::Product(p), Kind::Product(q)) => {
            let (p_list, q_list) = (&p.factors.list, &q.factors.list);
            pending.extend(p_list.iter().zip(q_list).map(|(s, t)| (s.base.clone(), t.base.clone())));
            p.coefficient == q.coefficient
                && p_list.len() == q_list.len()
                && p_list.iter().zip(q_list).all(|(s, t)| s.exponent == t.exponent)
        }
        (Kind::Power(b1, e1), Kind::Power(b2, e2)) => {
            pending.push((b1.clone(), b2.clone()));
            pending.push((e1.clone(), e2.clone()));
            true
        }
        (Kind::Call(f, xs), Kind::Call(g, ys)) => {
            pending.extend(xs.iter().cloned().zip(ys.iter().cloned()));
            f == g && xs.len() == ys.len()
        }
        (Kind::Relation(r, a1, a2), Kind::Relation(s, b1, b2)) => {
            pending.push((a1.clone(), b1.clone()));
            pending.push((a2.clone(), b2.clone()));
            r == s
        }
        _ => false,
    }
}

impl Hash for Expr {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.hash);
    }
}

impl fmt::Debug for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Kind::Number(number) => write!(f, "{number:?}"),
            Kind::Symbol(symbol) => write!(f, "{symbol}"),
            Kind::Constant(constant) => write!(f, "{constant:?}"),
            Kind::Infinity(infinity) => write!(f, "{infinity:?}Infinity"),
            Kind::Undefined(reason) => write!(f, "Undefined({reason:?})"),
            Kind::Sum(_) => f.debug_tuple("Sum").field(&self.children()).finish(),
            Kind::Product(_) => f.debug_tuple("Product").field(&self.children()).finish(),
            Kind::Power(base, exponent) => f.debug_tuple("Power").field(base).field(exponent).finish(),
            Kind::Call(function, arguments) => write!(f, "{}{:?}", function.name(), arguments),
            Kind::Relation(relation, left, right) => write!(f, "({left:?} {} {right:?})", relation.sign()),
        }
    }
}

/// Below this depth the compiler's recursive drop is safe on any stack.
const SHALLOW: u32 = 200;

/// What a node holds that was taken apart.
const EMPTY: Kind = Kind::Infinity(Infinity::Unsigned);

/// The memory of dropped nodes, kept for the next ones: sums of thousands of terms come and go.
struct Pool {
    spare: RefCell<Vec<Rc<Node>>>,
    /// Stands where a node was taken from.
    leaf: Rc<Node>,
}

/// No more spare nodes are kept than this, some megabytes.
const MOST_SPARE: usize = 1 << 15;

thread_local! {
    static POOL: Pool =
        Pool { spare: RefCell::default(), leaf: Rc::new(Node { hash: 0, depth: 0, kind: EMPTY }) };
}

impl Drop for Expr {
    /// The last owner takes the node apart and gives its memory to the pool.
    fn drop(&mut self) {
        let Some(node) = Rc::get_mut(&mut self.0) else { return };
        let kind = std::mem::replace(&mut node.kind, EMPTY);
        match &kind {
            Kind::Sum(sum) if is_left(sum.len()) => leave_terms(kind),
            _ if node.depth < SHALLOW => drop(kind),
            _ => drop_deep(kind),
        }
        // Without the thread's pool, as at its end, the memory goes back to the system.
        let _ = POOL.try_with(|pool| {
            if let Ok(mut spare) = pool.spare.try_borrow_mut()
                && spare.len() < MOST_SPARE
            {
                spare.push(std::mem::replace(&mut self.0, Rc::clone(&pool.leaf)));
            }
        });
    }
}

/// Leaves the terms that stopped work drops, to be dropped later.
#[cold]
fn leave_terms(kind: Kind) {
    if let Kind::Sum(sum) = kind {
        leave(Box::new(sum.terms.into_vec()));
    }
}

/// Expressions that are gathered; stopped work leaves them to be dropped later.
#[derive(Debug, Default)]
pub struct Gathered(pub Vec<Expr>);

impl Drop for Gathered {
    fn drop(&mut self) {
        if is_left(self.0.len()) {
            leave(Box::new(std::mem::take(&mut self.0)));
        }
    }
}

/// Drops what a deep node held, without recursion.
fn drop_deep(kind: Kind) {
    let mut pending = Vec::new();
    dismantle(kind, &mut pending);
    while let Some(mut expr) = pending.pop() {
        if let Some(node) = Rc::get_mut(&mut expr.0) {
            node.depth = 0;
            dismantle(std::mem::replace(&mut node.kind, EMPTY), &mut pending);
        }
    }
}

/// Takes a kind apart into its children without recursion.
fn dismantle(kind: Kind, pending: &mut Vec<Expr>) {
    match kind {
        Kind::Number(_) | Kind::Symbol(_) | Kind::Constant(_) | Kind::Infinity(_) | Kind::Undefined(_) => {}
        Kind::Sum(sum) => pending.extend(sum.terms.into_vec().into_iter().map(|term| term.base)),
        Kind::Product(product) => {
            if let Some(factors) = Rc::into_inner(product.factors) {
                pending.extend(factors.list.into_iter().map(|factor| factor.base));
            }
        }
        Kind::Power(base, exponent) => pending.extend([base, exponent]),
        Kind::Call(_, arguments) => {
            // The slice is dropped afterwards with counts that are no longer the last.
            let mut arguments = arguments;
            if let Some(slice) = Rc::get_mut(&mut arguments) {
                let leaf = Expr::from_kind(EMPTY);
                pending.extend(slice.iter_mut().map(|argument| std::mem::replace(argument, leaf.clone())));
            }
        }
        Kind::Relation(_, left, right) => pending.extend([left, right]),
    }
}
