//! `/habilitations/{numero}/procedure`: what is envisaged about a right, what its holder answers, how it ends; to each the form that is theirs.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use tower_sessions::Session;

use super::extract::ReadableAuthorization;
use crate::{
    AppState,
    accounts::{Applicant, Reviewer, Role, Staff},
    authorizations::{
        Authorization,
        procedure::{Ground, Measure, Opening, Procedure, Ruled, Verdict, decide, earliest_end, find_procedures, observe, open},
    },
    calendar,
    fields::{Field, Fields},
    problem::Problem,
    text,
    web::{Frame, Page, Refused, filters, tell},
};

const MEASURE: Field = Field { name: "measure", label: "Ce qui est envisagé" };
const GROUND: Field = Field { name: "ground", label: "Le motif en droit" };
const FACTS: Field = Field { name: "facts", label: "Les faits" };
const URGENCY: Field = Field { name: "urgency", label: "L’urgence" };
const UNTIL: Field = Field { name: "observations_until", label: "Dernier jour pour les observations" };
const BODY: Field = Field { name: "body", label: "Vos observations" };
const OUTCOME: Field = Field { name: "outcome", label: "Votre décision" };
const REASONS: Field = Field { name: "reasons", label: "Les raisons en fait" };
const SUSPENDED_UNTIL: Field = Field { name: "suspended_until", label: "Dernier jour de la suspension" };

/// What the reader may do there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum May {
    Read,
    Open,
    Observe,
    Decide,
}

#[derive(Debug, Template)]
#[template(path = "authorizations/procedure.html")]
pub(super) struct ProcedurePage {
    frame: Frame,
    authorization: Authorization,
    procedures: Vec<Procedure>,
    may: May,
    form: Fields,
    earliest_end: Date,
}

impl ProcedurePage {
    fn base(&self) -> String {
        format!("/habilitations/{}", self.authorization.id.0)
    }
}

/// Who looks, and at which right.
struct Looking {
    frame: Frame,
    authorization: Authorization,
    is_staff: bool,
    decider: Option<Reviewer>,
}

async fn prepare(state: &AppState, looking: Looking, form: Fields) -> Result<ProcedurePage, Problem> {
    let Looking { frame, authorization, is_staff, decider } = looking;
    let procedures = find_procedures(&mut *state.db.acquire().await?, authorization.id).await?;
    let going_on = procedures.first().filter(|procedure| procedure.ruling.is_none());
    let may = match (going_on, &decider) {
        (Some(_), None) if !is_staff => May::Observe,
        (Some(procedure), Some(decider)) if decider.person().is(Role::Signatory) && decider.person().account != procedure.opened_by => {
            May::Decide
        }
        (None, Some(_)) if authorization.state.is_in_force() => May::Open,
        _ => May::Read,
    };
    Ok(ProcedurePage { frame, authorization, procedures, may, form, earliest_end: earliest_end(state.clock.now()) })
}

pub(super) async fn show(
    staff: Option<Staff>,
    decider: Option<Reviewer>,
    ReadableAuthorization(authorization): ReadableAuthorization,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<ProcedurePage>, Problem> {
    let looking = Looking { frame, authorization, is_staff: staff.is_some(), decider };
    Ok(Page(prepare(&state, looking, Fields::default()).await?))
}

/// A date of the form, which must be that one or later.
fn day(form: &mut Fields, field: Field, earliest: Date) -> Option<time::Date> {
    form.parse(field, |typed| match calendar::parse_date_since(typed, 2018)? {
        None => Err("Indiquez un jour.".to_owned()),
        Some(day) if day < earliest => Err(format!("Choisissez le {} au plus tôt.", calendar::date_in_full(earliest))),
        Some(day) => Ok(calendar::kept(day)),
    })
}

pub(super) async fn start(
    by: Reviewer,
    ReadableAuthorization(authorization): ReadableAuthorization,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let now = state.clock.now();
    let measure = form.parse(MEASURE, |typed| typed.parse::<Measure>().map_err(|_| "Choisissez ce que vous envisagez."));
    let ground = form.parse(GROUND, |typed| typed.parse::<Ground>().map_err(|_| "Choisissez un motif."));
    let facts = form.paragraph(FACTS, 5000);
    let urgency = form.parse(URGENCY, |typed| text::optional_paragraph(typed, 2000));
    let observations_until = day(&mut form, UNTIL, earliest_end(now));
    if measure == Some(Measure::Revocation) && urgency.as_ref().is_some_and(|urgency| !urgency.is_empty()) {
        form.refuse(URGENCY, "L’urgence permet de suspendre, non de révoquer : videz ce champ, ou envisagez une suspension.");
    }
    if let (true, Some(measure), Some(ground), Some(facts), Some(urgency), Some(observations_until)) =
        (form.is_valid(), measure, ground, facts, urgency, observations_until)
    {
        let opening = Opening { measure, ground, facts, urgency, observations_until };
        let mut transaction = state.db.begin().await?;
        open(&mut transaction, &by, authorization.id, &opening, &state.config.desk.desk_service, now).await?;
        transaction.commit().await?;
        tell(&session, "La procédure est ouverte : une lettre part au titulaire.").await?;
        return Ok(Redirect::to(&format!("/habilitations/{}/procedure", authorization.id.0)).into_response());
    }
    let looking = Looking { frame, authorization, is_staff: true, decider: Some(by) };
    Ok(Refused(prepare(&state, looking, form).await?).into_response())
}

pub(super) async fn answer(
    by: Applicant,
    staff: Option<Staff>,
    ReadableAuthorization(authorization): ReadableAuthorization,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    if staff.is_some() {
        return Err(Problem::NotFound);
    }
    let Some(body) = form.paragraph(BODY, 10_000) else {
        let looking = Looking { frame, authorization, is_staff: false, decider: None };
        return Ok(Refused(prepare(&state, looking, form).await?).into_response());
    };
    let mut transaction = state.db.begin().await?;
    observe(&mut transaction, &by, authorization.id, &body, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "Vos observations sont transmises. Vous pouvez en ajouter jusqu’à la décision.").await?;
    Ok(Redirect::to(&format!("/habilitations/{}/procedure", authorization.id.0)).into_response())
}

pub(super) async fn rule(
    by: Reviewer,
    ReadableAuthorization(authorization): ReadableAuthorization,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let now = state.clock.now();
    let outcome = form.parse(OUTCOME, |typed| typed.parse::<Ruled>().map_err(|_| "Choisissez votre décision."));
    let reasons = form.paragraph(REASONS, 5000);
    let suspended_until = if outcome == Some(Ruled::Suspended) { day(&mut form, SUSPENDED_UNTIL, calendar::paris_date(now)) } else { None };
    if let (true, Some(outcome), Some(reasons)) = (form.is_valid(), outcome, reasons) {
        let verdict = Verdict { outcome, reasons, suspended_until };
        let mut transaction = state.db.begin().await?;
        match decide(&mut transaction, &by, authorization.id, &verdict, &state.config.desk.desk_service, now).await {
            Ok(()) => {
                transaction.commit().await?;
                tell(&session, "Votre décision est enregistrée : une lettre part au titulaire.").await?;
                return Ok(Redirect::to(&format!("/habilitations/{}/procedure", authorization.id.0)).into_response());
            }
            // What was typed is given back beside what happened.
            Err(Problem::NotPossible { sentence, .. }) => form.refuse(OUTCOME, sentence),
            Err(other) => return Err(other),
        }
        let looking = Looking { frame, authorization, is_staff: true, decider: Some(by) };
        return Ok((axum::http::StatusCode::CONFLICT, Page(prepare(&state, looking, form).await?)).into_response());
    }
    let looking = Looking { frame, authorization, is_staff: true, decider: Some(by) };
    Ok(Refused(prepare(&state, looking, form).await?).into_response())
}
