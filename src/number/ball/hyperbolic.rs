//! Hyperbolic functions and their inverses on balls.

use super::Ball;

impl Ball {
    /// The hyperbolic sine.
    pub fn sinh(&self, precision: u32) -> Ball {
        let working = precision + 4;
        if self.greatest_magnitude().top() > 1 {
            let grown = self.exp(working);
            return grown.sub(&grown.recip(working), precision).scale(-1);
        }
        // (e^x - 1)(1 + 1/e^x)/2 does not cancel.
        let less_one = self.expm1(working);
        let inverse = less_one.add(&Ball::one(), working).recip(working);
        less_one.mul(&inverse.add(&Ball::one(), working), precision).scale(-1)
    }

    /// The hyperbolic cosine.
    pub fn cosh(&self, precision: u32) -> Ball {
        let working = precision + 4;
        let grown = self.exp(working);
        grown.add(&grown.recip(working), precision).scale(-1)
    }

    /// The hyperbolic tangent.
    pub fn tanh(&self, precision: u32) -> Ball {
        let working = precision + 4;
        if !self.is_bounded() {
            return Ball::UNBOUNDED;
        }
        let size = self.greatest_magnitude();
        if size.top() > 1 && self.sign() == Some(1) {
            // 1 - 2/(e^2x + 1), whose quotient may lie below the precision.
            let quotient = self.scale(1).exp(working).add(&Ball::one(), working).recip(working).scale(1);
            let known = if quotient.is_bounded() { quotient } else { beyond(self) };
            return Ball::one().sub(&known, precision);
        }
        if size.top() > 1 && self.sign() == Some(-1) {
            return self.neg().tanh(precision).neg();
        }
        let grown = self.scale(1).expm1(working);
        let value = grown.div(&grown.add(&Ball::from(2), working), precision);
        if value.is_bounded() { value.within_unit() } else { Ball::ZERO.widened(Ball::one().greatest_magnitude()) }
    }

    /// The hyperbolic cotangent.
    pub fn coth(&self, precision: u32) -> Ball {
        self.tanh(precision + 4).recip(precision)
    }

    /// The hyperbolic secant.
    pub fn sech(&self, precision: u32) -> Ball {
        self.cosh(precision + 4).recip(precision)
    }

    /// The hyperbolic cosecant.
    pub fn csch(&self, precision: u32) -> Ball {
        self.sinh(precision + 4).recip(precision)
    }

    /// The inverse hyperbolic sine.
    pub fn arcsinh(&self, precision: u32) -> Ball {
        match self.sign() {
            Some(-1) => return self.neg().arcsinh(precision).neg(),
            Some(0) => return Ball::ZERO,
            _ => {}
        }
        let working = precision + 8;
        // x + x^2/(1 + sqrt(1 + x^2)) = x + sqrt(1 + x^2) - 1
        let square = self.square(working);
        let root = square.add(&Ball::one(), working).sqrt(working);
        let excess = self.add(&square.div(&root.add(&Ball::one(), working), working), working);
        excess.log1p(precision)
    }

    /// The inverse hyperbolic cosine; unbounded when the ball reaches below 1.
    pub fn arccosh(&self, precision: u32) -> Ball {
        let bits = precision + 8 + self.middle().bits() as u32;
        let excess = self.sub(&Ball::one(), bits);
        let working = precision + 8;
        let root = excess.mul(&excess.add(&Ball::from(2), working), working).sqrt(working);
        excess.add(&root, working).log1p(precision)
    }

    /// The inverse hyperbolic tangent; unbounded when the ball reaches to -1 or 1.
    pub fn arctanh(&self, precision: u32) -> Ball {
        let bits = precision + 8 + self.middle().bits() as u32;
        let working = precision + 8;
        if self.greatest_magnitude().top() < 0 {
            // log1p(2x/(1-x))/2 keeps the accuracy near zero
            let quotient = self.scale(1).div(&Ball::one().sub(self, bits), working);
            return quotient.log1p(precision).scale(-1);
        }
        let quotient = Ball::one().add(self, bits).div(&Ball::one().sub(self, bits), working);
        quotient.log(precision).scale(-1)
    }

    /// The inverse hyperbolic cotangent.
    pub fn arccoth(&self, precision: u32) -> Ball {
        self.inverse_of_reciprocal(Ball::arctanh, precision)
    }

    /// The inverse hyperbolic secant.
    pub fn arcsech(&self, precision: u32) -> Ball {
        self.inverse_of_reciprocal(Ball::arccosh, precision)
    }

    /// The inverse hyperbolic cosecant.
    pub fn arccsch(&self, precision: u32) -> Ball {
        self.recip(precision + 8).arcsinh(precision)
    }
}

/// A bound of `2/(e^2x + 1)` for an `x` so large that its exponential has no ball.
fn beyond(x: &Ball) -> Ball {
    let tiny = x.neg().exp(32);
    if tiny.is_bounded() { Ball::ZERO.widened(tiny.greatest_magnitude()) } else { Ball::UNBOUNDED }
}
