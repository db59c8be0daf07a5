//! The end of a participation: certified, corrected; by whom.

use habilitation::{accounts::Applicant, experimentation::Campaign, participation::destruction, worker::run_participations};
use jiff::civil::{Date, date};
use sqlx::{AssertSqlSafe, Executor};
use time::macros;

use super::Scene;
use crate::support::{
    files::{PDF, a_file},
    given, private,
};

/// A participation that ended with its campaign on 15 February 2027, on that day.
pub(super) async fn over(today: Date) -> Scene {
    let scene = Scene::in_campaign(Campaign { ends_on: macros::date!(2027 - 02 - 15), ..private::campaign() }).await;
    scene.on(today);
    run_participations(&scene.site.state).await.unwrap();
    scene
}

impl Scene {
    /// The address of the end, or of what is below it.
    pub(super) fn end(&self, below: &str) -> String {
        format!("/habilitations/{}/fin{below}", self.right.0)
    }

    async fn count(&self, sql: &str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&self.site.state.db).await.unwrap()
    }
}

/// What a whole form holds, with other values.
pub(super) fn certifying(changed: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut all = vec![
        ("numero", "1"),
        ("acces_retire_le", "2027-02-15"),
        ("donnees", "destroyed"),
        ("detruites_le", "2027-02-18"),
        ("conserve", ""),
        ("fondement", ""),
        ("methode", "Le bouton est retiré ; les comptes sont effacés de la base et des sauvegardes."),
        ("signataire", "Hélène Marchand"),
        ("qualite", "Présidente"),
        ("atteste", "oui"),
    ];
    all.retain(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    all.extend_from_slice(changed);
    all
}

#[tokio::test]
async fn a_participant_certifies_the_end_and_keeps_the_certificate() {
    let scene = over(date(2027, 2, 20)).await;
    let letter = scene.site.letters_to("helene@asso.test").await;
    let told = letter.iter().find(|letter| letter.subject.contains("votre participation est terminée")).unwrap();
    assert!(told.text.contains("Attestez-le en ligne au plus tard le 17\u{a0}mars\u{a0}2027"), "{}", told.text);
    assert!(told.text.contains(&scene.end("")), "{}", told.text);
    let mut helene = scene.visitor("helene@asso.test").await;
    assert!(helene.get("/demandes").await.says("Attestation de fin à signer au plus tard le 17 mars 2027"));
    assert!(helene.get(&scene.page("")).await.says("Attestation de fin à signer au plus tard le 17 mars 2027"));
    assert!(helene.get("/rapports").await.says("Signer l’attestation de fin"));
    let form = helene.get(&scene.end("")).await;
    assert!(form.says("Du 3 décembre 2026 au 15 février 2027") && form.count("form input[type=radio]") == 3, "{}", form.text());

    let wrong = [("acces_retire_le", "2027-02-21"), ("signataire", " "), ("atteste", "")];
    let refused = helene.post(&scene.end(""), &certifying(&wrong)).await;
    assert!(refused.status == 422 && refused.count("#erreurs li") == 3, "{}", refused.text());
    assert!(refused.says("Ce jour est à venir : attestez une fois l’accès retiré."), "{}", refused.text());
    assert_eq!(refused.attribute("#acces_retire_le", "value").as_deref(), Some("2027-02-21"), "what was typed is given back");
    assert!(refused.says("les comptes sont effacés") && refused.attribute("#donnees", "checked").is_some());

    let minutes = [a_file("proces-verbal.pdf", PDF).of("pieces")];
    assert_eq!(helene.post_files(&scene.end(""), &certifying(&[]), &minutes).await.location(), scene.end(""));
    let read = helene.get(&scene.end("")).await;
    for said in [
        "Votre attestation est reçue",
        "Attestation de fin signée le 20 février 2027",
        "15 février 2027",
        "Toutes détruites le 18 février 2027",
        "Hélène Marchand, Présidente",
        "proces-verbal.pdf",
    ] {
        assert!(read.says(said), "{said}: {}", read.text());
    }
    assert!(!helene.get("/demandes").await.says("Attestation de fin"));
    assert_eq!(helene.post(&scene.end(""), &certifying(&[])).await.status, 303, "a click too many");
    assert_eq!(scene.count("select count(*) from destruction_certificates").await, 1);
    assert_eq!(scene.count("select count(*) from journal where event = 'destruction_certified'").await, 1);

    let mut nadia = scene.visitor("nadia@dinum.test").await;
    let seen = nadia.get(&scene.end("")).await;
    assert!(seen.says("Toutes détruites le 18 février 2027") && !seen.says("Corriger cette attestation"), "{}", seen.text());
    assert_eq!(nadia.get(&read.attribute(".hab-files a", "href").unwrap()).await.bytes, PDF);
    for visitor in [&mut helene, &mut nadia] {
        let pdf = visitor.get(&scene.end("/attestation.pdf")).await;
        assert!(pdf.status == 200 && pdf.bytes.starts_with(b"%PDF"));
    }
    let dossier = nadia.get(&format!("/instruction/{}", scene.id.0)).await;
    assert!(dossier.says("accès retiré le 15 février 2027, données détruites le 18 février 2027"), "{}", dossier.text());
}

#[tokio::test]
async fn what_is_kept_is_said_with_the_text_that_founds_it() {
    let scene = over(date(2027, 2, 20)).await;
    let mut helene = scene.visitor("helene@asso.test").await;
    let unsaid = helene.post(&scene.end(""), &certifying(&[("donnees", "kept_in_part")])).await;
    assert!(unsaid.status == 422 && unsaid.count("#erreurs li") == 2, "{}", unsaid.text());
    let kept = [("donnees", "kept_in_part"), ("conserve", "Les factures, dix ans."), ("fondement", "Code de commerce, article L. 123-22")];
    assert_eq!(helene.post(&scene.end(""), &certifying(&kept)).await.status, 303);
    let read = helene.get(&scene.end("")).await;
    for said in ["Détruites le 18 février 2027, sauf ce qui est conservé", "Les factures, dix ans.", "article L. 123-22"] {
        assert!(read.says(said), "{said}: {}", read.text());
    }
    scene.site.letters().await;
}

#[tokio::test]
async fn data_destroyed_before_access_was_removed_is_confirmed_first() {
    let scene = over(date(2027, 2, 20)).await;
    let mut helene = scene.visitor("helene@asso.test").await;
    let odd = ("detruites_le", "2027-02-10");
    let doubted = helene.post(&scene.end(""), &certifying(&[odd])).await;
    assert_eq!(doubted.status, 422);
    assert!(doubted.says("5 jours avant le retrait de l’accès"), "{}", doubted.text());
    let confirmation = doubted.attribute("#confirmation", "value").unwrap();
    assert_eq!(confirmation, "detruites_le");
    assert_eq!(helene.post(&scene.end(""), &certifying(&[odd, ("confirmation", "detruites_le")])).await.status, 303);
    assert!(helene.get(&scene.end("")).await.says("Confirmé à la signature"));
    scene.site.letters().await;
}

#[tokio::test]
async fn nothing_is_certified_before_the_participation_is_over() {
    let scene = Scene::in_campaign(Campaign { ends_on: macros::date!(2027 - 02 - 15), ..private::campaign() }).await;
    scene.on(date(2027, 2, 15));
    let mut helene = scene.visitor("helene@asso.test").await;
    let early = helene.get(&scene.end("")).await;
    assert!(
        early.says("La participation se termine le 15 février 2027 : l’attestation se signe à partir du lendemain"),
        "{}",
        early.text()
    );
    assert_eq!(early.count("form.hab-prose"), 0);
    let refused = helene.post(&scene.end(""), &certifying(&[])).await;
    assert!(refused.status == 409 && refused.says("Rien n’a été signé"), "{}", refused.text());
    assert_eq!(helene.get(&scene.end("/correction")).await.status, 404);
    assert_eq!(helene.get(&scene.end("/attestation.pdf")).await.status, 404);
    // The day after, before the desk has made its round.
    scene.on(date(2027, 2, 16));
    let mut helene = scene.visitor("helene@asso.test").await;
    let signed = certifying(&[("acces_retire_le", "2027-02-16"), ("detruites_le", "2027-02-16")]);
    assert_eq!(helene.post(&scene.end(""), &signed).await.status, 303);
    assert_eq!(scene.participation().await.ended.map(|ended| ended.on), Some(date(2027, 2, 15)));
    run_participations(&scene.site.state).await.unwrap();
    assert_eq!(scene.count("select count(*) from journal where event = 'participation_ended'").await, 1);
    scene.site.letters().await;
}

#[tokio::test]
async fn a_correction_says_why_and_what_was_signed_stays() {
    let scene = over(date(2027, 2, 20)).await;
    given::a_person(&scene.site, "karim@asso.test").await;
    let sql = format!(
        "insert into memberships (account_id, organisation_id, joined_at, verified_at, verified_by, verified_because)
        select accounts.id, organisation_id, now(), now(), (select id from accounts where email = 'nadia@dinum.test'), 'Appel.' from accounts, applications where email = 'karim@asso.test' and applications.id = {}",
        scene.id.0
    );
    scene.site.state.db.execute(AssertSqlSafe(sql)).await.unwrap();
    let (mut helene, mut karim) = (scene.visitor("helene@asso.test").await, scene.visitor("karim@asso.test").await);
    assert_eq!(helene.post(&scene.end(""), &certifying(&[])).await.status, 303);
    let second = karim.post(&scene.end(""), &certifying(&[("signataire", "Karim Rousseau")])).await;
    assert!(second.status == 409 && second.says("a signé cette attestation le 20 février 2027"), "{}", second.text());
    assert_eq!(second.attribute("#signataire", "value").as_deref(), Some("Karim Rousseau"), "what was typed is given back");
    let filled = helene.get(&scene.end("/correction")).await;
    assert_eq!(filled.attribute("#detruites_le", "value").as_deref(), Some("2027-02-18"), "what was signed is filled in");
    let corrected = certifying(&[("numero", "2"), ("detruites_le", "2027-02-19")]);
    let unsaid = helene.post(&scene.end("/correction"), &corrected).await;
    assert!(unsaid.status == 422 && unsaid.count("#erreurs li") == 1, "{}", unsaid.text());
    let corrected = certifying(&[("numero", "2"), ("detruites_le", "2027-02-19"), ("motif", "Une sauvegarde restait.")]);
    assert_eq!(helene.post(&scene.end("/correction"), &corrected).await.status, 303);
    let overtaken = certifying(&[("numero", "2"), ("motif", "Encore une.")]);
    assert_eq!(karim.post(&scene.end("/correction"), &overtaken).await.status, 409);
    let read = karim.get(&scene.end("")).await;
    for said in [
        "Motif : Une sauvegarde restait.",
        "Toutes détruites le 19 février 2027",
        "Ce qu’elle disait avant",
        "Toutes détruites le 18 février 2027",
    ] {
        assert!(read.says(said), "{said}: {}", read.text());
    }
    scene.site.letters().await;
}

#[tokio::test]
async fn another_person_sees_nothing_of_an_end_and_the_team_signs_nothing() {
    let scene = over(date(2027, 2, 20)).await;
    given::a_person(&scene.site, "malo@rhone.test").await;
    let (mut malo, mut nadia) = (scene.visitor("malo@rhone.test").await, scene.visitor("nadia@dinum.test").await);
    let waits = nadia.get(&scene.end("")).await;
    assert!(waits.says("L’attestation n’est pas reçue") && waits.count("form.hab-prose") == 0, "{}", waits.text());
    assert_eq!(nadia.post(&scene.end(""), &certifying(&[])).await.status, 404, "the team reads and signs nothing");
    let mut helene = scene.visitor("helene@asso.test").await;
    assert_eq!(helene.post(&scene.end(""), &certifying(&[])).await.status, 303);
    for below in ["", "/correction", "/attestation.pdf"] {
        assert_eq!(malo.get(&scene.end(below)).await.status, 404, "{below}");
    }
    assert_eq!(malo.post(&scene.end(""), &certifying(&[])).await.status, 404);
    assert_eq!(nadia.get(&scene.end("/correction")).await.status, 404);
    scene.site.letters().await;
}

#[tokio::test]
async fn a_revoked_participant_certifies_as_well() {
    let scene = Scene::new().await;
    scene.on(date(2027, 1, 12));
    let sql = "update authorizations set state = 'revoked', state_changed_at = '2027-01-12 08:00 UTC'";
    scene.site.state.db.execute(sql).await.unwrap();
    run_participations(&scene.site.state).await.unwrap();
    let mut helene = scene.visitor("helene@asso.test").await;
    assert!(helene.get(&scene.end("")).await.says("Attestation de fin à signer au plus tard le 11 février 2027"));
    let signed = certifying(&[("acces_retire_le", "2027-01-12"), ("donnees", "never_held"), ("detruites_le", "")]);
    assert_eq!(helene.post(&scene.end(""), &signed).await.status, 303);
    assert!(helene.get(&scene.end("")).await.says("Aucune n’a été conservée par le service"));
    scene.site.letters().await;
}

#[tokio::test]
async fn the_name_of_who_signed_stays_when_their_account_is_closed() {
    let scene = over(date(2027, 2, 20)).await;
    let mut helene = scene.visitor("helene@asso.test").await;
    assert_eq!(helene.post(&scene.end(""), &certifying(&[])).await.status, 303);
    let mut connection = scene.site.state.db.acquire().await.unwrap();
    connection
        .execute(AssertSqlSafe(format!(
            "update accounts set email = 'closed@closed.invalid', given_name = 'Compte', family_name = 'fermé', password_hash = null, closed_at = now() where id = {}",
            Applicant::new(scene.helene.clone()).person().account.0
        )))
        .await
        .unwrap();
    let signed = destruction::find_certificates(&mut connection, scene.id).await.unwrap();
    assert_eq!(signed.last().map(|signed| signed.author.clone()), Some(scene.helene.full_name()));
    assert!(destruction::find_certified(&mut connection).await.unwrap().contains_key(&scene.id));
    drop(connection);
    scene.site.letters().await;
}
