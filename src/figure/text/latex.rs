//! Reads the small LaTeX that our printer emits, for labels given as `$...$`.
//!
//! Unknown commands keep their name as upright text, so nothing is lost and nothing fails.

use super::{MathText, Piece};

/// Nesting deeper than this is set flat.
const DEEPEST: usize = 40;

/// Text with `$...$` parts, and `$$...$$` for displays; an unpaired dollar sign is a dollar sign.
pub(super) fn parse_mixed(text: &str) -> MathText {
    let mut out = MathText::default();
    let mut rest = text;
    while let Some(start) = rest.find('$') {
        let mark = if rest[start..].starts_with("$$") { "$$" } else { "$" };
        let from = start + mark.len();
        let Some(length) = rest[from..].find(mark) else { break };
        if start > 0 {
            out.push(Piece::Upright(rest[..start].to_string()));
        }
        let formula = parse_math(&rest[from..from + length]);
        let formula = if mark == "$$" { formula.displayed() } else { formula };
        formula.pieces.into_iter().for_each(|piece| out.push(piece));
        rest = &rest[from + length + mark.len()..];
    }
    if !rest.is_empty() {
        out.push(Piece::Upright(rest.to_string()));
    }
    out
}

/// Mathematics without dollar signs.
pub(super) fn parse_math(source: &str) -> MathText {
    let letters: Vec<char> = source.chars().collect();
    let mut reader = Reader { letters: &letters, at: 0, out: Vec::new(), depth: 0 };
    reader.read_until(None);
    MathText::from_pieces(reader.out)
}

struct Reader<'a> {
    letters: &'a [char],
    at: usize,
    out: Vec<Piece>,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn take(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += 1;
        c
    }

    /// Reads pieces up to a closing character, which is consumed.
    fn read_until(&mut self, close: Option<char>) {
        while let Some(c) = self.take() {
            if Some(c) == close {
                return;
            }
            match c {
                '\\' => self.command(),
                '^' => {
                    let inner = self.argument();
                    self.out.push(Piece::Superscript(inner));
                }
                '_' => {
                    let inner = self.argument();
                    self.out.push(Piece::Subscript(inner));
                }
                '{' => {
                    let inner = self.group('}');
                    self.out.extend(inner.pieces);
                }
                '}' | '&' => {}
                c if c.is_whitespace() || c == '~' => {}
                c => self.symbol(c),
            }
        }
    }

    /// What stands up to `close`, as a text of its own.
    fn group(&mut self, close: char) -> MathText {
        if self.depth >= DEEPEST {
            return MathText::default();
        }
        self.depth += 1;
        let outer = std::mem::take(&mut self.out);
        self.read_until(Some(close));
        self.depth -= 1;
        MathText::from_pieces(std::mem::replace(&mut self.out, outer))
    }

    /// The argument of a command or script: a group, a command or one character.
    fn argument(&mut self) -> MathText {
        if self.depth >= DEEPEST {
            return MathText::default();
        }
        self.depth += 1;
        let inner = self.argument_here();
        self.depth -= 1;
        inner
    }

    fn argument_here(&mut self) -> MathText {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        match self.take() {
            Some('{') => self.group('}'),
            Some('\\') => {
                let outer = std::mem::take(&mut self.out);
                self.command();
                MathText::from_pieces(std::mem::replace(&mut self.out, outer))
            }
            Some(c) => {
                let outer = std::mem::take(&mut self.out);
                self.symbol(c);
                MathText::from_pieces(std::mem::replace(&mut self.out, outer))
            }
            None => MathText::default(),
        }
    }

    fn upright(&mut self, text: &str) {
        match self.out.last_mut() {
            Some(Piece::Upright(last)) => last.push_str(text),
            _ => self.out.push(Piece::Upright(text.to_string())),
        }
    }

    fn italic(&mut self, text: &str) {
        match self.out.last_mut() {
            Some(Piece::Italic(last)) => last.push_str(text),
            _ => self.out.push(Piece::Italic(text.to_string())),
        }
    }

    fn symbol(&mut self, c: char) {
        match c {
            c if c.is_alphabetic() => self.italic(c.encode_utf8(&mut [0; 4])),
            '-' if self.out.is_empty() || self.after_opening() => self.upright("−"),
            '-' => self.upright(" − "),
            '+' if self.out.is_empty() || self.after_opening() => self.upright("+"),
            '+' | '=' | '<' | '>' => self.upright(&format!(" {c} ")),
            '*' => self.upright("·"),
            ',' => self.upright(", "),
            c => self.upright(c.encode_utf8(&mut [0; 4])),
        }
    }

    fn after_opening(&self) -> bool {
        match self.out.last() {
            Some(Piece::Upright(text)) => text.ends_with(['(', '[', ' ', '|']),
            Some(Piece::Operator(_)) => true,
            _ => false,
        }
    }

    fn command(&mut self) {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_alphabetic()) {
            self.at += 1;
        }
        if self.at == start {
            match self.take() {
                Some(',' | ';' | ':' | ' ' | '!') | None => self.upright(" "),
                Some('\\') => self.upright(" "),
                Some(c) => self.symbol(c),
            }
            return;
        }
        let name: String = self.letters[start..self.at].iter().collect();
        self.named(&name);
    }

    fn named(&mut self, name: &str) {
        match name {
            "frac" | "tfrac" => {
                let above = self.argument();
                let below = self.argument();
                self.out.push(Piece::Fraction(above, below));
            }
            "dfrac" => {
                let above = self.argument();
                let below = self.argument();
                self.out.push(Piece::Stacked(above, below));
            }
            "int" | "sum" | "prod" | "lim" => self.operator(name),
            "displaystyle" => {
                let rest = MathText::from_pieces(std::mem::take(&mut self.out));
                self.read_until(None);
                let display = MathText::from_pieces(std::mem::take(&mut self.out)).displayed();
                self.out = rest.pieces;
                self.out.extend(display.pieces);
            }
            "sqrt" => {
                let index = (self.peek() == Some('[')).then(|| {
                    self.at += 1;
                    self.group(']')
                });
                let inner = self.argument();
                if let Some(index) = index {
                    self.out.push(Piece::Superscript(index));
                }
                self.out.push(Piece::Root(inner));
            }
            "mathrm" | "text" | "operatorname" | "mathbf" | "textrm" | "mbox" => {
                let inner = self.argument().to_plain();
                self.upright(&inner);
            }
            "left" | "right" => {
                if self.peek() == Some('.') {
                    self.at += 1;
                }
            }
            "big" | "Big" | "bigg" | "Bigg" | "mathit" | "limits" => {}
            _ => match glyph(name) {
                Some((text, true)) => self.italic(text),
                Some((text, false)) => self.upright(text),
                None => self.function_name(name),
            },
        }
    }

    /// A sign that has limits below and above.
    fn operator(&mut self, name: &str) {
        let sign = match name {
            "int" => "∫",
            "sum" => "∑",
            "prod" => "∏",
            _ => name,
        };
        self.out.push(Piece::Operator(sign.to_string()));
    }

    /// A function's name stands upright, apart from a factor before it and an argument without brackets.
    fn function_name(&mut self, name: &str) {
        if matches!(self.out.last(), Some(Piece::Italic(_))) {
            self.upright(" ");
        }
        self.upright(name);
        let opens = matches!(self.peek(), Some('(' | '\\' | '^' | '_' | '{') | None);
        if !opens {
            self.upright(" ");
        }
    }
}

/// The sign of a command and whether it is slanted.
fn glyph(name: &str) -> Option<(&'static str, bool)> {
    const GLYPHS: &[(&str, &str)] = &[
        ("pi", "π"),
        ("infty", "∞"),
        ("cdot", "·"),
        ("times", "×"),
        ("pm", "±"),
        ("mp", "∓"),
        ("div", "÷"),
        ("le", " ≤ "),
        ("leq", " ≤ "),
        ("ge", " ≥ "),
        ("geq", " ≥ "),
        ("neq", " ≠ "),
        ("ne", " ≠ "),
        ("lt", " < "),
        ("gt", " > "),
        ("to", " → "),
        ("rightarrow", " → "),
        ("approx", " ≈ "),
        ("sim", " ∼ "),
        ("in", " ∈ "),
        ("partial", "∂"),
        ("nabla", "∇"),
        ("ldots", "…"),
        ("dots", "…"),
        ("cdots", "⋯"),
        ("prime", "′"),
        ("circ", "°"),
        ("degree", "°"),
        ("lfloor", "⌊"),
        ("rfloor", "⌋"),
        ("lceil", "⌈"),
        ("rceil", "⌉"),
        ("langle", "⟨"),
        ("rangle", "⟩"),
        ("lbrace", "{"),
        ("rbrace", "}"),
        ("vert", "|"),
        ("mid", "|"),
        ("lvert", "|"),
        ("rvert", "|"),
        ("quad", "  "),
        ("qquad", "    "),
        ("Gamma", "Γ"),
        ("Delta", "Δ"),
        ("Theta", "Θ"),
        ("Lambda", "Λ"),
        ("Xi", "Ξ"),
        ("Pi", "Π"),
        ("Sigma", "Σ"),
        ("Upsilon", "Υ"),
        ("Phi", "Φ"),
        ("Psi", "Ψ"),
        ("Omega", "Ω"),
    ];
    const LETTERS: &[(&str, &str)] = &[
        ("alpha", "α"),
        ("beta", "β"),
        ("gamma", "γ"),
        ("delta", "δ"),
        ("epsilon", "ε"),
        ("varepsilon", "ε"),
        ("zeta", "ζ"),
        ("eta", "η"),
        ("theta", "θ"),
        ("iota", "ι"),
        ("kappa", "κ"),
        ("lambda", "λ"),
        ("mu", "μ"),
        ("nu", "ν"),
        ("xi", "ξ"),
        ("rho", "ρ"),
        ("sigma", "σ"),
        ("tau", "τ"),
        ("upsilon", "υ"),
        ("phi", "φ"),
        ("varphi", "φ"),
        ("chi", "χ"),
        ("psi", "ψ"),
        ("omega", "ω"),
    ];
    let find = |table: &[(&str, &'static str)]| table.iter().find(|entry| entry.0 == name).map(|entry| entry.1);
    find(GLYPHS).map(|text| (text, false)).or_else(|| find(LETTERS).map(|text| (text, true)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_printer_emits() {
        assert_eq!(parse_math(r"\frac{1}{2} \, x^{2} + \sin\left(x\right)").to_plain(), "1/2 x^2 + sin(x)");
        assert_eq!(parse_math(r"\sqrt{x + 1} e^{-x}").to_plain(), "√(x + 1)e^(−x)");
        assert_eq!(parse_math(r"-\frac{\pi}{3}").to_plain(), "−π/3");
        assert_eq!(parse_math(r"\theta_{1}").to_plain(), "θ_1");
    }

    #[test]
    fn deep_nesting_ends() {
        let deep = "{".repeat(10_000) + &"^".repeat(5000);
        parse_math(&deep);
        parse_math(&"\\frac".repeat(3000));
    }
}
