//! SQL of the texts the team answers with.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::template::{Template, Wording};
use crate::{applications::Kind, ids::AccountId, problem::Problem, review::Outcome};

struct Row {
    id: i64,
    act: String,
    kind: Option<String>,
    number: i32,
    title: String,
    body: String,
    written_by: String,
    written_at: OffsetDateTime,
    retired_at: Option<OffsetDateTime>,
}

impl TryFrom<Row> for Template {
    type Error = Problem;

    fn try_from(row: Row) -> Result<Self, Problem> {
        Ok(Self {
            id: row.id,
            act: row.act.parse().map_err(anyhow::Error::from)?,
            kind: row.kind.map(|kind| kind.parse()).transpose().map_err(anyhow::Error::from)?,
            version: row.number,
            title: row.title,
            body: row.body,
            written_by: row.written_by,
            written_at: row.written_at,
            retired_at: row.retired_at,
        })
    }
}

/// Every text, those in use first.
///
/// # Errors
/// The database's.
pub async fn find_templates(connection: &mut PgConnection) -> Result<Vec<Template>, Problem> {
    sqlx::query_as!(
        Row,
        r#"select t.id, t.act, t.kind, v.number, v.title, v.body, a.given_name || ' ' || a.family_name as "written_by!", v.written_at,
            t.retired_at
        from answer_templates t
            join lateral (select * from answer_template_versions where template_id = t.id order by number desc limit 1) v on true
            join accounts a on a.id = v.written_by
        order by t.retired_at is not null, t.act, v.title, t.id"#
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Template::try_from)
    .collect()
}

/// The texts offered for an act on a demande of that kind.
///
/// # Errors
/// The database's.
pub async fn find_for(connection: &mut PgConnection, act: Outcome, kind: Kind) -> Result<Vec<Template>, Problem> {
    let mut templates = find_templates(connection).await?;
    templates.retain(|it| it.retired_at.is_none() && it.act == act && it.kind.is_none_or(|its| its == kind));
    Ok(templates)
}

/// The texts offered for any demande of that kind, whatever the act they were written for.
///
/// # Errors
/// The database's.
pub async fn find_of_kind(connection: &mut PgConnection, kind: Kind) -> Result<Vec<Template>, Problem> {
    let mut templates = find_templates(connection).await?;
    templates.retain(|it| it.retired_at.is_none() && it.kind.is_none_or(|its| its == kind));
    Ok(templates)
}

/// A text by its number.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none.
pub async fn find_template(connection: &mut PgConnection, id: i64) -> Result<Template, Problem> {
    find_templates(connection).await?.into_iter().find(|it| it.id == id).ok_or(Problem::NotFound)
}

/// Everything a text ever said, the last first.
///
/// # Errors
/// The database's.
pub async fn find_versions(connection: &mut PgConnection, id: i64) -> Result<Vec<Template>, Problem> {
    sqlx::query_as!(
        Row,
        r#"select t.id, t.act, t.kind, v.number, v.title, v.body, a.given_name || ' ' || a.family_name as "written_by!", v.written_at,
            t.retired_at
        from answer_templates t join answer_template_versions v on v.template_id = t.id join accounts a on a.id = v.written_by
        where t.id = $1 order by v.number desc"#,
        id
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Template::try_from)
    .collect()
}

/// The last version of a text and the lock of its row; nothing when it is retired.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none.
pub(super) async fn lock(connection: &mut PgConnection, id: i64) -> Result<Option<i32>, Problem> {
    let retired_at =
        sqlx::query_scalar!("select retired_at from answer_templates where id = $1 for update", id).fetch_one(&mut *connection).await?;
    let number = sqlx::query_scalar!(r#"select max(number) as "number!" from answer_template_versions where template_id = $1"#, id)
        .fetch_one(connection)
        .await?;
    Ok(retired_at.is_none().then_some(number))
}

/// A new text, without words yet; its number.
///
/// # Errors
/// The database's.
pub(super) async fn add(connection: &mut PgConnection, act: Outcome, kind: Option<Kind>, now: OffsetDateTime) -> Result<i64, Problem> {
    let id = sqlx::query_scalar!(
        "insert into answer_templates (act, kind, created_at) values ($1, $2, $3) returning id",
        act.to_string(),
        kind.map(|kind| kind.to_string()),
        now
    )
    .fetch_one(connection)
    .await?;
    Ok(id)
}

/// What a text says from now on.
///
/// # Errors
/// The database's.
pub(super) async fn add_version(
    connection: &mut PgConnection,
    (id, number): (i64, i32),
    by: AccountId,
    wording: &Wording,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into answer_template_versions (template_id, number, title, body, written_by, written_at) values ($1, $2, $3, $4, $5, $6)",
        id,
        number,
        wording.title,
        wording.body,
        by.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The text is offered no more.
///
/// # Errors
/// The database's.
pub(super) async fn save_retired(connection: &mut PgConnection, id: i64, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!("update answer_templates set retired_at = $2 where id = $1", id, now).execute(connection).await?;
    Ok(())
}
