//! The cancel token: deadline, memory and Ctrl-C, asked by every loop that may run long.
