//! Animated GIF: one global palette, and of every frame only the rectangle that changed.
//!
//! Everything is ordered, so the same frames give the same bytes.

use std::borrow::Cow;

use gif::{DisposalMethod, Encoder, Frame, Repeat};

use super::palette::Palette;
use super::png;
use crate::budget::Budget;
use crate::figure::animation::Timing;
use crate::figure::graphics::FigureError;
use crate::figure::scene::Scene;

/// The most pixels of all frames together.
const MOST: usize = 400_000_000;

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
