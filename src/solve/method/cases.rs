//! Absolute values, signs, least and greatest: one case for each way they can go, for real values of the unknown.

use super::super::admissible::nonzero_parts;
use super::super::equation::{Way, put, solve_zero};
use super::super::inequality::{solve_inequalities, unite};
use super::super::{Root, Solutions};
use crate::algebra::{decide, enclosure};
use crate::budget::Budget;
use crate::expr::assume::{self, Domain, Fact};
use crate::expr::{Expr, Reason, Relation, Symbol, Truth};
use crate::number::sorting;
use crate::tape;

/// More cases are not tried.
const MOST_CASES: usize = 64;

/// A way a function may go: its value there, and the differences that must not be negative.
struct Case {
    value: Expr,
    conditions: Vec<(Relation, Expr)>,
}

/// Does the unknown stand in a function of cases and elsewhere as well, so that cases are called for?
pub(in crate::solve) fn needs_cases(expr: &Expr, variable: Symbol) -> bool {
    let Some((call, _)) = first_function(expr, variable) else { return false };
    let marker = Symbol::new("the case");
    let rest = replaced(expr, &call, &Expr::symbol(marker));
    rest.has_symbol(variable) || call.as_call().is_some_and(|(called, _)| called.name() != "abs")
}

/// The innermost function of cases with the unknown inside, and how it may go.
fn first_function(expr: &Expr, variable: Symbol) -> Option<(Expr, Vec<Case>)> {
    expr.shared_nodes()
        .filter(|node| node.has_symbol(variable))
        .filter_map(|node| cases_of(&node).map(|cases| (node, cases)))
        .min_by_key(|(node, _)| node.depth())
}

fn cases_of(node: &Expr) -> Option<Vec<Case>> {
    let (called, arguments) = node.as_call()?;
    let case = |value: &Expr, relation, difference: Expr| Case {
        value: value.clone(),
        conditions: vec![(relation, difference)],
    };
    match (called.name(), arguments) {
        ("abs", [u]) => Some(vec![case(u, Relation::GreaterEqual, u.clone()), case(&-u, Relation::Less, u.clone())]),
        ("sgn", [u]) => Some(vec![
            case(&Expr::one(), Relation::Greater, u.clone()),
            case(&Expr::integer(-1), Relation::Less, u.clone()),
            case(&Expr::zero(), Relation::Equal, u.clone()),
        ]),
        ("unit_step", [u]) => Some(vec![
            case(&Expr::one(), Relation::GreaterEqual, u.clone()),
            case(&Expr::zero(), Relation::Less, u.clone()),
        ]),
        ("max" | "min", [first, others @ ..]) if !others.is_empty() => {
            let all = || std::iter::once(first).chain(others);
            let sign = if called.name() == "max" { 1 } else { -1 };
            Some(
                all()
                    .map(|own| Case {
                        value: own.clone(),
                        conditions: all()
                            .filter(|other| *other != own)
                            .map(|other| (Relation::GreaterEqual, (own - other) * Expr::integer(sign)))
                            .collect(),
                    })
                    .collect(),
            )
        }
        _ => None,
    }
}

pub(super) fn replaced(expr: &Expr, part: &Expr, value: &Expr) -> Expr {
    expr.rewrite(|node| (node == part).then(|| value.clone()), |node| node)
}

/// The real zeros, case by case; a root counts in a case when its conditions are shown to hold there.
pub(in crate::solve) fn by_cases(
    expr: &Expr,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    assume::with_facts([Fact::In(variable, Domain::Real)], || {
        let mut solutions = Solutions::none();
        let Some(defined) = defined_where(expr, variable) else { return Ok(None) };
        let mut pending: Vec<(Expr, Vec<(Relation, Expr)>)> = vec![(expr.clone(), defined)];
        let mut looked = 0;
        while let Some((current, conditions)) = pending.pop() {
            looked += 1;
            if looked > MOST_CASES {
                return Ok(None);
            }
            match first_function(&current, variable) {
                Some((call, cases)) => pending.extend(cases.into_iter().map(|case| {
                    let conditions = conditions.iter().map(|(r, e)| (*r, replaced(e, &call, &case.value)));
                    let all = conditions.chain(case.conditions.clone()).collect();
                    (replaced(&current, &call, &case.value), all)
                })),
                None => {
                    let found = solve_zero(&current, variable, way.deeper(), budget)?;
                    if !add_fitting(&mut solutions, found, &conditions, variable, budget)? {
                        return Ok(None);
                    }
                }
            }
        }
        gathered(solutions, variable, way, budget)
    })
}

/// Where an expression has a value, as differences from zero; `None` where that is not known.
pub(super) fn defined_where(expr: &Expr, variable: Symbol) -> Option<Vec<(Relation, Expr)>> {
    let parts = nonzero_parts(expr, variable)?;
    Some(parts.into_iter().map(|part| (Relation::NotEqual, part)).collect())
}

/// The roots in ascending order; intervals joined with one another and the roots in them, outside other equations.
pub(super) fn gathered(
    mut solutions: Solutions,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    if !solutions.pieces.is_empty() {
        if way.depth() > 0 || !solutions.is_listed() {
            return Ok(None);
        }
        return unite(solutions, variable, budget);
    }
    let size = |root: &Root| enclosure(&root.value).map_or(f64::INFINITY, |value| value.re().to_f64());
    sorting::sort_by(&mut solutions.roots, |a, b| size(a).total_cmp(&size(b)));
    Ok(Some(solutions))
}

/// Adds the real roots that fit the conditions; false where that stays open.
pub(super) fn add_fitting(
    solutions: &mut Solutions,
    found: Solutions,
    conditions: &[(Relation, Expr)],
    variable: Symbol,
    budget: &Budget,
) -> Result<bool, Reason> {
    if found.everything {
        let relations: Vec<Expr> =
            conditions.iter().map(|(relation, e)| Expr::relation(*relation, e.clone(), Expr::zero())).collect();
        match solve_inequalities(&relations, variable, budget)? {
            Some(set) => solutions.pieces.extend(set.pieces(variable)),
            None => return Ok(false),
        }
        return Ok(true);
    }
    if !found.unsolved.is_empty() || !found.pieces.is_empty() {
        return Ok(false);
    }
    solutions.principal_only |= found.principal_only;
    solutions.branches |= found.branches;
    solutions.conditional |= found.conditional;
    for root in found.roots {
        if root.value.is_constant() && tape::is_real_by_ball(&root.value).is_no() {
            continue;
        }
        let mut fits = Truth::Yes;
        for (relation, difference) in conditions {
            let there = put(difference, variable, &root.value);
            fits = fits.and(holds_throughout(*relation, &there, budget)?);
        }
        match fits {
            Truth::Yes if !solutions.roots.iter().any(|known| known.value == root.value) => {
                solutions.add(root.value, 1);
            }
            Truth::Yes | Truth::No => {}
            Truth::Unknown => return Ok(false),
        }
    }
    Ok(true)
}

/// Does the difference stand so to zero for all values of the parameters, or for none?
fn holds_throughout(relation: Relation, difference: &Expr, budget: &Budget) -> Result<Truth, Reason> {
    let decided = |relation| decide(&Expr::relation(relation, difference.clone(), Expr::zero()), budget);
    match decided(relation)? {
        Truth::No if !difference.is_constant() && !decided(relation.negated())?.is_yes() => Ok(Truth::Unknown),
        truth => Ok(truth),
    }
}
