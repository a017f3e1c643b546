//! The options of a legend: `legend_loc`, `legend_title` and their kin, which `set_legend_options` takes without the prefix.

use super::keys::{Keys, choose};
use super::reading;
use super::settings::{colour_named, font_size, is_heavy, math_text};
use crate::diagnostic::{Fault, Spanned};
use crate::figure::options::{LegendLook, LegendPlace};
use crate::runtime::call::Call;
use crate::runtime::parameter::expected;
use crate::runtime::value::Value;

/// Families of letters that Sage knows; figures have the second.
const FAMILIES: &[&str] = &["serif", "sans-serif", "cursive", "fantasy", "monospace"];

/// How the legend looks.
///
/// # Errors
/// An option of the wrong form.
pub fn look(keys: &mut Keys, call: &mut Call<'_>) -> Result<LegendLook, Fault> {
    without_choice(keys, "legend_font_family", FAMILIES, "sans-serif", call)?;
    without_choice(keys, "legend_font_variant", &["normal", "small-caps"], "normal", call)?;
    Ok(LegendLook {
        place: keys.take("legend_loc").map(|value| place(&value)).transpose()?,
        title: keys.take("legend_title").map(|value| math_text(&value.value)),
        columns: keys.count("legend_ncol")?,
        back: colour_named(keys, "legend_back_color")?,
        font: font_size(keys, "legend_font_size")?,
        bold: keys.take("legend_font_weight").map(|weight| is_heavy(&weight)).transpose()?,
        slanted: keys.word("legend_font_style", is_slanted, SLANTS)?,
        shadow: keys.flag("legend_shadow", call)?,
        rounded: keys.flag("legend_fancybox", call)?,
        padding: keys.real("legend_borderpad")?,
        margin: keys.real("legend_borderaxespad")?,
        column_gap: keys.real("legend_columnspacing")?,
        row_gap: keys.real("legend_labelspacing")?,
        key: keys.real("legend_handlelength")?,
        key_gap: keys.real("legend_handletextpad")?,
        marker_scale: keys.real("legend_markerscale")?,
        markers: keys.count("legend_numpoints")?,
    })
}

/// Words for the slant of letters.
pub const SLANTS: &[&str] = &["normal", "italic", "oblique"];

/// Whether a word is that of slanted letters.
pub fn is_slanted(word: &str) -> Option<bool> {
    SLANTS.contains(&word).then_some(word != "normal")
}

/// Takes an option of which figures know one choice only, and says so where another one is made.
///
/// # Errors
/// A word that is no choice at all.
pub fn without_choice(
    keys: &mut Keys,
    name: &'static str,
    words: &[&'static str],
    only: &str,
    call: &mut Call<'_>,
) -> Result<(), Fault> {
    let word = |word: &str| words.iter().find(|known| **known == word).copied();
    if let Some(wanted) = keys.word(name, word, words)?.filter(|word| *word != only) {
        call.note(
            "figure",
            format!("{name}='{wanted}': figures have '{only}' letters only, so that they look the same everywhere"),
        );
    }
    Ok(())
}

fn place(value: &Spanned<Value>) -> Result<LegendPlace, Fault> {
    if value.value.as_str().is_some() {
        return choose(value, "legend_loc", LegendPlace::parse, LegendPlace::NAMES);
    }
    if let Some(number) = value.value.to_integer().and_then(|number| number.to_usize()) {
        let numbered = [0, 3, 1, 7, 9, 10, 4, 6, 8, 2, 5];
        let name = numbered.get(number).and_then(|at| LegendPlace::NAMES.get(*at));
        return name.and_then(|name| LegendPlace::parse(name)).ok_or_else(|| expected("a place for the legend", value));
    }
    reading::pair(value).map(|(x, y)| LegendPlace::At(x, y))
}
