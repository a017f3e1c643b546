//! Asking the terminal what it is: its abilities, the size of its letters, the colour of its ground.
//!
//! The last question is one that every terminal answers, so that a silent one is known to be silent soon. Nothing is
//! asked while typed input waits, which would be mixed up with the answers.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{self, LocalModes, OptionalActions, SpecialCodeIndex};

use super::picture::Answers;

/// How long the terminal may think.
const PATIENCE: Duration = Duration::from_millis(400);
/// The colour of the ground, the size of a letter, and what kind of device it is.
const QUESTIONS: &str = "\x1b]11;?\x1b\\\x1b[16t\x1b[c";

/// Letters in a row, rows, and where the terminal tells, the size of a letter in pixels.
pub(super) fn room() -> (usize, usize, Option<(f64, f64)>) {
    let Ok(size) = termios::tcgetwinsize(io::stdout()) else { return (80, 24, None) };
    let (columns, rows) = (usize::from(size.ws_col), usize::from(size.ws_row));
    if columns == 0 || rows == 0 {
        return (80, 24, None);
    }
    let letter = (f64::from(size.ws_xpixel) / columns as f64, f64::from(size.ws_ypixel) / rows as f64);
    (columns, rows, (letter.0 >= 1.0 && letter.1 >= 1.0).then_some(letter))
}

/// What the terminal answers; nothing when it can't be asked, or is silent.
pub(super) fn ask() -> Answers {
    let (input, mut output) = (io::stdin(), io::stdout());
    if !input.is_terminal() || !output.is_terminal() || waits(Duration::ZERO) {
        return Answers::default();
    }
    let Ok(before) = termios::tcgetattr(&input) else { return Answers::default() };
    let mut raw = before.clone();
    raw.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
    raw.special_codes[SpecialCodeIndex::VMIN] = 0;
    raw.special_codes[SpecialCodeIndex::VTIME] = 0;
    if termios::tcsetattr(&input, OptionalActions::Now, &raw).is_err() {
        return Answers::default();
    }
    let asked = output.write_all(QUESTIONS.as_bytes()).and_then(|()| output.flush());
    let text = asked.map(|()| answered()).unwrap_or_default();
    // The terminal is left as it was even when it did not answer.
    let _ = termios::tcsetattr(&input, OptionalActions::Now, &before);
    read(&text)
}

/// Whether input waits, or comes in that time.
fn waits(time: Duration) -> bool {
    let input = io::stdin();
    let mut sources = [PollFd::new(&input, PollFlags::IN)];
    let time = Timespec { tv_sec: 0, tv_nsec: i64::from(time.subsec_nanos()) };
    poll(&mut sources, Some(&time)).is_ok_and(|ready| ready > 0)
}

/// What comes until the last question is answered, or patience ends.
fn answered() -> Vec<u8> {
    let begun = Instant::now();
    let mut text = Vec::new();
    while let Some(left) = PATIENCE.checked_sub(begun.elapsed()) {
        if !waits(left) {
            break;
        }
        let mut piece = [0_u8; 256];
        match rustix::io::read(io::stdin(), &mut piece) {
            Ok(0) | Err(_) => break,
            Ok(count) => text.extend(piece.iter().take(count)),
        }
        if device(&text).is_some() {
            break;
        }
    }
    text
}

/// The numbers of the answer `ESC [ ? ... c`.
fn device(text: &[u8]) -> Option<Vec<u32>> {
    numbers(text, b"\x1b[?", b'c')
}

/// The numbers between a beginning and an end.
fn numbers(text: &[u8], begin: &[u8], end: u8) -> Option<Vec<u32>> {
    let start = text.windows(begin.len()).position(|window| window == begin)? + begin.len();
    let rest = text.get(start..)?;
    let inner = rest.get(..rest.iter().position(|byte| *byte == end)?)?;
    let inner = std::str::from_utf8(inner).ok()?;
    inner.split(';').map(|number| number.parse().ok()).collect()
}

/// What the answers say.
fn read(text: &[u8]) -> Answers {
    let letter = match numbers(text, b"\x1b[6;", b't').as_deref() {
        Some([height, width]) if *height > 0 && *width > 0 => Some((f64::from(*width), f64::from(*height))),
        _ => None,
    };
    Answers { sixel: device(text).is_some_and(|abilities| abilities.contains(&4)), letter, dark: dark(text) }
}

/// Whether the ground is dark, from `ESC ] 11 ; rgb:hhhh/hhhh/hhhh`.
fn dark(text: &[u8]) -> Option<bool> {
    let text = String::from_utf8_lossy(text);
    let (_, colour) = text.split_once("]11;rgb:")?;
    let end = colour.find(|c: char| !c.is_ascii_hexdigit() && c != '/').unwrap_or(colour.len());
    let part = |digits: &str| {
        let most = 16_f64.powi(i32::try_from(digits.len()).ok()?) - 1.0;
        u32::from_str_radix(digits, 16).ok().map(|value| f64::from(value) / most)
    };
    let parts: Vec<f64> = colour.get(..end)?.split('/').map(part).collect::<Option<_>>()?;
    match parts.as_slice() {
        [r, g, b] => Some(0.3 * r + 0.59 * g + 0.11 * b < 0.5),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read() {
        let answers = read(b"\x1b]11;rgb:1616/1818/1d1d\x1b\\\x1b[6;20;10t\x1b[?62;4;22c");
        assert_eq!(answers, Answers { sixel: true, letter: Some((10.0, 20.0)), dark: Some(true) });
        let answers = read(b"\x1b]11;rgb:ff/ff/f0\x07\x1b[?1;2c");
        assert_eq!(answers, Answers { sixel: false, letter: None, dark: Some(false) });
        assert_eq!(read(b""), Answers::default());
        assert_eq!(read(b"\x1b[?6c\x1b[6;0;0t"), Answers::default());
        assert!(device(b"\x1b[?62;4").is_none() && !read(b"\x1b[?62;44c").sixel);
    }
}
