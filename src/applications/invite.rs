//! Act: offer somebody to fill a demande, or the demande itself; take the offer back, or end what it gave.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    application::Application,
    behalf,
    invitation::{Invitation, InvitationAct, InvitationState, MOST_A_DAY, Purpose, WAITS_FOR, store as invitations},
    state::{State, Turn},
    store,
    tie::SOMEBODY_GONE,
};
use crate::{
    accounts::{self, Applicant, EmailAddress},
    ids::ApplicationId,
    journal::{self, Event, Subject},
    notifications::{self, AboutApplication, Letter, Recipient},
    organisations,
    problem::Problem,
};

/// What became of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Its letter is on its way.
    Made,
    /// It was not made: the sentence to show beside the address.
    NotMade(&'static str),
}

/// The applicant makes an offer to an address. Nothing tells whether that address has an account or belongs to the organisation: whoever
/// accepts proves it. An earlier offer that expired gives way.
///
/// # Errors
/// [`Problem::NotFound`] when it is not their demande; [`Problem::NotPossible`] when its state leaves nothing to offer; the database's.
pub async fn invite(
    connection: &mut PgConnection,
    by: &Applicant,
    id: ApplicationId,
    purpose: Purpose,
    address: EmailAddress,
    now: OffsetDateTime,
) -> Result<Offer, Problem> {
    let application = lock_own(connection, by, id).await?;
    if let Some(sentence) = why_not(application.state, purpose) {
        return Err(Problem::not_possible_but(sentence, "Voir la demande", format!("/demandes/{}", id.0)));
    }
    let person = by.person();
    if address == person.email {
        return Ok(Offer::NotMade("C’est votre propre adresse. Indiquez celle de la personne à qui vous le proposez."));
    }
    let fills = invitations::find_editors(connection, &application).await?.into_iter().any(|editor| editor.email == address);
    if purpose == Purpose::Fill && fills {
        return Ok(Offer::NotMade("Cette personne remplit déjà la demande avec vous."));
    }
    if invitations::count_invitations_since(connection, person.account, now - Duration::days(1)).await? >= MOST_A_DAY {
        return Ok(Offer::NotMade("Vous avez envoyé beaucoup d’invitations aujourd’hui. Attendez demain pour en envoyer une autre."));
    }
    for earlier in invitations::find_lasting_invitations(connection, id).await? {
        if earlier.state(now) == InvitationState::Expired && earlier.purpose == purpose {
            invitations::save_invitation(connection, earlier.id, InvitationState::Withdrawn, person.account, now).await?;
        }
    }
    let invitation = Invitation {
        id: Uuid::new_v4(),
        application: id,
        purpose,
        address,
        invited_by: person.account,
        invited_by_name: person.full_name(),
        invited_at: now,
        expires_at: now + WAITS_FOR,
        accepted_at: None,
        refused_at: None,
        answered_by: None,
        ended_at: None,
    };
    if !invitations::add_invitation(connection, &invitation).await? {
        return Ok(Offer::NotMade(match purpose {
            Purpose::Fill => "Une invitation attend déjà la réponse de cette adresse.",
            Purpose::HandOver => "La demande est déjà proposée à quelqu’un. Retirez cette proposition pour en faire une autre.",
        }));
    }
    let event = if invitation.is_hand_over() { Event::HandOverOffered } else { Event::FillingOffered };
    journal::record(connection, &by.by(), Subject::application(id, application.organisation), &event, now).await?;
    let letter = Letter::Invitation {
        about: about(connection, &application).await?,
        invited_by: invitation.invited_by_name.clone(),
        is_hand_over: invitation.is_hand_over(),
        invitation: invitation.id,
        expires_at: invitation.expires_at,
    };
    let to = Recipient { address: invitation.address.to_string(), name: String::new() };
    notifications::enqueue(connection, &format!("{id} invitation {}", invitation.id), &to, &letter, now).await?;
    Ok(Offer::Made)
}

/// The applicant takes an offer back, or ends the right to fill that it gave; doing it twice changes nothing.
///
/// # Errors
/// [`Problem::NotFound`] when it is not an offer about their demande; [`Problem::NotPossible`] when it was refused, or the demande has
/// changed hands; the database's.
pub async fn end_invitation(
    connection: &mut PgConnection,
    by: &Applicant,
    id: ApplicationId,
    invitation: Uuid,
    now: OffsetDateTime,
) -> Result<InvitationState, Problem> {
    let application = lock_own(connection, by, id).await?;
    let invitation = invitations::find_invitation(connection, invitation).await?;
    if invitation.application != id {
        return Err(Problem::NotFound);
    }
    let state = invitation.state(now);
    if matches!(state, InvitationState::Withdrawn | InvitationState::Ended) {
        return Ok(state);
    }
    let becomes = state
        .after(InvitationAct::End, invitation.purpose)
        .map_err(|sentence| Problem::not_possible_but(sentence, "Qui remplit cette demande", format!("/demandes/{}/equipe", id.0)))?;
    invitations::save_invitation(connection, invitation.id, becomes, by.person().account, now).await?;
    let subject = Subject::application(id, application.organisation);
    if becomes == InvitationState::Withdrawn {
        journal::record(connection, &by.by(), subject, &Event::InvitationWithdrawn, now).await?;
        return Ok(becomes);
    }
    let helper = match invitation.answered_by {
        Some(account) => accounts::find_person(connection, account).await?,
        None => None,
    };
    let name = helper.as_ref().map_or_else(|| SOMEBODY_GONE.to_owned(), accounts::Person::full_name);
    journal::record(connection, &by.by(), subject, &Event::FillingEnded { name }, now).await?;
    if let Some(helper) = helper {
        let letter = Letter::FillingEnded { about: about(connection, &application).await?, ended_by: by.person().full_name() };
        notifications::enqueue(connection, &format!("{id} filling {} ended", invitation.id), &helper.as_recipient(), &letter, now).await?;
    }
    Ok(becomes)
}

async fn lock_own(connection: &mut PgConnection, by: &Applicant, id: ApplicationId) -> Result<Application, Problem> {
    let application = store::lock(connection, id).await?;
    if application.applicant == by.person().account { Ok(application) } else { Err(Problem::NotFound) }
}

/// Why nothing can be offered of a demande in that state.
pub(super) fn why_not(state: State, purpose: Purpose) -> Option<&'static str> {
    match purpose {
        Purpose::Fill if state.turn() == Turn::Nobody => Some("Cette demande est terminée : il n’y a plus rien à y remplir."),
        Purpose::HandOver if state == State::Withdrawn => Some("Cette demande a été retirée : il n’y a plus rien à transmettre."),
        Purpose::HandOver if state == State::Deleted => Some("Ce brouillon est dans la corbeille : restaurez-le pour le transmettre."),
        _ => None,
    }
}

/// What letters say of a demande that may not have been handed in yet.
pub(super) async fn about(connection: &mut PgConnection, application: &Application) -> Result<AboutApplication, Problem> {
    let organisation = match behalf::find_organisation_of(connection, application).await {
        Ok(organisation) => organisation.name,
        // Its applicant left: as the register names it.
        Err(Problem::NotFound) => organisations::find(connection, application.organisation).await?.name,
        Err(other) => return Err(other),
    };
    Ok(AboutApplication {
        application: application.id,
        service: application.title().to_owned(),
        organisation,
        version: application.version,
    })
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    #[test]
    fn what_is_over_is_not_filled_and_what_is_withdrawn_is_not_handed_over() {
        for state in State::VARIANTS {
            let over = matches!(state, State::Approved | State::Refused | State::Withdrawn | State::Closed | State::Deleted);
            assert_eq!(why_not(*state, Purpose::Fill).is_some(), over, "{state}");
            assert_eq!(why_not(*state, Purpose::HandOver).is_some(), matches!(state, State::Withdrawn | State::Deleted), "{state}");
        }
    }
}
