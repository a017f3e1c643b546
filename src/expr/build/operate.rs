//! The operators and conversions of expressions.

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::monomial::quick_product;
use super::{ProductBuilder, SumBuilder};
use crate::expr::node::Expr;
use crate::expr::symbol::Symbol;
use crate::number::{Integer, Number, Rational};

macro_rules! operator {
    ($trait:ident, $method:ident, |$a:ident, $b:ident| $body:expr) => {
        impl $trait<&Expr> for &Expr {
            type Output = Expr;
            fn $method(self, other: &Expr) -> Expr {
                let ($a, $b) = (self, other);
                $body
            }
        }
        impl $trait<Expr> for Expr {
            type Output = Expr;
            fn $method(self, other: Expr) -> Expr {
                (&self).$method(&other)
            }
        }
        impl $trait<&Expr> for Expr {
            type Output = Expr;
            fn $method(self, other: &Expr) -> Expr {
                (&self).$method(other)
            }
        }
        impl $trait<Expr> for &Expr {
            type Output = Expr;
            fn $method(self, other: Expr) -> Expr {
                self.$method(&other)
            }
        }
    };
}
operator!(Add, add, |a, b| {
    let mut builder = SumBuilder::new();
    builder.add(a);
    builder.add(b);
    builder.finish()
});
operator!(Sub, sub, |a, b| {
    let mut builder = SumBuilder::new();
    builder.add(a);
    builder.add_scaled(b, &Number::from(-1));
    builder.finish()
});
operator!(Mul, mul, |a, b| {
    if let Some(product) = quick_product(a, b) {
        return product;
    }
    let mut builder = ProductBuilder::new();
    builder.multiply(a);
    builder.multiply(b);
    builder.finish()
});
operator!(Div, div, |a, b| {
    let mut builder = ProductBuilder::new();
    builder.multiply(a);
    builder.multiply(&b.recip());
    builder.finish()
});

impl Neg for &Expr {
    type Output = Expr;

    fn neg(self) -> Expr {
        self.scale(&Number::from(-1))
    }
}

impl Neg for Expr {
    type Output = Expr;

    fn neg(self) -> Expr {
        -&self
    }
}

impl From<i64> for Expr {
    fn from(value: i64) -> Expr {
        Expr::integer(value)
    }
}

impl From<Integer> for Expr {
    fn from(value: Integer) -> Expr {
        Expr::number(value)
    }
}

impl From<Rational> for Expr {
    fn from(value: Rational) -> Expr {
        Expr::number(value)
    }
}

impl From<Symbol> for Expr {
    fn from(symbol: Symbol) -> Expr {
        Expr::symbol(symbol)
    }
}
