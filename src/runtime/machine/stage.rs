//! What a program shows, collected for a page instead of being printed and drawn.

use super::Machine;
use crate::diagnostic::Fault;
use crate::figure::scene::Scene;
use crate::runtime::value::Value;

/// Something that a program showed.
#[derive(Clone, Debug)]
pub enum Shown {
    /// What it printed.
    Text(String),
    /// A figure, or a formula, as a value.
    Value(Value),
    /// A note on an answer.
    Note(String),
}

/// Adds printed text; pieces in a row are one text.
pub(super) fn print(stage: &mut Vec<Shown>, text: &str) {
    match stage.last_mut() {
        Some(Shown::Text(before)) => before.push_str(text),
        _ => stage.push(Shown::Text(text.to_string())),
    }
}

impl Machine {
    /// Does work and collects what it shows; nothing of it is printed, drawn to a file, or noted.
    pub fn collected(
        &mut self,
        work: impl FnOnce(&mut Machine) -> Result<Value, Fault>,
    ) -> (Vec<Shown>, Result<Value, Fault>) {
        let before = self.stage.replace(Vec::new());
        let notes = self.take_notes();
        let result = self.stoppable(work);
        let mut shown = std::mem::replace(&mut self.stage, before).unwrap_or_default();
        shown.extend(std::mem::replace(&mut self.notes, notes).into_iter().map(|note| Shown::Note(note.text)));
        (shown, result)
    }

    /// Whether what the program shows is collected.
    pub fn is_collecting(&self) -> bool {
        self.stage.is_some()
    }

    /// Collects a figure or a formula that is shown; false when nothing is collected.
    pub fn collect_shown(&mut self, value: Value) -> bool {
        self.stage.as_mut().map(|stage| stage.push(Shown::Value(value))).is_some()
    }

    /// Whether an interact is written as a page when it is made; at a prompt it is drawn again when its values change.
    pub fn writes_pages(&self) -> bool {
        self.writes_pages
    }

    /// Says whether an interact is written as a page when it is made.
    pub fn set_writes_pages(&mut self, writes: bool) {
        self.writes_pages = writes;
    }

    /// Says whether figures that are shown are kept for a face that shows them itself.
    pub fn set_keeps_scenes(&mut self, keeps: bool) {
        self.scenes = keeps.then(Vec::new);
    }

    /// Keeps a figure that is shown, if anybody asks for it.
    pub fn keep_scene(&mut self, scene: &Scene) {
        self.scenes.iter_mut().for_each(|scenes| scenes.push(scene.clone()));
    }

    /// The figures shown since this was last asked.
    pub fn take_scenes(&mut self) -> Vec<Scene> {
        self.scenes.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Remembers that the statement has drawn a value itself.
    pub fn add_drawn(&mut self, value: &Value) {
        self.drawn.extend(value.address().map(|_| value.clone()));
    }

    /// Whether the statement has drawn a value itself.
    pub fn has_drawn(&self, value: &Value) -> bool {
        self.drawn.iter().any(|drawn| drawn.address() == value.address())
    }
}
