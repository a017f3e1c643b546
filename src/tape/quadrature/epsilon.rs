//! Wynn's epsilon algorithm with QUADPACK's error estimate (`QELG`).

/// The table keeps at most so many elements.
const LONGEST: usize = 50;

/// A sequence that is extrapolated to its limit.
pub(super) struct Extrapolation {
    /// The last diagonal of the epsilon table, and two places of work behind it.
    table: Vec<f64>,
    /// The last three results.
    results: [f64; 3],
    calls: usize,
}

impl Extrapolation {
    pub(super) fn new(first: f64) -> Extrapolation {
        Extrapolation { table: vec![first], results: [0.0; 3], calls: 0 }
    }

    /// How many elements the table has.
    pub(super) fn len(&self) -> usize {
        self.table.len()
    }

    /// Adds an element of the sequence.
    pub(super) fn push(&mut self, element: f64) {
        self.table.push(element);
    }

    /// Adds an element, and answers the extrapolated limit with an estimate of its error.
    pub(super) fn extrapolate(&mut self, element: f64) -> (f64, f64) {
        self.table.push(element);
        self.calls += 1;
        let (result, error) = match self.new_diagonal() {
            Diagonal::Short => (element, f64::MAX),
            Diagonal::Converged(result, error) => (result, error),
            Diagonal::Extended(result) => (result, self.spread(result)),
        };
        (result, error.max(5.0 * f64::EPSILON * result.abs()))
    }

    /// The error as the distance from the last three results.
    fn spread(&mut self, result: f64) -> f64 {
        if self.calls < 4 {
            self.results[self.calls - 1] = result;
            return f64::MAX;
        }
        let error = self.results.iter().map(|old| (result - old).abs()).sum();
        self.results = [self.results[1], self.results[2], result];
        error
    }

    fn new_diagonal(&mut self) -> Diagonal {
        let count = self.table.len();
        if count < 3 {
            return Diagonal::Short;
        }
        let table = &mut self.table;
        let last = table[count - 1];
        table.push(0.0);
        table.push(last);
        table[count - 1] = f64::MAX;
        let steps = (count - 1) / 2;
        let (mut result, mut least) = (last, f64::MAX);
        let mut kept = count;
        let mut k = count - 1;
        for step in 0..steps {
            let (e0, e1, e2) = (table[k - 2], table[k - 1], table[k + 2]);
            let (delta2, delta3) = (e2 - e1, e1 - e0);
            let close = |a: f64, b: f64| (a - b).abs() <= a.abs().max(b.abs()) * f64::EPSILON;
            if close(e2, e1) && close(e1, e0) {
                table.truncate(count);
                table[count - 1] = last;
                return Diagonal::Converged(e2, delta2.abs() + delta3.abs());
            }
            let e3 = table[k];
            table[k] = e1;
            let delta1 = e1 - e3;
            let inverse = 1.0 / delta1 + 1.0 / delta2 - 1.0 / delta3;
            if close(e1, e3) || close(e2, e1) || close(e1, e0) || (inverse * e1).abs() <= 1e-4 {
                kept = 2 * step + 1;
                break;
            }
            let next = e1 + 1.0 / inverse;
            table[k] = next;
            k = k.saturating_sub(2);
            let error = delta2.abs() + (next - e2).abs() + delta3.abs();
            if error <= least {
                (least, result) = (error, next);
            }
        }
        if kept == LONGEST {
            kept = 2 * (LONGEST / 2) - 1;
        }
        shift(table, count, steps, kept);
        Diagonal::Extended(result)
    }
}

/// Moves the elements of the new diagonal to the front.
fn shift(table: &mut Vec<f64>, count: usize, steps: usize, kept: usize) {
    let mut place = if count % 2 == 1 { 0 } else { 1 };
    for _ in 0..=steps {
        table[place] = table[place + 2];
        place += 2;
    }
    if kept != count {
        table.copy_within(count - kept..count, 0);
    }
    table.truncate(kept);
}

enum Diagonal {
    /// Too few elements.
    Short,
    /// Three elements agree.
    Converged(f64, f64),
    Extended(f64),
}
