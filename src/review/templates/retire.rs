//! Act: retire a text the team answers with.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store;
use crate::{
    accounts::Reviewer,
    journal::{self, DecisionFact, Subject},
    problem::Problem,
};

/// The text is offered no more; what it said stays readable. Retiring twice changes nothing.
///
/// # Errors
/// [`Problem::NotFound`] when there is none; the database's.
pub async fn retire(connection: &mut PgConnection, by: &Reviewer, id: i64, now: OffsetDateTime) -> Result<(), Problem> {
    if store::lock(connection, id).await?.is_none() {
        return Ok(());
    }
    store::save_retired(connection, id, now).await?;
    journal::record(connection, &by.by(), Subject::default(), &DecisionFact::TemplateRetired { template: id }.into(), now).await
}
