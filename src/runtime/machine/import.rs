//! `import`: modules built in, `.calc` files beside the script, and a word about those that are not offered.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use super::Machine;
use crate::diagnostic::{Fault, Source, Span, fault, nearest};
use crate::runtime::builtin::Builtin;
use crate::runtime::fault::{NO_FILE, NO_MODULE, NOT_AN_EXPRESSION, NOT_IN_MODULE};
use crate::runtime::globals::Globals;
use crate::runtime::value::{Module, Value};
use crate::syntax::{self, ast::StmtKind};

/// A module that is built in.
#[derive(Debug)]
pub struct ModuleRecord {
    /// Its name.
    pub name: &'static str,
    /// Its functions.
    pub functions: &'static [&'static Builtin],
    /// Its constants.
    pub constants: fn() -> Vec<(&'static str, Value)>,
}

/// The modules of a machine.
#[derive(Debug, Default)]
pub(super) struct Modules {
    built_in: &'static [&'static ModuleRecord],
    /// Those loaded, by name; `None` while one is being loaded.
    loaded: HashMap<Rc<str>, Option<Rc<Module>>>,
    /// Where `.calc` files are looked for.
    folder: PathBuf,
}

/// Modules of other systems, and what serves instead.
const FOREIGN: &[(&str, &str)] = &[
    (
        "numpy",
        "lists, `srange` and `[f(t) for t in ...]` do what arrays do; sin, exp and the like are known without import",
    ),
    ("scipy", "`numerical_integral`, `find_root` and `find_local_minimum` are known without import"),
    ("sympy", "symbols, `diff`, `integrate`, `limit` and `solve` are known without import"),
    ("matplotlib", "`plot`, `line`, `points` and `show` are known without import"),
    ("pylab", "`plot`, `line`, `points` and `show` are known without import"),
    ("cmath", "functions take complex arguments as they are: `sqrt(-1)` is `I`"),
    ("os", "scripts do not reach the operating system"),
    ("plotly", "`plot`, `line`, `points` and `show` are known without import"),
    ("pandas", "lists and dictionaries hold data; `mean`, `median` and `std` are known without import"),
    ("decimal", "`n(..., digits=50)` and `RealField(200)` compute with as many digits as you like"),
];

/// What Python's module `__future__` names.
const FEATURES: &[&str] = &[
    "absolute_import",
    "annotations",
    "division",
    "generator_stop",
    "generators",
    "nested_scopes",
    "print_function",
    "unicode_literals",
    "with_statement",
];

impl Machine {
    /// Tells the machine which modules are built in and where others are looked for.
    pub fn set_modules(&mut self, built_in: &'static [&'static ModuleRecord], folder: PathBuf) {
        self.modules.built_in = built_in;
        self.modules.folder = folder;
    }

    pub(super) fn import(&mut self, name: &Rc<str>) -> Result<Value, Fault> {
        if let Some(loaded) = self.modules.loaded.get(name) {
            return match loaded {
                Some(module) => Ok(Value::Module(Rc::clone(module))),
                None => Err(fault!(NOT_IN_MODULE, Span::default(), "module '{name}' imports itself")),
            };
        }
        let root = name.split('.').next().unwrap_or_default();
        let globals = if let Some(record) = self.modules.built_in.iter().find(|record| record.name == &**name) {
            built_in(record)
        } else if matches!(root, "sage" | "__future__" | "typing") {
            self.own_names()
        } else if let Some(globals) = self.library_module(name)? {
            globals
        } else {
            self.import_file(name)?
        };
        let module = Rc::new(Module { name: name.clone(), globals });
        self.modules.loaded.insert(name.clone(), Some(Rc::clone(&module)));
        Ok(Value::Module(module))
    }

    /// `sage.all` and its parts: what is known here without import.
    fn own_names(&self) -> Rc<Globals> {
        let globals = Globals::new();
        for name in self.predefined_names() {
            if let Some(value) = self.predefined(name) {
                globals.set(name, value);
            }
        }
        Rc::new(globals)
    }

    fn import_file(&mut self, name: &Rc<str>) -> Result<Rc<Globals>, Fault> {
        let path = self.modules.folder.join(name.replace('.', "/")).with_extension("calc");
        let Ok(text) = std::fs::read_to_string(&path) else { return Err(self.no_module(name)) };
        let globals = Rc::new(Globals::new());
        globals.set("__name__", Value::Str(name.clone()));
        self.modules.loaded.insert(name.clone(), None);
        let result = self.run_text(&path.display().to_string(), text, &globals);
        if result.is_err() {
            self.modules.loaded.remove(name);
        }
        result.map(|()| globals)
    }

    /// Runs all statements of a text with the given globals, up to the first fault.
    pub(super) fn run_text(&mut self, name: &str, text: String, globals: &Rc<Globals>) -> Result<(), Fault> {
        let source = Arc::new(Source::new(name, text));
        let (module, faults) = syntax::parse(source.text());
        if let Some(fault) = faults.into_iter().next() {
            return Err(fault.in_source(&source));
        }
        for statement in &module.body {
            self.run_in(statement, globals, &source)?;
        }
        Ok(())
    }

    /// The value of an expression given as text, with the session's names and others besides.
    ///
    /// # Errors
    /// What is no expression, and whatever its evaluation raises.
    pub fn evaluate(&mut self, text: &str, names: &[(Rc<str>, Value)]) -> Result<Value, Fault> {
        let globals = Rc::new(Globals::new());
        for (name, value) in self.globals.own().iter().chain(names) {
            globals.set(name, value.clone());
        }
        let source = Arc::new(Source::new("<string>", text.trim().to_owned()));
        let (module, faults) = syntax::parse(source.text());
        if let Some(fault) = faults.into_iter().next() {
            return Err(fault.in_source(&source));
        }
        match module.body.as_slice() {
            [statement] if matches!(statement.kind, StmtKind::Expression(_)) => {
                self.run_in(statement, &globals, &source)
            }
            _ => Err(fault!(NOT_AN_EXPRESSION, Span::default(), "the text is no expression")),
        }
    }

    /// Runs a file with the session's own globals, as `load` does.
    ///
    /// # Errors
    /// A file that can't be read, and whatever its statements raise.
    pub fn load(&mut self, path: &Path) -> Result<(), Fault> {
        let full = if path.exists() { path.to_path_buf() } else { self.modules.folder.join(path) };
        let text = std::fs::read_to_string(&full)
            .map_err(|error| fault!(NO_FILE, Span::default(), "cannot read {}: {error}", path.display()))?;
        let globals = Rc::clone(&self.globals);
        self.run_text(&path.display().to_string(), text, &globals)
    }

    fn no_module(&self, name: &str) -> Fault {
        let root = name.split('.').next().unwrap_or_default();
        let fault = fault!(NO_MODULE, Span::default(), "No module named '{name}'");
        if let Some((_, instead)) = FOREIGN.iter().find(|(foreign, _)| *foreign == root) {
            return fault.hint(*instead);
        }
        match nearest(name, self.modules.built_in.iter().map(|record| record.name)) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault,
        }
    }

    pub(super) fn import_name(&mut self, module: &Value, name: &Rc<str>) -> Result<Value, Fault> {
        let Value::Module(module) = module else { return Ok(Value::None) };
        if let Some(value) = module.globals.get(name).or_else(|| self.own_name_of(module, name)) {
            return Ok(value);
        }
        // What these switch on is so here anyway.
        if &*module.name == "__future__" && FEATURES.contains(&&**name) {
            return Ok(Value::None);
        }
        let fault = fault!(NOT_IN_MODULE, Span::default(), "cannot import name '{name}' from '{}'", module.name);
        let known = module.globals.own();
        Err(match nearest(name, known.iter().map(|(name, _)| &**name)) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault,
        })
    }

    /// Names that Sage's modules have and that are known here by the same name.
    fn own_name_of(&self, module: &Module, name: &str) -> Option<Value> {
        module.name.starts_with("sage").then(|| self.predefined(name)).flatten()
    }

    pub(super) fn import_all(&mut self, module: &Value, globals: &Rc<Globals>) {
        let Value::Module(module) = module else { return };
        if matches!(module.name.split('.').next(), Some("sage" | "__future__" | "typing")) {
            return;
        }
        for (name, value) in module.globals.own() {
            if !name.starts_with('_') {
                globals.set(&name, value);
            }
        }
    }
}

fn built_in(record: &ModuleRecord) -> Rc<Globals> {
    let globals = Globals::new();
    for builtin in record.functions {
        builtin.names().for_each(|name| globals.set(name, Value::Builtin(builtin)));
    }
    for (name, value) in (record.constants)() {
        globals.set(name, value);
    }
    Rc::new(globals)
}
