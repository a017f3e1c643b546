//! Animated GIF: one global palette, and of every frame only the rectangle that changed.
//!
//! The palette is cut from the colours of all frames by medians (Heckbert 1982); the commonest colours are kept as
//! they are, so that the page stays exactly the page. Everything is ordered, so the same frames give the same bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use gif::{DisposalMethod, Encoder, Frame, Repeat};

use super::png;
use crate::budget::Budget;
use crate::figure::animation::Timing;
use crate::figure::graphics::FigureError;
use crate::figure::scene::Scene;

/// Colours of line drawings; enough for the shades between a few inks and the page.
const FEW: usize = 63;
/// Colours of everything else; the last place of the palette means "as before".
const MANY: usize = 255;
/// How many of the commonest colours are kept exactly.
const EXACT: usize = 16;
/// The most pixels of all frames together.
const MOST: usize = 400_000_000;

type Rgb = [u8; 3];

/// The frames as a GIF file.
///
/// # Errors
/// A size that makes no sense, or an exhausted budget.
pub fn write(scenes: &[Scene], timing: Timing, dpi: f64, budget: &Budget) -> Result<Vec<u8>, FigureError> {
    let refuse = |message: String| FigureError::Unpaintable(message);
    let frames = paint(scenes, dpi, budget)?;
    let Some(first) = frames.first() else { return Err(refuse("an animation without frames can't be drawn".into())) };
    let size = (first.width, first.height);
    let (Ok(width), Ok(height)) = (u16::try_from(size.0), u16::try_from(size.1)) else {
        return Err(refuse(format!("a GIF of {} x {} pixels can't be written", size.0, size.1)));
    };
    let palette = Palette::of(&frames);
    let mut out = Vec::new();
    let failed = |error: gif::EncodingError| refuse(error.to_string());
    let mut encoder = Encoder::new(&mut out, width, height, &palette.bytes()).map_err(failed)?;
    let repeat = match timing.iterations {
        0 => Some(Repeat::Infinite),
        1 => None,
        n => Some(Repeat::Finite(u16::try_from(n - 1).unwrap_or(u16::MAX))),
    };
    repeat.map_or(Ok(()), |repeat| encoder.set_repeat(repeat)).map_err(failed)?;
    let mut before: Option<Vec<u8>> = None;
    for (k, frame) in frames.iter().enumerate() {
        budget.check()?;
        let indices = palette.indices(frame);
        let delay = if k + 1 == frames.len() && k > 0 { timing.last_delay() } else { timing.delay };
        let part = changed(before.as_deref(), &indices, size, palette.transparent());
        let delay = u16::try_from(delay).unwrap_or(u16::MAX);
        encoder.write_frame(&Frame { delay, ..part }).map_err(failed)?;
        before = Some(indices);
    }
    drop(encoder);
    Ok(out)
}

/// Paints all frames, on all processors.
fn paint(scenes: &[Scene], dpi: f64, budget: &Budget) -> Result<Vec<png::Pixels>, FigureError> {
    let pixels = scenes.iter().map(|s| (s.width * s.height * (dpi / 100.0).powi(2)) as usize).sum::<usize>();
    if pixels > MOST {
        let message = format!("{} frames of that size are too many pixels: lower `dpi` or `figsize`", scenes.len());
        return Err(FigureError::Unpaintable(message));
    }
    budget.reserve(pixels * 3)?;
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let mut frames = Vec::with_capacity(scenes.len());
    for group in scenes.chunks(workers) {
        budget.check()?;
        let painted: Vec<Result<png::Pixels, String>> = std::thread::scope(|scope| {
            let handles: Vec<_> = group.iter().map(|scene| scope.spawn(move || png::pixels(scene, dpi))).collect();
            let failed = |_| Err("a frame could not be painted".to_string());
            handles.into_iter().map(|handle| handle.join().unwrap_or_else(failed)).collect()
        });
        for frame in painted {
            frames.push(frame.map_err(FigureError::Unpaintable)?);
        }
    }
    Ok(frames)
}

/// The smallest rectangle that holds every change, what did not change inside left transparent.
fn changed<'a>(before: Option<&[u8]>, now: &[u8], size: (usize, usize), transparent: u8) -> Frame<'a> {
    let (width, height) = size;
    let frame = |left: usize, top: usize, w: usize, h: usize, buffer: Vec<u8>| Frame {
        left: left as u16,
        top: top as u16,
        width: w as u16,
        height: h as u16,
        buffer: Cow::Owned(buffer),
        transparent: before.map(|_| transparent),
        dispose: DisposalMethod::Keep,
        ..Frame::default()
    };
    let Some(before) = before else { return frame(0, 0, width, height, now.to_vec()) };
    let differs = |i: usize| before[i] != now[i];
    let rows: Vec<usize> = (0..height).filter(|y| (0..width).any(|x| differs(y * width + x))).collect();
    let (Some(&top), Some(&bottom)) = (rows.first(), rows.last()) else {
        return frame(0, 0, 1, 1, vec![transparent]);
    };
    let in_column = |x: &usize| (top..=bottom).any(|y| differs(y * width + x));
    let left = (0..width).find(in_column).unwrap_or(0);
    let right = (0..width).rfind(in_column).unwrap_or(width - 1);
    let pixel = |x: usize, y: usize| if differs(y * width + x) { now[y * width + x] } else { transparent };
    let buffer = (top..=bottom).flat_map(|y| (left..=right).map(move |x| (x, y))).map(|(x, y)| pixel(x, y)).collect();
    frame(left, top, right - left + 1, bottom - top + 1, buffer)
}

/// The colours of all frames.
struct Palette {
    colours: Vec<Rgb>,
    /// The place of each colour that occurs.
    places: BTreeMap<Rgb, u8>,
}

impl Palette {
    fn of(frames: &[png::Pixels]) -> Palette {
        let mut counts: BTreeMap<Rgb, usize> = BTreeMap::new();
        let mut run: (Rgb, usize) = ([0; 3], 0);
        for pixel in frames.iter().flat_map(|frame| frame.bytes.as_chunks::<3>().0) {
            if *pixel == run.0 {
                run.1 += 1;
            } else {
                *counts.entry(run.0).or_default() += run.1;
                run = (*pixel, 1);
            }
        }
        *counts.entry(run.0).or_default() += run.1;
        counts.retain(|_, count| *count > 0);
        let mut common: Vec<(Rgb, usize)> = counts.iter().map(|(colour, count)| (*colour, *count)).collect();
        common.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
        let total: usize = common.iter().map(|entry| entry.1).sum();
        let frequent = common.iter().filter(|entry| entry.1 * 4000 > total).count();
        let room = if frequent > FEW { MANY } else { FEW };
        let mut colours: Vec<Rgb> = common.iter().take(EXACT.min(room)).map(|entry| entry.0).collect();
        colours.extend(cut(common.split_off(EXACT.min(common.len())), room - colours.len()));
        let places = counts.keys().map(|colour| (*colour, nearest(&colours, *colour))).collect();
        Palette { colours, places }
    }

    /// The palette as GIF wants it; the place behind the last colour is the transparent one.
    fn bytes(&self) -> Vec<u8> {
        self.colours.iter().flatten().copied().chain([0, 0, 0]).collect()
    }

    fn transparent(&self) -> u8 {
        self.colours.len() as u8
    }

    fn indices(&self, frame: &png::Pixels) -> Vec<u8> {
        let mut last = ([0; 3], self.places.get(&[0; 3]).copied().unwrap_or(0));
        let place = |pixel: &Rgb| {
            if *pixel != last.0 {
                last = (*pixel, self.places.get(pixel).copied().unwrap_or(0));
            }
            last.1
        };
        frame.bytes.as_chunks::<3>().0.iter().map(place).collect()
    }
}

/// Cuts weighted colours into boxes along their longest side, at the median; answers the mean colour of each box.
fn cut(colours: Vec<(Rgb, usize)>, room: usize) -> Vec<Rgb> {
    let mut boxes = if colours.is_empty() { Vec::new() } else { vec![colours] };
    while boxes.len() < room {
        let spread = |cell: &[(Rgb, usize)]| {
            let side = |k: usize| {
                let values = cell.iter().map(|entry| entry.0[k]);
                values.clone().max().unwrap_or(0) - values.min().unwrap_or(0)
            };
            let longest = (0..3).max_by_key(|k| side(*k)).unwrap_or(0);
            (side(longest), longest)
        };
        let widest = boxes.iter().enumerate().map(|(i, cell)| (spread(cell), i)).max_by_key(|entry| entry.0.0);
        let Some(((1.., axis), index)) = widest else { break };
        let mut cell = boxes.swap_remove(index);
        cell.sort_by_key(|entry| (entry.0[axis], entry.0));
        let half = cell.iter().map(|entry| entry.1).sum::<usize>() / 2;
        let mut sum = 0;
        let median = cell.iter().position(|entry| {
            sum += entry.1;
            sum >= half
        });
        let at = (median.unwrap_or(0) + 1).clamp(1, cell.len() - 1);
        let upper = cell.split_off(at);
        boxes.push(cell);
        boxes.push(upper);
    }
    boxes.iter().map(|cell| mean(cell)).collect()
}

fn mean(cell: &[(Rgb, usize)]) -> Rgb {
    let total = cell.iter().map(|entry| entry.1).sum::<usize>().max(1);
    [0, 1, 2].map(|k| (cell.iter().map(|entry| usize::from(entry.0[k]) * entry.1).sum::<usize>() / total) as u8)
}

fn nearest(colours: &[Rgb], wanted: Rgb) -> u8 {
    let distance =
        |colour: &Rgb| -> i32 { colour.iter().zip(wanted).map(|(a, b)| (i32::from(*a) - i32::from(b)).pow(2)).sum() };
    colours.iter().enumerate().min_by_key(|(_, colour)| distance(colour)).map_or(0, |(i, _)| i as u8)
}
