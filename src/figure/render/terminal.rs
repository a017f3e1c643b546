//! Pictures inside a terminal: kitty's graphics protocol, iTerm2's inline images, sixels, or letters.
//!
//! Which of them a terminal understands is for the face to know; sent to one that does not, they are garbage.

use std::fmt::Write;

use super::palette::Palette;
use super::{braille, png};
use crate::figure::colour::Theme;
use crate::figure::scene::Scene;

pub use braille::Shades;

/// How many letters of a picture kitty takes in one piece.
const CHUNK: usize = 4096;
/// Columns of a picture, where the terminal has that many.
const COLUMNS: usize = 72;

/// How a terminal is told about pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Kitty's graphics protocol.
    Kitty,
    /// iTerm2's inline images.
    Iterm,
    /// Sixels.
    Sixel,
    /// Dots of Braille and letters.
    Text(Shades),
}

/// The room of a terminal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screen {
    /// Letters in a row.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
    /// Width and height of a letter in pixels.
    pub letter: (f64, f64),
    /// Whether its letters are light on dark.
    pub dark: bool,
}

/// The scene as a terminal wants it, ending its line.
///
/// # Errors
/// A picture that can't be painted.
pub fn write(scene: &Scene, protocol: Protocol, screen: Screen) -> Result<String, String> {
    let themed;
    let scene = match scene.theme {
        Theme::Auto | Theme::Light if screen.dark && !scene.transparent => {
            themed = Scene { theme: Theme::Dark, ..scene.clone() };
            &themed
        }
        _ => scene,
    };
    let (columns, rows) = size(scene, screen);
    if let Protocol::Text(shades) = protocol {
        return Ok(braille::write(scene, columns, rows, shades));
    }
    let dpi = 100.0 * columns as f64 * screen.letter.0 / scene.width;
    Ok(match protocol {
        Protocol::Kitty => kitty(&png::paint(scene, dpi)?, columns, rows),
        Protocol::Iterm => iterm(&png::paint(scene, dpi)?, columns),
        _ => sixel(&png::pixels(scene, dpi)?),
    })
}

/// How many columns and rows a picture takes: no more than its own size, and room is left for what was typed.
fn size(scene: &Scene, screen: Screen) -> (usize, usize) {
    let shape = scene.height / scene.width * screen.letter.0 / screen.letter.1;
    let most_rows = screen.rows.saturating_sub(4).clamp(4, 30) as f64;
    let columns = (screen.columns.saturating_sub(1)).clamp(8, COLUMNS) as f64;
    let columns = columns.min(most_rows / shape).max(8.0);
    (columns.floor() as usize, ((columns * shape).round() as usize).max(2))
}

/// Pieces of the picture's file, in base 64; the terminal is told to answer nothing.
fn kitty(file: &[u8], columns: usize, rows: usize) -> String {
    let text = base64(file);
    let mut out = String::with_capacity(text.len() + text.len() / 100);
    let mut rest = text.as_str();
    let mut keys = format!("a=T,f=100,q=2,c={columns},r={rows},");
    while !rest.is_empty() {
        let (piece, more) = rest.split_at(rest.len().min(CHUNK));
        let _ = write!(out, "\x1b_G{keys}m={};{piece}\x1b\\", u8::from(!more.is_empty()));
        keys.clear();
        rest = more;
    }
    out.push('\n');
    out
}

fn iterm(file: &[u8], columns: usize) -> String {
    let (length, text) = (file.len(), base64(file));
    format!("\x1b]1337;File=inline=1;size={length};width={columns};preserveAspectRatio=1:{text}\x07\n")
}

/// Six rows of pixels at a time, colour by colour, runs of equal columns counted.
fn sixel(picture: &png::Pixels) -> String {
    let palette = Palette::of(std::slice::from_ref(picture));
    let places = palette.indices(picture);
    let (width, height) = (picture.width, picture.height);
    let mut out = format!("\x1bPq\"1;1;{width};{height}");
    for (place, colour) in palette.colours.iter().enumerate() {
        let [r, g, b] = colour.map(|part| (u32::from(part) * 100 + 127) / 255);
        let _ = write!(out, "#{place};2;{r};{g};{b}");
    }
    for band in places.chunks(width * 6) {
        let mut columns: Vec<Vec<u8>> = vec![Vec::new(); palette.colours.len()];
        for (k, place) in band.iter().enumerate() {
            let own = &mut columns[usize::from(*place)];
            if own.is_empty() {
                own.resize(width, 0);
            }
            own[k % width] |= 1 << (k / width);
        }
        for (place, own) in columns.iter().enumerate().filter(|(_, own)| !own.is_empty()) {
            let _ = write!(out, "#{place}");
            runs(&mut out, own);
            out.push('$');
        }
        out.push('-');
    }
    out.push_str("\x1b\\\n");
    out
}

/// Columns of six pixels as letters; blank ones at the end are left out.
fn runs(out: &mut String, columns: &[u8]) {
    let end = columns.iter().rposition(|column| *column != 0).map_or(0, |last| last + 1);
    for run in columns[..end].chunk_by(|a, b| a == b) {
        let letter = char::from(63 + run[0]);
        if run.len() > 3 {
            let _ = write!(out, "!{}{letter}", run.len());
        } else {
            out.extend(std::iter::repeat_n(letter, run.len()));
        }
    }
}

/// Bytes in base 64 (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let part = |k: usize| u32::from(group.get(k).copied().unwrap_or(0));
        let whole = part(0) << 16 | part(1) << 8 | part(2);
        for k in 0..4 {
            let letter = LETTERS[(whole >> (18 - 6 * k) & 63) as usize];
            out.push(if k > group.len() { '=' } else { char::from(letter) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;
    use crate::figure::fixture;

    const SCREEN: Screen = Screen { columns: 80, rows: 24, letter: (8.0, 16.0), dark: false };

    fn scene() -> Scene {
        fixture::parabola().scene(&Budget::unlimited()).expect("it is quickly drawn").0
    }

    #[test]
    fn bytes_have_their_letters() {
        let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| base64(text.as_bytes()));
        assert_eq!(texts, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }

    #[test]
    fn a_picture_leaves_room_and_keeps_its_shape() {
        let (columns, rows) = size(&scene(), SCREEN);
        assert!(columns <= 72 && rows <= 20, "{columns} x {rows}");
        let shape = rows as f64 * 16.0 / (columns as f64 * 8.0);
        assert!((shape - 0.75).abs() < 0.05, "{shape}");
        let narrow = size(&scene(), Screen { columns: 10, ..SCREEN });
        assert!(narrow.0 <= 9 && narrow.1 >= 2, "{narrow:?}");
    }

    #[test]
    fn kitty_gets_pieces_of_which_only_the_last_ends_the_picture() {
        let text = write(&scene(), Protocol::Kitty, SCREEN).expect("it is painted");
        let pieces: Vec<&str> = text.trim_end().split_inclusive("\x1b\\").collect();
        assert!(pieces.len() > 1 && pieces[0].starts_with("\x1b_Ga=T,f=100,q=2,"));
        assert!(pieces.iter().all(|piece| piece.len() < CHUNK + 60 && piece.starts_with("\x1b_G")));
        let ends = pieces.iter().filter(|piece| piece.contains("m=0;")).count();
        assert!(ends == 1 && pieces.last().is_some_and(|last| last.contains("m=0;")));
    }

    #[test]
    fn sixels_give_every_pixel_once() {
        let picture = png::Pixels {
            width: 5,
            height: 7,
            bytes: (0..35).flat_map(|k| if k % 3 == 0 { [255, 0, 0] } else { [0, 0, 255] }).collect(),
        };
        let text = sixel(&picture);
        assert!(text.starts_with("\x1bPq\"1;1;5;7#0;2;0;0;100#1;2;100;0;0") && text.ends_with("\x1b\\\n"), "{text:?}");
        let data = text.trim_end_matches("\x1b\\\n");
        let data = &data[data.find("0;0#0").expect("the first colour begins") + 3..];
        let bits: u32 = data.chars().filter(|c| ('?'..='~').contains(c)).map(|c| (c as u32 - 63).count_ones()).sum();
        assert_eq!(bits, 35, "{data:?}");
        assert!(
            write(&scene(), Protocol::Iterm, SCREEN).expect("it is painted").starts_with("\x1b]1337;File=inline=1;")
        );
    }
}
