//! Solving equations, inequalities and systems.
