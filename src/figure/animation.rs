//! Figures one after another: all frames on the same page, over the same ranges, so that nothing jumps but what moves.

use super::colour::Theme;
use super::graphics::{FigureError, Graphics};
use super::layout;
use super::options::{Aspect, LegendPlace, Options};
use super::render;
use super::scene::Scene;
use super::text::MathText;
use crate::budget::{Budget, Stopped};
use crate::number::sorting;

/// How long the last frame stays before the frames begin again, in hundredths of a second.
const HOLD: u32 = 150;

/// When the frames are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// How long each frame stays, in hundredths of a second.
    pub delay: u32,
    /// How often all are shown; 0 for without end.
    pub iterations: u32,
}

impl Default for Timing {
    /// Sage's: five frames a second, for ever.
    fn default() -> Self {
        Timing { delay: 20, iterations: 0 }
    }
}

impl Timing {
    /// How long the last frame stays: a moment longer, where the frames pass quickly.
    pub fn last_delay(&self) -> u32 {
        self.delay.max(HOLD.min(self.delay * 10))
    }
}

/// Frames in order.
#[derive(Clone, Default)]
pub struct Animation {
    /// The frames.
    pub frames: Vec<Graphics>,
    /// What is said for all of them.
    pub options: Options,
    /// When they are shown.
    pub timing: Timing,
}

impl Animation {
    /// How Sage names it at the prompt.
    pub fn describe(&self) -> String {
        let count = self.frames.len();
        format!("Animation with {count} frame{}", if count == 1 { "" } else { "s" })
    }

    /// The frames as they are drawn: with the common options, over the common ranges.
    pub fn aligned(&self) -> Vec<Graphics> {
        let mut frames: Vec<Graphics> = self.frames.iter().map(|frame| frame.with_options(&self.options)).collect();
        let all = frames.iter().skip(1).fold(frames.first().cloned().unwrap_or_default(), |all, f| all.combine(f));
        let look = layout::look(&all);
        let titled = frames.iter().any(|frame| frame.options.title.is_some());
        for frame in &mut frames {
            let options = &mut frame.options;
            [options.xmin, options.xmax] = [Some(look.x.lo), Some(look.x.hi)];
            [options.ymin, options.ymax] = [Some(look.y.lo), Some(look.y.hi)];
            options.frame = Some(look.frame);
            options.aspect = look.aspect.map_or(Aspect::Automatic, Aspect::Ratio);
            options.steady = Some(true);
            options.legend.place = options.legend.place.or(Some(LegendPlace::Anchor(2, 0)));
            options.figsize = all.options.figsize;
            options.theme = all.options.theme;
            options.ticks.clone_from(&all.options.ticks);
            options.tick_format.clone_from(&all.options.tick_format);
            if titled && options.title.is_none() {
                options.title = Some(MathText::plain(" "));
            }
        }
        frames
    }

    /// The laid out frames and what was decided on the way.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn scenes(&self, budget: &Budget) -> Result<(Vec<Scene>, Vec<String>), Stopped> {
        let (mut scenes, mut notes) = (Vec::with_capacity(self.frames.len()), Vec::new());
        for frame in self.aligned() {
            let (scene, said) = frame.scene(budget)?;
            scenes.push(scene);
            notes.extend(said.into_iter().filter(|note| !note.is_empty()));
        }
        sorting::sort(&mut notes);
        notes.dedup();
        Ok((scenes, notes))
    }

    /// The theme of the frames.
    pub fn theme(&self) -> Theme {
        self.options.theme.unwrap_or_default()
    }

    /// The frames as an animated SVG.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn to_svg(&self, budget: &Budget) -> Result<String, Stopped> {
        Ok(render::moving::write(&self.scenes(budget)?.0, self.timing))
    }

    /// The frames as an animated GIF; `dpi` 100 gives a pixel for each CSS pixel.
    ///
    /// # Errors
    /// When the budget runs out, or the size makes no sense.
    pub fn to_gif(&self, dpi: f64, budget: &Budget) -> Result<Vec<u8>, FigureError> {
        render::gif::write(&self.scenes(budget)?.0, self.timing, dpi, budget)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::fixture::real;
    use crate::figure::function::Range;
    use crate::figure::primitive::FunctionPlot;
    use crate::figure::style::Style;

    fn waves() -> Animation {
        let wave = |k: u32| {
            let function = real(&format!("{k}*sin(x+{k})"));
            Graphics::of(FunctionPlot::new(function, Range::new(0.0, 6.0), Style::default()))
        };
        let options = Options { figsize: Some([2.0, 1.5]), ..Options::default() };
        Animation { frames: (1..=3).map(wave).collect(), options, timing: Timing::default() }
    }

    #[test]
    fn all_frames_share_their_plot_box_and_range() {
        let (scenes, _) = waves().scenes(&Budget::unlimited()).expect("nothing stops it");
        let first = &scenes[0].panels[0];
        assert!(first.data[3] >= 3.0);
        assert!(scenes.iter().all(|scene| scene.panels[0].data == first.data));
        assert!(scenes.iter().all(|scene| scene.panels[0].plot_box == first.plot_box));
    }

    #[test]
    fn a_gif_decodes_to_its_frames() {
        let bytes = waves().to_gif(100.0, &Budget::unlimited()).expect("nothing stops it");
        assert_eq!(bytes, waves().to_gif(100.0, &Budget::unlimited()).expect("as before"));
        let mut decoder = gif::DecodeOptions::new().read_info(bytes.as_slice()).expect("a GIF");
        assert_eq!((decoder.width(), decoder.height()), (200, 150));
        let mut delays = Vec::new();
        while let Some(frame) = decoder.read_next_frame().expect("sound frames") {
            delays.push(frame.delay);
        }
        assert_eq!(delays, [20, 20, 150]);
        assert_eq!(decoder.repeat(), gif::Repeat::Infinite);
    }

    #[test]
    fn a_moving_picture_shows_one_frame_at_a_time() {
        let text = waves().to_svg(&Budget::unlimited()).expect("nothing stops it");
        assert_eq!(text.matches("<g class=\"curve\"").count(), 3);
        assert_eq!(text.matches("<g class=\"axis x\"").count(), 1, "what stays is written once");
        assert!(text.contains("prefers-reduced-motion") && !text.contains("<script"));
        assert_eq!(text, waves().to_svg(&Budget::unlimited()).expect("as before"));
    }
}
