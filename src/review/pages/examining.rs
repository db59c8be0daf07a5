//! What the team writes among itself about a dossier: opinions and notes; and the notes' own addresses.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use sqlx::PgConnection;
use tower_sessions::Session;

use super::{
    dossier::{self, Shown},
    extract::Dossier,
    grid::Grid,
};
use crate::{
    AppState,
    accounts::{self, Person, Reviewer, Staff},
    applications::{Application, Version},
    fields::{Field, Fields},
    ids::NoteId,
    problem::Problem,
    review::{
        notes::{self, MOST_CHARACTERS, Note},
        open::is_own,
        opinions::{self, Board, Service},
    },
    web::{Frame, Refused, StartKey, tell},
};

pub(super) const NOTE: Field = Field { name: "note", label: "Ajouter une note" };

/// What the dossier shows of it.
#[derive(Debug)]
pub(super) struct Examination {
    /// Nothing for those whose own demande it is.
    pub open: Option<Inside>,
    /// The note being written.
    pub form: Fields,
    pub key: StartKey,
    /// Who reads.
    pub reader: Person,
}

/// What the team alone reads.
#[derive(Debug)]
pub(super) struct Inside {
    pub board: Board,
    pub notes: Vec<Note>,
    pub grid: Grid,
}

impl Examination {
    pub async fn of(connection: &mut PgConnection, reader: &Person, application: &Application, shown: &Version) -> Result<Self, Problem> {
        let open = if is_own(connection, reader, application).await? {
            None
        } else {
            let asked = opinions::find_asked(connection, application.id).await?;
            let given = opinions::find_given(connection, application.id).await?;
            Some(Inside {
                board: Board::of(application.kind, application.version, &asked, &given, reader),
                notes: notes::find_notes(connection, application.id).await?,
                grid: Grid::of(connection, application, shown).await?,
            })
        };
        Ok(Self { open, form: Fields::default(), key: StartKey::fresh(), reader: reader.clone() })
    }

    /// The service the reader may answer for now.
    pub fn to_give(&self) -> Option<Service> {
        self.open.as_ref().and_then(|inside| inside.board.to_give())
    }

    /// The grid, for whoever is given back what they chose.
    pub fn grid_mut(&mut self) -> Option<&mut Grid> {
        self.open.as_mut().map(|inside| &mut inside.grid)
    }

    /// Whether some service can still be asked.
    pub fn can_ask(&self) -> bool {
        self.open.as_ref().is_some_and(|inside| !inside.board.can_be_asked.is_empty())
    }
}

pub(super) async fn write(
    staff: Staff,
    reviewer: Option<Reviewer>,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let key = StartKey::from_fields(&form)?.0;
    let Some(body) = form.paragraph(NOTE, MOST_CHARACTERS) else {
        let mut page = dossier::prepare(&state, &staff, reviewer.as_ref(), application, &Shown::default(), frame).await?;
        page.examination.form = form;
        return Ok(Refused(page).into_response());
    };
    let mut transaction = state.db.begin().await?;
    notes::write(&mut transaction, &staff, application.id, &body, key, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "Votre note est écrite. Vous pouvez la retirer pendant cinq minutes.").await?;
    Ok(Redirect::to(&format!("/instruction/{}#notes", application.id.0)).into_response())
}

pub(super) async fn strike(
    staff: Staff,
    Dossier(application): Dossier,
    Path((_, note)): Path<(String, String)>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let note = NoteId::parse(&note).ok_or(Problem::NotFound)?;
    let mut transaction = state.db.begin().await?;
    notes::strike(&mut transaction, &staff, &application, note, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "Votre note est retirée : ce qu’elle disait est effacé.").await?;
    Ok(Redirect::to(&format!("/instruction/{}#notes", application.id.0)))
}

/// The note somebody was writing when their session ended.
pub(super) async fn kept(state: &AppState, staff: &Staff, application: &Application) -> Result<Option<Fields>, Problem> {
    let mut transaction = state.db.begin().await?;
    let address = format!("/instruction/{}/notes", application.id.0);
    let kept = accounts::take_kept_form(&mut transaction, staff.person().account, &address).await?;
    transaction.commit().await?;
    Ok(kept)
}
