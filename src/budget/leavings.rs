//! What interrupted work leaves behind: large structures are taken apart later, a little at a time, so that the prompt
//! comes back at once.
//!
//! To give back half a gigabyte in small pieces takes longer than a person waits for Ctrl-C, or a time limit allows.
//! Whatever holds very many pieces hands them over by [`leave`] when stopped work drops it ([`is_left`]); [`tidy`] is
//! called before the next statement and while a person types.

use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::time::{Duration, Instant};

/// A structure that can be taken apart piece by piece.
pub trait Leaving {
    /// Drops one piece; whether there are more.
    fn drop_piece(&mut self) -> bool;
}

impl<T> Leaving for Vec<T> {
    fn drop_piece(&mut self) -> bool {
        // The room of those dropped goes back now and then.
        const PIECE: usize = 1 << 16;
        if self.len().is_multiple_of(PIECE) {
            self.shrink_to_fit();
        }
        self.pop().is_some()
    }
}

thread_local! {
    /// What is left at the end of the thread goes with the process.
    static LEFT: ManuallyDrop<RefCell<Vec<Box<dyn Leaving>>>> = const { ManuallyDrop::new(RefCell::new(Vec::new())) };
    /// Whether something is being taken apart: what it holds is left as well.
    static TIDYING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a structure of so many pieces is to be left instead of dropped: there are many, and the program is to
/// stop.
#[inline]
pub fn is_left(pieces: usize) -> bool {
    /// What has fewer pieces is dropped at once.
    const MANY: usize = 1 << 8;
    pieces >= MANY && (TIDYING.get() || super::is_to_stop())
}

/// Keeps a structure to be taken apart later.
pub fn leave(structure: Box<dyn Leaving>) {
    LEFT.with(|left| left.borrow_mut().push(structure));
}

/// Takes apart what was left, for about so long.
pub fn tidy(limit: Duration) {
    let begun = Instant::now();
    TIDYING.set(true);
    while let Some(mut structure) = LEFT.with(|left| left.borrow_mut().pop()) {
        if !drop_until(&mut *structure, begun, limit) {
            leave(structure);
            break;
        }
    }
    TIDYING.set(false);
}

/// Takes a structure apart; whether that came to its end in time.
fn drop_until(structure: &mut dyn Leaving, begun: Instant, limit: Duration) -> bool {
    const TURNS: usize = 16;
    while (0..TURNS).all(|_| structure.drop_piece()) {
        if begun.elapsed() >= limit {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_taken_apart_bit_by_bit() {
        let count = || LEFT.with(|left| left.borrow().len());
        leave(Box::new(vec![0; 1000]));
        tidy(Duration::ZERO);
        assert_eq!(count(), 1);
        tidy(Duration::MAX);
        assert_eq!(count(), 0);
    }
}
