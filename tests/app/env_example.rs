//! `.env.example` says every setting, and the truth about each.

use std::collections::BTreeMap;

use clap::{Args, Command};
use habilitation::config::Config;

/// Name → default value, when there is one.
type Settings = BTreeMap<String, Option<String>>;

#[test]
fn the_example_names_every_setting_with_its_default_and_no_other() {
    assert_eq!(settings_of_the_example(), settings_of_the_program());
}

#[test]
fn every_setting_of_the_example_is_explained() {
    let mut explained = false;
    for line in EXAMPLE.lines() {
        if setting(line).is_some() {
            assert!(explained, "nothing says what {line} is for");
        } else {
            explained = line.starts_with("# ") && !line.starts_with("# ---");
        }
    }
}

const EXAMPLE: &str = include_str!("../../.env.example");

fn settings_of_the_example() -> Settings {
    EXAMPLE.lines().filter_map(setting).collect()
}

/// `NAME=value` is a default; `#NAME=value` shows one that is absent unless given. A sentence of explanation starts with `# `.
fn setting(line: &str) -> Option<(String, Option<String>)> {
    let (name, value) = line.trim_start_matches('#').split_once('=')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    is_name.then(|| (name.to_owned(), (!line.starts_with('#')).then(|| value.trim_matches('"').to_owned())))
}

fn settings_of_the_program() -> Settings {
    let command = Config::augment_args(Command::new("habilitation"));
    let settings = command.get_arguments().filter_map(|argument| {
        let name = argument.get_env()?.to_str().unwrap().to_owned();
        let default = argument.get_default_values().first().map(|value| value.to_str().unwrap().to_owned());
        Some((name, default))
    });
    settings.collect()
}
