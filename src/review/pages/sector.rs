//! `/instruction/{numero}/secteur`: where a candidature stands in the line, and the correction of its sector, with what that does.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::extract::Dossier;
use crate::{
    AppState,
    accounts::Reviewer,
    applications::Application,
    criteria::Sector,
    experimentation::{self, Standing},
    fields::{Field, Fields},
    problem::Problem,
    review::correct_sector,
    web::{Frame, Page, Refused, tell},
};

const SECTOR: Field = Field { name: "secteur", label: "Le secteur de la candidature" };
const BECAUSE: Field = Field { name: "because", label: "Pourquoi" };

/// Characters of a reason.
const MOST: usize = 2000;

#[derive(Debug, Template)]
#[template(path = "review/sector.html")]
pub(super) struct SectorPage {
    frame: Frame,
    form: Fields,
    application: Application,
    standing: Standing,
}

impl SectorPage {
    fn dossier(&self) -> String {
        format!("/instruction/{}", self.application.id.0)
    }

    fn choices(&self) -> Vec<(String, &str, String)> {
        let numbers = &self.standing.numbers;
        let hint = |sector: Sector| {
            let (held, ceiling) = (numbers.held.of(sector), numbers.share(sector).ceiling);
            let (taken, waiting) = (experimentation::places(held.taken()), held.waiting);
            match numbers.kept(sector) {
                0 => format!("{taken} sur {ceiling} au plus, {waiting} en attente"),
                kept => format!("{taken} sur {ceiling} au plus ({kept} gardées pour lui), {waiting} en attente"),
            }
        };
        Sector::ALL.iter().map(|sector| (sector.to_string(), sector.label(), hint(*sector))).collect()
    }
}

/// The page of a candidature that stands somewhere.
async fn prepare(state: &AppState, application: Application, frame: Frame, form: Fields) -> Result<SectorPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let id = application.id;
    match experimentation::find_standing(&mut connection, id).await? {
        Some(standing) => Ok(SectorPage { frame, form, application, standing }),
        None => Err(Problem::not_possible_but(
            "Seule une candidature à l’expérimentation est rangée dans un secteur.",
            "Voir le dossier",
            format!("/instruction/{}", id.0),
        )),
    }
}

pub(super) async fn show(
    _: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<SectorPage>, Problem> {
    let mut page = prepare(&state, application, frame, Fields::default()).await?;
    page.form.set(SECTOR.name, page.standing.sector.to_string());
    Ok(Page(page))
}

pub(super) async fn act(
    by: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let sector = form.parse(SECTOR, |typed| typed.parse::<Sector>().map_err(|_| "Choisissez un des six secteurs."));
    let because = form.paragraph(BECAUSE, MOST);
    let (Some(sector), Some(because)) = (sector, because) else {
        return Ok(Refused(prepare(&state, application, frame, form).await?).into_response());
    };
    let mut transaction = state.db.begin().await?;
    let standing = correct_sector(&mut transaction, &by, application.id, sector, &because, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, format!("{} est dans le secteur « {} ». {}", application.id, sector.label(), standing.sentence())).await?;
    Ok(Redirect::to(&format!("/instruction/{}", application.id.0)).into_response())
}
