//! `…/bilan/retours`: what users say in the reports, and the passages chosen from it.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use tower_sessions::Session;

use super::workshop;
use crate::{
    AppState,
    accounts::CampaignManager,
    assessment::{
        Choice, Excerpt, MOST_LETTERS, Source, Tag, choose_excerpt, remove_excerpt,
        store::excerpts::{find_excerpts, find_months, find_sources},
    },
    experimentation::{Campaign, find_campaign},
    fields::{Field, Fields},
    ids::{ApplicationId, CampaignId, ExcerptId},
    participation::Month,
    problem::Problem,
    web::{Frame, Page, tell},
};

const PASSAGE: Field = Field { name: "passage", label: "Passage à citer" };
const TAGS: Field = Field { name: "sujets", label: "De quoi parle-t-il ?" };
const CHECKED: Field = Field { name: "relu", label: "J’ai relu : rien dans ce passage ne désigne une personne, ni le participant" };

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OfMonth {
    mois: Option<String>,
}

#[derive(Debug, Template)]
#[template(path = "assessment/words.html")]
pub(super) struct WordsPage {
    frame: Frame,
    id: CampaignId,
    campaign: Campaign,
    /// Months that have reports, the last first.
    months: Vec<(Month, i64)>,
    /// The month shown.
    month: Option<Month>,
    sources: Vec<Source>,
}

impl WordsPage {
    fn here(&self) -> String {
        workshop(self.id)
    }

    fn is_shown(&self, (month, _): &(Month, i64)) -> bool {
        self.month == Some(*month)
    }
}

#[derive(Debug, Template)]
#[template(path = "assessment/choose.html")]
struct ChoosePage {
    frame: Frame,
    form: Fields,
    id: CampaignId,
    campaign: Campaign,
    source: Source,
    /// Passages of this report that are chosen.
    chosen: Vec<Excerpt>,
}

impl ChoosePage {
    fn here(&self) -> String {
        workshop(self.id)
    }

    fn tags() -> Vec<(String, &'static str, &'static str)> {
        Tag::ALL.iter().map(|tag| (tag.to_string(), tag.label(), "")).collect()
    }
}

pub(super) async fn list(
    _: CampaignManager,
    Path(campaign): Path<String>,
    Query(wanted): Query<OfMonth>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<WordsPage>, Problem> {
    let id = super::campaign(&campaign)?;
    let mut connection = state.db.acquire().await?;
    let campaign = find_campaign(&mut connection, id).await?;
    let months = find_months(&mut connection, id).await?;
    let month = match wanted.mois {
        Some(typed) => Some(Month::parse(&typed).ok_or(Problem::NotFound)?),
        None => months.first().map(|(month, _)| *month),
    };
    let sources = match month {
        Some(month) => find_sources(&mut connection, id, month, None).await?,
        None => Vec::new(),
    };
    Ok(Page(WordsPage { frame, id, campaign, months, month, sources }))
}

/// The report a path names.
async fn find_source(state: &AppState, (campaign, numero, mois): &(String, String, String)) -> Result<(CampaignId, Source), Problem> {
    let id = super::campaign(campaign)?;
    let application = ApplicationId::parse(numero).ok_or(Problem::NotFound)?;
    let month = Month::parse(mois).ok_or(Problem::NotFound)?;
    let mut connection = state.db.acquire().await?;
    let source = find_sources(&mut connection, id, month, Some(application)).await?.pop().ok_or(Problem::NotFound)?;
    Ok((id, source))
}

async fn prepare(state: &AppState, frame: Frame, (id, source): (CampaignId, Source), mut form: Fields) -> Result<ChoosePage, Problem> {
    let mut connection = state.db.acquire().await?;
    form.warn_of_personal_traces(&[PASSAGE]);
    let is_of_this = |excerpt: &Excerpt| excerpt.application == source.application && excerpt.month == source.month;
    let chosen = find_excerpts(&mut connection, id).await?.into_iter().filter(is_of_this).collect();
    Ok(ChoosePage { frame, form, id, campaign: find_campaign(&mut connection, id).await?, source, chosen })
}

pub(super) async fn show(
    _: CampaignManager,
    Path(path): Path<(String, String, String)>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    let (id, source) = find_source(&state, &path).await?;
    let form = Fields::from_pairs(vec![(PASSAGE.name.to_owned(), source.words.clone())]);
    Ok(Page(prepare(&state, frame, (id, source), form).await?).into_response())
}

pub(super) async fn choose(
    by: CampaignManager,
    Path(path): Path<(String, String, String)>,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let (id, source) = find_source(&state, &path).await?;
    let passage = form.paragraph(PASSAGE, MOST_LETTERS);
    if let Some(fault) = passage.as_deref().and_then(|words| source.check(words).err()) {
        form.refuse(PASSAGE, fault.to_string());
    }
    let mut tags: Vec<Tag> = form.values(TAGS.name).filter_map(|typed| typed.parse().ok()).collect();
    tags.sort_unstable();
    tags.dedup();
    if tags.is_empty() {
        form.refuse(TAGS, "Cochez au moins un sujet.");
    }
    if !form.has(CHECKED.name, "oui") {
        form.refuse(CHECKED, "Relisez le passage, puis cochez cette case\u{a0}: il sera lu par tout le monde.");
    }
    let choice = passage.filter(|_| form.is_valid()).map(|words| Choice { source: source.clone(), words, tags });
    if let Some(choice) = choice {
        let mut transaction = state.db.begin().await?;
        match choose_excerpt(&mut transaction, &by, id, &choice, state.clock.now()).await {
            Ok(Ok(_)) => {
                transaction.commit().await?;
                tell(&session, "Le passage est choisi. Il sera dans la prochaine édition publiée du bilan.").await?;
                return Ok(Redirect::to(&format!("{}#extraits", workshop(id))).into_response());
            }
            Ok(Err(fault)) => form.refuse(PASSAGE, fault.to_string()),
            // What was typed is given back beside what happened.
            Err(Problem::NotPossible { sentence, .. }) => form.refuse(PASSAGE, sentence),
            Err(other) => return Err(other),
        }
    }
    let page = prepare(&state, frame, (id, source), form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

pub(super) async fn remove(
    by: CampaignManager,
    Path((campaign, excerpt)): Path<(String, String)>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let id = super::campaign(&campaign)?;
    let excerpt = ExcerptId::parse(&excerpt).ok_or(Problem::NotFound)?;
    let mut transaction = state.db.begin().await?;
    let removed = remove_excerpt(&mut transaction, &by, id, excerpt, state.clock.now()).await?;
    transaction.commit().await?;
    let told = if removed {
        "L’extrait est retiré du bilan en préparation. Les éditions déjà publiées le gardent."
    } else {
        "Cet extrait n’est plus dans le bilan en préparation\u{a0}: rien n’a changé."
    };
    tell(&session, told).await?;
    Ok(Redirect::to(&format!("{}#extraits", workshop(id))))
}
