//! The interpreter: values, scopes, calls and statements.
