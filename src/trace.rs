//! The steps an algorithm reports while it works.
//!
//! An algorithm takes `&mut dyn Trace<E>`, `E` being what it rewrites, and asks [`Trace::listens`] before it builds
//! anything that only a reader needs: a silent trace costs one call.

/// One step: by which rule something became something else.
#[derive(Clone, Debug, PartialEq)]
pub struct Step<E> {
    /// The rule's name, as the rule tables have it.
    pub rule: &'static str,
    /// What was rewritten.
    pub before: E,
    /// What it became.
    pub after: E,
    /// The steps of the subproblems that were solved on the way.
    pub within: Vec<Step<E>>,
}

/// Who listens to an algorithm.
pub trait Trace<E> {
    /// Whether anybody listens; if not, steps need not be built.
    fn listens(&self) -> bool;

    /// Begins a subproblem; the steps that follow belong to it.
    fn enter(&mut self);

    /// Ends the innermost open subproblem with the step that it makes together.
    fn leave(&mut self, rule: &'static str, before: &E, after: &E);

    /// Gives up the innermost open subproblem with all its steps, because its way led nowhere.
    fn abandon(&mut self);

    /// A step without subproblems.
    fn step(&mut self, rule: &'static str, before: &E, after: &E) {
        self.enter();
        self.leave(rule, before, after);
    }
}

/// The trace that nobody reads.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl<E> Trace<E> for Silent {
    fn listens(&self) -> bool {
        false
    }

    fn enter(&mut self) {}

    fn leave(&mut self, _rule: &'static str, _before: &E, _after: &E) {}

    fn abandon(&mut self) {}
}

/// The trace that keeps every step.
#[derive(Clone, Debug)]
pub struct Recorder<E> {
    done: Vec<Step<E>>,
    open: Vec<Vec<Step<E>>>,
}

impl<E> Recorder<E> {
    /// A recorder without steps.
    pub fn new() -> Recorder<E> {
        Recorder { done: Vec::new(), open: Vec::new() }
    }

    /// The finished steps of the outermost level.
    pub fn into_steps(self) -> Vec<Step<E>> {
        self.done
    }
}

impl<E> Default for Recorder<E> {
    fn default() -> Recorder<E> {
        Recorder::new()
    }
}

impl<E: Clone> Trace<E> for Recorder<E> {
    fn listens(&self) -> bool {
        true
    }

    fn enter(&mut self) {
        self.open.push(Vec::new());
    }

    fn leave(&mut self, rule: &'static str, before: &E, after: &E) {
        let within = self.open.pop().unwrap_or_default();
        let step = Step { rule, before: before.clone(), after: after.clone(), within };
        self.open.last_mut().unwrap_or(&mut self.done).push(step);
    }

    fn abandon(&mut self) {
        self.open.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_nest_and_dead_ends_vanish() {
        let mut recorder = Recorder::new();
        recorder.enter();
        recorder.step("inner", &1, &2);
        recorder.enter();
        recorder.step("dead-end", &2, &9);
        recorder.abandon();
        recorder.leave("outer", &1, &3);
        let steps = recorder.into_steps();
        assert_eq!(steps.len(), 1);
        assert_eq!((steps[0].rule, steps[0].within.len()), ("outer", 1));
        assert_eq!(steps[0].within[0].rule, "inner");
    }
}
