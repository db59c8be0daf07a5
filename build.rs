//! What is embedded in the program: the migrations (a new one must rebuild it) and every file of `static/`.
#![expect(clippy::disallowed_methods, reason = "cargo speaks to build scripts through the environment")]

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=static");
    let mut names = Vec::new();
    list(Path::new("static"), "", &mut names)?;
    names.sort();
    let lines =
        names.iter().map(|name| format!("({name:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/static/\", {name:?}))),"));
    let table = format!("const FILES: &[(&str, &[u8])] = &[\n{}\n];\n", lines.collect::<Vec<_>>().join("\n"));
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("assets.rs"), table)
}

fn list(directory: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), names)?;
        } else if !name.starts_with('.') {
            names.push(name);
        }
    }
    Ok(())
}
