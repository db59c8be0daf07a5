//! What no page of ours sends, and what somebody in good faith may: each is told, nothing fails, nothing of it is kept.

use axum::http::StatusCode;
use habilitation::{
    attachments::MOST_BYTES,
    web::{Audience, Routes, Upload},
};

use crate::support::{
    Answer, TestSite, Visitor,
    files::{BOUNDARY, PDF, PNG, a_file, a_pdf, flood, multipart},
    given,
};

async fn a_draft() -> (TestSite, Visitor, String) {
    let site = TestSite::new().await;
    let (camille, id) = given::somebody_with_a_draft(&site).await;
    (site, camille, format!("/demandes/{}/service", id.0))
}

/// Nothing is written: neither row nor object.
async fn assert_nothing_is_kept(site: &TestSite) {
    let rows: i64 = sqlx::query_scalar("select count(*) from attachments").fetch_one(&site.state.db).await.unwrap();
    let objects = site.state.storage.list_before(time::macros::datetime!(2999-01-01 00:00 UTC)).await.unwrap();
    assert_eq!((rows, objects.len()), (0, 0));
}

/// Sends a file with its step; the text is saved whatever becomes of the file.
async fn sent(camille: &mut Visitor, here: &str, name: &str, bytes: &[u8]) -> Answer {
    let revision = camille.get(here).await.attribute("[name=revision]", "value").unwrap();
    let typed = [("revision", &*revision), ("service_name", "Portail familles"), ("suite", "enregistrer")];
    let answer = camille.post_files(here, &typed, &[a_file(name, bytes)]).await;
    let step = camille.get(here).await;
    assert_eq!(step.attribute("#service_name", "value").as_deref(), Some("Portail familles"), "{name}: the text is saved");
    answer
}

#[tokio::test]
async fn what_a_file_holds_decides_whatever_its_name_says() {
    let (site, mut camille, here) = a_draft().await;
    let encrypted = [&PDF[..PDF.len() - 7], b"<< /Encrypt 12 0 R >>\n%%EOF\n"].concat();
    let page = [b"%PDF-1.7\n<html><script>alert(document.cookie)</script>\n", PDF].concat();
    let archive = [PNG, b"PK\x03\x04evil.jar...PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"].concat();
    let big = [PDF, &vec![b' '; usize::try_from(MOST_BYTES).unwrap()]].concat();
    let cases: [(&str, &[u8], &str); 9] = [
        ("vide.pdf", b"", "« vide.pdf » est vide."),
        ("virus.pdf", b"MZ\x90\0 this program cannot be run", "n’est ni un PDF, ni une image PNG ou JPEG."),
        ("page.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "n’est ni un PDF, ni une image PNG ou JPEG."),
        ("maquette.pdf.exe", PDF, "ne contient pas ce que son nom annonce."),
        ("coupé.pdf", &PDF[..PDF.len() - 8], "est incomplet ou abîmé."),
        (
            "protégé.pdf",
            &encrypted,
            "est protégé (chiffré) : nous ne pourrions pas le lire. Enregistrez-le sans protection ni mot de passe",
        ),
        ("deux-en-un.pdf", &page, "contient à la fois ce que son nom annonce et autre chose (page web ou archive)."),
        ("image.png", &archive, "contient à la fois ce que son nom annonce et autre chose (page web ou archive)."),
        ("grand.pdf", &big, "« grand.pdf » dépasse 10 Mo. Réduisez-le ou divisez-le"),
    ];
    for (name, bytes, sentence) in cases {
        let answer = sent(&mut camille, &here, name, bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.says(sentence), "{name}: {}", answer.text());
        assert_eq!(answer.attribute("#erreurs a", "href").as_deref(), Some("#mockups"), "{name}");
        assert_eq!(answer.attribute("#service_name", "value").as_deref(), Some("Portail familles"), "{name}: what was typed is given back");
    }
    assert_nothing_is_kept(&site).await;
}

#[tokio::test]
async fn a_name_is_shown_on_one_line_without_a_path_nor_tricks() {
    let (_site, mut camille, here) = a_draft().await;
    for (number, (name, shown)) in [
        ("../../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\camille\\plan.pdf", "plan.pdf"),
        ("facture\u{202e}gpj.pdf", "facturegpj.pdf"),
        ("deux\r\nlignes.pdf", "deux"),
        ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),
        ("\"guillemets\"; filename=\"autre.pdf", "guillemets"),
    ]
    .into_iter()
    .enumerate()
    {
        let bytes = [PDF, number.to_string().as_bytes(), b"\n"].concat();
        let answer = sent(&mut camille, &here, name, &bytes).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name:?}: {}", answer.text());
        let step = camille.get(&here).await;
        assert!(step.says(shown), "{name:?}: {}", step.text());
        assert_eq!(step.count(".hab-files img"), 0);
        let part = step.attribute(".hab-files li:last-child a", "href").unwrap();
        let disposition = camille.get(&part).await.headers["content-disposition"].to_str().unwrap().to_owned();
        assert!(disposition.starts_with("attachment; filename=\"") && !disposition.contains(['/', '\\', '\r', '\n']), "{disposition}");
    }
}

#[tokio::test]
async fn several_faults_of_one_field_are_all_told() {
    let (_site, mut camille, here) = a_draft().await;
    let files = [a_file("vide.pdf", b""), a_pdf("bon.pdf"), a_file("texte.txt", b"bonjour")];
    let answer = camille.post_files(&here, &[("revision", "0")], &files).await;
    assert!(answer.says("« vide.pdf » est vide.") && answer.says("« texte.txt » n’est ni un PDF"), "{}", answer.text());
    assert_eq!(answer.count(".hab-files li"), 1, "the good one is joined all the same");
}

#[tokio::test]
async fn more_files_than_a_form_takes_lose_no_text() {
    let (_site, mut camille, here) = a_draft().await;
    let files: Vec<_> = (0..20).map(|number| a_pdf(&format!("ecran-{number}.pdf"))).collect();
    let answer = camille.post_files(&here, &[("revision", "0"), ("service_name", "Portail familles")], &files).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.says("« ecran-12.pdf » n’a pas été joint : trop de fichiers ont été envoyés à la fois."), "{}", answer.text());
    assert!(answer.says("« ecran-6.pdf » n’a pas été joint : il y a déjà 6 fichiers."));
    assert_eq!(answer.attribute("#service_name", "value").as_deref(), Some("Portail familles"));
}

#[tokio::test]
async fn a_request_without_a_file_is_told_so() {
    let (site, mut camille, here) = a_draft().await;
    let there = format!("{here}/fichiers");
    let nothing = camille.post(&there, &[]).await;
    let only_text = camille.post_files(&there, &[("service_name", "Portail")], &[]).await;
    let elsewhere = camille.post_files(&there, &[], &[a_pdf("ecran.pdf").of("service_name")]).await;
    let gone = camille.post(&there, &[("retirer", "00000000-0000-0000-0000-000000000000")]).await;
    for answer in [nothing, only_text, elsewhere, gone] {
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text());
        assert!(answer.says("Aucun fichier n’est arrivé. Rien n’a changé."), "{}", answer.text());
    }
    for unknown in ["donnees", "nulle-part"] {
        let answer = camille.post_files(&format!("{}/{unknown}/fichiers", here.trim_end_matches("/service")), &[], &[a_pdf("a.pdf")]).await;
        assert!(matches!(answer.status, StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND), "{unknown}: {}", answer.status);
    }
    assert_nothing_is_kept(&site).await;
}

#[tokio::test]
async fn a_form_that_is_none_of_ours_is_refused_and_nothing_of_it_is_kept() {
    let (site, mut camille, here) = a_draft().await;
    let whole = multipart(&[("revision", "0"), ("service_name", "Portail familles")], &[a_pdf("ecran.pdf")]);
    // The line breaks when nine tenths have come.
    let cut = whole[..whole.len() * 9 / 10].to_vec();
    let parts = (0..10_000).flat_map(|_| format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n\r\n").into_bytes());
    let many: Vec<u8> = parts.chain(format!("--{BOUNDARY}--\r\n").into_bytes()).collect();
    let without_end = [whole.as_slice(), b"--et la suite ?"].concat();
    let noise = vec![0x41; 10_000];
    for (what, body) in [("cut", cut), ("many", many), ("noise", noise), ("nothing", Vec::new())] {
        let answer = camille.post_multipart(&here, body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{what}: {}", answer.text());
        assert!(answer.says("Rien n’a été enregistré."), "{what}: {}", answer.text());
        assert!(answer.count("a[href]") > 0, "{what}: a link leads on");
    }
    assert!(camille.get(&here).await.attribute("#service_name", "value").is_none_or(|name| name.is_empty()), "the act is whole or absent");
    assert_nothing_is_kept(&site).await;
    // What follows the end of a form is nobody's affair.
    assert_eq!(camille.post_multipart(&here, without_end).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn forty_megabytes_behind_a_lying_length_take_neither_memory_nor_disk() {
    let (site, mut camille, here) = a_draft().await;
    let big = camille.post_multipart(&here, flood("mockups", "film.pdf", 40)).await;
    assert_eq!(big.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(big.says("« film.pdf » dépasse 10 Mo."), "{}", big.text());
    assert_nothing_is_kept(&site).await;
}

#[tokio::test]
async fn more_than_a_route_takes_is_told_so_before_it_has_all_come() {
    async fn count(upload: Upload) -> String {
        upload.files.len().to_string()
    }
    let site = TestSite::new().await;
    let pages = Routes::new().post_files(Audience::Anyone, "/essai", 1024 * 1024, count);
    let answer = site.visitor_before(pages).post_multipart("/essai", flood("mockups", "film.pdf", 2)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.says("joignez moins de fichiers à la fois"), "{}", answer.text());
}
