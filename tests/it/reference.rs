//! The reference manual under `docs/reference/` says what the records say. `SECANT_UPDATE=1 cargo test reference` writes it.

use std::path::{Path, PathBuf};

use secant::builtin::help::{Page, reference};
use secant::session::{Options, Session, on_own_thread};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join("reference")
}

fn pages() -> Vec<Page> {
    on_own_thread(|| reference(Session::new(Options::default()).machine())).expect("the pages are written")
}

#[test]
fn the_reference_is_up_to_date() {
    let pages = pages();
    if std::env::var_os("SECANT_UPDATE").is_some() {
        let _ = std::fs::remove_dir_all(folder());
        std::fs::create_dir_all(folder()).expect("the folder can be made");
        for page in &pages {
            std::fs::write(folder().join(&page.name).with_extension("md"), &page.text).expect("a page can be written");
        }
        return;
    }
    let old: Vec<&str> = pages
        .iter()
        .filter(|page| {
            let written = std::fs::read_to_string(folder().join(&page.name).with_extension("md"));
            written.unwrap_or_default().replace("\r\n", "\n") != page.text
        })
        .map(|page| page.name.as_str())
        .collect();
    assert!(old.is_empty(), "`SECANT_UPDATE=1 cargo test reference` brings up to date: {}", old.join(", "));
    let files = std::fs::read_dir(folder()).expect("the folder is there").count();
    assert_eq!(files, pages.len(), "docs/reference holds pages that nothing stands behind");
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    let anchors: Vec<String> = pages
        .iter()
        .flat_map(|page| {
            let sections = page.text.lines().filter_map(|line| line.strip_prefix("## "));
            let anchors: Vec<String> =
                sections.map(|name| format!("{}.md#{}", page.name, name.to_lowercase())).collect();
            anchors
        })
        .collect();
    for page in &pages {
        for link in page.text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(!link.contains('#') || anchors.iter().any(|anchor| anchor == link), "{}: {link}", page.name);
        }
        let unlinked = page.text.lines().filter(|line| line.starts_with("See also: "));
        for line in unlinked {
            let names = line.split(" `").skip(1).filter_map(|rest| rest.split('`').next());
            let nowhere: Vec<&str> = names.filter(|name| name.chars().all(|c| c.is_lowercase() || c == '_')).collect();
            assert!(nowhere.is_empty(), "{}: {} lead nowhere", page.name, nowhere.join(", "));
        }
    }
}
