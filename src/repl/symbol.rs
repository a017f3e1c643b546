//! Mathematical signs by their LaTeX names: `\pi` and Tab give `π`.

/// The signs that the language understands, by the names under which people know them.
const SYMBOLS: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("phi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("Gamma", "Γ"),
    ("Delta", "Δ"),
    ("Theta", "Θ"),
    ("Lambda", "Λ"),
    ("Xi", "Ξ"),
    ("Pi", "Π"),
    ("Sigma", "Σ"),
    ("Phi", "Φ"),
    ("Psi", "Ψ"),
    ("Omega", "Ω"),
    ("infty", "∞"),
    ("infinity", "∞"),
    ("le", "≤"),
    ("leq", "≤"),
    ("ge", "≥"),
    ("geq", "≥"),
    ("ne", "≠"),
    ("neq", "≠"),
    ("cdot", "·"),
    ("times", "×"),
    ("div", "÷"),
    ("sqrt", "√"),
    ("in", "∈"),
    ("notin", "∉"),
    ("^0", "⁰"),
    ("^1", "¹"),
    ("^2", "²"),
    ("^3", "³"),
    ("^4", "⁴"),
    ("^5", "⁵"),
    ("^6", "⁶"),
    ("^7", "⁷"),
    ("^8", "⁸"),
    ("^9", "⁹"),
];

/// Where the name behind the last backslash begins, and the signs whose names begin so; the one with exactly this name
/// alone. Nothing when no such name stands at the end of the text.
pub(super) fn complete(before: &str) -> Option<(usize, Vec<(&'static str, &'static str)>)> {
    let start = before.rfind('\\')?;
    let name = &before[start + 1..];
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '^') {
        return None;
    }
    let exact: Vec<_> = SYMBOLS.iter().copied().filter(|(own, _)| *own == name).collect();
    let found = if exact.is_empty() {
        SYMBOLS.iter().copied().filter(|(own, _)| own.starts_with(name)).collect()
    } else {
        exact
    };
    (!found.is_empty()).then_some((start, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_signs() {
        assert_eq!(complete("2*\\pi"), Some((2, vec![("pi", "π")])));
        assert_eq!(complete("\\alp"), Some((0, vec![("alpha", "α")])));
        assert_eq!(complete("\\xyzzy"), None);
        assert_eq!(complete("pi"), None);
        assert_eq!(complete("'a\\n' + b"), None);
    }
}
