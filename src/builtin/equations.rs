//! Solving equations, inequalities and systems; assumptions.

use super::numeric::{bound, function_of};
use crate::algebra;
use crate::builtin;
use crate::calculus::domain;
use crate::diagnostic::{Fault, FaultKind, Span, Spanned, fault};
use crate::expr::assume::{self, Assumed, Domain, Fact};
use crate::expr::{Expr, Kind, Relation, Symbol};
use crate::number::sorting;
use crate::number::{Rational, Real};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::WRONG_TYPE;
use crate::runtime::parameter::{Formula, Keywords, Rest, expected};
use crate::runtime::value::{Dict, Key, Parent, Value, as_expr};
use crate::solve::{self, Families, Solutions};
use crate::tape;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &solve_equations::RECORD,
    &solve_ineq::RECORD,
    &find_roots::RECORD,
    &roots::RECORD,
    &assume_facts::RECORD,
    &forget::RECORD,
    &assumptions::RECORD,
];

/// Every fault of this topic.
pub static KINDS: &[&FaultKind] = &[&NO_UNKNOWN, &NO_EXPLICIT_ROOTS, &ROOTS_NOT_ISOLATED, &INCONSISTENT, &NO_FACT];

/// No variable to solve for.
pub static NO_UNKNOWN: FaultKind = FaultKind {
    code: "no-unknown",
    class: "TypeError",
    title: "it was not said what to solve for",
    explanation: "Name the unknowns behind the equations, each a variable.",
    wrong: "var('y'); solve(x + y == 1)",
    right: "var('y'); solve(x + y == 1, x)",
};

/// An assumption that contradicts the others.
pub static INCONSISTENT: FaultKind = FaultKind {
    code: "inconsistent-assumption",
    class: "ValueError",
    title: "an assumption contradicts what was assumed before",
    explanation: "Nothing satisfies all assumptions. `forget()` drops the old ones.",
    wrong: "assume(x > 0); assume(x < -1)",
    right: "assume(x > 0); forget(); assume(x < -1)",
};

/// Something that can't be assumed.
pub static NO_FACT: FaultKind = FaultKind {
    code: "no-fact",
    class: "TypeError",
    title: "something was assumed that is no fact",
    explanation: "Assume relations, `x > 0`, or domains, `assume(n, 'integer')`.",
    wrong: "assume(x^2)",
    right: "assume(x^2 > 1)",
};

builtin! {
    /// The solutions of an equation, inequality or system.
    ///
    /// An equation gives a list of equations `x == value`; what stays open is in the list as an equation. Equations of
    /// periodic functions give the principal solutions, with `to_poly_solve='force'` families with integers `z1`; an
    /// equation that holds on intervals gives them. A system gives a list of lists, one a solution;
    /// `solution_dict=True` gives dictionaries, `multiplicities=True` the multiplicities besides. An inequality gives the
    /// intervals that solve it.
    ///
    /// ```calc
    /// solve(x^2 == 4, x)                    # => [x == -2, x == 2]
    /// solve(exp(2*x) - 3*exp(x) + 2 == 0, x)    # => [x == 0, x == log(2)]
    /// var('y')                              # => y
    /// solve([x + y == 3, x - y == 1], x, y) # => [[x == 2, y == 1]]
    /// solve(x^2 > 1, x)                     # => [[x < -1], [x > 1]]
    /// solve(floor(x) == 3, x)               # => [[x >= 3, x < 4]]
    /// solve(sin(x)/x == 0, x, to_poly_solve='force')    # => [[x == pi*z1, z1 != 0]]
    /// var('y'); solve(x + y == 1)       # error: no-unknown
    /// ```
    ///
    /// See also: `find_root`, `roots`, `assume`.
    named "solve";
    faults "no-unknown";
    fn solve_equations(call, f: Spanned<Value>, unknowns: Rest<Spanned<Value>>, multiplicities: Option<bool>, solution_dict: Option<bool>, explicit_solutions: Option<bool>, to_poly_solve: Option<Value>, algorithm: Option<Value>, domain: Option<Value>) -> Value {
        if let Value::Bool(_) = f.value {
            return Err(no_expressions(f.span).hint("what is compared here holds no unknown"));
        }
        let system = equations(&f)?;
        let unknowns = unknown_parts(&unknowns.0, &system, call)?;
        let options = Options::of(multiplicities, solution_dict, explicit_solutions, to_poly_solve.as_ref(), domain.as_ref());
        let as_dict = options.as_dict;
        match (system.as_slice(), unknowns.as_slice()) {
            ([single], [unknown]) if is_inequality(single) => one_inequality(single, unknown, call),
            ([single], [unknown]) => {
                let solutions = solve::solve_with_families(single, unknown, options.families, call.budget())?;
                one_equation(solutions, unknown, &options, call)
            }
            (several, [unknown]) if several.iter().any(is_inequality) => {
                inequalities(several, unknown, call)
            }
            (several, unknowns) => system_solutions(several, unknowns, as_dict, call),
        }
    }
}

/// The equations of a system; an expression means that it is zero.
fn equations(f: &Spanned<Value>) -> Result<Vec<Expr>, Fault> {
    let items: Vec<Value> = match &f.value {
        Value::List(items) => items.borrow().clone(),
        Value::Tuple(items) => items.to_vec(),
        other => vec![other.clone()],
    };
    let mut all = Vec::new();
    for item in items {
        match item {
            Value::Bool(true) => {}
            Value::Bool(false) => all.push(Expr::relation(Relation::Equal, Expr::one(), Expr::zero())),
            other => all.push(as_expr(&other).ok_or_else(|| {
                no_expressions(f.span).hint("an equation is written without quotes and with `==`: solve(x^2 == 4, x)")
            })?),
        }
    }
    if let [single] = all.as_slice()
        && single.as_number().is_some()
    {
        return Err(no_expressions(f.span));
    }
    Ok(all)
}

fn no_expressions(span: Span) -> Fault {
    fault!(WRONG_TYPE, span, "The first argument must be a symbolic expression or a list of symbolic expressions.")
}

fn is_inequality(expr: &Expr) -> bool {
    matches!(expr.kind(), Kind::Relation(relation, ..) if *relation != Relation::Equal)
}

/// What to solve for: variables or other parts; the only variable when nothing is named.
fn unknown_parts(given: &[Spanned<Value>], system: &[Expr], call: &Call<'_>) -> Result<Vec<Expr>, Fault> {
    let mut unknowns = Vec::new();
    for argument in given {
        let items: Vec<Value> = match &argument.value {
            Value::List(items) => items.borrow().clone(),
            Value::Tuple(items) => items.to_vec(),
            other => vec![other.clone()],
        };
        for item in items {
            match as_expr(&item) {
                Some(expr) if expr.as_number().is_none() => unknowns.push(expr),
                _ => return Err(expected("a variable", argument)),
            }
        }
    }
    if !unknowns.is_empty() {
        return Ok(unknowns);
    }
    let mut variables: Vec<Symbol> = system.iter().flat_map(Expr::variables).collect();
    sorting::sort(&mut variables);
    variables.dedup();
    match variables.as_slice() {
        [only] => Ok(vec![Expr::symbol(*only)]),
        _ => Err(fault!(NO_UNKNOWN, call.span(), "say what to solve for").hint("solve(equation, x)")),
    }
}

fn equation(unknown: &Expr, value: &Expr) -> Value {
    Value::Expr(Expr::relation(Relation::Equal, unknown.clone(), value.clone()))
}

/// How solutions are wanted.
struct Options {
    multiplicities: bool,
    as_dict: bool,
    explicit: bool,
    families: Families,
    /// Are decimals wanted for the roots of polynomials that have none by radicals?
    decimals: bool,
    real: bool,
}

impl Options {
    fn of(
        multiplicities: Option<bool>,
        solution_dict: Option<bool>,
        explicit_solutions: Option<bool>,
        to_poly_solve: Option<&Value>,
        domain: Option<&Value>,
    ) -> Options {
        let force = to_poly_solve.is_some_and(|value| value.as_str().is_some_and(|text| &**text == "force"));
        let mixed = force || matches!(to_poly_solve, Some(Value::Bool(true)));
        Options {
            multiplicities: multiplicities == Some(true),
            as_dict: solution_dict == Some(true),
            explicit: explicit_solutions == Some(true),
            families: if force {
                Families::All
            } else if mixed {
                Families::Mixed
            } else {
                Families::None
            },
            decimals: mixed,
            real: domain.is_some_and(|value| match value {
                Value::Parent(parent) => matches!(parent, Parent::Reals(_) | Parent::Doubles),
                other => other.as_str().is_some_and(|text| &**text == "real"),
            }),
        }
    }
}

/// The solutions with decimals for the roots of polynomials left open, and without those that were not wanted.
fn as_wanted(
    mut solutions: Solutions,
    unknown: &Expr,
    options: &Options,
    call: &mut Call<'_>,
) -> Result<Solutions, Fault> {
    if options.decimals
        && let Some(variable) = unknown.as_symbol()
    {
        for open in std::mem::take(&mut solutions.unsolved) {
            match solve::numeric_roots(&open, variable, 53, call.budget())? {
                Some(roots) => {
                    call.note("numerical", "some roots are decimals, every digit right");
                    roots.into_iter().for_each(|(value, times)| solutions.add(Expr::number(value), times));
                }
                None => solutions.unsolved.push(open),
            }
        }
    }
    if options.real {
        solutions.roots.retain(|root| !root.value.is_constant() || !tape::is_real_by_ball(&root.value).is_no());
    }
    if options.explicit {
        solutions.unsolved.clear();
    }
    Ok(solutions)
}

/// The answer for one equation in one unknown.
fn one_equation(solutions: Solutions, unknown: &Expr, options: &Options, call: &mut Call<'_>) -> Result<Value, Fault> {
    if solutions.principal_only && !solutions.roots.is_empty() {
        call.note("principal", "a periodic function was inverted: there are further solutions");
    }
    if solutions.conditional && !solutions.roots.is_empty() {
        call.note("condition", "a root holds only for those values of the parameters to which its branch fits");
    }
    if solutions.conditional && solutions.roots.is_empty() && solutions.unsolved.is_empty() {
        call.note("condition", "there is no solution but perhaps for special values of the parameters");
    }
    if options.as_dict && solutions.roots.iter().any(|root| !root.except.is_empty()) {
        call.note("condition", "at some members of a family the equation has no value");
    }
    if solutions.partial || (!solutions.unsolved.is_empty() && !solutions.roots.is_empty()) {
        call.note("incomplete", "not all was solved: there may be further solutions");
    }
    let solutions = as_wanted(solutions, unknown, options, call)?;
    for open in &solutions.unsolved {
        note_decimals(open, unknown, call)?;
    }
    if solutions.everything {
        let free = Value::Expr(Expr::relation(Relation::Equal, unknown.clone(), Expr::variable("r1")));
        return Ok(Value::list(vec![free]));
    }
    let mut answers = Vec::new();
    let mut multiplicities = Vec::new();
    for root in &solutions.roots {
        answers.push(match root.except.as_slice() {
            _ if options.as_dict => dictionary(&[(unknown.clone(), root.value.clone())]),
            [] => equation(unknown, &root.value),
            // A family without some members: the root and the conditions on its integer.
            except => {
                let conditions = except.iter().cloned().map(Value::Expr);
                Value::list(std::iter::once(equation(unknown, &root.value)).chain(conditions).collect())
            }
        });
        multiplicities.push(Value::integer(root.multiplicity as i64));
    }
    answers.extend(solutions.pieces.iter().map(|piece| Value::list(piece.iter().cloned().map(Value::Expr).collect())));
    multiplicities.resize(answers.len(), Value::integer(1));
    for open in &solutions.unsolved {
        answers.push(Value::Expr(open.clone()));
        multiplicities.push(Value::integer(1));
    }
    if options.multiplicities {
        return Ok(Value::tuple(vec![Value::list(answers), Value::list(multiplicities)]));
    }
    // Sage's own answers are printed in lines, those that it looked through again are not.
    let is_plain = options.as_dict || options.decimals;
    Ok(if is_plain { Value::list(answers) } else { Value::list_in_lines(answers) })
}

/// Says where the roots of a polynomial lie that have no closed form.
fn note_decimals(open: &Expr, unknown: &Expr, call: &mut Call<'_>) -> Result<(), Fault> {
    const MOST_ROOTS: usize = 12;
    let Some(variable) = unknown.as_symbol() else { return Ok(()) };
    let Some(roots) = solve::numeric_roots(open, variable, 53, call.budget())? else { return Ok(()) };
    if roots.len() <= MOST_ROOTS {
        let shown: Vec<String> = roots.into_iter().map(|(root, _)| crate::print::text(&Expr::number(root))).collect();
        call.note("numerical", format!("no closed form, but decimals, every digit right: {}", shown.join(", ")));
    }
    Ok(())
}

fn dictionary(pairs: &[(Expr, Expr)]) -> Value {
    let mut dict = Dict::new();
    for (unknown, value) in pairs {
        // An expression is always a good key.
        if let Ok(key) = Key::new(Value::Expr(unknown.clone())) {
            dict.insert(key, Value::Expr(value.clone()));
        }
    }
    Value::dict(dict)
}

fn symbol_of(unknown: &Expr, call: &Call<'_>) -> Result<Symbol, Fault> {
    unknown.as_symbol().ok_or_else(|| {
        fault!(WRONG_TYPE, call.span(), "{} is not a valid variable", crate::print::text(unknown))
            .hint("solve for variables made by var('...')")
    })
}

/// The intervals that solve one inequality.
fn one_inequality(inequality: &Expr, unknown: &Expr, call: &mut Call<'_>) -> Result<Value, Fault> {
    inequalities(std::slice::from_ref(inequality), unknown, call)
}

/// Whether both sides of all relations are rational functions with rational coefficients.
fn all_rational(all: &[Expr], variable: Symbol, call: &Call<'_>) -> Result<bool, Fault> {
    for relation in all {
        let Kind::Relation(_, left, right) = relation.kind() else { return Ok(false) };
        if algebra::rational_function(&(left - right), variable, call.budget())?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn inequalities(all: &[Expr], unknown: &Expr, call: &mut Call<'_>) -> Result<Value, Fault> {
    let variable = symbol_of(unknown, call)?;
    let pieces = solve::solve_inequalities(all, variable, call.budget())?;
    let list = if all.len() > 1 { Value::list_in_lines } else { Value::list };
    Ok(match pieces {
        Some(solve::RealSet::Everything) => {
            let everywhere = Expr::infinity(crate::expr::Infinity::Positive);
            let everywhere = Value::Expr(Expr::relation(Relation::Less, unknown.clone(), everywhere));
            // As Sage writes it: rational inequalities without the inner list.
            let inner = if all_rational(all, variable, call)? { everywhere } else { Value::list(vec![everywhere]) };
            list(vec![inner])
        }
        Some(solve::RealSet::Pieces(pieces)) => {
            if pieces.iter().flatten().any(Expr::has_floats) && !all.iter().any(Expr::has_floats) {
                call.note("numerical", "some ends are decimals, every digit right");
            }
            list(pieces.into_iter().map(|piece| Value::list(piece.into_iter().map(Value::Expr).collect())).collect())
        }
        None => {
            if let Some(pieces) = linear_pieces(all, &[variable], call)? {
                return Ok(pieces);
            }
            call.note("incomplete", "the inequality stayed unsolved");
            match all {
                [single] => Value::list(open_inequality(single)),
                several => list(vec![Value::list(several.iter().cloned().map(Value::Expr).collect())]),
            }
        }
    })
}

/// An inequality that stays open as Sage writes it: a difference that is positive, or zero.
fn open_inequality(inequality: &Expr) -> Vec<Value> {
    let Kind::Relation(relation, left, right) = inequality.kind() else { return Vec::new() };
    let difference = match relation {
        Relation::Less | Relation::LessEqual => right - left,
        _ => left - right,
    };
    let piece = |relation| Value::list(vec![Value::Expr(Expr::relation(relation, difference.clone(), Expr::zero()))]);
    match relation {
        Relation::LessEqual | Relation::GreaterEqual => vec![piece(Relation::Equal), piece(Relation::Greater)],
        Relation::NotEqual => vec![piece(Relation::NotEqual)],
        _ => vec![piece(Relation::Greater)],
    }
}

builtin! {
    /// The real intervals on which an inequality, or each of several, holds.
    ///
    /// ```calc
    /// solve_ineq(x^2 > 1, x)            # => [[x < -1], [x > 1]]
    /// solve_ineq([x^2 > 1, x < 3], [x]) # => [[x < -1], [x > 1, x < 3]]
    /// ```
    ///
    /// See also: `solve`.
    only function;
    fn solve_ineq(call, f: Spanned<Value>, unknowns: Rest<Spanned<Value>>) -> Value {
        let system = equations(&f)?;
        match unknown_parts(&unknowns.0, &system, call)?.as_slice() {
            [unknown] => inequalities(&system, unknown, call),
            _ => Err(fault!(NO_UNKNOWN, call.span(), "inequalities are solved for one unknown")),
        }
    }
}

builtin! {
    /// All real roots of an expression or equation between two bounds, ascending, every digit right.
    ///
    /// Each root is enclosed alone and no other is left out; where that can't be shown, an error says so. Equations that
    /// are solved exactly may have multiple roots too.
    ///
    /// ```calc
    /// find_roots(x^3 - 3*x + 1, -2, 2)  # => [-1.87938524157182, 0.347296355333861, 1.53208888623796]
    /// find_roots(sin(x) == x/4, 1, 5)   # => [2.47457678736983]
    /// find_roots(sin(x)^2 == 1, 0, 5)   # => [1.57079632679490, 4.71238898038469]
    /// find_roots(floor(x), -1, 1)       # error: roots-not-isolated
    /// ```
    ///
    /// See also: `find_root`, `solve`.
    faults "roots-not-isolated";
    fn find_roots(call, f: Formula, a: Spanned<Value>, b: Spanned<Value>) -> Value {
        let ends = [end(&a, call)?, end(&b, call)?];
        let (expr, variable) = function_of(&f, None, call)?;
        let [low, high] = if ends[0].near <= ends[1].near { &ends } else { &[ends[1].clone(), ends[0].clone()] };
        let Some(roots) = roots_on(&expr, variable, low, high, call)? else {
            return Err(fault!(ROOTS_NOT_ISOLATED, call.span(), "the roots could not all be isolated")
                .hint("a multiple root, a break, or too many roots are met: `find_root` finds single ones"));
        };
        Ok(Value::list(roots.into_iter().map(|root| Value::real(Real::from_f64(root))).collect()))
    }
}

/// An end of an interval: exactly, and the machine number nearest to it.
#[derive(Clone)]
struct End {
    exact: Expr,
    near: f64,
}

impl End {
    /// Is the machine number the end itself?
    fn is_machine_number(&self) -> bool {
        self.exact.as_rational().is_some_and(|q| Rational::from_f64(self.near).as_ref() == Some(q))
    }
}

/// A bound; a floating one is the simplest fraction that it can mean.
fn end(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<End, Fault> {
    let near = bound(value, call)?;
    let exact = as_expr(&value.value).map(|given| solve::simplest_numbers(&given));
    exact.map(|exact| End { exact, near }).ok_or_else(|| expected("a finite number", value))
}

/// All roots between two ends, those included; `None` where it is not shown that they are all.
fn roots_on(expr: &Expr, variable: Symbol, low: &End, high: &End, call: &Call<'_>) -> Result<Option<Vec<f64>>, Fault> {
    let budget = call.budget();
    let exactly = || exact_roots(expr, variable, low, high, call);
    if low.is_machine_number() && high.is_machine_number() {
        let found = domain::all_roots(expr, variable, low.near, high.near, budget)?;
        return found.map_or_else(exactly, |roots| Ok(Some(roots)));
    }
    if let Some(roots) = exactly()? {
        return Ok(Some(roots));
    }
    let Some(roots) = domain::all_roots(expr, variable, low.near.next_down(), high.near.next_up(), budget)? else {
        return Ok(None);
    };
    for end in [low, high] {
        let is_near = |root: &f64| (root - end.near).abs() <= 4.0 * (end.near.next_up() - end.near).abs();
        let there = expr.substitute_symbol(variable, &end.exact);
        if roots.iter().any(is_near) && !algebra::is_zero(&there, budget)?.is_yes() {
            return Ok(None);
        }
    }
    Ok(Some(roots))
}

/// The roots of an equation that is solved exactly, as machine numbers.
fn exact_roots(
    expr: &Expr,
    variable: Symbol,
    low: &End,
    high: &End,
    call: &Call<'_>,
) -> Result<Option<Vec<f64>>, Fault> {
    let found = solve::roots_between(expr, variable, [&low.exact, &high.exact], call.budget())?;
    let Some(roots) = found else { return Ok(None) };
    let unknown = |_: &Expr| crate::expr::Truth::Unknown;
    let questions = tape::Questions { is_zero: &unknown, budget: call.budget() };
    let value = |root: &Expr| tape::evaluate(root, 53, &questions).ok().map(|found| found.value.to_f64_parts().0);
    Ok(roots.iter().map(value).collect())
}

/// It could not be shown that all roots were found.
pub static ROOTS_NOT_ISOLATED: FaultKind = FaultKind {
    code: "roots-not-isolated",
    class: "RuntimeError",
    title: "it could not be shown that all roots were found",
    explanation: "Roots are isolated by enclosures of the function and its derivative. At a multiple root that is not seen exactly, or at a break of the function, they can't be told apart.",
    wrong: "find_roots(floor(x), -1, 1)",
    right: "find_roots(x^2 - 2, 0, 2)",
};

/// The set on which linear inequalities hold, among them perhaps equations; `None` for others.
fn linear_pieces(system: &[Expr], unknowns: &[Symbol], call: &Call<'_>) -> Result<Option<Value>, Fault> {
    let is_inequality = |e: &Expr| matches!(e.kind(), Kind::Relation(relation, ..) if *relation != Relation::Equal);
    if !system.iter().any(is_inequality) {
        return Ok(None);
    }
    let pieces = solve::solve_linear_inequalities(system, unknowns, call.budget())?;
    let piece = |relations: Vec<Expr>| Value::list(relations.into_iter().map(Value::Expr).collect());
    Ok(pieces.map(|pieces| Value::list_in_lines(pieces.into_iter().map(piece).collect())))
}

/// The solutions of a system, as lists or dictionaries.
fn system_solutions(system: &[Expr], unknowns: &[Expr], as_dict: bool, call: &mut Call<'_>) -> Result<Value, Fault> {
    let symbols: Vec<Symbol> = unknowns.iter().map(|unknown| symbol_of(unknown, call)).collect::<Result<_, _>>()?;
    if let Some(pieces) = linear_pieces(system, &symbols, call)? {
        return Ok(pieces);
    }
    let Some(found) = solve::solve_system(system, &symbols, call.budget())? else {
        call.note("incomplete", "the system stayed unsolved");
        return Ok(Value::list_in_lines(system.iter().cloned().map(Value::Expr).collect()));
    };
    if found.principal_only && !found.values.is_empty() {
        call.note("principal", "a periodic function was inverted: there are further solutions");
    }
    if found.values.iter().flatten().any(Expr::has_floats) {
        call.note("numerical", "some solutions are decimals, every digit right");
    }
    let lone = unknowns.len() == 1 && system.len() == 1;
    let answer = |values: Vec<Expr>| {
        let pairs: Vec<(Expr, Expr)> = unknowns.iter().cloned().zip(values).collect();
        if as_dict {
            return dictionary(&pairs);
        }
        let mut list: Vec<Value> = pairs.iter().map(|(unknown, value)| equation(unknown, value)).collect();
        match (lone, list.len()) {
            (true, 1) => list.pop().unwrap_or(Value::None),
            _ => Value::list(list),
        }
    };
    let answers = found.values.into_iter().map(answer).collect();
    Ok(if as_dict { Value::list(answers) } else { Value::list_in_lines(answers) })
}

/// No root has a closed form.
pub static NO_EXPLICIT_ROOTS: FaultKind = FaultKind {
    code: "no-explicit-roots",
    class: "RuntimeError",
    title: "no root has a closed form",
    explanation: "The roots of most polynomials of degree five and more are no radicals. `ring=RR` or `ring=CC` gives them as decimals, every digit right.",
    wrong: "(x^5 - x - 1).roots()",
    right: "(x^5 - x - 1).roots(ring=RR)",
};

builtin! {
    /// The roots with their multiplicities; in a ring, `ring=QQ`, `RR`, `CC`, `RealField(100)`, those of a polynomial.
    ///
    /// ```calc
    /// ((x - 1)^2*(x + 2)).roots(x)      # => [(-2, 1), (1, 2)]
    /// (x^2 - 2).roots(ring=RR)          # => [(-1.41421356237310, 1), (1.41421356237310, 1)]
    /// (x^4 - 1).roots(ring=QQ, multiplicities=False)    # => [1, -1]
    /// (x^5 - x - 1).roots()             # error: no-explicit-roots
    /// ```
    faults "no-explicit-roots";
    only method;
    fn roots(call, f: Expr, unknown: Option<Expr>, options: Keywords, multiplicities: Option<bool>, ring: Option<Spanned<Value>>, explicit_solutions: Option<bool>) -> Value {
        let variable = unknown.or_else(|| f.variables().first().map(|s| Expr::symbol(*s)));
        let Some(variable) = variable else {
            return Err(fault!(NO_UNKNOWN, call.span(), "say in which variable"));
        };
        let found = match ring.filter(|ring| !matches!(ring.value, Value::None)) {
            Some(ring) => roots_in_ring(&f, &variable, &ring, call)?,
            None => explicit_roots(&f, &variable, call)?,
        };
        let root = |(value, times): (Value, usize)| match multiplicities {
            Some(false) => value,
            _ => Value::tuple(vec![value, Value::integer(times as i64)]),
        };
        Ok(Value::list(found.into_iter().map(root).collect()))
    }
}

fn explicit_roots(f: &Expr, variable: &Expr, call: &mut Call<'_>) -> Result<Vec<(Value, usize)>, Fault> {
    if !f.has(variable) {
        return Err(fault!(NO_EXPLICIT_ROOTS, call.span(), "no explicit roots found")
            .label(format!("{variable} does not occur")));
    }
    let solutions = solve::solve_for(f, variable, call.budget())?;
    if !solutions.pieces.is_empty() {
        call.note("incomplete", "it vanishes on whole intervals besides: `solve` names them");
    }
    if !solutions.unsolved.is_empty() {
        if solutions.roots.is_empty() {
            return Err(fault!(NO_EXPLICIT_ROOTS, call.span(), "no explicit roots found"));
        }
        call.note("incomplete", "a factor stayed unsolved: there may be further roots");
    }
    Ok(solutions.roots.into_iter().map(|root| (Value::Expr(root.value), root.multiplicity)).collect())
}

/// The roots of a polynomial that lie in a ring, as its elements.
fn roots_in_ring(
    f: &Expr,
    variable: &Expr,
    ring: &Spanned<Value>,
    call: &mut Call<'_>,
) -> Result<Vec<(Value, usize)>, Fault> {
    let Value::Parent(parent) = ring.value else { return Err(expected("a ring, as QQ, RR or CC", ring)) };
    let symbol = symbol_of(variable, call)?;
    let exact = |f: &Expr, call: &mut Call<'_>| solve::rational_roots(f, symbol, call.budget());
    let (bits, real) = match parent {
        Parent::Symbolic => return explicit_roots(f, variable, call),
        Parent::Integers | Parent::Rationals => {
            let Some(found) = exact(f, call)? else { return Err(no_polynomial(call)) };
            let fits = |(q, _): &(crate::number::Rational, usize)| parent == Parent::Rationals || q.is_integer();
            let found = found.into_iter().rev();
            let value = |(q, times)| (crate::runtime::value::demote(&Expr::number(q)), times);
            return Ok(found.filter(fits).map(value).collect());
        }
        Parent::Reals(bits) => (bits, true),
        Parent::Complexes(bits) => (bits, false),
        Parent::Doubles => (53, true),
        Parent::ComplexDoubles => (53, false),
    };
    let Some(found) = solve::numeric_roots(f, symbol, bits, call.budget())? else { return Err(no_polynomial(call)) };
    let found = found.into_iter().filter(|(number, _)| !real || number.is_real());
    Ok(found.map(|(number, times)| (crate::runtime::value::demote(&Expr::number(number)), times)).collect())
}

fn no_polynomial(call: &Call<'_>) -> Fault {
    fault!(WRONG_TYPE, call.span(), "roots in a ring are those of a polynomial with rational coefficients")
}

/// The domain of that name.
fn domain_named(name: &str) -> Option<Domain> {
    Some(match name {
        "real" => Domain::Real,
        "complex" => Domain::Complex,
        "rational" => Domain::Rational,
        "integer" => Domain::Integer,
        "noninteger" => Domain::NonInteger,
        "even" => Domain::Even,
        "odd" => Domain::Odd,
        _ => return None,
    })
}

/// The facts that arguments state: relations, or variables followed by a domain.
pub(super) fn facts(given: &[Spanned<Value>]) -> Result<Vec<Fact>, Fault> {
    let mut facts = Vec::new();
    let mut symbols: Vec<Symbol> = Vec::new();
    for argument in given {
        if let Some(name) = argument.value.as_str() {
            let domain = domain_named(name).ok_or_else(|| {
                fault!(NO_FACT, argument.span, "`{name}` is no domain that is known")
                    .hint("domains are 'real', 'integer', 'even', 'odd', 'rational', 'noninteger', 'complex'")
            })?;
            facts.extend(symbols.drain(..).map(|symbol| Fact::In(symbol, domain)));
            continue;
        }
        let items: Vec<Value> = match &argument.value {
            Value::List(items) => items.borrow().clone(),
            Value::Tuple(items) => items.to_vec(),
            other => vec![other.clone()],
        };
        for item in items {
            match as_expr(&item) {
                Some(expr) if matches!(expr.kind(), Kind::Relation(..)) => facts.push(Fact::Holds(expr)),
                Some(expr) if expr.as_symbol().is_some() => symbols.extend(expr.as_symbol()),
                _ => {
                    return Err(fault!(NO_FACT, argument.span, "this is no fact that can be assumed")
                        .class_is(if matches!(argument.value, Value::Expr(_)) { "TypeError" } else { "AttributeError" })
                        .hint("assume(x > 0), or assume(n, 'integer')"));
                }
            }
        }
    }
    if let (Some(symbol), Some(last)) = (symbols.first(), given.last()) {
        return Err(fault!(NO_FACT, last.span, "what is assumed about {symbol}?").hint(format!("assume({symbol} > 0)")));
    }
    Ok(facts)
}

builtin! {
    /// Assumes facts: relations, or that variables belong to a domain. They hold until `forget`.
    ///
    /// ```calc
    /// assume(x > 0)
    /// sqrt(x^2).simplify()              # => x
    /// var('n')                          # => n
    /// assume(n, 'integer')
    /// sin(n*pi)                         # => 0
    /// assume(x < -1)                    # error: inconsistent-assumption
    /// assume(x^2)                       # error: no-fact
    /// ```
    ///
    /// See also: `forget`, `assumptions`.
    named "assume";
    faults "inconsistent-assumption", "no-fact";
    fn assume_facts(call, what: Rest<Spanned<Value>>) -> () {
        for fact in facts(&what.0)? {
            if assume::assume(fact) == Assumed::Inconsistent {
                return Err(fault!(INCONSISTENT, call.span(), "Assumption is inconsistent"));
            }
        }
        Ok(())
    }
}

builtin! {
    /// Forgets facts that were assumed; all of them without an argument.
    ///
    /// ```calc
    /// assume(x > 0)
    /// forget()
    /// assumptions()                     # => []
    /// ```
    fn forget(call, what: Rest<Spanned<Value>>) -> () {
        if what.0.is_empty() {
            assume::forget_all();
            return Ok(());
        }
        if let [only] = what.0.as_slice()
            && let Some(symbol) = as_expr(&only.value).and_then(|expr| expr.as_symbol())
        {
            assume::forget_about(symbol);
            return Ok(());
        }
        for fact in facts(&what.0)? {
            assume::forget(&fact);
        }
        Ok(())
    }
}

builtin! {
    /// The facts that are assumed, all of them or those about some variables.
    ///
    /// ```calc
    /// assume(x > 0)
    /// assumptions()                     # => [x > 0]
    /// ```
    fn assumptions(call, about: Rest<Spanned<Value>>) -> Value {
        let symbols: Vec<Symbol> =
            about.0.iter().filter_map(|argument| as_expr(&argument.value)).filter_map(|expr| expr.as_symbol()).collect();
        let wanted = |fact: &Fact| symbols.is_empty() || symbols.iter().any(|symbol| match fact {
            Fact::Holds(relation) => relation.has_symbol(*symbol),
            Fact::In(own, _) => own == symbol,
        });
        Ok(Value::list(assume::assumptions().iter().filter(|fact| wanted(fact)).map(shown).collect()))
    }
}

/// A fact as a value.
fn shown(fact: &Fact) -> Value {
    match fact {
        Fact::Holds(relation) => Value::Expr(relation.clone()),
        Fact::In(symbol, domain) => {
            let name = format!("{domain:?}").to_lowercase();
            Value::Object(std::rc::Rc::new(crate::builtin::facts::Membership { text: format!("{symbol} is {name}") }))
        }
    }
}
