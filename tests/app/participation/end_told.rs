//! The end of a participation: recalled by the desk, put on notice by somebody.

use std::collections::BTreeMap;

use habilitation::{calendar, worker::run_participations};
use jiff::civil::{Date, date};

use super::{
    Scene,
    the_end::{certifying, over},
};

impl Scene {
    fn end_notice(&self) -> String {
        format!("/instruction/rapports/{}/mise-en-demeure", self.right.0)
    }
}

/// How many letters of the end there are, by kind.
async fn letters(scene: &Scene) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for letter in scene.site.letters().await {
        let kind = letter.split_once(" to ").unwrap().0.to_owned();
        if kind.starts_with("certificate_") || kind == "put_on_notice" {
            *counts.entry(kind).or_default() += 1;
        }
    }
    counts
}

/// What left by that day, looked at twice a day from the day before.
async fn left_by(scene: &Scene, from: Date, until: Date) -> BTreeMap<String, usize> {
    let mut day = from;
    while day <= until {
        scene.on(day);
        run_participations(&scene.site.state).await.unwrap();
        run_participations(&scene.site.state).await.unwrap();
        day = calendar::days_after(day, 1);
    }
    letters(scene).await
}

#[tokio::test]
async fn each_reminder_of_the_certificate_leaves_once_and_none_after_it_is_signed() {
    // Due on 17 March, the hour changes on 28 March, the last reminder leaves on 1 April.
    let scene = over(date(2027, 2, 16)).await;
    for (from, until, expected) in [
        (date(2027, 2, 17), date(2027, 3, 9), (0, 0)),
        (date(2027, 3, 10), date(2027, 3, 17), (1, 0)),
        (date(2027, 3, 18), date(2027, 3, 23), (1, 1)),
        (date(2027, 3, 24), date(2027, 3, 31), (1, 2)),
        (date(2027, 4, 1), date(2027, 5, 20), (1, 3)),
    ] {
        let left = left_by(&scene, from, until).await;
        let counted = |kind: &str| left.get(kind).copied().unwrap_or_default();
        assert_eq!((counted("certificate_awaited"), counted("certificate_late")), expected, "{until}");
        assert_eq!(counted("put_on_notice"), 0, "never by the desk itself");
    }
    let signed = over(date(2027, 2, 16)).await;
    let mut helene = signed.visitor("helene@asso.test").await;
    let at_once = certifying(&[("acces_retire_le", "2027-02-15"), ("detruites_le", "2027-02-16")]);
    assert_eq!(helene.post(&signed.end(""), &at_once).await.status, 303);
    assert!(left_by(&signed, date(2027, 3, 9), date(2027, 4, 5)).await.is_empty());
}

#[tokio::test]
async fn who_does_not_certify_stands_in_the_team_s_list_and_is_put_on_notice_by_somebody() {
    let scene = over(date(2027, 2, 16)).await;
    let mut nadia = scene.visitor("nadia@dinum.test").await;
    let awaited = nadia.get("/instruction/rapports").await;
    assert!(awaited.says("Attestation attendue au plus tard le 17 mars 2027") && !awaited.says("Mettre en demeure"), "{}", awaited.text());
    scene.on(date(2027, 3, 31));
    let mut nadia = scene.visitor("nadia@dinum.test").await;
    assert!(nadia.get("/instruction/rapports").await.says("en retard de 14 jours"));
    assert_eq!(nadia.get(&scene.end_notice()).await.status, 409, "a reminder has still to leave");
    scene.on(date(2027, 4, 1));
    let mut nadia = scene.visitor("nadia@dinum.test").await;
    assert!(nadia.get("/instruction/rapports").await.says("Mettre en demeure"));
    let form = nadia.get(&scene.end_notice()).await;
    assert!(form.says("était attendue au plus tard le 17 mars 2027") && form.says("jusqu’au 16 avril 2027"), "{}", form.text());
    let empty = nadia.post(&scene.end_notice(), &[("faits", " ")]).await;
    assert!(empty.status == 422 && empty.count("#erreurs li") == 1, "{}", empty.text());
    let sent = nadia.post(&scene.end_notice(), &[("faits", "Nous n’avons reçu aucune attestation.")]).await;
    assert_eq!(sent.location(), scene.end(""), "{}", sent.text());
    let letter = scene.site.letters_to("helene@asso.test").await.pop().unwrap();
    for said in ["Nous vous mettons en demeure", "16\u{a0}avril\u{a0}2027", "aucune attestation", "critère de sélection S7", "CNIL"] {
        assert!(letter.text.contains(said), "{said}: {}", letter.text);
    }
    let list = nadia.get("/instruction/rapports").await;
    assert!(list.says("Mise en demeure du 1er avril 2027, délai jusqu’au 16 avril 2027"), "{}", list.text());
    assert_eq!(nadia.post(&scene.end_notice(), &[("faits", "Encore.")]).await.status, 409, "one at a time");
    let mut helene = scene.visitor("helene@asso.test").await;
    assert!(helene.get(&scene.end("")).await.says("Mise en demeure du 1er avril 2027"));
    assert_eq!(helene.post(&scene.end_notice(), &[("faits", "x")]).await.status, 403);
    scene.on(date(2027, 4, 17));
    let mut nadia = scene.visitor("nadia@dinum.test").await;
    assert!(nadia.get(&scene.end_notice()).await.says("Notre mise en demeure du 1er avril 2027 est restée sans effet."));
    let mut helene = scene.visitor("helene@asso.test").await;
    assert_eq!(helene.post(&scene.end(""), &certifying(&[])).await.status, 303);
    assert!(helene.get(&scene.end("")).await.says("31 jours après son dernier jour"));
    assert_eq!(nadia.post(&scene.end_notice(), &[("faits", "Encore.")]).await.status, 409, "certified meanwhile");
    assert!(nadia.get("/instruction/rapports").await.says("Une attestation est reçue"));
}
