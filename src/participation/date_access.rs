//! Act: say on which day access opened, when it is not the day the journey was found to conform.

use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Month, send::lock, store};
use crate::{
    accounts::Reviewer,
    calendar,
    ids::ApplicationId,
    journal::{self, ParticipationFact, Subject},
    problem::Problem,
};

/// The FranceConnect team says when access opened, or will: the year counts from there. It is said before the first report and as long as the
/// participation lasts.
///
/// # Errors
/// [`Problem::NotPossible`] when the day cannot be, or when it is too late to change it; the database's.
pub async fn date_access(
    connection: &mut PgConnection,
    by: &Reviewer,
    application: ApplicationId,
    opened_on: Date,
    because: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let participation = lock(connection, application).await?;
    let refuse = |sentence: String| {
        let page = format!("/habilitations/{}/rapports", participation.authorization.0);
        Err(Problem::not_possible_but(format!("{sentence} Rien n’a été changé."), "Voir la participation", page))
    };
    if participation.ended.is_some() {
        return refuse("Cette participation est terminée.".into());
    }
    let conform_on = calendar::civil(store::find_conform_on(connection, application).await?);
    if opened_on < conform_on {
        return refuse(format!(
            "Le parcours a été déclaré conforme le {} : l’accès n’a pas ouvert avant.",
            calendar::date_in_full(conform_on)
        ));
    }
    let first = store::reports::find_reports(connection, application).await?.into_keys().next();
    if let Some(first) = first.filter(|first| *first < Month::of(opened_on)) {
        return refuse(format!("Le rapport {} est reçu : l’accès était ouvert ce mois-là.", first.with_of()));
    }
    store::add_opening(connection, by, application, calendar::kept(opened_on), because, now).await?;
    let fact = ParticipationFact::AccessDated {
        authorization: participation.authorization,
        opened_on: opened_on.to_string(),
        because: because.to_owned(),
    };
    let subject = Subject::application(application, participation.organisation);
    journal::record(connection, &by.by(), subject, &fact.into(), now).await
}
