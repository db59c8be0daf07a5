//! What a browser receives when its owner comes in: a session of its own, and the mark that it is known.

use axum::{
    http::{HeaderMap, header},
    response::Response,
};
use time::Duration;
use tower_sessions::{Session, cookie::Cookie};

use crate::{
    AppState,
    accounts::{Person, known_browser::KnownBrowser},
    ids::AccountId,
    problem::Problem,
    web::session::{CookieNames, IDLE, IDLE_STAFF, NewSession, UserAgent},
};

/// How long a browser stays known without its owner coming back.
const KNOWN_FOR: Duration = Duration::days(180);

/// Opens the session under a new number, and marks the browser.
pub(super) async fn open(
    state: &AppState,
    session: &Session,
    headers: &HeaderMap,
    person: &Person,
    response: &mut Response,
) -> Result<(), Problem> {
    let idle = if person.is_staff() { IDLE_STAFF } else { IDLE };
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).map(UserAgent::read).unwrap_or_default();
    let idle_minutes = i32::try_from(idle.whole_minutes()).map_err(anyhow::Error::from)?;
    NewSession { account: person.account, idle_minutes, user_agent }.open(session).await?;
    mark(state, headers, person.account, response);
    Ok(())
}

/// Marks the browser as one its owner uses.
pub(super) fn mark(state: &AppState, headers: &HeaderMap, account: AccountId, response: &mut Response) {
    let names = CookieNames::of(&state.config);
    let browser = known_browser(state, headers, account).unwrap_or_else(KnownBrowser::fresh);
    let line = names.line(names.device, &browser.seal(&state.secret, account), Some(KNOWN_FOR));
    response.headers_mut().append(header::SET_COOKIE, line);
}

/// The mark this browser carries, if it is that account's.
pub(super) fn known_browser(state: &AppState, headers: &HeaderMap, account: AccountId) -> Option<KnownBrowser> {
    let names = CookieNames::of(&state.config);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .filter(|cookie| cookie.name() == names.device)
        .find_map(|cookie| KnownBrowser::open(&state.secret, cookie.value(), account))
}
