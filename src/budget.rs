//! The cancel token: time, memory and the user's Ctrl-C end a long computation.
//!
//! Every loop that may run long calls [`Budget::check`] once a turn and hands on the [`Stopped`] it may get. A check costs
//! two loads; the clock is read once in `CLOCK_EVERY` checks.
//!
//! Operators on numbers have no room for such a result: `a * b` of integers with a million digits must be stopped as
//! well. The program that runs on a thread says so by [`spend`]; the long loops below the operators call [`pulse`],
//! which leaves them by unwinding up to whoever called [`catch`].

pub mod leavings;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How many checks pass between two looks at the clock.
const CLOCK_EVERY: u32 = 16;

/// Why a computation was stopped from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The user pressed Ctrl-C.
    Interrupted,
    /// The time limit was reached.
    OutOfTime,
    /// The memory limit was reached.
    OutOfMemory,
}

impl fmt::Display for Stopped {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Stopped::Interrupted => "interrupted",
            Stopped::OutOfTime => "the time limit was reached",
            Stopped::OutOfMemory => "the memory limit was reached",
        })
    }
}

impl std::error::Error for Stopped {}

/// Tells how many bytes the process has allocated.
pub type MemoryMeter = fn() -> usize;

/// What a computation may still spend.
#[derive(Debug, Default)]
pub struct Budget {
    interrupt: Arc<AtomicBool>,
    time_limit: Cell<Option<Duration>>,
    deadline: Cell<Option<Instant>>,
    memory: Cell<Option<(MemoryMeter, usize)>>,
    until_clock: Cell<u32>,
    /// How often the clock may still be read, where the steps are counted and not the time.
    looks: Cell<Option<u32>>,
    reporter: Cell<Option<Reporter>>,
    /// When the work began of which is told, and when something was told last.
    since: Cell<Option<(Instant, Instant)>>,
}

/// Shows a person how far some work is; nothing means that it is done.
pub type Reporter = fn(Option<&str>);

/// How long work goes on in silence, and how often it is told how far it is.
const SILENCE: Duration = Duration::from_secs(1);
/// See above.
const REPORTS: Duration = Duration::from_millis(250);

/// Work of which is told while this lives.
#[derive(Debug)]
pub struct Progress<'b>(&'b Budget);

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if let (Some((begun, _)), Some(report)) = (self.0.since.take(), self.0.reporter.get())
            && begun.elapsed() >= SILENCE
        {
            report(None);
        }
    }
}

impl Budget {
    /// A budget without limits, that nobody interrupts.
    pub fn unlimited() -> Budget {
        Budget::default()
    }

    /// A budget that stops when `interrupt` is set.
    pub fn interruptible(interrupt: Arc<AtomicBool>) -> Budget {
        Budget { interrupt, ..Budget::default() }
    }

    /// A budget for a part of the work: it ends with this one, or after that time.
    pub fn part(&self, limit: Duration) -> Budget {
        let own = Instant::now().checked_add(limit);
        let deadline = match (self.deadline.get(), own) {
            (Some(whole), Some(own)) => Some(whole.min(own)),
            (whole, own) => whole.or(own),
        };
        Budget {
            interrupt: self.interrupt_flag(),
            memory: Cell::new(self.memory.get()),
            deadline: Cell::new(deadline),
            looks: Cell::new(self.looks.get()),
            reporter: Cell::new(self.reporter.get()),
            since: Cell::new(self.since.get()),
            ..Budget::default()
        }
    }

    /// A budget for a part of the work that ends with this one, or after about so many checks: on every machine at the
    /// same place.
    pub fn part_of_checks(&self, most: u32) -> Budget {
        let part = self.part(Duration::MAX);
        part.looks.set(Some(most / CLOCK_EVERY));
        part
    }

    /// Sets the time that lies between [`Budget::start`] and being stopped.
    pub fn limit_time(&self, limit: Option<Duration>) {
        self.time_limit.set(limit);
    }

    /// Sets how many bytes `meter` may show before the computation is stopped.
    pub fn limit_memory(&self, meter: MemoryMeter, limit: Option<usize>) {
        self.memory.set(limit.map(|limit| (meter, limit)));
    }

    /// How much time is left, where that is limited.
    pub fn time_left(&self) -> Option<Duration> {
        self.deadline.get().map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    /// Says who shows a person how far long work is.
    pub fn report_to(&self, reporter: Option<Reporter>) {
        self.reporter.set(reporter);
    }

    /// Begins work of which is told when it takes long.
    pub fn progress(&self) -> Progress<'_> {
        let now = Instant::now();
        self.since.set(Some((now, now)));
        Progress(self)
    }

    /// Tells how far the work is, but neither at once nor too often.
    pub fn tell(&self, what: impl FnOnce(Duration) -> String) {
        let (Some((begun, told)), Some(report)) = (self.since.get(), self.reporter.get()) else { return };
        let now = Instant::now();
        if now - begun >= SILENCE && (now - told >= REPORTS || told == begun) {
            report(Some(&what(now - begun)));
            self.since.set(Some((begun, now)));
        }
    }

    /// Begins a new computation: the clock starts again, and an old interruption is forgotten.
    pub fn start(&self) {
        self.interrupt.store(false, Ordering::Relaxed);
        self.deadline.set(self.time_limit.get().and_then(|limit| Instant::now().checked_add(limit)));
        self.until_clock.set(0);
    }

    /// The flag that whoever wants to interrupt the computation sets.
    pub fn interrupt_flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.interrupt)
    }

    /// Goes on unless the computation is to stop.
    ///
    /// # Errors
    /// What stops it.
    #[inline]
    pub fn check(&self) -> Result<(), Stopped> {
        if self.interrupt.load(Ordering::Relaxed) {
            return Err(Stopped::Interrupted);
        }
        // The memory is looked at every time: what doubles from turn to turn would be far beyond the limit some turns later.
        self.reserve(0)?;
        let left = self.until_clock.get();
        if left > 0 {
            self.until_clock.set(left - 1);
            return Ok(());
        }
        self.look()
    }

    /// Whether more than half of the memory that may be used is in use.
    pub fn memory_is_tight(&self) -> bool {
        self.memory.get().is_some_and(|(meter, limit)| meter() > limit / 2)
    }

    /// Asks for so many bytes before they are allocated in one piece.
    ///
    /// # Errors
    /// When they are more than the memory limit leaves.
    #[inline]
    pub fn reserve(&self, bytes: usize) -> Result<(), Stopped> {
        match self.memory.get() {
            Some((meter, limit)) if meter().saturating_add(bytes) > limit => Err(Stopped::OutOfMemory),
            _ => Ok(()),
        }
    }

    /// The rare part of [`Budget::check`]: the clock.
    #[cold]
    fn look(&self) -> Result<(), Stopped> {
        if self.deadline.get().is_some_and(|deadline| Instant::now() >= deadline) {
            return Err(Stopped::OutOfTime);
        }
        if let Some(left) = self.looks.get() {
            self.looks.set(Some(left.checked_sub(1).ok_or(Stopped::OutOfTime)?));
        }
        self.until_clock.set(CLOCK_EVERY - 1);
        if self.since.get().is_some() {
            self.tell(|taken| format!("drawing for {:.0} s; Ctrl-C stops it", taken.as_secs_f64()));
        }
        Ok(())
    }
}

thread_local! {
    /// The budget of the program that runs on this thread.
    static SPENT: RefCell<Rc<Budget>> = RefCell::new(Rc::new(Budget::unlimited()));
    /// How many [`catch`]es wait for what [`pulse`] throws.
    static CATCHES: Cell<usize> = const { Cell::new(0) };
}

/// Says which budget the work on this thread spends where it is not handed one.
pub fn spend(budget: &Rc<Budget>) {
    SPENT.with(|own| own.replace(Rc::clone(budget)));
}

/// The budget that work on this thread spends where it is not handed one.
pub fn spent() -> Rc<Budget> {
    SPENT.with(|own| Rc::clone(&own.borrow()))
}

/// Whether the program on this thread is to stop: somebody has asked for that, or its time is up.
pub fn is_to_stop() -> bool {
    let asked = |own: &RefCell<Rc<Budget>>| {
        own.try_borrow().is_ok_and(|own| {
            own.interrupt.load(Ordering::Relaxed)
                || own.deadline.get().is_some_and(|deadline| Instant::now() >= deadline)
        })
    };
    SPENT.try_with(asked).unwrap_or(false)
}

/// Goes on unless the program on this thread is to stop; then the work is left up to the innermost [`catch`]. Outside of
/// any, it goes on in any case.
pub fn pulse() {
    if cfg!(panic = "unwind")
        && CATCHES.get() > 0
        && let Err(stopped) = SPENT.with(|own| own.borrow().check())
    {
        resume_unwind(Box::new(stopped));
    }
}

/// A [`pulse`] between rows of so many short steps, where it costs nothing beside a row.
#[inline]
pub fn pulse_between_rows(length: usize) {
    const LONG: usize = 256;
    if length >= LONG {
        pulse();
    }
}

/// A [`pulse`] every so many steps of a loop whose turns are short.
#[derive(Debug, Default)]
pub struct Pace(Cell<u32>);

impl Pace {
    /// Another turn.
    #[inline]
    pub fn step(&self) {
        const TURNS: u32 = 512;
        let turns = self.0.get() + 1;
        self.0.set(turns % TURNS);
        if turns == TURNS {
            pulse();
        }
    }
}

/// The same items, with a [`pulse`] now and then.
pub fn paced<I: Iterator>(items: I) -> impl Iterator<Item = I::Item> {
    let pace = Pace::default();
    items.inspect(move |_| pace.step())
}

/// Does the work.
///
/// # Errors
/// What stopped it at a [`pulse`]. Any other unwinding goes on.
pub fn catch<T>(work: impl FnOnce() -> T) -> Result<T, Stopped> {
    CATCHES.set(CATCHES.get() + 1);
    let result = catch_unwind(AssertUnwindSafe(work));
    CATCHES.set(CATCHES.get() - 1);
    result.map_err(|payload| match payload.downcast::<Stopped>() {
        Ok(stopped) => *stopped,
        Err(other) => resume_unwind(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pulse_leaves_the_work_only_where_it_is_caught() {
        let budget = Rc::new(Budget::unlimited());
        budget.start();
        spend(&budget);
        budget.interrupt_flag().store(true, Ordering::Relaxed);
        pulse();
        let reached = Cell::new(false);
        let result = catch(|| {
            pulse();
            reached.set(true);
        });
        assert_eq!((result, reached.get()), (Err(Stopped::Interrupted), false));
        budget.start();
        assert_eq!(catch(|| 7), Ok(7));
        spend(&Rc::default());
    }

    #[test]
    fn a_passed_deadline_stops_and_keeps_stopping_until_started_again() {
        let budget = Budget::unlimited();
        budget.limit_time(Some(Duration::ZERO));
        assert_eq!(budget.check(), Ok(()));
        budget.start();
        assert_eq!(budget.check(), Err(Stopped::OutOfTime));
        assert_eq!(budget.check(), Err(Stopped::OutOfTime));
        budget.limit_time(None);
        budget.start();
        assert_eq!(budget.check(), Ok(()));
    }

    #[test]
    fn a_part_ends_early_and_with_the_whole() {
        let whole = Budget::unlimited();
        let counted = whole.part_of_checks(1000);
        let passed = (0..10_000).take_while(|_| counted.check().is_ok()).count();
        assert!((900..1100).contains(&passed) && counted.check() == Err(Stopped::OutOfTime), "{passed} checks passed");
        assert_eq!(whole.part(Duration::ZERO).check(), Err(Stopped::OutOfTime));
        assert_eq!(whole.part(Duration::MAX).check(), Ok(()));
        whole.interrupt_flag().store(true, Ordering::Relaxed);
        assert_eq!(whole.part(Duration::MAX).check(), Err(Stopped::Interrupted));
    }

    #[test]
    fn an_interruption_is_seen_at_once_and_forgotten_at_the_next_start() {
        let budget = Budget::unlimited();
        budget.start();
        budget.interrupt_flag().store(true, Ordering::Relaxed);
        assert_eq!(budget.check(), Err(Stopped::Interrupted));
        budget.start();
        assert_eq!(budget.check(), Ok(()));
    }

    #[test]
    fn memory_is_measured_by_the_meter() {
        let budget = Budget::unlimited();
        budget.limit_memory(|| 1000, Some(999));
        budget.start();
        assert_eq!(budget.check(), Err(Stopped::OutOfMemory));
        budget.limit_memory(|| 1000, Some(1000));
        assert_eq!(budget.check(), Ok(()));
    }
}
