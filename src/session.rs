//! Source in, one outcome per statement out.
