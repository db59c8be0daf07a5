//! `/clients`: a vendor's clients, what is filed for each, whose turn it is.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::{
    AppState,
    accounts::Applicant,
    applications::{
        Kind, RightInShort, State as Status, Turn,
        behalf::{Entry, Filter, Holding, list_clients},
    },
    calendar,
    ids::ApplicationId,
    organisations::{Affiliation, Siret, find_of_account},
    problem::Problem,
    web::{Frame, Page},
};

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// Words looked for.
    #[serde(default)]
    q: String,
    /// A state, or any.
    #[serde(default)]
    etat: String,
    /// The client a demande is to be started for, on the way from the wizard.
    #[serde(default)]
    siret: String,
}

#[derive(Debug, Template)]
#[template(path = "applications/behalf/clients.html")]
pub(super) struct ClientsPage {
    frame: Frame,
    /// The organisations this person speaks for.
    vendors: Vec<Affiliation>,
    /// Clients in all.
    total: usize,
    /// Demandes that wait for this person.
    waiting: usize,
    filter: Filter,
    /// Demandes in each state.
    counts: HashMap<Status, usize>,
    /// Carried to the page that starts a demande.
    siret: Option<Siret>,
    holdings: Vec<Holding>,
    /// What became of the rights they were granted.
    rights: HashMap<ApplicationId, RightInShort>,
    target_working_days: u32,
}

impl ClientsPage {
    /// The same search in another state.
    fn address(&self, state: impl AsRef<str>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("q", self.filter.words.as_str()), ("etat", state.as_ref())] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        format!("/clients?{}", query.finish())
    }

    /// How many demandes are in a state, in words; nothing for none.
    fn count(&self, state: Status) -> String {
        self.counts.get(&state).map(ToString::to_string).unwrap_or_default()
    }

    fn is_shown(&self, state: Status) -> bool {
        self.filter.state == Some(state)
    }

    /// Where a demande is started in the name of a vendor.
    fn start(&self, vendor: &Affiliation) -> String {
        let siret = self.siret.as_ref().map(|siret| format!("?siret={}", siret.as_str())).unwrap_or_default();
        format!("/clients/{}/nouvelle{siret}", vendor.organisation.id)
    }

    /// What became of the right a demande was granted, unless it stands as it was.
    fn right(&self, entry: &Entry) -> Option<&RightInShort> {
        self.rights.get(&entry.id)
    }

    /// Whose turn it is, and until when; or what became of the right.
    fn whose_turn(&self, entry: &Entry) -> String {
        let who = entry.colleague.as_ref().map_or_else(String::new, |name| format!("Demande de {name}. "));
        let rest = match (entry.turn(), entry.submitted_at, self.right(entry)) {
            (Turn::Review, Some(at), _) => {
                let expected = calendar::working_days_after(calendar::paris_date(at), self.target_working_days);
                format!("À l’équipe de répondre, avant le {} si possible.", calendar::date_in_full(expected))
            }
            (Turn::Applicant, ..) if entry.colleague.is_some() => "À votre collègue de poursuivre.".into(),
            (Turn::Applicant, Some(_), right) if entry.state == Status::Reopened => {
                let stands = "L’habilitation accordée ne change pas en attendant.";
                format!("À vous de déposer votre modification. {}", right.map_or(stands, |right| &right.sentence))
            }
            (Turn::Applicant, Some(_), _) => "À vous de répondre : l’équipe demande des modifications.".into(),
            (Turn::Applicant, None, _) => format!("À vous de la finir. Dernier changement le {}.", calendar::day(entry.updated_at)),
            (_, _, Some(right)) => right.sentence.clone(),
            _ => format!("Terminée le {}.", calendar::day(entry.updated_at)),
        };
        format!("{who}{rest}")
    }
}

pub(super) async fn show(
    applicant: Applicant,
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    frame: Frame,
) -> Result<Page<ClientsPage>, Problem> {
    let account = applicant.person().account;
    let mut connection = state.db.acquire().await?;
    let mut vendors = find_of_account(&mut connection, account).await?;
    vendors.retain(|affiliation| affiliation.membership.is_verified());
    let all = list_clients(&mut connection, account).await?;
    let own = all.iter().flat_map(|holding| &holding.entries).filter(|entry| entry.colleague.is_none());
    let waiting = own.filter(|entry| entry.turn() == Turn::Applicant).count();
    let total = all.len();
    let mut counts = HashMap::new();
    for entry in all.iter().flat_map(|holding| &holding.entries) {
        *counts.entry(entry.state).or_default() += 1;
    }
    let filter = Filter { words: asked.q, state: asked.etat.parse().ok() };
    let siret = Siret::parse(&asked.siret).ok().map(|(siret, _)| siret);
    let holdings: Vec<Holding> = all.into_iter().filter_map(|holding| filter.of(holding)).collect();
    let granted = holdings.iter().flat_map(|holding| &holding.entries).filter(|entry| entry.state.tells_of_its_right());
    let granted: Vec<ApplicationId> = granted.map(|entry| entry.id).collect();
    let rights = state.find_rights_in_short(&mut connection, &granted).await?;
    let target_working_days = state.config.desk.desk_target_working_days;
    Ok(Page(ClientsPage { frame, vendors, total, waiting, filter, counts, siret, holdings, rights, target_working_days }))
}
