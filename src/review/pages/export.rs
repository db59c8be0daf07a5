//! `/instruction/export`: the list the queue shows, as a file. The page says what the file holds; only its buttons make one.

use std::{fs::File, io::Seek};

use askama::Template;
use axum::{
    body::Body,
    extract::{RawQuery, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::stream;
use tokio::io::AsyncReadExt;

use super::queue::in_words;
use crate::{
    AppState,
    accounts::Staff,
    calendar,
    fields::Fields,
    problem::Problem,
    review::{
        export::{COLUMNS, Column, Export, MOST_ROWS, write_export},
        queue::{Filter, Today, find_team},
    },
    spreadsheet::Format,
    web::{Frame, Page},
};

/// Bytes sent at once.
const PIECE: usize = 64 * 1024;

#[derive(Debug, Template)]
#[template(path = "review/export.html")]
pub(super) struct ExportPage {
    frame: Frame,
    /// The address of the list, without its path.
    list: String,
    /// What the list is narrowed to, in words.
    shown: String,
    columns: &'static [Column],
}

pub(super) async fn show(
    _: Staff,
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    frame: Frame,
) -> Result<Page<ExportPage>, Problem> {
    let filter = Filter::parse(&query.unwrap_or_default());
    let team = find_team(&mut *state.db.acquire().await?).await?;
    Ok(Page(ExportPage { frame, list: filter.query(), shown: in_words(&filter, &team), columns: &COLUMNS }))
}

pub(super) async fn export(staff: Staff, State(state): State<AppState>, form: Fields) -> Result<Response, Problem> {
    let format = form.value("format").parse::<Format>().map_err(|_| Problem::BadRequest("Ce format n’existe pas.".into()))?;
    let filter = Filter::parse(form.value("liste"));
    let now = state.clock.now();
    let mut file = tempfile::tempfile().map_err(anyhow::Error::from)?;
    let mut transaction = state.db.begin().await?;
    let today = Today::at(now, state.config.desk.desk_target_working_days);
    let wanted = Export { filter, today, format, most: MOST_ROWS };
    write_export(&mut transaction, &staff, &wanted, &file, now).await?;
    transaction.commit().await?;
    file.rewind().map_err(anyhow::Error::from)?;
    let disposition = format!("attachment; filename=\"demandes-{}.{format}\"", calendar::paris_date(now));
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(anyhow::Error::from)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, pieces_of(file)).into_response())
}

/// A file, read as it is sent.
fn pieces_of(file: File) -> Body {
    Body::from_stream(stream::try_unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut piece = Vec::with_capacity(PIECE);
        let read = file.read_buf(&mut piece).await?;
        Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(piece), file)))
    }))
}
