//! Fills an empty desk as a month of work would have, through the acts people use.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    assessment::{self, SAID},
    campaigns, deciding,
    dossiers::{EXAMPLES, Example},
    ended,
    examining::{self, Team},
    participant,
    private::{self, PARTICIPANT, PRIVATE_EXAMPLES, PrivateExample},
    silent, vendor,
};
use crate::{
    AppState,
    accounts::{self, Applicant, DEMO_PEOPLE, DemoPerson, Person, Reviewer, Staff},
    applications::{self, Attestations, COMMITMENTS, Draft, Form, Kind, Step, save_step, start, submit},
    config::DeskFacts,
    fields::Fields,
    ids::ApplicationId,
    journal::{AskedPoint, By},
    notifications::{self, OutboxFilter},
    organisations::{self, Facts},
    problem::Problem,
    review::{Ground, Request, approve, refuse, request_changes},
};

/// Colleagues of other town halls: their demandes fill the queue; nobody needs to play them.
const OTHERS: [DemoPerson<'static>; 3] = [
    other("ines.garnier@demo.test", ["Inès", "Garnier"], "Directrice du numérique"),
    other("paul.mercier@demo.test", ["Paul", "Mercier"], "Secrétaire général"),
    other("aicha.diallo@demo.test", ["Aïcha", "Diallo"], "Cheffe de projet"),
];

const fn other(email: &'static str, names: [&'static str; 2], job_title: &'static str) -> DemoPerson<'static> {
    DemoPerson { email, given_name: names[0], family_name: names[1], job_title, phone: "", roles: &[] }
}

/// Makes the people and the demandes of the demonstration, once: a desk where they have already filed is left as it is.
///
/// # Errors
/// The database's.
pub async fn seed(state: &AppState) -> Result<(), Problem> {
    let now = state.clock.now();
    let mut transaction = state.db.begin().await?;
    let password = accounts::hash_demo_password(&state.passwords).await?;
    let mut people = Vec::new();
    for person in DEMO_PEOPLE.iter().chain(&OTHERS) {
        people.push(accounts::create_demo_person(&mut transaction, person, &password, now - Duration::days(120)).await?);
    }
    let camille = applicant(&people, "demandeur@demo.test")?;
    if applications::list_own(&mut transaction, camille.person().account).await?.is_empty() {
        file_examples(state, &mut transaction, &people, &camille, now).await?;
    }
    transaction.commit().await?;
    Ok(())
}

async fn file_examples(
    state: &AppState,
    connection: &mut PgConnection,
    people: &[Person],
    camille: &Applicant,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let [ines, paul, aicha] =
        [applicant(people, OTHERS[0].email)?, applicant(people, OTHERS[1].email)?, applicant(people, OTHERS[2].email)?];
    let reviewer = applicant(people, "instructeur@demo.test")?;
    let reviewer = Reviewer::new(reviewer.person().clone()).ok_or(Problem::NotFound)?;
    let service = state.config.desk.desk_service.as_str();
    let [families, transport, nursery, tracking, housing] = EXAMPLES;

    let to_sign = file(state, connection, &ines, &transport, now - Duration::days(26)).await?;
    deciding::prepare_decisions(connection, &reviewer, to_sign, now).await?;
    let examined = file(state, connection, camille, &families, now - Duration::days(8)).await?;
    let jurist = Staff::new(applicant(people, "juriste@demo.test")?.person().clone()).ok_or(Problem::NotFound)?;
    let team = Team { reviewer: &reviewer, jurist: &jurist };
    examining::examine(connection, &team, examined, now).await?;

    let waiting = file(state, connection, camille, &nursery, now - Duration::days(12)).await?;
    request_changes(connection, &reviewer, waiting, 1, asked(), service, now - Duration::days(3)).await?;

    let granted = file(state, connection, &paul, &tracking, now - Duration::days(40)).await?;
    approve(connection, &reviewer, granted, 1, "Bonne mise en service !".into(), service, now - Duration::days(33)).await?;

    let turned_down = file(state, connection, &aicha, &housing, now - Duration::days(30)).await?;
    refuse(connection, &reviewer, turned_down, 1, Ground::DataNotProportionate, FACTS.into(), service, now - Duration::days(21)).await?;

    campaigns::open_campaign(connection, people, now).await?;
    let helene = applicant(people, "entreprise@demo.test")?;
    for (example, days) in PRIVATE_EXAMPLES.iter().zip([6, 4, 2]) {
        let id = file_private(state, connection, &helene, example, &state.config.desk, now - Duration::days(days)).await?;
        if example.kind == Kind::Experiment {
            examining::consult(connection, &team, id, now).await?;
        }
    }

    begin(state, connection, camille, &families, "Demandes de subvention des associations", now - Duration::days(1)).await?;
    vendor::file_for_clients(state, connection, &applicant(people, "editeur@demo.test")?, &reviewer, now).await?;
    let music = Example { service: "Inscriptions au conservatoire", description: MUSIC, ..nursery };
    let unanswered = file(state, connection, &aicha, &music, now - Duration::days(58)).await?;
    silent::nobody_answers(connection, &reviewer, unanswered, service, now).await?;
    silent::silence_decided(state, connection, &helene, now).await?;
    take_part(state, connection, people, &team, now).await?;
    let signatory = Reviewer::new(applicant(people, "signataire@demo.test")?.person().clone()).ok_or(Problem::NotFound)?;
    let announced = (now - Duration::days(345), now - Duration::days(341));
    campaigns::announce(connection, people, ended::past_campaign(now), announced).await?;
    ended::two_that_are_over(state, connection, &team, &signatory, &helene, now).await
}

/// The participants of the campaign before, some months in, their reports and what was published of them.
async fn take_part(
    state: &AppState,
    connection: &mut PgConnection,
    people: &[Person],
    team: &Team<'_>,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let announced = (now - Duration::days(305), now - Duration::days(301));
    let first = campaigns::announce(connection, people, private::first_campaign(now), announced).await?;
    let helene = applicant(people, "entreprise@demo.test")?;
    let id = file_private(state, connection, &helene, &PARTICIPANT, &state.config.desk, now - Duration::days(210)).await?;
    let signatory = Reviewer::new(applicant(people, "signataire@demo.test")?.person().clone()).ok_or(Problem::NotFound)?;
    let moments = (now - Duration::days(170), now - Duration::days(140));
    let service = &state.config.desk.desk_service;
    participant::admit(connection, team, &signatory, (&helene, id), moments, service).await?;
    let mut last = participant::report(connection, &helene, (id, 100, SAID[0]), 1, now).await?;
    let holders = [applicant(people, OTHERS[1].email)?, applicant(people, OTHERS[2].email)?];
    for ((holder, example), (hundredths, said)) in holders.iter().zip(&assessment::OTHERS).zip([(104, SAID[1]), (97, SAID[2])]) {
        let id = file_private(state, connection, holder, example, &state.config.desk, now - Duration::days(208)).await?;
        participant::admit(connection, team, &signatory, (holder, id), moments, service).await?;
        last = participant::report(connection, holder, (id, hundredths, said), 1, now).await?;
    }
    let published = last.ok_or(Problem::NotFound)?;
    assessment::publish_first(connection, people, (first, published), now).await
}

/// What a reviewer asks of the demande that waits for its applicant.
fn asked() -> Request {
    let point = |part: &str, field: &str, about: &str, text: &str| AskedPoint {
        part: part.into(),
        field: field.into(),
        about: about.into(),
        text: text.into(),
    };
    Request {
        message: "Votre dossier est clair. Il reste deux précisions à donner avant que nous puissions décider.".into(),
        points: vec![
            point(
                "donnees",
                "scopes-gender",
                "Les données : sexe",
                "Dans quel cas votre service en a-t-il besoin ? La civilité peut être demandée dans le formulaire. Précisez, ou retirez cette donnée.",
            ),
            point("service", "service_url", "Le service : adresse du service", "Indiquez-la si elle est déjà connue."),
        ],
    }
}

const MUSIC: &str = "Les familles inscrivent leurs enfants aux cours de musique et de danse, choisissent un horaire et paient en ligne.";

const FACTS: &str = "le pays et la ville de naissance des étudiants sont demandés pour établir des statistiques, sans rapport avec l’inscription sur une liste d’attente ; ces données seraient conservées dix ans.";

/// Adds that many submitted demandes, for measures on a full desk. Their letters are held: a measure writes to nobody.
///
/// # Errors
/// The database's.
pub async fn add_dossiers(state: &AppState, count: usize) -> Result<(), Problem> {
    let now = state.clock.now();
    let password = accounts::hash_demo_password(&state.passwords).await?;
    for index in 0..count {
        let mut transaction = state.db.begin().await?;
        let person = accounts::create_demo_person(&mut transaction, &OTHERS[index % OTHERS.len()], &password, now).await?;
        let minutes = i64::try_from(count - index).unwrap_or(0) * 37;
        let id =
            file(state, &mut transaction, &Applicant::new(person), &EXAMPLES[index % EXAMPLES.len()], now - Duration::minutes(minutes))
                .await?;
        hold_letters(&mut transaction, id, now).await?;
        transaction.commit().await?;
    }
    Ok(())
}

async fn hold_letters(connection: &mut PgConnection, about: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let filter = OutboxFilter { application: Some(about), ..OutboxFilter::default() };
    for letter in notifications::list_outbox(connection, &filter, usize::MAX).await? {
        notifications::hold(connection, &By::Operator { name: "demonstration".into() }, letter.id, now).await?;
    }
    Ok(())
}

fn applicant(people: &[Person], email: &str) -> Result<Applicant, Problem> {
    people.iter().find(|person| person.email.as_str() == email).cloned().map(Applicant::new).ok_or(Problem::NotFound)
}

async fn begin(
    state: &AppState,
    connection: &mut PgConnection,
    by: &Applicant,
    example: &Example,
    name: &str,
    at: OffsetDateTime,
) -> Result<ApplicationId, Problem> {
    let id = start_one(state, connection, by, example.siret, Kind::Administration, at).await?;
    let mut fields = example.fields(Step::Service);
    fields.set("service_name", name);
    save_step(connection, by, id, Step::Service, &mut fields, 0, at).await?;
    Ok(id)
}

async fn file(
    state: &AppState,
    connection: &mut PgConnection,
    by: &Applicant,
    example: &Example,
    at: OffsetDateTime,
) -> Result<ApplicationId, Problem> {
    let id = begin(state, connection, by, example, example.service, at).await?;
    for step in Form::of(Kind::Administration).steps().iter().skip(1) {
        save_step(connection, by, id, *step, &mut example.fields(*step), 0, at).await?;
    }
    hand_in(&state.config.desk, connection, by, id, at).await?;
    Ok(id)
}

async fn start_one(
    state: &AppState,
    connection: &mut PgConnection,
    by: &Applicant,
    siret: &str,
    kind: Kind,
    at: OffsetDateTime,
) -> Result<ApplicationId, Problem> {
    let organisation = organisations::start_for(connection, by, &facts_of(state, siret, at).await?, at).await?;
    start(connection, by, kind, organisation, Uuid::new_v4(), at).await
}

/// What the sample register says of an organisation.
pub(super) async fn facts_of(state: &AppState, siret: &str, at: OffsetDateTime) -> Result<Facts, Problem> {
    let choice = organisations::choose(&state.db, &state.register, siret, at).await?;
    let facts = choice.facts(&mut Fields::default());
    Ok(facts.ok_or_else(|| anyhow::anyhow!("the sample register does not name {siret}"))?)
}

pub(super) async fn file_private(
    state: &AppState,
    connection: &mut PgConnection,
    by: &Applicant,
    example: &PrivateExample,
    desk: &DeskFacts,
    at: OffsetDateTime,
) -> Result<ApplicationId, Problem> {
    let id = start_one(state, connection, by, example.siret, example.kind, at).await?;
    let draft = applications::find_draft(connection, id).await?;
    for step in draft.form.steps() {
        let mut fields = if *step == Step::Commitments { every_commitment(&draft) } else { example.fields(*step) };
        save_step(connection, by, id, *step, &mut fields, 0, at).await?;
    }
    hand_in(desk, connection, by, id, at).await?;
    Ok(id)
}

/// Every commitment ticked, on the documents of the campaign.
fn every_commitment(draft: &Draft) -> Fields {
    let mut fields = Fields::default();
    for it in &COMMITMENTS {
        fields.set(it.tick.name, "oui");
        fields.set(it.document.name, draft.form.campaign.as_ref().map(|campaign| it.document_of(campaign)).unwrap_or_default());
    }
    fields
}

pub(super) async fn hand_in(
    desk: &DeskFacts,
    connection: &mut PgConnection,
    by: &Applicant,
    id: ApplicationId,
    at: OffsetDateTime,
) -> Result<(), Problem> {
    let seen = applications::find_draft(connection, id).await?.seen();
    let attestations = Attestations { terms_accepted: true, dpo_informed: true, alternative_login: true, explanation: String::new() };
    submit(connection, by, id, seen, attestations, desk, at).await?;
    Ok(())
}
