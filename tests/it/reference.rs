//! The reference manual that is written from the records of built-ins.

use secant::builtin::help::{Page, reference};
use secant::session::{Options, Session, on_own_thread};

fn pages() -> Vec<Page> {
    on_own_thread(|| reference(Session::new(Options::default()).machine())).expect("the pages are written")
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
