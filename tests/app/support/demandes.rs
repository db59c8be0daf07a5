//! Demandes as a test starts with them: a draft, a complete one, a submitted one, decided ones.

use std::{fs::File, io::Write};

use habilitation::{
    accounts::{Applicant, Person, Reviewer, Role},
    applications::{self, Attestations, Joining, Kind, Saving, Step, Submission, join_files, save_step, start, submit},
    attachments::receive,
    fields::Fields,
    ids::ApplicationId,
    organisations,
    problem::Problem,
    web::{Incoming, UploadedFile},
};
use sqlx::PgConnection;
use uuid::Uuid;

pub use super::answers::{CLAMART, answers, attested};
use super::{TestSite, Visitor, files::PDF, given, private};

/// A reviewer at that address.
pub async fn a_reviewer(site: &TestSite, email: &str) -> Reviewer {
    Reviewer::new(given::somebody_with_roles(site, email, &[Role::Reviewer]).await).unwrap()
}

/// A draft of Clamart's, empty.
pub async fn a_draft(site: &TestSite, applicant: &Person) -> ApplicationId {
    a_draft_of(site, applicant, Kind::Administration).await
}

/// A draft of that kind, empty, of Clamart's or of an association's; a candidature needs a campaign that receives some.
pub async fn a_draft_of(site: &TestSite, applicant: &Person, kind: Kind) -> ApplicationId {
    let siret = if kind.is_private() { private::ASSOCIATION } else { CLAMART };
    a_draft_for(site, applicant, siret, kind).await.unwrap()
}

/// A draft of that organisation and kind, empty.
pub async fn a_draft_for(site: &TestSite, applicant: &Person, siret: &str, kind: Kind) -> Result<ApplicationId, Problem> {
    let by = Applicant::new(applicant.clone());
    let now = site.state.clock.now();
    let mut transaction = site.state.db.begin().await.unwrap();
    let choice = organisations::choose(&site.state.db, &site.state.register, siret, now).await.unwrap();
    let facts = choice.facts(&mut Fields::default()).unwrap();
    let organisation = organisations::start_for(&mut transaction, &by, &facts, now).await.unwrap();
    let id = start(&mut transaction, &by, kind, organisation, Uuid::new_v4(), now).await?;
    transaction.commit().await.unwrap();
    Ok(id)
}

/// Fills every step of a draft; a vendor's comes with its mandate.
pub async fn fill(site: &TestSite, applicant: &Person, id: ApplicationId) {
    let by = Applicant::new(applicant.clone());
    let mut transaction = site.state.db.begin().await.unwrap();
    let form = applications::find_draft(&mut transaction, id).await.unwrap().form;
    if form.kind.is_private() {
        private::fill(&mut transaction, applicant, id, site.state.clock.now()).await;
    } else {
        for step in form.steps() {
            let typed = answers(*step).into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let mut fields = Fields::from_pairs(typed);
            let saving = save_step(&mut transaction, &by, id, *step, &mut fields, 0, site.state.clock.now()).await.unwrap();
            assert!(matches!(saving, Saving::Saved), "{saving:?}");
        }
    }
    transaction.commit().await.unwrap();
    if form.on_behalf.is_some() {
        join(site, applicant, id, Step::Mandate).await;
    }
}

/// Joins a document to a step of a draft, in the first field of it that takes files.
pub async fn join(site: &TestSite, applicant: &Person, id: ApplicationId, step: Step) {
    let mut transaction = site.state.db.begin().await.unwrap();
    let draft = applications::find_draft(&mut transaction, id).await.unwrap();
    let field = draft.form.file_fields(step)[0];
    let mut spooled: File = tempfile::tempfile().unwrap();
    spooled.write_all(PDF).unwrap();
    let sent = UploadedFile { field: field.name.into(), sent_name: format!("{}.pdf", field.name), content: Incoming::Whole(spooled) };
    let stored = receive(&site.state.storage, sent).await.unwrap();
    let joining = vec![Joining { field, replaces: None, stored }];
    let by = Applicant::new(applicant.clone());
    let scan = site.state.antivirus.at_first();
    let refused = join_files(&mut transaction, &by, id, joining, scan, site.state.clock.now()).await.unwrap();
    assert!(refused.is_empty(), "{refused:?}");
    transaction.commit().await.unwrap();
}

/// Hands a complete demande in.
pub async fn hand_in(site: &TestSite, applicant: &Person, id: ApplicationId) {
    let mut transaction = site.state.db.begin().await.unwrap();
    hand_in_through(&mut transaction, site, applicant, id).await.unwrap();
    transaction.commit().await.unwrap();
}

/// Hands a complete demande in, in a transaction whose end the test decides.
pub async fn hand_in_through(
    transaction: &mut PgConnection,
    site: &TestSite,
    applicant: &Person,
    id: ApplicationId,
) -> Result<Submission, Problem> {
    let by = Applicant::new(applicant.clone());
    let seen = applications::find_draft(&mut *transaction, id).await.unwrap().seen();
    let attestations = Attestations { terms_accepted: true, dpo_informed: true, alternative_login: true, explanation: String::new() };
    submit(transaction, &by, id, seen, attestations, &site.state.config.desk, site.state.clock.now()).await
}

/// A demande of Clamart's that a reviewer may open.
pub async fn a_submitted_application(site: &TestSite, applicant: &Person) -> ApplicationId {
    let id = a_draft(site, applicant).await;
    fill(site, applicant, id).await;
    hand_in(site, applicant, id).await;
    id
}

/// Camille, signed in, and her empty draft.
pub async fn somebody_with_a_draft(site: &TestSite) -> (Visitor, ApplicationId) {
    let person = given::a_person(site, "camille@clamart.test").await;
    let id = a_draft(site, &person).await;
    let mut visitor = site.visitor();
    visitor.sign_in("camille@clamart.test").await;
    (visitor, id)
}

/// Camille, signed in, and her draft with nothing missing.
pub async fn somebody_with_a_complete_draft(site: &TestSite) -> (Visitor, ApplicationId) {
    let person = given::a_person(site, "camille@clamart.test").await;
    let id = a_draft(site, &person).await;
    fill(site, &person, id).await;
    let mut visitor = site.visitor();
    visitor.sign_in("camille@clamart.test").await;
    (visitor, id)
}

/// Camille, signed in, and the demande she handed in.
pub async fn somebody_with_a_submitted_demande(site: &TestSite) -> (Visitor, ApplicationId) {
    let (visitor, id) = somebody_with_a_complete_draft(site).await;
    let person = given::a_person(site, "camille@clamart.test").await;
    hand_in(site, &person, id).await;
    (visitor, id)
}
