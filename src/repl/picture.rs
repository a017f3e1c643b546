//! Figures in the terminal: which way of showing them it understands.
//!
//! Some terminals say in the environment who they are. Others are asked once, when the first figure is shown: every
//! terminal answers what kind of device it is (DA1), and one that shows sixels says 4 among its abilities. Whoever
//! says nothing gets letters.

use std::cell::Cell;
use std::io::{self, IsTerminal};

use clap::ValueEnum;

use crate::session::Scene;
use crate::session::terminal::{self, Protocol, Screen, Shades};

/// The variable that says how figures are shown.
const VARIABLE: &str = "SECANT_GRAPHICS";
/// The size of a letter where the terminal does not tell.
const USUAL_LETTER: (f64, f64) = (9.0, 18.0);

/// How figures are shown at the prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Graphics {
    /// As pictures if the terminal can show them, else in letters
    Auto,
    /// By the protocol of kitty
    Kitty,
    /// As inline images of iTerm2
    Iterm,
    /// As sixels
    Sixel,
    /// In letters
    Text,
    /// Only the path of the file
    None,
}

impl Graphics {
    /// What the environment says, automatic unless it does.
    pub fn from_environment() -> Graphics {
        let told = std::env::var(VARIABLE).ok();
        told.and_then(|told| Graphics::from_str(&told, true).ok()).unwrap_or(Graphics::Auto)
    }
}

/// What a terminal says of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Answers {
    /// Whether it shows sixels.
    pub sixel: bool,
    /// Width and height of a letter in pixels.
    pub letter: Option<(f64, f64)>,
    /// Whether its ground is dark.
    pub dark: Option<bool>,
}

/// Shows figures in the terminal.
pub(super) struct Pictures {
    graphics: Graphics,
    shades: Shades,
    answers: Cell<Option<Answers>>,
}

impl Pictures {
    /// Figures on standard output; none are shown when that is no terminal.
    pub(super) fn new(graphics: Graphics, coloured: bool) -> Pictures {
        let graphics = if io::stdout().is_terminal() { graphics } else { Graphics::None };
        let full = std::env::var("COLORTERM").is_ok_and(|depth| depth == "truecolor" || depth == "24bit");
        let shades = if !coloured {
            Shades::None
        } else if full {
            Shades::All
        } else {
            Shades::Few
        };
        Pictures { graphics, shades, answers: Cell::new(None) }
    }

    /// Whether anything is shown.
    pub(super) fn is_on(&self) -> bool {
        self.graphics != Graphics::None
    }

    /// A figure as the terminal wants it; what can't be painted is not shown.
    pub(super) fn drawn(&self, scene: &Scene) -> Option<String> {
        let protocol = self.protocol()?;
        let answers = self.answers(protocol);
        let (columns, rows, measured) = room();
        // The letters of the picture fit the ground that the person chose; without colours nothing is known of it.
        let dark =
            answers.dark.unwrap_or(false) && (self.shades != Shades::None || !matches!(protocol, Protocol::Text(_)));
        let letter = answers.letter.or(measured).unwrap_or(USUAL_LETTER);
        terminal::write(scene, protocol, Screen { columns, rows, letter, dark }).ok()
    }

    fn protocol(&self) -> Option<Protocol> {
        Some(match self.graphics {
            Graphics::None => return None,
            Graphics::Kitty => Protocol::Kitty,
            Graphics::Iterm => Protocol::Iterm,
            Graphics::Sixel => Protocol::Sixel,
            Graphics::Text => Protocol::Text(self.shades),
            Graphics::Auto => {
                let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
                match known(variable) {
                    Known::Shows(protocol) => protocol,
                    Known::Nothing => return None,
                    Known::Letters => Protocol::Text(self.shades),
                    Known::Unknown if self.asked().sixel => Protocol::Sixel,
                    Known::Unknown => Protocol::Text(self.shades),
                }
            }
        })
    }

    /// What is known of the terminal; it is asked only where the answer matters.
    fn answers(&self, protocol: Protocol) -> Answers {
        let plain = matches!(protocol, Protocol::Text(Shades::None));
        if plain { self.answers.get().unwrap_or_default() } else { self.asked() }
    }

    /// What the terminal answered; it is asked once.
    fn asked(&self) -> Answers {
        self.answers.get().unwrap_or_else(|| {
            let answers = ask();
            self.answers.set(Some(answers));
            answers
        })
    }
}

#[cfg(unix)]
use super::inquiry::{ask, room};

/// Elsewhere terminals are not asked.
#[cfg(not(unix))]
fn ask() -> Answers {
    Answers::default()
}

/// The usual room.
#[cfg(not(unix))]
fn room() -> (usize, usize, Option<(f64, f64)>) {
    let variable = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    (variable("COLUMNS").unwrap_or(80), variable("LINES").unwrap_or(24), None)
}

/// What the environment tells of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// It shows pictures this way.
    Shows(Protocol),
    /// It shows letters and no more.
    Letters,
    /// It can't even move its cursor.
    Nothing,
    /// Nothing.
    Unknown,
}

/// Who the terminal says it is. Inside a multiplexer the variables are those of the terminal around it, which need not
/// get what is sent.
fn known(variable: impl Fn(&str) -> Option<String>) -> Known {
    let term = variable("TERM").unwrap_or_default();
    if term.is_empty() || term == "dumb" {
        return Known::Nothing;
    }
    if term == "linux" {
        return Known::Letters;
    }
    let inside = variable("TMUX").is_some() || variable("STY").is_some() || variable("ZELLIJ").is_some();
    if inside || term.starts_with("tmux") || term.starts_with("screen") {
        return Known::Unknown;
    }
    let program = variable("TERM_PROGRAM").or_else(|| variable("LC_TERMINAL")).unwrap_or_default();
    let version = variable("KONSOLE_VERSION").and_then(|version| version.parse::<u32>().ok());
    if variable("KITTY_WINDOW_ID").is_some()
        || matches!(term.as_str(), "xterm-kitty" | "xterm-ghostty")
        || program == "ghostty"
        || version.is_some_and(|version| version >= 220_400)
    {
        return Known::Shows(Protocol::Kitty);
    }
    match program.as_str() {
        "iTerm.app" | "iTerm2" | "WezTerm" | "mintty" | "rio" => Known::Shows(Protocol::Iterm),
        "Apple_Terminal" => Known::Letters,
        _ => Known::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(variables: &[(&str, &str)]) -> Known {
        known(|name| variables.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_string()))
    }

    #[test]
    fn terminals_say_who_they_are() {
        let xterm = ("TERM", "xterm-256color");
        assert_eq!(told(&[("TERM", "xterm-kitty")]), Known::Shows(Protocol::Kitty));
        assert_eq!(told(&[xterm, ("KITTY_WINDOW_ID", "1")]), Known::Shows(Protocol::Kitty));
        assert_eq!(told(&[xterm, ("KONSOLE_VERSION", "220403")]), Known::Shows(Protocol::Kitty));
        assert_eq!(told(&[xterm, ("KONSOLE_VERSION", "210400")]), Known::Unknown);
        assert_eq!(told(&[xterm, ("TERM_PROGRAM", "iTerm.app")]), Known::Shows(Protocol::Iterm));
        assert_eq!(told(&[xterm, ("LC_TERMINAL", "iTerm2")]), Known::Shows(Protocol::Iterm));
        assert_eq!(told(&[xterm]), Known::Unknown);
        assert_eq!(told(&[("TERM", "dumb")]), Known::Nothing);
        assert_eq!(told(&[]), Known::Nothing);
        assert_eq!(told(&[("TERM", "linux")]), Known::Letters);
        assert_eq!(told(&[xterm, ("TERM_PROGRAM", "Apple_Terminal")]), Known::Letters);
    }

    #[test]
    fn a_multiplexer_hides_the_terminal_around_it() {
        assert_eq!(told(&[("TERM", "tmux-256color"), ("KITTY_WINDOW_ID", "1")]), Known::Unknown);
        assert_eq!(told(&[("TERM", "xterm-kitty"), ("TMUX", "/tmp/tmux")]), Known::Unknown);
    }
}
