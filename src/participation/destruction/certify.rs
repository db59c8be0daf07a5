//! Act: certify that access is removed and data destroyed, and correct what was certified.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    certificate::{Certificate, Signed},
    checks::{Period, refused},
    store,
};
use crate::{
    accounts::Applicant,
    attachments::{self, Scan, Stored},
    calendar::{self, date_in_full as full},
    ids::ApplicationId,
    journal::{self, ParticipationFact, Subject},
    participation::{
        Participation,
        end::{end, over},
        send::lock,
    },
    problem::Problem,
};

/// What is signed.
#[derive(Clone, Debug)]
pub struct Certifying {
    /// 1 for the first; a correction follows the number it was written over.
    pub number: i32,
    /// What it says.
    pub certificate: Certificate,
    /// What looked odd and was confirmed, or nothing.
    pub confirmed: String,
    /// Why it is corrected; nothing for the first.
    pub because: String,
    /// Files that come with it, in the storage already: at most [`attachments::MOST_IN_A_FIELD`].
    pub files: Vec<Stored>,
    /// What is known of them.
    pub scan: Scan,
}

/// The participant's side, which the page knows the visitor to be of, certifies what became of the access and of the data, or corrects it with a
/// reason; what it said stays readable. The same thing sent again by whoever got no answer is received once.
///
/// # Errors
/// [`Problem::NotPossible`] when the participation is not over, when a day cannot be, or when somebody signed meanwhile; the database's.
pub async fn certify(
    connection: &mut PgConnection,
    by: &Applicant,
    application: ApplicationId,
    certifying: Certifying,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let mut participation = lock(connection, application).await?;
    // Nobody waits for the next round of the desk to see that a participation is over.
    if let Some(ended) = over(connection, &participation, now).await? {
        end(connection, &participation, ended, now).await?;
        participation.ended = Some(ended);
    }
    if participation.ended.is_none() {
        return Err(not_signed(&participation, &not_over(&participation)));
    }
    let known = store::find_certificates(connection, application).await?;
    let last = known.last();
    if last.is_some_and(|last| is_the_same(last, by, &certifying)) {
        return Ok(());
    }
    if certifying.number != last.map_or(1, |last| last.number + 1) {
        let sentence = last.map_or_else(
            || "Cette attestation n’a pas encore été signée : il n’y a rien à corriger.".to_owned(),
            |last| {
                format!("{} a signé cette attestation le {}, après que vous l’avez ouverte.", last.author, calendar::moment(last.signed_at))
            },
        );
        return Err(not_signed(&participation, &sentence));
    }
    let period = Period::of(&participation, calendar::paris_date(now));
    if let Some(sentence) = refused(&certifying.certificate, period) {
        return Err(not_signed(&participation, &sentence));
    }
    write(connection, by, &participation, certifying, now).await
}

/// Until when a participation lasts, for whoever would certify before.
pub fn not_over(participation: &Participation) -> String {
    format!(
        "La participation se termine le {} : l’attestation se signe à partir du lendemain, une fois l’accès retiré et les données détruites.",
        full(participation.ends_on)
    )
}

fn is_the_same(last: &Signed, by: &Applicant, sent: &Certifying) -> bool {
    last.number == sent.number
        && last.signed_by == by.person().account
        && last.certificate == sent.certificate
        && last.because == sent.because
}

fn not_signed(participation: &Participation, sentence: &str) -> Problem {
    let page = format!("/habilitations/{}/fin", participation.authorization.0);
    Problem::not_possible_but(format!("{sentence} Rien n’a été signé."), "Voir la fin de la participation", page)
}

async fn write(
    connection: &mut PgConnection,
    by: &Applicant,
    participation: &Participation,
    certifying: Certifying,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let demande = (participation.application, participation.organisation);
    store::add(connection, by, demande.0, &certifying, now).await?;
    let files = attachments::keep_all(connection, by.person(), demande, certifying.files, certifying.scan, now).await?;
    for (place, file) in (1..).zip(files) {
        store::add_file(connection, (demande.0, certifying.number), place, file.id).await?;
    }
    let authorization = participation.authorization;
    let fact = match certifying.number {
        1 => {
            let Certificate { removed_on, fate, .. } = certifying.certificate;
            let destroyed_on = fate.destroyed_on().map(|day| day.to_string()).unwrap_or_default();
            ParticipationFact::DestructionCertified { authorization, removed_on: removed_on.to_string(), destroyed_on }
        }
        _ => ParticipationFact::DestructionCorrected { authorization, because: certifying.because },
    };
    journal::record(connection, &by.by(), Subject::application(demande.0, demande.1), &fact.into(), now).await
}
