//! Polynomials over the rationals: products, gcd, factorisation, resultants and real roots.
