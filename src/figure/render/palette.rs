//! A palette for pictures, cut from their colours by medians (Heckbert 1982); the commonest colours are kept as they are,
//! so that the page stays exactly the page.

use std::collections::HashMap;

use crate::number::sorting;

use super::png;

/// Colours of line drawings; enough for the shades between a few inks and the page.
const FEW: usize = 63;
/// Colours of everything else; a GIF needs one place more.
const MANY: usize = 255;
/// How many of the commonest colours are kept exactly.
const EXACT: usize = 16;

/// Red, green and blue.
pub(super) type Rgb = [u8; 3];

/// The colours of all frames.
pub(super) struct Palette {
    /// The colours, at most 255.
    pub colours: Vec<Rgb>,
    /// The place of each colour that occurs.
    places: HashMap<Rgb, usize>,
}

impl Palette {
    /// The palette of pictures.
    pub fn of(frames: &[png::Pixels]) -> Palette {
        let mut counts: HashMap<Rgb, usize> = HashMap::new();
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
        sorting::sort_by_key(&mut common, |(colour, count)| (std::cmp::Reverse(*count), *colour));
        let total: usize = common.iter().map(|entry| entry.1).sum();
        let frequent = common.iter().filter(|entry| entry.1 * 4000 > total).count();
        let room = if frequent > FEW { MANY } else { FEW };
        let mut colours: Vec<Rgb> = common.iter().take(EXACT.min(room)).map(|entry| entry.0).collect();
        colours.extend(cut(common.split_off(EXACT.min(common.len())), room - colours.len()));
        let mut places = counts;
        places.iter_mut().for_each(|(colour, place)| *place = nearest(&colours, *colour));
        Palette { colours, places }
    }

    /// The palette as GIF wants it; the place behind the last colour is the transparent one.
    pub fn bytes(&self) -> Vec<u8> {
        self.colours.iter().flatten().copied().chain([0, 0, 0]).collect()
    }

    /// The place that means "as before".
    pub fn transparent(&self) -> u8 {
        self.colours.len() as u8
    }

    /// The place of each pixel's colour.
    pub fn indices(&self, frame: &png::Pixels) -> Vec<u8> {
        let known = |pixel: &Rgb| self.places.get(pixel).map_or(0, |place| *place as u8);
        let mut last = ([0; 3], known(&[0; 3]));
        let place = |pixel: &Rgb| {
            if *pixel != last.0 {
                last = (*pixel, known(pixel));
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
        sorting::sort_by_key(&mut cell, |entry| (entry.0[axis], entry.0));
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

fn nearest(colours: &[Rgb], wanted: Rgb) -> usize {
    let distance =
        |colour: &Rgb| -> i32 { colour.iter().zip(wanted).map(|(a, b)| (i32::from(*a) - i32::from(b)).pow(2)).sum() };
    colours.iter().enumerate().min_by_key(|(_, colour)| distance(colour)).map_or(0, |(i, _)| i)
}
