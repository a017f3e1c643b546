//! What must hold of any text: shared by the fuzz targets and by the test that replays the corpus.

use std::time::Duration;

use secant::session::{Options, Session, Source, on_own_thread};
use secant::syntax::{self, dump};

/// Any text parses, or is refused with faults whose places lie inside of it.
pub fn parses(text: &str) {
    let (_, faults) = syntax::parse(text);
    for fault in faults {
        let span = fault.span();
        let inside = span.start <= span.end && span.end as usize <= text.len();
        assert!(inside, "the place of `{}` lies outside of the text", fault.message());
        let borders = [span.start, span.end].iter().all(|place| text.is_char_boundary(*place as usize));
        assert!(borders, "the place of `{}` cuts a character", fault.message());
    }
}

/// What the formatter writes means the same, and is formatted already.
pub fn formats(text: &str) {
    let (module, faults) = syntax::parse(text);
    let Ok(formatted) = syntax::format(text) else { return };
    assert!(faults.is_empty(), "a text with faults was formatted");
    let (again, faults) = syntax::parse(&formatted);
    assert!(faults.is_empty(), "formatted, it does not parse:\n{formatted}");
    assert_eq!(dump(&module), dump(&again), "formatted, it means something else:\n{formatted}");
    let twice = syntax::format(&formatted).unwrap_or_default();
    assert_eq!(formatted, twice, "formatted twice, it is not the same");
}

/// Any program ends under a small budget, and leaves the session usable.
pub fn runs(text: &str) {
    let text = text.to_owned();
    let ended = on_own_thread(move || {
        let folder = std::env::temp_dir().join("secant-fuzz");
        let options = Options {
            time_limit: Some(Duration::from_millis(200)),
            output_folder: folder.clone(),
            script_folder: folder,
            ..Options::default()
        };
        let mut session = Session::new(options);
        session.run(Source::new("fuzz", text), true);
        let outcomes = session.run(Source::new("fuzz", "[1 .. 3]".to_owned()), true);
        outcomes.iter().any(|outcome| outcome.fault.is_none())
    });
    assert!(ended.expect("the program does not panic"), "the session is not usable any more");
}
