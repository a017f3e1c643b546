//! The faults that running a program can raise, one for each kind of mistake, under the classes of Python and Sage.

use crate::budget::Stopped;
use crate::diagnostic::{Fault, FaultKind, Span, fault as make};
use crate::expr::Reason;
use crate::print;

/// Declares fault kinds: name, code, class, title, explanation, wrong and right example.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $class:literal, $title:literal, $explanation:literal,
       $wrong:literal => $right:literal;)*) => {
        $($(#[$doc])* pub static $name: FaultKind = FaultKind {
            code: $code, class: $class, title: $title, explanation: $explanation, wrong: $wrong, right: $right,
        };)*
        /// Every fault of this file, for `help` and the reference.
        pub static KINDS: &[&FaultKind] = &[$(&$name),*];
    };
}

kinds! {
    /// A name that nothing was assigned to.
    UNDEFINED_NAME = "undefined-name", "NameError", "a name was used that nothing is known by",
        "A name means something only after an assignment, a definition or `var('t')`, which makes it a symbol. Only `x` is a symbol from the start.",
        "t^2 + 1" => "var('t'); t^2 + 1";
    /// A local variable read before it was assigned.
    UNBOUND_LOCAL = "unbound-local", "UnboundLocalError", "a local variable was read before it was assigned",
        "A name that is assigned anywhere in a function is local to all of it. Assign it first, or say `global` if the outer one is meant.",
        "def f():\n    n += 1\nf()" => "n = 0\ndef f():\n    global n\n    n += 1\nf()";
    /// A `nonlocal` name without a binding around it.
    BAD_SCOPE = "no-such-scope", "SyntaxError", "`nonlocal` names a variable that no enclosing function has",
        "`nonlocal` reaches into the function around this one; for variables outside all functions it is `global`.",
        "def f():\n    nonlocal k" => "def f():\n    global k";
    /// A value of a kind that an operation can't work with.
    WRONG_TYPE = "wrong-type", "TypeError", "a value is of a kind that can't be used here",
        "Operations accept only some kinds of values: text and numbers can't be added, only lists and the like have a length.",
        "'2' + 1" => "2 + 1";
    /// A value of the right kind that is not acceptable.
    BAD_VALUE = "bad-value", "ValueError", "a value of the right kind is not acceptable here",
        "The kind of the value is right, but this one lies outside of what the function can work with.",
        "int('two')" => "int('2')";
    /// A call with too many, too few or unknown arguments.
    BAD_ARGUMENTS = "bad-arguments", "TypeError", "a function was called with the wrong arguments",
        "Give a function as many arguments as it takes, and keywords that it knows; `help(f)` shows them.",
        "def f(a, b):\n    return a\nf(1)" => "def f(a, b):\n    return a\nf(1, 2)";
    /// Something was called that is no function.
    NOT_CALLABLE = "not-callable", "TypeError", "something was called that is no function",
        "Only functions can be followed by parentheses. A product needs its `*`; a value is put into an expression by keyword.",
        "5(3)" => "5*(3)";
    /// Positional arguments to an expression that names no variables.
    UNNAMED_SUBSTITUTION = "unnamed-substitution", "TypeError", "a value was put into an expression without saying for which variable",
        "An expression does not know the order of its variables. Name them, `e(x=2)`, or make a function of it, `f(x) = x^2`.",
        "(x^2)(2)" => "(x^2)(x=2)";
    /// An attribute or method that a value lacks.
    NO_ATTRIBUTE = "no-such-method", "AttributeError", "a value has no method or attribute of that name",
        "Methods are written behind a point. Which ones there are depends on the kind of the value.",
        "(x^2).derivate()" => "(x^2).derivative()";
    /// Division of exact numbers by zero.
    DIVISION_BY_ZERO = "division-by-zero", "ZeroDivisionError", "something was divided by zero",
        "Zero has no reciprocal. Where an expression tends to infinity, ask for its limit instead.",
        "1/0" => "limit(1/x, x=0, dir='+')";
    /// An index outside of a sequence.
    BAD_INDEX = "index-out-of-range", "IndexError", "a sequence has no item at that place",
        "Items are counted from 0; the last one is number `len(s) - 1`, or -1.",
        "[1, 2][2]" => "[1, 2][1]";
    /// A key that a dict lacks.
    NO_KEY = "no-such-key", "KeyError", "a dictionary has no such key",
        "Ask with `key in d` first, or use `d.get(key)`, which answers `None` when there is no such key.",
        "{'a': 1}['b']" => "{'a': 1}.get('b')";
    /// The truth of a relation could not be decided.
    UNDECIDED = "undecided", "ValueError", "whether a relation holds could not be decided",
        "A condition must hold for all values of its variables, or fail for some. When neither can be shown, an assumption may decide it.",
        "y = function('y')(x)\nbool(y > 0)" => "y = function('y')(x)\nassume(y > 0); bool(y > 0)";
    /// `assert` failed.
    ASSERTION = "assertion-failed", "AssertionError", "an assertion does not hold",
        "`assert` checks a condition that ought to hold.",
        "assert 1 == 2" => "assert 1 == 1";
    /// Too many calls inside one another.
    TOO_DEEP = "too-deep", "RecursionError", "calls are nested too deeply",
        "A function that calls itself must come to an end before some ten thousand calls are open.",
        "def f(n):\n    return f(n + 1)\nf(0)" => "def f(n):\n    return 0 if n > 9 else f(n + 1)\nf(0)";
    /// `next` on an iterator without more items.
    NO_MORE = "no-more-items", "StopIteration", "an iterator has no more items",
        "`next(it, default)` answers the default at the end.",
        "next(iter([]))" => "next(iter([]), None)";
    /// A module that does not exist.
    NO_MODULE = "no-such-module", "ModuleNotFoundError", "there is no module of that name",
        "Modules are those of the standard library, `math`, `random` and the `.calc` files beside the script. What numpy and the like offer is built in here.",
        "import numpy" => "import math";
    /// A text that is to be evaluated but is no expression.
    NOT_AN_EXPRESSION = "not-an-expression", "SyntaxError", "a text to be evaluated is no expression",
        "`sage_eval` takes the text of one expression; statements belong into the script itself.",
        "sage_eval('a = 3')" => "a = sage_eval('3')";
    /// A name that a module lacks.
    NOT_IN_MODULE = "not-in-module", "ImportError", "a module has no such name",
        "`import m` and `help(m)` show what a module holds.",
        "from math import sine" => "from math import sin";
    /// A result too large to compute.
    TOO_LARGE = "too-large", "OverflowError", "a result would be too large",
        "The result would have so many digits that it is not even begun. Its logarithm or a numerical value may do: `10.0^1000000`.",
        "2^(10^12)" => "2.0^(10^12)";
    /// An undefined operation with infinity.
    SIGN_ERROR = "undefined-infinity", "SignError", "an operation with infinity has no value",
        "`oo - oo` and `0*oo` may be anything; a limit says what they are in a given place.",
        "oo - oo" => "limit(x^2 - x, x=oo)";
    /// Something that the language leaves out on purpose.
    REFUSED = "not-offered", "NotImplementedError", "this is not offered",
        "Scripts may come from strangers: they can't ask at the keyboard, run programs or reach the network.",
        "name = input()" => "name = 'Ada'";
    /// A file that could not be read.
    NO_FILE = "no-such-file", "OSError", "a file could not be read",
        "Names of files are relative to the folder in which secant was started.",
        "load('missing.calc')" => "load('present.calc')";
    /// An exception raised by the program itself.
    RAISED = "raised", "Exception", "the program raised an exception",
        "`raise` stops what is going on until an `except` catches it.",
        "raise ValueError('no')" => "try:\n    raise ValueError('no')\nexcept ValueError as err:\n    print(err)";
    /// A state in which the operation makes no sense.
    BAD_STATE = "bad-state", "RuntimeError", "this can't be done just now",
        "An example: a dictionary may not change while a loop runs over it.",
        "d = {1: 2}\nfor k in d:\n    d[k + 1] = 0" => "d = {1: 2}\nfor k in list(d):\n    d[k + 1] = 0";
    /// The program ended itself.
    ENDED = "program-ended", "SystemExit", "the program ended itself",
        "`exit()` ends a program, or leaves the session. A text, or a number other than 0, says that something went wrong.",
        "exit('there is no data')" => "print('done')";
    /// A computation stopped by Ctrl-C.
    INTERRUPTED = "interrupted", "KeyboardInterrupt", "the computation was interrupted",
        "Ctrl-C stops what is running; the session goes on.",
        "while True: pass" => "for k in range(10): pass";
    /// A computation stopped by the time limit.
    OUT_OF_TIME = "out-of-time", "TimeoutError", "the time limit was reached",
        "A computation took longer than it may. `--time-limit` sets another limit.",
        "while True: pass" => "for k in range(10): pass";
    /// A computation stopped by the memory limit.
    OUT_OF_MEMORY = "out-of-memory", "MemoryError", "the memory limit was reached",
        "A computation needed more memory than it may. `--memory-limit` sets another limit.",
        "L = [0]\nwhile True: L = L + L" => "L = [0]*1000";
}

impl From<Stopped> for Fault {
    /// The fault of a computation that was stopped; its place is where the machine is.
    fn from(stopped: Stopped) -> Fault {
        let kind = match stopped {
            Stopped::Interrupted => &INTERRUPTED,
            Stopped::OutOfTime => &OUT_OF_TIME,
            Stopped::OutOfMemory => &OUT_OF_MEMORY,
        };
        Fault::new(
            kind,
            Span::default(),
            if stopped == Stopped::Interrupted { String::new() } else { stopped.to_string() },
        )
    }
}

/// Whether the fault ends the statement whatever handlers it has: the limits set from outside.
pub fn is_final(fault: &Fault) -> bool {
    std::ptr::eq(fault.kind(), &OUT_OF_TIME) || std::ptr::eq(fault.kind(), &OUT_OF_MEMORY)
}

/// Whether the fault stops the statement from outside: a limit, or the person.
pub fn is_stop(fault: &Fault) -> bool {
    is_final(fault) || std::ptr::eq(fault.kind(), &INTERRUPTED)
}

/// A `TypeError` whose place the machine fills in.
pub fn type_error(message: impl Into<String>) -> Fault {
    Fault::new(&WRONG_TYPE, Span::default(), message)
}

/// A `ValueError` whose place the machine fills in.
pub fn value_error(message: impl Into<String>) -> Fault {
    Fault::new(&BAD_VALUE, Span::default(), message)
}

/// A `ZeroDivisionError` whose place the machine fills in.
pub fn zero_division(message: impl Into<String>) -> Fault {
    Fault::new(&DIVISION_BY_ZERO, Span::default(), message)
}

/// An `OverflowError` for a result that is not even begun.
pub fn too_large(what: &str) -> Fault {
    make!(TOO_LARGE, Span::default(), "{what} would be too large")
}

/// What the engine could not do, as a fault whose place the call fills in.
impl From<Reason> for Fault {
    fn from(reason: Reason) -> Fault {
        match reason {
            Reason::Unknown(missing) => {
                let text = print::text(&missing);
                make!(UNDECIDED, Span::default(), "cannot decide whether {text}")
                    .hint(format!("assume({text}) would decide it"))
            }
            Reason::Domain(text) => value_error(text),
            Reason::Budget(stopped) => Fault::from(stopped),
            Reason::Unsupported(text) => Fault::new(&REFUSED, Span::default(), text),
        }
    }
}
