//! Act: the applicant takes over, in the draft, the contact details somebody of the client proposes.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store::client;
use crate::{
    accounts::Applicant,
    applications::{draft, state::Act, step::Step, store},
    ids::ApplicationId,
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Writes a proposal in the step of the contacts, in place of what the draft says of that person. Taking twice changes nothing.
///
/// # Errors
/// [`Problem::NotPossible`] when the demande can no longer be edited; [`Problem::NotFound`] when there is no such proposal or it is not
/// theirs; the database's.
pub async fn take_proposal(
    connection: &mut PgConnection,
    by: &Applicant,
    id: ApplicationId,
    proposal: i64,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let application = store::lock(connection, id).await?;
    if application.applicant != by.person().account {
        return Err(Problem::NotFound);
    }
    application
        .state
        .after(Act::Edit)
        .map_err(|refusal| Problem::not_possible_but(refusal.to_string(), "Voir la demande", format!("/demandes/{}", id.0)))?;
    let (_, proposals) = client::find_client_news(connection, id).await?;
    let Some(proposal) = proposals.into_iter().find(|known| known.id == proposal) else { return Ok(()) };
    let mut fields = draft::store::find_draft(connection, id).await?.fields(Step::Contacts);
    let contact = &proposal.contact;
    proposal.role.fields().name(&mut fields, contact);
    let kept = fields.to_json(Step::Contacts.fields().iter().map(|field| field.name));
    draft::store::save_draft_step(connection, id, Step::Contacts, kept, by.person().account, now).await?;
    client::save_taking(connection, proposal.id, now).await?;
    let event = Event::ContactTaken { name: contact.full_name() };
    journal::record(connection, &by.by(), Subject::application(id, application.organisation), &event, now).await
}
