//! The boxes of big integers and their words, which are used again: rows of coefficients come and go by the thousand,
//! and asking the system for each box costs more than filling it.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use dashu_base::Sign;
use dashu_int::IBig;

use super::words::join_words;

/// No more boxes are kept than this, half a megabyte.
const MOST_SPARE: usize = 1 << 14;
/// Nor more with words of their own than this for each number of words, ...
const MOST_OF_A_LENGTH: usize = 128;
/// ... below this: two megabytes in all.
const LONGEST: usize = 64;

/// Boxes of dropped integers.
#[allow(clippy::vec_box, reason = "it is the boxes that are kept")]
struct Spare {
    /// Whose integers were taken or need no room.
    empty: Vec<Box<IBig>>,
    /// Whose integers are kept for their room, by the number of their words.
    worded: [Vec<Box<IBig>>; LONGEST],
}

thread_local! {
    static SPARE: RefCell<Spare> = const {
        RefCell::new(Spare { empty: Vec::new(), worded: [const { Vec::new() }; LONGEST] })
    };
}

/// Works on the thread's store, unless the thread ends.
#[inline]
fn with_spare<T>(work: impl FnOnce(&mut Spare) -> Option<T>) -> Option<T> {
    SPARE.try_with(|spare| work(&mut *spare.try_borrow_mut().ok()?)).ok().flatten()
}

static ZERO: IBig = IBig::ZERO;

/// A big integer in a box; only what is being dropped has none.
pub(super) struct Held(Option<Box<IBig>>);

impl Held {
    #[inline]
    pub(super) fn new(value: IBig) -> Held {
        Held(Some(match with_spare(|spare| spare.empty.pop()) {
            Some(mut place) => {
                *place = value;
                place
            }
            None => Box::new(value),
        }))
    }

    /// The integer taken out of its box.
    #[inline]
    pub(super) fn take(&mut self) -> IBig {
        self.0.as_deref_mut().map_or(IBig::ZERO, std::mem::take)
    }

    /// The integer in its box, to be changed there.
    #[inline]
    pub(super) fn change(&mut self, work: impl FnOnce(&mut IBig)) {
        if let Some(place) = &mut self.0 {
            work(place);
        }
    }

    /// The integer put into the box that it was taken from.
    #[inline]
    pub(super) fn put(&mut self, value: IBig) {
        match &mut self.0 {
            Some(place) => **place = value,
            None => *self = Held::new(value),
        }
    }
}

impl Drop for Held {
    /// Keeps the box, with the integer's words where they are few.
    #[inline]
    fn drop(&mut self) {
        let Some(mut place) = self.0.take() else { return };
        let length = place.as_sign_words().1.len();
        with_spare(|spare| {
            // Two words are held without room of their own.
            if length > 2
                && let Some(store) = spare.worded.get_mut(length)
                && store.len() < MOST_OF_A_LENGTH
            {
                store.push(place);
                return None;
            }
            *place = IBig::ZERO;
            if spare.empty.len() < MOST_SPARE {
                spare.empty.push(place);
            }
            None::<()>
        });
    }
}

impl Deref for Held {
    type Target = IBig;

    #[inline]
    fn deref(&self) -> &IBig {
        self.0.as_deref().unwrap_or(&ZERO)
    }
}

impl Clone for Held {
    /// In the words of a dropped integer of this length if there is one.
    #[inline]
    fn clone(&self) -> Held {
        let length = self.as_sign_words().1.len();
        match with_spare(|spare| spare.worded.get_mut(length)?.pop()) {
            Some(mut place) => {
                (*place).clone_from(self);
                Held(Some(place))
            }
            None => Held::new((**self).clone()),
        }
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Held) -> bool {
        **self == **other
    }
}

impl Eq for Held {}

impl Hash for Held {
    /// Of the words at both ends: long numbers that differ in between alone are rare.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (sign, words) = self.as_sign_words();
        let mut limbs = join_words(words);
        let length = limbs.len() as u64 * 2 + u64::from(sign == Sign::Negative);
        let (low, high) = (limbs.next().unwrap_or(0), limbs.next_back().unwrap_or(0));
        state.write_u64(low ^ high.rotate_left(32) ^ length.rotate_left(16));
    }
}
