//! How far an import has come: a bar on a terminal, a line for each stage elsewhere.

use std::{
    io::{self, IsTerminal},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};

use crate::organisations::stock::{Stage, Watch};

const READING: &str = "{msg:16} {wide_bar} {bytes}/{total_bytes}  {prefix} rows  {bytes_per_sec}  {eta} left";
const WORKING: &str = "{msg:16} {spinner} {elapsed}";

/// Watches an import for somebody at a terminal, or for a log.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    unit_bytes: u64,
    establishment_bytes: u64,
    on_terminal: bool,
}

impl Progress {
    /// About to read two files of these sizes.
    pub fn new(unit_bytes: u64, establishment_bytes: u64) -> Self {
        let bar = ProgressBar::new(0);
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar, unit_bytes, establishment_bytes, on_terminal: io::stderr().is_terminal() }
    }

    fn reading(&self, bytes: u64) {
        if let Ok(style) = ProgressStyle::with_template(READING) {
            self.bar.set_style(style);
        }
        self.bar.set_length(bytes);
        self.bar.set_prefix("0");
    }
}

impl Watch for Progress {
    fn stage(&self, stage: Stage) {
        self.bar.reset();
        let (words, bytes) = match stage {
            Stage::Units => ("legal units", Some(self.unit_bytes)),
            Stage::Establishments => ("establishments", Some(self.establishment_bytes)),
            Stage::Indexes => ("indexes", None),
            Stage::Replacing => ("replacing", None),
        };
        if let Some(bytes) = bytes {
            self.reading(bytes);
        } else if let Ok(style) = ProgressStyle::with_template(WORKING) {
            self.bar.set_style(style);
        }
        self.bar.set_message(words);
        if !self.on_terminal {
            println!("{words}…");
        }
    }

    fn read(&self, bytes: usize) {
        self.bar.inc(bytes as u64);
    }

    fn rows(&self, kept: u64) {
        if self.on_terminal {
            self.bar.set_prefix(kept.to_string());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
