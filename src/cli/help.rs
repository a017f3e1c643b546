//! `secant help`: the pages of the language's own help, and those of the commands.

use clap::CommandFactory;

use super::arguments::Arguments;
use super::terminal;
use super::{FINE, MISUSED};
use crate::session::{Options, Session};

/// Shows the page on a topic; the list of topics without one.
pub(super) fn show(topic: Option<&str>) -> u8 {
    let mut session = Session::new(Options::default());
    match session.help(topic) {
        Ok(page) => terminal::print(&page),
        Err(unknown) => match topic.and_then(command_page) {
            Some(page) => terminal::print(&page),
            None => {
                terminal::warn(&format!("secant: {unknown}\n"));
                return MISUSED;
            }
        },
    }
    FINE
}

/// The page on a command of secant's own.
fn command_page(name: &str) -> Option<String> {
    let mut arguments = Arguments::command();
    arguments.build();
    arguments.find_subcommand_mut(name).map(|command| command.render_long_help().to_string())
}
