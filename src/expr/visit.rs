//! Traversals: every shared node once, and rebuilding bottom-up with shared results.
//!
//! Both keep their own stack, so that deep expressions don't exhaust the machine's.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use super::build::{PassHasher, PassMap, ProductBuilder, SumBuilder};
use super::function::Function;
use super::node::{Expr, Kind};
use super::order::compare_terms;
use super::symbol::Symbol;
use crate::number::sorting;

/// Iterates over the distinct nodes of an expression, parents before children.
pub struct SharedNodes {
    pending: Vec<Expr>,
    seen: HashSet<usize, BuildHasherDefault<PassHasher>>,
    /// Keeps visited nodes alive, so that addresses stay distinct.
    kept: Vec<Expr>,
}

impl Iterator for SharedNodes {
    type Item = Expr;

    fn next(&mut self) -> Option<Expr> {
        loop {
            let node = self.pending.pop()?;
            if self.seen.insert(node.address()) {
                self.pending.extend(node.children());
                self.kept.push(node.clone());
                return Some(node);
            }
        }
    }
}

impl Expr {
    /// The distinct nodes, each once.
    pub fn shared_nodes(&self) -> SharedNodes {
        SharedNodes { pending: vec![self.clone()], seen: HashSet::default(), kept: Vec::new() }
    }

    /// Does something hold for one of the stored nodes? Parents are asked before children, small nodes perhaps twice.
    pub fn any_stored(&self, mut holds: impl FnMut(&Expr) -> bool) -> bool {
        any_below(self, &mut holds)
    }

    /// Puts the stored children on a stack.
    fn push_stored<'e>(&'e self, pending: &mut Vec<&'e Expr>) {
        match self.kind() {
            Kind::Number(_) | Kind::Symbol(_) | Kind::Constant(_) | Kind::Infinity(_) | Kind::Undefined(_) => {}
            Kind::Sum(sum) => pending.extend(sum.terms().iter().map(|term| &term.base)),
            Kind::Product(product) => pending.extend(product.factors().iter().map(|factor| &factor.base)),
            Kind::Power(base, exponent) => pending.extend([base, exponent]),
            Kind::Call(_, arguments) => pending.extend(arguments.iter()),
            Kind::Relation(_, left, right) => pending.extend([left, right]),
        }
    }

    /// Does the variable occur?
    pub fn has_symbol(&self, symbol: Symbol) -> bool {
        self.any_stored(|node| node.as_symbol() == Some(symbol))
    }

    /// Does a subexpression equal this one?
    pub fn has(&self, part: &Expr) -> bool {
        self.shared_nodes().any(|node| node == *part)
    }

    /// The variables, sorted by name.
    pub fn variables(&self) -> Vec<Symbol> {
        let mut symbols: Vec<Symbol> = Vec::new();
        self.any_stored(|node| {
            if let Some(symbol) = node.as_symbol()
                && !symbols.contains(&symbol)
            {
                symbols.push(symbol);
            }
            false
        });
        sorting::sort(&mut symbols);
        symbols
    }

    /// Is it free of variables?
    pub fn is_constant(&self) -> bool {
        !self.any_stored(|node| node.as_symbol().is_some())
    }

    /// The same node over other children, through the constructors.
    pub fn with_children(&self, children: Vec<Expr>) -> Expr {
        let mut children = children.into_iter();
        let mut next = || children.next().unwrap_or_else(Expr::zero);
        match self.kind() {
            Kind::Number(_) | Kind::Symbol(_) | Kind::Constant(_) | Kind::Infinity(_) | Kind::Undefined(_) => {
                self.clone()
            }
            Kind::Sum(_) => Expr::sum(children),
            Kind::Product(_) => Expr::product(children),
            Kind::Power(..) => next().power(&next()),
            Kind::Call(function, _) => Expr::call(function.clone(), children.collect()),
            Kind::Relation(relation, ..) => Expr::relation(*relation, next(), next()),
        }
    }

    /// Rebuilds bottom-up: `replace` is asked for every distinct node before its children; what it leaves is rebuilt
    /// from its children through the constructors, and `finish` has the last word.
    pub fn rewrite(
        &self,
        mut replace: impl FnMut(&Expr) -> Option<Expr>,
        mut finish: impl FnMut(Expr) -> Expr,
    ) -> Expr {
        rebuild(self, Expr::children, Expr::with_children, &mut replace, &mut finish)
    }

    /// As `rewrite`, but seeing only the nodes that are stored: the power `x^2` inside `3*x^2*y` is none, `x` is.
    /// Quicker, and enough where only atoms and calls are replaced.
    pub fn rewrite_stored(
        &self,
        mut replace: impl FnMut(&Expr) -> Option<Expr>,
        mut finish: impl FnMut(Expr) -> Expr,
    ) -> Expr {
        rebuild(self, Expr::stored_children, Expr::with_stored_children, &mut replace, &mut finish)
    }

    /// The nodes stored in this one: the bases of a sum's terms and of a product's factors, else the children.
    pub fn stored_children(&self) -> Vec<Expr> {
        match self.kind() {
            Kind::Sum(sum) => sum.terms().iter().map(|term| term.base.clone()).collect(),
            Kind::Product(product) => product.factors().iter().map(|factor| factor.base.clone()).collect(),
            _ => self.children(),
        }
    }

    /// The same node over other stored children.
    pub fn with_stored_children(&self, children: Vec<Expr>) -> Expr {
        match self.kind() {
            Kind::Sum(sum) => {
                let mut builder = SumBuilder::new();
                builder.add(&Expr::number(sum.constant().clone()));
                let mut pairs: Vec<_> = sum.terms().iter().zip(&children).collect();
                if children.iter().any(is_rounded) {
                    // The last digit of a sum of decimals depends on the order: Sage begins with the last printed term.
                    sorting::sort_by(&mut pairs, |(a, _), (b, _)| compare_terms(a, b));
                }
                for (term, base) in pairs {
                    builder.add_scaled(base, &term.coefficient);
                }
                builder.finish()
            }
            Kind::Product(product) => {
                let mut builder = ProductBuilder::new();
                builder.multiply(&Expr::number(product.coefficient().clone()));
                for (factor, base) in product.factors().iter().zip(&children) {
                    builder.multiply(&base.power_rational(&factor.exponent));
                }
                builder.finish()
            }
            _ => self.with_children(children),
        }
    }

    /// Rebuilds bottom-up with a rule applied to every node that has its new children.
    pub fn map_bottom_up(&self, rule: impl FnMut(Expr) -> Expr) -> Expr {
        self.rewrite(|_| None, rule)
    }

    /// Computes a result for every distinct stored node from those of its stored children, and answers the root's.
    ///
    /// # Errors
    /// The first error of `visit`.
    pub fn try_fold<R: Clone, E>(&self, mut visit: impl FnMut(&Expr, &[R]) -> Result<R, E>) -> Result<R, E> {
        let mut done: PassMap<usize, (Expr, R)> = PassMap::default();
        let mut pending = vec![(self.clone(), false)];
        while let Some((node, ready)) = pending.pop() {
            if done.contains_key(&node.address()) {
                continue;
            }
            let children = node.stored_children();
            if !ready && !children.is_empty() {
                pending.push((node, true));
                pending.extend(children.into_iter().map(|child| (child, false)));
                continue;
            }
            let results: Vec<R> =
                children.iter().filter_map(|child| done.get(&child.address())).map(|(_, r)| r.clone()).collect();
            let result = visit(&node, &results)?;
            done.insert(node.address(), (node, result));
        }
        let (_, result) = done.remove(&self.address()).expect("the root is visited last");
        Ok(result)
    }

    /// The function and arguments, if the expression is a call.
    pub fn as_call(&self) -> Option<(&Function, &[Expr])> {
        match self.kind() {
            Kind::Call(function, arguments) => Some((function, arguments)),
            _ => None,
        }
    }
}

/// Nodes of less depth than this are not remembered when they have been seen.
const SMALL: usize = 3;

/// What is left to do for a node: look at it, or put it together from its children.
enum Step {
    Enter(Expr),
    Leave(Expr, Vec<Expr>),
}

/// Is it a decimal?
fn is_rounded(expr: &Expr) -> bool {
    expr.as_number().is_some_and(|number| !number.is_exact())
}

/// The walk of `any_stored`, compiled once.
fn any_below(root: &Expr, holds: &mut dyn FnMut(&Expr) -> bool) -> bool {
    let mut seen: HashSet<usize, BuildHasherDefault<PassHasher>> = HashSet::default();
    let mut pending = vec![root];
    while let Some(node) = pending.pop() {
        if holds(node) {
            return true;
        }
        // Small nodes are cheaper walked again than looked up.
        if node.depth() < SMALL || seen.insert(node.address()) {
            node.push_stored(&mut pending);
        }
    }
    false
}

/// The engine of the rewriters; results are shared by node.
fn rebuild(
    root: &Expr,
    children_of: fn(&Expr) -> Vec<Expr>,
    with_children: fn(&Expr, Vec<Expr>) -> Expr,
    replace: &mut dyn FnMut(&Expr) -> Option<Expr>,
    finish: &mut dyn FnMut(Expr) -> Expr,
) -> Expr {
    // The nodes are kept beside their results, so that no address is used twice.
    let mut done: PassMap<usize, (Expr, Expr)> = PassMap::default();
    let mut pending = vec![Step::Enter(root.clone())];
    while let Some(step) = pending.pop() {
        match step {
            Step::Enter(node) if done.contains_key(&node.address()) => {}
            Step::Enter(node) => match replace(&node) {
                Some(replaced) => {
                    done.insert(node.address(), (node, replaced));
                }
                None => {
                    let children = children_of(&node);
                    let enter: Vec<Step> = children.iter().cloned().map(Step::Enter).collect();
                    pending.push(Step::Leave(node, children));
                    pending.extend(enter);
                }
            },
            Step::Leave(node, children) => {
                let result_of = |child: &Expr| done.get(&child.address()).map_or(child, |(_, result)| result).clone();
                let results: Vec<Expr> = children.iter().map(result_of).collect();
                let changed = children.iter().zip(&results).any(|(old, new)| !old.is_same(new) && old != new);
                let rebuilt = if changed { with_children(&node, results) } else { node.clone() };
                done.insert(node.address(), (node, finish(rebuilt)));
            }
        }
    }
    done.remove(&root.address()).map_or_else(|| root.clone(), |(_, result)| result)
}
