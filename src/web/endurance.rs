//! What happens to a request that lasts, panics, or whose visitor leaves.

use std::{any::Any, time::Duration};

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tracing::Instrument;

use crate::problem::{Problem, ProblemReport};

/// Time in which every request is answered.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// The same for a request that brings files: what it takes to send them at the slowest rate the server bears.
pub const DEADLINE_WITH_FILES: Duration = Duration::from_mins(20);

/// How long that request may take.
pub fn deadline(request: &Request) -> Duration {
    let kind = request.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    if kind.get(..10).is_some_and(|start| start.eq_ignore_ascii_case(b"multipart/")) { DEADLINE_WITH_FILES } else { DEADLINE }
}

const UNKNOWN_YET: &str = "Votre action a été reçue, mais nous ne savons pas encore si elle est enregistrée. \
    Ouvrez la page concernée pour le vérifier avant de recommencer.";

/// Answers 503 when a page is not ready in time. An act that was begun goes on (see [`to_the_end`]): its page says so.
pub async fn within(limit: Duration, request: Request, next: Next) -> Response {
    let changes_something = !is_safe(request.method());
    if let Ok(response) = tokio::time::timeout(limit, next.run(request)).await {
        return response;
    }
    tracing::warn!("no answer in time");
    let mut report = ProblemReport::for_status(StatusCode::SERVICE_UNAVAILABLE);
    if changes_something {
        report.title = "La réponse tarde".into();
        report.sentence = UNKNOWN_YET.into();
    } else {
        report.sentence = "Cette page n’a pas pu être préparée à temps. Rien n’est perdu. Réessayez dans une minute.".into();
    }
    let mut response = (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, HeaderValue::from(30u64))]).into_response();
    response.extensions_mut().insert(report);
    response
}

/// Runs what changes something to its end though the visitor leaves. Dropped half-way, an act could leave its connection in a transaction
/// that the next borrower would believe its own (sqlx 0.9, measured), and nobody would know what was done.
pub async fn to_the_end(request: Request, next: Next) -> Response {
    if is_safe(request.method()) {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request).in_current_span()).await {
        Ok(response) => response,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The program is stopping.
            Err(error) => Problem::Busy(error.to_string()).into_response(),
        },
    }
}

/// The answer when our code panicked: the page of any failure of ours. The panic itself is written once, by the hook.
pub fn panicked(_: Box<dyn Any + Send>) -> Response {
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(ProblemReport::for_status(StatusCode::INTERNAL_SERVER_ERROR));
    response
}

/// Writes panics to the log, with the reference of their request, rather than to the terminal. To be called once, at start.
pub fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, message = panic.payload_as_str().unwrap_or("?"), "panic");
    }));
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    };

    use axum::{Router, body::Body, middleware, routing::post};
    use tokio::sync::Notify;
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    use super::*;

    async fn answer(router: Router, method: Method) -> Response {
        let request = Request::builder().method(method).uri("/").body(Body::empty()).expect("a request");
        router.oneshot(request).await.expect("an answer")
    }

    #[tokio::test]
    async fn an_act_ends_though_its_visitor_leaves() {
        let (begun, go_on, ended) = (Arc::new(Notify::new()), Arc::new(Notify::new()), Arc::new(Notify::new()));
        let done = Arc::new(AtomicBool::new(false));
        let act = {
            let (begun, go_on, ended, done) = (begun.clone(), go_on.clone(), ended.clone(), done.clone());
            move || async move {
                begun.notify_one();
                go_on.notified().await;
                done.store(true, Ordering::SeqCst);
                ended.notify_one();
            }
        };
        let router = Router::new().route("/", post(act)).layer(middleware::from_fn(to_the_end));
        let visit = tokio::spawn(answer(router, Method::POST));
        begun.notified().await;
        visit.abort();
        assert!(visit.await.is_err_and(|error| error.is_cancelled()), "the visitor has left");
        assert!(!done.load(Ordering::SeqCst));
        go_on.notify_one();
        ended.notified().await;
        assert!(done.load(Ordering::SeqCst));
    }

    #[tokio::test]
    async fn an_act_that_lasts_says_that_nothing_is_known_yet() {
        let slow = || tokio::time::sleep(Duration::from_mins(1));
        let limit = |request, next| within(Duration::from_millis(20), request, next);
        let router = Router::new().route("/", post(slow).get(slow)).layer(middleware::from_fn(limit));
        let response = answer(router.clone(), Method::POST).await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.extensions().get::<ProblemReport>().map(|report| &*report.title), Some("La réponse tarde"));
        let response = answer(router, Method::GET).await;
        assert_eq!(response.headers().get(header::RETRY_AFTER), Some(&HeaderValue::from_static("30")));
        assert_ne!(response.extensions().get::<ProblemReport>().map(|report| &*report.title), Some("La réponse tarde"));
    }

    #[tokio::test]
    async fn a_panic_is_a_failure_of_ours_even_in_an_act() {
        async fn broken() {
            panic!("as a test wants it");
        }
        let router = Router::new()
            .route("/", post(broken).get(broken))
            .layer(middleware::from_fn(to_the_end))
            .layer(CatchPanicLayer::custom(panicked as fn(_) -> _));
        for method in [Method::GET, Method::POST] {
            let response = answer(router.clone(), method).await;
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
            assert!(response.extensions().get::<ProblemReport>().is_some());
        }
    }
}
