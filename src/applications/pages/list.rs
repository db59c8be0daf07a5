//! `/demandes`: the demandes a person may read, their own first, of all their organisations or of one.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{
    AppState,
    accounts::{Applicant, Person},
    applications::{Act, Invitation, Listed, State as Status, Tie, Tied, Turn, find_invitations_to, store},
    ids::{ApplicationId, OrganisationId},
    messages::{Side, count_unread},
    organisations::{Affiliation, find_of_account},
    problem::Problem,
    web::{Frame, Page, filters},
};

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// The organisation to look at; all of them when absent or empty.
    #[serde(default)]
    organisme: String,
}

#[derive(Debug, Template)]
#[template(path = "applications/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    own: Vec<Listed>,
    of_colleagues: Vec<Listed>,
    organisations: Vec<Affiliation>,
    /// The only organisation whose demandes are shown.
    chosen: Option<Affiliation>,
    together: Together,
}

/// Why demandes of others are listed: a heading and what can be done with them.
const TIES: [(Tie, &str, &str); 3] = [
    (Tie::Fills, "Demandes que vous remplissez avec d’autres", "Vous en modifiez les étapes ; leur auteur les relit et les dépose."),
    (Tie::MayTakeOver, "Demandes à reprendre", "La personne qui les suivait a fermé son compte ou n’appartient plus à l’organisme."),
    (Tie::IsNamed, "Demandes où vous êtes nommé", "Votre adresse y figure comme contact : vous en lisez le résumé."),
];

/// What a person has to do with demandes that are not theirs, and what waits for them to be read.
#[derive(Debug)]
struct Together {
    /// Offers that wait for their answer.
    invitations: Vec<Invitation>,
    tied: Vec<Tied>,
    /// Unread messages, by demande.
    unread: HashMap<ApplicationId, i64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
impl Together {
    async fn find(
        connection: &mut PgConnection,
        person: &Person,
        listed: &[Listed],
        only: Option<OrganisationId>,
        now: OffsetDateTime,
    ) -> Result<Self, Problem> {
        let mut tied = store::shared::find_tied(connection, person).await?;
        tied.retain(|tied| only.is_none_or(|only| tied.listed.application.organisation == only));
        let shown: Vec<ApplicationId> = listed.iter().chain(tied.iter().map(|tied| &tied.listed)).map(|one| one.application.id).collect();
        let unread = count_unread(connection, (Side::Applicant, person.account), &shown).await?;
        Ok(Self { invitations: find_invitations_to(connection, &person.email, now).await?, tied, unread })
    }

    fn of(&self, tie: &Tie) -> Vec<&Listed> {
        self.tied.iter().filter(|tied| tied.tie == *tie).map(|tied| &tied.listed).collect()
    }

    fn unread(&self, listed: &Listed) -> i64 {
        self.unread.get(&listed.application.id).copied().unwrap_or_default()
    }
}

impl ListPage {
    fn waiting(&self) -> usize {
        self.own.iter().filter(|listed| listed.application.state.turn() == Turn::Applicant).count()
    }

    fn shows(&self, affiliation: &Affiliation) -> bool {
        self.chosen.as_ref().is_some_and(|chosen| chosen.organisation.id == affiliation.organisation.id)
    }

    /// Where a demande is started, for the organisation that is shown.
    fn start(&self) -> String {
        self.chosen
            .as_ref()
            .map_or("/demandes/nouvelle".into(), |chosen| format!("/demandes/nouvelle?siret={}", chosen.organisation.siret.as_str()))
    }
}

pub(super) async fn show(
    applicant: Applicant,
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    frame: Frame,
) -> Result<Page<ListPage>, Problem> {
    let account = applicant.person().account;
    let mut connection = state.db.acquire().await?;
    let organisations = find_of_account(&mut connection, account).await?;
    let chosen = match asked.organisme.as_str() {
        "" => None,
        typed => {
            let id = OrganisationId::parse(typed);
            let mine = organisations.iter().find(|affiliation| Some(affiliation.organisation.id) == id);
            Some(mine.cloned().ok_or(Problem::NotFound)?)
        }
    };
    let only = chosen.as_ref().map(|chosen| chosen.organisation.id);
    let listed = store::list_readable(&mut connection, account, only).await?;
    let together = Together::find(&mut connection, applicant.person(), &listed, only, state.clock.now()).await?;
    let (own, of_colleagues) = listed.into_iter().partition(|listed| listed.colleague.is_none());
    Ok(Page(ListPage { frame, own, of_colleagues, organisations, chosen, together }))
}
