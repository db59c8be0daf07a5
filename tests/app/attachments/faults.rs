//! When the storage fails: a sentence beside the field, the text kept, nothing half-written.

use std::{fs, path::Path};

use axum::http::StatusCode;
use habilitation::{
    attachments::Storage,
    config::{Config, StorageKind},
    worker,
};
use time::Duration;

use crate::support::{Health, S3Server, TestSite, Visitor, files::a_pdf, given};

const SENTENCE: &str = "« ecran.pdf » n’a pas pu être gardé : notre espace de stockage ne répond pas. \
    Rien de ce que vous avez saisi n’est perdu. Joignez ce fichier de nouveau dans quelques minutes.";

fn on_disk(directory: &Path) -> Storage {
    let mut config = Config::defaults();
    config.storage.storage = StorageKind::Disk;
    directory.clone_into(&mut config.data_dir);
    Storage::from_config(&config).unwrap()
}

/// Sends a file with its step while the storage fails, and again once it is well.
async fn assert_told_and_healed(camille: &mut Visitor, here: &str, heal: impl FnOnce()) {
    let typed = [("revision", "0"), ("service_name", "Portail familles"), ("suite", "continuer")];
    let answer = camille.post_files(here, &typed, &[a_pdf("ecran.pdf")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.says(SENTENCE), "{}", answer.text());
    assert_eq!(answer.count(".hab-files li"), 0);
    let step = camille.get(here).await;
    assert_eq!(step.attribute("#service_name", "value").as_deref(), Some("Portail familles"), "the text is saved");
    let alone = camille.post_files(&format!("{here}/fichiers"), &[], &[a_pdf("ecran.pdf")]).await;
    assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(alone.says(SENTENCE), "{}", alone.text());
    heal();
    let again = camille.post_files(&format!("{here}/fichiers"), &[], &[a_pdf("ecran.pdf")]).await;
    assert_eq!((again.status, again.count(".hab-files li")), (StatusCode::OK, 1), "{}", again.text());
}

#[tokio::test]
async fn a_full_or_absent_service_is_told_and_the_text_is_kept() {
    for health in [Health::Full, Health::Down] {
        let s3 = S3Server::start().await;
        let site = TestSite::new().await.with_storage(s3.storage());
        let (mut camille, id) = given::somebody_with_a_draft(&site).await;
        s3.turns(health);
        assert_told_and_healed(&mut camille, &format!("/demandes/{}/service", id.0), || s3.turns(Health::Well)).await;
        assert_eq!(s3.names().len(), 1, "{health:?}");
    }
}

#[tokio::test]
async fn a_disk_that_cannot_be_written_is_told_and_the_text_is_kept() {
    let place = tempfile::tempdir().unwrap();
    let site = TestSite::new().await.with_storage(on_disk(place.path()));
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let directory = place.path().join("pieces");
    fs::remove_dir(&directory).unwrap();
    fs::write(&directory, "something else stands there").unwrap();
    let heal = || {
        fs::remove_file(&directory).unwrap();
        fs::create_dir(&directory).unwrap();
    };
    assert_told_and_healed(&mut camille, &format!("/demandes/{}/service", id.0), heal).await;
}

#[tokio::test]
async fn a_machine_without_room_for_what_comes_in_reads_the_rest_of_the_form() {
    let place = tempfile::tempdir().unwrap();
    let gone = place.path().join("gone");
    let site = TestSite::with(|config| config.data_dir.clone_from(&gone)).await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    assert_told_and_healed(&mut camille, &format!("/demandes/{}/service", id.0), || fs::create_dir(&gone).unwrap()).await;
}

#[tokio::test]
async fn a_file_that_cannot_be_read_now_is_asked_for_again_later() {
    let s3 = S3Server::start().await;
    let site = TestSite::new().await.with_storage(s3.storage());
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let part = camille.post_files(&format!("/demandes/{}/service/fichiers", id.0), &[], &[a_pdf("ecran.pdf")]).await;
    let link = part.attribute(".hab-files a", "href").unwrap();
    s3.turns(Health::Down);
    let away = camille.get(&link).await;
    assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE, "{}", away.text());
    assert!(away.says("Réessayer"), "{}", away.text());
    s3.turns(Health::Well);
    assert_eq!(camille.get(&link).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_an_upload_left_without_a_row_is_swept_and_the_rest_stays() {
    let s3 = S3Server::start().await;
    let site = TestSite::new().await.with_storage(s3.storage());
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    camille.post_files(&format!("/demandes/{}/service/fichiers", id.0), &[], &[a_pdf("ecran.pdf")]).await;
    for _ in 0..3 {
        site.state.storage.put(uuid::Uuid::now_v7(), bytes::Bytes::from_static(b"cut before its row")).await.unwrap();
    }
    assert_eq!(s3.names().len(), 4);
    let young = worker::sweep_files(&site.state).await.unwrap();
    assert_eq!((young.orphans, s3.names().len()), (0, 4), "half an hour old: their rows may still come");
    site.state.clock.advance(Duration::minutes(45));
    s3.turns(Health::Down);
    assert!(worker::sweep_files(&site.state).await.is_err(), "the next run goes on");
    s3.turns(Health::Well);
    let swept = worker::sweep_files(&site.state).await.unwrap();
    assert_eq!((swept.forgotten, swept.orphans, s3.names().len()), (0, 3, 1));
    camille.sign_in("camille@clamart.test").await;
    assert_eq!(camille.get(&format!("/demandes/{}/service", id.0)).await.count(".hab-files li"), 1);
}

#[tokio::test]
async fn what_a_killed_program_was_writing_on_the_disk_is_swept() {
    let place = tempfile::tempdir().unwrap();
    let site = TestSite::new().await.with_storage(on_disk(place.path()));
    // Whatever the date of this machine.
    site.state.clock.advance(Duration::days(100_000));
    let directory = place.path().join("pieces");
    let id = uuid::Uuid::now_v7();
    fs::write(directory.join(format!("{id}#1")), "half of it").unwrap();
    fs::write(directory.join("lisez-moi.txt"), "not ours").unwrap();
    let swept = worker::sweep_files(&site.state).await.unwrap();
    assert_eq!(swept.orphans, 1);
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 1, "what is not ours is left alone");
}
