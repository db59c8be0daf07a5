//! Whether the desk lives and whether it may be given visitors.

use std::time::Duration;

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{AppState, database};

/// Time in which the database must answer the probe.
const PATIENCE: Duration = Duration::from_secs(2);

/// The two probes: outside sessions, so that they say only what they are asked.
pub fn router() -> Router<AppState> {
    Router::new().route("/health/live", get(live)).route("/health/ready", get(ready))
}

/// The program answers; nothing else is touched.
async fn live() -> &'static str {
    "ok\n"
}

/// The database takes writes and its schema is the one this program knows. A mailer that is down is no reason to send visitors away.
async fn ready(State(state): State<AppState>) -> Response {
    let readiness = tokio::time::timeout(PATIENCE, database::readiness(&state.db)).await;
    let said = match readiness {
        Ok(Ok(readiness)) => readiness.as_str(),
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready");
            "unreachable"
        }
        Err(_) => {
            tracing::warn!("not ready: the database does not answer in time");
            "slow"
        }
    };
    let is_ready = said == database::Readiness::Ready.as_str();
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(serde_json::json!({ "ready": is_ready, "database": said }))).into_response()
}
