//! `/organismes/recherche`: whoever does not know a SIRET finds it by the name, in the stock of the register.

use askama::Template;
use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Response},
};

use crate::{
    AppState,
    fields::{Field, Fields},
    organisations::stock::{self, Found, NameSearch},
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes},
};

const NAME: Field = Field { name: "nom", label: "Nom de l’organisme" };
/// Results on a page.
const PAGE: usize = 20;

/// What the SIRET is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Demande,
    Joining,
}

impl Purpose {
    fn from_slug(slug: &str) -> Self {
        if slug == "organisme" { Self::Joining } else { Self::Demande }
    }

    fn slug(self) -> &'static str {
        match self {
            Self::Demande => "demande",
            Self::Joining => "organisme",
        }
    }

    /// The page that asks for a SIRET.
    fn page(self) -> &'static str {
        match self {
            Self::Demande => "/demandes/nouvelle",
            Self::Joining => "/compte/organismes/nouveau",
        }
    }
}

#[derive(Debug, Template)]
#[template(path = "organisations/search.html")]
struct SearchPage {
    frame: Frame,
    form: Fields,
    purpose: Purpose,
    is_there: bool,
    /// Absent until something was looked for.
    found: Option<Vec<Found>>,
    /// From 1.
    number: usize,
    has_more: bool,
}

impl SearchPage {
    /// The same search on another page.
    fn address(&self, number: usize) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("nom", self.form.value(NAME.name)).append_pair("pour", self.purpose.slug());
        query.append_pair("page", &number.to_string());
        format!("/organismes/recherche?{}", query.finish())
    }
}

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::SignedIn, "/organismes/recherche", show)
}

async fn show(State(state): State<AppState>, uri: Uri, frame: Frame) -> Result<Response, Problem> {
    let mut form = Fields::from_query(uri.query().unwrap_or_default());
    let purpose = Purpose::from_slug(form.value("pour"));
    let number = form.value("page").parse::<usize>().unwrap_or(1).clamp(1, 100);
    let asked = form.values(NAME.name).next().is_some();
    let search = if asked { form.parse(NAME, NameSearch::parse) } else { None };
    let mut connection = state.db.acquire().await?;
    let is_there = stock::is_there(&mut connection).await?;
    let mut page = SearchPage { frame, form, purpose, is_there, found: None, number, has_more: false };
    if let Some(search) = search {
        let all = stock::search_by_name(&mut connection, &search).await?;
        page.has_more = all.len() > number * PAGE;
        page.found = Some(all.into_iter().skip((number - 1) * PAGE).take(PAGE).collect());
    }
    Ok(if page.form.is_valid() { Page(page).into_response() } else { Refused(page).into_response() })
}
