//! The boxes of big integers, which are used again: rows of coefficients come and go by the thousand, and asking the
//! system for each box costs more than filling it.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use dashu_base::Sign;
use dashu_int::IBig;

use super::words::join_words;

/// No more boxes are kept than this, half a megabyte.
const MOST_SPARE: usize = 1 << 14;

thread_local! {
    #[allow(clippy::vec_box, reason = "it is the boxes that are kept")]
    static SPARE: RefCell<Vec<Box<IBig>>> = const { RefCell::new(Vec::new()) };
}

static ZERO: IBig = IBig::ZERO;

/// A big integer in a box; only what is being dropped has none.
pub(super) struct Held(Option<Box<IBig>>);

impl Held {
    #[inline]
    pub(super) fn new(value: IBig) -> Held {
        let spare = SPARE.try_with(|spare| spare.try_borrow_mut().ok()?.pop()).ok().flatten();
        Held(Some(match spare {
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
    /// Gives the box back; without the thread's store, as at its end, to the system.
    #[inline]
    fn drop(&mut self) {
        let Some(mut place) = self.0.take() else { return };
        *place = IBig::ZERO;
        let _ = SPARE.try_with(|spare| {
            if let Ok(mut spare) = spare.try_borrow_mut()
                && spare.len() < MOST_SPARE
            {
                spare.push(place);
            }
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
    fn clone(&self) -> Held {
        Held::new((**self).clone())
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
        let limbs = join_words(words);
        let length = limbs.len();
        state.write_u64(length as u64 * 2 + u64::from(sign == Sign::Negative));
        for place in [0, length.wrapping_sub(1)] {
            state.write_u64(limbs.clone().nth(place).unwrap_or(0));
        }
    }
}
