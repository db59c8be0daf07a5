//! The cookie that carries a session, and how a browser is made to forget it.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};

use crate::config::Config;

// Without "cookies": the session's own cookie is removed by its line, and the mark of a known browser stays.
const FORGET_PAGES: HeaderValue = HeaderValue::from_static(r#""cache", "storage""#);

/// Names of the desk's cookies: over https their prefix makes browsers refuse them from anybody else (`__Host-`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookieNames {
    /// The session's.
    pub session: &'static str,
    /// The mark of a browser somebody has already signed in with.
    pub device: &'static str,
    /// Whether they travel over https only.
    pub secure: bool,
}

impl CookieNames {
    /// The names on this desk.
    pub fn of(config: &Config) -> Self {
        if config.public_url.starts_with("https://") {
            Self { session: "__Host-session", device: "__Host-appareil", secure: true }
        } else {
            Self { session: "session", device: "appareil", secure: false }
        }
    }

    /// A cookie line.
    pub fn line(self, name: &str, value: &str, max_age: Option<time::Duration>) -> HeaderValue {
        let secure = if self.secure { "; Secure" } else { "" };
        let age = max_age.map(|age| format!("; Max-Age={}", age.whole_seconds())).unwrap_or_default();
        HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}"))
            .expect("names and values of our cookies are letters, digits, dots and dashes")
    }
}

/// Makes the browser drop the pages it kept: the Back button shows nothing.
pub fn forget_pages(response: &mut Response) {
    response.headers_mut().insert("clear-site-data", FORGET_PAGES);
}

/// A browser ignores the removal of a `__Host-` cookie that is not `Secure`, and tower-sessions 0.15 writes it without.
pub(super) fn complete_removals(mut response: Response) -> Response {
    for (name, line) in response.headers_mut().iter_mut() {
        if name != header::SET_COOKIE {
            continue;
        }
        let complete = line
            .to_str()
            .ok()
            .filter(|text| text.starts_with("__Host-") && !text.contains("; Secure"))
            .map(|text| format!("{text}; Secure"));
        if let Some(complete) = complete.and_then(|text| HeaderValue::from_str(&text).ok()) {
            *line = complete;
        }
    }
    response
}
