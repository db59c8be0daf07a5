//! A source file as the rules read it: comments, and where asked texts, blanked out, so that only code is judged.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A file of the repository.
#[derive(Debug)]
pub struct Source {
    /// `src/applications/submit.rs`.
    pub path: String,
    /// As written.
    pub whole: String,
    /// Without comments nor the module of unit tests.
    pub spoken: String,
    /// Without texts either.
    pub code: String,
}

impl Source {
    /// A file and what it holds.
    pub fn new(path: &str, whole: &str) -> Self {
        let is_rust = Path::new(path).extension().is_some_and(|extension| extension == "rs");
        let (mut spoken, mut code) = if is_rust { blank(whole) } else { (whole.to_owned(), whole.to_owned()) };
        while let Some((from, to)) = test_module(&code) {
            spoken = without(&spoken, from, to);
            code = without(&code, from, to);
        }
        Self { path: path.to_owned(), whole: whole.to_owned(), spoken, code }
    }

    /// `applications` for `src/applications/pages/step.rs`, `site` for `src/site.rs`, `review` for `templates/review/queue.html`.
    pub fn slice(&self) -> &str {
        let inside = self.path.split_once('/').map_or(self.path.as_str(), |(_, inside)| inside);
        inside.split('/').next().unwrap_or_default().trim_end_matches(".rs").trim_end_matches(".html")
    }

    /// The file's own name, without `.rs`.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// Whether it shows pages: `pages.rs` or anything below `pages/`.
    pub fn is_pages(&self) -> bool {
        self.path.split('/').any(|part| part == "pages" || part == "pages.rs")
    }

    /// Which line that place is on, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.whole.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
    }

    /// Every place where the code says that, as a whole word on its left.
    pub fn says(&self, word: &str) -> Vec<usize> {
        places(&self.code, word)
    }
}

/// Every place of a word that no letter precedes.
pub fn places(text: &str, word: &str) -> Vec<usize> {
    let preceded = |at: usize| text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
    let begins_with_a_letter = word.starts_with(|c: char| c.is_alphanumeric());
    text.match_indices(word).map(|(at, _)| at).filter(|at| !(begins_with_a_letter && preceded(*at))).collect()
}

/// The `.rs` or `.html` files below a directory of the repository.
pub fn below(directory: &str, extension: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    list(&root.join(directory), extension, &mut paths);
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path.strip_prefix(root).expect("below the root").to_string_lossy().into_owned();
        Source::new(&name, &fs::read_to_string(path).expect("a readable file"))
    };
    paths.iter().map(read).collect()
}

fn list(directory: &Path, extension: &str, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            list(&path, extension, paths);
        } else if path.extension().is_some_and(|found| found == extension) {
            paths.push(path);
        }
    }
}

/// Places of the first module of unit tests.
fn test_module(code: &str) -> Option<(usize, usize)> {
    let from = code.find("#[cfg(test)]")?;
    let open = from + code[from..].find('{')?;
    if code[from..open].contains(';') {
        // `#[cfg(test)] mod tests;`
        return Some((from, open.min(from + code[from..].find(';')? + 1)));
    }
    Some((from, closing(code, open)? + 1))
}

/// Where the bracket opened there is closed.
pub fn closing(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The text with those places blank; its lines stay where they are.
fn without(text: &str, from: usize, to: usize) -> String {
    let blank: String = text[from..to].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    format!("{}{blank}{}", &text[..from], &text[to..])
}

/// What the blanking of Rust is reading.
#[derive(Clone, Copy, PartialEq)]
enum Reading {
    Code,
    Comment,
    /// A text, and how many `#` close it when it is raw.
    Text(Option<usize>),
}

/// A Rust source without its comments, and without its texts either.
fn blank(whole: &str) -> (String, String) {
    let bytes = whole.as_bytes();
    let (mut spoken, mut code) = (bytes.to_vec(), bytes.to_vec());
    let (mut at, mut reading, mut depth) = (0, Reading::Code, 0);
    while at < bytes.len() {
        let rest = &whole.as_bytes()[at..];
        let (next, length) = match reading {
            Reading::Code => begin(rest, at > 0 && is_word(bytes[at - 1])),
            Reading::Comment if rest.starts_with(b"*/") && depth > 1 => (Reading::Comment, 2),
            Reading::Comment if rest.starts_with(b"*/") || (depth == 0 && rest[0] == b'\n') => {
                (Reading::Code, if depth == 0 { 0 } else { 2 })
            }
            Reading::Comment => (Reading::Comment, if depth > 0 && rest.starts_with(b"/*") { 2 } else { 1 }),
            Reading::Text(None) if rest[0] == b'\\' => (reading, 2),
            Reading::Text(None) => (if rest[0] == b'"' { Reading::Code } else { reading }, 1),
            Reading::Text(Some(hashes)) => {
                let closes = rest[0] == b'"' && rest[1..].iter().take_while(|byte| **byte == b'#').count() >= hashes;
                if closes { (Reading::Code, 1 + hashes) } else { (reading, 1) }
            }
        };
        depth = match (reading, next) {
            (Reading::Code, Reading::Comment) => usize::from(rest.starts_with(b"/*")),
            (Reading::Comment, Reading::Comment) if depth > 0 && rest.starts_with(b"/*") => depth + 1,
            (Reading::Comment, Reading::Comment) if rest.starts_with(b"*/") => depth - 1,
            _ => depth,
        };
        let end = (at + length).min(bytes.len());
        for place in at..end {
            let is_comment = reading == Reading::Comment || next == Reading::Comment;
            let is_text = matches!(reading, Reading::Text(_)) || matches!(next, Reading::Text(_));
            if bytes[place] != b'\n' && is_comment {
                spoken[place] = b' ';
            }
            if bytes[place] != b'\n' && (is_comment || is_text) {
                code[place] = b' ';
            }
        }
        (at, reading) = (end, next);
    }
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("blanked by whole texts and comments");
    (text(spoken), text(code))
}

/// What begins in code, and how many bytes announce it.
fn begin(rest: &[u8], inside_a_word: bool) -> (Reading, usize) {
    if rest.starts_with(b"//") || rest.starts_with(b"/*") {
        return (Reading::Comment, 2);
    }
    let prefix = if inside_a_word { 0 } else { rest.iter().take(2).take_while(|byte| matches!(byte, b'r' | b'b')).count() };
    let raw = rest[..prefix].contains(&b'r');
    let hashes = if raw { rest[prefix..].iter().take_while(|byte| **byte == b'#').count() } else { 0 };
    if rest.get(prefix + hashes) == Some(&b'"') {
        return (Reading::Text(raw.then_some(hashes)), prefix + hashes + 1);
    }
    // A quoted character, which may be a quote; anything else after a quote is a lifetime.
    if rest[0] == b'\'' {
        let text = String::from_utf8_lossy(&rest[1..rest.len().min(12)]).into_owned();
        let character = if text.starts_with('\\') {
            text.get(2..).and_then(|text| text.find('\'')).map(|at| at + 2)
        } else {
            text.chars().next().map(char::len_utf8)
        };
        if let Some(length) = character.filter(|length| rest.get(1 + length) == Some(&b'\'')) {
            return (Reading::Code, length + 2);
        }
    }
    (Reading::Code, 1)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
