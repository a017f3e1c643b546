//! SVG by the contract: plain groups and classes, coordinates with two decimals, deterministic.

use std::fmt::Write;

use super::number;
use crate::figure::colour::{Colour, Theme};
use crate::figure::font::FAMILIES;
use crate::figure::geometry::{Rect, Run};
use crate::figure::scene::{Fill, Item, Label, Panel, Scene, Stroke};

/// The scene as an SVG document.
pub fn write(scene: &Scene) -> String {
    let mut writer = Writer::new(scene.theme);
    writer.document(scene);
    writer.out
}

/// Writes pieces of a scene one after another.
pub(super) struct Writer {
    /// What is written.
    pub out: String,
    theme: Theme,
    clip: usize,
}

/// Writes formatted text; a `String` takes everything.
macro_rules! put {
    ($writer:expr, $($arguments:tt)*) => { let _ = write!($writer.out, $($arguments)*); };
}

/// A coordinate: two decimals.
fn c(value: f64) -> String {
    number(value, 2)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Cells wider than this, in pixels, have sharp edges.
const TABLE: f64 = 3.0;

/// The colours that a page following the reader's screen names as variables.
const ROLES: [(&str, Colour); 13] = [
    ("s0", Colour::Series(0)),
    ("s1", Colour::Series(1)),
    ("s2", Colour::Series(2)),
    ("s3", Colour::Series(3)),
    ("s4", Colour::Series(4)),
    ("s5", Colour::Series(5)),
    ("s6", Colour::Series(6)),
    ("s7", Colour::Series(7)),
    ("text", Colour::Text),
    ("axis", Colour::Axis),
    ("grid", Colour::Grid),
    ("faint", Colour::Faint),
    ("page", Colour::Page),
];

/// The colours of a theme as variables.
pub(super) fn roles(theme: Theme) -> String {
    ROLES.iter().map(|(name, colour)| format!("--{name}:{}", hex(theme, *colour))).collect::<Vec<_>>().join(";")
}

/// What a dark page makes of the fixed colours that a text names as variables.
pub(super) fn lightened(text: &str) -> String {
    let mut named: Vec<&str> = Vec::new();
    for digits in text.split("var(--c").skip(1).filter_map(|rest| rest.get(..6)) {
        if let Err(place) = named.binary_search(&digits) {
            named.insert(place, digits);
        }
    }
    let mut rules = String::new();
    for digits in named {
        if let Some(colour) = Colour::parse(&format!("#{digits}")) {
            let (r, g, b) = Theme::Dark.rgb(colour.lightened());
            let _ = write!(rules, ";--c{digits}:#{r:02x}{g:02x}{b:02x}");
        }
    }
    rules
}

/// The rules that give those variables their colours, in the light and in the dark.
fn variables() -> String {
    let rule = |theme: Theme| format!(".secant-figure{{{}}}", roles(theme));
    format!("{}@media (prefers-color-scheme:dark){{{}}}", rule(Theme::Light), rule(Theme::Dark))
}

fn hex(theme: Theme, colour: Colour) -> String {
    if let (Theme::Auto, Some((name, _))) = (theme, ROLES.iter().find(|role| role.1 == colour)) {
        return format!("var(--{name})");
    }
    let (r, g, b) = theme.rgb(colour);
    if theme == Theme::Auto && colour.lightened() != colour {
        return format!("var(--c{r:02x}{g:02x}{b:02x},#{r:02x}{g:02x}{b:02x})");
    }
    format!("#{r:02x}{g:02x}{b:02x}")
}

impl Writer {
    /// A writer under a theme.
    pub fn new(theme: Theme) -> Writer {
        Writer { out: String::with_capacity(16 * 1024), theme, clip: 0 }
    }

    fn document(&mut self, scene: &Scene) {
        self.head(scene, "");
        for (i, panel) in scene.panels.iter().enumerate() {
            self.panel(i, panel);
        }
        self.end();
    }

    /// The end, with the colours that are other ones in the dark.
    pub fn end(&mut self) {
        let dark = lightened(&self.out);
        if let Some(rules) = dark.strip_prefix(';') {
            put!(self, "<style>@media (prefers-color-scheme:dark){{.secant-figure{{{rules}}}}}</style>\n");
        }
        self.out.push_str("</svg>\n");
    }

    /// Everything up to the first panel; `rules` are put into the style sheet.
    pub fn head(&mut self, scene: &Scene, rules: &str) {
        let (w, h) = (c(scene.width), c(scene.height));
        put!(
            self,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"secant-figure\" data-contract=\"1\" width=\"{w}\" \
             height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\">\n"
        );
        if !scene.title.is_empty() {
            put!(self, "<title>{}</title>\n", escape(&scene.title));
        }
        if !scene.description.is_empty() {
            put!(self, "<desc>{}</desc>\n", escape(&scene.description));
        }
        let page = hex(scene.theme, Colour::Page);
        put!(
            self,
            "<style>{}.secant-figure text{{font-family:{FAMILIES}}}.secant-figure path,.secant-figure circle{{\
             stroke-linecap:round;stroke-linejoin:round}}.secant-figure .i{{font-style:italic}}.secant-figure .halo{{\
             paint-order:stroke;stroke:{page};stroke-width:3px;stroke-linejoin:round}}{rules}</style>\n",
            if scene.theme == Theme::Auto { variables() } else { String::new() }
        );
        self.out.push_str("<defs>");
        for (i, panel) in scene.panels.iter().enumerate() {
            put!(self, "<clipPath id=\"box{}\"><rect {}/></clipPath>", i + 1, rect_attributes(&panel.plot_box));
        }
        self.out.push_str("</defs>\n");
        if !scene.transparent {
            put!(self, "<rect class=\"page\" width=\"{w}\" height=\"{h}\" fill=\"{page}\"/>\n");
        }
    }

    /// Opens the group of a panel.
    pub fn open_panel(&mut self, index: usize, panel: &Panel) {
        self.clip = index + 1;
        let scale = |log: bool| if log { "log" } else { "linear" };
        let [x0, x1, y0, y1] = panel.data;
        put!(self, "<g class=\"axes\" id=\"ax{}\">\n", self.clip);
        put!(
            self,
            "<rect class=\"plot-box\" {} data-xmin=\"{x0:?}\" data-xmax=\"{x1:?}\" data-ymin=\"{y0:?}\" \
             data-ymax=\"{y1:?}\" data-scale=\"{} {}\" fill=\"none\"/>\n",
            rect_attributes(&panel.plot_box),
            scale(panel.log.0),
            scale(panel.log.1)
        );
    }

    fn panel(&mut self, index: usize, panel: &Panel) {
        self.open_panel(index, panel);
        self.items(&panel.items);
        self.out.push_str("</g>\n");
        if !panel.legend.is_empty() {
            self.out.push_str("<g class=\"legend\">\n");
            self.items(&panel.legend);
            self.out.push_str("</g>\n");
        }
    }

    /// Writes items in order.
    pub fn items(&mut self, items: &[Item]) {
        for item in items {
            self.item(item);
        }
    }

    /// Writes one item.
    pub fn item(&mut self, item: &Item) {
        match item {
            Item::Group { class, attributes, items } => {
                put!(self, "<g class=\"{class}\"");
                for (name, value) in attributes {
                    put!(self, " {name}=\"{}\"", escape(value));
                }
                self.out.push_str(">\n");
                self.items(items);
                self.out.push_str("</g>\n");
            }
            Item::Path { runs, closed, stroke, fill, clipped } => {
                self.out.push_str("<path d=\"");
                for run in runs {
                    self.run(run, *closed);
                }
                self.out.push('"');
                self.paint(stroke.as_ref(), *fill);
                if *clipped && stroke.is_some() {
                    put!(self, " clip-path=\"url(#box{})\"", self.clip);
                }
                self.out.push_str("/>\n");
            }
            Item::Disc { class, centre, radius, stroke, fill } => {
                self.out.push_str("<circle");
                if !class.is_empty() {
                    put!(self, " class=\"{class}\"");
                }
                put!(self, " cx=\"{}\" cy=\"{}\" r=\"{}\"", c(centre.x), c(centre.y), c(*radius));
                self.paint(stroke.as_ref(), *fill);
                self.out.push_str("/>\n");
            }
            Item::Text(label) => self.label(label),
            Item::Cells { rect, columns, colours, alpha } => self.cells(rect, *columns, colours, *alpha),
        }
    }

    fn run(&mut self, run: &Run, closed: bool) {
        for (i, p) in run.iter().enumerate() {
            let sign = match i {
                0 => "M",
                1 => "L",
                _ => " ",
            };
            put!(self, "{sign}{},{}", c(p.x), c(p.y));
        }
        if closed {
            self.out.push('Z');
        }
    }

    /// A colour as it is written.
    pub fn colour(&self, colour: Colour) -> String {
        hex(self.theme, colour)
    }

    /// The attributes of outline and inside.
    pub fn paint(&mut self, stroke: Option<&Stroke>, fill: Option<Fill>) {
        match fill {
            Some(fill) => {
                put!(self, " fill=\"{}\"", hex(self.theme, fill.colour));
                if fill.alpha < 1.0 {
                    put!(self, " fill-opacity=\"{}\"", number(fill.alpha, 3));
                }
            }
            None => self.out.push_str(" fill=\"none\""),
        }
        if let Some(stroke) = stroke {
            put!(self, " stroke=\"{}\" stroke-width=\"{}\"", hex(self.theme, stroke.colour), c(stroke.width));
            if stroke.alpha < 1.0 {
                put!(self, " stroke-opacity=\"{}\"", number(stroke.alpha, 3));
            }
            if !stroke.dash.is_empty() {
                let lengths: Vec<String> = stroke.dash.iter().map(|d| c(*d)).collect();
                put!(self, " stroke-dasharray=\"{}\" stroke-linecap=\"butt\"", lengths.join(" "));
            }
        }
    }

    fn label(&mut self, label: &Label) {
        let origin = label.origin;
        let colour = hex(self.theme, label.colour);
        let halo = if label.halo && !label.laid.bold { " class=\"halo\"" } else { "" };
        put!(self, "<text{halo} fill=\"{colour}\"");
        if label.alpha < 1.0 {
            put!(self, " fill-opacity=\"{}\"", number(label.alpha, 3));
        }
        if label.laid.bold {
            put!(self, " stroke=\"{colour}\" stroke-width=\"{}\"", c(label.laid.weight()));
        }
        if label.rotation != 0.0 {
            let (angle, x, y) = (number(-label.rotation, 2), c(origin.x), c(origin.y));
            put!(self, " transform=\"rotate({angle} {x} {y})\"");
        }
        if let [run] = label.laid.runs.as_slice() {
            let class = if run.italic { " font-style=\"italic\"" } else { "" };
            let (x, y, size) = (c(origin.x + run.x), c(origin.y + run.y), c(run.size));
            put!(self, " x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{class}>{}</text>\n", escape(&run.text));
        } else {
            self.out.push('>');
            for run in &label.laid.runs {
                let class = if run.italic { " class=\"i\"" } else { "" };
                let (x, y, size) = (c(origin.x + run.x), c(origin.y + run.y), c(run.size));
                put!(self, "<tspan{class} x=\"{x}\" y=\"{y}\" font-size=\"{size}\">{}</tspan>", escape(&run.text));
            }
            self.out.push_str("</text>\n");
        }
        for [left, right, top, thickness] in &label.laid.bars {
            let y = c(origin.y + top);
            put!(self, "<path d=\"M{},{y}H{}\"", c(origin.x + left), c(origin.x + right));
            put!(self, " stroke=\"{colour}\" stroke-width=\"{}\" fill=\"none\"/>\n", c(*thickness));
        }
    }

    /// A lattice of colours is a picture inside the picture.
    fn cells(&mut self, rect: &Rect, columns: usize, colours: &[Colour], alpha: f64) {
        let rows = colours.len() / columns.max(1);
        let bytes: Vec<u8> = colours
            .iter()
            .flat_map(|colour| {
                let (r, g, b) = self.theme.rgb(*colour);
                [r, g, b]
            })
            .collect();
        // Encoding into memory fails only for a size that doesn't fit the bytes.
        let Ok(file) = super::png::encode(columns, rows, png::ColorType::Rgb, &bytes) else { return };
        put!(self, "<image {} preserveAspectRatio=\"none\"", rect_attributes(rect));
        // The cells of a table are seen one by one; those of a density melt into each other.
        if rect.width() > TABLE * columns as f64 {
            self.out.push_str(" style=\"image-rendering:pixelated\"");
        }
        if alpha < 1.0 {
            put!(self, " opacity=\"{}\"", number(alpha, 3));
        }
        put!(self, " href=\"data:image/png;base64,{}\"/>\n", base64(&file));
    }
}

/// Bytes in base 64 (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let word = byte(0) << 16 | byte(1) << 8 | byte(2);
        for k in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * k) & 63) as usize];
            out.push(if k > chunk.len() { '=' } else { digit as char });
        }
    }
    out
}

fn rect_attributes(rect: &Rect) -> String {
    format!(
        "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
        c(rect.left),
        c(rect.top),
        c(rect.width()),
        c(rect.height())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_pads() {
        assert_eq!(base64(b"Man"), "TWFu");
        assert_eq!(base64(b"Ma"), "TWE=");
        assert_eq!(base64(b"M"), "TQ==");
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("a<b & \"c\""), "a&lt;b &amp; &quot;c&quot;");
    }
}
