//! A software vendor of the demonstration, whose membership the team confirmed: a demande filed for a town hall with its mandate, a
//! candidature begun for an association, a client for which nothing is filed yet.

use std::io::Write;

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    dossiers::Example,
    seed::{facts_of, hand_in},
};
use crate::{
    AppState,
    accounts::{Applicant, Reviewer},
    applications::{self, Joining, Kind, Step, behalf::start_for_client, join_files, save_step},
    attachments,
    documents::{Block, Document, Fact},
    fields::Fields,
    ids::ApplicationId,
    organisations::{self, Reason, VerifiedMember, declare_client, verify_membership},
    problem::Problem,
    web::{Incoming, UploadedFile},
};

/// « Logiciels Publics Réunis SAS ».
const VENDOR: &str = "00101503100014";
const ASSOCIATION: &str = "00041287400018";
const CLINIC: &str = "00051401800019";

/// What is filed for the town hall.
const TOWN_HALL: Example = Example {
    siret: "00081704900018",
    service: "Réservation des salles et des équipements sportifs",
    description: "Les habitants et les associations réservent une salle ou un terrain, déposent leur attestation d’assurance et paient en ligne. Il faut savoir qui réserve pour établir la convention d’occupation.",
    url: "https://reservations.valbourg.example",
    volume: "3 200",
    scopes: &[("family_name", ""), ("given_name", ""), ("email", "Envoyer la convention et prévenir d’une annulation.")],
    recipients: "Le service des sports de la commune, et notre société qui héberge le logiciel.",
    months: "24",
    reason: "",
};

/// Files what the vendor has filed by today.
pub(super) async fn file_for_clients(
    state: &AppState,
    connection: &mut PgConnection,
    karim: &Applicant,
    reviewer: &Reviewer,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let at = now - Duration::days(20);
    let by = confirmed(state, connection, karim, reviewer, at).await?;
    let at = now - Duration::days(5);
    let id = begin(state, connection, &by, (TOWN_HALL.siret, Kind::Administration), at).await?;
    for step in applications::find_draft(connection, id).await?.form.steps() {
        let mut fields = if *step == Step::Mandate { mandate() } else { TOWN_HALL.fields(*step) };
        save_step(connection, karim, id, *step, &mut fields, 0, at).await?;
    }
    join_mandate(state, connection, karim, id, at).await?;
    hand_in(&state.config.desk, connection, karim, id, at).await?;
    begin(state, connection, &by, (ASSOCIATION, Kind::Experiment), now - Duration::days(1)).await?;
    declare_client(connection, &by, &facts_of(state, CLINIC, now).await?, now).await?;
    Ok(())
}

/// Somebody of the vendor, once the team is sure of it.
async fn confirmed(
    state: &AppState,
    connection: &mut PgConnection,
    karim: &Applicant,
    reviewer: &Reviewer,
    at: OffsetDateTime,
) -> Result<VerifiedMember, Problem> {
    let vendor = organisations::start_for(connection, karim, &facts_of(state, VENDOR, at).await?, at).await?;
    let because = Reason::parse("Appel au standard de la société").map_err(anyhow::Error::from)?;
    let account = karim.person().account;
    verify_membership::by_reviewer(connection, reviewer, account, vendor, &because, at).await?;
    let membership = organisations::find_membership(connection, account, vendor).await?.ok_or(Problem::NotFound)?;
    VerifiedMember::new(karim.clone(), &membership).ok_or(Problem::NotFound)
}

async fn begin(
    state: &AppState,
    connection: &mut PgConnection,
    by: &VerifiedMember,
    (siret, kind): (&str, Kind),
    at: OffsetDateTime,
) -> Result<ApplicationId, Problem> {
    let facts = facts_of(state, siret, at).await?;
    start_for_client(connection, by, &facts, kind, None, Uuid::new_v4(), at).await?.ok_or(Problem::NotFound)
}

fn mandate() -> Fields {
    Fields::from_query("mandate_reference=March%C3%A9+2026-07%2C+lot+2&mandate_signed_on=2026-04-13&mandate_role=processor")
}

/// The mandate itself, on a sheet that says that it is an example.
async fn join_mandate(
    state: &AppState,
    connection: &mut PgConnection,
    karim: &Applicant,
    id: ApplicationId,
    at: OffsetDateTime,
) -> Result<(), Problem> {
    let fact = |name: &str, value: &str| Fact { name: name.into(), value: value.into() };
    let sheet = Document {
        title: "Mandat de dépôt d’une demande FranceConnect (exemple)".into(),
        desk: "Document de démonstration".into(),
        service: "Commune de Valbourg".into(),
        reference: "Marché 2026-07, lot 2".into(),
        blocks: vec![
            Block::Facts(vec![fact("Mandant", "Commune de Valbourg"), fact("Mandataire", "Logiciels Publics Réunis SAS")]),
            Block::Paragraph("La commune charge la société de déposer pour elle la demande d’utiliser le bouton FranceConnect.".into()),
        ],
    };
    let mut spooled = tempfile::tempfile_in(&state.config.data_dir).map_err(anyhow::Error::from)?;
    spooled.write_all(&state.printer.print(sheet).await?).map_err(anyhow::Error::from)?;
    let draft = applications::find_draft(connection, id).await?;
    let field = *draft.form.file_fields(Step::Mandate).first().ok_or(Problem::NotFound)?;
    let sent = UploadedFile { field: field.name.into(), sent_name: "mandat-valbourg.pdf".into(), content: Incoming::Whole(spooled) };
    let stored = attachments::receive(&state.storage, sent).await.map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    let joining = vec![Joining { field, replaces: None, stored }];
    join_files(connection, karim, id, joining, state.antivirus.at_first(), at).await?;
    Ok(())
}
