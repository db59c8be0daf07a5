//! Routes that say whom they are for: a route without an audience cannot be written.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    handler::Handler,
    http::Method,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};

use super::frame::SignedIn;
use crate::problem::Problem;

/// Whom a route is for. What lies behind it (one's own demande, one's own organisation) is checked by the page's extractors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Everybody, signed in or not.
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// Anyone of the team, to read.
    Staff,
    /// Those who decide.
    Reviewer,
    /// Those who answer for the campaigns of experiment.
    Campaigns,
    /// Administrators.
    Admin,
}

/// A route as declared, for the test that walks them all.
#[derive(Clone, Debug)]
pub struct DeclaredRoute {
    /// The method.
    pub method: Method,
    /// The path with its `{parameters}`.
    pub path: &'static str,
    /// Whom it is for.
    pub audience: Audience,
}

/// A router whose every route has an audience, enforced before the page is reached.
#[derive(Debug)]
pub struct Routes<S> {
    router: Router<S>,
    declared: Vec<DeclaredRoute>,
}

impl<S: Clone + Send + Sync + 'static> Default for Routes<S> {
    fn default() -> Self {
        Self { router: Router::new(), declared: Vec::new() }
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// No route yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A page to read: changes nothing.
    #[must_use]
    pub fn get<H: Handler<T, S>, T: 'static>(self, audience: Audience, path: &'static str, page: H) -> Self {
        self.declare(Method::GET, audience, path, get(page))
    }

    /// An act.
    #[must_use]
    pub fn post<H: Handler<T, S>, T: 'static>(self, audience: Audience, path: &'static str, act: H) -> Self {
        self.declare(Method::POST, audience, path, post(act))
    }

    /// An act whose form may carry that many bytes of files.
    #[must_use]
    pub fn post_files<H: Handler<T, S>, T: 'static>(self, audience: Audience, path: &'static str, most_bytes: usize, act: H) -> Self {
        self.declare(Method::POST, audience, path, post(act).layer(DefaultBodyLimit::max(most_bytes)))
    }

    /// The routes of another slice.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.declared.extend(other.declared);
        self
    }

    /// The router to serve and the routes it holds.
    pub fn into_parts(self) -> (Router<S>, Vec<DeclaredRoute>) {
        (self.router, self.declared)
    }

    fn declare(mut self, method: Method, audience: Audience, path: &'static str, routed: MethodRouter<S>) -> Self {
        let guarded = match audience {
            Audience::Anyone => routed,
            _ => routed.route_layer(middleware::from_fn(move |request: Request, next: Next| admit(audience, request, next))),
        };
        self.router = self.router.route(path, guarded);
        self.declared.push(DeclaredRoute { method, path, audience });
        self
    }
}

async fn admit(audience: Audience, request: Request, next: Next) -> Response {
    match request.extensions().get::<SignedIn>() {
        None => Problem::SignedOut.into_response(),
        Some(person) if person.belongs_to(audience) => next.run(request).await,
        Some(_) => Problem::Forbidden(
            "Cette page est réservée à l’équipe qui instruit les demandes. Si vous en faites partie, demandez le rôle qu’il vous faut à un administrateur.".into(),
        )
        .into_response(),
    }
}
