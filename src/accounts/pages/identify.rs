//! Before any page: who is asking. One query for the session, one for the person; none for whoever carries no session.

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_sessions::Session;

use crate::{
    AppState,
    accounts::{
        Role, kept_forms,
        store::{self, visitor::Visitor},
    },
    ids::AccountId,
    problem::Problem,
    web::{
        Audience, SessionExpired, SignedIn, is_multipart,
        session::{self, SessionKey, SessionState},
        text_of_upload,
    },
};

const FORM: &[u8] = b"application/x-www-form-urlencoded";
const MOST_READ: usize = 512 * 1024;

/// What the request's cookie leads to.
enum Asking {
    Nobody,
    Somebody(Box<Visitor>),
    Formerly(AccountId),
}

/// Reads who is asking and puts it into the request: `Person` and [`SignedIn`], or [`SessionExpired`].
pub async fn identify(State(state): State<AppState>, session: Session, mut request: Request, next: Next) -> Response {
    match find_asking(&state, &session).await {
        Err(problem) => problem.into_response(),
        Ok(Asking::Nobody) => next.run(request).await,
        Ok(Asking::Somebody(visitor)) => {
            request.extensions_mut().insert(signed_in(&visitor));
            request.extensions_mut().insert(visitor.person);
            next.run(request).await
        }
        Ok(Asking::Formerly(account)) => {
            request.extensions_mut().insert(SessionExpired { account });
            match keep_typed_form(&state, account, request).await {
                Ok(request) => next.run(request).await,
                Err(problem) => problem.into_response(),
            }
        }
    }
}

async fn find_asking(state: &AppState, session: &Session) -> Result<Asking, Problem> {
    let Some(id) = session.id() else { return Ok(Asking::Nobody) };
    let (key, now) = (SessionKey::of(id), state.clock.now());
    let mut connection = state.db.acquire().await?;
    let found = session::find_state(&mut connection, key, now).await?;
    if let Some(SessionState::Open { account, unseen }) = found {
        if unseen {
            session::touch(&mut connection, key, now).await?;
        }
        // None when it was closed or suspended since: the session opens nothing any more.
        if let Some(visitor) = store::visitor::find_visitor(&mut connection, account).await? {
            return Ok(Asking::Somebody(Box::new(visitor)));
        }
    }
    drop(connection);
    session::leave(session).await?;
    Ok(match found {
        Some(SessionState::Ended { account }) => Asking::Formerly(account),
        _ => Asking::Nobody,
    })
}

/// Keeps what somebody was sending when their session ended, to give it back to them alone when they have signed in again.
async fn keep_typed_form(state: &AppState, account: AccountId, request: Request) -> Result<Request, Problem> {
    let is_form = request.headers().get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(FORM));
    let brings_files = is_multipart(request.headers());
    if request.method() != Method::POST || !(is_form || brings_files) || !kept_forms::is_kept(request.uri().path()) {
        return Ok(request);
    }
    // The body is not needed further on: nobody is signed in, so nothing will be done with it.
    let (parts, body) = request.into_parts();
    let typed = if brings_files {
        let mut form = Request::new(body);
        form.headers_mut().extend(parts.headers.get(header::CONTENT_TYPE).map(|kind| (header::CONTENT_TYPE, kind.clone())));
        text_of_upload(form).await
    } else {
        // What is longer is no form of ours.
        url::form_urlencoded::parse(&to_bytes(body, MOST_READ).await.unwrap_or_default()).into_owned().collect()
    };
    if let Some(fields) = kept_forms::what_is_kept(typed) {
        let mut transaction = state.db.begin().await?;
        kept_forms::keep(&mut transaction, account, parts.uri.path(), &fields, state.clock.now()).await?;
        transaction.commit().await?;
    }
    Ok(Request::from_parts(parts, Body::empty()))
}

fn signed_in(visitor: &Visitor) -> SignedIn {
    let person = &visitor.person;
    let mut audiences = vec![Audience::SignedIn];
    if person.is_staff() {
        audiences.push(Audience::Staff);
    }
    if person.is(Role::Reviewer) || person.is(Role::Signatory) {
        audiences.push(Audience::Reviewer);
    }
    if person.is(Role::ProgrammeManager) || person.is(Role::Admin) {
        audiences.push(Audience::Campaigns);
    }
    if person.is(Role::Admin) {
        audiences.push(Audience::Admin);
    }
    SignedIn {
        account: person.account,
        name: person.full_name(),
        audiences,
        has_clients: visitor.has_clients,
        has_reports: visitor.has_reports,
    }
}
