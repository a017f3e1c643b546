//! Files that the program carries in packed form, so that it stays small: the library in the language itself, the script
//! and the style of pages, the font.
//!
//! `build.rs` packs them (deflate, RFC 1951) to a third of their size.

use miniz_oxide::inflate::decompress_to_vec;

/// A packed file.
#[derive(Clone, Copy, Debug)]
pub struct Packed(pub &'static [u8]);

impl Packed {
    /// The file as it was.
    pub fn bytes(self) -> Vec<u8> {
        decompress_to_vec(self.0).expect("packed by the build")
    }

    /// The text as it was.
    pub fn text(self) -> String {
        String::from_utf8(self.bytes()).expect("a text")
    }
}

/// A file, named by its path from the root of the project; it must be among those that `build.rs` packs.
macro_rules! packed {
    ($($path:expr),*) => {
        $crate::packed::Packed(include_bytes!(concat!(env!("OUT_DIR"), "/", $($path),*, ".packed")))
    };
}

pub(crate) use packed;

#[cfg(test)]
mod tests {
    #[test]
    fn a_text_comes_back() {
        let text = packed!("stdlib/", "tangents", ".calc").text();
        assert_eq!(text, include_str!("../stdlib/tangents.calc"));
    }
}
