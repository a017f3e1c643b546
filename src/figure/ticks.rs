//! Where ticks stand and how they are written: 1-2-5 steps, multiples of pi, powers of ten.

use super::options::{TickFormat, Ticks};
use super::scale::Scale;
use super::text::{MathText, Piece};

/// A tick: where, and what is written at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// In data.
    pub value: f64,
    /// The label.
    pub text: MathText,
}

/// The ticks of an axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TickSet {
    /// Those with labels.
    pub major: Vec<Tick>,
    /// Those between, without.
    pub minor: Vec<f64>,
    /// A power of ten pulled out of all labels; 0 for none.
    pub exponent: i32,
}

/// Chooses ticks for a scale, aiming at one per `spacing` pixels; powers of `base` where it is logarithmic.
pub fn choose(scale: &Scale, ticks: &Ticks, format: &TickFormat, (spacing, base): (f64, f64), whole: bool) -> TickSet {
    match ticks {
        Ticks::At(values) => written(values.clone(), Vec::new(), scale, format),
        Ticks::Step(step) if *step > 0.0 && step.is_finite() => {
            let format =
                if *format == TickFormat::Automatic && pi_multiple(*step).is_some() { &TickFormat::Pi } else { format };
            written(multiples(scale, *step), Vec::new(), scale, format)
        }
        _ if scale.log && base != 10.0 => powers(scale, base),
        _ if scale.log => decades(scale),
        _ if *format == TickFormat::Pi => {
            let step = pi_step(scale, spacing);
            written(multiples(scale, step), Vec::new(), scale, format)
        }
        _ => {
            let (step, parts) = decimal_step(scale, spacing, whole);
            let minor = multiples(scale, step / f64::from(parts));
            written(multiples(scale, step), minor, scale, format)
        }
    }
}

/// A step of 1, 2 or 5 times a power of ten, and into how many parts it is divided between labels.
fn decimal_step(scale: &Scale, spacing: f64, whole: bool) -> (f64, u32) {
    // Short axes of figures with equal units get two ticks or more all the same.
    let wanted = (scale.length() / spacing).clamp(2.6, 12.0);
    let rough = scale.data.width() / wanted;
    let exponent = pxfm::f_log10(rough).floor() as i32;
    let power = power_of_ten(exponent);
    let (mantissa, parts) = match rough / power {
        m if m <= 1.0 + 1e-9 => (1.0, 5),
        m if m <= 2.0 + 1e-9 => (2.0, 4),
        m if m <= 5.0 + 1e-9 => (5.0, 5),
        _ => (10.0, 5),
    };
    let step = mantissa * power;
    if !whole {
        return (step, parts);
    }
    let step = step.max(1.0).round();
    (step, if step % f64::from(parts) == 0.0 { parts } else { 1 })
}

/// The machine number nearest to a power of ten.
pub fn power_of_ten(exponent: i32) -> f64 {
    // Parsing rounds correctly, which repeated products do not.
    format!("1e{exponent}").parse().unwrap_or(1.0)
}

/// The multiples of a step inside the range, at most a few hundred.
fn multiples(scale: &Scale, step: f64) -> Vec<f64> {
    const MOST: f64 = 400.0;
    let tolerance = 1e-9;
    let first = (scale.data.lo / step - tolerance).ceil();
    let last = (scale.data.hi / step + tolerance).floor();
    if last.is_nan() || first.is_nan() || last - first > MOST {
        return Vec::new();
    }
    let count = (last - first).max(-1.0) as i64;
    (0..=count).map(|i| clean((first + i as f64) * step, step)).collect()
}

/// A multiple of a decimal step without the dust of its multiplication.
fn clean(value: f64, step: f64) -> f64 {
    let digits = decimals(step);
    if digits > 15 || pi_multiple(step).is_some() {
        return if value == 0.0 { 0.0 } else { value };
    }
    let text = format!("{value:.digits$}");
    let parsed = text.parse().unwrap_or(value);
    if parsed == 0.0 { 0.0 } else { parsed }
}

/// Decimals needed to write multiples of a step.
fn decimals(step: f64) -> usize {
    let exponent = pxfm::f_log10(step.abs().max(1e-300)).floor() as i32;
    let mut digits = (-exponent).max(0) as usize;
    while digits < 17 {
        let scaled = step * power_of_ten(digits as i32);
        if (scaled - scaled.round()).abs() < 1e-6 * scaled.abs() {
            break;
        }
        digits += 1;
    }
    digits
}

fn written(values: Vec<f64>, minor: Vec<f64>, scale: &Scale, format: &TickFormat) -> TickSet {
    let inside = |v: &f64| scale.pixel(*v).is_finite() && within(scale, *v);
    let values: Vec<(usize, f64)> = values.into_iter().enumerate().filter(|(_, v)| inside(v)).collect();
    let minor = minor.into_iter().filter(inside).collect();
    let exponent = if *format == TickFormat::Automatic { common_exponent(values.iter().map(|v| v.1)) } else { 0 };
    let digits = label_digits(values.iter().map(|v| v.1), exponent);
    let text = |index: usize, value: f64| match format {
        TickFormat::Pi => multiple_text(value, std::f64::consts::PI, "π"),
        TickFormat::Of(unit, name) => multiple_text(value, *unit, name),
        TickFormat::Texts(texts) => texts.get(index).cloned().unwrap_or_default(),
        TickFormat::Automatic => MathText::plain(decimal_text(value, exponent, digits)),
    };
    let major = values.into_iter().map(|(i, value)| Tick { value, text: text(i, value) }).collect();
    TickSet { major, minor, exponent }
}

fn within(scale: &Scale, value: f64) -> bool {
    let p = scale.pixel(value);
    scale.start.min(scale.end) - 1e-6 <= p && p <= scale.start.max(scale.end) + 1e-6
}

/// The power of ten pulled out when the largest label needs more than five digits before or four behind the point.
fn common_exponent(values: impl Iterator<Item = f64>) -> i32 {
    let largest = values.fold(0.0_f64, |a, v| a.max(v.abs()));
    if largest == 0.0 {
        return 0;
    }
    let exponent = (pxfm::f_log10(largest) + 1e-12).floor() as i32;
    if (-4..5).contains(&exponent) { 0 } else { exponent }
}

/// Decimals that tell all labels apart and write each one exactly, up to twelve.
fn label_digits(values: impl Iterator<Item = f64>, exponent: i32) -> usize {
    let scaled: Vec<f64> = values.map(|v| v / power_of_ten(exponent)).collect();
    let largest = scaled.iter().fold(0.0_f64, |a, v| a.max(v.abs()));
    (0..12)
        .find(|&digits| {
            scaled.iter().all(|v| {
                let shift = v * power_of_ten(digits);
                (shift - shift.round()).abs() < 1e-9 * largest.max(1e-9) * power_of_ten(digits) + 1e-9
            })
        })
        .unwrap_or(12) as usize
}

fn decimal_text(value: f64, exponent: i32, digits: usize) -> String {
    let scaled = value / power_of_ten(exponent);
    let text = format!("{scaled:.digits$}");
    let zero = text.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
    match text.strip_prefix('-') {
        Some(rest) if !zero => format!("−{rest}"),
        Some(rest) => rest.to_string(),
        None => text,
    }
}

/// Numerator and denominator when a number is a simple multiple of pi.
fn pi_multiple(value: f64) -> Option<(i64, i64)> {
    multiple(value, std::f64::consts::PI)
}

/// Numerator and denominator when a number is a simple multiple of a unit.
fn multiple(value: f64, unit: f64) -> Option<(i64, i64)> {
    let ratio = value / unit;
    [1_i64, 2, 3, 4, 6].into_iter().find_map(|denominator| {
        let numerator = ratio * denominator as f64;
        let near = (numerator - numerator.round()).abs() < 1e-9 * numerator.abs().max(1.0);
        (near && numerator.round() != 0.0 && numerator.abs() < 1e6).then_some((numerator.round() as i64, denominator))
    })
}

/// A multiple of a unit as a fraction of its sign.
fn multiple_text(value: f64, unit: f64, name: &str) -> MathText {
    if value.abs() < 1e-12 {
        return MathText::plain("0");
    }
    let Some((n, d)) = multiple(value, unit) else { return MathText::plain(decimal_text(value, 0, 2)) };
    let sign = if n < 0 { "−" } else { "" };
    let factor = if n.abs() == 1 { String::new() } else { n.abs().to_string() };
    let below = if d == 1 { String::new() } else { format!("/{d}") };
    MathText::plain(format!("{sign}{factor}{name}{below}"))
}

/// The step among fractions and multiples of pi that gives about one tick per `spacing` pixels.
fn pi_step(scale: &Scale, spacing: f64) -> f64 {
    const PARTS: [f64; 12] = [1.0 / 6.0, 0.25, 1.0 / 3.0, 0.5, 1.0, 2.0, 4.0, 5.0, 10.0, 20.0, 50.0, 100.0];
    let wanted = (scale.length() / spacing).clamp(2.0, 12.0);
    let rough = scale.data.width() / wanted / std::f64::consts::PI;
    let part = PARTS.into_iter().find(|p| *p >= rough * 0.95).unwrap_or(rough.ceil());
    // Over more than one turn, halves are read more easily than thirds.
    let turns = scale.data.width() / std::f64::consts::TAU;
    let part = if part < 0.5 && part > 0.26 && turns > 1.01 { 0.5 } else { part };
    part * std::f64::consts::PI
}

/// Powers of ten on a logarithmic scale, with the multiples between them unlabelled.
fn decades(scale: &Scale) -> TickSet {
    let first = pxfm::f_log10(scale.data.lo).floor() as i32;
    let last = pxfm::f_log10(scale.data.hi).ceil() as i32;
    let room = (scale.length() / 40.0).max(2.0);
    let stride = (f64::from(last - first) / room).ceil().max(1.0) as i32;
    let mut set = TickSet::default();
    for exponent in first..=last {
        let power = power_of_ten(exponent);
        if within(scale, power) && exponent.rem_euclid(stride) == 0 {
            set.major.push(Tick { value: power, text: power_of("10", exponent) });
        }
        let between = if stride == 1 { 2..10 } else { 1..2 };
        set.minor.extend(between.map(|k| f64::from(k) * power).filter(|v| within(scale, *v)));
    }
    if set.major.len() < 2 {
        let values = set.minor.iter().copied().filter(|v| {
            let lead = v / power_of_ten(pxfm::f_log10(*v).floor() as i32);
            [2.0, 5.0].iter().any(|k| (lead - k).abs() < 1e-6)
        });
        for value in values.collect::<Vec<_>>() {
            set.major.push(Tick { value, text: MathText::plain(super::render::number(value, 12)) });
        }
    }
    set
}

/// Powers of another base on a logarithmic scale.
fn powers(scale: &Scale, base: f64) -> TickSet {
    let logarithm = |value: f64| pxfm::f_log(value) / pxfm::f_log(base);
    let (first, last) = (logarithm(scale.data.lo).floor() as i32, logarithm(scale.data.hi).ceil() as i32);
    let stride = (f64::from(last - first) / (scale.length() / 40.0).max(2.0)).ceil().max(1.0) as i32;
    let name = match base {
        b if b == std::f64::consts::E => "e".to_string(),
        b => super::render::number(b, 6),
    };
    let mut set = TickSet::default();
    for exponent in first..=last {
        let value = pxfm::f_pow(base, f64::from(exponent));
        match within(scale, value) {
            true if exponent.rem_euclid(stride) == 0 => set.major.push(Tick { value, text: power_of(&name, exponent) }),
            true => set.minor.push(value),
            false => {}
        }
    }
    set
}

fn power_of(base: &str, exponent: i32) -> MathText {
    match exponent {
        0 => MathText::plain("1"),
        1 => MathText::plain(base),
        _ => power_label(base, exponent),
    }
}

/// `base` with an exponent.
pub fn power_label(base: &str, exponent: i32) -> MathText {
    let sign = if exponent < 0 { "−" } else { "" };
    let raised = MathText::plain(format!("{sign}{}", exponent.unsigned_abs()));
    MathText::from_pieces(vec![Piece::Upright(base.to_string()), Piece::Superscript(raised)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::function::Range;

    fn labels(lo: f64, hi: f64, length: f64, format: TickFormat) -> Vec<String> {
        let scale = Scale::new(Range::new(lo, hi), 0.0, length, false);
        choose(&scale, &Ticks::Automatic, &format, (70.0, 10.0), false)
            .major
            .iter()
            .map(|t| t.text.to_plain())
            .collect()
    }

    #[test]
    fn decimal_ticks_are_round() {
        assert_eq!(labels(-1.0, 1.0, 350.0, TickFormat::Automatic), ["−1.0", "−0.5", "0.0", "0.5", "1.0"]);
        assert_eq!(labels(0.0, 10.0, 400.0, TickFormat::Automatic), ["0", "2", "4", "6", "8", "10"]);
        assert_eq!(labels(0.0, 2e6, 400.0, TickFormat::Automatic), ["0.0", "0.5", "1.0", "1.5", "2.0"]);
    }

    #[test]
    fn pi_ticks_are_fractions() {
        let pi = std::f64::consts::PI;
        assert_eq!(labels(-pi, pi, 350.0, TickFormat::Pi), ["−π", "−π/2", "0", "π/2", "π"]);
        assert_eq!(labels(0.0, 4.0 * pi, 350.0, TickFormat::Pi), ["0", "π", "2π", "3π", "4π"]);
    }

    #[test]
    fn wild_ranges_end() {
        for (lo, hi) in [(0.0, 1e-300), (1e15, 1e15 + 2.0), (-1e300, 1e300), (1.0, 1.0_f64.next_up())] {
            assert!(labels(lo, hi, 400.0, TickFormat::Automatic).len() < 500);
        }
    }
}
