//! The usual slips of people who come from a textbook, from Python 2, C or Mathematica: what they type, recognised from
//! the words around the place where a line stops making sense.

use std::rc::Rc;

use crate::diagnostic::{Fault, FaultKind, Span, fault};

use super::ast::{Expr, ExprKind};
use super::beside::{argument, side_by_side};
use super::explain::Place;
use super::token::Token;

static POWER_OF_FUNCTION: FaultKind = FaultKind {
    code: "power-of-function",
    class: "SyntaxError",
    title: "a power is written between a function and its argument",
    explanation: "In a textbook `sin²(x)` is the square of `sin(x)`; here the power stands behind the argument.",
    wrong: "sin²(x)",
    right: "sin(x)²",
};

static BAD_NUMBER: FaultKind = FaultKind {
    code: "bad-number",
    class: "SyntaxError",
    title: "a number is written wrongly",
    explanation: "Integers are written in digits, with single underscores between them if they are long (`1_000`), and \
                  with a prefix in hexadecimal (`0xFF`), octal (`0o17`) or binary (`0b101`).",
    wrong: "x = 0xg",
    right: "x = 0xFF",
};

static GENERATOR_ARGUMENT: FaultKind = FaultKind {
    code: "generator-argument",
    class: "SyntaxError",
    title: "a generator without parentheses stands among several arguments",
    explanation: "`f(e for x in a)` may leave the generator's own parentheses away only because it is the only \
                  argument.",
    wrong: "sum(k for k in [1..3], 10)",
    right: "sum((k for k in [1..3]), 10)",
};

static LAMBDA_COLON: FaultKind = FaultKind {
    code: "lambda-colon",
    class: "SyntaxError",
    title: "a `lambda` without the `:` before its value",
    explanation: "Between the parameters of a `lambda` and its value stands a `:`, and between parameters a comma.",
    wrong: "f = lambda x x^2",
    right: "f = lambda x: x^2",
};

static ABSOLUTE_BARS: FaultKind = FaultKind {
    code: "absolute-bars",
    class: "SyntaxError",
    title: "an absolute value is written with bars",
    explanation: "`|` is an operator between whole numbers (bitwise or). The absolute value of x is `abs(x)`.",
    wrong: "y = |x|",
    right: "y = abs(x)",
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
    explanation: "Classes and `async` are left out: scripts compute and draw, and nothing else.",
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

static WALRUS: FaultKind = FaultKind {
    code: "walrus",
    class: "SyntaxError",
    title: "`:=` or `:` in place of `=`",
    explanation: "A value is given by `=`, a function defined by `f(x) = ...`. The sign `:=` names a value in the middle \
                  of an expression, and then stands in parentheses; `:` gives no value.",
    wrong: "f(x) := x^2",
    right: "f(x) = x^2",
};

pub(super) static CAPITAL_KEYWORD: FaultKind = FaultKind {
    code: "foreign-keyword",
    class: "SyntaxError",
    title: "a word of another language, or one with a capital letter",
    explanation: "The words of the language are written in small letters: `if`, `elif`, `else`, `for`, `while`, `def`, \
                  `return`, `import`.",
    wrong: "For k in [1..3]:\n    print(k)",
    right: "for k in [1..3]:\n    print(k)",
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
    &POWER_OF_FUNCTION,
    &BAD_NUMBER,
    &GENERATOR_ARGUMENT,
    &LAMBDA_COLON,
    &ABSOLUTE_BARS,
    &FOREIGN_OPERATOR,
    &ELSE_IF,
    &STRAY_CLAUSE,
    &UNFINISHED_TRY,
    &MISSING_ELSE,
    &MISSING_PARAMETERS,
    &RESERVED_WORD,
    &KEYWORD_AS_NAME,
    &WALRUS,
    &CAPITAL_KEYWORD,
    &REPL_ONLY,
];

/// Functions that textbooks write without parentheses.
pub(super) const TEXTBOOK_FUNCTIONS: &[&str] = &[
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
    const RECOGNISERS: [Recogniser; 18] = [
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
        walrus,
        foreign_keyword,
        generator_argument,
        lambda_colon,
        bad_number,
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
        let start = match place.before {
            [.., (start, first, end), (next, second, _)] if first == second && end == next => *start,
            _ => return None,
        };
        let (sign, word) = match last {
            Token::Plus => ("++", "+="),
            Token::Minus => ("--", "-="),
            _ => return None,
        };
        let whole = Span::new(start, span.end as usize);
        return Some(
            fault!(FOREIGN_OPERATOR, whole, "`{sign}` is no operator")
                .label("counts nothing")
                .hint(format!("write `x {word} 1`")),
        );
    }
    let word = match (last, place.found) {
        (Token::Ampersand, Token::Ampersand) => "and",
        (Token::Equal, Token::Assign) if span.end == place.span.start => "==",
        (Token::Assign, Token::Greater) if span.end == place.span.start => ">=",
        (Token::Assign, Token::Less) if span.end == place.span.start => "<=",
        (Token::Less, Token::Greater) if span.end == place.span.start => "!=",
        (Token::Assign, Token::Assign) if place.before.len() > 1 => "==",
        (Token::Bar, Token::Bar) if span.end == place.span.start && place.before.len() > 1 => "or",
        _ => return None,
    };
    let whole = span.join(place.span);
    let sign = whole.text(place.source);
    let begins = place.before.split_last().map_or(&[][..], |(_, before)| before);
    if sign == "=>" && begins.iter().any(|(_, token, _)| *token == Token::Assign) {
        let fault = fault!(FOREIGN_OPERATOR, whole, "`=>` makes no function").label("not known here");
        return Some(fault.hint("a function is `f(x) = x^2` or `lambda x: x^2`"));
    }
    Some(
        fault!(FOREIGN_OPERATOR, whole, "`{sign}` is written `{word}`")
            .label(format!("write `{word}`"))
            .hint("comparisons are `<`, `<=`, `>`, `>=`, `==`, `!=`; conditions are joined by `and`, `or`, `not`"),
    )
}

/// `|x|`, as far as the second bar on the line.
fn bars(place: &Place<'_, '_>) -> Option<Fault> {
    if place.found != Token::Bar || !place.wants_operand() {
        return None;
    }
    let close = place.rest_of_line().find(|(_, token, _)| *token == Token::Bar);
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

/// `f(x) := x^2`
fn walrus(place: &Place<'_, '_>) -> Option<Fault> {
    (place.found == Token::Walrus && place.expects("=")).then(|| {
        fault!(WALRUS, place.span, "a value is given by `=`").label("`=` expected").hint(match place.before {
            [(_, Token::Name(name), _), (_, Token::ParenOpen | Token::BracketOpen, _), ..] => {
                format!("a function is defined by `{name}(x) = ...`")
            }
            _ => "`:=` stands only inside of parentheses".to_owned(),
        })
    })
}

/// `a: 5`
pub(super) fn colon_assignment(span: Span) -> Fault {
    fault!(WALRUS, span, "a value is given by `=`").label("this `:` gives no value").hint("write `name = value`")
}

/// What to type instead of a word that does not fit, where the word itself tells what was meant.
pub(super) fn advice(place: &Place<'_, '_>) -> Option<&'static str> {
    let in_comprehension = place.before.iter().any(|(_, token, _)| *token == Token::For);
    Some(match place.found {
        Token::Arrow => "a limit is `limit(f, x=a)`; a function is `f(x) = ...` or `lambda x: ...`",
        Token::Through => {
            "a range stands in brackets of its own, `[a..b]`; bounds are arguments: `plot(f, (x, a, b))`, `sum(f, k, a, b)`"
        }
        Token::Else if in_comprehension => {
            "a choice between two values stands before `for`: `[a if c else b for k in v]`"
        }
        Token::Else | Token::Elif => "`else` and `elif` begin a line of their own",
        Token::From => "bounds stand behind the variable: `integral(f, x, 0, 1)`",
        Token::Semicolon => "inside brackets values are separated by commas",
        _ => return None,
    })
}

/// `R.<x> = QQ[]`
/// `For k in a:`, `elseif x:`, `function f(x)`.
fn foreign_keyword(place: &Place<'_, '_>) -> Option<Fault> {
    let (start, first, end) = place.before.first()?;
    let Token::Name(word) = first else { return None };
    let lower = word.to_lowercase();
    let meant = match lower.as_str() {
        "elseif" | "elsif" => "elif",
        "foreach" => "for",
        "function" | "func" | "fun" | "define" => "def",
        "if" | "elif" | "else" | "for" | "while" | "def" | "return" | "import" | "from" | "try" | "except"
        | "lambda" | "assert" | "raise" | "del" | "pass" => &lower,
        _ => return None,
    };
    let joined = place.before.len() == 1 && place.found.begins_operand()
        || place.after.is_empty()
        || place.found == Token::Colon;
    let span = Span::new(*start, *end);
    (joined || place.rest_of_line().any(|(_, token, _)| *token == Token::Colon)).then(|| {
        let fault = fault!(CAPITAL_KEYWORD, span, "`{word}` is no word of the language");
        let fault = fault.label(format!("write `{meant}`"));
        if lower == meant { fault.hint("the words of the language are written in small letters") } else { fault }
    })
}

/// `f(x for x in a, 1)`
fn generator_argument(place: &Place<'_, '_>) -> Option<Fault> {
    let clause = place.before.iter().rev().find(|(_, token, _)| *token == Token::For)?;
    let only = place.found == Token::Comma && place.expects(")") && !place.expects("=");
    (only && place.first() != Token::For).then(|| {
        fault!(GENERATOR_ARGUMENT, place.span, "Generator expression must be parenthesized")
            .label("another argument follows")
            .also(Span::new(clause.0, clause.2), "this makes a generator of the argument before")
            .hint("give the generator parentheses of its own: `f((e for x in a), b)`")
    })
}

/// `lambda x x^2`
fn lambda_colon(place: &Place<'_, '_>) -> Option<Fault> {
    let parameters = place.before.rsplit(|(_, token, _)| *token == Token::Lambda).next()?;
    let lambda = place.before.len().checked_sub(parameters.len() + 1)?;
    let (start, _, end) = place.before[lambda];
    let headless = !parameters.iter().any(|(_, token, _)| *token == Token::Colon) && place.expects(":");
    headless.then(|| {
        fault!(LAMBDA_COLON, place.span, "expected `:` behind the parameters of `lambda`")
            .label("`:` expected before this")
            .also(Span::new(start, end), "the function begins here")
    })
}

/// `0xg`, `1__0`
fn bad_number(place: &Place<'_, '_>) -> Option<Fault> {
    let (Token::Number(number), span) = place.last()? else { return None };
    let Token::Name(rest) = place.found else { return None };
    let prefix = number.text == "0" && rest.starts_with(['x', 'X', 'o', 'O', 'b', 'B']);
    if span.end != place.span.start || !(prefix || rest.starts_with('_')) {
        return None;
    }
    let whole = span.join(place.span);
    let text = whole.text(place.source);
    Some(fault!(BAD_NUMBER, whole, "`{text}` is no number").label("not a way to write a number"))
}

/// `sin²(x)`
fn power_of_function(place: &Place<'_, '_>) -> Option<Fault> {
    let [.., (start, Token::Name(name), _), (_, Token::Superscript(power), end)] = place.before else { return None };
    if !place.found.begins_operand() {
        return None;
    }
    if !TEXTBOOK_FUNCTIONS.contains(name) {
        return None;
    }
    let argument = argument(place);
    Some(
        fault!(POWER_OF_FUNCTION, Span::new(*start, *end), "the power of a function stands behind its argument")
            .label("a function itself has no powers")
            .hint(format!("write `{name}({argument}){power}`")),
    )
}

/// `2(x + 1)` can be read, but not run; this is what to type instead. The call ends at `end`.
pub(super) fn call_of_number(source: &str, function: &Expr, end: usize) -> Option<Rc<str>> {
    let number = function.span.text(source);
    let arguments = source.get(function.span.end as usize..end)?.trim_start();
    is_number(function).then(|| Rc::from(format!("a product is written with `*`: `{number}*{arguments}`")))
}

/// `sin^2(x)` can be read, as `sin^(2(x))`, but not run; this is what to type instead. The power ends at `end`.
pub(super) fn power_before_argument(
    source: &str,
    base: &Expr,
    function: &Expr,
    negative: bool,
    end: usize,
) -> Option<Rc<str>> {
    let ExprKind::Name(name) = &base.kind else { return None };
    let arguments = source.get(function.span.end as usize..end)?.trim_start_matches([')', ' ']);
    let power = format!("{}{}", if negative { "-" } else { "" }, function.span.text(source));
    if !is_number(function) || !TEXTBOOK_FUNCTIONS.contains(&&**name) {
        return None;
    }
    if let Some(inverse) = inverse_name(name).filter(|_| power.trim_matches(['(', ')', ' ']) == "-1") {
        return Some(Rc::from(format!("the inverse function is `{inverse}{arguments}`")));
    }
    Some(Rc::from(format!("the power stands behind the argument: `{name}{arguments}^{power}`")))
}

/// The name of the inverse of a function of the textbook.
fn inverse_name(name: &str) -> Option<String> {
    match name {
        "sin" | "cos" | "tan" | "cot" | "sec" | "csc" | "sinh" | "cosh" | "tanh" | "coth" | "sech" | "csch" => {
            Some(format!("arc{name}"))
        }
        _ => None,
    }
}

fn is_number(expr: &Expr) -> bool {
    let expr = match &expr.kind {
        ExprKind::Unary { operand, .. } => operand,
        _ => expr,
    };
    matches!(expr.kind, ExprKind::Integer(_) | ExprKind::Real(_) | ExprKind::Imaginary(_))
}
