//! Act: hand in a demande.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    acknowledgement::{Acknowledgement, silence_effect},
    application::Application,
    behalf::{self, Vendor},
    content::Content,
    draft::{self, Draft},
    legal_clock::keep_clock,
    precheck::{self, precheck},
    state::{Act, State},
    store, version,
};
use crate::{
    accounts::{self, Applicant, Role},
    attachments, calendar,
    config::DeskFacts,
    experimentation::{self, Standing},
    fields::{Field, Fields},
    ids::{ApplicationId, CampaignId},
    journal::{self, Event, Subject},
    notifications::{self, AboutApplication, Letter, Passage},
    organisations,
    problem::Problem,
};

/// CGU.
pub const TERMS: Field = Field { name: "terms_accepted", label: "Conditions générales d’utilisation" };
/// DPO told.
pub const DPO_INFORMED: Field = Field { name: "dpo_informed", label: "Information du délégué à la protection des données" };
/// Another way to sign in.
pub const ALTERNATIVE_LOGIN: Field = Field { name: "alternative_login", label: "Autre façon de se connecter" };

/// What the applicant says of the findings of the pre-check, if anything.
pub const EXPLANATION: Field = Field { name: "explanation", label: "Une précision pour la personne qui instruira" };

/// The three attestations of the last step; each must be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attestations {
    /// « J’ai pris connaissance des conditions générales d’utilisation et je les accepte. »
    pub terms_accepted: bool,
    /// « Le délégué à la protection des données est informé de cette demande. »
    pub dpo_informed: bool,
    /// « Mon service propose une autre façon de se connecter, vers la même prestation, dans des conditions analogues. »
    pub alternative_login: bool,
    /// A precision for the reviewer, or nothing.
    pub explanation: String,
}

impl Attestations {
    /// Reads the boxes; each unticked one is told.
    pub fn parse(fields: &mut Fields) -> Option<Self> {
        let mut attest =
            |field: Field, sentence: &'static str| fields.parse(field, |typed| if typed == "oui" { Ok(true) } else { Err(sentence) });
        let terms_accepted = attest(TERMS, "lisez-les et cochez la case pour déposer.");
        let dpo_informed = attest(DPO_INFORMED, "informez-le, puis cochez la case pour déposer.");
        let alternative_login =
            attest(ALTERNATIVE_LOGIN, "sans elle, le bouton ne peut pas être accordé. Cochez la case si votre service la propose.");
        let explanation = fields.optional_paragraph(EXPLANATION, 2000);
        Some(Self {
            terms_accepted: terms_accepted?,
            dpo_informed: dpo_informed?,
            alternative_login: alternative_login?,
            explanation: explanation?,
        })
    }
}

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submission {
    /// That version was just received.
    Received(i32),
    /// It had been: a double click, a second tab, a retry.
    AlreadyReceived(i32),
    /// Not received: the register says otherwise than the demande, and nobody has said why yet. Nothing was written.
    ToExplain,
}

/// Receives the demande: the content is read from what is saved, checked whole, and frozen as a version. The applicant receives the
/// acknowledgement, the reviewers are told. A candidature receives its rank of arrival with its first version, and keeps it. Handing in
/// twice files once.
///
/// `seen` is the state of the draft the summary showed: what nobody reread is not filed.
///
/// # Errors
/// [`Problem::NotPossible`] when something is missing, when the draft changed since it was reread, or when the state does not allow it;
/// the database's.
pub async fn submit(
    connection: &mut PgConnection,
    by: &Applicant,
    id: ApplicationId,
    seen: i32,
    attestations: Attestations,
    desk: &DeskFacts,
    now: OffsetDateTime,
) -> Result<Submission, Problem> {
    let application = store::lock(connection, id).await?;
    if application.applicant != by.person().account {
        return Err(Problem::NotFound);
    }
    // Their account was closed while this request was on its way: nobody would receive the answer.
    if accounts::find_person(connection, application.applicant).await?.is_none() {
        return Err(Problem::SignedOut);
    }
    if application.state == State::Submitted {
        return Ok(Submission::AlreadyReceived(application.version));
    }
    let here = format!("/demandes/{}", id.0);
    application
        .state
        .after(Act::Submit)
        .map_err(|refusal| Problem::not_possible_but(refusal.to_string(), "Voir la demande", here.clone()))?;
    let draft = draft::store::find_draft(connection, id).await?;
    let summary = format!("{here}/recapitulatif");
    let content = as_reread(&draft, seen, &summary)?;
    still_represented(connection, draft.form.on_behalf.as_ref(), &application).await?;
    // As whoever files it names it while no register does: never as somebody else did.
    let organisation = behalf::find_organisation_of(connection, &application).await?;
    let standing = organisations::find_standing(connection, application.organisation).await?;
    let known = precheck::Known { organisation: &organisation, standing };
    let findings = precheck(known, &content, calendar::paris_day(now));
    if attestations.explanation.is_empty() && findings.iter().any(|finding| finding.to_explain) {
        return Ok(Submission::ToExplain);
    }
    // Before a rank is given: without the words owed by law nothing is received.
    let silence = silence_effect(application.kind, draft.form.campaign.as_ref(), desk)?;
    let arrival_rank = match (application.campaign, application.arrival_rank) {
        (Some(campaign), None) => Some(experimentation::arrive(connection, &by.by(), campaign, id, now).await?),
        (_, given) => given,
    };
    if let Some(campaign) = application.campaign {
        stays_as_read(connection, campaign, &draft, summary).await?;
    }
    let application = Application { arrival_rank, ..application };
    let version =
        version::store::add_version(connection, &application, &organisation, &content, &findings, &attestations, silence, now).await?;
    take_turn(connection, &application, &content, now).await?;
    attachments::freeze(connection, id, version).await?;
    let subject = Subject::application(id, application.organisation);
    journal::record(connection, &by.by(), subject, &Event::ApplicationSubmitted { version }, now).await?;
    let for_whom = content.for_whom(&organisation.name);
    let about = AboutApplication { application: id, service: content.service.name, organisation: organisation.name, version };
    if let Some(vendor) = &draft.form.on_behalf {
        behalf::inform_client(connection, by, &application, vendor, (&content.contacts, &about), now).await?;
    }
    let about = AboutApplication { organisation: for_whom, ..about };
    let decided_by_silence_on = keep_clock(connection, id).await?.decides_on();
    let acknowledgement = Acknowledgement { received_at: now, silence, decided_by_silence_on, arrival_rank, desk };
    acknowledge(connection, by, about, &acknowledgement).await?;
    Ok(Submission::Received(version))
}

/// A complete candidature stands in line, in the sector it declares; the change of what was granted keeps its place.
async fn take_turn(connection: &mut PgConnection, before: &Application, content: &Content, now: OffsetDateTime) -> Result<(), Problem> {
    let Some(candidature) = content.case.candidature().filter(|_| !before.is_change()) else { return Ok(()) };
    let declared_before = match before.version {
        0 => None,
        number => {
            version::store::find_version(connection, before.id, number).await?.content.case.candidature().map(|it| it.contribution.sector)
        }
    };
    experimentation::enter_line(connection, before.id, candidature.contribution.sector, declared_before, now).await
}

/// What the draft says, when it is complete and nobody changed it since it was reread.
fn as_reread(draft: &Draft, seen: i32, summary: &str) -> Result<Content, Problem> {
    if draft.seen() != seen {
        return Err(Problem::not_possible_but(
            "Cette demande a été modifiée depuis que vous l’avez relue. Rien n’a été déposé : relisez-la, puis déposez-la.",
            "Relire la demande",
            summary,
        ));
    }
    Content::from_draft(draft).map_err(|unfinished| {
        let titles: Vec<String> = unfinished.iter().map(|step| format!("« {} »", step.title())).collect();
        Problem::not_possible_but(
            format!("Il manque encore des informations : {}. Rien n’a été déposé.", titles.join(", ")),
            "Compléter la demande",
            summary,
        )
    })
}

/// The campaign is still what the commitments were checked against, and stays so until the transaction ends.
async fn stays_as_read(connection: &mut PgConnection, campaign: CampaignId, draft: &Draft, summary: String) -> Result<(), Problem> {
    experimentation::lock_campaign(connection, campaign).await?;
    if draft.form.campaign.as_ref() == Some(&experimentation::find_campaign(connection, campaign).await?) {
        return Ok(());
    }
    Err(Problem::not_possible_but(
        "L’expérimentation vient d’être modifiée, peut-être un document auquel vous vous engagez. Rien n’a été déposé : relisez vos engagements.",
        "Relire la demande",
        summary,
    ))
}

/// A vendor files while it says that it acts for the client, through somebody who speaks for it.
async fn still_represented(connection: &mut PgConnection, vendor: Option<&Vendor>, application: &Application) -> Result<(), Problem> {
    match vendor {
        Some(vendor) if !behalf::lock_mandate(connection, vendor, application).await? => Err(Problem::not_possible_but(
            format!(
                "{} ne déclare plus agir pour cet organisme, ou votre appartenance n’y est plus confirmée. Rien n’a été déposé : déclarez de nouveau ce client, puis déposez la demande.",
                vendor.name
            ),
            "Voir mes clients",
            "/clients",
        )),
        _ => Ok(()),
    }
}

fn place_at_reception(standing: &Standing) -> Passage {
    Passage::new("Place dans l’expérimentation, à cette heure", [standing.sentence(), standing.what_next().to_owned()])
}

/// The acknowledgement to the applicant and the news to the reviewers.
async fn acknowledge(
    connection: &mut PgConnection,
    by: &Applicant,
    about: AboutApplication,
    acknowledgement: &Acknowledgement<'_>,
) -> Result<(), Problem> {
    let now = acknowledgement.received_at;
    let occasion = format!("{} version {}", about.application, about.version);
    let mut said = acknowledgement.passages();
    // Where it stands changes with the line: told as it is at reception, and by the pages as it becomes.
    said.extend(experimentation::find_standing(connection, about.application).await?.as_ref().map(place_at_reception));
    let receipt = Letter::ApplicationReceived { about: about.clone(), received_at: now, acknowledgement: said };
    notifications::enqueue(connection, &occasion, &by.person().as_recipient(), &receipt, now).await?;
    for reviewer in accounts::find_by_role(connection, Role::Reviewer).await? {
        notifications::enqueue(connection, &occasion, &reviewer.as_recipient(), &Letter::ApplicationArrived { about: about.clone() }, now)
            .await?;
    }
    Ok(())
}
