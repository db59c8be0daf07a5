//! `…/bilan/apercu`: the page exactly as everybody would read it, and the button that publishes it.

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
    assessment::{Content, Published, Publishing, Reader, assess, publish, store},
    chart::Chart,
    fields::{Field, Fields},
    ids::CampaignId,
    problem::Problem,
    web::{Frame, Page, tell},
};

const REASON: Field = Field { name: "raison", label: "Pourquoi une nouvelle édition" };
/// What stands in the place of a field when what was read changed.
const READ_AGAIN: Field = Field { name: "relecture", label: "Ce que vous publiez" };
const NUMBER: &str = "numero";
const READ: &str = "empreinte";

#[derive(Debug, Template)]
#[template(path = "assessment/preview.html")]
struct PreviewPage {
    frame: Frame,
    form: Fields,
    campaign: CampaignId,
    content: Content,
    chart: Option<Chart>,
    /// The number the edition will have.
    next: i32,
}

impl PreviewPage {
    fn here(&self) -> String {
        workshop(self.campaign)
    }

    fn is_written(&self) -> bool {
        !self.content.introduction.trim().is_empty() && !self.content.conclusion.trim().is_empty()
    }
}

async fn prepare(state: &AppState, campaign: CampaignId, frame: Frame, mut form: Fields) -> Result<PreviewPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let content = assess(&mut connection, campaign, Reader::Public, state.clock.now()).await?;
    let editions = store::editions::find_editions(&mut connection, campaign).await?;
    let next = editions.last().map_or(1, |edition| edition.number + 1);
    form.set(NUMBER, next.to_string());
    form.set(READ, content.fingerprint().map_err(anyhow::Error::from)?);
    Ok(PreviewPage { frame, form, campaign, chart: content.chart(), content, next })
}

pub(super) async fn show(
    _: CampaignManager,
    Path(campaign): Path<String>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    Ok(Page(prepare(&state, super::campaign(&campaign)?, frame, Fields::default()).await?).into_response())
}

pub(super) async fn publish_it(
    by: CampaignManager,
    Path(campaign): Path<String>,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let campaign = super::campaign(&campaign)?;
    let number = form.value(NUMBER).parse().unwrap_or_default();
    let reason = if number > 1 { form.paragraph(REASON, 1000) } else { Some(String::new()) };
    let Some(reason) = reason else {
        let page = prepare(&state, campaign, frame, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    };
    let asked = Publishing { number, read: form.value(READ).to_owned(), reason };
    let mut transaction = state.db.begin().await?;
    let published = publish(&mut transaction, &by, campaign, &asked, state.clock.now()).await?;
    if published == Published::Done {
        transaction.commit().await?;
        tell(&session, "Le bilan est publié\u{a0}: tout le monde peut le lire, et rien n’en change plus.").await?;
        return Ok(Redirect::to(&format!("/experimentation/bilan?campagne={campaign}")).into_response());
    }
    drop(transaction);
    form.refuse(READ_AGAIN, refusal(published));
    let page = prepare(&state, campaign, frame, form).await?;
    Ok((StatusCode::CONFLICT, Page(page)).into_response())
}

fn refusal(published: Published) -> &'static str {
    match published {
        Published::Changed => {
            "Un chiffre, un extrait ou un texte a changé depuis que vous avez ouvert cet aperçu. Rien n’est publié. L’aperçu ci-dessous est à \
             jour\u{a0}: relisez-le, puis publiez."
        }
        Published::Unwritten => "L’introduction ou la conclusion est vide. Rien n’est publié. Écrivez-les, puis revenez à l’aperçu.",
        Published::Done | Published::Already => {
            "Quelqu’un vient de publier cette édition. Rien de plus n’est publié. Si la vôtre dit autre chose, publiez-la comme une nouvelle édition, \
             en disant pourquoi."
        }
    }
}
