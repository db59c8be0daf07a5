//! Dresses problems as pages: a sentence, a next link, a reference.

use askama::Template;
use axum::{
    Json,
    body::Body,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode, Uri, header,
        uri::{Authority, PathAndQuery},
    },
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use time::OffsetDateTime;
use url::{Url, form_urlencoded};

use super::{Frame, Reference, SessionExpired, SignedIn, local_path, wants_json};
use crate::{
    AppState,
    problem::{NextLink, ProblemReport},
    web::filters,
};

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    status: StatusCode,
    title: String,
    sentence: String,
    links: Vec<NextLink>,
    reference: Reference,
    at: OffsetDateTime,
    contact: String,
}

/// What must be known of a request to speak of its problem.
struct Asked {
    method: Method,
    uri: Uri,
    /// The visitor is a program.
    wants_json: bool,
    /// The page of ours the visitor comes from.
    from: Option<String>,
    reference: Reference,
}

/// Turns problems, and refusals no handler of ours made, into pages; those who must sign in are led there and back.
pub async fn dress(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let asked = Asked::read(&request);
    let mut response = next.run(request).await;
    let Some(report) = take_report(&mut response) else { return response };
    if asked.wants_json {
        return asked.answer_in_json(&report, response);
    }
    if report.sign_in {
        return asked.lead_to_sign_in(response);
    }
    let page = ProblemPage {
        frame: Frame { signed_in: response.extensions().get::<SignedIn>().cloned(), path: asked.uri.path().to_owned(), notice: None },
        status: response.status(),
        links: asked.links(&report, &response),
        title: report.title.into_owned(),
        sentence: report.sentence.into_owned(),
        reference: asked.reference,
        at: state.clock.now(),
        contact: state.config.desk.desk_email.clone(),
    };
    let body = match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "the problem page cannot be written");
            format!("{} {}", page.title, page.sentence).into_response()
        }
    };
    asked.replace_body(response, body)
}

/// What the response says went wrong: what a handler reported, or what its bare status means.
fn take_report(response: &mut Response) -> Option<ProblemReport> {
    if let Some(report) = response.extensions_mut().remove::<ProblemReport>() {
        return Some(report);
    }
    let failed = response.status().is_client_error() || response.status().is_server_error();
    let kind = response.headers().get(header::CONTENT_TYPE).map_or("text/plain", |kind| kind.to_str().unwrap_or_default());
    (failed && kind.starts_with("text/plain")).then(|| ProblemReport::for_status(response.status()))
}

impl Asked {
    fn read(request: &Request) -> Self {
        Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            wants_json: is_api(request.uri().path()) || wants_json(request.headers()),
            from: coming_from(request.uri(), request.headers()),
            reference: request.extensions().get::<Reference>().copied().unwrap_or_else(Reference::fresh),
        }
    }

    fn is_read(&self) -> bool {
        matches!(self.method, Method::GET | Method::HEAD)
    }

    /// The page asked for, when it can be asked for again.
    fn again(&self) -> Option<&str> {
        self.uri.path_and_query().map(PathAndQuery::as_str).and_then(local_path).filter(|_| self.is_read())
    }

    /// Where to go now, best first: what the problem names, the same page again, the page before, one's own pages.
    fn links(&self, report: &ProblemReport, response: &Response) -> Vec<NextLink> {
        let retry = self.again().filter(|_| response.status().is_server_error()).map(|path| link("Réessayer", path));
        let back = self.from.as_deref().filter(|_| !self.is_read()).map(|path| link("Revenir à la page précédente", path));
        let home = match response.extensions().get::<SignedIn>() {
            Some(person) if person.belongs_to(super::Audience::Staff) => link("Revenir à l’instruction", "/instruction"),
            Some(_) => link("Revenir à mes demandes", "/demandes"),
            None => link("Aller à l’accueil", "/"),
        };
        let mut links: Vec<NextLink> = report.next.clone().or(retry).or(back).into_iter().collect();
        if links.iter().all(|known| known.href != home.href) {
            links.push(home);
        }
        links
    }

    fn lead_to_sign_in(&self, response: Response) -> Response {
        let after = if self.is_read() { self.again() } else { self.from.as_deref() };
        let after: String = form_urlencoded::byte_serialize(after.unwrap_or("/").as_bytes()).collect();
        let expired = if response.extensions().get::<SessionExpired>().is_some() { "&expiree=1" } else { "" };
        let mut response = self.replace_body(response, StatusCode::SEE_OTHER.into_response());
        *response.status_mut() = StatusCode::SEE_OTHER;
        if let Ok(location) = HeaderValue::from_str(&format!("/connexion?suite={after}{expired}")) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }

    fn answer_in_json(&self, report: &ProblemReport, response: Response) -> Response {
        let body = serde_json::json!({ "title": report.title, "detail": report.sentence, "reference": self.reference.as_str() });
        self.replace_body(response, Json(body).into_response())
    }

    /// The response with another body; its status and its other headers stay.
    fn replace_body(&self, response: Response, with: Response) -> Response {
        let (mut parts, _) = response.into_parts();
        let (new, body) = with.into_parts();
        for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::ETAG] {
            parts.headers.remove(name);
        }
        parts.headers.extend(new.headers);
        Response::from_parts(parts, if self.method == Method::HEAD { Body::empty() } else { body })
    }
}

fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

fn link(label: &'static str, href: &str) -> NextLink {
    NextLink { label: label.into(), href: href.to_owned() }
}

/// The path of the page the visitor comes from, if it is one of ours.
fn coming_from(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let page = Url::parse(headers.get(header::REFERER)?.to_str().ok()?).ok()?;
    let host = uri.authority().map(Authority::as_str).or_else(|| headers.get(header::HOST)?.to_str().ok())?;
    let address = match page.query() {
        Some(query) => format!("{}?{query}", page.path()),
        None => page.path().to_owned(),
    };
    (page.authority() == host).then_some(address).filter(|path| local_path(path).is_some())
}
