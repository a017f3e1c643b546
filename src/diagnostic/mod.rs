//! Faults: codes, spans, suggestions and their rendering.
