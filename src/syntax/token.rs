//! The words of the language: one enum, read by logos.
//!
//! Tokens borrow their text from the source. What logos cannot say (where a number or a string ends) is scanned by hand
//! in the callbacks. Text that is no word becomes [`Token::Bad`]; the layout layer says why.

use logos::{Lexer, Logos};
use unicode_ident::{is_xid_continue, is_xid_start};

/// A word of the language.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(skip r"[ \t\f\u{feff}\u{a0}\u{2000}-\u{200b}\u{202f}\u{205f}\u{3000}]+")]
#[logos(skip r"\\[ \t]*\r?\n")]
pub enum Token<'s> {
    /// A comment, from `#` to the end of the line.
    #[regex(r"#[^\r\n]*", allow_greedy = true)]
    Comment,
    /// The end of a line; after layout, of a statement line.
    #[regex(r"\r?\n|\r")]
    Newline,
    /// More indentation than the line before. Made by the layout layer.
    Indent,
    /// Less indentation than the line before. Made by the layout layer.
    Dedent,
    /// What can be no part of a program; the fault is told already.
    #[regex(r"[A-Za-z_][A-Za-z0-9_]*", word)]
    #[regex(r"[^\x00-\x7f]", word, priority = 1)]
    Bad,

    /// A name.
    #[token("∞", |_| "oo")]
    Name(&'s str),
    /// A number, as written.
    #[regex(r"\.?[0-9]", number)]
    Number(Numeral<'s>),
    /// A string.
    #[regex(r#"([rRfFbBuU]|[rR][fFbB]|[fFbB][rR])?["']"#, quoted)]
    Text(Quoted<'s>),
    /// A run of superscript digits and signs: `²`.
    #[regex("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+", |lexer| lexer.slice())]
    Superscript(&'s str),

    /// `and`.
    And,
    /// `as`.
    As,
    /// `assert`.
    Assert,
    /// `break`.
    Break,
    /// `continue`.
    Continue,
    /// `def`.
    Def,
    /// `del`.
    Del,
    /// `elif`.
    Elif,
    /// `else`.
    Else,
    /// `except`.
    Except,
    /// `False`.
    False,
    /// `finally`.
    Finally,
    /// `for`.
    For,
    /// `from`.
    From,
    /// `global`.
    Global,
    /// `if`.
    If,
    /// `import`.
    Import,
    /// `in`, `∈`.
    #[token("∈")]
    In,
    /// `∉`.
    #[token("∉")]
    NotElement,
    /// `is`.
    Is,
    /// `lambda`.
    Lambda,
    /// `None`.
    None,
    /// `nonlocal`.
    Nonlocal,
    /// `not`.
    Not,
    /// `or`.
    Or,
    /// `pass`.
    Pass,
    /// `raise`.
    Raise,
    /// `return`.
    Return,
    /// `True`.
    True,
    /// `try`.
    Try,
    /// `while`.
    While,
    /// `with`.
    With,
    /// `yield`.
    Yield,
    /// A keyword of Python that is no part of the language.
    Reserved,

    /// `(`.
    #[token("(")]
    ParenOpen,
    /// `)`.
    #[token(")")]
    ParenClose,
    /// `[`.
    #[token("[")]
    BracketOpen,
    /// `]`.
    #[token("]")]
    BracketClose,
    /// `{`.
    #[token("{")]
    BraceOpen,
    /// `}`.
    #[token("}")]
    BraceClose,
    /// `,`.
    #[token(",")]
    Comma,
    /// `:`.
    #[token(":")]
    Colon,
    /// `;`.
    #[token(";")]
    Semicolon,
    /// `.`.
    #[token(".")]
    Dot,
    /// `..`.
    #[token("..")]
    Through,
    /// `...`.
    #[token("...")]
    Ellipsis,
    /// `@`.
    #[token("@")]
    At,
    /// `->`.
    #[token("->")]
    Arrow,
    /// `:=`.
    #[token(":=")]
    Walrus,
    /// `√`.
    #[token("√")]
    Root,

    /// `=`.
    #[token("=")]
    Assign,
    /// `==`.
    #[token("==")]
    Equal,
    /// `!=`, `≠`.
    #[token("!=")]
    #[token("≠")]
    NotEqual,
    /// `<`.
    #[token("<")]
    Less,
    /// `<=`, `≤`, `⩽`.
    #[token("<=")]
    #[token("≤")]
    #[token("⩽")]
    LessEqual,
    /// `>`.
    #[token(">")]
    Greater,
    /// `>=`, `≥`, `⩾`.
    #[token(">=")]
    #[token("≥")]
    #[token("⩾")]
    GreaterEqual,
    /// `+`.
    #[token("+")]
    Plus,
    /// `-`, `−`.
    #[token("-")]
    #[token("−")]
    Minus,
    /// `*`, `·`, `⋅`, `∙`, `×`.
    #[token("*")]
    #[token("·")]
    #[token("⋅")]
    #[token("∙")]
    #[token("×")]
    Star,
    /// `/`, `÷`, `∕`.
    #[token("/")]
    #[token("÷")]
    #[token("∕")]
    Slash,
    /// `//`.
    #[token("//")]
    FloorSlash,
    /// `%`.
    #[token("%")]
    Percent,
    /// `^`.
    #[token("^")]
    Caret,
    /// `**`.
    #[token("**")]
    StarStar,
    /// `^^`.
    #[token("^^")]
    CaretCaret,
    /// `&`.
    #[token("&")]
    Ampersand,
    /// `|`.
    #[token("|")]
    Bar,
    /// `<<`.
    #[token("<<")]
    ShiftLeft,
    /// `>>`.
    #[token(">>")]
    ShiftRight,
    /// `~`.
    #[token("~")]
    Tilde,

    /// `+=`.
    #[token("+=")]
    PlusAssign,
    /// `-=`, `−=`.
    #[token("-=")]
    #[token("−=")]
    MinusAssign,
    /// `*=`.
    #[token("*=")]
    StarAssign,
    /// `/=`.
    #[token("/=")]
    SlashAssign,
    /// `//=`.
    #[token("//=")]
    FloorSlashAssign,
    /// `%=`.
    #[token("%=")]
    PercentAssign,
    /// `^=`, `**=`.
    #[token("^=")]
    #[token("**=")]
    PowerAssign,
    /// `^^=`.
    #[token("^^=")]
    XorAssign,
    /// `&=`.
    #[token("&=")]
    AndAssign,
    /// `|=`.
    #[token("|=")]
    OrAssign,
    /// `<<=`.
    #[token("<<=")]
    ShiftLeftAssign,
    /// `>>=`.
    #[token(">>=")]
    ShiftRightAssign,
}

/// The words that are no names, in the order of their letters.
const KEYWORDS: [(&str, Token<'static>); 35] = [
    ("False", Token::False),
    ("None", Token::None),
    ("True", Token::True),
    ("and", Token::And),
    ("as", Token::As),
    ("assert", Token::Assert),
    ("async", Token::Reserved),
    ("await", Token::Reserved),
    ("break", Token::Break),
    ("class", Token::Reserved),
    ("continue", Token::Continue),
    ("def", Token::Def),
    ("del", Token::Del),
    ("elif", Token::Elif),
    ("else", Token::Else),
    ("except", Token::Except),
    ("finally", Token::Finally),
    ("for", Token::For),
    ("from", Token::From),
    ("global", Token::Global),
    ("if", Token::If),
    ("import", Token::Import),
    ("in", Token::In),
    ("is", Token::Is),
    ("lambda", Token::Lambda),
    ("nonlocal", Token::Nonlocal),
    ("not", Token::Not),
    ("or", Token::Or),
    ("pass", Token::Pass),
    ("raise", Token::Raise),
    ("return", Token::Return),
    ("try", Token::Try),
    ("while", Token::While),
    ("with", Token::With),
    ("yield", Token::Yield),
];

/// The keywords of the language.
pub fn keywords() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().filter(|(_, token)| *token != Token::Reserved).map(|(word, _)| *word)
}

/// Reads on to the end of a keyword or name, as Unicode's annex 31 bounds it; an error if the character begins none.
/// By hand, because the thousand ranges of that annex make a machine of logos as large as a room.
fn word<'s>(lexer: &mut Lexer<'s, Token<'s>>) -> Result<Token<'s>, ()> {
    let begins = lexer.slice().starts_with(|c| c == '_' || is_xid_start(c));
    if !begins {
        return Err(());
    }
    let rest = lexer.remainder();
    lexer.bump(rest.find(|c| !continues(c)).unwrap_or(rest.len()));
    let found = KEYWORDS.binary_search_by(|(word, _)| (*word).cmp(lexer.slice()));
    Ok(found.map_or(Token::Name(lexer.slice()), |at| KEYWORDS[at].1))
}

/// Whether `c` may stand inside a name. The middle dots multiply.
fn continues(c: char) -> bool {
    is_xid_continue(c) && !matches!(c, '·' | '\u{387}')
}

/// What sort of number a numeral is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumeralKind {
    /// Digits alone, or with a radix prefix.
    Integer,
    /// With a point or an exponent.
    Real,
    /// With a `j` behind it.
    Imaginary,
}

/// A number as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral<'s> {
    /// What sort it is.
    pub kind: NumeralKind,
    /// Its text, prefix, underscores and `j` included.
    pub text: &'s str,
}

/// A string as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoted<'s> {
    /// The whole token.
    pub text: &'s str,
    /// How many bytes stand before the opening quote.
    pub prefix: usize,
    /// How many bytes the quote has: 1 or 3.
    pub quote: usize,
    /// Whether the closing quote is there.
    pub closed: bool,
}

impl<'s> Quoted<'s> {
    /// The text between the quotes.
    pub fn inner(&self) -> &'s str {
        let end = self.text.len() - if self.closed { self.quote } else { 0 };
        self.text.get(self.prefix + self.quote..end).unwrap_or("")
    }

    /// Whether the prefix holds `letter` in either case.
    pub fn has_prefix(&self, letter: char) -> bool {
        self.text[..self.prefix].chars().any(|c| c.eq_ignore_ascii_case(&letter))
    }
}

/// Reads on from the first digit (or from a point and a digit) to the end of the number.
fn number<'s>(lexer: &mut Lexer<'s, Token<'s>>) -> Numeral<'s> {
    let pointed = lexer.slice().starts_with('.');
    let kind = match (lexer.slice(), lexer.remainder().as_bytes()) {
        ("0", [b'x' | b'X', digit, ..]) if digit.is_ascii_hexdigit() => radix(lexer, |b| b.is_ascii_hexdigit()),
        ("0", [b'o' | b'O', b'0'..=b'7', ..]) => radix(lexer, |b| matches!(b, b'0'..=b'7')),
        ("0", [b'b' | b'B', b'0' | b'1', ..]) => radix(lexer, |b| matches!(b, b'0' | b'1')),
        _ => decimal(lexer, pointed),
    };
    Numeral { kind, text: lexer.slice() }
}

fn radix<'s>(lexer: &mut Lexer<'s, Token<'s>>, is_digit: fn(&u8) -> bool) -> NumeralKind {
    lexer.bump(1);
    digits(lexer, is_digit);
    NumeralKind::Integer
}

/// Digits, with single underscores between them.
fn digits<'s>(lexer: &mut Lexer<'s, Token<'s>>, is_digit: fn(&u8) -> bool) {
    let bytes = lexer.remainder().as_bytes();
    let mut length = 0;
    loop {
        match (bytes.get(length), bytes.get(length + 1)) {
            (Some(digit), _) if is_digit(digit) => length += 1,
            (Some(b'_'), Some(digit)) if is_digit(digit) => length += 2,
            _ => break,
        }
    }
    lexer.bump(length);
}

fn decimal<'s>(lexer: &mut Lexer<'s, Token<'s>>, pointed: bool) -> NumeralKind {
    digits(lexer, u8::is_ascii_digit);
    let mut kind = if pointed { NumeralKind::Real } else { NumeralKind::Integer };
    if !pointed && takes_point(lexer.remainder()) {
        lexer.bump(1);
        digits(lexer, u8::is_ascii_digit);
        kind = NumeralKind::Real;
    }
    if let Some(length) = exponent(lexer.remainder()) {
        lexer.bump(length);
        digits(lexer, u8::is_ascii_digit);
        kind = NumeralKind::Real;
    }
    if imaginary(lexer.remainder()) {
        lexer.bump(1);
        kind = NumeralKind::Imaginary;
    }
    kind
}

/// Whether the point after some digits belongs to the number: not in `1..5`, nor in `5.factor()`.
fn takes_point(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix('.') else { return false };
    let named = rest.starts_with(|c: char| c.is_alphabetic() || c == '_');
    !rest.starts_with('.') && (!named || exponent(rest).is_some() || imaginary(rest))
}

/// The length of `e`, sign and first digit of an exponent, if one begins here.
fn exponent(rest: &str) -> Option<usize> {
    match rest.as_bytes() {
        [b'e' | b'E', b'0'..=b'9', ..] => Some(2),
        [b'e' | b'E', b'+' | b'-', b'0'..=b'9', ..] => Some(3),
        _ => None,
    }
}

fn imaginary(rest: &str) -> bool {
    let mut characters = rest.chars();
    matches!(characters.next(), Some('j' | 'J')) && !characters.next().is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// Reads on from the opening quote to the closing one, or to where the string must be given up: the end of the line,
/// of a triple-quoted one the end of the text.
fn quoted<'s>(lexer: &mut Lexer<'s, Token<'s>>) -> Quoted<'s> {
    let prefix = lexer.slice().len() - 1;
    let mark = lexer.slice().as_bytes()[prefix];
    let quote = if lexer.remainder().as_bytes().starts_with(&[mark, mark]) { 3 } else { 1 };
    lexer.bump(quote - 1);
    let bytes = lexer.remainder().as_bytes();
    let mut at = 0;
    let closed = loop {
        match bytes.get(at) {
            None => break false,
            Some(b'\n' | b'\r') if quote == 1 => break false,
            Some(b'\\') => at += escaped_length(&bytes[at..]),
            Some(&byte) if byte == mark && (quote == 1 || bytes[at..].starts_with(&[mark; 3])) => break true,
            Some(_) => at += 1,
        }
    };
    lexer.bump(at + if closed { quote } else { 0 });
    Quoted { text: lexer.slice(), prefix, quote, closed }
}

/// How many bytes a backslash and what it escapes take: a line break may have two bytes, a character up to four.
fn escaped_length(bytes: &[u8]) -> usize {
    match bytes {
        [_, b'\r', b'\n', ..] => 3,
        [_, _, ..] => 1 + bytes[2..].iter().take_while(|byte| **byte & 0xC0 == 0x80).count() + 1,
        _ => 1,
    }
}

/// What a token can be at the border of two words; the layout layer and the messages ask this.
impl Token<'_> {
    /// Whether an operand can end with it.
    pub(super) fn ends_operand(self) -> bool {
        use Token::*;
        matches!(
            self,
            Name(_)
                | Number(_)
                | Text(_)
                | Superscript(_)
                | True
                | False
                | None
                | Ellipsis
                | ParenClose
                | BracketClose
                | BraceClose
        )
    }

    /// Whether an operand can begin with it, and nothing but an operand.
    pub(super) fn begins_operand(self) -> bool {
        use Token::*;
        matches!(
            self,
            Name(_)
                | Number(_)
                | Text(_)
                | True
                | False
                | None
                | Ellipsis
                | ParenOpen
                | BracketOpen
                | BraceOpen
                | Root
                | Lambda
        )
    }

    /// Whether it is a keyword that stands at the head of statements and nowhere else.
    pub(super) fn begins_only_statements(self) -> bool {
        use Token::*;
        matches!(
            self,
            Assert
                | Break
                | Continue
                | Def
                | Del
                | Elif
                | Except
                | Finally
                | Global
                | Import
                | Nonlocal
                | Pass
                | Raise
                | Return
                | Try
                | While
                | With
                | Reserved
        )
    }

    /// Whether a line that begins with it ends with `:` and opens a block.
    pub(super) fn begins_block(self) -> bool {
        use Token::*;
        matches!(self, If | Elif | Else | For | While | With | Def | Try | Except | Finally | Reserved)
    }

    /// Whether it is a word of the language that can be no name.
    pub(super) fn is_keyword(self) -> bool {
        use Token::*;
        self.begins_only_statements()
            || matches!(
                self,
                And | As | Else | False | For | From | If | In | Is | Lambda | None | Not | Or | True | Yield
            )
    }

    /// Whether it is `(`, `[` or `{`.
    pub(super) fn is_open_bracket(self) -> bool {
        matches!(self, Token::ParenOpen | Token::BracketOpen | Token::BraceOpen)
    }

    /// Whether it is `)`, `]` or `}`.
    pub(super) fn is_close_bracket(self) -> bool {
        matches!(self, Token::ParenClose | Token::BracketClose | Token::BraceClose)
    }
}
