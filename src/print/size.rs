//! How long an expression is on paper, told without writing it.

use std::collections::{HashMap, HashSet};

use crate::expr::Expr;

/// How many leaves are written when the expression is printed; at most `u64::MAX`.
///
/// A shared subexpression is stored once and written wherever it occurs, so that a small expression can be long on
/// paper. Linear in what is stored: ask before printing what a stranger's program made.
pub fn leaves(expr: &Expr) -> u64 {
    let nodes: Vec<Expr> = stored_nodes(expr);
    let mut counts: HashMap<usize, u64> = HashMap::with_capacity(nodes.len());
    for node in nodes.iter().rev() {
        let children = node.stored_children();
        let below = children.iter().map(|child| counts.get(&child.address()).copied().unwrap_or(1));
        let count = below.fold(0, u64::saturating_add).max(1);
        counts.insert(node.address(), count);
    }
    counts.get(&expr.address()).copied().unwrap_or(1)
}

/// The stored nodes, each once, every node before its children.
fn stored_nodes(expr: &Expr) -> Vec<Expr> {
    let mut nodes = vec![expr.clone()];
    let mut finished = Vec::new();
    let mut entered = HashSet::new();
    let mut open = Vec::new();
    // Depth first: a node is finished when all its children are.
    while let Some(node) = nodes.pop() {
        if open.last() == Some(&node.address()) {
            open.pop();
            finished.push(node);
        } else if entered.insert(node.address()) {
            open.push(node.address());
            let children = node.stored_children();
            nodes.push(node);
            nodes.extend(children);
        }
    }
    finished.reverse();
    finished
}
