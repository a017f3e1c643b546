//! A stopped computation leaves nothing behind: the answers afterwards are those of a fresh process, bit by bit.

use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use secant::session::{Options, Session, Source, on_own_thread};

/// How many computations are stopped.
const TURNS: usize = 50;

/// What is stopped; none of it ends by itself in the time it is given.
const LONG: [&str; 18] = [
    "while True: pass",
    "with assuming(x > 0): expand((x + sqrt(2)*pi + e + 1)^400)",
    "expand((x + sqrt(2)*pi + e + 1)^400)",
    "[diff(tan(x)^k, x, 9) for k in range(1, 100000)]",
    "[n(exp(1/k), digits=200) for k in range(1, 100000)]",
    "factor(prod(x^k - k for k in range(1, 60)).expand())",
    "sum([1/k for k in range(1, 10^7)])",
    "[integrate(x^k*exp(x), x) for k in range(100, 10000)]",
    "[limit((sin(x) - x)/x^3*k, x=0) for k in range(100000)]",
    "[taylor(tan(sin(x)), x, 0, k) for k in range(10, 5000)]",
    "[solve(x^3 - k*x - 1 == 0, x) for k in range(3, 100000)]",
    "[integrate(exp(-k*x^2), x, -oo, oo) for k in range(1, 100000)]",
    "[sqrt(x^2 + k).simplify_full() + abs(x + k) for k in range(1, 100000)]",
    "[bool(sin(k*x)^2 + cos(k*x)^2 == 1) for k in range(1, 100000)]",
    "[plot(sin(k*x), (x, 0, 9)).show() for k in range(1, 100000)]",
    "[find_root(cos(x) == x/k, 0, 2) for k in range(1, 100000)]",
    "f = lambda n: n*f(n - 1) + 1 if n else x\n[f(900) for k in range(100000)]",
    "list(map(str, [k^k for k in range(100000)]))",
];

/// The questions whose answers must not change.
const QUESTIONS: [&str; 20] = [
    "1/3 + 1/6",
    "2^200",
    "expand((x + 1)^5)",
    "diff(sin(x^2)*exp(x), x, 2)",
    "integrate(x^2*exp(x), x)",
    "integrate(exp(-x), x, 0, oo)",
    "limit(sin(x)/x, x=0)",
    "limit((1 + 1/x)^x, x=oo)",
    "taylor(tan(x), x, 0, 7)",
    "solve(x^2 - 5*x + 6 == 0, x)",
    "factor(x^6 - 1)",
    "n(pi, digits=40)",
    "sin(pi/12)",
    "sqrt(x^2)",
    "assumptions()",
    "bool(sin(x)^2 + cos(x)^2 == 1)",
    "find_root(cos(x) == x, 0, 1)",
    "((x^2 - 1)/(x - 1)).simplify_full()",
    "exp(1.5)",
    "[k^2 for k in [1..5]]",
];

/// The answers of a fresh process, values and errors, a line each.
fn fresh_answers() -> Vec<String> {
    let out = Command::new(env!("CARGO_BIN_EXE_secant"))
        .args(["--json", "-c", &QUESTIONS.join("\n")])
        .output()
        .expect("the program starts");
    let lines = String::from_utf8(out.stdout).expect("the output is text");
    lines.lines().map(told).collect()
}

/// Value, LaTeX and error of a statement, from the object that tells them.
fn told(line: &str) -> String {
    let object: serde_json::Value = serde_json::from_str(line).expect("a line is an object");
    format!("{} {} {}", object["value"], object["latex"], object["error"])
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

/// How a computation is stopped.
#[derive(Clone, Copy, Debug)]
enum Way {
    Interrupted,
    OutOfTime,
    OutOfMemory,
}

impl Way {
    fn of_turn(turn: usize) -> Way {
        [Way::Interrupted, Way::OutOfTime, Way::OutOfMemory][turn % 3]
    }

    fn code(self) -> &'static str {
        match self {
            Way::Interrupted => "interrupted",
            Way::OutOfTime => "out-of-time",
            Way::OutOfMemory => "out-of-memory",
        }
    }
}

static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
static LEAKING_SINCE: AtomicU64 = AtomicU64::new(0);

fn microseconds() -> u64 {
    u64::try_from(BEGUN.elapsed().as_micros()).unwrap_or(u64::MAX)
}

/// A meter by which a byte more is in use each microsecond, so that a limit is reached at the moment that was drawn.
fn leak() -> usize {
    usize::try_from(microseconds() - LEAKING_SINCE.load(Ordering::Relaxed)).unwrap_or(usize::MAX)
}

/// A finger that presses Ctrl-C after a while, again and again until it is taken off: what comes before the statement has
/// begun is forgotten.
struct Finger {
    lies: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Finger {
    fn lay_on(flag: Arc<AtomicBool>, after: Duration) -> Finger {
        let lies = Arc::new(AtomicBool::new(true));
        let on = Arc::clone(&lies);
        let thread = std::thread::spawn(move || {
            std::thread::sleep(after);
            while on.load(Ordering::Relaxed) {
                flag.store(true, Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        Finger { lies, thread }
    }

    fn take_off(self) {
        self.lies.store(false, Ordering::Relaxed);
        self.thread.join().expect("the thread only waits");
    }
}

/// Runs a statement and stops it after a while; answers how long it took to stop, if it was stopped.
fn stopped(session: &mut Session, statement: &str, way: Way, after: Duration) -> Option<Duration> {
    let asked = Instant::now() + after;
    let budget = session.machine().budget();
    let mut finger = None;
    match way {
        Way::Interrupted => finger = Some(Finger::lay_on(budget.interrupt_flag(), after)),
        Way::OutOfTime => budget.limit_time(Some(after)),
        Way::OutOfMemory => {
            LEAKING_SINCE.store(microseconds(), Ordering::Relaxed);
            budget.limit_memory(leak, Some(usize::try_from(after.as_micros()).unwrap_or(usize::MAX)));
        }
    }
    let outcomes = session.run(Source::new("<long>", statement), false);
    let ended = Instant::now();
    if let Some(finger) = finger {
        finger.take_off();
    }
    let budget = session.machine().budget();
    budget.limit_time(None);
    budget.limit_memory(leak, None);
    let fault = outcomes.last()?.fault.as_ref()?;
    (fault.code() == way.code()).then(|| ended.saturating_duration_since(asked))
}

#[test]
fn answers_after_a_stop_are_those_of_a_fresh_process() {
    let expected = fresh_answers();
    assert_eq!(expected.len(), QUESTIONS.len());
    let slow = on_own_thread(move || {
        let output_folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("interruption");
        let interrupt = Arc::new(AtomicBool::new(false));
        let mut session = Session::new(Options { interrupt, output_folder, ..Options::default() });
        let mut seed: u64 = 20_240_917;
        let mut slow = Vec::new();
        for turn in 0..TURNS {
            // Knuth's linear congruential generator: the moments are the same in every run.
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let after = Duration::from_micros(200 + (seed >> 33) % 40_000);
            let (statement, way) = (LONG[turn % LONG.len()], Way::of_turn(turn));
            match stopped(&mut session, statement, way, after) {
                Some(delay) if delay > Duration::from_millis(100) => slow.push(format!("{statement}: {delay:?}")),
                Some(_) => {}
                None => panic!("{statement} was not stopped: {way:?}"),
            }
            assert_eq!(answers(&mut session), expected, "after `{statement}` was stopped: {way:?}");
        }
        slow
    });
    let slow = slow.expect("no statement panics");
    // The delay counts in released builds; without optimisation it is only reported.
    assert!(cfg!(debug_assertions) || slow.is_empty(), "{}", slow.join("\n"));
    slow.iter().for_each(|line| eprintln!("slow to stop: {line}"));
}

/// The real meter: a process whose statements run into the limits asked for on the command line answers as ever.
#[test]
fn answers_after_the_limits_of_the_command_line_are_those_of_a_fresh_process() {
    let growing = [
        "L = [0]\nwhile True: L = L + L",
        "text = 'a'\nwhile True: text += text",
        "[2^(10^5 + k) for k in range(10^6)]",
        "f = x\nfor k in range(10^6): f = expand((f + 1)^2)",
        "while True: pass",
    ];
    let mut program = String::new();
    for statement in growing {
        program += &format!("{statement}\nL = text = f = 0\n{}\n", QUESTIONS.join("\n"));
    }
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("growing.calc");
    std::fs::write(&path, program).expect("the temporary folder can be written");
    let out = Command::new(env!("CARGO_BIN_EXE_secant"))
        .args(["run", "--json", "--memory-limit", "100M", "--time-limit", "1.5"])
        .arg(path)
        .output()
        .expect("the program starts");
    let expected = fresh_answers();
    let lines = String::from_utf8(out.stdout).expect("the output is text");
    let answers: Vec<String> = lines.lines().map(told).collect();
    let stops = answers.iter().filter(|answer| answer.contains("MemoryError") || answer.contains("TimeoutError"));
    assert_eq!(stops.count(), growing.len(), "{lines}");
    let rounds = answers.windows(QUESTIONS.len()).filter(|window| **window == expected[..]).count();
    assert_eq!(rounds, growing.len(), "{lines}");
}
