//! Acts: write a text the team answers with, and change what one says.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{placeholder::check_placeholders, store, template::Wording};
use crate::{
    accounts::Reviewer,
    applications::Kind,
    journal::{self, DecisionFact, Subject},
    problem::Problem,
    review::Outcome,
};

/// Writes a text for an act and a kind of demande, or for every kind; its number.
///
/// # Errors
/// [`Problem::NotPossible`] naming a word between braces that cannot be filled; the database's.
pub async fn create(
    connection: &mut PgConnection,
    by: &Reviewer,
    (act, kind): (Outcome, Option<Kind>),
    wording: &Wording,
    now: OffsetDateTime,
) -> Result<i64, Problem> {
    check_placeholders(&wording.body).map_err(Problem::not_possible)?;
    let id = store::add(connection, act, kind, now).await?;
    write(connection, by, (id, 1), wording, now).await?;
    Ok(id)
}

/// Changes what a text says; what it said stays readable. `read` is the version its author read.
///
/// # Errors
/// [`Problem::NotPossible`] when somebody changed or retired it meanwhile, or naming a word that cannot be filled; [`Problem::NotFound`] when
/// there is none; the database's.
pub async fn change(
    connection: &mut PgConnection,
    by: &Reviewer,
    (id, read): (i64, i32),
    wording: &Wording,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    check_placeholders(&wording.body).map_err(Problem::not_possible)?;
    match store::lock(connection, id).await? {
        None => Err(Problem::not_possible("Ce modèle a été retiré : il ne se modifie plus. Écrivez-en un nouveau.")),
        Some(last) if last != read => {
            let sentence = "Ce modèle a été modifié depuis que vous l’avez ouvert. Votre texte est gardé ci-dessous : comparez-le à la version d’aujourd’hui avant de l’enregistrer.";
            Err(Problem::not_possible(sentence))
        }
        Some(last) => write(connection, by, (id, last + 1), wording, now).await,
    }
}

async fn write(
    connection: &mut PgConnection,
    by: &Reviewer,
    version: (i64, i32),
    wording: &Wording,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    store::add_version(connection, version, by.person().account, wording, now).await?;
    let event = DecisionFact::TemplateWritten { template: version.0, version: version.1, title: wording.title.clone() }.into();
    journal::record(connection, &by.by(), Subject::default(), &event, now).await
}
