//! The formatter: the same program with canonical blanks.
//!
//! It works on the tokens, so that comments, parentheses, the spelling of numbers and strings, and the places where
//! the author broke a line inside brackets all stay. What changes: indentation (four spaces a level), blanks between
//! words, blank lines (two at most), prompts of pasted sessions (dropped). The result parses to the same tree, and
//! formatting it once more changes nothing; tests hold both.

use crate::diagnostic::Fault;

use super::ast::Comment;
use super::layout::layout;
use super::parse::parse;
use super::token::Token;
use crate::sorting;

/// `source` with canonical blanks.
///
/// ```
/// use secant::syntax::format;
/// assert_eq!(format("f ( x )=2 * x ^ 2+1").unwrap(), "f(x) = 2*x^2 + 1\n");
/// ```
///
/// # Errors
///
/// The faults of a program that does not parse; it is left alone.
pub fn format(source: &str) -> Result<String, Vec<Fault>> {
    let (_, faults) = parse(source);
    if !faults.is_empty() {
        return Err(faults);
    }
    let lines = layout(source, 0);
    let mut items: Vec<Item<'_>> =
        lines.tokens.iter().map(|&(start, token, end)| Item { start, end, what: What::Token(token) }).collect();
    items.extend(lines.comments.iter().map(|&Comment { span, whole_line }| Item {
        start: span.start as usize,
        end: span.end as usize,
        what: What::Comment { whole_line },
    }));
    sorting::sort_by_key(&mut items, |item| item.start);
    let mut printer = Printer::new(source);
    for (index, item) in items.iter().enumerate() {
        printer.item(*item, items.get(index + 1).copied());
    }
    Ok(printer.out)
}

#[derive(Clone, Copy)]
struct Item<'s> {
    start: usize,
    end: usize,
    what: What<'s>,
}

#[derive(Clone, Copy)]
enum What<'s> {
    Token(Token<'s>),
    Comment { whole_line: bool },
}

const LEVEL: usize = 4;

/// How many lines end in the text, by `\n`, `\r\n` or `\r`.
fn line_breaks(text: &str) -> usize {
    let feeds = text.matches('\n').count();
    let returns = text.matches('\r').count();
    feeds + returns - text.matches("\r\n").count()
}

struct Printer<'s> {
    source: &'s str,
    out: String,
    /// The column in the source of every open level of indentation.
    columns: Vec<usize>,
    /// Each open bracket with the line of the output that it stands on.
    brackets: Vec<(Token<'s>, usize)>,
    /// For each `lambda` whose `:` has not come yet, how many brackets are open around it.
    lambdas: Vec<usize>,
    /// The token before on the same statement line, and whether the next one stands right behind it whatever it is:
    /// behind a sign, behind the colon of a slice.
    last: Option<(Token<'s>, bool)>,
    /// Whether the names of generators are being written: `R.<x>`.
    generators: bool,
    /// Where the item before ended in the source.
    end: usize,
    /// How many lines are complete.
    line: usize,
}

impl<'s> Printer<'s> {
    fn new(source: &'s str) -> Printer<'s> {
        Printer {
            source,
            out: String::with_capacity(source.len()),
            columns: vec![0],
            brackets: Vec::new(),
            lambdas: Vec::new(),
            last: None,
            generators: false,
            end: 0,
            line: 0,
        }
    }

    fn item(&mut self, item: Item<'s>, next: Option<Item<'s>>) {
        match item.what {
            What::Token(Token::Indent) => return self.columns.push(self.column(item.start)),
            What::Token(Token::Dedent) => {
                self.columns.pop();
                return;
            }
            What::Token(Token::Newline) => {
                self.newline();
                self.last = None;
                self.lambdas.clear();
            }
            What::Token(Token::Semicolon) if ends_line(next) => {}
            What::Token(token) => self.token(token, item),
            What::Comment { whole_line: true } => self.whole_line(item, next),
            What::Comment { whole_line: false } => self.trailing(item),
        }
        self.end = item.end;
    }

    fn newline(&mut self) {
        self.out.push('\n');
        self.line += 1;
    }

    /// The column in the source at which the text at `at` begins.
    fn column(&self, at: usize) -> usize {
        let before = &self.source[..at];
        before.len() - before.rfind(['\n', '\r']).map_or(0, |newline| newline + 1)
    }

    /// The source between the item before and `at`.
    fn gap(&self, at: usize) -> &'s str {
        self.source.get(self.end..at).unwrap_or("")
    }

    fn indent(&mut self, levels: usize) {
        self.out.extend(std::iter::repeat_n(' ', LEVEL * levels));
    }

    /// Blank lines as the author left them, two at most, none at the head of the text.
    fn blank_lines(&mut self, at: usize) {
        if self.out.is_empty() {
            return;
        }
        let breaks = line_breaks(self.gap(at));
        // The break that ends the line before counts, when the item before stood in front of it.
        for _ in 0..breaks.saturating_sub(1).min(2) {
            self.newline();
        }
    }

    fn trailing(&mut self, item: Item<'s>) {
        self.out.push_str("  ");
        self.comment(item);
    }

    fn comment(&mut self, item: Item<'s>) {
        self.out.push_str(self.source[item.start..item.end].trim_end());
    }

    /// A comment on a line of its own stands at the level it was written at, as far as that is a level.
    fn whole_line(&mut self, item: Item<'s>, next: Option<Item<'s>>) {
        if !self.brackets.is_empty() || self.last.is_some() {
            self.newline();
            self.indent(self.continuation());
            return self.comment(item);
        }
        self.blank_lines(item.start);
        let column = self.column(item.start);
        let opens = matches!(next, Some(Item { what: What::Token(Token::Indent), .. }));
        let level = self.columns.iter().rposition(|&level| level <= column).unwrap_or(0);
        let deeper = opens && self.columns.last().is_some_and(|&top| column > top);
        self.indent(level + usize::from(deeper));
        self.comment(item);
        self.newline();
    }

    /// The level of a line that continues a statement: one more for every line that left a bracket open.
    fn continuation(&self) -> usize {
        let mut lines: Vec<usize> = self.brackets.iter().map(|(_, line)| *line).collect();
        lines.dedup();
        self.columns.len() - 1 + lines.len()
    }

    fn token(&mut self, token: Token<'s>, item: Item<'s>) {
        if token.is_close_bracket() {
            self.brackets.pop();
        }
        let sign = self.is_sign(token);
        let opens = token == Token::Less && matches!(self.last, Some((Token::Dot, _)));
        let closes = self.generators && matches!(token, Token::Greater | Token::GreaterEqual);
        self.generators = opens || self.generators && !closes;
        match self.last {
            None => {
                self.blank_lines(item.start);
                self.indent(self.columns.len() - 1);
            }
            Some(_) if line_breaks(self.gap(item.start)) > 0 => self.broken(token),
            Some((last, glues)) => {
                if !glues && !closes && self.is_spaced(last, token, sign) || self.would_fuse(last, item) {
                    self.out.push(' ');
                }
            }
        }
        self.out.push_str(&self.source[item.start..item.end]);
        let glues = sign || opens || token == Token::Colon && self.in_slice();
        self.note(token);
        self.last = Some((token, glues));
    }

    /// The author broke the line before `token`: inside brackets as it is, outside by a backslash.
    fn broken(&mut self, token: Token<'s>) {
        let inside = !self.brackets.is_empty() || token.is_close_bracket();
        if !inside {
            self.out.push_str(" \\");
        }
        self.newline();
        self.indent(if inside { self.continuation() } else { self.columns.len() });
    }

    /// Keeps account of brackets and of `lambda`s waiting for their `:`.
    fn note(&mut self, token: Token<'s>) {
        let line = self.line;
        if token.is_open_bracket() {
            self.brackets.push((token, line));
        } else if token == Token::Lambda {
            self.lambdas.push(self.brackets.len());
        } else if token == Token::Colon && self.lambdas.last() == Some(&self.brackets.len()) {
            self.lambdas.pop();
        }
    }

    /// Whether the token is a sign before its operand, no operator between two.
    fn is_sign(&self, token: Token<'s>) -> bool {
        let may_be = matches!(
            token,
            Token::Plus | Token::Minus | Token::Tilde | Token::Star | Token::StarStar | Token::Root | Token::At
        );
        may_be && !self.last.is_some_and(|(last, _)| last.ends_operand())
    }

    /// Whether two tokens side by side would be read as others without a blank: `1.` and `.n`, `5` and `.e3`.
    fn would_fuse(&self, last: Token<'s>, item: Item<'s>) -> bool {
        let text = &self.source[item.start..];
        let attribute = text.starts_with('.') && !text.starts_with("..");
        let parted = matches!(last, Token::Number(_)) && !self.gap(item.start).is_empty();
        text.starts_with('.') && self.out.ends_with('.') || attribute && parted || self.would_prompt(text)
    }

    /// Whether the head of the line would be read as a prompt: the annotation `sage:int = 2` with a blank behind `:`.
    fn would_prompt(&self, text: &str) -> bool {
        let line = self.out.rsplit('\n').next().unwrap_or(&self.out);
        text.starts_with(':') && line.trim_start() == "sage"
    }

    fn is_spaced(&self, last: Token<'s>, token: Token<'s>, sign: bool) -> bool {
        use Token::*;
        let in_parameters = !self.brackets.is_empty() || !self.lambdas.is_empty();
        let glued_left = last.is_open_bracket() || is_tight(last) || last == Assign && in_parameters;
        let glued_right = token.is_close_bracket()
            || is_tight(token) && !sign
            || matches!(token, Comma | Semicolon | Colon | Superscript(_))
            || token == Assign && in_parameters;
        match (last, token) {
            (Comma | Semicolon, _) => !token.is_close_bracket(),
            _ if glued_left || glued_right => false,
            (_, ParenOpen | BracketOpen) => !last.ends_operand(),
            _ => true,
        }
    }

    /// Whether a colon here separates the parts of a slice.
    fn in_slice(&self) -> bool {
        let inner = self.brackets.last().is_some_and(|(open, _)| *open == Token::BracketOpen);
        inner && self.lambdas.last() != Some(&self.brackets.len())
    }
}

/// Operators that stand without blanks: those of products, powers, ranges and attributes.
fn is_tight(token: Token<'_>) -> bool {
    use Token::*;
    matches!(token, Dot | Through | Caret | StarStar | Star | Slash)
}

/// Whether the statement line ends with this item.
fn ends_line(next: Option<Item<'_>>) -> bool {
    matches!(next.map(|next| next.what), None | Some(What::Token(Token::Newline)) | Some(What::Comment { .. }))
}

#[cfg(test)]
mod tests {
    use super::super::dump;
    use super::*;

    /// Formats `source`, twice, and compares the trees.
    fn check(source: &str, expected: &str) {
        let formatted = format(source).expect("the program is sound");
        assert_eq!(formatted, expected, "{source:?}");
        assert_eq!(format(&formatted).expect("as before"), expected, "{source:?} once more");
        assert_eq!(dump(&parse(source).0), dump(&parse(&formatted).0), "{source:?}");
    }

    #[test]
    fn blanks_become_canonical() {
        check("f ( x )=2 * x ^ 2+1", "f(x) = 2*x^2 + 1\n");
        check("a=-1;b = x ** - 2 ;", "a = -1; b = x**-2\n");
        check("g(a = 1,* b , ** c)", "g(a=1, *b, **c)\n");
        check("x [1 :2, ::3]", "x[1:2, ::3]\n");
        check("{ 1 :2,'a' : [ 1 .. 5 ] }", "{1: 2, 'a': [1..5]}\n");
        check("lambda x , y = 2:x+y", "lambda x, y=2: x + y\n");
        check("a[lambda x:x , 1 : 2]", "a[lambda x: x, 1:2]\n");
        check("not( a ) and -b<c", "not (a) and -b < c\n");
        check("(1 , )", "(1,)\n");
        check("5 .e3 + 1. .n() + 5.n()", "5 .e3 + 1. .n() + 5.n()\n");
        check("2 · π − √( x )", "2·π − √(x)\n");
        check("for k in[1..3]:print( k )", "for k in [1..3]: print(k)\n");
        check("x=1 if y else-2", "x = 1 if y else -2\n");
        check(
            "def f ( a , / , b=1 , * , c )->int :\n  return a%b",
            "def f(a, /, b=1, *, c) -> int:\n    return a % b\n",
        );
        check("@ interact\ndef f(n = (1..5)) :\n\tpass", "@interact\ndef f(n=(1..5)):\n    pass\n");
        check("from m import *\nimport a as b , c", "from m import *\nimport a as b, c\n");
        check("sage: x  +1\nsage: if a:\n....:    b", "x + 1\nif a:\n    b\n");
        check("R . < x > =QQ[ ]\na<b>c", "R.<x> = QQ[]\na < b > c\n");
        check("", "");
    }

    #[test]
    fn lines_and_comments_stay() {
        check("\n\n# head   \nx=1   # one\n\n\n\n\ny=2", "# head\nx = 1  # one\n\n\ny = 2\n");
        check(
            "if a:\n  # inner\n  b\n  # end of block\n# outer\nc",
            "if a:\n    # inner\n    b\n    # end of block\n# outer\nc\n",
        );
        check("f(1,\n2, # two\n  # three\n3\n)", "f(1,\n    2,  # two\n    # three\n    3\n)\n");
        check("x = [\n[1,\n2],\n]", "x = [\n    [1,\n        2],\n]\n");
        check("x = 1 + \\\n  2", "x = 1 + \\\n    2\n");
        check("s = '''a\n  b'''", "s = '''a\n  b'''\n");
        check("a # => 1\n\n", "a  # => 1\n");
    }

    #[test]
    fn faulty_programs_are_left_alone() {
        let faults = format("2x").expect_err("the program is faulty");
        assert_eq!(faults[0].code(), "forgotten-times");
    }
}
