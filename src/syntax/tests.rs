//! What the parser makes of texts: the tree compared as nested lists.

use super::*;

/// Parses `source`, which must be sound, and compares the tree.
fn check(source: &str, expected: &str) {
    let (module, faults) = parse(source);
    assert!(faults.is_empty(), "{source:?}: {faults:?}");
    assert_eq!(dump(&module).trim_end(), expected, "{source:?}");
}

/// The codes of the faults of `source`.
fn codes(source: &str) -> Vec<&'static str> {
    parse(source).1.iter().map(|fault| fault.code()).collect()
}

#[test]
fn operators_bind_as_in_sage() {
    check("1 + 2*3 - 4", "(+ - 1 (* 2 3) 4)");
    check("-x^2", "(- (^ x 2))");
    check("2^-1", "(^ 2 (- 1))");
    check("2^3^2", "(^ 2 (^ 3 2))");
    check("2**3", "(^ 2 3)");
    check("a / b * c // d % e", "(/ * // % a b c d e)");
    check("a ^^ b | c & d << 1", "(| (^^ a b) (& c (<< d 1)))");
    check("not a == b and c or d", "(or (and (not (== a b)) c) d)");
    check("a < b <= c != d", "(< <= != a b c d)");
    check("(a < b) < c", "(< (< a b) c)");
    check("a in b", "(in a b)");
    check("a not in b is not c is d", "(not in is not is a b c d)");
    check("-a * b", "(* (- a) b)");
    check("a if b else c if d else e", "(? b a (? d c e))");
    check("f(x)^2 + f.g[1].h", "(+ (^ (call f x) 2) (. (at (. f g) 1) h))");
    check("~x + +y", "(+ (~ x) (+ y))");
    check("lambda x, y=2, *z, **k: x", "(lambda [x y=2 *z **k] x)");
    check("(n := 3) + 1", "(+ (:= n 3) 1)");
}

#[test]
fn numbers_keep_their_text() {
    check("1_000", "1000");
    check("0xFf + 0b101 + 0o17", "(+ + Ffr16 101r2 17r8)");
    check("1.50 + .5 + 2. + 1e-3 + 1.5E+10", "(+ + + + 1.50 .5 2. 1e-3 1.5E+10)");
    check("2j + 1.5J", "(+ 2j 1.5j)");
    check("5.factor()", "(call (. 5 factor))");
    check("1.5.n()", "(call (. 1.5 n))");
    check("2.e3", "2.e3");
    check("1.e()", "(call (. 1 e))");
    check("1.j", "1.j");
    check("[1..5]", "(range 1 .. 5)");
    check("[0.1..0.5]", "(range 0.1 .. 0.5)");
}

#[test]
fn displays_and_comprehensions() {
    check("[]", "(list)");
    check("[1, 2,]", "(list 1 2)");
    check("()", "(tuple)");
    check("(1,)", "(tuple 1)");
    check("(1)", "1");
    check("1, 2", "(tuple 1 2)");
    check("{}", "(dict)");
    check("{1: 2, **d}", "(dict 1:2 **d)");
    check("{1, 2}", "(set 1 2)");
    check("[*a, b]", "(list (star a) b)");
    check("[1, 3..9]", "(range 1 3 .. 9)");
    check("[1, 3, .., 9, 20..22]", "(range 1 3 .. 9 20 .. 22)");
    check("(a..b)", "(lazy-range a .. b)");
    check("(1, 3..9)", "(lazy-range 1 3 .. 9)");
    check(
        "[x^2 for x in a if x > 1 if x < 3 for y in b]",
        "(list-for (^ x 2) (for x a) (if (> x 1)) (if (< x 3)) (for y b))",
    );
    check("{k: v for k, v in d}", "(dict-for k v (for (tuple k v) d))");
    check("{x for x in a}", "(set-for x (for x a))");
    check("sum(x for x in a)", "(call sum (generator x (for x a)))");
    check("(x for x in a or b)", "(generator x (for x (or a b)))");
    check("a[1:2, ::3, :]", "(at a (tuple (slice 1 2 _) (slice _ _ 3) (slice _ _ _)))");
    check("a[-1]", "(at a (- 1))");
    check("f(*a, b=1, **c)", "(call f *a b=1 **c)");
    check("f(a,)", "(call f a)");
    check("[\n  1,  # one\n  2\n]", "(list 1 2)");
}

#[test]
fn strings_are_decoded() {
    check(r#"'a' "b" '''c'''"#, r#""abc""#);
    check(r#""a\tb\x41\u00e9\101\q""#, r#""a\tbAéA\\q""#);
    check(r#"r"\sin\n""#, r#""\\sin\\n""#);
    check("\"a\\\nb\"", r#""ab""#);
    check("'''a\nb'''", r#""a\nb""#);
    check("''", r#""""#);
    check("f'abc'", r#""abc""#);
    check("f'{x}'", "(f (field x))");
    check("f'a{{b}}{x + 1!r:>{w}.2f}c' 'd'", r#"(f "a{b}" (field (+ x 1) !Repr (: ">" (field w) ".2f")) "cd")"#);
    check("f'{x = }'", r#"(f (field x "x = "))"#);
    check("f'{x == 2}'", "(f (field (== x 2)))");
    check("f'{a != b}'", "(f (field (!= a b)))");
    check("f'{d[\"k\"]:5}'", r#"(f (field (at d "k") (: "5")))"#);
    check("f'{(lambda x: x)(2)}'", "(f (field (call (lambda [x] x) 2)))");
    check("f'''{\n a +\n b}'''", "(f (field (+ a b)))");
    check("f'{f\"{x}\"}'", "(f (field (f (field x))))");
}

#[test]
fn fields_of_format_strings_know_their_place() {
    let source = "print(f'ab{x + y}')";
    let (module, _) = parse(source);
    let ast::StmtKind::Expression(call) = &module.body[0].kind else { panic!() };
    let ast::ExprKind::Call(call) = &call.kind else { panic!() };
    let ast::ExprKind::FormatText(parts) = &call.arguments[0].value.kind else { panic!() };
    let ast::FormatPart::Field(field) = &parts[1] else { panic!() };
    assert_eq!(field.value.span.text(source), "x + y");
    assert_eq!(field.span.text(source), "{x + y}");
}

#[test]
fn statements() {
    check("a = b = 2", "(= a b 2)");
    check("a, *b = c", "(= (tuple a (star b)) c)");
    check("[a, (b, c)] = d", "(= (tuple a (tuple b c)) d)");
    check("a.b[0] += 1", "(+= (at (. a b) 0) 1)");
    check("a ^= 2", "(^= a 2)");
    check("f(x, y) = x + y", "(define (f x y) (+ x y))");
    check("a; b; c;", "a\nb\nc");
    check("del a, b[0]", "(del a (at b 0))");
    check("assert a, 'm'", "(assert a \"m\")");
    check("raise A(1) from e", "(raise (call A 1) e)");
    check("import a.b as c, d", "(import a.b:c d)");
    check("from sage.all import *", "(from sage.all *)");
    check("from m import (a as b, c,)", "(from m a:b c)");
    check("global a, b", "(global a b)");
    check("x: int = 3", "(= x 3)");
    check("𝑥 = 2·𝜋", "(= x (* 2 pi))");
    check("x = yield_ = 3", "(= x yield_ 3)");
    check("", "");
    check("\n\n# only a comment\n", "");
}

#[test]
fn blocks() {
    check("if a:\n    b\nelif c:\n    d\nelse:\n    e", "(if (when a (do b)) (when c (do d)) (else e))");
    check("for x, y in a: b; c", "(for (tuple x y) a (do b c))");
    check("for x in 1, 2:\n  break\nelse:\n  b", "(for x (tuple 1 2) (do (break)) (else b))");
    check("while a:\n\tif b:\n\t\tcontinue\n\tc\nd", "(while a (do (if (when b (do (continue)))) c))\nd");
    check(
        "try:\n a\nexcept (A, B) as e:\n b\nexcept:\n c\nelse:\n d\nfinally:\n e",
        "(try (do a) (except (tuple A B) :e (do b)) (except (do c)) (else d) (finally e))",
    );
    check("try:\n a\nfinally:\n b", "(try (do a) (finally b))");
    check("R.<t> = QQ[]", "(= (tuple R (tuple t)) (tuple (at QQ \"t\") (call (. (at QQ \"t\") gens))))");
    check("with a: b", "(with (item a) (do b))");
    check("with a as b, c as (d, e):\n f", "(with (item a b) (item c (tuple d e)) (do f))");
    check("with (a as b, c,):\n f", "(with (item a b) (item c) (do f))");
    check("with (a, b): c", "(with (item a) (item b) (do c))");
    check(
        "def f(a, b=1, /, c=2, *d, e, g=3, **h) -> int:\n    'doc'\n    return a",
        "(def f [a b=1 / c=2 *d e g=3 **h] (do \"doc\" (return a)))",
    );
    check("def f(*, a):\n    yield a\n    x = yield", "(def f yields [* a] (do (yield a) (= x (yield))))");
    check("@interact\ndef f(n=(1..5)):\n  pass", "(@ interact (def f [n=(lazy-range 1 .. 5)] (do (pass))))");
    check("if a:\n    # c\n\n    b\n  # d\nc", "(if (when a (do b)))\nc");
    check("x = 1 + \\\n    2", "(= x (+ 1 2))");
    check("if a: b\nelse: c", "(if (when a (do b)) (else c))");
}

#[test]
fn pasted_symbols_and_prompts_are_understood() {
    check("2·π − √(x+1) × y²", "(- (* 2 pi) (* (call sqrt (+ x 1)) (^ y 2)))");
    check("x ≤ ∞ ≠ y ≥ 3", "(<= != >= x oo y 3)");
    check("x⁻¹² ÷ α_1", "(/ (^ x (- 12)) α_1)");
    check("√2", "(call sqrt 2)");
    check("sage: 1 + 1\nsage: for k in a:\n....:     b\n....:\nsage: c", "(+ 1 1)\n(for k a (do b))\nc");
    check(">>> for k in a:\n...     b\n...\n>>> c", "(for k a (do b))\nc");
    check("sage: f(1,\n....:   2)", "(call f 1 2)");
    check("x\u{a0}+ 1\r\ny\r\n", "(+ x 1)\ny");
}

#[test]
fn comments_are_kept() {
    let source = "# %% one\nx = 1  # => 1\n";
    let (module, _) = parse(source);
    let texts: Vec<_> = module.comments.iter().map(|comment| (comment.span.text(source), comment.whole_line)).collect();
    assert_eq!(texts, [("# %% one", true), ("# => 1", false)]);
}

#[test]
fn every_statement_knows_its_place() {
    let source = "a = 1; f(x) = x\nif a:\n    b\n\nc";
    let (module, _) = parse(source);
    let texts: Vec<_> = module.body.iter().map(|statement| statement.span.text(source)).collect();
    assert_eq!(texts, ["a = 1", "f(x) = x", "if a:\n    b", "c"]);
}

#[test]
fn faulty_statements_stand_apart() {
    let (module, faults) = parse("a = 1\nb = 2x\nc = 3\nif a:\n    d = = 2\n    e\nf(2) = 3; g\nh\n");
    assert_eq!(dump(&module), "(= a 1)\n(invalid)\n(= c 3)\n(invalid)\n(invalid)\ng\nh\n");
    assert_eq!(
        faults.iter().map(|fault| fault.code()).collect::<Vec<_>>(),
        ["forgotten-times", "foreign-operator", "bad-definition"]
    );
}

#[test]
fn every_fault_belongs_to_a_statement() {
    for source in
        ["  x", "(", ")", "if a:", "if a:\n\tb\n        c", "'", "x = 1\n  y", "return 1", "else:\n  1", "@f", "\u{0}"]
    {
        let (module, faults) = parse(source);
        assert!(!faults.is_empty(), "{source:?}");
        let told: usize = module
            .body
            .iter()
            .map(|statement| match &statement.kind {
                ast::StmtKind::Invalid(told) => told.len(),
                _ => 0,
            })
            .sum();
        assert_eq!(told, faults.len(), "{source:?}: {module:?} {faults:?}");
    }
}

#[test]
fn words_must_stand_in_their_surrounding() {
    assert_eq!(codes("return 1"), ["outside-function"]);
    assert_eq!(codes("yield 1"), ["outside-function"]);
    assert_eq!(codes("def f():\n    return 1"), [""; 0]);
    assert_eq!(codes("while a:\n    def f():\n        break"), ["outside-loop"]);
    assert_eq!(codes("for a in b:\n    pass\nelse:\n    break"), ["outside-loop"]);
    assert_eq!(codes("for c in d:\n    for a in b:\n        pass\n    else:\n        break"), [""; 0]);
    assert_eq!(codes("nonlocal a"), ["outside-function"]);
}

#[test]
fn deep_nests_are_parsed_or_refused() {
    let count = 100_000;
    check_depth(&format!("{}1", "1+".repeat(count)), true);
    check_depth(&format!("{}1", "x and ".repeat(count)), true);
    check_depth(&format!("{}x", "x < ".repeat(count)), true);
    check_depth(&format!("[{}]", "1,".repeat(count)), true);
    check_depth(&format!("{}1{}", "(".repeat(count), ")".repeat(count)), false);
    check_depth(&format!("{}1{}", "f(".repeat(count), ")".repeat(count)), false);
    check_depth(&format!("{}1", "(".repeat(count)), false);
    check_depth(&format!("{}1", "-".repeat(count)), false);
    check_depth(&format!("{}1", "not ".repeat(count)), false);
    check_depth(&format!("{}1", "2^".repeat(count)), false);
    check_depth(&format!("f{}", "()".repeat(count)), false);
    check_depth(&format!("f{}", ".a".repeat(count)), false);
    check_depth(&format!("{}1", "lambda: ".repeat(count)), false);
    check_depth(&format!("{}1", "1 if 1 else ".repeat(count)), false);
    check_depth(&format!("{}1{}", "[".repeat(500), "]".repeat(500)), true);
    check_depth(&format!("{}1{}", "f(".repeat(990), ")".repeat(990)), true);
    check_depth(&format!("{}1", "-".repeat(990)), true);
    check_depth(&format!("{}1", "f(\n".repeat(count)), false);
    check_depth(&(0..500).map(|k| format!("{}if a:\n", " ".repeat(k))).collect::<String>(), false);
}

fn check_depth(source: &str, sound: bool) {
    let (module, faults) = parse(source);
    let start = &source[..source.len().min(20)];
    assert_eq!(faults.is_empty(), sound, "{start}: {:?}", faults.first());
    drop(module);
    // Unoptimised, the frames of a recursion are large: it gets the stack that the interpreter has, too.
    let walked = std::thread::scope(|scope| {
        let walk = || dump(&parse(source).0.clone()).len();
        let builder = std::thread::Builder::new().stack_size(64 << 20);
        builder.spawn_scoped(scope, walk).expect("a thread starts").join()
    });
    assert!(walked.expect("the tree can be walked") > 1);
}

/// A fixed sequence of pseudo-random numbers (a linear congruential generator, Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % bound
    }
}

#[test]
fn soup_is_digested() {
    const WORDS: &[&str] = &[
        "x", "f", "2", "1.5", "(", ")", "[", "]", "{", "}", ",", ":", "=", "==", "+", "-", "*", "^", "..", "...", "\n",
        "\n    ", "\n  ", "\n\t", "if ", "else", "elif ", "for ", " in ", "def ", "return ", "lambda ", "'", "\"",
        "'''", "f'{", "}'", "f\"{x:", "#", "\\", "\\\n", ";", ".", "²", "√", "π", "∞", "“", "”", "!", "?", "$", "@",
        "not ", "and ", "try", "except", "yield ", "sage: ", ">>> ", "... ", "|", "&", "%", "print ", "sin ", "class ",
        "\u{0}", "\r", "é", "1e", "0x", "r'", "b'", "while ", "with ", " as ", "break", "import ", "from ", "None",
        "**", "//", "+=", ":=", "->", "~", "<", ">", "!=", "is ", "del ", "global ",
    ];
    let mut dice = Dice(7);
    for _ in 0..6000 {
        let length = 1 + dice.below(25);
        let text: String = (0..length).map(|_| WORDS[dice.below(WORDS.len())]).collect();
        let (module, faults) = parse(&text);
        for fault in &faults {
            let source = crate::diagnostic::Source::new("soup", text.clone());
            assert!(!crate::diagnostic::render(fault, &source, crate::diagnostic::Style::Plain).is_empty());
        }
        let told = module.body.iter().filter(|statement| matches!(statement.kind, ast::StmtKind::Invalid(_))).count();
        assert_eq!(told > 0, !faults.is_empty(), "{text:?} {faults:?} {:?}", module.body);
        let _ = is_complete(&text);
        if let Ok(formatted) = format(&text) {
            assert_eq!(dump(&parse(&formatted).0), dump(&module), "{text:?} {formatted:?}");
            assert_eq!(format(&formatted).ok(), Some(formatted), "{text:?}");
        }
    }
}

#[test]
fn every_kind_of_fault_shows_itself() {
    let mut seen = std::collections::HashSet::new();
    let mut silent = Vec::new();
    for kind in faults() {
        assert!(seen.insert(kind.code), "{} is declared twice", kind.code);
        assert!(kind.class.ends_with("Error"), "{}", kind.code);
        assert!(kind.explanation.ends_with(['.', '`']), "{}", kind.code);
        let right = parse(kind.right).1;
        assert!(right.is_empty(), "{}: {right:?}", kind.code);
        if !kind.wrong.contains("...") && !kind.wrong.contains("and so on") {
            let told = codes(kind.wrong);
            if !told.contains(&kind.code) {
                silent.push((kind.code, told));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:?}");
}

/// The advice of the first call found in the expression `source`, or in its exponent.
fn advice(source: &str) -> Option<String> {
    let (module, _) = parse(source);
    let ast::StmtKind::Expression(expr) = &module.body[0].kind else { return None };
    let call = match &expr.kind {
        ast::ExprKind::Power { exponent, .. } => &exponent.kind,
        kind => kind,
    };
    let ast::ExprKind::Call(call) = call else { return None };
    call.advice.as_ref().map(|advice| advice.to_string())
}

#[test]
fn calls_of_numbers_carry_advice() {
    assert_eq!(advice("2(x + 1)").as_deref(), Some("a product is written with `*`: `2*(x + 1)`"));
    assert_eq!(advice("sin^2(x)").as_deref(), Some("the power stands behind the argument: `sin(x)^2`"));
    assert_eq!(advice("x^2(y)").as_deref(), Some("a product is written with `*`: `2*(y)`"));
    assert_eq!(advice("f(x)"), None);
}

#[test]
fn long_faulty_lines_take_no_long_time() {
    let start = std::time::Instant::now();
    for source in [
        "x y ".repeat(50_000),
        format!("{}{}", "(".repeat(900), "x y ".repeat(20_000)),
        "= ".repeat(50_000),
        "a = = 2\n".repeat(20_000),
        "if a\n".repeat(10_000),
        format!("{}x y", "-".repeat(100_000)),
        format!("x = {} y", "2^".repeat(50_000)),
        "'".repeat(50_001),
        ")".repeat(50_000),
        "f'{".repeat(10_000),
        "[\n".repeat(900),
        "a\n b\n".repeat(10_000),
    ] {
        let (_, faults) = parse(&source);
        assert!(!faults.is_empty());
    }
    assert!(start.elapsed().as_secs() < 60);
}

#[test]
fn a_name_is_read_to_its_end_in_any_script() {
    for name in ["andé", "é", "e\u{301}", "中文", "naïve_x", "Ω1", "_2", "inφ", "truе"] {
        check(name, name);
    }
    check("x·y", "(* x y)");
    check("a∈b", "(in a b)");
    check("x²", "(^ x 2)");
    assert_eq!(codes("x—y"), ["bad-character"]);
}
