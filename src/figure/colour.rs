//! Colours: fixed ones with Sage's names, and roles that a theme fills in.
//!
//! The palette follows Okabe and Ito (2008), safe for the three common deficiencies of colour vision.

use super::colour_names::NAMES;

/// A colour, either fixed or a role that the theme decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Fixed red, green and blue.
    Rgb(u8, u8, u8),
    /// A fixed value on a scale of colours, the same on light and dark pages.
    Shade(u8, u8, u8),
    /// The n-th curve of a family, walking the palette.
    Series(u8),
    /// Letters and numbers.
    Text,
    /// Axes and ticks.
    Axis,
    /// Grid lines.
    Grid,
    /// Asymptotes and other helpers.
    Faint,
    /// The page behind everything.
    Page,
}

/// How a page looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark ink on white.
    #[default]
    Light,
    /// Light ink on near black.
    Dark,
    /// As the reader's screen asks; light where that can't be told (PNG, PDF).
    Auto,
    /// Black and greys for black-and-white printers; curves differ by their dashes.
    Print,
}

const LIGHT: [u32; 8] = [0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xe69f00, 0x8c6d1f, 0x222222];
const PRINT: [u32; 8] = [0x000000, 0x000000, 0x000000, 0x6e6e6e, 0x6e6e6e, 0x6e6e6e, 0x000000, 0x000000];
const DARK: [u32; 8] = [0x4fa3dc, 0xff8a4c, 0x35c79a, 0xe29cc3, 0x86caf2, 0xf2b84b, 0xf0e442, 0xe8e8e8];

/// How many curves differ by colour before the palette starts again.
pub const SERIES: usize = 6;

impl Theme {
    /// Red, green and blue of a colour under this theme.
    pub fn rgb(self, colour: Colour) -> (u8, u8, u8) {
        if self == Theme::Print {
            return printed(colour);
        }
        let dark = self == Theme::Dark;
        let pick = |light: u32, night: u32| split(if dark { night } else { light });
        match colour {
            Colour::Rgb(r, g, b) | Colour::Shade(r, g, b) => (r, g, b),
            Colour::Series(n) => pick(LIGHT[n as usize % LIGHT.len()], DARK[n as usize % DARK.len()]),
            Colour::Text => pick(0x222222, 0xd8dbe2),
            Colour::Axis => pick(0x444444, 0x9aa1ad),
            Colour::Grid => pick(0xe6e6e6, 0x2a2e37),
            Colour::Faint => pick(0x8a8a8a, 0x8a8a8a),
            Colour::Page => pick(0xffffff, 0x16181d),
        }
    }
}

/// The grey of a colour on a black-and-white printer.
fn printed(colour: Colour) -> (u8, u8, u8) {
    let grey = match colour {
        Colour::Rgb(r, g, b) | Colour::Shade(r, g, b) => weight(r, g, b) as u8,
        Colour::Series(n) => return split(PRINT[n as usize % PRINT.len()]),
        Colour::Text | Colour::Axis => 0,
        Colour::Grid => 0xdd,
        Colour::Faint => 0x88,
        Colour::Page => 0xff,
    };
    (grey, grey, grey)
}

/// How light a colour is, from 0 to 255, as Rec. 601 weighs its parts.
fn weight(r: u8, g: u8, b: u8) -> u32 {
    (299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b)) / 1000
}

fn split(value: u32) -> (u8, u8, u8) {
    let [_, r, g, b] = value.to_be_bytes();
    (r, g, b)
}

impl Colour {
    /// The colour with this name (as CSS and Sage spell it) or of the form `#rgb`, `#rrggbb`, or one of matplotlib's letters; `C0` to `C7` are those of the palette and
    /// `ink` is that of the text, which follow the theme.
    pub fn parse(text: &str) -> Option<Colour> {
        let text = text.trim();
        if let Some(digits) = text.strip_prefix('#') {
            return parse_hex(digits);
        }
        if let Some(role) = role(text) {
            return Some(role);
        }
        let name = text.to_ascii_lowercase();
        let found = NAMES.binary_search_by(|entry| entry.0.cmp(&name)).ok()?;
        let (r, g, b) = split(NAMES[found].1);
        Some(Colour::Rgb(r, g, b))
    }

    /// A fixed colour that can be seen on a dark page: one that is too dark is mixed with white.
    pub fn lightened(self) -> Colour {
        let Colour::Rgb(r, g, b) = self else { return self };
        const LEAST: u32 = 115;
        let own = weight(r, g, b);
        if own >= LEAST {
            return self;
        }
        // Black becomes as light as text; what is nearly light enough changes little.
        let share = if own == 0 { 0.87 } else { f64::from(LEAST - own) / f64::from(255 - own) * 1.3 };
        let mix = |v: u8| (f64::from(v) + (255.0 - f64::from(v)) * share.min(0.87)).round() as u8;
        Colour::Rgb(mix(r), mix(g), mix(b))
    }

    /// A fixed colour that can be seen on a white page: a pale one is mixed with black, the paler the more; those that differ still do.
    #[must_use]
    pub fn darkened(self) -> Colour {
        let Colour::Rgb(r, g, b) = self else { return self };
        // Weights from the first to 255 are pressed below the second.
        const FREE: f64 = 128.0;
        const MOST: f64 = 170.0;
        let own = f64::from(weight(r, g, b));
        if own <= FREE {
            return self;
        }
        let share = (FREE + (own - FREE) * (MOST - FREE) / (255.0 - FREE)) / own;
        let [r, g, b] = [r, g, b].map(|part| (f64::from(part) * share).round() as u8);
        Colour::Rgb(r, g, b)
    }

    /// The colour of words on this one: fixed where it is fixed.
    pub fn of_words(self) -> Colour {
        match self {
            Colour::Rgb(r, g, b) | Colour::Shade(r, g, b) if weight(r, g, b) < 128 => Colour::Shade(0xd8, 0xdb, 0xe2),
            Colour::Rgb(..) | Colour::Shade(..) => Colour::Shade(0x22, 0x22, 0x22),
            _ => Colour::Text,
        }
    }

    /// The same as a value on a scale of colours.
    pub fn shade(self) -> Colour {
        match self {
            Colour::Rgb(r, g, b) => Colour::Shade(r, g, b),
            other => other,
        }
    }

    /// All names that `parse` knows, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|entry| entry.0)
    }

    /// A colour from parts between 0 and 1; a part outside is reduced modulo 1 as Sage does, 1 staying 1.
    pub fn from_unit(r: f64, g: f64, b: f64) -> Colour {
        let byte = |v: f64| (wrap(v) * 255.0).round() as u8;
        Colour::Rgb(byte(r), byte(g), byte(b))
    }

    /// Hue, saturation and value, all between 0 and 1.
    pub fn from_hsv(hue: f64, saturation: f64, value: f64) -> Colour {
        let [r, g, b] = hsv_parts(hue, saturation, value);
        Colour::from_unit(r, g, b)
    }

    /// A step of the ordered ramp for sequences, from light (0) to dark (1): viridis without its lightest part.
    pub fn ramp(t: f64) -> Colour {
        colour_map("viridis", 0.85 * (1.0 - t.clamp(0.0, 1.0))).unwrap_or(Colour::Series(0))
    }
}

/// Red, green and blue of a hue, a saturation and a value, all between 0 and 1.
pub fn hsv_parts(hue: f64, saturation: f64, value: f64) -> [f64; 3] {
    let (h, s, v) = (wrap(hue) * 6.0, wrap(saturation), wrap(value));
    let sector = h.floor();
    let f = h - sector;
    let (p, q, t) = (v * (1.0 - s), v * (1.0 - s * f), v * (1.0 - s * (1.0 - f)));
    match sector as i64 % 6 {
        0 => [v, t, p],
        1 => [q, v, p],
        2 => [p, v, t],
        3 => [p, q, v],
        4 => [t, p, v],
        _ => [v, p, q],
    }
}

/// A part of a colour as Sage reads it: fractional part, but 1 stays 1; not a number is 0.
fn wrap(v: f64) -> f64 {
    if (0.0..=1.0).contains(&v) {
        v
    } else if v.is_finite() {
        v - v.floor()
    } else {
        0.0
    }
}

/// The names of colours that follow the theme, and matplotlib's letters.
fn role(name: &str) -> Option<Colour> {
    Some(match name.as_bytes() {
        b"ink" => Colour::Text,
        [b'C', digit @ b'0'..=b'7'] => Colour::Series(digit - b'0'),
        b"b" => Colour::Rgb(0, 0, 255),
        b"g" => Colour::Rgb(0, 128, 0),
        b"r" => Colour::Rgb(255, 0, 0),
        b"c" => Colour::Rgb(0, 191, 191),
        b"m" => Colour::Rgb(191, 0, 191),
        b"y" => Colour::Rgb(191, 191, 0),
        b"k" => Colour::Rgb(0, 0, 0),
        b"w" => Colour::Rgb(255, 255, 255),
        _ => return None,
    })
}

fn parse_hex(digits: &str) -> Option<Colour> {
    let value = u32::from_str_radix(digits, 16).ok()?;
    let (r, g, b) = match digits.len() {
        3 => {
            let wide = |shift: u32| ((value >> shift & 0xf) * 17) as u8;
            (wide(8), wide(4), wide(0))
        }
        6 => split(value),
        _ => return None,
    };
    Some(Colour::Rgb(r, g, b))
}

/// Stops of the colour maps, evenly spaced from 0 to 1.
const MAPS: &[(&str, &[u32])] = &[
    ("gray", &[0x000000, 0xffffff]),
    ("viridis", &[0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725]),
    ("coolwarm", &[0x3b4cc0, 0x7b9ff9, 0xc0d4f5, 0xdddcdc, 0xf2cbb7, 0xee8468, 0xb40426]),
    ("jet", &[0x000080, 0x0000ff, 0x00ffff, 0x80ff80, 0xffff00, 0xff0000, 0x800000]),
    ("hot", &[0x0b0000, 0x850000, 0xff0000, 0xff8000, 0xffff00, 0xffffff]),
    ("plasma", &[0x0d0887, 0x5c01a6, 0x9c179e, 0xcc4778, 0xed7953, 0xfdb42f, 0xf0f921]),
    ("inferno", &[0x000004, 0x320a5e, 0x781c6d, 0xbc3754, 0xed6925, 0xfbb41a, 0xfcffa4]),
    ("magma", &[0x000004, 0x2c115f, 0x721f81, 0xb73779, 0xf1605d, 0xfeb078, 0xfcfdbf]),
    ("rdbu", &[0x67001f, 0xd6604d, 0xfddbc7, 0xf7f7f7, 0xd1e5f0, 0x4393c3, 0x053061]),
    ("spectral", &[0x9e0142, 0xf46d43, 0xfee08b, 0xffffbf, 0xe6f598, 0x66c2a5, 0x5e4fa2]),
    ("rainbow", &[0x8000ff, 0x2c7ef7, 0x2adddd, 0x80ffb4, 0xd5dd80, 0xff7e41, 0xff0000]),
    ("copper", &[0x000000, 0xcc7f51, 0xffc77f]),
    ("spring", &[0xff00ff, 0xffff00]),
    ("summer", &[0x008066, 0xffff66]),
    ("autumn", &[0xff0000, 0xffff00]),
    ("winter", &[0x0000ff, 0x00ff80]),
    ("cool", &[0x00ffff, 0xff00ff]),
    ("greys", &[0xffffff, 0xf0f0f0, 0xd9d9d9, 0xbdbdbd, 0x969696, 0x737373, 0x525252, 0x252525, 0x000000]),
    ("binary", &[0xffffff, 0x000000]),
    ("bone", &[0x000000, 0x545474, 0xa9c8c8, 0xffffff]),
    ("purples", &[0xfcfbfd, 0xdadaeb, 0x9e9ac8, 0x6a51a3, 0x3f007d]),
    ("oranges", &[0xfff5eb, 0xfdd0a2, 0xfd8d3c, 0xd94801, 0x7f2704]),
    ("blues", &[0xf7fbff, 0xc6dbef, 0x6baed6, 0x2171b5, 0x08306b]),
    ("greens", &[0xf7fcf5, 0xc7e9c0, 0x74c476, 0x238b45, 0x00441b]),
    ("reds", &[0xfff5f0, 0xfcbba1, 0xfb6a4a, 0xcb181d, 0x67000d]),
    ("hsv", &[0xff0000, 0xffff00, 0x00ff00, 0x00ffff, 0x0000ff, 0xff00ff, 0xff0000]),
];

/// The names of the colour maps.
pub fn colour_map_names() -> impl Iterator<Item = &'static str> {
    MAPS.iter().map(|map| map.0)
}

/// The name of a colour map that runs through given colours: their digits, one after the other.
pub fn colour_map_through(colours: &[Colour]) -> String {
    let digits = |colour: &Colour| {
        let (r, g, b) = Theme::Light.rgb(*colour);
        format!("#{r:02x}{g:02x}{b:02x}")
    };
    colours.iter().map(digits).collect()
}

/// A colour map at `t` between 0 and 1; `None` for an unknown name.
pub fn colour_map(name: &str, t: f64) -> Option<Colour> {
    let name = name.to_ascii_lowercase();
    let (wanted, t) = name.strip_suffix("_r").map_or((name.as_str(), t), |turned| (turned, 1.0 - t));
    let wanted = if wanted == "grey" { "gray" } else { wanted };
    let own: Vec<u32>;
    let stops = match wanted.strip_prefix('#') {
        Some(listed) => {
            own = listed.split('#').map_while(|stop| u32::from_str_radix(stop, 16).ok()).collect();
            own.as_slice()
        }
        None => MAPS.iter().find(|map| map.0 == wanted)?.1,
    };
    if let [only] = stops {
        let (r, g, b) = split(*only);
        return Some(Colour::Rgb(r, g, b));
    }
    if stops.is_empty() {
        return None;
    }
    let place = t.clamp(0.0, 1.0) * (stops.len() - 1) as f64;
    let index = (place as usize).min(stops.len() - 2);
    let f = place - index as f64;
    let (a, b) = (split(stops[index]), split(stops[index + 1]));
    let mix = |x: u8, y: u8| (f64::from(x) + (f64::from(y) - f64::from(x)) * f).round() as u8;
    Some(Colour::Rgb(mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_hex() {
        assert_eq!(Colour::parse("red"), Some(Colour::Rgb(255, 0, 0)));
        assert_eq!(Colour::parse("green"), Some(Colour::Rgb(0, 128, 0)));
        assert_eq!(Colour::parse("#0f8"), Some(Colour::Rgb(0, 255, 136)));
        assert_eq!(Colour::parse("#0072B2"), Some(Colour::Rgb(0, 0x72, 0xb2)));
        assert_eq!(Colour::parse("reddish"), None);
        assert_eq!(colour_map("hot_r", 0.25), colour_map("hot", 0.75));
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn lines_of_every_map_are_seen_on_white_and_keep_their_order() {
        for name in colour_map_names() {
            let weight_at = |k: u32| match colour_map(name, f64::from(k) / 10.0).map(Colour::darkened) {
                Some(Colour::Rgb(r, g, b)) => weight(r, g, b),
                other => panic!("{name}: {other:?}"),
            };
            assert!((0..=10).all(|k| weight_at(k) <= 171), "{name}");
        }
        let greys: Vec<Option<Colour>> =
            (0..=10).map(|k| colour_map("gray", f64::from(k) / 10.0).map(Colour::darkened)).collect();
        assert!(greys.windows(2).all(|pair| pair[0] != pair[1]), "{greys:?}");
        assert_eq!(Colour::Rgb(0, 0, 128).darkened(), Colour::Rgb(0, 0, 128));
    }

    #[test]
    fn hue_walks_the_circle() {
        assert_eq!(Colour::from_hsv(0.0, 1.0, 1.0), Colour::Rgb(255, 0, 0));
        assert_eq!(Colour::from_hsv(1.0 / 3.0, 1.0, 1.0), Colour::Rgb(0, 255, 0));
        assert_eq!(Colour::from_hsv(1.0, 1.0, 1.0), Colour::Rgb(255, 0, 0));
    }
}
