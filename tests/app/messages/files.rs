//! Files sent with messages: what each side sends, sees, opens and takes back.

use axum::http::{StatusCode, header};
use habilitation::worker::{Swept, sweep_files};
use time::Duration;

use super::{HERE, THERE, announcements, two_sides, write};
use crate::support::{
    Answer, S3Server, TestSite, Visitor,
    files::{PDF, PNG, SentFile, a_file, a_pdf},
    given,
};

/// Sends a message with files, as its page does.
pub async fn send(visitor: &mut Visitor, path: &str, words: &str, files: &[SentFile]) -> Answer {
    let page = visitor.get(path).await;
    assert_eq!(page.count("form[enctype='multipart/form-data'] input[type=file][name=files]"), 1);
    let key = page.attribute("input[name=start_key]", "value").unwrap();
    let files: Vec<SentFile> = files.iter().map(|file| file.clone().of("files")).collect();
    visitor.post_files(path, &[("message", words), ("start_key", &key)], &files).await
}

/// The address of the first file of the thread.
pub async fn first_file(visitor: &mut Visitor, path: &str) -> String {
    visitor.get(path).await.attribute(".hab-thread .hab-files a[download]", "href").unwrap()
}

#[tokio::test]
async fn each_side_sends_files_that_the_other_reads_and_saves() {
    let site = TestSite::new().await;
    let (mut camille, mut nadia) = two_sides(&site).await;
    let page = camille.get(HERE).await;
    assert!(page.says("PDF, PNG ou JPEG, 10 Mo au plus par fichier, 6 fichiers au plus."), "{}", page.text());
    let sent = send(&mut camille, HERE, "Voici la délibération.", &[a_file("délibération.pdf", PDF), a_file("ecran.png", PNG)]).await;
    assert!(sent.status == StatusCode::SEE_OTHER && sent.location().ends_with("#message-1"), "{}", sent.text());
    assert_eq!(send(&mut nadia, THERE, "Notre modèle.", &[a_pdf("modele.pdf")]).await.status, StatusCode::SEE_OTHER);

    for (visitor, path) in [(&mut camille, HERE), (&mut nadia, THERE)] {
        let thread = visitor.get(path).await;
        assert_eq!(thread.count("#message-1 .hab-files > li"), 2, "in the message they came with");
        assert_eq!(thread.count("#message-2 .hab-files > li"), 1);
        assert_eq!(thread.count(".hab-files button, .hab-files input"), 0, "nothing is replaced there");
        for words in
            ["délibération.pdf", "PDF, 77 octets", "ecran.png", "image PNG, 41 octets", "SHA-256 : ", "Non analysé par un antivirus."]
        {
            assert!(thread.says(words), "{words}: {}", thread.text());
        }
        let link = first_file(visitor, path).await;
        assert!(link.starts_with(&format!("{path}/1/fichiers/")), "{link}");
        let file = visitor.get(&link).await;
        assert_eq!((file.status, file.bytes.as_slice()), (StatusCode::OK, PDF));
        let said = |name: header::HeaderName| file.headers[name].to_str().unwrap().to_owned();
        let disposition = said(header::CONTENT_DISPOSITION);
        assert!(disposition.starts_with("attachment; ") && disposition.ends_with("d%C3%A9lib%C3%A9ration.pdf"), "{disposition}");
        assert_eq!(said(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert!(said(header::CACHE_CONTROL).contains("no-store"));
    }
    assert_eq!(announcements(&site, "nadia@dinum.test").await, 1);
    let letter = site.letters_to("nadia@dinum.test").await.pop().unwrap();
    assert!(!letter.text.contains("délibération"), "a letter tells nothing of what was sent: {}", letter.text);
    site.letters().await;
}

#[tokio::test]
async fn a_file_that_cannot_be_sent_is_named_and_the_words_are_given_back() {
    let site = TestSite::new().await;
    let (mut camille, mut nadia) = two_sides(&site).await;
    let big = [b"%PDF-1.7\n", vec![b' '; 10 * 1024 * 1024].as_slice(), b"%%EOF"].concat();
    let seven: Vec<SentFile> = (1..=7).map(|nth| a_pdf(&format!("page-{nth}.pdf"))).collect();
    let again = "Aucun fichier n’est parti : choisissez-les de nouveau";
    for (visitor, path) in [(&mut camille, HERE), (&mut nadia, THERE)] {
        for (files, said) in [
            (vec![a_pdf("bon.pdf"), a_file("outil.exe", b"MZ\x90\0")], "« outil.exe » n’est ni un PDF, ni une image PNG ou JPEG."),
            (vec![a_file("vide.pdf", b"")], "« vide.pdf » est vide."),
            (vec![a_file("carte.pdf", &big)], "« carte.pdf » dépasse 10 Mo."),
            (seven.clone(), "Vous avez choisi 7 fichiers, et un message en emporte 6 au plus."),
        ] {
            let refused = send(visitor, path, "Voici.\n\nMerci.", &files).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
            assert!(refused.says(said) && refused.says(again), "{said}: {}", refused.text());
            assert!(refused.html.contains("\nVoici.\n\nMerci.</textarea>"), "{}", refused.html);
            assert_eq!((refused.count("#erreurs a[href='#files']"), refused.count("#files[aria-invalid=true]")), (1, 1));
            assert_eq!(refused.count("#erreurs a[href='#message']"), 0);
        }
        let wordless = send(visitor, path, " ", &[a_pdf("seul.pdf")]).await;
        assert_eq!(wordless.status, StatusCode::UNPROCESSABLE_ENTITY, "files do not speak for themselves");
        assert_eq!(wordless.count("#erreurs a"), 2, "the words, and the files to choose again: {}", wordless.text());
        let nothing_right = send(visitor, path, "", &[a_file("vide.pdf", b"")]).await;
        assert!(nothing_right.says("Remplissez ce champ") && nothing_right.says("« vide.pdf » est vide."), "every mistake at once");
        assert_eq!(visitor.get(path).await.count("#message-1"), 0, "nothing was posted");
    }
    let rows: i64 = sqlx::query_scalar("select count(*) from attachments").fetch_one(&site.state.db).await.unwrap();
    assert_eq!(rows, 0);
}

#[tokio::test]
async fn pressing_twice_sends_files_once_and_the_same_file_chosen_twice_is_one() {
    let site = TestSite::new().await;
    let (mut camille, _) = two_sides(&site).await;
    let key = camille.get(HERE).await.attribute("input[name=start_key]", "value").unwrap();
    let files = [a_file("a.pdf", PDF).of("files"), a_file("copie.pdf", PDF).of("files"), a_pdf("intrus.pdf").of("mockups")];
    for _ in 0..2 {
        let sent = camille.post_files(HERE, &[("message", "Voici."), ("start_key", &key)], &files).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
    }
    let thread = camille.get(HERE).await;
    assert_eq!(thread.count(".hab-thread .hab-files > li"), 1, "{}", thread.text());
    site.letters().await;
}

#[tokio::test]
async fn a_message_taken_back_takes_its_files_along() {
    let s3 = S3Server::start().await;
    let site = TestSite::new().await.with_storage(s3.storage());
    let (mut camille, mut nadia) = two_sides(&site).await;
    send(&mut camille, HERE, "Ceci reste.", &[a_pdf("reste.pdf")]).await;
    let kept = first_file(&mut camille, HERE).await;
    send(&mut camille, HERE, "Mauvaise fenêtre.", &[a_pdf("paie.pdf"), a_pdf("paie-2.pdf")]).await;
    let gone = camille.get(HERE).await.attribute("#message-2 .hab-files a", "href").unwrap();
    assert_eq!(camille.post("/demandes/1/messages/2/retrait", &[]).await.status, StatusCode::SEE_OTHER);

    for (visitor, path) in [(&mut camille, HERE), (&mut nadia, THERE)] {
        let thread = visitor.get(path).await;
        assert!(thread.says("Message retiré") && !thread.says("paie"), "{}", thread.text());
        let at = |link: &str| link.replace(HERE, path);
        assert_eq!(visitor.get(&at(&gone)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(visitor.get(&at(&kept)).await.status, StatusCode::OK);
    }
    let rows: i64 = sqlx::query_scalar("select count(*) from attachments").fetch_one(&site.state.db).await.unwrap();
    assert_eq!((rows, s3.names().len()), (1, 3), "the rows are gone at once");
    // Whatever the date of this machine.
    site.state.clock.advance(Duration::days(100_000));
    assert_eq!(sweep_files(&site.state).await.unwrap(), Swept { forgotten: 0, orphans: 2 });
    assert_eq!(s3.names().len(), 1, "what was not taken back stays as long as its message");
    site.letters().await;
}

#[tokio::test]
async fn a_message_s_file_opens_to_those_who_read_the_message_and_nowhere_else() {
    let site = TestSite::new().await;
    let (mut camille, mut nadia) = two_sides(&site).await;
    send(&mut camille, HERE, "Un.", &[a_pdf("un.pdf")]).await;
    send(&mut nadia, THERE, "Deux.", &[a_pdf("deux.pdf")]).await;
    let link = first_file(&mut camille, HERE).await;
    let number = link.rsplit_once('/').unwrap().1.to_owned();
    let there = link.replace(HERE, THERE);

    given::a_person(&site, "malo@rhone.test").await;
    let observer = given::staff(&site, habilitation::accounts::Role::Observer).await;
    let (mut malo, mut reader) = (site.visitor(), site.visitor());
    malo.sign_in("malo@rhone.test").await;
    reader.sign_in(observer.email.as_str()).await;
    assert_eq!(reader.get(&there).await.status, StatusCode::OK, "whoever of the team reads the thread");
    assert_eq!(malo.get(&link).await.status, StatusCode::NOT_FOUND);
    assert_eq!(malo.get(&there).await.status, StatusCode::FORBIDDEN, "the room of the team");
    assert!(site.visitor().get(&link).await.location().starts_with("/connexion?suite="));
    for elsewhere in [
        format!("/demandes/1/messages/2/fichiers/{number}"),
        format!("/demandes/1/messages/99/fichiers/{number}"),
        format!("/demandes/1/messages/zzz/fichiers/{number}"),
        format!("/demandes/1/fichiers/{number}"),
        "/demandes/1/messages/1/fichiers/zzz".to_owned(),
    ] {
        assert_eq!(camille.get(&elsewhere).await.status, StatusCode::NOT_FOUND, "{elsewhere}");
        assert_eq!(nadia.get(&elsewhere.replace("/demandes/", "/instruction/")).await.status, StatusCode::NOT_FOUND, "{elsewhere}");
    }
    // Through one's own demande, another's file cannot be named.
    let person = given::a_person(&site, "malo@rhone.test").await;
    let own = given::a_submitted_application(&site, &person).await;
    assert_eq!(malo.get(&link.replace("/demandes/1/", &format!("/demandes/{}/", own.0))).await.status, StatusCode::NOT_FOUND);
    site.letters().await;
}

#[tokio::test]
async fn a_message_being_written_when_the_session_ended_is_given_back_and_its_files_asked_again() {
    let site = TestSite::new().await;
    let (mut camille, _) = two_sides(&site).await;
    let key = camille.get(HERE).await.attribute("input[name=start_key]", "value").unwrap();
    site.state.clock.advance(Duration::minutes(31));
    let late = camille.post_files(HERE, &[("message", "Une longue réponse."), ("start_key", &key)], &[a_pdf("a.pdf").of("files")]).await;
    assert!(late.location().starts_with("/connexion"), "{}", late.text());
    camille.sign_in("camille@clamart.test").await;
    let page = camille.get(HERE).await;
    assert!(page.html.contains("\nUne longue réponse.</textarea>") && page.says("Il n’est pas parti, ni aucun fichier"), "{}", page.text());
    assert_eq!(write(&mut camille, HERE, "Une longue réponse.").await.status, StatusCode::SEE_OTHER);
    assert!(!camille.get(HERE).await.html.contains("\nUne longue réponse.</textarea>"));
    site.letters().await;
}
