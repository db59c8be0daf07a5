//! `/instruction/{numero}/transmission`: a demande is entrusted to somebody else of its organisation.

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
    fields::{Field, Fields},
    ids::AccountId,
    organisations::{self, Member, Reason},
    problem::Problem,
    review::entrust,
    web::{Frame, Page, Refused, tell},
};

const MEMBER: Field = Field { name: "membre", label: "À qui la confier" };
const BECAUSE: Field = Field { name: "because", label: "Pourquoi" };

#[derive(Debug, Template)]
#[template(path = "review/entrust.html")]
pub(super) struct EntrustPage {
    frame: Frame,
    form: Fields,
    application: Application,
    /// Verified members who do not follow it.
    members: Vec<Member>,
}

impl EntrustPage {
    fn dossier(&self) -> String {
        format!("/instruction/{}", self.application.id.0)
    }

    fn choices(&self) -> Vec<(String, &str, String)> {
        let hint = |member: &Member| match member.job_title.as_str() {
            "" => member.email.clone(),
            title => format!("{title}, {}", member.email),
        };
        self.members.iter().map(|member| (member.membership.account.to_string(), member.name.as_str(), hint(member))).collect()
    }
}

async fn prepare(state: &AppState, application: Application, frame: Frame, form: Fields) -> Result<EntrustPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let mut members = organisations::find_memberships_of(&mut connection, application.filed_by()).await?;
    members.retain(|member| member.membership.is_verified() && member.membership.account != application.applicant);
    Ok(EntrustPage { frame, form, application, members })
}

pub(super) async fn show(
    _: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<EntrustPage>, Problem> {
    Ok(Page(prepare(&state, application, frame, Fields::default()).await?))
}

pub(super) async fn act(
    by: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let to = form.parse(MEMBER, |typed| AccountId::parse(typed).ok_or("Choisissez une personne."));
    let because = form.parse(BECAUSE, Reason::parse);
    let (Some(to), Some(because)) = (to, because) else {
        return Ok(Refused(prepare(&state, application, frame, form).await?).into_response());
    };
    let mut transaction = state.db.begin().await?;
    let person = entrust(&mut transaction, &by, application.id, to, &because, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, format!("{} suit maintenant cette demande. Les deux personnes en sont averties.", person.full_name())).await?;
    Ok(Redirect::to(&format!("/instruction/{}", application.id.0)).into_response())
}
