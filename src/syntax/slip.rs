//! The usual slips of people who come from a textbook, from Python 2, C or Mathematica: what they type, recognised from
//! the words around the place where a line stops making sense.

use crate::diagnostic::{Fault, FaultKind, Span, fault};

use super::explain::Place;
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

static POWER_OF_FUNCTION: FaultKind = FaultKind {
    code: "power-of-function",
    class: "SyntaxError",
    title: "a power is written between a function and its argument",
    explanation: "In a textbook `sin²(x)` is the square of `sin(x)`; here the power stands behind the argument.",
    wrong: "sin²(x)",
    right: "sin(x)²",
};

static MISSING_OPERATOR: FaultKind = FaultKind {
    code: "missing-operator",
    class: "SyntaxError",
    title: "two expressions stand side by side",
    explanation: "Between two expressions there must be an operator, a comma, or the end of the line.",
    wrong: "a b",
    right: "a * b",
};

static ABSOLUTE_BARS: FaultKind = FaultKind {
    code: "absolute-bars",
    class: "SyntaxError",
    title: "an absolute value is written with bars",
    explanation: "`|` is an operator between whole numbers (bitwise or). The absolute value of x is `abs(x)`.",
    wrong: "y = |x|",
    right: "y = abs(x)",
};

static PRINT_STATEMENT: FaultKind = FaultKind {
    code: "print-statement",
    class: "SyntaxError",
    title: "`print` without parentheses",
    explanation: "`print` is a function: what it shows stands in parentheses.",
    wrong: "print x",
    right: "print(x)",
};

static FOREIGN_OPERATOR: FaultKind = FaultKind {
    code: "foreign-operator",
    class: "SyntaxError",
    title: "an operator of another language",
    explanation: "Conditions are joined by the words `and`, `or` and `not`; a variable is counted up by `x += 1`.",
    wrong: "if x > 0 && x < 2:\n    print(x)",
    right: "if x > 0 and x < 2:\n    print(x)",
};

static ELSE_IF: FaultKind = FaultKind {
    code: "else-if",
    class: "SyntaxError",
    title: "`else if` in place of `elif`",
    explanation: "Another condition after an `if` is asked by `elif`.",
    wrong: "if x > 0:\n    s = 1\nelse if x < 0:\n    s = -1",
    right: "if x > 0:\n    s = 1\nelif x < 0:\n    s = -1",
};

static STRAY_CLAUSE: FaultKind = FaultKind {
    code: "stray-clause",
    class: "SyntaxError",
    title: "`else`, `elif`, `except` or `finally` without the statement it belongs to",
    explanation: "These words continue an `if`, a loop or a `try`, directly below its block and in the same column.",
    wrong: "x = 2\nelse:\n    x = 3",
    right: "if x > 1:\n    x = 2\nelse:\n    x = 3",
};

static UNFINISHED_TRY: FaultKind = FaultKind {
    code: "unfinished-try",
    class: "SyntaxError",
    title: "a `try` without `except` and `finally`",
    explanation: "`try` guards its block for the sake of what follows: `except`, `finally`, or both.",
    wrong: "try:\n    1/0\nprint(2)",
    right: "try:\n    1/0\nexcept ZeroDivisionError:\n    print(2)",
};

static MISSING_ELSE: FaultKind = FaultKind {
    code: "missing-else",
    class: "SyntaxError",
    title: "a conditional expression without `else`",
    explanation: "`a if condition else b` is always one of two values. To do something on a condition only, use the \
                  statement `if`.",
    wrong: "y = 1 if x > 0",
    right: "y = 1 if x > 0 else 0",
};

static MISSING_PARAMETERS: FaultKind = FaultKind {
    code: "missing-parameters",
    class: "SyntaxError",
    title: "a `def` without the parentheses of its parameters",
    explanation: "Behind the name of a function stand parentheses, even if it takes nothing.",
    wrong: "def f:\n    return 1",
    right: "def f():\n    return 1",
};

static RESERVED_WORD: FaultKind = FaultKind {
    code: "reserved-word",
    class: "SyntaxError",
    title: "a statement of Python that is no part of the language",
    explanation: "Classes, `with`, and `async` are left out: scripts compute and draw, and nothing else.",
    wrong: "class A:\n    pass",
    right: "def make():\n    return {}",
};

static KEYWORD_AS_NAME: FaultKind = FaultKind {
    code: "keyword-as-name",
    class: "SyntaxError",
    title: "a word of the language is used as a name",
    explanation: "`lambda`, `in`, `is` and the like have a fixed meaning. Take another name, for instance `lam`.",
    wrong: "lambda = 3",
    right: "lam = 3",
};

static REPL_ONLY: FaultKind = FaultKind {
    code: "session-command",
    class: "SyntaxError",
    title: "a command of the interactive session inside a program",
    explanation: "`%time` and `?` work on a line of their own in the interactive session.",
    wrong: "f = %time 2^100",
    right: "f = 2^100",
};

pub(super) static FAULTS: &[&FaultKind] = &[
    &FORGOTTEN_TIMES,
    &FORGOTTEN_PARENTHESES,
    &POWER_OF_FUNCTION,
    &MISSING_OPERATOR,
    &ABSOLUTE_BARS,
    &PRINT_STATEMENT,
    &FOREIGN_OPERATOR,
    &ELSE_IF,
    &STRAY_CLAUSE,
    &UNFINISHED_TRY,
    &MISSING_ELSE,
    &MISSING_PARAMETERS,
    &RESERVED_WORD,
    &KEYWORD_AS_NAME,
    &REPL_ONLY,
];

/// Functions that textbooks write without parentheses.
const TEXTBOOK_FUNCTIONS: &[&str] = &[
    "sin",
    "cos",
    "tan",
    "cot",
    "sec",
    "csc",
    "sinh",
    "cosh",
    "tanh",
    "coth",
    "sech",
    "csch",
    "arcsin",
    "arccos",
    "arctan",
    "arccot",
    "arsinh",
    "arcosh",
    "artanh",
    "arcsinh",
    "arccosh",
    "arctanh",
    "asin",
    "acos",
    "atan",
    "asinh",
    "acosh",
    "atanh",
    "ln",
    "log",
    "lg",
    "exp",
    "sqrt",
    "abs",
    "sgn",
    "sign",
    "lim",
    "limit",
    "diff",
    "integral",
    "gcd",
    "lcm",
    "max",
    "min",
    "factorial",
];

type Recogniser = fn(&Place<'_, '_>) -> Option<Fault>;

/// The slip that was made at this place, if it is one of the usual.
pub(super) fn recognise(place: &Place<'_, '_>) -> Option<Fault> {
    const RECOGNISERS: [Recogniser; 13] = [
        reserved,
        else_if,
        stray_clause,
        unfinished_try,
        doubled_operator,
        bars,
        exclamation,
        magic,
        keyword_as_name,
        missing_else,
        definition_without_parentheses,
        power_of_function,
        side_by_side,
    ];
    RECOGNISERS.iter().find_map(|recognise| recognise(place))
}

fn reserved(place: &Place<'_, '_>) -> Option<Fault> {
    if place.found != Token::Reserved {
        return None;
    }
    let word = place.text();
    let fault = fault!(RESERVED_WORD, place.span, "`{word}` is no part of the language").label("not known here");
    Some(match word {
        "class" => fault.hint("use functions, and dicts or tuples for data that belongs together"),
        "with" => fault.hint("there is nothing to open or close: call the functions directly"),
        _ => fault.hint("statements run one after the other"),
    })
}

fn else_if(place: &Place<'_, '_>) -> Option<Fault> {
    let (last, span) = place.last()?;
    (last == Token::Else && place.found == Token::If && place.expects(":")).then(|| {
        fault!(ELSE_IF, span.join(place.span), "`else if` is written `elif`")
            .label("write `elif`")
            .hint("`elif` asks another condition when the ones before did not hold")
    })
}

fn stray_clause(place: &Place<'_, '_>) -> Option<Fault> {
    let owner = match place.found {
        Token::Else => "an `if`, a loop or a `try`",
        Token::Elif => "an `if`",
        Token::Except | Token::Finally => "a `try`",
        _ => return None,
    };
    (place.before.is_empty() && place.wants_operand()).then(|| {
        let word = place.text();
        fault!(STRAY_CLAUSE, place.span, "`{word}` belongs to nothing")
            .label(format!("{owner} must stand directly before it"))
            .hint(format!("`{word}` stands in the same column as the statement it continues"))
    })
}

fn unfinished_try(place: &Place<'_, '_>) -> Option<Fault> {
    (place.before.is_empty() && place.expects("except") && !place.wants_operand()).then(|| {
        fault!(UNFINISHED_TRY, place.span, "expected 'except' or 'finally' block")
            .label("the `try` before this line has neither")
            .hint("`except:` says what to do when the block fails")
    })
}

/// `&&`, `||`, `++`, `--`.
fn doubled_operator(place: &Place<'_, '_>) -> Option<Fault> {
    let (last, span) = place.last()?;
    if place.found == Token::Newline {
        let count = match place.before {
            [.., (_, first, _), (_, second, _)] if first == second => last,
            _ => return None,
        };
        let (sign, word) = match count {
            Token::Plus => ("++", "+="),
            Token::Minus => ("--", "-="),
            _ => return None,
        };
        let whole = Span::new((span.start as usize).saturating_sub(1), span.end as usize);
        return Some(
            fault!(FOREIGN_OPERATOR, whole, "`{sign}` is no operator")
                .label("counts nothing")
                .hint(format!("write `x {word} 1`")),
        );
    }
    let word = match (last, place.found) {
        (Token::Ampersand, Token::Ampersand) => "and",
        (Token::Bar, Token::Bar) if span.end == place.span.start && place.before.len() > 1 => "or",
        _ => return None,
    };
    let whole = span.join(place.span);
    let sign = whole.text(place.source);
    Some(
        fault!(FOREIGN_OPERATOR, whole, "`{sign}` is written `{word}`")
            .label(format!("write `{word}`"))
            .hint("conditions are joined by `and`, `or`, `not`"),
    )
}

/// `|x|`, as far as the second bar on the line.
fn bars(place: &Place<'_, '_>) -> Option<Fault> {
    if place.found != Token::Bar || !place.wants_operand() {
        return None;
    }
    let line = place.after.iter().take_while(|(_, token, _)| *token != Token::Newline);
    let close = line.clone().find(|(_, token, _)| *token == Token::Bar);
    let fault = |span| {
        fault!(ABSOLUTE_BARS, span, "bars make no absolute value").label("`|` is an operator between two values")
    };
    Some(match close {
        Some((start, _, end)) => {
            let inner = Span::new(place.span.end as usize, *start).text(place.source).trim();
            fault(Span::new(place.span.start as usize, *end)).hint(format!("write `abs({inner})`"))
        }
        None => fault(place.span).hint("the absolute value of x is `abs(x)`"),
    })
}

/// `!x` is lexed as a bad character; `! =` and the like end here.
fn exclamation(place: &Place<'_, '_>) -> Option<Fault> {
    (place.found == Token::NotEqual && place.wants_operand() && place.before.is_empty())
        .then(|| fault!(FOREIGN_OPERATOR, place.span, "`{}` needs a value on its left", place.text()))
}

/// `%time` where no line begins.
fn magic(place: &Place<'_, '_>) -> Option<Fault> {
    (place.found == Token::Percent && place.wants_operand()).then(|| {
        fault!(REPL_ONLY, place.span, "`%` needs a value on its left")
            .label("nothing to divide")
            .hint("`%time` works on a line of its own in the interactive session")
    })
}

/// `lambda = 3`
fn keyword_as_name(place: &Place<'_, '_>) -> Option<Fault> {
    let used = |span: Span, word: &str| {
        let fault = fault!(KEYWORD_AS_NAME, span, "`{word}` is a word of the language and can be no name")
            .label("take another name");
        if word == "lambda" { fault.hint("for the Greek letter write `lam` or `λ`") } else { fault }
    };
    match place.last() {
        Some((Token::Lambda, span)) if !place.found.begins_operand() && !place.expects("number") => {
            Some(used(span, "lambda"))
        }
        _ if place.found.is_keyword() && place.before.is_empty() => {
            let assigned = matches!(place.next(), Some((Token::Assign, _)));
            assigned.then(|| used(place.span, place.text()))
        }
        _ => None,
    }
}

fn missing_else(place: &Place<'_, '_>) -> Option<Fault> {
    let (_, last) = place.last()?;
    let condition = place.before.iter().rev().find(|(_, token, _)| *token == Token::If);
    let condition = condition.filter(|_| place.expects("else") && place.first() != Token::If)?;
    let span = if place.at_end() { Span::at(last.end as usize) } else { place.span };
    Some(
        fault!(MISSING_ELSE, span, "expected 'else' after 'if' expression")
            .label("`else` expected here")
            .also(Span::new(condition.0, condition.2), "the condition begins here")
            .hint("`a if condition else b` needs both values"),
    )
}

fn definition_without_parentheses(place: &Place<'_, '_>) -> Option<Fault> {
    let [(_, Token::Def, _), (start, Token::Name(name), end)] = place.before else { return None };
    let at = Span::new(*end, *end);
    Some(
        fault!(MISSING_PARAMETERS, at, "expected `(` behind the name of the function")
            .label("`(` is expected here")
            .also(Span::new(*start, *end), "the function")
            .hint(format!("write `def {name}(x):`, or `def {name}():` if it takes nothing")),
    )
}

/// `sin²(x)`
fn power_of_function(place: &Place<'_, '_>) -> Option<Fault> {
    let [.., (start, Token::Name(name), _), (_, Token::Superscript(power), end)] = place.before else { return None };
    if !place.found.begins_operand() {
        return None;
    }
    let argument = argument(place).unwrap_or("x");
    Some(
        fault!(POWER_OF_FUNCTION, Span::new(*start, *end), "the power of a function stands behind its argument")
            .label("a function itself has no powers")
            .hint(format!("write `{name}({argument}){power}`")),
    )
}

/// The operand that begins at the place: what its parentheses hold, or the word itself.
fn argument<'s>(place: &Place<'_, 's>) -> Option<&'s str> {
    if place.found != Token::ParenOpen {
        return Some(place.text());
    }
    let mut depth = 1usize;
    let close = place.after.iter().find(|(_, token, _)| {
        if token.is_open_bracket() {
            depth += 1;
        } else if token.is_close_bracket() {
            depth -= 1;
        }
        depth == 0
    })?;
    let text = Span::new(place.span.end as usize, close.0).text(place.source);
    (!text.contains('\n')).then_some(text)
}

/// Two operands without an operator between them.
fn side_by_side(place: &Place<'_, '_>) -> Option<Fault> {
    let (last, span) = place.last()?;
    let statement = place.found.begins_only_statements() || place.found == Token::Lambda;
    if !last.ends_operand() || !(place.found.begins_operand() || statement) || place.wants_operand() {
        return None;
    }
    let opens_block = place.first().begins_block() && place.expects(":");
    if statement || opens_block && !matches!(last, Token::Number(_)) {
        return None;
    }
    let (left, right) = (span.text(place.source), place.text());
    let gap = Span::new(span.start as usize, place.span.end as usize);
    Some(match last {
        Token::Name("print") => {
            fault!(PRINT_STATEMENT, span, "Missing parentheses in call to 'print'. Did you mean print(...)?")
                .label("`print` is a function")
                .hint(format!("write `print({})`", rest_of_line(place)))
        }
        Token::Name(name) if TEXTBOOK_FUNCTIONS.contains(&name) => {
            let argument = argument(place).unwrap_or("x");
            fault!(FORGOTTEN_PARENTHESES, gap, "the argument of `{name}` stands in parentheses")
                .label("parentheses are missing")
                .hint(format!("write `{name}({argument})`"))
        }
        Token::Name("var") => fault!(MISSING_OPERATOR, gap, "`var` is a function")
            .label("parentheses and quotes are missing")
            .hint(format!("write `var('{right}')`")),
        Token::Name("let" | "const" | "auto" | "local" | "set") => {
            fault!(MISSING_OPERATOR, span, "a name is introduced by giving it a value")
                .label("leave this word away")
                .hint(format!("write `{right} = ...`"))
        }
        Token::Text(_) => fault!(MISSING_OPERATOR, gap, "something is missing between `{left}` and `{right}`")
            .label("an operator or a comma is expected between them")
            .hint("values are shown side by side with a comma: `print(\"x =\", x)`"),
        _ if is_factor(last) && is_factor(place.found) => times(place, gap, left, right),
        _ => fault!(MISSING_OPERATOR, gap, "something is missing between `{left}` and `{right}`")
            .label("an operator or a comma is expected between them"),
    })
}

fn times(place: &Place<'_, '_>, gap: Span, left: &str, right: &str) -> Fault {
    let fault = fault!(FORGOTTEN_TIMES, gap, "a product is written with `*`").label("`*` is missing");
    let whole = match place.found {
        Token::ParenOpen => argument(place).map(|argument| format!("{left}*({argument})")),
        _ => Some(format!("{left}*{right}")),
    };
    match whole {
        Some(product) if left.starts_with([')', ']']) => fault.hint(format!("write `{product}`, with the sign")),
        Some(product) => fault.hint(format!("write `{product}`")),
        None => fault,
    }
}

/// Whether the token can be the border of a factor of a textbook product.
fn is_factor(token: Token<'_>) -> bool {
    matches!(
        token,
        Token::Name(_) | Token::Number(_) | Token::Superscript(_) | Token::ParenOpen | Token::ParenClose | Token::Root
    )
}

/// What stands from the place on to the end of the line.
fn rest_of_line<'s>(place: &Place<'_, 's>) -> &'s str {
    let rest = place.source.get(place.span.start as usize..).unwrap_or("");
    let line = rest.lines().next().unwrap_or("");
    line.split(" #").next().unwrap_or(line).trim_end()
}
