//! Generates the parser from the grammar.

fn main() {
    println!("cargo:rerun-if-changed=grammar");
}
