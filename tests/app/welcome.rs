//! The public pages: what they say, what they must say, what they weigh.

use std::{collections::BTreeSet, io::Write, sync::Arc};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use habilitation::{
    AppState,
    config::{Config, Switch},
    router,
};
use http_body_util::BodyExt;
use scraper::{ElementRef, Html, Selector};
use tower::ServiceExt;

use crate::support::TestSite;

const PUBLIC_PAGES: [&str; 5] = ["/", "/mentions-legales", "/donnees-personnelles", "/cgu", "/accessibilite"];

/// A page of the site set up that way.
async fn page(site: &TestSite, config: &Config, path: &str) -> (StatusCode, Html) {
    let state = AppState { config: Arc::new(config.clone()), ..site.state.clone() };
    let answer = router(state).oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    let status = answer.status();
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    (status, Html::parse_document(&String::from_utf8_lossy(&bytes)))
}

fn demonstration() -> Config {
    Config { demo: Switch::On, ..Config::defaults() }
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn each_audience_is_answered_in_its_first_words() {
    let site = TestSite::new().await;
    let (status, home) = page(&site, &Config::defaults(), "/").await;
    assert_eq!(status, StatusCode::OK);
    let rows: Vec<String> = select(&home, ".hab-rows > li").into_iter().map(words).collect();
    let expected = [
        ("Une collectivité ou une administration", "Vous êtes éligible."),
        ("Un éditeur de logiciel", "Vous êtes peut-être éligible, si vous agissez pour une administration ou une collectivité."),
        ("Une entreprise ou une association", "Vous êtes peut-être éligible : pour un service de changement d’adresse"),
        ("Un particulier", "Ce site ne permet pas de se connecter à FranceConnect."),
    ];
    assert_eq!(rows.len(), expected.len());
    for (row, (who, answer)) in rows.iter().zip(expected) {
        assert!(row.starts_with(&format!("{who} {answer}")) || row.replace(who, "").starts_with(answer), "{who}: {row}");
    }
}

#[tokio::test]
async fn the_first_act_is_to_check_one_s_right_and_each_audience_has_its_way() {
    let site = TestSite::new().await;
    let (_, home) = page(&site, &Config::defaults(), "/").await;
    let first = select(&home, "main .fr-btn")[0];
    assert_eq!((words(first).as_str(), first.attr("href")), ("Vérifier mon éligibilité", Some("/eligibilite")));
    let ways: Vec<&str> = select(&home, ".hab-rows a.fr-link").into_iter().filter_map(|link| link.attr("href")).collect();
    assert_eq!(ways, ["collectivite", "editeur", "entreprise", "particulier"].map(|profile| format!("/eligibilite?profil={profile}")));
    let menu: Vec<String> = select(&home, ".fr-nav__link").into_iter().map(words).collect();
    assert_eq!(menu, ["Accueil", "Suis-je éligible ?", "L’expérimentation", "Les règles", "Remplir une demande"]);
}

#[tokio::test]
async fn the_delay_and_the_address_are_those_of_the_settings() {
    let site = TestSite::new().await;
    let mut config = Config::defaults();
    config.desk.desk_target_working_days = 17;
    config.desk.desk_email = "guichet@exemple.fr".into();
    let (_, home) = page(&site, &config, "/").await;
    let text = words(home.root_element());
    assert!(text.contains("Nous visons une réponse en 17 jours ouvrés."));
    assert!(text.contains("Écrivez à guichet@exemple.fr"));
    assert!(!text.contains("support.partenaires@"));
}

#[tokio::test]
async fn what_the_operator_left_out_is_said_to_be_missing() {
    let site = TestSite::new().await;
    let mut config = Config::defaults();
    for (path, missing) in [
        ("/mentions-legales", "Ce site ne doit pas être ouvert au public avant : l’exploitant la nomme"),
        ("/mentions-legales", "L’hébergeur n’est pas encore déclaré ici."),
        ("/donnees-personnelles", "L’adresse du délégué à la protection des données n’est pas encore déclarée ici"),
    ] {
        let (_, html) = page(&site, &config, path).await;
        assert!(words(html.root_element()).contains(missing), "{path}");
    }
    config.desk.desk_publisher = "Camille Rousseau, directrice".into();
    config.desk.desk_host = "Nuages SAS, 1 rue de l’Exemple, 59000 Lille, 03 00 00 00 00".into();
    config.desk.desk_dpo_email = "dpo@exemple.fr".into();
    for (path, said) in [
        ("/mentions-legales", "Directeur ou directrice de la publication : Camille Rousseau, directrice."),
        ("/mentions-legales", "Nuages SAS, 1 rue de l’Exemple, 59000 Lille, 03 00 00 00 00"),
        ("/donnees-personnelles", "Écrivez au délégué à la protection des données : dpo@exemple.fr."),
    ] {
        let (_, html) = page(&site, &config, path).await;
        assert!(words(html.root_element()).contains(said), "{path}");
        assert!(!words(html.root_element()).contains("l’exploitant"), "{path}");
    }
}

/// The titles and their order are imposed: RGAA, « déclaration d’accessibilité ».
#[tokio::test]
async fn the_accessibility_statement_has_the_imposed_parts() {
    let site = TestSite::new().await;
    let (_, html) = page(&site, &Config::defaults(), "/accessibilite").await;
    let titles: Vec<String> = select(&html, "article :is(h2, h3, h4)").into_iter().map(words).collect();
    assert_eq!(
        titles,
        [
            "État de conformité",
            "Résultat des tests",
            "Contenus non accessibles",
            "Non-conformité",
            "Dérogations pour charge disproportionnée",
            "Contenus non soumis à l’obligation d’accessibilité",
            "Établissement de cette déclaration d’accessibilité",
            "Technologies utilisées pour la réalisation du site web",
            "Environnement de test",
            "Les outils utilisés lors de l’évaluation",
            "Pages du site ayant fait l’objet de la vérification de conformité",
            "Retour d’information et contact",
            "Voies de recours",
        ]
    );
    assert!(words(html.root_element()).contains("Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07"));
}

#[tokio::test]
async fn the_components_are_shown_in_a_demonstration_only() {
    let site = TestSite::new().await;
    assert_eq!(page(&site, &Config::defaults(), "/demo/composants").await.0, StatusCode::NOT_FOUND);
    assert_eq!(page(&site, &demonstration(), "/demo/composants").await.0, StatusCode::OK);
}

#[tokio::test]
async fn every_page_has_its_own_title_one_h1_and_no_skipped_level() {
    let site = TestSite::new().await;
    let mut titles = BTreeSet::new();
    for path in PUBLIC_PAGES.into_iter().chain(["/demo/composants"]) {
        let (_, html) = page(&site, &demonstration(), path).await;
        let title = words(select(&html, "title")[0]);
        assert!(title.ends_with(" – Guichet des habilitations FranceConnect"), "{title}");
        assert!(titles.insert(title), "{path}");
        assert_eq!(select(&html, "h1").len(), 1, "{path}");
        let levels = select(&html, "main :is(h1, h2, h3, h4)").into_iter().map(|heading| heading.value().name().as_bytes()[1] - b'0');
        let levels: Vec<u8> = levels.collect();
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{path}: {levels:?}");
    }
}

#[tokio::test]
async fn every_reference_inside_a_page_leads_somewhere() {
    let site = TestSite::new().await;
    for path in PUBLIC_PAGES.into_iter().chain(["/demo/composants"]) {
        let (_, html) = page(&site, &demonstration(), path).await;
        let all_ids: Vec<&str> = select(&html, "[id]").into_iter().filter_map(|element| element.attr("id")).collect();
        let ids: BTreeSet<&str> = all_ids.iter().copied().collect();
        assert_eq!(ids.len(), all_ids.len(), "{path}: an id stands twice");
        for anchor in select(&html, "a[href^='#']").into_iter().filter_map(|link| link.attr("href")) {
            assert!(ids.contains(&anchor[1..]), "{path}: {anchor}");
        }
        for attribute in ["for", "aria-describedby", "aria-labelledby", "aria-controls"] {
            for element in select(&html, &format!("[{attribute}]")) {
                for id in element.attr(attribute).unwrap().split_whitespace() {
                    assert!(ids.contains(id), "{path}: {attribute} {id}");
                }
            }
        }
    }
}

#[tokio::test]
async fn every_field_has_a_label_and_every_mistake_is_tied_to_its_field() {
    let site = TestSite::new().await;
    let (_, html) = page(&site, &demonstration(), "/demo/composants").await;
    let labelled: BTreeSet<&str> = select(&html, "label[for]").into_iter().filter_map(|label| label.attr("for")).collect();
    let fields = select(&html, "main :is(input, textarea, select)");
    assert!(fields.len() > 30);
    for field in fields {
        assert!(labelled.contains(field.attr("id").unwrap()), "{}", field.html());
    }
    let mistakes = select(&html, "main .fr-error-text").len();
    assert_eq!(mistakes, select(&html, "#erreurs a").len());
    assert_eq!(mistakes, select(&html, "main [aria-describedby$='-erreur']").len());
    assert_eq!(select(&html, "main input[type=password][value]").len(), 0);
}

#[tokio::test]
async fn the_pages_the_law_asks_for_are_one_link_away_from_everywhere() {
    let site = TestSite::new().await;
    for path in PUBLIC_PAGES {
        let (_, html) = page(&site, &Config::defaults(), path).await;
        let links: Vec<&str> = select(&html, "footer a[href]").into_iter().filter_map(|link| link.attr("href")).collect();
        for legal in &PUBLIC_PAGES[1..] {
            assert!(links.contains(legal), "{path} lacks {legal}");
        }
        assert!(words(html.root_element()).contains("Accessibilité : non conforme"));
    }
}

#[tokio::test]
async fn french_punctuation_never_begins_a_line() {
    let site = TestSite::new().await;
    for path in PUBLIC_PAGES.into_iter().chain(["/demo/composants"]) {
        let (_, html) = page(&site, &demonstration(), path).await;
        for text in select(&html, "body")[0].text() {
            for loose in [" :", " ;", " ?", " !", " »", "« "] {
                assert!(!text.contains(loose), "{path}: {loose:?} in {text:?}");
            }
            assert!(!text.contains('\''), "{path}: {text}");
        }
    }
}

#[tokio::test]
async fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    let site = TestSite::new().await;
    for path in PUBLIC_PAGES.into_iter().chain(["/demo/composants"]) {
        let (_, html) = page(&site, &demonstration(), path).await;
        assert_eq!(select(&html, "style, [style], script:not([src]), [onclick], [onload], iframe").len(), 0, "{path}");
        for asset in select(&html, "[src], link[href]") {
            let address = asset.attr("src").or_else(|| asset.attr("href")).unwrap();
            assert!(address.starts_with("/static/"), "{path}: {address}");
        }
    }
}

fn brotli(bytes: &[u8]) -> usize {
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 4096, 11, 22).write_all(bytes).unwrap();
    packed.len()
}

#[tokio::test]
async fn the_first_visit_is_light() {
    let site = TestSite::new().await;
    let (_, home) = page(&site, &demonstration(), "/").await;
    let style = brotli(include_bytes!("../../static/style.css"));
    assert!(style < 20_000, "{style}");
    let script = brotli(include_bytes!("../../static/desk.js"));
    let icon = brotli(include_bytes!("../../static/icon.svg"));
    let total = brotli(home.html().as_bytes()) + style + script + icon;
    assert!(total < 60_000, "{total}");
}
