//! The fuzzing corpus, replayed; with `SECANT_FUZZ_SECONDS` a mutation fuzzer that goes on from it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[path = "../../fuzz/checks.rs"]
mod checks;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder, in the order of their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn texts(folder: &Path) -> Vec<String> {
    let read = |path: &PathBuf| std::fs::read(path).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    files(folder).iter().filter_map(read).collect()
}

fn check(text: &str) {
    checks::parses(text);
    checks::formats(text);
    checks::runs(text);
}

#[test]
fn the_corpus_is_dealt_with() {
    let corpus = files(&root().join("fuzz/corpus"));
    assert!(!corpus.is_empty());
    for path in corpus {
        let bytes = std::fs::read(&path).expect("the file was listed");
        let text = String::from_utf8_lossy(&bytes);
        assert!(catch_unwind(AssertUnwindSafe(|| check(&text))).is_ok(), "{}", path.display());
    }
}

/// Pseudo-random numbers: SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((word ^ (word >> 31)) % bound.max(1) as u64) as usize
    }

    fn choose<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Pieces of programs that are worth putting anywhere.
const WORDS: &[&str] = &[
    "x",
    "0",
    "1",
    "-1",
    "1/2",
    "0.5",
    "1e400",
    "10^10",
    "2^1000",
    "oo",
    "-oo",
    "I",
    "pi",
    "e",
    "NaN",
    "''",
    "'a'",
    "[]",
    "()",
    "{}",
    "None",
    "True",
    "(x+1)",
    "x^2",
    "x == 1",
    "x > 0",
    "[1..3]",
    "range(3)",
    "lambda t: t",
    "sin",
    "f",
    "{'a': 1}",
    "RR",
    "ZZ",
    "QQ",
    "+",
    "-",
    "*",
    "/",
    "//",
    "%",
    "^",
    "**",
    "==",
    "<",
    "=",
    ":",
    ",",
    ".",
    "..",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\n",
    "\n    ",
    "    ",
    ";",
    "#",
    "'",
    "\"",
    "f'{",
    "}'",
    "\\",
    "π",
    "²",
    "√",
    "“",
    "if ",
    "else",
    "for k in ",
    "while ",
    "def f(a):",
    "return ",
    "yield ",
    "lambda: ",
    "not ",
    " and ",
    " in ",
    " is ",
    "try:",
    "except:",
    "finally:",
    "raise ",
    "assert ",
    "del ",
    "global ",
    "import ",
    "sin(",
    "sqrt(",
    "diff(",
    "integrate(",
    "limit(",
    "solve(",
    "taylor(",
    "sum(",
    "plot(",
    "n(",
    "factor(",
    ".diff(",
    ".subs(",
    ".n(",
    ".format(",
    "str(",
    "int(",
    "len(",
    "sorted(",
    "assume(",
    "latex(",
    "digits=",
    "x=",
    "dir='+'",
    "*args",
    "**kw",
    "%d",
    "{:.3f}",
];

/// A text changed in some places.
fn mutated(random: &mut Random, seeds: &[String]) -> String {
    let mut text: Vec<char> = random.choose(seeds).chars().take(1500).collect();
    for _ in 0..=random.below(4) {
        let at = random.below(text.len() + 1);
        let end = (at + random.below(12)).min(text.len());
        let piece: Vec<char> = match random.below(8) {
            0 => Vec::new(),
            1 | 2 => text[at..end].iter().copied().chain(text[at..end].iter().copied()).collect(),
            3 => {
                let other: Vec<char> = random.choose(seeds).chars().take(1500).collect();
                let from = random.below(other.len() + 1);
                other[from..(from + random.below(40)).min(other.len())].to_vec()
            }
            4 => random.choose(WORDS).repeat(1 + random.below(5)).chars().collect(),
            _ => random.choose(WORDS).chars().collect(),
        };
        let keep = random.below(2) == 0;
        text.splice(at..if keep { at } else { end }, piece);
    }
    text.into_iter().collect()
}

/// Programs to begin with: the corpus, the recorded cases, the examples, and the folder that `SECANT_FUZZ_SEEDS` names.
fn seeds() -> Vec<String> {
    let more = std::env::var_os("SECANT_FUZZ_SEEDS").map(PathBuf::from);
    let folders = ["fuzz/corpus", "tests/cases", "tests/diagnostics", "examples"].map(|folder| root().join(folder));
    let all = folders.iter().chain(&more).flat_map(|folder| texts(folder));
    let cases = all.flat_map(|text| text.split("\n--- ").map(str::to_owned).collect::<Vec<_>>());
    cases.map(|case| case.split("~~~").next().unwrap_or_default().trim_end_matches(" ---").to_owned()).collect()
}

#[test]
fn mutated_programs_are_dealt_with() {
    let seconds = std::env::var("SECANT_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    let seed = std::env::var("SECANT_FUZZ_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let (mut random, seeds) = (Random(seed), seeds());
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut count = 0;
    let mut failed = 0;
    while Instant::now() < end {
        let text = mutated(&mut random, &seeds);
        count += 1;
        // An abort leaves the last program behind.
        if seconds > 0 {
            let _ = std::fs::write(std::env::temp_dir().join("secant-fuzz-last"), &text);
        }
        let begun = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| check(&text)));
        let slow = begun.elapsed() > Duration::from_secs(10 + 2 * text.lines().count() as u64 / 5);
        if result.is_err() || slow {
            failed += 1;
            eprintln!("=== {} ===\n{text}\n=== end ===", if slow { "slow" } else { "failed" });
        }
    }
    assert_eq!(failed, 0, "of {count} programs");
}
