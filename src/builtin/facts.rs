//! The value that stands for an assumption about a domain, such as `n is integer`.

use std::any::Any;

use crate::runtime::value::{Class, Object};

static CLASS: Class = Class { name: "sage.symbolic.assumptions.GenericDeclaration", known_as: None, base: None };

/// An assumption as `assumptions()` shows it.
#[derive(Debug)]
pub struct Membership {
    /// What is printed.
    pub text: String,
}

impl Object for Membership {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    fn text(&self) -> String {
        self.text.clone()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
