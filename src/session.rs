//! A session: source in, one outcome per statement out. It knows not who asks.
//!
//! A session lives on the thread that made it: values are shared within a thread. [`on_own_thread`] gives it one with a
//! stack large enough for everything the engine does recursively.

mod complete;
mod names;

use std::cell::RefCell;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use crate::budget::{self, Budget, leavings};
use crate::builtin;
use crate::diagnostic::{Style, render};
use crate::runtime::Machine;
use crate::runtime::call::Arguments;
use crate::runtime::compile;
use crate::runtime::fault::ENDED;
use crate::runtime::value::{Value, echo, latex};
use crate::syntax::ast::{Comment, Module, Stmt, StmtKind};
use crate::syntax::parse;

// What the faces need besides: they talk to this room alone.
pub use crate::budget::{MemoryMeter, Reporter};
pub use crate::builtin::help::NoSuchTopic;
pub use crate::diagnostic::{Fault, Position, Source, Span, nearest};
pub use crate::figure::render::terminal;
pub use crate::figure::scene::Scene;
pub use crate::runtime::machine::Note;
pub use crate::syntax::{Completeness, SessionForm, Word, format, highlight, is_complete, session_form};
pub use names::shown_names;

/// The stack of the interpreter's thread; only what is used of it takes memory.
const STACK_BYTES: usize = 1 << 30;

/// Runs `work` on a thread with a stack large enough for a session.
///
/// # Errors
/// When the system gives no such thread.
pub fn on_own_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> io::Result<T> {
    let thread = std::thread::Builder::new().name("interpreter".into()).stack_size(STACK_BYTES).spawn(work)?;
    thread.join().map_err(|_| io::Error::other("the interpreter stopped unexpectedly"))
}

/// Where what a program prints goes.
pub enum Printing {
    /// Into the outcome of the statement.
    Captured,
    /// To a sink, piece by piece.
    To(Box<dyn FnMut(&str)>),
}

/// What a session starts with.
pub struct Options {
    /// Where what is printed goes.
    pub printing: Printing,
    /// How long a statement may take.
    pub time_limit: Option<Duration>,
    /// How many bytes the process may use, as the meter shows them.
    pub memory_limit: Option<(MemoryMeter, usize)>,
    /// Set from outside to interrupt the statement that runs.
    pub interrupt: Arc<AtomicBool>,
    /// Below which figures are written.
    pub output_folder: PathBuf,
    /// Where `load` and `import` look for files.
    pub script_folder: PathBuf,
    /// Whether a figure that is the value of a statement is drawn, as by `show`.
    pub draw_figures: bool,
    /// Whether an interact is written as a page; else it is drawn with its values, and again when they change.
    pub write_pages: bool,
    /// Whether the outcomes hold the figures that are shown, for a face that shows them itself.
    pub keep_scenes: bool,
    /// Who shows a person how far long work is.
    pub reporter: Option<Reporter>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            printing: Printing::Captured,
            time_limit: None,
            memory_limit: None,
            interrupt: Arc::default(),
            output_folder: PathBuf::from("."),
            script_folder: PathBuf::from("."),
            draw_figures: false,
            write_pages: true,
            keep_scenes: false,
            reporter: None,
        }
    }
}

/// How a program ended itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All went well.
    Well,
    /// It says that it failed.
    Badly,
}

/// What became of one statement of the top level.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Its text.
    pub source: String,
    /// What it printed, where that is captured.
    pub stdout: String,
    /// What a person at a prompt is shown of its value; nothing for a silent statement.
    pub value: Option<String>,
    /// The value's LaTeX, where it has one.
    pub latex: Option<String>,
    /// The figures it wrote.
    pub figures: Vec<PathBuf>,
    /// The figures it showed, where they are kept.
    pub scenes: Vec<Scene>,
    /// What stopped it.
    pub fault: Option<Fault>,
    /// What is known of its answer besides.
    pub notes: Vec<Note>,
}

impl Outcome {
    /// Whether the statement failed.
    pub fn is_failure(&self) -> bool {
        self.fault.is_some() && self.ending() != Some(Ending::Well)
    }

    /// What the program said when it ended itself, if that is a text for people.
    pub fn last_words(&self) -> Option<&str> {
        let fault = self.fault.as_ref().filter(|fault| fault.code() == ENDED.code)?;
        Some(fault.message()).filter(|message| !message.is_empty() && message.parse::<i64>().is_err())
    }

    /// How the statement ended the whole program, if it did, by `exit()`.
    pub fn ending(&self) -> Option<Ending> {
        let fault = self.fault.as_ref().filter(|fault| fault.code() == ENDED.code)?;
        Some(if fault.message().is_empty() { Ending::Well } else { Ending::Badly })
    }
}

/// An interpreter and everything that its statements have defined.
pub struct Session {
    machine: Machine,
    captured: Rc<RefCell<String>>,
    draw_figures: bool,
}

impl Session {
    /// A fresh session.
    pub fn new(options: Options) -> Session {
        let budget = Budget::interruptible(options.interrupt);
        budget.limit_time(options.time_limit);
        if let Some((meter, limit)) = options.memory_limit {
            budget.limit_memory(meter, Some(limit));
        }
        budget.report_to(options.reporter);
        let captured = Rc::new(RefCell::new(String::new()));
        let output: Box<dyn FnMut(&str)> = match options.printing {
            Printing::To(sink) => sink,
            Printing::Captured => {
                let captured = Rc::clone(&captured);
                Box::new(move |text| captured.borrow_mut().push_str(text))
            }
        };
        let mut machine = Machine::new(Rc::new(builtin::registry()), Rc::new(budget), output);
        machine.set_modules(builtin::MODULES, options.script_folder);
        machine.set_library(builtin::LIBRARY);
        machine.set_writes_pages(options.write_pages);
        machine.set_keeps_scenes(options.keep_scenes);
        // `figure.svg` reads better than `./figure.svg`.
        let folder = options.output_folder;
        machine.set_output_folder(if folder == Path::new(".") { PathBuf::new() } else { folder });
        Session { machine, captured, draw_figures: options.draw_figures }
    }

    /// The interpreter, for completion and help.
    pub fn machine(&mut self) -> &mut Machine {
        &mut self.machine
    }

    /// The page of help on a topic; the list of topics without one.
    ///
    /// # Errors
    /// A topic on which there is no help.
    pub fn help(&mut self, topic: Option<&str>) -> Result<String, NoSuchTopic> {
        topic.map_or_else(|| Ok(builtin::help::contents()), |topic| builtin::help::of_name(&mut self.machine, topic))
    }

    /// The flag that stops the statement which runs.
    pub fn interrupt_flag(&self) -> Arc<AtomicBool> {
        self.machine.budget().interrupt_flag()
    }

    /// Parses a source text, ready to be run a statement at a time.
    pub fn parse(&self, source: Source) -> Program {
        let source = Arc::new(source);
        let (module, faults) = parse(source.text());
        let faults = faults.into_iter().map(|fault| fault.in_source(&source)).collect();
        Program { source, module, faults }
    }

    /// Runs a whole source, one outcome a statement; statements behind a failed one are run as well when `go_on` says so.
    pub fn run(&mut self, source: Source, go_on: bool) -> Vec<Outcome> {
        let program = self.parse(source);
        let mut outcomes = Vec::new();
        for index in 0..program.len() {
            let outcome = self.run_statement(&program, index);
            let (failed, ended) = (outcome.is_failure(), outcome.ending().is_some());
            outcomes.push(outcome);
            if failed && !go_on || ended {
                break;
            }
        }
        outcomes
    }

    /// Runs one statement of a program.
    pub fn run_statement(&mut self, program: &Program, index: usize) -> Outcome {
        let Some(statement) = program.module.body.get(index) else { return program.outcome(Span::default()) };
        let mut outcome = program.outcome(statement.span);
        match program.faults_of(statement) {
            Some(fault) => outcome.fault = Some(fault),
            None => self.execute(statement, program, &mut outcome),
        }
        outcome.stdout = self.captured.take();
        outcome.figures = self.machine.take_figures();
        outcome.scenes = self.machine.take_scenes();
        outcome.notes = self.machine.take_notes();
        outcome
    }

    fn execute(&mut self, statement: &Stmt, program: &Program, outcome: &mut Outcome) {
        self.machine.budget().start();
        match self.machine.run_statement(statement, &program.source) {
            Ok(value) if compile::has_value(statement) => {
                match budget::catch(|| (echo(&value), latex(&value))) {
                    Ok(shown) => (outcome.value, outcome.latex) = shown,
                    Err(stopped) => {
                        outcome.fault = Some(Fault::from(stopped).or_at(statement.span).in_source(&program.source));
                        return;
                    }
                }
                let drawn = if self.draw_figures { self.draw(&value, statement.span) } else { Ok(()) };
                outcome.fault = drawn.err().map(|fault| fault.in_source(&program.source));
                self.remember(value);
            }
            Ok(_) => {}
            Err(fault) => outcome.fault = Some(fault.in_source(&program.source)),
        }
    }

    /// Uses a moment in which nothing else is to be done for giving back memory.
    pub fn tidy(&self) {
        leavings::tidy(Duration::from_millis(5));
    }

    /// Draws a value that can be drawn.
    fn draw(&mut self, value: &Value, span: Span) -> Result<(), Fault> {
        match value {
            Value::Object(object) if object.methods().contains(&"show") && !self.machine.has_drawn(value) => {
                self.machine.call_method(value, &Rc::from("show"), Arguments::default(), span).map(|_| ())
            }
            _ => Ok(()),
        }
    }

    /// Runs a whole program so many times for the time it takes; values are neither shown nor kept.
    ///
    /// # Errors
    /// The first fault.
    pub fn time(&mut self, program: &Program, times: usize) -> Result<Duration, Fault> {
        if let Some(fault) = program.faults.first() {
            return Err(fault.clone());
        }
        let begun = Instant::now();
        for statement in (0..times).flat_map(|_| &program.module.body) {
            self.machine.budget().start();
            let result = self.machine.run_statement(statement, &program.source);
            result.map_err(|fault| fault.in_source(&program.source))?;
        }
        let taken = begun.elapsed();
        self.captured.take();
        self.machine.take_figures();
        self.machine.take_scenes();
        self.machine.take_notes();
        Ok(taken)
    }

    /// Keeps the last results under `_`, `__` and `___`.
    fn remember(&mut self, value: Value) {
        if value.is_none() {
            return;
        }
        let globals = Rc::clone(self.machine.globals());
        for (newer, older) in [("__", "___"), ("_", "__")] {
            if let Some(value) = globals.get(newer) {
                globals.set(older, value);
            }
        }
        globals.set("_", value);
    }
}

/// A parsed source, ready to be run a statement at a time.
#[derive(Debug)]
pub struct Program {
    source: Arc<Source>,
    module: Module,
    faults: Vec<Fault>,
}

impl Program {
    /// How many statements there are at the top level.
    pub fn len(&self) -> usize {
        self.module.body.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.module.body.is_empty()
    }

    /// The text it was parsed from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The mistakes that were found while parsing.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Where a statement stands, and where the one behind it begins, if there is one.
    pub fn extent(&self, index: usize) -> Option<(Span, Option<Span>)> {
        let statement = self.module.body.get(index)?;
        Some((statement.span, self.module.body.get(index + 1).map(|next| next.span)))
    }

    /// Whether a statement is an expression, so that its value is echoed.
    pub fn is_expression(&self, index: usize) -> bool {
        self.module.body.get(index).is_some_and(compile::has_value)
    }

    /// Every comment, in order.
    pub fn comments(&self) -> &[Comment] {
        &self.module.comments
    }

    /// The first mistake of a statement that can't be run.
    fn faults_of(&self, statement: &Stmt) -> Option<Fault> {
        match &statement.kind {
            StmtKind::Invalid(numbers) => numbers.first().and_then(|number| self.faults.get(*number)).cloned(),
            _ => None,
        }
    }

    fn outcome(&self, span: Span) -> Outcome {
        Outcome {
            line: self.source.line(span.start),
            source: span.text(self.source.text()).to_string(),
            stdout: String::new(),
            value: None,
            latex: None,
            figures: Vec::new(),
            scenes: Vec::new(),
            fault: None,
            notes: Vec::new(),
        }
    }
}

/// A fault as a person reads it, drawn into its source.
pub fn explain(fault: &Fault, source: &Source, coloured: bool) -> String {
    render(fault, source, if coloured { Style::Coloured } else { Style::Plain })
}
