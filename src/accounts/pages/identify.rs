//! Before any page: who is asking. One query for the session, one for the person; none for whoever carries no session.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_sessions::Session;

use crate::{
    AppState,
    accounts::{Person, Role, store},
    ids::AccountId,
    problem::Problem,
    web::{
        Audience, ClientAddress, SessionExpired, SignedIn,
        session::{self, SessionKey, SessionState},
    },
};

/// What the request's cookie leads to.
enum Asking {
    Nobody,
    Somebody(Box<Person>),
    Formerly(AccountId),
}

/// Reads who is asking and puts it into the request: [`ClientAddress`], then `Person` and [`SignedIn`], or [`SessionExpired`]. A copy of
/// [`SignedIn`] goes into the answer, for the page that dresses problems.
pub async fn identify(State(state): State<AppState>, session: Session, mut request: Request, next: Next) -> Response {
    let client = ClientAddress::of(request.extensions(), request.headers(), &state.config.trusted_proxies);
    request.extensions_mut().insert(client);
    match find_asking(&state, &session).await {
        Err(problem) => problem.into_response(),
        Ok(Asking::Nobody) => next.run(request).await,
        Ok(Asking::Somebody(person)) => {
            let signed_in = signed_in(&person);
            request.extensions_mut().insert(signed_in.clone());
            request.extensions_mut().insert(*person);
            let mut response = next.run(request).await;
            response.extensions_mut().insert(signed_in);
            response
        }
        Ok(Asking::Formerly(account)) => {
            request.extensions_mut().insert(SessionExpired { account });
            next.run(request).await
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
        if let Some(person) = store::find_person(&mut connection, account).await? {
            return Ok(Asking::Somebody(Box::new(person)));
        }
    }
    drop(connection);
    session::leave(session).await?;
    Ok(match found {
        Some(SessionState::Ended { account }) => Asking::Formerly(account),
        _ => Asking::Nobody,
    })
}

fn signed_in(person: &Person) -> SignedIn {
    let mut audiences = vec![Audience::SignedIn];
    if person.is_staff() {
        audiences.push(Audience::Staff);
    }
    if person.is(Role::Reviewer) || person.is(Role::Signatory) {
        audiences.push(Audience::Reviewer);
    }
    if person.is(Role::Admin) {
        audiences.push(Audience::Admin);
    }
    SignedIn { account: person.account, name: person.full_name(), audiences }
}
