//! "Did you mean": the nearest known name by edit distance.
//!
//! The distance counts insertions, deletions, replacements and swaps of neighbours (optimal string alignment), the
//! slips that fingers make. A change of case alone costs less than any other slip.

/// The number of single-character slips between `a` and `b`, a swap of neighbours being one.
pub fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, &left) in a.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(i + 1);
        for (j, &right) in b.iter().enumerate() {
            let replaced = row[j] + usize::from(left != right);
            let mut best = replaced.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && left == b[j - 1] && a[i - 1] == right {
                best = best.min(before[j - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(0)
}

/// The known name that `wanted` was most likely meant to be, if one is near: at most one slip in three letters.
/// Among equally near names the first one given wins.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = wanted.chars().count();
    let allowed = (length / 3).max(usize::from(length > 1));
    let folded = wanted.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        if name == wanted || name.chars().count().abs_diff(length) > allowed {
            continue;
        }
        // Of short words nearly all are near to each other.
        if length <= 3 && !name.to_lowercase().starts_with(&folded[..folded.chars().next().map_or(0, char::len_utf8)]) {
            continue;
        }
        let cost = if name.to_lowercase() == folded { 0 } else { distance(wanted, name) };
        if cost <= allowed && cost < length && best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        assert_eq!(distance("limit", "limit"), 0);
        assert_eq!(distance("limti", "limit"), 1);
        assert_eq!(distance("derivate", "derivative"), 2);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn the_nearest_name_is_near() {
        let known = ["sin", "sinh", "limit", "integrate", "expand"];
        assert_eq!(nearest("integrat", known), Some("integrate"));
        assert_eq!(nearest("Limit", known), Some("limit"));
        assert_eq!(nearest("SIN", known), Some("sin"));
        assert_eq!(nearest("t", known), None);
        assert_eq!(nearest("foo", ["oo", "sin"]), None);
        assert_eq!(nearest("flower", known), None);
    }
}
