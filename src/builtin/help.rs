//! Help: pages on built-ins, functions, faults and values. Everything they say comes from the records.

mod fill;
mod page;
mod reference;
mod search;

use crate::builtin;
use crate::runtime::builtin::Builtin;
use crate::runtime::fault::value_error;
use crate::runtime::parameter::Text;
use crate::runtime::value::Value;

pub use page::{NoSuchTopic, contents, of_name, of_value};
pub use reference::{Page, reference};
pub use search::{Found, search};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&help::RECORD, &search_doc::RECORD];

builtin! {
    /// Explains a function, a value, or the topic that a text names; by itself it lists the topics.
    ///
    /// Names of functions and codes of faults are topics. A `?` behind a name asks the same at the prompt.
    ///
    /// ```calc
    /// help(gcd)                       # prints gcd(...
    /// help('division-by-zero')        # prints division-by-zero (ZeroDivisionError)...
    /// help('gdc')                     # error: bad-value
    /// ```
    ///
    /// See also: `search_doc`.
    faults "bad-value";
    only function;
    fn help(call, about: Option<Value>) -> () {
        let page = match &about {
            None => contents(),
            Some(Value::Str(name)) => {
                of_name(call.machine(), name).map_err(|unknown| value_error(unknown.to_string()))?
            }
            Some(value) => of_value(call.machine(), value),
        };
        call.print(&page);
        Ok(())
    }
}

builtin! {
    /// Lists what the documentation says about some words.
    ///
    /// ```calc
    /// search_doc('greatest common')   # prints gcd...
    /// ```
    ///
    /// See also: `help`.
    also "search_def";
    only function;
    fn search_doc(call, words: Text) -> () {
        let found = search(call.machine(), &words.0);
        if found.is_empty() {
            call.print(&format!("nothing is said about `{}`\n", words.0));
        }
        let width = found.iter().map(|found| found.name.chars().count()).max().unwrap_or(0);
        for Found { name, summary } in found {
            call.print(&format!("{name:width$}  {summary}\n"));
        }
        Ok(())
    }
}
