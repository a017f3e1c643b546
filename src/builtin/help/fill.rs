//! Text in lines that fit a terminal.

/// How wide pages are.
pub(super) const WIDTH: usize = 80;

/// Words with commas between them, in lines of the page's width.
pub(super) fn listed(indent: &str, words: &[String]) -> String {
    let last = words.len().saturating_sub(1);
    let pieces: Vec<String> =
        words.iter().enumerate().map(|(k, word)| if k < last { format!("{word},") } else { word.clone() }).collect();
    broken(indent, indent, pieces.iter().map(String::as_str))
}

/// A documentation text as a terminal shows it: examples indented instead of fenced, paragraphs filled.
pub(super) fn displayed(text: &str) -> String {
    let mut out = String::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        let fence = line.trim_start().starts_with("```");
        let continued = line.starts_with("  ") && paragraph.first().is_some_and(|line| line.starts_with("- "));
        let prose = !inside && !fence && !line.trim().is_empty() && (continued || !line.starts_with([' ', '|']));
        let item = line.starts_with("- ");
        if !prose || item {
            out += &filled(&paragraph);
            paragraph.clear();
        }
        match () {
            () if prose => paragraph.push(line),
            () if fence => inside = !inside,
            () => out.extend([if inside && !line.is_empty() { "    " } else { "" }, line, "\n"]),
        }
    }
    out + &filled(&paragraph)
}

/// A paragraph, or an item of a list, in lines of the page's width; one that fits stays as it was written.
fn filled(lines: &[&str]) -> String {
    if lines.iter().all(|line| line.chars().count() <= WIDTH) {
        return lines.iter().map(|line| format!("{line}\n")).collect();
    }
    let hanging = if lines.first().is_some_and(|line| line.starts_with("- ")) { "  " } else { "" };
    broken("", hanging, lines.iter().flat_map(|line| line.split_whitespace()))
}

/// Words broken into lines, the first and the later ones with these indentations.
fn broken<'w>(first: &str, later: &str, words: impl Iterator<Item = &'w str>) -> String {
    let mut out = String::new();
    let mut line = first.to_string();
    let mut begun = false;
    for word in words {
        if begun && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.extend([line.as_str(), "\n"]);
            line = later.to_string();
            begun = false;
        }
        if begun {
            line.push(' ');
        }
        line.push_str(word);
        begun = true;
    }
    if begun {
        out.extend([line.as_str(), "\n"]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_filled_and_examples_are_not() {
        let long = "word ".repeat(30);
        let text = format!(
            "{long}\nmore\n\n- an item\n  of two lines\n- another\n\n```calc\n1 + 1   # => 2\n```\nSee also: `x`."
        );
        let shown = displayed(&text);
        assert!(shown.lines().all(|line| line.chars().count() <= WIDTH), "{shown}");
        assert!(
            shown.contains("word more\n\n- an item\n  of two lines\n- another\n\n    1 + 1   # => 2\nSee also: `x`.\n")
        );
        assert_eq!(listed("  ", &["a".to_string(), "b".to_string()]), "  a, b\n");
    }
}
