//! `/administration/campagnes/{campagne}/bilan`: the assessment in the making, with every figure, and the words around them.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::workshop;
use crate::{
    AppState,
    accounts::CampaignManager,
    assessment::{Content, Draft, Edition, Excerpt, Reader, Saved, Texts, assess, save_draft, store},
    calendar,
    chart::Chart,
    fields::{Field, Fields},
    ids::CampaignId,
    problem::Problem,
    web::{Frame, Page, filters, tell},
};

const INTRODUCTION: Field = Field { name: "introduction", label: "Introduction" };
const CONCLUSION: Field = Field { name: "conclusion", label: "Conclusion" };

/// Letters of each text at most.
const MOST: usize = 5000;

/// The revision that was read, sent back with its form.
const SEEN: &str = "vu";

#[derive(Debug, Template)]
#[template(path = "assessment/draft.html")]
struct DraftPage {
    frame: Frame,
    form: Fields,
    campaign: CampaignId,
    content: Content,
    chart: Option<Chart>,
    excerpts: Vec<Excerpt>,
    /// What was saved, the last first.
    drafts: Vec<Draft>,
    editions: Vec<Edition>,
}

impl DraftPage {
    fn here(&self) -> String {
        workshop(self.campaign)
    }

    fn last(&self) -> Option<&Draft> {
        self.drafts.first()
    }

    /// What was saved before.
    fn earlier(&self) -> &[Draft] {
        self.drafts.split_first().map_or(&[], |(_, earlier)| earlier)
    }
}

async fn prepare(state: &AppState, campaign: CampaignId, frame: Frame, form: Option<Fields>) -> Result<DraftPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let content = assess(&mut connection, campaign, Reader::Team, state.clock.now()).await?;
    let drafts = store::editions::find_drafts(&mut connection, campaign).await?;
    let revision = drafts.first().map_or(0, |draft| draft.revision);
    let filled = || {
        let typed = [(INTRODUCTION.name, content.introduction.clone()), (CONCLUSION.name, content.conclusion.clone())];
        Fields::from_pairs(typed.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    };
    let mut form = form.unwrap_or_else(filled);
    form.warn_of_personal_traces(&[INTRODUCTION, CONCLUSION]);
    form.set(SEEN, revision.to_string());
    Ok(DraftPage {
        frame,
        form,
        campaign,
        chart: content.chart(),
        content,
        excerpts: store::excerpts::find_excerpts(&mut connection, campaign).await?,
        drafts,
        editions: store::editions::find_editions(&mut connection, campaign).await?,
    })
}

pub(super) async fn show(
    _: CampaignManager,
    Path(campaign): Path<String>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    Ok(Page(prepare(&state, super::campaign(&campaign)?, frame, None).await?).into_response())
}

pub(super) async fn save(
    by: CampaignManager,
    Path(campaign): Path<String>,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let campaign = super::campaign(&campaign)?;
    let (introduction, conclusion) = (form.optional_paragraph(INTRODUCTION, MOST), form.optional_paragraph(CONCLUSION, MOST));
    let (Some(introduction), Some(conclusion)) = (introduction, conclusion) else {
        let page = prepare(&state, campaign, frame, Some(form)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    };
    let seen = form.value(SEEN).parse().unwrap_or_default();
    let mut transaction = state.db.begin().await?;
    let saved = save_draft(&mut transaction, &by, (campaign, seen), &Texts { introduction, conclusion }, state.clock.now()).await?;
    transaction.commit().await?;
    match saved {
        Saved::Kept(_) => {
            tell(&session, "Les textes du bilan sont enregistrés. Rien n’est publié.").await?;
            Ok(Redirect::to(&workshop(campaign)).into_response())
        }
        Saved::Overtaken(other) => {
            form.refuse(INTRODUCTION, overtaken(&other));
            let page = prepare(&state, campaign, frame, Some(form)).await?;
            Ok((StatusCode::CONFLICT, Page(page)).into_response())
        }
    }
}

fn overtaken(other: &Draft) -> String {
    let when = other.saved_at.map(calendar::moment).unwrap_or_default();
    format!(
        "{} a enregistré ces textes le {when}, pendant que vous écriviez. Les vôtres sont ci-dessous et ne sont pas encore gardés ; les siens sont \
         sous «\u{a0}Ce qui a été enregistré\u{a0}». Relisez, puis enregistrez de nouveau pour remplacer les siens, qui restent lisibles.",
        other.author
    )
}
