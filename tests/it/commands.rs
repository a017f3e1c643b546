//! The program as a person or another program calls it: arguments, streams, exit statuses.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// What a call printed and how it ended.
struct Answer {
    status: i32,
    out: String,
    err: String,
}

impl From<Output> for Answer {
    fn from(output: Output) -> Answer {
        Answer {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// Calls the program, with a text on its standard input.
fn secant_given(input: &str, arguments: &[&str]) -> Answer {
    let mut child = Command::new(env!("CARGO_BIN_EXE_secant"))
        .args(arguments)
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    // The program may end without reading it.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("the program ends").into()
}

fn secant(arguments: &[&str]) -> Answer {
    secant_given("", arguments)
}

/// A file with this text, in a folder of its own that goes when the test ends.
struct Script {
    folder: PathBuf,
    path: PathBuf,
}

impl Script {
    fn new(name: &str, text: &str) -> Script {
        let folder = std::env::temp_dir().join(format!("secant-commands-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
        let path = folder.join(name).with_extension("calc");
        std::fs::write(&path, text).expect("the temporary folder can be written");
        Script { folder, path }
    }

    fn path(&self) -> &str {
        self.path.to_str().expect("the path is text")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(&self.path).expect("the file is there")
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn objects(answer: &Answer) -> Vec<Value> {
    answer.out.lines().map(|line| serde_json::from_str(line).expect("every line is an object")).collect()
}

#[test]
fn scripts_print_what_they_print_and_code_shows_its_values() {
    let script = Script::new("prints", "1 + 1\nprint('a', 1/2)\n");
    let answer = secant(&[script.path()]);
    assert_eq!((answer.status, answer.out.as_str(), answer.err.as_str()), (0, "a 1/2\n", ""));
    assert_eq!(secant(&["run", script.path()]).out, "a 1/2\n");
    assert_eq!(secant(&["-c", "1 + 1"]).out, "2\n");
    assert_eq!(secant_given("print(2^10)", &["-"]).out, "1024\n");
    assert_eq!(secant_given("print(2^10)", &[]).out, "1024\n");
}

#[test]
fn exit_statuses_tell_who_was_wrong() {
    assert_eq!(secant(&["-c", "1"]).status, 0);
    assert_eq!(secant(&["-c", "1/0"]).status, 1);
    assert_eq!(secant(&["-c", "1 +"]).status, 1);
    for misuse in [&["no-such-file.calc"][..], &["run"], &["--no-such-option"], &["help", "gdc"], &["test", "missing"]]
    {
        let answer = secant(misuse);
        assert_eq!(answer.status, 2, "{misuse:?}: {}", answer.err);
        assert!(!answer.err.is_empty() && answer.out.is_empty(), "{misuse:?}");
    }
    assert_eq!(secant(&["--version"]).out, format!("secant {}\n", env!("CARGO_PKG_VERSION")));
    assert!(secant(&["--help"]).out.contains("Exit status"));
}

#[test]
fn a_script_with_syntax_errors_tells_all_and_runs_nothing() {
    let script = Script::new("faulty", "print('begun')\n2x\ny = (1\nprint(y)\n1 + ]\n");
    let answer = secant(&[script.path()]);
    assert_eq!((answer.status, answer.out.as_str()), (1, ""));
    assert!(answer.err.matches("error[").count() >= 2, "{}", answer.err);
    assert!(answer.err.contains("write `2*x`"), "{}", answer.err);
}

#[test]
fn json_goes_on_after_faults() {
    let script = Script::new("json", "x = 1\n2x\n1/0; 3 + 4\nfor k in range(2):\n    print(k)\n");
    let answer = secant(&["run", "--json", script.path()]);
    assert_eq!(answer.status, 1);
    let objects = objects(&answer);
    let lines: Vec<i64> = objects.iter().filter_map(|object| object["line"].as_i64()).collect();
    assert_eq!(lines, [1, 2, 3, 3, 4], "{}", answer.out);
    let keys = ["line", "source", "stdout", "value", "latex", "figures", "error", "fault", "notes"];
    for object in &objects {
        let own: Vec<&str> = object.as_object().expect("an object").keys().map(String::as_str).collect();
        assert!(keys.iter().all(|key| own.contains(key)) && own.len() == keys.len(), "{own:?}");
    }
    assert_eq!(objects[1]["fault"]["line"], 2);
    assert!(objects[1]["error"].as_str().is_some_and(|error| error.starts_with("SyntaxError: ")));
    assert!(objects[2]["error"].as_str().is_some_and(|error| error.starts_with("ZeroDivisionError: ")));
    assert_eq!((&objects[3]["value"], &objects[3]["latex"]), (&Value::from("7"), &Value::from("7")));
    assert_eq!(objects[4]["stdout"], "0\n1\n");
    assert_eq!(objects[4]["value"], Value::Null);
    assert_eq!(secant(&["--json", "-c", "1"]).status, 0);
}

#[test]
fn limits_end_a_statement_and_leave_the_session() {
    let program = "a = 5\nwhile True: pass\na + 1\n";
    let answer = secant_given(program, &["run", "--json", "--time-limit", "0.2", "-"]);
    assert_eq!(answer.status, 1);
    let objects = objects(&answer);
    assert_eq!(objects[1]["fault"]["code"], "out-of-time");
    assert_eq!(objects[2]["value"], "6");
    let program = "L = [0]\nwhile True: L = L + L\n5 + 5\n";
    let answer = secant_given(program, &["run", "--json", "--memory-limit", "200M", "-"]);
    let objects = self::objects(&answer);
    assert_eq!(objects[1]["fault"]["code"], "out-of-memory", "{}", answer.out);
    assert_eq!(objects[2]["value"], "10");
    assert_eq!(secant(&["--time-limit", "-3", "-c", "1"]).status, 2);
    assert_eq!(secant(&["--memory-limit", "much", "-c", "1"]).status, 2);
}

#[test]
fn recorded_results_are_compared_and_written() {
    let script = Script::new("recorded", "1 + 1  # => 3\nprint(5)  # prints 5\n");
    let answer = secant(&["test", script.path()]);
    assert_eq!(answer.status, 1);
    assert!(answer.out.contains("- => 3") && answer.out.contains("+ => 2"), "{}", answer.out);
    assert_eq!(secant(&["test", "--update", script.path()]).status, 0);
    assert_eq!(script.text(), "1 + 1  # => 2\nprint(5)  # prints 5\n");
    let folder = script.folder.to_str().expect("the path is text");
    let answer = secant(&["test", folder]);
    assert_eq!((answer.status, answer.out.as_str()), (0, "1 file: 2 results compared, 0 differ\n"));
}

#[test]
fn scripts_are_brought_into_the_usual_layout() {
    let script = Script::new("layout", "x=1\n");
    assert_eq!(secant(&["fmt", "--check", script.path()]).status, 1);
    assert_eq!(script.text(), "x=1\n");
    assert_eq!(secant(&["fmt", script.path()]).status, 0);
    assert_eq!(script.text(), "x = 1\n");
    assert_eq!(secant(&["fmt", "--check", script.path()]).status, 0);
    assert_eq!(secant_given("f(x)=2*x", &["fmt", "-"]).out, "f(x) = 2*x\n");
    assert_eq!(secant_given("2x", &["fmt", "-"]).status, 1);
}

#[test]
fn help_explains_functions_faults_and_commands() {
    assert!(secant(&["help"]).out.contains("elementary functions"));
    assert!(secant(&["help", "gcd"]).out.contains("greatest common divisor"));
    assert!(secant(&["help", "division-by-zero"]).out.contains("ZeroDivisionError"));
    assert!(secant(&["help", "sinh"]).out.contains("cosh(x)"));
    assert!(secant(&["help", "test"]).out.contains("--update"));
    assert!(secant(&["help", "gdc"]).err.contains("did you mean `gcd`?"));
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(secant(&["completions", shell]).out.contains("secant"), "{shell}");
    }
}

#[test]
fn colours_come_only_when_asked_for() {
    let escape = '\u{1b}';
    assert!(!secant(&["-c", "1/0"]).err.contains(escape));
    assert!(secant(&["--color", "always", "-c", "1/0"]).err.contains(escape));
    assert!(!secant(&["--color", "never", "-c", "1/0"]).err.contains(escape));
}

#[test]
fn figures_are_written_below_the_output_folder() {
    let script = Script::new("figures", "plot(x^2, (x, 0, 1)).save('sub/parabola.svg')\n");
    let out = script.folder.join("figures");
    let answer = secant(&["run", "--json", "--out", out.to_str().expect("the path is text"), script.path()]);
    assert_eq!(answer.status, 0, "{}", answer.out);
    assert!(out.join("sub/parabola.svg").exists(), "{}", answer.out);
    let figures = objects(&answer)[0]["figures"].clone();
    let path = figures[0].as_str().expect("the path is told").to_string();
    assert!(Path::new(&path).exists(), "{path}");
}

#[test]
fn deep_nests_answer_or_fail_but_never_crash() {
    let nest = |open: &str, inner: &str, close: &str, depth: usize| {
        format!("{}{inner}{}\n", open.repeat(depth), close.repeat(depth))
    };
    let programs = [
        nest("(", "1", ")", 100_000),
        nest("[", "", "]", 100_000),
        nest("sin(", "x", ")", 100_000),
        nest("-", "1", "", 100_000),
        nest("not ", "True", "", 100_000),
        nest("2^", "1", "", 100_000),
        format!("a = {}\nprint(a)\n", vec!["1"; 100_000].join(" + ")),
        format!("a = {}\nprint(len(str(a)))\n", "x + ".repeat(50_000) + "1"),
        "f = x\nfor k in range(100000): f = sin(f)\nprint(len(str(diff(f, x))) > 0)\n".to_string(),
        "L = []\nfor k in range(100000): L = [L]\nprint(len(str(L)))\n".to_string(),
        "def f(n): return f(n + 1)\nf(0)\n".to_string(),
        "f = lambda n: sum(f(k) for k in [n])\nf(0)\n".to_string(),
        format!("print(len(str({}*3)))\n", "7".repeat(100_000)),
        "2^(10^12)\n".to_string(),
    ];
    for program in &programs {
        let answer = secant_given(program, &["run", "--time-limit", "2", "--memory-limit", "2G", "-"]);
        let start: String = program.chars().take(60).collect();
        assert!(matches!(answer.status, 0 | 1), "{start}: {} {}", answer.status, answer.err);
        assert!(!answer.err.contains("panicked"), "{start}: {}", answer.err);
    }
}

#[test]
fn a_program_can_end_itself() {
    let answer = secant(&["-c", "print(1)\nexit()\nprint(2)"]);
    assert_eq!((answer.status, answer.out.as_str(), answer.err.as_str()), (0, "1\n", ""));
    let answer = secant(&["-c", "try:\n    quit('no data')\nexcept Exception:\n    pass"]);
    assert_eq!((answer.status, answer.out.as_str(), answer.err.as_str()), (1, "", "no data\n"));
    let answer = secant(&["--json", "-c", "1\nexit(0)\n2"]);
    assert_eq!((answer.status, objects(&answer).len()), (0, 2));
    assert_eq!(objects(&answer)[1]["error"], Value::Null);
    assert_eq!(secant(&["-c", "exit(3)"]).status, 1);
}

#[test]
fn texts_of_other_systems_run_and_other_bytes_do_not() {
    let script = Script::new("windows", "\u{feff}x = 2\r\nif x == 2:\r\n    print('two')\r\n");
    let answer = secant(&[script.path()]);
    assert_eq!((answer.status, answer.out.as_str()), (0, "two\n"), "{}", answer.err);
    std::fs::write(&script.path, b"print(1)\nprint('\xff')\n").expect("the file can be written");
    let answer = secant(&[script.path()]);
    assert_eq!((answer.status, answer.out.as_str()), (2, ""));
    assert!(answer.err.ends_with("line 2 is no UTF-8 text\n"), "{}", answer.err);
    std::fs::write(&script.path, "").expect("the file can be written");
    let answer = secant(&["run", "--json", script.path()]);
    assert_eq!((answer.status, answer.out.as_str()), (0, ""));
    assert!(secant(&["hepl"]).err.contains("did you mean the command `help`?"));
    assert_eq!(secant(&[script.folder.to_str().expect("the path is text")]).status, 2);
}

#[test]
fn nobody_need_read_to_the_end() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_secant"))
        .args(["-c", "for k in range(10^6): print(k)"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let answer = Answer::from(child.wait_with_output().expect("the program ends"));
    assert_eq!((answer.status, answer.err.as_str()), (1, ""));
}

#[test]
fn the_readme_shows_a_fault_as_it_is() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("it is there");
    let shown =
        text.split("```text\n").filter_map(|rest| rest.split("```").next()).find(|block| block.starts_with("error["));
    let script = Script::new("slip", "x = var('x')\nx^2 + 2x\n");
    let told = secant(&[script.path()]).err.replace(script.path(), "slip.calc");
    assert_eq!(told.trim_end(), shown.expect("the README shows a fault").trim_end());
}

#[test]
fn the_readme_shows_a_session_as_it_is() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("it is there");
    let mut blocks = text.split("```text\n").filter_map(|rest| rest.split("```").next());
    let session = blocks.find(|block| block.starts_with("secant: ")).expect("the README shows a session");
    let (mut program, mut shown) = (String::new(), String::new());
    for line in session.lines().filter(|line| !line.starts_with("figure: ")) {
        match line.strip_prefix("secant: ") {
            Some(statement) => program.extend([statement, "\n"]),
            None => shown.extend([line, "\n"]),
        }
    }
    assert_eq!(secant(&["-c", &program]).out, shown);
}
