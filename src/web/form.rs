//! Reads a posted form into [`Fields`].

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt;
use uuid::Uuid;

use super::security::MOST_BYTES;
use crate::{fields::Fields, problem::Problem};

/// What is still received of a form that is too long, so that the browser hears why it is refused rather than a broken connection.
const MOST_THROWN_AWAY: usize = 8 * 1024 * 1024;

/// Time in which a form must have come in; shorter than the deadline of the answer, so that « nothing was done » is true.
const PATIENCE: Duration = Duration::from_secs(25);

/// Values a form may hold; ours have dozens.
const MOST_VALUES: usize = 500;

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Response> {
        let is_form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"));
        let body = tokio::time::timeout(PATIENCE, receive(request.into_body()))
            .await
            .map_err(|_| StatusCode::REQUEST_TIMEOUT.into_response())?
            .map_err(IntoResponse::into_response)?;
        if !is_form {
            return Err(refuse("Ce formulaire n’a pas été envoyé comme nos pages le font. Rien n’a été fait."));
        }
        let typed: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().take(MOST_VALUES + 1).collect();
        if typed.len() > MOST_VALUES {
            return Err(refuse("Ce formulaire contient plus de champs que nos pages n’en ont. Rien n’a été fait."));
        }
        Ok(Self::from_pairs(typed))
    }
}

/// The whole body, if it is one a form can have.
async fn receive(mut body: Body) -> Result<Bytes, StatusCode> {
    let (mut kept, mut received) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        // The visitor left, or sent what is no HTTP.
        let Ok(data) = frame.map_err(|_| StatusCode::BAD_REQUEST)?.into_data() else { continue };
        received += data.len();
        if received <= MOST_BYTES {
            kept.extend_from_slice(&data);
        } else if received > MOST_THROWN_AWAY {
            break;
        }
    }
    if received > MOST_BYTES { Err(StatusCode::PAYLOAD_TOO_LARGE) } else { Ok(kept.into()) }
}

fn refuse(sentence: &'static str) -> Response {
    Problem::BadRequest(sentence.into()).into_response()
}

/// A key made with a page that starts something: posting it twice starts it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartKey(pub Uuid);

impl StartKey {
    /// A key nobody else has.
    pub fn fresh() -> Self {
        Self(Uuid::new_v4())
    }

    /// The key a form brought back, under the name `start_key`.
    ///
    /// # Errors
    /// [`Problem::BadRequest`] when no page of ours made it.
    pub fn from_fields(fields: &Fields) -> Result<Self, Problem> {
        Uuid::parse_str(fields.value("start_key"))
            .map(Self)
            .map_err(|_| Problem::BadRequest("Ce formulaire est incomplet. Revenez à la page précédente et rechargez-la.".into()))
    }
}

impl std::fmt::Display for StartKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(kind: &str, body: impl Into<Body>) -> Result<Fields, StatusCode> {
        let request = Request::post("/").header(header::CONTENT_TYPE, kind).body(body.into()).expect("a request");
        Fields::from_request(request, &()).await.map_err(|response| response.status())
    }

    const FORM: &str = "application/x-www-form-urlencoded";

    #[tokio::test]
    async fn a_form_is_read_as_typed() {
        let fields = read("application/x-www-form-urlencoded; charset=UTF-8", "nom=Zo%C3%A9+%F0%9F%8C%8D&scope=a&scope=b").await;
        let fields = fields.expect("a form");
        assert_eq!(fields.value("nom"), "Zoé 🌍");
        assert_eq!(fields.values("scope").collect::<Vec<_>>(), ["a", "b"]);
    }

    #[tokio::test]
    async fn what_no_page_of_ours_sends_is_refused() {
        for kind in ["", "application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencodedx", "text/plain"] {
            assert_eq!(read(kind, "nom=Zoé").await.err(), Some(StatusCode::BAD_REQUEST), "{kind}");
        }
        assert_eq!(read(FORM, "a=1&".repeat(MOST_VALUES)).await.map(|fields| fields.values("a").count()), Ok(MOST_VALUES));
        assert_eq!(read(FORM, "a&".repeat(MOST_VALUES + 1)).await.err(), Some(StatusCode::BAD_REQUEST));
    }

    #[tokio::test]
    async fn garbage_is_read_without_harm() {
        for body in [&b"\xff\xfe=\0&%=%&%zz&=&&=="[..], b"%00=%00", b"\x80"] {
            assert!(read(FORM, Bytes::copy_from_slice(body)).await.is_ok(), "{body:?}");
        }
    }

    #[tokio::test]
    async fn a_form_too_long_is_refused_once_received() {
        let exactly = format!("a={}", "x".repeat(MOST_BYTES - 2));
        assert!(read(FORM, exactly.clone()).await.is_ok());
        assert_eq!(read(FORM, exactly + "x").await.err(), Some(StatusCode::PAYLOAD_TOO_LARGE));
        assert_eq!(read(FORM, "x".repeat(3 * MOST_THROWN_AWAY)).await.err(), Some(StatusCode::PAYLOAD_TOO_LARGE));
    }
}
