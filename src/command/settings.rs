//! Whether the settings let the desk start, told before anything is opened.

use crate::{config::Config, notifications::Mailer};

/// Everything wrong with the settings, one sentence each. What it takes to send letters (certificates to read, a password to decode) is
/// tried once the settings can be read.
pub fn problems(config: &Config) -> Vec<String> {
    match config.check() {
        Err(problems) => problems,
        Ok(()) => Mailer::from_config(config).err().map(|error| format!("{error:#}")).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_sending_a_letter_would_tell_is_told_at_start() {
        let with = |url: &str| problems(&Config { smtp_url: Some(url.into()), ..Config::defaults() });
        assert_eq!(with("smtp://localhost:1025"), [""; 0]);
        assert_eq!(with("smtps://desk@mail.example.fr"), ["SMTP_URL lacks the user or the password"]);
        let absent = with("smtps://mail.example.fr?authority=/nowhere.pem").concat();
        assert!(absent.starts_with("SMTP_URL: the certificate /nowhere.pem cannot be read"), "{absent}");
    }
}
