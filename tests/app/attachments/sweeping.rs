//! What is forgotten, and what stays: removed files, versions, copies.

use habilitation::{
    accounts::Applicant,
    applications::{self, Kind},
    attachments, worker,
};
use time::Duration;
use uuid::Uuid;

use crate::support::{S3Server, TestSite, files::a_pdf, given};

#[tokio::test]
async fn a_file_taken_away_goes_after_thirty_days_unless_a_version_holds_it() {
    let s3 = S3Server::start().await;
    let site = TestSite::new().await.with_storage(s3.storage());
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    let there = format!("/demandes/{}/service/fichiers", id.0);
    camille.post_files(&there, &[], &[a_pdf("depose.pdf")]).await;
    let part = camille.post_files(&there, &[], &[a_pdf("essai.pdf")]).await;
    let trial = part.attribute(".hab-files li:last-child button", "value").unwrap();
    camille.post(&there, &[("retirer", &trial)]).await;
    let person = given::a_person(&site, "camille@clamart.test").await;
    given::hand_in(&site, &person, id).await;

    site.state.clock.advance(Duration::days(29));
    assert_eq!(worker::sweep_files(&site.state).await.unwrap(), worker::Swept { forgotten: 0, orphans: 0 });
    assert_eq!(s3.names().len(), 2, "it can still be found again");
    site.state.clock.advance(Duration::days(2));
    assert_eq!(worker::sweep_files(&site.state).await.unwrap(), worker::Swept { forgotten: 1, orphans: 1 });
    assert_eq!(s3.names().len(), 1, "the version keeps its own");
    assert_eq!(site.letters_to("camille@clamart.test").await.len(), 1);
}

#[tokio::test]
async fn a_demande_that_starts_from_another_shares_its_files_and_keeps_them() {
    let site = TestSite::new().await;
    let (mut camille, old) = given::somebody_with_a_draft(&site).await;
    camille.post_files(&format!("/demandes/{}/service/fichiers", old.0), &[], &[a_pdf("ecran.pdf")]).await;
    let person = given::a_person(&site, "camille@clamart.test").await;
    let by = Applicant::new(person.clone());
    let now = site.state.clock.now();
    let mut transaction = site.state.db.begin().await.unwrap();
    let organisation = applications::find(&mut transaction, old).await.unwrap().organisation;
    let new = applications::start(&mut transaction, &by, Kind::Administration, organisation, Uuid::new_v4(), now).await.unwrap();
    assert_eq!(attachments::copy(&mut transaction, old, new, person.account, now).await.unwrap(), 1);
    attachments::forget_all(&mut transaction, old).await.unwrap();
    transaction.commit().await.unwrap();

    // Whatever the date of this machine.
    site.state.clock.advance(Duration::days(100_000));
    assert_eq!(worker::sweep_files(&site.state).await.unwrap().orphans, 0, "the new demande holds the bytes");
    camille.sign_in("camille@clamart.test").await;
    let step = camille.get(&format!("/demandes/{}/service", new.0)).await;
    let file = camille.get(&step.attribute(".hab-files a", "href").unwrap()).await;
    assert_eq!(file.html.as_bytes(), a_pdf("ecran.pdf").bytes);
}
