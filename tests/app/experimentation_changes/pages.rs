//! The pages of those who answer for campaigns.

use habilitation::accounts::Role;
use scraper::{ElementRef, Html, Selector};
use time::{Duration, macros::date};

use crate::support::{
    Answer, TestSite, Visitor,
    campaigns::{agree, campaign, marc, waits, yasmine},
    given, private,
};

const LIST: &str = "/administration/campagnes";
const NEW: &str = "/administration/campagnes/nouvelle";
const CHANGE: &str = "/administration/campagnes/1/changement";

/// The form of a page, as it is shown.
fn shown(page: &Answer) -> Vec<(String, String)> {
    let html = Html::parse_document(&page.html);
    let typed = Selector::parse("main form input:not([type=radio]), main form input[checked]").unwrap();
    let attribute = |field: &ElementRef<'_>, name| field.value().attr(name).unwrap_or_default().to_owned();
    let mut fields: Vec<(String, String)> =
        html.select(&typed).map(|field| (attribute(&field, "name"), attribute(&field, "value"))).collect();
    let reason = html.select(&Selector::parse("#reason").unwrap()).next().map(|area| area.text().collect::<String>());
    fields.push(("reason".into(), reason.unwrap_or_default().trim().to_owned()));
    fields
}

/// The same with other values.
fn with(mut fields: Vec<(String, String)>, others: &[(&str, &str)]) -> Vec<(String, String)> {
    for (name, value) in others {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

async fn send(browser: &mut Visitor, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &fields).await
}

async fn two_managers(site: &TestSite) -> (Visitor, Visitor) {
    yasmine(site).await;
    marc(site).await;
    let (mut one, mut two) = (site.visitor(), site.visitor());
    one.sign_in("yasmine@equipe.test").await;
    two.sign_in("marc@equipe.test").await;
    (one, two)
}

#[tokio::test]
async fn a_change_is_proposed_by_one_read_by_another_and_applied() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (mut yasmine, mut marc) = two_managers(&site).await;
    let form = yasmine.get(CHANGE).await;
    assert!(form.says("Proposer un changement : Expérimentation 2027"), "{}", form.text());
    let fields = with(shown(&form), &[("capacity", "120"), ("ends_on", "30/06/2028"), ("reason", "L’arrêté du 2 décembre\nle prévoit.")]);
    let sent = send(&mut yasmine, CHANGE, &fields).await;
    assert_eq!(sent.location(), "/administration/campagnes/propositions/2", "{}", sent.text());
    let own = yasmine.get(sent.location()).await;
    assert!(own.says("Vous ne pouvez pas accepter ce que vous proposez"), "{}", own.text());
    assert_eq!(own.count("form[action$='/accord']"), 0);
    assert_eq!(yasmine.post("/administration/campagnes/propositions/2/accord", &[]).await.status, 409, "a forged one is refused too");
    assert!(marc.get(LIST).await.says("À vous La proposition de Yasmine Rousseau pour « Expérimentation 2027 » attend un second accord"));

    let read = marc.get("/administration/campagnes/propositions/2").await;
    assert!(read.says("Nombre de places [avant : 100 ] [après : 120 ]"), "{}", read.text());
    assert!(read.says("31 décembre 2027") && read.says("30 juin 2028") && read.says("L’arrêté du 2 décembre le prévoit."));
    assert!(read.says("L’expérimentation est prolongée pour tout le monde jusqu’au 30 juin 2028."), "{}", read.text());
    let agreed = marc.post("/administration/campagnes/propositions/2/accord", &[]).await;
    assert_eq!(agreed.location(), "/administration/campagnes/1");
    let page = marc.get(agreed.location()).await;
    assert!(page.says("Le changement est appliqué et publié avec sa raison."), "{}", page.text());
    assert!(
        page.says("Acceptée Par Yasmine Rousseau, le 3 décembre 2026 ; acceptée par Marc Rousseau, le 3 décembre 2026."),
        "{}",
        page.text()
    );
    let now = campaign(&site).await;
    assert_eq!((now.capacity, now.ends_on), (120, date!(2028 - 06 - 30)));
    site.letters().await;
}

#[tokio::test]
async fn a_programme_manager_alone_cannot_and_other_roles_do_not_come_in() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let yasmine = yasmine(&site).await;
    waits(&site, &yasmine, |it| it.capacity = 120).await;
    let mut alone = site.visitor();
    alone.sign_in("yasmine@equipe.test").await;
    let refused = alone.post("/administration/campagnes/propositions/2/accord", &[]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.says("une autre personne doit l’accepter"), "{}", refused.text());
    for role in [Role::Observer, Role::Reviewer, Role::Jurist, Role::Signatory] {
        given::staff(&site, role).await;
        let mut other = site.visitor();
        other.sign_in(&format!("{role}@equipe.test")).await;
        assert_eq!(other.post("/administration/campagnes/propositions/2/accord", &[]).await.status, 403, "{role}");
        assert_eq!(other.get(LIST).await.status, 403, "{role}");
        assert_eq!(other.get("/experimentation").await.count("header a[href='/administration/campagnes']"), 0, "{role}");
    }
    assert_eq!(campaign(&site).await.capacity, 100);
    assert_eq!(site.letters().await.len(), 0, "nobody else may agree: nobody is written to");
}

#[tokio::test]
async fn a_mistake_gives_back_everything_that_was_typed_and_tells_everything_at_once() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (mut yasmine, _) = two_managers(&site).await;
    let typed = [
        ("title", ""),
        ("legal_basis_url", "http://legifrance.gouv.fr"),
        ("closes_on", "31/02/2027"),
        ("capacity", "cent"),
        ("floor_sante", "-1"),
        ("answer_within_days", "70000"),
        ("terms_version", "version 5"),
        ("reason", ""),
    ];
    let fields = with(shown(&yasmine.get(CHANGE).await), &typed);
    let refused = send(&mut yasmine, CHANGE, &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("Erreur : Proposer un changement"), "{}", refused.text());
    for name in ["title", "legal_basis_url", "closes_on", "capacity", "floor_sante", "answer_within_days", "reason"] {
        assert_eq!(refused.count(&format!("#erreurs a[href='#{name}']")), 1, "{name}");
        assert_eq!(refused.count(&format!("#{name}[aria-invalid=true]")), 1, "{name}");
    }
    let back = shown(&refused);
    for (name, value) in &fields {
        assert!(back.contains(&(name.clone(), value.clone())), "{name} is given back as « {value} »: {back:?}");
    }
    // What the rule refuses comes back the same way.
    let fields = with(shown(&yasmine.get(CHANGE).await), &[("opens_on", "2026-12-20"), ("reason", "Report.")]);
    let refused = send(&mut yasmine, CHANGE, &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("ce jour est passé, il ne change plus") && refused.html.contains("Report."), "{}", refused.text());
    let same = with(shown(&yasmine.get(CHANGE).await), &[("reason", "Rien.")]);
    assert!(send(&mut yasmine, CHANGE, &same).await.says("Rien ne change"));
    // Neither hides the other, in the order of the page.
    let too_long = "mot ".repeat(501);
    for reason in ["", &too_long] {
        let both = with(shown(&yasmine.get(CHANGE).await), &[("opens_on", "2026-12-20"), ("reason", reason)]);
        let refused = send(&mut yasmine, CHANGE, &both).await;
        let told = ["#opens_on", "#reason"].map(|to| refused.html.find(&format!("<a href=\"{to}\"")));
        assert!(told[0].is_some() && told[0] < told[1], "{told:?}: {}", refused.text());
    }
}

#[tokio::test]
async fn a_form_filled_while_the_campaign_changed_keeps_what_was_typed_and_takes_the_rest_over() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (mut yasmine, _) = two_managers(&site).await;
    let late = with(shown(&yasmine.get(CHANGE).await), &[("answer_within_days", "20"), ("reason", "Trop court.")]);
    let (one, two) = (crate::support::campaigns::yasmine(&site).await, marc(&site).await);
    let id = waits(&site, &two, |it| it.capacity = 120).await;
    agree(&site, &one, id).await.unwrap();
    let refused = send(&mut yasmine, CHANGE, &late).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("La campagne a changé pendant que vous écriviez Nombre de places : 100, puis 120"), "{}", refused.text());
    let again = with(shown(&refused), &[("reason", "Trop court.")]);
    assert!(again.contains(&("capacity".into(), "120".into())) && again.contains(&("answer_within_days".into(), "20".into())));
    assert_eq!(send(&mut yasmine, CHANGE, &again).await.status, 303);
    let read = yasmine.get("/administration/campagnes/propositions/3").await;
    assert_eq!(read.count("#change dt"), 1, "nothing else changes: {}", read.text());
    site.letters().await;
}

#[tokio::test]
async fn a_new_campaign_is_told_to_visitors_once_a_second_person_agreed() {
    let site = TestSite::new().await;
    let (mut yasmine, mut marc) = two_managers(&site).await;
    assert!(yasmine.get(LIST).await.says("Aucune campagne n’est inscrite"));
    let typed = [
        ("title", "Expérimentation 2027"),
        ("legal_basis", "Arrêté du 4 janvier 2027"),
        ("legal_basis_url", "https://www.legifrance.gouv.fr/arrete"),
        ("opens_on", "2027-01-11"),
        ("closes_on", "2027-06-30"),
        ("ends_on", "2028-01-10"),
        ("reserved_until", "2027-04-30"),
        ("silence_effect", "rejection"),
        ("reason", "L’arrêté est publié."),
    ];
    let fields = with(shown(&yasmine.get(NEW).await), &typed);
    let sent = send(&mut yasmine, NEW, &fields).await;
    assert_eq!(sent.location(), "/administration/campagnes/propositions/1", "{}", sent.text());
    let twice = send(&mut yasmine, NEW, &fields).await;
    assert_eq!(twice.status, 422, "pressing twice proposes it once");
    assert!(site.visitor().get("/experimentation").await.says("Aucune expérimentation n’est ouverte"));
    assert_eq!(marc.post("/administration/campagnes/propositions/1/accord", &[]).await.location(), "/administration/campagnes/1");
    let public = site.visitor().get("/experimentation").await;
    assert!(public.says("Les candidatures seront reçues à partir du 11 janvier 2027."), "{}", public.text());
    assert!(public.says("La campagne est annoncée 3 décembre 2026 L’arrêté est publié."), "{}", public.text());
    // One that would open yesterday is refused: rules are published first.
    let late =
        with(fields, &[("title", "Une autre"), ("opens_on", "2026-12-02"), ("closes_on", "2026-12-20"), ("reserved_until", "2026-12-20")]);
    assert!(send(&mut yasmine, NEW, &late).await.says("les règles d’une campagne sont publiées avant son ouverture"));
    site.letters().await;
}

#[tokio::test]
async fn two_campaigns_never_receive_candidatures_at_once() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (mut yasmine, mut marc) = two_managers(&site).await;
    let like = with(
        shown(&yasmine.get(CHANGE).await),
        &[
            ("title", "Une autre"),
            ("opens_on", "2027-01-31"),
            ("closes_on", "2027-03-31"),
            ("reserved_until", "2027-03-31"),
            ("reason", "Bien."),
        ],
    );
    assert_eq!(send(&mut yasmine, NEW, &like).await.status, 303);
    let refused = marc.post("/administration/campagnes/propositions/2/accord", &[]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.says("une seule à la fois"), "{}", refused.text());
    let again = with(like, &[("title", "Expérimentation 2027"), ("opens_on", "2027-02-01")]);
    assert_eq!(send(&mut yasmine, NEW, &again).await.status, 303);
    assert!(marc.post("/administration/campagnes/propositions/3/accord", &[]).await.says("Une autre campagne porte déjà ce nom"));
    site.letters().await;
}

#[tokio::test]
async fn declining_asks_why_and_withdrawing_leaves_the_way_free() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (mut yasmine, mut marc) = two_managers(&site).await;
    let fields = with(shown(&yasmine.get(CHANGE).await), &[("capacity", "120"), ("reason", "Bien.")]);
    assert_eq!(send(&mut yasmine, CHANGE, &fields).await.status, 303);
    assert!(yasmine.get(CHANGE).await.says("Une proposition attend déjà"));
    let beside = send(&mut marc, CHANGE, &fields).await;
    assert_eq!((beside.status.as_u16(), beside.count("#title[aria-invalid=true]")), (422, 1), "what he typed comes back");
    let silent = marc.post("/administration/campagnes/propositions/2/refus", &[("answer", " ")]).await;
    assert_eq!(silent.status, 422);
    assert_eq!(silent.count("#answer[aria-invalid=true]"), 1);
    assert_eq!(marc.post("/administration/campagnes/propositions/2/retrait", &[]).await.status, 409);
    assert_eq!(yasmine.post("/administration/campagnes/propositions/2/retrait", &[]).await.status, 303);
    assert!(yasmine.get("/administration/campagnes/1").await.says("Retirée"));
    let again = send(&mut marc, CHANGE, &fields).await.location().to_owned();
    let declined = yasmine.post(&format!("{again}/refus"), &[("answer", "Pas encore publié.")]).await;
    assert_eq!(declined.status, 303);
    let page = yasmine.get("/administration/campagnes/1").await;
    assert!(page.says("Refusée") && page.says("Pas encore publié."), "{}", page.text());
    assert_eq!(yasmine.get("/administration/campagnes/7").await.status, 404);
    assert_eq!(yasmine.get("/administration/campagnes/propositions/70").await.status, 404);
    assert_eq!(yasmine.get("/administration/campagnes/propositions/rien").await.status, 404);
    site.letters().await;
}

#[tokio::test]
async fn a_campaign_that_ended_is_read_and_no_longer_changed() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (mut yasmine, _) = two_managers(&site).await;
    let fields = with(shown(&yasmine.get(CHANGE).await), &[("capacity", "120"), ("reason", "Bien.")]);
    site.state.clock.advance(Duration::days(500));
    yasmine.sign_in("yasmine@equipe.test").await;
    let page = yasmine.get("/administration/campagnes/1").await;
    assert!(page.says("rien n’en change plus") && page.count("a[href$='/changement']") == 0, "{}", page.text());
    assert_eq!(send(&mut yasmine, CHANGE, &fields).await.status, 422);
}
