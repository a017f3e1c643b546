//! What each word of a text is, so that an editor or a prompt can colour it.

use logos::Logos;

use super::token::Token;
use crate::diagnostic::Span;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// `for`, `def`, `and`.
    Keyword,
    /// `True`, `False`, `None`.
    Constant,
    /// A number.
    Number,
    /// A string.
    Text,
    /// A comment.
    Comment,
    /// A name that is called.
    Call,
}

/// The words of a text that are more than names and signs, in order; the text may be unfinished or faulty.
pub fn highlight(source: &str) -> Vec<(Span, Word)> {
    let mut words = Vec::new();
    let mut name = None;
    for (token, range) in Token::lexer(source).spanned() {
        let span = Span::new(range.start, range.end);
        let called = name.take();
        let word = match token {
            Ok(Token::Comment) => Word::Comment,
            Ok(Token::Number(_) | Token::Superscript(_)) => Word::Number,
            Ok(Token::Text(_)) => Word::Text,
            Ok(Token::True | Token::False | Token::None) => Word::Constant,
            Ok(Token::Name(_)) => {
                name = Some(span);
                continue;
            }
            Ok(Token::ParenOpen) => {
                words.extend(called.map(|span| (span, Word::Call)));
                continue;
            }
            Ok(token) if token.is_keyword() => Word::Keyword,
            Ok(_) | Err(()) => continue,
        };
        words.push((span, word));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart_in_unfinished_text_too() {
        let source = "for k in f(1.5, 'a # b  # c";
        let words: Vec<(&str, Word)> =
            highlight(source).into_iter().map(|(span, word)| (span.text(source), word)).collect();
        let expected = [
            ("for", Word::Keyword),
            ("in", Word::Keyword),
            ("f", Word::Call),
            ("1.5", Word::Number),
            ("'a # b  # c", Word::Text),
        ];
        assert_eq!(words, expected);
    }
}
