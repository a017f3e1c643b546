//! Generates the parser from the grammar, and packs the files that the program carries.

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=grammar");
    println!("cargo:rerun-if-changed=build.rs");
    link_at_fixed_place();
    let out = std::env::var("OUT_DIR")?;
    pack(&out)?;
    lalrpop::Configuration::new()
        .set_in_dir("grammar")
        .set_out_dir(out)
        .emit_rerun_directives(false)
        .emit_comments(false)
        .process()
}

/// Packs the library, the script and style of pages and the font (`src/packed.rs`).
fn pack(out: &str) -> Result<(), Box<dyn Error>> {
    const HARDEST: u8 = 10;
    const FOLDERS: [&str; 3] = ["stdlib", "src/figure/render/page", "src/figure/font"];
    const KINDS: [&str; 4] = ["calc", "js", "css", "ttf"];
    let mut files = Vec::new();
    for folder in FOLDERS {
        println!("cargo:rerun-if-changed={folder}");
        for entry in std::fs::read_dir(folder)? {
            files.push(entry?.path());
        }
    }
    files.retain(|path| KINDS.iter().any(|kind| path.extension().is_some_and(|own| own == *kind)));
    for path in files {
        let mut name = path.clone().into_os_string();
        name.push(".packed");
        let target = Path::new(out).join(name);
        std::fs::create_dir_all(target.parent().unwrap_or(&target))?;
        std::fs::write(target, miniz_oxide::deflate::compress_to_vec(&std::fs::read(path)?, HARDEST))?;
    }
    Ok(())
}

/// A program that need not move has no table of places to mend when it starts: the file is smaller by a third of a
/// megabyte, and the start touches fewer pages.
fn link_at_fixed_place() {
    let is = |key: &str, value: &str| std::env::var(key).is_ok_and(|own| own == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
        if links_by_own_linker() {
            // Functions of the same machine code are kept once.
            println!("cargo:rustc-link-arg-bins=-Wl,--icf=all");
        }
    }
}

/// Is the program linked by the linker that comes with the compiler, as it is unless somebody chose another?
fn links_by_own_linker() -> bool {
    let says = |key: &str| std::env::var(key).unwrap_or_default();
    let chosen = !says("RUSTC_LINKER").is_empty() || says("CARGO_ENCODED_RUSTFLAGS").contains("link");
    let sysroot = std::process::Command::new(says("RUSTC")).args(["--print", "sysroot"]).output();
    let Some(sysroot) = sysroot.ok().and_then(|output| String::from_utf8(output.stdout).ok()) else { return false };
    let own = format!("{}/lib/rustlib/{}/bin/gcc-ld/ld.lld", sysroot.trim(), says("HOST"));
    // Only on this architecture is it the compiler's choice.
    says("TARGET") == "x86_64-unknown-linux-gnu" && !chosen && std::path::Path::new(&own).exists()
}
