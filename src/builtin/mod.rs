//! The built-in functions, one file a topic, each declared once.
