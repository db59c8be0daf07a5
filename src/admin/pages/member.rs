//! `/administration/equipe/{membre}`: the roles of somebody of the team, their access, and what became of both.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::team::{PATH, ROLES, sentence, ticked};
use crate::{
    AppState,
    accounts::{
        Administrator, NewStaff, Role, create_staff,
        team::{self, Access, Member, RolesChanged},
    },
    admin::{change_roles, deactivate, store},
    fields::Fields,
    ids::AccountId,
    journal::{self, Entry, Event, TeamFact},
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes, filters, tell},
};

/// The roles the page showed, sent back with its form.
const SHOWN: &str = "shown";

/// Facts on the page.
const MOST: i64 = 50;

pub(super) fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::Admin, "/administration/equipe/{membre}", show)
        .post(Audience::Admin, "/administration/equipe/{membre}/roles", change)
        .post(Audience::Admin, "/administration/equipe/{membre}/invitation", invite_again)
        .post(Audience::Admin, "/administration/equipe/{membre}/desactivation", end)
        .post(Audience::Admin, "/administration/equipe/{membre}/reactivation", reopen)
}

#[derive(Debug, Template)]
#[template(path = "admin/member.html")]
struct MemberPage {
    frame: Frame,
    form: Fields,
    member: Member,
    /// Open dossiers the person answers for.
    held: i64,
    is_oneself: bool,
    journal: Vec<Entry>,
}

impl MemberPage {
    fn base(&self) -> String {
        address(self.member.person.account)
    }
}

fn address(account: AccountId) -> String {
    format!("{PATH}/{account}")
}

fn number(typed: &str) -> Result<AccountId, Problem> {
    AccountId::parse(typed).ok_or(Problem::NotFound)
}

/// The page; `form` is what was typed, or nothing: the roles of now are ticked then.
async fn prepare(
    state: &AppState,
    by: &Administrator,
    account: AccountId,
    frame: Frame,
    form: Option<Fields>,
) -> Result<MemberPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let member = team::find_member(&mut connection, account).await?;
    let form = form.unwrap_or_else(|| {
        let mut form = Fields::default();
        form.set_all(ROLES.name, member.person.roles.iter().map(ToString::to_string));
        form
    });
    Ok(MemberPage {
        frame,
        form,
        held: store::count_held(&mut connection).await?.get(&account).copied().unwrap_or_default(),
        is_oneself: by.person().account == account,
        journal: journal::find_of_member(&mut connection, account, MOST).await?,
        member,
    })
}

async fn show(
    by: Administrator,
    Path(account): Path<String>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<MemberPage>, Problem> {
    Ok(Page(prepare(&state, &by, number(&account)?, frame, None).await?))
}

async fn change(
    by: Administrator,
    Path(account): Path<String>,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let account = number(&account)?;
    let mut transaction = state.db.begin().await?;
    let (shown, roles) = (ticked(&form, SHOWN), ticked(&form, ROLES.name));
    let changed = change_roles(&mut transaction, &by, account, &shown, &roles, state.clock.now()).await?;
    match changed {
        RolesChanged::Meanwhile(_) => {
            drop(transaction);
            let mut page = prepare(&state, &by, account, frame, Some(std::mem::take(&mut form))).await?;
            let told = meanwhile(&page);
            page.form.refuse(ROLES, told);
            Ok(Refused(page).into_response())
        }
        RolesChanged::Done(person, change) => {
            transaction.commit().await?;
            let name = person.full_name();
            let told = if change.is_empty() {
                format!("Rien n’a changé dans les rôles de {name}.")
            } else if person.is_staff() {
                format!("Rôles de {name} : {}. Ses sessions sont fermées, il faudra s’y reconnecter.", Role::labels(&person.roles))
            } else {
                format!("{name} n’est plus de l’équipe : son compte reste celui d’un demandeur.")
            };
            tell(&session, told).await?;
            let next = if person.is_staff() { address(account) } else { PATH.to_owned() };
            Ok(Redirect::to(&next).into_response())
        }
    }
}

/// Who changed the roles since the page was opened, and what they are now.
fn meanwhile(page: &MemberPage) -> String {
    let last =
        page.journal.iter().find(|entry| matches!(entry.event, Event::RoleGranted { .. } | Event::OfTeam(TeamFact::RoleTaken { .. })));
    let who = last.map_or("Quelqu’un", |entry| entry.by.as_str());
    format!(
        "{who} a changé ces rôles depuis que vous avez ouvert la page : {} aujourd’hui. Vos choix sont cochés ci-dessous, rien n’a été \
         enregistré. Enregistrez de nouveau pour les appliquer.",
        Role::labels(&page.member.person.roles)
    )
}

async fn invite_again(
    by: Administrator,
    Path(account): Path<String>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let account = number(&account)?;
    let mut transaction = state.db.begin().await?;
    let Member { person, access } = team::find_member(&mut transaction, account).await?;
    if access != Access::Invited {
        return Err(Problem::not_possible_but(
            format!("{} a déjà choisi son mot de passe : aucune invitation n’est partie.", person.full_name()),
            "Voir cette personne",
            address(account),
        ));
    }
    let new = NewStaff { email: person.email, given_name: person.given_name, family_name: person.family_name, roles: person.roles };
    let created = create_staff(&mut transaction, &by.by(), &new, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, sentence(&created)).await?;
    Ok(Redirect::to(&address(account)))
}

async fn end(by: Administrator, Path(account): Path<String>, State(state): State<AppState>, session: Session) -> Result<Redirect, Problem> {
    let account = number(&account)?;
    let mut transaction = state.db.begin().await?;
    let released = deactivate(&mut transaction, &by, account, state.clock.now()).await?;
    transaction.commit().await?;
    let told = match released {
        None => "Ce compte était déjà désactivé.".to_owned(),
        Some(0) => "Le compte est désactivé, ses sessions sont fermées.".to_owned(),
        Some(1) => "Le compte est désactivé, ses sessions sont fermées. Un dossier n’est plus suivi par personne.".to_owned(),
        Some(count) => format!("Le compte est désactivé, ses sessions sont fermées. {count} dossiers ne sont plus suivis par personne."),
    };
    tell(&session, told).await?;
    Ok(Redirect::to(&address(account)))
}

async fn reopen(
    by: Administrator,
    Path(account): Path<String>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let account = number(&account)?;
    let mut transaction = state.db.begin().await?;
    let reopened = team::reopen(&mut transaction, &by, account, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, if reopened.is_some() { "Le compte est réactivé, avec les mêmes rôles." } else { "Ce compte était déjà actif." })
        .await?;
    Ok(Redirect::to(&address(account)))
}
