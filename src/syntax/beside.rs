//! Two operands side by side: the products, arguments and declarations that textbooks and other languages write so, and
//! what to type instead.

use crate::diagnostic::{Fault, FaultKind, Span, fault};

use super::explain::Place;
use super::slip::{CAPITAL_KEYWORD, TEXTBOOK_FUNCTIONS};
use super::token::Token;

static FORGOTTEN_TIMES: FaultKind = FaultKind {
    code: "forgotten-times",
    class: "SyntaxError",
    title: "a product is written without `*`",
    explanation: "In a textbook `2x` is a product; here the sign `*` is always written.",
    wrong: "f = 2x",
    right: "f = 2*x",
};

static FORGOTTEN_PARENTHESES: FaultKind = FaultKind {
    code: "forgotten-parentheses",
    class: "SyntaxError",
    title: "a function is applied without parentheses",
    explanation: "In a textbook `sin x` is a value of the sine; here the argument always stands in parentheses.",
    wrong: "sin x",
    right: "sin(x)",
};

static MISSING_OPERATOR: FaultKind = FaultKind {
    code: "missing-operator",
    class: "SyntaxError",
    title: "two expressions stand side by side",
    explanation: "Between two expressions there must be an operator, a comma, or the end of the line.",
    wrong: "v = [1 2]",
    right: "v = [1, 2]",
};

static PRINT_STATEMENT: FaultKind = FaultKind {
    code: "print-statement",
    class: "SyntaxError",
    title: "`print` without parentheses",
    explanation: "`print` is a function: what it shows stands in parentheses.",
    wrong: "print x",
    right: "print(x)",
};

pub(super) static FAULTS: &[&FaultKind] =
    &[&FORGOTTEN_TIMES, &FORGOTTEN_PARENTHESES, &MISSING_OPERATOR, &PRINT_STATEMENT];

/// Two operands without an operator between them.
pub(super) fn side_by_side(place: &Place<'_, '_>) -> Option<Fault> {
    let (last, span) = place.last()?;
    let statement = place.found.begins_only_statements() || place.found == Token::Lambda;
    if !last.ends_operand() || !(place.found.begins_operand() || statement) || place.wants_operand() {
        return None;
    }
    if let Token::Name(word @ ("then" | "do")) = place.found
        && place.first().begins_block()
    {
        let fault = fault!(CAPITAL_KEYWORD, place.span, "`{word}` is no word of the language");
        return Some(fault.label("write `:`").hint("the head of a block ends with `:`"));
    }
    let colon_follows = place.rest_of_line().any(|(_, token, _)| *token == Token::Colon);
    if statement || place.first().begins_block() && place.expects(":") && !colon_follows {
        return None;
    }
    let gap = Span::new(span.start as usize, place.span.end as usize);
    Some(match last {
        Token::Name(name) if place.before.len() == 1 && is_statement_of_others(name, place) => {
            foreign_statement(place, name, span)
        }
        Token::Name(name) if TEXTBOOK_FUNCTIONS.contains(&name) => {
            fault!(FORGOTTEN_PARENTHESES, gap, "the argument of `{name}` stands in parentheses")
                .label("parentheses are missing")
                .hint(format!("write `{}`", applied(name, place)))
        }
        Token::Text(_) => between(gap, place).hint("values are shown side by side with a comma: `print(\"x =\", x)`"),
        Token::Name(name) if name.ends_with('_') && place.found == Token::BraceOpen => {
            between(gap, place).hint(format!("an index is part of the name: `{name}2`"))
        }
        _ if is_factor(last) && is_factor(place.found) && !is_list_of_numbers(place) => within_call(gap, place)
            .unwrap_or_else(|| {
                let product = format!("{}*{}", operand_before(place), operand(place));
                fault!(FORGOTTEN_TIMES, gap, "a product is written with `*`")
                    .label("`*` is missing")
                    .hint(format!("write `{product}`"))
            }),
        _ => between(gap, place),
    })
}

/// The function with its parentheses: `sin(x)` for `sin x`, `integral(x^2, x)` for `integral x^2 dx`.
fn applied(name: &str, place: &Place<'_, '_>) -> String {
    let rest = rest_of_line(place);
    match name {
        "lim" | "limit" => format!("{name}(f, x=0)"),
        "integral" | "integrate" | "diff" => {
            let (formula, variable) = without_differential(rest).unwrap_or((rest, "x"));
            format!("{name}({formula}, {variable})")
        }
        _ => format!("{name}({})", argument(place)),
    }
}

/// `x^2` and `x` for `x^2 dx`.
fn without_differential(text: &str) -> Option<(&str, &str)> {
    let (formula, last) = text.trim_end().rsplit_once(char::is_whitespace)?;
    Some((formula.trim_end(), differential(last)?))
}

/// The variable of `dx`.
fn differential(word: &str) -> Option<&str> {
    word.strip_prefix('d').filter(|variable| variable.chars().count() == 1)
}

/// Operands side by side among the arguments of `integral(x^2 dx)` and `var(x y)`.
fn within_call(gap: Span, place: &Place<'_, '_>) -> Option<Fault> {
    let open = place.before.iter().rposition(|(_, token, _)| *token == Token::ParenOpen)?;
    let [.., (_, Token::Name(function), _)] = &place.before[..open] else { return None };
    let inner = Span::new(place.before[open].2, place.span.end as usize).text(place.source).trim();
    match (*function, place.found) {
        ("var" | "function", Token::Name(_)) => {
            Some(between(gap, place).hint(format!("the names are a text: `{function}('{inner}')`")))
        }
        ("integral" | "integrate", Token::Name(_)) => {
            let (formula, variable) = without_differential(inner)?;
            let fault = fault!(MISSING_OPERATOR, place.span, "the variable of an integral is an argument of its own");
            Some(
                fault.label("a comma is expected before it").hint(format!("write `{function}({formula}, {variable})`")),
            )
        }
        _ => None,
    }
}

fn between(gap: Span, place: &Place<'_, '_>) -> Fault {
    let left = place.last().map_or("", |(_, span)| span.text(place.source));
    fault!(MISSING_OPERATOR, gap, "something is missing between `{left}` and `{}`", place.text())
        .label("an operator or a comma is expected between them")
}

fn is_list_of_numbers(place: &Place<'_, '_>) -> bool {
    matches!(place.last(), Some((Token::Number(_), _))) && matches!(place.found, Token::Number(_))
        || place.text().starts_with('.')
}

/// Whether the name begins a statement of another language: `print x`, `var x`, `int n = 5`.
fn is_statement_of_others(name: &str, place: &Place<'_, '_>) -> bool {
    matches!(name, "print" | "var" | "let" | "const" | "auto" | "local")
        || matches!(name, "int" | "float" | "double" | "real" | "string" | "bool")
            && matches!(place.next(), Some((Token::Assign, _)))
}

/// `print x`, `var x`, `let x = 2`.
fn foreign_statement(place: &Place<'_, '_>, name: &str, span: Span) -> Fault {
    let rest = rest_of_line(place);
    match name {
        "print" => fault!(PRINT_STATEMENT, span, "Missing parentheses in call to 'print'. Did you mean print(...)?")
            .label("`print` is a function")
            .hint(format!("write `print({rest})`")),
        "var" => fault!(MISSING_OPERATOR, span, "`var` is a function")
            .label("parentheses and quotes are missing behind it")
            .hint(format!("write `var('{rest}')`")),
        _ => fault!(MISSING_OPERATOR, span, "a name is introduced by giving it a value")
            .label("leave this word away")
            .hint(format!("write `{} = ...`", place.text())),
    }
}

/// Whether the token can be the border of a factor of a textbook product.
fn is_factor(token: Token<'_>) -> bool {
    matches!(
        token,
        Token::Name(_) | Token::Number(_) | Token::Superscript(_) | Token::ParenOpen | Token::ParenClose | Token::Root
    )
}

/// The operand that begins at the place, as an argument: what its parentheses hold, or the factors written side by side.
pub(super) fn argument(place: &Place<'_, '_>) -> String {
    let operand = operand(place);
    if let Some(power) = power_of(place) {
        return power.to_owned();
    }
    match operand.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) if place.found == Token::ParenOpen => inner.to_owned(),
        _ => match place.next() {
            Some((Token::Name(factor), _)) if matches!(place.found, Token::Number(_)) => format!("{operand}*{factor}"),
            _ => operand.to_owned(),
        },
    }
}

/// The text of the operand that begins at the place: a word with the brackets right behind it, or brackets.
fn operand<'s>(place: &Place<'_, 's>) -> &'s str {
    let own = std::iter::once((place.found, place.span));
    let tokens = own.chain(place.after.iter().map(|(start, token, end)| (*token, Span::new(*start, *end))));
    let mut depth = 0usize;
    let mut whole = place.span;
    for (token, span) in tokens {
        if depth == 0
            && !span.is_empty()
            && span != place.span
            && !(token == Token::ParenOpen && span.start == whole.end)
        {
            break;
        }
        depth = if token.is_open_bracket() {
            depth + 1
        } else if token.is_close_bracket() {
            depth.saturating_sub(1)
        } else {
            depth
        };
        if token == Token::Newline {
            break;
        }
        whole = whole.join(span);
    }
    whole.text(place.source)
}

/// The text of a name or number at the place with the power behind it: `x^2`.
fn power_of<'s>(place: &Place<'_, 's>) -> Option<&'s str> {
    match (place.found, place.after) {
        (
            Token::Name(_) | Token::Number(_),
            [(_, Token::Caret | Token::StarStar, _), (_, Token::Name(_) | Token::Number(_), end), ..],
        ) => Some(Span::new(place.span.start as usize, *end).text(place.source)),
        _ => None,
    }
}

/// The text of the operand that ends right before the place.
fn operand_before<'s>(place: &Place<'_, 's>) -> &'s str {
    let mut depth = 0usize;
    let mut start = place.span.start as usize;
    let mut end = None;
    for (from, token, to) in place.before.iter().rev() {
        let glued = end.is_none() || depth > 0 || *to == start && matches!(token, Token::Name(_) | Token::ParenClose);
        if !glued {
            break;
        }
        depth = if token.is_close_bracket() {
            depth + 1
        } else if token.is_open_bracket() {
            depth.saturating_sub(1)
        } else {
            depth
        };
        start = *from;
        end.get_or_insert(*to);
        let may_go_on = matches!(token, Token::ParenOpen | Token::BracketOpen | Token::Superscript(_));
        if depth == 0 && !may_go_on {
            break;
        }
    }
    Span::new(start, end.unwrap_or(start)).text(place.source)
}

/// What stands from the place on to the end of the line.
fn rest_of_line<'s>(place: &Place<'_, 's>) -> &'s str {
    let end = place.rest_of_line().last().map_or(place.span.end as usize, |(_, _, end)| *end);
    Span::new(place.span.start as usize, end).text(place.source)
}
