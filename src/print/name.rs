//! The LaTeX of names: Greek letters, subscripts, words of several letters (Sage's rules).

use crate::expr::Symbol;

/// Names that stand for a letter of their own.
const LETTERS: &[&str] = &[
    "alpha", "beta", "gamma", "Gamma", "delta", "Delta", "epsilon", "zeta", "eta", "theta", "Theta", "iota", "kappa",
    "lambda", "Lambda", "mu", "nu", "xi", "Xi", "pi", "Pi", "rho", "sigma", "Sigma", "tau", "upsilon", "phi", "Phi",
    "varphi", "chi", "psi", "Psi", "omega", "Omega",
];

/// How a word of several letters is set.
#[derive(Clone, Copy)]
pub(super) enum Word {
    /// As the name of a variable, in italics.
    Variable,
    /// As the name of a function, upright.
    Function,
}

/// The LaTeX of a variable, which may have been declared.
pub(super) fn of_variable(symbol: Symbol) -> String {
    symbol.latex().map_or_else(|| latex(symbol.name(), Word::Variable), |own| format!("{{{own}}}"))
}

/// The LaTeX of a formal function, which may have been declared.
pub(super) fn of_function(symbol: Symbol) -> String {
    symbol.latex().map_or_else(|| latex(symbol.name(), Word::Function), |own| own.to_string())
}

/// The LaTeX of a name: `x_{1}` for `x1` and `x_1`, `\alpha`, `\mathit{length}`.
pub(super) fn latex(name: &str, word: Word) -> String {
    let mut result = String::new();
    let mut rest = integration_constant(name).unwrap_or(name);
    let mut open = 0;
    // A subscript is a name of its own, which may have one again.
    loop {
        let (head, subscript) = split(rest);
        result.push_str(&head_latex(head, word));
        match subscript {
            Some("") => break,
            Some(subscript) => {
                result.push_str("_{");
                open += 1;
                if subscript.bytes().all(|byte| byte.is_ascii_digit()) {
                    result.push_str(subscript);
                    break;
                }
                rest = subscript;
            }
            None => break,
        }
    }
    result.push_str(&"}".repeat(open));
    result
}

/// The constants that solving a differential equation brings in, `_C` and `_K1`, are shown without their underscore.
fn integration_constant(name: &str) -> Option<&str> {
    let bare = name.strip_prefix('_')?;
    let number = bare.strip_prefix(['C', 'K'])?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then_some(bare)
}

/// A name and its subscript: after the first underscore, else the digits at its end.
pub(super) fn split(name: &str) -> (&str, Option<&str>) {
    if let Some((head, subscript)) = name.split_once('_') {
        return (head, Some(subscript));
    }
    let head = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let plain = !head.is_empty() && !head.contains(|c: char| c.is_ascii_digit());
    match name.get(head.len()..) {
        Some(digits) if plain && !digits.is_empty() => (head, Some(digits)),
        _ => (name, None),
    }
}

fn head_latex(head: &str, word: Word) -> String {
    if head.chars().count() <= 1 {
        return head.to_owned();
    }
    match word {
        _ if LETTERS.contains(&head) => format!("\\{head}"),
        Word::Variable => format!("\\mathit{{{head}}}"),
        Word::Function => format!("{{\\rm {head}}}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_variables_are_those_of_sage() {
        for (name, expected) in [
            ("x", "x"),
            ("alpha", r"\alpha"),
            ("varepsilon", r"\mathit{varepsilon}"),
            ("x1", "x_{1}"),
            ("x_12", "x_{12}"),
            ("xy", r"\mathit{xy}"),
            ("x_ab", r"x_{\mathit{ab}}"),
            ("x_ab1", r"x_{\mathit{ab}_{1}}"),
            ("alpha_beta", r"\alpha_{\beta}"),
            ("x1y", r"\mathit{x1y}"),
            ("x_1_2", "x_{1_{2}}"),
            ("x_1a", r"x_{\mathit{1a}}"),
            ("x2_3", r"\mathit{x2}_{3}"),
            ("lambda_", r"\lambda"),
            ("_x", "_{x}"),
            ("_C", "C"),
            ("_K1", "K_{1}"),
        ] {
            assert_eq!(latex(name, Word::Variable), expected);
        }
        assert_eq!(latex("foo", Word::Function), r"{\rm foo}");
    }
}
