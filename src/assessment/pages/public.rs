//! `/experimentation/bilan`: an edition, or that there is none yet; and its files.

use std::io::Cursor;

use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::PgConnection;

use crate::{
    AppState,
    assessment::{Content, Edition, document, export_line, store::editions},
    calendar,
    chart::Chart,
    experimentation::{Campaign, find_campaign, find_current_id},
    ids::CampaignId,
    problem::Problem,
    spreadsheet::{Format, Sheet},
    web::{Frame, Page, PdfFile, filters},
};

/// Which assessment: the last published when nothing is said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    campagne: Option<String>,
    edition: Option<String>,
}

#[derive(Debug, Template)]
#[template(path = "assessment/public.html")]
pub(super) struct PublicPage {
    frame: Frame,
    /// The campaign it is about; none when the desk has none.
    about: Option<(CampaignId, Campaign)>,
    /// What is read.
    edition: Option<Edition>,
    chart: Option<Chart>,
    /// Every edition, the last first.
    editions: Vec<Edition>,
}

impl PublicPage {
    fn content(&self) -> Option<&Content> {
        self.edition.as_ref().map(|edition| &edition.content)
    }

    /// After the address of the page or of a file, what names this edition.
    fn query(&self) -> String {
        match (&self.about, &self.edition) {
            (Some((campaign, _)), Some(edition)) => format!("?campagne={campaign}&edition={}", edition.number),
            _ => String::new(),
        }
    }

    fn is_last(&self) -> bool {
        self.edition.as_ref().map(|edition| edition.number) == self.editions.first().map(|edition| edition.number)
    }

    fn last_number(&self) -> i32 {
        self.editions.first().map_or(0, |edition| edition.number)
    }
}

async fn find_wanted(
    state: &AppState,
    connection: &mut PgConnection,
    wanted: &Wanted,
) -> Result<(Option<CampaignId>, Vec<Edition>, Option<i32>), Problem> {
    let campaign = match &wanted.campagne {
        Some(typed) => Some(super::campaign(typed)?),
        None => match editions::find_last_assessed(connection).await? {
            Some(assessed) => Some(assessed),
            None => find_current_id(connection, calendar::paris_day(state.clock.now())).await?,
        },
    };
    let number = wanted.edition.as_deref().map(|typed| typed.parse::<i32>().map_err(|_| Problem::NotFound)).transpose()?;
    let mut all = match campaign {
        Some(campaign) => editions::find_editions(connection, campaign).await?,
        None => Vec::new(),
    };
    all.reverse();
    Ok((campaign, all, number))
}

/// The edition asked for; the last when none is.
fn pick(editions: &[Edition], number: Option<i32>) -> Result<Option<Edition>, Problem> {
    match number {
        None => Ok(editions.first().cloned()),
        Some(number) => editions.iter().find(|edition| edition.number == number).cloned().map(Some).ok_or(Problem::NotFound),
    }
}

pub(super) async fn show(State(state): State<AppState>, Query(wanted): Query<Wanted>, frame: Frame) -> Result<Page<PublicPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let (campaign, editions, number) = find_wanted(&state, &mut connection, &wanted).await?;
    let about = match campaign {
        Some(campaign) => Some((campaign, find_campaign(&mut connection, campaign).await?)),
        None => None,
    };
    let edition = pick(&editions, number)?;
    let chart = edition.as_ref().and_then(|edition| edition.content.chart());
    Ok(Page(PublicPage { frame, about, edition, chart, editions }))
}

/// The edition a file is made of.
async fn published(state: &AppState, wanted: &Wanted) -> Result<Edition, Problem> {
    let mut connection = state.db.acquire().await?;
    let (_, editions, number) = find_wanted(state, &mut connection, wanted).await?;
    pick(&editions, number)?.ok_or(Problem::NotFound)
}

fn file_name(edition: &Edition) -> String {
    format!("bilan-experimentation-{}-edition-{}", edition.content.counted_on, edition.number)
}

pub(super) async fn csv(State(state): State<AppState>, Query(wanted): Query<Wanted>) -> Result<Response, Problem> {
    spreadsheet(&published(&state, &wanted).await?, Format::Csv)
}

pub(super) async fn xlsx(State(state): State<AppState>, Query(wanted): Query<Wanted>) -> Result<Response, Problem> {
    spreadsheet(&published(&state, &wanted).await?, Format::Xlsx)
}

fn spreadsheet(edition: &Edition, format: Format) -> Result<Response, Problem> {
    let write = || {
        let mut sheet = Sheet::start(format, Cursor::new(Vec::new()), "Bilan", &export_line::HEADS)?;
        for line in export_line::lines(edition) {
            sheet.add(line.into_iter())?;
        }
        sheet.end()
    };
    let bytes = write().map_err(anyhow::Error::from)?.into_inner();
    let disposition = format!("attachment; filename=\"{}.{format}\"", file_name(edition));
    let headers: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(anyhow::Error::from)?),
    ];
    Ok((headers, bytes).into_response())
}

pub(super) async fn pdf(State(state): State<AppState>, Query(wanted): Query<Wanted>) -> Result<PdfFile, Problem> {
    let edition = published(&state, &wanted).await?;
    let bytes = state.printer.print(document(&edition, &state.config.desk)).await?;
    Ok(PdfFile { name: file_name(&edition), bytes })
}
