//! Reads a posted form into [`Fields`].

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::header,
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use crate::{fields::Fields, problem::Problem};

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let is_form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"));
        if !is_form {
            return Err(
                Problem::BadRequest("Ce formulaire n’a pas été envoyé comme nos pages le font. Rien n’a été fait.".into()).into_response()
            );
        }
        let body = Bytes::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        Ok(Self::from_pairs(url::form_urlencoded::parse(&body).into_owned().collect()))
    }
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
