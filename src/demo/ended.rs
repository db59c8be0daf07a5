//! Two participants of a campaign that is over: one certified the end, the other is late to.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{
    assessment::SAID,
    examining::Team,
    participant,
    private::{self, PARTICIPANT, PRIVATE_EXAMPLES},
    seed::file_private,
};
use crate::{
    AppState,
    accounts::{Applicant, Reviewer},
    attachments::Scan,
    calendar,
    experimentation::{Campaign, Panel, Share},
    participation::{
        Chore,
        destruction::{Certificate, Certifying, Fate, certify},
        run_chore,
    },
    problem::Problem,
};

/// How many days ago the campaign ended.
const ENDED: i64 = 60;

/// The campaign that came before all: it is over, and with it those who took part.
pub(super) fn past_campaign(now: OffsetDateTime) -> Campaign {
    let day = calendar::paris_day;
    Campaign {
        title: "Expérimentation pilote de démonstration".into(),
        opens_on: day(now - Duration::days(340)),
        closes_on: day(now - Duration::days(302)),
        ends_on: day(now - Duration::days(60)),
        panel: Panel::even(Share { floor: 0, ceiling: 30 }, day(now - Duration::days(302))),
        ..private::campaign(now)
    }
}

/// Brings two of the past campaign from their candidature to their end.
pub(super) async fn two_that_are_over(
    state: &AppState,
    connection: &mut PgConnection,
    team: &Team<'_>,
    signatory: &Reviewer,
    helene: &Applicant,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let day = |days| now - Duration::days(days);
    let [_, _, workshops] = PRIVATE_EXAMPLES;
    let examples = [
        PARTICIPANT.of(PARTICIPANT.siret, "Documents de sortie de la Clinique des Lilas"),
        workshops.of(workshops.siret, "Inscriptions aux ateliers d’été"),
    ];
    for (example, (certifies, hundredths)) in examples.into_iter().zip([(true, 100), (false, 25)]) {
        let id = file_private(state, connection, helene, &example, &state.config.desk, day(320)).await?;
        participant::admit(connection, team, signatory, (helene, id), (day(275), day(240)), &state.config.desk.desk_service).await?;
        run_chore(connection, Chore::End, id, day(ENDED - 1)).await?;
        participant::report(connection, helene, (id, hundredths, SAID[0]), 0, now).await?;
        if certifies {
            certify(connection, helene, id, certifying(now), day(ENDED - 12)).await?;
        }
    }
    Ok(())
}

/// What the first one signed.
fn certifying(now: OffsetDateTime) -> Certifying {
    let on = |days| calendar::paris_date(now - Duration::days(days));
    Certifying {
        number: 1,
        certificate: Certificate {
            removed_on: on(ENDED),
            fate: Fate::KeptInPart {
                on: on(ENDED - 9),
                kept: "Les factures des séjours, dix ans, sans les données transmises par FranceConnect.".into(),
                legal_basis: "Code de commerce, article L.\u{a0}123-22".into(),
            },
            method: "Le bouton et les clés d’accès sont retirés. Les comptes créés par FranceConnect sont effacés de la base, et la sauvegarde qui les contenait est détruite par l’hébergeur.".into(),
            signatory: "Hélène Marchand".into(),
            quality: "Directrice des opérations".into(),
        },
        confirmed: String::new(),
        because: String::new(),
        files: Vec::new(),
        scan: Scan::NotScanned,
    }
}
