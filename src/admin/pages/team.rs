//! `/administration/equipe`: who is of the team, and how somebody joins it.

use std::collections::HashMap;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use crate::{
    AppState,
    accounts::{
        Administrator, EmailAddress, NewStaff, Role, StaffCreated, create_staff, parse_person_name,
        team::{self, Member},
    },
    admin::store,
    fields::{Field, Fields},
    ids::AccountId,
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes, tell},
};

pub(super) const ROLES: Field = Field { name: "roles", label: "Rôles" };
const EMAIL: Field = Field { name: "email", label: "Adresse électronique" };
const GIVEN_NAME: Field = Field { name: "given_name", label: "Prénom" };
const FAMILY_NAME: Field = Field { name: "family_name", label: "Nom" };

/// Where the pages of the team are.
pub(super) const PATH: &str = "/administration/equipe";

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::Admin, PATH, show).post(Audience::Admin, PATH, invite)
}

#[derive(Debug, Template)]
#[template(path = "admin/team.html")]
struct TeamPage {
    frame: Frame,
    form: Fields,
    members: Vec<Member>,
    /// Open dossiers, by who answers for them.
    held: HashMap<AccountId, i64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
impl TeamPage {
    fn held(&self, account: &AccountId) -> i64 {
        self.held.get(account).copied().unwrap_or_default()
    }

    fn active(&self) -> usize {
        self.members.iter().filter(|member| !member.access.is_suspended()).count()
    }
}

/// The roles that are ticked.
pub(super) fn ticked(form: &Fields, name: &'static str) -> Vec<Role> {
    Role::ALL.iter().copied().filter(|role| form.has(name, role.to_string())).collect()
}

async fn prepare(state: &AppState, frame: Frame, form: Fields) -> Result<TeamPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let members = team::find_team(&mut connection).await?;
    let held = store::count_held(&mut connection).await?;
    Ok(TeamPage { frame, form, members, held })
}

async fn show(_: Administrator, State(state): State<AppState>, frame: Frame) -> Result<Page<TeamPage>, Problem> {
    Ok(Page(prepare(&state, frame, Fields::default()).await?))
}

fn check(form: &mut Fields) -> Option<NewStaff> {
    let email = form.parse(EMAIL, EmailAddress::parse);
    let given_name = form.parse(GIVEN_NAME, parse_person_name);
    let family_name = form.parse(FAMILY_NAME, parse_person_name);
    let roles = ticked(form, ROLES.name);
    if roles.is_empty() {
        form.refuse(ROLES, "Cochez au moins un rôle.");
        return None;
    }
    Some(NewStaff { email: email?, given_name: given_name?, family_name: family_name?, roles })
}

async fn invite(
    by: Administrator,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let Some(new) = check(&mut form) else { return Ok(Refused(prepare(&state, frame, form).await?).into_response()) };
    let mut transaction = state.db.begin().await?;
    let created = create_staff(&mut transaction, &by.by(), &new, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, sentence(&created)).await?;
    Ok(Redirect::to(&format!("{PATH}/{}", created.person.account)).into_response())
}

/// What became of an invitation.
pub(super) fn sentence(created: &StaffCreated) -> String {
    let name = created.person.full_name();
    match (&created.invitation, created.added.as_slice()) {
        (Some(_), _) => format!("Une lettre part à {} : {name} y choisira son mot de passe.", created.person.email),
        (None, []) => format!("{name} avait déjà un compte et ces rôles : rien n’a changé."),
        (None, added) => {
            format!(
                "{name} avait déjà un compte : rôles ajoutés : {}. Ses sessions sont fermées, il faudra s’y reconnecter.",
                Role::labels(added)
            )
        }
    }
}
