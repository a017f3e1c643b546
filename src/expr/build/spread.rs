//! Sorting terms by their hashes in linear time: hashes are spread evenly, so buckets by their leading bits hold one or
//! two terms each.

use std::cmp::Ordering;

use crate::expr::node::Term;

/// Below so many terms a plain sort is quicker.
const MANY: usize = 48;

/// Sorts terms canonically.
pub(super) fn sort_terms(terms: &mut Vec<Term>) {
    let sorted = terms.windows(2).all(|pair| match pair {
        [a, b] => a.base.stable_hash() < b.base.stable_hash(),
        _ => true,
    });
    if sorted {
        return;
    }
    if terms.len() < MANY {
        terms.sort_by(by_base);
        return;
    }
    let ends;
    (*terms, ends) = spread(std::mem::take(terms));
    let mut start = 0;
    for end in ends {
        let end = end as usize;
        if end > start + 1
            && let Some(bucket) = terms.get_mut(start..end)
        {
            bucket.sort_by(by_base);
        }
        start = end;
    }
}

fn by_base(a: &Term, b: &Term) -> Ordering {
    a.base.canonical_cmp(&b.base)
}

/// The terms in the order of the buckets of their hashes' leading bits, and where each bucket ends.
fn spread(terms: Vec<Term>) -> (Vec<Term>, Vec<u32>) {
    let bits = usize::BITS - terms.len().leading_zeros();
    let bucket = |hash: u64| (hash >> (u64::BITS - bits)) as usize;
    let mut ends = vec![0_u32; (1 << bits) + 1];
    for term in &terms {
        if let Some(count) = ends.get_mut(bucket(term.base.stable_hash()) + 1) {
            *count += 1;
        }
    }
    let mut total = 0;
    for end in &mut ends {
        total += *end;
        *end = total;
    }
    let mut order = vec![0_u32; terms.len()];
    for (index, term) in terms.iter().enumerate() {
        if let Some(place) = ends.get_mut(bucket(term.base.stable_hash())) {
            if let Some(slot) = order.get_mut(*place as usize) {
                *slot = index as u32;
            }
            *place += 1;
        }
    }
    let mut spread = Vec::with_capacity(terms.len());
    let mut terms: Vec<Option<Term>> = terms.into_iter().map(Some).collect();
    spread.extend(order.iter().filter_map(|index| terms.get_mut(*index as usize).and_then(Option::take)));
    (spread, ends)
}
