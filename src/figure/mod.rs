//! Figures: primitives, sampling, layout and the renderers.
