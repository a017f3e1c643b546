//! The machine: runs code, keeps the calls that are open, and whatever a statement leaves behind besides its value.

mod attribute;
mod bind;
mod call;
mod context;
mod exception;
mod frame;
mod import;
mod library;
mod names;
mod operations;
mod run;
mod stage;

use std::fmt;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use super::builtin::Registry;
use super::globals::Globals;
use super::iterate::Cursor;
use super::leavings::leave_values;
use super::value::{Exception, Value};
use crate::budget::{self, Budget, leavings};
use crate::diagnostic::{Fault, Source, Span};
use crate::figure::scene::Scene;

pub use frame::Frame;
pub use import::ModuleRecord;
pub use library::LibraryFile;
pub use stage::Shown;

/// The most calls that may be open at once.
const MAX_CALLS: usize = 12_000;

/// The most that may be open through built-ins, which need the machine's own stack.
const MAX_NESTED: usize = 4_000;

/// Where the program's output goes.
pub type Output = Box<dyn FnMut(&str)>;

/// What is known of an answer besides its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// A short word: `numerical`, `incomplete`, `condition`.
    pub kind: String,
    /// The note, in a person's words.
    pub text: String,
}

/// An interpreter with its variables.
#[expect(clippy::vec_box, reason = "frames move between these lists and the run as one word")]
pub struct Machine {
    registry: Rc<Registry>,
    budget: Rc<Budget>,
    globals: Rc<Globals>,
    /// The callers of the frame that runs, outermost first.
    frames: Vec<Box<Frame>>,
    /// Frames to be used again.
    spare: Vec<Box<Frame>>,
    /// How many runs are nested inside one another through built-ins.
    nested: usize,
    /// The managers of the `with`s that this statement is inside of, outermost first.
    contexts: Vec<Value>,
    /// Exceptions under way, by the ticket of their fault.
    thrown: Vec<(u64, Rc<Exception>)>,
    tickets: u64,
    output: Output,
    /// What is shown, while it is collected.
    stage: Option<Vec<Shown>>,
    writes_pages: bool,
    /// The figures shown, where somebody asks for them.
    scenes: Option<Vec<Scene>>,
    /// The values that the statement has drawn itself.
    drawn: Vec<Value>,
    notes: Vec<Note>,
    figures: Vec<PathBuf>,
    /// How many figures were shown without a name.
    shown: usize,
    /// Where figures are written.
    output_folder: PathBuf,
    modules: import::Modules,
    library: library::Library,
    /// The state of the pseudo-random numbers.
    random: u64,
}

impl fmt::Debug for Machine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Machine").field("frames", &self.frames.len()).finish_non_exhaustive()
    }
}

impl Machine {
    /// A machine that knows these built-ins and prints to `output`.
    pub fn new(registry: Rc<Registry>, budget: Rc<Budget>, output: Output) -> Machine {
        Machine {
            registry,
            budget,
            globals: Rc::new(Globals::new()),
            frames: Vec::new(),
            spare: Vec::new(),
            nested: 0,
            contexts: Vec::new(),
            thrown: Vec::new(),
            tickets: 0,
            output,
            stage: None,
            writes_pages: false,
            scenes: None,
            drawn: Vec::new(),
            notes: Vec::new(),
            figures: Vec::new(),
            shown: 0,
            output_folder: PathBuf::from("."),
            modules: import::Modules::default(),
            library: library::Library::default(),
            random: 0x2545_f491_4f6c_dd1d,
        }
    }

    /// Compiles and runs one statement of the top level; the value of an expression statement, else `None`.
    ///
    /// # Errors
    /// Whatever the statement raises.
    pub fn run_statement(
        &mut self,
        statement: &crate::syntax::ast::Stmt,
        source: &Arc<Source>,
    ) -> Result<Value, Fault> {
        budget::spend(&self.budget);
        leavings::tidy(if self.budget.memory_is_tight() { Duration::MAX } else { Duration::from_millis(10) });
        self.drawn.clear();
        let globals = Rc::clone(&self.globals);
        let result = budget::catch(|| self.run_in(statement, &globals, source));
        let result = result.unwrap_or_else(|stopped| Err(stopped.into()));
        self.exit_contexts();
        self.frames.clear();
        self.nested = 0;
        self.thrown.clear();
        result
    }

    /// Compiles and runs one statement with the globals of a module.
    fn run_in(
        &mut self,
        statement: &crate::syntax::ast::Stmt,
        globals: &Rc<Globals>,
        source: &Arc<Source>,
    ) -> Result<Value, Fault> {
        let code = super::compile::compile(statement, globals, source).map_err(|fault| fault.in_source(source))?;
        let frame = Frame::new(&code, globals, &[], Span::default());
        self.finish(frame)
    }

    /// The built-ins.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// What the computation may still spend.
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// The same, to be kept for a while.
    pub fn shared_budget(&self) -> Rc<Budget> {
        Rc::clone(&self.budget)
    }

    /// The session's variables.
    pub fn globals(&self) -> &Rc<Globals> {
        &self.globals
    }

    /// Prints on the program's output.
    pub fn print(&mut self, text: &str) {
        match &mut self.stage {
            Some(stage) => stage::print(stage, text),
            None => (self.output)(text),
        }
    }

    /// Adds a note to the statement's outcome; the same one twice is kept once.
    pub fn note(&mut self, kind: &str, text: String) {
        let note = Note { kind: kind.to_string(), text };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The notes since this was last asked.
    pub fn take_notes(&mut self) -> Vec<Note> {
        std::mem::take(&mut self.notes)
    }

    /// Adds a figure that was written to a file.
    pub fn add_figure(&mut self, path: PathBuf) {
        self.figures.push(path);
    }

    /// The number of the next figure that is shown without a name, from 1.
    pub fn next_figure(&mut self) -> usize {
        self.shown += 1;
        self.shown
    }

    /// The figures written since this was last asked.
    pub fn take_figures(&mut self) -> Vec<PathBuf> {
        std::mem::take(&mut self.figures)
    }

    /// The folder below which figures are written.
    pub fn output_folder(&self) -> &std::path::Path {
        &self.output_folder
    }

    /// Sets the folder below which figures are written.
    pub fn set_output_folder(&mut self, folder: PathBuf) {
        self.output_folder = folder;
    }

    /// The seed of the pseudo-random numbers, to be changed by whoever draws one.
    pub fn random_state(&mut self) -> &mut u64 {
        &mut self.random
    }

    /// All items that a loop over the value would run through.
    ///
    /// # Errors
    /// What is not iterable, and whatever making the items raises.
    pub fn collect(&mut self, value: &Value) -> Result<Vec<Value>, Fault> {
        match value {
            Value::List(list) => return Ok(list.borrow().clone()),
            Value::Tuple(items) => return Ok(items.to_vec()),
            // What can't find room is not begun.
            Value::Range(range) => super::truth::reserve_values(range.length().to_usize().unwrap_or(usize::MAX))?,
            _ => {}
        }
        let mut cursor = Cursor::over(value)?;
        let mut items = Gathered::default();
        while let Some(item) = cursor.next(self)? {
            self.budget.check()?;
            if items.0.len() == items.0.capacity() {
                // The list moves to room for twice as many.
                super::truth::reserve_values(2 * items.0.len())?;
            }
            items.0.push(item);
        }
        Ok(std::mem::take(&mut items.0))
    }
}

/// Items under way.
#[derive(Default)]
struct Gathered(Vec<Value>);

impl Drop for Gathered {
    fn drop(&mut self) {
        leave_values(std::mem::take(&mut self.0));
    }
}
