//! Sorting where speed is no matter.
//!
//! Each sort of the standard library is some five kilobytes of program for every type and order it is asked for; here all
//! types share one, which sorts the places. Stable, as the standard library's.

use std::cmp::Ordering;

/// Sorts by an order of two items.
///
/// ```
/// let mut words = ["pear", "fig", "apple"];
/// secant::sorting::sort_by(&mut words, |a, b| a.len().cmp(&b.len()));
/// assert_eq!(words, ["fig", "pear", "apple"]);
/// ```
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    if items.len() < 2 {
        return;
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    sort_places(&mut order, &mut |a, b| compare(&items[a], &items[b]));
    // Each cycle of the permutation is gone round once.
    for start in 0..items.len() {
        let mut at = start;
        while order[at] != start {
            let next = order[at];
            items.swap(at, next);
            order[at] = at;
            at = next;
        }
        order[at] = at;
    }
}

/// Sorts by the type's own order.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a key of each item.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// A merge sort of its own: that of the standard library panics at an order that is none, as comparisons with NaN are.
fn sort_places(order: &mut [usize], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    let (mut merged, mut width) = (order.to_vec(), INSERTED);
    for run in order.chunks_mut(INSERTED) {
        insert_each(run, compare);
    }
    while width < order.len() {
        for (runs, target) in order.chunks(2 * width).zip(merged.chunks_mut(2 * width)) {
            let (mut left, mut right) = runs.split_at(width.min(runs.len()));
            for place in target {
                let from = match (left.first(), right.first()) {
                    (Some(a), Some(b)) if compare(*b, *a) != Ordering::Less => &mut left,
                    (Some(_), None) => &mut left,
                    _ => &mut right,
                };
                if let Some((first, rest)) = from.split_first() {
                    (*place, *from) = (*first, rest);
                }
            }
        }
        order.copy_from_slice(&merged);
        width *= 2;
    }
}

/// Runs of this length are sorted by insertion, as Python's `sorted` does with short lists.
const INSERTED: usize = 64;

fn insert_each(run: &mut [usize], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    for next in 1..run.len() {
        let (known, item) = (&run[..next], run[next]);
        let place = known.partition_point(|other| compare(item, *other) != Ordering::Less);
        run[place..=next].rotate_right(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_the_standard_library_does() {
        let mut state: u64 = 7;
        for length in (0..300).step_by(7) {
            let mut items: Vec<(u64, usize)> = (0..length)
                .map(|place| {
                    state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                    (state >> 61, place)
                })
                .collect();
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            sort_by_key(&mut items, |item| item.0);
            assert_eq!(items, expected);
        }
    }

    #[test]
    fn bears_an_order_that_is_none() {
        let mut items: Vec<usize> = (0..500).map(|n| n * 7919 % 500).collect();
        sort_by(&mut items, |a, b| if a % 3 == 0 || b % 3 == 0 { Ordering::Greater } else { a.cmp(b) });
        sort(&mut items);
        assert_eq!(items, (0..500).collect::<Vec<usize>>());
    }
}
