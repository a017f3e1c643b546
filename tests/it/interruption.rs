//! An interrupted computation leaves nothing behind: the answers afterwards are those of a fresh process.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use secant::session::{Options, Session, Source, on_own_thread};

/// What is interrupted; none of it ends by itself in the time it is given.
const LONG: [&str; 10] = [
    "while True: pass",
    "expand((x + sqrt(2)*pi + e + 1)^400)",
    "[diff(tan(x)^k, x, 9) for k in range(1, 100000)]",
    "[n(exp(1/k), digits=200) for k in range(1, 100000)]",
    "factor(prod(x^k - k for k in range(1, 60)).expand())",
    "sum([1/k for k in range(1, 10^7)])",
    "[integrate(x^k*exp(x), x) for k in range(100, 10000)]",
    "[limit((sin(x) - x)/x^3*k, x=0) for k in range(100000)]",
    "[taylor(tan(sin(x)), x, 0, k) for k in range(10, 5000)]",
    "[solve(x^3 - k*x - 1 == 0, x) for k in range(3, 100000)]",
];

/// The questions whose answers must not change.
const QUESTIONS: [&str; 20] = [
    "1/3 + 1/6",
    "2^200",
    "expand((x + 1)^5)",
    "diff(sin(x^2)*exp(x), x, 2)",
    "integrate(x^2*exp(x), x)",
    "limit(sin(x)/x, x=0)",
    "taylor(tan(x), x, 0, 7)",
    "solve(x^2 - 5*x + 6 == 0, x)",
    "factor(x^6 - 1)",
    "n(pi, digits=40)",
    "sin(pi/12)",
    "sqrt(8)",
    "bool(sin(x)^2 + cos(x)^2 == 1)",
    "sorted([3, 1, 2])",
    "factorial(20)",
    "gcd(2^40 - 1, 2^30 - 1)",
    "exp(1.5)",
    "log(2).n(100)",
    "x.subs(x=pi/4).tan()",
    "[k^2 for k in [1..5]]",
];

/// The answers of a fresh process, values and errors, a line each.
fn fresh_answers() -> Vec<String> {
    let out = Command::new(env!("CARGO_BIN_EXE_secant"))
        .args(["--json", "-c", &QUESTIONS.join("\n")])
        .output()
        .expect("the program starts");
    let lines = String::from_utf8(out.stdout).expect("the output is text");
    let objects =
        lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a line is an object"));
    objects.map(|object| format!("{} {} {}", object["value"], object["latex"], object["error"])).collect()
}

fn answers(session: &mut Session) -> Vec<String> {
    let text = |part: Option<String>| serde_json::to_string(&part.map(|text| text.replace('\n', " ")));
    let outcomes = session.run(Source::new("<questions>", QUESTIONS.join("\n")), true);
    outcomes
        .into_iter()
        .map(|outcome| {
            let error = outcome.fault.map(|fault| fault.to_string());
            let parts = [text(outcome.value), text(outcome.latex), text(error)];
            parts.map(|part| part.expect("a text has a JSON form")).join(" ")
        })
        .collect()
}

/// Runs a statement and interrupts it after a while; answers how long it took to stop.
fn interrupted(session: &mut Session, statement: &str, flag: &Arc<AtomicBool>, after: Duration) -> Option<Duration> {
    let flag = Arc::clone(flag);
    let timer = std::thread::spawn(move || {
        std::thread::sleep(after);
        flag.store(true, Ordering::Relaxed);
        Instant::now()
    });
    let outcomes = session.run(Source::new("<long>", statement), true);
    let ended = Instant::now();
    let asked = timer.join().ok()?;
    let stopped = outcomes.iter().any(|outcome| outcome.fault.as_ref().is_some_and(|f| f.code() == "interrupted"));
    stopped.then(|| ended.saturating_duration_since(asked))
}

#[test]
fn answers_after_an_interruption_are_those_of_a_fresh_process() {
    let expected = fresh_answers();
    assert_eq!(expected.len(), QUESTIONS.len());
    let slow = on_own_thread(move || {
        let flag: Arc<AtomicBool> = Arc::default();
        let mut session = Session::new(Options { interrupt: Arc::clone(&flag), ..Options::default() });
        let mut seed: u64 = 20_240_917;
        let mut slow = Vec::new();
        for turn in 0..50 {
            // Knuth's linear congruential generator: the moments are the same in every run.
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let after = Duration::from_micros(200 + (seed >> 33) % 40_000);
            let statement = LONG[turn % LONG.len()];
            match interrupted(&mut session, statement, &flag, after) {
                Some(delay) if delay > Duration::from_millis(100) => slow.push(format!("{statement}: {delay:?}")),
                Some(_) => {}
                None => slow.push(format!("{statement} was not interrupted")),
            }
            assert_eq!(answers(&mut session), expected, "after `{statement}` was interrupted");
        }
        slow
    });
    let slow = slow.expect("no statement panics");
    // The delay counts in released builds; without optimisation it is only reported.
    assert!(cfg!(debug_assertions) || slow.is_empty(), "{}", slow.join("\n"));
    slow.iter().for_each(|line| eprintln!("slow to stop: {line}"));
}
