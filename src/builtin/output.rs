//! What a program says: `print`.

use crate::builtin;
use crate::runtime::builtin::Builtin;
use crate::runtime::parameter::{Rest, Text};
use crate::runtime::value::{Value, str_of};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&print::RECORD];

builtin! {
    /// Prints values, separated by blanks, and ends the line.
    ///
    /// `sep` goes between the values, `end` behind the last one.
    ///
    /// ```calc
    /// print("x =", 1/2)             # prints x = 1/2
    /// print(1, 2, sep=", ", end="!") # prints 1, 2!
    /// ```
    only function;
    fn print(call, values: Rest<Value>, sep: Option<Text>, end: Option<Text>) -> () {
        let texts: Vec<String> = values.0.iter().map(str_of).collect();
        let sep = sep.map_or_else(|| " ".to_string(), |sep| sep.0.to_string());
        let end = end.map_or_else(|| "\n".to_string(), |end| end.0.to_string());
        call.print(&(texts.join(&sep) + &end));
        Ok(())
    }
}
