//! Linear inequalities and equations in several unknowns, by Fourier's elimination.
//!
//! The unknowns are taken in order: what bounds one of them from below and from above is written down, every lower
//! bound together with every upper one goes on without it (Fourier 1827, Motzkin 1936). Relations that follow from the
//! others are dropped first, found by the elimination itself: a relation is superfluous when its contrary contradicts
//! the rest.

use crate::algebra;
use crate::budget::Budget;
use crate::expr::function::{MAX, MIN};
use crate::expr::{Expr, Function, Kind, Reason, Relation, Symbol};
use crate::number::sorting;
use crate::number::{Number, Rational};

/// More relations than this, given or met on the way, are left alone.
const MOST_ROWS: usize = 200;

/// `coefficients * unknowns + constant`, greater than, not less than, or equal to zero.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    coefficients: Vec<Rational>,
    constant: Rational,
    relation: Relation,
}

/// What elimination ends in.
enum Outcome {
    /// The relations that describe the set, in the order of the unknowns.
    Described(Vec<Expr>),
    /// No point satisfies all.
    Empty,
    /// Too much to do.
    GivenUp,
}

/// The set on which linear relations hold, as relations that bound the unknowns one after the other: the empty list of
/// alternatives where it is empty, one alternative else. `None` where a relation is not linear.
///
/// # Errors
/// When the budget runs out.
pub fn solve_linear_inequalities(
    relations: &[Expr],
    unknowns: &[Symbol],
    budget: &Budget,
) -> Result<Option<Vec<Vec<Expr>>>, Reason> {
    let order = order_of(relations, unknowns);
    let mut rows = Vec::new();
    for relation in relations {
        match Row::of(relation, &order, budget)? {
            Some(row) => rows.push(row),
            None => return Ok(None),
        }
    }
    let order = if let [_] = relations { order.iter().rev().copied().collect() } else { order };
    let rows = if relations.len() == 1 { rows.into_iter().map(Row::reversed).collect() } else { rows };
    Ok(match described(rows, &order, budget)? {
        Outcome::Described(relations) => Some(vec![relations]),
        Outcome::Empty => Some(Vec::new()),
        Outcome::GivenUp => None,
    })
}

/// The unknowns asked for, then the others that occur, by name.
fn order_of(relations: &[Expr], unknowns: &[Symbol]) -> Vec<Symbol> {
    let mut others: Vec<Symbol> = relations.iter().flat_map(Expr::variables).collect();
    sorting::sort(&mut others);
    others.dedup();
    others.retain(|symbol| !unknowns.contains(symbol));
    unknowns.iter().copied().chain(others).collect()
}

impl Row {
    /// A relation as a row; `None` where it is not linear with rational coefficients, or says only `!=`.
    fn of(relation: &Expr, order: &[Symbol], budget: &Budget) -> Result<Option<Row>, Reason> {
        let Kind::Relation(kind, left, right) = relation.kind() else { return Ok(None) };
        let (difference, kind) = match kind {
            Relation::Greater | Relation::GreaterEqual | Relation::Equal => (left - right, *kind),
            Relation::Less => (right - left, Relation::Greater),
            Relation::LessEqual => (right - left, Relation::GreaterEqual),
            Relation::NotEqual => return Ok(None),
        };
        let expanded = algebra::expand(&difference, budget)?;
        let mut row = Row { coefficients: vec![Rational::ZERO; order.len()], constant: Rational::ZERO, relation: kind };
        for term in algebra::terms(&expanded) {
            let (base, coefficient) = term.split_coefficient();
            let Some(q) = coefficient.as_rational() else { return Ok(None) };
            let place = base.as_symbol().and_then(|symbol| order.iter().position(|own| *own == symbol));
            match place.and_then(|place| row.coefficients.get_mut(place)) {
                Some(slot) => *slot = &*slot + q,
                None => match term.as_rational() {
                    Some(constant) => row.constant = &row.constant + constant,
                    None => return Ok(None),
                },
            }
        }
        Ok(Some(row))
    }

    fn reversed(mut self) -> Row {
        self.coefficients.reverse();
        self
    }

    fn at(&self, place: usize) -> Rational {
        self.coefficients.get(place).cloned().unwrap_or(Rational::ZERO)
    }

    /// `p` times this row and `q` times another.
    fn combined(&self, p: &Rational, other: &Row, q: &Rational, relation: Relation) -> Row {
        let mixed = |a: &Rational, b: &Rational| a * p + b * q;
        let coefficients = self.coefficients.iter().zip(&other.coefficients).map(|(a, b)| mixed(a, b)).collect();
        Row { coefficients, constant: mixed(&self.constant, &other.constant), relation }
    }

    fn is_constant(&self) -> bool {
        self.coefficients.iter().all(Rational::is_zero)
    }

    /// Does a row without unknowns hold?
    fn holds(&self) -> bool {
        self.relation.holds(self.constant.cmp(&Rational::ZERO))
    }

    /// What is true where this row is not; two alternatives for an equation.
    fn contraries(&self) -> Vec<Row> {
        let turned = |sign: i64, relation| {
            let sign = Rational::from(sign);
            self.combined(&sign, self, &Rational::ZERO, relation)
        };
        match self.relation {
            Relation::Greater => vec![turned(-1, Relation::GreaterEqual)],
            Relation::Equal => vec![turned(1, Relation::Greater), turned(-1, Relation::Greater)],
            _ => vec![turned(-1, Relation::Greater)],
        }
    }

    /// The value of an unknown at which the row is zero, by the others.
    fn solved(&self, place: usize, order: &[Symbol]) -> Expr {
        let own = self.at(place);
        let part = |q: &Rational| Number::from(-(q / &own));
        let others = self.coefficients.iter().zip(order).enumerate().filter(|(other, _)| *other != place);
        let terms = others.map(|(_, (q, symbol))| Expr::symbol(*symbol).scale(&part(q)));
        Expr::sum(terms.chain([Expr::number(part(&self.constant))]))
    }
}

/// The strict relation if one of the two is.
fn stricter(a: Relation, b: Relation) -> Relation {
    if a == Relation::Greater || b == Relation::Greater { Relation::Greater } else { Relation::GreaterEqual }
}

/// The rows that follow for the unknowns after a place: an equation is put into the others, else bounds are paired.
fn eliminated(rows: &[Row], place: usize) -> Vec<Row> {
    let (with, mut rest): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| !row.at(place).is_zero());
    let mut next: Vec<Row> = rest.drain(..).cloned().collect();
    if let Some(pivot) = with.iter().find(|row| row.relation == Relation::Equal) {
        let own = pivot.at(place);
        let others = with.iter().filter(|row| row != &pivot);
        next.extend(others.map(|row| row.combined(&Rational::ONE, pivot, &-(row.at(place) / &own), row.relation)));
        return next;
    }
    let (below, above): (Vec<&Row>, Vec<&Row>) = with.into_iter().partition(|row| !row.at(place).is_negative());
    for low in &below {
        for high in &above {
            let relation = stricter(low.relation, high.relation);
            next.push(low.combined(&-high.at(place), high, &low.at(place), relation));
        }
    }
    next
}

/// Can all rows hold together? `None` when there are too many.
fn is_feasible(rows: &[Row], unknowns: usize, budget: &Budget) -> Result<Option<bool>, Reason> {
    let mut rows = rows.to_vec();
    for place in 0..unknowns {
        budget.check()?;
        rows = eliminated(&rows, place);
        if rows.iter().any(|row| row.is_constant() && !row.holds()) {
            return Ok(Some(false));
        }
        rows.retain(|row| !row.is_constant());
        if rows.len() > MOST_ROWS {
            return Ok(None);
        }
    }
    Ok(Some(true))
}

/// The rows without those that follow from the others; `None` when there are too many.
fn needed(rows: Vec<Row>, unknowns: usize, budget: &Budget) -> Result<Option<Vec<Row>>, Reason> {
    let mut kept = rows;
    let mut place = 0;
    while let Some(row) = kept.get(place).cloned() {
        let others: Vec<Row> =
            kept.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, row)| row.clone()).collect();
        let mut follows = true;
        for contrary in row.contraries() {
            let mut against = others.clone();
            against.push(contrary);
            match is_feasible(&against, unknowns, budget)? {
                Some(feasible) => follows &= !feasible,
                None => return Ok(None),
            }
        }
        if follows { kept = others } else { place += 1 }
    }
    Ok(Some(kept))
}

/// The relations that bound the unknowns one after the other.
fn described(rows: Vec<Row>, order: &[Symbol], budget: &Budget) -> Result<Outcome, Reason> {
    match is_feasible(&rows, order.len(), budget)? {
        Some(true) => {}
        Some(false) => return Ok(Outcome::Empty),
        None => return Ok(Outcome::GivenUp),
    }
    let mut rows = rows;
    let mut written = Vec::new();
    for (place, symbol) in order.iter().enumerate() {
        rows.retain(|row| !row.is_constant());
        let Some(own) = needed(rows, order.len(), budget)? else { return Ok(Outcome::GivenUp) };
        written.extend(bounds(&own, place, Expr::symbol(*symbol), order));
        rows = eliminated(&own, place);
        if rows.len() > MOST_ROWS {
            return Ok(Outcome::GivenUp);
        }
    }
    Ok(Outcome::Described(written))
}

/// How rows bound the unknown at a place: by an equation, else from below and from above.
fn bounds(rows: &[Row], place: usize, unknown: Expr, order: &[Symbol]) -> Vec<Expr> {
    let with: Vec<&Row> = rows.iter().filter(|row| !row.at(place).is_zero()).collect();
    if let Some(pivot) = with.iter().find(|row| row.relation == Relation::Equal) {
        return vec![Expr::relation(Relation::Equal, unknown, pivot.solved(place, order))];
    }
    let mut all = Vec::new();
    for (from_below, record) in [(true, &MAX), (false, &MIN)] {
        for relation in [Relation::Greater, Relation::GreaterEqual] {
            let fits = |row: &&&Row| row.relation == relation && row.at(place).is_negative() != from_below;
            let values: Vec<Expr> = with.iter().filter(fits).map(|row| row.solved(place, order)).collect();
            if values.is_empty() {
                continue;
            }
            let end = Expr::call(Function::Elementary(record), values);
            let less = if relation == Relation::Greater { Relation::Less } else { Relation::LessEqual };
            all.push(match from_below {
                true => Expr::relation(less, end, unknown.clone()),
                false => Expr::relation(less, unknown.clone(), end),
            });
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::read;
    use crate::print::text;

    #[track_caller]
    fn check(relations: &[&str], expected: &str) {
        let read: Vec<Expr> = relations.iter().map(|source| read(source).unwrap()).collect();
        let unknowns = [Symbol::new("x"), Symbol::new("y")];
        let found = solve_linear_inequalities(&read, &unknowns, &Budget::unlimited()).unwrap().unwrap();
        let shown: Vec<String> =
            found.iter().map(|piece| piece.iter().map(text).collect::<Vec<_>>().join(", ")).collect();
        assert_eq!(shown.join(" or "), expected, "{relations:?}");
    }

    #[test]
    fn bounds_are_given_one_after_the_other() {
        check(&["x + y < 3", "x - y > 1"], "y + 1 < x, x < -y + 3, y < 1");
        check(&["x + y < 3", "x > 0", "y > 0"], "0 < x, x < -y + 3, 0 < y, y < 3");
        check(&["x + y == 1", "x > y"], "x == -y + 1, y < (1/2)");
        check(&["x + y < 3", "x + y > 4"], "");
        check(&["x + y <= 3", "x >= 0", "x - y <= 1", "y < 10"], "0 <= x, x <= min(-y + 3, y + 1), -1 <= y, y <= 3");
        check(&["2*x + 3*y > 6"], "-2/3*x + 2 < y");
        check(&["x < 1"], "x < 1");
    }
}
