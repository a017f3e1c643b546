//! Reports: one self-contained page of a script's results.
