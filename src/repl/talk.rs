//! One session with a person: inputs answered one after another.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::command::{Command, OVERVIEW};
use super::paint::{Paint, painted};
use super::picture::Pictures;
use crate::session::{Fault, Outcome, Session, Source, explain, shown_names};

/// How long one measurement of `%timeit` lasts at least.
const MEASUREMENT: Duration = Duration::from_millis(200);
/// How many measurements there are.
const MEASUREMENTS: u32 = 7;

/// How many bytes of a value are printed in one piece.
const PIECE: usize = 1 << 14;

/// Whether the session goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// It does.
    GoOn,
    /// The person leaves; whether all is well.
    Leave(bool),
}

/// One session with a person.
pub(super) struct Talk {
    session: Rc<RefCell<Session>>,
    pressed: Arc<AtomicUsize>,
    coloured: bool,
    pictures: Pictures,
    inputs: Vec<String>,
}

impl Talk {
    /// A session; `pressed` counts how often Ctrl-C was pressed during a statement.
    pub(super) fn new(
        session: Rc<RefCell<Session>>,
        pressed: Arc<AtomicUsize>,
        coloured: bool,
        pictures: Pictures,
    ) -> Talk {
        Talk { session, pressed, coloured, pictures, inputs: Vec::new() }
    }

    /// Answers one input.
    pub(super) fn answer(&mut self, text: &str) -> Next {
        self.inputs.push(text.trim_end().to_string());
        self.pressed.store(0, Ordering::Relaxed);
        match self.meant(text) {
            Command::Run(statements) => return self.run(statements),
            Command::Time(statements) => {
                let begun = Instant::now();
                let next = self.run(statements);
                self.aside(&format!("Wall time: {}", duration(begun.elapsed().as_secs_f64())));
                return next;
            }
            Command::Average { statements, loops } => self.average(statements, loops),
            Command::Load(file) => return self.run(&format!("load({file:?})")),
            Command::Reset => return self.run("reset()"),
            Command::Help(topic) => self.help(topic),
            Command::Names { values } => print_now(&shown_names(&mut self.session.borrow_mut(), values)),
            Command::Inputs => self.list_inputs(),
            Command::Commands => print_now(OVERVIEW),
            Command::Leave => return Next::Leave(true),
            Command::Unknown(name) => {
                self.aside(&format!("`%{name}` means nothing here; `%lsmagic` lists what there is"));
            }
        }
        Next::GoOn
    }

    /// The command of an input; a word that the program gave a meaning of its own is no command.
    fn meant<'t>(&self, text: &'t str) -> Command<'t> {
        let defined = |name: &str| self.session.borrow_mut().machine().globals().get(name).is_some();
        match Command::of(text) {
            Command::Leave | Command::Help("") if defined(text.trim()) => Command::Run(text),
            command => command,
        }
    }

    fn help(&self, topic: &str) {
        match self.session.borrow_mut().help((!topic.is_empty()).then_some(topic)) {
            Ok(page) => print_now(&page),
            Err(unknown) => self.aside(&unknown.to_string()),
        }
    }

    fn list_inputs(&self) {
        let width = self.inputs.len().to_string().len();
        for (index, input) in self.inputs.iter().enumerate() {
            let input = input.replace('\n', &format!("\n{}", " ".repeat(width + 2)));
            print_now(&format!("{:>width$}: {input}\n", index + 1));
        }
    }

    /// The source of an input.
    fn source(&self, text: &str) -> Source {
        Source::new(format!("<input {}>", self.inputs.len()), text)
    }

    /// Runs the statements of an input up to the first that fails.
    fn run(&self, text: &str) -> Next {
        let mut session = self.session.borrow_mut();
        let program = session.parse(self.source(text));
        for fault in program.faults() {
            eprint!("{}", explain(fault, program.source(), self.coloured));
        }
        if !program.faults().is_empty() {
            return Next::GoOn;
        }
        for index in 0..program.len() {
            self.pressed.store(0, Ordering::Relaxed);
            let outcome = session.run_statement(&program, index);
            self.show(&outcome, program.source());
            if let Some(ending) = outcome.ending() {
                return Next::Leave(ending == crate::session::Ending::Well);
            }
            if outcome.is_failure() {
                break;
            }
        }
        Next::GoOn
    }

    fn show(&self, outcome: &Outcome, source: &Source) {
        end_line();
        if let Some(value) = &outcome.value {
            self.print_value(value);
        }
        for scene in &outcome.scenes {
            self.pictures.drawn(scene).iter().for_each(|picture| print_now(picture));
        }
        for figure in &outcome.figures {
            self.aside(&format!("figure: {}", figure.display()));
        }
        for note in &outcome.notes {
            self.aside(&format!("note: {}", note.text));
        }
        match &outcome.fault {
            Some(_) if outcome.ending().is_some() => outcome.last_words().iter().for_each(|words| eprintln!("{words}")),
            Some(fault) => self.tell(fault, source),
            None => {}
        }
    }

    /// Prints a value; Ctrl-C ends a long one.
    fn print_value(&self, value: &str) {
        let mut rest = value;
        while rest.len() > PIECE && self.pressed.load(Ordering::Relaxed) == 0 {
            let (piece, more) = rest.split_at(rest.floor_char_boundary(PIECE));
            print_now(piece);
            rest = more;
        }
        if self.pressed.load(Ordering::Relaxed) == 0 || value.len() <= PIECE {
            print_now(&format!("{rest}\n"));
        } else {
            end_line();
            self.aside("interrupted");
        }
    }

    /// Tells what stopped a statement.
    fn tell(&self, fault: &Fault, source: &Source) {
        if fault.code() == "interrupted" {
            self.aside("interrupted");
        } else {
            eprint!("{}", explain(fault, source, self.coloured));
        }
    }

    /// Measures how long statements take: mean and standard deviation of several measurements.
    fn average(&self, text: &str, loops: Option<usize>) {
        let mut session = self.session.borrow_mut();
        let program = session.parse(self.source(text));
        if program.is_empty() && program.faults().is_empty() {
            return self.aside("there is nothing to measure: `%timeit STATEMENT`");
        }
        let mut measure = |loops: usize| session.time(&program, loops);
        match measurements(loops, &mut measure) {
            Ok((loops, times)) => self.aside(&summary(loops, &times)),
            Err(fault) => self.tell(&fault, program.source()),
        }
    }

    /// Says something that is no answer.
    fn aside(&self, text: &str) {
        end_line();
        print_now(&format!("{}\n", painted(text, Paint::Aside, self.coloured)));
    }
}

/// Measures a few times, each long enough to be exact; answers the number of loops and the seconds of each single run.
fn measurements<E>(
    loops: Option<usize>,
    measure: &mut impl FnMut(usize) -> Result<Duration, E>,
) -> Result<(usize, Vec<f64>), E> {
    let loops = match loops {
        Some(loops) => loops,
        None => {
            let mut loops = 1;
            while measure(loops)? < MEASUREMENT && loops < 10_000_000 {
                loops *= 10;
            }
            loops
        }
    };
    let single = |taken: Duration| taken.as_secs_f64() / loops as f64;
    let times = (0..MEASUREMENTS).map(|_| measure(loops).map(single)).collect::<Result<_, _>>()?;
    Ok((loops, times))
}

/// Measurements as a person reads them.
fn summary(loops: usize, times: &[f64]) -> String {
    let count = times.len() as f64;
    let mean = times.iter().sum::<f64>() / count;
    let deviation = (times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / count).sqrt();
    format!(
        "{} ± {} per loop (mean ± std. dev. of {} runs, {loops} loop{} each)",
        duration(mean),
        duration(deviation),
        times.len(),
        if loops == 1 { "" } else { "s" }
    )
}

/// Whether what was printed last ended a line.
static LINE_ENDED: AtomicBool = AtomicBool::new(true);

/// Prints at once.
pub(super) fn print_now(text: &str) {
    let mut out = io::stdout().lock();
    // A terminal that is gone is noticed at the next prompt.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    if !text.is_empty() {
        LINE_ENDED.store(text.ends_with('\n'), Ordering::Relaxed);
    }
}

/// Ends the line that a program left open.
pub(super) fn end_line() {
    if !LINE_ENDED.load(Ordering::Relaxed) {
        print_now("\n");
    }
}

/// A time as a person reads it.
fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 1e-6 => format!("{:.0} ns", s * 1e9),
        s if s < 1e-3 => format!("{:.3} µs", s * 1e6),
        s if s < 1.0 => format!("{:.2} ms", s * 1e3),
        s => format!("{s:.2} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measurements_are_summed_up() {
        let mut asked = Vec::new();
        let result = measurements::<()>(None, &mut |loops| {
            asked.push(loops);
            Ok(Duration::from_millis(3) * u32::try_from(loops).unwrap_or(u32::MAX))
        });
        let (loops, times) = result.expect("nothing fails");
        assert_eq!((loops, times.len()), (100, 7));
        assert_eq!(asked[..3], [1, 10, 100]);
        assert!(summary(loops, &times).starts_with("3.00 ms ± 0 ns per loop"), "{}", summary(loops, &times));
        assert_eq!(duration(2.5e-6), "2.500 µs");
        assert_eq!(measurements(Some(3), &mut |_| Err("no")), Err("no"));
    }
}
