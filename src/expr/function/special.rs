//! The special functions, a family a file.

mod airy;
mod asymptotic;
mod bessel;
mod cardinal;
mod elliptic;
mod error;
mod gamma;
mod integral;
mod zeta;

use super::Elementary;

pub use airy::{AIRY_AI, AIRY_AI_PRIME, AIRY_BI, AIRY_BI_PRIME};
pub use asymptotic::{BINET, COSINE_FACTOR, EI_FACTOR, ERFC_FACTOR, SINE_FACTOR};
pub use bessel::{BESSEL_I, BESSEL_J, BESSEL_K, BESSEL_Y, LAMBERT_W};
pub use cardinal::SINC;
pub use elliptic::{ELLIPTIC_E, ELLIPTIC_EC, ELLIPTIC_F, ELLIPTIC_KC, ELLIPTIC_PI};
pub use error::{ERF, ERFC, ERFI, ERFINV, FRESNEL_COS, FRESNEL_SIN, erf};
pub use gamma::{BETA, BINOMIAL, FACTORIAL, GAMMA, GAMMA_INC_LOWER, LOG_GAMMA, PSI, binomial, factorial, gamma};
pub use integral::{
    COS_INTEGRAL, COSH_INTEGRAL, EI, EXP_INTEGRAL_E, EXP_INTEGRAL_E1, LOG_INTEGRAL, SIN_INTEGRAL, SINH_INTEGRAL,
    log_integral,
};
pub use zeta::{DILOG, HARMONIC_NUMBER, HURWITZ_ZETA, POLYLOG, STIELTJES, ZETA, ZETADERIV, zeta};

/// The tables of the families.
pub(super) static TABLES: &[&[&Elementary]] = &[
    airy::TABLE,
    bessel::TABLE,
    cardinal::TABLE,
    elliptic::TABLE,
    error::TABLE,
    gamma::TABLE,
    integral::TABLE,
    zeta::TABLE,
];
