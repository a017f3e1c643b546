//! Animated SVG: frames as groups that style sheets show in turn; no script.
//!
//! What all frames share is written once. A reader who wants less motion, and a printer, get the first frame.

use std::fmt::Write;

use super::number;
use super::svg::Writer;
use crate::figure::animation::Timing;
use crate::figure::scene::{Item, Scene};

/// The frames as one SVG document.
pub fn write(scenes: &[Scene], timing: Timing) -> String {
    let Some(first) = scenes.first() else { return String::new() };
    let mut writer = Writer::new(first.theme);
    let title = format!("Animation of {} frames: {}", scenes.len(), first.title);
    let shell = Scene { title: title.trim_end_matches(": ").to_string(), ..first.clone() };
    writer.head(&shell, &style(scenes.len(), timing));
    for index in 0..first.panels.len() {
        let mut parts: Vec<&[Item]> = Vec::new();
        let mut legends: Vec<&[Item]> = Vec::new();
        for panel in scenes.iter().filter_map(|scene| scene.panels.get(index)) {
            parts.push(&panel.items);
            legends.push(&panel.legend);
        }
        writer.open_panel(index, &first.panels[index]);
        merge(&mut writer, &parts);
        writer.out.push_str("</g>\n");
        if legends.iter().any(|legend| !legend.is_empty()) {
            writer.out.push_str("<g class=\"legend\">\n");
            merge(&mut writer, &legends);
            writer.out.push_str("</g>\n");
        }
    }
    writer.end();
    writer.out
}

/// Writes items of all frames in their order: shared ones once, the others in a group of their frame.
fn merge(writer: &mut Writer, frames: &[&[Item]]) {
    let mut next = vec![0; frames.len()];
    for item in frames.first().copied().unwrap_or_default() {
        let found: Option<Vec<usize>> = frames
            .iter()
            .zip(&next)
            .map(|(items, &from)| items.get(from..)?.iter().position(|other| other == item).map(|at| from + at))
            .collect();
        let Some(found) = found else { continue };
        for (k, (items, (&from, &to))) in frames.iter().zip(next.iter().zip(&found)).enumerate() {
            own(writer, k, items.get(from..to).unwrap_or_default());
        }
        writer.item(item);
        next = found.into_iter().map(|at| at + 1).collect();
    }
    for (k, (items, &from)) in frames.iter().zip(&next).enumerate() {
        own(writer, k, items.get(from..).unwrap_or_default());
    }
}

fn own(writer: &mut Writer, frame: usize, items: &[Item]) {
    if !items.is_empty() {
        let _ = writeln!(writer.out, "<g class=\"frame f{frame}\">");
        writer.items(items);
        writer.out.push_str("</g>\n");
    }
}

/// The rules that show each frame in its time.
fn style(count: usize, timing: Timing) -> String {
    let seconds = |hundredths: u32| number(f64::from(hundredths) / 100.0, 2);
    let lasts = if count > 1 { timing.last_delay() } else { timing.delay };
    let total = timing.delay * (count.max(1) - 1) as u32 + lasts;
    let share = |part: u32| number(100.0 * f64::from(part) / f64::from(total.max(1)), 4);
    let turns = if timing.iterations == 0 { "infinite".to_string() } else { timing.iterations.to_string() };
    let mut rules = format!(
        "@keyframes frame{{0%{{visibility:visible}}{}%{{visibility:hidden}}100%{{visibility:hidden}}}}\
         @keyframes last{{0%{{visibility:visible}}{}%{{visibility:hidden}}100%{{visibility:visible}}}}\
         .frame{{visibility:hidden;animation:frame {}s step-end {turns} forwards}}.f0{{visibility:visible}}\
         .f{}{{animation-name:last}}",
        share(timing.delay),
        share(lasts),
        seconds(total),
        count - 1,
    );
    for k in 1..count {
        let _ = write!(rules, ".f{k}{{animation-delay:{}s}}", seconds(timing.delay * k as u32));
    }
    rules += "@media (prefers-reduced-motion:reduce),print{.frame{animation:none}}";
    rules
}
