//! PNG: the finished scene painted on plotters' bitmap backend at four times the size, then box-filtered.
//!
//! Shapes become horizontal spans once (`spans.rs`); the page is painted band by band, so that the enlarged bitmap
//! stays in the cache and a figure needs little memory.

use plotters::prelude::BitMapBackend;

use super::spans::{PlottersCanvas, Spans};
use crate::figure::scene::Scene;

/// How many times finer the painted bitmap is, each way.
const FINE: usize = 4;
/// Rows of the finished picture in a band.
const BAND: usize = 16;
/// The largest picture, in pixels.
const MOST: f64 = 100e6;

/// Paints the scene; `dpi` 100 gives a pixel for each CSS pixel.
///
/// # Errors
/// A size that makes no sense, or the encoder's message.
pub fn paint(scene: &Scene, dpi: f64) -> Result<Vec<u8>, String> {
    let kind = if scene.transparent { png::ColorType::Rgba } else { png::ColorType::Rgb };
    let picture = pixels_of(scene, dpi, scene.transparent)?;
    encode(picture.width, picture.height, kind, &picture.bytes)
}

/// A painted picture.
pub(super) struct Pixels {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Three bytes a pixel, row by row.
    pub bytes: Vec<u8>,
}

/// The scene as opaque pixels.
///
/// # Errors
/// A size that makes no sense.
pub(super) fn pixels(scene: &Scene, dpi: f64) -> Result<Pixels, String> {
    pixels_of(scene, dpi, false)
}

fn pixels_of(scene: &Scene, dpi: f64, transparent: bool) -> Result<Pixels, String> {
    let scale = dpi / 100.0;
    let (width, height) = ((scene.width * scale).round(), (scene.height * scale).round());
    if !(width >= 1.0 && height >= 1.0 && width * height <= MOST) {
        return Err(format!("a picture of {width} x {height} pixels can't be painted"));
    }
    let (width, height) = (width as usize, height as usize);
    let spans = Spans::of(scene, scale * FINE as f64, width * FINE, height * FINE);
    let depth = if transparent { 4 } else { 3 };
    let mut bytes = vec![0; width * height * depth];
    let mut bands = Bands::new(width);
    for (index, rows) in bytes.chunks_mut(width * depth * BAND).enumerate() {
        if transparent {
            bands.paint_transparent(&spans, index, rows);
        } else {
            bands.paint(&spans, index, spans.page(), rows);
        }
    }
    Ok(Pixels { width, height, bytes })
}

/// A PNG file from pixels.
///
/// # Errors
/// The encoder's message, when the size doesn't fit the pixels.
pub(super) fn encode(width: usize, height: usize, kind: png::ColorType, pixels: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width as u32, height as u32);
    encoder.set_color(kind);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().map_err(|e| e.to_string())?;
    writer.write_image_data(pixels).map_err(|e| e.to_string())?;
    drop(writer);
    Ok(out)
}

/// The compressed rows of a picture, each behind the number of its filter, as PNG and PDF share them.
///
/// # Errors
/// The encoder's message, when the size doesn't fit the pixels.
#[cfg(feature = "pdf")]
pub(super) fn rows(width: usize, height: usize, pixels: &[u8]) -> Result<Vec<u8>, String> {
    let file = encode(width, height, png::ColorType::Rgb, pixels)?;
    let mut data = Vec::new();
    // Behind the signature, a file is a row of chunks: length, name, content, checksum.
    let mut rest = file.get(8..).unwrap_or_default();
    while let Some((head, tail)) = rest.split_at_checked(8) {
        let length = head.iter().take(4).fold(0, |all, byte| all << 8 | usize::from(*byte));
        let Some((content, after)) = tail.split_at_checked(length) else { break };
        if head.ends_with(b"IDAT") {
            data.extend_from_slice(content);
        }
        rest = after.get(4..).unwrap_or_default();
    }
    Ok(data)
}

/// The enlarged bitmap of one band.
struct Bands {
    width: usize,
    buffer: Vec<u8>,
}

impl Bands {
    fn new(width: usize) -> Self {
        Bands { width, buffer: vec![0; width * FINE * BAND * FINE * 3] }
    }

    /// Paints a band and filters it into rows of three bytes a pixel.
    fn paint(&mut self, spans: &Spans, band: usize, page: (u8, u8, u8), rows: &mut [u8]) {
        let fine_rows = rows.len() / (self.width * 3) * FINE;
        for pixel in self.buffer.chunks_exact_mut(3) {
            pixel.copy_from_slice(&[page.0, page.1, page.2]);
        }
        let size = ((self.width * FINE) as u32, fine_rows as u32);
        let backend = BitMapBackend::with_buffer(&mut self.buffer, size);
        PlottersCanvas::new(backend).draw(spans, (band * BAND * FINE) as i32, fine_rows as i32);
        let stride = self.width * FINE * 3;
        for (j, row) in rows.chunks_exact_mut(self.width * 3).enumerate() {
            let fine = &self.buffer[j * FINE * stride..(j + 1) * FINE * stride];
            filter_row(fine, stride, row);
        }
    }

    /// Paints a band on white and on black; the difference is what shines through.
    fn paint_transparent(&mut self, spans: &Spans, band: usize, rows: &mut [u8]) {
        let mut light = vec![0; rows.len() / 4 * 3];
        let mut dark = light.clone();
        self.paint(spans, band, (255, 255, 255), &mut light);
        self.paint(spans, band, (0, 0, 0), &mut dark);
        let pixels = light.chunks_exact(3).zip(dark.chunks_exact(3));
        for (out, (white, black)) in rows.chunks_exact_mut(4).zip(pixels) {
            let through = white.iter().zip(black).map(|(w, b)| i32::from(*w) - i32::from(*b)).max().unwrap_or(0);
            let alpha = (255 - through).clamp(0, 255);
            for k in 0..3 {
                out[k] = if alpha == 0 { 0 } else { (i32::from(black[k]) * 255 / alpha).clamp(0, 255) as u8 };
            }
            out[3] = alpha as u8;
        }
    }
}

/// Averages blocks of `FINE` by `FINE` pixels.
fn filter_row(fine: &[u8], stride: usize, row: &mut [u8]) {
    let (first, rest) = fine.split_at(stride);
    let (second, rest) = rest.split_at(stride);
    let (third, fourth) = rest.split_at(stride);
    let blocks = first
        .chunks_exact(FINE * 3)
        .zip(second.chunks_exact(FINE * 3))
        .zip(third.chunks_exact(FINE * 3).zip(fourth.chunks_exact(FINE * 3)));
    for (out, ((a, b), (c, d))) in row.chunks_exact_mut(3).zip(blocks) {
        let mut sums = [0_u16; FINE * 3];
        for k in 0..FINE * 3 {
            sums[k] = u16::from(a[k]) + u16::from(b[k]) + u16::from(c[k]) + u16::from(d[k]);
        }
        for k in 0..3 {
            out[k] = ((sums[k] + sums[k + 3] + sums[k + 6] + sums[k + 9] + 8) >> 4) as u8;
        }
    }
}
