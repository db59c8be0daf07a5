//! The pages: a question each, the address as memory, the register beside.

use habilitation::organisations::Register;
use scraper::{Html, Selector};

use super::{ASSOCIATION, CLOSED_WITH_ANOTHER_OPEN, COMMUNE, YOUNG};
use crate::support::{Answer, TestSite, Visitor};

/// Chooses an answer and sends the form of the page, as a browser does: every field of it, in its order.
async fn choose(visitor: &mut Visitor, page: &Answer, name: &str, value: &str) -> Answer {
    let mut query = Vec::new();
    let html = Html::parse_document(&page.html);
    for field in html.select(&Selector::parse("main .hab-split > form input").unwrap()) {
        let attribute = |name| field.value().attr(name).unwrap_or_default().to_owned();
        if attribute("type") != "radio" {
            query.push((attribute("name"), attribute("value")));
        }
    }
    query.push((name.to_owned(), value.to_owned()));
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    let sent = visitor.get(&format!("/eligibilite?{query}")).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    visitor.get(sent.location()).await
}

fn question(page: &Answer) -> String {
    let html = Html::parse_document(&page.html);
    let title = html.select(&Selector::parse("h1").unwrap()).next().unwrap().text().collect::<Vec<_>>().join(" | ");
    title.replace('\u{a0}', " ")
}

#[tokio::test]
async fn from_the_first_question_to_the_verdict_by_the_forms_alone() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let mut page = visitor.get("/eligibilite").await;
    for (title, name, value) in [
        ("Qui êtes-vous ? | Question 1 sur 8 au plus", "profil", "entreprise"),
        ("Quel est votre cas ? | Question 2 sur 8 au plus", "cas", "experimentation"),
        ("Votre organisme est-il une personne morale ? | Question 3 sur 8", "personne_morale", "oui"),
        ("Avez-vous un établissement en France ? | Question 4 sur 8", "etablissement", "oui"),
        ("Exercez-vous votre activité en France depuis plus de trois ans ? | Question 5 sur 8", "anciennete", "oui"),
        ("Proposez-vous un service par voie électronique ? | Question 6 sur 8", "service", "oui"),
        ("À quel secteur votre service contribue-t-il ? | Question 7 sur 8", "secteur", "transport"),
        ("Pouvez-vous prendre ces sept engagements ? | Question 8 sur 8", "engagements", "oui"),
    ] {
        assert_eq!(question(&page), title);
        page = choose(&mut visitor, &page, name, value).await;
    }
    assert!(page.says("Pas aujourd’hui : aucune expérimentation n’est ouverte"), "{}", page.text());
    assert!(page.says("Vous avez choisi « Transport de personnes »."));
    assert!(page.says("Vos réponses (8)"));
    assert_eq!(page.count("details a[href*='revoir=']"), 8, "each answer can be changed");
    assert_eq!(visitor.cookie("id"), None, "nothing is kept");
}

#[tokio::test]
async fn an_answer_changed_keeps_the_others() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let page = visitor
        .get("/eligibilite?profil=entreprise&cas=experimentation&personne_morale=oui&etablissement=oui&revoir=personne_morale")
        .await;
    assert_eq!(question(&page), "Votre organisme est-il une personne morale ? | Question 3 sur 8");
    assert_eq!(page.attribute("input[name=personne_morale][checked]", "value").as_deref(), Some("oui"), "what was answered is shown");
    let after = choose(&mut visitor, &page, "personne_morale", "oui").await;
    assert!(question(&after).starts_with("Exercez-vous"), "{}", question(&after));
    let page = visitor.get("/eligibilite?profil=entreprise&cas=adresse&revoir=profil").await;
    let after = choose(&mut visitor, &page, "profil", "particulier").await;
    assert!(after.says("Vous n’êtes pas éligible"));
}

#[tokio::test]
async fn the_register_answers_in_the_visitor_s_place_and_shows_its_facts() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let page = visitor.get(&format!("/eligibilite?profil=entreprise&cas=experimentation&siret={ASSOCIATION}")).await;
    assert_eq!(question(&page), "Proposez-vous un service par voie électronique ? | Question 6 sur 8");
    for fact in [
        "Ce que nous savons déjà",
        "Association Les Ateliers du Savoir (exemple)",
        "000 412 874 00018",
        "Association déclarée",
        "Ouvert le 3 septembre 2012",
        "Registre Sirene, extrait fourni avec le guichet, 23 novembre 2026.",
        "Ce n’est pas mon organisme",
        "Trouvé dans le registre",
    ] {
        assert!(page.says(fact), "{fact}: {}", page.text());
    }
    let sector = visitor.get(&format!("/eligibilite?profil=entreprise&cas=experimentation&service=oui&siret={ASSOCIATION}")).await;
    assert!(sector.says("cela évoque « Éducation et enseignement supérieur ». C’est une indication"), "{}", sector.text());
    assert_eq!(sector.count("input[name=secteur][checked]"), 0, "the hint chooses nothing");
    let young = visitor.get(&format!("/eligibilite?profil=entreprise&cas=experimentation&siret={YOUNG}")).await;
    assert!(young.says("Vous n’êtes pas éligible") && young.says("Ce n’est pas plus de trois ans."));
    let closed =
        visitor.get(&format!("/eligibilite?profil=entreprise&cas=experimentation&siret={CLOSED_WITH_ANOTHER_OPEN}&service=non")).await;
    assert!(closed.says("l’organisme en a un autre d’ouvert : donnez son SIRET."), "{}", closed.text());
}

#[tokio::test]
async fn somebody_who_took_themself_for_another_is_told_calmly() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let public = visitor.get(&format!("/eligibilite?profil=entreprise&siret={COMMUNE}")).await;
    assert!(public.says("Vous êtes éligible, comme administration"));
    assert!(public.says(
        "Vous avez choisi « Une entreprise ou une association », mais le registre classe votre organisme parmi les administrations."
    ));
    let private = visitor.get(&format!("/eligibilite?profil=collectivite&siret={ASSOCIATION}")).await;
    assert_eq!(question(&private), "Avez-vous une mission de service public administratif ? | Question 2 sur 2");
    assert!(private.says("Ce n’est pas grave : répondez, nous vous orienterons."));
}

#[tokio::test]
async fn a_register_that_cannot_tell_stops_nobody() {
    let away = TestSite::new().await.with_register(Register::new([]));
    let page = away.visitor().get(&format!("/eligibilite?profil=entreprise&cas=experimentation&siret={ASSOCIATION}")).await;
    assert!(page.says("Le registre ne répond pas en ce moment. Rien n’est perdu : nous vous posons toutes les questions."));
    assert!(question(&page).starts_with("Votre organisme est-il une personne morale ?"));
    let site = TestSite::new().await;
    let page = site.visitor().get("/eligibilite?profil=collectivite&siret=73282932000074").await;
    assert!(page.says("Vous êtes éligible") && page.says("Le registre dont dispose le guichet ne contient pas ce numéro."));
    assert!(page.html.contains("/demandes/nouvelle?profil=collectivite&#38;siret=73282932000074"), "the number is carried all the same");
}

#[tokio::test]
async fn what_is_sent_empty_or_wrong_is_given_back_with_what_to_do() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    for (query, told) in [
        ("question=profil&siret=", "Qui vous êtes : Choisissez une réponse."),
        ("question=profil&profil=robot", "Qui vous êtes : Choisissez une réponse."),
        ("question=profil&profil=editeur&profil=particulier", "Qui vous êtes : Choisissez une réponse."),
        ("question=cas&profil=entreprise", "Votre cas : Choisissez une réponse."),
        ("question=profil&profil=entreprise&siret=12", "vous en avez saisi 2"),
        ("question=profil&profil=entreprise&siret=12345678901234", "ses chiffres de contrôle ne correspondent pas"),
        ("question=profil&profil=entreprise&siret=MONACOCONFO001", "monégasque"),
        ("question=numero&profil=collectivite&siret=", "Numéro SIRET"),
    ] {
        let page = visitor.get(&format!("/eligibilite?{query}")).await;
        assert_eq!(page.status, 422, "{query}");
        assert!(page.says(told), "{query}: {}", page.text());
        assert!(page.html.contains("<title>Erreur"), "{query}");
        let target = page.attribute("#erreurs a", "href").unwrap();
        assert_eq!(page.count(&format!("main [id='{}']", &target[1..])), 1, "{query}: {target} leads to the field");
    }
    let page = visitor.get("/eligibilite?question=profil&profil=entreprise&siret=12").await;
    assert_eq!(page.attribute("#siret", "value").as_deref(), Some("12"), "what was typed is given back");
    assert_eq!(page.attribute("input[name=profil][checked]", "value").as_deref(), Some("entreprise"));
}

#[tokio::test]
async fn answers_out_of_order_or_from_nowhere_lead_to_the_first_question_without_one() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    for (query, title) in [
        ("secteur=sante&engagements=oui", "Qui êtes-vous ?"),
        ("profil=entreprise&secteur=sante", "Quel est votre cas ?"),
        ("profil=entreprise&cas=luxe", "Quel est votre cas ?"),
        ("profil=entreprise&profil=particulier&cas=adresse", "Qui êtes-vous ?"),
        ("%00=%ff&profil=%f0%9f%92%a9&siret=%C3%A9&&&=", "Qui êtes-vous ?"),
        ("revoir=secteur", "Qui êtes-vous ?"),
    ] {
        let page = visitor.get(&format!("/eligibilite?{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        assert!(question(&page).starts_with(title), "{query}: {}", question(&page));
    }
    let late = visitor.get("/eligibilite?question=secteur&secteur=sante").await;
    assert_eq!(late.location(), "/eligibilite?secteur=sante", "what is valid is kept");
    let unknown = visitor.get("/eligibilite?question=couleur").await;
    assert_eq!((unknown.status.as_u16(), unknown.location()), (303, "/eligibilite"));
}

#[tokio::test]
async fn strangers_ask_the_register_within_limits_and_go_on_without_it() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor().at("192.0.2.7");
    let address = format!("/eligibilite?profil=collectivite&siret={COMMUNE}");
    for _ in 0..120 {
        assert!(visitor.get(&address).await.says("Commune de Valbourg (exemple)"));
    }
    let page = visitor.get(&address).await;
    assert_eq!(page.status, 200);
    assert!(page.says("nous l’interrogerons de nouveau après 10 h 15"), "{}", page.text());
    assert!(page.says("Vous êtes éligible"));
    assert!(site.visitor().at("192.0.2.8").get(&address).await.says("Commune de Valbourg (exemple)"), "others are not kept waiting");
}

#[tokio::test]
async fn every_page_of_the_wizard_is_well_formed() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    for path in [
        "/eligibilite".to_owned(),
        "/eligibilite?question=profil".to_owned(),
        "/eligibilite?profil=entreprise".to_owned(),
        format!("/eligibilite?profil=entreprise&cas=experimentation&siret={ASSOCIATION}&service=oui&secteur=sante"),
        format!("/eligibilite?profil=entreprise&cas=experimentation&siret={ASSOCIATION}&service=oui&secteur=sante&engagements=oui"),
        "/eligibilite?profil=collectivite".to_owned(),
    ] {
        let page = visitor.get(&path).await;
        assert_eq!(page.count("h1"), 1, "{path}");
        let html = Html::parse_document(&page.html);
        for text in html.select(&Selector::parse("main").unwrap()).next().unwrap().text() {
            for loose in [" :", " ;", " ?", " !", " »", "« ", "'"] {
                assert!(!text.contains(loose), "{path}: {loose:?} in {text:?}");
            }
        }
        let mut ids: Vec<&str> = html.select(&Selector::parse("[id]").unwrap()).filter_map(|element| element.value().attr("id")).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{path}: an id stands twice");
    }
}
