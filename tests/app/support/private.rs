//! Demandes of private bodies as a test starts with them, and the campaign that candidatures answer.

use habilitation::{
    accounts::{Applicant, Person, Role},
    applications::{self, COMMITMENTS, Draft, Kind, Saving, Step, Submission, save_step},
    calendar,
    config::SilenceEffect,
    experimentation::{Campaign, Document, Panel, Proposal, Proposed, Share, agree_to_change, propose_change},
    fields::Fields,
    ids::ApplicationId,
};
use sqlx::{AssertSqlSafe, Executor, PgConnection};
use time::{Date, OffsetDateTime, macros::date};
use uuid::Uuid;

use super::{TestSite, campaigns, given};

/// An association over three years old, and a company under three, of the sample register.
pub const ASSOCIATION: &str = "00041287400018";
pub const YOUNG: &str = "00041295700011";

/// A campaign that receives candidatures from 1 December 2026 to the end of January.
pub fn campaign() -> Campaign {
    Campaign {
        title: "Expérimentation 2027".into(),
        legal_basis: "Arrêté du 23 novembre 2026".into(),
        legal_basis_url: "https://www.legifrance.gouv.fr/arrete".into(),
        opens_on: date!(2026 - 12 - 01),
        closes_on: date!(2027 - 01 - 31),
        ends_on: date!(2027 - 12 - 31),
        capacity: 100,
        silence_effect: Some(SilenceEffect::Rejection),
        panel: Panel::even(Share { floor: 0, ceiling: 100 }, date!(2026 - 12 - 31)),
        specification: Document { version: "version 3".into(), url: "https://partenaires.test/cahier".into() },
        terms: Document::published_terms(),
    }
}

/// The same on other days; no place is kept for a sector after its closing.
pub fn campaign_of(opens_on: Date, closes_on: Date, ends_on: Date) -> Campaign {
    let usual = campaign();
    Campaign { opens_on, closes_on, ends_on, panel: Panel { reserved_until: closes_on, ..usual.panel }, ..usual }
}

/// The campaign, as two people made it.
pub async fn a_campaign(site: &TestSite) {
    announce(site, &campaign()).await;
}

/// Has a campaign made as life does, by two people, before it opens. They leave the team at once and their letters go with them: those whom a
/// test is about are its own.
pub async fn announce(site: &TestSite, campaign: &Campaign) {
    let mut people = Vec::new();
    for who in ["premiere", "seconde"] {
        let email = format!("{who}-{}@annonce.test", Uuid::new_v4().simple());
        people.push(campaigns::manager(site, &email, Role::ProgrammeManager).await);
    }
    let opening = calendar::paris_hour(calendar::days_after(calendar::civil(campaign.opens_on), -1), 9).unwrap();
    let at = site.state.clock.now().min(opening);
    let proposal =
        Proposal { campaign: None, seen: None, after: campaign.clone(), reason: "L’arrêté ouvre l’expérimentation.".into() };
    let mut transaction = site.state.db.begin().await.unwrap();
    let Proposed::Waits(id) = propose_change(&mut transaction, &people[0], &proposal, at).await.unwrap() else { panic!("{campaign:?}") };
    agree_to_change(&mut transaction, &people[1], id, at).await.unwrap();
    transaction.commit().await.unwrap();
    let mut owner = site.database.owner().await;
    for person in &people {
        owner.execute(AssertSqlSafe(format!("delete from outbox where recipient_address = '{}'", person.person().email))).await.unwrap();
        owner.execute(AssertSqlSafe(format!("delete from account_roles where account_id = {}", person.person().account.0))).await.unwrap();
    }
}

/// What a private body answers, step by step; the commitments are [`commitments`].
pub fn answers(step: Step) -> Vec<(&'static str, &'static str)> {
    match step {
        Step::Service => vec![
            ("service_name", "Espace des adhérents"),
            ("service_description", "Les adhérents s’inscrivent aux ateliers et suivent leur dossier en ligne."),
            ("service_url", "https://ateliers.test/espace"),
        ],
        Step::AddressChange => {
            vec![("address_link", "Il prévient les organismes choisis de la nouvelle adresse."), ("address_use", "uniquement")]
        }
        Step::IdentityText => vec![
            ("identity_text", "autre"),
            ("identity_reference", "Décret n° 2027-12 du 4 janvier 2027, article 3"),
            ("identity_url", "https://www.legifrance.gouv.fr/decret"),
            ("identity_imposes", "Le nom et la date de naissance, avant la première commande."),
        ],
        Step::Contribution => vec![("sector", "education"), ("sector_contribution", "Les ateliers préparent à des examens.")],
        Step::Hosting => {
            vec![("host", "Hébergement du Marais"), ("host_country", "FR"), ("processors", "Courriels du Midi, France\nStats Inc., Inde")]
        }
        Step::Baseline => vec![
            ("monthly_connections", "4 200"),
            ("monthly_accounts", "310"),
            ("monthly_traffic", "18 000"),
            ("baseline_method", "Matomo, moyenne de juin à septembre."),
        ],
        Step::PersonalData => {
            vec![("recipients", "Le service des adhésions."), ("retention_months", "24"), ("retention_end", "La fermeture du compte.")]
        }
        Step::Contacts => {
            let mut contacts = given::answers(Step::Contacts);
            contacts.extend([("data_protection_role", "referent"), ("referent_reason", "Dix salariés, aucune donnée sensible.")]);
            contacts
        }
        Step::Commitments => Vec::new(),
        other => given::answers(other),
    }
}

/// Every commitment ticked on the documents of that draft's campaign.
pub fn commitments(draft: &Draft) -> Vec<(&'static str, String)> {
    let campaign = draft.form.campaign.as_ref().unwrap();
    COMMITMENTS.iter().flat_map(|it| [(it.tick.name, "oui".to_owned()), (it.document.name, it.document_of(campaign))]).collect()
}

/// Fills every step of a draft.
pub async fn fill(connection: &mut PgConnection, person: &Person, id: ApplicationId, now: OffsetDateTime) {
    let by = Applicant::new(person.clone());
    let draft = applications::find_draft(connection, id).await.unwrap();
    for step in draft.form.steps() {
        let mut typed: Vec<(String, String)> = answers(*step).into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        if *step == Step::Commitments {
            typed.extend(commitments(&draft).into_iter().map(|(name, value)| (name.to_owned(), value)));
        }
        if draft.form.asks_evidence && *step == Step::Contribution {
            typed.push(("seniority_evidence".into(), "La société reprend une activité de 2009.".into()));
        }
        let saving = save_step(connection, &by, id, *step, &mut Fields::from_pairs(typed), 0, now).await.unwrap();
        assert!(matches!(saving, Saving::Saved), "{step:?}: {saving:?}");
    }
}

/// A draft of that kind with nothing missing.
pub async fn a_complete_draft(site: &TestSite, person: &Person, siret: &str, kind: Kind) -> ApplicationId {
    let id = given::a_draft_for(site, person, siret, kind).await.unwrap();
    let mut transaction = site.state.db.begin().await.unwrap();
    fill(&mut transaction, person, id, site.state.clock.now()).await;
    transaction.commit().await.unwrap();
    id
}

/// A demande of that kind, handed in.
pub async fn a_submitted(site: &TestSite, person: &Person, siret: &str, kind: Kind) -> ApplicationId {
    let id = a_complete_draft(site, person, siret, kind).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    let submission = given::hand_in_through(&mut transaction, site, person, id).await.unwrap();
    assert_eq!(submission, Submission::Received(1));
    transaction.commit().await.unwrap();
    id
}
