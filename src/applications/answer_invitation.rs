//! Act: accept or refuse what was offered of a demande.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    application::Application,
    invitation::{Invitation, InvitationAct, store as invitations},
    invite::{about, why_not},
    store,
};
use crate::{
    accounts::{self, Applicant},
    journal::{self, Event, Subject},
    notifications::{self, Letter},
    organisations,
    problem::Problem,
};

/// The owner of the address accepts: they may fill the demande from now on, or it becomes theirs. Once, however often it is pressed.
///
/// A demande is offered in the name of its organisation. An offer therefore outlives the account of whoever made it: a secretary hands her
/// demandes over, closes her account and leaves. It does not outlive the confirmation of their membership, when the team takes it back:
/// whoever no longer speaks for the organisation designates nobody in its name.
///
/// # Errors
/// [`Problem::NotFound`] when it was sent to another address; [`Problem::NotPossible`] with the sentence that says why, when it was
/// answered, taken back or has expired, when the demande is over or has changed hands, when they do not belong to the organisation that
/// is to become theirs; the database's.
pub async fn accept_invitation(
    connection: &mut PgConnection,
    by: &Applicant,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<Invitation, Problem> {
    let (invitation, application) = lock(connection, by, id).await?;
    let becomes = invitation.state(now).after(InvitationAct::Accept, invitation.purpose).map_err(refused)?;
    if let Some(sentence) = why_not(application.state, invitation.purpose) {
        return Err(refused(sentence));
    }
    let me = by.person();
    if application.applicant == me.account {
        return Err(Problem::not_possible_but(
            "Cette demande est déjà la vôtre.",
            "Ouvrir la demande",
            format!("/demandes/{}", application.id.0),
        ));
    }
    if invitation.is_hand_over() {
        check_hand_over(connection, by, &invitation, &application).await?;
    } else if invitations::may_edit(connection, &application, me.account).await? {
        return Err(refused("Vous remplissez déjà cette demande : vous n’avez pas besoin d’une autre invitation."));
    }
    invitations::save_invitation(connection, id, becomes, me.account, now).await?;
    let subject = Subject::application(application.id, application.organisation);
    if !invitation.is_hand_over() {
        journal::record(connection, &by.by(), subject, &Event::FillingAccepted, now).await?;
        tell_sender(connection, by, &invitation, &application, true, now).await?;
        return Ok(invitation);
    }
    store::save_applicant(connection, application.id, me.account, now).await?;
    invitations::end_what_a_new_applicant_ends(connection, application.id, me.account, now).await?;
    // Their account was closed while this request was on its way: nobody would follow the demande.
    if accounts::find_person(connection, me.account).await?.is_none() {
        return Err(Problem::SignedOut);
    }
    let from = invitation.invited_by_name.clone();
    journal::record(connection, &by.by(), subject, &Event::ApplicationHandedOver { from: from.clone() }, now).await?;
    tell_sender(connection, by, &invitation, &application, true, now).await?;
    let letter = Letter::DemandeHandedOver { about: about(connection, &application).await?, from, because: None };
    notifications::enqueue(connection, &format!("{} invitation {id}", application.id), &me.as_recipient(), &letter, now).await?;
    Ok(invitation)
}

/// The owner of the address refuses; whoever offered is told.
///
/// # Errors
/// [`Problem::NotFound`] when it was sent to another address; [`Problem::NotPossible`] when it was answered, taken back or has expired;
/// the database's.
pub async fn refuse_invitation(
    connection: &mut PgConnection,
    by: &Applicant,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<Invitation, Problem> {
    let (invitation, application) = lock(connection, by, id).await?;
    let becomes = invitation.state(now).after(InvitationAct::Refuse, invitation.purpose).map_err(refused)?;
    invitations::save_invitation(connection, id, becomes, by.person().account, now).await?;
    let event = if invitation.is_hand_over() { Event::HandOverRefused } else { Event::FillingRefused };
    journal::record(connection, &by.by(), Subject::application(application.id, application.organisation), &event, now).await?;
    tell_sender(connection, by, &invitation, &application, false, now).await?;
    Ok(invitation)
}

/// The demande, then the offer as it stands once the demande is held: of two answers, the second sees the first. The organisation comes
/// before both, so that nobody's membership is taken back meanwhile.
async fn lock(connection: &mut PgConnection, by: &Applicant, id: Uuid) -> Result<(Invitation, Application), Problem> {
    let seen = invitations::find_invitation(connection, id).await?;
    if seen.address != by.person().email {
        return Err(Problem::NotFound);
    }
    let organisation = store::find(connection, seen.application).await?.filed_by();
    organisations::lock_people(connection, organisation).await?;
    let application = store::lock(connection, seen.application).await?;
    Ok((invitations::find_invitation(connection, id).await?, application))
}

async fn check_hand_over(
    connection: &mut PgConnection,
    by: &Applicant,
    invitation: &Invitation,
    application: &Application,
) -> Result<(), Problem> {
    if application.applicant != invitation.invited_by {
        return Err(refused("Cette demande a changé de mains depuis : la proposition ne vaut plus."));
    }
    let sender = organisations::find_membership(connection, invitation.invited_by, application.filed_by()).await?;
    if sender.is_none_or(|membership| membership.withdrawal.is_some()) {
        return Err(Problem::not_possible_but(
            format!(
                "{} n’appartient plus à l’organisme et ne peut plus transmettre cette demande en son nom. Rien n’a changé. Si votre propre \
                 appartenance est vérifiée, vous pouvez reprendre la demande depuis « Mes demandes ».",
                invitation.invited_by_name
            ),
            "Mes demandes",
            "/demandes",
        ));
    }
    match organisations::find_membership(connection, by.person().account, application.filed_by()).await? {
        Some(own) if own.withdrawal.is_none() => Ok(()),
        Some(_) => Err(refused(
            "L’équipe FranceConnect a retiré la confirmation de votre appartenance à cet organisme : la demande ne peut pas vous être transmise.",
        )),
        None => Err(Problem::not_possible_but(
            "Cette demande est celle d’un organisme auquel votre compte n’est pas rattaché. Rattachez-le d’abord, puis revenez à cette proposition : elle vous attend dans « Mes demandes ».",
            "Rattacher mon compte à un organisme",
            "/compte/organismes/nouveau",
        )),
    }
}

fn refused(sentence: &'static str) -> Problem {
    Problem::not_possible_but(sentence, "Mes demandes", "/demandes")
}

/// Whoever offered the demande is told, and whoever files it today when it is only to be filled. Nobody is left to tell when they closed
/// their account.
async fn tell_sender(
    connection: &mut PgConnection,
    by: &Applicant,
    invitation: &Invitation,
    application: &Application,
    is_accepted: bool,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let sender = if invitation.is_hand_over() { invitation.invited_by } else { application.applicant };
    let Some(sender) = accounts::find_person(connection, sender).await? else { return Ok(()) };
    let letter = Letter::InvitationAnswered {
        about: about(connection, application).await?,
        by: by.person().full_name(),
        is_hand_over: invitation.is_hand_over(),
        is_accepted,
    };
    let occasion = format!("{} invitation {}", application.id, invitation.id);
    notifications::enqueue(connection, &occasion, &sender.as_recipient(), &letter, now).await
}
