//! The part of the library that is written in the language itself. A file is read when one of its names is first used,
//! so that it costs nothing to start.

use std::collections::HashMap;
use std::rc::Rc;

use super::Machine;
use crate::diagnostic::Fault;
use crate::packed::Packed;
use crate::runtime::globals::Globals;
use crate::runtime::value::Value;

/// A file of the library, embedded in the program.
#[derive(Debug)]
pub struct LibraryFile {
    /// The module's name.
    pub name: &'static str,
    /// What errors call the file.
    pub path: &'static str,
    /// Its text.
    pub text: Packed,
    /// The names that it gives to every session.
    pub names: &'static [&'static str],
}

/// The library of a machine.
#[derive(Debug, Default)]
pub(super) struct Library {
    files: &'static [LibraryFile],
    /// The files that were read, by module name.
    read: HashMap<&'static str, Rc<Globals>>,
}

impl Machine {
    /// Tells the machine which library there is.
    pub fn set_library(&mut self, files: &'static [LibraryFile]) {
        self.library.files = files;
    }

    /// What a name means from the start, in the library as well; reading its file may be interrupted.
    ///
    /// # Errors
    /// Whatever stops the reading of a file of the library.
    pub fn meaning(&mut self, name: &str) -> Result<Option<Value>, Fault> {
        if let Some(value) = self.predefined(name) {
            return Ok(Some(value));
        }
        let files = self.library.files;
        match files.iter().find(|file| file.names.contains(&name)) {
            Some(file) => Ok(self.read_library(file)?.get(name)),
            None => Ok(None),
        }
    }

    /// The names that the library gives to every session.
    pub fn library_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.library.files.iter().flat_map(|file| file.names.iter().copied())
    }

    /// The module of that name, if the library has one.
    pub(super) fn library_module(&mut self, name: &str) -> Result<Option<Rc<Globals>>, Fault> {
        let files = self.library.files;
        files.iter().find(|file| file.name == name).map(|file| self.read_library(file)).transpose()
    }

    fn read_library(&mut self, file: &'static LibraryFile) -> Result<Rc<Globals>, Fault> {
        if let Some(globals) = self.library.read.get(file.name) {
            return Ok(Rc::clone(globals));
        }
        let globals = Rc::new(Globals::new());
        self.run_text(file.path, file.text.text(), &globals)?;
        self.library.read.insert(file.name, Rc::clone(&globals));
        Ok(globals)
    }
}
