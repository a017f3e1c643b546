//! A computation that is stopped leaves the session as good as new.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use secant::diagnostic::Source;
use secant::session::{Options, Session, on_own_thread};

/// The last value or error of a text.
fn last(session: &mut Session, text: &str) -> String {
    let outcomes = session.run(Source::new("test", text), true);
    let last = outcomes.last().expect("there is a statement");
    last.fault.as_ref().map_or_else(|| last.value.clone().unwrap_or_default(), |fault| fault.to_string())
}

/// Programs that don't end by themselves.
const ENDLESS: &[&str] = &[
    "while True: pass",
    "def f():\n    while True:\n        try:\n            1/0\n        except:\n            pass\nf()",
    "def from_one():\n    k = 1\n    while True:\n        yield k\n        k += 1\nlist(from_one())",
    "def ones():\n    while True: yield 1\nsum(k for k in ones())",
    "def g():\n    while True: yield 1\nmax(g())",
    "factor((2^107 - 1)*(2^127 - 1))",
    "def noes():\n    while True: yield False\nany(noes())",
    "L = [1]\nfor k in L: L.append(k)",
];

#[test]
fn a_time_limit_stops_what_does_not_end() {
    on_own_thread(|| {
        for program in ENDLESS {
            let limit = Some(Duration::from_millis(100));
            let mut session = Session::new(Options { time_limit: limit, ..Options::default() });
            let begun = Instant::now();
            assert_eq!(last(&mut session, program), "TimeoutError: the time limit was reached", "{program}");
            assert!(begun.elapsed() < Duration::from_secs(5), "{program}");
            assert_eq!(last(&mut session, "sum(k^2 for k in range(5)) + x"), "x + 30", "{program}");
        }
    })
    .expect("the test ran");
}

#[test]
fn an_interruption_stops_and_is_forgotten() {
    let interrupt = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupt);
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        flag.store(true, Ordering::Relaxed);
    });
    on_own_thread(move || {
        let mut session = Session::new(Options { interrupt, ..Options::default() });
        assert_eq!(last(&mut session, "while True: pass"), "KeyboardInterrupt");
        assert_eq!(last(&mut session, "2^10"), "1024");
    })
    .expect("the test ran");
}

#[test]
fn deep_recursion_is_an_error_and_no_crash() {
    on_own_thread(|| {
        let mut session = Session::new(Options::default());
        let too_deep = "RecursionError: maximum recursion depth exceeded";
        for program in [
            "def f(n): return f(n + 1)\nf(0)",
            "def f(n): return sum(f(k) for k in [n])\nf(0)",
            "def f(n): return list(map(f, [n]))\nf(0)",
            "def f(n): return sorted([n], key=f)\nf(0)",
        ] {
            assert_eq!(last(&mut session, program), too_deep, "{program}");
        }
        let deep = "def depth(n): return 0 if n == 0 else 1 + depth(n - 1)\ndepth(10000)";
        assert_eq!(last(&mut session, deep), "10000");
        let nested = "L = []\nfor k in range(100000): L = [L]\nlen(str(L)) > 10";
        assert_eq!(last(&mut session, nested), "True");
        let sines = "e1 = x\nfor k in range(20000): e1 = sin(e1)\nlen(str(e1))";
        assert_eq!(last(&mut session, sines), "100001");
    })
    .expect("the test ran");
}
