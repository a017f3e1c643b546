//! What is too deep, too long or too large gets an answer or an error within seconds, and the session goes on.

use std::process::{Command, Stdio};

use serde_json::Value;

/// The answers of the program, run with limits of time and memory, to statements of one line each: value or error.
fn answers(statements: &[String], seconds: &str) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_secant"))
        .args(["run", "--json", "--time-limit", seconds, "--memory-limit", "300M", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    let text = statements.join("\n") + "\n";
    let writer = std::thread::spawn(move || std::io::Write::write_all(&mut stdin, text.as_bytes()));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends").expect("the program reads its input");
    assert!(output.status.code().is_some_and(|code| code < 2), "the program ended with {}", output.status);
    let shown = |object: Value| match object["error"].as_str() {
        Some(error) => error.to_owned(),
        None => object["value"].as_str().unwrap_or_default().to_owned(),
    };
    let text = String::from_utf8(output.stdout).expect("the answers are text");
    text.lines().map(|line| shown(serde_json::from_str(line).expect("an object a line"))).collect()
}

/// Runs each statement in a session of its own, followed by a question that shows that the session lives; what is
/// expected begins the answer, or is one of several such beginnings.
fn check(cases: &[(&str, String, &str)], seconds: &str) {
    for (name, statement, expected) in cases {
        let answers = answers(&[statement.clone(), "6*7".to_owned()], seconds);
        assert_eq!(answers.last().map(String::as_str), Some("42"), "{name}: the session goes on");
        let answer = answers.first().expect("an answer");
        let fits = expected.split('|').any(|expected| answer.starts_with(expected));
        assert!(fits, "{name}: {}", answer.chars().take(200).collect::<String>());
    }
}

/// `open` so many times, `inner`, `close` so many times.
fn nested(open: &str, inner: &str, close: &str) -> String {
    const DEPTH: usize = 100_000;
    format!("{}{inner}{}", open.repeat(DEPTH), close.repeat(DEPTH))
}

#[test]
fn deep_nesting_is_refused() {
    let too_deep = "SyntaxError: nested too deeply";
    check(
        &[
            ("parentheses", nested("(", "1", ")"), too_deep),
            ("lists", nested("[", "1", "]"), too_deep),
            ("calls", nested("sin(", "x", ")"), too_deep),
            ("dictionaries", nested("{1:", "1", "}"), too_deep),
            ("signs", nested("-", "1", ""), too_deep),
            ("negations", nested("not ", "1", ""), too_deep),
            ("functions", nested("lambda: ", "1", ""), too_deep),
            ("conditions", nested("1 if 1 else ", "1", ""), too_deep),
            ("attributes", nested("", "x", ".real()"), too_deep),
            ("powers", nested("2^", "1", ""), too_deep),
            ("text to be evaluated", "sage_eval('('*100000 + '1' + ')'*100000)".to_owned(), too_deep),
        ],
        "20",
    );
}

#[test]
fn long_sums_and_chains_are_answered() {
    let many = |part: &str| vec![part; 100_000].join(" ");
    check(
        &[
            ("a sum of 10^5 terms", many("1 +") + " 1", "100001"),
            ("a chain of comparisons", many("1 <=") + " 1", "True"),
            ("a chain of conditions", many("1 and") + " 2", "2"),
            ("a symbolic sum", "len(str(sum(x^k for k in range(3000)))) > 10000".to_owned(), "True"),
        ],
        "20",
    );
}

#[test]
fn what_would_be_too_large_is_not_begun() {
    let cases = [
        ("10^(10^10)", "OverflowError"),
        ("9^(9^(9^9))", "OverflowError"),
        ("2^(-10^10)", "OverflowError"),
        ("1 << 10^10", "OverflowError"),
        ("factorial(10^12)", "factorial(1000000000000)"),
        ("binomial(10^9, 5*10^8)", "binomial(1000000000, 500000000)"),
        ("fibonacci(10^10)", "OverflowError"),
        ("len('ab'*10^9)", "MemoryError"),
        ("'ab'*(10^12)", "MemoryError"),
        ("[0]*(10^10)", "MemoryError"),
        ("(0,)*(10^10)", "MemoryError"),
        ("[1..10^12]", "OverflowError"),
        ("'a'.center(10^10)", "MemoryError"),
        ("'a'.zfill(10^10)", "MemoryError"),
        ("('a'*10^6).replace('a', 'b'*10^6)", "MemoryError"),
        ("('a'*10^6).join(['b']*10^6)", "MemoryError"),
        ("('\\t'*10^6).expandtabs(10^6)", "MemoryError"),
        ("'{:1000000000000}'.format(1)", "ValueError"),
        ("'%1000000000d' % 1", "ValueError"),
        ("n(pi, digits=10^9)", "ValueError"),
        ("RealField(10^9)", "ValueError"),
        ("len(range(10^18))", "1000000000000000000"),
        ("(2^(10^7)) % 10", "6"),
        ("(3^100000).ndigits()", "47713"),
        ("(2^(2^20))^2 == 2^(2^21)", "True"),
    ];
    check(&cases.map(|(statement, expected)| (statement, statement.to_owned(), expected)), "20");
}

#[test]
fn limits_end_what_does_not_end() {
    let stopped = "TimeoutError|MemoryError";
    let cases = [
        ("for k in (1..10^12): pass", stopped),
        ("list(range(10^12))", stopped),
        ("L = [[0]*10^5 for k in range(10^5)]", stopped),
        ("(lambda f: f(f))(lambda f: f(f))", "RecursionError"),
    ];
    check(&cases.map(|(statement, expected)| (statement, statement.to_owned(), expected)), "1");
}
