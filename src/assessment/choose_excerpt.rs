//! Act: a passage of a report is chosen for the assessment.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{ExcerptFault, Source, Tag, store};
use crate::{
    accounts::CampaignManager,
    experimentation::find_campaign,
    ids::{CampaignId, ExcerptId},
    journal::{self, CampaignFact, Event, Subject},
    problem::Problem,
};

/// What is chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The report as it was read.
    pub source: Source,
    /// The passage.
    pub words: String,
    /// What it is about; at least one.
    pub tags: Vec<Tag>,
}

/// Chooses a passage: exact, and naming neither the participant nor its service. One already chosen stays, once.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such campaign; the database's. The fault is told apart, for the form.
pub async fn choose_excerpt(
    connection: &mut PgConnection,
    by: &CampaignManager,
    campaign: CampaignId,
    choice: &Choice,
    now: OffsetDateTime,
) -> Result<Result<ExcerptId, ExcerptFault>, Problem> {
    if let Err(fault) = choice.source.check(&choice.words) {
        return Ok(Err(fault));
    }
    let title = find_campaign(connection, campaign).await?.title;
    let excerpt = match store::excerpts::add_excerpt(connection, by, campaign, choice, now).await {
        Ok(excerpt) => excerpt,
        Err(error) => return refused(error),
    };
    let fact = CampaignFact::ExcerptChosen { title, excerpt, words: choice.words.clone() };
    let subject = Subject { application: Some(choice.source.application), ..Subject::default() };
    journal::record(connection, &by.by(), subject, &Event::OfCampaign(fact), now).await?;
    Ok(Ok(excerpt))
}

fn refused(error: sqlx::Error) -> Result<Result<ExcerptId, ExcerptFault>, Problem> {
    match error.as_database_error().and_then(sqlx::error::DatabaseError::constraint) {
        Some("assessment_excerpts_are_exact") => Ok(Err(ExcerptFault::NotExact)),
        Some("assessment_excerpts_stand_once") => {
            Err(Problem::not_possible("Ce passage est déjà choisi\u{a0}: il n’a pas été ajouté deux fois."))
        }
        _ => Err(error.into()),
    }
}
