//! Style sheets, scripts and pictures: below one directory named by the hash of their content.

/// The address of a file of `static/`, which changes with its content.
pub fn url(name: &str) -> String {
    format!("/static/{name}")
}
