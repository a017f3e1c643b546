//! PDF: the finished scene as vector strokes and selectable text, with the figures' own font embedded.
//!
//! Pixels are hundredths of an inch, so a page of 640 pixels is 6.4 inches wide. Nothing in the file depends on time or place.

use pdf_writer::types::{
    CidFontType, FontFlags, LineCapStyle, LineJoinStyle, Predictor, SystemInfo, TextRenderingMode, UnicodeCmap,
};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect as PageRect, Ref, Str, TextStr};

use super::png;
use crate::figure::colour::{Colour, Theme};
use crate::figure::font;
use crate::figure::geometry::{Point, Rect, Run};
use crate::figure::scene::{Fill, Item, Label, Panel, Scene, Stroke};

/// Points (of 72 an inch) to a pixel.
const POINT: f32 = 0.72;
const FONT: Name<'static> = Name(b"F");
const FONT_NAME: Name<'static> = Name(b"DejaVuSans");
const SYSTEM: SystemInfo<'static> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// The scene as a PDF document of one page.
pub fn write(scene: &Scene) -> Vec<u8> {
    let mut writer = Writer::new(scene.theme);
    writer.page(scene);
    writer.finish(scene)
}

/// The numbers of the objects that every file has.
struct Numbers {
    next: i32,
}

impl Numbers {
    fn take(&mut self) -> Ref {
        self.next += 1;
        Ref::new(self.next)
    }
}

/// A picture of coloured cells: its size and its compressed rows.
struct Picture {
    columns: usize,
    rows: usize,
    data: Vec<u8>,
}

struct Writer {
    theme: Theme,
    content: Content,
    /// Letters used, by glyph.
    letters: Vec<(u16, char)>,
    /// Opacities used, in thousandths.
    alphas: Vec<u16>,
    pictures: Vec<Picture>,
    clip: Rect,
}

impl Writer {
    fn new(theme: Theme) -> Writer {
        let clip = Rect::new(0.0, 0.0, 0.0, 0.0);
        let (letters, alphas, pictures) = (Vec::new(), Vec::new(), Vec::new());
        Writer { theme, content: Content::new(), letters, alphas, pictures, clip }
    }

    fn page(&mut self, scene: &Scene) {
        let height = scene.height as f32 * POINT;
        self.content.transform([POINT, 0.0, 0.0, -POINT, 0.0, height]);
        self.content.set_line_join(LineJoinStyle::RoundJoin);
        if !scene.transparent {
            self.fill_colour(Colour::Page);
            self.content.rect(0.0, 0.0, scene.width as f32, scene.height as f32).fill_nonzero();
        }
        for panel in &scene.panels {
            self.panel(panel);
        }
    }

    fn panel(&mut self, panel: &Panel) {
        self.clip = panel.plot_box;
        self.items(&panel.items);
        self.items(&panel.legend);
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Group { items, .. } => self.items(items),
                Item::Path { runs, closed, stroke, fill, clipped } => {
                    let clip = clipped.then_some(self.clip);
                    self.path(runs, *closed, stroke.as_ref(), *fill, clip);
                }
                Item::Disc { centre, radius, stroke, fill, .. } => self.disc(*centre, *radius, stroke.as_ref(), *fill),
                Item::Text(label) => self.label(label),
                Item::Cells { rect, columns, colours, alpha } => self.cells(rect, *columns, colours, *alpha),
            }
        }
    }

    fn rgb(&self, colour: Colour) -> [f32; 3] {
        let (r, g, b) = self.theme.rgb(colour);
        [r, g, b].map(|part| f32::from(part) / 255.0)
    }

    fn fill_colour(&mut self, colour: Colour) {
        let [r, g, b] = self.rgb(colour);
        self.content.set_fill_rgb(r, g, b);
    }

    fn opacity(&mut self, alpha: f64) {
        let thousandths = (alpha.clamp(0.0, 1.0) * 1000.0).round() as u16;
        if !self.alphas.contains(&thousandths) {
            self.alphas.push(thousandths);
        }
        self.content.set_parameters(Name(alpha_name(thousandths).as_bytes()));
    }

    /// Fills, then strokes; each in a state of its own, since their opacities may differ.
    fn path(&mut self, runs: &[Run], closed: bool, stroke: Option<&Stroke>, fill: Option<Fill>, clip: Option<Rect>) {
        if let Some(fill) = fill {
            self.content.save_state();
            self.opacity(fill.alpha);
            self.fill_colour(fill.colour);
            self.outline(runs, true);
            self.content.fill_nonzero().restore_state();
        }
        if let Some(stroke) = stroke {
            self.content.save_state();
            if let Some(clip) = clip {
                let (x, y, w, h) = (clip.left as f32, clip.top as f32, clip.width() as f32, clip.height() as f32);
                self.content.rect(x, y, w, h).clip_nonzero().end_path();
            }
            self.pen(stroke);
            self.outline(runs, closed);
            self.content.stroke().restore_state();
        }
    }

    fn pen(&mut self, stroke: &Stroke) {
        self.opacity(stroke.alpha);
        let [r, g, b] = self.rgb(stroke.colour);
        self.content.set_stroke_rgb(r, g, b).set_line_width(stroke.width as f32);
        if stroke.dash.is_empty() {
            self.content.set_line_cap(LineCapStyle::RoundCap);
        } else {
            self.content.set_line_cap(LineCapStyle::ButtCap);
            self.content.set_dash_pattern(stroke.dash.iter().map(|length| *length as f32), 0.0);
        }
    }

    fn outline(&mut self, runs: &[Run], closed: bool) {
        for run in runs {
            for (k, p) in run.iter().enumerate() {
                let (x, y) = (hundredths(p.x), hundredths(p.y));
                if k == 0 {
                    self.content.move_to(x, y)
                } else {
                    self.content.line_to(x, y)
                };
            }
            if closed {
                self.content.close_path();
            }
        }
    }

    fn disc(&mut self, centre: Point, radius: f64, stroke: Option<&Stroke>, fill: Option<Fill>) {
        if let Some(fill) = fill {
            self.content.save_state();
            self.opacity(fill.alpha);
            self.fill_colour(fill.colour);
            self.circle(centre, radius);
            self.content.fill_nonzero().restore_state();
        }
        if let Some(stroke) = stroke {
            self.content.save_state();
            self.pen(stroke);
            self.circle(centre, radius);
            self.content.stroke().restore_state();
        }
    }

    /// Four cubic arcs, off by less than a thousandth of the radius.
    fn circle(&mut self, centre: Point, radius: f64) {
        const HANDLE: f64 = 0.552_284_75;
        let at = |x: f64, y: f64| (hundredths(centre.x + x * radius), hundredths(centre.y + y * radius));
        let start = at(1.0, 0.0);
        self.content.move_to(start.0, start.1);
        for (c, s) in [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)] {
            let (a, b) = (at(c - s * HANDLE, s + c * HANDLE), at(c * HANDLE - s, s * HANDLE + c));
            let end = at(-s, c);
            self.content.cubic_to(a.0, a.1, b.0, b.1, end.0, end.1);
        }
        self.content.close_path();
    }

    fn label(&mut self, label: &Label) {
        let turn = label.rotation.to_radians();
        let (sin, cos) = (pxfm::f_sin(turn), pxfm::f_cos(turn));
        let place = |x: f64, y: f64| {
            let origin = label.origin;
            Point::new(origin.x + x * cos + y * sin, origin.y - x * sin + y * cos)
        };
        self.content.save_state();
        self.opacity(label.alpha);
        if label.halo {
            self.halo(label, &place);
        }
        self.fill_colour(label.colour);
        self.content.begin_text();
        if label.laid.bold {
            let [r, g, b] = self.rgb(label.colour);
            self.content.set_stroke_rgb(r, g, b).set_line_width(label.laid.weight() as f32);
            self.content.set_text_rendering_mode(TextRenderingMode::FillStroke);
        }
        for run in &label.laid.runs {
            let at = place(run.x, run.y);
            let lean = if run.italic { font::SLANT } else { 0.0 };
            let size = run.size;
            let (across, up) = ((size * cos, -size * sin), (-size * sin, -size * cos));
            let up = (up.0 + lean * across.0, up.1 + lean * across.1);
            let matrix = [across.0, across.1, up.0, up.1, at.x, at.y].map(|part| part as f32);
            self.content.set_font(FONT, 1.0).set_text_matrix(matrix);
            let glyphs = self.glyphs(&run.text);
            self.content.show(Str(&glyphs));
        }
        self.content.end_text();
        self.content.restore_state();
        for [left, right, top, thickness] in &label.laid.bars {
            let stroke = Stroke { alpha: label.alpha, ..Stroke::solid(label.colour, *thickness) };
            self.path(&[vec![place(*left, *top), place(*right, *top)]], false, Some(&stroke), None, None);
        }
    }

    /// The letters' outlines stroked in the colour of the page, under the letters.
    fn halo(&mut self, label: &Label, place: &impl Fn(f64, f64) -> Point) {
        let [r, g, b] = self.rgb(Colour::Page);
        self.content.set_stroke_rgb(r, g, b).set_line_width(3.0);
        for run in &label.laid.runs {
            let outline = font::outline(&run.text, run.italic, run.size);
            let runs: Vec<Run> = outline
                .iter()
                .map(|contour| contour.iter().map(|p| place(run.x + p.x, run.y + p.y)).collect())
                .collect();
            self.outline(&runs, true);
        }
        self.content.stroke();
    }

    /// Two bytes a letter: its number in the font.
    fn glyphs(&mut self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(2 * text.len());
        for letter in text.chars() {
            let glyph = font::glyph(letter);
            if let Err(place) = self.letters.binary_search(&(glyph, letter)) {
                self.letters.insert(place, (glyph, letter));
            }
            bytes.extend(glyph.to_be_bytes());
        }
        bytes
    }

    fn cells(&mut self, rect: &Rect, columns: usize, colours: &[Colour], alpha: f64) {
        let rows = colours.len() / columns.max(1);
        let pixels: Vec<u8> = colours.iter().flat_map(|colour| <[u8; 3]>::from(self.theme.rgb(*colour))).collect();
        // Encoding into memory fails only for a size that doesn't fit the bytes.
        let Ok(data) = png::rows(columns, rows, &pixels) else { return };
        let name = picture_name(self.pictures.len());
        self.pictures.push(Picture { columns, rows, data });
        self.content.save_state();
        self.opacity(alpha);
        // A picture fills the unit square, its first row on top.
        let (w, h) = (rect.width() as f32, rect.height() as f32);
        self.content.transform([w, 0.0, 0.0, -h, rect.left as f32, rect.bottom as f32]);
        self.content.x_object(Name(name.as_bytes())).restore_state();
    }

    fn finish(self, scene: &Scene) -> Vec<u8> {
        let mut pdf = Pdf::new();
        let mut numbers = Numbers { next: 0 };
        let [catalog, tree, page_id, content, info] = std::array::from_fn(|_| numbers.take());
        let font = numbers.take();
        let pictures: Vec<Ref> = self.pictures.iter().map(|_| numbers.take()).collect();
        pdf.catalog(catalog).pages(tree);
        pdf.pages(tree).kids([page_id]).count(1);
        pdf.document_info(info).title(TextStr(&scene.title)).subject(TextStr(&scene.description));
        let mut page = pdf.page(page_id);
        page.media_box(PageRect::new(0.0, 0.0, scene.width as f32 * POINT, scene.height as f32 * POINT));
        page.parent(tree).contents(content);
        let mut resources = page.resources();
        resources.fonts().pair(FONT, font);
        let mut states = resources.ext_g_states();
        for thousandths in &self.alphas {
            let alpha = f32::from(*thousandths) / 1000.0;
            let name = alpha_name(*thousandths);
            let mut state = states.insert(Name(name.as_bytes())).start::<pdf_writer::writers::ExtGraphicsState>();
            state.non_stroking_alpha(alpha).stroking_alpha(alpha);
        }
        states.finish();
        let mut objects = resources.x_objects();
        for (k, id) in pictures.iter().enumerate() {
            objects.pair(Name(picture_name(k).as_bytes()), *id);
        }
        objects.finish();
        resources.finish();
        page.finish();
        pdf.stream(content, &self.content.finish());
        embed(&mut pdf, font, &self.letters, &mut numbers);
        for (id, picture) in pictures.into_iter().zip(&self.pictures) {
            let mut image = pdf.image_xobject(id, &picture.data);
            image.filter(Filter::FlateDecode);
            image.width(picture.columns as i32).height(picture.rows as i32);
            image.color_space().device_rgb();
            image.bits_per_component(8);
            let mut rows = image.decode_parms();
            rows.predictor(Predictor::PngOptimum).colors(3).columns(picture.columns as i32);
        }
        pdf.finish()
    }
}

/// Embeds the figures' font, with the widths and the meaning of the letters used.
fn embed(pdf: &mut Pdf, font_id: Ref, letters: &[(u16, char)], numbers: &mut Numbers) {
    let [cid, descriptor, file, cmap_id] = std::array::from_fn(|_| numbers.take());
    let mut outer = pdf.type0_font(font_id);
    outer.base_font(FONT_NAME).encoding_predefined(Name(b"Identity-H"));
    outer.descendant_font(cid).to_unicode(cmap_id);
    outer.finish();
    let mut inner = pdf.cid_font(cid);
    inner.subtype(CidFontType::Type2).base_font(FONT_NAME).system_info(SYSTEM).font_descriptor(descriptor);
    inner.cid_to_gid_map_predefined(Name(b"Identity")).default_width(0.0);
    let mut widths = inner.widths();
    for (glyph, letter) in letters {
        let width = font::advance(letter.encode_utf8(&mut [0; 4])) * 1000.0;
        widths.consecutive(*glyph, [width as f32]);
    }
    widths.finish();
    inner.finish();
    let mut about = pdf.font_descriptor(descriptor);
    about.name(FONT_NAME).flags(FontFlags::SYMBOLIC).bbox(PageRect::new(-1021.0, -463.0, 1793.0, 1232.0));
    about.italic_angle(0.0).ascent(928.0).descent(-236.0).cap_height(729.0).stem_v(80.0).font_file2(file);
    about.finish();
    pdf.stream(file, &font::BYTES).pair(Name(b"Length1"), font::BYTES.len() as i32);
    let mut cmap = UnicodeCmap::new(Name(b"Custom"), SYSTEM);
    letters.iter().for_each(|(glyph, letter)| cmap.pair(*glyph, *letter));
    pdf.cmap(cmap_id, &cmap.finish());
}

fn alpha_name(thousandths: u16) -> String {
    format!("A{thousandths}")
}

fn picture_name(number: usize) -> String {
    format!("I{number}")
}

/// A coordinate with two decimals.
fn hundredths(value: f64) -> f32 {
    ((value * 100.0).round() / 100.0) as f32
}

#[cfg(test)]
mod tests {
    use crate::budget::Budget;
    use crate::figure::Graphics;
    use crate::figure::fixture::{plane, real};
    use crate::figure::function::Range;
    use crate::figure::primitive::{DensityPlot, FunctionPlot};
    use crate::figure::style::Style;

    #[test]
    fn a_page_holds_strokes_text_and_pictures() {
        let unit = Range::new(-1.0, 1.0);
        let curve = Graphics::of(FunctionPlot::new(real("x^2"), unit, Style::default()));
        let bytes = curve.to_pdf(&Budget::unlimited()).expect("no limit");
        assert!(bytes.starts_with(b"%PDF-") && bytes.len() < 80_000);
        assert_eq!(bytes, curve.to_pdf(&Budget::unlimited()).expect("no limit"));
        let density = Graphics::of(DensityPlot::new(plane("x*y"), unit, unit, Style::default()));
        let bytes = density.to_pdf(&Budget::unlimited()).expect("no limit");
        assert!(bytes.windows(12).any(|part| part == b"/FlateDecode"));
    }
}
