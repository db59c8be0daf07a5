//! What everybody reads of the experiment.

use habilitation::{
    applications::Kind,
    criteria::Sector,
    experimentation::{Campaign, Panel, Share},
};
use time::{Duration, macros::date};

use crate::support::{
    TestSite,
    campaigns::{agree, marc, waits, yasmine},
    given,
    private::{self, ASSOCIATION, announce, campaign},
};

/// Eight places kept for each sector until the end of the year.
fn with_floors() -> Campaign {
    Campaign { panel: Panel::even(Share { floor: 8, ceiling: 30 }, date!(2026 - 12 - 31)), ..campaign() }
}

#[tokio::test]
async fn without_a_campaign_the_page_says_so() {
    let site = TestSite::new().await;
    let page = site.visitor().get("/experimentation").await;
    assert_eq!(page.status, 200);
    assert!(page.says("Aucune expérimentation n’est ouverte sur ce guichet pour l’instant"), "{}", page.text());
    assert_eq!(site.visitor().get("/experimentation/1").await.status, 404);
}

#[tokio::test]
async fn the_counter_and_the_table_tell_the_places_of_the_day() {
    let site = TestSite::new().await;
    announce(&site, &with_floors()).await;
    let mut visitor = site.visitor();
    let page = visitor.get("/experimentation").await;
    assert!(page.says("il reste 100 places sur 100") && page.says("Places prises 0 sur 100"), "{}", page.text());
    assert!(page.says("Gardées par secteur 48 jusqu’au 31 décembre 2026"), "{}", page.text());
    assert_eq!(page.count("svg[role=img] rect"), 100, "a hundred places are drawn");
    let camille = given::a_person(&site, "camille@exemple.test").await;
    private::a_submitted(&site, &camille, ASSOCIATION, Kind::Experiment).await;
    let page = visitor.get("/experimentation").await;
    assert!(page.says("il reste 99 places sur 100") && page.says("Places prises 1 sur 100 0 accordée, 1 réservée"), "{}", page.text());
    assert!(page.says("Éducation et enseignement supérieur 0 1 1 7 8 30 0 sous le plancher"), "{}", page.text());
    assert!(page.says("Ensemble 0 1 1 47 48 0 52 libres pour tous"), "{}", page.text());
    assert_eq!(
        page.attribute("svg[aria-label^='Éducation']", "aria-label").unwrap().replace('\u{a0}', " "),
        "Éducation et enseignement supérieur : 1 réservée, 7 gardées"
    );
    site.state.clock.advance(Duration::days(28));
    let page = visitor.get("/experimentation").await;
    assert!(
        page.says("Gardées par secteur 0") && page.says("Ensemble 0 1 1 0 48 0 99 libres pour tous"),
        "the reserve is released: {}",
        page.text()
    );
    site.letters().await;
}

#[tokio::test]
async fn the_rule_of_the_order_is_told_with_the_figures_of_the_campaign() {
    let site = TestSite::new().await;
    announce(&site, &with_floors()).await;
    let page = site.visitor().get("/experimentation").await;
    for said in [
        "Une candidature complète reçoit un rang au moment de son dépôt.",
        "Jusqu’au 31 décembre 2026, 48 places sont gardées",
        "Personne n’est dépassé dans son secteur",
        "15 jours pour confirmer.",
        "Un même numéro SIREN n’en tient qu’une.",
        "articles L. 311-3-1 et R. 311-3-1-1",
        "Deux mois de silence valent rejet de la candidature",
        "Arrêté du 23 novembre 2026",
        "Les candidatures prennent fin",
        "version 3",
    ] {
        assert!(page.says(said), "{said} {}", page.text());
    }
    for sector in Sector::ALL {
        assert!(page.says(sector.label()), "{sector}");
    }
    assert_eq!(page.count("a[href='https://partenaires.test/cahier']"), 1);
}

#[tokio::test]
async fn what_changed_is_published_with_its_reason_and_what_was_refused_is_not() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (yasmine, marc) = (yasmine(&site).await, marc(&site).await);
    let mut visitor = site.visitor();
    assert!(visitor.get("/experimentation").await.says("La campagne est annoncée 30 novembre 2026 L’arrêté ouvre l’expérimentation."));
    let id = waits(&site, &yasmine, |it| it.capacity = 120).await;
    assert!(!visitor.get("/experimentation").await.says("L’arrêté du 2 décembre le prévoit."), "nothing is told before it holds");
    agree(&site, &marc, id).await.unwrap();
    let page = visitor.get("/experimentation").await;
    assert!(page.says("Changement 3 décembre 2026 L’arrêté du 2 décembre le prévoit. Nombre de places"), "{}", page.text());
    assert!(page.says("Places prises 0 sur 120"), "{}", page.text());
    assert!(!page.says("Yasmine") && !page.says("Marc"), "agents are not named to the public");
    site.letters().await;
}

#[tokio::test]
async fn the_state_of_the_day_is_told_first_and_former_campaigns_stay_readable() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let mut visitor = site.visitor();
    for (days, said) in [
        (0, "Les candidatures sont reçues jusqu’au 31 janvier 2027"),
        (100, "Les candidatures ne sont plus reçues depuis le 31 janvier 2027. L’expérimentation se poursuit jusqu’au 31 décembre 2027."),
        (300, "L’expérimentation a pris fin le 31 décembre 2027."),
    ] {
        site.state.clock.advance(Duration::days(days));
        let page = visitor.get("/experimentation").await;
        assert!(page.says(said), "{}", page.text());
    }
    let mut next = private::campaign_of(date!(2028 - 03 - 01), date!(2028 - 06 - 30), date!(2029 - 02 - 28));
    next.title = "Expérimentation 2028".into();
    announce(&site, &next).await;
    let page = visitor.get("/experimentation").await;
    assert!(page.says("Les candidatures seront reçues à partir du 1er mars 2028.") && page.says("Autres campagnes Expérimentation 2027"));
    assert!(visitor.get("/experimentation/1").await.says("L’expérimentation a pris fin le 31 décembre 2027."));
}

#[tokio::test]
async fn visitors_find_the_page_where_they_look() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let mut visitor = site.visitor();
    for path in ["/", "/eligibilite?profil=entreprise&cas=experimentation", "/regles"] {
        assert!(visitor.get(path).await.count("a[href='/experimentation']") >= 1, "{path}");
    }
    given::a_person(&site, "camille@exemple.test").await;
    visitor.sign_in("camille@exemple.test").await;
    assert_eq!(visitor.get("/demandes").await.count("header a[href='/experimentation']"), 1);
}
