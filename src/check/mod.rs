//! Checking the recorded results of scripts.
