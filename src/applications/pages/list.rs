//! `/demandes`: the demandes a person may read: what waits for them first, then by state; searched, narrowed and paged by the address.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use sqlx::PgConnection;
use strum::VariantArray;
use time::OffsetDateTime;

use crate::{
    AppState,
    accounts::{Applicant, Person},
    applications::{
        Act, Application, Invitation, Kind, RightInShort, Search, State as Status, Tie, Tied, Turn,
        dashboard::{Filter, Group, Listed, Place, Whose, store},
        find_binned, find_invitations_to, find_tied,
    },
    ids::{ApplicationId, OrganisationId},
    messages::{Side, count_unread},
    organisations::{Affiliation, find_of_account},
    problem::Problem,
    web::{Frame, Page, ToDo, filters},
};

/// What the address says; unknown values are no filter, but somebody else's organisation does not exist.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// What was searched.
    q: String,
    /// A state.
    etat: String,
    /// An organisation.
    organisme: String,
    /// A kind.
    nature: String,
    /// Whose.
    qui: String,
    /// The last row already shown.
    apres: String,
}

impl Asked {
    /// The address of the list with what is left of the filters.
    fn address(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("q", &self.q),
            ("etat", &self.etat),
            ("organisme", &self.organisme),
            ("nature", &self.nature),
            ("qui", &self.qui),
            ("apres", &self.apres),
        ] {
            if !value.trim().is_empty() {
                query.append_pair(name, value.trim());
            }
        }
        let query = query.finish();
        if query.is_empty() { "/demandes".into() } else { format!("/demandes?{query}") }
    }
}

/// A filter that is on, and the address of the list without it.
#[derive(Debug)]
struct Active {
    words: String,
    without: String,
}

#[derive(Debug, Template)]
#[template(path = "applications/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    asked: Asked,
    rows: Vec<Listed>,
    /// Where the next page begins.
    next: Option<Place>,
    /// In the filters, the state left out: state, whether one's own, how many.
    counts: Vec<(Status, bool, i64)>,
    organisations: Vec<Affiliation>,
    /// Whether drafts are in the bin.
    has_bin: bool,
    /// The only organisation whose demandes are shown.
    chosen: Option<Affiliation>,
    filter: Filter,
    together: Together,
    /// What became of the rights they were granted.
    rights: HashMap<ApplicationId, RightInShort>,
    /// What waits for this person besides their demandes.
    to_do: Vec<ToDo>,
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
        let mut tied = find_tied(connection, person).await?;
        tied.retain(|tied| only.is_none_or(|only| tied.listed.application.organisation == only));
        let shown: Vec<ApplicationId> = listed.iter().chain(tied.iter().map(|tied| &tied.listed)).map(|one| one.application.id).collect();
        let unread = count_unread(connection, (Side::Applicant, person.account), &shown).await?;
        Ok(Self { invitations: find_invitations_to(connection, &person.email, now).await?, tied, unread })
    }

    fn is_empty(&self) -> bool {
        self.tied.is_empty() && self.invitations.is_empty()
    }

    fn of(&self, tie: &Tie) -> Vec<&Listed> {
        self.tied.iter().filter(|tied| tied.tie == *tie).map(|tied| &tied.listed).collect()
    }

    /// The demandes that are listed whose right is told of.
    fn granted(&self, listed: &[Listed]) -> Vec<ApplicationId> {
        let all = listed.iter().chain(self.tied.iter().map(|tied| &tied.listed)).map(|one| &one.application);
        all.filter(|application| application.state.tells_of_its_right()).map(|application| application.id).collect()
    }

    /// « 2 messages non lus », or nothing.
    fn unread(&self, listed: &Listed) -> String {
        match self.unread.get(&listed.application.id) {
            None | Some(0) => String::new(),
            Some(1) => "1 message non lu".into(),
            Some(count) => format!("{count} messages non lus"),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
impl ListPage {
    fn is_state(&self, state: &Status) -> bool {
        self.filter.state.as_ref() == Some(state)
    }

    /// What became of the right a demande was granted, unless it stands as it was.
    fn right(&self, application: &Application) -> Option<&RightInShort> {
        self.rights.get(&application.id)
    }

    fn is_kind(&self, kind: &Kind) -> bool {
        self.filter.kind.as_ref() == Some(kind)
    }

    fn is_whose(&self, whose: &Whose) -> bool {
        self.filter.whose.as_ref() == Some(whose)
    }

    fn is_of(&self, affiliation: &Affiliation) -> bool {
        self.filter.organisation == Some(affiliation.organisation.id)
    }

    fn waiting(&self) -> i64 {
        self.counts.iter().filter(|(state, own, _)| *own && state.turn() == Turn::Applicant).map(|(.., count)| count).sum()
    }

    fn count(&self, state: &Status) -> i64 {
        self.counts.iter().filter(|(other, ..)| other == state).map(|(.., count)| count).sum()
    }

    fn has_own(&self) -> bool {
        self.counts.iter().any(|(_, own, _)| *own)
    }

    fn has_colleagues(&self) -> bool {
        self.filter.whose.is_some() || self.counts.iter().any(|(_, own, _)| !own)
    }

    /// Whether anything narrows the list, the page left out.
    fn is_narrowed(&self) -> bool {
        !self.active().is_empty()
    }

    /// Whether the organisation is the only filter.
    fn is_only_narrowed_by_organisation(&self) -> bool {
        self.chosen.is_some() && self.active().len() == 1
    }

    /// The rows under their headings, in order.
    fn groups(&self) -> Vec<(Group, Vec<&Listed>)> {
        let mut groups: Vec<(Group, Vec<&Listed>)> = Vec::new();
        for row in &self.rows {
            match groups.last_mut() {
                Some((group, rows)) if *group == row.group() => rows.push(row),
                _ => groups.push((row.group(), vec![row])),
            }
        }
        groups
    }

    /// Every filter that is on.
    fn active(&self) -> Vec<Active> {
        let first = Asked { apres: String::new(), ..self.asked.clone() };
        let mut active = Vec::new();
        if !first.q.trim().is_empty() {
            active.push(Active {
                words: format!("Recherche : {}", first.q.trim()),
                without: Asked { q: String::new(), ..first.clone() }.address(),
            });
        }
        if let Some(state) = self.filter.state {
            let without = Asked { etat: String::new(), ..first.clone() }.address();
            active.push(Active { words: format!("État : {}", state.label()), without });
        }
        if let Some(chosen) = &self.chosen {
            let without = Asked { organisme: String::new(), ..first.clone() }.address();
            active.push(Active { words: format!("Organisme : {}", chosen.organisation.name), without });
        }
        if let Some(kind) = self.filter.kind {
            active.push(Active {
                words: format!("Nature : {}", kind.label()),
                without: Asked { nature: String::new(), ..first.clone() }.address(),
            });
        }
        if let Some(whose) = self.filter.whose {
            active.push(Active { words: whose.label().into(), without: Asked { qui: String::new(), ..first.clone() }.address() });
        }
        active
    }

    fn next_address(&self) -> Option<String> {
        self.next.map(|place| Asked { apres: place.to_string(), ..self.asked.clone() }.address())
    }

    fn first_address(&self) -> String {
        Asked { apres: String::new(), ..self.asked.clone() }.address()
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
    let chosen = match asked.organisme.trim() {
        "" => None,
        typed => {
            let id = OrganisationId::parse(typed);
            let mine = organisations.iter().find(|affiliation| Some(affiliation.organisation.id) == id);
            Some(mine.cloned().ok_or(Problem::NotFound)?)
        }
    };
    let filter = Filter {
        search: Search::parse(&asked.q),
        state: asked.etat.parse().ok(),
        organisation: chosen.as_ref().map(|chosen| chosen.organisation.id),
        kind: asked.nature.parse().ok(),
        whose: Whose::from_slug(&asked.qui),
        after: Place::parse(&asked.apres),
    };
    let mut rows = store::find_page(&mut connection, account, &filter).await?;
    let counts = store::count(&mut connection, account, &filter).await?;
    let has_more = rows.len() > store::PAGE;
    rows.truncate(store::PAGE);
    let next = rows.last().filter(|_| has_more).map(Listed::place);
    let has_bin = !find_binned(&mut connection, account).await?.is_empty();
    let together = Together::find(&mut connection, applicant.person(), &rows, filter.organisation, state.clock.now()).await?;
    let rights = state.find_rights_in_short(&mut connection, &together.granted(&rows)).await?;
    let to_do = state.find_to_do(&mut connection, account).await?;
    Ok(Page(ListPage { frame, asked, rows, next, counts, organisations, has_bin, chosen, filter, together, rights, to_do }))
}
