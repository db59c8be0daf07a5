//! The page this desk replaces said who may ask, sentence by sentence: each of them is answered somewhere.

use super::ASSOCIATION;
use crate::support::{TestSite, given};

/// What the page said, the page that answers it, and words without which it would not.
const SENTENCES: &[(&str, &str, &[&str])] = &[
    // Un particulier
    ("Désolé, vous n’êtes pas éligible", INDIVIDUAL, &["Vous n’êtes pas éligible"]),
    (
        "Ce site internet ne permet pas de se connecter à FranceConnect.",
        INDIVIDUAL,
        &["Ce site ne permet pas de se connecter à FranceConnect"],
    ),
    ("Vous trouverez plus d’explications sur le site de FranceConnect.", INDIVIDUAL, &["Le site de FranceConnect"]),
    ("En particulier, nous vous recommandons de consulter la FAQ", INDIVIDUAL, &["Consulter la FAQ de FranceConnect"]),
    // Une collectivité ou une administration
    ("Vous êtes éligible", ADMINISTRATION, &["Vous êtes éligible"]),
    (
        "Toute administration qui le souhaite peut implémenter le bouton FranceConnect",
        ADMINISTRATION,
        &["Toute administration qui le souhaite peut proposer FranceConnect aux usagers de ses services en ligne"],
    ),
    (
        "Dans votre demande d'habilitation, il vous suffira donc de citer l'arrêté du 8 novembre 2018",
        ADMINISTRATION,
        &["Il suffit de citer l’arrêté du 8 novembre 2018"],
    ),
    (
        "Si vous travaillez avec un éditeur, celui-ci peut remplir cette démarche à votre place !",
        ADMINISTRATION,
        &["Si vous travaillez avec un éditeur", "remplir cette démarche à votre place"],
    ),
    (
        "Pour remplir votre demande, vous aurez besoin de : SIRET, cadre juridique, description, équipe, délégué",
        ADMINISTRATION,
        &[
            "Votre numéro SIRET",
            "Le cadre juridique",
            "La description de votre service",
            "Les coordonnées de l’équipe",
            "Les coordonnées de votre délégué à la protection des données",
        ],
    ),
    ("Remplir une demande", ADMINISTRATION, &["Commencer ma demande"]),
    // Un éditeur de logiciel
    ("Vous êtes peut-être éligible (éditeur)", VENDOR, &["Vous êtes peut-être éligible"]),
    (
        "vous pouvez remplir une demande vous-même pour l'entité que vous représentez",
        VENDOR,
        &["Un éditeur peut remplir la demande pour l’administration ou la collectivité qu’il représente", "l’entité que vous représentez"],
    ),
    ("il vous faudra citer l'arrêté du 8 novembre 2018 (éditeur)", VENDOR, &["en citant l’arrêté du 8 novembre 2018"]),
    (
        "les coordonnées du délégué à la protection des données de l'entité pour laquelle vous opérez",
        VENDOR,
        &["Les coordonnées du délégué à la protection des données de l’entité pour laquelle vous opérez"],
    ),
    // Une entreprise de droit privé
    (
        "Conformément à l'arrêté du 8 novembre 2018, les entreprises ou associations peuvent intégrer FranceConnect dans les cas suivants",
        PRIVATE,
        &["Les entreprises et les associations peuvent intégrer FranceConnect", "arrêté du 8 novembre 2018"],
    ),
    (
        "services en ligne liés à la démarche de changement d'adresse et uniquement pour ces services",
        "/eligibilite?profil=entreprise&cas=adresse",
        &["services en ligne liés à la démarche de changement d’adresse, et uniquement pour ces services"],
    ),
    (
        "services en ligne dont l'usage nécessite, conformément à un texte règlementaire la vérification de l'identité",
        "/eligibilite?profil=entreprise&cas=identite",
        &["nécessite, d’après une disposition législative ou réglementaire, la vérification de l’identité de vos utilisateurs"],
    ),
    (
        "un arrêté d’expérimentation permet à certaines entreprises ou associations de tester durant un an FranceConnect",
        PRIVATE,
        &["Un arrêté permet à certaines entreprises ou associations de tester FranceConnect durant un an"],
    ),
    (
        "menée avec un nombre maximal de cent personnes morales, vise à déterminer les nouveaux secteurs d’activité",
        PRIVATE,
        &["un nombre maximal de cent personnes morales", "déterminer les nouveaux secteurs d’activité qui trouveraient un bénéfice"],
    ),
    (
        "Elle s’inscrit dans les conditions et avec les mêmes garanties que celles fixées par l'arrêté du 8 novembre 2018",
        PRIVATE,
        &["dans les conditions et avec les mêmes garanties"],
    ),
    ("Avoir un établissement en France", E1, &["Avez-vous un établissement en France ?"]),
    ("Exercer son activité depuis plus de 3 ans", E2, &["depuis plus de trois ans ?"]),
    (
        "Proposer un service par voie électronique, en vue de la fourniture, de l'échange ou du partage d'un bien ou d'un service",
        E3,
        &["par voie électronique ?", "en vue de la fourniture, de l’échange ou du partage d’un bien ou d’un service"],
    ),
    (
        "aux secteurs de la santé, social et médico-social (prise de rendez-vous, dossier patient, parcours de soin)",
        E4,
        &["Santé, social et médico-social", "prise de rendez-vous, constitution du dossier patient, parcours de soin"],
    ),
    (
        "au secteur de l’éducation et de l’enseignement supérieur",
        E4,
        &["Éducation et enseignement supérieur", "établissements privés, enseignement à distance, apprentissage"],
    ),
    (
        "aux prestations scolaires et périscolaires, aux activités sportives ou socioculturelles",
        E4,
        &["Prestations scolaires et périscolaires, activités sportives ou socioculturelles", "centres de loisirs, clubs sportifs"],
    ),
    ("au transport de personnes", E4, &["Transport de personnes", "transport collectif de personnes, covoiturage"]),
    ("à la délivrance de certificats professionnels", E4, &["Délivrance de certificats professionnels", "L. 6113-1 du code du travail"]),
    ("à la location de biens immobiliers et les véhicules", E4, &["Location de biens immobiliers et de véhicules"]),
    (
        "Fournir tous les mois les données qui permettront de mesurer la valeur ajoutée",
        S,
        &["Fournir tous les mois à l’équipe FranceConnect"],
    ),
    (
        "Volume de connexions, volume de créations de compte, croissance, retours qualitatifs",
        S,
        &[
            "volume de connexions par FranceConnect",
            "volume de créations de compte par FranceConnect",
            "croissance constatée du trafic",
            "retours qualitatifs",
        ],
    ),
    ("Respecter le cahier des charges", S, &["Respecter le cahier des charges", "vérification du parcours de connexion"]),
    (
        "Promouvoir le service dans les conditions prévues dans les CGU FS",
        S,
        &["Promouvoir le service dans les conditions prévues dans les CGU"],
    ),
    ("Conserver les données uniquement le temps de la relation contractuelle", S, &["uniquement le temps de la relation contractuelle"]),
    ("Maintenir la possibilité d’utiliser un autre moyen d’authentification", S, &["un autre moyen d’authentification que FranceConnect"]),
    (
        "Ne pas commercialiser les données et ne pas les transférer hors de l’Union européenne",
        S,
        &["Ne pas commercialiser", "hors de l’Union européenne"],
    ),
    (
        "Supprimer l’accès à FranceConnect à l’issue de l’expérimentation et détruire les données",
        S,
        &["Supprimer l’accès à FranceConnect", "détruire les données obtenues"],
    ),
    (
        "La DINUM réceptionnera et instruira les demandes ; ordre d’arrivée, activité, panel représentatif",
        S,
        &["La DINUM reçoit et instruit les candidatures", "selon leur ordre d’arrivée et l’activité concernée", "panel représentatif"],
    ),
    (
        "Elle sélectionnera au maximum 100 entreprises",
        "/regles",
        &[
            "Cent personnes morales au plus participent à une expérimentation",
            "une personne morale, identifiée par son numéro SIREN, n’occupe qu’une place",
        ],
    ),
    (
        "Chaque candidature fait l’objet d’une analyse par le service juridique de la DINUM et l’équipe FranceConnect",
        "/regles",
        &["Le service juridique de la DINUM et l’équipe FranceConnect donnent chacun un avis"],
    ),
    (
        "Les candidats inéligibles, les dossiers incomplets seront écartés",
        S,
        &["Les candidats inéligibles et les dossiers qui ne remplissent pas les critères de sélection sont écartés"],
    ),
    (
        "L’utilisation de FranceConnect sera arrêtée à l’issue de l’expérimentation",
        S,
        &["L’utilisation de FranceConnect s’arrête à l’issue de l’expérimentation"],
    ),
    (
        "Un bilan qualitatif et quantitatif en sera effectué avant la fin",
        S,
        &["Un bilan qualitatif et quantitatif en est fait avant la fin"],
    ),
    ("Vous êtes dans un de ces deux cas et vous souhaitez intégrer FranceConnect ?", PRIVATE, &["Quel est votre cas ?"]),
];

const INDIVIDUAL: &str = "/eligibilite?profil=particulier";
const ADMINISTRATION: &str = "/eligibilite?profil=collectivite";
const VENDOR: &str = "/eligibilite?profil=editeur&client=administration";
const PRIVATE: &str = "/eligibilite?profil=entreprise";
const E1: &str = "/eligibilite?profil=entreprise&cas=experimentation&personne_morale=oui";
const E2: &str = "/eligibilite?profil=entreprise&cas=experimentation&personne_morale=oui&etablissement=oui";
const E3: &str = "/eligibilite?profil=entreprise&cas=experimentation&personne_morale=oui&etablissement=oui&anciennete=oui";
const E4: &str = "/eligibilite?profil=entreprise&cas=experimentation&personne_morale=oui&etablissement=oui&anciennete=oui&service=oui";
const S: &str =
    "/eligibilite?profil=entreprise&cas=experimentation&personne_morale=oui&etablissement=oui&anciennete=oui&service=oui&secteur=sante";

#[tokio::test]
async fn every_sentence_of_the_published_page_is_answered_by_a_page() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let mut unanswered = Vec::new();
    for (sentence, url, words) in SENTENCES {
        let page = visitor.get(url).await;
        assert_eq!(page.status, 200, "{url}");
        unanswered.extend(words.iter().filter(|words| !page.says(words)).map(|words| format!("« {sentence} » at {url} lacks « {words} »")));
        println!("{sentence} → {url}");
    }
    assert!(unanswered.is_empty(), "{unanswered:#?}");
}

#[tokio::test]
async fn each_way_out_leads_where_the_published_page_said() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let button = ".hab-acts a.fr-btn";
    assert_eq!(visitor.get(INDIVIDUAL).await.attribute(button, "href").as_deref(), Some("https://franceconnect.gouv.fr/faq"));
    assert_eq!(visitor.get(ADMINISTRATION).await.attribute(button, "href").as_deref(), Some("/demandes/nouvelle?profil=collectivite"));
    assert_eq!(visitor.get(VENDOR).await.attribute(button, "href").as_deref(), Some("/clients"));
    let for_clamart = visitor.get(&format!("{VENDOR}&siret={}", given::CLAMART)).await;
    assert_eq!(for_clamart.attribute(button, "href"), Some(format!("/clients?siret={}", given::CLAMART)));

    given::a_person(&site, "camille@clamart.test").await;
    let address = format!("{ADMINISTRATION}&siret={}", given::CLAMART);
    let start = visitor.get(&address).await.attribute(button, "href").unwrap();
    let sign_in = visitor.get(&start).await;
    let page = visitor.get(sign_in.location()).await;
    let going = page.attribute("input[name=suite]", "value").unwrap();
    let answer = visitor.post("/connexion", &[("email", "camille@clamart.test"), ("password", given::PASSWORD), ("suite", &going)]).await;
    assert_eq!(answer.location(), start);
    let confirm = visitor.get(answer.location()).await;
    assert!(confirm.says("Est-ce bien votre organisme ?") && confirm.says("Commune de Clamart"), "nothing is typed again");
    // The association that has a mission of public service is asked what everybody is.
    assert_eq!(visitor.get(&format!("{ADMINISTRATION}&siret={ASSOCIATION}")).await.count("input[name=mission]"), 2);
}
